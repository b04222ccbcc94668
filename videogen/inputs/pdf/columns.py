"""Pieces of lines -> lines in the order in which they are read: columns one after the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from videogen.inputs.pdf.glyphs import Piece
from videogen.inputs.pdf.pages import CODE, Cell, Line

FEWEST = 5
"""A column has at least so many lines."""


class _Gutter(NamedTuple):
    left: float
    right: float


def lines_of(page: int, pieces: Sequence[Piece], landscape: bool = False) -> list[Line]:
    """The lines of a page in reading order.

    Where text stands in columns, what goes over all of them (a title, a wide table) parts what is above it from what is
    below; between two such lines each column is read from top to bottom. `landscape` pages may be leaflets, whose
    panels are columns whatever stands in them.
    """
    lines: list[Line] = []
    for number, part in enumerate(_parts(sorted(pieces, key=lambda piece: -piece.y), landscape)):
        lines += _merged(page, part, min(piece.x0 for piece in part), max(piece.x1 for piece in part), number)
    return lines


def _parts(pieces: Sequence[Piece], panels: bool) -> list[list[Piece]]:
    """Pieces, from the top of the page, in parts that are read one after the other."""
    if not pieces:
        return []
    if panels and (gutters := _panels(pieces)):
        return [part for column in _split(pieces, gutters) for part in _parts(column, False)]
    band = _band(_rows(pieces))
    if band is None:
        return [list(pieces)]
    above, inside, below, gutter = band
    columns = [part for column in _split(inside, [gutter]) for part in _parts(column, False)]
    return [*_parts(above, False), *columns, *_parts(below, False)]


def _rows(pieces: Sequence[Piece]) -> list[list[Piece]]:
    rows: list[list[Piece]] = []
    for piece in pieces:
        if rows and abs(rows[-1][0].y - piece.y) <= 0.45 * piece.size:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return rows


def _split(pieces: Sequence[Piece], gutters: Sequence[_Gutter]) -> list[list[Piece]]:
    columns: list[list[Piece]] = [[] for _ in range(len(gutters) + 1)]
    for piece in pieces:
        middle = (piece.x0 + piece.x1) / 2
        columns[sum(middle > (gutter.left + gutter.right) / 2 for gutter in gutters)].append(piece)
    return columns


def _band(rows: Sequence[Sequence[Piece]]) -> tuple[list[Piece], list[Piece], list[Piece], _Gutter] | None:
    """The most rows one below the other that a gutter parts into columns of text; what is above and below them."""
    everything = [piece for row in rows for piece in row]
    left, right = min(piece.x0 for piece in everything), max(piece.x1 for piece in everything)
    best: tuple[int, int, _Gutter] | None = None
    at = left + 0.2 * (right - left)
    while right - left > 150 and at < left + 0.8 * (right - left):
        start = 0
        for end in range(len(rows) + 1):
            if end < len(rows) and not any(piece.x0 < at - 1 and piece.x1 > at + 1 for piece in rows[end]):
                continue
            if end - start >= FEWEST and (best is None or end - start > best[1] - best[0]):
                gutter = _text_beside([piece for row in rows[start:end] for piece in row], at)
                if gutter is not None:
                    best = start, end, gutter
            start = end + 1
        at += 3
    if best is None:
        return None
    start, end, gutter = best
    parts = ([piece for row in some for piece in row] for some in (rows[:start], rows[start:end], rows[end:]))
    above, inside, below = parts
    return above, inside, below, gutter


def _text_beside(pieces: Sequence[Piece], at: float) -> _Gutter | None:
    """The gutter at `at`, if text stands on both of its sides: lines that fill their column, not cells of a table."""
    sides = [piece for piece in pieces if piece.x1 <= at + 1], [piece for piece in pieces if piece.x0 >= at - 1]
    for side in sides:
        if len(side) < FEWEST:
            return None
        start, end = min(piece.x0 for piece in side), max(piece.x1 for piece in side)
        rows = _rows(side)
        widths = sorted((max(p.x1 for p in row) - min(p.x0 for p in row)) / max(end - start, 1) for row in rows)
        size = sorted(piece.size for piece in side)[len(side) // 2]
        letters = sum(len(piece.text) for piece in side) / len(rows)
        if len(rows) < FEWEST or widths[len(widths) // 2] < 0.6 or end - start < 9 * size or letters < 18:
            return None
    gutter = _Gutter(max(piece.x1 for piece in sides[0]), min(piece.x0 for piece in sides[1]))
    return gutter if gutter.right - gutter.left >= 6 else None


def _panels(pieces: Sequence[Piece]) -> list[_Gutter]:
    """The gutters of a leaflet: two or three panels of the same width, nothing over more than one of them."""
    left, right = min(piece.x0 for piece in pieces), max(piece.x1 for piece in pieces)
    for count in (3, 2):
        gutters = []
        for index in range(1, count):
            at = left + (right - left) * index / count
            near = 0.06 * (right - left)
            found = [
                _Gutter(max(before, default=left), min(after, default=right))
                for off in range(-int(near), int(near) + 1, 2)
                if not any(piece.x0 < at + off < piece.x1 for piece in pieces)
                for before in [[piece.x1 for piece in pieces if piece.x1 <= at + off]]
                for after in [[piece.x0 for piece in pieces if piece.x0 >= at + off]]
            ]
            wide = [gutter for gutter in found if gutter.right - gutter.left >= 12]
            gutters += wide[:1]
        if len(gutters) == count - 1 and all(len(side) >= 8 for side in _split(pieces, gutters)):
            return gutters
    return []


def _merged(page: int, pieces: Sequence[Piece], left: float, right: float, column: int) -> list[Line]:
    """Pieces of one column that stand on one line, together."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: (-piece.y, piece.x0)):
        near = rows and abs(rows[-1][0].y - piece.y) <= 0.3 * max(piece.size, rows[-1][0].size)
        if near and not piece.table and not rows[-1][0].table:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    lines = []
    for row in rows:
        row.sort(key=lambda piece: piece.x0)
        widest = max(row, key=lambda piece: len(piece.text))
        bold = all(piece.bold for piece in row if any(char.isalnum() for char in piece.text))
        cells = row[0].cells or tuple(piece.cell for piece in row)
        bounds = round(min(left, row[0].x0), 1), round(max(right, row[-1].x1), 1)
        lines.append(Line(page, widest.y, widest.size, bold, cells, *bounds, column, row[0].table))
    return lines


def is_code(line: Line) -> bool:
    """Whether nearly all of it is set in a font of code."""
    return line.share(CODE) > 0.8


__all__ = ["Cell", "is_code", "lines_of"]
