"""The paints of the desk world, and the hues of its badges.

Colours are BGR, 0 to 255. Hues are OpenCV's for 8-bit pictures: 0 to 179, half the usual degrees, so red lies on
both ends.
"""

import colorsys
from functools import lru_cache

import numpy as np

Colour = tuple[int, int, int]

PAINTS: dict[str, Colour] = {
    "red": (48, 46, 206),
    "orange": (48, 132, 236),
    "yellow": (70, 200, 246),
    "green": (96, 158, 76),
    "teal": (150, 152, 46),
    "blue": (186, 110, 46),
    "purple": (160, 86, 124),
    "white": (232, 236, 238),
    "grey": (104, 98, 94),
}

# Kept away from the borders between two names, but for red, which is painted on both sides of 0.
_BADGE_HUES: dict[str, tuple[tuple[int, int], ...]] = {
    "red": ((0, 5), (174, 179)),
    "orange": ((11, 14),),
    "yellow": ((25, 30),),
    "green": ((56, 70),),
    "blue": ((104, 116),),
    "purple": ((132, 142),),
}
BADGES: tuple[str, ...] = tuple(_BADGE_HUES)

# The first hue that no longer has the name.
_NAME_ENDS = ((8, "red"), (19, "orange"), (35, "yellow"), (86, "green"), (128, "blue"), (165, "purple"), (180, "red"))


def hue_name(hue: int) -> str:
    """The badge colour that a hue of 0 to 179 is called."""
    return next(name for end, name in _NAME_ENDS if hue < end)


def badge_hue(name: str, rng: np.random.Generator) -> int:
    """Some hue, 0 to 179, of a badge colour; for red from either end."""
    spans = _BADGE_HUES[name]
    low, high = spans[int(rng.integers(len(spans)))]
    return int(rng.integers(low, high + 1))


def vivid(hue: int) -> Colour:
    """A badge's colour: saturated, bright, and of exactly this hue."""
    red, green, blue = colorsys.hsv_to_rgb(hue / 180, 0.86, 0.88)
    return (round(blue * 255), round(green * 255), round(red * 255))


@lru_cache(maxsize=1024)  # few mixtures, wanted often: a third of a thing's drawing time was mixing
def mix(first: Colour, second: Colour, share: float) -> Colour:
    """`share` of the second colour (0 to 1) in the first."""
    b, g, r = (round(a + (z - a) * share) for a, z in zip(first, second, strict=True))
    return (b, g, r)


def darker(colour: Colour, share: float = 0.3) -> Colour:
    """The colour with `share` of black."""
    return mix(colour, (0, 0, 0), share)


def paler(colour: Colour, share: float = 0.3) -> Colour:
    """The colour with `share` of white."""
    return mix(colour, (255, 255, 255), share)
