"""Checking a film: measure it once, then ask every check."""

from __future__ import annotations

from collections.abc import Callable

from videogen.checks import audible, captioned, formats, pace, playable, readable, scripted, sync
from videogen.checks.film import FilmArtifacts, Measured
from videogen.checks.measure import measure
from videogen.model.report import Finding, Report

Check = Callable[[Measured], list[Finding]]
"""A pure function of measurements. It gives at least one finding, or none where there was nothing to measure."""

CHECKS: tuple[Check, ...] = (
    playable.plays,
    playable.form,
    playable.rate,
    playable.seeks,
    playable.labels,
    formats.same,
    sync.totals,
    sync.onsets,
    audible.loudness,
    audible.silence,
    captioned.present,
    captioned.shape,
    captioned.speed,
    readable.contrast,
    readable.size,
    readable.overflow,
    readable.glyphs,
    pace.seconds,
    pace.words,
    scripted.answered,
)


def check(film: FilmArtifacts, checks: tuple[Check, ...] = CHECKS) -> Report:
    """What a viewer of the film would complain about, and what was found in order.

    What breaks playing or access is an error; what is a matter of taste is a warning. Never raises for a film that
    is damaged or missing: that is a finding.
    """
    measured = measure(film)
    findings = [finding for one in checks for finding in one(measured)]
    sound = measured.sound
    summary = {
        "seconds": round(film.seconds, 3),
        "scenes": len(film.scenes),
        "words": sum(len(scene.timing.words) for scene in film.scenes),
        "captions": len(measured.captions or []),
        "loudness": round(sound.loudness, 2) if sound and sound.loudness is not None else None,
        "errors": sum(finding.level == "error" for finding in findings),
        "warnings": sum(finding.level == "warning" for finding in findings),
    }
    return Report(video=film.video, findings=findings, summary=summary)
