"""Workers from Slurm for `dojo course grade --cluster`: a scheduler runs here, and Slurm's jobs come to it.

    python deploy/scale/slurm.py [--jobs 4]

Run it on a login node, in the environment that has the kit; nodes must see that environment too. It prints the
address to grade with, and gives the jobs back when it is stopped (Ctrl-C). jobqueue.yaml beside it says what a job is.
"""

from __future__ import annotations

import argparse
import signal
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent


def cluster() -> Any:
    """A scheduler in this process that asks Slurm for workers, as jobqueue.yaml says."""
    import dask
    import dask_jobqueue  # its defaults come first, ours over them, and a person's own settings last

    dask.config.refresh(paths=[str(HERE / "jobqueue.yaml"), *dask.config.paths])
    return dask_jobqueue.SLURMCluster()


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--jobs", type=int, default=4, help="how many jobs to ask for (default 4)")
    args = parser.parse_args(words)
    stop = threading.Event()
    for one in (signal.SIGINT, signal.SIGTERM):
        signal.signal(one, lambda number, frame: stop.set())
    with cluster() as running:
        running.scale(jobs=args.jobs)
        say(f"dojo course grade 1 --cluster {running.scheduler_address}")
        say("Workers come when Slurm starts the jobs. Stop with Ctrl-C, which ends them.")
        stop.wait()
    return 0


def say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 - what the person who started it waits for


if __name__ == "__main__":
    raise SystemExit(main())
