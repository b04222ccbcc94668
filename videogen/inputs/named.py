"""Files that a project, or a file that it names, names: found, and allowed, in this one place."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, TypeVar

from videogen.model.allowed import check_inside
from videogen.model.errors import ValidationError, Where

T = TypeVar("T")


class NamedFile(NamedTuple):
    """A file as it is opened, and as it is told."""

    path: Path
    shown: str
    """Relative to the root, with forward slashes."""


def named_file(named: str, folder: Path, root: Path, where: Where) -> NamedFile:
    """The file that something in `folder` names at `where`; it need not be there.

    Raises ValidationError for one outside the folder that is allowed (`VIDEOGEN_ROOT`).
    """
    path = folder / named
    shown = relative(path, root)
    check_inside(path, shown, where)
    return NamedFile(path, shown)


def looked_at(read: Callable[[], T], shown: str, where: Where, refusal: str, hint: str) -> T:
    """What `read` finds out of a file that is named at `where`, such as its length.

    Raises ValidationError where there is no such file, and with the `refusal` and its `hint` for one that is of no use.
    """
    try:
        return read()
    except FileNotFoundError:
        raise ValidationError(
            f'there is no file "{shown}"', where, "check the path; it counts from this file"
        ) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise ValidationError(f"{refusal}: {reason}", where, hint) from None


def relative(path: Path, root: Path) -> str:
    """`path` as it is recorded: relative to `root`, with forward slashes, never absolute."""
    return Path(os.path.relpath(path, root)).as_posix()
