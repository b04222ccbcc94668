"""What a project is made of, and the waiting for a change of it.

Files are looked at, by time and size, as a build does that finds nothing to do: that sees an editor's rename, a switch
of branches and a file on a disk of the network, and no change that comes while a build is running is lost.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Mapping

from videogen.build.plan import read_json
from videogen.build.recordings import looked_in
from videogen.build.settled import stamps
from videogen.build.workspace import Workspace

Stamps = Mapping[str, "list[int] | None"]
LOOK, CALM = 0.25, 0.1
"""Seconds between looks for a change, and for which files have to stay as they are once one has come."""


def watched(workspace: Workspace) -> dict[str, list[int] | None]:
    """What a person wrote that the project is made of, as far as it is known, with its times and sizes."""
    return stamps(sorted(set(_files(workspace))))


def around(paths: Iterable[str]) -> dict[str, list[int] | None]:
    """The folders of files: where something could not be made, what it lacks may come there."""
    return stamps(sorted({os.path.dirname(path) or "." for path in paths}))


def change_of(before: Stamps) -> list[str]:
    """Wait until something is other than it was, and then until all of it stays; returns what has changed."""
    while True:
        time.sleep(LOOK)
        now = stamps(before)
        while now != before:
            time.sleep(CALM)
            then, now = now, stamps(before)
            if then == now:
                return [path for path, stamp in now.items() if stamp != before[path]]


def file_of(workspace: Workspace) -> str | None:
    """The file that a person edits; None where that is a web address."""
    named = workspace.document or workspace.file
    path = named if os.path.exists(named) else named.partition(":")[2]  # a document's kind may stand before it
    return path if os.path.exists(path) else None


def _files(workspace: Workspace) -> Iterator[str]:
    own = workspace.path("")
    source = read_json(workspace.path("source.json"))
    settled = read_json(workspace.path(".settled.json"))
    found = [*source.get("inputs", ()), *source.get("sought", ()), *(path for path, *_ in settled.get("files", ()))]
    for path in (*found, *looked_in(workspace)):
        if path != workspace.file and not path.startswith((own, f"{workspace.fetched}/")):
            yield path
    yield file_of(workspace) or workspace.file
