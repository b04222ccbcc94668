"""A document from the web: fetched once, kept with the build, asked for again on demand."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from studio import Outcome, Studio, new_studio
from weblocal import Exchange, Site, site

PAGE = """\
# A film from afar

It says that every result is a file, and that every file knows its inputs.

![A picture](shown.png)

## Two rules

- Every result is a file
- Every file knows its inputs
"""


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setenv("VIDEOGEN_ALLOW_PRIVATE", "1")
    with site() as there:
        there.replies["/docs/notes.md"] = lambda to: to.send(PAGE)
        yield there


@pytest.fixture
def studio(tmp_path: Path, web: Site) -> Studio:
    """A project of a page, with nothing built."""
    address = web.url("/docs/notes.md")
    return new_studio(tmp_path / "studio", f'voice: "draft:"\noutput: {{resolution: 480p}}\nsource: {address}\n')


def made(outcome: Outcome) -> Outcome:
    assert outcome.code in (0, 3), outcome.err
    return outcome


def test_a_page_is_fetched_once_and_kept(studio: Studio, web: Site) -> None:
    made(studio.doit("create", "project=talk"))
    assert web.paths == ["/docs/notes.md"]
    records = sorted((studio.folder / "build/talk/fetched").glob("*.json"))
    assert len(records) == 1
    record = json.loads(records[0].read_text())
    body = (records[0].parent / record["body"]).read_bytes()
    assert body.decode() == PAGE
    assert record["address"] == record["final"] == web.url("/docs/notes.md")
    assert record["sha256"] == hashlib.sha256(body).hexdigest()
    parsed = json.loads((studio.folder / "build/talk/source.json").read_text())
    assert parsed["videos"][0]["document"]["path"] == web.url("/docs/notes.md")
    web.replies.clear()  # from here on there is no network
    assert studio.doit("create", "project=talk").ran == set()
    studio.edit("voice", "title: Another\nvoice")
    made(studio.doit("create", "project=talk"))
    assert made(studio.doit("create", "project=talk", "profile=draft")).code == 0
    assert web.paths == ["/docs/notes.md"]


def test_what_is_kept_and_changed_by_hand_is_fetched_again(studio: Studio, web: Site) -> None:
    made(studio.doit("create", "project=talk"))
    before = studio.hashes()
    for path in (studio.folder / "build/talk/fetched").iterdir():
        path.write_bytes(path.read_bytes()[:-5])
    made(studio.doit("create", "project=talk"))
    assert studio.hashes() == before
    for path in (studio.folder / "build/talk/fetched").iterdir():
        path.unlink()
    made(studio.doit("create", "project=talk"))
    assert studio.hashes() == before
    assert len(web.asked) == 3


@pytest.mark.parametrize(
    "how", [("doit", "create", "project=talk", "refresh=yes"), ("video-gen", "create", "talk", "--refresh")]
)
def test_a_page_is_asked_for_again_on_demand(studio: Studio, web: Site, how: tuple[str, ...]) -> None:
    run = studio.doit if how[0] == "doit" else studio.video_gen
    made(studio.doit("create", "project=talk"))
    assert run(*how[1:]).ran == set()
    assert len(web.asked) == 2
    web.replies["/docs/notes.md"] = lambda to: to.send(PAGE.replace("knows its inputs\n", "knows what it is made of\n"))
    outcome = made(run(*how[1:]))
    assert "source" in outcome.ran
    assert any(name.startswith("audio:") for name in outcome.made)
    assert len(web.asked) == 3
    before = studio.hashes()
    web.replies["/docs/notes.md"] = lambda to: to.send("gone", 404)
    lost = run(*how[1:])
    assert lost.code == 2
    assert "talk.yaml:3:9: 127.0.0.1 has no such page (404); check the address" in lost.err
    assert studio.hashes() == before
    assert studio.doit("create", "project=talk").ran == set()


def test_a_page_is_asked_for_again_on_a_condition(studio: Studio, web: Site) -> None:
    def conditional(to: Exchange) -> None:
        if to.headers["If-None-Match"] == '"one"':
            to.send(status=304)
        else:
            to.send(PAGE, ETag='"one"', Last_Modified="Sat, 01 Aug 2026 10:00:00 GMT")

    web.replies["/docs/notes.md"] = conditional
    made(studio.doit("create", "project=talk"))
    assert studio.doit("create", "project=talk", "refresh=yes").ran == set()
    assert [asked.headers["If-None-Match"] for asked in web.asked] == [None, '"one"']
    assert web.asked[1].headers["If-Modified-Since"] == "Sat, 01 Aug 2026 10:00:00 GMT"


def test_a_film_of_an_address_needs_no_project(studio: Studio, web: Site) -> None:
    address = web.url("/docs/notes.md?raw=1")
    outcome = studio.video_gen("create", "--from", address, "--voice", "draft:", "--draft")
    assert outcome.code in (0, 3), outcome.err
    assert (studio.folder / "build/notes/notes.yaml").read_text().startswith(f'source: "{address}"')
    assert web.paths == ["/docs/notes.md?raw=1"]
    web.replies.clear()
    assert studio.video_gen("create", "--from", address, "--voice", "draft:", "--draft").code in (0, 3)
    assert len(web.asked) == 1


def test_what_may_be_secret_in_an_address_is_shown_nowhere(tmp_path: Path, web: Site) -> None:
    folder = Studio(tmp_path)
    web.replies["/t.md"] = web.replies["/docs/notes.md"]
    address = web.url("/t.md?token=s3cret")
    made(folder.video_gen("create", "--from", address, "--draft"))
    assert web.paths == ["/t.md?token=s3cret"]
    written = [path for path in tmp_path.rglob("*") if "store" not in path.parts]
    assert [path.name for path in written if "s3cret" in path.name] == []
    told = {path.name for path in written if path.is_file() and b"s3cret" in path.read_bytes()}
    kept = {path.name for path in (tmp_path / "build/t/fetched").glob("*.json")}
    # what asks for the page again needs it, and nothing of that is published
    assert told == {"t.yaml", *kept}
    (manifest,) = (tmp_path / "build/t.draft/t/en").glob("manifest.json")
    assert web.url("/t.md") in manifest.read_text()
    listed = folder.video_gen("list", "--json")
    assert json.loads(listed.out)[0]["metadata"]["document"] == web.url("/t.md")
    web.replies.clear()
    lost = folder.video_gen("create", "--from", address, "--draft", "--refresh")
    assert lost.code == 2
    assert lost.err == f"error: {web.url('/t.md')}: 127.0.0.1 has no such page (404); check the address\n"


def test_a_page_that_cannot_be_had_leaves_nothing_behind(studio: Studio, web: Site) -> None:
    web.replies["/docs/notes.md"] = lambda to: to.send("<p>", 200, "image/png")
    for outcome in (studio.doit("create", "project=talk"), studio.video_gen("validate", "talk")):
        assert outcome.code == 2
        assert "talk.yaml:3:9: no input reads image/png, which 127.0.0.1 sends; if you know" in outcome.err
    address = web.url("/nothing.md")
    outcome = studio.video_gen("create", "--from", address)
    assert outcome.code == 2
    assert outcome.err == f"error: {address}: 127.0.0.1 has no such page (404); check the address\n"
    assert not (studio.folder / "build").exists()


def test_a_private_address_is_refused_by_every_command(
    studio: Studio, web: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("VIDEOGEN_ALLOW_PRIVATE")
    commands = (
        studio.doit("create", "project=talk"),
        studio.video_gen("create", "talk"),
        studio.video_gen("validate", "talk"),
        studio.video_gen("create", "--from", web.url("/docs/notes.md")),
    )
    for outcome in commands:
        assert outcome.code == 2
        assert "127.0.0.1 is a private or reserved address; set VIDEOGEN_ALLOW_PRIVATE=1" in outcome.err
    assert not web.asked
    assert not (studio.folder / "build").exists()


def test_pictures_of_a_page_are_left_out_and_none_of_ours_stand_in(studio: Studio) -> None:
    (studio.folder / "shown.png").write_bytes(b"ours")
    made(studio.doit("create", "project=talk", "profile=draft"))
    parsed = json.loads((studio.folder / "build/talk.draft/parsed.json").read_text())
    notes = parsed["talk"]["left_out"]
    assert [note.partition(":5: ")[2] for note in notes] == ["left out a picture: those of web pages are not fetched"]
