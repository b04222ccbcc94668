"""What tests of voices have in common: words as an engine takes them, and how loud it is."""

from __future__ import annotations

import numpy as np

from videogen.voices.speech import SayWord


def words_of(text: str) -> list[SayWord]:
    return [SayWord(word, word) for word in text.split()]


def rms(samples: np.ndarray) -> float:
    return float(np.sqrt((samples.astype(np.float64) ** 2).mean())) if len(samples) else 0.0
