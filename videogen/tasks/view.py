"""A task as every face shows it: the same JSON on the command line, in the Python API and over HTTP."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from videogen.model.address import shown_source
from videogen.model.task import Task
from videogen.tasks.home import Home
from videogen.tasks.stages import Recorded, progress_of, read_events, stages_of

_NAMED = {"name", "document"}
"""Metadata that a person's words for the source may stand in."""


def view_of(home: Home, task: Task, events: Sequence[Recorded] | None = None) -> dict[str, Any]:
    """What is kept of a task, and what the record of its events tells: `stages`, `current_stage`, `progress` (0 to 1),
    `duration_seconds` of all stages together, and `last_event`, the number of the last event that is told of.

    The record is read, unless `events` are what is in it. Addresses are shown without what may be secret in them.
    """
    known = read_events(home.events(task.id)) if events is None else events
    stages = stages_of((each.event for each in known), ended=task.status != "running")
    plain = task.model_dump(mode="json", exclude={"pid", "pid_started", "starting"})
    if plain["input"]["source"]:
        plain["input"]["source"] = shown_source(plain["input"]["source"])
    for name in _NAMED & plain["metadata"].keys():
        plain["metadata"][name] = shown_source(plain["metadata"][name])
    running = [each.name for each in stages if each.status == "running"]
    return {
        **plain,
        "current_stage": running[-1] if running else None,
        "progress": 1.0 if task.status == "completed" else round(progress_of(stages), 4),
        "duration_seconds": round(sum(each.duration_seconds for each in stages), 3),
        "last_event": known[-1].id if known else 0,
        "stages": [asdict(each) for each in stages],
    }
