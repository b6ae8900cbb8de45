"""A scene: things on a desk, drawn by seed, and where each of them can be seen.

Covered:
* the same arguments draw the same bytes, on one machine and one version of OpenCV and numpy;
* a box, a mask and an outline hold just the pixels of their thing that can be seen, without its shadow;
* tidy: every thing asked for is in the picture, whole inside it, and some of it can be seen;
* wild: a thing that is in the picture shows three tenths of itself or more; others are not drawn at all.

Not covered:
* the same bytes from another version of OpenCV, or the same scene at another size.
"""

from collections.abc import Sequence

import numpy as np

from dojo.desk.backdrop import any_desk
from dojo.desk.camera import spoil
from dojo.desk.compose import arrange, paint_stands, trim, who_is_where
from dojo.desk.light import LIGHTS, any_light, cast_shadows, choose_light, expose
from dojo.desk.plans import Plan, check_names, check_size, check_whole, choose_plans
from dojo.desk.records import Scene, Thing, list_things
from dojo.desk.scatter import scatter
from dojo.desk.surface import bare_desk
from dojo.errors import InternalError

STYLES = ("tidy", "wild", "mixed")
_TIDY = 0.25  # the share of tidy desks where they are mixed


def draw_scene(
    seed: int,
    size: tuple[int, int] = (320, 240),
    kinds: Sequence[str] | None = None,
    count: int | None = None,
    *,
    badges: Sequence[str | int | None] | None = None,
    colours: Sequence[str] | None = None,
    light: str | None = None,
    style: str = "tidy",
) -> Scene:
    """Draw things on a desk.

    `seed` is a whole number from 0 up; `size` is (width, height) in pixels, each 64 to 2048.
    `kinds` names what is drawn, one thing each; with `count` too, that many things, each picked from `kinds`. With
    neither, 3 to 6 things of any kind; a `count` of 0 is the empty desk. At most 12.
    `badges` are dealt to the figures in the order of `kinds`, again from the start when they run out: a colour's
    name, a hue of 0 to 179, or None for no badge. An empty list means no badges, None that the seed decides.
    `colours` are dealt to the other things in the same way.
    `light` is "day", "dark", or "flat": even, without shadows or noise. None is day on a tidy desk, anything on a wild
    one.
    `style` is "tidy", for people to look at; "wild", for training: things far and near, reaching out of the picture,
    before each other, on cloths and among clutter, in any light, through poor cameras; or "mixed": a quarter of the
    seeds tidy, the others wild. On a wild desk fewer things than asked for may stand: one of which less than three
    tenths would show, or a scrap, is left out.

    Raises DojoError for a name or a number that there is not.
    """
    whole = check_whole("seed", seed)
    width, height = check_size(size)
    check_names("light", () if light is None else [light], LIGHTS)
    check_names("style", [style], STYLES)
    # A stream of luck for each part, so that the same seed has the same desk and light whatever stands on it.
    luck = np.random.default_rng(whole)
    on_desk, on_light, on_noise, on_choice, on_place = luck.spawn(5)
    wild = style == "wild" or (style == "mixed" and luck.random() >= _TIDY)
    plans = choose_plans(kinds, count, badges, colours, on_choice, most=8 if wild else 6)
    if wild:
        return _draw_wild(whole, (width, height), plans, light, (on_desk, on_light, on_noise, on_place))
    shine = choose_light(light or "day", on_light)
    desk = bare_desk(on_desk, (width, height))
    stands = arrange(plans, (width, height), desk.back, shine.side, on_place)
    cast_shadows(desk.bgr, [(s.cutout, s.x, s.y) for s in stands], shine, desk.back)
    paint_stands(desk.bgr, stands)
    owner = who_is_where(stands, (width, height))
    return Scene(expose(desk.bgr, shine, on_noise), _all(list_things(stands, owner), whole), whole, owner)


def _draw_wild(
    seed: int, size: tuple[int, int], plans: Sequence[Plan], light: str | None, luck: Sequence[np.random.Generator]
) -> Scene:
    on_desk, on_light, on_noise, on_place = luck
    shine = any_light(on_light) if light is None else choose_light(light, on_light)
    desk = any_desk(on_desk, size)
    whole = scatter(plans, size, desk.back, shine.side, on_place)
    cast_shadows(desk.bgr, [(s.cutout, s.x, s.y) for s in whole], shine, desk.back)
    stands = [part for part in (trim(stand, size) for stand in whole) if part is not None]
    paint_stands(desk.bgr, stands)
    owner = who_is_where(stands, size)
    image = spoil(expose(desk.bgr, shine, on_noise), on_noise)
    return Scene(image, _all(list_things(stands, owner), seed), seed, owner)


def _all(things: Sequence[Thing | None], seed: int) -> tuple[Thing, ...]:
    seen = tuple(thing for thing in things if thing is not None)
    if len(seen) < len(things):
        raise InternalError(f"A thing in the scene of seed {seed} is hidden whole.")
    return seen
