"""Markdown -> sections and blocks, each with its source lines, freed of markup, badges, HTML and addresses."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from videogen.inputs.blocks import BlockReader
from videogen.inputs.html import Heading, Sentence, html_parts
from videogen.inputs.inline import Picture, read_inline, read_text
from videogen.inputs.measure import complexity, counts, seconds_to_say
from videogen.inputs.narration import narrations
from videogen.inputs.yamltree import load_tree
from videogen.model.content import Block, Inline, Paragraph, ParsedContent, ParsedSection
from videogen.model.project import Document, VideoConfig

_FRONT_MATTER = re.compile(r"---[ \t]*\n(\s*[\w-]+[ \t]*:(?:\s(?s:.*?))?)\n?(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_CONTENTS = re.compile(r"(?:table of )?contents|toc|on this page", re.IGNORECASE)
_ATTRIBUTES = re.compile(r"\s*\{[#.:][^{}]*\}\s*$")
_NAMED = re.compile(r"(?!(?:This|It|That|Here|There|What|He|She) )([\w.+-]{2,40}) is (?:an?|the) ", re.IGNORECASE)
_SUBJECT = re.compile(r"(?:The )?([A-Z][\w.+-]{0,40}(?: [A-Z][\w.+-]{0,40}){0,2})(?: is (?:an?|the) |,? [-–] |: )")


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).use(footnote_plugin)


def parse_markdown(document: Document, video: VideoConfig, root: Path = Path()) -> ParsedContent:
    """What a Markdown document says: CommonMark with tables, task lists, footnotes, callouts and front matter.

    `lines` of every section and block count from 1, both ends included, in the original file. Local pictures are
    looked for from the document's folder and recorded relative to `root`, the working folder. Raises
    ValidationError for front matter that is not YAML and for a picture that is missing, unreadable or too large.
    """
    front, text = _split_front_matter(document)
    lines = text.split("\n")
    reader = BlockReader(document, lines, root)
    sections = _Sections(reader).read(_markdown().parse(text))
    title = video.title or document.title or _text(front.get("title")) or _title(sections, document.path)
    return ParsedContent(
        video_id=video.id,
        title=title,
        description=video.description or _text(front.get("description")),
        path=document.path,
        sections=sections,
        left_out=reader.left_out,
        advice=_advice(reader.missing),
        document_metadata={**({"front_matter": front} if front else {}), **counts(sections, len(lines))},
        suggested_duration=seconds_to_say(sections),
        complexity=complexity(sections),
    )


def _advice(missing: Sequence[str]) -> list[str]:
    """What is told of pictures that did not come with a document."""
    if not missing:
        return []
    one = f'"{missing[0][:80]}"'
    what = f"the picture {one}" if len(missing) == 1 else f"{len(missing)} pictures, such as {one},"
    return [f"{what} did not come with the document; a PDF or a Word file brings its pictures along"]


def _split_front_matter(document: Document) -> tuple[dict[str, Any], str]:
    """Front matter, and the text with its lines left blank so that all others keep their numbers."""
    text = document.text.replace("\r\n", "\n").replace("\r", "\n")
    match = _FRONT_MATTER.match(text)
    if match is None:
        return {}, text
    data = load_tree(match[1], document.path, first_line=1).data
    if not isinstance(data, dict):
        return {}, text
    return data, "\n" * match[0].count("\n") + text[match.end() :]


def _text(value: object) -> str:
    return read_text(value).text if isinstance(value, str) else ""


def _title(sections: Sequence[ParsedSection], path: str) -> str:
    """The heading it begins with, or its first of level 1 if no other stands before; else what the first sentence
    is about; else the file's name.
    """
    headings = [section for section in sections if section.level]
    if headings and (headings[0].level == 1 or sections[0] is headings[0]):
        return headings[0].title.text
    texts = [block.inline.text for section in sections for block in section.blocks if isinstance(block, Paragraph)]
    if texts:
        # a motto or a row of links may stand before the sentence that says what it is
        about = next(filter(None, map(_NAMED.match, texts[:4])), None) or _SUBJECT.match(texts[0])
        if about:
            return about[1]
        sentence = re.split(r"(?<=[.!?])\s|[:;]\s", texts[0])[0].rstrip(".:;")
        words = sentence.split()
        short = " ".join(words[:10])
        if any(char.isalnum() for char in short):
            return (short if len(words) <= 10 else short.rstrip(",") + "…")[:120]
    return Path(path).stem.replace("_", " ").replace("-", " ").strip() or "Untitled"


class _Sections:
    """Collects blocks under the headings of the top level."""

    def __init__(self, reader: BlockReader) -> None:
        self.reader = reader
        self.heads: list[tuple[Inline, int, int, int]] = [(Inline(text="", spoken=""), 0, 1, 1)]
        """Title, level, first line and last line of each heading."""
        self.blocks: list[list[Block]] = [[]]
        self.told: list[list[str]] = [[]]
        """Narrations that stand under each heading."""
        self.level = 0
        """Level of the last heading that is not a summary."""

    def read(self, tokens: list[Token]) -> list[ParsedSection]:
        self.reader.pair(tokens)
        index = 0
        while index < len(tokens):
            token = tokens[index]
            close = self.reader.close[index]
            if token.type == "heading_open":
                self.heading(tokens[index + 1], int(token.tag[1]), self.reader.span(token))
            elif token.type == "html_block":
                self.html(token)
            else:
                first = not any(self.blocks)
                self.blocks[-1] += self.reader.read(index, first=first)
            index = close + 1
        return self.sections()

    def heading(self, inline: Token, level: int, span: tuple[int, int]) -> None:
        reading = read_inline(inline.children)
        title = reading.inline
        if not title.text and reading.pictures:
            title = _picture_title(reading.pictures[0])
        self.level = level
        self.open(title, level, span)

    def open(self, title: Inline, level: int, span: tuple[int, int]) -> None:
        title = Inline(text=_ATTRIBUTES.sub("", title.text), spoken=_ATTRIBUTES.sub("", title.spoken))
        if title.text:
            self.heads.append((title, level, *span))
            self.blocks.append([])
            self.told.append([])

    def html(self, token: Token) -> None:
        first, last = self.reader.span(token)
        self.told[-1] += narrations(token.content)
        for part in html_parts(token.content):
            line = min(first + part.offset, last)
            if isinstance(part, Heading):
                self.level = part.level or self.level
                self.open(read_text(part.text), part.level or min(6, self.level + 1), (line, line))
            elif isinstance(part, Sentence):
                inline = read_text(part.text)
                if inline.text:
                    self.blocks[-1].append(Paragraph(inline=inline, lines=(line, line)))
            else:
                block = self.reader.image(part.picture, (line, line), first=not any(self.blocks))
                self.blocks[-1] += [block] if block else []

    def sections(self) -> list[ParsedSection]:
        found = []
        for index, (title, level, first, last) in enumerate(self.heads):
            blocks = self.blocks[index]
            narration = " ".join(self.told[index])
            if not (blocks or narration) and (level == 0 or _CONTENTS.fullmatch(title.text)):
                continue
            if level == 0:
                first = last = blocks[0].lines[0] if blocks else 1
            end = self.heads[index + 1][2] - 1 if index + 1 < len(self.heads) else len(self.reader.lines)
            # HTML can hold the next heading on the line on which this section ends
            last = max([last, *(block.lines[1] for block in blocks)])
            end = self.reader.trimmed(first, max(last, end))
            found.append(
                ParsedSection(title=title, level=level, blocks=blocks, narration=narration, lines=(first, end))
            )
        return found


def _picture_title(picture: Picture) -> Inline:
    return read_text(re.sub(r"\s+logo$", "", picture.alt, flags=re.IGNORECASE))
