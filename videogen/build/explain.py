"""What the build would do now: which tasks are stale, why, and what making them will cost."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from doit.dependency import Dependency

from videogen.build.flow import ASKING, STAGES
from videogen.build.graph import recipe_of
from videogen.build.recipe import SCENES_CHANGED, Recipe, Unchanged
from videogen.build.stale import Stale
from videogen.build.state import HASHES
from videogen.build.store import Store

ESTIMATES = {
    "ask": 30.0,
    "audio": 0.5,
    "capture": 1.0,
    "frames": 0.25,
    "captions": 0.1,
    "mix": 0.5,
    "bed": 1.0,
    "segment": 0.6,
    "transition": 0.3,
    "video": 0.5,
    "convert": 15.0,
    "manifest": 0.1,
    "check": 1.5,
}
"""Seconds a task of a stage takes when no run has been recorded: medians of the example video on two cores."""


def topological(tasks: Mapping[str, Any], selected: Iterable[str]) -> list[Any]:
    """The selected tasks and all they need, each after what it needs, in a steady order."""
    seen: set[str] = set()
    ordered: list[Any] = []
    stack: list[tuple[str, Iterator[str]]] = []

    def push(name: str) -> None:
        if name not in seen:
            seen.add(name)
            stack.append((name, iter(sorted(tasks[name].task_dep))))

    for chosen in selected:
        push(chosen)
        while stack:
            name, rest = stack[-1]
            following = next(rest, None)
            if following is None:
                ordered.append(tasks[name])
                stack.pop()
            else:
                push(following)
    return ordered


def reasons(task: Any, dependency: Dependency) -> list[str]:
    """Why a task is stale, in words that name the changed input; empty when it is up to date."""
    recipe = recipe_of(task)
    status = dependency.get_status(task, {}, get_log=True)
    if status.status == "up-to-date":
        return []
    why = recipe and Unchanged(recipe).why_not(dependency.get_values(task.name))
    if why == "never made":
        return [why]
    changed, lost, added, removed = (
        sorted(status.reasons.get(f"{what}_file_dep") or ()) for what in ("changed", "missing", "added", "removed")
    )
    scenes, told = _scenes(recipe, added, removed) if recipe else ([], set())
    # doit calls an input that is new a changed one too, and a missing one where it has yet to be made
    found = [why] if why and not (scenes and why == SCENES_CHANGED) else []
    found += scenes
    found += [f"{path} changed" for path in changed if path not in added]
    found += [f"{path} is gone" for path in lost if path not in added]
    found += [f"{path} is a new input" for path in added if path not in told]
    found += [f"{path} is no input any more" for path in removed if path not in told]
    missing = [path for path in status.reasons.get("missing_target") or () if not why or path not in why]
    return found + [f"{path} is missing" for path in missing] or ["something it depends on changed"]


def _scenes(recipe: Recipe, added: Sequence[str], removed: Sequence[str]) -> tuple[list[str], set[str]]:
    """What came and went, a clause a scene; and the inputs that it accounts for."""
    clauses: list[str] = []
    told: set[str] = set()
    by_scene: dict[str, list[str]] = {}
    for role, path in recipe.inputs.items():
        if "/" in role and ":" not in role:
            by_scene.setdefault(role.partition("/")[0], []).append(path)
    for scene, paths in by_scene.items():
        if set(paths) <= set(added):
            clauses.append(f'scene "{scene}" is new')
            told.update(paths)
    previous = recipe.inputs.get("previous")
    if previous is not None and previous in added:
        clauses.append(f'it now follows scene "{_scene_of(previous)}"')
        told.update([previous, recipe.inputs["previous_ground"], *removed])
    folders = {os.path.dirname(path) for path in recipe.inputs.values()}
    gone = [path for path in removed if path not in told and os.path.dirname(path) not in folders]
    clauses += [f'scene "{scene}" is gone' for scene in dict.fromkeys(map(_scene_of, gone))] if by_scene else []
    return clauses, told | (set(gone) if by_scene else set())


def _scene_of(path: str) -> str:
    return path.split("/")[-2]


def explain(tasks: Mapping[str, Any], selected: Iterable[str], dependency: Dependency, store: Store) -> list[Stale]:
    """The stale tasks in the order in which they would run."""
    costs = _costs(tasks, dependency)
    stale: dict[str, Stale] = {}
    for task in topological(tasks, selected):
        recipe = recipe_of(task)
        if recipe is None:
            continue
        waits = [name for name in sorted(task.task_dep) if name in stale]
        why = _only_present(reasons(task, dependency), waits)
        if not why and not waits:
            continue
        seconds, known = costs(task.name)
        asks = recipe.doc if recipe.stage in ASKING and recipe.spends else ""
        if why and not waits and _in_store(recipe, store):
            stale[task.name] = Stale(task.name, why, 0.0, "restore", "store")
        elif why:
            stale[task.name] = Stale(task.name, why, seconds, "make", known, asks)
        else:
            more = f" and {len(waits) - 1} more" if len(waits) > 1 else ""
            stale[task.name] = Stale(task.name, [f"waits for {waits[0]}{more}"], seconds, "maybe", known, asks)
    return list(stale.values())


def _only_present(why: list[str], waits: list[str]) -> list[str]:
    # an input that another stale task has yet to make is no reason of its own
    return [] if waits and why and all(reason.endswith(" is gone") for reason in why) else why


def _in_store(recipe: Recipe, store: Store) -> bool:
    if not recipe.stored or not all(os.path.exists(path) for path in recipe.inputs.values()):
        return False
    key = recipe.key({role: HASHES.state(path)[2] for role, path in recipe.inputs.items()})
    return store.get(key) is not None


def _costs(tasks: Mapping[str, Any], dependency: Dependency) -> Callable[[str], tuple[float, str]]:
    import statistics

    recorded = {name: dependency.get_values(name).get("seconds") for name in tasks}
    medians = {}
    for stage in STAGES:
        known = [seconds for name, seconds in recorded.items() if name.partition(":")[0] == stage and seconds]
        medians[stage] = statistics.median(known) if known else None

    def cost(name: str) -> tuple[float, str]:
        stage = name.partition(":")[0]
        if seconds := recorded.get(name):
            return seconds, "recorded"
        if medians[stage]:
            return medians[stage], "like its kind"
        return ESTIMATES.get(stage, 0.1), "estimated"

    return cost
