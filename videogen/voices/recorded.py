"""A person's recording as the narration of a scene: trimmed, levelled, and its words found in it."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from videogen.model.errors import AudioError, Where
from videogen.model.pace import syllables
from videogen.model.script import RECORDED, Narration
from videogen.model.sound import read_sound
from videogen.model.timing import SAMPLE_RATE, Timing, Word
from videogen.voices import encoding, forced
from videogen.voices.align import fill
from videogen.voices.mastering import TAIL, TARGET, to_target
from videogen.voices.silence import FADE
from videogen.voices.speak import Recording
from videogen.voices.speech import SayWord, joined, sayable

LONGEST = 600.0
"""Seconds of a recording; a longer one is not of one scene."""
BEFORE, AFTER = 0.15, 0.25
"""Seconds kept around the speech: somebody who speaks breathes in, and lets the last sound fade."""
_SILENT = 10 ** (-60 / 20)
"""Full scale is 1; a recording that is nowhere louder than this (-60 dBFS) is of nobody."""
_SHORTEST = 0.1
"""Seconds of speech, at least."""
_FRAME = 0.01
_RANGE, _ABOVE_NOISE = 45.0, 8.0
"""Decibels: speech is what is no softer than this beside its loud parts, and louder than the room by this."""
_STANDS_OUT = 6.0
"""Decibels from the room to the loud parts of speech, at least; less is a hiss."""
_RUN = 3
"""Frames in a row that are speech; a click is shorter."""


def recorded(narration: Narration, path: Path) -> Recording:
    """The narration of a scene as a person has said it. The same recording and text give the same bytes.

    Times of words are estimated (see `forced`). Raises AudioError for a recording that cannot be used.
    """
    samples = read_recording(path)
    words = [word for turn in narration.turns for word in sayable(turn.text, narration.language, turn.lexicon)]
    sound, _ = trimmed(samples)
    loud, loudness = to_target(sound, TARGET + narration.turns[0].volume)
    finished = np.concatenate([loud, np.zeros(TAIL, np.float32)])
    timing = Timing(
        voices={RECORDED: {"name": "recording", "version": "", "licence": "the speaker's own"}},
        samples=len(finished),
        words=_timed(words, sound, len(finished)),
        estimated=True,
        loudness=None if loudness is None else round(loudness, 2),
        spoken=joined(words),
    )
    return Recording(encoding.mp3(finished), encoding.m4a(finished), timing)


def read_recording(path: Path) -> np.ndarray:
    """Its samples, 48 kHz mono. Raises AudioError for one that cannot be used, telling why."""
    where = Where(path.as_posix())
    try:
        samples = read_sound(path, LONGEST)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise AudioError(
            f"the recording cannot be used: {reason}", where, "record the scene again, as WAV, MP3 or M4A, or remove it"
        ) from None
    samples = samples - samples.mean(dtype=np.float64).astype(np.float32) if len(samples) else samples
    if not len(samples) or float(np.abs(samples).max()) < _SILENT:
        raise AudioError("the recording is silent", where, "record the scene again, or remove it")
    first, last = _speech(samples)
    if last - first < _SHORTEST * SAMPLE_RATE:
        raise AudioError("nothing is said in the recording", where, "record the scene again, or remove it")
    return samples


def trimmed(samples: np.ndarray) -> tuple[np.ndarray, float]:
    """A recording without the silence around it, `BEFORE` and `AFTER` seconds of which stay; and what was cut off at
    its beginning, in seconds."""
    first, last = _speech(samples)
    begin = max(first - round(BEFORE * SAMPLE_RATE), 0)
    piece = samples[begin : last + round(AFTER * SAMPLE_RATE)].astype(np.float32, copy=True)
    fade = min(round(FADE * SAMPLE_RATE), len(piece) // 2)
    ramp = np.linspace(0, 1, fade, dtype=np.float32)
    piece[:fade] *= ramp
    piece[len(piece) - fade :] *= ramp[::-1]
    return piece, begin / SAMPLE_RATE


def _speech(samples: np.ndarray) -> tuple[int, int]:
    """First sample of the speech, and the one after its last; (0, 0) where nothing stands out of the room."""
    size = round(_FRAME * SAMPLE_RATE)
    count = len(samples) // size
    if count < _RUN:
        return 0, 0
    level = 10 * np.log10(np.square(samples[: count * size].reshape(count, size)).mean(1, dtype=np.float64) + 1e-12)
    quiet, loud = np.percentile(level, [5, 95])
    loud = max(float(loud), float(np.sort(level)[-_RUN]) - 12)
    if loud - float(quiet) < _STANDS_OUT:
        return 0, 0
    speech = level > max(loud - _RANGE, min(float(quiet) + _ABOVE_NOISE, loud - _ABOVE_NOISE))
    runs = np.convolve(speech, np.ones(_RUN), mode="valid") == _RUN
    found = np.flatnonzero(runs)
    if not len(found):
        return 0, 0
    return int(found[0]) * size, (int(found[-1]) + _RUN) * size


def _timed(words: list[SayWord], sound: np.ndarray, samples: int) -> list[Word]:
    spans = fill(
        forced.align(sound, SAMPLE_RATE, words), [syllables(word.spoken) for word in words], samples / SAMPLE_RATE
    )
    return [
        Word(text=word.display, start=_ms(start), end=_ms(end)) for word, (start, end) in zip(words, spans, strict=True)
    ]


def _ms(seconds: float) -> float:
    return int(seconds * 1000 + 1e-6) / 1000
