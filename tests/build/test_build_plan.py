"""The plan is believed only as long as nothing in it leads out of the build folder."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from studio import Studio

from videogen.build import stages
from videogen.build.flow import STAGES
from videogen.build.leftovers import SCENE, leftovers
from videogen.build.plan import read_plan
from videogen.build.versions import Versions
from videogen.build.workspace import Workspace
from videogen.model.errors import ValidationError, Where

Edit = Callable[[dict[str, Any]], object]
EDITS: dict[str, Edit] = {
    "a file above the build": lambda plan: plan["files"].append("build/talk/../../precious.txt"),
    "a file elsewhere": lambda plan: plan["files"].append("precious.txt"),
    "an absolute file": lambda plan: plan["files"].append(str(Path("precious.txt").resolve())),
    "a scene above its film": lambda plan: plan["videos"][0]["scenes"][0].update(id="../../../../precious"),
    "a film above the build": lambda plan: plan["videos"][0].update(name="../.."),
    "a film's file above it": lambda plan: plan["videos"][0].update(file="../../../../precious"),
    "a scene without its kind": lambda plan: plan["videos"][0]["scenes"][0].pop("kind"),
    "another form": lambda plan: plan.update(videos={"one": 1}),
}


@pytest.mark.parametrize("name", EDITS)
def test_an_edited_plan_never_has_anything_outside_the_build_removed(studio: Studio, name: str) -> None:
    precious = [studio.folder / f"precious{end}" for end in (".txt", ".mp4", ".srt", "/narration.mp3", "/first.png")]
    for path in precious:
        path.parent.mkdir(exist_ok=True)
        path.write_text("mine")
    file = studio.folder / "build/talk/plan.json"
    plan = json.loads(file.read_bytes())
    EDITS[name](plan)
    file.write_text(json.dumps(plan))
    outcome = studio.doit("clean", "--clean-all", "project=talk")
    assert [path.read_text() for path in precious] == ["mine"] * len(precious)
    assert outcome.code == 2
    assert outcome.err.startswith("error: build/talk/plan.json: this is not the plan as a build wrote it; `doit list ")
    assert (studio.film / "talk.en.mp4").exists()
    assert studio.doit("list", "project=talk").code == 0  # which mends the plan, and makes nothing else
    assert studio.doit("clean", "--clean-all", "project=talk").code == 0
    assert not (studio.film / "talk.en.mp4").exists()
    assert [path.read_text() for path in precious] == ["mine"] * len(precious)


NAMES = st.text(alphabet="ab./\\-_:~ ", max_size=12)


@given(NAMES, NAMES, NAMES, NAMES)
def test_what_is_believed_stays_inside(
    tmp_path_factory: pytest.TempPathFactory, film: str, file: str, scene: str, path: str
) -> None:
    folder = tmp_path_factory.mktemp("plan")
    workspace = Workspace("talk", "talk.yaml", folder.as_posix())
    known = {"id": scene, "kind": "title", "title": "", "words": 0, "voices": ["draft:"], "files": [], "runs": False}
    planned = {"name": film, "file": file, "captions": {"srt": True, "vtt": True}, "scenes": [known]}
    (folder / "plan.json").write_text(json.dumps({"videos": [planned], "files": [workspace.path(path)]}))
    plan = read_plan(workspace)
    for video in plan.videos:
        for name in (video["name"], f"{video['name']}/{video['file']}", f"{video['name']}/{scene}"):
            assert Path(folder, name).resolve().is_relative_to(folder.resolve())
            assert Path(folder, name).resolve() != folder.resolve()
    for inside in plan.files:
        assert Path(inside).resolve().is_relative_to(folder.resolve())


def test_without_a_plan_there_is_nothing(tmp_path: Path) -> None:
    workspace = Workspace("talk", "talk.yaml", tmp_path.as_posix())
    assert read_plan(workspace) == ([], [])
    assert leftovers(workspace) == {}
    (tmp_path / "plan.json").write_text("{")
    assert read_plan(workspace) == ([], [])


def test_an_error_with_a_place_keeps_it() -> None:
    bare = ValidationError("wrong", hint="mend it", details={"why": "so"})
    placed = bare.at(Where("a.md", 3), 'scene "x"')
    assert (type(placed), str(placed)) == (ValidationError, 'a.md:3: scene "x": wrong; mend it')
    assert placed.details == {"why": "so"}
    assert str(placed.at(Where("b.md"))) == str(placed)


def test_an_error_that_quotes_a_page_stays_a_line() -> None:
    quoted = ValidationError(f'unknown key "{"x" * 9_000}", which nobody knows', Where("a.md", 3), "remove it")
    assert len(quoted.line()) < 1000
    assert ValidationError("unknown key 'a\nb'").line() == "unknown key 'a b'"
    assert quoted.line().startswith('a.md:3: unknown key "xx')
    assert quoted.line().endswith('xx", which nobody knows; remove it')


def test_every_file_of_a_scene_can_be_pruned(tmp_path: Path) -> None:
    workspace = Workspace("talk", "talk.yaml", tmp_path.as_posix())
    known = {"id": "one", "kind": "title", "title": "", "words": 1, "voices": ["draft:"], "files": [], "runs": True}
    known |= {"heard": "clip.mp4"}
    captions = {"srt": True, "vtt": True, "burned": "words"}
    planned = {"name": "talk/en", "file": "talk.en", "first_shape": "talk/en", "captions": captions, "scenes": [known]}
    (tmp_path / "languages.json").write_text('{"scenes": [{"name": "talk/en/one", "told": ""}]}')
    (tmp_path / "plan.json").write_text(json.dumps({"videos": [planned], "files": []}))
    versions, folder = Versions(workspace.path(".versions.json")), workspace.path("talk/en/one/")
    recipes = [recipe for stage in STAGES for recipe in stages.recipes(workspace, stage, versions)]
    files = {path for recipe in recipes for path in (*recipe.inputs.values(), *recipe.outputs.values())}
    assert {path[len(folder) :] for path in files if path.startswith(folder)} == SCENE
