"""Who crosses the line of a clip, counted from tracks: the weights find, ByteTrack follows.

A box trembles, and jumps aside when somebody steps before it. So whoever is near the line is taken to stand on it, and
has crossed only when well past it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dojo.models.desk import IMGSZ, IOU

if TYPE_CHECKING:
    from dojo.desk import Clip, Crossing

Point = tuple[float, float]

__all__ = ["CLIPS", "count_crossings"]

CLIPS = tuple((story, seed) for story in ("crowd", "desk", "door") for seed in (11, 12, 13))
_LEAST = 0.1  # ByteTrack makes use of low scores too, where a track goes on
_NEAR = 12.0  # pixels


def count_crossings(weights: Path, clip: Clip) -> tuple[dict[str, int], dict[str, int]]:
    """Crossings found and true, each by direction: {"left": 2, "right": 3}; the line is the usual one, upright."""
    from ultralytics import YOLO

    from dojo.desk import find_crossings

    model = YOLO(str(weights), task="detect")  # a new one for each clip: a tracker remembers
    middle = clip.line[0][0]
    paths: dict[int, list[Point | None]] = {}
    for frame in clip:
        seen = model.track(
            frame.image, persist=True, tracker="bytetrack.yaml", imgsz=IMGSZ, rect=False, conf=_LEAST, iou=IOU,
            agnostic_nms=True, device="cpu", verbose=False,
        )[0].boxes  # fmt: skip
        for path in paths.values():
            path.append(path[-1])  # where it is hidden, it is where it was last seen
        if seen.id is not None:
            for number, (x1, _, x2, y2) in zip(seen.id.int().tolist(), seen.xyxy.tolist(), strict=True):
                x = (x1 + x2) / 2
                place = (middle if abs(x - middle) < _NEAR else x, y2)
                paths.setdefault(number, [*[None] * frame.number, place])[-1] = place
    return _by_direction(find_crossings(paths.items(), clip.line)), _by_direction(clip.crossings)


def _by_direction(crossings: Sequence[Crossing]) -> dict[str, int]:
    counted = Counter(one.direction for one in crossings)
    return {"left": counted["left"], "right": counted["right"]}
