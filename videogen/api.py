"""The Python API: films from a program or a notebook. Each build is a task, in a process of its own.

    from videogen import Pipeline

    result = await Pipeline.create("README.md", output_dir="./videos", color="blue")
    result.videos[0]

Without an event loop, `Pipeline.create_sync` does the same.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Protocol

from videogen.build.workspace import is_project_file
from videogen.model.accent import Accent
from videogen.model.errors import PipelineError
from videogen.model.errors import from_dict as error_from
from videogen.model.events import Event, from_dict
from videogen.model.refused import refused
from videogen.model.task import InputConfig, Status, Task
from videogen.tasks import lifecycle
from videogen.tasks.audit import this_user
from videogen.tasks.follow import LOOK, Follower
from videogen.tasks.home import Home, home_of
from videogen.tasks.limits import Limits
from videogen.tasks.planning import PipelinePlan, plan_task
from videogen.tasks.queue import AT_ONCE, Queue
from videogen.tasks.repository import Repository, backend_of
from videogen.tasks.result import PipelineResult, result_of
from videogen.tasks.stages import Recorded
from videogen.tasks.view import view_of

__all__ = [
    "EventBus",
    "InputConfig",
    "Limits",
    "Pipeline",
    "PipelineOrchestrator",
    "PipelinePlan",
    "PipelineResult",
    "PipelineTask",
    "ValidationResult",
]

Listener = Callable[[dict[str, Any]], object]
"""Is given each event as plain data: `event` names its kind, `time` says when."""


class PipelineTask:
    """One build that was asked for: what happens in it, and the hands on it."""

    def __init__(self, home: Home, task_id: str, queue: Queue, listeners: Sequence[Listener] = ()) -> None:
        self.id = task_id
        self._home, self._queue, self._listeners = home, queue, listeners

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.id}>"  # its state is in a file, which may be gone

    async def events(self, after: int = 0) -> AsyncIterator[Recorded]:
        """Every event, numbered from 1, until the task ends or pauses; `after` leaves out those up to that number."""
        follower = Follower(self._home, self.id, after)
        while True:
            await asyncio.to_thread(self._queue.step)
            found, over = await asyncio.to_thread(follower.look)
            for each in found:
                yield each
            if over:
                return
            await asyncio.sleep(LOOK)

    async def wait(self) -> PipelineResult:
        """What came of it, once it has ended or is paused. The listeners are told of every event on the way."""
        async for each in self.events():
            for listener in self._listeners:
                listener(each.event)
        return await asyncio.to_thread(self._result)

    async def pause(self) -> None:
        """Begin nothing more; what is being made is finished. Raises ValidationError for a task that has ended."""
        await asyncio.to_thread(lifecycle.pause, self._home, self.id)

    async def resume(self) -> None:
        """Wait for a turn again; nothing that is made is made again. Raises ValidationError for a task that runs."""
        await asyncio.to_thread(lifecycle.resume, self._home, self.id)

    async def cancel(self) -> None:
        """End its processes; what is half-made goes. Raises ValidationError for a task that has ended."""
        await asyncio.to_thread(lifecycle.cancel, self._home, self.id)

    @property
    def state(self) -> Task:
        """The task as it is kept."""
        return self._home.repository().load(self.id)

    def to_dict(self) -> dict[str, Any]:
        """The task with its stages and progress, the same JSON on every face."""
        return view_of(self._home, self.state)

    def _result(self) -> PipelineResult:
        return result_of(self._home, self.state)


class EventBus(Protocol):
    """Hands events on, as `videogen.build.events.Bus` does."""

    def publish(self, event: Event, /) -> None:
        """Tell every listener."""
        ...


class PipelineOrchestrator:
    """Builds in one output folder, at most `at_once` (1 to 16) side by side, each in a process of its own.

    What is injected reaches those processes as far as it can:

    - `home`: where tasks, their records and the audit trail are kept (`OUTPUT/.tasks/`, in SQLite).
    - `repository`: how the tasks are kept. A function or class of a module, not of a program, that opens a
      `Repository` in a folder: every process calls it for itself, so what it opens has to be shared between processes,
      as a file or a server is.
    - `bus` and `listeners`: told in this process of every event, in order, while `wait` or `execute` waits for a task.
      A bus gets events as objects of `videogen.model.events`, listeners get them as plain data with their `time`.
      Who has to be told in the process of the build itself registers as a subscriber, by entry point.
    - `limits`: handed to each process, which holds to them by itself, also when this program has ended.

    Raises ValidationError for an `at_once` that is not possible, and for a repository that no other process could find.
    """

    def __init__(
        self,
        output_dir: str | Path = "build",
        *,
        home: Home | None = None,
        repository: Callable[[str], Repository] | None = None,
        bus: EventBus | None = None,
        listeners: Sequence[Listener] = (),
        limits: Limits | None = None,
        at_once: int = AT_ONCE,
    ) -> None:
        self._output = str(output_dir)
        self._home = home or home_of(self._output)
        if repository is not None:
            self._home = self._home._replace(backend=backend_of(repository))
        self._listeners = (*listeners, *([] if bus is None else [_on(bus)]))
        self._queue = Queue(self._home, at_once, limits or Limits())

    async def submit(self, asked: InputConfig, user: str | None = None) -> PipelineTask:
        """Ask for a build, in the output folder unless `asked` names one. It begins when somebody waits for it, or
        looks at its events."""
        who = this_user() if user is None else user
        if "output_dir" not in asked.model_fields_set:
            asked = asked.model_copy(update={"output_dir": self._output})
        task = await asyncio.to_thread(lifecycle.submit, self._home, asked, who)
        return self.task(task.id)

    async def execute(self, asked: InputConfig) -> PipelineResult:
        """Ask for a build, and wait for what comes of it; what fails is told in the result."""
        return await (await self.submit(asked)).wait()

    def task(self, task_id: str) -> PipelineTask:
        """A task that there is. Raises TaskNotFound."""
        self._home.repository().load(task_id)
        return PipelineTask(self._home, task_id, self._queue, self._listeners)

    def tasks(self, status: Status | None = None, limit: int | None = 100) -> list[PipelineTask]:
        """Tasks, the one changed last first; those in a state only."""
        found = self._home.repository().list(status, limit=limit)
        return [PipelineTask(self._home, each.id, self._queue, self._listeners) for each in found]

    def cleanup(self, older: timedelta = lifecycle.RETENTION, *, videos: bool = False) -> list[str]:
        """Forget tasks that ended longer ago (30 days), with what only their builds made; films stay unless `videos`
        are to go too. Returns the ids of those that are gone."""
        return [each.id for each in lifecycle.cleanup(self._home, older, videos=videos, user=this_user())]


class Pipeline:
    """From a document to its films in one call."""

    @staticmethod
    async def create(
        source: str | Path,
        *,
        output_dir: str | Path = "build",
        color: Accent | None = None,
        languages: Sequence[str] | None = None,
        listeners: Sequence[Listener] = (),
        limits: Limits | None = None,
        **options: Any,
    ) -> PipelineResult:
        """Make the films of a document or of a project's YAML, or make again what is not up to date.

        `options` are the other fields of `InputConfig`, such as `title`, `duration="90s"`, `voice`, `theme`, `draft`.
        Raises PipelineError for what cannot be made, and ValidationError for an option that there is not.
        """
        asked = _asked(_given(source, output_dir, {"color": color, "languages": languages, **options}))
        result = await PipelineOrchestrator(output_dir, listeners=listeners, limits=limits).execute(asked)
        if result.status in ("failed", "cancelled"):
            raise error_from(result.errors[0]) if result.errors else PipelineError(f"the build was {result.status}")
        return result

    @staticmethod
    async def plan(source: str | Path, *, output_dir: str | Path = "build", **options: Any) -> PipelinePlan:
        """What `create` with the same options would make, and why: its stages, each of which can `estimate_duration`
        from recorded runs. Only the planning is run. Raises PipelineError for what cannot be made.
        """
        return await asyncio.to_thread(plan_task, _asked(_given(source, output_dir, options)))

    @staticmethod
    async def validate(source: str | Path) -> ValidationResult:
        """Whether a film can be made of a document or of a project's YAML: everything is read, worded and laid out, and
        nothing is made. What is wrong is told in the result, and not raised.
        """
        return await asyncio.to_thread(_validated, str(source))

    @staticmethod
    def create_sync(source: str | Path, **options: Any) -> PipelineResult:
        """`create`, for a program without an event loop. In a notebook, which has one, `await Pipeline.create(…)`."""
        return asyncio.run(Pipeline.create(source, **options))


def _on(bus: EventBus) -> Listener:
    def publish(event: dict[str, Any]) -> None:
        bus.publish(from_dict(event))

    return publish


@dataclass(frozen=True)
class ValidationResult:
    """Whether something can be made, and what stands against it, as `PipelineError.to_dict` tells it."""

    is_valid: bool
    errors: tuple[dict[str, Any], ...] = ()
    warnings: tuple[str, ...] = ()


def _validated(named: str) -> ValidationResult:
    from videogen.build.validate import validate_document, validate_project
    from videogen.build.workspace import find_workspace

    try:
        found = validate_project(find_workspace(named)) if is_project_file(named) else validate_document(named)
    except PipelineError as error:
        return ValidationResult(False, (error.to_dict(),))
    return ValidationResult(True, (), tuple(found["warnings"]))


def _given(source: str | Path, output_dir: str | Path, options: Mapping[str, Any]) -> dict[str, Any]:
    """What was asked for, in the words of `InputConfig`."""
    named, given = str(source), dict(options)
    if (color := given.pop("color", None)) is not None:
        given["accent"] = color
    if given.get("languages") is not None:
        given["languages"] = tuple(given["languages"])
    return {"project" if is_project_file(named) else "source": named, "output_dir": str(output_dir), **given}


def _asked(given: dict[str, Any]) -> InputConfig:
    import pydantic

    try:
        return InputConfig.model_validate({name: value for name, value in given.items() if value is not None})
    except pydantic.ValidationError as error:
        raise refused(error.errors(include_url=False), ["color", *InputConfig.model_fields]) from None
