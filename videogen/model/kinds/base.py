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

    def files(self) -> list[str]:
        """The files that the slide is drawn from, as they are named in it."""
        return [value for name in self.paths if (value := getattr(self, name))]
