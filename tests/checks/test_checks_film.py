"""Checks of real films: one that passes everything, and one for everything that can be wrong."""

from __future__ import annotations

from dataclasses import replace

import pytest

from videogen.checks.run import check
from videogen.checks.table import render
from videogen.model.report import Finding
from videogen.model.script import SceneClock
from videogen.model.timing import Timing


def complaints(film) -> dict[str, Finding]:
    """The first complaint of each check."""
    found: dict[str, Finding] = {}
    for finding in check(film).findings:
        if finding.level != "pass":
            found.setdefault(finding.check, finding)
    return found


def test_a_good_film_passes_every_check(make):
    report = check(make())
    assert [finding for finding in report.findings if finding.level != "pass"] == []
    assert {finding.check for finding in report.findings} == {
        *("decode", "format", "frame-rate", "fast-start", "labels", "av-length", "av-onset", "loudness", "true-peak"),
        *("silence", "captions", "caption-shape", "caption-speed", "contrast", "text-size", "overflow", "glyphs"),
        *("scene-seconds", "words-per-minute"),
    }
    assert all(finding.bound for finding in report.findings)
    assert report.summary["loudness"] == pytest.approx(-14, abs=0.6)
    assert report == check(make())


def test_too_loud(make):
    found = complaints(make(gain_db=4))
    assert found["loudness"].level == "warning"
    assert found["loudness"].measured == pytest.approx(-10, abs=0.6)


def test_too_quiet(make):
    assert complaints(make(gain_db=-6))["loudness"].measured == pytest.approx(-20, abs=0.6)


def test_peaks_at_full_scale(make):
    found = complaints(make(peak=True))
    assert found["true-peak"].measured > -1
    assert "true-peak" not in complaints(make())


def test_a_film_that_should_speak_and_is_silent(make):
    found = complaints(make(gain_db=-120))
    assert found["loudness"].level == "error"
    assert found["av-onset"].message == "the speech is not heard"


def test_a_draft_is_not_judged_by_its_sound(make):
    draft = Timing(voices={"draft:": {}}, samples=6 * 48_000, words=[])
    assert complaints(make(timings=[draft, draft])) == {}


def test_a_gap_in_the_sound(make):
    found = complaints(make(mute=(3.0, 5.0)))
    assert found["silence"].scene == "scene-0"
    assert found["silence"].measured == pytest.approx(2.0, abs=0.02)


def test_a_pause_that_was_asked_for_is_none_to_complain_of(make):
    asked = make(clock=SceneClock(pause_after=2.5))
    assert "silence" not in complaints(asked)
    short = [replace(scene, clock=SceneClock()) for scene in asked.scenes]
    assert "silence" in complaints(replace(asked, scenes=short))


@pytest.mark.parametrize("late", [0.4, -0.3])
def test_speech_off_its_place(make, late):
    found = complaints(make(late=late))
    assert found["av-onset"].level == "error"
    assert found["av-onset"].measured == pytest.approx(late, abs=0.02)
    assert found["av-onset"].scene == "scene-0"


def test_speech_two_frames_late_shows_against_its_own_file(make, tmp_path):
    film = make(late=2.2 / 30)
    assert "av-onset" not in complaints(film)
    # the film itself as a narration that starts with the scene: its onset is known exactly
    scene = film.scenes[0]
    exact = tmp_path / "narration.mp4"
    exact.write_bytes(film.mp4.read_bytes())
    times = replace(scene.placed.times, narration=0.0)
    known = replace(scene, narration=exact, placed=replace(scene.placed, times=times))
    assert "av-onset" not in complaints(replace(film, scenes=[known, film.scenes[1]]))
    moved = replace(scene, narration=exact, placed=replace(scene.placed, times=replace(times, narration=2.2 / 30)))
    assert complaints(replace(film, scenes=[moved, film.scenes[1]]))["av-onset"].level == "error"


def test_sound_longer_than_the_picture(make):
    found = complaints(make(audio_seconds=14.5))
    assert found["av-length"].level == "error"


def test_missing_frames(make):
    found = complaints(make(drop_frames=20))
    assert "av-length" in found


def test_a_variable_frame_rate(make):
    found = complaints(make(stretch_frame=40))
    assert found["frame-rate"].level == "error"
    assert found["frame-rate"].measured == 40


def test_the_index_at_the_end(make):
    assert complaints(make(index_first=False))["fast-start"].level == "error"


def test_no_keyframe_for_long(make):
    assert complaints(make(gop=1000))["fast-start"].level == "warning"


@pytest.mark.parametrize(("tags", "says"), [(2, "untagged (2)"), (9, "untagged (9)")])
def test_wrong_colour_tags(make, tags, says):
    found = complaints(make(colour=tags))
    assert found["format"].level == "error"
    assert says in found["format"].message


def test_another_profile(make):
    assert "Baseline" in complaints(make(profile="baseline"))["format"].message


def test_no_title_and_no_chapters(make):
    assert complaints(make(title=""))["labels"].message == "the file has no title"
    assert "0 chapters, not the 2" in complaints(make(chapters=[]))["labels"].message


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.95])
def test_a_truncated_film(make, share):
    film = make()
    data = film.mp4.read_bytes()
    film.mp4.write_bytes(data[: int(len(data) * share)])
    found = complaints(film)
    assert found["decode"].level == "error"


def test_a_truncated_film_with_its_index_at_the_end(make):
    film = make(index_first=False)
    film.mp4.write_bytes(film.mp4.read_bytes()[:-100])
    assert complaints(film)["decode"].level == "error"


def test_a_missing_film(make):
    film = make()
    film.mp4.unlink()
    assert complaints(film)["decode"].level == "error"


@pytest.mark.parametrize("share", [0.3, 0.5, 0.8])
def test_a_hole_in_the_pictures(make, share):
    film = make()
    data = bytearray(film.mp4.read_bytes())
    at = int(len(data) * share)
    data[at : at + 6000] = bytes(6000)
    film.mp4.write_bytes(bytes(data))
    assert complaints(film)["decode"].level == "error"


def test_captions_that_miss_a_word(make):
    film = make()
    film.srt.write_text(film.srt.read_text("utf-8").replace("people ", "", 1), "utf-8")
    found = complaints(film)
    assert found["captions"].level == "error"
    assert '"people" is said' in found["captions"].message


def test_captions_that_cannot_be_read(make):
    assert complaints(make(srt="not captions"))["captions"].message == "the caption file cannot be read"


def test_no_captions(make):
    found = complaints(replace(make(), srt=None))
    assert found["captions"].level == "warning"


def test_render_says_errors_first(make):
    text = render(check(make(title="", index_first=False, gain_db=4)))
    lines = text.splitlines()
    assert lines[0].startswith("error   fast-start: the index stands at the end")
    assert any(line.startswith("warning loudness: the film is at -") for line in lines)
    assert lines[-1].startswith("film: 1 error, ")
    assert "\x1b" not in text
