"""A process that marks: jobs come in on its stdin, a line of JSON each; results go out on its stdout, a line each.

Started as `python -P -m grader.worker STAGE`. It ends when its stdin does, which is when the process that started it
ends, however that was; what it was marking is then marked again by the next one.
"""

from __future__ import annotations

import argparse
import json
import os
import queue
import threading
import traceback
from pathlib import Path
from typing import TextIO

from dojo.errors import DojoError
from grader.engine import engine
from grader.plain import job_from, plain

__all__ = ["main"]

_PATIENCE_S = 2.0  # for what is being marked when stdin ends


def main() -> None:
    """Serve jobs until stdin ends."""
    parser = argparse.ArgumentParser(prog="grader.worker")
    parser.add_argument("stage", type=Path)
    parser.add_argument("--unsafe", action="store_true")
    parser.add_argument("--core", type=int)  # for whatever submissions run
    parser.add_argument("--heavy", action="append", default=[])  # a module that the assignment uses
    parser.add_argument("--hide", type=Path, action="append", default=[])
    args = parser.parse_args()
    jobs, answers = _private_channels()
    waiting: queue.SimpleQueue[str] = queue.SimpleQueue()
    threading.Thread(target=_read, args=(jobs, waiting), daemon=True).start()
    from grader.supervisor import Supervisor

    try:
        supervisor = Supervisor(args.stage, unsafe=args.unsafe, hidden=args.hide, core=args.core)
        supervisor.start(args.heavy)
    except DojoError as error:
        _say(answers, {"fatal": str(error)})
        return
    _say(answers, {"ready": engine(args.unsafe)})
    while line := waiting.get():
        try:
            _say(answers, {"result": plain(supervisor.mark(job_from(json.loads(line))))})
        except DojoError as error:
            _say(answers, {"problem": str(error)})
        except Exception:
            # A fault of the grader itself; this submission is refused with it, the others go on.
            _say(answers, {"problem": "the grader itself stopped at it", "trace": traceback.format_exc()})
    supervisor.close()


def _private_channels() -> tuple[TextIO, TextIO]:
    """Keep stdin and stdout for us, so that whatever prints in this process prints past them."""
    jobs = os.fdopen(os.dup(0), "r", encoding="utf-8")
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    return jobs, answers


def _read(jobs: TextIO, waiting: queue.SimpleQueue[str]) -> None:
    for line in jobs:
        waiting.put(line)
    # Whoever started us is done with us, or gone; the nursery ends with this process.
    waiting.put("")
    last = threading.Timer(_PATIENCE_S, os._exit, (0,))
    last.daemon = True
    last.start()


def _say(answers: TextIO, message: dict[str, object]) -> None:
    answers.write(json.dumps(message) + "\n")
    answers.flush()


if __name__ == "__main__":
    main()
