"""What an answer costs, before and after. Light: asked also by those who only look."""

from __future__ import annotations

import math
import re
from typing import NamedTuple

PRICES_OF = "2026-11-26"
"""The day on which the table was compared with the providers' pages."""

_PRICES = {
    "anthropic": {
        "claude-fable-5": (10.0, 50.0),
        "claude-fable-5-1": (10.0, 50.0),
        "claude-fable-5-2": (8.0, 40.0),
        "claude-opus-4-5": (5.0, 25.0),
        "claude-opus-5": (5.0, 25.0),
        "claude-opus-5-5": (4.0, 20.0),
        "claude-sonnet-4-5": (3.0, 15.0),
        "claude-sonnet-4-6": (3.0, 15.0),
        "claude-sonnet-5": (2.0, 10.0),
        "claude-sonnet-5-5": (2.0, 10.0),
        "claude-haiku-4-5": (1.0, 5.0),
        "claude-haiku-5-5": (0.1, 0.5),
    },
    "openai": {
        "gpt-6-astra": (10.0, 50.0),
        "gpt-6-sol": (2.0, 10.0),
        "gpt-6.1-sol": (2.0, 10.0),
        "gpt-6.1-terra": (1.0, 5.0),
        "gpt-6-luna": (0.1, 0.5),
        "gpt-5.6-sol": (4.0, 20.0),
        "gpt-5.6-terra": (2.0, 12.0),
        "gpt-5.6-luna": (0.2, 1.2),
        "gpt-5.5": (5.0, 30.0),
        "gpt-5.4": (2.5, 15.0),
        "gpt-5.4-mini": (0.75, 4.5),
        "gpt-5.4-nano": (0.2, 1.25),
        "gpt-5.2": (1.75, 14.0),
        "gpt-5.1": (1.25, 10.0),
        "gpt-5": (1.25, 10.0),
        "gpt-5-mini": (0.25, 2.0),
        "gpt-5-nano": (0.05, 0.4),
        "gpt-4.1": (2.0, 8.0),
        "gpt-4.1-mini": (0.4, 1.6),
        "gpt-4.1-nano": (0.1, 0.4),
        "gpt-4o": (2.5, 10.0),
        "gpt-4o-mini": (0.15, 0.6),
    },
}
"""US dollars for a million tokens in and out, of requests of at most MOST_TOKENS: longer ones cost more of some."""

MOST_TOKENS = 100_000
"""Tokens of a request: about 75,000 English words, the length of a novel."""

USUAL_CAP = 0.5
"""US dollars that one answer may cost where nobody says otherwise and the price is known."""

_DATED = re.compile(r"-\d{4}-?\d{2}-?\d{2}$")
_WIDE = re.compile("[\u1100-\u11ff\u2e80-\ud7ff\uf900-\ufaff\uff00-\uffef]")


class Price(NamedTuple):
    """US dollars for a million tokens."""

    given: float
    taken: float

    def cost(self, tokens_in: int, tokens_out: int) -> float:
        """US dollars, to a hundredth of a cent."""
        return round((tokens_in * self.given + tokens_out * self.taken) / 1e6, 6)


FREE = Price(0.0, 0.0)


def price_of(provider: str, model: str, local: bool) -> Price | None:
    """The price of a model; None where the table does not have it. One that the table does not have and that an
    address of this machine serves costs nothing."""
    known = _PRICES.get(provider, {})
    found = known.get(model) or known.get(_DATED.sub("", model))
    return Price(*found) if found else FREE if local else None


def tokens(text: str) -> int:
    """About how many tokens a text has: rather too many than too few.

    >>> tokens("Kiln bakes small sites."), tokens("窯")
    (7, 2)
    """
    wide = len(_WIDE.findall(text))
    narrow = len(text.encode()) - sum(len(char.encode()) for char in _WIDE.findall(text))
    return max(math.ceil(narrow / 3.4 + wide * 1.3), len(text.split()))


def dollars(cost: float) -> str:
    """A sum as people read it.

    >>> dollars(0.0312), dollars(0.0004), dollars(0)
    ('$0.03', '$0.0004', '$0')
    """
    if cost == 0:
        return "$0"
    return f"${cost:.2f}" if cost >= 0.01 else f"${cost:.1g}" if cost >= 0.0001 else "less than $0.0001"
