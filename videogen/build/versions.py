"""What makes the targets of each stage: the versions of its libraries, and its own source.

A stage's source is part of what decides whether its targets are stale, so that no change of a rule can leave
what the old rule made in place.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

_package = cache(version)


@cache
def _source(*stages: str) -> str:
    digest = hashlib.sha256()
    for stage in stages:
        for path in sorted(Path(__file__).parents[1].glob(f"{stage}/*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def source() -> str:
    """Reading projects and documents."""
    return f"inputs {_source('inputs')} pyyaml {_package('pyyaml')}"


def parse() -> str:
    """Parsing documents."""
    return f"inputs {_source('inputs')} markdown-it-py {_package('markdown-it-py')}"


def look() -> str:
    """Settling the look."""
    return f"scenes {_source('scenes')}"


def script() -> str:
    """Writing the script."""
    return f"script {_source('script')}"


def audio(voice: str) -> str:
    """Speaking, with this voice."""
    from videogen.voices.catalog import fingerprint

    return fingerprint(voice)


def frames() -> str:
    """Drawing."""
    return f"scenes {_source('scenes')} pillow {_package('pillow')} pygments {_package('pygments')}"


def film() -> str:
    """Encoding and joining."""
    return f"video {_source('video')} av {_package('av')}"


def check() -> str:
    """Checking."""
    return f"checks {_source('checks')} av {_package('av')}"
