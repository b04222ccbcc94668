"""The reference job, measured: six scenes of 10 s, 1080p30, with a dark gradient, a title that slides and fades in
over 1 s, four bullets (0.3 s each), crossfades and sound; against x264 alone on the distinct frames, and MoviePy.

    python tests/bench/film.py [--runs 5] [--scenes 6] [--moviepy-python PATH/bin/python] [--memory]

Every job is a process of its own; CPU seconds are user and system time of it and its children.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

WIDTH, HEIGHT, FPS, SECONDS = 1920, 1080, 30, 10
BULLETS = [1.5, 3.5, 5.5, 7.5]
TITLE = (120, 110, 1.0, 40)
"""x, y, seconds of its entrance, pixels that it rises."""
BULLET = (161, 331, 0.3, 60)
SOUND_SECONDS = 8
COLOURS = [(16, 24, 48), (20, 40, 44), (44, 20, 48), (48, 28, 16), (18, 44, 24), (28, 28, 52)]
TEXT = "Rebuild only what has changed since the last time"


def lines(scene: int):
    """The title and the bullets of a scene, each a picture with opacity."""
    from PIL import Image, ImageDraw

    for text, size in [(f"Scene {scene + 1}: {TEXT}"[:40], 84), *((f"- {TEXT} ({index})", 52) for index in range(4))]:
        line = Image.new("RGBA", (1600, 120))
        ImageDraw.Draw(line).text((0, 4), text, fill=(235, 240, 250), font_size=size)
        yield line


def prepare(folder: Path, scenes: int) -> None:
    """What is given: the sound, and for the peer, which is spared the drawing, every line as a picture."""
    import numpy as np

    np.save(folder / "sound.npy", sound())
    for scene in range(scenes):
        here = folder / f"scene{scene}"
        here.mkdir()
        for index, line in enumerate(lines(scene)):
            line.save(here / f"line{index}.png", compress_level=1)


def draw(folder: Path, scene: int) -> None:
    """ground.png, first.png, final.png and layers.png of a scene: all that it shows comes with a cue."""
    import numpy as np
    from PIL import Image

    from videogen.scenes.png import png_bytes

    slope = np.linspace(1, 0.4, HEIGHT)[:, None, None]
    picture = np.round(np.array(COLOURS[scene % len(COLOURS)]) * slope).astype(np.uint8)
    first = Image.fromarray(np.ascontiguousarray(np.broadcast_to(picture, (HEIGHT, WIDTH, 3))))
    (folder / "ground.png").write_bytes(png_bytes(first))
    (folder / "first.png").write_bytes(png_bytes(first))
    atlas = Image.new("RGBA", (1600, 600))
    final = first.convert("RGBA")
    for index, line in enumerate(lines(scene)):
        atlas.paste(line, (0, 120 * index))
        final.alpha_composite(line, TITLE[:2] if index == 0 else (BULLET[0], BULLET[1] + 150 * (index - 1)))
    (folder / "layers.png").write_bytes(png_bytes(atlas))
    (folder / "final.png").write_bytes(png_bytes(final.convert("RGB")))


def motion_and_times():
    """The scene's motion on its own clock."""
    from videogen.model.motion import Layer, Motion, Move
    from videogen.model.timing import SceneTimes, transition_frames

    size = {"width": 1600, "height": 120}
    layers = [Layer(id="title", x=TITLE[0], y=TITLE[1], **size)]
    moves = [Move(layer="title", cue="start", duration=TITLE[2], dy=TITLE[3])]
    for index in range(4):
        y = BULLET[1] + 150 * index
        layers.append(Layer(id=f"b{index}", x=BULLET[0], y=y, atlas_y=120 * (index + 1), **size))
        moves.append(Move(layer=f"b{index}", cue=f"item:{index}", duration=BULLET[2], dx=-BULLET[3]))
    cues = [f"item:{index}" for index in range(4)]
    start = transition_frames(FPS)
    at = {"start": start / FPS, **dict(zip(cues, BULLETS, strict=True))}
    motion = Motion(width=WIDTH, height=HEIGHT, cues=cues, layers=layers, moves=moves)
    return motion, SceneTimes(SECONDS * FPS, start, start / FPS + 0.1, at)


def sound():
    """Something as busy as speech: bursts of noise of changing loudness, float32, 48 kHz."""
    import numpy as np

    count = SOUND_SECONDS * 48_000
    noise = np.random.default_rng(1).standard_normal(count)
    smooth = np.convolve(noise, np.hanning(24) / 12, "same")
    beat = np.clip(np.sin(np.arange(count) / 48_000 * 2 * np.pi * 3), 0, 1)
    pcm = (0.3 * smooth * beat).astype(np.float32)
    pcm[-2048:] = 0
    return pcm


def encode_sound(path: Path, pcm) -> None:
    """A narration as the build makes it: AAC in MP4."""
    import av

    with av.open(str(path), "w", format="mp4", options={"fflags": "+bitexact"}) as file:
        stream = file.add_stream("aac", rate=48_000, layout="mono", bit_rate=128_000, options={"aac_coder": "fast"})
        for start in range(0, len(pcm), 1024):
            frame = av.AudioFrame.from_ndarray(pcm[None, start : start + 1024], format="fltp", layout="mono")
            frame.sample_rate, frame.pts = 48_000, start
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))


def passing(previous: Path | None, here: Path) -> tuple[Path | None, Path, tuple[Path, Path] | None]:
    """The pictures between which a scene takes over from the one in the folder `previous`, and their grounds."""
    if previous is None:
        return None, here / "first.png", None
    return previous / "final.png", here / "first.png", (previous / "ground.png", here / "ground.png")


def ours(folder: Path, scenes: int) -> None:
    """The whole job: draw, encode, join."""
    import numpy as np

    from videogen.model.film import FilmFormat
    from videogen.video.body import encode_body
    from videogen.video.join import join
    from videogen.video.transition import encode_transition

    fmt = FilmFormat(width=WIDTH, height=HEIGHT, fps=FPS)
    motion, times = motion_and_times()
    pcm = np.load(folder / "sound.npy")
    segments, narrations, previous = [], [], None
    for scene in range(scenes):
        here = folder / f"scene{scene}"
        draw(here, scene)
        encode_sound(here / "narration.m4a", pcm)
        before, first, grounds = passing(previous, here)
        (here / "transition.mp4").write_bytes(encode_transition(before, first, fmt, grounds))
        (here / "body.mp4").write_bytes(encode_body(here / "first.png", here / "layers.png", motion, times, fmt))
        segments += [here / "transition.mp4", here / "body.mp4"]
        start = round((scene * SECONDS + times.narration) * 48_000)
        narrations.append((here / "narration.m4a", start, SOUND_SECONDS * 48_000))
        previous = here
    chapters = [(scene * SECONDS, scene * SECONDS + SECONDS, f"Scene {scene + 1}") for scene in range(scenes)]
    join(segments, narrations, times.frames * scenes, fmt, chapters, "en", "Bench", folder / "film.mp4")


def floor(folder: Path, scenes: int) -> float:
    """CPU seconds that x264 alone takes for the distinct frames of the job, with the settings of the job."""
    import videogen.video.body as body
    import videogen.video.transition as transition
    from videogen.model.film import FilmFormat
    from videogen.video.encoder import SegmentEncoder

    spent = 0.0

    class Timed(SegmentEncoder):
        def _encode(self, length: int) -> None:
            nonlocal spent
            self._picture.pts = self._added
            self._picture.pict_type = 0 if self._since_key else 1
            self._added += length
            before = time.process_time()
            list(self._stream.encode(self._picture))
            spent += time.process_time() - before

        def finish(self) -> bytes:
            return b""

    body.SegmentEncoder = transition.SegmentEncoder = Timed
    fmt = FilmFormat(width=WIDTH, height=HEIGHT, fps=FPS)
    motion, times = motion_and_times()
    previous = None
    for scene in range(scenes):
        here = folder / f"scene{scene}"
        before, first, grounds = passing(previous, here)
        transition.encode_transition(before, first, fmt, grounds)
        body.encode_body(here / "first.png", here / "layers.png", motion, times, fmt)
        previous = here
    return spent


def measured(command: list[str]) -> tuple[float, float, str]:
    """CPU seconds, peak memory in MB and output of a process with its children. Fails as the process fails."""
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(command, stdout=out)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"failed: {' '.join(command)}")
        out.seek(0)
        return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, out.read().decode()


def row(name: str, values: list[float], unit: str) -> str:
    """Median with min and max."""
    return f"{name:44} {statistics.median(values):8.2f} {min(values):8.2f} {max(values):8.2f}  {unit}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--scenes", type=int, default=6)
    parser.add_argument("--moviepy-python", help="an interpreter that has MoviePy 2; without it that row is left out")
    parser.add_argument("--memory", action="store_true", help="also measure peak memory for 10 and 300 scenes")
    parser.add_argument("--part", choices=["ours", "floor"], help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.part == "ours":
        return ours(args.folder, args.scenes)
    if args.part == "floor":
        return print(json.dumps(floor(args.folder, args.scenes)))

    def part(name: str, folder: str, scenes: int) -> tuple[float, float, str]:
        return measured([sys.executable, __file__, "--part", name, "--folder", folder, "--scenes", str(scenes)])

    made, floors, peers, memory, sizes = [], [], [], [], []
    for _ in range(args.runs):
        with tempfile.TemporaryDirectory() as folder:
            prepare(Path(folder), args.scenes)
            cpu, peak, _ = part("ours", folder, args.scenes)
            made.append(cpu)
            memory.append(peak)
            sizes.append((Path(folder) / "film.mp4").stat().st_size / 1e6)
            floors.append(json.loads(part("floor", folder, args.scenes)[2]))
            if args.moviepy_python:
                peer = str(Path(__file__).with_name("film_moviepy.py"))
                peers.append(measured([args.moviepy_python, peer, folder, str(args.scenes)])[0])
    print(f"{args.scenes} scenes of {SECONDS} s, {WIDTH}x{HEIGHT} at {FPS}, {args.runs} paired runs")
    print(f"{'':44} {'median':>8} {'min':>8} {'max':>8}")
    print(row("videogen, pictures to film", made, "s CPU"))
    print(row("x264 alone on the distinct frames (floor)", floors, "s CPU"))
    print(row("videogen / floor", [a / b for a, b in zip(made, floors, strict=True)], "x  (aim <= 2.5)"))
    if peers:
        print(row("MoviePy, the same content", peers, "s CPU"))
        print(row("MoviePy / videogen", [a / b for a, b in zip(peers, made, strict=True)], "x  (aim >= 40)"))
    else:
        print("MoviePy: not measured (give --moviepy-python an interpreter that has moviepy 2)")
    print(row("videogen, peak memory", memory, "MB"))
    print(row("videogen, size of the film", sizes, "MB"))
    if args.memory:
        for scenes in (10, 300):
            with tempfile.TemporaryDirectory() as folder:
                prepare(Path(folder), scenes)
                print(row(f"peak memory of {scenes} scenes", [part("ours", folder, scenes)[1]], "MB"))
    return None


if __name__ == "__main__":
    main()
