"""Whether the server lives, and whether it can work."""

from __future__ import annotations

import os
import time
from typing import Any

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from videogen.web.context import Here
from videogen.web.errors import refusals
from videogen.web.room import free_bytes

router = APIRouter(prefix="/api", tags=["server"])


class Alive(BaseModel):
    """It lives."""

    status: str


class Check(BaseModel):
    """One thing that has to be right."""

    name: str
    ok: bool
    found: str = Field(description="What is there, or what is wrong.")


class Ready(BaseModel):
    """Whether it can work, and what keeps it from that."""

    ready: bool
    checks: list[Check]


@router.get("/health", response_model=Alive, responses=refusals())
async def health() -> dict[str, str]:
    """Say that it lives: waits for nothing, asks for no token."""
    return {"status": "alive"}


@router.get("/ready", response_model=Ready, responses={**refusals(), 503: {"model": Ready}})
def ready(context: Here) -> JSONResponse:
    """Say whether it can work: the queue runs, the folder can be written, there is room."""
    checks = [_queue(context), _folder(context), _room(context)]
    fine = all(each["ok"] for each in checks)
    return JSONResponse({"ready": fine, "checks": checks}, 200 if fine else 503)


def _queue(context: Here) -> dict[str, Any]:
    fine = context.queue.fault is None  # which may name paths of this machine, and anybody may ask
    return {"name": "queue", "ok": fine, "found": "it runs" if fine else "it cannot work; the server's log says why"}


def _folder(context: Here) -> dict[str, Any]:
    try:
        os.makedirs(context.home.folder, exist_ok=True)
        probe = os.path.join(context.home.folder, f".probe-{os.getpid()}-{time.monotonic_ns()}")
        with open(probe, "xb") as file:
            file.write(b"x" * 4096)
        os.unlink(probe)
    except OSError as error:
        return {"name": "folder", "ok": False, "found": f"it cannot be written: {(error.strerror or 'error').lower()}"}
    return {"name": "folder", "ok": True, "found": "it can be written"}


def _room(context: Here) -> dict[str, Any]:
    try:
        free = free_bytes(context)
    except OSError as error:
        return {"name": "disk", "ok": False, "found": (error.strerror or "error").lower()}
    return {"name": "disk", "ok": free >= context.settings.least_free, "found": f"{free / 2**30:.1f} GB are free"}
