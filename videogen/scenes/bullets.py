"""A header and key phrases that appear as they are spoken."""

from __future__ import annotations

import re
from collections.abc import Sequence

from videogen.model.kinds import Bullets
from videogen.scenes.elements import Element, Group, Icon, Part, SceneKind, Shape, Text
from videogen.scenes.page import BODY_FLOOR, Page
from videogen.scenes.pages import shares
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
_STEPS = ((56, 1), (52, 1), (56, 2), (52, 2), (48, 2), (44, 2), (40, 2), (36, 9))
"""Sizes of a phrase and most lines of one; the first that fits is taken. Few and near each other: lists should look
alike from slide to slide, and one long phrase is better broken than the measure of all."""
_FEW_STEPS = ((60, 1), (60, 2))
"""Sizes that come first when there are no more than four."""
_STATEMENT = ((168, 1), (144, 2), (128, 2), (112, 2), (96, 3), (84, 3), (72, 4), (60, 5), (52, 6), (44, 8), (36, 11))
"""Sizes of a phrase that has the slide for itself."""
_CARD_STEPS = ((62, 50), (60, 46), (56, 44), (52, 42), (48, 40), (44, 38), (40, 36))
"""Sizes of a term on a card and of its explanation."""
_PHRASE_STEPS = ((66, 46), (60, 46), (56, 46))
"""The same for cards that have one short phrase each; what would need smaller type is better off in a list."""


_STACK_STEPS = ((66, 48), (62, 46), (58, 44), (54, 42), (50, 40), (46, 38), (42, 36))
_PHRASE_STACK = ((64, 0), (58, 0), (54, 0), (50, 0))
"""The same for cards below each other, on narrow pages."""
_MOST = {"wide": 6, "square": 6, "tall": 8}
"""Items on one page: more go on another."""


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
    """Cards for two to four terms that are explained and for two or three short phrases, a single phrase large,
    else a list. Cards stand side by side, on narrow pages below each other."""
    header, top = page.header(content.header)
    if len(content.items) > _MOST[page.shape]:
        raise page.does_not_fit("items", len(content.items), _MOST[page.shape])
    if len(content.items) == 1 and content.checked is None:
        return _statement(content.items[0], page, header, top)
    leads = [split_lead(item) for item in content.items]
    pairs = [lead for lead in leads if lead is not None]
    if not pairs and len(leads) < 4:
        pairs = [(item, "") for item in content.items]
    if len(pairs) == len(leads) and 2 <= len(pairs) <= 4 and content.checked is None:
        cards = (_stack if page.narrow else _cards)(pairs, content, page, header, top)
        if cards:
            return cards
    return _list(content, leads, page, header, top)


_Header = list[Text | Shape]


def split(content: Bullets, parts: int) -> list[Part] | None:
    """The items in runs of nearly the same length, at least two each."""
    if len(content.items) < 2 * parts:
        return None
    return [
        Part(
            content.model_copy(
                update={
                    "items": content.items[run.start : run.stop],
                    "checked": content.checked and content.checked[run.start : run.stop],
                    "start": content.start + run.start,
                }
            ),
            {f"item:{index}": f"item:{run.start + index}" for index in range(len(run))},
        )
        for run in shares(len(content.items), parts)
    ]


def _statement(item: str, page: Page, header: _Header, top: int) -> list[Group]:
    """One phrase in large type."""
    fonts, theme = page.theme.fonts, page.theme
    lines, leading, size = [], 1, 0
    for step, most in page.sizes(_STATEMENT):
        size, leading = page.px(step), round(page.px(step) * (1.2 if step > BODY_FLOOR else 1.26))
        lines = break_lines(words(item, fonts.quote, theme.text), size, page.columns(11), "balanced")
        whole = page.whole_words([item], fonts.quote, size, page.columns(11)) or step == BODY_FLOOR
        if whole and len(lines) <= most and len(lines) * leading <= page.bottom - top:
            break
    else:
        raise page.does_not_fit("items", len(lines), (page.bottom - top) // leading)
    header, y = page.together(header, top, len(lines) * leading)
    text = page.block(lines, page.left, y, size, leading)
    return [Group("header", tuple(header)), Group("item-0", tuple(text), "item:0", 0.0, 0.4, dy=page.px(20))]


def _list(
    content: Bullets, leads: Sequence[tuple[str, str] | None], page: Page, header: _Header, top: int
) -> list[Group]:
    """One row an item with hairlines between, the rows as high as leaves them in touch with each other."""
    marker = page.px(100 if content.ordered or content.checked is not None else 64)
    room, count = page.bottom - top, len(content.items)
    size = leading = total = air = 0
    least, rows = 0, []
    for step, most in page.sizes((*_FEW_STEPS, *_STEPS) if count < 5 else _STEPS):
        size = page.px(step)
        texts = [_words(item, lead, page) for item, lead in zip(content.items, leads, strict=True)]
        rows = [break_lines(text, size, page.width - marker) for text in texts]
        leading = round(size * (1.3 if step > BODY_FLOOR else 1.26))
        total, least = sum(map(len, rows)), page.px(step * 0.8 if step > BODY_FLOOR else 14)
        whole = page.keeps_words(content.items, page.theme.fonts.body, step, page.width - marker)
        if whole and max(map(len, rows)) <= most and total * leading + count * least <= room:
            break
    else:
        raise page.does_not_fit("items", total, (room - count * least) // leading)
    air = min((room - total * leading) // count, round(size * (1.5 if count < 5 else 1.2)))
    header, y = page.together(header, top, total * leading + count * air)
    groups = [Group("header", tuple(header))]
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
        side = max(page.px(44), round(size * 0.8))
        top, round_ = middle - side // 2, page.px(12)
        if index < len(content.checked) and content.checked[index]:
            box = Shape(page.left, top, side, side, round_, page.accent)
            return [box, Icon("check", page.left, top, side, page.theme.on_accent)]
        return [Shape(page.left, top, side, side, round_, page.theme.surface, 1.0, page.theme.muted, page.px(3))]
    if content.ordered:
        return _chip(str(content.start + index), page.left, middle, page, page.px(64))
    side = round(size * 0.3)
    # a disc sits right at half the x-height of the first line, which is lower than the middle of its capitals
    return [Shape(page.left + page.px(4), middle - side // 2 + round(size * 0.06), side, side, side // 2, page.accent)]


def _chip(number: str, x: int, middle: int, page: Page, side: int) -> list[Element]:
    """A number in a disc."""
    size, face = page.px(36), page.theme.fonts.label
    width, height = round(length(number, face, size)), round(size * 1.1)
    disc = Shape(x, middle - side // 2, side, side, side // 2, page.accent)
    box = (x + round((side - width) / 2), middle - height // 2, width, height)
    return [disc, Text(number, *box, size, face, page.theme.on_accent, "label")]


def _cards(pairs: list[tuple[str, str]], content: Bullets, page: Page, header: _Header, top: int) -> list[Group]:
    """Cards side by side, four as two by two; nothing when a text asks for more room than a card has."""
    across = 2 if len(pairs) in (2, 4) else 3
    down = (len(pairs) + across - 1) // across
    gutter, pad = page.px(32), page.px(52)
    width = page.columns(12 // across)
    room, inner = page.bottom - top, width - 2 * pad
    explained = any(rest for _, rest in pairs)
    fonts, theme = page.theme.fonts, page.theme
    head = page.px(64 + 32) if content.ordered else page.px(6 + 40)
    gap = page.px(20) if explained else 0
    for large, small in _CARD_STEPS if explained else _PHRASE_STEPS:
        leads = [break_lines(words(a, fonts.strong, theme.text), page.px(large), inner, "balanced") for a, _ in pairs]
        rests = [break_lines(words(b, fonts.body, theme.muted), page.px(small), inner) for _, b in pairs]
        leading, under = round(page.px(large) * 1.2), round(page.px(small) * 1.36)
        most, more = max(map(len, leads)), max(map(len, rests))
        height = head + most * leading + gap + more * under + 2 * pad
        if not page.whole_words((a for a, _ in pairs), fonts.strong, page.px(large), inner):
            continue
        if most <= (2 if explained else 4) and more <= 5 and down * height + (down - 1) * gutter <= room:
            break
    else:
        return []
    # cards with air rather than strips
    height += min((room - down * height - (down - 1) * gutter) // down, page.px(40 if down > 1 else 120))
    y = page.settled(top, down * height + (down - 1) * gutter)
    groups = [Group("header", tuple(header))]
    for index, (lead, rest) in enumerate(zip(leads, rests, strict=True)):
        x = page.left + (index % across) * (width + gutter)
        at = y + (index // across) * (height + gutter)
        left = x + pad
        # all cards begin on one line, however much each has to say
        begin = at + (height - head - most * leading - gap - more * under) // 2
        sign = [page.rule(left, begin)]
        if content.ordered:
            sign = _chip(str(content.start + index), left, begin + page.px(32), page, page.px(64))
        text = page.block(lead, left, begin + head, page.px(large), leading)
        body = page.block(rest, left, begin + head + len(lead) * leading + gap, page.px(small), under)
        elements = (page.card(x, at, width, height), *sign, *text, *body)
        groups.append(Group(f"item-{index}", elements, f"item:{index}", 0.0, 0.3, dy=page.px(24)))
    return groups


def _stack(pairs: list[tuple[str, str]], content: Bullets, page: Page, header: _Header, top: int) -> list[Group]:
    """Cards below each other, the accent along what each says; nothing when a text asks for more room."""
    gutter, pad, mark = page.px(28), page.px(44), page.px(64 + 32) if content.ordered else page.px(6 + 34)
    room, inner, count = page.bottom - top, page.width - 2 * pad - mark, len(pairs)
    explained = any(rest for _, rest in pairs)
    fonts, theme = page.theme.fonts, page.theme
    gap = page.px(10) if explained else 0
    steps = _STACK_STEPS if explained else _PHRASE_STACK
    if page.shape == "tall":
        steps = (*((round(large * 1.2), round(small * 1.2)) for large, small in steps[:3]), *steps)
    for large, small in steps:
        size, below = page.px(large), page.px(small or BODY_FLOOR)
        leads = [break_lines(words(a, fonts.strong, theme.text), size, inner) for a, _ in pairs]
        rests = [break_lines(words(b, fonts.body, theme.muted), below, inner) for _, b in pairs]
        leading, under = round(size * 1.2), round(below * 1.34)
        heights = [
            len(lead) * leading + (gap if rest else 0) + len(rest) * under
            for lead, rest in zip(leads, rests, strict=True)
        ]
        used = sum(heights) + count * 2 * pad + (count - 1) * gutter
        whole = page.whole_words((a for a, _ in pairs), fonts.strong, size, inner)
        if whole and max(map(len, leads)) <= 2 and max(map(len, rests)) <= 5 and used <= room:
            break
    else:
        return []
    more = min((room - used) // count, page.px(130 if page.shape == "tall" else 80))
    header, y = page.together(header, top, used + count * more)
    groups = [Group("header", tuple(header))]
    for index, (lead, rest, height) in enumerate(zip(leads, rests, heights, strict=True)):
        tall = height + 2 * pad + more
        at, left = y + (tall - height) // 2, page.left + pad
        sign: list[Element] = [Shape(left, at + page.px(6), page.px(6), height - page.px(12), page.px(3), page.accent)]
        if content.ordered:
            sign = _chip(str(content.start + index), left, at + leading // 2, page, page.px(64))
        text = page.block(lead, left + mark, at, size, leading)
        body = page.block(rest, left + mark, at + len(lead) * leading + gap, below, under)
        elements = (page.card(page.left, y, page.width, tall), *sign, *text, *body)
        groups.append(Group(f"item-{index}", elements, f"item:{index}", 0.0, 0.3, dy=page.px(24)))
        y += tall + gutter
    return groups


KIND = SceneKind("bullets", Bullets, layout, EXAMPLE, split=split)
