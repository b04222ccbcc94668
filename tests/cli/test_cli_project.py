"""`init`, `validate`, `preview`, `status`, `graph`, `prune`: a project before, between and after builds."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from studio import PROJECT, Studio

NOTES = "# Kiln\n\nKiln bakes small sites.\n\n## Use it\n\n- Write a page in Markdown\n- Run the tool in its folder\n"


def tree(folder: Path) -> dict[str, int]:
    return {str(path.relative_to(folder)): path.stat().st_mtime_ns for path in folder.rglob("*")}


def test_a_starter_of_a_document_is_built_as_it_is(tmp_path: Path) -> None:
    studio = Studio(tmp_path)
    (tmp_path / "notes.md").write_text(NOTES)
    written = studio.video_gen("init", "talk", "--from", "notes.md")
    assert (written.code, written.out) == (0, "projects/talk.yaml\n")
    assert "video-gen create talk" in written.err
    schema = re.search(r"\$schema=(\S+)", studio.project.read_text())
    assert schema is not None
    assert "scenes" in json.loads((studio.project.parent / schema[1]).read_text())["properties"]
    assert studio.video_gen("validate", "talk").code == 0
    made = studio.video_gen("create", "talk")
    assert (made.code, made.out) == (0, "build/talk/talk/en/talk.en.mp4\n"), made.err


def test_a_starter_of_its_own_is_built_as_it_is_and_has_nothing_to_complain_about(tmp_path: Path) -> None:
    studio = Studio(tmp_path)
    assert studio.video_gen("init", "talk").code == 0
    assert studio.video_gen("validate").code == 0
    made = studio.video_gen("create")
    assert made.code == 0, made.err
    assert not re.search("too (short|long)", made.err), made.err


def test_a_project_is_replaced_only_when_asked(fresh: Callable[..., Studio]) -> None:
    studio = fresh()
    assert studio.video_gen("init", "talk").code == 2
    assert studio.project.read_text() == PROJECT
    assert studio.video_gen("init", "talk", "--force").code == 0
    assert studio.project.read_text() != PROJECT


def test_validate_makes_no_file(fresh: Callable[..., Studio]) -> None:
    studio = fresh()
    (studio.folder / "notes.md").write_text(NOTES)
    before = tree(studio.folder)
    project, document = (
        studio.video_gen("validate", "talk", "--json"),
        studio.video_gen("validate", "--from", "notes.md"),
    )
    assert tree(studio.folder) == before
    (film,) = json.loads(project.out)["videos"]
    assert [(scene["id"], scene["kind"]) for scene in film["scenes"]] == [
        ("opening", "title"),
        ("rules", "bullets"),
        ("closing", "outro"),
    ]
    assert film["voices"] == ["draft:"]
    assert document.out.startswith("Kiln: ")
    assert (project.code, document.code) == (0, 0)


def test_preview_draws_one_scene_and_prints_its_path(fresh: Callable[..., Studio]) -> None:
    studio = fresh()
    outcome = studio.video_gen("preview", "rules", "--project", "talk", "--output", "out")
    assert (outcome.code, outcome.err) == (0, "")
    path = outcome.out.removesuffix("\n")
    assert path == "out/talk/talk/en/rules/final.png"
    with Image.open(studio.folder / path) as picture:
        assert (picture.format, picture.size) == ("PNG", (854, 480))
    assert not list(studio.folder.rglob("*.mp[34]"))
    assert [found.parent.name for found in studio.folder.glob("out/**/final.png")] == ["rules"]


def test_preview_follows_an_edit(studio: Studio) -> None:
    before = (studio.film / "rules" / "final.png").read_bytes()
    studio.edit("Every result is a file,", "Every product is a file,")
    outcome = studio.video_gen("preview", "rules")
    assert outcome.out == "build/talk/talk/en/rules/final.png\n"
    assert (studio.film / "rules" / "final.png").read_bytes() != before


def test_status_says_what_why_and_how_long(studio: Studio) -> None:
    assert studio.video_gen("status").out == "talk: up to date\n"
    studio.edit("That is all there is to it.", "That is all there is to say.")
    (studio.film / "closing" / "segment.mp4").unlink()
    told = studio.video_gen("status", "talk", "--json")
    stale = {task["task"]: task for task in json.loads(told.out)["stale"]}
    assert told.code == 0
    assert "audio:talk/en/closing" in stale
    assert "closing/narration.json" in " ".join(stale["audio:talk/en/closing"]["why"])
    assert "audio:talk/en/rules" not in stale
    assert all(task["seconds"] >= 0 for task in stale.values())
    shown = studio.video_gen("status").out
    assert all(name in shown for name in stale)


def test_the_graph_in_both_notations(studio: Studio) -> None:
    mermaid, dot = studio.video_gen("graph", "talk"), studio.video_gen("graph", "talk", "--format", "dot")
    assert mermaid.out.startswith("flowchart LR\n")
    assert dot.out.startswith("digraph build {\n")
    assert '"audio:talk/en/rules" -> "segment:talk/en/rules";' in dot.out
    assert dot.out.count(" -> ") == mermaid.out.count(" --> ") > 20
    assert (mermaid.code, dot.code) == (0, 0)


def test_prune_removes_what_a_scene_has_left(studio: Studio) -> None:
    scene = PROJECT[PROJECT.index("  - id: rules") : PROJECT.index("  - id: closing")]
    studio.edit(scene, "")
    assert studio.video_gen("create", "-q").code == 0
    would = studio.video_gen("prune", "talk", "--dry-run")
    assert (would.code, would.out) == (0, "would remove build/talk/talk/en/rules\n")
    assert (studio.film / "rules").is_dir()
    assert studio.video_gen("prune").out == "removed build/talk/talk/en/rules\n"
    assert not (studio.film / "rules").exists()
    assert studio.video_gen("prune").out == ""
    assert studio.video_gen("status").out == "talk: up to date\n"


def test_status_says_the_same_as_doit_and_loads_it_only_when_there_is_something_to_say(studio: Studio) -> None:
    studio.video_gen("create")
    without = [sys.executable, "-c", "import sys; sys.modules['doit'] = None; from videogen.cli import main; main()"]
    for flags in ([], ["--json"]):
        settled = studio.run(*without, "status", *flags)
        assert (settled.code, settled.err) == (0, "")
        assert settled.out == studio.doit("explain", *flags, "project=talk").out
        studio.video_gen("create")  # doit may have noted something while it looked
    assert studio.run(*without, "create").out == "build/talk/talk/en/talk.en.mp4\n"
    studio.edit("min_seconds: 4", "min_seconds: 5")
    stale = studio.video_gen("status")
    assert "make     segment:talk/en/rules" in stale.out
