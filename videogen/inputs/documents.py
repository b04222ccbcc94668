"""Which input reads what a person named, and what it says: a document, whatever its form."""

from __future__ import annotations

import difflib
import os
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlsplit

from videogen.inputs.adapter import GROUP, HEAD_BYTES, Adapter, Given, Reading, installed
from videogen.inputs.kept import Kept
from videogen.inputs.named import named_file, relative
from videogen.inputs.text import read_bytes
from videogen.model.address import shown_source
from videogen.model.allowed import check_inside
from videogen.model.errors import ValidationError, Where
from videogen.model.points import registered
from videogen.model.project import Document

if TYPE_CHECKING:
    from videogen.inputs.fetch import Head

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
    return {point.name: point.load() for point in registered(GROUP)}


def read_document(
    named: str, folder: Path, root: Path, where: Where, kept: Kept | None = None, language: str = "en"
) -> Found:
    """The document that a file in `folder` names at `where`: a path, an address, or either after `name:` of an input.

    Paths in the result are relative to `root`. What has to be fetched goes into `kept`, or comes from there;
    `language` is that of the film. Raises ValidationError for what no input reads, or what the input that reads it
    cannot use, and other PipelineErrors for what cannot be fetched.
    """
    asked, value = _parted(named)
    kept = kept or Kept("fetched", root)
    if (adapter := _of_addresses(asked, value)) is not None:
        _check_installed(adapter, where)
        path, shown = (None, value) if _ADDRESS.match(value) else named_file(value, folder, root, where)
        local = path is not None and os.path.isfile(path)
        given = Given(
            value,
            shown if local else value,
            path=path if local else None,
            named_at=where,
            language=language,
            keep=kept.value,
        )
        reading = adapter.read(given)
        return _found(reading, reading.address or given.shown, [*([shown] if local else []), *kept.used], root)
    if _ADDRESS.match(value):
        return _read_page(asked, value, root, where, kept, language)
    path, shown = named_file(value, folder, root, where)
    head = read_bytes(path, what="document", shown=shown, limit=MOST_BYTES, named_at=where, first=HEAD_BYTES)
    adapter = asked or _of_content(value, head, "")
    if adapter is None:
        raise _unread(value, where)
    _check_installed(adapter, where)
    data = read_bytes(path, what="document", shown=shown, limit=adapter.max_bytes, named_at=where)
    reading = adapter.read(Given(value, shown, data, path, named_at=where, language=language))
    return _found(reading, shown, [shown], root)


def is_address(named: str) -> bool:
    """Whether what a person named is fetched: a web address, or what an input of addresses knows.

    >>> is_address("https://example.com/notes.md"), is_address("notes.md")
    (True, False)
    """
    asked, value = _parted(named)
    return bool(_ADDRESS.match(value)) or (_of_addresses(asked, value) is not None and not os.path.isfile(value))


def moved(named: str, folder: Path) -> str:
    """What was named from the working folder, as a file in `folder` names it. Raises ValidationError for a file that
    is not there, or outside the folder that is allowed.

    >>> moved("https://example.com/notes.md", Path("projects"))
    'https://example.com/notes.md'
    """
    if is_address(named):
        return named
    asked, value = _parted(named)
    check_inside(value, value)
    if not os.path.exists(value):
        raise ValidationError(f'there is no file "{value}"', hint="check the path")
    return (f"{asked.name}:" if asked else "") + os.path.relpath(value, folder).replace(os.sep, "/")


def called(named: str) -> str:
    """A name for what was named, to call a project by: the file's, without its ending, or what an address ends in.

    Raises ValidationError for what looks like an address and is none.

    >>> called("docs/guide.md"), called("https://example.com/docs/guide.html?v=2"), called("https://example.com/")
    ('guide', 'guide', 'example.com')
    """
    asked, value = _parted(named)
    if not is_address(named):
        return Path(value).stem
    if (adapter := _of_addresses(asked, value)) is not None:
        return f"{adapter.name} {re.sub('.*[/=:]', '', value.rstrip('/'))}"
    try:
        parts = urlsplit(value)
    except ValueError:
        raise ValidationError(
            f'"{shown_source(value)}" begins no address that can be read', hint="copy it from a browser"
        ) from None
    return Path(unquote(parts.path.rstrip("/").rpartition("/")[2])).stem or parts.hostname or value


def _read_page(asked: Adapter | None, url: str, root: Path, where: Where, kept: Kept, language: str) -> Found:
    """The document at an address, read by the input that its content type tells, or its name where that says little."""

    def reader(head: Head) -> Adapter:
        little = head.media_type in _SAYS_LITTLE
        adapter = asked or _of_content(head.name if little else "", head.first, head.media_type)
        if adapter is None and little and (suffix := Path(head.name).suffix):
            raise _unread(f"page{suffix}", where)
        if adapter is None:
            said = head.media_type or "what has no name and no type"
            raise ValidationError(
                f"no input reads {said}, which {urlsplit(head.url).hostname} sends",
                where,
                f'if you know what it is, say so, as in "md:{url}"; `video-gen inputs` lists what can be read',
            )
        _check_installed(adapter, where)
        return adapter

    page = kept.page(url, lambda head: reader(head).max_bytes, where)
    shown = shown_source(url)  # it stands in warnings, and in the manifest, which is published
    given = Given(url, shown, page.data, None, page.head.media_type, where, language)
    return _found(reader(page.head).read(given), shown, kept.used, root)


_SAYS_LITTLE = (
    *("", "text/plain", "application/octet-stream", "binary/octet-stream", "application/x-download"),
    *("application/zip", "application/x-zip-compressed", "application/json", "application/xml", "text/xml"),
)
"""Content types that servers give to files of many kinds: there the name says more."""


def _of_addresses(asked: Adapter | None, value: str) -> Adapter | None:
    """The input of addresses that reads a value, if one does."""
    direct = [asked] if asked else list(adapters().values())
    return next((each for each in direct if each.takes == "address" and (asked or each.reads(value, b"", ""))), None)


def _of_content(name: str, head: bytes, media_type: str) -> Adapter | None:
    """The input that reads a content, if one does."""
    return next((a for a in adapters().values() if a.takes == "content" and a.reads(name, head, media_type)), None)


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
        numbers=list(reading.numbers),
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
