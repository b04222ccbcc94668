"""A place whose picture is another one in every frame: a view that goes over a picture slowly, or a clip."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image

from videogen.model.clip import INSTANT, Fitting, picture_at
from videogen.model.errors import ValidationError
from videogen.model.kinds import Movement
from videogen.model.motion import Clip, Drift
from videogen.scenes.elements import Moving, Playing
from videogen.scenes.paint import picture

NEARER = 0.08
"""By how much a view comes nearer, or passes on, of what it shows: more is a ride, less is not seen."""

_Box = tuple[float, float, float, float]


class Passage(NamedTuple):
    """What a place shows first and last (RGB), and what it shows altogether; `whole` is what a view goes over."""

    first: Image.Image
    last: Image.Image
    shows: Drift | Clip
    whole: Image.Image | None = None


def passage(element: Moving | Playing, root: Path) -> Passage:
    """What is to be seen in the place of an element. Raises ValidationError when it cannot be read."""
    return _drifting(element, root) if isinstance(element, Moving) else _playing(element, root)


def _playing(element: Playing, root: Path) -> Passage:
    """The first and the last picture of a clip."""
    fit = Fitting(element.part, element.width, element.height, "rgb24")
    try:
        first, last = (
            Image.fromarray(fit(picture_at(root / element.path, seconds)).to_ndarray())
            for seconds in (element.start, element.end - 2 * INSTANT)
        )
    except (OSError, ValueError) as error:
        raise ValidationError(f'the clip "{element.path}" cannot be played: {error}') from error
    clip = Clip(path=element.path, start=element.start, end=element.end, part=element.part)
    return Passage(first, last, clip)


def _drifting(element: Moving, root: Path) -> Passage:
    """The picture of an element so fine that where the view is nearest no pixel is enlarged."""
    wide, high = (2 * round(side * (1 + NEARER) / 2) for side in (element.width, element.height))
    edge = round(element.inset * (1 + NEARER))
    whole = Image.new("RGB", (wide, high), element.behind)
    seen = picture(replace(element.raster, width=wide - 2 * edge, height=high - 2 * edge, radius=0), root)
    whole.paste(seen, (edge, edge), seen)
    begins, ends = views(element.move, element.width, element.height, wide, high)
    drift = Drift(width=wide, height=high, begins=begins, ends=ends)
    first, last = (
        whole.resize((element.width, element.height), Image.Resampling.BICUBIC, view) for view in (begins, ends)
    )
    return Passage(first, last, drift, whole)


def views(move: Movement, width: int, height: int, wide: int, high: int) -> tuple[_Box, _Box]:
    """The first and the last view of a picture that is `wide` and `high`, for a place of `width` and `height`. The
    near ones take it pixel by pixel, so that a view which passes on sideways is as sharp all the way.

    >>> views("pan_left", 100, 100, 108, 108)
    ((8, 4, 108, 104), (0, 4, 100, 104))
    """

    def near(x: float, y: float) -> _Box:
        left, top = (int((wide - width) * x) & ~1, int((high - height) * y) & ~1)
        return left, top, left + width, top + height

    scale = min(wide / width, high / height)
    left, top = (wide - width * scale) / 2, (high - height * scale) / 2
    whole, middle = (left, top, wide - left, high - top), near(0.5, 0.5)
    return {
        "none": (whole, whole),
        "zoom_in": (whole, middle),
        "zoom_out": (middle, whole),
        "pan_left": (near(1, 0.5), near(0, 0.5)),
        "pan_right": (near(0, 0.5), near(1, 0.5)),
        "pan_up": (near(0.5, 1), near(0.5, 0)),
        "pan_down": (near(0.5, 0), near(0.5, 1)),
    }[move]


def matte(black: Image.Image, white: Image.Image, box: tuple[int, int, int, int]) -> Image.Image:
    """The opacity (L) with which what is inside a box is seen in a slide, from the slide with black and with white
    in that place: corners and all that stands over it, whatever it is."""
    dark, light = (np.asarray(slide.crop(box).getchannel("G"), np.int16) for slide in (black, white))
    return Image.fromarray(np.clip(light - dark, 0, 255).astype(np.uint8))


def placed(black: Image.Image, seen: Image.Image, through: Image.Image, at: tuple[int, int]) -> Image.Image:
    """The slide with a picture in its place, given the slide with black in that place and the matte."""
    box = (*at, at[0] + seen.width, at[1] + seen.height)
    opacity = np.asarray(through, np.uint16)[..., None]
    lit = (np.asarray(seen, np.uint16) * opacity + np.uint16(127)) // np.uint16(255)
    inside = np.minimum(np.asarray(black.crop(box), np.uint16) + lit, 255).astype(np.uint8)
    slide = black.copy()
    slide.paste(Image.fromarray(inside), at)
    return slide
