"""Options that several commands share, and the project that they name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar, get_args

import click

from videogen.build.workspace import Workspace, find_workspace, is_project_file
from videogen.cli.completing import offering, projects, themes, voices
from videogen.model.accent import Accent

_Command = TypeVar("_Command", bound=Callable[..., Any])

project_argument = click.argument("project", required=False, shell_complete=offering(projects))
output_option = click.option(
    "--output",
    "-o",
    type=click.Path(file_okay=False),
    default="build",
    show_default=True,
    help="Folder of everything that is made; the film is in OUTPUT/<project>/<video>/<language>/.",
)
draft_option = click.option(
    "--draft", is_flag=True, help="Its draft: 480p and without a voice, in OUTPUT/<project>.draft/."
)
made_from_option = click.option(
    "--from", "source", type=click.Path(dir_okay=False), help="The document, or the YAML file, it is made of."
)


def listed(_context: click.Context, _option: click.Parameter, given: str | None) -> list[str] | None:
    """The callback of an option with entries between commas."""
    return None if given is None else [each.strip() for each in given.split(",")]


_DOCUMENT = (
    click.option(
        "--from",
        "source",
        type=click.Path(dir_okay=False),
        help="A document (see `video-gen inputs`) or a project's YAML file, anywhere; or a web address.",
    ),
    click.option("--title", help="Title of the film. Default: the document's."),
    click.option(
        "--languages",
        callback=listed,
        metavar="en,es",
        help="The document's language; others after it: a film in each, translated by translations/es.yaml.",
    ),
    click.option("--duration", metavar="90s", help="How long the film should be, such as 90s or 2m30s."),
    click.option(
        "--voice",
        shell_complete=offering(voices),
        help="`auto`, `male`, `female`, or engine:voice; see `video-gen voices`.",
    ),
    click.option("--theme", shell_complete=offering(themes), help="A theme's name, or the path of a theme file."),
    click.option("--accent", "--color", type=click.Choice(get_args(Accent)), help="The colour that leads the eye."),
    click.option(
        "--aspect",
        callback=listed,
        metavar="16:9,9:16",
        help="Shape of the picture: 16:9, 9:16, 1:1 or 4:5; several: a film of each.",
    ),
    click.option(
        "--also",
        callback=listed,
        metavar="webm,avi,h265",
        help="Other formats of the film, beside its MP4: webm, avi, h265; several between commas.",
    ),
    click.option(
        "--use-ai",
        is_flag=False,
        flag_value="",
        metavar="[PROVIDER:MODEL]",
        help="Have a language model write the script. Default: the one whose key is in the environment.",
    ),
)


def document_options(command: _Command) -> _Command:
    """A document instead of a project, and what is said of it."""
    for option in reversed(_DOCUMENT):
        command = option(command)
    return command


def check_named(project: str | None, source: str | None, **settings: Any) -> None:
    """Raise UsageError for a project and a document at once, and for what is said of a document that is not there."""
    if source is not None and project is not None:
        raise click.UsageError("give either PROJECT or --from, not both")
    given = [name for name, value in settings.items() if value is not None]
    if given and (source is None or is_project_file(source)):
        option = given[0].replace("_", "-")
        raise click.UsageError(f"--{option} goes with --from a document; a project says it in its YAML")


def asked_workspace(project: str | None, source: str | None, output: str, draft: bool, **settings: Any) -> Workspace:
    """The workspace of what is to be made; a document's project is written first. Raises PipelineError."""
    if source is None or is_project_file(source):
        return find_workspace(source or project, output, draft)
    from videogen.build.projects import document_workspace, overrides_of

    use_ai = settings.pop("use_ai", None)
    return document_workspace(source, output, overrides_of(settings, use_ai), draft)


@contextmanager
def planned_workspace(
    project: str | None, source: str | None, output: str, draft: bool, **settings: Any
) -> Iterator[Workspace]:
    """The workspace of what might be made; what was made of a document stays as it is. Raises PipelineError."""
    if source is None or is_project_file(source):
        yield find_workspace(source or project, output, draft)
        return
    from videogen.build.apart import planned_document
    from videogen.build.projects import overrides_of

    use_ai = settings.pop("use_ai", None)
    with planned_document(source, output, overrides_of(settings, use_ai), draft) as workspace:
        yield workspace


def made_workspace(project: str | None, source: str | None, output: str, draft: bool) -> Workspace:
    """The workspace of what was made already, with what was said of its document then. Raises PipelineError."""
    check_named(project, source)
    if source is None or is_project_file(source):
        return find_workspace(source or project, output, draft)
    from videogen.build.projects import made_of_document

    return made_of_document(source, output, draft)
