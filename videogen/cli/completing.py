"""What a shell offers after Tab: projects, tasks, voices and themes that there are.

A shell waits for each of these, and shows nothing of what goes wrong: then nothing is offered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

Offered = Iterable["tuple[str, str]"]
"""What may be written, with what it is."""
_Complete = Callable[[click.Context, click.Parameter, str], "list[CompletionItem]"]


def offering(known: Callable[[click.Context], Offered]) -> _Complete:
    """A `shell_complete` that offers what is known and begins as it was begun."""

    def complete(context: click.Context, _parameter: click.Parameter, begun: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        from videogen.model.errors import PipelineError

        try:
            return [CompletionItem(name, help=what) for name, what in known(context) if name.startswith(begun)]
        except PipelineError:
            return []

    return complete


def projects(_context: click.Context) -> Offered:
    """The projects of the working folder."""
    from videogen.build.workspace import known_projects

    return [(name, f"projects/{name}.yaml") for name in known_projects()]


def tasks(context: click.Context) -> Offered:
    """The builds that were asked for, the last first."""
    from videogen.model.address import shown_source
    from videogen.tasks.home import home_of

    found = home_of(context.params.get("output") or "build").repository().list(limit=None)
    return [(task.id, f"{task.status}: {shown_source(task.input.named)}") for task in found]


def projects_and_tasks(context: click.Context) -> Offered:
    """Both."""
    return [*projects(context), *tasks(context)]


def voices(_context: click.Context) -> Offered:
    """Every voice."""
    from videogen.build.projects import list_voices

    return [(voice.id, f"{voice.language}, {voice.gender}") for voice in list_voices()]


def themes(_context: click.Context) -> Offered:
    """Every theme that travels with the package."""
    from videogen.build.projects import list_themes

    return [(theme["name"], theme["what"]) for theme in list_themes()]
