"""What a build costs when little or nothing has changed: CPU and wall seconds of the real commands.

    python tests/bench/incremental.py [--runs 5] [--scenes 10 100 1000] [--memory]

- An edit of one bullet, and of one line of narration, as a fraction of the full build of the same six scenes.
- A build that finds nothing to do, for a number of scenes, against ninja (if it is on the PATH) on as many files.
- With --memory: the peak memory of a full build of 10 and of 300 scenes.

Every figure is the median of RUNS runs, with the least and the greatest; compared runs take turns.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CREATE = [sys.executable, "-m", "doit", "create", "project=talk"]

SIX = """\
title: A reference
scenes:
""" + "".join(
    f"""\
  - id: scene-{number}
    kind: bullets
    content:
      header: What scene {number} is about
      items: [Rebuild what changed, Keep what did not, Know the difference, Say it in time]
    narration: >-
      In part {number} we rebuild what changed. We keep what did not change since the last time.
      We always know the difference, and that is the point. And we say it all in time.
"""
    for number in range(6)
)


def many(scenes: int) -> str:
    """A project of small scenes that differ in their names only: the store gives most of them."""
    return 'title: Many\nvoice: "draft:"\noutput: {resolution: 480p}\nscenes:\n' + "".join(
        f"  - id: scene-{number}\n    kind: bullets\n    content: {{header: A scene, items: [One, Two]}}\n"
        f"    narration: This is one, and that is two.\n"
        for number in range(scenes)
    )


def different(scenes: int) -> str:
    """A project of small scenes that all differ."""
    return 'title: Many\nvoice: "draft:"\noutput: {resolution: 480p}\nscenes:\n' + "".join(
        f"  - id: scene-{number}\n    kind: bullets\n    content: {{header: Scene {number}, items: [One, Two]}}\n"
        f"    narration: This is the scene with the number {number}.\n"
        for number in range(scenes)
    )


def studio(folder: Path, project: str) -> Path:
    """A working folder with one project."""
    (folder / "projects").mkdir(parents=True)
    (folder / "projects" / "talk.yaml").write_text(project)
    (folder / "doit.cfg").write_text("[GLOBAL]\nloader = videogen\n")
    return folder


def measured(command: list[str], folder: Path) -> tuple[float, float, int]:
    """CPU seconds, wall seconds and peak memory in bytes of a command and its children."""
    environment = {**os.environ, "VIDEOGEN_CACHE_DIR": str(folder / "store")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr is not None
    said = process.stderr.read()
    process.stderr.close()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}:\n{said.decode()}")
    unit = 1 if sys.platform == "darwin" else 1024
    return usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss * unit


def spread(values: list[float], unit: str = "s", digits: int = 3) -> str:
    """Median with least and greatest."""
    return f"{statistics.median(values):.{digits}f} {unit} ({min(values):.{digits}f} to {max(values):.{digits}f})"


def edits(work: Path, runs: int) -> None:
    """Full build, an edit of a bullet and of a line of narration, in turns."""
    rows: dict[str, list[float]] = {"full build": [], "one bullet": [], "one line of narration": []}
    for run in range(runs):
        folder = studio(work / f"edit{run}", SIX)
        project = folder / "projects" / "talk.yaml"
        rows["full build"].append(measured(CREATE, folder)[0])
        text = project.read_text()
        changes = [
            ("one bullet", "[Rebuild what changed", f"[Rebuild what moved {run}"),
            ("one line of narration", "And we say it all", f"And so {run} we say it all"),
        ]
        for name, before, after in changes:
            text = text.replace(before, after, 1)
            project.write_text(text)
            rows[name].append(measured(CREATE, folder)[0])
        shutil.rmtree(folder)
    print(f"edits of six scenes, 1080p30, CPU, {runs} runs")
    for name, values in rows.items():
        share = [value / full for value, full in zip(values, rows["full build"], strict=True)]
        print(f"  {name:24} {spread(values)}   of a full build: {spread(share, '', 2)}")


def ninja_folder(folder: Path, scenes: int) -> Path:
    """As many files with as many dependencies as the scenes of a film have, made by `cp`."""
    folder.mkdir()
    lines = ["rule cp", "  command = cat $in > $out"]
    lines += ["rule cp2", "  command = for file in $out; do cat $in > $$file; done"]
    for number in range(scenes):
        for name in ("narration", "picture", "clock"):
            (folder / f"{number}.{name}").write_text(name)
        lines += [
            f"build {number}.mp3 {number}.m4a {number}.timing: cp2 {number}.narration",
            f"build {number}.first {number}.final {number}.layers {number}.motion: cp2 {number}.picture",
            f"build {number}.segment: cp {number}.first {number}.layers {number}.motion {number}.clock {number}.timing",
            f"build {number}.transition: cp {number}.first" + (f" {number - 1}.final" if number else ""),
        ]
    film = " ".join(f"{number}.{name}" for number in range(scenes) for name in ("segment", "transition", "m4a"))
    lines += [f"build film: cp {film}"]
    (folder / "build.ninja").write_text("\n".join(lines) + "\n")
    return folder


def nothing_to_do(work: Path, sizes: list[int], runs: int) -> None:
    """A build that finds nothing to do, against ninja."""
    ninja = shutil.which("ninja")
    print(f"nothing to do, {runs} runs in turns" + ("" if ninja else " (no ninja on the PATH: no peer)"))
    for scenes in sizes:
        folder = studio(work / f"many{scenes}", many(scenes))
        measured(CREATE, folder)
        measured(CREATE, folder)
        peer = ninja_folder(work / f"ninja{scenes}", scenes) if ninja else None
        if peer:
            measured(["ninja"], peer)
        floor: list[float] = []
        ours: list[tuple[float, float, int]] = []
        theirs: list[tuple[float, float, int]] = []
        for _ in range(runs):
            floor.append(measured([sys.executable, "-c", "import doit.doit_cmd"], folder)[0])
            ours.append(measured(CREATE, folder))
            if peer:
                theirs.append(measured(["ninja"], peer))
        print(
            f"  {scenes:5} scenes   CPU {spread([cpu for cpu, _, _ in ours])}   wall {spread([w for _, w, _ in ours])}"
        )
        print(f"               of it, importing doit: CPU {spread(floor)}")
        if peer:
            ratio = [mine[1] / other[1] for mine, other in zip(ours, theirs, strict=True)]
            print(f"               ninja: wall {spread([w for _, w, _ in theirs])}   ratio {spread(ratio, '', 1)}")


def memory(work: Path) -> None:
    """Peak memory of a full build."""
    print("peak memory of a full build")
    for scenes in (10, 300):
        _, _, peak = measured(CREATE, studio(work / f"memory{scenes}", different(scenes)))
        print(f"  {scenes:5} scenes   {peak / 1e6:.0f} MB")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--scenes", type=int, nargs="*", default=[10, 100, 1000])
    parser.add_argument("--memory", action="store_true", help="also the memory of 10 and 300 scenes (minutes)")
    options = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with tempfile.TemporaryDirectory() as work:
        edits(Path(work), options.runs)
        nothing_to_do(Path(work), options.scenes, options.runs)
        if options.memory:
            memory(Path(work))


if __name__ == "__main__":
    main()
