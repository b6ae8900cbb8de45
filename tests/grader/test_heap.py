"""A nursery's memory lies together, and what is laid out anew holds what it held."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from grader.sandbox import ENVIRONMENT

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only there are children forked")

PLACES = """
import sys
from pathlib import Path
from grader.heap import collapse, in_one_piece

def heap():
    line = next(line for line in Path("/proc/self/maps").read_text().splitlines() if line.endswith("[heap]"))
    return tuple(int(word, 16) for word in line.split()[0].split("-"))

def share_in_heap(objects):
    first, last = heap()
    return sum(first <= id(one) < last for one in objects) / len(objects)
"""


def say(program: str) -> str:
    """What a Python of its own prints."""
    line = [sys.executable, "-c", PLACES + program]
    told = {**os.environ, "GLIBC_TUNABLES": ENVIRONMENT["GLIBC_TUNABLES"]}
    done = subprocess.run(line, capture_output=True, text=True, check=False, timeout=120, env=told)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_objects_made_meanwhile_lie_in_the_heap_and_later_ones_where_python_puts_them() -> None:
    said = say("""
with in_one_piece():
    many = [(number, [number]) for number in range(300_000)]
later = [(number, [number]) for number in range(300_000)]
print(share_in_heap(many[1000:]) > 0.9, share_in_heap(later) < 0.5)
# Whole megabytes of both empty, and are used again.
assert all(one == (number, [number]) for number, one in enumerate(many))
del many
again = [(number, [number]) for number in range(300_000)]
assert all(one == two == (number, [number]) for number, (one, two) in enumerate(zip(again, later)))
""")
    assert said == "True True\n"


def test_huge_pages_hold_what_small_ones_held_and_memory_that_nobody_wrote_stays_untouched() -> None:
    said = say("""
import mmap
written, empty = mmap.mmap(-1, 8 << 20), mmap.mmap(-1, 64 << 20)
many = [bytes([number % 251]) * 5000 for number in range(4000)]

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * mmap.PAGESIZE

before = resident()
moved = collapse()
assert all(one == bytes([number % 251]) * 5000 for number, one in enumerate(many))
print(moved % (2 << 20), resident() - before < 32 << 20)
""")
    assert said == "0 True\n"
