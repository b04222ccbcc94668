"""Commands that draw many scenes at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import click

from videogen.model.accent import Accent


@click.command()
@click.option("--output", "-o", default="gallery.png", show_default=True, help="The picture to write: PNG or JPEG.")
@click.option("--theme", "themes", multiple=True, help="Only this theme; may be given again. Default: all.")
@click.option("--kind", "chosen", multiple=True, help="Only this kind of scene; may be given again. Default: all.")
@click.option("--aspect", default="16:9", show_default=True, type=click.Choice(["16:9", "9:16", "1:1", "4:5"]))
@click.option("--accent", default="blue", show_default=True, type=click.Choice(get_args(Accent)))
def gallery(output: str, themes: tuple[str, ...], chosen: tuple[str, ...], aspect: Any, accent: Any) -> None:
    """Draw every kind of scene in every theme on one sheet."""
    from videogen.build.gallery import gallery as draw_gallery

    count = draw_gallery(themes, chosen, aspect, accent, Path(output))
    click.echo("1 picture" if count == 1 else f"{count} pictures", err=True)
    click.echo(output)


@click.command()
@click.argument("before", type=click.Path(path_type=Path))
@click.argument("after", type=click.Path(path_type=Path))
@click.option("--output", "-o", default="diff.png", show_default=True, help="The picture to write.")
def diff(before: Path, after: Path, output: str) -> None:
    """Show scenes that look different in two builds, side by side.

    For a pull request. BEFORE and AFTER are folders that hold a film, such as build/readme/readme/en.
    """
    from videogen.build.gallery import difference

    changed = difference(before, after, Path(output))
    count = "1 scene differs" if len(changed) == 1 else f"{len(changed)} scenes differ"
    click.echo(f"{count}: {', '.join(changed)}" if changed else count, err=True)
    if changed:
        click.echo(output)
