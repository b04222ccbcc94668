"""Markdown as it is written for another form of document: block by block, each at its place in the original."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from videogen.inputs.escape import begun, inline_text

_MADE = re.compile(
    r"\.(?:png|jpe?g|gif|svg|webp|bmp|tiff?|emf|wmf)$|automati(?:cally|quement|sch)|"
    r"^(?:picture|image|grafik|bild|imagen?|immagine|graphic|logo)\s*\d*$",
    re.IGNORECASE,
)
"""Descriptions of pictures that programs write."""
MOST_COLUMNS = 50
"""Columns of a table that are taken: what has more is no table."""


@dataclass
class Item:
    """An item of a list: its text, as Markdown within a line, and the items under it."""

    text: str
    ordered: bool = False
    """Whether it is numbered among its siblings."""
    children: list[Item] = field(default_factory=list)


@dataclass(frozen=True)
class Cell:
    """A cell of a table: its text, as Markdown within a line, and how many columns and rows it covers."""

    text: str
    wide: int = 1
    high: int = 1


class Writing:
    """The Markdown of a document so far. `at` says where in the document what is written next stands.

    Texts are Markdown within a line (`inline_text` and `code_span` make it from data); empty ones write nothing.
    """

    def __init__(self) -> None:
        self._blocks: list[str] = []
        self._line = 1
        self._places: list[tuple[int, int]] = []
        """Place and first line of the blocks that begin somewhere new, both rising."""

    def at(self, place: int) -> None:
        """What is written next stands at this unit of the document, from 1; never before what was written last."""
        if not self._places or place > self._places[-1][0]:
            self._places.append((place, self._line))

    def starts(self, count: int | None = None) -> list[int]:
        """For each unit of the document (up to the last that was named, or `count`), the line at which it begins."""
        places = [place for place, _ in self._places]
        lines = [*(line for _, line in self._places), self._line]
        last = max(places[-1] if places else 0, count or 0)
        return [lines[bisect_left(places, place)] for place in range(1, last + 1)]

    @property
    def text(self) -> str:
        """All of it."""
        return "\n\n".join(self._blocks) + "\n" if self._blocks else ""

    def block(self, markdown: str) -> None:
        """A block that is Markdown already."""
        markdown = markdown.strip("\n")
        if markdown.strip():
            self._blocks.append(markdown)
            self._line += markdown.count("\n") + 2

    def heading(self, level: int, text: str) -> None:
        """A heading; a level beyond 6 is one of 6."""
        if text := " ".join(text.split()):
            self.block(f"{'#' * max(1, min(level, 6))} {_closed(text)}")

    def paragraph(self, text: str) -> None:
        """A paragraph on one line."""
        self.block(begun(" ".join(text.split())))

    def quote(self, paragraphs: Sequence[str]) -> None:
        """A block quote."""
        self.block("\n>\n".join(f"> {begun(' '.join(text.split()))}" for text in paragraphs if text.strip()))

    def code(self, code: str, language: str = "") -> None:
        """A fence. Its language is left out where it would not be a word."""
        code = code.expandtabs(4).strip("\n").rstrip()
        if code.strip():
            ticks = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", code)), default=0))
            name = language.strip().lower() if re.fullmatch(r"[\w+#.-]+", language.strip()) else ""
            self.block(f"{ticks}{name}\n{code}\n{ticks}")

    def items(self, items: Sequence[Item]) -> None:
        """A list, with what is nested in it."""
        self.block("\n".join(_listed(items, "")))

    def picture(self, source: str, alt: str = "", caption: str = "") -> None:
        """A picture on a line of its own. `alt` and `caption` are plain text, `source` a path as a link names it. An
        `alt` that a program made, such as the name of a file, is none."""
        said = "" if _MADE.search(alt.strip()) else inline_text(" ".join(alt.split()))
        title = " ".join(caption.split()).replace("\\", "\\\\").replace('"', '\\"')
        self.block(f"![{said}](<{source}>" + (f' "{title}")' if title else ")"))

    def table(self, rows: Sequence[Sequence[Cell]], heads: int) -> None:
        """A table, the first `heads` rows of which name its columns; where none does, the first row is taken.

        A cell that covers several columns names each of them in a head and stands in the first of them below;
        one that covers several rows stands in each. A table of one column is a list.
        """
        if len(rows) > 2 and len(rows[0]) == 1 and rows[0][0].wide > 1:
            # what names the table stands over all of its columns
            self.paragraph(rows[0][0].text)
            rows, heads = rows[1:], max(heads - 1, 0)
        grid = _grid(rows, heads)
        grid = [row for row in grid if any(row)] if heads == 0 else grid
        if not grid:
            return
        width = max(map(len, grid))
        grid = [[*row, *[""] * (width - len(row))] for row in grid]
        used = [at for at in range(width) if any(row[at] for row in grid)]
        if len(used) < 2:
            self.items([Item(row[used[0]]) for row in grid if used and row[used[0]]])
            return
        top = max(1, min(heads, len(grid) - 1))
        head = [" ".join(dict.fromkeys(filter(None, (row[at] for row in grid[:top])))) for at in used]
        lines = [head, ["---"] * len(used), *([row[at] for at in used] for row in grid[top:] if any(row))]
        self.block("\n".join(f"| {' | '.join(line)} |" for line in lines))


def _closed(text: str) -> str:
    """A heading's text, of which no sign at the end closes it."""
    return re.sub(r"(#+)$", r"\\\1", begun(text))


def _listed(items: Sequence[Item], indent: str) -> list[str]:
    lines: list[str] = []
    number = 0
    for item in items:
        number = number + 1 if item.ordered else 0
        sign = f"{number}." if item.ordered else "-"
        text = begun(" ".join(item.text.split()))
        if text:
            lines.append(f"{indent}{sign} {text}")
            lines += _listed(item.children, indent + " " * (len(sign) + 1))
        else:
            lines += _listed(item.children, indent)
    return lines


def _grid(rows: Sequence[Sequence[Cell]], heads: int) -> list[list[str]]:
    """The text of every place of a table."""
    grid: list[list[str]] = []
    above: dict[int, tuple[str, int]] = {}
    """Columns that a cell of an earlier row still covers: its text, and for how many rows."""
    for number, row in enumerate(rows):
        line: list[str] = []
        pending = {at: kept for at, kept in above.items() if kept[1] > 0}
        above = {at: (text, left - 1) for at, (text, left) in pending.items()}

        def covered(line: list[str] = line, pending: dict[int, tuple[str, int]] = pending) -> None:
            while len(line) in pending:
                line.append(pending[len(line)][0])

        for cell in row:
            covered()
            text = " ".join(cell.text.split())
            for step in range(max(1, min(cell.wide, MOST_COLUMNS))):
                covered()
                if len(line) >= MOST_COLUMNS:
                    break
                shown = text if step == 0 or number < heads else ""
                if cell.high > 1:
                    above[len(line)] = (shown, cell.high - 1)
                line.append(shown)
        covered()
        grid.append(line)
    return grid
