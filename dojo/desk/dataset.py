"""Data sets in YOLO's format, drawn by seed: pictures, labels and data.yaml.

Covered:
* the same arguments write the same bytes, on one machine and one version of OpenCV and numpy;
* no picture is in two splits, or twice in one, and a larger data set begins with the pictures of a smaller one;
* a label stands whole before its picture does; who was interrupted calls again with the same arguments and goes on;
* a folder that holds anything else is left as it is.
"""

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import cv2
import numpy as np

from dojo.desk.labels import TASKS, choose_scene, label_text, yaml_lines
from dojo.desk.plans import check_names, check_size, check_whole
from dojo.desk.scene import STYLES, draw_scene
from dojo.errors import DojoError

MOST = 1_000_000  # pictures in a split: each has so many scene seeds of its own
_SPLITS = ("train", "val", "test")
_RECIPE = "desk.json"
_QUALITY = 93

Progress = Callable[[int, int], object]


@dataclass(frozen=True)
class Recipe:
    """All that the bytes of a data set depend on, but for the versions of the libraries."""

    task: str
    train: int
    val: int
    test: int
    seed: int
    size: tuple[int, int]
    style: str

    def pictures(self) -> Iterator[tuple[str, int, int]]:
        """Split, number in it, and scene seed of each picture, the test pictures first."""
        for place, split in reversed(list(enumerate(_SPLITS))):
            # The first million scene seeds are nobody's: lessons and labs draw their pictures from those.
            start = (self.seed * len(_SPLITS) + place + 1) * MOST
            for number in range(getattr(self, split)):
                yield split, number, start + number


def write_dataset(
    folder: str | os.PathLike[str],
    task: str = "detect",
    train: int = 1000,
    val: int = 200,
    test: int = 200,
    *,
    seed: int = 0,
    size: tuple[int, int] = (320, 240),
    style: str = "mixed",
    progress: Progress | None = None,
) -> Path:
    """Write a data set for ultralytics to train on; returns the path of its data.yaml.

    `task` is "detect" (boxes of all kinds), "segment" (polygons of all kinds) or "pose" (boxes and joints of figures;
    the other kinds are there, without labels). `train`, `val` and `test` are numbers of pictures, up to a million.
    `size` is (width, height) in pixels, `style` as in `draw_scene`. `progress` is called with the number of pictures
    that are there and the number that there will be.

    The folder must be new, empty, or hold a part of the same data set: then only what is missing is drawn. Raises
    DojoError for any other folder, for a name or number that there is not, and for a disk that cannot be written.
    """
    check_names("task", [task], TASKS)
    check_names("style", [style], STYLES)
    for name, number in zip(_SPLITS, (train, val, test), strict=True):
        check_whole(name, number, MOST)
    recipe = Recipe(task, train, val, test, check_whole("seed", seed), check_size(size), style)
    root = Path(folder)
    try:
        _claim(root, recipe)
        _draw(root, recipe, progress)
        yaml = root / "data.yaml"
        _write_whole(yaml, _yaml(recipe).encode())
    except OSError as error:
        reason = error.strerror or str(error)
        raise DojoError(
            f"The data set in {root} cannot be written ({reason}): mend that and call again, and it goes on from there."
        ) from error
    return yaml


def _claim(root: Path, recipe: Recipe) -> None:
    """Make the folder ours, or find that it already is; a DojoError for one that is somebody else's."""
    root.mkdir(parents=True, exist_ok=True)
    text = json.dumps({**asdict(recipe), "opencv": cv2.__version__, "numpy": np.__version__}, indent=1) + "\n"
    mark = root / _RECIPE
    if mark.exists():
        if mark.read_text(encoding="utf-8") != text:
            raise DojoError(
                f"{root} holds another data set, see {mark.name}: name a new folder, or ask for that one to go on."
            )
    elif any(root.iterdir()):
        raise DojoError(f"{root} is not empty, and what is in it is no data set of the desk: name a new folder.")
    else:
        _write_whole(mark, text.encode())
    for split in _SPLITS:
        for kind in ("images", "labels"):
            (root / kind / split).mkdir(parents=True, exist_ok=True)


def _draw(root: Path, recipe: Recipe, progress: Progress | None) -> None:
    total = recipe.train + recipe.val + recipe.test
    for done, (split, number, seed) in enumerate(recipe.pictures()):
        if progress is not None:
            progress(done, total)
        picture = root / "images" / split / f"{number:06d}.jpg"
        if picture.exists():
            continue
        kinds, count = choose_scene(recipe.task, seed)
        scene = draw_scene(seed, recipe.size, kinds, count, style=recipe.style)
        label = label_text(scene, recipe.task).encode()
        _write_whole(root / "labels" / split / f"{number:06d}.txt", label)
        jpeg = cv2.imencode(".jpg", scene.image, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])[1]
        _write_whole(picture, jpeg.tobytes())
    if progress is not None:
        progress(total, total)


def _write_whole(path: Path, data: bytes) -> None:
    """Write a file that is there whole or not at all."""
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(data)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _yaml(recipe: Recipe) -> str:
    """What ultralytics reads: paths are relative to the file itself, so the folder can be moved."""
    lines = [f"# A data set of the desk world for {recipe.task}, drawn by seed: see {_RECIPE}."]
    lines += [f"{split}: images/{split}" for split in _SPLITS if getattr(recipe, split)]
    return "\n".join([*lines, *yaml_lines(recipe.task), ""])
