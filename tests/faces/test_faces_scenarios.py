"""The same ten scenarios over four faces: doit, the command line, Python and HTTP make the same, to the byte.

Each face works in a folder of its own, with a store of its own: nothing is taken from another.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from faces.faces_kit import Built, CommandLine, Doit, Face, Http, Python, office, program
from studio import PROJECT, SPANISH, Studio, long_project, new_studio
from web.conftest import serving

from videogen.model.task import Task

KILN = """\
# Kiln

Kiln bakes pots from clay. It is small and it needs no network.

## Usage

Kiln reads a recipe, heats the oven and bakes the pot.
"""


def changed(before: str, after: str) -> str:
    assert PROJECT.count(before) == 1, before
    return PROJECT.replace(before, after)


@dataclass(frozen=True)
class Seen:
    """What there is after a scenario: what was told, the files by their hash, and how often each stage made or
    restored something."""

    told: Built
    files: dict[str, str]
    made: dict[str, int] = field(default_factory=dict)
    stood: str = ""


def files_of(build: Path) -> dict[str, str]:
    """Every target below a folder."""
    paths = {path.relative_to(build): path for path in sorted(build.rglob("*")) if path.is_file()}
    return {
        name.as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for name, path in paths.items()
        # what a build keeps for itself: times, and where it was run
        if path.name != "events.ndjson" and not any(part.startswith(".") for part in name.parts)
    }


def made_in(studio: Studio, project: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    for line in (studio.folder / "build" / project / "events.ndjson").read_text().splitlines():
        event = json.loads(line)
        if event["event"] == "StageComplete" and event["how"] in ("made", "restored"):
            counts[event["stage"]] = counts.get(event["stage"], 0) + 1
    return counts


Scenario = Callable[[Face], Seen]


def project(text: str) -> Scenario:
    """The project as it stands after an edit is built."""

    def play(face: Face) -> Seen:
        face.studio.project.write_text(text)
        told = face.build("talk")
        return Seen(told, files_of(face.studio.folder / "build"), made_in(face.studio, "talk"))

    return play


IN_TWO = changed('voice: "draft:"', 'voice: "draft:"\nlanguages: [en, es]')


def translated(folder: Path) -> str:
    """The translations of the project."""
    studio = new_studio(folder, IN_TWO)
    assert studio.video_gen("translate", "talk").code == 0
    told = yaml.safe_load((studio.project.parent / "translations" / "es.yaml").read_text())
    for scene in told["talk"].values():
        for entry in scene:
            entry["es"] = SPANISH[entry["en"]]
    return yaml.safe_dump(told, allow_unicode=True, sort_keys=False)


def two_languages(face: Face) -> Seen:
    # what somebody has translated stood there before: `journeys` put it there
    return project(IN_TWO)(face)


def a_document(place: Future[str]) -> Scenario:
    def play(face: Face) -> Seen:
        told = face.document(KILN, "green", place)
        return Seen(told, files_of(face.studio.folder / place.result()))

    return play


@contextmanager
def chosen(place: Future[str]) -> Iterator[None]:
    """Who waits for the place is told when none will come."""
    try:
        yield
    except BaseException as error:
        if not place.done():
            place.set_exception(error)
        raise


def stopped_and_resumed(face: Face) -> Seen:
    (face.studio.project.with_name("long.yaml")).write_text(long_project(3))
    here = office(face.studio)

    def begun(task: Task) -> None:
        here.until(lambda: any(name.startswith("audio:") for name in here.made(task)), "the making of targets")

    stood, told = face.stopped_and_resumed("long", begun)
    return Seen(told, files_of(face.studio.folder / "build"), stood=stood)


def scenarios(place: Future[str]) -> dict[str, Scenario]:
    edited_bullet = changed("Every result is a file, Every", "Each result is a file, Every")
    edited_narration = changed("That is all there is to it.", "That is all there was to it.")
    two_shapes = changed("output: {resolution: 480p}", 'aspect: ["16:9", "1:1"]\noutput: {resolution: 480p}')
    return {
        "a fresh build": project(PROJECT),
        "nothing to do": project(PROJECT),
        "one bullet edited": project(edited_bullet),
        "one narration edited": project(edited_narration),
        "a scene removed": project(PROJECT[: PROJECT.index("  - id: closing")]),
        "two languages": two_languages,
        "two shapes": project(two_shapes),
        "a document": a_document(place),
        "a project that fails": project(changed("kind: outro", "kind: outr")),
        "stopped and resumed": stopped_and_resumed,
    }


def journeys(folder: Path) -> Iterator[tuple[str, Callable[[], dict[str, Seen]]]]:
    spanish = translated(folder / "translated")
    place: Future[str] = Future()

    def journey(face: Face) -> dict[str, Seen]:
        return {name: play(face) for name, play in scenarios(place).items()}

    def new_studio_of(face: str) -> Studio:
        studio = new_studio(folder / face)
        (studio.project.parent / "translations").mkdir()
        (studio.project.parent / "translations" / "es.yaml").write_text(spanish)
        return studio

    def doit() -> dict[str, Seen]:
        return journey(Doit(new_studio_of("doit")))

    def command_line() -> dict[str, Seen]:
        return journey(CommandLine(new_studio_of("command")))

    def python() -> dict[str, Seen]:
        studio = new_studio_of("python")
        with program(studio) as running:
            seen = journey(Python(studio, running))
            assert running.stdin is not None
            running.stdin.close()
        assert running.returncode == 0
        return seen

    def http() -> dict[str, Seen]:
        studio = new_studio_of("http")
        with chosen(place), serving(studio) as server:
            return journey(Http(studio, server))

    yield from {"doit": doit, "command line": command_line, "Python": python, "HTTP": http}.items()


def test_ten_scenarios_come_out_alike_over_four_faces(tmp_path: Path) -> None:
    with ExitStack() as stack:
        pool = stack.enter_context(ThreadPoolExecutor(4))
        begun = {name: pool.submit(play) for name, play in journeys(tmp_path)}
        seen: dict[str, dict[str, Seen]] = {name: future.result() for name, future in begun.items()}
    by_doit = seen["doit"]
    assert len(by_doit) == 10

    for name, other in seen.items():
        for scenario, expected in by_doit.items():
            found = other[scenario]
            what = f"{scenario}, by {name}"
            assert (found.told.status, found.told.error) == (expected.told.status, expected.told.error), what
            assert sorted(found.told.videos) == sorted(expected.told.videos), what
            differing = {
                path for path in found.files | expected.files if found.files.get(path) != expected.files.get(path)
            }
            assert not differing, what
            assert found.made == expected.made, what

    # and it is what should come of each
    scenes = {"audio", "frames", "segment"}
    made = {
        name: {stage: count for stage, count in each.made.items() if stage in scenes} for name, each in by_doit.items()
    }
    assert made["a fresh build"] == {"audio": 3, "frames": 3, "segment": 3}
    assert by_doit["nothing to do"].made == {}
    assert made["one bullet edited"] == {"frames": 1, "segment": 1}
    assert made["one narration edited"]["audio"] == 1
    assert "audio" not in made["a scene removed"]
    assert {"kiln.md", "kiln/kiln/en/manifest.json"} <= by_doit["a document"].files.keys()
    assert len(by_doit["two languages"].told.videos) == len(by_doit["two shapes"].told.videos) == 2
    assert made["two languages"]["audio"] == 4  # three to Spanish, and the narration that was edited is as it was
    assert made["two shapes"].get("audio", 0) <= 3
    failed = by_doit["a project that fails"].told
    assert (failed.status, failed.error and failed.error["line"]) == ("failed", 18)
    assert [seen[face]["stopped and resumed"].stood for face in seen] == ["paused"] * 4
