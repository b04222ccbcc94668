"""Contrast of text against what is behind it, by WCAG 2.2, success criterion 1.4.3."""

from __future__ import annotations

import numpy as np
from PIL import Image

from videogen.scenes.colours import rgb

_LEVELS = np.arange(256) / 255
_LINEAR = np.where(_LEVELS <= 0.04045, _LEVELS / 12.92, ((_LEVELS + 0.055) / 1.055) ** 2.4).astype(np.float32)


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb`, 0 to 1."""
    red, green, blue = rgb(colour)
    return float(0.2126 * _LINEAR[red] + 0.7152 * _LINEAR[green] + 0.0722 * _LINEAR[blue])


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def worst_background(behind: Image.Image, colour: str) -> str:
    """The colour in a picture (RGB) that text of this colour stands out from least; its own where nothing is behind it,
    for then nothing of it is to be seen."""
    if not all(behind.size):
        return colour
    if flat := behind.getcolors(1):
        return "#{:02x}{:02x}{:02x}".format(*flat[0][1])  # type: ignore[misc]
    pixels = np.asarray(behind)
    light = _LINEAR[pixels] @ np.array([0.2126, 0.7152, 0.0722], np.float32)
    own = luminance(colour)
    low, high = light.argmin(), light.argmax()
    if light.flat[low] <= own <= light.flat[high]:
        worst = np.abs(light - own).argmin()
    else:
        worst = high if own > light.flat[high] else low
    red, green, blue = (int(level) for level in pixels.reshape(-1, 3)[worst])
    return f"#{red:02x}{green:02x}{blue:02x}"
