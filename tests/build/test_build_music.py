"""Music of a project: what is made again when it changes, what is refused, and what stands in the manifest."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from clips import write_clip
from sounds import murmur, write_sound
from studio import PROJECT, Studio, new_studio

WITH = 'voice: "draft:"\nmusic: {file: bed.mp3, licence: CC0}'


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    return new_studio(tmp_path / "studio")


def test_only_the_sound_of_the_film_is_made_again(studio: Studio) -> None:
    for scene in ("opening", "rules", "closing"):
        write_sound(studio.project.parent / f"recordings/{scene}.wav", murmur(3))
    assert studio.doit("create", "project=talk").code == 0
    before = studio.hashes()
    assert not (studio.film / "soundtrack.m4a").exists()

    bed = write_sound(studio.project.parent / "bed.mp3", murmur(6, hertz=400), 44_100, 2)
    studio.edit('voice: "draft:"', WITH)
    outcome = studio.doit("create", "project=talk")
    assert outcome.code == 0, outcome.err
    joined = {"bed:talk/en", "video:talk/en", "manifest:talk/en", "check:talk/en"}
    assert {name for name in outcome.ran if "/" in name} == joined
    report = json.loads((studio.film / "report.json").read_text())
    found = {finding["check"]: finding for finding in report["findings"]}
    for check in ("loudness", "true-peak", "av-onset", "av-length", "silence"):
        assert found[check]["level"] == "pass", found[check]
    manifest = json.loads((studio.film / "manifest.json").read_text())
    assert (manifest["music"]["name"], manifest["music"]["licence"]) == ("bed.mp3", "CC0")
    assert studio.doit("create", "project=talk").ran == set()

    write_sound(bed, murmur(6, hertz=500), 44_100, 2)
    outcome = studio.doit("create", "project=talk")
    assert {name for name in outcome.ran if "/" in name} == joined
    # who made it matters to the manifest only
    studio.edit("licence: CC0", "licence: CC BY 4.0")
    outcome = studio.doit("create", "project=talk")
    assert {name for name in outcome.ran if "/" in name} == {"manifest:talk/en"}

    studio.edit("music: {file: bed.mp3, licence: CC BY 4.0}\n", "")
    assert studio.doit("create", "project=talk").code == 0
    assert studio.video_gen("prune").out == "removed build/talk/talk/en/soundtrack.m4a\n"
    assert studio.hashes() == before


def test_a_missing_licence_is_a_warning_and_a_draft_has_no_music(studio: Studio) -> None:
    write_sound(studio.project.parent / "bed.wav", murmur(3))
    studio.edit('voice: "draft:"', 'voice: "draft:"\nmusic: {file: bed.wav}')
    said = "projects/bed.wav: on what terms it may be used is not said; write it as `licence` of the music"
    outcome = studio.video_gen("validate", "talk")
    assert outcome.code == 0, outcome.err
    assert said in outcome.out + outcome.err
    outcome = studio.doit("plan", "project=talk")
    assert said in outcome.out + outcome.err
    assert "bed:talk/en" in studio.doit("list", "--all", "project=talk").out
    assert "bed:talk/en" not in studio.doit("list", "--all", "project=talk", "profile=draft").out


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("missing", 'there is no file "projects/bed.mp3"; check the path'),
        ("nothing", "it is empty"),
        ("text", "it is damaged, or no sound file"),
        ("film without sound", "it has pictures: it is a film"),
        ("10 h", "minutes are allowed"),
        ("silent", "the music is heard for 0.0 s"),
    ],
)
def test_music_that_cannot_be_used_is_told_before_anything_is_made(studio: Studio, how: str, said: str) -> None:
    path = studio.project.parent / "bed.mp3"
    if how == "nothing":
        path.write_bytes(b"")
    elif how == "text":
        path.write_text("no music\n" * 100)
    elif how == "film without sound":
        write_clip(path.with_suffix(".mp4")).rename(path)
    elif how == "10 h":
        write_sound(path.with_suffix(".wav"), np.zeros(8_000 * 3700, np.float32), 8_000).rename(path)
    elif how == "silent":
        write_sound(path, np.zeros(48_000 * 3))
    studio.edit('voice: "draft:"', WITH)
    outcome = studio.video_gen("validate", "talk")
    assert outcome.code in (1, 2)
    assert said in outcome.err, outcome.err
    assert len(outcome.err.strip().splitlines()) <= 3
    if how != "silent":
        assert "projects/talk.yaml:3:15" in outcome.err
        assert studio.doit("create", "project=talk").code == 2
        assert not (studio.folder / "build").exists()


def test_what_music_may_be(studio: Studio) -> None:
    write_sound(studio.project.parent / "bed.mp3", murmur(3))
    studio.edit('voice: "draft:"', 'voice: "draft:"\nmusic: {file: bed.mp3, volume: 3}')
    assert 'talk.yaml:3:24: unknown key "volume"' in studio.video_gen("validate", "talk").err
    studio.edit("volume: 3", "gain: 3")
    assert "`gain` must be at most 0" in studio.video_gen("validate", "talk").err
    assert PROJECT in studio.project.read_text().replace("\nmusic: {file: bed.mp3, gain: 3}", "")
