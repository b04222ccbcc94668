"""A scene before it has an id: what is shown and, piece by piece, what is said."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from videogen.model.kinds import Content
from videogen.model.kinds.structure import pairs
from videogen.model.pace import heard_words
from videogen.model.project import Aspect
from videogen.script.cues import Part
from videogen.script.lang import Phrases, base, is_measured, phrases
from videogen.script.text import STOP_WORDS, small, word_count

MOST_WORDS = 95
"""Words of one scene: about 37 seconds."""

FEWEST_WORDS = 12
"""Fewer make less than 5 seconds."""


LISTS = ("bullets", "list", "steps")
"""Kinds that show points."""

TIED = {"callout": 4, "code": 3, "code_comparison": 4, "command": 7, "diagram": 3}
"""Kinds whose parts come with the words that name them, wherever in the narration these are; and how many words there
are between two parts, so that a command is typed before the next."""

CAPITAL_NOUNS = ("de", "lb")
"""Languages whose nouns have a capital wherever they stand."""

LISTINGS = ("code", "command")
"""Kinds that show what is written or typed."""

_NAMES_ITSELF = re.compile(r"^(?P<name>[\w.+-]+) is (?:an?|the)\s")
_NO_NAME = re.compile(r"(?:this|that|it|there|here|he|she|what|who|which)$", re.I)


@dataclass(frozen=True)
class Context:
    """What every rule may ask: the language, and names of the document that keep their capital."""

    language: str
    words: Phrases
    names: frozenset[str] = frozenset()
    aspect: Aspect = "16:9"
    """Shape of the picture, for what a page of it may have no room for."""
    topical: bool = False
    """Whether the title names a subject ("Usage", "Fitting a line"), not a thing of which can be said what it is."""
    mentions: frozenset[str] = frozenset()
    """Stems of the running text of the section that is being told."""

    @property
    def english(self) -> bool:
        """Whether the English rules apply."""
        return base(self.language) == "en"

    def within(self, text: str) -> str:
        """A text as it stands within a sentence: with a small first letter, where the language has small nouns."""
        return text if base(self.language) in CAPITAL_NOUNS else small(text, self.names)

    def seconds(self, text: str) -> float:
        """About how long a text takes to say."""
        count = heard_words(text) if is_measured(self.language) else word_count(text)
        return count * 60 / self.words.pace


def names_itself(sentence: str) -> str:
    """The name in "Kiln is a tool"; "" where a sentence does not begin so."""
    named = _NAMES_ITSELF.match(sentence)
    return named["name"] if named and not _NO_NAME.match(named["name"]) else ""


_OF_DOCUMENTS = frozenset(
    """quickstart quick start started getting get first steps usage using use installation install installing setup
    configuration introduction overview tutorial tutorials guide user users user's developer manual reference api
    documentation docs readme faq faqs frequently asked questions examples example basics features concepts notes
    advanced troubleshooting cookbook recipes welcome background preface summary abstract""".split()  # noqa: SIM905
)
_ASKS = ("how", "why", "what", "when", "where", "which", "who")


def is_subject(title: str) -> bool:
    """Whether an English title names a subject, or what a document is for, and so no thing.

    >>> is_subject("Getting started"), is_subject("Fitting a line"), is_subject("Kiln"), is_subject("The Kiln guide")
    (True, True, False, False)
    """
    words = [word.strip(".,:;!?&").lower() for word in title.split()]
    words = [word for word in words if (word and word not in STOP_WORDS) or word in _ASKS]
    if not words or title.rstrip().endswith("?"):
        return bool(words)
    small_words = [word for word in title.split()[1:] if word in STOP_WORDS]
    asks = words[0] in _ASKS or (words[0].endswith("ing") and not words[0].endswith("thing") and bool(small_words))
    return asks or all(word in _OF_DOCUMENTS for word in words)


_TITLE = re.compile(r"^(?P<name>[^:|–—,]{1,30}?)(?:\s*[:|]\s+|\s+[–—-]\s+|,\s+)(?P<rest>\S.+)$")


def name_of(title: str, opening: str) -> tuple[str, str]:
    """The name of the thing, and what the title says of it besides; (title, "") where it is but a name.

    >>> name_of("Kiln: sites from text", "Kiln bakes sites."), name_of("The fast site baker", "Kiln is a tool.")
    (('Kiln', 'sites from text'), ('Kiln', 'The fast site baker'))
    """
    parts = _TITLE.match(title)
    if parts and len(parts["name"].split()) <= 3 and parts["name"].lower() in opening.lower():
        return parts["name"], parts["rest"]
    named = names_itself(opening)
    describes = len(title.split()) > 3 or title.split(" ", 1)[0].lower() in ("a", "an", "the")
    if named and describes and named.lower() not in title.lower():
        return named, title
    return title, ""


def context(
    language: str, title: str, opening: str = "", aspect: Aspect = "16:9", series: str | None = None
) -> Context:
    """The context of a document with this title, whose first sentence may tell the thing's name.

    `series`: the title of the whole, of which this is a part.
    """
    topical = series is not None or (base(language) == "en" and is_subject(title))
    named = (series or "") if topical else title
    named = "" if is_subject(named) else named
    names = {word.strip(".,:;!?").lower() for word in named.split()} - STOP_WORDS
    name = names_itself(opening)
    if name:
        names.add(name.lower())
    return Context(language, phrases(language), frozenset(names), aspect, topical)


@dataclass(frozen=True)
class Sentence:
    """A sentence ready for speech; `open` when it announces what stands after it (a colon or dots at its end)."""

    text: str
    lines: tuple[int, int]
    open: bool = False
    shown: str = ""
    """The sentence as a slide would show it."""


@dataclass(frozen=True)
class Draft:
    """One scene to be. `lines` are those of the document that it is made from."""

    header: str
    kind: str
    content: Content
    parts: tuple[Part, ...]
    lines: tuple[int, int]
    notes: tuple[str, ...] = ()
    subject: str = ""
    """The document's own sentence that leads to what is shown."""
    chapter: str = ""
    """What the part of the film is called that the scene belongs to, where that is not its header."""
    exact: bool = False
    """Whether its parts are the author's own words for it: nothing is added to them or taken away."""

    essential: bool = False
    """Whether each of its points has to be shown: they are the members of a list."""

    @property
    def words(self) -> int:
        """Words that are said, without the spare ones."""
        return sum(word_count(part.text) for part in self.parts if not part.spare)

    @property
    def heard(self) -> float:
        """Words that are heard, without the spare ones."""
        return heard(part.text for part in self.parts if not part.spare)

    @property
    def phrases(self) -> list[str]:
        """The points of a list, whatever form it has, without their details."""
        points = getattr(self.content, "items", None) or getattr(self.content, "steps", [])
        return [text for text, _ in pairs(points)]

    def saying(self, *more: str, lines: tuple[int, int] | None = None) -> Draft:
        """The same scene with sentences added at its end."""
        first, last = self.lines
        if lines is not None:
            first, last = min(first, lines[0]), max(last, lines[1])
        return replace(self, parts=(*self.parts, *(Part(text) for text in more if text)), lines=(first, last))


def heard(texts: Iterable[str]) -> float:
    """Words that are heard of several texts."""
    return sum(map(heard_words, texts))


def parts_of(texts: list[str]) -> tuple[Part, ...]:
    """Sentences as parts without cues."""
    return tuple(Part(text) for text in texts if text)
