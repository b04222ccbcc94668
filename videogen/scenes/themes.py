"""Themes: found by name or by path, read strictly, settled for one video."""

from __future__ import annotations

import difflib
from pathlib import Path

import pydantic
import yaml

from videogen.model.accent import Accent
from videogen.model.base import Model
from videogen.model.errors import ValidationError, Where
from videogen.model.film import FilmFormat
from videogen.model.templates import is_theme_path, templates_folder, theme_file
from videogen.model.theme import Look, Theme

_MAX_BYTES = 65_536


def theme_names() -> list[str]:
    """Names of the shipped themes, sorted."""
    return sorted(path.stem for path in Path(templates_folder(), "themes").glob("*.yaml"))


def resolve_look(theme: str, accent: Accent, fmt: FilmFormat, root: Path, reduced_motion: bool = False) -> Look:
    """The look of a video: `theme` is a shipped theme's name, or the path of a theme file relative to `root`.

    Raises ValidationError when there is no such theme or the file is not a theme.
    """
    path = theme_path(theme, root)
    name = theme if is_theme_path(theme) else path.name
    found = _read(path, name)
    return Look(theme=found, accent=accent, width=fmt.width, height=fmt.height, reduced_motion=reduced_motion)


def theme_path(theme: str, root: Path) -> Path:
    """The file that `theme` names. Raises ValidationError, naming the closest theme, when there is none."""
    if is_theme_path(theme):
        path = root / theme
        if not path.is_file():
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
        raise ValidationError(f"not YAML: {error}", where=Where(name)) from error
    except RecursionError as error:
        raise ValidationError("nested too deeply", where=Where(name), hint="a theme has two levels") from error
    try:
        return Theme.model_validate(data)
    except pydantic.ValidationError as error:
        raise _explained(error, name, text) from error


def _explained(error: pydantic.ValidationError, name: str, text: str) -> ValidationError:
    """The first thing wrong in a theme file, with its place."""
    # a misspelt key is both unknown and missing: the former says more
    found = error.errors()
    first = next((one for one in found if one["type"] == "extra_forbidden"), found[0])
    place = [str(part) for part in first["loc"]]
    where = _find(name, text, place)
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
    """Where a key stands in a YAML text, or the last key on the way to it."""
    node = yaml.compose(text, Loader=yaml.SafeLoader)
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
