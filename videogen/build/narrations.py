"""The lock of a project's narrations: written when all is made, and held against what a frozen build would take."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from doit.exceptions import TaskFailed

from videogen.build.plan import read_plan
from videogen.build.recipe import Recipe, failure, perform
from videogen.build.settled import locked_at
from videogen.build.state import HASHES
from videogen.build.workspace import Workspace
from videogen.build.write import write_if_changed
from videogen.model.errors import ResourceError, StageError, ValidationError, Where
from videogen.model.events import Warned

if TYPE_CHECKING:
    from videogen.build.tasks import Build
    from videogen.model.narrations import NarrationLock
    from videogen.model.script import Narration


def write_lock(build: Build) -> None:
    """Write down what was spoken, beside the project, when all of it is made.

    A draft says nothing, and a document that has no project has nothing beside it but what a person put there.
    """
    ws = build.workspace
    if ws.draft or ws.document or build.terms.frozen or not _spoken_since(ws):
        return
    try:
        write_if_changed(ws.narration_lock, _spoken(ws).to_text())
    except ResourceError as error:
        build.bus.publish(Warned(error.line()))


def _spoken_since(ws: Workspace) -> bool:
    """Whether the lock may have to be another than the last build left, found out without reading what was spoken."""
    settled = locked_at(ws)
    files = [ws.path("plan.json"), *(f"{at}/narration.mp3" for at in line_folders(ws).values())]
    return settled is None or any(os.stat(path).st_mtime_ns > settled for path in files)


def _spoken(ws: Workspace) -> NarrationLock:
    from videogen.model.narrations import NarrationLock, locked_line
    from videogen.model.timing import Timing

    lines = {}
    for name, at in line_folders(ws).items():
        with open(f"{at}/timing.json", "rb") as file:
            timing = Timing.model_validate_json(file.read())
        audio = HASHES.state(f"{at}/narration.mp3")[2]
        lines[name] = locked_line(narration_in(f"{at}/narration.json"), timing, audio)
    return NarrationLock(lines=lines)


def line_folders(ws: Workspace) -> dict[str, str]:
    """The folder of every scene that a voice speaks, by video, language and scene."""
    return {
        f"{film['name']}/{scene['id']}": ws.path(film["name"], scene["id"])
        for film in read_plan(ws).videos
        if film["first_shape"] == film["name"]
        for scene in film["scenes"]
        if scene["words"] and "recording" not in scene
    }


def read_lock(path: str) -> NarrationLock | None:
    """The lock in a file; None when there is none. Raises ValidationError, with the place, for what is no lock."""
    import pydantic

    from videogen.model.narrations import NarrationLock

    hint = "build once without `--frozen`, which writes it anew"
    try:
        with open(path, encoding="utf-8") as file:
            return NarrationLock.model_validate(json.load(file))
    except FileNotFoundError:
        return None
    except json.JSONDecodeError as error:
        raise ValidationError(
            f"the lock is damaged: {error.msg}", Where(path, error.lineno, error.colno), hint
        ) from None
    except UnicodeDecodeError:
        raise ValidationError("the lock is damaged: it is not UTF-8", Where(path), hint) from None
    except RecursionError:
        raise ValidationError("the lock is damaged: it is nested too deeply", Where(path), hint) from None
    except pydantic.ValidationError as error:
        first = error.errors()[0]
        at = ".".join(map(str, first["loc"]))
        raise ValidationError(f"the lock is damaged: {at}: {first['msg']}", Where(path), hint) from None
    except ValueError as error:  # a number of thousands of digits; last, since all of the above but one are that too
        raise ValidationError(f"the lock is damaged: {error}", Where(path), hint) from None


class Locked:
    """doit `uptodate` of a narration in a frozen build: it is what the lock says."""

    def __init__(self, recipe: Recipe, path: str, lock: NarrationLock) -> None:
        self.recipe, self.path, self.lock = recipe, path, lock

    def __call__(self, task: Any, values: Mapping[str, Any]) -> bool:
        """Whether it is."""
        return self._difference() is None

    def perform(self, build: Build) -> dict[str, Any] | TaskFailed:
        """Take the narration from the store, where there is the one that is locked."""
        narration = narration_in(self.recipe.inputs["narration"])
        if difference := self.lock.difference(self.recipe.name, narration):
            return failure(self._error(difference))
        made = perform(self.recipe, build.store, build.bus, build.terms)
        if isinstance(made, TaskFailed):
            return made
        difference = self._difference()
        return failure(self._error(difference)) if difference else made

    def _difference(self) -> str | None:
        narration, mp3 = narration_in(self.recipe.inputs["narration"]), self.recipe.outputs["mp3"]
        audio = HASHES.state(mp3)[2] if os.path.exists(mp3) else None
        return self.lock.difference(self.recipe.name, narration, audio)

    def _error(self, difference: str) -> StageError:
        return StageError(
            f"the build is frozen, and {self.recipe.name} is not as it is locked: {difference}",
            Where(self.path),
            "build it once without `--frozen` (doit: `frozen=yes`), and commit the lock",
        )


def narration_in(path: str) -> Narration:
    """What is said, as the plan left it in a file."""
    from videogen.model.script import Narration

    with open(path, "rb") as file:
        return Narration.model_validate_json(file.read())
