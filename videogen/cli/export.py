"""`export`: films, taken out of the build folder."""

from __future__ import annotations

import click

from videogen.cli.options import (
    draft_option,
    listed,
    made_from_option,
    made_workspace,
    output_option,
    project_argument,
)


@click.command()
@project_argument
@made_from_option
@output_option
@draft_option
@click.option("--to", type=click.Path(), help="Folder, or ZIP file, to write. Default: export/PROJECT.")
@click.option("--zip", "as_zip", is_flag=True, help="Write one ZIP file.")
@click.option("--languages", callback=listed, metavar="en,es", help="Only the films in these.")
def export(
    project: str | None,
    source: str | None,
    output: str,
    draft: bool,
    to: str | None,
    as_zip: bool,
    languages: list[str] | None,
) -> None:
    """Copy the films, and all beside them, out of the build folder.

    Each is an MP4, with the other formats that its project asks for (`also`), captions, chapters, transcript, poster
    and manifest. Nothing is built: of a film that is not up to date, it says so.
    """
    from videogen.build.export import export as copy
    from videogen.build.settled import settled

    workspace = made_workspace(project, source, output, draft)
    written = copy(workspace, to, languages=languages or (), as_zip=as_zip)
    if settled(workspace) is None:
        click.echo(
            f"{workspace.name} may not be up to date, which `status` tells: this is what the last build made", err=True
        )
    for path in written:
        click.echo(path)
