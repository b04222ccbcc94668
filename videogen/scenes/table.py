"""Rows under column names, which appear as they are spoken."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from videogen.model.errors import ValidationError
from videogen.model.kinds import Table
from videogen.scenes.elements import Element, Group, SceneKind, Shape
from videogen.scenes.page import Page
from videogen.scenes.typefaces import length
from videogen.scenes.typeset import Line, break_lines, words

EXAMPLE = """\
kind: table
content:
  header: Measured on one core
  columns: [Tool, Seconds, Memory]
  rows:
    - [videogen, "5.8", 120 MB]
    - [MoviePy, "530", 1.9 GB]
"""

_STEPS = ((56, 32), (52, 30), (48, 28), (44, 24), (42, 22), (40, 18), (38, 14), (36, 11), (36, 7))
"""Sizes of text and the space above and below it in a row. The first at which no cell breaks is taken, else the
first that fits of those up to `_BROKEN`."""
_UNBROKEN, _BROKEN = 40, 44
_TALLEST_ROW = 124
_NUMBER = re.compile(r"^[\s+\-\u2212~≈<>≤≥$€£]*\d[\d.,\s]*(?:\s?[%×x°]|\s?[A-Za-zµ/]{1,6})?$")

Align = Literal["left", "right", "center"]


def alignment(content: Table) -> list[Align]:
    """How each column is set: as asked, or numbers to the right."""
    if content.align is not None:
        return content.align
    sides: list[Align] = []
    for index, column in enumerate(zip(*content.rows, strict=True)):
        # the first column names the row: it stays at the left whatever is in it
        sides.append("right" if index and _numeric(column) else "left")
    return sides


def _numeric(column: Sequence[str]) -> bool:
    return any(column) and all(not cell or _NUMBER.match(cell) for cell in column)


def layout(content: Table, page: Page) -> list[Group]:
    """A panel as wide as the page; columns as wide as what is in them asks for."""
    try:
        return _layout(content, page, tight=False)
    except ValidationError:
        return _layout(content, page, tight=True)


def _layout(content: Table, page: Page, tight: bool) -> list[Group]:
    header, top = page.header(content.header, tight)
    fonts, theme = page.theme.fonts, page.theme
    align = alignment(content)
    pad, gutter, line = page.px(52), page.px(48), page.px(2)
    inner = page.width - 2 * pad - gutter * (len(content.columns) - 1)
    room = page.bottom - top
    count = len(content.columns)
    faces = [fonts.strong, *[fonts.body] * (count - 1)]
    colours = [theme.text, *[theme.text if side == "right" else theme.muted for side in align[1:]]]
    size = leading = space = total = 0
    head: list[list[Line]] = []
    body: list[list[list[Line]]] = []
    widths: list[int] = []
    unbroken = [(step, air, True) for step, air in _STEPS if step >= _UNBROKEN]
    for step, air, whole in [*unbroken, *((step, air, False) for step, air in _STEPS if step <= _BROKEN)]:
        size, space = page.px(step), page.px(air)
        leading = round(size * 1.26)
        widths = column_widths(content, faces, fonts.label, align, size, inner)
        if whole and not _unbroken(content, faces, fonts.label, align, size, widths):
            continue
        head = [
            break_lines(words(cell, fonts.label, theme.muted), size, width)
            for cell, width in zip(content.columns, widths, strict=True)
        ]
        body = [
            [
                break_lines(words(cell, face, colour), size, width)
                for cell, face, colour, width in zip(row, faces, colours, widths, strict=True)
            ]
            for row in content.rows
        ]
        total = sum(_tallest(row) for row in [head, *body])
        if total * leading + (len(body) + 1) * 2 * space + 2 * line <= room:
            break
    else:
        fit = (room - (len(body) + 1) * 2 * space - 2 * line) // leading
        raise page.does_not_fit("rows", total, fit)
    # what is left over goes to the rows, as far as they stay in touch with each other
    free = (room - 2 * line - total * leading - (len(body) + 1) * 2 * space) // (2 * (len(body) + 1))
    space += max(0, min(free, (page.px(_TALLEST_ROW) - leading - 2 * space) // 2))
    heights = [_tallest(row) * leading + 2 * space for row in [head, *body]]
    height = sum(heights) + 2 * line
    y = page.settled(top, height)
    panel = Shape(page.left, y, page.width, height, page.px(20), theme.surface, 1.0, theme.border, line)
    bar = Shape(
        page.left + line, y + line, page.width - 2 * line, heights[0], page.px(20) - line, theme.raised, corners="top"
    )
    xs = [page.left + pad + sum(widths[:index]) + gutter * index for index in range(count)]
    groups = [Group("header", tuple(header) or (page.spine(y, height),))]
    names = _cells(page, head, xs, widths, align, y + line + space, size, leading, heights[0] - 2 * space)
    groups.append(Group("panel", (panel, bar, *names)))
    at = y + line + heights[0]
    for index, row in enumerate(body):
        cells: list[Element] = []
        if index:
            cells.append(Shape(page.left + pad, at, page.width - 2 * pad, line, 0, theme.border))
        tall = heights[index + 1]
        cells += _cells(page, row, xs, widths, align, at + space, size, leading, tall - 2 * space)
        if cells:
            groups.append(Group(f"row-{index}", tuple(cells), f"row:{index}", 0.0, 0.3, dy=page.px(14)))
        at += tall
    return groups


def _unbroken(
    content: Table, faces: Sequence[str], head_face: str, align: Sequence[Align], size: int, widths: Sequence[int]
) -> bool:
    """Whether every cell fits its column on one line."""
    return all(
        length(cell, head_face if row is content.columns else face, size, _digits(side)) <= width
        for row in (content.columns, *content.rows)
        for cell, face, side, width in zip(row, faces, align, widths, strict=True)
    )


def column_widths(
    content: Table, faces: Sequence[str], head_face: str, align: Sequence[Align], size: int, inner: int
) -> list[int]:
    """Widths that sum up to `inner`: what each column needs on one line, and a share of what is left over.

    When there is not enough, no column gets less than its longest word or, should that be too much, than
    its share; the rest is divided by what the columns would like.
    """
    table = list(zip(content.columns, *content.rows, strict=True))
    needs: list[float] = []
    least: list[float] = []
    for (name, *cells), face, side in zip(table, faces, align, strict=True):
        texts = [(name, head_face), *((cell, face) for cell in cells)]
        needs.append(max(length(" ".join(text.split()), kind, size, _digits(side)) for text, kind in texts) + 2)
        longest = [length(word, kind, size, _digits(side)) for text, kind in texts for word in text.split()]
        least.append(max(longest, default=0.0) + 2)
    count = len(needs)
    if sum(needs) <= inner:
        widths = [need * inner / sum(needs) for need in needs]
    else:
        least = [min(one, inner / count) for one in least]
        wish = [need - one for need, one in zip(needs, least, strict=True)]
        share = (inner - sum(least)) / (sum(wish) or 1)
        widths = [one + more * share for one, more in zip(least, wish, strict=True)]
    return [int(width) for width in widths]


def _digits(side: Align) -> tuple[str, ...]:
    """Figures of one width where they stand under each other."""
    return ("tnum",) if side == "right" else ()


def _tallest(row: Sequence[list[Line]]) -> int:
    return max(1, *(len(lines) for lines in row))


def _cells(
    page: Page,
    row: Sequence[list[Line]],
    xs: Sequence[int],
    widths: Sequence[int],
    align: Sequence[Align],
    y: int,
    size: int,
    leading: int,
    height: int,
) -> list[Element]:
    placed: list[Element] = []
    for lines, x, width, side in zip(row, xs, widths, align, strict=True):
        at = y + (height - len(lines) * leading) // 2
        placed += page.block(lines, x, at, size, leading, align=side, width=width, features=_digits(side))
    return placed


KIND = SceneKind("table", Table, layout, EXAMPLE)
