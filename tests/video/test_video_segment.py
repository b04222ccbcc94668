from __future__ import annotations

import io

import av
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont
from video_film import draw_scene, packets, strict_frames

from videogen.model.errors import VideoError
from videogen.model.film import FilmFormat
from videogen.model.timing import SceneTimes, transition_frames
from videogen.video.between import between
from videogen.video.body import encode_body
from videogen.video.motion import runs
from videogen.video.planes import picture_planes, read_rgb
from videogen.video.transition import encode_transition

SMALL = FilmFormat(width=320, height=180, fps=30)


def times(fmt, seconds=4.0, first=1.0, second=2.5):
    start = transition_frames(fmt.fps)
    cues = {"start": start / fmt.fps, "item:0": first, "item:1": second}
    return SceneTimes(round(seconds * fmt.fps), start, start / fmt.fps + 0.1, cues)


def body(folder, fmt, clock, reference=False):
    motion = draw_scene(folder, fmt)
    return motion, encode_body(folder / "first.png", folder / "layers.png", motion, clock, fmt, reference)


def luma(path, fmt):
    return picture_planes(read_rgb(path, fmt.width, fmt.height)).y


def difference(a, b):
    return float(np.abs(a.astype(int) - b).mean())


FORMATS = [
    FilmFormat(width=320, height=180, fps=30),
    FilmFormat(width=854, height=480, fps=24),
    FilmFormat(width=1920, height=1080, fps=25),
    FilmFormat(width=320, height=180, fps=60),
    FilmFormat(width=320, height=180, fps=30, quality="final"),
    FilmFormat(width=180, height=322, fps=50),
]


@pytest.mark.parametrize("fmt", FORMATS, ids=lambda fmt: f"{fmt.width}x{fmt.height}@{fmt.fps}{fmt.quality}")
def test_a_body_decodes_clean_and_holds_are_exact(tmp_path, fmt):
    clock = times(fmt)
    motion, made = body(tmp_path, fmt, clock)
    frames = strict_frames(made)
    assert len(frames) == clock.frames - clock.transition
    keys = {index for index, packet in enumerate(packets(made)) if packet.is_keyframe}
    at = 0
    for _, length in runs(motion, clock, fmt.fps):
        for index in range(at + 1, at + length):
            if index not in keys:
                assert np.array_equal(frames[index], frames[index - 1])
        at += length
    assert difference(frames[0], luma(tmp_path / "first.png", fmt)) < 0.6
    assert difference(frames[-1], luma(tmp_path / "final.png", fmt)) < 0.6


def test_four_k(tmp_path):
    fmt = FilmFormat(width=3840, height=2160, fps=24)
    Image.new("RGB", (3840, 2160), (20, 30, 60)).save(tmp_path / "first.png", compress_level=1)
    frames = strict_frames(encode_transition(None, tmp_path / "first.png", fmt))
    assert len(frames) == transition_frames(24)
    assert frames[0].shape == (2160, 3840)
    assert all(np.array_equal(frames[0], frame) for frame in frames)


@pytest.mark.parametrize("quality", ["standard", "final"])
def test_holds_show_the_same_film_as_the_reference(tmp_path, quality):
    fmt = FilmFormat(width=320, height=180, fps=30, quality=quality)
    clock = times(fmt, seconds=12.0)
    _, held = body(tmp_path, fmt, clock)
    _, plain = body(tmp_path, fmt, clock, reference=True)
    frames, wanted = strict_frames(held), strict_frames(plain)
    assert len(frames) == len(wanted)
    assert max(difference(a, b) for a, b in zip(frames, wanted, strict=True)) < 0.5
    assert [p.is_keyframe for p in packets(held)] == [p.is_keyframe for p in packets(plain)]


def test_what_players_need_to_know_is_in_the_stream(tmp_path):
    _, made = body(tmp_path, SMALL, times(SMALL))
    with av.open(io.BytesIO(made)) as file:
        (stream,) = file.streams
        context = stream.codec_context
        assert (context.name, context.profile, context.pix_fmt) == ("h264", "High", "yuv420p")
        assert (context.color_primaries, context.color_trc, context.colorspace, context.color_range) == (1, 1, 1, 1)
        assert stream.average_rate == stream.base_rate == 30
        assert not context.has_b_frames


def test_timestamps_are_contiguous_and_keyframes_close_enough(tmp_path):
    clock = times(SMALL, seconds=23.0)
    _, made = body(tmp_path, SMALL, clock)
    found = packets(made)
    tick = found[0].duration
    assert [packet.pts for packet in found] == [tick * index for index in range(len(found))]
    assert all(packet.dts == packet.pts and packet.duration == tick for packet in found)
    keys = [index for index, packet in enumerate(found) if packet.is_keyframe]
    assert keys[0] == 0
    assert max(b - a for a, b in zip(keys, [*keys[1:], len(found)], strict=True)) <= 5 * SMALL.fps
    assert len(strict_frames(made)) == len(found)


def test_the_same_input_gives_the_same_bytes(tmp_path):
    clock = times(SMALL)
    _, first = body(tmp_path / "a", SMALL, clock)
    _, second = body(tmp_path / "b", SMALL, clock)
    assert first == second


def test_holding_costs_next_to_nothing(tmp_path):
    _, short = body(tmp_path, SMALL, times(SMALL, seconds=4.5))
    _, long = body(tmp_path, SMALL, times(SMALL, seconds=5.2))
    assert (len(long) - len(short)) / 21 < 60


def test_a_scene_without_layers_needs_no_layer_picture(tmp_path):
    motion = draw_scene(tmp_path, SMALL).model_copy(update={"layers": [], "moves": [], "cues": []})
    clock = SceneTimes(40, 12, 0.5, {"start": 0.4})
    frames = strict_frames(encode_body(tmp_path / "first.png", tmp_path / "none.png", motion, clock, SMALL))
    assert len(frames) == 28


def test_a_crossfade_leads_evenly_to_what_is_between_two_pictures_and_on(tmp_path):
    draw_scene(tmp_path / "a", SMALL, tint=(200, 40, 40))
    draw_scene(tmp_path / "b", SMALL, tint=(20, 60, 90))
    paths = tmp_path / "a" / "final.png", tmp_path / "b" / "first.png"
    for name, colour in (("a", (150, 30, 30)), ("b", (15, 40, 60))):
        Image.new("RGB", (SMALL.width, SMALL.height), colour).save(tmp_path / name / "ground.png")
    grounds = tmp_path / "a" / "ground.png", tmp_path / "b" / "ground.png"
    before, after, *bare = (picture_planes(read_rgb(path, SMALL.width, SMALL.height)) for path in (*paths, *grounds))
    middle = between(before, after, (bare[0], bare[1])).y.astype(float)
    frames = strict_frames(encode_transition(*paths, SMALL, grounds))
    count = transition_frames(30)
    half = (count + 1) // 2
    assert len(frames) == count
    for index, frame in enumerate(frames, 1):
        if index <= half:
            mixed = before.y + (middle - before.y) * index / half
        else:
            mixed = middle + (after.y - middle) * (index - half) / (count + 1 - half)
        assert difference(frame, mixed) < 1


def test_without_grounds_one_picture_fades_into_the_other(tmp_path):
    draw_scene(tmp_path / "a", SMALL, tint=(200, 40, 40))
    draw_scene(tmp_path / "b", SMALL, tint=(20, 60, 90))
    paths = tmp_path / "a" / "final.png", tmp_path / "b" / "first.png"
    before, after = (picture_planes(read_rgb(path, SMALL.width, SMALL.height)).y.astype(float) for path in paths)
    frames = strict_frames(encode_transition(*paths, SMALL))
    for index, frame in enumerate(frames, 1):
        assert difference(frame, before + (after - before) * index / (len(frames) + 1)) < 1


def slide(ground, panel, ink, *texts):
    """A slide with a header, a panel and texts, each at its height; and the ground that it stands on."""
    bare = Image.new("RGB", (960, 540), ground)
    image = bare.copy()
    pen = ImageDraw.Draw(image)
    pen.rectangle((100, 150, 860, 430), fill=panel)
    for y, size, text in texts:
        pen.text((120, y), text, fill=ink, font=ImageFont.load_default(size))
    return picture_planes(image), picture_planes(bare)


@pytest.mark.parametrize("colours", [((20,) * 3, (40,) * 3, (240,) * 3), ((250,) * 3, (255,) * 3, (20,) * 3)])
def test_half_way_what_changes_is_gone_with_all_that_hangs_together_with_it(colours):
    both = (500, 30, "Both have this")
    one, bare = slide(*colours, (30, 60, "Work on it"), (200, 90, "every day"), both)
    other, _ = slide(*colours, (30, 60, "Make your own"), (200, 90, "video"), both)
    middle = between(one, other, (bare, bare))
    for plane, of_one, of_bare in zip(middle, one, bare, strict=True):
        below = plane.shape[0] * 480 // 540
        assert np.array_equal(plane[:below], of_bare[:below]), "a splinter of a letter, or a panel with a hole"
        assert np.array_equal(plane[below:], of_one[below:]), "what both have is gone"
    assert all(map(np.array_equal, between(one, one, (bare, bare)), one))


def test_half_way_between_two_grounds_they_are_mixed():
    (dark, dark_bare), (light, light_bare) = (
        slide((level,) * 3, (level + 9,) * 3, (128, 0, 0), (200, 90, text))
        for level, text in ((30, "One"), (201, "Two"))
    )
    middle = between(dark, light, (dark_bare, light_bare))
    for plane, a, b in zip(middle, dark_bare, light_bare, strict=True):
        assert np.abs(plane - (a.astype(float) + b) / 2).max() <= 0.5


def test_a_transition_leaves_alone_what_both_pictures_share(tmp_path):
    image = Image.effect_noise((320, 180), 80).convert("RGB")
    image.save(tmp_path / "a.png")
    image.paste((250, 250, 250), (100, 60, 200, 120))
    image.save(tmp_path / "b.png")
    frames = strict_frames(encode_transition(tmp_path / "a.png", tmp_path / "b.png", SMALL))
    assert all(difference(frames[0][:48], frame[:48]) < 0.5 for frame in frames)
    assert difference(frames[0][60:120, 100:200], frames[-1][60:120, 100:200]) > 20


def test_between_equal_pictures_nothing_moves(tmp_path):
    draw_scene(tmp_path, SMALL)
    made = encode_transition(tmp_path / "first.png", tmp_path / "first.png", SMALL)
    assert made == encode_transition(None, tmp_path / "first.png", SMALL)
    frames = strict_frames(made)
    assert all(np.array_equal(frames[0], frame) for frame in frames)


def test_a_scene_drawn_for_another_film_is_refused(tmp_path):
    motion = draw_scene(tmp_path, SMALL)
    fmt = FilmFormat(width=640, height=360, fps=30)
    with pytest.raises(VideoError, match="drawn for 320 x 180 pixels, the film is 640 x 360"):
        encode_body(tmp_path / "first.png", tmp_path / "layers.png", motion, times(fmt), fmt)


def halves(folder, name, left, right):
    picture = Image.new("RGB", (SMALL.width, SMALL.height), left)
    picture.paste(right, (SMALL.width // 2, 0, SMALL.width, SMALL.height))
    picture.save(folder / name)


@pytest.mark.parametrize(
    ("way", "places"),
    [
        ("cut", ["bb", "bb", "bb"]),
        ("wipe", ["aA", "bA", "bB"]),
        ("slide", ["aA", "ab", "bB"]),
        ("push", ["aA", "Ab", "bB"]),
        ("zoom", ["aA", "mM", "bB"]),
    ],
)
def test_every_way_from_one_picture_to_another(tmp_path, way, places):
    """What stands in the left and right half at the beginning, the middle and the end: a and A are the old halves,
    b and B the new ones, m and M their mixtures."""
    halves(tmp_path, "before.png", "#000000", "#404040")
    halves(tmp_path, "after.png", "#c0c0c0", "#ffffff" if way != "cut" else "#c0c0c0")
    fmt = SMALL.model_copy(update={"transition": way})
    frames = strict_frames(encode_transition(tmp_path / "before.png", tmp_path / "after.png", fmt))
    assert len(frames) == transition_frames(SMALL.fps)
    level = {"a": 16, "A": 71, "b": 181, "B": 235, "m": (16 + 181) / 2, "M": (71 + 235) / 2}
    middle = (len(frames) - 1) // 2
    for frame, expected in zip((frames[0], frames[middle], frames[-1]), places, strict=True):
        y = frame[: SMALL.height, : SMALL.width] if frame.ndim == 2 else frame
        for half, name in zip((y[:, 40:120], y[:, 200:280]), expected, strict=True):
            assert np.median(half) == pytest.approx(level[name], abs=16), (way, expected)
