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

from videogen.model.graph import Edge, Frame, read_graph
from videogen.model.kinds import Diagram
from videogen.scenes.labelling import overlap
from videogen.scenes.layered import Boxes, Manner, Way, arrange
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


PIPELINE = """flowchart TD
 A([Push to main]) --> B[Check out the code]
 B --> C[Install dependencies]
 C --> D[Lint and type check]
 C --> E[Unit tests]
 C --> F[Integration tests]
 D --> G{All green?}
 E --> G
 F --> G
 G -->|yes| H[Build container image]
 G -->|no| I[Notify the author]
 I -.->|fix and push| A
 H --> J[(Registry)]
 J --> K{Approved by a person?}
 K -->|approved| L([Deploy to production])
 K -->|rejected| I
"""
STAGES = """flowchart LR
 a[Requirements] --> b[Design review] --> c[Prototype] --> d{Good enough?}
 d -->|no, again| b
 d -->|yes| e[Implementation] --> f[Code review] --> g[Integration] --> h[Load test]
 h --> i[Documentation] --> j[Release candidate] --> k{Signed off?} -->|by all| l([Released])
"""
FAN = """flowchart LR
 yaml[Project file] --> source; md[Markdown] --> source
 source[Source] --> parse[Parse] --> script[Script]
 script --> s1[Scene one] & s2[Scene two] & s3[Scene three]
 s1 --> a1[Voice 1]; s1 --> p1[Pictures 1]
 s2 --> a2[Voice 2]; s2 --> p2[Pictures 2]
 s3 --> a3[Voice 3]; s3 --> p3[Pictures 3]
 a1 & p1 --> g1[Segment 1]
 a2 & p2 --> g2[Segment 2]
 a3 & p3 --> g3[Segment 3]
 g1 & g2 & g3 --> join[Join]
 join --> film[(Film)] --> check{Check}
"""
SERVERS = """graph TD
 client[Browser or mobile client] -->|HTTPS request| lb[Load balancer]
 lb --> web1[Web server one] & web2[Web server two]
 web1 & web2 -->|session lookup| cache[(Session cache)]
 web1 & web2 -->|read and write| db[(Primary database)]
 db -->|streaming replication| replica[(Read replica)]
 web1 -->|publish event| queue[[Message queue]]
 web2 -->|publish event| queue
 queue --> worker[Background worker]
 worker -->|store result| bucket[(Object storage)]
 worker --> mail[Mail service]
 bucket --> cdn[Content delivery network]
 cdn -->|cached assets| client
"""
FRAMES = """flowchart LR
  subgraph one [Client side]
    direction TB
    a1[Editor]-->a2[Language server]
  end
  subgraph two [Server side]
    b1[API]-->b2[(Database)]
    subgraph three [Workers]
      c1[Queue]-->c2[Worker]
    end
  end
  one --> two
  a2 -->|JSON| b1
  b1 --> c1
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
    ("arrow", "label", "stroke", "head", "tail"),
    [
        ("-->", "", "solid", True, False),
        ("---", "", "solid", False, False),
        ("---->", "", "solid", True, False),
        ("-.->", "", "dashed", True, False),
        ("-..-", "", "dashed", False, False),
        ("==>", "", "thick", True, False),
        ("===", "", "thick", False, False),
        ("~~~", "", "hidden", False, False),
        ("--o", "", "solid", True, False),
        ("x--x", "", "solid", True, True),
        ("<-->", "", "solid", True, True),
        ("-->|a b|", "a b", "solid", True, False),
        ("-- a b -->", "a b", "solid", True, False),
        ("-- a b ---", "a b", "solid", False, False),
        ("== a b ==>", "a b", "thick", True, False),
        ("-. a b .->", "a b", "dashed", True, False),
        ("e1@-->", "", "solid", True, False),
    ],
)
def test_arrows_of_all_forms_are_read(arrow, label, stroke, head, tail):
    (edge,) = read_graph(f"graph TD\n  A {arrow} B").edges
    assert edge == Edge(0, 1, label, stroke, head, tail)


def test_what_says_how_it_looks_is_read_over():
    source = """---
title: A title
---
%%{init: {
  "theme": "dark"}}%%
graph TD
  A & B --> C --> D:::red %% a comment
  classDef red fill:#f00
  class A,B red
  style C stroke:#333
  linkStyle 0,1 stroke:#333
  click A "https://example.org" _blank
  E@{ shape: diam, label: "Is it, then?" }
"""
    graph = read_graph(source)
    assert [(node.id, node.label, node.shape) for node in graph.nodes[:4]] == [(n, n, "box") for n in "ABCD"]
    assert (graph.nodes[4].label, graph.nodes[4].shape) == ("Is it, then?", "diamond")
    assert [(edge.start, edge.end) for edge in graph.edges] == [(0, 2), (1, 2), (2, 3)]


def test_subgraphs_are_frames_and_arrows_lead_to_them():
    graph = read_graph(FRAMES)
    assert graph.frames == (Frame("Client side"), Frame("Server side"), Frame("Workers", 1))
    assert {node.id: node.frame for node in graph.nodes} == {"a1": 0, "a2": 0, "b1": 1, "b2": 1, "c1": 2, "c2": 2}
    assert Edge(6, 7) in graph.edges  # frames count on after the six nodes
    empty = read_graph("graph TD\n subgraph x [No one]\n end\n a --> x")
    assert [(node.label, node.frame) for node in empty.nodes] == [("a", None), ("No one", None)]
    dot = read_graph('digraph { subgraph cluster_a { label="One"; a -> b } subgraph { b; c } b -> c }')
    assert dot.frames == (Frame("One"),)
    assert [node.frame for node in dot.nodes] == [0, 0, None]


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
        ("graph TD\n subgraph x\n a", 'line 3, column 3 of the diagram: a subgraph has no "end"'),
        ("graph TD\n a\n end", 'line 3, column 2 of the diagram: this "end" has no subgraph'),
        ("graph TD\n subgraph x\n a\n end\n x --> a", 'the diagram joins the subgraph "x" with itself or with what is'),
        ("graph TD\n", "the diagram has no nodes"),
        ("digraph {", 'line 1, column 10 of the diagram: a "}" is missing'),
        ("digraph {\n a -- b }", 'line 2, column 4 of the diagram: in this kind of graph an edge is written "->"'),
        ("digraph { a [label=<b>] }", "column 20 of the diagram: HTML labels are not drawn"),
        ("digraph { subgraph c { a ", 'column 11 of the diagram: a "}" is missing'),
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
        st.sampled_from([0.0, 0.6, 1.8]),
        st.booleans(),
    )
)


@QUICK
@given(BOXES)
def test_no_box_overlaps_another_and_lines_that_cross_one_are_known(given_):
    sizes, edges, fold, across = given_
    none = [None] * len(sizes)
    ways = [Way(*pair) for pair in dict.fromkeys(edges)]
    found = arrange(Boxes(sizes, [False] * len(sizes), none, [], []), ways, 36, Manner(across, fold))

    def inside(x, y, box):
        (cx, cy), (wide, high) = found.centres[box], sizes[box]
        return abs(x - cx) < wide / 2 - 2 and abs(y - cy) < high / 2 - 2

    for one, (x, y) in enumerate(found.centres):
        for other in range(one):
            wide, high = (sum(side) / 2 - 1 for side in zip(sizes[one], sizes[other], strict=True))
            assert not (abs(x - found.centres[other][0]) < wide and abs(y - found.centres[other][1]) < high)
    crossed = 0
    for way, route in zip(ways, found.routes, strict=True):
        points = [
            (x0 + (x1 - x0) * step / 40, y0 + (y1 - y0) * step / 40)
            for (x0, y0), (x1, y1) in pairwise(route)
            for step in range(41)
        ]
        crossed += any(inside(*at, box) for at in points for box in range(len(sizes)))
        for box, (x, y) in zip((way.start, way.end), (route[0], route[-1]), strict=True):
            (cx, cy), (wide, high) = found.centres[box], sizes[box]
            # a line meets its box at its edge
            assert min(abs(abs(x - cx) - wide / 2), abs(abs(y - cy) - high / 2)) < 1
            assert abs(x - cx) <= wide / 2 + 1
            assert abs(y - cy) <= high / 2 + 1
    assert bool(crossed) <= bool(found.faults)


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


@pytest.mark.parametrize("aspect", ASPECTS)
@pytest.mark.parametrize("source", [PIPELINE, STAGES, SERVERS, FAN, FRAMES])
def test_a_dozen_nodes_fit_every_shape(source, aspect, tmp_path):
    made = drawn("diagram", content(source), shaped(aspect, lines="1080p"), tmp_path)
    assert broken_laws(made.motion) == []
    sizes = [box.size for box in made.motion.text if box.role == "label"]
    assert min(sizes) >= 24
    assert len(made.motion.cues) == len(read_graph(source).nodes)


def test_a_frame_is_around_what_is_in_it():
    graph = read_graph(FRAMES)
    sizes = [(200.0, 80.0)] * len(graph.nodes)
    inside, outer = [node.frame for node in graph.nodes], [frame.outer for frame in graph.frames]
    ways = [Way(edge.start, edge.end, (90, 30) if edge.label else None) for edge in graph.edges]
    for across in (True, False):
        found = arrange(Boxes(sizes, [False] * 6, inside, outer, [(150.0, 40.0)] * 3), ways, 36, Manner(across))
        for (x, y), frame in zip(found.centres, inside, strict=True):
            for around in graph.around(frame):
                left, top, right, bottom = found.frames[around]
                assert left <= x - 100 < x + 100 <= right
                assert top + 40 <= y - 40 < y + 40 <= bottom
        assert not overlap(*found.frames[:2])
        for frame, (left, top, right, bottom) in zip(found.frames, found.titles, strict=True):
            assert frame[0] <= left < right <= frame[2]
            assert frame[1] <= top < bottom <= frame[3]


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
