"""What is done one after the other: numbers on a line that grows from each to the next."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from videogen.model.kinds import Steps
from videogen.model.kinds.structure import pairs
from videogen.scenes.elements import Element, Group, Part, SceneKind, Shape, Text
from videogen.scenes.page import Page
from videogen.scenes.pages import shares
from videogen.scenes.pieces import LADDER, alike, disc, divided, first_that_fits, shown

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
_MOST_ACROSS = 5
_EASY = 52
"""Size of a step that is read with ease: what would be smaller, or longer, beside each other stands below."""
_BRIEF = 3
"""Most lines that are said of one."""
_GROW = 0.35
"""Seconds in which the line reaches the next number; the number comes as it does."""


def layout(content: Steps, page: Page) -> list[Group]:
    """Beside each other where it is wide and there are few with little to say, else below; many short ones in two
    columns."""
    header, top = page.header(content.header)
    places = shown(content.steps)
    points = pairs([content.steps[index] for index in places])
    down = partial(_down, places, points, page, header, top)
    ways = [down]
    if not page.narrow and 2 <= len(points) <= _MOST_ACROSS:
        across = partial(_across, places, points, page, header, top)
        large = [step for step in _ACROSS if step[0] >= (_EASY if any(rest for _, rest in points) else 48)]
        ways = [partial(across, large), partial(down, [step for step in LADDER if step[0] >= _EASY])]
        ways += [partial(across, _ACROSS), down]
    elif not page.narrow and len(points) > _MOST_ACROSS:
        ways.insert(0, partial(down, [step for step in LADDER if step[0] >= 48], 2))
    return first_that_fits(ways)


_Header = list[Text | Shape]
_Ladder = Sequence[tuple[int, int]]


def _whole(points: list[tuple[str, str]], page: Page, ladder: _Ladder, width: int) -> None:
    """Refuse to break words but at the smallest size of all. Raises DoesNotFit."""
    face, size = page.theme.fonts.strong, page.px(ladder[-1][0])
    if ladder[-1] not in (_ACROSS[-1], LADDER[-1]) and not page.whole_words(
        (lead for lead, _ in points), face, size, width
    ):
        raise page.does_not_fit("steps", len(points), 0)


def _across(
    places: list[int], points: list[tuple[str, str]], page: Page, header: _Header, top: int, ladder: _Ladder
) -> list[Group]:
    count, side, thick = len(points), page.px(132), page.px(8)
    step = (page.width + page.px(32)) // count
    width, gap = step - page.px(64), page.px(52)
    room = page.bottom - top - side - gap
    _whole(points, page, ladder, width)
    cells = alike(page, "steps", [[point] for point in points], width, room, ladder=ladder, strong=True)
    if len(ladder) < len(_ACROSS) and any(len(cell.entries[0].rest) > _BRIEF for cell in cells):
        raise page.does_not_fit("steps", len(points), 0)
    tall = max(cell.height for cell in cells)
    y = page.settled(top, side + gap + tall)
    groups = [Group("header", tuple(header))] if header else []
    for at, (index, cell) in enumerate(zip(places, cells, strict=True)):
        x = page.left + at * step
        if at:
            before = x - step + side + page.px(16)
            line = Shape(before, y + (side - thick) // 2, x - page.px(16) - before, thick, thick // 2, page.accent)
            groups.append(Group(f"line-{index}", (line,), f"step:{index}", 0.0, _GROW, reveal="left"))
        elements = (*disc(str(index + 1), x, y, side, page), *cell.entries[0].block(page, x, y + side + gap))
        groups.append(_step(index, elements, page, bool(at)))
    return groups


def _down(
    places: list[int],
    points: list[tuple[str, str]],
    page: Page,
    header: _Header,
    top: int,
    ladder: _Ladder = LADDER,
    columns: int = 1,
) -> list[Group]:
    side = page.px({"wide": 84, "square": 96, "tall": 112}[page.shape])
    indent, room = side + page.px(44), page.bottom - top
    width = (page.width - page.px(64) * (columns - 1)) // columns
    _whole(points, page, ladder, width - indent)
    runs = shares(len(points), columns)
    texts = [points[run.start : run.stop] for run in runs]
    rows = alike(
        page,
        "steps",
        texts,
        width - indent,
        room,
        ladder=ladder,
        air=(0.7, 1.5),
        strong=any(rest for _, rest in points),
    )
    heights = [[max(entry.height, side) for entry in column.entries] for column in rows]
    spare = min(column.gap for column in rows)
    tallest = max(heights, key=lambda own: sum(own) + spare * (len(own) - 1))
    if sum(tallest) + spare * (len(tallest) - 1) > room:
        spare = (room - sum(tallest)) // max(1, len(tallest) - 1)
        if spare < page.px(20):
            raise page.does_not_fit("steps", len(points), room // (side + page.px(20)))
    header, y = page.together(header, top, sum(tallest) + spare * (len(tallest) - 1))
    groups = [Group("header", tuple(header))] if header else []
    for number, (run, column) in enumerate(zip(runs, rows, strict=True)):
        x, at = page.left + number * (width + page.px(64)), y
        for place, (index, entry, height) in enumerate(
            zip(places[run.start : run.stop], column.entries, heights[number], strict=True)
        ):
            first = entry.leading if entry.lead else entry.under
            over = max(0, (side - first) // 2) if height > side else (height - entry.height) // 2
            if place:
                groups.append(_line_down(index, x, at - spare - heights[number][place - 1], at, side, spare, page))
            lower = max(0, min(over, height - entry.height))
            elements = (*disc(str(index + 1), x, at, side, page), *entry.block(page, x + indent, at + lower))
            groups.append(_step(index, elements, page, bool(place)))
            at += height + spare
    return groups


def _line_down(index: int, x: int, above: int, below: int, side: int, spare: int, page: Page) -> Group:
    """The line from the disc that begins at `above` to the one that begins at `below`."""
    thick, apart = page.px(8), min(page.px(10), spare // 6)
    begin = above + side + apart
    line = Shape(x + (side - thick) // 2, begin, thick, max(thick, below - apart - begin), thick // 2, page.accent)
    return Group(f"line-{index}", (line,), f"step:{index}", 0.0, _GROW, reveal="top")


def _step(index: int, elements: tuple[Element, ...], page: Page, follows: bool) -> Group:
    delay = _GROW * 0.6 if follows else 0.0
    return Group(f"step-{index}", elements, f"step:{index}", delay, 0.3, dy=page.px(16))


def split(content: Steps, parts: int) -> list[Part] | None:
    """The steps over the pages; numbers go on."""
    return divided(content, parts, ("steps",))


KIND = SceneKind("steps", Steps, layout, EXAMPLE, split=split)
