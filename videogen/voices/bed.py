"""Music under a whole film: looped, faded, lowered while somebody speaks, and mixed with every narration.

The film is mixed piece by piece, so that an hour takes no more memory than a minute. What is heard at a moment depends
on nothing but the moment, so pieces fit together to the sample.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from videogen.model.errors import AudioError, Where
from videogen.model.music import LONGEST_MUSIC, SHORTEST_MUSIC, Music
from videogen.model.sound import read_sound
from videogen.model.timing import AAC_FRAME, SAMPLE_RATE
from videogen.voices import encoding
from videogen.voices.engine import Span
from videogen.voices.loudness import gated, limit, peaks, powers
from videogen.voices.mastering import CEILING, TARGET, loudness_of
from videogen.voices.mixing import decoded_narration, slopes
from videogen.voices.silence import sounding

CROSSING = 2.0
"""Seconds in which the end of the music passes into its beginning; a quarter of it where it is short."""
_PIECE = 975 * AAC_FRAME
"""Samples mixed at a time: 20.8 s, whole AAC frames and whole steps of the meter."""
_AROUND = 4_800
"""Samples beside a piece that its limiter looks at."""
_FILTER = 9_600
"""Samples in which the meter's filter forgets what was before."""
_NEAR = 0.3
"""LU by which the film may miss `TARGET` without being levelled again."""
_TRIES = 4


@dataclass(frozen=True)
class Heard:
    """What is heard of a scene."""

    path: Path
    begins: int
    """Sample of the film at which it begins."""
    samples: int
    spoken: Sequence[Span]
    """When somebody speaks, or a clip is heard, in seconds of the film."""


def soundtrack(heard: Sequence[Heard], music: Path, how: Music, samples: int, levelled: bool) -> bytes:
    """All that is heard in a film of so many samples (a multiple of `AAC_FRAME`), as AAC in MP4 like a narration.

    `levelled` brings the film as a whole to `TARGET`, which its narrations alone would have: with it, music between
    them does not make it softer. Peaks stay below `CEILING`. Raises AudioError when the music cannot be used.
    """
    film = _Film(heard, _Bed(music, how, samples, [span for one in heard for span in one.spoken]), samples)
    gain, highest = 0.0, 0.0
    for _ in range(_TRIES):
        loudness, highest = film.measured(gain)
        if not levelled or loudness is None or abs(TARGET - loudness) <= _NEAR:
            break
        gain += TARGET - loudness
    return encoding.m4a_of(lambda: film.pieces(gain), highest)


class _Bed:
    """The music at every sample of the film."""

    def __init__(self, path: Path, how: Music, samples: int, spoken: Sequence[Span]) -> None:
        self._track = read_music(path, samples / SAMPLE_RATE + CROSSING)
        self._how = how
        self._crossing = min(round(CROSSING * SAMPLE_RATE), len(self._track) // 4)
        self._period = len(self._track) - self._crossing
        self._alike = _alike(self._track[: self._crossing], self._track[self._period :])
        self._over = samples if how.loop else min(samples, len(self._track))
        loudness = loudness_of(self._track)
        self._gain = 0.0 if loudness is None else TARGET + how.gain - loudness
        self._slopes = slopes(sorted(spoken))

    def between(self, begin: int, end: int) -> np.ndarray:
        """The music from one sample of the film to another; before its beginning and after its end there is none."""
        at = np.arange(begin, end)
        seconds = at / SAMPLE_RATE
        decibels = np.full(len(at), self._gain)
        if self._slopes:
            decibels += self._how.duck * np.interp(seconds, *self._slopes)
        return (self._played(at) * 10 ** (decibels / 20) * self._faded(at)).astype(np.float32)

    def _played(self, at: np.ndarray) -> np.ndarray:
        if not self._how.loop:
            return self._track[np.clip(at, 0, len(self._track) - 1)]
        place = np.where(at < 0, 0, at % self._period)
        sound = self._track[place].astype(np.float64)
        seam = (at >= self._period) & (place < self._crossing)
        turn = place[seam] / max(self._crossing, 1) * np.pi / 2
        both = sound[seam] * np.sin(turn) + self._track[place[seam] + self._period] * np.cos(turn)
        sound[seam] = both / np.sqrt(1 + self._alike * np.sin(2 * turn))
        return sound

    def _faded(self, at: np.ndarray) -> np.ndarray | float:
        half = self._over / 2
        comes = min(self._how.fade_in * SAMPLE_RATE, half)
        goes = min(self._how.fade_out * SAMPLE_RATE, half)
        if at[0] >= comes and at[-1] <= self._over - goes - 1:
            return 1.0
        rise = np.clip(at / comes, 0, 1) if comes else (at >= 0).astype(float)
        fall = np.clip((self._over - at) / goes, 0, 1) if goes else (at < self._over).astype(float)
        return np.sin(rise * np.pi / 2) ** 2 * np.sin(fall * np.pi / 2) ** 2


def _alike(one: np.ndarray, other: np.ndarray) -> float:
    """Correlation of what passes into each other: by it the power of their sum stays even. Sounds that are opposite
    are not raised by more than 3 dB."""
    power = float(np.sqrt(np.square(one).sum(dtype=np.float64) * np.square(other).sum(dtype=np.float64)))
    return max(float(np.dot(one.astype(np.float64), other)) / power, -0.5) if power else 0.0


def read_music(path: Path, enough: float | None = None) -> np.ndarray:
    """The music without the silence around it; `enough` seconds of it will do. Raises AudioError."""
    where = Where(path.as_posix())
    try:
        track = read_sound(path, LONGEST_MUSIC, enough)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise AudioError(f"the music cannot be used: {reason}", where, "name another file as the music") from None
    first, last = sounding(track, SAMPLE_RATE)
    if last - first < SHORTEST_MUSIC * SAMPLE_RATE:
        heard = (last - first) / SAMPLE_RATE
        raise AudioError(
            f"the music is heard for {heard:.1f} s, which is too short", where, "name another file as the music"
        )
    return track[first:last]


@dataclass(frozen=True)
class _Film:
    """What is heard at every sample of a film."""

    heard: Sequence[Heard]
    bed: _Bed
    samples: int

    def pieces(self, gain: float) -> Iterator[np.ndarray]:
        """The film from its beginning to its end, `gain` decibels louder than its narrations are."""
        yield from (piece for piece, _ in self._mixed(gain, 0))
        yield np.zeros(encoding.AAC_FLUSH * AAC_FRAME, np.float32)

    def measured(self, gain: float) -> tuple[float | None, float]:
        """Loudness in LUFS, None for silence, and the highest sample."""
        found: list[np.ndarray] = []
        highest = 0.0
        for piece, before in self._mixed(gain, _FILTER):
            highest = max(highest, float(np.abs(piece).max(initial=0.0)))
            found.append(powers(piece, before))
        return gated(np.concatenate(found)) if found else None, highest

    def _mixed(self, gain: float, before: int) -> Iterator[tuple[np.ndarray, int]]:
        """Pieces one after the other, each with up to `before` samples of what was before it, and how many."""
        ceiling, factor = 10 ** (CEILING / 20), np.float32(10 ** (gain / 20))
        for begin in range(0, self.samples, _PIECE):
            end, since = min(begin + _PIECE, self.samples), max(begin - before, 0)
            sound = self.bed.between(since - _AROUND, end + _AROUND)
            for one in self.heard:
                _add(sound, one, since - _AROUND)
            sound *= factor
            yield limit(sound, peaks(sound), ceiling)[_AROUND : len(sound) - _AROUND], begin - since


def _add(sound: np.ndarray, one: Heard, begin: int) -> None:
    """Add what is heard of a scene to a stretch of the film that begins at sample `begin`."""
    first, last = max(one.begins, begin), min(one.begins + one.samples, begin + len(sound))
    if first < last:
        part = _samples(one.path)[first - one.begins : last - one.begins]
        sound[first - begin : first - begin + len(part)] += part


@lru_cache(maxsize=4)
def _samples(path: Path) -> np.ndarray:
    return decoded_narration(path)
