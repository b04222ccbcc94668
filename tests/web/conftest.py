"""A real server in a folder of its own, and real HTTP."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from studio import Studio, new_studio
from web.browser import chromium, complaints, open_page

__all__ = ["chromium", "complaints", "open_page"]  # fixtures
LONGEST = 120.0
JSON = {"Content-Type": "application/json"}


@dataclass
class Server:
    """A server that runs in a studio."""

    studio: Studio
    process: subprocess.Popen[str]
    url: str
    log: Path
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def port(self) -> int:
        return int(self.url.rstrip("/").rpartition(":")[2])

    def client(self, **headers: str) -> httpx.Client:
        """A client; no proxy of the environment comes between."""
        return httpx.Client(base_url=self.url, headers={**self.headers, **headers}, timeout=LONGEST, trust_env=False)

    def get(self, path: str, **more: Any) -> httpx.Response:
        with self.client() as client:
            return client.get(path, **more)

    def post(self, path: str, **more: Any) -> httpx.Response:
        with self.client() as client:
            return client.post(path, **more)

    def create(self, **asked: Any) -> dict[str, Any]:
        """Ask for a film; returns the task."""
        answer = self.post("/api/create", json=asked)
        assert answer.status_code == 201, answer.text
        return answer.json()

    def follow(self, task: str, after: int | None = None) -> list[dict[str, Any]]:
        """Everything that a task tells until it ends, as `id`, `event` and `data`."""
        return list(self.events(task, after))

    def events(self, task: str, after: int | None = None) -> Iterator[dict[str, Any]]:
        headers = {} if after is None else {"Last-Event-ID": str(after)}
        with self.client() as client, client.stream("GET", f"/api/progress/{task}", headers=headers) as answer:
            assert answer.status_code == 200, answer.read()
            yield from parsed(answer.iter_lines())

    def ended(self, task: str) -> dict[str, Any]:
        """The task, once it has ended or is paused."""
        return self.follow(task)[-1]["data"]

    def built(self, **asked: Any) -> dict[str, Any]:
        """A task that is completed."""
        task = self.ended(self.create(**asked)["id"])
        assert task["status"] == "completed", task["error"]
        return task

    def end(self, how: signal.Signals = signal.SIGTERM) -> int:
        """End the server; returns its exit code."""
        self.process.send_signal(how)
        return self.process.wait(LONGEST)


def parsed(lines: Iterator[str]) -> Iterator[dict[str, Any]]:
    """The events of a stream, as its standard has them (WHATWG HTML, 9.2.6)."""
    event: dict[str, Any] = {}
    for line in lines:
        if not line:
            if "data" in event:
                yield {**event, "data": json.loads(event["data"])}
            event = {}
        elif not line.startswith(":"):
            name, _, value = line.partition(":")
            event[name] = int(value) if name == "id" else value.removeprefix(" ")


Serve = Callable[..., Server]
_SET_UP = """
import sys
from videogen.web.serve import run
from videogen.web.settings import Rate, Settings
sys.exit(run(Settings({}), 0, lambda address: print(address, file=sys.stderr, flush=True)))
"""


@contextlib.contextmanager
def serving(studio: Studio, *options: str, token: str = "", settings: str = "", **environment: str) -> Iterator[Server]:
    """A server of a studio while the block runs; its builds are ended with it. `settings` are arguments of `Settings`,
    for those that no option sets."""
    log = studio.folder / "serve.log"
    command = [sys.executable, "-m", "videogen", "serve", "--port", "0", *options]
    if settings:
        command = [sys.executable, "-c", _SET_UP.format(settings)]
    with log.open("a") as written:
        process = subprocess.Popen(
            command,
            cwd=studio.folder,
            env={**studio.environment(), **environment},
            stdout=written,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert process.stderr is not None
        said = process.stderr.readline()
        found = re.search(r"http://\S+", said)
        assert found, said + process.stderr.read()
        copier = threading.Thread(target=_copy, args=(process.stderr, log), daemon=True)
        copier.start()
        server = Server(studio, process, re.sub(r"//[^/]*:", "//127.0.0.1:", found[0]), log)
        if token:
            server.headers["Authorization"] = f"Bearer {token}"
        try:
            yield server
        finally:
            if process.poll() is None:
                process.kill()
            process.wait(LONGEST)
            _end_builds(studio)
            copier.join(LONGEST)
            process.stderr.close()


def _copy(stream: Any, log: Path) -> None:
    with log.open("a") as file:
        for line in stream:
            file.write(line)
            file.flush()


def _end_builds(studio: Studio) -> None:
    """End the builds that outlive a server: those whose working folder is the studio's."""
    import psutil

    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if "videogen.tasks.worker" in process.cmdline() and process.cwd() == os.path.realpath(studio.folder):
                process.kill()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server for tests that leave it as it was but for tasks of their own."""
    with serving(new_studio(tmp_path_factory.mktemp("web") / "studio")) as found:
        yield found


@pytest.fixture(scope="session")
def talk(server: Server) -> dict[str, Any]:
    """A task of the server's that is completed, with its film."""
    return server.built(project="talk")


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """Starts a server with options, in a new studio or in one that there is."""
    with contextlib.ExitStack() as stack:

        def start(*options: str, studio: Studio | None = None, **more: str) -> Server:
            return stack.enter_context(serving(studio or new_studio(tmp_path / "web"), *options, **more))

        yield start
