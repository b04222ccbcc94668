"""Commands that a film shows are really run, and cannot do to a build what a build must not suffer."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from studio import Studio

from videogen.build.capture import MOST_BYTES, run
from videogen.model.errors import StageError


def project(command: str, allow: str = "true") -> str:
    return (
        f'title: Talk\nvoice: "draft:"\noutput: {{resolution: 480p}}\nallow_commands: {allow}\nscenes:\n'
        f"  - id: shown\n    kind: terminal\n    content: {{header: Now, command: {json.dumps(command)}}}\n"
        "    narration: This is what it says.\n    min_seconds: 5\n"
        "  - id: closing\n    kind: outro\n    content: {main_text: That is all}\n    narration: That is all.\n"
        "    min_seconds: 5\n"
    )


def output(studio: Studio) -> str:
    return json.loads((studio.film / "shown" / "capture.json").read_text())["output"]


def test_what_a_command_prints_is_taken_as_it_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    Path("here.txt").write_text("here\n")
    assert run("cat here.txt; echo there >&2") == "here\nthere\n"
    assert run("printf 'a\\r\\nb'") == "a\nb"
    assert run("echo $COLUMNS; cat") == "80\n", "there is no keyboard"
    assert run("printf '\\033[31mred\\033[0m'") == "\033[31mred\033[0m"
    assert run("printf 'caf\\351'") == "caf\ufffd"


def test_secrets_of_the_environment_are_not_for_a_film(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GITHUB_TOKEN", "Db_Password", "AWS_SECRET_ACCESS_KEY", "OPENAI_API_KEY", "APIKEY"):
        monkeypatch.setenv(name, "hush")
    monkeypatch.setenv("GREETING", "hello")
    printed = run("env")
    assert "hush" not in printed
    assert "GREETING=hello" in printed


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("echo one; echo two >&2; echo; exit 3", "`echo one; echo two >&2; echo; exit 3` failed with exit code 3: two"),
        ("exit 1", "failed with exit code 1: it printed nothing"),
        ("no-such-command-as-this", "failed with exit code 127"),
        ("kill -9 $$", "failed with exit code -9"),
        ("yes", f"prints more than {MOST_BYTES:,} bytes"),
    ],
)
def test_a_command_that_fails(command: str, said: str) -> None:
    with pytest.raises(StageError) as raised:
        run(command)
    assert said in str(raised.value)
    assert raised.value.hint


def test_a_command_that_does_not_end_is_stopped_with_all_it_began(tmp_path: Path) -> None:
    ids = tmp_path / "ids"
    with pytest.raises(StageError, match=r"has not ended after 0\.5 s"):
        run(f"sleep 600 & echo $! > {ids}; sleep 600", seconds=0.5)
    ends(int(ids.read_text()))


def test_what_a_command_leaves_in_the_background_ends_with_it(tmp_path: Path) -> None:
    ids = tmp_path / "ids"
    assert run(f"sleep 600 > /dev/null 2>&1 & echo $! > {ids}; echo done") == "done\n"
    ends(int(ids.read_text()))


@pytest.mark.parametrize("command", ["exec > /dev/null 2>&1; sleep 600", "setsid sleep 5 & echo begun"])
def test_a_command_that_leaves_its_output_or_its_group_is_late_too(command: str) -> None:
    with pytest.raises(StageError, match="has not ended"):
        run(command, seconds=0.5)


def gone(process: int) -> bool:
    """Whether a process has ended; one that nobody has taken note of yet has."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return True
    return state in "ZX"


def ends(process: int) -> None:
    """Wait until a process that was told to end has done so."""
    deadline = time.monotonic() + 60
    while not gone(process):
        assert time.monotonic() < deadline, "it is left running"
        os.sched_yield()


def test_a_project_that_does_not_allow_it(fresh: Callable[..., Studio]) -> None:
    studio = fresh(project("echo ran > ran", allow="false"))
    outcome = studio.doit("create", "project=talk")
    assert outcome.code == 2
    assert "projects/talk.yaml:8:" in outcome.err
    assert "write `allow_commands: true`" in outcome.err
    assert studio.video_gen("validate", "talk").code == 2
    assert not (studio.folder / "ran").exists()


def test_only_a_build_runs_it(fresh: Callable[..., Studio]) -> None:
    studio = fresh(project("echo ran > ran"))
    for told in (["validate", "talk"], ["status", "talk"], ["graph", "talk"]):
        assert studio.video_gen(*told).code == 0
    assert studio.doit("list", "--all", "project=talk").code == 0
    assert not (studio.folder / "ran").exists()


def test_it_runs_again_when_it_changes_and_only_then(fresh: Callable[..., Studio]) -> None:
    studio = fresh(project("echo once >> ran; cat ran"))
    outcome = studio.doit("create", "project=talk")
    assert outcome.code == 0, outcome.err
    assert output(studio) == "once\n"
    studio.edit("This is what it says.", "This is what it says now.")
    assert "capture:talk/en/shown" not in studio.doit("create", "project=talk").ran
    studio.edit("echo once", "echo again")
    again = {name for name in studio.doit("create", "project=talk").ran if "shown" in name}
    assert again == {f"{stage}:talk/en/shown" for stage in ("capture", "frames", "segment", "transition")}
    assert output(studio) == "once\nagain\n"
    assert studio.doit("forget", "capture", "project=talk").code == 0
    assert "capture:talk/en/shown" in studio.doit("create", "project=talk").ran


def test_a_failing_command_fails_its_scene_and_no_other(fresh: Callable[..., Studio]) -> None:
    studio = fresh(project("echo it is broken; exit 4"))
    outcome = studio.doit("create", "project=talk")
    assert outcome.code == 1
    said = [line for line in outcome.err.splitlines() if "exit code 4" in line]
    assert said
    assert "it is broken" in said[0]
    assert (studio.film / "closing" / "segment.mp4").exists()
    assert not (studio.film / "shown" / "capture.json").exists()
    assert not (studio.film / "talk.en.mp4").exists()


@pytest.mark.parametrize("printed", [r"\033[31mred\033[0m\033[2K\033[1A", r"10%%\r100%%\r\n\a\b", r"caf\351", ""])
def test_whatever_it_prints_can_be_shown(fresh: Callable[..., Studio], printed: str) -> None:
    studio = fresh(project(f"printf '{printed}'"))
    outcome = studio.doit("frames", "project=talk")
    assert outcome.code == 0, outcome.err


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_with_the_build(fresh: Callable[..., Studio], number: signal.Signals) -> None:
    studio = fresh(project("sleep 600 & echo $! > new; mv new ids; wait"))
    command = [sys.executable, "-m", "doit", "create", "project=talk"]
    build = subprocess.Popen(
        command, cwd=studio.folder, env=studio.environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    ids = studio.folder / "ids"
    while not ids.exists():
        assert build.poll() is None
        os.sched_yield()
    build.send_signal(number)
    assert build.wait() == 130
    ends(int(ids.read_text()))
