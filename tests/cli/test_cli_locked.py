"""A commit is refused when a lock in it is not what would be spoken, and the action for CI does what it says."""

from __future__ import annotations

import os
import shlex
import stat
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from studio import Studio

ROOT = Path(__file__).parents[2]
(HOOK,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
ACTION = yaml.safe_load((ROOT / "action.yml").read_text())
STEPS = {step["name"]: step for step in ACTION["runs"]["steps"]}
LOCK = "projects/talk.narration.lock"


def path_with_commands(folder: Path) -> str:
    """A PATH on which `video-gen` is that of this interpreter, however it was started."""
    command = folder / "bin" / "video-gen"
    command.parent.mkdir(exist_ok=True)
    command.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m videogen "$@"\n')
    command.chmod(command.stat().st_mode | stat.S_IXUSR)
    return f"{command.parent}{os.pathsep}{os.environ['PATH']}"


def git(studio: Studio, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **studio.environment(),
        "PATH": path_with_commands(studio.folder.parent),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
    }
    who = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
    return subprocess.run(
        ["git", *who, *arguments], cwd=studio.folder, env=environment, capture_output=True, text=True, check=False
    )


@pytest.fixture
def repository(studio: Studio) -> Studio:
    """A git repository with a film's lock in it, and the hook."""
    assert git(studio, "init", "-q").returncode == 0
    (studio.folder / ".gitignore").write_text("build/\nstore/\n")
    hook = studio.folder / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\nexec {HOOK['entry']}\n")
    hook.chmod(0o755)
    return studio


def test_a_commit_with_a_stale_lock_is_refused(repository: Studio) -> None:
    git(repository, "add", ".")
    assert LOCK in git(repository, "ls-files").stdout
    first = git(repository, "commit", "-m", "A film")
    assert first.returncode == 0, first.stderr
    repository.edit("This is a small film about a build.", "This is a small film about one build.")
    refused = git(repository, "commit", "-am", "Another word")
    assert refused.returncode == 1
    assert f"{LOCK}: talk/en/opening: the text is another\n" in refused.stdout + refused.stderr
    assert "next: `video-gen create projects/talk.yaml`, and commit the lock" in refused.stderr
    assert repository.video_gen("create", "talk").code == 0
    assert git(repository, "commit", "-am", "Another word").returncode == 0
    repository.edit("header: Rules", "header: Two rules")
    assert git(repository, "commit", "-am", "What is drawn is in no lock").returncode == 0


def test_a_lock_is_checked_where_nothing_was_ever_built(repository: Studio, tmp_path: Path) -> None:
    git(repository, "add", ".")
    git(repository, "commit", "-m", "A film")
    clone = Studio(tmp_path / "clone")
    assert git(repository, "clone", "-q", ".", str(clone.folder)).returncode == 0
    fresh = clone.video_gen("locked", "--tracked")
    assert (fresh.code, fresh.out) == (0, "")
    assert not list(clone.folder.rglob("*.mp3"))
    text = clone.project.read_text()
    clone.project.write_text(text[: text.index("  - id: closing")])
    stale = clone.video_gen("locked", "talk")
    assert (stale.code, stale.out) == (1, f"{LOCK}: talk/en/closing: nothing says it any more\n")


def test_what_cannot_be_checked_is_said(studio: Studio) -> None:
    outside = studio.video_gen("locked", "--tracked")
    assert (outside.code, outside.out) == (2, "")
    assert "no folder of a git repository; name the projects instead" in outside.err
    assert studio.video_gen("locked", "--tracked", "talk").code == 2
    (studio.folder / LOCK).write_text("{")
    broken = studio.video_gen("locked", "talk")
    assert broken.code == 2
    assert "the lock is damaged" in broken.err
    (studio.folder / LOCK).unlink()
    none = studio.video_gen("locked", "talk")
    assert (none.code, none.err) == (
        2,
        f"error: projects/talk.yaml has no lock; `video-gen create talk` writes {LOCK}\n",
    )


def test_a_lock_without_a_project_is_said(repository: Studio) -> None:
    git(repository, "add", ".")
    repository.project.rename(repository.project.with_name("other.yaml"))
    outcome = repository.video_gen("locked", "--tracked")
    assert outcome.code == 2
    assert f"{LOCK} has no project; remove it, or bring back projects/talk.yaml" in outcome.err


# the action


def run_step(
    name: str, folder: Path, environment: Mapping[str, str], **inputs: str
) -> subprocess.CompletedProcess[str]:
    """Run a step's commands as GitHub does, with the inputs as they were given or their defaults."""
    step = STEPS[name]
    assert step["shell"] == "bash"
    known = {key: given["default"] for key, given in ACTION["inputs"].items()} | inputs
    values = {f"inputs.{key}": value for key, value in known.items()}
    values |= {"github.action_path": str(ROOT), "runner.temp": str(folder.parent / "temp")}
    own = {key: value.replace("${{ ", "${{").replace(" }}", "}}") for key, value in step.get("env", {}).items()}
    for key, value in own.items():
        for expression, found in values.items():
            value = value.replace(f"${{{{{expression}}}}}", found)
        assert "${{" not in value, value
        own[key] = value
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        cwd=folder,
        env={**environment, **own},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_action_says_what_github_needs() -> None:
    assert ACTION["runs"]["using"] == "composite"
    assert set(ACTION) == {"name", "description", "branding", "inputs", "outputs", "runs"}
    for given in ACTION["inputs"].values():
        assert set(given) == {"description", "default"}
        assert isinstance(given["default"], str)
    for step in ACTION["runs"]["steps"]:
        assert ("uses" in step) != ("run" in step)
        assert "run" not in step or "${{" not in step["run"], "what a stranger names must not become a command"
    named = {step["uses"].partition("@")[0] for step in STEPS.values() if "uses" in step}
    assert named == {"actions/setup-python", "actions/cache", "actions/upload-artifact"}
    text = (ROOT / "action.yml").read_text()
    assert all(f"inputs.{key}" in text for key in ACTION["inputs"])


def test_the_action_installs_this_package_with_the_extras_that_were_asked_for(tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "python").write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n')
    (tmp_path / "python").chmod(0o755)
    environment = {"PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"}
    plain = run_step("Install videogen", tmp_path / "bin", environment)
    assert plain.stdout.split() == ["-m", "pip", "install", "--quiet", str(ROOT)]
    more = run_step("Install videogen", tmp_path / "bin", environment, extras="fonts,html")
    assert more.stdout.split()[-1] == f"{ROOT}[fonts,html]"


def test_the_action_makes_the_films_and_gathers_them(studio: Studio) -> None:
    environment: dict[str, Any] = {
        **os.environ,
        "PATH": path_with_commands(studio.folder.parent),
        "GITHUB_OUTPUT": str(studio.folder / "output.txt"),
    }
    made = run_step("Make the films", studio.folder, environment, project="talk", **{"cache-dir": "store"})
    assert made.returncode == 0, made.stderr
    (studio.folder.parent / "temp").mkdir()
    for _ in range(2):
        gathered = run_step("Gather them", studio.folder, environment, project="talk")
        assert gathered.returncode == 0, gathered.stderr
    lines = (studio.folder / "output.txt").read_text().splitlines()
    first, folder = (Path(line.removeprefix("folder=")) for line in lines)
    assert first != folder
    assert "talk.en.mp4" in {path.name for path in folder.iterdir()}
    studio.edit("This is a small film about a build.", "This is a small film about one build.")
    frozen = run_step("Make the films", studio.folder, environment, frozen="true")
    assert frozen.returncode == 1
    assert "the build is frozen, and talk/en/opening is not as it is locked" in frozen.stderr
