"""Pictures of many scenes at once: every kind in every theme, and what two builds show differently."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from videogen.build.write import write_bytes
from videogen.model.errors import ValidationError
from videogen.model.film import film_format
from videogen.model.kinds import kinds
from videogen.model.project import Aspect, Output
from videogen.model.script import Picture

GALLERY = "480p"
"""Resolution at which the gallery is drawn: its pictures are shown small."""


def gallery(themes: Sequence[str], chosen: Sequence[str], aspect: Aspect, accent: Any, file: Path) -> int:
    """A contact sheet, PNG or JPEG, of the example of every kind in each theme: of all of them, when none are named.

    Returns how many pictures are on it. Raises ValidationError for a theme or a kind that does not exist, and for a
    file of another sort.
    """
    import yaml
    from PIL import Image

    from videogen.scenes.draw import draw, scene_kind
    from videogen.scenes.sheet import Row, contact_sheet, grid_sheet
    from videogen.scenes.themes import resolve_look, theme_names

    if file.suffix.lower() not in (".png", ".jpg", ".jpeg"):
        raise ValidationError(f'"{file}" is not the name of a picture', hint="let it end with .png or .jpg")
    shown = list(themes) or theme_names()
    every = list(chosen) or list(kinds())
    fmt = film_format(Output(resolution=GALLERY), aspect)
    looks = [resolve_look(theme, accent, fmt, Path()) for theme in shown]
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for kind in every:
            content = yaml.safe_load(scene_kind(kind).example)["content"]
            stand_ins(kind, content, root)
            drawn = [draw(Picture(kind=kind, content=content), look, root) for look in looks]
            rows.append(Row(kind, [Image.open(BytesIO(one.final)) for one in drawn]))
    if len(shown) == 1:
        sheet = grid_sheet([(row.label, row.pictures[0]) for row in rows])
    elif len(every) == 1:
        sheet = grid_sheet(list(zip(shown, rows[0].pictures, strict=True)))
    else:
        sheet = contact_sheet("Scene kinds", shown, rows)
    write_bytes(str(file), _png(sheet) if file.suffix.lower() == ".png" else _jpeg(sheet))
    return len(rows) * len(shown)


def theme_picture(theme: str, accent: Any, width: int) -> bytes:
    """How a title looks in a theme that comes with videogen: a WebP, 16:9, of so many pixels' width.

    Raises ValidationError for a theme that does not.
    """
    from PIL import Image

    from videogen.model.script import Picture
    from videogen.scenes.draw import draw
    from videogen.scenes.themes import resolve_look, theme_names

    if theme not in theme_names():
        raise ValidationError(f'there is no theme "{theme}"', hint=f"there are: {', '.join(theme_names())}")
    look = resolve_look(theme, accent, film_format(Output(resolution=GALLERY), "16:9"), Path())
    content = {"title": theme.capitalize(), "subtitle": "Narrated, with captions"}
    with Image.open(BytesIO(draw(Picture(kind="title", content=content), look, Path()).final)) as picture:
        small = picture.convert("RGB").resize((width, round(width * picture.height / picture.width)))
    file = BytesIO()
    small.save(file, "WEBP", quality=82)
    return file.getvalue()


def stand_ins(kind: str, content: dict[str, Any], root: Path) -> None:
    """Pictures and clips for the examples that name one."""
    from videogen.scenes.sheet import landscape

    for name in kinds()[kind].paths:
        named = content.get(name)
        if not named or Path(named).suffix not in (".png", ".jpg", ".mp4"):
            continue
        path = root / named
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".mp4":
            _clip_of(landscape(), path)
        else:
            landscape().save(path)


def _clip_of(picture: Any, path: Path) -> None:
    """A clip that shows nothing but one picture."""
    import av

    with av.open(str(path), "w") as file:
        stream = file.add_stream("libx264", rate=25)
        stream.width, stream.height, stream.pix_fmt = picture.width, picture.height, "yuv420p"
        for _ in range(2):
            file.mux(stream.encode(av.VideoFrame.from_image(picture)))
        file.mux(stream.encode(None))


def difference(before: Path, after: Path, file: Path) -> list[str]:
    """The scenes of two builds whose last pictures differ, drawn before beside after; nothing is written if none do.

    `before` and `after` are folders of films (build/<project>/<video>/<language>) or folders that hold one. Returns
    the names of those scenes. Raises ValidationError for a folder without a film.
    """
    from PIL import Image

    from videogen.scenes.sheet import Row, contact_sheet

    old, new = _pictures(before), _pictures(after)
    names = list(new) + [name for name in old if name not in new]
    changed = [name for name in names if _bytes(old.get(name)) != _bytes(new.get(name))]
    rows = [
        Row(name, [Image.open(path) if path else None for path in (old.get(name), new.get(name))]) for name in changed
    ]
    if rows:
        write_bytes(str(file), _png(contact_sheet(f"{len(rows)} of {len(names)} scenes", ["before", "after"], rows)))
    return changed


def _pictures(folder: Path) -> dict[str, Path]:
    """The last picture of every scene of the one film in a folder, in the film's order."""
    # versions of earlier builds are kept in a hidden folder
    every = (path.relative_to(folder) for path in folder.glob("**/timeline.json"))
    found = sorted(folder / path for path in every if not any(part.startswith(".") for part in path.parts))
    if len(found) != 1:
        why = "no film" if not found else f"{len(found)} films: {', '.join(str(path.parent) for path in found[:4])}"
        raise ValidationError(f'there is {why} in "{folder}"', hint="name a folder such as build/readme/readme/en")
    scenes = [scene["id"] for scene in json.loads(found[0].read_bytes())["scenes"]]
    return {scene: found[0].parent / scene / "final.png" for scene in scenes}


def _bytes(path: Path | None) -> bytes | None:
    return path.read_bytes() if path and path.exists() else None


def _png(picture: Any) -> bytes:
    from videogen.scenes.png import png_bytes

    return png_bytes(picture)


def _jpeg(picture: Any) -> bytes:
    file = BytesIO()
    picture.save(file, "JPEG", quality=82, optimize=True, progressive=True)
    return file.getvalue()
