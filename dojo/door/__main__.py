"""`python -m dojo.door`: serve the models folder until told to end. `process.py` starts it so."""

from __future__ import annotations

import argparse
import signal
import sys
from pathlib import Path

from dojo.door.process import SHIPPED, models_folder, runtime_folder
from dojo.errors import DojoError


def main() -> int:
    """0 when it served and ended, 3 when another door already serves."""
    parser = argparse.ArgumentParser(prog="python -m dojo.door", description=__doc__)
    parser.add_argument("--models", type=Path, help="the models folder (default: models/ in the workspace)")
    parser.add_argument("--shipped", type=Path, default=SHIPPED, help="models that come with the course")
    parser.add_argument("--runtime", type=Path, help="where the door says that it is there")
    parser.add_argument("--port", type=int, default=0, help="default: the last one, or any that is free")
    parser.add_argument("--idle", type=float, default=0, help="end after so many seconds without a request; 0: never")
    parser.add_argument("--queue", type=int, default=512, help="how many requests may wait")
    asked = parser.parse_args()
    from dojo.door.serve import Serving, serve

    if hasattr(signal, "SIGXFSZ"):
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # a file-size limit is an error to answer, not an end
    folder = (asked.models or models_folder()).absolute()
    runtime = asked.runtime or runtime_folder(folder)
    wanted = Serving(folder, asked.shipped, runtime, asked.port, asked.idle, asked.queue)
    try:
        return 0 if serve(wanted) else 3
    except DojoError as problem:
        print(problem, file=sys.stderr)  # noqa: T201 - a command prints
        return problem.exit_code


if __name__ == "__main__":
    sys.exit(main())
