"""The README says what there is, all of it, and nothing else."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path

import click
import pytest
import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token
from studio import Studio

from videogen.build.flow import STAGES
from videogen.build.store import DEFAULT_LIMIT
from videogen.cli import cli
from videogen.inputs.documents import adapters
from videogen.inputs.project import load_project
from videogen.model.asked import OF_A_DOCUMENT
from videogen.model.base import Model
from videogen.model.errors import Exit
from videogen.model.kinds import kinds
from videogen.model.music import Music
from videogen.model.project import Ai, HandScene, ProjectFile

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
TOKENS = MarkdownIt("commonmark").enable("table").parse(README)
CODE = re.compile(r"`([^`]+)`")


def fences(language: str) -> list[str]:
    return [token.content for token in TOKENS if token.type == "fence" and token.info == language]


def headings() -> list[tuple[int, str]]:
    return [
        (int(token.tag[1]), TOKENS[at + 1].content) for at, token in enumerate(TOKENS) if token.type == "heading_open"
    ]


def tables() -> list[list[list[str]]]:
    """Every table: its rows of cells, the column names first."""
    found: list[list[list[str]]] = []
    inside = False
    for token in TOKENS:
        if token.type == "table_open":
            found.append([])
        elif token.type == "tr_open":
            found[-1].append([])
        elif token.type in ("th_open", "td_open"):
            inside = True
        elif inside and token.type == "inline":
            found[-1][-1].append(token.content)
            inside = False
    return found


def table(*head: str, first: str = "") -> list[list[str]]:
    """Body rows of the one table with these column names, and with `first` in its first cell."""
    found = [rows[1:] for rows in tables() if rows[0] == list(head) and first in rows[1][0]]
    assert len(found) == 1, f"{len(found)} tables with the columns {head}"
    return found[0]


def commands() -> Iterator[list[str]]:
    """Every command of ours in a console block, as words."""
    for block in fences("console"):
        for line in block.splitlines():
            for part in line.split("&&"):
                words = shlex.split(part)
                if words and os.path.basename(words[0]) in ("video-gen", "doit"):
                    yield [os.path.basename(words[0]), *words[1:]]


def options_of(command: str) -> set[str]:
    context = click.Context(cli)
    found = cli.get_command(context, command)
    assert found is not None, command
    return {name for parameter in found.params if isinstance(parameter, click.Option) for name in parameter.opts}


# commands


def test_the_two_commands_that_a_person_pastes_stand_once_each() -> None:
    lines = README.splitlines()
    for last in (".venv/bin/doit create project=readme", ".venv/bin/pytest -n auto"):
        found = [line for line in lines if line.endswith(last)]
        assert len(found) == 1
        assert found[0].startswith("python3 -m venv .venv && .venv/bin/pip install ")
    assert sum("bin/pytest" in line for line in lines) == 1  # the gate takes the first line that has it


def test_every_command_and_no_other_is_listed() -> None:
    listed = [CODE.findall(name)[0].split()[1] for name, _ in table("Command", "What it does")]
    assert listed == cli.list_commands(click.Context(cli))


def test_every_option_is_listed_with_the_commands_that_have_it() -> None:
    listed = {
        (command, option)
        for names, of, _ in table("Option", "Of", "Meaning")
        for option in (name.split()[0] for name in CODE.findall(names))
        for command in (
            cli.list_commands(click.Context(cli)) if of == "all" else (name.split()[0] for name in CODE.findall(of))
        )
        if command != "video-gen"
    }
    there = {
        (command, option)
        for command in cli.list_commands(click.Context(cli))
        for option in options_of(command) | {"--help", "-h"}
    }
    assert listed == there


def test_every_input_is_listed_as_it_describes_itself() -> None:
    listed = [
        tuple(cell.replace("`", "") for cell in row) for row in table("Input", "What it reads", "Limits", "Extra")
    ]
    assert listed == [(each.name, each.what, each.limits, each.extra) for each in adapters().values()]


def test_every_option_in_an_example_exists() -> None:
    seen = [words for words in commands() if words[0] == "video-gen"]
    assert seen
    for _, command, *rest in seen:
        assert {word for word in rest if word.startswith("-")} <= options_of(command)


def test_every_doit_command_in_an_example_exists_with_its_options() -> None:
    named = [point.name for point in entry_points(group="doit.COMMAND")]
    seen: dict[str, set[str]] = {}
    for tool, *words in commands():
        if tool == "doit":
            found = [word for word in words if word in {*named, "list", "info", "forget"}]
            name = found[0] if found else "run"
            seen.setdefault(name, set()).update(word for word in words if word.startswith("-"))
            targets = [word for word in words if "=" not in word and word not in (name, "thread", "2", "dot")]
            assert all(word.startswith("-") or word.split(":")[0] in {*STAGES, "create"} for word in targets), words
    assert set(seen) >= {"run", "list", *named}
    for name, options in seen.items():
        shown = subprocess.run(
            [sys.executable, "-m", "doit", "help", name], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout
        for option in options:
            assert re.search(rf"(^|[\s,]){re.escape(option)}\b", shown), f"doit {name} {option}"


def test_every_variable_of_doits_command_line_is_listed() -> None:
    read = set(OF_A_DOCUMENT)  # in one loop
    for path in (ROOT / "videogen").rglob("*.py"):
        read |= set(re.findall(r'get_var\("(\w+)"\)', path.read_text()))
    rows = table("Variable", "Meaning", first="project=")
    assert {name.split("=")[0] for row in rows for name in CODE.findall(row[0])} == read
    used = {word.split("=")[0] for _, *words in commands() for word in words if "=" in word}
    assert used <= read


def test_every_exit_code_is_listed() -> None:
    assert [int(code) for code, _ in table("Code", "Meaning")] == [int(code) for code in Exit]


def test_every_environment_variable_is_listed() -> None:
    read = set()
    for path in (ROOT / "videogen").rglob("*.py"):
        read |= set(re.findall(r"\bVIDEOGEN_[A-Z_]+\b", path.read_text()))
    rows = table("Variable", "Meaning", first="VIDEOGEN_")
    assert {CODE.findall(row[0])[0] for row in rows} == read
    assert f"`{DEFAULT_LIMIT}`" in README


# projects


def _fields(model: type[Model], prefix: str = "") -> dict[str, object]:
    found: dict[str, object] = {}
    for name, field in model.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, Model):
            found |= _fields(field.annotation, f"{prefix}{name}.")
        else:
            found[prefix + name] = field.get_default(call_default_factory=True)
    return found


@pytest.mark.parametrize(
    ("model", "first"), [(ProjectFile, "title"), (HandScene, "kind"), (Ai, "provider"), (Music, "file")]
)
def test_every_field_is_listed_with_its_default(model: type[Model], first: str) -> None:
    wanted = _fields(model)
    listed = {CODE.findall(name)[0]: default for name, default, _ in table("Field", "Default", "Meaning", first=first)}
    assert set(listed) == set(wanted)
    for name, shown in listed.items():
        if shown.startswith("`"):
            assert yaml.safe_load(shown.strip("`")) == wanted[name], name
        else:
            assert wanted[name] in (None, "") or "Undefined" in repr(wanted[name]), name


def test_every_kind_of_scene_is_listed_with_its_fields() -> None:
    rows = table("Kind", "Content")
    assert {CODE.findall(kind)[0] for kind, _ in rows} == set(kinds())
    for kind, content in rows:
        fields = CODE.findall(re.sub(r"\([^)]*\)", "", content))
        assert set(fields) == set(kinds()[CODE.findall(kind)[0]].model_fields), kind


def test_every_choice_is_named() -> None:
    schema = ProjectFile.model_json_schema()
    choices = {
        value
        for place in [schema, *schema["$defs"].values()]
        for field in place["properties"].values()
        for value in field.get("enum", [])
    }
    themes = {path.stem for path in (ROOT / "templates" / "themes").glob("*.yaml")}
    engines = {point.name for point in entry_points(group="videogen.voices")}
    assert choices
    for name in choices | themes | engines:
        assert re.search(rf"`{re.escape(name)}:?`", README), name


def _keys(block: str) -> set[str]:
    data = yaml.safe_load(block)
    return set() if isinstance(data.get("template"), dict) else set(data)  # a template is no project


def _projects() -> list[str]:
    return [block for block in fences("yaml") if {"source", "scenes", "videos", "variables"} & _keys(block)]


@pytest.mark.parametrize("block", _projects())
def test_every_project_in_it_can_be_loaded(tmp_path: Path, block: str) -> None:
    file = tmp_path / "example.yaml"
    file.write_text(block)
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "look.yaml").write_text("theme: paper\n")
    (tmp_path / "shared" / "opening.yaml").write_text("kind: title\ncontent: {title: A}\nnarration: A.\n")
    load_project(file)


def test_there_is_an_example_of_every_kind_that_uses_every_field() -> None:
    shown: dict[str, set[str]] = {}
    for block in _projects():
        for scene in yaml.safe_load(block).get("scenes", ()):
            shown.setdefault(scene.get("kind", ""), set()).update(scene.get("content", ()))
    rare = {"bullets": {"checked", "start"}}
    for kind, model in kinds().items():
        assert shown[kind] | rare.get(kind, set()) == set(model.model_fields), kind


def test_other_yaml_in_it_is_yaml() -> None:
    assert [yaml.safe_load(block).keys() for block in fences("yaml") if block not in _projects()]


# everything else


def test_files_are_named_as_they_are_made(built_studio: Studio) -> None:
    listed = {name for row in table("File", "What it is") for name in _written(row[0])} - {"<scene>/"}
    internal = {"format.json", "look.json", "script.json", "timeline.json"}
    there = {path.name for path in built_studio.film.iterdir() if path.is_file()} - internal
    assert {name.replace("<video>", "talk").replace("<language>", "en") for name in listed} == there


def _written(cell: str) -> list[str]:
    first, *others = CODE.findall(cell)
    return [first, *(first[: first.rindex(".")] + other for other in others)]


def test_what_it_leads_to_exists() -> None:
    anchors = {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for _, title in headings()}
    inline = [child for token in TOKENS for child in token.children or () if child.type in ("link_open", "image")]
    targets = [str(_target(child)) for child in inline]
    assert targets
    for target in targets:
        if target.startswith("#"):
            assert target[1:] in anchors, target
        elif "://" not in target:
            assert (ROOT / target).exists(), target
    for path in re.findall(r"`((?:tests|templates|projects)/[\w/]+)`", README):
        assert (ROOT / path).exists(), path
    for path in re.findall(r"^python (\S+\.py)", "\n".join(fences("console")), re.M):
        assert (ROOT / path).exists(), path


def _target(token: Token) -> str | int | float | None:
    return token.attrGet("href") or token.attrGet("src")


def test_extension_points_exist() -> None:
    declared = (ROOT / "pyproject.toml").read_text()
    groups = re.findall(r'\[project\.entry-points\."(videogen\.[\w.]+)"\]', declared)
    shown = "\n".join(fences("toml"))
    assert set(re.findall(r'entry-points\."([\w.]+)"', shown)) == set(groups)
    for dotted in re.findall(r"`(videogen\.[\w.]+\.[A-Z]\w+)`", README):
        module, _, name = dotted.rpartition(".")
        assert hasattr(import_module(module), name), dotted
    assert fences("toml")[0].strip() in declared


def test_the_film_of_it_shows_no_reference(monkeypatch: pytest.MonkeyPatch) -> None:
    from videogen.build.validate import validate_project
    from videogen.build.workspace import Workspace

    monkeypatch.chdir(ROOT)
    shown = validate_project(Workspace("readme", "projects/readme.yaml", "build/readme"))["videos"][0]["scenes"]
    titles = [title for _, title in headings()]
    below = titles[titles.index("Reference") :]
    assert len(shown) > 5
    assert not {scene["title"] for scene in shown} & set(below)
    assert not any("project file" in scene["narration"].lower() for scene in shown)


def test_the_changelog_knows_this_version() -> None:
    from videogen import __version__

    assert f"## [{__version__}]" in (ROOT / "CHANGELOG.md").read_text()


def test_every_template_is_listed_as_it_describes_itself() -> None:
    from videogen.inputs.wizard import templates

    listed = {CODE.findall(name)[0]: what for name, what in table("Template", "What it makes")}
    assert listed == {name: template.description for name, template in templates().items()}


def test_the_answers_in_it_make_a_film(tmp_path: Path) -> None:
    from videogen.inputs.wizard import project_text, read_answers

    blocks = [block for block in fences("yaml") if "responses" in _keys(block)]
    assert blocks
    for block in blocks:
        (tmp_path / "answers.yaml").write_text(block)
        assert project_text("talk", read_answers(tmp_path / "answers.yaml"))
