import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from videogen.build.lock import ProjectLock
from videogen.build.workspace import Workspace, find_workspace
from videogen.build.write import TEMPORARY, replacing, sweep, write_bytes, write_if_changed
from videogen.model.errors import ResourceError, ValidationError


def test_a_failed_write_leaves_the_old_file_and_no_rubbish(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    write_bytes(str(file), b"old")

    def fail() -> None:
        with replacing(str(file)) as temporary:
            Path(temporary).write_bytes(b"new, half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
    assert file.read_bytes() == b"old"


def test_the_same_content_is_not_written_again(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    assert write_if_changed(str(file), b"x")
    os.utime(file, ns=(1, 1))
    assert not write_if_changed(str(file), b"x")
    assert file.stat().st_mtime_ns == 1


def test_a_full_disk_is_one_clear_error(tmp_path: Path) -> None:
    full = os.open("/dev/full", os.O_WRONLY)
    try:
        with pytest.raises(ResourceError, match="the disk is full"), replacing(str(tmp_path / "a.bin")):
            os.write(full, b"x")
    finally:
        os.close(full)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(ResourceError, match="cannot write"), replacing(str(tmp_path / "file" / "below" / "a.bin")):
        pass


def test_an_input_that_cannot_be_read_is_not_called_a_failed_write(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"in\.bin"), replacing(str(tmp_path / "a.bin")):
        (tmp_path / "in.bin").read_bytes()
    assert list(tmp_path.iterdir()) == []


def test_sweep_removes_only_temporary_files(tmp_path: Path) -> None:
    unfinished = tmp_path / "scene" / f"{TEMPORARY}1"
    unfinished.mkdir(parents=True)
    (unfinished / "a.png").write_bytes(b"")
    (tmp_path / "scene" / "a.png").write_bytes(b"")
    assert sweep(str(tmp_path)) == 1
    assert [path.name for path in (tmp_path / "scene").iterdir()] == ["a.png"]


STOP = """
import os, sys, threading
from videogen.build.write import remove_unfinished, replacing
folder = sys.argv[1]
inside, stopped, tried = threading.Event(), threading.Event(), threading.Event()

def late():
    with replacing(f"{folder}/late.bin") as temporary:
        inside.set()
        stopped.wait()
        try:
            open(temporary, "wb")
        except FileNotFoundError:
            print("refused", flush=True)
        tried.set()

threading.Thread(target=late, daemon=True).start()
with replacing(f"{folder}/half.bin") as temporary:
    open(temporary, "wb").write(b"half")
    inside.wait()
    remove_unfinished()
    stopped.set()
    tried.wait()
    os._exit(0)
"""


def test_a_stop_leaves_nothing_half_written_not_even_by_a_thread_that_comes_late(tmp_path: Path) -> None:
    command = [sys.executable, "-c", STOP, str(tmp_path)]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "refused\n"
    assert list(tmp_path.iterdir()) == []


HOLD = """
import sys
from videogen.build.lock import ProjectLock
from videogen.build.workspace import Workspace
lock = ProjectLock(Workspace("talk", "talk.yaml", sys.argv[1]))
lock.acquire()
print("held", flush=True)
sys.stdin.read()
"""


def test_a_second_build_is_refused_and_told_who_runs(tmp_path: Path) -> None:
    workspace = Workspace("talk", "talk.yaml", str(tmp_path))
    leftover = tmp_path / f"{TEMPORARY}1"
    command = [sys.executable, "-c", HOLD, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(ResourceError, match=f"process {holder.pid}"):
            ProjectLock(workspace).acquire()
        leftover.mkdir()
        (leftover / "a.png").write_bytes(b"half")
        holder.kill()
    lock = ProjectLock(workspace)  # the system gave the lock back; what the killed one left is swept
    lock.acquire()
    assert not leftover.exists()
    assert json.loads((tmp_path / ".holder.json").read_text())["pid"] == os.getpid()
    lock.release()
    assert not (tmp_path / ".holder.json").exists()


@pytest.fixture
def projects(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "projects").mkdir()
    for name in ("talk", "lesson-1"):
        (tmp_path / "projects" / f"{name}.yaml").write_text("title: x\n")
    return tmp_path


def test_a_project_is_found_by_name_and_by_path(projects: Path) -> None:
    assert find_workspace("talk").file == "projects/talk.yaml"
    assert find_workspace("projects/talk.yaml", "out").build == "out/talk"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("tlak", 'did you mean "talk"'),
        ("../talk", "no project"),
        ("nothing.yaml", "no project file"),
        (None, "which project"),
        ("", "no project"),
    ],
)
def test_a_wrong_name_is_said_clearly(projects: Path, name: str | None, said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        find_workspace(name)


def test_without_projects_the_way_to_one_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ValidationError, match="video-gen init"):
        find_workspace()
