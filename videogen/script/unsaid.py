"""Sentences and paragraphs that are for the eye: formulas, imprints, fragments. Pure functions."""

from __future__ import annotations

import re

from videogen.script.leads import is_verb

_SIGNS = re.compile(r"[\\^=<>∈∉⊂⊆∪∩∀∃∑∏∫√≤≥≠≈≡×·±−∞∂∇∝→⇒↦⁰¹²³⁴-⁾₀-₉]|\bequals\b|(?<=[\w)]) plus (?=[\w(])")
_LATEX = re.compile(r"\\(?:[a-zA-Z]{2,}|[,;!])|\$\$|\$[^$\s][^$]*[\\^_{}=][^$]*\$|[\w)\]}][_^]\{")
_ARROW = re.compile(r"[-=]>|[<>!]=|(?<![\w\s])=|=(?![\w\s])|<-|\|\||\$\w+")
_WORD = re.compile(r"[(\"']?[^\W\d_]{2,}[^\w]*")
FEWEST_SIGNS = 3


def is_formula(text: str) -> bool:
    """Whether a sentence is made of mathematics, which nobody can follow by ear, rather than of words.

    >>> is_formula("y = a*x^2 + b*x + c"), is_formula("It takes x = 3 as given, and bakes a site of it.")
    (True, False)
    """
    if _LATEX.search(text):
        return True
    words = [
        word for word in text.split() if len(word.strip(".,:;()")) > 1 and re.fullmatch(r"[(\"']?[^\W\d_]+[^\w]*", word)
    ]
    signs = len(_SIGNS.findall(_ARROW.sub("", text)))
    return signs > 0 and 4 * signs > len(words) and (signs >= FEWEST_SIGNS or len(words) < 4)


_OF_THE_TEXT = re.compile(
    r"^(?i:version|release|revision|draft|last (?:updated|modified|changed)|updated|date|copyright|©|authors?)\b[:\s]*"
    r"(?=\S*\d|©|[A-Z])(?:(?:\(?[\d.,/-]+\)?|\(c\)|©|[A-Z][\w.,'-]*|of|and|on)[\s,]*)+$"
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|be|has|have|had|can|will|may|must|should|does|do|it's|there's|here's|let's|\w+s|"
    r"\w+ed)\b",
    re.I,
)


def is_imprint(text: str) -> bool:
    """Whether a paragraph only says which version of a text it is, or whose.

    >>> is_imprint("Version 1.1.0 (2022-12-11)"), is_imprint("Version 2 is the newest.")
    (True, False)
    """
    return bool(_OF_THE_TEXT.match(text))


def has_verb(text: str) -> bool:
    """Whether an English text seems to state something, however little.

    >>> has_verb("It is easy to see that"), has_verb("Subtraction:")
    (True, False)
    """
    return len(text.split()) > 2 and (bool(_VERB.search(text)) or any(map(is_verb, text.split())))
