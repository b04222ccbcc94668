"""What a listing consists of, as a presenter would point it out: true of the code itself, never the code read out."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from contextlib import suppress

from videogen.script.lang import listed, number

_KEY = re.compile(r"^(?P<key>[A-Za-z][\w -]{1,24})\s*[:=](?:\s|$)", re.M)
_TABLE = re.compile(r"^\[+(?P<key>[A-Za-z][\w.-]{1,24})\]+\s*$", re.M)
_PYTHON = ("python", "py", "python3")
_SETTINGS = frozenset("yaml yml toml ini cfg".split())  # noqa: SIM905
MOST_NAMED = 3
"""Names in one sentence: more are not remembered."""


def contents(code: str, language: str) -> str:
    """A sentence in English on what Python or settings consist of; "" where there is nothing worth pointing out.

    >>> contents("import click\\n\\ndef hello(name):\\n    print(name)\\n", "python")
    'It imports click, and defines a function called hello.'
    >>> contents("title: Kiln\\nscenes:\\n  - kind: bullets\\n", "yaml")
    'It sets title and scenes.'
    """
    language = language.lower()
    if language in _PYTHON:
        return _python(code)
    if language in _SETTINGS:
        return _settings(code)
    return ""


_ACRONYM = re.compile(r"\b(?:api|cli|csv|html|http|json|sql|uri|url|xml|yaml)\b")

_SEEN = 5
"""Values of a session that are named."""


def session(lines: list[str]) -> str:
    """A sentence in English on what is typed at a Python prompt; "" where there is nothing worth pointing out.

    >>> session(["import kiln", "p = kiln.bake('a')", "p.size", "p.title()"])
    'It imports kiln, calls bake, and then looks at the size and the title.'
    """
    body = [node for line in lines for node in _parsed(line.splitlines())]
    imports = _imports(body)
    calls = sayable([_last(node.value) for node in body if isinstance(node, ast.Assign)])
    asked = [node.value for node in body if isinstance(node, ast.Expr)]
    does = [node for node in asked if isinstance(node, ast.Call)]
    seen = sayable([_last(node) for node in asked if not isinstance(node, ast.Name)])
    told = [imports] if imports else []
    if calls:
        told.append(f"calls {listed(calls[:MOST_NAMED])}")
    if seen and len(does) == len(asked) and not calls:
        told.append(f"calls {listed(seen[:MOST_NAMED])}")
    elif seen:
        told.append(f"looks at {listed([f'the {name}' for name in seen[:_SEEN]])}")
    if len(told) < 2:
        return ""
    return f"It {told[0]}, and then {told[1]}." if len(told) == 2 else f"It {told[0]}, {told[1]}, and then {told[2]}."


def _last(node: ast.expr) -> str:
    """The last name in an expression such as `a.b.headers["x"]` or `a.json()`; "" in one of another form."""
    while isinstance(node, (ast.Subscript, ast.Call, ast.Await)):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def sayable(names: list[str]) -> list[str]:
    """Names as words, without those that nobody can say."""
    words = [re.sub(r"_+", " ", name).strip() for name in dict.fromkeys(names)]
    words = [_ACRONYM.sub(lambda found: found[0].upper(), word) for word in words]
    return [word for word in words if len(word) > 2 and len(word.split()) <= 3 and word.replace(" ", "").isalpha()]


def _settings(code: str) -> str:
    tables = sayable([match["key"].replace("-", "_").replace(".", "_") for match in _TABLE.finditer(code)])
    if tables:
        one = len(tables) == 1
        return f"It has {'a table' if one else 'tables'} for {listed(tables[:MOST_NAMED])}."
    keys = sayable([match["key"].replace("-", "_") for match in _KEY.finditer(code)])
    if not keys:
        return ""
    return f"It sets {listed(keys)}." if len(keys) <= MOST_NAMED else f"It starts with {listed(keys[:2])}."


def _python(code: str) -> str:
    body = _parsed(code.splitlines())
    if not body:
        return ""
    imports, ending = _imports(body), _ending(body)
    does = _definitions(body) or (_sets(body) if ending or imports else "")
    if not does and not ending:
        return ""
    said = [text for text in (imports, does, ending) if text]
    return f"It {said[0]}." if len(said) == 1 else f"It {', '.join(said[:-1])}, and {said[-1]}."


def followed(code: str, language: str) -> list[tuple[str, str]]:
    """The verbs of what `contents` says of Python, each with the lines that it speaks of.

    >>> followed("import click\\n\\ndef hello(name):\\n    print(name)\\n", "python")
    [('imports', '1'), ('defines', '3-4')]
    """
    sentence = contents(code, language)
    if language.lower() not in _PYTHON or not sentence:
        return []
    body = _parsed(code.splitlines())
    last = body[-1:]
    sorts = {
        "imports": [node for node in body if isinstance(node, (ast.Import, ast.ImportFrom))],
        "defines": [n for n in body if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))],
        "sets": [node for node in body if isinstance(node, ast.Assign)],
        "runs": last,
        "prints": [node for node in body if isinstance(node, ast.Expr)][-1:],
    }
    told = [verb for verb in re.findall(r"\w+", sentence) if sorts.get(verb)]
    return [(verb, _lines(sorts[verb])) for verb in dict.fromkeys(told)]


def _lines(nodes: Sequence[ast.stmt]) -> str:
    spans = []
    for node in nodes:
        decorators = getattr(node, "decorator_list", [])
        spans.append((min(node.lineno, *(one.lineno for one in decorators), node.lineno), node.end_lineno))
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in spans)


def _parsed(lines: list[str]) -> list[ast.stmt]:
    """The statements of a listing, or of as much of its beginning as is whole."""
    for end in range(len(lines), 0, -1):
        with suppress(SyntaxError, ValueError, RecursionError):
            return ast.parse("\n".join(lines[:end])).body
    return []


def _imports(body: list[ast.stmt]) -> str:
    names: list[str] = []
    for node in body:
        if isinstance(node, ast.Import):
            names += [alias.name.split(".")[0] for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names += [alias.name for alias in node.names]
    named = sayable(names)
    if not named or len(named) < len(set(names)):
        return ""
    return f"imports {listed(named)}" if len(named) <= MOST_NAMED else f"imports {number(len(named))} names"


def _definitions(body: list[ast.stmt]) -> str:
    functions = [node.name for node in body if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]
    classes = [node for node in body if isinstance(node, ast.ClassDef)]
    told = []
    if classes:
        fields = [node for node in classes[0].body if isinstance(node, (ast.AnnAssign, ast.Assign))]
        told.append(_called("a class", "classes", [node.name for node in classes]))
        if told[0] and len(classes) == 1 and len(fields) > 1:
            told[0] += f" with {number(len(fields))} fields"
    if functions:
        told.append(_called("a function", "functions", functions))
    told = [text for text in told if text]
    return f"defines {' and '.join(told)}" if told else ""


def _called(one: str, many: str, names: list[str]) -> str:
    named = sayable(names)
    if len(names) == 1:
        return f"{one} called {named[0]}" if named else one
    called = f", {listed(named)}" if len(named) == len(names) <= MOST_NAMED else ""
    return f"{number(len(names))} {many}{called}"


def _sets(body: list[ast.stmt]) -> str:
    targets = [
        node.targets[0].id for node in body if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    ]
    named = sayable(targets)
    return f"sets {listed(named)}" if 0 < len(named) <= MOST_NAMED else ""


def _ending(body: list[ast.stmt]) -> str:
    last = body[-1]
    if isinstance(last, ast.If) and isinstance(last.test, ast.Compare) and ast.unparse(last.test.left) == "__name__":
        return "runs it at the end"
    prints = [
        node
        for node in body
        if isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Name)
        and node.value.func.id == "print"
    ]
    if prints:
        return "prints the results" if len(prints) > 1 else "prints the result"
    return "runs a loop" if isinstance(last, (ast.For, ast.While)) else ""
