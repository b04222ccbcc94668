"""The studio: projects of the working folder, written and looked at in a browser."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter()
"""Everything of the studio is included into this one."""
