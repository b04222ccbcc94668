"""Tables: lines whose cells stand one below the other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from videogen.inputs.pdf.columns import is_code
from videogen.inputs.pdf.pages import MATH, PLAIN, Cell, Line, Span

MOST_COLUMNS = 8
_MARK = re.compile(r"(?:[•▪◦‣■●○–—*·\ufffd-]|\(?(?:\d{1,2}|[a-z])[.)]|\[\d{1,3}\])$")


class Table(NamedTuple):
    """A table that takes `lines` lines."""

    rows: list[tuple[int, list[tuple[Span, ...]]]]
    """Page and cells of each row."""
    lines: int
    headed: bool = True
    """Whether its first row names its columns."""

    @property
    def tells(self) -> bool:
        """Whether most of its rows tell something in words, even where formulas stand beside them."""
        told = [any(_share_of_words(cell) > 0.4 for cell in row) for _, row in self.rows]
        return 3 * sum(told) >= 2 * len(told)

    @property
    def speaks(self) -> bool:
        """Whether words stand in it; a matrix has none."""
        words = sum(
            bool(re.search(r"[^\W\d_]{3}", "".join(s.text for s in cell))) for _, row in self.rows for cell in row
        )
        return 2 * words >= len(self.rows)


def table_at(lines: Sequence[Line], at: int, stops: set[int]) -> Table | None:
    """A table that begins at a line; `stops` are lines that are something else."""
    end = at
    while end < len(lines) and end not in stops and _belongs(lines, at, end):
        end += 1
    while end > at and len(lines[end - 1].cells) < 2 and not _under(lines[at:end], lines[end - 1]):
        end -= 1
    run = lines[at:end]
    many = [line for line in run if len(line.cells) > 1]
    if len(many) < 3 or len(many) * 2 < len(run) or _MARK.match(run[0].cells[0].text) or _is_listed(run):
        return None
    columns = _columns(many)
    if not 2 <= len(columns) <= MOST_COLUMNS:
        return None
    rows: list[tuple[int, list[tuple[Span, ...]]]] = []
    before: Line | None = None
    for line in run:
        cells: list[tuple[Span, ...]] = [()] * len(columns)
        for cell in line.cells:
            index = min(range(len(columns)), key=lambda one: _distance(columns[one], cell))
            cells[index] = (*cells[index], *([Span(" ", "")] if cells[index] else []), *cell.spans)
        close = before is not None and before.y - line.y < 1.3 * line.size
        if rows and (not cells[0] or (len(line.cells) == 1 and close)) and close:
            joined = [(*a, *([Span(" ", "")] if a and b else []), *b) for a, b in zip(rows[-1][1], cells, strict=True)]
            rows[-1] = (rows[-1][0], joined)
        else:
            rows.append((line.page, cells))
        before = line
    filled = sum(bool(cell) for _, row in rows for cell in row)
    letters = sum(len(span.text) for _, row in rows for cell in row for span in cell)
    if len(rows) < 2 or filled < 0.6 * len(rows) * len(columns) or letters > 90 * filled:
        return None
    return Table(rows, end - at, _is_head([cells for _, cells in rows], run[0].bold, many[-1].bold))


def drawn_at(lines: Sequence[Line], at: int) -> Table:
    """The table drawn with lines that begins at a line, with what of it stands on the pages after."""
    end = at + 1
    while end < len(lines) and _goes_on(lines[end - 1], lines[end]):
        end += 1
    rows = [(line.page, [cell.spans for cell in line.cells]) for line in lines[at:end]]
    first = rows[0][1]
    rows = [rows[0], *(row for row in rows[1:] if row[1] != first)]  # the head comes again on every page
    bold = len(rows) > 1 and lines[at].bold, lines[end - 1].bold
    return Table(rows, end - at, _is_head([cells for _, cells in rows], *bold))


def _goes_on(before: Line, line: Line) -> bool:
    """Whether a table goes on: the next row, or the first one of the next page or column."""
    if not line.table or len(line.cells) != len(before.cells):
        return False
    if (line.page, line.table) == (before.page, before.table):
        return True
    widths = [cell.x1 - cell.x0 for cell in line.cells], [cell.x1 - cell.x0 for cell in before.cells]
    follows = (line.page, line.column) != (before.page, before.column)
    return follows and all(abs(a - b) < 5 for a, b in zip(*widths, strict=True))


def _is_head(rows: Sequence[Sequence[tuple[Span, ...]]], bold: bool, last: bool) -> bool:
    """Whether the first row names the columns: it is bold, or short words and no more."""
    if bold and not last:
        return True
    texts = ["".join(span.text for span in cell).strip() for cell in rows[0]]
    sorts = {span.sort for cell in rows[0] for span in cell if span.text.strip()}
    names = all(len(text.split()) <= 4 and not text.endswith((".", ";", ",")) for text in texts)
    return (
        names
        and sorts <= {PLAIN}
        and sum(map(bool, texts)) > 1
        and not any(re.fullmatch(r"[\W\d]+", text) for text in texts)
    )


def _share_of_words(cell: Sequence[Span]) -> float:
    text = "".join(span.text for span in cell if span.sort == PLAIN)
    signs = len(re.sub(r"\s", "", "".join(span.text for span in cell)))
    return sum(map(len, re.findall(r"[^\W\d_]{3,}", text))) / signs if signs else 0.0


def _belongs(lines: Sequence[Line], at: int, end: int) -> bool:
    line = lines[end]
    if is_code(line) or line.share(MATH) > 0.6:
        return False
    if end == at:
        return len(line.cells) > 1
    before = lines[end - 1]
    near = line.page == before.page and line.column == before.column and 0 < before.y - line.y < 2.6 * line.size
    if not near or abs(line.size - lines[at].size) > 0.2 * line.size:
        return False
    return len(line.cells) > 1 or _under(lines[at:end], line)


def _under(run: Sequence[Line], line: Line) -> bool:
    """Whether a lone cell goes on below one column of a table."""
    columns = _columns([other for other in run if len(other.cells) > 1])
    cell = line.cells[0]
    inside = [column for column in columns if cell.x0 >= column[0] - 2 and cell.x1 <= column[1] + line.size]
    return len(columns) > 1 and bool(inside)


def _columns(lines: Sequence[Line]) -> list[tuple[float, float]]:
    """The stretches that cells take, those that overlap as one."""
    stretches = sorted((cell.x0, cell.x1) for line in lines for cell in line.cells)
    columns: list[tuple[float, float]] = []
    for start, end in stretches:
        if columns and start < columns[-1][1] + 2:
            columns[-1] = (columns[-1][0], max(end, columns[-1][1]))
        else:
            columns.append((start, end))
    return columns


def _distance(column: tuple[float, float], cell: Cell) -> float:
    return (
        abs((column[0] + column[1]) / 2 - (cell.x0 + cell.x1) / 2) if cell.x0 > column[1] or cell.x1 < column[0] else -1
    )


def _is_listed(run: Sequence[Line]) -> bool:
    """Whether most of its lines begin with the mark of a list."""
    return sum(bool(_MARK.match(line.cells[0].text)) for line in run) * 2 > len(run)
