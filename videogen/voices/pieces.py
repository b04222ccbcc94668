"""Sentences that were said one by one, put one after the other with the pauses of a person reading aloud."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from videogen.voices.engine import Span, Speech

if TYPE_CHECKING:
    import numpy as np

SENTENCE_PAUSE = 0.36
"""Seconds from one sentence's last sound to the next one's first. Engines by themselves leave 0.5 to 0.75."""
CLAUSE_PAUSE = 0.18
"""The same where a sentence too long for the engine was split at a clause."""
_EDGE = 0.03
"""Seconds kept around each piece of speech, so that no breath of a consonant is lost."""


@dataclass(frozen=True)
class Piece:
    """What an engine said in one go."""

    samples: np.ndarray
    spans: dict[int, Span]
    """Word index -> seconds from the first sample of this piece."""
    pause: float
    """Seconds of silence due after it, at rate 1."""


def assemble(pieces: Sequence[Piece], count: int, sample_rate: int, rate: float) -> Speech:
    """One speech of `count` words, its silence cut to each piece's `pause`, divided by `rate`."""
    import numpy as np

    from videogen.voices.silence import trim

    parts: list[np.ndarray] = []
    spans: list[Span | None] = [None] * count
    length, pause = 0, 0.0
    for piece in pieces:
        sound, cut = trim(piece.samples, sample_rate, _EDGE, _EDGE)
        if not len(sound):
            continue
        if parts:
            gap = np.zeros(max(round((pause / rate - 2 * _EDGE) * sample_rate), 0), np.float32)
            parts.append(gap)
            length += len(gap)
        at = length / sample_rate
        for index, (start, end) in piece.spans.items():
            inside = (max(start - cut, 0.0) + at, min(max(end - cut, 0.0), len(sound) / sample_rate) + at)
            earlier = spans[index]
            spans[index] = (earlier[0], inside[1]) if earlier else inside
        # a model may count a breath before the first word as a pause, but a listener hears the word begin there
        if (begins := min(piece.spans, default=None)) is not None and (span := spans[begins]) and span[0] >= at:
            spans[begins] = (min(span[0], at + _EDGE), span[1])
        parts.append(sound)
        length += len(sound)
        pause = piece.pause
    samples = np.concatenate(parts) if parts else np.zeros(0, np.float32)
    return Speech(samples, sample_rate, spans)
