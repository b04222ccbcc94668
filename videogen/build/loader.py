"""doit's way in: named in `pyproject.toml` (`[tool.doit] loader = "videogen"`), it serves plain `doit` too.

Variables on doit's command line: `project=NAME` (or the path of a project file), `build=FOLDER`, and
`warnings=fail`, which lets the checks' warnings fail the build.
"""

from __future__ import annotations

import atexit
import inspect
import os
import sys
from functools import partial
from typing import Any, NoReturn

from doit.cmd_base import NamespaceTaskLoader
from doit.control import TaskControl
from doit.dependency import Dependency
from doit.doit_cmd import get_var
from doit.loader import get_module
from doit.runner import Runner
from doit.task import Stream, Task, dict_to_task

from videogen.build import stages
from videogen.build.events import Bus, Sink, ndjson_file
from videogen.build.explain import reasons, recipe_of
from videogen.build.lock import ProjectLock
from videogen.build.reporter import BuildReporter
from videogen.build.settled import Settled, Stamp, settle, settled
from videogen.build.signals import stop_cleanly
from videogen.build.state import HASHES, ContentChecker, FileState
from videogen.build.store import Store
from videogen.build.tasks import Build, begin, tasks_of
from videogen.build.versions import Versions
from videogen.build.workspace import Workspace, find_workspace
from videogen.model.errors import PipelineError

# commands that act on what was made, or on nothing: they need no fresh plan
_AS_IT_IS = {"clean", "forget", "ignore", "dumpdb", "resetdep", "tabcompletion", "help", "strace"}


class Loader(NamespaceTaskLoader):
    """Loads a project's graph: the first stages are brought up to date, then every scene's tasks are known."""

    def __init__(
        self, workspace: Workspace | None = None, sinks: list[Sink] | None = None, fail_on_warn: bool = False
    ) -> None:
        super().__init__()
        self._given = workspace
        self._sinks = sinks
        self._fail_on_warn = fail_on_warn
        self.first_reasons: dict[str, list[str]] = {}  # none are known while another build runs

    def setup(self, opt_values: dict[str, Any]) -> None:
        """Find the stages: the working folder's `dodo.py`, else the package's own."""
        self._always = opt_values.get("always", False)
        if self._given is None and os.path.exists("dodo.py"):
            self.namespace = dict(inspect.getmembers(get_module("dodo.py")))
        else:
            self.namespace = {**{f"task_{stage}": _stage(stage) for stage in stages.STAGES}, "task_create": _create}

    def load_doit_config(self) -> dict[str, Any]:
        """One state file a project; threads, because encoders and voices work outside the interpreter's lock."""
        try:
            self.workspace = self._given or find_workspace(get_var("project"), get_var("build"))
        except PipelineError as error:
            _stop(error)
        if self._sinks is None:
            from videogen.build.console import console

            self._sinks = [console()]
        bus = Bus(ndjson_file(self.workspace.path("events.ndjson")), *self._sinks)
        self.versions = Versions(self.workspace.path(".versions.json"))
        self.store = Store()
        begin(Build(self.workspace, bus, self.store, self.versions))
        self.lock = ProjectLock(self.workspace)
        fail_on_warn = self._fail_on_warn or get_var("warnings") == "fail"
        self.reporter = BuildReporter(self.workspace.name, bus, fail_on_warn)
        return {
            "backend": "durable",
            "dep_file": self.workspace.path(".state.sqlite"),
            "check_file_uptodate": ContentChecker,
            "default_tasks": ["create"],
            "continue": True,
            "num_process": os.cpu_count() or 1,
            "par_type": "thread",
            "verbosity": 2,
            "reporter": self.reporter,
            **super().load_doit_config(),
        }

    def load_tasks(self, cmd: Any, pos_args: list[str]) -> list[Task]:
        """Every task of the project, the first stages up to date."""
        name, executes = cmd.get_name(), bool(cmd.execute_tasks)
        self._whole = executes and pos_args in ([], ["create"])
        if self._whole and not self._always and (outcome := settled(self.workspace)):
            self.reporter.created(self.workspace.file)
            self.reporter.settled(outcome)
        try:
            self.lock.acquire()
        except PipelineError as error:
            if executes or name in _AS_IT_IS:
                _stop(error)
            print(f"{error.line()}; this is what it has planned so far", file=sys.stderr)
            return super().load_tasks(cmd, pos_args)
        atexit.register(self.lock.release)
        if executes:
            stop_cleanly(self.reporter)
            self.reporter.created(self.workspace.file)
            self.reporter.finish = partial(self._finish, cmd.dep_manager)
        if name not in _AS_IT_IS and not self._run_first(cmd.dep_manager):
            cmd.dep_manager.close()
            self.reporter.complete_run()
        try:
            tasks = super().load_tasks(cmd, pos_args)
        except PipelineError as error:  # a voice that the plan names is not installed any more
            _stop(error)
        self.versions.save()
        return tasks

    def _finish(self, dependency: Dependency, tasks: dict[str, Any], outcome: Settled) -> None:
        self.store.evict()
        files = _files(tasks, dependency)
        if self._whole and files is not None:
            settle(self.workspace, files, outcome)

    def _run_first(self, dependency: Dependency) -> bool:
        for stage in stages.FIRST:
            made = tasks_of(stage)
            assert isinstance(made, dict)
            task = dict_to_task({"name": stage, **made})
            control = TaskControl([task])
            control.process(None)
            self.first_reasons[stage] = reasons(task, dependency)
            runner = Runner(dependency, self.reporter, stream=Stream(0))
            runner.run_tasks(control.task_dispatcher())
            if runner.final_result:
                return False
        return True


def _files(tasks: dict[str, Any], dependency: Dependency) -> list[tuple[str, Stamp]] | None:
    """Every file the tasks rest on, as it was when it was used; None if one has changed since, or if a task is
    not of this package, for then it may rest on more than files."""
    states: dict[str, FileState] = {}
    for name, task in tasks.items():
        recipe = recipe_of(task)
        if recipe is None:
            if task.actions:
                return None
            continue
        states.update(dependency.get_values(name).get("targets", {}))
        states.update({path: dependency.backend.get(name, path) for path in recipe.inputs.values()})
    stamps: list[tuple[str, Stamp]] = []
    for path, state in states.items():
        now = HASHES.state(path) if state and os.path.exists(path) else None
        if now is None or now[2] != state[2]:
            return None
        stamps.append((path, now[:2]))
    return stamps


def _stage(stage: str) -> Any:
    def creator() -> Any:
        return tasks_of(stage)

    creator.__doc__ = getattr(stages, stage).__doc__
    return creator


def _create() -> dict[str, Any]:
    """Everything a person wants: the film, its captions and chapters, checked."""
    return {"actions": None, "task_dep": ["check"]}


def _stop(error: PipelineError) -> NoReturn:
    print(f"error: {error}", file=sys.stderr)
    raise SystemExit(int(error.exit_code))
