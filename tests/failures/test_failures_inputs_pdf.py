"""PDFs that cannot be read: one clear line, soon, and nothing left behind."""

from __future__ import annotations

import io
import time
from pathlib import Path

import pdfs
import pytest
from pypdf import PdfReader, PdfWriter

from videogen.inputs.adapter import Given
from videogen.inputs.pdf import reader
from videogen.inputs.pdffile import INPUT
from videogen.inputs.source import read_source
from videogen.model.errors import PipelineError, ResourceError, ValidationError, Where


def refusal(data: bytes) -> PipelineError:
    with pytest.raises((ValidationError, ResourceError)) as caught:
        INPUT.read(Given("a.pdf", "a.pdf", data))
    assert caught.value.hint
    assert "\n" not in str(caught.value)
    return caught.value


def test_300_mb_are_refused_before_they_are_read(tmp_path: Path) -> None:
    (tmp_path / "talk.yaml").write_text("source: big.pdf\n")
    with open(tmp_path / "big.pdf", "wb") as file:
        file.write(b"%PDF-1.7\n")
        file.truncate(300_000_000)
    began = time.monotonic()
    with pytest.raises(ValidationError) as caught:
        read_source(tmp_path / "talk.yaml", tmp_path)
    assert time.monotonic() - began < 2
    assert 'the document "big.pdf" is too large: 300.0 MB; the limit is 100 MB' in str(caught.value)


def test_a_password() -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdfs.made(pdfs.paper))))
    writer.encrypt("secret", "owner", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    assert str(refusal(out.getvalue())) == (
        "a.pdf: the PDF is encrypted: it opens with a password only; "
        "take the password off: qpdf --decrypt --password=... in.pdf out.pdf"
    )


def test_a_scan() -> None:
    assert str(refusal(pdfs.made(pdfs.scanned))) == (
        "a.pdf: the PDF is scanned: its pages are pictures, without text; "
        "have the text recognised: ocrmypdf in.pdf out.pdf"
    )


def test_no_text_at_all() -> None:
    assert "the PDF has no text" in str(refusal(pdfs.pages(b"0 0 m 100 100 l S")))


@pytest.mark.parametrize("data", [
    b"%PDF-1.7\n",
    b"%PDF-1.7\n" + bytes(range(256)) * 40,
    pdfs.made(pdfs.paper)[:300],
    pdfs.raw([b"<< /Type /Catalog >>"]),
    pdfs.raw([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 1 /Kids [2 0 R] >>"]),
    pdfs.raw([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 99999999 /Kids [] >>"]),
], ids=["a head alone", "noise", "cut", "no pages", "pages in a circle", "pages that are not there"])  # fmt: skip
def test_what_is_broken(data: bytes) -> None:
    error = refusal(data)
    assert isinstance(error, ValidationError)
    assert str(error).startswith(("a.pdf: the PDF is broken: ", "a.pdf: the PDF has no pages"))


def test_what_only_has_the_name_of_a_pdf() -> None:
    assert "this is no PDF: it does not begin with %PDF" in str(refusal(b"<html>Not found</html>"))


def test_too_many_pages() -> None:
    writer = PdfWriter()
    for _ in range(reader.MAX_PAGES + 1):
        writer.add_blank_page(100, 100)
    out = io.BytesIO()
    writer.write(out)
    assert f"the PDF has {reader.MAX_PAGES + 1} pages; the limit is {reader.MAX_PAGES}" in str(refusal(out.getvalue()))


def test_a_page_that_takes_for_ever_is_given_up_and_the_others_are_read() -> None:
    endless = b"q 1 0 0 1 0 0 cm Q\n" * 2_000_000  # 40 kB in the file
    data = pdfs.pages(pdfs.words("The first page."), endless, pdfs.words("The last page."))
    began = time.monotonic()
    found = reader.read_pages(data, Where("a.pdf"), page_seconds=3)
    assert time.monotonic() - began < 20
    assert [[line.text for line in page.lines] for page in found.pages] == [["The first page."], [], ["The last page."]]
    assert found.pages[1].failed == "it takes too long, or too much memory"


def test_pages_that_all_take_for_ever() -> None:
    endless = b"q 1 0 0 1 0 0 cm Q\n" * 2_000_000
    with pytest.raises(ResourceError) as caught:
        reader.read_pages(pdfs.pages(*[endless] * 5), Where("a.pdf"), page_seconds=1.5)
    assert "of its pages take too long, or too much memory" in str(caught.value)


def test_a_stream_that_grows_to_a_gigabyte_harms_no_other_page() -> None:
    bomb = b" " * 1_000_000_000
    data = pdfs.pages(pdfs.words("The first page."), bomb, pdfs.words("The last page."))
    assert len(data) < 2_000_000
    found = reader.read_pages(data, Where("a.pdf"), page_seconds=10)
    assert [line.text for line in found.pages[0].lines] == ["The first page."]
    assert [line.text for line in found.pages[2].lines] == ["The last page."]


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    refusal(pdfs.made(pdfs.scanned))
    assert list(tmp_path.iterdir()) == []
