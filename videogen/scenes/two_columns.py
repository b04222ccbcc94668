"""Two sides beside each other, below each other where it is narrow."""

from __future__ import annotations

from videogen.model.kinds import TwoColumns
from videogen.scenes.colours import mix
from videogen.scenes.elements import Element, Group, Part, SceneKind, Shape
from videogen.scenes.page import Page
from videogen.scenes.pieces import (
    Setting,
    alike,
    cross,
    divided,
    first_that_fits,
    one_size,
    setting,
    shown,
    sized,
    tick,
)

EXAMPLE = """\
kind: two_columns
content:
  header: Is it worth a build tool?
  left_header: For
  left_items:
    - An edit costs seconds
    - The same text gives the same film
  right_header: Against
  right_items:
    - One more thing to learn
  signs: verdict
"""

_HEAD = ((60, 1), (56, 1), (52, 1), (48, 2), (44, 2), (40, 3), (36, 4))


def layout(content: TwoColumns, page: Page) -> list[Group]:
    """A card a side under a coloured head, each point with its sign."""
    return first_that_fits([lambda: _layout(content, page, False), lambda: _layout(content, page, True)])


def _layout(content: TwoColumns, page: Page, tight: bool) -> list[Group]:
    header, top = page.header(content.header, tight)
    groups = [Group("header", tuple(header))] if header else []
    theme, verdict = page.theme, content.signs == "verdict"
    colours = (page.look.tone_colour("green"), page.look.tone_colour("pink")) if verdict else (page.accent, theme.muted)
    names = ("left", "right")
    sides = [(content.left_header, content.left_items), (content.right_header, content.right_items)]
    places = [shown(items) for _, items in sides]
    width = page.width if page.narrow else page.columns(6)
    pad, gutter, sign = page.px(32 if tight else 44), page.px(32), sized(page, 52)
    inner, indent = width - 2 * pad, sign + page.px(28)
    longer = max(names, key=lambda name: len(getattr(content, f"{name}_header")))
    heads, size = one_size(
        page, f"{longer}_header", [head for head, _ in sides], _HEAD, inner, theme.fonts.header, theme.text
    )
    leading = round(size * 1.2)
    bars = [len(lines) * leading + page.px(44) for lines in heads]
    if not page.narrow:
        bars = [max(bars)] * 2
    room = page.bottom - top - (sum(bars) + gutter + 4 * pad if page.narrow else bars[0] + 2 * pad)
    texts = [[(items[index], "") for index in own] for (_, items), own in zip(sides, places, strict=True)]
    rows = _rows(texts, page, inner - indent, room)
    heights = [bar + 2 * pad + max(own.height, sign) for bar, own in zip(bars, rows, strict=True)]
    if not page.narrow:
        # cards with air rather than strips
        heights = [min(page.bottom - top, max(heights) + page.px(120))] * 2
    y = page.settled(top, sum(heights) + gutter if page.narrow else heights[0])
    for at in (0, 1):
        x = page.left + (0 if page.narrow else at * (width + gutter))
        own_top = y + (at * (heights[0] + gutter) if page.narrow else 0)
        edge, line = page.card(x, own_top, width, heights[at]), page.outline
        bar = Shape(
            x + line,
            own_top + line,
            width - 2 * line,
            bars[at],
            max(0, page.radius - line),
            mix(theme.raised, colours[at], 0.16),
            corners="top",
        )
        under = Shape(x + line, own_top + line + bars[at] - page.px(6), width - 2 * line, page.px(6), 0, colours[at])
        lines = page.block(heads[at], x + pad, own_top + line + page.px(19), size, leading, "header")
        groups.append(Group(f"card-{names[at]}", (edge, bar, under, *lines)))
        begin = own_top + bars[at] + pad
        for index, (entry, place) in zip(places[at], rows[at].placed(begin), strict=True):
            middle = place + (entry.leading - sign) // 2
            mark = _sign(at, x + pad, middle, sign, page, colours[at], verdict)
            elements = (*mark, *entry.block(page, x + pad + indent, place))
            cue = f"{names[at]}_item:{index}"
            groups.append(Group(f"{names[at]}-{index}", elements, cue, 0.0, 0.3, dy=page.px(16)))
    return groups


def _rows(texts: list[list[tuple[str, str]]], page: Page, width: int, room: int) -> list[Setting]:
    """Both sides at one size; where they stand below each other they share the room."""
    letters = [sum(len(text) for text, _ in side) for side in texts]
    field = "left_items" if letters[0] >= letters[1] else "right_items"
    if page.narrow:
        whole = setting(page, field, texts[0] + texts[1], width, room, air=(0.5, 0.8))
        half = len(texts[0])
        return [Setting(whole.entries[:half], whole.gap), Setting(whole.entries[half:], whole.gap)]
    both = alike(page, field, texts, width, room, air=(0.5, 0.8))
    gap = min(own.gap for own in both)
    return [Setting(own.entries, gap) for own in both]


def _sign(at: int, x: int, y: int, side: int, page: Page, colour: str, verdict: bool) -> list[Element]:
    if verdict:
        return cross(x, y, side, page, colour) if at else tick(x, y, side, page, colour)
    own = sized(page, 18)
    return [Shape(x + (side - own) // 2, y + (side - own) // 2, own, own, own // 2, colour)]


def split(content: TwoColumns, parts: int) -> list[Part] | None:
    """The left side before the right one, over the pages."""
    return divided(content, parts, ("left_items", "right_items"))


KIND = SceneKind("two_columns", TwoColumns, layout, EXAMPLE, split=split)
