"""Contact sheets: pictures in rows with their names, to look at many at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PIL import Image

from videogen.scenes.elements import Text
from videogen.scenes.paint import text_mask
from videogen.scenes.typefaces import length

_GROUND, _INK, _MUTED = "#14161b", "#f2f4f8", "#9aa3b2"
_GAP, _LABEL = 24, 22


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
