"""What else lies on a desk, flat and without a name in any list: a sheet of paper, a pencil."""

import numpy as np

from dojo.desk.colours import Colour, darker, paler
from dojo.desk.sketch import Cutout, Sketch
from dojo.desk.solids import box_extent, seen

_SHEETS: tuple[Colour, ...] = ((240, 244, 246), (160, 226, 246), (226, 214, 190))
_PENCILS: tuple[Colour, ...] = ((60, 186, 240), (150, 120, 50), (92, 140, 84))


def sheet_of_paper(rng: np.random.Generator, scale: float) -> Cutout:
    """A written sheet."""
    w, h = rng.uniform(70, 90), rng.uniform(96, 120)
    yaw = rng.uniform(-0.9, 0.9)
    paper = _SHEETS[int(rng.integers(len(_SHEETS)))]
    sketch = Sketch(box_extent((w, h, 0), yaw), scale, darker(paper, 0.2))
    sketch.polygon(seen([(-w / 2, -h / 2, 0), (w / 2, -h / 2, 0), (w / 2, h / 2, 0), (-w / 2, h / 2, 0)], yaw), paper)
    for row in range(7):
        away = h * (0.36 - row * 0.11)
        right = w * rng.uniform(0.1, 0.38)
        sketch.line(seen([(-w * 0.38, away, 0), (right, away, 0)], yaw), 1.0, darker(paper, 0.26))
    return sketch.cut_out()


def pencil(rng: np.random.Generator, scale: float) -> Cutout:
    """A pencil with a sharp end."""
    long, yaw = rng.uniform(54, 70), rng.uniform(-0.8, 0.8)
    paint = _PENCILS[int(rng.integers(len(_PENCILS)))]
    sketch = Sketch(box_extent((long + 4, 8, 0), yaw), scale, darker(paint))
    left, tip = -long / 2, long / 2
    wood = tip - 9
    sketch.polygon(seen([(wood, -3.6, 0), (tip, 0, 0), (wood, 3.6, 0)], yaw), (160, 200, 226))
    sketch.polygon(seen([(tip - 3, -1.2, 0), (tip, 0, 0), (tip - 3, 1.2, 0)], yaw), (50, 48, 48))
    for low, high, colour in ((-3.6, -1.2, darker(paint, 0.25)), (-1.2, 1.4, paint), (1.4, 3.6, paler(paint, 0.3))):
        sketch.polygon(seen([(left, low, 0), (wood, low, 0), (wood, high, 0), (left, high, 0)], yaw), colour)
    end = left + 5
    sketch.polygon(seen([(left, -3.6, 0), (end, -3.6, 0), (end, 3.6, 0), (left, 3.6, 0)], yaw), (150, 150, 150))
    return sketch.cut_out()


def door(size: tuple[int, int]) -> Cutout:
    """An open door, seen from its edge, that covers the left of a picture of `size` (width, height) in pixels."""
    width, height = size
    scale = height / 240
    wide = round(0.15 * width / scale)
    wood, frame = (92, 124, 156), (206, 214, 216)
    sketch = Sketch((-4, -4, wide, 244), scale, frame)  # larger than the picture, so that its edges are outside
    sketch.polygon([(-9, -9), (wide, -9), (wide, 249), (-9, 249)], frame)
    sketch.polygon([(-9, -9), (wide - 7, -9), (wide - 7, 249), (-9, 249)], wood)
    sketch.line([(wide - 7, -9), (wide - 7, 249)], 1.5, darker(wood, 0.5))
    for top, bottom in ((14, 100), (122, 226)):
        sketch.polygon([(4, top), (wide - 15, top), (wide - 15, bottom), (4, bottom)], darker(wood, 0.2))
        sketch.polygon(
            [(6, top + 3), (wide - 17, top + 3), (wide - 17, bottom - 3), (6, bottom - 3)], paler(wood, 0.08)
        )
    sketch.line([(wide - 1.5, -9), (wide - 1.5, 249)], 3, 96)
    sketch.ellipse((wide - 11, 112), (3.2, 3.2), (80, 180, 220))
    sketch.ellipse((wide - 12, 111), (1.2, 1.2), 220)
    return sketch.cut_out()
