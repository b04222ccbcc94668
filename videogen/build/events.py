"""The bus: one stream of events of a build, read by whoever listens."""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Callable, Sequence
from datetime import datetime, timezone
from typing import IO

from videogen.build.workspace import Workspace
from videogen.model.events import Event, to_dict

Sink = Callable[[Event], None]


class Bus:
    """Hands every event to every listener, one at a time and in one order, from whichever thread it comes."""

    def __init__(self, *sinks: Sink) -> None:
        self._sinks = sinks
        self._lock = threading.RLock()  # a signal may come while its own thread publishes

    def add(self, sink: Sink) -> None:
        """Tell one more listener of what comes."""
        with self._lock:
            self._sinks = (*self._sinks, sink)

    def publish(self, event: Event) -> None:
        """Tell every listener."""
        with self._lock:
            for sink in self._sinks:
                sink(event)


def bus_of(workspace: Workspace, sinks: Sequence[Sink]) -> Bus:
    """The bus of a project's build: the given listeners, and the file beside what is made."""
    return Bus(ndjson_file(workspace.path("events.ndjson")), *sinks)


def ndjson(stream: IO[str]) -> Sink:
    """A listener that writes each event as one line of JSON with the `time`, at once, for as long as somebody reads."""
    read = [True]

    def write(event: Event) -> None:
        if not read[0]:
            return
        try:
            stream.write(json.dumps({**to_dict(event), "time": _now()}) + "\n")
            stream.flush()
        except BrokenPipeError:
            # `| head` has seen enough: the build goes on, and Python must not fail on the pipe when it ends
            read[0] = False
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())

    return write


def _now() -> str:
    """UTC, ISO 8601, milliseconds."""
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def ndjson_file(path: str) -> Sink:
    """A listener that writes a build's events to a file, begun anew with the first event."""
    opened: list[IO[str]] = []
    sinks: list[Sink] = []
    broken: list[OSError] = []

    def write(event: Event) -> None:
        if broken:
            return
        try:
            if not opened:
                os.makedirs(os.path.dirname(path), exist_ok=True)
                opened.append(open(path, "w", encoding="utf-8"))  # noqa: SIM115 - open for the length of the build
                sinks.append(ndjson(opened[0]))
            sinks[0](event)
        except OSError as error:
            # the record of a build must not stop the build; whoever reads the console is told
            broken.append(error)
            print(f"warning: {path}: no more events are recorded: {error.strerror}", file=sys.stderr)

    return write
