"""First processes for new pid namespaces, which cost next to nothing.

A namespace's first process takes leave of all whose parents have ended, and signals sent from inside don't reach it. So
a student's code is the second process of its namespace. A first one that was forked from the nursery would cost as much
as the student itself, since a fork copies all tables of pages. These share the memory of a small process, as threads
do, and do nothing in it but wait, in one call of the C library that never returns.

Covered:
* the namespace ends, with all that runs in it, when the process that it was made for has ended, however that was;
* no signal from inside reaches the first process: it has no handler for any;
* the small process ends when the nursery does, and the waiting ones with the pid namespace that holds them all.
"""

from __future__ import annotations

import ctypes
import mmap
import os
import select
import signal
import socket
from contextlib import suppress

from grader.namespaces import NEWPID, end_with_parent, enter, start_waiting, unshare

__all__ = ["Inits"]

_STACK = 1 << 16  # bytes; all use one, since none returns
_WORD = 8  # bytes of a message: "new", or the number of a first process


class Inits:
    """Make it before anything large is imported. One namespace is always ready."""

    def __init__(self) -> None:
        self._channel, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._pid = os.fork()
        if self._pid == 0:
            self._channel.close()
            _serve(theirs)
        theirs.close()
        self._channel.send(b"new")

    def take(self) -> tuple[int, bytes]:
        """A new pid namespace as an open file, and the name of its first process, for `look_after`.

        Raises OSError where the system refuses.
        """
        name, numbers, _, _ = socket.recv_fds(self._channel, _WORD, 1)
        if not numbers:
            raise OSError("No new pid namespace can be had.")
        self._channel.send(b"new")
        return numbers[0], name

    def look_after(self, name: bytes, pidfd: int) -> None:
        """Let the namespace live as long as this process of it."""
        with suppress(OSError):
            socket.send_fds(self._channel, [name], [pidfd])


def _serve(channel: socket.socket) -> None:
    """Make a namespace at each request, until the nursery ends. Never returns."""
    try:
        end_with_parent()
        for kind in signal.valid_signals():
            # A handler would run in memory that all share; an ignored SIGCHLD takes leave of who has ended.
            with suppress(OSError):
                signal.signal(kind, signal.SIG_IGN if kind == signal.SIGCHLD else signal.SIG_DFL)
        firsts: dict[bytes, int] = {}  # pidfds by name
        lived_in: dict[int, int] = {}  # the first process for each that was moved in, as pidfds
        ready = select.poll()
        ready.register(channel, select.POLLIN)
        wait = _Waiters()
        while True:
            for number, _ in ready.poll():
                if number != channel.fileno():
                    ready.unregister(number)
                    _end(lived_in.pop(number), number)
                    continue
                word, numbers, _, _ = socket.recv_fds(channel, _WORD, 1)
                if not word:
                    return
                if numbers:
                    lived_in[numbers[0]] = firsts.pop(word)
                    ready.register(numbers[0], select.POLLIN)
                else:
                    pid, namespace = wait.one_more()
                    name = pid.to_bytes(_WORD, "big")
                    firsts[name] = os.pidfd_open(pid)
                    socket.send_fds(channel, [name], [namespace])
                    os.close(namespace)
    finally:
        os._exit(0)


def _end(first: int, moved_in: int) -> None:
    with suppress(OSError):
        signal.pidfd_send_signal(first, signal.SIGKILL)
    os.close(first)
    os.close(moved_in)


class _Waiters:
    """Makes processes that share this one's memory and wait for ever, each the first of a new pid namespace."""

    def __init__(self) -> None:
        self._stack = mmap.mmap(-1, _STACK)
        # It grows downwards.
        self._top = ctypes.addressof(ctypes.c_char.from_buffer(self._stack)) + _STACK
        self._own = os.open("/proc/self/ns/pid", os.O_RDONLY)

    def one_more(self) -> tuple[int, int]:
        """Its number, and its namespace as an open file. Raises OSError where the system refuses."""
        unshare(NEWPID)
        try:
            return start_waiting(self._top), os.open("/proc/self/ns/pid_for_children", os.O_RDONLY)
        finally:
            enter(self._own, NEWPID)
