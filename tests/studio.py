"""A small real project in a folder of its own, and the commands that are run on it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
import warm

PROJECT = """\
title: A small film
voice: "draft:"
output: {resolution: 480p}
scenes:
  - id: opening
    kind: title
    content: {title: A small film, subtitle: Three scenes are enough}
    narration: This is a small film about a build.
    min_seconds: 3
  - id: rules
    kind: bullets
    content:
      header: Rules
      items: [Every result is a file, Every file knows its inputs]
    narration: Every result is a file. Every file knows its inputs.
    min_seconds: 4
  - id: closing
    kind: outro
    content: {main_text: That is all}
    narration: That is all there is to it.
    min_seconds: 3
"""
SPANISH = {
    "A small film": "Una película breve",
    "Three scenes are enough": "Bastan tres escenas",
    "This is a small film about a build.": "Esta es una película breve sobre una compilación.",
    "Rules": "Reglas",
    "Every result is a file": "Cada resultado es un archivo",
    "Every file knows its inputs": "Cada archivo conoce sus entradas",
    "Every result is a file. Every file knows its inputs.": (
        "Cada resultado es un archivo. Cada archivo conoce sus entradas."
    ),
    "That is all": "Eso es todo",
    "That is all there is to it.": "Eso es todo lo que hay que saber.",
}
"""What the project says, in Spanish."""


_SCENE = """\
  - id: scene-{0}
    kind: bullets
    content: {{header: Scene {0}, items: [The first of {0}, The second of {0}]}}
    narration: This is the scene with the number {0}. It has two things to say.
    min_seconds: 3
"""


def long_project(count: int) -> str:
    """The project with so many scenes more, for builds that are stopped in the middle."""
    return PROJECT + "".join(_SCENE.format(number) for number in range(count))


@dataclass(frozen=True)
class Outcome:
    """What a command did: exit code, output, and the tasks that ran, by what became of them."""

    code: int
    out: str
    err: str
    tasks: dict[str, str]

    @property
    def ran(self) -> set[str]:
        """Tasks whose targets were made or restored."""
        return set(self.tasks)

    @property
    def made(self) -> set[str]:
        """Tasks whose targets were made, not restored."""
        return {name for name, how in self.tasks.items() if how == "made"}


@dataclass(frozen=True)
class Studio:
    """A working folder with one project, and a store of its own."""

    folder: Path

    @property
    def project(self) -> Path:
        return self.folder / "projects" / "talk.yaml"

    @property
    def film(self) -> Path:
        return self.folder / "build" / "talk" / "talk" / "en"

    def edit(self, before: str, after: str) -> None:
        text = self.project.read_text()
        assert text.count(before) == 1, before
        self.project.write_text(text.replace(before, after))

    def environment(self) -> dict[str, str]:
        return {**os.environ, "VIDEOGEN_CACHE_DIR": str(self.folder / "store"), "COLUMNS": "120"}

    def doit(self, *arguments: str) -> Outcome:
        return self.run(sys.executable, "-m", "doit", *arguments)

    def video_gen(self, *arguments: str) -> Outcome:
        return self.run(sys.executable, "-m", "videogen", *arguments)

    def run(self, *command: str) -> Outcome:
        events = self.folder / "build" / "talk" / "events.ndjson"
        events.unlink(missing_ok=True)
        environment = self.environment()
        if warm.starts_here(command, environment):
            done = warm.run(command, self.folder, environment)
        else:
            done = subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, text=True)
        lines = events.read_text().splitlines() if events.exists() else []
        happened = [json.loads(line) for line in lines]
        tasks = {event["name"]: event["how"] for event in happened if event["event"] == "StageComplete"}
        assert "Traceback" not in done.stderr, done.stderr
        return Outcome(done.returncode, done.stdout, done.stderr, tasks)

    def hashes(self) -> dict[str, bytes]:
        """Every target below the film's folder, by its path."""
        return {
            str(path.relative_to(self.film)): path.read_bytes()
            for path in sorted(self.film.rglob("*"))
            if path.is_file()
        }


def new_studio(folder: Path, project: str = PROJECT) -> Studio:
    """A studio with nothing built."""
    warm.begin()
    studio = Studio(folder)
    studio.project.parent.mkdir(parents=True)
    studio.project.write_text(project)
    (folder / "doit.cfg").write_text("[GLOBAL]\nloader = videogen\n")
    return studio


def mounted(studio: Studio, script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a shell script, with arguments, in the studio's folder, where it may mount file systems of its own.

    Skips the test where the platform has no such thing: then no disk can be made full or read-only.
    """
    alone = ["unshare", "--user", "--map-root-user", "--mount"]
    try:
        probe = subprocess.run(
            [*alone, "mount", "-t", "tmpfs", "tmpfs", str(studio.folder)], capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        pytest.skip("needs a disk of its own, and there is no `unshare` (util-linux) on this system")
    if probe.returncode:
        pytest.skip(f"needs a disk of its own, and this system allows no user namespaces: {probe.stderr.strip()}")
    return subprocess.run(
        [*alone, "sh", "-ec", script, "sh", *arguments],
        cwd=studio.folder,
        env=studio.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
