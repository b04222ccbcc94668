"""Slides: each a section of its own, with what the speaker wrote below it as its narration."""

from __future__ import annotations

from typing import Literal

from videogen.inputs.adapter import Given, Reading
from videogen.inputs.zipped import MOST_BYTES, office_parts
from videogen.model.errors import ValidationError

_TYPES = ("application/vnd.openxmlformats-officedocument.presentationml.presentation",)


class _Pptx:
    name = "pptx"
    what = "slides of PowerPoint: text, tables, charts, pictures and what is drawn, with speaker notes as narration"
    limits = "at most 100 MB, and 500 MB unpacked; hidden slides, animations and steps to a later slide are left out"
    takes: Literal["content", "address"] = "content"
    max_bytes = MOST_BYTES
    needs = ("pptx",)
    extra = "videogen[pptx]"

    def reads(self, value: str, head: bytes, media_type: str) -> bool:
        return value.lower().endswith((".pptx", ".pptm", ".ppsx")) or media_type in _TYPES

    def read(self, given: Given) -> Reading:
        parts = office_parts(given.data, given.where, "pptx", "ppt/presentation")
        if "ppt/vbaProject.bin" in parts:
            raise ValidationError("it holds macros, which are programs", given.where, "save it as .pptx")
        from videogen.inputs.slides import read_slides

        return read_slides(given.data, given.where)


INPUT = _Pptx()
