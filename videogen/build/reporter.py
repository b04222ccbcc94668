"""doit's reporter: turns what doit tells it into the build's events, and the outcome into an exit code."""

from __future__ import annotations

import os
import re
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from videogen.build.events import Bus
from videogen.build.flow import FIRST, STAGES
from videogen.build.settled import Settled, completed
from videogen.model.errors import Exit, Paused, PipelineError
from videogen.model.events import (
    Counts,
    Event,
    Progress,
    StageComplete,
    StageError,
    StageStart,
    TaskCreated,
    TaskFailed,
    TaskPaused,
    TaskStarted,
    Warned,
)


class BuildReporter:
    """One build's. Its hooks are called by doit: `execute_task` on a worker's thread, all others on the main one."""

    desc = "events"

    def __init__(self, project: str, bus: Bus, fail_on_warn: bool = False) -> None:
        self._project = project
        self._bus = bus
        self._fail_on_warn = fail_on_warn
        self._started = time.perf_counter()
        self._outcome: Counter[str] = Counter()
        self._failed: list[str] = []
        self._usage = False
        self._videos: dict[str, list[str]] = {}
        self._errors = self._warnings = 0
        self._findings: list[str] = []
        self._checks: list[Any] = []
        self._settled: set[str] = set()
        self._begun: set[str] = set()
        self._total: Counter[str] = Counter()
        self._done: Counter[str] = Counter()
        self._tasks: dict[str, Any] = {}
        self.finish: Callable[[dict[str, Any], Settled], None] | None = None
        """Called when everything asked for is there, with the tasks it took and the outcome."""

    # doit's hooks

    def initialize(self, tasks: dict[str, Any], selected_tasks: Sequence[str]) -> None:
        """The graph is known."""
        wanted, todo = set(), list(selected_tasks)
        while todo:
            name = todo.pop()
            if name not in wanted:
                wanted.add(name)
                todo += tasks[name].task_dep
        self._tasks = {name: task for name, task in tasks.items() if name in wanted}
        for name in wanted:
            stage = name.partition(":")[0]
            if stage in STAGES and not tasks[name].has_subtask:
                self._total[stage] += 1
        self._publish(TaskStarted(self._project, {stage: self._total[stage] for stage in STAGES if self._total[stage]}))

    def get_status(self, task: Any) -> None:
        """A task is looked at."""

    def execute_task(self, task: Any) -> None:
        """A task begins."""
        if task.actions:
            self._begun.add(_stage(task))
            self._publish(StageStart(_stage(task), task.name))

    def add_success(self, task: Any) -> None:
        """A task is done."""
        if not task.actions:
            return
        values = task.values
        how = values.get("how", "made")
        self._settle(task, how)
        self._publish(StageComplete(_stage(task), task.name, how, values.get("seconds", 0.0) if how == "made" else 0.0))
        for message in values.get("warnings") or ():
            self._publish(Warned(message, task.name))
        self._progress(_stage(task))

    def skip_uptodate(self, task: Any) -> None:
        """A task has nothing to do."""
        self._settle(task, "unchanged")
        if _stage(task) in self._begun:  # a stage that has nothing to do at all is not worth a word
            self._progress(_stage(task))

    def skip_ignore(self, task: Any) -> None:
        """A task that a person told doit to ignore."""
        self._settle(task, "ignored")

    def add_failure(self, task: Any, fail: Any) -> None:
        """A task failed, or cannot be done because one that it needs failed."""
        if type(fail).__name__ == "UnmetDependency":
            self._outcome["unmet"] += 1
            return
        error = getattr(fail, "pipeline_error", None) or _unexpected(fail)
        if isinstance(error, Paused):
            self._outcome["paused"] += 1
            return
        self._outcome["failed"] += 1
        self._failed.append(task.name)
        self._usage |= error.exit_code == Exit.USAGE and _stage(task) in FIRST
        self._publish(StageError(_stage(task), task.name, {**error.to_dict(), "shown": str(error)}))

    def cleanup_error(self, exception: Any) -> None:
        """A teardown failed."""
        self._publish(Warned(str(exception)))

    def runtime_error(self, message: str) -> None:
        """doit itself found the graph wrong."""
        self._outcome["failed"] += 1
        self._publish(Warned(message))

    def teardown_task(self, task: Any) -> None:
        """A teardown begins."""

    def complete_run(self) -> None:
        """The run is over. Raises SystemExit when the exit code is not one that doit would give."""
        seconds = round(time.perf_counter() - self._started, 3)
        for task in self._checks:  # only now: doit gives a task that is up to date its values after telling of it
            self._errors += task.values.get("errors", 0)
            self._warnings += task.values.get("warned", 0)
            self._findings += task.values.get("findings", ())
        broken = sys.exc_info()[1]
        if broken is not None:  # doit calls this also while an error of the run itself is on its way out
            error = broken if isinstance(broken, PipelineError) else bug("".join(traceback.format_exception(broken)))
            self._outcome["failed"] += 1
            self._publish(StageError("", "", {**error.to_dict(), "shown": str(error)}))
        if self._failed or self._outcome["failed"]:
            self._publish(TaskFailed(self._project, seconds, self._counts(), self._failed, usage=self._usage))
        elif self._outcome["paused"]:
            self._publish(TaskPaused(self._project, seconds, self._counts()))
        else:
            # in the order in which they were asked for, whichever was finished first
            videos = [film for name in self._tasks for film in self._videos.get(name, ())]
            outcome = Settled(len(self._settled), videos, self._findings, self._errors, self._warnings)
            self._publish(completed(self._project, seconds, self._counts(), outcome, self._fail_on_warn))
            if self.finish is not None:
                self.finish(self._tasks, outcome)
        code = self.exit_code()
        if code != Exit.MADE:
            raise SystemExit(int(code))

    # ours

    def created(self, source: str) -> None:
        """A build was asked for."""
        self._publish(TaskCreated(self._project, source))

    def interrupt(self) -> None:
        """The build is stopped by a person or the system."""
        seconds = round(time.perf_counter() - self._started, 3)
        self._publish(TaskFailed(self._project, seconds, self._counts(), self._failed, interrupted=True))

    def give_up(self, error: PipelineError) -> None:
        """The build is stopped for an error that is no task's."""
        seconds = round(time.perf_counter() - self._started, 3)
        self._outcome["failed"] += 1
        self._publish(StageError("", "", {**error.to_dict(), "shown": str(error)}))
        self._publish(TaskFailed(self._project, seconds, self._counts(), self._failed))

    def exit_code(self) -> Exit:
        """What the process should end with."""
        if self._usage:
            return Exit.USAGE
        if self._outcome["failed"]:
            return Exit.FAILED
        if self._outcome["paused"]:
            return Exit.INTERRUPTED
        if self._errors or (self._fail_on_warn and self._warnings):
            return Exit.CHECKS
        return Exit.MADE

    def _settle(self, task: Any, how: str) -> None:
        # the first stages are settled while the graph is loaded, and seen again, up to date, with the rest
        if task.name in self._settled or not task.actions:
            return
        self._settled.add(task.name)
        stage = _stage(task)
        self._outcome[how] += 1
        self._done[stage] += 1
        if stage == "video":
            self._videos[task.name] = [target for target in task.targets if target.endswith(".mp4")]
        if stage == "check" and how != "ignored":
            self._checks.append(task)

    def _progress(self, stage: str) -> None:
        # the first stages run before the graph is known
        self._publish(Progress(stage, self._done[stage], self._total[stage] or max(self._done[stage], 1)))

    def _counts(self) -> Counts:
        return Counts(*(self._outcome[how] for how in ("made", "restored", "unchanged", "failed")))

    def _publish(self, event: Event) -> None:
        self._bus.publish(event)


def _stage(task: Any) -> str:
    return task.name.partition(":")[0]


def _unexpected(fail: Any) -> PipelineError:
    """A failure that is not one of ours: a bug, of which doit keeps the traceback only, or doit's own."""
    if fail.traceback:
        return bug("".join(fail.traceback))
    return PipelineError(" ".join(str(fail.message).removeprefix("ERROR: ").split()))


def bug(trace: str) -> PipelineError:
    """An error nobody foresaw: one line, with the traceback among the details."""
    places = re.findall(r'^  File "(.+)", line (\d+)', trace, re.MULTILINE)
    where = f" ({os.path.basename(places[-1][0])}:{places[-1][1]})" if places else ""
    return PipelineError(
        f"unexpected {trace.strip().splitlines()[-1]}{where}",
        hint="this is a bug of videogen; the traceback is in events.ndjson beside the build",
        details={"traceback": trace},
    )
