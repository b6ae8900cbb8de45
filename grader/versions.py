"""Keep everything that was ever handed in, and put the version that counts into `submitted/`.

Covered:
- every version stays, in `.dojo/collected/<assignment>/<student>/`; collecting the same thing twice keeps it once
- what stood in `submitted/` before us, or was changed there by a person, is kept as a version before it is replaced
- a version and a submission appear whole or not at all: they are written beside their place and moved there

Not covered:
- two collections of one course at the same time (`grader.lock` sees to that)
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from grader.delivery import NOTES, SECRET

__all__ = ["Shelf", "Version", "digest_of"]

_RECORD = "hand-in.json"
_PLACED = "placed.json"
_TIME = "%Y-%m-%d %H:%M:%S.%f UTC"  # as nbgrader writes it


@dataclass(frozen=True)
class Version:
    """One version of one student's hand-in. `when` is "" where it is not known; `digest` is of the files' content."""

    name: str
    digest: str
    when: str
    collected: str
    origin: str
    secret: str

    @property
    def age(self) -> tuple[str, str]:
        """Sorts versions: by the time that counts, then by when we first saw them."""
        return (self.when or self.collected, self.collected)


class Shelf:
    """All versions of one student's hand-ins for one assignment."""

    def __init__(self, folder: Path, submitted: Path) -> None:
        self.folder, self.submitted = folder, submitted

    def versions(self) -> list[Version]:
        """Every whole version, oldest first."""
        found = []
        for record in sorted(self.folder.glob(f"*/{_RECORD}")):
            try:
                found.append(Version(**json.loads(record.read_text(encoding="utf-8"))))
            except (OSError, ValueError, TypeError):
                continue  # not written by us, or damaged: its files stay where they are
        return sorted(found, key=lambda one: one.age)

    def keep(self, files: Mapping[str, bytes], when: datetime | None, now: datetime, origin: str, secret: str) -> bool:
        """Put a version on the shelf; False if it is there already."""
        stamp = when.astimezone(UTC).strftime(_TIME) if when else ""
        digest = digest_of(files)
        if any(one.digest == digest and (stamp in ("", one.when) or origin == one.origin) for one in self.versions()):
            return False
        name = f"{(when or now).astimezone(UTC):%Y%m%dT%H%M%S}-{digest[:12]}"
        while (self.folder / name).exists():  # the same content from another time within this second
            name += "+"
        part = self.folder / f".part-{os.getpid()}"
        shutil.rmtree(part, ignore_errors=True)
        for place, content in files.items():
            _write(part / "files" / place, content)
        collected = now.astimezone(UTC).strftime(_TIME)
        version = Version(name, digest, stamp, collected, origin, secret or secrets.token_hex(64))
        _write(part / _RECORD, json.dumps(asdict(version), indent=1).encode())
        part.rename(self.folder / name)
        return True

    def contents(self, version: Version, files: Iterable[tuple[str, str]]) -> dict[str, bytes]:
        """The version as it would stand in `submitted/`: `files` gives each one's place and its name as handed in."""
        root = self.folder / version.name / "files"
        return {place: (root / name).read_bytes() for place, name in files}

    def names(self, version: Version) -> list[str]:
        """The version's files, as they were handed in."""
        root = self.folder / version.name / "files"
        return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())

    def placed_digest(self) -> str:
        """The digest of what we put into `submitted/` last, "" if that was nothing."""
        try:
            note = json.loads((self.folder / _PLACED).read_text(encoding="utf-8"))
            return str(note["digest"])
        except (OSError, ValueError, KeyError, TypeError):
            return ""

    def standing(self) -> dict[str, bytes]:
        """What stands in `submitted/` now, without nbgrader's own notes beside it."""
        root = self.submitted
        paths = [path for path in sorted(root.rglob("*")) if path.is_file() and not path.is_symlink()]
        names = {path.relative_to(root).as_posix(): path for path in paths}
        return {name: path.read_bytes() for name, path in names.items() if name not in NOTES}

    def standing_time(self) -> str:
        """The time that stands beside the submission, "" if none does."""
        try:
            return (self.submitted / "timestamp.txt").read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            return ""

    def place(self, version: Version, contents: Mapping[str, bytes]) -> None:
        """Put a version's contents into `submitted/`, in place of what stands there."""
        part = self.submitted.with_name(f".{self.submitted.name}-part-{os.getpid()}")
        old = self.submitted.with_name(f".{self.submitted.name}-old-{os.getpid()}")
        for left in (part, old):
            shutil.rmtree(left, ignore_errors=True)
        for place, content in contents.items():
            _write(part / place, content)
        if version.when:
            _write(part / "timestamp.txt", version.when.encode())
        # Without a secret of its own, `nbgrader release_feedback` stops at this student.
        _write(part / SECRET, version.secret.encode())
        _write(self.folder / _PLACED, json.dumps({"digest": digest_of(contents)}).encode())
        if self.submitted.exists():
            self.submitted.rename(old)
        part.rename(self.submitted)
        shutil.rmtree(old, ignore_errors=True)


def digest_of(files: Mapping[str, bytes]) -> str:
    """64 hex digits of the names and the contents."""
    whole = hashlib.sha256()
    for name in sorted(files):
        whole.update(f"{len(name.encode())}:{name}:{len(files[name])}:".encode())
        whole.update(files[name])
    return whole.hexdigest()


def _write(path: Path, content: bytes) -> None:
    """Write a file that is on the disk when this returns, in a folder that nobody reads yet or in one move."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}-{os.getpid()}")
    with part.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
