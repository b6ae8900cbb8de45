"""The kernel's calls for a sandbox, by name: namespaces, mounts, capabilities. Linux only; what fails raises OSError.

Python 3.12 brings some of them in `os`; the kit runs on 3.11 too.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import signal
import socket
import struct
from functools import cache
from pathlib import Path

__all__ = [
    "BIND",
    "DETACH",
    "NEWIPC",
    "NEWNET",
    "NEWNS",
    "NEWPID",
    "NEWUSER",
    "NODEV",
    "NOEXEC",
    "NOSUID",
    "PRIVATE",
    "READ_ONLY",
    "RECURSIVE",
    "REMOUNT",
    "drop_capabilities",
    "end_with_parent",
    "enter",
    "loopback_up",
    "map_user",
    "mount",
    "no_new_privileges",
    "prctl",
    "rename",
    "start_waiting",
    "syscall",
    "unmount",
    "unshare",
]

# From linux/sched.h.
NEWNS, NEWIPC = 0x00020000, 0x08000000
NEWUSER, NEWPID, NEWNET = 0x10000000, 0x20000000, 0x40000000
_SHARED_MEMORY = 0x00000100  # CLONE_VM
# From linux/mount.h.
READ_ONLY, NOSUID, NODEV, NOEXEC, REMOUNT, BIND, RECURSIVE, PRIVATE = 1, 2, 4, 8, 32, 4096, 16384, 1 << 18
DETACH = 2
# From linux/prctl.h, linux/capability.h and linux/sockios.h.
_PDEATHSIG, _CAPBSET_DROP, _CAP_AMBIENT, _CAP_AMBIENT_CLEAR, _NO_NEW_PRIVS = 1, 24, 47, 4, 38
_CAPABILITY_VERSION_3 = 0x20080522
_GET_FLAGS, _SET_FLAGS, _UP = 0x8913, 0x8914, 1


@cache
def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _checked(result: int, what: str) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


def unshare(flags: int) -> None:
    """Move this process into new namespaces; a new pid namespace is for its next children."""
    _checked(_libc().unshare(flags), "unshare")


def enter(namespace: int, kind: int) -> None:
    """Move into the namespace behind an open file of /proc/self/ns."""
    _checked(_libc().setns(namespace, kind), "setns")


def start_waiting(stack: int) -> int:
    """Start a process that shares this one's memory and waits there until it is killed; its number. Nothing but its
    call to wait needs its stack, which grows downwards from this address; several may have the same."""
    wait = ctypes.cast(_libc().pause, ctypes.c_void_p)
    flags = _SHARED_MEMORY | signal.SIGCHLD
    return _checked(_libc().clone(wait, ctypes.c_void_p(stack), flags, None), "clone")


def mount(source: str, target: str, kind: str = "", flags: int = 0, options: str = "") -> None:
    """Mount, bind or remount."""
    texts = [text.encode() or None for text in (source, target, kind, options)]
    result = _libc().mount(texts[0], texts[1], texts[2], ctypes.c_ulong(flags), texts[3])
    _checked(result, f"mount {kind or source or 'again'} at {target}")


def unmount(target: str, flags: int = 0) -> None:
    """Take a mount away."""
    _checked(_libc().umount2(target.encode(), flags), f"umount {target}")


def prctl(option: int, *values: int) -> int:
    """prctl(2)."""
    rest = [ctypes.c_ulong(value) for value in (*values, 0, 0, 0, 0)[:4]]
    return _checked(_libc().prctl(option, *rest), f"prctl {option}")


def syscall(number: int, *values: object) -> int:
    """A call that the C library has no name for."""
    return _checked(_libc().syscall(ctypes.c_long(number), *values), f"syscall {number}")


def map_user(number: int, user: int, group: int, proc: int) -> None:
    """Number the user and group of this process in its new user namespace; outside they are `user` and `group`.

    `proc` is an open /proc.
    """
    for name, text in (("setgroups", "deny"), ("uid_map", f"{number} {user} 1"), ("gid_map", f"{number} {group} 1")):
        file = os.open(f"self/{name}", os.O_WRONLY, dir_fd=proc)
        try:
            os.write(file, text.encode())
        finally:
            os.close(file)


def rename(name: str) -> None:
    """Replace this process's command line, as /proc/self/cmdline shows it."""
    # The numbers after the name, which may itself hold brackets; see proc_pid_stat(5), fields 48 and 49.
    words = Path("/proc/self/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    first, last = int(words[45]), int(words[46])
    if 0 < len(name) < last - first:
        ctypes.memmove(first, name.encode().ljust(last - first, b"\0"), last - first)


def drop_capabilities() -> None:
    """Give up every capability, for good and for all that this process starts."""
    prctl(_CAP_AMBIENT, _CAP_AMBIENT_CLEAR)
    call, nothing, one = _libc().prctl, ctypes.c_ulong(), 0
    while call(_CAPBSET_DROP, ctypes.c_ulong(one), nothing, nothing, nothing) == 0:
        one += 1  # until one that this kernel does not know
    header = struct.pack("=Ii", _CAPABILITY_VERSION_3, 0)
    _checked(_libc().capset(header, bytes(24)), "capset")


def no_new_privileges() -> None:
    """No program that this process starts can have more rights than it has itself."""
    prctl(_NO_NEW_PRIVS, 1)


def end_with_parent() -> None:
    """The kernel ends this process when its parent ends."""
    prctl(_PDEATHSIG, signal.SIGKILL)


def loopback_up() -> None:
    """Switch on the one network interface that a new network namespace has; it leads nowhere else."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        request = struct.pack("16sh14x", b"lo", 0)
        flags = struct.unpack("16sh14x", fcntl.ioctl(one, _GET_FLAGS, request))[1]
        fcntl.ioctl(one, _SET_FLAGS, struct.pack("16sh14x", b"lo", flags | _UP))
