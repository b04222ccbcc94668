"""Projects that lie in one folder: none takes what could be another's."""

from __future__ import annotations

from pathlib import Path

import pytest
from sounds import murmur, write_sound
from studio import PROJECT, Studio, new_studio
from test_build_languages import fill

SCENES = PROJECT[PROJECT.index("scenes:") :]


@pytest.fixture
def studio(tmp_path: Path) -> Studio:
    return new_studio(tmp_path / "studio")


def beside(studio: Studio, name: str, text: str) -> None:
    (studio.project.parent / name).write_text(text)


def several(*videos: str, more: str = "") -> str:
    inside = SCENES.replace("\n", "\n    ").rstrip()
    return f'title: A course\nvoice: "draft:"\n{more}videos:\n' + "".join(
        f"  - id: {video}\n    {inside}\n" for video in videos
    )


def test_a_recording_that_could_be_of_two_projects_is_refused(studio: Studio) -> None:
    write_sound(studio.project.parent / "recordings/rules.wav", murmur(3))
    beside(studio, "look.yaml", "theme: paper\n")  # is no project
    beside(studio, "broken.yaml", "scenes: [\n")
    beside(studio, "other.yaml", PROJECT + "recordings: recordings/other\n")
    assert studio.video_gen("validate", "talk").code == 0
    beside(studio, "tour.yaml", PROJECT)
    for command in ("validate", "create"):
        told = studio.video_gen(command, "talk")
        assert told.code == 2
        assert told.err.startswith(
            "error: projects/recordings/rules.wav: projects/tour.yaml would take these recordings too; put those of "
            "this project into projects/recordings/talk/en, or name another folder as `recordings` in one of them"
        )
    (studio.project.parent / "recordings/talk/en").mkdir(parents=True)
    (studio.project.parent / "recordings/rules.wav").rename(studio.project.parent / "recordings/talk/en/rules.wav")
    assert studio.video_gen("validate", "talk").code == 0
    assert studio.video_gen("validate", "tour").code == 0


def test_videos_of_one_name_in_two_projects(studio: Studio) -> None:
    beside(studio, "course.yaml", several("intro", "talk"))
    beside(studio, "again.yaml", several("intro", "end"))
    assert studio.video_gen("validate", "course").code == 0
    write_sound(studio.project.parent / "recordings/intro/en/rules.wav", murmur(3))
    told = studio.video_gen("validate", "course")
    assert (told.code, "projects/recordings/intro: projects/again.yaml would take" in told.err) == (2, True), told.err
    assert studio.video_gen("validate", "talk").code == 0
    write_sound(studio.project.parent / "recordings/talk/en/rules.wav", murmur(3))
    assert "projects/recordings/talk: projects/course.yaml would take" in studio.video_gen("validate", "talk").err


def test_translations_of_videos_of_one_name(studio: Studio) -> None:
    studio.edit('voice: "draft:"', 'voice: "draft:"\nlanguages: [en, es]')
    assert studio.video_gen("translate", "talk").code == 0
    fill(studio.project.parent / "translations/es.yaml")
    beside(studio, "tour.yaml", studio.project.read_text())
    assert studio.video_gen("validate", "talk").code == 0  # each has its own in the file
    beside(studio, "course.yaml", several("intro", "talk", more="languages: [en, es]\n"))
    told = studio.video_gen("create", "talk")
    assert told.code == 2
    assert (
        "projects/translations/es.yaml: projects/course.yaml would take these translations (es) too; name another "
        "folder as `translations` in one of them"
    ) in told.err
    assert not list((studio.folder / "build").rglob("*.mp4"))


def test_documents_beside_each_other(tmp_path: Path) -> None:
    studio = Studio(tmp_path)
    for name in ("a", "b"):
        (tmp_path / f"{name}.md").write_text("# A film\n\nA film is made of scenes, and scenes are files.\n")
    write_sound(tmp_path / "recordings/title.wav", murmur(3))
    options = ("--voice", "draft:")
    assert studio.video_gen("create", "--from", "a.md", *options).code == 0
    told = studio.video_gen("create", "--from", "b.md", *options)
    assert told.code == 2
    assert "recordings/title.wav: build/a/a.yaml would take these recordings too" in told.err
