"""Key phrases: what a slide shows of a sentence or an item that the narration says in full. Pure functions.

A phrase means something by itself. So a text of a few words is shown whole, and a longer one is cut only where
what remains is complete: before a subordinate clause or an afterthought, or else before a closing preposition.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from videogen.script.clauses import DANGLING, cuts, shortened, trim
from videogen.script.leads import is_verb
from videogen.script.text import capital, fitted, slide_text

MAX_PHRASE_WORDS = 10
"""A text of no more words is shown whole."""

LONGEST_ITEM_WORDS = 12
"""A text of no more words is shown whole where it can only be cut in a poor place."""

LONGEST_PHRASE = 90
"""Letters of a phrase: two lines of a slide."""

_TERM = re.compile(r"^(?P<term>[^.;!?]{1,60}?)(?::\s+|\s+[-–—]{1,2}\s+|\s*—\s*)(?P<rest>\S.*)$")
_PAREN = re.compile(r"\s*(?:\([^()]*\)|(?<!\w)\[[^\[\]]*\])")
_INTRO = re.compile(
    r"^(?:however|also|additionally|furthermore|moreover|for example|for instance|in addition(?: to [^,]+)?|in short|"
    r"by default|by comparison|as such|note that|please note that|in other words|finally|then|first|instead|"
    r"according to [^,]+|"
    r"(?:if|when|now that|while|once|after|before|because|since|although|as|unless|until|whether|unlike|like|with|"
    r"without|for|in|on|at|by|to|from|using|at its|given)\s[^,]{3,80}),\s+(?P<rest>.+)$",
    re.I,
)
_LABEL = re.compile(r"^(?:pro[- ]?tip|tip|note|hint|caution|warning|important):\s+", re.I)
_FILLERS = re.compile(
    r"^(?:and|but|so|or|then|now|plus|well|yes|thus|hence|therefore|simply|please|also|just|note that)\s*,?\s+", re.I
)
_PRONOUNS = frozenset(("it", "this", "they", "which", "that"))
_SORTS = r"(?:\s(?:API|library|package|project|tool|app|application|framework|module|program|team))?"
_SUBJECT = re.compile(rf"^(?:the\s+)?(?P<name>[\w./+#-]+){_SORTS}\s+(?=\w)", re.I)
_ABLE = re.compile(
    r"^(?:also\s+|now\s+|then\s+)?(?:(?:can|could|may|might|will)\s+(?:also\s+|then\s+|now\s+|easily\s+)*(?!be\b)|"
    r"(?:lets|allows|enables|helps)\s+(?:you|us|users|developers)\s+(?:to\s+)?|makes it (?:easy|simple|possible) to\s+|"
    r"(?:provides?|offers?|features|gives you|comes? with|ships? with)\s+|(?:needs? to|wants? to|aims? to)\s+|"
    r"(?:is|are|was)\s+(?:able to\s+|designed to\s+|intended to\s+|meant to\s+|now\s+|also\s+|currently\s+)?)"
    r"(?P<rest>\S.+)$",
    re.I,
)
_THERE = re.compile(r"^there(?:'s|’s| is| are)\s+(?!no\b|nothing\b)(?P<rest>\S.+)$", re.I)
_GOAL = re.compile(
    r"^(?:its|the) (?:main |primary |ultimate )?(?:goal|aim|purpose|idea)(?: of \S+)? is to "
    r"(?:help (?:you )?(?:to )?)?(?P<rest>\S.+)$",
    re.I,
)
_YOU_CAN = re.compile(r"^(?:you|we) can (?:also |then |now |easily )*(?!be\b)(?P<rest>\S.+)$", re.I)

_LEADS_ON = re.compile(r"(?:if|when|while|as|for|with|to|in)\s", re.I)
_VERB_FOLLOWS = re.compile(r"\b(?:but|and|or|yet)\s+(?:also\s+)?(?:\w+n['’]t|has|does|can|will)\b", re.I)
_DID = frozenset("began started grew became came has".split())  # noqa: SIM905
_ARTICLE = re.compile(r"^(?:an?|the)\s+(?!(?:few|lot|number|couple|bit|little|handful|only|same|most)\b)", re.I)
_ANAPHORA = frozenset(
    "it it's it’s this that these those they them he she its their here here's there and or but".split()  # noqa: SIM905
)


def term_of(text: str) -> tuple[str, str]:
    """What an item names, and what it says of it; ("", text) when it does not name anything first.

    >>> term_of("DAG execution - tasks run in order")
    ('DAG execution', 'tasks run in order')
    """
    match = _TERM.match(text)
    if match is None:
        return "", text
    term = _PAREN.sub("", match["term"]).strip()
    if not 1 <= len(term.split()) <= 6 or not any(char.isalnum() for char in term):
        return "", text
    return term, match["rest"].strip()


def _whole(phrase: str) -> str:
    """A phrase that was not cut, without punctuation at its end, nor "and" where the author went on elsewhere."""
    # each sign by itself: a run of them can be read in one way only, and is not tried in all others
    return re.sub(r"(?<![\s,;:.!…–—-])(?:[\s,;:.!…–—-](?:and|or|but)?)+$", "", phrase)


def _plain(text: str) -> str:
    text = re.sub(r"(?<=\w)[.\s]*\s[*†‡]+$", "", slide_text(text))
    return " ".join(_PAREN.sub("", text).split()) or text


def raised(phrase: str, names: frozenset[str] = frozenset()) -> str:
    """With a capital first letter, unless the first word is a name that its author writes small."""
    return phrase if phrase.split(" ", 1)[0].strip(",.:;").lower() in names else capital(phrase)


def item_phrase(
    text: str, most: int = MAX_PHRASE_WORDS, english: bool = True, names: frozenset[str] = frozenset()
) -> str:
    """What a bullet shows of a list item: all of it where that is a few words, else a complete part of it.

    Never "" for a text with a letter.
    """
    text = _plain(text)
    first = re.split(r"(?<=\w[.!?])\s+(?=[A-Z])", text)[0]
    term, rest = term_of(first)
    whole = _whole(first) or first
    if term and len(whole.split()) > most:
        short = _best(_whole(rest), most - len(term.split()), english) if len(term.split()) <= 3 else ""
        found = f"{trim(term)}: {short}" if short else trim(term)
    else:
        found = _best(whole, most, english)
    if not found:
        found = shortened(first, most)
    return _termed(found, names)


def point(
    text: str, most: int = MAX_PHRASE_WORDS, english: bool = True, names: frozenset[str] = frozenset()
) -> tuple[str, str]:
    """What an item names, and a complete part of at most `most` words of what it says of that; "" for what it lacks.

    >>> point("**Fast** - nothing is done twice".replace("*", ""))
    ('Fast', 'Nothing is done twice')
    """
    first = re.split(r"(?<=\w[.!?])\s+(?=[A-Z])", _plain(text))[0]
    term, rest = term_of(first)
    term = trim(term)
    if not term:
        return "", ""
    detail = _best(_whole(rest), most, english)
    head = rest.split(", ")[0]
    if (
        not detail
        and 3 <= len(head.split()) <= most
        and not re.match(r"(?:if|when|while|as|for|with|to|in)\s", head, re.I)
    ):
        detail = head
    return term if " " not in term else raised(term, names), fitted(raised(detail, names), LONGEST_PHRASE)


def brief(text: str, english: bool = True, names: frozenset[str] = frozenset()) -> str:
    """The least that still stands for an item, where a slide has no room for more: its term, or a shorter part."""
    return shorter(text, english, names) or item_phrase(_plain(text), 8, english, names)


def shorter(text: str, english: bool = True, names: frozenset[str] = frozenset()) -> str:
    """The term of an item, or its shortest part that is complete; "" where it has none."""
    text = _plain(text)
    term, _ = term_of(text)
    if term:
        return fitted(trim(term) if " " not in term else raised(trim(term), names), LONGEST_PHRASE)
    whole = _whole(re.split(r"(?<=\w[.!?])\s+(?=[A-Z])", text)[0])
    found = cuts(whole, english)
    parts = [head for heads in found for head in heads if 3 <= len(head.split()) < len(whole.split())]
    return _termed(parts[0], names) if parts else ""


def balanced(texts: Sequence[str], briefs: Sequence[str]) -> list[str]:
    """The texts of a slide, one that is far longer than the others in its brief form: it would make them all small.

    >>> balanced(["Fast", "No network", "Builds a site of any size from a folder of text"], ["", "", "Builds a site"])
    ['Fast', 'No network', 'Builds a site']
    """
    sizes = sorted(len(text.split()) for text in texts)
    if len(texts) < 3 or sizes[-1] < 9 or sizes[-1] < 2 * sizes[-2]:
        return list(texts)
    at = max(range(len(texts)), key=lambda index: len(texts[index].split()))
    short = briefs[at]
    fits = 2 <= len(short.split()) < sizes[-1]
    return [short if index == at and fits else text for index, text in enumerate(texts)]


def _termed(phrase: str, names: frozenset[str]) -> str:
    """With a capital, but a name of one word as its author writes it."""
    term, rest = term_of(phrase)
    if term:
        phrase = f"{term if ' ' not in term else raised(term, names)}: {rest}"
    elif " " in phrase or phrase.isalpha():
        phrase = raised(phrase, names)
    return fitted(phrase, LONGEST_PHRASE) or phrase[:LONGEST_PHRASE]


def key_phrase(
    sentence: str, most: int = MAX_PHRASE_WORDS, english: bool = True, names: frozenset[str] = frozenset()
) -> str:
    """The phrase for which a sentence stands on a slide; "" when no complete one of about `most` words is found.

    `names` are those of the thing itself: a slide need not repeat them as the subject of every line.

    >>> key_phrase("Rich is a Python library for rich text in the terminal.", names=frozenset(["rich"]))
    'Python library for rich text in the terminal'
    >>> key_phrase("You can write tasks in Python, which most of the people who build things know.")
    'Write tasks in Python'
    """
    whole = _plain(sentence).rstrip(" .!…:;,")
    text = _main(whole, names) if english else whole
    short = _best(text, most, english)
    if not short and english:
        # what comes of it says more than half of what is done
        *_, last = re.split(r",\s+(?:and|so|then)\s+", text)
        short = raised(last, names) if 4 <= len(last.split()) <= most and last != text else ""
    words = short.split()
    denies = [word.lower() for word in words[:3]] == ["there", "is", "no"]
    cut = len(words) < len(whole.split()) - 3
    if (
        len(words) < (3 if cut and english else 2)
        or (words[0].lower() in _ANAPHORA and not denies)
        or len(short) > LONGEST_PHRASE
    ):
        return ""
    if sum(char.isalpha() for char in short) < 6:
        return ""
    # a sentence that begins small begins with a name
    return short if whole.startswith(words[0]) and words[0] not in DANGLING else capital(short)


def without_intro(text: str) -> str:
    """An English sentence without what comes before its main clause.

    >>> without_intro("Also, as a safety measure, it checks the code")
    'it checks the code'
    """
    text = _LABEL.sub("", text)
    for _ in range(2):
        match = _INTRO.match(text)
        text = match["rest"] if match else text
    return text


def _main(text: str, names: frozenset[str]) -> str:
    """The sentence without what leads into it, and without a subject that the slide's header already names."""
    text = _FILLERS.sub("", without_intro(text))
    text = re.sub(r"^(it|that|there)['’]s\s", r"\1 is ", text, flags=re.I)
    for pattern in (_THERE, _YOU_CAN, _GOAL):
        match = pattern.match(text)
        if match:
            return _ARTICLE.sub("", match["rest"])
    subject = _SUBJECT.match(text)
    if not subject or subject["name"].lower() not in names | _PRONOUNS:
        return text
    rest = text[subject.end() :]
    first = rest.split(" ", 1)[0].lower()
    able = _ABLE.match(rest)
    if able and len(able["rest"].split()) >= 2 and not (is_verb(first) and _VERB_FOLLOWS.search(able["rest"])):
        return _ARTICLE.sub("", able["rest"])
    does = (is_verb(first) and first.endswith("s") and first not in ("is", "has")) or first in _DID
    return rest if does and " " in rest else text


def _best(text: str, most: int, english: bool) -> str:
    """The whole text if it is short; else its longest complete part of at most `most` words; else ""."""
    if len(text.split()) <= most:
        return text
    strong, weak, closing = cuts(text, english)
    fitting = [head for head in strong if len(head.split()) <= most]
    whole = len(text.split()) <= LONGEST_ITEM_WORDS <= most + 2
    if fitting and not (whole and len(fitting[-1].split()) < 5):
        return fitting[-1]
    if whole:
        return text
    for heads in (weak, closing):
        fitting = [head for head in heads if len(head.split()) <= most]
        if fitting:
            return fitting[-1]
    # a clause that is too long, cut again
    for head in strong[:1] + weak[:1]:
        fitting = [part for part in cuts(head, english)[2] if len(part.split()) <= most]
        if fitting:
            return fitting[-1]
        if len(head.split()) <= LONGEST_ITEM_WORDS <= most + 2:
            return head
    return ""
