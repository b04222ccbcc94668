"""What the checks found: `report.json`."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from videogen.model.base import Model


class Finding(Model):
    """One measurement against its bound. `scene` names where; `hint` what to do."""

    check: str
    level: Literal["pass", "warning", "error"]
    message: str
    scene: str | None = None
    measured: float | None = None
    bound: str = ""
    """The bound in words, with its unit and the norm it comes from."""
    hint: str = ""


class Report(Model):
    """`report.json`: every check that was run, passed or not."""

    video: str
    findings: list[Finding]
    summary: dict[str, Any] = Field(default_factory=dict)

    @property
    def errors(self) -> list[Finding]:
        """What must be mended."""
        return [finding for finding in self.findings if finding.level == "error"]

    @property
    def warnings(self) -> list[Finding]:
        """What a viewer may complain about."""
        return [finding for finding in self.findings if finding.level == "warning"]
