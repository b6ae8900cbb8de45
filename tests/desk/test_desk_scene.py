import random
import subprocess
import sys
from dataclasses import replace

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from dojo.desk import BADGES, KINDS, LIGHTS, PAINTS, Badge, Scene, Thing, draw_scene
from dojo.desk.compose import Stand
from dojo.desk.plans import Plan
from dojo.desk.sketch import Cutout
from dojo.errors import DojoError

RED = ((0, 8), (172, 179))


def differs(scene: Scene, empty: Scene) -> NDArray[np.bool_]:
    """Where a scene differs from its empty desk, (h, w)."""
    mask: NDArray[np.bool_] = np.abs(scene.image.astype(int) - empty.image).max(axis=2) > 3
    return mask


def hue_in(scene: Scene, thing: Thing) -> float:
    """The middle hue of the inner part of a badge, red counted up from -90 so that it has no seam."""
    assert thing.badge is not None
    x1, y1, x2, y2 = thing.badge.box
    inner = cv2.cvtColor(scene.image, cv2.COLOR_BGR2HSV)[y1 + 4 : y2 - 4, x1 + 4 : x2 - 4, 0].astype(int)
    return float(np.median((inner + 90) % 180 - 90))


def test_the_same_seed_draws_the_same_bytes() -> None:
    assert draw_scene(5).image.tobytes() == draw_scene(5).image.tobytes()
    assert draw_scene(5).things == draw_scene(5).things


def test_another_process_draws_the_same_bytes() -> None:
    code = "import sys; from dojo.desk import draw_scene; sys.stdout.buffer.write(draw_scene(5).image.tobytes())"
    there = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert there.stdout == draw_scene(5).image.tobytes()


def test_another_seed_draws_another_picture() -> None:
    pictures = {draw_scene(seed).image.tobytes() for seed in range(20)}
    assert len(pictures) == 20


def test_drawing_leaves_the_global_luck_alone() -> None:
    random.seed(1)
    np.random.seed(1)
    cv2.setRNGSeed(1)
    luck = (random.random(), np.random.random(), cv2.randu(np.zeros((1, 4)), 0, 1).tolist())
    random.seed(1)
    np.random.seed(1)
    cv2.setRNGSeed(1)
    draw_scene(3)
    assert (random.random(), np.random.random(), cv2.randu(np.zeros((1, 4)), 0, 1).tolist()) == luck


@pytest.mark.parametrize("size", [(320, 240), (640, 480), (64, 200), (201, 67)])
def test_an_image_has_the_size_asked_for_in_bgr_bytes(size: tuple[int, int]) -> None:
    image = draw_scene(2, size).image
    assert image.shape == (size[1], size[0], 3)
    assert image.dtype == np.uint8


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", [(320, 240), (640, 480)])
def test_a_box_is_where_a_lone_thing_differs_from_the_empty_desk(kind: str, size: tuple[int, int]) -> None:
    for seed in range(8):
        alone = draw_scene(seed, size, kinds=[kind], light="flat")
        empty = draw_scene(seed, size, count=0, light="flat")
        # A thing may have the desk's colour at its edge, so each side may be found short by a pixel or two.
        x, y, w, h = cv2.boundingRect(differs(alone, empty).astype(np.uint8))
        found = np.array([x, y, x + w, y + h])
        assert np.abs(found - alone.things[0].box).max() <= 2, (kind, seed)


def test_a_box_leaves_the_shadow_out() -> None:
    flat, day = (draw_scene(8, kinds=["bottle"], light=light) for light in ("flat", "day"))
    assert flat.things[0].box == day.things[0].box
    empty = draw_scene(8, count=0)
    assert cv2.boundingRect(differs(day, empty).astype(np.uint8))[2] > day.things[0].box[2] - day.things[0].box[0] + 8


def square(side: int, x: int, y: int) -> Stand:
    """A square cup with its top left at (x, y)."""
    cover = np.ones((side, side), np.float32)
    cutout = Cutout(np.zeros((side, side, 3), np.float32), cover, None, (side // 2, side))
    return Stand(Plan("cup", (0, 0, 0), None), cutout, x, y)


def test_a_box_holds_only_what_can_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    far, near = square(20, 100, 100), square(40, 75, 90)  # the near one hides the far one's left three quarters
    monkeypatch.setattr("dojo.desk.scene.arrange", lambda *arguments: [far, near])
    things = draw_scene(1).things
    assert things == (Thing("cup", (115, 100, 120, 120), 0.25), Thing("cup", (75, 90, 115, 130), 1.0))


def test_a_badge_that_is_hidden_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    far = square(20, 100, 100)
    badge = np.zeros((20, 20), bool)
    badge[4:8, 4:8] = True
    worn = replace(far, plan=Plan("figure", (0, 0, 0), 60), cutout=replace(far.cutout, badge=badge))
    monkeypatch.setattr("dojo.desk.scene.arrange", lambda *arguments: [worn])
    assert draw_scene(1).things[0].badge == Badge("green", 60, (104, 104, 108, 108))
    monkeypatch.setattr("dojo.desk.scene.arrange", lambda *arguments: [worn, square(40, 75, 90)])
    assert draw_scene(1).things[0].badge is None


@pytest.mark.parametrize("count", [1, 5, 12])
def test_every_thing_is_inside_the_picture_and_a_third_of_it_can_be_seen(count: int) -> None:
    for seed in range(40):
        scene = draw_scene(seed, count=count)
        assert len(scene.things) == count
        for thing in scene.things:
            x1, y1, x2, y2 = thing.box
            assert 0 <= x1 < x2 <= 320
            assert 0 <= y1 < y2 <= 240
            assert 1 / 3 < thing.visible <= 1


def test_named_kinds_are_drawn_once_each() -> None:
    scene = draw_scene(4, kinds=["cup", "figure", "cup"])
    assert sorted(thing.kind for thing in scene.things) == ["cup", "cup", "figure"]


def test_a_count_picks_that_many_of_the_kinds() -> None:
    assert {thing.kind for thing in draw_scene(4, kinds=["cup", "ball"], count=9).things} == {"cup", "ball"}
    assert draw_scene(4, count=0).things == ()


def test_without_a_word_the_seed_decides_on_three_to_six_things_of_all_kinds() -> None:
    scenes = [draw_scene(seed) for seed in range(60)]
    assert {len(scene.things) for scene in scenes} == {3, 4, 5, 6}
    assert {thing.kind for scene in scenes for thing in scene.things} == set(KINDS)


@pytest.mark.parametrize("badge", BADGES)
def test_a_badge_is_painted_in_the_colour_that_it_says(badge: str) -> None:
    for seed in range(6):
        scene = draw_scene(seed, kinds=["figure"], badges=[badge])
        (thing,) = scene.things
        assert thing.badge is not None
        assert thing.badge.colour == badge
        told = (thing.badge.hue + 90) % 180 - 90
        assert abs(hue_in(scene, thing) - told) <= 2


def test_red_badges_lie_on_both_sides_of_hue_zero() -> None:
    badges = [draw_scene(seed, kinds=["figure"], badges=["red"]).things[0].badge for seed in range(20)]
    sides = {badge.hue < 90 for badge in badges if badge is not None}
    assert sides == {True, False}


@pytest.mark.parametrize(("hue", "name"), [(3, "red"), (177, "red"), (60, "green"), (110, "blue")])
def test_a_badge_can_be_asked_for_by_its_hue(hue: int, name: str) -> None:
    scene = draw_scene(1, kinds=["figure"], badges=[hue])
    badge = scene.things[0].badge
    assert badge is not None
    assert (badge.hue, badge.colour) == (hue, name)
    assert abs(hue_in(scene, scene.things[0]) - ((hue + 90) % 180 - 90)) <= 2


def test_a_badge_box_holds_the_badge_and_nothing_else() -> None:
    for seed in range(10):
        bare, worn = (draw_scene(seed, kinds=["figure"], badges=[b], light="flat") for b in (None, "red"))
        badge = worn.things[0].badge
        assert badge is not None
        x, y, w, h = cv2.boundingRect(differs(worn, bare).astype(np.uint8))
        assert np.abs(np.array([x, y, x + w, y + h]) - badge.box).max() <= 2


def test_badges_are_dealt_to_the_figures_in_turn() -> None:
    things = draw_scene(6, kinds=["figure"] * 3, badges=["red", None]).things
    assert sorted(thing.badge.colour if thing.badge else "none" for thing in things) == ["none", "red", "red"]
    assert all(thing.badge is None for thing in draw_scene(6, kinds=["figure"] * 3, badges=[]).things)


def test_left_to_the_seed_some_figures_wear_a_badge_and_some_do_not() -> None:
    worn = [draw_scene(seed, kinds=["figure"]).things[0].badge is not None for seed in range(40)]
    assert 10 < sum(worn) < 36


@pytest.mark.parametrize("kind", ["cup", "book"])
def test_a_thing_can_be_painted_red_to_mislead_a_finder_of_red_badges(kind: str) -> None:
    for seed in range(4):
        scene = draw_scene(seed, kinds=[kind], colours=["red"])
        x1, y1, x2, y2 = scene.things[0].box
        hsv = cv2.cvtColor(scene.image[y1:y2, x1:x2], cv2.COLOR_BGR2HSV)
        red = sum(cv2.inRange(hsv, (low, 120, 60), (high, 255, 255)) > 0 for low, high in RED)
        assert red.mean() > 0.2
        assert scene.things[0].badge is None


def test_a_dark_scene_is_less_than_half_as_bright() -> None:
    day, dark = (draw_scene(9, light=light) for light in ("day", "dark"))
    assert dark.image.mean() < day.image.mean() / 2
    assert [thing.box for thing in dark.things] == [thing.box for thing in day.things]


def test_a_scene_remembers_its_seed() -> None:
    assert draw_scene(11).seed == 11


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"size": (0, 240)}, r"\(0, 240\).*64 to 2048"),
        ({"size": (320.5, 240)}, "whole pixels"),
        ({"size": 320}, r"\(width, height\)"),
        ({"seed": -1}, "seed is -1"),
        ({"seed": 1.5}, "seed is 1.5"),
        ({"count": 13}, "count is 13.*0 to 12"),
        ({"kinds": ["cup"] * 13}, "0 to 12"),
        ({"kinds": ["cop"]}, "did you mean 'cup'"),
        ({"kinds": "cup"}, r"kinds=\['cup'\]"),
        ({"kinds": [], "count": 2}, "kinds is empty"),
        ({"badges": ["rde"]}, "did you mean 'red'"),
        ({"badges": [180]}, "hue is 180.*0 to 179"),
        ({"badges": "red"}, r"badges=\['red'\]"),
        ({"colours": ["blu"]}, "did you mean 'blue'"),
        ({"light": "night"}, "day, dark, flat"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_one_sentence(arguments: dict[str, object], words: str) -> None:
    with pytest.raises(DojoError, match=words) as failure:
        draw_scene(**{"seed": 1, **arguments})  # type: ignore[arg-type] # wrong on purpose
    assert "\n" not in str(failure.value)


def test_the_desk_lists_its_names_and_no_others() -> None:
    import dojo.desk

    assert {"red", "blue"} <= set(PAINTS)
    assert set(LIGHTS) == {"day", "dark", "flat"}
    with pytest.raises(AttributeError, match="draw_seen"):
        _ = dojo.desk.draw_seen


def test_importing_the_desk_imports_no_opencv() -> None:
    code = "import sys, dojo, dojo.desk, dojo.vision; sys.exit('cv2' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
