"""What a forked child does to itself before it runs a line of anybody's code: it locks itself in.

`lock_in` is for a child of a nursery in the sandbox (grader/sandbox.py says what that covers), `settle_in` for one on a
machine without: the same folder, the same files, the same limits of the kernel, and no isolation.
"""

from __future__ import annotations

import os
import random
import stat
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from grader.bundle import Entry, lay_out
from grader.job import Limits
from grader.limits import counts_by_namespace, in_use, set_limits

__all__ = ["HOME", "USER", "Start", "lock_in", "rehearse", "seed_random", "settle_in"]

HOME = "/home/student"
USER = 1000  # the number that a child sees as its own
_INODES = 16384
_COVERED = ((f"{HOME}/.tmp", "/tmp"), (f"{HOME}/.shm", "/dev/shm"))  # all that it can write is its own


@dataclass(frozen=True)
class Start:
    """What a child is told first. `entries` are the assignment's files in the bundle; `folder` is the child's writable
    place on a machine without the sandbox."""

    limits: Limits
    entries: tuple[Entry, ...]
    seed: int
    folder: str = ""

    @classmethod
    def of(cls, frame: dict[str, Any]) -> Start:
        """The record that a "start" frame holds."""
        return cls(
            Limits(**frame["limits"]),
            tuple((str(path), int(begin), int(size)) for path, begin, size in frame["entries"]),
            int(frame["seed"]),
            str(frame["folder"]),
        )


def lock_in(start: Start, bundle: int) -> None:
    """Move this process into namespaces and a file system of its own, without a right that it needs no more.

    It has been forked into a pid namespace of its own; `bundle` is the open file with the assignment's files. Raises
    OSError where the kernel refuses, and must then end.
    """
    from grader import namespaces as kernel
    from grader.seccomp import refuse_calls

    proc = os.open("/proc", os.O_RDONLY | os.O_DIRECTORY)
    _offer_to_the_memory_killer(proc)
    kernel.unshare(kernel.NEWNS | kernel.NEWIPC | kernel.NEWNET)
    size = start.limits.disk + sum(size for _, _, size in start.entries)
    _mount_home(f"mode=700,size={size},nr_inodes={_INODES + 2 * len(start.entries)}")
    _furnish()
    below = [(path, os.open(path, os.O_PATH)) for path in _shown_below()]
    for place, covered in _COVERED:
        Path(place).mkdir()
        kernel.mount(place, covered, flags=kernel.BIND)
    for path, number in below:
        _make_room(path, number)
        kernel.mount(f"/proc/self/fd/{number}", str(path), flags=kernel.BIND)
        os.close(number)
    _go_to_work(start, bundle, Path(HOME, "work"))
    _own_proc()
    kernel.loopback_up()
    user, group = os.getuid(), os.getgid()
    set_limits(start.limits, in_use())
    kernel.unshare(kernel.NEWUSER)
    kernel.map_user(USER, user, group, proc)
    os.close(proc)
    kernel.drop_capabilities()
    kernel.no_new_privileges()
    refuse_calls()


def _mount_home(options: str) -> None:
    """A folder in memory; in pieces as large as its files, where the kernel can, since that is quicker to write."""
    from grader import namespaces as kernel

    try:
        kernel.mount("tmpfs", HOME, "tmpfs", kernel.NOSUID | kernel.NODEV, f"{options},huge=within_size")
    except OSError:
        kernel.mount("tmpfs", HOME, "tmpfs", kernel.NOSUID | kernel.NODEV, options)


def _furnish() -> None:
    """Put what the nursery has in its home into this one."""
    # No Path is made, nor a folder asked what is in it: each child does this.
    for path, content in _furniture():
        if content is None:
            os.mkdir(path)  # noqa: PTH102
        elif isinstance(content, str):
            os.symlink(content, path)  # noqa: PTH211
        else:
            with open(path, "xb") as file:  # noqa: PTH123
                file.write(content)


@cache
def _furniture() -> tuple[tuple[str, bytes | str | None], ...]:
    """What the nursery has in its home when this is first asked: (path, content), where a link has its target as text
    and a folder None. Folders come before what lies in them."""
    found: list[tuple[str, bytes | str | None]] = []
    for place, folders, names in os.walk(HOME):
        for name in sorted((*folders, *names)):
            path = Path(place, name)
            if path.is_symlink():
                found.append((str(path), str(path.readlink())))
            else:
                found.append((str(path), None if path.is_dir() else path.read_bytes()))
    return tuple(found)


@cache
def _shown_below() -> tuple[Path, ...]:
    """What is shown read-only below a folder that each child covers, in the nursery and so in all its children: a kit
    or a Python that lies in /tmp."""
    names = [line.split()[4] for line in Path("/proc/self/mountinfo").read_text(encoding="utf-8").splitlines()]
    roots = tuple(f"{covered}/" for _, covered in _COVERED)
    return tuple(Path(name.replace("\\040", " ")) for name in names if name.startswith(roots))


def _make_room(path: Path, number: int) -> None:
    """Something of the same kind to mount it on."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if stat.S_ISDIR(os.fstat(number).st_mode):
        path.mkdir(exist_ok=True)
    else:
        path.touch()


def _own_proc() -> None:
    """A /proc that shows this child's processes alone; an empty one where the machine (a container) refuses that."""
    from grader import namespaces as kernel

    flags = kernel.READ_ONLY | kernel.NOSUID | kernel.NODEV | kernel.NOEXEC
    try:
        kernel.mount("proc", "/proc", "proc", flags)
    except PermissionError:
        kernel.mount("tmpfs", "/proc", "tmpfs", flags)


def settle_in(start: Start, bundle: int) -> None:
    """Without a sandbox: a folder of its own and the kernel's limits, no more."""
    if sys.platform == "linux":
        from grader.namespaces import end_with_parent

        end_with_parent()
    folder = Path(start.folder)
    (folder / ".tmp").mkdir(parents=True)
    _go_to_work(start, bundle, folder / "work")
    for name in ("HOME", "USERPROFILE"):
        os.environ[name] = str(folder)
    for name in ("TMPDIR", "TMP", "TEMP"):
        os.environ[name] = str(folder / ".tmp")
    if os.name == "posix":
        set_limits(start.limits, in_use())


def _go_to_work(start: Start, bundle: int, work: Path) -> None:
    """Copy the assignment's files into the folder where the cells run, and go there."""
    work.mkdir(exist_ok=True)
    lay_out(bundle, start.entries, work)
    os.chdir(work)
    sys.path.insert(0, "")  # as in a notebook: a module beside it can be imported


def _offer_to_the_memory_killer(proc: int) -> None:
    """Where the machine runs out of memory, the kernel shall end this process before any other."""
    number = os.open("self/oom_score_adj", os.O_WRONLY, dir_fd=proc)
    try:
        os.write(number, b"1000")
    finally:
        os.close(number)


def rehearse(boxed: bool) -> None:
    """Do once in the nursery what each child will do, so that what this loads and compiles is there already; `boxed`
    children have a home of their own."""
    import resource  # noqa: F401  # for set_limits

    import grader.namespaces  # noqa: F401  # for lock_in
    from grader.seccomp import program

    program()
    _shown_below()
    if boxed:
        _furniture()
    in_use()
    counts_by_namespace()
    seed_random(0)


def seed_random(seed: int) -> None:
    """Random numbers are the same whenever this notebook is graded, and nobody can guess the examiner's.

    After the last fork, at which `random` makes a seed of its own.
    """
    random.seed(seed)
    numpy, torch = sys.modules.get("numpy"), sys.modules.get("torch")
    if numpy is not None:
        numpy.random.seed(seed % 2**32)
    if torch is not None:
        # Not `torch.manual_seed`, which goes through every kind of accelerator; none is here.
        torch.default_generator.manual_seed(seed)
