"""Pictures that a page shows: those inside it, and those that lie beside it."""

from __future__ import annotations

import base64
import binascii
import os
import re
from pathlib import Path
from urllib.parse import quote, unquote, unquote_to_bytes

from videogen.inputs.embedded import MOST_BYTES, Pictures

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_DATA = re.compile(r"data:image/[\w.+-]+((?:;[^;,]*)*),(.*)", re.IGNORECASE | re.DOTALL)


def local_pictures(path: Path | None) -> LocalPictures:
    """Finds the pictures of the page at `path`; of a page that lies nowhere, those inside it."""
    return LocalPictures(path)


class LocalPictures:
    """Finds pictures by the address that a page gives, and counts those that it cannot take."""

    def __init__(self, path: Path | None) -> None:
        self.pictures = Pictures()
        self.folder = None if path is None else path.parent
        self.elsewhere = 0
        self.missing: list[str] = []

    def __call__(self, source: str, line: int) -> str | None:
        """A picture as Markdown names it; None for one that cannot be shown."""
        source = source.strip()
        if inline := _DATA.match(source):
            data = _data(inline[1], inline[2])
            return None if data is None else self.pictures.add(data, f"line {line}")
        plain = unquote(re.split(r"[?#]", source)[0])
        if not plain or _SCHEME.match(source) or plain.startswith("/"):
            self.elsewhere += bool(plain)
            return None
        if self.folder is None or not os.path.isfile(self.folder / plain):
            self.missing.append(plain)
            return None
        if not any(_within(self.folder / plain, place) for place in (self.folder, Path())):
            self.missing.append(plain)
            return None
        return quote(plain)

    def notes(self) -> list[str]:
        """What was left out."""
        found = [f"{self.elsewhere} pictures that are somewhere else"] if self.elsewhere else []
        missing = list(dict.fromkeys(self.missing))
        more = f" and {len(missing) - 3} more" if len(missing) > 3 else ""
        return [
            *found,
            *([f"pictures that do not lie beside it: {', '.join(missing[:3])[:200]}{more}"] if missing else []),
        ]


def _data(parameters: str, data: str) -> bytes | None:
    if len(data) > MOST_BYTES * 2:
        return None
    if ";base64" not in parameters.lower():
        return unquote_to_bytes(data)
    try:
        return base64.b64decode("".join(unquote(data).split()), validate=False)
    except (binascii.Error, ValueError):
        return None


def _within(path: Path, folder: Path) -> bool:
    place, top = os.path.realpath(path), os.path.realpath(folder)
    return os.path.commonpath([place, top]) == top
