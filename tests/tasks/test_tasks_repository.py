"""Where tasks are kept: both backends do the same."""

from __future__ import annotations

import multiprocessing
import os
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from videogen.model.errors import ResourceError, TaskNotFound, ValidationError
from videogen.model.task import InputConfig, Task, moved, new_task
from videogen.tasks.repository import Backend, Repository, open_repository

BACKENDS: tuple[Backend, ...] = ("sqlite", "json")
README = InputConfig(source="README.md")


@pytest.fixture(params=BACKENDS)
def repository(request: pytest.FixtureRequest, tmp_path: Path) -> Repository:
    return open_repository(str(tmp_path / "kept"), request.param)


def aged(task: Task, seconds: float) -> Task:
    moment = task.updated_at - timedelta(seconds=seconds)
    return task.model_copy(update={"created_at": moment, "updated_at": moment})


def test_what_is_saved_is_loaded(repository: Repository) -> None:
    task = new_task(InputConfig(source="a.md", languages=("en", "es"), max_cost=0.5), "ada", face="cli")
    repository.save(task)
    assert repository.exists(task.id)
    assert repository.load(task.id) == task
    again = moved(task, "running", pid=7, attempt=1)
    repository.save(again)
    assert repository.load(task.id) == again
    assert repository.list() == [again]


def test_what_is_deleted_is_gone(repository: Repository) -> None:
    task = new_task(README)
    repository.save(task)
    assert repository.delete(task.id)
    assert not repository.delete(task.id)
    assert not repository.exists(task.id)
    with pytest.raises(TaskNotFound, match=task.id):
        repository.load(task.id)


def test_what_is_looked_at_before_it_is_deleted_may_stay(repository: Repository) -> None:
    task = new_task(README)
    repository.save(task)

    def refuse(found: Task) -> None:
        assert found == task
        raise ValidationError("it is needed")

    with pytest.raises(ValidationError, match="it is needed"):
        repository.delete(task.id, refuse)
    assert repository.load(task.id) == task
    assert repository.delete(task.id, lambda found: found)
    assert not repository.delete(task.id, refuse)


@pytest.mark.parametrize("strange", ["", "task_", "../task_0123456789ab", "task_0123456789AB", "task_0123456789ab/x",
                                     "task_0123456789ab\n", "task_' or 1=1 --", "task_0123456789ab\0"])  # fmt: skip
def test_what_can_be_no_id_is_refused(repository: Repository, strange: str) -> None:
    for look in (repository.load, repository.exists, repository.delete):
        with pytest.raises(TaskNotFound) as refused:
            look(strange)
        assert "\n" not in str(refused.value)


def test_a_list_is_by_state_and_age_and_no_longer_than_asked(repository: Repository) -> None:
    tasks = [aged(new_task(README), 100 * number) for number in range(6)]
    tasks[1::2] = [task.model_copy(update={"status": "failed"}) for task in tasks[1::2]]
    for task in reversed(tasks):
        repository.save(task)
    assert repository.list() == tasks
    assert repository.list("failed") == tasks[1::2]
    assert repository.list("running") == []
    assert repository.list(before=tasks[3].updated_at) == tasks[4:]
    assert repository.list("failed", before=tasks[1].updated_at) == tasks[3::2]
    assert repository.list(limit=2) == tasks[:2]
    assert repository.list(limit=None) == tasks
    assert repository.counts() == {"pending": 3, "failed": 3}


def test_a_change_that_fails_changes_nothing(repository: Repository) -> None:
    task = new_task(README)
    repository.save(task)
    done = repository.change(task.id, lambda found: moved(moved(found, "running"), "completed"))
    with pytest.raises(ValidationError, match="is completed and cannot be paused"):
        repository.change(task.id, lambda found: moved(found, "paused"))
    assert repository.load(task.id) == done
    with pytest.raises(TaskNotFound):
        repository.change(new_task(README).id, lambda found: found)


def _begin(backend: Backend, folder: str, task_id: str, times: int) -> None:
    repository = open_repository(folder, backend)
    for _ in range(times):
        repository.change(task_id, lambda task: task.model_copy(update={"attempt": task.attempt + 1}))


@pytest.mark.parametrize("backend", BACKENDS)
def test_processes_that_change_one_task_lose_nothing(tmp_path: Path, backend: Backend) -> None:
    task = new_task(README)
    open_repository(str(tmp_path), backend).save(task)
    fresh = multiprocessing.get_context("spawn")
    processes = [fresh.Process(target=_begin, args=(backend, str(tmp_path), task.id, 20)) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0, 0]
    assert open_repository(str(tmp_path), backend).load(task.id).attempt == 60


def test_of_two_files_of_a_task_the_newer_counts(tmp_path: Path) -> None:
    repository = open_repository(str(tmp_path), "json")
    task = new_task(README)
    repository.save(task)
    before = next((tmp_path / "tasks").glob("*.pending.json"))
    text, time_of = before.read_bytes(), before.stat().st_mtime_ns
    running = aged(moved(task, "running"), -1)
    repository.save(running)
    before.write_bytes(text)  # as a process leaves it that is killed between the two steps
    os.utime(before, ns=(time_of, time_of))
    assert repository.load(task.id) == running
    assert repository.list() == [running]
    repository.save(moved(running, "completed"))
    assert [path.name for path in (tmp_path / "tasks").glob("*.json")] == [f"{task.id}.completed.json"]


@pytest.mark.parametrize("backend", BACKENDS)
def test_where_nothing_can_be_kept_is_said(tmp_path: Path, backend: Backend) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ResourceError, match="cannot write"):
        open_repository(str(tmp_path / "file"), backend).save(new_task(README))


def test_an_unknown_backend_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match="there are: sqlite, json"):
        open_repository(str(tmp_path), "mongo")  # pyright: ignore[reportArgumentType]


@given(st.lists(st.sampled_from(["pending", "running", "paused", "completed", "failed", "cancelled"]), max_size=8))
def test_a_task_that_is_completed_was_running(states: list[str]) -> None:
    task = new_task(README)
    for state in states:
        before = task.status
        try:
            task = moved(task, state)  # pyright: ignore[reportArgumentType]
        except ValidationError:
            continue
        assert task.updated_at >= task.created_at
        assert state != "completed" or before == "running"


def test_an_id_says_nothing_of_the_one_before() -> None:
    ids = {new_task(README).id for _ in range(500)}
    assert len(ids) == 500


@pytest.mark.parametrize("given", [{}, {"project": "a", "source": "b.md"}, {"project": "a", "title": "b"},
                                   {"source": "a.md", "jobs": 0}, {"source": "a.md", "unknown": 1}])  # fmt: skip
def test_what_is_asked_for_must_make_sense(given: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        InputConfig.model_validate(given)
