"""Running text: which of its sentences can be said, and what a slide shows of them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from videogen.model import limits
from videogen.model.content import Paragraph
from videogen.model.kinds import Bullets
from videogen.script.cues import LONGEST_STILL, Part
from videogen.script.draft import MOST_WORDS, Context, Draft, Sentence, heard
from videogen.script.leads import is_verb
from videogen.script.phrases import LONGEST_ITEM_WORDS, balanced, brief, item_phrase, key_phrase, shorter, without_intro
from videogen.script.pointers import points_elsewhere
from videogen.script.series import enumerated, slide_phrases, with_rest
from videogen.script.text import STOP_WORDS, clean, finish, sentences, slide_text, split_long, word_count
from videogen.script.unsaid import breaks_off, has_verb, is_formula, is_imprint, without_places

_BAR = re.compile(r"\s[•|·]\s")
"""Several make a row of links, not prose."""

_STATEMENT = re.compile(r"^(?:from \S+ import\s|import [\w.]+(?: as \w+)?\.?$)", re.I)
_FOOTNOTE = re.compile(r"^[*†‡]+\s*\w")
_WHICH = re.compile(r"^Which\s(?=[^?]*$)")
_LABEL = re.compile(r"^(?:the|an?|some|for)?\s*(?:code|examples?|output|results?|snippet|instance)\W*$", re.I)
_HANGS = re.compile(
    r"^(?:that is|namely|i\.e\.|e\.g\.|for (?:example|instance)|such as|like(?: (?:this|so))?)\W*$", re.I
)
_ABOVE = re.compile(r"\babove\b", re.I)
_SHOWS = re.compile(
    r"\b(?:following|below|above)\b|\b(?:like|try) (?:this|so)$|\b(?:output|example|snippet|result)s?$|"
    r"\bhere(?:'s|’s| is| are)\b",
    re.I,
)
_GOES_TO = re.compile(
    r"(?:so |and )?(?:now,? |next,? )?let(?:'|’)?s (?:now )?(?:see|look|have|take|move|go|turn)\b", re.I
)
"""It leads to what the document shows next, which a film may not."""

LONGEST_BREATH = 32
"""Words of a sentence that can be followed."""

FEWEST_SPOKEN = 20
"""Words of a slide of prose, where there are as many."""

_NEEDS_OBJECT = frozenset(
    "use run type do execute call add enter write try issue with via using by is are be as like says say".split()  # noqa: SIM905
)


LATEST_PHRASE = 8
"""The word, about three seconds in, with which the first phrase of a sentence comes at the latest."""


def sayable(paragraph: Paragraph, context: Context, announces: bool) -> list[Sentence]:
    """The sentences of a paragraph worth saying. `announces`: something that can be shown follows it.

    Left out are pointers to other pages, and, when nothing follows, announcements of what would.
    """
    spoken = sentences(clean(paragraph.inline.spoken, context.language))
    shown = sentences(slide_text(paragraph.inline.text))
    paired = shown if len(shown) == len(spoken) else spoken
    kept: list[Sentence] = []
    if len(_BAR.findall(paragraph.inline.text)) >= 2 or _FOOTNOTE.match(paragraph.inline.text):
        return kept
    if len(spoken) == 1 and len(spoken[0].split()) <= 3 and spoken[0][-1] not in _MARKS:
        # a label, not a sentence
        return kept
    if context.english and is_imprint(paragraph.inline.spoken):
        return kept
    for index, (raw, slide) in enumerate(zip(spoken, paired, strict=True)):
        last = index == len(spoken) - 1
        opens = last and raw.endswith((":", "...", "…", "："))
        if raw.startswith("(") and raw.rstrip(".").endswith(")"):
            continue
        if is_formula(raw) or is_formula(slide):
            continue
        if opens and not announces and context.english and not has_verb(raw):
            # what it announced is gone
            continue
        if context.english and points_elsewhere(raw):
            continue
        if _URL_LIKE.search(paragraph.inline.text + paragraph.inline.spoken) and _lost_its_object(raw):
            continue
        if context.english:
            raw, slide = without_places(_ANSWER.sub("", raw)), without_places(_ANSWER.sub("", slide))
            if not raw or (not opens and breaks_off(raw, index == 0)):
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
        if not announces and last and context.english and _GOES_TO.match(raw):
            continue
        if opens and context.english and len(raw.split()) <= 2 and not is_verb(raw.split()[0]) and _LABEL.match(raw):
            continue
        if opens and context.english and (_HANGS.match(raw) or (_ABOVE.search(raw) and not has_verb(raw))):
            continue
        pieces = [_within_breath(piece, context) for piece in _pieces(raw, slide)]
        for at, piece in enumerate(pieces):
            # a name may be written small at the start of a sentence, a small word may not
            ordinary = piece.split(" ", 1)[0].strip(",").lower() in STOP_WORDS
            text = finish(_WHICH.sub("This ", piece) if context.english else piece, raised=at > 0 or ordinary)
            if text and word_count(text) <= MOST_WORDS and not _STATEMENT.match(text):
                kept.append(Sentence(text, paragraph.lines, False, slide if len(pieces) == 1 else text))
        if opens and kept and pieces[-1]:
            final = kept[-1]
            kept[-1] = Sentence(final.text, final.lines, announces, final.shown)
    return kept


_MARKS = ".!?:;…。！？："


def _pieces(spoken: str, shown: str) -> list[str]:
    """A sentence in the pieces in which it is said: cut at a dash between two long halves, or where it is too long."""
    dashed = _with_dashes(spoken, shown)
    halves = dashed.split(" — ")
    if len(halves) > 1 and all(word_count(half) >= 8 for half in halves):
        return [piece for half in halves for piece in split_long(half)]
    return [spoken] if word_count(spoken) <= 26 else split_long(dashed)


def _within_breath(piece: str, context: Context) -> str:
    """A piece that is too long to be followed, without its last clauses; "" where it has no place to end earlier."""
    if len(piece.split()) <= LONGEST_BREATH or (context.english and len(enumerated(piece, context.names)) >= 3):
        return piece
    return key_phrase(piece, LONGEST_BREATH - 2, context.english)


def _with_dashes(spoken: str, shown: str) -> str:
    """Speech with the dashes of the slide where it has commas for them: a long sentence can be cut there."""
    words = spoken.split()
    for piece in re.split(r"\s+[–—-]\s+", shown)[1:]:
        after = piece.split(" ", 1)[0]
        places = [at for at in range(1, len(words)) if words[at] == after and words[at - 1].endswith(",")]
        if len(places) == 1:
            words[places[0] - 1] = f"{words[places[0] - 1][:-1]} —"
    return " ".join(words)


_ANSWER = re.compile(r"^[QA]\s?:\s+")
"""The mark of a question, and of its answer."""

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


@dataclass
class _Slide:
    """A slide that is being filled: items with the sentence and word at which they come."""

    said: list[Sentence] = field(default_factory=list)
    items: list[tuple[str, int, int]] = field(default_factory=list)

    @property
    def spoken(self) -> int:
        return sum(word_count(sentence.text) for sentence in self.said)

    @property
    def shown(self) -> int:
        return sum(len(text.split()) for text, _, _ in self.items)


def prose_drafts(said: Sequence[Sentence], header: str, context: Context) -> list[Draft]:
    """Sentences as slides of key phrases: at most 5 phrases, 40 words and 80 spoken words each."""
    slides: list[_Slide] = []
    for sentence in said:
        words = word_count(sentence.text)
        found = slide_phrases(sentence, context)
        slide = slides[-1] if slides else None
        seen = {text.lower() for text, _, _ in slide.items} if slide else set()
        found = [(text, place) for text, place in found if text.lower() not in {*seen, header.lower()}]
        if not slide or slide.spoken + words > MOST_WORDS - 15 or not _takes(slide, found):
            slide = _Slide()
            slides.append(slide)
        slide.items += [(text, len(slide.said), place) for text, place in found]
        slide.said.append(sentence)
    for early, late in reversed(list(itertools.pairwise(slides))):
        # a few words at the end are said with what is there already
        if late.spoken < FEWEST_SPOKEN and early.spoken + late.spoken <= MOST_WORDS and early.items:
            tail = heard(s.text for s in early.said[early.items[-1][1] :])
            less = [(brief(text, context.english, context.names), place) for text, _, place in late.items[:1]]
            if _takes(early, less):
                early.items += [(text, len(early.said), place) for text, place in less]
            elif _shared(early, late) or tail + heard(s.text for s in late.said) > LONGEST_STILL:
                continue
            early.said += late.said
            slides.remove(late)
    return [_bullets(slide, header, context) for slide in slides]


def _shared(early: _Slide, late: _Slide) -> bool:
    """Whether the last sentences of the earlier slide could be moved to the later, so that both say enough."""
    count = len(early.said)
    while count > 1 and sum(word_count(s.text) for s in early.said[count:]) + late.spoken < FEWEST_SPOKEN:
        count -= 1
    rest = [item for item in early.items if item[1] >= count]
    if early.spoken - sum(word_count(s.text) for s in early.said[count:]) < FEWEST_SPOKEN or not _takes(
        late, [(text, place) for text, _, place in rest]
    ):
        return False
    moved = len(early.said) - count
    late.items = [*((t, at - count, place) for t, at, place in rest), *((t, at + moved, p) for t, at, p in late.items)]
    late.said = [*early.said[count:], *late.said]
    early.items = [item for item in early.items if item[1] < count]
    del early.said[count:]
    return True


def _takes(slide: _Slide, found: list[tuple[str, int]]) -> bool:
    words = slide.shown + sum(len(text.split()) for text, _ in found)
    return len(slide.items) + len(found) <= limits.MAX_BULLETS and words <= limits.MAX_SLIDE_WORDS


def _bullets(slide: _Slide, header: str, context: Context) -> Draft:
    items: list[str] = []
    parts: list[Part] = []
    since = 0.0
    if len(slide.items) == 1:
        at = slide.items[0][1]
        both = with_rest(slide.said[at], context)
        slide.items = [(text, at, place) for text, place in both] or slide.items
    for at, sentence in enumerate(slide.said):
        found = [(text, place) for text, index, place in slide.items if index == at]
        ahead = heard(following.text for following in slide.said[at : at + 2])
        coming = sum(index > at for _, index, _ in slide.items)
        if not found and len(items) + coming < limits.MAX_BULLETS and (not items or since + ahead > LONGEST_STILL):
            # no phrase is complete, but something has to come
            shown = sentence.shown or sentence.text
            text = key_phrase(shown, LONGEST_ITEM_WORDS, context.english, context.names)
            text = text or item_phrase(
                without_intro(shown) if context.english else shown, 8, context.english, context.names
            )
            # half a condition says less than nothing
            half = context.english and bool(items) and re.match(r"(?:if|when|while|as|whether)\s", text, re.I)
            if text and not half and sum(len(item.split()) for item in [*items, text]) <= limits.MAX_SLIDE_WORDS:
                found = [(text, 0)]
        if found and not items:
            # nothing is on the slide yet: do not wait for the very word
            found[0] = (found[0][0], min(found[0][1], LATEST_PHRASE))
        cues = [(place, f"item:{len(items) + index}") for index, (_, place) in enumerate(found)]
        items += [text for text, _ in found]
        parts += _cut(sentence.text, cues)
        since = heard(sentence.text.split()[found[-1][1] :]) if found else since + heard([sentence.text])
    while sum(len(item.split()) for item in items) > limits.MAX_SLIDE_WORDS:
        longest = max(range(len(items)), key=lambda at: len(items[at].split()))
        less = brief(items[longest], context.english, context.names)
        items[longest] = less if len(less) < len(items[longest]) else " ".join(items[longest].split()[:6])
    items = balanced(items, [shorter(text, context.english, context.names) for text in items])
    lines = (min(s.lines[0] for s in slide.said), max(s.lines[1] for s in slide.said))
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
