"""`status TASK --watch`: what becomes of each stage, as it comes."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from typing import Any

import click

from videogen.tasks.follow import Follower
from videogen.tasks.home import Home
from videogen.tasks.lifecycle import recover
from videogen.tasks.view import view_of

_LOOK = 0.25
"""Seconds between looks."""


def watch_task(home: Home, task_id: str, as_json: bool) -> None:
    """Show a task until it ends or pauses: on a terminal in place, elsewhere a line for every stage that changes.
    Raises TaskNotFound."""
    views = _views(home, task_id)
    if as_json:
        for view in views:
            click.echo(json.dumps(view))
    elif sys.stdout.isatty():
        _in_place(views)
    else:
        _in_lines(views)


def lines_of(view: dict[str, Any]) -> list[str]:
    """A task and its stages, a line each."""
    lines = [f"{view['id']}  {view['status']}  {100 * view['progress']:.0f} %"]
    for stage in view["stages"]:
        count = f"{stage['done']}/{stage['total']}"
        again = f"  {stage['retry_count']} begun again" if stage["retry_count"] else ""
        lines.append(f"  {stage['name']:10} {stage['status']:9} {count:>9}  {stage['duration_seconds']:7.2f} s{again}")
    return lines


def end_of(view: dict[str, Any]) -> list[str]:
    """What came of a task: its error, and its films."""
    from videogen.model.errors import from_dict

    error = [f"error: {from_dict(view['error']).line()}"] if view["error"] else []
    return [*error, *(view["result"] or {}).get("videos", ())]


def _views(home: Home, task_id: str) -> Iterator[dict[str, Any]]:
    """The task at first, and whenever something has happened in it; the last is as it ends."""
    follower, repository = Follower(home, task_id), home.repository()
    shown = None
    while True:
        found, over = follower.look()
        view = view_of(home, repository.load(task_id))
        if found or over or view["status"] != shown:
            shown = view["status"]
            yield view
        else:
            recover(home)
        if over:
            return
        time.sleep(_LOOK)


def _in_place(views: Iterator[dict[str, Any]]) -> None:
    from rich.live import Live
    from rich.text import Text

    last: dict[str, Any] = {}
    with Live(auto_refresh=False, vertical_overflow="crop") as live:
        for last in views:
            live.update(Text("\n".join(lines_of(last))), refresh=True)
    for line in end_of(last):
        click.echo(line)


def _in_lines(views: Iterator[dict[str, Any]]) -> None:
    last: dict[str, Any] = {}
    told: dict[str, str] = {}
    for last in views:
        head, *stages = lines_of(last)
        for stage, line in zip(last["stages"], stages, strict=True):
            if told.get(stage["name"], "pending") != stage["status"]:
                told[stage["name"]] = stage["status"]
                click.echo(line.strip())
        if told.get("") != last["status"]:
            told[""] = last["status"]
            click.echo(head)
    for line in end_of(last):
        click.echo(line)
