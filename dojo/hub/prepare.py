"""Make the hub's folder ready: homes, settings, the labs as released, the course, the first lab in the exchange."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dojo import catalog
from dojo.course import new_course
from dojo.errors import DojoError
from dojo.files import write_whole
from dojo.hub.place import COURSE, EXCHANGE, INSTRUCTORS, Place, give
from dojo.hub.roster import Person
from dojo.hub.wall import INSIDE, environment, walled

__all__ = ["behind_the_wall", "mend_exchange", "prepare", "write_accounts", "write_labs", "write_settings"]

_FORMGRADER = "nbgrader.server_extensions.formgrader"
_SETTINGS = '''"""nbgrader's configuration on this hub; made by `make hub`, written anew at each start."""

c = get_config()  # noqa: F821  # nbgrader defines it

c.CourseDirectory.course_id = "{course}"
c.Exchange.root = "{exchange}"
# Handed in wholly or not at all; collected from its author alone.
c.ExchangeFactory.submit = "dojo.hub.handin.Submit"
c.ExchangeFactory.collect = "dojo.hub.handin.Collect"
'''


def prepare(place: Place, people: tuple[Person, ...], numbers: dict[str, int], say: Callable[[str], None]) -> None:
    """Bring the folder to what the roster and the kit say; what people have made stays as it is."""
    place.root.mkdir(mode=0o700, parents=True, exist_ok=True)
    give(place.state, os.getuid(), 0o700)
    write_accounts(place, people, numbers)
    for role in ("student", "instructor"):
        write_settings(place.kit / "settings" / role, role)
    write_labs(place.kit / "labs", say)
    give(place.kit, os.getuid(), 0o755)
    for person in people:
        give(place.home(person).parent, os.getuid(), 0o700)
        give(place.home(person), numbers[person.name], 0o700)
    give(place.exchange, os.getuid(), 0o700)
    mend_exchange(place, say)
    if not (place.course / "nbgrader_config.py").exists():
        _new_course(place.course)
    _release_first(place, people, say)


def _new_course(folder: Path) -> None:
    """What `dojo course new` makes, with the hub's exchange, and belonging to the instructors."""
    new_course(folder, INSIDE / "exchange")
    give(folder, INSTRUCTORS, 0o700)
    for path in folder.rglob("*"):
        os.chown(path, INSTRUCTORS, INSTRUCTORS)


def behind_the_wall(place: Place, person: Person, number: int, *inner: str) -> subprocess.CompletedProcess[str]:
    """Run a command as this person, as their server would run it."""
    return subprocess.run(
        walled(place, person, number, inner),
        env=environment(person),
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )


def mend_exchange(place: Place, say: Callable[[str], None]) -> None:
    """Give the exchange's folders the owner and rights that nbgrader makes them with; says what was otherwise.

    A `DojoError` where they do not hold: the folder lies on a disk that keeps no rights.
    """
    for name, right in EXCHANGE.items():
        folder = place.exchange / name
        found = _rights(folder) if folder.exists() else None
        if found == (INSTRUCTORS, right):
            continue
        give(folder, INSTRUCTORS, right)
        if _rights(folder) != (INSTRUCTORS, right):
            raise DojoError(
                f"{folder} does not keep the rights {right:o}, without which students could not hand in or could read "
                "each other's work; choose a --folder on a disk that does (ext4, xfs, btrfs)."
            )
        if found:
            say(f"{folder} had the rights {found[1]:o} and belonged to number {found[0]}; put right, nothing is lost.")
    give(place.front, INSTRUCTORS, 0o755)
    for name in EXCHANGE:
        give(place.front / name, INSTRUCTORS, 0o755)


def _rights(folder: Path) -> tuple[int, int]:
    """Owner and mode."""
    stat = folder.stat()
    return stat.st_uid, stat.st_mode & 0o777


def _release_first(place: Place, people: tuple[Person, ...], say: Callable[[str], None]) -> None:
    """Put lab 1 into the exchange, as an instructor would, where no lab is there yet."""
    if any((place.exchange / "outbound").iterdir()):
        return
    lab = catalog.labs()[0]
    teacher = next(person for person in people if person.role == "instructor")
    say(f"Releasing lab {lab.number}, {lab.name}, to the class ...")
    done = behind_the_wall(
        place, teacher, INSTRUCTORS, sys.executable, "-P", "-m", "dojo", "course", "release", str(lab.number)
    )
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise DojoError(f"Lab {lab.number} could not be released ({last}).")


def write_accounts(place: Place, people: tuple[Person, ...], numbers: dict[str, int]) -> None:
    """The files that say who a number is, for nbgrader, which takes the owner of a submission for its author."""
    rows = {0: ("root", "/root"), 65534: ("nobody", "/")}
    for person in people:
        # Instructors share a number; the first of them gives it its name.
        rows.setdefault(numbers[person.name], (person.name, str(INSIDE / "home" / person.name)))
    place.kit.mkdir(parents=True, exist_ok=True)
    passwd = "".join(f"{name}:x:{number}:{number}::{home}:/bin/bash\n" for number, (name, home) in rows.items())
    write_whole(place.kit / "passwd", passwd)
    write_whole(place.kit / "group", "".join(f"{name}:x:{number}:\n" for number, (name, _) in rows.items()))


def write_settings(folder: Path, role: str) -> None:
    """What JupyterLab shows to a role, and where its nbgrader finds the exchange."""
    student = role == "student"
    hidden = ["formgrader", "course-list", "create-assignment"] if student else ["assignment-list", "course-list"]
    disabled = {"@jupyterlab/apputils-extension:announcements": True}
    disabled |= {f"@jupyter/nbgrader:{name}": True for name in hidden}
    _write_json(folder / "labconfig" / "page_config.json", {"disabledExtensions": disabled})
    server = {"jpserver_extensions": {_FORMGRADER: not student, "dojo.hub.spoken": student}}
    # Kernels' sockets are files in a folder of their owner's; ports of the machine could be listened to by all.
    _write_json(folder / "jupyter_server_config.json", {"ServerApp": server, "KernelManager": {"transport": "ipc"}})
    write_whole(folder / "nbgrader_config.py", _SETTINGS.format(course=COURSE, exchange=INSIDE / "exchange"))
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)


def _write_json(path: Path, content: dict[str, Any]) -> None:
    write_whole(path, json.dumps(content, indent=1) + "\n")


def write_labs(folder: Path, say: Callable[[str], None]) -> None:
    """The labs without solutions and hidden tests, for `%check` and `%hint`; made anew when a lab has changed."""
    from dojo.stick.released import mark, write_lab

    folder.mkdir(parents=True, exist_ok=True)
    labs = catalog.labs()
    for lab in labs:
        copy = folder / lab.name / "lab.py"
        if copy.exists() and copy.stat().st_mtime_ns >= lab.source.stat().st_mtime_ns:
            continue
        say(f"Making the class's copy of lab {lab.number} ...")
        write_lab(lab, folder / lab.name)
    for path in set(folder.iterdir()) - {folder / lab.name for lab in labs} - {folder / catalog.RELEASED}:
        shutil.rmtree(path)
    mark(folder)
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
