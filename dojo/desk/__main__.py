"""`python -m dojo.desk OUT_DIR`: write pictures of the desk, and one JSON file of what is in them and where."""

import argparse
import json
import re
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from dojo.errors import DojoError, UsageError

_MOST = 10_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit status."""
    parser = argparse.ArgumentParser(prog="python -m dojo.desk", description=__doc__)
    parser.add_argument("out_dir", metavar="OUT_DIR", type=Path, help="a folder, made where there is none")
    parser.add_argument("--seed", metavar="N", default="0", help="the first picture's seed (default 0)")
    parser.add_argument("--count", metavar="K", default="1", help="how many pictures, of seeds N, N+1, ... (default 1)")
    parser.add_argument("--size", metavar="WxH", default="320x240", help="width and height in pixels (default 320x240)")
    asked = parser.parse_args(arguments)
    try:
        first, count = _number("--seed", asked.seed, 0, None), _number("--count", asked.count, 1, _MOST)
        write_pictures(asked.out_dir, range(first, first + count), _size(asked.size))
    except DojoError as error:
        print(error, file=sys.stderr)  # noqa: T201 - a command prints
        return error.exit_code
    noun = "picture" if count == 1 else "pictures"
    print(f"Wrote {count} {noun} and boxes.json to {asked.out_dir}")  # noqa: T201 - a command prints
    return 0


def write_pictures(folder: Path, seeds: Sequence[int], size: tuple[int, int]) -> None:
    """Write desk-SEED.png for each seed, and boxes.json: {"pictures": [{"file", "seed", "size", "things"}, ...]}.

    `size` is (width, height); a thing has the fields of `dojo.desk.Thing`. Raises DojoError for a size that cannot be
    drawn and for a folder that cannot be written.
    """
    from dojo.vision import opencv

    cv2 = opencv()
    from dojo.desk import draw_scene
    from dojo.desk.plans import check_size

    check_size(size)  # before a folder is made for nothing
    pictures: list[dict[str, Any]] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for seed in seeds:
            scene = draw_scene(seed, size)
            name = f"desk-{seed:05d}.png"
            # Not cv2.imwrite: it answers an unwritable path with False, and on Windows takes no accents.
            (folder / name).write_bytes(cv2.imencode(".png", scene.image)[1].tobytes())
            things = [asdict(thing) for thing in scene.things]
            pictures.append({"file": name, "seed": seed, "size": list(size), "things": things})
        (folder / "boxes.json").write_text(json.dumps({"pictures": pictures}, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        reason = error.strerror or str(error)
        raise DojoError(f"The folder {folder} cannot be written ({reason}): name another OUT_DIR.") from error


def _number(option: str, text: str, least: int, most: int | None) -> int:
    number = int(text) if re.fullmatch(r"[0-9]{1,18}", text) else -1
    if number < least or (most is not None and number > most):
        span = f"from {least} up" if most is None else f"from {least} to {most}"
        raise UsageError(f"{option} is {text!r}: give a whole number {span}.")
    return number


def _size(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"([0-9]{1,6})x([0-9]{1,6})", text)
    if match is None:
        raise UsageError(f"--size is {text!r}: give width x height in pixels, such as 320x240.")
    return int(match[1]), int(match[2])


if __name__ == "__main__":
    sys.exit(main())
