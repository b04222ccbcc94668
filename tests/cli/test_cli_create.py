"""`create`: data on stdout, the rest on stderr, and exit codes that tell what became of it."""

from __future__ import annotations

import dataclasses
import json
import re
import sys
from collections.abc import Callable
from typing import Any

import pytest
from studio import Outcome, Studio

from videogen.build.lock import ProjectLock
from videogen.build.workspace import Workspace
from videogen.model import events

NOTES = """\
# Kiln

Kiln bakes small sites. It reads a folder and writes pages.

## Use it

- Write a page in Markdown
- Run the tool in its folder
"""
OPTIONS = ["--from", "notes.md", "--output", "films", "--theme", "daylight", "--accent", "green"]
OPTIONS += ["--voice", "draft:", "--title", "A kiln for pages", "--jobs", "2"]
FILM = "films/notes/notes/en/notes.en.mp4"


@dataclasses.dataclass(frozen=True)
class Made:
    studio: Studio
    outcome: Outcome

    @property
    def events(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.outcome.out.splitlines()]

    def read(self, name: str) -> Any:
        return json.loads((self.studio.folder / "films/notes/notes/en" / name).read_bytes())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A film of a document, made with every option, and its events."""
    studio = Studio(tmp_path_factory.mktemp("made"))
    (studio.folder / "notes.md").write_text(NOTES)
    return Made(studio, studio.video_gen("create", *OPTIONS, "--json"))


def test_a_document_needs_no_project(made: Made) -> None:
    assert (made.outcome.code, made.outcome.err) == (0, "")
    assert (made.studio.folder / FILM).stat().st_size > 10_000
    assert not (made.studio.folder / "projects").exists()
    assert not (made.studio.folder / "build").exists()


def test_options_decide_how_it_looks_and_sounds(made: Made) -> None:
    assert made.read("look.json")["theme"]["name"] == "daylight"
    assert made.read("look.json")["accent"] == "green"
    assert made.read("script.json")["title"] == "A kiln for pages"
    assert list(made.read("title/timing.json")["voices"]) == ["draft:"]


def test_every_line_is_an_event_of_a_known_form(made: Made) -> None:
    for event in made.events:
        form = getattr(events, event["event"])
        assert set(event) == {"event", "time", *form._fields}
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", event["time"])


def test_the_events_tell_the_whole_story(made: Made) -> None:
    told = made.events
    begun = {"event": "TaskCreated", "project": "notes", "input": "films/notes/notes.yaml"}
    assert told[0].items() >= begun.items()
    assert [event["time"] for event in told] == sorted(event["time"] for event in told)
    assert told[-1]["event"] == "TaskCompleted"
    assert told[-1]["videos"] == [FILM]
    (started,) = (event for event in told if event["event"] == "TaskStarted")
    done = {event["name"] for event in told if event["event"] == "StageComplete"}
    assert {event["name"] for event in told if event["event"] == "StageStart"} == done
    assert len(done) == sum(started["stages"].values()) == told[-1]["counts"]["made"]
    last = {event["stage"]: (event["done"], event["total"]) for event in told if event["event"] == "Progress"}
    assert last == {stage: (total, total) for stage, total in started["stages"].items()}
    for event in told:
        if event["event"] == "ArtifactCreated":
            assert (made.studio.folder / event["path"]).stat().st_size == event["size_bytes"]
    types = {event["path"]: event["type"] for event in told if event["event"] == "ArtifactCreated"}
    assert types[FILM] == "video"
    assert set(types.values()) == {"video", "audio", "image", "captions", "text", "data"}


def test_the_same_again_makes_nothing(made: Made) -> None:
    again = made.studio.video_gen("create", *(option.replace("--accent", "--color") for option in OPTIONS))
    assert (again.code, again.out) == (0, f"{FILM}\n")
    assert "up to date" in again.err


def test_a_wrong_project_is_an_event_too(made: Made) -> None:
    outcome = made.studio.video_gen("create", "--from", "nothing.md", "--json")
    (event,) = [json.loads(line) for line in outcome.out.splitlines()]
    assert (event["event"], event["error"]["error_code"], outcome.code) == ("StageError", "VALIDATION_ERROR", 2)
    assert outcome.err.startswith("error: ")


def _beginning(outcome: Outcome) -> dict[str, Any]:
    """The error that kept a build from beginning, said on both streams."""
    *before, event = [json.loads(line) for line in outcome.out.splitlines()]
    assert {earlier["event"] for earlier in before} <= {"TaskCreated"}
    assert event["event"] == "StageError"
    assert outcome.err == f"error: {event['error']['shown']}\n"
    assert outcome.code == event["error"]["exit_code"]
    return event["error"]


def test_a_project_that_is_locked_is_an_event_too(studio: Studio) -> None:
    lock = ProjectLock(Workspace("talk", "projects/talk.yaml", str(studio.folder / "build/talk")))
    lock.acquire()
    try:
        studio.edit("min_seconds: 4", "min_seconds: 5")
        assert "is running (process " in _beginning(studio.video_gen("create", "--json"))["shown"]
        # whoever has the lock goes on writing its own events: they were not begun anew
        assert not (studio.folder / "build/talk/events.ndjson").exists()
        assert studio.doit("create", "project=talk").err.startswith('error: another build of "talk" is running')
    finally:
        lock.release()


def test_a_state_that_cannot_be_opened_is_an_event_too(studio: Studio) -> None:
    state = studio.folder / "build/talk/.state.sqlite"
    state.unlink()
    state.mkdir()
    error = _beginning(studio.video_gen("create", "--json"))
    assert (error["error_code"], error["file"]) == ("RESOURCE_ERROR", "build/talk/.state.sqlite")
    by_doit = studio.doit("create", "project=talk")
    assert (by_doit.code, by_doit.err) == (1, f"error: {error['shown']}\n")


def test_what_doit_refuses_is_an_error_like_any_other(studio: Studio) -> None:
    program = (
        "from videogen.build.run import build\n"
        "from videogen.build.workspace import find_workspace\n"
        "from videogen.model.errors import ValidationError\n"
        "try:\n    build(find_workspace(), ('nothing',), [])\nexcept ValidationError as error:\n    print(error)\n"
    )
    outcome = studio.run(sys.executable, "-c", program)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith('Invalid parameter: "nothing".')


def test_it_says_where_the_film_is_and_what_was_made(studio: Studio) -> None:
    studio.edit("This is a small film", "This is a short film")
    outcome = studio.video_gen("create", "talk")
    assert (outcome.code, outcome.out) == (0, "build/talk/talk/en/talk.en.mp4\n")
    *lines, last = outcome.err.splitlines()
    assert {line.split()[1] for line in lines if line.startswith("  made")} == outcome.made
    assert last.startswith(f"talk: {len(outcome.made)} made, ")
    assert " unchanged in " in last


def test_quiet_prints_the_path_only(studio: Studio) -> None:
    studio.edit("This is a small film", "This is a quiet film")
    outcome = studio.video_gen("create", "-q")
    assert (outcome.code, outcome.out, outcome.err) == (0, "build/talk/talk/en/talk.en.mp4\n", "")


def test_a_project_anywhere_can_be_named(studio: Studio) -> None:
    for arguments in (["projects/talk.yaml"], ["--from", "projects/talk.yaml"]):
        outcome = studio.video_gen("create", *arguments)
        assert (outcome.code, outcome.out) == (0, "build/talk/talk/en/talk.en.mp4\n")


def test_warnings_are_said_and_fail_only_when_asked(studio: Studio) -> None:
    studio.edit("min_seconds: 4\n", "min_seconds: 4\n    max_seconds: 4\n")
    first = studio.video_gen("create")
    assert first.code == 0
    found = json.loads((studio.folder / "build/talk/events.ndjson").read_text().splitlines()[-1])["findings"]
    assert set(found) <= set(first.err.splitlines())
    assert any(line.startswith("warning: rules: ") for line in found)
    count = f"the checks found {len(found)} warning"
    assert count in first.err.splitlines()[-1]
    again = studio.video_gen("create")  # all is up to date: once is enough, but it is not forgotten
    assert again.code == 0
    assert not set(found) & set(again.err.splitlines())
    assert count in again.err
    assert "build/talk/talk/en/report.json" in again.err
    for strict in (["--fail-on-warn"], ["--fail-on-warn", "--quiet"]):
        failed = studio.video_gen("create", *strict)
        assert (failed.code, failed.out) == (3, first.out)
        assert set(found) <= set(failed.err.splitlines())
    events_of = studio.video_gen("create", "--json", "--fail-on-warn")
    last = json.loads(events_of.out.splitlines()[-1])
    assert (last["passed"], last["findings"], events_of.code) == (False, found, 3)
    by_doit = studio.doit("create", "warnings=fail")
    assert by_doit.code == 3
    assert set(found) <= set(by_doit.err.splitlines())


def test_a_failure_says_what_and_leaves_the_rest(studio: Studio) -> None:
    studio.edit("narration: That is all there is to it.", "narration: Das ist alles.\n    pause_after: 9")
    outcome = studio.video_gen("create", "--json")
    assert outcome.code == 2
    told = [json.loads(line) for line in outcome.out.splitlines()]
    assert [event["event"] for event in told[-2:]] == ["StageError", "TaskFailed"]
    assert "pause_after" in told[-2]["error"]["shown"]
    assert (studio.film / "talk.en.mp4").exists()


def test_nothing_is_left_beside_the_build(made: Made) -> None:
    assert {path.name for path in made.studio.folder.iterdir()} == {"notes.md", "films", "store"}
    assert not list(made.studio.folder.rglob(".videogen-*"))


def test_one_of_several_videos_is_made_alone(fresh: Callable[..., Studio]) -> None:
    def video(name: str) -> str:
        scene = f"{{kind: title, content: {{title: {name}}}, narration: This is {name}.}}"
        return f"  - id: {name}\n    scenes: [{scene}]\n"

    studio = fresh('voice: "draft:"\noutput: {resolution: 480p}\nvideos:\n' + video("one") + video("two"))
    wrong = studio.video_gen("create", "talk", "--video", "tow")
    assert (wrong.code, wrong.out) == (2, "")
    assert 'no video "tow" in projects/talk.yaml; did you mean "two"?' in wrong.err
    outcome = studio.video_gen("create", "talk", "--video", "two")
    assert (outcome.code, outcome.out) == (0, "build/talk/two/en/two.en.mp4\n"), outcome.err
    assert not (studio.folder / "build/talk/one/en/one.en.mp4").exists()
    both = studio.video_gen("create", "talk")
    assert sorted(both.out.split()) == ["build/talk/one/en/one.en.mp4", "build/talk/two/en/two.en.mp4"]
    assert not any("two" in name for name in both.ran)


def test_a_document_has_a_film_of_each_shape_that_is_asked_for(studio: Studio) -> None:
    (studio.folder / "notes.md").write_text("# Kiln\n\nKiln bakes sites from plain text files.\n")
    shapes = ("create", "--from", "notes.md", "--draft", "--quiet", "--aspect")
    made = studio.video_gen(*shapes, "9:16,1:1")
    folder = "build/notes.draft"
    assert (made.code, made.out.splitlines()) == (
        0,
        [f"{folder}/notes/en/notes.en.mp4", f"{folder}/notes-1x1/en/notes-1x1.en.mp4"],
    )
    wrong = studio.video_gen(*shapes, "3:2")
    assert wrong.code == 2
    assert wrong.err.startswith("error: aspect: entry 1 of `aspect` must be one of 16:9, 9:16, 1:1, 4:5")
