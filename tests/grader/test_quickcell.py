"""Where the quick answers about a cell's text say something, IPython says the same."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from IPython.core.displayhook import DisplayHook
from IPython.core.inputtransformer2 import TransformerManager
from IPython.core.interactiveshell import InteractiveShell

from grader.quickcell import is_plain, may_await, may_end_quietly

PIECES = [
    *("x = 1", "f(x)", "    y", "\t", "\n", "\n\n", ";", "# note", "#", "'a;b'", '"""', "'''", "\\", "=", " = "),
    *("%time 1", "%%bash", "!ls", "x = !ls", "x = %pwd", "?x", "x?", "x??", "x? # why", ",f 1", ";f 1", "/f 1"),
    *(">>> x", "... x", "In [1]: x", "Inner", "if x:", "def f():", "    return 1", "await f()", "async def g():", "é"),
]
cells = st.lists(st.sampled_from(PIECES), max_size=7).map("".join) | st.lists(st.sampled_from(PIECES)).map("\n".join)


@settings(max_examples=400, deadline=None)
@given(cells)
@example("x = 1\n    return 1\n = ")
@example("x = '''\n  \n'''\n\t")
def test_a_plain_cell_is_one_that_ipython_leaves_as_it_is(text: str) -> None:
    if is_plain(text):
        try:
            done = TransformerManager().transform_cell(text)
        except IndentationError:
            # IPython can't read it. It is no Python either, so that whoever compiles it leaves it to IPython.
            with pytest.raises(SyntaxError):
                compile(text, "cell", "exec")
        else:
            assert done == text + ("" if text.endswith("\n") else "\n")


@settings(max_examples=400, deadline=None)
@given(cells)
def test_a_cell_that_cannot_end_quietly_has_no_semicolon_at_its_end(text: str) -> None:
    if not may_end_quietly(text):
        try:
            compile(text, "cell", "exec")
        except (SyntaxError, ValueError):
            return  # it shows no last value at all
        assert not DisplayHook.semicolon_at_end_of_expression(text)


@pytest.mark.parametrize("text", ["await f()", "async with a: pass", "[x async for x in y]", "def f():\n  await g()"])
def test_what_may_wait_is_left_to_ipython(text: str) -> None:
    assert may_await(text)


@settings(max_examples=200, deadline=None)
@given(cells)
def test_a_cell_that_cannot_wait_is_not_run_as_one_that_does(text: str) -> None:
    if not may_await(text):
        assert not InteractiveShell.should_run_async(SHELL, text, transformed_cell=text)


class _Shell:
    """As much of IPython as the question needs."""

    autoawait = True


SHELL = _Shell()


def test_the_usual_cells_of_a_lab_are_plain() -> None:
    assert is_plain('def f(x):\n    """Is it?"""\n    return x % 2\n\n\nprint(f(3), "100 %", x != 1)')
    assert not may_end_quietly("given(f, 1).returns(2)\n### BEGIN HIDDEN TESTS\ngiven(f, 2)\n### END HIDDEN TESTS\n")
