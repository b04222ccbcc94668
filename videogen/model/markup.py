"""The small markup of narrations that a person writes: who speaks, pauses, emphasis, words that are spelled out.

Read once, here. What is left is the text as captions show it, and beside it what the marks say, by the number of the
word: so neither captions nor cues ever see a mark.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal, NamedTuple

from videogen.model.base import Model

USUAL_PAUSE, LONGEST_PAUSE = 0.5, 5.0
"""Seconds of `[pause]` alone, and of the longest."""

_KINDS = ("pause", "emphasis", "spell")
_MARK = re.compile(r"(?<!\\)\[(pause|emphasis|spell)\b([^\[\]\n]*)\]")
_OPEN = re.compile(r"(?<!\\)\[(?:pause|emphasis|spell)\b")
_BRACKET = re.compile(r"(?<!\\)\[([A-Za-z]{4,9})\b[^\[\]\n]*\]")
_ESCAPED = re.compile(r"\\(?=\[)")
_SECONDS = re.compile(r"(\d+(?:\.\d+)?|\.\d+)\s*(s|ms)")
_SENTENCE_ENDS = set(".!?…:。！？।؟\"'”’»)]")


class Mark(Model):
    """Something about how a word is said."""

    kind: Literal["pause", "emphasis", "spell"]
    word: int
    """Which word, from 0; a pause comes before it, and after all where there is no such word."""
    seconds: float | None = None
    """Of a pause."""


class SpeakerTurn(Model):
    """From which word on somebody speaks."""

    word: int
    speaker: str
    """A name among the project's speakers; "" for the voice of the scene."""


class Marked(NamedTuple):
    """A narration as it is shown, and how it is said."""

    text: str
    marks: list[Mark]
    turns: list[SpeakerTurn]
    """Empty where nobody is named."""


@dataclass
class MarkupError(ValueError):
    """Markup that cannot be read."""

    message: str
    hint: str
    at: str
    """The piece of the narration that is wrong, as it was written."""

    def __str__(self) -> str:
        return f"{self.message}; {self.hint}"


def read_markup(lines: Sequence[tuple[str | None, str]], speakers: Collection[str] = ()) -> Marked:
    """A narration read: each of `lines` is text and who says it (None: whoever it names, else the scene's voice).

    In a text, `Ana:` at the beginning of a line or of a sentence lets Ana speak, where `speakers` has an Ana. Raises
    MarkupError.

    >>> read_markup([(None, "Ana: Wait [pause 1s] for the [spell API]. Ben: I do.")], {"Ana", "Ben"}).text
    'Wait for the API. I do.'
    """
    words: list[str] = []
    marks: list[Mark] = []
    turns: list[SpeakerTurn] = []
    for named, text in lines:
        for speaker, piece in [(named, text)] if named is not None else _turns(text, speakers):
            own, found = _read(piece)
            if speaker and not own:
                raise MarkupError(f"{speaker} says nothing", "write what is said, or leave the name out", f"{speaker}:")
            if own and (turns[-1].speaker if turns else "") != speaker:
                turns.append(SpeakerTurn(word=len(words), speaker=speaker or ""))
            marks += [mark.model_copy(update={"word": mark.word + len(words)}) for mark in found]
            words += own
    return Marked(" ".join(words), marks, turns)


def labels(turns: Sequence[SpeakerTurn]) -> dict[int, str]:
    """What stands before a caption that begins with a word, so that it tells who speaks whom nobody sees: the name in
    capitals and a colon (BBC Subtitle Guidelines, "Labels"); a dash where somebody without a name goes on.

    >>> labels([SpeakerTurn(word=0, speaker="Ana"), SpeakerTurn(word=9, speaker="")])
    {0: 'ANA:', 9: '-'}
    """
    return {turn.word: f"{turn.speaker.upper()}:" if turn.speaker else "-" for turn in turns}


def spoken(text: str, turns: Sequence[SpeakerTurn]) -> list[tuple[SpeakerTurn, str]]:
    """The text of each turn; where nobody is named, all of it is one."""
    words = text.split()
    every = list(turns) if turns and turns[0].word == 0 else [SpeakerTurn(word=0, speaker=""), *turns]
    ends = [turn.word for turn in every[1:]] + [len(words)]
    return [(turn, " ".join(words[turn.word : end])) for turn, end in zip(every, ends, strict=True)]


def _turns(text: str, speakers: Collection[str]) -> Iterator[tuple[str, str]]:
    """The text in pieces, each with who says it."""
    names = "|".join(re.escape(name) for name in sorted(speakers, key=len, reverse=True))
    speaker, start = "", 0
    for found in re.finditer(rf"(?<!\S)({names}):(?=\s|$)", text) if names else ():
        before = text[: found.start()]
        told = before.rstrip()
        if told and told[-1] not in _SENTENCE_ENDS and "\n" not in before[len(told) :]:
            continue
        if text[start : found.start()].strip() or start:
            yield speaker, text[start : found.start()]
        speaker, start = found[1], found.end()
    yield speaker, text[start:]


def _read(text: str) -> tuple[list[str], list[Mark]]:
    """The words of a text without its marks, and the marks."""
    _refuse_almost(text)
    shown, spans, pauses, at = "", list[tuple[int, int, str]](), list[tuple[int, float]](), 0
    for found in _MARK.finditer(text):
        shown += _ESCAPED.sub("", text[at : found.start()])
        at = found.end()
        kind, inside = found[1], found[2].strip()
        if kind == "pause":
            if text[: found.start()][-1:].strip() or text[at : at + 1].strip():
                raise MarkupError("a pause stands between words", "put a space on both sides of it", found[0])
            pauses.append((len(shown), _seconds(inside, found[0])))
        elif not inside:
            raise MarkupError(f'"{found[0]}" names no word', f"write [{kind} word]", found[0])
        else:
            spans.append((len(shown), len(shown) + len(inside), kind))
            shown += inside
    shown += _ESCAPED.sub("", text[at:])
    places = [(word.start(), word.end()) for word in re.finditer(r"\S+", shown)]
    marks = [
        Mark(kind="pause", word=sum(start < place for start, _ in places), seconds=seconds) for place, seconds in pauses
    ]
    marks += [
        Mark.model_validate({"kind": kind, "word": index})
        for first, last, kind in spans
        for index, (start, end) in enumerate(places)
        if start < last and end > first
    ]
    return shown.split(), sorted(marks, key=lambda mark: mark.word)


def _seconds(inside: str, written: str) -> float:
    if not inside:
        return USUAL_PAUSE
    found = _SECONDS.fullmatch(inside)
    if not found:
        raise MarkupError(f'"{written}" has no length', "write [pause], [pause 0.8s] or [pause 800ms]", written)
    seconds = float(found[1]) / (1000 if found[2] == "ms" else 1)
    if not 0 < seconds <= LONGEST_PAUSE:
        raise MarkupError(f"a pause lasts at most {LONGEST_PAUSE:g} seconds", "make it shorter, or use two", written)
    return round(seconds, 3)


def _refuse_almost(text: str) -> None:
    """Raise MarkupError for what was surely meant as markup, but is none."""
    whole = {found.start() for found in _MARK.finditer(text)}
    for found in _OPEN.finditer(text):
        if found.start() not in whole:
            raise MarkupError(
                f'"{found[0]}" is not closed on its line', "write ] behind it, or \\[ for a bracket as such", found[0]
            )
    for found in _BRACKET.finditer(text):
        name = found[1]
        close = get_close_matches(name.lower(), _KINDS, 1, 0.81)
        if close and name not in _KINDS:
            raise MarkupError(
                f'there is no mark "{name}"', f'did you mean "{close[0]}"? write \\[ for a bracket as such', found[0]
            )


def write_markup(text: str, marks: Sequence[Mark], turns: Sequence[SpeakerTurn]) -> list[str]:
    """A narration as a person would write it: a paragraph for each turn, which `read_markup` reads as it was.

    >>> write_markup("Wait for the API. I do.", [Mark(kind="spell", word=3)], [SpeakerTurn(word=4, speaker="Ben")])
    ['Wait for the [spell API.]', 'Ben: I do.']
    """
    words = text.split()
    paragraphs: list[str] = []
    for turn, said in spoken(text, turns):
        end = turn.word + len(said.split())
        pieces = [piece for word in range(turn.word, end) for piece in _written(words[word], word, marks)]
        if end == len(words):
            pieces += [_pause(mark) for mark in marks if mark.kind == "pause" and mark.word >= end]
        if pieces:
            paragraphs.append(" ".join([f"{turn.speaker}:", *pieces] if turn.speaker else pieces))
    return paragraphs


def _written(word: str, index: int, marks: Sequence[Mark]) -> list[str]:
    own = [mark for mark in marks if mark.word == index]
    kinds = [mark.kind for mark in own if mark.kind != "pause"]
    marked = kinds and not set("[]") & set(word)
    shown = f"[{kinds[0]} {word}]" if marked else re.sub(r"\[(?=[A-Za-z])|(?<=\\)\[", r"\\[", word)
    return [*(_pause(mark) for mark in own if mark.kind == "pause"), shown]


def _pause(mark: Mark) -> str:
    return "[pause]" if mark.seconds in (None, USUAL_PAUSE) else f"[pause {mark.seconds:g}s]"
