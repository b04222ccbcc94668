"""When each word of a recording is said: forced alignment by pauses and syllables, without a model of speech.

Of the sound only its level is used. Every word is expected to last as long as its syllables take at the pace of the
recording; between two words there may be a pause, more likely where the text has a full stop or a comma. The cheapest
way through both is found by dynamic programming, so that no error is carried past a pause.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from videogen.model.pace import syllables
from videogen.voices.engine import Span
from videogen.voices.speech import SayWord

STEP = 0.01
"""Seconds: the resolution of what is found."""
_SMOOTH = 3
_RANGE = 30.0
"""Decibels below the loud parts of speech at which it is taken for silence, where the room is quiet."""
_ABOVE_NOISE = 7.0
_SOFT = 6.0
"""Decibels about the threshold within which it is not certain."""
_SILENT_WORD, _LOUD_PAUSE = 0.1, 0.25
"""Cost of a step of silence within a word, and of a step of sound within a pause."""
_SPREAD, _LEAST_SPREAD = 0.35, 0.04
"""How far a word's length may be off: a share of it, and seconds."""
_LONGEST = 2.6
"""Times the expected length that a word may take."""
_PACE_ROUNDS = 3
_WINDOW = 12.0
"""Seconds by which a word may be from where an even pace would have it."""


@dataclass(frozen=True)
class _Gap:
    """What it costs to have a pause after a word, each step of that, and to have none."""

    pause: float
    step: float
    none: float


_GAPS = {".": _Gap(0.0, 0.0, 3.0), ",": _Gap(0.5, 0.005, 0.7), "": _Gap(2.5, 0.02, 0.0)}
_ENDS = tuple(".,;:!?…—")
_STOPS, _COMMAS = frozenset(".!?…"), frozenset(",;:—–)")


def align(samples: np.ndarray, rate: int, words: Sequence[SayWord]) -> list[Span | None]:
    """When each word is said, seconds; None for words that have no sound.

    The samples begin and end with speech, with not much else about it.
    """
    said = [index for index, word in enumerate(words) if any(char.isalnum() for char in word.spoken)]
    spans: list[Span | None] = [None] * len(words)
    if not said or len(samples) < rate * STEP * max(2 * len(said), 2 * _SMOOTH):
        return spans
    level = _speech(samples, rate)
    weights = np.array([_weight(words[index].spoken) for index in said])
    gaps = [_gap(words, index, after) for index, after in zip(said, [*said[1:], len(words)], strict=True)]
    pace = max(float((level > 0).sum()), 1.0) / weights.sum()
    found = _even(len(level), weights)
    for _ in range(_PACE_ROUNDS):
        found = _path(level, weights * pace, gaps, found)
        lengths = found[:, 1] - found[:, 0]
        pace = float(lengths.sum() / weights.sum())
    for index, (start, end) in zip(said, found, strict=True):
        spans[index] = (float(start) * STEP, float(end) * STEP)
    return spans


def _weight(spoken: str) -> float:
    """How long a word is beside others: by its syllables, by its letters, for consonants take time too, and longer
    where a phrase ends. Measured with the voices whose times are known."""
    letters = sum(char.isalnum() for char in spoken)
    return max(0.4 * syllables(spoken) + 0.2 * letters + 0.4 * (spoken[-1:] in _ENDS), 0.3)


def _gap(words: Sequence[SayWord], index: int, after: int) -> _Gap:
    """What a pause between a word and the next that is said costs."""
    marks = words[index].spoken[-1:] + words[index].display.rstrip("\"'”’»)*_`")[-1:]
    marks += "".join(word.spoken + word.display for word in words[index + 1 : after])
    if _STOPS & set(marks):
        return _GAPS["."]
    return _GAPS[","] if _COMMAS & set(marks) else _GAPS[""]


def _speech(samples: np.ndarray, rate: int) -> np.ndarray:
    """For every step, from -1, surely silent, to 1, surely speech."""
    size = round(rate * STEP)
    count = len(samples) // size
    power = np.square(samples[: count * size].astype(np.float64)).reshape(count, size).mean(1)
    power = np.convolve(power, np.full(_SMOOTH, 1 / _SMOOTH), mode="same")
    decibels = 10 * np.log10(power + 1e-12)
    quiet, loud = np.percentile(decibels, [5, 90])
    threshold = min(max(loud - _RANGE, quiet + _ABOVE_NOISE), loud - _SOFT)
    return np.clip((decibels - threshold) / _SOFT, -1, 1)


def _even(steps: int, weights: np.ndarray) -> np.ndarray:
    ends = np.cumsum(weights) / weights.sum() * steps
    return np.stack([np.concatenate([[0.0], ends[:-1]]), ends], 1)


def _path(speech: np.ndarray, expected: np.ndarray, gaps: Sequence[_Gap], near: np.ndarray) -> np.ndarray:
    """Start and end of every word, in steps: the cheapest way through."""
    steps = len(speech)
    silent = np.concatenate([[0.0], np.cumsum(np.maximum(-speech, 0))]) * _SILENT_WORD
    loud = np.concatenate([[0.0], np.cumsum(np.maximum(speech, 0))]) * _LOUD_PAUSE
    times = np.arange(steps + 1)
    window = round(_WINDOW / STEP)
    # cost of the next word's beginning at every step; at first only sound that is passed over costs
    begin, end = loud.copy(), loud
    lengths: list[tuple[int, np.ndarray]] = []
    sources: list[np.ndarray] = []
    for mean, gap, (_, at) in zip(expected, gaps, near, strict=True):
        low, high = max(round(at) - window, 0), min(round(at) + window, steps)
        spread = _SPREAD * mean + _LEAST_SPREAD / STEP
        best = np.full(high - low + 1, np.inf)
        chosen = np.zeros(high - low + 1, np.int32)
        for length in range(1, max(round(mean * _LONGEST), 8) + 1):
            first = max(low - length, 0)
            own = begin[first : high - length + 1] - silent[first : high - length + 1]
            if not len(own):
                break
            cost = own + 0.5 * ((length - mean) / spread) ** 2
            part = best[len(best) - len(cost) :]
            better = cost < part
            part[better] = cost[better]
            chosen[len(best) - len(cost) :][better] = length
        end = np.full(steps + 1, np.inf)
        end[low : high + 1] = best + silent[low : high + 1]
        lengths.append((low, chosen))
        # a pause from the cheapest earlier end, or none
        extra = loud + gap.step * times
        least = np.minimum.accumulate(end - extra)
        paused, straight = least + extra + gap.pause, end + gap.none
        sources.append(np.where(paused < straight, _last_least(end - extra), times))
        begin = np.minimum(paused, straight)
    return _back(lengths, sources, int(np.argmin(end + loud[-1] - loud)))


def _last_least(values: np.ndarray) -> np.ndarray:
    """For every place, that of the least value up to it."""
    least = np.minimum.accumulate(values)
    fresh = np.concatenate([[True], values[1:] < least[:-1]])
    return np.maximum.accumulate(np.where(fresh, np.arange(len(values)), 0))


def _back(lengths: Sequence[tuple[int, np.ndarray]], sources: Sequence[np.ndarray], end: int) -> np.ndarray:
    spans = np.zeros((len(lengths), 2))
    for index in range(len(lengths) - 1, -1, -1):
        low, chosen = lengths[index]
        start = end - int(chosen[end - low])
        spans[index] = start, end
        if index:
            end = int(sources[index - 1][start])
    return spans
