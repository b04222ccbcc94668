"""`list`, `logs`, `pause`, `resume`, `cancel`, `clean`: the builds that were asked for."""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import click

from videogen.cli.completing import offering, tasks
from videogen.cli.options import output_option

if TYPE_CHECKING:
    from videogen.model.task import Task
    from videogen.tasks.home import Home

_STATES = ("pending", "running", "paused", "completed", "failed", "cancelled")


task_argument = click.argument("task", shell_complete=offering(tasks))
json_option = click.option("--json", "as_json", is_flag=True, help="Write JSON.")


@click.command("list")
@output_option
@click.option("--status", type=click.Choice(_STATES), help="Only tasks in this state.")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="At most so many.")
@json_option
def list_tasks(output: str, status: str | None, limit: int, as_json: bool) -> None:
    """List the builds that were asked for, the last first.

    A build that found nothing to do is none of them, unless it was asked for as a task.
    """
    from videogen.tasks.lifecycle import recover

    home = _home(output)
    recover(home)
    found = home.repository().list(status, limit=limit)  # pyright: ignore[reportArgumentType] - click has checked it
    if as_json:
        click.echo(json.dumps([_shown(home, task) for task in found], indent=1))
        return
    if not found:
        click.echo(f"no tasks in {output}" if status is None else f"no tasks in {output} are {status}", err=True)
    for task in found:
        moment = task.created_at.astimezone().strftime("%Y-%m-%d %H:%M:%S")
        click.echo(f"{task.id}  {task.status:9}  {moment}  {_share(home, task):>4}  {_name(task)}")


@click.command()
@task_argument
@output_option
@click.option("--follow", "-f", is_flag=True, help="Go on until the task ends.")
@json_option
def logs(task: str, output: str, follow: bool, as_json: bool) -> None:
    """Write what happened in a build.

    TASK is its id, as `video-gen list` shows it.
    """
    from videogen.tasks.follow import follow_events
    from videogen.tasks.stages import read_events
    from videogen.tasks.told import line_of

    home = _home(output)
    home.repository().load(task)
    events = follow_events(home, task) if follow else read_events(home.events(task))
    for each in events:
        line = json.dumps({"id": each.id, **each.event}) if as_json else line_of(each.event)
        if line:
            click.echo(line)


@click.command()
@task_argument
@output_option
def pause(task: str, output: str) -> None:
    """Have a build begin nothing more.

    What is being made is finished; `video-gen resume TASK` goes on.
    """
    from videogen.tasks import lifecycle

    left = lifecycle.pause(_home(output), task)
    click.echo("paused" if left.status == "paused" else "it pauses when what is being made is finished", err=True)


@click.command()
@task_argument
@output_option
@click.option("--json", "as_json", is_flag=True, help="Write events as NDJSON to stdout, one line each.")
@click.option("--quiet", "-q", is_flag=True, help="Only errors, and the film's path.")
def resume(task: str, output: str, as_json: bool, quiet: bool) -> None:
    """Go on with a build that is paused, failed or was cancelled.

    Nothing that is made is made again.
    """
    from videogen.build.console import console
    from videogen.build.events import ndjson
    from videogen.model.errors import ValidationError
    from videogen.tasks import lifecycle
    from videogen.tasks.worker import build_task

    home = _home(output)
    lifecycle.recover(home)
    lifecycle.resume(home, task)
    if not lifecycle.claim(home, task):
        raise ValidationError(f"{task} is being built already", hint=f"`video-gen logs --follow {task}` shows it")
    sys.exit(build_task(home, task, [ndjson(sys.stdout) if as_json else console(quiet)]))


@click.command()
@task_argument
@output_option
def cancel(task: str, output: str) -> None:
    """End a build.

    What is made stays, what is half-made goes; `video-gen resume TASK` goes on.
    """
    from videogen.tasks import lifecycle

    lifecycle.cancel(_home(output), task)
    click.echo("cancelled", err=True)


@click.command()
@output_option
@click.option("--days", type=click.FloatRange(0), default=30, show_default=True, help="Keep what is younger.")
@click.option("--videos", is_flag=True, help="Remove their films too.")
def clean(output: str, days: float, videos: bool) -> None:
    """Forget builds of long ago, and what only they have made.

    Films, captions and what belongs to them stay, unless they are to go too.
    """
    from videogen.tasks import lifecycle

    gone = lifecycle.cleanup(_home(output), timedelta(days=days), videos=videos)
    if not gone:
        click.echo(f"nothing to remove: no task in {output} ended more than {days:g} days ago", err=True)
    for task in gone:
        click.echo(f"removed {task.id}  {_name(task)}")


def show_task(task_id: str, output: str, as_json: bool, watch: bool) -> None:
    """Say what became of each stage of a task; to `watch` is to go on saying it until the task ends."""
    from videogen.tasks.lifecycle import recover

    home = _home(output)
    if watch:
        from videogen.cli.live import watch_task

        watch_task(home, task_id, as_json)
        return
    recover(home)
    task = home.repository().load(task_id)
    shown = _shown(home, task)
    if as_json:
        click.echo(json.dumps(shown, indent=1))
        return
    from videogen.cli.live import end_of, lines_of

    head, *stages = lines_of(shown)
    for line in (f"{head}  {_name(task)}", *stages, *end_of(shown)):
        click.echo(line)


def _home(output: str) -> Home:
    from videogen.tasks.home import home_of

    return home_of(output)


def _shown(home: Home, task: Task) -> dict[str, Any]:
    from videogen.tasks.view import view_of

    return view_of(home, task)


def _share(home: Home, task: Task) -> str:
    return f"{100 * _shown(home, task)['progress']:.0f} %"


def _name(task: Task) -> str:
    from videogen.tasks.audit import shown_name

    return shown_name(task)
