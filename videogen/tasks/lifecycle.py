"""What can be done with a task. Everything is told by its state in the repository: no process has to be asked.

>>> import tempfile
>>> from videogen.model.task import InputConfig
>>> home = Home(tempfile.mkdtemp())
>>> task = submit(home, InputConfig(source="README.md"), user="ada")
>>> task.status, cancel(home, task.id).status
('pending', 'cancelled')
"""

from __future__ import annotations

import atexit
import contextlib
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from videogen.build.write import write_bytes
from videogen.model.errors import ResourceError, ValidationError
from videogen.model.task import ENDED, InputConfig, Status, Task, moved, new_task, now
from videogen.tasks.audit import EventType, entry, note
from videogen.tasks.home import Home
from videogen.tasks.limits import Limits
from videogen.tasks.places import SHOWN, films_in, made_by, place_of, remove, same_folder, workspace_of
from videogen.tasks.processes import PATIENCE, end, identity, lives
from videogen.tasks.record import clear_wish
from videogen.tasks.stages import read_events
from videogen.tasks.versions import drop

_LOOK = 0.02
"""Seconds between looks at what another process or thread is just about."""
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
    if not claim(home, task_id, starting=True):
        return False
    try:
        begun = _spawn(home, task_id, limits)
    except OSError as system:
        _not_begun(home, task_id, system)
        return False
    _begun.append(begun)
    _hand_over(home, task_id, begun.pid)
    return True


def _spawn(home: Home, task_id: str, limits: Limits | None) -> subprocess.Popen[bytes]:
    events = home.events(task_id)
    command = [sys.executable, "-m", "videogen.tasks.worker", home.folder, home.backend, task_id]
    if limits is not None:
        command.append(limits.model_dump_json())
    os.makedirs(os.path.dirname(events), exist_ok=True)
    with open(f"{events.removesuffix('.ndjson')}.log", "ab") as log:
        # a session of its own: Ctrl-C in the terminal of a server is not meant for its builds
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True)


def _hand_over(home: Home, task_id: str, to: int) -> None:
    """Have a task that was claimed here be that of another process, which may die before it says so itself."""

    def given(task: Task) -> Task:
        there = identity(to)
        change = {"pid": to, "pid_started": there[1] if there else 0.0, "starting": False}
        return task.model_copy(update=change) if _begun_here(task) else task

    home.repository().change(task_id, given)


def _not_begun(home: Home, task_id: str, system: OSError) -> None:
    """Have a task that was claimed here, and that no process builds, be one that failed."""
    error = ResourceError(f"its process could not be begun: {system.strerror}", hint="resume it when there is room")

    def failed(task: Task) -> Task:
        change = {"error": error.to_dict(), "pid": None, "pid_started": None}
        return moved(task, "failed", **change) if _begun_here(task) else task

    note(home.audit, entry(home.repository().change(task_id, failed), "failed", error=error.message))


def _begun_here(task: Task) -> bool:
    return task.status == "running" and task.starting and task.pid == os.getpid()


def claim(home: Home, task_id: str, *, starting: bool = False) -> bool:
    """Take it on to build a task which waits, in this process or, where it is `starting`, in one that it begins; False
    where another was quicker."""
    here = identity(os.getpid())
    claimed: list[bool] = []

    def take(task: Task) -> Task:
        if task.status != "pending":
            return task
        claimed.append(True)
        clear_wish(home, task_id)  # here, where nobody can have wished for anything since
        pid, started = here or (None, None)
        return moved(task, "running", pid=pid, pid_started=started, starting=starting)

    home.repository().change(task_id, take)
    return bool(claimed)


def reap() -> None:
    """Take leave of the processes that were begun here and have ended."""
    _begun[:] = [process for process in _begun if process.poll() is None]


@atexit.register
def leave() -> None:
    """Take leave of those that go on when this process ends, which is what they are for: nobody waits for them."""
    reap()
    for process in _begun:
        process.returncode = 0  # or Python warns of it as of one that was forgotten
    _begun.clear()


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


def resume(home: Home, task_id: str, user: str = "", bounds: Mapping[str, str] | None = None) -> Task:
    """Have a task that is paused, failed or cancelled wait for its turn again. What is made is not made again.

    `bounds` (`confinement`) hold for one that has none, such as of the command line, where a stranger asks.
    """
    before: list[EventType] = []

    def wait(task: Task) -> Task:
        before.append("retried" if task.status == "failed" else "resumed")
        again = moved(task, "pending", metadata={**(bounds or {}), **task.metadata})
        clear_wish(home, task_id)  # only now: of one that runs it still holds
        return again

    task = home.repository().change(task_id, wait)
    if task.attempt == 0 or before[0] == "retried":
        note(home.audit, entry(task, before[0], user))
    return task


def cancel(home: Home, task_id: str, user: str = "", patience: float = PATIENCE) -> Task:
    """End a task, and its processes; what is half-made goes, what is made stays. Raises ValidationError for one that
    has ended already. One that is just being begun is ended as soon as its process is there; where that takes longer
    than `patience` seconds, that process ends itself."""
    repository = home.repository()

    def wish(found: Task) -> Task:
        if found.status != "running":
            return moved(found, "cancelled")
        write_bytes(home.wish(task_id), b"cancel")
        return found

    left = wished = repository.change(task_id, wish)
    if wished.status == "running":
        task = _handed_over(home, task_id, patience)
        if task.starting and lives(task):
            return task
        left = _ended(home, task, patience)
    clear_wish(home, task_id)
    if not _noted(wished, left):
        note(home.audit, entry(left, "cancelled", user))
    return left


def _handed_over(home: Home, task_id: str, patience: float) -> Task:
    """A task once it is that of the process that builds it, not of one which is just beginning that."""
    repository, until = home.repository(), time.monotonic() + patience
    while (task := repository.load(task_id)).starting and lives(task) and time.monotonic() < until:
        time.sleep(_LOOK)
    return task


def _ended(home: Home, task: Task, patience: float) -> Task:
    end(task, patience)

    def cancelled(found: Task) -> Task:
        # its process may have noted it as its last act, and somebody may have gone on with it already
        gone_on = found.status == "pending" or (found.status == "running" and found.pid != task.pid)
        return found if found.status == "cancelled" or gone_on else moved(found, "cancelled")

    return home.repository().change(task.id, cancelled)


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
    """Whose turn it is: of the users who have the fewest running, the one whose task has waited longest. One whose
    build folder another is building in waits for that."""
    busy = Counter(task.user for task in running)
    taken = {place_of(task) for task in running}
    free = (task for task in pending if not taken or place_of(task) not in taken)
    return min(free, key=lambda task: (busy[task.user], task.updated_at, task.id), default=None)


def cleanup(home: Home, older: timedelta = RETENTION, *, videos: bool = False, user: str = "") -> list[Task]:
    """Forget tasks that ended longer ago, with their records and what their builds made that no later task of the same
    project needs; the films themselves, with what belongs to them, stay unless `videos` are to go too."""
    repository = home.repository()
    old = [task for task in repository.list(before=now() - older, limit=None) if task.status in ENDED]
    gone = {task.id for task in old}
    left = [task for task in repository.list(limit=None) if task.id not in gone]
    kept: set[str] = set()
    for task in left:
        record = _record(home, task)
        kept |= made_by(record).keys() | films_in(workspace_of(task, record)).keys()

    def used(task: Task) -> bool:
        files = _files(home, task, videos=videos, films=not any(same_folder(each, task) for each in left))
        return _forget(home, task, ENDED, files.keys() - kept, "cleaned", user) is not None

    return [task for task in old if not used(task)]


def forget(home: Home, task: Task, *, videos: bool = False, user: str = "") -> None:
    """Forget one task with its record, and what its builds made where no other task builds the same; its films stay
    unless `videos` are to go too. Raises ValidationError for one that waits or runs, also since it was looked at."""
    others = [each for each in home.repository().list(limit=None) if each.id != task.id]
    shared = any(same_folder(each, task) for each in others)
    files = {} if shared else _files(home, task, videos=videos, films=True)
    status = _forget(home, task, (*ENDED, "paused"), files, "deleted", user)
    if status is not None:
        raise ValidationError(f"{task.id} is {status}", hint="cancel it first")


class _InUse(Exception):
    """Somebody has gone on with a task that was to be forgotten."""


def _forget(
    home: Home, task: Task, idle: Sequence[Status], files: Iterable[str], why: EventType, user: str
) -> Status | None:
    """Forget a task, with files, while it is still in one of the `idle` states; else nothing goes, and its state is
    returned."""

    def check(found: Task) -> None:
        if found.status not in idle:
            raise _InUse(found.status)

    try:
        home.repository().delete(task.id, check)
    except _InUse as used:
        return used.args[0]
    for path in files:
        remove(path)
    for left in (home.events(task.id), home.wish(task.id), home.events(task.id).replace(".ndjson", ".log")):
        with contextlib.suppress(FileNotFoundError):
            os.unlink(left)
    drop(home, task.id)
    note(home.audit, entry(task, why, user))
    return None


def _files(home: Home, task: Task, *, videos: bool, films: bool) -> dict[str, str]:
    """What goes with a task, and the stage of each: what its builds made, without its videos unless they are to go; and
    what its `films` consist of that an earlier task had made, or that was made as it was cancelled and is in no
    record."""
    record = _record(home, task)
    found = {**made_by(record), **(films_in(workspace_of(task, record)) if films else {})}
    return {path: stage for path, stage in found.items() if videos or stage not in SHOWN}


def _record(home: Home, task: Task) -> list[dict[str, Any]]:
    return [each.event for each in read_events(home.events(task.id))]


def _noted(before: Task, left: Task) -> bool:
    """Whether the process of a task has told of its end itself."""
    return left.result not in (None, before.result) and left.updated_at > before.updated_at
