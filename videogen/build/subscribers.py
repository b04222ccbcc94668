"""Who else is told of a build: entry points of the group `videogen.subscribers`.

Each names a function that is given what was asked for, as `Asked`, when a build begins to make something, and
returns the listener for its events, or None. A build that finds nothing to do begins nothing, and loads nobody.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from videogen.build.events import Sink
from videogen.build.terms import Terms
from videogen.build.workspace import Workspace
from videogen.model.events import Event, StageError, StageStart, TaskFailed


class Asked(NamedTuple):
    """What a build was asked for."""

    workspace: Workspace
    tasks: tuple[str, ...]
    """Names of tasks, such as `create`."""
    fail_on_warn: bool
    refresh: bool
    terms: Terms


Subscriber = Callable[[Asked], "Sink | None"]


class Subscribers:
    """The listener that stands for all who are registered, in the order of their names."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked
        self._held: list[Event] | None = []
        self._sinks: list[Sink] = []

    def __call__(self, event: Event) -> None:
        """Tell everyone; what comes before anything is begun is told when something is."""
        if self._held is not None:
            self._held.append(event)
            if not isinstance(event, StageStart | StageError | TaskFailed):
                return
            held, self._held = self._held, None
            self._load()
        else:
            held = [event]
        for each in held:
            for sink in self._sinks:
                sink(each)

    def _load(self) -> None:
        from videogen.model.points import registered

        for point in registered("videogen.subscribers"):
            subscriber: Subscriber = point.load()
            if (sink := subscriber(self._asked)) is not None:
                self._sinks.append(sink)
