from __future__ import annotations

import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scenes_kit import broken_laws, composed, opened
from test_scenes_figures import ASPECTS, QUICK, drawn, fitting, refusal, shaped

from videogen.model.graph import Edge, read_graph
from videogen.model.kinds import Diagram
from videogen.scenes.layered import arrange
from videogen.scenes.themes import theme_names

FLOW = """flowchart LR
  %% a comment
  A[Start] --> B{Is it?}
  B -->|yes| C([Done]); B -- no --> D[(Store)] & E((x))
  D -.-> A
  E ==> A
  A <--> C
  D --- D
  class A big
"""


def content(source: str, **more: str) -> dict:
    return {"header": "H", "source": source, **more}


def test_a_flowchart_is_read():
    graph = read_graph(FLOW)
    assert graph.direction == "right"
    assert [(node.id, node.label, node.shape) for node in graph.nodes] == [
        ("A", "Start", "box"),
        ("B", "Is it?", "diamond"),
        ("C", "Done", "pill"),
        ("D", "Store", "cylinder"),
        ("E", "x", "circle"),
    ]
    assert graph.edges == (
        Edge(0, 1),
        Edge(1, 2, "yes"),
        Edge(1, 3, "no"),
        Edge(1, 4, "no"),
        Edge(3, 0, "", "dashed"),
        Edge(4, 0, "", "thick"),
        Edge(0, 2, tail=True),
        Edge(3, 3, head=False),
    )


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ('A["a [b] (c)"]', "a [b] (c)"),
        ("A(one<br/>two)", "one\ntwo"),
        ("A[**bold** `code`]", "bold code"),
        ("A[a#quot;b]", 'a"b'),
        ("A:::red", "A"),
        ("my-node.1", "my-node.1"),
    ],
)
def test_labels_are_read_as_they_are_shown(text, label):
    assert read_graph(f"graph TD\n  {text}").nodes[0].label == label


def test_dot_is_read():
    graph = read_graph(
        'digraph G { rankdir=LR; node [shape=box]; // c\n a -> b -> {c d} [label="go" style=dashed];\n'
        ' a [label="Hi\\nyou", shape=diamond]; d -> a [dir=both] }'
    )
    assert graph.direction == "right"
    assert [(node.label, node.shape) for node in graph.nodes] == [
        ("Hi\nyou", "diamond"),
        ("b", "box"),
        ("c", "box"),
        ("d", "box"),
    ]
    assert graph.edges == (
        Edge(0, 1, "go", "dashed"),
        Edge(1, 2, "go", "dashed"),
        Edge(1, 3, "go", "dashed"),
        Edge(3, 0, tail=True),
    )
    assert [edge.head for edge in read_graph("graph { a -- b }").edges] == [False]


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("hello", "line 1, column 1 of the diagram: a diagram begins with"),
        ("flowchart XX\n a", 'line 1, column 11 of the diagram: "XX" is no direction'),
        ("graph TD\n A[x --> B", 'line 2, column 3 of the diagram: the label of "A" is not closed'),
        ("graph TD\n A -> B", "line 2, column 4 of the diagram: here should be an arrow"),
        ("graph TD\n A --> ", "line 2, column 8 of the diagram: here should be the name of a node"),
        ("graph TD\n subgraph x\n end", "line 2, column 2 of the diagram: subgraphs are not drawn"),
        ("graph TD\n", "the diagram has no nodes"),
        ("digraph {", 'line 1, column 10 of the diagram: a "}" is missing'),
        ("digraph {\n a -- b }", 'line 2, column 4 of the diagram: in this kind of graph an edge is written "->"'),
        ("digraph { a [label=<b>] }", "column 20 of the diagram: HTML labels are not drawn"),
        ("digraph { subgraph c { a } }", "column 11 of the diagram: subgraphs are not drawn"),
        ("digraph { a:n -> b }", "ports are not drawn"),
        ("graph TD\n" + "".join(f"n{i} --> n{i + 1}\n" for i in range(299)), "the diagram has 300 nodes; at most 60"),
        ("graph TD\n" + "a --> b\n" * 200, "the diagram has 200 arrows; at most 120"),
    ],
)
def test_what_cannot_be_read_says_where(source, said):
    line = refusal("diagram", content(source), shaped("16:9"), Path())
    assert line.startswith("diagram scene: source: ")
    assert said in line


@QUICK
@given(
    st.sampled_from(["graph TD\n%s", "digraph {%s}"]), st.text(st.sampled_from('AB-.=>{}[]()|&;\n "<x'), max_size=40)
)
def test_any_text_is_a_graph_or_says_why_not(language, text):
    said = "the diagram"
    try:
        read_graph(language % text)
    except ValueError as error:
        said = str(error)
    assert "the diagram" in said


BOXES = st.integers(1, 14).flatmap(
    lambda count: st.tuples(
        st.lists(st.tuples(st.integers(60, 320), st.integers(50, 140)), min_size=count, max_size=count),
        st.lists(st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)), max_size=2 * count),
    )
)


@QUICK
@given(BOXES)
def test_no_box_overlaps_another_and_no_line_crosses_one(given_):
    sizes, edges = given_
    edges = [pair for pair in edges if pair[0] != pair[1]]
    found = arrange(sizes, edges, 40, 70, 18)

    def inside(x, y, box):
        (cx, cy), (wide, high) = found.centres[box], sizes[box]
        return abs(x - cx) < wide / 2 - 2 and abs(y - cy) < high / 2 - 2

    for one, (x, y) in enumerate(found.centres):
        for other in range(one):
            wide, high = (sum(side) / 2 - 1 for side in zip(sizes[one], sizes[other], strict=True))
            assert not (abs(x - found.centres[other][0]) < wide and abs(y - found.centres[other][1]) < high)
    for pair, route in zip(edges, found.routes, strict=True):
        for (x0, y0), (x1, y1) in pairwise(route):
            for step in range(9):
                at = x0 + (x1 - x0) * step / 8, y0 + (y1 - y0) * step / 8
                assert not any(inside(*at, box) for box in range(len(sizes)))
        for box, (x, y) in zip(pair, (route[0], route[-1]), strict=True):
            cx, cy = found.centres[box]
            assert abs(abs(y - cy) - sizes[box][1] / 2) < 1  # a line meets its box at its edge
            assert abs(x - cx) <= sizes[box][0] / 2


@pytest.mark.parametrize("aspect", ASPECTS)
def test_a_diagram_obeys_the_laws_and_comes_node_by_node(aspect, tmp_path):
    made = drawn("diagram", content(FLOW, caption="A caption"), shaped(aspect), tmp_path)
    assert broken_laws(made.motion) == []
    assert np.abs(composed(made) - np.asarray(opened(made.final))).max() <= 2  # several layers, each rounded
    assert made.motion.cues == [f"node:{index}" for index in range(5)]
    cues = {move.layer: move.cue for move in made.motion.moves}
    assert [cues[f"node-{index}"] for index in range(5)] == made.motion.cues
    assert cues["edge-2"] == "node:3"  # B to D
    assert Diagram(source=FLOW).cue_text("node:3") == "Store"


@pytest.mark.parametrize("theme", theme_names())
def test_a_diagram_stands_out_in_every_theme(theme, tmp_path):
    assert broken_laws(drawn("diagram", content(FLOW), shaped("16:9", theme), tmp_path).motion) == []


def test_a_direction_is_turned_where_there_is_no_room(tmp_path):
    chain = "graph LR\n" + " --> ".join(f"n{i}[Station {i}]" for i in range(7))

    def spread(aspect):
        text = [
            box for box in drawn("diagram", content(chain), shaped(aspect), tmp_path).motion.text if box.role == "label"
        ]
        return max(box.x for box in text) - min(box.x for box in text), max(b.y for b in text) - min(b.y for b in text)

    wide, tall = spread("16:9"), spread("9:16")
    assert wide[0] > wide[1]
    assert tall[1] > tall[0]


def test_a_graph_too_large_for_the_page_is_refused(tmp_path):
    tower = "graph TD\n" + "\n".join(f"n{i}[Something {i}] --> n{i + 1}" for i in range(58))
    said = refusal("diagram", content(tower), shaped("16:9"), tmp_path)
    assert said.startswith("diagram scene: the diagram does not fit: 59 nodes at the smallest legible size take ")


def test_random_graphs_obey_the_laws_in_every_shape(tmp_path):
    name = st.integers(0, 8).map(lambda number: f"n{number}")
    label = st.text(st.sampled_from("abc dEF gé 12"), max_size=24)
    shape = st.sampled_from(["[%s]", "(%s)", "([%s])", "((%s))", "{%s}", "{{%s}}", "[(%s)]", "[[%s]]", "[/%s/]"])
    node = st.builds(lambda n, s, t: n + s % (t.strip() or "x"), name, shape, label)
    edge = st.builds(
        lambda a, b, link, text: f"{a} {link} {'|' + text.strip() + '|' if text.strip() else ''} {b}",
        node,
        node,
        st.sampled_from(["-->", "---", "-.->", "==>", "<-->"]),
        st.one_of(st.just(""), label),
    )

    @QUICK
    @given(st.sampled_from(ASPECTS), st.sampled_from(["TD", "LR", "BT", "RL"]), st.lists(edge, min_size=1, max_size=9))
    def law(aspect, direction, edges):
        made = fitting("diagram", content(f"graph {direction}\n" + "\n".join(edges)), shaped(aspect), tmp_path)
        assert made is None or broken_laws(made.motion) == []

    law()


def test_a_diagram_is_the_same_in_another_process(tmp_path):
    script = f"""
import hashlib, sys
sys.path[:0] = {[str(Path(__file__).parent)]!r}
from pathlib import Path
from test_scenes_figures import drawn, shaped
made = drawn("diagram", {content(FLOW)!r}, shaped("16:9"), Path())
print(hashlib.sha256(made.final + made.layers + made.motion.to_json()).hexdigest())
"""
    runs = {
        subprocess.run(
            [sys.executable, "-c", script], capture_output=True, check=True, env={"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(runs) == 1
