"""How a figure holds itself: where its joints are, standing or walking.

Lengths are desk units, (0, 0) the spot between its feet, y down. "Left" is the figure's own left; as it looks at us,
that is on the right in the picture.
"""

import math
from dataclasses import dataclass

import numpy as np

from dojo.desk.sketch import Point

Limb = tuple[Point, Point, Point]  # shoulder, elbow and wrist, or hip, knee and ankle

# The order of COCO's key points from its fifth on; the head stands for its nose, eyes and ears.
JOINTS: tuple[str, ...] = (
    "head",
    *(
        f"{side}_{name}"
        for name in ("shoulder", "elbow", "wrist", "hip", "knee", "ankle")
        for side in ("left", "right")
    ),
)
# Which joint each joint becomes when a picture is mirrored: left and right change places.
MIRRORED: tuple[int, ...] = (0, *(i + 1 if i % 2 else i - 1 for i in range(1, len(JOINTS))))

_SIDES = (-1, 1)  # the figure's right, on the left in the picture, then its left


@dataclass(frozen=True)
class Pose:
    """A figure's joints; limbs are pairs, the one on the left in the picture first."""

    sway: float  # how far the chest leans to the right
    legs: tuple[Limb, Limb]
    arms: tuple[Limb, Limb]
    tilt: float  # of the head, degrees
    way: int = 0  # where it looks: -1 to the left, 0 at us, 1 to the right

    @property
    def head(self) -> Point:
        """The middle of the head."""
        return (self.sway * 1.3 + self.way * 2, -112)

    @property
    def joints(self) -> list[Point]:
        """The points of the joints, in the order of `JOINTS`."""
        pairs = [*zip(*self.arms, strict=True), *zip(*self.legs, strict=True)]
        return [self.head, *(point for pair in pairs for point in reversed(pair))]


def standing(rng: np.random.Generator) -> Pose:
    """Some pose on both feet; each hand is up in a quarter of them."""
    sway, spread = rng.uniform(-3, 3), rng.uniform(5, 13)
    legs = [((side * 6.5 + sway * 0.3, -50.0), (side * spread, -26.0), (side * (spread + 1), -2.0)) for side in _SIDES]
    arms = [_arm(rng, (sway + side * 18, -89), side) for side in _SIDES]
    return Pose(sway, (legs[0], legs[1]), (arms[0], arms[1]), rng.uniform(-10, 10))


def walking(stride: float, way: int) -> Pose:
    """A figure on its way to the left (-1) or the right (1); `stride` counts its double steps, 0.5 is one step."""
    legs, arms = [], []
    for side in _SIDES:
        swing = math.sin(2 * math.pi * (stride + (0.5 if side > 0 else 0)))
        lift = max(0.0, math.cos(2 * math.pi * (stride + (0.5 if side > 0 else 0))))  # as the leg comes forward
        hip = (side * 4.0, -50.0)
        knee = (hip[0] * 0.8 + way * (swing * 9 + lift * 6), -27.0 - lift * 2)
        legs.append((hip, knee, (hip[0] * 0.6 + way * swing * 17, -2.0 - lift * 6)))
        shoulder = (side * 14.0, -89.0)
        turn = math.radians(-swing * 34)
        elbow = (shoulder[0] + side * 3 + way * 18 * math.sin(turn), shoulder[1] + 18 * math.cos(turn))
        turn += math.radians(26)  # forearms point a little ahead
        arms.append((shoulder, elbow, (elbow[0] + way * 17 * math.sin(turn), elbow[1] + 17 * math.cos(turn))))
    return Pose(way * 1.5, (legs[0], legs[1]), (arms[0], arms[1]), way * 4.0, way)


def _arm(rng: np.random.Generator, shoulder: Point, side: int) -> Limb:
    raised = rng.random() < 0.25
    upper = np.radians(rng.uniform(95, 140) if raised else rng.uniform(8, 50))
    lower = upper + np.radians(rng.uniform(10, 50) if raised else rng.uniform(-45, 40))
    elbow = (shoulder[0] + side * 18 * np.sin(upper), shoulder[1] + 18 * np.cos(upper))
    return (shoulder, elbow, (elbow[0] + side * 17 * np.sin(lower), elbow[1] + 17 * np.cos(lower)))
