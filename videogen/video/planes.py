"""sRGB pictures and layers as Y'CbCr planes: BT.709, limited range, 4:2:0 with chroma sited left (H.264's default).

All arithmetic is on integers or element by element, so that a picture gives the same planes on every machine.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from videogen.model.errors import VideoError, Where

if TYPE_CHECKING:
    from av import VideoFrame

Plane = NDArray[np.uint8]

# Recommendation ITU-R BT.709-6, items 3.2 to 3.5: luma from R'G'B', colour differences, 8-bit quantisation
_LUMA = np.array([0.2126, 0.7152, 0.0722])
_Y = _LUMA * 219 / 255
_CB = (np.array([0, 0, 1]) - _LUMA) / 1.8556 * 224 / 255
_CR = (np.array([1, 0, 0]) - _LUMA) / 1.5748 * 224 / 255

_BITS = 16
_ROWS = 32
"""Rows converted at a time: what is touched then stays in the processor's cache."""


class Planes(NamedTuple):
    """A picture: `y` is height x width; `cb` and `cr` are half as high and half as wide. uint8, 16 to 235 or 240."""

    y: Plane
    cb: Plane
    cr: Plane


def empty_planes(width: int, height: int) -> Planes:
    """Planes of a picture with undefined content; both sides even."""
    chroma = (height // 2, width // 2)
    return Planes(np.empty((height, width), np.uint8), np.empty(chroma, np.uint8), np.empty(chroma, np.uint8))


def plane_views(picture: VideoFrame) -> Planes:
    """The planes of a frame as arrays that can be written to, without a copy."""
    views = []
    for plane in picture.planes:
        rows = np.asarray(memoryview(plane), np.uint8).reshape(-1, plane.line_size)
        views.append(rows[: plane.height, : plane.width])
    return Planes(*views)


def read_rgb(path: Path, width: int, height: int) -> Image.Image:
    """A picture file as RGB. Raises VideoError when it cannot be read or is not `width` x `height`."""
    image = _read(path, "RGB")
    if image.size != (width, height):
        raise VideoError(
            f"the picture is {image.width} x {image.height} pixels, the film {width} x {height}",
            where=Where(str(path)),
            hint="delete it, so that the next build draws it again",
        )
    return image


def read_rgba(path: Path) -> Image.Image:
    """A picture file as RGBA, opacity not premultiplied. Raises VideoError when it cannot be read."""
    return _read(path, "RGBA")


def _read(path: Path, mode: str) -> Image.Image:
    try:
        with Image.open(path) as image:
            image.load()
            return image if image.mode == mode else image.convert(mode)
    except (OSError, UnidentifiedImageError, SyntaxError) as error:
        raise VideoError(
            f"the picture cannot be read ({error})",
            where=Where(str(path)),
            hint="delete it, so that the next build draws it again",
        ) from error


def _fixed(weights: NDArray[np.float64], total: float) -> list[int]:
    """Weights in fixed point whose sum is exact, so that greys keep no tint and white is white."""
    rounded = [round(float(weight) * (1 << _BITS)) for weight in weights]
    rounded[1] += round(total * (1 << _BITS)) - sum(rounded)
    return rounded


def _weigh(parts: list[NDArray], weights: list[int], offset: int, shift: int, out: NDArray, scratch: NDArray) -> None:
    """out = (parts . weights + offset + 1/2) >> shift, in int32 (no sum here exceeds 2^30)."""
    total, product = scratch[0, : len(out), : out.shape[1]], scratch[1, : len(out), : out.shape[1]]
    np.multiply(parts[0], weights[0], out=total, dtype=np.int32)
    for part, weight in zip(parts[1:], weights[1:], strict=True):
        np.multiply(part, weight, out=product, dtype=np.int32)
        total += product
    total += (offset << shift) + (1 << shift - 1)
    np.right_shift(total, shift, out=out, casting="unsafe")


def picture_planes(image: Image.Image) -> Planes:
    """An RGB picture with even sides as planes; exact to half a level of the standard's formula.

    Chroma is filtered 1-2-1 across and 1-1 down, its samples standing on the left pixel of each pair.
    """
    planes = empty_planes(image.width, image.height)
    y_weights, cb_weights, cr_weights = _fixed(_Y, 219 / 255), _fixed(_CB, 0), _fixed(_CR, 0)
    channels = [np.asarray(channel) for channel in image.split()]
    scratch = np.empty((2, _ROWS, image.width), np.int32)
    for top in range(0, image.height, _ROWS):
        rows = [channel[top : top + _ROWS] for channel in channels]
        _weigh(rows, y_weights, 16, _BITS, planes.y[top : top + _ROWS], scratch)
        halves = [_eighths(part, np.uint16, True) for part in rows]
        half = slice(top // 2, (top + _ROWS) // 2)
        _weigh(halves, cb_weights, 128, _BITS + 3, planes.cb[half], scratch)
        _weigh(halves, cr_weights, 128, _BITS + 3, planes.cr[half], scratch)
    return planes


def _eighths(part: NDArray, dtype: type, repeat: bool) -> NDArray:
    """Eight times the chroma filter's result; left of the part its first column is repeated, or nothing is."""
    pairs = np.add(part[0::2], part[1::2], dtype=dtype)
    even, odd = pairs[:, 0::2], pairs[:, 1::2]
    total = even + even
    total += odd
    total[:, 1:] += odd[:, :-1]
    if repeat:
        total[:, 0] += even[:, 0]
    return total


class Cover(NamedTuple):
    """A layer over one plane: opacity 0 to 256 (uint16) and level (uint8, not premultiplied)."""

    opacity: NDArray[np.uint16]
    level: Plane


def layer_covers(rgba: NDArray[np.uint8], right: bool, down: bool) -> tuple[Cover, Cover, Cover]:
    """A layer (height x width x 4, not premultiplied) as covers of the three planes.

    The covers stand on even coordinates; `right` and `down` tell that the layer itself begins one pixel further.
    They are a little larger than the layer, as chroma samples reach beyond its edges.
    """
    height, width = rgba.shape[:2]
    padded = np.zeros(((height + down + 1) & ~1, (width + right + 2) & ~1, 4), np.float32)
    padded[down : down + height, right : right + width] = rgba
    alpha = padded[..., 3] / np.float32(255)
    # filtered with its opacity as weight: what is transparent has no colour to give
    red, green, blue = (padded[..., channel] * alpha for channel in range(3))

    def weighted(weights: NDArray[np.float64]) -> NDArray:
        r, g, b = (np.float32(weight) for weight in weights)
        return red * r + green * g + blue * b

    def cover(opacity: NDArray, colour: NDArray, offset: int) -> Cover:
        level = np.divide(colour, opacity, out=np.zeros_like(colour), where=opacity > 0) + np.float32(offset)
        return Cover(np.rint(opacity * np.float32(256)).astype(np.uint16), np.rint(level).astype(np.uint8))

    halved = _eighths(alpha, np.float32, False) * np.float32(1 / 8)
    return (
        cover(alpha, weighted(_Y), 16),
        cover(halved, _eighths(weighted(_CB), np.float32, False) * np.float32(1 / 8), 128),
        cover(halved, _eighths(weighted(_CR), np.float32, False) * np.float32(1 / 8), 128),
    )


def opacities(alpha: NDArray[np.uint8], edge: bool) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
    """An opacity (even sides, 0 to 255) on the three planes, 0 to 256; `edge` tells that nothing is at its left."""
    halved = np.rint(_eighths(alpha, np.float32, edge) * np.float32(256 / (255 * 8))).astype(np.int32)
    return np.rint(alpha * np.float32(256 / 255)).astype(np.int32), halved, halved


def lay_over(target: Plane, cover: Cover, opacity: int) -> None:
    """Blend a cover over a part of a plane of the same shape, in place, at `opacity` 0 to 256.

    Within two levels of exact arithmetic; where the cover is transparent nothing changes.
    """
    alpha = cover.opacity
    if opacity < 256:
        alpha = (alpha * np.uint16(opacity) + np.uint16(128)) >> np.uint16(8)
    mixed = target * (np.uint16(256) - alpha)
    mixed += alpha * cover.level
    mixed += np.uint16(128)
    mixed >>= np.uint16(8)
    target[...] = mixed
