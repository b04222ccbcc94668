"""On what terms a build is made: whether it may ask and speak, and what that may cost."""

from __future__ import annotations

import threading
from typing import NamedTuple


class Budget:
    """US dollars that the asking of one build may cost, together; None: nobody says."""

    def __init__(self, most: float | None = None) -> None:
        self.most = most
        self._spent = 0.0
        self._lock = threading.Lock()

    def cap(self, own: float | None) -> float | None:
        """What one answer may cost that may cost `own` by itself."""
        if self.most is None:
            return own
        with self._lock:
            left = max(self.most - self._spent, 0.0)
        return left if own is None else min(own, left)

    def spend(self, cost: float | None) -> None:
        """Note what one answer did cost."""
        with self._lock:
            self._spent += cost or 0.0


class Terms(NamedTuple):
    """Asked for on the command line; nothing of it decides what is made."""

    frozen: bool = False
    """Nobody is asked and nothing is spoken: what would have to be is an error."""
    budget: Budget | None = None


PLAIN = Terms()
"""Where nobody asked for any."""
