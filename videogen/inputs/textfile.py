"""Plain text: headings, lists, code, tables and paragraphs, found by how they are laid out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath
from typing import Literal

from videogen.inputs.adapter import Given, Reading
from videogen.inputs.text import decode
from videogen.model.errors import ValidationError
from videogen.model.limits import MAX_DOCUMENT_BYTES

_SUFFIXES = (".txt", ".text", ".asc")


class _PlainText:
    name = "txt"
    what = "plain text: notes, manuals, RFCs, and other text with headings, lists and paragraphs by layout"
    limits = "UTF-8, at most 20 MB; contents and running heads are left out"
    takes: Literal["content", "address"] = "content"
    max_bytes = MAX_DOCUMENT_BYTES
    needs: Sequence[str] = ()
    extra = ""

    def reads(self, value: str, head: bytes, media_type: str) -> bool:
        name = PurePosixPath(value.lower()).name
        if name.endswith(_SUFFIXES):
            return True
        bare = "." not in name and "?" not in name
        return bare and (media_type == "text/plain" or (not media_type and _is_text(head)))

    def read(self, given: Given) -> Reading:
        from videogen.inputs.plain.blocks import as_markdown

        text = decode(given.data, what="document", shown=given.shown)
        reading = as_markdown(text)
        if not any(char.isalnum() for char in reading.text):
            raise ValidationError("no text is left that could be read", given.where, "write a few sentences in it")
        return reading


def _is_text(head: bytes) -> bool:
    """Whether it begins like text in UTF-8; its last letter may be cut."""
    shown = head.decode("utf-8", "replace").rstrip("\ufffd")
    strange = sum(char == "\ufffd" or (ord(char) < 32 and char not in "\t\n\r\f\x08\x1b") for char in shown)
    return bool(shown.strip()) and not strange


INPUT = _PlainText()
