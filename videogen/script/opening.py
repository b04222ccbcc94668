"""The title scene: what the thing is, in the words with which its document opens, and what is going to be seen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from videogen.model.content import Inline, Paragraph, ParsedSection
from videogen.model.kinds import Title
from videogen.model.pace import heard_words
from videogen.script.choose import Topic
from videogen.script.draft import Context, Draft, Sentence, heard, names_itself, parts_of
from videogen.script.frame import shown_topics
from videogen.script.lang import listed, number, pick
from videogen.script.leads import is_verb, leans_back, spoken_header, turn_to
from videogen.script.phrases import item_phrase, key_phrase
from videogen.script.prose import sayable
from videogen.script.text import STOP_WORDS, capital, clean, finish, fitted, sentences, slide_text, small, word_count

MOST_HOOK = 45
"""Words of the document's own opening."""

LONGEST_OPENING = 21
"""Words heard of a title, about nine seconds with its silences: the rest of the opening has a slide of its own."""


SHORTEST_HOOK = 14
"""With fewer, the next paragraph is said too."""


_FINITE = re.compile(r"(?:is|are|was|were|has|have|can|will|does|do|isn['’]t|it['’]s|you|we|i|they|it)$", re.I)


_OF_ITS_NAME = re.compile(r"\b(?:derives? from|stands for|is short for|is pronounced|is named after)\b", re.I)


LONGEST_SENTENCE = 22
"""Words heard of a sentence that a title says in one piece where it can be cut."""

_MEANS = re.compile(r"(?P<what>.{30,}?),?\s+(?P<how>by \w+ing\s.{20,})$")
_NAME_IS = re.compile(r"^(?P<name>[\w./+#-]+(?:\s[\w./+#-]+)?)\s+(?:—|–|-)\s+(?P<what>(?:an?|the)\s.+)$", re.I)


NOTHING_SHOWN = 20
"""Seconds of a film that has but an opening, with the silences."""

_STATES = re.compile(r"(?<!that)(?<!which)(?<!who)(?<!what)(?<!it)(?<!you)(?<!they)(?<!and) (?:is|are|was|were) ", re.I)
"""A sentence has a verb of its own, not one of what it tells of its subject."""


def split_intro(section: ParsedSection, context: Context) -> tuple[list[Sentence], ParsedSection]:
    """The sentences that the title says, and the document's first section without them."""
    blocks = list(section.blocks)
    hook: list[Sentence] = []
    index = begin = 0
    while index < min(len(blocks), 5):
        block = blocks[index]
        words = sum(word_count(sentence.text) for sentence in hook)
        if not isinstance(block, Paragraph):
            if hook:
                break
            index += 1
            continue
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        found = sayable(_named(block, context), context, not (following is None or isinstance(following, Paragraph)))
        if context.english and found and not hook and all(_OF_ITS_NAME.search(one.text) for one in found):
            # where a name comes from is not what the thing is
            del blocks[index]
            continue
        taken = _opens_with(found, MOST_HOOK - words)
        if not taken or (not hook and sum(word_count(sentence.text) for sentence in found) < 4):
            if hook:
                break
            index += 1
            continue
        begin = begin if hook else index
        hook += found[:taken]
        blocks[index : index + 1] = _rest(found[taken:], block)
        if taken < len(found) or words + sum(word_count(s.text) for s in found) >= SHORTEST_HOOK:
            break
    said, later = _titled(_telling(hook, context))
    for sentence in reversed(later):
        text = Inline(text=sentence.shown or sentence.text, spoken=sentence.text)
        blocks.insert(begin, Paragraph(inline=text, lines=sentence.lines))
    return said, section.model_copy(update={"blocks": blocks})


def _titled(hook: Sequence[Sentence]) -> tuple[list[Sentence], list[Sentence]]:
    """What of an opening is said over the title, at least a sentence, and what is left."""
    means = _MEANS.match(hook[0].text) if hook and heard([hook[0].text]) > LONGEST_SENTENCE else None
    if means:
        how = Sentence(finish(f"It does so {means['how']}"), hook[0].lines, shown=finish(capital(means["how"][3:])))
        return [replace(hook[0], text=finish(means["what"], raised=False))], [how, *hook[1:]]
    count = 1
    while count < len(hook) and heard(one.text for one in hook[: count + 1]) <= LONGEST_OPENING:
        count += 1
    return list(hook[:count]), list(hook[count:])


def _telling(hook: Sequence[Sentence], context: Context) -> Sequence[Sentence]:
    """The sentences of an opening from the one on that says what the thing is, each once."""
    if not context.english:
        return hook
    start = next((at for at, one in enumerate(hook) if names_itself(one.text).lower() in context.names - {""}), 0)
    if hook and not _titles(hook[0].text, context):
        start = 0
    kept = hook[start:] if sum(word_count(one.text) for one in hook[start:]) >= SHORTEST_HOOK // 2 else hook
    earlier = {one.text for one in hook[: len(hook) - len(kept)]}
    once = {one.text: one for one in kept if one.text not in earlier}
    return list(once.values())


def _titles(text: str, context: Context) -> bool:
    """Whether an opening sentence only says what a title would: "Kiln, the site baker", "A site baker in Python"."""
    first = text.split(" ", 1)[0].strip(",:").lower()
    return first in context.names or first in ("a", "an", "the")


def _opens_with(found: Sequence[Sentence], most: int) -> int:
    """How many of the sentences make at most `most` words, at least one, without one that announces a block."""
    taken = 0
    while taken < len(found) and not found[taken].open:
        if taken and sum(word_count(sentence.text) for sentence in found[: taken + 1]) > most:
            break
        taken += 1
    return taken if found and (most >= word_count(found[0].text) or most == MOST_HOOK) else 0


def _rest(said: Sequence[Sentence], block: Paragraph) -> list[Paragraph]:
    if not said:
        return []
    text = " ".join(sentence.text for sentence in said)
    text = text.rstrip(".") + ":" if said[-1].open else text
    return [Paragraph(inline=Inline(text=text, spoken=text), lines=block.lines)]


def _named(block: Paragraph, context: Context) -> Paragraph:
    """With "Name — a thing" made the sentence "Name is a thing"."""
    if not context.english:
        return block

    shown = _NAME_IS.match(slide_text(block.inline.text))
    if shown is None:
        return block
    text = f"{shown['name']} is {small(shown['what'])}"
    # speech has a comma where the slide has a dash
    spoken = re.sub(
        rf"^({re.escape(shown['name'])})(?:,|\s+[–—-])\s+(\w+)",
        lambda match: f"{match[1]} is {match[2].lower()}",
        block.inline.spoken,
    )
    return block.model_copy(update={"inline": Inline(text=text, spoken=spoken)})


def opening(
    title: str,
    description: str,
    hook: Sequence[Sentence],
    chosen: Sequence[tuple[Topic, str]],
    seconds: float,
    context: Context,
) -> Draft:
    """The title scene: what the thing is, then what is going to be seen. `chosen`: topics and their headers."""
    said = [sentence.text for sentence in hook]
    if not said:
        said = [finish(text) for text in sentences(clean(description, context.language))[:2]]
    name = clean(title, context.language).rstrip(" .!?:")
    if context.topical and context.english:
        said = _on(title, said, context)
    elif said and context.english and name and not _mentions(said[:1], title):
        said[:1] = _naming(name, said[0])
    elif not said and name:
        said = [
            finish(f"This is {_within(name)}" if context.english and len(name.split()) <= 6 else name, raised=False)
        ]
    if context.english and name and not context.topical:
        said = [said[0], *(re.sub(rf"^{re.escape(name)}(?= (?:is|has|can)\b)", "It", text) for text in said[1:])]
    phrases = [phrase for _, phrase in shown_topics(chosen, context)]
    if context.english and seconds > NOTHING_SHOWN:
        room = LONGEST_OPENING - heard(said)
        said += [text for text in _promises(phrases, seconds, title) if heard_words(text) <= room][:1]
    elif phrases and not context.english:
        said.append(finish(context.words.promise.format(topics=listed(phrases, context.words.also))))
    text = slide_text(hook[0].shown if hook else description)
    first = [slide_text(sentence.shown) for sentence in hook if sentence.lines == hook[0].lines]
    whole = " ".join(first)
    subtitle = whole if len(first) >= 2 and len(whole.split()) <= 10 else _tagline(text, context)
    lines = (min(s.lines[0] for s in hook), max(s.lines[1] for s in hook)) if hook else (1, 1)
    subtitle = fitted(subtitle, 110)
    content = Title(title=title, subtitle="" if subtitle.lower() == title.lower() else subtitle)
    return Draft(title, "title", content, parts_of([text for text in said if text]), lines)


def _on(title: str, said: list[str], context: Context) -> list[str]:
    """The opening of what has a subject for its title: that it is about that, and what it says first."""
    if said and _mentions(said[:1], title):
        return said
    turn = turn_to(title, context.names)
    about = spoken_header(title, context.names)
    turn = turn or (f"This is about {about}." if about else finish(clean(title)))
    return [turn, *said] if not said or heard([turn, said[0]]) <= LONGEST_OPENING + 4 else said


def _within(name: str) -> str:
    """A name as it stands within a sentence."""
    return re.sub(r"^(?:The|An?)(?= )", lambda article: article[0].lower(), name)


def _promises(phrases: Sequence[str], seconds: float, title: str) -> list[str]:
    """What may be said of what is going to be seen, the most telling first."""
    minutes = max(1, round(seconds / 60))
    span = "minute" if minutes == 1 else f"{number(minutes)} minutes"
    all_of_it = listed(phrases)
    begins = pick((f"In the next {span}, you'll see", "Let's see", "We'll look at"), title)
    several = [f"{begins} {all_of_it}.", f"Let's see {all_of_it}."] if len(phrases) > 1 else []
    return [*several, *([f"Let's see {listed(phrases[:2])}."] if len(phrases) > 2 else []), "Let's take a look."]


def _mentions(said: Sequence[str], title: str) -> bool:
    spoken = " ".join(said).lower()
    words = [word for word in re.findall(r"\w{3,}", title.lower()) if word not in STOP_WORDS]
    return not words or words[0] in spoken


def _naming(name: str, sentence: str) -> list[str]:
    """An opening sentence that does not name the thing, made one that does: a motto becomes what the thing is.

    >>> _naming("Kiln", "A small tool for big sites."), _naming("Kiln", "Build a site in a second.")
    (['Kiln is a small tool for big sites.'], ['With Kiln, you build a site in a second.'])
    """
    words = sentence.rstrip(".").split()
    first = words[0].lower().strip(",")
    head = re.split(r"\b(?:that|which|who|for|to|with|in|of|from|on|by|as)\b|,", sentence.rstrip(".!"))[0].split()
    small_name = sentence[:1].islower() and is_verb(first)
    whole = any(_FINITE.match(word) for word in head) or (
        not small_name and any(is_verb(word) and word.endswith("s") for word in head[1:-1])
    )
    if len(name.split()) > 6:
        return [finish(name, raised=False), sentence]
    if sentence.endswith("?") or not head or whole or len(words) > 24 or _STATES.search(sentence):
        return [f"This is {_within(name)}.", sentence]
    if small_name or first in ("a", "an", "the", "one"):
        return [f"{name} is {small(sentence)}"]
    if len(words) > 2 and first.endswith("ly") and is_verb(words[1]) and not words[1].endswith("s"):
        return [f"With {name}, you {small(sentence)}"]
    if is_verb(first) and len(words) > 1:
        return [f"{name} {small(sentence)}" if first.endswith("s") else f"With {name}, you {small(sentence)}"]
    plain = not any(word.lower() in ("a", "an", "the", "your", "every", "any") for word in head[1:])
    if len(head) > 1 and plain and head[-1].isalpha() and not head[-1].endswith(("s", "ed", "y", "ly", "ing")):
        return [f"{name} is {'an' if first[:1] in 'aeio' else 'a'} {small(sentence)}"]
    return [f"This is {_within(name)}.", capital(sentence)]


def _tagline(text: str, context: Context) -> str:
    first = next(iter(sentences(text)), "")
    if not first:
        return ""
    own = first[:1].isupper() and not leans_back(first)
    if len(first.split()) <= 8 and own and not re.search(r"\b(?:is|are)\b", first):
        return first.rstrip(".")
    phrase = key_phrase(first, 10, context.english, context.names)
    phrase = phrase or key_phrase(first, 14, context.english, context.names)
    return phrase or item_phrase(first.rstrip(".!:"), 10, context.english, context.names)
