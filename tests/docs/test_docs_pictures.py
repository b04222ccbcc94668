"""The pictures in the README are what its commands draw today."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from PIL import Image

from videogen.cli import cli

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DRAWN = [shlex.split(line)[1:] for line in re.findall(r"^video-gen gallery .*$", README, re.MULTILINE)]
LARGEST = 400_000
"""Bytes: a page with several pictures is still read on a phone."""


def coarse(picture: Image.Image) -> np.ndarray:
    """What is seen from afar: means of squares of sixteen pixels, so that neither the last bit of a rasteriser nor
    the noise of a JPEG matters, but a line of text that has moved does."""
    width, height = picture.size[0] // 16, picture.size[1] // 16
    return np.asarray(picture.convert("RGB").resize((width, height), Image.Resampling.BOX), dtype=float)


def unlike(one: Image.Image, other: Image.Image) -> float:
    """The greatest difference of a square, of 255; 255 for pictures of different sizes."""
    return float(np.abs(coarse(one) - coarse(other)).max()) if one.size == other.size else 255.0


def test_every_gallery_in_it_is_shown_beside_its_command() -> None:
    files = [words[words.index("--output") + 1] for words in DRAWN]
    assert sorted(files) == sorted(re.findall(r"!\[[^\]]*\]\((projects/[^)]*\.jpg)\)", README))
    assert len(files) == 2


@pytest.mark.parametrize("words", DRAWN, ids=lambda words: words[-1])
def test_a_picture_in_it_is_what_its_command_draws(words: list[str], tmp_path: Path) -> None:
    at = words.index("--output") + 1
    fresh = tmp_path / Path(words[at]).name
    ran = CliRunner().invoke(cli, [*words[:at], str(fresh), *words[at + 1 :]])
    assert ran.exit_code == 0, ran.output
    with Image.open(ROOT / words[at]) as shown, Image.open(fresh) as drawn:
        assert unlike(shown, drawn) < 24, f"draw it again: video-gen {shlex.join(words)}"
        # the same picture with a part of it elsewhere is not like it
        moved = drawn.copy()
        moved.paste(drawn.crop((60, 70, 460, 320)), (76, 86))
        assert unlike(drawn, moved) > 24
    assert (ROOT / words[at]).stat().st_size < LARGEST
