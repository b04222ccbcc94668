"""A command that is run for a scene, so that what a film shows of it is what it does."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import threading
import time

from videogen.model.allowed import confined
from videogen.model.errors import StageError

SECONDS = 120
"""A command that takes longer is stopped."""
MOST_BYTES = 200_000
"""A command that prints more is stopped: nobody could read it."""
_COLUMNS = 80
_SECRET = re.compile(r"TOKEN|SECRET|PASSW|PASSPHRASE|CREDENTIAL|(API|ACCESS|PRIVATE|SIGNING)_?KEY", re.IGNORECASE)

_running: set[subprocess.Popen[bytes]] = set()
_lock = threading.RLock()  # a signal may come while its own thread holds it
_stopping = threading.Event()


def run(command: str, seconds: float = SECONDS) -> str:
    """What a shell command prints, standard error with it, run in the working folder of 80 columns without a keyboard.

    It is given no variable of the environment whose name says that it is a secret. Raises StageError where projects are
    strangers', when it fails, prints more than MOST_BYTES or takes longer than `seconds`; nothing that it has begun is
    left running.
    """
    if confined():
        raise StageError(
            f"the command `{command}` is not run: what comes from the web runs nothing",
            hint="where it is trusted, `video-gen create` runs it, and what it prints is kept",
        )
    kept = {name: value for name, value in os.environ.items() if not _SECRET.search(name)}
    with _lock:
        if _stopping.is_set():
            raise StageError(f"the command `{command}` was not begun: the build is being stopped")
        process = subprocess.Popen(
            command,
            shell=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={**kept, "COLUMNS": str(_COLUMNS), "LINES": "40", "PYTHONUNBUFFERED": "1"},
            start_new_session=True,
        )
        _running.add(process)
    try:
        printed = _printed(process, seconds)
    finally:
        _stop(process)
        process.wait()
        with _lock:
            _running.discard(process)
    if printed is None:
        raise StageError(
            f"the command `{command}` has not ended after {seconds} s", hint="show one that ends by itself"
        )
    if len(printed) > MOST_BYTES:
        raise StageError(
            f"the command `{command}` prints more than {MOST_BYTES:,} bytes", hint="pipe it through `head` or `tail`"
        )
    text = printed.decode("utf-8", errors="replace").replace("\r\n", "\n")
    if process.returncode:
        last = next((line.strip() for line in reversed(text.splitlines()) if line.strip()), "it printed nothing")
        raise StageError(
            f"the command `{command}` failed with exit code {process.returncode}: {last[:200]}",
            hint="run it yourself; mend it, or change the scene",
        )
    return text


def _printed(process: subprocess.Popen[bytes], seconds: float) -> bytes | None:
    """What a command prints until it ends, or the first of what is too much; None when it takes too long."""
    assert process.stdout is not None
    deadline, stdout, pieces = time.monotonic() + seconds, process.stdout, list[bytes]()

    def read() -> None:
        with stdout:
            pieces.append(stdout.read(MOST_BYTES + 1))

    # a thread, for what has left the command's group may keep the pipe open for ever
    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    reader.join(seconds)
    if reader.is_alive():
        return None
    if len(pieces[0]) <= MOST_BYTES:
        try:
            process.wait(max(deadline - time.monotonic(), 0))
        except subprocess.TimeoutExpired:
            return None
    return pieces[0]


def stop_all() -> None:
    """End every command that is running, and begin no other: for a build that is stopped in the middle."""
    with _lock:
        _stopping.set()
        for process in _running:
            _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End a command and whatever it has begun."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):  # all of it has ended
            os.killpg(process.pid, signal.SIGKILL)
    elif process.poll() is None:
        process.kill()
