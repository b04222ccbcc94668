"""Whether sound and picture go together. Pure."""

from __future__ import annotations

import numpy as np

from videogen.checks.film import BLOCK_SECONDS, SILENCE, Measured, Rule, SceneArtifacts, outcome
from videogen.model.report import Finding

GRID = 512 / 48_000
"""Seconds by which a narration may be off its place: half an AAC frame."""
WORD_TIMES = 0.15
"""Seconds by which a voice's own word times may be off what is heard."""
LOOK_AROUND = 0.5
_COMPARED = 3.0
"""Seconds of a narration that are looked for in what is heard."""
_ALIKE = 0.7
"""Correlation of levels from which on the one is heard in the other."""

_TOTAL = Rule("av-length", "sound and picture end within one frame of each other")
_START = Rule(
    "av-onset", "speech starts within one frame of its place (ITU-R BT.1359: 45 ms early and 125 ms late are noticed)"
)


def totals(measured: Measured) -> list[Finding]:
    """Picture and sound last equally long, and as long as planned, within one frame."""
    film, streams = measured.film, measured.streams
    if streams is None:
        return []
    frame = 1 / film.format.fps
    difference = abs(streams.video_end - streams.audio_end)
    failures = []
    if difference > frame + 1e-6:
        failures.append(
            _TOTAL.failed(
                "error",
                f"the picture lasts {streams.video_end:.3f} s, the sound {streams.audio_end:.3f} s",
                hint="delete the film and build it again",
                measured=round(difference, 4),
            )
        )
    if len(streams.times) != film.frames:
        failures.append(
            Rule("av-length", "as many frames as the scenes together").failed(
                "error",
                f"the film has {len(streams.times)} frames where its scenes have {film.frames}",
                hint="delete the film and build it again",
                measured=len(streams.times),
            )
        )
    passed = _TOTAL.passed(f"sound and picture end {difference * 1000:.0f} ms apart", measured=round(difference, 4))
    return outcome(failures, passed)


def onsets(measured: Measured) -> list[Finding]:
    """In every scene speech is heard when the plan says, within one frame.

    The plan is the narration's place plus the first sound of its own file; where that is unknown, the first word's
    time, which the voice itself knows only roughly.
    """
    film, sound = measured.film, measured.sound
    if sound is None or film.draft:
        return []
    worst, failures = 0.0, []
    for scene in film.scenes:
        if not scene.speaks:
            continue
        known = scene.id in sound.onsets
        allowed = 1 / film.format.fps + GRID if known else 1 / film.format.fps + WORD_TIMES
        voice = sound.voices.get(scene.id)
        off = None if scene.mixed else _offset(scene, sound.level, sound.onsets.get(scene.id), film.format.fps)
        if voice is not None and (scene.mixed or (off is not None and abs(off) > allowed + BLOCK_SECONDS)):
            # a first sound as soft as the bound is heard in one file and not in the other: then all of it is compared
            shift = _shift(scene, sound.level, voice, film.format.fps)
            off = shift if shift is not None or scene.mixed else off
        if off is not None:
            worst = max(worst, abs(off))
        if off is None or abs(off) > allowed + BLOCK_SECONDS:
            heard = (
                "is not heard" if off is None else f"is {abs(off) * 1000:.0f} ms too {'early' if off < 0 else 'late'}"
            )
            failures.append(
                _START.failed(
                    "error",
                    f"the speech {heard}",
                    hint="delete the film and build it again",
                    scene=scene.id,
                    measured=None if off is None else round(off, 4),
                )
            )
    passed = _START.passed(f"speech is at most {worst * 1000:.0f} ms off its place", measured=round(worst, 4))
    return outcome(failures, passed)


def _offset(scene: SceneArtifacts, level: np.ndarray, onset: float | None, fps: int) -> float | None:
    """Seconds from where speech should start to where it does, negative when early; None when it is not heard.

    The first loud block after a quiet one, looked for from LOOK_AROUND before its place; if it is loud throughout,
    the sound of another scene runs into this one.
    """
    narration = scene.placed.start / fps + scene.placed.times.narration
    expected = narration + (scene.timing.words[0].start if onset is None else onset)
    start = max(round(max(expected - LOOK_AROUND, scene.placed.start / fps) / BLOCK_SECONDS), 0)
    around = level[start : round((expected + LOOK_AROUND) / BLOCK_SECONDS)]
    loud = np.flatnonzero(around > SILENCE)
    if not len(loud):
        return None
    return float(start + loud[0]) * BLOCK_SECONDS - expected


def _shift(scene: SceneArtifacts, level: np.ndarray, voice: np.ndarray, fps: int) -> float | None:
    """Seconds by which a narration is late: those by which its level, moved, is most like the film's, also where
    something else is heard with it. None when it is like it nowhere."""
    place = round((scene.placed.start / fps + scene.placed.times.narration) / BLOCK_SECONDS)
    reach = min(round(LOOK_AROUND / BLOCK_SECONDS), place)
    voice = voice[: round(_COMPARED / BLOCK_SECONDS)]
    around = level[place - reach : place + reach + len(voice)]
    if len(around) < len(voice) + reach or not voice.any():
        return None
    likeness = [
        float(np.corrcoef(voice, around[at : at + len(voice)])[0, 1]) for at in range(len(around) - len(voice) + 1)
    ]
    best = int(np.argmax(likeness))
    return (best - reach) * BLOCK_SECONDS if likeness[best] > _ALIKE else None
