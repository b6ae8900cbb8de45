"""Which hand-ins of one assignment resemble each other more than the rest of the class does, and where.

Covered:
- renamed variables, other comments and layout, cells and functions in another order hide nothing
- what the lab gave does not count, nor what many in the class have: the obvious answer, a hint, a classroom's example
- two short answers that happen to be equal are not enough: a pair needs a good part of its own work in common, so that
  a class of hundreds gives a list that a person can read
- a class of 300 takes seconds

Not covered, and no list can: who wrote it first, who had help, whether it was allowed, and what was rewritten by hand
until nothing is left of it. Nobody should hear of a pair before a person has read both.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from grader.tokens import Token, tokens
from grader.winnow import SIZE, fingerprints

__all__ = ["Pair", "Passage", "Side", "Work", "similar"]

_OFTEN = 0.03  # of the class: a passage that more of them have is dropped
_OFTEN_AT_LEAST = 4  # students, so that in a small class four at one table are seen
_PIECE = 80  # words of one cell that count as one coincidence
# Bits beyond the number of pairs, and words. In 64 classes of 20, put together from eight labs' known answers so that
# no two students share one, this lists 1 of 12,160 pairs; a disguised copy planted in each is always found, and where
# three exercises of five were copied, 35 of 64 (tests/grader/test_similar.py has a part of these classes).
_SURE = 8.0
_LEAST = 80
# Somebody may hand in a megabyte of anything.
_LONGEST = 50_000  # characters of one hand-in that are read
_PLACES = 3  # of one fingerprint in one hand-in


@dataclass(frozen=True)
class Work:
    """What one student wrote: texts of cells by name."""

    student: str
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Side:
    """One end of a passage: lines `first` to `last` (from 1) of a student's cell."""

    cell: str
    first: int
    last: int
    text: str


@dataclass(frozen=True)
class Passage:
    """Words that two have in common, in the first one's cell and in the second one's."""

    words: int
    left: Side
    right: Side


@dataclass(frozen=True)
class Pair:
    """Two students. `words` are those they have in common beyond what the lab gave, `share` their part of the smaller
    one's work, from 0 to 1; `surprise` says in bits how unlikely that is among students who don't know each other."""

    left: str
    right: str
    words: int
    share: float
    surprise: float
    passages: tuple[Passage, ...]


@dataclass(frozen=True)
class _Read:
    """One student's work in words, by cell, and the (cell, place) of each fingerprint in it; `size` is how many words
    these cover."""

    student: str
    texts: Mapping[str, str]
    words: Mapping[str, Sequence[Token]]
    places: Mapping[int, Sequence[tuple[str, int]]]
    size: int = 0


def similar(works: Iterable[Work], released: Iterable[str], given: Collection[str] = ()) -> list[Pair]:
    """The pairs that stand out, most in common first. `released` are the lab's own cells, `given` the names in them
    that students use as they are."""
    theirs = {mark for text in released for mark, _ in _marks(tokens(text, given))}
    everybody = [_read(work, given, theirs) for work in works]
    owners: dict[int, list[int]] = defaultdict(list)
    for number, one in enumerate(everybody):
        for mark in one.places:
            owners[mark].append(number)
    often = max(_OFTEN_AT_LEAST, math.ceil(_OFTEN * len(everybody)))
    shared: dict[tuple[int, int], list[int]] = defaultdict(list)
    for mark, whose in owners.items():
        if len(whose) <= often:
            for two in combinations(whose, 2):
                shared[two].append(mark)
    enough = _SURE + math.log2(max(1, math.comb(len(everybody), 2)))
    having = {mark: len(whose) for mark, whose in owners.items()}
    found = []
    for (a, b), marks in shared.items():
        pair = _compared(everybody[a], everybody[b], {mark: having[mark] for mark in marks}, len(everybody))
        if pair.surprise >= enough and pair.words >= _LEAST:
            found.append(replace(pair, passages=_passages(everybody[a], everybody[b], marks)))
    return sorted(found, key=lambda one: (-one.surprise, one.left, one.right))


def _compared(left: _Read, right: _Read, having: Mapping[int, int], students: int) -> Pair:
    """How much two have in common, and how surprising that is. `having` says how many of all have each fingerprint.

    Each cell of the left one is one coincidence for each `_PIECE` words. With `others` of the rest of the class having
    the rarest thing that the two share there, somebody has it by chance with the probability
    (others + 1/2) / (rest + 1), Jeffreys' estimate of a rate; a coincidence's bits are its negative logarithm.
    """
    cells: dict[str, list[int]] = defaultdict(list)
    for mark in having:
        for cell in {cell for cell, _ in left.places[mark]}:
            cells[cell].append(mark)
    surprise, words = 0.0, 0
    for cell, marks in cells.items():
        common = _covered(left, marks, cell)
        others = min(having[mark] for mark in marks) - 2
        surprise -= max(1, common // _PIECE) * math.log2((others + 0.5) / (students - 1))
        words += common
    share = words / max(1, min(left.size, right.size))
    return Pair(left.student, right.student, words, min(1.0, share), surprise, ())


def _read(work: Work, given: Collection[str], theirs: Collection[int]) -> _Read:
    words: dict[str, Sequence[Token]] = {}
    places: dict[int, list[tuple[str, int]]] = defaultdict(list)
    left = _LONGEST
    for cell, text in work.cells.items():
        words[cell] = tokens(text[:left], given)
        left = max(0, left - len(text))
        for mark, place in _marks(words[cell]):
            if mark not in theirs and len(places[mark]) < _PLACES:
                places[mark].append((cell, place))
    one = _Read(work.student, work.cells, words, places)
    return replace(one, size=_covered(one, places))


def _marks(row: Sequence[Token]) -> Iterable[tuple[int, int]]:
    return fingerprints([one.word for one in row])


def _covered(one: _Read, marks: Iterable[int], only: str = "") -> int:
    """How many words of the work, or of one cell, these fingerprints cover."""
    spots = ((cell, place) for mark in marks for cell, place in one.places[mark] if not only or cell == only)
    return len({(cell, at) for cell, place in spots for at in range(place, place + SIZE)})


def _passages(left: _Read, right: _Read, marks: Iterable[int]) -> tuple[Passage, ...]:
    """The passages around common fingerprints, each as long as it goes, in the left one's order."""
    found: dict[tuple[str, int, str, int], int] = {}
    taken: set[tuple[str, int]] = set()
    spots = sorted((place, other) for mark in marks for place in left.places[mark] for other in right.places[mark])
    grown: list[tuple[str, int, str, int, int]] = []
    reached: dict[tuple[str, str, int], int] = {}
    for (cell, at), (other, there) in spots:
        # One passage holds many fingerprints.
        if at >= reached.get((cell, other, at - there), 0):
            grown.append(_grown(left, right, (cell, at), (other, there)))
            reached[cell, other, at - there] = grown[-1][1] + grown[-1][4]
    for cell, at, other, there, count in sorted(grown, key=lambda one: (-one[4], *one[:4])):
        inside = {(cell, at + step) for step in range(count)}
        # What lies within a longer passage is told with it.
        if len(inside - taken) * 2 > count:
            taken |= inside
            found[cell, at, other, there] = count
    order = {cell: number for number, cell in enumerate(left.words)}
    keys = sorted(found, key=lambda one: (order[one[0]], one[1]))
    return tuple(
        Passage(found[key], _side(left, key[0], key[1], found[key]), _side(right, key[2], key[3], found[key]))
        for key in keys
    )


def _grown(left: _Read, right: _Read, place: tuple[str, int], other: tuple[str, int]) -> tuple[str, int, str, int, int]:
    """The longest passage around two equal places: cell and first word on both sides, and how many words."""
    ours, theirs = left.words[place[0]], right.words[other[0]]
    a, b = place[1], other[1]
    while a and b and ours[a - 1].word == theirs[b - 1].word:
        a, b = a - 1, b - 1
    count = 0
    while a + count < len(ours) and b + count < len(theirs) and ours[a + count].word == theirs[b + count].word:
        count += 1
    return place[0], a, other[0], b, count


def _side(one: _Read, cell: str, at: int, count: int) -> Side:
    row = one.words[cell][at : at + count]
    first, last = row[0].line, row[-1].last
    lines = one.texts[cell].split("\n")[first - 1 : last]
    return Side(cell, first, last, "\n".join(lines))
