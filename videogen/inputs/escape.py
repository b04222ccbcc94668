"""Text that is data, as Markdown that says just that."""

from __future__ import annotations

import re

_SIGNS = re.compile(r"([\\`*_{}\[\]<>|~&$])")
_BEGINS = re.compile(r"(?m)^(\s*)(#{1,6}(?=\s|$)|[-+](?=\s|$)|=+\s*$|-+\s*$|:)")
_NUMBERED = re.compile(r"(?m)^(\s*\d{1,9})([.)])(?=\s|$)")
_IMAGE = re.compile(r"!(?=\\\[)")


def markdown_text(text: str) -> str:
    r"""Plain text as Markdown: no sign in it is markup. Line ends stay, blank lines still part paragraphs.

    >>> markdown_text("2 * 3 < x_1\n# not a heading\n1. not a list")
    '2 \\* 3 \\< x\\_1\n\\# not a heading\n1\\. not a list'
    """
    escaped = _IMAGE.sub(r"\\!", _SIGNS.sub(r"\\\1", text))
    escaped = re.sub(r"(?m)^[ \t]+", "", escaped)  # four spaces would be code
    return _NUMBERED.sub(r"\1\\\2", _BEGINS.sub(r"\1\\\2", escaped))
