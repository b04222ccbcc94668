"""Running text: which of its sentences can be said, and what a slide shows of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from videogen.model import limits
from videogen.model.content import Paragraph
from videogen.model.kinds import Bullets
from videogen.script.cues import Part
from videogen.script.draft import MOST_WORDS, Context, Draft
from videogen.script.phrases import item_phrase, key_phrase, without_intro
from videogen.script.pointers import points_elsewhere
from videogen.script.text import clean, finish, sentences, slide_text, split_long, stem, word_count

_BAR = re.compile(r"\s[•|·]\s")
"""Several make a row of links, not prose."""

_WHICH = re.compile(r"^Which\s(?=[^?]*$)")
_SHOWS = re.compile(
    r"\b(?:following|below|above)\b|\b(?:like|try) (?:this|so)$|\b(?:output|example|snippet|result)s?$|"
    r"\bhere(?:'s|’s| is| are)\b",
    re.I,
)
_NEEDS_OBJECT = frozenset(
    "use run type do execute call add enter write try issue with via using by is are be as like says say".split()  # noqa: SIM905
)


@dataclass(frozen=True)
class Sentence:
    """A sentence ready for speech; `open` when it announces what stands after it (a colon or dots at its end)."""

    text: str
    lines: tuple[int, int]
    open: bool = False
    shown: str = ""
    """The sentence as a slide would show it."""


def sayable(paragraph: Paragraph, context: Context, announces: bool) -> list[Sentence]:
    """The sentences of a paragraph worth saying. `announces`: something that can be shown follows it.

    Left out are pointers to other pages, and, when nothing follows, announcements of what would.
    """
    spoken = sentences(clean(paragraph.inline.spoken, context.language))
    shown = sentences(slide_text(paragraph.inline.text))
    paired = shown if len(shown) == len(spoken) else spoken
    kept: list[Sentence] = []
    if len(_BAR.findall(paragraph.inline.text)) >= 2:
        return kept
    for index, (raw, slide) in enumerate(zip(spoken, paired, strict=True)):
        last = index == len(spoken) - 1
        opens = last and raw.endswith((":", "...", "…", "："))
        if raw.startswith("(") and raw.rstrip(".").endswith(")"):
            continue
        if context.english and points_elsewhere(raw):
            continue
        if _URL_LIKE.search(paragraph.inline.spoken) and _lost_its_object(raw):
            continue
        if opens and not announces and (not context.english or _SHOWS.search(raw.rstrip(" :.…")) or _short(raw)):
            continue
        if (
            not opens
            and not announces
            and context.english
            and re.search(r"\b(?:following|below)\b", raw, re.I)
            and last
        ):
            continue
        pieces = _pieces(raw, slide)
        for at, piece in enumerate(pieces):
            text = finish(_WHICH.sub("This ", piece) if context.english else piece, raised=at > 0)
            if text and word_count(text) <= MOST_WORDS:
                kept.append(Sentence(text, paragraph.lines, False, slide if len(pieces) == 1 else text))
        if opens and kept:
            final = kept[-1]
            kept[-1] = Sentence(final.text, final.lines, announces, final.shown)
    return kept


def _pieces(spoken: str, shown: str) -> list[str]:
    """A sentence in the pieces in which it is said: cut at a dash between two long halves, or where it is too long."""
    dashed = _with_dashes(spoken, shown)
    halves = dashed.split(" — ")
    if len(halves) > 1 and all(word_count(half) >= 8 for half in halves):
        return [piece for half in halves for piece in split_long(half)]
    return [spoken] if word_count(spoken) <= 26 else split_long(dashed)


def _with_dashes(spoken: str, shown: str) -> str:
    """Speech with the dashes of the slide where it has commas for them: a long sentence can be cut there."""
    words = spoken.split()
    for piece in re.split(r"\s+[–—-]\s+", shown)[1:]:
        after = piece.split(" ", 1)[0]
        places = [at for at in range(1, len(words)) if words[at] == after and words[at - 1].endswith(",")]
        if len(places) == 1:
            words[places[0] - 1] = f"{words[places[0] - 1][:-1]} —"
    return " ".join(words)


_URL_LIKE = re.compile(r"https?://|www\.|\w\.(?:com|org|net|io|dev)\b", re.I)


def _lost_its_object(sentence: str) -> bool:
    words = re.findall(r"[\w']+", sentence.lower())
    return bool(words) and words[-1] in ("at", "from", "on", "in", "to", "by", "see", "via", "is", "with", "of", "and")


def _short(sentence: str) -> bool:
    return word_count(sentence) < 7


def announce(sentence: Sentence, thing: str, english: bool) -> str:
    """An announcing sentence made to stand alone: "Or run:" becomes "Or run this command."."""
    if not sentence.open or not english:
        return sentence.text
    words = sentence.text.rstrip(".").split()
    if len(words) == 1:
        return ""
    if words[-1].lower() in _NEEDS_OBJECT and (len(words) < 2 or words[-2].lower() not in ("of", "in", "for", "to")):
        return finish(" ".join([*words, thing]))
    if words[0] in ("To", "For") and "," not in sentence.text and not any(is_clause(word) for word in words):
        return finish(f"{' '.join(words)}, here is what you type")
    return sentence.text


def is_clause(word: str) -> bool:
    """Whether a word makes a main clause: a small test, for sentences that begin with "To" or "For"."""
    return word.lower() in ("you", "is", "are", "can", "we", "use", "run", "see", "do", "it", "there")


def slide_phrases(sentence: Sentence, context: Context) -> list[tuple[str, int]]:
    """What a slide shows of a sentence, each with the index of the sentence's word that speaks of it."""
    pieces = _enumerated(sentence.shown) if context.english else []
    texts = pieces or [phrase for phrase in [key_phrase(sentence.shown, english=context.english)] if phrase]
    return [(text, _place(text, sentence.text)) for text in texts]


def _enumerated(text: str) -> list[str]:
    """The members of "a, b, c, and d" where a sentence lists at least three, else nothing."""
    body = without_intro(re.sub(r"\s+(?:—|–|-)\s.*$", "", text.rstrip(" .!?:")))
    body = re.sub(r"\s*[(\[][^()\[\]]*[)\]]", "", body)
    match = re.search(r",\s+(?:and|or)\s+", body)
    if not match or ";" in body or body.count(",") < 2:
        return []
    pieces = [re.sub(r"^(?:and|or)\s+", "", piece) for piece in re.split(r",\s+", body)]
    if any(len(piece.split()) > 9 for piece in pieces[1:]) or pieces[0].split()[0].lower() in ("if", "when", "while"):
        return []
    phrases = [key_phrase(piece, 6) or (_one_word(piece) if index else "") for index, piece in enumerate(pieces)]
    if pieces[-1].lower() in ("more", "so on", "others", "many more", "much more"):
        phrases.pop()
    return phrases[:5] if len(phrases) >= 3 and all(phrases) else []


def _one_word(piece: str) -> str:
    word = piece.strip()
    return word[:1].upper() + word[1:] if len(word.split()) == 1 and len(word) > 3 and word.isalpha() else ""


def _place(phrase: str, sentence: str) -> int:
    wanted = next(filter(None, (stem(word) for word in phrase.split())), "")
    return next((index for index, word in enumerate(sentence.split()) if wanted and stem(word) == wanted), 0)


def prose_drafts(said: Sequence[Sentence], header: str, context: Context) -> list[Draft]:
    """Sentences as slides of key phrases: at most 5 phrases, 40 words and 95 spoken words each."""
    return [_bullets(group, header, context) for group in _grouped(said)]


def _grouped(said: Sequence[Sentence]) -> list[list[Sentence]]:
    total = sum(word_count(sentence.text) for sentence in said)
    target = total / max(1, -(-total // (MOST_WORDS - 15)))
    groups: list[list[Sentence]] = []
    count = 0
    for index, sentence in enumerate(said):
        words = word_count(sentence.text)
        fresh = index == 0 or sentence.lines != said[index - 1].lines
        full = count + words > MOST_WORDS - 15 or (fresh and count >= 0.75 * target)
        if not groups or (full and count):
            groups.append([])
            count = 0
        groups[-1].append(sentence)
        count += words
    if len(groups) > 1 and sum(word_count(s.text) for s in groups[-1]) < 15:
        tail = groups.pop()
        if sum(word_count(s.text) for s in groups[-1] + tail) <= MOST_WORDS:
            groups[-1] += tail
        else:
            groups.append(tail)
    return groups


def _bullets(group: list[Sentence], header: str, context: Context) -> Draft:
    items: list[str] = []
    parts: list[Part] = []
    seen: set[str] = {header.lower()}
    for sentence in group:
        found = [pair for pair in slide_phrases(sentence, context) if pair[0].lower() not in seen]
        room = 5 - len(items)
        words = sum(len(item.split()) for item in items)
        cues: list[tuple[int, str]] = []
        for text, place in found[:room]:
            if words + len(text.split()) <= limits.MAX_SLIDE_WORDS:
                cues.append((place, f"item:{len(items)}"))
                items.append(text)
                seen.add(text.lower())
                words += len(text.split())
        parts += _cut(sentence.text, cues)
    if not items:
        shown = group[0].shown or group[0].text
        items = [key_phrase(shown, 12, context.english) or item_phrase(shown, english=context.english)]
        parts[0] = Part(parts[0].text, "item:0")
    lines = (min(s.lines[0] for s in group), max(s.lines[1] for s in group))
    return Draft(header, "bullets", Bullets(header=header, items=items), tuple(parts), lines)


def _cut(text: str, cues: list[tuple[int, str]]) -> list[Part]:
    """A sentence as parts, one beginning at each cue's word."""
    words = text.split()
    parts, start, name = [], 0, None
    for place, cue in sorted(cues, key=lambda pair: int(pair[1].rpartition(":")[2])):
        place = max(place, start)
        if place > start:
            parts.append(Part(" ".join(words[start:place]), name))
        elif name is not None:
            # two cues on one word: the later one takes the next word
            parts.append(Part(words[start] if start < len(words) else "", name))
            place = start + 1
        start, name = place, cue
    parts.append(Part(" ".join(words[start:]), name))
    return [part for part in parts if part.text]
