"""Limits that the kernel keeps for each process of a child by itself; the supervisor watches what they add up to."""

from __future__ import annotations

import os
import re
import sys
from functools import cache

from grader.job import Limits

__all__ = ["counts_by_namespace", "in_use", "set_limits"]

_ARENAS = 1 << 30  # address space that the C library reserves for threads without using it


def set_limits(limits: Limits, used: tuple[int, int]) -> None:
    """Set them for this process and all that it starts: memory (beyond what was there at the fork), files, processes,
    size of a file, processor time; and no core dump. `used` is what `in_use` says."""
    import resource

    data, space = used
    wanted = {
        "RLIMIT_CORE": 0,
        "RLIMIT_CPU": int(limits.total_s * 4) + 60,  # for a process that outlives its supervisor
        "RLIMIT_DATA": data + limits.memory,
        "RLIMIT_AS": space + limits.memory + _ARENAS,
        "RLIMIT_FSIZE": limits.file_size,
        "RLIMIT_NOFILE": limits.files,
        "RLIMIT_MEMLOCK": 0,
        "RLIMIT_MSGQUEUE": 0,
    }
    if counts_by_namespace():
        wanted["RLIMIT_NPROC"] = limits.processes + 1  # for the init
    for name, value in wanted.items():
        number = getattr(resource, name, None)
        if number is None or (data == 0 and name in ("RLIMIT_DATA", "RLIMIT_AS")):
            continue
        hard = resource.getrlimit(number)[1]
        lowest = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(number, (lowest, lowest))


@cache  # children of a nursery have what it had
def in_use() -> tuple[int, int]:
    """This process's writable memory of its own and its address space, in bytes, when this was first asked; zeros
    where the system can't say."""
    try:
        with open("/proc/self/status", encoding="utf-8") as status:  # noqa: PTH123  # a child forks often: no Path made
            lines = dict(line.split(":", 1) for line in status)
    except OSError:
        return 0, 0
    data, space = (int(lines[name].split()[0]) * 1024 for name in ("VmData", "VmSize"))
    return data, space


def counts_by_namespace() -> bool:
    """Whether the kernel counts processes by user namespace; an older one would count all that this user runs."""
    version = re.match(r"(\d+)\.(\d+)", os.uname().release) if sys.platform == "linux" else None
    return version is not None and (int(version[1]), int(version[2])) >= (5, 14)
