from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from videogen.model.errors import VideoError
from videogen.model.motion import Layer, Motion
from videogen.video.canvas import Canvas
from videogen.video.motion import AT_REST, HIDDEN, Shown
from videogen.video.planes import empty_planes, picture_planes

WIDTH, HEIGHT = 48, 32
random = np.random.default_rng(3)
BASE = picture_planes(Image.fromarray(random.integers(0, 255, (HEIGHT, WIDTH, 3), np.uint8)))
ATLAS = random.integers(0, 255, (20, 30, 4), np.uint8)

layers = st.builds(
    Layer,
    id=st.just("x"),
    x=st.integers(-12, WIDTH),
    y=st.integers(-12, HEIGHT),
    width=st.integers(1, 20),
    height=st.integers(1, 12),
    atlas_x=st.integers(0, 10),
    atlas_y=st.integers(0, 8),
)
covered = st.sampled_from([0, 0, 1, 5, 9, 25])
shown = st.sampled_from([HIDDEN, AT_REST]) | st.builds(
    Shown,
    st.integers(1, 256),
    st.integers(-40, 40),
    st.integers(-40, 40),
    covered,
    covered,
    covered,
    covered,
    st.none(),
)


def canvas(found):
    return Canvas(empty_planes(WIDTH, HEIGHT), BASE, Motion(width=WIDTH, height=HEIGHT, layers=found), ATLAS)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_state_looks_the_same_whatever_was_shown_before(data):
    found = data.draw(st.lists(layers, min_size=1, max_size=4))
    states = data.draw(st.lists(st.tuples(*[shown] * len(found)), min_size=1, max_size=4))
    worn = canvas(found)
    for state in states:
        worn.show(state)
    fresh = canvas(found)
    fresh.show(states[-1])
    for a, b in zip(worn._planes, fresh._planes, strict=True):
        assert np.array_equal(a, b)
    worn.show((HIDDEN,) * len(found))
    for a, b in zip(worn._planes, BASE, strict=True):
        assert np.array_equal(a, b)


def test_what_is_covered_is_not_drawn():
    atlas = np.full((8, 8, 4), 255, np.uint8)
    drawn = Canvas(
        empty_planes(WIDTH, HEIGHT),
        BASE,
        Motion(width=WIDTH, height=HEIGHT, layers=[Layer(id="x", x=8, y=8, width=8, height=8)]),
        atlas,
    )
    drawn.show((AT_REST._replace(right=4, top=2),))
    expected = BASE.y.copy()
    expected[10:16, 8:12] = 235
    assert np.array_equal(drawn._planes.y, expected)


def test_later_layers_lie_above_earlier_ones():
    atlas = np.zeros((4, 8, 4), np.uint8)
    atlas[:, :4] = (255, 255, 255, 255)
    atlas[:, 4:] = (0, 0, 0, 255)
    white = Layer(id="white", x=8, y=8, width=4, height=4)
    black = Layer(id="black", x=8, y=8, width=4, height=4, atlas_x=4)
    drawn = Canvas(empty_planes(WIDTH, HEIGHT), BASE, Motion(width=WIDTH, height=HEIGHT, layers=[white, black]), atlas)
    drawn.show((HIDDEN, AT_REST))
    drawn.show((AT_REST, AT_REST))
    assert drawn._planes.y[8:12, 8:12].tolist() == [[16] * 4] * 4


def test_a_layer_outside_the_atlas_is_an_error():
    with pytest.raises(VideoError, match='layer "far" lies outside'):
        canvas([Layer(id="far", x=0, y=0, width=10, height=10, atlas_x=25)])


def test_an_opaque_layer_is_scaled_into_its_box_and_nothing_else_is_touched():
    plain = np.full((12, 16, 4), 255, np.uint8)
    found = [Layer(id="x", x=8, y=4, width=16, height=12)]
    drawn = Canvas(empty_planes(WIDTH, HEIGHT), BASE, Motion(width=WIDTH, height=HEIGHT, layers=found), plain)
    for box in ((10, 6, 14, 10), (30, 20, 52, 40), (8, 4, 24, 16)):  # the second reaches out of the frame
        drawn.show((AT_REST._replace(scaled=box),))
        expected = BASE.y.copy()
        expected[box[1] : box[3], box[0] : box[2]] = 235
        assert np.array_equal(drawn._planes.y, expected)
        outside = BASE.cb.copy()
        outside[box[1] // 2 : box[3] // 2, box[0] // 2 : box[2] // 2] = 128
        assert np.array_equal(drawn._planes.cb, outside)


def test_a_layer_scaled_into_its_own_place_is_the_layer():
    opaque = ATLAS.copy()
    opaque[..., 3] = 255
    found = [Layer(id="x", x=8, y=4, width=16, height=12)]
    moving, resting = (
        Canvas(empty_planes(WIDTH, HEIGHT), BASE, Motion(width=WIDTH, height=HEIGHT, layers=found), opaque)
        for _ in range(2)
    )
    moving.show((AT_REST._replace(scaled=(8, 4, 24, 16)),))
    resting.show((AT_REST,))
    assert np.array_equal(moving._planes.y, resting._planes.y)
