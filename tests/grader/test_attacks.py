"""What a submission may try: to cheat, to leak hidden tests, to hold up the class, to do damage.

Each test defends a kind of attack, with the real child processes. The last one reads attacks collected elsewhere, if
they are there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from marking import job as job_of
from marking import marked, step

from grader.job import CellResult, Result, Step
from grader.probe import sandbox_reason
from grader.supervisor import Supervisor

pytestmark = pytest.mark.skipif(bool(sandbox_reason()), reason=sandbox_reason() or "there is a sandbox")
pytest_plugins = ("boxes",)

MARK = "SECRET-4711"
_WARM = ("numpy", "IPython", "dojo.verdict", "grader.student", "grader.examiner")


@pytest.fixture(scope="module")
def real(stage: Path) -> Iterator[Supervisor]:
    """A supervisor with the real children."""
    with Supervisor(stage, warm=_WARM) as one:
        yield one


def answer(text: str, name: str = "answer") -> Step:
    """A student's answer, which is asked for f."""
    return Step(name, "code", "solution", text, "student", gives=("f", "g"))


def check(text: str, name: str = "test", hidden: bool = True) -> Step:
    """A tests cell for two points."""
    return Step(name, "code", "tests", f"# {MARK}\n{text}", "examiner", 2.0, hidden=hidden)


ADDS = check("assert f(2) == 3\nassert f(40) == 41")
RIGHT = "def f(x):\n    return x + 1"
WRONG = "def f(x):\n    return 0"


def by_name(result: Result) -> dict[str, CellResult]:
    return {cell.name: cell for cell in result.cells}


def graded(one: Supervisor, *texts: str, tests: Step = ADDS, **settings: Any) -> CellResult:
    """What the test says of these cells of the student's."""
    cells = [answer(text, f"answer{number}") for number, text in enumerate(texts)]
    return marked(one, *cells, tests, **settings).cells[-1]


def test_honest_work_passes_and_wrong_work_fails(real: Supervisor) -> None:
    assert graded(real, RIGHT).verdict == "passed"
    assert graded(real, WRONG).verdict == "failed"
    assert graded(real, "def f(x):\n    raise NotImplementedError").verdict == "failed"


# To cheat

CHEATS = {
    "a transformer empties later cells": "get_ipython().input_transformers_post.append(lambda lines: ['pass\\n'])\n"
    + WRONG,
    "the shell forgets errors": "type(get_ipython()).showtraceback = lambda *a, **k: None\n"
    "type(get_ipython()).run_cell = lambda *a, **k: None\n" + WRONG,
    "a handler swallows errors": "get_ipython().set_custom_exc((BaseException,), lambda *a, **k: [])\n" + WRONG,
    "an object equals everything": "class Any:\n    def __eq__(self, other): return True\n"
    "    def __bool__(self): return True\n"
    "    __hash__ = object.__hash__\ndef f(x):\n    return Any()",
    "an object is less and greater": "class Any(int):\n    def __eq__(self, other): return True\n"
    "    __ne__ = lambda *a: False\n"
    "    __hash__ = int.__hash__\n    __radd__ = __sub__ = __rsub__ = lambda *a: Any(0)\ndef f(x):\n    return Any()",
    "a text equals everything": "class Text(str):\n    def __eq__(self, other): return True\n"
    "    __hash__ = str.__hash__\n"
    "def f(x):\n    return Text('?')",
    "isinstance lies": "class Lie:\n    __class__ = int\n    __eq__ = lambda *a: True\n    __index__ = lambda self: 3\n"
    "def f(x):\n    return Lie()",
    "the builtins lie": "import builtins\nbuiltins.isinstance = lambda *a: True\nbuiltins.AssertionError = Exception\n"
    "builtins.__build_class__ = None\n" + WRONG,
    "numpy lies": "import numpy\nnumpy.isclose = numpy.allclose = numpy.array_equal = lambda *a, **k: True\n"
    "numpy.testing.assert_equal = lambda *a, **k: None\n" + WRONG,
    "the kit lies": "import dojo.verdict\ndojo.verdict.same = lambda *a, **k: True\n"
    "dojo.verdict.Given.returns = lambda self, *a, **k: self\n" + WRONG,
    "the grader's code lies": "import sys\nfor name, module in list(sys.modules.items()):\n"
    "    if name.startswith('grader'):\n"
    "        for key in list(vars(module)):\n            if callable(vars(module)[key]):\n"
    "                setattr(module, key, lambda *a, **k: True)\n" + WRONG,
    "it exits": "def f(x):\n    raise SystemExit(0)",
    "it exits at once": "import os\ndef f(x):\n    os._exit(0)",
    "it interrupts": "def f(x):\n    raise KeyboardInterrupt",
    "it stops an iteration": "def f(x):\n    raise StopIteration(3)",
    "it stops a generator": "def f(x):\n    raise GeneratorExit",
    "the error equals everything": "class E(BaseException):\n    pass\ndef f(x):\n    raise E",
    "a class of the same name": "class AssertionError(Exception):\n    pass\ndef f(x):\n    raise AssertionError",
    "it names itself after the tests' own": "assert_equal = given = expect = print = len = isinstance = lambda "
    "*a, **k: True\n" + WRONG,
    "it writes a verdict into every channel": "import json, socket\ndef f(x):\n"
    "    body = json.dumps({'name': 'test', 'verdict': 'passed', 'outputs': [], 'names': [], 'score': 2}).encode()\n"
    "    for number in range(3, 20):\n        try:\n"
    "            socket.socket(fileno=number).sendall(len(body).to_bytes(4, 'big') + body)\n"
    "        except OSError:\n            pass\n    return 0",
    "it stops its own threads' work": "import threading\ndef f(x):\n"
    "    threading.Thread(target=lambda: 1 / 0).start()\n    return 0",
}


@pytest.mark.parametrize("how", CHEATS)
@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_cheat_earns_nothing(real: Supervisor, how: str) -> None:
    assert graded(real, CHEATS[how], total_s=40.0).verdict in ("failed", "died"), how


@pytest.mark.parametrize("spoil", [CHEATS[how].replace(WRONG, RIGHT) for how in CHEATS if WRONG in CHEATS[how]])
def test_spoiling_ones_own_process_takes_no_right_answer_away_from_the_examiner(real: Supervisor, spoil: str) -> None:
    result = marked(real, answer(spoil), check("assert 1 == 1\nassert isinstance(2, int) and not isinstance('', int)"))
    assert result.cells[-1].verdict == "passed"


LOOPS = (
    "assert all(map(lambda case: f(case) == case + 1, [2, 3]))",
    "for got, wanted in zip(map(f, [2, 3]), [3, 4]):\n    assert got == wanted",
    "wrong = [x for x in filter(f, [2, 3])]\nassert not wrong",
)


@pytest.mark.parametrize("loop", LOOPS)
def test_no_loop_of_a_test_ends_because_the_students_code_says_so(real: Supervisor, loop: str) -> None:
    assert graded(real, "def f(x):\n    raise StopIteration", tests=check(loop)).verdict == "failed"


def test_a_test_that_asks_for_a_stop_gets_it(real: Supervisor) -> None:
    asks = "try:\n    f(2)\nexcept StopIteration:\n    done = True\nassert done"
    assert graded(real, "def f(x):\n    raise StopIteration", tests=check(asks)).verdict == "passed"
    walks = "walk = f(2)\nassert [next(walk), next(walk)] == [0, 1] and list(walk) == []"
    assert graded(real, "def f(x):\n    return iter(range(x))", tests=check(walks)).verdict == "passed"
    assert graded(real, "def f(x):\n    yield from range(x)", tests=check(walks)).verdict == "passed"


def test_a_mock_that_a_test_passes_stays_what_it_was(real: Supervisor) -> None:
    tests = check(
        "from unittest.mock import Mock\nclock = Mock()\nf(clock)\nclock.sleep.assert_called_once_with(2)\nassert True"
    )
    turned = "def f(clock):\n    clock.configure_mock(**{'sleep.assert_called_once_with': lambda *a: None})"
    assert graded(real, turned, tests=tests).verdict == "failed"
    assert graded(real, "def f(clock):\n    clock.sleep(2)", tests=tests).verdict == "passed"


SCORES = {
    "nan": "float('nan')",
    "infinite": "float('inf')",
    "negative": "-1",
    "text": "'2'",
    "true": "True",
    "too much": "10 ** 400",
    "an object": "type('Full', (float,), {'__float__': lambda self: 2.0})(2.0)",
}


@pytest.mark.parametrize("value", SCORES)
def test_a_score_is_a_plain_number_or_none(real: Supervisor, value: str) -> None:
    cell = graded(real, f"def f(x):\n    return {SCORES[value]}", tests=check("f(1)"))
    assert cell.score is None or (value in ("negative", "an object") and isinstance(cell.score, float))


def test_a_name_of_the_labs_own_can_not_be_replaced(real: Supervisor) -> None:
    steps = (
        step("setup", "def check(value):\n    assert value == 3", "both"),
        answer("def check(value):\n    pass\ndef f(x):\n    return 0"),
        check("check(f(2))"),
    )
    assert by_name(marked(real, *steps))["test"].verdict == "failed"


def test_data_that_a_student_changes_is_not_the_examiners(real: Supervisor, stage: Path) -> None:
    import hashlib

    content = b"[[2, 3]]"
    digest = hashlib.sha256(content).hexdigest()
    (stage / digest).write_bytes(content)
    swap = "import json, os\nos.remove('cases.json')\nopen('cases.json', 'w').write('[]')\n"
    tests = check(
        "import json\ncases = json.load(open('cases.json'))\nassert cases and all(f(x) == y for x, y in cases)"
    )
    for body, verdict in ((WRONG, "failed"), (RIGHT, "passed")):
        assert graded(real, swap + body, tests=tests, data=(("cases.json", digest),)).verdict == verdict


def test_a_module_that_a_student_may_bring_along_never_runs_in_the_examiner(real: Supervisor, stage: Path) -> None:
    import hashlib

    data = []
    for name, content in (("fractions.py", b"raise SystemExit"), ("helper.py", b"two = 2"), ("mine.csv", b"1,2")):
        digest = hashlib.sha256(content).hexdigest()
        (stage / digest).write_bytes(content)
        data.append((name, digest))
    tests = check(
        "import os\nassert sorted(os.listdir()) == ['mine.csv']\n"
        "from fractions import Fraction\nassert f(Fraction(1)) == 2"
    )
    job = job_of(answer("from helper import two\ndef f(x):\n    return two"), tests, data=tuple(data))
    theirs = tuple(name for name, _ in data)
    assert real.mark(replace(job, theirs=theirs)).cells[-1].verdict == "passed"


def test_no_solution_no_test_and_no_gradebook_is_to_be_found(real: Supervisor) -> None:
    search = (
        "import os\nfound = []\nfor top, folders, files in os.walk('/'):\n"
        "    if top.startswith(('/proc', '/usr', '/dev')) or 'site-packages' in top:\n        folders.clear()\n"
        "        continue\n"
        "    found += [name for name in files if name.endswith(('.ipynb', '.db')) or name == 'mistakes.py']\n"
        "print(found)\n" + RIGHT
    )
    cells = by_name(marked(real, answer(search), ADDS))
    assert [output["text"] for output in cells["answer"].outputs] == ["[]\n"]


# To leak hidden tests

# The mark is put together where the compiler can't, else a search would find itself.
PEEKS = {
    "history": "print([text for text in In if 'SECRET' in text], _ih, dir())",
    "objects": "import gc\nword = ''.join(reversed('1174-TERCES'))\n"
    "print([one for one in gc.get_objects() if isinstance(one, (str, list, dict)) and word in str(one)[:10**6]][:5])",
    "memory": "import re\nword = bytes(reversed(b'1174-TERCES'))\nfor line in open('/proc/self/maps'):\n"
    "    words = line.split()\n    if words[1].startswith('rw'):\n"
    "        first, last = (int(end, 16) for end in words[0].split('-'))\n        try:\n"
    "            with open('/proc/self/mem', 'rb') as memory:\n                memory.seek(first)\n"
    "                print(re.findall(word + b'[\\n]assert', memory.read(last - first)))\n"
    "        except (OSError, ValueError):\n            pass",
    "arguments": "print(kept)",
    "file": "print(open('kept.txt').read())",
    "error": "raise ValueError(str(kept))",
    "error's name": "raise type('Kept_' + '_'.join(str(one) for one in kept), (Exception,), {})",
    "picture": "from IPython.display import Image, display\ndisplay(Image(data=b'\\x89PNG\\r\\n\\x1a\\n"
    "' + str(kept).encode()))",
    "markup": "from IPython.display import HTML, display\ndisplay(HTML('<script>' + str(kept) + '</script>'))",
}
KEEPS = (
    "import sys\nkept = []\ndef f(x):\n    kept.append(x)\n    print('seen', x)\n    sys.stderr.write(f'seen {x}')\n"
    "    open('kept.txt', 'a').write(f'{x} ')\n    frame = sys._getframe()\n    while frame:\n"
    "        kept.append(str(frame.f_locals)[:1000])\n        frame = frame.f_back\n    return x + 1"
)


@pytest.mark.parametrize("how", PEEKS)
def test_a_later_cell_shows_nothing_of_a_hidden_test(real: Supervisor, how: str) -> None:
    tests = check("assert f(77001) == 77002\nassert f(77003) == 77004")
    result = marked(
        real, answer(KEEPS), tests, answer(PEEKS[how], "peek"), check("assert f(1) == 2", "seen", hidden=False)
    )
    cells = by_name(result)
    shown = repr([cells["peek"], cells["seen"]])
    assert cells["test"].verdict == cells["seen"].verdict == "passed"
    assert MARK not in shown
    assert "7700" not in shown


def test_what_a_hidden_test_lets_a_student_print_is_not_shown(real: Supervisor) -> None:
    loud = "import os, sys\ndef f(x):\n    print('seen', x)\n    os.system(f'echo seen {x}')\n"
    loud += "    raise ValueError(f'seen {x}')"
    cell = graded(real, loud, tests=check("assert f(77001) == 1"))
    assert cell.verdict == "failed"
    assert "7700" not in repr(cell)
    assert MARK not in repr(cell)


def test_the_text_of_a_hidden_test_is_in_no_message(real: Supervisor) -> None:
    cell = graded(real, WRONG, tests=check("assert f(77001) == 77002, 'say so'"))
    assert (cell.verdict, MARK in repr(cell), "77002" in repr(cell.outputs)) == ("failed", False, False)


# What a hidden test does with a reply in which the student's code has put what it was called with.
SPELLED = {
    "its class's name": "type(f'Seen_{x}', (), {'__add__': lambda *a: 1})()",
    "a text": "f'Seen_{x}'",
    "a key": "[f'Seen_{x}']",
}
USES = (
    "f(77001) + 1",
    "int(f(77001))",
    "{}[f(77001)[0]]",
    "f(77001).real_part",
    "[1].index(f(77001))",
    "float(f(77001))",
)


@pytest.mark.parametrize("reply", SPELLED)
@pytest.mark.parametrize("use", USES)
def test_an_error_in_a_hidden_test_that_quotes_a_reply_is_told_by_its_kind_alone(
    real: Supervisor, reply: str, use: str
) -> None:
    cell = graded(real, f"def f(x):\n    return {SPELLED[reply]}", tests=check(use))
    assert cell.verdict == "failed"
    assert cell.error
    assert "7700" not in repr(cell)


AUTHORS = {
    "a message": ("assert f(1) == 2, 'Think of zero.'", "Think of zero."),
    "a verdict": ("from dojo.verdict import given\ngiven(f, 1).returns(2)", "f(1) returned 0, but 2 was expected."),
    "a name that is not there": ("g(1)", "name 'g' is not defined"),
}


@pytest.mark.parametrize("how", AUTHORS)
def test_what_the_author_of_a_hidden_test_says_is_told(real: Supervisor, how: str) -> None:
    text, said = AUTHORS[how]
    assert graded(real, WRONG, tests=check(text)).message == said


def test_a_student_that_is_there_can_not_say_that_it_is_gone(real: Supervisor) -> None:
    says = "class StudentGoneError(BaseException):\n    pass\ndef f(x):\n    raise StudentGoneError"
    cell = graded(real, says, tests=check("f(1)", hidden=False))
    assert (cell.verdict, cell.error) == ("failed", "StudentError")


def test_the_name_of_an_error_spells_out_nothing(real: Supervisor) -> None:
    kinds = "import json\ndef f(x):\n    raise json.JSONDecodeError('', '', 0)"
    assert graded(real, kinds, tests=check("f(77001)")).error == "ValueError"


def test_what_a_test_passes_in_opens_no_way_to_the_tests(real: Supervisor) -> None:
    digs = (
        "def f(lent):\n    found = []\n"
        "    for name in ('__globals__', '__code__', '__closure__', '__self__', '__class__', '__dict__',"
        " '__subclasses__', '__func__', '_prepared', 'gi_frame', '__wrapped__', '__defaults__'):\n"
        "        try:\n            found.append(repr(getattr(lent, name)))\n        except BaseException as error:\n"
        "            found.append('')\n    return ' '.join(found)"
    )
    tests = check(
        "def lent(x):\n    'SECRET-4711'\n    return 'SECRET-4711'\nanswer = f(lent)\nprint(answer)\n"
        "'SECRET' in answer",
        hidden=False,
    )
    cell = graded(real, digs, tests=tests)
    assert cell.verdict == "passed"
    assert "False" in repr(cell.outputs)


# To hold up the class

STOPS = {
    "a loop": ("while True:\n    pass", "timed out"),
    "a loop that swallows signals": (
        "import signal\nfor number in range(1, 32):\n    try:\n        signal.signal(number, signal.SIG_IGN)\n"
        "    except (OSError, ValueError):\n        pass\nwhile True:\n    try:\n        pass\n"
        "    except BaseException:\n        pass",
        "timed out",
    ),
    "a sleep": ("import time\ntime.sleep(1000)", "timed out"),
    "an exit": ("import os\nos._exit(0)", "died"),
    "a fault": ("import ctypes\nctypes.string_at(0)", "died"),
    "closed files": ("import os\nos.closerange(0, 100)", "died"),
    "a stop": ("import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)\nwhile True:\n    pass", "timed out"),
    "memory": (
        "import os, time\nfor _ in range(3):\n    if os.fork() == 0:\n        x = bytearray(b'1') * (150 << 20)\n"
        "        time.sleep(60)\ntime.sleep(60)",
        "memory",
    ),
    "a flood": ("import sys\nfor number in range(300_000):\n    print('x' * 50)", "passed"),
    "one long line": ("print('x' * 40_000_000)", "passed"),
    "a long value": ("'x' * 40_000_000", "passed"),
    "a question": ("input('?')", "failed"),
    "processes": ("import os, time\nfor _ in range(500):\n    if os.fork() == 0:\n        time.sleep(60)", "failed"),
    "too much at once": ("x = bytearray(3 << 30)", "failed"),
    "depth": ("import sys\nsys.setrecursionlimit(10**9)\ndef deep():\n    return [deep()]\ndeep()", "died"),
    "a long error": ("raise ValueError('x' * 10_000_000)", "failed"),
    "an error that can not be said": (
        "class E(Exception):\n    def __str__(self):\n        raise E\n    __repr__ = __str__\nraise E",
        "failed",
    ),
    "a value that can not be shown": ("class V:\n    def __repr__(self):\n        raise SystemExit\nV()", "failed"),
    "the parent": (
        "import os, signal\nfor number in (os.getppid(), -1, 1, 3, 4):\n    try:\n"
        "        os.kill(number, signal.SIGKILL)\n"
        "    except OSError:\n        pass",
        "passed",
    ),
    "a full disk": ("for number in range(100):\n    open(str(number), 'wb').write(bytes(10 << 20))", "failed"),
    "its own process": ("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", "died"),
    "thousands of displays": (
        "from IPython.display import publish_display_data\n"
        "for number in range(100_000):\n    publish_display_data({'text/plain': 'x'})",
        "passed",
    ),
    "thousands of names": ("globals().update({f'n{number}': number for number in range(200_000)})", "passed"),
}


@pytest.mark.parametrize("how", STOPS)
def test_a_cell_that_holds_things_up_costs_its_own_points_at_most(real: Supervisor, how: str) -> None:
    text, verdict = STOPS[how]
    result = marked(
        real,
        answer("def g(x):\n    return x", "before"),
        check("assert g(1) == 1", "test_before"),
        answer(text, "bad"),
        answer(RIGHT, "after"),
        check("assert f(2) == 3", "test_after"),
        cell_s=6.0,
        total_s=50.0,
        memory=300 << 20,
        disk=64 << 20,
    )
    cells = by_name(result)
    expected = {verdict, "timed out"} if how in ("depth", "memory") else {verdict}
    assert cells["bad"].verdict in expected
    assert [cells[name].verdict for name in ("test_before", "test_after")] == ["passed", "passed"]
    assert len(repr(result)) < 1_000_000


def test_many_slow_cells_end_with_the_time_of_the_notebook(real: Supervisor) -> None:
    import time

    begun = time.monotonic()
    naps = [answer("import time\ntime.sleep(1.5)", f"nap{number}") for number in range(12)]
    result = marked(real, *naps, ADDS, cell_s=2.0, total_s=5.0)
    assert time.monotonic() - begun < 10
    assert result.cells[-1].verdict == "not run"


# To do damage

SHOWS = {
    "html": "from IPython.display import HTML, display\ndisplay(HTML('<script>alert(1)</script>'))",
    "svg": "from IPython.display import SVG, display\ndisplay(SVG('<svg onload=alert(1) />'))",
    "javascript": "from IPython.display import Javascript, display\ndisplay(Javascript('alert(1)'))",
    "markdown": "from IPython.display import Markdown, display\ndisplay(Markdown('<img src=x onerror=alert(1)>'))",
    "a bundle": "from IPython.display import publish_display_data\n"
    "publish_display_data({'text/html': '<script>alert(1)</script>', 'application/javascript': 'alert(1)',"
    " 'application/vnd.jupyter.widget-view+json': {}, 'text/plain': 'plain'})",
    "a value's html": "class V:\n    def _repr_html_(self):\n        return '<script>alert(1)</script>'\n"
    "    def __repr__(self):\n        return 'plain'\nV()",
    "a terminal": "print('\\x1b[2J\\x1b]0;title\\x07\\x9b31m')",
    "a forged frame": "import json, socket, time\n"
    "body = json.dumps({'name': 'show', 'verdict': 'passed', 'names': [], 'seconds': 0,"
    " 'outputs': [{'output_type': 'display_data', 'metadata': {}, 'data': {'text/html': '<script>alert(1)</script>',"
    " 'image/svg+xml': '<svg onload=alert(1)>', 'image/png': '\"><script>alert(1)</script>'}},"
    " {'output_type': 'update_display_data', 'data': {'text/html': 'x'}}, 7, None]}).encode()\n"
    "socket.socket(fileno=3).sendall(len(body).to_bytes(4, 'big') + body)\ntime.sleep(60)",
}


@pytest.mark.parametrize("how", SHOWS)
def test_nothing_but_text_and_pictures_is_shown(real: Supervisor, how: str) -> None:
    cell = marked(real, answer(SHOWS[how], "show")).cells[0]
    kinds = {kind for output in cell.outputs for kind in output.get("data", {})}
    assert kinds <= {"text/plain", "image/png"}
    assert "alert" not in repr([output for output in cell.outputs if "image/png" in output.get("data", {})])
    assert "\x1b" not in repr(cell.outputs).encode().decode("unicode_escape")


def test_a_picture_is_shown(real: Supervisor) -> None:
    draw = "from IPython.display import Image, display\nimport base64\n"
    draw += "display(Image(data=base64.b64decode('iVBORw0KGgoAAAANSUhEUgAAAAEAAAAB"
    draw += "CAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==')))"
    cell = marked(real, answer(draw, "show")).cells[0]
    assert ["image/png" in output["data"] for output in cell.outputs] == [True]
