"""Which of the files that a student handed in is which notebook of the assignment."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from grader.delivery import NOTES

__all__ = ["Picked", "pick"]


@dataclass(frozen=True)
class Picked:
    """Each file that is used, as (its place in the submission, its name as handed in), and remarks."""

    files: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]
    notes: tuple[str, ...]


# What browsers, JupyterLab, Canvas and people add to a copy's name.
_COPY = re.compile(r"^copy of |( ?- ?copy\d*| \(\d+\)|-\d{1,2})+\Z", re.I)


def pick(expected: Sequence[str], names: Sequence[str]) -> Picked:
    """Find the expected notebooks (names without `.ipynb`) among the names that were handed in.

    The right name counts most, then another case, then a copy's name, then a name that holds the right one; a single
    notebook of any name stands for a single one that is missing. Other notebooks are not used: nbgrader would stumble.
    """
    notebooks = [name for name in names if name.lower().endswith(".ipynb")]
    chosen: dict[str, str] = {}
    notes: list[str] = []
    for want in expected:
        ranked = sorted((_rank(want, name), name.count("/"), name) for name in notebooks if _rank(want, name) < _NO)
        # "lab-10" holds "lab-1": a name that fits another notebook better is that one's.
        ranked = [one for one in ranked if all(_rank(other, one[2]) >= one[0] for other in expected)]
        if ranked:
            chosen[want] = ranked[0][2]
            if len(ranked) > 1:
                also = ", ".join(name for _, _, name in ranked[1:4])
                notes.append(f"More than one file may be {want}.ipynb: {ranked[0][2]} is used, {also} is kept aside.")
            elif ranked[0][0] > 0:
                notes.append(f"{want}.ipynb was handed in as {ranked[0][2]}.")
    missing = [want for want in expected if want not in chosen]
    left = [name for name in notebooks if name not in chosen.values()]
    if len(missing) == 1 and len(left) == 1 and not any(left[0] in note for note in notes):
        chosen[missing[0]] = left[0]
        notes.append(f"{missing[0]}.ipynb was handed in as {left[0]}.")
    missing = [want for want in expected if want not in chosen]
    if missing and notebooks and len(left) > 1:
        notes.append(f"None of {', '.join(left[:4])} has the name of a notebook of this assignment.")
    return Picked(_placed(chosen, names), tuple(missing), tuple(notes))


_NO = 9


def _rank(want: str, name: str) -> int:
    """How well a file's name fits a notebook's: 0 is equal, `_NO` not at all."""
    stem = PurePosixPath(name).name[: -len(".ipynb")]
    if stem == want:
        return 0
    if stem.casefold() == want.casefold():
        return 1
    if _COPY.sub("", stem).casefold() == want.casefold():
        return 2
    if re.search(rf"(?<![0-9A-Za-z]){re.escape(want)}(?![0-9A-Za-z])", stem, re.I):
        return 3
    return _NO


def _placed(chosen: dict[str, str], names: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """The notebooks at the top under their right names, and all other files as they lie around the first of them."""
    placed = {f"{want}.ipynb": name for want, name in chosen.items()}
    first = next(iter(chosen.values()), "")
    around = first.rpartition("/")[0] + "/" if "/" in first else ""
    taken = {place.casefold() for place in placed}
    for name in names:
        place = name.removeprefix(around)
        parents = {str(parent).casefold() for parent in PurePosixPath(place).parents}
        free = not ({place.casefold()} | parents) & taken and place not in NOTES
        if free and not name.lower().endswith(".ipynb"):
            placed[place] = name
            taken.add(place.casefold())
    return tuple(sorted(placed.items()))
