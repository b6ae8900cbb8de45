"""Workers on this machine: one process each, driven by one thread each, in the shape of `concurrent.futures`.

Covered: a worker that dies, hangs or is killed is replaced and its job done again; a job that ends its worker four
times is given up, the others are not touched by it.
"""

from __future__ import annotations

import itertools
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

from dojo.errors import DojoError
from grader.job import Job, Result
from grader.plain import plain, result_from

__all__ = ["LocalPool", "Marker", "Worker", "command"]

_TRIES = 4
_TIDY_S = 5.0  # for a worker to end by itself
_START_S = 300.0  # a cold disk under a busy machine: torch alone may take a minute


class Marker(Protocol):
    """Something that marks jobs; `width` of them at a time."""

    @property
    def width(self) -> int: ...

    def submit(self, job: Job) -> Future[Result]: ...

    def close(self) -> None: ...


def command(stage: Path, unsafe: bool, course: Path | None = None, heavy: Sequence[str] = ()) -> list[str]:
    """The command line of a worker process; no submission sees the folder `course`, wherever it lies. `heavy` are
    modules that it may import at once, for an assignment that uses them."""
    # -P: a json.py in the course folder must not stand in for Python's own.
    line = [sys.executable, "-P", "-m", "grader.worker", str(stage)]
    line += [f"--heavy={name}" for name in heavy]
    return [*line, *(["--unsafe"] if unsafe else []), *(["--hide", str(course)] if course else [])]


def _core(number: int) -> list[str]:
    """The words that give the worker of this number one of the cores that we may use; none where nobody can."""
    if not hasattr(os, "sched_setaffinity"):
        return []
    cores = sorted(os.sched_getaffinity(0))
    return ["--core", str(cores[number % len(cores)])]


class Worker:
    """One worker process, started when first needed and again whenever it has died. Used by one thread at a time."""

    def __init__(self, line: Sequence[str]) -> None:
        self._line = list(line)
        self._process: subprocess.Popen[str] | None = None
        self._closed = False
        self._fatal = self.engine = ""

    def mark(self, job: Job) -> Result:
        """Have the job marked; a `DojoError` where it can't be, however often it is tried."""
        problem = f"the grader's own process ended {_TRIES} times while it marked this"
        for _ in range(_TRIES):
            answer = self._ask(job)
            if self._closed:
                raise DojoError("the grading was stopped; run it again")
            if "result" in answer:
                return result_from(answer["result"])
            if "problem" in answer:
                # Perhaps something was killed under it; a fresh process may do better.
                problem = str(answer["problem"])
                self._kill()
        raise DojoError(problem)

    def hang_up(self) -> None:
        """Tell the process to end; an idle one tidies up first."""
        self._closed = True
        process = self._process
        if process is not None and process.stdin is not None:
            with suppress(OSError, ValueError):
                process.stdin.close()

    def close(self) -> None:
        """End the process, whatever it is doing."""
        self.hang_up()
        process = self._process
        if process is not None:
            with suppress(subprocess.TimeoutExpired):
                process.wait(_TIDY_S)
        self._kill()

    def _ask(self, job: Job) -> dict[str, Any]:
        """The worker's answer; an empty one where it died or took longer than any submission may."""
        self._start()
        if self._process is None:
            return {"problem": self._fatal} if self._fatal else {}
        answer = self._exchange(json.dumps(plain(job)), 2 * job.limits.total_s + _START_S)
        if not answer:
            self._kill()
        return answer

    def _start(self) -> None:
        if self._process is not None and self._process.poll() is None:
            return
        self._kill()
        if self._closed:
            return
        self._process = subprocess.Popen(
            self._line,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            start_new_session=True,  # so that Ctrl-C reaches the main process alone, and all can be ended together
        )
        hello = self._exchange("", _START_S)
        self._fatal = str(hello.get("fatal", ""))
        self.engine = str(hello.get("ready", ""))
        if not self.engine:
            self._kill()

    def _exchange(self, line: str, limit_s: float) -> dict[str, Any]:
        """Send a line, if there is one, and read the next answer."""
        process = self._process
        assert process is not None  # because _start made it
        assert process.stdin is not None  # because pipes were asked for
        assert process.stdout is not None
        watch = threading.Timer(limit_s, process.kill)
        watch.daemon = True
        watch.start()
        try:
            if line:
                process.stdin.write(line + "\n")
                process.stdin.flush()
            answer = json.loads(process.stdout.readline())
        except (OSError, ValueError):
            # It has died; ValueError is half a line, or a pipe that we closed meanwhile.
            return {}
        finally:
            watch.cancel()
        return answer if isinstance(answer, dict) else {}

    def _kill(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        if os.name == "posix":
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(OSError, ValueError):
                    pipe.close()


class LocalPool:
    """As many workers as `width`. Each has a core for its submissions, as far as there are enough: one that keeps a
    core busy with dozens of processes takes no time from those beside it, whose limits are in seconds."""

    def __init__(self, width: int, line: Sequence[str]) -> None:
        self._width = width
        self._line = line
        self._workers: list[Worker] = []
        self._own = threading.local()
        self._numbers = itertools.count()
        self._threads = ThreadPoolExecutor(width, thread_name_prefix="marker")

    @property
    def width(self) -> int:
        return self._width

    def submit(self, job: Job) -> Future[Result]:
        """Have the job marked by the next free worker."""
        return self._threads.submit(self._mark, job)

    def close(self) -> None:
        """End all workers; what they were marking is lost, and will be marked again by the next run."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in list(self._workers):
            worker.hang_up()
        for worker in list(self._workers):
            worker.close()
        self._threads.shutdown(wait=True)

    def _mark(self, job: Job) -> Result:
        worker: Worker | None = getattr(self._own, "worker", None)
        if worker is None:
            worker = self._own.worker = Worker([*self._line, *_core(next(self._numbers))])
            self._workers.append(worker)
        return worker.mark(job)
