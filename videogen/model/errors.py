"""What can go wrong, said once for every face: what, where, what to do next, and an exit code.

>>> error = ValidationError('unknown key "titel"', where=Where("projects/a.yaml", 3, 1, "titel: Hi"),
...                         hint='did you mean "title"?')
>>> print(error)
projects/a.yaml:3:1: unknown key "titel"; did you mean "title"?
  3 | titel: Hi
    | ^
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import Any, ClassVar, NamedTuple, TypeVar

_Error = TypeVar("_Error", bound="PipelineError")
_LONGEST = 900
"""Characters of a message, or of a hint, that are shown."""


class Exit(IntEnum):
    """Exit codes of `doit` and `video-gen`; part of the interface."""

    MADE = 0
    FAILED = 1
    USAGE = 2
    CHECKS = 3
    INTERRUPTED = 130


class Where(NamedTuple):
    """A place in a file: line and column count from 1, `text` is the line itself."""

    file: str
    line: int | None = None
    column: int | None = None
    text: str | None = None

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)

    def excerpt(self) -> str:
        """The line shown with a caret under the column, or "" when the line is not known."""
        if self.line is None or self.text is None:
            return ""
        gutter = str(self.line)
        shown = self.text.rstrip("\n")[:200]
        lines = [f"  {gutter} | {shown}"]
        if self.column is not None:
            pad = "".join("\t" if char == "\t" else " " for char in shown[: self.column - 1])
            lines.append(f"  {' ' * len(gutter)} | {pad}^")
        return "\n".join(lines)


class PipelineError(Exception):
    """An error a person can act on. `str()` is one line, then the source line with a caret when known."""

    error_code: ClassVar[str] = "PIPELINE_ERROR"
    exit_code: ClassVar[Exit] = Exit.FAILED

    def __init__(
        self,
        message: str,
        where: Where | None = None,
        hint: str | None = None,
        details: dict[str, Any] | None = None,
    ) -> None:
        # all of it is in `args`, so that pickling (worker processes) rebuilds the same error
        super().__init__(message, where, hint, details)
        self.message = message
        self.where = where
        self.hint = hint
        self.details = details or {}

    def at(self: _Error, where: Where, within: str = "") -> _Error:
        """The same error with a place, where it has none of its own; `within` names what it is a part of."""
        message = f"{within}: {self.message}" if within else self.message
        return type(self)(message, self.where or where, self.hint, self.details)

    def line(self) -> str:
        """What, where and what next, on one line."""
        head = f"{self.where}: " if self.where else ""
        tail = f"; {_shortened(self.hint)}" if self.hint else ""
        return f"{head}{_shortened(self.message)}{tail}"

    def __str__(self) -> str:
        excerpt = self.where.excerpt() if self.where else ""
        return f"{self.line()}\n{excerpt}" if excerpt else self.line()

    def to_dict(self) -> dict[str, Any]:
        """The same JSON on every face."""
        where = self.where
        return {
            "error": cut(self.message),
            "error_code": self.error_code,
            "exit_code": int(self.exit_code),
            "hint": self.hint and cut(self.hint),
            "file": where.file if where else None,
            "line": where.line if where else None,
            "column": where.column if where else None,
            "details": self.details,
        }


def from_dict(data: Mapping[str, Any]) -> PipelineError:
    """The error that `to_dict` told of, wherever it was told: of the same class, where that is known.

    >>> from_dict(ValidationError("no", Where("a.md", 3), "say yes").to_dict()).line()
    'a.md:3: no; say yes'
    """
    todo: list[type[PipelineError]] = [PipelineError]
    known: dict[str, type[PipelineError]] = {}
    while todo:
        found = todo.pop()
        known.setdefault(found.error_code, found)
        todo += found.__subclasses__()
    where = Where(data["file"], data.get("line"), data.get("column")) if data.get("file") else None
    made = known.get(data.get("error_code", ""), PipelineError)
    return made(str(data.get("error", "")), where, data.get("hint"), data.get("details"))


def _shortened(text: str) -> str:
    """What can be read at a glance, on one line."""
    return cut(" ".join(text.splitlines()))


def cut(text: str) -> str:
    """A message or a hint that can be read at a glance: it often quotes what somebody wrote, and that may be a page."""
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST * 2 // 3]}…{text[-_LONGEST // 3 :]}"


class ValidationError(PipelineError):
    """What a person wrote cannot be used as it stands: a project, a document, an option."""

    error_code = "VALIDATION_ERROR"
    exit_code = Exit.USAGE


class StageError(PipelineError):
    """A stage could not make its target."""

    error_code = "STAGE_ERROR"


class FetchError(StageError):
    """What a project names could not be had from the web."""

    error_code = "FETCH_ERROR"


class AudioError(StageError):
    """A voice could not speak a scene."""


class VideoError(StageError):
    """Pictures or film could not be made."""


class RetryExhausted(AudioError):
    """A service kept failing after every retry."""

    error_code = "RETRY_EXHAUSTED"


class Paused(PipelineError):
    """Nothing went wrong: a person had the build pause."""

    error_code = "PAUSED"
    exit_code = Exit.INTERRUPTED


class TaskNotFound(PipelineError):
    """There is no task of that id."""

    error_code = "TASK_NOT_FOUND"
    exit_code = Exit.USAGE


class ResourceError(PipelineError):
    """The machine ran out of something: disk, memory, time, or another build holds the project."""

    error_code = "RESOURCE_ERROR"
