"""Disks that are full or may not be written: one line, exit code 1, and advice that helps."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest
from studio import Studio, mounted

COMMANDS = {
    "video-gen status": ("videogen", "status"),
    "video-gen graph": ("videogen", "graph"),
    "video-gen create": ("videogen", "create"),
    "doit list": ("doit", "list", "project=talk"),
    "doit create": ("doit", "create", "project=talk"),
}
READ_ONLY = 'mount --bind . .; mount -o remount,ro,bind .; cd "$PWD"; exec "$@"'


@pytest.mark.parametrize("name", COMMANDS)
def test_a_folder_that_may_not_be_written(fresh: Callable[..., Studio], name: str) -> None:
    outcome = mounted(fresh(), READ_ONLY, sys.executable, "-m", *COMMANDS[name])
    assert (outcome.returncode, outcome.stdout) == (1, "")
    assert outcome.stderr == "error: build/talk: cannot write: read-only file system; check the folder's permissions\n"


def test_what_acts_does_not_act_on_a_folder_that_may_not_be_written(studio: Studio) -> None:
    studio.edit("id: closing", "id: finale")
    assert studio.video_gen("create", "-q").code == 0
    outcome = mounted(studio, READ_ONLY, sys.executable, "-m", "videogen", "prune")
    assert (outcome.returncode, outcome.stdout) == (1, "")
    assert outcome.stderr.startswith("error: build/talk/.holder.json: cannot write: read-only file system")


@pytest.mark.parametrize("size", [4, 12, 40, 80])
def test_a_disk_that_is_full_from_the_start(fresh: Callable[..., Studio], size: int) -> None:
    script = f'mkdir build; mount -t tmpfs -o size={size}k tmpfs build; exec "$@"'
    outcome = mounted(fresh(), script, sys.executable, "-m", "doit", "create", "project=talk")
    assert outcome.returncode == 1
    lines = [line for line in outcome.stderr.splitlines() if not line.startswith(("  made", "talk: not finished"))]
    (error,) = lines
    assert error.startswith("error: build/talk/")
    assert error.endswith(": the disk is full; free some space and run again")


@pytest.mark.parametrize("options", ["ro", "size=64k"])
def test_a_store_that_takes_nothing_is_said_once(fresh: Callable[..., Studio], options: str) -> None:
    studio = fresh()
    script = f'mkdir store; mount -t tmpfs -o {options} tmpfs store; exec "$@"'
    outcome = mounted(studio, script, sys.executable, "-m", "videogen", "create", "-q")
    assert outcome.returncode == 0, outcome.stderr
    (warning,) = outcome.stderr.splitlines()
    assert warning.startswith(f"warning: {studio.folder}/store: not all can be kept for later: ")


def test_a_size_of_the_store_that_is_no_number(fresh: Callable[..., Studio]) -> None:
    studio = fresh()
    for command in (("cache",), ("create",), ("status",)):
        outcome = studio.run("env", "VIDEOGEN_CACHE_BYTES=5GB", sys.executable, "-m", "videogen", *command)
        assert (outcome.code, outcome.out) == (2, "")
        assert outcome.err.startswith('error: VIDEOGEN_CACHE_BYTES is "5GB"; set it to a whole number of bytes')
