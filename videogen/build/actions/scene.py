"""The stages of every scene: narration spoken, pictures drawn, both encoded.

Each is given the paths of its inputs, and of the files that it has to write, by role.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from videogen.build.actions import Paths, load
from videogen.model.base import to_json
from videogen.model.film import FilmFormat
from videogen.model.motion import Motion
from videogen.model.script import Narration, Picture, SceneClock
from videogen.model.timing import Timing, body_samples, scene_times


def audio(inputs: Paths, outputs: Paths, params: Mapping[str, Any]) -> None:
    """`narration.json` (and a recording) -> `narration.mp3`, `narration.m4a`, `timing.json`."""
    narration = load(Narration, inputs["narration"])
    if "recording" in inputs:
        from videogen.voices.recorded import recorded

        recording = recorded(narration, Path(inputs["recording"]))
    else:
        from videogen.voices.speak import speak

        recording = speak(narration)
    Path(outputs["mp3"]).write_bytes(recording.mp3)
    Path(outputs["m4a"]).write_bytes(recording.m4a)
    Path(outputs["timing"]).write_bytes(recording.timing.to_json())


def capture(inputs: Paths, outputs: Paths, params: Mapping[str, Any]) -> None:
    """`command.json` -> `capture.json`: what the command prints when it is run in the working folder."""
    from videogen.build.capture import run

    command = json.loads(Path(inputs["command"]).read_bytes())["command"]
    Path(outputs["capture"]).write_bytes(to_json({"output": run(command)}))


def frames(inputs: Paths, outputs: Paths, params: Mapping[str, Any]) -> None:
    """`picture.json` and `look.json` (and `capture.json`) -> four PNG files and `motion.json`."""
    from videogen.model.theme import Look
    from videogen.scenes.draw import draw

    picture = load(Picture, inputs["picture"])
    if "capture" in inputs:
        picture.content["output"] = json.loads(Path(inputs["capture"]).read_bytes())["output"]
    drawn = draw(picture, load(Look, inputs["look"]), Path())
    Path(outputs["ground"]).write_bytes(drawn.ground)
    Path(outputs["first"]).write_bytes(drawn.first)
    Path(outputs["final"]).write_bytes(drawn.final)
    Path(outputs["layers"]).write_bytes(drawn.layers)
    Path(outputs["motion"]).write_bytes(drawn.motion.to_json())


def captions(inputs: Paths, outputs: Paths, params: Mapping[str, Any]) -> None:
    """`timing.json`, `clock.json`, `motion.json` and `look.json` -> `captions.png`, `captions.json`."""
    from videogen.model.theme import Look
    from videogen.scenes.burned import SaidWord, draw_captions
    from videogen.video.captions import CaptionScene
    from videogen.video.captions import captions as captions_of

    timing, look = load(Timing, inputs["timing"]), load(Look, inputs["look"])
    fps = load(FilmFormat, inputs["format"]).fps
    times = scene_times(load(Motion, inputs["motion"]), load(SceneClock, inputs["clock"]), timing, fps)
    told = {int(word): label for word, label in params.get("labels", {}).items()}
    said = CaptionScene(0.0, times.frames / fps, times.narration, timing.words, told)
    words = [SaidWord(w.text, times.narration + w.start, times.narration + w.end) for w in timing.words]
    drawn = draw_captions(
        captions_of([said], fps, load(Narration, inputs["narration"]).language),
        words if look.captions == "words" else [],
        look,
        times.transition / fps,
    )
    Path(outputs["layers"]).write_bytes(drawn.layers)
    Path(outputs["motion"]).write_bytes(drawn.motion.to_json())


def mix(inputs: Paths, outputs: Paths, params: Mapping[str, Any]) -> None:
    """`narration.m4a`, a clip, motion, clock and timing -> the scene's sound from its clip's beginning, `sound.m4a`."""
    from videogen.voices.mixing import mix as mixed

    motion, timing = load(Motion, inputs["motion"]), load(Timing, inputs["timing"])
    fps = load(FilmFormat, inputs["format"]).fps
    times = scene_times(motion, load(SceneClock, inputs["clock"]), timing, fps)
    assert motion.clip is not None
    begins = times.narration - times.transition / fps
    made = mixed(
        Path(inputs["narration"]),
        begins,
        [(begins + word.start, begins + word.end) for word in timing.words],
        Path(inputs["clip"]),
        (motion.clip.start, motion.clip.end),
        body_samples(times, fps),
    )
    Path(outputs["sound"]).write_bytes(made)


def segment(inputs: Paths, outputs: Paths, params: Mapping[str, Any]) -> None:
    """Pictures, motion, clock and timing (and the clip that plays) -> the scene's body, `segment.mp4`."""
    from videogen.video.body import Over, encode_body

    motion, fmt = load(Motion, inputs["motion"]), load(FilmFormat, inputs["format"])
    times = scene_times(motion, load(SceneClock, inputs["clock"]), load(Timing, inputs["timing"]), fmt.fps)
    over = Over(Path(inputs["over"]), load(Motion, inputs["over_motion"])) if "over" in inputs else None
    clip = Path(inputs["clip"]) if "clip" in inputs else None
    made = encode_body(Path(inputs["first"]), Path(inputs["layers"]), motion, times, fmt, over=over, clip=clip)
    Path(outputs["segment"]).write_bytes(made)


def transition(inputs: Paths, outputs: Paths, params: Mapping[str, Any]) -> None:
    """Two still pictures and their grounds -> `transition.mp4`."""
    from videogen.video.transition import encode_transition

    previous, grounds = None, None
    if "previous" in inputs:
        previous = Path(inputs["previous"])
        grounds = Path(inputs["previous_ground"]), Path(inputs["ground"])
    made = encode_transition(previous, Path(inputs["first"]), load(FilmFormat, inputs["format"]), grounds)
    Path(outputs["transition"]).write_bytes(made)
