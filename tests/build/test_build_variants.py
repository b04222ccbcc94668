"""One project as several films: its draft, and other shapes of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import av
import pytest
from studio import PROJECT, Outcome, Studio

SCENES = ("opening", "rules", "closing")
SHAPES = PROJECT.replace('voice: "draft:"\n', 'voice: "hibari:heart"\naspect: ["16:9", "9:16"]\n').replace(
    "output: {resolution: 480p}", "output: {resolution: 480p, fps: 24}"
)


def size(film: Path) -> tuple[int, int]:
    with av.open(str(film)) as opened:
        return opened.streams.video[0].width, opened.streams.video[0].height


def events(studio: Studio, build: str) -> dict[str, str]:
    lines = (studio.folder / "build" / build / "events.ndjson").read_text().splitlines()
    return {event["name"]: event["how"] for event in map(json.loads, lines) if event["event"] == "StageComplete"}


def test_a_draft_is_small_and_silent_and_stands_beside_the_film(studio: Studio) -> None:
    studio.edit("{resolution: 480p}", "{resolution: 720p, quality: final}")
    studio.edit('voice: "draft:"', "voice: auto")
    outcome = studio.video_gen("create", "talk", "--draft")
    assert (outcome.code, outcome.out) == (0, "build/talk.draft/talk/en/talk.en.mp4\n"), outcome.err
    assert size(studio.folder / outcome.out.strip()) == (854, 480)
    manifest = json.loads((studio.folder / "build/talk.draft/talk/en/manifest.json").read_text())
    assert [voice["name"] for voice in manifest["voices"]] == ["draft:"]
    assert manifest["format"]["quality"] == "standard"


def test_neither_draft_nor_film_undoes_the_other(studio: Studio) -> None:
    before = studio.hashes()
    draft = ["create", "project=talk", "profile=draft"]
    assert studio.doit(*draft).code == 0
    assert studio.hashes() == before
    assert studio.doit("create", "project=talk").ran == set()
    again = studio.doit(*draft)
    assert (again.code, events(studio, "talk.draft")) == (0, {})
    assert "up to date" in again.err


def test_what_tells_of_a_build_tells_of_its_draft(studio: Studio) -> None:
    assert "up to date" in studio.video_gen("status", "talk").out
    assert "segment:talk/en/rules" in studio.video_gen("status", "talk", "--draft").out
    assert "segment:talk/en/rules" in studio.doit("explain", "project=talk", "profile=draft").out
    assert "stale" in studio.video_gen("graph", "talk", "--draft").out
    assert studio.video_gen("preview", "rules", "--draft").out == "build/talk.draft/talk/en/rules/final.png\n"
    assert studio.video_gen("prune", "talk", "--draft").code == 0


def test_a_draft_of_a_document(fresh: Callable[..., Studio]) -> None:
    studio = fresh()
    (studio.folder / "notes.md").write_text("# Notes\n\nA build makes files.\n")
    outcome = studio.video_gen("create", "--from", "notes.md", "--output", "films", "--draft")
    assert (outcome.code, outcome.out) == (0, "films/notes.draft/notes/en/notes.en.mp4\n"), outcome.err


@pytest.fixture(scope="module")
def shapes(tmp_path_factory: pytest.TempPathFactory) -> tuple[Studio, Outcome]:
    from studio import new_studio

    studio = new_studio(tmp_path_factory.mktemp("shapes") / "studio", SHAPES)
    return studio, studio.doit("create", "project=talk")


def test_several_shapes_are_as_many_films(shapes: tuple[Studio, Outcome]) -> None:
    studio, outcome = shapes
    assert outcome.code == 0, outcome.err
    films = outcome.out.split()
    assert sorted(films) == ["build/talk/talk-9x16/en/talk-9x16.en.mp4", "build/talk/talk/en/talk.en.mp4"]
    assert {film: size(studio.folder / film) for film in films} == {
        "build/talk/talk/en/talk.en.mp4": (854, 480),
        "build/talk/talk-9x16/en/talk-9x16.en.mp4": (480, 854),
    }


def test_one_narration_serves_all_shapes(shapes: tuple[Studio, Outcome]) -> None:
    studio, outcome = shapes
    spoken = {name: how for name, how in outcome.tasks.items() if name.startswith("audio:")}
    assert spoken == {
        **{f"audio:talk/en/{scene}": "made" for scene in SCENES},
        **{f"audio:talk-9x16/en/{scene}": "restored" for scene in SCENES},
    }
    for scene in SCENES:
        wide, tall = (studio.folder / f"build/talk/{video}/en/{scene}" for video in ("talk", "talk-9x16"))
        assert (wide / "narration.mp3").read_bytes() == (tall / "narration.mp3").read_bytes()
        assert (wide / "final.png").read_bytes() != (tall / "final.png").read_bytes()


def test_a_line_of_narration_is_spoken_once_for_all_shapes(shapes: tuple[Studio, Outcome]) -> None:
    studio, _ = shapes
    studio.edit("Every result is a file. Every file", "Each result is one file. Every file")
    outcome = studio.doit("create", "project=talk")
    audio = {name: how for name, how in outcome.tasks.items() if name.startswith(("audio:", "frames:"))}
    assert audio == {"audio:talk/en/rules": "made", "audio:talk-9x16/en/rules": "restored"}


def test_a_command_is_run_once_for_all_shapes(fresh: Callable[..., Studio]) -> None:
    studio = fresh(
        'title: Talk\nvoice: "draft:"\naspect: ["16:9", "1:1"]\noutput: {resolution: 480p}\nallow_commands: true\n'
        "scenes:\n  - id: shown\n    kind: terminal\n    content: {header: Now, command: echo once >> ran; cat ran}\n"
        "    narration: This is what it says.\n    min_seconds: 5\n"
    )
    outcome = studio.doit("create", "project=talk")
    assert outcome.code == 0, outcome.err
    assert {name for name in outcome.tasks if name.startswith("capture:")} == {"capture:talk/en/shown"}
    assert (studio.folder / "ran").read_text() == "once\n"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ('["16:9", "16:9"]', "each shape only once"),
        ('["16:9", "2:1"]', '"16:9"'),
        ("[]", "not be empty"),
    ],
)
def test_shapes_that_are_none(fresh: Callable[..., Studio], given: str, said: str) -> None:
    outcome = fresh(PROJECT.replace("voice:", f"aspect: {given}\nvoice:", 1)).doit("create", "project=talk")
    assert outcome.code == 2
    assert "projects/talk.yaml:2:" in outcome.err
    assert said in outcome.err


def test_scenes_of_different_videos_are_not_shapes_of_each_other(fresh: Callable[..., Studio]) -> None:
    def video(name: str) -> str:
        scene = f"{{id: run, kind: terminal, content: {{header: Run, command: echo {name}}}, narration: It runs.}}"
        return f'  - id: {name}\n    aspect: ["16:9", "1:1"]\n    scenes: [{scene}]\n'

    studio = fresh('voice: "draft:"\nallow_commands: true\nvideos:\n' + video("one") + video("two"))
    outcome = studio.doit("capture", "project=talk")
    assert (outcome.code, {name for name in outcome.ran if name.startswith("capture:")}) == (
        0,
        {"capture:one/en/run", "capture:two/en/run"},
    ), outcome.err
    listed = studio.doit("info", "frames:two-1x1/en/run", "project=talk").out
    assert "build/talk/two/en/run/capture.json" in listed
    assert "build/talk/one/" not in listed
