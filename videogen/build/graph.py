"""Recipes as tasks of doit's, and tasks as the files that they rest on."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from doit.dependency import Dependency

from videogen.build import stages
from videogen.build.first import first_action
from videogen.build.flow import ASKING, FIRST, STAGES
from videogen.build.narrations import Locked, read_lock
from videogen.build.recipe import Recipe, Unchanged, perform
from videogen.build.settled import Stamp
from videogen.build.state import HASHES, FileState
from videogen.build.tasks import Build, tasks_of

if TYPE_CHECKING:
    from videogen.model.narrations import NarrationLock


def tasks(stage: str, build: Build) -> dict[str, Any] | Iterator[dict[str, Any]]:
    """The tasks of a stage: of a first stage that asks nobody the one there is, if there is one."""
    lock = read_lock(build.workspace.narration_lock) if stage == "audio" and build.terms.frozen else None
    made = (task_of(recipe, build, lock) for recipe in stages.recipes(build.workspace, stage, build.versions))
    if stage in FIRST and stage not in ASKING:
        only = next(made, None)
        return made if only is None else only
    return made


def task_of(recipe: Recipe, build: Build, lock: NarrationLock | None = None) -> dict[str, Any]:
    """One recipe as a task of doit's; one that speaks is held against the `lock`."""
    action: tuple[Callable[..., Any], list[Any]] = (perform, [recipe, build.store, build.bus, build.terms])
    checks: list[Callable[[Any, Mapping[str, Any]], bool]] = [Unchanged(recipe)]
    if recipe.stage in FIRST and recipe.stage not in ASKING:
        action = (first_action, [recipe, build.workspace])
    elif lock is not None and recipe.spends and not recipe.after:  # another shape takes what the first has spoken
        locked = Locked(recipe, build.workspace.narration_lock, lock)
        action = (locked.perform, [build])
        checks.append(locked)
    return {
        **({"name": recipe.name} if recipe.name else {}),
        "doc": recipe.doc,
        "actions": [action],
        "file_dep": list(recipe.inputs.values()),
        "targets": list(recipe.outputs.values()),
        "task_dep": list(recipe.after),
        "uptodate": checks,
        "clean": True,
        # a Python action that captures swaps sys.stdout for the whole process, under the feet of other threads
        "io": {"capture": False},
    }


def recipe_of(task: Any) -> Recipe | None:
    """The recipe behind a task, if it is one of ours."""
    for check, *_ in task.uptodate:
        if isinstance(check, Unchanged):
            return check.recipe
    return None


def build_file() -> dict[str, Callable[[], Any]]:
    """The package's own build file: what `dodo.py` says where there is one."""
    return {**{f"task_{stage}": _creator(stage) for stage in STAGES}, "task_create": _create}


def _creator(stage: str) -> Callable[[], Any]:
    def creator() -> Any:
        return tasks_of(stage)

    creator.__doc__ = stages.stage_named(stage).__doc__
    return creator


def _create() -> dict[str, Any]:
    """Everything a person wants: the film, its captions and chapters, checked."""
    return {"actions": None, "task_dep": ["check"]}


def rests_on(tasks: Mapping[str, Any], dependency: Dependency) -> list[tuple[str, Stamp]] | None:
    """Every file the tasks rest on, as it was when it was used; None if one has changed since, or if a task is
    not of this package, for then it may rest on more than files."""
    states: dict[str, FileState] = {}
    for name, task in tasks.items():
        recipe = recipe_of(task)
        if recipe is None:
            if task.actions:
                return None
            continue
        states.update(dependency.get_values(name).get("targets", {}))
        states.update({path: dependency.backend.get(name, path) for path in recipe.inputs.values()})
    stamps: list[tuple[str, Stamp]] = []
    for path, state in states.items():
        now = HASHES.state(path) if state and os.path.exists(path) else None
        if now is None or now[2] != state[2]:
            return None
        stamps.append((path, now[:2]))
    return stamps
