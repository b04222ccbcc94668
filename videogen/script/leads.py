"""Turning to a subject: sentences that a presenter says between the document's own. English only."""

from __future__ import annotations

import re

from videogen.script.function_words import DETERMINERS
from videogen.script.lang import pick
from videogen.script.text import clean, finish, small

_VERBS = frozenset(
    """add adopt apply ask avoid begin build call change check choose clone combine commit compare compile configure
    connect convert copy create customize debug define deploy describe disable discover download edit embed enable
    execute explore export extend fetch find fix follow format generate get give go handle implement import improve
    insert install integrate invoke join keep launch learn let list load log make manage measure migrate monitor move
    open override parse pass pick prepare print protect publish pull push put query read record register release remove
    rename render replace restart return reuse run save schedule search secure see select send serve set share show
    sign skip sort specify start stop store stream submit switch take tell test track transform translate try tune
    turn uninstall update upgrade upload use validate verify view wait watch work wrap write""".split()  # noqa: SIM905
)
_COUNTABLE = frozenset(
    """example tutorial overview guide quickstart interface tour demo walkthrough introduction comparison summary test
    script project app application program model pipeline workflow server client plugin command task file session
    snippet sample start look recap""".split()  # noqa: SIM905
)
_DONE_TO_IT = frozenset("build configure deploy install publish run start test uninstall update upgrade".split())  # noqa: SIM905
"""Headers of one word that are orders, not names of things."""
_ANAPHORA = re.compile(
    r"^(?:this|it|its|these|those|they|them|such|that|he|she|both|as such|then|also|and|but|so|or|plus|"
    r"which|otherwise|alternatively|instead|however|note that|additionally|moreover)\b",
    re.I,
)


_NOT_A_SUBJECT = re.compile(r"^[a-z]+(?:al|ic|ive|ous|ful|able|ible|ary|ed|less|er|ly)$")
"""A single ordinary word that describes something ("manual", "basic") is no name for what comes."""


def is_verb(word: str) -> bool:
    """Whether an English word, as the first of a heading or item, is an order or says what something does."""
    word = word.lower().strip(",.:;")
    return word in _VERBS or (word.endswith("s") and (word[:-1] in _VERBS or word[:-2] in _VERBS)) or word in (
        "supports", "provides", "allows", "offers", "includes", "requires", "has", "is", "are", "can", "does", "tries",
        "works", "needs", "lets", "helps", "ensures", "carries", "applies", "contains", "builds", "comes", "remembers",
        "turns", "brings", "knows", "means", "becomes", "keeps", "draws", "speaks", "reads", "compiles", "detects",
    )  # fmt: skip


def is_order(text: str) -> bool:
    """Whether an English item says what to do: it begins with a verb, or with a word that has an article behind it.

    >>> is_order("Shape the dough"), is_order("The dough")
    (True, False)
    """
    first, _, rest = text.partition(" ")
    behind = rest.split(" ", 1)[0].lower()
    plain = first.isalpha() and first.lower() not in DETERMINERS["en"] and not first.endswith(("s", "ing"))
    return is_verb(first) or (plain and behind in ("a", "an", "the", "your"))


def noun_like(phrase: str) -> bool:
    """Whether "There is …" could stand before a phrase."""
    first = phrase.split(" ", 1)[0].lower().strip(",.:;")
    if first in ("it", "this", "you", "we", "they", "he", "she", "there"):
        return False
    return bool(first) and not is_verb(first) and not first.endswith(("ly", "ed")) and first[:1].isalpha()


def leans_back(sentence: str) -> bool:
    """Whether a sentence takes up something said before, so that it cannot open a section."""
    return bool(_ANAPHORA.match(sentence))


def spoken_header(header: str, names: frozenset[str]) -> str:
    """A header as it stands within a sentence: small first letters where words are ordinary, an article if needed."""
    text = clean(header).rstrip(" .:!,;")
    text = re.sub(r"^(?:step\s+)?\d+(?:\.\d+)*[.):]?\s+(?=\D)", "", text, flags=re.I)
    words = text.split()
    if words and words[0].lower() in names:
        return text
    plain = [_plain(word, names) for word in words]
    if words[1:] and words[0] == "Make" and "make" not in names:
        # an order, not the tool of that name
        plain[0] = "make"
    first = plain[0].lower() if plain else ""
    if plain and plain[-1].lower() in _COUNTABLE and len(words) <= 4 and not is_verb(first):
        if first not in ("a", "an", "the", "your", "our", "this", "first") and not first.endswith("ing"):
            plain.insert(0, "an" if first[:1] in "aeio" else "a")
        elif first == "first":
            plain.insert(0, "a")
    if first in ("latest", "main", "last", "next", "same", "other"):
        plain.insert(0, "the")
    return " ".join(plain)


def _plain(word: str, names: frozenset[str]) -> str:
    bare = word.strip(".,:;!?()").lower()
    return word if bare in names else small(word, names)


def turn_to(header: str, names: frozenset[str]) -> str:
    """A sentence that leads to what a header names, chosen by the header alone; "" where none would be natural.

    >>> turn_to("Create a project", frozenset())
    "Let's create a project."
    >>> turn_to("Why doit?", frozenset())
    'Why doit?'
    """
    text = clean(header)
    if text.endswith("?"):
        return finish(text)
    subject = spoken_header(header, names)
    first = subject.split(" ", 1)[0].lower() if subject else ""
    if not subject:
        return ""
    if first in ("how", "what", "why", "where", "when", "who", "which"):
        return f"Let's see {subject}."
    if subject.lower() in _DONE_TO_IT:
        return f"Let's {subject.lower()} it."
    if is_verb(first) and not first.endswith("s") and len(subject.split()) >= 2:
        return f"Let's {subject}."
    if (
        first.endswith(("ing", "-based"))
        or (" " not in subject and _NOT_A_SUBJECT.search(subject))
        or first
        in (
            "in",
            "on",
            "at",
            "from",
            "for",
            "with",
            "without",
            "beyond",
            "behind",
        )
    ):
        return ""
    if first in ("a", "an", "the", "your"):
        return pick(
            (f"Here is {subject}.", f"Let's look at {subject}.") if "look" not in subject else (f"Here is {subject}.",),
            header,
        )
    return pick(
        (
            f"Let's look at {subject}.",
            f"That brings us to {subject}.",
            f"Let's turn to {subject}.",
        ),
        header,
    )
