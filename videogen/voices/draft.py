"""Silence of the estimated length: lays out a video in seconds, before any voice speaks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from videogen.model.pace import syllables
from videogen.voices.engine import Span, Speech, VoiceInfo

if TYPE_CHECKING:
    from videogen.voices.speech import SayWord

SYLLABLES_PER_SECOND = 4.6
"""While speaking; with the pauses, technical English comes to about 155 words a minute."""
PAUSES = {".": 0.4, "!": 0.4, "?": 0.4, "…": 0.4, ":": 0.25, ";": 0.25, ",": 0.15, "—": 0.15}
"""Seconds after a word that ends in this."""
SLOWEST, FASTEST = 115, 180
"""Words of six characters a minute: nobody says a row of short syllables as fast, or of long ones as slowly, as
their number would have it."""
_FEW_WORDS = 8
_RATE = 24_000


class Draft:
    """Says nothing, at a natural pace, in any language."""

    name = "draft"
    licence = "MIT"
    reads: Literal["spoken", "display"] = "spoken"

    def voices(self) -> list[VoiceInfo]:
        """The one that is silent."""
        return [VoiceInfo("draft:", "*", "", "silence of the estimated length, to lay out a video quickly", True)]

    def fingerprint(self) -> str:
        """The pace."""
        return f"pace {SYLLABLES_PER_SECOND} {SLOWEST} {FASTEST}"

    def speak(self, words: Sequence[SayWord], voice: str, rate: float) -> Speech:
        """Silence with a place for every word."""
        import numpy as np

        at, starts, ends = 0.0, list[float](), list[float]()
        for word in words:
            starts.append(at)
            at += syllables(word.spoken) / SYLLABLES_PER_SECOND
            ends.append(at)
            at += PAUSES.get(word.spoken[-1:], 0.0)
        slower = _within(words, ends[-1] if ends else 0.0) / rate
        spans: list[Span | None] = [(start * slower, end * slower) for start, end in zip(starts, ends, strict=True)]
        end = ends[-1] * slower if ends else 0.0
        return Speech(np.zeros(round(end * _RATE), np.float32), _RATE, spans, estimated=True)


def _within(words: Sequence[SayWord], seconds: float) -> float:
    """What `seconds` has to be multiplied by for the words to be said in them."""
    if not seconds:
        return 1.0
    usual = sum(len(word.spoken) + 1 for word in words) / 6
    slowest = usual * 60 / SLOWEST if len(words) >= _FEW_WORDS else seconds
    return max(min(seconds, slowest), usual * 60 / FASTEST) / seconds


ENGINE = Draft()
