"""The transcript: the film as a text that can be read, searched and translated. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from videogen.model.captions import Chapter
from videogen.video.chapters import clock

_INLINE = re.compile(r"([\\`*_<>\[\]])")
_BLOCK = re.compile(r"^(\d*)([#+.)-])")


@dataclass(frozen=True)
class Said:
    """What somebody says ("": nobody with a name), in a scene that begins at a second of the film."""

    start: float
    speaker: str
    text: str


def transcript(title: str, chapters: Sequence[Chapter], said: Sequence[Said], description: str = "") -> str:
    """The film as Markdown: title, description, a heading a chapter, a timed paragraph a scene.

    Each turn of a dialogue is a paragraph that names who speaks. The text reads as it was said: what Markdown would
    take for markup is escaped. Silent scenes are left out.
    """
    blocks = [f"# {_escape(title)}"]
    if description:
        blocks.append(_escape(description))
    rest = [part for part in said if part.text]
    for index, chapter in enumerate(chapters):
        blocks.append(f"## {clock(chapter.start)} {_escape(chapter.title)}")
        last = index == len(chapters) - 1
        inside = [part for part in rest if last or part.start < chapter.end]
        blocks.extend(_paragraph(part) for part in inside)
        rest = rest[len(inside) :]
    blocks.extend(_paragraph(part) for part in rest)
    return "\n\n".join(blocks) + "\n"


def _paragraph(part: Said) -> str:
    who = f"**{_escape(part.speaker)}:** " if part.speaker else ""
    return f"**{clock(part.start)}** {who}{_escape(part.text)}"


def _escape(text: str) -> str:
    return _BLOCK.sub(r"\1\\\2", _INLINE.sub(r"\\\1", text))
