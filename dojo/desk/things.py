"""The kinds of things, and the one call that draws any of them."""

import math

import numpy as np

from dojo.desk.books import book
from dojo.desk.colours import Colour
from dojo.desk.figure import figure
from dojo.desk.phones import phone
from dojo.desk.pose import walking
from dojo.desk.round_things import ball, bottle, cup
from dojo.desk.sketch import Cutout

_PAINTED = {"cup": cup, "book": book, "phone": phone, "ball": ball, "bottle": bottle}
KINDS: tuple[str, ...] = (*_PAINTED, "figure")


def draw_thing(
    kind: str, seed: int, scale: float, lit: int, paint: Colour, hue: int | None, gait: tuple[int, int] = (0, 0)
) -> Cutout:
    """A thing of some kind, `scale` pixels a unit, lit from the left (-1) or the right (1).

    `paint` is its main colour, but for a figure, whose badge has `hue` (0 to 179, None for no badge).
    `gait` is how it moves, from `gait_at`.
    """
    rng = np.random.default_rng(seed)
    way, phase = gait
    if kind == "figure":
        return figure(rng, scale, lit, hue, walking(phase / _STEPS, way) if way else None)
    if kind == "ball" and phase:
        return ball(rng, scale, paint, lit, phase * 360 / _TURNS)
    return _PAINTED[kind](rng, scale, paint, lit)


def gait_at(kind: str, way: int, travelled: float) -> tuple[int, int]:
    """Which way a thing moves and in which phase of its step or turn it is, after so many units to the right.

    `way` is -1, 0 or 1. Things that only slide, and figures that stand, have no phases.
    """
    if kind == "figure" and way:
        return way, math.floor(way * travelled / _STRIDE * _STEPS) % _STEPS
    if kind == "ball":
        return 0, math.floor(travelled / _ROUND * _TURNS) % _TURNS
    return 0, 0


_STEPS, _STRIDE = 20, 76.0  # the phases of a double step, and its length in units
_TURNS, _ROUND = 48, 110.0  # the phases of a ball's turn, and its length: 2 pi times the usual radius
