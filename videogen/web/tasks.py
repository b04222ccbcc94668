"""Tasks: listed, looked at, paused, gone on with, ended, forgotten."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from datetime import datetime, timedelta
from threading import Lock
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from videogen.model.errors import ValidationError
from videogen.model.task import ID, Status, Task, moved
from videogen.tasks import lifecycle
from videogen.tasks.confined import confinement
from videogen.web.access import Who, may
from videogen.web.context import Asking, Context, Here
from videogen.web.errors import Conflict, refusals
from videogen.web.room import place_for
from videogen.web.uploads import discard, folder_of
from videogen.web.views import TaskList, TaskView, listed, name_of, shown

router = APIRouter(prefix="/api/tasks", tags=["tasks"])

_looking = Lock()
"""Held by who looks through all tasks: several at once would take the time of all other requests."""
_MILLISECOND = timedelta(milliseconds=1)
_CURSOR = rf"^[0-9]{{1,12}}\.[0-9]{{3}}~{ID}$"


@router.get("", response_model=TaskList, responses=refusals(422))
def list_tasks(
    who: Asking,
    context: Here,
    status: Annotated[Status | None, Query(description="Only tasks in this state.")] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    before: Annotated[str | None, Query(pattern=_CURSOR, description="`next` of the page before.")] = None,
    q: Annotated[str, Query(max_length=100, description="Only tasks whose name or source has this in it.")] = "",
) -> dict[str, Any]:
    """List tasks, the one changed last first."""
    wanted = q.casefold().strip()
    found: list[Task] = []
    with nullcontext() if who.sees_all and not wanted else _looking:
        for task in _after(context, status, before, limit):
            if may(who, task) and _matches(task, wanted):
                found.append(task)
                if len(found) > limit:
                    break
    page = found[:limit]
    following = _cursor(page[-1]) if len(found) > limit else None
    return {"tasks": [listed(context.home, task) for task in page], "next": following}


def _after(context: Context, status: Status | None, before: str | None, limit: int) -> Iterator[Task]:
    """Tasks behind a cursor, read so many at a time."""
    repository, size = context.home.repository(), max(limit + 1, 100)
    while True:
        # tasks of one millisecond stand in the order of their ids
        moment, _, last = before.partition("~") if before else ("", "", "")
        bound = _time(moment) + _MILLISECOND if moment else None
        batch = repository.list(status, before=bound, limit=size)
        fresh = [task for task in batch if not moment or (_key(task), task.id) > (-float(moment), last)]
        yield from fresh
        if len(batch) < size:
            return
        if fresh:
            before = _cursor(fresh[-1])
        else:
            size *= 2


def _key(task: Task) -> float:
    return -round(task.updated_at.timestamp(), 3)


def _cursor(task: Task) -> str:
    return f"{task.updated_at.timestamp():.3f}~{task.id}"


def _time(moment: str) -> datetime:
    from datetime import timezone

    try:
        return datetime.fromtimestamp(float(moment), timezone.utc)
    except (OverflowError, ValueError, OSError):
        raise ValidationError("`before` is no place in the list", hint="give `next` of the page before") from None


def _matches(task: Task, wanted: str) -> bool:
    return not wanted or any(
        wanted in each.casefold() for each in (task.id, name_of(task), task.input.named, task.input.title or "")
    )


@router.get("/{task_id}", response_model=TaskView, responses=refusals())
def show_task(task_id: str, who: Asking, context: Here) -> dict[str, Any]:
    """Show a task with its stages and what they made."""
    return shown(context.home, context.load(task_id, who))


@router.post("/{task_id}/pause", response_model=TaskView, responses=refusals(409))
def pause_task(task_id: str, who: Asking, context: Here) -> dict[str, Any]:
    """Have a task begin nothing more; what is being made is finished."""
    return _done(context, task_id, who, lambda: lifecycle.pause(context.home, task_id))


@router.post("/{task_id}/resume", response_model=TaskView, responses=refusals(409))
def resume_task(task_id: str, who: Asking, context: Here) -> dict[str, Any]:
    """Go on with a task that is paused, failed or was cancelled, or build one that is completed again; nothing that is
    made is made again."""
    bounds = confinement(".", context.settings.max_cost)

    def resume() -> Task:
        task = context.load(task_id, who)
        moved(task, "pending")  # what its state forbids is said first: no place in the queue would change that
        with place_for(context, task.user):
            return lifecycle.resume(context.home, task_id, who.user, bounds)

    return _done(context, task_id, who, resume)


@router.post("/{task_id}/cancel", response_model=TaskView, responses=refusals(409))
def cancel_task(task_id: str, who: Asking, context: Here) -> dict[str, Any]:
    """End a task and its processes; what is half-made goes."""
    return _done(context, task_id, who, lambda: lifecycle.cancel(context.home, task_id, who.user))


def _done(context: Context, task_id: str, who: Who, act: Callable[[], Task]) -> dict[str, Any]:
    context.load(task_id, who)
    try:
        return shown(context.home, act())
    except ValidationError as error:
        raise Conflict(error.message, hint=error.hint) from None


@router.delete("/{task_id}", status_code=204, responses=refusals(409, 422))
def forget_task(
    task_id: str,
    who: Asking,
    context: Here,
    videos: Annotated[bool, Query(description="Remove its films too.")] = False,
) -> Response:
    """Forget a task that has ended or is paused, and what only it has made; its films stay unless they are to go."""
    task = context.load(task_id, who)
    try:
        lifecycle.forget(context.home, task, videos=videos, user=who.user)
    except ValidationError as error:
        raise Conflict(error.message, hint=error.hint) from None
    if videos and (folder := folder_of(context.settings.output, task)):
        others = context.home.repository().list(limit=None)
        if not any(each.input.output_dir == task.input.output_dir for each in others):
            discard(folder)
    return Response(status_code=204)
