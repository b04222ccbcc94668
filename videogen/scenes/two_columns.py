"""Two sides beside each other, below each other where it is narrow."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from videogen.model.kinds import TwoColumns
from videogen.scenes.colours import mix
from videogen.scenes.elements import Element, Group, Part, SceneKind, Shape
from videogen.scenes.page import DoesNotFit, Page
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

_HEAD = ((64, 1), (60, 1), (56, 1), (52, 1), (48, 2), (44, 2), (40, 3), (36, 4))
_POINTS = ((60, 1), (56, 2), (52, 3), (48, 4), (44, 5), (40, 6), (36, 30))
"""Sizes of a point, and most lines of one."""
_ROOMY = ((60, 1), (56, 1), (52, 1), (48, 1), (44, 2), (40, 2))
"""Sizes of a point where two cards share a square page, and most lines of one."""


def layout(content: TwoColumns, page: Page) -> list[Group]:
    """A card a side under a coloured head, each point with its sign. On a square page the cards stand beside each
    other where no point is smaller for it."""
    wide = page.shape == "wide"
    ways = [lambda: _layout(content, page, False, wide), lambda: _layout(content, page, True, wide)]
    if page.shape != "square":
        return first_that_fits(ways)[1]
    found = [made for way in (lambda: _layout(content, page, False, True), ways[0]) if (made := _if_it_fits(way))]
    return max(found, key=lambda made: made[0])[1] if found else ways[1]()[1]


_Made = tuple[int, list[Group]]
"""The size of the points, and the page."""


def _if_it_fits(way: Callable[[], _Made]) -> _Made | None:
    try:
        return way()
    except DoesNotFit:
        return None


def _layout(content: TwoColumns, page: Page, tight: bool, aside: bool) -> _Made:
    # what stands over points is not much larger than they are
    for most in (64, 56, 48):
        made = None if tight else _if_it_fits(partial(_headed, content, page, tight, aside, most))
        if made and made[0] * 1.25 >= page.px(most):
            return made
    return _headed(content, page, tight, aside, 44)


def _headed(content: TwoColumns, page: Page, tight: bool, aside: bool, most: int) -> _Made:
    header, top = page.header(content.header, tight)
    theme, verdict = page.theme, content.signs == "verdict"
    colours = (page.look.tone_colour("green"), page.look.tone_colour("pink")) if verdict else (page.accent, theme.muted)
    names = ("left", "right")
    sides = [(content.left_header, content.left_items), (content.right_header, content.right_items)]
    places = [shown(items) for _, items in sides]
    there = [at for at in (0, 1) if places[at]] or [0, 1]
    aside = aside and len(there) > 1
    gutter = page.px(32)
    width = (page.width - gutter) // 2 if aside else page.width
    shared = aside and page.narrow
    pad, sign = page.px(28 if tight or shared else 44), sized(page, 44 if shared else 52)
    inner, indent = width - 2 * pad, sign + page.px(20 if shared else 28)
    steps = [step for step in _HEAD if step[0] <= most]
    longer = max(names, key=lambda name: len(getattr(content, f"{name}_header")))
    said = [sides[at][0] for at in there]
    heads, size = one_size(page, f"{longer}_header", said, steps, inner, theme.fonts.header, theme.text)
    leading = round(size * 1.2)
    bars = [len(lines) * leading + page.px(36) for lines in heads]
    if aside:
        bars = [max(bars)] * 2
    between = 0 if aside else gutter * (len(there) - 1)
    room = page.bottom - top - (bars[0] + 2 * pad if aside else sum(bars) + between + 2 * pad * len(there))
    texts = [[(sides[at][1][index], "") for index in places[at]] for at in there]
    rows = _rows(texts, page, inner - indent, room, aside)
    heights = [bar + 2 * pad + max(own.height, sign) for bar, own in zip(bars, rows, strict=True)]
    free = page.bottom - top - (max(heights) if aside else sum(heights) + between)
    # cards with air rather than strips
    air = max(0, min(free // 2, page.px(120)) if aside else min(free // (2 * len(there)), page.px(60)))
    heights = [(max(heights) if aside else own) + air for own in heights]
    header, y = page.together(header, top, heights[0] if aside else sum(heights) + between)
    groups = [Group("header", tuple(header))] if header else []
    for at, side in enumerate(there):
        x = page.left + (at * (width + gutter) if aside else 0)
        own_top = y + (0 if aside else sum(heights[:at]) + at * gutter)
        edge, line = page.card(x, own_top, width, heights[at]), page.outline
        bar = Shape(
            x + line,
            own_top + line,
            width - 2 * line,
            bars[at],
            max(0, page.radius - line),
            mix(theme.raised, colours[side], 0.16),
            corners="top",
        )
        under = Shape(x + line, own_top + line + bars[at] - page.px(6), width - 2 * line, page.px(6), 0, colours[side])
        lines = page.block(heads[at], x + pad, own_top + line + page.px(15), size, leading, "header")
        groups.append(Group(f"card-{names[side]}", (edge, bar, under, *lines)))
        begin = own_top + bars[at] + pad + round(air * 0.44)
        for index, (entry, place) in zip(places[side], rows[at].placed(begin), strict=True):
            middle = place + (entry.leading - sign) // 2
            mark = _sign(side, x + pad, middle, sign, page, colours[side], verdict, round(entry.size * 0.3))
            elements = (*mark, *entry.block(page, x + pad + indent, place))
            cue = f"{names[side]}_item:{index}"
            groups.append(Group(f"{names[side]}-{index}", elements, cue, 0.0, 0.3, dy=page.px(16)))
    return rows[0].size, groups


def _rows(texts: list[list[tuple[str, str]]], page: Page, width: int, room: int, aside: bool) -> list[Setting]:
    """Both sides at one size; where they stand below each other they share the room."""
    letters = [sum(len(text) for text, _ in side) for side in texts]
    field = "left_items" if len(texts) == 1 or letters[0] >= letters[1] else "right_items"
    if not aside:
        whole = setting(page, field, [point for side in texts for point in side], width, room, air=(0.5, 0.9))
        half = len(texts[0])
        return [Setting(own, whole.gap) for own in (whole.entries[:half], whole.entries[half:])][: len(texts)]
    said = [text for side in texts for text, _ in side]
    if page.narrow and not page.whole_words(said, page.theme.fonts.body, page.px(_ROOMY[-1][0]), width):
        raise page.does_not_fit(field, len(said), 0)
    both = alike(page, field, texts, width, room, ladder=_ROOMY if page.narrow else _POINTS, air=(0.5, 0.9))
    gap = min(own.gap for own in both)
    return [Setting(own.entries, gap) for own in both]


def _sign(at: int, x: int, y: int, side: int, page: Page, colour: str, verdict: bool, dot: int) -> list[Element]:
    if verdict:
        return cross(x, y, side, page, colour) if at else tick(x, y, side, page, colour)
    return [Shape(x + (side - dot) // 2, y + (side - dot) // 2, dot, dot, dot // 2, colour)]


def split(content: TwoColumns, parts: int) -> list[Part] | None:
    """The left side before the right one, over the pages."""
    return divided(content, parts, ("left_items", "right_items"))


KIND = SceneKind("two_columns", TwoColumns, layout, EXAMPLE, split=split)
