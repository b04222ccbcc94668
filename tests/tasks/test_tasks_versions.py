"""Versions of a film: which are kept, and how much room they may take."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from studio import new_studio

from videogen.tasks import versions
from videogen.tasks.home import home_of
from videogen.tasks.versions import surplus, version_of

FILM = "build/talk.draft/talk/en/talk.en.mp4"


def test_every_face_keeps_the_film_that_its_build_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    studio = new_studio(tmp_path / "studio")
    monkeypatch.chdir(studio.folder)
    films: list[bytes] = []
    for at, build in enumerate((studio.video_gen, studio.doit, studio.video_gen)):
        studio.edit("Three scenes are enough" if at == 0 else f"Edited {at} times", f"Edited {at + 1} times")
        doit = ("create", "project=talk", "profile=draft")
        assert build(*(doit if build == studio.doit else ("create", "talk", "--draft"))).code == 0
        films.append(Path(FILM).read_bytes())
    home = home_of("build")
    tasks = sorted(home.repository().list(limit=None), key=lambda task: task.created_at)
    assert len(tasks) == len(set(films)) == 3
    assert [Path(version_of(task, FILM)).read_bytes() for task in tasks] == films
    # what is the same takes no room, and what finds nothing to do keeps nothing
    picture = "build/talk.draft/talk/en/rules/final.png"
    assert all(os.path.samefile(version_of(task, picture), picture) for task in tasks)
    before = sorted(Path("build/.tasks/films").rglob("*"))
    assert studio.video_gen("create", "talk", "--draft").code == 0
    assert sorted(Path("build/.tasks/films").rglob("*")) == before


@given(st.lists(st.sets(st.integers(0, 12)), max_size=14))
def test_what_is_kept_is_the_most_that_there_is_room_for(
    tmp_path_factory: pytest.TempPathFactory, sets: list[set[int]]
) -> None:
    """Each version, the last first, is the set of the files that it holds; each file is a kilobyte."""
    top = tmp_path_factory.mktemp("versions")
    for each in set().union(*sets):
        (top / f"{each}").write_bytes(b"x" * 1000)
    for at, names in enumerate(sets):
        (top / f"v{at}" / "talk").mkdir(parents=True)
        for name in names:
            os.link(top / f"{name}", top / f"v{at}" / "talk" / f"{name}")
    folders = [str(top / f"v{at}") for at in range(len(sets))]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(versions, "ROOM", 4000)
        gone = list(surplus(folders))
    kept = [each for each in folders if each not in gone]
    assert kept == folders[: len(kept)]  # the oldest go
    assert len(kept) <= versions.MOST

    def room(count: int) -> int:
        return len(set().union(*sets[:count]) - (sets[0] if sets else set()))

    assert room(len(kept)) <= 4
    if len(kept) < min(len(sets), versions.MOST):
        assert room(len(kept) + 1) > 4
