"""Clips, their tracks, and who crosses a line."""

import hashlib
import subprocess
import sys
from fractions import Fraction

import cv2
import numpy as np
import pytest

from dojo.desk import STORIES, Clip, Crossing, Frame, draw_clip, find_crossings
from dojo.desk.crossings import Line, Point
from dojo.errors import DojoError

ALL = pytest.mark.parametrize("story", sorted(STORIES))


def digest(clip: Clip) -> str:
    total = hashlib.sha256()
    for frame in clip:
        total.update(frame.image.tobytes())
        total.update(repr(frame.tracks).encode())
    return total.hexdigest()


@ALL
def test_the_same_seed_draws_the_same_clip_each_time_it_is_iterated(story: str) -> None:
    clip = draw_clip(3, 25, story=story)
    assert digest(clip) == digest(clip) == digest(draw_clip(3, 25, story=story))


def test_another_process_draws_the_same_clip() -> None:
    code = "import sys; from dojo.desk import draw_clip; [sys.stdout.buffer.write(f.image) for f in draw_clip(4, 12)]"
    there = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert there.stdout == b"".join(frame.image.tobytes() for frame in draw_clip(4, 12))


def test_another_seed_is_another_clip() -> None:
    assert len({digest(draw_clip(seed, 2)) for seed in range(6)}) == 6


@ALL
def test_a_clip_has_the_frames_and_the_size_asked_for(story: str) -> None:
    clip = draw_clip(1, 20, 12.5, (200, 160), story=story)
    frames = list(clip)
    assert len(clip) == len(frames) == 20
    assert [frame.number for frame in frames] == list(range(20))
    assert {frame.image.shape for frame in frames} == {(160, 200, 3)}
    assert {frame.image.dtype for frame in frames} == {np.dtype(np.uint8)}


@ALL
def test_boxes_are_the_bounds_of_what_the_frame_shows(story: str) -> None:
    for frame in draw_clip(2, 60, story=story):
        assert frame.owner.max() == len(frame.tracks) - 1
        for number, track in enumerate(frame.tracks):
            x, y, w, h = cv2.boundingRect((frame.owner == number).astype(np.uint8))
            assert (x, y, x + w, y + h) == track.box


@ALL
def test_tracks_can_be_had_without_the_pictures(story: str) -> None:
    clip = draw_clip(5, 40, story=story)
    assert clip.tracks() == [frame.tracks for frame in clip]


def test_in_even_light_frames_change_only_where_a_track_is() -> None:
    before: Frame | None = None
    for frame in draw_clip(6, 80, light="flat"):
        if before is not None:
            changed = np.abs(frame.image.astype(int) - before.image).max(axis=2) > 3
            shown = ((frame.owner >= 0) | (before.owner >= 0)).astype(np.uint8)
            near = cv2.dilate(shown, np.ones((3, 3))) > 0
            # In the outermost columns there is the soft edge of who is just outside.
            assert not (changed & ~near)[:, 1:-1].any()
        before = frame


def test_a_visitor_s_box_is_where_the_frame_differs_from_the_empty_room() -> None:
    """The visitor may have the colour of what is behind it, at its edge: hence the slack, and the share."""
    frames = list(draw_clip(7, 150, story="door", light="flat"))
    empty = frames[0].image.astype(int)
    still = {track.id for track in frames[0].tracks}
    close = []
    for frame in frames:
        visitors = [track for track in frame.tracks if track.id not in still]
        differs = np.abs(frame.image - empty).max(axis=2) > 8
        if not visitors:
            assert not differs.any()
        for visitor in visitors:
            x, y, w, h = cv2.boundingRect(differs.astype(np.uint8))
            close.append(np.abs(np.array([x, y, x + w, y + h]) - visitor.box).max() <= 3)
    assert len(close) > 40
    assert np.mean(close) > 0.95


@ALL
def test_an_id_is_one_thing_s_and_never_jumps(story: str) -> None:
    kinds: dict[int, str] = {}
    feet: dict[int, tuple[int, Point]] = {}
    for number, tracks in enumerate(draw_clip(8, 120, story=story).tracks()):
        assert len({track.id for track in tracks}) == len(tracks)
        for track in tracks:
            assert kinds.setdefault(track.id, track.kind) == track.kind
            frame, before = feet.get(track.id, (number, track.foot))
            assert abs(track.foot[0] - before[0]) <= 12 * max(1, number - frame)
            assert track.foot[1] == before[1]
            feet[track.id] = (number, track.foot)


def test_things_enter_leave_hide_each_other_and_have_joints() -> None:
    tracks = [draw_clip(seed, story="crowd").tracks() for seed in range(3)]
    for clip in tracks:
        first, last = ({track.id for track in clip[i]} for i in (0, -1))
        everyone = {track.id for frame in clip for track in frame}
        assert everyone - first, "somebody enters"
        assert everyone - last, "somebody leaves"
    whole = [track for clip in tracks for frame in clip for track in frame if 60 < track.foot[0] < 260]
    assert min(track.visible for track in whole) < 0.6
    assert max(joint.seen for track in whole for joint in track.joints) == 2
    assert {len(track.joints) for track in whole} == {13}


def test_balls_roll_and_cups_slide() -> None:
    moved: dict[str, float] = {}
    for seed in range(4):
        path: dict[int, list[float]] = {}
        for tracks in draw_clip(seed).tracks():
            for track in tracks:
                path.setdefault(track.id, []).append(track.foot[0])
                moved[track.kind] = max(moved.get(track.kind, 0.0), float(np.ptp(path[track.id])))
    assert min(moved["figure"], moved["ball"], moved["cup"]) > 60
    assert moved["bottle"] == 0


def test_at_the_door_visitors_come_in_stay_and_leave_one_by_one() -> None:
    for seed in range(5):
        clip = draw_clip(seed, 375, story="door")
        visits = clip.visits()
        assert len(visits) == 3
        spans = [(visit.first, visit.last) for visit in visits]
        edges = [edge for span in sorted(spans) for edge in span]
        assert edges == sorted(set(edges))
        assert edges[0] > 0
        assert edges[-1] < 374
        crossed = {(c.id, c.direction) for c in find_crossings(_paths(clip), ((80, 240), (80, 0)))}
        assert crossed == {(visit.id, way) for visit in visits for way in ("left", "right")}


def _paths(clip: Clip) -> list[tuple[int, list[Point | None]]]:
    """The feet of what can be seen, by id, frame by frame."""
    seen = clip.tracks()
    ids = sorted({track.id for tracks in seen for track in tracks})
    return [(i, [next((t.foot for t in tracks if t.id == i), None) for tracks in seen]) for i in ids]


@ALL
@pytest.mark.parametrize("seed", range(4))
def test_crossings_of_a_clip_are_those_that_somebody_with_a_ruler_counts(story: str, seed: int) -> None:
    """An upright line over the whole picture: who is on its other side has crossed. Hidden feet keep their side."""
    clip = draw_clip(seed, 200, story=story, line=((150.5, 240), (150.5, 0)))
    counted = []
    for number, path in _paths(clip):
        side = 0
        for frame, foot in enumerate(path):
            if foot is not None and foot[0] != 150.5:
                now = 1 if foot[0] > 150.5 else -1
                if side and now != side:
                    counted.append(Crossing(frame, number, "right" if now > 0 else "left"))
                side = now
    told = [(c.id, c.direction) for c in sorted(clip.crossings, key=lambda c: (c.id, c.frame))]
    assert told == [(c.id, c.direction) for c in counted]
    hidden = len(set(counted) - set(clip.crossings))
    assert hidden <= 1, "who crosses behind another is counted later by eye"


def test_the_crowd_crosses_both_ways_and_some_come_back() -> None:
    clips = [draw_clip(seed, 250, story="crowd") for seed in range(6)]
    ways = [crossing.direction for clip in clips for crossing in clip.crossings]
    assert min(ways.count("left"), ways.count("right")) > 8
    back = [sum(c.id == one.id for c in clip.crossings) > 1 for clip in clips for one in clip.crossings]
    assert any(back)


def _brute(path: list[Point], line: Line) -> list[tuple[int, str]]:
    """Crossings by exact fractions: where does each step meet the line, in shares of both?"""
    (ax, ay), (bx, by) = ((Fraction(x), Fraction(y)) for x, y in line)
    found, side = [], 0
    for frame, (x, y) in enumerate(path):
        turn = (bx - ax) * (Fraction(y) - ay) - (by - ay) * (Fraction(x) - ax)
        now = (turn > 0) - (turn < 0)
        if now and now == -side:
            px, py = (Fraction(v) for v in path[frame - 1])
            dx, dy = Fraction(x) - px, Fraction(y) - py
            along = ((px - ax) * dy - (py - ay) * dx) / ((bx - ax) * dy - (by - ay) * dx)
            if 0 <= along <= 1:
                found.append((frame, "right" if now > 0 else "left"))
        side = now or side
    return found


def test_crossings_agree_with_exact_fractions_on_random_walks() -> None:
    rng = np.random.default_rng(1)
    total = 0
    for _ in range(300):
        # Whole numbers on a small board, so that walks often touch the line and its ends.
        path: list[Point] = [(float(x), float(y)) for x, y in rng.integers(0, 9, (30, 2))]
        ends = rng.permutation(81)[:2]
        line: Line = ((float(ends[0] % 9), float(ends[0] // 9)), (float(ends[1] % 9), float(ends[1] // 9)))
        told = [(c.frame, c.direction) for c in find_crossings([(1, path)], line)]
        assert told == _brute(path, line)
        total += len(told)
    assert total > 500


def test_touching_the_line_and_turning_back_is_no_crossing() -> None:
    line: Line = ((5.0, 10.0), (5.0, 0.0))
    assert find_crossings([(1, [(3.0, 5.0), (5.0, 5.0), (3.0, 5.0)])], line) == ()
    assert find_crossings([(1, [(3.0, 5.0), (5.0, 5.0), (6.0, 5.0)])], line) == (Crossing(2, 1, "right"),)


def test_passing_beyond_the_end_of_the_line_is_no_crossing() -> None:
    line: Line = ((5.0, 10.0), (5.0, 4.0))
    assert find_crossings([(1, [(3.0, 2.0), (8.0, 2.0)])], line) == ()
    assert find_crossings([(1, [(3.0, 2.0), (8.0, 2.0), (8.0, 6.0), (3.0, 6.0)])], line) == (Crossing(3, 1, "left"),)


def test_a_gap_forgets_the_side() -> None:
    line: Line = ((5.0, 10.0), (5.0, 0.0))
    assert find_crossings([(1, [(3.0, 5.0), None, (8.0, 5.0)])], line) == ()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"seed": -1}, "seed is -1"),
        ({"frames": 0}, "frames is 0"),
        ({"frames": 2.5}, "frames is 2.5"),
        ({"fps": 0}, "fps is 0.*1 to 120"),
        ({"fps": float("nan")}, "fps is nan"),
        ({"size": (10, 10)}, "64 to 2048"),
        ({"story": "dor"}, "did you mean 'door'"),
        ({"light": "night"}, "day, dark, flat"),
        ({"line": ((0, 0), (0, 0))}, "line"),
        ({"line": (1, 2, 3)}, "line"),
    ],
)
def test_a_clip_that_cannot_be_drawn_is_refused_in_one_sentence(arguments: dict[str, object], words: str) -> None:
    with pytest.raises(DojoError, match=words) as failure:
        draw_clip(**{"seed": 1, **arguments})  # type: ignore[arg-type] # wrong on purpose
    assert "\n" not in str(failure.value)
