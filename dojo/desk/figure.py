"""How the figure is drawn: a jointed wooden one, as painters use, with or without a badge."""

import numpy as np

from dojo.desk.colours import Colour, darker, paler, vivid
from dojo.desk.pose import Limb, Pose, standing
from dojo.desk.sketch import Cutout, Point, Sketch, ring

# Varnishes a toy may have; none is near the red of a badge.
VARNISHES: tuple[Colour, ...] = (
    (150, 200, 226),
    (186, 206, 150),
    (214, 186, 146),
    (206, 168, 182),
    (196, 200, 202),
)


def figure(rng: np.random.Generator, scale: float, lit: int, hue: int | None, walk: Pose | None = None) -> Cutout:
    """A figure, standing in some pose or in that of its walk.

    `hue`, 0 to 179, paints its badge, None gives it none. The same luck gives the same figure, whatever its pose.
    """
    wood = VARNISHES[int(rng.integers(len(VARNISHES)))]
    stance = standing(rng)
    pose = walk or stance
    pin = None if hue is None else (hue, (rng.uniform(-4, 4), rng.uniform(-1.5, 1.5)))
    return pose_figure(pose, scale, lit, wood, pin)


def pose_figure(pose: Pose, scale: float, lit: int, wood: Colour, pin: tuple[int, Point] | None) -> Cutout:
    """A figure in a pose, of `wood`; `pin` is the hue of its badge and how far that is off the middle of the chest."""
    joint = darker(wood, 0.28)
    sketch = Sketch((-52, -132, 52, 10), scale, wood)
    sway = pose.sway
    # The arm on the far side swings behind the chest; a figure that looks at us has both in front.
    behind, before = [], list(pose.arms)
    if pose.way:
        behind, before = [pose.arms[0 if pose.way < 0 else 1]], [pose.arms[1 if pose.way < 0 else 0]]
    for arm in behind:
        _arm(sketch, arm, wood, lit)
    for leg in pose.legs:
        _leg(sketch, leg, wood, lit, pose.way)
    sketch.ellipse((sway * 0.3, -53), (11, 8), wood)
    sketch.ellipse((sway * 0.6, -62), (7, 6), joint)
    chest = [(-16, -88), (-12, -94), (12, -94), (16, -88), (12, -68), (8, -63), (-8, -63), (-12, -68)]
    sketch.polygon([(x + sway, y) for x, y in chest], wood)
    sketch.line([(x + sway, y) for x, y in chest], 2.5, wood, closed=True)
    sketch.line([(sway - lit * 13, -88), (sway - lit * 10, -68)], 5, 96)
    sketch.line([(sway + lit * 10, -90), (sway + lit * 8, -70)], 3, 158)
    for arm in before:
        _arm(sketch, arm, wood, lit)
    sketch.line([(sway, -95), (sway, -100)], 6, joint)
    _head(sketch, pose, wood, lit)
    if pin is not None:
        hue, (right, down) = pin
        spot = (sway + right, -80 + down)
        sketch.pin_badge(spot, 7.5, vivid(hue))
        sketch.line(ring(spot, (7.5, 7.5)), 1.2, 100, closed=True)
        sketch.ellipse((spot[0] + lit * 2.4, spot[1] - 2.8), (2.0, 1.3), 190)
    sketch.mark_joints(pose.joints)
    return sketch.cut_out()


def _head(sketch: Sketch, pose: Pose, wood: Colour, lit: int) -> None:
    (x, y), tilt, way = pose.head, pose.tilt, pose.way * 3.5
    sketch.ellipse((x, y), (11, 13.5), wood, tilt)
    sketch.ellipse((x - lit * 3, y + 2), (10.5, 12.5), 112, tilt)
    sketch.ellipse((x + lit * 1.5, y - 1.5), (8.5, 11), 132, tilt)
    sketch.ellipse((x + lit * 4, y - 6), (2.6, 3.4), 185, tilt)
    dark = darker(wood, 0.7)
    for side in (-1, 1):
        sketch.ellipse((x + way + side * 4, y - 0.5), (1.3, 1.7), dark)
    sketch.line(ring((x + way, y + 2.5), (4.4, 3.4), 0, 25, 155), 1.1, dark)


def _leg(sketch: Sketch, leg: Limb, wood: Colour, lit: int, way: int) -> None:
    hip, knee, ankle = leg
    ahead = way * 4 if way else np.sign(ankle[0]) * 2.5
    sketch.ellipse((ankle[0] + ahead, ankle[1] + 2), (7, 4.2), darker(wood, 0.08))
    _limb(sketch, knee, ankle, (7.5, 5.5), wood, lit)
    _limb(sketch, hip, knee, (10, 7.5), wood, lit)


def _arm(sketch: Sketch, arm: Limb, wood: Colour, lit: int) -> None:
    shoulder, elbow, wrist = arm
    _limb(sketch, elbow, wrist, (6.5, 5), wood, lit)
    _limb(sketch, shoulder, elbow, (8, 6.5), wood, lit)
    sketch.ellipse(wrist, (4.2, 4.2), paler(wood, 0.1))


def _limb(sketch: Sketch, start: Point, end: Point, widths: tuple[float, float], wood: Colour, lit: int) -> None:
    """One tapered piece of wood from a ball joint at its start to the next at its end."""
    (x1, y1), (x2, y2) = start, end
    along_x, along_y = x2 - x1, y2 - y1
    long = float(np.hypot(along_x, along_y))
    side_x, side_y = -along_y / long / 2, along_x / long / 2
    ax, ay, bx, by = x1 + along_x * 0.08, y1 + along_y * 0.08, x2 - along_x * 0.06, y2 - along_y * 0.06
    wide, thin = widths
    outline = [
        (ax + side_x * wide, ay + side_y * wide),
        (bx + side_x * thin, by + side_y * thin),
        (bx - side_x * thin, by - side_y * thin),
        (ax - side_x * wide, ay - side_y * wide),
    ]
    sketch.polygon(np.array(outline, np.float32), wood)
    for spot, width in ((start, widths[0]), (end, widths[1])):
        sketch.ellipse(spot, (width * 0.52, width * 0.52), darker(wood, 0.28))
    turn = (1 if side_x * lit > 0 else -1) * thin * 0.5
    dx, dy = side_x * turn, side_y * turn
    for share, thick, light in ((1.0, 1.5, 160), (-1.3, 2.2, 92)):
        x, y = dx * share, dy * share
        sketch.line(np.array([(ax + x, ay + y), (bx + x, by + y)], np.float32), thick, light)
