"""A language model is asked once for a script, at a cost that is known before, and its key stays where it is."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from studio import Outcome, Studio, new_studio

sys.path.insert(0, str(Path(__file__).parents[1] / "script"))
from ai_answers import DOCUMENT, answer
from ai_loopback import KEY, Service, Turn, serving

from videogen.build.projects import model_of
from videogen.model.errors import ValidationError

PROJECT = """\
source: ../notes.md
voice: "draft:"
output: {resolution: 480p}
script: {ai: {provider: %s, model: %s}}
"""
MODELS = {"anthropic": "claude-haiku-5-5", "openai": "gpt-5-mini"}
RUBBISH = Turn('{"language": "en", "scenes": []}')


class Asking:
    """A studio whose project asks a loopback service."""

    def __init__(self, studio: Studio, service: Service) -> None:
        self.studio, self.service = studio, service

    @property
    def asked(self) -> int:
        return len(self.service.asked)

    def kept(self) -> dict[str, Any]:
        return json.loads((self.studio.folder / "build/talk/talk/answer.json").read_text())

    def script(self) -> dict[str, Any]:
        return json.loads((self.studio.folder / "build/talk/talk/en/script.json").read_text())

    def origin(self) -> dict[str, Any]:
        return json.loads((self.studio.folder / "build/talk/talk/en/origin.json").read_text())


@pytest.fixture(params=["openai"])
def asking(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Asking]:
    turns = getattr(request.node.get_closest_marker("turns"), "args", (Turn(answer()),))
    studio = new_studio(tmp_path / "studio", PROJECT % (request.param, MODELS[request.param]))
    (studio.folder / "notes.md").write_text(DOCUMENT)
    with serving(*turns) as service:
        for name, value in service.environment(request.param).items():
            monkeypatch.setenv(name, value)
        yield Asking(studio, service)


def everything(studio: Studio) -> Iterator[tuple[Path, bytes]]:
    for path in studio.folder.rglob("*"):
        if path.is_file():
            yield path, path.read_bytes()


def holds_no_key(asking: Asking, *outcomes: Outcome) -> None:
    told = [outcome.out + outcome.err for outcome in outcomes]
    assert not any(KEY[:12] in text or KEY[-12:] in text for text in told)
    found = [path for path, data in everything(asking.studio) if KEY.encode() in data or KEY[:12].encode() in data]
    assert found == []


def test_it_is_asked_once_and_never_again(asking: Asking) -> None:
    looked = asking.studio.doit("explain", "project=talk")
    assert looked.code == 0, looked.err
    assert "ask:talk" in looked.out
    assert "tokens in" in looked.out
    assert "with gpt-5-mini" in looked.out
    for command in (["list"], ["list", "--all"], ["graph"]):
        assert asking.studio.doit(*command, "project=talk").code == 0
    assert asking.studio.video_gen("status", "--json").code == 0
    checked = asking.studio.video_gen("validate", "talk")
    assert (checked.code, checked.err.splitlines()[0]) == (
        0,
        "warning: talk: these are the rules' scenes; gpt-5-mini is asked when the film is made",
    )
    assert asking.asked == 0

    made = asking.studio.doit("create", "project=talk")
    assert made.code == 0, made.err
    assert {"ask:talk", "script"} <= made.made
    assert asking.asked == 1
    kept = asking.kept()
    assert (kept["tries"], kept["input_tokens"], kept["output_tokens"], kept["problems"]) == (1, 900, 400, [])
    assert kept["cost"] == pytest.approx(900 * 0.25e-6 + 400 * 2e-6)
    script = asking.script()
    assert [scene["id"] for scene in script["scenes"]][:2] == ["title", "one-command"]
    assert script["scenes"][1]["content"]["commands"][0]["command"] == "pip install kiln"
    assert asking.origin()["scenes"]["one-command"]["first"] == 7
    assert script["metadata"]["ai"]["used"] is True
    manifest = json.loads((asking.studio.film / "manifest.json").read_text())
    assert manifest["answered"]["cost"] == kept["cost"]
    assert manifest["answered"]["model"] == "gpt-5-mini"

    before = (asking.studio.film / "script.json").read_bytes()
    assert asking.studio.doit("create", "project=talk").made == set()
    # all that was built is gone: the answer is taken from the store
    (asking.studio.folder / "notes.md").write_text(DOCUMENT + "\n<!-- a remark that nobody is sent -->\n")
    for path in (
        asking.studio.folder / "build/talk/talk/answer.json",
        asking.studio.folder / "build/talk/.state.sqlite",
    ):
        path.unlink()
    again = asking.studio.doit("create", "project=talk", "frozen=yes")
    assert again.code == 0, again.err
    assert again.tasks["ask:talk"] == "restored"
    assert asking.asked == 1
    assert (asking.studio.film / "script.json").read_bytes() == before
    holds_no_key(asking, looked, made, again)


@pytest.mark.turns(Turn(status=401, message=f"Incorrect API key provided: {KEY}"))
def test_a_refused_key_is_told_without_it_and_nothing_is_left(asking: Asking) -> None:
    outcome = asking.studio.doit("create", "project=talk")
    assert outcome.code == 1
    assert "error: ask:talk: gpt-5-mini of openai gave no answer: it does not know the key (401" in outcome.err
    assert not (asking.studio.folder / "build/talk/talk/answer.json").exists()
    holds_no_key(asking, outcome)


@pytest.mark.parametrize("asking", ["anthropic"], indirect=True)
@pytest.mark.turns(RUBBISH, Turn(status=529, headers={"Retry-After": "0"}), Turn(answer()))
def test_anthropic_is_asked_in_the_same_way(asking: Asking) -> None:
    outcome = asking.studio.doit("plan", "project=talk")
    assert outcome.code == 0, outcome.err
    assert (asking.asked, asking.kept()["tries"], asking.kept()["provider"]) == (3, 2, "anthropic")
    assert asking.kept()["cost"] == pytest.approx(1800 * 0.1e-6 + 800 * 0.5e-6)
    assert asking.script()["metadata"]["ai"]["used"] is True
    holds_no_key(asking, outcome)


def test_a_project_of_a_stranger_leads_neither_key_nor_text_away(
    asking: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("OPENAI_BASE_URL", "HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.delenv(name, raising=False)
    text = asking.studio.project.read_text()
    asking.studio.project.write_text(text.replace("gpt-5-mini}", "gpt-5-mini, base_url: https://example.org/v1}"))
    outcome = asking.studio.doit("plan", "project=talk")
    assert outcome.code == 2
    said = 'the project would have its text sent to "example.org"; if you trust it, say so: OPENAI_BASE_URL='
    assert said in outcome.err
    # this machine is asked, without the key
    here = asking.service.url("openai")
    asking.studio.project.write_text(text.replace("gpt-5-mini}", f"small, base_url: '{here}'}}"))
    assert asking.studio.doit("plan", "project=talk").code == 0
    assert (asking.asked, asking.kept()["cost"]) == (1, 0)
    assert KEY not in str(asking.service.asked)
    holds_no_key(asking, outcome)


def test_a_missing_key_is_a_line(asking: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY")
    monkeypatch.setenv("OPENAI_BASE_URL", "https://example.org/v1")
    for outcome in (asking.studio.doit("create", "project=talk"), asking.studio.video_gen("create", "talk")):
        assert outcome.code == 2
        assert 'ask:talk: there is no key to ask "openai" with; set OPENAI_API_KEY in the environment' in outcome.err
    assert asking.asked == 0


@pytest.mark.turns(RUBBISH, Turn(answer()))
def test_it_is_told_once_what_is_wrong(asking: Asking) -> None:
    outcome = asking.studio.doit("plan", "project=talk")
    assert outcome.code == 0, outcome.err
    assert (asking.asked, asking.kept()["tries"], asking.kept()["input_tokens"]) == (2, 2, 1800)
    second = asking.service.asked[1][2]["messages"][1]["content"]
    assert "It cannot be used as it is." in second
    assert "- the first scene, and no other, has to be a `title`" in second


@pytest.mark.turns(RUBBISH)
def test_what_cannot_be_used_twice_leaves_the_rules_script_with_a_warning(asking: Asking) -> None:
    outcome = asking.studio.doit("create", "project=talk")
    assert outcome.code == 0, outcome.err
    said = "the script is written by the rules, for that of gpt-5-mini cannot be used: 0 scenes"
    assert f"warning: script: {said}" in outcome.err
    assert asking.asked == 2
    assert asking.kept().get("script") is None
    assert asking.script()["metadata"]["ai"]["used"] is False
    assert any(said in warning for warning in asking.origin()["warnings"])
    assert asking.studio.doit("create", "project=talk", "warnings=fail").code == 3
    assert asking.studio.video_gen("create", "talk", "--fail-on-warn").code == 3
    assert asking.asked == 2
    # it is not in the store: whoever forgets it asks again
    assert asking.studio.doit("forget", "ask:talk", "project=talk").code == 0
    asking.service.turns = [Turn(answer())]
    again = asking.studio.doit("plan", "project=talk")
    assert again.code == 0, again.err
    assert asking.script()["metadata"]["ai"]["used"] is True


def test_what_costs_too_much_is_refused_before_anybody_is_asked(asking: Asking) -> None:
    asking.studio.project.write_text(
        asking.studio.project.read_text().replace("gpt-5-mini}", "gpt-5-mini, max_cost: 0.001}")
    )
    outcome = asking.studio.doit("create", "project=talk")
    assert outcome.code == 2
    assert "ask:talk: asking gpt-5-mini would cost about $0.002, more than the $0.001 it may; raise" in outcome.err
    asking.studio.edit(", max_cost: 0.001", "")
    for outcome in (
        asking.studio.doit("create", "project=talk", "max_cost=0.0001"),
        asking.studio.video_gen("create", "talk", "--max-cost", "0.0001"),
    ):
        assert outcome.code == 2
        assert "more than the $0.0001 it may" in outcome.err
    assert asking.asked == 0
    assert asking.studio.doit("create", "project=talk", "max_cost=much").code == 2
    assert asking.studio.doit("plan", "project=talk", "max_cost=0.01").code == 0
    # what may be answered costs no more either
    assert 1_000 < asking.service.asked[0][2]["max_tokens"] < 0.01 / 2e-6
    # a cap decides nothing of what is answered
    asking.studio.edit("gpt-5-mini}", "gpt-5-mini, max_cost: 0.3}")
    assert "ask:talk" not in asking.studio.doit("plan", "project=talk").ran
    assert asking.asked == 1


def test_a_price_that_nobody_knows_cannot_be_capped(asking: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    asking.studio.edit("gpt-5-mini", "new-model, max_cost: 0.3")
    monkeypatch.setenv("OPENAI_BASE_URL", "https://example.org/v1")
    looked = asking.studio.doit("explain", "project=talk")
    assert "out with new-model" in looked.out
    outcome = asking.studio.doit("create", "project=talk")
    assert outcome.code == 2
    assert "what new-model costs is not known here, so that max_cost cannot be kept" in outcome.err


def test_a_frozen_build_asks_nobody_and_speaks_nothing(asking: Asking) -> None:
    for command in (["doit", "create", "project=talk", "frozen=yes"], ["videogen", "create", "talk", "--frozen"]):
        outcome = asking.studio.run(sys.executable, "-m", *command)
        assert outcome.code == 1
        assert "error: ask:talk: the build is frozen, and this is neither up to date nor in the store: ask: about" in (
            outcome.err
        )
    assert asking.asked == 0
    assert asking.studio.doit("ask", "project=talk").code == 0
    outcome = asking.studio.doit("audio", "project=talk", "frozen=yes")
    assert outcome.code == 1
    assert re.search(r"neither up to date nor in the store: speak \d+ words of “Kiln” with draft:; build", outcome.err)
    assert asking.studio.doit("audio", "project=talk").code == 0
    assert asking.studio.doit("audio", "project=talk", "frozen=yes").code == 0


def test_another_shape_has_the_same_script(asking: Asking) -> None:
    asking.studio.project.write_text(asking.studio.project.read_text() + 'aspect: ["16:9", "1:1"]\n')
    assert asking.studio.doit("plan", "project=talk").code == 0
    assert asking.asked == 1
    scripts = [
        json.loads((asking.studio.folder / f"build/talk/{name}/en/script.json").read_text())["scenes"]
        for name in ("talk", "talk-1x1")
    ]
    assert scripts[0] == scripts[1]


def test_a_project_without_a_model_asks_nobody(asking: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    asking.studio.edit("script: {ai: {provider: openai, model: gpt-5-mini}}", "")
    assert asking.studio.doit("plan", "project=talk", "frozen=yes").code == 0
    assert asking.asked == 0


def test_a_document_alone_may_ask(asking: Asking) -> None:
    command = ["create", "--from", "notes.md", "--voice", "draft:", "--max-cost", "1", "--use-ai"]
    outcome = asking.studio.video_gen(*command)
    assert outcome.code == 0, outcome.err
    assert [body["model"] for _, _, body in asking.service.asked] == [model_of("")["model"]]
    holds_no_key(asking, outcome)


def test_which_model_is_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ANTHROPIC_API_KEY", "OPENAI_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    assert model_of("openai:org/model:8b") == {"provider": "openai", "model": "org/model:8b"}
    assert model_of("anthropic")["model"].startswith("claude-")
    with pytest.raises(ValidationError, match="there is no key for any; set ANTHROPIC_API_KEY or OPENAI_API_KEY"):
        model_of("")
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    assert model_of("")["provider"] == "openai"


def test_what_use_ai_cannot_name(asking: Asking) -> None:
    def said(*options: str) -> str:
        outcome = asking.studio.video_gen("create", *options)
        assert outcome.code == 2
        return outcome.err

    assert "--use-ai goes with --from a document" in said("talk", "--use-ai")
    assert 'did you mean "openai"?' in said("--use-ai", "opnai", "--from", "notes.md")
    assert "use_ai: " in said("--use-ai", "openai:a b", "--from", "notes.md")
