"""What a language says for what technical text writes: tables of `german.json` and its like, and what they mean."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

_FILES = {"de": "german", "es": "spanish", "fr": "french", "it": "italian"}


@dataclass(frozen=True)
class Tongue:
    """One language's tables. All keys of `words`, `pairs` and `after` are in lower case."""

    language: str
    decimal: str
    """What the decimal mark is called; it is a comma in all of them."""
    fraction_digits: bool
    """Decimals are said digit by digit; else as a number."""
    grouping: str
    """Marks between groups of three digits: a point, or a space."""
    one: str
    """Form of the number in front of a noun that is not feminine, as `counting` names it."""
    one_feminine: str
    feminine: str
    """Pattern of nouns that are feminine, by their endings."""
    ordinal: str
    """Form of an ordinal by itself."""
    ordinal_feminine: str
    ordinal_point: bool
    """A point after a number makes it an ordinal, in front of a month or after one of `after`."""
    after: dict[str, str]
    """Word before an ordinal -> its form."""
    first_only: bool
    """Of the days of a month, only the first is an ordinal."""
    years: bool
    """Years from 1100 to 1999 are said in hundreds."""
    year_after: list[str]
    """Words before a number that make it a year."""
    date: str
    month_before_year: str
    months: list[str]
    clock: str
    clock_hour: str
    """The same on the hour."""
    hours: list[str]
    """Words after a time of day, which the time has already said."""
    money: str
    """`{whole} {unit} {cents}`, with what joins them."""
    currencies: dict[str, list[str]]
    """Sign or code -> one, several, form of the number one."""
    units: dict[str, list[str]]
    """Unit -> one, several, form of the number one (left out: `one`)."""
    per: dict[str, str]
    """What stands after the stroke of a rate -> what is said for it and the stroke."""
    says: dict[str, str]
    """point, minus, plus, to, by, version, number, dash, slash, at, percent-like words that the rules name."""
    comparisons: dict[str, str]
    operators: dict[str, str]
    symbols: dict[str, str]
    """Signs inside a word that are said."""
    letters: dict[str, str]
    words: dict[str, str]
    names: dict[str, str]
    """As `words`, but upper and lower case matter."""
    pairs: dict[str, list[str]]
    """Abbreviations of two words: "z. b." -> what is said for each."""
    versioned: list[str]
    """Words after which 3.11 is a version."""

    @cached_property
    def unit_pattern(self) -> str:
        """All units, the longest first."""
        return "|".join(re.escape(unit) for unit in sorted(self.units, key=len, reverse=True))

    @cached_property
    def number_pattern(self) -> str:
        """A number with groups and decimals, as the language writes it."""
        groups = rf"\d{{1,3}}(?:[{re.escape(self.grouping)}]\d{{3}})+|" if self.grouping.strip() else ""
        return rf"(?:{groups}\d+)(?:,\d+)?"

    def currency(self, word: str) -> list[str]:
        """Names of the money that a sign, a code or a written name means; empty when it means none."""
        return self.currencies.get(word) or self._currency_names.get(word.casefold(), [])

    @cached_property
    def _currency_names(self) -> dict[str, list[str]]:
        return {name.casefold(): names for names in self.currencies.values() for name in names[:2]}

    def is_feminine(self, noun: str) -> bool:
        """A guess by the noun's ending."""
        return bool(re.fullmatch(self.feminine, noun.casefold()))


def tongue(language: str) -> Tongue | None:
    """The tables for text in this language, None where there are none.

    >>> tongue("de-AT").says["point"], tongue("ja")
    ('Punkt', None)
    """
    return _load(language.split("-")[0].lower())


@cache
def _load(base: str) -> Tongue | None:
    if base not in _FILES:
        return None
    tables = json.loads(Path(__file__).with_name(f"{_FILES[base]}.json").read_text(encoding="utf-8"))
    return Tongue(language=base, **tables)
