"""Elements to pixels. Everything is painted onto a tile: RGBA, transparent, with its place in the frame."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageOps

from videogen.model.errors import ValidationError
from videogen.scenes.colours import rgb
from videogen.scenes.elements import Bitmap, Element, Ground, Icon, Line, Moving, Playing, Raster, Shape, Text
from videogen.scenes.ink import ink
from videogen.scenes.svg import is_svg, svg_picture
from videogen.scenes.typefaces import laid

_FINE = 4
"""Shapes are drawn this many times finer, then averaged."""

_MOST_SVG_PIXELS = 16_000_000
"""A small part of a drawing that is shown large is drawn no finer than this, and enlarged."""

_Points = Callable[..., list[tuple[float, float]]]
_Pen = Callable[..., None]


def paint(canvas: Image.Image, element: Element, ox: int, oy: int, root: Path, ground: Image.Image) -> None:
    """Paint one element; the canvas (RGB, or RGBA with its own opacity) begins at (`ox`, `oy`) of the frame.

    Paths count from `root`; `ground` is the slide's background.
    """
    if isinstance(element, Text):
        raise TypeError("texts are written a row at a time")
    if isinstance(element, Icon):
        blend(
            canvas, icon_mask(element.name, element.size, element.face), element.colour, element.x - ox, element.y - oy
        )
    elif isinstance(element, Shape):
        _shape(canvas, element, ox, oy)
    elif isinstance(element, Line):
        x, y, mask = line_mask(element)
        blend(canvas, mask, element.colour, x - ox, y - oy)
    elif isinstance(element, Bitmap):
        put(canvas, element.image, element.x - ox, element.y - oy)
    elif isinstance(element, Ground):
        canvas.paste(ground.crop(element.box), (element.x - ox, element.y - oy))
    elif isinstance(element, Moving | Playing):
        raise TypeError("a picture that moves is laid into the slide as a whole")
    else:
        put(canvas, picture(element, root), element.x - ox, element.y - oy)


def _shape(canvas: Image.Image, shape: Shape, ox: int, oy: int) -> None:
    width, height, radius = shape.width, shape.height, shape.radius
    x, y, line = shape.x - ox, shape.y - oy, shape.border_width
    if shape.shadow and shape.shadow_colour:
        blend(canvas, rounded(width, height, radius), shape.shadow_colour, x, y + shape.shadow)
    elif shape.shadow:
        reach = shape.shadow
        blend(canvas, _shadow(width, height, radius, reach), "#000000", x - 2 * reach, y - 2 * reach + reach // 2)
    if shape.border and line:
        _fill(canvas, shape.border, (x, y, width, height), radius, shape.corners)
        width, height, radius, x, y = width - 2 * line, height - 2 * line, max(0, radius - line), x + line, y + line
    if shape.fill and shape.opacity == 1:
        _fill(canvas, shape.fill, (x, y, width, height), radius, shape.corners)
    elif shape.fill:
        mask = rounded(width, height, radius, shape.corners)
        blend(canvas, mask.point([round(level * shape.opacity) for level in range(256)]), shape.fill, x, y)


def _fill(canvas: Image.Image, colour: str, box: tuple[int, int, int, int], radius: int, corners: str) -> None:
    """An opaque rectangle (left, top, width, height) with round corners: only its ends need a mask."""
    x, y, width, height = box
    radius = min(radius, width // 2, height // 2)
    if radius:
        ends = rounded(width, 2 * radius, radius, corners)
        blend(canvas, ends.crop((0, 0, width, radius)), colour, x, y)
        blend(canvas, ends.crop((0, radius, width, 2 * radius)), colour, x, y + height - radius)
    if height > 2 * radius:
        inside = (x, y + radius, x + width, y + height - radius)
        canvas.paste(rgb(colour) if canvas.mode == "RGB" else (*rgb(colour), 255), inside)


def blend(canvas: Image.Image, mask: Image.Image, colour: str, x: int, y: int) -> None:
    """One colour through a mask whose upper left corner comes to (`x`, `y`) of the canvas."""
    if canvas.mode == "RGB":
        canvas.paste(rgb(colour), (x, y), mask)
        return
    inked = mask.getbbox()
    if inked is None:
        return
    if inked != (0, 0, *mask.size):
        mask, x, y = mask.crop(inked), x + inked[0], y + inked[1]
    if clear_or_opaque(canvas, (x, y, x + mask.width, y + mask.height)):
        canvas.paste((*rgb(colour), 255), (x, y), mask)
        return
    layer = Image.new("RGBA", mask.size, (*rgb(colour), 0))
    layer.putalpha(mask)
    put(canvas, layer, x, y)


def clear_or_opaque(canvas: Image.Image, box: tuple[int, int, int, int]) -> bool:
    """Whether a part of an RGBA canvas is all clear or all opaque: then Pillow pastes a colour through a mask as it is
    meant, which it does not where something can be half seen through."""
    return canvas.crop(box).getchannel("A").getextrema() in ((0, 0), (255, 255))


def put(canvas: Image.Image, layer: Image.Image, x: int, y: int) -> None:
    """A picture with its own opacity whose upper left corner comes to (`x`, `y`) of the canvas."""
    if canvas.mode == "RGB":
        canvas.paste(layer, (x, y), layer)
    else:
        left, top = max(x, 0), max(y, 0)
        if left >= canvas.width or top >= canvas.height:
            return
        inside = layer.crop((left - x, top - y, *(canvas.width - x, canvas.height - y)))
        canvas.alpha_composite(inside, (left, top))


@lru_cache(maxsize=32)
def _shadow(width: int, height: int, radius: int, reach: int) -> Image.Image:
    """A soft shadow of a rectangle, `2 * reach` wider at every side. Shared: do not draw on it."""
    mask = Image.new("L", (width + 4 * reach, height + 4 * reach), 0)
    mask.paste(rounded(width, height, radius).point([level // 4 for level in range(256)]), (2 * reach, 2 * reach))
    return mask.filter(ImageFilter.GaussianBlur(reach / 2))


def line_mask(line: Line) -> tuple[int, int, Image.Image]:
    """A stroke's coverage, and where it goes in the frame."""
    left, top, right, bottom = line.box
    mask = Image.new("L", ((right - left) * _FINE, (bottom - top) * _FINE), 0)
    pen = ImageDraw.Draw(mask)
    points = [((x - left) * _FINE, (y - top) * _FINE) for x, y in line.points]
    if line.arrow and len(points) > 1:
        head, points[-1] = _head(points[-2], points[-1], line.arrow * _FINE)
        pen.polygon(head, fill=255)
    half = line.width * _FINE / 2
    for stroke in _dashes(points, line.dash * _FINE) if line.dash else [points]:
        pen.line(stroke, fill=255, width=line.width * _FINE, joint="curve")
        for x, y in (stroke[0], stroke[-1]):
            pen.ellipse((x - half, y - half, x + half, y + half), fill=255)
    return left, top, mask.resize((right - left, bottom - top), Image.Resampling.BOX)


_Point = tuple[float, float]


def _head(before: _Point, tip: _Point, long: float) -> tuple[list[_Point], _Point]:
    """The triangle of an arrow's head, and where its stroke ends."""
    away = math.dist(before, tip) or 1.0
    dx, dy = (tip[0] - before[0]) / away, (tip[1] - before[1]) / away
    base = (tip[0] - dx * long, tip[1] - dy * long)
    side = long * 0.55
    corners = [tip, (base[0] - dy * side, base[1] + dx * side), (base[0] + dy * side, base[1] - dx * side)]
    return corners, (tip[0] - dx * long * 0.8, tip[1] - dy * long * 0.8)


def _dashes(points: list[_Point], dash: float) -> list[list[_Point]]:
    """Strokes of length `dash` with gaps of the same length between them."""
    strokes: list[list[_Point]] = []
    drawn, left = True, dash
    stroke = [points[0]]
    for start, end in pairwise(points):
        at, whole = 0.0, math.dist(start, end)
        while whole - at > left:
            at += left
            here = (start[0] + (end[0] - start[0]) * at / whole, start[1] + (end[1] - start[1]) * at / whole)
            if drawn:
                strokes.append([*stroke, here])
            stroke, drawn, left = [here], not drawn, dash
        left -= whole - at
        stroke.append(end)
    if drawn and len(stroke) > 1:
        strokes.append(stroke)
    return strokes


@lru_cache(maxsize=64)
def rounded(width: int, height: int, radius: int, corners: str = "all") -> Image.Image:
    """A mask of a rectangle with round corners. Shared: do not draw on it."""
    radius = min(radius, width // 2, height // 2)
    mask = Image.new("L", (width, height), 255)
    if radius < 1:
        return mask
    fine = Image.new("L", (radius * _FINE, radius * _FINE), 0)
    ImageDraw.Draw(fine).ellipse((0, 0, 2 * radius * _FINE - 1, 2 * radius * _FINE - 1), fill=255)
    corner = fine.resize((radius, radius), Image.Resampling.BOX)
    right, bottom = width - radius, height - radius
    mirrored = ImageOps.mirror(corner)
    if corners != "bottom":
        mask.paste(mirrored, (right, 0))
        mask.paste(corner, (0, 0))
    if corners != "top":
        mask.paste(ImageOps.flip(mirrored), (right, bottom))
        mask.paste(ImageOps.flip(corner), (0, bottom))
    return mask


@lru_cache(maxsize=32)
def icon_mask(name: str, size: int, face: str = "") -> Image.Image:
    """A sign as a mask; a quotation mark is that of the face. Shared: do not draw on it."""
    if name == "quote":
        return _glyph("\u201c", size, face or "display-bold")
    side = size * _FINE
    mask = Image.new("L", (side, side), 0)
    pen = ImageDraw.Draw(mask)

    def at(*points: tuple[float, float]) -> list[tuple[float, float]]:
        return [(x * side, y * side) for x, y in points]

    def stroke(points: list[tuple[float, float]], width: float, ink: int = 255) -> None:
        pen.line(points, fill=ink, width=round(width * side), joint="curve")
        half = width * side / 2
        for x, y in (points[0], points[-1]):
            pen.ellipse((x - half, y - half, x + half, y + half), fill=ink)

    def dot(x: float, y: float, radius: float, ink: int = 255) -> None:
        pen.ellipse([(x - radius) * side, (y - radius) * side, (x + radius) * side, (y + radius) * side], fill=ink)

    if name == "check":
        stroke(at((0.24, 0.53), (0.43, 0.71), (0.77, 0.32)), 0.12)
    elif name in ("arrow", "arrow_back"):
        tail, barb, tip = (0.14, 0.56, 0.84) if name == "arrow" else (0.86, 0.44, 0.16)
        stroke(at((tail, 0.5), (tip, 0.5)), 0.11)
        stroke(at((barb, 0.22), (tip, 0.5), (barb, 0.78)), 0.11)
    elif name == "continued":
        stroke(at((0.16, 0.14), (0.16, 0.6), (0.84, 0.6)), 0.1)
        stroke(at((0.6, 0.36), (0.84, 0.6), (0.6, 0.84)), 0.1)
    elif name == "terminal":
        stroke(at((0.14, 0.24), (0.42, 0.5), (0.14, 0.76)), 0.11)
        stroke(at((0.54, 0.78), (0.86, 0.78)), 0.11)
    elif name == "note":
        dot(0.5, 0.5, 0.5)
        dot(0.5, 0.28, 0.065, 0)
        stroke(at((0.5, 0.46), (0.5, 0.74)), 0.11, 0)
    elif name == "tip":
        dot(0.5, 0.38, 0.36)
        pen.polygon(at((0.31, 0.6), (0.69, 0.6), (0.64, 0.80), (0.36, 0.80)), fill=255)
        stroke(at((0.41, 0.93), (0.59, 0.93)), 0.09)
        stroke(at((0.36, 0.76), (0.64, 0.76)), 0.035, 0)
    else:
        _alert(name, pen, at, dot, stroke)
        stroke(at((0.5, 0.36), (0.5, 0.56)), 0.1, 0)
        dot(0.5, 0.735, 0.06, 0)
    return mask.resize((size, size), Image.Resampling.BOX)


def _alert(name: str, pen: ImageDraw.ImageDraw, at: _Points, dot: _Pen, stroke: _Pen) -> None:
    if name == "warning":
        corners = ((0.5, 0.14), (0.91, 0.85), (0.09, 0.85))
        pen.polygon(at(*corners), fill=255)
        for start, end in zip(corners, (*corners[1:], corners[0]), strict=True):
            stroke(at(start, end), 0.14)
    elif name == "caution":
        pen.polygon(
            at((0.3, 0.02), (0.7, 0.02), (0.98, 0.3), (0.98, 0.7), (0.7, 0.98), (0.3, 0.98), (0.02, 0.7), (0.02, 0.3)),
            fill=255,
        )
    else:
        dot(0.5, 0.5, 0.5)


def _glyph(char: str, size: int, face: str) -> Image.Image:
    drawn = ink(laid(char, face, size * 2).glyphs, (size * 3, size * 3), size / 2, size * 2)
    mask = drawn.crop(drawn.getbbox())
    scale = min(size / mask.width, size / mask.height)
    mask = mask.resize((round(mask.width * scale), round(mask.height * scale)), Image.Resampling.LANCZOS)
    whole = Image.new("L", (size, size), 0)
    whole.paste(mask, (0, 0))
    return whole


def picture(element: Raster, root: Path) -> Image.Image:
    """A picture file at the element's size, RGBA, corners rounded. Raises ValidationError when it cannot be read."""
    left, top, right, bottom = element.part
    # the whole picture at the scale at which the part fills the element
    whole = round(element.width / (right - left)), round(element.height / (bottom - top))
    if is_svg(element.path):
        scale = min(1.0, math.sqrt(_MOST_SVG_PIXELS / (whole[0] * whole[1])))
        seen = svg_picture(element.path, root, max(1, round(whole[0] * scale)), max(1, round(whole[1] * scale)))
        if element.part != (0, 0, 1, 1):
            seen = seen.resize((element.width, element.height), Image.Resampling.LANCZOS, _box(element, seen.size))
        return _with_corners(seen, element)
    try:
        with Image.open(root / element.path) as file:
            file.draft("RGB", (whole[0] * 2, whole[1] * 2))
            upright = ImageOps.exif_transpose(file)
            seen = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise ValidationError(f'the picture "{element.path}" cannot be read: {error}') from error
    seen = seen.resize(
        (element.width, element.height), Image.Resampling.LANCZOS, _box(element, seen.size), reducing_gap=3.0
    )
    return _with_corners(seen.convert("RGBA"), element)


def _box(element: Raster, size: tuple[int, int]) -> tuple[float, float, float, float]:
    """The part of a picture of this size that is shown, pixels."""
    left, top, right, bottom = element.part
    return left * size[0], top * size[1], right * size[0], bottom * size[1]


def _with_corners(seen: Image.Image, element: Raster) -> Image.Image:
    if element.radius:
        mask = np.asarray(rounded(element.width, element.height, element.radius), np.uint16)
        alpha = np.asarray(seen.getchannel("A"), np.uint16)
        seen.putalpha(Image.fromarray(((alpha * mask + 127) // 255).astype(np.uint8)))
    return seen
