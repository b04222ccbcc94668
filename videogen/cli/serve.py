"""`serve`: the web studio of the working folder."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from videogen.cli.options import output_option
from videogen.model.errors import ValidationError

if TYPE_CHECKING:
    from videogen.web.settings import Settings


@click.command()
@output_option
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; others need tokens.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes a free one.")
@click.option(
    "--at-once", type=click.IntRange(1, 16), default=4, show_default=True, help="Builds that run side by side."
)
@click.option(
    "--tokens",
    type=click.Path(dir_okay=False),
    help="YAML file of lines `name: token`, readable by you only; each sees their own builds.",
)
@click.option("--allow-host", "hosts", multiple=True, metavar="NAME", help="A name it is called by, as behind a proxy.")
@click.option(
    "--max-cost", type=click.FloatRange(0, 1000), default=1.0, show_default=True, help="US dollars a build may spend."
)
def serve(
    output: str, host: str, port: int, at_once: int, tokens: str | None, hosts: tuple[str, ...], max_cost: float
) -> None:
    """Serve the web studio of this folder.

    Its projects, templates and films are those of the command line. Beyond this machine it is served with tokens
    only: by --tokens, or one in the variable VIDEOGEN_TOKEN that sees everybody's builds.

    \b
      video-gen serve
      video-gen serve --host 0.0.0.0 --tokens ../tokens.yaml
    """
    try:
        from videogen.web.serve import run
        from videogen.web.settings import settings_for
    except ModuleNotFoundError as error:
        raise ValidationError(
            f"the web studio is not installed ({error.name} is missing)", hint='pip install "videogen[web]"'
        ) from None
    settings: Settings = settings_for(
        output=output, host=host, at_once=at_once, tokens_file=tokens, hosts=hosts, max_cost=max_cost
    )
    sys.exit(run(settings, port, lambda address: click.echo(f"videogen serves this folder at {address}", err=True)))
