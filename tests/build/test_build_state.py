import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from doit.dependency import Dependency, JSONCodec
from doit.task import Task

from videogen.build import state
from videogen.build.state import ContentChecker, DurableSqlite, Hashes
from videogen.model.errors import ResourceError


def _open(path: Path) -> Dependency:
    return Dependency(DurableSqlite, str(path), checker_cls=ContentChecker, codec_cls=JSONCodec)


def _rows(path: Path) -> dict[str, Any]:
    with closing(sqlite3.connect(path)) as connection:
        return {task: json.loads(data) for task, data in connection.execute("select task_id, task_data from doit")}


@pytest.fixture
def made(tmp_path: Path) -> tuple[Path, Task]:
    source = tmp_path / "in.txt"
    source.write_text("one")
    return source, Task("t", [lambda: None], file_dep=[str(source)])


def test_a_finished_task_is_on_disk_before_the_run_ends(tmp_path: Path, made: tuple[Path, Task]) -> None:
    dependency = _open(tmp_path / "state")
    dependency.save_success(made[1])
    assert "t" in _rows(tmp_path / "state")
    dependency.close()


def test_an_edit_while_the_action_runs_leaves_the_task_stale(tmp_path: Path, made: tuple[Path, Task]) -> None:
    source, task = made
    state.pin("t", str(source), Hashes().state(str(source)))
    source.write_text("two, written while the action ran")
    dependency = _open(tmp_path / "state")
    dependency.save_success(task)
    assert dependency.get_status(task, {}).status == "run"
    dependency.close()


def test_new_times_and_old_content_are_up_to_date(tmp_path: Path, made: tuple[Path, Task]) -> None:
    source, task = made
    dependency = _open(tmp_path / "state")
    dependency.save_success(task)
    os.utime(source, ns=(1, 1))
    assert dependency.get_status(task, {}).status == "up-to-date"
    dependency.close()


def test_the_same_size_with_other_content_is_stale(tmp_path: Path, made: tuple[Path, Task]) -> None:
    source, task = made
    dependency = _open(tmp_path / "state")
    dependency.save_success(task)
    source.write_text("eno")
    assert dependency.get_status(task, {}).status == "run"
    dependency.close()


def test_a_state_that_cannot_be_opened_is_not_taken_for_damaged(tmp_path: Path) -> None:
    path = tmp_path / "state"
    path.mkdir()
    with pytest.raises(ResourceError, match="unable to open"):
        _open(path).get_values("t")
    assert [found.name for found in tmp_path.iterdir()] == ["state"]


def test_a_damaged_state_is_set_aside_and_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "state"
    path.write_bytes(b"this is not a database" * 100)
    dependency = _open(path)
    assert dependency.get_values("t") == {}
    dependency.close()
    assert (tmp_path / "state.damaged").exists()
    assert "damaged" in capsys.readouterr().err
    assert _rows(path) == {}


def test_forgetting_is_written_at_once(tmp_path: Path, made: tuple[Path, Task]) -> None:
    dependency = _open(tmp_path / "state")
    dependency.save_success(made[1])
    dependency.remove_success(made[1])
    assert _rows(tmp_path / "state") == {}
    dependency.close()


def test_state_survives_reopening(tmp_path: Path, made: tuple[Path, Task]) -> None:
    first = _open(tmp_path / "state")
    first.save_success(made[1])
    first.close()
    second = _open(tmp_path / "state")
    assert second.get_status(made[1], {}).status == "up-to-date"
    second.close()
