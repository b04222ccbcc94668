"""What is worth keeping of a block of HTML in Markdown: headings, summaries, sentences and pictures."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from videogen.inputs.inline import Picture, html_picture

_PIECE = re.compile(r"<!--(?s:.*?)(?:-->|\Z)|(</?[A-Za-z][^<>]*(?:>|\Z))|<[!?][^<>]*>?|([^<]+|<)")
_TAG = re.compile(r"<(/?)([A-Za-z][\w-]*)")
_SILENT = {"script", "style", "svg", "math", "table", "pre", "ul", "ol", "dl", "video", "audio", "iframe", "select"}
_BLOCKS = {"p", "div", "details", "section", "center", "blockquote", "figure", "figcaption", "header", "footer", "main",
           "article", "hr", "picture"}  # fmt: skip


@dataclass(frozen=True)
class Heading:
    """An `<h1>` to `<h6>`; a `<summary>` has level 0: it stands one below the heading above it."""

    level: int
    text: str
    offset: int
    """Lines from the beginning of the HTML."""


@dataclass(frozen=True)
class Sentence:
    """A paragraph of text."""

    text: str
    offset: int


@dataclass(frozen=True)
class Shown:
    """A picture."""

    picture: Picture
    offset: int


Part = Heading | Sentence | Shown


def html_parts(source: str) -> list[Part]:
    """The parts of a block of HTML, in order. Tables, lists, scripts and rows of links are left out."""
    reader = _Reader()
    line = 0
    for match in _PIECE.finditer(source):
        if match[1]:
            reader.tag(match[1], line)
        elif match[2]:
            reader.text(match[2], line)
        line += match[0].count("\n")
    reader.flush()
    return reader.parts


class _Reader:
    def __init__(self) -> None:
        self.parts: list[Part] = []
        self.words: list[str] = []
        self.unlinked: list[str] = []
        self.start = 0
        self.links = 0
        self.silent = ""
        self.heading: int | None = None

    def tag(self, tag: str, line: int) -> None:
        match = _TAG.match(tag)
        if match is None:
            return
        closing, name = bool(match[1]), match[2].lower()
        if self.silent:
            if closing and name == self.silent:
                self.silent = ""
            return
        if name in _SILENT:
            self.flush()
            self.silent = "" if closing else name
        elif name == "summary" or re.fullmatch("h[1-6]", name):
            self.flush()
            self.heading = None if closing else 0 if name == "summary" else int(name[1])
        elif name in _BLOCKS:
            if self.heading is None:
                self.flush()
        elif name == "a":
            self.links = max(0, self.links + (-1 if closing else 1))
        elif name == "br":
            self.words.append(" ")
        elif name == "img":
            picture = html_picture(tag, self.links > 0)
            if picture and self.heading is not None:
                self.words.append(picture.alt)
            elif picture:
                self.parts.append(Shown(picture, line))

    def text(self, text: str, line: int) -> None:
        if self.silent:
            return
        if not any(word.strip() for word in self.words):
            self.start = line + text[: len(text) - len(text.lstrip())].count("\n")
        text = html.unescape(text)
        self.words.append(text)
        if not self.links:
            self.unlinked.append(text)

    def flush(self) -> None:
        text = " ".join("".join(self.words).split())
        if text and self.heading is not None:
            self.parts.append(Heading(self.heading, text, self.start))
        elif len(re.findall(r"\w+", "".join(self.unlinked))) >= 3:
            self.parts.append(Sentence(text, self.start))
        self.words, self.unlinked = [], []
