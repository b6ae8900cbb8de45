"""First processes for new pid namespaces: small ones, made by a process that has imported nothing yet.

A namespace's first process takes leave of all whose parents have ended, and signals sent from inside don't reach it. So
a student's code is the second process of its namespace. A first one that was forked from the nursery would cost as much
as the student itself, since a fork copies all tables of pages; one that is forked here costs next to nothing.

Covered:
* the namespace ends, with all that runs in it, when the process that it was made for has ended, however that was;
* the small process ends when the nursery does.
"""

from __future__ import annotations

import os
import select
import signal
import socket
from contextlib import suppress

from grader.namespaces import NEWPID, end_with_parent, enter, unshare

__all__ = ["Inits", "look_after"]


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

    def take(self) -> tuple[int, socket.socket]:
        """A new pid namespace as an open file, and the end of its first process, for `look_after`.

        Raises OSError where the system refuses.
        """
        message, numbers, _, _ = socket.recv_fds(self._channel, 1, 1)
        if not numbers:
            raise OSError(f"No new pid namespace can be had ({message!r}).")
        init = socket.socket(fileno=numbers[0])
        self._channel.send(b"new")
        _, numbers, _, _ = socket.recv_fds(init, 1, 1)
        if not numbers:
            init.close()
            raise OSError("A new pid namespace has ended before it was used.")
        return numbers[0], init


def look_after(init: socket.socket, pidfd: int) -> None:
    """Let the namespace live as long as this process of it."""
    with init, suppress(OSError):
        socket.send_fds(init, [b"p"], [pidfd])


def _serve(channel: socket.socket) -> None:
    """Make a namespace at each request, until the nursery ends. Never returns."""
    try:
        end_with_parent()
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # so that nobody need wait for those that have ended
        own = os.open("/proc/self/ns/pid", os.O_RDONLY)
        while channel.recv(8):
            ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            unshare(NEWPID)
            if os.fork() == 0:
                channel.close()
                theirs.close()
                _be_first(ours)
            enter(own, NEWPID)
            ours.close()
            with theirs:
                socket.send_fds(channel, [b"p"], [theirs.fileno()])
    finally:
        os._exit(0)


def _be_first(channel: socket.socket) -> None:
    """Hand out the namespace, then live as long as the process that moves in. Never returns."""
    try:
        number = os.open("/proc/self/ns/pid", os.O_RDONLY)
        socket.send_fds(channel, [b"p"], [number])
        os.close(number)
        _, numbers, _, _ = socket.recv_fds(channel, 1, 1)
        if numbers:
            ended = select.poll()
            ended.register(numbers[0], select.POLLIN)
            ended.poll()
    finally:
        os._exit(0)
