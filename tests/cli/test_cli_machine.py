"""`voices`, `inputs`, `doctor`, `cache`: what there is on this machine."""

from __future__ import annotations

import json
import sys

from studio import Studio


def test_voices_can_be_filtered(built_studio: Studio) -> None:
    everything = json.loads(built_studio.video_gen("voices", "--json").out)
    german = json.loads(built_studio.video_gen("voices", "--language", "de", "--json").out)
    offline = json.loads(built_studio.video_gen("voices", "--offline", "--json").out)
    assert {voice["language"].split("-")[0] for voice in german} == {"de"}
    assert {voice["id"] for voice in offline} >= {"draft:", "hibari:heart"}
    assert all(voice["offline"] for voice in offline)
    assert len(everything) > len(german) + len(offline)


def test_voices_for_people(built_studio: Studio) -> None:
    lines = built_studio.video_gen("voices", "-l", "en", "--offline").out.splitlines()
    assert [line.split()[:2] for line in lines[:2]] == [["hibari:heart", "en-US"], ["pico:en-GB", "en-GB"]]
    assert all(line.split()[2:4] == ["female", "offline"] for line in lines[:2])
    assert all(line.startswith("espeak:en") and "robotic" in line for line in lines[2:])  # those of an extra
    assert len({line.index("offline") for line in lines}) == 1
    none = built_studio.video_gen("voices", "-l", "tlh")
    assert (none.code, none.out) == (0, "")
    assert "tlh" in none.err


def test_inputs_are_listed(built_studio: Studio) -> None:
    found = {each["name"]: each for each in json.loads(built_studio.video_gen("inputs", "--json").out)}
    assert found["md"]["takes"] == "content"
    assert found["md"]["installed"] is True
    lines = built_studio.video_gen("inputs").out.splitlines()
    named = [line.split()[0] for line in lines if not line.startswith(" ")]
    assert named == sorted(found)
    assert any(line.startswith("md ") and "CommonMark" in line for line in lines)


def test_doctor_finds_this_machine_well(built_studio: Studio) -> None:
    outcome = built_studio.video_gen("doctor", "--json")
    found = {finding["what"]: finding["ok"] for finding in json.loads(outcome.out)}
    assert outcome.code == 0, outcome.out
    assert found.keys() >= {"python", "doit", "encoder", "voice", "pictures", "store", "disk"}
    assert all(found.values())


def test_doctor_says_what_to_do(studio: Studio) -> None:
    (studio.folder / "file").write_text("")
    outcome = studio.run(
        "env", f"VIDEOGEN_CACHE_DIR={studio.folder}/file/store", sys.executable, "-m", "videogen", "doctor"
    )
    assert outcome.code == 1
    at = next(number for number, line in enumerate(outcome.out.splitlines()) if line.startswith("FAIL  store"))
    assert "VIDEOGEN_CACHE_DIR" in outcome.out.splitlines()[at + 1]


def test_the_store_can_be_measured_and_cleared(studio: Studio) -> None:
    by_itself, stats = studio.video_gen("cache"), studio.video_gen("cache", "--stats")
    folder, sizes = stats.out.splitlines()
    assert by_itself.out == stats.out
    assert folder == str(studio.folder / "store")
    assert int(sizes.split()[0]) > 10
    assert studio.video_gen("cache", "--where").out == f"{folder}\n"
    assert studio.video_gen("cache", "--prune").out == f"removed 0.0 MB from {folder}\n"
    small = studio.run("env", "VIDEOGEN_CACHE_BYTES=1000", sys.executable, "-m", "videogen", "cache", "--prune")
    assert (small.code, small.out.startswith("removed 0.0 MB")) == (0, False)
    assert int(studio.video_gen("cache").out.splitlines()[1].split()[2]) < int(sizes.split()[2])
    assert studio.video_gen("cache", "--clear").out.startswith("removed ")
    assert studio.video_gen("cache").out.splitlines()[1].startswith("0 results, 0 files, 0.0 MB")
    assert studio.video_gen("create", "-q").code == 0
