"""Films with clips, through the real commands: made once, made again only where a clip touches them, and checked."""

from __future__ import annotations

import json

import av
import numpy as np
from clips import RATE, number_in, write_clip
from studio import Studio

FILM = """\
title: A film with a clip
voice: hibari
output: {resolution: 480p}
scenes:
  - id: opening
    kind: title
    content: {title: A film with a clip}
    narration: This is a film in which a clip is played, and what it has to say is heard.
    min_seconds: 5
  - id: heard
    kind: video
    content: {header: Heard, path: ../clip.mp4, sound: ducked, end: 9}
    narration: Here is the clip, and its own sound is lowered while I speak.
  - id: muted
    kind: video
    content: {path: ../clip.mp4, start: 1, end: 4.5, fit: cover}
    narration: And here is a part of it that says nothing.
  - id: alone
    kind: video
    content: {path: ../clip.mp4, end: 6, sound: ducked}
"""


def _sound() -> np.ndarray:
    """A hum, with a chirp that begins with each second."""
    t = np.arange(10 * RATE) / RATE
    hum = 0.03 * np.sin(2 * np.pi * 180 * t) * (1 + 0.5 * np.sin(2 * np.pi * 2 * t))
    return (hum + np.where(t % 1 < 0.05, 0.5 * np.sin(2 * np.pi * 1500 * t), 0)).astype(np.float32)


def test_a_film_with_clips(studio: Studio) -> None:
    clip = write_clip(studio.folder / "clip.mp4", count=99, rate=10, size=(320, 180), sound=_sound())
    studio.project.write_text(FILM)
    first = studio.doit("create", "project=talk")
    assert first.code == 0, first.err
    assert {"mix:talk/en/heard", "mix:talk/en/alone", "segment:talk/en/muted"} <= first.made
    assert "mix:talk/en/muted" not in first.made
    report = json.loads((studio.film / "report.json").read_bytes())
    assert {finding["level"] for finding in report["findings"]} == {"pass"}, report["findings"]
    assert studio.doit("create", "project=talk").made == set()
    _in_step(studio)

    # other words are spoken and mixed anew, and nothing is drawn; another clip touches the scenes that play it
    studio.edit("while I speak", "while I talk")
    made = studio.doit("create", "project=talk").made
    assert {"audio:talk/en/heard", "mix:talk/en/heard", "video:talk/en"} <= made
    assert not {name for name in made if name.startswith("frames:") or name.endswith(("/muted", "/alone", "/opening"))}
    write_clip(clip, count=99, rate=10, size=(320, 180), sound=_sound()[::-1].copy())
    again = studio.doit("create", "project=talk")
    assert again.code in (0, 3), again.err
    assert {"mix:talk/en/heard", "mix:talk/en/alone"} <= again.made
    assert {f"segment:talk/en/{scene}" for scene in ("heard", "muted", "alone")} <= again.made
    assert not {name for name in again.made if name.endswith("/opening")}
    assert not {name for name in again.made if name.startswith("audio:")}


def _in_step(studio: Studio) -> None:
    """In the finished film a clip's chirps are heard when its tens of pictures begin, within a frame."""
    scene = next(
        one for one in json.loads((studio.film / "timeline.json").read_bytes())["scenes"] if one["id"] == "alone"
    )
    window = json.loads((studio.film / "alone" / "motion.json").read_bytes())["window"]
    path = str(studio.film / "talk.en.mp4")
    with av.open(path) as file:
        frames = [frame.to_ndarray()[: frame.height] for frame in file.decode(video=0)]
    with av.open(path) as file:
        sound = np.concatenate([frame.to_ndarray()[0] for frame in file.decode(audio=0)])
    place = np.s_[window["y"] : window["y"] + window["height"], window["x"] : window["x"] + window["width"]]
    body = range(scene["start"] + scene["transition"], scene["start"] + scene["frames"])
    numbers = [number_in(frames[frame][place]) for frame in body]
    assert numbers[0] == 0
    assert numbers[-1] == 59
    chirps = np.abs(
        np.convolve(sound * np.exp(-2j * np.pi * 1500 * np.arange(len(sound)) / 48_000), np.ones(96) / 96, "same")
    )
    for second in range(1, 6):
        seen = (body[0] + numbers.index(second * 10)) / 30
        begin = round((seen - 0.3) * 48_000)
        around = chirps[begin : begin + round(0.6 * 48_000)]
        heard = (begin + int(np.argmax(around > 0.5 * around.max()))) / 48_000
        assert abs(heard - seen) <= 1 / 30, (second, heard - seen)
