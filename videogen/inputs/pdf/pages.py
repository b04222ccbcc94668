"""What is known of a page, as the process that reads it tells it: plain data that JSON carries."""

from __future__ import annotations

from typing import Any, NamedTuple

PLAIN, CODE, MATH, INDEX = "", "code", "math", "index"


class Span(NamedTuple):
    """Words of one sort."""

    text: str
    sort: str
    """PLAIN, CODE (a font in which all letters are as wide), MATH or INDEX (raised or lowered in a formula)."""


class Cell(NamedTuple):
    """Words that stand close together on one line."""

    x0: float
    x1: float
    spans: tuple[Span, ...]

    @property
    def text(self) -> str:
        """Its words."""
        return "".join(span.text for span in self.spans).strip()


class Line(NamedTuple):
    """A line of a page, in points from the lower left corner."""

    page: int
    """From 1."""
    y: float
    """The line on which its letters stand."""
    size: float
    """Of its letters, most of them."""
    bold: bool
    cells: tuple[Cell, ...]
    left: float
    """Where its column begins."""
    right: float
    """Where its column ends."""
    column: int
    """Its column on the page, counted on where another begins below a line over all columns."""
    table: int = 0
    """Which of the tables of its page, drawn with lines, it is a row of; 0 for none."""

    @property
    def x0(self) -> float:
        """Where it begins."""
        return self.cells[0].x0

    @property
    def x1(self) -> float:
        """Where it ends."""
        return self.cells[-1].x1

    @property
    def text(self) -> str:
        """All its words."""
        return " ".join(cell.text for cell in self.cells)

    def share(self, sort: str) -> float:
        """The part of its letters that are of this sort; an index is of a formula."""
        sorts = (MATH, INDEX) if sort == MATH else (sort,)
        spans = [span for cell in self.cells for span in cell.spans]
        letters = sum(len(span.text.strip()) for span in spans)
        return sum(len(span.text.strip()) for span in spans if span.sort in sorts) / letters if letters else 0.0


class Figure(NamedTuple):
    """A picture that lies on a page."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float
    name: str
    """Its file name."""
    before: int
    """The number of lines of the page that are read before it."""


class Page(NamedTuple):
    """A page."""

    number: int
    """From 1."""
    width: float
    height: float
    lines: tuple[Line, ...]
    figures: tuple[Figure, ...] = ()
    failed: str = ""
    """Why it could not be read."""
    images: int = 0
    """Pictures on it that fill much of the page, whether they could be taken or not."""


class Entry(NamedTuple):
    """A bookmark."""

    level: int
    """From 1."""
    title: str
    page: int
    """From 1."""


def page_of(data: dict[str, Any]) -> Page:
    """A page from JSON."""
    number = data["number"]
    lines = [
        Line(
            number, y, size, bold, tuple(Cell(a, b, tuple(Span(*span) for span in spans)) for a, b, spans in cells), *at
        )
        for y, size, bold, cells, *at in data["lines"]
    ]
    figures = tuple(Figure(number, *figure) for figure in data["figures"])
    return Page(number, data["width"], data["height"], tuple(lines), figures, data["failed"], data["images"])


def data_of(page: Page) -> dict[str, Any]:
    """A page for JSON."""
    return {
        "number": page.number,
        "width": page.width,
        "height": page.height,
        "lines": [list(line[1:]) for line in page.lines],
        "figures": [list(figure[1:]) for figure in page.figures],
        "failed": page.failed,
        "images": page.images,
    }
