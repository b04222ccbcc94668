"""What became of each stage of a task: folded from the record of its events, and kept nowhere else."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, NamedTuple

from videogen.build.flow import FIRST, STAGES

StageStatus = Literal["pending", "running", "completed", "failed", "skipped"]


class Recorded(NamedTuple):
    """An event as it stands in the record."""

    id: int
    """Counted from 1 over all attempts of a task, without a gap: a reader that was cut off asks for what follows."""
    event: dict[str, Any]


@dataclass
class StageResult:
    """A stage of a task over all its attempts. Times are UTC, durations seconds."""

    name: str
    status: StageStatus = "pending"
    started_at: str | None = None
    completed_at: str | None = None
    duration_seconds: float = 0.0
    """The time in which at least one of its targets was being made."""
    retry_count: int = 0
    """Targets that were begun again, because they failed or their build was stopped."""
    done: int = 0
    total: int = 0
    artifacts: list[dict[str, Any]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    error: dict[str, Any] | None = None


class Tail:
    """Reads a record as it grows: each event once and in order, and nothing twice from the disk."""

    def __init__(self, path: str, after: int = 0) -> None:
        self._path, self._after = path, after
        self._offset = self._number = 0

    def read(self) -> list[Recorded]:
        """What has come since the last call, behind the event with the number `after`. What is being written just now
        is left for the next call."""
        try:
            with open(self._path, "rb") as file:
                file.seek(self._offset)
                data = file.read()
        except FileNotFoundError:
            return []
        whole = data[: data.rfind(b"\n") + 1]
        self._offset += len(whole)
        lines = whole.splitlines()
        first = self._number + 1
        self._number += len(lines)
        return [Recorded(number, json.loads(line)) for number, line in enumerate(lines, first) if number > self._after]


def read_events(path: str, after: int = 0) -> list[Recorded]:
    """The events of a record behind the one with the number `after`, as many as there are whole."""
    return Tail(path, after).read()


def stages_of(events: Iterable[Mapping[str, Any]], ended: bool = False) -> list[StageResult]:
    """What the events of a task say of its stages, in the order of the flow; where it `ended`, nothing is running."""
    found: dict[str, StageResult] = {}
    begun: dict[str, set[str]] = {}
    running: dict[str, set[str]] = {}
    since: dict[str, datetime] = {}

    def stage(name: str) -> StageResult:
        return found.setdefault(name, StageResult(name))

    def rest(name: str, moment: str) -> None:
        if not running.get(name) and name in since:
            result = stage(name)
            result.duration_seconds += max((_time(moment) - since.pop(name)).total_seconds(), 0.0)
            result.completed_at = moment

    last = ""
    for event in events:
        kind, moment = event["event"], event.get("time", "")
        name = event.get("stage") or ""
        if kind == "TaskCreated":
            for stopped in [each for each in running if running[each]]:  # the attempt before was killed
                running[stopped].clear()
                rest(stopped, last or moment)
            for result in found.values():
                result.status = "pending" if result.status in ("running", "failed") else result.status
                result.error = None
        elif kind == "TaskStarted":
            for each, total in event["stages"].items():
                stage(each).total = total
        elif kind == "StageStart":
            result = stage(name)
            result.status, result.error = "running", None
            result.started_at = result.started_at or moment
            result.retry_count += event["name"] in begun.setdefault(name, set())
            begun[name].add(event["name"])
            if not running.setdefault(name, set()):
                since[name] = _time(moment)
            running[name].add(event["name"])
        elif kind in ("StageComplete", "StageError") and name:
            running.setdefault(name, set()).discard(event["name"])
            if kind == "StageError":
                stage(name).status, stage(name).error = "failed", event["error"]
            rest(name, moment)
        elif kind == "Progress":
            result = stage(name)
            result.done, result.total = event["done"], max(event["total"], result.total)
            if result.done >= result.total and result.status != "failed":
                result.status = "completed"
        elif kind == "Warned" and event.get("name"):
            stage(event["name"].partition(":")[0]).warnings.append(event["message"])
        elif kind == "ArtifactCreated":
            _replace(stage(name).artifacts, {key: event[key] for key in ("path", "type", "size_bytes")}, moment)
        elif kind in ("TaskCompleted", "TaskFailed", "TaskPaused"):
            for each in list(running):
                running[each].clear()
                rest(each, moment)
            for result in found.values():
                if result.status == "running":
                    result.status = "completed" if kind == "TaskCompleted" else "pending"
                elif result.status == "pending" and kind == "TaskCompleted":
                    result.status = "skipped"
        last = moment or last
    if ended:
        for each in list(running):
            running[each].clear()
            rest(each, last)
        for result in found.values():
            result.status = "pending" if result.status == "running" else result.status
    return [found[name] for name in STAGES if name in found]


def progress_of(stages: Iterable[StageResult]) -> float:
    """The share of a task's targets that are there, from 0 to 1; 0 as long as it is not planned how many there are."""
    known = list(stages)
    if all(each.name in FIRST for each in known):
        return 0.0
    total = sum(max(each.total, each.done) for each in known)
    return sum(each.total if each.status == "skipped" else each.done for each in known) / total if total else 0.0


def _replace(artifacts: list[dict[str, Any]], made: dict[str, Any], moment: str) -> None:
    artifacts[:] = [each for each in artifacts if each["path"] != made["path"]]
    artifacts.append({**made, "created_at": moment})


def _time(moment: str) -> datetime:
    return datetime.fromisoformat(moment.replace("Z", "+00:00"))
