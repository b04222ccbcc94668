"""Short ways to write parsed content by hand."""

from __future__ import annotations

from videogen.model.content import (
    Block,
    CodeBlock,
    Inline,
    ListBlock,
    ListItem,
    Paragraph,
    ParsedContent,
    ParsedSection,
    TableBlock,
)
from videogen.model.project import VideoConfig
from videogen.model.script import VideoScript
from videogen.script import write_script


def inline(text: str, spoken: str | None = None) -> Inline:
    return Inline(text=text, spoken=text if spoken is None else spoken)


def para(text: str, line: int = 1) -> Paragraph:
    return Paragraph(inline=inline(text), lines=(line, line))


def bullets(*items: str, ordered: bool = False, line: int = 1) -> ListBlock:
    return ListBlock(items=[ListItem(inline=inline(item)) for item in items], ordered=ordered, lines=(line, line))


def code(text: str, language: str = "text", line: int = 1) -> CodeBlock:
    return CodeBlock(code=text, language=language, lines=(line, line))


def table(columns: list[str], *rows: list[str], line: int = 1) -> TableBlock:
    return TableBlock(
        columns=[inline(cell) for cell in columns],
        rows=[[inline(cell) for cell in row] for row in rows],
        align=["left"] * len(columns),
        lines=(line, line),
    )


def section(title: str, *blocks: Block, level: int = 2, line: int = 1) -> ParsedSection:
    return ParsedSection(title=inline(title), level=level, blocks=list(blocks), lines=(line, line + len(blocks)))


def content(*sections: ParsedSection, title: str = "Kiln", path: str = "README.md") -> ParsedContent:
    return ParsedContent(video_id="kiln", title=title, path=path, sections=list(sections))


def script(*sections: ParsedSection, language: str = "en", title: str = "Kiln") -> VideoScript:
    return write_script(content(*sections, title=title), VideoConfig(id="kiln", languages=[language]))


KILN = (
    section(
        "Kiln",
        para("Kiln is a small build tool that bakes websites from plain text files, fast."),
        para(
            "It reads every page once, remembers what it has seen, and writes only what changed. "
            "A thousand pages take less than a second on a laptop."
        ),
        level=1,
    ),
    section("Installation", para("Install it with pip:"), code("$ pip install kiln\n", "console")),
    section(
        "Quick start",
        para("Create a folder with a page in it, then let Kiln build it:"),
        code("$ kiln new site\n$ kiln build site\nbuilt 3 pages in 12 ms\n", "console"),
        para("The pages are now in the output folder, ready for any web server."),
    ),
    section(
        "Features",
        bullets(
            "Incremental: only pages whose sources changed are built again",
            "Live preview in the browser while you write",
            "Templates in plain HTML",
            "Works without a network",
        ),
    ),
    section(
        "Configuration",
        para("Everything has a default, so a configuration file is optional. These settings matter most:"),
        table(
            ["Setting", "Default", "Meaning"],
            ["output", "public", "folder that is written"],
            ["drafts", "off", "whether drafts are built"],
            ["jobs", "2", "pages built at once"],
        ),
    ),
    section("License", para("MIT, see the LICENSE file for the full text of the licence.")),
    section("Contributing", para("We love pull requests of every size, please read the guide first.")),
)
