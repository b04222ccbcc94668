"""The background of a slide: a gradient or a picture, a glow too gentle to need a dither, and crisp shapes.

Where text may stand, all of it is made as faint as the contrast of every ink of the theme asks, whatever the accent,
the shape of the page and the picture.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageChops, ImageOps

from videogen.model.errors import ValidationError
from videogen.model.theme import Look
from videogen.scenes.colours import extreme, mix, rgb
from videogen.scenes.contrast import contrast
from videogen.scenes.decor import decorations
from videogen.scenes.png import png_bytes

Field = np.ndarray
Box = tuple[int, int, int, int]
"""Left, top, right, bottom."""

_COARSE = 16
"""What is smooth is computed at one pixel in so many each way, and interpolated."""

_NEEDED = 4.6
"""Contrast that a background leaves to text: a little above 4.5:1, for what rounding takes."""

_FEATHER = {"wide": 260, "narrow": 70}
"""Pixels of 1080 over which shapes fade to what they are under text: on narrow pages all of the margin."""


def backdrop(look: Look, cover: bool, text: tuple[Box, ...], root: Path) -> Image.Image:
    """The background as RGB, `cover` for openings and chapters; `text` is where text may stand.

    Made once a process: copy it before drawing on it. Raises ValidationError when the theme's picture cannot be read.
    """
    return _made(look.to_json(), cover, text, root)


def backdrop_file(look: Look, cover: bool, text: tuple[Box, ...], root: Path) -> bytes:
    """The same as a PNG file. Many slides of a film have one background: it is written once."""
    return _written(look.to_json(), cover, text, root)


@lru_cache(maxsize=8)
def _written(settled: bytes, cover: bool, text: tuple[Box, ...], root: Path) -> bytes:
    return png_bytes(_made(settled, cover, text, root))


@lru_cache(maxsize=8)
def _made(settled: bytes, cover: bool, text: tuple[Box, ...], root: Path) -> Image.Image:
    look = Look.model_validate_json(settled)
    planes = _ground(look, cover, root)
    whole = Image.merge("RGB", [Image.fromarray((plane + 0.5).astype(np.uint8)) for plane in planes])
    inks, lightest = inks_of(look), look.theme.mode == "dark"
    worst = extreme([_extreme_of(whole.crop(box), lightest) for box in text], lightest)
    shapes = [
        (colour, mask, left, top, max(_strongest(mask, left, top, box) for box in text))
        for colour, mask, left, top in decorations(look, cover)
    ]

    def fits(share: float) -> bool:
        behind = worst
        for colour, *_, strongest in shapes:
            behind = mix(behind, colour, share * strongest)
        return readable(inks, behind)

    share = _most(fits)
    faded = _faded(look, text, share) if share < 1 else None
    for colour, mask, left, top, _ in shapes:
        over = faded.crop((left, top, left + mask.width, top + mask.height)) if faded else None
        whole.paste(rgb(colour), (left, top), ImageChops.multiply(mask, over) if over else mask)
    return whole


def inks_of(look: Look) -> tuple[str, ...]:
    """What is written in straight on the background."""
    return look.theme.text, look.theme.muted, look.accent_colour


def readable(inks: Sequence[str], ground: str) -> bool:
    """Whether all inks stand out from a ground."""
    return all(contrast(ink, ground) >= _NEEDED for ink in inks)


def _extreme_of(picture: Image.Image, lightest: bool) -> str:
    bands = [band.histogram() for band in picture.split()]
    levels = [[level for level, count in enumerate(band) if count][-1 if lightest else 0] for band in bands]
    return "#" + "".join(f"{level:02x}" for level in levels)


def _strongest(mask: Image.Image, left: int, top: int, box: Box) -> float:
    """The greatest opacity of a mask that begins at (`left`, `top`) inside a box."""
    x, y = max(box[0] - left, 0), max(box[1] - top, 0)
    right, bottom = min(box[2] - left, mask.width), min(box[3] - top, mask.height)
    return int(np.asarray(mask.crop((x, y, right, bottom))).max()) / 255 if right > x and bottom > y else 0.0


def _most(holds: Callable[[float], bool]) -> float:
    """The greatest share of 0 to 1 with which it holds, nearly; 0 when with none."""
    low, high = 0.0, 1.0
    if holds(high):
        return high
    for _ in range(9):
        middle = (low + high) / 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return low


def _faded(look: Look, text: Sequence[Box], share: float) -> Image.Image:
    """A mask that is `share` under text and full well away from it."""
    columns, rows = -(-look.width // _COARSE), -(-look.height // _COARSE)
    x = (np.arange(columns, dtype=np.float32)[None, :] + 0.5) * look.width / columns
    y = (np.arange(rows, dtype=np.float32)[:, None] + 0.5) * look.height / rows
    reach = _FEATHER["wide" if look.width / look.height > 1.2 else "narrow"] * min(look.width, look.height) / 1080
    away = np.ones((rows, columns), np.float32)
    for left, top, right, bottom in text:
        # interpolation reaches one sample further
        over = np.maximum(np.maximum(left - x, x - right) - _COARSE, 0)
        down = np.maximum(np.maximum(top - y, y - bottom) - _COARSE, 0)
        away = np.minimum(away, np.hypot(over, down) / reach)
    smooth = away * away * (3 - 2 * away)
    small = Image.fromarray(((share + (1 - share) * smooth) * 255).astype(np.uint8))
    return small.resize((look.width, look.height), Image.Resampling.BILINEAR)


_GLOWS: dict[tuple[str, bool], tuple[tuple[str, float, float, float, float], ...]] = {
    ("rings", True): (("accent", 0.90, 0.44, 1.30, 0.17), ("accent", 0.0, 1.1, 0.9, 0.06)),
    ("rings", False): (("accent", 0.88, -0.12, 1.45, 0.14), ("accent", 0.0, 1.15, 0.9, 0.06)),
    ("waves", True): (
        ("green", 0.10, -0.20, 1.10, 0.22),
        ("purple", 1.00, 0.10, 1.20, 0.30),
        ("accent", 0.75, 1.10, 1.10, 0.22),
    ),
    ("waves", False): (
        ("green", 0.05, -0.25, 1.00, 0.14),
        ("purple", 1.05, 0.00, 1.20, 0.20),
        ("accent", 0.70, 1.25, 1.00, 0.14),
    ),
    ("rays", True): (("accent", 0.82, 1.10, 1.45, 0.34),),
    ("rays", False): (("accent", 0.95, 1.15, 1.20, 0.22),),
    ("scan", True): (("accent", 0.50, 0.50, 1.20, 0.07),),
    ("scan", False): (("accent", 0.50, 0.45, 1.20, 0.06),),
}
"""Colour, centre (x of the width, y of the height), reach (heights of a wide frame) and strength of each glow."""


def _ground(look: Look, cover: bool, root: Path) -> list[Field]:
    """Red, green and blue of the gradient, the picture and the glows on it, in floating point."""
    theme, width, height = look.theme, look.width, look.height
    columns, rows = -(-width // _COARSE), -(-height // _COARSE)
    x = (np.arange(columns, dtype=np.float32)[None, :] + 0.5) / columns
    y = (np.arange(rows, dtype=np.float32)[:, None] + 0.5) / rows
    stops = theme.background
    along = (x + y) / 2
    places = np.linspace(0, 1, len(stops)) if len(stops) > 1 else np.array([0.0])
    inks, lightest = inks_of(look), theme.mode == "dark"
    worst = extreme(stops, lightest)
    unit = (width * height * 9 / 16) ** 0.5
    lights = []
    for name, cx, cy, reach, strength in _GLOWS.get((theme.decor, cover), ()):
        colour = look.accent_colour if name == "accent" else getattr(theme.accents, name)
        # shapes come on top: they need some of what the contrast leaves
        allowed = 0.6 * _most(lambda share, colour=colour: readable(inks, mix(worst, colour, share)))
        apart = (((x - cx) * width) ** 2 + ((y - cy) * height) ** 2) / (reach * unit) ** 2
        lights.append((colour, min(strength, allowed) * np.clip(1 - apart, 0, 1) ** 2))
    planes: list[Field] = []
    for channel in range(3):
        small = np.interp(along, places, [rgb(stop)[channel] for stop in stops]).astype(np.float32)
        for colour, light in lights:
            small += light * (rgb(colour)[channel] - small)
        planes.append(np.array(Image.fromarray(small).resize((width, height), Image.Resampling.BILINEAR)))
    if theme.picture:
        seen = _picture(root / theme.picture, theme.picture, width, height)
        bright = _extreme_of(seen, lightest)
        ground = extreme([worst, *(mix(worst, colour, 0.6) for colour, _ in lights)], lightest)
        share = 0.85 * _most(lambda share: readable(inks, mix(ground, bright, share)))
        planes = [
            plane + share * (np.asarray(band, np.float32) - plane)
            for plane, band in zip(planes, seen.split(), strict=True)
        ]
    return planes


def _picture(path: Path, shown: str, width: int, height: int) -> Image.Image:
    """A picture that fills the frame, cut to its shape."""
    try:
        with Image.open(path) as file:
            file.draft("RGB", (width, height))
            upright = ImageOps.exif_transpose(file)
            flat = Image.new("RGB", upright.size)
            flat.paste(upright.convert("RGBA"), (0, 0), upright.convert("RGBA"))
            return ImageOps.fit(flat, (width, height), Image.Resampling.LANCZOS)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise ValidationError(f'the theme\'s picture "{shown}" cannot be read: {error}') from error
