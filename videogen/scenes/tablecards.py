"""A table for a narrow page: a card for each row, with the names of the columns beside its values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from videogen.model.kinds import Table
from videogen.scenes.elements import Element, Group, Shape
from videogen.scenes.page import Page
from videogen.scenes.typefaces import length
from videogen.scenes.typeset import Line, break_lines, words

_STEPS = ((60, 46, 48), (56, 44, 44), (52, 42, 40), (48, 40, 36), (44, 38, 32), (40, 36, 28))
"""Sizes of what names the row and of its values, and the space around them."""
_NAMES = 0.45
"""Share of the card's width that the names of the columns may take."""
_AIR = 36


@dataclass(frozen=True)
class _Measure:
    """The type of the cards, at which every page of them fits."""

    large: int
    small: int
    pad: int
    names: int
    """Width of the names of the columns."""
    values: int

    @property
    def leading(self) -> int:
        return round(self.small * 1.3)

    @property
    def step(self) -> int:
        return round(self.large * 1.2)


_Pairs = list[tuple[list[Line], list[Line]]]


def cards(
    content: Table, whole: Table, pages: Sequence[list[list[str]]], page: Page, top: int, name: str
) -> list[Group]:
    """A card a row; `name` goes before the names of its groups.

    Raises DoesNotFit when they are too many for the page at the smallest size.
    """
    gap, room = page.px(28), page.bottom - top
    fits = high = 0
    measure = None
    for large, small, pad in _STEPS:
        measure = _measure(whole, page, page.px(large), page.px(small), page.px(pad))
        tall = [[_height(*_card(whole.columns, row, measure, page), measure) for row in rows] for rows in pages]
        high = max(sum(heights) + gap * (len(heights) - 1) for heights in tall)
        fits = max(1, room // (max(max(heights) for heights in tall) + gap))
        if high <= room and (large == _STEPS[-1][0] or _whole(whole, measure, page)):
            break
    else:
        raise page.does_not_fit("rows", max(map(len, pages)), min(fits, max(map(len, pages)) - 1))
    assert measure is not None
    most = max(map(len, pages))
    air = min((room - high) // (2 * most), page.px(_AIR))
    y = page.settled(top, high + 2 * air * most)
    groups: list[Group] = []
    spoken, marked = content.highlight == "spoken", content.highlight
    rows: list[Group] = []
    for index, row in enumerate(content.rows):
        head, pairs = _card(whole.columns, row, measure, page)
        tall_ = _height(head, pairs, measure) + 2 * air
        panel = page.card(page.left, y, page.width, tall_)
        text = _texts(head, pairs, measure, page, y + measure.pad + air)
        mark = Shape(
            page.left + page.px(14), y + page.px(22), page.px(8), tall_ - 2 * page.px(22), page.px(4), page.accent
        )
        if spoken:
            following = f"row:{index + 1}" if index + 1 < len(content.rows) else None
            rows.append(Group(f"{name}row-{index}", (panel, *text), "start", 0.05 * index, 0.3))
            rows.append(Group(f"{name}mark-{index}", (mark,), f"row:{index}", 0.0, 0.25, gone=following))
        else:
            lit = (mark,) if isinstance(marked, list) and index + 1 in marked else ()
            rows.append(Group(f"{name}row-{index}", (panel, *lit, *text), f"row:{index}", 0.0, 0.3, dy=page.px(20)))
        y += tall_ + gap
    return groups + rows


def _measure(whole: Table, page: Page, large: int, small: int, pad: int) -> _Measure:
    inner = page.width - 2 * max(pad, page.px(48))
    face = page.theme.fonts.label
    widest = max((length(name, face, small) for name in whole.columns[1:]), default=0.0) + 2
    names = round(min(widest, inner * _NAMES))
    return _Measure(large, small, pad, names, inner - names - page.px(40))


def _whole(whole: Table, measure: _Measure, page: Page) -> bool:
    """Whether no word is broken."""
    fonts = page.theme.fonts
    values = (cell for row in whole.rows for cell in row[1:])
    return (
        page.whole_words(whole.columns[1:], fonts.label, measure.small, measure.names)
        and page.whole_words(values, fonts.body, measure.small, measure.values)
        and page.whole_words((row[0] for row in whole.rows), fonts.strong, measure.large, measure.values)
    )


def _card(columns: Sequence[str], row: Sequence[str], measure: _Measure, page: Page) -> tuple[list[Line], _Pairs]:
    """What names the row, and each value with its column's name; without a value there is no line."""
    fonts, theme = page.theme.fonts, page.theme
    inner = measure.names + measure.values + page.px(40)
    head = break_lines(words(row[0], fonts.strong, theme.text), measure.large, inner, "balanced")
    pairs = [
        (
            break_lines(words(name, fonts.label, theme.muted), measure.small, measure.names),
            break_lines(words(cell, fonts.body, theme.text), measure.small, measure.values),
        )
        for name, cell in zip(columns[1:], row[1:], strict=True)
        if cell
    ]
    return head, pairs


def _height(head: list[Line], pairs: _Pairs, measure: _Measure) -> int:
    lines = sum(max(len(name), len(value)) for name, value in pairs)
    gap = _gap(measure) if head and pairs else 0
    return 2 * measure.pad + len(head) * measure.step + gap + lines * measure.leading


def _gap(measure: _Measure) -> int:
    return round(measure.small * 0.4)


def _texts(head: list[Line], pairs: _Pairs, measure: _Measure, page: Page, y: int) -> list[Element]:
    left = page.left + max(measure.pad, page.px(48))
    placed: list[Element] = [*page.block(head, left, y, measure.large, measure.step)]
    y += len(head) * measure.step + (_gap(measure) if head and pairs else 0)
    for name, value in pairs:
        placed += page.block(name, left, y, measure.small, measure.leading)
        at = left + measure.names + page.px(40)
        placed += page.block(value, at, y, measure.small, measure.leading, align="right", width=measure.values)
        y += max(len(name), len(value)) * measure.leading
    return placed
