"""Ctrl-C and SIGTERM: a clean stop. What is finished stays, what is half-written goes."""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

from videogen.build.lock import ProjectLock
from videogen.build.reporter import BuildReporter
from videogen.build.write import remove_unfinished
from videogen.model.errors import Exit


def stop_cleanly(reporter: BuildReporter, lock: ProjectLock) -> None:
    """Have the first Ctrl-C or SIGTERM end the process in order, with exit code 130.

    The state of every finished task is on disk already. Worker threads may be deep in an encoder or a voice,
    which nothing can interrupt: the process ends under them.
    """

    def stop(number: int, frame: Any) -> None:
        for handled in (signal.SIGINT, signal.SIGTERM):
            signal.signal(handled, signal.SIG_IGN)
        reporter.interrupt()
        remove_unfinished()
        lock.release()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(int(Exit.INTERRUPTED))

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
