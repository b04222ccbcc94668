"""Ctrl-C, SIGTERM and a closed terminal: a clean stop. What is finished stays, what is half-written goes."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from typing import Any, NoReturn

from videogen.build.capture import stop_all
from videogen.build.reporter import BuildReporter
from videogen.build.write import remove_unfinished
from videogen.model.errors import Exit, PipelineError

_STOPS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


def die_with_the_reader() -> None:
    """Have a command that only tells end, as others do, when nobody reads any more: `doit list | head`."""
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)


_reporters: list[BuildReporter] = []
"""That of the build of this process."""


def stop_cleanly(reporter: BuildReporter) -> None:
    """Have the first Ctrl-C, SIGTERM or SIGHUP end the process in order, with exit code 130.

    The state of every finished task is on disk already. Worker threads may be deep in an encoder or a voice,
    which nothing can interrupt: the process ends under them.
    """
    _reporters[:] = [reporter]

    def stop(number: int, frame: Any) -> None:
        for handled in _STOPS:
            signal.signal(handled, signal.SIG_IGN)
        _end(reporter.interrupt, Exit.INTERRUPTED)

    for number in _STOPS:
        # `nohup` has it ignored, so that the build outlives its terminal
        if number == signal.SIGINT or signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, stop)


def stop_for(error: PipelineError) -> None:
    """End the process in order, as a signal does, for an error that no target is to blame for. For any thread."""
    if _reporters:
        reporter = _reporters[0]
        _end(lambda: reporter.give_up(error), error.exit_code)


def _end(tell: Callable[[], None], code: Exit) -> NoReturn:
    try:
        try:
            stop_all()
            remove_unfinished()
            tell()  # last: the terminal may be gone
        except Exception as error:
            # a signal comes at any moment, also within a write or a listener: that it came is told past all of them
            os.write(2, f"\nstopped; run it again to go on ({error!r})\n".encode())
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        # the lock goes with the process; its holder's note stays, and has the next build sweep up what
        # other threads may have begun to write meanwhile
        os._exit(int(code))
