"""`export`: films, taken out of the build folder."""

from __future__ import annotations

import click

from videogen.build.workspace import find_workspace, is_project_file
from videogen.cli.create import draft_option, listed, output_option, project_argument


@click.command()
@project_argument
@click.option(
    "--from", "source", type=click.Path(dir_okay=False), help="The document, or the YAML file, it is made of."
)
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

    Each is an MP4 with captions, chapters, transcript, poster and manifest. Films are H.264 and AAC in MP4: WebM and
    AVI are not made. Nothing is built: of a film that is not up to date, it says so.
    """
    from videogen.build.export import export as copy
    from videogen.build.settled import settled

    if source is not None and project is not None:
        raise click.UsageError("give either PROJECT or --from, not both")
    if source is None or is_project_file(source):
        workspace = find_workspace(source or project, output, draft)
    else:
        from videogen.build.projects import place_of

        workspace = place_of(source, output, draft)
    written = copy(workspace, to, languages=languages or (), as_zip=as_zip)
    if settled(workspace) is None:
        click.echo(f"{workspace.name} is not up to date: this is what the last build made", err=True)
    for path in written:
        click.echo(path)
