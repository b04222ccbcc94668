"""What a project comes to: its films, for who is given the name of a part of it."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Sequence
from typing import Any

from videogen.build.events import Sink
from videogen.build.flow import FIRST
from videogen.build.plan import read_plan
from videogen.build.run import build
from videogen.build.terms import Terms
from videogen.build.workspace import Workspace
from videogen.model.errors import PipelineError, ValidationError, from_dict
from videogen.model.events import Event, StageError


def planned_films(workspace: Workspace, terms: Terms | None = None, sinks: Sequence[Sink] = ()) -> list[dict[str, Any]]:
    """The films of a project as its plan has them, which is brought up to date. Raises the first error of that."""
    errors: list[PipelineError] = []

    def keep(event: Event) -> None:
        if isinstance(event, StageError):
            errors.append(from_dict(event.error))

    if build(workspace, FIRST[-1:], [*sinks, keep], terms=terms):
        raise errors[0] if errors else PipelineError("the project could not be planned")
    return read_plan(workspace).videos


def tasks_of_videos(
    workspace: Workspace, videos: Sequence[str], terms: Terms | None = None, sinks: Sequence[Sink] = ()
) -> list[str]:
    """The tasks that make these videos of a project, in every language and shape."""
    names: dict[str, list[str]] = {}
    for film in planned_films(workspace, terms, sinks):
        for video in dict.fromkeys(
            name.partition("/")[0] for name in (film["name"], film.get("first_shape", film["name"]))
        ):
            names.setdefault(video, []).append(film["name"])
    for video in videos:
        if video not in names:
            raise no_such("video", video, names, workspace)
    return [f"check:{name}" for name in dict.fromkeys(name for video in videos for name in names[video])]


def no_such(what: str, name: str, known: Collection[str], workspace: Workspace) -> ValidationError:
    """The error for a part of a project that it does not have."""
    close = difflib.get_close_matches(name, known, 1)
    return ValidationError(
        f'there is no {what} "{name}" in {workspace.file}',
        hint=f'did you mean "{close[0]}"?' if close else f"there are: {', '.join(known)}",
    )
