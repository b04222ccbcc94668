"""The accents. Light: the command line names them before it knows whether there is anything to do."""

from __future__ import annotations

from typing import Literal

Accent = Literal["orange", "blue", "purple", "green", "pink", "cyan"]
"""The colour that leads the eye; a theme says what it is."""
