"""What the record of a task tells, also of one that was cut off."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from videogen.model.address import shown_source
from videogen.model.errors import ResourceError
from videogen.model.task import InputConfig, new_task
from videogen.tasks.audit import entry, note, read_trail
from videogen.tasks.stages import read_events, stages_of


def at(second: float) -> str:
    return f"2026-01-01T00:00:{second:06.3f}Z"


def start(stage: str, name: str, second: float) -> dict[str, object]:
    return {"event": "StageStart", "stage": stage, "name": f"{stage}:{name}", "time": at(second)}


def complete(stage: str, name: str, second: float) -> dict[str, object]:
    done = {"event": "StageComplete", "stage": stage, "name": f"{stage}:{name}", "how": "made", "seconds": 1.0}
    return {**done, "time": at(second)}


CREATED = {"event": "TaskCreated", "project": "talk", "input": "talk.yaml", "time": at(0)}


def test_the_time_of_a_stage_is_that_in_which_something_of_it_is_made() -> None:
    events = [CREATED, start("audio", "a", 1), start("audio", "b", 2), complete("audio", "a", 4),
              complete("audio", "b", 5), start("audio", "c", 8), complete("audio", "c", 9)]  # fmt: skip
    (audio,) = stages_of(events)
    assert (audio.duration_seconds, audio.started_at, audio.completed_at) == (5.0, at(1), at(9))
    assert audio.retry_count == 0


def test_what_was_begun_twice_was_retried() -> None:
    error = {"event": "StageError", "stage": "audio", "name": "audio:a", "error": {"error": "no"}, "time": at(2)}
    events = [CREATED, start("audio", "a", 1), error, CREATED, start("audio", "a", 3), complete("audio", "a", 4)]
    (audio,) = stages_of(events)
    assert (audio.retry_count, audio.error, audio.status) == (1, None, "running")
    (failed,) = stages_of(events[:3])
    assert (failed.status, failed.error) == ("failed", {"error": "no"})


def test_of_a_build_that_was_killed_nothing_is_running() -> None:
    events = [CREATED, start("frames", "a", 1), complete("frames", "a", 2), start("frames", "b", 3)]
    assert [each.status for each in stages_of(events)] == ["running"]
    (frames,) = stages_of(events, ended=True)
    assert (frames.status, frames.duration_seconds) == ("pending", 1.0)


def test_a_line_that_is_being_written_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "events.ndjson"
    path.write_text(json.dumps(CREATED) + "\n" + json.dumps(CREATED)[:9])
    assert [each.id for each in read_events(str(path))] == [1]
    assert list(read_events(str(path), after=1)) == []
    assert list(read_events(str(tmp_path / "none"))) == []


@given(st.integers(0, 30), st.integers(0, 40))
def test_whoever_comes_back_gets_just_what_was_missed(
    tmp_path_factory: pytest.TempPathFactory, count: int, after: int
) -> None:
    path = tmp_path_factory.mktemp("record") / "events.ndjson"
    path.write_text("".join(json.dumps({**CREATED, "project": str(number)}) + "\n" for number in range(count)))
    found = list(read_events(str(path), after))
    assert [(each.id, each.event["project"]) for each in found] == [(n + 1, str(n)) for n in range(count) if n >= after]


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("https://ada:s3cret@example.org:8443/a.md?key=s3cret#s3cret", "https://example.org:8443/a.md"),
        ("http://s3cret@[::1]/x", "http://[::1]/x"),
        ("https://example.org/a.md", "https://example.org/a.md"),
        ("docs/a?b.md", "docs/a?b.md"),
    ],
)
def test_an_address_is_noted_without_what_may_be_secret(tmp_path: Path, given: str, shown: str) -> None:
    assert shown_source(given) == shown
    trail = str(tmp_path / "deep" / "audit.ndjson")
    task = new_task(InputConfig(source=given), "ada")
    note(trail, entry(task, "created", error="", videos=[]), entry(task, "completed", seconds=1.5))
    assert "s3cret" not in Path(trail).read_text()
    assert [(each.event_type, each.source) for each in read_trail(trail)] == [("created", shown), ("completed", shown)]
    assert [each.details for each in read_trail(trail, event_type="completed")] == [{"seconds": 1.5}]
    assert list(read_trail(trail, task_id="task_000000000000")) == []


def test_a_trail_is_only_added_to_and_a_torn_line_hides_no_other(tmp_path: Path) -> None:
    trail = tmp_path / "audit.ndjson"
    task = new_task(InputConfig(source="a.md"))
    note(str(trail), entry(task, "created"))
    before = trail.read_bytes()
    trail.write_bytes(before + b'{"timestamp": "2026\n')
    note(str(trail), entry(task, "started"))
    assert trail.read_bytes().startswith(before)
    assert [each.event_type for each in read_trail(str(trail))] == ["created", "started"]
    assert list(read_trail(str(tmp_path / "none"))) == []
    with pytest.raises(ResourceError):
        note(str(tmp_path), entry(task, "created"))
