"""Inline Markdown in two readings: what a slide shows, and what a narrator says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token

from videogen.inputs import speech
from videogen.model.content import Inline

_TAG = re.compile(r"<\s*(/?)\s*([A-Za-z][\w-]*)")
_ATTRIBUTE = re.compile(r"""\b(src|alt|title|width|height)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_LABEL = re.compile(r"\W*\w+(?: \w+){0,2}\s*:\W*")
_ADDRESS = re.compile(r"^[a-z]+://", re.IGNORECASE)


@dataclass(frozen=True)
class Picture:
    """A picture as the document names it."""

    src: str
    alt: str = ""
    title: str = ""
    linked: bool = False
    size: tuple[str, str] = ("", "")
    """The width and height that HTML gives it."""


@dataclass
class Reading:
    """What inline content comes to."""

    inline: Inline
    pictures: list[Picture] = field(default_factory=list)
    links: int = 0
    targets: list[str] = field(default_factory=list)
    outside: str = ""
    """The text that is not in a link."""

    @property
    def only_links(self) -> bool:
        """Whether nothing but links stands here, such as a row of badges or of navigation."""
        return self.links > 0 and (
            not any(char.isalnum() for char in self.outside)
            # "Documentation: <link>"
            or (self.links == 1 and _LABEL.fullmatch(self.outside) is not None)
        )


def read_inline(tokens: Sequence[Token] | None) -> Reading:
    """Read the children of an inline token."""
    writer = _Writer()
    for token in tokens or ():
        writer.take(token)
    return writer.reading()


def read_text(text: str) -> Inline:
    """Read plain text, such as what HTML holds between its tags."""
    writer = _Writer()
    writer.text(text)
    return writer.reading().inline


def html_picture(tag: str, linked: bool = False) -> Picture | None:
    """The picture of an `<img>` tag; None when it names none."""
    found = {match[1].lower(): match[2] or match[3] or match[4] or "" for match in _ATTRIBUTE.finditer(tag)}
    if not found.get("src"):
        return None
    size = (found.get("width", ""), found.get("height", ""))
    return Picture(found["src"], found.get("alt", ""), found.get("title", ""), linked, size)


class _Writer:
    """Writes both readings side by side."""

    def __init__(self) -> None:
        self.shown: list[str] = []
        self.said: list[str] = []
        self.outside: list[str] = []
        self.pictures: list[Picture] = []
        self.targets: list[str] = []
        self.link = 0
        self.deleted = 0
        self.code = 0
        self.hidden = ""

    def take(self, token: Token) -> None:
        kind = token.type
        if kind == "html_inline":
            self.html(token.content)
        elif kind in ("s_open", "s_close"):
            self.deleted += token.nesting
        elif self.hidden or self.deleted:
            return
        elif kind in ("text", "text_special"):
            (self.code_span if self.code else self.text)(token.content)
        elif kind == "code_inline":
            self.code_span(token.content)
        elif kind in ("softbreak", "hardbreak"):
            self.write(" ", " ")
        elif kind == "link_open":
            self.open_link(str(token.attrGet("href") or ""))
        elif kind == "link_close":
            self.close_link()
        elif kind == "image":
            alt = read_inline(token.children).inline.text
            title = str(token.attrGet("title") or "")
            self.pictures.append(Picture(str(token.attrGet("src") or ""), alt, title, self.link > 0))

    def html(self, tag: str) -> None:
        match = _TAG.match(tag)
        if not match:
            return
        closing, name = match[1] == "/", match[2].lower()
        if self.hidden:
            self.hidden = "" if closing and name == self.hidden else self.hidden
        elif name in ("script", "style") and not closing:
            self.hidden = name
        elif name in ("del", "s", "strike"):
            self.deleted = max(0, self.deleted + (-1 if closing else 1))
        elif name in ("code", "kbd", "samp", "tt"):
            self.code = max(0, self.code + (-1 if closing else 1))
        elif name == "a":
            if not closing:
                self.open_link("")
            elif self.link:
                self.close_link()
        elif name == "img":
            picture = html_picture(tag, self.link > 0)
            if picture:
                self.pictures.append(picture)
        elif name in ("br", "p", "div", "li", "td", "hr"):
            self.write(" ", " ")

    def open_link(self, target: str) -> None:
        self.link += 1
        self.targets.append(target)
        if self.link == 1:
            self.said.append(speech.LINK)

    def close_link(self) -> None:
        self.link = max(0, self.link - 1)
        if not self.link:
            self.said.append(speech.LINK_END)

    def text(self, content: str) -> None:
        content = speech.clean(speech.PRIVATE.sub("", content))
        if self.link and "." in content and _ADDRESS.sub("", self.targets[-1]).rstrip("/") == content.rstrip("/"):
            self.address(self.targets[-1])
            return
        if content.startswith(":::"):
            return
        end = 0
        for match in speech.URL.finditer(content) if "/" in content or "ww." in content.lower() else ():
            self.write(content[end : match.start()], content[end : match.start()])
            url, after = speech.split_url(match[0])
            self.address(url)
            self.write(after, after)
            end = match.end()
        self.write(content[end:], content[end:])

    def address(self, url: str) -> None:
        name = speech.site_name(url)
        before = "".join(self.said[-6:])
        said = (name or "this address") if speech.leads(speech.tidy(before) + " ") else ""
        # a server on this machine has no name, but its address is what to type
        self.write(name or _ADDRESS.sub("", url), f"{speech.LINK}{said}{speech.LINK_END}" if not self.link else said)

    def code_span(self, content: str) -> None:
        content = " ".join(speech.PRIVATE.sub("", speech.clean(content)).split())
        match = speech.URL.match(content)
        if match and match.end() == len(content):
            self.address(content)
            return
        said = speech.sayable(content) or speech.fill(content, "".join(self.said[-6:]))
        self.write(content, f"{speech.CODE}{said}{speech.CODE_END}" if not self.link else said)

    def write(self, shown: str, said: str) -> None:
        self.shown.append(shown)
        self.said.append(said)
        if not self.link:
            self.outside.append(shown)

    def reading(self) -> Reading:
        inline = Inline(text=speech.tidy("".join(self.shown)), spoken=speech.spoken("".join(self.said)))
        return Reading(inline, self.pictures, len(self.targets), self.targets, "".join(self.outside))
