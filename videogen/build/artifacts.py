"""What the files of a build are, told from their names."""

from __future__ import annotations

import os

_TYPES = {
    **dict.fromkeys((".mp3", ".m4a"), "audio"),
    **dict.fromkeys((".png", ".jpg"), "image"),
    **dict.fromkeys((".srt", ".vtt"), "captions"),
    **dict.fromkeys((".txt", ".md"), "text"),
    ".mp4": "video",
}
FILM_ENDS = (".mp4", ".srt", ".vtt", ".chapters.txt", ".transcript.md", ".jpg")
"""Of the files with a film's name."""
_BESIDE = {"manifest.json": "manifest", "report.json": "check"}


def type_of(path: str) -> str:
    """What a file is: video, audio, image, captions, text or data.

    >>> type_of("build/talk/talk/en/talk.en.vtt"), type_of("manifest.json")
    ('captions', 'data')
    """
    return _TYPES.get(os.path.splitext(path)[1], "data")


def film_files(video: str) -> dict[str, str]:
    """A film and what belongs to it, as far as it is there: the stage that made each file, by its path."""
    folder = os.path.dirname(video)
    named = {video.removesuffix(".mp4") + end: "video" for end in FILM_ENDS}
    beside = {f"{folder}/{name}" if folder else name: stage for name, stage in _BESIDE.items()}
    return {path: stage for path, stage in {**named, **beside}.items() if os.path.exists(path)}
