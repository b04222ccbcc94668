"""Tables of PDFs that are drawn with lines, and leaflets in columns."""

from __future__ import annotations

import re
import textwrap

import pdfs
import pytest
from reportlab.pdfgen.canvas import Canvas

from videogen.inputs.adapter import Given, Reading
from videogen.inputs.pdf.glyphs import Glyph
from videogen.inputs.pdf.lattice import Grid, Rule, grids
from videogen.inputs.pdffile import INPUT


def read(data: bytes) -> Reading:
    return INPUT.read(Given("a.pdf", "a.pdf", data))


def table(
    canvas: Canvas, rows: object, x: float, top: float, widths: tuple[float, ...] = (90, 90), high: float = 28
) -> None:
    """Rows parted by lines; a cell of several lines has them parted by a slash."""
    assert isinstance(rows, tuple)
    right = x + sum(widths)
    for number in range(len(rows) + 1):
        canvas.line(x, top - high * number, right, top - high * number)
    for number in range(len(widths) + 1):
        at = x + sum(widths[:number])
        canvas.line(at, top, at, top - high * len(rows))
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            pdfs.column(canvas, cell.split("/"), x + 3 + sum(widths[:column]), top - high * number - 10)


def test_lines_part_the_cells_of_a_table_however_close_their_words_stand() -> None:
    rows = (
        ("Cup", "Holds"),
        ("small and/made of clay", "a sip of tea, no/more than that"),
        ("large", "all the tea of/a pot"),
    )

    def draw(canvas: Canvas) -> None:
        pdfs.column(canvas, pdfs.LEFT[:2], 72, 760)
        table(canvas, rows, 72, 720)
        pdfs.column(canvas, pdfs.RIGHT[:2], 72, 600)

    text = read(pdfs.made(draw)).text
    assert (
        "| Cup | Holds |\n| --- | --- |\n| small and made of clay | a sip of tea, no more than that |\n"
        "| large | all the tea of a pot |\n"
    ) in text
    assert text.index("Tea is a drink") < text.index("| Cup") < text.index("A cup is what tea")


def test_a_table_of_commands_has_no_head_and_its_paths_stay_whole() -> None:
    def draw(canvas: Canvas) -> None:
        pdfs.column(canvas, pdfs.LEFT[:2], 72, 760)
        table(canvas, (("", "Starts the kettle."), ("", "Pours what it holds."), ("", "Ends.")), 72, 720, (90, 120))
        canvas.setFont("Courier", 9)
        for row, lines in enumerate((("kettle start",), ("/usr/share/", "tea/pour"), ("halt",))):
            for line, text in enumerate(lines):
                canvas.drawString(75, 710 - 28 * row - 10 * line, text)

    assert (
        "|  |  |\n| --- | --- |\n| `kettle start` | Starts the kettle. |\n"
        "| `/usr/share/tea/pour` | Pours what it holds. |\n| `halt` | Ends. |\n"
    ) in read(pdfs.made(draw)).text


def test_a_table_that_goes_on_on_the_next_page_is_one_and_its_head_stands_once() -> None:
    def draw(canvas: Canvas) -> None:
        pdfs.column(canvas, pdfs.LEFT[:2], 72, 760)
        table(canvas, (("Cup", "Holds"), ("small", "little")), 72, 200)
        canvas.showPage()
        table(canvas, (("Cup", "Holds"), ("large", "much")), 72, 780)
        pdfs.column(canvas, [*pdfs.RIGHT[:4]], 72, 600)

    text = read(pdfs.made(draw)).text
    assert "| Cup | Holds |\n| --- | --- |\n| small | little |\n| large | much |\n" in text
    assert text.count("| Cup") == 1


def test_rows_that_no_line_parts_are_rows_where_every_column_has_as_many() -> None:
    def draw(canvas: Canvas) -> None:
        pdfs.column(canvas, pdfs.LEFT[:2], 72, 760)
        for y in (720, 700, 640):
            canvas.line(72, y, 252, y)
        for x in (72, 162, 252):
            canvas.line(x, 720, x, 640)
        for x, lines in ((75, ("Cup", "", "small", "large", "huge")), (165, ("Holds", "", "a sip", "a pot", "a lake"))):
            pdfs.column(canvas, lines, x, 706)

    assert "| small | a sip |\n| large | a pot |\n| huge | a lake |" in read(pdfs.made(draw)).text


def test_a_frame_around_text_is_no_table() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(60, 600, 400, 200)
        canvas.line(60, 700, 460, 700)
        pdfs.column(canvas, pdfs.LEFT, 72, 780)
        pdfs.column(canvas, pdfs.RIGHT, 72, 690)

    assert "|" not in read(pdfs.made(draw)).text


def test_a_leaflet_begins_with_its_cover_and_its_columns_stay_apart() -> None:
    def panel(canvas: Canvas, number: int, title: str) -> None:
        x = 30 + 270 * number
        pdfs.column(canvas, [title], x, 540, 13, "Helvetica-Bold")
        table(
            canvas,
            tuple((f"{title.lower()} {n}", f"Does what is wanted/for the {n}th time.") for n in range(1, 9)),
            x,
            530,
            (90, 140),
        )

    def draw(canvas: Canvas) -> None:
        canvas.setPageSize((842, 595))
        panel(canvas, 0, "Leaves")
        panel(canvas, 1, "Sugar")
        pdfs.column(canvas, ["Card of Tea"], 570, 570, 22, "Helvetica-Bold")
        panel(canvas, 2, "Kettles")
        canvas.showPage()
        canvas.setPageSize((842, 595))
        for number, title in enumerate(("Pots", "Pots", "Cups")):
            panel(canvas, number, title)

    text = read(pdfs.made(draw)).text
    headings = [line for line in text.split("\n") if line.startswith("#")]
    assert headings == ["# Card of Tea", "## Kettles", "## Pots", "## Cups", "## Leaves", "## Sugar"]
    assert text.count("| --- | --- |") == 5
    assert "| kettles 1 | Does what is wanted for the 1th time. |\n| kettles 2 |" in text


@pytest.mark.parametrize("rules", [
    ([], []),
    ([Rule(0, 0, 100), Rule(50, 0, 100)], [Rule(0, 0, 50), Rule(100, 0, 50)]),
    ([Rule(0, 0, 100)], [Rule(50, 0, 50)]),
])  # fmt: skip
def test_lines_that_part_nothing_draw_no_grid(rules: tuple[list[Rule], list[Rule]]) -> None:
    assert grids(*rules) == []


def test_lines_in_pieces_draw_one_grid() -> None:
    across = [Rule(at, start, start + 50) for at in (0, 20.4, 40) for start in (0, 50)]
    across[3] = across[3]._replace(at=20.6)
    down = [Rule(50, start, start + 20) for start in (0, 20)]
    assert grids(across, down) == [Grid((0, 50, 100), (40, 20.4, 0))]
    assert Grid((0, 50, 100), (40, 20, 0)).holds(Glyph("a", 10, 15, 30, 10, "F"))
    assert not Grid((0, 50, 100), (40, 20, 0)).holds(Glyph("a", 110, 115, 30, 10, "F"))


LISTING = (
    "def Multiply(a, b):",
    "    # MMWW: wide and ill: narrow",
    "    product = 0",
    "",
    "    while a > 0:",
    "        product += b",
    "        a -= 1",
    "    return product",
)


def set_out(canvas: Canvas, lines: tuple[str, ...], x: float, y: float, numbers: bool) -> None:
    """Code in a font of words, each letter in the middle of its cell, or as far as its word has room."""
    canvas.setFont("Times-Roman", 8)
    wide = 5.08
    for number, line in enumerate(lines, 1):
        if numbers:
            canvas.drawString(x - 20, y, str(number))
        for word in re.finditer(r"\w+|[^\w\s]", line):
            widths = [canvas.stringWidth(letter, "Times-Roman", 8) for letter in word[0]]
            gap = (len(widths) * wide - sum(widths)) / len(widths)
            at = x + word.start() * wide + gap / 2
            for letter, own in zip(word[0], widths, strict=True):
                canvas.drawString(at, y, letter)
                at += own + gap
        y -= 9.5


@pytest.mark.parametrize(("lines", "numbers"), [(LISTING, True), (LISTING[2:], False)])
def test_a_listing_whose_letters_are_spaced_out_is_code(lines: tuple[str, ...], numbers: bool) -> None:
    def draw(canvas: Canvas) -> None:
        pdfs.column(canvas, pdfs.LEFT, 72, 760)
        set_out(canvas, lines, 100, 650, numbers)
        pdfs.column(canvas, pdfs.RIGHT, 72, 540)

    text = read(pdfs.made(draw)).text
    assert "```\n" + textwrap.dedent("\n".join(lines)) + "\n```" in text
    assert "Tea is a drink that people share although they" in text
    assert "A cup is what tea goes to, and there may be many" in text


def test_numbered_lines_of_words_are_no_listing() -> None:
    def draw(canvas: Canvas) -> None:
        for number, line in enumerate(pdfs.LEFT, 1):
            pdfs.column(canvas, [str(number)], 72, 700 - 12 * number)
            pdfs.column(canvas, [line], 100, 700 - 12 * number)

    assert "```" not in read(pdfs.made(draw)).text


def test_a_listing_that_stands_where_there_was_room_goes_behind_what_tells_of_it() -> None:
    def draw(canvas: Canvas) -> None:
        pdfs.column(canvas, ["On Tea"], 72, 800, 20, "Helvetica-Bold")
        pdfs.column(canvas, ["Cups"], 72, 770, 14, "Helvetica-Bold")
        pdfs.column(
            canvas, [*pdfs.LEFT, "fire, as is shown in listing 1 and in no other", "one, where it is hot."], 72, 750
        )
        pdfs.column(canvas, ["Pots"], 72, 640, 14, "Helvetica-Bold")
        pdfs.column(canvas, ["This goes on although it is parted by"], 72, 620)
        pdfs.column(canvas, ["pot.boil()", "pot.pour()"], 90, 590, 9, "Courier")
        pdfs.column(canvas, ["Listing 1: How to pour"], 110, 560)
        pdfs.column(canvas, ["what stands in the middle of a 64-", "bit sentence."], 72, 530)

    text = read(pdfs.made(draw)).text
    assert "where it is hot.\n\n```\npot.boil()\npot.pour()\n```\n\n## Pots\n" in text
    assert "parted by\nwhat stands in the middle of a 64-bit\nsentence." in text
    assert "How to pour" not in text
