"""How phones are drawn."""

import math
from collections.abc import Callable, Sequence

import numpy as np

from dojo.desk.colours import PAINTS, Colour, darker, mix, paler
from dojo.desk.sketch import Cutout, Point, Sketch
from dojo.desk.solids import Corner, box_extent, draw_box, rounded, seen

_GLASS: Colour = (38, 32, 28)
_LENS: Colour = (90, 84, 80)
_SCREENS: tuple[Colour, ...] = ((150, 110, 60), (140, 90, 130), (120, 130, 60), (90, 110, 170))


def phone(rng: np.random.Generator, scale: float, paint: Colour, lit: int) -> Cutout:
    """A phone, lying on the desk or standing in a dock, its screen on or dark."""
    w, h = rng.uniform(32, 36), rng.uniform(64, 72)
    if rng.random() < 0.55:
        turn = rng.uniform(-1.2, 1.2)
        yaw = math.copysign(max(0.4, abs(turn)), turn)  # seen straight on, it would look square
        sketch = Sketch(box_extent((w, h, 4), yaw), scale, paint)
        for up in (0.0, 1.2, 2.4):
            sketch.polygon(seen([(x, y, up) for x, y in rounded(w, h, 5)], yaw), darker(paint, 0.35))
        _front(sketch, rng, (w, h), lambda x, y: (x, y, 3.4), yaw, paint)
        return sketch.cut_out()
    yaw = rng.uniform(-0.5, 0.5)
    sketch = Sketch(box_extent((w, 16, h + 4), yaw), scale, paint)
    dock = darker(PAINTS["grey"], 0.25)
    draw_box(sketch, (w * 0.8, 14, 5), yaw, dict.fromkeys(("top", "front", "back", "left", "right"), dock), lit)
    for away in (3.4, 2.2, 1.0):
        outline = [(x, away, y + h / 2 + 3) for x, y in rounded(w, h, 5)]
        sketch.polygon(seen(outline, yaw), darker(paint, 0.35))
    _front(sketch, rng, (w, h), lambda x, y: (x, 0.0, y + h / 2 + 3), yaw, paint)
    return sketch.cut_out()


_SQUARE = ((-1, -1), (1, -1), (1, 1), (-1, 1))


def _front(
    sketch: Sketch,
    rng: np.random.Generator,
    size: tuple[float, float],
    place: Callable[[float, float], Corner],
    yaw: float,
    paint: Colour,
) -> None:
    """The front of a phone on the plane that `place` puts its points on: rim, glass, screen, icons, a glare."""
    w, h = size

    def lay(points: Sequence[Point], ink: Colour | int) -> None:
        sketch.polygon(seen([place(x, y) for x, y in points], yaw), ink)

    lay(rounded(w, h, 5), paint)
    lay(rounded(w - 2.6, h - 2.6, 4), _GLASS)
    if rng.random() < 0.6:
        screen = _SCREENS[int(rng.integers(len(_SCREENS)))]
        lay(rounded(w - 5, h - 8, 2.5), screen)
        x = w * 0.42
        lay([(-x, h * 0.1), (x, h * 0.3), (x, h * 0.43), (-x, h * 0.43)], paler(screen, 0.25))
        for row in range(3):
            for column in range(3):
                x, y = (column - 1) * w * 0.26, (row - 1.6) * w * 0.27
                icon = paler(screen, 0.85) if rng.random() < 0.5 else mix(screen, (200, 230, 250), 0.6)
                lay([(x + i * w * 0.085, y + j * w * 0.085) for i, j in _SQUARE], icon)
    lay([(i * w * 0.1, h / 2 - 2.9 + j * 0.5) for i, j in _SQUARE], _LENS)
    lay([(-w * 0.45, -h * 0.1), (w * 0.1, h * 0.47), (w * 0.4, h * 0.47), (-w * 0.45, -h * 0.38)], 150)
