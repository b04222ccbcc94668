"""Which language an answer is in, of a hundred: it may be asked for in any of them, and one in another is refused.

Documents are told by their small words (`script/language.py`), which needs no model and only knows what most READMEs
are in.
"""

from __future__ import annotations

FEWEST_WORDS = 20
"""Of fewer nothing is said."""

_ALIKE = ({"no", "nb", "nn", "da"}, {"hr", "sr", "bs"}, {"id", "ms"}, {"cs", "sk"}, {"gl", "pt"}, {"zu", "xh"})
"""Languages that short texts are not told apart by."""


def wrong_language(text: str, language: str, document: str) -> str:
    """The language of a text that is not in `language`; "" when it is, or when it cannot be told. Where nobody can tell
    `language`, the text has to be in what its document is taken for.

    >>> wrong_language("Kiln bakes.", "de", "")
    ''
    """
    words = text.split()
    if len(words) < FEWEST_WORDS and len(text) < 6 * FEWEST_WORDS:
        return ""
    import py3langid

    ranked = py3langid.rank(text)
    found = str(ranked[0][0])
    wanted = language.partition("-")[0].lower()
    if found == wanted or any({found, wanted} <= alike for alike in _ALIKE):
        return ""
    if wanted not in {name for name, _ in ranked} and found == py3langid.classify(document)[0]:
        return ""
    return found
