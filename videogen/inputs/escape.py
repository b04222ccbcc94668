"""Text that is data, as Markdown that says just that."""

from __future__ import annotations

import re

_SIGNS = re.compile(r"([\\`*_{}\[\]<>|~&$])")
_BEGINS = re.compile(r"(?m)^([^\S\n]*)(#{1,6}(?=\s|$)|[-+](?=\s|$)|=+[^\S\n]*$|-+[^\S\n]*$|:)")
_NUMBERED = re.compile(r"(?m)^([^\S\n]*\d{1,9})([.)])(?=\s|$)")
_IMAGE = re.compile(r"!(?=\\\[)")


def markdown_text(text: str) -> str:
    r"""Plain text as Markdown: no sign in it is markup. Line ends stay, blank lines still part paragraphs.

    >>> markdown_text("2 * 3 < x_1\n# not a heading\n1. not a list")
    '2 \\* 3 \\< x\\_1\n\\# not a heading\n1\\. not a list'
    """
    return begun(inline_text(text))


def inline_text(text: str) -> str:
    r"""A piece of plain text within a paragraph as Markdown; what is markup only where a line begins stays.

    >>> inline_text(" # a_b ")
    ' # a\\_b '
    """
    return _IMAGE.sub(r"\\!", _SIGNS.sub(r"\\\1", text))


def begun(text: str) -> str:
    r"""A paragraph put together from pieces, so that no line of it begins a heading, a list, code or a rule.

    >>> begun("# not a heading, but `code`")
    '\\# not a heading, but `code`'
    """
    text = re.sub(r"(?m)^[ \t]+", "", text)  # four spaces would be code
    return _NUMBERED.sub(r"\1\\\2", _BEGINS.sub(r"\1\\\2", text))


def code_span(code: str) -> str:
    """Code within a paragraph: `code` on one line between as many backticks as it takes; "" for none.

    >>> code_span("a `b`"), code_span(" ")
    ('``a `b` ``', '')
    """
    code = " ".join(code.split())
    if not code:
        return ""
    ticks = "`" * (1 + max((len(run) for run in re.findall("`+", code)), default=0))
    before, after = " " * code.startswith("`"), " " * code.endswith("`")
    return f"{ticks}{before}{code}{after}{ticks}"
