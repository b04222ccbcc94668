"""Tasks that strangers ask for, such as by the web: what their builds may reach, run and spend.

It stands in the task, so that it holds whoever builds it, and when: a server, or a person who resumes it by hand.

>>> confinement("build/.uploads/3f1c", max_cost=0.5)
{'confined': 'build/.uploads/3f1c', 'max_cost': '0.5'}
"""

from __future__ import annotations

import os
from collections.abc import Generator, Mapping
from contextlib import contextmanager

from videogen.build.workspace import is_project_file
from videogen.model.allowed import CONFINED, PRIVATE, ROOT, check_inside
from videogen.model.errors import ValidationError
from videogen.model.task import Task
from videogen.tasks.home import Home

_FOLDER, _COST = "confined", "max_cost"


def confinement(folder: str, max_cost: float | None = None) -> dict[str, str]:
    """The metadata of a task (`submit`) whose project reaches files of one folder only, no private address and no
    server of its own choice, runs no command, and may spend `max_cost` US dollars at most (None: as it is asked for).
    """
    return {_FOLDER: folder, **({} if max_cost is None else {_COST: repr(max_cost)})}


def settings_of(folder: str) -> dict[str, str]:
    """The environment in which projects are confined to a folder."""
    return {ROOT: folder, PRIVATE: "0", CONFINED: "1"}


@contextmanager
def confined_as(home: Home, task: Task) -> Generator[None, None, None]:
    """Have this process build a task as its metadata say. Raises ValidationError for one that asks for more."""
    if _FOLDER not in task.metadata:
        yield
        return
    before = {name: os.environ.get(name) for name in (ROOT, PRIVATE, CONFINED)}
    os.environ.update(settings_of(task.metadata[_FOLDER]))
    try:
        _check(home, task)
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value


def most_cost(asked: float | None, metadata: Mapping[str, str]) -> float | None:
    """US dollars that a build may spend: the least of what was asked for and what it is confined to."""
    known = [cost for cost in (asked, _float(metadata.get(_COST))) if cost is not None]
    return min(known, default=None)


def _float(text: str | None) -> float | None:
    return None if text is None else float(text)


def _check(home: Home, task: Task) -> None:
    """Refuse a build elsewhere than among the others, or in the folder itself where that is among them; and a project
    that lies outside the folder, or leads out."""
    output, place = os.path.dirname(os.path.realpath(home.folder)), os.path.realpath(task.input.output_dir)
    own = place == os.path.realpath(task.metadata[_FOLDER]) and place.startswith(output + os.sep)
    if place != output and not own:
        raise ValidationError(
            f'the folder "{task.input.output_dir[:80]}" is not that of the task',
            hint="what comes from the web is made there",
        )
    asked = task.input
    named = asked.source if asked.source and is_project_file(asked.source) else asked.project
    if named is not None:
        check_inside(named if is_project_file(named) else f"projects/{named}.yaml", named)
