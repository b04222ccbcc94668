"""What can be done with a task. Everything is told by its state in the repository: no process has to be asked.

>>> import tempfile
>>> from videogen.model.task import InputConfig
>>> home = Home(tempfile.mkdtemp())
>>> task = submit(home, InputConfig(source="README.md"), user="ada")
>>> task.status, cancel(home, task.id).status
('pending', 'cancelled')
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

from videogen.build.write import write_bytes
from videogen.model.errors import ResourceError, ValidationError
from videogen.model.task import ENDED, InputConfig, Task, moved, new_task, now
from videogen.tasks.audit import EventType, entry, note
from videogen.tasks.home import Home
from videogen.tasks.limits import Limits
from videogen.tasks.processes import PATIENCE, end, identity, lives
from videogen.tasks.record import clear_wish
from videogen.tasks.stages import read_events
from videogen.tasks.versions import drop

RETENTION = timedelta(days=30)
"""How long a task that has ended is kept."""


def submit(home: Home, asked: InputConfig, user: str = "", **metadata: str) -> Task:
    """Ask for a build; it waits for its turn."""
    task = new_task(asked, user, **metadata)
    home.repository().save(task)
    note(home.audit, entry(task, "created"))
    return task


_begun: list[subprocess.Popen[bytes]] = []
"""Processes of which this one has to take leave when they have ended; they outlive it."""


def start(home: Home, task_id: str, limits: Limits | None = None) -> bool:
    """Begin a process that builds a task which waits; False where another was quicker, and where none can be begun:
    then the task has failed. What it prints is kept beside the record of the task."""
    reap()
    if not claim(home, task_id):
        return False
    events = home.events(task_id)
    command = [sys.executable, "-m", "videogen.tasks.worker", home.folder, home.backend, task_id]
    if limits is not None:
        command.append(limits.model_dump_json())
    try:
        os.makedirs(os.path.dirname(events), exist_ok=True)
        with open(f"{events.removesuffix('.ndjson')}.log", "ab") as log:
            # a session of its own: Ctrl-C in the terminal of a server is not meant for its builds
            begun = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)
    except OSError as system:
        error = ResourceError(f"its process could not be begun: {system.strerror}", hint="resume it when there is room")
        failed = home.repository().change(task_id, lambda task: moved(task, "failed", error=error.to_dict()))
        note(home.audit, entry(failed, "failed", error=error.message))
        return False
    _begun.append(begun)
    _hand_over(home, task_id, begun.pid)
    return True


def _hand_over(home: Home, task_id: str, to: int) -> None:
    """Have a task that was claimed here be that of another process, which may die before it says so itself."""

    def given(task: Task) -> Task:
        there = identity(to)
        ours = task.status == "running" and task.pid == os.getpid()
        change = {"pid": to, "pid_started": there[1] if there else 0.0}
        return task.model_copy(update=change) if ours else task

    home.repository().change(task_id, given)


def claim(home: Home, task_id: str) -> bool:
    """Take it on to build a task which waits, in this process or in one that it begins; False where another was
    quicker."""
    here = identity(os.getpid())
    claimed: list[bool] = []

    def take(task: Task) -> Task:
        if task.status != "pending":
            return task
        claimed.append(True)
        return moved(task, "running", pid=here[0] if here else None, pid_started=here[1] if here else None)

    home.repository().change(task_id, take)
    if claimed:
        clear_wish(home, task_id)
    return bool(claimed)


def reap() -> None:
    """Take leave of the processes that were begun here and have ended."""
    _begun[:] = [process for process in _begun if process.poll() is None]


def pause(home: Home, task_id: str) -> Task:
    """Have a task begin nothing more: at once where it waits, else when what is being made is made, which is not waited
    for. Raises ValidationError for one that has ended, also by the death of its process."""
    recover(home)

    def wish(task: Task) -> Task:
        if task.status == "running":
            write_bytes(home.wish(task_id), b"pause")
            return task
        return moved(task, "paused")

    task = home.repository().change(task_id, wish)
    if task.status == "paused":
        note(home.audit, entry(task, "paused"))
    return task


def resume(home: Home, task_id: str, user: str = "") -> Task:
    """Have a task that is paused, failed or cancelled wait for its turn again. What is made is not made again."""
    before: list[EventType] = []

    def wait(task: Task) -> Task:
        before.append("retried" if task.status == "failed" else "resumed")
        return moved(task, "pending")

    clear_wish(home, task_id)
    task = home.repository().change(task_id, wait)
    if task.attempt == 0 or before[0] == "retried":
        note(home.audit, entry(task, before[0], user))
    return task


def cancel(home: Home, task_id: str, user: str = "", patience: float = PATIENCE) -> Task:
    """End a task, and its processes; what is half-made goes, what is made stays. Raises ValidationError for one that
    has ended already."""
    repository = home.repository()
    task = repository.load(task_id)
    if task.status == "running":
        write_bytes(home.wish(task_id), b"cancel")
        end(task, patience)
    was_running = task.status == "running"

    def cancelled(found: Task) -> Task:
        # its process may have noted it as its last act, and somebody may have gone on with it already
        gone_on = found.status == "pending" or found.attempt != task.attempt
        return found if was_running and (found.status == "cancelled" or gone_on) else moved(found, "cancelled")

    left = repository.change(task_id, cancelled)
    clear_wish(home, task_id)
    if task.status != "running" or not _noted(task, left):
        note(home.audit, entry(left, "cancelled", user))
    return left


def recover(home: Home) -> list[Task]:
    """Find tasks whose process is gone though they are said to run: they failed, and can be resumed."""
    repository, found = home.repository(), list[Task]()
    error = ResourceError("its process ended before it was done", hint="resume it: what is made is not made again")

    def orphaned(task: Task) -> Task:
        return task if task.status != "running" or lives(task) else moved(task, "failed", error=error.to_dict())

    for task in repository.list("running", limit=None):
        if not lives(task):
            left = repository.change(task.id, orphaned)
            if left.status == "failed":
                note(home.audit, entry(left, "failed", error=error.message))
                found.append(left)
    return found


def next_of(pending: Sequence[Task], running: Sequence[Task]) -> Task | None:
    """Whose turn it is: of the users who have the fewest running, the one whose task has waited longest."""
    busy = Counter(task.user for task in running)
    return min(pending, key=lambda task: (busy[task.user], task.updated_at, task.id), default=None)


def cleanup(home: Home, older: timedelta = RETENTION, *, videos: bool = False, user: str = "") -> list[Task]:
    """Forget tasks that ended longer ago, with their records and what their builds made that no later task of the same
    project needs; the films themselves, with what belongs to them, stay unless `videos` are to go too."""
    repository = home.repository()
    old = [task for task in repository.list(before=now() - older, limit=None) if task.status in ENDED]
    gone = {task.id for task in old}
    kept: set[str] = set()
    for task in repository.list(limit=None):
        if task.id not in gone:
            kept |= _made(home, task).keys()
    for task in old:
        _forget(home, task, kept, "cleaned", user, videos=videos, files=True)
    return old


def forget(home: Home, task: Task, *, videos: bool = False, user: str = "") -> None:
    """Forget one task with its record, and what its builds made where no other task builds the same; its films stay
    unless `videos` are to go too. Raises ValidationError for one that waits or runs."""
    if task.status not in (*ENDED, "paused"):
        raise ValidationError(f"{task.id} is {task.status}", hint="cancel it first")
    shared = any(_place(each) == _place(task) and each.id != task.id for each in home.repository().list(limit=None))
    _forget(home, task, set(), "deleted", user, videos=videos, files=not shared)


def _place(task: Task) -> tuple[str, str]:
    """Tells the build folders of tasks apart: those of the same have the same."""
    name = os.path.basename(task.input.named)
    return os.path.abspath(task.input.output_dir), os.path.splitext(name)[0].lower()


def _forget(home: Home, task: Task, kept: set[str], why: EventType, user: str, *, videos: bool, files: bool) -> None:
    for path, stage in _made(home, task).items() if files else ():
        if path not in kept and (videos or stage not in ("video", "manifest", "check")):
            _remove(path)
    for left in (home.events(task.id), home.wish(task.id), home.events(task.id).replace(".ndjson", ".log")):
        with contextlib.suppress(FileNotFoundError):
            os.unlink(left)
    drop(home, task.id)
    home.repository().delete(task.id)
    note(home.audit, entry(task, why, user))


def _made(home: Home, task: Task) -> dict[str, str]:
    """Every file that the builds of a task made, and its stage."""
    return {
        each.event["path"]: each.event["stage"]
        for each in read_events(home.events(task.id))
        if each.event["event"] == "ArtifactCreated"
    }


def _remove(path: str) -> None:
    """Remove a file, and the folders that are empty without it."""
    with contextlib.suppress(FileNotFoundError):
        os.unlink(path)
    folder = os.path.dirname(path)
    while folder and os.path.isdir(folder) and not os.listdir(folder):
        shutil.rmtree(folder)
        folder = os.path.dirname(folder)


def _noted(before: Task, left: Task) -> bool:
    return left.result is not None and left.updated_at > before.updated_at
