"""A display word taken apart: what stands before and after it is not part of its name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from videogen.voices.powers import raised

OPENING = "([{\"'“‘«‹»›„‚*_`¿¡"
CLOSING = ")]}\"'”’“‘»›«‹.,;:!?…*_`"
POSSESSIVE = re.compile(r"(?i)(.*\w)(['’]s)$")
_KEYCAPS = "\ufe0e\ufe0f\u20e3"


@dataclass(frozen=True)
class Parts:
    """A word and what surrounds it."""

    core: str
    stop: str
    """The one punctuation mark that counts after the word, or "" ."""
    opened: bool
    """A bracket opens before the word."""
    raw: str
    """The word without pictographs, punctuation included."""


def clean(word: str) -> str:
    """Without pictographs, control characters and marks that nobody says."""
    kept = (c for c in raised(word) if c in "°→➜" or (unicodedata.category(c) not in _SILENT and c not in _KEYCAPS))
    return "".join(kept).replace("’", "'").replace("`", "")


_SILENT = {"So", "Sk", "Cc", "Cf", "Cn", "Co", "Cs"}


def split(word: str) -> Parts:
    """The word without brackets, quotation marks and punctuation.

    >>> split("(„README.md“)."), split("print()").core
    (Parts(core='README.md', stop='.', opened=True, raw='(„README.md“).'), 'print')
    """
    raw = clean(word)
    core = raw.lstrip(OPENING)
    opened = any(char in "([{" for char in raw[: len(raw) - len(core)])
    body = core.rstrip(CLOSING)
    tail = core[len(body) :]
    if body.endswith("(") and tail.startswith(")"):
        # a call: its brackets are no aside
        body, tail = body[:-1], tail[1:]
    if not body:
        return Parts(raw, "", False, raw)
    stop = next((mark for mark in "?!.…:;," if mark in tail), "")
    if "..." in tail:
        stop = "…"
    if not stop and any(char in ")]}" for char in tail):
        stop = ","
    return Parts(body, stop, opened, raw)


def own_reading(parts: Parts, own: Mapping[str, str]) -> tuple[str, str] | None:
    """What the lexicon says of a word, and the punctuation due after it; None when it says nothing."""
    for text, after in ((parts.raw, ""), (parts.core, parts.stop)):
        key = text.casefold()
        if key in own:
            return own[key], after
        if (match := POSSESSIVE.match(key)) and match[1] in own:
            return own[match[1]] + "'s", after
    return None
