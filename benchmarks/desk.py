"""How fast the desk world is drawn: pictures a second on one core, and milliseconds for a picture of a data set.

    python benchmarks/desk.py

Pictures of 320 x 240 by seed, each style 200 times, the median of three rounds. For each task, a data set's picture is
drawn, labelled, packed as JPEG and written.
"""

from __future__ import annotations

import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

SIZE = (320, 240)
PICTURES = 200
ROUNDS = 3


def main() -> int:
    import cv2

    from dojo.desk import draw_clip, draw_scene

    cv2.setNumThreads(1)
    draw_scene(0, SIZE)  # the first call imports what the others find
    lines = [
        f"{date.today().isoformat()}, {os.cpu_count()} CPUs, {platform.platform(terse=True)}, "
        f"Python {platform.python_version()}, OpenCV {cv2.__version__}, one thread, {SIZE[0]} x {SIZE[1]}"
    ]
    for style in ("tidy", "wild", "mixed"):
        seconds = median(partial(draw, style))
        lines.append(f"{style:<8} {PICTURES / seconds:6.0f} pictures a second")
    seconds = median(lambda: [frame.number for frame in draw_clip(0, PICTURES)])
    lines.append(f"{'clip':<8} {PICTURES / seconds:6.0f} frames a second")
    for task in ("detect", "segment", "pose"):
        seconds = median(partial(write, task))
        lines.append(f"{task:<8} {seconds / PICTURES * 1000:6.1f} ms a data-set picture")
    print("\n".join(lines))  # noqa: T201 - a benchmark's product
    return 0


def draw(style: str) -> None:
    """As many pictures as are counted."""
    from dojo.desk import draw_scene

    for seed in range(PICTURES):
        draw_scene(seed, SIZE, style=style)


def write(task: str) -> None:
    """A data set of mixed pictures in a folder that is gone afterwards."""
    from dojo.desk import write_dataset

    with tempfile.TemporaryDirectory() as folder:
        write_dataset(Path(folder) / "data", task, train=PICTURES, val=0, test=0, seed=99)


def median(work: Callable[[], object]) -> float:
    """The median of a few rounds, in seconds of this process: what else runs on the machine counts for little."""
    seconds = []
    for _ in range(ROUNDS):
        began = time.process_time()
        work()
        seconds.append(time.process_time() - began)
    return statistics.median(seconds)


if __name__ == "__main__":
    sys.exit(main())
