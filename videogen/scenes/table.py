"""Rows under column names, which appear as they are spoken."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from videogen.model import limits
from videogen.model.errors import ValidationError
from videogen.model.kinds import Table
from videogen.scenes.elements import Element, Group, Part, SceneKind, Shape, Text
from videogen.scenes.page import DoesNotFit, Page
from videogen.scenes.pages import shares
from videogen.scenes.tablecards import cards
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
  highlight: [1]
"""

_STEPS = ((64, 36), (60, 34), (56, 32), (52, 30), (48, 28), (44, 24), (42, 22), (40, 18), (38, 14), (36, 11), (36, 7))
"""Sizes of text and the space above and below it in a row. The first at which no cell breaks is taken, else the
first that fits of those up to `_BROKEN`, on a narrow page `_SMALL`."""
_UNBROKEN, _BROKEN, _SMALL = 40, 52, 44
_TALLEST_ROW = 132
_WIDEST = 400
"""Most that is added between two columns where nothing ends at the right."""
_ROWS = {"wide": limits.MAX_TABLE_ROWS, "square": 8, "tall": 12}
"""Rows that are taken in at a glance; more go on the next page."""
_BESIDE = 3
"""Columns that stand beside each other on a narrow page even when their cells have to be broken."""
_NUMBER = re.compile(r"^[\s+\-\u2212~≈<>≤≥$€£]*\d[\d.,\s]*(?:\s?[%×x°]|\s?[A-Za-zµ/]{1,6})?$")

Align = Literal["left", "right", "center"]


class _Page(Table):
    """The rows of one page, and those of every page: all pages are set alike."""

    pages: list[list[list[str]]]
    number: int
    """Of the page, counted from 0: nothing but the names of the columns stays from one page to the next."""


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


def split(content: Table, parts: int) -> list[Part] | None:
    """So many pages with as many rows each; a single row is not divided."""
    if parts > len(content.rows):
        return None
    align = alignment(content)
    runs = shares(len(content.rows), parts)
    pages = [[content.rows[index] for index in run] for run in runs]
    found = []
    for number, (run, rows) in enumerate(zip(runs, pages, strict=True)):
        marked = content.highlight
        if isinstance(marked, list):
            marked = [row - run.start for row in marked if row - 1 in run]
        one = _Page(
            header=content.header,
            columns=content.columns,
            rows=rows,
            align=align,
            highlight=marked,
            pages=pages,
            number=number,
        )
        found.append(Part(one, {f"row:{index - run.start}": f"row:{index}" for index in run}))
    return found


def layout(content: Table, page: Page) -> list[Group]:
    """A panel as wide as the page, its columns as wide as what is in them asks for; on a narrow page, a card for
    each row when the columns have no room beside each other."""
    try:
        return _layout(content, page, tight=False)
    except DoesNotFit:
        return _layout(content, page, tight=True)


def _layout(content: Table, page: Page, tight: bool) -> list[Group]:
    header, top = page.header(content.header, tight)
    whole, pages = content, [content.rows]
    if isinstance(content, _Page):
        pages = content.pages
        whole = content.model_copy(update={"rows": [row for rows in pages for row in rows]})
    setting = _setting(whole, page)
    made = None
    if max(map(len, pages)) <= _ROWS[page.shape] or page.narrow:
        made = _measured(whole, pages, setting, page, page.bottom - top)
    if made is None and page.narrow and len(content.columns) > 1:
        return [
            *([Group("header", tuple(header))] if header else []),
            *cards(content, whole, pages, page, top, _prefix(content)),
        ]
    if made is None and len(content.columns) > limits.MAX_TABLE_COLUMNS:
        raise ValidationError(
            f"table scene: the table does not fit: {len(content.columns)} columns are too wide with what is in them",
            hint="leave columns out, or make two tables of it",
        )
    if made is None or max(map(len, pages)) > _ROWS[page.shape]:
        raise page.does_not_fit("rows", max(map(len, pages)), _ROWS[page.shape])
    return _placed(content, header, made, setting, page, top)


@dataclass(frozen=True)
class _Setting:
    """How the columns of a table are set, before its size is known."""

    align: list[Align]
    faces: list[str]
    head_face: str


def _setting(whole: Table, page: Page) -> _Setting:
    fonts = page.theme.fonts
    align = alignment(whole)
    faces = [fonts.strong, *[fonts.body] * (len(align) - 1)]
    return _Setting(align, faces, fonts.label)


@dataclass(frozen=True)
class _Measure:
    """A table at the size at which every page of it fits."""

    size: int
    space: int
    widths: list[int]
    gap: int
    """Between two columns."""
    head: list[list[Line]]
    high: int
    """Height of the highest page."""

    @property
    def leading(self) -> int:
        return round(self.size * 1.26)


def _measured(
    whole: Table, pages: Sequence[list[list[str]]], setting: _Setting, page: Page, room: int
) -> _Measure | None:
    """The largest size at which every page of the table fits; None when there is none."""
    count, named = len(whole.columns), _named(whole)
    most = max(map(len, pages)) + named
    inner = page.width - 2 * _pad(page) - _gutter(page) * (count - 1)
    line = page.px(2)
    breakable = count <= (_BESIDE if page.narrow else limits.MAX_TABLE_COLUMNS)
    unbroken = [(step, air, True) for step, air in _STEPS if step >= (_UNBROKEN if breakable else 36)]
    broken = [(step, air, False) for step, air in _STEPS if step <= (_SMALL if page.narrow else _BROKEN)]
    for step, air, entire in [*unbroken, *broken]:
        size, space = page.px(step), page.px(air)
        leading = round(size * 1.26)
        widths = column_widths(whole, setting.faces, setting.head_face, setting.align, size, inner)
        if entire and not _unbroken(whole, setting.faces, setting.head_face, setting.align, size, widths):
            continue
        if (page.narrow or not breakable) and not _whole_words(whole, setting, page, size, widths):
            continue
        head = [
            break_lines(words(cell, setting.head_face, page.theme.muted), size, width)
            for cell, width in zip(whole.columns, widths, strict=True)
        ]
        lines = [
            _tallest(head) * named + sum(_tallest(_broken(row, setting, page, size, widths)) for row in rows)
            for rows in pages
        ]
        high = max(total * leading + (len(rows) + named) * 2 * space for total, rows in zip(lines, pages, strict=True))
        if high + 2 * line > room:
            continue
        # what is left over goes to the rows, as far as they stay in touch with each other
        free = min((room - 2 * line - high) // (2 * most), (page.px(_TALLEST_ROW) - leading - 2 * space) // 2)
        more = max(0, free)
        high = max(
            total * leading + (len(rows) + named) * 2 * (space + more) for total, rows in zip(lines, pages, strict=True)
        )
        return _Measure(size, space + more, widths, _gap(setting.align, widths, inner, page), head, high + 2 * line)
    return None


def _named(content: Table) -> bool:
    """Whether the columns have names: a table without any has no band for them."""
    return any(name.strip() for name in content.columns)


def _gap(align: Sequence[Align], widths: Sequence[int], inner: int, page: Page) -> int:
    """Pixels between two columns: what they leave free is shared among the gaps, one after the last column too unless
    figures end there."""
    free, flush = inner - sum(widths), align[-1] == "right"
    gaps = max(1, len(widths) - flush)
    return _gutter(page) + (free // gaps if flush else min(free // gaps, page.px(_WIDEST)))


def _placed(
    content: Table, header: Sequence[Text | Shape], made: _Measure, setting: _Setting, page: Page, top: int
) -> list[Group]:
    theme, line, pad = page.theme, page.px(2), _pad(page)
    size, leading, space, widths = made.size, made.leading, made.space, made.widths
    header, y = page.together(header, top, made.high)
    xs = [page.left + pad + sum(widths[:index]) + made.gap * index for index in range(len(widths))]
    body = [_broken(row, setting, page, size, widths) for row in content.rows]
    named = _named(content)
    tall = _tallest(made.head) * leading + 2 * space + line if named else 0
    heights = [_tallest(row) * leading + 2 * space for row in body]
    bar = Shape(page.left, y, page.width, tall, page.radius, theme.raised, 1.0, theme.border, line, "top")
    names = _cells(page, made.head, xs, setting.align, widths, y + space, size, leading, tall - 2 * space)
    panel = Shape(
        page.left,
        y + tall,
        page.width,
        sum(heights) + line,
        page.radius,
        theme.surface,
        1.0,
        theme.border,
        line,
        "bottom" if named else "all",
    )
    groups = [Group("header", tuple(header) or (page.spine(y, made.high),))]
    spoken, marked, name = content.highlight == "spoken", content.highlight, _prefix(content)
    groups += [*([Group("names", (bar, *names))] if named else []), Group(f"{name}panel", (panel,))]
    rows: list[Group] = []
    at = y + tall
    for index, (row, high) in enumerate(zip(body, heights, strict=True)):
        rule = [Shape(page.left + pad, at, page.width - 2 * pad, line, 0, theme.border)] if index else []
        cells = _cells(page, row, xs, setting.align, widths, at + space, size, leading, high - 2 * space)
        mark = _mark(page, at, high)
        if spoken:
            following = f"row:{index + 1}" if index + 1 < len(body) else None
            groups.append(Group(f"{name}mark-{index}", mark, f"row:{index}", 0.0, 0.25, gone=following))
            rows.append(Group(f"{name}row-{index}", (*rule, *cells), "start", 0.05 * index, 0.3))
        else:
            lit = mark if isinstance(marked, list) and index + 1 in marked else ()
            rows.append(Group(f"{name}row-{index}", (*rule, *lit, *cells), f"row:{index}", 0.0, 0.3, dy=page.px(14)))
        at += high
    return [*groups, *(group for group in rows if group.elements)]


def _prefix(content: Table) -> str:
    """What tells the parts of one page from those of another; the first page needs nothing."""
    return f"page-{content.number}-" if isinstance(content, _Page) and content.number else ""


def _mark(page: Page, y: int, height: int) -> tuple[Element, ...]:
    """What a row is marked with: a tint of the accent, and a bar of it at the left."""
    edge = page.px(12)
    x, wide, high = page.left + edge, page.width - 2 * edge, height - 2 * page.px(6)
    y += page.px(6)
    bar = Shape(x + page.px(12), y + page.px(12), page.px(8), high - 2 * page.px(12), page.px(4), page.accent)
    return Shape(x, y, wide, high, page.radius * 2 // 3, page.accent, 0.14), bar


def _pad(page: Page) -> int:
    return page.px(52)


def _gutter(page: Page) -> int:
    return page.px(32 if page.narrow else 48)


def _broken(row: Sequence[str], setting: _Setting, page: Page, size: int, widths: Sequence[int]) -> list[list[Line]]:
    return [
        break_lines(words(cell, face, page.theme.text), size, width)
        for cell, face, width in zip(row, setting.faces, widths, strict=True)
    ]


def _whole_words(whole: Table, setting: _Setting, page: Page, size: int, widths: Sequence[int]) -> bool:
    columns = zip(whole.columns, zip(*whole.rows, strict=True), setting.faces, widths, strict=True)
    return all(
        page.whole_words([name], setting.head_face, size, width) and page.whole_words(cells, face, size, width)
        for name, cells, face, width in columns
    )


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
    """Widths that sum up to `inner` at most: what each column needs on one line.

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
        widths = needs
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
    align: Sequence[Align],
    widths: Sequence[int],
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


KIND = SceneKind("table", Table, layout, EXAMPLE, split=split, verbatim=frozenset({"highlight"}))
