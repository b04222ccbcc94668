"""Shaping: a text on one line as glyphs in their places. HarfBuzz comes within its wheel: the same everywhere."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

import uharfbuzz as hb

from videogen.scenes.bidi import visual
from videogen.scenes.fontfiles import UNIT, FontFile, sized
from videogen.scenes.runs import FILL, Run, clusters, is_emoji

_APART = frozenset({"", "Latn", "Grek", "Cyrl", "Hani", "Hira", "Kana", "Hang", "Armn", "Geor"})
"""Scripts whose letters do not join or stack: they may be tracked, and set one to a cell."""


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


def columns(text: str) -> int:
    """Cells that a text takes in a listing: two for wide characters (UAX #11) and pictures, none for marks."""
    cells = 0
    for cluster in clusters(text):
        first = cluster[0]
        if unicodedata.category(first) in ("Mn", "Me", "Cf"):
            continue
        cells += 2 if unicodedata.east_asian_width(first) in "WF" or (is_emoji(cluster) and first != FILL) else 1
    return cells


def plain(
    text: str, file: FontFile, size: int, features: Sequence[str], tracking: float, language: str | None
) -> Laid | None:
    """A text that runs left to right in one font; None when the font lacks something of it."""
    glyphs, width = _shaped(text, file, size, features, tracking, None, language)
    return None if any(glyph.code == 0 for glyph in glyphs) else Laid(glyphs, width / UNIT)


def line(
    runs: Sequence[Run], size: int, features: Sequence[str], tracking: float, cell: float, language: str | None
) -> Laid:
    """Runs set from left to right; where letters have cells of a width, those of stand-in fonts are centred in them."""
    glyphs: list[Glyph] = []
    at = 0
    pieces = [piece for run in runs for piece in (_celled(run) if cell else [run])]
    for index in visual([piece.level for piece in pieces]):
        run = pieces[index]
        loose = tracking if run.script in _APART else 0.0
        placed, width = _shaped(run.text, run.file, size, features, loose, run, language)
        if cell and not run.first:
            room = columns(run.text) * cell * UNIT
            if width > room:
                placed, width = _shaped(run.text, run.file, size * room / width, features, loose, run, language)
            at += round((room - width) / 2)
            width = round(room) - round((room - width) / 2)
        glyphs += [glyph._replace(x=glyph.x + at) for glyph in placed]
        at += width
    return Laid(glyphs, at / UNIT)


def _celled(run: Run) -> list[Run]:
    """A stand-in's letters one by one where they stand apart."""
    if run.first or run.script not in _APART:
        return [run]
    return [run._replace(text=cluster) for cluster in clusters(run.text)]


def _shaped(
    text: str,
    file: FontFile,
    size: float,
    features: Sequence[str],
    tracking: float,
    run: Run | None = None,
    language: str | None = None,
) -> tuple[list[Glyph], int]:
    buffer = hb.Buffer()
    buffer.add_str(text.replace(FILL, ""))
    buffer.guess_segment_properties()
    if run:
        buffer.direction = "rtl" if run.level & 1 else "ltr"
        if run.script:
            buffer.script = run.script
    if language:
        buffer.language = language
    font = sized(file, size)
    hb.shape(font, buffer, features_of(features))
    glyphs: list[Glyph] = []
    at, more = 0, round(tracking * UNIT)
    for info, place in zip(buffer.glyph_infos, buffer.glyph_positions or (), strict=True):
        if run and not info.codepoint:  # no box for what no font has
            continue
        glyphs.append(Glyph(font, info.codepoint, at + place.x_offset, place.y_offset))
        at += place.x_advance + (more if place.x_advance else 0)
    return glyphs, at
