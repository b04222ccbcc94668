"""The moment in which a process is begun for a task: somebody may cancel it, and there may be no process."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from tasks.tasks_kit import LONG, LONGEST, TALK, Office

from videogen.build.subscribers import Asked
from videogen.build.terms import Budget, Terms
from videogen.build.workspace import find_workspace
from videogen.build.write import write_bytes
from videogen.model.errors import ValidationError
from videogen.model.events import Counts, TaskFailed, TaskPaused
from videogen.model.task import Task, new_task
from videogen.tasks import lifecycle, record
from videogen.tasks.audit import read_trail
from videogen.tasks.home import Home
from videogen.tasks.processes import end, identity, lives
from videogen.tasks.queue import Queue

Opened = Callable[[str], Office]


def trail(office: Office, task: Task) -> list[str]:
    return [each.event_type for each in read_trail(office.home.audit, task_id=task.id)]


@pytest.mark.parametrize("there", [True, False])
def test_a_cancel_of_a_task_that_is_just_being_begun_ends_its_process_and_not_the_one_that_begins_it(
    office: Opened, monkeypatch: pytest.MonkeyPatch, there: bool
) -> None:
    here = office(LONG)
    task = here.submit()
    popen, forking, go_on = subprocess.Popen, threading.Event(), threading.Event()

    def slowly(*command: object, **more: object) -> object:  # as in a process of much memory, on a busy machine
        forking.set()
        assert go_on.wait(LONGEST)
        if not there:
            raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
        return popen(*command, **more)  # type: ignore[call-overload]

    ended: list[int] = []
    monkeypatch.setattr(psutil.Process, "terminate", lambda process: ended.append(process.pid) or process.kill())
    monkeypatch.setattr(subprocess, "Popen", slowly)
    starter = threading.Thread(target=lifecycle.start, args=(here.home, task.id), daemon=True)
    canceller = threading.Thread(target=lifecycle.cancel, args=(here.home, task.id), daemon=True)
    starter.start()
    assert forking.wait(LONGEST)
    assert lives(here.load(task))  # or another queue would take it for lost
    canceller.start()
    here.until(Path(here.home.wish(task.id)).exists, "the wish")
    go_on.set()
    starter.join(LONGEST)
    canceller.join(LONGEST)
    assert here.load(task).status == "cancelled"
    assert not lives(here.load(task))
    assert os.getpid() not in ended
    assert trail(here, task).count("cancelled") == 1
    assert not Path(here.home.wish(task.id)).exists()


def test_who_asks_is_not_ended() -> None:
    me = identity(os.getpid())
    assert me is not None
    task = new_task(TALK).model_copy(update={"status": "running", "pid": me[0], "pid_started": me[1]})
    with pytest.raises(ValidationError, match="is built by the process that is to end it"):
        end(task)


_BEGINS_ONE = """
import sys
from videogen.model.task import InputConfig
from videogen.tasks import lifecycle
from videogen.tasks.home import home_of
home = home_of("build")
task = lifecycle.submit(home, InputConfig(project="talk"))
assert lifecycle.start(home, task.id)
print(task.id)
"""


def test_a_program_that_ends_before_what_it_has_begun_has_nothing_to_be_warned_of(office: Opened) -> None:
    here = office(LONG)
    command = [sys.executable, "-W", "error::ResourceWarning", "-W", "default", "-c", _BEGINS_ONE]
    environment = here.studio.environment()
    done = subprocess.run(command, cwd=here.studio.folder, env=environment, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    task = here.home.repository().load(done.stdout.strip())
    assert lives(task)  # it goes on by itself
    assert here.ended(task).status == "completed"


def test_a_build_of_the_command_line_is_begun_by_no_queue(office: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    here = office(LONG)
    monkeypatch.chdir(here.studio.folder)
    seen: list[tuple[str, list[Task]]] = []

    def recorder(home: Home, task: Task, *_: object) -> None:  # the queue of a server looks before the record is begun
        seen.append((here.load(task).status, Queue(home).step()))
        assert lives(here.load(task))

    monkeypatch.setattr(record, "Recorder", recorder)
    record.subscriber(Asked(find_workspace("talk"), ("create",), False, False, Terms(False, Budget(None))))
    assert seen == [("running", [])]


def test_a_cancelled_build_that_is_stopped_while_it_notes_its_end_is_cancelled(
    office: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = office(LONG)
    monkeypatch.chdir(here.studio.folder)
    task = here.submit()
    recorder = record.Recorder(here.home, task, None, find_workspace("talk"))
    write_bytes(here.home.wish(task.id), b"cancel")
    note_it = record.moved

    def stopped(*_: object, **__: object) -> Task:
        monkeypatch.setattr(record, "moved", note_it)
        raise KeyboardInterrupt

    monkeypatch.setattr(record, "moved", stopped)
    with pytest.raises(KeyboardInterrupt):
        recorder(TaskPaused("talk", 1.0, Counts()))
    recorder(TaskFailed("talk", 1.0, Counts(), [], interrupted=True))
    assert here.load(task).status == "cancelled"
    assert trail(here, task)[-1] == "cancelled"
