"""What stands before the text: who wrote it, where and when, and who may copy it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from videogen.inputs.pdf.headings import ABSTRACT, Heading
from videogen.inputs.pdf.pages import Line

MOST_LINES = 40
"""Of names and addresses below a title."""

MOST_LETTERS = 700
"""On a page that only tells the title."""

_KIND = re.compile(
    r"^(?:for|with|in|of|from|a|an|the|how|or|using|towards?|für|mit|ein|eine|pour|avec|un|une|para|con|per)\b|"
    r"\b(?:references?|manual|guide|handbook|tutorial|introduction|specification|report|documentation|overview|primer|"
    r"course|lectures?|notes|edition|draft|survey|study|companion|faq|howto|reader|handbuch|anleitung|einführung|leitfaden|"
    r"manuel|référence|notice|rapport|cours|manuale|guida|guía|introducción|introduzione)\b",
    re.I,
)
_NO_NAME = re.compile(
    r"@|https?:|www\.|©|copyright|\b(?:19|20)\d\d\b|\b(?:by|von|par)\s|^(?:release|version|revision)\b", re.I
)
_LEGAL = re.compile(
    r"©|\(c\)\s*\d|copyright|all rights reserved|permission is (?:hereby )?granted|licen[cs]ed? under|\bisbn\b|"
    r"alle rechte vorbehalten|tous droits réservés|todos los derechos|tutti i diritti",
    re.I,
)


def begin_of(lines: Sequence[Line], title: int, body: float) -> int:
    """The index of the first line after the title, which ends at `title`, that is not about who wrote it."""
    page = lines[title - 1].page
    at = title
    while at < len(lines) and lines[at].page == page and at - title < MOST_LINES:
        run = lines[at : at + 3]
        filled = [line.x1 - line.x0 > 0.6 * (line.right - line.left) for line in run]
        same = {round(line.size, 1) for line in run}
        if len(run) == 3 and all(filled[:2]) and len(same) == 1 and run[0].size >= 0.85 * body and _flows(run):
            return at
        if re.match(rf"(?:{ABSTRACT.pattern})\b", lines[at].text, re.I):
            return at
        at += 1
    alone = [line for line in lines if line.page == page]
    later = next((at for at in range(title, len(lines)) if lines[at].page != page), None)
    if later is not None and later <= title + MOST_LINES and sum(len(line.text) for line in alone) < MOST_LETTERS:
        return later
    return title


def _flows(run: Sequence[Line]) -> bool:
    """Whether lines are of a sentence: names and addresses hold many commas and capitals."""
    words = " ".join(line.text for line in run).split()
    small = sum(word[:1].islower() for word in words)
    return small > 0.5 * len(words)


def subtitle_of(lines: Sequence[Line], body: float) -> list[str]:
    """Of the lines below a title those that say what it is: "Reference Manual", "for version 5"."""
    found: list[str] = []
    for line in lines[:3]:
        text = line.text.strip()
        if line.size < 1.05 * body or _NO_NAME.search(text) or not _KIND.search(text) or len(text) > 90:
            break
        found.append(text)
    return found


def legal_end(lines: Sequence[Line], at: int, headings: Mapping[int, Heading]) -> int:
    """Where a page of copyright ends that begins at a line: such a page has no heading. `at` where there is none."""
    if at >= len(lines):
        return at
    page = lines[at].page
    end = next((n for n in range(at, len(lines)) if lines[n].page != page), len(lines))
    text = " ".join(line.text for line in lines[at:end])
    opened = any(at <= start < end for start in headings)
    return end if page <= 4 and end < len(lines) and not opened and _LEGAL.search(text) and len(text) < 3000 else at
