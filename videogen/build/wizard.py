"""The wizard's files: the draft that it leaves at every answer, and the project that it writes in the end."""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path
from typing import Any

from videogen.build.projects import project_file, write_project
from videogen.build.write import write_bytes
from videogen.inputs.wizard import (
    Question,
    Sketch,
    WizardInput,
    complaint,
    project_text,
    questions,
    read_answers,
    sketch,
    templates,
)
from videogen.model.base import to_json
from videogen.model.errors import ValidationError, Where

__all__ = [
    "Question",
    "Sketch",
    "WizardInput",
    "complaint",
    "described",
    "discard_draft",
    "draft_file",
    "finish",
    "known_draft",
    "offered",
    "project_text",
    "questions",
    "read_answers",
    "save_draft",
    "sketch",
]


def offered() -> dict[str, str]:
    """The templates, and what each makes."""
    return {name: template.description for name, template in templates().items()}


def described() -> list[dict[str, Any]]:
    """The templates in full: `name`, `description`, and by `variables` what each asks."""
    return [
        {
            "name": name,
            "description": template.description,
            "variables": {key: each.model_dump(mode="json") for key, each in template.variables.items()},
        }
        for name, template in templates().items()
    ]


def draft_file(name: str) -> str:
    """Where the answers for a project are while the wizard asks."""
    return project_file(name).with_name(f".{name}.wizard.json").as_posix()


def known_draft(name: str) -> tuple[WizardInput, str] | None:
    """The answers so far, and what was asked last; None where nothing was. Raises ValidationError for what is no such
    file."""
    file = draft_file(name)
    try:
        with open(file, encoding="utf-8") as opened:
            found = json.load(opened)
        given = WizardInput(template=found["template"], responses=found["responses"])
        sketch(given)
        return given, str(found["at"])
    except FileNotFoundError:
        return None
    except (ValueError, LookupError, TypeError, AttributeError, ValidationError) as error:
        raise ValidationError(
            "this draft cannot be gone on with", Where(file), f"begin anew: `video-gen wizard {name} --restart`"
        ) from error


def save_draft(name: str, given: WizardInput, at: str) -> None:
    """Write the answers so far, whole or not at all, with what is asked next. Raises ResourceError."""
    write_bytes(draft_file(name), to_json({"at": at, "template": given.template, "responses": given.responses}))


def discard_draft(name: str) -> None:
    """Remove the answers so far, if there are any."""
    with contextlib.suppress(FileNotFoundError):
        os.unlink(draft_file(name))


def finish(name: str, given: WizardInput, *, replace: bool = False) -> str:
    """Write the project that the answers make, and its schema beside it; returns its path.

    Raises ValidationError for answers that make none, and for a project that is there already and is another, unless
    it may be replaced.
    """
    file = Path(write_project(name, project_text(name, given), replace=replace))
    discard_draft(name)
    return file.as_posix()
