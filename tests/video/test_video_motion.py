from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from videogen.model.errors import VideoError
from videogen.model.motion import Layer, Motion, Move
from videogen.model.script import SceneClock
from videogen.model.timing import SceneTimes, Timing, Word, scene_times, transition_frames
from videogen.video.motion import AT_REST, HIDDEN, Shown, ease, runs, state_at


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
    timing = Timing(voices={"draft:": {}}, samples=length, words=words)
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


def moves_of(*names):
    return [Move(layer=name.strip("-"), effect="exit" if name[0] == "-" else "enter", cue="start") for name in names]


@pytest.mark.parametrize(
    ("layers", "moves"),
    [("a", ""), ("", "a"), ("a", "b"), ("aa", "a"), ("a", "aa"), ("a", ["-a"]), ("a", ["a", "-a", "-a"])],
)
def test_every_layer_enters_and_then_exits_and_enters_by_turns(layers, moves):
    motion = Motion(width=9, height=9, layers=[layer(name) for name in layers], moves=moves_of(*moves))
    with pytest.raises(VideoError, match="every layer of a scene must enter"):
        list(runs(motion, SceneTimes(60, 12, 0.5, {"start": 0.4}), 30))


def test_what_leaves_goes_as_it_came():
    motion, times = one_move(duration=0.5, dx=10)
    motion.moves.append(Move(layer="a", cue="start", effect="exit", delay=1.0, duration=1.0, dx=-64))
    assert state_at(motion, times, 0.9) == (AT_REST,)
    assert state_at(motion, times, 1.4) == (AT_REST,)
    assert state_at(motion, times, 1.9) == (Shown(128, -8, 0),)
    assert state_at(motion, times, 2.4) == (HIDDEN,)


@pytest.mark.parametrize(
    ("side", "shown"),
    [
        ("left", Shown(256, 0, 0, right=3)),
        ("right", Shown(256, 0, 0, left=3)),
        ("top", Shown(256, 0, 0, bottom=3)),
        ("bottom", Shown(256, 0, 0, top=3)),
    ],
)
def test_a_reveal_uncovers_from_its_side(side, shown):
    motion, times = one_move(duration=1.0, reveal=side, easing="linear")
    assert state_at(motion, times, 0.4) == (HIDDEN,)
    assert state_at(motion, times, 1.1) == (shown,)
    assert state_at(motion, times, 1.4) == (AT_REST,)


def test_a_line_that_is_typed_comes_letter_by_letter():
    motion, times = one_move(duration=1.0, reveal="left", easing="linear", steps=2)
    assert [state.right for (state,), _ in runs(motion, times, 30) if state.opacity] == [5, 0]


def test_with_until_a_move_is_over_before_that_cue_comes():
    motion, times = one_move(duration=1.0, until="next")
    times.cues["next"] = 0.9
    assert state_at(motion, times, 0.65) == (Shown(128, 0, 0),)
    assert state_at(motion, times, 0.9) == (AT_REST,)


def test_what_would_come_after_the_cue_that_ends_it_comes_with_that_cue():
    motion, times = one_move(delay=3.0, duration=1.0, until="next")
    times.cues["next"] = 0.9
    assert state_at(motion, times, 0.89) == (HIDDEN,)
    assert state_at(motion, times, 0.9) == (AT_REST,)


def test_what_has_steps_goes_its_way_in_them_and_is_there_from_the_first():
    motion, times = one_move(duration=1.0, dx=-60, steps=4, easing="linear")
    assert [state_at(motion, times, 0.4 + at / 8)[0] for at in range(3)] == [
        Shown(256, -60, 0),
        Shown(256, -60, 0),
        Shown(256, -45, 0),
    ]
    assert state_at(motion, times, 1.4) == (AT_REST,)


def test_shares_of_the_narration_are_cues():
    motion, times = one_move(cue="share:1/4", duration=0.0)
    times = SceneTimes(90, 12, 0.5, {**times.cues, "end": 2.5})
    assert state_at(motion, times, 0.99) == (HIDDEN,)
    assert state_at(motion, times, 1.0) == (AT_REST,)


@pytest.mark.parametrize("easing", ["linear", "out", "in_out", "back"])
def test_easing_leads_from_nothing_to_all(easing):
    assert ease(easing, 0) == pytest.approx(0, abs=1e-12)
    assert ease(easing, 1) == 1
    assert max(ease(easing, p / 100) for p in range(101)) < 1.1


def test_words_of_the_narration_are_cues():
    motion, times = one_move(cue="word:1", duration=0.0)
    times = SceneTimes(60, 12, 0.5, times.cues, words=(0.5, 1.0))
    assert state_at(motion, times, 0.99) == (HIDDEN,)
    assert state_at(motion, times, 1.0) == (AT_REST,)


def test_an_unknown_cue_is_named():
    motion, times = one_move(cue="item:7")
    with pytest.raises(VideoError, match="item:7"):
        list(runs(motion, times, 30))


def test_a_layer_that_zooms_grows_out_of_a_box_on_even_pixels():
    motion, times = one_move(duration=1.0, easing="linear", zoom=(4, 4, 6, 8))
    start = next(timed for timed in range(90) if state_at(motion, times, timed / 30)[0] != HIDDEN) / 30
    boxes = [state_at(motion, times, start + step / 30)[0].scaled for step in range(30)]
    assert boxes[0] == (4, 4, 6, 8)
    assert all(side % 2 == 0 for box in boxes if box for side in box)
    assert boxes[15] == (2, 2, 8, 8)
    assert state_at(motion, times, start + 1.0) == (AT_REST,)
