"""What is read on the slides: contrast, size, margins, glyphs. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable

from videogen.checks.film import Measured, Rule, SceneArtifacts, outcome
from videogen.model.motion import TextBox
from videogen.model.report import Finding
from videogen.model.scripts import extra_for

CONTRAST = 4.5
BODY_SIZE = 36
LABEL_SIZE = 24
SAFE = 0.05

_CONTRAST = Rule("contrast", "at least 4.5:1 (WCAG 2.2, success criterion 1.4.3)")
_SIZE = Rule("text-size", "at least 36 px of 1080 for what is to be read, 24 px for labels")
_FRAME = Rule("overflow", "inside the frame, and text inside its safe area of 90 % (EBU R 95)")
_GLYPHS = Rule("glyphs", "a glyph for every character")
_MOST_NAMED = 8


def luminance(colour: str) -> float:
    """Relative luminance of an sRGB hex colour, 0 to 1 (WCAG 2.2, "relative luminance").

    >>> luminance("#ffffff")
    1.0
    """
    digits = colour.lstrip("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    channels = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast_ratio(one: str, other: str) -> float:
    """Contrast of two sRGB hex colours, 1 to 21 (WCAG 2.2, "contrast ratio").

    >>> round(contrast_ratio("#000000", "#ffffff"), 3)
    21.0
    """
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return f'"{line[:39]}…"' if len(line) > 40 else f'"{line}"'


def _texts(measured: Measured) -> list[tuple[SceneArtifacts, TextBox]]:
    return [(scene, box) for scene in measured.film.scenes for box in scene.motion.text if box.role != "decor"]


def _worst(measured: Measured, rule: Rule, value: Callable[[TextBox], float], unit: str) -> Finding:
    values = [value(box) for _, box in _texts(measured)]
    if not values:
        return rule.passed("no text is shown")
    return rule.passed(f"the least is {min(values):.3g}{unit}", measured=round(min(values), 3))


def contrast(measured: Measured) -> list[Finding]:
    """Every text stands out from the worst that is behind it by 4.5:1."""
    failures = []
    for scene, box in _texts(measured):
        ratio = contrast_ratio(box.colour, box.background)
        if ratio < CONTRAST:
            failures.append(
                _CONTRAST.failed(
                    "error",
                    f"{_short(box.text)} is {box.colour} on {box.background}: {ratio:.2f}:1",
                    hint="choose another accent or theme, or change the theme's colours",
                    scene=scene.id,
                    measured=round(ratio, 3),
                )
            )
    least = _worst(measured, _CONTRAST, lambda box: contrast_ratio(box.colour, box.background), ":1")
    return outcome(failures, least)


def size(measured: Measured) -> list[Finding]:
    """Text is large enough to be read on a phone: 36 px of a shorter side of 1080, labels 24."""
    failures = []
    for scene, box in _texts(measured):
        short = min(scene.motion.width, scene.motion.height)
        of_1080 = box.size * 1080 / short
        label = box.role == "label"
        # sizes are whole pixels of the picture, so half a pixel may be missing
        if of_1080 < (LABEL_SIZE if label else BODY_SIZE) - 540 / short - 1e-6:
            failures.append(
                _SIZE.failed(
                    "warning" if label else "error",
                    f"{_short(box.text)} is {of_1080:.0f} px of 1080",
                    hint="show less on this slide or split the scene",
                    scene=scene.id,
                    measured=round(of_1080, 1),
                )
            )
    passed = _worst(measured, _SIZE, lambda box: box.size, " px of the picture")
    return outcome(failures, passed)


def overflow(measured: Measured) -> list[Finding]:
    """Nothing is cut off by the frame; what is to be read stays within the safe area."""
    failures = []
    for scene, box in _texts(measured):
        width, height = scene.motion.width, scene.motion.height
        inside = min(box.x, box.y, width - box.x - box.width, height - box.y - box.height)
        across = min(box.x, width - box.x - box.width) / width
        down = min(box.y, height - box.y - box.height) / height
        # a pixel for glyphs that overhang their box
        unsafe = box.role != "label" and min(across + 1 / width, down + 1 / height) < SAFE
        if inside < 0 or unsafe:
            where = f"{-inside} px outside the frame" if inside < 0 else f"{inside} px from the frame's edge"
            failures.append(
                _FRAME.failed(
                    "error" if inside < 0 else "warning",
                    f"{_short(box.text)} is {where}",
                    hint="show less on this slide or split the scene",
                    scene=scene.id,
                    measured=inside,
                )
            )
    return outcome(failures, _FRAME.passed("all text is inside"))


def without_glyph(missing: Iterable[str]) -> str:
    """What to say of characters that no font has.

    >>> without_glyph(["\u3042"])
    "no font has 'あ' (U+3042 HIRAGANA LETTER A)"
    """
    chars = sorted(set("".join(missing)))
    if len(chars) == 1:
        (char,) = chars
        return f"no font has {char!r} (U+{ord(char):04X} {unicodedata.name(char, 'unnamed')})"
    named, more = chars[:_MOST_NAMED], len(chars) - _MOST_NAMED
    return f"no font has {', '.join(map(repr, named))}" + (f" and {more} more characters" if more > 0 else "")


def with_glyph(missing: Iterable[str]) -> str:
    """What to do about characters that no font has.

    >>> with_glyph(["\u65e5"])
    'pip install "videogen[cjk]"'
    """
    extras = sorted({extra for char in "".join(missing) if (extra := extra_for(char))})
    if extras:
        return f'pip install "videogen[{",".join(extras)}]"'
    return "install a font that has it, or write it in other characters"


def glyphs(measured: Measured) -> list[Finding]:
    """Every character that is shown has a glyph in some font."""
    failures = [
        _GLYPHS.failed(
            "error",
            without_glyph(scene.motion.missing_glyphs),
            hint=with_glyph(scene.motion.missing_glyphs),
            scene=scene.id,
        )
        for scene in measured.film.scenes
        if scene.motion.missing_glyphs
    ]
    return outcome(failures, _GLYPHS.passed("no glyph is missing"))
