"""Word documents: what they say, by their styles."""

from __future__ import annotations

from typing import Literal

from videogen.inputs.adapter import Given, Reading
from videogen.inputs.zipped import MOST_BYTES, office_parts
from videogen.model.errors import ValidationError

_TYPES = ("application/vnd.openxmlformats-officedocument.wordprocessingml.document",)


class _Docx:
    name = "docx"
    what = "a Word document: headings, lists, tables, charts, code and pictures by their styles and looks"
    limits = (
        "at most 100 MB, and 500 MB unpacked; comments, deletions, covers, contents, notes, drawn shapes, headers and "
        "footers are left out"
    )
    takes: Literal["content", "address"] = "content"
    max_bytes = MOST_BYTES
    needs = ("mammoth", "lxml")
    extra = "videogen[docx]"

    def reads(self, value: str, head: bytes, media_type: str) -> bool:
        return value.lower().endswith((".docx", ".docm")) or media_type in _TYPES

    def read(self, given: Given) -> Reading:
        parts = office_parts(given.data, given.where, "docx", "word/document")
        if "word/vbaProject.bin" in parts:
            raise ValidationError("it holds macros, which are programs", given.where, "save it as .docx")
        from videogen.inputs.worddocument import read_word

        return read_word(given.data, parts, given.where)


INPUT = _Docx()
