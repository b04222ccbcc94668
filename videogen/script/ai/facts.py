"""What an answer says that its document does not: numbers, names, commands and addresses. Pure.

Strict on purpose: a number that is not in the document, in digits, is not said, also where it might be right.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_NUMBER = re.compile(r"\d+(?:[.,:'’\u202f\u00a0 ]\d{3}(?!\d))*(?:[.,:]\d+)*")
_ADDRESS = re.compile(
    r"\b[a-z][a-z0-9+.-]*://\S+|\bwww\.\S+|\b[\w.+-]+@[\w-]+\.\w{2,}|\b(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)", re.I
)
_SITE = re.compile(r"(?<![\w./@-])(?:[a-z0-9-]+\.)+(?:com|org|net|io|dev|app|ai|co|info|biz|ru|cn|de|xyz)\b", re.I)
_TOKEN = re.compile(r"\S+")
_CODE = re.compile(r"[_$\\=<>{}\[\]|`~^#@]|::|\(\)|^--?\w|\w/\w|\w\.\w|[a-z][A-Z]|^/")
_ENDS = ".,;:!?…\"'“”‘’«»()"
_SENTENCE = re.compile(r"[.!?…:]\W*$")
_CAPITAL_NOUNS = ("de", "lb")
"""Languages in which every noun has a capital: a name cannot be told by it, and is not checked there, unless it is an
acronym or has a capital, a digit or a sign inside, as in GitLab and Web2. An invented "Ada Lovelace" passes."""

_NUMBER_WORDS = {
    "thirteen": "13", "fourteen": "14", "fifteen": "15", "sixteen": "16", "seventeen": "17", "eighteen": "18",
    "nineteen": "19", "twenty": "20", "thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "seventy": "70",
    "eighty": "80", "ninety": "90", "hundred": "00", "thousand": "000", "million": "000000", "billion": "000000000",
    "percent": "%",
}  # fmt: skip
"""English words for numbers that a document has to hold, as words or as digits; smaller ones count what is there."""


_ABBREVIATED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]?|and/or", re.I)
_I = re.compile(r"I['’]")
"""I'm, I've, I'll."""


class Known(NamedTuple):
    """What a document holds, in the forms in which it is compared: lower case."""

    text: str
    words: frozenset[str]
    numbers: frozenset[str]


def known(text: str) -> Known:
    """All that may be said of a document with this text."""
    plain = _plain(text)
    words = frozenset(_WORD.findall(plain.lower()))
    return Known(plain.lower(), words, frozenset(map(_digits, _NUMBER.findall(plain))))


def common(text: str) -> frozenset[str]:
    """The words of a text that have no capital: they name nothing."""
    return frozenset(word for word in _WORD.findall(_plain(text)) if word.islower())


def invented(text: str, document: Known, language: str, usual: frozenset[str] = frozenset()) -> list[str]:
    """What of a text is not in the document, in the order in which it comes. Of the `usual` words a capital, as in a
    header, makes no name."""
    plain = _plain(text)
    found = [f'the address "{match}"' for match in _addresses(plain) if _bare(match) not in document.text]
    found += [f'the number "{match}"' for match in _NUMBER.findall(plain) if _digits(match) not in document.numbers]
    first = True
    for match in _TOKEN.findall(plain):
        token = match.strip(_ENDS).rstrip("-–—").lstrip("–—")
        written = token.lower() in document.text or token.lower().removeprefix("v") in document.text
        if _CODE.search(token) and not _ADDRESS.search(token) and not _ABBREVIATED.fullmatch(token) and not written:
            found.append(f'"{token}"')
        elif token and not _of_document(token, first, document, language, usual):
            found.append(f'the name "{token}"')
        first = bool(_SENTENCE.search(match))
    if language.startswith("en"):
        found += [f'the number "{word}"' for word in _WORD.findall(plain.lower()) if _counts(word, document)]
    return list(dict.fromkeys(found))


def _of_document(token: str, first: bool, document: Known, language: str, usual: frozenset[str]) -> bool:
    """Whether a word is none that has to be in the document, or is in it."""
    for word in (part for match in _WORD.findall(token) for part in match.split("-")):
        if _I.match(word) or word.lower() in usual:
            continue
        letters = [char for char in word if char.isalpha()]
        acronym = len(letters) > 1 and all(char.isupper() for char in letters)
        capital = bool(letters) and letters[0].isupper() and len(letters) > 1
        name = capital and not first and not language.startswith(_CAPITAL_NOUNS)
        if (acronym or name) and not _has(word.lower(), document):
            return False
    return True


def _has(word: str, document: Known) -> bool:
    """Whether a word is in the document, also as a possessive, in the plural, or as a part of a compound."""
    stem = re.sub(r"['’]s?$", "", word)
    forms = {word, stem, stem.removesuffix("s"), f"{stem}s"}
    return bool(forms & document.words) or any(stem in known.split("-") for known in document.words if "-" in known)


def _counts(word: str, document: Known) -> bool:
    return any(
        part in _NUMBER_WORDS
        and part not in document.words
        and not any(_NUMBER_WORDS[part] in number for number in document.numbers)
        and not (part == "percent" and "%" in document.text)
        for part in word.split("-")
    )


def _addresses(text: str) -> list[str]:
    return [*_ADDRESS.findall(text), *(site for site in _SITE.findall(text) if not _ADDRESS.search(text))]


def _bare(address: str) -> str:
    return address.lower().rstrip(_ENDS + "/")


def _digits(number: str) -> str:
    """A number without what parts its thousands: "12,480" and "12 480" are one."""
    return re.sub(r"[,'’\u202f\u00a0 ](?=\d{3}(?!\d))", "", number).strip(".,:")


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text)
