"""PDFs with mathematics: a sentence goes with its formula, and every other one stays as it is."""

from __future__ import annotations

import pdfs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from videogen.inputs.adapter import Given, Reading
from videogen.inputs.pdf.formulas import GAP, displayed, readable, with_gaps
from videogen.inputs.pdf.pages import INDEX, MATH, PLAIN, Cell, Line, Span
from videogen.inputs.pdffile import INPUT

TEA = "Tea is poured into the cups that stand on a table, one after the other,"


def read(*contents: bytes) -> Reading:
    return INPUT.read(Given("a.pdf", "a.pdf", pdfs.of_formulas(*contents)))


def paragraphs(reading: Reading) -> list[str]:
    return [" ".join(part.split()) for part in reading.text.split("\n\n") if part.strip()]


def test_a_sentence_is_left_out_with_the_formula_that_it_runs_into() -> None:
    page = b"".join([
        pdfs.shown(72, 700, (TEA, "F1")),
        pdfs.shown(72, 688, ("and none of them is forgotten by the host. Its amount in each cup is", "F1")),
        pdfs.shown(200, 660, ("V", "F2"), (" = ", "F1"), ("r", "F2"), ("2", "F1", 7, 4), ("h", "F2")),
        pdfs.shown(72, 632, ("where ", "F1"), ("r", "F2"), (" is what a cup measures to its side, half. A", "F1")),
        pdfs.shown(72, 620, ("guest may ask for more, and nobody minds when that guest does so.", "F1")),
    ])  # fmt: skip
    reading = read(page)
    assert paragraphs(reading) == [
        f"{TEA} and none of them is forgotten by the host. A guest may ask for more, and nobody minds when that guest"
        " does so."
    ]
    assert reading.left_out == ["page 1: a formula"]


def test_a_sum_goes_with_its_limits_and_its_number() -> None:
    page = b"".join([
        pdfs.shown(72, 700, (TEA, "F1")),
        pdfs.shown(72, 688, ("and that is all there is to be known about it.", "F1")),
        pdfs.shown(203, 662, ("n", "F2", 7, 0)),
        pdfs.shown(200, 650, ("S", "F2"), (" = ", "F1"), ("a", "F2"), ("k", "F2", 7, -2)),
        pdfs.shown(203, 641, ("k", "F2", 7, 0), ("=0", "F1", 7, 0)),
        pdfs.shown(500, 650, ("\\(12\\)", "F1")),
        pdfs.shown(72, 615, ("Cups are of clay or of glass, and the glass ones break more often than", "F1")),
        pdfs.shown(72, 603, ("the others, which is why many houses have none of them.", "F1")),
    ])  # fmt: skip
    text = " ".join(paragraphs(read(page)))
    assert text.startswith(TEA)
    assert "k=0" not in text
    assert "12" not in text
    assert text.endswith("none of them.")


def test_a_short_formula_within_a_sentence_is_said_and_a_long_one_is_not() -> None:
    page = b"".join([
        pdfs.shown(72, 700, ("For every pot there are ", "F1"), ("N", "F2"), (" = 4 cups that stand here.", "F1")),
        pdfs.shown(72, 688, ("Their height is ", "F1"), ("h", "F2"), ("i", "F2", 7, -2), (", as they say. A", "F1")),
        pdfs.shown(72, 676, ("kettle stays on the fire until it sings.", "F1")),
    ])  # fmt: skip
    assert paragraphs(read(page)) == [
        "For every pot there are N = 4 cups that stand here. A kettle stays on the fire until it sings."
    ]


@pytest.mark.parametrize(("said", "kept"), [
    (f"One. Two {GAP} three. Four.", "One. Four."),
    (f"One, e.g. {GAP}. Four.", "Four."),
    (f"{GAP}. Therefore it holds. But cups break.", "But cups break."),
    (f"It holds. {GAP} Also.", "It holds."),
    (f"As follows:\n{GAP}\nwhere x is y.", ""),
])  # fmt: skip
def test_what_is_left_of_a_paragraph(said: str, kept: str) -> None:
    rows = readable([(1, row) for row in said.split("\n")])
    assert " ".join(text for _, text in rows if text) == kept


@given(st.lists(st.sampled_from(["Tea is hot.", "A cup breaks!", f"So {GAP} it is.", f"{GAP}.", "cups, e.g.", "\n"])))
def test_no_gap_is_ever_said_and_nothing_is_made_up(parts: list[str]) -> None:
    rows = [(1, row) for row in " ".join(parts).split("\n")]
    found = readable(rows)
    assert len(found) == len(rows)
    for (_, before), (_, after) in zip(rows, found, strict=True):
        assert GAP not in after
        words = iter(before.split())
        assert all(word in words for word in after.split())
    if GAP not in "".join(parts):
        assert found == rows


def line(y: float, x: float, *spans: tuple[str, str], size: float = 10.0, end: float = 0) -> Line:
    text = "".join(text for text, _ in spans)
    cell = Cell(x, end or x + 5 * len(text), tuple(Span(*span) for span in spans))
    return Line(1, y, size, False, (cell,), 72, 540, 0)


def test_a_line_of_code_or_of_words_is_no_formula() -> None:
    lines = [
        line(700, 72, ("where all of the cups have the same height ", PLAIN), ("h = k", MATH)),
        line(688, 72, ("x = y + z", "code")),
        line(676, 72, ("Tea = leaves + water, as every child knows", PLAIN)),
    ]
    assert displayed(lines, 10, ()) == [False, False, False]
    assert displayed([line(700, 200, ("x = y + z", MATH))], 10, ()) == [True]
    assert displayed([line(700, 200, ("x = y + z", MATH))], 10, {0}) == [False]


def test_an_index_and_what_cannot_be_read_make_a_gap() -> None:
    assert with_gaps([Span("of ", PLAIN), Span("m", MATH), Span("k", INDEX), Span(", and", PLAIN)]) == [
        Span("of ", PLAIN), Span(GAP, PLAIN), Span(", and", PLAIN)
    ]  # fmt: skip
    assert with_gaps([Span("of ", PLAIN), Span("x", MATH)]) == [Span("of ", PLAIN), Span("x", MATH)]
