"""The pages: one HTML file each, with the bar on top put in, and what they load. They hold no data and no state: their
scripts ask the API, as any other client does."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import NamedTuple

from fastapi import APIRouter, HTTPException, Request, Response

from videogen.web import pictures
from videogen.web.fresh import is_known

STATIC = Path(__file__).parent / "static"
BAR = "<!-- bar -->"
"""Where a page wants the bar on top."""
HEAD = "<!-- head -->"
"""Where it wants what stands in the head of every page."""
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
PAGES = {
    "/": "new",
    "/tasks/{task}": "task",
    "/library": "library",
    "/compare": "compare",
    "/dashboard": "dashboard",
    "/studio": "studio",
    "/studio/{project}": "studio",
    "/login": "login",
}

router = APIRouter(include_in_schema=False)
router.include_router(pictures.router)


class Served(NamedTuple):
    """A file as it is sent."""

    body: bytes
    media_type: str
    etag: str


@cache
def page(name: str, path: str) -> Served:
    """A page with the bar in it, where the link to `path` is marked as the page that is open."""
    bar = _part("bar").replace(f'<a href="{path}">', f'<a href="{path}" aria-current="page">')
    text = _part(name).replace(HEAD, _part("head")).replace(BAR, bar)
    return _served(text.encode(), ".html")


def _part(name: str) -> str:
    return (STATIC / f"{name}.html").read_text(encoding="utf-8").rstrip()


@cache
def static_files() -> dict[str, Served]:
    """What pages load, by name: nothing that is not listed here is ever opened for a name that somebody sends."""
    return {
        each.name: _served(each.read_bytes(), each.suffix)
        for each in STATIC.iterdir()
        if each.suffix in TYPES and each.suffix != ".html"
    }


def _served(body: bytes, suffix: str) -> Served:
    return Served(body, TYPES[suffix], f'"{hashlib.sha256(body).hexdigest()[:20]}"')


def _answer(file: Served, request: Request) -> Response:
    # `no-cache` is "ask whether it is still so": a page of one version never runs with the scripts of another
    headers = {"ETag": file.etag, "Cache-Control": "no-cache"}
    if is_known(request, file.etag):
        return Response(status_code=304, headers=headers)
    return Response(file.body, media_type=file.media_type, headers=headers)


@router.api_route("/static/{name}", methods=["GET", "HEAD"])
async def static(name: str, request: Request) -> Response:
    """A style sheet, a script or a picture of the pages."""
    file = static_files().get(name)
    if file is None:
        raise HTTPException(404)
    return _answer(file, request)


def missing(request: Request) -> Response | None:
    """The page for a person who follows a link to where there is none; None for any other client, and for files."""
    if not _is_person(request) or request.url.path.startswith(("/api/", "/static/")):
        return None
    return Response(page("missing", "").body, 404, media_type=TYPES[".html"])


def _is_person(request: Request) -> bool:
    """Whether a browser asks for something to show in its window."""
    return request.method == "GET" and "text/html" in request.headers.get("accept", "")


def _route(path: str, name: str) -> None:
    section = f"/{path.split('/')[1]}"
    section = "/library" if section in ("/tasks", "/compare") else section

    async def show(request: Request) -> Response:
        return _answer(page(name, section), request)

    router.add_api_route(path, show, methods=["GET", "HEAD"], name=f"page:{path}")


for _path, _name in PAGES.items():
    _route(_path, _name)
