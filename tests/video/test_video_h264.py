from __future__ import annotations

import io
from fractions import Fraction

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from video_film import strict_frames

from videogen.model.errors import VideoError
from videogen.video.cabac import skipped_slice
from videogen.video.h264 import (
    BitReader,
    BitWriter,
    escape,
    hold_slice,
    nal_units,
    parse_parameters,
    renumber,
    unescape,
)


@given(st.binary(max_size=60) | st.lists(st.integers(0, 4), max_size=60).map(bytes))
def test_escaping_is_undone_and_hides_start_codes(data):
    data += b"\x80"
    escaped = escape(data)
    assert unescape(escaped) == data
    assert not any(code in escaped for code in (b"\0\0\0", b"\0\0\1", b"\0\0\2"))


@given(st.lists(st.integers(0, 100_000)))
def test_exp_golomb_codes_are_read_as_written(values):
    writer = BitWriter()
    for value in values:
        writer.unsigned(value)
    writer.align(1)
    reader = BitReader(writer.to_bytes())
    assert [reader.unsigned() for _ in values] == values


def test_a_header_that_ends_early_is_an_error():
    with pytest.raises(VideoError, match="ends too early"):
        BitReader(b"\0").unsigned()


def encoder(width=176, height=144, params="", **options):
    context = av.CodecContext.create("libx264", "w")
    context.width, context.height, context.pix_fmt = width, height, "yuv420p"
    context.time_base = Fraction(1, 30)
    context.flags |= 1 << 22  # headers apart from the pictures
    context.thread_count = 1
    context.options = {
        "preset": "superfast", "qp": "20", "bf": "0", "refs": "1", "g": "9999", "rc-lookahead": "0",
        "x264-params": "scenecut=0:threads=1" + params, **options,
    }  # fmt: skip
    context.open()
    return context


def pictures(count, width, height, seed=7):
    """Noise that changes everywhere, so that a wrong reference is seen in every block."""
    random = np.random.default_rng(seed)
    for _ in range(count):
        small = random.integers(16, 235, (height * 3 // 2 // 8, width // 8), np.uint8)
        yield av.VideoFrame.from_ndarray(np.ascontiguousarray(small.repeat(8, 0).repeat(8, 1)), format="yuv420p")


def held_stream(holds, params="", number=lambda index: index, **options):
    """Pictures followed by `holds[i]` holds each, as MP4."""
    context = encoder(params=params, **options)
    parameters = parse_parameters(bytes(context.extradata))
    coded = []
    for order, frame in enumerate(pictures(len(holds), 176, 144)):
        frame.pts = order
        coded += context.encode(frame)
    coded += context.encode(None)
    units, index = [], 0
    for packet, held in zip(coded, holds, strict=True):
        units.append(renumber(bytes(packet), parameters, number(index)))
        index += 1
        for _ in range(held):
            units.append(hold_slice(parameters, number(index)))
            index += 1
    raw = bytes(context.extradata) + b"".join(units)
    return raw, len(units)


def decode_raw(raw):
    file = io.BytesIO()
    with av.open(io.BytesIO(raw), format="h264") as source, av.open(file, "w", format="mp4") as target:
        stream = target.add_stream_from_template(source.streams.video[0])
        for count, packet in enumerate(p for p in source.demux() if p.size):
            packet.stream, packet.time_base = stream, Fraction(1, 30)
            packet.pts = packet.dts = count
            packet.duration = 1
            target.mux(packet)
    return strict_frames(file.getvalue())


@pytest.mark.parametrize("params", ["", ":cabac=0", ":weightp=1", ":no-deblock=1", ":qp=41", ":qp=1"])
def test_holds_repeat_the_picture_before_them_across_frame_num_wraps(params):
    holds = [0, 3, 17, 0, 300, 1, 14, 15, 16, 2]
    raw, count = held_stream(holds, params)
    frames = decode_raw(raw)
    assert len(frames) == count
    at = 0
    for held in holds:
        assert all(np.array_equal(frames[at], frame) for frame in frames[at : at + held + 1])
        if at:
            assert not np.array_equal(frames[at - 1], frames[at])
        at += held + 1


@pytest.mark.parametrize("params", ["", ":cabac=0"])
def test_pictures_after_holds_decode_as_without_holds(params):
    held, _ = held_stream([40, 5, 0, 19], params)
    plain, _ = held_stream([0, 0, 0, 0], params)
    frames = decode_raw(held)
    assert all(
        np.array_equal(a, b) for a, b in zip(decode_raw(plain), [frames[i] for i in (0, 41, 47, 48)], strict=True)
    )


def test_the_decoder_complains_of_wrong_numbers():
    raw, _ = held_stream([2, 2, 0], number=lambda index: index if index < 4 else index + 3)
    with pytest.raises(AssertionError, match="Frame num gap"):
        decode_raw(raw)


@pytest.mark.parametrize("option", [{"bf": "2"}, {"flags": "+ildct"}])
def test_streams_that_cannot_be_held_are_refused(option):
    with pytest.raises(VideoError, match="cannot be held"):
        parse_parameters(bytes(encoder(**option).extradata))


def test_missing_parameter_sets_are_an_error():
    with pytest.raises(VideoError, match=r"no H\.264 parameter sets"):
        parse_parameters(b"")


def test_renumbering_survives_a_run_of_zeros():
    context = encoder()
    parameters = parse_parameters(bytes(context.extradata))
    # a slice header followed by zeros that need emulation prevention whatever frame_num is
    head = BitWriter()
    for value in (0, 5, 0):
        head.unsigned(value)
    head.bits(9, 4)
    head.align(0)
    unit = b"\0\0\0\1\x41" + escape(head.to_bytes() + b"\0" * 30 + b"\x80\x55")
    for number in range(16):
        (renumbered,) = nal_units(renumber(unit, parameters, number))
        reader = BitReader(unescape(renumbered[1:]))
        assert [reader.unsigned() for _ in range(3)] == [0, 5, 0]
        assert reader.bits(4) == number
        assert unescape(renumbered[1:]).endswith(b"\0" * 30 + b"\x80\x55")


def test_a_picture_that_is_no_reference_is_refused():
    parameters = parse_parameters(bytes(encoder().extradata))
    with pytest.raises(VideoError, match="no reference"):
        renumber(b"\0\0\1\x01\x9a\x80", parameters, 3)


def test_a_skipped_slice_is_tiny():
    bits, length = skipped_slice(8160, 20)
    assert bits & 1
    assert length < 600
    assert bits.bit_length() <= length
