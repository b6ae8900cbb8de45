"""Who crosses a line, which way, and in which frame: computed from true paths.

The rule. A line runs from a start to an end; to its right is what somebody has on the right hand who walks along it.
A thing is where its foot is, the middle of the spot it stands on. It crosses in the first frame in which its foot is
on the other side than before, if the step from the frame before passes between start and end, both included; the
direction is the side that it comes to. On the line a foot is still on the side it came from: to touch is not to cross.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dojo.errors import DojoError

Point = tuple[float, float]
Line = tuple[Point, Point]  # start and end: x and y in pixels, y down


@dataclass(frozen=True, order=True)
class Crossing:
    """Somebody crossed the line: `direction` is "left" or "right", the side of the line that the thing came to."""

    frame: int
    id: int
    direction: str


def find_crossings(paths: Iterable[tuple[int, Sequence[Point | None]]], line: Line) -> tuple[Crossing, ...]:
    """The crossings of a line, in the order of their frames.

    `paths` gives each id with the place of its foot in every frame from the first, None where it has none; a gap
    forgets on which side the thing was.
    """
    found = []
    for number, path in paths:
        before, side = None, 0
        for frame, foot in enumerate(path):
            now = 0 if foot is None else _side(line, foot)
            if now and foot is not None:
                if now == -side and before is not None and _passes(line, before, foot):
                    found.append(Crossing(frame, number, "right" if now > 0 else "left"))
                side = now
            elif foot is None:
                side = 0
            before = foot
    return tuple(sorted(found))


def check_line(line: Line) -> Line:
    """The line if it is two different points of two numbers each, or a DojoError."""
    try:
        (x1, y1), (x2, y2) = line
        start, end = (float(x1), float(y1)), (float(x2), float(y2))
    except (TypeError, ValueError):
        start = end = (0.0, 0.0)
    if start == end or not all(map(math.isfinite, (*start, *end))):
        raise DojoError(f"The line {line!r} cannot be crossed: give two points, such as ((160, 240), (160, 0)).")
    return start, end


def _turn(line: Line, point: Point) -> float:
    """Twice the area of the triangle of line and point; above 0 where the point is to the right of the line."""
    (x1, y1), (x2, y2) = line
    return (x2 - x1) * (point[1] - y1) - (y2 - y1) * (point[0] - x1)


def _side(line: Line, point: Point) -> int:
    turn = _turn(line, point)
    return (turn > 0) - (turn < 0)


def _passes(line: Line, before: Point, after: Point) -> bool:
    """Does the step cross the line between its ends, and not only its extension?"""
    step = (before, after)
    return _turn(step, line[0]) * _turn(step, line[1]) <= 0
