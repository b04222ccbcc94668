"""Numbers as bars, lines or a pie, which grow as they are spoken of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import get_args

from videogen.model.accent import Accent
from videogen.model.errors import ValidationError
from videogen.model.kinds import Chart
from videogen.scenes.elements import Element, Group, SceneKind, Shape, Text
from videogen.scenes.page import OPTICAL_CENTRE, DoesNotFit, Page
from videogen.scenes.typefaces import length
from videogen.scenes.typeset import Line, break_lines, words

EXAMPLE = """\
kind: chart
content:
  header: Seconds a build takes
  type: bar
  unit: s
  labels: [First, Edited text, New theme, Unchanged]
  series:
    - values: [58, 4.2, 21, 0.9]
"""

_CAPTION = ((40, 1), (36, 2))
_LABEL, _TICK, _VALUE = 36, 30, 40
"""Sizes of what names a bar, of a number on the scale, and of a number that is said of a bar."""
_STAGGER = 0.12
_BAR, _SLOT = 220, 0.62
"""The widest bar, and how much of its place it takes."""
_MOST_VALUES = 12
"""More bars than this go without numbers of their own."""
_BEFORE, _AFTER = "$€£¥", ("%", "°")


@dataclass(frozen=True)
class _Frame:
    """Where the numbers of a chart go."""

    left: int
    top: int
    right: int
    bottom: int


def layout(content: Chart, page: Page) -> list[Group]:
    """Bars, lines or a ring under the header, with a legend where there is more than one series."""
    content = _loaded(content, page)
    header, top = page.header(content.header)
    fonts, theme = page.theme.fonts, page.theme
    lines, size = page.fitted(content.caption, "caption", _CAPTION, page.width, fonts.body, theme.muted)
    leading = round(size * 1.35)
    foot = len(lines) * leading + page.px(24) if lines else 0
    named = [one.name for one in content.series if one.name] if len(content.series) > 1 else []
    groups = [Group("header", tuple(header))] if header else []
    if named and content.type != "pie":
        legend, top = _legend([one.name for one in content.series], page, top)
        groups.append(Group("legend", tuple(legend)))
    frame = _Frame(page.left, top, page.right, page.bottom - foot)
    if frame.bottom - frame.top < page.px(240):
        raise page.does_not_fit("caption", len(lines), max(0, len(lines) - 1))
    drawn = {"bar": _bars, "line": _lines, "pie": _pie}[content.type](content, page, frame)
    if not header:
        groups.append(Group("header", (page.spine(frame.top, frame.bottom - frame.top),)))
    groups += drawn
    if lines:
        text = page.block(lines, page.left, page.bottom - foot + page.px(24), size, leading)
        groups.append(Group("caption", tuple(text), "start", 0.25, 0.5, dy=page.px(12)))
    return groups


def _loaded(content: Chart, page: Page) -> Chart:
    try:
        return content.loaded(page.root / content.path)
    except (OSError, ValueError) as error:
        raise ValidationError(
            f'the file "{content.path}" has no numbers to draw: {error}', hint="correct the file"
        ) from error


def colours(page: Page, count: int) -> list[str]:
    """The accents of the theme, the video's own first."""
    names = get_args(Accent)
    begin = names.index(page.look.accent)
    # neighbours that differ more than neighbours in the list do
    order = [names[(begin + step) % len(names)] for step in (0, 2, 4, 1, 3, 5)]
    return [page.look.tone_colour(order[index % len(order)]) for index in range(count)]


def number(value: float, beside: float = 0.0) -> str:
    """A number as it is shown: thousands divided, large ones shortened, no more digits than can be read; in the
    manner of the largest of those that it stands `beside`.

    >>> [number(value) for value in (0.9, 58, 1204, 12400, 1250000, -3.14159)]
    ['0.9', '58', '1,204', '12.4k', '1.25M', '\\u22123.14']
    """
    size = abs(value)
    for least, unit, sign in ((1e9, 1e9, "B"), (1e6, 1e6, "M"), (1e4, 1e3, "k")):
        if max(size, abs(beside)) >= least * 0.9999 and size:
            text = f"{size / unit:.3g}" + sign
            break
    else:
        text = f"{size:,.0f}" if size >= 1000 or size == int(size) else f"{size:.3g}"
    return ("\u2212" if value < 0 else "") + text


def measured(value: float, unit: str, beside: float = 0.0) -> str:
    """A number with its unit, as it is written with it.

    >>> measured(5, "%"), measured(5, "€"), measured(5, "ms")
    ('5%', '€5', '5 ms')
    """
    text = number(value, beside)
    if unit and unit in _BEFORE:
        return unit + text
    return text + (unit if unit.startswith(_AFTER) else f" {unit}" if unit else "")


def _legend(names: Sequence[str], page: Page, top: int) -> tuple[list[Element], int]:
    """A chip and a name for each series, in lines."""
    chip, size, gap = page.px(28), page.px(_LABEL), page.px(48)
    x, y, step = page.left, top, round(page.px(_LABEL) * 1.5)
    placed: list[Element] = []
    for name, colour in zip(names, colours(page, len(names)), strict=True):
        text = page.label(_cut(name, page, size, page.width - chip * 2), 0, y, size, page.theme.text)
        wide = chip + page.px(16) + text.width
        if x > page.left and x + wide > page.right:
            x, y = page.left, y + step
        placed.append(Shape(x, y + (text.height - chip) // 2, chip, chip, chip // 3, colour))
        placed.append(replace(text, x=x + chip + page.px(16), y=y))
        x += wide + gap
    return placed, y + step + page.px(20)


def _cut(text: str, page: Page, size: int, width: float) -> str:
    """A name that fits a width; what does not is refused rather than shortened."""
    if length(text, page.theme.fonts.label, size) > width:
        raise page.does_not_fit(f'the label "{text[:40]}"', 2, 1)
    return text


def _moved(content: Chart, index: int) -> dict[str, object]:
    """When a part comes: with its own cue, or after the one before it."""
    if content.cue_names():
        return {"cue": f"part:{index}"}
    return {"cue": "start", "delay": round(0.1 + min(_STAGGER * index, 2.0), 3)}


def _grid(scale: _Scale, content: Chart, page: Page, left: int, right: int, numbers: bool) -> list[Element]:
    """Hairlines at round numbers, with the numbers at their left; without them, the line at 0 alone."""
    placed: list[Element] = []
    size, face = page.px(_TICK), page.theme.fonts.body
    for value in scale.ticks:
        y, zero = scale.y(value), value == 0
        if not zero and not numbers:
            continue
        colour = page.theme.muted if zero else page.theme.border
        placed.append(Shape(left, y - page.px(1), right - left, page.px(3 if zero else 2), 0, colour))
        if numbers:
            text = measured(value, content.unit, scale.largest)
            wide = round(length(text, face, size) + 0.5)
            high = round(size * 1.3)
            at = (left - page.px(20) - wide, y - high // 2, wide, high)
            placed.append(Text(text, *at, size, face, page.theme.muted, "label"))
    return placed


@dataclass(frozen=True)
class _Scale:
    """From numbers to pixels, upwards."""

    ticks: list[float]
    top: int
    bottom: int

    @staticmethod
    def over(values: Sequence[float], top: int, bottom: int, page: Page, close: bool) -> _Scale:
        """A scale that holds the values, and 0 unless the values are far from it and `close` allows it."""
        from videogen.scenes.marks import ticks

        low, high = min(values), max(values)
        if not close or low <= 0 or (high - low) > 0.5 * high:
            low, high = min(low, 0.0), max(high, 0.0)
        if low == high:
            low, high = min(low, 0.0), max(high, low + 1.0)
        most = max(2, min(5, (bottom - top) // page.px(90)))
        return _Scale(ticks(low, high, most), top, bottom)

    @property
    def largest(self) -> float:
        return max(map(abs, self.ticks))

    def y(self, value: float) -> int:
        low, high = self.ticks[0], self.ticks[-1]
        return round(self.bottom - (value - low) / (high - low) * (self.bottom - self.top))


def _bars(content: Chart, page: Page, frame: _Frame) -> list[Group]:
    """Bars side by side where their names fit on a line each; else below each other, where there is room for that."""
    size, face = page.px(_LABEL), page.theme.fonts.label
    slot = (frame.right - frame.left - page.px(120)) / len(content.labels)
    fits = all(length(label, face, size) <= slot * 0.94 for label in content.labels)
    above = min(value for one in content.series for value in one.values) >= 0
    if above and (page.shape == "tall" or not fits):
        try:
            return _lying(content, page, frame)
        except DoesNotFit:
            return _standing(content, page, frame, slot)
    return _standing(content, page, frame, slot)


def _names(content: Chart, page: Page, slot: float) -> tuple[list[list[Line]], int]:
    """The names under bars, each in its place, and the size of their type."""
    face = page.theme.fonts.label
    for step, most in ((_LABEL, 1), (_LABEL, 2), (32, 2), (28, 3)):
        size, width = page.px(step), int(slot * 0.94)
        if not page.whole_words(content.labels, face, size, width):
            continue
        names = [break_lines(words(label, face, page.theme.muted), size, width) for label in content.labels]
        if max(map(len, names)) <= most:
            return names, size
    longest = max(content.labels, key=len)
    raise page.does_not_fit(f'the label "{longest[:40]}"', 4, 3)


def _standing(content: Chart, page: Page, frame: _Frame, slot: float) -> list[Group]:
    """Bars side by side over their names."""
    from videogen.scenes.marks import bar

    count, many = len(content.labels), len(content.series)
    names, size = _names(content, page, slot)
    leading = round(size * 1.26)
    values = [value for one in content.series for value in one.values]
    under, over = round(size * 0.6) + leading * max(map(len, names)), round(page.px(_VALUE) * 1.5)
    big = page.px(_VALUE)
    said = count * many <= _MOST_VALUES and all(
        length(measured(value, content.unit), page.theme.fonts.strong, big) <= slot * 0.98 / many for value in values
    )
    down = over if min(values) < 0 and said else 0
    scale = _Scale.over(values, frame.top + (over if said else page.px(16)), frame.bottom - under - down, page, False)
    margin = 0
    if not said:
        numbers = [measured(value, content.unit, scale.largest) for value in scale.ticks]
        margin = round(max(length(text, page.theme.fonts.body, page.px(_TICK)) for text in numbers)) + page.px(20)
    left = frame.left + margin
    if (frame.right - left) / count < slot * 0.94:  # the scale takes more room than was thought
        return _standing(content, page, frame, (frame.right - left) / count * 0.99)
    slot = (frame.right - left) / count
    thick = min(slot * (_SLOT if many == 1 else 0.8) / many, page.px(_BAR))
    between = page.px(6) if many > 1 else 0
    base: list[Element] = _grid(scale, content, page, left, frame.right, not said)
    groups: list[Group] = []
    inks = colours(page, many)
    for index, name in enumerate(names):
        middle = left + slot * (index + 0.5)
        y = frame.bottom - leading * max(map(len, names))
        base += page.block(name, round(middle - slot / 2), y, size, leading, "label", "center", int(slot))
        for number_, one in enumerate(content.series):
            value = one.values[index]
            x = round(middle + (number_ - many / 2) * thick)
            y0, y1 = scale.y(0), scale.y(value)
            moved = _moved(content, index)
            if y0 != y1:
                side = "top" if value >= 0 else "bottom"
                mark = bar(
                    x,
                    min(y0, y1),
                    max(2, round(thick) - between),
                    abs(y1 - y0),
                    min(page.radius, page.px(18)),
                    inks[number_],
                    side,
                )
                way = "bottom" if value >= 0 else "top"
                groups.append(Group(f"bar-{index}-{number_}", (mark,), duration=0.6, reveal=way, **moved))  # pyright: ignore[reportArgumentType]
            if said:
                text = measured(value, content.unit)
                own = round(length(text, page.theme.fonts.strong, big) + 0.5)
                high = round(big * 1.3)
                at = y1 - high - page.px(4) if value >= 0 else y1 + page.px(4)
                box = (round(x + thick / 2 - own / 2), at, own, high)
                element = Text(text, *box, big, page.theme.fonts.strong, page.theme.text, "label")
                moved = {**moved, "delay": float(str(moved.get("delay", 0.0))) + 0.3}
                groups.append(Group(f"value-{index}-{number_}", (element,), duration=0.3, dy=page.px(12), **moved))  # pyright: ignore[reportArgumentType]
    return [Group("scale", tuple(base)), *groups]


def _lying(content: Chart, page: Page, frame: _Frame) -> list[Group]:
    """Bars below each other, each under its name: names may be as long as the page is wide."""
    from videogen.scenes.marks import bar

    count, many = len(content.labels), len(content.series)
    size, strong = page.px(_LABEL), page.theme.fonts.strong
    values = [value for one in content.series for value in one.values]
    texts = [measured(value, content.unit) for value in values]
    margin = max(length(text, strong, page.px(_VALUE)) for text in texts) + page.px(20)
    most = (frame.right - frame.left) - margin
    name = round(size * 1.35)
    thick = min((frame.bottom - frame.top - count * name) / count / (many + 0.6), page.px(112))
    if thick < page.px(_VALUE):
        raise page.does_not_fit(
            "labels", count, int((frame.bottom - frame.top) / (name + page.px(_VALUE) * (many + 0.6)))
        )
    step = min((frame.bottom - frame.top) / count, name + thick * (many + 0.9))
    y = frame.top + (frame.bottom - frame.top - step * count) * OPTICAL_CENTRE
    high = max(*values, 0.0) or 1.0
    inks = colours(page, many)
    base: list[Element] = []
    groups: list[Group] = []
    for index, label in enumerate(content.labels):
        _cut(label, page, size, page.width)
        base.append(page.label(label, frame.left, round(y), size, page.theme.muted))
        for number_, one in enumerate(content.series):
            value = one.values[index]
            at = round(y + name + number_ * thick)
            long = max(page.px(4), round(value / high * most))
            tall = round(thick) - page.px(6 if many > 1 else 0)
            mark = bar(frame.left, at, long, tall, min(page.radius, page.px(18)), inks[number_], "right")
            moved = _moved(content, index)
            groups.append(Group(f"bar-{index}-{number_}", (mark,), duration=0.6, reveal="left", **moved))  # pyright: ignore[reportArgumentType]
            text = measured(value, content.unit)
            big, own = page.px(_VALUE), round(length(text, strong, page.px(_VALUE)) + 0.5)
            line = round(big * 1.3)
            box = (frame.left + long + page.px(16), at + (tall - line) // 2, own, line)
            element = Text(text, *box, big, strong, page.theme.text, "label")
            moved = {**moved, "delay": float(str(moved.get("delay", 0.0))) + 0.3}
            groups.append(Group(f"value-{index}-{number_}", (element,), duration=0.3, dx=-page.px(12), **moved))  # pyright: ignore[reportArgumentType]
        y += step
    return [Group("scale", tuple(base)), *groups]


def _lines(content: Chart, page: Page, frame: _Frame) -> list[Group]:
    """Lines over a scale, uncovered from the left."""
    from videogen.scenes.marks import area, line

    size, face = page.px(_LABEL), page.theme.fonts.label
    values = [value for one in content.series for value in one.values]
    scale = _Scale.over(values, frame.top + page.px(28), frame.bottom - round(size * 1.9), page, True)
    numbers = [measured(value, content.unit, scale.largest) for value in scale.ticks]
    margin = round(max(length(text, page.theme.fonts.body, page.px(_TICK)) for text in numbers)) + page.px(20)
    left, right, count = frame.left + margin, frame.right, len(content.labels)
    inset = page.px(28)
    step = (right - left - 2 * inset) / (count - 1)
    base = _grid(scale, content, page, left, right, True)
    widths = [length(label, face, size) for label in content.labels]
    free = float(left - margin)
    for index, label in enumerate(content.labels):
        wide = widths[index]
        x = min(max(left + inset + step * index - wide / 2, left - margin), right - wide)
        # as many names as there is room for, the last one always
        last = index + 1 == count
        after = right - widths[-1] - page.px(28)
        if x >= free and (last or x + wide <= after):
            base.append(
                replace(
                    page.label(_cut(label, page, size, page.width), round(x), 0, size, page.theme.muted),
                    y=frame.bottom - round(size * 1.3),
                )
            )
            free = x + wide + page.px(28)
    groups: list[Group] = []
    many = len(content.series)
    for index, (one, colour) in enumerate(zip(content.series, colours(page, many), strict=True)):
        points = [(left + inset + step * number_, float(scale.y(value))) for number_, value in enumerate(one.values)]
        stroke = line(points, page.px(8 if many < 4 else 6), page.px(22) if count <= 16 else 0, colour)
        marks: list[Element] = [stroke]
        if many == 1:
            marks.insert(0, area(points, float(scale.y(max(scale.ticks[0], min(0.0, scale.ticks[-1])))), colour, 0.16))
        groups.append(Group(f"line-{index}", tuple(marks), duration=1.0, reveal="left", **_moved(content, index)))  # pyright: ignore[reportArgumentType]
    return [Group("scale", tuple(base)), *groups]


def _pie(content: Chart, page: Page, frame: _Frame) -> list[Group]:
    """A ring clockwise from the top, with a row for each part beside or below it."""
    from videogen.scenes.marks import segment

    values, total = content.series[0].values, sum(content.series[0].values)
    count, size, strong = len(values), page.px(_VALUE), page.theme.fonts.strong
    wide, high = frame.right - frame.left, frame.bottom - frame.top
    row = min(round(size * 2.0), (high if not page.narrow else high // 2) // count)
    if row < round(size * 1.2):
        raise page.does_not_fit("labels", count, (high // (1 if not page.narrow else 2)) // round(size * 1.2))
    if page.narrow:
        across = min(wide * 0.84, high - row * count - page.px(56))
        centre = (frame.left + wide / 2, frame.top + across / 2 + page.px(8))
        area_ = (frame.left, round(frame.top + across + page.px(56)), frame.right)
        spare = frame.bottom - area_[1] - row * count
        centre = (centre[0], centre[1] + spare * 0.3)
        area_ = (area_[0], area_[1] + round(spare * 0.5), area_[2])
    else:
        across = min(high * 0.98, wide * 0.42)
        centre = (frame.left + across / 2 + page.px(24), frame.top + high / 2)
        left = round(frame.left + across + page.px(130))
        area_ = (left, round(frame.top + (high - row * count) / 2), min(frame.right, left + page.px(900)))
    if across < page.px(240):
        raise page.does_not_fit("labels", count, count - 1)
    radius = across / 2
    inks = colours(page, count)
    groups: list[Group] = []
    base: list[Element] = []
    turn = 0.0
    for index, (label, value, ink) in enumerate(zip(content.labels, values, inks, strict=True)):
        share = value / total
        moved = _moved(content, index)
        if share:
            mark = segment(centre, radius, radius * 0.4, turn, turn + share, page.px(6), ink)
            groups.append(Group(f"segment-{index}", (mark,), duration=0.4, **moved))  # pyright: ignore[reportArgumentType]
        turn += share
        y = area_[1] + row * index
        line, chip = round(size * 1.3), page.px(30)
        middle = y + row // 2
        own = content.unit in ("", "%") and abs(total - 100) < 0.51
        text = f"{number(round(value, 1))}%" if own else measured(value, content.unit)
        room = round(length(text, strong, size) + 0.5)
        name = page.label(label, area_[0] + chip + page.px(24), middle - line // 2, size, page.theme.text)
        _cut(label, page, size, area_[2] - name.x - room - page.px(24))
        parts: list[Element] = [
            Shape(area_[0], middle - chip // 2, chip, chip, chip // 3, ink),
            replace(
                name,
                face=page.theme.fonts.body,
                width=round(length(label, page.theme.fonts.body, size) + 0.5),
                height=line,
            ),
            Text(text, area_[2] - room, middle - line // 2, room, line, size, strong, page.theme.text, "label"),
        ]
        if index:
            base.append(Shape(area_[0], y, area_[2] - area_[0], page.px(2), 0, page.theme.border))
        groups.append(Group(f"part-{index}", tuple(parts), duration=0.3, dy=page.px(12), **moved))  # pyright: ignore[reportArgumentType]
    return [Group("rules", tuple(base)), *groups] if base else groups


KIND = SceneKind("chart", Chart, layout, EXAMPLE, verbatim=frozenset({"type", "columns"}))
