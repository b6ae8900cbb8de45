"""How much memory a child and all that it started use together, and how many processes they are."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Use", "family", "inherited", "use"]

_OWN = ("RssAnon", "RssShmem", "VmSwap")
_SHARED = ("Pss_Anon", "Pss_Shmem", "SwapPss")


@dataclass(frozen=True)
class Use:
    """`memory` in bytes, beyond what a child has from its nursery; `processes` with the child itself."""

    memory: int
    processes: int


def inherited(pid: int) -> int:
    """The bytes that a process has of its own right after its fork, shared with the nursery as they may be."""
    return _sum(Path(f"/proc/{pid}/status"), _OWN) if sys.platform == "linux" else _resident(pid)


def use(pid: int, before: int, enough: int) -> Use:
    """What the processes of the child `pid` use; `before` is what each had from the nursery.

    A quick sum counts what they share once for each; only where it is above `enough` are shares told apart.
    """
    pids = family(pid)
    if sys.platform != "linux":
        return Use(sum(max(0, _resident(one) - before) for one in pids), len(pids))
    quick = sum(max(0, _sum(Path(f"/proc/{one}/status"), _OWN) - before) for one in pids)
    if quick <= enough:
        return Use(quick, len(pids))
    exact = sum(_sum(Path(f"/proc/{one}/smaps_rollup"), _SHARED) for one in pids)
    return Use(max(0, exact - before) if exact else quick, len(pids))


def family(pid: int) -> list[int]:
    """The process and its descendants. In a pid namespace, one whose parent has ended belongs to the child again."""
    if sys.platform != "linux":
        return _family(pid)
    found, left = [], [pid]
    while left:
        one = left.pop()
        found.append(one)
        for task in _listed(Path(f"/proc/{one}/task")):
            left += [int(word) for word in _text(task / "children").split()]
    return found


def _sum(path: Path, names: tuple[str, ...]) -> int:
    """The sum of some lines such as "RssAnon:  12 kB", in bytes; 0 for a process that has ended."""
    return sum(int(line.split()[1]) * 1024 for line in _text(path).splitlines() if line.partition(":")[0] in names)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        # It has ended meanwhile, or it is not ours to read.
        return ""


def _listed(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def _family(pid: int) -> list[int]:
    import psutil

    try:
        return [pid, *(child.pid for child in psutil.Process(pid).children(recursive=True))]
    except psutil.Error:
        return [pid]


def _resident(pid: int) -> int:
    import psutil

    try:
        return int(psutil.Process(pid).memory_info().rss)
    except psutil.Error:
        return 0
