"""`init`, `validate`, `preview`: a project before it is built."""

from __future__ import annotations

import sys

import click

from videogen.build.films import no_such, planned_films
from videogen.build.workspace import Workspace, find_workspace, is_project_file
from videogen.cli.options import draft_option, made_from_option, made_workspace, output_option, project_argument


@click.command()
@click.argument("name")
@click.option("--from", "source", type=click.Path(dir_okay=False), help="The Markdown document to start from.")
@click.option("--force", is_flag=True, help="Replace a project of that name.")
def init(name: str, source: str | None, force: bool) -> None:
    """Write projects/NAME.yaml, in which every setting is explained.

    Beside it goes the schema that lets an editor complete and check it.
    """
    from videogen.build.projects import new_project

    click.echo(new_project(name, source, replace=force))
    click.echo(f"next: edit it, then `video-gen create {name}`", err=True)


@click.command()
@project_argument
@click.option("--from", "source", type=click.Path(dir_okay=False), help="A Markdown document or a YAML file, anywhere.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def validate(project: str | None, source: str | None, as_json: bool) -> None:
    """Check a project without making anything.

    That is its YAML, document, pictures, theme and voice, that every slide fits and can be shown, and that the voice
    can say every narration.
    """
    import json

    from videogen.build.validate import validate_document, validate_project

    if source is not None and project is not None:
        raise click.UsageError("give either PROJECT or --from, not both")
    if source is None or is_project_file(source):
        summary = validate_project(find_workspace(source or project))
    else:
        summary = validate_document(source)
    if as_json:
        click.echo(json.dumps(summary, indent=1))
        return
    for film in summary["videos"]:
        voices = ", ".join(film["voices"])
        click.echo(f"{film['title']}: {len(film['scenes'])} scenes, about {film['seconds']:.0f} s, {voices}")
        for scene in film["scenes"]:
            click.echo(f"  {scene['kind']:8} {scene['title']}")
    for warning in summary["warnings"]:
        click.echo(f"warning: {warning}", err=True)


@click.command()
@click.argument("scene")
@click.option("--project", "-p", help="The project, where there are several.")
@made_from_option
@output_option
@draft_option
def preview(scene: str, project: str | None, source: str | None, output: str, draft: bool) -> None:
    """Draw the picture of SCENE now, and print its path.

    SCENE is a scene's id, as `doit list --all` shows it. Nothing is spoken and nothing is encoded.
    """
    from videogen.build.console import console
    from videogen.build.run import build

    workspace = made_workspace(project, source, output, draft)
    task, picture = _frames_task(workspace, scene)
    code = build(workspace, (task,), [console(quiet=True)])
    if code == 0:
        click.echo(picture)
    sys.exit(code)


def _frames_task(workspace: Workspace, scene: str) -> tuple[str, str]:
    """The task that draws a scene, and the picture it leaves. Brings the plan up to date to know the scenes."""
    known = {  # of a film in several shapes, the first; of several films that have it, the first too
        each["id"]: f"{film['name']}/{each['id']}"
        for film in reversed(planned_films(workspace))
        for each in film["scenes"]
    }
    if scene not in known:
        raise no_such("scene", scene, known, workspace)
    return f"frames:{known[scene]}", workspace.path(known[scene], "final.png")
