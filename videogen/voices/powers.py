"""Powers in running text: `2⁶³`, `10^-3`, `x²`, `3×10⁸`, `O(n²)`. A raised figure after a longer word is a note."""

from __future__ import annotations

import re
from typing import NamedTuple

_FIGURES, _RAISED = "0123456789+-−n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿ"
_DOWN, _UP = str.maketrans(_RAISED, "0123456789+--n"), str.maketrans(_FIGURES, _RAISED)
_CARET = re.compile(r"(?<=[\w)])\^(?:\{([-−+]?(?:\d+|n))\}|([-−+]?(?:\d+|n\b)))")
_NOTE = re.compile(r"(?<=[^\W\d_]{3})[⁰¹²³⁴-⁹]+(?!\w)")
_WORD = re.compile(
    r"(?:(?P<call>[A-Za-z])\()?(?:(?P<factor>\d[\d.,]*)[×·*])?"
    r"(?P<base>[-−+]?\d[\d.,_]*|[A-Za-zµμπ]{1,2}|\(.+\)|[^()]+\))"
    r"(?P<exponent>[⁺⁻]?(?:[⁰¹²³⁴-⁹]+|ⁿ))(?P<then>(?:[-−+]\d+)?)"
)


class Power(NamedTuple):
    """A base raised to an exponent."""

    base: str
    exponent: str
    factor: str
    """What the power is multiplied by, or empty."""
    then: str
    """What is added to it, such as `-1`, or empty."""
    call: str
    """Of what it is the argument, such as `O`, or empty."""


def raised(text: str) -> str:
    """`2^63` as `2⁶³`, and a word without the mark of a note.

    >>> raised("2^63 and 10^{-3}, but a^b"), raised("Python³")
    ('2⁶³ and 10⁻³, but a^b', 'Python')
    """
    return _NOTE.sub("", _CARET.sub(lambda match: (match[1] or match[2]).translate(_UP), text))


def power_of(word: str) -> Power | None:
    """The power that a word writes, None where it writes none.

    >>> power_of("2⁶³-1"), power_of("Python³")
    (Power(base='2', exponent='63', factor='', then='-1', call=''), None)
    """
    match = _WORD.fullmatch(word)
    if match is None:
        return None
    then = match["then"].replace("−", "-")
    exponent = match["exponent"].translate(_DOWN)
    return Power(match["base"], exponent, match["factor"] or "", then, match["call"] or "")
