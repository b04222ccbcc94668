"""Who is asked, where a language model is to help."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from videogen.model.base import Model


class Ai(Model):
    """A language model that writes or translates a script."""

    provider: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*$")] = Field(
        description="who is asked: anthropic or openai; a server that speaks OpenAI's API is openai too"
    )
    model: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:/@+-]{0,99}$")] = Field(
        description="the model, as its provider calls it"
    )
    base_url: Annotated[str, StringConstraints(max_length=500)] | None = Field(
        default=None,
        description="another address than the provider's: of this machine, or one that the environment names as well",
    )
    max_cost: float | None = Field(
        default=None,
        gt=0,
        le=1000,
        description="US dollars that one answer may cost; default: 0.50 where the model's price is known",
    )
