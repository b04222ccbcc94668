"""Titles that say what kind of text it is, but not what it is about."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import PurePath

_KINDS = {
    "user", "users", "guide", "manual", "handbook", "reference", "documentation", "introduction", "tutorial",
    "overview", "getting", "started", "the", "a", "of", "for", "and", "readme", "notes", "quickstart", "quick", "start",
    "examples", "example", "faq", "manuel", "de", "l", "d",
    "la", "le", "les", "utilisateur", "notice", "mode", "emploi", "benutzerhandbuch", "handbuch", "anleitung",
    "bedienungsanleitung", "del", "usuario", "guía", "manuale", "utente", "v",
}  # fmt: skip
"""Words of a title that names no subject."""


def whole_title(title: str, file: str, text: str) -> str:
    """A title that only says what kind of text it is, with the name of what it is about, where the file bears it.

    >>> whole_title("User Guide", "docs/kilnware-en.docx", "KilnWare bakes. " * 5)
    'KilnWare: User Guide'
    """
    if not title or not all(word.lower() in _KINDS for word in re.findall(r"[^\W\d_]+", title)):
        return title
    parts = [part for part in re.split(r"[\W_]+", PurePath(file).stem.lower()) if len(part) > 2]
    words = Counter(re.findall(r"[^\W_]+", text))
    for part in parts:
        word, count = max(((w, n) for w, n in words.items() if w.lower() == part), key=lambda o: o[1], default=("", 0))
        if count >= 5 and word.lower() not in _KINDS:
            return f"{word}: {title}"
    return title
