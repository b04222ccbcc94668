"""What doit is asked for: variables and tasks that there are not end with 2 and the closest there is."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest
from studio import Studio


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["create", "projct=talk"], 'there is no variable "projct"; did you mean "project=talk"?'),
        (["create", "warning=fail"], 'there is no variable "warning"; did you mean "warnings=fail"?'),
        (["create", "warnings=fial"], 'warnings=fial is unknown; did you mean "warnings=fail"?'),
        (["create", "profile=drafts"], 'profile=drafts is unknown; did you mean "profile=draft"?'),
        (["list", "shade=green"], 'there is no variable "shade"; there are: project, from, build, profile, refresh, '),
        (["create", "project=talk", "from=notes.md"], "give either project or from, not both"),
        (["create", "title=Talk"], "title goes with from=DOCUMENT; a project says it in its YAML"),
        (["create", "from=none.md"], 'there is no file "none.md"'),
        (["create", "build="], 'the variable "build" has no value'),
        (["crate"], 'there is no task "crate"; did you mean "create"?'),
        (["clena"], 'there is no task "clena"; did you mean "clean"?'),
        (["info", "segment:talk/en/rulez"], 'did you mean "segment:talk/en/rules"?'),
        (["list", "frmes"], 'did you mean "frames"?'),
        (["forget", "audio:talk/en/rulse"], 'did you mean "audio:talk/en/rules"?'),
        (["explain", "audio:talk/en/rulse"], 'did you mean "audio:talk/en/rules"?'),
        (["create", "something:else:entirely"], "`doit list --all` shows all"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_there_is_not(built_studio: Studio, arguments: list[str], said: str) -> None:
    outcome = built_studio.doit(*arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert len(outcome.err.splitlines()) == 1
    assert outcome.err.startswith("error: ")
    assert said in outcome.err


@pytest.mark.parametrize("chosen", ["audio:*", "frames", "build/talk/talk/en/rules/first.png", "audio:talk/en/rules"])
def test_what_there_is(studio: Studio, chosen: str) -> None:
    assert studio.doit(chosen, "project=talk").code == 0


def test_a_build_file_of_ones_own_may_read_variables_and_take_options(studio: Studio) -> None:
    (studio.folder / "dodo.py").write_text(
        "from doit import get_var\n"
        "def task_greet():\n"
        "    whom = get_var('whom')\n"
        "    params = [{'name': 'loud', 'short': 'l', 'default': ''}]\n"
        "    return {'actions': [f'echo hello {whom} %(loud)s'], 'params': params}\n"
    )
    outcome = studio.doit("greet", "-l", "aloud", "whom=you")
    assert (outcome.code, outcome.out) == (0, "hello you aloud\n"), outcome.err
    assert 'no variable "who"' in studio.doit("greet", "who=you").err


def test_a_list_that_nobody_reads_to_the_end(built_studio: Studio) -> None:
    for command in ("doit list --all project=talk", "doit explain project=talk", "videogen graph talk"):
        line = f"{sys.executable} -m {command} | head -n 0"
        done = subprocess.run(
            ["sh", "-c", line],
            cwd=built_studio.folder,
            env=built_studio.environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.stderr == ""


def test_help_of_our_commands_names_what_is_used(fresh: Callable[..., Studio]) -> None:
    studio = fresh()
    for command, option in (("explain", "--json"), ("graph", "--format"), ("prune", "--dry-run")):
        text = studio.doit("help", command).out
        assert option in text
        assert "backend" not in text
