"""Headers of the scenes of a section, after its first."""

from __future__ import annotations

import re
from dataclasses import replace

from videogen.script.draft import LISTINGS, LISTS, Context, Draft
from videogen.script.leads import leans_back
from videogen.script.listing import is_install, is_shell, source
from videogen.script.phrases import key_phrase, raised
from videogen.script.text import clean, slide_text, stems

_GENERIC = frozenset("here example following output try run this that basic simple".split())  # noqa: SIM905


def with_headers(drafts: list[Draft], header: str, context: Context) -> list[Draft]:
    """The first scene keeps the section's header, and so do later ones whose content gives them none of their own."""
    used = {header.lower()}
    named: list[Draft] = []
    for index, draft in enumerate(drafts):
        listed = any(earlier.kind in LISTINGS for earlier in drafts[:index])
        own = _own_header(draft, listed, context) if index else ""
        own = header if not own or own.lower() in used else own
        lists = draft.kind in LISTS and drafts[index - 1].kind in LISTS
        if index and lists and draft.lines[1] == drafts[index - 1].lines[1]:
            own = own if draft.subject else named[-1].header
        used.add(own.lower())
        content = (
            draft.content.model_copy(update={"header": own}) if hasattr(draft.content, "header") else draft.content
        )
        named.append(replace(draft, header=own, content=content))
    return named


def _own_header(draft: Draft, listed: bool, context: Context) -> str:
    if not context.english:
        return ""
    if draft.kind in (*LISTS, "table", "diagram"):
        return announced(draft.subject, context)
    code, language = source(draft.content)
    shell = bool(code) and is_shell(language, code)
    if shell and is_install(code):
        return context.words.install
    phrase = key_phrase(draft.subject, 6, names=context.names) if draft.subject else ""
    words = [word.lower() for word in phrase.split()]
    start = re.sub(r"^(?:an?|the)\s+", "", draft.subject.lower())
    whole = phrase and start.startswith(re.sub(r"^(?:an?|the)\s+", "", phrase.lower()))
    if words and not whole and words[0] not in _GENERIC and not leans_back(phrase) and stems(phrase):
        return slide_text(clean(phrase))
    return "In the terminal" if shell and listed else ""


_ANNOUNCES = re.compile(
    r"^(?:(?:and|plus|also|as well as|here (?:is|are)|there (?:is|are)|these are|this is|all|with)\s+|"
    r"(?:the|these|this|some|our|its)\s+|following\s+)*",
    re.I,
)


def announced(lead: str, context: Context) -> str:
    """A header from what announces a list: "As well as these optional installs:" gives "Optional installs"."""
    text = _ANNOUNCES.sub("", lead.rstrip(" .:…"), count=1)
    text = re.sub(r"\s+(?:are|is|includes?)$", "", text)
    words = text.split()
    fits = 2 <= len(words) <= 6 and not leans_back(text) and words[-1].lower() not in ("following", "to", "with")
    return raised(slide_text(clean(text)), context.names) if fits and stems(text) else ""
