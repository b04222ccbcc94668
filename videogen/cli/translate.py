"""`translate`: what is still to be said in another language, for those who translate."""

from __future__ import annotations

import sys
from contextlib import nullcontext

import click

from videogen.build.workspace import find_workspace
from videogen.cli.options import output_option, project_argument


@click.command()
@project_argument
@click.option("--from", "source", type=click.Path(dir_okay=False), help="A document that has no project.")
@output_option
@click.option(
    "--languages",
    metavar="es,fr",
    help="Only these; with --from, the document's own first. Default: all that the project has.",
)
@click.option("--po", "as_po", is_flag=True, help="Write gettext catalogues (es.po) for translators' tools.")
@click.option(
    "--import", "catalogue", type=click.Path(exists=True, dir_okay=False), help="Take the translations of a .po file."
)
def translate(
    project: str | None, source: str | None, output: str, languages: str | None, as_po: bool, catalogue: str | None
) -> None:
    """Write what is to be translated into a file a language.

    That is translations/LANGUAGE.yaml with every text of the films, empty where nobody has translated it. What is
    translated stays. A text whose original has changed stays too, but is stale: translate it anew and remove its `of`.

    \b
      video-gen translate talk
      video-gen translate talk --po
      video-gen translate talk --import es.po
      video-gen translate --from README.md --languages en,es
    """
    from videogen.build.apart import translated_document
    from videogen.build.translate import import_catalogue, write_translations

    wanted = [each.strip() for each in languages.split(",")] if languages else None
    if source is not None:
        if project is not None or not wanted or len(wanted) < 2:
            raise click.UsageError("--from takes no PROJECT, and --languages with two or more, such as en,es")
        place, wanted = translated_document(source, output, wanted), wanted[1:]
    else:
        place = nullcontext(find_workspace(project, output))
    with place as workspace:
        if catalogue is not None:
            written = [import_catalogue(workspace, catalogue)]
        else:
            written = write_translations(workspace, wanted, po=as_po)
        for path, left in written:
            click.echo(path)
            click.echo(f"{left} to translate" if left else "all is translated", err=True)
    sys.exit(0)
