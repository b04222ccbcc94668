"""The scenes of a task, as far as they are made."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from videogen.build.plan import read_json
from videogen.build.workspace import Workspace
from videogen.model.task import Task
from videogen.tasks.versions import version_of
from videogen.web.files import artifacts_of, plan_of, shown_path, state_of, url_of, workspace_of


def scenes_of(output: str, task: Task, record: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every scene that a task's films have, in order; empty before it is planned."""
    workspace = workspace_of(task, record)
    if workspace is None:
        return []
    files = artifacts_of(output, task, record)
    states = scene_states(record)

    def url(path: str) -> str | None:
        artifact = files.get(shown_path(path, output))
        if artifact is None:
            return None
        return url_of(task, artifact.path, state_of(os.stat(artifact.file)))

    return [
        {
            "film": film["name"],
            "scene": scene["id"],
            "title": scene["title"],
            "kind": scene["kind"],
            "start": times.get(scene["id"], (None, None))[0],
            "seconds": times.get(scene["id"], (None, None))[1],
            "image": url(workspace.film(*film["name"].split("/"), scene["id"], "final.png")),
            "voice": url(workspace.film(*film["name"].split("/"), scene["id"], "narration.mp3")),
            "status": states.get(f"{film['name']}/{scene['id']}")
            or ("completed" if task.status == "completed" else "pending"),
        }
        for film in _films(workspace, task)
        for times in [_times(task, workspace.path(film["name"], "timeline.json"))]
        for scene in film["scenes"]
    ]


def scene_states(record: list[dict[str, Any]]) -> dict[str, str]:
    """What the events say of each scene, by `video/language/scene`: running, completed or failed. A scene is completed
    when nothing of it is at work any more and its picture and its sound are one."""
    running: dict[str, set[str]] = {}
    states: dict[str, str] = {}
    for event in record:
        kind = event["event"]
        if kind in ("TaskCreated", "TaskCompleted", "TaskFailed", "TaskPaused"):
            running.clear()
            states = {name: state for name, state in states.items() if state == "completed" or kind == "TaskFailed"}
            states = {name: state for name, state in states.items() if state != "running"}
            continue
        if kind not in ("StageStart", "StageComplete", "StageError") or event["name"].count("/") != 2:
            continue
        stage, _, scene = event["name"].partition(":")
        busy = running.setdefault(scene, set())
        if kind == "StageStart":
            busy.add(stage)
            states[scene] = "running"
            continue
        busy.discard(stage)
        if kind == "StageError":
            states[scene] = "failed"
        elif stage == "segment" and states.get(scene) != "failed":
            states[scene] = "completed"
    return states


def _films(workspace: Workspace, task: Task) -> Iterator[dict[str, Any]]:
    for film in plan_of(task, workspace).videos:
        if not task.input.videos or film["name"].split("/")[0] in task.input.videos:
            yield film


def _times(task: Task, path: str) -> dict[str, tuple[float, float]]:
    """When each scene begins and how long it is, in seconds, once that is known."""
    timeline = read_json(version_of(task, path))
    fps = timeline.get("fps") or 30
    return {
        scene["id"]: (round(scene["start"] / fps, 3), round(scene["frames"] / fps, 3))
        for scene in timeline.get("scenes", ())
    }
