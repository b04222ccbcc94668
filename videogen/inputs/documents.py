"""Which input reads what a person named, and what it says: a document, whatever its form."""

from __future__ import annotations

import difflib
import re
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from typing import NamedTuple

from videogen.inputs.adapter import GROUP, HEAD_BYTES, Adapter, Given, Reading, installed
from videogen.inputs.named import named_file, relative
from videogen.inputs.text import read_bytes
from videogen.model.errors import ValidationError, Where
from videogen.model.project import Document

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
_NAMED = re.compile(r"([a-z][a-z0-9]+):(?!//)(.+)", re.DOTALL)
_FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*\.[a-z0-9]+")
_CONVERT = {
    ".rst": "pandoc {0} -o {1}.md",
    ".adoc": "convert it to Markdown",
    ".doc": "save it as .docx",
    ".ppt": "save it as .pptx",
    ".odt": "save it as .docx",
    ".odp": "save it as .pptx",
    ".epub": "pandoc {0} -o {1}.md",
    ".tex": "pandoc {0} -o {1}.md",
    ".yaml": "a project is made as it is: video-gen create --from {0}",
    ".yml": "a project is made as it is: video-gen create --from {0}",
}


class Found(NamedTuple):
    """A document as it was read."""

    document: Document
    pictures: dict[str, bytes]
    """Pictures that lay inside it, by the name by which its text shows them."""
    inputs: list[str]
    """Every file that was read for it."""


@cache
def adapters() -> dict[str, Adapter]:
    """Input by name, those of other packages among them, in order of their names."""
    return {point.name: point.load() for point in sorted(entry_points(group=GROUP), key=lambda point: point.name)}


def read_document(named: str, folder: Path, root: Path, where: Where) -> Found:
    """The document that a file in `folder` names at `where`: a path, an address, or either after `name:` of an input.

    Paths in the result are relative to `root`. Raises ValidationError for what no input reads, or what the input
    that reads it cannot use.
    """
    asked, value = _parted(named)
    direct = [asked] if asked else list(adapters().values())
    for adapter in direct:
        if adapter.takes == "address" and (asked or adapter.reads(value, b"", "")):
            _check_installed(adapter, where)
            return _found(adapter.read(Given(value, value, path=folder / value, named_at=where)), value, [], root)
    if _ADDRESS.match(value):
        raise ValidationError("the source is a web address", where, "download it and name the file")
    path, shown = named_file(value, folder, root, where)
    head = read_bytes(path, what="document", shown=shown, limit=MOST_BYTES, named_at=where, first=HEAD_BYTES)
    adapter = asked or next((each for each in direct if each.takes == "content" and each.reads(value, head, "")), None)
    if adapter is None:
        raise _unread(value, where)
    _check_installed(adapter, where)
    data = read_bytes(path, what="document", shown=shown, limit=adapter.max_bytes, named_at=where)
    return _found(adapter.read(Given(value, shown, data, path, named_at=where)), shown, [shown], root)


MOST_BYTES = 1 << 40
"""Each input says itself how much it reads."""


def _parted(named: str) -> tuple[Adapter | None, str]:
    """The input that is named before a colon, if one is, and the rest."""
    match = _NAMED.fullmatch(named)
    adapter = adapters().get(match[1]) if match else None
    return (adapter, match[2]) if match and adapter else (None, named)


def _check_installed(adapter: Adapter, where: Where) -> None:
    if not installed(adapter):
        missing = f'the input "{adapter.name}" is not complete on this machine'
        raise ValidationError(missing, where, f'pip install "{adapter.extra}"')


def _found(reading: Reading, shown: str, inputs: list[str], root: Path) -> Found:
    if not reading.text.strip():
        raise ValidationError("the document is empty", Where(shown), "write something in it")
    if strange := next((name for name in reading.pictures if not _FILE.fullmatch(name)), None):
        raise ValueError(f"a picture inside {shown} is called {strange!r}: an input has to give it a plain name")
    document = Document(
        path=shown,
        text=reading.text,
        title=reading.title,
        unit=reading.unit,
        starts=list(reading.starts),
        left_out=[f"{shown}: {what}" for what in reading.left_out],
    )
    return Found(document, dict(reading.pictures), [*inputs, *(relative(path, root) for path in reading.inputs)])


def _unread(value: str, where: Where) -> ValidationError:
    suffix = Path(value).suffix.lower()
    if suffix in _CONVERT:
        hint = _CONVERT[suffix].format(value, Path(value).stem)
    else:
        close = difflib.get_close_matches(suffix[1:], list(adapters()), 1)
        name = close[0] if close else "md"
        hint = f'if you know what it is, say so, as in "{name}:{value}"; `video-gen inputs` lists what can be read'
    return ValidationError(f"no input reads {suffix[1:] or 'this kind of file'}", where, hint)
