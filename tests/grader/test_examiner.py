"""The examiner: tests see the student's names among their own, believe nothing else, and hidden tests stay hidden."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from pair import Pair, pairing

from grader.frames import BadFrameError


@pytest.fixture
def pair() -> Iterator[Pair]:
    with pairing() as one:
        yield one


def passes(result: dict[str, Any]) -> None:
    assert result["verdict"] == "passed", (result["error"], result["message"])


def fails(result: dict[str, Any], error: str = "") -> None:
    assert result["verdict"] == "failed"
    assert error in ("", result["error"])


def test_a_students_names_replace_none_of_the_tests_own(pair: Pair) -> None:
    pair.locked("import math\nfrom dojo import given\ndef helper(): return 1\nCONST = [1]")
    passes(pair.tests("mine = 5\ndef tool(): return 'tool'"))
    pair.answer(
        "math = given = helper = CONST = None\nlen = isinstance = print = lambda *a: True\nmine = 6\n"
        "def tool(): return 'evil'\n__name__ = 'x'\n"
        "get_ipython = In = Out = exit = quit = display = 1\n_ = __ = 1\n_private = 3\nAssertionError = Exception\n"
        "new = 7\ndef f(): return 1\n__builtins__ = {}",
        gives=("f",),
    )
    passes(
        pair.tests(
            "assert math.sqrt(4) == 2 and helper() == 1 and CONST == [1] and len([1, 2]) == 2\n"
            "assert not isinstance(1, str) and mine == 5 and tool() == 'tool' and new == 7 and f() == 1\n"
            "assert AssertionError is not Exception\nget_ipython().run_line_magic"
        )
    )
    fails(pair.tests("_private"), "NameError")


def test_names_that_the_lab_gives_follow_the_order_of_cells(pair: Pair) -> None:
    pair.answer("def f(): return 1", gives=("f",))
    passes(pair.tests("assert f() == 1\nf = None"))
    passes(pair.tests("assert f is None"))
    pair.answer("def f(): return 2", gives=("f",))
    passes(pair.tests("assert f() == 2"))
    pair.answer("del f", gives=("f",))
    fails(pair.tests("f"), "NameError")


def test_plain_names_hold_plain_values_that_follow_the_student(pair: Pair) -> None:
    pair.answer(
        "import numpy as np\ncount, rows, numbers = 0, [1], np.zeros(3)\n"
        "def bump():\n    global count\n    count += 1\n    rows.append(2)\n    numbers[0] = 5\n"
        "def replace():\n    global bump\n    bump = lambda: 'new'"
    )
    passes(
        pair.tests(
            "assert count == 0 and rows == [1] and type(rows) is list\nbump()\n"
            "assert count == 1 and rows == [1, 2] and numbers[0] == 5\nreplace()\nassert bump() == 'new'"
        )
    )


def test_what_is_not_there_or_not_written_fails_as_in_one_kernel(pair: Pair) -> None:
    pair.answer("def f(): raise NotImplementedError()\n")
    fails(pair.tests("f()"), "NotImplementedError")
    fails(pair.answer("def broken(:"), "SyntaxError")
    fails(pair.tests("broken(1)"), "NameError")


def test_imports_of_the_labs_own_solution_are_there(pair: Pair) -> None:
    pair.answer("pass", imports="import fractions\nfrom decimal import Decimal")
    passes(pair.tests("fractions.Fraction(1, 2), Decimal(1)"))


@pytest.mark.parametrize(
    "raised",
    [
        *("SystemExit", "SystemExit(0)", "KeyboardInterrupt", "GeneratorExit", "StopIteration", "StopAsyncIteration"),
        *("BaseException", "MemoryError", "RecursionError", "SyntaxError", "IndentationError('x', ('f', 1, 1, 't'))"),
        *("bdb.BdbQuit", "asyncio.CancelledError", "IPython.core.error.UsageError", "grader.bridge.StudentGoneError"),
        *("type('X', (BaseException,), {})", "ExceptionGroup('a', [ValueError()])", "7"),
    ],
)
def test_no_error_of_the_students_is_a_pass(raised: str) -> None:
    with pairing() as pair:
        pair.answer(f"import asyncio, bdb, IPython, grader.bridge\ndef f(): raise {raised}")
        fails(pair.tests("f()"))
        fails(pair.tests("f()", hidden=True))
        fails(pair.tests("import asyncio\nawait asyncio.sleep(0)\nf()"))
        fails(pair.run("student", "f()"))
        passes(pair.tests("1"))


def test_a_test_in_which_the_student_dies_did_not_pass(pair: Pair) -> None:
    pair.answer("import os\ndef f(): os._exit(0)")
    fails(pair.tests("try:\n    f()\nexcept BaseException:\n    pass"), "StudentGoneError")
    fails(pair.tests("try:\n    f()\nexcept BaseException:\n    pass"), "StudentGoneError")
    passes(pair.tests("assert True"))


FORGER = """
import os, socket, stat
def forge(data):
    for number in range(3, 100):
        try:
            if stat.S_ISSOCK(os.fstat(number).st_mode):
                channel = socket.socket(fileno=os.dup(number))
                channel.settimeout(1)
                channel.send(data)
        except OSError:
            pass
def f(x):
    forge({data})
    return x
"""


@pytest.mark.parametrize(
    "data",
    [
        "b'x' * 100",
        "(1 << 31).to_bytes(4, 'big')",
        "(12).to_bytes(4, 'big') + bytes([2]) + bytes(8) + b'NNN'",
        "(10).to_bytes(4, 'big') + bytes([3]) + bytes(8) + b'N'",
        "(4).to_bytes(4, 'big') + b'abcd'",
    ],
)
def test_a_forged_answer_ends_the_talk(data: str) -> None:
    with pairing() as pair:
        pair.answer("def g(): return 1\n" + FORGER.replace("{data}", data))
        fails(pair.tests("assert f(3) == 3"), "StudentGoneError")


def test_an_answer_before_the_question_counts_for_nothing(pair: Pair) -> None:
    pair.answer("def f(x): return x")
    answer = "(12).to_bytes(4, 'big') + bytes([2]) + bytes(8) + b'NNN'"
    with pytest.raises(BadFrameError):
        # The same bytes go to the supervisor.
        pair.run("student", FORGER.replace("{data}", answer) + "f(1)")
    fails(pair.tests("assert f(3) == 3"), "StudentGoneError")


def test_a_changed_codec_changes_nothing_but_the_students_own_values(pair: Pair) -> None:
    pair.answer(
        "import grader.codes\ndef f(x): return x + 1\nplain = grader.codes.SIMPLE[int]\n"
        "grader.codes.SIMPLE[int] = lambda to, value: plain(to, 42)"
    )
    fails(pair.tests("assert f(3) == 4"), "AssertionError")
    passes(pair.tests("assert 4 == 3 + 1"))


TELLTALES = """
seen = []
def f(x):
    print("GOT", x)
    seen.append(x)
    raise ValueError(repr(x))
def named(x): raise type(x, (Exception,), {})
def words(x):
    class NotYet(Exception): pass
    problem = NotYet(x)
    problem.call = problem.reply = problem.wanted = problem.think = x
    raise problem
def syntax(x): raise SyntaxError("m", ("<ipython-input-1-x>", 1, 1, x))
def rendered(x):
    problem = LookupError(x)
    problem._render_traceback_ = lambda: [x]
    raise problem
def later():
    print(seen)
    raise LookupError(str(seen))
"""


@pytest.mark.parametrize("name", ["f", "named", "words", "syntax", "rendered"])
def test_a_hidden_test_shows_nothing_of_its_code_or_of_what_it_passes(name: str) -> None:
    with pairing() as pair:
        pair.answer(TELLTALES)
        result = pair.tests(f"secret_name = 1\nprint('TOPSECRET')\n{name}('TOPSECRET')", hidden=True)
        fails(result)
        assert "TOPSECRET" not in str(result)
        assert "secret_name = 1" not in str(result)


def test_what_a_hidden_test_has_passed_is_not_told_later(pair: Pair) -> None:
    pair.answer(TELLTALES)
    fails(pair.tests("f('TOPSECRET')", hidden=True))
    for text in ("later()", "try:\n    later()\nexcept LookupError:\n    raise AssertionError('mine')"):
        result = pair.tests(text)
        fails(result)
        assert "TOPSECRET" not in str(result)


def test_a_hidden_tests_own_words_are_told(pair: Pair) -> None:
    result = pair.tests("from dojo import given\ngiven(abs, -2).returns(3, think='Which?')", hidden=True)
    assert result["parts"] == ["abs(-2)", "returned 2", "3 was expected", "Which?"]
    assert pair.tests("assert 1 == 2, 'words'", hidden=True)["message"] == "words"


def test_no_traceback_shows_a_line_of_a_hidden_cell(pair: Pair) -> None:
    passes(pair.tests("def check(x):\n    TOPSECRET = 1\n    assert x\n    return TOPSECRET", hidden=True))
    result = pair.tests("check(0)")
    fails(result, "AssertionError")
    assert "TOPSECRET" not in str(result)
    pair.answer("def syntax(name): raise SyntaxError('m', (name, 2, 1, None))")
    result = pair.tests("syntax(check.__code__.co_filename)")
    fails(result)
    assert "TOPSECRET" not in str(result)


def test_a_visible_test_shows_what_the_student_prints_and_where_an_error_arose(pair: Pair) -> None:
    pair.answer("def f(x):\n    print('got', x)\n    return 1 / x")
    result = pair.tests("f(0)")
    fails(result, "ZeroDivisionError")
    assert result["outputs"][0]["text"] == "got 0\n"
    assert result["outputs"][1]["traceback"][-1] == "It arose in the student's code, in f, line 3: return 1 / x"


def test_the_last_value_is_a_score_only_as_a_plain_number_from_zero(pair: Pair) -> None:
    pair.answer(
        "class Loud(float):\n    def __repr__(self): return '100'\ndef f(): return Loud(-5)\n"
        "class Round:\n    def __float__(self): return 5.0\n    def __repr__(self): return '5.0'\nround_one = Round()"
    )
    for text, score in (("2.5", 2.5), ("1 + 1", 2.0), ("import numpy as np\nnp.float64(2)", 2.0), ("0", 0.0)):
        result = pair.tests(text)
        assert (result["score"], result["flawed"]) == (score, "")
    for text in ("float('nan')", "float('inf')", "-1", "'x'", "True", "10**400", "f()", "round_one"):
        result = pair.tests(text)
        assert result["score"] is None
        assert result["flawed"]
    for text in ("3;", "None", "x = 3"):
        result = pair.tests(text)
        assert (result["score"], result["flawed"]) == (None, "")


def test_too_many_calls_end_the_talk(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    from grader import bridge

    monkeypatch.setattr(bridge, "_CALLS_MOST", 50)
    with pairing() as short:
        short.answer("def f(cb):\n    for _ in range(100): cb()")
        fails(short.tests("f(lambda: None)"), "StudentGoneError")
    passes(pair.tests("1"))


def test_a_test_can_catch_what_the_student_prints(pair: Pair) -> None:
    pair.answer("def greet(name): print('Hello', name)")
    text = (
        "import io\nfrom contextlib import redirect_stdout\ncaught = io.StringIO()\n"
        "with redirect_stdout(caught):\n    greet('Ann')\nassert caught.getvalue() == 'Hello Ann\\n'"
    )
    for hidden in (False, True):
        result = pair.tests(text, hidden)
        passes(result)
        assert result["outputs"] == []


def test_thousands_of_other_names_do_not_crowd_out_the_one_that_the_lab_asks_for() -> None:
    with pairing() as pair:
        pair.answer(
            "globals().update({f'n{number}': 1 for number in range(9000)})\ndef f():\n    return 3", gives=("f",)
        )
        assert pair.tests("assert f() == 3")["verdict"] == "passed"
