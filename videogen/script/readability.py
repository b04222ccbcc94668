"""How hard a text is to follow, and how long a slide takes to read. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from videogen.script.lang import base
from videogen.script.text import sentences

READ_ALOUD = {
    "ar": 138, "de": 179, "en": 228, "es": 218, "fi": 161, "fr": 195, "he": 187, "it": 188, "nl": 202, "pl": 166,
    "pt": 181, "ru": 184, "sl": 180, "sv": 199, "tr": 166,
}  # fmt: skip
"""Words a minute at which grown-ups read (S. Trauzettel-Klosinski and K. Dietz, Standardized assessment of reading
performance: the new International Reading Speed Texts IReST, 2012)."""

USUAL_READER = 180
FIRST_LOOK = 1.5
"""Seconds until a slide begins to be read."""

HARDEST = 60.0
"""From this LIX on, a text is hard even for those who read such texts at work."""

FEWEST_MEASURED = 40
"""Words below which the measure says nothing of a text."""

_LEVELS = ((25, "very easy"), (35, "easy"), (45, "medium"), (55, "difficult"))
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


def reading_seconds(text: str, language: str) -> float:
    """Seconds that a viewer needs to read a slide with this text, from when it comes.

    >>> round(reading_seconds("Warm stones, clay walls", "en"), 2)
    2.55
    """
    return FIRST_LOOK + 60 * len(text.split()) / READ_ALOUD.get(base(language), USUAL_READER)


def lix(text: str) -> float | None:
    """How hard a text is: words a sentence, and the percentage of words of more than six letters, added.

    Source: C. H. Björnsson, Läsbarhet (1968), made for Swedish and used alike for other languages with an alphabet;
    below 25 is for children, 40 a newspaper, 60 and more a law. None for a text without words, or one in a script that
    does not part them.

    >>> lix("The kiln is warm. It keeps its temperature."), lix("")
    (16.5, None)
    """
    words = re.findall(r"[^\W\d_]+", text)
    if not words or _UNSPACED.search(text):
        return None
    long = sum(len(word) > 6 for word in words)
    return round(len(words) / max(len(sentences(text)), 1) + 100 * long / len(words), 1)


def reading_level(narrations: Iterable[str]) -> dict[str, Any]:
    """How hard what is said is, as it stands in the `metadata` of a script; {} where that cannot be measured."""
    measured = lix(" ".join(narrations))
    return (
        {} if measured is None else {"reading_level": {"formula": "LIX", "value": measured, "level": level(measured)}}
    )


def level(value: float) -> str:
    """What a LIX means in words.

    >>> level(24), level(41), level(70)
    ('very easy', 'medium', 'very difficult')
    """
    return next((name for most, name in _LEVELS if value < most), "very difficult")


def is_hard(text: str) -> bool:
    """Whether a narration is too hard to be followed by ear, as far as that can be measured."""
    measured = lix(text)
    return measured is not None and measured >= HARDEST and len(text.split()) >= FEWEST_MEASURED
