from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from videogen.model.errors import VideoError
from videogen.model.motion import Layer, Motion, Move
from videogen.model.script import SceneClock
from videogen.model.timing import SceneTimes, Timing, Word, scene_times, transition_frames
from videogen.video.motion import AT_REST, HIDDEN, Shown, runs, state_at


def layer(name):
    return Layer(id=name, x=0, y=0, width=10, height=10)


@st.composite
def scenes(draw):
    cues = [f"item:{i}" for i in range(draw(st.integers(0, 4)))]
    names = [f"l{i}" for i in range(draw(st.integers(0, 5)))]
    moves = [
        Move(
            layer=name,
            cue=draw(st.sampled_from(["start", *cues])),
            delay=draw(st.floats(0, 2)),
            duration=draw(st.sampled_from([0.0, 0.1, 0.3, 0.3333]) | st.floats(0, 2)),
            dx=draw(st.integers(-90, 90)),
            dy=draw(st.integers(-90, 90)),
        )
        for name in names
    ]
    motion = Motion(width=100, height=100, cues=cues, layers=[layer(name) for name in names], moves=moves)
    count = draw(st.integers(0, 6))
    length = draw(st.integers(0, 300_000))
    words = [Word(text="w", start=i * length / 48_000 / 6, end=i * length / 48_000 / 6) for i in range(count)]
    timing = Timing(voice="draft:", samples=length, words=words)
    clock = SceneClock(
        cues={cue: draw(st.integers(0, 8)) for cue in cues if draw(st.booleans())},
        min_seconds=draw(st.sampled_from([0.0, 4.0])),
    )
    fps = draw(st.sampled_from([24, 25, 30, 48, 50, 60]))
    return motion, scene_times(motion, clock, timing, fps), fps


@given(scenes())
def test_runs_fill_the_body_and_end_with_everything_shown(scene):
    motion, times, fps = scene
    found = list(runs(motion, times, fps))
    assert sum(frames for _, frames in found) == times.frames - times.transition
    assert all(frames > 0 for _, frames in found)
    assert found[-1][0] == (AT_REST,) * len(motion.layers)
    assert all(a[0] != b[0] for a, b in pairwise(found))


@given(scenes())
def test_runs_agree_with_the_state_of_every_single_frame(scene):
    motion, times, fps = scene
    frame = times.transition
    for state, frames in runs(motion, times, fps):
        for _ in range(frames):
            assert state == state_at(motion, times, frame / fps)
            frame += 1


@given(scenes())
def test_what_has_appeared_stays(scene):
    motion, times, fps = scene
    before = (HIDDEN,) * len(motion.layers)
    for state, _ in runs(motion, times, fps):
        assert all(a.opacity <= b.opacity for a, b in zip(before, state, strict=True))
        before = state


def one_move(**move):
    motion = Motion(width=9, height=9, layers=[layer("a")], moves=[Move(layer="a", **{"cue": "start", **move})])
    times = SceneTimes(frames=60, transition=transition_frames(30), narration=0.5, cues={"start": 0.4})
    return motion, times


def test_a_move_eases_out():
    motion, times = one_move(duration=1.0, dx=-64, dy=8, delay=0.1)
    assert state_at(motion, times, 0.4) == (HIDDEN,)
    assert state_at(motion, times, 0.5) == (HIDDEN,)
    assert state_at(motion, times, 1.0) == (Shown(128, -8, 1),)
    assert state_at(motion, times, 1.5) == (AT_REST,)


def test_without_duration_it_is_there_at_once():
    motion, times = one_move(duration=0.0)
    assert list(runs(motion, times, 30)) == [((AT_REST,), 48)]


@pytest.mark.parametrize(
    ("layers", "moves"), [(["a"], []), ([], ["a"]), (["a"], ["b"]), (["a", "a"], ["a"]), (["a"], ["a", "a"])]
)
def test_every_layer_has_one_move(layers, moves):
    motion = Motion(
        width=9, height=9, layers=[layer(name) for name in layers], moves=[Move(layer=n, cue="start") for n in moves]
    )
    with pytest.raises(VideoError, match="every layer of a scene must have one move"):
        list(runs(motion, SceneTimes(60, 12, 0.5, {"start": 0.4}), 30))


def test_an_unknown_cue_is_named():
    motion, times = one_move(cue="item:7")
    with pytest.raises(VideoError, match="item:7"):
        list(runs(motion, times, 30))
