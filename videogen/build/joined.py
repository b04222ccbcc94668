"""The last stages: the film, the same in other formats, what it was made of, and what a viewer would say to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from videogen.build.plan import read_plan
from videogen.build.recipe import Recipe
from videogen.build.roles import TIMED, burned, format_of, mixed, of_scenes
from videogen.build.versions import Versions
from videogen.build.workspace import Workspace
from videogen.model.formats import ENDS

_FILM = "videogen.build.actions.film"


def video(ws: Workspace, versions: Versions) -> Iterator[Recipe]:
    """The film with its captions, chapters, transcript and thumbnail."""
    for film in read_plan(ws).videos:
        files, ids = _film_files(film), [scene["id"] for scene in film["scenes"]]
        made = [(stage, scene) for scene in ids for stage in ("audio", "frames", "segment", "transition")]
        made += [("mix", scene["id"]) for scene in film["scenes"] if scene.get("heard")]
        music = film.get("music")
        laid = {"soundtrack": ws.path(film["name"], "soundtrack.m4a")} if music else {}
        yield Recipe(
            "video",
            film["name"],
            f"join {len(film['scenes'])} scenes into {film['file']}.mp4, with captions and chapters",
            f"{_FILM}:video",
            {
                "script": ws.path(film["name"], "script.json"),
                "format": format_of(ws, film),
                "poster": ws.path(film["name"], ids[0], "final.png"),
                **of_scenes(ws, film, "transition.mp4", "segment.mp4", *TIMED),
                **mixed(ws, film),
                **laid,
            },
            {role: ws.path(film["name"], name) for role, name in files.items()},
            versions.stage("video"),
            params={"scenes": ids},
            stored=False,
            after=(
                *(f"{stage}:{film['name']}/{scene}" for stage, scene in made),
                *([f"bed:{film['name']}"] if music else []),
            ),
        )


def convert(ws: Workspace, versions: Versions) -> Iterator[Recipe]:
    """Each film in the other formats that it is wanted in."""
    for film in read_plan(ws).videos:
        files = _film_files(film)
        captions = {"captions": ws.path(film["name"], files["vtt"])} if "vtt" in files else {}
        for kind in film.get("also", ()):
            yield Recipe(
                "convert",
                f"{film['name']}/{kind}",
                f"write {film['file']}{ENDS[kind]} from {film['file']}.mp4",
                f"{_FILM}:convert",
                {
                    "mp4": ws.path(film["name"], files["mp4"]),
                    "format": format_of(ws, film),
                    **(captions if kind == "webm" else {}),
                },
                {"film": ws.path(film["name"], f"{film['file']}{ENDS[kind]}")},
                versions.stage("convert"),
                params={"kind": kind},
                stored=False,
            )


def manifest(ws: Workspace, versions: Versions) -> Iterator[Recipe]:
    """What each film was made of, and by what."""
    for film in read_plan(ws).videos:
        files, music = {**_film_files(film), **_others(film)}, film.get("music")
        yield Recipe(
            "manifest",
            film["name"],
            f"write down what {film['file']}.mp4 was made of",
            "videogen.build.actions.manifest:manifest",
            {
                "source": ws.path("source.json"),
                "origin": ws.path(film["name"], "origin.json"),
                "script": ws.path(film["name"], "script.json"),
                "format": format_of(ws, film),
                **{role: ws.path(film["name"], name) for role, name in files.items()},
                **of_scenes(ws, film, "timing.json"),
                **({"music": music["file"]} if music else {}),
            },
            {"manifest": ws.path(film["name"], "manifest.json")},
            versions.stage("manifest"),
            params={"files": files, **({"licence": music["licence"]} if music else {})},
            stored=False,
        )


def _film_files(film: dict[str, Any]) -> dict[str, str]:
    stem = film["file"]
    captions = {kind: f"{stem}.{kind}" for kind in ("srt", "vtt") if film["captions"][kind]}
    return {
        "mp4": f"{stem}.mp4",
        **captions,
        "chapters": f"{stem}.chapters.txt",
        "transcript": f"{stem}.transcript.md",
        "thumbnail": f"{stem}.jpg",
        "timeline": "timeline.json",
    }


def _others(film: dict[str, Any]) -> dict[str, str]:
    """The film in other formats."""
    return {kind: f"{film['file']}{ENDS[kind]}" for kind in film.get("also", ())}


def check(ws: Workspace, versions: Versions) -> Iterator[Recipe]:
    """What a viewer would complain about, measured."""
    for film in read_plan(ws).videos:
        made, others = (
            {role: ws.path(film["name"], name) for role, name in files.items()}
            for files in (_film_files(film), _others(film))
        )
        yield Recipe(
            "check",
            film["name"],
            f"measure {film['file']}.mp4 as a viewer would notice it",
            f"{_FILM}:check",
            {
                **{role: made[role] for role in ("mp4", "timeline", "srt", "vtt") if role in made},
                **others,
                "script": ws.path(film["name"], "script.json"),
                "format": format_of(ws, film),
                **of_scenes(ws, film, *TIMED, *(["captions.json"] if burned(film) else [])),
                **mixed(ws, film),
            },
            {"report": ws.path(film["name"], "report.json")},
            versions.stage("check"),
            params={
                "scenes": [scene["id"] for scene in film["scenes"]],
                "file": film["file"],
                **({"music": True} if film.get("music") else {}),
            },
            after=(f"manifest:{film['name']}",),  # so that a film that is asked for has one
        )
