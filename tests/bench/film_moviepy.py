"""The reference job done with MoviePy 2: the same pictures, motion, sound and settings.

    python film_moviepy.py FOLDER SCENES

FOLDER holds what `film.py` drew. Runs in an environment of its own; nothing of videogen is imported.
"""

from __future__ import annotations

import sys
from pathlib import Path

from moviepy import AudioFileClip, CompositeAudioClip, CompositeVideoClip, ImageClip, concatenate_videoclips, vfx

SECONDS, TRANSITION, FPS = 10.0, 0.4, 30
BULLETS = [1.5, 3.5, 5.5, 7.5]


def eased(progress: float) -> float:
    """Cubic ease-out."""
    return 1 - (1 - min(max(progress, 0), 1)) ** 3


def entering(path: Path, start: float, duration: float, place: tuple[int, int], off: tuple[int, int]):
    """A line that fades in while it slides to its place."""

    def position(t: float) -> tuple[float, float]:
        away = 1 - eased(t / duration)
        return place[0] + round(away * off[0]), place[1] + round(away * off[1])

    clip = ImageClip(str(path), transparent=True, duration=SECONDS - start)
    return clip.with_start(start).with_position(position).with_effects([vfx.CrossFadeIn(duration)])


def scene(folder: Path, previous: Path | None):
    """A scene with the transition into it."""
    first = ImageClip(str(folder / "first.png"), duration=SECONDS)
    below = []
    if previous:
        below = [ImageClip(str(previous / "final.png"), duration=TRANSITION)]
        first = first.with_effects([vfx.CrossFadeIn(TRANSITION)])
    lines = [entering(folder / "line0.png", TRANSITION, 1.0, (120, 110), (0, 40))]
    for index, start in enumerate(BULLETS):
        lines.append(entering(folder / f"line{index + 1}.png", start, 0.3, (161, 331 + 150 * index), (-60, 0)))
    sound = AudioFileClip(str(folder / "narration.m4a")).with_start(TRANSITION + 0.1)
    clip = CompositeVideoClip([*below, first, *lines], size=(1920, 1080)).with_duration(SECONDS)
    return clip.with_audio(CompositeAudioClip([sound]).with_duration(SECONDS))


def main() -> None:
    """Make the film."""
    folder, scenes = Path(sys.argv[1]), int(sys.argv[2])
    folders = [folder / f"scene{index}" for index in range(scenes)]
    clips = [scene(here, folders[index - 1] if index else None) for index, here in enumerate(folders)]
    concatenate_videoclips(clips).write_videofile(
        str(folder / "moviepy.mp4"), fps=FPS, codec="libx264", preset="superfast", ffmpeg_params=["-qp", "20"],
        audio_codec="aac", audio_fps=48_000, audio_bitrate="128k", threads=1, logger=None,
        temp_audiofile=str(folder / "moviepy-sound.m4a"),
    )  # fmt: skip


if __name__ == "__main__":
    main()
