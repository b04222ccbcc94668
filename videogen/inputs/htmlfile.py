"""HTML pages: what an article says, without what stands around it. Nothing is fetched."""

from __future__ import annotations

import codecs
import re
from typing import Literal

from videogen.inputs.adapter import Given, Reading
from videogen.model.errors import ValidationError
from videogen.model.limits import MAX_DOCUMENT_BYTES

_SUFFIXES = (".html", ".htm", ".xhtml", ".xht")
_TYPES = ("text/html", "application/xhtml+xml")
_BEGINS = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html[\s>])", re.IGNORECASE | re.DOTALL
)
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CHARSET = re.compile(
    rb"<(?:meta\s[^>]{0,400}?charset|\?xml[^>]{0,100}?encoding)\s*=\s*[\"']?\s*([A-Za-z0-9._:-]{1,40})", re.IGNORECASE
)
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


class _Html:
    name = "html"
    what = "an HTML page: its article, with lists, tables, code and pictures"
    limits = "at most 20 MB; navigation, scripts, forms and pictures of other sites are left out"
    takes: Literal["content", "address"] = "content"
    max_bytes = MAX_DOCUMENT_BYTES
    needs = ("lxml",)
    extra = "videogen[html]"

    def reads(self, value: str, head: bytes, media_type: str) -> bool:
        if value.lower().endswith(_SUFFIXES) or media_type in _TYPES:
            return True
        return not media_type and "." not in value.rsplit("/", 1)[-1] and _BEGINS.match(head) is not None

    def read(self, given: Given) -> Reading:
        from videogen.inputs.htmlpage import read_page

        text = decoded(given.data)
        if not text.strip():
            raise ValidationError("the page is empty", given.where, "name another")
        reading = read_page(text, given.path)
        if not reading.text.strip():
            raise ValidationError(
                "nothing on the page can be read: it may be filled in by a script",
                given.where,
                "open it in a browser, and save what it shows",
            )
        return reading


def decoded(data: bytes) -> str:
    """The text of a page: by its byte-order mark, by what it declares, as UTF-8, or else as Windows-1252."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _UNSEEN.sub("", data[len(mark) :].decode(encoding, "replace"))
    declared = _CHARSET.search(data[:2048])
    candidates = [_codec(declared[1].decode()) if declared else "", "utf-8"]
    text = next((text for name in candidates if name and (text := _in(name, data)) is not None), None)
    return _UNSEEN.sub("", data.decode("windows-1252", "replace") if text is None else text)


def _in(encoding: str, data: bytes) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _codec(label: str) -> str:
    """The codec that browsers take for a label (WHATWG Encoding, 4.2); "" for one that is no encoding of text."""
    label = label.lower()
    if label.startswith("utf-16"):
        return "utf-8"  # that the declaration could be read shows that it is not
    if label in ("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii", "iso8859-1", "l1"):
        return "windows-1252"
    try:
        found = codecs.lookup(label)
    except LookupError:
        return ""
    return found.name if getattr(found, "_is_text_encoding", True) else ""


INPUT = _Html()
