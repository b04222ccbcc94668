"""Ctrl-C and SIGTERM: a clean stop. What is finished stays, what is half-written goes."""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

from videogen.build.reporter import BuildReporter
from videogen.build.write import remove_unfinished
from videogen.model.errors import Exit


def stop_cleanly(reporter: BuildReporter) -> None:
    """Have the first Ctrl-C or SIGTERM end the process in order, with exit code 130.

    The state of every finished task is on disk already. Worker threads may be deep in an encoder or a voice,
    which nothing can interrupt: the process ends under them.
    """

    def stop(number: int, frame: Any) -> None:
        for handled in (signal.SIGINT, signal.SIGTERM):
            signal.signal(handled, signal.SIG_IGN)
        try:
            reporter.interrupt()
            remove_unfinished()
            sys.stdout.flush()
            sys.stderr.flush()
        finally:
            # the lock goes with the process; its holder's note stays, and has the next build sweep up what
            # other threads may have begun to write meanwhile
            os._exit(int(Exit.INTERRUPTED))

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
