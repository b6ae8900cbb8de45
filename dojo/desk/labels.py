"""YOLO's label files: a line for each thing, its class and its place in shares of the picture's width and height."""

from collections.abc import Sequence

import numpy as np

from dojo.desk.pose import JOINTS, MIRRORED
from dojo.desk.records import Scene, Thing
from dojo.desk.things import KINDS

TASKS = ("detect", "segment", "pose")

_FIGURES = (0, 1, 1, 2, 2, 3, 4)  # so many of them, with equal chances, where joints are learnt
_OTHERS = 4  # things beside them at most


def classes(task: str) -> tuple[str, ...]:
    """The kinds that have labels; a kind's class is its place here."""
    return ("figure",) if task == "pose" else KINDS


def choose_scene(task: str, seed: int) -> tuple[Sequence[str] | None, int | None]:
    """`kinds` and `count` of a scene for a task: of many figures, where joints are learnt."""
    if task != "pose":
        return None, None
    rng = np.random.default_rng((seed, 1))
    others = [kind for kind in KINDS if kind != "figure"]
    figures = _FIGURES[int(rng.integers(len(_FIGURES)))]
    return ["figure"] * figures + [others[i] for i in rng.integers(len(others), size=rng.integers(_OTHERS + 1))], None


def label_text(scene: Scene, task: str) -> str:
    """The label file of a scene: one line each, in the order of its things.

    detect: class, then the middle, width and height of the box. segment: class, then x and y of a polygon's points.
    pose: as detect, then x, y and `seen` of each joint, all 0 for one outside the picture.
    """
    known = classes(task)
    height, width = scene.image.shape[:2]
    size = np.array((width, height))
    outlines = scene.outlines() if task == "segment" else [None] * len(scene.things)
    lines = []
    for thing, outline in zip(scene.things, outlines, strict=True):
        if thing.kind in known:
            place = _box(thing, width, height) if outline is None else (outline / size).ravel().tolist()
            words = [str(known.index(thing.kind)), *(f"{share:.6f}" for share in place)]
            if task == "pose":
                words += [_joint(j.x / width, j.y / height, j.seen) for j in thing.joints]
            lines.append(" ".join(words) + "\n")
    return "".join(lines)


def yaml_lines(task: str) -> list[str]:
    """What data.yaml says of classes and joints."""
    lines = ["names:", *(f"  {number}: {kind}" for number, kind in enumerate(classes(task)))]
    if task == "pose":
        lines += [f"kpt_shape: [{len(JOINTS)}, 3]", f"flip_idx: {list(MIRRORED)}"]
        lines += ["kpt_names:", "  0:", *(f"    - {joint}" for joint in JOINTS)]
    return lines


def _box(thing: Thing, width: int, height: int) -> list[float]:
    x1, y1, x2, y2 = thing.box
    return [(x1 + x2) / 2 / width, (y1 + y2) / 2 / height, (x2 - x1) / width, (y2 - y1) / height]


def _joint(x: float, y: float, seen: int) -> str:
    return f"{x:.6f} {y:.6f} {seen}" if seen else "0 0 0"
