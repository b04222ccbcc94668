"""What of a scene is translated, and its translation: texts by the place at which they stand."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from pydantic import Field

from videogen.model.ai import Ai
from videogen.model.base import Model

FILM = "_film"
"""Stands for the film itself, whose title and description are translated too, where a scene's id would stand."""


class Phrase(Model):
    """A text of the original."""

    at: str
    """Where it stands: `narration`, `chapter` (the scene's title among the chapters), or a path in its content such as
    `items.0.text`."""
    text: str


class Translated(Model):
    """A text in another language."""

    at: str
    of: str = ""
    """What it translates: `digest` of the original as it was; "": as it is now."""
    text: str

    def is_stale(self, original: Phrase) -> bool:
        """Whether the original has changed since."""
        return self.of not in ("", digest(original.text))


class Texts(Model):
    """`texts.json`: what of a scene is to be translated, and what of that somebody has translated already."""

    source: str
    """The language of the original."""
    language: str
    texts: list[Phrase]
    given: list[Translated] = Field(default_factory=list)
    file: str = ""
    """The file that the given ones are from, or would be."""
    ai: Ai | None = None
    """Who translates the others; what it may cost is not among it, for that does not decide the answer."""


class Cost(Model):
    """What asking took."""

    provider: str
    model: str
    input_tokens: int = 0
    output_tokens: int = 0
    cost: float | None = None
    """US dollars; None where the price is not known."""


Given = dict[str, dict[str, list[Translated]]]
"""Translated texts by video and scene."""


class Translations(Model):
    """`translated.json`: what somebody has translated of a project's videos, by language."""

    languages: dict[str, Given]


class Translation(Model):
    """`translation.json`: every text of a scene in another language."""

    texts: list[Translated]
    stale: list[str] = Field(default_factory=list)
    """Places whose original has changed since it was translated."""
    asked: Cost | None = None
    """What a language model took for the rest."""


def digest(text: str) -> str:
    """Eight hexadecimal digits that tell an original from another.

    >>> digest("Install it with pip.")
    'cc0c9ef1'
    """
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def known_of(phrase: Phrase, given: Sequence[Translated]) -> Translated | None:
    """What is known of a text: its translation wherever it stood in the scene, else that of what stood in its place."""
    of = digest(phrase.text)
    by_text = next((each for each in given if each.of == of and each.text), None)
    return by_text or next((each for each in given if each.at == phrase.at), None)
