"""The film in other formats: the same frames to the eye, at the same times, and held without being coded again."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from video_film import draw_scene, narration

from videogen.checks.formats import shift
from videogen.checks.other import other
from videogen.checks.sound import heard
from videogen.model.errors import VideoError
from videogen.model.film import FilmFormat
from videogen.model.formats import ENDS
from videogen.model.timing import SAMPLE_RATE, SceneTimes
from videogen.video.body import encode_body
from videogen.video.convert import convert
from videogen.video.distinct import pictures
from videogen.video.h265 import PARAMS, hold
from videogen.video.join import join
from videogen.video.vp9 import again, kept_as

FMT = FilmFormat(width=854, height=480, fps=30)
FRAMES = (190, 45)
TOTAL = sum(FRAMES)
CHAPTERS = [(0.0, 6.333, "First"), (6.333, 7.833, "Zweites Kapitel")]
VTT = "WEBVTT\n\n00:00:01.000 --> 00:00:03.000\nSaid first\n\n00:00:06.500 --> 00:00:07.500\nSaid last\n"
KINDS = pytest.mark.parametrize("kind", ENDS)


def murmur(seconds: float) -> np.ndarray:
    """Something like syllables, whose beginnings are sharp."""
    time = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    tone = np.sin(2 * np.pi * 220 * time) + 0.6 * np.sin(2 * np.pi * 730 * time) + 0.2 * np.sin(2 * np.pi * 2900 * time)
    return (0.2 * tone * (time % 0.31 < 0.17)).astype(np.float32)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Two scenes in which lines slide in, their sound and captions; and the film of them in every format."""
    made = tmp_path_factory.mktemp("film")
    segments = []
    for number, frames in enumerate(FRAMES):
        scene = made / str(number)
        motion = draw_scene(scene, FMT, tint=(40, 60 + 50 * number, 110))
        clock = SceneTimes(frames, 0, 0.0, {"start": 0.0, "item:0": 0.3, "item:1": 0.8})
        segment = scene / "segment.mp4"
        segment.write_bytes(encode_body(scene / "first.png", scene / "layers.png", motion, clock, FMT))
        segments.append(segment)
    sound = murmur(7)
    sounds = [(narration(made / "a.m4a", sound), 24_000, len(sound))]
    join(segments, sounds, TOTAL, FMT, CHAPTERS, "de", "Ein Film", made / "film.mp4")
    (made / "film.vtt").write_text(VTT)
    for kind, end in ENDS.items():
        convert(made / "film.mp4", kind, FMT, made / "film.vtt", made / f"film{end}")
    return made


def shown(path: Path) -> list[np.ndarray]:
    """Luma of what is seen in every frame of a film: a picture stays until the next one comes."""
    seen: list[np.ndarray] = []
    with av.open(str(path)) as film:
        for frame in film.decode(film.streams.video[0]):
            assert frame.pts is not None
            assert frame.time_base is not None
            number = float(frame.pts * frame.time_base) * FMT.fps
            assert abs(number - round(number)) < 0.02  # WebM counts in milliseconds
            assert round(number) >= len(seen)
            seen += seen[-1:] * (round(number) - len(seen))
            seen.append(frame.to_ndarray()[: FMT.height])
    return seen + seen[-1:] * (TOTAL - len(seen))


def psnr(one: np.ndarray, other: np.ndarray) -> float:
    error = np.square(one.astype(np.float32) - other.astype(np.float32)).mean()
    return float(10 * np.log10(255**2 / max(error, 1e-9)))


@pytest.fixture(scope="module")
def original(folder: Path) -> list[np.ndarray]:
    return shown(folder / "film.mp4")


@KINDS
def test_every_frame_is_that_of_the_mp4(folder: Path, original: list[np.ndarray], kind) -> None:
    other = shown(folder / f"film{ENDS[kind]}")
    assert len(other) == len(original) == TOTAL
    alike = [psnr(one, two) for one, two in zip(original, other, strict=True)]
    assert min(alike) > 42, (np.argmin(alike), min(alike))  # text stays sharp: nobody tells them apart
    # what stands still stands still to the last bit
    for number, (before, after) in enumerate(pairwise(original)):
        if (before == after).all():
            assert (other[number] == other[number + 1]).all(), number


@KINDS
def test_the_sound_is_that_of_the_mp4_and_in_its_place(folder: Path, kind) -> None:
    ours, theirs = heard(folder / "film.mp4"), heard(folder / f"film{ENDS[kind]}")
    off = shift(ours.level, theirs.level)
    assert off is not None
    assert abs(off) <= 0.005
    assert ours.loudness == pytest.approx(theirs.loudness, abs=0.2)
    assert not theirs.faults
    with av.open(str(folder / f"film{ENDS[kind]}")) as film:
        parts = [frame.to_ndarray()[0] for frame in film.decode(film.streams.audio[0])]
    onset = np.flatnonzero(np.abs(np.concatenate(parts)) > 0.05)[0]
    assert onset / SAMPLE_RATE == pytest.approx(0.5, abs=0.02)
    assert sum(map(len, parts)) / SAMPLE_RATE == pytest.approx(TOTAL / FMT.fps, abs=1 / FMT.fps)


@KINDS
def test_what_a_player_is_told(folder: Path, kind) -> None:
    with av.open(str(folder / f"film{ENDS[kind]}")) as film:
        video, audio = film.streams.video[0], film.streams.audio[0]
        context = video.codec_context
        assert film.metadata["title"] == "Ein Film"
        assert (context.width, context.height, context.pix_fmt) == (854, 480, "yuv420p")
        assert video.average_rate == Fraction(30)
        assert film.duration / 1e6 == pytest.approx(TOTAL / FMT.fps, abs=1 / FMT.fps)
        chapters = [(float(one["start"] * one["time_base"]), one["metadata"]["title"]) for one in film.chapters()]
        keys = [packet.pts * packet.time_base for packet in film.demux(video) if packet.is_keyframe and packet.size]
        codecs = (context.codec.canonical_name, audio.codec_context.codec.canonical_name)
        if kind == "avi":  # it has no place for more; without colour tags MPEG-4 means BT.709
            assert (codecs, context.codec_tag, video.frames, chapters) == (("mpeg4", "mp3"), "XVID", TOTAL, [])
        else:
            colours = (context.color_primaries, context.color_trc, context.colorspace, context.color_range)
            assert colours == (1, 1, 1, 1)
            assert (video.metadata["language"], audio.metadata["language"]) == ("deu", "deu")
            assert chapters == [(0.0, "First"), (pytest.approx(6.333), "Zweites Kapitel")]
        if kind == "h265":
            assert (codecs, context.codec_tag) == (("hevc", "aac"), "hvc1")
            content = (folder / "film.hevc.mp4").read_bytes()
            assert content.index(b"moov") < content.index(b"mdat")
        if kind == "webm":
            assert codecs == ("vp9", "opus")
    # a player can jump to where the scenes begin, and at least every five seconds
    assert [round(float(key) * FMT.fps) for key in keys] == [0, 150, 190]


def test_webm_has_the_captions_as_a_track(folder: Path) -> None:
    with av.open(str(folder / "film.webm")) as film:
        track = film.streams.subtitles[0]
        assert (track.codec_context.name, track.metadata["language"]) == ("webvtt", "deu")
        cues = [(packet.pts, packet.duration, bytes(packet)) for packet in film.demux(track) if packet.size]
    assert cues == [(1000, 2000, b"Said first"), (6500, 1000, b"Said last")]


def test_without_captions_there_is_no_track(folder: Path, tmp_path: Path) -> None:
    convert(folder / "film.mp4", "webm", FMT, None, tmp_path / "film.webm")
    with av.open(str(tmp_path / "film.webm")) as film:
        assert [stream.type for stream in film.streams] == ["video", "audio"]


@KINDS
def test_the_same_film_gives_the_same_bytes(folder: Path, tmp_path: Path, kind) -> None:
    out = tmp_path / "again"
    convert(folder / "film.mp4", kind, FMT, folder / "film.vtt", out)
    assert out.read_bytes() == (folder / f"film{ENDS[kind]}").read_bytes()


def test_another_decoder_sees_the_held_pictures_too(folder: Path, original: list[np.ndarray]) -> None:
    """libvpx is what browsers play VP9 with; the others are decoded by FFmpeg's own decoder."""
    decoder = av.CodecContext.create("libvpx-vp9", "r")
    frames = []
    with av.open(str(folder / "film.webm")) as film:
        for packet in film.demux(film.streams.video[0]):
            frames += decoder.decode(packet)
    assert len(frames) == TOTAL
    assert min(psnr(one, two.to_ndarray()[: FMT.height]) for one, two in zip(original, frames, strict=True)) > 42


def test_held_frames_are_not_coded_again(folder: Path) -> None:
    found = list(pictures(folder / "film.mp4"))
    assert sum(picture.frames for picture in found) == TOTAL
    assert [picture.key for picture in found].count(True) == 3
    assert len(found) < TOTAL / 3
    for kind, most in (("webm", 1), ("h265", 70)):
        with av.open(str(folder / f"film{ENDS[kind]}")) as film:
            sizes = [packet.size for packet in film.demux(film.streams.video[0]) if packet.size]
        assert len(sizes) == TOTAL
        assert sum(size <= most for size in sizes) >= TOTAL - len(found), kind


def test_a_damaged_film_leaves_nothing_behind(folder: Path, tmp_path: Path) -> None:
    content = (folder / "film.mp4").read_bytes()
    (tmp_path / "cut.mp4").write_bytes(content[: len(content) // 2])
    for kind, end in ENDS.items():
        with pytest.raises(VideoError):
            convert(tmp_path / "cut.mp4", kind, FMT, None, tmp_path / f"film{end}")
    assert [path.name for path in tmp_path.iterdir()] == ["cut.mp4"]


@given(st.integers(0, 7), st.integers(1, 255), st.booleans())
def test_vp9_says_where_a_picture_is_kept(number: int, kept: int, resilient: bool) -> None:
    fields = f"10{'00'}0{'1'}{'1'}{'1' if resilient else '0'}{'' if resilient else '00'}{kept:08b}"
    header = int(fields.ljust(32, "0"), 2).to_bytes(4, "big")
    assert kept >> kept_as(header) & 1
    assert again(number)[0] & 7 == number
    with pytest.raises(VideoError):
        kept_as(again(number))


@pytest.mark.parametrize("size", [(854, 480), (64, 36), (270, 480)])
def test_an_h265_hold_skips_all(size) -> None:
    # slice data of a picture in which nothing is coded but skips: a few bytes, whatever the size
    preset = {"preset": "superfast", "x265-params": ":".join(f"{key}={value}" for key, value in PARAMS.items())}
    assert len(hold(*size, preset)) < 70


@KINDS
def test_the_checks_find_damage(folder: Path, tmp_path: Path, kind) -> None:
    whole = (folder / f"film{ENDS[kind]}").read_bytes()
    path = tmp_path / f"film{ENDS[kind]}"
    planned = SimpleNamespace(format=FMT)
    path.write_bytes(whole)
    found = other(path, planned)
    assert (found.faults, found.sound.faults, found.frames) == ([], [], TOTAL)
    middle = len(whole) // 3
    path.write_bytes(whole[:middle] + bytes(3000) + whole[middle + 3000 :])
    holed = other(path, planned)
    assert holed.faults or holed.sound.faults or holed.frames != TOTAL
