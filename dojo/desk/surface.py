"""The empty desk: its top of wood, paper or slate, and the wall behind it."""

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np

from dojo.desk.clutter import pencil, sheet_of_paper
from dojo.desk.colours import Colour
from dojo.desk.sketch import Cutout, Floats


@dataclass(frozen=True, eq=False)
class Desk:
    """An empty desk under even light."""

    bgr: Floats  # (h, w, 3), 0 to 255
    back: int  # the first row of the desk top; above it is wall


_TOPS: dict[str, Colour] = {
    "oak": (150, 192, 222),
    "walnut": (78, 108, 146),
    "paper": (226, 232, 234),
    "slate": (96, 88, 82),
}
_WALLS: tuple[Colour, ...] = ((222, 220, 212), (206, 214, 204), (196, 206, 216), (206, 196, 188), (150, 142, 132))


def bare_desk(rng: np.random.Generator, size: tuple[int, int]) -> Desk:
    """A desk, `size` (width, height) in pixels, without light, shadows or things."""
    width, height = size
    name = tuple(_TOPS)[int(rng.integers(len(_TOPS)))]
    wall = _WALLS[int(rng.integers(len(_WALLS)))]
    back = round(height * rng.uniform(0.2, 0.27))
    left = int(rng.uniform(0, 1) * width)
    top = _top(name, width, height)[: height - back, left : left + width]
    if rng.random() < 0.5:
        top = cv2.flip(top, 1)
    bgr = np.empty((height, width, 3), np.float32)
    np.multiply(top, np.float32(rng.uniform(0.9, 1.04)), out=bgr[back:])
    _raise_wall(bgr, back, wall)
    for draw, chance in ((sheet_of_paper, 0.5), (pencil, 0.5)):
        if rng.random() < chance:
            lay(bgr, draw(rng, min(width / 320, height / 240)), back, rng)
    return Desk(bgr, back)


def lay(bgr: Floats, flat: Cutout, back: int, rng: np.random.Generator) -> None:
    """Lay something flat on the desk, whole or reaching out of the picture."""
    height, width = bgr.shape[:2]
    h, w = flat.cover.shape
    x, y = round(rng.uniform(-0.3, 0.9) * width), round(rng.uniform(0.1, 0.8) * (height - back)) + back
    there = np.s_[y : min(height, y + h), max(0, x) : max(0, min(width, x + w))]
    spot = bgr[there]
    here = np.s_[: spot.shape[0], max(0, -x) : max(0, -x) + spot.shape[1]]
    spot += (flat.bgr[here] - spot) * flat.cover[here][:, :, None]


def _raise_wall(bgr: Floats, back: int, wall: Colour) -> None:
    """Paint the wall above row `back`, and the desk's far edge."""
    height = len(bgr)
    fade = _ramp(1.0, 0.82, back)
    bgr[:back] = cv2.repeat(fade[:, None, None] * np.array(wall, np.float32), 1, bgr.shape[1])
    soft = max(1, height // 60)  # the wall is out of focus: it darkens softly towards the desk
    gloom = _ramp(1.0, 0.7, soft)
    bgr[back - soft : back] *= gloom[:, None, None]
    edge = max(1, height // 160)
    bgr[back : back + edge] = bgr[back : back + edge] * 0.6 + 255 * 0.4
    haze = _ramp(0.86, 1.0, max(2, height // 4))[: height - back]
    bgr[back : back + len(haze)] *= haze[:, None, None]


@lru_cache(maxsize=256)
def _ramp(first: float, last: float, steps: int) -> Floats:
    ramp = np.linspace(first, last, steps, dtype=np.float32)
    ramp.setflags(write=False)
    return ramp


@lru_cache(maxsize=16)
def _top(name: str, width: int, height: int) -> Floats:
    """A desk top of (height, 2 * width, 3), far edge first; each desk shows a part of it."""
    rng = np.random.default_rng(len(name))
    w = 2 * width
    if name in ("oak", "walnut"):
        grey = _wood(rng, w, height)
    elif name == "paper":
        grey = 1 + 0.012 * _cloud(rng, w, height, 90, 60) + 0.015 * _cloud(rng, w, height, w // 2, height // 2)
    else:
        grey = 1 + 0.10 * _cloud(rng, w, height, 24, 20) + 0.05 * _cloud(rng, w, height, 160, 120)
        grey += 0.5 * (_cloud(rng, w, height, w // 2, height // 2) > 2.6)  # a few bright specks
    top: Floats = (grey[:, :, None] * np.array(_TOPS[name], np.float32)).astype(np.float32)
    top.setflags(write=False)
    return top


def _wood(rng: np.random.Generator, width: int, height: int) -> Floats:
    """The grain of boards that run from left to right and look narrower towards the back, about 1."""
    streaks = 0.035 * _cloud(rng, width, height, 12, height // 2) + 0.02 * _cloud(rng, width, height, 60, height)
    depth = np.linspace(0.0, 1.0, height) ** 0.8
    bend = 1.6 * _cloud(rng, width, height, 6, 5)
    rings = 0.03 * np.sin(depth[:, None] * 70 + 2.2 * bend)
    grey = 1 + streaks + rings
    thick = max(1, height // 200)
    seams = (np.linspace(0.0, 1.0, 6)[1:-1] ** 1.3 * height).astype(int)
    for first, last in zip([0, *seams], [*seams, height], strict=True):
        joint = int(rng.integers(width))
        grey[first:last] = np.roll(grey[first:last], joint, axis=1) * rng.uniform(0.94, 1.05)
        grey[first:last, joint : joint + thick] *= 0.75
    for seam in seams:
        grey[seam : seam + thick] *= 0.68
        grey[seam + thick : seam + 2 * thick] *= 1.06
    wood: Floats = grey.astype(np.float32)
    return wood


def _cloud(rng: np.random.Generator, width: int, height: int, columns: int, rows: int) -> Floats:
    """Smooth noise of (height, width), mean 0 and spread about 1, with so many bumps across and down."""
    bumps = rng.standard_normal((max(2, rows), max(2, columns)), np.float32)
    cloud: Floats = cv2.resize(bumps, (width, height), interpolation=cv2.INTER_CUBIC)
    return cloud
