"""Where a talk passes to another topic, told by its words (after Hearst, "TextTiling", Computational Linguistics 1997):
two stretches that share few words are about different things."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from videogen.inputs.talk.sentences import Sentence

BLOCK = 10
"""Sentences on each side that are compared."""
LEAST_SECONDS = 60.0
"""A section is at least this long."""
LEAST_SENTENCES = 5
_WORD = re.compile(r"[^\W\d_](?:[\w'’-]*\w)?|[\u3040-\u30ff\u3400-\u9fff]{2}")
_COMMON = 0.25
"""A word of more than this part of all sentences says nothing of a topic."""


def shifts(sentences: Sequence[Sentence]) -> list[int]:
    """The sentences with which another topic begins, by their numbers, rising; the first is not one of them."""
    terms = _terms(sentences)
    if len(sentences) < 2 * LEAST_SENTENCES:
        return []
    alike = [_cosine(terms[max(0, at - BLOCK) : at], terms[at : at + BLOCK]) for at in range(1, len(sentences))]
    smooth = [sum(alike[max(0, at - 1) : at + 2]) / len(alike[max(0, at - 1) : at + 2]) for at in range(len(alike))]
    depths = [_depth(smooth, at) for at in range(len(smooth))]
    mean = sum(depths) / len(depths)
    least = mean + math.sqrt(sum((depth - mean) ** 2 for depth in depths) / len(depths)) / 2
    chosen: list[int] = []
    for at in sorted(range(len(depths)), key=lambda at: (-depths[at], at)):
        if depths[at] <= max(least, 1e-9):
            break
        if _fits(at + 1, chosen, sentences):
            chosen.append(at + 1)
    return sorted(chosen)


def headings(parts: Sequence[Sequence[Sentence]]) -> list[str]:
    """For each part of a talk the words that tell it from the others, as a heading."""
    counted = [Counter(term for sentence in _terms(part) for term in sentence) for part in parts]
    spread = Counter(term for counts in counted for term in counts)
    found: list[str] = []
    for part, counts in zip(parts, counted, strict=True):
        weight = {
            term: count * math.log(1 + len(parts) / spread[term])
            for term, count in counts.items()
            if count > 1 or len(counts) < 6
        }
        best = sorted(weight, key=lambda term: (-weight[term], term))[:3]
        text = " ".join(sentence.text for sentence in part)
        ordered = sorted(best, key=lambda term: text.lower().find(term))
        shown = ", ".join(_as_written(term, text) for term in ordered)
        found.append(shown[:1].upper() + shown[1:] if shown else part[0].text[:40])
    return found


def _terms(sentences: Sequence[Sentence]) -> list[list[str]]:
    """The words of each sentence that may tell its topic: not the short ones, not those that are everywhere."""
    found = [[word.lower() for word in _WORD.findall(sentence.text)] for sentence in sentences]
    inside = Counter(word for words in found for word in set(words))
    most = max(2, _COMMON * len(sentences))

    def tells(word: str) -> bool:
        return inside[word] <= most and (len(word) > 3 or not word.isascii()) and word not in _plain()

    return [[word for word in words if tells(word)] for words in found]


def _cosine(before: Sequence[Sequence[str]], after: Sequence[Sequence[str]]) -> float:
    left, right = (Counter(word for words in block for word in words) for block in (before, after))
    product = sum(count * right[word] for word, count in left.items())
    size = math.sqrt(sum(n * n for n in left.values()) * sum(n * n for n in right.values()))
    return product / size if size else 0.0


def _depth(alike: Sequence[float], at: int) -> float:
    """How far it is up to the tops on either side of a valley."""
    left = right = at
    while left > 0 and alike[left - 1] >= alike[left]:
        left -= 1
    while right < len(alike) - 1 and alike[right + 1] >= alike[right]:
        right += 1
    return alike[left] + alike[right] - 2 * alike[at]


def _fits(at: int, chosen: Sequence[int], sentences: Sequence[Sentence]) -> bool:
    """Whether a section that begins there leaves both itself and its neighbours long enough."""
    begins = sorted((0, *chosen, at, len(sentences)))
    place = begins.index(at)
    end = sentences[-1].start
    times = [sentences[n].start if n < len(sentences) else end for n in begins[place - 1 : place + 2]]
    counts = begins[place - 1 : place + 2]
    return (
        min(times[1] - times[0], times[2] - times[1]) >= LEAST_SECONDS
        and min(counts[1] - counts[0], counts[2] - counts[1]) >= LEAST_SENTENCES
    )


def _as_written(term: str, text: str) -> str:
    """A word as the talk most often writes it inside a sentence: names keep their capital."""
    forms = Counter(re.findall(rf"(?<![.!?] )(?<!^)\b{re.escape(term)}\b", text, re.IGNORECASE))
    return min(forms, key=lambda form: (-forms[form], form)) if forms else term


@cache
def _plain() -> frozenset[str]:
    """Words that every talk has, in a few languages."""
    listed = json.loads(Path(__file__).with_name("common_words.json").read_text(encoding="utf-8"))
    return frozenset(word for words in listed.values() for word in words.split())
