"""Golden pictures: the example of every kind in every theme and shape, as a perceptual print of each.

    python tests/scenes/golden.py [KIND ...] [--sheet golden.png]

draws all of them (or those of the kinds named), writes the prints of those that changed to `golden/<kind>.json`, and
lays them side by side on a contact sheet, before beside after: look at it before you commit. The pictures from before
are drawn by the code of the commit that last changed the prints.

A print is a coarse picture: the mean light of cells in a fine grid and the mean colour of cells in a coarse one. The
last bit of a rasteriser does not show in it; an element that is moved, missing, too large or in another colour does.
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

import numpy as np
import yaml
from PIL import Image

ROOT = Path(__file__).parents[2]
PRINTS = Path(__file__).parent / "golden"
HEIGHT = 270
"""Pixels of the shorter side: a quarter of 1080p, at an eighth of the cost."""
FINE, COARSE = 300, 40
"""Cells of the grids of light and of colour, about; as many across as down, in proportion."""
TOLERANCE = 2
"""Levels by which two prints of one picture may differ anywhere."""
MOST = 60
"""Pictures on a sheet; of more, as many are taken evenly."""


def names(kind: str) -> list[str]:
    """What each golden picture of a kind is called."""
    from scenes_kit import ASPECTS, THEMES

    return [f"{kind} {theme} {aspect}" for theme in THEMES for aspect in ASPECTS]


def pictures(wanted: Iterable[str]) -> dict[str, Image.Image]:
    """These golden pictures, drawn. The fonts of the system are left alone: what is drawn is the same everywhere."""
    from scenes_kit import look

    from videogen.build.gallery import stand_ins
    from videogen.model.script import Picture
    from videogen.scenes.draw import draw, scene_kind

    found: dict[str, Image.Image] = {}
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name in wanted:
            kind, theme, aspect = name.split()
            content = yaml.safe_load(scene_kind(kind).example)["content"]
            if not any(root.rglob("*")):
                stand_ins(kind, content, root)
            drawn = draw(Picture(kind=kind, content=content), look(theme, "blue", HEIGHT, root, aspect), root)
            found[name] = opened(drawn.final)
    return found


def opened(png: bytes) -> Image.Image:
    """A PNG file as a picture, RGB."""
    return Image.open(BytesIO(png)).convert("RGB")


def printed(picture: Image.Image) -> str:
    """The print of a picture, as text."""
    parts = [
        _cells(picture.convert("L"), FINE),
        *(_cells(band, COARSE) for band in picture.convert("YCbCr").split()[1:]),
    ]
    return base64.b64encode(b"".join(np.round(part).astype(np.uint8).tobytes() for part in parts)).decode()


def _cells(band: Image.Image, count: int) -> np.ndarray:
    """Means over about so many cells."""
    across = round((count * band.width / band.height) ** 0.5)
    return np.asarray(band.convert("F").resize((across, round(count / across)), Image.Resampling.BOX))


def alike(one: str, other: str) -> bool:
    """Whether two prints are of one picture."""
    mine, theirs = (np.frombuffer(base64.b64decode(text), np.uint8).astype(int) for text in (one, other))
    return mine.shape == theirs.shape and int(np.abs(mine - theirs).max()) <= TOLERANCE


def kept(kind: str) -> dict[str, str]:
    """The golden prints of a kind, by name; none for a new one."""
    path = PRINTS / f"{kind}.json"
    return json.loads(path.read_text()) if path.exists() else {}


def changed(kind: str, drawn: dict[str, Image.Image]) -> list[str]:
    """The pictures of a kind that are not as they were, and those that are new."""
    before = kept(kind)
    return [name for name, picture in drawn.items() if name not in before or not alike(before[name], printed(picture))]


def update(chosen: list[str], sheet: Path) -> int:
    """Write the prints of what changed, and the sheet. Returns how many pictures changed."""
    fresh: dict[str, Image.Image] = {}
    was: dict[str, str] = {}
    for kind in chosen:
        drawn = pictures(names(kind))
        before, other = kept(kind), changed(kind, drawn)
        if not other and before.keys() == drawn.keys():
            continue
        was |= before
        fresh |= {name: drawn[name] for name in other}
        prints = {name: printed(picture) if name in other else before[name] for name, picture in drawn.items()}
        PRINTS.mkdir(exist_ok=True)
        (PRINTS / f"{kind}.json").write_text(json.dumps(prints, indent=0) + "\n")
    if fresh:
        shown = list(fresh)[:: -(-len(fresh) // MOST)]
        # after a rebase that code may draw something else than what was printed: better no picture than that one
        old = {name: one for name, one in _before(shown).items() if name in was and alike(was[name], printed(one))}
        _write_sheet(shown, old, fresh, len(fresh), sheet)
    return len(fresh)


def _before(wanted: list[str]) -> dict[str, Image.Image]:
    """Pictures as the code drew them that last changed the prints; none when there were no prints yet."""
    git = ["git", "-C", str(ROOT)]
    commit = subprocess.run(
        [*git, "log", "-1", "--format=%H", "--", str(PRINTS)], capture_output=True, text=True, check=True
    ).stdout.strip()
    if not commit:
        return {}
    with tempfile.TemporaryDirectory() as folder:
        archive = subprocess.run([*git, "archive", commit], capture_output=True, check=True).stdout
        subprocess.run(["tar", "-x", "-C", folder], input=archive, check=True)
        script = "import sys; sys.path.insert(0, 'tests/scenes'); import golden; golden.keep(sys.argv[1:])"
        subprocess.run([sys.executable, "-c", script, *wanted], cwd=folder, env={**os.environ, "PYTHONPATH": folder})
        return {
            name: Image.open(BytesIO(path.read_bytes()))
            for name in wanted
            if (path := Path(folder, f"{name.replace(':', '-')}.png")).exists()
        }


def keep(wanted: list[str]) -> None:
    """Draw these, as far as they can be, into PNG files of the working folder."""
    from videogen.model.kinds import kinds

    for kind in {name.split()[0]: None for name in wanted if name.split()[0] in kinds()}:
        known = set(names(kind))
        for name, picture in pictures([name for name in wanted if name in known and name.split()[0] == kind]).items():
            picture.save(f"{name.replace(':', '-')}.png")


def _write_sheet(
    shown: list[str], before: dict[str, Image.Image], after: dict[str, Image.Image], count: int, file: Path
) -> None:
    from videogen.scenes.sheet import Row, contact_sheet

    rows = [Row(name, [before.get(name), after[name]]) for name in shown]
    contact_sheet(f"{count} pictures changed, {len(rows)} shown", ["before", "after"], rows).save(file)


def main() -> None:
    """Update the prints."""
    sys.path.insert(0, str(Path(__file__).parent))
    from videogen.model.kinds import kinds
    from videogen.scenes import fontfiles

    fontfiles.system_fonts = lambda: ()  # type: ignore[assignment]
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kinds", nargs="*", metavar="KIND")
    parser.add_argument("--sheet", type=Path, default=Path("golden.png"))
    options = parser.parse_args()
    count = update(options.kinds or list(kinds()), options.sheet)
    print(f"{count} pictures changed" + (f": {options.sheet}" if count else ""))


if __name__ == "__main__":
    main()
