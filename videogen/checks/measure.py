"""Measuring a film: with `pictures` and `sound`, the only place where the checks read files."""

from __future__ import annotations

import html
import io
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from av.error import FFmpegError

from videogen.checks.film import FilmArtifacts, Measured
from videogen.checks.other import other
from videogen.checks.pictures import streams
from videogen.checks.sound import sound
from videogen.model.captions import Caption

T = TypeVar("T")


def measure(film: FilmArtifacts) -> Measured:
    """Everything that the checks want to know of a film's files. A file that cannot be read is measured as None."""
    return Measured(
        film=film,
        streams=_or_none(lambda: streams(film.mp4)),
        sound=_or_none(lambda: sound(film.mp4, film)),
        captions=_captions(film),
        others={kind: _or_none(lambda path=path: other(path, film)) for kind, path in film.others.items()},
    )


def _or_none(read: Callable[[], T]) -> T | None:
    try:
        return read()
    except (OSError, FFmpegError, ValueError):
        # a file that cannot be read is what the checks are to find: they report what is None
        return None


def _captions(film: FilmArtifacts) -> list[Caption] | None:
    path = film.srt or film.vtt
    if path is None:
        return None
    return _or_none(lambda: read_captions(path))


def read_captions(path: Path) -> list[Caption]:
    """The captions of an .srt or .vtt file, as a viewer sees them. Raises OSError or ValueError."""
    from webvtt import WebVTT
    from webvtt.errors import MalformedFileError

    kind, text = path.suffix.lstrip("."), path.read_text("utf-8")
    if kind == "srt" and not text.strip():
        return []
    try:
        cues = WebVTT.from_buffer(io.StringIO(text), format=kind).captions
    except MalformedFileError as error:
        raise ValueError(str(error)) from error
    plain = (lambda line: line.replace("\u2060", "")) if kind == "srt" else html.unescape
    return [
        Caption(
            start=_milliseconds(cue.start) / 1000,
            end=_milliseconds(cue.end) / 1000,
            lines=tuple(plain(line) for line in cue.lines),
        )
        for cue in cues
    ]


def _milliseconds(stamp: str) -> int:
    hours, minutes, seconds = stamp.replace(",", ".").split(":")
    return (int(hours) * 60 + int(minutes)) * 60_000 + round(float(seconds) * 1000)
