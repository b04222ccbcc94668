"""A command that is run for a scene, so that what a film shows of it is what it does."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess

from videogen.model.errors import StageError

SECONDS = 120
"""A command that takes longer is stopped."""
MOST_BYTES = 200_000
"""Output beyond this is not kept: nobody could read it."""
_COLUMNS = 80


def run(command: str) -> str:
    """What a shell command prints, standard error with it, run in the working folder of 80 columns without a keyboard.

    Raises StageError when it fails or takes longer than SECONDS; nothing that it has begun is left running.
    """
    environment = {**os.environ, "COLUMNS": str(_COLUMNS), "LINES": "40", "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        command,
        shell=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=environment,
        start_new_session=True,
    )
    try:
        printed, _ = process.communicate(timeout=SECONDS)
    except subprocess.TimeoutExpired:
        raise StageError(
            f"the command `{command}` has not ended after {SECONDS} s", hint="show one that ends by itself"
        ) from None
    finally:
        _stop(process)
    text = printed[:MOST_BYTES].decode("utf-8", errors="replace").replace("\r\n", "\n")
    if process.returncode:
        last = next((line.strip() for line in reversed(text.splitlines()) if line.strip()), "it printed nothing")
        raise StageError(
            f"the command `{command}` failed with exit code {process.returncode}: {last[:200]}",
            hint="run it yourself; mend it, or change the scene",
        )
    return text


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the command and whatever it has begun."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):  # all of it has ended
            os.killpg(process.pid, signal.SIGKILL)
    elif process.poll() is None:
        process.kill()
    process.wait()
