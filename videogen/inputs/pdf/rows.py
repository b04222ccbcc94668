"""Tables and code of a PDF as rows of Markdown, each with its page."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from videogen.inputs.hyphens import Hyphens
from videogen.inputs.pdf.look import letter_width
from videogen.inputs.pdf.pages import CODE, PLAIN, Line, Span
from videogen.inputs.pdf.spans import clean, is_divided, markdown_of, with_rest
from videogen.inputs.pdf.tables import Table

Row = tuple[int, str]


def table_rows(table: Table, hyphens: Hyphens) -> list[Row]:
    """A table; one without a head has an empty one."""
    page, first = table.rows[0]
    rows = table.rows if table.headed else [(page, [() for _ in first]), *table.rows]
    written: list[Row] = []
    for index, (page, cells) in enumerate(rows):
        written.append((page, "| " + " | ".join(_cell(cell, hyphens) for cell in cells) + " |"))
        if index == 0:
            written.append((page, "|" + " --- |" * len(cells)))
    return [*written, (table.rows[-1][0], "")]


def _cell(spans: Sequence[Span], hyphens: Hyphens) -> str:
    """What a cell says; addresses and paths that are divided where a part of them ends are whole."""
    rows: list[list[Span]] = [[]]
    for span in spans:
        if span.text == "\n":
            rows.append([])
        else:
            rows[-1].append(span)
    join(rows, hyphens)
    joined: list[Span] = []
    for row in rows:
        path = joined and row and joined[-1].sort == row[0].sort == CODE
        if joined and not (path and is_divided(joined[-1].text, row[0].text)):
            joined.append(Span(" ", joined[-1].sort if path else PLAIN))
        joined += row
    return markdown_of(joined).replace("\n", " ")


def code_rows(lines: Sequence[Line], leading: float) -> list[Row]:
    """Code, fenced, each line set in as far as it stands from the left; `leading` is that of the text, in ems."""
    left = min(line.x0 - line.left for line in lines)
    wide = letter_width(lines)
    shown: list[Row] = []
    for before, line in zip([None, *lines], lines, strict=False):
        if before and before.page == line.page and before.y - line.y > 1.7 * leading * line.size:
            shown.append((line.page, ""))
        text = ""
        for cell in line.cells:
            at = round((cell.x0 - line.left - left) / wide)
            text += " " * max(at - len(text), 1 if text else 0) + clean("".join(span.text for span in cell.spans))
        shown.append((line.page, text.rstrip()))
    ticks = max([2, *(len(run) for _, text in shown for run in re.findall("`+", text))]) + 1
    kind = "console" if re.match(r"[$%#] \S", shown[0][1].strip()) else ""
    fence = (shown[0][0], "`" * ticks + kind)
    return [fence, *shown, (shown[-1][0], "`" * ticks), (shown[-1][0], "")]


def join(rows: Sequence[list[Span]], hyphens: Hyphens) -> None:
    """Moves the rest of a word that a line end divides to the line where it begins."""
    for row, after in itertools.pairwise(rows):
        if row and after and row[-1].sort == after[0].sort == PLAIN:
            first, second = hyphens.joined(row[-1].text.rstrip(), after[0].text.lstrip())
            if (first, second) == (row[-1].text.rstrip(), after[0].text.lstrip()):
                first, second = with_rest(first, second)
            row[-1], after[0] = Span(first, PLAIN), Span(second, PLAIN)
