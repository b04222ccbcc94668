"""A page -> what of it is the article: its title, and the element that holds it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from videogen.inputs.adapter import Reading
from videogen.inputs.htmlblocks import BlockWriter, Find
from videogen.inputs.htmlpictures import local_pictures

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_AROUND = {"nav", "aside", "footer", "form", "dialog", "menu"}
"""Elements that stand around an article, or are there to be used rather than read."""
_ROLES = {"navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alertdialog", "menu", "menubar",
          "toolbar", "form", "tooltip"}  # fmt: skip
_CHROME = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|navheader|navfooter|menu|sidebar|sphinxsidebar|breadcrumbs?|cookies?|consent|"
    r"gdpr|banner|advert|advertisement|ads|promo|social|share|sharing|comments?|disqus|newsletter|subscribe|popup|modal|"
    r"skip|skiplink|pagination|pager|footer|masthead|toc|tableofcontents|related|headerlink|anchorlink|permalink|"
    r"noprint|hidden|invisible|sr-only|screen-reader-text|visually-hidden|editsection|mw-jump-link|navbox|catlinks|"
    r"printfooter|viewcode-link|copybtn|linenos|lineno|linenodiv|gutter|boring)(?=$|[\s_-])",
    re.IGNORECASE,
)
_ARTICLES = ("article-body", "entry-content", "post-content", "markdown-body", "mw-content-text", "bodycontent",
             "main-content", "maincontent", "content", "document", "body")  # fmt: skip
_MOST = 0.4
"""A part with more of the page's text than this is not chrome, whatever it is called."""


def read_page(text: str, path: Path | None) -> Reading:
    """The article of a page. `path`: where it lies, for pictures beside it. Places are lines of the page."""
    page = parsed(text)
    if page is None:
        return Reading("")
    body = _body(page)
    _strip(body)
    find = local_pictures(path)
    text_of = article(body, find)
    lines = text.count("\n") + 1
    title = "" if text_of.headed else _title(page)
    return Reading(
        text_of.writing.text,
        title=title,
        starts=text_of.writing.starts(lines) if text_of.writing.text else (),
        pictures=find.pictures.taken,
        left_out=[*find.pictures.left_out, *find.notes()],
    )


def parsed(text: str) -> Element | None:
    """The tree of a page, mended where it is broken; None where there is none. Nothing is fetched."""
    from lxml import etree

    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, recover=True, huge_tree=False
    )
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None  # there is no element in it


def article(body: Element, find: Find) -> BlockWriter:
    """The blocks of an element and what is in it."""
    writer = BlockWriter(find)
    writer.write(body)
    return writer


def _words(element: Element) -> int:
    return len("".join(element.itertext()).split())


def _body(page: Element) -> Element:
    """The element that holds the article: what says that it does, else what bears a name of one, else all."""
    body = next(page.iter("body"), page)
    whole = _words(body)
    mains = [
        each
        for each in body.iter("main", "div", "section", "article")
        if each.tag == "main" or each.get("role") == "main"
    ]
    articles = list(body.iter("article"))
    if not mains and len(articles) == 1:
        mains = articles
    if not mains:
        named: dict[str, Element] = {}
        for each in body.iter("div", "section", "article", "td"):
            for name in (each.get("id") or "", *(each.get("class") or "").split()):
                named.setdefault(name.lower(), each)
        mains = [named[name] for name in _ARTICLES if name in named]
    best = max(mains, key=_words, default=body)
    return best if _words(best) * 5 >= whole else body


def _strip(body: Element) -> None:
    """Take out what stands around the article, and what nobody sees."""
    whole = max(_words(body), 1)
    for element in list(body.iter()):
        if element is body or not isinstance(element.tag, str):
            continue
        if _is_hidden(element) or (_is_chrome(element, body) and _words(element) <= whole * _MOST):
            drop(element)


def _is_hidden(element: Element) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    unseen = element.get("hidden") is not None or element.get("aria-hidden") == "true"
    return unseen or "display:none" in style or "visibility:hidden" in style


def _is_chrome(element: Element, body: Element) -> bool:
    if element.tag in _AROUND or element.get("role", "").lower() in _ROLES:
        return True
    if element.tag == "header":
        # the header of an article holds its heading, that of a page its navigation
        return element.getparent() is body and next(element.iter("h1"), None) is None
    if element.tag in ("h1", "h2", "h3", "h4", "h5", "h6", "pre", "code", "table", "body", "main", "article"):
        return False
    named = f"{element.get('id') or ''} {element.get('class') or ''}"
    return _CHROME.search(named) is not None


def drop(element: Element) -> None:
    """Take an element out of its tree; what stands after it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _title(page: Element) -> str:
    for meta in page.iter("meta"):
        if meta.get("property") == "og:title" and (meta.get("content") or "").strip():
            return " ".join((meta.get("content") or "").split())
    title = next(page.iter("title"), None)
    return " ".join("".join(title.itertext()).split()) if title is not None else ""
