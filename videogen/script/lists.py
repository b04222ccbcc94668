"""Lists: items grouped into slides, and joined into what a presenter would say of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from videogen.model import limits
from videogen.model.content import ListBlock, ListItem
from videogen.model.kinds import Bullets
from videogen.script.cues import Part
from videogen.script.draft import MOST_WORDS, Context, Draft, parts_of
from videogen.script.lang import listed, pick
from videogen.script.leads import is_verb, noun_like, turn_to
from videogen.script.phrases import brief, item_phrase, term_of
from videogen.script.pointers import points_elsewhere
from videogen.script.prose import Sentence
from videogen.script.text import (
    clean,
    finish,
    is_title_case,
    plain_case,
    sentences,
    slide_text,
    small,
    split_long,
    word_count,
)

MOST_ITEMS = 12
"""Of a longer list the first are shown: two slides."""

LONGEST_SAID = 30
"""Words said of one item."""

_STEPS = ("Then", "After that,", "Next,", "From there,")
_CLAUSE = re.compile(
    r"\b(?:is|are|was|were|can|will|must|should)\b|^(?:the|each|every|it|you|we|they|all)\s(?:\S+\s+){3,}", re.I
)
"""What makes an item a sentence of its own rather than a member of one."""

_OPEN_VERB = re.compile(
    r"\b(?:you|includes?|are|is|provides?|supports?|offers?|with|have|has|get|contains?|of|for|need|to|via|as)$", re.I
)


@dataclass(frozen=True)
class _Item:
    phrase: str
    brief: str
    """What is shown where a slide has no room for the phrase."""
    said: str
    """One or two sentences, finished, or a fragment without terminal mark when `terse`."""
    terse: bool
    checked: bool | None


def list_drafts(block: ListBlock, lead: Sequence[Sentence], header: str, led: bool, context: Context) -> list[Draft]:
    """A list as one or more slides; `lead` is said before its first item. `led`: its section is under way already."""
    items = [made for made in (_item(item, context) for item in block.items) if made is not None]
    notes: tuple[str, ...] = ()
    if len(items) > MOST_ITEMS:
        notes = (f"{len(items) - MOST_ITEMS} of {len(items)} list items",)
        items = items[:MOST_ITEMS]
    if not items:
        return []
    opening = list(lead)
    drafts: list[Draft] = []
    groups = _groups(items, sum(word_count(sentence.text) for sentence in opening))
    for index, group in enumerate(groups):
        names = [f"item:{at}" for at in range(len(group))]
        if block.ordered and context.english:
            parts = _steps(group, names, opening, index == 0, index == len(groups) - 1, len(items))
        else:
            parts = _said(group, names, opening, header, index == 0, led, context)
        checked = [bool(item.checked) for item in group] if all(item.checked is not None for item in group) else None
        content = Bullets(
            header=header,
            items=_shown(group),
            ordered=block.ordered and len(groups) == 1,
            checked=checked,
        )
        subject = opening[-1].shown if opening and opening[-1].open else ""
        noted = notes if index == 0 else ()
        drafts.append(Draft(header, "bullets", content, tuple(parts), block.lines, noted, subject))
        opening = []
    return drafts


def _item(item: ListItem, context: Context) -> _Item | None:
    spoken = clean(item.inline.spoken, context.language)
    phrase = item_phrase(item.inline.text, english=context.english, names=context.names)
    less = brief(item.inline.text, context.english, context.names)
    if not any(char.isalpha() for char in spoken) or not any(char.isalnum() for char in phrase):
        return None
    found = [text for text in sentences(spoken) if not (text.startswith("(") and text.rstrip(".").endswith(")"))]
    found = found or [spoken]
    if context.english and points_elsewhere(found[0]):
        return None
    main = found[0]
    term, rest = _named(main, item.inline.text)
    if term and rest:
        first = rest.split(" ", 1)[0]
        if context.english and is_verb(first) and first.lower().endswith("s") and not term.lower().endswith("s"):
            rest = f"it {small(rest)}"
        main = f"{term}: {rest}"
    elif item.children and word_count(main) <= 6:
        below = [item_phrase(clean(child.inline.spoken, context.language)) for child in item.children[:4]]
        below = [small(text, context.names) for text in below if any(char.isalpha() for char in text)]
        if below:
            main = f"{main.rstrip(' .:;,')}: {listed(below, context.words.also)}"
    first = main.split(" ", 1)[0]
    if context.english and not term and is_verb(first) and first.lower().endswith("s") and word_count(main) > 1:
        return _Item(phrase, less, _limited([f"It {small(main)}"], phrase), False, item.checked)
    terse = word_count(main) <= 10 and ":" not in main and len(found) == 1 and not _CLAUSE.search(main)
    if terse:
        return _Item(phrase, less, main.rstrip(" .:;,!…"), True, item.checked)
    pieces = split_long(main, LONGEST_SAID)
    if word_count(main) < 12 and len(found) > 1 and word_count(found[1]) <= LONGEST_SAID - 12:
        pieces.append(found[1])
    return _Item(phrase, less, _limited(pieces, phrase, raised=not term), False, item.checked)


def _limited(pieces: list[str], phrase: str, raised: bool = True) -> str:
    """As many of the pieces as can be followed, as sentences; the phrase where the first is too long."""
    said: list[str] = []
    for at, piece in enumerate(pieces):
        text = finish(piece, raised=raised or at > 0)
        if sum(map(word_count, said)) + word_count(text) > LONGEST_SAID:
            break
        said.append(text)
    return " ".join(filter(None, said)) or finish(phrase, raised=raised)


def _named(spoken: str, shown: str) -> tuple[str, str]:
    """A spoken item as what it names and what it says of it, also where speech has a comma for the slide's dash."""
    term, rest = term_of(spoken)
    if term:
        return term, rest
    term, _ = term_of(slide_text(shown))
    words, count = spoken.split(), len(term.split())
    if not term or count >= len(words) or words[count - 1][-1] not in ",:":
        return "", spoken
    return " ".join(words[:count]).rstrip(",:"), " ".join(words[count:])


def _shown(group: list[_Item]) -> list[str]:
    """What a slide shows of its items: the phrases, and the shorter ones where they do not all fit."""
    texts = [item.phrase for item in group]
    while _words(texts) > limits.MAX_SLIDE_WORDS:
        saved = [len(text.split()) - len(item.brief.split()) for text, item in zip(texts, group, strict=True)]
        at = max(range(len(group)), key=lambda index: (saved[index], -index))
        if saved[at] <= 0:
            break
        texts[at] = group[at].brief
        if ":" in group[at].phrase and ":" not in texts[at]:
            # terms stand without their meanings all together
            texts = [item.brief if ":" in item.phrase else text for text, item in zip(texts, group, strict=True)]
    return texts


def _words(texts: Sequence[str]) -> int:
    return sum(len(text.split()) for text in texts)


def _groups(items: list[_Item], lead: int) -> list[list[_Item]]:
    def fits(group: list[_Item], first: bool) -> bool:
        shown = _words(_shown(group))
        said = sum(word_count(item.said) + 1 for item in group) + (lead if first else 0) + 12
        return len(group) == 1 or (
            len(group) <= limits.MAX_BULLETS and shown <= limits.MAX_SLIDE_WORDS and said <= MOST_WORDS
        )

    greedy: list[list[_Item]] = [[]]
    for item in items:
        if greedy[-1] and not fits([*greedy[-1], item], len(greedy) == 1):
            greedy.append([])
        greedy[-1].append(item)
    count = len(greedy)
    size, more = divmod(len(items), count)
    even, start = [], 0
    for index in range(count):
        end = start + size + (index < more)
        even.append(items[start:end])
        start = end
    return even if all(fits(group, index == 0) for index, group in enumerate(even)) else greedy


def _steps(
    group: list[_Item], names: list[str], opening: Sequence[Sentence], first: bool, last: bool, total: int
) -> list[Part]:
    parts = list(parts_of([sentence.text for sentence in opening]))
    orders = 2 * sum(is_verb(item.said.split(" ", 1)[0]) for item in group) > len(group)
    for index, (item, name) in enumerate(zip(group, names, strict=True)):
        if not orders or total < 2:
            word = ""
        elif first and index == 0:
            word = "First,"
        elif last and index == len(group) - 1:
            word = "Finally,"
        else:
            word = _STEPS[index % len(_STEPS)]
        text = finish(f"{word} {small(item.said)}" if word else item.said)
        parts.append(Part(text, name, len(word.split())))
    return parts


def _said(
    group: list[_Item],
    names: list[str],
    opening: Sequence[Sentence],
    header: str,
    first: bool,
    led: bool,
    context: Context,
) -> list[Part]:
    parts = list(parts_of([sentence.text for sentence in opening[:-1]]))
    announcing = opening[-1] if opening else None
    nouns = all(item.terse and noun_like(item.said) for item in group)
    start = ""
    if announcing is not None and not announcing.open:
        parts.append(Part(announcing.text))
        start = "That includes" if context.english and nouns and len(group) > 1 else ""
    elif announcing is not None:
        start = announcing.text.rstrip(".")
        start = start if _OPEN_VERB.search(start) else f"{start}:"
    elif context.english and first and led:
        start = "That includes" if nouns else ""
    elif context.english:
        start = _opener(nouns, header, context) if first else _carry_on(nouns, header)
    titled = [is_title_case(item.said) for item in group if item.terse and len(item.said.split()) > 1]
    headlines = context.english and sum(titled) * 2 > len(titled)
    terse = all(item.terse for item in group)
    run_on = bool(start) and not start.endswith((":", "?", "."))
    index = 0
    while index < len(group):
        run = _run(group, index, word_count(start) if index == 0 else 0)
        if context.english and not terse and not (run_on and index == 0 and run > 1):
            run = 1
        alone = not terse and run == 1
        texts = [_running(item, headlines, context) for item in group[index : index + run]]
        if index == 0 and start:
            if alone and not start.endswith(("?", ".")):
                bare = re.sub(r"^(?:as well as|plus|along with)\s", "There are also ", start.rstrip(":"), flags=re.I)
                bare = bare if context.english else start.rstrip(":")
                start = f"{bare} the following." if context.english and bare == start else f"{bare}."
            parts.append(Part(start))
        if alone:
            texts[0] = finish(group[index].said, raised=group[index].terse)
        elif not start or index:
            texts[0] = finish(texts[0], "")
        parts += _joined(texts, names[index : index + run], context, finished=alone)
        index += run
    return parts


def _running(item: _Item, headlines: bool, context: Context) -> str:
    if not item.terse:
        return item.said
    return plain_case(item.said, context.names) if headlines else small(item.said, context.names)


def _run(group: list[_Item], start: int, words: int) -> int:
    """How many terse items from `start` on make one sentence of at most 30 words; 1 for an item of its own."""
    if not group[start].terse:
        return 1
    end = start
    while end < len(group) and group[end].terse and (end == start or words + word_count(group[end].said) <= 28):
        words += word_count(group[end].said)
        end += 1
    rest = [item.terse for item in group[end:]]
    # a single item left over would make a poor sentence of its own
    if rest == [True] and (words + word_count(group[end].said) <= 34 or end - start < 3):
        return end + 1 - start
    return end - start - 1 if rest == [True] else end - start


def _joined(texts: list[str], names: list[str], context: Context, finished: bool) -> list[Part]:
    if finished:
        return [Part(texts[0], names[0])]
    also = context.words.also
    separator = ";" if any("," in text for text in texts) else ","
    pieces = []
    for index, text in enumerate(texts):
        last = index == len(texts) - 1
        text = text.rstrip(" .,;:!?")
        mark = "." if last else separator
        if len(texts) == 2 and index == 0 and also and separator == ",":
            mark = ""
        word = f"{also} " if last and index and also else ""
        pieces.append(Part(f"{word}{text}{mark}", names[index], 1 if word else 0))
    return pieces


_BRINGS = re.compile(r"\b(?:features?|highlights?|benefits?|advantages?)\b", re.I)
_NEEDS = re.compile(r"\b(?:requirements?|prerequisites?|dependencies)\b", re.I)


def _opener(nouns: bool, header: str, context: Context) -> str:
    """What is said before the items of a list that nothing announces."""
    if _BRINGS.search(header):
        return "You get" if nouns else pick(("Here is what you get.", "Here is what it offers."), header)
    if _NEEDS.search(header):
        return "You need" if nouns else "Here is what you need."
    lead = turn_to(header, context.names).replace("Let's see ", "Here is ")
    if not lead:
        return ""
    return f"{lead.rstrip('.')}:" if nouns and lead.endswith(".") else lead


def _carry_on(nouns: bool, header: str) -> str:
    if not nouns:
        return ""
    return "You also get" if _BRINGS.search(header) else "And there's more:"
