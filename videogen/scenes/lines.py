"""Lines of a chart over a scale, each with its name at its end where there is room for it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from videogen.model.kinds import Chart
from videogen.scenes.axes import LABEL, VALUE, Arrival, Frame, Scale, colours, sized, value_text
from videogen.scenes.elements import Element, Group, Text
from videogen.scenes.page import Page
from videogen.scenes.quantities import measured
from videogen.scenes.typefaces import length

_ALL_DOTS = 8
"""A line of more points than this has a dot on its last one only."""
_AT_END = 0.26
"""Names stand at the ends of lines when the longest takes no more of the width."""


def named_at_ends(content: Chart, page: Page, width: int) -> bool:
    """Whether lines have their names at their ends rather than in a legend."""
    if page.narrow or len(content.series) == 1 or not all(one.name for one in content.series):
        return False
    longest = max(length(one.name, page.theme.fonts.label, sized(page, LABEL)) for one in content.series)
    ends = sorted(one.values[-1] for one in content.series)
    values = [value for one in content.series for value in one.values]
    near = 0.09 * (max(*values, 0.0) - min(*values, 0.0))
    return longest <= width * _AT_END and all(high - low > near for low, high in pairwise(ends))


def lines(content: Chart, page: Page, frame: Frame) -> list[Group]:
    """Lines over a scale, uncovered from the left."""
    from videogen.scenes.marks import area, line

    size, big, many = sized(page, LABEL), sized(page, VALUE), len(content.series)
    values = [value for one in content.series for value in one.values]
    ends = named_at_ends(content, page, frame.width)
    # the number of the last point stands where the line does not come from
    falls = many == 1 and values[-1] < values[-2]
    over, under = round(big * 1.5) if many == 1 else page.px(28), round(big * 1.5) if falls else 0
    scale = Scale.over(values, frame.top + over, frame.bottom - round(size * 1.9) - under, page, True)
    margin = scale.margin(content.unit, page)
    left, right, count = frame.left + margin, frame.right, len(content.labels)
    inset = page.px(28)
    if ends:
        right -= round(max(length(one.name, page.theme.fonts.label, size) for one in content.series))
    last = measured(content.series[0].values[-1], content.unit, page.language)
    step = (right - left - 2 * inset) / (count - 1)
    base = scale.grid(content.unit, page, left, right, True)
    base += _names(content.labels, page, (left - margin, right), left + inset, step, frame.bottom)
    groups: list[Group] = []
    for index, (one, colour) in enumerate(zip(content.series, colours(page, many), strict=True)):
        points = [(left + inset + step * place, float(scale.y(value))) for place, value in enumerate(one.values)]
        thick, dot = page.px(8 if many < 4 else 6), page.px(22)
        marks: list[Element] = [line(points, thick, dot if count <= _ALL_DOTS else 0, colour)]
        if count > _ALL_DOTS:
            marks.append(line(points[-1:], thick, dot, colour))
        if many == 1:
            floor = float(scale.y(max(scale.ticks[0], min(0.0, scale.ticks[-1]))))
            marks.insert(0, area(points, floor, colour, 0.16))
        arrival = Arrival.of(content, index)
        groups.append(Group(f"line-{index}", tuple(marks), arrival.cue, arrival.delay, 1.0, reveal="left"))
        (x, y), named = points[-1], None
        if ends:
            text = page.label(one.name, round(x + inset), 0, size, colour)
            named = Text(
                text.text, text.x, round(y - text.height / 2), text.width, text.height, size, text.face, colour, "label"
            )
        elif many == 1:
            wide = length(last, page.theme.fonts.strong, big)
            beyond = (big * 0.65 + dot) * (1 if falls else -1)
            named = value_text(last, page, min(x + wide / 2, frame.right), y + beyond, big, "right")
        if named:
            groups.append(Group(f"name-{index}", (named,), arrival.cue, arrival.later(0.8), 0.3))
    return [Group("scale", tuple(base)), *groups]


def _names(
    labels: Sequence[str], page: Page, room: tuple[int, int], first: float, step: float, bottom: int
) -> list[Element]:
    """Names under points: all of them, or the last and every second, third, ... before it."""
    size, face = sized(page, LABEL), page.theme.fonts.label
    placed: list[Text] = []
    for every in range(1, len(labels) + 1):
        placed = []
        for index in range(len(labels) - 1, -1, -every):
            text = page.label(labels[index], 0, bottom - round(size * 1.3), size, page.theme.muted)
            x = min(max(first + step * index - text.width / 2, room[0]), room[1] - text.width)
            placed.append(page.label(labels[index], round(x), text.y, size, page.theme.muted))
        gaps = [later.x - before.x - before.width for later, before in pairwise(placed)]
        if all(gap >= page.px(24) for gap in gaps):
            break
    widest = max(length(text.text, face, size) for text in placed)
    if widest > room[1] - room[0]:
        raise page.does_not_fit(f'the label "{max(labels, key=len)[:40]}"', 2, 1)
    return list(reversed(placed))
