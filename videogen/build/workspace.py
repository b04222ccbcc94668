"""Which project is built, from where, into where: the layout of the build folder.

Imported by every build, also by the one that finds nothing to do: keep it light.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable
from typing import NamedTuple

from videogen.model.errors import ValidationError

_NAME = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")


class Workspace(NamedTuple):
    """One project and its build folder. All paths have forward slashes, and count from the working folder."""

    name: str
    file: str
    """The project's YAML."""
    build: str
    """Its build folder, such as `build/readme`."""
    document: str = ""
    """The document that a person named, where the project's YAML was written for it by us."""
    draft: bool = False
    """Whether it is made small and without a voice, in a folder of its own, such as `build/readme.draft`."""
    text: str | None = None
    """What the project's YAML would hold, where it is looked at before it is saved; nothing is built of that."""

    @property
    def fetched(self) -> str:
        """The folder of what was fetched from the web, for film and draft alike."""
        return f"{self.build.removesuffix('.draft')}/fetched"

    def beside(self, what: str) -> str:
        """What is kept with what a person wrote, such as `projects/talk.review`: beside their project or document, or
        in the working folder where that is a web address."""
        own = self.document or self.file
        stem = self.name if "://" in own else os.path.splitext(own)[0]
        return f"{stem}.{what}"

    @property
    def reviewed(self) -> str:
        """The folder of scripts that a person reviewed."""
        return self.beside("review")

    @property
    def narration_lock(self) -> str:
        """What was spoken, line by line, such as `projects/talk.narration.lock`."""
        return self.beside("narration.lock")

    def path(self, *parts: str) -> str:
        """A path below the build folder."""
        return "/".join((self.build, *parts))

    def film(self, video: str, language: str, *parts: str) -> str:
        """A path below the folder of one video in one language."""
        return self.path(video, language, *parts)


def known_projects(folder: str = "projects") -> list[str]:
    """Names of the projects in `projects/`, sorted."""
    if not os.path.isdir(folder):
        return []
    return sorted(name[:-5] for name in os.listdir(folder) if name.endswith(".yaml") and _NAME.fullmatch(name[:-5]))


def find_workspace(project: str | None = None, build: str | None = None, draft: bool = False) -> Workspace:
    """The workspace of a project, named (`readme`: `projects/readme.yaml`) or given as a path of a YAML file.

    Without a name, the only project there is. `build` is the folder of all builds (`build`). A draft has a folder
    of its own, so that neither it nor the film undoes what the other has made. Raises ValidationError, naming the
    projects there are, when there is no such project.
    """
    known = known_projects()
    if project is None:
        if len(known) != 1:
            raise ValidationError(
                "which project? " + (f"there are {', '.join(known)}" if known else "there is none in projects/"),
                hint=f"name one, to doit as project={known[0]}" if known else "`video-gen init NAME` writes one",
            )
        project = known[0]
    if is_project_file(project):
        if not os.path.exists(project):
            raise ValidationError(f'there is no project file "{project}"', hint="check the path")
        name = name_of_file(project)
        return workspace_at(name, os.path.relpath(project).replace(os.sep, "/"), build, draft)
    file = f"projects/{project}.yaml"
    if not _NAME.fullmatch(project) or not os.path.exists(file):
        import difflib

        close = difflib.get_close_matches(project, known, 1)
        raise ValidationError(
            f'there is no project "{project}" in projects/',
            hint=f'did you mean "{close[0]}"?'
            if close
            else f"there are: {', '.join(known)}"
            if known
            else "`video-gen init NAME` writes one",
        )
    return workspace_at(project, file, build, draft)


def is_project_name(name: str) -> bool:
    """Whether a project can be called so: lower-case letters and digits, joined by single - or _."""
    return _NAME.fullmatch(name) is not None


def is_project_file(path: str) -> bool:
    """Whether a project is given as the path of its YAML file, not by its name."""
    return path.lower().endswith((".yaml", ".yml"))


def workspace_at(name: str, file: str, build: str | None, draft: bool) -> Workspace:
    """The workspace of the project in a file, which need not be there yet; `build` is the folder of all builds."""
    # no name of a project has a dot
    return Workspace(name, file, _folder(build, f"{name}.draft" if draft else name), draft=draft)


def _folder(build: str | None, name: str) -> str:
    """A project's build folder: `./films/`, `films` and the absolute path of that are one."""
    path = os.path.abspath(os.path.join(build or "build", name))
    here = os.path.join(os.getcwd(), "")
    return (path[len(here) :] if path.startswith(here) else path).replace(os.sep, "/")


def name_of_file(file: str) -> str:
    """What the project of a YAML file is called."""
    name = os.path.splitext(os.path.basename(file))[0].lower()
    if _NAME.fullmatch(name):
        return name
    from pathlib import Path

    from videogen.inputs.source import project_id  # not light, and few files need it

    return project_id(Path(file))


def check_readable(given: Iterable[str]) -> None:
    """Raise ValidationError for what was typed that is no text: a name in another encoding than the system's."""
    wrong = next((each for each in given if any("\ud800" <= sign <= "\udfff" for sign in each)), None)
    if wrong is not None:
        shown = wrong.encode("utf-8", "replace").decode()
        raise ValidationError(
            f'"{shown}" is not in the encoding of this system, {sys.getfilesystemencoding()}',
            hint="give the file a name in UTF-8, or set LC_ALL=C.UTF-8",
        )
