"""Silence around and between stretches of speech: found, cut, set to a length. Mono float32 samples."""

from __future__ import annotations

import numpy as np

FRAME = 0.005
"""Seconds over which loudness is looked at."""
FLOOR_DB = -48.0
"""Speech is what is louder than this, against the loudest frame."""
FADE = 0.004
"""Seconds of fade at each cut."""


def sounding(samples: np.ndarray, rate: int) -> tuple[int, int]:
    """First sample of the sound and the one after its last; (0, 0) when all is silent."""
    step = round(rate * FRAME)
    count = -(-len(samples) // step)
    padded = np.zeros(count * step, np.float64)
    padded[: len(samples)] = samples
    level = np.sqrt((padded.reshape(count, step) ** 2).mean(axis=1)) if count else np.zeros(0)
    if not count or level.max() < 1e-5:
        return 0, 0
    loud = np.flatnonzero(level > level.max() * 10 ** (FLOOR_DB / 20))
    return int(loud[0]) * step, min((int(loud[-1]) + 1) * step, len(samples))


def trim(samples: np.ndarray, rate: int, before: float, after: float) -> tuple[np.ndarray, float]:
    """The sound with at most `before` and `after` seconds of what surrounds it, faded at its edges; and the
    seconds that were cut off at its beginning. Silence alone becomes empty."""
    first, last = sounding(samples, rate)
    if last == first:
        return samples[:0], 0.0
    begin, end = max(first - round(before * rate), 0), min(last + round(after * rate), len(samples))
    piece = samples[begin:end].astype(np.float32, copy=True)
    fade = min(round(FADE * rate), len(piece) // 2)
    ramp = (np.arange(fade, dtype=np.float32) + 0.5) / max(fade, 1)
    piece[:fade] *= ramp
    piece[len(piece) - fade :] *= ramp[::-1]
    return piece, begin / rate
