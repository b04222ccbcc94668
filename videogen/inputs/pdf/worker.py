"""Reads a PDF in a process of its own, a page at a time: `python -m videogen.inputs.pdf.worker FILE FIRST`.

Writes JSON, one object a line: first what is known of the whole file, or why it is refused; then each page, from
FIRST; then `{"done": true}`. The caller stops it when a page takes too long.
"""

from __future__ import annotations

import base64
import contextlib
import io
import json
import logging
import math
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from videogen.inputs.pdf.columns import lines_of
from videogen.inputs.pdf.glyphs import Glyph, Piece, pieces_in, plain, rows_in, turned
from videogen.inputs.pdf.images import Box, Pictures
from videogen.inputs.pdf.lattice import Rule, grids, rows_of
from videogen.inputs.pdf.pages import Entry, Figure, Line, Page, data_of
from videogen.inputs.pdf.spaced import spaced

if TYPE_CHECKING:
    from pdfminer.converter import PDFPageAggregator
    from pdfminer.layout import LTImage
    from pypdf import PdfReader

MAX_MEMORY = 3 << 30
"""Bytes of address space; a file that needs more is given up."""

MAX_GLYPHS = 100_000
"""A page with more is a drawing, or an attack."""

_BY_PROGRAM = re.compile(
    r"^(?:untitled|microsoft word|document\d*|.*\.(?:docx?|tex|dvi|indd|pptx?|odt|qxd|ps|rtf|pdf))\b", re.I
)
THIN = 2.5
"""Points: a box that is no wider is a line."""

_FIRST = 30
"""Bookmarks are many in a long file; so many levels are enough."""


def main(path: str, first: int) -> None:
    """Reads the file from its page `first`."""
    logging.disable(logging.CRITICAL)
    _limit_memory()
    sys.setrecursionlimit(3000)
    out = sys.stdout

    def tell(data: dict[str, Any]) -> None:
        out.write(json.dumps(data, ensure_ascii=True) + "\n")
        out.flush()

    data = Path(path).read_bytes()
    try:
        reader, head = _opened(data)
    except Exception as error:  # whatever a broken file makes a library raise: it cannot be opened
        tell({"refused": "broken", "why": f"{type(error).__name__}: {error}"})
        return
    tell(head)
    if "refused" not in head:
        for page in _pages(data, reader, first):
            tell(page)
        tell({"done": True})


def _limit_memory() -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):  # not on every system
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))


def _opened(data: bytes) -> tuple[PdfReader, dict[str, Any]]:
    from pypdf import PasswordType, PdfReader

    reader = PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
        return reader, {"refused": "encrypted"}
    count = len(reader.pages)
    title = ""
    with contextlib.suppress(Exception):  # a title is a help, no more
        title = " ".join(str((reader.metadata or {}).get("/Title") or "").split())
    if len(title) < 4 or _BY_PROGRAM.match(title) or "\ufffd" in title:
        title = ""
    entries: list[Entry] = []
    with contextlib.suppress(Exception):  # so are bookmarks
        entries = list(_entries(reader, reader.outline, 1))
    return reader, {"pages": count, "title": plain_text(title), "outline": entries}


def plain_text(text: str) -> str:
    """Text of the file's catalogue without what cannot be shown."""
    return " ".join("".join(plain(char) for char in text).split())


def _entries(reader: PdfReader, outline: list[Any], level: int) -> Iterator[Entry]:
    if level > _FIRST:
        return
    for item in outline:
        if isinstance(item, list):
            yield from _entries(reader, item, level + 1)
            continue
        number = None
        with contextlib.suppress(Exception):  # a bookmark that leads nowhere
            number = reader.get_destination_page_number(item)
        if number is not None and item.title:
            yield Entry(level, plain_text(str(item.title)), number + 1)


def _pages(data: bytes, reader: PdfReader, first: int) -> Iterator[dict[str, Any]]:
    from pdfminer.converter import PDFPageAggregator
    from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager

    manager = PDFResourceManager()
    device = _on_base_lines(PDFPageAggregator)(manager, laparams=None)
    interpreter = PDFPageInterpreter(manager, device)
    pictures = Pictures(reader)
    for number, page in _mined(data, reader):
        if number < first:
            continue
        try:
            interpreter.process_page(page)
            layout = device.get_result()
            shown = _page(number, layout)
            taken = pictures.of(shown, _images(layout))
            figures = tuple(Figure(number, *_rounded(box), name, _before(box, shown.lines)) for name, box, _ in taken)
            files = {name: base64.b64encode(file).decode() for name, _, file in taken}
            yield data_of(shown._replace(figures=figures)) | {"files": files}
        except Exception as error:  # one page that is broken does not hide the others
            yield data_of(Page(number, 0, 0, (), failed=f"{type(error).__name__}: {error}"[:200])) | {"files": {}}


def _on_base_lines(aggregator: type[PDFPageAggregator]) -> type[PDFPageAggregator]:
    """With glyphs that text rise lifts where they stand: pdfminer has it in their boxes, not in their matrices."""
    from pdfminer.utils import translate_matrix

    class Risen(aggregator):
        def render_char(
            self, matrix: Any, font: Any, fontsize: float, scaling: float, rise: float, cid: int, ncs: Any,
            graphicstate: Any,
        ) -> float:  # fmt: skip
            lifted = translate_matrix(matrix, (0, rise))
            return super().render_char(lifted, font, fontsize, scaling, 0, cid, ncs, graphicstate)

    return Risen


def _mined(data: bytes, reader: PdfReader) -> Iterator[tuple[int, Any]]:
    """The pages for pdfminer: of the file, or, where it finds other pages than pypdf, of what pypdf wrote anew."""
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfpage import PDFPage
    from pdfminer.pdfparser import PDFParser

    count = len(reader.pages)
    pages: list[Any] = []
    with contextlib.suppress(Exception):  # then the other way
        pages = list(PDFPage.create_pages(PDFDocument(PDFParser(io.BytesIO(data)))))
    if len(pages) != count:
        from pypdf import PdfWriter

        again = io.BytesIO()
        PdfWriter(clone_from=reader).write(again)
        pages = list(PDFPage.create_pages(PDFDocument(PDFParser(again))))
    yield from enumerate(pages, 1)


def _page(number: int, layout: Any) -> Page:
    width, height = abs(layout.width), abs(layout.height)
    glyphs = turned(_glyphs(layout, width * height))
    lines = lines_of(number, _pieces(glyphs, layout), width > 1.2 * height)
    images = sum(image.width * image.height > 0.5 * width * height for image in _images(layout))
    return Page(number, width, height, tuple(lines), images=images)


def _pieces(glyphs: Sequence[Glyph], layout: Any) -> list[Piece]:
    """What stands on a page: rows of tables that are drawn with lines, and pieces of lines."""
    rows: list[Piece] = []
    for number, grid in enumerate(grids(*_rules(layout)), 1):
        if made := rows_of(grid, glyphs, number):
            rows += made
            glyphs = [glyph for glyph in glyphs if not grid.holds(glyph)]
    listings, others = spaced(rows_in(glyphs))
    return [*rows, *listings, *pieces_in(others)]


def _rules(layout: Any) -> tuple[list[Rule], list[Rule]]:
    """The lines of a page, across and down: strokes, thin boxes, and the sides of boxes that are drawn."""
    from pdfminer.layout import LTLine, LTRect

    across: list[Rule] = []
    down: list[Rule] = []
    for item in _items(layout):
        if not isinstance(item, LTLine | LTRect):
            continue
        x0, y0, x1, y1 = item.bbox
        if y1 - y0 < THIN:
            across.append(Rule((y0 + y1) / 2, x0, x1))
        elif x1 - x0 < THIN:
            down.append(Rule((x0 + x1) / 2, y0, y1))
        elif isinstance(item, LTRect) and item.stroke:
            across += [Rule(y0, x0, x1), Rule(y1, x0, x1)]
            down += [Rule(x0, y0, y1), Rule(x1, y0, y1)]
    return across, down


def _rounded(box: Box) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = (round(at, 1) for at in box)
    return x0, y0, x1, y1


def _before(box: Box, lines: Sequence[Line]) -> int:
    """The number of lines that are read before a picture: to the last of its column that stands above it."""
    x0, y0, x1, y1 = box
    middle = (x0 + x1) / 2
    above = [
        at for at, line in enumerate(lines) if line.y >= (y0 + y1) / 2 and line.left - 5 <= middle <= line.right + 5
    ]
    return above[-1] + 1 if above else 0


def _items(layout: Any, depth: int = 0) -> Iterator[Any]:
    from pdfminer.layout import LTFigure

    for item in layout:
        if isinstance(item, LTFigure):
            if depth < 20:
                yield from _items(item, depth + 1)
        else:
            yield item


def _images(layout: Any) -> list[LTImage]:
    from pdfminer.layout import LTImage

    return [item for item in _items(layout) if isinstance(item, LTImage)]


def _glyphs(layout: Any, area: float) -> Iterator[tuple[str, tuple[float, ...], float, float, str]]:
    """Every glyph; not those of forms that fill a part of a page of text: words in a drawing."""
    from pdfminer.layout import LTChar, LTFigure

    own: list[LTChar] = []
    drawn: list[LTChar] = []
    for item in layout:
        if isinstance(item, LTChar):
            own.append(item)
        elif isinstance(item, LTFigure):
            some = own if item.width * item.height > 0.5 * area else drawn
            some += [glyph for glyph in _items(item) if isinstance(glyph, LTChar)]
    if len(drawn) > 2 * len(own):
        own += drawn
    if len(own) > MAX_GLYPHS:
        raise ValueError(f"more than {MAX_GLYPHS} letters")
    for glyph in own:
        a, b = glyph.matrix[:2]
        size = glyph.width if abs(b) > abs(a) else glyph.height
        yield plain(glyph.get_text(), glyph.fontname), glyph.matrix, glyph.adv * math.hypot(a, b), size, glyph.fontname


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
