"""Project files of the working folder: found by name, read and replaced, never anything else."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path
from typing import NamedTuple

from videogen.build.workspace import is_project_name, known_projects
from videogen.model.errors import ValidationError
from videogen.model.limits import MAX_PROJECT_BYTES
from videogen.web.errors import NotFound
from videogen.web.guard import too_large

_TITLE = re.compile(r"^title:[ \t]*(.+?)[ \t]*$", re.MULTILINE)
_HEAD = 4096
"""Characters in which a project's title is looked for."""


class Stored(NamedTuple):
    """A project as it lies in its file."""

    text: str
    etag: str
    """A strong validator of HTTP: another for every content."""


def path_of(name: str) -> str:
    """Where a project of this name is, or would be. Raises NotFound for what cannot name one, and ValidationError for
    a link, which may lead anywhere."""
    if not is_project_name(name) or len(name) > 100:
        raise NotFound(f'there is no project "{name[:40]}"', hint="a name has lower-case letters, digits and - only")
    path = f"projects/{name}.yaml"
    here = os.path.realpath(".")
    if os.path.realpath(path) != os.path.join(os.path.realpath("projects"), f"{name}.yaml") or (
        os.path.commonpath([here, os.path.realpath("projects")]) != here
    ):
        raise ValidationError(f'"{path}" is a link, which is not followed', hint="edit what it leads to itself")
    return path


def read(name: str) -> Stored:
    """A project's text. Raises NotFound and ValidationError."""
    found = look(name)
    if found is None:
        raise NotFound(f'there is no project "{name}"', hint=f"there are: {', '.join(known_projects())[:200]}")
    return found


def look(name: str) -> Stored | None:
    """A project's text, if there is such a project. Raises ValidationError for what is no text."""
    path = path_of(name)
    try:
        data = Path(path).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ValidationError(f'"{path}" cannot be read: {error.strerror}') from None
    return Stored(text_of(data, path), etag_of(data))


def text_of(data: bytes, path: str) -> str:
    """What is sent or stored, as text. Raises TooLarge and ValidationError."""
    if len(data) > MAX_PROJECT_BYTES:
        raise too_large(MAX_PROJECT_BYTES)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValidationError(f'"{path}" is not UTF-8', hint="save it as UTF-8") from None


def etag_of(data: bytes) -> str:
    """The validator of a content.

    >>> etag_of(b"title: A") == etag_of(b"title: A"), etag_of(b"title: A") == etag_of(b"title: B")
    (True, False)
    """
    return f'"{hashlib.sha256(data).hexdigest()[:32]}"'


def title_of(text: str) -> str:
    """What a project says that it is called; "" where it does not say so in one line.

    >>> title_of("# mine\\ntitle: 'A talk'\\n"), title_of("source: a.md")
    ('A talk', '')
    """
    found = _TITLE.search(text[:_HEAD])
    return found[1].strip("\"'")[:200] if found else ""
