"""Anthropic's Messages API, by its own client library."""

from __future__ import annotations

from videogen.script.ai.failures import refused
from videogen.script.ai.provider import AskFailed, Link
from videogen.script.ai.request import Reply, Request

_ENDS = {"max_tokens": "cut", "model_context_window_exceeded": "cut", "refusal": "refused"}


class AnthropicProvider:
    """Claude. Structured output is `output_config.format`: newer models refuse to be forced to use a tool."""

    name = "anthropic"
    home = "https://api.anthropic.com"
    key_variable = "ANTHROPIC_API_KEY"
    address_variable = "ANTHROPIC_BASE_URL"
    default_model = "claude-sonnet-5-5"
    needs = ("anthropic", "py3langid")
    extra = "videogen[anthropic]"

    async def ask(self, request: Request, link: Link) -> Reply:
        """Ask once."""
        import anthropic

        http = anthropic.DefaultAsyncHttpxClient(follow_redirects=False, trust_env=not link.loopback)
        async with anthropic.AsyncAnthropic(
            api_key=link.key, base_url=link.base_url, timeout=link.stall_seconds, max_retries=0, http_client=http
        ) as client:
            try:
                message = await client.messages.create(
                    model=request.model,
                    max_tokens=request.max_tokens,
                    system=request.system,
                    messages=[{"role": "user", "content": request.text}],
                    output_config={"format": {"type": "json_schema", "schema": request.answer_schema}},
                    timeout=link.stall_seconds,
                )
            except anthropic.APIStatusError as error:
                raise refused(
                    error.status_code, error.response.headers, error.api_message or "", self.key_variable
                ) from None
            except anthropic.APITimeoutError:
                raise AskFailed(f"it was silent for {link.stall_seconds:g} s", may_pass=True) from None
            except anthropic.APIConnectionError as error:
                cause = error.__cause__
                raise AskFailed(f"the connection failed ({type(cause).__name__})", may_pass=True) from None
            return Reply(
                text="".join(block.text for block in message.content if block.type == "text"),
                end=_ENDS.get(message.stop_reason or "", "whole"),  # pyright: ignore[reportArgumentType]
                model=message.model,
                input_tokens=message.usage.input_tokens,
                output_tokens=message.usage.output_tokens,
            )


PROVIDER = AnthropicProvider()
