"""One cell in IPython: what it shows comes out as plain text and pictures, bounded, and the same each time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from IPython.core.inputtransformer2 import TransformerManager
from pair import Pair, pairing

from grader.compiled import compiled, without_magics
from grader.screen import Recorder, clean


@pytest.fixture(scope="module")
def pair() -> Iterator[Pair]:
    with pairing() as one:
        yield one


def shown(pair: Pair, text: str) -> list[dict[str, Any]]:
    outputs: list[dict[str, Any]] = pair.run("student", text)["outputs"]
    return outputs


def test_streams_and_values_come_in_their_order(pair: Pair) -> None:
    outputs = shown(pair, "import sys\nprint('a')\nprint('b')\nprint('c', file=sys.stderr)\nprint('d')\n{'x': 1}")
    kinds = [(one["output_type"], one.get("name"), one.get("text")) for one in outputs[:3]]
    assert kinds == [("stream", "stdout", "a\nb\n"), ("stream", "stderr", "c\n"), ("stream", "stdout", "d\n")]
    assert outputs[3]["data"] == {"text/plain": "{'x': 1}"}


def test_markup_goes_in_favour_of_its_text(pair: Pair) -> None:
    outputs = shown(
        pair,
        "from IPython.display import HTML, SVG, Javascript, Markdown, display\n"
        "for one in (HTML('<script>x()</script>'), Markdown('*a*'), Javascript('x()')): display(one)\n"
        "display({'text/html': '<b>', 'text/plain': 'b'}, raw=True)",
    )
    assert all(set(one["data"]) == {"text/plain"} for one in outputs)
    assert "<script" not in str(outputs)
    assert outputs[-1]["data"]["text/plain"] == "b"


def test_pictures_are_kept_as_png_and_nothing_that_only_says_so(pair: Pair) -> None:
    outputs = shown(pair, "%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()")
    assert any("image/png" in one.get("data", {}) for one in outputs)
    fake = shown(pair, "from IPython.display import display\ndisplay({'image/png': 'PHNjcmlwdD4='}, raw=True)")
    assert "PHNjcmlwdD4" not in str(fake)


def test_terminal_codes_and_addresses_are_cleaned_away(pair: Pair) -> None:
    outputs = shown(pair, "print('\\x1b[31mred\\x1b[0m', object(), '\\x07', '\\ud800')\nlambda: 1")
    assert outputs[0]["text"].startswith("red <object object at 0x0>")
    assert "0x7" not in str(outputs)
    assert clean("\x1b]0;title\x07x\x9b5m") == "x5m"


def test_a_progress_bar_leaves_its_last_state(pair: Pair) -> None:
    outputs = shown(pair, "import time\nfor i in range(3): print('\\r', i, end='')\nprint()")
    assert outputs == [{"output_type": "stream", "name": "stdout", "text": " 2\n"}]


def test_a_display_is_updated_and_cleared(pair: Pair) -> None:
    outputs = shown(
        pair,
        "from IPython.display import clear_output, display\nprint('gone')\nclear_output()\n"
        "handle = display('one', display_id=True)\nhandle.update('two')",
    )
    assert [one["data"]["text/plain"] for one in outputs] == ["'two'"]


def test_too_much_output_is_cut_with_a_line_that_says_so(pair: Pair) -> None:
    for text in ("print('x' * 10**7)", "for _ in range(10**5): print('y' * 20)", "'z' * 10**6"):
        outputs = shown(pair, text)
        assert len(str(outputs)) < 130_000
        assert "Cut here: this cell showed more than 100000 bytes" in outputs[-1]["text"]


def test_a_closed_stdout_stays_open_for_the_next_cell(pair: Pair) -> None:
    shown(pair, "import sys\nsys.stdout.close()")
    assert shown(pair, "print(1)")[0]["text"] == "1\n"


STOPS = ["1/0", "exit()", "input()", "def f(:", "raise KeyboardInterrupt", "%nothing", "assert 0"]


@pytest.mark.parametrize("text", STOPS)
def test_a_cell_that_stops_has_failed_and_shows_why(pair: Pair, text: str) -> None:
    result = pair.run("student", text)
    assert result["verdict"] == "failed"
    assert result["error"]
    assert [one["output_type"] for one in result["outputs"]].count("error") == 1
    assert "\x1b" not in str(result)


def test_magics_and_await_work_as_in_a_notebook(pair: Pair) -> None:
    assert pair.run("student", "import asyncio\nawait asyncio.sleep(0)\n5")["score"] == 5
    assert pair.run("student", "%timeit -n1 -r1 1")["verdict"] == "passed"
    assert pair.run("student", "%%capture\nprint('kept away')")["outputs"] == []


def test_names_are_those_that_the_cell_binds_anew(pair: Pair) -> None:
    assert pair.run("student", "a = 1\ndef b(): pass\nimport math as c")["names"] == ["a", "b", "c"]
    assert pair.run("student", "a = 2")["names"] == ["a"]
    assert pair.run("student", "a")["names"] == []
    assert pair.run("student", "del a")["names"] == ["a"]


def test_equal_runs_give_equal_frames() -> None:
    frames = []
    for _ in range(2):
        with pairing() as pair:
            frames.append(pair.run("student", "print(object(), {1, 2})\nlambda: 1\n1/0"))
    for frame in frames:
        del frame["seconds"]
    assert frames[0] == frames[1]


def test_a_recorder_without_room_keeps_nothing() -> None:
    recorder = Recorder(0)
    recorder.write("stdout", "x")
    assert [one["text"] for one in recorder.outputs()] == ["[Cut here: this cell showed more than 0 bytes.]\n"]


def test_what_stands_before_a_statement_that_cannot_be_compiled_is_run(pair: Pair) -> None:
    done = pair.run("student", "def early():\n    return 7\nprint('there')\nreturn early()")
    assert (done["verdict"], done["outputs"][0]["text"]) == ("failed", "there\n")
    assert shown(pair, "early()")[0]["data"] == {"text/plain": "7"}
    assert (
        shown(pair, "import asyncio\nprint('a')\nawait asyncio.sleep(0)\nearly() + 1")[-1]["data"]["text/plain"] == "8"
    )


def test_an_error_tells_its_place_in_the_cell_and_what_was_called(pair: Pair) -> None:
    done = pair.run("student", "def half(x):\n    return x / 0\n\nhalf(1)")
    told = "\n".join(done["outputs"][-1]["traceback"])
    assert "line 4" in told
    assert "half(1)" in told
    assert "return x / 0" in told
    assert "grader" not in told


LAB = "import math\n\n\ndef half(x):\n    return x / 0\n\n\nmath.floor(2.5)"


@pytest.mark.parametrize("role", ["", "locked"])
def test_a_labs_own_cell_says_the_same_whether_it_comes_with_its_code_or_not(pair: Pair, role: str) -> None:
    assert pair.run("student", LAB, role)["outputs"][0]["data"] == {"text/plain": "2"}
    done = pair.run("student", "half(1)\nmath.pi", role)
    told = "\n".join(done["outputs"][-1]["traceback"])
    assert "line 1" in told
    assert "line 5 in half" in told
    assert "return x / 0" in told
    assert pair.run("student", "math.pi;", role)["outputs"] == []
    assert pair.run("student", "def", role)["verdict"] == "failed"
    assert pair.run("student", "early = 1\nreturn", role)["verdict"] == "failed"
    assert shown(pair, "early")[0]["data"] == {"text/plain": "1"}


def test_a_cell_that_something_here_changes_first_is_not_run_by_its_code(pair: Pair) -> None:
    text = "def f(x: unknown_name):\n    return 1\n\n\nf(1)"
    assert pair.run("student", text, "locked")["error"] == "NameError"
    pair.run("student", "from __future__ import annotations")
    assert pair.run("student", text, "locked")["verdict"] == "passed"
    change = "get_ipython().input_transformers_post.append(lambda lines: [line.replace('7', '8') for line in lines])"
    assert shown(pair, change) == []
    assert pair.run("student", "7", "locked")["outputs"][0]["data"] == {"text/plain": "8"}


CELLS = (
    "import sys\nfrom math import *\nprint(floor(2.5), file=sys.stderr)\n'last'",
    "x = [1, 2]\nx;",
    "def f(n):\n    '''A text; with a semicolon.'''\n    return 1 / n\n",
    "f(0)\nx = 3",
    "x",
    "for n in range(2): n",
    "raise SystemExit(3)",
    "early = 1\nreturn",
    "early",
    "def",
    "1 +",
    "import warnings\nwarnings.warn('once')",
    "class A:\n    def __repr__(self):\n        raise ValueError('no repr')\nA()",
    "# only a remark",
    "",
    "get_ipython().run_cell('x + 1')\nx",
    "display(x, x)\n_",
    "raise ExceptionGroup('both', [ValueError(1), KeyError('k')])",
    "%load_ext autoreload\nx + 4",
)


def test_a_cell_comes_to_the_same_by_the_short_way_as_by_ipythons() -> None:
    with pairing() as short, pairing() as whole:
        # Who listens to a cell's begin is told by IPython alone.
        listen = "get_ipython().events.register('pre_run_cell', lambda info: None)"
        assert short.run("student", "1;")["verdict"] == whole.run("student", listen + ";")["verdict"] == "passed"
        for number, text in enumerate(CELLS):
            role = "locked" if number % 2 else ""
            done = [one.run("student", text, role) for one in (short, whole)]
            for one in done:
                # Code that came with the cell has another name.
                one["outputs"] = re.sub(r"ipython-input-[\w-]+", "cell", str(one["outputs"]))
                one.pop("seconds")
            assert done[0] == done[1], text


@pytest.mark.parametrize(
    "text", ["%load_ext dojo\n%matplotlib inline\nimport os\n\nx = 1", "%pwd", "%cd some/folder.d\n"]
)
def test_first_lines_that_are_magics_are_written_as_ipython_does(text: str) -> None:
    assert without_magics(text).rstrip("\n") == TransformerManager().transform_cell(text).rstrip("\n")


@pytest.mark.parametrize("text", ["x = 1\n%pwd", "%%time\n1", "%timeit?", " %pwd", "x = '''\n%pwd\n'''", "import os"])
def test_nothing_else_of_a_cell_is_rewritten(text: str) -> None:
    assert without_magics(text) == text


def test_code_is_made_of_plain_cells_alone() -> None:
    assert compiled("x = 1")
    assert compiled("%load_ext dojo\nimport os")
    for text in ("%time f(1)", "x = '''\n%pwd\n'''", "await f()", "def", "return", "'\\d'", "x?"):
        assert compiled(text) == ""
