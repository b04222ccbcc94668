"""Markdown as it is: the one form that needs no turning into another."""

from __future__ import annotations

from typing import Literal

from videogen.inputs.adapter import Given, Reading
from videogen.inputs.text import decode
from videogen.model.limits import MAX_DOCUMENT_BYTES

_SUFFIXES = (".md", ".markdown", ".mdown", ".mkd", ".mdx", ".qmd")


class _Markdown:
    name = "md"
    what = "Markdown: CommonMark with GitHub's tables, task lists, callouts and footnotes"
    limits = "UTF-8, at most 20 MB; HTML in it is read for its text only"
    takes: Literal["content", "address"] = "content"
    max_bytes = MAX_DOCUMENT_BYTES
    needs = ()
    extra = ""

    def reads(self, value: str, head: bytes, media_type: str) -> bool:
        return value.lower().endswith(_SUFFIXES) or media_type in ("text/markdown", "text/x-markdown")

    def read(self, given: Given) -> Reading:
        return Reading(decode(given.data, what="document", shown=given.shown))


INPUT = _Markdown()
