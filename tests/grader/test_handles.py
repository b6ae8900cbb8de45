"""Handles: a test does with the student's objects what it would do in one process, and no object lies itself right."""

from __future__ import annotations

import asyncio
import copy
import functools
import gc
import inspect
import io
import json
import math
import pickle
import sys
import types
import unittest.mock
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import ollama
import pytest
from pair import Talk, talking
from pydantic import ValidationError

from dojo import fake_chat


@pytest.fixture
def talk() -> Iterator[Talk]:
    with talking() as one:
        yield one


def test_a_function_is_called_and_tells_of_itself(talk: Talk) -> None:
    talk.run("def f(a, b=2, *c, d: int = 3, **e) -> str:\n    'Adds.'\n    return a + b")
    f = talk["f"]
    assert f(1) == 3
    assert (f.__name__, f.__doc__) == ("f", "Adds.")
    assert str(inspect.signature(f)) == "(a, b=2, *c, d: int = 3, **e) -> str"
    assert callable(f)
    assert inspect.isfunction(f)
    assert isinstance(f, types.FunctionType)
    assert copy.deepcopy(f) is f
    with pytest.raises(TypeError, match="missing 1 required"):
        f()


def test_coroutine_and_generator_functions_are_told_apart(talk: Talk) -> None:
    talk.run("async def co(): pass\ndef gen(): yield\nasync def both(): yield\ndef plain(): pass")
    assert inspect.iscoroutinefunction(talk["co"])
    assert inspect.isgeneratorfunction(talk["gen"])
    assert inspect.isasyncgenfunction(talk["both"])
    assert not inspect.iscoroutinefunction(talk["plain"])
    with pytest.raises(OSError, match="source"):
        inspect.getsource(talk["plain"])


KEEPERS = """
kept = []
row = {}
def same(x): return x
def second(a, b): return b
def keep(x): kept.append(x)
def last(): return kept[-1]
def shared(n): row["n"] = n; return row
"""


def test_what_comes_back_is_the_very_argument(talk: Talk) -> None:
    talk.run(KEEPERS)
    inner: list[Any] = [2]
    outer = [1, inner]
    assert talk["same"](outer) is outer
    assert talk["second"](outer, inner) is inner
    empty: tuple[dict[str, int], dict[str, int]] = ({}, {})
    assert talk["second"](*empty) is empty[1]


def test_what_the_student_keeps_stays_one_with_what_the_test_has(talk: Talk) -> None:
    talk.run(KEEPERS)
    mine: list[Any] = [1]
    talk["keep"](mine)
    assert talk["last"]() is mine
    mine.append(2)
    assert talk["last"]() == [1, 2]
    first = talk["shared"](1)
    assert first == {"n": 1}
    assert talk["shared"](2) is first
    assert first == {"n": 2}


def test_arguments_are_changed_in_place(talk: Talk) -> None:
    talk.run("def f(l, d, s, b, a):\n    l.append(d); d['x'] = [1]; s.add(5); b.extend(b'z'); a[0] = 7")
    table: dict[str, Any] = {}
    arguments: tuple[Any, ...] = ([], table, set(), bytearray(), np.zeros(3))
    numbers = arguments[4]
    talk["f"](*arguments)
    assert arguments[:4] == ([{"x": [1]}], {"x": [1]}, {5}, b"z")
    assert arguments[0][0] is table
    assert numbers.tolist() == [7, 0, 0]


def test_a_slice_of_an_argument_shares_its_memory_and_a_copy_does_not(talk: Talk) -> None:
    talk.run("def whole(a): return a[:]\ndef part(a): return a[1:, ::2]\ndef twin(a): return a.copy()")
    image = np.arange(12).reshape(3, 4)
    assert np.shares_memory(talk["whole"](image), image)
    assert np.array_equal(talk["part"](image), image[1:, ::2])
    assert np.shares_memory(talk["part"](image), image)
    assert not np.shares_memory(talk["twin"](image), image)
    assert talk["twin"](image[:, 1]).tolist() == [1, 5, 9]
    talk.run("def mark(a): a[1] = 99")
    talk["mark"](image[:, 1])
    assert image[1, 1] == 99


def test_student_code_calls_a_tests_function_and_its_changes_are_seen(talk: Talk) -> None:
    talk.run("def f(cb, n):\n    return [cb(i) for i in range(n)]")
    log: list[int] = []

    def noted(i: int) -> int:
        log.append(i)
        return i * 2

    assert talk["f"](noted, 3) == [0, 2, 4]
    assert log == [0, 1, 2]
    assert talk["f"](log.append, 1) == [None]
    assert log == [0, 1, 2, 0]
    talk.run("def fill(cb):\n    mine = []\n    cb(mine)\n    return mine")
    assert talk["fill"](lambda given: given.append("filled")) == ["filled"]


def test_calls_nest_to_a_sane_depth_and_no_deeper(talk: Talk) -> None:
    talk.run("def f(n, cb): return 0 if n == 0 else cb(n - 1)")

    def once_more(n: int) -> int:
        return int(talk_f(n, once_more)) + 1

    talk_f = talk["f"]
    assert talk_f(20, once_more) == 20
    with pytest.raises(RecursionError):
        talk_f(1000, once_more)
    assert talk_f(3, once_more) == 3


def test_a_tests_error_comes_back_as_the_same_object(talk: Talk) -> None:
    talk.run(
        "def through(cb): return cb()\n"
        "def catch(cb):\n    try: return cb()\n    except ValueError as e: return str(e)\n"
        "def other(cb):\n    try: cb()\n    except ValueError as e: raise LookupError('x') from e\n"
    )
    problem = ValueError("boo")

    def fail() -> None:
        raise problem

    assert talk["catch"](fail) == "boo"
    with pytest.raises(LookupError):
        talk["other"](fail)
    with pytest.raises(ValueError, match="boo") as caught:
        talk["through"](fail)
    assert caught.value is problem

    def missing() -> None:
        raise ollama.ResponseError("gone", 404)

    with pytest.raises(ollama.ResponseError) as lost:
        talk["through"](missing)
    assert lost.value.status_code == 404


STACK = """
class Base: pass
class Stack(Base):
    "A pile."
    LIMIT = 3
    def __init__(self, items=()): self.items = list(items)
    def push(self, x): self.items.append(x); return self
    def __len__(self): return len(self.items)
    def __getitem__(self, i): return self.items[i]
    def __eq__(self, o): return isinstance(o, Stack) and self.items == o.items
    def __lt__(self, o): return len(self) < len(o)
    def __contains__(self, x): return x in self.items
    def __add__(self, o): return Stack(self.items + o.items)
    def __enter__(self): return self
    def __exit__(self, *a): self.items.clear()
    def __repr__(self): return f"Stack({self.items})"
    @property
    def top(self): return self.items[-1]
    @classmethod
    def of(cls, *a): return cls(a)
    @staticmethod
    def hello(): return "hi"
def make(): return Stack([1, 2])
"""


def test_a_class_and_its_objects_behave_as_they_would_at_home(talk: Talk) -> None:
    talk.run(STACK)
    base, stack = talk.given("Base"), talk.given("Stack")
    one = stack([1])
    assert isinstance(one, stack)
    assert isinstance(one, base)
    assert type(talk["make"]()) is stack
    assert issubclass(stack, base)
    assert bool(inspect.isclass(stack))
    assert not isinstance([], stack)
    assert one.push(2) is one
    assert (len(one), one[0], list(one), one.top) == (2, 1, [1, 2], 2)
    assert 2 in one
    assert 5 not in one
    assert one == stack([1, 2])
    assert one != stack([3])
    assert one < stack([1, 2, 3])
    assert (one + one).items == [1, 2, 1, 2]
    assert (stack.of(1, 2), stack.hello(), stack.LIMIT, stack.__doc__) == (one, "hi", 3, "A pile.")
    assert (repr(one), str(one), f"{one}") == ("Stack([1, 2])",) * 3
    assert str(inspect.signature(stack)) == "(items=())"
    with one as same:
        assert same is one
    assert not one
    with pytest.raises(IndexError):
        one[5]


def test_attributes_of_an_object_are_read_set_and_missed(talk: Talk) -> None:
    talk.run(STACK)
    one = talk.given("Stack")([1])
    one.items = [7]
    items = one.items
    items.append(8)
    assert one.items == [7, 8]
    assert one.items is items
    assert hasattr(one, "push")
    assert not hasattr(one, "nothing")
    assert "push" in dir(one)
    assert not callable(one)
    twin = copy.deepcopy(one)
    assert twin == one
    assert twin is not one
    with pytest.raises(AttributeError):
        one.__doc__ = "x"


def test_a_tests_class_cannot_derive_from_a_students(talk: Talk) -> None:
    talk.run(STACK)
    stack = talk["Stack"]

    class Taller(stack):  # type: ignore[misc, valid-type]  # a class that is known only here
        pass

    with pytest.raises(TypeError, match="derives from a student's class"):
        Taller()


def test_generators_iterators_and_wrapped_functions_work(talk: Talk) -> None:
    talk.run(
        "from contextlib import contextmanager\nfrom functools import lru_cache, partial\n"
        "def g():\n    x = yield 1\n    yield x\n"
        "def m(): return map(str, [1, 2])\n"
        "@contextmanager\ndef cm(): yield 5\n"
        "p = partial(int, base=2)\n"
        "@lru_cache\ndef c(x): return x\n"
    )
    g = talk["g"]()
    is_generator: bool = inspect.isgenerator(g)
    assert is_generator
    assert (next(g), g.send(4)) == (1, 4)
    with pytest.raises(StopIteration):
        next(g)
    assert list(talk["m"]()) == ["1", "2"]
    assert "1" in talk["m"]()
    with talk["cm"]() as value:
        assert value == 5
    assert talk["p"]("101") == 5
    assert (talk["c"](3), talk["c"].cache_info().misses) == (3, 1)


def test_coroutines_are_awaited_in_both_directions(talk: Talk) -> None:
    talk.run(
        "async def plus(x): return x + 1\n"
        "async def count():\n    yield 1\n    yield 2\n"
        "async def calls(cb): return await cb()\n"
    )

    async def eight() -> int:
        return 8

    async def main() -> None:
        assert await talk["plus"](1) == 2
        assert [x async for x in talk["count"]()] == [1, 2]
        assert await talk["calls"](eight) == 8

    asyncio.run(main())


ERRORS = """
import json
class TooLong(ValueError):
    def __init__(self, n): super().__init__(n); self.n = n
    def __str__(self): return "custom"
class Fake(Exception): pass
Fake.__name__ = Fake.__qualname__ = "NotImplementedError"
class Mute(Exception):
    def __str__(self): raise RuntimeError
def long(n): raise TooLong(n)
def fake(): raise Fake
def mute(): raise Mute
def unwritten(): raise NotImplementedError
def opens(): open("/nonexistent")
def reads(): json.loads("{")
def syntax(): raise SyntaxError("x", ("/etc/passwd", 1, 1, None))
def group(): raise ExceptionGroup("a", [ValueError(1)])
def is_mine(e): return type(e) is TooLong
def is_class(c): return c is TooLong
"""


def test_a_students_exception_class_is_caught_by_its_name(talk: Talk) -> None:
    talk.run(ERRORS)
    too_long = talk["TooLong"]
    with pytest.raises(too_long) as caught:
        talk["long"](3)
    assert (caught.value.n, str(caught.value)) == (3, "custom")
    assert isinstance(caught.value, ValueError)
    assert talk["is_mine"](too_long("q"))
    assert talk["is_class"](too_long)


def test_known_exceptions_arrive_as_themselves(talk: Talk) -> None:
    talk.run(ERRORS)
    with pytest.raises(NotImplementedError):
        talk["unwritten"]()
    with pytest.raises(FileNotFoundError) as missing:
        talk["opens"]()
    assert (missing.value.errno, missing.value.filename) == (2, "/nonexistent")
    with pytest.raises(json.JSONDecodeError) as broken:
        talk["reads"]()
    assert broken.value.pos == 1
    with pytest.raises(ExceptionGroup):
        talk["group"]()


def test_an_exception_can_pretend_nothing(talk: Talk) -> None:
    talk.run(ERRORS)
    with pytest.raises(Exception) as fake:  # noqa: PT011  # any but one
        talk["fake"]()
    assert not isinstance(fake.value, NotImplementedError)
    with pytest.raises(Exception) as mute:  # noqa: PT011  # its class is known there alone
        talk["mute"]()
    assert str(mute.value) == ""
    with pytest.raises(SyntaxError) as syntax:
        talk["syntax"]()
    assert syntax.value.filename is None


def test_errors_of_pydantic_arrive_with_what_they_say(talk: Talk) -> None:
    talk.run(
        "from pydantic import BaseModel\nclass Invoice(BaseModel):\n    n: int\n"
        "def parse(t): return Invoice.model_validate_json(t)"
    )
    with pytest.raises(ValidationError) as caught:
        talk["parse"]('{"n": "x"}')
    assert caught.value.error_count() == 1
    assert caught.value.errors()[0]["loc"] == ("n",)
    invoice = talk.given("Invoice")
    assert isinstance(talk["parse"]('{"n": 3}'), invoice)
    assert invoice(n=1) == invoice(n=1)
    assert invoice(n=2).model_dump() == {"n": 2}


LIAR = """
class Liar:
    def __eq__(self, o): return True
    def __ne__(self, o): return False
    def __lt__(self, o): return True
    __gt__ = __le__ = __ge__ = __contains__ = __lt__
    def __sub__(self, o): return 0
    __rsub__ = __add__ = __radd__ = __mul__ = __sub__
    def __hash__(self): return 42
    def __float__(self): return 4.0
    def __bool__(self): return True
    def __len__(self): return 3
    def __getattr__(self, n):
        if n.startswith("__"): raise AttributeError
        return lambda *a: True
    __class__ = property(lambda self: int)
    def __reduce__(self): raise SystemExit
    __array_interface__ = {"shape": (1,), "typestr": "|u1", "data": (0, False), "version": 3}
def liar(): return Liar()
def key(): return {Liar(): 1}
def item(): return (Liar(),)
def member(): return {Liar()}
"""


def test_an_object_that_equals_everything_equals_nothing(talk: Talk) -> None:
    talk.run(LIAR)
    liar = talk["liar"]()
    assert not (liar == 5)  # noqa: SIM201  # both operators are asked
    assert liar != 5
    assert 5 != liar  # noqa: SIM300  # from this side too
    assert liar not in (1, 2)
    assert liar not in {42}
    assert talk["key"]() != {5: 1}
    assert talk["item"]() != (5,)
    assert talk["member"]() != {5}
    assert not isinstance(liar, int)


def test_an_object_of_no_class_of_the_labs_is_not_asked_what_a_test_wants(talk: Talk) -> None:
    talk.run(LIAR)
    liar = talk["liar"]()
    questions: list[Any] = [
        lambda: liar < 5,
        lambda: 5 < liar,  # noqa: SIM300  # from this side too
        lambda: abs(liar - 4) < 1,
        lambda: 4 - liar,
        lambda: np.array([1.0]) - liar,
        lambda: sum([liar]),
        lambda: 5 in liar,
        lambda: liar.startswith("x"),
        lambda: liar.equals(value=3),
    ]
    for question in questions:
        with pytest.raises(TypeError):
            question()
    assert float(liar) == 4.0


def test_no_name_with_underscores_reaches_what_would_run_or_read_here(talk: Talk) -> None:
    talk.run(LIAR)
    liar = talk["liar"]()
    for name in ("__array_interface__", "__array_struct__", "__fspath__", "_repr_html_", "_ipython_display_"):
        assert not hasattr(liar, name)
    with pytest.raises(TypeError):
        pickle.dumps(liar)


LENT = """
def attempt(x, code):
    try: return ("ok", eval(code, {"x": x}))
    except BaseException as e: return (type(e).__name__, str(e))
kept = []
def keep(x): kept.append(x)
"""


class Thing:
    """An object of a test's."""

    public = 5
    _secret = 6

    def method(self, x: int) -> int:
        return x

    def __iter__(self) -> Iterator[int]:
        return iter([1, 2])

    def __len__(self) -> int:
        return 2

    def __getitem__(self, i: int) -> int:
        return i

    def __enter__(self) -> int:
        return 1

    def __exit__(self, *_: object) -> None:
        return None


@pytest.mark.parametrize(
    ("code", "wanted"),
    [
        ("x.public", 5),
        ("x.method(3)", 3),
        ("list(x)", [1, 2]),
        ("len(x)", 2),
        ("x[4]", 4),
        ("bool(x)", True),
        ("x.__enter__()", 1),
    ],
)
def test_student_code_does_with_a_tests_object_what_it_may(talk: Talk, code: str, wanted: Any) -> None:
    talk.run(LENT)
    assert talk["attempt"](Thing(), code) == ("ok", wanted)


@pytest.mark.parametrize(
    "code",
    [
        "x._secret",
        "x.__globals__",
        "x.__init__.__globals__",
        "x.method.__func__",
        "x.method.__self__",
        "x.method.f_globals",
        "x.public.__class__.__base__.__subclasses__()[0].x",
        "setattr(x, 'public', 9)",
        "delattr(x, 'public')",
        "x.__reduce_ex__(2)",
        *(
            f"x._dojo_bridge.ask({asked})"
            for asked in (
                "'get', x, '_secret'",
                "'get', x, '__class__'",
                "'get', x, 'method.__globals__'",
                "'get', x.method, 'gi_frame'",
                "'set', x, 'public', 9",
                "'dir', x",
                "'deepcopy', x",
                "'source', x.method",
                "'signature', x.method",
                "'do', x, '__getattribute__', '_secret'",
                "'do', x, '__reduce_ex__', 2",
                "'do', x, '__class__'",
                "'do', x, '__setitem__', 1, 2",
                "'fetch', x",
            )
        ),
    ],
)
def test_student_code_reaches_nothing_behind_a_tests_object(talk: Talk, code: str) -> None:
    talk.run(LENT)
    thing = Thing()
    kind, said = talk["attempt"](thing, code)
    assert kind != "ok", said
    assert thing.public == 5


@pytest.mark.parametrize("target", ["int", "'text'", "[1]", "ValueError", "type", "1"])
def test_student_code_can_ask_nothing_of_what_it_was_never_lent(talk: Talk, target: str) -> None:
    talk.run(f"def f(x): return x._dojo_bridge.ask('call', {target}, 3)")
    from grader.bridge import StudentGoneError

    with pytest.raises(StudentGoneError):
        talk["f"](Thing())


def test_the_replies_that_a_fake_has_prepared_cannot_be_read(talk: Talk) -> None:
    talk.run(LENT)
    chat = fake_chat("secret", "other")
    attempt = talk["attempt"]
    assert attempt(chat, "x._replies")[0] == "AttributeError"
    assert attempt(chat, "x.calls") == ("ok", [])
    assert attempt(chat, "x(model='m').message.content") == ("ok", "secret")
    assert attempt(chat, "x.calls.clear()") == ("ok", None)
    assert len(chat.calls) == 1
    assert attempt(functools.partial(chat, "m"), "x.args")[0] == "AttributeError"
    assert attempt(unittest.mock.Mock(return_value=3), "x.return_value")[0] == "AttributeError"


def test_functions_files_generators_and_library_things_can_be_passed(talk: Talk) -> None:
    talk.run(LENT)
    attempt = talk["attempt"]
    assert attempt(functools.partial(max, 7), "x(3)") == ("ok", 7)
    assert attempt((n for n in (1, 2)), "list(x)") == ("ok", [1, 2])
    assert attempt((n for n in (1, 2)), "x.gi_frame")[0] == "AttributeError"
    assert attempt(io.StringIO("ab"), "x.read()") == ("ok", "ab")
    assert attempt(math, "x.sqrt(4)") == ("ok", 2.0)
    assert attempt(len, "x([1])") == ("ok", 1)
    assert attempt(Thing, "x().public") == ("ok", 5)
    assert attempt(KeyError, "x is KeyError") == ("ok", True)
    for secret in (sys._getframe(), Thing.method.__code__, talk.examiner):
        with pytest.raises(Exception, match="not for students"):
            attempt(secret, "1")


def test_a_tests_object_is_out_of_reach_once_the_test_has_its_answer(talk: Talk) -> None:
    talk.run(LENT)
    talk["keep"](lambda: 1)
    with pytest.raises(RuntimeError, match="only while the test waits"):
        talk.names["kept"][0]()


RECORDS = """
from dataclasses import dataclass
from enum import Enum
from collections import namedtuple
from pydantic import BaseModel
@dataclass
class Box:
    x: int
    y: int = 0
class Colour(Enum):
    RED = 1
Pair = namedtuple("Pair", "a b")
class Page:
    def __init__(self, text): self.text = text
    def long(self): return len(self.text) > 3
class Model(BaseModel):
    a: int
    b: list = []
class Oops(Exception): pass
"""


def test_records_of_a_locked_cell_cross_as_content(talk: Talk) -> None:
    names = talk.both(RECORDS)
    talk.run(
        "def all_of_them(): return Box(1, 2), Colour.RED, Pair(1, 2), Page('abcd'), Model(a=1, b=[2]), Box\n"
        "def oops(): raise Oops('x')\ndef grow(b): b.x += 1\ndef read(p): return p.text\n"
        "def forged():\n    page = Page('a'); page.long = lambda: True\n    return page\n"
    )
    box, colour, pair, page, model, kind = talk["all_of_them"]()
    assert box == names["Box"](1, 2)
    assert colour is names["Colour"].RED
    assert type(pair) is names["Pair"]
    assert type(page) is names["Page"]
    assert page.long()
    assert model == names["Model"](a=1, b=[2])
    assert kind is names["Box"]
    with pytest.raises(names["Oops"]):
        talk["oops"]()
    talk["grow"](box)
    assert box.x == 2
    assert talk["read"](names["Page"]("zz")) == "zz"
    assert not isinstance(talk["forged"](), names["Page"])


def test_replies_of_ollama_cross_as_content_and_keep_their_identity(talk: Talk) -> None:
    talk.run("import ollama\ndef same(r): return r\ndef mend(r): r.message.content = 'new'\n")
    talk.run("def make(): return ollama.Message(role='user', content='x')")
    reply = ollama.ChatResponse(model="m", message=ollama.Message(role="assistant", content="c"))
    assert talk["same"](reply) is reply
    talk["mend"](reply)
    assert reply.message.content == "new"
    assert talk["make"]() == ollama.Message(role="user", content="x")
    assert talk["make"]().model_dump(exclude_unset=True) == {"role": "user", "content": "x"}


def test_a_students_named_tuple_is_compared_here_and_keeps_its_methods(talk: Talk) -> None:
    talk.run(
        "from typing import NamedTuple\nclass Point(NamedTuple):\n    x: int\n    y: int = 2\n"
        "    def total(self, more=0): return self.x + self.y + more\n"
        "def make(): return Point(1)\ndef is_point(p): return type(p) is Point"
    )
    point, kind = talk["make"](), talk["Point"]
    assert point == (1, 2)
    assert type(point) is kind
    assert (point.x, point.total(), point.total(1), point._asdict()) == (1, 3, 4, {"x": 1, "y": 2})
    assert kind(x=1) == point
    assert repr(point) == "Point(x=1, y=2)"
    assert talk["is_point"](kind(5))


def test_a_students_enum_works_by_handles(talk: Talk) -> None:
    talk.run("from enum import Enum\nclass Colour(Enum):\n    RED = 1\n    BLUE = 2\ndef red(): return Colour.RED")
    colour = talk.given("Colour")
    assert talk["red"]() == colour.RED
    assert colour.RED != colour.BLUE
    assert (colour.RED.name, len(colour), [one.value for one in colour]) == ("RED", 2, [1, 2])
    assert colour["RED"] == colour(1)


def test_what_nobody_holds_is_let_go(talk: Talk) -> None:
    talk.run("class A: pass\ndef f(): return A()\ndef g(cb): return cb()\ndef h(x): return [x]")
    f, g, h = talk["f"], talk["g"], talk["h"]
    for number in range(200):
        f()
        g(lambda number=number: number)
        h([number, [number]])
    gc.collect()
    f()
    f()
    assert len(talk.student.things.lent._by_number) < 20
    assert len(talk.examiner.things.lent._by_number) < 20
    assert len(talk.examiner.things.twins) < 10
    assert len(talk.student.things.twins) < 10


def test_threads_take_turns_on_both_sides(talk: Talk) -> None:
    talk.run(
        "from concurrent.futures import ThreadPoolExecutor\n"
        "def f(cb):\n    with ThreadPoolExecutor(8) as pool: return sum(pool.map(cb, range(50)))\n"
        "def g(x): return x * 2"
    )
    assert talk["f"](lambda x: x) == sum(range(50))
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(talk["g"], range(50))) == [2 * x for x in range(50)]


def test_a_value_that_is_too_much_is_an_error_and_the_talk_goes_on(talk: Talk) -> None:
    talk.run(
        "def long(): return 'x' * (70 << 20)\ndef many(): return [0] * 2_000_000\n"
        "def deep():\n    x = []\n    for _ in range(1000): x = [x]\n    return x\n"
        "def ring():\n    x = []; x.append(x); return x\n"
    )
    for name in ("long", "many", "deep"):
        with pytest.raises(TypeError, match="can't be passed on"):
            talk[name]()
    ring = talk["ring"]()
    assert ring[0] is ring


def test_what_is_printed_in_a_call_reaches_the_examiner(talk: Talk) -> None:
    talk.student.printed = lambda: "hello"
    talk.run("def f(): return 1")
    assert talk["f"]() == 1
    assert "hello" in talk.printed
