"""Notebooks: text as it is, code and what it printed or drew."""

from __future__ import annotations

from typing import Literal

from videogen.inputs.adapter import Given, Reading

_MOST_BYTES = 100_000_000


class _Notebook:
    name = "ipynb"
    what = "a Jupyter notebook: its text, code, printed results, tables and pictures"
    limits = "at most 100 MB; errors, widgets and cells that their tags hide are left out"
    takes: Literal["content", "address"] = "content"
    max_bytes = _MOST_BYTES
    needs = ("nbformat", "lxml")
    extra = "videogen[ipynb]"

    def reads(self, value: str, head: bytes, media_type: str) -> bool:
        return value.lower().endswith(".ipynb") or media_type == "application/x-ipynb+json"

    def read(self, given: Given) -> Reading:
        from videogen.inputs.notebook import read_notebook

        return read_notebook(given.data, given.where)


INPUT = _Notebook()
