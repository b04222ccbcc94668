"""What `dodo.py` calls: the tasks of a stage. Light, for a build file is read also when there is nothing to do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from videogen.build.events import Bus
    from videogen.build.store import Store
    from videogen.build.terms import Terms
    from videogen.build.versions import Versions
    from videogen.build.workspace import Workspace


class Build(NamedTuple):
    """What every task of one build shares."""

    workspace: Workspace
    bus: Bus
    store: Store
    versions: Versions
    terms: Terms


_current: list[Build] = []


def begin(build: Build) -> None:
    """Say which build the tasks are for. doit itself serves one build a process."""
    _current[:] = [build]


def tasks_of(stage: str) -> dict[str, Any] | Iterator[dict[str, Any]]:
    """The tasks of a stage of the current build, as doit's build files give them."""
    from videogen.build.graph import tasks

    return tasks(stage, _current[0])
