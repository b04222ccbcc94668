"""From what an engine said to a finished narration: 48 kHz mono at broadcast loudness, trimmed, sample-exact."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from videogen.model.timing import AAC_FRAME, SAMPLE_RATE
from videogen.voices.loudness import integrated, limit, peaks
from videogen.voices.silence import trim

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
class Master:
    """A finished narration."""

    samples: np.ndarray
    """float32, 48 kHz, mono; the last `TAIL` samples are zero."""
    shift: float
    """Seconds that word times move: negative when silence was cut off before the first word."""
    loudness: float | None
    """LUFS, or None when it was too short or too quiet to measure and its level was left alone."""


def master(speech: Speech) -> Master:
    """Resample, trim, bring to `TARGET` and limit. Speech that is all silence keeps its length and level."""
    samples = resample(speech.samples, speech.sample_rate)
    sound, cut = trim(samples, SAMPLE_RATE, BEFORE, AFTER)
    if not len(sound):
        return Master(np.concatenate([samples, np.zeros(TAIL, np.float32)]), 0.0, None)
    loud, loudness = to_target(sound)
    return Master(np.concatenate([loud, np.zeros(TAIL, np.float32)]), -cut, loudness)


def to_target(samples: np.ndarray) -> tuple[np.ndarray, float | None]:
    """Gain and limiter, so that what comes out measures `TARGET`; limiting takes loudness away, so the gain is
    raised until it fits. Returns the samples (float32) and their loudness."""
    out, loudness, _ = _levelled(samples)
    return out, loudness


def gain_to_target(samples: np.ndarray) -> float:
    """The gain that `to_target` finds, decibels."""
    return _levelled(samples)[2]


def _levelled(samples: np.ndarray) -> tuple[np.ndarray, float | None, float]:
    measured = integrated(samples)
    if measured is None:
        return samples, None, 0.0
    ceiling, high = 10 ** (CEILING / 20), peaks(samples)
    gain = min(TARGET - measured, _MAX_GAIN)
    out, loudness = samples, measured
    for _ in range(_TRIES):
        factor = np.float32(10 ** (gain / 20))
        out = limit(samples * factor, high * factor, ceiling)
        loudness = integrated(out)
        if loudness is None or abs(TARGET - loudness) <= _TOLERANCE or gain >= _MAX_GAIN:
            break
        gain = min(gain + TARGET - loudness, _MAX_GAIN)
    return out.astype(np.float32), loudness, gain


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
