"""A recipe: how one task's targets are made from its inputs; and how doit performs it.

Every target is made in the same way: look in the store; if it is not there, make all the files of the task
beside their places; put them in their places in one step each; keep copies in the store.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import json
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from doit.exceptions import TaskFailed

from videogen.build.artifacts import type_of
from videogen.build.events import Bus
from videogen.build.pause import check_paused
from videogen.build.state import HASHES, pin
from videogen.build.store import Store
from videogen.build.terms import PLAIN, Terms
from videogen.build.write import replacing
from videogen.model.allowed import check_inside
from videogen.model.errors import PipelineError, ResourceError, StageError
from videogen.model.events import ArtifactCreated, Warned

Make = Callable[[Mapping[str, str], Mapping[str, str], Mapping[str, Any]], "dict[str, Any] | None"]
"""(inputs by role, files to write by role, parameters) -> small values to remember."""


@dataclass(frozen=True)
class Recipe:
    """One task of the graph."""

    stage: str
    name: str
    """Within its stage, such as `readme/en/install`; empty for a stage that has one task only."""
    doc: str
    make: str
    """`module:function`, imported when it is needed: a build that finds nothing to do never loads it."""
    inputs: Mapping[str, str]
    """Path by role, in order. Roles, not paths, tell apart what the store keeps."""
    outputs: Mapping[str, str]
    version: str
    """What makes it, and its version: another one makes another target."""
    params: Mapping[str, Any] = field(default_factory=dict)
    stored: bool = True
    after: tuple[str, ...] = ()
    """Names of tasks in the order in which they should be begun."""
    limits: Mapping[str, Any] = field(default_factory=dict)
    """Parameters that do not decide what is made, such as what it may cost."""
    spends: bool = False
    """It asks or speaks: what a frozen build does not do."""

    @property
    def task(self) -> str:
        """doit's name of the task."""
        return f"{self.stage}:{self.name}" if self.name else self.stage

    @property
    def identity(self) -> str:
        """What the recipe is, apart from the content of its inputs."""
        return f"{self.version} {json.dumps(dict(self.params), sort_keys=True)}"

    def key(self, digests: Mapping[str, str]) -> str:
        """The store's key, given the sha256 of every input by role."""
        facts = [self.stage, self.identity, sorted(digests.items()), sorted(self.outputs)]
        return hashlib.sha256(json.dumps(facts).encode()).hexdigest()

    def load(self) -> Make:
        """The function that makes it."""
        module, _, function = self.make.partition(":")
        return getattr(importlib.import_module(module), function)


NAMED = ("file:", "clip", "recording", "music")
"""Roles of the files that a project names: a link may lead elsewhere since its scenes were planned."""

SCENES_CHANGED, SCENES_MOVED = "its scenes changed", "the order of its scenes changed"


class Unchanged:
    """doit `uptodate`: same recipe, and the targets are as the build left them.

    A target that was cut short, edited or touched by anything else is not taken for a made one.
    """

    def __init__(self, recipe: Recipe) -> None:
        self.recipe = recipe

    def __call__(self, task: Any, values: Mapping[str, Any]) -> bool:
        """Whether nothing speaks against the targets."""
        return self.why_not(values) is None

    def why_not(self, values: Mapping[str, Any]) -> str | None:
        """What changed, in words; None when nothing did."""
        if not values:
            return "never made"
        if values.get("recipe") != self.recipe.identity:
            return _difference(values.get("recipe", ""), self.recipe.identity)
        recorded = values.get("targets", {})
        for path in self.recipe.outputs.values():
            state = recorded.get(path)
            if state is None:
                return f"{path} is new"
            try:
                stat = os.stat(path)
                if stat.st_mtime_ns == state[0] and stat.st_size == state[1]:
                    continue
                if stat.st_size != state[1] or HASHES.state(path)[2] != state[2]:
                    return f"{path} was changed outside the build"
            except FileNotFoundError:
                return f"{path} is missing"
            except OSError as error:
                return f"{path} cannot be read ({error.strerror})"
        return None

    def __repr__(self) -> str:
        return "the targets as the build left them"


def _difference(before: str, now: str) -> str:
    """What of two identities differs, in words."""
    (old_version, old), (new_version, new) = _parted(before), _parted(now)
    if old_version == new_version and old != new:
        changed = sorted(key for key in {*old, *new} if old.get(key) != new.get(key))
        return "; ".join(
            SCENES_MOVED if key == "scenes" and sorted(old.get(key, ())) == sorted(new[key]) else f"its {key} changed"
            for key in changed
        )
    gone = " ".join(word for word in old_version.split() if word not in new_version.split()) or "less"
    come = " ".join(word for word in new_version.split() if word not in old_version.split()) or "less"
    return f"made by another version ({gone}, now {come})"


def _parted(identity: str) -> tuple[str, dict[str, Any]]:
    """Version and parameters of a recipe's identity."""
    version, brace, params = identity.partition(" {")
    try:
        return version, json.loads(f"{{{params}") if brace else {}
    except ValueError:
        return identity, {}


def perform(recipe: Recipe, store: Store | None, bus: Bus, terms: Terms = PLAIN) -> dict[str, Any] | TaskFailed:
    """Make or restore a recipe's targets. Returns the values that doit remembers, or the failure.

    What is made is kept in the store, unless the values say `"keep": False`.
    """
    started = time.perf_counter()
    try:
        check_paused()
        digests = {}
        for role, path in recipe.inputs.items():
            if role.startswith(NAMED):
                check_inside(path, path)
            state = HASHES.state(path)
            pin(recipe.task, path, state)
            digests[role] = state[2]
        key = recipe.key(digests)
        entry = store.get(key) if store and recipe.stored else None
        if entry is not None and store is not None and store.restore(entry, recipe.outputs):
            how, values, seconds = "restored", entry.values, float(entry.values.get("seconds", 0.0))
        elif recipe.spends and terms.frozen:
            return failure(frozen(recipe))
        else:
            limits = {**recipe.limits, "budget": terms.budget} if recipe.limits else {}
            with contextlib.ExitStack() as stack:
                files = {role: stack.enter_context(replacing(path)) for role, path in recipe.outputs.items()}
                values = dict(recipe.load()(recipe.inputs, files, {**recipe.params, **limits}) or {})
            how, seconds = "made", round(time.perf_counter() - started, 4)
            if values.pop("keep", True) and store and recipe.stored:
                _keep(store, key, recipe, {**values, "seconds": seconds}, bus)
    except PipelineError as error:
        return failure(error)
    for path in recipe.outputs.values():
        bus.publish(ArtifactCreated(path, type_of(path), recipe.stage, os.path.getsize(path)))
    targets = {path: HASHES.state(path) for path in recipe.outputs.values()}
    return {**values, "recipe": recipe.identity, "targets": targets, "seconds": seconds, "how": how}


def frozen(recipe: Recipe) -> StageError:
    """What a frozen build says instead of asking or speaking."""
    return StageError(
        f"the build is frozen, and this is neither up to date nor in the store: {recipe.doc}",
        hint="build it once without `--frozen` (doit: `frozen=yes`) where the store or the build folder is kept",
    )


def failure(error: PipelineError) -> TaskFailed:
    """A failure that doit reports without a traceback and that carries the error to the reporter."""
    failed = TaskFailed(str(error))
    failed.pipeline_error = error  # type: ignore[attr-defined]
    return failed


def _keep(store: Store, key: str, recipe: Recipe, values: Mapping[str, Any], bus: Bus) -> None:
    try:
        store.put(key, recipe.outputs, values)
    except ResourceError as error:
        # the target itself is there: the build is whole, only a later build will not find it in the store
        if store.first_refusal():
            bus.publish(Warned(f"{store.folder}: not all can be kept for later: {error.message}; {error.hint}"))
