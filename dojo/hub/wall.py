"""The wall around each person's server: bubblewrap, started by the hub, ending in that person's own user number.

Why not system accounts: a teacher's machine gets no thirty new users, a name that exists there already does not matter,
and without root the same numbers are had in a user namespace. Why not user numbers alone: a clone in a folder that
everybody may read would show every solution.
"""

from __future__ import annotations

import os
import shutil
import sys
import sysconfig
from collections.abc import Sequence
from pathlib import Path

from dojo.catalog import course_root
from dojo.hub.place import COURSE, EXCHANGE, Place
from dojo.hub.roster import Person
from dojo.whereabouts import to_show

__all__ = ["INSIDE", "environment", "start_folder", "walled"]

INSIDE = Path("/class")  # where a person finds their home, the course and the exchange
_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
_SETTINGS = (
    "alternatives",
    "ca-certificates",
    "fonts",
    "host.conf",
    "hosts",
    "ld.so.cache",
    "ld.so.conf",
    "ld.so.conf.d",
    "localtime",
    "mime.types",
    "nsswitch.conf",
    "resolv.conf",
    "ssl/certs",
)
# What a student needs of the clone besides `labs/`, which is replaced; nothing else of it is shown to a student.
_FOR_STUDENTS = ("dojo", "lessons", "LICENSE")
_FOR_INSTRUCTORS = (*_FOR_STUDENTS, "grader", "labs", "README.md", "CONTRIBUTING.md")

_Show = tuple[str, ...]  # bubblewrap's words for one thing to see, the last one where


def walled(place: Place, person: Person, number: int, inner: Sequence[str]) -> list[str]:
    """The command line that runs `inner` as this person behind the wall; started by root, or by root of a namespace."""
    line = [shutil.which("bwrap") or "/usr/bin/bwrap", "--die-with-parent", "--unshare-pid", "--unshare-ipc"]
    line += ["--unshare-uts", "--unshare-cgroup-try", "--hostname", "class"]
    line += ["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID", "--cap-add", "CAP_SETPCAP"]
    # First, for what is shown may lie in /tmp.
    line += ["--perms", "1777", "--tmpfs", "/tmp"]
    shows = [*_system(), *_kit(place, person), *_own(place, person)]
    # bubblewrap would make the folders on the way for itself alone.
    for folder in sorted({parent for show in shows for parent in Path(show[-1]).parents}):
        line += ["--perms", "0755", "--dir", str(folder)] if folder not in (Path("/"), Path("/tmp")) else []
    line += [word for show in shows for word in show]
    line += ["--proc", "/proc", "--dev", "/dev", "--perms", "1777", "--tmpfs", "/dev/shm", "--remount-ro", "/dev"]
    line += ["--chdir", str(start_folder(person)), "--remount-ro", "/", "--"]
    line += [shutil.which("setpriv") or "/usr/bin/setpriv", "--reuid", str(number), "--regid", str(number)]
    line += ["--clear-groups", "--inh-caps=-all", "--bounding-set=-all", "--no-new-privs", "--", *inner]
    return line


def environment(person: Person) -> dict[str, str]:
    """What every program of this person finds in its environment, besides what JupyterHub sets."""
    home = str(INSIDE / "home" / person.name)
    found = {
        "HOME": home,
        "USER": person.name,
        "SHELL": "/bin/bash",
        "LANG": "C.UTF-8",
        "PATH": os.pathsep.join([str(Path(sys.prefix) / "bin"), "/usr/local/bin:/usr/bin:/bin"]),
        "TMPDIR": "/tmp",  # their own, gone when the server stops
        "JUPYTER_CONFIG_PATH": str(INSIDE / "settings"),
        "JUPYTER_RUNTIME_DIR": "/tmp/jupyter",
        "DOJO_WORKSPACE": home,
        "DOJO_HUB": person.role,
    }
    for name in ("OLLAMA_HOST", "DOJO_ENGINE"):
        if name in os.environ:
            found[name] = os.environ[name]
    return found


def start_folder(person: Person) -> Path:
    """Where a person's JupyterLab opens: a student's home, the instructors' course."""
    return INSIDE / COURSE if person.role == "instructor" else INSIDE / "home" / person.name


def _own(place: Place, person: Person) -> list[_Show]:
    """The person's home, settings, and part of the course."""
    shows = [_bind(place.home(person), INSIDE / "home" / person.name)]
    shows.append(_show(place.kit / "settings" / person.role, INSIDE / "settings"))
    # nbgrader wants an exchange in which everybody may write; here each has one of their own around the class's course.
    shared = INSIDE / "exchange"
    shows.append(("--perms", "1777", "--tmpfs", str(shared)))
    if person.role == "instructor":
        shows += [_bind(place.course, INSIDE / COURSE), _bind(place.front, shared / COURSE)]
        return shows + [_bind(place.exchange / name, shared / COURSE / name) for name in EXCHANGE]
    shows.append(("--perms", "0755", "--dir", str(shared / COURSE)))
    shows += [_show(place.exchange / name, shared / COURSE / name) for name in EXCHANGE if name != "inbound"]
    return [*shows, _bind(place.exchange / "inbound", shared / COURSE / "inbound")]


def _kit(place: Place, person: Person) -> list[_Show]:
    """The kit, where the Python of this clone looks for it; for students with released labs in place of the labs."""
    root = course_root()
    names = _FOR_INSTRUCTORS if person.role == "instructor" else _FOR_STUDENTS
    shows = [_show(root / name) for name in names if (root / name).exists()]
    shows += [_show(place.kit / "labs", root / "labs")] if person.role == "student" else []
    return shows + [_show(place.kit / name, Path("/etc") / name) for name in ("passwd", "group")]


def _system() -> list[_Show]:
    """Folders and files of the system and of Python, each only where no other holds it already, and the links that lead
    to them."""
    python = [sys.prefix, sys.base_prefix, sys.exec_prefix, sys.executable, *sysconfig.get_paths().values()]
    wanted = [Path(one) for one in (*_SYSTEM, *(f"/etc/{name}" for name in _SETTINGS), *python)]
    shown, links = to_show(wanted)
    return [("--symlink", str(one.readlink()), str(one)) for one in links] + [_show(path) for path in shown]


def _show(path: Path, where: Path | None = None) -> _Show:
    return ("--ro-bind", str(path), str(where or path))


def _bind(path: Path, where: Path) -> _Show:
    return ("--bind", str(path), str(where))
