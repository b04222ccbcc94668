"""What there is to choose from: voices, themes, kinds of scenes, templates, and the schema of a project."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from functools import cache
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from videogen.web.context import Asking
from videogen.web.errors import refusals
from videogen.web.fresh import is_known

router = APIRouter(prefix="/api", tags=["catalogue"])

_SAME = {304: {"description": "It is as `If-None-Match` says."}}


class VoiceView(BaseModel):
    """A voice."""

    id: str = Field(description="`engine:voice`.")
    language: str
    gender: str
    description: str
    offline: bool = Field(description="Needs no network.")
    natural: int = Field(description="2 as a person, 1 clear but flat, 0 like a machine.")


class Voices(BaseModel):
    """Voices."""

    voices: list[VoiceView]


class ThemeView(BaseModel):
    """A theme."""

    name: str
    mode: str = Field(description="dark or light.")
    what: str


class Themes(BaseModel):
    """Themes."""

    themes: list[ThemeView]


class KindView(BaseModel):
    """A kind of scene."""

    name: str
    description: str
    fields: dict[str, Any] = Field(description="The JSON Schema of its content.")


class Kinds(BaseModel):
    """Kinds of scenes."""

    kinds: list[KindView]


class TemplateView(BaseModel):
    """A template, with what it asks."""

    name: str
    description: str
    variables: dict[str, Any]


class Templates(BaseModel):
    """Templates of the wizard."""

    templates: list[TemplateView]


@router.get("/voices", response_model=Voices, responses={**refusals(422), **_SAME})
def list_voices(
    who: Asking,
    request: Request,
    language: Annotated[str, Query(max_length=35, description="Only voices of this language.")] = "",
    offline: Annotated[bool, Query(description="Only voices that need no network.")] = False,
) -> Response:
    """List the voices."""
    return _answer(_voices(language, offline), request)


def _voices(language: str, offline: bool) -> bytes:
    from videogen.build.projects import list_voices

    return _json({"voices": [asdict(voice) for voice in list_voices(language or None, offline=offline)]})


@router.get("/themes", response_model=Themes, responses={**refusals(), **_SAME})
def list_themes(who: Asking, request: Request) -> Response:
    """List the themes."""
    return _answer(_themes(), request)


@cache
def _themes() -> bytes:
    from videogen.build.projects import list_themes

    return _json({"themes": list_themes()})


@router.get("/kinds", response_model=Kinds, responses={**refusals(), **_SAME})
def list_kinds(who: Asking, request: Request) -> Response:
    """List the kinds of scenes."""
    return _answer(_kinds(), request)


@cache
def _kinds() -> bytes:
    import inspect

    from videogen.model.kinds import kinds

    return _json(
        {
            "kinds": [
                {"name": name, "description": inspect.getdoc(kind) or "", "fields": kind.model_json_schema()}
                for name, kind in kinds().items()
            ]
        }
    )


@router.get("/templates", response_model=Templates, responses={**refusals(), **_SAME})
def list_templates(who: Asking, request: Request) -> Response:
    """List the templates, each with the questions that it asks."""
    return _answer(_templates(), request)


@cache
def _templates() -> bytes:
    from videogen.build.wizard import described

    return _json({"templates": described()})


@router.get("/schema", response_model=dict[str, Any], responses={**refusals(), **_SAME})
def show_schema(who: Asking, request: Request) -> Response:
    """Show the JSON Schema of a project."""
    return _answer(_schema(), request)


@cache
def _schema() -> bytes:
    from videogen.build.projects import schema_text

    return schema_text().encode()


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _answer(body: bytes, request: Request) -> Response:
    etag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
    headers = {"ETag": etag, "Cache-Control": "private, no-cache"}
    if is_known(request, etag):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="application/json", headers=headers)
