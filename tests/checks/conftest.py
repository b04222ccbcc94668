"""Small real films, whole or with one thing wrong."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from videogen.checks.film import FilmArtifacts, Measured, SceneArtifacts
from videogen.model.captions import Caption, Chapter
from videogen.model.film import FilmFormat
from videogen.model.motion import Motion, TextBox
from videogen.model.script import SceneClock
from videogen.model.timing import SAMPLE_RATE, Timing, Word, film, scene_times

FPS = 30
FORMAT = FilmFormat(width=320, height=180, fps=FPS)
TEXT = "This is what the first of the scenes says, at a pace that people like to hear in a film."


def spoken(text: str = TEXT, seconds: float = 6.8) -> Timing:
    """Words of equal length over `seconds`, then 0.1 s of silence."""
    words = text.split()
    each = seconds / max(len(words), 1)
    return Timing(
        voices={"hibari:af_heart": {}},
        samples=round((seconds + 0.1) * SAMPLE_RATE),
        words=[Word(text=word, start=n * each, end=(n + 1) * each) for n, word in enumerate(words)],
    )


def box(**changes) -> TextBox:
    """Body text that every check passes, on a picture of 1920x1080."""
    usual = {"text": "Hello", "x": 200, "y": 200, "width": 600, "height": 60, "size": 40}
    return TextBox(**{**usual, "colour": "#ffffff", "background": "#101820", **changes})


@dataclass
class Recipe:
    """How a film is made; every default is right."""

    timings: list[Timing] = field(default_factory=lambda: [spoken(), spoken()])
    boxes: list[TextBox] = field(default_factory=lambda: [box()])
    missing: list[str] = field(default_factory=list)
    clock: SceneClock = field(default_factory=SceneClock)
    gain_db: float = 0.0
    peak: bool = False
    late: float = 0.0
    mute: tuple[float, float] | None = None
    drop_frames: int = 0
    stretch_frame: int | None = None
    index_first: bool = True
    colour: int = 1
    gop: int = 150
    profile: str = "high"
    title: str = "Film"
    chapters: list[Chapter] | None = None
    audio_seconds: float | None = None


def laid_out(recipe: Recipe) -> list[SceneArtifacts]:
    motion = Motion(width=1920, height=1080, text=recipe.boxes, missing_glyphs=recipe.missing)
    times = [scene_times(motion, recipe.clock, timing, FPS) for timing in recipe.timings]
    placed = film([(f"scene-{n}", one) for n, one in enumerate(times)])
    return [
        SceneArtifacts(id=place.id, motion=motion, timing=timing, clock=recipe.clock, placed=place)
        for place, timing in zip(placed, recipe.timings, strict=True)
    ]


def _voice(recipe: Recipe, scenes: list[SceneArtifacts], seconds: float) -> np.ndarray:
    """Tones that come and go like syllables, -14 LUFS over the film."""
    clock = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    sound = np.zeros(len(clock), np.float32)
    for scene in scenes:
        if not scene.speaks:
            continue
        start = scene.placed.start / FPS + scene.placed.times.narration + recipe.late
        inside = (clock >= start) & (clock < start + scene.timing.words[-1].end)
        tone = np.sin(2 * np.pi * 440 * (clock - start)) * (0.75 + 0.25 * np.sin(2 * np.pi * 4 * (clock - start)))
        sound[inside] = 0.41 * tone[inside]
    if recipe.mute:
        sound[(clock >= recipe.mute[0]) & (clock < recipe.mute[1])] = 0
    sound *= 10 ** (recipe.gain_db / 20)
    if recipe.peak:
        sound[SAMPLE_RATE * 2 : SAMPLE_RATE * 2 + 480] = np.sin(2 * np.pi * 100 * clock[:480])
    return np.clip(sound, -1, 1)


def write_film(path: Path, recipe: Recipe, scenes: list[SceneArtifacts], chapters: list[Chapter]) -> None:
    last = scenes[-1].placed
    frames = last.start + last.times.frames
    flags = {"movflags": "+faststart"} if recipe.index_first else {}
    with av.open(str(path), "w", format="mp4", options=flags) as out:
        out.metadata["title"] = recipe.title
        video = out.add_stream("libx264", rate=FPS)
        video.width, video.height, video.pix_fmt = FORMAT.width, FORMAT.height, "yuv420p"
        context = video.codec_context
        context.color_primaries = context.color_trc = context.colorspace = recipe.colour
        context.color_range = 1
        context.thread_count = 1
        context.time_base = Fraction(1, FPS)
        video.options = {
            "preset": "superfast",
            "bf": "0",
            "g": str(recipe.gop),
            "sc_threshold": "0",
            "profile": recipe.profile,
        }
        audio = out.add_stream("aac", rate=SAMPLE_RATE, layout="mono")
        out.set_chapters(
            [
                {
                    "id": n,
                    "start": round(one.start * 1000),
                    "end": round(one.end * 1000),
                    "time_base": Fraction(1, 1000),
                    "metadata": {"title": one.title},
                }
                for n, one in enumerate(chapters)
            ]
        )
        rng = np.random.default_rng(7)
        picture = np.full((FORMAT.height * 3 // 2, FORMAT.width), 128, np.uint8)
        for n in range(frames - recipe.drop_frames):
            if n % 15 == 0:
                picture[40:80, 40:200] = rng.integers(16, 235, (40, 160))
            frame = av.VideoFrame.from_ndarray(picture, format="yuv420p")
            frame.pts = n + (recipe.stretch_frame is not None and n >= recipe.stretch_frame)
            frame.time_base = Fraction(1, FPS)
            out.mux(video.encode(frame))
        out.mux(video.encode(None))
        sound = _voice(recipe, scenes, recipe.audio_seconds or frames / FPS)
        for at in range(0, len(sound), 1024):
            piece = av.AudioFrame.from_ndarray(sound[None, at : at + 1024], format="fltp", layout="mono")
            piece.sample_rate, piece.pts, piece.time_base = SAMPLE_RATE, at, Fraction(1, SAMPLE_RATE)
            out.mux(audio.encode(piece))
        out.mux(audio.encode(None))


def srt_of(scenes: list[SceneArtifacts]) -> str:
    """Captions of four words, made without the code that the product uses."""
    cues = []
    for scene in scenes:
        start = scene.placed.start / FPS + scene.placed.times.narration
        words = scene.timing.words
        for at in range(0, len(words), 5):
            part = words[at : at + 5]
            cues.append((start + part[0].start, start + part[-1].end - 0.07, " ".join(word.text for word in part)))
    stamp = "{:02.0f}:{:02.0f}:{:06.3f}".format
    return "\n".join(
        f"{n}\n{stamp(0, a // 60, a % 60)} --> {stamp(0, b // 60, b % 60)}\n{text}\n"
        for n, (a, b, text) in enumerate(cues, start=1)
    )


@pytest.fixture
def make(tmp_path):
    """Make a film from a recipe, changed by keywords."""

    def build(srt: str | None = None, **changes) -> FilmArtifacts:
        recipe = replace(Recipe(), **changes)
        scenes = laid_out(recipe)
        middle = scenes[1].placed.start / FPS if len(scenes) > 1 else 0
        last = scenes[-1].placed
        end = (last.start + last.times.frames) / FPS
        wanted = [Chapter(start=0, end=middle or end, title="One")]
        if middle:
            wanted.append(Chapter(start=middle, end=end, title="Two"))
        path = tmp_path / "film.mp4"
        write_film(path, recipe, scenes, wanted if recipe.chapters is None else recipe.chapters)
        captions = tmp_path / "film.srt"
        captions.write_text(srt_of(scenes) if srt is None else srt, "utf-8")
        return FilmArtifacts(
            video="film",
            language="en",
            title="Film",
            mp4=path,
            format=FORMAT,
            scenes=scenes,
            chapters=wanted,
            srt=captions,
        )

    return build


@pytest.fixture
def lay():
    """What a film that was only planned measures: for checks that need no sound and no picture."""

    def build(captions: list[Caption] | None = None, **changes) -> Measured:
        scenes = laid_out(replace(Recipe(), **changes))
        planned = FilmArtifacts("film", "en", "Film", Path("film.mp4"), FORMAT, scenes, [], srt=Path("film.srt"))
        return Measured(film=planned, streams=None, sound=None, captions=captions)

    return build
