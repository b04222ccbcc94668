"""The kinds that show code and what is typed: a listing, a comparison of two, a solution, commands, a terminal."""

from __future__ import annotations

import re
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, StringConstraints, model_validator

from videogen.model.base import Model
from videogen.model.kinds.base import Content, Line

MOST_LETTERS = 20_000
"""Characters of a listing."""

MOST_TYPED = 2_000
"""Characters of a command."""

Listing = Annotated[str, StringConstraints(min_length=1, max_length=MOST_LETTERS)]
"""Source code: keeps its own line breaks and indentation."""

MOST_COMMANDS = 12
"""Commands of one scene."""

_RANGE = r"[0-9]{1,6}(?:\s*-\s*[0-9]{1,6})?"


def source_lines(code: str) -> list[str]:
    """The lines of a listing: tabs are four columns, blank lines at both ends are left out.

    >>> source_lines("\\n\\tgo\\n\\nnow \\n")
    ['    go', '', 'now']
    """
    return "\n".join(line.expandtabs(4).rstrip() for line in code.splitlines()).strip("\n").split("\n")


class Focus(Model):
    """A step through a listing: `lines` (such as "2-4, 7") come forward when `word` is said."""

    lines: Annotated[str, StringConstraints(strip_whitespace=True, pattern=rf"^{_RANGE}(?:\s*,\s*{_RANGE})*$")]
    word: str = ""

    @property
    def numbers(self) -> list[int]:
        """The numbers of its lines, rising.

        >>> Focus(lines="7, 2-4").numbers
        [2, 3, 4, 7]
        """
        found: set[int] = set()
        for part in self.lines.split(","):
            first, _, last = part.partition("-")
            found.update(range(int(first), int(last or first) + 1))
        return sorted(found)


def _focus(value: Any) -> Any:
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    return {"lines": value} if isinstance(value, str) else value


class Code(Content):
    """A listing. `code` keeps its own line breaks and indentation.

    `highlight` steps through it: each step is lines ("2-4, 7"), or {lines, word} to come with a word of the
    narration. Lines are counted from `first_line`.
    """

    verbatim: ClassVar[frozenset[str]] = frozenset({"code", "language", "lines", "word"})

    header: str = ""
    code: Listing
    language: str = "text"
    caption: str = ""
    line_numbers: bool = False
    first_line: int = Field(default=1, ge=1, le=99_999)
    highlight: list[Annotated[Focus, BeforeValidator(_focus, json_schema_input_type=int | str | Focus)]] = Field(
        default_factory=list, max_length=12
    )

    @model_validator(mode="after")
    def _lines_exist(self) -> Code:
        last = self.first_line + len(source_lines(self.code)) - 1
        for step, focus in enumerate(self.highlight, 1):
            wrong = [number for number in focus.numbers if not self.first_line <= number <= last]
            if wrong or not focus.numbers:
                what = f"there is no line {wrong[0]}" if wrong else f'"{focus.lines}" ends before it begins'
                raise ValueError(f"step {step} of highlight: {what}; the lines are {self.first_line} to {last}")
        return self

    def focused(self, step: int) -> list[int]:
        """Indices, from 0, of the lines of a step."""
        return [number - self.first_line for number in self.highlight[step].numbers]

    def cue_names(self) -> list[str]:
        """One cue a step."""
        return [f"step:{index}" for index in range(len(self.highlight))]

    def cue_text(self, name: str) -> str:
        """The word of the step, else the names in its lines."""
        step = int(name.partition(":")[2])
        lines = source_lines(self.code)
        return self.highlight[step].word or _names(" ".join(lines[index] for index in self.focused(step)))


def _names(code: str) -> str:
    """The words that names are made of: `read_file(path)` says "read file path"."""
    return " ".join(re.findall(r"[^\W\d_]{3,}", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", code)))


class Typed(Model):
    """A command as it is typed, and what it prints (ANSI colours are kept)."""

    command: Annotated[str, StringConstraints(min_length=1, max_length=MOST_TYPED)]
    output: Annotated[str, StringConstraints(max_length=200_000)] = ""


def _typed(value: Any) -> Any:
    return {"command": value} if isinstance(value, str) else value


class Command(Content):
    """Commands that are typed as they are spoken of, each with its output after it.

    An entry of `commands` is a command, or {command, output}.
    """

    verbatim: ClassVar[frozenset[str]] = frozenset({"command", "output", "prompt"})

    header: str = ""
    description: str = ""
    commands: list[Annotated[Typed, BeforeValidator(_typed, json_schema_input_type=str | Typed)]] = Field(
        min_length=1, max_length=MOST_COMMANDS
    )
    prompt: Annotated[str, StringConstraints(max_length=24)] = "$"

    def cue_names(self) -> list[str]:
        """One cue a command."""
        return [f"command:{index}" for index in range(len(self.commands))]

    def cue_text(self, name: str) -> str:
        """The words in the command."""
        return _names(self.commands[int(name.partition(":")[2])].command)


class Terminal(Content):
    """A command and what it prints. Without `output` it is run when the video is built, if the project allows that.

    Of an output that is too long its start, its end or `both` are kept, and how much is left out is said.
    """

    verbatim: ClassVar[frozenset[str]] = frozenset({"command", "output", "prompt"})

    header: str = ""
    command: Annotated[str, StringConstraints(min_length=1, max_length=MOST_TYPED)]
    output: str | None = None
    prompt: Annotated[str, StringConstraints(max_length=24)] = "$"
    keep: Literal["both", "start", "end"] = "both"
    caption: str = ""

    def runs(self) -> str | None:
        """The command, unless its output is given."""
        return self.command if self.output is None else None

    def cue_names(self) -> list[str]:
        """The command's."""
        return ["command:0"]

    def cue_text(self, name: str) -> str:
        """The words in the command."""
        return _names(self.command)


class CodeComparison(Content):
    """Code before and after a change; what changed is marked when the second comes."""

    verbatim: ClassVar[frozenset[str]] = frozenset({"before_code", "after_code", "language"})

    header: str = ""
    before_code: Listing
    after_code: Listing
    before_label: Line = "Before"
    after_label: Line = "After"
    language: str = "text"

    def cue_names(self) -> list[str]:
        """One cue a side."""
        return ["before", "after"]

    def cue_text(self, name: str) -> str:
        """The label of the second side; the first is there when the narration begins."""
        return self.after_label if name == "after" else ""


class Solution(Content):
    """A solution as code, and the explanation of it that comes as it is spoken."""

    verbatim: ClassVar[frozenset[str]] = frozenset({"solution_code", "language"})

    title: Line
    solution_code: Listing
    explanation: Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)] = ""
    language: str = "text"

    def cue_names(self) -> list[str]:
        """One cue for the code, one for the explanation."""
        return ["solution", "explanation"] if self.explanation else ["solution"]

    def cue_text(self, name: str) -> str:
        """The explanation; the code is there when the narration begins."""
        return self.explanation if name == "explanation" else ""
