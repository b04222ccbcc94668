"""Headings as a film shows and says them: without numbers and marks of a list, and not in capitals."""

from __future__ import annotations

import re

from videogen.model.content import Inline, ParsedContent
from videogen.script.text import STOP_WORDS, capital

_MARK = re.compile(
    r"^(?:(?:Q|F|P|R)\s?:\s+|(?:(?:section|chapter|part|step)\s+)?\d+(?:\.\d+)*[.):]\s+|[A-Z][.)]\s+(?=[A-Z]\w*[a-z])|"
    r"(?=[IVX]+\b)X{0,2}(?:IX|IV|V?I{0,3})[.)]\s+)(?=\S)",
    re.I,
)
_SHORT = frozenset(
    """api cli http https url json xml yaml sql html css pdf gnu gpl tls ssl faq usb cpu gpu ram ui""".split()  # noqa: SIM905
)
LONGEST_ACRONYM = 5
"""Letters of a word that may be an abbreviation."""


def heading(text: str) -> str:
    """A heading without what numbers it, and with small letters where it is all in capitals.

    >>> heading("A. The kiln"), heading("IV. RESULTS AND DISCUSSION"), heading("Q: What is it?"), heading("HTTP API")
    ('The kiln', 'Results and discussion', 'What is it?', 'HTTP API')
    """
    bare = _MARK.sub("", text)
    words = re.findall(r"[^\W\d_]+", bare)
    if bare.upper() != bare or not any(len(word) > LONGEST_ACRONYM for word in words):
        return bare
    plain = re.sub(r"[^\W\d_]+", lambda word: word[0] if word[0].lower() in _SHORT else word[0].lower(), bare)
    first = plain.split(" ", 1)[0]
    return plain[:1].upper() + plain[1:] if first.lower() in STOP_WORDS or first.isalpha() else capital(plain)


def with_headings(parsed: ParsedContent) -> ParsedContent:
    """A document whose headings are as a film shows them."""
    sections = []
    for section in parsed.sections:
        title = Inline(text=heading(section.title.text), spoken=heading(section.title.spoken))
        sections.append(section if title == section.title else section.model_copy(update={"title": title}))
    return parsed.model_copy(update={"title": heading(parsed.title), "sections": sections})
