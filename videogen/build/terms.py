"""On what terms a build is made: whether it may ask and speak, and what that may cost."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple


class Budget:
    """US dollars that the asking of one build may cost, together; None: nobody says."""

    def __init__(self, most: float | None = None) -> None:
        self.most = most
        self._spent = 0.0
        self._lock, self._turn = threading.Lock(), threading.Lock()

    @contextmanager
    def asking(self, own: float | None) -> Iterator[float | None]:
        """While somebody is asked: what that may cost, where it may cost `own` by itself.

        Where there is a bound, one is asked after the other: nobody knows what an answer costs before it is there.
        """
        if self.most is None:
            yield own
            return
        with self._turn:
            left = max(self.most - self._spent, 0.0)
            yield left if own is None else min(own, left)

    def spend(self, cost: float | None) -> None:
        """Note what one answer did cost, of use or not."""
        with self._lock:
            self._spent += cost or 0.0


class Terms(NamedTuple):
    """Asked for on the command line; nothing of it decides what is made."""

    frozen: bool = False
    """Nobody is asked and nothing is spoken: what would have to be is an error."""
    budget: Budget | None = None


PLAIN = Terms()
"""Where nobody asked for any."""
