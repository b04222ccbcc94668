"""Recordings beside a project: one that comes, changes or goes makes its scene again, and nothing else."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from sounds import murmur, write_sound
from studio import PROJECT, Studio, new_studio

SCENE = {
    *(f"{stage}:talk/en/rules" for stage in ("audio", "segment")),
    *("plan", "video:talk/en", "manifest:talk/en", "check:talk/en"),
}


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    return new_studio(tmp_path / "studio")


def recording(studio: Studio, name: str) -> Path:
    return studio.project.parent / "recordings" / name


def timing(studio: Studio) -> dict[str, object]:
    return json.loads((studio.film / "rules/timing.json").read_text())


def test_it_comes_changes_and_goes(studio: Studio) -> None:
    assert studio.doit("create", "project=talk").code == 0
    before = timing(studio)
    path = write_sound(recording(studio, "rules.wav"), murmur(5))
    outcome = studio.doit("create", "project=talk")
    assert outcome.code == 0, outcome.err
    assert outcome.ran == SCENE
    first = timing(studio)
    assert [*first["voices"]] == ["recording:"]  # type: ignore[misc]
    assert first["samples"] != before["samples"]
    manifest = json.loads((studio.film / "manifest.json").read_text())
    assert {"name": "recording:", "version": "recording", "licence": "the speaker's own"} in manifest["voices"]
    assert "Every result is a file." in (studio.film / "talk.en.srt").read_text().replace("\n", " ")
    assert studio.doit("create", "project=talk").ran == set()
    # another voice does not matter to it
    studio.edit("    min_seconds: 4", '    min_seconds: 4\n    voice: "pico:en-GB"')
    assert "audio:talk/en/rules" not in studio.doit("create", "project=talk").ran

    write_sound(path, murmur(6))
    outcome = studio.doit("create", "project=talk")
    assert outcome.ran == SCENE - {"plan"}
    assert timing(studio)["samples"] > first["samples"]  # type: ignore[operator]

    studio.edit('    voice: "pico:en-GB"\n', "")
    path.unlink()
    outcome = studio.doit("create", "project=talk")
    assert outcome.code == 0, outcome.err
    assert {name for name in outcome.ran if "/" in name} == {name for name in SCENE if "/" in name}
    assert timing(studio) == before


def test_each_film_has_a_folder_and_a_draft_has_none(tmp_path: Path) -> None:
    project = PROJECT.replace('voice: "draft:"', 'voice: "draft:"\nlanguages: [sw]\nrecordings: said')
    studio = new_studio(tmp_path / "studio", project)
    folder = studio.project.parent / "said/talk/sw"
    for scene in ("opening", "rules", "closing"):
        write_sound(folder / f"{scene}.mp3", murmur(3))
    outcome = studio.video_gen("validate", "talk")
    assert outcome.code == 0, outcome.err
    assert studio.doit("plan", "project=talk").code == 0
    film = studio.folder / "build/talk/talk/sw"
    assert all(
        json.loads((film / scene / "narration.json").read_text())["turns"][0]["voice"] == "recording:"
        for scene in ("opening", "rules", "closing")
    )
    assert studio.doit("plan", "project=talk", "profile=draft").code == 0
    draft = studio.folder / "build/talk.draft/talk/sw/rules/narration.json"
    assert json.loads(draft.read_text())["turns"][0]["voice"] == "draft:"


def test_a_language_that_no_voice_speaks_can_be_recorded(tmp_path: Path) -> None:
    studio = new_studio(tmp_path / "studio", PROJECT.replace('voice: "draft:"', "languages: [zu]"))
    outcome = studio.video_gen("validate", "talk")
    assert 'no offline voice speaks "zu"' in outcome.err
    for scene in ("opening", "rules", "closing"):
        write_sound(recording(studio, f"{scene}.m4a"), murmur(3))
    outcome = studio.video_gen("validate", "talk")
    assert outcome.code == 0, outcome.err


def test_a_file_that_is_of_no_scene_is_named(studio: Studio) -> None:
    write_sound(recording(studio, "Rule.wav"), murmur(2))
    write_sound(recording(studio, "rules.flac"), murmur(2))
    said = (
        'projects/recordings/Rule.wav is not used: there is no scene "Rule"; did you mean "rules"?',
        "projects/recordings/rules.flac is not used: recordings are .wav, .mp3 or .m4a files",
    )
    outcome = studio.video_gen("validate", "talk")
    assert outcome.code == 0
    assert all(one in outcome.err + outcome.out for one in said)
    outcome = studio.doit("plan", "project=talk")
    assert all(one in outcome.err + outcome.out for one in said)


@pytest.mark.parametrize("command", ["validate", "create"])
def test_two_of_one_scene_and_one_without_words(studio: Studio, command: str) -> None:
    write_sound(recording(studio, "rules.wav"), murmur(2))
    second = write_sound(recording(studio, "rules.mp3"), murmur(2))
    outcome = studio.video_gen(command, "talk")
    assert outcome.code == 2
    assert (
        'projects/recordings/rules.wav: there are two recordings of scene "rules", the other is '
        "projects/recordings/rules.mp3; remove one of them"
    ) in outcome.err
    second.unlink()
    studio.edit("    narration: Every result is a file. Every file knows its inputs.\n", "")
    outcome = studio.video_gen(command, "talk")
    assert outcome.code == 2
    assert (
        'projects/recordings/rules.wav: scene "rules" has a recording, but no narration, and captions need its words; '
        "write what is said as the scene's `narration`, or remove the recording"
    ) in outcome.err


def test_a_recording_that_cannot_be_used_leaves_everything_else(studio: Studio) -> None:
    write_sound(recording(studio, "rules.wav"), np.zeros(48_000))
    said = "projects/recordings/rules.wav: the recording is silent; record the scene again, or remove it"
    outcome = studio.video_gen("validate", "talk")
    assert outcome.code in (1, 2)
    assert "the recording is silent" in outcome.err
    outcome = studio.doit("create", "project=talk")
    assert outcome.code == 1
    assert said in outcome.err
    assert "audio:talk/en/opening" in outcome.made
    assert not (studio.film / "rules/narration.mp3").exists()


def test_the_folder_is_a_folder(studio: Studio) -> None:
    studio.edit('voice: "draft:"', 'voice: "draft:"\nrecordings: talk.yaml')
    outcome = studio.video_gen("validate", "talk")
    assert outcome.code == 2
    assert 'projects/talk.yaml:3:13: "talk.yaml" is no folder' in outcome.err


def test_a_frozen_build_takes_a_recording_for_it_speaks_nothing(tmp_path: Path) -> None:
    studio = new_studio(tmp_path / "studio", PROJECT.replace('voice: "draft:"\n', ""))
    outcome = studio.doit("create", "project=talk", "frozen=yes")
    assert outcome.code == 1
    assert "the build is frozen" in outcome.err
    for scene in ("opening", "rules", "closing"):
        write_sound(recording(studio, f"{scene}.wav"), murmur(3))
    outcome = studio.doit("create", "project=talk", "frozen=yes")
    assert outcome.code == 0, outcome.err
