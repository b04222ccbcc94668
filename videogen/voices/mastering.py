"""From what an engine said to a finished narration: 48 kHz mono at broadcast loudness, trimmed, sample-exact."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from videogen.model.timing import AAC_FRAME, SAMPLE_RATE
from videogen.voices.loudness import SHORTEST, integrated, limit, peaks
from videogen.voices.silence import sounding, trim

if TYPE_CHECKING:
    from collections.abc import Sequence

    from videogen.voices.engine import Span, Speech

TARGET = -14.0
"""LUFS, integrated: what the video platforms play at."""
CEILING = -2.0
"""dBTP of what goes into the encoders, which add up to a decibel: what comes out stays below -1 dBTP."""
BEFORE, AFTER = 0.02, 0.06
"""Seconds kept before the first and after the last sound."""
TAIL = AAC_FRAME
"""Samples of pure silence at the end, so that narrations can be set side by side on the AAC grid."""
_TOLERANCE = 0.1
"""LU by which the result may miss the target; nobody hears a tenth."""
_TRIES = 6
_MAX_GAIN = 30.0


@dataclass(frozen=True)
class Said:
    """What was said in one go, `pause` seconds after what was before it, at `level` LUFS.

    All that one voice says in one way has the same `who`: it is levelled together.
    """

    speech: Speech
    pause: float = 0.0
    who: int = 0
    level: float = TARGET


@dataclass(frozen=True)
class Place:
    """Where a piece is in the finished narration. Seconds."""

    start: float
    end: float
    shift: float
    """By which its word times move."""


@dataclass(frozen=True)
class Master:
    """A finished narration."""

    samples: np.ndarray
    """float32, 48 kHz, mono; the last `TAIL` samples are zero."""
    places: list[Place]
    """Of each of its pieces."""
    loudness: float | None
    """LUFS, or None when it was too quiet to measure and its level was left alone."""


def master(pieces: Sequence[Said]) -> Master:
    """Resample, trim, bring to level and limit each, and join them: from the last sound of one to the first of the
    next there is as much silence as was asked for. Speech that is all silence keeps its length and level."""
    cut = [_cut(piece.speech) for piece in pieces]
    loud, loudness = _levelled_alike(pieces, [one.samples for one in cut])
    parts: list[np.ndarray] = []
    places: list[Place] = []
    length, behind = 0, 0
    for piece, one, samples in zip(pieces, cut, loud, strict=True):
        gap = round(piece.pause * SAMPLE_RATE) - behind - one.before
        parts.append(np.zeros(max(gap, 0), np.float32))
        length += len(parts[-1])
        start, length = length, length + len(samples)
        places.append(Place(start / SAMPLE_RATE, length / SAMPLE_RATE, start / SAMPLE_RATE - one.seconds))
        parts.append(samples)
        behind = one.after
    samples = np.concatenate([*parts, np.zeros(TAIL, np.float32)])
    if places:
        places[-1] = replace(places[-1], end=len(samples) / SAMPLE_RATE)
    return Master(samples, places, integrated(samples) if len(set(_who(pieces))) > 1 else loudness)


@dataclass(frozen=True)
class _Cut:
    """A piece at 48 kHz, trimmed."""

    samples: np.ndarray
    before: int
    """Samples kept before its first sound."""
    after: int
    seconds: float
    """That were cut off at its beginning."""


def _cut(speech: Speech) -> _Cut:
    samples = resample(speech.samples, speech.sample_rate)
    sound, seconds = trim(samples, SAMPLE_RATE, BEFORE, AFTER)
    if not len(sound):
        return _Cut(samples, 0, 0, 0.0)
    first, last = sounding(samples, SAMPLE_RATE)
    begin = round(seconds * SAMPLE_RATE)
    return _Cut(sound, first - begin, begin + len(sound) - last, seconds)


def _who(pieces: Sequence[Said]) -> list[int]:
    return [piece.who for piece in pieces if len(piece.speech.samples)]


def _levelled_alike(pieces: Sequence[Said], sounds: Sequence[np.ndarray]) -> tuple[list[np.ndarray], float | None]:
    """The sounds at their levels, those of one voice with one gain; and the loudness of the last voice."""
    out, loudness = list(sounds), None
    for who in dict.fromkeys(_who(pieces)):
        own = [index for index, piece in enumerate(pieces) if piece.who == who]
        whole, loudness = to_target(np.concatenate([sounds[index] for index in own]), pieces[own[0]].level)
        for index, samples in zip(
            own, np.split(whole, np.cumsum([len(sounds[each]) for each in own])[:-1]), strict=True
        ):
            out[index] = samples
    return out, loudness


def to_target(samples: np.ndarray, target: float = TARGET) -> tuple[np.ndarray, float | None]:
    """Gain and limiter, so that what comes out measures `target`; limiting takes loudness away, so the gain is
    raised until it fits. Returns the samples (float32) and their loudness."""
    out, loudness, _ = _levelled(samples, target)
    return out, loudness


def gain_to_target(samples: np.ndarray) -> float:
    """The gain that `to_target` finds, decibels."""
    return _levelled(samples, TARGET)[2]


def _levelled(samples: np.ndarray, target: float) -> tuple[np.ndarray, float | None, float]:
    measured = loudness_of(samples)
    if measured is None:
        return samples, None, 0.0
    ceiling, high = 10 ** (CEILING / 20), peaks(samples)
    gain = min(target - measured, _MAX_GAIN)
    out, loudness = samples, measured
    for _ in range(_TRIES):
        factor = np.float32(10 ** (gain / 20))
        out = limit(samples * factor, high * factor, ceiling)
        loudness = loudness_of(out)
        if loudness is None or abs(target - loudness) <= _TOLERANCE or gain >= _MAX_GAIN:
            break
        gain = min(gain + target - loudness, _MAX_GAIN)
    return out.astype(np.float32), loudness, gain


def loudness_of(samples: np.ndarray) -> float | None:
    """LUFS, None for silence; what is shorter than the meter's block is measured as if it went on."""
    if len(samples) >= SHORTEST:
        return integrated(samples)
    first, last = sounding(samples, SAMPLE_RATE)
    return integrated(np.tile(samples[first:last], -(-SHORTEST // (last - first)))) if last > first else None


def resample(samples: np.ndarray, rate: int) -> np.ndarray:
    """To 48 kHz, in step with the input: `ceil(len * 48000 / rate)` samples, float32."""
    mono = np.ascontiguousarray(samples, np.float32)
    if rate == SAMPLE_RATE or not len(mono):
        return mono
    import av

    frame = av.AudioFrame.from_ndarray(mono[None, :], format="fltp", layout="mono")
    frame.sample_rate = rate
    resampler = av.AudioResampler(format="fltp", layout="mono", rate=SAMPLE_RATE)
    parts = [part.to_ndarray()[0] for given in (frame, None) for part in resampler.resample(given)]
    out = np.concatenate(parts)
    length = -(-len(mono) * SAMPLE_RATE // rate)
    return out[:length] if len(out) >= length else np.pad(out, (0, length - len(out)))


def moved(spans: Sequence[Span | None], by: float) -> list[Span | None]:
    """Spans moved by `by` seconds, none before 0."""
    return [span and (max(span[0] + by, 0.0), max(span[1] + by, 0.0)) for span in spans]
