"""The base of every model: frozen, strict about unknown keys, with one canonical JSON form."""

from __future__ import annotations

import json
from typing import Any

from pydantic import BaseModel, ConfigDict


class Model(BaseModel):
    """A frozen value. Unknown keys are errors; equal values serialise to equal bytes."""

    model_config = ConfigDict(extra="forbid", frozen=True, ser_json_inf_nan="constants")

    def to_json(self) -> bytes:
        """The canonical JSON form: UTF-8, keys in field order, one space of indent, final newline."""
        return to_json(self.model_dump(mode="json", exclude_none=True))


def to_json(value: Any) -> bytes:
    """Plain data as canonical JSON bytes (UTF-8, one space of indent, final newline)."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
