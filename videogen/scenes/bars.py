"""Bars of a chart: side by side over their names, or below each other with their names at the left or above."""

from __future__ import annotations

from videogen.model.kinds import Chart
from videogen.scenes.axes import LABEL, VALUE, Arrival, Frame, Scale, colours, fits, sized, value_text
from videogen.scenes.elements import Element, Group
from videogen.scenes.page import OPTICAL_CENTRE, DoesNotFit, Page
from videogen.scenes.quantities import measured
from videogen.scenes.typefaces import length
from videogen.scenes.typeset import Line, break_lines, words

_BAR, _SLOT, _SHARED = 220, 0.62, 0.8
"""The widest bar, and how much of its place it takes, alone and with those of other series."""
_LYING = 112
"""The thickest bar that lies."""
_BESIDE = 0.34
"""Names stand beside bars that lie when the longest takes no more of the width."""
_MOST_VALUES = 12
"""More bars than this go without numbers of their own."""

LINE = 1.3
"""Height of a line of text, of its size."""


def bars(content: Chart, page: Page, frame: Frame) -> list[Group]:
    """Bars side by side where their names fit on a line each; else below each other, where there is room for that."""
    slot = (frame.width - page.px(120)) / len(content.labels)
    wide = max(length(label, page.theme.fonts.label, sized(page, LABEL)) for label in content.labels)
    above = min(value for one in content.series for value in one.values) >= 0
    if above and (page.shape == "tall" or wide > slot * 0.94):
        try:
            return _lying(content, page, frame)
        except DoesNotFit:
            return _standing(content, page, frame, frame.width / len(content.labels))
    return _standing(content, page, frame, slot)


def _names(content: Chart, page: Page, slot: float) -> tuple[list[list[Line]], int]:
    """The names under bars, each in its place, and the size of their type."""
    face = page.theme.fonts.label
    for step, most in ((LABEL, 1), (LABEL, 2), (32, 2), (30, 2), (28, 3)):
        size, width = page.px(step), int(slot * 0.96)
        if not page.whole_words(content.labels, face, size, width):
            continue
        names = [break_lines(words(label, face, page.theme.muted), size, width) for label in content.labels]
        if max(map(len, names)) <= most:
            return names, size
    longest = max(content.labels, key=len)
    raise page.does_not_fit(f'the label "{longest[:40]}"', 4, 3)


def _told(value: float, content: Chart, page: Page) -> str:
    return measured(value, content.unit, page.language)


def _standing(content: Chart, page: Page, frame: Frame, slot: float) -> list[Group]:
    """Bars side by side over their names."""
    from videogen.scenes.marks import bar

    count, many = len(content.labels), len(content.series)
    names, size = _names(content, page, slot)
    leading, big = round(size * 1.26), sized(page, VALUE)
    name_room = round(size * 0.6) + leading * max(map(len, names))
    values = [value for one in content.series for value in one.values]
    widest = max(length(_told(value, content, page), page.theme.fonts.strong, big) for value in values)
    said = count * many <= _MOST_VALUES and widest <= slot * 0.98 / many
    over = round(big * 1.5) if said else page.px(16)
    below = max(over, name_room) if min(values) < 0 else name_room
    if min(values) < 0:  # the name of a bar that falls stands over the line
        over = max(over, name_room)
    scale = Scale.over(values, frame.top + over, frame.bottom - below, page, False)
    left = frame.left + (0 if said else scale.margin(content.unit, page))
    if frame.right - left < slot * count * 0.94:  # the scale takes more room than was thought
        return _standing(content, page, frame, (frame.right - left) / count * 0.99)
    slot = (frame.right - left) / count
    thick = min(slot * (_SLOT if many == 1 else _SHARED) / many, page.px(_BAR))
    wide = max(2, round(thick) - (page.px(6) if many > 1 else 0))
    base: list[Element] = scale.grid(content.unit, page, left, frame.right, not said)
    groups: list[Group] = []
    inks = colours(page, many)
    for index, name in enumerate(names):
        middle, zero = left + slot * (index + 0.5), scale.y(0)
        # a name stands at the line, on the side where no bar is
        falls = max(one.values[index] for one in content.series) <= 0 > min(one.values[index] for one in content.series)
        y = zero - round(size * 0.4) - leading * len(name) if falls else zero + round(size * 0.5)
        if any(one.values[index] < 0 for one in content.series) and not falls:
            y = frame.bottom - leading * len(name)
        base += page.block(name, round(middle - slot / 2), y, size, leading, "label", "center", int(slot))
        arrival = Arrival.of(content, index)
        for place, one in enumerate(content.series):
            value = one.values[index]
            x, end = round(middle + (place - many / 2) * thick), scale.y(value)
            if end != zero:
                side, way = ("top", "bottom") if value >= 0 else ("bottom", "top")
                radius = min(page.radius, page.px(18))
                mark = bar(x, min(zero, end), wide, abs(end - zero), radius, inks[place], side)
                groups.append(
                    Group(f"bar-{index}-{place}", (mark,), arrival.cue, arrival.delay, 0.6, reveal=way)  # type: ignore[arg-type]
                )
            if said:
                beyond = (-1 if value >= 0 else 1) * (big * 0.65 + page.px(4))
                text = value_text(_told(value, content, page), page, x + wide / 2, end + beyond, big, "center")
                groups.append(
                    Group(f"value-{index}-{place}", (text,), arrival.cue, arrival.later(0.3), 0.3, dy=page.px(12))
                )
    return [Group("scale", tuple(base)), *groups]


def _lying(content: Chart, page: Page, frame: Frame) -> list[Group]:
    """Bars below each other, each beside or under its name: names may be as long as the page is wide."""
    from videogen.scenes.marks import bar

    count, many = len(content.labels), len(content.series)
    size, big, face = sized(page, LABEL), sized(page, VALUE), page.theme.fonts.label
    values = [value for one in content.series for value in one.values]
    margin = max(length(_told(value, content, page), page.theme.fonts.strong, big) for value in values) + page.px(20)
    widest = max(length(label, face, size) for label in content.labels)
    beside = widest <= frame.width * _BESIDE
    indent, above = (round(widest) + page.px(28), 0) if beside else (0, round(size * 1.35))
    thick = _thickness(frame.height / count - above, many, page)
    if thick < big * (0.9 if many > 1 else 1.0):
        raise page.does_not_fit("labels", count, int(frame.height / (above + big * (many + 0.4))))
    if many > 1:
        # values of bars that are as short as each other stand right under each other
        big = min(big, int((thick - 1) / LINE))
    step = min(frame.height / count, above + thick * (many + 0.9))
    y = frame.top + (frame.height - step * count) * OPTICAL_CENTRE
    high, inks = max(*values, 0.0) or 1.0, colours(page, many)
    base: list[Element] = []
    groups: list[Group] = []
    for index, label in enumerate(content.labels):
        fits(label, page, size, frame.width)
        name = page.label(label, frame.left, round(y), size, page.theme.muted)
        if beside:
            middle = round(y + thick * many / 2 - name.height / 2)
            name = page.label(label, frame.left + indent - page.px(28) - name.width, middle, size, page.theme.muted)
        base.append(name)
        arrival = Arrival.of(content, index)
        for place, one in enumerate(content.series):
            value = one.values[index]
            at = round(y + above + place * thick)
            long = max(page.px(4), round(value / high * (frame.width - indent - margin)))
            tall = round(thick) - page.px(6 if many > 1 else 0)
            mark = bar(frame.left + indent, at, long, tall, min(page.radius, page.px(18)), inks[place], "right")
            groups.append(Group(f"bar-{index}-{place}", (mark,), arrival.cue, arrival.delay, 0.6, reveal="left"))
            x = frame.left + indent + long + page.px(16)
            text = value_text(_told(value, content, page), page, x, at + tall / 2, big)
            groups.append(
                Group(f"value-{index}-{place}", (text,), arrival.cue, arrival.later(0.3), 0.3, dx=-page.px(12))
            )
        y += step
    return [Group("scale", tuple(base)), *groups]


def _thickness(room: float, many: int, page: Page) -> float:
    """Of a bar, with less than a bar between those of one name and the next."""
    return min(room / (many + (0.6 if many == 1 else 0.5)), page.px(_LYING))
