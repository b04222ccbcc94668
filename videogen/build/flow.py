"""The stages by name, in the order of the flow."""

from __future__ import annotations

FIRST = ("source", "parse", "look", "prompt", "ask", "script", "translate", "plan")
"""Run while the graph is loaded, because they decide what scenes there are."""

ASKING: tuple[str, ...] = ("ask", "translate")
"""Those of the first that ask somebody for an answer that costs time or money: only a build that makes something does
so, never a command that looks. They have any number of tasks, and their answers are kept in the store. A task that
spends nothing knows its answer."""

STAGES = (
    *FIRST,
    "audio",
    "capture",
    "frames",
    "captions",
    "mix",
    "bed",
    "segment",
    "transition",
    "video",
    "convert",
    "manifest",
    "check",
)
