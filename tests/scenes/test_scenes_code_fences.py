from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from videogen.model.kinds import Code, CodeComparison, Command
from videogen.model.kinds.fences import from_fence


def session(language, text):
    found = from_fence(language, text, "Header")
    assert isinstance(found, Command)
    assert found.header == "Header"
    return found.prompt, [(entry.command, entry.output) for entry in found.commands]


@pytest.mark.parametrize(
    ("language", "text", "prompt", "typed"),
    [
        (
            "console",
            "$ doit\n.  hello\n\n.  count\n\n$ doit list\n",
            "$",
            [("doit", ".  hello\n\n.  count"), ("doit list", "")],
        ),
        ("bash", "$ echo `date`\nnow", "$", [("echo `date`", "now")]),
        ("powershell", "PS> dir `\n>> -r\nx", "PS>", [("dir `\n-r", "x")]),
        ("", "$ ls\na  b", "$", [("ls", "a  b")]),
        ("shell-session", "(venv) me@host:~/x$ make \\\n> all\ndone", "$", [("make \\\nall", "done")]),
        ("console", "root@host:/# id\nuid=0", "#", [("id", "uid=0")]),
        ("zsh", "me@mac ~ % ls\nx", "%", [("ls", "x")]),
        ("powershell", "PS C:\\a> dir\nx", "PS>", [("dir", "x")]),
        (
            "pycon",
            ">>> def f():\n...     return 1\n...\n>>> f()\n1",
            ">>>",
            [("def f():\n    return 1", ""), ("f()", "1")],
        ),
        ("python", ">>> 1 + 1\n2", ">>>", [("1 + 1", "2")]),
        (
            "console",
            "$ cat <<EOF > a\nhello\nEOF\n$ cat a\nhello",
            "$",
            [("cat <<EOF > a\nhello\nEOF", ""), ("cat a", "hello")],
        ),
        ("bash", "pip install videogen\nvideo-gen init", "$", [("pip install videogen", ""), ("video-gen init", "")]),
    ],
)
def test_sessions_and_commands_are_typed(language, text, prompt, typed):
    assert session(language, text) == (prompt, typed)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("python", "x = 1"),
        ("bash", "for name in *; do\n  echo $name\ndone"),
        ("bash", "# build it\nmake"),
        ("bash", "\n".join(["make"] * 9)),
        ("console", "# as root\n$ make"),
        ("console", "\n".join(["$ make"] * 30)),
        ("console", "$ " + "x" * 3000),
        ("diff", "+only\n+new"),
        ("diff", " nothing\n changed"),
        ("diff", "--- a/x\n+++ b/x\n-1\n+2\n--- a/y\n+++ b/y\n-1\n+2"),
        ("no-such-language", "$ x"),
    ],
)
def test_everything_else_is_a_listing_that_loses_nothing(language, text):
    assert from_fence(language, text) == Code(code=text, language=language)


def test_what_is_blank_or_too_long_is_not_shown():
    assert from_fence("python", " \n\n") is None
    assert from_fence("python", "x = 1\n" * 10_000) is None


def test_a_difference_is_a_comparison_in_the_language_of_its_file():
    head = "diff --git a/x.py b/x.py\nindex 1..2 100644\n--- a/x.py\n+++ b/x.py\n"
    text = head + "@@ -1,3 +1,3 @@\n a\n--- b\n+c\n@@ -9 +9 @@\n d\n"
    assert from_fence("diff", text) == CodeComparison(
        before_code="a\n-- b\n\nd", after_code="a\nc\n\nd", language="python"
    )


@given(
    st.sampled_from(["console", "bash", "python", "pycon", "diff", "text", "yaml"]),
    st.lists(
        st.tuples(
            st.sampled_from(["", "$ ", "> ", ">>> ", "... ", "+", "-", " ", "--- ", "+++ ", "@@ ", "# ", "PS C:\\>"]),
            st.text("ab<E \\`|", max_size=8),
        ).map("".join),
        max_size=12,
    ).map("\n".join),
)
@example("console", "$ a <<E\n$ b")
def test_no_block_is_too_odd(language, text):
    """Whatever stands in a fence makes a content, and its words are all in it."""
    found = from_fence(language, text)
    assert (found is None) == (not text.strip())
    if isinstance(found, Command):
        kept = "".join(entry.command + entry.output for entry in found.commands)
        assert kept.count("a") == text.count("a")
    if isinstance(found, Code):
        assert found.code == text
