"""PDFs: what their pages say, in order, and nothing that only frames it."""

from __future__ import annotations

import io
import re

import pdfs
import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from videogen.inputs.adapter import Given, Reading
from videogen.inputs.documents import adapters
from videogen.inputs.pdffile import INPUT


def read(data: bytes) -> Reading:
    return INPUT.read(Given("a.pdf", "a.pdf", data))


def said(reading: Reading) -> str:
    """The text with its paragraphs on one line each."""
    return "\n\n".join(" ".join(part.split()) for part in reading.text.strip().split("\n\n"))


def headings(reading: Reading) -> list[str]:
    return re.findall(r"(?m)^#+ .*", reading.text)


def page_of(reading: Reading, words: str) -> int:
    line = next(number for number, text in enumerate(reading.text.split("\n"), 1) if words in text)
    return sum(start <= line for start in reading.starts)


def test_a_paper_is_read_a_column_after_the_other() -> None:
    reading = read(pdfs.made(pdfs.paper))
    left = " ".join(pdfs.LEFT).replace("ket- tle", "kettle")
    right = " ".join(pdfs.RIGHT)
    expected = ["# On the Pouring of Tea", "## Kettles", left, "## Cups", right, "## Leaves", left, "## Sugar", right]
    assert said(reading).split("\n\n") == expected


def test_places_are_pages() -> None:
    reading = read(pdfs.made(pdfs.paper))
    assert reading.unit == "page"
    assert [page_of(reading, words) for words in ("On the Pouring", "Cups", "Leaves", "Sugar")] == [1, 1, 2, 2]


def test_a_manual_keeps_its_chapters_and_loses_its_contents() -> None:
    reading = read(pdfs.made(pdfs.manual))
    assert reading.title == "A Manual of Tea"
    assert headings(reading) == ["# A Manual of Tea", "## Pots", "### Pots of iron", "## Cups"]
    assert ". . ." not in reading.text
    assert any("Contents" in note for note in reading.left_out)


def test_lists_code_and_tables() -> None:
    text = read(pdfs.made(pdfs.manual)).text
    assert "- rinse it with hot water, and do not use soap,\n  which you would taste\n- dry it\n" in text
    assert "```\nfor cup in cups:\n    pot.pour(cup)\n```" in text
    assert "| Cup | Holds | Made of |\n| --- | --- | --- |\n| small | 0.1 l | clay |\n| large | 0.3 l | glass |" in text


def test_a_picture_is_taken_with_its_caption() -> None:
    reading = read(pdfs.made(pdfs.manual))
    assert "![A cup of clay on a table](page-3-1.png)" in reading.text
    assert list(reading.pictures) == ["page-3-1.png"]
    with Image.open(io.BytesIO(reading.pictures["page-3-1.png"])) as image:
        assert image.size == (320, 200)


@pytest.mark.parametrize("mode", ["RGB", "L", "RGBA", "CMYK"])
def test_pictures_of_every_mode_are_files_that_open(mode: str) -> None:
    def draw(canvas: Canvas) -> None:
        pdfs.column(canvas, pdfs.LEFT, 72, 700)
        file = io.BytesIO()
        pdfs.photo(mode).save(file, "JPEG" if mode == "CMYK" else "PNG")
        canvas.drawImage(ImageReader(file), 72, 300, 240, 150, mask="auto")

    reading = read(pdfs.made(draw))
    assert len(reading.pictures) == 1
    with Image.open(io.BytesIO(next(iter(reading.pictures.values())))) as image:
        image.load()
        assert image.size == (320, 200)


def test_a_logo_on_every_page_is_no_picture() -> None:
    def draw(canvas: Canvas) -> None:
        for _ in range(3):
            pdfs.column(canvas, pdfs.LEFT, 72, 700)
            canvas.drawImage(ImageReader(pdfs.photo()), 500, 780, 40, 25)
            canvas.showPage()

    assert not read(pdfs.made(draw)).pictures


def test_the_same_bytes_give_the_same_reading() -> None:
    data = pdfs.made(pdfs.manual)
    assert read(data) == read(data)


def test_a_long_document_without_columns_is_not_parted() -> None:
    lines = [f"{left} {right}" for left, right in zip(pdfs.LEFT, pdfs.RIGHT, strict=True)]
    reading = read(pdfs.made(lambda canvas: pdfs.column(canvas, lines, 60, 700)))
    assert said(reading) == " ".join(lines).replace("ket- A", "ket- A")


def test_ligatures_soft_hyphens_and_signs_of_symbol_fonts() -> None:
    from videogen.inputs.pdf.glyphs import plain

    assert [plain(text) for text in ("ﬁ", "ﬄ", "\uf0b7", "\ue123", "(cid:77)")] == ["fi", "ffl", "•", "", "\ufffd"]
    assert plain("\x0c", "ABCDEF+CMR10") == "fi"
    assert plain("\\", "ABCDEF+CMTT10") == "\\"


def test_text_from_the_right_is_in_the_order_in_which_it_is_read() -> None:
    from videogen.inputs.pdf.glyphs import Glyph, pieces_of

    shown = "2026 םולש"  # as it lies on the page, from the left
    glyphs = [Glyph(char, 10.0 * at, 10.0 * at + 9.9, 100, 12, "F") for at, char in enumerate(shown) if char != " "]
    assert [piece.text for piece in pieces_of(glyphs)] == ["שלום 2026"]


def test_exponents_stay_and_marks_of_footnotes_go() -> None:
    from videogen.inputs.pdf.glyphs import Glyph, pieces_of

    def set_out(text: str, raised: str) -> str:
        big = [Glyph(char, 6.0 * at, 6.0 * at + 6, 100, 12, "F") for at, char in enumerate(text)]
        small = [
            Glyph(char, 6.0 * len(text) + 4 * at, 6.0 * len(text) + 4 * at + 4, 104, 7, "F")
            for at, char in enumerate(raised)
        ]
        return pieces_of([*big, *small])[0].text

    assert set_out("10", "12") == "10¹²"
    assert set_out("tea", "3") == "tea"


def test_an_empty_password_opens_it() -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdfs.made(pdfs.paper))))
    writer.encrypt("", "owner", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    assert headings(read(out.getvalue())) == headings(read(pdfs.made(pdfs.paper)))


def test_a_broken_table_of_objects_is_made_good() -> None:
    data = pdfs.made(pdfs.paper)
    broken = re.sub(rb"startxref\n\d+", b"startxref\n999999999", data)
    assert broken != data
    assert headings(read(broken)) == headings(read(data))


def test_pages_without_text_are_told() -> None:
    def draw(canvas: Canvas) -> None:
        pdfs.column(canvas, [*pdfs.LEFT, *pdfs.RIGHT], 72, 700)
        canvas.showPage()
        canvas.drawImage(ImageReader(pdfs.photo("L", (600, 800))), 0, 0, pdfs.WIDTH, pdfs.HEIGHT)
        canvas.showPage()

    assert "page 2: a picture of text, without text" in read(pdfs.made(draw)).left_out


def test_references_and_an_index_are_left_out() -> None:
    def draw(canvas: Canvas) -> None:
        pdfs.column(canvas, ["Tea in Houses"], 72, 760, 20, "Times-Bold")
        for y, title in ((720, "Houses"), (560, "References"), (400, "Appendix")):
            pdfs.column(canvas, [title], 72, y, 14, "Times-Bold")
            pdfs.column(canvas, pdfs.LEFT, 72, y - 30)

    reading = read(pdfs.made(draw))
    assert headings(reading) == ["# Tea in Houses", "## Houses", "## Appendix"]
    assert 'page 1: "References"' in reading.left_out


def test_slides_are_lists_and_those_that_are_uncovered_step_by_step_come_once() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setPageSize((364, 273))
        for title, points in (
            ("Why tea", ["It is warm", "It is wet"]),
            ("How", ["Boil water"]),
            ("How", ["Boil water", "Pour"]),
        ):
            pdfs.column(canvas, [title], 30, 240, 18, "Helvetica-Bold")
            for index, point in enumerate(points):
                pdfs.column(canvas, [point], 50, 180 - 30 * index, 11, "Helvetica")
            canvas.showPage()

    text = read(pdfs.made(draw)).text
    assert "- It is warm\n- It is wet\n" in text
    assert text.count("How") == text.count("Boil water") == 1


@pytest.mark.parametrize(("value", "head", "media", "expected"), [
    ("a.PDF", b"", "", True),
    ("https://a.example/paper.pdf?download=1", b"", "", True),
    ("paper", b"\n%PDF-1.4\n", "", True),
    ("paper", b"", "application/pdf", True),
    ("a.txt", b"hello", "text/plain", False),
])  # fmt: skip
def test_what_is_taken_for_a_pdf(value: str, head: bytes, media: str, expected: bool) -> None:
    assert INPUT.reads(value, head, media) is expected


def test_it_is_found_by_its_entry_point() -> None:
    assert adapters()["pdf"] is INPUT


def test_words_that_stand_close_are_parted_and_letters_are_not() -> None:
    from videogen.inputs.pdf.glyphs import Glyph, pieces_of

    def set_out(gap: float) -> str:
        glyphs, x = [], 10.0
        for char in "we are":
            if char != " ":
                glyphs.append(Glyph(char, x, x + 5, 100, 10, "F"))
            x += gap if char == " " else 5.0
        return pieces_of(glyphs)[0].text

    assert [set_out(gap) for gap in (0.5, 1.6, 2.5)] == ["weare", "we are", "we are"]
