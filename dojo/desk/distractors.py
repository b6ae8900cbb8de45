"""Clutter that is no thing of any class, to mislead a detector: what lies flat, and what stands and hides others."""

import numpy as np

from dojo.desk.clutter import pencil, sheet_of_paper
from dojo.desk.colours import PAINTS, Colour, darker, paler
from dojo.desk.sketch import Cutout, Sketch, ring
from dojo.desk.solids import TILT, box_extent, draw_box, seen


def some_flat(rng: np.random.Generator, scale: float) -> Cutout:
    """A sheet of paper, a pencil, a ruler, a plate, a coin or a pad of notes."""
    return _FLAT[int(rng.integers(len(_FLAT)))](rng, scale)


def some_solid(rng: np.random.Generator, scale: float, lit: int) -> Cutout:
    """A wooden block, a cone or a roll of tape."""
    return _SOLID[int(rng.integers(len(_SOLID)))](rng, scale, lit)


def _paint(rng: np.random.Generator) -> Colour:
    return tuple(PAINTS.values())[int(rng.integers(len(PAINTS)))]


def _ruler(rng: np.random.Generator, scale: float) -> Cutout:
    w, h, yaw, paint = rng.uniform(90, 130), rng.uniform(10, 14), rng.uniform(-1.2, 1.2), paler(_paint(rng), 0.4)
    sketch = Sketch(box_extent((w, h, 0), yaw), scale, paint)
    sketch.polygon(seen([(-w / 2, -h / 2, 0), (w / 2, -h / 2, 0), (w / 2, h / 2, 0), (-w / 2, h / 2, 0)], yaw), paint)
    for x in np.linspace(-w / 2, w / 2, 22)[1:-1]:
        sketch.line(seen([(float(x), -h / 2, 0), (float(x), -h * 0.1, 0)], yaw), 0.6, darker(paint, 0.5))
    return sketch.cut_out()


def _plate(rng: np.random.Generator, scale: float) -> Cutout:
    radius, paint = rng.uniform(26, 40), paler(_paint(rng), 0.6)
    sketch = Sketch((-radius, -radius * TILT, radius, radius * TILT), scale, paint)
    for share, ink in ((1.0, paint), (0.92, paler(paint, 0.4)), (0.66, darker(paint, 0.12)), (0.62, paint)):
        sketch.ellipse((0, 0), (radius * share, radius * TILT * share), ink)
    return sketch.cut_out()


def _coin(rng: np.random.Generator, scale: float) -> Cutout:
    radius = rng.uniform(6, 10)
    metal: Colour = (90, 150, 180) if rng.random() < 0.5 else (170, 170, 170)
    sketch = Sketch((-radius, -radius * TILT, radius, radius * TILT + 1.5), scale, metal)
    sketch.ellipse((0, 1.2), (radius, radius * TILT), darker(metal, 0.35))
    sketch.ellipse((0, 0), (radius, radius * TILT), metal)
    sketch.line(ring((0, 0), (radius * 0.7, radius * 0.7 * TILT)), 0.6, darker(metal, 0.25), closed=True)
    return sketch.cut_out()


def _notes(rng: np.random.Generator, scale: float) -> Cutout:
    side, yaw, paint = rng.uniform(24, 34), rng.uniform(-0.8, 0.8), paler(_paint(rng), 0.45)
    size = (side, side, rng.uniform(1, 6))
    sketch = Sketch(box_extent(size, yaw), scale, paint)
    draw_box(sketch, size, yaw, dict.fromkeys(("top", "front", "back", "left", "right"), paint), 1)
    return sketch.cut_out()


def _block(rng: np.random.Generator, scale: float, lit: int) -> Cutout:
    size, yaw, paint = tuple(rng.uniform(16, 34, 3).tolist()), rng.uniform(-0.7, 0.7), _paint(rng)
    sketch = Sketch(box_extent((size[0], size[1], size[2]), yaw), scale, paint)
    inks = dict.fromkeys(("top", "front", "back", "left", "right"), paint)
    draw_box(sketch, (size[0], size[1], size[2]), yaw, {**inks, "top": paler(paint, 0.25)}, lit)
    return sketch.cut_out()


def _cone(rng: np.random.Generator, scale: float, lit: int) -> Cutout:
    radius, tall, paint = rng.uniform(12, 20), rng.uniform(26, 52), _paint(rng)
    sketch = Sketch((-radius, -tall, radius, radius * TILT + 1), scale, paint)
    sketch.round_off([(-tall, 0.5), (0, radius)], lit, gloss=30)
    foot = ring((0, 0), (radius, radius * TILT), stop=180)
    sketch.polygon(np.concatenate([foot, np.array([(0, -tall)], np.float32)]), paint)
    return sketch.cut_out()


def _tape(rng: np.random.Generator, scale: float, lit: int) -> Cutout:
    radius, tall, paint = rng.uniform(14, 22), rng.uniform(7, 12), _paint(rng)
    flat = radius * TILT
    sketch = Sketch((-radius, -tall - flat, radius, flat + 1), scale, paint)
    sketch.round_off([(-tall, radius), (0, radius)], lit, gloss=20)
    side = np.concatenate([ring((0, 0), (radius, flat), stop=180), ring((0, -tall), (radius, flat), 0, 180, 360)])
    sketch.polygon(side, paint)
    sketch.ellipse((0, -tall), (radius, flat), paler(paint, 0.2))
    sketch.ellipse((0, -tall), (radius * 0.6, flat * 0.6), darker(paint, 0.6))
    return sketch.cut_out()


_FLAT = (sheet_of_paper, pencil, _ruler, _plate, _coin, _notes)
_SOLID = (_block, _cone, _tape)
