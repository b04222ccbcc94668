"""The studio: projects of the working folder, written and looked at in a browser."""

from __future__ import annotations

from fastapi import APIRouter

from videogen.web.studio import adopt, looks, projects

router = APIRouter()
"""Everything of the studio is included into this one."""
router.include_router(projects.router)
router.include_router(looks.router)
router.include_router(adopt.router)
