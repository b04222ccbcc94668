"""An answer as it is kept, and how it comes about: asked, checked, asked once more with what is wrong told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pydantic
from pydantic import Field

from videogen.model.base import Model
from videogen.model.errors import ValidationError
from videogen.script.ai.answer import ScriptAnswer
from videogen.script.ai.check import Checked, Problem, checked, document_text, spoken, usable
from videogen.script.ai.language import wrong_language
from videogen.script.ai.prompt import ScriptPrompt, answer_tokens, repair_text
from videogen.script.ai.request import Reply, Request
from videogen.script.ai.spend import bounded, estimate, left_of, price_for


class KeptAnswer(Model):
    """`answer.json`: the script as it was answered, if any of it can be used, and what it took."""

    provider: str
    model: str
    answered_by: str = ""
    """The model as the provider called it."""
    tries: int = 1
    input_tokens: int = 0
    output_tokens: int = 0
    cost: float | None = None
    """US dollars; None where the price is not known."""
    problems: list[str] = Field(default_factory=list)
    """What was wrong with the last answer, a scene or the whole."""
    script: dict[str, Any] | None = None
    """A `ScriptAnswer`; None where nothing of it can be used."""

    def answer(self) -> ScriptAnswer | None:
        """The scenes that were answered; None where they are none that this version knows."""
        try:
            return None if self.script is None else ScriptAnswer.model_validate(self.script)
        except pydantic.ValidationError:
            return None

    def facts(self, warnings: list[str]) -> dict[str, Any]:
        """What is told of it with the script and with the film."""
        used = {"used": self.script is not None, "warnings": warnings}
        return {**self.model_dump(mode="json", exclude_none=True, exclude={"script", "problems"}), **used}


def answered(
    prompt: ScriptPrompt,
    ask: Callable[[Request], Reply],
    environment: Mapping[str, str],
    cap: float | None = None,
) -> KeptAnswer:
    """The answer to a prompt, at most two tries and `cap` US dollars (None: the usual cap).

    Raises ValidationError, with nothing asked, for what would cost too much; and whatever `ask` raises.
    """
    request, price = prompt.request, price_for(prompt.request, environment)
    told = estimate(request, answer_tokens(request), environment)
    reply = ask(bounded(request, told, price, cap))
    replies, found = [reply], _looked_at(reply, prompt)
    if found.problems and reply.end != "refused":
        again = request.model_copy(update={"text": repair_text(request, reply.text, _lines(found))})
        spent = None if price is None else price.cost(reply.input_tokens, reply.output_tokens)
        try:
            told = estimate(again, answer_tokens(request), environment)
            reply = ask(bounded(again, told, price, left_of(cap, spent)))
        except ValidationError:
            pass  # no second try: it would cost more than it may
        else:
            replies.append(reply)
            second = _looked_at(reply, prompt)
            found = second if _better(second, found) else found
    answer, why = usable(found)
    given, taken = (sum(getattr(each, f"{way}_tokens") for each in replies) for way in ("input", "output"))
    return KeptAnswer(
        provider=request.provider,
        model=request.model,
        answered_by=replies[-1].model,
        tries=len(replies),
        input_tokens=given,
        output_tokens=taken,
        cost=None if price is None else price.cost(given, taken),
        problems=why,
        script=None if answer is None else answer.model_dump(mode="json"),
    )


def _looked_at(reply: Reply, prompt: ScriptPrompt) -> Checked:
    if reply.end == "refused":
        return Checked(None, [Problem(0, "the model refuses to write it")])
    found = checked(reply.text, prompt, whole=reply.end == "whole")
    if found.answer is not None:
        other = wrong_language(spoken(found.answer), prompt.language, document_text(prompt))
        if other:
            wrong = Problem(0, f'it has to be in the language "{prompt.language}", but it is in "{other}"')
            found = Checked(found.answer, [wrong, *found.problems])
    return found


def _lines(found: Checked) -> list[str]:
    return [str(problem) for problem in found.problems][:20]


def _better(second: Checked, first: Checked) -> bool:
    """Whether the second try is to be used: unless only the first is of any use."""
    return usable(second)[0] is not None or usable(first)[0] is None
