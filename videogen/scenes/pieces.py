"""Pieces that several kinds are made of: points set to fit, chips and badges, signs, tints."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from videogen.model.kinds import Content
from videogen.model.kinds.base import passages
from videogen.model.project import Accent
from videogen.scenes.colours import mix
from videogen.scenes.elements import Element, Icon, Line, Part, Shape, Text
from videogen.scenes.page import BODY_FLOOR, DoesNotFit, Page
from videogen.scenes.pages import shares
from videogen.scenes.typefaces import length
from videogen.scenes.typeset import Line as Words
from videogen.scenes.typeset import break_lines, words

LADDER = ((64, 1), (60, 1), (56, 1), (56, 2), (52, 2), (48, 2), (44, 3), (40, 4), (36, 30))
"""Sizes of a point and most lines of one; the first that fits is taken."""

_LEVELS: dict[str, tuple[int, Accent]] = {
    **dict.fromkeys(("easy", "beginner", "basic", "simple"), (1, "green")),
    **dict.fromkeys(("medium", "intermediate", "moderate"), (2, "orange")),
    **dict.fromkeys(("hard", "advanced", "difficult", "expert"), (3, "pink")),
}


def sized(page: Page, size: float) -> int:
    """A sign's side in pixels, a quarter larger on an upright page, as the text beside it is."""
    return page.px(size * 1.25 if page.shape == "tall" else size)


@dataclass(frozen=True)
class Entry:
    """A point as it is set: what it says, and what is said of it, smaller and quieter below."""

    lead: list[Words]
    rest: list[Words]
    size: int
    small: int

    @property
    def leading(self) -> int:
        """Pixels of a line of the point."""
        return round(self.size * 1.26)

    @property
    def under(self) -> int:
        """Pixels of a line of its detail."""
        return round(self.small * 1.32)

    @property
    def height(self) -> int:
        """Pixels of it all."""
        gap = round(self.small * 0.2) if self.rest and self.lead else 0
        return len(self.lead) * self.leading + gap + len(self.rest) * self.under

    def block(self, page: Page, x: int, y: int) -> list[Text]:
        """The point and its detail as text elements."""
        below = y + self.height - len(self.rest) * self.under
        return [
            *page.block(self.lead, x, y, self.size, self.leading),
            *page.block(self.rest, x, below, self.small, self.under),
        ]


@dataclass(frozen=True)
class Setting:
    """Points set below each other, `gap` pixels between them."""

    entries: list[Entry]
    gap: int

    @property
    def height(self) -> int:
        """Pixels of all of them."""
        return sum(entry.height for entry in self.entries) + self.gap * max(0, len(self.entries) - 1)

    @property
    def size(self) -> int:
        """Size of the points, pixels."""
        return self.entries[0].size if self.entries else 0

    def placed(self, y: int) -> Iterator[tuple[Entry, int]]:
        """Every point and where it begins, the first at `y`."""
        for entry in self.entries:
            yield entry, y
            y += entry.height + self.gap


def setting(
    page: Page,
    field: str,
    points: Sequence[tuple[str, str]],
    width: int,
    room: int,
    *,
    ladder: Sequence[tuple[int, int]] = LADDER,
    air: tuple[float, float] = (0.5, 1.1),
    strong: bool | None = None,
) -> Setting:
    """Points as large as fit into `room` pixels of height, broken to `width`.

    `air` is the least and the most space between two, as a share of their size. Points are strong when any has a
    detail, unless said otherwise. Raises DoesNotFit naming `field`.
    """
    heavy = any(rest for _, rest in points) if strong is None else strong
    return _set(page, field, points, width, room, page.sizes(ladder), air, heavy)


def alike(
    page: Page,
    field: str,
    columns: Sequence[Sequence[tuple[str, str]]],
    width: int,
    room: int,
    *,
    ladder: Sequence[tuple[int, int]] = LADDER,
    air: tuple[float, float] = (0.5, 1.1),
    strong: bool = False,
) -> list[Setting]:
    """Columns of points, each as with `setting`, all at the one size that suits every one of them."""
    steps = page.sizes(ladder)
    while True:
        made = [_set(page, field, points, width, room, steps, air, strong) for points in columns]
        sizes = {own.size for own in made if own.entries}
        if len(sizes) < 2:
            return made
        steps = [(step, most) for step, most in steps if page.px(step) <= min(sizes)]


def _set(
    page: Page,
    field: str,
    points: Sequence[tuple[str, str]],
    width: int,
    room: int,
    ladder: Sequence[tuple[int, int]],
    air: tuple[float, float],
    strong: bool,
) -> Setting:
    fonts, theme = page.theme.fonts, page.theme
    face = fonts.strong if strong else fonts.body
    slack = air[1] * (1.6 if page.shape == "tall" else 1.0)
    entries: list[Entry] = []
    for step, lines in ladder:
        size, last = page.px(step), step == ladder[-1][0]
        if not last and not page.keeps_words([lead for lead, _ in points], face, step, width):
            continue
        small = page.px(max(BODY_FLOOR, step * 0.76))
        entries = [
            Entry(
                break_lines(words(lead, face, theme.text), size, width),
                break_lines(words(rest, fonts.body, theme.muted), small, width),
                size,
                small,
            )
            for lead, rest in points
        ]
        tight = Setting(entries, round(size * air[0]))
        if max((len(entry.lead) for entry in entries), default=0) <= lines and tight.height <= room:
            # a share of what is free stays above and below them
            free = (room - tight.height) // max(1, len(entries))
            return Setting(entries, tight.gap + max(0, min(free, round(size * (slack - air[0])))))
    count = sum(len(entry.lead) + len(entry.rest) for entry in entries)
    raise page.does_not_fit(field, count, room // entries[0].leading if entries else 0)


def one_size(
    page: Page, field: str, texts: Sequence[str], steps: Sequence[tuple[int, int]], width: int, face: str, colour: str
) -> tuple[list[list[Words]], int]:
    """Short texts, each broken to the width, and the one size that suits them all."""
    size = min(page.fitted(text, field, steps, width, face, colour, "calm")[1] for text in texts)
    return [break_lines(words(text, face, colour), size, width) for text in texts], size


_T = TypeVar("_T")


def first_that_fits(ways: Sequence[Callable[[], _T]]) -> _T:
    """What the first of these makes that does not raise DoesNotFit; the last one's error when none does."""
    way, *others = ways
    if not others:
        return way()
    try:
        return way()
    except DoesNotFit:
        return first_that_fits(others)


def panel(page: Page, x: int, y: int, width: int, height: int, tint: str, share: float) -> Shape:
    """A card tinted with a colour."""
    theme, base = page.theme, page.card(x, y, width, height)
    edge = mix(theme.border, tint, min(1.0, share * 4)) if base.border_width else None
    return replace(base, fill=mix(theme.surface, tint, share), border=edge)


def disc(text: str, x: int, y: int, side: int, page: Page, fill: str = "", ink: str = "") -> list[Text | Shape]:
    """A short text in a disc: a number, a letter."""
    face, size = page.theme.fonts.label, round(side * (0.64, 0.5, 0.36)[min(len(text), 3) - 1])
    wide, tall = round(length(text, face, size) + 0.5), round(size * 1.1)
    place = (x + round((side - wide) / 2), y + (side - tall) // 2, wide, tall, size)
    return [
        Shape(x, y, side, side, side // 2, fill or page.accent),
        Text(text, *place, face, ink or page.theme.on_accent, "label"),
    ]


def ring(x: int, y: int, side: int, page: Page, colour: str, fill: str = "") -> Shape:
    """A circle."""
    return Shape(x, y, side, side, side // 2, fill or page.theme.surface, 1.0, colour, max(page.px(4), side // 14))


def tick(x: int, y: int, side: int, page: Page, colour: str = "") -> list[Element]:
    """A check on a disc."""
    fill = colour or page.accent
    return [Shape(x, y, side, side, side // 2, fill), Icon("check", x, y, side, page.theme.on_accent)]


def cross(x: int, y: int, side: int, page: Page, colour: str) -> list[Element]:
    """A cross on a disc."""
    near, far, ink = side * 0.33, side * 0.67, page.theme.on_accent
    width = max(2, round(side * 0.11))
    return [
        Shape(x, y, side, side, side // 2, colour),
        Line(((x + near, y + near), (x + far, y + far)), width, ink),
        Line(((x + near, y + far), (x + far, y + near)), width, ink),
    ]


def target(x: int, y: int, side: int, colours: tuple[str, str]) -> list[Element]:
    """Rings around a dot: a goal."""
    placed: list[Element] = []
    for index, share in enumerate((1.0, 0.74, 0.48, 0.2)):
        own = round(side * share / 2) * 2
        inset = (side - own) // 2
        placed.append(Shape(x + inset, y + inset, own, own, own // 2, colours[index % 2]))
    return placed


def clock(x: int, y: int, side: int, colour: str, ground: str) -> list[Element]:
    """A clock's face."""
    width, middle = max(2, round(side * 0.1)), side / 2
    inset = max(2, round(side * 0.12))
    return [
        Shape(x, y, side, side, side // 2, colour),
        Shape(x + inset, y + inset, side - 2 * inset, side - 2 * inset, side // 2 - inset, ground),
        Line(
            (
                (x + middle, y + side * 0.28),
                (x + middle, y + middle),
                (x + side * 0.66, y + side * 0.6),
            ),
            width,
            colour,
        ),
    ]


@dataclass(frozen=True)
class Chip:
    """A short fact on a pill; its elements stand at the origin until they are placed."""

    text: str
    ink: str
    fill: str
    sign: str = ""
    """`clock`, or the number of bars that are full."""
    edge: str = ""


def chip_size(chip: Chip, page: Page) -> tuple[int, int]:
    """Width and height of a chip."""
    size = page.px(36)
    sign = page.px(52) if chip.sign else 0
    return sign + round(length(chip.text, page.theme.fonts.label, size) + 0.5) + 2 * page.px(28), page.px(68)


def chip(chip: Chip, x: int, y: int, page: Page) -> list[Element]:
    """A chip with its upper left corner at a place."""
    width, height = chip_size(chip, page)
    pad, side = page.px(28), page.px(36)
    edge = chip.edge or chip.fill
    placed: list[Element] = [Shape(x, y, width, height, height // 2, chip.fill, 1.0, edge, page.px(2))]
    at = x + pad
    if chip.sign == "clock":
        placed += clock(at, y + (height - side) // 2, side, chip.ink, chip.fill)
    elif chip.sign:
        placed += _bars(int(chip.sign), at, y + (height - side) // 2, side, chip)
    at += page.px(52) if chip.sign else 0
    tall = page.label(chip.text, 0, 0, page.px(36), chip.ink).height
    return [*placed, page.label(chip.text, at, y + (height - tall) // 2, page.px(36), chip.ink)]


def _bars(full: int, x: int, y: int, side: int, chip: Chip) -> list[Element]:
    """Three bars, each higher than the one before; those that count are full."""
    wide, step = round(side * 0.24), round(side * 0.36)
    placed: list[Element] = []
    for index, tall in enumerate((0.45, 0.7, 0.95)):
        high = round(side * tall)
        colour = chip.ink if index < full else mix(chip.fill, chip.ink, 0.3)
        placed.append(Shape(x + index * step, y + round(side * 0.97) - high, wide, high, wide // 3, colour))
    return placed


def badge(difficulty: str, page: Page) -> Chip | None:
    """How hard something is, in its colour and with bars when the word is known; None when nothing is said."""
    if not difficulty:
        return None
    theme, (level, accent) = page.theme, _LEVELS.get(difficulty.casefold(), (0, None))
    if accent is None:
        return Chip(difficulty, theme.text, theme.raised, edge=theme.border)
    colour = page.look.tone_colour(accent)
    return Chip(difficulty, colour, theme.surface, str(level), colour)


def chip_rows(chips: Sequence[Chip], field: str, page: Page, width: int) -> list[list[Chip]]:
    """Chips in lines no wider than `width`. Raises DoesNotFit, naming the field, when one alone is wider."""
    rows: list[list[Chip]] = []
    used = 0
    for one in chips:
        own = chip_size(one, page)[0]
        if own > width:
            raise page.does_not_fit(field, 2, 1)
        if rows and used + page.px(20) + own <= width:
            rows[-1].append(one)
            used += page.px(20) + own
        else:
            rows.append([one])
            used = own
    return rows


def chips_height(rows: Sequence[Sequence[Chip]], page: Page) -> int:
    """Pixels that lines of chips take, without space around them."""
    return len(rows) * page.px(68) + max(0, len(rows) - 1) * page.px(18)


def chips(rows: Sequence[Sequence[Chip]], x: int, y: int, page: Page) -> list[Element]:
    """Lines of chips from a place on."""
    placed: list[Element] = []
    for row in rows:
        at = x
        for one in row:
            placed += chip(one, at, y, page)
            at += chip_size(one, page)[0] + page.px(20)
        y += page.px(68 + 18)
    return placed


def divided(content: Content, parts: int, fields: Sequence[str]) -> list[Part] | None:
    """The points in `fields` divided evenly, in order, over parts; None when there are not so many.

    Every part keeps all places, so that numbers stay what they are: those that it does not show are "" there.
    """
    names = [(field, index) for field in fields for index in range(len(getattr(content, field)))]
    if len(names) < parts:
        return None
    made: list[Part] = []
    for share in shares(len(names), parts):
        own = {names[at] for at in share}
        kept = {
            field: [value if (field, index) in own else "" for index, value in enumerate(getattr(content, field))]
            for field in fields
        }
        cues = {f"{field.removesuffix('s')}:{index}": f"{field.removesuffix('s')}:{index}" for field, index in own}
        ordered = dict(sorted(cues.items(), key=lambda pair: (fields.index(_plural(pair[0])), _place(pair[0]))))
        made.append(Part(content.model_copy(update=kept), ordered))
    return made


def _plural(cue: str) -> str:
    return cue.partition(":")[0] + "s"


def _place(cue: str) -> int:
    return int(cue.partition(":")[2])


def shown(values: Sequence[object]) -> list[int]:
    """Places of the points that are on this page."""
    return [index for index, value in enumerate(values) if value]


def parted(content: Content, field: str, parts: int) -> list[Part] | None:
    """The passages of a text divided evenly over parts; None when there are not so many."""
    whole = passages(getattr(content, field))
    if len(whole) < parts:
        return None
    return [
        Part(
            content.model_copy(update={field: " ".join(whole[own.start : own.stop])}),
            {f"passage:{at}": f"passage:{index}" for at, index in enumerate(own)},
        )
        for own in shares(len(whole), parts)
    ]
