"""What holds a video together: the opening, the close, and the cards before big parts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from videogen.model.kinds import Outro, Section
from videogen.script.choose import MINOR, Topic
from videogen.script.cues import Part
from videogen.script.draft import Context, Draft, parts_of
from videogen.script.lang import listed, pick
from videogen.script.leads import is_verb, spoken_header, turn_to
from videogen.script.listing import commands, is_install, is_shell
from videogen.script.phrases import LONGEST_ITEM_WORDS, item_phrase
from videogen.script.text import clean, finish, fitted, slide_text, word_count


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
        if chosen[at][0].parent in titles:
            continue
        phrase = topic_phrase(*chosen[at], context)
        if phrase and phrase not in found and word_count(phrase) <= 8 and "," not in phrase and len(found) < 3:
            found[phrase] = at
    return [(chosen[at][1], phrase) for phrase, at in sorted(found.items(), key=lambda pair: pair[1])]


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
    shown = shown_topics(chosen, context)
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
