"""How cups, balls and bottles are drawn: things turned on an axis."""

import math

import numpy as np

from dojo.desk.colours import PAINTS, Colour, darker, mix, paler
from dojo.desk.sketch import Cutout, Sketch, ring, shifted
from dojo.desk.solids import TILT

_DRINKS: tuple[Colour, ...] = ((28, 42, 70), (40, 90, 150), (120, 160, 190))


def cup(rng: np.random.Generator, scale: float, paint: Colour, lit: int) -> Cutout:
    """A mug with a handle on one side, something to drink in it, and now and then a band."""
    rim, height = rng.uniform(18, 21), rng.uniform(32, 40)
    base = rim * rng.uniform(0.72, 0.95)
    hand = 1 if rng.random() < 0.5 else -1
    sketch = Sketch((-rim - 16, -height - rim * TILT - 2, rim + 16, base * TILT + 2), scale, paint)
    sketch.round_off([(-height, rim), (0, base)], lit)
    arm = ring((hand * (rim + base) / 2, -height * 0.52), (rim * 0.55, height * 0.30))
    sketch.line(arm, 5.0, darker(paint, 0.12), closed=True)
    sketch.line(shifted(arm, -0.6 * hand, -0.9), 1.6, paler(paint, 0.25), closed=True)
    foot, lip = ring((0, 0), (base, base * TILT), stop=180), ring((0, -height), (rim, rim * TILT), start=180)
    sketch.polygon(np.concatenate([foot, lip]), paint)
    if rng.random() < 0.45:
        band = mix(paint, (255, 255, 255), 0.72) if sum(paint) < 560 else PAINTS["blue"]
        low, high = 0.30, rng.uniform(0.42, 0.62)
        r1, r2 = base + (rim - base) * low, base + (rim - base) * high
        under = ring((0, -height * low), (r1, r1 * TILT), stop=180)
        over = ring((0, -height * high), (r2, r2 * TILT), stop=180)
        sketch.polygon(np.concatenate([under, over[::-1]]), band)
    sketch.ellipse((0, -height), (rim, rim * TILT), paler(paint, 0.35))
    sketch.ellipse((0, -height), (rim, rim * TILT), 134)
    inside = (rim - 2.2, rim * TILT - 1.7)
    sketch.ellipse((0, -height), inside, darker(paint, 0.35))
    sketch.ellipse((0, -height), inside, 118)
    drink = _DRINKS[int(rng.integers(len(_DRINKS)))]
    sketch.ellipse((0, -height + 1.6), (rim - 3.8, rim * TILT - 3.0), drink)
    sketch.line(ring((lit * 2, -height + 2.0), (rim * 0.5, rim * TILT * 0.4), start=200, stop=300), 1.2, paler(drink))
    return sketch.cut_out()


def ball(rng: np.random.Generator, scale: float, paint: Colour, lit: int, rolled: float = 0.0) -> Cutout:
    """A ball: plain, with a stripe, or in wedges like a beach ball; `rolled` to the right by so many degrees."""
    radius = rng.uniform(14, 21)
    sketch = Sketch((-radius, -2 * radius, radius, 0.3 * radius), scale, paint)
    middle = (0.0, -0.86 * radius)
    sketch.ellipse(middle, (radius, radius), paint)
    style, turn = int(rng.integers(3)), rng.uniform(-50, 50) + rolled
    trim = paler(paint, 0.8) if sum(paint) < 560 else PAINTS["teal"]
    if style == 1:
        upper = ring(middle, (radius * 0.97, radius * 0.50), turn, 0, 180)
        lower = ring(middle, (radius * 0.97, radius * 0.05), turn, 0, 180)
        sketch.polygon(np.concatenate([upper, lower[::-1]]), trim)
    elif style == 2:
        for outer, inner in ((0.98, 0.62), (0.16, -0.38)):
            east = ring(middle, (radius * outer, radius * 0.98), turn, -90, 90)
            west = ring(middle, (radius * inner, radius * 0.98), turn, -90, 90)
            sketch.polygon(np.concatenate([east, west[::-1]]), trim)
        pole = (math.sin(math.radians(turn)) * radius * 0.9, middle[1] - math.cos(math.radians(turn)) * radius * 0.9)
        sketch.ellipse(pole, (radius * 0.14, radius * 0.1), trim, turn)
    for share, light in ((1.0, 62), (0.93, 84), (0.84, 104), (0.72, 120), (0.55, 132), (0.36, 142)):
        off = (1 - share) * radius * 0.75
        sketch.ellipse((lit * off, middle[1] - off), (radius * share, radius * share), light)
    sketch.ellipse((lit * radius * 0.36, middle[1] - radius * 0.44), (radius * 0.2, radius * 0.13), 225, lit * 40)
    sketch.line(ring(middle, (radius * 0.9, radius * 0.9), 0, 60, 120), radius * 0.07, 92)
    return sketch.cut_out()


def bottle(rng: np.random.Generator, scale: float, paint: Colour, lit: int) -> Cutout:
    """A bottle with shoulders, a neck, a cap and a label."""
    body, tall = rng.uniform(11.5, 14.5), rng.uniform(44, 56)
    neck, slope, spout = rng.uniform(4.2, 5.4), rng.uniform(12, 20), rng.uniform(9, 15)
    top = tall + slope + spout
    bend = np.linspace(0, 1, 9)
    shoulder = [(-(tall + slope * t), neck + (body - neck) * (0.5 + 0.5 * np.cos(np.pi * t))) for t in bend]
    profile = [(-top, neck), *reversed(shoulder), (0.0, body)]
    sketch = Sketch((-body, -top - 4, body, body * TILT + 2), scale, paint)
    sketch.round_off(profile, lit, gloss=85)
    right = np.array([(r, y) for y, r in profile], np.float32)
    bottom = ring((0, 0), (body, body * TILT), stop=180)
    sketch.polygon(np.concatenate([right, bottom, right[::-1] * (-1, 1)]), paint)
    sketch.polygon(bottom, darker(paint, 0.2))
    paper = paler(paint, 0.82) if sum(paint) < 560 else PAINTS["green"]
    _label(sketch, body, tall * 0.18, tall * rng.uniform(0.62, 0.78), paper, paint)
    cap = PAINTS["white"] if rng.random() < 0.5 else darker(paint, 0.55)
    rim = ring((0, -top), (neck + 1, 2.0), start=180)
    sketch.polygon(np.concatenate([rim, shifted(rim[[-1, 0]], 0, 7)]), cap)
    sketch.line([(-neck - 1, -top + 7), (neck + 1, -top + 7)], 0.8, darker(cap, 0.3))
    return sketch.cut_out()


def _label(sketch: Sketch, body: float, low: float, high: float, paper: Colour, ink: Colour) -> None:
    arc = ring((0, 0), (body, body * TILT), stop=180)
    sketch.polygon(np.concatenate([shifted(arc, 0, -low), shifted(arc, 0, -high)[::-1]]), paper)
    middle = ring((0, 0), (body * 0.62, body * TILT * 0.78), start=20, stop=160)
    for share, thick in ((0.72, 3.2), (0.46, 1.0), (0.30, 1.0)):
        down = body * TILT * 0.2 - low - (high - low) * share
        sketch.line(shifted(middle, 0, down), thick, darker(ink, 0.1))
