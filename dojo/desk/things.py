"""The kinds of things, and the one call that draws any of them."""

import numpy as np

from dojo.desk.books import book
from dojo.desk.colours import Colour
from dojo.desk.figure import figure
from dojo.desk.phones import phone
from dojo.desk.round_things import ball, bottle, cup
from dojo.desk.sketch import Cutout

_PAINTED = {"cup": cup, "book": book, "phone": phone, "ball": ball, "bottle": bottle}
KINDS: tuple[str, ...] = (*_PAINTED, "figure")


def draw_thing(kind: str, seed: int, scale: float, lit: int, paint: Colour, hue: int | None) -> Cutout:
    """A thing of some kind, `scale` pixels a unit, lit from the left (-1) or the right (1).

    `paint` is its main colour, but for a figure, whose badge has `hue` (0 to 179, None for no badge).
    """
    rng = np.random.default_rng(seed)
    if kind == "figure":
        return figure(rng, scale, lit, hue)
    return _PAINTED[kind](rng, scale, paint, lit)
