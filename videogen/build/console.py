"""What a person sees of a build: a bar for every stage on a terminal, plain lines elsewhere.

Progress goes to stderr; the paths of the videos go to stdout.
"""

from __future__ import annotations

import os
import sys
from typing import Any

from videogen.build.events import Sink
from videogen.model.events import (
    Event,
    StageComplete,
    StageError,
    StageStart,
    TaskCompleted,
    TaskFailed,
    TaskStarted,
    Warned,
)

_DOING = {
    "source": "Reading",
    "parse": "Parsing",
    "look": "Settling the look",
    "script": "Writing the script",
    "audio": "Speaking",
    "frames": "Drawing",
    "segment": "Encoding scenes",
    "transition": "Encoding transitions",
    "video": "Joining",
    "check": "Checking",
}


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
            if not self._quiet:
                self._say(_outcome(event))
            for video in event.videos:
                print(video)
        elif isinstance(event, TaskFailed) and not event.usage:
            self._say(_outcome(event))

    def _say(self, line: str) -> None:
        print(line, file=sys.stderr, flush=True)


class _Live(_Plain):
    """A bar for every stage that has something to do, begun with the first task that runs."""

    def __init__(self) -> None:
        super().__init__()
        self._progress: Any = None
        self._totals: dict[str, int] = {}
        self._bars: dict[str, Any] = {}
        self._done: dict[str, int] = {}

    def __call__(self, event: Event) -> None:
        if isinstance(event, TaskStarted):
            self._totals = event.stages
            for stage, bar in self._bars.items():
                self._progress.update(bar, total=self._totals.get(stage, 1))
        elif isinstance(event, StageStart):
            self._bar(event.stage)
            self._progress.update(self._bars[event.stage], now=event.name.partition(":")[2])
        elif isinstance(event, StageComplete):
            self._bar(event.stage)
            self._progress.advance(self._bars[event.stage])
        elif isinstance(event, TaskCompleted | TaskFailed):
            self._stop()
            super().__call__(event)
        else:
            super().__call__(event)

    def _bar(self, stage: str) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        if self._progress is None:
            self._progress = Progress(
                SpinnerColumn(finished_text="✓"),
                TextColumn("{task.description:22}"),
                BarColumn(bar_width=30),
                MofNCompleteColumn(),
                TimeElapsedColumn(),
                TextColumn("[dim]{task.fields[now]}"),
                console=Console(stderr=True),
            )
            self._progress.start()
        if stage not in self._bars:
            self._bars[stage] = self._progress.add_task(_DOING[stage], total=self._totals.get(stage, 1), now="")

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


def _outcome(event: TaskCompleted | TaskFailed) -> str:
    counts = event.counts
    parts = [
        f"{number} {word}"
        for number, word in (
            (counts.made, "made"),
            (counts.restored, "restored"),
            (counts.unchanged, "unchanged"),
            (counts.failed, "failed"),
        )
        if number
    ]
    facts = f"{', '.join(parts) or 'nothing to do'} in {event.seconds:.1f} s"
    if isinstance(event, TaskCompleted):
        notes = f"; the checks found {event.errors} errors and {event.warnings} warnings" * bool(
            event.errors or event.warnings
        )
        if not counts.made and not counts.restored:
            return f"{event.project}: up to date ({facts}){notes}"
        return f"{event.project}: {facts}{notes}"
    if event.interrupted:
        return f"{event.project}: stopped ({facts}); what is finished stays: run it again to go on"
    return f"{event.project}: not finished ({facts}); run it again to make only what is missing"
