"""The page that layouts work on: grid, type scale, colours, and the text blocks that every kind uses.

Sizes are given for a frame whose shorter side is 1080 and scaled to the film's. Twelve columns with a gutter of 32.
Nothing that must be read is set outside the margins: EBU R 95 asks for 5 % of the height as the graphics-safe border
and 3.5 % of the width; upright video leaves more above and below, where phones lay their own buttons and captions
over it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, TypeVar

from videogen.model.errors import ValidationError
from videogen.model.theme import Look, Theme
from videogen.scenes.colours import mix
from videogen.scenes.elements import Role, Shape, Text
from videogen.scenes.typefaces import length
from videogen.scenes.typeset import Line, Word, break_lines, line_width, unbroken, words

BODY_FLOOR = 36
"""Pixels of 1080: no text that must be read is smaller."""

HEADER_STEPS = ((76, 1), (68, 1), (60, 1), (60, 2), (52, 2), (46, 3), (40, 3))
"""Sizes a header may take, and on how many lines."""

_MARGINS = {"wide": (112, 84, 84), "square": (76, 84, 84), "tall": (76, 176, 320)}
"""Pixels of 1080 at the sides, above and below."""

_CAPTIONS = 172
"""Height of the band for captions: two lines on their plate, and air above it."""

_READ = 44
"""Pixels of 1080 at which points are still read with ease."""

_APART = 56
"""Most that is added, where there is room, between a header and a block that it stands together with."""

OPTICAL_CENTRE = 0.44
"""Share of the free height that goes above a block: a little less than half looks centred."""

TIGHT_HEADER_STEPS = ((48, 1), (44, 1), (40, 2), (40, 3))
"""The same where what is below it needs the room."""


class DoesNotFit(ValidationError):
    """A text that is too long for its place even at the smallest size."""


_Laid = TypeVar("_Laid")
_Placed = TypeVar("_Placed", bound=Text | Shape)


@dataclass(frozen=True)
class Page:
    """One slide's page. All methods return pixels of the frame."""

    look: Look
    root: Path
    kind: str
    rtl: bool = False
    """Laid out from left to right and then mirrored: lines of mixed typefaces are laid out for that."""
    steady: bool = False
    """One of several pages of a scene: what they share stays in its place."""
    language: str = "en"
    """Of what is said (BCP 47), which decides how numbers are written."""

    def px(self, size: float) -> int:
        """A length of the 1080 grid in pixels, at least 1."""
        return max(1, round(size * min(self.look.width, self.look.height) / 1080))

    @property
    def shape(self) -> Literal["wide", "square", "tall"]:
        """What a layout is made for: 16:9 is wide, 1:1 and 4:5 are square, 9:16 is tall."""
        ratio = self.look.width / self.look.height
        return "wide" if ratio > 1.2 else "square" if ratio > 0.7 else "tall"

    @property
    def narrow(self) -> bool:
        """Whether things stand below rather than beside each other."""
        return self.shape != "wide"

    @property
    def _margins(self) -> tuple[int, int, int]:
        return _MARGINS[self.shape]

    @property
    def theme(self) -> Theme:
        """Colours and typefaces."""
        return self.look.theme

    @property
    def accent(self) -> str:
        """The video's accent."""
        return self.look.accent_colour

    @property
    def left(self) -> int:
        """Left edge of the grid."""
        return self.px(self._margins[0])

    @property
    def right(self) -> int:
        """Right edge of the grid."""
        return self.look.width - self.px(self._margins[0])

    @property
    def width(self) -> int:
        """Width of the grid."""
        return self.right - self.left

    @property
    def top(self) -> int:
        """Upper edge of the grid."""
        return self.px(self._margins[1])

    @property
    def cover_top(self) -> int:
        """Upper edge of what is written on an opening or a chapter: on narrow pages shapes stand above it."""
        return round(cover_top(self.look.width, self.look.height)) if self.narrow else self.top

    @property
    def bottom(self) -> int:
        """Lower edge of the grid; above the captions where they are part of the picture."""
        return self.captions_bottom - (0 if self.look.captions == "none" else self.px(_CAPTIONS))

    @property
    def foot(self) -> tuple[int, int]:
        """Upper and lower edge of what stands around the content at the foot of a page."""
        lower = self.look.height - max(self.px(self._margins[2] * 0.7), round(0.052 * self.look.height))
        return lower - self.px(44), lower

    @property
    def captions_bottom(self) -> int:
        """Lower edge of the band for captions that are part of the picture."""
        own = self.look.height - self.px(self._margins[2])
        return min(own, self.foot[0] - self.px(30)) if self.look.chrome.line else own

    @property
    def radius(self) -> int:
        """Radius of panels and cards."""
        return round(self.theme.corner * self.px(1000) / 1000)

    @property
    def outline(self) -> int:
        """Width of the border of panels and cards."""
        return self.px(self.theme.outline) if self.theme.outline else 0

    @property
    def shadow(self) -> int:
        """Reach of the shadow of panels and cards; 0 for none."""
        return {"none": 0, "soft": self.px(28), "hard": self.px(12)}[self.theme.shadow]

    def written(self, cover: bool) -> tuple[tuple[int, int, int, int], ...]:
        """Where text may stand straight on the background: left, top, right and bottom of each place."""
        right = self.left + self.columns(9) if cover and not self.narrow else self.right
        bottom = self.foot[1] if self.look.chrome.line else self.captions_bottom
        return ((self.left, self.cover_top if cover else self.top, right, bottom),)

    def columns(self, count: int) -> int:
        """Width of `count` of the twelve columns with the gutters between them; where it is narrow, of all that are
        asked for more than half."""
        if self.narrow and count > 6:
            return self.width
        gutter = self.px(32)
        return round((self.width + gutter) * count / 12) - gutter

    def does_not_fit(self, field: str, lines: int, room: int) -> DoesNotFit:
        """The error for a text that is too long even at the smallest size."""
        return DoesNotFit(
            f"{self.kind} scene: {field} does not fit: {lines} lines where {max(room, 0)} fit",
            hint="split it or shorten it",
        )

    def block(
        self,
        lines: Sequence[Line],
        x: int,
        y: int,
        size: int,
        leading: int,
        role: Role = "body",
        align: Literal["left", "right", "center"] = "left",
        width: int = 0,
        features: tuple[str, ...] = (),
    ) -> list[Text]:
        """Broken lines as text elements, `leading` pixels a line; `align` within `width`."""
        placed: list[Text] = []
        for index, line in enumerate(lines):
            runs = _runs(line)
            rtl = any(word.rtl for word in line)
            if rtl != self.rtl:
                runs.reverse()
            widths = [length(run.text, run.face, size, features) for run in runs]
            free = width - sum(widths)
            at = x + {"left": 0.0, "right": free, "center": free / 2}[align]
            for run, own in zip(runs, widths, strict=True):
                text = run.text.rstrip()
                # a space after it is at its other end where it runs the other way
                wide = own if text == run.text else length(text, run.face, size, features)
                begins = at + (own - wide if rtl != self.rtl else 0.0)
                box = (round(begins), y + index * leading, round(wide + 0.5), leading)
                placed.append(Text(text, *box, size, run.face, run.colour, role, features, rtl=rtl or None))
                at += own
        return placed

    def label(self, text: str, x: int, y: int, size: int, colour: str, role: Role = "label") -> Text:
        """A short label on one line, not broken."""
        face = self.theme.fonts.label
        return Text(text, x, y, round(length(text, face, size) + 0.5), round(size * 1.3), size, face, colour, role)

    def sizes(self, steps: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """Steps (size of 1080, most lines) for this page: where it is narrow, a text may take twice the lines, and
        where it is tall, it is a fifth larger to begin with."""
        found = [(size, most * 2) for size, most in steps] if self.narrow else list(steps)
        if self.shape == "tall":
            larger = [(round(size * 1.2), most) for size, most in found]
            return [*larger, *(step for step in found if step[0] < larger[-1][0])]
        return found

    def fitted(
        self,
        text: str,
        field: str,
        steps: Sequence[tuple[int, int]],
        width: int,
        face: str,
        colour: str,
        shape: Literal["calm", "balanced"] = "balanced",
    ) -> tuple[list[Line], int]:
        """The lines and size (pixels) of the first step (size of 1080, most lines) that the text fits.

        A word is broken at the last step only. `sizes` adapts the steps to the page. A heading (`balanced`) in which
        a word would stand alone on a line is set smaller, by three tenths at most, where that saves the line.
        """
        steps = self.sizes(steps)
        lines: list[Line] = []
        for index, (size, most) in enumerate(steps):
            if index + 1 < len(steps) and not self.whole_words([text], face, self.px(size), width):
                continue
            lines = break_lines(words(text, face, colour), self.px(size), width, shape)
            if len(lines) > most:
                continue
            if shape == "balanced" and _lonely(lines, self.px(size), width):
                near = [step for step, _ in steps[index + 1 :] if 10 * step >= 7 * size]
                tries = [
                    (break_lines(words(text, face, colour), self.px(step), width, shape), self.px(step))
                    for step in near
                ]
                fewer = [(tried, step) for tried, step in tries if len(tried) < len(lines)]
                good = [(tried, step) for tried, step in fewer if not _lonely(tried, step, width)]
                return (*good, *fewer, (lines, self.px(size)))[0]
            return lines, self.px(size)
        raise self.does_not_fit(field, len(lines), steps[-1][1])

    def whole_words(self, texts: Iterable[str], face: str, size: int, width: int) -> bool:
        """Whether every word fits a line of `width` pixels."""
        return all(length(word, face, size) <= width for text in texts for word in unbroken(text))

    def keeps_words(self, texts: Sequence[str], face: str, step: int, width: int) -> bool:
        """Whether no word is broken at a size of 1080. A word too long for `_READ` is broken sooner than that all is
        made small for it."""
        unbreakable = self.whole_words(texts, face, self.px(_READ), width)
        return not unbreakable or self.whole_words(texts, face, self.px(step), width)

    def header(self, text: str, tight: bool = False, field: str = "header") -> tuple[list[Text | Shape], int]:
        """A slide's header, which is in this field, with the theme's mark, and where what is below may begin."""
        if not text:
            return [], self.top
        steps = TIGHT_HEADER_STEPS if tight else HEADER_STEPS
        lines, size = self.fitted(text, field, steps, self.width, self.theme.fonts.header, self.theme.text)
        leading = round(size * 1.16)
        height = len(lines) * leading
        block = self.block(lines, self.left, self.top, size, leading, "header")
        below = self.top + height
        if self.theme.mark == "rule":
            below += self.px(12)
            line = Shape(self.left, below, self.px(88), self.px(6), 0, self.accent)
            return [line, *block], below + self.px(34 if tight else 48)
        return [self.spine(self.top, height), *block], below + self.px(28 if tight else 44)

    def spine(self, y: int, height: int) -> Shape:
        """The theme's mark beside what a slide begins with, which is so high: every slide has one."""
        accent, wide = self.accent, self.px(16)
        if self.theme.mark == "edge":
            return Shape(0, 0, wide, self.look.height, 0, accent)
        if self.theme.mark == "rule":
            return Shape(self.left, y - self.px(24), self.px(88), self.px(6), 0, accent)
        if self.theme.mark == "block":
            inset = self.px(10)
            return Shape(0, y + inset, self.left - self.px(32), max(wide, height - 2 * inset), 0, accent)
        bar = Shape(-wide, y + self.px(8), 2 * wide, max(wide, height - 2 * self.px(8)), self.px(8), accent)
        return bar if self.theme.mark == "spine" else replace(bar, fill=None)

    def card(self, x: int, y: int, width: int, height: int) -> Shape:
        """What a card's content stands on."""
        return Shape(
            x,
            y,
            width,
            height,
            self.radius,
            self.theme.surface,
            border=self.theme.border,
            border_width=self.outline,
            shadow=self.shadow,
            shadow_colour=mix(self.theme.background[0], self.accent, 0.55) if self.theme.shadow == "hard" else None,
        )

    def rule(self, x: int, y: int, colour: str = "") -> Shape:
        """The short bar in the accent over what a card says and before who said it."""
        return Shape(x, y, self.px(56), self.px(6), self.px(3), colour or self.accent)

    def densest(self, count: int, room: int, laid: Callable[[int], tuple[_Laid, int]], field: str) -> tuple[_Laid, int]:
        """What `laid` makes, and its height, with as few as can be (of `count`) of its first steps left out."""
        made, height = laid(0)
        for tight in range(1, count):
            if height <= room:
                break
            made, height = laid(tight)
        if height > room:
            line = self.px(BODY_FLOOR * 1.3)
            raise self.does_not_fit(field, -(-height // line), room // line)
        return made, height

    def settled(self, top: int, height: int) -> int:
        """Where a block begins that stands between `top` and the grid's lower edge: at the optical centre."""
        return top + max(0, round((self.bottom - top - height) * OPTICAL_CENTRE))

    def together(self, header: Sequence[Text | Shape], top: int, height: int) -> tuple[list[Text | Shape], int]:
        """A header, and where a block begins that is so high and might begin at `top`, below it.

        On a wide page the header stays where that of every slide is. On others, where there is much room, it comes
        down to its block, and both stand at the optical centre together.
        """
        if not self.narrow or not header or self.steady:
            return list(header), self.settled(top, height)
        free = max(0, self.bottom - top - height)
        apart = min(free, self.px(_APART))
        down = round((free - apart) * OPTICAL_CENTRE)
        # a mark over the whole height of the frame stays
        moved = [replace(element, y=element.y + down) if element.y else element for element in header]
        return moved, top + down + apart


def _lonely(lines: Sequence[Line], size: int, width: int) -> bool:
    """Whether a word that is short for the width has a line, not the first one, for itself."""
    return any(len(line) == 1 and line_width(line, size) < 0.7 * width for line in lines[1:])


def cover_top(width: float, height: float) -> float:
    """Where text begins on the covers of narrow pages."""
    return 0.30 * height + 0.08 * (height - width)


def lowered(placed: Iterable[_Placed], by: int) -> tuple[_Placed, ...]:
    """Elements so many pixels further down."""
    return tuple(replace(element, y=element.y + by) for element in placed)


def _runs(line: Line) -> list[Word]:
    """Neighbours of one face and colour joined, each run with its trailing space."""
    runs: list[Word] = []
    for index, word in enumerate(line):
        follows = index + 1 < len(line) and not line[index + 1].glued
        text = word.text + (" " if follows else "")
        if runs and (runs[-1].face, runs[-1].colour) == (word.face, word.colour):
            runs[-1] = replace(runs[-1], text=runs[-1].text + text)
        else:
            runs.append(replace(word, text=text))
    return runs
