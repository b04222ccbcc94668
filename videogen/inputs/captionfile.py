"""Caption files by themselves: a talk of which there is only what was said."""

from __future__ import annotations

from pathlib import PurePath
from typing import Literal

from videogen.inputs.adapter import Given, Reading
from videogen.inputs.text import decode
from videogen.model.errors import ValidationError

_SUFFIXES = {".vtt": "vtt", ".srt": "srt", ".srv3": "srv3", ".json3": "json3"}
_TYPES = {"text/vtt": "vtt", "application/x-subrip": "srt"}


class _Captions:
    name = "captions"
    what = "captions of a talk: WebVTT or SubRip, or YouTube's json3 or srv3"
    limits = "UTF-8, at most 20 MB and 50,000 cues; a talk of more than four minutes is parted by its topics"
    takes: Literal["content", "address"] = "content"
    max_bytes = 20_000_000
    needs: tuple[str, ...] = ()
    extra = ""

    def reads(self, value: str, head: bytes, media_type: str) -> bool:
        return value.lower().endswith(tuple(_SUFFIXES)) or media_type in _TYPES or head.startswith(b"WEBVTT")

    def read(self, given: Given) -> Reading:
        from videogen.inputs.talk.cues import read_cues
        from videogen.inputs.talk.document import Talk, document_of

        text = decode(given.data, what="captions", shown=given.shown)
        suffix = PurePath(given.value.lower()).suffix
        kind = _SUFFIXES.get(suffix) or _TYPES.get(given.media_type) or _kind(text)
        cues = read_cues(text, kind, given.where)
        title = "" if given.path is None else PurePath(given.value).name.partition(".")[0]
        reading = document_of(Talk(_spaced(title), 0.0, (), cues), given.shown)
        if not reading.text:
            raise ValidationError("nobody says a word in these captions", given.where, "name a file with text in it")
        return reading


def _kind(text: str) -> str:
    """What a text looks like whose name does not tell."""
    begins = {"WEBVTT": "vtt", "{": "json3", "<": "srv3"}
    return next((kind for sign, kind in begins.items() if text.lstrip().startswith(sign)), "srt")


def _spaced(name: str) -> str:
    """A file's name as a title.

    >>> _spaced("why-builds_are-slow")
    'Why builds are slow'
    """
    words = " ".join(name.replace("_", " ").replace("-", " ").split())
    return words[:1].upper() + words[1:]


INPUT = _Captions()
