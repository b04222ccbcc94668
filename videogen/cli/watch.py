"""`create --watch`: a build after every save, each in a process of its own, and one line for each."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence

import click

from videogen.build.events import Sink
from videogen.build.watching import around, change_of, watched
from videogen.build.workspace import Workspace
from videogen.model.errors import Exit
from videogen.model.events import (
    Event,
    StageComplete,
    StageError,
    TaskCompleted,
    TaskCreated,
    TaskFailed,
    TaskPaused,
    from_dict,
)


def watch(arguments: Sequence[str], workspace: Workspace, *, as_json: bool, quiet: bool) -> int:
    """Build with the arguments of `create`, and again when something that the film is made of changes, until Ctrl-C.

    Returns the exit code: 0, or 130 where a build was stopped by it.
    """
    from videogen.build.console import console

    command = [sys.executable, "-m", "videogen", "create", *arguments, *(() if as_json else ("--json",))]
    told = _passed_on if as_json else _read_by(console(quiet))
    again = told if as_json else _read_by(Again(workspace.name, quiet))
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name) and signal.getsignal(getattr(signal, name)) is not signal.SIG_IGN:
            signal.signal(getattr(signal, name), signal.default_int_handler)
    try:
        known = watched(workspace)
        while True:
            code = _build(command, told)
            now = watched(workspace)
            # as it was before the build: what was saved meanwhile is a change
            before = {path: known.get(path, stamp) for path, stamp in now.items()}
            if code not in (Exit.MADE, Exit.CHECKS):
                before |= around(now)
            if told is not again:
                _say(f"watching {sum(map(bool, now.values()))} files; Ctrl-C ends", quiet)
                told = again
            change_of(before)
            known = watched(workspace)
    except Stopped:
        return int(Exit.INTERRUPTED)
    except KeyboardInterrupt:
        return int(Exit.MADE)


class Stopped(Exception):
    """A build was stopped before its end."""


class Again:
    """A listener that tells what a build made again, in one line, and before it whatever went wrong."""

    def __init__(self, name: str, quiet: bool) -> None:
        self._name, self._quiet = name, quiet
        self._done: list[StageComplete] = []
        self._begun = False

    def __call__(self, event: Event) -> None:
        """Note what is made, and tell of it in the end."""
        from videogen.build.redone import redone

        if isinstance(event, TaskCreated):
            self._begun, self._done = True, []
        elif isinstance(event, StageComplete):
            self._done.append(event)
        elif isinstance(event, StageError) and self._begun:  # what keeps a build from beginning, it says itself
            name = f"{event.name}: " if ":" in event.name else ""
            _say(f"error: {name}{event.error['shown']}")
        elif isinstance(event, TaskCompleted):
            for finding in event.findings[: event.errors]:
                _say(finding)
            _say(redone(self._name, self._done, event.seconds), self._quiet)
        elif isinstance(event, TaskFailed | TaskPaused):
            how = "paused" if isinstance(event, TaskPaused) else "stopped" if event.interrupted else "not finished"
            _say(f"{self._name}: {how}; it goes on with the next save", self._quiet)


def _build(command: Sequence[str], told: Callable[[str], None]) -> int:
    """Run a build, and hand on what it tells; returns its exit code. What ends the watch ends the build, in order."""
    # a session of its own: Ctrl-C at the terminal is for the watch, which passes it on as a signal that is never a
    # traceback, not even of a process that is just beginning
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8", start_new_session=True) as build:
        assert build.stdout is not None
        ended = False
        try:
            for line in build.stdout:
                ended |= json.loads(line)["event"] == "TaskCompleted"
                told(line)
            return build.wait()
        except KeyboardInterrupt:
            if not ended:
                build.terminate()
            for line in build.stdout:
                told(line)
            if not ended:
                raise Stopped from None
            raise


def _passed_on(line: str) -> None:
    click.echo(line, nl=False)


def _read_by(sink: Sink) -> Callable[[str], None]:
    return lambda line: sink(from_dict(json.loads(line)))


def _say(line: str, quiet: bool = False) -> None:
    if not quiet:
        click.echo(line, err=True)
