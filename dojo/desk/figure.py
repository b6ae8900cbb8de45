"""How the figure is drawn: a jointed wooden one, as painters use, with or without a badge."""

import numpy as np

from dojo.desk.colours import Colour, darker, paler, vivid
from dojo.desk.sketch import Cutout, Point, Sketch, ring

# Varnishes a toy may have; none is near the red of a badge.
VARNISHES: tuple[Colour, ...] = (
    (150, 200, 226),
    (186, 206, 150),
    (214, 186, 146),
    (206, 168, 182),
    (196, 200, 202),
)


def figure(rng: np.random.Generator, scale: float, lit: int, hue: int | None) -> Cutout:
    """A standing figure in some pose; `hue`, 0 to 179, paints its badge, None gives it none."""
    wood = VARNISHES[int(rng.integers(len(VARNISHES)))]
    joint = darker(wood, 0.28)
    sketch = Sketch((-52, -132, 52, 10), scale, wood)
    sway, spread = rng.uniform(-3, 3), rng.uniform(5, 13)
    for side in (-1, 1):
        _leg(sketch, (side * 6.5 + sway * 0.3, -50), (side * spread, -26), (side * (spread + 1), -2), wood, lit)
    sketch.ellipse((sway * 0.3, -53), (11, 8), wood)
    sketch.ellipse((sway * 0.6, -62), (7, 6), joint)
    chest = [(-16, -88), (-12, -94), (12, -94), (16, -88), (12, -68), (8, -63), (-8, -63), (-12, -68)]
    sketch.polygon([(x + sway, y) for x, y in chest], wood)
    sketch.line([(x + sway, y) for x, y in chest], 2.5, wood, closed=True)
    sketch.line([(sway - lit * 13, -88), (sway - lit * 10, -68)], 5, 96)
    sketch.line([(sway + lit * 10, -90), (sway + lit * 8, -70)], 3, 158)
    for side in (-1, 1):
        _arm(sketch, rng, (sway + side * 18, -89), side, wood, lit)
    sketch.line([(sway, -95), (sway, -100)], 6, joint)
    _head(sketch, (sway * 1.3, -112), wood, rng.uniform(-10, 10), lit)
    if hue is not None:
        spot = (sway + rng.uniform(-4, 4), -80 + rng.uniform(-1.5, 1.5))
        sketch.pin_badge(spot, 7.5, vivid(hue))
        sketch.line(ring(spot, (7.5, 7.5)), 1.2, 100, closed=True)
        sketch.ellipse((spot[0] + lit * 2.4, spot[1] - 2.8), (2.0, 1.3), 190)
    return sketch.cut_out()


def _head(sketch: Sketch, middle: Point, wood: Colour, tilt: float, lit: int) -> None:
    x, y = middle
    sketch.ellipse(middle, (11, 13.5), wood, tilt)
    sketch.ellipse((x - lit * 3, y + 2), (10.5, 12.5), 112, tilt)
    sketch.ellipse((x + lit * 1.5, y - 1.5), (8.5, 11), 132, tilt)
    sketch.ellipse((x + lit * 4, y - 6), (2.6, 3.4), 185, tilt)
    dark = darker(wood, 0.7)
    for side in (-1, 1):
        sketch.ellipse((x + side * 4, y - 0.5), (1.3, 1.7), dark)
    sketch.line(ring((x, y + 2.5), (4.4, 3.4), 0, 25, 155), 1.1, dark)


def _leg(sketch: Sketch, hip: Point, knee: Point, ankle: Point, wood: Colour, lit: int) -> None:
    toe = (ankle[0] + np.sign(ankle[0]) * 2.5, ankle[1] + 2)
    sketch.ellipse(toe, (7, 4.2), darker(wood, 0.08))
    _limb(sketch, knee, ankle, (7.5, 5.5), wood, lit)
    _limb(sketch, hip, knee, (10, 7.5), wood, lit)


def _arm(sketch: Sketch, rng: np.random.Generator, shoulder: Point, side: int, wood: Colour, lit: int) -> None:
    raised = rng.random() < 0.25
    upper = np.radians(rng.uniform(95, 140) if raised else rng.uniform(8, 50))
    lower = upper + np.radians(rng.uniform(10, 50) if raised else rng.uniform(-45, 40))
    elbow = (shoulder[0] + side * 18 * np.sin(upper), shoulder[1] + 18 * np.cos(upper))
    wrist = (elbow[0] + side * 17 * np.sin(lower), elbow[1] + 17 * np.cos(lower))
    _limb(sketch, elbow, wrist, (6.5, 5), wood, lit)
    _limb(sketch, shoulder, elbow, (8, 6.5), wood, lit)
    sketch.ellipse(wrist, (4.2, 4.2), paler(wood, 0.1))


def _limb(sketch: Sketch, start: Point, end: Point, widths: tuple[float, float], wood: Colour, lit: int) -> None:
    """One tapered piece of wood from a ball joint at its start to the next at its end."""
    along = np.array(end) - np.array(start)
    side = np.array([-along[1], along[0]]) / np.hypot(*along) / 2
    a, b = np.array(start) + along * 0.08, np.array(end) - along * 0.06
    outline = np.stack([a + side * widths[0], b + side * widths[1], b - side * widths[1], a - side * widths[0]])
    sketch.polygon(outline.astype(np.float32), wood)
    for spot, width in ((start, widths[0]), (end, widths[1])):
        sketch.ellipse(spot, (width * 0.52, width * 0.52), darker(wood, 0.28))
    bright = side * (1 if side[0] * lit > 0 else -1) * widths[1] * 0.5
    sketch.line(np.stack([a + bright, b + bright]).astype(np.float32), 1.5, 160)
    sketch.line(np.stack([a - bright * 1.3, b - bright * 1.3]).astype(np.float32), 2.2, 92)
