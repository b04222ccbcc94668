"""The processes that build tasks: whether one lives, what it takes, how it is ended."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Sequence

import psutil

from videogen.model.errors import ValidationError
from videogen.model.task import Task

_SAME = 1.0
"""Seconds by which two readings of when a process began may differ."""
PATIENCE = 10.0
"""Seconds that a build may take to end in order before it is killed."""
_LOOK = 0.02


def identity(pid: int) -> tuple[int, float] | None:
    """Number and beginning (seconds since the epoch) of a process, which together are its own for ever; None where
    there is none."""
    try:
        return pid, psutil.Process(pid).create_time()
    except psutil.Error:
        return None


def lives(task: Task) -> bool:
    """Whether the process that builds a task is there: a number alone may have gone to another one since."""
    return _process(task) is not None


def memory_of(pid: int) -> int:
    """Bytes of memory that a process and those it began take."""
    taken = 0
    with contextlib.suppress(psutil.Error):
        process = psutil.Process(pid)
        for each in [process, *process.children(recursive=True)]:
            with contextlib.suppress(psutil.Error):
                taken += each.memory_info().rss
    return taken


def end(task: Task, patience: float = PATIENCE) -> bool:
    """End the process of a task, and every one that it began; whether there was one. It may first put away what is
    half-made. Raises ValidationError for the process that asks: it would end with all that it minds."""
    process = _process(task)
    if process is None:
        return False
    if process.pid == os.getpid():
        raise ValidationError(f"{task.id} is built by the process that is to end it", hint="end that process")
    with contextlib.suppress(psutil.Error):
        begun = process.children(recursive=True)
        process.terminate()
        _wait([process], patience)
        left = [each for each in [process, *begun] if _runs(each)]
        for each in left:
            with contextlib.suppress(psutil.Error):
                each.kill()
        _wait(left, patience)
    return True


def _runs(process: psutil.Process) -> bool:
    """Whether a process is still there. One that has ended and that its parent has not asked about yet is not."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


def _wait(processes: Sequence[psutil.Process], patience: float) -> None:
    """Wait so many seconds until none of them runs."""
    until = time.monotonic() + patience
    while any(map(_runs, processes)) and time.monotonic() < until:
        time.sleep(_LOOK)


def _process(task: Task) -> psutil.Process | None:
    if task.pid is None or task.pid_started is None:
        return None
    try:
        process = psutil.Process(task.pid)
        if abs(process.create_time() - task.pid_started) > _SAME or process.status() == psutil.STATUS_ZOMBIE:
            return None
    except psutil.Error:
        return None
    return process
