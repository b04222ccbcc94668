"""What a line or a block of plain text looks like: code, prose, a list's item, a table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from videogen.inputs.plain.lines import Line

_BULLET = re.compile(r"(?P<mark>[-*•·‣◦▪●–—+]|o(?=\s{2})|\(?\*\)?)(?P<gap>\s+)(?=\S)")
_NUMBER = re.compile(r"(?P<mark>\(?(?P<number>\d{1,3}|[a-z])[.)]|\[\d{1,3}\])(?P<gap>\s+)(?=\S)")
_PROMPT = re.compile(r"(?:\$|%|#|>>>|C:\\.*>) \S|\.{1,2}/\S+")
_CODE = re.compile(
    r"[{};]\s*$|^\s*[#/]{2,}|^\s*[}\])]|\w\(.*\)|[=!<>]=|->|::|&&|\|\||^\s*<[/?!\w]|\w\s=\s|^\s*@\w|\\$|--\w|"
    r"[-+|]{3,}|^\s*\|.*\|\s*$|\+-|/\w+/|\w_\w|^\s*[\w.-]+:\s*$|^\s*\S+\s*:=|0x[0-9a-f]+|^\s*\*/?$|[\u2500-\u259f]"
)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*[.,;:!?)'’\"”]*|\d+[.,]?|[-–—]|\(?[^\W\d_]+\)?[.,;:]?|[\"“(]\S+")
_GAP = re.compile(r"(?<=\S) {3,}(?=\S)")
_WIDEST = 400
"""Columns in which what a line is shows, and that a table may have that somebody laid out."""


class Mark(NamedTuple):
    """The mark that begins an item of a list."""

    indent: int
    """The column at which it stands."""
    text: int
    """The column at which the item's text begins."""
    number: int | None
    """What it counts; None for a bullet."""


def mark_of(line: Line) -> Mark | None:
    """The mark with which a line begins."""
    text, indent = line.text, line.indent
    if match := _BULLET.match(text, indent):
        return Mark(indent, match.end(), None)
    if match := _NUMBER.match(text, indent):
        number = match["number"]
        if number is None:
            return Mark(indent, match.end(), None)
        return Mark(indent, match.end(), int(number) if number.isdigit() else ord(number) - 96)
    return None


def is_prose(text: str) -> bool:
    """Whether a line reads like a part of a sentence."""
    text = text[:_WIDEST]
    words = text.split()
    if not words or _PROMPT.match(text.strip()):
        return False
    said = sum(bool(_WORD.fullmatch(word)) for word in words)
    return said >= 0.75 * len(words) and not _GAP.search(text.strip())


def is_code(lines: Sequence[Line], base: int) -> bool:
    """Whether a block is to be shown as it is, and not read."""
    texts = [line.words[:_WIDEST] for line in lines if line.words]
    coded = [bool(_CODE.search(text)) for text in texts]
    prose = sum(not sign and is_prose(text) for sign, text in zip(coded, texts, strict=True)) / len(texts)
    signs = sum(sign or bool(_PROMPT.match(text)) for sign, text in zip(coded, texts, strict=True)) / len(texts)
    if min(line.indent for line in lines if line.words) >= base + 2:
        long = sum(len(text.split()) for text in texts) / len(texts) >= 5
        return prose < 0.5 or (signs >= 0.3 and not long)
    ragged = len({line.indent for line in lines}) > 1
    reads = sum(map(is_prose, texts)) / len(texts) >= 0.5 and sum(len(text.split()) for text in texts) >= 8 * len(texts)
    return len(texts) > 1 and signs >= 0.7 and prose < 0.3 and (ragged or signs == 1) and not reads


def is_bare(lines: Sequence[Line]) -> bool:
    """Whether no line begins or ends like a sentence: what is typed, or what is printed."""
    return all(len(line.words) <= 60 and not line.words[0].isupper() and line.words[-1] not in ".!?:;,"
               and mark_of(line) is None and ". " not in line.words for line in lines)  # fmt: skip


def goes_on(lines: Sequence[Line], following: Sequence[Line]) -> bool:
    """Whether rows of a table go on after a blank line: three columns or more, which begin at the same places."""
    columns = _starts(lines[0].text)
    return len(columns) >= 3 and columns == _starts(following[0].text)


def _starts(text: str) -> list[int]:
    """The columns at which a line begins again after a gap."""
    if len(text) > _WIDEST or re.search(r"[|+{};]", text):
        return []
    return [match.start() for match in re.finditer(r"(?:(?<= {2})|(?<=^))\S", text) if match.start()] or []


class Table(NamedTuple):
    """Rows of cells, each with the line on which it begins."""

    rows: list[tuple[int, list[str]]]


def drawn_table(lines: Sequence[Line]) -> Table | None:
    """A table whose lines are drawn with `|` and `+--+`."""
    rows: list[tuple[int, list[str]]] = []
    new = True
    fenced = any(re.match(r"\s*\+[-=+]{3,}\s*$", line.text) for line in lines)
    for line in lines:
        text = line.words
        if not text or re.fullmatch(r"[|+\-=: ]+", text):
            new = True
            continue
        if not (text.startswith("|") and text.endswith("|")):
            return None
        cells = [cell.strip() for cell in text[1:-1].split("|")]
        if new or not fenced or not rows or len(cells) != len(rows[-1][1]):
            rows.append((line.number, cells))
        else:
            before = rows[-1]
            rows[-1] = (before[0], [f"{a} {b}".strip() for a, b in zip(before[1], cells, strict=True)])
        new = False
    widths = {len(cells) for _, cells in rows}
    return Table(rows) if len(rows) >= 2 and len(widths) == 1 and widths.pop() >= 2 else None


def aligned_table(lines: Sequence[Line]) -> Table | None:
    """A table whose columns stand one below the other: ruled under its head, or three columns over three lines."""
    said = [line for line in lines if line.words]
    ruled = [index for index, line in enumerate(said) if set(line.words) <= set("-= ")]
    body = [line for index, line in enumerate(said) if index not in ruled]
    if len(body) < (2 if ruled else 3) or any(mark_of(line) for line in body):
        return None
    edges = _edges(body)
    columns = len(edges)
    if columns < 2 or (not ruled and (columns < 3 or len(body) < 3)):
        return None
    if ruled and ruled[0] > 1:
        return None
    rows: list[tuple[int, list[str]]] = []
    for line in body:
        cells = [line.text[a:b].strip() for a, b in zip(edges, [*edges[1:], None], strict=True)]
        if not cells[0] and rows:
            rows[-1] = (rows[-1][0], [f"{a} {b}".strip() for a, b in zip(rows[-1][1], cells, strict=True)])
        else:
            rows.append((line.number, cells))
    cells = [cell for _, row in rows for cell in row]
    if len(rows) < 2 or sum(map(len, cells)) > 40 * len(cells) or (not ruled and cells.count("") > len(cells) * 0.2):
        return None
    return Table(rows)


def _edges(lines: Sequence[Line]) -> list[int]:
    """The columns at which cells begin: after two columns or more that are blank on every line. None where a line is
    wider than a table."""
    width = max(len(line.text) for line in lines)
    if width > _WIDEST:
        return []
    blank = [all(column >= len(line.text) or line.text[column] == " " for line in lines) for column in range(width)]
    first = blank.index(False)
    later = range(first + 2, width)
    return [first, *(at for at in later if blank[at - 1] and blank[at - 2] and not blank[at])]


def pairs_of(lines: Sequence[Line]) -> list[tuple[int, str, str]] | None:
    """A term and what it means, side by side in two columns: twice or more, or once for an option such as `-v`."""
    edges = _edges(lines)
    if len(edges) != 2:
        return None
    found: list[tuple[int, str, str]] = []
    for line in lines:
        term, meaning = line.text[: edges[1]].strip(), line.text[edges[1] :].strip()
        if not term and found:
            found[-1] = (found[-1][0], found[-1][1], f"{found[-1][2]} {meaning}")
        elif not term or not meaning:
            return None
        else:
            found.append((line.number, term, meaning))
    return found if len(found) >= 2 or found[0][1].startswith("-") else None
