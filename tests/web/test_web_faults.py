"""What goes wrong inside: it is said, nothing is lost, and the server goes on."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from studio import mounted, new_studio
from web.conftest import LONGEST, Serve, Server


def until(holds: Callable[[], bool]) -> None:
    deadline, never = time.monotonic() + LONGEST, threading.Event()
    while not holds():
        assert time.monotonic() < deadline, "it did not come about"
        never.wait(0.05)


def queue_of(server: Server) -> dict[str, object]:
    return next(each for each in server.get("/api/ready").json()["checks"] if each["name"] == "queue")


def test_the_queue_outlives_what_is_wrong_with_its_home(serve: Serve) -> None:
    server = serve()
    assert queue_of(server)["ok"]
    tasks = server.studio.folder / "build" / ".tasks"
    until(lambda: (tasks / "tasks.sqlite").exists())
    kept = tasks.with_name("kept")
    tasks.rename(kept)
    tasks.write_text("no folder")
    until(lambda: not queue_of(server)["ok"])
    assert server.get("/api/ready").status_code == 503
    assert server.post("/api/create", json={"project": "talk"}).status_code == 503
    assert server.get("/api/health").status_code == 200
    tasks.unlink()
    kept.rename(tasks)
    until(lambda: bool(queue_of(server)["ok"]))
    assert server.built(project="talk", draft=True)["progress"] == 1
    log = server.log.read_text()
    assert log.count("the queue cannot work") == 1
    assert "the queue goes on" in log
    assert "Traceback" not in log


FULL = """
import sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from studio import Studio
from web.conftest import serving
with serving(Studio(Path(".")), settings="least_free=0") as server:
    task = server.built(project="talk", draft=True)
    filled = Path("build/filled")
    try:
        with filled.open("wb", buffering=0) as file:
            while file.write(b"x" * 4096):
                pass
    except OSError:
        pass
    sent = server.post("/api/create", files={"file": ("note.md", b"# A note\\n" * 3000)})
    print(sent.status_code, sent.json()["error"])
    ready = server.get("/api/ready")
    print(ready.status_code, {each["name"]: each["ok"] for each in ready.json()["checks"]})
    print(server.get("/api/health").status_code)
    filled.unlink()
    print(server.built(project="talk")["status"])
"""


@pytest.mark.skipif(sys.platform != "linux", reason="needs a file system of its own")
def test_a_full_disk_is_said_and_what_waits_goes_on_when_there_is_room(tmp_path: Path) -> None:
    studio = new_studio(tmp_path / "full")
    program = studio.folder / "full.py"
    program.write_text(FULL)
    tests = str(Path(__file__).parents[1])
    done: subprocess.CompletedProcess[str] = mounted(
        studio,
        'mkdir build; mount -t tmpfs -o size=6m tmpfs build; exec "$1" full.py "$2"',
        sys.executable,
        tests,
    )
    assert done.returncode == 0, done.stderr
    sent, ready, health, built = done.stdout.splitlines()
    assert sent == "503 the disk is full"
    assert ready.startswith("503")
    assert health == "200"
    assert built == "completed"
