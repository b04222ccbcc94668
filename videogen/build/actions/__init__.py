"""What each stage's tasks do: read the inputs, call the stage, write the outputs.

A module for each part of the flow, so that it reads in the order in which data passes through it. Whatever
is heavy is imported inside the actions.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

from videogen.model.base import Model

Paths = Mapping[str, str]
"""Paths by role."""

M = TypeVar("M", bound=Model)


def load(model: type[M], path: str) -> M:
    """A file that an earlier stage wrote."""
    return model.model_validate_json(Path(path).read_bytes())
