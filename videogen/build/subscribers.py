"""Who else is told of a build: entry points of the group `videogen.subscribers`.

Each names a function that is given what was asked for, as `Asked`, when a build begins to make something, and
returns the listener for its events, or None. A build that finds nothing to do begins nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import entry_points
from typing import NamedTuple

from videogen.build.events import Bus, Sink
from videogen.build.terms import Terms
from videogen.build.workspace import Workspace


class Asked(NamedTuple):
    """What a build was asked for."""

    workspace: Workspace
    tasks: tuple[str, ...]
    """Names of tasks, such as `create`."""
    fail_on_warn: bool
    refresh: bool
    terms: Terms


Subscriber = Callable[[Asked], "Sink | None"]


def subscribe(bus: Bus, asked: Asked) -> None:
    """Have everyone who is registered told of a build, in the order of their names."""
    for point in sorted(entry_points(group="videogen.subscribers")):
        subscriber: Subscriber = point.load()
        if (sink := subscriber(asked)) is not None:
            bus.add(sink)
