"""What a film costs in other formats: CPU seconds and size, against coding every frame of it with the same settings.

    python tests/bench/formats.py [FILM.mp4]

Without a film, `lesson` is drafted at 1080p. Both are measured in the same run, and only their ratio means anything on
another machine.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import av

from videogen.model.film import FilmFormat
from videogen.model.formats import ENDS, Format
from videogen.video import convert as converting


def cpu() -> float:
    """Seconds of CPU that this process has taken, all threads."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def plain(film: Path, kind: Format, fmt: FilmFormat, out: Path) -> None:
    """Every frame decoded and coded with the settings of a format: what any converter does. No sound."""
    form = converting._FORMS[kind]
    with av.open(str(film)) as source, av.open(str(out), "w", format=form.container) as made:
        stream = converting._video(made, form, fmt, {**form.options, "g": str(5 * fmt.fps)})
        for frame in source.decode(source.streams.video[0]):
            frame.pict_type = 0
            made.mux(stream.encode(frame))
        made.mux(stream.encode(None))


def a_film(folder: Path) -> Path:
    """The film of a project of this repository, without a voice."""
    project = folder / "lesson.yaml"
    project.write_text((Path(__file__).parents[2] / "projects/lesson.yaml").read_text() + "\nvoice: 'draft:'\n")
    command = [sys.executable, "-m", "videogen", "create", str(project), "--quiet", "-o", str(folder / "build")]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode not in (0, 3):
        sys.exit(done.stderr)
    return Path(done.stdout.strip())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("film", nargs="?", type=Path)
    with tempfile.TemporaryDirectory() as folder:
        film = parser.parse_args().film or a_film(Path(folder))
        fmt = FilmFormat.model_validate_json((film.parent / "format.json").read_bytes())
        with av.open(str(film)) as opened:
            seconds = float(opened.duration or 0) / 1e6
        print(f"{film.name}: {seconds:.0f} s, {os.path.getsize(film) / 1e6:.1f} MB")
        for kind, end in ENDS.items():
            out = Path(folder, f"film{end}")
            begun, wall = cpu(), time.perf_counter()
            converting.convert(film, kind, fmt, None, out)
            ours, wall = cpu() - begun, time.perf_counter() - wall
            size = os.path.getsize(out)
            begun = cpu()
            plain(film, kind, fmt, out)
            every = cpu() - begun
            smaller = f"{size / 1e6:.1f} MB ({size / os.path.getsize(film):.2f} of the MP4)"
            print(f"{kind:5} {ours:.1f} s of CPU, {wall:.1f} s on the clock, {smaller}", end="; ")
            print(f"every frame coded {every:.1f} s: {ours / every:.2f} of that", flush=True)


if __name__ == "__main__":
    main()
