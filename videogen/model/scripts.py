"""Which extra of the package brings the font for a character."""

from __future__ import annotations

import unicodedata

FONT_PACKAGES = (
    "fontpkg-noto-sans-arabic",
    "fontpkg-heebo",
    "fontpkg-noto-sans-devanagari",
    "fontpkg-noto-sans-thai",
    "justmytype-intl-cjk",
    "deckr-fonts",
)
"""Distributions with fonts, as the extras in pyproject.toml name them."""

_EXTRAS = {
    "fonts": ("ARABIC", "HEBREW", "DEVANAGARI", "THAI"),
    "cjk": ("CJK", "IDEOGRAPHIC", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "FULLWIDTH", "HALFWIDTH", "KANGXI"),
}
"""Extra -> how the names of its characters begin."""


def extra_for(char: str) -> str | None:
    """The extra whose fonts have a character, None when none has.

    >>> extra_for("\u65e5"), extra_for("\U0001f680"), extra_for("a")
    ('cjk', 'emoji', None)
    """
    name = unicodedata.name(char, "")
    for extra, beginnings in _EXTRAS.items():
        if name.startswith(beginnings):
            return extra
    pictured = "\u2300" <= char <= "\u2bff" or "\U0001f000" <= char <= "\U0001faff"
    return "emoji" if pictured and unicodedata.category(char) in ("So", "Sk") else None
