"""How long it takes to list, load and save tasks when there are many, beside the reading of one file of their size.

python tests/bench/tasks.py --count 10000
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from statistics import median

from videogen.model.task import InputConfig, Task, new_task
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


if __name__ == "__main__":
    main()
