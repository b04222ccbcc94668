"""The projects that come with videogen are films that can be shown."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import yaml
from flashes import luminances, most_flashes
from studio import Studio, new_studio

from videogen.build.validate import validate_project
from videogen.build.workspace import Workspace
from videogen.inputs.project import load_project

ROOT = Path(__file__).parents[2]
NAMES = sorted(path.stem for path in (ROOT / "projects").glob("*.yaml"))
README = (ROOT / "README.md").read_text(encoding="utf-8")
TEACHING = {"learning_objectives", "problem", "solution", "exercise", "quiz", "checkpoint"}


def scenes(name: str) -> list[dict]:
    return yaml.safe_load((ROOT / "projects" / f"{name}.yaml").read_text(encoding="utf-8"))["scenes"]


def drafted(folder: Path, name: str, **changes: object) -> Studio:
    """A studio with the project and its pictures: small, and without a voice."""
    project = yaml.safe_load((ROOT / "projects" / f"{name}.yaml").read_text(encoding="utf-8"))
    project |= {"voice": "draft:", "output": {"resolution": "480p"}, **changes}
    studio = new_studio(folder, yaml.safe_dump(project, sort_keys=False))
    shutil.copy(ROOT / "projects" / "readme.png", studio.project.parent)
    shutil.copy(ROOT / "README.md", studio.folder)
    return studio


def test_every_project_is_named_in_the_readme() -> None:
    for name in NAMES:
        assert f"project={name}" in README or f"`{name}`" in README, name


@pytest.mark.parametrize("name", NAMES)
def test_a_project_can_be_made_as_it_stands(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(ROOT)
    assert load_project(ROOT / "projects" / f"{name}.yaml").voice == "auto"
    found = validate_project(Workspace(name, f"projects/{name}.yaml", f"build/{name}"))
    assert found["videos"][0]["scenes"]
    assert found["warnings"] == []


@pytest.mark.parametrize("name", sorted({*NAMES} - {"readme"}))
def test_the_film_of_a_project_passes_every_check(tmp_path: Path, name: str) -> None:
    studio = drafted(tmp_path / "studio", name)
    outcome = studio.doit("create", "project=talk", "warnings=fail")
    assert outcome.code == 0, outcome.err
    reports = list(studio.folder.glob("build/talk/*/en/report.json"))
    assert len(reports) == (2 if name == "tour" else 1)
    for report in reports:
        assert {finding["level"] for finding in json.loads(report.read_text())["findings"]} == {"pass"}
    for film in studio.folder.glob("build/talk/*/en/*.mp4"):
        assert most_flashes(*luminances(film)) <= 3


def test_what_flashes_is_told_from_what_fades_once() -> None:
    times = np.arange(90, dtype=np.float32)[:, None, None] / 30 + np.zeros((1, 36, 64), np.float32)
    assert most_flashes((times * 10 % 2 < 1).astype(np.float32), 30) > 3
    assert most_flashes(np.abs(times - 1.5) / 1.5, 30) <= 1
    corner = (times * 10 % 2 < 1).astype(np.float32)
    corner[:, 9:] = corner[:, :, 32:] = 0  # an eighth of the picture
    assert most_flashes(corner, 30) == 0


@pytest.mark.parametrize("aspect", ["1:1", "4:5"])
def test_the_tour_is_made_in_other_shapes_too(tmp_path: Path, aspect: str) -> None:
    studio = drafted(tmp_path / "studio", "tour", aspect=aspect)
    outcome = studio.doit("create", "project=talk", "warnings=fail")
    assert outcome.code == 0, outcome.err


def test_the_lesson_has_every_kind_of_a_lesson() -> None:
    assert {scene["kind"] for scene in scenes("lesson")} >= TEACHING


def test_the_figures_of_the_tour_are_those_of_the_readme() -> None:
    for scene in scenes("tour"):
        if scene["kind"] == "stat":
            assert f"{scene['content']['value']} times as much as videogen" in README
        if scene["kind"] == "chart":
            _, *shares = scene["content"]["series"][0]["values"]
            for edit, share in zip(("one line of narration", "one bullet"), shares, strict=True):
                row = next(line for line in README.splitlines() if line.startswith(f"| An edit of {edit}"))
                assert f"| {share / 100:.2f} " in row
