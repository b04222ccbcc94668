"""Examples in docstrings and modules do what they say."""

from __future__ import annotations

import doctest
import pkgutil
from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from typing import get_args

import pytest
import yaml
from markdown_it import MarkdownIt

import videogen
from videogen.build.gallery import stand_ins
from videogen.inputs.project import load_project
from videogen.inputs.starter import starter_project
from videogen.model.film import film_format
from videogen.model.project import Aspect, Output
from videogen.model.script import Picture
from videogen.scenes.draw import lay_out
from videogen.scenes.themes import resolve_look

ROOT = Path(__file__).parents[2]


def _examples() -> Iterator[doctest.DocTest]:
    finder = doctest.DocTestFinder(exclude_empty=True)
    for found in pkgutil.walk_packages(videogen.__path__, "videogen."):
        if not found.name.endswith("__main__"):
            yield from (test for test in finder.find(import_module(found.name)) if test.examples)


def test_examples_in_docstrings_hold() -> None:
    examples = list(_examples())
    assert len(examples) >= 10
    runner = doctest.DocTestRunner(verbose=False)
    for example in examples:
        runner.run(example)
    assert runner.summarize(verbose=False).failed == 0


def test_examples_in_python_run_and_write_projects_and_films(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tokens = MarkdownIt("commonmark").parse((ROOT / "README.md").read_text(encoding="utf-8"))
    programs = [token.content for token in tokens if token.type == "fence" and token.info == "python"]
    assert programs
    monkeypatch.chdir(tmp_path)
    (tmp_path / "README.md").write_text("# Kiln\n\nKiln bakes pots from clay. It is small and needs no network.\n")
    for program in programs:
        exec(compile(program, "README.md", "exec"), {})
    written = sorted(tmp_path.glob("projects/*.yaml"))
    assert [file.stem for file in written] == ["builds", "course"]
    assert [file.name for file in tmp_path.glob("videos/**/*.mp4") if "segment" not in file.name] != []
    for file in written:
        load_project(file)


KINDS = {point.name: point.load() for point in entry_points(group="videogen.scene_kinds")}


@pytest.mark.parametrize("name", sorted(KINDS))
def test_the_example_of_a_kind_can_be_loaded(tmp_path: Path, name: str) -> None:
    scene = yaml.safe_load(KINDS[name].example)
    assert scene["kind"] == name
    file = tmp_path / "example.yaml"
    file.write_text(yaml.safe_dump({"scenes": [{**scene, "narration": "Here it is."}]}))
    load_project(file)


@pytest.mark.parametrize("name", sorted(KINDS))
def test_the_example_of_a_kind_is_laid_out_on_one_page_of_every_shape(tmp_path: Path, name: str) -> None:
    content = yaml.safe_load(KINDS[name].example)["content"]
    stand_ins(name, content, tmp_path)
    for aspect in get_args(Aspect):
        look = resolve_look("midnight", "blue", film_format(Output(), aspect), tmp_path)
        slide = lay_out(Picture(kind=name, content=content), look, tmp_path)
        assert (len(slide.pages), slide.missing) == (1, [])
        assert len(slide.pages[0]) > 0


@pytest.mark.parametrize("source", [None, "../notes.md"])
def test_the_starter_can_be_loaded(tmp_path: Path, source: str | None) -> None:
    file = tmp_path / "talk.yaml"
    file.write_text(starter_project("talk", source))
    assert load_project(file).source == source
