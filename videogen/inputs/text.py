"""Reading a text file that a person named: once, bounded, and with an error that says what to do."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from videogen.model.errors import ValidationError, Where

_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def read_text(path: Path, *, what: str, shown: str, limit: int, named_at: Where | None = None) -> str:
    """The text of a UTF-8 file, without a byte-order mark and with LF line ends.

    `what` names the kind of file ("project", "document"), `shown` is its path in messages, `limit` its largest
    size in bytes, and `named_at` the place that names the file, when another file does. Raises ValidationError
    when the file is missing, not a regular file, unreadable, too large, binary, or not UTF-8.
    """
    return decode(read_bytes(path, what=what, shown=shown, limit=limit, named_at=named_at), what=what, shown=shown)


def decode(data: bytes, *, what: str, shown: str) -> str:
    """The text in UTF-8 bytes, without a byte-order mark and with LF line ends. Raises ValidationError."""
    if data.startswith(_UTF16):
        raise ValidationError(
            f"the {what} is UTF-16, not UTF-8", Where(shown), f"convert it: iconv -f UTF-16 -t UTF-8 {shown}"
        )
    nul = data.find(b"\0")
    if nul >= 0:
        raise ValidationError(
            f"the {what} is not text: it holds a NUL byte at offset {nul}", Where(shown), "name a UTF-8 text file"
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # decoding without a BOM gives offsets that count from the first byte of the file
        offset = error.start + (3 if data.startswith(b"\xef\xbb\xbf") else 0)
        line = data.count(b"\n", 0, offset) + 1
        raise ValidationError(
            f"the {what} is not UTF-8: byte 0x{data[offset]:02x} at offset {offset}",
            Where(shown, line),
            f"convert it, for example: iconv -f WINDOWS-1252 -t UTF-8 {shown}",
        ) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_bytes(
    path: Path, *, what: str, shown: str, limit: int, named_at: Where | None = None, first: int | None = None
) -> bytes:
    """The bytes of a file, or its `first` so many; see `read_text`. Raises ValidationError."""
    where = named_at or Where(shown)
    try:
        mode = os.stat(path).st_mode
        if stat.S_ISDIR(mode):
            raise ValidationError(f'the {what} "{shown}" is a folder', where, "name a file in it")
        if not stat.S_ISREG(mode):
            # opening a pipe or a device could block, or never end
            raise ValidationError(f'the {what} "{shown}" is not a regular file', where, "name a file")
        with open(path, "rb") as file:
            size = os.fstat(file.fileno()).st_size
            data = b"" if size > limit else file.read(limit + 1 if first is None else first)
    except (FileNotFoundError, NotADirectoryError):
        raise ValidationError(f'the {what} "{shown}" does not exist', where, "check the path") from None
    except PermissionError:
        raise ValidationError(
            f'the {what} "{shown}" may not be read', where, "give yourself permission to read it: chmod u+r"
        ) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ValidationError(f'the {what} "{shown[:80]}" cannot be read: {reason}', where, "check the path") from None
    if size > limit or len(data) > limit:
        raise ValidationError(
            f'the {what} "{shown}" is too large: {max(size, len(data)) / 1e6:.1f} MB; the limit is {limit / 1e6:g} MB',
            where,
            "split it into several",
        )
    return data
