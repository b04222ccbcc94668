"""The manifest: what a film was made of and by what, so that anybody can tell two films apart or make one again.

The same film has the same manifest anywhere: no times of day, no absolute paths, no names of machines.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path, PurePosixPath
from typing import Any

from pydantic import Field

from videogen.model.base import Model
from videogen.model.errors import VideoError, Where
from videogen.model.film import FilmFormat
from videogen.model.scene import SourceSpan
from videogen.model.timing import Timing

_DRIVE = re.compile("[A-Za-z]:(?:/|$)")

PACKAGES = ("videogen", "doit", "av", "Pillow", "uharfbuzz", "budoux", "numpy", "hibari-tts")
"""Distributions whose version can change what comes out."""


class FileFact(Model):
    """A file by its content. `path` is relative, with forward slashes."""

    path: str
    sha256: str
    bytes: int


class Licensed(Model):
    """Something of others that is in the film: a voice, a font or music."""

    name: str
    version: str | None = None
    licence: str
    sha256: str | None = None


class SceneFact(Model):
    """A scene of the film. Seconds; `source` are the lines of the document that it was made from."""

    id: str
    start: float
    seconds: float
    voices: list[str] = Field(default_factory=list)
    source: SourceSpan | None = None


class Manifest(Model):
    """`manifest.json`."""

    video: str
    language: str
    title: str
    seconds: float
    format: FilmFormat
    inputs: list[FileFact]
    outputs: list[FileFact]
    scenes: list[SceneFact]
    voices: list[Licensed]
    music: Licensed | None = None
    fonts: list[Licensed]
    software: dict[str, str] = Field(default_factory=dict)
    translation: dict[str, Any] | None = None
    """What asking a language model to translate took."""
    answered: dict[str, Any] | None = None
    """The language model that was asked for the script, if one was: tokens, cost in US dollars, whether it was used."""


def manifest(
    *,
    video: str,
    language: str,
    title: str,
    format: FilmFormat,
    frames: int,
    inputs: Mapping[str, Path],
    outputs: Mapping[str, Path],
    scenes: Sequence[SceneFact],
    timings: Iterable[Timing],
    fonts: Sequence[Licensed],
    music: Licensed | None = None,
    answered: dict[str, Any] | None = None,
    translation: dict[str, Any] | None = None,
) -> Manifest:
    """The manifest of a film of `frames` frames. `inputs` and `outputs` give each file's published, relative path.

    Reads every file once. Raises VideoError for a published path that is absolute or leaves its folder, and for a
    file that cannot be read.
    """
    return Manifest(
        video=video,
        language=language,
        title=title,
        seconds=round(frames / format.fps, 6),
        format=format,
        inputs=[_file_fact(name, path) for name, path in sorted(inputs.items())],
        outputs=[_file_fact(name, path) for name, path in sorted(outputs.items())],
        scenes=list(scenes),
        voices=_unique(_voice(name, engine) for timing in timings for name, engine in timing.voices.items()),
        music=music,
        fonts=_unique(fonts),
        software=software(),
        answered=answered,
        translation=translation,
    )


def software() -> dict[str, str]:
    """Versions of what made the film: our packages, FFmpeg's libraries and the H.264 encoder within PyAV."""
    import av

    packages = {name: found for name in PACKAGES if (found := _installed(name))}
    libraries = {name: ".".join(map(str, numbers)) for name, numbers in sorted(av.library_versions.items())}
    return {**packages, **libraries, "libx264": x264_version()}


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def x264_version() -> str:
    """The version that libx264 writes into its streams, such as `165`; "" if it says none."""
    import av

    # PyAV has no call for it: one tiny picture is encoded, and its SEI message read
    encoder = av.CodecContext.create("libx264", "w")
    assert isinstance(encoder, av.VideoCodecContext)
    encoder.width = encoder.height = 16
    encoder.pix_fmt = "yuv420p"
    encoder.framerate = Fraction(25)
    encoder.thread_count = 1
    packets = [*encoder.encode(av.VideoFrame(16, 16, "yuv420p")), *encoder.encode(None)]
    found = re.search(rb"x264 - core ([0-9a-z ]+)", b"".join(bytes(packet) for packet in packets))
    return found[1].decode().strip() if found else ""


def _voice(name: str, engine: Mapping[str, str]) -> Licensed:
    return Licensed(name=name, version=_engine_version(engine) or None, licence=engine.get("licence", "unknown"))


def _engine_version(engine: Mapping[str, str]) -> str:
    return " ".join(part for part in (engine.get("name", ""), engine.get("version", "")) if part)


def _unique(found: Iterable[Licensed]) -> list[Licensed]:
    return sorted(set(found), key=lambda one: (one.name, one.version or "", one.sha256 or ""))


def _file_fact(name: str, path: Path) -> FileFact:
    published = PurePosixPath(name)
    if published.is_absolute() or ".." in published.parts or "\\" in name or _DRIVE.match(name):
        raise VideoError(f'"{name}" cannot stand in a manifest', hint="give a path relative to the working folder")
    digest, size = hashlib.sha256(), 0
    try:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
                size += len(block)
    except OSError as error:
        raise VideoError(
            f"cannot read {name}: {error.strerror}", where=Where(name), hint="build again to make it anew"
        ) from error
    return FileFact(path=published.as_posix(), sha256=digest.hexdigest(), bytes=size)
