"""Names as the languages of `tongue` say them: acronyms, identifiers, file names, paths, options, addresses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from videogen.voices import counting
from videogen.voices.tongue import Tongue

_URL = re.compile(r"(?i)^(?:(?:https?|ftp)://|mailto:)(?:www\.)?|^www\.")
_ELIDED = re.compile(r"([^\W\d_]+')(?=\w)(.+)")
"""l'API, dell'API"""
_SEPARATOR = re.compile(r"([^\w']+|_+)")
_HUMPS = re.compile(r"[A-Z]{2,}s(?![a-z])|[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z']+|[A-Z]+|\d+|[^\W\d_a-zA-Z]+[^\W\d_]*|'")
_VOWELS = set("aeiouyàáâäèéêëìíîïòóôöùúûüœæ")


def say_name(word: str, own: Mapping[str, str], t: Tongue) -> str:
    """A word that is no plain number: looked up whole, else taken apart.

    >>> from videogen.voices.tongue import tongue
    >>> say_name("my_function", {}, tongue("de")), say_name("l'API", {}, tongue("fr"))
    ('my function', "l'a pé i")
    """
    if whole := known(word, own, t):
        return whole
    word = _URL.sub("", word)
    if elided := _ELIDED.fullmatch(word):
        rest = say_name(elided[2], own, t)
        return elided[1] + rest
    word = word.strip("'")
    lead = ""
    if options := re.match(r"(-{1,2})(?=\w)", word):
        lead = f"{t.says['dash']} " * len(options[1])
    elif re.match(r"\.\w", word):
        lead = f"{t.says['point']} "
    elif re.match(r"[@#]\w", word):
        word = word[1:]
    pieces = [piece for piece in _SEPARATOR.split(word) if piece]
    is_path = bool(re.search(r"^/|/$|/.*/|[./_]\w*/|/.*[._]", word))
    said = list[str]()
    for index, piece in enumerate(pieces):
        if _SEPARATOR.fullmatch(piece):
            said.append(_separator(piece, index, len(pieces), is_path, t))
        else:
            said.append(_piece(piece, own, t, is_suffix=index > 0 and pieces[index - 1] == "."))
    if len(pieces) > 1 and pieces == said[: len(pieces)] and set(pieces[1::2]) == {"-"}:
        return lead + word
    return lead + " ".join(" ".join(part for part in said if part not in {"", "-"}).split())


def known(word: str, own: Mapping[str, str], t: Tongue) -> str:
    """What a table says of the whole word, the lexicon first; "" when none knows it."""
    return own.get(word.casefold()) or t.names.get(word) or t.words.get(word.casefold(), "")


def _separator(mark: str, index: int, count: int, is_path: bool, t: Tongue) -> str:
    last = index == count - 1
    if mark == "-":
        return "" if last or index == 0 else "-"
    if mark in {"/", "\\"}:
        return t.says["slash"] if is_path and not last else ""
    if "." in mark and set(mark) <= set("._-"):
        return "" if last or index == 0 else t.says["point"]
    return " ".join(t.symbols[char] for char in dict.fromkeys(mark) if char in t.symbols)


def _piece(piece: str, own: Mapping[str, str], t: Tongue, is_suffix: bool) -> str:
    """A run of letters and digits: camel case apart, letters and digits apart."""
    if whole := known(piece, own, t):
        return whole
    if is_suffix and piece.isascii() and piece.isalpha() and len(piece) <= 3 and piece not in {"com", "org", "net"}:
        return letters(piece, t)
    if len(piece) > 1 and piece.isalpha() and (piece.islower() or piece.istitle()) and not _is_initialism(piece):
        return piece
    parts = _HUMPS.findall(piece) if piece.isascii() else re.findall(r"\d+|[^\W\d_]+", piece)
    return " ".join(_token(part, own, t, len(parts) > 1) for part in parts)


def _token(token: str, own: Mapping[str, str], t: Tongue, in_name: bool) -> str:
    if token.isdecimal():
        return counting.whole("".join(str(unicodedata.decimal(char)) for char in token), t.language)
    if whole := known(token, own, t):
        return whole
    if plural := re.fullmatch(r"([A-Z]{2,5})s", token):
        return letters(plural[1], t) + ("s" if t.language == "de" else "")
    if len(token) == 1:
        name = unicodedata.name(token, "")
        if name.startswith("GREEK") and token.isalpha():
            return name.rpartition(" ")[2].lower()
        alone = token.isupper() and (t.language == "de" or token.lower() not in _VOWELS)
        return letters(token, t) if alone or (in_name and token.isascii()) else token
    if _is_initialism(token):
        return letters(token, t)
    return token.lower() if token.isupper() else token


def letters(text: str, t: Tongue) -> str:
    """Each letter by its name in the language.

    >>> from videogen.voices.tongue import tongue
    >>> letters("PDF", tongue("it"))
    'pi di effe'
    """
    return " ".join(t.letters.get(char, char) for char in text.lower())


def _is_initialism(token: str) -> bool:
    """Spelled letter by letter: short capitals, and short words that no mouth can form."""
    if not (token.isascii() and token.isalpha()) or len(token) < 2:
        return False
    vowels = sum(char in _VOWELS for char in token.lower())
    if token.isupper():
        return len(token) <= 3 or vowels == 0 or (len(token) == 4 and vowels == 1)
    return vowels == 0 and 2 <= len(token) <= 5 and token.lower() not in {"hmm", "pst", "psst", "brr", "mm"}
