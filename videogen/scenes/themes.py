"""Themes: found by name or by path, read strictly, settled for one video."""

from __future__ import annotations

import difflib
import os
from pathlib import Path
from typing import Any

import pydantic
import yaml

from videogen.model.accent import Accent
from videogen.model.allowed import check_inside
from videogen.model.base import Model
from videogen.model.errors import ValidationError, Where
from videogen.model.film import FilmFormat, film_format
from videogen.model.project import VideoConfig
from videogen.model.templates import is_theme_path, templates_folder, theme_file
from videogen.model.theme import Look, Theme
from videogen.scenes.chrome import logo
from videogen.scenes.colours import mix
from videogen.scenes.contrast import contrast, luminance

_MAX_BYTES = 65_536


def theme_names() -> list[str]:
    """Names of the shipped themes, sorted."""
    return sorted(path.stem for path in Path(templates_folder(), "themes").glob("*.yaml"))


def themes() -> list[dict[str, str]]:
    """Every theme that travels with the package: `name`, `mode`, and `what` the first line of its file says."""
    found: list[dict[str, str]] = []
    for name in theme_names():
        path = theme_path(name, Path())
        first = path.read_text(encoding="utf-8").partition("\n")[0]
        found.append({"name": name, "mode": _read(path, name).mode, "what": first.lstrip("# ").rstrip(".")})
    return found


def resolve_look(theme: str, accent: Accent, fmt: FilmFormat, root: Path, reduced_motion: bool = False) -> Look:
    """The look of a video: `theme` is a shipped theme's name, or the path of a theme file relative to `root`.

    Raises ValidationError when there is no such theme or the file is not a theme.
    """
    path = theme_path(theme, root)
    name = theme if is_theme_path(theme) else path.name
    found = _read(path, name)
    if found.picture:
        found = found.model_copy(update={"picture": _beside(path, "picture", found.picture, root, name)})
    if found.chrome.logo:
        mark = _beside(path, "chrome.watermark", found.chrome.logo, root, name)
        found = found.model_copy(update={"chrome": found.chrome.model_copy(update={"watermark": mark})})
    return Look(theme=found, accent=accent, width=fmt.width, height=fmt.height, reduced_motion=reduced_motion)


def look_of(video: VideoConfig, root: Path) -> Look:
    """The look of a video as its project wants it. Raises ValidationError as `resolve_look` does, and for a logo that
    cannot be shown."""
    look = resolve_look(video.theme, video.accent, film_format(video.output, video.aspect), root, video.reduced_motion)
    if video.brand and video.theme_changes:
        look = look.model_copy(update={"theme": _changed(look.theme, video.theme_changes, video.brand, root)})
    look = look.model_copy(update={"captions": video.captions.burned, "chrome": video.chrome.over(look.theme.chrome)})
    if look.chrome.logo:
        logo(look.chrome.logo, root, 360, 44)
    return look


def _changed(theme: Theme, changes: dict[str, Any], brand: str, root: Path) -> Theme:
    """A theme with what a brand has other. Raises ValidationError, with the place in the brand file."""
    text = (root / brand).read_text(encoding="utf-8-sig")
    data = _laid_over(theme.model_dump(mode="json", exclude_none=True), changes)
    try:
        found = Theme.model_validate(data)
    except pydantic.ValidationError as error:
        raise _explained(error, brand, text) from error
    _check_contrast(found, brand, text)
    picture = changes.get("picture")
    if isinstance(picture, str):
        found = found.model_copy(update={"picture": _beside(root / brand, "picture", picture, root, brand)})
    return found


def _laid_over(below: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """A theme's keys with others over them; the colours of a listing follow, unless they are given."""
    if {"accents", "text", "muted"} & changes.keys():
        below = {key: value for key, value in below.items() if key != "code"}
    return merged(below, changes)


def theme_path(theme: str, root: Path) -> Path:
    """The file that `theme` names. Raises ValidationError, naming the closest theme, when there is none."""
    if is_theme_path(theme):
        path = root / theme
        check_inside(path, theme)
        if not os.path.isfile(path):
            raise ValidationError(f'there is no theme file "{theme}"', hint=f"shipped themes: {_listed()}")
        return path
    names = theme_names()
    if theme not in names:
        close = difflib.get_close_matches(theme, names, 1)
        raise ValidationError(
            f'unknown theme "{theme}"', hint=f'did you mean "{close[0]}"?' if close else f"shipped themes: {_listed()}"
        )
    return Path(theme_file(theme))


def _listed() -> str:
    return ", ".join(theme_names())


def _read(path: Path, name: str) -> Theme:
    try:
        raw = path.read_bytes()
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValidationError("not UTF-8 text", where=Where(name)) from error
    except OSError as error:
        raise ValidationError(f"cannot be read: {error.strerror}", where=Where(name)) from error
    if len(raw) > _MAX_BYTES:
        raise ValidationError("a theme file has at most 64 KB", where=Where(name))
    try:
        data = yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = _where(name, text, mark.line, mark.column) if mark else Where(name)
        raise ValidationError(f"not YAML: {error.problem or error.context}", where=where) from error
    except yaml.YAMLError as error:
        raise ValidationError(f"not YAML: {' '.join(str(error).split())}", where=Where(name)) from error
    except (ValueError, AttributeError) as error:  # of a day that is none, or a number of thousands of digits
        raise ValidationError("not YAML: a day or a number that is none", where=Where(name)) from error
    except RecursionError as error:
        raise ValidationError("nested too deeply", where=Where(name), hint="a theme has two levels") from error
    data = _based(data, name, text)
    try:
        theme = Theme.model_validate(data)
    except pydantic.ValidationError as error:
        raise _explained(error, name, text) from error
    _check_contrast(theme, name, text)
    return theme


def _based(data: Any, name: str, text: str) -> Any:
    """The theme that a file stands on (`base`), with what the file says instead."""
    if not isinstance(data, dict) or "base" not in data:
        return data
    base = data["base"]
    if base not in theme_names():
        close = difflib.get_close_matches(str(base), theme_names(), 1)
        hint = f'did you mean "{close[0]}"?' if close else f"shipped themes: {_listed()}"
        raise ValidationError(f'base: no theme "{base}" is shipped', where=_find(name, text, ["base"]), hint=hint)
    below = yaml.safe_load(Path(theme_file(base)).read_text(encoding="utf-8"))
    changes = {key: value for key, value in data.items() if key != "base"}
    return _laid_over(below, changes)


def merged(below: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """A mapping with another laid over it, mappings within them too."""
    found = dict(below)
    for key, value in changes.items():
        beneath = found.get(key)
        found[key] = merged(beneath, value) if isinstance(value, dict) and isinstance(beneath, dict) else value
    return found


def _beside(path: Path, key: str, named: str, root: Path, name: str) -> str:
    """The path, from `root` on, of a file that a theme names beside itself."""
    file = path.parent / named
    if not path.is_relative_to(templates_folder()):
        check_inside(file, os.path.relpath(file, root).replace(os.sep, "/"), Where(name))
    if not os.path.isfile(file):
        raise ValidationError(f'{key}: there is no file "{named}"', Where(name), "its path counts from the theme file")
    return os.path.relpath(file, root).replace(os.sep, "/")


NEEDED = 4.5
"""Contrast of text against what it stands on, at least (WCAG 2.2, success criterion 1.4.3)."""


def _check_contrast(theme: Theme, name: str, text: str) -> None:
    """Refuse a theme in which something could not be read; what it says stands at the colour that is at fault."""
    grounds = {f"background {number}": colour for number, colour in enumerate(theme.background, 1)}
    grounds |= {"surface": theme.surface, "raised": theme.raised}
    accents = theme.accents.model_dump()
    inks = {"text": theme.text, "muted": theme.muted}
    inks |= {f"accents.{key}": colour for key, colour in accents.items()}
    inks |= {f"code.{key}": colour for key, colour in theme.code.model_dump().items()}
    pairs = [(ink, ground) for ink in inks.items() for ground in grounds.items()]
    pairs += [(("on_accent", theme.on_accent), (f"accents.{key}", colour)) for key, colour in accents.items()]
    for (ink, colour), (ground, behind) in pairs:
        ratio = contrast(colour, behind)
        if ratio < NEEDED:
            where = _find(name, text, ink.split("."))
            hint = f"{_readable(colour, [behind] if ink == 'on_accent' else list(grounds.values()))}"
            raise ValidationError(
                f"{ink}: {colour} on {ground} {behind} has a contrast of {ratio:.2f}:1; text needs {NEEDED}:1",
                where,
                hint,
            )
    light = luminance(theme.text) > max(map(luminance, theme.background))
    if light != (theme.mode == "dark"):
        raise ValidationError(
            f"mode: {theme.mode}, but text is {'lighter' if light else 'darker'} than the background",
            _find(name, text, ["mode"]),
            f"write {'dark' if light else 'light'}",
        )


def _readable(colour: str, grounds: list[str]) -> str:
    """What to do about a colour: the nearest one that can be read on all of these, if there is one."""
    for share in range(1, 21):
        for goal in ("#ffffff", "#000000"):
            tried = mix(colour, goal, share / 20)
            if all(contrast(tried, ground) >= NEEDED + 0.05 for ground in grounds):
                return f"{tried} would do"
    return "these grounds leave no colour to write in: make them alike"


def _explained(error: pydantic.ValidationError, name: str, text: str) -> ValidationError:
    """The first thing wrong in a theme file, with its place."""
    # a misspelt key is both unknown and missing: the former says more
    found = error.errors()
    first = next((one for one in found if one["type"] == "extra_forbidden"), found[0])
    place = [str(part) for part in first["loc"]]
    where = _find(name, text, place)
    place = [part[:60] for part in place]
    if first["type"] == "extra_forbidden":
        part = Theme.model_fields[place[0]].annotation if len(place) > 1 else Theme
        known = list(part.model_fields) if isinstance(part, type) and issubclass(part, Model) else []
        close = difflib.get_close_matches(place[-1], known, 1)
        hint = f'did you mean "{close[0]}"?' if close else f"known keys: {', '.join(known)}"
        return ValidationError(f'unknown key "{".".join(place)}"', where=where, hint=hint)
    if first["type"] == "missing":
        return ValidationError(f'a theme needs "{".".join(place)}"', where=where)
    hint = 'write a colour as "#rrggbb", lower case' if "#[0-9a-f]" in first["msg"] else None
    return ValidationError(f"{'.'.join(place) or 'theme'}: {first['msg']}", where=where, hint=hint)


def _find(name: str, text: str, place: list[str]) -> Where:
    """Where a key stands in a YAML text, or the last key on the way to it; in a brand file below the key for it."""
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    if isinstance(node, yaml.MappingNode) and place:
        parts = {key.value: value for key, value in node.value}
        for part in ("colours", "overrides"):
            within = parts.get(part)
            if isinstance(within, yaml.MappingNode) and any(key.value == place[0] for key, _ in within.value):
                place = [part, *place]
                break
    found = Where(name)
    for part in place:
        if not isinstance(node, yaml.MappingNode):
            break
        pair = next(((key, value) for key, value in node.value if key.value == part), None)
        if pair is None:
            break
        found = _where(name, text, pair[0].start_mark.line, pair[0].start_mark.column)
        node = pair[1]
    return found


def _where(name: str, text: str, line: int, column: int) -> Where:
    lines = text.splitlines()
    return Where(name, line + 1, column + 1, lines[line] if line < len(lines) else None)
