"""What the files of a build are, told from their names."""

from __future__ import annotations

import os
from typing import Any

from videogen.model.formats import ENDS

_TYPES = {
    **dict.fromkeys((".mp3", ".m4a"), "audio"),
    **dict.fromkeys((".png", ".jpg"), "image"),
    **dict.fromkeys((".srt", ".vtt"), "captions"),
    **dict.fromkeys((".txt", ".md"), "text"),
    **dict.fromkeys((".mp4", ".webm", ".avi"), "video"),
}
FILM_ENDS = (".mp4", ".srt", ".vtt", ".chapters.txt", ".transcript.md", ".jpg", *ENDS.values())
"""Of the files with a film's name."""
_BESIDE = {"manifest.json": "manifest", "report.json": "check"}


def type_of(path: str) -> str:
    """What a file is: video, audio, image, captions, text or data.

    >>> type_of("build/talk/talk/en/talk.en.vtt"), type_of("manifest.json")
    ('captions', 'data')
    """
    return _TYPES.get(os.path.splitext(path)[1], "data")


def ends_of(film: dict[str, Any]) -> dict[str, str]:
    """Endings of the files with its name that a film of a plan has, each with the stage that makes them."""
    off = [f".{kind}" for kind in ("srt", "vtt") if not film["captions"][kind]]
    others = {end: "convert" for kind, end in ENDS.items() if kind in film.get("also", ())}
    return {end: "video" for end in FILM_ENDS if end not in off and end not in ENDS.values()} | others


def film_files(video: str) -> dict[str, str]:
    """A film and what belongs to it, as far as it is there: the stage that made each file, by its path."""
    folder = os.path.dirname(video)
    stem = video.removesuffix(".mp4")
    named = {stem + end: "convert" if end in ENDS.values() else "video" for end in FILM_ENDS}
    beside = {f"{folder}/{name}" if folder else name: stage for name, stage in _BESIDE.items()}
    return {path: stage for path, stage in {**named, **beside}.items() if os.path.exists(path)}
