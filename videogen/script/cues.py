"""Tying what appears on a slide to the words that speak of it."""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from videogen.model.pace import heard_words
from videogen.script.text import sentences, stem

LATEST_FIRST = 2.0
"""Words that may be heard, not quite a second, before the first thing comes: a slide is never bare."""

LONGEST_STILL = 26.0
"""Words that may be heard, about ten seconds, before something new comes."""


LAST_SEEN = 3
"""Words after the last part of a whole has come, where there are words enough."""


@dataclass(frozen=True)
class Part:
    """A piece of a narration; `cue` names what appears with its first word."""

    text: str
    cue: str | None = None
    offset: int = 0
    """Words of this part that come before what the cue speaks of."""
    spare: bool = False
    """Said only where a scene would otherwise say too little."""


def speak(parts: Sequence[Part], names: Sequence[str], bare: bool = True) -> tuple[str, dict[str, int]]:
    """The parts as one narration, and the word index of every name, non-decreasing and in bounds.

    Names that no part speaks of come evenly between those around them. `bare`: without the
    first thing there would be little to see.
    """
    words: list[str] = []
    spoken: dict[str, int] = {}
    for part in parts:
        own = part.text.split()
        if part.cue is not None and own:
            spoken.setdefault(part.cue, len(words) + min(part.offset, len(own) - 1))
        words += own
    return " ".join(words), _steady(
        _complete(spoken, names, len(words)), words, LATEST_FIRST if bare else LONGEST_STILL
    )


def tie(
    parts: Sequence[Part], texts: Mapping[str, str], apart: int, bare: bool = True, whole: bool = False
) -> tuple[str, dict[str, int]]:
    """The parts as one narration, and for every name of `texts` the index of the word that speaks of its text.

    Names that parts bear come with them, the others with the words that they share. Two are `apart` words from each
    other, and the last as many from the end, or less where there are not words enough. `bare` is that of `speak`.
    `whole`: they make a whole, which takes all of the narration to come, and is then looked at.
    """
    narration, spoken = " ".join(part.text for part in parts), {}
    place = 0
    for part in parts:
        own = part.text.split()
        if part.cue is not None and own:
            spoken.setdefault(part.cue, place + min(part.offset, len(own) - 1))
        place += len(own)
    words = narration.split()
    cues = _complete(spoken, list(texts), place) if len(spoken) == len(texts) else align(texts, narration) | spoken
    if len(set(cues.values())) == 1:
        # nothing in the narration tells them apart
        cues = {name: index * place // len(texts) for index, name in enumerate(texts)}
    return narration, _steady(_apart(cues, len(words), apart, whole), words, LATEST_FIRST if bare else LONGEST_STILL)


def _apart(cues: dict[str, int], count: int, most: int, whole: bool) -> dict[str, int]:
    names = list(cues)
    first = 0
    if whole:
        count -= min(LAST_SEEN, count // 4)
    else:
        first = min(next(iter(cues.values()), 0), count // 2)
    gap = min(most, (count - first) // max(len(names), 1))
    places, floor = [], 0
    for index, name in enumerate(names):
        latest = count - gap * (len(names) - index)
        places.append(max(floor, min(cues[name], max(latest, 0))))
        floor = min(places[-1] + gap, max(count - 1, 0))
    return dict(zip(names, places, strict=True))


def _steady(cues: dict[str, int], words: Sequence[str], latest: float) -> dict[str, int]:
    """What would come late comes a little before its word, so that a slide is never empty or still for long."""
    before = list(itertools.accumulate(map(heard_words, words), initial=0.0))
    steady: dict[str, int] = {}
    floor = 0
    for name, place in cues.items():
        floor = max(floor, min(place, bisect.bisect_right(before, latest) - 1))
        steady[name] = floor
        latest = before[floor] + LONGEST_STILL
    return steady


def _complete(spoken: Mapping[str, int], names: Sequence[str], count: int) -> dict[str, int]:
    if not count:
        return {}
    places: list[int | None] = []
    floor = 0
    for name in names:
        place = spoken.get(name)
        floor = floor if place is None else min(max(floor, place), count - 1)
        places.append(None if place is None else floor)
    return dict(zip(names, _between(places, count), strict=True))


def align(texts: Mapping[str, str], narration: str) -> dict[str, int]:
    """For each name, in order, the index of the narration's word at which its text is first spoken of.

    Indices never decrease and are in bounds; every name gets one, unless the narration is empty (then none
    does). Names are matched by the meaningful words they share with the narration, as a whole and in order
    (dynamic programming); one that shares none is placed evenly between its neighbours, and where nothing
    matches at all, names are spread evenly over the sentences. A first name that stands for no words, such as
    the code before a change, comes with the first word.
    """
    words = narration.split()
    names = list(texts)
    if not words or not names:
        return {}
    spoken = [stem(word) for word in words]
    scores = [_scores(texts[name], spoken) for name in names]
    anchors = _best_path(scores, len(words))
    if all(anchor is None for anchor in anchors):
        starts = _sentence_starts(narration)
        return {name: starts[index * len(starts) // len(names)] for index, name in enumerate(names)}
    if not texts[names[0]].strip():
        anchors[0] = 0
    return dict(zip(names, _between(anchors, len(words)), strict=True))


def _scores(text: str, spoken: list[str]) -> list[float]:
    wanted = list(dict.fromkeys(filter(None, _wanted(text, frozenset(spoken)))))
    reach = 2 * len(text.split()) + 2
    scores = [0.0] * len(spoken)
    for index, word in enumerate(spoken):
        if word and word in wanted:
            near = set(spoken[index : index + reach])
            shared = sum(other in near for other in wanted)
            scores[index] = shared / len(wanted) + 0.1 * (wanted[0] == word)
    return scores


def _wanted(text: str, spoken: frozenset[str]) -> Iterator[str]:
    """The stems to be heard of a text. A name such as `main.c` is one where it is spoken as such, else its parts."""
    for word in text.split():
        whole = stem(word)
        if whole in spoken:
            yield whole
        else:
            yield from map(stem, re.findall(r"[\w']+", word))


def _best_path(scores: list[list[float]], count: int) -> list[int | None]:
    """Strictly rising positions with the greatest sum of scores; None for a name that has none on that path."""
    best = [[0.0] * (count + 1) for _ in range(len(scores) + 1)]
    for item in reversed(range(len(scores))):
        for place in reversed(range(count)):
            score = scores[item][place]
            take = score + best[item + 1][place + 1] if score else 0.0
            best[item][place] = max(best[item + 1][place], best[item][place + 1], take)
    path: list[int | None] = [None] * len(scores)
    item = place = 0
    while item < len(scores) and place < count:
        score = scores[item][place]
        if score and best[item][place] == score + best[item + 1][place + 1]:
            path[item] = place
            item, place = item + 1, place + 1
        elif best[item][place] == best[item][place + 1]:
            place += 1
        else:
            item += 1
    return path


def _sentence_starts(narration: str) -> list[int]:
    starts, place = [], 0
    for sentence in sentences(narration) or [narration]:
        starts.append(place)
        place += len(sentence.split())
    return starts


def _between(anchors: list[int | None], count: int) -> list[int]:
    """The anchors, with the missing ones placed evenly between those around them."""
    known = [(-1, -1), *((index, place) for index, place in enumerate(anchors) if place is not None)]
    known.append((len(anchors), count))
    placed: list[int] = []
    for (index, place), (following, limit) in itertools.pairwise(known):
        if index >= 0:
            placed.append(place)
        gap = following - index
        placed += [max(place, 0) + (limit - max(place, 0)) * step // gap for step in range(1, gap)]
    return placed
