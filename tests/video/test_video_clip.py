from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from clips import number_in, quarters, turn_clip, write_clip
from PIL import Image
from video_film import narration, strict_frames

from videogen.model.clip import Fitting, picture_at, pictures, read_clip
from videogen.model.errors import VideoError
from videogen.model.film import FilmFormat
from videogen.model.motion import Clip, Motion, Window
from videogen.model.script import SceneClock
from videogen.model.timing import Timing, scene_times
from videogen.video.body import encode_body

SILENT = Timing(voices={"draft:": {}}, samples=0, words=[])
WHOLE = (0.0, 0.0, 1.0, 1.0)


def film_of(folder: Path, clip: Path, start: float, end: float, fps: int = 30, seconds: float = 0.0):
    """The luma of each frame of a scene in which a clip plays, in its place."""
    fmt = FilmFormat(width=320, height=180, fps=fps)
    first = Image.new("RGB", (320, 180), "#203040")
    seen = Fitting(WHOLE, 160, 90, "rgb24")(picture_at(clip, start))
    first.paste(Image.fromarray(seen.to_ndarray()), (80, 40))
    first.save(folder / "first.png")
    Image.new("RGBA", (1, 1)).save(folder / "layers.png")
    window = Window(x=80, y=40, width=160, height=90, shows=Clip(path="elsewhere.mp4", start=start, end=end))
    motion = Motion(width=320, height=180, window=window)
    times = scene_times(motion, SceneClock(min_seconds=seconds), SILENT, fps)
    made = encode_body(folder / "first.png", folder / "layers.png", motion, times, fmt, clip=clip)
    frames = strict_frames(made)
    assert len(frames) == times.frames - times.transition
    assert all(abs(int(frame[20, 20]) - int(frames[0][20, 20])) < 3 for frame in frames)
    return [frame[40:130, 80:240] for frame in frames]


JITTER = [index * 40 + (index * 7919) % 23 for index in range(50)]
CLIPS = {
    "25.mp4": {},
    "24.mov": {"rate": 24},
    "ntsc.mp4": {"rate": Fraction(30_000, 1001)},
    "60.mp4": {"rate": 60, "count": 99},
    "50.webm": {"codec": "libvpx-vp9", "rate": 50, "count": 99},
    "any.webm": {"codec": "libvpx", "times": JITTER},
    "slow.mp4": {"times": [index * 400 + index % 3 * 90 for index in range(8)], "count": 8},
    "old.avi": {"codec": "mpeg4"},
}


@pytest.mark.parametrize(("start", "end"), [(0.0, None), (0.5, 1.3)])
@pytest.mark.parametrize("name", CLIPS)
def test_every_frame_shows_the_picture_that_is_on_in_its_middle(tmp_path, name, start, end):
    options = CLIPS[name]
    clip = write_clip(tmp_path / name, **options)
    seconds = read_clip(clip).seconds
    rate, count = options.get("rate", 25), options.get("count", 50)
    ms = options.get("times") or [float(1000 * index / rate) for index in range(count)]
    end = end or seconds
    before = [time / 1000 for time in ms if time / 1000 < end - 1e-3]

    def on(time: float) -> int:
        return max(sum(one <= time + 1e-6 for one in before) - 1, 0)

    shown = [number_in(frame) for frame in film_of(tmp_path, clip, start, end)]
    wanted = [on(start), *(on(start + (n + 0.5) / 30) for n in range(1, len(shown)))]
    assert shown == wanted
    assert shown[-1] == len(before) - 1, "its last picture stays"


def test_a_scene_lasts_until_its_clip_is_over_and_longer_if_asked(tmp_path):
    clip = write_clip(tmp_path / "a.mp4")
    frames = film_of(tmp_path, clip, 0.0, 2.0)
    assert 2.0 <= len(frames) / 30 <= 2.15
    held = film_of(tmp_path, clip, 0.0, 2.0, seconds=5.0)
    assert (len(held) + 12) / 30 == 5.0
    assert {number_in(frame) for frame in held[61:]} == {49}


@pytest.mark.parametrize(
    ("options", "size"),
    [
        ({}, (160, 90)),
        ({"size": (161, 91), "pixels": "yuv444p"}, (161, 91)),
        ({"aspect": Fraction(4, 3)}, (160 * 4 / 3, 90)),
        ({"matrix": 1}, (160, 90)),
        ({"matrix": 6}, (160, 90)),
        ({"matrix": 1, "full": True, "pixels": "yuvj420p"}, (160, 90)),
        ({"size": (1280, 720), "count": 2}, (1280, 720)),
        ({"size": (1280, 720), "count": 2, "matrix": 1}, (1280, 720)),
        ({"codec": "libx264rgb", "pixels": "rgb24"}, (160, 90)),
    ],
    ids=str,
)
def test_sizes_and_colours_are_those_that_a_viewer_sees(tmp_path, options, size):
    sides = options.get("size", (160, 90))
    if sides[0] == 1280 and "matrix" not in options:
        options = {**options, "matrix": 1}  # coded for BT.709, and then without the tag: players take it so
    clip = write_clip(tmp_path / "a.mp4", paint=quarters(*sides), **options)
    found = read_clip(clip)
    assert (found.width, found.height) == pytest.approx(size)
    seen = Fitting(WHOLE, 100, 60, "rgb24")(picture_at(clip, 0.0)).to_ndarray()
    for (y, x), wanted in (((10, 20), (255, 0, 0)), ((10, 80), (0, 255, 0)), ((50, 20), (0, 0, 255)), ((50, 80), 255)):
        assert np.abs(seen[y, x].astype(int) - wanted).max() <= 12, (y, x, seen[y, x])
    planes = Fitting(WHOLE, 100, 60, "yuv420p")(picture_at(clip, 0.0)).to_ndarray()
    assert planes[50, 80] == pytest.approx(235, abs=3)
    assert planes[10, 20] == pytest.approx(16 + 219 * 0.2126, abs=4), "red in BT.709"


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_a_clip_of_a_phone_stands_upright(tmp_path, turns):
    clip = turn_clip(write_clip(tmp_path / "a.mp4", paint=quarters(160, 90)), turns)
    found = read_clip(clip)
    assert (found.width, found.height) == ((90, 160) if turns % 2 else (160, 90))
    seen = Fitting(WHOLE, 100, 100, "rgb24")(picture_at(clip, 0.0)).to_ndarray()
    corners = [seen[y, x].astype(int) for y, x in ((20, 20), (20, 80), (80, 80), (80, 20))]
    names = ["white" if c.min() > 200 else ("red", "green", "blue")[int(c.argmax())] for c in corners]
    upright = ["red", "green", "white", "blue"]
    assert names == upright[-turns:] + upright[:-turns] if turns else names == upright


def test_a_part_of_a_clip_is_cut_out(tmp_path):
    clip = write_clip(tmp_path / "a.mp4", paint=quarters(160, 90))
    seen = Fitting((0.5, 0.0, 1.0, 0.5), 100, 100, "rgb24")(picture_at(clip, 0.0)).to_ndarray()
    assert np.abs(seen[5:-5, 5:-5].astype(int) - (0, 255, 0)).max() <= 12


def test_high_dynamic_range_becomes_what_a_plain_screen_shows(tmp_path):
    """75 % of the HLG signal is the white of paper (ITU-R BT.2408): it must not become grey."""
    paint = lambda index: np.full((90, 160, 3), 191, np.uint8)  # noqa: E731
    clip = write_clip(tmp_path / "a.mp4", paint=paint, transfer=18)
    planes = Fitting(WHOLE, 160, 90, "yuv420p")(picture_at(clip, 0.0)).to_ndarray()
    assert planes[45, 80] > 215


def test_pictures_are_found_wherever_one_begins(tmp_path):
    clip = write_clip(tmp_path / "a.mp4", count=99, rate=25)
    for start in (0.0, 0.02, 1.0, 2.5, 3.9, 9.0):
        time, picture = next(pictures(clip, start))
        wanted = min(int(start * 25 + 1e-6), 98)
        assert number_in(picture.to_ndarray()[:90]) == wanted
        assert time == pytest.approx(wanted / 25)


@pytest.mark.parametrize("name", ["cut.mp4", "text.mp4", "list.m3u8", "sound.m4a", "still.png", "gone.mp4"])
def test_what_cannot_be_played_is_said(tmp_path, name):
    whole = write_clip(tmp_path / "a.mp4", sound=np.zeros(4410, np.float32)).read_bytes()
    (tmp_path / "cut.mp4").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "text.mp4").write_text("nothing to see here\n" * 100)
    (tmp_path / "list.m3u8").write_text(f"#EXTM3U\n#EXTINF:1,\n{tmp_path}/a.mp4\n")
    Image.new("RGB", (9, 9)).save(tmp_path / "still.png")
    narration(tmp_path / "sound.m4a", np.zeros(4800, np.float32))
    with pytest.raises((OSError, ValueError)) as caught:
        read_clip(tmp_path / name)
    assert "\n" not in str(caught.value)


def test_a_clip_that_went_bad_after_its_pictures_were_drawn_is_named(tmp_path):
    clip = write_clip(tmp_path / "a.mp4")
    film_of(tmp_path, clip, 0.0, 2.0)
    clip.write_bytes(b"gone")
    window = Window(x=80, y=40, width=160, height=90, shows=Clip(path="elsewhere.mp4", end=2.0))
    motion = Motion(width=320, height=180, window=window)
    times = scene_times(motion, SceneClock(), SILENT, 30)
    fmt = FilmFormat(width=320, height=180, fps=30)
    with pytest.raises(VideoError, match=r"a\.mp4.*cannot be played"):
        encode_body(tmp_path / "first.png", tmp_path / "layers.png", motion, times, fmt, clip=clip)
