"""Every way in which a project names a file, and a house with files that it may name and files that it may not."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

from clips import write_clip
from PIL import Image
from sounds import murmur, write_sound

from videogen.build.validate import validate_project
from videogen.build.workspace import find_workspace

HAND = """\
voice: "draft:"
scenes:
  - kind: title
    content: {title: Hello}
    narration: Hello there.
"""
SCENE = HAND + "  - kind: %s\n    content: {%s}\n    narration: Here it is.\n"
OF_A_FILE = "voice: 'draft:'\nsource: %s\n"

KINDS: dict[str, tuple[str, str]] = {
    "document": (OF_A_FILE % "{path}", "notes.md"),
    "document, its input named": (OF_A_FILE % "md:{path}", "notes.md"),
    "document of a video": ("voice: 'draft:'\nvideos:\n  - id: one\n    source: {path}\n", "notes.md"),
    "talk with captions": (OF_A_FILE % "{path}", "talk.info.json"),
    "picture": (SCENE % ("image", "path: {path}"), "picture.png"),
    "drawing": (SCENE % ("image", "path: {path}"), "drawing.svg"),
    "clip": (SCENE % ("video", "path: {path}"), "clip.mp4"),
    "numbers": (SCENE % ("chart", "type: bar, path: {path}"), "numbers.csv"),
    "music": (HAND + "music: {file: {path}}\n", "bed.wav"),
    "recordings": (HAND + "recordings: {path}\n", "takes"),
    "translations": (HAND + "languages: [en, es]\ntranslations: {path}\n", "said"),
    "template": ("template: {path}\n", "template.yaml"),
    "picture of a template": ("template: ./shows_template.yaml\n", "picture.png"),
    "include": (HAND + "  - include: {path}\n", "scene.yaml"),
    "include of an include": (HAND + "  - include: includes.yaml\n", "scene.yaml"),
    "picture of an include": (HAND + "  - include: shows.yaml\n", "picture.png"),
    "theme": (HAND + "theme: {path}\n", "theme.yaml"),
    "brand": (HAND + "brand: {path}\n", "brand.yaml"),
    "logo": (HAND + "chrome: {watermark: {path}}\n", "picture.png"),
    "logo of a brand": (HAND + "brand: own.yaml\n", "picture.png"),
    "theme of a brand": (HAND + "brand: themed.yaml\n", "theme.yaml"),
    "first scene of a brand": (HAND + "brand: opening.yaml\n", "picture.png"),
    "picture of a theme": (HAND + "theme: ./pictured.yaml\n", "picture.png"),
    "logo of a theme": (HAND + "theme: ./marked.yaml\n", "picture.png"),
    "picture of a brand": (HAND + "brand: pictured_brand.yaml\n", "picture.png"),
    "picture in a document": (OF_A_FILE % "shows.md", "picture.png"),
    "picture in a page": (OF_A_FILE % "shows.html", "picture.png"),
    "picture in a notebook": (OF_A_FILE % "shows.ipynb", "picture.png"),
}
"""What names a file, with `{path}` for the name: the project's text, and which file."""
_DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
_SHOWN = "# Shown\n\nHere is what it looks like, as a picture of the whole.\n\n![All of it]({path})\n"
BESIDE = {
    "own.yaml": "logo: {path}\n",
    "themed.yaml": "theme: {path}\n",
    "opening.yaml": "intro: {kind: image, content: {path: {path}}, narration: Look.}\n",
    "pictured.yaml": "name: ours\nbase: slate\npicture: {path}\n",
    "marked.yaml": "name: ours\nbase: slate\nchrome: {watermark: {path}}\n",
    "pictured_brand.yaml": "overrides: {picture: {path}}\n",
    "includes.yaml": "- include: {path}\n",
    "shows.yaml": "kind: image\ncontent: {path: {path}}\nnarration: Look.\n",
    "shows_template.yaml": f"template: {{description: Ours}}\n{SCENE % ('image', 'path: {path}')}",
    "shows.md": _SHOWN,
    "shows.html": "<h1>Shown</h1><p>Here is what it looks like, as a picture of the whole.</p>"
    f'<img src="data:image/png;base64,{_DOT}" alt="Inside"><img src="{{path}}" alt="All of it">',
    "shows.ipynb": json.dumps(
        {
            "nbformat": 4,
            "nbformat_minor": 5,
            "metadata": {},
            "cells": [
                {
                    "cell_type": "markdown",
                    "id": "one",
                    "metadata": {},
                    "attachments": {"dot.png": {"image/png": _DOT}},
                    "source": _SHOWN + "\n![Inside](attachment:dot.png)\n",
                }
            ],
        }
    ),
}
"""Files beside the project through which it names another."""
WAYS: dict[str, Callable[[str], str]] = {
    "beside": lambda name: f"../../outside/{name}",
    "absolute": lambda name: str(Path("outside", name).absolute()),
    "link": lambda name: f"link-{name}",
    "folder that is a link": lambda name: f"linked/{name}",
}
NOT_FOLLOWED = (("picture in a page", "absolute"),)
"""What is left out of the film, and said to be, wherever it leads: no place of this machine."""
PROJECT = "inside/projects/talk.yaml"


def furnish(*folders: Path) -> None:
    """Put the same files into each folder, and links into the first that lead into the last."""
    for folder in folders:
        (folder / "takes").mkdir(parents=True)
        (folder / "said").mkdir()
        (folder / "said" / "es.yaml").write_text("talk: {}\n")
        (folder / "notes.md").write_text("# Notes\n\nThe first of them is about the build of a film.\n")
        Image.new("RGB", (64, 64), "navy").save(folder / "picture.png")
        (folder / "drawing.svg").write_text(
            '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><rect width="64" height="64"/></svg>'
        )
        write_clip(folder / "clip.mp4")
        write_sound(folder / "bed.wav", murmur(3.0))
        (folder / "numbers.csv").write_text("year,films\n2024,1\n2025,3\n")
        (folder / "scene.yaml").write_text("kind: outro\ncontent: {main_text: Bye}\nnarration: Bye.\n")
        (folder / "template.yaml").write_text(f"template: {{description: Ours}}\n{HAND}")
        (folder / "theme.yaml").write_text("name: ours\nbase: slate\n")
        (folder / "brand.yaml").write_text("accent: green\n")
        (folder / "talk.info.json").write_text(json.dumps({"id": "dQw4w9WgXcQ", "title": "A talk", "duration": 20}))
        cue = "00:00.000 --> 00:09.000\nToday I say how films are made of texts, and why that is good.\n"
        (folder / "talk.en.vtt").write_text(f"WEBVTT\n\n{cue}")
    first, last = folders[0], folders[-1].absolute()
    for name in os.listdir(last):
        (first / f"link-{name}").symlink_to(last / name)
    (first / "linked").symlink_to(last)


def checked(kind: str, named: str) -> None:
    """Validate a project that names a file."""
    project, _ = KINDS[kind]
    Path(PROJECT).write_text(project.replace("{path}", named))
    for name, text in BESIDE.items():
        Path(PROJECT).with_name(name).write_text(text.replace("{path}", named))
    validate_project(find_workspace(PROJECT))
