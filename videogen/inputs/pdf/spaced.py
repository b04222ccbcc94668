"""Listings whose letters are spaced out: code in a font that is not made for it, each letter in a cell of its own.

So LaTeX sets a listing where nobody asks for a typewriter's font. Between such letters there are gaps as wide as
between words; what is a space shows in the cells only.
"""

from __future__ import annotations

import cmath
import math
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from videogen.inputs.pdf.glyphs import SPACE, Glyph, Piece, sort_of
from videogen.inputs.pdf.pages import CODE, MATH, Span

FEWEST_ROWS = 3
FEWEST_LETTERS = 40
"""Of a listing: with fewer, letters may stand in cells by chance."""

SURE = 0.6
"""How well letters stand in their cells, from 0 to 1; those of a text below 0.4."""

MANY = 0.35
"""Of the places between letters are spaces, or look like them."""

MOST_SIGNS = 0.35
"""Of letters are of formulas, in which letters are apart too."""

A_SPACE = 1.6
"""Of the width of a cell: letters whose middles are farther apart have a space between them."""

_SIGNS = str.maketrans({"∗": "*", "−": "-", "ˆ": "^", "˜": "~", "”": '"', "“": '"', "’": "'", "‘": "'", "–": "-"})


class _Row(NamedTuple):
    y: float
    size: float
    glyphs: tuple[Glyph, ...]
    """Without a line number."""
    numbered: bool


def spaced(rows: Sequence[Sequence[Glyph]]) -> tuple[list[Piece], list[list[Glyph]]]:
    """The lines of listings among rows from the top of a page, as pieces of code; and the other rows."""
    pieces: list[Piece] = []
    rest: list[list[Glyph]] = []
    run: list[list[Glyph]] = []
    for row in [*rows, []]:
        if row and _may_be(row) and (not run or _follows(run[-1], row)):
            run.append(list(row))
            continue
        found = _listing([_row(each) for each in run])
        if found:
            pieces += found
        else:
            rest += run
        run = []
        if row and _may_be(row):
            run = [list(row)]
        elif row:
            rest.append(list(row))
    return pieces, rest


def _may_be(row: Sequence[Glyph]) -> bool:
    """Whether a row may be one of a listing: its letters are apart, or there are few."""
    given = _row(row)
    sorts = [sort_of(glyph.font) for glyph in given.glyphs]
    if CODE in sorts[:3] or (len(sorts) >= 6 and sorts.count(MATH) > MOST_SIGNS * len(sorts)):
        return False
    return given.numbered or len(sorts) < 3 or _apart(given.glyphs) > MANY


def _apart(glyphs: Sequence[Glyph]) -> float:
    gaps = [after.x0 - before.x1 > SPACE * before.size for before, after in pairwise(glyphs)]
    return sum(gaps) / len(gaps)


def _follows(before: Sequence[Glyph], row: Sequence[Glyph]) -> bool:
    size = row[0].size
    return abs(before[0].size - size) < 0.3 * size and 0 < before[0].y - row[0].y < 2.5 * size


def _row(row: Sequence[Glyph]) -> _Row:
    glyphs = sorted(row, key=lambda glyph: glyph.x0)
    count = next((at for at, glyph in enumerate(glyphs) if not glyph.text.isdigit()), len(glyphs))
    numbered = 0 < count <= 3 and (count == len(glyphs) or glyphs[count].x0 - glyphs[count - 1].x1 > glyphs[0].size)
    return _Row(glyphs[0].y, glyphs[0].size, tuple(glyphs[count:] if numbered else glyphs), numbered)


def _listing(rows: Sequence[_Row]) -> list[Piece]:
    """The lines of a listing; none where the letters of the rows stand in no cells."""
    full = [row for row in rows if len(row.glyphs) >= 6]
    letters = sum(len(row.glyphs) for row in full)
    if len(full) < FEWEST_ROWS or letters < FEWEST_LETTERS:
        return []
    size = full[0].size
    widths = [size * step / 1000 for step in range(450, 750)]
    wide = max(widths, key=lambda wide: _fit(full, wide))
    if _fit(full, wide) < SURE:
        return []
    left = min(_middle(row.glyphs[0]) for row in rows if row.glyphs)
    return list(_lines(rows, wide, left))


def _fit(rows: Sequence[_Row], wide: float) -> float:
    """How well the middles of letters stand in cells so wide: the mean resultant length of their phases."""
    total = 0.0
    letters = 0
    for row in rows:
        total += abs(sum(cmath.exp(2j * math.pi * _middle(glyph) / wide) for glyph in row.glyphs))
        letters += len(row.glyphs)
    return total / letters


def _middle(glyph: Glyph) -> float:
    return (glyph.x0 + glyph.x1) / 2


def _lines(rows: Sequence[_Row], wide: float, left: float) -> Iterator[Piece]:
    for row in rows:
        if not row.glyphs:
            continue
        text = ""
        first = round((_middle(row.glyphs[0]) - left) / wide)
        before = row.glyphs[0]
        for glyph in row.glyphs:
            if _middle(glyph) - _middle(before) > A_SPACE * wide:
                text += " " * max(round((_middle(glyph) - left) / wide) - first - len(text), 1)
            text += glyph.text.translate(_SIGNS).replace("\ufffd", "")
            before = glyph
        if text.strip():
            x = left + (first - 0.5) * wide
            yield Piece(x, x + wide * len(text), row.y, row.size, False, (Span(text, CODE),))
