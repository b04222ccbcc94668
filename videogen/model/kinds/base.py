"""What the contents of every kind have in common."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import StringConstraints

from videogen.model.base import Model

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]


_PASSAGE = 360
"""Letters of a passage at the most; it ends with a sentence where one ends in its later half."""
_SENTENCE_END = (".", "!", "?", "\u2026", "\u3002", "\uff01", "\uff1f", "\u0964", "\u061f")


def passages(text: str) -> list[str]:
    """A long text in passages that can be shown one by one; one that is not long is one. Any run of passages, joined
    with spaces, has those same passages.

    >>> passages("A word. Another.")
    ['A word. Another.']
    """
    found: list[str] = []
    current = ""
    for word in text.split():
        if current and len(current) + 1 + len(word) > _PASSAGE:
            found.append(current)
            current = ""
        current = f"{current} {word}".strip()
        if len(current) > _PASSAGE // 2 and word.rstrip("\"'\u201d\u2019)").endswith(_SENTENCE_END):
            found.append(current)
            current = ""
    return [*found, current] if current or not found else found


class Content(Model):
    """Base of what a slide carries."""

    paths: ClassVar[tuple[str, ...]] = ()
    """Fields that name a file, relative to the file that they stand in until the source stage."""
    verbatim: ClassVar[frozenset[str]] = frozenset()
    """Names of fields, also of what is nested, whose text is the same in every language."""
    lasts: ClassVar[bool] = False
    """It has a length of its own: a scene of it needs neither a narration nor `min_seconds`."""

    def cue_names(self) -> list[str]:
        """Names of what appears in step with the narration, in order of appearance."""
        return []

    def cue_text(self, name: str) -> str:
        """What a cue stands for, in words that a narration may have in common with it; "" when nothing says.

        `item:1` stands for the second of `items`, unless a kind knows better.
        """
        field, _, index = name.partition(":")
        values = getattr(self, f"{field}s", None)
        if not isinstance(values, list) or not index.isdigit() or int(index) >= len(values):
            return ""
        return _spoken(values[int(index)])

    def files(self) -> list[str]:
        """The files that the slide is drawn from, as they are named in it."""
        return [value for name in self.paths if (value := getattr(self, name))]

    def seconds(self) -> float:
        """How long it takes to be shown, as far as it is known; 0 for what stands still."""
        return 0.0

    def plays(self) -> str | None:
        """The clip that plays on the slide, as it is named in it."""
        return None

    def heard(self) -> str | None:
        """The clip whose sound is heard, as it is named in it."""
        return None

    def runs(self) -> str | None:
        """A command that is run before the slide is drawn, and whose output becomes the field `output`."""
        return None


def _spoken(value: object) -> str:
    """The texts in a value, one after the other."""
    if isinstance(value, Model):
        return _spoken([getattr(value, name) for name in type(value).model_fields])
    if isinstance(value, list):
        return " ".join(filter(None, map(_spoken, value)))
    return str(value)
