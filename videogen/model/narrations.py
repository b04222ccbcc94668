"""`talk.narration.lock`: what every line of a project's films was spoken from, and what came of it."""

from __future__ import annotations

import hashlib

from pydantic import Field

from videogen.model.base import Model, to_json
from videogen.model.script import Narration, Turn
from videogen.model.timing import Timing


class LockedTurn(Model):
    """What one voice said in one go."""

    text: str
    """`digest` of the text."""
    voice: str
    rate: float = 1.0
    pitch: float = 0.0
    volume: float = 0.0
    spelling: str = ""
    """`digest` of lexicon and marks; "" where there are none."""


class LockedLine(Model):
    """A scene's narration."""

    turns: list[LockedTurn]
    engines: dict[str, str] = Field(default_factory=dict)
    """Version of the engine of each voice."""
    audio: str
    """SHA-256 of its MP3 file."""
    seconds: float


class NarrationLock(Model):
    """All narrations of a project that say something, by video, language and scene: `talk/en/install`."""

    lines: dict[str, LockedLine]

    def to_text(self) -> bytes:
        """As a file: sorted, so that a change of one line is a change of its lines."""
        lines = {name: self.lines[name].model_dump(mode="json", exclude_defaults=True) for name in sorted(self.lines)}
        return to_json({"lines": lines})

    def difference(self, name: str, narration: Narration, audio: str | None = None) -> str | None:
        """What of a narration is not as it is locked, in words; `audio` is the SHA-256 of its MP3 file, where there is
        one. None where all is."""
        locked = self.lines.get(name)
        if locked is None:
            return "it is not there"
        now = [locked_turn(turn) for turn in narration.turns]
        if [turn.text for turn in now] != [turn.text for turn in locked.turns]:
            return "the text is another"
        for was, turn in zip(locked.turns, now, strict=True):
            if was.voice != turn.voice:
                return f"the voice was {was.voice}, and is {turn.voice}"
            if was != turn:
                return f"rate, pitch, volume or spelling of {turn.voice} are others"
        return None if audio in (None, locked.audio) else "the sound is another"


def digest(text: str) -> str:
    """Sixteen hexadecimal digits that tell a text from another.

    >>> digest("Install it with pip.")
    'cc0c9ef1347c42a0'
    """
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def locked_turn(turn: Turn) -> LockedTurn:
    """A turn as it is locked."""
    spelling = to_json([turn.lexicon, [mark.model_dump(mode="json") for mark in turn.marks]]).decode()
    return LockedTurn(
        text=digest(turn.text),
        voice=turn.voice,
        rate=turn.rate,
        pitch=turn.pitch,
        volume=turn.volume,
        spelling=digest(spelling) if turn.lexicon or turn.marks else "",
    )


def locked_line(narration: Narration, timing: Timing, audio: str) -> LockedLine:
    """A narration as it is locked, when it has been spoken."""
    return LockedLine(
        turns=[locked_turn(turn) for turn in narration.turns],
        engines={voice: about.get("version", "") for voice, about in timing.voices.items()},
        audio=audio,
        seconds=round(timing.seconds, 3),
    )
