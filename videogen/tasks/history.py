"""What earlier builds tell of later ones: how long targets of each stage took here, and what became of builds."""

from __future__ import annotations

import os
import statistics
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from videogen.build.explain import ESTIMATES
from videogen.build.flow import STAGES
from videogen.model.task import Task
from videogen.tasks.home import Home
from videogen.tasks.stages import read_events

RUNS = 100
"""Builds that are looked back at."""


class Run(NamedTuple):
    """One task, as its record tells of it."""

    status: str
    draft: bool
    made: dict[str, tuple[float, ...]]
    """Seconds of every target that was made, by stage."""
    counts: dict[str, int]
    """Targets by outcome: made, restored, unchanged, failed."""
    wall: float
    """Seconds in which targets were at work."""
    error: dict[str, Any] | None
    ended: str


class Costs(NamedTuple):
    """Seconds that a target takes, by stage: medians of what was recorded. `together` are as many as are made at once,
    on average."""

    seconds: dict[str, float]
    together: float
    runs: int


def runs_of(home: Home, tasks: Iterable[Task]) -> list[Run]:
    """What the records of tasks tell. A record that has not grown since is not read again."""
    found: list[Run] = []
    for task in tasks:
        path = home.events(task.id)
        try:
            stat = os.stat(path)
        except FileNotFoundError:
            continue
        made, wall = _made(path, stat.st_size, stat.st_mtime_ns)
        counts = (task.result or {}).get("counts", {})
        ended = task.updated_at.isoformat()
        found.append(Run(task.status, task.input.draft, made, counts, wall, task.error, ended))
    return found


@lru_cache(maxsize=4 * RUNS)
def _made(path: str, size: int, mtime_ns: int) -> tuple[dict[str, tuple[float, ...]], float]:
    made: dict[str, list[float]] = {}
    wall, since = 0.0, ""
    busy: set[str] = set()
    for each in read_events(path):
        event = each.event
        if event["event"] == "StageStart":
            since = since if busy else event.get("time", "")
            busy.add(event["name"])
        elif event["event"] == "StageComplete" and event["name"] in busy:
            busy.discard(event["name"])
            if event["how"] == "made" and event["seconds"]:
                made.setdefault(event["stage"], []).append(event["seconds"])
            wall += 0.0 if busy else _between(since, event.get("time", ""))
    return {stage: tuple(seconds) for stage, seconds in made.items()}, wall


def costs_of(runs: Sequence[Run], draft: bool = False) -> Costs:
    """What targets cost, by the runs of this sort; by what is usual where there are none.

    >>> costs_of([]).seconds["frames"]
    0.25
    """
    alike = [run for run in runs if run.draft == draft and run.made]
    by_stage: dict[str, list[float]] = {}
    for run in alike:
        for stage, seconds in run.made.items():
            by_stage.setdefault(stage, []).extend(seconds)
    seconds = {
        stage: statistics.median(by_stage[stage]) if stage in by_stage else ESTIMATES.get(stage, 0.1)
        for stage in STAGES
    }
    wall = sum(run.wall for run in alike)
    work = sum(sum(each) for run in alike for each in run.made.values())
    together = min(max(work / wall, 1.0), float(os.cpu_count() or 1)) if wall else 2.0
    return Costs(seconds, together, len(alike))


def left_of(stages: Iterable[Mapping[str, Any]], costs: Costs) -> float:
    """Seconds that a build will take to its end, from what there is to do in each of its stages (`name`, `done`,
    `total`).

    >>> left_of([{"name": "frames", "done": 2, "total": 6}], Costs({"frames": 0.5}, 2.0, 1))
    1.0
    """
    work = sum(max(each["total"] - each["done"], 0) * costs.seconds.get(each["name"], 0.1) for each in stages)
    return round(work / costs.together, 3)


PER_SCENE = ("audio", "frames", "segment", "transition")
PER_FILM = ("source", "parse", "look", "script", "plan", "video", "manifest", "check")


def cost_of_film(scenes: float, films: int, costs: Costs) -> float:
    """Seconds that films of so many scenes each will take together.

    >>> cost_of_film(4, 2, Costs({"audio": 0.5, "frames": 0.25, "video": 1.0}, 2.0, 3))
    5.0
    """
    each = scenes * sum(costs.seconds.get(stage, 0.0) for stage in PER_SCENE) / costs.together
    return round(films * (each + sum(costs.seconds.get(stage, 0.0) for stage in PER_FILM)), 1) + 0.0


def _between(begun: str, ended: str) -> float:
    from datetime import datetime

    if not begun or not ended:
        return 0.0
    first, last = (datetime.fromisoformat(each.replace("Z", "+00:00")) for each in (begun, ended))
    return max((last - first).total_seconds(), 0.0)
