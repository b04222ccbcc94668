"""What holds a video together: the opening, the close, and the cards before big parts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from videogen.model.kinds import Outro, Section
from videogen.script.choose import MINOR, Topic, leads_in
from videogen.script.cues import Part
from videogen.script.draft import LISTINGS, Context, Draft, parts_of
from videogen.script.lang import listed, pick
from videogen.script.leads import is_verb, spoken_header, turn_to
from videogen.script.listing import commands, is_install, is_shell, source
from videogen.script.phrases import LONGEST_ITEM_WORDS, item_phrase
from videogen.script.text import clean, finish, fitted, slide_text, small, word_count

MOST_RECAP = 3
MOST_LABEL = 4
LONGEST_SUMMARY = 8
"""Words after a header in a line of the outro."""


def topic_phrase(topic: Topic, header: str, context: Context) -> str:
    """What a viewer sees of a topic, as it stands in "You'll see …"."""
    subject = re.sub(r"^about\s+", "", spoken_header(header, context.names), flags=re.I)
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


def shown_topics(chosen: Sequence[tuple[Topic, str]], context: Context) -> list[tuple[str, str]]:
    """The three worthiest topics in document order, as (header, phrase)."""
    ranked = sorted(range(len(chosen)), key=lambda at: (-chosen[at][0].value, at))
    ranked = [at for at in ranked if chosen[at][0].value > MINOR] or ranked
    found: dict[str, int] = {}
    titles = {clean(topic.section.title.text) for topic, _ in chosen}
    for at in ranked:
        if chosen[at][0].parent in titles or (context.english and leads_in(chosen[at][0])):
            continue
        phrase = topic_phrase(*chosen[at], context)
        if phrase and phrase not in found and word_count(phrase) <= 8 and "," not in phrase and len(found) < 3:
            found[phrase] = at
    return [(chosen[at][1], phrase) for phrase, at in sorted(found.items(), key=lambda pair: pair[1])]


def install_command(drafts: Sequence[Draft]) -> str:
    """The first command that installs something, when it is short enough to be remembered."""
    for draft in drafts:
        code, language = source(draft.content)
        if code and is_shell(language, code):
            for command in commands(code):
                if is_install(command) and len(command) <= 48:
                    return command
    return ""


def close(
    title: str,
    tagline: str,
    chosen: Sequence[tuple[Topic, str]],
    drafts: Sequence[Draft],
    lines: tuple[int, int],
    context: Context,
) -> Draft:
    """The outro: what the thing is and what was shown of it, in two or three lines, and what to do first."""
    shown = shown_topics(chosen, context)
    install = install_command(drafts)
    name = clean(title, context.language).rstrip(" .!?:") or title
    main = title if context.topical else context.words.end_title.format(title=title)
    if not context.english:
        topics = listed([phrase for _, phrase in shown], context.words.also)
        text = context.words.close.format(title=name, topics=topics) if topics else name
        items = [item_phrase(header, LONGEST_ITEM_WORDS, False, context.names) for header, _ in shown]
        content = Outro(main_text=main[:300], sub_text=install, items=items)
        return Draft(main, "outro", content, (Part(finish(text)),), lines)
    if context.topical:
        return _close_of(title, install, shown, chosen, drafts, lines, context)
    name = re.sub(r"^(?:The|An?)(?= )", lambda article: article[0].lower(), name)
    recap = _recap(tagline, install, shown, chosen, drafts, context)
    parts = [Part(pick((f"And that's {name}.", f"So that's {name}.", f"That was {name}."), title))]
    parts += _seen([phrase for _, phrase in recap])
    step, first = _first_step(install, chosen, drafts, context)
    parts.append(Part(step))
    content = Outro(main_text=main[:300], sub_text=install or first, items=[item for item, _ in recap])
    return Draft(main, "outro", content, tuple(parts), lines)


def _seen(phrases: Sequence[str]) -> list[Part]:
    """A sentence that names what has been seen, a line of the outro with each."""
    parts = []
    for index, phrase in enumerate(phrases):
        start = "You've seen " if index == 0 else "and " if index == len(phrases) - 1 else ""
        mark = "." if index == len(phrases) - 1 else "" if len(phrases) == 2 else ","
        parts.append(Part(f"{start}{phrase}{mark}", f"item:{index}", len(start.split())))
    return parts


def _close_of(
    title: str,
    install: str,
    shown: Sequence[tuple[str, str]],
    chosen: Sequence[tuple[Topic, str]],
    drafts: Sequence[Draft],
    lines: tuple[int, int],
    context: Context,
) -> Draft:
    """The outro of what has a subject: that it is over, and what of it has been seen where that is several things."""
    subject = re.sub(r"^an? ", "the ", spoken_header(title, context.names)).rstrip("?") or title
    asks = re.match(r"(?:how|why|what|when|where|which|who)\b", subject, re.I)
    parts = [Part(finish(f"That's {subject}" if asks else f"That's all for {subject}"))]
    recap = [(header, phrase) for header, phrase in shown if header.lower() != title.lower()]
    recap = recap if len(recap) > 1 else []
    parts += _seen([phrase for _, phrase in recap])
    step, first = _first_step(install, chosen, drafts, context)
    parts += [Part(step)] if install or first else []
    items = [item_phrase(header, LONGEST_ITEM_WORDS, True, context.names) for header, _ in recap]
    return Draft(
        title, "outro", Outro(main_text=title[:300], sub_text=install or first, items=items), tuple(parts), lines
    )


def _recap(
    tagline: str,
    install: str,
    shown: Sequence[tuple[str, str]],
    chosen: Sequence[tuple[Topic, str]],
    drafts: Sequence[Draft],
    context: Context,
) -> list[tuple[str, str]]:
    """Lines that sum up, each with what is said of it; installing is not among them where a command shows it."""
    sorts = {header: topic.sort for topic, header in chosen}
    apart = [(header, phrase) for header, phrase in shown if not (install and sorts.get(header) == "install")]
    lines = [(_summary(header, sorts.get(header, ""), drafts, context), phrase) for header, phrase in apart]
    if tagline and len(lines) < MOST_RECAP:
        features = any(sorts.get(header) == "features" for header, _ in apart)
        offers = [] if features else _offers(drafts)
        lines = [(tagline, "what it is"), *offers[: MOST_RECAP - 1 - len(lines)], *lines]
    return lines[:MOST_RECAP]


def _offers(drafts: Sequence[Draft]) -> list[tuple[str, str]]:
    """What the introduction says that the thing brings or does, the first of a list or of its sentences."""
    slides = [draft for draft in drafts if not draft.chapter and draft.kind in ("bullets", "list")]
    lists = [draft for draft in slides if draft.subject and len(draft.content.cue_names()) > 2]
    found = [(item, "what it brings") for draft in lists for item in draft.phrases[:1]]
    items = [item for draft in slides for item in draft.phrases]
    does = [item for item in items if is_verb(item.split(" ", 1)[0]) and 3 <= len(item.split()) <= LONGEST_ITEM_WORDS]
    return [*found, *((item, "what it does") for item in does)][:1]


def _summary(header: str, sort: str, drafts: Sequence[Draft], context: Context) -> str:
    """A header with the first thing that was shown under it, where the header alone says little."""
    plain = item_phrase(header, LONGEST_ITEM_WORDS, True, context.names)
    says_little = sort == "features" or re.match(r"(?:how|what|why)\b", header, re.I)
    if not says_little or len(header.split()) > MOST_LABEL or header.endswith("?"):
        return plain
    items = [item for draft in drafts if draft.chapter == header for item in draft.phrases]
    terms = [item.partition(":")[0] for item in items]
    first = next((term for term in terms if 2 <= len(term.split()) <= LONGEST_SUMMARY), "")
    return f"{header}: {small(first, context.names)}" if first else plain


def _first_step(
    install: str, chosen: Sequence[tuple[Topic, str]], drafts: Sequence[Draft], context: Context
) -> tuple[str, str]:
    """What to do first, as it is said and, where no command shows it, as it is seen."""
    codes = [source(draft.content) for draft in drafts if draft.kind in LISTINGS]
    listing = any(not is_shell(language, code) and language not in ("", "text") for code, language in codes)
    codes = [(code, language) for code, language in codes if is_shell(language, code)]
    if install:
        more = ", and try the first example" if listing else ", and see for yourself"
        return f"To begin, install it with the command that you see here{more}.", ""
    headers = [spoken_header(header, context.names) for topic, header in chosen if topic.sort == "start"]
    orders = [text for text in headers if is_verb(text.split(" ", 1)[0]) and 2 <= len(text.split()) <= MOST_LABEL]
    if orders:
        orders[0] = re.sub(r"^(\w+ it)$", r"\1 yourself", orders[0])
        return f"To begin, {orders[0]}.", f"First step: {orders[0]}"
    if listing:
        return "To begin, copy the example, run it, and then make it your own.", "First step: run the example"
    if codes:
        return "To begin, type the first command, and see for yourself.", "First step: type the first command"
    return "For everything else, the document itself has the details.", ""


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
