"""What a slide shows of a sentence: its key phrase, or the members of a series."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from videogen.model.pace import heard_words
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
_JOINT = re.compile(r"[,;]\s+|\s+[–—-]\s+|\s+(?=(?:while also|by \w+ing|and (?:is|are|has|can|will))\s)", re.I)
_BEGINS = re.compile(
    r"(?:(?:and|but|so|or|also|then|just|while|by|to|you|we|they|it|can|will|(?:has|have) become|which(?= allows))"
    r"\s+)+",
    re.I,
)
_DENIES = re.compile(r"\b(?:no|not|never|without)\b|n['’]t\b", re.I)
LONG_REST = 8
"""Words heard after a phrase, about four seconds, that may say something else."""

_WITH_COMMA = re.compile(r",\s+(?:and|or)\s+")
MOST_FURTHER = 2
MOST_ITEMS = 5
LONGEST_WHOLE = 14
"""Words of a series that is shown as one phrase."""

_TAKES = frozenset("becomes gets makes gives needs holds takes turns".split())  # noqa: SIM905
"""Verbs of another subject than the thing itself: what follows does not stand alone."""


_NO_MEMBER = frozenset(
    """if when while which who so but because since although unless until with without in on at by for from including
    especially as is are was were""".split()  # noqa: SIM905
)
"""A clause that begins so is not one more member of an enumeration."""


def slide_phrases(sentence: Sentence, context: Context) -> list[tuple[str, int]]:
    """What a slide shows of a sentence, each with the index of the sentence's word that speaks of it."""
    pieces = enumerated(sentence.shown, context.names) if context.english else []
    texts = pieces or (_with_consequence(sentence.shown, context.names) if context.english else [])
    if not texts:
        only = key_phrase(sentence.shown, english=context.english, names=context.names)
        texts = [only, *(_more(sentence.shown, only, context.names) if only and context.english else [])]
    return placed([text for text in texts if text], sentence.text)


def _more(text: str, head: str, names: frozenset[str]) -> list[str]:
    """Further phrases of a sentence that goes on for long after its first: else the slide would stand still."""
    last = " ".join(head.split()[-3:]).lower()
    at = text.lower().find(last)
    rest = text[at + len(last) :].rstrip(" .!?:") if at >= 0 else ""
    if heard_words(rest) < LONG_REST:
        return []
    pieces = re.split(r";\s+", rest) if ";" in rest else _JOINT.split(rest)
    return [phrase for piece in pieces for phrase in _further(piece, head, names)][:MOST_FURTHER]


def _further(piece: str, head: str, names: frozenset[str]) -> list[str]:
    begins = _BEGINS.match(piece)
    body = piece[begins.end() :] if begins else piece
    if begins and _DENIES.search(head) and re.match(r"(?:or|and|nor)\b", piece, re.I):
        return []
    if body.split(" ", 1)[0].lower() in names:
        body = body.partition(" ")[2]
    first = body.split(" ", 1)[0].lower()
    if not (is_verb(first) or first.endswith("ing") or first == "one") or first in ("is", "are", "can"):
        return []
    found = enumerated(body, names) or [key_phrase(body, names=names)]
    found = [re.sub(r"\s\w+ed$", "", phrase) if " by " in body else phrase for phrase in found]
    if not all(map(_stands, found)):
        found = [phrase for phrase in (key_phrase(body, names=names),) if _stands(phrase)]
    begun = found and found[0].lower().startswith(first[:4])
    return [raised(phrase) for phrase in found] if begun else []


def _stands(phrase: str) -> bool:
    """Whether a phrase cut out of a sentence has three words and no article without its noun."""
    words = phrase.lower().split()
    return len(words) >= 3 and not (words[-2] in ("a", "an", "the") and words[-1].endswith("ed"))


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
    first = _parallel(key_phrase(pieces[0], 10, names=names), pieces[0], firsts[1:])
    if not first and len(body.split()) <= LONGEST_WHOLE:
        return [raised(body, names)]
    phrases = [first, *(raised(piece, names) for piece in pieces[1:])]
    if not first or not all(len(phrase) > 3 for phrase in phrases):
        return []
    while len(phrases) > MOST_ITEMS:
        sizes = [len(f"{one} {two}".split()) for one, two in itertools.pairwise(phrases)]
        at = sizes.index(min(sizes))
        phrases[at : at + 2] = [f"{phrases[at]}, {phrases[at + 1][:1].lower()}{phrases[at + 1][1:]}"]
    return phrases


def _parallel(first: str, piece: str, others: Sequence[str]) -> str:
    """The first member in the form of the others: "Draws tables" beside "charts" is "Tables"; "" where it has none."""
    words = first.split()
    if any(is_verb(other) or other.endswith(("ed", "ing", "ly")) for other in others):
        return first
    at = next((at for at, word in enumerate(words[:-1]) if word.lower() in _TAKES or (not at and is_verb(word))), None)
    if at is None or (piece.lower().startswith(words[0].lower()) and not at):
        return first
    rest = words[2:] if words[1] in ("you", "us", "it", "them") else words[1:]
    return raised(" ".join(rest)) if not at else ""


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
