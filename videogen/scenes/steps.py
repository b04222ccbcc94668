"""What is done one after the other: numbers on a line that grows from each to the next."""

from __future__ import annotations

from videogen.model.kinds import Steps
from videogen.model.kinds.structure import pairs
from videogen.scenes.elements import Element, Group, Part, SceneKind, Shape
from videogen.scenes.page import Page
from videogen.scenes.pieces import alike, disc, divided, first_that_fits, setting, shown

EXAMPLE = """\
kind: steps
content:
  header: From text to film
  steps:
    - text: Write
      detail: A Markdown file is enough
    - text: Build
      detail: One command makes what has changed
    - text: Share
      detail: Film, captions and chapters
"""

_ACROSS = ((80, 1), (72, 1), (64, 1), (60, 1), (56, 2), (52, 2), (48, 3), (44, 3))
_MOST_ACROSS = 4
_GROW = 0.35
"""Seconds in which the line reaches the next number; the number comes as it does."""


def layout(content: Steps, page: Page) -> list[Group]:
    """Beside each other where it is wide and there are no more than four with little to say, else below."""
    header, top = page.header(content.header)
    groups = [Group("header", tuple(header))] if header else []
    places = shown(content.steps)
    points = pairs([content.steps[index] for index in places])
    ways = [lambda: _down(places, points, page, top)]
    if not page.narrow and 2 <= len(points) <= _MOST_ACROSS:
        ways.insert(0, lambda: _across(places, points, page, top))
    return groups + first_that_fits(ways)


def _across(places: list[int], points: list[tuple[str, str]], page: Page, top: int) -> list[Group]:
    count, side, thick = len(points), page.px(132), page.px(8)
    step = (page.width + page.px(32)) // count
    width, gap = step - page.px(64), page.px(52)
    room = page.bottom - top - side - gap
    cells = alike(page, "steps", [[point] for point in points], width, room, ladder=_ACROSS, strong=True)
    tall = max(cell.height for cell in cells)
    y = page.settled(top, side + gap + tall)
    groups: list[Group] = []
    for at, (index, cell) in enumerate(zip(places, cells, strict=True)):
        x = page.left + at * step
        if at:
            before = x - step + side + page.px(16)
            line = Shape(before, y + (side - thick) // 2, x - page.px(16) - before, thick, thick // 2, page.accent)
            groups.append(Group(f"line-{index}", (line,), f"step:{index}", 0.0, _GROW, reveal="left"))
        elements = (*disc(str(index + 1), x, y, side, page), *cell.entries[0].block(page, x, y + side + gap))
        groups.append(_step(index, elements, page, bool(at)))
    return groups


def _down(places: list[int], points: list[tuple[str, str]], page: Page, top: int) -> list[Group]:
    side, thick = page.px({"wide": 84, "square": 96, "tall": 112}[page.shape]), page.px(8)
    left = page.left + side + page.px(44)
    room = page.bottom - top
    rows = setting(page, "steps", points, page.right - left, room, air=(0.7, 1.5))
    heights = [max(entry.height, side) for entry in rows.entries]
    if sum(heights) + rows.gap * (len(heights) - 1) > room:
        spare = (room - sum(heights)) // max(1, len(heights) - 1)
        if spare < page.px(20):
            raise page.does_not_fit("steps", len(points), room // (side + page.px(20)))
    else:
        spare = rows.gap
    y = page.settled(top, sum(heights) + spare * (len(heights) - 1))
    groups: list[Group] = []
    for at, (index, entry, height) in enumerate(zip(places, rows.entries, heights, strict=True)):
        first = entry.leading if entry.lead else entry.under
        over = max(0, (side - first) // 2) if height > side else (height - entry.height) // 2
        if at:
            begin = y - spare - heights[at - 1] + side + page.px(10)
            line = Shape(
                page.left + (side - thick) // 2,
                begin,
                thick,
                max(thick, y - page.px(10) - begin),
                thick // 2,
                page.accent,
            )
            groups.append(Group(f"line-{index}", (line,), f"step:{index}", 0.0, _GROW, reveal="top"))
        lower = max(0, min(over, height - entry.height))
        elements = (*disc(str(index + 1), page.left, y, side, page), *entry.block(page, left, y + lower))
        groups.append(_step(index, elements, page, bool(at)))
        y += height + spare
    return groups


def _step(index: int, elements: tuple[Element, ...], page: Page, follows: bool) -> Group:
    delay = _GROW * 0.6 if follows else 0.0
    return Group(f"step-{index}", elements, f"step:{index}", delay, 0.3, dy=page.px(16))


def split(content: Steps, parts: int) -> list[Part] | None:
    """The steps over the pages; numbers go on."""
    return divided(content, parts, ("steps",))


KIND = SceneKind("steps", Steps, layout, EXAMPLE, split=split)
