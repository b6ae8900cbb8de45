"""How books are drawn."""

import numpy as np

from dojo.desk.colours import PAINTS, Colour, darker, mix, paler
from dojo.desk.sketch import Cutout, Floats, Sketch
from dojo.desk.solids import Corner, box_extent, draw_box, seen

_PAGES: Colour = (206, 226, 234)
# Across and along a cover, its middle at (0, 0) and its sides 1 long.
_TITLE = ((-0.22, 0.14), (0.34, 0.14), (0.34, 0.32), (-0.22, 0.32))
_FRAME = ((-0.3, -0.42), (0.42, -0.42), (0.42, 0.42), (-0.3, 0.42))


def book(rng: np.random.Generator, scale: float, paint: Colour, lit: int) -> Cutout:
    """A book, lying or standing, with a spine, pages and a title."""
    if rng.random() < 0.55:
        return _lying(rng, scale, paint, lit)
    return _standing(rng, scale, paint, lit)


def _lying(rng: np.random.Generator, scale: float, paint: Colour, lit: int) -> Cutout:
    w, d, h = size = (rng.uniform(48, 58), rng.uniform(62, 74), rng.uniform(9, 15))
    yaw = rng.uniform(0.25, 1.3) * (1 if rng.random() < 0.5 else -1)
    sketch = Sketch(box_extent(size, yaw), scale, paint)
    inks = {"top": paint, "front": _PAGES, "back": _PAGES, "left": darker(paint, 0.12), "right": _PAGES}
    draw_box(sketch, size, yaw, inks, lit)
    for up in (0.3, 0.5, 0.7):
        for edge in _page_sides(size, yaw, h * up):
            sketch.line(edge, 0.5, darker(_PAGES, 0.3))
    for up in (0.6, h - 0.6):  # the boards of the cover, seen edge on
        for edge in _page_sides(size, yaw, up):
            sketch.line(edge, 1.2, darker(paint, 0.3))
    frame, title = ([(x * w, y * d, h) for x, y in shape] for shape in (_FRAME, _TITLE))
    _print_cover(sketch, frame, title, yaw, paint)
    sketch.line(seen([(-w * 0.42, -d / 2, h), (-w * 0.42, d / 2, h)], yaw), 1.0, darker(paint, 0.25))
    sheen = [(-w * 0.42, -d * 0.1, h), (w / 2, d * 0.2, h), (w / 2, d / 2, h), (-w * 0.42, d / 2, h)]
    sketch.polygon(seen(sheen, yaw), 138)
    return sketch.cut_out()


def _standing(rng: np.random.Generator, scale: float, paint: Colour, lit: int) -> Cutout:
    w, d, h = size = (rng.uniform(38, 46), rng.uniform(9, 14), rng.uniform(54, 64))
    yaw = rng.uniform(0.2, 0.75) * (1 if rng.random() < 0.5 else -1)
    sketch = Sketch(box_extent(size, yaw), scale, paint)
    cover, spine = paler(paint, 0.12), darker(paint, 0.05)
    draw_box(sketch, size, yaw, {"top": _PAGES, "front": cover, "back": paint, "left": spine, "right": _PAGES}, lit)
    rim = [(-w / 2, -d / 2, h), (w / 2, -d / 2, h), (w / 2, d / 2, h), (-w / 2, d / 2, h)]
    sketch.line(seen(rim, yaw), 1.2, darker(paint, 0.15), closed=True)
    if yaw > 0:
        for up in (0.14, 0.2, 0.8, 0.86):  # bands on the spine
            sketch.line(seen([(-w / 2, -d / 2, h * up), (-w / 2, d / 2, h * up)], yaw), 1.0, paler(paint, 0.6))
    else:
        for away in (-0.2, 0.0, 0.2):  # the edges of the pages
            sketch.line(seen([(w / 2, away * d, 1), (w / 2, away * d, h - 1)], yaw), 0.5, darker(_PAGES, 0.35))
    frame, title = ([(x * w, -d / 2, (y + 0.5) * h) for x, y in shape] for shape in (_FRAME, _TITLE))
    _print_cover(sketch, frame, title, yaw, paint)
    return sketch.cut_out()


def _page_sides(size: Corner, yaw: float, up: float) -> list[Floats]:
    """The lines at height `up` along the sides of a lying book that show pages and face us."""
    w, d = size[0] / 2, size[1] / 2
    near = seen([(-w, -d, up), (w, -d, up), (w, d, up)], yaw)
    level = seen([(0, 0, up)], yaw)[0, 1]
    return [edge for edge in (near[:2], near[1:]) if edge[:, 1].mean() > level]


def _print_cover(sketch: Sketch, frame: list[Corner], title: list[Corner], yaw: float, paint: Colour) -> None:
    ink = paler(paint, 0.75) if sum(paint) < 560 else PAINTS["blue"]
    sketch.line(seen(frame, yaw), 0.7, mix(paint, ink, 0.6), closed=True)
    plate = seen(title, yaw)
    sketch.polygon(plate, ink)
    for share in (0.35, 0.65):  # two lines of writing, on the plate's slant
        left, right = (plate[i] + (plate[j] - plate[i]) * share for i, j in ((0, 3), (1, 2)))
        words = np.stack([left + (right - left) * 0.2, left + (right - left) * 0.8])
        sketch.line(words, 0.8, darker(paint, 0.3))
