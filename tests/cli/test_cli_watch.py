"""A build after every save, in a real terminal and in a pipe; a task that is watched."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from studio import Studio
from tasks.tasks_kit import LONG, TALK, Office

from videogen.build.redone import redone
from videogen.build.watching import around, change_of, watched
from videogen.build.workspace import Workspace
from videogen.model.events import StageComplete
from videogen.tasks import lifecycle
from videogen.tasks.home import home_of

pexpect = pytest.importorskip("pexpect", reason="needs a pseudo-terminal")


@contextmanager
def watching(studio: Studio, *arguments: str, **environment: str) -> Iterator[Any]:
    """`create --watch` at a terminal."""
    child = pexpect.spawn(
        sys.executable,
        ["-m", "videogen", "create", "--watch", *arguments],
        cwd=str(studio.folder),
        env={**studio.environment(), "TERM": "dumb", **environment},
        dimensions=(40, 200),
        encoding="utf-8",
        codec_errors="replace",
        timeout=90,
        # a terminal's shell hands its programs Ctrl-C, also where these tests are run in a background job without
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    try:
        yield child
    finally:
        child.close(force=True)


def saved_as_editors_do(path: Path, before: str, after: str) -> None:
    """Written beside, and renamed."""
    text = path.read_text()
    assert text.count(before) == 1, before
    beside = path.with_name(f"{path.name}.tmp")
    beside.write_text(text.replace(before, after))
    os.replace(beside, path)


def test_a_terminal_in_another_encoding_is_told_too(studio: Studio) -> None:
    with watching(studio, "talk", "--draft", "-o", "é", PYTHONIOENCODING="latin-1") as terminal:
        terminal.expect("\N{REPLACEMENT CHARACTER}/talk.draft/talk/en/talk.en.mp4\r\n")
        terminal.expect(r"watching \d+ files; Ctrl-C ends\r\n")


def test_every_save_is_built_and_told_in_one_line(studio: Studio) -> None:
    with watching(studio, "talk") as terminal:
        terminal.expect(r"talk: up to date [^\n]*\r\n")
        terminal.expect(r"watching \d+ files; Ctrl-C ends\r\n")
        studio.edit("This is a small film about a build.", "This is a small film about one build.")
        terminal.expect(r"\r\n")
        assert terminal.before.startswith("talk: 1 scene made again (voice, segment), ")
        saved_as_editors_do(studio.project, "Every file knows its inputs]", "Each file knows its inputs]")
        terminal.expect(r"\r\n")
        assert terminal.before.startswith("talk: 1 scene made again (frames, segment), ")
        saved_as_editors_do(studio.project, "kind: bullets", "kind: bulets")
        terminal.expect('error: .*unknown scene kind "bulets"; did you mean "bullets"')
        terminal.expect("talk: not finished; it goes on with the next save\r\n")
        saved_as_editors_do(studio.project, "kind: bulets", "kind: bullets")
        terminal.expect(r"talk: nothing to make again, \d+\.\d s\r\n")
        terminal.sendcontrol("c")
        terminal.expect(pexpect.EOF)
        assert "Traceback" not in terminal.before
        terminal.close()
        assert terminal.exitstatus == 0


def test_ctrl_c_while_it_builds_stops_the_build_in_order(fresh: Callable[[str], Studio]) -> None:
    studio = fresh(LONG)
    with watching(studio, "talk") as terminal:
        terminal.expect("made     segment:")
        terminal.sendcontrol("c")
        terminal.expect(r"talk: stopped \(")
        terminal.expect(pexpect.EOF)
        assert "Traceback" not in terminal.before
        terminal.close()
        assert terminal.exitstatus == 130
    assert not [path for path in studio.folder.rglob(".videogen-*") if "store" not in path.parts]
    assert studio.video_gen("create", "talk").code == 0


def test_a_document_is_watched_and_told_as_events(fresh: Callable[[str], Studio]) -> None:
    studio = fresh("title: unused\n")
    document = studio.folder / "kiln.md"
    document.write_text("# Kiln\n\nKiln bakes pots from clay. It is small and it needs no network.\n")
    command = [sys.executable, "-m", "videogen", "create", "--from", "kiln.md", "--draft", "--watch", "--json"]
    with subprocess.Popen(
        command, cwd=studio.folder, env=studio.environment(), stdout=subprocess.PIPE, text=True
    ) as build:
        assert build.stdout is not None
        ends = []
        for line in build.stdout:
            event = json.loads(line)
            if event["event"] in ("TaskCompleted", "TaskFailed"):
                ends.append(event["counts"]["made"])
                if len(ends) == 2:
                    build.terminate()
                else:
                    saved_as_editors_do(document, "small", "tiny")
    assert build.returncode == 0
    assert 0 < ends[1] < ends[0]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["talk", "--watch", "--review"], "--watch and --review do not go together"),
        (["talk", "--watch", "--refresh"], "--watch and --refresh do not go together"),
        (["--from", "https://example.org/a.md", "--watch"], "--watch is for files"),
        (["none", "--watch"], 'there is no project "none"'),
        (["--from", "none.md", "--watch"], 'there is no file "none.md"'),
    ],
)
def test_what_cannot_be_watched_is_refused(built_studio: Studio, arguments: list[str], said: str) -> None:
    outcome = built_studio.video_gen("create", *arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert said in outcome.err


def test_what_comes_is_noticed_and_what_a_build_writes_is_not(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(studio.folder)
    workspace = Workspace("talk", "projects/talk.yaml", "build/talk")
    known = watched(workspace)
    assert "projects/talk.yaml" in known
    assert not [path for path in known if path.startswith("build/")]
    assert known["projects/recordings"] is None
    Path("projects/recordings").mkdir()
    assert change_of(known) == ["projects/recordings"]
    known = around(["projects/talk.yaml", "notes.md"])
    Path("picture.png").write_bytes(b"")
    assert change_of(known) == ["."]


def done(stage: str, name: str, how: str = "made") -> StageComplete:
    return StageComplete(stage, f"{stage}:{name}", how)


@pytest.mark.parametrize(
    ("again", "said"),
    [
        ([], "nothing to make again"),
        ([StageComplete("script", "script", "made")], "nothing to make again"),
        ([done("video", "a/en"), done("transition", "a/en/x")], "no scene made again (transition, film)"),
        ([done("frames", "a/en/x"), done("video", "a/en")], "1 scene made again (frames)"),
        ([done("audio", "a/en/x"), done("audio", "a/de/x")], "1 scene made again in 2 films (voice)"),
        ([done("audio", "a/en/x", "restored")], "1 scene made again (voice, all from the store)"),
        (
            [done("audio", "a/en/x", "restored"), done("audio", "a/en/y")],
            "2 scenes made again (voice, 1 from the store)",
        ),
        ([done("audio", "a/en/x", "unchanged")], "nothing to make again"),
    ],
)
def test_what_was_made_again_is_one_line(again: list[StageComplete], said: str) -> None:
    assert redone("a", again, 0.04) == f"a: {said}, 0.0 s"


def test_a_task_is_watched_until_it_ends(fresh: Callable[[str], Studio]) -> None:
    studio = fresh(LONG)
    here = Office(studio, home_of(str(studio.folder / "build")))
    task = here.submit(TALK)
    command = [sys.executable, "-m", "videogen", "status", task.id, "--watch"]
    with subprocess.Popen(
        command, cwd=studio.folder, env=studio.environment(), stdout=subprocess.PIPE, text=True
    ) as shown:
        assert shown.stdout is not None
        assert shown.stdout.readline() == f"{task.id}  pending  0 %\n"
        subprocess.run(
            [sys.executable, "-m", "videogen.tasks.worker", here.home.folder, "sqlite", task.id],
            cwd=studio.folder,
            env=studio.environment(),
            check=lifecycle.claim(here.home, task.id),
        )
        out = shown.stdout.read().splitlines()
    assert shown.returncode == 0
    assert out[-2:] == [f"{task.id}  completed  100 %", "build/talk/talk/en/talk.en.mp4"]
    assert [line.split()[:3] for line in out if line.startswith("audio ")][-1] == ["audio", "completed", "15/15"]
    again = studio.video_gen("status", task.id, "--watch", "--json")
    (view,) = map(json.loads, again.out.splitlines())
    assert (view["status"], view["stages"][0]["retry_count"]) == ("completed", 0)
    assert studio.video_gen("status", "talk", "--watch").code == 2


def test_a_task_is_watched_on_a_terminal(studio: Studio) -> None:
    here = Office(studio, home_of(str(studio.folder / "build")))
    (task,) = here.home.repository().list()
    out = pexpect.run(
        f"{sys.executable} -m videogen status {task.id} --watch",
        cwd=str(studio.folder),
        env={**studio.environment(), "TERM": "xterm"},
        encoding="utf-8",
    )
    assert "completed" in out
    assert out.rstrip().endswith("talk.en.mp4")
