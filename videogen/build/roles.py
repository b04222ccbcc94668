"""Which files of a film and its scenes a stage reads, by role."""

from __future__ import annotations

from typing import Any

from videogen.build.workspace import Workspace

TIMED = ("narration.m4a", "timing.json", "clock.json", "motion.json")
"""What says when everything in a scene happens, and what is heard."""


def of_scenes(ws: Workspace, film: dict[str, Any], *names: str) -> dict[str, str]:
    """Files of every scene of a film, by role."""
    return {
        f"{scene['id']}/{name}": ws.path(film["name"], scene["id"], name) for scene in film["scenes"] for name in names
    }


def mixed(ws: Workspace, film: dict[str, Any]) -> dict[str, str]:
    """The sound of the scenes in which a clip is heard."""
    heard = [scene["id"] for scene in film["scenes"] if scene.get("heard")]
    return {f"{scene}/sound.m4a": ws.path(film["name"], scene, "sound.m4a") for scene in heard}


def format_of(ws: Workspace, film: dict[str, Any]) -> str:
    """What every picture track of a film agrees on."""
    return ws.path(film["name"], "format.json")


def look_of(ws: Workspace, film: dict[str, Any]) -> str:
    """How a film looks."""
    return ws.path(film["name"], "look.json")


def burned(film: dict[str, Any]) -> bool:
    """Whether captions are part of a film's picture."""
    return film["captions"].get("burned", "none") != "none"
