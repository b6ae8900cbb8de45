"""Masks, outlines and joints, on tidy desks and on wild ones."""

from itertools import pairwise

import cv2
import numpy as np
import pytest

from dojo.desk import JOINTS, KINDS, Scene, Thing, draw_scene
from dojo.desk.outline import outline
from dojo.desk.pose import MIRRORED

SEEDS = range(40)
BOTH = pytest.mark.parametrize("style", ["tidy", "wild"])


def figures(scene: Scene) -> list[Thing]:
    return [thing for thing in scene.things if thing.kind == "figure"]


@BOTH
def test_a_mask_has_just_the_bounds_of_its_box(style: str) -> None:
    for seed in SEEDS:
        scene = draw_scene(seed, style=style)
        for thing, mask in zip(scene.things, scene.masks(), strict=True):
            x, y, w, h = cv2.boundingRect(mask.astype(np.uint8))
            assert (x, y, x + w, y + h) == thing.box


@BOTH
def test_no_pixel_belongs_to_two_things(style: str) -> None:
    for seed in SEEDS:
        assert draw_scene(seed, style=style).masks().sum(axis=0).max(initial=0) <= 1


@pytest.mark.parametrize("kind", KINDS)
def test_a_mask_is_where_a_lone_thing_differs_from_the_empty_desk(kind: str) -> None:
    for seed in range(6):
        alone = draw_scene(seed, kinds=[kind], light="flat")
        differs = np.abs(alone.image.astype(int) - draw_scene(seed, count=0, light="flat").image).max(axis=2) > 12
        (mask,) = alone.masks()
        near = cv2.dilate(mask.astype(np.uint8), np.ones((3, 3))) > 0
        assert not (differs & ~near).any()
        # Inside, a thing may have the desk's colour here and there.
        assert (differs & mask).sum() > 0.75 * mask.sum()


def test_an_empty_desk_has_no_masks() -> None:
    scene = draw_scene(1, count=0)
    assert scene.masks().shape == (0, 240, 320)
    assert scene.outlines() == []


@BOTH
def test_an_outline_has_just_the_bounds_of_its_box(style: str) -> None:
    for seed in SEEDS:
        scene = draw_scene(seed, style=style)
        for thing, polygon in zip(scene.things, scene.outlines(), strict=True):
            assert (*polygon.min(axis=0), *polygon.max(axis=0)) == thing.box


@BOTH
def test_a_filled_outline_is_the_mask_again(style: str) -> None:
    """Filled at eight times the size, so that edges of pixels lie between pixels."""
    for seed in range(12):
        scene = draw_scene(seed, style=style)
        for mask, polygon in zip(scene.masks(), scene.outlines(), strict=True):
            fine = np.zeros((240 * 8, 320 * 8), np.uint8)
            cv2.fillPoly(fine, [np.rint(polygon * 8 - 0.5).astype(np.int32)], 255)
            filled = cv2.resize(fine, (320, 240), interpolation=cv2.INTER_AREA) > 127
            assert (filled & mask).sum() / (filled | mask).sum() > 0.9, seed


def test_an_outline_keeps_pieces_and_holes() -> None:
    mask = np.zeros((30, 40), bool)
    mask[2:20, 3:20] = True
    mask[6:14, 8:15] = False
    mask[22:29, 30:38] = True
    fine = np.zeros((240, 320), np.uint8)
    cv2.fillPoly(fine, [np.rint(outline(mask) * 8 - 0.5).astype(np.int32)], 255)
    assert np.array_equal(cv2.resize(fine, (40, 30), interpolation=cv2.INTER_AREA) > 127, mask)


def test_an_outline_of_nothing_is_empty() -> None:
    assert outline(np.zeros((5, 6), bool)).shape == (0, 2)


def test_every_joint_of_a_lone_figure_lies_on_it() -> None:
    for seed in range(60):
        scene = draw_scene(seed, kinds=["figure"])
        (thing,), (mask,) = scene.things, scene.masks()
        assert len(thing.joints) == len(JOINTS)
        for joint in thing.joints:
            assert joint.seen == 2
            assert mask[int(joint.y), int(joint.x)]


def test_the_joints_are_where_a_body_has_them() -> None:
    for seed in range(60):
        (thing,) = draw_scene(seed, kinds=["figure"]).things
        at = {name: thing.joints[i] for i, name in enumerate(JOINTS)}
        for part in ("shoulder", "hip", "ankle"):
            # It looks at us: its left is on the right.
            assert at[f"left_{part}"].x > at[f"right_{part}"].x
        for side in ("left", "right"):
            high_to_low = [
                at[n].y for n in ("head", f"{side}_shoulder", f"{side}_hip", f"{side}_knee", f"{side}_ankle")
            ]
            assert high_to_low == sorted(high_to_low)
            reach = [at[f"{side}_{part}"] for part in ("shoulder", "elbow", "wrist")]
            upper, lower = (np.hypot(a.x - b.x, a.y - b.y) for a, b in pairwise(reach))
            assert 0.9 < upper / lower < 1.2


def test_a_head_s_joint_is_in_the_middle_of_the_head() -> None:
    for seed in range(40):
        scene = draw_scene(seed, kinds=["figure"])
        (thing,), (mask,) = scene.things, scene.masks()
        if not thing.hand_up:
            head = thing.joints[0]
            top = thing.box[1]
            columns = np.flatnonzero(mask[top + 2 : int(head.y) + 1].any(axis=0))
            assert abs((columns[0] + columns[-1] + 1) / 2 - head.x) < 2
            assert 9 < head.y - top < 18


def test_a_mirrored_figure_has_its_left_on_the_right() -> None:
    for i, name in enumerate(JOINTS):
        other = name.replace("left", "x").replace("right", "left").replace("x", "right")
        assert JOINTS[MIRRORED[i]] == other


def test_a_joint_behind_another_thing_is_hidden_and_one_outside_is_outside() -> None:
    seen = {0: 0, 1: 0, 2: 0}
    for seed in range(120):
        scene = draw_scene(seed, kinds=["figure", "figure", "figure", "book"], style="wild")
        for number, thing in enumerate(scene.things):
            for joint in thing.joints:
                seen[joint.seen] += 1
                inside = 0 <= joint.x < 320 and 0 <= joint.y < 240
                assert (joint.seen == 0) == (not inside)
                if inside:
                    assert (joint.seen == 2) == (scene.owner[int(joint.y), int(joint.x)] == number)
    assert min(seen.values()) > 20


def test_some_figures_raise_a_hand_and_most_do_not() -> None:
    up = [thing.hand_up for seed in range(100) for thing in figures(draw_scene(seed, kinds=["figure"]))]
    assert 25 < sum(up) < 65


def test_a_raised_hand_is_higher_than_the_shoulders_in_the_picture() -> None:
    for seed in range(60):
        scene = draw_scene(seed, kinds=["figure"])
        (thing,), (mask,) = scene.things, scene.masks()
        if len({joint.seen for joint in thing.joints}) == 1:
            shoulders = round(max(thing.joints[1].y, thing.joints[2].y))
            middle = thing.joints[0].x
            scale = (thing.joints[1].x - thing.joints[2].x) / 36
            beside = np.abs(np.arange(320) - middle) > 30 * scale  # neither head nor shoulders reach so far
            # Half a hand higher than the shoulders, arms held level are out of the way.
            assert mask[: shoulders - round(9 * scale), beside].any() <= thing.hand_up


def test_only_figures_have_joints() -> None:
    for seed in SEEDS:
        assert all(bool(thing.joints) == (thing.kind == "figure") for thing in draw_scene(seed).things)
        assert not any(thing.hand_up for thing in draw_scene(seed).things if thing.kind != "figure")
