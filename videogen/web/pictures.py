"""What themes look like: a small picture of each in each accent."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import get_args

from fastapi import APIRouter, HTTPException, Request, Response

from videogen.model.accent import Accent
from videogen.model.errors import ValidationError

WIDTH = 480
"""Pixels: twice as many as a page shows, for screens that have them."""

router = APIRouter(include_in_schema=False)


@lru_cache(maxsize=128)
def _drawn(theme: str, accent: Accent) -> bytes:
    from videogen.build.gallery import theme_picture

    return theme_picture(theme, accent, WIDTH)


@router.get("/pictures/themes/{name}.webp")
def show_theme(name: str, request: Request, accent: str = "blue") -> Response:
    """A picture of a theme that comes with videogen."""
    chosen = next((each for each in get_args(Accent) if each == accent), None)
    try:
        body = _drawn(name, chosen) if chosen else None
    except ValidationError:
        body = None
    if body is None:
        raise HTTPException(404)
    headers = {"ETag": f'"{hashlib.sha256(body).hexdigest()[:20]}"', "Cache-Control": "private, max-age=3600"}
    if request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="image/webp", headers=headers)
