"""A clip: things that move over a desk, drawn by seed, with the true track of each of them.

Covered:
* the same arguments draw the same bytes, on one machine and one version of OpenCV and numpy;
* a track's box holds just the pixels of its thing that can be seen in that frame;
* an id is one thing's from the first frame to the last, even while it is hidden;
* the crossings are those of the true paths, by the rule in `dojo.desk.crossings`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from dojo.desk.clutter import door
from dojo.desk.compose import Box, Stand, paint_stands, trim, who_is_where
from dojo.desk.crossings import Crossing, Line, Point, check_line, find_crossings
from dojo.desk.light import LIGHTS, Light, cast_shadows, choose_light, expose
from dojo.desk.plans import CLUTTER, Plan, check_names, check_size, check_whole
from dojo.desk.records import Joint, list_things
from dojo.desk.sketch import Cutout
from dojo.desk.stories import STORIES, Actor, Stage
from dojo.desk.surface import Desk, bare_desk
from dojo.desk.things import draw_thing, gait_at
from dojo.errors import DojoError


@dataclass(frozen=True)
class Track:
    """Where a thing is in one frame: fields as in `Thing`, and the true place of its foot, hidden or not."""

    id: int
    kind: str
    box: Box
    visible: float
    foot: Point
    joints: tuple[Joint, ...] = ()


@dataclass(frozen=True, eq=False)
class Frame:
    """A picture of a clip, (height, width, 3) BGR of uint8, and who can be seen in it, the farthest first.

    `owner` is (height, width) of int16: which of `tracks` each pixel shows, -1 where it shows none.
    """

    number: int
    image: NDArray[np.uint8]
    tracks: tuple[Track, ...]
    owner: NDArray[np.int16]


@dataclass(frozen=True)
class Visit:
    """A thing that was there from its first to its last frame, both included."""

    id: int
    first: int
    last: int


@dataclass(frozen=True, eq=False)
class Clip:
    """A clip that is drawn frame by frame, as it is iterated over; each time anew, and the same.

    `size` is (width, height) in pixels; `line` is the line to be crossed and `crossings` who crosses it.
    """

    seed: int
    size: tuple[int, int]
    fps: float
    line: Line
    crossings: tuple[Crossing, ...]
    _stage: Stage = field(repr=False)
    _desk: Desk = field(repr=False)
    _light: Light = field(repr=False)
    _actors: tuple[Actor, ...] = field(repr=False)  # the farthest first; the id is the place, from 1
    _door: Stand | None = field(repr=False)

    def __len__(self) -> int:
        return self._stage.frames

    def __iter__(self) -> Iterator[Frame]:
        bgr = np.empty_like(self._desk.bgr)  # one for all frames: fresh memory costs more than the painting
        for number, (whole, seen, tracks, owner) in enumerate(self._moments()):
            bgr[:] = self._desk.bgr
            cast_shadows(bgr, [(s.cutout, s.x, s.y) for s in whole], self._light, self._desk.back)
            paint_stands(bgr, seen)
            yield Frame(number, expose(bgr, self._light, np.random.default_rng((self.seed, number))), tracks, owner)

    def tracks(self) -> list[tuple[Track, ...]]:
        """The tracks of each frame, without drawing the pictures: about three times as fast."""
        return [tracks for _, _, tracks, _ in self._moments()]

    def visits(self) -> list[Visit]:
        """When each thing that moves could first and last be seen, by id."""
        still = {number for number, actor in enumerate(self._actors, 1) if np.ptp(actor.columns) == 0}
        seen: dict[int, list[int]] = {}
        for frame, tracks in enumerate(self.tracks()):
            for track in tracks:
                seen.setdefault(track.id, []).append(frame)
        return [Visit(number, seen[number][0], seen[number][-1]) for number in sorted(seen.keys() - still)]

    def _moments(self) -> Iterator[tuple[list[Stand], list[Stand], tuple[Track, ...], NDArray[np.int16]]]:
        """For each frame: the things whole, what of them is in the picture, their tracks, and whose each pixel is."""
        drawn: dict[tuple[int, int, int], Cutout] = {}
        for frame in range(len(self)):
            whole: list[Stand] = []
            seen: list[Stand] = []
            ids: list[int] = []
            for number, actor in enumerate(self._actors, 1):
                stand = self._stand(actor, number, frame, drawn)
                part = trim(stand, self.size)
                if part is not None and part.solid.any():
                    whole.append(stand)
                    seen.append(part)
                    ids.append(number)
            if self._door is not None:
                seen.append(self._door)
            owner = who_is_where(seen, self.size)
            things = list_things(seen, owner)
            tracks: list[Track] = []
            for i, thing in enumerate(things):
                if thing is not None:
                    if i > len(tracks):  # somebody before it is hidden whole
                        owner[owner == i] = len(tracks)
                    actor = self._actors[ids[i] - 1]
                    foot = (float(actor.columns[frame]), actor.row)
                    tracks.append(Track(ids[i], thing.kind, thing.box, thing.visible, foot, thing.joints))
            yield whole, seen, tuple(tracks), owner

    def _stand(self, actor: Actor, number: int, frame: int, drawn: dict[tuple[int, int, int], Cutout]) -> Stand:
        columns, plan = actor.columns, actor.plan
        step = columns[min(frame + 1, len(columns) - 1)] - columns[max(frame - 1, 0)]
        way = 0 if abs(step) < 1e-9 else 1 if step > 0 else -1
        gait = gait_at(plan.kind, way, columns[frame] / actor.scale)
        key = (number, *gait)
        if key not in drawn:
            side = self._light.side
            drawn[key] = draw_thing(plan.kind, actor.seed, actor.scale, side, plan.paint, plan.hue, gait)
        cutout = drawn[key]
        return Stand(plan, cutout, round(columns[frame]) - cutout.foot[0], round(actor.row) - cutout.foot[1])


def draw_clip(
    seed: int,
    frames: int = 150,
    fps: float = 25,
    size: tuple[int, int] = (320, 240),
    *,
    story: str = "desk",
    line: Line | None = None,
    light: str = "day",
) -> Clip:
    """A clip: iterate over it for its frames.

    `seed` is a whole number from 0 up, `frames` 1 to 100,000, `fps` pictures a second, 1 to 120. `size` and `light`
    are as in `draw_scene`. The `story` is "desk" (figures walk by, balls roll, things slide), "crowd" (figures cross
    both ways, before each other; some turn back) or "door" (figures come in by a door on the left, stay and leave).
    `line`, ((x, y), (x, y)) in pixels, is the line to be crossed; None is one up the middle, so that who goes from
    left to right crosses to the "right".

    Raises DojoError for a name or a number that there is not.
    """
    whole = check_whole("seed", seed)
    width, height = check_size(size)
    count = check_whole("frames", frames, _MOST_FRAMES)
    if not count:
        raise DojoError("frames is 0: a clip needs one frame or more.")
    if not 1 <= fps <= 120:
        raise DojoError(f"fps is {fps!r}: give the pictures a second, 1 to 120.")
    check_names("story", [story], tuple(STORIES))
    check_names("light", [light], LIGHTS)
    on_desk, on_light, on_story = np.random.default_rng((whole, *story.encode())).spawn(3)
    desk = bare_desk(on_desk, (width, height))
    shine = choose_light(light, on_light)
    stage = Stage((width, height), desk.back, count, fps)
    actors = tuple(sorted(STORIES[story](stage, on_story), key=lambda actor: actor.row))
    line = check_line(line) if line else ((width / 2, float(height)), (width / 2, 0.0))
    paths = ((number, [(x, actor.row) for x in actor.columns.tolist()]) for number, actor in enumerate(actors, 1))
    panel = None
    if story == "door":
        cutout = door((width, height))
        panel = trim(Stand(Plan(CLUTTER, (0, 0, 0), None), cutout, -cutout.foot[0], -cutout.foot[1]), (width, height))
    return Clip(whole, (width, height), fps, line, find_crossings(paths, line), stage, desk, shine, actors, panel)


_MOST_FRAMES = 100_000
