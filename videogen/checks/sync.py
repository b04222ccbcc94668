"""Whether sound and picture go together. Pure."""

from __future__ import annotations

import numpy as np

from videogen.checks.film import BLOCK_SECONDS, SILENCE, Measured, SceneArtifacts, outcome
from videogen.model.report import Finding

GRID = 512 / 48_000
"""Seconds by which a narration may be off its place: half an AAC frame."""
WORD_TIMES = 0.15
"""Seconds by which a voice's own word times may be off what is heard."""
LOOK_AROUND = 0.5

_TOTAL = "sound and picture end within one frame of each other"
_START = "speech starts within one frame of its place (ITU-R BT.1359: 45 ms early and 125 ms late are noticed)"


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
            Finding(
                check="av-length",
                level="error",
                message=f"the picture lasts {streams.video_end:.3f} s, the sound {streams.audio_end:.3f} s",
                measured=round(difference, 4),
                bound=_TOTAL,
                hint="delete the film and build it again",
            )
        )
    if len(streams.times) != film.frames:
        failures.append(
            Finding(
                check="av-length",
                level="error",
                message=f"the film has {len(streams.times)} frames where its scenes have {film.frames}",
                measured=len(streams.times),
                bound="as many frames as the scenes together",
                hint="delete the film and build it again",
            )
        )
    passed = Finding(
        check="av-length",
        level="pass",
        message=f"sound and picture end {difference * 1000:.0f} ms apart",
        measured=round(difference, 4),
        bound=_TOTAL,
    )
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
        off = _offset(scene, sound.level, sound.onsets.get(scene.id), film.format.fps)
        allowed = 1 / film.format.fps + GRID if known else 1 / film.format.fps + WORD_TIMES
        if off is not None:
            worst = max(worst, abs(off))
        if off is None or abs(off) > allowed + BLOCK_SECONDS:
            heard = (
                "is not heard" if off is None else f"is {abs(off) * 1000:.0f} ms too {'early' if off < 0 else 'late'}"
            )
            failures.append(
                Finding(
                    check="av-onset",
                    level="error",
                    message=f"the speech {heard}",
                    scene=scene.id,
                    measured=None if off is None else round(off, 4),
                    bound=_START,
                    hint="delete the film and build it again",
                )
            )
    passed = Finding(
        check="av-onset",
        level="pass",
        message=f"speech is at most {worst * 1000:.0f} ms off its place",
        measured=round(worst, 4),
        bound=_START,
    )
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
