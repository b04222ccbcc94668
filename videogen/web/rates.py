"""How much one client may ask for: a bucket of tokens each, filled as time goes by."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable

from videogen.web.errors import TooMany
from videogen.web.settings import Rate

_CLIENTS = 10_000
"""Clients that are remembered; of more, those that asked longest ago are forgotten."""


class Bucket:
    """A rate, kept for each client apart. For the event loop's thread only.

    >>> now = iter([0.0, 0.0, 0.0, 2.0]).__next__
    >>> bucket = Bucket(Rate(2, 0.5), now)
    >>> [bucket.wait("ada") for _ in range(4)]
    [0.0, 0.0, 2.0, 0.0]
    """

    def __init__(self, rate: Rate, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate, self._clock = rate, clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, client: str) -> float:
        """Seconds that a client has to wait for its turn; 0 where this is it."""
        left, moment = self._now(client)
        granted = left >= 1
        self._left.pop(client, None)
        self._left[client] = (left - 1 if granted else left, moment)
        while len(self._left) > _CLIENTS:
            self._left.popitem(last=False)
        return 0.0 if granted else (1 - left) / self._rate.per_second

    def dry(self, client: str) -> float:
        """Seconds that a client would have to wait for its turn, which it does not take."""
        left, _ = self._now(client)
        return 0.0 if left >= 1 else (1 - left) / self._rate.per_second

    def _now(self, client: str) -> tuple[float, float]:
        moment = self._clock()
        left, since = self._left.get(client, (self._rate.burst, moment))
        return min(self._rate.burst, left + (moment - since) * self._rate.per_second), moment

    def take(self, client: str) -> None:
        """Take a turn. Raises TooMany."""
        if seconds := self.wait(client):
            raise too_many(seconds)


class Places:
    """Places that each client has so many of at once."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._taken: dict[str, int] = {}

    def take(self, client: str) -> None:
        """Take a place, which is to be left. Raises TooMany."""
        taken = self._taken.get(client, 0)
        if taken >= self._most:
            raise too_many(5)
        self._taken[client] = taken + 1

    def leave(self, client: str) -> None:
        """Leave a place that was taken."""
        left = self._taken.pop(client) - 1
        if left:
            self._taken[client] = left


def too_many(seconds: float) -> TooMany:
    """The refusal, with the seconds to wait."""
    whole = max(math.ceil(seconds), 1)
    return TooMany("too many requests", hint=f"wait {whole} s", details={"seconds": whole})
