"""Every build is a task: what happens in it is recorded, whichever face began it."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import IO, Literal, NamedTuple

from videogen.build.events import Sink, ndjson
from videogen.build.subscribers import Asked
from videogen.build.workspace import Workspace
from videogen.build.write import FULL, unwritable
from videogen.model.address import shown_source
from videogen.model.errors import Paused, PipelineError
from videogen.model.events import Event, StageError, TaskCompleted, TaskFailed, TaskPaused
from videogen.model.task import ENDED, InputConfig, Task, moved, new_task
from videogen.tasks.audit import entry, note, this_user
from videogen.tasks.home import Home, home_of
from videogen.tasks.limits import Limits
from videogen.tasks.processes import identity
from videogen.tasks.versions import keep
from videogen.tasks.watch import Watch


class Given(NamedTuple):
    """The task that this process was begun for."""

    home: Home
    task: Task
    limits: Limits | None


_given: list[Given] = []


def build_as(given: Given) -> None:
    """Have the next build of this process recorded as a task that there is."""
    _given[:] = [given]


def subscriber(asked: Asked) -> Sink | None:
    """The listener that records a build; None for one that makes single targets. Registered by entry point."""
    if _given:
        return Recorder(*_given.pop(), asked.workspace)
    videos = tuple(dict.fromkeys(name.removeprefix("check:").partition("/")[0] for name in asked.tasks))
    whole = asked.tasks == ("create",)
    if not whole and not all(name.startswith("check:") for name in asked.tasks):
        return None
    workspace, terms = asked.workspace, asked.terms
    output = os.path.dirname(workspace.build)
    config = InputConfig(
        project=workspace.file,
        output_dir=output,
        videos=() if whole else videos,
        max_cost=terms.budget.most if terms.budget else None,
        frozen=terms.frozen,
        draft=workspace.draft,
        fail_on_warn=asked.fail_on_warn,
    )
    try:
        home = home_of(output)
        document = {"document": shown_source(workspace.document)} if workspace.document else {}
        asked_for = new_task(config, this_user(), name=workspace.name, **document)
        pid, started = _mine()
        # it never waits for its turn: the queue of a server of this folder would begin it a second time
        task = moved(asked_for, "running", pid=pid, pid_started=started)
        home.repository().save(task)
        note(home.audit, entry(task, "created"))
        return Recorder(home, task, None, workspace)
    except PipelineError as error:
        _tell(error)
        return None


class Recorder:
    """Writes the events of a build into its task's record, and its state into the repository.

    What keeps a record from being written is told once, and stops no build.
    """

    def __init__(self, home: Home, task: Task, limits: Limits | None, workspace: Workspace) -> None:
        self._home, self._limits = home, limits
        self._error: dict[str, object] | None = None
        self._file: IO[str] | None = None
        self._write: Sink | None = None
        self._broken = False
        self._task = task
        self._workspace = workspace
        self._cancelled = False
        self._watch = Watch(home.wish(task.id), workspace, limits)
        self._try(self._begin)
        self._watch.start()

    def __call__(self, event: Event) -> None:
        """Record an event; the last one of a build decides the state of its task."""
        self._watch.told(event)
        self._try(lambda: self._record(event))
        if isinstance(event, StageError) and self._error is None:
            self._error = {name: value for name, value in event.error.items() if name != "shown"}
        if isinstance(event, TaskCompleted | TaskFailed | TaskPaused):
            self._watch.stop()
            self._try(lambda: self._end(event))

    def _begin(self) -> None:
        resumed = self._task.attempt > 0
        pid, started = _mine()

        def begin(task: Task) -> Task:
            own = {"pid": pid, "pid_started": started, "starting": False, "attempt": task.attempt + 1}
            change = {**own, "error": None, "result": None}
            return task.model_copy(update=change) if task.status == "running" else moved(task, "running", **change)

        self._task = self._home.repository().change(self._task.id, begin)
        note(self._home.audit, entry(self._task, "resumed" if resumed else "started", attempt=self._task.attempt))
        path = self._home.events(self._task.id)
        try:
            os.makedirs(os.path.dirname(path), exist_ok=True)
            _close_line(path)
            self._file = open(path, "a", encoding="utf-8")  # noqa: SIM115 - open for the length of the build
        except OSError as error:
            raise unwritable(error, path) from error
        self._write = ndjson(self._file)

    def _record(self, event: Event) -> None:
        if self._write is not None:
            try:
                self._write(event)
            except OSError as error:
                raise unwritable(error, self._home.events(self._task.id)) from error

    def _end(self, event: TaskCompleted | TaskFailed | TaskPaused) -> None:
        status: Literal["completed", "cancelled", "paused", "failed"] = "completed"
        error: dict[str, object] | None = None
        outcome = result_of_event(event)
        if isinstance(event, TaskPaused) or (isinstance(event, TaskFailed) and event.interrupted):
            # a signal may come while the end is noted, which is then noted again: the wish is not there any more
            self._cancelled = self._cancelled or read_wish(self._home, self._task.id) == "cancel"
            status = "cancelled" if self._cancelled else "paused"
        elif isinstance(event, TaskFailed):
            status, error = "failed", self._error or PipelineError("the build failed").to_dict()
            outcome["failed"] = event.failed

        if status == "completed":
            keep(self._home, self._task, self._workspace)

        def end(task: Task) -> Task:
            return task if task.status in ENDED else moved(task, status, error=error, result=outcome)

        clear_wish(self._home, self._task.id)
        ended = self._home.repository().change(self._task.id, end)
        what = str(error["error"]) if error else ""
        note(self._home.audit, entry(ended, status, seconds=event.seconds, videos=outcome.get("videos"), error=what))
        if self._file is not None:
            self._file.close()
            self._file = self._write = None

    def _try(self, step: object) -> None:
        if self._broken or not callable(step):
            return
        try:
            step()
        except PipelineError as error:
            if isinstance(error, Paused):
                raise
            self._broken = True
            _tell(error)


def _mine() -> tuple[int, float]:
    """This process, as a task names the one that builds it."""
    return identity(os.getpid()) or (os.getpid(), 0.0)


def result_of_event(event: TaskCompleted | TaskFailed | TaskPaused) -> dict[str, object]:
    """What a task keeps of the event that ended its build."""
    result: dict[str, object] = {"seconds": event.seconds, "counts": event.counts._asdict()}
    if isinstance(event, TaskCompleted):
        result |= {"videos": event.videos, "passed": event.passed, "findings": event.findings}
        result |= {"errors": event.errors, "warnings": event.warnings}
    return result


def _tell(error: PipelineError) -> None:
    # a full disk fails the build as well, which says so itself
    if error.message != FULL:
        print(f"warning: the build is not recorded as a task: {error.line()}", file=sys.stderr)


def read_wish(home: Home, task_id: str) -> str:
    """What somebody wants of the process that builds a task: pause, cancel, or nothing."""
    try:
        with open(home.wish(task_id), encoding="ascii") as file:
            return file.read()
    except OSError:
        return ""


def clear_wish(home: Home, task_id: str) -> None:
    """The wish was granted, or is none any more."""
    with contextlib.suppress(FileNotFoundError):
        os.unlink(home.wish(task_id))


def _close_line(path: str) -> None:
    """End a line that a process was killed in."""
    if os.path.exists(path) and os.path.getsize(path):
        with open(path, "rb+") as file:
            data = file.read()
            if not data.endswith(b"\n"):
                # a line without its end was read by nobody
                file.truncate(data.rfind(b"\n") + 1)
