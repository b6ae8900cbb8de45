"""What happens in a clip: who comes when, from where, how fast, and where to."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dojo.desk.plans import Plan, choose_plans

Columns = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Actor:
    """A thing and its path: the column of its foot in each frame, in pixels. Its row stays the same."""

    plan: Plan
    seed: int
    scale: float  # pixels a unit
    row: float
    columns: Columns  # (frames,)


@dataclass(frozen=True)
class Stage:
    """The desk and the time that a story has."""

    size: tuple[int, int]  # width and height in pixels
    back: int  # the first row of the desk top
    frames: int
    fps: float

    def place(self, depth: float, shrink: float = 1.0) -> tuple[float, float]:
        """The scale and the foot's row at a depth of 0 (far) to 1 (near)."""
        width, height = self.size
        scale = min(width / 320, height / 240) * (0.8 + 0.32 * depth) * shrink
        return scale, self.back + (height - self.back) * (0.2 + 0.74 * depth)

    def walk(self, *stops: tuple[float, float]) -> Columns:
        """The columns of somebody who is at each stop, (seconds, share of the width), in turn; still before, after."""
        seconds = np.arange(self.frames) / self.fps
        times, shares = zip(*stops, strict=True)
        columns: Columns = np.interp(seconds, times, np.array(shares) * self.size[0])
        return columns

    def slide(self, start: float, seconds: float, first: float, last: float) -> Columns:
        """The columns of a thing that is pushed: it starts and ends softly."""
        share = np.clip((np.arange(self.frames) / self.fps - start) / seconds, 0, 1)
        columns: Columns = (first + (last - first) * share * share * (3 - 2 * share)) * self.size[0]
        return columns


def desk_story(stage: Stage, rng: np.random.Generator) -> list[Actor]:
    """Things of every kind: figures walk by, balls roll, cups and books slide, others stay where they are."""
    movers = (
        ["figure"] * int(rng.integers(2, 4))
        + ["ball"] * int(rng.integers(1, 3))
        + ["cup", "book"][: int(rng.integers(1, 3))]
    )
    kinds = movers + [("bottle", "phone", "book", "cup")[int(rng.integers(4))] for _ in range(2)]
    depths = _depths(len(kinds), rng)
    actors = []
    whole = stage.frames / stage.fps
    for i, kind in enumerate(kinds):
        start, way = rng.uniform(-0.4, 0.5) * whole, 1 if rng.random() < 0.5 else -1
        if i >= len(movers):
            columns = stage.walk((0.0, rng.uniform(0.1, 0.9)))
        elif kind in ("figure", "ball"):
            columns = _across(stage, start, rng.uniform(0.6, 1.1) * max(whole, 2.5), way)
        else:
            ends = (rng.uniform(0.12, 0.4), rng.uniform(0.6, 0.88))
            columns = stage.slide(abs(start), rng.uniform(0.3, 0.5) * whole, *ends[::way])
        actors.append(_actor(stage, kind, depths[i], columns, rng))
    return actors


def crowd_story(stage: Stage, rng: np.random.Generator) -> list[Actor]:
    """Figures, far and near, cross the desk both ways; some stop on their way, some turn back."""
    whole = stage.frames / stage.fps
    count = int(rng.integers(6, 10))
    actors = []
    for depth in _depths(count, rng):
        start, lasts, way = (
            rng.uniform(-0.5, 0.7) * whole,
            rng.uniform(0.55, 1.0) * max(whole, 3.0),
            1 if rng.random() < 0.5 else -1,
        )
        near, away = (_OUT, 1 - _OUT)[::way]
        stop = rng.uniform(0.3, 0.7)
        luck = rng.random()
        if luck < 0.55:
            columns = _across(stage, start, lasts, way)
        elif luck < 0.8:
            rest = start + lasts * abs(stop - near)
            columns = stage.walk((start, near), (rest, stop), (rest + 0.8, stop), (start + lasts + 0.8, away))
        else:
            columns = stage.walk((start, near), (start + lasts * 0.5, stop), (start + lasts, near))
        actors.append(_actor(stage, "figure", depth, columns, rng, shrink=0.72))
    return actors


def door_story(stage: Stage, rng: np.random.Generator) -> list[Actor]:
    """Figures come in by a door at the left edge, one after the other, each stays a while and leaves by it."""
    whole = stage.frames / stage.fps
    visits = max(1, min(3, int(whole / 5)))
    actors = [
        _actor(stage, kind, depth, stage.walk((0.0, rng.uniform(0.5, 0.9))), rng)
        for kind, depth in (("book", 0.1), ("bottle", 0.25))
    ]
    span = whole / visits
    for visit in range(visits):
        # Nobody is there for the first and the last tenth of each span, so that visits do not touch.
        begin = span * (visit + rng.uniform(0.1, 0.16))
        end = span * (visit + rng.uniform(0.84, 0.9))
        goal = rng.uniform(0.4, 0.75)
        walk = (end - begin) * rng.uniform(0.22, 0.3)
        columns = stage.walk((begin, _OUT), (begin + walk, goal), (end - walk, goal), (end, _OUT))
        actors.append(_actor(stage, "figure", rng.uniform(0.45, 0.8), columns, rng))
    return actors


STORIES: dict[str, Callable[[Stage, np.random.Generator], list[Actor]]] = {
    "desk": desk_story,
    "crowd": crowd_story,
    "door": door_story,
}

_OUT = -0.2  # so far outside, in widths of the picture, nothing of a thing can be seen


def _across(stage: Stage, start: float, seconds: float, way: int) -> Columns:
    near, away = (_OUT, 1 - _OUT)[::way]
    return stage.walk((start, near), (start + seconds, away))


def _depths(count: int, rng: np.random.Generator) -> list[float]:
    """Depths from 0 to 1, no two of them close."""
    depths: list[float] = ((rng.permutation(count) + rng.uniform(0.2, 0.8, count)) / count).tolist()
    return depths


def _actor(
    stage: Stage, kind: str, depth: float, columns: Columns, rng: np.random.Generator, shrink: float = 1.0
) -> Actor:
    (plan,) = choose_plans([kind], None, None, None, rng)
    scale, row = stage.place(depth, shrink)
    return Actor(plan, int(rng.integers(2**32)), scale, row, columns)
