"""The script of a video, and the three small files a scene is split into so that each target depends on
no more than it needs: what is said, what is drawn, and when things happen."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from videogen.model.base import Model
from videogen.model.markup import Mark
from videogen.model.scene import Scene, Slug, SourceSpan

RECORDED = "recording:"
"""Stands for a voice where a person has said it: what is heard is a file."""


class Turn(Model):
    """What one voice says in one go."""

    text: str
    """One line of display text; words are its whitespace-separated parts."""
    voice: str
    """Resolved `engine:voice`."""
    rate: float = 1.0
    pitch: float = 0.0
    """Semitones."""
    volume: float = 0.0
    """Decibels against the level of the film."""
    lexicon: dict[str, str] = Field(default_factory=dict)
    """Only the entries whose key occurs in `text`."""
    marks: list[Mark] = Field(default_factory=list)
    """Words are counted within this turn."""


class Narration(Model):
    """`narration.json`: all that voices need, and nothing else. A plain narration is one turn."""

    language: str = "en"
    turns: list[Turn] = Field(min_length=1)

    @classmethod
    def plain(cls, text: str, voice: str, language: str = "en", **how: Any) -> Narration:
        """A narration in one voice; `how` are other fields of its turn."""
        return cls(language=language, turns=[Turn(text=text, voice=voice, **how)])

    @property
    def text(self) -> str:
        """All of it on one line of display text."""
        return " ".join(turn.text for turn in self.turns if turn.text)

    @property
    def voices(self) -> list[str]:
        """Every voice that speaks, once."""
        return list(dict.fromkeys(turn.voice for turn in self.turns))


class Position(Model):
    """A scene's place in the film, counted from 1."""

    index: int = Field(ge=1)
    count: int = Field(ge=1)


class Picture(Model):
    """`picture.json`: all that drawing needs besides the look of the video."""

    kind: str
    content: dict[str, Any]
    language: str = "en"
    position: Position | None = None
    """Only where slides show it: then all are drawn anew when one is inserted."""


class SceneClock(Model):
    """`clock.json`: what decides when things happen, besides the spoken words. Seconds."""

    cues: dict[str, int] = Field(default_factory=dict)
    """Cue name -> index of the word of the narration with which it comes."""
    pause_before: float = 0.0
    pause_after: float = 0.35
    min_seconds: float = 0.0
    max_seconds: float = 600.0


class VideoScript(Model):
    """The scenes of one video in one language, in order; their ids are unique."""

    video_id: Slug
    language: str
    title: str
    description: str = ""
    scenes: list[Scene] = Field(min_length=1)
    total_words: int = 0
    estimated_duration: float = 0.0
    """Seconds, at the language's usual pace."""
    validation_warnings: list[str] = Field(default_factory=list)
    metadata: dict[str, Any] = Field(default_factory=dict)


class Origin(Model):
    """`origin.json`: where in its source a film comes from, by which nothing that is seen or heard is decided."""

    scenes: dict[str, SourceSpan] = Field(default_factory=dict)
    """The places that scenes were made from, by id."""
    left_out: list[Any] = Field(default_factory=list)
    warnings: list[str] = Field(default_factory=list)


def parted(script: VideoScript) -> tuple[VideoScript, Origin]:
    """A script without its places, and those: a line more before it in the document changes only the latter."""
    metadata = dict(script.metadata)
    origin = Origin(
        scenes={scene.id: scene.source for scene in script.scenes if scene.source},
        left_out=metadata.pop("left_out", []),
        warnings=script.validation_warnings,
    )
    scenes = [scene.model_copy(update={"source": None}) for scene in script.scenes]
    bare = {"scenes": scenes, "metadata": metadata, "validation_warnings": []}
    return script.model_copy(update=bare), origin
