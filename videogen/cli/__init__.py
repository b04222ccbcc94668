"""The command line: thin commands over the one graph."""

from __future__ import annotations

import importlib
import sys

import click

from videogen import __version__

_COMMANDS = {
    "create": "videogen.cli.create:create",
    "status": "videogen.cli.create:status",
    "plan": "videogen.cli.create:plan",
    "explain": "videogen.cli.create:explain",
    "check": "videogen.cli.create:check",
    "export": "videogen.cli.export:export",
    "list": "videogen.cli.tasks:list_tasks",
    "logs": "videogen.cli.tasks:logs",
    "pause": "videogen.cli.tasks:pause",
    "resume": "videogen.cli.tasks:resume",
    "cancel": "videogen.cli.tasks:cancel",
    "clean": "videogen.cli.tasks:clean",
    "graph": "videogen.cli.create:graph",
    "prune": "videogen.cli.create:prune",
    "init": "videogen.cli.project:init",
    "wizard": "videogen.cli.wizard:wizard",
    "validate": "videogen.cli.project:validate",
    "locked": "videogen.cli.locked:locked",
    "translate": "videogen.cli.translate:translate",
    "preview": "videogen.cli.project:preview",
    "gallery": "videogen.cli.pictures:gallery",
    "diff": "videogen.cli.pictures:diff",
    "serve": "videogen.cli.serve:serve",
    "voices": "videogen.cli.machine:voices",
    "themes": "videogen.cli.machine:themes",
    "inputs": "videogen.cli.machine:inputs",
    "doctor": "videogen.cli.machine:doctor",
    "cache": "videogen.cli.machine:cache",
    "schema": "videogen.cli.machine:schema",
    "completion": "videogen.cli.machine:completion",
}


class _Lazy(click.Group):
    """Loads a command's module when it is used: `--help` and `status` should not wait for a voice to load."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module, _, name = _COMMANDS[cmd_name].partition(":")
        return getattr(importlib.import_module(module), name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        import difflib

        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            close = difflib.get_close_matches(args[0], _COMMANDS, 1)
            hint = f'; did you mean "{close[0]}"?' if close else ""
            raise click.UsageError(f"{error.message.rstrip('.')}{hint}", ctx) from None


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="video-gen")
def cli() -> None:
    """Make narrated, captioned video out of text, and make again only what the text's changes touch.

    \b
    Start here:
      video-gen create --from README.md     a film of any Markdown document
      video-gen wizard talk                 a project of your own, by answering questions
      video-gen init talk                   the same as a file in which every setting is explained
      video-gen create talk                 make it; edit it; run the same again

    \b
    Exit codes: 0 made, 1 the build failed, 2 wrong usage or project,
                3 the checks found something, 130 interrupted.
    """


def main() -> None:
    """The `video-gen` command. Errors that a person can act on are one line and an exit code."""
    from videogen.build.console import show_what_it_can
    from videogen.build.workspace import check_readable
    from videogen.model.errors import Exit, PipelineError

    show_what_it_can()
    try:
        check_readable(sys.argv[1:])
        sys.exit(cli.main(prog_name="video-gen", standalone_mode=False))
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        sys.exit(int(Exit.USAGE))
    except click.UsageError as error:
        click.echo(f"error: {_in_one_line(error)}", err=True)
        sys.exit(int(Exit.USAGE))
    except click.Abort:
        click.echo("stopped; run it again to go on", err=True)
        sys.exit(int(Exit.INTERRUPTED))
    except PipelineError as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(int(error.exit_code))


def _in_one_line(error: click.UsageError) -> str:
    """What click has to say of how a command was called, as every other error is said: what is wrong, and what next."""
    message = " ".join(error.format_message().split()).rstrip(".")
    message = message[:1].lower() + message[1:]
    if message.endswith("?"):
        return message
    command = error.ctx.command_path if error.ctx is not None else "video-gen"
    return f"{message}; `{command} --help` says more"
