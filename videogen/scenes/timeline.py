"""Events along a line: from left to right where it is wide, else from above to below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from videogen.model.kinds import Event, Timeline
from videogen.scenes.elements import Element, Group, Part, SceneKind, Shape, Text
from videogen.scenes.page import Page
from videogen.scenes.pieces import Setting, alike, divided, first_that_fits, one_size, ring, setting, shown
from videogen.scenes.typeset import Line

EXAMPLE = """\
kind: timeline
content:
  header: Builds, decade by decade
  events:
    - date: "1976"
      label: make
      text: Files and the rules between them
    - date: "2008"
      label: doit
      text: Tasks written in Python
    - date: Today
      label: Films
      text: Built like any other file
"""

_DATE = ((108, 1), (92, 1), (76, 1), (68, 1), (60, 1), (52, 1), (44, 2), (36, 3))
_ACROSS = ((64, 1), (60, 1), (56, 1), (52, 2), (48, 2), (44, 3), (40, 3))
_SMALL = 5
"""Sizes of a date that are left out where there is the least room."""
_MOST_ACROSS = 6
_GROW = 0.4
"""Seconds in which the line reaches the next event; the event comes as it does."""


def layout(content: Timeline, page: Page) -> list[Group]:
    """A dot an event on the line, the date before it, what happened after it; many events above and below by turns."""
    header, top = page.header(content.header)
    places = shown(content.events)
    events = [content.events[index] for index in places]
    ways: list[Callable[[], list[Group]]] = [
        partial(_down, places, events, page, header, top, step) for step in ((2, 4, _SMALL) if page.narrow else (2,))
    ]
    if not page.narrow and len(events) <= _MOST_ACROSS:
        across = partial(_across, places, events, page, header, top)
        turns = [True] if len(events) > 2 else []
        tries = [(False, 48), *((turn, 44) for turn in turns), (False, 0), *((turn, 0) for turn in turns)]
        ways = [partial(across, turn, least) for turn, least in tries] + ways
    return first_that_fits(ways)


def _across(
    places: list[int],
    events: list[Event],
    page: Page,
    header: Sequence[Text | Shape],
    top: int,
    turns: bool,
    least: int,
) -> list[Group]:
    """The line from edge to edge of the frame; with `turns` every other event stands above it. What happened is set in
    no less than a size."""
    count, side, thick = len(events), page.px(56), page.px(8)
    # by turns, each has two shares of the width but for what parts it from the next
    apart = page.px(64)
    step = (page.width + apart) // (count + 1) if turns else (page.width + page.px(32)) // count
    width = step * 2 - apart if turns else step - page.px(72)
    half = (page.bottom - top - side) // 2 - page.px(28)
    room = half if turns else page.bottom - top - side - page.px(64)
    dates, size = _dates(events, page, width, _DATE)
    leading = round(size * 1.15)
    deep = max(len(lines) for lines in dates) * leading
    points = [(event.label, event.text) for event in events]
    ladder = [step for step in _ACROSS if step[0] >= least]
    if least and not page.whole_words(
        (event.label for event in events), page.theme.fonts.strong, page.px(ladder[-1][0]), width
    ):
        raise page.does_not_fit("events", len(events), 0)
    cells = alike(page, "events", [[point] for point in points], width, room - deep, ladder=ladder, strong=True)
    under = max(cell.height for cell in cells)
    gap = page.px(36)
    if turns:
        middle = top + (page.bottom - top) // 2
    else:
        middle = page.settled(top, deep + side + 2 * gap + under) + deep + gap + side // 2
    groups = [Group("header", tuple(header))] if header else []
    for at, (index, lines, cell) in enumerate(zip(places, dates, cells, strict=True)):
        x, dot = page.left + at * step, middle - side // 2
        if turns:
            own = len(lines) * leading
            begin = middle + side // 2 + page.px(20) if at % 2 else dot - page.px(20) - own - cell.height
            text = [*page.block(lines, x, begin, size, leading, "label"), *cell.entries[0].block(page, x, begin + own)]
        else:
            text = [
                *page.block(lines, x, dot - gap - len(lines) * leading, size, leading, "label"),
                *cell.entries[0].block(page, x, dot + side + gap),
            ]
        start = -thick if at == 0 else x - step + side + page.px(14)
        end = x - page.px(14)
        groups.append(
            _line(index, Shape(start, middle - thick // 2, end - start, thick, thick // 2, page.accent), "left")
        )
        groups.append(_event(index, (*_dot(x, dot, side, page), *text), page))
    return groups


def _down(
    places: list[int], events: list[Event], page: Page, header: Sequence[Text | Shape], top: int, step: int
) -> list[Group]:
    """The line at the left, each event's date over what happened; beside it where there is the width."""
    side, thick = page.px(52), page.px(8)
    aside = not page.narrow
    begin = page.left + side + page.px(48)
    dates, size = _dates(events, page, page.columns(3) if aside else page.right - begin, _DATE[step:])
    leading = round(size * 1.15)
    left = begin + page.columns(3) + page.px(32) if aside else begin
    heads = [len(lines) * leading for lines in dates]
    points = [(event.label, event.text) for event in events]
    rows = setting(
        page,
        "events",
        points,
        page.right - left,
        page.bottom - top - (0 if aside else sum(heads)),
        air=(0.7, 1.5),
        strong=True,
    )
    if not aside and size > 1.7 * rows.size and step < _SMALL:
        raise page.does_not_fit("events", len(events), 0)
    heights = _heights(rows, heads, aside)
    free = page.bottom - top - sum(heights)
    gap = min(rows.gap, max(page.px(16), free // len(heights)))
    if gap * (len(heights) - 1) > free:
        raise page.does_not_fit("events", sum(map(len, dates)), (page.bottom - top) // leading)
    header, y = page.together(header, top, sum(heights) + gap * (len(heights) - 1))
    groups = [Group("header", tuple(header))] if header else []
    above = 0
    for at, (index, lines, entry) in enumerate(zip(places, dates, rows.entries, strict=True)):
        dot = y + (leading - side) // 2
        text = [
            *page.block(lines, begin, y, size, leading, "label"),
            *entry.block(page, left, y + max(0, leading - entry.leading) // 2 if aside else y + heads[at]),
        ]
        start = above + page.px(12) if at else dot - page.px(70)
        line = Shape(
            page.left + (side - thick) // 2,
            start,
            thick,
            max(thick, dot - page.px(12) - start),
            thick // 2,
            page.accent,
        )
        if at:
            groups.append(_line(index, line, "top"))
        groups.append(_event(index, (*_dot(page.left, dot, side, page), *text), page))
        above = dot + side
        y += heights[at] + gap
    return groups


def _heights(rows: Setting, heads: list[int], aside: bool) -> list[int]:
    return [
        max(head, entry.height + entry.leading // 4) if aside else head + entry.height
        for head, entry in zip(heads, rows.entries, strict=True)
    ]


def _dates(
    events: list[Event], page: Page, width: int, steps: Sequence[tuple[int, int]]
) -> tuple[list[list[Line]], int]:
    """Every date broken to the width, at the one size that fits all."""
    return one_size(page, "date", [event.date for event in events], steps, width, page.theme.fonts.display, page.accent)


def _dot(x: int, y: int, side: int, page: Page) -> list[Element]:
    own = round(side * 0.22) * 2
    inset = (side - own) // 2
    return [ring(x, y, side, page, page.accent), Shape(x + inset, y + inset, own, own, own // 2, page.accent)]


def _line(index: int, shape: Shape, side: str) -> Group:
    return Group(f"line-{index}", (shape,), f"event:{index}", 0.0, _GROW, reveal="left" if side == "left" else "top")


def _event(index: int, elements: tuple[Element, ...], page: Page) -> Group:
    return Group(f"event-{index}", elements, f"event:{index}", _GROW * 0.6, 0.3, dy=page.px(16))


def split(content: Timeline, parts: int) -> list[Part] | None:
    """The events over the pages, in order."""
    return divided(content, parts, ("events",))


KIND = SceneKind("timeline", Timeline, layout, EXAMPLE, split=split)
