"""OpenAI's chat completions, by its own client library; other servers, a local one among them, speak the same."""

from __future__ import annotations

from typing import Any

from videogen.script.ai.failures import refused
from videogen.script.ai.provider import AskFailed, Link
from videogen.script.ai.request import Reply, Request


class OpenAIProvider:
    """Structured output is `response_format` with a strict `json_schema`."""

    name = "openai"
    home = "https://api.openai.com/v1"
    key_variable = "OPENAI_API_KEY"
    address_variable = "OPENAI_BASE_URL"
    default_model = "gpt-6.1-sol"
    needs = ("openai", "py3langid")
    extra = "videogen[openai]"

    async def ask(self, request: Request, link: Link) -> Reply:
        """Ask once."""
        import openai

        http = openai.DefaultAsyncHttpxClient(follow_redirects=False, trust_env=not link.loopback)
        # other servers know the older name only
        limit = "max_completion_tokens" if link.base_url == self.home else "max_tokens"
        bound: dict[str, Any] = {limit: request.max_tokens}
        async with openai.AsyncOpenAI(
            api_key=link.key, base_url=link.base_url, timeout=link.stall_seconds, max_retries=0, http_client=http
        ) as client:
            try:
                completion = await client.chat.completions.create(
                    model=request.model,
                    messages=[
                        {"role": "system", "content": request.system},
                        {"role": "user", "content": request.text},
                    ],
                    response_format={
                        "type": "json_schema",
                        "json_schema": {
                            "name": request.schema_name,
                            "schema": request.answer_schema,
                            "strict": True,
                        },
                    },
                    **bound,
                )
            except openai.APIStatusError as error:
                raise refused(
                    error.status_code, error.response.headers, _message(error.body), self.key_variable
                ) from None
            except openai.APITimeoutError:
                raise AskFailed(f"it was silent for {link.stall_seconds:g} s", may_pass=True) from None
            except openai.APIConnectionError as error:
                cause = error.__cause__
                raise AskFailed(f"the connection failed ({type(cause).__name__})", may_pass=True) from None
            if not completion.choices:
                raise AskFailed("there is nothing in what it sent", may_pass=True)
            choice, usage = completion.choices[0], completion.usage
            refused_to = bool(choice.message.refusal) or choice.finish_reason == "content_filter"
            return Reply(
                text=choice.message.content or "",
                end="refused" if refused_to else "cut" if choice.finish_reason == "length" else "whole",
                model=completion.model,
                input_tokens=usage.prompt_tokens if usage else 0,
                output_tokens=usage.completion_tokens if usage else 0,
            )


def _message(body: object) -> str:
    """What a server's error says: `{"message": …}`, of which the library has taken off what is around it."""
    message = body.get("message") if isinstance(body, dict) else None
    return message if isinstance(message, str) else ""


PROVIDER = OpenAIProvider()
