"""The process that builds one task: `python -m videogen.tasks.worker HOME BACKEND TASK [LIMITS]`.

One process a build, because doit has one working folder, one state and one output a process. Its exit code is that of
the build; what it has to tell is in the record of the task.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence

from videogen.build.events import Sink
from videogen.model.errors import PipelineError
from videogen.model.events import Event, StageError, TaskCompleted
from videogen.model.task import Task, moved
from videogen.tasks.asked import size_of, terms_of, workspace_of
from videogen.tasks.audit import entry, note
from videogen.tasks.confined import confined_as, most_cost
from videogen.tasks.home import Home
from videogen.tasks.limits import Limits, check_input
from videogen.tasks.record import Given, build_as, result_of_event
from videogen.tasks.versions import keep


def main(arguments: Sequence[str]) -> int:
    """Build a task that was claimed; returns the exit code."""
    folder, backend, task_id, *rest = arguments
    limits = Limits.model_validate_json(rest[0]) if rest else Limits()
    return build_task(Home(folder, backend), task_id, (), limits)


def build_task(home: Home, task_id: str, sinks: Sequence[Sink], limits: Limits | None = None) -> int:
    """Build a task in this process, within limits if there are any; returns the exit code. What keeps it from being
    built is noted as the task's error, and told to the sinks."""
    task = home.repository().load(task_id)
    outcome: list[TaskCompleted] = []

    def remember(event: Event) -> None:
        if isinstance(event, TaskCompleted):
            outcome.append(event)

    try:
        with confined_as(home, task):
            if limits is not None:
                check_input(task.input.named, size_of(task.input), limits)
            code = _build(home, task, [*sinks, remember], limits)
    except PipelineError as error:
        return _fail(home, task_id, error, sinks)
    except Exception as error:
        from videogen.build.reporter import bug

        return _fail(home, task_id, bug("".join(traceback.format_exception(error))), sinks)
    left = home.repository().load(task_id)
    if left.status == "running" and left.pid in (None, os.getpid(), task.pid):
        # a build that finds nothing to do begins nothing that could be recorded
        if not outcome:
            error = PipelineError("the build ended without an outcome", hint="run it again")
            return _fail(home, task_id, error, sinks)
        keep(home, task, workspace_of(task.input))
        _complete(home, task_id, outcome[0])
    return code


def _fail(home: Home, task_id: str, error: PipelineError, sinks: Sequence[Sink]) -> int:
    """Note that a task could not be built; returns the exit code."""
    for sink in sinks:
        sink(StageError("", "", {**error.to_dict(), "shown": str(error)}))
    ended = home.repository().change(task_id, lambda task: moved(task, "failed", error=error.to_dict()))
    note(home.audit, entry(ended, "failed", error=error.message))
    return int(error.exit_code)


def _build(home: Home, task: Task, sinks: Sequence[Sink], limits: Limits | None) -> int:
    from videogen.build.films import tasks_of_videos
    from videogen.build.run import build

    asked = task.input.model_copy(update={"max_cost": most_cost(task.input.max_cost, task.metadata)})
    workspace, terms = workspace_of(asked), terms_of(asked)
    tasks = tasks_of_videos(workspace, asked.videos, terms) if asked.videos else ("create",)
    build_as(Given(home, task, limits))
    warn, again = asked.fail_on_warn, asked.refresh
    return build(workspace, tasks, sinks, jobs=asked.jobs, fail_on_warn=warn, refresh=again, terms=terms)


def _complete(home: Home, task_id: str, event: TaskCompleted) -> None:
    """Note that everything was there."""
    result = result_of_event(event)
    ended = home.repository().change(task_id, lambda found: moved(found, "completed", error=None, result=result))
    note(home.audit, entry(ended, "completed", seconds=event.seconds, videos=event.videos))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
