"""A nursery's memory, laid out so that a fork of it is cheap: a fork copies an entry for each page that its parent has
written, and the end of a child takes each entry back. One entry may stand for a huge page, if that much lies together.
"""

from __future__ import annotations

import ctypes
import mmap
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

__all__ = ["collapse", "in_one_piece"]

_HUGE = 2 << 20  # bytes of a huge page
_FILLED = 0.125  # of a huge page's memory, from which on it is worth one
_COLLAPSE = 25  # MADV_COLLAPSE of linux/mman.h
_RAW = 0  # PYMEM_DOMAIN_RAW of Python's C API
_THERE = 1 << 63  # in an entry of /proc/self/pagemap, see the kernel's admin-guide/mm/pagemap


class _Allocator(ctypes.Structure):
    """PyMemAllocatorEx of Python's C API."""

    _fields_ = [(name, ctypes.c_void_p) for name in ("ctx", "malloc", "calloc", "realloc", "free")]


class _ArenaAllocator(ctypes.Structure):
    """PyObjectArenaAllocator of Python's C API."""

    _fields_ = [(name, ctypes.c_void_p) for name in ("ctx", "alloc", "free")]


@contextmanager
def in_one_piece() -> Iterator[None]:
    """Python takes memory for its objects from the C library's heap meanwhile, which grows in one piece.

    For this the C library must not take pieces of that size from elsewhere; a nursery's environment says so. Python's
    own way is to ask the system for a megabyte at a time, and the system puts each into a gap between libraries.
    What empties after the block goes back to the system as ever: it is taken out of the heap's middle, or stays where
    it is because it does not begin with a page; the C library has given it away and looks at neither.
    """
    raw, usual = _Allocator(), _ArenaAllocator()
    ctypes.pythonapi.PyMem_GetAllocator(_RAW, ctypes.byref(raw))
    ctypes.pythonapi.PyObject_GetArenaAllocator(ctypes.byref(usual))
    # Their first two arguments, a context and a size or an address, are an arena allocator's too.
    heap = _ArenaAllocator(raw.ctx, raw.malloc, raw.free)
    ctypes.pythonapi.PyObject_SetArenaAllocator(ctypes.byref(heap))
    try:
        yield
    finally:
        ctypes.pythonapi.PyObject_SetArenaAllocator(ctypes.byref(usual))


def collapse() -> int:
    """Put this process's memory into huge pages where it fills them; bytes moved, 0 where the system can't. Linux."""
    moved, libc = 0, ctypes.CDLL(None)
    with open("/proc/self/pagemap", "rb") as table:  # noqa: PTH123
        for at in _whole_pieces():
            if _is_filled(table, at) and not libc.madvise(ctypes.c_void_p(at), ctypes.c_size_t(_HUGE), _COLLAPSE):
                moved += _HUGE
    return moved


def _whole_pieces() -> Iterator[int]:
    """Where a huge page could begin in memory that is this process's own and comes from no file."""
    for line in Path("/proc/self/maps").read_text(encoding="utf-8").splitlines():
        words = line.split()
        if words[1] == "rw-p" and (len(words) < 6 or words[5] == "[heap]"):
            first, last = (int(word, 16) for word in words[0].split("-"))
            yield from range((first + _HUGE - 1) // _HUGE * _HUGE, last // _HUGE * _HUGE, _HUGE)


def _is_filled(table: IO[bytes], at: int) -> bool:
    """Whether enough of the memory from this address on has been written."""
    count = _HUGE // mmap.PAGESIZE
    table.seek(at // mmap.PAGESIZE * 8)
    entries = struct.unpack(f"={count}Q", table.read(8 * count))
    return bool(sum(entry >= _THERE for entry in entries) >= _FILLED * count)
