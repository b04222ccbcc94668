"""Loudness as broadcasters measure it (ITU-R BS.1770-4, EBU R128) and a limiter. 48 kHz mono, float arrays."""

from __future__ import annotations

import math
from functools import cache

import numpy as np

RATE = 48_000
SHORTEST = int(0.4 * RATE)
"""Samples that can be measured."""
_BLOCK, _STEP = SHORTEST, int(0.1 * RATE)
_ABSOLUTE_GATE = -70.0
_RELATIVE_GATE = -10.0
_FFT, _FILTER_TAIL = 32_768, 8_192

# BS.1770-4, tables 1 and 2: the filter coefficients at 48 kHz (b0 b1 b2, a0 a1 a2)
_SHELF = ((1.53512485958697, -2.69169618940638, 1.19839281085285), (1.0, -1.69065929318241, 0.73248077421585))
_HIGH_PASS = ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621))

# BS.1770-4, annex 2: the phases of its four-fold interpolator (the other two are these reversed)
_PHASES = np.array(
    [
        [0.0017089843750, 0.0109863281250, -0.0196533203125, 0.0332031250000, -0.0594482421875, 0.1373291015625,
         0.9721679687500, -0.1022949218750, 0.0476074218750, -0.0266113281250, 0.0148925781250, -0.0083007812500],
        [-0.0291748046875, 0.0292968750000, -0.0517578125000, 0.0891113281250, -0.1665039062500, 0.4650878906250,
         0.7797851562500, -0.2003173828125, 0.1015625000000, -0.0582275390625, 0.0330810546875, -0.0189208984375],
    ]
)  # fmt: skip


def integrated(samples: np.ndarray) -> float | None:
    """Integrated loudness in LUFS; None for what is shorter than 400 ms or too quiet to pass the gate."""
    return gated(powers(samples)) if len(samples) >= _BLOCK else None


def powers(samples: np.ndarray, before: int = 0) -> np.ndarray:
    """The power of every block of 400 ms, a block each 100 ms; the first `before` samples are only what the filter
    begins with."""
    squares = np.concatenate([[0.0], np.cumsum(_k_weighted(samples)[before:] ** 2)])
    starts = np.arange(0, len(samples) - before - _BLOCK + 1, _STEP)
    return (squares[starts + _BLOCK] - squares[starts]) / _BLOCK


def gated(power: np.ndarray) -> float | None:
    """Integrated loudness of blocks, in LUFS; None where all are too quiet to pass the gate."""
    power = power[power > _power(_ABSOLUTE_GATE)]
    if not len(power):
        return None
    return _lufs(power[power > power.mean() * 10 ** (_RELATIVE_GATE / 10)].mean())


def _power(lufs: float) -> float:
    return 10 ** ((lufs + 0.691) / 10)


def _lufs(power: float) -> float:
    return float(-0.691 + 10 * math.log10(power))


def _k_weighted(samples: np.ndarray) -> np.ndarray:
    """The K filter, block by block as a product of spectra; the zeros behind each block take up the filter's
    tail, which has faded by 100 dB."""
    hop = _FFT - _FILTER_TAIL
    count = -(-len(samples) // hop)
    blocks = np.zeros((count, hop))
    blocks.reshape(-1)[: len(samples)] = samples
    filtered = np.fft.irfft(np.fft.rfft(blocks, _FFT, axis=1) * _k_response(), _FFT, axis=1)
    out = filtered[:, :hop]
    out[1:, :_FILTER_TAIL] += filtered[:-1, hop:]
    return out.reshape(-1)[: len(samples)]


@cache
def _k_response() -> np.ndarray:
    turn = np.exp(-2j * np.pi * np.arange(_FFT // 2 + 1) / _FFT)
    response = np.ones(_FFT // 2 + 1, complex)
    for top, bottom in (_SHELF, _HIGH_PASS):
        response *= (top[0] + turn * (top[1] + turn * top[2])) / (bottom[0] + turn * (bottom[1] + turn * bottom[2]))
    return response


def peaks(samples: np.ndarray) -> np.ndarray:
    """For each sample, the highest absolute value at it and on the way to the next, four-fold interpolated."""
    reach = _PHASES.shape[1] // 2
    edge = np.zeros(reach, np.float32)
    padded = np.concatenate([edge, samples.astype(np.float32, copy=False), edge])
    between = np.zeros(len(samples) + 1, np.float32)
    for taps in (*_PHASES, *_PHASES[:, ::-1]):
        np.maximum(between, np.abs(np.convolve(padded, taps.astype(np.float32), mode="valid")), out=between)
    # an interpolated value lies within a sample of its centre: it counts for both neighbours
    return np.maximum(np.maximum(np.abs(samples), between[:-1]), between[1:])


def true_peak(samples: np.ndarray) -> float:
    """dBTP; minus infinity for silence."""
    top = float(peaks(samples).max(initial=0.0))
    return 20 * math.log10(top) if top else -math.inf


def limit(samples: np.ndarray, high: np.ndarray, ceiling: float, hold: float = 0.03) -> np.ndarray:
    """Peaks brought under `ceiling` (linear) by a gain that falls and rises smoothly within `hold` seconds around
    each; what is not near a peak is untouched. `high` is `peaks(samples)`.

    The gain is the running minimum of what every peak needs, averaged over no more than the same window, so it
    is never above what a peak needs.
    """
    if high.max(initial=0.0) <= ceiling:
        return samples
    half = round(hold * RATE / 2)
    gain = _running_minimum((ceiling / np.maximum(high, ceiling)).astype(np.float32), half)
    for _ in range(2):  # two box averages make a smooth slope; together they reach no further than the minimum
        gain = _running_mean(gain, half // 2)
    return samples * gain


def _running_minimum(values: np.ndarray, half: int) -> np.ndarray:
    """Minimum over `half` samples to both sides, by doubling."""
    width = 2 * half + 1
    edge = np.ones(half, values.dtype)
    out = np.concatenate([edge, values, edge])
    done = 1
    while done < width:
        step = min(done, width - done)
        out = np.minimum(out[:-step], out[step:])
        done += step
    return out


def _running_mean(values: np.ndarray, half: int) -> np.ndarray:
    padded = np.concatenate([np.full(half + 1, values[0]), values, np.full(half, values[-1])])
    sums = np.cumsum(padded, dtype=np.float64)
    width = 2 * half + 1
    return ((sums[width:] - sums[:-width]) / width).astype(values.dtype)
