"""Source code as coloured tokens, by Pygments."""

from __future__ import annotations

from dataclasses import dataclass

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
    """A part of a line; `style` is a field of the theme's code palette."""

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


def tokens(code: str, language: str) -> list[list[Token]]:
    """The lines of a listing as tokens; blank lines at its ends are left out, tabs are four columns."""
    from pygments.lexers import get_lexer_by_name
    from pygments.lexers.special import TextLexer
    from pygments.util import ClassNotFound

    text = "\n".join(line.expandtabs(4).rstrip() for line in code.splitlines()).strip("\n")
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
    for kind, part in lexer.get_tokens(text):
        style, strong = _style(str(kind).removeprefix("Token."))
        for index, piece in enumerate(part.split("\n")):
            if index:
                lines.append([])
            if piece:
                _append(lines[-1], Token(piece, style, strong))
    # lexers want a line break at the end, which leaves an empty line behind it
    while len(lines) > 1 and not lines[-1]:
        lines.pop()
    return lines


def _append(line: list[Token], token: Token) -> None:
    if line and (line[-1].style, line[-1].strong) == (token.style, token.strong):
        line[-1] = Token(line[-1].text + token.text, token.style, token.strong)
    else:
        line.append(token)


def _style(kind: str) -> tuple[str, bool]:
    return next(((style, strong) for prefix, style, strong in _STYLES if kind.startswith(prefix)), ("text", False))
