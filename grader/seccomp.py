"""Which of the kernel's calls a child may not make, as a filter that it cannot take off again.

Refused are calls that no student's code needs and that open the kernel's rarely trodden paths: new namespaces and
mounts, looking into other processes, keys, tracing, and files that live in memory alone (no limit counts those); and
moving to another processor than the one that was given.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct
from functools import cache

from grader.namespaces import prctl

__all__ = ["program", "refuse_calls"]

# From linux/audit.h and the kernel's syscall tables: the numbers differ from one processor to the other.
_X86, _ARM = "x86_64", "aarch64"
_AUDIT = {_X86: 0xC000003E, _ARM: 0xC00000B7}
_CALLS = {
    "acct": (163, 89),
    "add_key": (248, 217),
    "bpf": (321, 280),
    "clone3": (435, 435),
    "fanotify_init": (300, 262),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fsopen": (430, 430),
    "fspick": (433, 433),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "io_uring_setup": (425, 425),
    "kcmp": (312, 272),
    "kexec_load": (246, 104),
    "keyctl": (250, 219),
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    "mount": (165, 40),
    "mount_setattr": (442, 442),
    "move_mount": (429, 429),
    "msgget": (68, 186),
    "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265),
    "open_tree": (428, 428),
    "perf_event_open": (298, 241),
    "pidfd_getfd": (438, 438),
    "pivot_root": (155, 41),
    "process_madvise": (440, 440),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "ptrace": (101, 117),
    "quotactl": (179, 60),
    "reboot": (169, 142),
    "request_key": (249, 218),
    "sched_setaffinity": (203, 122),
    "setns": (308, 268),
    "shmget": (29, 194),
    "swapon": (167, 224),
    "syslog": (103, 116),
    "umount2": (166, 39),
    "unshare": (272, 97),
    "userfaultfd": (323, 282),
}
_CLONE = {_X86: 56, _ARM: 220}
_NEW_NAMESPACES = 0x7E020080  # every CLONE_NEW flag of linux/sched.h
_X32 = 0x40000000  # x86-64 numbers its second, 32-bit table from here
# From linux/filter.h and linux/seccomp.h.
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER_AT, _AUDIT_AT, _FIRST_ARGUMENT_AT = 0, 4, 16
_ALLOW, _KILL, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
_SET_SECCOMP, _FILTER = 22, 2


def refuse_calls() -> bool:
    """Set the filter for this process and all that it starts; False on a processor whose numbers are not known here.

    Needs `no_new_privileges` first. `clone3` answers "no such call", at which the C library falls back to `clone`,
    whose flags the filter can read.
    """
    text = program()
    if not text:
        return False
    buffer = ctypes.create_string_buffer(text, len(text))
    head = struct.pack("@HP", len(text) // 8, ctypes.addressof(buffer))
    pointer = ctypes.create_string_buffer(head, len(head))
    prctl(_SET_SECCOMP, _FILTER, ctypes.addressof(pointer))
    return True


@cache
def program() -> bytes:
    """The filter for this processor; empty where its numbers are not known here."""
    machine = os.uname().machine
    if machine not in _AUDIT:
        return b""
    column = 0 if machine == _X86 else 1
    steps: list[tuple[int, int, int, int]] = [
        (_LOAD, 0, 0, _AUDIT_AT),
        (_EQUAL, 1, 0, _AUDIT[machine]),
        (_RETURN, 0, 0, _KILL),  # a program for another processor's table, such as a 32-bit one
        (_LOAD, 0, 0, _NUMBER_AT),
    ]
    if machine == _X86:
        steps += [(_AT_LEAST, 0, 1, _X32), (_RETURN, 0, 0, _KILL)]
    for name, numbers in _CALLS.items():
        number = errno.ENOSYS if name == "clone3" else errno.EPERM
        steps += [(_EQUAL, 0, 1, numbers[column]), (_RETURN, 0, 0, _ERRNO | number)]
    steps += [
        (_EQUAL, 0, 3, _CLONE[machine]),
        (_LOAD, 0, 0, _FIRST_ARGUMENT_AT),
        (_ANY_BIT, 0, 1, _NEW_NAMESPACES),
        (_RETURN, 0, 0, _ERRNO | errno.EPERM),
        (_RETURN, 0, 0, _ALLOW),
    ]
    return b"".join(struct.pack("=HBBI", *step) for step in steps)
