"""A narration in the pieces in which it is spoken: cut where the voice changes, and where a pause is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from videogen.model.script import Narration, Turn
from videogen.voices.engine import Engine
from videogen.voices.letters import letters
from videogen.voices.speech import SayWord, sayable, written

TURN_PAUSE = 0.4
"""Seconds of silence where another voice begins: a little more than between two sentences of one."""


@dataclass(frozen=True)
class Part:
    """What is said in one go."""

    turn: Turn
    words: list[SayWord]
    pause: float
    """Seconds of silence before it."""

    @property
    def says(self) -> bool:
        """Whether anything in it can be said."""
        return any(char.isalnum() for word in self.words for char in word.spoken)


def turn_words(turn: Turn, language: str, engine: Engine) -> list[SayWord]:
    """The words of a turn and what the engine is given to say for each; words to be spelled out as letters."""
    words = sayable(turn.text, language, turn.lexicon) if engine.reads == "spoken" else written(turn.text, turn.lexicon)
    for mark in turn.marks:
        if mark.kind == "spell":
            words[mark.word] = replace(words[mark.word], spoken=letters(words[mark.word].display, language, engine))
    return words


def parts(narration: Narration, words: Sequence[Sequence[SayWord]]) -> Iterator[Part]:
    """The narration's parts in order; `words` has those of each turn. A pause at its end is an empty part."""
    begun = False
    for turn, own in zip(narration.turns, words, strict=True):
        pauses: dict[int, float] = {}
        for mark in turn.marks:
            if mark.kind == "pause":
                pauses[mark.word] = pauses.get(mark.word, 0.0) + (mark.seconds or 0.0)
        cuts = sorted({0, *pauses})
        for first, last in zip(cuts, [*cuts[1:], len(own)], strict=True):
            if first < last or first in pauses:
                yield Part(turn, list(own[first:last]), pauses.get(first, TURN_PAUSE if begun and not first else 0.0))
                begun = True
