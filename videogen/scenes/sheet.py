"""Contact sheets: pictures in rows with their names, to look at many at once."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from PIL import Image

from videogen.scenes.elements import Text
from videogen.scenes.lettering import text_mask
from videogen.scenes.typefaces import length

_GROUND, _INK, _MUTED = "#14161b", "#f2f4f8", "#9aa3b2"
_GAP, _LABEL = 24, 22
_ACROSS = 3
"""Pictures beside each other on a sheet of one kind or one theme."""


class Row(NamedTuple):
    """Pictures beside each other, and what they show; a place without a picture is left empty."""

    label: str
    pictures: Sequence[Image.Image | None]


def contact_sheet(title: str, columns: Sequence[str], rows: Sequence[Row], height: int = 270) -> Image.Image:
    """Every picture `height` pixels high, under the names of the columns, its row's name over it."""
    sized = [[_sized(picture, height) for picture in row.pictures] for row in rows]
    widths = [
        max((row[index].width for row in sized if index < len(row) and row[index] is not None), default=0)  # type: ignore[union-attr]
        for index in range(len(columns))
    ]
    width = sum(widths) + _GAP * (len(columns) + 1)
    step = height + 2 * _LABEL + _GAP
    sheet = Image.new("RGB", (width, 120 + len(rows) * step + _GAP), _GROUND)
    _write(sheet, title, _GAP, 28, 32, _INK, "display-bold")
    xs = [_GAP * (index + 1) + sum(widths[:index]) for index in range(len(columns))]
    for name, x in zip(columns, xs, strict=True):
        _write(sheet, name, x, 82, _LABEL, _MUTED, "inter-semibold")
    for number, (row, pictures) in enumerate(zip(rows, sized, strict=True)):
        y = 120 + number * step
        _write(sheet, row.label, _GAP, y, _LABEL, _INK, "inter-semibold")
        for picture, x in zip(pictures, xs, strict=False):
            if picture is not None:
                sheet.paste(picture, (x, y + 2 * _LABEL - 6))
    return sheet


def grid_sheet(named: Sequence[tuple[str, Image.Image | None]], height: int = 270) -> Image.Image:
    """Pictures of one shape row by row, each `height` pixels high under its name."""
    pictures = [_sized(picture, height) for _, picture in named]
    wide = max((picture.width for picture in pictures if picture is not None), default=1)
    across = max(1, min(len(named), _ACROSS * 480 // wide))
    step = height + round(_LABEL * 1.7) + _GAP
    rows = -(-len(named) // across)
    sheet = Image.new("RGB", (across * (wide + _GAP) + _GAP, rows * step + _GAP), _GROUND)
    for index, ((name, _), picture) in enumerate(zip(named, pictures, strict=True)):
        x, y = _GAP + index % across * (wide + _GAP), _GAP + index // across * step
        _write(sheet, name, x, y - 4, _LABEL, _INK, "inter-semibold")
        if picture is not None:
            sheet.paste(picture, (x, y + round(_LABEL * 1.7) - 4))
    return sheet


def landscape() -> Image.Image:
    """A picture to show where an example names one: hills in the evening."""
    from PIL import ImageDraw

    wide, high = 1600, 900
    sky = Image.linear_gradient("L").resize((wide, high))
    picture = Image.composite(Image.new("RGB", sky.size, "#ffb26b"), Image.new("RGB", sky.size, "#3c4f9e"), sky)
    pen = ImageDraw.Draw(picture)
    pen.ellipse((1010, 330, 1250, 570), fill="#ffe9b8")
    hills = (("#7d5a91", 520, 90, 1.7), ("#54437e", 620, 70, 2.9), ("#2f2a5c", 730, 60, 4.3))
    for number, (colour, level, swing, turns) in enumerate(hills):
        edge = [(x, level + swing * math.sin(x / wide * turns * math.pi + number * 1.9)) for x in range(0, wide + 1, 8)]
        pen.polygon([(0, high), *edge, (wide, high)], fill=colour)
    return picture


def _sized(picture: Image.Image | None, height: int) -> Image.Image | None:
    if picture is None:
        return None
    size = (max(1, round(picture.width * height / picture.height)), height)
    return picture.convert("RGB").resize(size, Image.Resampling.LANCZOS)


def _write(sheet: Image.Image, text: str, x: int, y: int, size: int, colour: str, face: str) -> None:
    if not text:
        return
    box = (x, y, round(length(text, face, size) + 0.5), round(size * 1.3))
    left, top, mask = text_mask(Text(text, *box, size, face, colour))
    sheet.paste(colour, (left, top), mask)
