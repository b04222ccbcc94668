"""Several tasks of one project: they are built one after the other, and one is forgotten without harm to the others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from studio import PROJECT
from tasks.tasks_kit import Office

from videogen.build.lock import ProjectLock
from videogen.build.workspace import find_workspace, workspace_at
from videogen.model.errors import ValidationError
from videogen.model.task import InputConfig, new_task, now
from videogen.tasks import lifecycle
from videogen.tasks.confined import confinement
from videogen.tasks.queue import Queue

Opened = Callable[[str], Office]
DRAFT = InputConfig(project="talk", draft=True)


def test_builds_of_one_project_wait_for_each_other(office: Opened) -> None:
    here = office(PROJECT)
    (here.studio.project.parent / "other.yaml").write_text(PROJECT)
    first, same, other = (here.submit(each) for each in (DRAFT, DRAFT, InputConfig(project="other", draft=True)))
    queue = Queue(here.home, at_once=3)
    assert [task.id for task in queue.step()] == [first.id, other.id]
    with queue:
        assert [here.ended(task).status for task in (first, other, same)] == ["completed"] * 3
    assert here.load(same).updated_at >= here.load(first).updated_at


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        (InputConfig(project="talk"), InputConfig(project="projects/talk.yaml", draft=True), True),
        (InputConfig(source="docs/My notes.md"), InputConfig(source="my-notes.md"), True),
        (InputConfig(source="https://a.example/x/guide.html?v=2"), InputConfig(source="guide.md"), True),
        (InputConfig(project="talk"), InputConfig(project="talks"), False),
        (InputConfig(project="talk"), InputConfig(project="talk", output_dir="other"), False),
    ],
)
def test_what_is_built_in_the_same_folder_is_known(one: InputConfig, two: InputConfig, same: bool) -> None:
    running = new_task(one)
    for pending in (new_task(two), new_task(two, "bob")):
        assert lifecycle.next_of([pending], [running]) == (None if same else pending)


def test_a_build_of_single_targets_is_waited_for_too(office: Opened) -> None:
    here = office(PROJECT)
    task, queue = here.submit(DRAFT), Queue(here.home)
    film, draft = (ProjectLock(find_workspace("talk", "build", each)) for each in (False, True))
    draft.acquire()
    try:
        assert queue.step() == []
        assert here.load(task).status == "pending"
    finally:
        draft.release()
    film.acquire()
    try:
        assert [each.id for each in queue.step()] == [task.id]
        assert here.ended(task).status == "completed"
    finally:
        film.release()


@pytest.mark.parametrize(
    ("asked", "folder"),
    [
        (InputConfig(project="my_talk"), "my_talk"),
        (InputConfig(source="My talk.yaml", draft=True), "my-talk.draft"),
        (InputConfig(source="docs/Über uns.md"), "uber-uns"),
        (InputConfig(source="https://a.example/x/my_guide.html?v=2"), "my-guide"),
    ],
)
def test_a_build_in_a_folder_of_any_name_is_waited_for(office: Opened, asked: InputConfig, folder: str) -> None:
    here = office(PROJECT)
    task, queue = here.submit(asked), Queue(here.home)
    lock = ProjectLock(workspace_at(folder, "", "build", False))
    lock.acquire()
    try:
        assert queue.step() == []
        assert here.load(task).status == "pending"
    finally:
        lock.release()


def test_a_stranger_is_not_told_what_else_runs(office: Opened) -> None:
    here = office(PROJECT)
    lock = ProjectLock(find_workspace("talk", "build"))
    lock.acquire()
    try:
        task = lifecycle.submit(here.home, InputConfig(project="talk"), "stranger", **confinement("."))
        here.start(task)
        error = here.ended(task).error
        assert error is not None
        assert (error["error"], error["hint"]) == ('another build of "talk" is running', "wait for it or stop it")
        own = here.submit()
        here.start(own)
        error = here.ended(own).error
        assert error is not None
        assert "(process " in error["error"]
    finally:
        lock.release()


def test_a_task_that_somebody_has_gone_on_with_is_not_forgotten(office: Opened) -> None:
    here = office(PROJECT)
    task = here.submit()
    seen = lifecycle.cancel(here.home, task.id)
    record = Path(here.home.events(task.id))
    record.parent.mkdir(parents=True, exist_ok=True)
    record.write_text("")
    lifecycle.resume(here.home, task.id)
    with pytest.raises(ValidationError, match="is pending"):
        lifecycle.forget(here.home, seen)
    assert lifecycle.claim(here.home, task.id)
    with pytest.raises(ValidationError, match="is running"):
        lifecycle.forget(here.home, seen)
    assert here.load(task).status == "running"
    assert record.exists()


def test_a_cleanup_leaves_what_was_gone_on_with_meanwhile(office: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    here = office(PROJECT)
    task, old = here.submit(), here.submit()
    for each in (task, old):
        lifecycle.cancel(here.home, each.id)
    made = lifecycle.read_events

    def read_and_go_on(path: str) -> object:  # somebody is quicker
        if here.load(task).status == "cancelled":
            lifecycle.resume(here.home, task.id)
        return made(path)

    monkeypatch.setattr(lifecycle, "read_events", read_and_go_on)
    here.submit()
    assert [each.id for each in lifecycle.cleanup(here.home, timedelta())] == [old.id]
    assert here.load(task).status == "pending"


def films(here: Office) -> list[str]:
    found = (here.studio.folder / "build").rglob("talk.en.*")
    return sorted(path.suffix for path in found if ".tasks" not in path.parts)


def test_the_last_task_of_a_project_takes_its_films_along(office: Opened) -> None:
    here = office(PROJECT)
    tasks = [here.submit(DRAFT) for _ in range(2)]
    for task in tasks:
        here.start(task)
        assert here.ended(task).status == "completed"
    assert {".mp4", ".srt", ".vtt", ".jpg"} <= {*films(here)}
    film, fetched = Path("build/talk/talk/en/talk.en.mp4"), Path("build/talk/fetched/page.html")
    for path in (film, fetched):
        path.parent.mkdir(parents=True)
        path.write_bytes(b"of the film that is no draft")
    other = new_task(InputConfig(project="talk"))
    here.home.repository().save(other.model_copy(update={"status": "completed"}))
    made = films(here)
    lifecycle.forget(here.home, here.load(tasks[0]), videos=True)
    assert films(here) == made  # the other shows them
    lifecycle.forget(here.home, here.load(tasks[1]), videos=True)
    assert films(here) == [".mp4"]
    assert film.exists()
    assert fetched.exists()


def test_films_stay_where_they_are_not_to_go(office: Opened) -> None:
    here = office(PROJECT)
    task = here.submit(DRAFT)
    here.start(task)
    here.ended(task)
    made = films(here)
    lifecycle.forget(here.home, here.load(task))
    assert films(here) == made


def test_a_cleanup_leaves_the_film_that_a_later_task_found_made(office: Opened) -> None:
    here = office(PROJECT)
    first, later = (here.submit(DRAFT) for _ in range(2))
    for task in (first, later):
        here.start(task)
        assert here.ended(task).status == "completed"
    made = films(here)
    old = here.load(first).model_copy(update={"updated_at": now() - timedelta(days=31)})
    here.home.repository().save(old)
    assert [task.id for task in lifecycle.cleanup(here.home, videos=True)] == [first.id]
    assert films(here) == made
