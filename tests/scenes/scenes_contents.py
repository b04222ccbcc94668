"""Random contents of every kind, in any script: from a letter to all that a field may hold."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from videogen.model import limits
from videogen.scenes.runs import clusters

Strategy = st.SearchStrategy[Any]

SAMPLES = {
    "pl": "Zażółć gęślą jaźń i źródło wiedzy",
    "el": "Τα βίντεο ξαναχτίζονται μόνο όταν αλλάζουν",
    "ru": "Видео пересобирается только когда что-то изменилось",
    "ar": "يدعم اللغة العربية (بالكامل) وبنسبة 12,5% مع videogen 2.0",
    "he": "הסרטון נבנה מחדש עם videogen 2.0 רק מה שהשתנה (3 קבצים)",
    "hi": "केवल बदले हुए दृश्य फिर से बनते हैं क्षेत्र श्री प्रार्थना",
    "th": "สร้างวิดีโอใหม่เฉพาะส่วนที่เปลี่ยนแปลง ที่นี่ น้ำ videogen",
    "zh": "只重新生成发生变化的场景，“直接”生成 videogen 2.0。",
    "ja": "変更された場面だけを作り直します。「直接」ビデオを作る",
    "ko": "변경된 장면만 다시 만듭니다 videogen 2.0 비디오",
    "en": "Done ✅ 🚀 👩‍💻 👍🏽 🇵🇱 ❤️ 1️⃣ and text",
}
"""A sentence in each script, and one with emoji, by language."""
LETTERS = {
    language: sorted({part for part in clusters(text) if not part.isspace()}) for language, text in SAMPLES.items()
}


def text_in(language: str, most: int = 60) -> Strategy:
    """Words made of the script's letters, with spaces between them; at most so many letters."""
    letter = st.one_of(*[st.sampled_from(LETTERS[language])] * 6, st.just(" "))
    return st.lists(letter, min_size=1, max_size=most).map(lambda parts: " ".join("".join(parts).split()) or "x")


@st.composite
def text(draw: Any, language: str, most: int) -> str:
    """One to `most` characters: mostly a phrase, sometimes a passage, or all that may be, or one endless word."""
    base = draw(text_in(language, 40))
    how = draw(st.sampled_from(["phrase"] * 6 + ["passage", "full", "endless", "mixed"]))
    if how == "mixed":
        base = f"{base} {draw(text_in(draw(st.sampled_from(sorted(LETTERS))), 20))}"
    if how in ("passage", "full"):
        size = most if how == "full" else draw(st.integers(1, most))
        base = f"{base} " * (1 + size // len(base))
    elif how == "endless":
        base = base.replace(" ", "") * draw(st.integers(1, 30))
    size = most if how in ("full", "endless") else min(most, 300 if how == "passage" else most)
    kept, length = [], 0
    for part in clusters(base):
        length += len(part)
        if length > size:
            break
        kept.append(part)
    return "".join(kept).strip() or "x"


def perhaps(some: Strategy) -> Strategy:
    """A text, or none."""
    return st.one_of(st.just(""), some)


def record(**fields: Strategy) -> Strategy:
    """A mapping with all of these keys."""
    return st.fixed_dictionaries(fields)


def some(each: Strategy, most: int, least: int = 1) -> Strategy:
    """A list, short ones being likelier."""
    return st.one_of(
        *[st.lists(each, min_size=least, max_size=min(most, 6))] * 3, st.lists(each, max_size=most)
    ).filter(lambda found: len(found) >= least)


@st.composite
def tables(draw: Any, cell: Strategy, header: Strategy) -> dict[str, Any]:
    """Small and large tables."""
    across = draw(st.integers(1, limits.LONGEST_TABLE_COLUMNS))
    down = draw(st.one_of(st.integers(1, 8), st.integers(1, limits.LONGEST_TABLE_ROWS)))
    kinds = draw(st.lists(st.lists(cell, min_size=across, max_size=across), min_size=1, max_size=min(down, 6)))
    return {
        "header": draw(header),
        "columns": draw(st.lists(perhaps(cell), min_size=across, max_size=across)),
        "rows": [kinds[row % len(kinds)] for row in range(down)],
        "highlight": draw(st.sampled_from([None, "spoken", [1], [down]])),
    }


@st.composite
def charts(draw: Any, label: Strategy, line: Strategy) -> dict[str, Any]:
    """Bars, lines and rings."""
    kind = draw(st.sampled_from(["bar", "line", "pie"]))
    count = draw(st.integers(2, 8 if kind == "pie" else 12))
    value = st.one_of(st.integers(1, 10**6), st.floats(0.5, 1e6)) if kind == "pie" else st.floats(-1e6, 1e6)
    each = st.lists(value, min_size=count, max_size=count)
    series = st.lists(record(name=label, values=each), min_size=1, max_size=1 if kind == "pie" else 4)
    return {
        "header": draw(perhaps(line)),
        "type": kind,
        "labels": draw(st.lists(label, min_size=count, max_size=count)),
        "series": draw(series),
        "unit": draw(st.sampled_from(["", "%", "ms", "EUR"])),
        "caption": draw(perhaps(line)),
    }


@st.composite
def diagrams(draw: Any, label: Strategy, line: Strategy) -> dict[str, Any]:
    """Flowcharts with loops, of labels without the signs that Mermaid keeps for itself."""
    count = draw(st.integers(1, 10))
    names = [draw(label).replace('"', "").replace("`", "") or "x" for _ in range(count)]
    edges = draw(st.lists(st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)), max_size=14))
    rows = [f'  n{index}["{name}"]' for index, name in enumerate(names)] + [f"  n{a} --> n{b}" for a, b in edges]
    way = draw(st.sampled_from(["LR", "TD", "BT", "RL"]))
    return {
        "header": draw(perhaps(line)),
        "source": "\n".join([f"flowchart {way}", *rows]),
        "caption": draw(perhaps(line)),
    }


@st.composite
def quizzes(draw: Any, line: Strategy, question: Strategy) -> dict[str, Any]:
    """A question with options that differ."""
    options = [f"{number} {option}"[:300].strip() for number, option in enumerate(draw(some(line, 8, 2)))]
    return {
        "question": draw(question),
        "options": options,
        "correct_answer": "ABCDEFGH"[draw(st.integers(0, len(options) - 1))],
        "show_answer": draw(st.booleans()),
    }


def listings(language: str) -> Strategy:
    """Lines of code, with the script in some of them."""
    ascii_line = st.text("abcxyz ()=[]{}'\"#:.,\t01+", max_size=90)
    line = st.one_of(*[ascii_line] * 4, text(language, 200).map("    # {}".format))
    return st.lists(line, min_size=1, max_size=30).map("\n".join).map(lambda code: code if code.strip() else "x")


def content_of(kind: str, language: str) -> Strategy:
    """Contents of a kind as a project holds them, valid by its model, in the script of a language."""
    line, passage, phrase = text(language, 300), text(language, 2000), text_in(language, 24)
    detail = perhaps(text(language, 600))
    point = st.one_of(line, record(text=line, detail=detail))
    code, tongue = listings(language), st.sampled_from(["python", "console", "yaml", "text", "diff", "no-such"])
    output = st.lists(text(language, 120), max_size=40).map("\n".join)
    header = perhaps(line)
    return {
        "title": record(title=line, subtitle=header, eyebrow=perhaps(phrase)),
        "section": record(title=line, number=st.sampled_from(["", "2", "12", "IV"]), summary=detail),
        "outro": record(main_text=line, sub_text=header, items=st.lists(line, max_size=4)),
        "bullets": record(header=line, items=some(line, limits.MAX_ITEMS), ordered=st.booleans()),
        "quote": record(text=passage, attribution=header),
        "callout": record(
            tone=st.sampled_from(["note", "tip", "important", "warning", "caution"]), title=header, text=passage
        ),
        "list": record(header=line, description=detail, items=some(point, 24)),
        "steps": record(header=header, steps=some(point, 24)),
        "timeline": record(header=header, events=some(record(date=phrase, label=line, text=detail), 24)),
        "two_columns": record(
            header=header,
            left_header=line,
            left_items=some(line, 24),
            right_header=line,
            right_items=some(line, 24),
            signs=st.sampled_from(["plain", "verdict"]),
        ),
        "stat": record(
            value=st.sampled_from(["0", "92", "3.5", "12,480", "-20", "999999999999"]),
            prefix=perhaps(text(language, 8)),
            suffix=perhaps(text(language, 12)),
            label=line,
            context=detail,
        ),
        "learning_objectives": record(
            lesson_title=line, objectives=some(line, 12), lesson_info=st.lists(line, max_size=4)
        ),
        "problem": record(
            problem_number=st.sampled_from(["", 7, "1.1.4", "Appendix A"]),
            title=line,
            problem_text=passage,
            difficulty=perhaps(text(language, 24)),
        ),
        "exercise": record(
            title=line,
            instructions=some(line, 12),
            difficulty=perhaps(text(language, 24)),
            estimated_time=perhaps(text(language, 24)),
        ),
        "quiz": quizzes(line, text(language, 600)),
        "checkpoint": record(
            checkpoint_number=st.sampled_from(["", 2, "3.4"]),
            title=line,
            completed_topics=some(line, 12),
            review_questions=st.lists(line, max_size=6),
            next_topics=st.lists(line, max_size=6),
            labels=st.lists(line, min_size=3, max_size=3),
        ),
        "table": tables(st.one_of(phrase, phrase, st.just("1,024 MB"), line), header),
        "image": record(
            header=header, path=st.just("wide.png"), caption=header, fit=st.sampled_from(["contain", "cover"])
        ),
        "video": record(
            header=header, path=st.just("clip.mp4"), caption=header, fit=st.sampled_from(["contain", "cover"])
        ),
        "chart": charts(perhaps(phrase), line),
        "diagram": diagrams(st.one_of(phrase, phrase, line), line),
        "code": record(header=header, code=code, language=tongue, caption=header, line_numbers=st.booleans()),
        "code_comparison": record(
            header=header, before_code=code, after_code=code, before_label=line, after_label=line, language=tongue
        ),
        "command": record(
            header=header,
            description=header,
            commands=some(st.one_of(line, record(command=line, output=output)), 8),
            prompt=st.sampled_from(["$", ">>>", "", "me@host:~$"]),
        ),
        "terminal": record(
            header=header,
            command=line,
            output=output,
            keep=st.sampled_from(["both", "start", "end"]),
            caption=header,
        ),
        "solution": record(title=line, solution_code=code, explanation=perhaps(passage), language=tongue),
    }[kind]
