"""A brand file, checked, with the place of every value in it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pydantic

from videogen.inputs.project import Fault, fault, first_fault
from videogen.inputs.text import read_text
from videogen.inputs.yamltree import Tree, load_tree
from videogen.model.brand import Brand
from videogen.model.errors import ValidationError, Where
from videogen.model.kinds import Content, content_type

MAX_BRAND_BYTES = 1_000_000
"""A larger brand file is refused."""


@dataclass(frozen=True)
class BrandFile:
    """A brand as it was read; `contents` are the checked contents of its scenes, by their key."""

    brand: Brand
    contents: dict[str, Content]
    tree: Tree


def read_brand(path: Path, shown: str, named_at: Where) -> BrandFile:
    """The brand in a YAML file; `shown` is its name in messages, `named_at` where a project names it.

    Raises ValidationError, which names file, line and column, for the first thing in the file that is wrong.
    """
    tree = load_tree(read_text(path, what="brand file", shown=shown, limit=MAX_BRAND_BYTES, named_at=named_at), shown)
    if not isinstance(tree.data, dict):
        raise ValidationError("a brand is a mapping of keys to values", Where(shown), "write `logo: logo.png`")
    try:
        brand = Brand.model_validate(tree.data, strict=True)
    except pydantic.ValidationError as error:
        raise first_fault([fault(one, tree, (), Brand) for one in error.errors(include_url=False)]) from error
    contents: dict[str, Content] = {}
    for key, scene in (("intro", brand.intro), ("outro", brand.outro)):
        if scene is None:
            continue
        try:
            model = content_type(scene.kind)
            contents[key] = model.model_validate(scene.content, strict=True)
        except pydantic.ValidationError as error:
            faults: list[Fault] = [
                fault(one, tree, (key, "content"), content_type(scene.kind)) for one in error.errors(include_url=False)
            ]
            raise first_fault(faults) from error
        except ValueError as error:
            message, _, hint = str(error).partition("; ")
            raise ValidationError(message, tree.where((key, "kind")), hint) from error
        if not scene.speaks and scene.min_seconds <= 0:
            raise ValidationError(
                "this scene has no narration, and nothing else says how long it lasts",
                tree.where((key,)),
                "write a narration, or give it min_seconds: 5",
            )
    return BrandFile(brand, contents, tree)
