"""Figures for who looks after a server: stages, the store, failures, the queue, the disk."""

from __future__ import annotations

import os
import shutil
import statistics
from collections import Counter
from collections.abc import Sequence
from typing import Any, get_args

from fastapi import APIRouter
from pydantic import BaseModel, Field

from videogen.build.flow import STAGES
from videogen.model.task import Status, Task
from videogen.tasks.history import RUNS, Run, runs_of
from videogen.web.access import Who, may
from videogen.web.context import Asking, Context, Here
from videogen.web.errors import refusals, told

router = APIRouter(prefix="/api", tags=["server"])


class StageStats(BaseModel):
    """How long targets of a stage took."""

    name: str
    targets: int
    median_seconds: float
    slow_seconds: float = Field(description="95 of 100 took less.")
    total_seconds: float


class Failure(BaseModel):
    """What went wrong, and how often."""

    error_code: str
    count: int
    last: str = Field(description="When, the last time.")
    error: str = Field(description="What it said then.")


class QueueStats(BaseModel):
    """Who waits."""

    running: int
    pending: int
    at_once: int
    fault: str | None = Field(description="What keeps it from its work just now.")


class DiskStats(BaseModel):
    """Bytes."""

    free_bytes: int
    total_bytes: int
    store_bytes: int = Field(description="Of the store of what was made before.")
    store_limit_bytes: int


class Stats(BaseModel):
    """Figures of the tasks that were at work last."""

    runs: int = Field(description="Tasks that they are of.")
    stages: list[StageStats]
    targets: dict[str, int] = Field(description="By outcome: made, restored, unchanged, failed.")
    reused: float | None = Field(description="Share of targets that were not made again, from 0 to 1.")
    tasks: dict[str, int] = Field(description="All tasks by state.")
    failures: list[Failure]
    queue: QueueStats
    disk: DiskStats


@router.get("/stats", response_model=Stats, responses=refusals())
def show_stats(who: Asking, context: Here) -> dict[str, Any]:
    """Show figures of the tasks that were at work last, of all that one may see."""
    repository = context.home.repository()
    if who.sees_all:
        tasks, states = repository.list(limit=RUNS), repository.counts()
    else:
        tasks = [task for task in repository.list(limit=None) if may(who, task)]
        states = Counter(task.status for task in tasks)
    runs = runs_of(context.home, tasks[:RUNS])
    counts = count_targets(runs)
    known = counts["made"] + counts["restored"] + counts["unchanged"]
    return {
        "runs": len(runs),
        "stages": stage_stats(runs),
        "targets": counts,
        "reused": round((counts["restored"] + counts["unchanged"]) / known, 4) if known else None,
        "tasks": {state: states.get(state, 0) for state in get_args(Status)},
        "failures": failures_of(tasks[:RUNS]),
        "queue": _queue(context),
        "disk": _disk(context, who),
    }


def stage_stats(runs: Sequence[Run]) -> list[dict[str, Any]]:
    """How long targets took, by stage, in the order of the flow."""
    found: list[dict[str, Any]] = []
    for stage in STAGES:
        seconds = sorted(each for run in runs for each in run.made.get(stage, ()))
        if seconds:
            slow = seconds[min(int(len(seconds) * 0.95), len(seconds) - 1)]
            found.append(
                {
                    "name": stage,
                    "targets": len(seconds),
                    "median_seconds": round(statistics.median(seconds), 4),
                    "slow_seconds": round(slow, 4),
                    "total_seconds": round(sum(seconds), 3),
                }
            )
    return found


def count_targets(runs: Sequence[Run]) -> dict[str, int]:
    """Targets by outcome."""
    return {name: sum(run.counts.get(name, 0) for run in runs) for name in ("made", "restored", "unchanged", "failed")}


def failures_of(tasks: Sequence[Task]) -> list[dict[str, Any]]:
    """What went wrong, the most frequent first, also before anything was made. The tasks are in the order of their
    end, the last first."""
    found: dict[str, dict[str, Any]] = {}
    for task in tasks:
        if task.status == "failed" and task.error is not None:
            code, last = str(task.error.get("error_code", "")), task.updated_at.isoformat()
            error = told(task.error)["error"][:300]
            found.setdefault(code, {"error_code": code, "count": 0, "last": last, "error": error})["count"] += 1
    return sorted(found.values(), key=lambda each: -each["count"])


def _queue(context: Context) -> dict[str, Any]:
    states = context.home.repository().counts()
    return {
        "running": states.get("running", 0),
        "pending": states.get("pending", 0),
        "at_once": context.settings.at_once,
        "fault": context.queue.fault,
    }


def _disk(context: Context, who: Who) -> dict[str, int]:
    from videogen.build.store import Store

    usage = shutil.disk_usage(context.home.folder if os.path.isdir(context.home.folder) else ".")
    store = Store().stats()
    return {
        "free_bytes": usage.free,
        "total_bytes": usage.total,
        "store_bytes": store.size,
        "store_limit_bytes": store.limit,
    }
