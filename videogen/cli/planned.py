"""What a command tells of a build that it has run for itself."""

from __future__ import annotations

import click

from videogen.build.events import Sink
from videogen.model.events import Event, StageError


def errors_only() -> Sink:
    """A sink that tells nothing but errors, on stderr."""

    def sink(event: Event) -> None:
        if isinstance(event, StageError):
            click.echo(f"error: {event.error['shown']}", err=True)

    return sink
