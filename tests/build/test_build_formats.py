"""The film in other formats: targets like any other, wherever a film's files are known."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import av
import pytest
from sounds import murmur, write_sound
from studio import PROJECT, Studio, new_studio

from videogen.model.task import InputConfig
from videogen.tasks.asked import workspace_of
from videogen.tasks.result import artifacts_of
from videogen.web.create import Asked

ALSO = "output: {resolution: 480p, also: [webm, h265, avi]}"
OTHERS = {"talk.en.webm", "talk.en.hevc.mp4", "talk.en.avi"}
TASKS = {f"convert:talk/en/{kind}" for kind in ("webm", "h265", "avi")}
LAST = {"manifest:talk/en", "check:talk/en"}


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    made = new_studio(tmp_path / "studio", PROJECT.replace("output: {resolution: 480p}", ALSO))
    for scene in ("opening", "rules", "closing"):
        write_sound(made.project.parent / f"recordings/{scene}.wav", murmur(3))
    return made


def test_they_are_made_checked_exported_and_pruned(studio: Studio) -> None:
    outcome = studio.doit("create", "project=talk")
    assert (outcome.code, outcome.out) == (0, "build/talk/talk/en/talk.en.mp4\n"), outcome.err
    assert {path.name for path in studio.film.glob("talk.en.*")} >= OTHERS
    assert outcome.made >= TASKS
    report = json.loads((studio.film / "report.json").read_text())
    found = {each["check"]: each["level"] for each in report["findings"] if each["check"].startswith("format-")}
    assert found == dict.fromkeys(("format-webm", "format-avi", "format-h265"), "pass")
    manifest = json.loads((studio.film / "manifest.json").read_text())
    assert {each["path"] for each in manifest["outputs"]} >= OTHERS
    assert studio.doit("create", "project=talk").ran == set()

    # one that is gone, or that somebody cut off, is made again, and nothing else
    (studio.film / "talk.en.avi").unlink()
    whole = (studio.film / "talk.en.webm").read_bytes()
    (studio.film / "talk.en.webm").write_bytes(whole[:-1000])
    assert studio.doit("create", "project=talk").ran == {"convert:talk/en/avi", "convert:talk/en/webm"}
    assert (studio.film / "talk.en.webm").read_bytes() == whole

    assert studio.video_gen("export", "talk", "--zip", "--to", "out.zip").code == 0
    with zipfile.ZipFile(studio.folder / "out.zip") as packed:
        assert set(packed.namelist()) >= OTHERS
        kept = {info.filename: info.compress_type for info in packed.infolist()}
    assert {kept[name] for name in OTHERS} == {zipfile.ZIP_STORED}

    studio.edit(", also: [webm, h265, avi]", ", also: [webm]")
    assert studio.doit("create", "project=talk").ran - {"source", "parse", "script", "plan", "look"} == LAST
    assert studio.video_gen("export", "talk", "--to", "out").code == 0
    assert {path.name for path in (studio.folder / "out").iterdir()} & OTHERS == {"talk.en.webm"}
    gone = studio.video_gen("prune").out.split("\n")
    assert sorted(gone) == ["", *(f"removed build/talk/talk/en/talk.en.{end}" for end in ("avi", "hevc.mp4"))]
    assert {path.name for path in studio.film.glob("talk.en.*")} & OTHERS == {"talk.en.webm"}


def test_a_draft_has_none(studio: Studio) -> None:
    listed = studio.doit("list", "--all", "project=talk", "profile=draft").out
    assert "convert:talk/en" not in listed
    assert all(name in studio.doit("list", "--all", "project=talk").out for name in TASKS)


@pytest.mark.parametrize(
    ("given", "said"),
    [("[webm, ogg]", "must be one of webm, avi, h265"), ("[avi, avi]", "each format only once"), ("webm", "list")],
)
def test_what_is_no_format_is_refused(studio: Studio, given: str, said: str) -> None:
    studio.edit("[webm, h265, avi]", given)
    outcome = studio.doit("create", "project=talk")
    assert outcome.code == 2
    assert "projects/talk.yaml:3" in outcome.err
    assert said in outcome.err


def test_a_document_has_them_where_it_is_asked_for(tmp_path: Path) -> None:
    studio = new_studio(tmp_path / "studio")
    (studio.folder / "notes.md").write_text("# Kiln\n\nKiln bakes pots.\n")
    asked = ("create", "--from", "notes.md", "--voice", "draft:", "--quiet", "--also")
    made = studio.video_gen(*asked, "avi")
    assert made.code == 0, made.err
    film = studio.folder / "build/notes/notes/en/notes.en.avi"
    with av.open(str(film)) as opened:
        assert opened.streams.video[0].codec_context.codec_tag == "XVID"
    assert 'output: {"also": ["avi"]}' in (studio.folder / "build/notes/notes.yaml").read_text()
    view = {"stages": [], "result": {"videos": [str(film.with_suffix(".mp4"))]}}
    assert str(film) in {each["path"] for each in artifacts_of(view)}
    again = studio.video_gen(*asked[:-1])
    assert (again.code, film.exists()) == (0, True)
    told = {each["path"] for each in artifacts_of(view)}
    assert str(film.with_suffix(".mp4")) in told
    assert str(film) not in told, "what is left of a format that is not asked for any more is no result"
    wrong = studio.video_gen(*asked, "ogg")
    assert wrong.code == 2
    assert wrong.err.startswith("error: also: entry 1 of `also` must be one of webm, avi, h265"), wrong.err
    elsewhere = studio.video_gen("create", "talk", "--also", "webm")
    assert (elsewhere.code, "--also goes with --from a document" in elsewhere.err) == (2, True)


def test_a_program_and_a_request_ask_for_them_too(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("# Kiln\n\nKiln bakes pots.\n")
    asked = InputConfig(source=str(tmp_path / "notes.md"), output_dir=str(tmp_path / "build"), also="webm")
    assert 'output: {"also": ["webm"]}' in Path(workspace_of(asked).file).read_text()
    assert Asked(text="# Kiln", also=("avi", "h265")).also == ("avi", "h265")
    with pytest.raises(ValueError, match="also goes with a source"):
        InputConfig(project="talk", also=("webm",))
