"""What a shell offers after Tab, asked as a shell asks it."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest
from studio import Studio

from videogen.tasks.home import home_of

PROGRAM = "from videogen.cli import cli; cli(prog_name='video-gen')"


def offered(studio: Studio, words: str) -> dict[str, str]:
    """What may follow, with what it is."""
    asked = {"_VIDEO_GEN_COMPLETE": "zsh_complete", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=studio.folder,
        env={**studio.environment(), **asked},
        capture_output=True,
        text=True,
        check=True,
    )
    lines = done.stdout.splitlines()
    return dict(zip(lines[1::3], lines[2::3], strict=True))


def test_projects_voices_themes_and_tasks_are_offered(studio: Studio) -> None:
    (studio.project.parent / "tour.yaml").write_text(studio.project.read_text())
    assert offered(studio, "video-gen create t") == {"talk": "projects/talk.yaml", "tour": "projects/tour.yaml"}
    assert list(offered(studio, "video-gen create --theme pap")) == ["paper"]
    assert "hibari\\:emma" in offered(studio, "video-gen create --voice hibari")  # zsh has colons escaped
    (task,) = home_of(str(studio.folder / "build")).repository().list()
    assert offered(studio, "video-gen logs task_") == {task.id: "completed: projects/talk.yaml"}
    assert list(offered(studio, "video-gen status ta")) == ["talk", task.id]
    assert "check" in offered(studio, "video-gen ch")
    assert offered(studio, "video-gen create --theme zzz") == {}


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_script_for_each_shell(built_studio: Studio, shell: str) -> None:
    script = built_studio.video_gen("completion", shell)
    assert script.code == 0
    assert f"_VIDEO_GEN_COMPLETE={shell}_complete" in script.out
    if shutil.which(shell):
        subprocess.run([shell, "-n"], input=script.out, text=True, check=True, capture_output=True)


def test_where_tasks_cannot_be_read_nothing_is_offered(studio: Studio) -> None:
    shutil.rmtree(studio.folder / "build/.tasks")
    (studio.folder / "build/.tasks").write_text("")
    assert offered(studio, "video-gen logs task_") == {}
