"""How English speakers say what technical text writes. The tables are in `english.json`; here is what they mean.

Letters that are spelled out are joined by points ("A.P.I"): read as a name, never as the article "a".
"""

from __future__ import annotations

import json
from pathlib import Path

_TABLES = json.loads(Path(__file__).with_name("english.json").read_text(encoding="utf-8"))

WORDS: dict[str, str] = {word: said for group in _TABLES["words"].values() for word, said in group.items()}
"""A whole word in lower case and what is said for it."""

TITLES: dict[str, str] = _TABLES["titles"]
"""Abbreviations that are such only with a capital."""

COUNTED: dict[str, str] = _TABLES["counted"]
"""The same, but only in front of a number: "No. 5", and not "The answer is No."."""

NAMES: dict[str, str] = _TABLES["names"]
"""As WORDS, but as written: upper and lower case matter."""

SHOUTED = frozenset[str](_TABLES["shouted"])
"""Short words that are words also when written in capitals."""

UNITS: dict[str, list[str]] = _TABLES["units"]
"""Unit: one of it, several of it."""

LONE_UNITS = frozenset(UNITS) - {"us", "p", "x", "×", "k", "K", "M", "B", "W", "V", "°", "%"}
"""Units that are units also when a space stands before them."""

CURRENCIES: dict[str, list[str]] = _TABLES["currencies"]
"""Sign: one, several, one hundredth, several hundredths."""

MONTHS: list[str] = _TABLES["months"]

VERSIONED = frozenset[str](_TABLES["versioned"])
"""Words after which 3.11 is a version, not a decimal."""

COMPARISONS: dict[str, str] = _TABLES["comparisons"]
"""Signs in front of a number."""

SYMBOLS: dict[str, str] = _TABLES["symbols"]
"""Signs inside a word that are said; others are not."""

LIGATURES = str.maketrans({"ß": "ss", "æ": "ae", "Æ": "Ae", "ø": "o", "Ø": "O", "œ": "oe", "Œ": "Oe", "ł": "l",
                           "Ł": "L", "đ": "d", "Đ": "D", "ð": "th", "þ": "th", "Þ": "Th", "ı": "i"})  # fmt: skip
"""Latin letters that have no decomposition."""
