"""The first stages: run while the graph is loaded, one after the other, because they decide what scenes there are.

They are cheap and write many small files; a file whose content stays is not touched, so that what depends on
it stays up to date.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from doit.control import TaskControl
from doit.dependency import Dependency
from doit.exceptions import TaskFailed
from doit.runner import MThreadRunner, Runner
from doit.task import Stream, Task, dict_to_task

from videogen.build.flow import ASKING, FIRST
from videogen.build.pause import check_paused
from videogen.build.recipe import Recipe, failure
from videogen.build.reporter import BuildReporter
from videogen.build.state import HASHES, pin
from videogen.build.tasks import tasks_of
from videogen.build.workspace import Workspace
from videogen.build.write import write_if_changed
from videogen.model.errors import PipelineError

ASKED_AT_ONCE = 4
"""Answers that are waited for side by side."""


@dataclass(frozen=True)
class Written:
    """What a first stage has to write, by path, and what else it turned out to have read."""

    files: Mapping[str, bytes]
    inputs: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def first_action(recipe: Recipe, workspace: Workspace, task: Any) -> dict[str, Any] | TaskFailed:
    """Run a first stage; `task` is doit's own, which learns here of the files it turned out to read and write."""
    started = time.perf_counter()
    try:
        check_paused()
        for path in recipe.inputs.values():
            pin(recipe.task, path, HASHES.state(path))
        make: Any = recipe.load()
        written: Written = make(workspace)
        for path, data in written.files.items():
            write_if_changed(path, data)
    except PipelineError as error:
        return failure(error)
    task.file_dep.update(written.inputs)
    task.targets = list(written.files)
    return {
        "recipe": recipe.identity,
        "targets": {path: HASHES.state(path) for path in written.files},
        "seconds": round(time.perf_counter() - started, 4),
        "how": "made",
        "warnings": list(written.warnings),
    }


def run_first(dependency: Dependency, reporter: BuildReporter, asks: bool) -> dict[str, list[str]] | None:
    """Bring the first stages up to date, as far as that can be done without asking anybody, unless it `asks`.

    Returns why each task that was brought up to date was stale, by name; None if one failed.
    """
    from videogen.build.explain import reasons

    stale: dict[str, list[str]] = {}
    for stage in FIRST:
        tasks = _tasks(stage)
        why = {task.name: reasons(task, dependency) for task in tasks}
        if stage in ASKING and not asks and any(why[task.name] and _asks(task) for task in tasks):
            break
        stale |= why
        if not tasks:
            continue
        control = TaskControl(tasks)
        control.process(None)
        # who is asked takes seconds to answer
        if stage in ASKING and len(tasks) > 1:
            runner = MThreadRunner(dependency, reporter, stream=Stream(0), num_process=ASKED_AT_ONCE)
        else:
            runner = Runner(dependency, reporter, stream=Stream(0))
        runner.run_tasks(control.task_dispatcher())
        if runner.final_result:
            return None
    return stale


def _asks(task: Task) -> bool:
    from videogen.build.graph import recipe_of

    recipe = recipe_of(task)
    return recipe is not None and recipe.spends


def _tasks(stage: str) -> list[Task]:
    made = tasks_of(stage)
    if isinstance(made, dict):
        return [dict_to_task({"name": stage, **made})]
    return [dict_to_task({**each, "name": f"{stage}:{each['name']}"}) for each in made]
