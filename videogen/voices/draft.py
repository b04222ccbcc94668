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
        return f"pace {SYLLABLES_PER_SECOND}"

    def speak(self, words: Sequence[SayWord], voice: str, rate: float) -> Speech:
        """Silence with a place for every word."""
        import numpy as np

        at, spans = 0.0, list[Span | None]()
        for word in words:
            until = at + syllables(word.spoken) / SYLLABLES_PER_SECOND / rate
            spans.append((at, until))
            at = until + PAUSES.get(word.spoken[-1:], 0.0) / rate
        end = max((span[1] for span in spans if span), default=0.0)
        return Speech(np.zeros(round(end * _RATE), np.float32), _RATE, spans, estimated=True)


ENGINE = Draft()
