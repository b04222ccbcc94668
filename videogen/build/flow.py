"""The stages by name, in the order of the flow."""

from __future__ import annotations

FIRST = ("source", "parse", "look", "script")
"""Run while the graph is loaded, because they decide what scenes there are."""

STAGES = (*FIRST, "audio", "capture", "frames", "captions", "mix", "segment", "transition", "video", "check")
