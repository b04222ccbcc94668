"""Captions and chapters of a finished film. Seconds count from the film's first frame."""

from __future__ import annotations

from pydantic import Field

from videogen.model.base import Model


class Caption(Model):
    """One or two lines of text that are shown from `start` until `end`."""

    start: float = Field(ge=0)
    end: float = Field(ge=0)
    lines: tuple[str, ...]
    labels: tuple[str, ...] = ()
    """With what each line begins that nobody says, of who speaks; "" for nothing. Empty where nobody is told."""

    @property
    def seconds(self) -> float:
        """How long it is shown."""
        return self.end - self.start


class Chapter(Model):
    """A named part of the film, from `start` up to `end`."""

    start: float = Field(ge=0)
    end: float = Field(ge=0)
    title: str
