"""The background of a slide: a gradient with a glow of the accent, too gentle to need a dither, and crisp shapes."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from PIL import Image

from videogen.model.theme import Look

Field = np.ndarray

_COARSE = 16
"""What is smooth is computed at one pixel in so many each way, and interpolated."""


def backdrop(look: Look, cover: bool) -> Image.Image:
    """The background as RGB, `cover` for openings and chapters. Made once a process: copy it before drawing on it."""
    theme = look.theme
    return _backdrop(theme.background, theme.decor, look.accent_colour, look.width, look.height, cover)


@lru_cache(maxsize=8)
def _backdrop(stops: tuple[str, ...], decor: str, colour: str, width: int, height: int, cover: bool) -> Image.Image:
    planes = _ground(stops, colour, _GLOW[decor, cover], width, height)
    # shapes reach over the right part of the frame only
    left = max(0, width - round(height * (0.95 if cover else 0.6)))
    x = (np.arange(left, width, dtype=np.float32)[None, :] + 0.5) / height
    y = (np.arange(height, dtype=np.float32)[:, None] + 0.5) / height
    shade = {"rings": _rings, "bands": _bands, "none": _nothing}[decor]
    opacity = shade(x, y, width / height, 1 / height, cover)
    for plane, level in zip(planes, rgb(colour), strict=True):
        plane[:, left:] += opacity * (level - plane[:, left:])
        plane += 0.5
    return Image.merge("RGB", [Image.fromarray(plane.astype(np.uint8)) for plane in planes])


def rgb(colour: str) -> tuple[int, int, int]:
    """`#rrggbb` as three numbers."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


_GLOW = {
    ("rings", True): ((0.90, 0.44, 1.30, 0.17), (0.0, 1.1, 0.9, 0.06)),
    ("rings", False): ((0.88, -0.12, 1.45, 0.14), (0.0, 1.15, 0.9, 0.06)),
    ("bands", True): (),
    ("bands", False): (),
    ("none", True): (),
    ("none", False): (),
}
"""Centre (x of the width, y of the height), reach (heights of the frame) and strength of each glow."""


def _ground(
    stops: tuple[str, ...], colour: str, glows: tuple[tuple[float, float, float, float], ...], width: int, height: int
) -> list[Field]:
    """Red, green and blue of the gradient with the glows on it."""
    aspect = width / height
    columns, rows = -(-width // _COARSE), -(-height // _COARSE)
    x = (np.arange(columns, dtype=np.float32)[None, :] + 0.5) * aspect / columns
    y = (np.arange(rows, dtype=np.float32)[:, None] + 0.5) / rows
    along = (x / aspect + y) / 2
    places = np.linspace(0, 1, len(stops)) if len(stops) > 1 else np.array([0.0])
    near = [
        strength * np.clip(1 - ((x - cx * aspect) ** 2 + (y - cy) ** 2) / reach**2, 0, 1) ** 2
        for cx, cy, reach, strength in glows
    ]
    planes: list[Field] = []
    for channel, level in enumerate(rgb(colour)):
        small = np.interp(along, places, [rgb(stop)[channel] for stop in stops]).astype(np.float32)
        for light in near:
            small += light * (level - small)
        whole = Image.fromarray(small).resize((width, height), Image.Resampling.BILINEAR)
        planes.append(np.array(whole))
    return planes


def _apart(x: Field, y: Field, cx: float, cy: float) -> Field:
    """Distance from a centre, heights of the frame."""
    return np.sqrt((x - cx) ** 2 + (y - cy) ** 2)


def _disc(apart: Field, radius: float, pixel: float) -> Field:
    """Coverage of a disc whose edge is one pixel soft."""
    return np.clip((radius - apart) * (1 / pixel) + 0.5, 0, 1)


def _ring(apart: Field, radius: float, thick: float, pixel: float) -> Field:
    return np.clip((thick / 2 - np.abs(apart - radius)) * (1 / pixel) + 0.5, 0, 1)


def _rings(x: Field, y: Field, aspect: float, pixel: float, cover: bool) -> Field:
    """Orbits that leave the frame on the right."""
    thick = max(0.0021, 1.2 * pixel)
    cx, cy = (aspect + 0.02, 0.44) if cover else (aspect - 0.04, 1.12)
    apart = _apart(x, y, cx, cy)
    if not cover:
        total = 0.05 * _disc(apart, 0.36, pixel) + 0.06 * _disc(apart, 0.23, pixel)
        return np.maximum(total, 0.16 * _ring(apart, 0.49, thick, pixel)).astype(np.float32)
    total = 0.07 * _disc(apart, 0.60, pixel) + 0.09 * _disc(apart, 0.42, pixel) + 0.16 * _disc(apart, 0.24, pixel)
    total = np.maximum(total, 0.22 * _ring(apart, 0.70, thick, pixel))
    # in the margins above and below the grid, where no text is ever set
    for radius, angle, size in ((0.60, 2.412, 0.021), (0.70, 3.979, 0.011)):
        place = cx + radius * np.cos(angle), cy - radius * np.sin(angle)
        total = np.maximum(total, _disc(_apart(x, y, *place), size, pixel))
    return total.astype(np.float32)


def _bands(x: Field, y: Field, aspect: float, pixel: float, cover: bool) -> Field:
    """Broad slanting bands that leave the frame on the right."""
    along = (x - aspect) * 0.866 + (y - 0.5) * 0.5
    if not cover:
        return 0.10 * _band(along, 0.14, 0.30, pixel) + 0.05 * _band(along, 0.0, 0.14, pixel)
    total = 0.06 * _band(along, -0.46, -0.22, pixel) + 0.14 * _band(along, -0.22, 0.02, pixel)
    return total + 0.95 * _band(along, 0.02, 2.0, pixel)


def _band(along: Field, first: float, last: float, pixel: float) -> Field:
    return np.clip((along - first) / pixel + 0.5, 0, 1) * np.clip((last - along) / pixel + 0.5, 0, 1)


def _nothing(x: Field, y: Field, aspect: float, pixel: float, cover: bool) -> Field:
    return np.zeros(np.broadcast_shapes(x.shape, y.shape), np.float32)
