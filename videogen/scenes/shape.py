"""Shaping: a text on one line as glyphs in their places. HarfBuzz comes within its wheel: the same everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import uharfbuzz as hb

from videogen.scenes.fontfiles import UNIT, FontFile, sized


class Glyph(NamedTuple):
    """A glyph of a font and where its origin goes: 64ths of a pixel right of the line's left end and above the
    baseline."""

    font: hb.Font
    code: int
    x: int
    y: int


class Laid(NamedTuple):
    """A line laid out: glyphs from left to right, and its advance width in pixels."""

    glyphs: list[Glyph]
    width: float


def features_of(wanted: Sequence[str]) -> dict[str, bool]:
    """OpenType features as HarfBuzz takes them.

    >>> features_of(("tnum", "-liga"))
    {'tnum': True, 'liga': False}
    """
    return {name.lstrip("-"): not name.startswith("-") for name in wanted}


def shaped(text: str, file: FontFile, size: int, features: Sequence[str] = (), tracking: float = 0.0) -> Laid:
    """A text in one font; `tracking` is extra pixels after each letter."""
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    font = sized(file, size)
    hb.shape(font, buffer, features_of(features))
    glyphs: list[Glyph] = []
    at, more = 0, round(tracking * UNIT)
    for info, place in zip(buffer.glyph_infos, buffer.glyph_positions or (), strict=True):
        glyphs.append(Glyph(font, info.codepoint, at + place.x_offset, place.y_offset))
        at += place.x_advance + (more if place.x_advance else 0)
    return Laid(glyphs, at / UNIT)
