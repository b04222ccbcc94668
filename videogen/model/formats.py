"""The formats that a film can be had in besides its MP4. Light: every build reads it."""

from __future__ import annotations

from typing import Literal

Format = Literal["webm", "avi", "h265"]
"""VP9 and Opus in WebM; MPEG-4 and MP3 in AVI; H.265 and AAC in MP4."""

ENDS: dict[Format, str] = {"webm": ".webm", "avi": ".avi", "h265": ".hevc.mp4"}
"""How the file of each ends, after the name of its film."""
