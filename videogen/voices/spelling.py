"""Names as English speakers say them: acronyms, identifiers, file names, paths, options, addresses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from videogen.voices import english
from videogen.voices.number_words import code, version

_VOWELS = set("aeiouyAEIOUY")
_URL = re.compile(r"(?i)(?:https?|ftp)://(?:www\.)?|^www\.")
_PROTOCOL = re.compile(r"([A-Za-z]+)/(\d+(?:\.\d+)*)")
"""HTTP/1.1"""
_ETC = re.compile(r"(?<=/)etc(?=/|$)")
_DOT_FILE = re.compile(r"([a-z]+[b-df-hj-np-tv-z])rc")
"""netrc, bashrc, eslintrc"""
_SEPARATOR = re.compile(r"([^0-9A-Za-z'\u00c0-\uffff]+)")
_HUMPS = re.compile(r"[A-Z]{2,}s(?![a-z])|[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z']+|[A-Z]+|\d+|[^\W\d_a-zA-Z]+(?:[^\W\d_]*)|'")


def fold(text: str) -> str:
    """Latin letters without their accents; other scripts untouched.

    >>> fold("Café Zürich Straße")
    'Cafe Zurich Strasse'
    """
    if text.isascii():
        return text
    return "".join(_fold_char(char) for char in text.translate(english.LIGATURES))


def _fold_char(char: str) -> str:
    if char.isascii() or char in "—…":
        return char
    name = unicodedata.name(char, "")
    if "LATIN" in name or unicodedata.category(char) in {"No", "Nl", "Sm"}:
        plain = unicodedata.normalize("NFKD", char)
        return "".join(c for c in plain if c.isascii())
    if name.startswith("GREEK") and "LETTER" in name:
        return char
    return char if char.isalpha() or unicodedata.combining(char) else " "


def spelled(text: str) -> str:
    """Single capitals that stand apart, joined by points, so that "A" is a letter and not an article.

    >>> spelled("the A P I of Plan B")
    'the A.P.I of Plan B'
    """
    return re.sub(r"\b[A-Z](?: [A-Z]\b)+", lambda run: run[0].replace(" ", "."), text)


def say_name(word: str, own: Mapping[str, str]) -> str:
    """A word that is no plain number: looked up whole, else taken apart.

    >>> say_name("my_function", {}), say_name("dodo.py", {}), say_name("--from", {})
    ('my function', 'dodo dot pie', 'dash dash from')
    """
    if whole := known(word, own):
        return whole
    word = fold(word)
    word = _URL.sub("", word).strip("'")
    if len(word) > 1 and word[0] in "@#" and word[1].isalpha():
        word = word[1:]
    lead = ""
    if match := re.match(r"(-{1,2})(?=[A-Za-z])", word):
        lead = " ".join(["dash"] * len(match[1])) + " "
    elif re.match(r"~[/\\]", word):
        lead, word = "home ", word[1:]
    elif re.match(r"\.[A-Za-z]", word):
        lead, word = "dot ", word[1:]
    elif re.match(r"\.{1,2}/", word):
        word = word.lstrip("./")
    if match := _PROTOCOL.fullmatch(word):
        return f"{_humps(match[1], own)} {version(match[2])}"
    word = _ETC.sub("etsy", word)
    pieces = [piece for piece in _SEPARATOR.split(word) if piece]
    is_path = bool(re.search(r"^/|/$|/.*/|[./_]\w*/|/.*[._]", word))
    said = [_separator(piece, is_path, index, pieces) if _SEPARATOR.fullmatch(piece) else _humps(piece, own)
            for index, piece in enumerate(pieces)]  # fmt: skip
    if len(pieces) == 3 and pieces[1] == "-" and said[0] == pieces[0] and said[2] == pieces[2]:
        return lead + word
    return lead + " ".join(part for part in said if part)


def known(word: str, own: Mapping[str, str]) -> str:
    """What a table says of the whole word, the lexicon first; "" when none knows it."""
    return own.get(word.casefold()) or english.NAMES.get(word) or english.WORDS.get(word.casefold(), "")


def _separator(mark: str, is_path: bool, index: int, pieces: list[str]) -> str:
    last = index == len(pieces) - 1
    if mark in {"/", "\\"}:
        return "slash" if is_path and not last else ""
    if "." in mark and set(mark) <= set("._-"):
        return "" if last or re.fullmatch("[A-Z]", pieces[index - 1] if index else "") else "dot"
    if set(mark) <= set("-_'"):
        return ""
    if mark == "+" and index and pieces[index - 1].casefold() in {"ctrl", "alt", "shift", "cmd"}:
        return ""
    if mark == "+" and index:
        return "plus" if (pieces[index - 1].isalnum() and len(pieces[index - 1]) > 1) or last else ""
    if mark == "::":
        return ""
    return " ".join(english.SYMBOLS[char] for char in dict.fromkeys(mark) if char in english.SYMBOLS)


def _humps(piece: str, own: Mapping[str, str]) -> str:
    """A run of letters and digits: camel case apart, letters and digits apart."""
    if whole := known(piece, own):
        return whole
    parts = _HUMPS.findall(piece)
    if len(parts) <= 1:
        return _token(piece, own)
    said = [known(part, own) or (_short(part) if any(p.isdigit() for p in parts) else _token(part, own))
            for part in parts]  # fmt: skip
    return " ".join(said)


def _short(part: str) -> str:
    """Letters beside digits: "sha" is a word, "mp" and "h" are letters."""
    if part.isdecimal():
        return _token(part, {})
    spell = part.isascii() and part.isalpha() and (len(part) <= 2 or not _VOWELS & set(part))
    return ".".join(part.upper()) if spell else _token(part, {})


def _token(token: str, own: Mapping[str, str]) -> str:
    """One hump."""
    if token.isdecimal():
        return code("".join(str(unicodedata.decimal(char)) for char in token))
    if len(token) == 1 and unicodedata.name(token, "").startswith("GREEK") and token.isalpha():
        return unicodedata.name(token).rpartition(" ")[2].lower()
    if whole := known(token, own):
        return whole
    if match := _DOT_FILE.fullmatch(token):
        return _token(match[1], own) + " R.C"
    plural = re.fullmatch(r"([A-Z]{2,5})s", token)
    if plural:
        return ".".join(plural[1]) + "'s"
    if _is_initialism(token):
        return ".".join(token.upper())
    return token.lower() if token.isupper() and len(token) > 1 else token


def _is_initialism(token: str) -> bool:
    """Spelled letter by letter: short capitals, and short words that no mouth can form."""
    if not (token.isascii() and token.isalpha()) or len(token) < 2 or token in english.SHOUTED:
        return False
    vowels = sum(char in _VOWELS for char in token)
    if token.isupper():
        return len(token) <= 4 or (vowels == 0 and len(token) <= 6)
    return (
        vowels == 0 and len(token) <= 5 and token.lower() not in {"nth", "hmm", "shh", "psst", "pst", "hm", "mm", "brr"}
    )
