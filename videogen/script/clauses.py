"""Where a text can be cut so that what remains is complete."""

from __future__ import annotations

import re

from videogen.script.leads import is_verb

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
    r"and (?:you|we|they|it) (?:can|will|do|are|is|also)|in order to|"
    r"such as|as well as|instead of|rather than|without having|while also)\s)",
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


_AND = re.compile(r",\s+(?=(?:and|but)\s)", re.I)


_STATES = re.compile(r"\s(?:is|are|was|were|can|will|has|have)\s", re.I)


_HALF = re.compile(r",\s+(?:and|but|so|or)\s+(?:\S+\s+)?\S+$", re.I)


_FOREIGN = re.compile(r"\s+[—–]\s+|[,;:]\s+")


_SERIES_GOES_ON = re.compile(r"^,\s+(?:\w+ing|\w+ed)\b[^,;:]*(?:,|\s(?:and|or)\s)", re.I)


DANGLING = frozenset(
    """a an the and or but nor so of to for with without in on at from by via into as that which who where when while if
    because is are was were be been being has have had do does did can could may might will would shall should must not
    no your our its their his her this these those some any every each more most very also just only than then
    over under between it you we they there's there etc like such both either using including e.g i.e vs after before
    during once until through per against within across und oder der die das ein eine mit von zu für et ou le la les un
    une de des du avec pour y o el los las con por para""".split()  # noqa: SIM905
)


_NEEDS_MORE = frozenset(
    """used made done given able available based going known depend depends relies consists designed easy easier simple
    hard possible impossible ready trying need needs want wants ability way ways order how likely focused help helps all
    aim aims becoming intended interested equipped related compared supposed allowed required written seen interpreted
    described""".split()  # noqa: SIM905
)
_ANYWHERE = re.compile(
    r",?\s+(?=(?:and|or|but|of|to|as|like|than|that|which|who|for|with|without|in|on|at|from|by|via|into|through|across|"
    r"over|under|using|during|after|before|where|when|if)\s)|[,;:]\s+|\s+[—–-]\s+|\s+[(\"]",
    re.I,
)
_SUBJECT_ENDS = re.compile(
    r"\s(?:is|are|was|were|can|could|may|might|will|would|should|must|has|have|had|does)\s", re.I
)


_SMALL_WORDS = frozenset(("a", "an", "the", "its", "your", "their", "our", "this", "each", "every"))


def trim(phrase: str) -> str:
    """Without punctuation and orphaned small words at its end.

    >>> trim("Fast builds, and")
    'Fast builds'
    """
    words = phrase.split()
    while words:
        words[-1] = re.sub(r"[\s,;:.!?…–—-]+$", "", words[-1])
        if words[-1] and (words[-1].lower() not in DANGLING or len(words) == 1):
            break
        words.pop()
    return " ".join(words)


def cuts(text: str, english: bool) -> tuple[list[str], list[str], list[str]]:
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


def shortened(text: str, most: int) -> str:
    """The part of a text that says the most in `most` words, where it has no complete one: never "", never dots.

    >>> shortened("A strength of the protocol is that it splits the server from everything else", 8)
    'A strength of the protocol'
    """
    subject = _SUBJECT_ENDS.search(text)
    heads = [text[: match.start()] for match in _ANYWHERE.finditer(text)]
    for head in reversed([head for head in heads if 3 <= len(head.split()) <= most]):
        if head.split()[-1].lower() not in DANGLING | _NEEDS_MORE and head.count('"') % 2 == 0:
            return trim(head)
    if subject and 2 <= len(text[: subject.start()].split()) <= most:
        return trim(text[: subject.start()])
    return trim(" ".join(text.split()[:most]))


def _complete(text: str, places: list[int], fewest: int) -> list[str]:
    kept = []
    for cut in places:
        head = re.sub(r"[\s,;:–—-]+$", "", text[:cut])
        words = head.split()
        meant = sum(word.lower() not in _SMALL_WORDS for word in words)
        both = len(words) > 2 and words[-2] in ("and", "or") and words[-1].lower() not in DANGLING
        dangles = words and words[-1].lower() in DANGLING | _NEEDS_MORE and words[-2:] != ["a", "while"] and not both
        begun = len(words) > 1 and words[-1].endswith("ing") and words[-2].lower() in DANGLING
        if meant >= fewest and not (dangles or begun or _HALF.search(head) or _in_series(text, cut)):
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
