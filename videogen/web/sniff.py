"""What an upload is, by its content: its name has to agree, and it may not be two things at once."""

from __future__ import annotations

import io
import json
import os
import re
import unicodedata
import zipfile
from typing import BinaryIO

from videogen.web.errors import WrongType

ENDINGS = {
    ".md": "text",
    ".markdown": "text",
    ".txt": "text",
    ".html": "text",
    ".htm": "text",
    ".srt": "text",
    ".vtt": "text",
    ".yaml": "text",
    ".yml": "text",
    ".ipynb": "json",
    ".pdf": "pdf",
    ".docx": "word/document.xml",
    ".pptx": "ppt/presentation.xml",
}
"""What may be uploaded: text, JSON, PDF, or a zip file with this part in it."""
_MAGIC = (
    *(b"%PDF-", b"PK\x03\x04", b"PK\x05\x06", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"RIFF", b"\x7fELF", b"MZ"),
    *(b"\x1f\x8b", b"BZh", b"7z\xbc\xaf", b"Rar!", b"\xd0\xcf\x11\xe0", b"\xca\xfe\xba\xbe", b"OggS", b"ID3", b"#!"),
)
"""What files of other kinds begin with."""
_END_OF_ZIP = b"PK\x05\x06"
_HEAD = 1024
_TAIL = 65_557
"""Bytes in which a zip file's end is."""
_LONGEST = 80


def check_content(file: BinaryIO, name: str) -> None:
    """Raise WrongType where a file is not what the ending of its name says, or is something else as well."""
    ending = os.path.splitext(name)[1].lower()
    kind = ENDINGS.get(ending)
    if kind is None:
        raise WrongType(f'"{ending or name}" is not read here', hint=f"send one of {' '.join(ENDINGS)}")
    file.seek(0)
    head = file.read(_HEAD)
    size = file.seek(0, io.SEEK_END)
    file.seek(max(size - _TAIL, 0))
    tail = file.read()
    file.seek(0)
    if not size:
        raise WrongType(f'"{name}" is empty', hint="write something in it")
    if kind == "pdf":
        _check_pdf(head, tail, name)
    elif "/" in kind:
        _check_zip(file, head, kind, name)
    else:
        _check_text(file, head, name)
        if kind == "json":
            _check_notebook(file, name)
    file.seek(0)


def _check_pdf(head: bytes, tail: bytes, name: str) -> None:
    if not head.startswith(b"%PDF-"):
        raise WrongType(f'"{name}" is no PDF', hint="its content is something else than its name says")
    at = tail.rfind(_END_OF_ZIP)
    # the length of its comment leads to the very end of the file: chance does not write that
    if 0 <= at <= len(tail) - 22 and at + 22 + int.from_bytes(tail[at + 20 : at + 22], "little") == len(tail):
        raise WrongType(f'"{name}" is a PDF and a zip file at once', hint="save it again as a PDF")


def _check_zip(file: BinaryIO, head: bytes, part: str, name: str) -> None:
    if not head.startswith(b"PK\x03\x04"):
        raise WrongType(f'"{name}" is no document of Office', hint="its content is something else than its name says")
    try:
        with zipfile.ZipFile(file) as packed:
            names = set(packed.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, UnicodeDecodeError):
        raise WrongType(f'"{name}" is broken', hint="save it again") from None
    if not {"[Content_Types].xml", part} <= names:
        raise WrongType(
            f'"{name}" is a zip file, but none of its kind', hint="save it again with the program it is from"
        )


def _check_text(file: BinaryIO, head: bytes, name: str) -> None:
    if head.startswith(_MAGIC) or b"%PDF-" in head:
        raise WrongType(f'"{name}" is no text', hint="its content is something else than its name says")
    encoding = "utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8"
    reader = io.TextIOWrapper(file, encoding=encoding, errors="strict")
    try:
        while piece := reader.read(1 << 16):
            if "\0" in piece:
                raise WrongType(f'"{name}" is no text', hint="it has NUL characters in it")
    except UnicodeDecodeError:
        # old text in another encoding is read by the input, which says what it takes it for
        if encoding == "utf-16" or _has_nul(file):
            raise WrongType(f'"{name}" is no text', hint="save it as UTF-8") from None
    finally:
        reader.detach()


def _has_nul(file: BinaryIO) -> bool:
    file.seek(0)
    return any(b"\0" in piece for piece in iter(lambda: file.read(1 << 16), b""))


def _check_notebook(file: BinaryIO, name: str) -> None:
    file.seek(0)
    try:
        found = json.load(file)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict) or "cells" not in found:
        raise WrongType(f'"{name}" is no notebook', hint="its content is something else than its name says")


def label_of(name: str) -> str:
    """A file's name as it may be kept: without its folders, without what is not to be seen, and not long.

    >>> label_of("../../etc/Passwd.md"), label_of("C:\\\\x\\\\a\\0b.md"), label_of("..."), label_of("-rf.md")
    ('Passwd.md', 'ab.md', 'document', 'rf.md')
    """
    last = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    kept = "".join(sign for sign in unicodedata.normalize("NFC", last) if unicodedata.category(sign)[0] != "C")
    plain = re.sub(r"\s+", " ", re.sub(r'[<>:"|?*%&;$`\'(){}\[\]!#~^=+,@]', "", kept)).strip(" .-_")
    stem, ending = os.path.splitext(plain)
    return (stem[:_LONGEST].rstrip(" .") + ending[:12]) or "document"
