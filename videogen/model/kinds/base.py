"""What the contents of every kind have in common."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import StringConstraints

from videogen.model.base import Model

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]


class Content(Model):
    """Base of what a slide carries."""

    paths: ClassVar[tuple[str, ...]] = ()
    """Fields that name a file, relative to the file that they stand in until the source stage."""

    def cue_names(self) -> list[str]:
        """Names of what appears in step with the narration, in order of appearance."""
        return []

    def cue_text(self, name: str) -> str:
        """What a cue stands for, in words that a narration may have in common with it; "" when nothing says.

        `item:1` stands for the second of `items`, unless a kind knows better.
        """
        field, _, index = name.partition(":")
        values = getattr(self, f"{field}s", None)
        value = values[int(index)] if isinstance(values, list) and index.isdigit() and int(index) < len(values) else ""
        return " ".join(str(cell) for cell in value) if isinstance(value, list) else str(value)

    def files(self) -> list[str]:
        """The files that the slide is drawn from, as they are named in it."""
        return [value for name in self.paths if (value := getattr(self, name))]

    def runs(self) -> str | None:
        """A command that is run before the slide is drawn, and whose output becomes the field `output`."""
        return None
