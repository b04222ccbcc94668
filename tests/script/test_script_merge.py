"""Three versions of a script in one: the laws that hold for any of them, and what becomes of certain changes."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from videogen.model.review import Merged, ReviewScene, ReviewText
from videogen.script.merge import merge

IDS = ["title", "install", "usage", "faq", "more", "outro"]


def _scenes(words: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, Any]]:
    content = st.dictionaries(st.sampled_from(["header", "items", "caption"]), words, max_size=3)
    return st.fixed_dictionaries(
        {
            "title": words,
            "kind": st.sampled_from(["bullets", "steps"]),
            "content": content,
            "narration": st.lists(words, max_size=2),
        },
        optional={"min_seconds": st.sampled_from([4, 5])},
    )


def _texts(words: st.SearchStrategy[str]) -> st.SearchStrategy[ReviewText]:
    scenes = st.lists(st.sampled_from(IDS), unique=True, max_size=5).flatmap(
        lambda ids: st.tuples(*(st.builds(ReviewScene, id=st.just(name), fields=_scenes(words)) for name in ids))
    )
    return st.builds(ReviewText, fields=st.fixed_dictionaries({"title": words}), scenes=scenes.map(list))


TEXTS = _texts(st.sampled_from(["red", "green", "blue", "grey"]))


def _plain(merged: Merged) -> tuple[dict[str, Any], list[tuple[str, dict[str, Any]]]]:
    assert merged.clean
    return merged.film.fields, [(scene.id, scene.fields) for scene in merged.scenes]


def _of(text: ReviewText) -> tuple[dict[str, Any], list[tuple[str, dict[str, Any]]]]:
    return text.fields, [(scene.id, scene.fields) for scene in text.scenes]


@given(TEXTS, TEXTS)
def test_what_nobody_edited_is_the_source(base: ReviewText, theirs: ReviewText) -> None:
    assert _plain(merge(base, base, theirs)) == _of(theirs)


@given(TEXTS, TEXTS)
def test_a_source_that_stays_leaves_all_to_the_person(base: ReviewText, mine: ReviewText) -> None:
    assert _plain(merge(base, mine, base)) == _of(mine)


@given(TEXTS, TEXTS)
def test_the_same_change_on_both_sides_is_no_conflict(base: ReviewText, both: ReviewText) -> None:
    assert _plain(merge(base, both, both)) == _of(both)


@given(TEXTS, TEXTS, TEXTS)
def test_nothing_that_the_person_wrote_is_lost(base: ReviewText, mine: ReviewText, theirs: ReviewText) -> None:
    merged = {(scene.old_id or scene.id): scene for scene in merge(base, mine, theirs).scenes}
    before = {scene.id: scene.fields for scene in base.scenes}
    for scene in mine.scenes:
        if scene.fields == before.get(scene.id):
            continue
        kept = merged[scene.id].fields
        old = before.get(scene.id, {})
        for name in ("title", "kind", "narration", "min_seconds"):
            if scene.fields.get(name) != old.get(name):
                assert kept.get(name) == scene.fields.get(name)
        for name, value in scene.fields["content"].items():
            if value != old.get("content", {}).get(name):
                assert kept["content"][name] == value


@given(TEXTS, TEXTS, TEXTS)
def test_nothing_that_the_source_changed_is_lost_unless_the_person_removed_it(
    base: ReviewText, mine: ReviewText, theirs: ReviewText
) -> None:
    merged = {scene.id: scene for scene in merge(base, mine, theirs).scenes}
    before, own = ({scene.id: scene.fields for scene in each.scenes} for each in (base, mine))
    for scene in theirs.scenes:
        if scene.id in before and scene.id not in own:
            assert scene.id not in merged or merged[scene.id].old_id
            continue
        found = merged[scene.id]
        for name in ("title", "kind", "narration"):
            if scene.fields[name] != before.get(found.old_id or scene.id, {}).get(name):
                assert found.source[name] == scene.fields[name]


@given(TEXTS, TEXTS, TEXTS)
def test_every_scene_is_there_once(base: ReviewText, mine: ReviewText, theirs: ReviewText) -> None:
    merged = merge(base, mine, theirs)
    ids = [scene.id for scene in merged.scenes]
    assert len(set(ids)) == len(ids)
    assert set(ids) <= {scene.id for text in (mine, theirs) for scene in text.scenes}
    assert not merged.order or sorted(merged.order) == sorted(set(ids) & {scene.id for scene in theirs.scenes})


def text(*scenes: tuple[str, dict[str, Any]], title: str = "A film") -> ReviewText:
    usual = {"title": "A scene", "kind": "bullets", "content": {"header": "Of it"}, "narration": []}
    return ReviewText(
        fields={"title": title},
        scenes=[
            ReviewScene(id=name, fields={**usual, "narration": [f"All that is to be said of {name}."], **fields})
            for name, fields in scenes
        ],
    )


ABC = text(("a", {}), ("b", {}), ("c", {}))


def test_changes_of_different_fields_come_together() -> None:
    mine = text(("a", {"narration": ["Mine."]}), ("b", {"content": {"header": "Of it", "items": ["mine"]}}), ("c", {}))
    theirs = text(("a", {"title": "New"}), ("b", {"content": {"header": "New"}}), ("c", {}), title="New")
    film, scenes = _plain(merge(ABC, mine, theirs))
    found = dict(scenes)
    assert film == {"title": "New"}
    assert (found["a"]["title"], found["a"]["narration"]) == ("New", ["Mine."])
    assert found["b"]["content"] == {"header": "New", "items": ["mine"]}


def test_different_changes_of_a_field_are_a_conflict_that_has_both() -> None:
    mine, theirs = (text(("a", {"narration": [said]}), ("b", {}), ("c", {})) for said in ("Mine.", "Theirs."))
    scene = merge(ABC, mine, theirs).scenes[0]
    assert scene.conflicts == ("narration",)
    assert (scene.fields["narration"], scene.source["narration"]) == (["Mine."], ["Theirs."])


def test_a_scene_that_was_removed_stays_removed_whatever_the_source_makes_of_it() -> None:
    theirs = text(("a", {}), ("b", {"narration": ["Now something else altogether."]}), ("c", {}))
    assert [name for name, _ in _plain(merge(ABC, text(("a", {}), ("c", {})), theirs))[1]] == ["a", "c"]


def test_a_scene_that_was_edited_and_is_gone_from_the_source_is_a_conflict() -> None:
    mine = text(("a", {}), ("b", {"narration": ["Mine."]}), ("c", {}))
    merged = merge(ABC, mine, text(("a", {}), ("c", {})))
    assert not merged.clean
    assert [(scene.id, scene.removed) for scene in merged.scenes] == [("a", False), ("b", True), ("c", False)]


def test_what_both_moved_comes_together_where_it_can() -> None:
    names = ["a", "b", "c", "d", "e"]
    base = text(*((name, {}) for name in names))
    mine = text(*((name, {}) for name in ["b", "a", "c", "d", "e"]))
    theirs = text(*((name, {}) for name in ["a", "b", "c", "e", "d"]))
    assert [name for name, _ in _plain(merge(base, mine, theirs))[1]] == ["b", "a", "c", "e", "d"]


def test_moves_that_do_not_go_together_are_a_conflict() -> None:
    # a before c for both, b before a for the one, c before b for the other
    merged = merge(ABC, text(("b", {}), ("a", {}), ("c", {})), text(("a", {}), ("c", {}), ("b", {})))
    assert not merged.clean
    assert merged.order == ["a", "c", "b"]
    assert [scene.id for scene in merged.scenes] == ["b", "a", "c"]


def test_what_each_adds_comes_after_what_it_followed() -> None:
    mine = text(("a", {}), ("mine", {}), ("b", {}), ("c", {}))
    theirs = text(("new", {}), ("a", {}), ("b", {}), ("c", {}), ("last", {}))
    found = [name for name, _ in _plain(merge(ABC, mine, theirs))[1]]
    assert found == ["new", "a", "mine", "b", "c", "last"]


def test_edits_follow_a_scene_whose_heading_is_another_in_the_source() -> None:
    said = "You need Python 3.10 or newer and nothing else, and the rest is a command."
    base = text(("a", {}), ("install", {"narration": [said]}))
    mine = text(("a", {}), ("install", {"narration": [said], "content": {"header": "Of it", "items": ["mine"]}}))
    theirs = text(("a", {}), ("installing-it", {"title": "Installing it", "narration": [said]}))
    scene = dict(_plain(merge(base, mine, theirs))[1])["installing-it"]
    assert (scene["title"], scene["content"]["items"]) == ("Installing it", ["mine"])


def test_another_kind_of_slide_is_another_slide() -> None:
    mine = text(("a", {"kind": "steps", "content": {"items": ["mine"]}}), ("b", {}), ("c", {}))
    theirs = text(("a", {"title": "New"}), ("b", {}), ("c", {}))
    scene = dict(_plain(merge(ABC, mine, theirs))[1])["a"]
    assert (scene["title"], scene["kind"], scene["content"]) == ("New", "steps", {"items": ["mine"]})
    theirs = text(("a", {"content": {"header": "New"}}), ("b", {}), ("c", {}))
    assert merge(ABC, mine, theirs).scenes[0].conflicts == ("slide",)
