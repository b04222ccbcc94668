"""Builds that are killed, stopped, started twice or out of disk: nothing finished is lost or made twice."""

from __future__ import annotations

import json
import random
import re
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from studio import Studio, long_project, mounted

LONG = long_project(8)
CREATE = [sys.executable, "-m", "doit", "create", "project=talk"]


def _at_a_terminal() -> None:
    """As a shell begins its programs, also where these tests are run by `nohup` or in the background."""
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


@contextmanager
def running(studio: Studio) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        CREATE,
        cwd=studio.folder,
        env=studio.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=_at_a_terminal,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def finished(studio: Studio, *hows: str) -> list[str]:
    """Tasks of which the last build says that they were `made`, or any of `hows`; a kill may have cut its last line."""
    events = studio.folder / "build/talk/events.ndjson"
    names = []
    for line in events.read_text().splitlines() if events.exists() else []:
        try:
            event = json.loads(line)
        except ValueError:
            continue
        if event["event"] == "StageComplete" and event["how"] in (hows or ("made",)):
            names.append(event["name"])
    return names


def rubbish(studio: Studio) -> list[Path]:
    return [path for path in studio.folder.rglob(".videogen-*") if "store" not in path.parts]


@pytest.mark.timeout(600)
def test_killed_twenty_times_it_redoes_nothing_and_makes_the_same_bytes(fresh: Callable[[str], Studio]) -> None:
    studio = fresh(LONG)
    moments = random.Random(7)
    made: Counter[str] = Counter()
    told: set[str] = set()
    kills = 0
    for _ in range(20):
        (studio.folder / "build/talk/events.ndjson").unlink(missing_ok=True)
        with running(studio) as process:
            try:
                process.communicate(timeout=moments.uniform(0.4, 2.0))
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                kills += 1
        made.update(finished(studio))
        told.update(finished(studio, "made", "restored"))
    last = studio.doit("create", "project=talk")
    assert last.code == 0, last.err
    made.update(last.made)
    assert rubbish(studio) == []
    # a kill may come between the last write of a task and its being recorded: then the store gives it back; or between
    # its being recorded and the line that tells of it: then no line ever does
    assert (4 + 4 * 11 + 2) - len(told | last.ran) <= kills
    assert {name: count for name, count in made.items() if count > 1} == {}
    killed = studio.hashes()
    whole = Studio(studio.folder.parent / "whole")
    whole.project.parent.mkdir(parents=True)
    whole.project.write_text(LONG)
    (whole.folder / "doit.cfg").write_text("[GLOBAL]\nloader = videogen\n")
    assert whole.doit("create", "project=talk").code == 0
    assert {name for name in killed if killed[name] != whole.hashes()[name]} == set()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_stop_is_clean(fresh: Callable[[str], Studio], number: signal.Signals) -> None:
    studio = fresh(LONG)
    with running(studio) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if "audio:" in line or "frames:" in line:
                break
        process.send_signal(number)
        _, errors = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "stopped" in errors
    assert "run it again to go on" in errors
    assert "Traceback" not in errors
    assert rubbish(studio) == []
    before = finished(studio)
    assert before
    again = studio.doit("create", "project=talk")
    assert again.code == 0
    assert again.made.isdisjoint(before)


def test_a_stop_that_cannot_be_told_as_others_are_is_told_all_the_same() -> None:
    program = (
        "import os, signal\n"
        "from videogen.build.signals import stop_cleanly\n"
        "class Reporter:\n"
        "    def interrupt(self): raise RuntimeError('reentrant call')\n"
        "stop_cleanly(Reporter())\n"
        "os.kill(os.getpid(), signal.SIGTERM)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 130
    assert "stopped; run it again to go on (RuntimeError('reentrant call'))" in done.stderr


def test_two_builds_of_one_project_at_once(fresh: Callable[[str], Studio]) -> None:
    studio = fresh(LONG)
    with running(studio) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if "audio:" in line or "frames:" in line:
                break
        process.send_signal(signal.SIGSTOP)
        second = subprocess.run(
            CREATE, cwd=studio.folder, env=studio.environment(), capture_output=True, text=True, check=False
        )
        listed = studio.run(sys.executable, "-m", "doit", "list", "--all", "project=talk")
        explained = studio.doit("explain", "project=talk")
        process.send_signal(signal.SIGCONT)
        process.communicate(timeout=120)
    assert second.returncode == 1
    assert f'another build of "talk" is running (process {process.pid}' in second.stderr
    assert len(second.stderr.splitlines()) == 1
    assert (listed.code, "audio:talk/en/rules" in listed.out) == (0, True)
    assert (explained.code, "video:talk/en" in explained.out) == (0, True), explained.err
    assert "another build" in explained.err
    assert process.returncode == 0


FULL = """
mkdir -p build
mount -t tmpfs -o size=600k tmpfs build
code=0
"$@" || code=$?
ls -A build/talk/talk/en/*/ | grep -c videogen- || true
exit $code
"""


def test_a_full_disk(fresh: Callable[[str], Studio]) -> None:
    studio = fresh(LONG)
    outcome = mounted(studio, FULL, *CREATE)
    assert outcome.returncode == 1, outcome.stderr
    # a target or the state of the build, whichever comes first
    assert re.search(r"^error: .*disk is full.*free some space and run again", outcome.stderr, re.MULTILINE)
    assert "Traceback" not in outcome.stderr
    assert outcome.stdout.splitlines()[-1] == "0"
    after = studio.doit("create", "project=talk")  # with room again: what was made comes from the store
    assert after.code == 0
    assert "restored" in after.tasks.values()


def test_a_film_killed_while_it_is_joined_is_never_half_there(studio: Studio) -> None:
    studio.edit("min_seconds: 4", "min_seconds: 5")
    with running(studio) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if "segment:" in line:
                break
        process.send_signal(signal.SIGKILL)
    import av

    with av.open(str(studio.film / "talk.en.mp4")) as film:
        assert film.streams.video[0].frames > 0
    assert studio.doit("create", "project=talk").code == 0
