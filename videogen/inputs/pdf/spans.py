"""Spans of a line -> Markdown, and what belongs together although a line end parts it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from videogen.inputs.escape import markdown_text
from videogen.inputs.pdf.pages import CODE, PLAIN, Line, Span

_COPYRIGHT = re.compile(r"\u20dd\s*[cC]|[cC]\u20dd")


def clean(text: str) -> str:
    """A text without what nobody can read, and without hyphens that only might be."""
    return _COPYRIGHT.sub("©", text.replace("\ufffd", "").replace("\u00ad", ""))


def spans_of(line: Line) -> list[Span]:
    """The spans of all cells of a line, with spaces between these."""
    spans: list[Span] = []
    for cell in line.cells:
        if spans:
            spans.append(Span(" ", spans[-1].sort if spans[-1].sort == cell.spans[0].sort else PLAIN))
        spans += cell.spans
    return spans


def markdown_of(spans: Sequence[Span]) -> str:
    """Spans as Markdown: what is set in a font of code is code."""
    parts: list[str] = []
    sort = None
    for span in spans:
        kind = CODE if span.sort == CODE else PLAIN
        if parts and kind == sort:
            parts[-1] += span.text
        else:
            parts.append(span.text)
            sort = kind
            parts.append(kind)
            parts[-1], parts[-2] = parts[-2], parts[-1]
    text = ""
    for kind, said in zip(parts[::2], parts[1::2], strict=True):
        shown = " ".join(clean(said).split())
        if not shown:
            text += " "
            continue
        space = " " if said[:1] == " " and text else ""
        if kind == CODE and len(shown) > 1 and "`" not in shown:
            text += f"{space}`{shown}`"
        else:
            text += space + markdown_text(shown)
        text += " " if said[-1:] == " " else ""
    return " ".join(text.split())


def with_rest(line: str, following: str) -> tuple[str, str]:
    """Both lines, what follows "64-" or "x-" moved behind it: such a hyphen belongs to the word.

    >>> with_rest("a 64-", "bit word"), with_rest("of a -", "b")
    (('a 64-bit', 'word'), ('of a -', 'b'))
    """
    rest = re.match(r"[^\W\d_]+\S*", following)
    if rest is None or not re.search(r"(?:\d|^)[-‐]$", line) or not rest[0][0].islower():
        return line, following
    return line + rest[0], following[rest.end() :].lstrip()


def is_divided(code: str, rest: str) -> bool:
    """Whether code that a line end parts is an address, a path or a name in one piece."""
    word = code.split()[-1] if code.split() else ""
    if re.match(r"\w+:", word) or word.startswith("--"):
        return word[-1] in "/.:-_=&?" or rest.startswith(("/", "."))
    return word.endswith(("/", "-")) or rest.startswith("/")
