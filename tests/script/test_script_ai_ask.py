"""Language models are asked with patience, by each API's own wire format, and no key leaves where it belongs."""

from __future__ import annotations

import traceback

import pytest
from ai_loopback import KEY, PATHS, Turn, recorded_waits, request, serving
from hypothesis import given
from hypothesis import strategies as st

from videogen.model.errors import PipelineError, StageError, ValidationError
from videogen.script.ai.address import is_loopback, link_of
from videogen.script.ai.ask import ask, redacted
from videogen.script.ai.failures import retry_after
from videogen.script.ai.provider import provider_of, providers

BOTH = ("anthropic", "openai")
WORD = '{"word": "kiln"}'


@pytest.fixture(scope="module", autouse=True)
def _loaded() -> None:
    """The client libraries load what they need when they are first used: nothing is timed before that."""
    with serving(Turn(WORD)) as service:
        for provider in BOTH:
            ask(request(provider), environment=service.environment(provider))


@pytest.mark.parametrize("provider", BOTH)
def test_what_stands_on_the_wire(provider: str) -> None:
    asked = request(provider)
    with serving(Turn(WORD, tokens=(12, 7))) as service:
        reply = ask(asked, environment=service.environment(provider))
    assert (reply.text, reply.end, reply.input_tokens, reply.output_tokens) == (WORD, "whole", 12, 7)
    [(path, headers, body)] = service.asked
    assert path == PATHS[provider]
    if provider == "anthropic":
        assert KEY in (headers.get("x-api-key"), headers.get("authorization", "").removeprefix("Bearer "))
        assert body == {
            "model": "small-1",
            "max_tokens": 32_000,
            "system": asked.system,
            "messages": [{"role": "user", "content": asked.text}],
            "output_config": {"format": {"type": "json_schema", "schema": asked.answer_schema}},
        }
    else:
        assert headers["authorization"] == f"Bearer {KEY}"
        assert body == {
            "model": "small-1",
            "max_tokens": 32_000,
            "messages": [{"role": "system", "content": asked.system}, {"role": "user", "content": asked.text}],
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": "answer", "schema": asked.answer_schema, "strict": True},
            },
        }


@pytest.mark.parametrize("provider", BOTH)
@pytest.mark.parametrize("end", ["cut", "refused"])
def test_an_answer_that_was_cut_or_refused_says_so(provider: str, end: str) -> None:
    with serving(Turn('{"wo', end=end)) as service:
        assert ask(request(provider), environment=service.environment(provider)).end == end


PASSING = {
    "asked too often": Turn(status=429, headers={"Retry-After": "7"}, message="slow down"),
    "a fault of its own": Turn(status=500, message="oops"),
    "overloaded": Turn(status=529, message="overloaded"),
    "a reset": Turn(how="reset"),
    "silence": Turn(how="hang"),
    "a slow drip": Turn(how="drip"),
}


@pytest.mark.parametrize("provider", BOTH)
@pytest.mark.parametrize("name", PASSING)
def test_what_passes_is_asked_again(provider: str, name: str) -> None:
    patience, waits = recorded_waits(stall=1.0 if name == "silence" else 30.0, whole=1.5 if "drip" in name else 60.0)
    with serving(PASSING[name], PASSING[name], Turn(WORD)) as service:
        assert ask(request(provider), patience, service.environment(provider)).text == WORD
    assert len(service.asked) == 3
    assert waits == ([7.0, 7.0] if name == "asked too often" else [2.0, 4.0])


SAID = {
    "asked too often": "it is asked too often (429: slow down), 3 times",
    "a fault of its own": "it failed (500: oops), 3 times",
    "overloaded": "it is overloaded (529: overloaded), 3 times",
    "a reset": "the connection failed (RemoteProtocolError), 3 times",
    "silence": "it was silent for 0.5 s, 3 times",
    "a slow drip": "it has not answered within 0.5 s, 3 times",
}


@pytest.mark.parametrize("provider", BOTH)
@pytest.mark.parametrize("name", PASSING)
def test_what_does_not_pass_is_one_line(provider: str, name: str) -> None:
    patience, _ = recorded_waits(
        stall=0.5 if name == "silence" else 30.0, whole=0.5 if "drip" in name else 60.0, tries=3
    )
    with serving(PASSING[name]) as service, pytest.raises(StageError) as raised:
        ask(request(provider), patience, service.environment(provider))
    said = SAID[name]
    if name == "a reset":
        said = said.replace("RemoteProtocolError", str(raised.value).partition("(")[2].partition(")")[0])
    assert str(raised.value) == (
        f"small-1 of {provider} gave no answer: {said}; run it again later, or do without: leave `script.ai` out"
    )
    assert len(service.asked) == 3


FINAL = {
    "a key that is not known": (Turn(status=401, message="bad key"), "it does not know the key (401: bad key); check"),
    "no such model": (Turn(status=404, message="no small-1"), "it has no such model, or nothing at that address (404"),
    "a request it does not take": (Turn(status=400, message="schema"), "it did not understand the request (400"),
    "no credit": (Turn(status=429, message="You exceeded your current quota"), "it is asked too often (429: You ex"),
    "a long wait": (Turn(status=429, headers={"Retry-After": "3600"}), "and wants to be asked again in 3600 s"),
    "what is no JSON": (Turn(body=b"<html>hello"), "gave no answer"),
    "what is other JSON": (Turn(body=b'{"choices": []}'), "gave no answer"),
}


@pytest.mark.parametrize("provider", BOTH)
@pytest.mark.parametrize("name", FINAL)
def test_what_will_not_pass_is_said_at_once(provider: str, name: str) -> None:
    turn, said = FINAL[name]
    patience, waits = recorded_waits(tries=1 if "JSON" in name else 4)
    with serving(turn) as service, pytest.raises(StageError) as raised:
        ask(request(provider), patience, service.environment(provider))
    assert said in str(raised.value)
    assert "\n" not in str(raised.value)
    assert (len(service.asked), waits) == (1, [])


@pytest.mark.parametrize("provider", BOTH)
def test_a_redirect_is_not_followed(provider: str) -> None:
    with serving(Turn(WORD)) as other:
        elsewhere = Turn(status=307, headers={"Location": f"{other.root}{PATHS[provider]}"})
        with serving(elsewhere) as service, pytest.raises(StageError, match="it leads elsewhere") as raised:
            ask(request(provider), recorded_waits()[0], service.environment(provider))
    assert other.asked == []
    assert "307" in str(raised.value)


# keys


@pytest.mark.parametrize("provider", BOTH)
@pytest.mark.parametrize(
    "turn",
    [
        Turn(status=401, message=f"Incorrect key provided: {KEY}"),
        Turn(status=500, message=f"header x-api-key: {KEY[:12]}..."),
        Turn(body=b"{" + KEY.encode()),
    ],
    ids=["quoted", "half of it", "in a broken body"],
)
def test_no_error_holds_the_key(provider: str, turn: Turn) -> None:
    patience, _ = recorded_waits(tries=2)
    with serving(turn) as service, pytest.raises(StageError) as raised:
        ask(request(provider), patience, service.environment(provider))
    told = "".join(traceback.format_exception(raised.value)) + repr(raised.value.to_dict())
    assert KEY[:12] not in told
    assert KEY[-12:] not in told
    assert raised.value.__context__ is None


@pytest.mark.parametrize("provider", BOTH)
@pytest.mark.parametrize("key", ["sk-two\nlines-000", "sk-ünicode-0000", "sk with spaces 00"])
def test_what_cannot_be_a_key_is_not_sent_and_not_told(provider: str, key: str) -> None:
    with serving(Turn(WORD)) as service, pytest.raises(ValidationError, match="cannot be a key") as raised:
        ask(request(provider), environment=service.environment(provider, key))
    assert service.asked == []
    assert key not in str(raised.value)


def test_a_key_may_end_with_a_newline_as_a_file_does() -> None:
    with serving(Turn(WORD)) as service:
        ask(request(), environment=service.environment("openai", f"{KEY}\n"))
    assert service.asked[0][1]["authorization"] == f"Bearer {KEY}"


@given(st.text(min_size=16, max_size=60, alphabet="abcdefghijk0123456789-"), st.text(), st.text())
def test_a_key_is_taken_out_of_any_text(key: str, before: str, after: str) -> None:
    assert key not in redacted(f"{before}{key}{after}", key)


@pytest.mark.parametrize("provider", BOTH)
def test_a_missing_key_is_said(provider: str) -> None:
    with pytest.raises(ValidationError, match=f"there is no key .* set {provider.upper()}_API_KEY in the environ"):
        ask(request(provider), environment={})


# addresses


@pytest.mark.parametrize("provider", BOTH)
def test_an_address_of_this_machine_that_a_project_names_gets_no_key(provider: str) -> None:
    with serving(Turn(WORD)) as service:
        asked = request(provider, base_url=service.url(provider))
        assert ask(asked, environment={f"{provider.upper()}_API_KEY": KEY}).text == WORD
        assert KEY not in str(service.asked)
        # the environment names it as well: it is the person's own
        ask(asked, environment=service.environment(provider))
        assert KEY in str(service.asked[-1][1])


STRANGERS = (
    "https://example.org/v1",
    "http://localhost.example.org/v1",
    "http://127.0.0.1.example.org",
    "http://10.0.0.7:8080/v1",
    "https://api.openai.com.example.org/v1",
    "http://api.openai.com/v1",
    "https://api.openai.com:444/v1",
)


@pytest.mark.parametrize("address", STRANGERS)
def test_any_other_address_has_to_be_named_by_the_environment(address: str) -> None:
    provider = provider_of("openai")
    with pytest.raises(ValidationError, match="would have its text sent to") as raised:
        link_of(provider, address, {"OPENAI_API_KEY": KEY}, 1.0)
    assert KEY not in str(raised.value)
    named = {"OPENAI_API_KEY": KEY, "OPENAI_BASE_URL": f"{address}/"}
    link = link_of(provider, address, named, 1.0)
    assert (link.base_url, link.key) == (address, KEY)


@pytest.mark.parametrize(
    "address",
    ["", "ftp://127.0.0.1", "127.0.0.1:80", "http://", "http://127.0.0.1:99999", "http://a b/", "http://[::1", "x\ny"],
)
def test_what_is_no_address(address: str) -> None:
    with pytest.raises(ValidationError):
        link_of(provider_of("openai"), address or " ", {"OPENAI_API_KEY": KEY}, 1.0)


def test_an_address_holds_no_password() -> None:
    with pytest.raises(ValidationError, match="neither a password") as raised:
        link_of(provider_of("openai"), "http://me:hunter2secret@127.0.0.1/v1", {}, 1.0)
    assert "hunter2secret" not in str(raised.value)


def test_which_addresses_are_of_this_machine() -> None:
    assert all(map(is_loopback, ("http://localhost:1/v1", "http://127.8.8.8", "http://[::1]:80")))
    assert not any(map(is_loopback, ("http://0.0.0.0", "http://127.0.0.1@example.org", "http://[::2]", "http://a")))


# providers


def test_providers_are_found_by_entry_point() -> None:
    assert set(BOTH) <= set(providers())
    with pytest.raises(ValidationError, match=r'there is no provider "antropic".*did you mean "anthropic"'):
        ask(request("antropic"))


def test_a_client_library_that_is_missing_is_said_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(provider_of("openai")), "needs", ("no_such_module",))
    with pytest.raises(PipelineError, match=r'is not installed; pip install "videogen\[openai\]"'):
        ask(request(), environment={"OPENAI_API_KEY": KEY})


def test_retry_after_may_be_a_date() -> None:
    assert retry_after({"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"}) == 0.0
    later = retry_after({"retry-after": "Fri, 31 Dec 9999 23:59:59 GMT"})
    assert later is not None
    assert later > 1e9
    for nonsense in ("", "soon", "nan", "-3"):
        assert retry_after({"retry-after": nonsense}) in (None, 0.0)
