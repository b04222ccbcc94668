"""The stages that ask: one prompt, one answer, checked before it is kept."""

from __future__ import annotations

import os
import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from videogen.build.actions import Paths, load
from videogen.build.terms import Budget
from videogen.model.errors import ValidationError
from videogen.model.translation import Texts


def ask(inputs: Paths, outputs: Paths, params: Mapping[str, Any]) -> dict[str, Any]:
    """`prompt.json` -> `answer.json`. Of the parameters, `max_cost` and `budget` do not decide what is answered.

    An answer that cannot be used is a target as well, so that nobody asks for it again with every build, but it is
    not kept in the store.
    """
    from videogen.script.ai.ask import ask as asked
    from videogen.script.ai.kept import answered
    from videogen.script.ai.prompt import ScriptPrompt

    budget = params.get("budget") or Budget()
    with budget.asking(params.get("max_cost")) as cap:
        kept = answered(load(ScriptPrompt, inputs["prompt"]), asked, os.environ, cap)
        budget.spend(kept.cost)
    Path(outputs["answer"]).write_bytes(kept.to_json())
    return {"keep": kept.script is not None}


def translate(inputs: Paths, outputs: Paths, params: Mapping[str, Any]) -> None:
    """`texts.json` -> `translation.json`: what somebody has translated, and of the rest what a language model answers.

    Raises ValidationError for texts that nobody has translated or is to be asked for.
    """
    from videogen.script.translate import settled

    texts = load(Texts, inputs["texts"])
    translation, missing = settled(texts)
    if missing and texts.ai is None:
        shortened = textwrap.shorten(missing[0].text, 40, placeholder="…")
        more = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
        raise ValidationError(
            f'nobody has translated `{missing[0].at}` ("{shortened}"){more} into "{texts.language}"',
            hint=f"write it into {texts.file}; `video-gen translate` adds what is missing there",
        )
    if missing:
        from videogen.script.ai.ask import ask as asked
        from videogen.script.ai.translation import asked as translated

        budget = params.get("budget") or Budget()
        with budget.asking(params.get("max_cost")) as cap:
            texts_of, cost = translated(texts, missing, asked, os.environ, cap, budget.spend)
        translation = translation.model_copy(update={"texts": [*translation.texts, *texts_of], "asked": cost})
    Path(outputs["translation"]).write_bytes(translation.to_json())
