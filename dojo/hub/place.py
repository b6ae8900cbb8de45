"""Where a hub keeps everything: one folder, and what lies where in it."""

from __future__ import annotations

import json
import os
import pwd
from dataclasses import dataclass
from pathlib import Path

from dojo.errors import DojoError
from dojo.files import write_whole
from dojo.hub.roster import Person

__all__ = ["COURSE", "EXCHANGE", "INSTRUCTORS", "Place", "give"]

COURSE = "local-ai-dojo"  # the course's folder and its id in the exchange
EXCHANGE = {"outbound": 0o755, "inbound": 0o733, "feedback": 0o711}  # the rights that nbgrader makes them with
INSTRUCTORS = 20000  # the user number that all instructors share, and with it the course folder


@dataclass(frozen=True)
class Place:
    """The hub's folder."""

    root: Path

    @property
    def roster(self) -> Path:
        return self.root / "roster.csv"

    @property
    def passwords(self) -> Path:
        """The first passwords, for the teacher to hand out."""
        return self.root / "passwords.csv"

    @property
    def course(self) -> Path:
        return self.root / COURSE

    @property
    def exchange(self) -> Path:
        """The three folders of nbgrader's exchange. They lie beside the course, not in it: who may change the folder
        around them could put a link in their place, and the hub would show what it leads to."""
        return self.root / "exchange"

    @property
    def front(self) -> Path:
        """An empty folder of the instructors', in which they see these three; nbgrader wants to own it."""
        return self.exchange / "front"

    @property
    def kit(self) -> Path:
        """What students see in place of the kit's own `labs/`, and each role's settings."""
        return self.root / "kit"

    @property
    def state(self) -> Path:
        """JupyterHub's own: database, secrets, proxy, log."""
        return self.root / "hub"

    def home(self, person: Person) -> Path:
        return self.root / "homes" / person.name

    def numbers(self, people: tuple[Person, ...]) -> dict[str, int]:
        """Each person's user number: kept once given, as files are owned by it, and used by no account of the machine.

        Somebody who has left the roster keeps theirs, so that nobody else gets these files.
        """
        file = self.state / "numbers.json"
        try:
            given: dict[str, int] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
        except ValueError:
            raise DojoError(
                f"{file} is damaged, and homes in {self.root / 'homes'} belong to the numbers in it; "
                "get it back from a backup, or remove it and start with a new --folder."
            ) from None
        taken = {account.pw_uid for account in pwd.getpwall()} | set(given.values()) | {INSTRUCTORS}
        following = INSTRUCTORS
        for person in people:
            if person.role == "student" and person.name not in given:
                following = next(number for number in range(following + 1, 60000) if number not in taken)
                taken.add(following)
                given[person.name] = following
        write_whole(file, json.dumps(given, indent=1) + "\n")
        return {one.name: INSTRUCTORS if one.role == "instructor" else given[one.name] for one in people}


def give(path: Path, number: int, mode: int) -> None:
    """Make a folder that belongs to a user number, with exactly this mode."""
    path.mkdir(parents=True, exist_ok=True)
    os.chown(path, number, number)
    path.chmod(mode)
