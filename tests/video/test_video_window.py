from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from video_film import draw_scene, strict_frames

from videogen.model.errors import VideoError
from videogen.model.film import FilmFormat
from videogen.model.motion import Drift, Window
from videogen.model.timing import SceneTimes, transition_frames
from videogen.video.body import encode_body
from videogen.video.planes import picture_planes, read_rgb
from videogen.video.segment import read_segment
from videogen.video.window import REST_SECONDS, drifting, progress, view_at, views

SMALL = FilmFormat(width=320, height=180, fps=30)
ROUNDING = 1e-9
"""What numbers with a binary point are off at the most."""
LONG = Drift(width=216, height=108, begins=(16, 4, 216, 104), ends=(0, 4, 200, 104))


def times(seconds=4.0, fps=30):
    start = transition_frames(fps)
    cues = {"start": start / fps, "item:0": 1.0, "item:1": 2.5}
    return SceneTimes(round(seconds * fps), start, start / fps + 0.1, cues)


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_view_gains_and_loses_its_speed_gently(one, other):
    before, after = sorted((one, other))
    assert 0 <= progress(before) <= progress(after) <= 1
    assert progress(after) - progress(before) <= 4 / 3 * (after - before) + 1e-9
    assert progress(one) == pytest.approx(1 - progress(1 - one))


@given(st.floats(0.6, 60), st.sampled_from([24, 30, 60]))
def test_a_view_goes_from_one_end_to_the_other_and_rests(seconds, fps):
    clock = times(seconds, fps)
    found = [view_at(LONG, clock, frame, fps) for frame in range(clock.transition, clock.frames)]
    assert found[0] == LONG.begins
    rest = max(1, round(min(REST_SECONDS, seconds - 0.6) * fps) - 1)
    assert set(found[-rest:]) == {LONG.ends}
    assert all(a[0] >= b[0] for a, b in pairwise(found))
    seen = [view for view in views(LONG, clock, fps, 200) if view]
    assert (seen[0], seen[-1]) == (LONG.begins, LONG.ends)
    assert all(a[0] - b[0] >= 0.2 - ROUNDING for a, b in pairwise(seen[:-1])), "drawn anew for less than can be seen"


def gradient(width, height):
    x, y = np.meshgrid(np.arange(width), np.arange(height))
    return np.stack([x * 255 / width, y * 255 / height, 128 + 0 * x], -1).astype(np.uint8)


def test_what_is_seen_moves_by_fractions_of_a_pixel():
    wave = 128 + 100 * np.sin(2 * np.pi * np.arange(216) / 20)
    atlas = np.full((108, 216, 4), 255, np.uint8)
    atlas[..., :3] = wave[None, :, None]
    window = Window(x=0, y=0, width=200, height=100, shows=LONG)
    clock = times(8.0)
    pictures = list(drifting(window, LONG, atlas, clock, 30))
    assert len(pictures) == clock.frames - clock.transition
    turns = [np.angle(np.fft.rfft(picture.y[50])[10]) for picture in pictures if picture]
    way = -np.unwrap(turns) * 20 / (2 * np.pi)
    steps = np.diff(way)
    assert way[-1] - way[0] == pytest.approx(16, abs=0.05)
    assert steps[:-1].min() > 0.1  # the last one only settles
    assert steps.max() < 0.35


def moving_scene(folder, matte=True):
    """A scene with a window over a part of it, a line of text crossing it, and what was drawn."""
    motion = draw_scene(folder, SMALL)
    whole = gradient(108, 64)
    begins, ends = (0.0, 0.0, 108.0, 64.8), (4.0, 2.0, 104.0, 62.0)
    begins = (0.5, 0.0, 107.166, 64.0)
    with Image.open(folder / "layers.png") as opened:
        layers = opened.convert("RGBA")
    atlas = Image.new("RGBA", (max(layers.width, 216), layers.height + 64))
    atlas.paste(layers, (0, 0))
    atlas.paste(Image.fromarray(whole), (0, layers.height))
    opacity = Image.new("L", (100, 60), 255)
    opacity.paste(0, (0, 0, 10, 10))
    tile = Image.new("RGBA", (100, 60))
    tile.putalpha(opacity)
    atlas.paste(tile, (108, layers.height))
    atlas.save(folder / "layers.png")
    drift = Drift(atlas_y=layers.height, width=108, height=64, begins=begins, ends=ends)
    window = Window(x=60, y=40, width=100, height=60, matte=(108, layers.height) if matte else None, shows=drift)
    for name, view in (("first.png", begins), ("final.png", ends)):
        with Image.open(folder / name) as opened:
            slide = opened.convert("RGB")
        if name == "first.png":
            seen = Image.fromarray(whole).resize((100, 60), Image.Resampling.BICUBIC, view)
            slide.paste(seen, (60, 40), opacity if matte else None)
            slide.save(folder / name)
    return motion.model_copy(update={"window": window})


@pytest.mark.parametrize("quality", ["standard", "final"])
def test_a_window_moves_under_the_layers_and_where_it_is_seen(tmp_path, quality):
    fmt = SMALL.model_copy(update={"quality": quality})
    motion, clock = moving_scene(tmp_path), times()
    made = encode_body(tmp_path / "first.png", tmp_path / "layers.png", motion, clock, fmt)
    frames = strict_frames(made)
    assert len(frames) == clock.frames - clock.transition
    first = picture_planes(read_rgb(tmp_path / "first.png", 320, 180)).y.astype(int)
    assert np.abs(frames[0] - first).mean() < 1
    inside = np.s_[42:60, 110:150]
    assert abs(float(frames[-1][inside].mean()) - float(frames[0][inside].mean())) > 0.3
    # nothing outside it, nor where its matte is clear, differs from the first picture but by coding
    assert np.abs(frames[-1][:38].astype(int) - first[:38]).mean() < 1
    assert np.abs(frames[-1][41:48, 61:68].astype(int) - first[41:48, 61:68]).mean() < 4
    plain = encode_body(tmp_path / "first.png", tmp_path / "layers.png", motion, clock, fmt, reference=True)
    wanted = strict_frames(plain)
    assert max(float(np.abs(a.astype(int) - b).mean()) for a, b in zip(frames, wanted, strict=True)) < 0.6


def test_a_text_over_a_window_stays_still(tmp_path):
    motion, clock = moving_scene(tmp_path, matte=False), times(6.0)
    frames = strict_frames(encode_body(tmp_path / "first.png", tmp_path / "layers.png", motion, clock, SMALL))
    line = motion.layers[0]
    with Image.open(tmp_path / "layers.png") as opened:
        ink = np.asarray(opened)[line.atlas_y : line.atlas_y + line.height, : line.width, 3] == 255
    place = np.s_[line.y : line.y + line.height, line.x : line.x + line.width]
    settled = [frame[place][ink].astype(int) for frame in frames[60:]]
    assert len(settled[0]) > 20
    assert max(float(np.abs(one - settled[0]).mean()) for one in settled) < 6


def test_a_segment_that_moves_can_be_joined_with_one_that_does_not(tmp_path):
    motion = moving_scene(tmp_path)
    clock = times()
    for name, one in (("a", motion), ("b", motion.model_copy(update={"window": None}))):
        made = encode_body(tmp_path / "first.png", tmp_path / "layers.png", one, clock, SMALL)
        (tmp_path / f"{name}.mp4").write_bytes(made)
    assert read_segment(tmp_path / "a.mp4").header == read_segment(tmp_path / "b.mp4").header


@pytest.mark.parametrize("change", [{"x": 240}, {"matte": (400, 0)}])
def test_a_window_outside_its_pictures_is_refused(tmp_path, change):
    motion = moving_scene(tmp_path)
    assert motion.window is not None
    motion = motion.model_copy(update={"window": motion.window.model_copy(update=change)})
    with pytest.raises(VideoError, match="moving picture"):
        encode_body(tmp_path / "first.png", tmp_path / "layers.png", motion, times(), SMALL)
