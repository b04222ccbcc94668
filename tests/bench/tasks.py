"""How long it takes to list, load and save tasks when there are many, beside the reading of one file of their size; and
how long a build that is resumed takes until it makes what is left.

python tests/bench/tasks.py --count 10000
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[1]))

from studio import Studio, long_project, new_studio

from videogen.model.task import InputConfig, Task, new_task
from videogen.tasks.home import home_of
from videogen.tasks.repository import open_repository


def seconds(work: Callable[[], object], runs: int = 9) -> float:
    """The median of some runs."""
    times = []
    for _ in range(runs):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return median(times)


def aged(number: int) -> Task:
    """One of many tasks, each changed a second before the one before."""
    task = new_task(InputConfig(source=f"docs/{number}.md", languages=("en", "es")), "ada")
    state = ("completed", "failed", "completed", "paused")[number % 4]
    return task.model_copy(update={"status": state, "updated_at": task.updated_at - timedelta(seconds=number)})


def main() -> None:
    """Fill both backends and measure them."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--count", type=int, default=10_000)
    count = parser.parse_args().count
    tasks = [aged(number) for number in range(count)]
    for backend in ("sqlite", "json"):
        with tempfile.TemporaryDirectory() as folder:
            repository = open_repository(folder, backend)
            for task in tasks:
                repository.save(task)
            plain = Path(folder, "plain.json")
            plain.write_bytes(b"".join(task.to_json() for task in tasks[:100]))
            floor = seconds(plain.read_bytes)
            listed = seconds(repository.list)
            failed = seconds(lambda repository=repository: repository.list("failed"))
            whole = seconds(lambda repository=repository: repository.list(limit=None), 3)
            load = seconds(lambda repository=repository: repository.load(tasks[count // 2].id))
            save = seconds(lambda repository=repository: repository.save(tasks[0]))
            print(
                f"{backend}: of {count} tasks the newest 100 in {1000 * listed:.1f} ms ({listed / floor:.0f} times "
                f"reading them as one file), the failed ones in {1000 * failed:.1f} ms, all in {1000 * whole:.0f} ms; "
                f"load {1000 * load:.2f} ms, save {1000 * save:.2f} ms"
            )
    for scenes in (12, 100):
        with tempfile.TemporaryDirectory() as folder:
            wall, cpu = resumed(new_studio(Path(folder, "studio"), long_project(scenes)))
            print(f"resume, all made, {scenes} scenes: {wall:.2f} s, {cpu:.2f} s of CPU")


def resumed(studio: Studio) -> tuple[float, float]:
    """The seconds, on the clock and of CPU, from the wish to go on with a task of which everything is made to its end:
    the overhead of a resume, with the beginning of its process and the reading of its graph."""
    home = home_of(str(studio.folder / "build"))
    assert studio.video_gen("create", "talk").code == 0
    (task,) = home.repository().list()
    runs: list[tuple[float, float]] = []
    for _ in range(5):
        home.repository().change(task.id, lambda found: found.model_copy(update={"status": "paused"}))
        (studio.folder / "build/talk/.settled.json").unlink()  # else it is told at a glance
        started, before = time.perf_counter(), os.times()
        # in an interpreter of its own, as a person's terminal would
        assert studio.run("env", sys.executable, "-m", "videogen", "resume", task.id).code == 0
        after = os.times()
        cpu = after.children_user + after.children_system - before.children_user - before.children_system
        runs.append((time.perf_counter() - started, cpu))
    return median(wall for wall, _ in runs), median(cpu for _, cpu in runs)


if __name__ == "__main__":
    main()
