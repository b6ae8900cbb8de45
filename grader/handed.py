"""Sort the hand-ins that `dojo submit` made: each is signed by its manifest, and often an LMS or a folder says more.

Covered:
- one that was changed since it was made, one that is signed by somebody else than who handed it in, and one that
  several people handed in are set apart with a reason, for the teacher to decide; their files are kept
- one of another lab is named; what no manifest names is left to the other ways of sorting
- of several by one student, the one made last is the newest, whatever the order of their names

Not covered:
- whose a hand-in is where neither an LMS nor a folder says: there its signature counts
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Literal

from dojo.manifest import MANIFEST, SUMS, Manifest, faults, plain_id, read_manifest
from grader.archive import Found, LeftOut
from grader.labels import read_label
from grader.roster import Roster

__all__ = ["Fate", "HandedIn", "find_handed_in", "sort_handed_in"]

_LARGEST = 1 << 20  # bytes of a manifest or a list of checksums
_WHOLE = 300 << 20  # bytes of a hand-in


@dataclass(frozen=True)
class HandedIn:
    """One hand-in as it was found: `folders` are the parts of its path, its own name last; none for a bare source."""

    folders: tuple[str, ...]
    manifest: Manifest
    digest: str
    files: dict[str, Callable[[], bytes]]

    @property
    def origin(self) -> str:
        return "/".join(self.folders) or MANIFEST


@dataclass(frozen=True)
class Fate:
    """What becomes of a hand-in: it is `student`'s, "apart" or "elsewhere" (another lab's), for the reason `said`."""

    handed: HandedIn
    state: Literal["taken", "apart", "elsewhere"]
    student: str = ""
    notes: tuple[str, ...] = ()
    said: str = ""


@dataclass(frozen=True)
class _Sender:
    """Who handed it in, as far as an LMS or a folder says: a student of the roster, or only a name."""

    student: str = ""
    name: str = ""
    note: str = ""


def find_handed_in(files: Sequence[Found]) -> tuple[list[HandedIn], list[Found]]:
    """The hand-ins among these files, and the files that belong to none."""
    manifests: dict[tuple[str, ...], tuple[Manifest, str]] = {}
    for found in files:
        if found.parts[-1] == MANIFEST:
            text = _text(found)
            if manifest := read_manifest(text):
                manifests[found.parts[:-1]] = (manifest, sha256(text).hexdigest())
    inside: dict[tuple[str, ...], dict[str, Callable[[], bytes]]] = {one: {} for one in manifests}
    others: list[Found] = []
    for found in files:
        home = next(
            (found.parts[:at] for at in range(len(found.parts) - 1, -1, -1) if found.parts[:at] in inside), None
        )
        name = "/".join(found.parts[len(home or ()) :])
        # A hand-in that was unpacked straight into a folder of many owns only what it lists.
        if home is None or (not home and name not in {*manifests[home][0].files, MANIFEST, SUMS}):
            others.append(found)
        else:
            inside[home][name] = found.read
    return [HandedIn(home, *manifests[home], inside[home]) for home in sorted(manifests)], others


def sort_handed_in(handed: Sequence[HandedIn], assignment: str, roster: Roster, release: str) -> list[Fate]:
    """What becomes of each, the ones made first at the front. `release` begins as the digest of the course's own
    release of the lab does, "" if it has none."""
    senders: dict[str, set[str]] = defaultdict(set)
    for one in handed:
        if name := _sender(one, roster).name:
            senders[one.digest].add(name)
    ordered = sorted(handed, key=lambda one: (one.manifest.made, one.origin))
    return [_fate(one, assignment, roster, release, senders[one.digest]) for one in ordered]


def _fate(one: HandedIn, assignment: str, roster: Roster, release: str, names: set[str]) -> Fate:
    manifest, sender = one.manifest, _sender(one, roster)
    if manifest.lab != assignment:
        return Fate(one, "elsewhere", said=f"is a hand-in for {manifest.lab[:60]}, not for {assignment}")
    if found := _faults(one):
        return Fate(one, "apart", said=f"{'; it '.join(found[:3])}")
    signed = _signed(manifest, roster)
    if sender.student and signed and sender.student != signed:
        return Fate(one, "apart", said=f"is signed by {signed}, and {sender.student} handed it in")
    if len(names) > 1 and sender.student != signed:
        return Fate(one, "apart", said=f"was handed in by {' and by '.join(sorted(names)[:3])}")
    if not (sender.student or signed):
        return Fate(one, "apart", said=f"is signed by {_shown(manifest.student)}, and {_unknown(manifest, roster)}")
    notes = [sender.note] if sender.note else []
    if sender.student and not signed:
        notes.append(f"It is signed {_shown(manifest.student)}, which is in no roster; {sender.name} handed it in.")
    if sender.name and not sender.student:
        notes.append(f"{sender.name} handed it in, who is in no roster; it is signed {signed}, which counts.")
    if release and manifest.version and not release.startswith(manifest.version):
        notes.append("It was begun on another version of the lab than the course's; the course's tests mark it.")
    return Fate(one, "taken", sender.student or signed, tuple(notes))


def _sender(one: HandedIn, roster: Roster) -> _Sender:
    """Who handed it in, by the label an LMS put on it, else by the folder it lies in."""
    for part in one.folders:
        if label := read_label(part):
            return _Sender(roster.find(label.who).student, label.who[-1], label.note)
    for part in one.folders[:-1]:
        if roster and (student := roster.find([part]).student):
            return _Sender(student, student)
    return _Sender()


def _signed(manifest: Manifest, roster: Roster) -> str:
    if roster:
        return roster.find([manifest.student]).student
    return manifest.student if plain_id(manifest.student) else ""


def _unknown(manifest: Manifest, roster: Roster) -> str:
    return roster.find([manifest.student]).reason if roster else "that can't name a student"


def _faults(one: HandedIn) -> list[str]:
    contents: dict[str, bytes] = {}
    for name, read in sorted(one.files.items()):
        try:
            contents[name] = read()
        except LeftOut as reason:
            return [f"can't be opened: {name} {reason}"]
        if sum(map(len, contents.values())) > _WHOLE:
            return [f"holds more than {_WHOLE >> 20} MB"]
    return faults(one.manifest, contents)


def _text(found: Found) -> bytes:
    try:
        text = found.read()
    except LeftOut:
        return b""
    return text if len(text) <= _LARGEST else b""


def _shown(word: str) -> str:
    return repr(word[:60])
