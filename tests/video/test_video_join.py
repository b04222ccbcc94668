from __future__ import annotations

import resource
import subprocess
import sys
from fractions import Fraction

import av
import numpy as np
import pytest
from video_film import decoded_sound, draw_scene, narration, packets, strict_frames

from videogen.model.errors import ResourceError, VideoError
from videogen.model.film import FilmFormat
from videogen.model.timing import SAMPLE_RATE, SceneTimes
from videogen.video.body import encode_body
from videogen.video.join import join
from videogen.video.languages import three_letters
from videogen.video.transition import encode_transition

FMT = FilmFormat(width=64, height=36, fps=30)
HALF_AAC_FRAME = 512 / SAMPLE_RATE


def click(seconds, length, at=0):
    """Silence with a short loud tone that begins at sample `at`."""
    pcm = np.zeros(length, np.float32)
    time = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    pcm[at : at + len(time)] = 0.7 * np.sin(2 * np.pi * 1000 * time)
    return pcm


def picture_track(path, fmt, frames):
    """A segment of `frames` frames."""
    motion = draw_scene(path.parent, fmt).model_copy(update={"layers": [], "moves": [], "cues": []})
    clock = SceneTimes(frames, 0, 0.0, {"start": 0.0})
    path.write_bytes(encode_body(path.parent / "first.png", path.parent / "none.png", motion, clock, fmt))
    return path


@pytest.fixture(scope="module")
def parts(tmp_path_factory):
    folder = tmp_path_factory.mktemp("parts")
    return picture_track(folder / "a.mp4", FMT, 47), narration(folder / "a.m4a", click(0.2, 48_000))


def film(parts, out, scenes=3, total=None, chapters=(), language="en", title="A film", wanted=None):
    segment, sound = parts
    starts = wanted or [round((47 * index + 15) * SAMPLE_RATE / 30) for index in range(scenes)]
    sounds = [(sound, start, 48_000) for start in starts]
    join([segment] * scenes, sounds, total or 47 * scenes, FMT, list(chapters), language, title, out)
    return starts


def onsets(sound, quiet=0.15):
    loud = np.flatnonzero(np.abs(sound) > 0.2)
    return [int(loud[0]), *loud[1:][np.diff(loud) > quiet * SAMPLE_RATE].tolist()]


@pytest.mark.parametrize("fps", [24, 30, 60])
def test_sound_and_picture_agree_at_every_one_of_100_scenes(tmp_path, fps):
    fmt = FilmFormat(width=64, height=36, fps=fps)
    frames = 2 * fps - 1
    segment = picture_track(tmp_path / "a.mp4", fmt, frames)
    sound = narration(tmp_path / "a.m4a", click(0.2, 40_000))
    starts = [round((frames * scene + 3) * SAMPLE_RATE / fps) for scene in range(100)]
    out = tmp_path / "film.mp4"
    join([segment] * 100, [(sound, start, 40_000) for start in starts], frames * 100, fmt, [], "en", "t", out)
    heard = decoded_sound(out)
    found = onsets(heard)
    assert len(found) == 100
    offsets = (np.array(found) - np.array(starts)) / SAMPLE_RATE
    # a tone needs a few samples to become loud
    assert np.abs(offsets).max() <= HALF_AAC_FRAME + 0.0005
    assert abs(len(heard) / SAMPLE_RATE - frames * 100 / fps) <= HALF_AAC_FRAME
    with av.open(str(out)) as file:
        assert file.streams.audio[0].start_time == 0
        shown = [packet for packet in file.demux(file.streams.video[0]) if packet.size]
        assert shown[0].pts == 0
        assert len(shown) == frames * 100


def test_sound_between_narrations_is_silent(parts, tmp_path):
    out = tmp_path / "film.mp4"
    (start, *_) = film(parts, out)
    heard = decoded_sound(out)
    assert np.abs(heard[: start - 2048]).max() < 1e-4
    assert np.abs(heard[start + 12_000 : start + 50_000]).max() < 1e-3


def test_the_film_is_what_players_and_the_web_want(parts, tmp_path):
    out = tmp_path / "film.mp4"
    film(parts, out, chapters=[(0.0, 1.5, "One"), (1.5, 4.7, "Zwei — ü")], language="pt-BR", title="Ein Film")
    content = out.read_bytes()
    assert content.index(b"moov") < content.index(b"mdat")
    with av.open(str(out)) as file:
        video, audio = file.streams.video[0], file.streams.audio[0]
        assert (video.codec_context.name, video.codec_context.profile) == ("h264", "High")
        assert video.average_rate == video.base_rate == 30
        assert (video.codec_context.colorspace, video.codec_context.color_range) == (1, 1)
        assert (audio.codec_context.name, audio.codec_context.profile, audio.rate) == ("aac", "LC", 48_000)
        assert audio.codec_context.layout.name == "mono"
        assert (video.metadata["language"], audio.metadata["language"]) == ("por", "por")
        assert file.metadata["title"] == "Ein Film"
        assert "creation_time" not in file.metadata
        found = [
            (c["start"] * c["time_base"], c["end"] * c["time_base"], c["metadata"]["title"]) for c in file.chapters()
        ]
    assert found == [(0, Fraction(3, 2), "One"), (Fraction(3, 2), Fraction(47, 10), "Zwei — ü")]


def test_joined_pictures_decode_clean_and_without_gaps(parts, tmp_path):
    out = tmp_path / "film.mp4"
    film(parts, out, scenes=5)
    shown = packets(out)
    step = shown[0].duration
    assert [packet.pts for packet in shown] == [step * index for index in range(235)]
    assert all(packet.dts == packet.pts for packet in shown)
    assert [index for index, packet in enumerate(shown) if packet.is_keyframe] == [0, 47, 94, 141, 188]
    assert len(strict_frames(out)) == 235


def test_seeking_shows_the_frame_that_playing_shows(tmp_path):
    fmt = FilmFormat(width=320, height=180, fps=30)
    segments = []
    for index, tint in enumerate([(90, 20, 20), (20, 90, 20)]):
        folder = tmp_path / str(index)
        motion = draw_scene(folder, fmt, tint)
        before = tmp_path / str(index - 1) / "final.png" if index else None
        clock = SceneTimes(300, 12, 0.5, {"start": 0.4, "item:0": 2.0, "item:1": 4.0})
        (folder / "transition.mp4").write_bytes(encode_transition(before, folder / "first.png", fmt))
        (folder / "body.mp4").write_bytes(encode_body(folder / "first.png", folder / "layers.png", motion, clock, fmt))
        segments += [folder / "transition.mp4", folder / "body.mp4"]
    out = tmp_path / "film.mp4"
    join(segments, [], 600, fmt, [], "en", "t", out)
    wanted = strict_frames(out)
    assert len(wanted) == 600
    with av.open(str(out)) as file:
        stream = file.streams.video[0]
        for target in (0, 70, 170, 299, 300, 305, 361, 599, 13):
            file.seek(round(target / 30 / stream.time_base), stream=stream)
            frame = next(f for f in file.decode(stream) if round(f.time * 30) == target)
            assert np.array_equal(frame.to_ndarray()[:180], wanted[target])


def test_the_same_input_gives_the_same_bytes(parts, tmp_path):
    for name in ("a.mp4", "b.mp4"):
        film(parts, tmp_path / name, chapters=[(0, 2, "One")])
    assert (tmp_path / "a.mp4").read_bytes() == (tmp_path / "b.mp4").read_bytes()


def test_a_film_without_narration_is_silent(parts, tmp_path):
    out = tmp_path / "film.mp4"
    join([parts[0]], [], 47, FMT, [], "en", "t", out)
    heard = decoded_sound(out)
    assert abs(len(heard) - 47 * 1600) <= 512
    assert np.abs(heard).max() < 1e-4


def refuses(tmp_path, message, *args, error=VideoError):
    out = tmp_path / "out" / "film.mp4"
    out.parent.mkdir()
    out.write_bytes(b"the film as it was")
    with pytest.raises(error, match=message):
        join(*args, [], "en", "t", out)
    assert out.read_bytes() == b"the film as it was"
    assert list(out.parent.iterdir()) == [out]


def test_segments_of_another_encoder_are_refused(parts, tmp_path):
    other = picture_track(tmp_path / "b.mp4", FilmFormat(width=64, height=36, fps=30, quality="final"), 10)
    refuses(tmp_path, r"b\.mp4: this picture track was made by another encoder", [parts[0], other], [], 57, FMT)


def test_missing_frames_are_noticed(parts, tmp_path):
    refuses(tmp_path, "94 frames where 95 were planned", [parts[0]] * 2, [], 95, FMT)


def test_overlapping_narrations_are_refused(parts, tmp_path):
    sounds = [(parts[1], 0, 48_000), (parts[1], 30_000, 48_000)]
    refuses(tmp_path, "two narrations overlap", [parts[0]] * 3, sounds, 141, FMT)


def test_a_narration_that_outlasts_the_film_is_refused(parts, tmp_path):
    refuses(tmp_path, "longer than the film", [parts[0]], [(parts[1], 40_000, 48_000)], 47, FMT)


def test_a_narration_that_ends_early_is_refused(parts, tmp_path):
    refuses(tmp_path, r"a\.m4a: the narration ends early", [parts[0]] * 3, [(parts[1], 0, 60_000)], 141, FMT)


def test_another_kind_of_sound_is_refused(parts, tmp_path):
    with av.open(str(tmp_path / "s.m4a"), "w", format="mp4") as file:
        stream = file.add_stream("aac", rate=44_100, layout="stereo")
        frame = av.AudioFrame.from_ndarray(np.zeros((2, 1024), np.float32), format="fltp", layout="stereo")
        frame.sample_rate = 44_100
        file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    refuses(tmp_path, r"s\.m4a: this narration is not AAC-LC", [parts[0]], [(tmp_path / "s.m4a", 0, 1024)], 47, FMT)


@pytest.mark.parametrize("content", [None, b"", b"\0" * 400, "cut"])
def test_a_damaged_segment_is_refused(parts, tmp_path, content):
    bad = tmp_path / "bad.mp4"
    if content == "cut":
        bad.write_bytes(parts[0].read_bytes()[:-300])
    elif content is not None:
        bad.write_bytes(content)
    refuses(tmp_path, r"bad\.mp4", [parts[0], bad], [], 94, FMT)


def test_no_scenes_is_an_error(tmp_path):
    with pytest.raises(VideoError, match="at least one scene"):
        join([], [], 0, FMT, [], "en", "t", tmp_path / "film.mp4")


@pytest.mark.skipif(sys.platform != "linux", reason="limits the size of files")
def test_a_full_disk_is_said_and_leaves_nothing(parts, tmp_path):
    signal = pytest.importorskip("signal")
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    sounds = [(parts[1], index * 60_000, 48_000) for index in range(20)]
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
        refuses(tmp_path, "no room", [parts[0]] * 30, sounds, 1410, FMT, error=ResourceError)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, handler)


@pytest.mark.parametrize(("tag", "code"), [("en", "eng"), ("de-AT", "deu"), ("haw", "haw"), ("xx", "und")])
def test_language_codes(tag, code):
    assert three_letters(tag) == code


MEASURE = """
import resource, sys
from pathlib import Path
from videogen.model.film import FilmFormat
from videogen.video.join import join
segment, sound, out, scenes = Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4])
fmt = FilmFormat(width=64, height=36, fps=30)
join([segment] * scenes, [(sound, 75200 * i, 48000) for i in range(scenes)], 47 * scenes, fmt, [], "en", "t", out)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="measures memory in Linux's unit")
def test_memory_does_not_grow_with_scenes(parts, tmp_path):
    def peak(scenes):
        args = [sys.executable, "-c", MEASURE, *map(str, parts), str(tmp_path / "film.mp4"), str(scenes)]
        return int(subprocess.run(args, check=True, capture_output=True, text=True).stdout)

    # the index of the film is a few dozen bytes a frame
    assert peak(300) - peak(10) < 8_000
