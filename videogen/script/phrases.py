"""Key phrases: what a slide shows of a sentence or an item that the narration says in full. Pure functions.

A phrase means something by itself. So a text of a few words is shown whole, and a longer one is cut only where
what remains is complete: before a subordinate clause or an afterthought, or else before a closing preposition.
"""

from __future__ import annotations

import re

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
_YOU_CAN = re.compile(r"^(?:you|we) can (?:also |then |now |easily )*(?!be\b)(?P<rest>\S.+)$", re.I)

_AFTER_COMMA = (
    r"which|who|whose|where|so|but|yet|and then|and it|and you|and we|and they|and is|and has|because|since|while|"
    r"whereas|although|though|if|when|unless|as|including|such as|like|e\.g\.|i\.e\.|rather|not|never|instead|"
    r"or to|and to|with|without|just|even|plus|from|in|at|on|by|for|to|pulling|timed|built|based|written|made|"
    r"\w{3,}ing|\w{3,}ed"
)
_STRONG = re.compile(
    rf"\s+[—–]\s+|;\s+|:\s+|,\s+(?=(?:{_AFTER_COMMA})\s)|"
    r",\s+(?=(?:[^\s,]+\s){1,3}(?:is|are|can|will|has)\s)|"
    r"\s+(?=(?:because|so (?:that|you|all|every|each|the|your|any)|whereas|although|unless|until|even if|even when|"
    r"in order to|such as|as well as|instead of|rather than|without having|while also)\s)",
    re.I,
)
_WEAK = re.compile(
    r"(?<!\bso)(?<!\bas)(?<!\bof)(?<!\bto)(?<!\bif)(?<!\bhow)(?<!\bthan)(?<!\bwhat)(?<!\bthat)(?<!\bwhen)(?<!\bwith)"
    r",?\s+(?=(?:which|who|that|where|when|if|while|after|before|once|but|they|you|we|and to|or to)\s)",
    re.I,
)
_PREPOSITION = re.compile(
    r"(?<!\bnot)\s+(?=(?:for|with|without|in|on|at|from|by|via|into|through|across|over|under|using|during|after|"
    r"before)\s)",
    re.I,
)
_VERB_FOLLOWS = re.compile(r"\b(?:but|and|or|yet)\s+(?:also\s+)?(?:\w+n['’]t|has|does|can|will)\b", re.I)
_DID = frozenset("began started grew became came has".split())  # noqa: SIM905
_AND = re.compile(r",\s+(?=(?:and|but)\s)", re.I)
_STATES = re.compile(r"\s(?:is|are|was|were|can|will|has|have)\s", re.I)
_HALF = re.compile(r",\s+(?:and|but|so|or)\s+(?:\S+\s+)?\S+$", re.I)
_FOREIGN = re.compile(r"\s+[—–]\s+|[,;:]\s+")
_SERIES_GOES_ON = re.compile(r"^,\s+(?:\w+ing|\w+ed)\b[^,;:]*(?:,|\s(?:and|or)\s)", re.I)
_DANGLING = frozenset(
    """a an the and or but nor so of to for with without in on at from by via into as that which who where when while if
    because is are was were be been being has have had do does did can could may might will would shall should must not
    no your our its their his her this these those some any every each more most very also just only than then
    over under between it you we they there's there etc like such both either using including e.g i.e vs after before
    during once until through per against within across und oder der die das ein eine mit von zu für et ou le la les un
    une de des du avec pour y o el los las con por para""".split()  # noqa: SIM905
)
_NEEDS_MORE = frozenset("used made done given able available based going known depends relies consists".split())  # noqa: SIM905
_ARTICLE = re.compile(r"^(?:an?|the)\s+(?!(?:few|lot|number|couple|bit|little|handful|only|same|most)\b)", re.I)
_ANAPHORA = frozenset(
    "it it's it’s this that these those they them he she its their here here's there and or but".split()  # noqa: SIM905
)
_SMALL_WORDS = frozenset(("a", "an", "the", "its", "your", "their", "our", "this", "each", "every"))


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


def trim(phrase: str) -> str:
    """Without punctuation and orphaned small words at its end.

    >>> trim("Fast builds, and")
    'Fast builds'
    """
    words = phrase.split()
    while words:
        words[-1] = re.sub(r"[\s,;:.!?…–—-]+$", "", words[-1])
        if words[-1] and (words[-1].lower() not in _DANGLING or len(words) == 1):
            break
        words.pop()
    return " ".join(words)


def _whole(phrase: str) -> str:
    """A phrase that was not cut, without punctuation at its end, nor "and" where the author went on elsewhere."""
    return re.sub(r"(?:[\s,;:.!…–—-]+(?:and|or|but)?)+$", "", phrase)


def _plain(text: str) -> str:
    return " ".join(_PAREN.sub("", slide_text(text)).split()) or slide_text(text)


def raised(phrase: str, names: frozenset[str] = frozenset()) -> str:
    """With a capital first letter, unless the first word is a name that its author writes small."""
    return phrase if phrase.split(" ", 1)[0].strip(",.:;").lower() in names else capital(phrase)


def item_phrase(
    text: str, most: int = MAX_PHRASE_WORDS, english: bool = True, names: frozenset[str] = frozenset()
) -> str:
    """What a bullet shows of a list item: all of it where that is a few words, else a complete part of it.

    Never "" for a text with a letter; where there is no good place to cut, dots mark that it goes on.
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
        found = f"{trim(' '.join(first.split()[:most]))} …"
    return _termed(found, names)


def brief(text: str, english: bool = True, names: frozenset[str] = frozenset()) -> str:
    """The least that still stands for an item, where a slide has no room for more: its term, or a shorter part."""
    text = _plain(text)
    term, _ = term_of(text)
    if term:
        return fitted(trim(term) if " " not in term else raised(trim(term), names), LONGEST_PHRASE)
    whole = _whole(re.split(r"(?<=\w[.!?])\s+(?=[A-Z])", text)[0])
    found = _heads(whole, english)
    shorter = [head for heads in found for head in heads if 3 <= len(head.split()) < len(whole.split())]
    return _termed(shorter[0], names) if shorter else item_phrase(text, 8, english, names)


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
    if len(words) < 2 or (words[0].lower() in _ANAPHORA and not denies) or len(short) > LONGEST_PHRASE:
        return ""
    if sum(char.isalpha() for char in short) < 6:
        return ""
    # a sentence that begins small begins with a name
    return short if whole.startswith(words[0]) and words[0] not in _DANGLING else capital(short)


def without_intro(text: str) -> str:
    """An English sentence without what comes before its main clause.

    >>> without_intro("Also, as a safety measure, it checks the code")
    'it checks the code'
    """
    for _ in range(2):
        match = _INTRO.match(text)
        text = match["rest"] if match else text
    return text


def _main(text: str, names: frozenset[str]) -> str:
    """The sentence without what leads into it, and without a subject that the slide's header already names."""
    text = _FILLERS.sub("", without_intro(text))
    text = re.sub(r"^(it|that|there)['’]s\s", r"\1 is ", text, flags=re.I)
    for pattern in (_THERE, _YOU_CAN):
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
    strong, weak, closing = _heads(text, english)
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
        fitting = [part for part in _heads(head, english)[2] if len(part.split()) <= most]
        if fitting:
            return fitting[-1]
        if len(head.split()) <= LONGEST_ITEM_WORDS <= most + 2:
            return head
    return ""


def _heads(text: str, english: bool) -> tuple[list[str], list[str], list[str]]:
    """What remains when a text is cut at each good, each middling and each poor place, from short to long."""
    if not english:
        cuts = [trim(text[: match.start()]) for match in _FOREIGN.finditer(text)]
        return [cut for cut in cuts if len(cut.split()) >= 2], [], []
    strong = [m.start() for m in _STRONG.finditer(text) if not _SERIES_GOES_ON.match(text[m.start() :])]
    # one whole statement before another: "A is dull, and B is not"
    strong += [
        m.start() for m in _AND.finditer(text) if _STATES.search(text[: m.start()]) and m.start() == text.find(",")
    ]
    strong.sort()
    weak = [m.start() for m in _WEAK.finditer(text)]
    poor = [m.start() for m in _PREPOSITION.finditer(text)]
    does = is_verb(text.split(" ", 1)[0])
    return _complete(text, strong, 3), _complete(text, weak, 3 if does else 4), _complete(text, poor, 4)


def _complete(text: str, cuts: list[int], fewest: int) -> list[str]:
    kept = []
    for cut in cuts:
        head = re.sub(r"[\s,;:–—-]+$", "", text[:cut])
        words = head.split()
        meant = sum(word.lower() not in _SMALL_WORDS for word in words)
        if (
            meant < fewest
            or words[-1].lower() in _DANGLING | _NEEDS_MORE
            or _HALF.search(head)
            or _in_series(text, cut)
        ):
            continue
        # a statement that has just begun says nothing yet, unless the cut is at its end
        if fewest > 3 and _HALF.search(head):
            continue
        kept.append(head)
    return kept


def _in_series(text: str, cut: int) -> bool:
    """Whether a cut would leave "a, b" of "a, b, and c", or "either a" of "either a or b"."""
    head, tail = text[:cut], text[cut:]
    if re.search(r"\b(?:both|either|between)\s(?!.*\b(?:and|or)\b)", head, re.I):
        return True
    last = re.split(r"[;:—]\s", head)[-1]
    comma = last.rfind(", ")
    if comma < 0 or re.search(r"\s(?:and|or)\s", last[comma:]):
        return False
    return re.search(r",?\s(?:and|or)\s", re.split(r"[;:—.]\s", tail)[0]) is not None
