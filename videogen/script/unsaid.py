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
    words = [word for word in text.split() if _WORD.fullmatch(word)]
    signs = len(_SIGNS.findall(_ARROW.sub("", text)))
    if signs > 1 and len(words) < 0.6 * len(text.split()):
        return True
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


_NUMBERED = r"(?:sections?|chapters?|appendix|figures?|figs?\.|tables?|listings?|equations?|eqs?\.|algorithms?|pages?)"
_NUMBER = r"\(?(?:\d+(?:\.\d+)*|[A-Z](?:\.\d+)*)\)?"
_PLACES = re.compile(
    rf",?\s*\((?:see|cf\.?|in|shown in)\s+(?:also\s+)?{_NUMBERED}\s+{_NUMBER}\)|"
    rf",?\s+(?:as\s+)?(?:(?:shown|described|given|listed|discussed|seen|explained|defined|introduced|mentioned)\s+)?"
    rf"(?:in|on)\s+{_NUMBERED}\s+{_NUMBER}(?![\w.]*\w)|"
    r",?\s+(?:as\s+)?(?:(?:shown|described|seen|explained|mentioned|discussed)\s+)?in the "
    r"(?:previous|next|last|following) (?:section|chapter|page)s?\b,?|"
    r",?\s+as (?:shown|described|mentioned|seen|explained|discussed) (?:above|below|earlier|later)\b",
    re.I,
)
_PAGE = r"(?:page|document|section|chapter|paper|tutorial|article|guide|notebook|manual)"
_HERE = re.compile(rf"^(?:in|on) this {_PAGE},?\s+", re.I)
_OF_A_PLACE = re.compile(
    rf"^(?:the following |the )?{_NUMBERED}\s?(?:{_NUMBER})?\s+(?:shows?|illustrates?|lists?|gives?|presents?|"
    rf"summari[sz]es?|describes?|contains?|provides?|depicts?)\b|"
    rf"\b(?:is|are) (?:shown|given|listed|illustrated|depicted)$",
    re.I,
)
_LEADS_TO = frozenset(
    "that is are to as by can so where therefore then thus hence indeed and or of the with if for from proof".split()  # noqa: SIM905
)


def without_places(sentence: str) -> str:
    """An English sentence without the numbered places of its document; "" where it speaks of nothing else.

    >>> without_places("It is fast, as shown in Table 3."), without_places("Figure 2 shows the kiln.")
    ('It is fast.', '')
    """
    told = _HERE.sub("", _PLACES.sub("", sentence))
    if told != sentence and re.search(r"\b(?:is|are|was|were)[.:]?$", told):
        return ""
    return "" if _OF_A_PLACE.search(told.rstrip(" .:")) and not told.endswith(":") else told


def breaks_off(sentence: str, first: bool) -> bool:
    """Whether an English sentence ends, or begins, in something that is not there, such as a formula.

    >>> breaks_off("It is easy to see that", False), breaks_off("where x is small.", True)
    (True, True)
    """
    if first and sentence.startswith(("where ", "Where ")) and not sentence.endswith("?"):
        return True
    if sentence.rstrip("\"')”’")[-1:] in ".!?":
        return False
    words = sentence.lower().split()
    return words[-1].strip(",;:") in _LEADS_TO or words == ["for", "example"]
