"""What is sent to a language model, and what comes back: plain values."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from videogen.model.base import Model


class Request(Model):
    """One question. Equal requests have equal bytes: an answer is kept by them."""

    provider: str
    model: str
    base_url: str | None = None
    """The address that the project names, if it does."""
    system: str
    """What the model is to do. Never holds a word of a document."""
    text: str
    """What it is to do it with."""
    schema_name: str = Field(pattern=r"^[a-z_]{1,64}$")
    answer_schema: dict[str, Any]
    """JSON Schema of the answer, within what every provider's strict mode takes: every property is required, no other
    is allowed, and there are no bounds."""
    max_tokens: int = Field(default=32_000, ge=1)
    """Tokens of the answer, those of its thinking among them."""


class Reply(Model):
    """What came back, before any of it is believed."""

    text: str
    """JSON, if the model kept to it."""
    end: Literal["whole", "cut", "refused"]
    """`cut`: at `max_tokens`."""
    model: str = ""
    """The model as the provider calls it."""
    input_tokens: int = 0
    output_tokens: int = 0
