"""Numbers from a CSV file: names in the first row and the first column, numbers in the others."""

from __future__ import annotations

import csv
import io
import math
from pathlib import Path

MAX_BYTES = 1_000_000
"""A larger file is refused."""

Columns = dict[str, list[float]]


def read_columns(path: Path) -> tuple[list[str], Columns]:
    """The names of the rows, and the numbers of each column by its name.

    Raises OSError, and ValueError that says line and column of what is not as it should be.
    """
    if path.stat().st_size > MAX_BYTES:
        raise ValueError(f"it has more than {MAX_BYTES // 1_000_000} MB")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError("it is not written in UTF-8") from None
    first = text.split("\n", 1)[0]
    separator = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        rows = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise ValueError(f"line {reader.line_num}: {error}") from None
    if len(rows) < 2 or len(rows[0][1]) < 2:
        raise ValueError("it has no numbers: the first row names the columns, the others begin with a name")
    names = [name.strip() for name in rows[0][1][1:]]
    if len(set(names)) < len(names):
        raise ValueError(f"line {rows[0][0]}: two columns have the same name")
    labels: list[str] = []
    columns: Columns = {name: [] for name in names}
    for line, row in rows[1:]:
        if len(row) != len(names) + 1:
            raise ValueError(f"line {line} has {len(row)} cells, but there are {len(names) + 1} columns")
        labels.append(row[0].strip())
        for name, cell in zip(names, row[1:], strict=True):
            columns[name].append(_number(cell, line, name, separator))
    return labels, columns


def _number(cell: str, line: int, name: str, separator: str) -> float:
    text = cell.strip().replace("\u2212", "-").replace(" ", "").rstrip("%")
    # where cells are divided by semicolons, the comma is the decimal point
    text = text.replace(",", ".") if separator == ";" else text.replace(",", "")
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise ValueError(f'line {line}, column "{name}": "{cell.strip()[:40]}" is not a number')
    return value
