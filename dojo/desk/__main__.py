"""Draw the desk world: pictures, clips, and data sets to train on."""

import argparse
import json
import re
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dojo.errors import DojoError, UsageError

if TYPE_CHECKING:
    from dojo.desk import Clip

_MOST = 10_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit status."""
    asked = _parser().parse_args(arguments)
    try:
        said = {"pictures": _pictures, "clip": _clip, "dataset": _dataset}[asked.what](asked)
    except DojoError as error:
        print(error, file=sys.stderr)  # noqa: T201 - a command prints
        return error.exit_code
    except KeyboardInterrupt:
        hint = " The same command goes on from there." if asked.what == "dataset" else ""
        print(f"\nStopped.{hint}", file=sys.stderr)  # noqa: T201 - a command prints
        return 130
    print(said)  # noqa: T201 - a command prints
    return 0


def write_pictures(folder: Path, seeds: Sequence[int], size: tuple[int, int], style: str = "tidy") -> None:
    """Write desk-SEED.png for each seed, and boxes.json: {"pictures": [{"file", "seed", "size", "things"}, ...]}.

    `size` is (width, height); a thing has the fields of `dojo.desk.Thing`. Raises DojoError for a size that cannot be
    drawn and for a folder that cannot be written.
    """
    from dojo.vision import opencv

    cv2 = opencv()
    from dojo.desk import draw_scene
    from dojo.desk.plans import check_size

    check_size(size)  # before a folder is made for nothing
    _spare(folder / "boxes.json", "pictures", "OUT_DIR")
    pictures: list[dict[str, Any]] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for seed in seeds:
            scene = draw_scene(seed, size, style=style)
            name = f"desk-{seed:05d}.png"
            # Not cv2.imwrite: it answers an unwritable path with False, and on Windows takes no accents.
            (folder / name).write_bytes(cv2.imencode(".png", scene.image)[1].tobytes())
            things = [asdict(thing) for thing in scene.things]
            pictures.append({"file": name, "seed": seed, "size": list(size), "things": things})
        (folder / "boxes.json").write_text(json.dumps({"pictures": pictures}, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        reason = error.strerror or str(error)
        raise DojoError(f"The folder {folder} cannot be written ({reason}): name another OUT_DIR.") from error


def write_tracks(path: Path, clip: "Clip") -> None:
    """Write what is true of a clip: its size, fps and line, its crossings, and the tracks of each frame, as JSON."""
    truth = {
        "seed": clip.seed,
        "size": clip.size,
        "fps": clip.fps,
        "line": clip.line,
        "crossings": [asdict(crossing) for crossing in clip.crossings],
        "visits": [asdict(visit) for visit in clip.visits()],
        "frames": [[asdict(track) for track in tracks] for tracks in clip.tracks()],
    }
    try:
        path.write_text(json.dumps(truth) + "\n", encoding="utf-8")
    except OSError as error:
        raise DojoError(f"{path} cannot be written ({error.strerror or error}): name another FILE.") from error


def _spare(path: Path, key: str, word: str) -> None:
    """Raise DojoError where a file would be lost that is not of our making: ours holds an object with this key."""
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
    except OSError:  # nothing is there, or what is the matter is told when it is written
        return
    except (ValueError, RecursionError):
        said = None
    if not (isinstance(said, dict) and key in said):
        raise DojoError(f"{path} is there already and is none of the desk's: name another {word}.")


def _pictures(asked: argparse.Namespace) -> str:
    first, count = _number("--seed", asked.seed, 0, None), _number("--count", asked.count, 1, _MOST)
    write_pictures(asked.out_dir, range(first, first + count), _size(asked.size), asked.style)
    noun = "picture" if count == 1 else "pictures"
    return f"Wrote {count} {noun} and boxes.json to {asked.out_dir}"


def _clip(asked: argparse.Namespace) -> str:
    from dojo.desk import draw_clip, write_clip

    seed, frames = _number("--seed", asked.seed, 0, None), _number("--frames", asked.frames, 1, 100_000)
    clip = draw_clip(seed, frames, _number("--fps", asked.fps, 1, 120), _size(asked.size), story=asked.story)
    beside = asked.file.with_suffix(".json")
    _spare(beside, "crossings", "FILE")
    write_clip(asked.file, clip, clip.fps, lossless=asked.lossless)
    write_tracks(beside, clip)
    return f"Wrote {frames} frames to {asked.file}, and who is where to {beside.name}"


def _dataset(asked: argparse.Namespace) -> str:
    from dojo.desk import write_dataset

    counts = {split: _number(f"--{split}", getattr(asked, split), 0, None) for split in ("train", "val", "test")}
    seed = _number("--seed", asked.seed, 0, None)
    path = write_dataset(
        asked.folder,
        asked.task,
        **counts,
        seed=seed,
        size=_size(asked.size),
        style=asked.style,
        progress=_show_progress,
    )
    return f"Wrote {sum(counts.values())} pictures with their labels; train with {path}"


def _show_progress(done: int, total: int) -> None:
    if sys.stderr.isatty() and (done % 50 == 0 or done == total):
        print(f"\r{done} of {total} pictures", end="" if done < total else "\n", file=sys.stderr)  # noqa: T201 - a command


def _parser() -> argparse.ArgumentParser:
    """The options; numbers and sizes stay text here, so that a wrong one gets our sentence."""
    parser = argparse.ArgumentParser(prog="python -m dojo.desk", description=__doc__)
    commands = parser.add_subparsers(dest="what", metavar="{pictures,clip,dataset}", required=True)
    styles = ("tidy", "wild", "mixed")  # told without OpenCV; `dojo.desk.STYLES` are the same
    one = commands.add_parser("pictures", help="pictures, and one JSON file of what is in them and where")
    one.add_argument("out_dir", metavar="OUT_DIR", type=Path, help="a folder, made where there is none")
    one.add_argument("--count", metavar="K", default="1", help="how many pictures, of seeds N, N+1, ... (default 1)")
    one.add_argument("--style", choices=styles, default="tidy", help="how much they vary (default tidy)")
    two = commands.add_parser("clip", help="a clip, and one JSON file of its tracks and crossings")
    two.add_argument("file", metavar="FILE", type=Path, help="ends in .avi, .mkv (lossless) or .webm (for browsers)")
    two.add_argument("--frames", metavar="K", default="150", help="how many frames (default 150)")
    two.add_argument("--fps", metavar="F", default="25", help="frames a second (default 25)")
    two.add_argument("--story", choices=("desk", "crowd", "door"), default="desk", help="what happens (default desk)")
    two.add_argument("--lossless", action="store_true", help="an .avi that gives back the very pixels, and is large")
    three = commands.add_parser("dataset", help="pictures and labels for ultralytics; goes on where it was stopped")
    three.add_argument("folder", metavar="FOLDER", type=Path, help="a new folder, or one to go on with")
    three.add_argument("--task", choices=("detect", "segment", "pose"), default="detect", help="(default detect)")
    for split, usual in (("train", "1000"), ("val", "200"), ("test", "200")):
        three.add_argument(f"--{split}", metavar="K", default=usual, help=f"pictures (default {usual})")
    three.add_argument("--style", choices=styles, default="mixed", help="how much they vary (default mixed)")
    for command in (one, two, three):
        command.add_argument(
            "--seed", metavar="N", default="0", help="a whole number; the same draws the same (default 0)"
        )
        command.add_argument("--size", metavar="WxH", default="320x240", help="in pixels (default 320x240)")
    return parser


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
