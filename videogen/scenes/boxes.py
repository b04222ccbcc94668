"""The boxes of a diagram: how large each shape has to be for its label, and what it is drawn with."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from videogen.model.graph import NodeShape
from videogen.scenes.elements import Bitmap, Element, Shape
from videogen.scenes.page import Page
from videogen.scenes.typeset import Line, Word

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

_FINE = 4
_Points = list[tuple[float, float]]


def box_size(shape: NodeShape, width: int, height: int, size: int, snug: bool = False) -> tuple[int, int]:
    """Width and height of a box around a label of this width and height, set in type of a size. Both even."""
    wide, high = (width + 1.1 * size, height + 0.7 * size) if snug else (width + 1.5 * size, height + 1.05 * size)
    if shape == "pill":
        wide = width + 2 * size
    elif shape == "circle":
        wide = high = max(math.hypot(width, height) + 0.7 * size, 2.4 * size)
    elif shape == "diamond":
        # a rectangle w by h fits a diamond W by H when w / W + h / H <= 1
        wide = 1.7 * (width + 0.5 * size)
        high = (height + 0.3 * size) / (1 - 1 / 1.7)
    elif shape in ("hexagon", "slanted"):
        wide = width + (1.8 if snug else 2.4) * size
    elif shape == "double":
        wide = width + 2.2 * size
    elif shape == "cylinder":
        high += 0.65 * size
    return 2 * round(max(wide, 2.6 * size) / 2), 2 * round(high / 2)


def outline(shape: NodeShape, wide: int, high: int, size: int) -> list[tuple[float, float]] | None:
    """The corners of a box that is not a rectangle, from its upper left corner: what lines lead up to."""
    if shape == "circle":
        turns = [2 * math.pi * step / 48 for step in range(48)]
        return [(wide / 2 * (1 + math.cos(turn)), high / 2 * (1 + math.sin(turn))) for turn in turns]
    if shape in ("pill", "round"):
        radius = high / 2 if shape == "pill" else min(size * 0.75, high / 2)
        quarter = [math.pi / 2 * step / 12 for step in range(13)]
        return [
            (x + radius * math.cos(turn + start), y + radius * math.sin(turn + start))
            for x, y, start in (
                (wide - radius, high - radius, 0.0),
                (radius, high - radius, math.pi / 2),
                (radius, radius, math.pi),
                (wide - radius, radius, 3 * math.pi / 2),
            )
            for turn in quarter
        ]
    return _corners(shape, wide, high, size) if shape in ("diamond", "hexagon", "slanted") else None


def box_elements(
    shape: NodeShape,
    centre: tuple[float, float],
    extent: tuple[int, int],
    label: Sequence[Line],
    size: int,
    page: Page,
) -> tuple[Element, ...]:
    """A box with its label: where a way begins or ends it is filled with the accent, where it parts it is outlined
    in it."""
    theme, line = page.theme, page.px(3)
    wide, high = extent
    x, y = round(centre[0] - wide / 2), round(centre[1] - high / 2)
    filled = shape in ("pill", "circle")
    fill = page.accent if filled else theme.surface
    border = page.accent if shape in ("diamond", "hexagon") else _between(theme.border, theme.muted)
    ink = theme.on_accent if filled else theme.text
    parts: list[Element]
    if shape in ("box", "round", "pill", "circle", "double"):
        radius = {"box": min(page.radius, size // 2), "double": min(page.radius, size // 4)}.get(
            shape, min(wide, high) // 2
        )
        if shape == "round":
            radius = min(size * 3 // 4, high // 2)
        edge = None if filled else border
        parts = [Shape(x, y, wide, high, radius, fill, 1.0, edge, 0 if filled else line, "all", page.shadow // 2)]
        if shape == "double":
            inset = round(size * 0.4)
            parts += [Shape(x + at, y + line, line, high - 2 * line, 0, border) for at in (inset, wide - inset - line)]
    else:
        parts = [Bitmap(_drawn(shape, wide, high, line, fill, border, size), x, y)]
    leading = round(size * 1.26)
    lines = [tuple(_inked(word, ink) for word in words) for words in label]
    top = round(y + (high - len(lines) * leading) / 2)
    if shape == "cylinder":
        top += round(size * 0.2)
    return *parts, *page.block(lines, x, top, size, leading, "label", "center", wide)


def _between(one: str, other: str) -> str:
    """A colour between two, nearer to the first: hairlines of panels are too faint for what is to be followed."""
    from videogen.scenes.backdrop import rgb

    parts = zip(rgb(one), rgb(other), strict=True)
    return "#" + "".join(f"{(3 * a + 2 * b) // 5:02x}" for a, b in parts)


def _inked(word: Word, ink: str) -> Word:
    return replace(word, colour=ink)


def _drawn(shape: NodeShape, wide: int, high: int, line: int, fill: str, border: str, size: int) -> Image:
    """A shape with corners that are not those of a rectangle, or a drum."""
    import PIL.Image
    import PIL.ImageDraw

    mask = PIL.Image.new("L", (wide * _FINE, high * _FINE), 0)
    inner = mask.copy()
    if shape == "cylinder":
        for picture, inset in ((mask, 0), (inner, line * _FINE)):
            _drum(PIL.ImageDraw.Draw(picture), wide * _FINE, high * _FINE, size * 0.28 * _FINE, inset)
        pen = PIL.ImageDraw.Draw(inner)
        reach = size * 0.28 * _FINE
        box = (line * _FINE / 2, line * _FINE / 2, (wide - line / 2) * _FINE, 2 * reach)
        pen.arc(box, 0, 180, fill=0, width=line * _FINE)
    else:
        points = _corners(shape, wide, high, size)
        radius = max(size * 0.16, 1.6 * line)
        for picture, inset in ((mask, 0.0), (inner, float(line))):
            _rounded_polygon(PIL.ImageDraw.Draw(picture), points, radius, inset)
    mask, inner = (picture.resize((wide, high), PIL.Image.Resampling.BOX) for picture in (mask, inner))
    whole = PIL.Image.new("RGBA", (wide, high), border)
    whole.paste(fill, (0, 0), inner)
    whole.putalpha(mask)
    return whole


def _corners(shape: NodeShape, wide: int, high: int, size: int) -> _Points:
    slant = size * 0.7
    if shape == "diamond":
        return [(wide / 2, 0), (wide, high / 2), (wide / 2, high), (0, high / 2)]
    if shape == "hexagon":
        return [(slant, 0), (wide - slant, 0), (wide, high / 2), (wide - slant, high), (slant, high), (0, high / 2)]
    return [(slant, 0), (wide, 0), (wide - slant, high), (0, high)]


def _rounded_polygon(pen: ImageDraw, points: _Points, radius: float, inset: float) -> None:
    """A convex polygon with its corners rounded, `inset` pixels smaller all around."""
    shrunk = [(x * _FINE, y * _FINE) for x, y in _inside(points, radius)]
    pen.polygon(shrunk, fill=255)
    reach = (radius - inset) * _FINE
    for start, end in zip(shrunk, [*shrunk[1:], shrunk[0]], strict=True):
        pen.line([start, end], fill=255, width=round(2 * reach))
        pen.ellipse((start[0] - reach, start[1] - reach, start[0] + reach, start[1] + reach), fill=255)


def _inside(points: _Points, distance: float) -> _Points:
    """The corners of a convex polygon, given clockwise, with every side moved inwards by a distance."""
    sides: list[tuple[float, float, float]] = []
    for (x0, y0), (x1, y1) in zip(points, [*points[1:], points[0]], strict=True):
        long = math.dist((x0, y0), (x1, y1))
        # the side as a x + b y = c, with (a, b) of length 1 pointing inwards
        a, b = (y0 - y1) / long, (x1 - x0) / long
        sides.append((a, b, a * x0 + b * y0 + distance))
    corners: _Points = []
    for (a, b, c), (d, e, f) in zip([sides[-1], *sides[:-1]], sides, strict=True):
        area = a * e - b * d
        corners.append(((c * e - b * f) / area, (a * f - c * d) / area))
    return corners


def _drum(pen: ImageDraw, wide: float, high: float, reach: float, inset: float) -> None:
    pen.ellipse((inset, inset, wide - inset - 1, 2 * reach - inset), fill=255)
    pen.rectangle((inset, reach, wide - inset - 1, high - reach), fill=255)
    pen.ellipse((inset, high - 2 * reach + inset, wide - inset - 1, high - inset - 1), fill=255)
