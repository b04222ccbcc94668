"""What the README says how to do from each face can be done so."""

from __future__ import annotations

import re
import shlex
from importlib.metadata import entry_points
from inspect import iscoroutinefunction

import pytest
from docs.test_docs_readme import CODE, options_of, table

from videogen import Pipeline, PipelineOrchestrator, PipelineResult, PipelineTask
from videogen.cli import cli
from videogen.web.app import create_app

ROWS = table("To", "Command line", "doit", "Python", "HTTP")
OWNERS = {"orchestrator": PipelineOrchestrator, "task": PipelineTask, "Pipeline": Pipeline}


def test_every_thing_that_a_person_does_has_a_row() -> None:
    things = [
        "validate",
        "estimate",
        "create",
        "watch",
        "pause",
        "resume",
        "cancel",
        "list",
        "have the films",
        "forget",
    ]
    assert [row[0] for row in ROWS] == things


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_it_can_be_done_so(row: list[str]) -> None:
    _, command_line, doit, python, http = row
    for code in [*CODE.findall(command_line), *CODE.findall(doit)]:
        tool, *words = shlex.split(code)
        if tool == "video-gen":
            assert words[0] in cli.list_commands(None)  # pyright: ignore[reportArgumentType]
            assert {word for word in words if word.startswith("--")} <= options_of(words[0])
        elif tool == "doit":
            assert words[0] in {"create", *(point.name for point in entry_points(group="doit.COMMAND")), "list"}
        else:
            assert tool.endswith("events.ndjson")
    (code,) = CODE.findall(python)
    found = re.search(r"(await )?(\w+)\.(\w+)\(", code)
    assert found
    assert iscoroutinefunction(getattr(OWNERS[found[2]], found[3])) == bool(found[1])
    assert all(name in PipelineResult.__dataclass_fields__ for name in re.findall(r"\)\)\.(\w+)", code))
    (code,) = CODE.findall(http)
    method, path = code.split()
    assert method.lower() in create_app().openapi()["paths"][path]
