"""Words spelled out, letter by letter."""

from __future__ import annotations

from videogen.voices.engine import Engine
from videogen.voices.speech import sayable

_STOPS = ".,;:!?…"


def letters(word: str, language: str, engine: Engine) -> str:
    """What an engine is given to say for the letters and digits of a word; its punctuation stays.

    Where we spell words out for the engine, letters that stand together are joined by points, as it expects acronyms;
    other engines are given capitals that stand apart.
    """
    stop = word[-1:] if word[-1:] in set(_STOPS) else ""
    said = [char.upper() if len(char.upper()) == 1 else char for char in word if char.isalnum()]
    if engine.reads == "spoken" and language.partition("-")[0].lower() == "en":
        return _english(said) + stop
    return " ".join(said) + stop


def _english(chars: list[str]) -> str:
    runs: list[str] = []
    joined = False
    for char in chars:
        if char.isdigit():
            runs.append(sayable(char)[0].spoken.lower())
        elif joined:
            runs[-1] += f".{char}"
        else:
            runs.append(char)
        joined = not char.isdigit()
    return " ".join(runs)
