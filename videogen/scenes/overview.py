"""A listing seen from afar: a bar for every line, too small to be read and so not written; what is spoken of is lit."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from videogen.scenes.colours import mix
from videogen.scenes.elements import Element, Shape
from videogen.scenes.page import Page
from videogen.scenes.panel import Tokens, colour_of

Box = tuple[int, int, int, int]
"""Left, top, right, bottom."""

_MOST_COLUMNS = 6
_CELL = 0.42
"""Width of a character for its line's height, as code is set."""
_GAP = 4
"""Characters between columns."""
_WIDEST = 100
"""Characters of a line that are shown."""
_FAINT = 0.3
"""Share of text's colour in the bars of lines that are not spoken of."""
_HIGHEST, _LEAST = 22, 3
"""Pixels of 1080 that a line has: with more it would look like writing, with less not like lines."""


@dataclass(frozen=True)
class Overview:
    """Where the lines are: in columns of `rows` lines, each `pitch` high."""

    page: Page
    box: Box
    rows: int
    pitch: float
    across: float
    """Pixels from a column to the next."""

    @property
    def cell(self) -> float:
        """Width of a character."""
        return self.pitch * _CELL

    def place(self, line: int) -> tuple[float, float]:
        """Where a line begins."""
        column, row = divmod(line, self.rows)
        return self.box[0] + column * self.across, self.box[1] + row * self.pitch

    def around(self, lines: Sequence[int]) -> Box:
        """The lines that follow the first of these, as far as they stand in its column."""
        x, y = self.place(lines[0])
        own = [line for line in lines if line // self.rows == lines[0] // self.rows]
        bottom = self.place(max(own))[1] + self.pitch
        return round(x - 2 * self.cell), round(y), round(x + self.across - _GAP * self.cell), round(bottom)


def overview(lines: Sequence[Tokens], page: Page, box: Box) -> Overview:
    """The lines in as many columns as make them largest in a box, in its middle."""
    left, top, right, bottom = box
    longest = min(max(sum(len(token.text) for token in line) for line in lines), _WIDEST)
    best = None
    for columns in range(1, _MOST_COLUMNS + 1):
        rows = -(-len(lines) // columns)
        letters = columns * (longest + _GAP)
        pitch = min((bottom - top) / rows, (right - left) / letters / _CELL, page.px(_HIGHEST))
        if best is None or pitch > best[0] * 1.05:
            best = pitch, rows, -(-len(lines) // rows)
    assert best is not None
    pitch, rows, columns = best
    # columns have all the width, as far as they still look like one listing
    across = min((right - left) / columns, (longest + _GAP) * pitch * _CELL * 1.5)
    free = right - left - columns * across + _GAP * pitch * _CELL
    inset = max(0, round(free / 2)) if columns > 1 else 0
    down = round((bottom - top - rows * pitch) / 2)
    return Overview(page, (left + inset, top + max(0, down), right, bottom), rows, pitch, across)


def bars(seen: Overview, lines: Sequence[Tokens], lit: Collection[int], band: str) -> list[Element]:
    """The lines; those that are lit stand on a band and in their colours."""
    theme = seen.page.theme
    faint = mix(theme.surface, theme.code.text, _FAINT)
    bar = max(1, round(seen.pitch * 0.5))
    found: list[Element] = []
    for run in _runs(lit, seen.rows):
        left, top, right, bottom = seen.around(run)
        found.append(Shape(left, top, right - left, bottom - top, 0, band))
        found.append(Shape(left, top, max(2, seen.page.px(4)), bottom - top, 0, seen.page.accent))
    drawn = (-1, -1.0)
    for index, line in enumerate(lines):
        x, y = seen.place(index)
        if index not in lit and drawn[0] == index // seen.rows and y - drawn[1] < seen.page.px(_LEAST):
            continue
        drawn = index // seen.rows, y
        if index in lit:
            column = 0
            for token in line:
                begin = column + len(token.text) - len(token.text.lstrip())
                found += _bar(seen, x, y, begin, column + len(token.text.rstrip()), bar, colour_of(token.style, theme))
                column += len(token.text)
        elif text := "".join(token.text for token in line).rstrip():
            found += _bar(seen, x, y, len(text) - len(text.lstrip()), len(text), bar, faint)
    return found


def _bar(seen: Overview, x: float, y: float, begin: int, end: int, bar: int, colour: str) -> list[Shape]:
    end = min(end, _WIDEST)
    if end <= begin:
        return []
    left, right = round(x + begin * seen.cell), round(x + end * seen.cell)
    top = round(y + (seen.pitch - bar) / 2)
    return [Shape(left, top, max(1, right - left - (1 if right - left > 3 else 0)), bar, 0, colour)]


def _runs(lit: Collection[int], rows: int) -> list[list[int]]:
    """Lit lines that follow each other in a column."""
    runs: list[list[int]] = []
    for line in sorted(lit):
        if runs and runs[-1][-1] == line - 1 and line % rows:
            runs[-1].append(line)
        else:
            runs.append([line])
    return runs


def seen_through(place: Box, stage: Box) -> Box:
    """What a stage shrinks into when it is drawn back to a place on it: a box of its shape around that, inside it."""
    left, top, right, bottom = stage
    wide, high = right - left, bottom - top
    share = min(max((place[2] - place[0]) / wide, (place[3] - place[1]) / high, 0.12), 0.8)
    x = min(max((place[0] + place[2] - wide * share) / 2, left), right - wide * share)
    y = min(max((place[1] + place[3] - high * share) / 2, top), bottom - high * share)
    return round(x), round(y), round(x + wide * share), round(y + high * share)
