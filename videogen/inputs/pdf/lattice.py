"""Tables that are drawn with lines: rules that cross -> cells, and what stands in each."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import NamedTuple

from videogen.inputs.pdf.glyphs import Glyph, Piece, pieces_of
from videogen.inputs.pdf.pages import CODE, PLAIN, Cell, Span

NEAR = 3.0
"""Points: rules that end so near to each other meet."""

MOST_ROWS = 200
MOST_COLUMNS = 8
MOST_RULES = 4000
"""On a page; one with more is a drawing."""


class Rule(NamedTuple):
    """A line across (`at` is its height) or down (`at` is its place from the left), from `start` to `end`."""

    at: float
    start: float
    end: float


class Grid(NamedTuple):
    """The lines of a table: from the left, and from the top."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]

    def holds(self, glyph: Glyph) -> bool:
        """Whether a letter stands in it."""
        middle = (glyph.x0 + glyph.x1) / 2
        return (
            self.xs[0] - 1 < middle < self.xs[-1] + 1 and self.ys[-1] - 1 < glyph.y + 0.2 * glyph.size < self.ys[0] + 1
        )

    def goes_on(self, glyph: Glyph) -> bool:
        """Whether a letter stands right beside it."""
        inside = self.ys[-1] < glyph.y < self.ys[0]
        left, right = self.xs[0] - glyph.x1, glyph.x0 - self.xs[-1]
        return inside and (-1 < left < 1.5 * glyph.size or -1 < right < 1.5 * glyph.size)


def grids(across: Sequence[Rule], down: Sequence[Rule]) -> list[Grid]:
    """The grids that rules draw: at least two rows, and two columns that a line parts."""
    if len(across) + len(down) > MOST_RULES:
        return []
    wide, high = _joined(across), _joined(down)
    found = []
    for rows, columns in _groups(wide, high):
        left, right = min(rule.start for rule in rows), max(rule.end for rule in rows)
        low, top = min(rule.start for rule in columns), max(rule.end for rule in columns)
        ys = _places([rule for rule in rows if rule.end - rule.start > 0.6 * (right - left)], [low, top])
        xs = _places([rule for rule in columns if rule.end - rule.start > 0.6 * (top - low)], [left, right])
        if 2 <= len(ys) - 1 <= MOST_ROWS and 2 <= len(xs) - 1 <= MOST_COLUMNS:
            found.append(Grid(tuple(xs), tuple(reversed(ys))))
    return found


def _joined(rules: Sequence[Rule]) -> list[Rule]:
    """Rules in one line that meet, as one."""
    levels: list[list[Rule]] = []
    for rule in sorted(rules):
        if levels and rule.at - levels[-1][0].at < 1.5:
            levels[-1].append(rule)
        else:
            levels.append([rule])
    found: list[Rule] = []
    for level in levels:
        run: list[Rule] = []
        for rule in sorted(level, key=lambda rule: rule.start):
            if run and rule.start - run[-1].end < NEAR:
                run[-1] = run[-1]._replace(end=max(run[-1].end, rule.end))
            else:
                run.append(rule)
        found += run
    return [rule for rule in found if rule.end - rule.start > 2 * NEAR]


def _groups(wide: Sequence[Rule], high: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Rules that cross or meet each other."""
    groups: list[tuple[list[Rule], list[Rule]]] = []
    for column in high:
        met = [
            rule for rule in wide
            if rule.start - NEAR < column.at < rule.end + NEAR and column.start - NEAR < rule.at < column.end + NEAR
        ]  # fmt: skip
        if not met:
            continue
        same = [group for group in groups if any(rule in group[0] for rule in met)]
        rows = list(dict.fromkeys([*met, *(rule for group in same for rule in group[0])]))
        groups = [group for group in groups if group not in same]
        groups.append((rows, [column, *(rule for group in same for rule in group[1])]))
    return groups


def _places(rules: Sequence[Rule], ends: Sequence[float]) -> list[float]:
    """Where rules are, in order, those that are double once, with both ends."""
    places: list[float] = []
    for at in sorted([*(rule.at for rule in rules), *ends]):
        if not places or at - places[-1] > NEAR:
            places.append(at)
    return places


def rows_of(grid: Grid, glyphs: Sequence[Glyph], table: int) -> list[Piece]:
    """The rows of a grid as pieces with cells; none where what stands in it is no table.

    `glyphs` are all those of the page: a grid beside which its rows go on shows only a part of a table.
    """
    beside = [glyph for glyph in glyphs if grid.goes_on(glyph)]
    glyphs = [glyph for glyph in glyphs if grid.holds(glyph)]
    rows: list[Piece] = []
    inside: dict[tuple[int, int], list[Glyph]] = {}
    for glyph in glyphs:
        row = sum(glyph.y + 0.2 * glyph.size < y for y in grid.ys[1:-1])
        column = sum((glyph.x0 + glyph.x1) / 2 > x for x in grid.xs[1:-1])
        inside.setdefault((row, column), []).append(glyph)
    columns = range(len(grid.xs) - 1)
    for row in range(len(grid.ys) - 1):
        cells = [pieces_of(inside.get((row, column), [])) for column in columns]
        if any(cells):
            rows += _parted(cells, grid, table) if len(grid.ys) <= 3 else [_row(cells, grid, table)]
    if sum(any(abs(row.y - glyph.y) < 2 for glyph in beside) for row in rows) * 2 > len(rows):
        return []
    filled = [sum(bool(cell.spans) for cell in row.cells) for row in rows]
    spoken = [column for column in columns if sum(bool(row.cells[column].spans) for row in rows) * 2 >= len(rows)]
    if len(rows) < 2 or len(spoken) < 2 or 2 * sum(filled) < len(rows) * len(columns):
        return []
    signs = sum(len(span.text) for row in rows for cell in row.cells for span in cell.spans)
    code = sum(len(span.text) for row in rows for cell in row.cells[1:] for span in cell.spans if span.sort == CODE)
    return rows if code < 0.9 * signs else []


def _parted(cells: Sequence[Sequence[Piece]], grid: Grid, table: int) -> list[Piece]:
    """The rows of a table whose rows no line parts: as many as each of its columns has lines, at the same heights."""
    heights = [[line[0].y for line in _lines(cell)] for cell in cells]
    same = len(heights[0]) > 2 and all(
        len(other) == len(heights[0]) and all(abs(a - b) < 2 for a, b in zip(heights[0], other, strict=True))
        for other in heights
    )
    if not same:
        return [_row(cells, grid, table)]
    lines = [_lines(cell) for cell in cells]
    return [_row([column[at] for column in lines], grid, table) for at in range(len(heights[0]))]


def _lines(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """The pieces of a cell by lines."""
    lines: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: (-piece.y, piece.x0)):
        if lines and abs(lines[-1][0].y - piece.y) < 0.3 * piece.size:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return lines


def _row(cells: Sequence[Sequence[Piece]], grid: Grid, table: int) -> Piece:
    """A row: its cells hold their lines, parted by line ends."""
    made = []
    for (left, right), pieces in zip(itertools.pairwise(grid.xs), cells, strict=True):
        spans: list[Span] = []
        for line in _lines(pieces):
            spans += [Span("\n", PLAIN)] if spans else []
            for number, piece in enumerate(line):
                spans += [Span(" ", PLAIN)] if number else []
                spans += piece.spans
        made.append(Cell(round(left, 1), round(right, 1), tuple(spans)))
    every = [piece for pieces in cells for piece in pieces]
    widest = max(every, key=lambda piece: len(piece.text))
    bold = all(piece.bold for piece in every if any(char.isalnum() for char in piece.text))
    top = max(piece.y for piece in every)
    return Piece(grid.xs[0], grid.xs[-1], top, widest.size, bold, (Span(" ", PLAIN),), tuple(made), table)
