"""The first stages: from the project file to the plan, and the small files of every scene.

Each is given the workspace and returns what is to be written.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from videogen.build.actions import load
from videogen.build.first import Written
from videogen.build.place import placed
from videogen.build.voicing import scene_voices, unheard
from videogen.build.workspace import Workspace
from videogen.model.base import to_json
from videogen.model.content import ParsedContent
from videogen.model.film import FilmFormat, film_format
from videogen.model.manner import Manner
from videogen.model.markup import labels
from videogen.model.project import VideoConfig, VideoSetConfig
from videogen.model.scene import Scene
from videogen.model.script import Narration, VideoScript
from videogen.model.theme import Look


def source(ws: Workspace) -> Written:
    """Project file and document -> `source.json`, and the pictures that lay inside the document."""
    from videogen.inputs.source import read_source

    with placed(ws):
        config, pictures, fetched = read_source(Path(ws.file), Path(), ws.path("media"), ws.fetched)
    if ws.draft:
        config = config.model_copy(update={"videos": [_draft(video) for video in config.videos]})
    return Written({ws.path("source.json"): config.to_json(), **pictures, **fetched}, tuple(config.inputs))


def _draft(video: VideoConfig) -> VideoConfig:
    """A video as it is laid out in seconds: small, and silent for as long as its words would take."""
    output = video.output.model_copy(update={"resolution": "480p", "quality": "standard"})
    scenes = [_silent(scene) for scene in video.scenes] if video.scenes else video.scenes
    framing = {key: _silent(scene) for key in ("intro", "outro") if (scene := getattr(video, key))}
    return video.model_copy(
        update={
            "manner": _without_voice(video.manner).model_copy(update={"voice": "draft:"}),
            "speakers": {name: _without_voice(manner) for name, manner in video.speakers.items()},
            "scenes": scenes,
            **framing,
            "output": output,
        }
    )


def _silent(scene: Scene) -> Scene:
    return scene.model_copy(update={"manner": _without_voice(scene.manner)})


def _without_voice(manner: Manner) -> Manner:
    return manner.model_copy(update={"voice": None})


def parse(ws: Workspace) -> Written:
    """`source.json` -> `parsed.json`."""
    from videogen.inputs.parse import parse as parse_video

    config = load(VideoSetConfig, ws.path("source.json"))
    parsed = {video.id: parse_video(video).model_dump(mode="json", exclude_none=True) for video in config.videos}
    return Written({ws.path("parsed.json"): to_json(parsed)})


def look(ws: Workspace) -> Written:
    """`source.json` and theme files -> `looks.json`."""
    videos = load(VideoSetConfig, ws.path("source.json")).videos
    looks = {video.id: look_of(ws, video).model_dump(mode="json", exclude_none=True) for video in videos}
    return Written({ws.path("looks.json"): to_json(looks)})


def look_of(ws: Workspace, video: VideoConfig) -> Look:
    """The look that a video asks for. Raises ValidationError."""
    from videogen.scenes.themes import look_of as settled

    with placed(ws, "theme"):
        return settled(video, Path())


def prompt(ws: Workspace) -> Written:
    """`source.json`, `parsed.json` -> `prompts.json`, and `prompt.json` of every video whose script is asked for.

    What an answer will take is told in the former, so that the latter holds only what decides the answer.
    """
    from videogen.script.ai.prompt import answer_tokens, script_prompt
    from videogen.script.ai.spend import estimate

    config = load(VideoSetConfig, ws.path("source.json"))
    files: dict[str, bytes] = {}
    videos: list[dict[str, Any]] = []
    parsed = json.loads(Path(ws.path("parsed.json")).read_bytes()) if _asking(config) else {}
    for video in _asking(config):
        with placed(ws, "script"):
            asked = script_prompt(ParsedContent.model_validate(parsed[video.id]), video)
            if asked is None:
                continue
            told = estimate(asked.request, answer_tokens(asked.request), os.environ)
        assert video.script.ai is not None
        files[ws.path(video.id, "prompt.json")] = asked.to_json()
        videos.append({"id": video.id, "told": told.told(asked.request.model), "max_cost": video.script.ai.max_cost})
    return Written({ws.path("prompts.json"): to_json({"videos": videos}), **files})


def _asking(config: VideoSetConfig) -> list[VideoConfig]:
    """The videos that want a language model; another shape of one has its script."""
    return [video for video in config.videos if video.script.ai and not video.shape_of]


def script(ws: Workspace) -> Written:
    """`source.json`, `parsed.json`, answers -> `script.json`: every video's script, in the language of its document."""
    from videogen.build.plan import read_prompts
    from videogen.script.ai.kept import KeptAnswer
    from videogen.script.write import write_script

    config = load(VideoSetConfig, ws.path("source.json"))
    parsed = json.loads(Path(ws.path("parsed.json")).read_bytes())
    asked = [video["id"] for video in read_prompts(ws)]
    answers = {video: load(KeptAnswer, ws.path(video, "answer.json")) for video in asked}
    scripts = [
        write_script(ParsedContent.model_validate(parsed[video.id]), video, answers.get(video.shape_of or video.id))
        for video in config.videos
    ]
    made = to_json([each.model_dump(mode="json", exclude_none=True) for each in scripts])
    warnings = [warning for each in scripts for warning in each.validation_warnings]
    return Written({ws.path("script.json"): made}, warnings=tuple(warnings))


def plan(ws: Workspace) -> Written:
    """`source.json`, `script.json`, `looks.json` -> the plan, and the files of every scene."""
    config = load(VideoSetConfig, ws.path("source.json"))
    looks = json.loads(Path(ws.path("looks.json")).read_bytes())
    scripts = json.loads(Path(ws.path("script.json")).read_bytes())
    files: dict[str, bytes] = {}
    videos: list[dict[str, Any]] = []
    narrations: list[Narration] = []
    for video, own in zip(config.videos, scripts, strict=True):
        written = VideoScript.model_validate(own)
        planned = _planned(ws, video, written, Look.model_validate(looks[video.id]), files, narrations)
        name = planned["name"]
        files[ws.path(name, "script.json")] = written.to_json()
        files[ws.path(name, "look.json")] = to_json(looks[video.id])
        files[ws.path(name, "format.json")] = _format(video, looks[video.id]).to_json()
        videos.append(planned)
    files[ws.path("plan.json")] = to_json({"videos": videos, "files": list(files)})
    return Written(files, warnings=tuple(unheard(narrations)))


def _format(video: VideoConfig, look: dict[str, Any]) -> FilmFormat:
    """The theme says how scenes follow each other; with reduced motion they are cut."""
    transition = "cut" if video.reduced_motion else look["theme"].get("transition", "crossfade")
    return film_format(video.output, video.aspect, transition)


def _planned(
    ws: Workspace,
    video: VideoConfig,
    written: VideoScript,
    look: Look,
    files: dict[str, bytes],
    narrations: list[Narration],
) -> dict[str, Any]:
    """A film as the plan has it; the files of its scenes are added to `files`, what they say to `narrations`."""
    from videogen.script.files import scene_files

    voices = scene_voices(ws, video, written)
    name = f"{video.id}/{written.language}"
    scenes = []
    for scene in written.scenes:
        narration, picture, clock = scene_files(written, scene, voices[scene.id], video.lexicon, look.chrome.counts)
        narrations.append(narration)
        for model, file in ((narration, "narration"), (picture, "picture"), (clock, "clock")):
            files[ws.path(name, scene.id, f"{file}.json")] = model.to_json()
        if command := scene.content.runs():
            files[ws.path(name, scene.id, "command.json")] = to_json({"command": command})
        scenes.append(
            {
                "id": scene.id,
                "kind": scene.kind,
                "title": scene.title or scene.id,
                "words": len(scene.narration.split()),
                "voices": narration.voices,
                "labels": {str(word): label for word, label in labels(scene.turns).items()},
                "files": [*scene.content.files(), *look.files],
                "runs": scene.content.runs() is not None,
                "plays": scene.content.plays(),
                "heard": scene.content.heard(),
            }
        )
    return {
        "name": name,
        "first_shape": f"{video.shape_of or video.id}/{written.language}",
        "file": f"{video.file or video.id}.{written.language}",
        "title": written.title,
        "theme": video.theme,
        "captions": video.captions.model_dump(),
        "scenes": scenes,
    }
