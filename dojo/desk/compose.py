"""Where the things of a scene stand, and which of them hides what."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from dojo.desk.plans import CLUTTER, Plan
from dojo.desk.sketch import Cutout, Floats
from dojo.desk.things import draw_thing

Box = tuple[int, int, int, int]

_TRIES = 16  # places tried for each thing


@dataclass(frozen=True, eq=False)
class Stand:
    """A drawn thing and the column and row of its top left pixel."""

    plan: Plan
    cutout: Cutout
    x: int
    y: int
    beyond: int = 0  # pixels of the thing that were cut off, being outside the picture

    @property
    def area(self) -> tuple[slice, slice]:
        """The rows and columns of the picture that the cut-out lies on."""
        h, w = self.cutout.cover.shape
        return np.s_[self.y : self.y + h, self.x : self.x + w]

    @property
    def solid(self) -> NDArray[np.bool_]:
        """The pixels of the cut-out that belong to the thing."""
        return self.cutout.solid

    @property
    def pixels(self) -> int:
        """How many pixels the thing has, wherever they are."""
        return int(np.count_nonzero(self.solid)) + self.beyond


def trim(stand: Stand, size: tuple[int, int]) -> Stand | None:
    """The stand without what is outside a picture of `size` (width, height); None where nothing is inside."""
    h, w = stand.cutout.cover.shape
    left, top = max(0, -stand.x), max(0, -stand.y)
    right, bottom = min(w, size[0] - stand.x), min(h, size[1] - stand.y)
    if (left, top, right, bottom) == (0, 0, w, h):
        return stand
    if left >= right or top >= bottom:
        return None
    part = stand.cutout.part(left, top, right, bottom)
    beyond = stand.pixels - int(np.count_nonzero(part.solid))
    return Stand(stand.plan, part, stand.x + left, stand.y + top, beyond)


def arrange(
    plans: Sequence[Plan], size: tuple[int, int], back: int, side: int, rng: np.random.Generator
) -> list[Stand]:
    """Draw the things and find each a place on the desk, the farthest first; things farther away are smaller.

    `back` is the first row of the desk top, `side` where the light comes from. Things are kept whole inside the
    picture, and from the front to the back each gets a place where little of it, and of its badge, is hidden.
    """
    width, height = size
    unit = min(width / 320, height / 240)
    depths = (rng.permutation(len(plans)) + rng.uniform(0.1, 0.9, len(plans))) / max(1, len(plans))
    seeds = rng.integers(2**32, size=len(plans))
    taken = np.zeros((height, width), bool)
    stands: list[Stand] = []
    for i in np.argsort(-depths, kind="stable"):
        plan, depth = plans[i], depths[i]
        scale = unit * (0.8 + 0.32 * depth)
        cutout = draw_thing(plan.kind, int(seeds[i]), scale, side, plan.paint, plan.hue)
        h, w = cutout.cover.shape
        foot = back + (height - back) * (0.2 + 0.74 * depth)
        y = min(max(round(foot) - cutout.foot[1], 1), height - h - 1)
        bearable = rng.uniform(0.0, 0.3)
        best, least = None, np.inf
        for x in rng.integers(1, width - w, size=_TRIES):
            stand = Stand(plan, cutout, int(x), y)
            hidden = _hidden(stand, taken)
            if hidden < least:
                best, least = stand, hidden
            if hidden <= bearable:
                break
        assert best is not None
        taken[best.area] |= best.solid
        stands.append(best)
    return stands[::-1]


def _hidden(stand: Stand, taken: NDArray[np.bool_]) -> float:
    """The share of a thing, or of its badge if that is more, that things in front of it would hide."""
    front = taken[stand.area]
    parts = [stand.solid] if stand.cutout.badge is None else [stand.solid, stand.cutout.badge]
    return max(np.count_nonzero(front & part) / np.count_nonzero(part) for part in parts)


def paint_stands(bgr: Floats, stands: Sequence[Stand]) -> None:
    """Paint the things on `bgr` (h, w, 3), first to last; all of them inside it."""
    for stand in stands:
        here = bgr[stand.area]
        cover = stand.cutout.cover
        here += (stand.cutout.bgr - here) * cv2.merge([cover, cover, cover])


def who_is_where(stands: Sequence[Stand], size: tuple[int, int]) -> NDArray[np.int16]:
    """Whose each pixel is: (height, width) for a `size` of (width, height).

    Things are counted in their order, from 0, without clutter; pixels of the desk and of clutter are -1.
    """
    owner = np.full(size[::-1], -1, np.int16)
    number = 0
    for stand in stands:
        if stand.plan.kind == CLUTTER:
            owner[stand.area][stand.solid] = -1
        else:
            owner[stand.area][stand.solid] = number
            number += 1
    return owner


def bounds(pixels: NDArray[np.bool_], x: int, y: int) -> Box | None:
    """The box of the true pixels of a mask whose top left lies at (x, y), None where there is none."""
    left, top, width, height = cv2.boundingRect(pixels.view(np.uint8))
    return (x + left, y + top, x + left + width, y + top + height) if width else None
