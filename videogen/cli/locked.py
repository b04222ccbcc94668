"""`locked`: whether what was committed as spoken is what would be spoken."""

from __future__ import annotations

import sys

import click

from videogen.build.workspace import find_workspace
from videogen.cli.completing import offering, projects
from videogen.cli.options import output_option
from videogen.model.errors import Exit


@click.command()
@click.argument("named", metavar="[PROJECT]...", nargs=-1, shell_complete=offering(projects))
@click.option("--tracked", is_flag=True, help="Every project whose lock is in git.")
@output_option
def locked(named: tuple[str, ...], tracked: bool, output: str) -> None:
    """Say where locks of narrations are stale.

    Nothing is made but the plan, and nothing is spoken. Exit code 1 where a line is not as its lock says: then build
    it without `--frozen`, and commit the lock.
    """
    from videogen.build.locked import stale_lines, tracked_projects

    if named and tracked:
        raise click.UsageError("give either PROJECT or --tracked, not both")
    stale = False
    for project in tracked_projects() if tracked else named or (None,):
        workspace = find_workspace(project, output)
        lines = stale_lines(workspace)
        for name, what in lines.items():
            click.echo(f"{workspace.narration_lock}: {name}: {what}")
        if lines:
            stale = True
            click.echo(f"next: `video-gen create {project or workspace.name}`, and commit the lock", err=True)
    sys.exit(int(Exit.FAILED if stale else Exit.MADE))
