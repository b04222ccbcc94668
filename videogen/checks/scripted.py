"""Whether the script is the one that was asked for. Pure."""

from __future__ import annotations

from videogen.checks.film import Measured
from videogen.model.report import Finding

_CHECK = "script-answer"
_BOUND = "a script that a language model is asked for is its script, all of it"


def answered(measured: Measured) -> list[Finding]:
    """What of a language model's script was not used, where one was asked for."""
    asked = measured.film.answered
    if asked is None:
        return []
    warnings = asked.get("warnings", [])
    if not warnings:
        return [Finding(check=_CHECK, level="pass", message=f"the script is that of {asked['model']}", bound=_BOUND)]
    # a service that lies would go on lying: nobody is asked again by itself
    hint = "to ask again: `doit forget ask`, and build"
    return [Finding(check=_CHECK, level="warning", message=told, bound=_BOUND, hint=hint) for told in warnings]
