"""Which scripts a language is written in: a voice leaves out, or spells, what it has never seen."""

from __future__ import annotations

import unicodedata

_SCRIPTS = {
    "CYRILLIC": "az ba be bg bs cv kaa kk ky mk mn nog ru sh sr tg tt uk uz",
    "GREEK": "el grc",
    "ARABIC": "ar fa ku ps sd ug ur",
    "HEBREW": "he yi",
    "DEVANAGARI": "hi kok mr ne sa",
    "BENGALI": "as bn bpy",
    "GUJARATI": "gu",
    "GURMUKHI": "pa",
    "ORIYA": "or",
    "TAMIL": "ta",
    "TELUGU": "te",
    "KANNADA": "kn",
    "MALAYALAM": "ml",
    "SINHALA": "si",
    "THAI": "th",
    "LAO": "lo",
    "MYANMAR": "my shn",
    "KHMER": "km",
    "GEORGIAN": "ka",
    "ARMENIAN": "hy hyw",
    "ETHIOPIC": "am ti",
    "CHEROKEE": "chr",
    "CANADIAN": "iu",
    "HANGUL": "ko",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "KATAKANA-HIRAGANA": "ja",
    "CJK": "hak ja ko wuu yue zh",
    "BOPOMOFO": "zh",
}
"""How the names of a script's letters begin -> the languages written in it, besides Latin letters."""
_ANYWHERE = {"LATIN", "MICRO", "OHM", "KELVIN", "ANGSTROM", "FEMININE", "MASCULINE", "MODIFIER", "SCRIPT", "DOUBLE"}
"""Latin letters, and symbols of units and mathematics that count as letters."""


def foreign_script(text: str, language: str) -> str:
    """The script, as Unicode names it, of the first letter that text in `language` (or a voice of that locale) does
    not have; "" when there is none. A lone Greek letter is a symbol.

    >>> foreign_script("привет", "de-DE"), foreign_script("π", "de"), foreign_script("ok", "ru")
    ('cyrillic', '', '')
    """
    base = language.partition("-")[0].lower()
    for word in text.split():
        letters = [char for char in word if char.isalpha()]
        for char in letters:
            script = _script(char)
            if script in _ANYWHERE or base in _SCRIPTS.get(script, "").split():
                continue
            if script == "GREEK" and len(letters) == 1:
                continue
            return script.lower()
    return ""


def _script(char: str) -> str:
    if char.isascii():
        return "LATIN"
    name = unicodedata.name(char, "UNKNOWN").split()
    # "FULLWIDTH LATIN SMALL LETTER A", "HALFWIDTH KATAKANA LETTER A", "MATHEMATICAL BOLD CAPITAL A"
    if name[0] in {"FULLWIDTH", "HALFWIDTH"} and len(name) > 1:
        return name[1]
    return "LATIN" if name[0] in {"MATHEMATICAL", "BLACK-LETTER"} else name[0]
