"""The thumbnail and the manifest."""

from __future__ import annotations

import hashlib
import io
import json

import pytest
from PIL import Image

from videogen.model.errors import VideoError
from videogen.model.film import FilmFormat
from videogen.model.scene import SourceSpan
from videogen.model.timing import Timing
from videogen.video.manifest import Licensed, SceneFact, manifest, software
from videogen.video.thumbnail import thumbnail

FORMAT = FilmFormat(width=1920, height=1080, fps=30)


def png(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize((width, height)).convert("RGB").save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((1920, 1080), (1280, 720)),
        ((640, 360), (1280, 720)),
        ((1080, 1920), (720, 1280)),
        ((1000, 1000), (1280, 1280)),
        ((1080, 1350), (1024, 1280)),
    ],
)
def test_thumbnail_is_a_small_jpeg_of_the_film_s_shape(size, expected):
    data = thumbnail(png(*size))
    with Image.open(io.BytesIO(data)) as picture:
        assert (picture.format, picture.size, picture.mode) == ("JPEG", expected, "RGB")
    assert len(data) < 2_000_000
    assert data == thumbnail(png(*size))


def test_thumbnail_of_noise_stays_below_two_megabytes(tmp_path):
    import numpy

    noise = numpy.random.default_rng(1).integers(0, 256, (1280, 1280, 3), dtype="uint8")
    path = tmp_path / "final.png"
    Image.fromarray(noise).save(path, compress_level=1)
    assert len(thumbnail(path)) <= 2_000_000


@pytest.mark.parametrize("data", [b"", b"not a picture", png(64, 64)[:100]])
def test_thumbnail_of_a_broken_picture(data, tmp_path):
    path = tmp_path / "final.png"
    path.write_bytes(data)
    with pytest.raises(VideoError, match="cannot be read"):
        thumbnail(path)


def _manifest(folder, name="README.md"):
    (folder / "README.md").write_text("hello", "utf-8")
    (folder / "film.mp4").write_bytes(b"film" * 1000)
    engine = {"name": "hibari-tts", "version": "0.2.1", "licence": "Apache-2.0"}
    timing = Timing(voices={"hibari:af_heart": engine}, samples=0, words=[])
    return manifest(
        video="intro",
        language="en",
        title="Intro",
        format=FORMAT,
        frames=100,
        inputs={name: folder / "README.md"},
        outputs={"build/intro.mp4": folder / "film.mp4"},
        scenes=[SceneFact(id="a", start=0, seconds=10, source=SourceSpan(file="README.md", first=1, last=9))],
        timings=[timing, timing],
        fonts=[Licensed(name="Inter", licence="OFL-1.1")],
    )


def test_manifest_says_what_the_film_is_made_of(tmp_path):
    made = _manifest(tmp_path)
    assert made.inputs[0].sha256 == hashlib.sha256(b"hello").hexdigest()
    assert (made.outputs[0].path, made.outputs[0].bytes) == ("build/intro.mp4", 4000)
    assert made.voices == [Licensed(name="hibari:af_heart", version="hibari-tts 0.2.1", licence="Apache-2.0")]
    assert made.seconds == 3.333333
    assert json.loads(made.to_json())["scenes"][0]["source"]["last"] == 9


def test_manifest_leaves_out_what_is_not_known(tmp_path):
    assert b'""' not in _manifest(tmp_path).to_json()


def test_manifest_is_the_same_anywhere(tmp_path):
    folders = tmp_path / "a", tmp_path / "b"
    for folder in folders:
        folder.mkdir()
    one, other = (_manifest(folder).to_json() for folder in folders)
    assert one == other
    assert str(tmp_path).encode() not in one


@pytest.mark.parametrize("name", ["/etc/passwd", "../README.md", "C:\\x", "C:/x", "a\\b"])
def test_manifest_refuses_paths_of_this_machine(tmp_path, name):
    with pytest.raises(VideoError, match="cannot stand in a manifest"):
        _manifest(tmp_path, name)


def test_manifest_of_a_missing_file(tmp_path):
    with pytest.raises(VideoError, match="cannot read film"):
        manifest(
            video="v", language="en", title="", format=FORMAT, frames=1, inputs={},
            outputs={"film.mp4": tmp_path / "film.mp4"}, scenes=[], timings=[], fonts=[],
        )  # fmt: skip


def test_software_names_the_encoder():
    found = software()
    assert found["libx264"][:3].isdigit()
    assert {"videogen", "av", "libavcodec"} <= set(found)
