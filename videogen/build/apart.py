"""What would be made of a document, found out without a change to the project of what was made of it already."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from videogen.build.projects import check_own, document_workspace, place_of, project_of
from videogen.build.workspace import Workspace
from videogen.build.write import write_bytes


@contextmanager
def planned_document(
    document: str, output: str, overrides: Mapping[str, Any], draft: bool = False
) -> Iterator[Workspace]:
    """The workspace of a document with other settings, to be planned in.

    That is the document's own, unless its project says something else: then one beside it, which goes afterwards.
    Raises ValidationError as `document_workspace` does.
    """
    from videogen.build.validate import check_document

    own = place_of(document, output, draft)
    folder = os.path.dirname(own.file)
    text = project_of(document, overrides, folder).encode()
    if not _says_else(document, own, text):
        yield document_workspace(document, output, overrides, draft)
        return
    fetched = check_document(document, overrides)
    with _beside(own, text) as workspace:
        for path, data in fetched.items():
            write_bytes(f"{workspace.fetched}/{path}", data)
        yield workspace


@contextmanager
def translated_document(document: str, output: str, languages: list[str]) -> Iterator[Workspace]:
    """The workspace of a document whose texts are to be translated: as it was made, but in these languages. What was
    made stays as it is. Raises ValidationError as `document_workspace` does."""
    import yaml

    from videogen.inputs.starter import document_project

    own = place_of(document, output)
    new = project_of(document, {"languages": languages}, os.path.dirname(own.file))
    if not _says_else(document, own, new.encode()):
        yield document_workspace(document, output, {"languages": languages})
        return
    said = {**yaml.safe_load(Path(own.file).read_bytes()), **yaml.safe_load(new)}
    with _beside(own, document_project(**said).encode()) as workspace:
        yield workspace


def _says_else(document: str, own: Workspace, text: bytes) -> bool:
    file = Path(own.file)
    check_own(document, file)
    return file.exists() and file.read_bytes() != text


@contextmanager
def _beside(own: Workspace, text: bytes) -> Iterator[Workspace]:
    """A workspace of this project in a folder beside the document's own: paths in it count alike."""
    import secrets
    import shutil

    name = f".planned-{secrets.token_hex(6)}"
    place = os.path.join(os.path.dirname(os.path.dirname(own.file)), name)
    build = f"{os.path.dirname(own.build)}/{name}{'.draft' if own.draft else ''}"
    workspace = own._replace(file=f"{place}/{own.name}.yaml".replace(os.sep, "/"), build=build)
    try:
        write_bytes(workspace.file, text)
        if os.path.isdir(own.fetched):
            shutil.copytree(own.fetched, workspace.fetched)
        yield workspace
    finally:
        for folder in {place, build}:
            shutil.rmtree(folder, ignore_errors=True)
