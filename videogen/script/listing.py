"""Code for a slide: an excerpt that fits, and what a presenter says of it without reading it out."""

from __future__ import annotations

import itertools
import re
import textwrap
from collections.abc import Sequence

from videogen.model.kinds import Command, Content
from videogen.model.limits import MAX_CODE_COLUMNS, MAX_CODE_LINES
from videogen.script.lang import listed, number, pick
from videogen.script.structure import contents, sayable
from videogen.script.text import capital, clean, finish, small

_SHELL = frozenset(
    "sh bash shell console zsh shell-session sh-session shellsession terminal powershell bat cmd ps1".split()  # noqa: SIM905
)
_NAMES = {
    "python": "Python", "py": "Python", "python3": "Python", "pycon": "Python", "js": "JavaScript",
    "javascript": "JavaScript", "ts": "TypeScript", "typescript": "TypeScript", "jsx": "JavaScript",
    "tsx": "TypeScript", "rust": "Rust", "rs": "Rust", "go": "Go", "golang": "Go", "c": "C", "cpp": "C plus plus",
    "c++": "C plus plus", "java": "Java", "kotlin": "Kotlin", "swift": "Swift", "ruby": "Ruby", "rb": "Ruby",
    "php": "PHP", "yaml": "YAML", "yml": "YAML", "toml": "TOML", "json": "JSON", "ini": "INI format", "sql": "SQL",
    "html": "HTML", "css": "CSS", "xml": "XML", "dockerfile": "a Dockerfile", "make": "a Makefile",
    "makefile": "a Makefile", "markdown": "Markdown", "md": "Markdown", "cs": "C sharp", "csharp": "C sharp",
}  # fmt: skip
_CONFIG = frozenset("yaml yml toml json ini cfg xml dockerfile make makefile".split())  # noqa: SIM905
_INSTALL = re.compile(
    r"\b(?:(?:pip3?|pipx|conda|mamba|uv|brew|apt(?:-get)?|dnf|yum|npm|pnpm|cargo|gem|snap|choco|winget|scoop|port)"
    r"\s+(?:\S+\s+)?(?:install|add)|go\s+(?:install|get)|yarn\s+(?:global\s+)?add|pacman\s+-S)\b"
)
_PREPARES = re.compile(r"^(?:\$ )?(?:cd\s|source\s|\.\s)|\s-m\s+venv\s")
_TOOL = re.compile(
    r"\b(pipx|pip|conda|mamba|uv|brew|apt|dnf|yum|npm|pnpm|yarn|cargo|gem|snap|choco|winget|scoop|go|pacman)3?\b"
)
_TOOL_NAMES = {"brew": "Homebrew", "choco": "Chocolatey", "go": "the Go toolchain", "cargo": "Cargo", "gem": "RubyGems"}
_DOCUMENTED = re.compile(
    r"^(?:async\s+)?(?:def|class)\s+(?P<name>[A-Za-z_]\w*)(?!\.)\b[^\n]*:\n\s+[rR]?(?:\"\"\"|\'\'\')(?P<doc>[^\n\"\']{3,120})",
    re.M,
)
MOST_CALLED = 2
"""Commands that are called by name, one after the other."""

_NOT_CALLED = frozenset(
    """python sudo uv uvx npx poetry bash sh cd cat echo curl wget docker export set cp mv rm source ls mkdir
    env""".split()  # noqa: SIM905
)
"""What these do is in what follows them."""

_EMOJI = re.compile("[\U0001f000-\U0001faff\ufe0f\u200d]+")
"""No font of a listing has them: a line of nothing else is left out."""

_BOUNDARY = re.compile(
    r"^(?:@|(?:async\s+def|def|class|fn|func|function|pub|impl|struct|interface|export|if __name__)\b)"
)


def is_shell(language: str, code: str) -> bool:
    """Whether a listing is typed into a terminal."""
    if language.lower() in _SHELL:
        return True
    lines = [line for line in code.splitlines() if line.strip()]
    plain = language.lower() in ("text", "") and bool(lines)
    return plain and (lines[0].lstrip().startswith(("$ ", "% ")) or is_install(code))


def source(content: Content) -> tuple[str, str]:
    """The code that a slide shows, and its language; of a session what is typed. ("", "") where it shows none."""
    if isinstance(content, Command):
        return "\n".join(entry.command for entry in content.commands), "pycon" if content.prompt == ">>>" else "sh"
    return getattr(content, "code", ""), getattr(content, "language", "")


def printable(code: str) -> str:
    """Code as a listing can show it, dedented: emoji, tabs and characters that cannot be seen are gone."""
    shown = "\n".join(line for line in code.splitlines() if not line.strip() or _EMOJI.sub("", line).strip())
    plain = "".join(char for char in _EMOJI.sub("", shown).expandtabs(4) if char == "\n" or char.isprintable())
    return "\n".join(line.rstrip() for line in textwrap.dedent(plain).splitlines())


def pages(code: str) -> tuple[list[str], int]:
    """The code dedented, as listings that fit a slide, and how many of its lines are on none of them.

    One listing if it fits; two where a blank line leaves at most a slide on either side; else its opening up
    to the best place to stop: a blank line or a definition if at least a third of the slide is filled, or else
    the line that is indented least. No listing where not even a line fits.
    """
    lines = _squeeze(printable(code).splitlines())
    fit = _fitting(lines)
    if fit == len(lines):
        return (["\n".join(lines)] if lines else []), 0
    for at in range(fit, 2, -1):
        rest = _squeeze(lines[at:])
        if not lines[at] and rest[:1] and not rest[0].startswith(" ") and 3 <= len(rest) == _fitting(rest):
            return ["\n".join(_squeeze(lines[:at])), "\n".join(rest)], 0
    kept = _squeeze(lines[: _stop(lines, fit)])
    return (["\n".join(kept)] if kept else []), len(lines) - len(kept)


def _fitting(lines: list[str]) -> int:
    """How many lines, with long ones continued on further lines, fit a slide."""
    height = 0
    for index, line in enumerate(lines):
        height += max(1, -(-len(line) // MAX_CODE_COLUMNS))
        if height > MAX_CODE_LINES:
            return index
    return len(lines)


def _squeeze(lines: list[str]) -> list[str]:
    """Without blank lines at either end or more than one in a row."""
    kept = [line for index, line in enumerate(lines) if line or (index and lines[index - 1])]
    while kept and not kept[-1]:
        kept.pop()
    return kept[1:] if kept and not kept[0] else kept


def _stop(lines: list[str], fit: int) -> int:
    places = range(fit, max(fit // 3, 1), -1)
    for good in (
        lambda at: not lines[at] and not lines[min(at + 1, len(lines) - 1)].startswith((" ", "\t")),
        lambda at: bool(_BOUNDARY.match(lines[at])) and not lines[at - 1].startswith("@"),
        lambda at: not lines[at],
    ):
        for at in places:
            if at < len(lines) and good(at):
                return at
    indents = {at: len(lines[at]) - len(lines[at].lstrip()) for at in places if at < len(lines) and lines[at]}
    return min(indents, key=lambda at: (indents[at], -at)) if indents else fit


def commands(code: str) -> list[str]:
    """The commands of a shell listing, without prompts, comments and output."""
    lines = [line.strip() for line in code.splitlines() if line.strip()]
    prompted = [line[2:].strip() for line in lines if line.startswith(("$ ", "% ", "> "))]
    if prompted:
        return [re.sub(r"\s+#\s.*$", "", line) for line in prompted]
    merged = re.sub(r"\\\n\s*", " ", code)
    return [line.strip() for line in merged.splitlines() if line.strip() and not line.strip().startswith("#")]


def is_install(code: str) -> bool:
    """Whether a listing installs something and does nothing else."""
    typed = [part for command in commands(code) for part in re.split(r"\s+&&\s+", command)]
    does = [part for part in typed if not _PREPARES.search(part)]
    return bool(does) and all(_INSTALL.search(part) for part in does)


_BEGINNINGS = (
    "It starts like this",
    "Here is how it begins",
    "This is the beginning of it",
    "Its first lines look like this",
    "In code, it begins like this",
)


def describe(code: str, language: str, whole: bool, key: str) -> list[str]:
    """Sentences in English on what a listing is: true of the code itself, and never the code read out."""
    language = language.lower()
    if is_shell(language, code):
        return [typing(commands(code), answered(code), key)]
    if language == "pycon" or code.lstrip().startswith(">>>"):
        answers = ">>>" in code and any(
            line.strip() and not line.startswith((">>>", "...")) for line in code.splitlines()
        )
        follow = ["The answer to each line follows right below it."] if answers else []
        return [pick(("At the Python prompt, it looks like this.", "Here it is at the Python prompt."), key), *follow]
    name = _NAMES.get(language, "")
    if name.startswith("a "):
        return [f"Here is {name} that does it."]
    if not whole:
        said = pick(_BEGINNINGS, key)
        return [f"{said}{f', in {name}' if name else ''}.", *points(code, language)]
    form = pick((f"In {name}, it looks like this.", f"Here it is in {name}."), key) if name else "It looks like this."
    return [form, *points(code, language)]


def describe_rest(code: str, language: str) -> list[str]:
    """Sentences in English on the second part of a listing that began on the slide before."""
    return ["And this is how it goes on.", *points(code, language)]


def points(code: str, language: str) -> list[str]:
    """What a presenter points out in a listing: what it says it is for, and what it consists of."""
    consists = contents(code, language)
    purposes = _purposes(code)
    named = any(": " in purpose for purpose in purposes)
    return [*purposes, *([consists] if consists and not named else [])]


def _purposes(code: str) -> list[str]:
    """What the code itself says it is for, in its docstrings and in comments on lines of their own."""
    said: list[str] = []
    for match in _DOCUMENTED.finditer(code):
        name, purpose = sayable([match["name"]]), clean(match["doc"]).rstrip(".")
        # NAME and COUNT stand for something: good to read, not to hear
        if name and 3 <= len(purpose.split()) <= 16 and not re.search(r"\b[A-Z]{4,}\b", purpose):
            said.append(f"{capital(name[0])}: {small(purpose)}.")
    for match in re.finditer(r"^(?:#|//)\s+(?P<text>[A-Za-z][^\n]{8,90})$", code, re.M):
        text = clean(match["text"])
        if 3 <= len(text.split()) <= 14 and all(char.isalnum() or char in " ,.'’:-/" for char in text):
            said.append(finish(text))
    return said[:2]


def answered(code: str) -> bool:
    """Whether a shell listing holds output."""
    lines = [line.strip() for line in code.splitlines() if line.strip()]
    return any(line.startswith(("$ ", "% ")) for line in lines) and len(lines) > len(commands(code))


def typing(typed: Sequence[str], answers: bool, key: str) -> str:
    """A sentence in English on what is typed into a terminal. `answers`: what it prints is shown."""
    if is_install("\n".join(typed)):
        tools = dict.fromkeys(_TOOL_NAMES.get(tool, str(tool)) for tool in _TOOL.findall(" ".join(typed)))
        how = f" with {listed(list(tools)[:3], 'or')}" if tools else ""
        if len(typed) == 1:
            return pick(
                (
                    f"Installing it{how} takes one command, typed into the terminal.",
                    f"It installs{how}, in a single command typed into the terminal.",
                ),
                key,
            )
        return f"It installs{how}."
    if any(line.startswith("git clone") for line in typed):
        return "Start by cloning the repository, so that you have the source on your own machine."
    names = [called(command) for command in typed]
    if answers and len(names) == 2 and _tellable(names):
        return f"First comes {names[0]}, and then {names[1]}, each with its answer right below."
    if answers and len(names) == 1 and names[0]:
        return f"Type {names[0]}, and the output follows right below it."
    if answers:
        return pick(
            (
                "Run it, and the answer appears right below the command.",
                "Type the command, and the output follows right below it.",
            ),
            key,
        )
    if _tellable(names):
        return f"In the terminal, that is {', and then '.join(names)}."
    if len(typed) <= 1:
        return pick(
            (
                "From the terminal, one command is all it takes.",
                "It takes a single command, typed into the terminal.",
            ),
            key,
        )
    return f"It takes {number(len(typed))} commands in the terminal."


def called(command: str) -> str:
    """How people call a command: its name and what it is told to do; "" where it is no plain one.

    >>> called("kiln build --fast site/"), called("cd site && kiln build"), called("python bake.py")
    ('kiln build', '', '')
    """
    if re.search(r"[|&;<>`$]|\\$", command):
        return ""
    words = list(itertools.takewhile(re.compile(r"[a-z]{2,}(?:-[a-z]{2,})*").fullmatch, command.split()))
    return " ".join(words[:2]) if words and words[0] not in _NOT_CALLED else ""


def _tellable(names: Sequence[str]) -> bool:
    return all(names) and len(set(names)) == len(names) <= MOST_CALLED


def typed_fact(typed: Sequence[str], answers: bool, key: str) -> str:
    """What is said of commands that the document itself has told to type."""
    if answers:
        return f"The output appears right below {'the command' if len(typed) == 1 else 'each command'}."
    names = [called(command) for command in typed]
    if _tellable(names) and not is_install("\n".join(typed)):
        return f"In the terminal, that is {', and then '.join(names)}."
    if len(typed) == 1:
        return pick(("One command in the terminal is all it takes.", "It takes a single command in the terminal."), key)
    return f"It takes {number(len(typed))} commands in the terminal."
