"""A header and key phrases that appear as they are spoken."""

from __future__ import annotations

import re
from collections.abc import Sequence

from videogen.model.kinds import Bullets
from videogen.scenes.elements import Element, Group, Icon, SceneKind, Shape, Text
from videogen.scenes.page import BODY_FLOOR, Page
from videogen.scenes.typefaces import length
from videogen.scenes.typeset import Word, break_lines, words

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
_STEPS = ((60, 1), (56, 1), (52, 2), (48, 2), (44, 2), (40, 2), (36, 9))
"""Sizes of a phrase and most lines of one; the first that fits is taken."""
_CARD_STEPS = ((60, 46), (56, 44), (52, 42), (48, 40), (44, 38), (40, 36))
"""Sizes of a term on a card and of its explanation."""
_PHRASE_STEPS = ((72, 46), (64, 46), (56, 46), (48, 46))
"""The same for cards that have one short phrase each."""


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
    """Cards for two to four terms that are explained and for two or three short phrases, else a list."""
    header, top = page.header(content.header)
    groups = [Group("header", tuple(header))]
    leads = [split_lead(item) for item in content.items]
    pairs = [lead for lead in leads if lead is not None]
    if not pairs and len(leads) < 4:
        pairs = [(item, "") for item in content.items]
    if len(pairs) == len(leads) and 2 <= len(pairs) <= 4 and content.checked is None:
        cards = _cards(pairs, content.ordered, page, top)
        if cards:
            return groups + cards
    return groups + _list(content, leads, page, top)


def _list(content: Bullets, leads: Sequence[tuple[str, str] | None], page: Page, top: int) -> list[Group]:
    """One row an item with hairlines between, the rows as high as leaves them in touch with each other."""
    marker = page.px(92 if content.ordered or content.checked is not None else 60)
    room, count = page.bottom - top, len(content.items)
    size = leading = total = air = 0
    least, rows = 0, []
    for step, most in _STEPS:
        size = page.px(step)
        texts = [_words(item, lead, page) for item, lead in zip(content.items, leads, strict=True)]
        rows = [break_lines(text, size, page.width - marker) for text in texts]
        leading = round(size * (1.3 if step > BODY_FLOOR else 1.26))
        total, least = sum(map(len, rows)), page.px(step * 0.8 if step > BODY_FLOOR else 14)
        if max(map(len, rows)) <= most and total * leading + count * least <= room:
            break
    else:
        raise page.does_not_fit("items", total, (room - count * least) // leading)
    air = min((room - total * leading) // count, round(size * 1.5))
    y = top + round((room - total * leading - count * air) * 0.3)
    groups: list[Group] = []
    for index, row in enumerate(rows):
        rule = [Shape(page.left, y, page.width, page.px(2), 0, page.theme.border)] if index else []
        at = y + air // 2
        sign = _marker(content, index, page, at, leading, size)
        text = page.block(row, page.left + marker, at, size, leading)
        groups.append(Group(f"item-{index}", (*rule, *sign, *text), f"item:{index}", 0.0, 0.3, dy=page.px(18)))
        y += len(row) * leading + air
    return groups


def _words(item: str, lead: tuple[str, str] | None, page: Page) -> list[Word]:
    fonts, theme = page.theme.fonts, page.theme
    if lead is None:
        return words(item, fonts.body, theme.text)
    return [*words(lead[0] + ":", fonts.strong, theme.text), *words(lead[1], fonts.body, theme.muted)]


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
    width, height = round(length(number, face, size)), round(size * 1.1)
    disc = Shape(x, middle - side // 2, side, side, side // 2, page.accent)
    box = (x + round((side - width) / 2), middle - height // 2, width, height)
    return [disc, Text(number, *box, size, face, page.theme.on_accent, "label")]


def _cards(pairs: list[tuple[str, str]], ordered: bool, page: Page, top: int) -> list[Group]:
    """Cards side by side, four as two by two; nothing when a text asks for more room than a card has."""
    across = 2 if len(pairs) in (2, 4) else 3
    down = (len(pairs) + across - 1) // across
    gutter, pad = page.px(32), page.px(44)
    width = page.columns(12 // across)
    explained = any(rest for _, rest in pairs)
    fonts, theme = page.theme.fonts, page.theme
    head = page.px(56 + 28) if ordered else page.px(10 + 30)
    for large, small in _CARD_STEPS if explained else _PHRASE_STEPS:
        leads = [
            break_lines(words(a, fonts.strong, theme.text), page.px(large), width - 2 * pad, "balanced")
            for a, _ in pairs
        ]
        rests = [break_lines(words(b, fonts.body, theme.muted), page.px(small), width - 2 * pad) for _, b in pairs]
        leading, under = round(page.px(large) * 1.2), round(page.px(small) * 1.36)
        most = max(map(len, leads))
        inner = head + most * leading + page.px(18) + max(map(len, rests)) * under
        height = inner + 2 * pad
        if (
            max(map(len, leads)) <= (2 if explained else 4)
            and max(map(len, rests)) <= 5
            and down * height + (down - 1) * gutter <= page.bottom - top
        ):
            break
    else:
        return []
    free = page.bottom - top - down * height - (down - 1) * gutter
    # cards with air rather than strips
    height += min(free // down, page.px(24 if down > 1 else 56))
    y = top + round((page.bottom - top - down * height - (down - 1) * gutter) * 0.34)
    groups: list[Group] = []
    for index, (lead, rest) in enumerate(zip(leads, rests, strict=True)):
        x = page.left + (index % across) * (width + gutter)
        at = y + (index // across) * (height + gutter)
        card = Shape(x, at, width, height, page.px(24), theme.surface, 1.0, theme.border, page.px(2))
        sign: list[Element] = [Shape(x + pad, at + pad + page.px(4), page.px(48), page.px(8), page.px(4), page.accent)]
        if ordered:
            sign = _chip(str(index + 1), x + pad, at + pad + page.px(28), page, page.px(56))
        text = page.block(lead, x + pad, at + pad + head, page.px(large), leading)
        body = page.block(rest, x + pad, at + pad + head + len(lead) * leading + page.px(18), page.px(small), under)
        elements = (card, *sign, *text, *body)
        groups.append(Group(f"item-{index}", elements, f"item:{index}", 0.0, 0.3, dy=page.px(24)))
    return groups


KIND = SceneKind("bullets", Bullets, layout, EXAMPLE)
