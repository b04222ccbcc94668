"""What a slide shows of a sentence: its key phrase, or the members of a series."""

from __future__ import annotations

import itertools
import re

from videogen.script.draft import Context, Sentence
from videogen.script.leads import is_verb
from videogen.script.phrases import MAX_PHRASE_WORDS, key_phrase, raised, without_intro
from videogen.script.text import stem

_LAST_TWO = re.compile(r"(,\s+(?:[^\s,]+\s+){1,7}[^\s,]+)\s+((?:and|or)\s+(?:[^\s,]+\s+){1,7}[^\s,]+)$")
"""Members of two to eight words: "a, b c and d e"."""

_ON = re.compile(
    r"^,?\s+(?:(?:and|but|so|also|then|which|that|to|you|we|they|it|can|will|use to|even|help you)\s+)+(?P<rest>\S.+)$",
    re.I,
)
_STATES = re.compile(r"\b(?:is|are|was|were|has|have|can|will|that|which|who)\b", re.I)
_WITH_COMMA = re.compile(r",\s+(?:and|or)\s+")
MOST_ITEMS = 5


_NO_MEMBER = frozenset(
    """if when while which who so but because since although unless until with without in on at by for from including
    especially as is are was were""".split()  # noqa: SIM905
)
"""A clause that begins so is not one more member of an enumeration."""


def slide_phrases(sentence: Sentence, context: Context) -> list[tuple[str, int]]:
    """What a slide shows of a sentence, each with the index of the sentence's word that speaks of it."""
    pieces = enumerated(sentence.shown, context.names) if context.english else []
    texts = pieces or (_with_consequence(sentence.shown, context.names) if context.english else [])
    texts = texts or [key_phrase(sentence.shown, english=context.english, names=context.names)]
    return placed([text for text in texts if text], sentence.text)


def enumerated(text: str, names: frozenset[str]) -> list[str]:
    """The members of "a, b, c, and d" where a sentence lists at least three, else nothing; short ones share a line."""
    body = without_intro(re.sub(r"\s+(?:—|–|-)\s.*$", "", text.rstrip(" .!?:")))
    body = re.sub(r"\s*[(\[][^()\[\]]*[)\]]", "", body)
    match = _WITH_COMMA.search(body)
    if not match and len(body.split()) > MAX_PHRASE_WORDS:
        body = _LAST_TWO.sub(r"\1, \2", body)
        match = None if _STATES.search(body.partition(",")[2]) else _WITH_COMMA.search(body)
    if not match or ";" in body or ":" in body or body.count(",") < 2:
        return []
    parts = re.split(r",\s+", body)
    final = next(at for at in reversed(range(len(parts))) if re.match(r"(?:and|or)\s", parts[at]))
    pieces = [re.sub(r"^(?:and|or)\s+(?:then\s+)?", "", piece) for piece in parts[: final + 1]]
    if pieces[-1].lower() in ("more", "so on", "others", "many more", "much more"):
        pieces.pop()
    firsts = [piece.split()[0].lower() for piece in pieces if piece.split()]
    if len(firsts) < 3 or any(len(piece.split()) > 12 for piece in pieces[1:]) or set(firsts) & _NO_MEMBER:
        return []
    if set(firsts[1:]) & {"it", "we", "you", "they"}:
        return []
    first = key_phrase(pieces[0], 10, names=names)
    phrases = [first, *(raised(piece, names) for piece in pieces[1:])]
    if not first or not all(len(phrase) > 3 for phrase in phrases):
        return []
    while len(phrases) > MOST_ITEMS:
        sizes = [len(f"{one} {two}".split()) for one, two in itertools.pairwise(phrases)]
        at = sizes.index(min(sizes))
        phrases[at : at + 2] = [f"{phrases[at]}, {phrases[at + 1][:1].lower()}{phrases[at + 1][1:]}"]
    return phrases


def _with_consequence(text: str, names: frozenset[str]) -> list[str]:
    """Two phrases of a long sentence that says what follows from its first half, else none."""
    halves = re.split(r",\s+(?:and\s+)?so\s+", text)
    if len(halves) != 2 or len(text.split()) < 16:
        return []
    first, second = (key_phrase(half, names=names) for half in halves)
    return [first, raised(second, names)] if first and second else []


def with_rest(sentence: Sentence, context: Context) -> list[tuple[str, int]]:
    """Two phrases of a sentence whose one phrase leaves out what the thing is for, or does besides; else none."""
    text = sentence.shown
    head = key_phrase(text, names=context.names)
    at = text.lower().find(head.lower()) if head and context.english else -1
    rest = _ON.match(text[at + len(head) :]) if at >= 0 else None
    first = rest["rest"].split(" ", 1)[0].lower() if rest else ""
    if not rest or not is_verb(first) or first in ("is", "are", "has", "can"):
        return []
    more = key_phrase(rest["rest"], names=context.names)
    return placed([head, raised(more)], sentence.text) if len(more.split()) >= 3 else []


def placed(phrases: list[str], sentence: str) -> list[tuple[str, int]]:
    """Each phrase with the word that speaks of it, in order."""
    plain = [re.sub(r"\W", "", word).lower() for word in sentence.split()]
    spoken = [stem(word) for word in sentence.split()]
    placed, start = [], 0
    for phrase in phrases:
        opening = [re.sub(r"\W", "", word).lower() for word in phrase.split()[:3]]
        wanted = next(filter(None, (stem(word) for word in phrase.split())), "")
        exact = (at for at in range(start, len(plain)) if plain[at : at + len(opening)] == opening)
        near = (at for at in range(start, len(plain)) if wanted and spoken[at] == wanted)
        place = next(exact, next(near, start))
        placed.append((phrase, place))
        start = min(place + 1, len(plain) - 1)
    return placed
