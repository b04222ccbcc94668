"""Files that are either whole or not there."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import tempfile
import threading
from collections.abc import Iterator

from videogen.model.errors import ResourceError, Where

TEMPORARY = ".videogen-"
"""Prefix of the folders of temporary files: whatever bears it is rubbish once no build runs."""

FULL = "the disk is full"
_FULL = (errno.ENOSPC, errno.EDQUOT)
_open: set[str] = set()
_lock = threading.RLock()  # a signal may come while its own thread holds it


@contextlib.contextmanager
def replacing(path: str) -> Iterator[str]:
    """Yield a temporary path beside `path`; on success it replaces `path` in one step, on failure it goes.

    Raises ResourceError when the disk is full or may not be written. Any other error of what happens inside, such
    as of reading an input, passes as it is.
    """
    folder, name = os.path.split(path)
    try:
        with _lock:
            os.makedirs(folder or ".", exist_ok=True)
            own = tempfile.mkdtemp(prefix=TEMPORARY, dir=folder or ".")
            _open.add(own)
    except OSError as error:
        raise unwritable(error, path) from error
    temporary = os.path.join(own, name)
    try:
        yield temporary
        os.replace(temporary, path)
    except OSError as error:
        if error.errno in _FULL or _is_about(error, temporary):
            raise unwritable(error, path) from error
        raise
    finally:
        shutil.rmtree(own, ignore_errors=True)
        with _lock:
            _open.discard(own)


def write_bytes(path: str, data: bytes) -> None:
    """Write a whole file or leave what was there. Raises ResourceError."""
    with replacing(path) as temporary, open(temporary, "wb") as file:
        file.write(data)


def write_if_changed(path: str, data: bytes) -> bool:
    """Write a whole file unless it holds just that already. Returns whether it wrote."""
    try:
        with open(path, "rb") as file:
            if file.read() == data:
                return False
    except OSError:
        pass  # not there, or not readable: writing says what is wrong
    write_bytes(path, data)
    return True


def remove_unfinished() -> None:
    """Remove the temporary files of this process, and have it begin no more: for a build that stops in the middle.

    Other threads may be at work: one that comes to write waits for ever, one that is about to open its file finds
    the folder gone.
    """
    _lock.acquire()
    for own in _open:
        gone = f"{own}-gone"
        with contextlib.suppress(OSError):
            os.rename(own, gone)
        shutil.rmtree(gone, ignore_errors=True)


def sweep(folder: str) -> int:
    """Remove temporary files that a killed build left below `folder`. Returns how many folders of them there were."""
    removed = 0
    for here, folders, _ in os.walk(folder):
        for name in [name for name in folders if name.startswith(TEMPORARY)]:
            shutil.rmtree(os.path.join(here, name), ignore_errors=True)
            folders.remove(name)
            removed += 1
    return removed


def _is_about(error: OSError, temporary: str) -> bool:
    """Whether an error names the temporary file or a folder on the way to it."""
    named = os.fspath(error.filename) if isinstance(error.filename, str) else ""
    return bool(named) and (temporary == named or temporary.startswith(named + os.sep))


def unwritable(error: Exception, path: str) -> ResourceError:
    """What to say of an error of the system's, or of sqlite's, that kept `path` from being written."""
    reason = (getattr(error, "strerror", None) or str(error)).lower()
    if getattr(error, "errno", None) in _FULL or "full" in reason or (reason == "disk i/o error" and _no_room(path)):
        return ResourceError(FULL, where=Where(path), hint="free some space and run again")
    hint = "see that no other build runs" if "locked" in reason else "check the folder's permissions"
    return ResourceError(f"cannot write: {reason}", where=Where(path), hint=hint)


def _no_room(path: str) -> bool:
    # sqlite calls it an I/O error where it has no room for the index of its log, which is 32 kB
    try:
        return shutil.disk_usage(os.path.dirname(path) or ".").free < 1 << 16
    except OSError:
        return False
