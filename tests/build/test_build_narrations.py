"""The lock of narrations: what was spoken, line by line, and what a frozen build makes of it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from studio import Studio

from videogen.build.narrations import read_lock
from videogen.model.errors import ValidationError
from videogen.model.markup import Mark
from videogen.model.narrations import NarrationLock, locked_line
from videogen.model.script import Narration, Turn
from videogen.model.timing import Timing

NAME = "talk/en/rules"


def lock_file(studio: Studio) -> Path:
    return studio.folder / "projects/talk.narration.lock"


def lines(studio: Studio) -> dict[str, Any]:
    return json.loads(lock_file(studio).read_bytes())["lines"]


def test_a_build_writes_down_what_it_spoke(studio: Studio) -> None:
    found = lines(studio)
    assert list(found) == ["talk/en/closing", "talk/en/opening", NAME]
    line = found[NAME]
    timing = json.loads((studio.film / "rules/timing.json").read_bytes())
    assert line["turns"][0]["voice"] == "draft:"
    assert line["engines"]["draft:"]
    assert len(line["audio"]) == 64
    assert line["seconds"] == round(timing["samples"] / 48000, 3)


def test_a_change_of_one_line_is_a_change_of_its_lines(studio: Studio) -> None:
    before = lines(studio)
    studio.edit("This is a small film about a build.", "This is a small film about a build of ours.")
    assert studio.doit("create", "project=talk").code == 0
    after = lines(studio)
    assert {name for name in before if before[name] != after[name]} == {"talk/en/opening"}


def test_a_build_that_has_nothing_to_do_does_not_touch_it(studio: Studio) -> None:
    def stamp() -> tuple[int, int]:
        return lock_file(studio).stat().st_mtime_ns, lock_file(studio).stat().st_ino

    before = stamp()
    assert studio.doit("create", "project=talk").ran == set()
    assert studio.doit("create", "project=talk", "frozen=yes").ran == set()
    assert stamp() == before
    # pictures only
    studio.edit("subtitle: Three scenes are enough", "subtitle: Three scenes are a lot")
    assert studio.doit("create", "project=talk").code == 0
    assert stamp() == before


def test_a_lock_that_is_gone_is_written_again(studio: Studio) -> None:
    before = lock_file(studio).read_bytes()
    lock_file(studio).unlink()
    assert studio.video_gen("create", "talk").code == 0
    assert lock_file(studio).read_bytes() == before


def test_a_draft_and_a_document_without_a_project_have_none(studio: Studio) -> None:
    lock_file(studio).unlink()
    (studio.folder / "notes.md").write_text("# Notes\n\nThere is not much to say, but it is said.\n")
    assert studio.video_gen("create", "talk", "--draft").code == 0
    assert studio.video_gen("create", "--from", "notes.md", "--voice", "draft:").code == 0
    assert not list(studio.folder.rglob("*.narration.lock"))


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("Every file knows its inputs.\n    min", "Each file knows its inputs.\n    min", "the text is another"),
        (
            "    narration: Every",
            "    rate: 1.2\n    narration: Every",
            "rate, pitch, volume or spelling of draft: are others",
        ),
    ],
)
def test_a_frozen_build_refuses_what_is_not_as_it_is_locked(studio: Studio, before: str, after: str, told: str) -> None:
    locked = lock_file(studio).read_bytes()
    studio.edit(before, after)
    stopped = studio.video_gen("create", "talk", "--frozen")
    assert stopped.code == 1
    line = (
        f"projects/talk.narration.lock: the build is frozen, and {NAME} is not as it is locked: {told}; build it once"
    )
    assert line in stopped.err, stopped.err
    assert stopped.err.count("error: ") == 1
    assert f"audio:{NAME}" not in stopped.ran
    assert lock_file(studio).read_bytes() == locked
    assert studio.video_gen("create", "talk").code == 0
    assert studio.video_gen("create", "talk", "--frozen").code == 0


def test_a_frozen_build_takes_what_is_locked_from_the_store(studio: Studio) -> None:
    shutil.rmtree(studio.folder / "build")
    assert studio.video_gen("create", "talk", "--frozen").code == 0
    shutil.rmtree(studio.folder / "build")
    shutil.rmtree(studio.folder / "store")
    stopped = studio.video_gen("create", "talk", "--frozen")
    assert stopped.code == 1
    assert stopped.err.count("neither up to date nor in the store") == 3


def test_another_sound_of_the_same_text_is_not_what_is_locked(studio: Studio) -> None:
    text = lock_file(studio).read_text()
    audio = lines(studio)[NAME]["audio"]
    lock_file(studio).write_text(text.replace(audio, "0" * 64))
    stopped = studio.video_gen("create", "talk", "--frozen")
    assert stopped.code == 1
    assert f"{NAME} is not as it is locked: the sound is another" in stopped.err


def test_a_scene_that_is_not_locked_is_refused(studio: Studio) -> None:
    found = lines(studio)
    del found[NAME]
    lock_file(studio).write_text(json.dumps({"lines": found}))
    stopped = studio.video_gen("create", "talk", "--frozen")
    assert (stopped.code, f"{NAME} is not as it is locked: it is not there" in stopped.err) == (1, True)


def test_a_damaged_lock_is_refused_by_a_frozen_build_and_written_anew_by_another(studio: Studio) -> None:
    whole = lock_file(studio).read_text()
    lock_file(studio).write_text(f"<<<<<<< HEAD\n{whole}")
    stopped = studio.video_gen("create", "talk", "--frozen")
    assert stopped.code == 2
    assert stopped.err.startswith("error: projects/talk.narration.lock:1:1: the lock is damaged: ")
    assert "build once without `--frozen`" in stopped.err
    assert studio.video_gen("create", "talk").code == 0
    assert lock_file(studio).read_text() == whole


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (b'{"lines": {', "1:12: the lock is damaged: "),
        (b'{"lines": []}', " the lock is damaged: lines: "),
        (b'{"lines": {"a": {"turns": []}}}', " the lock is damaged: lines.a.audio: Field required"),
        (b"\xff", " the lock is damaged: it is not UTF-8"),
        (b"[" * 100_000, " the lock is damaged: it is nested too deeply"),
        (b'{"lines": %s}' % (b"9" * 5000), " the lock is damaged: Exceeds the limit"),
    ],
)
def test_a_damaged_lock_names_what_is_wrong(tmp_path: Path, text: bytes, told: str) -> None:
    path = tmp_path / "a.lock"
    path.write_bytes(text)
    with pytest.raises(ValidationError) as caught:
        read_lock(str(path))
    assert str(caught.value).startswith(f"{path}:{told}")


def _narration(**changes: Any) -> Narration:
    return Narration(turns=[Turn(**{"text": "Ask doit.", "voice": "draft:", **changes})])


def test_everything_that_is_heard_is_locked() -> None:
    timing = Timing(voices={"draft:": {"version": "1"}}, samples=48_000, words=[])
    lock = NarrationLock(lines={"a": locked_line(_narration(), timing, "beef")})
    assert NarrationLock.model_validate_json(lock.to_text()) == lock
    assert lock.difference("a", _narration(), "beef") is None
    assert lock.difference("b", _narration()) == "it is not there"
    assert lock.difference("a", _narration(), "fade") == "the sound is another"
    assert lock.difference("a", _narration(text="Ask.")) == "the text is another"
    assert lock.difference("a", _narration(voice="pico:de-DE")) == "the voice was draft:, and is pico:de-DE"
    others = {"rate": 1.5}, {"pitch": 1.0}, {"volume": -3.0}, {"lexicon": {"doit": "do it"}}
    for change in (*others, {"marks": [Mark(kind="spell", word=1)]}):
        assert lock.difference("a", _narration(**change)) == "rate, pitch, volume or spelling of draft: are others"
