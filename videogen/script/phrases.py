"""Key phrases: what a slide shows of a sentence or an item that the narration says in full. Pure functions."""

from __future__ import annotations

import re

from videogen.script.text import capital, slide_text

MAX_PHRASE_WORDS = 8
LONGEST_ITEM_WORDS = 12

_TERM = re.compile(r"^(?P<term>[^.;!?]{1,60}?)(?::\s+|\s+[-–—]{1,2}\s+|\s*—\s*)(?P<rest>\S.*)$")
_PAREN = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_INTRO = re.compile(
    r"^(?:however|also|additionally|furthermore|moreover|for example|for instance|in addition(?: to [^,]+)?|in short|"
    r"by default|by comparison|as such|note that|please note that|in other words|finally|then|first|instead|"
    r"according to [^,]+|"
    r"(?:if|when|while|once|after|before|because|since|although|as|unless|until|whether|unlike|like|with|without|"
    r"for|in|on|at|by|to|from|using|at its|given)\s[^,]{3,80}),\s+(?P<rest>.+)$",
    re.I,
)
_SUBJECT = r"(?:the |this |that |these |our |your |its |a |an )?(?:[\w./+#-]+\s){0,4}?"
_IS_A = re.compile(rf"^(?:it(?:'s|’s)|{_SUBJECT}[\w./+#'’)-]+\s(?:is|are|was)) (?P<rest>(?:an?|the|one of)\s.+)$", re.I)
_DOES = re.compile(
    r"^(?:(?:it|this|that|they|you|we|there|which|and)\s+|(?:the\s+)?(?:[\w./+#-]+\s+){1,3}?(?:also\s+)?)"
    r"(?:also\s+|now\s+|just\s+|then\s+)*"
    r"(?:(?:can|could|may|might|will|should)\s+(?:also\s+|then\s+|now\s+|easily\s+|be\s+)*|"
    r"(?:lets|allows|enables|helps)\s+(?:you|us|users|developers)\s+(?:to\s+)?|makes it (?:easy|simple|possible) to\s+|"
    r"(?:has|have|includes?|provides?|offers?|contains?|comes? with|features|ships? with|gives you|got)\s+|"
    r"(?:needs? to|wants? to|aims? to|have to|has to|must)\s+|(?=(?:supports?|requires?|works?|runs?|needs?)\s)|"
    r"(?:is|are)\s+(?:able to\s+|designed to\s+|intended to\s+|meant to\s+)?)(?P<rest>.+)$",
    re.I,
)
_CLAUSE = re.compile(
    r"(?:[,;]?\s+—\s+|;\s+|:\s+|,\s+(?:which|who|where|so|but|and then|and it|and is|and has|and you|or you|even|"
    r"because|since|while|whereas|although|though|if|when|unless|as|making|allowing|including|such as|like|e\.g\.|"
    r"i\.e\.|rather|not|instead|with|without|just|plus|in|at|on|or|by|for|from)\s+|"
    r"\s+(?:which|because|so that|while|whereas|although|though|unless|until|instead of|rather than|such as|"
    r"in order to|as well as|even if|so you|that|where|when|if|but)\s+)",
    re.I,
)
_AFTERTHOUGHT = re.compile(r",?\s+(?:which|who|because|so that|although)\s", re.I)
_PREPOSITION = re.compile(
    r"\s+(?:for|with|without|in|on|at|from|to|by|via|into|through|across|over|under|using|during|after|before|"
    r"between|within|against|as|and|or)\s+",
    re.I,
)
_DANGLING = frozenset(
    """a an the and or but nor so of to for with without in on at from by via into as that which who where when while if
    because is are was were be been being has have had do does did can could may might will would shall should must not
    no your our its their his her this these those some any every each more most very also just only than then
    over under between it you we they there's there etc like such both either using including e.g i.e vs after before
    during once until through per against within across und oder der die das ein eine mit von zu für et ou le la les un
    une de des du avec pour y o el los las con por para""".split()  # noqa: SIM905
)
_ARTICLE = re.compile(r"^(?:an?|the)\s+(?!(?:few|lot|number|couple|bit|little|handful)\b)", re.I)
_ANAPHORA = frozenset("it this that these those they them he she its their here there".split())  # noqa: SIM905


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
    return re.sub(r"(?:[\s,;:.!?…–—-]+(?:and|or|but)?)+$", "", phrase)


def item_phrase(text: str, most: int = MAX_PHRASE_WORDS, english: bool = True) -> str:
    """What a bullet shows of a list item: its leading term, else its main phrase; at most 12 words, never "".

    Cut between clauses first, then before a preposition; only where a text has neither, after a word.
    """
    text = " ".join(_PAREN.sub("", slide_text(text)).split()) or slide_text(text)
    term, _ = term_of(text)
    if term:
        # a name of one word is written as its author writes it
        return (trim(term) if " " not in term else capital(trim(term)))[:200]
    if len(text.split()) <= most:
        return capital(_whole(text) or text)[:200]
    first = re.split(r"(?<=\w[.!?])\s+(?=[A-Z])", text)[0]
    short = _shorten(first, most, english)
    if not 2 <= len(short.split()) <= LONGEST_ITEM_WORDS:
        short = trim(" ".join(first.split()[:most]))
    return capital(short or " ".join(text.split()[:most]))[:200]


def key_phrase(sentence: str, most: int = MAX_PHRASE_WORDS, english: bool = True) -> str:
    """The phrase for which a sentence stands on a slide; "" when none of at most `most` words can be found.

    >>> key_phrase("Rich is a Python library for rich text and beautiful formatting in the terminal.")
    'Python library for rich text and beautiful formatting'
    >>> key_phrase("The tool lets you write tasks in Python, which most people know.")
    'Write tasks in Python'
    """
    text = " ".join(_PAREN.sub("", slide_text(sentence)).split()).rstrip(" .!?…:;,")
    if english:
        text = _main(text)
        aside = _AFTERTHOUGHT.search(text)
        if aside and aside.start() and len(text[: aside.start()].split()) >= 2:
            text = text[: aside.start()]
    short = text if len(text.split()) <= most else _shorten(text, most, english)
    short = trim(short)
    if len(short) < len(text) and "," in short:
        # an enumeration that was cut shows its first member only
        short = trim(short.split(",")[0])
    words = short.split()
    if not 2 <= len(words) <= most or words[0].lower() in _ANAPHORA or words[0].lower() in ("and", "or", "but"):
        return ""
    if sum(char.isalpha() for char in short) < 6 or len(short) > 200:
        return ""
    return capital(short)


def without_intro(text: str) -> str:
    """An English sentence without what comes before its main clause.

    >>> without_intro("Also, as a safety measure, it checks the code")
    'it checks the code'
    """
    for _ in range(2):
        match = _INTRO.match(text)
        text = match["rest"] if match else text
    return text


def _main(text: str) -> str:
    """The sentence without what leads into it and without a subject that the slide's header already names."""
    text = without_intro(text)
    text = re.sub(
        r"^(?:and|but|so|or|then|now|plus|well|yes|thus|hence|therefore|simply|please)\s*,?\s+", "", text, flags=re.I
    )
    match = _IS_A.match(text)
    if match:
        return _ARTICLE.sub("", match["rest"])
    match = _DOES.match(text)
    if match and len(match["rest"].split()) >= 2:
        return _ARTICLE.sub("", match["rest"])
    return text


def _shorten(text: str, most: int, english: bool) -> str:
    """Cut at the last clause that fits, else before the last preposition that does."""
    breaks = _CLAUSE if english else re.compile(r"\s+—\s+|[,;:]\s+")
    cuts = [match.start() for match in breaks.finditer(text)]
    fitting = [text[:cut] for cut in cuts if 2 <= len(trim(text[:cut]).split()) <= most]
    if fitting and (len(trim(fitting[-1]).split()) > 3 or not english):
        return trim(fitting[-1])
    if fitting:
        # a clause more says more, where it fits: "build tool that bakes websites"
        places = [match.start() for match in _PREPOSITION.finditer(text) if match.group().strip() not in ("and", "or")]
        comma = text.find(",")
        longer = [text[:place] for place in places if not 0 <= comma < place] + [text[: max(comma, 0)]]
        longer = [cut for cut in longer if len(fitting[-1]) < len(cut) and 4 <= len(trim(cut).split()) <= most]
        return trim((longer or fitting)[-1])
    if cuts:
        text = text[: cuts[0]] if len(text[: cuts[0]].split()) > most else text
    if not english:
        return trim(text)
    # a comma inside "a, b and c" is a worse place than a preposition, but better than none
    for pattern in (_PREPOSITION, re.compile(r",\s+")):
        fitting = [
            text[: match.start()]
            for match in pattern.finditer(text)
            if 2 <= len(trim(text[: match.start()]).split()) <= most
        ]
        if fitting:
            return trim(fitting[-1])
    return trim(text)
