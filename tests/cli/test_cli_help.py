"""Help that is there, and wrong usage that says so."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from studio import Studio

from videogen import __version__
from videogen.cli import cli

COMMANDS = cli.list_commands(click.Context(cli))


def test_help_names_every_command(built_studio: Studio) -> None:
    outcome = built_studio.video_gen("--help")
    assert outcome.code == 0
    listed = [line.split()[0] for line in outcome.out.partition("Commands:")[2].splitlines() if line[2:3].strip()]
    assert listed == COMMANDS
    assert "130" in outcome.out


@pytest.mark.parametrize("name", COMMANDS)
def test_help_explains_every_option(built_studio: Studio, name: str) -> None:
    outcome = built_studio.video_gen(name, "--help")
    assert (outcome.code, outcome.err) == (0, "")
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    assert command.help
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help or option.type.name == "choice", option.name
            assert all(spelling in outcome.out for spelling in option.opts)


def test_the_version(built_studio: Studio) -> None:
    assert built_studio.video_gen("--version").out.strip().endswith(__version__)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["crate"], "error: no such command 'crate'; did you mean \"create\"?"),
        (["create", "talk", "--from", "notes.md"], "not both"),
        (["create", "talk", "--theme", "daylight"], "--theme goes with --from"),
        (["create", "--from", "nothing.md"], 'no file "nothing.md"'),
        (["create", "tolk"], 'did you mean "talk"?'),
        (["create", "nothing.yaml"], 'no project file "nothing.yaml"'),
        (["create", "--colour", "green"], "--colour"),
        (["create", "--from", "notes.md", "--accent", "beige"], "beige"),
        (["create", "--jobs", "0"], "jobs"),
        (["validate", "--from", "nothing.md"], 'no file "nothing.md"'),
        (["graph", "--format", "svg"], "svg"),
        (["preview", "openin"], 'did you mean "opening"?'),
        (["preview"], "error: missing argument 'SCENE'; `video-gen preview --help` says more"),
        (["status", "--form", "notes.md"], "error: no such option '--form'"),
        (["create", "caf\udce9"], '"caf?" is not in the encoding of this system'),
        (["init", "A Talk"], '"a-talk"'),
        (["init", "talk"], "exists already"),
        (["init", "other", "--from", "nothing.md"], 'no file "nothing.md"'),
        (["status", "tolk"], 'did you mean "talk"?'),
    ],
    ids=" ".join,
)
def test_wrong_usage_says_what_to_do(built_studio: Studio, arguments: list[str], said: str) -> None:
    outcome = built_studio.video_gen(*arguments)
    assert (outcome.code, outcome.out) == (2, ""), outcome.err
    assert said in outcome.err
    assert outcome.err.startswith("error: ")
    assert outcome.err.count("\n") == 1


def test_without_a_project_it_says_which_there_are(fresh: Callable[..., Studio]) -> None:
    studio = fresh()
    (studio.project.with_name("other.yaml")).write_text(studio.project.read_text())
    outcome = studio.video_gen("create")
    assert outcome.code == 2
    assert "other, talk" in outcome.err


def test_help_says_each_command_to_the_end(built_studio: Studio) -> None:
    outcome = built_studio.run("env", "COLUMNS=80", sys.executable, "-m", "videogen", "--help")
    assert "..." not in outcome.out.partition("Commands:")[2]


@pytest.mark.parametrize("face", [["-m", "doit", "list", "--all"], ["-m", "videogen", "validate"]], ids=" ".join)
def test_a_terminal_that_lacks_a_sign_is_shown_the_rest(studio: Studio, face: list[str]) -> None:
    studio.edit("header: Rules", "header: Zwei Größen \N{EM DASH} so")
    environment = {**studio.environment(), "PYTHONIOENCODING": "latin-1"}
    done = subprocess.run([sys.executable, *face], cwd=studio.folder, env=environment, capture_output=True)
    assert done.returncode == 0, done.stderr
    assert "Zwei Größen \\u2014 ".encode("latin-1") in done.stdout


def test_no_other_path_is_told_where_the_encoding_lacks_a_sign(studio: Studio) -> None:
    environment = {**studio.environment(), "PYTHONIOENCODING": "latin-1"}

    def told(*arguments: str) -> str:
        command = [sys.executable, "-m", "videogen", *arguments, "-o", "é日"]
        done = subprocess.run(command, cwd=studio.folder, env=environment, capture_output=True)
        assert done.returncode == 0, done.stderr
        return done.stdout.decode("latin-1")

    film = "é日/talk.draft/talk/en/talk.en.mp4"
    assert told("create", "talk", "--draft", "-q") == film.replace("日", "\\u65e5") + "\n"
    assert json.loads(told("list", "--json"))[0]["result"]["videos"] == [film]
    events = [json.loads(line) for line in told("create", "talk", "--draft", "--json").splitlines()]
    assert events[-1]["videos"] == [film]


def test_a_name_that_is_no_text_is_said_by_doit_too(built_studio: Studio) -> None:
    outcome = built_studio.doit("create", "from=caf\udce9.md")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith('error: "caf?.md" is not in the encoding of this system')


LOADING = """
import os, signal, sys


class Stop:
    def find_spec(self, name, path=None, target=None):
        if name == WHERE:
            os.kill(os.getpid(), signal.SIGINT)


sys.meta_path.insert(0, Stop())
sys.argv = ["video-gen", "themes"]
from videogen.__main__ import main

main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="another Ctrl-C")
@pytest.mark.parametrize(
    ("where", "code", "said"),
    [("click", -signal.SIGINT, b""), ("videogen.cli.machine", 130, b"\nstopped; run it again to go on\n")],
)
def test_a_command_that_is_stopped_while_it_is_loaded_says_no_more_than_that(
    tmp_path: Path, where: str, code: int, said: bytes
) -> None:
    program = f"WHERE = {where!r}\n{LOADING}"
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True)
    assert (done.returncode, done.stdout, done.stderr) == (code, b"", said)
