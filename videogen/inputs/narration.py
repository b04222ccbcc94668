"""What is to be said of a section, as it stands in its Markdown: a comment that no reader of the page sees."""

from __future__ import annotations

import html
import re

_NARRATION = re.compile(r"<!--\s*narration:(.*?)(?:-->|\Z)", re.IGNORECASE | re.DOTALL)


def narrations(block: str) -> list[str]:
    """The narrations in a block of HTML, each on one line.

    >>> narrations("<!-- narration: Bake &amp; serve. --><!-- a note -->")
    ['Bake & serve.']
    """
    found = (" ".join(html.unescape(text).split()) for text in _NARRATION.findall(block))
    return [text for text in found if text]


def narration_comment(text: str) -> str:
    """The block of Markdown that gives a section this narration.

    >>> narration_comment("a --> b & c")
    '<!-- narration: a -&#45;&gt; b &amp; c -->'
    """
    safe = html.escape(" ".join(text.split()), quote=False).replace("--", "-&#45;")
    safe = re.sub(r"-$", "&#45;", safe)
    return f"<!-- narration: {safe} -->" if safe else ""
