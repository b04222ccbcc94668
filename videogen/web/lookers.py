"""Processes that look at projects, warm: what draws is loaded, and what was drawn is remembered.

They are processes of their own because what they look at is a stranger's: confined (`VIDEOGEN_CONFINED`), ended where
it takes too long, and no server has to wait for it.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Hashable
from typing import IO, Any

from videogen.model.errors import ResourceError, from_dict
from videogen.tasks.confined import settings_of
from videogen.web.rates import too_many

COUNT = 2
EACH = 6
"""What one client may have looked at or wait for at once."""
MOST_WAITING = 12
"""Who asks while so many wait is sent away: no other request may have to wait for them."""
SECONDS = {"voice": 120.0}
"""What a call may take; any other `USUAL`."""
USUAL = 30.0


class Superseded(Exception):
    """The same client has asked for something newer before it was this one's turn."""


class Lookers:
    """A few processes, begun when they are first needed. From any thread. `output` is the folder of all builds."""

    def __init__(self, output: str, count: int = COUNT) -> None:
        self._output = output
        self._all = [_Looker() for _ in range(count)]
        self._idle = [*self._all]
        self._turns: dict[Hashable, int] = {}
        self._numbers = itertools.count(1)
        self._waiting: Counter[str] = Counter()
        self._running: Counter[str] = Counter()
        self._changed = threading.Condition()

    def ask(self, call: str, given: dict[str, Any], client: str = "", turn: Hashable | None = None) -> Any:
        """What a call of `looker` gives to a client. Of those who wait with the same `turn` only the last is answered,
        the others are Superseded. Raises the PipelineError that it raises, ResourceError where it takes too long or too
        many wait, and TooMany where the client asks for too much at once."""
        looker = self._taken(client, turn)
        try:
            return looker.ask(call, {"output": self._output, **given}, SECONDS.get(call, USUAL))
        finally:
            with self._changed:
                self._running[client] -= 1
                self._give_back(looker)

    def _taken(self, client: str, turn: Hashable | None) -> _Looker:
        """A process that is idle, once it is the client's turn."""
        with self._changed:
            replaces = turn in self._turns  # somebody who waits, and whose place this is from here on
            if not replaces and self._waiting[client] + self._running[client] >= EACH:
                raise too_many(2)
            if not replaces and self._waiting.total() + self._running.total() >= len(self._all) + MOST_WAITING:
                raise ResourceError("too many look at projects just now", hint="ask again in a moment")
            number = next(self._numbers)
            if turn is not None:
                self._turns[turn] = number
                self._changed.notify_all()
            self._waiting[client] += not replaces
            try:
                self._changed.wait_for(lambda: self._is_old(turn, number) or self._is_turn_of(client))
                if self._is_old(turn, number):
                    raise Superseded
                self._running[client] += 1
                return self._idle.pop()
            finally:
                if not self._is_old(turn, number):
                    self._waiting[client] -= 1
                    self._turns.pop(turn, None)
                self._changed.notify_all()

    def _is_old(self, turn: Hashable | None, number: int) -> bool:
        return turn is not None and self._turns.get(turn) != number

    def _is_turn_of(self, client: str) -> bool:
        """Whether there is a process for a client: who has one waits for who has none."""
        others = (each for each, count in self._waiting.items() if count and each != client)
        return bool(self._idle) and (not self._running[client] or all(self._running[each] for each in others))

    def _give_back(self, looker: _Looker) -> None:
        for counted in (self._waiting, self._running):
            for each in [each for each, count in counted.items() if not count]:
                del counted[each]
        self._idle.append(looker)
        self._changed.notify_all()

    def prepare(self) -> None:
        """Begin one of the processes, if none runs: somebody is about to ask."""
        with self._changed:
            if self._idle:
                self._idle[-1].begin()

    def close(self) -> None:
        """End the processes."""
        for each in self._all:
            each.end()


class _Looker:
    """One process. Used by one thread at a time, but for `end`."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._scratch: tempfile.TemporaryDirectory[str] | None = None

    def begin(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.end()
            # made and removed here, because a process that is killed leaves what it has made
            self._scratch = tempfile.TemporaryDirectory(prefix="videogen-", ignore_cleanup_errors=True)
            self._process = subprocess.Popen(
                [sys.executable, "-m", "videogen.web.looker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env={**os.environ, **settings_of("."), "TMPDIR": self._scratch.name},
            )
        return self._process

    def ask(self, call: str, given: dict[str, Any], seconds: float) -> Any:
        process = self.begin()
        late = threading.Event()

        def stop() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(seconds, stop)
        timer.daemon = True
        timer.start()
        try:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(json.dumps({"call": call, **given}).encode() + b"\n")
            process.stdin.flush()
            answer = _answer(process.stdout)
        except (OSError, ValueError):
            answer = None
        finally:
            timer.cancel()
        if answer is None:
            self.end()
            why = f"has taken longer than {seconds:g} s" if late.is_set() else "came to no end"
            raise ResourceError(f"looking at this project {why}", hint="make it simpler, or build it as it is")
        if "error" in answer:
            raise from_dict(answer["error"])
        return answer["value"]

    def end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    with contextlib.suppress(OSError):
                        pipe.close()
        scratch, self._scratch = self._scratch, None
        if scratch is not None:
            scratch.cleanup()


def _answer(pipe: IO[bytes]) -> dict[str, Any] | None:
    """A line of JSON, and so many bytes after it as it says; None where the process ended."""
    line = pipe.readline()
    if not line.endswith(b"\n"):
        return None
    told = json.loads(line)
    if "bytes" not in told:
        return told
    data = pipe.read(told["bytes"])
    return {"value": data} if len(data) == told["bytes"] else None
