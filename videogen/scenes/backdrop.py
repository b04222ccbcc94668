"""The background of a slide: a gradient so gentle that it needs no dither, and crisp shapes that need no gradient."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from PIL import Image

from videogen.model.theme import Look

Field = np.ndarray


def backdrop(look: Look, cover: bool) -> Image.Image:
    """The background as RGB, `cover` for openings and chapters. Made once a process: copy it before drawing on it."""
    theme = look.theme
    return _backdrop(theme.background, theme.decor, look.accent_colour, look.width, look.height, cover)


@lru_cache(maxsize=8)
def _backdrop(stops: tuple[str, ...], decor: str, colour: str, width: int, height: int, cover: bool) -> Image.Image:
    x = np.arange(width, dtype=np.float32)[None, :] / height
    y = np.arange(height, dtype=np.float32)[:, None] / height
    picture = _gradient(stops, x, y, width / height)
    shade = {"rings": _rings, "bands": _bands, "none": _nothing}[decor]
    opacity = shade(x, y, width / height, 1 / height, cover)
    accent = np.array(rgb(colour), np.float32)
    picture += opacity[..., None] * (accent - picture)
    return Image.fromarray(np.rint(picture).astype(np.uint8))


def rgb(colour: str) -> tuple[int, int, int]:
    """`#rrggbb` as three numbers."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _gradient(stops: tuple[str, ...], x: Field, y: Field, aspect: float) -> Field:
    along = (x / aspect + y) / 2
    places = np.linspace(0, 1, len(stops)) if len(stops) > 1 else np.array([0.0])
    channels = np.array([rgb(stop) for stop in stops], np.float32).T
    return np.stack([np.interp(along, places, channel) for channel in channels], axis=-1).astype(np.float32)


def _disc(x: Field, y: Field, cx: float, cy: float, radius: float, pixel: float) -> Field:
    """Coverage of a disc; lengths in heights of the frame, edges one pixel soft."""
    return np.clip((radius - np.hypot(x - cx, y - cy)) / pixel + 0.5, 0, 1)


def _ring(x: Field, y: Field, cx: float, cy: float, radius: float, thick: float, pixel: float) -> Field:
    return np.clip((thick / 2 - np.abs(np.hypot(x - cx, y - cy) - radius)) / pixel + 0.5, 0, 1)


def _rings(x: Field, y: Field, aspect: float, pixel: float, cover: bool) -> Field:
    """Orbits that leave the frame on the right."""
    thick = max(0.0021, 1.2 * pixel)
    if not cover:
        cx, cy = aspect + 0.02, 1.06
        return sum(
            (_ring(x, y, cx, cy, radius, thick, pixel) * share for radius, share in ((0.2, 0.13), (0.34, 0.09))),
            start=np.float32(0.05) * _disc(x, y, cx, cy, 0.2, pixel),
        )
    cx, cy = aspect - 0.16, 0.44
    total = 0.07 * _disc(x, y, cx, cy, 0.60, pixel) + 0.08 * _disc(x, y, cx, cy, 0.42, pixel)
    total += 0.12 * _disc(x, y, cx, cy, 0.24, pixel)
    total = np.maximum(total, 0.16 * _ring(x, y, cx, cy, 0.74, thick, pixel))
    for radius, angle, size in ((0.60, 2.62, 0.021), (0.74, 3.87, 0.011)):
        at_x, at_y = cx + radius * np.cos(angle), cy - radius * np.sin(angle)
        total = np.maximum(total, _disc(x, y, at_x, at_y, size, pixel))
    return total


def _bands(x: Field, y: Field, aspect: float, pixel: float, cover: bool) -> Field:
    """Broad slanting bands that leave the frame on the right."""
    along = (x - aspect) * 0.866 + (y - 0.5) * 0.5
    if not cover:
        return 0.10 * _band(along, 0.14, 0.30, pixel) + 0.05 * _band(along, 0.02, 0.14, pixel)
    total = 0.06 * _band(along, -0.46, -0.22, pixel) + 0.14 * _band(along, -0.22, 0.02, pixel)
    return total + 0.95 * _band(along, 0.02, 2.0, pixel)


def _band(along: Field, first: float, last: float, pixel: float) -> Field:
    return np.clip((along - first) / pixel + 0.5, 0, 1) * np.clip((last - along) / pixel + 0.5, 0, 1)


def _nothing(x: Field, y: Field, aspect: float, pixel: float, cover: bool) -> Field:
    return np.zeros(np.broadcast_shapes(x.shape, y.shape), np.float32)
