"""The shapes of the picture."""

from __future__ import annotations

from typing import Literal

Aspect = Literal["16:9", "9:16", "1:1", "4:5"]
