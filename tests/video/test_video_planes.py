from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from PIL import Image

from videogen.model.errors import VideoError
from videogen.video.planes import Cover, lay_over, layer_covers, picture_planes, read_rgb, read_rgba

bytes_ = st.integers(0, 255)


def exact(rgb):
    """BT.709 by the book, in floating point: Y', Cb, Cr of limited range, not yet rounded, at full size."""
    r, g, b = (rgb[..., channel] / 255 for channel in range(3))
    y = 0.2126 * r + 0.7152 * g + 0.0722 * b
    return 16 + 219 * y, 128 + 224 * (b - y) / 1.8556, 128 + 224 * (r - y) / 1.5748


def sited_left(plane, before):
    rows = (plane[0::2] + plane[1::2]) / 2
    left = np.concatenate([before(rows), rows[:, 1:-1:2]], axis=1)
    return (left + 2 * rows[:, 0::2] + rows[:, 1::2]) / 4


@settings(max_examples=60, deadline=None)
@given(
    hnp.arrays(
        np.uint8, st.tuples(st.sampled_from([2, 6, 66]), st.sampled_from([2, 10, 34]), st.just(3)), elements=bytes_
    )
)
def test_pictures_convert_as_the_standard_says(rgb):
    planes = picture_planes(Image.fromarray(rgb))
    y, cb, cr = exact(rgb.astype(float))
    assert np.abs(planes.y - y).max() <= 0.51
    for plane, wanted in ((planes.cb, cb), (planes.cr, cr)):
        assert np.abs(plane - sited_left(wanted, lambda rows: rows[:, :1])).max() <= 0.51


@pytest.mark.parametrize(("level", "luma"), [(0, 16), (255, 235), (128, 126)])
def test_greys_have_no_tint(level, luma):
    planes = picture_planes(Image.new("RGB", (4, 4), (level,) * 3))
    assert [set(plane.ravel().tolist()) for plane in planes] == [{luma}, {128}, {128}]


@pytest.mark.parametrize(
    ("colour", "wanted"), [("#f00", (63, 102, 240)), ("#0f0", (173, 42, 26)), ("#00f", (32, 240, 118))]
)
def test_primaries(colour, wanted):
    planes = picture_planes(Image.new("RGB", (4, 4), colour))
    assert tuple(int(plane[0, 0]) for plane in planes) == wanted


@settings(max_examples=60, deadline=None)
@given(
    hnp.arrays(np.uint8, st.tuples(st.integers(1, 7), st.integers(1, 9), st.just(4)), elements=bytes_),
    st.tuples(bytes_, bytes_, bytes_),
    st.booleans(),
    st.booleans(),
    st.integers(0, 256),
)
def test_layers_blend_as_in_floating_point(layer, colour_below, right, down, opacity):
    base = np.full((12, 14, 3), colour_below, np.uint8)
    planes = picture_planes(Image.fromarray(base))
    covers = layer_covers(layer, right, down)
    top, left = 2, 2
    for index, (plane, cover) in enumerate(zip(planes, covers, strict=True)):
        rows, columns = cover.opacity.shape
        at = top >> (index > 0), left >> (index > 0)
        lay_over(plane[at[0] : at[0] + rows, at[1] : at[1] + columns], cover, opacity)
    alpha = np.zeros((12, 14, 1))
    colour = np.zeros((12, 14, 3))
    part = np.s_[top + down : top + down + layer.shape[0], left + right : left + right + layer.shape[1]]
    alpha[part] = layer[..., 3:] / 255 * opacity / 256
    colour[part] = layer[..., :3]
    mixed = base * (1 - alpha) + colour * alpha
    y, cb, cr = exact(mixed)
    assert np.abs(planes.y - y).max() <= 2
    for plane, wanted in ((planes.cb, cb), (planes.cr, cr)):
        assert np.abs(plane - sited_left(wanted, lambda rows: rows[:, :1])).max() <= 2


@given(hnp.arrays(np.uint8, (4, 6), elements=bytes_), st.integers(0, 256))
def test_what_is_transparent_changes_nothing(plane, opacity):
    before = plane.copy()
    nothing = np.zeros(plane.shape, np.uint16)
    lay_over(plane, Cover(nothing, before), opacity)
    assert np.array_equal(plane, before)


def test_a_picture_of_another_size_is_refused(tmp_path):
    Image.new("RGB", (10, 10)).save(tmp_path / "a.png")
    with pytest.raises(VideoError, match=r"a\.png: the picture is 10 x 10 pixels, the film 20 x 10"):
        read_rgb(tmp_path / "a.png", 20, 10)


@pytest.mark.parametrize("content", [b"", b"not a picture", None, "cut"])
def test_a_damaged_picture_is_refused(tmp_path, content):
    path = tmp_path / "a.png"
    if content == "cut":
        Image.effect_noise((64, 64), 90).save(path)
        path.write_bytes(path.read_bytes()[:1500])
    elif content is not None:
        path.write_bytes(content)
    with pytest.raises(VideoError, match=r"a\.png: the picture cannot be read"):
        read_rgba(path)
