"""What can be done with a task, with real processes that build a small real film."""

from __future__ import annotations

import os
import signal
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import psutil
import pytest
from studio import PROJECT
from tasks.tasks_kit import LONG, TALK, Office

from videogen.model.errors import TaskNotFound, ValidationError
from videogen.model.task import InputConfig, Task, new_task, now
from videogen.tasks import lifecycle
from videogen.tasks.audit import read_trail
from videogen.tasks.limits import Limits, StageSeconds
from videogen.tasks.processes import lives
from videogen.tasks.queue import Queue
from videogen.tasks.stages import progress_of, stages_of

Opened = Callable[[str], Office]


def trail(office: Office, task: Task) -> list[str]:
    return [each.event_type for each in read_trail(office.home.audit, task_id=task.id)]


def rubbish(office: Office) -> list[Path]:
    return [path for path in office.studio.folder.rglob(".videogen-*") if "store" not in path.parts]


def test_a_task_is_built_and_tells_what_came_of_it(office: Opened) -> None:
    here = office(LONG)
    task = here.submit(TALK)
    assert here.load(task).status == "pending"
    here.start(task)
    done = here.ended(task)
    assert (done.status, done.attempt, done.error) == ("completed", 1, None)
    assert done.result is not None
    assert [Path(video).exists() for video in done.result["videos"]] == [True]
    assert done.result["counts"]["made"] == len(here.made(task))
    stages = {each.name: each for each in stages_of(each.event for each in here.events(task))}
    assert {each.status for each in stages.values()} == {"completed"}
    assert stages["audio"].done == stages["audio"].total == 15
    assert any(each["path"].endswith("talk.en.mp4") for each in stages["video"].artifacts)
    assert progress_of(stages.values()) == 1.0
    events = [each.event for each in here.events(task)]
    shares = [progress_of(stages_of(events[:count])) for count in range(len(events) + 1)]
    assert shares == sorted(shares)  # it never goes back
    assert shares[0] == 0.0 < shares[len(shares) // 2] < 1.0
    assert trail(here, task) == ["created", "started", "completed"]
    assert [each.id for each in here.events(task)] == list(range(1, len(here.events(task)) + 1))


def test_a_pause_finishes_what_is_at_work_and_a_resume_makes_nothing_twice(office: Opened) -> None:
    here = office(LONG)
    task = here.begun()
    lifecycle.pause(here.home, task.id)
    paused = here.ended(task)
    assert (paused.status, paused.error) == ("paused", None)
    assert here.kinds(task)[-1] == "TaskPaused"
    assert not rubbish(here)
    begun = [each.event["name"] for each in here.events(task) if each.event["event"] == "StageStart"]
    before = Counter(here.made(task))
    assert len(before) < 60
    assert not [each for each in here.kinds(task) if each == "StageError"]
    assert lifecycle.resume(here.home, task.id).status == "pending"
    here.start(task)
    done = here.ended(task)
    assert (done.status, done.attempt) == ("completed", 2)
    assert max(Counter(here.made(task)).values()) == 1
    assert set(before) <= set(begun)
    assert trail(here, task) == ["created", "started", "paused", "resumed", "completed"]


def test_a_task_that_waits_is_paused_at_once(office: Opened) -> None:
    here = office(LONG)
    task = here.submit()
    assert lifecycle.pause(here.home, task.id).status == "paused"
    with Queue(here.home) as queue:
        assert queue.step() == []
    assert here.load(task).status == "paused"


def test_a_cancelled_task_ends_its_processes_and_leaves_nothing_half_made(office: Opened) -> None:
    here = office(LONG)
    task = here.begun()
    running = here.load(task)
    assert running.pid is not None
    processes = [psutil.Process(running.pid), *psutil.Process(running.pid).children(recursive=True)]
    assert lifecycle.cancel(here.home, task.id).status == "cancelled"
    assert not lives(running)
    assert not [process for process in processes if process.is_running() and process.status() != "zombie"]
    assert not rubbish(here)
    assert here.load(task).status == "cancelled"
    assert trail(here, task)[-1] == "cancelled"
    assert trail(here, task).count("cancelled") == 1
    with pytest.raises(ValidationError, match="is cancelled and cannot be cancelled"):
        lifecycle.cancel(here.home, task.id)


def test_who_goes_on_with_a_task_while_it_is_being_cancelled_is_not_overruled(
    office: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = office(LONG)
    task = here.begun()
    end = lifecycle.end

    def end_and_go_on(running: Task, patience: float) -> None:
        end(running, patience)
        lifecycle.resume(here.home, running.id)

    monkeypatch.setattr(lifecycle, "end", end_and_go_on)
    assert lifecycle.cancel(here.home, task.id).status == "pending"
    assert here.load(task).status == "pending"


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="this system cannot hold a process still")
def test_a_process_that_does_not_end_is_killed(office: Opened) -> None:
    here = office(LONG)
    task = here.begun()
    running = here.load(task)
    assert running.pid is not None
    os.kill(running.pid, signal.SIGSTOP)
    assert lifecycle.cancel(here.home, task.id, patience=0.5).status == "cancelled"
    assert not lives(running)


def test_a_task_whose_process_is_gone_is_found_and_resumed(office: Opened) -> None:
    here = office(LONG)
    task = here.begun()
    running = here.load(task)
    assert running.pid is not None
    psutil.Process(running.pid).kill()
    here.until(lambda: not lives(running))
    assert here.load(task).status == "running"
    assert [each.id for each in lifecycle.recover(here.home)] == [task.id]
    lost = here.load(task)
    assert lost.status == "failed"
    assert lost.error is not None
    assert lost.error["error_code"] == "RESOURCE_ERROR"
    assert lifecycle.recover(here.home) == []
    lifecycle.resume(here.home, task.id)
    here.start(task)
    done = here.ended(task)
    assert (done.status, done.error) == ("completed", None)
    # a kill may come between the making of a target and its being remembered
    assert sum(count - 1 for count in Counter(here.made(task)).values()) <= 2
    assert trail(here, task) == ["created", "started", "failed", "retried", "resumed", "completed"]


def test_a_pause_of_a_task_whose_process_is_gone_says_so(office: Opened) -> None:
    here = office(LONG)
    task = here.begun()
    pid = here.load(task).pid
    assert pid is not None
    process = psutil.Process(pid)
    process.kill()
    process.wait()
    with pytest.raises(ValidationError, match="is failed and cannot be paused"):
        lifecycle.pause(here.home, task.id)
    assert not Path(here.home.wish(task.id)).exists()


def test_a_task_whose_process_cannot_be_begun_fails(office: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    here = office(PROJECT)
    task = here.submit()
    with monkeypatch.context() as patched:
        patched.setattr("sys.executable", str(here.studio.folder / "no-such-python"))
        assert not lifecycle.start(here.home, task.id)
    failed = here.load(task)
    assert failed.error is not None
    assert (failed.status, failed.error["error_code"]) == ("failed", "RESOURCE_ERROR")
    assert "could not be begun: No such file" in failed.error["error"]
    lifecycle.resume(here.home, task.id)
    here.start(task)
    assert here.ended(task).status == "completed"


def test_a_number_that_went_to_another_process_is_not_taken_for_the_task() -> None:
    task = new_task(TALK).model_copy(update={"pid": os.getpid(), "pid_started": 1.0})
    assert not lives(task)
    started = psutil.Process().create_time()
    assert lives(task.model_copy(update={"pid_started": started}))


def test_what_fails_says_why_and_can_be_retried(office: Opened) -> None:
    here = office(LONG.replace("kind: title", "kind: tittle"))
    task = here.submit()
    here.start(task)
    failed = here.ended(task)
    assert failed.status == "failed"
    assert failed.error is not None
    assert (failed.error["error_code"], failed.error["exit_code"]) == ("VALIDATION_ERROR", 2)
    assert (failed.error["file"], failed.error["line"]) == ("projects/talk.yaml", 6)
    here.studio.edit("kind: tittle", "kind: title")
    lifecycle.resume(here.home, task.id)
    here.start(task)
    assert here.ended(task).status == "completed"


def test_a_project_that_is_not_there_fails_its_task(office: Opened) -> None:
    here = office(LONG)
    task = here.submit(InputConfig(project="tolk"))
    here.start(task)
    failed = here.ended(task)
    assert failed.error is not None
    assert failed.error["hint"] == 'did you mean "talk"?'


def test_a_build_that_finds_nothing_to_do_completes_its_task(built_office: Office) -> None:
    task = built_office.submit()
    built_office.start(task)
    done = built_office.ended(task)
    assert done.status == "completed"
    assert done.result is not None
    assert (done.result["counts"]["made"], done.result["counts"]["unchanged"]) == (0, 20)
    assert [Path(video).exists() for video in done.result["videos"]] == [True]


def test_a_part_that_is_up_to_date_completes_its_task(built_office: Office) -> None:
    (built_office.studio.folder / "build/talk/.settled.json").unlink()  # as after a build of one film of many
    task = built_office.submit(InputConfig(project="talk", videos=("talk",)))
    built_office.start(task)
    done = built_office.ended(task)
    assert (done.status, done.error) == ("completed", None)
    assert done.result is not None
    assert done.result["counts"]["made"] == 0


@pytest.mark.parametrize("face", ["doit", "video-gen"])
def test_a_build_by_any_face_is_a_task(office: Opened, face: str) -> None:
    here = office(PROJECT)
    outcome = here.studio.doit("create", "project=talk") if face == "doit" else here.studio.video_gen("create", "talk")
    assert outcome.code == 0, outcome.err
    (task,) = here.home.repository().list()
    assert (task.status, task.attempt) == ("completed", 1)
    assert set(here.made(task)) == outcome.made
    assert lifecycle.resume(here.home, task.id).status == "pending"
    here.start(task)
    done = here.ended(task)
    assert done.result is not None
    assert done.result["counts"]["made"] == 0


def test_of_what_makes_no_film_there_is_no_task(built_office: Office) -> None:
    assert built_office.studio.doit("frames", "project=talk").code == 0
    assert built_office.studio.video_gen("create", "talk").code == 0  # there is nothing to do
    assert built_office.studio.doit("list", "project=talk").code == 0
    before = len(built_office.home.repository().list())
    built_office.studio.edit("Three scenes are enough", "Three are enough")
    assert built_office.studio.video_gen("preview", "opening", "-p", "talk").code == 0
    assert len(built_office.home.repository().list()) == before


def test_users_take_turns() -> None:
    users = ("ada", "ada", "ada", "bob", "bob", "cyd")
    tasks = [new_task(InputConfig(project=f"talk{number}"), user) for number, user in enumerate(users)]
    moments = [task.created_at + timedelta(seconds=number) for number, task in enumerate(tasks)]
    pending = [task.model_copy(update={"updated_at": moment}) for task, moment in zip(tasks, moments, strict=True)]
    running: list[Task] = []
    turns = []
    while (task := lifecycle.next_of(pending, running)) is not None:
        pending.remove(task)
        running.append(task)
        turns.append(task.user)
    assert turns == ["ada", "bob", "cyd", "ada", "bob", "ada"]


def test_a_queue_runs_no_more_than_it_may_and_the_next_goes_on_with_it(office: Opened) -> None:
    here = office(LONG)
    projects = here.studio.project.parent
    for name in ("one", "two", "three"):
        (projects / f"{name}.yaml").write_text(LONG)
    tasks = [here.submit(InputConfig(project=name)) for name in ("one", "two", "three")]
    first = Queue(here.home, at_once=2)
    assert [task.id for task in first.step()] == [task.id for task in tasks[:2]]
    assert first.step() == []
    # the one that began them is no more, as when a server is killed; the next finds them at work
    here.at_work(tasks[0], 1)
    with Queue(here.home, at_once=2):
        assert [here.ended(task).status for task in tasks] == ["completed"] * 3
    assert [here.load(task).attempt for task in tasks] == [1, 1, 1]


@pytest.mark.parametrize("at_once", [0, 17, -1])
def test_a_queue_has_bounds(office: Opened, at_once: int) -> None:
    with pytest.raises(ValidationError, match="give 1 to 16"):
        Queue(office(LONG).home, at_once)


@pytest.mark.parametrize(
    ("limits", "code", "named"),
    [
        (Limits(stage_seconds=StageSeconds(audio=0.001, video=0.001)), "TIME_LIMIT", "stage_seconds"),
        (Limits(memory_mb=1), "MEMORY_LIMIT", "memory_mb"),
        (Limits(disk_gb=1e-6), "DISK_LIMIT", "disk_gb"),
        (Limits(video_seconds=1), "LENGTH_LIMIT", "video_seconds"),
        (Limits(input_mb=1e-4), "INPUT_LIMIT", "input_mb"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_bound_ends_a_build_with_an_error_of_its_own(
    office: Opened, limits: Limits, code: str, named: str
) -> None:
    here = office(LONG)
    task = here.submit(InputConfig(source="projects/talk.yaml"))
    here.start(task, limits)
    failed = here.ended(task)
    assert failed.status == "failed"
    assert failed.error is not None
    assert failed.error["error_code"] == code
    assert named in failed.error["hint"]
    assert not rubbish(here)


def test_a_cleanup_forgets_old_tasks_and_keeps_films(office: Opened) -> None:
    here = office(PROJECT)
    here.studio.doit("create", "project=talk")
    (task,) = here.home.repository().list()
    film = here.studio.film / "talk.en.mp4"
    segment = here.studio.film / "rules/segment.mp4"
    waits = here.submit()
    assert lifecycle.cleanup(here.home) == []
    assert [each.id for each in lifecycle.cleanup(here.home, timedelta())] == [task.id]
    assert (film.exists(), segment.exists(), waits == here.load(waits)) == (True, False, True)
    assert not Path(here.home.events(task.id)).exists()
    with pytest.raises(TaskNotFound):
        here.load(task)
    assert trail(here, task)[-1] == "cleaned"
    # what is gone is made again, of what the store has kept
    assert here.studio.doit("create", "project=talk").code == 0
    assert segment.exists()


def test_a_cleanup_takes_films_when_it_is_told_to(office: Opened) -> None:
    here = office(PROJECT)
    here.studio.doit("create", "project=talk")
    lifecycle.cleanup(here.home, timedelta(), videos=True)
    assert not (here.studio.film / "talk.en.mp4").exists()


def test_a_cleanup_leaves_what_another_task_made(office: Opened) -> None:
    here = office(PROJECT)
    here.studio.doit("create", "project=talk")
    (old,) = here.home.repository().list()
    moment = now() - timedelta(days=31)
    here.home.repository().save(old.model_copy(update={"updated_at": moment}))
    here.studio.edit("Three scenes are enough", "Three are enough")
    here.studio.doit("create", "project=talk")
    (new,) = [task for task in here.home.repository().list() if task.id != old.id]
    assert [task.id for task in lifecycle.cleanup(here.home)] == [old.id]
    assert here.load(new).status == "completed"
    assert (here.studio.film / "opening/segment.mp4").exists()
