"""The JSON Schema of a project file, for editors. `python -m videogen.inputs.schema` writes it anew."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from videogen.model.base import to_json
from videogen.model.kinds import kinds
from videogen.model.project import ProjectFile

SCHEMA_NAME = "project.schema.json"
"""The file that `video-gen init` puts beside a project, which names it in its first line: no network is needed."""

SCHEMA_PATH = Path(__file__).with_name(SCHEMA_NAME)
"""The generated file that travels with the package."""

_REF = "#/$defs/{model}"


def project_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of a project; the content of a scene follows its kind."""
    contents = kinds()
    models: list[tuple[type[BaseModel], Any]] = [(model, "validation") for model in (ProjectFile, *contents.values())]
    _, generated = models_json_schema(models, ref_template=_REF)
    definitions: dict[str, Any] = generated["$defs"]
    project = definitions.pop("ProjectFile")
    scene = definitions["HandScene"]
    scene["properties"]["kind"]["enum"] = list(contents)
    scene["allOf"] = [
        {
            "if": {"properties": {"kind": {"const": kind}}, "required": ["kind"]},
            "then": {"properties": {"content": {"$ref": _REF.format(model=model.__name__)}}},
        }
        for kind, model in contents.items()
    ]
    definitions["Include"] = {
        "type": "object",
        "description": "a file that holds a scene, or a list of them, which stand here",
        "properties": {"include": project["properties"]["include"]},
        "required": ["include"],
    }
    for model in (project, definitions["SetVideo"]):
        model["properties"]["scenes"]["anyOf"][0]["items"] = {
            "if": {"required": ["include"]},
            "then": {"$ref": _REF.format(model="Include")},
            "else": {"$ref": _REF.format(model="HandScene")},
        }
    for model in (project, *definitions.values()):
        for field in model.get("properties", {}).values():
            field.pop("title", None)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "videogen project",
        **{key: value for key, value in project.items() if key != "title"},
        "anyOf": [
            {"required": ["videos"]},
            {"required": ["include"]},
            {"required": ["template"]},
            {"oneOf": [{"required": ["source"]}, {"required": ["scenes"]}]},
        ],
        "$defs": definitions,
    }


def schema_bytes() -> bytes:
    """The schema as it stands in the file."""
    return to_json(project_schema())


if __name__ == "__main__":
    SCHEMA_PATH.write_bytes(schema_bytes())
