"""Whether the captions can be read, and say all that is said. Pure."""

from __future__ import annotations

from itertools import pairwise

from videogen.checks.film import Level, Measured, Rule, outcome
from videogen.model.captions import Caption
from videogen.model.limits import (
    CAPTION_GAP_FRAMES,
    CAPTION_SPEED,
    MAX_CAPTION_COLUMNS,
    MAX_CAPTION_LINES,
    MAX_CAPTION_SECONDS,
    MIN_CAPTION_SECONDS,
)
from videogen.model.report import Finding

FASTEST = 20.0
"""Characters a second that are still read where speech leaves no more time (Netflix, English, adult)."""
_MILLISECOND = 0.0015
"""Caption files keep milliseconds."""

_SHAPE = Rule(
    "caption-shape", "at most 2 lines of 42 characters, 5/6 to 7 s, 2 frames apart (Netflix Timed Text Style Guide)"
)
_SPEED = Rule(
    "caption-speed", "17 characters a second, 20 where speech leaves no pause (Netflix Timed Text Style Guide, English)"
)
_WORDS = Rule("captions", "every word that is spoken, in order (WCAG 2.2, success criterion 1.2.2)")


def _readable(measured: Measured) -> list[Caption] | None:
    return measured.captions or None


def present(measured: Measured) -> list[Finding]:
    """There is a caption file, and it says every word of the narration in order, within the film."""
    film, shown = measured.film, measured.captions
    said = [text for scene in film.scenes for text in scene.captioned]
    if film.srt is None and film.vtt is None:
        message = "the film has no captions"
        hint = "set captions: {srt: true} in the project"
        return [_WORDS.failed("warning", message, hint) if said else _WORDS.passed(message)]
    failures = []
    if shown is None or _joined(shown) != "".join("".join(text.split()) for text in said):
        where = "the caption file cannot be read" if shown is None else _first_difference(shown, said)
        failures.append(_WORDS.failed("error", where, hint="delete the caption files and build again"))
    late = [one for one in shown or [] if one.end > film.seconds + _MILLISECOND]
    if late:
        failures.append(_WORDS.failed("error", f"a caption stays until {late[-1].end:.2f} s, after the film's end"))
    message = f"{len(shown or [])} captions hold all {len(said)} words"
    return outcome(failures, _WORDS.passed(message))


def _joined(shown: list[Caption]) -> str:
    # words wider than a line are cut, so that spaces are no measure
    return "".join("".join(line.split()) for caption in shown for line in caption.lines)


def _first_difference(shown: list[Caption], said: list[str]) -> str:
    text, at = _joined(shown), 0
    for word in ("".join(each.split()) for each in said):
        if text[at : at + len(word)] != word:
            return f'"{word}" is said but not in the captions after "{text[max(at - 20, 0) : at]}"'
        at += len(word)
    return f'the captions hold more than is said: "{text[at : at + 20]}"'


def shape(measured: Measured) -> list[Finding]:
    """Lines, columns, seconds and gaps of every caption."""
    shown = _readable(measured)
    if shown is None:
        return []
    film, failures = measured.film, []

    def complain(caption: Caption, level: Level, message: str, value: float) -> None:
        scene = film.scene_at(caption.start)
        failures.append(
            _SHAPE.failed(
                level,
                f"at {caption.start:.2f} s: {message}",
                hint="give the scene more time or other words",
                scene=scene,
                measured=round(value, 3),
            )
        )

    for caption in shown:
        widest = max((len(line) for line in caption.lines), default=0)
        if len(caption.lines) > MAX_CAPTION_LINES:
            complain(caption, "warning", f"{len(caption.lines)} lines", len(caption.lines))
        if widest > MAX_CAPTION_COLUMNS:
            complain(caption, "warning", f"a line of {widest} characters", widest)
        if not MIN_CAPTION_SECONDS - _MILLISECOND <= caption.seconds <= MAX_CAPTION_SECONDS + _MILLISECOND:
            complain(caption, "warning", f"shown for {caption.seconds:.2f} s", caption.seconds)
    for one, other in pairwise(shown):
        gap = other.start - one.end
        if gap < 0:
            complain(other, "error", "two captions at once", gap)
        elif gap < CAPTION_GAP_FRAMES / film.format.fps - _MILLISECOND:
            complain(other, "warning", f"only {gap * 1000:.0f} ms after the one before", gap)
    longest = max(len(line) for caption in shown for line in caption.lines)
    message = f"lines have up to {longest} characters"
    return outcome(failures, _SHAPE.passed(message, measured=longest))


def speed(measured: Measured) -> list[Finding]:
    """Captions can be read at 17 characters a second, or at 20 where no silence follows to stay longer in."""
    shown = _readable(measured)
    if shown is None:
        return []
    film, failures, fastest = measured.film, [], 0.0
    bounds = [*(caption.start for caption in shown[1:]), film.seconds]
    for caption, until in zip(shown, bounds, strict=True):
        characters = sum(len(line) for line in caption.lines) + len(caption.lines) - 1
        pace = characters / max(caption.seconds, 1e-3)
        fastest = max(fastest, pace)
        chained = until - caption.end <= (CAPTION_GAP_FRAMES + 1) / film.format.fps
        if pace > (FASTEST if chained else CAPTION_SPEED) + 0.05:
            failures.append(
                _SPEED.failed(
                    "warning",
                    f"at {caption.start:.2f} s: {pace:.1f} characters a second",
                    hint="set a lower rate for the voice, or say it in fewer or shorter words",
                    scene=film.scene_at(caption.start),
                    measured=round(pace, 2),
                )
            )
    message = f"the fastest caption has {fastest:.1f} characters a second"
    return outcome(failures, _SPEED.passed(message, measured=round(fastest, 2)))
