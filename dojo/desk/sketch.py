"""A sheet to draw one thing on, at twice the size it is shown, and the cut-out that comes of it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from dojo.desk.colours import Colour, darker

Point = tuple[float, float]
Floats = NDArray[np.float32]

_FINE = 2  # drawn at twice the size and shrunk, which smooths the edges
_BITS = 4  # cv2 takes whole numbers; these many bits of each are sixteenths of a pixel
_NO_LIGHT = 128
_SOLID = 0.5  # a pixel belongs to a thing that covers half of it

# For each value of light, what share of the paint it leaves, and how much white it adds.
_VALUES = np.arange(256, dtype=np.float32)
_LIT = np.maximum(_VALUES - _NO_LIGHT, 0) / (255 - _NO_LIGHT)
_KEEP = np.minimum(_VALUES, _NO_LIGHT) / _NO_LIGHT * (1 - _LIT)
_WHITE = 255 * _LIT


@dataclass(frozen=True, eq=False)
class Cutout:
    """A thing cut out of its sheet, at the size it is shown."""

    bgr: Floats  # (h, w, 3), 0 to 255
    cover: Floats  # (h, w), 0 to 1: how much of each pixel the thing fills
    badge: NDArray[np.bool_] | None  # (h, w): where its badge is
    foot: tuple[int, int]  # column and row, in pixels from the top left, of the spot that stands on the desk
    joints: Floats | None = None  # (n, 2): a figure's joints, in pixels from the top left

    @cached_property
    def solid(self) -> NDArray[np.bool_]:
        """(h, w): the pixels that belong to the thing."""
        solid: NDArray[np.bool_] = self.cover >= _SOLID
        return solid

    def part(self, left: int, top: int, right: int, bottom: int) -> "Cutout":
        """What lies between two columns and two rows of it."""
        here = np.s_[top:bottom, left:right]
        corner = np.array((left, top), np.float32)
        return Cutout(
            self.bgr[here],
            self.cover[here],
            None if self.badge is None else self.badge[here],
            (self.foot[0] - left, self.foot[1] - top),
            None if self.joints is None else self.joints - corner,
        )


class Sketch:
    """A sheet in desk units: x to the right, y down, (0, 0) the spot on the desk where the thing stands.

    Each drawing method takes a colour, which paints, or one number, which is light laid over the paint: 0 is
    darkest, 128 none, 255 white. Light is blurred before it is laid on, and keeps the paint's hue.
    """

    def __init__(self, extent: tuple[float, float, float, float], scale: float, ground: Colour) -> None:
        """`extent` is left, top, right, bottom in units; `scale` is pixels a unit as shown."""
        self._scale = scale * _FINE
        self._sixteenths = self._scale * (1 << _BITS)
        left, top = (math.floor(side * scale) - 1 for side in extent[:2])
        width = (math.ceil(extent[2] * scale) + 1 - left) * _FINE
        height = (math.ceil(extent[3] * scale) + 1 - top) * _FINE
        self._corner = np.array((left, top), float)
        # cv2 counts from the middle of the first pixel, we from its edge: hence the half.
        self._origin = (self._corner * _FINE + 0.5) * (1 << _BITS)
        # Colour and cover lie on one sheet of four channels, so that each shape is drawn once.
        self._paint = np.empty((height, width, 4), np.uint8)
        # The ground is seen only where an edge is half covered, as a soft outline. This way fills faster than numpy.
        cv2.rectangle(self._paint, (0, 0), (width, height), (*darker(ground, 0.45), 0), cv2.FILLED)
        self._light = np.full((height, width), _NO_LIGHT, np.uint8)
        self._badge: NDArray[np.uint8] | None = None
        self._joints: Floats | None = None

    def polygon(self, points: Sequence[Point] | Floats, ink: Colour | int) -> None:
        """Fill a polygon."""
        sheet, value = self._sheet(ink)
        cv2.fillPoly(sheet, [self._fixed(points)], value, cv2.LINE_AA, _BITS)

    def line(self, points: Sequence[Point] | Floats, width: float, ink: Colour | int, *, closed: bool = False) -> None:
        """Draw a line through points, `width` units thick, with round ends."""
        sheet, value = self._sheet(ink)
        thick = max(1, round(width * self._scale))
        cv2.polylines(sheet, [self._fixed(points)], closed, value, thick, cv2.LINE_AA, _BITS)

    def ellipse(self, centre: Point, radii: Point, ink: Colour | int, angle: float = 0.0) -> None:
        """Fill an ellipse, turned clockwise by `angle` degrees."""
        self.polygon(ring(centre, radii, angle), ink)

    def pin_badge(self, centre: Point, radius: float, colour: Colour) -> None:
        """Paint a round badge and remember where it is."""
        self._badge = np.zeros(self._light.shape, np.uint8)
        corners = [self._fixed(ring(centre, (radius, radius)))]
        cv2.fillPoly(self._badge, corners, 255, cv2.LINE_AA, _BITS)
        cv2.fillPoly(self._paint, corners, (*colour, 255), cv2.LINE_AA, _BITS)

    def mark_joints(self, points: Sequence[Point]) -> None:
        """Remember where joints are; nothing is drawn."""
        self._joints = (np.array(points) * (self._scale / _FINE) - self._corner).astype(np.float32)

    def round_off(self, profile: Sequence[Point], lit: int, gloss: int = 60) -> None:
        """Light the sheet as a solid turned on the axis x = 0.

        `profile` lists (y, radius) from top to bottom; `lit` is -1 where the light comes from the left, 1 from the
        right; `gloss` is the strength of the bright streak.
        """
        height, width = self._light.shape
        xs = ((np.arange(width) + 0.5) / _FINE + self._corner[0]) * (_FINE / self._scale)
        ys = ((np.arange(height) + 0.5) / _FINE + self._corner[1]) * (_FINE / self._scale)
        radius = np.interp(ys, [y for y, _ in profile], [r for _, r in profile])
        across = xs[None, :] / radius[:, None] * (-lit)
        self._light[:] = _turned(gloss)[np.clip((across + 1) * 128, 0, 255).astype(np.uint8)]

    def cut_out(self) -> Cutout:
        """Shrink the sheet to the size it is shown, lay the light on and cut the thing out."""
        height, width = self._light.shape
        small = (width // _FINE, height // _FINE)
        paint = cv2.resize(self._paint, small, interpolation=cv2.INTER_AREA)
        light = cv2.resize(self._light, small, interpolation=cv2.INTER_AREA)
        light = cv2.GaussianBlur(light, (0, 0), 0.7 * self._scale / _FINE)
        x, y, w, h = cv2.boundingRect(cv2.extractChannel(paint, 3))
        here = np.s_[y : y + h, x : x + w]
        *bgr, cover = cv2.split(paint[here].astype(np.float32))
        light = light[here]
        keep, white = cv2.LUT(light, _KEEP), cv2.LUT(light, _WHITE)
        badge = None
        if self._badge is not None:
            badge = cv2.resize(self._badge, small, interpolation=cv2.INTER_AREA)[here] > 127
        foot = (int(-self._corner[0]) - x, int(-self._corner[1]) - y)
        joints = None if self._joints is None else self._joints - np.array((x, y), np.float32)
        return Cutout(cv2.merge([ink * keep + white for ink in bgr]), cover / 255, badge, foot, joints)

    def _sheet(self, ink: Colour | int) -> tuple[NDArray[np.uint8], Sequence[int] | int]:
        return (self._light, ink) if isinstance(ink, int) else (self._paint, (*ink, 255))

    def _fixed(self, points: Sequence[Point] | Floats) -> NDArray[np.int32]:
        fixed = np.asarray(points) * self._sixteenths - self._origin
        return np.rint(fixed, out=fixed).astype(np.int32)


def ring(centre: Point, radii: Point, angle: float = 0.0, start: float = 0.0, stop: float = 360.0) -> Floats:
    """Points on an ellipse, (n, 2): from `start` to `stop` degrees, clockwise from the right; turned by `angle`."""
    points: Floats = _arc(start, stop) * np.array(radii, np.float32)
    if angle:
        c, s = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        points = points @ np.array([[c, s], [-s, c]], np.float32)
    points += np.array(centre, np.float32)
    return points


def shifted(points: Floats, right: float, down: float) -> Floats:
    """The points, moved."""
    return points + np.array([right, down], np.float32)


@lru_cache(maxsize=64)
def _arc(start: float, stop: float) -> Floats:
    """Points on the circle of radius 1."""
    turn = np.linspace(math.radians(start), math.radians(stop), 33, dtype=np.float32)
    return np.stack([np.cos(turn), np.sin(turn)], axis=1)


@lru_cache(maxsize=4)
def _turned(gloss: int) -> NDArray[np.uint8]:
    """Light across a turned solid, in 256 steps from its lit edge to the far one: Lambert's law and a streak."""
    across = np.linspace(-1, 1, 256)
    lambert = -0.55 * across + 0.83 * np.sqrt(np.maximum(0, 1 - across**2))
    streak = gloss * np.exp(-(((across + 0.52) / 0.13) ** 2))
    light: NDArray[np.uint8] = np.clip(62 + 78 * np.maximum(lambert, -0.1) + streak, 0, 255).astype(np.uint8)
    return light
