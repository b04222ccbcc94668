"""Everything that `video-gen create` can be asked for, doit can be asked for too."""

from __future__ import annotations

import click
import pytest
from studio import Studio

from videogen.build.asked import check_variables
from videogen.cli import cli

VARIABLES = {
    "source": "from=notes.md",
    "output": "build=films",
    "draft": "profile=draft",
    "title": "title=Notes",
    "languages": "languages=en,es",
    "duration": "duration=90s",
    "voice": "voice=draft:",
    "theme": "theme=paper",
    "accent": "accent=green",
    "aspect": "aspect=16:9,1:1",
    "also": "also=webm,h265",
    "use_ai": "use_ai=openai:gpt-5-mini",
    "max_cost": "max_cost=0.20",
    "frozen": "frozen=yes",
    "fail_on_warn": "warnings=fail",
    "refresh": "refresh=yes",
}
OTHERWISE = {
    "videos": "doit check:rules/en",
    "jobs": "doit -n 2",
    "as_json": "events.ndjson, beside what is made",
    "quiet": "doit's own reporter is ours",
    "review": "a file that a person edits: `doit` takes it as it is",
    "watch": "a build after every save, which doit is told by whoever saves",
}


def test_every_option_of_create_has_its_like() -> None:
    create = cli.get_command(click.Context(cli), "create")
    assert create is not None
    options = {each.name for each in create.params if isinstance(each, click.Option)}
    assert options == VARIABLES.keys() | OTHERWISE.keys()
    check_variables(dict(given.split("=", 1) for given in VARIABLES.values()))


def test_a_document_is_the_same_film_with_the_same_settings(studio: Studio) -> None:
    (studio.folder / "notes.md").write_text("# Notes\n\nKiln bakes pots from clay. It needs no network.\n")
    asked = {"title": "My notes", "theme": "paper", "accent": "green", "duration": "20s"}
    by_doit = studio.doit(
        "create", "from=notes.md", "build=one", "profile=draft", *(f"{a}={b}" for a, b in asked.items())
    )
    options = [each for name, value in asked.items() for each in (f"--{name}", value)]
    by_command = studio.video_gen("create", "--from", "notes.md", "--output", "two", "--draft", *options)
    assert (by_doit.code, by_command.code) == (0, 0), by_doit.err + by_command.err
    one, two = (studio.folder / path.out.strip() for path in (by_doit, by_command))
    assert one.relative_to(studio.folder / "one") == two.relative_to(studio.folder / "two")
    assert one.read_bytes() == two.read_bytes()
    assert 'title: "My notes"' in (studio.folder / "one/notes/notes.yaml").read_text()


@pytest.mark.parametrize(("value", "said"), [("yes", "ANTHROPIC_API_KEY"), ("oracle:x", "oracle")])
def test_a_model_that_is_not_there_is_said(
    studio: Studio, value: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("ANTHROPIC_API_KEY", "OPENAI_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    (studio.folder / "other.md").write_text("# Other\n\nKiln bakes pots from clay.\n")
    outcome = studio.doit("create", "from=other.md", f"use_ai={value}")
    assert outcome.code == 2
    assert said in outcome.err
