"""A report as text for people. Pure."""

from __future__ import annotations

from itertools import groupby

from videogen.model.report import Finding, Report

SHOWN = 8
"""Findings of one check that are written out; the report has them all."""


def render(report: Report) -> str:
    """A summary in plain text without colours: errors first, then warnings, then one line on what passed.

    Each complaint is one line of what was found and where, then one of the bound and what to do.
    """
    lines = []
    for level in ("error", "warning"):
        found = [finding for finding in report.findings if finding.level == level]
        for check, group in groupby(found, key=lambda finding: finding.check):
            same = list(group)
            for finding in same[:SHOWN]:
                lines.extend(_complaint(finding))
            if len(same) > SHOWN:
                lines.append(f"{level:<8}{check}: {len(same) - SHOWN} more of these, see report.json")
    passed = [finding for finding in report.findings if finding.level == "pass"]
    if passed:
        lines.append(f"{len(passed)} checks passed")
        lines.extend(f"{'ok':<8}{finding.check}: {finding.message}" for finding in passed)
    lines.append(f"{report.video}: {_count(len(report.errors), 'error')}, {_count(len(report.warnings), 'warning')}")
    return "\n".join(lines) + "\n"


def _complaint(finding: Finding) -> list[str]:
    where = f" [{finding.scene}]" if finding.scene else ""
    rest = "; ".join(part for part in (f"bound: {finding.bound}" if finding.bound else "", finding.hint) if part)
    head = f"{finding.level:<8}{finding.check}{where}: {finding.message}"
    return [head, f"{'':<8}{rest}"] if rest else [head]


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
