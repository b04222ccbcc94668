"""One build in this process, for faces other than doit's own command line."""

from __future__ import annotations

import os
from collections.abc import Sequence

from doit.doit_cmd import DoitMain

from videogen.build.events import Sink
from videogen.build.loader import Loader
from videogen.build.workspace import Workspace


def run(
    workspace: Workspace,
    command: Sequence[str],
    sinks: Sequence[Sink] | None = None,
    *,
    fail_on_warn: bool = False,
) -> int:
    """Run a doit command, such as `["run", "-n", "2", "create"]`, on a project; returns the exit code.

    The graph is the package's own: a `dodo.py` in the working folder is doit's affair.
    """
    loader = Loader(workspace, None if sinks is None else list(sinks), fail_on_warn)
    try:
        return DoitMain(loader, config_filenames=()).run(list(command))
    except SystemExit as stop:  # how the loader and the reporter give exit codes that doit does not know
        return int(stop.code or 0)
    finally:
        if hasattr(loader, "lock"):  # not when the command line itself was wrong
            loader.lock.release()


def build(
    workspace: Workspace,
    tasks: Sequence[str] = ("create",),
    sinks: Sequence[Sink] | None = None,
    *,
    jobs: int | None = None,
    fail_on_warn: bool = False,
) -> int:
    """Bring tasks up to date on `jobs` threads (as many as there are cores); returns the exit code."""
    threads = str(jobs or os.cpu_count() or 1)
    return run(workspace, ["run", "-P", "thread", "-n", threads, *tasks], sinks, fail_on_warn=fail_on_warn)
