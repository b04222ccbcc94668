"""Projects looked at while they are written: what is wrong, which scenes there are, one's picture and its voice."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field, model_validator

from videogen.build.preview import Moment
from videogen.model.limits import MAX_PROJECT_BYTES
from videogen.model.project import Aspect
from videogen.web.access import Who
from videogen.web.context import Asking, Context, Here
from videogen.web.errors import Conflict, refusals
from videogen.web.lookers import Superseded
from videogen.web.studio import files

router = APIRouter(prefix="/api", tags=["studio"])

_Name = Annotated[str, Field(max_length=100)]
UNTITLED = "untitled"
"""The name of a project that has none yet: files that it names count from `projects/`."""


class Looked(BaseModel):
    """A project: the text of one that is edited, or the name of one as it is saved, or both."""

    model_config = ConfigDict(extra="forbid")

    yaml: Annotated[str, Field(max_length=MAX_PROJECT_BYTES)] | None = Field(None, description="Its text, not saved.")
    name: _Name | None = Field(None, description="Its name; files that it names count from its folder.")

    @model_validator(mode="after")
    def _one(self) -> Looked:
        if self.yaml is None and self.name is None:
            raise ValueError("give `yaml`, or the `name` of a project")
        return self


class LookedScene(Looked):
    """A scene of a project."""

    scene: _Name = Field(description="Its id, as the outline has it.")
    video: _Name | None = Field(None, description="Which video, where there are several.")


class Seen(LookedScene):
    """A scene to be seen."""

    aspect: Aspect | None = Field(None, description="Another shape than the project's first.")
    at: Moment = Field("final", description="`first`: as it begins; `final`: with all that comes in it.")


class Mistake(BaseModel):
    """Something wrong. Lines and columns count from 1; without them it is elsewhere, as in a file that is named."""

    message: str
    hint: str | None
    file: str | None
    line: int | None
    column: int | None


class OutlineScene(BaseModel):
    """A scene, and the lines of the project on which it stands, if it does."""

    video: str
    scene: str
    kind: str
    title: str
    line: int | None
    end_line: int | None


class Report(BaseModel):
    """What is known of a project without making anything."""

    errors: list[Mistake]
    warnings: list[str]
    outline: list[OutlineScene]


@router.post("/validate", response_model=Report, responses=refusals(409, 422))
def validate(looked: Looked, who: Asking, context: Here) -> dict[str, Any]:
    """Say everything that is wrong with a project, and which scenes it has."""
    told = _ask(context, who, "check", looked, {})
    own = told["file"]
    errors = [
        {
            "message": each["error"],
            "hint": each["hint"],
            "file": each["file"],
            "line": each["line"] if each["file"] == own else None,
            "column": each["column"] if each["file"] == own else None,
        }
        for each in told["errors"]
    ]
    return {"errors": errors, "warnings": told["warnings"], "outline": told["outline"]}


_PNG = {200: {"content": {"image/png": {"schema": {"type": "string", "format": "binary"}}}}}
_MP3 = {200: {"content": {"audio/mpeg": {"schema": {"type": "string", "format": "binary"}}}}}


@router.post("/preview", response_class=Response, responses={**refusals(409, 422), **_PNG})
def preview(seen: Seen, who: Asking, context: Here) -> Response:
    """Draw a scene as its film would show it."""
    more = {"scene": seen.scene, "video": seen.video, "aspect": seen.aspect, "moment": seen.at}
    return Response(_ask(context, who, "picture", seen, more), media_type="image/png")


@router.post("/preview/voice", response_class=Response, responses={**refusals(409, 422), **_MP3})
def preview_voice(heard: LookedScene, who: Asking, context: Here) -> Response:
    """Speak a scene as its film would. What was heard once is not spoken again when the film is made."""
    more = {"scene": heard.scene, "video": heard.video}
    return Response(_ask(context, who, "voice", heard, more), media_type="audio/mpeg")


def _ask(context: Context, who: Who, call: Literal["check", "picture", "voice"], looked: Looked, more: Any) -> Any:
    """Have a process look. Raises Conflict where the same client asked for something newer meanwhile."""
    name = looked.name or UNTITLED
    files.path_of(name)
    if looked.yaml is None:
        files.read(name)
    given = {"name": name, "text": looked.yaml, **more}
    try:
        return context.lookers.ask(call, given, who.client, turn=(who.client, call, name))
    except Superseded:
        raise Conflict("something newer was asked for meanwhile", hint="take the answer to that") from None
