"""What a build would make, stage by stage: how much, why, how long it takes, and what asking for it costs."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from videogen.build.flow import STAGES
from videogen.build.stale import Stale, read_again

_SUM = re.compile(r"\$(\d[\d.e-]*)")


class PlannedStage(NamedTuple):
    """A stage of a build that was not run."""

    name: str
    make: int
    """Targets that will be made."""
    restore: int
    """Those that the store has."""
    maybe: int
    """Those that are made only if what they wait for comes out different."""
    unchanged: int
    seconds: float
    """Work on one core for what will be made, from recorded runs where there are any."""
    most_seconds: float
    """The same with all that may have to be made."""
    known: dict[str, int]
    """Where the seconds come from: so many targets `recorded`, `like its kind` or `estimated`."""
    asks: list[str]
    """What asking somebody for an answer will take, in words, an answer each."""
    cost: float | None
    """US dollars for these answers, about; None where a price is not known."""
    why: list[str]


class Planned(NamedTuple):
    """What a build would do. Seconds and dollars are those of its stages together."""

    project: str
    up_to_date: bool
    brought_up_to_date: dict[str, list[str]]
    """First stages that had to be run to find out, and why."""
    stages: list[PlannedStage]
    seconds: float
    most_seconds: float
    cost: float | None
    texts: list[str]
    """Lines in other languages whose original has changed."""


def planned(
    project: str,
    tasks: Mapping[str, int],
    stale: Sequence[Stale],
    first: Mapping[str, list[str]],
    texts: Sequence[str],
) -> Planned:
    """What a build would do, of which so many tasks a stage there are, and which are stale.

    >>> stale = Stale("audio:talk/en/a", ["a.md changed"], 0.5, "make", "recorded")
    >>> made = planned("talk", {"audio": 3}, [stale], {}, [])
    >>> made.stages[0].make, made.stages[0].unchanged, made.seconds, made.up_to_date
    (1, 2, 0.5, False)
    """
    stages = [_stage(name, tasks[name], stale) for name in STAGES if tasks.get(name)]
    return Planned(
        project,
        not stale,
        dict(first),
        stages,
        round(sum(each.seconds for each in stages), 4),
        round(sum(each.most_seconds for each in stages), 4),
        _sum([each.cost for each in stages]),
        list(texts),
    )


def _stage(name: str, count: int, stale: Sequence[Stale]) -> PlannedStage:
    mine = [each for each in stale if each.task.partition(":")[0] == name]
    how = Counter(each.how for each in mine)
    asks = [each.asks for each in mine if each.asks]
    return PlannedStage(
        name,
        how["make"],
        how["restore"],
        how["maybe"],
        max(count - len(mine), 0),
        round(sum(each.seconds for each in mine if each.how == "make"), 4),
        round(sum(each.seconds for each in mine), 4),
        dict(Counter(each.known for each in mine if each.how != "restore")),
        asks,
        _sum([_cost(each) for each in asks]),
        list(dict.fromkeys(reason for each in mine if each.how != "maybe" for reason in each.why)),
    )


def _cost(told: str) -> float | None:
    """US dollars in what is told of an answer."""
    found = _SUM.search(told)
    return float(found[1]) if found else None


def _sum(costs: Sequence[float | None]) -> float | None:
    known = [cost for cost in costs if cost is not None]
    return round(sum(known), 6) if len(known) == len(costs) else None


def to_dict(plan: Planned) -> dict[str, Any]:
    """Plain data."""
    return {**plan._asdict(), "stages": [stage._asdict() for stage in plan.stages]}


def as_json(plan: Planned) -> str:
    """For programs."""
    return json.dumps(to_dict(plan), indent=1) + "\n"


def as_text(plan: Planned) -> str:
    """For people: a line for every stage that has something to do, and what all of it comes to."""
    lines = read_again(plan.brought_up_to_date)
    lines += [f"warning: {text}" for text in plan.texts]
    if plan.up_to_date:
        return "\n".join([*lines, f"{plan.project}: up to date"]) + "\n"
    busy = [stage for stage in plan.stages if stage.make or stage.restore or stage.maybe]
    rows = [_row(stage) for stage in busy]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines += ["  ".join(map(str.ljust, row, widths)).rstrip() for row in rows]
    asked = sum(len(stage.asks) for stage in busy)
    cost = f", {_answers(asked, plan.cost)}" if asked else ""
    work = f"about {_seconds(plan.seconds, plan.most_seconds)} of work on one core{cost}"
    return "\n".join([*lines, f"{plan.project}: {work}"]) + "\n"


def _row(stage: PlannedStage) -> list[str]:
    count = stage.make + stage.restore + stage.maybe
    parts = [f"{number} {what}" for number, what in ((stage.make, "made"), (stage.restore, "restored")) if number]
    parts += [f"{stage.maybe} perhaps"] if stage.maybe else []
    estimated = " estimated" if stage.known.get("estimated") else ""
    more = f" and {len(stage.why) - 1} more" if len(stage.why) > 1 else ""
    why = stage.why[0] + more if stage.why else ""
    asks = _answers(len(stage.asks), stage.cost) if stage.asks else ""
    return [
        stage.name,
        f"{count} of {count + stage.unchanged}",
        ", ".join(parts),
        f"{_seconds(stage.seconds, stage.most_seconds)}{estimated}",
        "; ".join(filter(None, (why, asks))),
    ]


def _seconds(least: float, most: float) -> str:
    return f"{least:.1f} s" if most - least < 0.05 else f"{least:.1f} to {most:.1f} s"


def _answers(count: int, cost: float | None) -> str:
    price = "a price that is not known" if cost is None else f"about ${cost:.4g}"
    return f"{count} answer{'s' * (count > 1)} for {price}"
