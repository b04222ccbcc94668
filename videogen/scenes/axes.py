"""What the kinds of charts have in common: their place, colours, labels, scale, and when a part comes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from videogen.model.accent import Accent
from videogen.model.kinds import Chart
from videogen.scenes.colours import mix
from videogen.scenes.elements import Element, Shape, Text
from videogen.scenes.page import Page
from videogen.scenes.quantities import measured, sticks
from videogen.scenes.typefaces import length

LABEL, TICK, VALUE = 36, 32, 40
"""Sizes of what names a bar, of a number on the scale, and of a number that is said of a bar."""
_STAGGER, _LATEST = 0.12, 2.0


@dataclass(frozen=True)
class Frame:
    """Where the numbers of a chart go."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        """Pixels across."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """Pixels down."""
        return self.bottom - self.top


@dataclass(frozen=True)
class Arrival:
    """When a part of a chart comes."""

    cue: str
    delay: float = 0.0

    @staticmethod
    def of(content: Chart, index: int) -> Arrival:
        """With its own cue, or after the part before it."""
        if content.cue_names():
            return Arrival(f"part:{index}")
        return Arrival("start", round(0.1 + min(_STAGGER * index, _LATEST), 3))

    def later(self, seconds: float) -> float:
        """The delay of what comes after it."""
        return round(self.delay + seconds, 3)


def sized(page: Page, size: int) -> int:
    """A size of 1080 in pixels: on tall pages, which are held closer, labels are a little larger."""
    return page.px(round(size * 1.12) if page.shape == "tall" else size)


def colours(page: Page, count: int) -> list[str]:
    """The accents of the theme, the video's own first; when those are used up, paler ones."""
    names = get_args(Accent)
    begin = names.index(page.look.accent)
    # neighbours that differ more than neighbours in the list do
    order = [names[(begin + step) % len(names)] for step in (0, 2, 4, 1, 3, 5)]
    full = [page.look.tone_colour(name) for name in order]
    pale = [mix(colour, page.theme.muted, 0.65) for colour in full]
    return [*full, *pale][:count]


def fits(text: str, page: Page, size: int, width: float) -> str:
    """A name that fits a width; what does not is refused rather than shortened."""
    if length(text, page.theme.fonts.label, size) > width:
        raise page.does_not_fit(f'the label "{text[:40]}"', 2, 1)
    return text


def value_text(text: str, page: Page, x: float, y: float, size: int, align: str = "left") -> Text:
    """A number that is said of a part; (`x`, `y`) is the middle of its left end, its right end, or its middle."""
    face = page.theme.fonts.strong
    wide, high = round(length(text, face, size) + 0.5), round(size * 1.3)
    left = x - {"left": 0.0, "right": wide, "center": wide / 2}[align]
    return Text(text, round(left), round(y - high / 2), wide, high, size, face, page.theme.text, "label")


_NOTHING = 1e-15
"""Numbers that differ by less are alike: a scale between them could not be told from one of nothing."""


@dataclass(frozen=True)
class Scale:
    """From numbers to pixels, upwards."""

    ticks: list[float]
    top: int
    bottom: int

    @staticmethod
    def over(values: Sequence[float], top: int, bottom: int, page: Page, close: bool) -> Scale:
        """A scale that holds the values, and 0 unless the values are far from it and `close` allows it."""
        from videogen.scenes.marks import ticks

        low, high = min(values), max(values)
        if not close or low <= 0 or (high - low) > 0.5 * high:
            low, high = min(low, 0.0), max(high, 0.0)
        if high - low < _NOTHING:
            low, high = min(low, 0.0), max(high, low + 1.0)
        most = max(2, min(5, (bottom - top) // page.px(100)))
        return Scale(ticks(low, high, most), top, bottom)

    @property
    def largest(self) -> float:
        """The number of the greatest size on it."""
        return max(map(abs, self.ticks))

    def y(self, value: float) -> int:
        """Where a number is."""
        low, high = self.ticks[0], self.ticks[-1]
        return round(self.bottom - (value - low) / (high - low) * (self.bottom - self.top))

    def texts(self, unit: str, language: str) -> list[str]:
        """The numbers on it: a unit that is a word stands with the uppermost alone."""
        return [
            measured(value, unit if sticks(unit) or value == self.ticks[-1] else "", language, self.largest)
            for value in self.ticks
        ]

    def margin(self, unit: str, page: Page) -> int:
        """Room that its numbers take at the left."""
        size, texts = sized(page, TICK), self.texts(unit, page.language)
        return round(max(length(text, page.theme.fonts.body, size) for text in texts)) + page.px(20)

    def grid(self, unit: str, page: Page, left: int, right: int, numbers: bool = True) -> list[Element]:
        """Hairlines at round numbers, with the numbers at their left; without them, the line at 0 alone."""
        placed: list[Element] = []
        size, face = sized(page, TICK), page.theme.fonts.body
        for value, text in zip(self.ticks, self.texts(unit, page.language), strict=True):
            y, zero = self.y(value), value == 0
            if not zero and not numbers:
                continue
            colour = page.theme.muted if zero else page.theme.border
            placed.append(Shape(left, y - page.px(1), right - left, page.px(3 if zero else 2), 0, colour))
            if numbers:
                wide, high = round(length(text, face, size) + 0.5), round(size * 1.3)
                at = (left - page.px(20) - wide, y - high // 2, wide, high)
                placed.append(Text(text, *at, size, face, page.theme.muted, "label"))
        return placed
