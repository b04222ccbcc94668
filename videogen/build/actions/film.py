"""The film: its scenes joined, what stands beside it, and the check of both.

Each is given the paths of its inputs, and of the files that it has to write, by role.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from videogen.build.actions import Paths, load
from videogen.model.base import to_json
from videogen.model.film import FilmFormat
from videogen.model.formats import ENDS
from videogen.model.markup import labels, spoken
from videogen.model.motion import Motion
from videogen.model.music import Music
from videogen.model.script import SceneClock, VideoScript
from videogen.model.timing import SAMPLE_RATE, Placed, Timing, body_samples, film, film_samples, scene_times


def placed_scenes(inputs: Paths, scenes: list[str], fps: int) -> list[Placed]:
    """Every scene on the film's clock."""
    return film(
        [
            (
                scene,
                scene_times(
                    load(Motion, inputs[f"{scene}/motion.json"]),
                    load(SceneClock, inputs[f"{scene}/clock.json"]),
                    load(Timing, inputs[f"{scene}/timing.json"]),
                    fps,
                ),
            )
            for scene in scenes
        ]
    )


def bed(inputs: Paths, outputs: Paths, params: Mapping[str, Any]) -> None:
    """A piece of music, and what is heard in every scene -> `soundtrack.m4a`."""
    from videogen.voices.bed import Heard, soundtrack

    ids, fps = params["scenes"], load(FilmFormat, inputs["format"]).fps
    timings = {scene: load(Timing, inputs[f"{scene}/timing.json"]) for scene in ids}
    placed = placed_scenes(inputs, ids, fps)
    frames = placed[-1].start + placed[-1].times.frames
    made = soundtrack(
        [Heard(*_heard(inputs, one, timings[one.id], fps), _told(inputs, one, timings[one.id], fps)) for one in placed],
        Path(inputs["music"]),
        Music(file=inputs["music"], **params["music"]),
        film_samples(frames, fps),
        levelled=any(timing.loudness is not None for timing in timings.values()),
    )
    Path(outputs["soundtrack"]).write_bytes(made)


def _told(inputs: Paths, scene: Placed, timing: Timing, fps: int) -> list[tuple[float, float]]:
    """When something is to be understood in a scene, in seconds of the film: its words, and a clip that is heard."""
    begins = scene.start / fps
    spans = [
        (begins + scene.times.narration + word.start, begins + scene.times.narration + word.end)
        for word in timing.words
    ]
    clip = load(Motion, inputs[f"{scene.id}/motion.json"]).clip if f"{scene.id}/sound.m4a" in inputs else None
    if clip:
        since = begins + scene.times.cues["start"]
        spans.append((since, since + clip.seconds))
    return spans


def video(inputs: Paths, outputs: Paths, params: Mapping[str, Any]) -> None:
    """All scenes -> the film and what stands beside it."""
    from videogen.video.chapters import chapter_list
    from videogen.video.chapters import chapters as chapters_of
    from videogen.video.join import join
    from videogen.video.subtitles import to_srt, to_vtt
    from videogen.video.thumbnail import thumbnail
    from videogen.video.transcript import Said, transcript

    written, fmt = load(VideoScript, inputs["script"]), load(FilmFormat, inputs["format"])
    ids, fps = params["scenes"], fmt.fps
    timings = {scene: load(Timing, inputs[f"{scene}/timing.json"]) for scene in ids}
    placed = placed_scenes(inputs, ids, fps)
    frames = placed[-1].start + placed[-1].times.frames
    chapters = chapters_of(placed, [scene.title for scene in written.scenes], fps)
    told = {scene.id: labels(scene.turns) for scene in written.scenes}
    captions = captions_of(placed, timings, told, fps, written.language)
    join(
        [Path(inputs[f"{scene}/{part}.mp4"]) for scene in ids for part in ("transition", "segment")],
        [(Path(inputs["soundtrack"]), 0, film_samples(frames, fps))]
        if "soundtrack" in inputs
        else [_heard(inputs, one, timings[one.id], fps) for one in placed],
        frames,
        fmt,
        [(chapter.start, chapter.end, chapter.title) for chapter in chapters],
        written.language,
        written.title,
        Path(outputs["mp4"]),
    )
    said = [
        Said(_since(one, turn.word, timings[one.id], fps), turn.speaker, text)
        for one, scene in zip(placed, written.scenes, strict=True)
        for turn, text in spoken(scene.narration, scene.turns)
    ]
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


def convert(inputs: Paths, outputs: Paths, params: Mapping[str, Any]) -> None:
    """The film -> the same in another format."""
    from videogen.video.convert import convert as converted

    captions = Path(inputs["captions"]) if "captions" in inputs else None
    fmt = load(FilmFormat, inputs["format"])
    converted(Path(inputs["mp4"]), params["kind"], fmt, captions, Path(outputs["film"]))


def _since(scene: Placed, word: int, timing: Timing, fps: int) -> float:
    """The second of the film at which a turn begins: the first of a scene with the scene."""
    begins = scene.start / fps
    return begins + scene.times.narration + timing.words[word].start if word else begins


def captions_of(
    placed: list[Placed], timings: Mapping[str, Timing], told: Mapping[str, dict[int, str]], fps: int, language: str
) -> list[Any]:
    """The captions of a film whose scenes are placed; `told` says who speaks in each, by the number of the word."""
    from videogen.video.captions import CaptionScene, captions

    return captions(
        [
            CaptionScene(
                start=one.start / fps,
                end=(one.start + one.times.frames) / fps,
                narration=one.start / fps + one.times.narration,
                words=timings[one.id].words,
                labels=told[one.id],
            )
            for one in placed
        ],
        fps,
        language,
    )


def narration_sample(scene: Placed, fps: int) -> int:
    """The sample of the film at which a scene's narration starts."""
    return round((scene.start / fps + scene.times.narration) * SAMPLE_RATE)


def _heard(inputs: Paths, scene: Placed, timing: Timing, fps: int) -> tuple[Path, int, int]:
    """What is heard in a scene, the sample of the film at which it starts, and its length in samples."""
    if mixed := inputs.get(f"{scene.id}/sound.m4a"):
        begins = round((scene.start + scene.times.transition) / fps * SAMPLE_RATE)
        return Path(mixed), begins, body_samples(scene.times, fps)
    return Path(inputs[f"{scene.id}/narration.m4a"]), narration_sample(scene, fps), timing.samples


def check(inputs: Paths, outputs: Paths, params: Mapping[str, Any]) -> dict[str, Any]:
    """The film and what it was made from -> `report.json`."""
    from videogen.checks.film import FilmArtifacts, SceneArtifacts
    from videogen.checks.run import check as check_film
    from videogen.model.captions import Chapter

    written, fmt = load(VideoScript, inputs["script"]), load(FilmFormat, inputs["format"])
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
                    motion=_seen(inputs, one.id),
                    timing=load(Timing, inputs[f"{one.id}/timing.json"]),
                    clock=load(SceneClock, inputs[f"{one.id}/clock.json"]),
                    placed=one,
                    narration=Path(inputs[f"{one.id}/narration.m4a"]),
                    mixed=f"{one.id}/sound.m4a" in inputs or "music" in params,
                    labels=labels(scene.turns),
                    pauses=[(mark.word, mark.seconds or 0.0) for mark in scene.marks if mark.kind == "pause"],
                )
                for one, scene in zip(placed, written.scenes, strict=True)
            ],
            chapters=[Chapter.model_validate(chapter) for chapter in timeline["chapters"]],
            srt=Path(inputs["srt"]) if "srt" in inputs else None,
            vtt=Path(inputs["vtt"]) if "vtt" in inputs else None,
            others={kind: Path(inputs[kind]) for kind in ENDS if kind in inputs},
            answered=written.metadata.get("ai"),
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


def _seen(inputs: Paths, scene: str) -> Motion:
    """What a scene shows, with the captions that are part of its picture."""
    motion, over = load(Motion, inputs[f"{scene}/motion.json"]), inputs.get(f"{scene}/captions.json")
    if over is None:
        return motion
    return motion.model_copy(update={"text": motion.text + load(Motion, over).text})
