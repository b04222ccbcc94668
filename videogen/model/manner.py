"""How something is spoken: voice, rate, pitch, volume."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StringConstraints

from videogen.model.base import Model

VoiceName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*(:[A-Za-z0-9._-]*)?$")]
"""`auto`, a friendly name (`male`, `female`, `male_warm`, `female_friendly`), or `engine:voice`."""

Rate = Annotated[float, Field(ge=0.5, le=2.0)]
"""Speed of the voice; 1 is its own."""

Pitch = Annotated[float, Field(ge=-6, le=6)]
"""Semitones above the voice's own pitch, or below it."""

Volume = Annotated[float, Field(ge=-12, le=6)]
"""Decibels above the level of the film, or below it."""


class Manner(Model):
    """What is not given is as in what is around it: a speaker in a scene, a scene in a video."""

    voice: VoiceName | None = Field(
        default=None, description="`auto`, a friendly name, or engine:voice; see `video-gen voices`"
    )
    rate: Rate | None = Field(default=None, description="speed of the voice; 1 is its own")
    pitch: Pitch | None = Field(default=None, description="semitones above the voice's own pitch, or below it")
    volume: Volume | None = Field(default=None, description="decibels above the level of the film, or below it")

    def over(self, below: Manner) -> Manner:
        """This, and what is below it where this says nothing."""
        return Manner(**{**below.model_dump(exclude_none=True), **self.model_dump(exclude_none=True)})


def _by_voice(given: Any) -> Any:
    return {"voice": given} if isinstance(given, str) else given


Speaker = Annotated[Manner, BeforeValidator(_by_voice, json_schema_input_type=VoiceName | Manner)]
"""Somebody who speaks: a voice, or how it is spoken with."""

SpeakerName = Annotated[str, StringConstraints(pattern=r"^[^\W\d_](?:[\w .'’-]{0,22}[\w.])?$")]
"""At most 24 letters, digits, spaces and points, so that it fits before a caption."""
