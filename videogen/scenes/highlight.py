"""Source code as coloured tokens, by Pygments; what a program printed, by Rich."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from videogen.model.kinds.code import source_lines
from videogen.scenes.runs import FILL

_TERMINALS = {"console", "shell-session", "terminal", "doscon", "pwsh-session", "ps1con"}
_SHELLS = {"bash", "sh", "shell", "zsh", "fish", "powershell", "bat"}
_PYTHONS = {"python", "py", "python3"}
_NAMES = {"text": "Text", "plain": "Text", "txt": "Text", "": "Text", "dockerfile": "Dockerfile", "toml": "TOML"}
_STYLES = (
    ("Generic.Prompt", "prompt", True),
    ("Generic.Output", "output", False),
    ("Generic.Traceback", "output", False),
    ("Generic.Error", "number", False),
    ("Generic.Heading", "keyword", True),
    ("Generic.Subheading", "type", True),
    ("Generic.Inserted", "string", False),
    ("Generic.Deleted", "number", False),
    ("Comment.Preproc", "keyword", False),
    ("Comment", "comment", False),
    ("Keyword.Type", "type", False),
    ("Keyword.Constant", "number", False),
    ("Keyword", "keyword", False),
    ("Operator.Word", "keyword", False),
    ("Operator", "operator", False),
    ("Punctuation", "operator", False),
    ("Literal.String.Doc", "comment", False),
    ("Literal.String", "string", False),
    ("Literal.Number", "number", False),
    ("Literal", "string", False),
    ("Name.Function", "function", False),
    ("Name.Class", "type", False),
    ("Name.Decorator", "function", False),
    ("Name.Tag", "function", False),
    ("Name.Attribute", "type", False),
    ("Name.Builtin", "function", False),
    ("Name.Exception", "type", False),
    ("Name.Constant", "number", False),
)


@dataclass(frozen=True)
class Token:
    """A part of a line; `style` is a field of the theme's code palette, or an accent."""

    text: str
    style: str
    strong: bool = False


def is_terminal(language: str, code: str) -> bool:
    """Whether this is what somebody types at a prompt."""
    name = language.lower()
    if name in _TERMINALS or name in _SHELLS:
        return True
    return name in ("", "text") and code.lstrip().startswith("$ ")


def label_of(language: str, terminal: bool) -> str:
    """What the panel is called."""
    if terminal:
        return "Terminal"
    name = language.lower()
    if name in _NAMES:
        return _NAMES[name]
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        return get_lexer_by_name(name).name
    except ClassNotFound:
        return language[:24]


_ESCAPE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-_])?")
"""A control sequence of ECMA-48, such as a colour."""


def plain(text: str) -> str:
    """The text without a terminal's control sequences."""
    return _ESCAPE.sub("", text)


@lru_cache(maxsize=16)
def tokens(code: str, language: str) -> tuple[tuple[Token, ...], ...]:
    """The lines of a listing as tokens; blank lines at its ends are left out, tabs are four columns.

    A language that Pygments does not know is plain text.
    """
    from pygments.lexers import get_lexer_by_name
    from pygments.lexers.special import TextLexer
    from pygments.util import ClassNotFound

    text, held = _apart("\n".join(source_lines(plain(code))))
    name = language.lower()
    if is_terminal(language, code):
        prompted = any(line.lstrip().startswith(("$ ", "# ", "> ")) for line in text.splitlines())
        if name not in _TERMINALS - {"terminal"} and prompted:
            name = "console"
        elif name in ("console", "shell-session", "terminal") and not prompted:
            # commands alone: a session's lexer would take them for output
            name = "bash"
    elif name in _PYTHONS and any(line.startswith(">>> ") for line in text.splitlines()):
        name = "pycon"
    options = {"stripnl": False}
    try:
        lexer = get_lexer_by_name(name or "text", **options)
    except ClassNotFound:
        lexer = TextLexer(**options)
    lines: list[list[Token]] = [[]]
    at = 0
    for kind, part in lexer.get_tokens(text):
        style, strong = _style(str(kind).removeprefix("Token."))
        if held:
            at, part = at + len(part), "".join(c + FILL * (i in held) for i, c in enumerate(part, at))
        for index, piece in enumerate(part.split("\n")):
            if index:
                lines.append([])
            if piece:
                _append(lines[-1], Token(piece, style, strong))
    # lexers want a line break at the end, which leaves an empty line behind it
    while len(lines) > 1 and not lines[-1]:
        lines.pop()
    return tuple(map(tuple, lines))


def _apart(text: str) -> tuple[str, frozenset[int]]:
    """The text as it was written, for a lexer to read, and after which of its characters a column was held.

    >>> _apart(f"a\u6f22{FILL}b") == ("a\u6f22b", frozenset({1}))
    True
    """
    parts = text.split(FILL)
    ends = accumulate(map(len, parts[:-1]))
    return "".join(parts), frozenset(end - 1 for end in ends)


_COLOURS = ("", "pink", "green", "orange", "blue", "purple", "cyan", "")
"""Accents for the colours of a terminal; black and white are as the theme writes."""


def printed(output: str) -> tuple[tuple[Token, ...], ...]:
    """The lines that a program printed: colours are the theme's accents, what a line overwrote is gone.

    Blank lines at its ends are left out, tabs are eight columns.
    """
    raw = [line.rstrip("\r").expandtabs(8) for line in output.replace("\r\n", "\n").split("\n")]
    if "\x1b" in output or any("\r" in line for line in raw):
        lines = _decoded(raw)
    else:
        lines = [(Token(line.rstrip(), "output"),) if line.strip() else () for line in raw]
    filled = [index for index, line in enumerate(lines) if any(token.text.strip() for token in line)]
    return tuple(lines[filled[0] : filled[-1] + 1]) if filled else ()


def _decoded(raw: list[str]) -> list[tuple[Token, ...]]:
    """Lines with control sequences in them as tokens."""
    from rich.ansi import AnsiDecoder

    decoder = AnsiDecoder()
    lines: list[tuple[Token, ...]] = []
    for seen in map(decoder.decode_line, raw):
        line: list[Token] = []
        for part in seen.divide(sorted({edge for span in seen.spans for edge in (span.start, span.end)})):
            if part.plain:
                looks = [span.style for span in part.spans if not isinstance(span.style, str)]
                number = next((look.color.number for look in reversed(looks) if look.color), None)
                accent = _COLOURS[number % 8] if number is not None and number < 16 else ""
                _append(line, Token(part.plain, accent or "output", any(look.bold for look in looks)))
        lines.append(tuple(line))
    return lines


def _append(line: list[Token], token: Token) -> None:
    if line and (line[-1].style, line[-1].strong) == (token.style, token.strong):
        line[-1] = Token(line[-1].text + token.text, token.style, token.strong)
    else:
        line.append(token)


def _style(kind: str) -> tuple[str, bool]:
    return next(((style, strong) for prefix, style, strong in _STYLES if kind.startswith(prefix)), ("text", False))
