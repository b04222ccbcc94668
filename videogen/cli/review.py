"""`create --review`: scripts opened for a person to edit."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from videogen.build.review import Unreadable, write_reviews
from videogen.build.run import build
from videogen.build.terms import Terms
from videogen.build.workspace import Workspace
from videogen.cli.planned import errors_only
from videogen.model.errors import PipelineError


def edit_scripts(workspace: Workspace, videos: Sequence[str], terms: Terms) -> int:
    """Write the scripts of videos (of all, where none is named) as files, print their paths, and open them where there
    is a terminal. Returns the exit code: that of a build of the scripts as they are then. Raises PipelineError."""
    try:
        files = list(write_reviews(workspace, videos, terms))
    except Unreadable as error:
        if not _terminal():
            raise
        click.echo(f"error: {error}", err=True)
        files = [error.file]
    for file in files:
        click.echo(file)
    if _terminal():
        click.edit(filename=files)
    try:
        return build(workspace, ("script",), [errors_only()], terms=terms)
    except PipelineError as error:
        click.echo(f"error: {error}", err=True)
        return int(error.exit_code)


def _terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()
