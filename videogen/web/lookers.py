"""Processes that look at projects, warm: what draws is loaded, and what was drawn is remembered.

They are processes of their own because what they look at is a stranger's: confined (`VIDEOGEN_CONFINED`), ended where
it takes too long, and no server has to wait for it.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Hashable
from typing import IO, Any

from videogen.model.errors import ResourceError, from_dict
from videogen.tasks.confined import settings_of

COUNT = 2
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
        self._idle: queue.LifoQueue[_Looker] = queue.LifoQueue()
        self._all = [_Looker() for _ in range(count)]
        for each in self._all:
            self._idle.put(each)
        self._turns: dict[Hashable, int] = {}
        self._waiting = threading.BoundedSemaphore(count + MOST_WAITING)
        self._lock = threading.Lock()

    def ask(self, call: str, given: dict[str, Any], turn: Hashable | None = None) -> Any:
        """What a call of `looker` gives. Of those who wait with the same `turn` only the last is answered, the others
        are Superseded. Raises the PipelineError that it raises, and ResourceError where it takes too long, or too many
        wait."""
        if not self._waiting.acquire(blocking=False):
            raise ResourceError("too many look at projects just now", hint="ask again in a moment")
        number = self._take(turn)
        looker = self._idle.get()
        try:
            if turn is not None and self._turns.get(turn) != number:
                raise Superseded
            return looker.ask(call, {"output": self._output, **given}, SECONDS.get(call, USUAL))
        finally:
            self._idle.put(looker)
            self._waiting.release()
            with self._lock:
                if turn is not None and self._turns.get(turn) == number:
                    del self._turns[turn]

    def _take(self, turn: Hashable | None) -> int:
        with self._lock:
            number = self._turns.get(turn, 0) + 1
            if turn is not None:
                self._turns[turn] = number
            return number

    def prepare(self) -> None:
        """Begin one of the processes, if none runs: somebody is about to ask."""
        with contextlib.suppress(queue.Empty):
            looker = self._idle.get_nowait()
            try:
                looker.begin()
            finally:
                self._idle.put(looker)

    def close(self) -> None:
        """End the processes."""
        for each in self._all:
            each.end()


class _Looker:
    """One process. Used by one thread at a time, but for `end`."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def begin(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "videogen.web.looker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env={**os.environ, **settings_of(".")},
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
