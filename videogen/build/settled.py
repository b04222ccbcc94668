"""The short way to "nothing to do": what a finished build depended on and left, by time and size.

A build that made everything writes it down; as long as every file is just as it was, and so are the installed
packages, the next build says so without loading the graph. It only ever says "nothing to do": anything else is
found out in the long way.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from videogen.build.versions import environment
from videogen.build.workspace import Workspace
from videogen.build.write import write_bytes

Stamp = tuple[int, int]
"""(mtime in ns, size in bytes)."""


@dataclass(frozen=True)
class Settled:
    """The outcome of a build that made everything that `create` asks for."""

    tasks: int
    videos: list[str]
    findings: list[str]
    errors: int
    warnings: int


def settled(workspace: Workspace) -> Settled | None:
    """The last outcome, if nothing that it rests on has changed since."""
    try:
        with open(_path(workspace), encoding="utf-8") as file:
            noted = json.load(file)
        if noted["environment"] != environment() or noted["project"] != workspace.file:
            return None
        for path, mtime, size in noted["files"]:
            stat = os.stat(path)
            if stat.st_mtime_ns != mtime or stat.st_size != size:
                return None
        if noted["dodo"] != _stamp("dodo.py") or noted["state"] != (_state(workspace) or 0):
            return None
        return Settled(**noted["outcome"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def settle(workspace: Workspace, files: Iterable[tuple[str, Stamp]], outcome: Settled) -> None:
    """Note an outcome with the files it rests on."""
    noted = {
        "environment": environment(),
        "project": workspace.file,
        "dodo": _stamp("dodo.py"),
        "state": _state(workspace),
        "outcome": asdict(outcome),
        "files": [(path, *stamp) for path, stamp in sorted(dict(files).items())],
    }
    write_bytes(_path(workspace), json.dumps(noted).encode())


def _path(workspace: Workspace) -> str:
    return workspace.path(".settled.json")


def _state(workspace: Workspace) -> list[int] | None:
    """The stamp of doit's state, which `forget` and `ignore` change; None while a log of changes stands beside it."""
    path = workspace.path(".state.sqlite")
    return None if os.path.exists(f"{path}-wal") else _stamp(path)


def _stamp(path: str) -> list[int] | None:
    try:
        stat = os.stat(path)
    except FileNotFoundError:
        return None
    return [stat.st_mtime_ns, stat.st_size]
