"""What drawing costs: CPU milliseconds of a scene's key pictures at 1080p, PNG files and all, for every kind.

    python tests/bench/draw.py [--runs 7] [--theme midnight] [--kinds code quiz] [--aspect 16:9]

Each kind is drawn twice: its example, and a page as full as it may be. As when a film is built, typefaces and libraries
are loaded and the background is made, but nothing that is remembered of the content; what loading costs the first scene
of a process is printed apart. The peer, in the same process, is Pillow, which writes the same three pictures as PNG at
its lightest compression: drawing cannot be cheaper than keeping what was drawn.
"""

from __future__ import annotations

import argparse
import multiprocessing
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

KEPT = {
    *("_made", "_written", "scene_kind", "file_of", "opened", "sized", "packed", "coverage", "cap_height", "_ordinary"),
    *("system_fonts", "system_font", "_stand_in", "script_of", "_parser", "_library"),
}
"""What the scenes of a film share: backgrounds, kinds, typefaces."""
TEXT = "what a viewer has to read before the narration goes on and the next one comes in"
CODE = "\n".join(
    f"def part_{number}(name: str, *, count: int = {number}) -> dict[str, int]: ..." for number in range(13)
)


def say(words: int) -> str:
    """A phrase of so many words."""
    return " ".join((f"{TEXT} " * (1 + words // 18)).split()[:words]).capitalize()


POINTS = [{"text": say(4), "detail": say(9)}, {"text": say(5), "detail": say(8)}]
FULL: dict[str, dict[str, Any]] = {
    "title": {"title": say(12), "subtitle": say(20), "eyebrow": say(5)},
    "section": {"title": say(12), "number": "12", "summary": say(24)},
    "bullets": {"header": say(9), "items": [say(12)] * 6},
    "code": {
        "header": say(7),
        "code": CODE,
        "language": "python",
        "line_numbers": True,
        "highlight": ["1-3", "4-6", "7-9"],
        "caption": say(8),
    },
    "code_comparison": {
        "header": say(6),
        "before_code": "\n".join(CODE.replace(", *, count", ", count").splitlines()[:8]),
        "after_code": "\n".join(CODE.splitlines()[:8]),
        "language": "python",
    },
    "command": {
        "header": say(6),
        "description": say(8),
        "commands": [{"command": f"doit {name} --verbosity 2", "output": f".  {say(8)}"} for name in ("a", "b", "c")],
    },
    "terminal": {"header": say(6), "command": "doit list --all", "output": "\n".join([say(9)] * 30), "caption": say(7)},
    "solution": {
        "title": say(6),
        "solution_code": "\n".join(CODE.splitlines()[:7]),
        "explanation": say(30),
        "language": "python",
    },
    "quote": {"text": say(60), "attribution": say(4)},
    "callout": {"tone": "warning", "title": say(6), "text": say(50)},
    "list": {"header": say(6), "description": say(20), "items": POINTS * 3},
    "steps": {"header": say(6), "steps": POINTS * 3},
    "timeline": {"header": say(6), "events": [{"date": "1976", "label": say(3), "text": say(8)}] * 6},
    "two_columns": {
        "header": say(6),
        "left_header": say(3),
        "left_items": [say(7)] * 4,
        "right_header": say(3),
        "right_items": [say(7)] * 4,
        "signs": "verdict",
    },
    "stat": {"value": "12,480", "prefix": "~", "suffix": " %", "label": say(7), "context": say(24)},
    "learning_objectives": {"lesson_title": say(8), "objectives": [say(9)] * 6, "lesson_info": [say(2)] * 4},
    "problem": {"problem_number": 7, "title": say(6), "problem_text": say(60), "difficulty": "hard"},
    "exercise": {"title": say(6), "instructions": [say(9)] * 5, "difficulty": "easy", "estimated_time": "15 min"},
    "quiz": {"question": say(20), "options": [f"{say(7)} {n}" for n in range(8)], "correct_answer": "B"},
    "checkpoint": {
        "checkpoint_number": 2,
        "title": say(4),
        "completed_topics": [say(5)] * 4,
        "review_questions": [say(7)] * 3,
        "next_topics": [say(5)] * 3,
    },
    "table": {"header": say(6), "columns": [say(2)] * 5, "rows": [[say(2)] * 5] * 7, "highlight": [1, 3]},
    "image": {"header": say(6), "path": "docs/architecture.png", "caption": say(9)},
    "video": {"header": say(6), "path": "docs/edit.mp4", "caption": say(9)},
    "diagram": {
        "header": say(6),
        "source": "flowchart LR\n" + "\n".join(f"  n{n // 2}[{say(2)}] --> n{n + 1}[{say(2)} {n}]" for n in range(11)),
        "caption": say(8),
    },
    "chart": {
        "header": say(6),
        "type": "bar",
        "unit": "s",
        "labels": [f"{say(1)} {n}" for n in range(8)],
        "series": [{"name": say(2), "values": list(range(2, 10))}, {"name": say(1), "values": list(range(9, 1, -1))}],
        "caption": say(8),
    },
    "outro": {"main_text": say(9), "sub_text": say(14), "items": [say(5)] * 4},
}


def clock() -> float:
    """CPU milliseconds of this process."""
    return time.process_time() * 1000


def forget() -> None:
    """Everything that a scene leaves behind and another one does not find in a film."""
    for name, module in list(sys.modules.items()):
        if name.startswith("videogen.scenes."):
            for thing in vars(module).values():
                if hasattr(thing, "cache_clear") and thing.__name__ not in KEPT:
                    thing.cache_clear()


def drawn(kind: str, content: dict[str, Any], look: Any, root: Path) -> tuple[float, float, int]:
    """Milliseconds of drawing a scene and of Pillow writing the same pictures, and how many pages it has."""
    from PIL import Image

    from videogen.model.script import Picture
    from videogen.scenes.draw import draw

    picture = Picture(kind=kind, content=content)
    forget()
    begun = clock()
    made = draw(picture, look, root)
    ours = clock() - begun
    pictures = [Image.open(BytesIO(png)) for png in (made.first, made.final, made.layers)]
    for each in pictures:
        each.load()
    begun = clock()
    for each in pictures:
        each.save(BytesIO(), "png", compress_level=1)
    return ours, clock() - begun, max((box.page for box in made.motion.text), default=0) + 1


def look(theme: str, aspect: Any, resolution: Any, root: Path) -> Any:
    """The look of a film of this shape."""
    from videogen.model.film import film_format
    from videogen.model.project import Output
    from videogen.scenes.themes import resolve_look

    return resolve_look(theme, "blue", film_format(Output(resolution=resolution), aspect), root)


def opening(theme: str, aspect: str) -> tuple[float, float]:
    """Milliseconds of the first scene of a process, which is one word, and of the next one like it."""
    large = look(theme, aspect, "1080p", Path())
    return drawn("section", {"title": "A"}, large, Path())[0], drawn("section", {"title": "B"}, large, Path())[0]


def spread(values: Sequence[float]) -> str:
    """Median with least and greatest."""
    return f"{statistics.median(values):5.0f} ({min(values):.0f} to {max(values):.0f})"


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--theme", default="midnight")
    parser.add_argument("--aspect", default="16:9")
    parser.add_argument("--kinds", nargs="*")
    options = parser.parse_args()

    import yaml

    from videogen.build.gallery import stand_ins
    from videogen.model.kinds import kinds
    from videogen.scenes.draw import scene_kind

    with multiprocessing.get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
        first, second = zip(
            *(pool.apply(opening, (options.theme, options.aspect)) for _ in range(options.runs)), strict=True
        )
    print(f"drawing at 1080p, {options.theme}, {options.aspect}: CPU ms, {options.runs} runs")
    print(f"  one word, first in its process {spread(first)}, and when that has been drawn {spread(second)}")
    print(f"  {'kind':20} {'example':22} {'full page':22} full page, to Pillow writing it as PNG")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for kind in kinds():
            stand_ins(kind, FULL[kind], root)
        large = look(options.theme, options.aspect, "1080p", root)
        for kind in options.kinds or list(kinds()):
            contents = yaml.safe_load(scene_kind(kind).example)["content"], FULL[kind]
            runs = [[drawn(kind, content, large, root) for _ in range(options.runs + 1)][1:] for content in contents]
            example, full = (spread([ours for ours, _, _ in each]) for each in runs)
            ratio = statistics.median(ours / peer for ours, peer, _ in runs[1])
            pages = f", {runs[1][0][2]} pages" if runs[1][0][2] > 1 else ""
            print(f"  {kind:20} {example:22} {full:22} {ratio:.1f}{pages}", flush=True)


if __name__ == "__main__":
    main()
