"""Recipes as tasks of doit's: what `dodo.py` calls."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from videogen.build import stages
from videogen.build.events import Bus
from videogen.build.first import first_action
from videogen.build.recipe import Recipe, Unchanged, perform
from videogen.build.store import Store
from videogen.build.versions import Versions
from videogen.build.workspace import Workspace


@dataclass(frozen=True)
class Build:
    """What every task of one build shares."""

    workspace: Workspace
    bus: Bus
    store: Store
    versions: Versions


_current: list[Build] = []


def begin(build: Build) -> None:
    """Say which build the tasks are for. doit itself serves one build a process."""
    _current[:] = [build]


def tasks_of(stage: str) -> dict[str, Any] | Iterator[dict[str, Any]]:
    """The tasks of a stage of the current build, as doit's build files give them."""
    build = _current[0]
    made = (task_of(recipe, build) for recipe in stages.recipes(build.workspace, stage, build.versions))
    return next(made) if stage in stages.FIRST else made


def task_of(recipe: Recipe, build: Build) -> dict[str, Any]:
    """One recipe as a task of doit's."""
    action = (
        (first_action, [recipe, build.workspace])
        if recipe.stage in stages.FIRST
        else (perform, [recipe, build.store, build.bus])
    )
    return {
        **({"name": recipe.name} if recipe.name else {}),
        "doc": recipe.doc,
        "actions": [action],
        "file_dep": list(recipe.inputs.values()),
        "targets": list(recipe.outputs.values()),
        "task_dep": list(recipe.after),
        "uptodate": [Unchanged(recipe)],
        "clean": True,
        # a Python action that captures swaps sys.stdout for the whole process, under the feet of other threads
        "io": {"capture": False},
    }
