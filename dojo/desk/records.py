"""What is known of a drawn scene: its picture, the things in it, and whose each pixel is."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dojo.desk.colours import hue_name
from dojo.desk.compose import Box, Stand, bounds
from dojo.desk.outline import outline
from dojo.desk.plans import CLUTTER
from dojo.desk.pose import JOINTS


@dataclass(frozen=True)
class Badge:
    """The round badge on a figure's chest: its colour's name, its OpenCV hue (0 to 179), its visible box."""

    colour: str
    hue: int
    box: Box


@dataclass(frozen=True)
class Joint:
    """A joint of a figure: pixels from the picture's left and top edges, and how it is seen.

    `seen` is 2 where nothing stands before it, 1 where another thing hides it, 0 where it is outside the picture.
    A figure's own arm or leg hides none of its joints.
    """

    x: float
    y: float
    seen: int


@dataclass(frozen=True)
class Thing:
    """A thing that can be seen in a scene.

    `box` is (x1, y1, x2, y2) in whole pixels, x2 and y2 just outside, so that image[y1:y2, x1:x2] cuts it out and
    x2 - x1 is its width. It bounds what can be seen; `visible` is the share of the thing that can be, above 0 to 1.
    `badge` is what a figure wears, None for none. `joints` are a figure's, in the order of `JOINTS`; others have none.
    """

    kind: str
    box: Box
    visible: float
    badge: Badge | None = None
    joints: tuple[Joint, ...] = ()

    @property
    def hand_up(self) -> bool:
        """Is it a figure with a wrist above the shoulder of the same arm?"""
        at = {name: joint.y for name, joint in zip(JOINTS, self.joints, strict=False)}
        return bool(at) and any(at[f"{side}_wrist"] < at[f"{side}_shoulder"] for side in ("left", "right"))


@dataclass(frozen=True, eq=False)
class Scene:
    """A picture, (height, width, 3) BGR of uint8, and the things in it, the farthest first.

    `owner` is (height, width) of int16: which of `things` each pixel shows, -1 where it shows none.
    """

    image: NDArray[np.uint8]
    things: tuple[Thing, ...]
    seed: int
    owner: NDArray[np.int16]

    def masks(self) -> NDArray[np.bool_]:
        """The pixels that show each thing: (number of things, height, width). No pixel shows two."""
        masks: NDArray[np.bool_] = np.arange(len(self.things), dtype=np.int16)[:, None, None] == self.owner
        return masks

    def outlines(self) -> list[NDArray[np.float32]]:
        """A polygon round the mask of each thing: (points, 2), x and y in pixels from the left and top edges.

        Its bounds are the thing's box. What is in several pieces, or has a hole, is one polygon with seams between.
        """
        return [outline(self.owner == number) for number in range(len(self.things))]


def list_things(stands: Sequence[Stand], owner: NDArray[np.int16]) -> list[Thing | None]:
    """The record of each thing among `stands`, clutter left out; None for one that cannot be seen."""
    named = [stand for stand in stands if stand.plan.kind != CLUTTER]
    return [_thing(stand, number, owner) for number, stand in enumerate(named)]


def _thing(stand: Stand, number: int, owner: NDArray[np.int16]) -> Thing | None:
    mine = owner[stand.area] == number
    box = bounds(mine, stand.x, stand.y)
    if box is None:
        return None
    badge, hue = None, stand.plan.hue
    if hue is not None and stand.cutout.badge is not None:
        badge_box = bounds(mine & stand.cutout.badge, stand.x, stand.y)
        badge = None if badge_box is None else Badge(hue_name(hue), hue, badge_box)
    visible = int(np.count_nonzero(mine)) / stand.pixels
    return Thing(stand.plan.kind, box, visible, badge, _joints(stand, number, owner))


def _joints(stand: Stand, number: int, owner: NDArray[np.int16]) -> tuple[Joint, ...]:
    if stand.cutout.joints is None:
        return ()
    height, width = owner.shape
    joints = []
    for right, down in stand.cutout.joints.tolist():
        x, y = stand.x + right, stand.y + down
        column, row = math.floor(x), math.floor(y)
        inside = 0 <= column < width and 0 <= row < height
        joints.append(Joint(x, y, 0 if not inside else 2 if owner[row, column] == number else 1))
    return tuple(joints)
