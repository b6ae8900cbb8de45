"""What a scene is asked to hold: the checks, and the seed's choice of all that was left open."""

import operator
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

import numpy as np

from dojo.desk.colours import BADGES, PAINTS, Colour, badge_hue
from dojo.desk.things import KINDS
from dojo.errors import DojoError

MOST_THINGS = 12  # with more, some could hardly be seen
CLUTTER = "clutter"  # the kind of what stands on the desk and is no thing
_LEAST_SIDE, _MOST_SIDE = 64, 2048
_FEW, _SOME = 3, 6  # things on a desk where nobody says how many
_BADGED = 0.65  # how many figures wear a badge where nobody says


@dataclass(frozen=True)
class Plan:
    """A thing to be drawn."""

    kind: str
    paint: Colour
    hue: int | None  # of a figure's badge


def choose_plans(
    kinds: Sequence[str] | None,
    count: int | None,
    badges: Sequence[str | int | None] | None,
    colours: Sequence[str] | None,
    rng: np.random.Generator,
    most: int = _SOME,
) -> list[Plan]:
    """The things of a scene, from the arguments of `draw_scene` of the same names.

    Where these leave the number open, it is 3 to `most`.
    """
    check_names("kinds", () if kinds is None else kinds, KINDS)
    check_names("colours", () if colours is None else colours, tuple(PAINTS))
    _check_badges(badges)
    plans: list[Plan] = []
    figures = others = 0
    for kind in _choose_kinds(kinds, count, most, rng):
        luck = rng.spawn(1)[0]  # its own, so that what one thing is told leaves the others as they were
        if kind == "figure":
            plans.append(Plan(kind, PAINTS["white"], _choose_hue(badges, figures, luck)))
            figures += 1
        else:
            names = tuple(PAINTS)
            name = colours[others % len(colours)] if colours else names[int(luck.integers(len(names)))]
            plans.append(Plan(kind, PAINTS[name], None))
            others += 1
    return plans


def check_size(size: tuple[int, int]) -> tuple[int, int]:
    """The size as (width, height), or a DojoError."""
    try:
        width, height = (operator.index(side) for side in size)
    except (TypeError, ValueError):
        width = height = 0
    if not (_LEAST_SIDE <= width <= _MOST_SIDE and _LEAST_SIDE <= height <= _MOST_SIDE):
        raise DojoError(
            f"A picture of size {size!r} cannot be drawn: "
            f"give (width, height) in whole pixels, each {_LEAST_SIDE} to {_MOST_SIDE}."
        )
    return width, height


def check_whole(name: str, value: int, most: int | None = None) -> int:
    """The value if it is a whole number from 0 to `most`, or a DojoError."""
    span = "from 0 up" if most is None else f"from 0 to {most}"
    try:
        whole = operator.index(value)
    except TypeError:
        whole = -1
    if whole < 0 or (most is not None and whole > most):
        raise DojoError(f"{name} is {value!r}: give a whole number {span}.")
    return whole


def check_names(name: str, given: Sequence[str], known: Sequence[str]) -> None:
    """A DojoError where `given` is one text instead of a list, or holds a word that is not in `known`."""
    if isinstance(given, str):
        raise DojoError(f"{name} is the text {given!r}: put it in a list, {name}=[{given!r}].")
    for word in given:
        if word not in known:
            raise DojoError(f"{name} holds {word!r}, which is not one of {', '.join(known)}{_near(word, known)}")


def _check_badges(badges: Sequence[str | int | None] | None) -> None:
    if badges is None:
        return
    check_names("badges", badges if isinstance(badges, str) else [b for b in badges if isinstance(b, str)], BADGES)
    for badge in badges:
        if badge is not None and not isinstance(badge, str):
            check_whole("A badge's hue", badge, 179)


def _near(word: object, known: Sequence[str]) -> str:
    matches = get_close_matches(str(word), known, n=1)
    return f": did you mean {matches[0]!r}?" if matches else "."


def _choose_kinds(kinds: Sequence[str] | None, count: int | None, most: int, rng: np.random.Generator) -> list[str]:
    if count is None and kinds is not None:
        check_whole("The number of kinds", len(kinds), MOST_THINGS)
        return list(kinds)
    number = int(rng.integers(_FEW, most + 1)) if count is None else check_whole("count", count, MOST_THINGS)
    choice = KINDS if kinds is None else kinds
    if number and not choice:
        raise DojoError(f"count is {number} and kinds is empty: name what to pick from, such as kinds=['cup'].")
    return [choice[int(rng.integers(len(choice)))] for _ in range(number)]


def _choose_hue(badges: Sequence[str | int | None] | None, figures: int, rng: np.random.Generator) -> int | None:
    """The hue of the badge of the figure that `figures` others come before."""
    if badges is None:
        badge: str | int | None = BADGES[int(rng.integers(len(BADGES)))] if rng.random() < _BADGED else None
    else:
        badge = badges[figures % len(badges)] if badges else None
    return badge_hue(badge, rng) if isinstance(badge, str) else badge
