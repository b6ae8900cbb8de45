"""Where the things of a scene stand, and which of them hides what."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dojo.desk.plans import Plan
from dojo.desk.sketch import Cutout, Floats
from dojo.desk.things import draw_thing

Box = tuple[int, int, int, int]

_TRIES = 16  # places tried for each thing
_SOLID = 0.5  # a pixel belongs to a thing that covers half of it


@dataclass(frozen=True, eq=False)
class Stand:
    """A drawn thing and the column and row of its top left pixel."""

    plan: Plan
    cutout: Cutout
    x: int
    y: int

    @property
    def area(self) -> tuple[slice, slice]:
        """The rows and columns of the picture that the cut-out lies on."""
        h, w = self.cutout.cover.shape
        return np.s_[self.y : self.y + h, self.x : self.x + w]

    @property
    def solid(self) -> NDArray[np.bool_]:
        """The pixels of the cut-out that belong to the thing."""
        solid: NDArray[np.bool_] = self.cutout.cover >= _SOLID
        return solid


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
        y = int(np.clip(round(foot) - cutout.foot[1], 1, height - h - 1))
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
    share = float(front[stand.solid].mean())
    badge = stand.cutout.badge
    return share if badge is None else max(share, float(front[badge].mean()))


def paint_stands(bgr: Floats, stands: Sequence[Stand]) -> NDArray[np.int16]:
    """Paint the things on `bgr` (h, w, 3), first to last; returns (h, w): whose each pixel is, -1 for the desk's."""
    owner = np.full(bgr.shape[:2], -1, np.int16)
    for i, stand in enumerate(stands):
        here = bgr[stand.area]
        here += (stand.cutout.bgr - here) * stand.cutout.cover[:, :, None]
        owner[stand.area][stand.solid] = i
    return owner


def bounds(pixels: NDArray[np.bool_], x: int, y: int) -> Box | None:
    """The box of the true pixels of a mask whose top left lies at (x, y), None where there is none."""
    rows, columns = np.flatnonzero(pixels.any(axis=1)), np.flatnonzero(pixels.any(axis=0))
    if not len(rows):
        return None
    return (x + int(columns[0]), y + int(rows[0]), x + int(columns[-1]) + 1, y + int(rows[-1]) + 1)
