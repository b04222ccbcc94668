"""German, Spanish, French and Italian text spelled out, word by word; the tables are those of `tongue`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from videogen.voices import counting
from videogen.voices.naming import known, letters, say_name
from videogen.voices.powers import power_of
from videogen.voices.reading import numeral, power, tail_of
from videogen.voices.tongue import Tongue
from videogen.voices.wording import CLOSING, OPENING, Parts, own_reading, split

_NOT_SAID = re.compile(r"[^\w\s'.,;:!?—…-]|[_\d²³¹ªº]")


def read(words: Sequence[str], lexicon: Mapping[str, str], t: Tongue) -> list[str]:
    """What is said for each word: letters and sentence punctuation, "" where nothing is. Never raises.

    >>> from videogen.voices.tongue import tongue
    >>> read("Die Datei README.md kostet 9,99 €.".split(), {}, tongue("de"))
    ['Die', 'Datei', 'Riedmi Punkt emm deh', 'kostet', 'neun', 'Euro neunundneunzig.']
    """
    own = {key: " ".join(_spelled_out(piece, t) for piece in value.split()) for key, value in lexicon.items()}
    parts = [split(word) for word in words]
    said: list[str] = []
    for index, word in enumerate(parts):
        if word.opened and said and said[-1][-1:].isalpha():
            said[-1] += ","
        said.append(_word(parts, index, own, t))
    return said


def _word(parts: Sequence[Parts], index: int, own: Mapping[str, str], t: Tongue) -> str:
    word = parts[index]
    if value := own_reading(word, own):
        return _final(*value)
    before = parts[index - 1] if index else _NOTHING
    after = parts[index + 1] if index + 1 < len(parts) else _NOTHING
    for place, first in ((index, word), (index - 1, before)):
        if place >= 0 and place + 1 < len(parts):
            pair = t.pairs.get(f"{_dotted(first)} {_dotted(parts[place + 1])}")
            if pair:
                return _final(pair[index - place], word.stop if word.stop != "." or index + 1 == len(parts) else "")
    tail = tail_of(word.core if any(char.isalnum() for char in word.raw) else word.raw.strip(CLOSING), before.core, t)
    if tail and not before.stop:
        return _final(tail, word.stop)
    if not any(char.isalnum() for char in word.raw):
        return _lone(word.raw, t)
    if "." in word.raw[len(word.core) :] and (abbreviation := t.words.get(_dotted(word))):
        return _final(abbreviation, _after_abbreviation(word, index, parts))
    following = "" if word.stop else after.core or after.raw
    if word.raw.endswith(".") and (said := numeral(word.core + ".", before.core, after.core, t)):
        return _final(said, "")
    if (grouped := _spaced_group(parts, index, t)) is not None:
        return _final(grouped, word.stop)
    return _final(_core(word.core, "" if before.stop else before.core, following, own, t), word.stop)


_NOTHING = Parts("", "", False, "")


def _core(core: str, before: str, after: str, own: Mapping[str, str], t: Tongue) -> str:
    """A word without its punctuation."""
    halves = re.split(r"—|(?<=\D)–(?=\D)|(?<=[a-z])--(?=[a-z])", core)
    if len(halves) > 1:
        return " — ".join(_core(half, "", "", own, t) for half in halves if half)
    if core not in t.units and (found := power_of(core)):
        return power(found, _core(found.base.strip(OPENING + CLOSING), before, "", own, t), t)
    return known(core, own, t) or numeral(core, before, after, t) or say_name(core, own, t)


def _dotted(word: Parts) -> str:
    """ "z." of "z.," and of "(z."."""
    return word.core.casefold() + ("." if word.raw[len(word.core) :].strip(OPENING)[:1] == "." else "")


def _after_abbreviation(word: Parts, index: int, parts: Sequence[Parts]) -> str:
    """A point after an abbreviation ends the sentence only at the end of the text, or where one could begin."""
    if index + 1 == len(parts):
        return "."
    mark = word.raw[-1:]
    if mark in set(",;:!?"):
        return mark
    ends = word.core.casefold() in {"etc", "usw", "ecc", "usf"} and parts[index + 1].core[:1].isupper()
    return "." if ends and parts[index + 1].core.istitle() else ""


def _spaced_group(parts: Sequence[Parts], index: int, t: Tongue) -> str | None:
    """A part of "1 250 000", where a space stands between groups of three digits: "un million" and the rest; "" for
    zeros, None for what is no such part."""
    first = index
    while first and re.fullmatch(r"\d{3}", _whole(parts[first].core)) and _may_lead(parts[first - 1]):
        first -= 1
    last = first
    while last + 1 < len(parts) and _may_lead(parts[last]) and re.fullmatch(r"\d{3}", _whole(parts[last + 1].core)):
        last += 1
    if not first <= index <= last or first == last or len(parts[first].core) > 3 or t.language == "de":
        return None
    core = parts[index].core
    scale = 1000 ** (last - index)
    if not _whole(core).isdecimal() or scale > 10**12:
        return None
    value = int(_whole(core)) * scale
    said = counting.cardinal(value, t.language) if value else ""
    if fraction := core.partition(",")[2]:
        said += f" {t.decimal} {counting.digits(fraction, t.language)}" if fraction.isdecimal() else ""
    return said


def _whole(core: str) -> str:
    return core.partition(",")[0]


def _may_lead(word: Parts) -> bool:
    return bool(re.fullmatch(r"[1-9]\d{0,2}|\d{3}", word.core)) and not word.stop


def _lone(raw: str, t: Tongue) -> str:
    if raw in {"-", "–", "—", "--"}:
        return "—"
    return t.operators.get(raw) or t.operators.get(raw.strip(OPENING + CLOSING), "")


def _spelled_out(piece: str, t: Tongue) -> str:
    """A piece of a lexicon value: left alone when it can be said as it is."""
    if not re.search(r"[\d_]|[^\w\s'.,;:!?—…-]|^[A-Z]$", piece):
        return piece
    if re.fullmatch("[A-Z]", piece):
        return letters(piece, t)
    word = split(piece)
    return _final(_core(word.core, "", "", {}, t), word.stop)


def _final(spoken: str, stop: str) -> str:
    """Only what an engine may see, one mark at the end. What digits are left are said one by one."""
    plain = unicodedata.normalize("NFC", spoken)
    plain = " ".join(_NOT_SAID.sub(" ", plain).split())
    plain = "".join(char for char in plain if char.isalpha() or unicodedata.combining(char) or char in " '.,;:!?—…-")
    plain = re.sub(r"\s+([,.;:!?…])", r"\1", " ".join(plain.split()))
    if not any(char.isalpha() for char in plain):
        return ""
    return plain.rstrip(",;:") + stop if stop else plain
