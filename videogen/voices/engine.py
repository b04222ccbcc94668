"""What a voice engine promises. Engines are found by entry point (group `videogen.voices`), ours like any other.

Importing an engine's module must be cheap: what is heavy (models, numpy, clients) is imported by `speak`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol, runtime_checkable

if TYPE_CHECKING:
    import numpy as np

    from videogen.voices.speech import SayWord

Span = tuple[float, float]
"""Start and end, seconds from the first sample."""


@dataclass(frozen=True)
class VoiceInfo:
    """A voice that can be named in a project."""

    id: str
    """`engine:voice`."""
    language: str
    """BCP 47 tag of what it speaks; "*" for any language."""
    gender: str
    """male, female, or "" when the engine does not say."""
    description: str
    offline: bool
    """Works on this machine without a network."""
    natural: int = 2
    """How much it sounds like a person, by which `auto` chooses: 2 as one, 1 clear but flat, 0 like a machine."""


@dataclass(frozen=True)
class Speech:
    """What an engine said."""

    samples: np.ndarray
    """float32, mono, -1 to 1."""
    sample_rate: int
    spans: Sequence[Span | None]
    """When each of the given words is said; None where the engine did not tell."""
    estimated: bool = False
    """The times are an estimate."""


class Engine(Protocol):
    """A speech synthesiser. Called from several threads at once."""

    name: str
    """The part before the colon: lower-case letters, digits, underscores."""
    licence: str
    """SPDX identifier of what speaks, or a few words about the terms of a service."""
    reads: Literal["spoken", "display"]
    """`spoken`: wants text with numbers and symbols spelled out; `display`: reads them itself."""

    def voices(self) -> list[VoiceInfo]:
        """Every voice, also those that need a download or a network."""
        ...

    def fingerprint(self) -> str:
        """Versions and options that decide what is heard. Cheap: no model is loaded."""
        ...

    def speak(self, words: Sequence[SayWord], voice: str, rate: float) -> Speech:
        """Say the words; `voice` is the part after the colon, "" for the engine's own choice.

        Silence before and after may be present; it is trimmed later. Raises AudioError, or RetryExhausted when
        a service kept failing.
        """
        ...


@runtime_checkable
class Choosy(Protocol):
    """An engine that knows beforehand what it cannot say."""

    def refuse(self, words: Sequence[SayWord], voice: str) -> None:
        """Raise AudioError for what the voice cannot say. Cheap: no model is loaded."""
        ...


@runtime_checkable
class Pitched(Protocol):
    """An engine that can speak higher or lower than a voice does by itself."""

    def speak_at(self, words: Sequence[SayWord], voice: str, rate: float, pitch: float) -> Speech:
        """Like `speak`, `pitch` semitones higher."""
        ...


@runtime_checkable
class Extra(Protocol):
    """An engine whose package need not be there, and which lists no voices without it."""

    def needs(self) -> str:
        """The command that installs what is missing; "" where nothing is."""
        ...
