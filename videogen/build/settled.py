"""The short way to "nothing to do": what a finished build depended on and left, by time and size.

A build that made everything writes it down; as long as every file is just as it was, and so are the installed
packages, the next build says so without loading the graph. It only ever says "nothing to do": anything else is
found out in the long way.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from videogen.build.environment import environment
from videogen.build.events import Bus
from videogen.build.workspace import Workspace
from videogen.model.errors import Exit
from videogen.model.events import Counts, TaskCompleted, TaskCreated

if TYPE_CHECKING:
    from videogen.build.versions import Versions

Stamp = tuple[int, int]
"""(mtime in ns, size in bytes)."""


class Settled(NamedTuple):
    """The outcome of a build that made everything that `create` asks for."""

    tasks: int
    videos: list[str]
    findings: list[str]
    errors: int
    warnings: int


def nothing_to_do(workspace: Workspace, bus: Bus, fail_on_warn: bool) -> Exit | None:
    """Tell of a build that finds everything there, and return its exit code; None if it may find something to do."""
    started = time.perf_counter()
    outcome = settled(workspace)
    if outcome is None:
        return None
    seconds = round(time.perf_counter() - started, 3)
    bus.publish(TaskCreated(workspace.name, workspace.file))
    event = completed(workspace.name, seconds, Counts(unchanged=outcome.tasks), outcome, fail_on_warn)
    bus.publish(event)
    return Exit.MADE if event.passed else Exit.CHECKS


def completed(project: str, seconds: float, counts: Counts, outcome: Settled, fail_on_warn: bool) -> TaskCompleted:
    """The event that ends a build in which everything asked for was made or was there."""
    return TaskCompleted(
        project,
        seconds,
        counts,
        outcome.videos,
        outcome.errors,
        outcome.warnings,
        sorted(outcome.findings, key=lambda finding: not finding.startswith("error")),
        passed=not (outcome.errors or (fail_on_warn and outcome.warnings)),
    )


def settled(workspace: Workspace) -> Settled | None:
    """The last outcome, if nothing that it rests on has changed since."""
    try:
        with open(_path(workspace), encoding="utf-8") as file:
            noted = json.load(file)
        if noted["environment"] != environment(noted["extensions"]) or noted["project"] != workspace.file:
            return None
        for path, mtime, size in noted["files"]:
            stat = os.stat(path)
            if stat.st_mtime_ns != mtime or stat.st_size != size:
                return None
        if any(map(os.path.exists, noted["sought"])):
            return None
        if any(_stamp(folder) != stamp for folder, stamp in noted["folders"].items()):
            return None
        if noted["dodo"] != _stamp("dodo.py") or noted["state"] != (_state(workspace) or 0):
            return None
        if noted["lock"] != _stamp(workspace.narration_lock):
            return None
        return Settled(**noted["outcome"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def settle(
    workspace: Workspace,
    versions: Versions,
    files: Iterable[tuple[str, Stamp]],
    folders: Mapping[str, list[int] | None],
    outcome: Settled,
) -> None:
    """Note an outcome with the files it rests on, the files of which it rests on that they are not there, and the
    folders in which any that come would change it."""
    from videogen.build.plan import read_json
    from videogen.build.write import write_bytes

    noted = {
        "environment": versions.environment,
        "extensions": versions.extensions,
        "project": workspace.file,
        "dodo": _stamp("dodo.py"),
        "lock": _stamp(workspace.narration_lock),
        "state": _state(workspace),
        "outcome": outcome._asdict(),
        "sought": read_json(workspace.path("source.json")).get("sought", []),
        "folders": dict(folders),
        "files": [(path, *stamp) for path, stamp in sorted(dict(files).items())],
    }
    write_bytes(_path(workspace), json.dumps(noted).encode())


def stamps(paths: Iterable[str]) -> dict[str, list[int] | None]:
    """Time and size of each; None for what is not there."""
    return {path: _stamp(path) for path in paths}


def locked_at(workspace: Workspace) -> int | None:
    """When the last outcome was noted, in ns, if the lock of narrations is still as it was then."""
    try:
        with open(_path(workspace), encoding="utf-8") as file:
            same = json.load(file)["lock"] == _stamp(workspace.narration_lock) is not None
        return os.stat(_path(workspace)).st_mtime_ns if same else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _path(workspace: Workspace) -> str:
    return workspace.path(".settled.json")


def _state(workspace: Workspace) -> list[int] | None:
    """The stamp of doit's state, which `forget` and `ignore` change; None while a log of changes stands beside it."""
    path = workspace.path(".state.sqlite")
    return None if os.path.exists(f"{path}-wal") else _stamp(path)


def _stamp(path: str) -> list[int] | None:
    try:
        stat = os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    return [stat.st_mtime_ns, stat.st_size]
