"""Inline code, addresses and typography, turned into what a person would say or a slide would show."""

from __future__ import annotations

import re

_SYMBOLS = {
    "*": "star", "**": "double star", "|": "pipe", "||": "double pipe", "->": "arrow", "=>": "arrow", "@": "at sign",
    "=": "equals sign", "==": "double equals", "/": "slash", "\\": "backslash", ".": "dot", "_": "underscore",
    "-": "dash", "--": "double dash", "#": "hash", "%": "percent sign", "&": "ampersand", "&&": "double ampersand",
    "$": "dollar sign", "?": "question mark", "!": "exclamation mark", ":": "colon", "::": "double colon",
    ":=": "walrus", "...": "ellipsis", "[]": "square brackets", "{}": "curly braces", "()": "parentheses",
    "~": "tilde", "^": "caret", "+": "plus", ",": "comma", ";": "semicolon", "`": "backtick",
    "<": "less-than sign", ">": "greater-than sign", "!=": "not equal", "<=": "at most", ">=": "at least",
}  # fmt: skip

_SITES = {
    "github.com": "GitHub", "gitlab.com": "GitLab", "pypi.org": "PyPI", "pypi.python.org": "PyPI",
    "youtube.com": "YouTube", "youtu.be": "YouTube", "stackoverflow.com": "Stack Overflow", "npmjs.com": "npm",
    "en.wikipedia.org": "Wikipedia", "discord.gg": "Discord", "discord.com": "Discord", "twitter.com": "Twitter",
    "x.com": "X", "slack.com": "Slack", "gitter.im": "Gitter", "zenodo.org": "Zenodo", "doi.org": "the DOI",
    "hub.docker.com": "Docker Hub", "docs.python.org": "the Python documentation", "peps.python.org": "the PEPs",
}  # fmt: skip

URL = re.compile(r"(?:\b[a-z][a-z0-9+.-]{1,15}:/{2,3}|\bwww\.(?=\w))[^\s<>\"'`|\[\]{}\\\ue000-\ue003]*", re.IGNORECASE)
_HOST = re.compile(r"[a-z0-9-]{1,40}(?:\.[a-z0-9-]{1,30}){1,2}")
_WORD = re.compile(r"[._]*[^\W_]+(?:[-_.+]_*[^\W_]+)*[+_]*")
_NAME = re.compile(r"[^\W\d_]\w*(?:[-.]\w+)*")
_INSTALLS = re.compile(r"(?:python3? -m )?(?:pip3?|pipx|uv) ")
_EXTRAS = re.compile(r"""(["']?)([\w.-]+)(?:\[[\w, .-]+\])?\1(?=\s|$)""")
_SCRIPT = re.compile(r"[\w.-]*[^\W_][\w.-]*")


def site_name(url: str) -> str:
    """How people call the site of a URL ("GitHub", "docs.pydantic.dev"); "" when it has no sayable name."""
    address = re.sub(r"^[a-z0-9+.-]*:/+", "", url, flags=re.IGNORECASE)
    host = re.split(r"[/?#:]", address.rpartition("@")[2] if "@" in address.split("/")[0] else address, maxsplit=1)[0]
    host = host.lower().removeprefix("www.").rstrip(".,;!)")
    if host in _SITES:
        return _SITES[host]
    if host.endswith((".readthedocs.io", ".readthedocs.org")):
        return "Read the Docs"
    if host == "localhost" or re.fullmatch(r"[\d.]+", host):
        return ""
    return host if _HOST.fullmatch(host) else ""


def split_url(match: str) -> tuple[str, str]:
    """A matched address without the punctuation of the sentence around it, and that punctuation."""
    url = match.rstrip(".,;:!?*_~")
    while url.endswith(")") and url.count("(") < url.count(")"):
        url = url[:-1].rstrip(".,;:!?*_~")
    return url, match[len(url) :]


def sayable(code: str) -> str:
    """What a person would say for inline code; "" when there is no good way.

    >>> sayable("pip install"), sayable("requests.get(url, timeout=5)"), sayable("--dry-run"), sayable("{**a}")
    ('pip install', 'requests.get', 'dry-run', '')
    >>> sayable('pip install "black[jupyter]"')
    'pip install black'
    """
    code = " ".join(code.split())
    if code in _SYMBOLS:
        return _SYMBOLS[code]
    code = re.sub(r"^[$>%#] ", "", code)
    code = re.sub(r"(?<=\w) / (?=(?:second|minute|hour|day|week|month|year)$)", " per ", code)
    if _INSTALLS.match(code):
        # pip install "black[jupyter]" installs black
        code = _EXTRAS.sub(r"\2", code)
    if len(code) > 200:
        return ""
    if len(code) > 1 and code[0] == code[-1] and code[0] in "\"'":
        code = code[1:-1].rstrip(".,!?")
    if re.fullmatch(r"[\d.,]*\d[+%]?", code):
        return code
    if URL.match(code):
        return site_name(code)
    said: list[str] = []
    parts = code.split(" ")
    for part in parts:
        if not _WORD.fullmatch(part) or len(part) > 30:
            break
        said.append(_bare(part))
    if len(said) < len(parts) or len(said) > 6:
        said = said[:3]
    if said and (len(said) > 1 or " " not in code or _NAME.fullmatch(said[0])):
        return " ".join(said)
    first = code.split(" ", 1)[0]
    bound = re.fullmatch(r"(>=|<=|==|~=|>|<|\^|~)\s?(v?\d+(?:\.\d+)*)", code)
    if bound:
        prefix, suffix = {">=": ("", " or newer"), ">": ("above ", ""), "<=": ("up to ", ""), "<": ("below ", "")}.get(
            bound[1], ("", "")
        )
        return prefix + bound[2] + suffix
    if first.startswith("-"):
        if re.fullmatch("-[A-Za-z]", code):
            return code
        option = re.match(r"--?([a-zA-Z][\w-]+)", first)
        return _bare(option[1]) if option else ""
    if "/" in first or "\\" in first:
        last = re.split(r"[/\\]", first.rstrip("/\\"))[-1]
        return last if _SCRIPT.fullmatch(last) and len(last) <= 30 else ""
    name = re.match(r"[@.*&]{0,2}([^\W\d_][\w.]*)", first)
    if name and len(name[1]) > 1 and len(name[1]) <= 30:
        return _bare(name[1])
    return ""


def _bare(name: str) -> str:
    return name.strip("_").rstrip(".") or name


_EMOJI = re.compile(
    "[\U0001f000-\U0001faff\u2600-\u27bf\u2328\u2b50\u2b55\u2b1b\u2b1c\u231a\u231b\u23e9-\u23fa\u3030\u303d\u3297\u3299\ufe0f"
    "\u20e3\U000e0020-\U000e007f]+(?:\u200d)?"
)
_SHORTCODE = re.compile(r"(?<![\w:]):(?:[a-z][a-z0-9_+-]{1,40}|\+1|-1|100|1234):(?![\w:])")
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b\u2060\u202a-\u202e\u2066-\u2069\ufeff\ufff0-\ufffd]"
)
PRIVATE = re.compile("[\ue000-\uf8ff\ud800-\udfff]")


def clean(text: str) -> str:
    """Text without emoji, emoji shortcodes and characters that cannot be seen."""
    text = _SHORTCODE.sub("", text) if ":" in text else text
    return _EMOJI.sub("", _UNSEEN.sub("", text)) if not text.isascii() or not text.isprintable() else text


# Markers around what came from links and code: they let a parenthesis that holds nothing else be found.
LINK, LINK_END, CODE, CODE_END = "\ue000", "\ue001", "\ue002", "\ue003"

_PAREN = re.compile(r"\s?\(([^()]*)\)")
_MARKED = re.compile(f"{LINK}[^{LINK_END}]*{LINK_END}|{CODE}[^{CODE_END}]*{CODE_END}")
_MARKS = re.compile(f"[{LINK}{LINK_END}{CODE}{CODE_END}]")
_TAG = re.compile(r"</?[A-Za-z!][^<>]*>")
_LEADS = re.compile(
    r"(?:^|[.!?:;,(]\s*|\b(?:use|using|run|running|with|by|as|like|in|of|to|from|into|and|or|is|are|via|for|type|set|"
    r"add|call|write|at|than|on|see|do|using|be|was|means|returns|gives|called|named))\s*$",
    re.IGNORECASE,
)
_SPEAKABLE = {
    "&": "and",
    "+": "plus",
    "=": "equals",
    "→": "to",
    "->": "to",
    "=>": "to",
    "≥": "at least",
    "≤": "at most",
    "<": "less than",
    "/": "or",
}


def fill(code: str, before: str) -> str:
    """What stands in a sentence for code that cannot be said, given the sentence up to there; often nothing."""
    if not re.search(r"\w", before) or not leads(before):
        return ""
    return "this path" if re.match(r"[~.]{0,2}/\w", code) else "this"


def leads(before: str) -> bool:
    """Whether a sentence, up to here, goes on to a noun: "see", "available at"."""
    return bool(_LEADS.search(before[-40:]))


def tidy(text: str) -> str:
    """Display text on one line, without the gaps that removed things leave."""
    text = re.sub(r"\s+(?:---?|–|—)\s+", " – ", " ".join(_MARKS.sub("", text).split()))
    if re.search(r"[(\[]\s*[,;.]*\s*[)\]]", text):
        text = re.sub(r"\s?(?:\(\s?[,;.]*\s?\)|\[\s?\])(?=\s|[.,;:!?]|$)", "", text)
    text = re.sub(r"\s+([,;:!?]|\.(?!\w))(?=\s|$)", r"\1", text)
    return text.strip(" –—|•·").strip()


def spoken(text: str) -> str:
    """Narration from marked text: no markup, no address, no parenthesis of links or code, plain dashes.

    Every whitespace-separated word of the result holds a letter or a digit.
    """
    text = " ".join(text.split())
    if "(" in text:
        text = _PAREN.sub(_parenthesis, text)
    text = _MARKS.sub("", text)
    if "<" in text:
        text = re.sub(r"<(?=[A-Za-z/!?])", " ", _TAG.sub(" ", text))
    if "://" in text:
        text = " ".join(word for word in text.split(" ") if "://" not in word)
    if "www." in text.lower():
        text = re.sub(r"\bwww\.\S*", " ", text, flags=re.IGNORECASE)
    text = re.sub(r" (?:--?-?|–|—|•|·|\|)(?= )| ?— ?|(?<=\w)---?(?=\w)", ", ", text)
    text = re.sub(r"…|\.{3,}", "…", text).replace("“", '"').replace("”", '"').replace("’", "'")
    words = [_SPEAKABLE.get(word, word) for word in text.split()]
    kept: list[str] = []
    for word in words:
        if any(char.isalnum() for char in word):
            kept.append(word)
            continue
        last = kept[-1] if kept else ""
        closes = word[0] in ")]" and ("(" in last or "[" in last or ")" not in last)
        ends = word in (",", ".", ";", ":", "!", "?") and last[-1:] not in (",", ".", ";", ":", "!", "?")
        if last and (closes or ends):
            kept[-1] += word
    text = " ".join(kept)
    text = re.sub(r"([,;:])[,;:]+", r"\1", text)
    return re.sub(r"[,;:]+([.!?])(?=\s|$)", r"\1", text).rstrip(",;")


def _parenthesis(match: re.Match[str]) -> str:
    inside = match[1]
    if any(mark in inside for mark in (LINK, CODE)) or not inside.strip():
        rest = re.sub(r"\b(?:and|or|see|e\.g\.|i\.e\.|via|here)\b|[\s,;:/&|+.]", "", _MARKED.sub("", inside))
        return match[0] if rest else ""
    return match[0]
