"""Captions as files: SubRip (.srt) and WebVTT (.vtt). Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from videogen.model.captions import Caption

# SubRip has no escapes. Players read <b>, {\an8} and --> as markup: a word joiner (invisible, without width) after
# the first character keeps the text to the eye and takes the meaning away.
_SRT_MARKUP = re.compile(r"(?<=<)(?=[/A-Za-z])|(?<=\{)(?=\\)|(?<=-)(?=->)")
WORD_JOINER = "\u2060"


def _stamp(seconds: float, mark: str) -> str:
    whole, thousandths = divmod(round(seconds * 1000), 1000)
    minutes, second = divmod(whole, 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{second:02}{mark}{thousandths:03}"


def to_srt(captions: Sequence[Caption]) -> str:
    """Captions as SubRip. What a player would take for markup is kept apart by U+2060, which nobody sees.

    >>> print(to_srt([Caption(start=0.5, end=2, lines=("Hello", "there"))]), end="")
    1
    00:00:00,500 --> 00:00:02,000
    Hello
    there
    """
    return "\n".join(
        f"{index}\n{_stamp(caption.start, ',')} --> {_stamp(caption.end, ',')}\n"
        + "".join(_SRT_MARKUP.sub(WORD_JOINER, line) + "\n" for line in caption.lines)
        for index, caption in enumerate(captions, start=1)
    )


def to_vtt(captions: Sequence[Caption], language: str) -> str:
    """Captions as WebVTT, with `&`, `<` and `>` as character references; the language stands in a NOTE.

    Cues carry no position: players place them at the bottom and keep them apart.
    """
    from webvtt import Caption as Cue
    from webvtt import WebVTT

    cues = [
        Cue(_stamp(caption.start, "."), _stamp(caption.end, "."), [_vtt_text(line) for line in caption.lines])
        for caption in captions
    ]
    return WebVTT(captions=cues, header_comments=[f"Language: {language}"]).content


def _vtt_text(line: str) -> str:
    return line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
