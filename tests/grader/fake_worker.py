"""A worker process for tests of the pool: it marks in this process, and misbehaves where the student's name says so."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent


def main() -> None:
    sys.path[:0] = [str(HERE), str(HERE.parent.parent)]
    from here import mark_here

    from grader.plain import job_from, plain

    stage = Path(sys.argv[1])
    _say({"ready": "fake"})
    for line in sys.stdin:
        job = job_from(json.loads(line))
        note = stage / f"tried-{job.student}"
        tries = int(note.read_text(encoding="utf-8")) if note.exists() else 0
        note.write_text(str(tries + 1), encoding="utf-8")
        if job.student.startswith("slow"):
            time.sleep(0.2)
        if job.student == "deadly" or (job.student == "shaky" and tries < 2):
            os._exit(9)
        if job.student == "garbage" and not tries:
            sys.stdout.write("half a li")
            sys.stdout.flush()
            os._exit(0)
        if job.student == "broken":
            _say({"problem": "the grader itself stopped at it"})
        else:
            _say({"result": plain(mark_here(job, stage))})


def _say(message: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
