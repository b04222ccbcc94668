"""Where the shipped templates are. Light: also the build that finds nothing to do asks."""

from __future__ import annotations

import os


def templates_folder() -> str:
    """The folder of the shipped templates: inside the installed package, or beside it in a checkout."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    inside = os.path.join(package, "templates")
    return inside if os.path.isdir(inside) else os.path.join(os.path.dirname(package), "templates")


def is_theme_path(theme: str) -> bool:
    """Whether a project gives its theme as the path of a file, not by a shipped theme's name."""
    return theme.endswith((".yaml", ".yml")) or "/" in theme


def theme_file(theme: str) -> str:
    """The file of a theme that is named, or given as a path; there may be no such file."""
    return theme if is_theme_path(theme) else os.path.join(templates_folder(), "themes", f"{theme}.yaml")
