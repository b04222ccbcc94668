"""Tasks from the command line: what one command begins, another sees and stops."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from studio import Studio
from tasks.tasks_kit import LONG, Office

from videogen.model.task import InputConfig, Task, new_task
from videogen.tasks.audit import shown_name
from videogen.tasks.home import home_of
from videogen.tasks.told import line_of


def office(studio: Studio) -> Office:
    return Office(studio, home_of(str(studio.folder / "build")))


def test_a_build_is_listed_shown_and_its_log_is_written(fresh: Callable[[str], Studio]) -> None:
    studio = fresh(LONG)
    assert studio.video_gen("list").err == "no tasks in build\n"
    assert studio.video_gen("create", "talk").code == 0
    (line,) = studio.video_gen("list").out.splitlines()
    task, status, *_ = line.split()
    assert (status, line.endswith(" 100 %  projects/talk.yaml")) == ("completed", True)
    shown = studio.video_gen("status", task)
    assert shown.code == 0
    assert "audio      completed     15/15" in shown.out
    assert shown.out.splitlines()[-1] == "build/talk/talk/en/talk.en.mp4"
    log = studio.video_gen("logs", task).out.splitlines()
    assert sum("made     audio:talk/en/" in line for line in log) == 15
    assert log[-1].endswith("build/talk/talk/en/talk.en.mp4")
    events = [json.loads(line) for line in studio.video_gen("logs", "--json", "--follow", task).out.splitlines()]
    assert [each["id"] for each in events] == list(range(1, len(events) + 1))
    (told,) = json.loads(studio.video_gen("list", "--json", "--status", "completed").out)
    assert told == json.loads(studio.video_gen("status", task, "--json").out)
    assert (told["id"], told["progress"]) == (task, 1.0)
    assert studio.video_gen("list", "--status", "failed").err == "no tasks in build are failed\n"


@contextmanager
def at_work(here: Office) -> Iterator[tuple[subprocess.Popen[str], Task]]:
    """A build of the long project in a terminal of its own, once it makes something."""
    command = [sys.executable, "-m", "videogen", "create", "talk"]
    with subprocess.Popen(
        command, cwd=here.studio.folder, env=here.studio.environment(), stderr=subprocess.PIPE, text=True
    ) as build:
        here.until(lambda: bool(here.home.repository().list("running")))
        (task,) = here.home.repository().list("running")
        here.at_work(task)
        yield build, task


def test_another_terminal_pauses_a_build_and_goes_on_with_it(fresh: Callable[[str], Studio]) -> None:
    studio = fresh(LONG)
    here = office(studio)
    with at_work(here) as (build, task):
        asked = studio.video_gen("pause", task.id)
        assert (asked.code, asked.err) == (0, "it pauses when what is being made is finished\n")
        _, err = build.communicate()
    assert build.returncode == 130
    assert err.splitlines()[-1].startswith("paused after")
    before = here.made(task)
    again = studio.video_gen("resume", task.id)
    assert again.code == 0, again.err
    assert again.out == "build/talk/talk/en/talk.en.mp4\n"
    assert not set(before) & (set(here.made(task)[len(before) :]))
    assert here.load(task).attempt == 2


def test_a_build_is_cancelled_and_cleaned_away(fresh: Callable[[str], Studio]) -> None:
    studio = fresh(LONG)
    here = office(studio)
    with at_work(here) as (build, task):
        assert studio.video_gen("cancel", task.id).err == "cancelled\n"
        build.communicate()
    assert build.returncode == 130
    refused = studio.video_gen("pause", task.id)
    assert (refused.code, refused.err.count("\n")) == (2, 1)
    assert f"{task.id} is cancelled" in refused.err
    assert studio.video_gen("clean").out == ""
    assert studio.video_gen("clean", "--days", "0").out == f"removed {task.id}  projects/talk.yaml\n"
    assert not list(studio.film.rglob("narration.mp3"))


def test_of_a_task_that_is_not_there_is_said_so(built_studio: Studio) -> None:
    for command in ("status", "logs", "pause", "resume", "cancel"):
        outcome = built_studio.video_gen(command, "task_000000000000")
        assert (outcome.code, outcome.out) == (2, "")
        said = 'there is no task "task_000000000000"; `video-gen list` shows those of build/; see also --output'
        assert outcome.err == f"error: {said}\n"


def test_a_task_is_called_as_who_asked_for_it_named_it(tmp_path: Path) -> None:
    studio = Studio(tmp_path)
    (tmp_path / "notes.md").write_text("# Kiln\n\nKiln bakes small sites. It reads pages, and it writes a site.\n")
    assert studio.video_gen("create", "--from", "notes.md", "--voice", "draft:", "-q").code == 0
    (line,) = studio.video_gen("list").out.splitlines()
    assert line.endswith("  100 %  notes.md")
    shown = studio.video_gen("status", line.split()[0]).out
    assert shown.splitlines()[0].endswith("  notes.md")
    sent = InputConfig(source=f"build/.uploads/{32 * 'a'}/talk.md")
    assert shown_name(new_task(sent)) == "talk.md"


def test_what_a_task_is_not_ready_for_says_what_it_is(studio: Studio) -> None:
    studio.edit("min_seconds: 4", "min_seconds: 5")
    assert studio.video_gen("create").code == 0
    task = studio.video_gen("list").out.split()[0]
    for verb in ("paused", "cancelled"):
        outcome = studio.video_gen("pause" if verb == "paused" else "cancel", task)
        said = (
            f"error: {task} is completed and cannot be {verb}; it can be resumed, which makes what has changed since\n"
        )
        assert (outcome.code, outcome.err) == (2, said)
    assert studio.video_gen("clean").err == "nothing to remove: no task in build ended more than 30 days ago\n"
    assert studio.video_gen("prune").err.endswith("nothing to remove in build/talk\n")


def test_a_record_tells_the_time_of_day_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "UTC-05:30")
    time.tzset()
    try:
        event = {"event": "Warned", "name": "", "message": "mind", "time": "2026-11-26T20:00:01.500Z"}
        assert line_of(event) == "01:30:01  warning: mind"
    finally:
        monkeypatch.undo()
        time.tzset()
