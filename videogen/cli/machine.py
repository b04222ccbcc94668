"""`voices`, `inputs`, `doctor`, `cache`: what there is on this machine."""

from __future__ import annotations

import json
import sys

import click


@click.command()
@click.option("--language", "-l", help="Only voices of this language, such as `en` or `pt-BR`.")
@click.option("--offline", is_flag=True, help="Only voices that need no network.")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def voices(language: str | None, offline: bool, as_json: bool) -> None:
    """List the voices that there are.

    Name, language, and whether they work without a network.
    """
    from dataclasses import asdict

    from videogen.build.projects import list_voices

    found = list_voices(language, offline=offline)
    if as_json:
        click.echo(json.dumps([asdict(voice) for voice in found], indent=1))
        return
    if not found:
        click.echo(f"no {'offline ' * offline}voice speaks {language}" if language else "no voice", err=True)
    width = max((len(voice.id) for voice in found), default=0)
    tags = max((len(voice.language) for voice in found), default=0)
    for voice in found:
        where = "offline" if voice.offline else "online"
        click.echo(f"{voice.id:{width}}  {voice.language:{tags}}  {voice.gender:7}  {where:7}  {voice.description}")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def themes(as_json: bool) -> None:
    """List the themes.

    `video-gen gallery --theme NAME` draws what one looks like.
    """
    from videogen.build.projects import list_themes

    found = list_themes()
    if as_json:
        click.echo(json.dumps(found, indent=1))
        return
    width = max(len(each["name"]) for each in found)
    for each in found:
        click.echo(f"{each['name']:{width}}  {each['mode']:5}  {each['what']}")


@click.command()
def schema() -> None:
    """Write the JSON Schema of a project, for an editor."""
    from videogen.build.projects import schema_text

    click.echo(schema_text(), nl=False)


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Write a script that has a shell complete what you type.

    Commands, projects, voices, themes and tasks.

    \b
      bash   video-gen completion bash > ~/.local/share/bash-completion/completions/video-gen
      zsh    video-gen completion zsh > ~/.zfunc/_video-gen
      fish   video-gen completion fish > ~/.config/fish/completions/video-gen.fish
    """
    from click.shell_completion import get_completion_class

    from videogen.cli import cli

    kind = get_completion_class(shell)
    assert kind is not None
    click.echo(kind(cli, {}, "video-gen", "_VIDEO_GEN_COMPLETE").source())


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def inputs(as_json: bool) -> None:
    """List what a film can be made from.

    What each input reads, what it refuses, and what to install where something is missing for it.
    """
    from videogen.build.projects import list_inputs

    found = list_inputs()
    if as_json:
        click.echo(json.dumps(found, indent=1))
        return
    width = max(len(str(each["name"])) for each in found)
    for each in found:
        click.echo(f"{each['name']:{width}}  {each['reads']}")
        click.echo(f"{'':{width}}  {each['limits']}")
        if not each["installed"]:
            click.echo(f'{"":{width}}  not installed: pip install "{each["extra"]}"')


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def doctor(as_json: bool) -> None:
    """Say what works on this machine, by trying it.

    Encoder, voice, fonts, folders.
    """
    from videogen.build.doctor import examine

    findings = examine()
    if as_json:
        click.echo(json.dumps([finding.__dict__ for finding in findings], indent=1))
    else:
        for finding in findings:
            click.echo(f"{'ok  ' if finding.ok else 'FAIL'}  {finding.what:10}  {finding.found}")
            if not finding.ok:
                click.echo(f"{'':18}{finding.advice}")
    sys.exit(0 if all(finding.ok for finding in findings) else 1)


@click.command()
@click.option("--stats", "action", flag_value="stats", default="stats", help="How full it is (the default).")
@click.option("--where", "action", flag_value="where", help="Only its folder.")
@click.option("--prune", "action", flag_value="prune", help="Remove what was used longest ago, down to its limit.")
@click.option("--clear", "action", flag_value="clear", help="Remove everything in it.")
def cache(action: str) -> None:
    """The store of what was made before, of all projects.

    After every build it keeps to VIDEOGEN_CACHE_BYTES (5 GB), removing what was used longest ago, and is in
    VIDEOGEN_CACHE_DIR if that is set. Clearing it loses nothing that cannot be made again.
    """
    from videogen.build.store import Store

    store = Store()
    if action == "where":
        click.echo(store.folder)
        return
    if action == "prune":
        click.echo(f"removed {store.evict() / 1e6:.1f} MB from {store.folder}")
        return
    if action == "clear":
        click.echo(f"removed {store.clear() / 1e6:.1f} MB from {store.folder}")
        return
    stats = store.stats()
    click.echo(
        f"{stats.folder}\n{stats.keys} results, {stats.blobs} files, "
        f"{stats.size / 1e6:.1f} MB of at most {stats.limit / 1e6:.0f} MB"
    )
