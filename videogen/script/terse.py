"""Scenes whose narration reads out their slide, made to show less of what is said. Pure."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from videogen.model.kinds import Bullets, Callout, Content, Listing, Section, Steps
from videogen.script.cues import LONGEST_STILL, Part, speak
from videogen.script.draft import Context, Draft, heard
from videogen.script.labels import Label, labels, rest_labels
from videogen.script.leads import is_verb
from videogen.script.repetition import FEWEST_COMPARED, MOST_REPEATED, counted, repetition
from videogen.script.text import finish, sentences, stem, stems

LEFT_OUT, FIRST_LEFT_OUT = 1.9, 2.8
"""What it costs a slide of prose not to show a point, and not to show the first."""

STANDS_STILL = 12.0
"""What it costs that a slide does not change for longer than `LONGEST_STILL`."""

WORD_ALONE = 2.8
"""What it costs a slide of prose to show a word by itself, which says little where no others are like it."""

_COUNT = {1: 1.2, 5: 0.4, 6: 0.8}
"""What it costs to have other than two to four points."""


def terse(draft: Draft, context: Context, title: str = "") -> list[Draft]:
    """The scene with labels for its phrases, so that no more than two fifths of slide and narration are the same.

    What is said stays. A point of running text may be left out; where a list holds more points than can be short
    enough, it goes on on one more slide. What the author said himself (`exact`) stays as it is.
    """
    prose = isinstance(draft.content, Bullets) and not draft.essential
    if draft.exact or not (prose or reads_out(draft, title)):
        return [draft]
    if isinstance(draft.content, Callout):
        return [_called(draft, draft.content, context, title)]
    if not isinstance(draft.content, (Bullets, Listing, Steps)):
        return [draft]
    made = labelled(draft, context, title)
    if made is not None:
        return [made]
    halves = _halves(draft)
    if len(halves) == 2:
        return [each for half in halves for each in terse(half, context, title)]
    return [_card(draft)]


def reads_out(draft: Draft, title: str) -> bool:
    """Whether too much of what a scene shows is said, with or without the words of the film's title."""
    said = " ".join(part.text for part in draft.parts if not part.spare)
    return any(repetition(draft.content, said, known) > MOST_REPEATED for known in {"", title})


def labelled(draft: Draft, context: Context, title: str) -> Draft | None:
    """The scene with labels that hold the law, those that read best; None where there are none."""
    header = stems(draft.header)
    narration, cues = speak([part for part in draft.parts if not part.spare], draft.content.cue_names())
    words = narration.split()
    places = [cues.get(name, 0) for name in draft.content.cue_names()]
    gaps = [round(heard([" ".join(words[:place])])) for place in [*places, len(words)]]
    # a point comes with the end of the sentence before its own
    begins = [place + (0 < place < len(words) and words[place][-1] in ".!?") for place in places]
    rests = [""] * len(places) if draft.essential else [
        _sentence(words[place:end]) for place, end in itertools.pairwise([*begins, len(words)])
    ]  # fmt: skip
    every = [
        [
            label if draft.essential or " " in label.text else label._replace(cost=label.cost + WORD_ALONE)
            for label in _labels(phrase, rest, context)
            if draft.essential or label.text == phrase or not _is_order(label.text)
        ]
        for phrase, rest in zip(draft.phrases, rests, strict=True)
    ]
    # what several points have in common counts but once
    first = [counted(own[0].text) - header for own in every]
    common = frozenset(word for one, other in itertools.combinations(first, 2) for word in one & other)
    most = max(FEWEST_COMPARED - 1, int(MOST_REPEATED * len(counted(narration) - header)))
    found: list[tuple[float, Draft]] = []
    for shared in dict.fromkeys((frozenset[str](), common)):
        options = [_sized(own, header, shared) for own in every]
        for budget in range(most, -1, -1):
            best = _best(options, gaps, budget, draft.essential)
            if best is None:
                break
            made = _with(draft, _even(best[1], every) if isinstance(draft.content, Steps) else best[1])
            if not reads_out(made, title):
                found.append((best[0], made))
                break
    return min(found, key=lambda each: each[0])[1] if found else None


def _sentence(words: Sequence[str]) -> str:
    """The words up to where a sentence ends."""
    end = next((at for at, word in enumerate(words) if word.rstrip("\"')”’")[-1:] in ".!?"), len(words))
    return " ".join(words[: end + 1]).rstrip(".!?")


def _labels(phrase: str, rest: str, context: Context) -> list[Label]:
    """What may stand for a phrase, itself first, and for the sentence that it is of."""
    found = {phrase: Label(phrase, 0.0)} | {label.text: label for label in labels(phrase, context)}
    for label in rest_labels(rest, context):
        found.setdefault(label.text, label)
    return list(found.values())


def _is_order(text: str) -> bool:
    """Whether a label is a bare verb, which says something among steps only."""
    return " " not in text and is_verb(text)


def _sized(every: Sequence[Label], header: frozenset[str], common: frozenset[str]) -> list[tuple[Label, int]]:
    """The labels that say more than the header, with how many words of each count besides the common ones."""
    return [
        (label, len(counted(label.text) - header - common))
        for at, label in enumerate(every)
        if not at or stems(label.text) - header - common
    ]


def _best(
    options: Sequence[Sequence[tuple[Label, int]]], places: Sequence[int], budget: int, essential: bool
) -> tuple[float, list[tuple[int, Label]]] | None:
    """The labels, with the numbers of their points, that cost the least within a budget of stems; None without any."""
    count = len(options)

    @cache
    def rest(at: int, last: int, kept: int, left: int) -> tuple[float, tuple[tuple[int, int], ...]]:
        still = places[at if at < count else -1] - (places[last] if last >= 0 else 0)
        waits = STANDS_STILL if still > LONGEST_STILL else 0.0
        if at == count:
            return (waits + _COUNT.get(kept, 0.0), ()) if kept else (float("inf"), ())
        found: list[tuple[float, tuple[tuple[int, int], ...]]] = [(float("inf"), ())]
        if not essential:
            cost, chosen = rest(at + 1, last, kept, left)
            found.append((cost + (LEFT_OUT if at else FIRST_LEFT_OUT), chosen))
        for number, (label, size) in enumerate(options[at]):
            if size <= left:
                cost, chosen = rest(at + 1, at, kept + 1, left - size)
                found.append((cost + label.cost + waits, ((at, number), *chosen)))
        return min(found, key=lambda each: each[0])

    cost, chosen = rest(0, -1, 0, budget)
    return (cost, [(at, options[at][number][0]) for at, number in chosen]) if cost < float("inf") else None


def _even(chosen: Sequence[tuple[int, Label]], every: Sequence[Sequence[Label]]) -> list[tuple[int, Label]]:
    """The labels of steps in one form: all of one word, where half of them have to be."""
    if 2 * sum(" " not in label.text for _, label in chosen) < len(chosen):
        return list(chosen)
    single = [[label for label in every[at] if " " not in label.text] for at, _ in chosen]
    return [
        (at, min(own, key=lambda each: each.cost) if own else label)
        for (at, label), own in zip(chosen, single, strict=True)
    ]


def _with(draft: Draft, chosen: Sequence[tuple[int, Label]]) -> Draft:
    """The scene with these labels for its points, each tied to the words that it is about."""
    names = draft.content.cue_names()
    seen: dict[str, int] = {}
    for at, label in chosen:
        seen.setdefault(label.text, at)
    new = {names[at]: (fresh, text) for (text, at), fresh in zip(seen.items(), names, strict=False)}
    parts = [
        replace(part, cue=new[part.cue][0], offset=_offset(part, new[part.cue][1])) if part.cue in new
        else replace(part, cue=None, offset=0)
        for part in draft.parts
    ]  # fmt: skip
    return replace(draft, content=_showing(draft.content, list(seen.values()), list(seen)), parts=tuple(parts))


def _offset(part: Part, text: str) -> int:
    """The word of a part with which a label is spoken of."""
    spoken = [stem(word) for word in re.findall(r"\S+", part.text)]
    wanted = next(filter(None, map(stem, re.findall(r"[\w']+", text))), "")
    return next((at for at in range(part.offset, len(spoken)) if spoken[at] == wanted), part.offset)


def _showing(content: Content, kept: Sequence[int], texts: list[str]) -> Content:
    """The slide with these texts for the points that are kept; details, which are said, do not stand there."""
    if isinstance(content, Steps):
        return Steps(header=content.header, steps=list(texts))
    if isinstance(content, Bullets):
        checked = [content.checked[at] for at in kept] if content.checked else None
        return content.model_copy(update={"items": texts, "checked": checked})
    return Listing(header=getattr(content, "header", ""), items=list(texts))


def _halves(draft: Draft) -> list[Draft]:
    """The scene as two, where it has two points or more; each with what is said of its points."""
    names = draft.content.cue_names()
    middle = (len(names) + 1) // 2
    begins = (
        next((at for at, part in enumerate(draft.parts) if part.cue == names[middle]), 0) if middle < len(names) else 0
    )
    if not begins:
        return []
    content = draft.content
    if isinstance(content, Steps):
        content = Bullets(header=draft.header, items=[str(text) for text in draft.phrases], ordered=True)
    elif not isinstance(content, Bullets):
        content = Bullets(header=draft.header, items=draft.phrases)
    made = []
    for kept, parts in ((range(middle), draft.parts[:begins]), (range(middle, len(names)), draft.parts[begins:])):
        fresh = dict(zip([names[at] for at in kept], (f"item:{at}" for at in itertools.count()), strict=False))
        checked = [content.checked[at] for at in kept] if content.checked else None
        update = {"items": [content.items[at] for at in kept], "checked": checked}
        update |= {"start": content.start + kept[0]} if content.ordered else {}
        own = tuple(replace(part, cue=fresh.get(part.cue or "")) for part in parts)
        made.append(replace(draft, kind="bullets", content=content.model_copy(update=update), parts=_ended(own)))
    return made


def _ended(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    return (*parts[:-1], replace(parts[-1], text=finish(parts[-1].text, raised=False)))


def _card(draft: Draft) -> Draft:
    """The scene with its header alone, where nothing short enough stands for what is said."""
    parts = tuple(replace(part, cue=None, offset=0) for part in draft.parts)
    return replace(draft, kind="section", content=Section(title=draft.header), parts=parts)


def _called(draft: Draft, content: Callout, context: Context, title: str) -> Draft:
    """A callout that shows what it is about, while all of it is said."""
    found = [label for text in sentences(content.text) for label in labels(text.rstrip(" .!"), context)]
    for label in sorted(found, key=lambda label: label.cost):
        made = replace(draft, content=content.model_copy(update={"text": label.text}))
        if not reads_out(made, title):
            return made
    return _card(draft)
