from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scenes_kit import broken_laws, composed, opened
from test_scenes_figures import ASPECTS, QUICK, drawn, fitting, refusal, shaped

from videogen.inputs.source import read_source
from videogen.model.csvdata import read_columns
from videogen.model.errors import ValidationError
from videogen.model.film import film_format
from videogen.model.kinds import Chart
from videogen.model.project import Output
from videogen.model.script import Picture
from videogen.scenes.draw import draw
from videogen.scenes.themes import resolve_look, theme_names

LABELS = ["First", "Edited text", "New theme", "Unchanged"]


def chart(kind: str, *values: list[float], **more) -> dict:
    series = [{"name": f"Series {index + 1}", "values": list(one)} for index, one in enumerate(values)]
    return {"header": "H", "type": kind, "labels": LABELS[: len(values[0])], "series": series, **more}


CHARTS = {
    "bars": chart("bar", [58, 4.2, 21, 0.9], unit="s"),
    "many": chart("bar", [3, 4, 5, 6], [1, 2, 3, 4], [8, 1, 1, 1], caption="A caption"),
    "below": chart("bar", [4.1, -2.3, 0, 6.8], unit="%"),
    "line": chart("line", [12000, 12900, 9000, 15000]),
    "lines": chart("line", [1, 2, 3, 2], [4, 5, 3, 8], unit="ms"),
    "pie": chart("pie", [46, 27, 19, 8]),
    "zero": chart("bar", [0, 0, 0, 0]),
    "one": chart("bar", [5]),
}


@pytest.mark.parametrize("aspect", ASPECTS)
@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_obeys_the_laws(name, aspect, tmp_path):
    made = drawn("chart", CHARTS[name], shaped(aspect), tmp_path)
    assert broken_laws(made.motion) == []
    assert np.abs(composed(made) - np.asarray(opened(made.final))).max() < 2
    assert {move.cue for move in made.motion.moves} - {"start"} == set(made.motion.cues)


@pytest.mark.parametrize("theme", theme_names())
def test_a_chart_stands_out_in_every_theme(theme, tmp_path):
    for name in ("many", "lines", "pie"):
        assert broken_laws(drawn("chart", CHARTS[name], shaped("16:9", theme), tmp_path).motion) == []


def test_bars_are_as_long_as_their_numbers(tmp_path):
    motion = drawn("chart", chart("bar", [10, 20, 40]), shaped("16:9", lines="1080p"), tmp_path).motion
    high = [layer.height for layer in motion.layers if layer.id.startswith("bar-")]
    assert abs(high[1] / high[0] - 2) < 0.03
    assert abs(high[2] / high[0] - 4) < 0.06
    assert {move.reveal for move in motion.moves if move.layer.startswith("bar-")} == {"bottom"}
    assert [box.text for box in motion.text if box.text.isdigit()] == ["10", "20", "40"]


def test_a_ring_is_divided_by_its_shares(tmp_path):
    made = drawn("chart", chart("pie", [50, 25, 25]), shaped("16:9"), tmp_path)
    atlas = np.asarray(opened(made.layers))[..., 3]
    ink = {
        layer.id: float(
            atlas[layer.atlas_y : layer.atlas_y + layer.height, layer.atlas_x : layer.atlas_x + layer.width].sum()
        )
        for layer in made.motion.layers
    }
    assert abs(ink["segment-0"] / ink["segment-1"] - 2) < 0.1
    assert [box.text for box in made.motion.text if box.text.endswith("%")] == ["50%", "25%", "25%"]


def test_parts_come_with_their_cues_or_one_after_the_other(tmp_path):
    spoken = drawn("chart", CHARTS["bars"], shaped("16:9"), tmp_path).motion
    assert spoken.cues == ["part:0", "part:1", "part:2", "part:3"]
    assert Chart.model_validate(CHARTS["bars"]).cue_text("part:1") == "Edited text"
    together = drawn("chart", {**CHARTS["bars"], "together": True}, shaped("16:9"), tmp_path).motion
    assert together.cues == []
    delays = [move.delay for move in together.moves if move.layer.startswith("bar-")]
    assert delays == sorted(delays)
    assert len(set(delays)) == 4


def test_numbers_come_from_a_file(tmp_path):
    (tmp_path / "a.csv").write_text("Month;Users;Sales\nJan;1,5;10\nFeb;2,5;20\n")
    assert read_columns(tmp_path / "a.csv") == (["Jan", "Feb"], {"Users": [1.5, 2.5], "Sales": [10.0, 20.0]})
    (tmp_path / "b.csv").write_text('\ufeff"Month, year",Users\n"Jan, 1","1,204"\nFeb,12%\n', encoding="utf-8")
    assert read_columns(tmp_path / "b.csv") == (["Jan, 1", "Feb"], {"Users": [1204.0, 12.0]})
    from_file = drawn("chart", {"type": "bar", "path": "a.csv", "columns": ["Sales"]}, shaped("16:9"), tmp_path)
    assert {"Jan", "Feb", "10", "20"} <= {box.text for box in from_file.motion.text}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"type": "bar"}, "a chart needs numbers: give it labels and series, or the path of a CSV file"),
        (chart("bar", [1, 2]) | {"labels": ["a"]}, 'series "Series 1" has 2 values, but there are 1 labels'),
        (chart("pie", [1, 2], [3, 4]), "a pie shows one series, and there are 2"),
        (chart("pie", [1, -2]), "a pie needs values that are not below 0"),
        (chart("pie", [0, 0]), "not all 0"),
        (chart("line", [1]), "a line needs two labels or more"),
        (chart("bar", [float("nan")]), "finite"),
        ({"type": "bar", "path": "none.csv"}, 'the file "none.csv" has no numbers to draw: '),
        (
            {"type": "bar", "path": "bad.csv"},
            'bad.csv" has no numbers to draw: line 3, column "n": "n/a" is not a number',
        ),
        ({"type": "bar", "path": "short.csv"}, "line 2 has 1 cells, but there are 2 columns"),
        ({"type": "bar", "path": "empty.csv"}, "it has no numbers"),
        ({"type": "bar", "path": "ok.csv", "columns": ["m"]}, 'it has no column "m"; it has n'),
        ({"type": "pie", "path": "ok.csv", "labels": []}, "not below 0"),
    ],
)
def test_a_chart_without_numbers_says_where(content, said, tmp_path):
    for name, text in {
        "bad.csv": "k,n\na,1\nb,n/a\n",
        "short.csv": "k,n\na\n",
        "empty.csv": "",
        "ok.csv": "k,n\na,-1\nb,2\n",
    }.items():
        (tmp_path / name).write_text(text)
    assert said in refusal("chart", content, shaped("16:9"), tmp_path)


@pytest.mark.parametrize("resolution", ["480p", "1080p"])
def test_values_of_bars_that_are_equally_short_stand_clear_of_each_other(tmp_path, resolution):
    series = [
        {"name": "a", "values": [1463, 392, 0, 9e8, 74, 304]},
        {"name": "b", "values": [606, 2, 9e8, 8e8, 1, 479]},
    ]
    labels = ["21d2 b", "E", " Fdcdéd2 F1Fgc2a", "1", "1", "2dad2b"]
    content = {"type": "bar", "labels": labels, "series": series, "caption": "A caption"}
    look = resolve_look("midnight", "blue", film_format(Output(resolution=resolution), "16:9"), tmp_path)
    assert broken_laws(draw(Picture(kind="chart", content=content), look, tmp_path).motion) == []


def test_random_numbers_obey_the_laws_in_every_shape(tmp_path):
    label = st.text(st.sampled_from("abc dEF gé 12"), min_size=1, max_size=20)
    number = st.one_of(st.integers(-50, 2000), st.floats(-1e7, 1e9), st.floats(0, 1))

    @QUICK
    @given(
        st.sampled_from(ASPECTS),
        st.sampled_from(["bar", "line", "pie"]),
        st.integers(2, 14),
        st.integers(1, 4),
        st.data(),
    )
    def law(aspect, kind, count, many, data):
        if kind == "pie":
            count, many = min(count, 8), 1
        values = [data.draw(st.lists(number, min_size=count, max_size=count)) for _ in range(many)]
        if kind == "pie":
            values = [[abs(value) + 1 for value in values[0]]]
        content = {
            "type": kind,
            "labels": data.draw(st.lists(label, min_size=count, max_size=count)),
            "series": [{"name": data.draw(label), "values": one} for one in values],
            "unit": data.draw(st.sampled_from(["", "%", "€", "ms", "requests"])),
            "caption": data.draw(st.sampled_from(["", "A caption"])),
            "header": data.draw(st.sampled_from(["", "H"])),
        }
        made = fitting("chart", content, shaped(aspect), tmp_path)
        assert made is None or broken_laws(made.motion) == []

    law()


def test_a_chart_is_the_same_in_another_process_whatever_settings_lie_about(tmp_path):
    (tmp_path / "matplotlibrc").write_text("path.simplify: True\nlines.linewidth: 40\npatch.linewidth: 30\n")
    script = f"""
import hashlib, sys
sys.path[:0] = {[str(Path(__file__).parent)]!r}
from pathlib import Path
from test_scenes_figures import drawn, shaped
for content in {list(CHARTS.values())!r}:
    made = drawn("chart", content, shaped("16:9"), Path())
    print(hashlib.sha256(made.final + made.layers + made.motion.to_json()).hexdigest())
"""
    home = {"HOME": str(Path.home())}
    runs = [
        subprocess.run(
            [sys.executable, "-c", script],
            capture_output=True,
            check=True,
            env={**home, "PYTHONHASHSEED": seed},
            cwd=folder,
        ).stdout
        for seed, folder in (("1", tmp_path), ("2", Path(__file__).parent))
    ]
    assert runs[0] == runs[1]


def test_a_project_takes_the_numbers_in_and_says_what_is_wrong_with_them(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    project = tmp_path / "talk.yaml"
    project.write_text("scenes:\n  - kind: chart\n    content: {type: bar, path: a.csv}\n    narration: Two numbers.\n")
    (tmp_path / "a.csv").write_text("k,n\na,1\nb,2\n")
    config = read_source(project, tmp_path).config
    assert config.videos[0].scenes is not None
    assert config.videos[0].scenes[0].content.cue_names() == ["part:0", "part:1"]
    assert "a.csv" in config.inputs
    (tmp_path / "a.csv").write_text("k,n\na,1\nb,two\n")
    with pytest.raises(ValidationError) as caught:
        read_source(project, tmp_path)
    assert caught.value.line().startswith("talk.yaml:3:")
    assert 'the file "a.csv" has no numbers to draw: line 3, column "n": "two" is not a number' in caught.value.line()


def labels_of(content: dict, aspect: str, tmp_path: Path) -> dict[str, tuple[int, int, int]]:
    """Texts of a chart with their left and upper edge and their size."""
    text = drawn("chart", content, shaped(aspect, lines="1080p"), tmp_path).motion.text
    return {box.text: (box.x, box.y, box.size) for box in text}


def test_lines_have_their_names_at_their_ends_where_those_are_apart(tmp_path):
    apart, together = chart("line", [1, 2, 3, 2], [4, 5, 3, 8]), chart("line", [1, 2, 3, 2], [4, 5, 3, 2.1])
    at_ends = labels_of(apart, "16:9", tmp_path)
    assert at_ends["Series 1"][0] == at_ends["Series 2"][0]
    assert at_ends["Series 2"][1] < at_ends["Series 1"][1]  # the higher number is above
    for content, aspect in ((together, "16:9"), (apart, "9:16")):
        legend = labels_of(content, aspect, tmp_path)
        assert legend["Series 1"][1] == legend["Series 2"][1]


def test_a_bar_below_the_line_has_its_name_above_it(tmp_path):
    found = labels_of(CHARTS["below"], "16:9", tmp_path)
    assert found["Edited text"][1] < found["First"][1]
    assert found["\u22122.3%"][1] > found["First"][1] - 80


def test_short_names_stand_beside_bars_that_lie(tmp_path):
    short, long = (
        chart("bar", [5, 3]),
        chart("bar", [5, 3]) | {"labels": ["A name that is much too long for that", "B"]},
    )
    beside, above = labels_of(short, "9:16", tmp_path), labels_of(long, "9:16", tmp_path)
    assert abs(beside["First"][1] - beside["5"][1]) < 10
    assert above["B"][1] < above["3"][1] - 30


def test_a_unit_that_is_a_word_stands_with_the_uppermost_number(tmp_path):
    found = labels_of(chart("line", [10, 40, 30, 20], unit="ms"), "16:9", tmp_path)
    assert {"40 ms", "30", "20", "10", "0"} <= set(found)
    percent = labels_of(chart("line", [10, 40, 30, 20], unit="%"), "16:9", tmp_path)
    assert {"40%", "30%", "20%", "10%", "0%"} <= set(percent)


@pytest.mark.parametrize("aspect", ASPECTS)
def test_labels_are_never_smaller_than_the_floor_of_labels(aspect, tmp_path):
    eight = {"type": "pie", "header": "H", "labels": list("ABCDEFGH"), "series": [{"values": [1.0] * 8}]}
    for content in (*CHARTS.values(), eight):
        sizes = [box.size for box in drawn("chart", content, shaped(aspect, lines="1080p"), tmp_path).motion.text]
        assert min(sizes) >= 28
