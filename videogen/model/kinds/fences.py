"""A fenced block of Markdown as the kind of slide that shows it best: a session, a comparison, or a listing."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from videogen.model.kinds.code import MOST_COMMANDS, MOST_LETTERS, MOST_TYPED, Code, CodeComparison, Command, Typed

_SESSIONS = {"console", "shell-session", "terminal", "session", "doscon", "pwsh-session", "ps1con", "pycon"}
_SHELLS = {"bash", "sh", "shell", "zsh", "fish", "powershell", "ps1", "bat", "cmd"}
_PROGRAMS = frozenset(
    """apt apt-get brew cargo cd conda curl docker git go make mkdir npm npx pip pip3 pipx pnpm poetry python python3
    sudo source uv uvx yarn""".split()  # noqa: SIM905
)
_PYTHONS = {"python", "py", "python3"}
DIFFERENCES = frozenset({"diff", "patch", "udiff"})
"""Languages of a fence that shows what changes."""

_WHO = r"(?:\([\w.-]+\) ?)?(?:\[?[\w.-]+@[\w.-]+[^$%#\n]{0,60})?"
_PROMPTS = (
    ("$", re.compile(rf"^{_WHO}\$(?: |$)"), "> "),
    (">>>", re.compile(r"^>>>(?: |$)"), "... "),
    ("%", re.compile(rf"^{_WHO}%(?: |$)"), "> "),
    ("\u276f", re.compile(r"^[^\n\u276f]{0,60}\u276f(?: |$)"), "> "),
    ("PS>", re.compile(r"^PS(?: [A-Za-z]:[^>\n]*)?>(?: |$)"), ">> "),
    (">", re.compile(r"^[A-Za-z]:\\[^>\n]*>"), "> "),
    ("#", re.compile(r"^\[?[\w.-]+@[\w.-]+[^#\n]{0,60}#(?: |$)"), "> "),
)
"""What is shown before a command, how the prompt is written in a session, and that of a line that goes on."""

_SCRIPT = re.compile(
    r"^\s|^(?:#|if|for|while|until|case|do|done|fi|then|else|elif|esac|function|\{|\}|\()(?:\s|$)|\\$|<<|^\w+\(\)"
)
"""A line that is part of a script rather than a command by itself."""
_FEW_COMMANDS = 6

_FILE = re.compile(r"^(?:diff |index |new file|deleted file|old mode|new mode|similarity |rename |Index: )")
_SUFFIXES = {
    "py": "python",
    "js": "javascript",
    "ts": "typescript",
    "rs": "rust",
    "rb": "ruby",
    "yml": "yaml",
    "md": "markdown",
    "sh": "bash",
    "kt": "kotlin",
    "cs": "csharp",
    "h": "c",
    "hpp": "cpp",
    "cc": "cpp",
}
"""Languages that are not called like the suffix of their files."""


def from_fence(language: str, text: str, header: str = "") -> Code | Command | CodeComparison | None:
    """The content for a fenced block in a language (the first word of its info string) under a header.

    A session at a prompt, and a few commands in a shell's language, are commands to be typed; a difference within one
    file is a comparison; everything else is a listing. None when it is blank, or longer than a listing may be.

    >>> from_fence("console", "$ doit\\n.  hello").commands
    [Typed(command='doit', output='.  hello')]
    >>> from_fence("diff", " a\\n-b\\n+c\\n").after_code
    'a\\nc'
    """
    if not text.strip() or len(text) > MOST_LETTERS:
        return None
    name = language.strip().lower()
    found: Code | Command | CodeComparison | None = None
    if name in DIFFERENCES:
        found = _comparison(text, header)
    elif name in _SESSIONS | _SHELLS | {"", "text"}:
        typed = name in _SHELLS or (name in _SESSIONS and _is_typed(text))
        found = _session(text, header) or (_commands(text, header) if typed else None)
    elif name in _PYTHONS:
        found = _session(text, header) if text.lstrip().startswith(">>>") else None
    return found or Code(header=header, code=text, language=language.strip() or "text")


def _session(text: str, header: str) -> Command | None:
    """Commands with what they printed, when the text begins at a prompt."""
    lines = text.strip("\n").splitlines()
    known = next((prompt for prompt in _PROMPTS if lines and prompt[1].match(lines[0])), None)
    if known is None:
        return None
    sign, prompt, onward = known
    typed: list[tuple[list[str], list[str]]] = []
    for line in lines:
        start = prompt.match(line)
        if start:
            typed.append(([line[start.end() :]], []))
        elif not typed[-1][1] and _goes_on(typed[-1][0], line, onward):
            typed[-1][0].append(
                line.removeprefix(onward.rstrip()).removeprefix(" ") if line.startswith(onward.rstrip()) else line
            )
        else:
            typed[-1][1].append(line)
    made = [("\n".join(command).rstrip(), "\n".join(output).strip("\n")) for command, output in typed]
    made = [(command, output) for command, output in made if command or output]
    if not 0 < len(made) <= MOST_COMMANDS or not all(0 < len(command) <= MOST_TYPED for command, _ in made):
        return None
    commands = [Typed(command=command, output=output) for command, output in made]
    return Command(header=header, commands=commands, prompt=sign)


def _goes_on(command: list[str], line: str, onward: str) -> bool:
    """Whether a line of a session belongs to the command before it."""
    if onward == "... ":
        return line == "..." or line.startswith("... ")
    if command[-1].endswith("`" if onward == ">> " else ("\\", "&&", "||", "|")):
        return True
    word = re.search(r"<<-?\s*['\"]?(\w+)", command[0])
    return word is not None and command[-1].strip() != word[1]


def _is_typed(text: str) -> bool:
    """Whether a session without prompts is commands alone: a single line, or lines that all call the same or well-known
    programs.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    called = {line.split()[0] for line in lines}
    return len(lines) == 1 or len(called) == 1 or called <= _PROGRAMS


def _commands(text: str, header: str) -> Command | None:
    """A few commands without prompts."""
    lines = [line.rstrip() for line in text.strip("\n").splitlines() if line.strip()]
    if not 0 < len(lines) <= _FEW_COMMANDS or any(_SCRIPT.search(line) or len(line) > MOST_TYPED for line in lines):
        return None
    return Command(header=header, commands=[Typed(command=line) for line in lines])


def _comparison(text: str, header: str) -> CodeComparison | None:
    """Both sides of a difference within one file; None when there is only one side, or more than one file."""
    before: list[str] = []
    after: list[str] = []
    language, files = "text", 0
    lines = text.strip("\n").splitlines()
    for at, line in enumerate(lines):
        following = lines[at + 1] if at + 1 < len(lines) else ""
        if line.startswith("+++ ") and at and lines[at - 1].startswith("--- "):
            files += 1
            suffix = PurePosixPath(line[4:].split("\t")[0].strip()).suffix.lstrip(".").lower()
            language = _SUFFIXES.get(suffix, suffix) or "text"
        elif (
            (line.startswith("--- ") and following.startswith("+++ "))
            or line.startswith("\\ ")
            or (_FILE.match(line) and not before and not after)
        ):
            continue
        elif line.startswith("@@"):
            if before or after:
                before.append("")
                after.append("")
        elif line.startswith("-"):
            before.append(line[1:])
        elif line.startswith("+"):
            after.append(line[1:])
        else:
            before.append(line.removeprefix(" "))
            after.append(line.removeprefix(" "))
    if files > 1 or before == after or not "".join(before).strip() or not "".join(after).strip():
        return None
    return CodeComparison(header=header, before_code="\n".join(before), after_code="\n".join(after), language=language)
