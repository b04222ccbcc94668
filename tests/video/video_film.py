"""Small pictures, sounds and strict decoding for the tests of this folder."""

from __future__ import annotations

import io
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from videogen.model.film import FilmFormat
from videogen.model.motion import Layer, Motion, Move
from videogen.model.timing import SAMPLE_RATE


def strict_frames(film: bytes | Path) -> list[NDArray[np.uint8]]:
    """Luma of every frame; fails on any error or warning of the decoder."""
    source = io.BytesIO(film) if isinstance(film, bytes) else str(film)
    level = av.logging.get_level()
    # a gap in the count of pictures is concealed, and told at the level for debugging only
    av.logging.set_level(av.logging.DEBUG)
    try:
        with av.logging.Capture(local=False) as messages, av.open(source, options={"err_detect": "explode"}) as file:
            stream = file.streams.video[0]
            stream.codec_context.options = {"err_detect": "explode"}
            stream.codec_context.thread_count = 1
            frames = [frame.to_ndarray()[: frame.height] for frame in file.decode(stream)]
    finally:
        av.logging.set_level(level)
    complaints = [text for severity, _, text in messages if severity <= av.logging.WARNING or "gap" in text]
    assert not complaints, complaints
    return frames


def packets(film: bytes | Path) -> list[av.Packet]:
    source = io.BytesIO(film) if isinstance(film, bytes) else str(film)
    with av.open(source) as file:
        return [packet for packet in file.demux(file.streams.video[0]) if packet.size]


def decoded_sound(film: Path) -> NDArray[np.float32]:
    with av.open(str(film)) as file:
        parts = [frame.to_ndarray()[0] for frame in file.decode(file.streams.audio[0])]
    return np.concatenate(parts)


def narration(path: Path, pcm: NDArray[np.float32]) -> Path:
    """PCM as AAC-LC, mono, 48 kHz, 128 kbit/s in MP4."""
    with av.open(str(path), "w", format="mp4", options={"fflags": "+bitexact"}) as file:
        stream = file.add_stream("aac", rate=SAMPLE_RATE, layout="mono", bit_rate=128_000)
        for start in range(0, len(pcm), 1024):
            frame = av.AudioFrame.from_ndarray(pcm[None, start : start + 1024], format="fltp", layout="mono")
            frame.sample_rate, frame.pts = SAMPLE_RATE, start
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    return path


def draw_scene(folder: Path, fmt: FilmFormat, tint: tuple[int, int, int] = (40, 60, 110), items: int = 2) -> Motion:
    """first.png, final.png and layers.png of a scene with a dark gradient and some lines that slide in."""
    folder.mkdir(parents=True, exist_ok=True)
    slope = np.linspace(1, 0.3, fmt.height)[:, None, None]
    picture = np.broadcast_to(np.round(np.array(tint) * slope), (fmt.height, fmt.width, 3)).astype(np.uint8)
    first = Image.fromarray(picture)
    ImageDraw.Draw(first).text((fmt.width // 16, fmt.height // 16), "Title", fill="white", font_size=fmt.height // 10)
    first.save(folder / "first.png", compress_level=1)
    width, height = fmt.width * 3 // 4, fmt.height // 8
    atlas = Image.new("RGBA", (width, height * items))
    layers, moves, final = [], [], first.convert("RGBA")
    for index in range(items):
        line = Image.new("RGBA", (width, height))
        text = f"Line {index} of the scene"
        ImageDraw.Draw(line).text((3, 2), text, fill=(230, 240, 255), font_size=height * 2 // 3)
        atlas.paste(line, (0, height * index))
        place = (fmt.width // 12 + 1, fmt.height // 4 + 1 + index * (height + 3))
        final.alpha_composite(line, place)
        layers.append(Layer(id=f"l{index}", x=place[0], y=place[1], width=width, height=height, atlas_y=height * index))
        moves.append(Move(layer=f"l{index}", cue=f"item:{index}", dx=-fmt.width // 32, dy=4))
    atlas.save(folder / "layers.png", compress_level=1)
    final.convert("RGB").save(folder / "final.png", compress_level=1)
    cues = [f"item:{index}" for index in range(items)]
    return Motion(width=fmt.width, height=fmt.height, cues=cues, layers=layers, moves=moves)
