"""A student who writes the bytes by hand: whatever they are, the examiner takes a plain value or nothing at all."""

from __future__ import annotations

import random
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import numpy as np
import ollama
import pytest
from pair import Talk, talking

from grader.bridge import Bridge, StudentGoneError
from grader.wire import dumps

NOTHING = b"\0"  # no twin has changed
END = b"\0\0"  # nothing is let go


def answer(payload: bytes, share: int = 0, states: bytes = NOTHING) -> bytes:
    """An answer's body: nothing printed, no news, then this value."""
    return bytes([share, 1]) + states + b"\0\0" + payload + END


def varint(number: int) -> bytes:
    data = bytearray()
    while number > 127:
        data.append(number & 127 | 128)
        number >>= 7
    return bytes([*data, number])


class Forger:
    """A student's side that gives these bytes to each question."""

    def __init__(self, body: bytes) -> None:
        ours, self._theirs = socket.socketpair()
        ours.settimeout(20)
        self.examiner = Bridge(ours, examiner=True)
        self._student = Bridge(self._theirs, examiner=False)
        self._body = body
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        with suppress(StudentGoneError):
            while True:
                _, number, body = self._student._receive()
                self._student._read(body, self._student._read_question)
                self._student._send(2, number, bytearray(self._body))

    def close(self) -> None:
        self.examiner.close()
        self._thread.join(20)
        self._student.close()


def told(body: bytes, *arguments: Any) -> Any:
    """What the examiner takes these bytes for."""
    forger = Forger(body)
    try:
        return forger.examiner.ask("fetch", "f", *arguments)
    finally:
        forger.close()


def test_sound_bytes_are_a_value() -> None:
    assert told(answer(b"T")) is True


@pytest.mark.parametrize(
    "payload",
    [
        *(b"K\x08builtins\x04eval", b"K\x02os\x06system", b"K\x08builtins\x04open", b"K\x0agrader.job\x03Job"),
        *(b"G\x02os\x06system", b"H\x01", b"H\x05", b"h\x00c\x00", b"h\x01c\x01", b"h\x01o\x05\x01", b"h\x01sX\x00"),
        *(b"h\x01f\x09\x01f", b"h\x01c\x00\x01AN\x00\x00", b"E\x08builtins\x03int", b"E\x08__main__\x03Box"),
        *(b"P\x01\x01\x00\x01X\x01s\x03a.b\x00", b"P\x00\x01\x00\x01X\x01s\x08__class_", b"P\x02\x01\x00"),
        *(b"X\x01\x00", b"Y\x01\x00\x0asubprocess\x05Popen"[:5], b"R\x00\x01", b"R\x01\x01"),
    ],
)
def test_bytes_that_name_what_is_not_theirs_end_the_talk(payload: bytes) -> None:
    with pytest.raises(StudentGoneError):
        told(answer(payload))


@pytest.mark.parametrize(
    ("offset", "count", "stride"),
    [(3, 1, 1), (0, 5, 1), (0, 3, -1), (1, 3, 1), (0, 2, 4), (1 << 40, 1, 1), (2, 4, -1), (1, 1 << 40, 1)],
)
def test_a_window_shows_nothing_outside_its_array(offset: int, count: int, stride: int) -> None:
    form = b"W\x00\x01" + varint(offset) + b"\x03|u1\x01" + varint(count) + dumps(stride)
    with pytest.raises(StudentGoneError):
        told(answer(form), np.arange(3, dtype=np.uint8))


@pytest.mark.parametrize("state", [b"d\0", b"e\0", b"B\0", b"aN", b"o\0", b"l\xff\xff\x03", b"?"])
def test_a_value_does_not_become_one_of_another_kind(state: bytes) -> None:
    mine = [1]
    with pytest.raises(StudentGoneError):
        told(answer(b"T", states=b"\x01\x00\x01" + state), mine)
    assert mine == [1]


def test_only_what_was_passed_can_be_changed_and_only_by_a_whole_message() -> None:
    change = b"\x01\x00\x01l\x01T"
    mine: list[Any] = [1]
    with pytest.raises(StudentGoneError):
        told(answer(b"T", states=change) + b"X", mine)
    assert mine == [1]
    assert told(answer(b"T", states=change), mine) is True
    assert mine == [True]
    with pytest.raises(StudentGoneError):
        told(answer(b"T", states=change), (1, 2))
    message = ollama.Message(role="user", content="x")
    with pytest.raises(StudentGoneError):
        told(answer(b"T", states=b"\x01\x00\x01o\x01\x09__class__T"), message)


@pytest.fixture
def talk() -> Iterator[Talk]:
    with talking() as one:
        yield one


def test_what_a_tests_function_gives_back_is_a_copy(talk: Talk) -> None:
    talk.run("def f(cb):\n    x = cb(); x.append(9)\n    return cb()")
    mine = [1]
    assert talk["f"](lambda: mine) == [1]
    assert mine == [1]


class Line:
    """A channel on which these bytes answer the question that was sent last."""

    def __init__(self, body: bytes) -> None:
        self._body, self._sent, self._left = body, b"", b""

    def sendall(self, data: bytes) -> None:
        self._sent += bytes(data)

    def recv_into(self, room: memoryview) -> int:
        if self._sent:
            number, self._sent = self._sent[5:13], b""
            self._left = (len(self._body) + 9).to_bytes(4, "big") + b"\x02" + number + self._body
        piece, self._left = self._left[: len(room)], self._left[len(room) :]
        room[: len(piece)] = piece
        return len(piece)

    def shutdown(self, how: int) -> None: ...

    def close(self) -> None: ...


SEEDS = [
    answer(b"T"),
    answer(b"l\x02TF", share=1),
    answer(b"d\x01i\x01\x05l\x00", share=1),
    answer(b"h\x01f\x00\x01f"),
    answer(b"h\x02o\x03\x00\x01Ai\x01\x01\0\0"),
    answer(b"T", states=b"\x01\x00\x01l\x01T"),
    answer(b"X\x01\x01\x00\x08builtins\x0aValueError\x01x\x00\x00\x00"),
    answer(b"P\x01\x01\x00\x01A\x01s\x01x\x01T"),
]
CHANGES: list[Callable[[random.Random, bytearray], None]] = [
    lambda chance, data: data.__setitem__(chance.randrange(len(data)), chance.randrange(256)),
    lambda chance, data: data.insert(chance.randrange(len(data)), chance.choice(b"NTFHhXYPEKRMWQl\x00\x01\x02\xff")),
    lambda chance, data: data.__delitem__(chance.randrange(len(data))),
]


def test_thousands_of_changed_answers_are_values_or_the_end() -> None:
    chance = random.Random(7)
    begun = time.perf_counter()
    for _ in range(4000):
        data = bytearray(chance.choice(SEEDS))
        for _ in range(chance.randint(1, 4)):
            chance.choice(CHANGES)(chance, data)
        ours, theirs = socket.socketpair()
        theirs.close()
        ours.close()
        bridge = Bridge(ours, examiner=True)
        bridge._channel = Line(bytes(data))  # type: ignore[assignment]  # all that a bridge uses of a socket
        with suppress(StudentGoneError):
            bridge.ask("fetch", "f", [1, 2], np.zeros(3))
    assert time.perf_counter() - begun < 120
