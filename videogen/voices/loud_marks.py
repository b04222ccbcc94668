"""Exact word times from an engine that tells none, but says the same again, and louder or softer as it is told.

The text is said twice: once at an even volume, once with each word at a volume of its own. The ratio of the two, sample
by sample, tells which word is being said. Pure arithmetic on samples.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from videogen.voices.align import share
from videogen.voices.engine import Span

LEVELS = (100, 50, 25)
"""Volumes of the words in turn, percent; the even one is the first. Three: a word without a sound is noticed."""
_WINDOW = 64
"""Samples over which the ratio is taken: 4 ms at 16 kHz."""
_TOLERANCE = 0.08
_SURE = 3
"""Windows in a row that must agree; a change of volume passes through others."""
_QUIETEST = 12.0
"""Root mean square of the even one, of 32,768, below which rounding hides the ratio."""
_FLOOR_DB = -45.0
"""Against the loudest window: what is softer is breath."""


def level(place: int) -> int:
    """The volume of the word at this place, in percent."""
    return LEVELS[place % len(LEVELS)]


def spans(even: np.ndarray, marked: np.ndarray, words: int, sample_rate: int) -> list[Span | None]:
    """When each of the words sounds, seconds; None for one that does not. All None where the two differ in length."""
    found: list[Span | None] = [None] * words
    if len(even) != len(marked):
        return found
    count = len(even) // _WINDOW
    a = even[: count * _WINDOW].astype(np.float64).reshape(count, _WINDOW)
    b = marked[: count * _WINDOW].astype(np.float64).reshape(count, _WINDOW)
    power = (a * a).sum(axis=1)
    ratio = (a * b).sum(axis=1) / np.maximum(power, 1.0)
    floor = max(_QUIETEST**2 * _WINDOW, power.max(initial=0.0) * 10 ** (_FLOOR_DB / 10))
    heard = _nearest(ratio, power > floor)
    seconds = _WINDOW / sample_rate
    at = -1
    for first, last, step in _runs(heard):
        if last - first < _SURE:
            continue
        at = step if at < 0 else at + (step - at) % len(LEVELS)
        if at >= words:
            break
        span = found[at]
        found[at] = (span[0] if span else first * seconds, last * seconds)
    return found


def shared(found: Sequence[Span | None], weights: Sequence[float]) -> list[Span | None]:
    """The same, where a word without a time shares that of the one after it (as an article that the voice runs
    together with its noun does), else of the one before. `weights` are the words' lengths. All None stay None."""
    out, index = list(found), 0
    while index < len(out):
        first = index
        while index < len(out) and out[index] is None:
            index += 1
        if first == index:
            index += 1
            continue
        after, before = index < len(out), first > 0
        group = range(first, index + 1) if after else range(first - 1, index) if before else range(0)
        span = out[group[-1] if after else group[0]] if group else None
        if span:
            out[group.start : group.stop] = share(*span, [weights[place] for place in group])
    return out


def _nearest(ratio: np.ndarray, loud: np.ndarray) -> np.ndarray:
    """The index into `LEVELS` of each window, -1 where it is none of them."""
    steps = np.asarray(LEVELS) / LEVELS[0]
    distance = np.abs(np.log(np.maximum(ratio, 1e-3))[:, None] - np.log(steps)[None, :])
    nearest = distance.argmin(axis=1)
    near = distance[np.arange(len(ratio)), nearest] < _TOLERANCE
    return np.where(near & loud, nearest, -1)


def _runs(heard: np.ndarray) -> Sequence[tuple[int, int, int]]:
    """Stretches of one level: first window, the one after the last, index of the level."""
    edges = np.flatnonzero(np.diff(heard)) + 1
    starts, ends = np.concatenate([[0], edges]), np.concatenate([edges, [len(heard)]])
    return [(int(i), int(j), int(heard[i])) for i, j in zip(starts, ends, strict=True) if len(heard) and heard[i] >= 0]
