"""What makes the targets of each stage, by name and version: part of what decides whether they are stale.

A number after a stage's name is raised by hand whenever its code makes other targets from the same inputs.
"""

from __future__ import annotations

from functools import cache
from importlib.metadata import version

_package = cache(version)


def source() -> str:
    """Reading projects and documents."""
    return "source 1"


def parse() -> str:
    """Parsing documents."""
    return f"parse 1 markdown-it-py {_package('markdown-it-py')}"


def look() -> str:
    """Settling the look."""
    return "look 1"


def script() -> str:
    """Writing the script."""
    return "script 1"


def audio(voice: str) -> str:
    """Speaking, with this voice."""
    from videogen.voices.catalog import fingerprint

    return f"audio 1 {fingerprint(voice)}"


def frames() -> str:
    """Drawing."""
    return f"frames 1 pillow {_package('pillow')} pygments {_package('pygments')}"


def film() -> str:
    """Encoding and joining."""
    return f"film 1 av {_package('av')}"


def check() -> str:
    """Checking."""
    return f"check 1 av {_package('av')}"
