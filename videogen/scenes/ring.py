"""A chart's ring, clockwise from the top, with a row for each part beside or below it."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import product

from videogen.model.kinds import Chart
from videogen.scenes.axes import VALUE, Arrival, Frame, colours, fits, value_text
from videogen.scenes.elements import Element, Group, Shape
from videogen.scenes.page import Page
from videogen.scenes.quantities import measured
from videogen.scenes.typefaces import length

_LEAST = 260
"""The smallest ring."""
_SIZES = (VALUE, 36, 34)
_THICK = 0.4


def ring(content: Chart, page: Page, frame: Frame) -> list[Group]:
    """The ring at the left of its rows, on narrow pages above them."""
    from videogen.scenes.marks import segment

    values, total = content.series[0].values, sum(content.series[0].values)
    across, row, size = _extents(len(values), page, frame)
    centre, (left, top, right) = _places(len(values), across, row, page, frame)
    own = content.unit in ("", "%") and abs(total - 100) < 0.51
    strong, body = page.theme.fonts.strong, page.theme.fonts.body
    base: list[Element] = []
    groups: list[Group] = []
    turn = 0.0
    parts = zip(content.labels, values, colours(page, len(values)), strict=True)
    for index, (label, value, ink) in enumerate(parts):
        share, arrival = value / total, Arrival.of(content, index)
        if share:
            mark = segment(centre, across / 2, across / 2 * _THICK, turn, turn + share, page.px(6), ink)
            groups.append(Group(f"segment-{index}", (mark,), arrival.cue, arrival.delay, 0.4))
        turn += share
        middle, chip = top + row * index + row // 2, page.px(30)
        text = measured(round(value, 1), "%", page.language) if own else measured(value, content.unit, page.language)
        said = value_text(text, page, right, middle, size, "right")
        name = page.label(label, left + chip + page.px(24), middle - said.height // 2, size, page.theme.text)
        fits(label, page, size, right - name.x - length(text, strong, size) - page.px(24))
        name = replace(name, face=body, width=round(length(label, body, size) + 0.5), height=said.height)
        spot = Shape(left, middle - chip // 2, chip, chip, chip // 3, ink)
        if index:
            base.append(Shape(left, top + row * index, right - left, page.px(2), 0, page.theme.border))
        groups.append(Group(f"part-{index}", (spot, name, said), arrival.cue, arrival.delay, 0.3, dy=page.px(12)))
    return [Group("rules", tuple(base)), *groups] if base else groups


def _extents(count: int, page: Page, frame: Frame) -> tuple[float, int, int]:
    """Diameter of the ring, height of a row, and size of its type: smaller only where that saves the ring."""
    for leading, step in product((1.55, 1.34), _SIZES):
        size = page.px(step)
        least = math.ceil(size * leading)
        if not page.narrow:
            row = min(round(size * 2.0), frame.height // count)
            across = min(frame.height * 0.98, frame.width * 0.42)
        else:
            gap = page.px(56)
            row = max(least, min(round(size * 2.0), round(frame.height * 0.5) // count))
            across = min(frame.width * 0.84, frame.height - row * count - gap)
        if row >= least and across >= page.px(_LEAST):
            return across, row, size
    spare = frame.height - (page.px(_LEAST + 56) if page.narrow else 0)
    raise page.does_not_fit("labels", count, max(1, min(count - 1, spare // round(page.px(_SIZES[-1]) * 1.34))))


def _places(
    count: int, across: float, row: int, page: Page, frame: Frame
) -> tuple[tuple[float, float], tuple[int, int, int]]:
    """The ring's centre; left end, top and right end of the rows."""
    if page.narrow:
        top = round(frame.top + across + page.px(56))
        spare = frame.bottom - top - row * count
        centre = (frame.left + frame.width / 2, frame.top + across / 2 + page.px(8) + spare * 0.3)
        return centre, (frame.left, top + round(spare * 0.5), frame.right)
    left = round(frame.left + across + page.px(130))
    centre = (frame.left + across / 2 + page.px(24), frame.top + frame.height / 2)
    return centre, (left, round(frame.top + (frame.height - row * count) / 2), min(frame.right, left + page.px(900)))
