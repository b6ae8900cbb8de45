"""How the desk is lit: shadows, brightness and the camera's noise."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from dojo.desk.sketch import Cutout, Floats

LIGHTS = ("day", "dark", "flat")


@dataclass(frozen=True)
class Light:
    """The light of one scene."""

    side: int  # -1: from the left, 1: from the right
    lean: float  # how far a shadow reaches sideways, in heights of the thing
    shadow: float  # how dark shadows are, 0 to 1
    near: float  # brightness beside the lamp, 1 as painted
    far: float  # brightness far from the lamp
    noise: float  # spread of the camera's noise, in grey levels


def choose_light(name: str, rng: np.random.Generator) -> Light:
    """The light called `name`: "day", "dark" (one weak lamp), or "flat" (even, no shadows, no noise)."""
    side = -1 if rng.random() < 0.5 else 1
    lean = float(rng.uniform(0.35, 0.7))
    if name == "flat":
        return Light(side, lean, shadow=0.0, near=1.0, far=1.0, noise=0.0)
    if name == "dark":
        return Light(side, lean, shadow=0.55, near=float(rng.uniform(0.42, 0.5)), far=0.12, noise=3.5)
    near, far = float(rng.uniform(1.1, 1.16)), float(rng.uniform(0.72, 0.84))
    return Light(side, lean, shadow=0.6, near=near, far=far, noise=1.6)


def any_light(rng: np.random.Generator) -> Light:
    """Some light between "day", "flat" and "dark"; one picture in six is dark."""
    side = -1 if rng.random() < 0.5 else 1
    lean, shadow = float(rng.uniform(0.2, 1.0)), float(rng.uniform(0.0, 0.7))
    near = float(rng.uniform(0.34, 0.6) if rng.random() < 1 / 6 else rng.uniform(0.7, 1.25))
    far = near * float(rng.uniform(0.35, 1.0))
    return Light(side, lean, shadow, near, far, noise=float(rng.uniform(0.0, 3.5)))


def cast_shadows(bgr: Floats, stands: Sequence[tuple[Cutout, int, int]], light: Light, back: int) -> None:
    """Darken the desk `bgr` (h, w, 3) where things, given with the column and row of their top left, cast shadows.

    A thing's outline is laid down on the desk, away from the light; where it stands the shadow is darkest. Above
    row `back` is wall, which gets little.
    """
    if not stands or not light.shadow:
        return
    height, width = bgr.shape[:2]
    small = (width // 2, height // 2)  # shadows are soft: half the size is enough
    cast = np.zeros(small[::-1], np.float32)
    touch = np.zeros(small[::-1], np.float32)
    reach = -light.side * light.lean
    for cutout, x, y in stands:
        foot_y = y + cutout.foot[1]
        lay_down = np.array([[1, -reach, x + reach * cutout.foot[1]], [0, 0.3, foot_y - 0.3 * cutout.foot[1]]]) / 2
        np.maximum(cast, cv2.warpAffine(cutout.cover, lay_down, small), out=cast)
        low = cutout.cover[-max(3, len(cutout.cover) // 7) :].any(axis=0)  # what comes near the desk
        wide = int(low.sum()) / 2
        spot = (round(x / 2 + np.flatnonzero(low).mean() / 2 + reach * wide * 0.1), round(foot_y / 2))
        cv2.ellipse(touch, spot, (round(wide * 0.56), max(1, round(wide * 0.2))), 0, 0, 360, 1.0, -1)
    cast = cv2.GaussianBlur(cast, (0, 0), height / 110)
    touch = cv2.GaussianBlur(touch, (0, 0), height / 80)
    shade = np.maximum(cast, touch)
    # Most of the desk is in no shadow, and there the picture stays as it is.
    x, y, w, h = cv2.boundingRect((shade > 0).view(np.uint8))
    here = np.s_[max(0, 2 * y - 2) : 2 * (y + h) + 3, max(0, 2 * x - 2) : 2 * (x + w) + 3]
    shade = cv2.resize(shade, (width, height), interpolation=cv2.INTER_LINEAR)
    shade[:back] *= 0.35
    share = 1 - light.shadow * shade[here]
    part = bgr[here]
    cv2.multiply(part, cv2.merge([share, share, share]), dst=part)


def expose(bgr: Floats, light: Light, rng: np.random.Generator) -> NDArray[np.uint8]:
    """The picture (h, w, 3) that a camera takes of `bgr`: brightness falls away from the lamp, then noise.

    `bgr` is lit in place, to save the time for another one.
    """
    height, width = bgr.shape[:2]
    cv2.multiply(bgr, _lamp(light, width, height), dst=bgr)
    noise = grain(width, height, rng)
    picture: NDArray[np.uint8] = cv2.addWeighted(bgr, 1.0, noise, light.noise, 0.0, dtype=cv2.CV_8U)
    return picture


@lru_cache(maxsize=2)  # all frames of a clip have the same
def _lamp(light: Light, width: int, height: int) -> Floats:
    """The brightness of each pixel: it falls away from the lamp."""
    x = np.linspace(0, 1, 9) if light.side < 0 else np.linspace(1, 0, 9)
    y = np.linspace(0, 1, 7)[:, None]
    away = np.clip(np.hypot(x - 0.18, (y - 0.35) * 0.8), 0, 1)
    fall = light.near + (light.far - light.near) * away**1.3
    grey = cv2.resize(fall.astype(np.float32), (width, height))
    lamp: Floats = cv2.merge([grey, grey, grey])
    lamp.setflags(write=False)
    return lamp


def grain(width: int, height: int, rng: np.random.Generator) -> Floats:
    """Noise of spread 1 for a picture: (height, width, 3), read-only."""
    row, column = rng.integers(_SPARE, size=2)
    return _grain_sheet(width, height)[row : row + height, column : column + width]


_SPARE = 64  # the noise sheet is so much larger than the picture: each scene takes another part of it


@lru_cache(maxsize=4)
def _grain_sheet(width: int, height: int) -> Floats:
    rng = np.random.default_rng(0)
    sheet = rng.standard_normal((height + _SPARE, width + _SPARE, 3), np.float32)
    sheet.setflags(write=False)
    return sheet
