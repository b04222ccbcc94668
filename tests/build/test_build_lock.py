"""One build of a project at a time; who comes while another only tidies up waits for it."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from videogen.build.lock import Held, ProjectLock, is_held
from videogen.build.workspace import Workspace


def locks(folder: Path) -> tuple[ProjectLock, ProjectLock]:
    workspace = Workspace("talk", "projects/talk.yaml", str(folder / "talk"))
    return ProjectLock(workspace), ProjectLock(workspace)


def test_a_build_that_is_at_work_is_not_waited_for(tmp_path: Path) -> None:
    first, second = locks(tmp_path)
    first.acquire()
    with pytest.raises(Held, match=r'another build of "talk" is running \(process \d+ since '):
        second.acquire()
    first.release()
    second.acquire()
    second.release()
    assert sorted(path.name for path in (tmp_path / "talk").iterdir()) == [".lock"]


def test_a_build_that_tidies_up_is_waited_for(tmp_path: Path) -> None:
    first, second = locks(tmp_path)
    first.acquire()
    first.ending()
    waiting = threading.Thread(target=second.acquire)
    waiting.start()
    first.release()
    waiting.join(60)
    assert not waiting.is_alive()
    with pytest.raises(Held):
        first.acquire()
    second.release()


def test_a_note_that_names_nobody_is_no_reason_to_wait(tmp_path: Path) -> None:
    first, second = locks(tmp_path)
    first.acquire()
    (tmp_path / "talk" / ".holder.json").write_text('{"pid": 1, "ending": false}')
    with pytest.raises(Held, match='another build of "talk" is running; wait'):
        second.acquire()
    first.release()


def test_a_lock_is_held_by_who_has_it_and_not_by_what_is_wrong_with_it(tmp_path: Path) -> None:
    first, _ = locks(tmp_path)
    folder = tmp_path / "talk"
    assert not is_held(str(folder))
    first.acquire()
    assert is_held(str(folder))
    first.release()
    assert not is_held(str(folder))
    (folder / ".lock").write_bytes(b"garbage " * 200)
    assert not is_held(str(folder))
    (folder / ".lock").unlink()
    (folder / ".lock").mkdir()
    assert not is_held(str(folder))
