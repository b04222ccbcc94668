"""Builds for faces other than doit's own command line. What there is nothing to do for is told without doit."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from videogen.build.console import console
from videogen.build.events import Sink, bus_of
from videogen.build.plan import stale_texts
from videogen.build.settled import nothing_to_do, settled
from videogen.build.stale import as_json, as_text
from videogen.build.terms import Terms
from videogen.build.workspace import Workspace
from videogen.model.errors import PipelineError, from_dict
from videogen.model.events import Event, StageError

if TYPE_CHECKING:
    from videogen.build.planned import Planned


def build(
    workspace: Workspace,
    tasks: Sequence[str] = ("create",),
    sinks: Sequence[Sink] | None = None,
    *,
    jobs: int | None = None,
    fail_on_warn: bool = False,
    refresh: bool = False,
    terms: Terms | None = None,
) -> int:
    """Bring tasks up to date on `jobs` threads (as many as there are cores); returns the exit code.

    To `refresh` is to ask again for what was fetched from the web, and to make what depends on it if it is another.
    Raises PipelineError for a build that cannot begin.
    """
    told = [console()] if sinks is None else sinks
    if list(tasks) == ["create"] and not refresh:
        code = nothing_to_do(workspace, bus_of(workspace, told), fail_on_warn)
        if code is not None:
            return int(code)
    threads = str(jobs or os.cpu_count() or 1)
    return run(
        workspace,
        ["run", "-P", "thread", "-n", threads, *tasks],
        told,
        fail_on_warn=fail_on_warn,
        refresh=refresh,
        terms=terms,
    )


def status(workspace: Workspace, *, json: bool = False) -> int:
    """Print what is stale, and why; returns the exit code. Raises PipelineError."""
    if settled(workspace) is None:
        return run(workspace, ["explain", *(["--json"] if json else [])])
    texts = stale_texts(workspace)
    sys.stdout.write(as_json({}, [], texts) if json else as_text(workspace.name, {}, [], texts))
    return 0


def plan(workspace: Workspace, *, json: bool = False) -> int:
    """Print what a build would make, stage by stage; returns the exit code. Raises PipelineError."""
    found = _nothing(workspace)
    if found is None:
        return run(workspace, ["planned", *(["--json"] if json else [])])
    from videogen.build.planned import as_json, as_text

    sys.stdout.write(as_json(found) if json else as_text(found))
    return 0


def plan_of(workspace: Workspace) -> Planned:
    """What a build would make. Only the planning is run. Raises PipelineError."""
    errors: list[PipelineError] = []

    def keep(event: Event) -> None:
        if isinstance(event, StageError):
            errors.append(from_dict(event.error))

    found = _nothing(workspace)
    if found is not None:
        return found
    plans: list[Planned] = []
    if run(workspace, ["planned"], [keep], plans=plans) or not plans:
        raise errors[0] if errors else PipelineError("the project could not be planned")
    return plans[0]


def _nothing(workspace: Workspace) -> Planned | None:
    """The plan of a build that has nothing to do, if that can be told at a glance."""
    if settled(workspace) is None:
        return None
    from videogen.build.planned import planned

    return planned(workspace.name, {}, [], {}, stale_texts(workspace))


def run(
    workspace: Workspace,
    command: Sequence[str],
    sinks: Sequence[Sink] | None = None,
    *,
    fail_on_warn: bool = False,
    refresh: bool = False,
    terms: Terms | None = None,
    plans: list[Planned] | None = None,
) -> int:
    """Run a doit command, such as `["run", "-n", "2", "create"]`, on a project; returns the exit code.

    The graph is the package's own: a `dodo.py` in the working folder is doit's affair. Raises PipelineError for
    what keeps the command from beginning, whether we find it or doit does.
    """
    from videogen.build.loader import Loader, Stopped
    from videogen.build.main import Main

    loader = Loader(workspace, sinks, fail_on_warn, refresh, terms or Terms())
    loader.plans = plans
    try:
        return Main(loader, config_filenames=()).run(list(command))
    except Stopped as stop:
        raise stop.error from None
    except SystemExit as stop:  # how the reporter gives exit codes that doit does not know
        return int(stop.code or 0)
    finally:
        if loader.lock is not None:
            loader.lock.release()
