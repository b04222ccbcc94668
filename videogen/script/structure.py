"""What a listing consists of, as a presenter would point it out: true of the code itself, never the code read out."""

from __future__ import annotations

import ast
import re
from contextlib import suppress

from videogen.script.lang import listed, number

_KEY = re.compile(r"^(?P<key>[A-Za-z][\w -]{1,24})\s*[:=](?:\s|$)", re.M)
_TABLE = re.compile(r"^\[+(?P<key>[A-Za-z][\w.-]{1,24})\]+\s*$", re.M)
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
    if language in ("python", "py", "python3"):
        return _python(code)
    if language in _SETTINGS:
        return _settings(code)
    return ""


def sayable(names: list[str]) -> list[str]:
    """Names as words, without those that nobody can say."""
    words = [re.sub(r"_+", " ", name).strip() for name in dict.fromkeys(names)]
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
    does = _definitions(body) or (_sets(body) if ending and not imports else "")
    if not does and not ending:
        return ""
    said = [text for text in (imports, does, ending) if text]
    return f"It {said[0]}." if len(said) == 1 else f"It {', '.join(said[:-1])}, and {said[-1]}."


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
