"""A scene: things on a desk, drawn by seed, and where each of them can be seen.

Covered:
* the same arguments draw the same bytes, on one machine and one version of OpenCV and numpy;
* a box holds just the pixels of its thing that can be seen, without its shadow;
* every thing asked for is in the picture, whole inside it, and some of it can be seen.

Not covered:
* the same bytes from another version of OpenCV, or the same scene at another size.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dojo.desk.colours import hue_name
from dojo.desk.compose import Box, Stand, arrange, bounds, paint_stands
from dojo.desk.light import LIGHTS, cast_shadows, choose_light, expose
from dojo.desk.plans import check_names, check_size, check_whole, choose_plans
from dojo.desk.surface import bare_desk
from dojo.errors import InternalError


@dataclass(frozen=True)
class Badge:
    """The round badge on a figure's chest: its colour's name, its OpenCV hue (0 to 179), its visible box."""

    colour: str
    hue: int
    box: Box


@dataclass(frozen=True)
class Thing:
    """A thing that can be seen in a scene.

    `box` is (x1, y1, x2, y2) in whole pixels, x2 and y2 just outside, so that image[y1:y2, x1:x2] cuts it out and
    x2 - x1 is its width. It bounds what can be seen; `visible` is the share of the thing that can be, above 0 to 1.
    `badge` is what a figure wears, None for none.
    """

    kind: str
    box: Box
    visible: float
    badge: Badge | None = None


@dataclass(frozen=True, eq=False)
class Scene:
    """A picture, (height, width, 3) BGR of uint8, and the things in it, the farthest first."""

    image: NDArray[np.uint8]
    things: tuple[Thing, ...]
    seed: int


def draw_scene(
    seed: int,
    size: tuple[int, int] = (320, 240),
    kinds: Sequence[str] | None = None,
    count: int | None = None,
    *,
    badges: Sequence[str | int | None] | None = None,
    colours: Sequence[str] | None = None,
    light: str = "day",
) -> Scene:
    """Draw things on a desk.

    `seed` is a whole number from 0 up; `size` is (width, height) in pixels, each 64 to 2048.
    `kinds` names what is drawn, one thing each; with `count` too, that many things, each picked from `kinds`. With
    neither, 3 to 6 things of any kind; a `count` of 0 is the empty desk. At most 12.
    `badges` are dealt to the figures in the order of `kinds`, again from the start when they run out: a colour's
    name, a hue of 0 to 179, or None for no badge. An empty list means no badges, None that the seed decides.
    `colours` are dealt to the other things in the same way.
    `light` is "day", "dark", or "flat": even, without shadows or noise.

    Raises DojoError for a name or a number that there is not.
    """
    whole = check_whole("seed", seed)
    width, height = check_size(size)
    check_names("light", [light], LIGHTS)
    # A stream of luck for each part, so that the same seed has the same desk and light whatever stands on it.
    on_desk, on_light, on_noise, on_choice, on_place = np.random.default_rng(whole).spawn(5)
    plans = choose_plans(kinds, count, badges, colours, on_choice)
    shine = choose_light(light, on_light)
    desk = bare_desk(on_desk, (width, height))
    stands = arrange(plans, (width, height), desk.back, shine.side, on_place)
    cast_shadows(desk.bgr, [(s.cutout, s.x, s.y) for s in stands], shine, desk.back)
    owner = paint_stands(desk.bgr, stands)
    things = tuple(_thing(stand, owner[stand.area] == i) for i, stand in enumerate(stands))
    return Scene(expose(desk.bgr, shine, on_noise), things, whole)


def _thing(stand: Stand, mine: NDArray[np.bool_]) -> Thing:
    """The record of a thing of which the pixels `mine` can be seen."""
    box = bounds(mine, stand.x, stand.y)
    if box is None:
        raise InternalError(f"A {stand.plan.kind} is hidden whole.")
    badge, hue = None, stand.plan.hue
    if hue is not None and stand.cutout.badge is not None:
        badge_box = bounds(mine & stand.cutout.badge, stand.x, stand.y)
        badge = None if badge_box is None else Badge(hue_name(hue), hue, badge_box)
    return Thing(stand.plan.kind, box, float(mine.sum() / stand.solid.sum()), badge)
