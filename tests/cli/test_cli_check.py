"""What was found, what is stale, and what there is to choose from."""

from __future__ import annotations

import json

from studio import Studio

from videogen.inputs.schema import project_schema
from videogen.scenes.themes import theme_names


def test_what_the_checks_found_is_said_again(studio: Studio) -> None:
    found = studio.video_gen("check")
    assert (found.code, found.err, found.ran) == (0, "", set())
    lines = found.out.splitlines()
    assert all(line.startswith("warning: talk/en: ") for line in lines[:-1])
    assert lines[-1].startswith("talk/en: ")
    assert lines[-1].endswith(f"0 errors, {len(lines) - 1} warnings")
    assert studio.video_gen("check", "--fail-on-warn").code == (3 if lines[:-1] else 0)
    told = json.loads(studio.video_gen("check", "--json").out)
    assert (told["up_to_date"], told["films"][0]["film"]) == (True, "talk/en")


def test_of_a_film_that_is_not_up_to_date_it_says_so(studio: Studio) -> None:
    studio.edit("Three scenes are enough", "Three are enough")
    found = studio.video_gen("check")
    assert found.err == "talk may not be up to date, which `status` tells: this is what the last build found\n"
    assert (found.code, found.ran) == (0, set())


def test_an_error_that_was_found_ends_with_3(studio: Studio) -> None:
    path = studio.film / "report.json"
    report = json.loads(path.read_text())
    report["findings"][0] |= {"level": "error", "message": "the sound is late"}
    path.write_text(json.dumps(report))
    found = studio.video_gen("check")
    assert found.code == 3
    assert "the sound is late" in found.out.splitlines()[0]
    path.write_text("{}")
    broken = studio.video_gen("check")
    assert (broken.code, broken.err.count("\n")) == (2, 1)


def test_before_there_is_a_film_it_says_how_to_make_one(studio: Studio) -> None:
    (studio.film / "report.json").unlink()
    found = studio.video_gen("check")
    assert (found.code, found.err) == (2, "error: no film of talk was made yet; video-gen create talk\n")


def test_why_one_target_is_stale(studio: Studio) -> None:
    studio.edit("Three scenes are enough", "Three are enough")
    said = studio.video_gen("explain", "frames:talk/en/opening")
    assert said.code == 0
    assert "frames:talk/en/opening" in said.out
    assert "frames:talk/en/rules" not in said.out
    (stale,) = json.loads(studio.video_gen("explain", "--json", "frames:talk/en/opening").out)["stale"]
    assert stale["task"] == "frames:talk/en/opening"
    refused = studio.video_gen("explain", "frames:talk/en/openin")
    assert (refused.code, 'did you mean "frames:talk/en/opening"?' in refused.err) == (2, True)


def test_themes_and_the_schema(built_studio: Studio) -> None:
    listed = built_studio.video_gen("themes").out.splitlines()
    assert [line.split()[0] for line in listed] == theme_names()
    told = json.loads(built_studio.video_gen("themes", "--json").out)
    assert [set(each) for each in told] == [{"name", "mode", "what"}] * len(listed)
    assert json.loads(built_studio.video_gen("schema").out) == project_schema()
