"""One item of a list: what a slide shows of it, and what is said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from videogen.model import limits
from videogen.model.content import Inline, ListItem
from videogen.model.kinds import Point
from videogen.script.draft import Context
from videogen.script.lang import listed
from videogen.script.leads import is_verb
from videogen.script.phrases import balanced, brief, item_phrase, point, term_of
from videogen.script.pointers import points_elsewhere
from videogen.script.text import clean, finish, sentences, slide_text, small, split_long, word_count

_AND_SO_ON = re.compile(r"^(?:and |so |many |much |a lot |lots )*(?:more|others?|so on)\W*$", re.I)

LONGEST_SAID = 30
"""Words said of one item."""


LONGEST_DETAIL, SHORT_DETAIL = 12, 9
"""Words of what is said of a term, where there are few of them and where there are more."""
FEW_POINTS = 4

_SIGNS = re.compile(r":(?:\s+[^\w\s]+)+$")

_CLAUSE = re.compile(
    r"\b(?:is|are|was|were|can|will|must|should)\b|^(?:the|each|every|it|you|we|they|all)\s(?:\S+\s+){3,}", re.I
)
"""What makes an item a sentence of its own rather than a member of one."""


@dataclass(frozen=True)
class Item:
    """An item of a list, ready for a slide and for speech."""

    phrase: str
    brief: str
    """What is shown where a slide has no room for the phrase."""
    said: str
    """One or two sentences, finished, or a fragment without terminal mark when `terse`."""
    terse: bool
    checked: bool | None
    text: str = ""
    """All of it, as a slide would show it."""


def read_item(item: ListItem, context: Context) -> Item | None:
    """What becomes of an item; None where nothing of it can be said, or it only leads elsewhere."""
    item = _named_signs(item)
    spoken = clean(item.inline.spoken, context.language)
    spoken = re.sub(r"[;,]\s+(?:and|or)$", "", spoken) if context.english else spoken
    phrase = item_phrase(item.inline.text, english=context.english, names=context.names)
    less = brief(item.inline.text, context.english, context.names)
    if not any(char.isalpha() for char in spoken) or not any(char.isalnum() for char in phrase):
        return None
    found = [text for text in sentences(spoken) if not (text.startswith("(") and text.rstrip(".").endswith(")"))]
    found = found or [spoken]
    if context.english and (points_elsewhere(found[0]) or _AND_SO_ON.match(spoken)):
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
        return Item(phrase, less, _limited([f"It {small(main)}"], phrase), False, item.checked, item.inline.text)
    terse = word_count(main) <= 10 and ":" not in main and len(found) == 1 and not _CLAUSE.search(main)
    if terse:
        return Item(phrase, less, main.rstrip(" .:;,!…"), True, item.checked, item.inline.text)
    pieces = split_long(main, LONGEST_SAID)
    if word_count(main) < 12 and len(found) > 1 and word_count(found[1]) <= LONGEST_SAID - 12:
        pieces.append(found[1])
    return Item(phrase, less, _limited(pieces, phrase, raised=not term), False, item.checked, item.inline.text)


def _named_signs(item: ListItem) -> ListItem:
    """Of "Special characters: ! # &", which nobody can say, the name."""
    if not _SIGNS.search(item.inline.text):
        return item
    named = Inline(text=_SIGNS.sub("", item.inline.text), spoken=item.inline.spoken.partition(":")[0])
    return item.model_copy(update={"inline": named})


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


def shown_items(group: list[Item]) -> list[str]:
    """What a slide shows of its items: the phrases, and the shorter ones where they do not all fit."""
    texts = [item.phrase for item in group]
    while shown_words(texts) > limits.MAX_SLIDE_WORDS:
        saved = [len(text.split()) - len(item.brief.split()) for text, item in zip(texts, group, strict=True)]
        at = max(range(len(group)), key=lambda index: (saved[index], -index))
        if saved[at] <= 0:
            break
        texts[at] = group[at].brief
        if ":" in group[at].phrase and ":" not in texts[at]:
            # terms stand without their meanings all together
            texts = [item.brief if ":" in item.phrase else text for text, item in zip(texts, group, strict=True)]
    return balanced(texts, [item.brief for item in group])


def points_of(group: Sequence[Item], context: Context) -> list[Point] | None:
    """The items as terms with what is said of each; None where most of them have no such form."""
    most = LONGEST_DETAIL if len(group) <= FEW_POINTS else SHORT_DETAIL
    found = [point(item.text, most, context.english, context.names) for item in group]
    named = all(term for term, _ in found) and len({term.lower() for term, _ in found}) == len(found)
    told = sum(bool(detail) for _, detail in found)
    if len(group) < 2 or not named or told * 3 < 2 * len(group):
        return None
    return [Point(text=term, detail=detail) for term, detail in found]


def shown_words(texts: Sequence[str]) -> int:
    """Words that the texts of a slide have together."""
    return sum(len(text.split()) for text in texts)
