"""The shape of the code: who may import whom, what a build that has nothing to do may load, what is documented."""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

import pytest
from studio import Studio

from videogen.model.kinds import kinds
from videogen.voices.catalog import engines

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "videogen"
STAGES = ("inputs", "script", "voices", "scenes", "video", "checks")
MAY_IMPORT = {
    "model": {"model"},
    **{stage: {stage, "model"} for stage in STAGES},
    "build": {"build", "model", *STAGES},
    "tasks": {"tasks", "build", "model"},
    "cli": {"cli", "tasks", "build", "model", "web"},
    "web": {"web", "tasks", "build", "model"},
    "api": {"tasks", "build", "model"},
    "__init__": {"api"},
    "__main__": {"cli"},
}
HEAVY = {
    *("numpy", "PIL", "av", "onnxruntime", "pydantic", "yaml", "click", "rich", "asyncio", "markdown_it", "hibari"),
    "babel",
}
SOURCES = sorted(PACKAGE.rglob("*.py"))


def part(path: Path) -> str:
    """The part of the package that a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def modules(path: Path) -> Iterator[tuple[int, str]]:
    """Line and absolute name of every module that a file imports, wherever it does."""
    inside = ["videogen", *path.relative_to(PACKAGE).parent.parts]
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = [] if not node.level else inside[: len(inside) - node.level + 1]
            module = ".".join([*base, *([node.module] if node.module else [])])
            # `from videogen import scenes` names a part too
            names = [f"{module}.{alias.name}" for alias in node.names] if module == "videogen" else [module]
            yield from ((node.lineno, name) for name in names)


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_every_part_is_known() -> None:
    assert {part(path) for path in SOURCES} == set(MAY_IMPORT)


@pytest.mark.parametrize("owner", MAY_IMPORT)
def test_a_part_imports_only_what_it_may(owner: str) -> None:
    strangers = [
        f"{named(path)}:{line} imports {module}"
        for path in SOURCES
        if part(path) == owner
        for line, module in modules(path)
        for names in [module.split(".")]
        if names[0] == "videogen" and len(names) > 1 and names[1] not in {*MAY_IMPORT[owner], "__version__"}
    ]
    assert not strangers, "\n".join(strangers)


@pytest.mark.parametrize("task", ["create", "frames"])
def test_a_build_with_nothing_to_do_loads_nothing_heavy(studio: Studio, task: str) -> None:
    program = (
        "import json, sys\n"
        "from doit.doit_cmd import DoitMain\n"
        "try:\n"
        f"    code = DoitMain(config_filenames=('doit.cfg',)).run([{task!r}, 'project=talk'])\n"
        "except SystemExit as stop:\n"
        "    code = stop.code or 0\n"
        "print(json.dumps([code, sorted({name.partition('.')[0] for name in sys.modules})]))\n"
    )
    outcome = studio.run(sys.executable, "-c", program)
    code, loaded = json.loads(outcome.out.splitlines()[-1])
    assert (code, outcome.ran) == (0, set())
    assert "videogen" in loaded
    assert not HEAVY & set(loaded)


def test_a_build_that_is_settled_loads_next_to_nothing_of_ours(studio: Studio) -> None:
    shutil.copyfile(ROOT / "dodo.py", studio.folder / "dodo.py")
    studio.doit("create", "project=talk")
    program = (
        "import json, sys\n"
        "from doit.doit_cmd import DoitMain\n"
        "try:\n    DoitMain(config_filenames=('doit.cfg',)).run(['create', 'project=talk'])\n"
        "except SystemExit:\n    pass\n"
        "print(json.dumps(sorted(name for name in sys.modules if name.startswith('videogen.'))))\n"
    )
    loaded = json.loads(studio.run(sys.executable, "-c", program).out.splitlines()[-1])
    light = ("console", "environment", "events", "flow", "loader", "reporter", "settled", "state", "tasks", "workspace")
    assert set(loaded) == {
        *("videogen.build", "videogen.model", "videogen.model.errors", "videogen.model.events"),
        *(f"videogen.build.{name}" for name in light),
    }


@pytest.mark.parametrize("module", ["videogen.model.errors", "videogen.model.events", "videogen.voices.catalog"])
def test_what_every_face_imports_is_light(module: str) -> None:
    program = f"import json, sys, {module}; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert not {"numpy", "PIL", "av", "onnxruntime", "pydantic", "asyncio"} & set(json.loads(done.stdout))


def undocumented(path: Path) -> Iterator[str]:
    """Public modules, classes, functions and methods of a file without a docstring."""
    tree = ast.parse(path.read_bytes())
    if not ast.get_docstring(tree):
        yield f"{named(path)}:1 module"
    todo: list[ast.AST] = [tree]
    while todo:
        for node in ast.iter_child_nodes(todo.pop()):
            if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and node.name[0] != "_":
                if not ast.get_docstring(node):
                    yield f"{named(path)}:{node.lineno} {node.name}"
                if isinstance(node, ast.ClassDef):
                    todo.append(node)


def test_all_that_is_public_is_documented() -> None:
    missing = [found for path in [*SOURCES, ROOT / "dodo.py"] for found in undocumented(path)]
    assert not missing, "\n".join(missing)


def declared() -> list[EntryPoint]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    scripts = [EntryPoint(name, value, "console_scripts") for name, value in project["scripts"].items()]
    return scripts + [
        EntryPoint(name, value, group)
        for group, points in project["entry-points"].items()
        for name, value in points.items()
    ]


@pytest.mark.parametrize("point", declared(), ids=lambda point: f"{point.group}:{point.name}")
def test_an_entry_point_loads_and_is_installed(point: EntryPoint) -> None:
    assert point.load() is not None
    assert point.value in {known.value for known in entry_points(group=point.group, name=point.name)}


def test_what_is_built_in_is_registered_as_what_others_bring() -> None:
    points = declared()
    values = {point.value for point in points}
    for path in SOURCES:
        for name in {"inputs": ("INPUT",), "voices": ("ENGINE",), "scenes": ("KIND",)}.get(part(path), ()):
            assigned = [
                target.id
                for node in ast.parse(path.read_bytes()).body
                for target in (node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)])
                if isinstance(target, ast.Name)
            ]
            if name in assigned:
                assert f"videogen.{part(path)}.{path.stem}:{name}" in values, named(path)
    assert {point.name for point in points if point.group == "videogen.voices"} <= set(engines())
    assert {point.name for point in points if point.group == "videogen.scene_kinds"} == set(kinds())
