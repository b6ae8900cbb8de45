"""Where the things of a wild scene stand: far or near, half outside, before each other, among clutter.

A thing that would be ambiguous is left out, so that nothing in the picture is unlabelled and no label is a riddle:
one that shows less than three tenths of itself, or less than 40 pixels, or is under 6 pixels wide or high. What hides
it is in front of it and was placed before it, so that leaving it out changes nothing for the others.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from dojo.desk.colours import PAINTS
from dojo.desk.compose import Stand, bounds, trim
from dojo.desk.distractors import some_solid
from dojo.desk.plans import CLUTTER, Plan
from dojo.desk.things import draw_thing

LEAST_VISIBLE = 0.3
_LEAST_PIXELS = 40
_LEAST_SIDE = 6
_TRIES = 12  # places tried for each thing
_FAR, _NEAR = 0.65, 1.7  # how large things are drawn, as a share of their size in a tidy scene
_MOST_CLUTTER = 3
_TOGETHER = 0.6  # how often a thing is tried behind another


def scatter(
    plans: Sequence[Plan], size: tuple[int, int], back: int, side: int, rng: np.random.Generator
) -> list[Stand]:
    """Draw the things, and a few that are clutter, and give each a place: the farthest first.

    `size` is (width, height), `back` the first row of the desk top, `side` where the light comes from. Things may
    reach out of the picture.
    """
    width, height = size
    clutter = [Plan(CLUTTER, PAINTS["grey"], None)] * int(rng.integers(_MOST_CLUTTER + 1))
    everything = [*plans, *clutter]
    zoom = min(width / 320, height / 240) * _FAR * (_NEAR / _FAR) ** rng.random()
    depths = rng.random(len(everything))
    seeds = rng.integers(2**32, size=len(everything))
    taken = np.zeros((height, width), bool)
    stands: list[Stand] = []
    for i in np.argsort(-depths, kind="stable"):
        plan, depth = everything[i], depths[i]
        scale = zoom * (0.75 + 0.4 * depth) * rng.uniform(0.88, 1.14)
        if plan.kind == CLUTTER:
            cutout = some_solid(np.random.default_rng(int(seeds[i])), scale, side)
        else:
            cutout = draw_thing(plan.kind, int(seeds[i]), scale, side, plan.paint, plan.hue)
        w = cutout.cover.shape[1]
        y = round(back + (height - back) * (0.1 + 0.95 * depth)) - cutout.foot[1]
        bearable = rng.random()  # of it hidden; `_clear` sets the limit
        for _ in range(_TRIES):
            middle = rng.uniform(0.1 * w, width - 0.1 * w)
            if stands and rng.random() < _TOGETHER:
                other = stands[int(rng.integers(len(stands)))]
                middle = other.x + rng.uniform(-0.2, 1.2) * other.cutout.cover.shape[1]
            stand = Stand(plan, cutout, round(middle - w / 2), y)
            shown = _shown(stand, taken)
            if shown is not None and np.count_nonzero(shown) >= (1 - bearable) * stand.pixels and _clear(shown, stand):
                part = trim(stand, size)
                assert part is not None
                taken[part.area] |= part.solid
                stands.append(stand)
                break
    return stands[::-1]


def _shown(stand: Stand, taken: NDArray[np.bool_]) -> NDArray[np.bool_] | None:
    """The pixels of a thing, as far as it is in the picture, that nothing in front of it has taken."""
    part = trim(stand, (taken.shape[1], taken.shape[0]))
    return None if part is None else part.solid & ~taken[part.area]


def _clear(shown: NDArray[np.bool_], stand: Stand) -> bool:
    """Is it plain what is shown here?"""
    count = np.count_nonzero(shown)
    box = bounds(shown, 0, 0)
    if box is None or count < max(_LEAST_PIXELS, LEAST_VISIBLE * stand.pixels):
        return False
    return box[2] - box[0] >= _LEAST_SIDE and box[3] - box[1] >= _LEAST_SIDE
