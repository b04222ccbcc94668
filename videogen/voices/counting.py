"""Number words of many languages, by the rules of Unicode's CLDR (as unicode-rbnf applies them)."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

LONGEST = 15
"""Digits; more are said one by one."""


def cardinal(value: int, language: str, form: str = "numbering") -> str:
    """`form` is numbering, numbering-year, or the gender that the language asks for.

    >>> cardinal(21, "de"), cardinal(21, "es", "cardinal-masculine"), cardinal(1, "fr", "cardinal-feminine")
    ('einundzwanzig', 'veintiún', 'une')
    """
    return _spellout(value, language, form)


def ordinal(value: int, language: str, form: str = "ordinal") -> str:
    """`form` is the gender or case that the language asks for.

    >>> ordinal(3, "de", "ordinal-n"), ordinal(1, "it", "ordinal-feminine")
    ('dritten', 'prima')
    """
    return _spellout(value, language, form)


def digits(text: str, language: str) -> str:
    """Each digit by its own name.

    >>> digits("007", "es")
    'cero cero siete'
    """
    return " ".join(_spellout(int(char), language, "numbering") for char in text)


def whole(text: str, language: str, form: str = "numbering") -> str:
    """Digits as one number; one by one where it begins with zero or is too long to follow."""
    if len(text) > LONGEST or (len(text) > 1 and text[0] == "0"):
        return digits(text, language)
    return cardinal(int(text), language, form)


@lru_cache(4096)
def _spellout(value: int, language: str, form: str) -> str:
    return _engine(language).format_number(value, ruleset_names=[f"spellout-{form}"]).text.replace("\u00ad", "")


@lru_cache
def _engine(language: str) -> Any:
    from unicode_rbnf import RbnfEngine

    return RbnfEngine.for_language(language)
