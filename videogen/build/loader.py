"""doit's way in: named in `pyproject.toml` (`[tool.doit] loader = "videogen"`), it serves plain `doit` too.

Variables on doit's command line: `project=NAME` (or the path of a project file), `build=FOLDER`, `profile=draft`,
which makes it small and without a voice, `refresh=yes`, which asks again for what was fetched from the web, and
`warnings=fail`, which lets the checks' warnings fail the build; `frozen=yes`, with which nobody is asked and nothing
spoken, and `max_cost=0.50`, the US dollars that all answers may cost together. Instead of a project, `from=FILE` names
a document, with `title`, `languages=en,es`, `duration`, `voice`, `theme`, `accent`, `aspect`, `also` and `use_ai`.
What doit would end with 3 for, a task that there is not, ends with 2 here: 3 is what the checks found.
"""

from __future__ import annotations

import contextlib
import inspect
import os
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NoReturn

from doit import doit_cmd
from doit.cmd_base import NamespaceTaskLoader
from doit.doit_cmd import get_var
from doit.loader import get_module

from videogen.build.console import console, show_what_it_can
from videogen.build.events import Sink, bus_of
from videogen.build.reporter import BuildReporter
from videogen.build.settled import Settled, nothing_to_do, settle, stamps
from videogen.build.state import ContentChecker
from videogen.build.workspace import Workspace, find_workspace
from videogen.model.errors import PipelineError, ResourceError

if TYPE_CHECKING:
    from doit.task import Task

    from videogen.build.lock import ProjectLock
    from videogen.build.planned import Planned
    from videogen.build.terms import Terms

# commands that act on what was made, or on nothing: they need no fresh plan
_AS_IT_IS = {"clean", "forget", "ignore", "dumpdb", "resetdep", "tabcompletion", "help", "strace", "export"}


class Stopped(SystemExit):
    """A build that cannot begin. doit lets it pass."""

    def __init__(self, error: PipelineError) -> None:
        super().__init__(int(error.exit_code))
        self.error = error


class Loader(NamespaceTaskLoader):
    """Loads a project's graph: the first stages are brought up to date, then every scene's tasks are known."""

    workspace: Workspace
    first_reasons: dict[str, list[str]]
    """Why each first stage was stale before it was brought up to date."""
    lock: ProjectLock | None = None
    plans: list[Planned] | None = None
    """Where a face wants what `plan` finds, instead of having it written."""

    def __init__(
        self,
        workspace: Workspace | None = None,
        sinks: Sequence[Sink] | None = None,
        fail_on_warn: bool = False,
        refresh: bool = False,
        terms: Terms | None = None,
    ) -> None:
        super().__init__()
        self._given = workspace
        self._sinks = sinks
        self._fail_on_warn = fail_on_warn
        self._refresh = refresh
        self._terms = terms
        self.first_reasons = {}

    def setup(self, opt_values: dict[str, Any]) -> None:
        """Read the working folder's `dodo.py`, if there is one and the project was not given by another face."""
        show_what_it_can()
        self._always = opt_values.get("always", False)
        self._own = self._given is None and os.path.exists("dodo.py")
        self.namespace = dict(inspect.getmembers(get_module("dodo.py"))) if self._own else {}

    def load_doit_config(self) -> dict[str, Any]:
        """One state file a project; threads, because encoders and voices work outside the interpreter's lock."""
        try:
            if self._given is None:
                _check_variables(doit_cmd._CMDLINE_VARS or {})
            self.workspace = self._given or _asked_for()
        except PipelineError as error:
            self._stop(error)
        self._bus = bus_of(self.workspace, [console()] if self._sinks is None else self._sinks)
        self._fail_on_warn |= get_var("warnings") == "fail"
        self._refresh |= get_var("refresh") == "yes"
        self.reporter = BuildReporter(self.workspace.name, self._bus, self._fail_on_warn)
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
        # a face that gave the project has asked already
        if self._given is None and self._whole(cmd) and not self._always and not self._refresh:
            code = nothing_to_do(self.workspace, self._bus, self._fail_on_warn)
            if code is not None:
                raise SystemExit(int(code))
        try:
            return self._load(cmd, pos_args)
        except PipelineError as error:
            self._stop(error)

    def _load(self, cmd: Any, pos_args: list[str]) -> list[Task]:
        # from here on there may be something to do: only now is what knows how to do it loaded
        from videogen.build.asked import terms_of
        from videogen.build.first import run_first
        from videogen.build.graph import build_file
        from videogen.build.lock import Held, ProjectLock
        from videogen.build.plan import believed_plan
        from videogen.build.signals import die_with_the_reader, stop_cleanly
        from videogen.build.store import Store
        from videogen.build.tasks import Build, begin
        from videogen.build.versions import Versions
        from videogen.build.write import write_if_changed

        if not self._own:
            self.namespace = build_file()
        versions, store = Versions(self.workspace.path(".versions.json")), Store()
        terms = self._terms or terms_of(get_var("frozen"), get_var("max_cost"))
        build = Build(self.workspace, self._bus, store, versions, terms)
        begin(build)
        name, executes = cmd.get_name(), bool(cmd.execute_tasks)
        if self._given is None and not executes:
            die_with_the_reader()
        fetched: dict[str, bytes] = {}
        if name not in _AS_IT_IS and not os.path.isdir(self.workspace.build):
            from videogen.build.validate import check_begins

            fetched = check_begins(self.workspace)
        lock = ProjectLock(self.workspace)
        try:
            lock.acquire()
        except Held as error:
            if executes or name in _AS_IT_IS or name == "prune":
                raise
            print(f"{error.line()}; this is what it has planned so far", file=sys.stderr)
            return self._tasks(cmd, pos_args)
        self._hold(lock)
        if self._refresh and executes and not fetched:
            from videogen.build.validate import check_begins

            fetched = check_begins(self.workspace, again=True)
        for path, data in fetched.items():
            write_if_changed(path, data)

        def finish(tasks: dict[str, Any], outcome: Settled) -> None:
            from videogen.build.graph import recipe_of, rests_on
            from videogen.build.narrations import write_lock
            from videogen.build.recordings import looked_in, recorded

            lock.ending()
            store.evict()
            folders = stamps(looked_in(self.workspace))
            files = rests_on(tasks, cmd.dep_manager)
            planned = recipe_of(tasks["plan"]) if "plan" in tasks else None
            same = planned is not None and planned.params.get("recordings", []) == recorded(self.workspace)
            if self._whole(cmd) and files is not None and same:
                write_lock(build)
                settle(self.workspace, versions, files, folders, outcome)

        if executes:
            from videogen.build.subscribers import Asked, Subscribers

            chosen = tuple(cmd.sel_tasks or ())
            self._bus.add(Subscribers(Asked(self.workspace, chosen, self._fail_on_warn, self._refresh, terms)))
            stop_cleanly(self.reporter)
            self.reporter.created(self.workspace.file)
            self.reporter.finish = finish
        if name in _AS_IT_IS:
            believed_plan(self.workspace)
        else:
            reasons = run_first(cmd.dep_manager, self.reporter, asks=executes)
            if reasons is None:
                # what failed was told; a disk that is full for it is so for the state, which then is as it was before
                with contextlib.suppress(ResourceError):
                    cmd.dep_manager.close()
                self.reporter.complete_run()
            self.first_reasons = reasons or {}
        tasks = self._tasks(cmd, pos_args)
        versions.save()
        return tasks

    def _tasks(self, cmd: Any, pos_args: list[str]) -> list[Task]:
        from videogen.build.asked import check_names

        tasks = super().load_tasks(cmd, pos_args)
        given = (cmd.sel_tasks or ()) if cmd.execute_tasks else pos_args
        check_names(cmd.get_name(), given, tasks, self.cmd_names)
        return tasks

    @staticmethod
    def _whole(cmd: Any) -> bool:
        """Whether just what `create` makes is asked for."""
        return bool(cmd.execute_tasks) and cmd.sel_tasks == ["create"]

    def _hold(self, lock: ProjectLock) -> None:
        import atexit

        from videogen.build.write import remove_unfinished

        self.lock = lock
        atexit.register(lock.release)
        # a run that an error of the state's ends leaves its threads at work, and the process ends under them
        atexit.register(remove_unfinished)

    def _stop(self, error: PipelineError) -> NoReturn:
        if self._given is None:  # else the face that gave the project says it
            print(f"error: {error}", file=sys.stderr)
        raise Stopped(error)


def _asked_for() -> Workspace:
    """The workspace that doit's variables name."""
    source, build, draft = get_var("from"), get_var("build"), get_var("profile") == "draft"
    if source is None:
        return find_workspace(get_var("project"), build, draft)
    from videogen.build.asked import asked_workspace
    from videogen.model.asked import OF_A_DOCUMENT

    settings = {name: get_var(name) for name in OF_A_DOCUMENT}
    return asked_workspace(source, build, draft, settings)


def _check_variables(given: Mapping[str, str]) -> None:
    usual = {
        "project": given.get("project"),
        "build": given.get("build"),
        "profile": "draft",
        "refresh": "yes",
        "frozen": "yes",
        "warnings": "fail",
    }
    if any(not value or usual.get(name) != value for name, value in given.items()):
        from videogen.build.asked import check_variables

        check_variables(given)
