"""What is heard: loudness, true peak, long silences. Pure."""

from __future__ import annotations

import numpy as np

from videogen.checks.film import BLOCK_SECONDS, SILENCE, Measured, Rule, SceneArtifacts, outcome
from videogen.model.report import Finding

LOUDNESS = -14.0
LOUDNESS_TOLERANCE = 1.0
TRUE_PEAK = -1.0
LONGEST_SILENCE = 1.5
USUAL_PAUSE = 0.35
"""Seconds after a narration that nobody asked for; what is asked for beyond is not counted as silence."""

_LOUD = Rule("loudness", "-14 LUFS ±1, integrated over the film (EBU R128 measure; the level that video sites play at)")
_PEAK = Rule("true-peak", "at most -1 dBTP (EBU R128)")
_SILENT = Rule("silence", "at most 1.5 s without sound, besides pauses that the project asks for")


def loudness(measured: Measured) -> list[Finding]:
    """Integrated loudness near -14 LUFS, true peak at most -1 dBTP."""
    sound = measured.sound
    if sound is None or measured.film.draft:
        return [_LOUD.passed("nobody speaks: not measured")]
    if sound.loudness is None:
        return [
            _LOUD.failed(
                "error",
                "the film is silent though scenes have words",
                hint="delete the narrations of the film and build again",
            )
        ]
    return [_level_of(sound.loudness), _peak_of(sound.true_peak)]


def _level_of(lufs: float) -> Finding:
    message, measured = f"the film is at {lufs:.1f} LUFS", round(lufs, 2)
    if abs(lufs - LOUDNESS) <= LOUDNESS_TOLERANCE + 0.005:
        return _LOUD.passed(message, measured)
    hint = "check that every narration was made by the same voice and levelled"
    return _LOUD.failed("warning", message, hint, measured=measured)


def _peak_of(dbtp: float) -> Finding:
    message, measured = f"the loudest peak is {dbtp:.1f} dBTP", round(dbtp, 2)
    if dbtp <= TRUE_PEAK + 0.005:
        return _PEAK.passed(message, measured)
    hint = "players distort it: lower the narrations' gain"
    return _PEAK.failed("error" if dbtp > 0 else "warning", message, hint, measured=measured)


def stretches(level: np.ndarray) -> list[tuple[float, float]]:
    """Start and end, in seconds, of every stretch without sound, in order."""
    quiet = np.concatenate([[False], level <= SILENCE, [False]]).astype(np.int8)
    edges = np.flatnonzero(np.diff(quiet)) * BLOCK_SECONDS
    return [(float(start), float(end)) for start, end in zip(edges[::2], edges[1::2], strict=True)]


def silence(measured: Measured) -> list[Finding]:
    """No stretch without sound is longer than 1.5 s, but where the project asks for one or a scene has no words."""
    film, sound = measured.film, measured.sound
    if sound is None or film.draft:
        return [_SILENT.passed("nobody speaks: not measured")]
    longest, failures = 0.0, []
    for start, end in stretches(sound.level):
        asked = _asked(measured, start, end)
        if asked is None:
            continue
        seconds = end - start - asked
        longest = max(longest, seconds)
        if seconds > LONGEST_SILENCE + BLOCK_SECONDS:
            failures.append(
                _SILENT.failed(
                    "warning",
                    f"nothing is heard for {end - start:.1f} s from {start:.1f} s on",
                    hint="shorten the pauses or min_seconds of the scene, or say more",
                    scene=film.scene_at(start),
                    measured=round(seconds, 3),
                )
            )
    passed = _SILENT.passed(f"the longest silence is {longest:.2f} s", measured=round(longest, 3))
    return outcome(failures, passed)


def _asked(measured: Measured, start: float, end: float) -> float | None:
    """Seconds of a silence that the project asks for; None where it touches a scene without words."""
    fps, asked = measured.film.format.fps, 0.0
    for scene in measured.film.scenes:
        first = scene.placed.start / fps
        last = first + scene.placed.times.frames / fps
        if last <= start or first >= end:
            continue
        if not scene.speaks:
            return None
        if start <= first + scene.placed.times.narration <= end + 1:
            asked += scene.clock.pause_before
        asked += _paused(scene, first + scene.placed.times.narration, start, end)
        if end >= last - 1e-6:
            asked += max(scene.clock.pause_after - USUAL_PAUSE, 0.0)
        if scene.motion.clip:
            # a clip goes on though all has been said
            times = scene.placed.times
            begins, over = first + times.cues["end"], first + times.cues["start"] + scene.motion.clip.seconds
            asked += max(min(end, over) - max(start, begins), 0.0)
    return asked


def _paused(scene: SceneArtifacts, narration: float, start: float, end: float) -> float:
    """Seconds that the narration asks for within a silence."""
    words, asked = scene.timing.words, 0.0
    for word, seconds in scene.pauses:
        over = narration + (words[word].start if word < len(words) else scene.timing.seconds)
        if start < over and over - seconds < end:
            asked += seconds
    return asked
