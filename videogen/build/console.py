"""What a person sees of a build: a bar for every stage on a terminal, plain lines elsewhere.

Progress goes to stderr; the paths of the videos go to stdout.
"""

from __future__ import annotations

import io
import os
import sys
from typing import Any

from videogen.build.events import Sink
from videogen.model.events import (
    Event,
    Progress,
    StageComplete,
    StageError,
    StageStart,
    TaskCompleted,
    TaskFailed,
    TaskPaused,
    TaskStarted,
    Warned,
)

_DOING = {
    "source": "Reading",
    "parse": "Parsing",
    "look": "Settling the look",
    "prompt": "Wording the question",
    "ask": "Asking",
    "script": "Writing the script",
    "translate": "Translating",
    "plan": "Planning the scenes",
    "audio": "Speaking",
    "capture": "Running commands",
    "frames": "Drawing",
    "captions": "Drawing captions",
    "mix": "Mixing the sound of clips",
    "segment": "Encoding scenes",
    "transition": "Encoding transitions",
    "video": "Joining",
    "convert": "Writing other formats",
    "manifest": "Writing down what it is made of",
    "check": "Checking",
}


def show_what_it_can() -> None:
    """Have a terminal or a pipe that is not in UTF-8 go on where it has no sign for something, instead of breaking off.

    Messages show a question mark. What is written to stdout, such as the path of a film, is read by programs too: there
    it is escaped, as in `\\u65e5`, since another name must never be told for a file. JSON is ASCII anyhow.
    """
    for stream, errors in ((sys.stdout, "backslashreplace"), (sys.stderr, "replace")):
        if isinstance(stream, io.TextIOWrapper) and stream.encoding.lower().replace("-", "") != "utf8":
            stream.reconfigure(errors=errors)


def console(quiet: bool = False) -> Sink:
    """The listener for this terminal or pipe."""
    if quiet:
        return _Plain(quiet=True)
    return _Live() if sys.stderr.isatty() and os.environ.get("TERM") != "dumb" else _Plain()


class _Plain:
    """A line for every task that was done, every error and the outcome."""

    def __init__(self, quiet: bool = False) -> None:
        self._quiet = quiet

    def __call__(self, event: Event) -> None:
        if isinstance(event, StageComplete):
            if not self._quiet:
                self._say(f"  {event.how:8} {event.name}" + (f"  {event.seconds:.2f} s" if event.seconds else ""))
        elif isinstance(event, StageError):
            # the first stages are named by the place that their errors give
            self._say(f"error: {event.name + ': ' if ':' in event.name else ''}{event.error['shown']}")
        elif isinstance(event, Warned):
            self._say(f"warning: {event.name + ': ' if event.name else ''}{event.message}")
        elif isinstance(event, TaskCompleted):
            if not event.passed or not (self._quiet or _idle(event)):
                for line in _findings(event):
                    self._say(line)
            if not event.passed or not self._quiet:
                self._say(_completed(event))
            for video in event.videos:
                print(video, flush=True)
        elif isinstance(event, TaskFailed) and not event.usage:
            self._say(_failed(event))
        elif isinstance(event, TaskPaused):
            self._say(f"paused after {event.seconds:.1f} s: {event.counts.made} made; run it again to go on")

    def _say(self, line: str) -> None:
        print(line, file=sys.stderr, flush=True)


class _Live(_Plain):
    """A bar for every stage that has something to do, begun with the first task that runs."""

    def __init__(self) -> None:
        super().__init__()
        self._progress: Any = None
        self._totals: dict[str, int] = {}
        self._bars: dict[str, Any] = {}

    def __call__(self, event: Event) -> None:
        if isinstance(event, TaskStarted):
            self._totals = event.stages
            for stage, bar in self._bars.items():
                self._progress.update(bar, total=self._totals.get(stage, 1))
        elif isinstance(event, StageStart):
            self._progress_of(event.stage, now=event.name.rpartition("/")[2] if "/" in event.name else "")
        elif isinstance(event, Progress):
            self._progress_of(event.stage, completed=event.done)
        elif isinstance(event, StageComplete):
            pass  # counted by the Progress that follows it
        elif isinstance(event, TaskCompleted | TaskFailed | TaskPaused):
            self._stop()
            super().__call__(event)
        else:
            super().__call__(event)

    def _progress_of(self, stage: str, **change: Any) -> None:
        if self._progress is None:
            self._progress = _bars()
            self._progress.start()
        if stage not in self._bars:
            self._bars[stage] = self._progress.add_task(_DOING[stage], total=self._totals.get(stage, 1), now="")
        self._progress.update(self._bars[stage], **change)

    def _stop(self) -> None:
        if self._progress is not None:
            for bar in self._bars.values():
                self._progress.update(bar, now="")
            self._progress.stop()

    def _say(self, line: str) -> None:
        if self._progress is not None and self._progress.live.is_started:
            self._progress.console.print(line, markup=False, highlight=False)
        else:
            super()._say(line)


def _bars() -> Any:
    from rich import progress
    from rich.console import Console
    from rich.table import Column

    console = Console(stderr=True)
    named = Column(no_wrap=True, max_width=max(console.width - 22, 8))
    columns: list[Any] = [
        progress.SpinnerColumn(finished_text="✓"),
        progress.TextColumn("{task.description:20}", table_column=named),
        progress.MofNCompleteColumn(table_column=Column(justify="right", min_width=7, no_wrap=True)),
        progress.TimeElapsedColumn(table_column=Column(no_wrap=True)),
    ]
    # what is not needed gives way to what is, and the whole width is never taken: what a person types into a full
    # last line would break it, and its remains would stay
    if console.width >= 62:
        columns.insert(2, progress.BarColumn(bar_width=20))
    if console.width >= 73:
        columns.append(
            progress.TextColumn(
                "[dim]{task.fields[now]}", table_column=Column(no_wrap=True, max_width=console.width - 65)
            )
        )
    return progress.Progress(*columns, console=console)


_MOST_WARNINGS = 10
"""Warnings that are listed; all are in the report."""


def _findings(event: TaskCompleted) -> list[str]:
    """What the checks found, as far as it is worth a person's time."""
    errors = [finding for finding in event.findings if finding.startswith("error")]
    rest = event.findings[len(errors) :]
    more = len(rest) - _MOST_WARNINGS
    unsaid = [f"and {_number(more, 'more warning')} in {_reports(event)}"] if more > 0 else []
    return errors + rest[:_MOST_WARNINGS] + unsaid


def _completed(event: TaskCompleted) -> str:
    found = [_number(count, word) for count, word in ((event.errors, "error"), (event.warnings, "warning")) if count]
    notes = f"; the checks found {' and '.join(found)}" if found else ""
    if _idle(event):
        where = f" (in {_reports(event)})" if found and event.passed else ""
        return f"{event.project}: up to date ({_facts(event)}){notes}{where}"
    return f"{event.project}: {_facts(event)}{notes}"


def _failed(event: TaskFailed) -> str:
    if event.interrupted:
        return f"{event.project}: stopped ({_facts(event)}); run it again to go on from here"
    return f"{event.project}: not finished ({_facts(event)}); run it again to make only what is missing"


def _facts(event: TaskCompleted | TaskFailed) -> str:
    counts = event.counts
    outcomes = ("made", "restored", "unchanged", "failed")
    parts = [f"{getattr(counts, word)} {word}" for word in outcomes if getattr(counts, word)]
    return f"{', '.join(parts) or 'nothing to do'} in {event.seconds:.1f} s"


def _idle(event: TaskCompleted) -> bool:
    return not event.counts.made and not event.counts.restored


def _reports(event: TaskCompleted) -> str:
    return " ".join(f"{os.path.dirname(video)}/report.json" for video in event.videos) or "report.json"


def _number(count: int, word: str) -> str:
    return f"{count} {word}{'s' * (count != 1)}"
