"""What is stale, and how it is told."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple


class Stale(NamedTuple):
    """A task that is, or may turn out, not up to date."""

    task: str
    why: list[str]
    seconds: float
    how: str
    """`make`, `restore` (the store has it), or `maybe` (only if what it waits for comes out different)."""
    known: str
    """Where the seconds come from: recorded, estimated, store."""
    asks: str = ""
    """What asking will take, of a task that asks somebody."""


def as_json(first: Mapping[str, list[str]], stale: Sequence[Stale], texts: Sequence[str]) -> str:
    """What is stale, for programs: after the first stages that had to be brought up to date to know it. `texts` are
    lines in other languages whose original has changed."""
    told = {"brought_up_to_date": first, "stale": [task._asdict() for task in stale], "texts": list(texts)}
    return json.dumps(told, indent=1) + "\n"


def read_again(first: Mapping[str, list[str]]) -> list[str]:
    """What had to be brought up to date to know what is stale: a line for each reason.

    >>> read_again({"source": ["a.md changed"], "parse": ["never made"], "look": ["never made"]})
    ['read again to find out: source (a.md changed)', 'read again to find out: parse, look (never made)']
    """
    names: dict[str, list[str]] = {}
    for name, why in first.items():
        names.setdefault("; ".join(why), []).append(name)
    return [f"read again to find out: {', '.join(each)} ({why})" for why, each in names.items()]


def as_text(project: str, first: Mapping[str, list[str]], stale: Sequence[Stale], texts: Sequence[str]) -> str:
    """What is stale, for people."""
    lines = read_again(first)
    lines += [f"warning: {text}" for text in texts]
    if not stale:
        return "\n".join([*lines, f"{project}: up to date"]) + "\n"
    width = max(len(task.task) for task in stale)
    verbs = {"make": "make   ", "restore": "restore", "maybe": "maybe  "}
    for task in stale:
        cost = "from the store" if task.how == "restore" else f"{task.seconds:6.2f} s {task.known}"
        lines.append(
            f"{verbs[task.how]}  {task.task:{width}}  {cost:24}  {'; '.join(task.why)}"
            + (f"; {task.asks}" if task.asks else "")
        )
    certain = sum(task.seconds for task in stale if task.how == "make")
    most = sum(task.seconds for task in stale)
    cost = f"{certain:.1f} s" if most - certain < 0.05 else f"{certain:.1f} to {most:.1f} s"
    return "\n".join([*lines, f"{project}: {len(stale)} tasks, about {cost} of work on one core"]) + "\n"
