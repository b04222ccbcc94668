"""Talks by address, by id and by what yt-dlp has written: the real yt-dlp, asking a site on this machine."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from studio import new_studio
from talks import BARE, VIDEO, WORDS, Tube, info, json3, manual, rolling_vtt, timed, youtube
from weblocal import Site, site

from videogen.inputs.documents import read_document
from videogen.inputs.kept import Kept
from videogen.inputs.talk.ytdlp import _explained
from videogen.inputs.youtube import INPUT, video_address
from videogen.model.errors import PipelineError, ValidationError, Where
from videogen.model.project import Document

HERE = Where("projects/talk.yaml", 1, 9)


@pytest.fixture
def tube(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Tube]:
    monkeypatch.setenv("VIDEOGEN_ALLOW_PRIVATE", "1")
    with youtube(monkeypatch, tmp_path) as there:
        there.captions = {"en": json3(timed(WORDS)), "de": json3(timed(BARE))}
        yield there


def read(named: str, folder: Path, kept: Kept | None = None, language: str = "en") -> Document:
    return read_document(named, folder, folder, HERE, kept, language).document


def refusal(named: str, folder: Path, language: str = "en") -> str:
    with pytest.raises(PipelineError) as refused:
        read(named, folder, language=language)
    line = refused.value.line()
    assert "\n" not in line
    assert line.startswith(("projects/talk.yaml:1:9: ", "talk.info.json: ")), line
    return line.partition(": ")[2]


@pytest.mark.parametrize(
    "named",
    [
        f"youtube:{VIDEO}",
        f"https://www.youtube.com/watch?v={VIDEO}&t=42s",
        f"https://youtube.com/watch?app=desktop&v={VIDEO}",
        f"https://m.youtube.com/watch?v={VIDEO}&list=PL123",
        f"https://youtu.be/{VIDEO}?si=abc",
        f"https://www.youtube.com/shorts/{VIDEO}",
        f"https://www.youtube.com/embed/{VIDEO}?start=3",
        f"https://www.youtube.com/live/{VIDEO}",
        f"https://www.youtube-nocookie.com/embed/{VIDEO}",
    ],
)
def test_a_video_is_one_however_it_is_named(named: str) -> None:
    value = named.removeprefix("youtube:")
    assert named.startswith("youtube:") or INPUT.reads(named, b"", "")
    assert video_address(value, HERE) == f"https://www.youtube.com/watch?v={VIDEO}"


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("https://www.youtube.com/playlist?list=PL123", "this is a playlist; give the address of one video"),
        ("https://www.youtube.com/embed/videoseries?list=PL1", "this is a playlist"),
        ("https://www.youtube.com/@someone", "this is no address of a video"),
        ("https://www.youtube.com/watch?v=short", "this is no address of a video"),
        ("nonsense", '"nonsense" is no id of a YouTube video; an id has 11 letters'),
    ],
)
def test_what_is_no_video_is_said(named: str, said: str) -> None:
    with pytest.raises(ValidationError) as refused:
        video_address(named, HERE)
    assert said in refused.value.line()


def test_a_video_is_read_with_its_chapters_once(tube: Tube, tmp_path: Path) -> None:
    kept = Kept("fetched", tmp_path)
    document = read(f"youtube:{VIDEO}", tmp_path, kept)
    assert document.path == f"https://www.youtube.com/watch?v={VIDEO}"
    assert document.unit == "second"
    headings = [line for line in document.text.split("\n") if line.startswith("#")]
    assert headings == ["# Why builds are slow", "## What is slow", "## Caches \\& hashes"]
    assert "Nobody waits twice for the same thing." in document.text
    assert not document.left_out
    asked = list(tube.web.paths)
    for path, data in kept.new.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(data)
    assert read(f"youtube:{VIDEO}", tmp_path) == document
    assert tube.web.paths == asked
    german = read(f"youtube:{VIDEO}", tmp_path, language="de")
    assert "a machine wrote the captions" in german.left_out[0]
    assert "Most builds do too much work" in german.text


def test_a_video_that_nobody_may_see_is_said(tube: Tube, tmp_path: Path) -> None:
    for (status, reason), said in {
        ("LOGIN_REQUIRED", "Private video"): "this video is private; choose another",
        ("ERROR", "Video unavailable"): "this video is not available",
        ("ERROR", "This video has been removed by the uploader"): "this video was removed",
        ("LOGIN_REQUIRED", "Sign in to confirm your age"): "this video is age-restricted; download it with yt-dlp",
        ("UNPLAYABLE", "Join this channel to get access to members-only content"): "this video is for members only",
        ("LIVE_STREAM_OFFLINE", "This live event will begin in 3 hours."): "this video has not begun",
        ("LOGIN_REQUIRED", "Sign in to confirm you\u2019re not a bot"): "you are no robot; download it with yt-dlp",
        ("UNPLAYABLE", "The uploader has not made this video available in your country"): "is not shown here",
        ("OK", ""): "it has no captions; choose a talk that has some",
    }.items():
        tube.refuses(status, reason)
        assert said in refusal(f"youtube:{VIDEO}", tmp_path), reason


def test_a_video_that_is_live_is_said(tube: Tube, tmp_path: Path) -> None:
    details = {**tube.player["videoDetails"], "isLive": True, "isLiveContent": True}
    tube.shows(videoDetails=details)
    assert "this is live now; come back when it is over" in refusal(f"youtube:{VIDEO}", tmp_path)


def test_a_language_that_a_video_has_not_is_told_with_those_it_has(tube: Tube, tmp_path: Path) -> None:
    line = refusal(f"youtube:{VIDEO}", tmp_path, "fr")
    assert 'it has no captions in "fr"; there are: en, de (automatic); write `languages: [en]`' in line


def test_captions_that_come_empty_are_said(tube: Tube, tmp_path: Path) -> None:
    tube.captions = {"en": ""}
    assert "its captions are empty" in refusal(f"youtube:{VIDEO}", tmp_path)
    tube.captions = {"en": "<html>Sorry</html>"}
    assert "these are no captions as json3" in refusal(f"youtube:{VIDEO}", tmp_path)
    tube.captions = {"en": '{"events": []}'}
    assert "nobody says a word in its captions" in refusal(f"youtube:{VIDEO}", tmp_path)


def test_a_site_that_yt_dlp_has_been_outgrown_by_is_said(tube: Tube, tmp_path: Path) -> None:
    tube.web.replies["/youtubei/v1/player"] = lambda to: to.send("[]", kind="application/json")
    tube.web.replies["/watch"] = lambda to: to.send("<html>all new</html>", kind="text/html")
    line = refusal(f"youtube:{VIDEO}", tmp_path)
    assert "could not read it: " in line
    assert "sites change: pip install -U yt-dlp" in line


def test_what_yt_dlp_says_of_no_network_is_told_in_our_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.getaddrinfo", lambda *_, **__: (_ for _ in ()).throw(OSError("no network")))
    assert "www.youtube.com could not be read: " in refusal(f"youtube:{VIDEO}", tmp_path)


# --- another site


@pytest.fixture
def other(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setenv("VIDEOGEN_ALLOW_PRIVATE", "1")
    with site() as web:
        page = '<title>How builds work</title><video src="/t.mp4"><track kind="subtitles" srclang="en" src="/en.vtt">'
        web.replies["/talk"] = lambda to: to.send(f"<html>{page}</video></html>", kind="text/html")
        web.replies["/en.vtt"] = lambda to: to.send(manual(timed(WORDS)), kind="text/vtt")
        yield web


def test_a_page_with_a_film_and_captions_is_read(other: Site, tmp_path: Path) -> None:
    document = read(f"youtube:{other.url('/talk')}", tmp_path)
    assert document.text.startswith("# How builds work\n\nHello and welcome to this talk about builds.")
    assert other.paths == ["/talk", "/en.vtt"]


def test_yt_dlp_is_no_way_around_the_guard(other: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VIDEOGEN_ALLOW_PRIVATE")
    for address in (other.url("/talk"), "http://169.254.169.254/latest/meta-data"):
        assert "is a private or reserved address" in refusal(f"youtube:{address}", tmp_path)
    assert not other.asked
    (tmp_path / "talk.info.json").write_text(
        json.dumps(info(subtitles={"en": [{"ext": "vtt", "url": other.url("/en.vtt")}]}))
    )
    assert "is a private or reserved address" in refusal("talk.info.json", tmp_path)
    assert not other.asked
    (tmp_path / "talk.info.json").write_text(
        json.dumps(info(subtitles={"en": [{"ext": "vtt", "url": "file:///etc/passwd"}]}))
    )
    assert "file: is not fetched" in refusal("talk.info.json", tmp_path)


# --- what yt-dlp has written


def test_an_info_json_is_read_with_the_captions_beside_it(tmp_path: Path) -> None:
    (tmp_path / "talk.info.json").write_text(json.dumps(info()))
    (tmp_path / "talk.en.vtt").write_text(rolling_vtt(timed(BARE)))
    (tmp_path / "talk.de.vtt").write_text(manual(timed(WORDS)))
    (tmp_path / "talk.description").write_text("nothing")
    found = read_document("talk.info.json", tmp_path, tmp_path, HERE)
    assert found.document.path == "talk.info.json"
    assert found.inputs == ["talk.info.json", "talk.en.vtt"]
    assert found.document.text.count("most builds do too much work") + found.document.text.count("Most builds") == 1
    assert "## Caches" in found.document.text
    assert "there are: de (automatic), en (automatic)" in refusal("talk.info.json", tmp_path, "fr")


def test_an_info_json_is_read_with_the_captions_that_it_names(other: Site, tmp_path: Path) -> None:
    captions = {"en": [{"ext": "vtt", "url": other.url("/en.vtt")}]}
    (tmp_path / "talk.info.json").write_text(json.dumps(info(subtitles=captions)))
    kept = Kept("fetched", tmp_path)
    document = read("talk.info.json", tmp_path, kept)
    assert "Nobody waits twice" in document.text
    assert len(kept.new) == 2
    read("talk.info.json", tmp_path, kept)
    assert other.paths == ["/en.vtt"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "this is no JSON: "),
        ("[]", "this is no info.json of yt-dlp; write one: yt-dlp --skip-download --write-info-json"),
        ('{"a": 1}', "this is no info.json of yt-dlp"),
        (json.dumps(info(_type="playlist", entries=[])), "this is a playlist; give the address of one of its videos"),
        (json.dumps(info(live_status="is_live")), "this is live now; come back when it is over"),
        (json.dumps(info(live_status="is_upcoming")), "this has not begun"),
        (json.dumps(info()), "it has no captions"),
        (json.dumps(info(subtitles={"en": "x"}, chapters=7, duration="long")), "it has no captions"),
        ("[" * 100_000, "this is no JSON: "),
    ],
)
def test_an_info_json_that_cannot_be_used_is_said(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "talk.info.json").write_text(text)
    assert said in refusal("talk.info.json", tmp_path)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    assert 'there is no file "gone.info.json"' in refusal("gone.info.json", tmp_path)


def test_captions_beside_it_that_lead_outside_are_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    (tmp_path / "secret.vtt").write_text(manual(timed(WORDS)))
    (inside / "talk.info.json").write_text(json.dumps(info()))
    (inside / "talk.en.vtt").symlink_to(tmp_path / "secret.vtt")
    monkeypatch.setenv("VIDEOGEN_ROOT", str(inside))
    assert "lies outside the folder that is allowed" in refusal("talk.info.json", inside)


def test_words_of_yt_dlp_that_are_not_known_are_told_as_they_are() -> None:
    error = _explained("ERROR: [youtube] x: Something else; please report this issue\nat once", "2026.1", HERE)
    assert "yt-dlp 2026.1 could not read it: [youtube] x: Something else; sites change" in error.line()
    assert "\n" not in error.line()


def test_a_film_is_made_of_a_caption_file(tmp_path: Path) -> None:
    studio = new_studio(tmp_path / "studio")
    (studio.folder / "why-builds-are-slow.vtt").write_text(rolling_vtt(timed(BARE)))
    shutil.rmtree(studio.folder / "projects")
    outcome = studio.video_gen("create", "--from", "why-builds-are-slow.vtt", "--voice", "draft:", "--draft")
    assert outcome.code in (0, 3), outcome.err
    plan = json.loads((studio.folder / "build/why-builds-are-slow.draft/script.json").read_text())
    assert plan[0]["title"] == "Why builds are slow"
