"""Desks of every colour and pattern, strewn with flat clutter: the backgrounds of scenes for training."""

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from dojo.desk.distractors import some_flat
from dojo.desk.sketch import Floats
from dojo.desk.surface import Desk, bare_desk, lay

_PLAIN = 0.45  # the share of desks of wood, paper or slate, only tinted
_MOST_FLAT = 6  # pieces of flat clutter on one desk


def any_desk(rng: np.random.Generator, size: tuple[int, int]) -> Desk:
    """A desk, `size` (width, height) in pixels: plain, or with a cloth, and a wall with or without pictures."""
    width, height = size
    if rng.random() < _PLAIN:
        desk = bare_desk(rng, size)
        desk.bgr[:] = cv2.multiply(desk.bgr, (*rng.uniform(0.75, 1.15, 3).tolist(), 1.0))
    else:
        back = round(height * rng.uniform(0.04, 0.4))
        bgr = np.empty((height, width, 3), np.float32)
        bgr[back:] = _cloth(rng, width, height - back)
        bgr[:back] = _dye(rng).astype(np.float32)
        if rng.random() < 0.6:
            _hang_pictures(bgr[:back], rng)
        desk = Desk(bgr, back)
    for _ in range(int(rng.integers(_MOST_FLAT + 1))):
        lay(desk.bgr, some_flat(rng, min(width / 320, height / 240) * rng.uniform(0.6, 1.4)), desk.back, rng)
    return desk


def _cloth(rng: np.random.Generator, width: int, height: int) -> Floats:
    """One colour, stripes, checks or blotches of two, seen from above at some slant: (height, width, 3)."""
    first = _dye(rng)
    # Half of the cloths are two shades of one colour, the others of any two.
    second = first * rng.uniform(0.5, 0.95) if rng.random() < 0.5 else _dye(rng)
    style = int(rng.integers(4))
    if style == 3:
        share = rng.random((int(rng.integers(3, 24)), int(rng.integers(3, 24))), np.float32)
        share = cv2.resize(share, (width, height), interpolation=cv2.INTER_LINEAR)
    else:
        share = np.zeros((64, 64), np.float32)
        if style > 0:
            share[:, :32] += 0.5 if style == 2 else 1.0
        if style == 2:
            share[:32] += 0.5
        share = _spread(share, rng, width, height)
    ramp = np.linspace(first, second, 256).astype(np.float32)
    cloth: Floats = ramp[(share * 255).clip(0, 255).astype(np.uint8)]
    return cloth


def _spread(tile: Floats, rng: np.random.Generator, width: int, height: int) -> Floats:
    """The tile repeated over a table top that leads away from us."""
    turn, repeats = rng.uniform(0, math.pi), rng.uniform(2, 14) * len(tile) / width
    c, s, far = math.cos(turn) * repeats, math.sin(turn) * repeats, rng.uniform(0.2, 0.9)
    look = np.array([[c, -2 * s, rng.uniform(0, 64)], [s, 2 * c, rng.uniform(0, 64)], [0, far / height, 1 - far]])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    laid: Floats = cv2.warpPerspective(tile, look, (width, height), flags=flags, borderMode=cv2.BORDER_WRAP)
    return laid


def _hang_pictures(wall: Floats, rng: np.random.Generator) -> None:
    height, width = wall.shape[:2]
    for _ in range(int(rng.integers(1, 5))):
        x, y = int(rng.uniform(-0.1, 0.95) * width), int(rng.uniform(-0.4, 0.7) * height)
        corner = (x + int(rng.uniform(0.06, 0.3) * width), y + int(rng.uniform(0.3, 0.9) * height) + 2)
        frame = max(1, int(width * rng.uniform(0.003, 0.012)))
        cv2.rectangle(wall, (x, y), corner, _dye(rng).tolist(), cv2.FILLED)
        cv2.rectangle(wall, (x, y), corner, _dye(rng).tolist(), frame)


def _dye(rng: np.random.Generator) -> NDArray[np.float64]:
    """Some colour, BGR, seldom a glaring one."""
    colour = rng.uniform(25, 235, 3)
    grey: NDArray[np.float64] = colour.mean() + (colour - colour.mean()) * rng.random() ** 0.7
    return grey
