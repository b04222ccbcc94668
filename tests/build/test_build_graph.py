"""What an edit makes again, counted task by task."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from studio import PROJECT, Studio

FIRST = {"source", "parse", "look", "script", "plan"}
JOIN = {"video:talk/en", "manifest:talk/en", "check:talk/en"}
SCENES = ("opening", "rules", "closing")


def scene(name: str, *stages: str) -> set[str]:
    return {f"{stage}:talk/en/{name}" for stage in stages}


def later(ran: set[str]) -> set[str]:
    """Without the cheap first stages, which read an edited project anew."""
    return ran - FIRST


def test_nothing_changed_and_nothing_runs(studio: Studio) -> None:
    outcome = studio.doit("create", "project=talk")
    assert (outcome.code, outcome.ran) == (0, set())
    assert "up to date" in outcome.err
    assert outcome.out.strip() == "build/talk/talk/en/talk.en.mp4"


def test_new_modification_times_are_no_change(studio: Studio) -> None:
    for path in studio.folder.rglob("*"):
        if path.is_file() and "store" not in path.parts:
            os.utime(path)
    assert studio.doit("create", "project=talk").ran == set()


def test_a_line_of_narration(studio: Studio) -> None:
    studio.edit("Every result is a file. Every file", "Each result is one file. Every file")
    outcome = studio.doit("create", "project=talk")
    assert outcome.code == 0
    assert later(outcome.ran) == scene("rules", "audio", "segment") | JOIN


def test_the_text_of_a_bullet(studio: Studio) -> None:
    studio.edit("[Every result is a file, Every", "[Every result is one file, Every")
    assert later(studio.doit("create", "project=talk").ran) == (
        scene("rules", "frames", "segment") | scene("closing", "transition") | JOIN
    )


def test_how_long_a_scene_lasts(studio: Studio) -> None:
    studio.edit("min_seconds: 4", "min_seconds: 5")
    assert later(studio.doit("create", "project=talk").ran) == scene("rules", "segment") | JOIN


def test_the_theme(studio: Studio) -> None:
    studio.project.write_text("theme: daylight\n" + studio.project.read_text())
    ran = later(studio.doit("create", "project=talk").ran)
    assert ran == set().union(*(scene(name, "frames", "segment", "transition") for name in SCENES)) | JOIN


def test_captions_in_the_picture(studio: Studio) -> None:
    studio.project.write_text("captions: {burned: words}\n" + studio.project.read_text())
    every = set().union(*(scene(name, "frames", "captions", "segment", "transition") for name in SCENES))
    # layouts leave a band free for them; a cover whose pictures come out the same gives the same transition
    ran = later(studio.doit("create", "project=talk").ran)
    assert every - scene("opening", "transition") <= ran <= every | JOIN
    studio.edit("Every result is a file. Every file", "Each result is one file. Every file")
    ran = later(studio.doit("create", "project=talk").ran)
    assert ran == scene("rules", "audio", "captions", "segment") | JOIN


def test_without_motion_scenes_are_cut(studio: Studio) -> None:
    studio.project.write_text("reduced_motion: true\n" + studio.project.read_text())
    ran = later(studio.doit("create", "project=talk").ran)
    assert scene("rules", "frames", "segment", "transition") <= ran
    assert not {name for name in ran if name.startswith("audio")}
    motion = json.loads((studio.folder / "build/talk/talk/en/rules/motion.json").read_text())
    assert {move["duration"] for move in motion["moves"]} == {0.0}


def test_the_voice(studio: Studio) -> None:
    studio.project.write_text("rate: 1.5\n" + studio.project.read_text())
    ran = later(studio.doit("create", "project=talk").ran)
    assert ran == set().union(*(scene(name, "audio", "segment") for name in SCENES)) | JOIN


NEW = """\
  - id: aside
    kind: quote
    content: {text: Make it once, attribution: Somebody}
    narration: Make it once and never again.
    min_seconds: 3
"""


def test_a_scene_inserted(studio: Studio) -> None:
    studio.edit("  - id: closing\n", f"{NEW}  - id: closing\n")
    assert later(studio.doit("create", "project=talk").ran) == (
        scene("aside", "audio", "frames", "segment", "transition") | scene("closing", "transition") | JOIN
    )


def test_a_scene_deleted_and_pruned(studio: Studio) -> None:
    text = studio.project.read_text()
    start, end = text.index("  - id: rules"), text.index("  - id: closing")
    studio.project.write_text(text[:start] + text[end:])
    outcome = studio.doit("create", "project=talk")
    assert later(outcome.ran) == scene("closing", "transition") | JOIN
    assert (studio.film / "rules").is_dir()
    (studio.film / "notes").mkdir()
    (studio.film / "notes" / "mine.txt").write_text("somebody's own")
    assert studio.doit("prune", "--dry-run", "project=talk").out == "would remove build/talk/talk/en/rules\n"
    assert studio.doit("prune", "project=talk").code == 0
    assert not (studio.film / "rules").exists()
    assert (studio.film / "notes" / "mine.txt").exists()
    assert studio.doit("create", "project=talk").ran == set()


def test_a_scene_moved(studio: Studio) -> None:
    text = studio.project.read_text()
    start, end = text.index("  - id: rules"), text.index("  - id: closing")
    studio.project.write_text(text[:start] + text[end:] + text[start:end])
    ran = later(studio.doit("create", "project=talk").ran)
    assert ran == scene("closing", "transition") | scene("rules", "transition") | JOIN


def test_undoing_an_edit_restores_and_never_remakes(studio: Studio) -> None:
    before = studio.hashes()
    studio.edit("[Every result is a file, Every", "[Every result is one file, Every")
    assert studio.doit("create", "project=talk").code == 0
    studio.project.write_text(PROJECT)
    outcome = studio.doit("create", "project=talk")
    assert later(outcome.made) == {
        "video:talk/en",
        "manifest:talk/en",
    }  # the join copies packets: storing films would cost more
    assert studio.hashes() == before


def test_a_second_project_with_the_same_scenes_takes_them_from_the_store(studio: Studio) -> None:
    shutil.copyfile(studio.project, studio.folder / "projects" / "lecture.yaml")
    outcome = studio.doit("create", "project=lecture")
    assert outcome.code == 0
    events = (studio.folder / "build" / "lecture" / "events.ndjson").read_text()
    restored = events.count('"restored"')
    assert restored == 4 * len(SCENES) + 1  # and the check, for the film is the same


def test_a_lost_state_costs_nothing_that_was_made(studio: Studio) -> None:
    before = studio.hashes()
    (studio.folder / "build/talk/.state.sqlite").unlink()
    outcome = studio.doit("create", "project=talk")
    assert outcome.code == 0
    assert later(outcome.made) == {"video:talk/en", "manifest:talk/en"}
    assert studio.hashes() == before


def test_a_damaged_state_is_said_and_costs_nothing_that_was_made(studio: Studio) -> None:
    (studio.folder / "build/talk/.state.sqlite").write_bytes(b"rubbish" * 1000)
    for tail in ("-wal", "-shm"):
        (studio.folder / f"build/talk/.state.sqlite{tail}").unlink(missing_ok=True)
    outcome = studio.doit("create", "project=talk")
    assert outcome.code == 0
    assert "the state of the build was damaged" in outcome.err
    assert later(outcome.made) == {"video:talk/en", "manifest:talk/en"}


def test_nothing_to_do_is_found_out_without_the_graph_until_anything_changes(studio: Studio) -> None:
    studio.doit("create", "project=talk")  # another test may have asked the shared build for something
    assert studio.doit("create", "project=talk").tasks == {}
    happened = (studio.folder / "build/talk/events.ndjson").read_text()
    assert "TaskStarted" not in happened  # no graph was loaded
    assert '"unchanged": 20' in happened
    assert "video:talk/en" in studio.doit("run", "-a", "create", "project=talk").made
    os.utime(studio.film / "rules" / "final.png")
    assert studio.doit("create", "project=talk").ran == set()
    assert "TaskStarted" in (studio.folder / "build/talk/events.ndjson").read_text()
    assert studio.doit("create", "project=talk").ran == set()
    assert "TaskStarted" not in (studio.folder / "build/talk/events.ndjson").read_text()
    assert "video:talk/en" in studio.doit("run", "-a", "create", "project=talk").made


@pytest.mark.parametrize(
    ("target", "stage"),
    [("rules/narration.mp3", "audio"), ("rules/final.png", "frames"), ("rules/segment.mp4", "segment")],
)
@pytest.mark.parametrize("how", ["cut short", "edited", "deleted"])
def test_a_target_that_something_else_changed_is_not_taken_for_made(
    studio: Studio, target: str, stage: str, how: str
) -> None:
    before, file = studio.hashes(), studio.film / target
    if how == "deleted":
        file.unlink()
    else:
        data = file.read_bytes()
        file.write_bytes(data[: len(data) // 2] if how == "cut short" else data[:-1] + bytes([data[-1] ^ 1]))
    reason = studio.doit("explain", "project=talk").out
    assert f"{stage}:talk/en/rules" in reason
    assert f"talk/en/{target} " in reason
    outcome = studio.doit("create", "project=talk")
    assert outcome.code == 0
    assert later(outcome.ran) == scene("rules", stage)
    assert outcome.made == set()
    assert studio.hashes() == before


def test_forgetting_and_cleaning_a_scene(studio: Studio) -> None:
    assert studio.doit("forget", "audio:talk/en/rules", "project=talk").code == 0
    assert later(studio.doit("create", "project=talk").ran) == scene("rules", "audio")
    assert studio.doit("clean", "segment:talk/en/rules", "project=talk").code == 0
    assert not (studio.film / "rules/segment.mp4").exists()
    assert later(studio.doit("create", "project=talk").ran) == scene("rules", "segment")


def test_cleaning_everything(studio: Studio) -> None:
    assert studio.doit("clean", "--clean-all", "project=talk").code == 0
    build = studio.folder / "build"
    # what is hidden is no target: the state of the build, and the record of what was asked for
    left = [path.relative_to(build) for path in build.rglob("*") if path.is_file()]
    shown = [path for path in left if not any(part.startswith(".") for part in path.parts)]
    assert [path.name for path in shown if path.name != "events.ndjson"] == []
    assert studio.doit("create", "project=talk").code == 0


@pytest.mark.parametrize("flags", [["-n", "1"], ["-n", "0"], ["-n", "3", "-P", "thread"]])
def test_any_number_of_threads_makes_the_same_bytes(studio: Studio, flags: list[str]) -> None:
    before = studio.hashes()
    shutil.rmtree(studio.folder / "build")
    shutil.rmtree(studio.folder / "store")
    assert studio.doit("run", *flags, "create", "project=talk").code == 0
    assert studio.hashes() == before


def test_list_knows_every_scene_on_a_fresh_clone_and_after_an_edit(studio: Studio) -> None:
    shutil.rmtree(studio.folder / "build")
    for edited in (False, True):
        if edited:
            studio.edit("  - id: closing\n", f"{NEW}  - id: closing\n")
        lines = dict(line.split(maxsplit=1) for line in studio.doit("list", "--all", "project=talk").out.splitlines())
        names = [*SCENES, *(["aside"] if edited else [])]
        for stage in ("audio", "frames", "segment", "transition"):
            assert {f"{stage}:talk/en/{name}" for name in names} <= set(lines)
        assert all(len(doc) > 10 for doc in lines.values())
    assert lines["frames:talk/en/rules"] == "draw “Rules” (bullets)"


def test_info_says_why_a_task_is_stale(studio: Studio) -> None:
    assert "up-to-date" in studio.doit("info", "segment:talk/en/rules", "project=talk").out
    studio.edit("min_seconds: 4", "min_seconds: 5")
    outcome = studio.doit("info", "segment:talk/en/rules", "project=talk")
    assert "rules/clock.json" in outcome.out.partition("file dependencies have changed")[2]


def test_explain_names_the_changed_input_and_the_cost(studio: Studio) -> None:
    studio.edit("[Every result is a file, Every", "[Every result is one file, Every")
    outcome = studio.doit("explain", "project=talk")
    lines = outcome.out.splitlines()
    assert lines[0] == "read again to find out: source (projects/talk.yaml changed)"
    drawing = next(line for line in lines if "frames:talk/en/rules" in line)
    assert drawing.startswith("make ")
    assert "s recorded" in drawing
    assert drawing.endswith("build/talk/talk/en/rules/picture.json changed")
    waiting = next(line for line in lines if "segment:talk/en/rules" in line)
    assert waiting.startswith("maybe")
    assert "audio" not in outcome.out
    assert studio.video_gen("status", "talk").out.splitlines()[-1].startswith("talk: ")


def test_explain_says_a_clause_for_a_scene(studio: Studio) -> None:
    text = studio.project.read_text()
    rules = text[text.index("  - id: rules") : text.index("  - id: closing")]
    studio.project.write_text(text.replace(rules, rules + rules.replace("id: rules", "id: more")))
    why = _why(studio)
    assert why["video:talk/en"][0] == 'scene "more" is new'
    assert why["check:talk/en"][0] == 'scene "more" is new'
    assert why["transition:talk/en/closing"] == ['it now follows scene "more"']
    assert not any("more" in clause for clause in why["video:talk/en"][1:])
    studio.project.write_text(text.replace(rules, ""))
    why = _why(studio)
    assert why["video:talk/en"][0] == 'scene "rules" is gone'
    assert not any("rules" in clause for clause in why["video:talk/en"][1:])
    studio.project.write_text(text.replace(rules, "") + rules)
    assert _why(studio)["video:talk/en"][0] == "the order of its scenes changed"


def _why(studio: Studio) -> dict[str, list[str]]:
    told = json.loads(studio.doit("explain", "--json", "project=talk").out)
    return {task["task"]: task["why"] for task in told["stale"]}


def test_a_folder_is_one_however_it_is_spelled(studio: Studio) -> None:
    assert studio.video_gen("create", "-q", "-o", "./my films/").code == 0
    for spelled in ("my films", "./my films", str(studio.folder / "my films"), "build/../my films"):
        assert studio.video_gen("status", "-o", spelled).out == "talk: up to date\n"
    assert studio.doit("create", "project=talk", "build=my films//").ran == set()


def test_explain_knows_what_the_store_has(studio: Studio) -> None:
    shutil.rmtree(studio.film / "rules")
    studio.doit("plan", "project=talk")
    out = studio.doit("explain", "project=talk").out
    assert "restore  audio:talk/en/rules" in out


@pytest.mark.parametrize(("flags", "start"), [([], "flowchart LR"), (["--format", "dot"], "digraph build {")])
def test_graph_draws_every_task_and_marks_the_stale_ones(studio: Studio, flags: list[str], start: str) -> None:
    out = studio.doit("graph", *flags, "project=talk").out
    assert out.startswith(start)
    assert out.count("rules") >= 4
    studio.edit("min_seconds: 4", "min_seconds: 5")
    stale = studio.doit("graph", *flags, "project=talk").out
    assert stale.count("fde68a") + stale.count(" stale") > out.count("fde68a") + out.count(" stale")


def test_a_build_file_of_ones_own_may_add_tasks(studio: Studio) -> None:
    import videogen

    shutil.copyfile(Path(videogen.__file__).parent.parent / "dodo.py", studio.folder / "dodo.py")
    with (studio.folder / "dodo.py").open("a") as file:
        file.write(
            "\n\ndef task_upload():\n    film = 'build/talk/talk/en/talk.en.mp4'\n"
            "    return {'actions': [f'cp {film} sent.mp4'], 'file_dep': [film], 'targets': ['sent.mp4']}\n"
        )
    assert studio.doit("upload", "project=talk").code == 0
    assert (studio.folder / "sent.mp4").read_bytes() == (studio.film / "talk.en.mp4").read_bytes()


def test_the_build_file_names_every_stage_in_the_order_of_the_flow() -> None:
    import re

    import videogen
    from videogen.build.flow import STAGES

    text = (Path(videogen.__file__).parent.parent / "dodo.py").read_text()
    assert re.findall(r"def task_(\w+)", text) == [*STAGES, "create"]
