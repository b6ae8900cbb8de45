"""A Dask cluster's workers, used as the workers of this machine are.

Each thread of a Dask worker keeps a grading process of its own, so that the sandbox, and what happens to a hostile
submission, are the same there as here. The kit must be installed there in the same version, and bubblewrap with it.

Covered: a worker that is killed, or leaves; data files travel once to each worker, found by content.

Not covered: a scheduler that is killed ends the run, which goes on where it stopped when it is started again; whoever
can reach the scheduler can run code on the cluster, as always with Dask.
"""

from __future__ import annotations

import importlib
import os
import queue
import tempfile
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

from dojo.errors import DojoError
from grader.engine import engine
from grader.job import Job, Result
from grader.plain import job_from, plain, result_from
from grader.pool import Worker, command

__all__ = ["Cluster", "mark_there"]

_TRIES = 4
_ANSWER_S = 20  # for a scheduler to be reached
_WIDEST = 256


class Cluster:
    """The cluster at `address`, such as tcp://10.0.0.5:8786; `stage` is the folder of data files here."""

    def __init__(self, address: str, stage: Path, unsafe: bool) -> None:
        try:
            distributed = importlib.import_module("distributed")
        except ImportError:
            raise DojoError("Dask is not installed; get it with `pip install distributed`.") from None
        try:
            self._client: Any = distributed.Client(address, timeout=_ANSWER_S, set_as_default=False)
        except (OSError, ValueError, TypeError) as error:
            said = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise DojoError(
                f"No Dask scheduler answers at {address} ({said}); start one with `dask scheduler`."
            ) from None
        self._stage, self._unsafe, self._engine = stage, unsafe, engine(unsafe)
        threads = sum(self._client.nthreads().values())
        if not threads:
            self._client.close()
            raise DojoError(f"The Dask cluster at {address} has no workers; start some with `dask worker {address}`.")
        self._width: int = min(threads, _WIDEST)
        self._closed = False
        # Each thread waits for one job; the cluster decides where that runs.
        self._threads = ThreadPoolExecutor(self._width, thread_name_prefix="cluster")

    @property
    def width(self) -> int:
        return self._width

    def submit(self, job: Job) -> Future[Result]:
        """Have the job marked somewhere on the cluster."""
        return self._threads.submit(self._mark, job)

    def close(self) -> None:
        """Leave the cluster; what it was marking for us is dropped."""
        self._closed = True
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._client.close()
        self._threads.shutdown(wait=True)

    def _mark(self, job: Job) -> Result:
        content = plain(job)
        files: dict[str, bytes] = {}
        lost = "it has no workers left"
        for _ in range(_TRIES):
            try:
                answer = self._client.submit(
                    mark_there, content, files, self._engine, self._unsafe, pure=False, retries=2
                ).result()
            except Exception as error:
                # A worker that was killed, a scheduler that has gone, a kit that is not installed there.
                lost = f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else 'no reason given'}"
                if self._closed:
                    break
                continue
            if "result" in answer:
                return result_from(answer["result"])
            if "problem" in answer:
                raise DojoError(str(answer["problem"]))
            files = {digest: (self._stage / digest).read_bytes() for _, digest in job.files}
        raise DojoError(f"the cluster could not mark it ({lost[:200]}); run it again")


# What a Dask worker's process keeps between tasks: idle grading processes, and the folder of data files.
_idle: queue.SimpleQueue[Worker] = queue.SimpleQueue()
_first = threading.Lock()
_stages: list[Path] = []


def mark_there(content: dict[str, Any], files: dict[str, bytes], expected: str, unsafe: bool) -> dict[str, Any]:
    """Mark one job in this process of the cluster. The answer holds a "result", a "problem" in words, or "missing",
    the digests of data files to send along."""
    if engine(unsafe) != expected:
        return {"problem": "a worker of the cluster has another version of the kit, or of a package that labs use"}
    stage = _stage()
    for digest, data in files.items():
        part = stage / f".{digest}-{os.getpid()}-{threading.get_ident()}"
        part.write_bytes(data)
        part.chmod(0o644)
        part.replace(stage / digest)
    job = job_from(content)
    missing = [digest for _, digest in job.files if not (stage / digest).exists()]
    if missing:
        return {"missing": missing}
    try:
        worker = _idle.get_nowait()
    except queue.Empty:
        worker = Worker(command(stage, unsafe, heavy=job.heavy))
    try:
        return {"result": plain(worker.mark(job))}
    except DojoError as error:
        return {"problem": str(error)}
    finally:
        _idle.put(worker)


def _stage() -> Path:
    with _first:
        if not _stages:
            _stages.append(Path(tempfile.mkdtemp(prefix="dojo-stage-")))
            _stages[0].chmod(0o755)  # the sandbox may read it as another user
        return _stages[0]
