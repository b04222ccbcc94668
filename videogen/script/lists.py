"""Lists: items grouped into slides, and joined into what a presenter would say of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from videogen.model import limits
from videogen.model.content import ListBlock, ListItem
from videogen.model.kinds import Bullets
from videogen.script.cues import Part
from videogen.script.draft import MOST_WORDS, Context, Draft, parts_of
from videogen.script.lang import listed, number, pick
from videogen.script.leads import is_verb, noun_like, spoken_header
from videogen.script.phrases import item_phrase, term_of
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

MOST_ITEMS = 18
"""Of a longer list the first dozen are shown."""

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
    said: str
    """One or two sentences, finished, or a fragment without terminal mark when `terse`."""
    terse: bool
    checked: bool | None


def list_drafts(block: ListBlock, lead: Sequence[Sentence], header: str, context: Context) -> list[Draft]:
    """A list as one or more slides; `lead` is said before its first item."""
    items = [made for made in (_item(item, context) for item in block.items) if made is not None]
    notes: tuple[str, ...] = ()
    if len(items) > MOST_ITEMS:
        notes = (f"{len(items) - 12} of {len(items)} list items",)
        items = items[:12]
    if not items:
        return []
    items = _with_meanings(items, block)
    opening = list(lead)
    drafts: list[Draft] = []
    groups = _groups(items, sum(word_count(sentence.text) for sentence in opening))
    for index, group in enumerate(groups):
        names = [f"item:{at}" for at in range(len(group))]
        if block.ordered and context.english:
            parts = _steps(group, names, opening, index == 0, index == len(groups) - 1, len(items))
        else:
            parts = _said(group, names, opening, header, index == 0, context)
        checked = [bool(item.checked) for item in group] if all(item.checked is not None for item in group) else None
        content = Bullets(
            header=header,
            items=[item.phrase for item in group],
            ordered=block.ordered and len(groups) == 1,
            checked=checked,
        )
        drafts.append(Draft(header, "bullets", content, tuple(parts), block.lines, notes if index == 0 else ()))
        opening = []
    return drafts


def _item(item: ListItem, context: Context) -> _Item | None:
    spoken = clean(item.inline.spoken, context.language)
    phrase = item_phrase(item.inline.text, english=context.english)
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
    terse = word_count(main) <= 10 and ":" not in main and len(found) == 1 and not _CLAUSE.search(main)
    if terse:
        return _Item(phrase, main.rstrip(" .:;,!…"), True, item.checked)
    pieces = [finish(piece, raised=at > 0 or not term) for at, piece in enumerate(split_long(main, 32))]
    if word_count(main) < 12 and len(found) > 1 and word_count(found[1]) <= 20:
        pieces.append(finish(found[1]))
    said = " ".join(filter(None, pieces))
    if word_count(said) > MOST_WORDS - 10:
        said = phrase
    return _Item(phrase, finish(said, raised=not term), False, item.checked)


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


def _with_meanings(items: list[_Item], block: ListBlock) -> list[_Item]:
    """Terms with their meanings where every meaning is a few words, else as they are."""
    texts = [slide_text(item.inline.text).rstrip(" .") for item in block.items]
    pairs = [term_of(text) for text in texts]
    if len(items) != len(texts) or not all(term and len(rest.split()) <= 4 for term, rest in pairs):
        return items
    return [replace(item, phrase=f"{term}: {rest}"[:200]) for item, (term, rest) in zip(items, pairs, strict=True)]


def _groups(items: list[_Item], lead: int) -> list[list[_Item]]:
    def fits(group: list[_Item], first: bool) -> bool:
        shown = sum(len(item.phrase.split()) for item in group)
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
    for index, (item, name) in enumerate(zip(group, names, strict=True)):
        orders = is_verb(item.said.split(" ", 1)[0])
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
    group: list[_Item], names: list[str], opening: Sequence[Sentence], header: str, first: bool, context: Context
) -> list[Part]:
    parts = list(parts_of([sentence.text for sentence in opening[:-1]]))
    announcing = opening[-1] if opening else None
    start = ""
    if announcing is not None and not announcing.open:
        parts.append(Part(announcing.text))
    elif announcing is not None:
        start = announcing.text.rstrip(".")
        start = start if _OPEN_VERB.search(start) else f"{start}:"
    elif context.english:
        start = _opener(group, header, context) if first else _carry_on(group)
    titled = [is_title_case(item.said) for item in group if item.terse and len(item.said.split()) > 1]
    headlines = context.english and sum(titled) * 2 > len(titled)
    index = 0
    while index < len(group):
        run = _run(group, index, word_count(start) if index == 0 else 0)
        texts = [_running(item, headlines, context) for item in group[index : index + run]]
        if index == 0 and start:
            if not group[0].terse and not start.endswith("?"):
                bare = start.rstrip(":")
                start = f"{bare} the following." if context.english and bare == start else f"{bare}."
            parts.append(Part(start))
        elif group[index].terse:
            texts[0] = finish(texts[0], "")
        parts += _joined(texts, names[index : index + run], context, finished=not group[index].terse)
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


def _opener(group: list[_Item], header: str, context: Context) -> str:
    lower = header.lower()
    if re.search(r"\b(?:features?|highlights?|benefits?|advantages?)\b", lower):
        return pick(
            ("Here is what you get:", "What does it bring?", "So what is in it for you?", "Here is what it offers:"),
            header,
        )
    if re.search(r"\b(?:requirements?|prerequisites?|dependencies)\b", lower):
        return pick(("Here is what you need:", "What do you need?"), header)
    if header.endswith("?"):
        return finish(clean(header))
    subject = spoken_header(header, context.names)
    if subject and subject.split()[0].lower() in ("what", "how", "why", "where", "when"):
        return f"Here is {subject}:"
    count = f"{number(len(group))} points" if len(group) > 1 else "one point"
    if not subject or is_verb(subject.split()[0]):
        return f"There are {count} to note:" if len(group) > 1 else ""
    return pick(
        (f"On {subject}, {count}:", f"When it comes to {subject}, there are {count}:", f"For {subject}, {count}:"),
        header,
    )


def _carry_on(group: list[_Item]) -> str:
    if group[0].terse and noun_like(group[0].said):
        return pick(("Then there's", "On top of that, there's", "And there's more:", "You also get"), group[0].said)
    return "There is more:"
