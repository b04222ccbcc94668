"""Questions and answers: which blocks of a plain text are questions, marked `Q:` or counted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from videogen.inputs.plain.lines import Line

_ASKS = re.compile(r"(?:Q|Question|Frage)\s?\d{0,3}\s?[:.)]\s+(?=\S)", re.IGNORECASE)
_ANSWERS = re.compile(r"(?:A|Answer|Antwort|R|Réponse|Respuesta)\s?\d{0,3}\s?[:.)](?=\s+\S)", re.IGNORECASE)
_COUNTED = re.compile(r"(\d{1,3})[.)]\s+(?=\S)")
_SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"“])")
_MOST_LINES = 5
"""A question is shorter."""
_LONG_TITLE = 60
"""Characters: of a longer one, the sentence that asks is the heading, where that says enough."""
_ENOUGH = 5
"""Words."""


class Question(NamedTuple):
    """A question: its heading, what it says besides that, and the lines that it takes."""

    title: str
    besides: str
    lines: int


def questions(blocks: Sequence[list[Line]]) -> dict[int, Question]:
    """The questions of a text, by the line on which each begins; none where it is no list of questions."""
    asked = [block for block in blocks if _ASKS.match(block[0].words)]
    if len(asked) >= 2:
        return {block[0].number: _marked(block) for block in asked}
    counted = _counted(blocks)
    asking = sum(any(line.words.endswith("?") for line in block) for block in counted)
    if len(counted) < 3 or asking * 2 < len(counted):
        return {}
    return {block[0].number: _numbered(block) for block in counted}


def unmarked(line: Line) -> Line:
    """The first line of an answer without the sign that says that it is one."""
    match = _ANSWERS.match(line.text, line.indent)
    return (
        line
        if match is None
        else Line(line.number, line.text[: match.start()] + " " * len(match[0]) + line.text[match.end() :])
    )


def _marked(block: Sequence[Line]) -> Question:
    end = next((at for at in range(1, len(block)) if _ANSWERS.match(block[at].words)), len(block))
    return _question(block[:end], _ASKS)


def _numbered(block: Sequence[Line]) -> Question:
    end = next((at for at, line in enumerate(block, 1) if line.words.endswith("?")), len(block))
    return _question(block[:end], _COUNTED)


def _question(lines: Sequence[Line], mark: re.Pattern[str]) -> Question:
    text = mark.sub("", " ".join(" ".join(line.words for line in lines).split()), count=1)
    if len(text) <= _LONG_TITLE:
        return Question(text, "", len(lines))
    sentences = _SENTENCES.split(text)
    asks = next((each for each in sentences if each.endswith("?") and len(each.split()) >= _ENOUGH), text)
    return Question(asks, " ".join(each for each in sentences if each not in (asks, text)), len(lines))


def _counted(blocks: Sequence[list[Line]]) -> list[list[Line]]:
    """The blocks that count 1, 2, 3 … from the margin, each with an answer before the next."""
    found: list[list[Line]] = []
    last = -2
    for at, block in enumerate(blocks):
        match = _COUNTED.match(block[0].words)
        if match is None or int(match[1]) != len(found) + 1 or len(block) > _MOST_LINES:
            continue
        if found and abs(block[0].indent - found[-1][0].indent) > 2:
            continue
        answered = len(block) > 1 and any(line.words.endswith("?") for line in block[:-1])
        if at == last + 1 and not answered:
            return []  # the items of a list, one below the other
        found.append(block)
        last = at if not answered else -2
    return found
