"""What was asked of doit: its variables and the names of tasks, checked before anything is begun."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Collection, Iterable, Mapping
from fnmatch import fnmatch
from typing import Any

from videogen.build.terms import Budget, Terms
from videogen.build.workspace import Workspace, check_readable, find_workspace, is_project_file
from videogen.model.asked import LISTS, OF_A_DOCUMENT
from videogen.model.errors import ValidationError

_VARIABLES = ("project", "from", "build", "profile", "refresh", "warnings", "frozen", "max_cost", *OF_A_DOCUMENT)
_VALUES = {"profile": "draft", "refresh": "yes", "warnings": "fail", "frozen": "yes"}
_NAMED = {"list", "info", "clean", "forget", "ignore"}
"""Commands of doit's that are given names of tasks; `run` and ours also take targets and patterns."""
_CHOSEN = {"run", "explain", "graph"}


def check_variables(given: Mapping[str, str]) -> None:
    """Raise ValidationError for a variable that nobody reads, or a value that it cannot have.

    A `dodo.py` may read variables of its own; they stand in it by name.
    """
    check_readable(given.values())
    for name, value in given.items():
        if name not in _VARIABLES and not _stands_in("dodo.py", name):
            close = difflib.get_close_matches(name, _VARIABLES, 1)
            raise ValidationError(
                f'there is no variable "{name}"',
                hint=f'did you mean "{close[0]}={value}"?' if close else f"there are: {', '.join(_VARIABLES)}",
            )
        if name in _VARIABLES and not value:
            raise ValidationError(f'the variable "{name}" has no value', hint="give it one, or leave it out")
    for name, only in _VALUES.items():
        if given.get(name, only) != only:
            raise ValidationError(f"{name}={given[name]} is unknown", hint=f'did you mean "{name}={only}"?')
    if "max_cost" in given:
        dollars_of(given["max_cost"])
    if "from" in given and "project" in given:
        raise ValidationError("give either project or from, not both")
    of_a_document = [name for name in OF_A_DOCUMENT if name in given]
    if of_a_document and is_project_file(given.get("from", ".yaml")):
        raise ValidationError(f"{of_a_document[0]} goes with from=DOCUMENT; a project says it in its YAML")


def asked_workspace(source: str, build: str | None, draft: bool, settings: Mapping[str, str | None]) -> Workspace:
    """The workspace of what `from` names, a document or a project file, its project written first where it has none.
    Raises ValidationError."""
    if is_project_file(source):
        return find_workspace(source, build, draft)
    from videogen.build.projects import document_workspace, overrides_of

    chosen: dict[str, Any] = {name: value for name, value in settings.items() if value is not None}
    for name in LISTS:  # entries stand between commas
        if name in chosen:
            chosen[name] = [each.strip() for each in chosen[name].split(",")]
    use_ai = chosen.pop("use_ai", None)
    asked = overrides_of(chosen, "" if use_ai == "yes" else use_ai)
    return document_workspace(source, build or "build", asked, draft)


def dollars_of(given: str) -> float:
    """US dollars as a person writes them. Raises ValidationError."""
    try:
        found = float(given)
    except ValueError:
        found = -1.0
    if not 0 <= found < 1e6:
        raise ValidationError(f"max_cost={given} is no sum", hint="give US dollars, as in max_cost=0.50")
    return found


def terms_of(frozen: str | None, max_cost: str | None) -> Terms:
    """The terms that doit's variables ask for."""
    return Terms(frozen == "yes", Budget(None if max_cost is None else dollars_of(max_cost)))


def check_names(command: str, given: Iterable[str], tasks: Iterable[Any], commands: Collection[str]) -> None:
    """Raise ValidationError for the name of a task that is none, with the closest there is."""
    tasks = list(tasks)
    if command not in _NAMED | _CHOSEN or any(task.loader for task in tasks):
        return  # tasks that are made later, as a `dodo.py` may have them, have names that nobody knows yet
    known = {task.name: task for task in tasks}
    targets = {target for task in known.values() for target in task.targets} if command in _CHOSEN else set()
    for name in given:
        task = known.get(name)
        if task is not None and (task.pos_arg or task.params or task.creator_params):
            return  # what follows may be the task's own
        if task is None and name not in targets and not ("*" in name and any(fnmatch(task, name) for task in known)):
            close = difflib.get_close_matches(name, [*known, *(commands if command == "run" else ())], 1)
            raise ValidationError(
                f'there is no task "{name}"',
                hint=f'did you mean "{close[0]}"?' if close else "`doit list --all` shows all",
            )


def _stands_in(path: str, name: str) -> bool:
    if not os.path.exists(path):
        return False
    with open(path, encoding="utf-8", errors="replace") as file:
        return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", file.read()) is not None
