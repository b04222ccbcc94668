"""A script as an editable Markdown file: read, with the place of everything in it, and written.

One heading a scene, with its id; a fence of YAML, what is shown; paragraphs, what is said. The form is small enough to
be read line by line, so that every mistake has its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import yaml

from videogen.inputs.yamltree import Loc, Mark, Page, Tree, load_tree, reads_as_text
from videogen.model.errors import ValidationError, Where
from videogen.model.review import Fields, Merged, ReviewScene, ReviewText
from videogen.model.scene import SLUG, slugify

_HEADING = re.compile(r"##(?:\s+(.*?))??\s*(?:\{#([^{}]*)\})?\s*")
_FENCE = re.compile(r"(`{3,})\s*(.*?)\s*")
_CONFLICT = re.compile(r"(<{7}|={7}|>{7})(?: .*)?")
_SPECIAL = r"(?:#{1,6}(?:\s|$)|```|<!--|(?:<{7}|={7}|>{7})(?: |$))"
_PLAIN = re.compile(rf"(?=\\*{_SPECIAL})")
_ESCAPED = re.compile(rf"\\(?=\\*{_SPECIAL})")
_SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=\S)")


class Written(NamedTuple):
    """A scene as a person wrote it: its fence, and its paragraphs."""

    fields: Fields
    slide: list[str]
    narration: list[str]


class ReviewFile(NamedTuple):
    """A review as it was read."""

    text: ReviewText
    trees: dict[str, Tree]
    """Of every scene by id, the YAML of its fence."""
    written: dict[str, Written]
    """The same scenes as they were written."""
    page: Page

    def where(self, line: int) -> Where:
        """A place in it; `line` counts from 1."""
        return self.page.place(line - 1, 0)


@dataclass
class _Open:
    """A scene that is being read."""

    id: str
    title: str
    line: int
    tree: Tree | None = None
    fence: tuple[int, int] = (0, 0)
    said: list[tuple[int, list[str]]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_review(text: str, shown: str) -> ReviewFile:
    """A review from its text. Raises ValidationError, with the line, for anything that has no place in one, for a
    conflict that is not resolved, and for two scenes of one id. What the scenes show is not checked."""
    page = Page(shown, text.split("\n"))
    film: Fields = {}
    scenes: list[_Open] = []
    at, apart = 0, True
    while at < len(page.lines):
        line, begins = page.lines[at], at
        at += 1
        if _CONFLICT.fullmatch(line):
            raise ValidationError(
                "a conflict is not resolved", page.place(begins, 0), "keep one of the two, and remove the three marks"
            )
        if line.startswith("<!--"):
            while "-->" not in page.lines[at - 1]:
                if at == len(page.lines):
                    raise ValidationError("this comment has no end", page.place(begins, 0), "close it with -->")
                at += 1
            note = "\n".join(page.lines[begins:at])
            if scenes:
                scenes[-1].notes.append(note)
            elif begins:
                film.setdefault("notes", []).append(note)
        elif heading := _HEADING.fullmatch(line):
            scenes.append(_opened(heading, scenes, page, begins))
        elif not scenes:
            if line.startswith("# ") and "title" not in film:
                film["title"] = " ".join(line[2:].split())
            elif line.strip():
                raise ValidationError(
                    "this stands before the first scene", page.place(begins, 0), "put it below a heading of one"
                )
        elif fence := _FENCE.fullmatch(line):
            at = _fence(fence, scenes[-1], page, at)
        elif line.strip():
            if apart or not scenes[-1].said:
                scenes[-1].said.append((begins, []))
            if line.startswith("#"):
                _refuse_heading(line, page, begins)
            scenes[-1].said[-1][1].append(line[1:] if _ESCAPED.match(line) else line)
            apart = False
            continue
        apart = True
    for scene in scenes:
        if scene.tree is None:
            raise ValidationError(
                f'scene "{scene.id}" shows nothing',
                page.place(scene.line, 0),
                "put a fence below its heading, ```yaml, with `kind` and `content`",
            )
    found = [_scene(each) for each in scenes]
    return ReviewFile(
        ReviewText(fields=film, scenes=found),
        {each.id: each.tree for each in scenes if each.tree is not None},
        {each.id: _written(each, scene.fields, page) for each, scene in zip(scenes, found, strict=True)},
        page,
    )


def _written(scene: _Open, fields: Fields, page: Page) -> Written:
    narration = ["\n".join(page.lines[first : first + len(lines)]) for first, lines in scene.said]
    return Written(fields, ["\n".join(page.lines[slice(*scene.fence)])], narration)


def _refuse_heading(line: str, page: Page, at: int) -> None:
    if re.match(r"#{1,6}(?:\s|$)", line):
        raise ValidationError(
            "only scenes have headings here", page.place(at, 0), "begin it with ##, or with \\# if it is to be said"
        )


def _opened(heading: re.Match[str], before: Sequence[_Open], page: Page, line: int) -> _Open:
    title, name = " ".join((heading[1] or "").split()), heading[2]
    taken = {each.id: each.line for each in before}
    if name is None:
        name = _free(slugify(title), taken)
    elif not re.fullmatch(SLUG, name) or len(name) > 64:
        raise ValidationError(
            f'"{name}" cannot name a scene', page.place(line, heading.start(2)), f"write {{#{slugify(name)}}}"
        )
    elif name in taken:
        raise ValidationError(
            f'two scenes are called "{name}", the first on line {taken[name] + 1}',
            page.place(line, heading.start(2)),
            "rename the one that is new",
        )
    return _Open(name, title, line)


def _free(name: str, taken: Iterable[str]) -> str:
    taken, found, count = set(taken), name, 1
    while found in taken:
        count += 1
        found = f"{name}-{count}"
    return found


def _fence(fence: re.Match[str], scene: _Open, page: Page, at: int) -> int:
    """Read a fence that opens on the line before `at`; returns the line after it."""
    opens = page.place(at - 1, 0)
    if scene.tree is not None:
        raise ValidationError(f'scene "{scene.id}" has two fences', opens, "put all that it shows into the first")
    if fence[2].lower() not in ("", "yaml", "yml"):
        raise ValidationError(f'a fence of "{fence[2]}" has no place here', opens, "show code with `kind: code`")
    ends = next((end for end in range(at, len(page.lines)) if _closes(page.lines[end], fence[1])), None)
    if ends is None:
        raise ValidationError("this fence has no end", opens, f"close it with {fence[1]}")
    for index in range(at, ends):
        if _CONFLICT.fullmatch(page.lines[index]):
            raise ValidationError(
                "a conflict is not resolved", page.place(index, 0), "keep one of the two, and remove the three marks"
            )
    tree = load_tree("\n".join(page.lines[at:ends]), page.file, at)
    if not isinstance(tree.data, dict):
        raise ValidationError("a scene's fence is a mapping", opens, "begin with a line such as `kind: bullets`")
    for name in ("id", "narration"):
        if name in tree.data:
            place = tree.where((name,), key=True)
            hint = "write it behind the heading: {#id}" if name == "id" else "write it below the fence"
            raise ValidationError(f"`{name}` has no place in the fence", place, hint)
    scene.tree, scene.fence = tree, (at - 1, ends + 1)
    return ends + 1


def _closes(line: str, opened: str) -> bool:
    line = line.rstrip()
    return set(line) == {"`"} and len(line) >= len(opened)


def _scene(scene: _Open) -> ReviewScene:
    said = [" ".join(" ".join(lines).split()) for _, lines in scene.said]
    fields: Fields = {"title": scene.title, **(scene.tree.data if scene.tree else {}), "narration": said}
    if scene.notes:
        fields["notes"] = scene.notes
    narration = scene.said[0][0] if scene.said else scene.line
    lines = {"title": scene.line + 1, "slide": scene.fence[0] + 1, "narration": narration + 1}
    return ReviewScene(id=scene.id, fields=fields, lines=lines)


def scenes_tree(file: ReviewFile, ids: Sequence[str]) -> Tree:
    """Some of a review's scenes as the tree of a project that has them."""
    lines = {each.id: each for each in file.text.scenes}
    tree = Tree(file.page, {"scenes": []}, {(): Mark(0, 0, file.page), ("scenes",): Mark(0, 0, file.page)})
    for index, name in enumerate(ids):
        scene, own, base = lines[name], file.trees[name], ("scenes", index)
        narration = "\n\n".join(scene.fields["narration"])
        tree.data["scenes"].append({**own.data, "id": name, "narration": narration})
        places: dict[Loc, str] = {(*base,): "title", (*base, "id"): "title", (*base, "narration"): "narration"}
        for loc, part in places.items():
            tree.values[loc] = Mark(scene.lines[part] - 1, 0, file.page)
        tree.values |= {(*base, *loc): mark for loc, mark in own.values.items() if loc}
        tree.keys |= {(*base, *loc): mark for loc, mark in own.keys.items()}
    return tree


def review_file(head: str, merged: Merged, before: Mapping[str, Written] | None = None) -> str:
    """The text of a review, beginning with a comment. Conflicts stand in it as those of git do.

    Of what was there `before`, by id, what is still the same stays as it was written.
    """
    blocks = [f"<!-- {head} -->"]
    if merged.order:
        order = [", ".join(each.id for each in merged.scenes), ", ".join(merged.order)]
        blocks += _both([f"Order: {order[0]}"], [f"Order: {order[1]}"])
    blocks += _both(*(_film(each) for each in (merged.film.fields, merged.film.source)))
    for scene in merged.scenes:
        own = (before or {}).get(scene.old_id)
        parts = [list(_parts(each, scene.id, own)) for each in (scene.fields, scene.source)]
        if scene.removed:
            blocks += _both([block for part in parts[0] for block in part], [])
        else:
            blocks += [block for left, right in zip(*parts, strict=True) for block in _both(left, right)]
    return "\n\n".join(blocks) + "\n"


def _both(left: list[str], right: list[str]) -> list[str]:
    return left if left == right else ["<<<<<<< yours", *left, "=======", *right, ">>>>>>> the source's"]


def _film(fields: Fields) -> list[str]:
    return [f"# {title}" for title in [fields.get("title")] if title] + fields.get("notes", [])


def _parts(fields: Fields, name: str, before: Written | None) -> Iterator[list[str]]:
    """A scene in blocks: its heading, its fence, its paragraphs, its comments."""
    yield [" ".join(["##", *fields["title"].split(), f"{{#{name}}}"])]
    same = before is not None and _shown(before.fields) == _shown(fields)
    yield before.slide if before is not None and same else [_fenced(_shown(fields))]
    same = before is not None and before.fields["narration"] == fields["narration"]
    yield before.narration if before is not None and same else [_said(each) for each in fields["narration"]]
    yield list(fields.get("notes", []))


def _shown(fields: Fields) -> Fields:
    first = {name: fields[name] for name in ("kind", "content") if name in fields}
    return first | {name: value for name, value in fields.items() if name not in ("title", "narration", "notes")}


def _fenced(shown: Fields) -> str:
    return f"```yaml\n{yaml.dump(shown, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)}```"


def _said(paragraph: str) -> str:
    """A paragraph, a line for each of its sentences."""
    lines = _SENTENCE.split(" ".join(paragraph.split()))
    return "\n".join(f"\\{line}" if _PLAIN.match(line) else line for line in lines)


class _Dumper(yaml.SafeDumper):
    """YAML as people write it: lists indented, texts of several lines as they are."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    odd = any(not char.isprintable() and char not in "\n\t" for char in text)
    style = '"' if odd or not reads_as_text(text) else "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)
