"""What each stage's tasks do: read the inputs, call the stage, write the outputs. All heavy imports happen here.

A first stage is given the workspace and returns what is to be written; the others are given paths by role.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

from videogen.build.first import Written
from videogen.build.state import HASHES
from videogen.build.workspace import Workspace
from videogen.model.base import Model, to_json
from videogen.model.content import ParsedContent
from videogen.model.errors import ValidationError, Where
from videogen.model.film import FilmFormat, film_format
from videogen.model.motion import Motion
from videogen.model.project import VideoConfig, VideoSetConfig
from videogen.model.script import Narration, Picture, SceneClock, VideoScript
from videogen.model.timing import SAMPLE_RATE, Placed, Timing, film, scene_times

M = TypeVar("M", bound=Model)
Paths = Mapping[str, str]


def _load(model: type[M], path: str) -> M:
    return model.model_validate_json(Path(path).read_bytes())


# the first stages


def source(ws: Workspace) -> Written:
    """Project file and document -> `source.json`."""
    from videogen.inputs.source import read_source

    config = read_source(Path(ws.file), Path())
    return Written({ws.path("source.json"): config.to_json()}, tuple(config.inputs))


def parse(ws: Workspace) -> Written:
    """`source.json` -> `parsed.json`."""
    from videogen.inputs.parse import parse as parse_video

    config = _load(VideoSetConfig, ws.path("source.json"))
    parsed = {video.id: parse_video(video).model_dump(mode="json", exclude_none=True) for video in config.videos}
    return Written({ws.path("parsed.json"): to_json(parsed)})


def look(ws: Workspace) -> Written:
    """`source.json` and theme files -> `looks.json`."""
    from videogen.scenes.themes import resolve_look

    looks = {}
    for video in _load(VideoSetConfig, ws.path("source.json")).videos:
        try:
            settled = resolve_look(video.theme, video.accent, film_format(video.output, video.aspect), Path())
        except ValidationError as error:
            raise ValidationError(error.message, error.where or Where(ws.file), error.hint) from None
        looks[video.id] = settled.model_dump(mode="json", exclude_none=True)
    return Written({ws.path("looks.json"): to_json(looks)})


def script(ws: Workspace) -> Written:
    """`source.json`, `parsed.json`, `looks.json` -> scripts, the plan, and the files of every scene."""
    config = _load(VideoSetConfig, ws.path("source.json"))
    parsed = json.loads(Path(ws.path("parsed.json")).read_bytes())
    looks = json.loads(Path(ws.path("looks.json")).read_bytes())
    files: dict[str, bytes] = {}
    videos, scripts, warnings = [], [], []
    for video in config.videos:
        content = ParsedContent.model_validate(parsed[video.id])
        written, planned = _script_of(ws, video, content, files)
        name = planned["name"]
        files[ws.path(name, "script.json")] = written.to_json()
        files[ws.path(name, "look.json")] = to_json(looks[video.id])
        files[ws.path(name, "format.json")] = film_format(video.output, video.aspect).to_json()
        videos.append(planned)
        scripts.append(written.model_dump(mode="json", exclude_none=True))
        warnings += written.validation_warnings
    files[ws.path("script.json")] = to_json(scripts)
    plan = to_json({"videos": videos, "files": [path for path in files if path != ws.path("script.json")]})
    files[ws.path("plan.json")] = plan
    return Written(files, warnings=tuple(warnings))


def _script_of(
    ws: Workspace, video: VideoConfig, content: ParsedContent, files: dict[str, bytes]
) -> tuple[VideoScript, dict[str, Any]]:
    from videogen.model.kinds import Image
    from videogen.script.files import scene_files
    from videogen.script.write import write_script
    from videogen.voices.catalog import resolve

    written = write_script(content, video)
    try:
        voice = resolve(video.voice, written.language)
    except ValidationError as error:
        raise ValidationError(error.message, error.where or Where(ws.file), error.hint) from None
    name = f"{video.id}/{written.language}"
    scenes = []
    for scene in written.scenes:
        narration, picture, clock = scene_files(written, scene, voice, video.lexicon, video.rate)
        for model, file in ((narration, "narration"), (picture, "picture"), (clock, "clock")):
            files[ws.path(name, scene.id, f"{file}.json")] = model.to_json()
        scenes.append(
            {
                "id": scene.id,
                "kind": scene.kind,
                "title": scene.title or scene.id,
                "words": len(scene.narration.split()),
                "voice": voice,
                "image": scene.content.path if isinstance(scene.content, Image) else None,
            }
        )
    planned = {
        "name": name,
        "file": f"{video.id}.{written.language}",
        "title": written.title,
        "theme": video.theme,
        "captions": video.captions.model_dump(),
        "scenes": scenes,
    }
    return written, planned


# the stages of every scene


def audio(inputs: Paths, outputs: Paths, params: Mapping[str, Any]) -> None:
    """`narration.json` -> `narration.mp3`, `narration.m4a`, `timing.json`."""
    from videogen.voices.speak import speak

    recording = speak(_load(Narration, inputs["narration"]))
    Path(outputs["mp3"]).write_bytes(recording.mp3)
    Path(outputs["m4a"]).write_bytes(recording.m4a)
    Path(outputs["timing"]).write_bytes(recording.timing.to_json())


def frames(inputs: Paths, outputs: Paths, params: Mapping[str, Any]) -> None:
    """`picture.json` and `look.json` -> three PNG files and `motion.json`."""
    from videogen.model.theme import Look
    from videogen.scenes.draw import draw

    drawn = draw(_load(Picture, inputs["picture"]), _load(Look, inputs["look"]), Path())
    Path(outputs["first"]).write_bytes(drawn.first)
    Path(outputs["final"]).write_bytes(drawn.final)
    Path(outputs["layers"]).write_bytes(drawn.layers)
    Path(outputs["motion"]).write_bytes(drawn.motion.to_json())


def segment(inputs: Paths, outputs: Paths, params: Mapping[str, Any]) -> None:
    """Pictures, motion, clock and timing -> the scene's body, `segment.mp4`."""
    from videogen.video.body import encode_body

    motion, fmt = _load(Motion, inputs["motion"]), _load(FilmFormat, inputs["format"])
    times = scene_times(motion, _load(SceneClock, inputs["clock"]), _load(Timing, inputs["timing"]), fmt.fps)
    made = encode_body(Path(inputs["first"]), Path(inputs["layers"]), motion, times, fmt)
    Path(outputs["segment"]).write_bytes(made)


def transition(inputs: Paths, outputs: Paths, params: Mapping[str, Any]) -> None:
    """Two still pictures -> `transition.mp4`."""
    from videogen.video.transition import encode_transition

    previous = Path(inputs["previous"]) if "previous" in inputs else None
    made = encode_transition(previous, Path(inputs["first"]), _load(FilmFormat, inputs["format"]))
    Path(outputs["transition"]).write_bytes(made)


# the film


def placed_scenes(inputs: Paths, scenes: list[str], fps: int) -> list[Placed]:
    """Every scene on the film's clock."""
    return film(
        [
            (
                scene,
                scene_times(
                    _load(Motion, inputs[f"{scene}/motion.json"]),
                    _load(SceneClock, inputs[f"{scene}/clock.json"]),
                    _load(Timing, inputs[f"{scene}/timing.json"]),
                    fps,
                ),
            )
            for scene in scenes
        ]
    )


def video(inputs: Paths, outputs: Paths, params: Mapping[str, Any]) -> None:
    """All scenes -> the film and what stands beside it."""
    from videogen.video.chapters import chapter_list
    from videogen.video.chapters import chapters as chapters_of
    from videogen.video.join import join
    from videogen.video.subtitles import to_srt, to_vtt
    from videogen.video.thumbnail import thumbnail
    from videogen.video.transcript import Said, transcript

    written, fmt = _load(VideoScript, inputs["script"]), _load(FilmFormat, inputs["format"])
    ids, fps = params["scenes"], fmt.fps
    timings = {scene: _load(Timing, inputs[f"{scene}/timing.json"]) for scene in ids}
    placed = placed_scenes(inputs, ids, fps)
    frames = placed[-1].start + placed[-1].times.frames
    chapters = chapters_of(placed, [scene.title for scene in written.scenes], fps)
    captions = captions_of(placed, timings, fps, written.language)
    join(
        [Path(inputs[f"{scene}/{part}.mp4"]) for scene in ids for part in ("transition", "segment")],
        [
            (Path(inputs[f"{one.id}/narration.m4a"]), narration_sample(one, fps), timings[one.id].samples)
            for one in placed
        ],
        frames,
        fmt,
        [(chapter.start, chapter.end, chapter.title) for chapter in chapters],
        written.language,
        written.title,
        Path(outputs["mp4"]),
    )
    said = [Said(one.start / fps, scene.narration) for one, scene in zip(placed, written.scenes, strict=True)]
    texts = {
        "srt": to_srt(captions),
        "vtt": to_vtt(captions, written.language),
        "chapters": chapter_list(chapters),
        "transcript": transcript(written.title, chapters, said, written.description),
    }
    for role, text in texts.items():
        if role in outputs:
            Path(outputs[role]).write_text(text, encoding="utf-8", newline="\n")
    Path(outputs["thumbnail"]).write_bytes(thumbnail(Path(inputs["poster"])))
    Path(outputs["timeline"]).write_bytes(
        to_json(
            {
                "frames": frames,
                "fps": fps,
                "scenes": [{"id": one.id, "start": one.start, **asdict(one.times)} for one in placed],
                "chapters": [chapter.model_dump() for chapter in chapters],
            }
        )
    )
    Path(outputs["manifest"]).write_bytes(_manifest(inputs, outputs, params, written, fmt, placed, timings).to_json())


def captions_of(placed: list[Placed], timings: Mapping[str, Timing], fps: int, language: str) -> list[Any]:
    """The captions of a film whose scenes are placed."""
    from videogen.video.captions import CaptionScene, captions

    return captions(
        [
            CaptionScene(
                start=one.start / fps,
                end=(one.start + one.times.frames) / fps,
                narration=one.start / fps + one.times.narration,
                words=timings[one.id].words,
            )
            for one in placed
        ],
        fps,
        language,
    )


def narration_sample(scene: Placed, fps: int) -> int:
    """The sample of the film at which a scene's narration starts."""
    return round((scene.start / fps + scene.times.narration) * SAMPLE_RATE)


def _manifest(
    inputs: Paths,
    outputs: Paths,
    params: Mapping[str, Any],
    written: VideoScript,
    fmt: FilmFormat,
    placed: list[Placed],
    timings: Mapping[str, Timing],
) -> Model:
    from videogen.scenes.typefaces import font_files
    from videogen.video.manifest import Licensed, SceneFact, manifest

    fps = fmt.fps
    sources = {scene.id: scene.source for scene in written.scenes}
    named = json.loads(Path(inputs["source"]).read_bytes())["inputs"]
    return manifest(
        video=written.video_id,
        language=written.language,
        title=written.title,
        format=fmt,
        frames=placed[-1].start + placed[-1].times.frames,
        # a document may stand anywhere; the manifest does not say where this machine keeps it
        inputs={"/".join(part for part in path.split("/") if part != ".."): Path(path) for path in named},
        outputs={params["files"][role]: Path(outputs[role]) for role in params["files"] if role != "manifest"},
        scenes=[
            SceneFact(
                id=one.id,
                start=round(one.start / fps, 6),
                seconds=round(one.times.frames / fps, 6),
                voice=timings[one.id].voice,
                source=sources[one.id],
            )
            for one in placed
        ],
        timings=timings.values(),
        fonts=[Licensed(name=font.stem, licence="OFL-1.1", sha256=HASHES.state(str(font))[2]) for font in font_files()],
    )


def check(inputs: Paths, outputs: Paths, params: Mapping[str, Any]) -> dict[str, Any]:
    """The film and what it was made from -> `report.json`."""
    from videogen.checks.film import FilmArtifacts, SceneArtifacts
    from videogen.checks.run import check as check_film
    from videogen.model.captions import Chapter

    written, fmt = _load(VideoScript, inputs["script"]), _load(FilmFormat, inputs["format"])
    ids = params["scenes"]
    timeline = json.loads(Path(inputs["timeline"]).read_bytes())
    placed = placed_scenes(inputs, ids, fmt.fps)
    report = check_film(
        FilmArtifacts(
            video=params["file"],
            language=written.language,
            title=written.title,
            mp4=Path(inputs["mp4"]),
            format=fmt,
            scenes=[
                SceneArtifacts(
                    id=one.id,
                    motion=_load(Motion, inputs[f"{one.id}/motion.json"]),
                    timing=_load(Timing, inputs[f"{one.id}/timing.json"]),
                    clock=_load(SceneClock, inputs[f"{one.id}/clock.json"]),
                    placed=one,
                    narration=Path(inputs[f"{one.id}/narration.m4a"]),
                )
                for one in placed
            ],
            chapters=[Chapter.model_validate(chapter) for chapter in timeline["chapters"]],
            srt=Path(inputs["srt"]) if "srt" in inputs else None,
            vtt=Path(inputs["vtt"]) if "vtt" in inputs else None,
        )
    )
    Path(outputs["report"]).write_bytes(report.to_json())
    return {
        "errors": len(report.errors),
        "warned": len(report.warnings),
        "findings": [
            f"{finding.level}: {finding.scene + ': ' if finding.scene else ''}{finding.message}"
            + (f"; {finding.hint}" if finding.hint else "")
            for finding in (*report.errors, *report.warnings)
        ],
    }
