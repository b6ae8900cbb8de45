"""The talk between a student and an examiner over one socket: ask, be asked back while waiting, get the answer.

Each question of the examiner's carries a number that nobody can guess, and everything that the student sends names the
question which is open. So nothing that was sent before the question, after its answer or in place of another counts.

Covered:
* questions within questions, to any sane depth; threads on either side take turns;
* an answer out of order, an unasked one, bytes that are no message, too many questions or objects: the student is gone,
  for good, and what waits for it raises `StudentGoneError`;
* a test's object can be used only while a test waits, and only as `grader.deeds` allows; the student can ask nothing of
  anything else;
* a StopIteration out of the student's code ends no loop of a test's, unless the test names it;
* what a test's function gives back is a copy; what a test passes as an argument can be changed by the call;
* objects are let go when the other side holds them no more.

Not covered:
* a test that waits for a second thread of its own, which in turn asks the student: it waits until its time is up.
"""

from __future__ import annotations

import os
import secrets
import socket
import sys
import threading
import types
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext, suppress
from typing import Any

from grader import faults, messages
from grader.deeds import do_all, do_little
from grader.things import Things
from grader.wire import SIZE, Decoder, Encoder, WireError

__all__ = ["Bridge", "StudentGoneError"]

_HEAD = 4
_TOGETHER = 1 << 16
_PIECE = 1 << 20
_NESTED = 60  # questions within questions
_CALLS_MOST = 1_000_000
_ASK, _ANSWER, _FAULT = 1, 2, 3


class StudentGoneError(BaseException):
    """The student's process has ended, or what it says makes no sense. No test takes this for an error of its own."""


class Bridge:
    """One side of the talk. `examiner` says which; the functions are for whoever uses it to set."""

    def __init__(self, channel: socket.socket, examiner: bool) -> None:
        self.examiner = examiner
        self.things = Things(self, examiner)
        self.gone = ""
        self.calls = 0
        self.missed = False  # whether a question got no answer; whoever counts the calls sets both back
        # The examiner's: what to do with what the student's code has printed, and with names that hold something new.
        self.on_print: Callable[[str], None] = lambda text: None
        self.on_news: Callable[[list[str]], None] = lambda names: None
        # The student's: what to say of these, how to find a name, and what to put around a call.
        self.printed: Callable[[], str] = lambda: ""
        self.news: Callable[[], list[str]] = list
        self.fetch: Callable[[str], Any] = lambda name: None
        self.around: Callable[[], AbstractContextManager[Any]] = nullcontext
        self._channel = channel
        self._lock = threading.RLock()
        self._open: list[bytes] = []  # the numbers of the questions that are open, the inmost last
        self._news: dict[str, None] = {}
        self._process = os.getpid()

    # -- asking ------------------------------------------------------------------------------------------------------

    def ask(self, deed: str, target: Any, /, *arguments: Any, **named: Any) -> Any:
        """Have something done to an object of the other side, and give what came of it."""
        with self._lock:
            if not self.examiner:
                return self._ask_back(deed, target, arguments, named)
            self._count()
            self._not_too_deep()
            number = secrets.token_bytes(8)
            data = self._question(deed, target, arguments, named)
            self._open.append(number)
            try:
                self._send(_ASK, number, data)
                return self._wait(number)
            except StopIteration as end:
                if (deed, *arguments[:1]) == ("do", "__next__") or _is_expected(StopIteration):
                    raise
                raise RuntimeError("the student's code raised StopIteration") from end
            finally:
                self._open.pop()
                self._tell_news()

    def _count(self) -> None:
        """One more question, if there may be one."""
        if self.gone:
            self.missed = True
            raise StudentGoneError(self.gone)
        self.calls += 1
        if self.calls > _CALLS_MOST:
            self._lose(f"more than {_CALLS_MOST} calls were made in one cell")

    def _not_too_deep(self) -> None:
        if len(self._open) >= _NESTED:
            raise RecursionError("a test and the student's code call each other without end")

    def _tell_news(self) -> None:
        if self._news and not self._open and not self.gone:
            names, self._news = list(self._news), {}
            self.on_news(names)

    def _ask_back(self, deed: str, target: Any, arguments: tuple[Any, ...], named: dict[str, Any]) -> Any:
        if not self._open or os.getpid() != self._process:
            raise RuntimeError("an object of a test can be used only while the test waits for your code")
        number = self._open[-1]
        self._send(_ASK, number, self._question(deed, target, arguments, named))
        return self._wait(number)

    def _question(self, deed: str, target: Any, arguments: tuple[Any, ...], named: dict[str, Any]) -> bytearray:
        def payload(to: Encoder) -> None:
            to.text(deed)
            to.value(target)
            to.values(len(arguments), arguments)
            to.number(len(named))
            for name, value in named.items():
                to.text(name)
                to.value(value)

        return messages.write(self.things, payload, share=True)

    def _wait(self, number: bytes) -> Any:
        """Read until the answer to this question comes; serve what the other side asks meanwhile."""
        while True:
            kind, theirs, body = self._receive()
            if self.examiner and theirs != number:
                self._lose("it sent what nobody had asked for")
            if kind == _ASK:
                self._serve(theirs, body)
                continue
            if kind not in (_ANSWER, _FAULT):
                self._lose("it sent no message")
            value = self._answered(body)
            if kind == _ANSWER:
                return value
            if not isinstance(value, BaseException):
                self._lose("it raised what is no exception")
            try:
                raise value
            finally:
                # Else the exception and this frame would keep each other alive, and with them the arguments.
                del value

    def _answered(self, body: memoryview) -> Any:
        printed, names, value = self._read(body, _read_answer)
        if self.examiner:
            if printed:
                self.on_print(printed)
            self._news |= dict.fromkeys(names[:100])
        return value

    # -- being asked -------------------------------------------------------------------------------------------------

    def serve_one(self) -> bool:
        """Wait for one question and answer it; False when the other side has closed."""
        try:
            kind, number, body = self._receive()
            if kind == _ASK:
                self._serve(number, body)
        except StudentGoneError:
            return False
        return True

    def _serve(self, number: bytes, body: memoryview) -> None:
        """Answer one question."""
        if self.examiner:
            self._count()
            value, kind = self._done(body)
            data, kind = self._answer(value, kind)
            self._send(kind, number, data)
            return
        with self._lock:
            self._open.append(number)
        value, kind = self._done(body)
        # From the moment the answer is on its way, no thread of the student's can ask under this number.
        with self._lock:
            self._open.remove(number)
            data, kind = self._answer(value, kind)
            del value
            self._send(kind, number, data)

    def _done(self, body: memoryview) -> tuple[Any, int]:
        """What came of a question: a value, or what was raised."""
        with self._lock:
            deed, target, arguments, named = self._read(body, self._read_question)
        try:
            if self.examiner:
                self._not_too_deep()
                return do_little(deed, target, arguments, named), _ANSWER
            if deed == "fetch":
                return self.fetch(target), _ANSWER
            if deed == "stay":
                self.things.stay.add(target)
                return None, _ANSWER
            with self.around():
                return do_all(deed, target, arguments, named), _ANSWER
        except BaseException as problem:
            if self.gone:
                raise
            if not self.examiner:
                faults.note_place(problem)
            problem.__traceback__ = None
            return problem, _FAULT

    def _read_question(self, source: Decoder) -> tuple[str, Any, tuple[Any, ...], dict[str, Any]]:
        deed = source.text()
        # A student may ask something of what it was lent, and of nothing else: not of a class that both sides know.
        if self.examiner and source.next_tag() != "H":
            raise WireError("something is asked of what was never lent")
        target = source.value()
        arguments = tuple(source.value() for _ in range(source.count()))
        named = {source.text(): source.value() for _ in range(source.count())}
        return deed, target, arguments, named

    def _answer(self, value: Any, kind: int) -> tuple[bytearray, int]:
        """The answer's bytes; a value that can't cross becomes an error that says so."""
        printed, names = self.printed(), self.news()

        def payload(to: Encoder) -> None:
            to.text(printed)
            to.values(len(names), names)
            to.value(value)

        try:
            return messages.write(self.things, payload, share=not self.examiner), kind
        except WireError as problem:
            value = TypeError(f"what came back can't be passed on: {problem}")
            return messages.write(self.things, payload, share=False), _FAULT

    # -- the socket --------------------------------------------------------------------------------------------------

    def _read(self, body: memoryview, payload: Callable[[Decoder], Any]) -> Any:
        try:
            return messages.read(self.things, body, payload)
        except (WireError, RecursionError, MemoryError) as problem:
            self._lose(f"it sent what is no message: {problem}")

    def _send(self, kind: int, number: bytes, data: bytearray) -> None:
        head = (len(data) + 9).to_bytes(_HEAD, "big") + bytes([kind]) + number
        try:
            if len(data) <= _TOGETHER:
                # In one piece: the other side would wake at the head, only to wait for the rest.
                self._channel.sendall(head + data)
            else:
                self._channel.sendall(head)
                self._channel.sendall(data)
        except OSError:
            self._lose("its process has ended")

    def _receive(self) -> tuple[int, bytes, memoryview]:
        length = int.from_bytes(self._bytes(_HEAD), "big")
        if not 9 <= length <= SIZE + 9:
            self._lose("it sent a message of no sound length")
        data = self._bytes(length)
        return data[0], bytes(data[1:9]), memoryview(data)[9:]

    def _bytes(self, count: int) -> bytearray:
        """Exactly so many bytes; memory grows only as they come."""
        data = bytearray(min(count, _PIECE))
        at = 0
        while at < count:
            if at == len(data):
                data += bytes(min(count - at, at))
            try:
                with memoryview(data) as view, view[at:] as rest:
                    came = self._channel.recv_into(rest)
            except OSError:
                came = 0
            if not came:
                self._lose("its process has ended")
            at += came
        return data

    def close(self) -> None:
        """End the talk."""
        self.gone = self.gone or "the student's side is gone: the talk is over"
        with suppress(OSError):
            self._channel.shutdown(socket.SHUT_RDWR)
        self._channel.close()

    def _lose(self, why: str) -> Any:
        """From here on the other side counts as gone."""
        self.missed = True
        if not self.gone:
            self.gone = f"the student's side is gone: {why}"
            self.close()
        raise StudentGoneError(self.gone)


def _is_expected(kind: type[BaseException]) -> bool:
    """Whether a cell that is being run now names this exception, as `except StopIteration` does.

    A test's own loop over `map(f, cases)` takes a StopIteration out of f for its end: no case is left that could fail.
    """
    frame: types.FrameType | None = sys._getframe(2)
    while frame is not None:
        if kind.__name__ in frame.f_code.co_names and faults.in_notebook(frame.f_code.co_filename):
            return True
        frame = frame.f_back
    return False


def _read_answer(source: Decoder) -> tuple[str, list[str], Any]:
    printed = source.text()
    names = [source.value() for _ in range(source.count())]
    if not all(type(name) is str for name in names):
        raise WireError("a name is a text")
    return printed, names, source.value()
