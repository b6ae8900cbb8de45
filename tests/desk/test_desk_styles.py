"""Wild scenes, and the pictures that are shipped."""

import runpy
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest

from dojo.desk import KINDS, STYLES, Scene, draw_scene
from dojo.desk.scatter import LEAST_VISIBLE
from dojo.errors import DojoError
from dojo.vision import load

LAB_9 = Path(__file__).parents[2] / "labs" / "09-pixels-first" / "data"
DRAWN_WITH = "5.0.0"  # the OpenCV of labs/09-pixels-first/data/*.png


@pytest.fixture(scope="module")
def wild() -> list[Scene]:
    return [draw_scene(seed, style="wild") for seed in range(150)]


@pytest.mark.skipif(cv2.__version__ != DRAWN_WITH, reason="another OpenCV draws other pixels")
def test_the_shipped_pictures_of_lab_9_are_drawn_again_byte_for_byte() -> None:
    desks = runpy.run_path(str(LAB_9 / "draw.py"))["DESKS"]
    for number, (seed, kinds, badges, colours, light) in enumerate(desks, start=1):
        scene = draw_scene(seed, kinds=kinds, badges=badges, colours=colours, light=light)
        assert np.array_equal(scene.image, load(LAB_9 / f"desk-{number}.png")), number


@pytest.mark.skipif(cv2.__version__ != DRAWN_WITH, reason="another OpenCV draws other pixels")
def test_another_process_draws_the_same_wild_bytes() -> None:
    code = "import sys; from dojo.desk import draw_scene; sys.stdout.buffer.write(draw_scene(5, style='wild').image)"
    there = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert there.stdout == draw_scene(5, style="wild").image.tobytes()


def test_wild_scenes_hold_all_kinds_and_leave_no_riddles(wild: list[Scene]) -> None:
    things = [thing for scene in wild for thing in scene.things]
    assert {thing.kind for thing in things} == set(KINDS)
    for thing in things:
        x1, y1, x2, y2 = thing.box
        assert thing.visible >= LEAST_VISIBLE
        assert min(x2 - x1, y2 - y1) >= 6


def test_wild_things_come_small_and_large_hidden_and_cut_off(wild: list[Scene]) -> None:
    things = [thing for scene in wild for thing in scene.things]
    longest = [max(t.box[2] - t.box[0], t.box[3] - t.box[1]) for t in things]
    assert min(longest) < 20
    assert max(longest) > 180
    assert np.mean([thing.visible < 0.75 for thing in things]) > 0.15
    edges = [t.box[0] == 0 or t.box[1] == 0 or t.box[2] == 320 or t.box[3] == 240 for t in things]
    assert 0.05 < np.mean(edges) < 0.5


def test_wild_light_goes_from_dark_to_bright(wild: list[Scene]) -> None:
    means = np.array([scene.image.mean() for scene in wild])
    assert np.quantile(means, 0.05) < 60
    assert np.quantile(means, 0.95) > 140


def test_wild_pictures_are_sharp_and_blurred(wild: list[Scene]) -> None:
    sharp = [cv2.Laplacian(scene.image, cv2.CV_64F).std() for scene in wild]
    assert max(sharp) > 6 * min(sharp)


def test_a_wild_scene_never_has_more_things_than_asked_for_and_mostly_all() -> None:
    counts = [len(draw_scene(seed, count=5, style="wild").things) for seed in range(60)]
    assert max(counts) == 5
    assert np.mean(counts) > 4.3


def test_clutter_is_in_no_list() -> None:
    scenes = [draw_scene(seed, count=0, style="wild") for seed in range(20)]
    assert all(scene.things == () and (scene.owner == -1).all() for scene in scenes)


def test_mixed_scenes_are_the_tidy_or_the_wild_ones_of_their_seed() -> None:
    tidy = 0
    for seed in range(60):
        mixed = draw_scene(seed, style="mixed").image
        is_tidy = np.array_equal(mixed, draw_scene(seed).image)
        assert is_tidy or np.array_equal(mixed, draw_scene(seed, style="wild").image)
        tidy += is_tidy
    assert 5 < tidy < 27


@pytest.mark.parametrize("size", [(64, 64), (640, 480), (64, 200), (201, 67)])
def test_a_wild_scene_has_any_size(size: tuple[int, int]) -> None:
    for seed in range(8):
        scene = draw_scene(seed, size, style="wild")
        assert scene.image.shape == (size[1], size[0], 3)
        assert scene.image.dtype == np.uint8


def test_light_can_be_named_on_a_wild_desk() -> None:
    bright, dark = (
        np.mean([draw_scene(seed, style="wild", light=light).image.mean() for seed in range(20)])
        for light in ("flat", "dark")
    )
    assert dark < bright / 2


def test_wild_seeds_differ() -> None:
    assert len({draw_scene(seed, style="wild").image.tobytes() for seed in range(40)}) == 40


def test_an_unknown_style_is_refused_in_one_sentence() -> None:
    assert STYLES == ("tidy", "wild", "mixed")
    with pytest.raises(DojoError, match="did you mean 'wild'"):
        draw_scene(1, style="wilde")
