"""Which sections a viewer needs, and which of them fit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from videogen.model.content import ParsedContent, ParsedSection
from videogen.script.draft import LISTINGS, Draft
from videogen.script.text import clean
from videogen.script.told import is_told

MOST_SCENES = 14
"""Scenes between the opening and the close."""

SHORT_TOUR = 6
"""With as many scenes there is no need for any that is worth less than nothing."""

THIN = 3.0
"""What a slide with a phrase or two and little to say is worth less."""

MOST_SPOKEN = 450
"""Words between the opening and the close: with both, about three minutes."""

MINOR = 0
"""Worth of what few viewers need."""

AGAIN = -1
"""Worth of one more way to install it."""

_LEFT_OUT = re.compile(
    r"\b(?:licen[sc](?:e|es|ing)|contribut(?:e|or|ors|ing|ions?)|sponsors?|backers?|donat(?:e|ions?)|"
    r"support(?:ers| us)|"
    r"funding|change ?log|release (?:notes|information|history)|what'?s new|versions? history|history|"
    r"table of contents|contents|toc|acknowledge?ments?|credits?|thanks|authors?|maintainers?|code of conduct|"
    r"citation|citing|references?|see also|(?:useful |external )?links|resources|further reading|badges?|show your \w+|"
    r"community|contact|communication|translations?|star history|who uses|used by|users|testimonials|adopters|"
    r"project details|project links|security policy|reporting|bugs?|issues|roadmap|cloning the repository|"
    r"opinions|reviews|praise|press|merch(?:andise)?|(?:mini[- ])?documentary|related (?:projects|work|tools|packages)|"
    r"ports to \w+ languages|project info(?:rmation)?|(?:for )?enterprise|what'?s changed|new contributors|patch notes|"
    r"from sources?|parameters|arguments|returns?(?: values?)?|raises|"
    r"development|developing|hacking|run(?:ning)? (?:the )?tests|testing the project|"
    r"lizenz\w*|mitwirk\w*|beitragen|änderungen|danksagung\w*|inhaltsverzeichnis|licence|contribuer|remerciements|"
    r"journal des modifications|sommaire|licencia|contribuir|colaborar|agradecimientos|índice|registro de cambios|"
    r"licenza|contribuire|ringraziamenti|indice|registro delle modifiche|autori)\b",
    re.I,
)
_KEPT_ANYWAY = re.compile(r"\b(?:how|why|usage|guide|configur|install(?!\w* from sources?))", re.I)
_OF_A_VERSION = re.compile(r"^(?:version |release )?v?\d+\.\d[\w.]*(?:\s|$)", re.I)
"""A heading of a changelog that goes on at the level of the document's own sections."""

_ONLY_POINTERS = re.compile(
    r"^(?:documentation|docs|help|support|getting help|others?|misc(?:ellaneous)?|api(?: reference)?|"
    r"dokumentation|ayuda)$",
    re.I,
)
_VALUES = (
    ("minor", MINOR, re.compile(
        r"\b(?:faq|troubleshooting|known|migrat\w+|upgrading|deprecat\w+|vs|additional|optional|^without|alternatives?|background|advanced|appendix|api|reference|notes?|parameters|arguments|returns|extra|"
        r"flags|(?:cli|command[- ]line) options)\b", re.I)),
    ("install", 9, re.compile(r"\b(?:install(?:ing|a\w+|ier\w+|er|ers)?(?![-\w])|set-?up|download|get it|instalaci\w+|"
        r"einrichtung)\b", re.I)),
    ("start", 9, re.compile(
        r"\b(?:quick ?-?start|getting started|get started|quick example|(?:simple|first|basic|minimal) example|"
        r"examples?|try (?:it|this)\b.*|first steps|"
        r"usage|tutorial|how to|how it works|basics|hello world|demo|schnellstart|verwendung|benutzung|beispiele?|"
        r"démarrage|utilisation|exemples?|uso|inicio rápido|ejemplos?)\b", re.I)),
    ("why", 8, re.compile(
        r"\b(?:why|what(?: is|'s)?|"
        r"^about(?: \S+)?$|overview|introduction|^(?:abstract|preface|summary)$|"
        r"motivation|warum|pourquoi|por qué)\b|^qué", re.I)),
    ("features", 8, re.compile(
        r"\b(?:features?|highlights|benefits|funktionen|fonctionnalités|características|funzion(?:i|alità))\b", re.I)),
    ("concepts", 6, re.compile(r"\b(?:concepts?|architecture|design|how|core|guide|konzepte?|conceptos?)\b", re.I)),
    ("configure", 6, re.compile(
        r"\b(?:config\w*|settings?|options?|customi[sz]\w*|konfiguration|configur(?:ación|azione))\b", re.I)),
    ("requirements", 5, re.compile(r"\b(?:requirements?|compatib\w+|prerequisites?|platforms?|dependencies)\b", re.I)),
)  # fmt: skip


@dataclass(frozen=True)
class Topic:
    """A section that may be shown: what sort it is, and what it is worth to a viewer (greater is better)."""

    section: ParsedSection
    sort: str
    value: float
    parent: str = ""
    """Title of the section it stands under, if that is not the document's own."""


_LEADS_IN = re.compile(r"^(?:abstract|introduction|preface|foreword|overview|summary|about(?: \S+)?)$", re.I)


def leads_in(topic: Topic) -> bool:
    """Whether a section is the one that says first what the document is of."""
    return bool(_LEADS_IN.match(clean(topic.section.title.text)))


def sort_of(title: str) -> tuple[str, float]:
    """What sort of section a title announces, and its worth.

    >>> sort_of("Installation"), sort_of("Rich Print")
    (('install', 9), ('other', 4))
    """
    for name, value, pattern in _VALUES:
        if pattern.search(title):
            return name, value
    return "other", 4


def topics(parsed: ParsedContent) -> tuple[list[Topic], list[str]]:
    """The sections worth showing, in document order, and why each of the others is not."""
    kept: list[Topic] = []
    notes: list[str] = []
    skip: int | None = None
    trail: list[tuple[int, str]] = []
    headed = [section for section in parsed.sections if section.level > 0]
    told = is_told(parsed)
    for section in parsed.sections:
        title = clean(section.title.text)
        if section.narration and skip is not None and section.level > skip:
            skip = None
        if section.level == 0 or (section is headed[0] and (section.level == 1 or title == clean(parsed.title))):
            kept.append(Topic(section, "intro", 10))
            continue
        if skip is not None and section.level > skip:
            continue
        skip = None
        trail = [pair for pair in trail if pair[0] < section.level]
        parent = next((name for level, name in reversed(trail) if level > 1), "")
        trail.append((section.level, title))
        if section.narration or told:
            kept.append(Topic(section, "told", 10, parent))
            continue
        if _OF_A_VERSION.match(title) or (_LEFT_OUT.search(title) and not _KEPT_ANYWAY.search(title)):
            notes.append(f'left out "{title}": not what a viewer needs first')
            skip = section.level
            continue
        if _ONLY_POINTERS.match(title):
            notes.append(f'left out "{title}": it only leads elsewhere')
            continue
        sort, value = sort_of(title)
        if sort == "other" and sort_of(parent)[0] == "install":
            sort, value = "install", sort_of(parent)[1]
        beside = _ONLY_POINTERS.match(parent) or sort_of(parent)[0] in ("minor", "requirements")
        if sort == "other" and beside:
            sort, value = "minor", MINOR
        if sort == "install" and any(topic.sort == "install" and topic.section.blocks for topic in kept):
            value = AGAIN
        kept.append(Topic(section, sort, value - 1.5 * max(section.level - 2, 0), parent))
    return kept, notes


def fitting(
    candidates: Sequence[tuple[Topic, list[Draft]]], most_spoken: int | None = None
) -> tuple[list[tuple[Topic, list[Draft]]], list[str]]:
    """The candidates that fit one video, of usual length or of at most so many words, and what did not fit.

    The first scene of a worthy section comes before the later scenes of another, and a list or a table before one
    more listing. Of a section the first scenes are taken, never part of a scene.
    """
    ranked = sorted(
        (-_worth(topic, drafts, index), at, index)
        for at, (topic, drafts) in enumerate(candidates)
        for index in range(len(drafts))
    )
    # what an author has written the narration of is shown, however long the film becomes
    taken = [len(drafts) if any(draft.exact for draft in drafts) else 0 for _, drafts in candidates]
    scenes = sum(taken)
    words = sum(draft.words for at, (_, drafts) in enumerate(candidates) for draft in drafts[: taken[at]])
    for minus_worth, at, index in ranked:
        cost = candidates[at][1][index].words
        if most_spoken is None:
            fits = scenes < (SHORT_TOUR if minus_worth > 0 else MOST_SCENES) and words + cost <= MOST_SPOKEN
        else:
            fits = words + cost <= most_spoken
        if taken[at] == index and (fits or not scenes):
            taken[at] += 1
            scenes += 1
            words += cost
    notes = []
    for count, (topic, drafts) in zip(taken, candidates, strict=True):
        title = clean(topic.section.title.text) or "the introduction"
        if drafts and not count:
            notes.append(f'left out "{title}": the video would be too long')
        elif count < len(drafts):
            notes.append(f'"{title}": {count} of {len(drafts)} scenes are shown, the video would be too long')
    chosen = [(topic, drafts[:count]) for count, (topic, drafts) in zip(taken, candidates, strict=True) if count]
    return chosen, notes


def _worth(topic: Topic, drafts: Sequence[Draft], index: int) -> float:
    """What a scene of a section is worth: the greatest worth of it and of those that it leads to."""

    def worth(at: int) -> float:
        draft = drafts[at]
        several = draft.kind not in LISTINGS and len(draft.content.cue_names()) >= 3
        telling = 2.0 if draft.kind in ("table", "diagram") else 1.0 if several else 0.0
        phrases = len(draft.content.cue_names())
        slight = draft.words < 28 and topic.sort == "other"
        thin = THIN if draft.kind == "bullets" and (phrases == 1 or (phrases == 2 and slight)) else 0.0
        listing = draft.kind in LISTINGS
        repeats = listing and any(other.kind in LISTINGS for other in drafts[:at])
        # a listing and the slide that leads to it belong together
        led = listing and at > 0 and drafts[at - 1].kind == "bullets"
        return topic.value + telling - thin - 1.2 * (at - led) - 1.5 * repeats

    return max(worth(at) for at in range(index, len(drafts)))
