"""What stands before the text of a PDF: titles, authors, copyright; and which lines are its headings."""

from __future__ import annotations

import re

import pdfs
from reportlab.pdfgen.canvas import Canvas

from videogen.inputs.adapter import Given, Reading
from videogen.inputs.pdffile import INPUT


def read(data: bytes) -> Reading:
    return INPUT.read(Given("a.pdf", "a.pdf", data))


def headings(reading: Reading) -> list[str]:
    return re.findall(r"(?m)^#+ .*", reading.text)


def text_page(canvas: Canvas, title: str, y: float = 700) -> None:
    pdfs.column(canvas, [title], 72, y, 16, "Helvetica-Bold")
    pdfs.column(canvas, [*pdfs.LEFT[:3], *pdfs.LEFT[:2]], 72, y - 30)


def test_a_title_page_says_what_the_document_is_and_not_who_wrote_it_when() -> None:
    def draw(canvas: Canvas) -> None:
        for y, size, text in ((600, 24, "Tea Machine"), (560, 14, "Reference Manual"), (540, 14, "for Version 3"),
                              (480, 14, "Ann Kettle"), (440, 14, "May 2020")):  # fmt: skip
            pdfs.column(canvas, [text], 200, y, size, "Helvetica-Bold")
        canvas.showPage()
        pdfs.column(canvas, ["Copyright 2020 Ann Kettle.", "All rights reserved, so that nobody may copy it."], 72, 200)
        canvas.showPage()
        text_page(canvas, "Cups")
        text_page(canvas, "Pots", 500)

    reading = read(pdfs.made(draw))
    assert headings(reading) == ["# Tea Machine", "## Cups", "## Pots"]
    assert reading.text.startswith("# Tea Machine\n\nReference Manual for Version 3.\n\n## Cups\n")
    assert reading.left_out == ["page 1: who wrote it, and where", "page 2: who may copy it"]


def test_an_abstract_opens_the_whole() -> None:
    def draw(canvas: Canvas) -> None:
        for y, size, text in (
            (760, 18, "On Tea"),
            (730, 12, "Ann Kettle"),
            (710, 12, "May 3, 2020"),
            (670, 10, "Abstract"),
        ):
            pdfs.column(canvas, [text], 200, y, size, "Times-Bold")
        pdfs.column(canvas, pdfs.RIGHT, 100, 650)
        text_page(canvas, "1 Cups", 500)

    reading = read(pdfs.made(draw))
    assert headings(reading) == ["# On Tea", "## Cups"]
    assert reading.text.startswith("# On Tea\n\nA cup is what tea goes to,")


def test_a_word_over_every_example_is_no_heading() -> None:
    def draw(canvas: Canvas) -> None:
        pdfs.column(canvas, ["On Tea"], 72, 780, 20, "Helvetica-Bold")
        for number, title in enumerate(("Cups", "Pots", "Leaves", "Sugar", "Milk", "Kettles", "Spoons")):
            y = 740 - 100 * number
            pdfs.column(canvas, [title], 72, y, 14, "Helvetica-Bold")
            pdfs.column(canvas, pdfs.LEFT[:2], 72, y - 20)
            if number < 3:
                pdfs.column(canvas, ["Example"], 72, y - 50, 10, "Times-Bold")
                pdfs.column(canvas, ["pour(tea)", "drink(tea)"], 72, y - 64, 9, "Courier")

    text = read(pdfs.made(draw)).text
    assert "Example" not in text
    assert text.count("```\npour(tea)\ndrink(tea)\n```") == 3


def test_a_heading_is_as_its_bookmark_has_it() -> None:
    name = "The Well-known Teapots of an Otherwise Unknown House"

    def draw(canvas: Canvas) -> None:
        set_out = ["THE WELL-KNOWN TEA-", "POTS OF AN OTHERWISE UNKNOWN HOUSE"]
        pdfs.column(canvas, ["ON TEA"], 72, 780, 20, "Helvetica-Bold")
        canvas.setTitle("On Tea")
        for key, title, lines in (("a", name, set_out), ("b", "Cups", ["1 Cups"])):
            canvas.bookmarkPage(key)
            canvas.addOutlineEntry(title, key, 0)
            y = pdfs.column(canvas, lines, 72, 700, 14, "Helvetica-Bold")
            pdfs.column(canvas, [*pdfs.LEFT[:3], *pdfs.LEFT[:2]], 72, y - 20)
            canvas.showPage()

    assert headings(read(pdfs.made(draw))) == ["# On Tea", f"## {name}", "## Cups"]


def test_an_item_with_the_name_of_a_section_is_not_its_heading() -> None:
    def draw(canvas: Canvas) -> None:
        pdfs.column(canvas, ["On Tea"], 72, 780, 20, "Helvetica-Bold")
        pdfs.column(canvas, ["There are these:"], 72, 740)
        pdfs.column(canvas, ["• cups"], 72, 710)
        canvas.bookmarkPage("a")
        canvas.addOutlineEntry("Cups", "a", 0)
        pdfs.column(canvas, ["Cups"], 72, 650, 14, "Helvetica-Bold")
        pdfs.column(canvas, pdfs.LEFT[:2], 72, 620)

    reading = read(pdfs.made(draw))
    assert headings(reading) == ["# On Tea", "## Cups"]
    assert "- cups" in reading.text


def test_a_paragraph_below_a_list_is_not_of_its_last_item_although_its_first_line_is_set_in() -> None:
    def draw(canvas: Canvas) -> None:
        pdfs.column(canvas, pdfs.LEFT[:2], 72, 720)
        pdfs.column(canvas, ["• hot", "• wet"], 72, 690)
        pdfs.column(canvas, [pdfs.RIGHT[0]], 90, 660)
        pdfs.column(canvas, pdfs.RIGHT[1:], 72, 648)

    assert "\n- wet\n\nA cup is what tea goes to" in read(pdfs.made(draw)).text


def test_the_mark_of_a_footnote_takes_it_away_and_a_mark_of_two_digits_goes_whole() -> None:
    page = b"".join([
        pdfs.shown(72, 700, ("Tea is poured into the cups on a table.", "F1"), ("13", "F1", 7, 4), (" One is", "F1")),
        pdfs.shown(72, 688, ("beside the other, and all of them are full of it until somebody comes.", "F1")),
        pdfs.shown(80, 90, ("13", "F1", 5, 3), ("They are of clay, as one hears in all of the houses.", "F1", 8, 0)),
    ])  # fmt: skip
    reading = INPUT.read(Given("a.pdf", "a.pdf", pdfs.of_formulas(page)))
    assert " ".join(reading.text.split()) == (
        "Tea is poured into the cups on a table. One is beside the other, and all of them are full of it until "
        "somebody comes."
    )
    assert reading.left_out == ["page 1: footnotes"]


def test_signs_that_an_item_names_stay_in_it() -> None:
    def draw(canvas: Canvas) -> None:
        pdfs.column(canvas, pdfs.LEFT[:2], 72, 720)
        for number, (name, signs) in enumerate((("letters:", "a b c d e f g"), ("others:", "! # $ % & ? @"))):
            pdfs.column(canvas, [f"• {name}"], 72, 690 - 24 * number)
            pdfs.column(canvas, [signs], 90, 678 - 24 * number, 10, "Courier")
        pdfs.column(canvas, pdfs.RIGHT[:2], 72, 600)

    assert "- letters:\n  `a b c d e f g`\n- others:\n  `! # $ % & ? @`\n" in read(pdfs.made(draw)).text
