"""A clip's own sound under a narration: lowered while somebody speaks, as loud as a voice where nobody does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import av
import numpy as np
from av.error import FFmpegError

from videogen.model.clip import opened, zero
from videogen.model.errors import AudioError, Where
from videogen.model.timing import SAMPLE_RATE
from videogen.voices import encoding
from videogen.voices.loudness import integrated, limit, peaks
from videogen.voices.mastering import CEILING, TARGET, gain_to_target, resample

if TYPE_CHECKING:
    from videogen.voices.engine import Span

UNDER = 20.0
"""LU by which a clip is softer than speech: at least 20 dB, says WCAG 2.2 in success criterion 1.4.7."""
QUIET = -40.0
"""LUFS; what is softer is the sound of a room, and is left as it is: raised, it would be noise."""
BEFORE, AFTER = 0.25, 0.5
"""Seconds in which a clip goes down before a word, and comes up again after it."""
SHORT = 1.5
"""A pause in speech that is no longer than this is not filled."""
FADE = 0.02
"""Seconds in which the sound of a clip begins and ends."""
_JITTER = 0.03
"""Seconds by which times of coded sound may be off without anything missing."""


def mix(
    narration: Path, begins: float, spoken: Sequence[Span], clip: Path, section: tuple[float, float], samples: int
) -> bytes:
    """The sound of a scene from the beginning of its clip on, as AAC in MP4 like a narration, so many samples of it.

    The narration (`begins` seconds after the clip; `spoken` are its words, on the clip's clock) is as loud as it was.
    Raises AudioError when the clip's sound cannot be read.
    """
    voice = np.zeros(samples, np.float32)
    _place(voice, decoded_narration(narration), round(begins * SAMPLE_RATE))
    sound = np.zeros(samples, np.float32)
    _place(sound, clip_sound(clip, *section), 0)
    whole = ducked(sound, spoken) + voice
    return encoding.m4a(limit(whole, peaks(whole), 10 ** (CEILING / 20)))


def _place(target: np.ndarray, piece: np.ndarray, at: int) -> None:
    piece = piece[: max(len(target) - at, 0)]
    target[at : at + len(piece)] = piece


def decoded_narration(path: Path) -> np.ndarray:
    """A narration's samples, from its first on."""
    with av.open(str(path)) as file:
        frames = file.decode(file.streams.audio[0])
        return _joined(((float(frame.time or 0), frame.to_ndarray()[0]) for frame in frames), SAMPLE_RATE)


def clip_sound(path: Path, start: float, end: float) -> np.ndarray:
    """What is heard of a clip between two of its seconds: 48 kHz mono, silence where it has none. Raises AudioError."""
    try:
        with opened(path) as container:
            stream = container.streams.audio[0]
            rate, begin = stream.codec_context.sample_rate, zero(container)
            if start > 0:
                container.seek(round((start + begin) * 1_000_000))
            mono = av.AudioResampler(format="fltp", layout="mono", rate=rate)

            def pieces() -> Iterator[tuple[float, np.ndarray]]:
                for frame in container.decode(stream):
                    time = float(frame.time or 0) - begin - start
                    if time >= end - start:
                        return
                    yield from ((time, part.to_ndarray()[0]) for part in mono.resample(frame))

            found = resample(_joined(pieces(), rate), rate)
    except (OSError, ValueError, FFmpegError, IndexError) as error:
        reason = getattr(error, "strerror", None) or error
        raise AudioError(f"the sound of the clip cannot be read: {reason}", Where(str(path)), "save it anew") from error
    out = np.zeros(round((end - start) * SAMPLE_RATE), np.float32)
    _place(out, found, 0)
    fade = min(round(FADE * SAMPLE_RATE), len(out) // 2)
    ramp = np.linspace(0, 1, fade, dtype=np.float32)
    out[:fade] *= ramp
    out[len(out) - fade :] *= ramp[::-1]
    return out


def _joined(pieces: Iterable[tuple[float, np.ndarray]], rate: int) -> np.ndarray:
    """Pieces of sound, each with the second at which it begins, from second 0 on; gaps between them are silence."""
    parts: list[np.ndarray] = []
    ahead = 0
    for seconds, samples in pieces:
        at = round(seconds * rate)
        if ahead and abs(at - ahead) <= _JITTER * rate:
            at = ahead
        if at > ahead:
            parts.append(np.zeros(at - ahead, np.float32))
            ahead = at
        kept = samples[ahead - at :]
        parts.append(kept)
        ahead += len(kept)
    return np.concatenate(parts) if parts else np.zeros(0, np.float32)


def ducked(sound: np.ndarray, spoken: Sequence[Span]) -> np.ndarray:
    """A clip's sound at the level of speech where nobody speaks, and `UNDER` that level where somebody does.

    Both are levelled by what is heard then: a clip that is loud in one place and soft in another is neither too loud
    under a voice nor too soft without one.
    """
    down = _lowered(len(sound), spoken)
    open_, under = sound[down == 0], sound[down > 0]
    loud = np.float32(0) if not len(open_) else _gain(open_, 0.0)
    soft = np.float32(0) if not len(under) else min(_gain(under, UNDER), loud if len(open_) else np.float32(99))
    decibels = loud + (soft - loud) * down
    out = sound * np.power(np.float32(10), decibels / np.float32(20))
    return limit(out, peaks(out), 10 ** (CEILING / 20))


def _gain(sound: np.ndarray, below: float) -> np.float32:
    """Decibels that bring a sound so much below `TARGET`; what is quiet is not raised."""
    loudness = integrated(sound)
    if loudness is None or loudness < QUIET:
        return np.float32(-below)
    if below:
        return np.float32(TARGET - below - loudness)
    return np.float32(gain_to_target(sound))


def _lowered(samples: int, spoken: Sequence[Span]) -> np.ndarray:
    """How far the sound is down at every sample, 0 to 1."""
    if not (found := slopes(spoken)):
        return np.zeros(samples, np.float32)
    return np.interp(np.arange(samples) / SAMPLE_RATE, *found).astype(np.float32)


def slopes(spoken: Sequence[Span]) -> tuple[Sequence[float], Sequence[int]] | None:
    """How far the sound is down, 0 to 1, between these seconds; None where nobody speaks. `spoken` is in order.

    It is down when a word begins, so that no consonant is lost in it, and comes back slowly enough to go unnoticed.
    """
    if not spoken:
        return None
    stretches = [[spoken[0][0], spoken[0][1]]]
    for begin, end in spoken[1:]:
        if begin - stretches[-1][1] <= SHORT:
            stretches[-1][1] = max(end, stretches[-1][1])
        else:
            stretches.append([begin, end])
    points = [
        point for begin, end in stretches for point in ((begin - BEFORE, 0), (begin, 1), (end, 1), (end + AFTER, 0))
    ]
    times, levels = zip(*points, strict=True)
    return times, levels
