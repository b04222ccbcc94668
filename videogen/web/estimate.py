"""How long a film will take, by what was recorded here; what is left of one that is being made."""

from __future__ import annotations

import os
from typing import Annotated, Any

import pydantic
from fastapi import APIRouter, Query
from pydantic import BaseModel, Field, TypeAdapter

from videogen.model.project import Duration
from videogen.model.task import Task
from videogen.tasks.history import RUNS, Costs, Run, cost_of_film, costs_of, left_of, runs_of
from videogen.tasks.stages import stages_of
from videogen.web.context import Asking, Context, Here
from videogen.web.errors import refusals
from videogen.web.files import record_of

router = APIRouter(prefix="/api", tags=["server"])

_TEXT = {".md": 1.0, ".markdown": 1.0, ".txt": 1.0, ".srt": 0.6, ".vtt": 0.6, ".html": 0.3, ".htm": 0.3, "": 1.0}
"""How much of a file of each kind is text. Of what is packed, nobody can say."""
_BYTES_OF_SCENE = 450
"""Bytes of text that become one scene: the median of documents of several kinds."""
_SECONDS_OF_SCENE = 11.0
_MOST_SCENES = 400
_DURATION: TypeAdapter[float] = TypeAdapter(Duration)


class Estimate(BaseModel):
    """Seconds, as far as anybody can say."""

    seconds: float | None = Field(description="Null where nobody can say.")
    runs: int = Field(description="Earlier builds that this is known from.")


@router.get("/estimate", response_model=Estimate, responses=refusals(422))
def estimate(
    who: Asking,
    context: Here,
    task: Annotated[str | None, Query(max_length=40, description="What is left of this task.")] = None,
    size: Annotated[int, Query(ge=0, le=1 << 40, description="Bytes of a document.")] = 0,
    name: Annotated[str, Query(max_length=300, description="Its name.")] = "",
    duration: Annotated[str, Query(max_length=40, description="How long the film should be, such as 90s.")] = "",
    languages: Annotated[str, Query(max_length=300, description="`en,es`: a film in each.")] = "",
    draft: bool = False,
) -> dict[str, Any]:
    """Estimate what is left of a task, or what a document will take."""
    if task is not None:
        found = context.load(task, who)
        costs = costs_of(recent(context), found.input.draft)
        return {"seconds": _left(context, found, costs), "runs": costs.runs}
    costs = costs_of(recent(context), draft)
    scenes = _scenes(size, name, duration)
    films = max(len([each for each in languages.split(",") if each.strip()]), 1)
    return {"seconds": scenes and cost_of_film(scenes, films, costs), "runs": costs.runs}


def recent(context: Context) -> list[Run]:
    """The builds that were at work last."""
    return runs_of(context.home, context.home.repository().list(limit=RUNS))


def _left(context: Context, task: Task, costs: Costs) -> float | None:
    if task.status == "completed":
        return 0.0
    stages = stages_of(record_of(context.home, task))
    if not stages:
        return None
    return left_of([{"name": each.name, "done": each.done, "total": each.total} for each in stages], costs)


def _scenes(size: int, name: str, duration: str) -> float | None:
    try:
        wanted = _DURATION.validate_python(duration) if duration else None
    except pydantic.ValidationError:  # the field says so when it is sent
        wanted = None
    if wanted:
        return min(wanted / _SECONDS_OF_SCENE, _MOST_SCENES)
    share = _TEXT.get(os.path.splitext(name)[1].lower())
    return None if share is None or not size else min(max(size * share / _BYTES_OF_SCENE, 2), _MOST_SCENES)
