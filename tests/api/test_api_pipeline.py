"""The Python API, with real builds in processes of their own."""

from __future__ import annotations

import asyncio
import io
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from studio import PROJECT, Studio
from tasks.tasks_kit import LONG

import videogen
from videogen import InputConfig, Limits, Pipeline, PipelineOrchestrator
from videogen.build.events import Bus
from videogen.model.errors import PipelineError, TaskNotFound, ValidationError
from videogen.model.events import Event, StageComplete, TaskCompleted, TaskCreated
from videogen.tasks import lifecycle
from videogen.tasks.home import Home
from videogen.tasks.jsonfiles import JsonRepository
from videogen.tasks.repository import Repository

SHELF = """\
from pathlib import Path

from videogen.tasks.jsonfiles import JsonRepository


def shelf(folder):
    return JsonRepository(Path(folder, "shelf"))
"""


def only_here(folder: str) -> Repository:
    return JsonRepository(Path(folder))


README = """\
# Kiln

Kiln bakes pots from clay. It is small and it needs no network.

## Install

```console
pip install kiln
```

## Usage

Kiln reads a recipe, heats the oven and bakes the pot.
"""


@pytest.fixture
def place(fresh: Callable[[str], Studio], monkeypatch: pytest.MonkeyPatch) -> Studio:
    studio = fresh(LONG)
    monkeypatch.chdir(studio.folder)
    monkeypatch.setenv("VIDEOGEN_CACHE_DIR", str(studio.folder / "store"))
    (studio.folder / "README.md").write_text(README)
    return studio


def test_one_call_makes_a_film_of_a_document(place: Studio) -> None:
    told: list[dict[str, Any]] = []
    result = Pipeline.create_sync("README.md", output_dir="./videos", color="blue", draft=True, listeners=[told.append])
    (video,) = result.videos
    assert (result.status, video.suffix, video.exists()) == ("success", ".mp4", True)
    assert video.parts[0] == "videos"
    assert result.errors == ()
    assert result.metrics["made"] == sum(each["event"] == "StageComplete" for each in told) > 10
    assert result.metrics["stages"]["video"] > 0
    assert {str(video)} <= {each["path"] for each in result.artifacts}
    assert [each["event"] for each in told][::len(told) - 1] == ["TaskCreated", "TaskCompleted"]  # fmt: skip
    assert 'accent: "blue"' in next(Path("videos").glob("*/*.yaml")).read_text()
    again = Pipeline.create_sync("README.md", output_dir="./videos", color="blue", draft=True)
    assert (again.metrics["made"], again.videos) == (0, result.videos)
    made = {each["path"]: each for each in result.artifacts}
    ends = {each["path"].removeprefix(str(video.with_suffix(""))): each for each in again.artifacts}
    assert {".mp4", ".srt", ".vtt", ".jpg", ".chapters.txt", ".transcript.md"} < set(ends)
    for each in again.artifacts:
        same = made[each["path"]]
        assert all(each[key] == same[key] for key in ("type", "stage", "size_bytes"))
        assert len(each["created_at"]) == len(same["created_at"])


def test_a_notebook_shows_the_film_and_its_scenes(place: Studio) -> None:
    place.project.write_text(PROJECT)
    result = Pipeline.create_sync("projects/talk.yaml")
    shown = result._repr_html_()
    assert f'src="{result.videos[0].as_posix()}"' in shown
    sheet = result.contact_sheet()
    assert sheet is not None
    with Image.open(io.BytesIO(sheet)) as picture:
        assert picture.size == (720, 135)
    assert result.to_dict()["videos"] == ["build/talk/talk/en/talk.en.mp4"]


def test_a_task_is_watched_paused_and_resumed(place: Studio) -> None:
    async def work() -> tuple[list[int], list[str], list[str]]:
        task = await PipelineOrchestrator().submit(InputConfig(project="talk"))
        ids, made = [], []
        async for each in task.events():
            ids.append(each.id)
            if each.event["event"] == "StageComplete":
                made.append(each.event["name"])
                if len(made) == 8:
                    await task.pause()
        paused = await task.wait()
        assert (paused.status, paused.videos) == ("paused", ())
        await task.resume()
        async for each in task.events(after=ids[-1]):
            ids.append(each.id)
            if each.event["event"] == "StageComplete":
                made.append(each.event["name"])
        done = await task.wait()
        assert task.to_dict()["status"] == "completed"
        return ids, made, [str(video) for video in done.videos]

    ids, made, videos = asyncio.run(work())
    assert ids == list(range(1, len(ids) + 1))
    assert max(Counter(made).values()) == 1
    assert videos == ["build/talk/talk/en/talk.en.mp4"]


def test_a_task_is_cancelled(place: Studio) -> None:
    async def work() -> None:
        orchestrator = PipelineOrchestrator()
        task = await orchestrator.submit(InputConfig(project="talk"))
        async for each in task.events():
            if each.event["event"] == "StageComplete" and task.state.status == "running":
                await task.cancel()
        result = await task.wait()
        assert (result.status, result.videos) == ("cancelled", ())
        assert [each.id for each in orchestrator.tasks("cancelled")] == [task.id]
        assert orchestrator.task(task.id).state.status == "cancelled"
        assert orchestrator.cleanup() == []
        assert orchestrator.cleanup(timedelta()) == [task.id]
        assert orchestrator.tasks() == []

    asyncio.run(work())


def test_many_at_once_do_not_interfere(place: Studio) -> None:
    for name in ("one", "two", "three"):
        (place.project.parent / f"{name}.yaml").write_text(PROJECT)

    async def work() -> list[str]:
        orchestrator = PipelineOrchestrator(at_once=2)
        results = await asyncio.gather(
            *(orchestrator.execute(InputConfig(project=name)) for name in ("one", "two", "three"))
        )
        return [str(result.videos[0]) for result in results]

    assert asyncio.run(work()) == [f"build/{name}/{name}/en/{name}.en.mp4" for name in ("one", "two", "three")]


def test_what_cannot_be_made_raises_the_error_of_every_face(place: Studio) -> None:
    place.edit("kind: title", "kind: tittle")
    with pytest.raises(ValidationError) as refused:
        Pipeline.create_sync("projects/talk.yaml")
    assert str(refused.value) in place.video_gen("create", "talk").err
    result = asyncio.run(PipelineOrchestrator().execute(InputConfig(project="talk")))
    assert result.status == "failed"
    assert result.errors[0]["error_code"] == "VALIDATION_ERROR"
    assert "tittle" in result._repr_html_()


def test_limits_are_those_that_were_given(place: Studio) -> None:
    with pytest.raises(PipelineError, match="more than 1 MB of memory"):
        Pipeline.create_sync("projects/talk.yaml", limits=Limits(memory_mb=1))


def test_tasks_may_be_kept_elsewhere_and_as_json(place: Studio, tmp_path: Path) -> None:
    place.project.write_text(PROJECT)
    home = Home(str(tmp_path / "kept"), "json")
    result = asyncio.run(PipelineOrchestrator(home=home).execute(InputConfig(project="talk")))
    assert result.status == "success"
    assert [path.name for path in (tmp_path / "kept/tasks").glob("task_*")] == [f"{result.task_id}.completed.json"]
    assert not Path("build/.tasks").exists()
    with pytest.raises(TaskNotFound):
        PipelineOrchestrator(home=home).task("task_000000000000")
    forgotten = PipelineOrchestrator(home=home).task(result.task_id)
    lifecycle.forget(home, forgotten.state)
    assert repr(forgotten) == f"<PipelineTask {result.task_id}>"  # a debugger shows it, whatever became of it


def test_tasks_are_kept_and_events_are_told_as_a_program_wants(
    place: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.project.write_text(PROJECT)
    told: list[Event] = []
    (tmp_path / "shelves.py").write_text(SHELF)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    shelf = import_module("shelves").shelf
    home = Home(str(tmp_path / "kept"))
    orchestrator = PipelineOrchestrator(home=home, repository=shelf, bus=Bus(told.append))
    result = asyncio.run(orchestrator.execute(InputConfig(project="talk")))
    assert result.status == "success"
    assert [path.name for path in (tmp_path / "kept/shelf/tasks").glob("task_*")] == [
        f"{result.task_id}.completed.json"
    ]
    assert (type(told[0]), type(told[-1])) == (TaskCreated, TaskCompleted)
    assert isinstance(told[-1], TaskCompleted)
    assert told[-1].counts.made == sum(isinstance(each, StageComplete) for each in told)


def test_a_task_whose_process_dies_before_it_begins_fails(place: Studio, tmp_path: Path) -> None:
    # the process of the build does not find this module: it ends before it knows its task
    orchestrator = PipelineOrchestrator(home=Home(str(tmp_path / "kept")), repository=only_here)
    result = asyncio.run(orchestrator.execute(InputConfig(project="talk")))
    assert result.status == "failed"
    assert result.errors[0]["error"] == "its process ended before it was done"


def test_a_repository_that_no_other_process_could_open_is_refused() -> None:
    with pytest.raises(ValidationError, match="could not find"):
        PipelineOrchestrator(repository=lambda folder: only_here(folder))
    with pytest.raises(ValidationError, match="cannot be opened"):
        Home("kept", "videogen.tasks:nothing").repository()


@pytest.mark.parametrize(
    ("source", "options", "said"),
    [
        ("README.md", {"colour": "blue"}, 'unknown option "colour"; did you mean "color"?'),
        (
            "README.md",
            {"color": "beige"},
            'cyan, not the text "beige"; choose one of these',
        ),
        ("talk.yaml", {"title": "A talk"}, "title goes with a source"),
        ("README.md", {"jobs": 0}, "`jobs` must be at least 1, not the number 0; "),
        (
            "README.md",
            {"aspect": ["3:2"]},
            "entry 1 of `aspect` must be one of 16:9, 9:16, 1:1, 4:5, not",
        ),
        ("README.md", {"theme": "midnite"}, 'theme: unknown theme "midnite"; did you mean "midnight"?'),
    ],
)
def test_options_that_make_no_sense_are_refused(place: Studio, source: str, options: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Pipeline.create_sync(source, **options)
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_build_is_planned_and_not_made(place: Studio) -> None:
    plan = asyncio.run(Pipeline.plan("README.md", output_dir="videos", draft=True, color="green"))
    assert (plan.project, plan.up_to_date, plan.cost) == ("readme", False, 0)
    audio = next(stage for stage in plan.stages if stage.name == "audio")
    assert audio.targets.make > 1
    assert audio.estimate_duration() > 0
    assert plan.estimate_duration() == pytest.approx(sum(stage.estimate_duration() for stage in plan.stages))
    assert not list(Path("videos").rglob("*.mp4"))
    result = Pipeline.create_sync("README.md", output_dir="videos", draft=True, color="green")
    assert audio.targets.make == sum("narration.mp3" in each["path"] for each in result.artifacts)
    assert repr(result) == f"<PipelineResult {result.task_id}: success, {result.videos[0]}>"
    assert re.match(
        r"<PipelinePlan readme: about \d+\.\d s of work on one core>\n  <PipelineStage source: 1 ", repr(plan)
    )
    again = asyncio.run(Pipeline.plan("README.md", output_dir="videos", draft=True, color="green"))
    assert repr(again) == "<PipelinePlan readme: up to date>"
    assert (again.up_to_date, again.estimate_duration(), again.to_dict()["seconds"]) == (True, 0, 0)
    with pytest.raises(ValidationError, match='there is no file "none'):
        asyncio.run(Pipeline.plan("none.md"))


def test_what_can_be_made_is_validated_without_making_it(place: Studio) -> None:
    good = asyncio.run(Pipeline.validate("README.md"))
    assert (good.is_valid, good.errors) == (True, ())
    place.edit("kind: title", "kind: tittle")
    bad = asyncio.run(Pipeline.validate("projects/talk.yaml"))
    assert not bad.is_valid
    assert [error["line"] for error in bad.errors] == [6]
    assert not Path("build").exists()


def test_the_package_loads_its_api_when_it_is_used() -> None:
    program = (
        "import sys, videogen; print('pydantic' in sys.modules); videogen.Pipeline; print('pydantic' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]
    assert all(hasattr(videogen, name) for name in videogen.__all__)
    with pytest.raises(AttributeError, match="has no attribute"):
        _ = videogen.Pipelines  # pyright: ignore[reportAttributeAccessIssue]
    assert re.fullmatch(r"\d+\.\d+\.\d+", videogen.__version__)
