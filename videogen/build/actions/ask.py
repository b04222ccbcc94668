"""The stage that asks: one prompt, one answer, checked before it is kept."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from videogen.build.actions import Paths, load


def ask(inputs: Paths, outputs: Paths, params: Mapping[str, Any]) -> dict[str, Any]:
    """`prompt.json` -> `answer.json`. Of the parameters, `max_cost` and `budget` do not decide what is answered.

    An answer that cannot be used is a target as well, so that nobody asks for it again with every build, but it is
    not kept in the store.
    """
    from videogen.script.ai.ask import ask as asked
    from videogen.script.ai.kept import answered
    from videogen.script.ai.prompt import ScriptPrompt

    budget, own = params.get("budget"), params.get("max_cost")
    cap = budget.cap(own) if budget is not None else own
    kept = answered(load(ScriptPrompt, inputs["prompt"]), asked, os.environ, cap)
    if budget is not None:
        budget.spend(kept.cost)
    Path(outputs["answer"]).write_bytes(kept.to_json())
    return {"keep": kept.script is not None}
