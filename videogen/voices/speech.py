"""Display text -> what a voice is given to say: one entry for each whitespace-separated word, none lost.

English is spelled out here, and German, Spanish, French and Italian in `foreign` (versions, money, units, file names,
acronyms), so that every engine reads the same words; in other languages the text goes to the engine as written. The
project's lexicon wins over every rule.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from videogen.voices import english
from videogen.voices.foreign import read
from videogen.voices.numerals import numeral, power
from videogen.voices.powers import power_of
from videogen.voices.spelling import fold, known, say_name, spelled
from videogen.voices.tongue import tongue
from videogen.voices.wording import CLOSING, OPENING, POSSESSIVE, Parts, own_reading, split

_NOT_SAID = re.compile(r"[^\w\s'.,;:!?—…-]|[_\d]")
_DASHES = re.compile(r"\s*(?:—|–|--)\s*$|^(?:—|–)(?=\D)")


@dataclass(frozen=True)
class SayWord:
    """A display word and what is said for it: several words, or "" when nothing is."""

    display: str
    spoken: str


def sayable(text: str, language: str = "en", lexicon: Mapping[str, str] | None = None) -> list[SayWord]:
    """The words of `text` with what is said for each. Never raises; `[w.display for w in …] == text.split()`.

    In the languages that are spelled out, `spoken` holds no digits and no symbols but sentence punctuation (letters
    of other scripts stay: the engine knows whether it can say them). `lexicon` maps words, whatever their case, to
    sayable text.

    >>> [word.spoken for word in sayable("See README.md (v2.0).")]
    ['See', 'reed me dot M.D,', 'version two point oh.']
    """
    own = {key.casefold(): value for key, value in (lexicon or {}).items()}
    words = text.split()
    if tables := tongue(language):
        return [SayWord(word, said) for word, said in zip(words, read(words, own, tables), strict=True)]
    if language.split("-")[0].lower() != "en":
        return [SayWord(word, _written(word, own)) for word in words]
    own = {key: " ".join(_lexicon_value(piece) for piece in spelled(value).split()) for key, value in own.items()}
    said: list[str] = []
    sentence_begins = True
    for index, word in enumerate(words):
        parts = split(word)
        spoken = _english(parts, words, index, own)
        if parts.opened and said and said[-1][-1:].isalpha():
            said[-1] += ","
        if spoken:
            if sentence_begins:
                spoken = spoken[0].upper() + spoken[1:]
            sentence_begins = spoken[-1] in ".!?…"
        said.append(spoken)
    return [SayWord(word, spoken) for word, spoken in zip(words, said, strict=True)]


def written(text: str, lexicon: Mapping[str, str] | None = None) -> list[SayWord]:
    """The words of `text` as written, with the lexicon applied and pictographs left out: for engines that
    read numbers and symbols themselves."""
    own = {key.casefold(): value for key, value in (lexicon or {}).items()}
    return [SayWord(word, _written(word, own)) for word in text.split()]


def joined(words: Sequence[SayWord]) -> str:
    """All that is said, on one line."""
    return " ".join(word.spoken for word in words if word.spoken)


def _written(word: str, own: Mapping[str, str]) -> str:
    parts = split(word)
    value = own_reading(parts, own)
    return "".join(value) if value else parts.raw


def _english(parts: Parts, words: Sequence[str], index: int, own: Mapping[str, str]) -> str:
    if value := own_reading(parts, own):
        return _final(*value)
    if not any(char.isalnum() for char in parts.raw):
        return _lone_symbol(parts.raw)
    before = split(words[index - 1]) if index else Parts("", "", False, "")
    after = split(words[index + 1]).core if index + 1 < len(words) else ""
    unit = _unit(parts.core, before)
    if unit:
        return _final(unit, parts.stop)
    if "." in parts.raw[len(parts.core) :]:
        abbreviation = parts.core + "."
        said = english.TITLES.get(abbreviation) or english.WORDS.get(abbreviation.casefold())
        if after[:1].isdigit():
            said = english.COUNTED.get(abbreviation) or said
        if said:
            return _abbreviation(said, words, index)
    first = index < 2 or before.stop in {".", "!", "?", "…"}
    return _final(_core(parts.core, "" if before.stop else before.core, after, first, own), parts.stop)


def _core(core: str, before: str, after: str, first: bool, own: Mapping[str, str]) -> str:
    """A word without its punctuation."""
    halves = re.split(r"—|(?<=\D)–(?=\D)|(?<=[a-z])--(?=[a-z])", core)
    if len(halves) > 1:
        return " — ".join(_core(half, "", "", False, own) for half in halves if half)
    if found := power_of(core):
        return power(found, _core(found.base.strip(OPENING + CLOSING), before, "", first, own))
    match = POSSESSIVE.match(core)
    stem, ending = (match[1], "'s") if match else (core, "")
    said = known(stem, own) or numeral(stem, before, after, first) or say_name(stem, own)
    return said + ending if said else ""


def _unit(core: str, before: Parts) -> str:
    """`fps` after a number, else ""."""
    unit = core if core in english.LONE_UNITS else core.removesuffix("/s")
    if unit not in english.LONE_UNITS or before.stop or not re.fullmatch(r"[<>~≈≥≤±+−-]*\d[\d.,–-]*", before.core):
        return ""
    one, many = english.UNITS[unit]
    return (one if before.core == "1" else many) + (" per second" if unit != core else "")


def _lone_symbol(raw: str) -> str:
    if raw in {"-", "–", "—", "--"}:
        return "—"
    return english.WORDS.get(raw) or english.WORDS.get(raw.strip(OPENING + CLOSING), "")


def _abbreviation(said: str, words: Sequence[str], index: int) -> str:
    """A point after an abbreviation ends the sentence only where one could begin."""
    if index + 1 == len(words):
        return said.rstrip(",") + "."
    tail = words[index].rpartition(".")[2].strip("\"'”’")
    ends = said == "et cetera" and words[index + 1][:1].isupper()
    return said.rstrip(",") + "." if ends else _final(said, tail[-1:] if tail[-1:] in set(",;:!?") else "")


def _lexicon_value(piece: str) -> str:
    """A piece of a lexicon value: left alone when it can be said as it is."""
    if not re.search(r"[\d_]|[^\w\s'.,;:!?—…-]", piece):
        return piece
    parts = split(piece)
    return _final(_core(parts.core, "", "", False, {}), parts.stop)


def _final(spoken: str, stop: str) -> str:
    """Only what an engine may see: folded to plain Latin letters where it is Latin, one mark at the end."""
    plain = " ".join(_NOT_SAID.sub(" ", fold(spoken)).split())
    plain = re.sub(r"\s+([,.;:!?…])", r"\1", plain)
    if not any(char.isalpha() for char in plain):
        return ""
    return plain.rstrip(",;:") + stop if stop else plain
