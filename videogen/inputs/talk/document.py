"""A talk as a document: sections by its chapters, else by its topics, each with paragraphs that know their seconds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from videogen.inputs.adapter import Reading
from videogen.inputs.escape import markdown_text
from videogen.inputs.talk.cues import Cue
from videogen.inputs.talk.sentences import Sentence, is_punctuated, sentences
from videogen.inputs.talk.topics import headings, shifts
from videogen.inputs.talk.words import words_of

PARAGRAPH = 4
"""Sentences of a paragraph, where no pause and no change of speaker tells."""
PAUSE = 2.0
"""Seconds of silence between paragraphs."""
LONG = 240.0
"""A talk without chapters that is longer than this, in seconds, is parted by its topics."""
_UNNAMED = re.compile(r"<Untitled Chapter \d+>")


class Chapter(NamedTuple):
    """A part of a talk as its author named it."""

    start: float
    title: str


@dataclass(frozen=True)
class Talk:
    """What is known of a talk. Seconds."""

    title: str
    duration: float
    chapters: Sequence[Chapter]
    cues: Sequence[Cue]
    automatic: bool = False
    """Whether a machine wrote the captions."""


def document_of(talk: Talk, shown: str) -> Reading:
    """The talk as Markdown. `shown` is how messages call it; the text is empty where nobody says a word."""
    words = words_of(talk.cues)
    said = sentences(words)
    parts = _chapters(talk, said)
    lines: list[str] = []
    begins: list[tuple[int, float]] = []
    if talk.title:
        begins.append((1, 0.0))
        lines += [f"# {_one_line(talk.title)}", ""]
    for title, part in parts:
        if title:
            begins.append((len(lines) + 1, part[0].start))
            lines += [f"## {_one_line(title)}", ""]
        for paragraph in _paragraphs(part):
            begins.append((len(lines) + 1, paragraph[0].start))
            lines += [markdown_text(" ".join(sentence.text for sentence in paragraph)), ""]
    end = max([talk.duration, *(cue.end for cue in talk.cues)])
    begins.append((len(lines) + 1, end))
    notes = []
    if talk.automatic:
        by = "by their punctuation" if is_punctuated(words) else "by the pauses of who speaks"
        notes.append(f"a machine wrote the captions: names may be misspelt, and sentences are told {by}")
    return Reading(
        "\n".join(lines) if said else "",
        title=talk.title,
        unit="second",
        starts=[line for line, _ in begins],
        numbers=_rising([int(second) for _, second in begins]),
        left_out=notes,
    )


def _chapters(talk: Talk, said: Sequence[Sentence]) -> list[tuple[str, list[Sentence]]]:
    """The parts of a talk that have words, with their titles; "" for what has none of its own."""
    named = sorted(chapter for chapter in talk.chapters if chapter.title.strip())
    if len(named) > 1:
        begins = [0.0 if number == 0 else chapter.start for number, chapter in enumerate(named)]
        parts: list[tuple[str, list[Sentence]]] = [
            ("" if _UNNAMED.fullmatch(chapter.title) else chapter.title, []) for chapter in named
        ]
        for sentence in said:
            # captions come a little early or late: a sentence is of the chapter in which most of it is said
            at = max(n for n, begin in enumerate(begins) if n == 0 or begin <= sentence.start + 0.5)
            parts[at][1].append(sentence)
        return [part for part in parts if part[1]]
    if not said:
        return []
    cuts = shifts(said) if said[-1].start - said[0].start > LONG else []
    pieces = [list(said[a:b]) for a, b in zip([0, *cuts], [*cuts, len(said)], strict=True)]
    titles = headings(pieces) if len(pieces) > 1 else [""]
    return list(zip(titles, pieces, strict=True))


def _paragraphs(part: Sequence[Sentence]) -> list[list[Sentence]]:
    found: list[list[Sentence]] = []
    for sentence in part:
        if not found or sentence.turn or sentence.pause >= PAUSE or len(found[-1]) >= PARAGRAPH:
            found.append([])
        found[-1].append(sentence)
    return found


def _one_line(text: str) -> str:
    return markdown_text(" ".join(text.split()))


def _rising(seconds: list[int]) -> list[int]:
    for at in range(1, len(seconds)):
        seconds[at] = max(seconds[at], seconds[at - 1])
    return seconds
