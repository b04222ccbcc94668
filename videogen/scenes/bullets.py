"""A header and key phrases that appear as they are spoken."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from videogen.model.kinds import Bullets
from videogen.scenes.elements import Element, Group, Icon, SceneKind, Shape, Text
from videogen.scenes.page import BODY_FLOOR, Page
from videogen.scenes.typefaces import length
from videogen.scenes.typeset import Line, Word, break_lines, words

EXAMPLE = """\
kind: bullets
content:
  header: Why a build tool
  items:
    - "Incremental: only what changed is made again"
    - "Parallel: scenes are drawn side by side"
    - "Repeatable: the same text gives the same video"
"""

_LEAD = re.compile(r"^(?P<lead>[^:]{2,28}?)(?::\s+|\s+[-\u2013\u2014]\s+)(?P<rest>\S.*)$")
_STEPS = ((56, 44, 2), (52, 40, 2), (48, 38, 2), (44, 36, 2), (40, 36, 2), (36, 36, 9))
"""Sizes of a phrase, of the explanation under it, and most lines; the first that fits is taken."""


@dataclass(frozen=True)
class _Row:
    lead: list[Line]
    rest: list[Line]


def split_lead(item: str) -> tuple[str, str] | None:
    """The term and its explanation of "Term: rest" or "Term - rest".

    >>> split_lead("Fast: only what changed is made")
    ('Fast', 'only what changed is made')
    """
    found = _LEAD.match(item)
    if found is None or len(found["lead"].split()) > 4:
        return None
    return found["lead"], found["rest"]


def layout(content: Bullets, page: Page) -> list[Group]:
    """Cards where two to four terms are explained, else a list; larger type where there are few."""
    header, top = page.header(content.header)
    groups = [Group("header", tuple(header))]
    leads = [split_lead(item) for item in content.items]
    pairs = [lead for lead in leads if lead is not None]
    if len(pairs) == len(leads) and 2 <= len(pairs) <= 4 and content.checked is None:
        cards = _cards(pairs, content.ordered, page, top)
        if cards:
            return groups + cards
    return groups + _list(content, leads, page, top)


def _list(content: Bullets, leads: Sequence[tuple[str, str] | None], page: Page, top: int) -> list[Group]:
    marker = page.px(88 if content.ordered or content.checked is not None else 60)
    room = page.bottom - top
    for large, small, most in _STEPS:
        size = page.px(large)
        rows = [_row(item, lead, page, size, page.width - marker) for item, lead in zip(content.items, leads, strict=True)]
        leading = round(size * (1.3 if large > BODY_FLOOR else 1.26))
        total = sum(len(row.lead) for row in rows)
        least = page.px(large * 0.42 if large > BODY_FLOOR else 12)
        if max(len(row.lead) for row in rows) <= most and total * leading + (len(rows) - 1) * least <= room:
            break
    else:
        raise page.does_not_fit("items", total, (room - (len(rows) - 1) * least) // leading)
    free = room - total * leading
    gap = min(free // max(len(rows), 1), page.px(large * 1.0)) if len(rows) > 1 else 0
    y = top + round((free - gap * (len(rows) - 1)) * 0.36)
    groups: list[Group] = []
    for index, row in enumerate(rows):
        sign = _marker(content, index, page, y, leading, size)
        text = page.block(row.lead, page.left + marker, y, size, leading)
        groups.append(Group(f"item-{index}", (*sign, *text), f"item:{index}", 0.0, 0.3, dy=page.px(18)))
        y += len(row.lead) * leading + gap
    return groups


def _row(item: str, lead: tuple[str, str] | None, page: Page, size: int, width: int) -> _Row:
    fonts, theme = page.theme.fonts, page.theme
    if lead is None:
        return _Row(break_lines(words(item, fonts.body, theme.text), size, width), [])
    term = words(lead[0] + ":", fonts.strong, theme.text)
    return _Row(break_lines([*term, *words(lead[1], fonts.body, theme.muted)], size, width), [])


def _marker(content: Bullets, index: int, page: Page, y: int, leading: int, size: int) -> list[Element]:
    middle = y + leading // 2
    if content.checked is not None:
        side = page.px(44)
        top, round_ = middle - side // 2, page.px(12)
        if index < len(content.checked) and content.checked[index]:
            box = Shape(page.left, top, side, side, round_, page.accent)
            return [box, Icon("check", page.left, top, side, page.theme.on_accent)]
        return [Shape(page.left, top, side, side, round_, page.theme.surface, 1.0, page.theme.muted, page.px(3))]
    if content.ordered:
        return _chip(str(index + 1), page.left, middle, page, page.px(56))
    side = page.px(16)
    # a disc sits right at half the x-height of the first line, which is lower than the middle of its capitals
    return [Shape(page.left + page.px(4), middle - side // 2 + round(size * 0.06), side, side, side // 2, page.accent)]


def _chip(number: str, x: int, middle: int, page: Page, side: int) -> list[Element]:
    """A number in a disc."""
    size, face = page.px(32), page.theme.fonts.label
    width = round(length(number, face, size))
    disc = Shape(x, middle - side // 2, side, side, side // 2, page.accent)
    text = Text(
        number, x + round((side - width) / 2), middle - side // 2, width, side, size, face, page.theme.on_accent, "label"
    )
    return [disc, text]


def _cards(pairs: list[tuple[str, str]], ordered: bool, page: Page, top: int) -> list[Group]:
    """Cards side by side, four as two by two; nothing when a text asks for more room than a card has."""
    across = 2 if len(pairs) in (2, 4) else 3
    down = (len(pairs) + across - 1) // across
    gutter, pad = page.px(32), page.px(44)
    width = page.columns(12 // across)
    fonts, theme = page.theme.fonts, page.theme
    head = page.px(56 + 28) if ordered else page.px(10 + 30)
    for large, small in ((52, 40), (48, 38), (44, 36), (40, 36)):
        leads = [break_lines(words(a, fonts.strong, theme.text), page.px(large), width - 2 * pad, "balanced") for a, _ in pairs]
        rests = [break_lines(words(b, fonts.body, theme.muted), page.px(small), width - 2 * pad) for _, b in pairs]
        leading, under = round(page.px(large) * 1.2), round(page.px(small) * 1.36)
        most = max(map(len, leads))
        inner = head + most * leading + page.px(20) + max(map(len, rests)) * under
        height = inner + 2 * pad
        if max(map(len, leads)) <= 2 and max(map(len, rests)) <= 5 and down * height + (down - 1) * gutter <= page.bottom - top:
            break
    else:
        return []
    free = page.bottom - top - down * height - (down - 1) * gutter
    # cards with air rather than strips: they may grow by a third of themselves
    height += min(free // down, round(height * 0.3), page.px(120))
    y = top + round((page.bottom - top - down * height - (down - 1) * gutter) * 0.36)
    groups: list[Group] = []
    for index, (lead, rest) in enumerate(zip(leads, rests, strict=True)):
        x = page.left + (index % across) * (width + gutter)
        at = y + (index // across) * (height + gutter)
        card = Shape(x, at, width, height, page.px(24), theme.surface, 1.0, theme.border, page.px(2))
        sign: list[Element] = [Shape(x + pad, at + pad + page.px(4), page.px(48), page.px(8), page.px(4), page.accent)]
        if ordered:
            sign = _chip(str(index + 1), x + pad, at + pad + page.px(28), page, page.px(56))
        text = page.block(lead, x + pad, at + pad + head, page.px(large), leading)
        body = page.block(rest, x + pad, at + pad + head + len(lead) * leading + page.px(20), page.px(small), under)
        elements = (card, *sign, *text, *body)
        groups.append(Group(f"item-{index}", elements, f"item:{index}", 0.0, 0.3, dy=page.px(24)))
    return groups


KIND = SceneKind("bullets", Bullets, layout, EXAMPLE)
