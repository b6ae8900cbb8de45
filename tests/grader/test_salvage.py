"""Definitions of a cell that broke."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.salvage import definitions


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("import os\nos._exit(0)\ndef f():\n    return 1", "import os\ndef f():\n    return 1"),
        ("%load_ext dojo\n!ls\nfrom a import b\nwhile True:\n    pass", "from a import b"),
        (
            "a = 1\nb: list = [1, {'x': 2}]\nc = f()\nd = [f() for _ in x]\ne = 10 ** 10 ** 10",
            "a = 1\nb: list = [1, {'x': 2}]",
        ),
        ("class A:\n    x = 1\nA().run()", "class A:\n    x = 1"),
        ("def f(:", ""),
        ("\0", ""),
        ("(" * 5000, ""),
    ],
)
def test_definitions_are_kept_and_nothing_that_runs(text: str, kept: str) -> None:
    assert definitions(text) == kept


@given(st.text())
def test_any_text_gives_python(text: str) -> None:
    ast.parse(definitions(text))
