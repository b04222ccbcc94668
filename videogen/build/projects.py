"""Project files, voices and inputs, as the faces ask for them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from videogen.build.workspace import Workspace, is_project_file, name_of_file, workspace_at
from videogen.build.write import write_bytes, write_if_changed
from videogen.model.errors import ValidationError
from videogen.model.scene import slugify

if TYPE_CHECKING:
    from videogen.voices.engine import VoiceInfo


def new_project(name: str, source: str | None, *, replace: bool = False) -> str:
    """Write `projects/NAME.yaml` with every setting explained, and its schema beside it; returns its path.

    `source` is the document to start from, or its address. Raises ValidationError for a name that cannot be a folder's,
    for a document that is not there, and for a project that is there already, unless it may be replaced.
    """
    from videogen.inputs.documents import moved
    from videogen.inputs.starter import starter_project

    file = project_file(name)
    document = None if source is None else moved(source, file.parent)
    return write_project(name, starter_project(name, document), replace=replace)


def project_file(name: str) -> Path:
    """Where a project of this name is. Raises ValidationError for a name that cannot be a folder's."""
    if slugify(name, "") != name.replace("_", "-"):
        raise ValidationError(
            f'"{name}" cannot name a project', hint=f'use lower-case letters, digits and -, as in "{slugify(name)}"'
        )
    return Path("projects", f"{name}.yaml")


def write_project(name: str, text: str, *, replace: bool = False) -> str:
    """Write a project, and its schema beside it; returns its path.

    Raises ValidationError for a project that is there already and is another, unless it may be replaced.
    """
    file, data = project_file(name), text.encode()
    if file.exists() and not replace and file.read_bytes() != data:
        raise ValidationError(f"{file.as_posix()} exists already", hint="choose another name, or add --force")
    write_if_changed(str(file), data)
    write_schema(str(file.parent))
    return file.as_posix()


def write_schema(folder: str) -> None:
    """Write the schema of projects where an editor looks for it: beside them."""
    from videogen.inputs.schema import SCHEMA_NAME, SCHEMA_PATH

    write_if_changed(f"{folder}/{SCHEMA_NAME}", SCHEMA_PATH.read_bytes())


def document_workspace(document: str, output: str, overrides: Mapping[str, Any], draft: bool = False) -> Workspace:
    """The workspace of a document that has no project: one is written into its build folder.

    Unchanged, it is not touched. Raises ValidationError for a document that is not there, for one whose place
    another document of the same name has, and, with nothing written, for what cannot be used.
    """
    from videogen.build.validate import check_document

    workspace = place_of(document, output, draft)
    file = Path(output, workspace.name, f"{workspace.name}.yaml")
    check_own(document, file)
    text = project_of(document, overrides, str(file.parent)).encode()
    if not file.exists() or file.read_bytes() != text:
        for path, data in check_document(document, overrides).items():
            write_bytes(str(Path(file.parent, "fetched", path)), data)
        write_bytes(str(file), text)
    return workspace


def made_of_document(document: str, output: str, draft: bool = False) -> Workspace:
    """The workspace of a document of which something was made already, as it was asked for then.

    Raises ValidationError for a document that is not there, for one of which nothing was made, and for one whose
    place another document of the same name has.
    """
    workspace = place_of(document, output, draft)
    file = Path(workspace.file)
    if not file.exists():
        raise ValidationError(
            f"nothing was made of {document} yet in {output}",
            hint=f"`video-gen plan --from {document}` says what would be; see also --output",
        )
    check_own(document, file)
    return workspace


def check_own(document: str, file: Path) -> None:
    """Raise ValidationError where the project that is written for a document is another's."""
    from videogen.inputs.documents import moved
    from videogen.inputs.project import load_project

    source = moved(document, file.parent)
    if file.exists() and (other := load_project(file).source) != source:
        raise ValidationError(
            f'{file.parent.as_posix()} is the place of "{other}"',
            hint=f"choose another --output for {document}, or remove {file.as_posix()}",
        )


def place_of(document: str, output: str, draft: bool = False) -> Workspace:
    """The workspace of a document, of which the project need not be written yet."""
    from videogen.inputs.documents import called, is_address, moved
    from videogen.inputs.source import id_of

    name = id_of(called(document))
    file = os.path.relpath(os.path.join(output, name, f"{name}.yaml")).replace(os.sep, "/")
    shown = document if is_address(document) else moved(document, Path())
    return workspace_at(name, file, output, draft)._replace(document=shown)


def folder_of(project: str | None, source: str | None, output: str, draft: bool = False) -> str:
    """The build folder of a project or of a source, of which nothing need be there yet. Raises ValidationError for what
    can have none."""
    from videogen.inputs.documents import called
    from videogen.inputs.source import id_of

    named = project or source or ""
    name = name_of_file(named) if is_project_file(named) else project or id_of(called(named))
    return workspace_at(name, "", output, draft).build


def overrides_of(settings: Mapping[str, Any], use_ai: str | None = None) -> dict[str, Any]:
    """What a document's project says, of the settings that were given; `use_ai` names the language model that writes
    its script, and its translations. Raises ValidationError."""
    chosen = {name: value for name, value in settings.items() if value is not None}
    if "also" in chosen:
        chosen["output"] = {"also": chosen.pop("also")}
    if use_ai is not None:
        chosen["script"] = {"ai": model_of(use_ai)}
        if len(chosen.get("languages", ())) > 1:
            chosen["translate"] = chosen["script"]
    return chosen


def project_of(document: str, overrides: Mapping[str, Any], folder: str) -> str:
    """The text of a document's project as it stands in `folder`. Paths in `overrides` count from the working folder."""
    from videogen.inputs.documents import is_address, moved
    from videogen.inputs.starter import document_project
    from videogen.model.templates import is_theme_path

    theme = overrides.get("theme", "")
    changed = {"theme": moved(theme, Path(folder))} if is_theme_path(theme) else {}
    beside = Path() if is_address(document) else Path(document).parent
    if len(overrides.get("languages", ())) > 1:
        changed["translations"] = os.path.relpath(beside / "translations", folder).replace(os.sep, "/")
    if (recordings := beside / "recordings").is_dir():
        changed["recordings"] = os.path.relpath(recordings, folder).replace(os.sep, "/")
    return document_project(moved(document, Path(folder)), **{**overrides, **changed})


def model_of(named: str) -> dict[str, str]:
    """Provider and model that `provider:model` names; without a model the provider's usual one, and without either
    the first provider whose key is in the environment. Raises ValidationError."""
    from videogen.script.ai.provider import provider_of, providers

    name, _, model = named.partition(":")
    if not name:
        known = providers().values()
        name = next((each.name for each in known if os.environ.get(each.key_variable, "").strip()), "")
        if not name:
            keys = " or ".join(each.key_variable for each in known)
            raise ValidationError("which language model? there is no key for any", hint=f"set {keys}")
    return {"provider": name, "model": model or provider_of(name).default_model}


def check_address(address: str) -> None:
    """Raise ValidationError for a web address that no build would fetch, as far as it shows by itself."""
    from videogen.inputs.guard import check_url

    check_url(address)


def list_voices(language: str | None = None, *, offline: bool = False) -> list[VoiceInfo]:
    """The voices of a language (`en` is also `en-GB`), or all; `offline` leaves out those that need a network."""
    from videogen.voices.catalog import catalog

    return [
        voice
        for voice in catalog()
        if (not offline or voice.offline)
        and (language is None or voice.language == language or voice.language.startswith(f"{language}-"))
    ]


def schema_text() -> str:
    """The JSON Schema of a project, as `video-gen init` puts it beside one."""
    from videogen.inputs.schema import SCHEMA_PATH

    return SCHEMA_PATH.read_text(encoding="utf-8")


def list_themes() -> list[dict[str, str]]:
    """Every theme that travels with the package: its name, what it looks like, and `dark` or `light`."""
    from videogen.scenes.themes import themes

    return themes()


def list_inputs() -> list[dict[str, object]]:
    """Every input: its name, what it reads, what it refuses, and whether all that it needs is installed."""
    from videogen.inputs.adapter import installed
    from videogen.inputs.documents import adapters

    return [
        {
            "name": adapter.name,
            "reads": adapter.what,
            "limits": adapter.limits,
            "takes": adapter.takes,
            "max_bytes": adapter.max_bytes,
            "extra": adapter.extra,
            "installed": installed(adapter),
        }
        for adapter in adapters().values()
    ]
