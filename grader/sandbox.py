"""The wall around everything that runs a student's code: bubblewrap outside, namespaces for each child inside.

Covered, for a child of a nursery that was started with `command`:
* files: it sees Python, the system's programs and libraries, and the packages `dojo` and `grader`, read-only; of the
  assignment it has a copy of its own, and nothing that it writes outlasts it; the course, `labs/`, homes, the stage
  with other assignments' files and the examiner's copies are not there;
* network: no interface but a loopback of its own, no socket of the machine's or of another child's;
* processes: it has a pid namespace to itself, sees none but its own, can signal none but these, and all of
  them end with it;
* rights: no capability, none to be had from a set-uid program; never root's user number outside, even if root grades;
  no call that makes namespaces or mounts, looks into another process, or reaches rarely used parts of the kernel;
* the environment: a few variables that we set, none of the instructor's; no open file but the child's own channels;
* limits: memory, processes and threads, open files, size of a file, bytes and number of files on disk, no core dumps;
  time, and the memory of all its processes together, by the supervisor (grader/supervisor.py);
* a machine that runs out of memory ends a child, not the grader;
* processor time: of the workers on this machine each has a core for its children, as far as there are enough, and a
  child that keeps it busy with all its processes takes no time from the children of the others.

Not covered:
* faults of the kernel, and what the processor leaks (time, caches); for a class that would try, grade in a virtual
  machine;
* two submissions that run at the same moment and want to: each can tell by locks on the files that both see, or by
  the time that things take, that the other is there, and so pass on a bit;
* memory that several processes of a child share and keep out of sight counts only when the machine runs out of it;
* processor time on a cluster, where nobody knows who else is on a machine;
* a processor other than x86-64 and 64-bit ARM has no filter of system calls; a kernel before 5.14 no exact limit of
  processes, which the supervisor then watches;
* what is not secret in the read-only folders: paths, versions of packages, and this source.
"""

from __future__ import annotations

import os
import shutil
import sys
import sysconfig
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dojo.whereabouts import to_show
from grader.box import HOME

__all__ = ["ENVIRONMENT", "Wall", "command"]

_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
# What programs look up there; nothing that holds a secret or a name of this machine's people.
_SETTINGS = (
    "ld.so.cache",
    "ld.so.conf",
    "ld.so.conf.d",
    "alternatives",
    "fonts",
    "localtime",
    "mime.types",
    "ssl/certs",
)
ENVIRONMENT = {
    "HOME": HOME,
    "USER": "student",
    "LANG": "C.UTF-8",
    "PATH": "/usr/local/bin:/usr/bin:/bin",
    "TMPDIR": "/tmp",  # the child's own
    "MPLBACKEND": "agg",
    "NBGRADER_EXECUTION": "autograde",  # as nbgrader says it to labs that ask
    "OLLAMA_HOST": "http://127.0.0.1:9",  # nobody answers there
    "DOJO_ENGINE": "off",
    "PYTHONHASHSEED": "0",
    "PYTHONDONTWRITEBYTECODE": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    # What arrays have freed is kept for the next ones, and more is asked for by the megabyte: a page that is new to a
    # process costs it more than its zeros.
    "GLIBC_TUNABLES": "glibc.malloc.mmap_threshold=33554432:glibc.malloc.trim_threshold=268435456"
    ":glibc.malloc.top_pad=1048576",
}


@dataclass(frozen=True)
class Wall:
    """What is behind the wall with the children: more folders of modules to show read-only, and folders to hide where
    they lie within a folder that is shown. With `own_proc` the nursery has a /proc of its own;
    where a container refuses that it sees the container's, and its children an empty one."""

    shown: tuple[Path, ...] = ()
    hidden: tuple[Path, ...] = ()
    own_proc: bool = True


def command(wall: Wall, inner: Sequence[str]) -> list[str]:
    """The command line that runs `inner` behind the wall; its process ends when the one that starts it does."""
    wanted, links = _shown(wall)
    as_root = os.getuid() == 0
    # Root only in its own user namespace, and the only number there is; another would cost bubblewrap a second one, in
    # which the nursery could not fork into new namespaces.
    line = [_bwrap(), "--unshare-user", "--uid", "0", "--gid", "0", "--unshare-pid", "--unshare-net"]
    line += ["--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try", "--cap-add", "ALL", "--die-with-parent"]
    line += ["--new-session", "--hostname", "dojo", "--clearenv"]
    # Where these very packages lie, too: they need not be installed in the Python that runs them.
    modules = {
        "PYTHONPATH": os.pathsep.join(map(str, dict.fromkeys([*wall.shown, *(one.parent for one in _packages())])))
    }
    for name, value in {**ENVIRONMENT, **modules}.items():
        line += ["--setenv", name, value]
    # First, for what is shown may lie in /tmp; each child covers these with folders of its own.
    line += ["--tmpfs", "/tmp", "--tmpfs", HOME]
    for link in links:
        line += ["--symlink", str(link.readlink()), str(link)]
    for number, path in enumerate(wanted):
        line += ["--ro-bind", f"{{{number}}}" if as_root else str(path), str(path)]
    for path in wall.hidden:
        if any(path.is_relative_to(one) for one in wanted) and path.exists():
            line += ["--tmpfs", str(path), "--remount-ro", str(path)]
    line += ["--proc", "/proc"] if wall.own_proc else ["--bind", "/proc", "/proc"]
    line += ["--dev", "/dev", "--tmpfs", "/dev/shm", "--remount-ro", "/dev"]
    line += ["--chdir", HOME, "--remount-ro", "/", "--", *inner]
    if as_root:
        return [sys.executable, "-P", "-m", "grader.as_nobody", *map(str, wanted), "--", *line]
    return line


def _bwrap() -> str:
    return shutil.which("bwrap") or "/usr/bin/bwrap"


def _packages() -> list[Path]:
    """The folders of the kit's own packages."""
    import dojo
    import grader

    return [Path(str(one.__file__)).parent for one in (dojo, grader)]


def _shown(wall: Wall) -> tuple[list[Path], list[Path]]:
    """Folders and files to show, each only where no other holds it already, and the links that lead to them."""
    python = [sys.prefix, sys.base_prefix, sys.exec_prefix, sys.executable, *sysconfig.get_paths().values()]
    wanted = [
        Path(str(one))
        for one in (*_SYSTEM, *(f"/etc/{name}" for name in _SETTINGS), *python, *_packages(), *wall.shown)
    ]
    return to_show(wanted)
