"""PDF: what its pages say, in the order in which they are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from videogen.inputs.adapter import Given, Reading
from videogen.model.errors import ValidationError

MAX_BYTES = 100_000_000


class _Pdf:
    name = "pdf"
    what = "a PDF with text in it: papers in columns, manuals, slides"
    limits = (
        "at most 100 MB and 2000 pages; no password, no scan; sentences with formulas, drawings, footnotes, contents"
        " and references are left out"
    )
    takes: Literal["content", "address"] = "content"
    max_bytes = MAX_BYTES
    needs: Sequence[str] = ()
    extra = ""

    def reads(self, value: str, head: bytes, media_type: str) -> bool:
        named = value.lower().split("?")[0].endswith(".pdf") or media_type in ("application/pdf", "application/x-pdf")
        return named or b"%PDF-" in head[:1024]

    def read(self, given: Given) -> Reading:
        from videogen.inputs.pdf.document import as_markdown
        from videogen.inputs.pdf.reader import read_pages

        if b"%PDF-" not in given.data[:1024]:
            raise ValidationError("this is no PDF: it does not begin with %PDF", given.where, "check what it is: file")
        found = read_pages(given.data, given.where)
        failed = [page for page in found.pages if page.failed]
        if len(failed) == len(found.pages):
            raise ValidationError(
                f"no page of the PDF can be read: {failed[0].failed}", given.where, "repair it: qpdf in.pdf out.pdf"
            )
        reading = as_markdown(found.pages, found.title, found.outline)
        letters = sum(len(line.text) for page in found.pages for line in page.lines)
        if letters < 20 * (len(found.pages) - len(failed)) and any(page.images for page in found.pages):
            raise ValidationError(
                "the PDF is scanned: its pages are pictures, without text", given.where,
                "have the text recognised: ocrmypdf in.pdf out.pdf",
            )  # fmt: skip
        if not any(char.isalnum() for char in reading.text):
            raise ValidationError(
                "the PDF has no text", given.where, "if it shows text: ocrmypdf --force-ocr in.pdf out.pdf"
            )
        pictures = {name: file for name, file in found.pictures.items() if f"({name})" in reading.text}
        return replace(reading, pictures=pictures)


INPUT = _Pdf()
