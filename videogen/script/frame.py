"""What holds a video together: the opening, the close, and the cards before big parts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from videogen.model.content import Inline, Paragraph, ParsedSection
from videogen.model.kinds import Outro, Section, Title
from videogen.script.choose import Topic
from videogen.script.cues import Part
from videogen.script.draft import Context, Draft, Sentence, parts_of
from videogen.script.lang import listed, number, pick
from videogen.script.leads import is_verb, spoken_header, turn_to
from videogen.script.listing import commands, is_install, is_shell
from videogen.script.phrases import LONGEST_ITEM_WORDS, item_phrase, key_phrase
from videogen.script.prose import sayable
from videogen.script.text import capital, clean, finish, fitted, sentences, slide_text, small, word_count

MOST_HOOK = 45
"""Words of the document's own opening that the title scene says."""

SHORTEST_HOOK = 14
"""With fewer, the next paragraph is said too."""

_FINITE = re.compile(r"(?:is|are|was|were|has|have|can|will|does|do|isn['’]t|it['’]s|you|we|i|they|it)$", re.I)
_NAME_IS = re.compile(r"^(?P<name>[\w./+#-]+(?:\s[\w./+#-]+)?)\s+(?:—|–|-)\s+(?P<what>(?:an?|the)\s.+)$", re.I)


def split_intro(section: ParsedSection, context: Context) -> tuple[list[Sentence], ParsedSection]:
    """The sentences with which a document opens, and its first section without them."""
    blocks = list(section.blocks)
    hook: list[Sentence] = []
    index = 0
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
        taken = _opens_with(found, MOST_HOOK - words)
        if not taken or (not hook and sum(word_count(sentence.text) for sentence in found) < 4):
            if hook:
                break
            index += 1
            continue
        hook += found[:taken]
        blocks[index : index + 1] = _rest(found[taken:], block)
        if taken < len(found) or words + sum(word_count(s.text) for s in found) >= SHORTEST_HOOK:
            break
    return hook, section.model_copy(update={"blocks": blocks})


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


def topic_phrase(topic: Topic, header: str, context: Context) -> str:
    """What a viewer sees of a topic, as it stands in "You'll see …"."""
    subject = spoken_header(header, context.names)
    if not context.english:
        return clean(header, context.language)
    first = subject.split(" ", 1)[0].lower() if subject else ""
    lower = header.lower()
    if header.rstrip().endswith("?"):
        return ""
    if first in ("how", "why", "what", "where", "when", "a", "an"):
        return subject
    if topic.sort == "install":
        return "how to install it"
    if topic.sort == "start" and is_verb(first) and not first.endswith("s") and " " in subject:
        return f"how to {subject}"
    if topic.sort == "start":
        return (
            "a first example" if "example" in lower else "how to get started" if "start" in lower else "how to use it"
        )
    if topic.sort == "features":
        return "what it can do"
    if topic.sort == "configure":
        return "how to configure it"
    if topic.sort == "requirements":
        return "what it works with" if re.search(r"compatib|platform", lower) else "what it needs"
    if turn_to(header, context.names).startswith("Let's ") and re.match(
        r"Let's (?!look|turn|have)", turn_to(header, context.names)
    ):
        return f"how to {subject}"
    return subject


def _shown(chosen: Sequence[tuple[Topic, str]], context: Context) -> list[tuple[str, str]]:
    """The three worthiest topics in document order, as (header, phrase)."""
    ranked = sorted(range(len(chosen)), key=lambda at: (-chosen[at][0].value, at))
    found: dict[str, int] = {}
    for at in ranked:
        phrase = topic_phrase(*chosen[at], context)
        if phrase and phrase not in found and word_count(phrase) <= 8 and len(found) < 3:
            found[phrase] = at
    return [(chosen[at][1], phrase) for phrase, at in sorted(found.items(), key=lambda pair: pair[1])]


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
    if said and context.english and name and not _mentions(said[:1], title):
        said[:1] = _naming(name, said[0])
    elif not said and name:
        said = [finish(f"This is {name}" if context.english and len(name.split()) <= 6 else name, raised=False)]
    if context.english and name:
        said = [said[0], *(re.sub(rf"^{re.escape(name)}(?= (?:is|has|can)\b)", "It", text) for text in said[1:])]
    phrases = [phrase for _, phrase in _shown(chosen, context)]
    if phrases and context.english:
        topics = listed(phrases)
        minutes = max(1, round(seconds / 60))
        span = "minute" if minutes == 1 else f"{number(minutes)} minutes"
        said.append(
            pick(
                (f"In the next {span}, you'll see {topics}.", f"Let's see {topics}.", f"We'll look at {topics}."),
                title,
            )
        )
    elif phrases:
        said.append(finish(context.words.promise.format(topics=listed(phrases, context.words.also))))
    text = slide_text(hook[0].shown if hook else description)
    first = [slide_text(sentence.shown) for sentence in hook if sentence.lines == hook[0].lines]
    whole = " ".join(first)
    subtitle = whole if len(first) >= 2 and len(whole.split()) <= 10 else _tagline(text, context)
    lines = (min(s.lines[0] for s in hook), max(s.lines[1] for s in hook)) if hook else (1, 1)
    subtitle = fitted(subtitle, 110)
    content = Title(title=title, subtitle="" if subtitle.lower() == title.lower() else subtitle)
    return Draft(title, "title", content, parts_of([text for text in said if text]), lines)


def _mentions(said: Sequence[str], title: str) -> bool:
    spoken = " ".join(said).lower()
    return any(word in spoken for word in re.findall(r"\w{3,}", title.lower())) or not re.search(r"\w{3,}", title)


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
    if sentence.endswith("?") or not head or whole or len(words) > 24:
        return [f"This is {name}.", sentence]
    if small_name or first in ("a", "an", "the", "one"):
        return [f"{name} is {small(sentence)}"]
    if is_verb(first) and len(words) > 1:
        return [f"{name} {small(sentence)}" if first.endswith("s") else f"With {name}, you {small(sentence)}"]
    plain = not any(word.lower() in ("a", "an", "the", "your", "every", "any") for word in head[1:])
    if len(head) > 1 and plain and head[-1].isalpha() and not head[-1].endswith(("s", "ed", "y", "ly", "ing")):
        return [f"{name} is {'an' if first[:1] in 'aeio' else 'a'} {small(sentence)}"]
    return [f"This is {name}.", capital(sentence)]


def _tagline(text: str, context: Context) -> str:
    first = next(iter(sentences(text)), "")
    if not first:
        return ""
    if len(first.split()) <= 8 and first[:1].isupper() and not re.search(r"\b(?:is|are)\b", first):
        return first.rstrip(".")
    phrase = key_phrase(first, 10, context.english, context.names)
    return phrase or item_phrase(first.rstrip(".!:"), 10, context.english, context.names)


def install_command(drafts: Sequence[Draft]) -> str:
    """The first command that installs something, when it is short enough to be remembered."""
    for draft in drafts:
        code = getattr(draft.content, "code", "")
        if code and draft.kind == "code" and is_shell(getattr(draft.content, "language", ""), code):
            for command in commands(code):
                if is_install(command) and len(command) <= 48:
                    return command
    return ""


def close(
    title: str, chosen: Sequence[tuple[Topic, str]], drafts: Sequence[Draft], lines: tuple[int, int], context: Context
) -> Draft:
    """The outro: two or three things that were shown, and the next step."""
    shown = _shown(chosen, context)
    install = install_command(drafts)
    items = [item_phrase(header, LONGEST_ITEM_WORDS, context.english, context.names) for header, _ in shown]
    name = clean(title, context.language).rstrip(" .!?:") or title
    main = context.words.end_title.format(title=title)
    if not context.english:
        topics = listed([phrase for _, phrase in shown], context.words.also)
        text = context.words.close.format(title=name, topics=topics) if topics else name
        content = Outro(main_text=main[:300], sub_text=install, items=items)
        return Draft(main, "outro", content, (Part(finish(text)),), lines)
    parts = [Part(pick((f"And that's {name}.", f"So that's {name}.", f"That was {name}."), title))]
    for index, (_, phrase) in enumerate(shown):
        start = "You've seen " if index == 0 else "and " if index == len(shown) - 1 else ""
        mark = "." if index == len(shown) - 1 else "" if len(shown) == 2 else ","
        parts.append(Part(f"{start}{phrase}{mark}", f"item:{index}", len(start.split())))
    sample = any(topic.sort == "start" for topic, _ in chosen) or any(draft.kind == "code" for draft in drafts)
    if install and sample:
        step = (
            "The next step is yours: install it, and try the first example.",
            "Now install it, and try it yourself.",
        )
    elif install:
        step = ("The next step is yours: install it, and see for yourself.",)
    elif sample:
        step = ("The next step is yours: take the example, and make it your own.",)
    else:
        step = ("For everything else, the document itself has the details.",)
    parts.append(Part(pick(step, title)))
    return Draft(main, "outro", Outro(main_text=main[:300], sub_text=install, items=items), tuple(parts), lines)


def card(title: str, children: Sequence[str], lines: tuple[int, int], context: Context) -> Draft:
    """A chapter card before a big part, that says what the part consists of."""
    names = [spoken_header(child, context.names) if context.english else clean(child) for child in children[:4]]
    names = [name.rstrip("?") for name in names if name]
    said = [turn_to(title, context.names) if context.english else finish(clean(title, context.language))]
    if names:
        topics = listed(names, context.words.also)
        said.append(finish(f"We'll go through {topics}" if context.english else topics))
    summary = fitted(" · ".join(slide_text(child) for child in children[:3]), 110)
    return Draft(
        title, "section", Section(title=title, summary=summary), parts_of([text for text in said if text]), lines
    )
