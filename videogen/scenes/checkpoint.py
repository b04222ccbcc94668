"""A look back and ahead: what is done, what to ask oneself, what comes next."""

from __future__ import annotations

from videogen.model.kinds import Checkpoint
from videogen.scenes.colours import mix
from videogen.scenes.elements import Element, Group, Icon, Part, SceneKind, Shape, Text
from videogen.scenes.page import Page
from videogen.scenes.pieces import Setting, alike, disc, divided, one_size, panel, setting, shown, sized, tick

EXAMPLE = """\
kind: checkpoint
content:
  checkpoint_number: 2
  title: Half way there
  completed_topics: [Targets, Dependencies]
  review_questions: ["When is a target out of date?", "What does doit forget do?"]
  next_topics: [Sharing a store]
  labels: [Done, Ask yourself, Next]
"""

_TITLE = ((84, 1), (76, 1), (68, 1), (60, 2), (52, 2), (44, 4), (40, 5), (36, 12))
_LABEL = ((48, 1), (44, 1), (40, 2), (36, 4))
_SMALL_LABEL = ((40, 1), (36, 4))
_POINTS = ((64, 1), (60, 2), (56, 3), (52, 3), (48, 3), (44, 4), (40, 5), (36, 30))
FIELDS = ("completed_topics", "review_questions", "next_topics")


def layout(content: Checkpoint, page: Page) -> list[Group]:
    """A panel a part, side by side or stacked, under a milestone's number; every part has its own sign and colour."""
    theme = page.theme
    head, top = _head(content, page)
    colours = (page.look.tone_colour("green"), page.accent, theme.muted)
    parts = [
        (field, label, colour, shown(getattr(content, field)))
        for field, label, colour in zip(FIELDS, content.labels, colours, strict=True)
    ]
    parts = [part for part in parts if part[3]] or [(FIELDS[0], content.labels[0], colours[0], [])]
    tight = page.shape == "square"
    gutter, pad, side = page.px(24 if tight else 32), page.px(28 if tight else 44), sized(page, 48)
    across = 1 if page.narrow else len(parts)
    width = (page.width - gutter * (across - 1)) // across
    inner, indent = width - 2 * pad, side + page.px(24)
    names = [label for _, label, _, _ in parts]
    labels, size = one_size(
        page, "labels", names, _SMALL_LABEL if tight else _LABEL, inner, theme.fonts.label, theme.text
    )
    leading = round(size * 1.2)
    tops = [len(lines) * leading + page.px(14 if tight else 32) for lines in labels]
    if not page.narrow:
        tops = [max(tops)] * len(parts)
    room = page.bottom - top - (sum(tops) + len(parts) * 2 * pad + gutter * (len(parts) - 1) if page.narrow else 0)
    texts = [[(getattr(content, field)[index], "") for index in places] for field, _, _, places in parts]
    longest = max(parts, key=lambda part: sum(len(getattr(content, part[0])[index]) for index in part[3]))[0]
    rows = _rows(texts, longest, page, inner - indent, room if page.narrow else room - tops[0] - 2 * pad)
    heights = [over + 2 * pad + max(side, own.height) for over, own in zip(tops, rows, strict=True)]
    if not page.narrow:
        heights = [min(page.bottom - top, max(heights) + page.px(24))] * len(parts)
    head, y = page.together(head, top, sum(heights) + gutter * (len(parts) - 1) if page.narrow else heights[0])
    groups = [Group("header", tuple(head))]
    x = page.left
    for (field, _, colour, places), lines, over, own, height in zip(parts, labels, tops, rows, heights, strict=True):
        edge = Shape(x, y, width, min(height, 2 * page.radius + page.px(20)), page.radius, colour, corners="top")
        card = panel(page, x, y + page.px(8), width, height - page.px(8), colour, 0.06)
        groups.append(
            Group(f"panel-{field}", (edge, card, *page.block(lines, x + pad, y + pad, size, leading, "header")))
        )
        for index, (entry, place) in zip(places, own.placed(y + pad + over), strict=True):
            own_side = min(side, round(entry.size * 1.1))
            mark = _sign(field, x + pad, place + (entry.leading - own_side) // 2, own_side, page, colour)
            name = field.removesuffix("s")
            elements = (*mark, *entry.block(page, x + pad + indent, place))
            groups.append(Group(f"{name}-{index}", elements, f"{name}:{index}", 0.0, 0.3, dy=page.px(16)))
        x, y = (x, y + height + gutter) if page.narrow else (x + width + gutter, y)
    return groups


def _head(content: Checkpoint, page: Page) -> tuple[list[Text | Shape], int]:
    """The number on a milestone with the title beside it, and where what is below may begin."""
    theme, side = page.theme, page.px(120)
    number, face, inset = str(content.checkpoint_number), page.px(52), page.px(10)
    text = page.label(number, 0, 0, face, theme.on_accent)
    wide = max(side, text.width + 2 * inset + page.px(44))
    beside = wide + page.px(40) if number else 0
    title, size = page.fitted(content.title, "title", _TITLE, page.width - beside, theme.fonts.header, theme.text)
    leading = round(size * 1.14)
    height = max(len(title) * leading, side if number else 0)
    head: list[Text | Shape] = []
    if number:
        y = page.top + (height - side) // 2
        halo = Shape(page.left, y, wide, side, side // 2, mix(theme.background[0], page.accent, 0.3))
        pill = Shape(page.left + inset, y + inset, wide - 2 * inset, side - 2 * inset, side // 2 - inset, page.accent)
        x = page.left + (wide - text.width) // 2
        head += [halo, pill, page.label(number, x, y + (side - text.height) // 2, face, theme.on_accent)]
    else:
        head.append(page.spine(page.top, height))
    at = page.top + (height - len(title) * leading) // 2
    head += page.block(title, page.left + beside, at, size, leading, "header")
    return head, page.top + height + page.px(48)


def _rows(texts: list[list[tuple[str, str]]], field: str, page: Page, width: int, room: int) -> list[Setting]:
    """All parts at one size; stacked ones share the room. `field` is what is said not to fit."""
    if page.narrow:
        whole = setting(
            page, field, [point for own in texts for point in own], width, room, ladder=_POINTS, air=(0.3, 0.6)
        )
        cut, found = 0, []
        for own in texts:
            found.append(Setting(whole.entries[cut : cut + len(own)], whole.gap))
            cut += len(own)
        return found
    found = alike(page, field, texts, width, room, ladder=_POINTS, air=(0.45, 0.9))
    gap = min(own.gap for own in found)
    return [Setting(own.entries, gap) for own in found]


def _sign(field: str, x: int, y: int, side: int, page: Page, colour: str) -> list[Element]:
    if field == FIELDS[0]:
        return tick(x, y, side, page, colour)
    if field == FIELDS[1]:
        return [*disc("?", x, y, side, page, colour)]
    own = round(side * 0.64)
    inset = (side - own) // 2
    return [
        Shape(x, y, side, side, side // 2, colour),
        Icon("arrow", x + inset, y + inset, own, page.theme.on_accent),
    ]


def split(content: Checkpoint, parts: int) -> list[Part] | None:
    """What is done before what to ask and what is next, over the pages."""
    return divided(content, parts, FIELDS)


KIND = SceneKind("checkpoint", Checkpoint, layout, EXAMPLE, split=split)
