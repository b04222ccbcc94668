"""Files that a project, or a file that it names, names: found, and allowed, in this one place."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from videogen.model.allowed import check_inside
from videogen.model.errors import Where


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


def relative(path: Path, root: Path) -> str:
    """`path` as it is recorded: relative to `root`, with forward slashes, never absolute."""
    return Path(os.path.relpath(path, root)).as_posix()
