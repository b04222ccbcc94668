"""What the checks found in the films that there are."""

from __future__ import annotations

from videogen.build.plan import read_plan
from videogen.build.settled import settled
from videogen.build.workspace import Workspace
from videogen.model.errors import ValidationError, Where
from videogen.model.report import Report


def reports_of(workspace: Workspace) -> tuple[bool, dict[str, Report]]:
    """Whether the films are up to date, as far as can be told at a glance, and the report of each by name. Raises
    ValidationError where there is none, or none that a build wrote."""
    found: dict[str, Report] = {}
    for film in read_plan(workspace).videos:
        path = workspace.path(film["name"], "report.json")
        try:
            with open(path, "rb") as file:
                found[film["name"]] = Report.model_validate_json(file.read())
        except FileNotFoundError:
            continue
        except ValueError:
            raise ValidationError("this is not a report as a build wrote it", Where(path), "build it again") from None
    if not found:
        raise ValidationError(f"no film of {workspace.name} was made yet", hint=f"video-gen create {workspace.name}")
    return settled(workspace) is not None, found
