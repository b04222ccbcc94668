"""The shapes in the background, crisp, as masks: what makes a theme known at a glance.

Lengths are in pixels of a frame whose shorter side is 1080. On an opening or a chapter the right quarter of a wide
page is theirs, and the upper third of a narrow one (`Page.cover_top`); on other slides they stand in corners and
margins. What lies under text is made faint (`backdrop`).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field

from PIL import Image, ImageDraw

from videogen.model.theme import Look
from videogen.scenes.page import cover_top

_Point = tuple[float, float]


@dataclass
class Sheet:
    """What decorations are drawn on: one mask a colour, in drawing order, finer than the frame."""

    look: Look
    masks: dict[str, tuple[Image.Image, ImageDraw.ImageDraw]] = field(default_factory=dict)

    @property
    def fine(self) -> int:
        """Pixels of a mask for one of the frame, each way."""
        return 3 if min(self.look.width, self.look.height) <= 1080 else 2

    @property
    def width(self) -> float:
        """Width of the frame."""
        return self.look.width * 1080 / min(self.look.width, self.look.height)

    @property
    def height(self) -> float:
        """Height of the frame."""
        return self.look.height * 1080 / min(self.look.width, self.look.height)

    @property
    def wide(self) -> bool:
        """Whether text leaves the right of a cover free."""
        return self.look.width / self.look.height > 1.2

    @property
    def head(self) -> float:
        """Height of what text leaves free above it on the covers of narrow pages."""
        return cover_top(self.width, self.height) - 70

    @property
    def scale(self) -> float:
        """Pixels of a mask for a length of 1."""
        return self.fine * min(self.look.width, self.look.height) / 1080

    def pen(self, colour: str) -> ImageDraw.ImageDraw:
        """What draws in a colour."""
        if colour not in self.masks:
            mask = Image.new("L", (self.look.width * self.fine, self.look.height * self.fine))
            self.masks[colour] = mask, ImageDraw.Draw(mask)
        return self.masks[colour][1]

    def disc(self, colour: str, x: float, y: float, radius: float, opacity: float) -> None:
        """A filled circle."""
        box = [(side) * self.scale for side in (x - radius, y - radius, x + radius, y + radius)]
        self.pen(colour).ellipse(box, fill=round(255 * opacity))

    def ring(self, colour: str, x: float, y: float, radius: float, thick: float, opacity: float) -> None:
        """A circle's line."""
        box = [(side) * self.scale for side in (x - radius, y - radius, x + radius, y + radius)]
        self.pen(colour).ellipse(box, outline=round(255 * opacity), width=self.thick(thick))

    def sector(self, colour: str, x: float, y: float, radius: float, angle: float) -> None:
        """A quarter of a disc, clockwise from an angle in degrees, 0 to the right."""
        box = [(side) * self.scale for side in (x - radius, y - radius, x + radius, y + radius)]
        self.pen(colour).pieslice(box, angle, angle + 90, fill=255)

    def area(self, colour: str, points: list[_Point], opacity: float) -> None:
        """A filled polygon."""
        scaled = [(x * self.scale, y * self.scale) for x, y in points]
        self.pen(colour).polygon(scaled, fill=round(255 * opacity))

    def box(self, colour: str, x: float, y: float, width: float, height: float, opacity: float) -> None:
        """A filled rectangle, on whole pixels of the frame."""
        left, top = round(x * self.scale), round(y * self.scale)
        right, bottom = round((x + width) * self.scale), round((y + height) * self.scale)
        self.pen(colour).rectangle(
            (left, top, max(right, left + self.fine) - 1, max(bottom, top + self.fine) - 1), fill=round(255 * opacity)
        )

    def path(self, colour: str, points: list[_Point], thick: float, opacity: float) -> None:
        """A line through points."""
        scaled = [(x * self.scale, y * self.scale) for x, y in points]
        self.pen(colour).line(scaled, fill=round(255 * opacity), width=self.thick(thick), joint="curve")

    def thick(self, size: float) -> int:
        """Width of a line, at least one pixel of the frame."""
        return max(self.fine, round(size * self.scale))


def decorations(look: Look, cover: bool) -> list[tuple[str, Image.Image, int, int]]:
    """Colours and their masks, with the place of each in the frame, in drawing order."""
    sheet = Sheet(look)
    _DRAWN[look.theme.decor](sheet, cover)
    found: list[tuple[str, Image.Image, int, int]] = []
    for colour, (mask, _) in sheet.masks.items():
        inked = mask.getbbox()
        if inked is not None:
            left, top = inked[0] // sheet.fine, inked[1] // sheet.fine
            right, bottom = -(-inked[2] // sheet.fine), -(-inked[3] // sheet.fine)
            box = (left * sheet.fine, top * sheet.fine, right * sheet.fine, bottom * sheet.fine)
            found.append((colour, mask.reduce(sheet.fine, box), left, top))
    return found


def _rings(on: Sheet, cover: bool) -> None:
    """Orbits that leave the frame on the right."""
    accent = on.look.accent_colour
    if not cover:
        x, y = on.width - 43, on.height + 130
        on.ring(accent, x, y, 529, 2.3, 0.16)
        on.disc(accent, x, y, 389, 0.05)
        on.disc(accent, x, y, 248, 0.11)
        return
    x, y, unit = (
        (on.width + 22, 0.44 * on.height, 1080) if on.wide else (on.width - 60, 0.06 * on.height, 1.5 * on.head)
    )
    on.ring(accent, x, y, 0.70 * unit, 2.3, 0.22)
    for radius, opacity in ((0.60, 0.07), (0.42, 0.16), (0.24, 0.30)):
        on.disc(accent, x, y, radius * unit, opacity)
    # clear of the grid, where no text is ever set
    for radius, angle, size in (
        ((0.60, 2.412, 22), (0.70, 3.979, 12)) if on.wide else ((0.60, 3.3, 20), (0.70, 3.0, 11))
    ):
        on.disc(accent, x + radius * unit * math.cos(angle), y - radius * unit * math.sin(angle), size, 1)


def _bands(on: Sheet, cover: bool) -> None:
    """Broad slanting bands that leave the frame on the right."""
    accent, hanging = on.look.accent_colour, cover and not on.wide
    middle = 0.94 * on.head if hanging else on.height - 540

    def band(first: float, last: float, opacity: float) -> None:
        # 30 degrees off the upright
        def at(along: float, y: float) -> _Point:
            return on.width + (along * 1080 + (y - middle) * (0.5 if hanging else -0.5)) / 0.866, y

        on.area(accent, [at(first, 0), at(last, 0), at(last, on.height), at(first, on.height)], opacity)

    if cover:
        wide = 1.0 if on.wide else 0.4
        for first, last, opacity in ((-0.46, -0.22, 0.06), (-0.22, 0.02, 0.14), (0.02, 5.0, 0.95)):
            band(first * wide, last * wide, opacity)
    else:
        band(0.0, 0.14, 0.05)
        band(0.14, 0.30, 0.10)


def _dots(on: Sheet, cover: bool) -> None:
    """Confetti: discs and rings in all accents, close to the edges."""
    tones = on.look.theme.accents
    colours = [on.look.accent_colour, tones.orange, tones.cyan, tones.purple, tones.green, tones.pink]
    wide, tall = on.width, on.height
    if cover and on.wide:
        sweets = (
            (wide - 130, 240, 210, 0, 0.9),
            (wide - 400, 560, 84, 1, 0.75),
            (wide - 150, 700, 120, 2, 0.55),
            (wide - 330, 930, 150, 3, 0.45),
            (wide - 60, 980, 64, 1, 0.8),
            (wide - 420, 120, 44, 4, 0.8),
            (wide - 330, 330, 22, 3, 0.9),
            (wide - 260, 760, 20, 5, 0.9),
        )
    elif cover:
        unit = on.head
        sweets = (
            (wide - 0.30 * unit, 0.22 * unit, 0.46 * unit, 0, 0.9),
            (wide - 1.02 * unit, 0.30 * unit, 0.15 * unit, 1, 0.75),
            (wide - 0.84 * unit, 0.72 * unit, 0.20 * unit, 2, 0.55),
            (wide - 0.16 * unit, 0.84 * unit, 0.13 * unit, 3, 0.5),
            (0.16 * unit, 0.10 * unit, 0.09 * unit, 4, 0.8),
            (wide - 0.62 * unit, 0.90 * unit, 0.05 * unit, 5, 0.9),
            (wide - 0.86 * unit, 0.06 * unit, 0.05 * unit, 3, 0.9),
        )
    else:
        big = 78.0 if on.height < 1500 else 150.0
        sweets = (
            (wide - 10, tall - 6, big, 0, 0.5),
            (wide - 1.7 * big, tall, 0.34 * big, 1, 0.6),
            (wide + 6, 14, 56, 2, 0.5),
        )
    for x, y, radius, colour, opacity in sweets:
        on.disc(colours[colour], x, y, radius, opacity)


def _grid(on: Sheet, cover: bool) -> None:
    """A drawing office's paper; on covers a construction in the accent, dimensioned."""
    line, accent = on.look.theme.border, on.look.accent_colour
    for step, thick, opacity in ((40, 1, 0.14), (200, 2, 0.24)):
        for index in range(1, math.ceil(on.width / step)):
            on.box(line, index * step, 0, thick, on.height, opacity)
        for index in range(1, math.ceil(on.height / step)):
            on.box(line, 0, index * step, on.width, thick, opacity)
    for x, way in ((28.0, 1), (on.width - 28, -1)):
        for y, down in ((28.0, 1), (on.height - 28, -1)):
            on.path(line, [(x + way * 44, y), (x, y), (x, y + down * 44)], 4, 0.9)
    if not cover:
        return
    if on.wide:
        x, y, unit = on.width - 300, 0.47 * on.height, 170.0
    else:
        x, y, unit = on.width - 76 - 0.36 * on.head, 0.54 * on.head, 0.3 * on.head
    for radius, opacity in ((1.0, 0.9), (0.62, 0.6), (0.18, 0.9)):
        on.ring(accent, x, y, radius * unit, 4, opacity)
    for angle in range(0, 360, 45):
        over, down = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        on.path(
            accent,
            [(x + over * unit * 0.62, y + down * unit * 0.62), (x + over * unit, y + down * unit)],
            3,
            0.6,
        )
    long = 1.3 * unit
    on.path(accent, [(x - long, y), (x + long, y)], 2, 0.5)
    on.path(accent, [(x, y - long), (x, y + long)], 2, 0.5)
    if on.wide:
        below = y + 1.62 * unit
        on.path(accent, [(x - unit, below), (x + unit, below)], 3, 0.8)
        for end in (-1, 1):
            on.path(accent, [(x + end * unit, y + 1.15 * unit), (x + end * unit, below + 20)], 2, 0.5)
            tip = (x + end * unit, below)
            on.area(accent, [tip, (tip[0] - end * 22, below - 8), (tip[0] - end * 22, below + 8)], 0.9)


def _waves(on: Sheet, cover: bool) -> None:
    """Curtains of light that hang over each other."""
    tones, accent = on.look.theme.accents, on.look.accent_colour
    hanging = cover and not on.wide
    rise = (0.42 * on.height if on.wide else 0.9 * on.head) if cover else 150
    ground = 0 if hanging else on.height
    curtains = (
        (tones.purple, 1.0, 0.13, 1.35, 0.4),
        (tones.green, 0.74, 0.13, 1.05, 2.3),
        (accent, 0.5, 0.24, 0.8, 4.0),
    )
    for colour, share, opacity, period, phase in curtains:
        points: list[_Point] = [(0, ground)]
        for index in range(121):
            x = on.width * index / 120
            # it rises at the right, where covers carry no text
            beyond = max(0.0, (index / 120 - 0.58) / 0.42)
            swell = beyond**2.4 if on.wide else (0.45 + 0.55 * index / 120)
            wave = math.sin(x / 1080 * 2 * math.pi / period + phase)
            reach = rise * share * swell * (1 + 0.38 * wave)
            points.append((x, reach if hanging else on.height - reach))
        points.append((on.width, ground))
        on.area(colour, points, opacity * (1 if cover else 0.6))
        on.path(colour, points[1:-1], 2.5, opacity * 2.2)


def _rays(on: Sheet, cover: bool) -> None:
    """A low sun at the right and its rays."""
    accent, size = on.look.accent_colour, 1.0
    if not cover:
        x, y = on.width - 100, on.height + 90
    elif on.wide:
        x, y = on.width - 330, on.height + 60
    else:
        size = on.head / 620
        x, y = on.width - 76 - 200 * size, 0.46 * on.head
    far, count = 2.4 * max(on.width, on.height), 40
    for index in range(count):
        turn = 2 * math.pi * index / count
        half = math.pi / count * 0.5
        ends = [(x + far * math.cos(turn + side), y - far * math.sin(turn + side)) for side in (-half, half)]
        on.area(accent, [(x, y), *ends], 0.045 if cover else 0.03)
    for radius, opacity in ((400, 0.10), (300, 0.26), (200, 0.95)) if cover else ((230, 0.08), (160, 0.22)):
        on.disc(accent, x, y, radius * size, opacity)


def _tiles(on: Sheet, cover: bool) -> None:
    """Squares of one colour in several strengths, on the right."""
    accent = on.look.accent_colour
    rows = ((0, 0.06, 0.95), (0.05, 0.16, 0.4), (0, 0.5, 0.14), (0.08, 0.95, 0.28), (0.22, 0.1, 0.6), (0, 0.3, 0.1))
    if cover and on.wide:
        side = 180.0
    elif cover:
        side = on.head / max(1, round(on.head / 160))
        rows = (
            (0.05, 0.1, 0.28, 0.5, 0.95),
            (0, 0.06, 0.4, 0.16, 0.6),
            (0, 0, 0.12, 0.7, 0.28),
            (0, 0, 0.05, 0.2, 0.1),
        )
        rows = rows[: round(on.head / side)]
    else:
        side, rows = 40.0, ((0.16, 0.4, 0.95),)
    for down, row in enumerate(rows):
        for back, opacity in enumerate(reversed(row)):
            if opacity:
                on.box(accent, on.width - (back + 1) * side, down * side, side, side, opacity)


def _scan(on: Sheet, cover: bool) -> None:
    """The lines of a tube; on covers a prompt that waits."""
    accent = on.look.accent_colour
    for index in range(math.ceil(on.height / 8)):
        on.box(accent, 0, index * 8, on.width, 3, 0.035)
    if not cover:
        return
    if on.wide:
        x, y, unit = on.width - 470, 0.46 * on.height, 150.0
    else:
        x, y, unit = 84.0, 0.58 * on.head, 0.22 * on.head
    on.path(accent, [(x, y - unit), (x + unit, y), (x, y + unit)], unit * 0.27, 0.9)
    on.box(accent, x + 1.35 * unit, y + 0.78 * unit, 1.15 * unit, 0.3 * unit, 0.9)


def _frame(on: Sheet, cover: bool) -> None:
    """A printed page's rules, and a printer's flower on covers."""
    ink, accent = on.look.theme.muted, on.look.accent_colour
    inset = 28.0
    for by, thick in ((inset, 3), (inset + 9, 1)) if cover else ((inset, 1),):
        width, height = on.width - 2 * by, on.height - 2 * by
        on.box(ink, by, by, width, thick, 0.5)
        on.box(ink, by, by + height - thick, width, thick, 0.5)
        on.box(ink, by, by, thick, height, 0.5)
        on.box(ink, by + width - thick, by, thick, height, 0.5)
    if not cover:
        return
    if on.wide:
        x, y, unit = on.width - 280, 0.46 * on.height, 1.0
    else:
        unit = on.head / 560
        x, y = 76 + 200 * unit, 0.58 * on.head
    for petal in range(8):
        turn = math.pi / 4 * petal
        size = (150 if petal % 2 == 0 else 104) * unit
        over, down = math.cos(turn), math.sin(turn)
        tip = (x + over * size, y + down * size)
        bulge = 0.26 * size
        sides = [
            (x + over * size * 0.55 - down * bulge, y + down * size * 0.55 + over * bulge),
            (x + over * size * 0.55 + down * bulge, y + down * size * 0.55 - over * bulge),
        ]
        root = (x + over * 22 * unit, y + down * 22 * unit)
        on.area(accent, [root, sides[0], tip, sides[1]], 0.9 if petal % 2 == 0 else 0.45)
    on.disc(accent, x, y, 14 * unit, 0.9)
    on.ring(accent, x, y, 186 * unit, 3, 0.6)
    on.ring(accent, x, y, 200 * unit, 1, 0.6)


def _slab(on: Sheet, cover: bool) -> None:
    """An area of the accent; on covers with discs and parts of discs cut out of it, tile by tile."""
    accent, ground = on.look.accent_colour, on.look.theme.background[0]
    if not cover:
        on.box(accent, 0, on.height - 16, on.width, 16, 1)
        return
    side, rows = on.height / 5, _COLUMN
    if not on.wide:
        side = 0.86 * on.head
        rows = ((_BAND * math.ceil(on.width / side))[-math.ceil(on.width / side) :],)
    for row, cuts in enumerate(rows):
        for back, cut in enumerate(reversed(cuts)):
            x, y = on.width - (back + 1) * side, row * side
            on.box(accent, x, y, side, side, 1)
            if cut == "dot":
                on.disc(ground, x + side / 2, y + side / 2, side * 0.26, 1)
            elif cut:
                right, low, angle = {"nw": (0, 0, 0), "ne": (1, 0, 90), "se": (1, 1, 180), "sw": (0, 1, 270)}[cut]
                on.sector(ground, x + right * side, y + low * side, side, angle)


_COLUMN = (("nw", ""), ("se", "sw"), ("ne", "nw"), ("", "se"), ("dot", "ne"))
_BAND = ("nw", "dot", "ne")
"""What is cut out of each tile: a quarter of a disc about a corner, a small disc, or nothing."""


def _poster(on: Sheet, cover: bool) -> None:
    """A rule in the colour of the text along the top; on covers a large disc and a small one in the accent."""
    ink, accent = on.look.theme.text, on.look.accent_colour
    side = 112 if on.wide else 76
    on.box(ink, side, 28, on.width - 2 * side, 10, 1)
    if cover and on.wide:
        on.disc(ink, on.width - 112 - 170, 0.47 * on.height, 170, 1)
        on.disc(accent, on.width - 112 - 52, 0.47 * on.height + 222, 52, 1)
    elif cover:
        size = 0.36 * on.head
        on.disc(ink, on.width - side - size, on.head - size, size, 1)
        on.disc(accent, on.width - side - 2.6 * size, on.head - 0.34 * size, 0.34 * size, 1)


def _nothing(on: Sheet, cover: bool) -> None:
    """Flat paper."""


_DRAWN: dict[str, Callable[[Sheet, bool], None]] = {
    "rings": _rings,
    "bands": _bands,
    "dots": _dots,
    "grid": _grid,
    "waves": _waves,
    "rays": _rays,
    "tiles": _tiles,
    "scan": _scan,
    "frame": _frame,
    "slab": _slab,
    "poster": _poster,
    "none": _nothing,
}
