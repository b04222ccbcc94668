"""What asking will cost, and that it costs no more than it may."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from videogen.model.errors import ValidationError
from videogen.script.ai.prices import PRICES_OF, USUAL_CAP, Price, dollars, price_of, tokens
from videogen.script.ai.request import Request


class Estimate(NamedTuple):
    """About what one answer takes; `cost` in US dollars, None where the price is not known."""

    tokens_in: int
    tokens_out: int
    cost: float | None

    def told(self, model: str) -> str:
        """For people: "about 4,200 tokens in, 1,800 out, $0.03 (prices of 2026-11-26) with claude-sonnet-5-5"."""
        sum_ = "" if self.cost is None else f", {dollars(self.cost)} (prices of {PRICES_OF})"
        return f"about {self.tokens_in:,} tokens in, {self.tokens_out:,} out{sum_} with {model}"


def price_for(request: Request, environment: Mapping[str, str]) -> Price | None:
    """The price of asking just there."""
    from videogen.script.ai.address import is_loopback
    from videogen.script.ai.provider import provider_of

    provider = provider_of(request.provider)
    own = environment.get(provider.address_variable, "").strip()
    return price_of(request.provider, request.model, is_loopback(request.base_url or own or provider.home))


def estimate(request: Request, tokens_out: int, environment: Mapping[str, str]) -> Estimate:
    """What one answer of about `tokens_out` tokens will take, without what the model thinks."""
    tokens_in = tokens(request.system) + tokens(request.text) + tokens(str(request.answer_schema))
    price = price_for(request, environment)
    return Estimate(tokens_in, tokens_out, None if price is None else price.cost(tokens_in, tokens_out))


def bounded(request: Request, told: Estimate, price: Price | None, cap: float | None) -> Request:
    """The request, its answer no longer than `cap` US dollars pay for; None: the usual, where the price is known.

    Raises ValidationError for one that is expected to cost more, and for a cap that cannot be kept because nobody
    knows the price.
    """
    if price is None or told.cost is None:
        if cap is None:
            return request
        raise ValidationError(
            f"what {request.model} costs is not known here, so that max_cost cannot be kept",
            hint=f"leave max_cost out, or take a model whose price is known (those of {PRICES_OF})",
        )
    most = USUAL_CAP if cap is None else cap
    if told.cost > most:
        raise ValidationError(
            f"asking {request.model} would cost about {dollars(told.cost)}, more than the {dollars(most)} it may",
            hint="raise max_cost, give it a shorter document, or take a cheaper model",
        )
    if price.taken == 0:
        return request
    room = int((most - price.cost(told.tokens_in, 0)) / price.taken * 1e6)
    return request.model_copy(update={"max_tokens": max(min(request.max_tokens, room), 1)})


def left_of(cap: float | None, spent: float | None) -> float | None:
    """What a second try may cost; the cap as it was where nobody knows what the first did."""
    return cap if spent is None else (USUAL_CAP if cap is None else cap) - spent
