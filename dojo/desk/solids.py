"""Boxes and plates on the desk, as seen from a little above."""

import math
from collections.abc import Sequence

import numpy as np

from dojo.desk.colours import Colour
from dojo.desk.sketch import Floats, Point, Sketch

TILT = 0.42  # how much of a length that leads away from us is seen; also a circle's height by its width
UPRIGHT = 0.9  # how much of a height is seen

Corner = tuple[float, float, float]  # right, away from us, up: units from the spot where the thing stands


def seen(corners: Sequence[Corner], yaw: float) -> Floats:
    """Where corners lie on the sheet, (n, 2), after turning the thing by `yaw` radians about the upright."""
    c, s = math.cos(yaw), math.sin(yaw)
    turn_and_tilt = np.array([[c, -s * TILT], [-s, -c * TILT], [0, -UPRIGHT]])
    points: Floats = (np.asarray(corners) @ turn_and_tilt).astype(np.float32)
    return points


def box_extent(size: Corner, yaw: float) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a box in units."""
    points = seen(_corners(size), yaw)
    low, high = points.min(axis=0), points.max(axis=0)
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def draw_box(sketch: Sketch, size: Corner, yaw: float, inks: dict[str, Colour], lit: int) -> None:
    """Draw the faces of a box that can be seen: "top", and those of "front", "back", "left", "right" that face us.

    `inks` holds each face's paint; a face turned from the light is shaded.
    """
    corners = _corners(size)
    for name, ids, (nx, ny) in _SIDES:
        c, s = math.cos(yaw), math.sin(yaw)
        right, away = nx * c - ny * s, nx * s + ny * c
        if away < -0.02:
            shade = 0.72 + 0.2 * right * lit
            b, g, r = inks[name]
            face = (round(b * shade), round(g * shade), round(r * shade))
            sketch.polygon(seen([corners[i] for i in ids], yaw), face)
    sketch.polygon(seen(corners[4:], yaw), inks["top"])


def rounded(width: float, height: float, radius: float) -> list[Point]:
    """The outline of a rectangle with round corners, its middle at (0, 0)."""
    points = []
    for start, sx, sy in ((0, 1, 1), (90, -1, 1), (180, -1, -1), (270, 1, -1)):
        for degrees in range(start, start + 91, 30):
            turn = math.radians(degrees)
            x = sx * (width / 2 - radius) + radius * math.cos(turn)
            y = sy * (height / 2 - radius) + radius * math.sin(turn)
            points.append((x, y))
    return points


def _corners(size: Corner) -> list[Corner]:
    w, d, h = size[0] / 2, size[1] / 2, size[2]
    return [(x, y, z) for z in (0.0, h) for x, y in ((-w, -d), (w, -d), (w, d), (-w, d))]


_SIDES = (
    ("front", (0, 1, 5, 4), (0, -1)),
    ("right", (1, 2, 6, 5), (1, 0)),
    ("back", (2, 3, 7, 6), (0, 1)),
    ("left", (3, 0, 4, 7), (-1, 0)),
)
