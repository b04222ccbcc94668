"""What a build would make, told stage by stage before it is made."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from studio import Studio

from videogen.build.flow import STAGES
from videogen.build.planned import as_text, planned
from videogen.build.stale import Stale
from videogen.model.task import InputConfig
from videogen.tasks.planning import plan_task


def test_it_is_what_the_build_then_makes(studio: Studio) -> None:
    assert studio.video_gen("plan", "talk").out == "talk: up to date\n"
    studio.edit("Every result is a file, Every", "Each result is a file, Every")
    told = studio.video_gen("plan", "talk")
    assert told.code == 0, told.err
    assert "frames" in told.out
    assert "/rules/picture.json changed" in told.out
    assert told.out.splitlines()[-1].startswith("talk: about ")
    plan = json.loads(studio.video_gen("plan", "talk", "--json").out)
    stages = {stage["name"]: stage for stage in plan["stages"]}
    assert [*stages] == [name for name in STAGES if name in stages]
    assert plan["seconds"] == pytest.approx(sum(stage["seconds"] for stage in stages.values()))
    assert (stages["frames"]["make"], stages["frames"]["unchanged"], stages["audio"]["make"]) == (1, 2, 0)
    assert stages["frames"]["known"] == {"recorded": 1}
    built = studio.video_gen("create", "talk")
    for name, stage in stages.items():
        made = sum(task.partition(":")[0] == name for task in built.made)
        assert stage["make"] <= made <= stage["make"] + stage["maybe"], name
    studio.edit("Each result is a file, Every", "Every result is a file, Every")
    back = json.loads(studio.video_gen("plan", "talk", "--json").out)
    assert next(stage for stage in back["stages"] if stage["name"] == "frames")["restore"] == 1


def test_doit_tells_the_same(studio: Studio) -> None:
    studio.edit("min_seconds: 4", "min_seconds: 5")
    studio.video_gen("plan", "talk")
    assert studio.doit("planned", "project=talk").out == studio.video_gen("plan", "talk").out


def test_what_cannot_be_planned_is_said(studio: Studio) -> None:
    studio.edit("kind: outro", "kind: outr")
    outcome = studio.video_gen("plan", "talk")
    assert (outcome.code, outcome.out) == (2, "")
    assert "projects/talk.yaml:18:11" in outcome.err


def test_a_document_is_planned_as_it_would_be_made(tmp_path: Path) -> None:
    folder = Studio(tmp_path)
    (tmp_path / "notes.md").write_text("# Kiln\n\nKiln bakes small sites. It reads pages, and it writes a site.\n")
    options = ("--from", "notes.md", "--voice", "draft:", "--aspect", "16:9,9:16")
    plan = json.loads(folder.video_gen("plan", *options, "--json").out)
    stages = {stage["name"]: stage for stage in plan["stages"]}
    assert (stages["video"]["make"], list(tmp_path.rglob("*.mp4"))) == (2, [])
    wrong = folder.video_gen("plan", "talk", "--voice", "draft:")
    assert (wrong.code, wrong.err[:31]) == (2, "error: --voice goes with --from")


def test_what_was_made_of_a_document_is_asked_for_by_that(tmp_path: Path) -> None:
    folder = Studio(tmp_path)
    (tmp_path / "notes.md").write_text("# Kiln\n\nKiln bakes small sites. It reads pages, and it writes a site.\n")
    asked = ("--from", "notes.md", "-o", "films")
    early = folder.video_gen("status", *asked)
    assert (early.code, early.out) == (2, "")
    assert early.err.startswith("error: nothing was made of notes.md yet in films; `video-gen plan --from notes.md`")
    assert folder.video_gen("create", *asked, "--voice", "draft:", "-q").code == 0
    for command, said in (
        (["status"], "notes: up to date\n"),
        (["explain"], "notes: up to date\n"),
        (["check"], "notes/en: "),
        (["preview", "title"], "films/notes/notes/en/title/final.png\n"),
        (["prune"], ""),
        (["graph"], "flowchart LR\n"),
    ):
        outcome = folder.video_gen(*command, *asked)
        assert outcome.code == 0, outcome.err
        assert outcome.out.startswith(said), command


def test_planning_and_translating_leave_what_was_made_of_a_document_as_it_is(tmp_path: Path) -> None:
    folder = Studio(tmp_path)
    (tmp_path / "notes.md").write_text("# Kiln\n\nKiln bakes small sites. It reads pages, and it writes a site.\n")
    made = folder.video_gen("create", "-q", "--from", "notes.md", "--voice", "draft:", "--title", "Ovens", "--draft")
    assert made.code == 0, made.err

    def there() -> dict[Path, bytes]:
        files = (path for path in tmp_path.rglob("*") if path.is_file() and "store" not in path.parts)
        return {path.relative_to(tmp_path): path.read_bytes() for path in files if path.suffix != ".sqlite"}

    before = there()
    told = folder.video_gen("plan", "--from", "notes.md", "--draft", "--theme", "daylight", "--title", "Ovens")
    assert told.code == 0, told.err
    assert "frames" in told.out
    asked = InputConfig(source=str(tmp_path / "notes.md"), output_dir=str(tmp_path / "build"), draft=True)
    assert plan_task(asked).estimate_duration() > 0
    assert there() == before
    translated = folder.video_gen("translate", "--from", "notes.md", "--languages", "en,es")
    assert (translated.code, translated.out) == (0, "translations/es.yaml\n"), translated.err
    assert "Ovens" in (tmp_path / "translations/es.yaml").read_text()  # by the title that it was made with
    (tmp_path / "translations/es.yaml").unlink()
    assert there() == before
    assert folder.video_gen("status", "--from", "notes.md", "--draft").out == "notes: up to date\n"


def stale(task: str, how: str = "make", asks: str = "", seconds: float = 1.0) -> Stale:
    return Stale(task, ["a.md changed"], seconds, how, "estimated", asks)


def test_what_asking_costs_is_told() -> None:
    paid = stale("ask:a", asks="ask: about 4,200 tokens in, 1,800 out, $0.03 (prices of 2026-11-26) with m", seconds=30)
    plan = planned("a", {"ask": 2, "audio": 3}, [paid, stale("audio:a/en/x", "maybe")], {}, [])
    assert (plan.cost, plan.seconds, plan.most_seconds) == (0.03, 30, 31)
    assert as_text(plan).splitlines()[-1] == "a: about 30.0 to 31.0 s of work on one core, 1 answer for about $0.03"
    unknown = planned("a", {"ask": 2}, [paid, stale("ask:b", asks="ask: about 10 tokens in, 10 out with m")], {}, [])
    assert unknown.cost is None
    assert "2 answers for a price that is not known" in as_text(unknown)
