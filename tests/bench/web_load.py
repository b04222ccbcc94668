"""A server under load: films asked for at once, many followers of each, the server killed and started again mid-way.

python tests/bench/web_load.py --films 8 --followers 50

Says whether every event came once and in order to each follower, how long `/api/health` took meanwhile, and what memory
the server took. Exit code 1 where anything was lost.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import http.client
import json
import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

sys.path.insert(0, str(Path(__file__).parents[1]))
from studio import long_project

HOST = "127.0.0.1"
EVERY = 0.02
"""Seconds between questions whether it lives."""


def main() -> int:
    """Put a server under load; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--films", type=int, default=8)
    parser.add_argument("--followers", type=int, default=50)
    parser.add_argument("--scenes", type=int, default=12, help="scenes of a film besides three")
    parser.add_argument("--no-kill", action="store_true", help="let the server live")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        return load(Path(folder), asked.films, asked.followers, asked.scenes, kill=not asked.no_kill)


def load(folder: Path, films: int, followers: int, scenes: int, *, kill: bool) -> int:
    """The whole run."""
    (folder / "projects").mkdir()
    for number in range(films):
        (folder / "projects" / f"talk-{number}.yaml").write_text(long_project(scenes))
    with closing(socket.create_server((HOST, 0))) as free:
        port = free.getsockname()[1]
    server = Server(folder, port)
    server.start()
    memory_before = server.memory()
    ended = multiprocessing.Event()
    told = multiprocessing.Queue()
    probe = multiprocessing.Process(target=probe_health, args=(port, ended, told), daemon=True)
    probe.start()
    begun = time.perf_counter()
    tasks = [post(port, {"project": f"talk-{number}"})["id"] for number in range(films)]
    peak = Peak(server)
    if kill:
        killer = threading.Thread(target=kill_midway, args=(server, folder, tasks[: films // 2]), daemon=True)
        killer.start()
    follows = [Follower(port, tasks[at % films]) for at in range(followers)]
    asyncio.run(follow_all(follows))
    seconds = time.perf_counter() - begun
    peak.stop()
    ended.set()
    latencies, failed = told.get(timeout=30)
    probe.join(10)
    memory_after = server.memory()
    statuses = [get(port, f"/api/tasks/{task}") for task in tasks]
    server.end()
    wrong = [problem for each in follows if (problem := each.problem(folder))]
    for problem in wrong[:10]:
        print(problem)
    done = sum(task["status"] == "completed" for task in statuses)
    attempts = max(task["attempt"] for task in statuses)
    events = sum(len(each.numbers) for each in follows)
    print(f"{os.cpu_count()} cores: {films} films of {scenes + 3} scenes asked for at once, {followers} followers")
    print(
        f"{done} of {films} completed in {seconds:.1f} s; server killed {server.killed} times, "
        f"{attempts} attempts at most"
    )
    print(
        f"{events} events told, {sum(each.again for each in follows)} connections made anew, "
        f"{len(wrong)} followers were told wrongly"
    )
    print(
        f"/api/health: {len(latencies)} times, median {1000 * share(latencies, 0.5):.1f} ms, "
        f"p99 {1000 * share(latencies, 0.99):.1f} ms, most {1000 * max(latencies):.1f} ms; "
        f"{failed} times nobody there while it was started again"
    )
    print(f"memory of the server: {memory_before} MB before, {peak.most} MB at most, {memory_after} MB after")
    return 1 if wrong or done < films else 0


def share(values: list[float], part: float) -> float:
    """The value that so large a part is not above."""
    return sorted(values)[min(int(len(values) * part), len(values) - 1)]


@dataclass
class Server:
    """A server that can be started again at its place."""

    folder: Path
    port: int
    killed: int = 0
    process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Start it, and wait until it answers."""
        environment = {**os.environ, "VIDEOGEN_CACHE_DIR": str(self.folder / "store")}
        command = [sys.executable, "-m", "videogen", "serve", "--port", str(self.port)]
        self.process = subprocess.Popen(
            command, cwd=self.folder, env=environment, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
        )
        assert self.process.stderr is not None
        line = self.process.stderr.readline()
        assert "http://" in line, line
        while not answers(self.port):
            time.sleep(0.01)

    def memory(self) -> int:
        """Megabytes that it holds."""
        assert self.process is not None
        return psutil.Process(self.process.pid).memory_info().rss >> 20

    def kill(self) -> None:
        """Kill it without a word."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()
        self.killed += 1

    def end(self) -> None:
        """End it in order."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)


class Peak:
    """The most memory that a server held."""

    def __init__(self, server: Server) -> None:
        self.most = 0
        self._server, self._ended = server, threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Look no more."""
        self._ended.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._ended.wait(0.1):
            with contextlib.suppress(psutil.Error):
                self.most = max(self.most, self._server.memory())


def kill_midway(server: Server, folder: Path, tasks: list[str]) -> None:
    """Kill the server when half of the films have begun, and start it again."""
    paths = [record(folder, task) for task in tasks]
    while not all(path.exists() and path.stat().st_size > 8000 for path in paths):
        time.sleep(0.05)
    server.kill()
    server.start()


def record(folder: Path, task: str) -> Path:
    """The record of a task."""
    return folder / "build" / ".tasks" / "events" / f"{task}.ndjson"


@dataclass
class Follower:
    """Follows a task as a browser does: comes back with the number of the last event when the connection is lost."""

    port: int
    task: str
    numbers: list[int] = field(default_factory=list)
    data: list[str] = field(default_factory=list)
    ended: str = ""
    again: int = -1

    async def follow(self) -> None:
        """Follow to the end."""
        while not self.ended:
            self.again += 1
            try:
                await self._read()
            except (OSError, asyncio.IncompleteReadError):
                await asyncio.sleep(0.1)

    async def _read(self) -> None:
        reader, writer = await asyncio.open_connection(HOST, self.port, limit=1 << 22)
        last = f"Last-Event-ID: {self.numbers[-1]}\r\n" if self.numbers else ""
        writer.write(
            f"GET /api/progress/{self.task} HTTP/1.1\r\nHost: {HOST}:{self.port}\r\n{last}"
            "Connection: close\r\n\r\n".encode()
        )
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            if b" 200 " not in head.split(b"\r\n")[0]:
                raise OSError(head.decode())
            async for event in events(reader):
                if event.get("event") == "end":
                    self.ended = json.loads(event["data"])["status"]
                    return
                if "id" in event:
                    self.numbers.append(int(event["id"]))
                    self.data.append(event["data"])
        finally:
            writer.close()

    def problem(self, folder: Path) -> str:
        """What it was told wrongly; "" for nothing."""
        known = record(folder, self.task).read_text(encoding="utf-8").splitlines()
        if self.numbers != list(range(1, len(known) + 1)):
            return f"{self.task}: numbers {self.numbers[:3]}…{self.numbers[-3:]} of {len(known)}"
        if self.data != known:
            return f"{self.task}: other events than the record has"
        return "" if self.ended == "completed" else f"{self.task}: {self.ended}"


async def events(reader: asyncio.StreamReader) -> Any:
    """The events of a stream that comes in chunks."""
    text, event = "", dict[str, str]()
    while True:
        size = int((await reader.readuntil(b"\r\n")).strip(), 16)
        if size == 0:
            return
        text += (await reader.readexactly(size + 2))[:-2].decode()
        *lines, text = text.split("\n")
        for line in lines:
            if line:
                name, _, value = line.partition(": ")
                event[name] = value
            else:
                yield event
                event = {}


async def follow_all(follows: list[Follower]) -> None:
    """All of them, to their ends."""
    await asyncio.gather(*(each.follow() for each in follows))


def probe_health(port: int, ended: Any, told: Any) -> None:
    """Ask again and again whether the server lives, on a new connection each time; tell how long that took."""
    latencies, failed = [], 0
    while not ended.is_set():
        begun = time.perf_counter()
        try:
            get(port, "/api/health")
            latencies.append(time.perf_counter() - begun)
        except (OSError, http.client.HTTPException):
            failed += 1
        time.sleep(EVERY)
    told.put((latencies, failed))


def answers(port: int) -> bool:
    """Whether a server is there."""
    try:
        return bool(get(port, "/api/health"))
    except OSError:
        return False


def get(port: int, path: str) -> Any:
    """What the server answers."""
    return _ask(port, "GET", path, None)


def post(port: int, asked: Any) -> Any:
    """Ask for a film."""
    return _ask(port, "POST", "/api/create", json.dumps(asked))


def _ask(port: int, method: str, path: str, body: str | None) -> Any:
    with closing(http.client.HTTPConnection(HOST, port, timeout=60)) as connection:
        connection.request(method, path, body, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        data = json.loads(answer.read())
        assert answer.status < 300, data
        return data


if __name__ == "__main__":
    sys.exit(main())
