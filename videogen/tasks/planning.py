"""What a task would make, found out without making it: `python -m videogen.tasks.planning INPUT`.

A process of its own, as a build is. It writes one line of JSON: `plan`, or `error`.
"""

from __future__ import annotations

import json
import subprocess
import sys
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from videogen.build.planned import PlannedStage, to_dict
from videogen.model.errors import PipelineError, from_dict
from videogen.model.task import InputConfig


@dataclass(frozen=True, repr=False)
class PipelineStage:
    """A stage of a build that was not run."""

    name: str
    targets: PlannedStage
    """How many targets there are, and what would become of them."""

    def __repr__(self) -> str:
        """In one line; `to_dict` has everything."""
        found = self.targets
        ways = {"made": found.make, "restored": found.restore, "perhaps": found.maybe, "unchanged": found.unchanged}
        told = ", ".join(f"{count} {how}" for how, count in ways.items() if count)
        return f"<{type(self).__name__} {self.name}: {told}, {self.estimate_duration():.1f} s>"

    def estimate_duration(self) -> float:
        """Seconds of work on one core for what will be made: as recorded, else as targets of its kind took."""
        return self.targets.seconds

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return self.targets._asdict()


@dataclass(frozen=True, repr=False)
class PipelinePlan:
    """What a build would make. Only the planning was run."""

    project: str
    up_to_date: bool
    stages: tuple[PipelineStage, ...]
    """In the order of the flow; none where a glance tells that there is nothing to do."""
    cost: float | None
    """US dollars for the answers of language models, about; None where a price is not known."""
    texts: tuple[str, ...] = ()
    """Lines in other languages whose original has changed."""

    def __repr__(self) -> str:
        """Its stages, a line each; `to_dict` has everything."""
        head = "up to date" if self.up_to_date else f"about {self.estimate_duration():.1f} s of work on one core"
        return "\n".join([f"<{type(self).__name__} {self.project}: {head}>", *(f"  {each}" for each in self.stages)])

    def estimate_duration(self) -> float:
        """Seconds of work on one core for what will be made."""
        return round(sum(stage.estimate_duration() for stage in self.stages), 4)

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return {
            "project": self.project,
            "up_to_date": self.up_to_date,
            "stages": [stage.to_dict() for stage in self.stages],
            "seconds": self.estimate_duration(),
            "cost": self.cost,
            "texts": list(self.texts),
        }


def plan_task(asked: InputConfig) -> PipelinePlan:
    """What a build would make, found out by another process. Raises PipelineError for what cannot be planned."""
    command = [sys.executable, "-m", "videogen.tasks.planning", asked.model_dump_json()]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", check=False)
    try:
        told = json.loads(done.stdout.splitlines()[-1])
    except (ValueError, IndexError):
        raise PipelineError("the planning ended without an outcome", details={"told": done.stderr[-2000:]}) from None
    if "error" in told:
        raise from_dict(told["error"])
    plan = told["plan"]
    stages = tuple(PipelineStage(each["name"], PlannedStage(**each)) for each in plan["stages"])
    return PipelinePlan(plan["project"], plan["up_to_date"], stages, plan["cost"], tuple(plan["texts"]))


def main(arguments: Sequence[str]) -> int:
    """Plan what is asked for in JSON; returns the exit code."""
    from videogen.build.run import plan_of
    from videogen.tasks.asked import planned_workspace

    try:
        with planned_workspace(InputConfig.model_validate_json(arguments[0])) as workspace:
            plan = plan_of(workspace)
        print(json.dumps({"plan": to_dict(plan)}))
    except PipelineError as error:
        print(json.dumps({"error": error.to_dict()}))
        return int(error.exit_code)
    except Exception as error:
        from videogen.build.reporter import bug

        print(json.dumps({"error": bug("".join(traceback.format_exception(error))).to_dict()}))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
