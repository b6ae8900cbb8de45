"""The steps from nothing to the shipped files: draw, train, export, score, ship. Each reads what those before wrote.

In the working folder: data/TASK (draw), TASK/plan.json, TASK/stage-N and TASK/log.jsonl (train), desk-TASK.pt and
desk-TASK.onnx (export), tests/, TASK-scores.json and TASK.md, the card (score). `ship` copies what the repository keeps
beside this file. Ultralytics' own settings and caches lie in .config of the working folder.
"""

from __future__ import annotations

import json
import platform
import shutil
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from dojo.errors import DojoError
from dojo.models.desk.plan import PLANS, Plan, shortened

__all__ = ["HOME", "export", "prepare", "score", "ship", "shipped", "train"]

HOME = Path(__file__).parent

Say = Callable[[str], None]


def shipped(task: str) -> dict[str, str]:
    """What the repository keeps for a task: names in the working folder, and names here."""
    return {
        f"desk-{task}.pt": f"desk-{task}.pt",
        f"desk-{task}.onnx": f"desk-{task}.onnx",
        f"{task}/log.jsonl": f"{task}-log.jsonl",
        f"{task}-scores.json": f"{task}-scores.json",
        f"{task}.md": f"{task}.md",
    }


def prepare(folder: Path, threads: int) -> None:
    """Keep ultralytics at home in the working folder, silent but for what is wrong, and at so many threads."""
    from dojo.offline import keep_home

    folder.mkdir(parents=True, exist_ok=True)
    keep_home(folder)
    import logging

    import torch
    from ultralytics.utils import LOGGER

    LOGGER.setLevel(logging.ERROR)
    torch.set_num_threads(threads)


def train(folder: Path, task: str, pictures: int | None, passes: int | None, say: Say) -> None:
    """Draw the pictures and learn from them, or go on with it; `pictures` and `passes` shorten the plan."""
    from dojo.desk import write_dataset
    from dojo.models.desk.train import Pass, learn

    plan = shortened(PLANS[task], pictures, passes)
    home = folder / task
    _claim(home, plan)
    start = None
    if plan.start:
        start = folder / plan.start
        if not start.is_file():
            raise DojoError(
                f"{task} begins from {plan.start}, which {folder} lacks: first run "
                f"python -m dojo.models.desk train --task detect --out {folder}"
            )
    say(f"Drawing {plan.pictures:,} pictures in {folder / 'data' / task} ...")
    few = min(300, plan.pictures)
    data = write_dataset(folder / "data" / task, task, train=plan.pictures, val=few, test=0, seed=plan.seed)
    for number, stage in enumerate(plan.stages, 1):

        def tell(one: Pass, number: int = number) -> None:
            stage = plan.stages[number - 1]
            looked = round(plan.pictures * stage.share)
            entry = {"stage": number, "size": stage.size, "pictures": looked, **asdict(one)}
            with (home / "log.jsonl").open("a", encoding="utf-8") as log:
                log.write(json.dumps(entry) + "\n")
            losses = ", ".join(f"{name} {value:.3f}" for name, value in one.losses.items() if value)
            say(f"Stage {number}, pass {one.number} of {stage.passes}: {losses}; {one.cpu_seconds:,.0f} CPU seconds.")

        say(f"Stage {number} of {len(plan.stages)}: {stage.passes} passes at {stage.size} pixels.")
        shape = HOME / f"{task}.yaml"
        start = learn(task, stage, plan.batch, data, shape, start, home / f"stage-{number}", tell)
    say(f"Trained. Next: python -m dojo.models.desk export --task {task} --out {folder}")


def export(folder: Path, task: str, say: Say) -> None:
    """Write the .pt and the .onnx, and prove that torch, ONNX Runtime and OpenCV read the same from them."""
    from dojo.desk import draw_scene
    from dojo.models.desk import IMGSZ
    from dojo.models.desk.export import differences, write_onnx, write_pt

    checkpoints = sorted((folder / task).glob("stage-*/weights/last.pt"))
    if not checkpoints:
        raise DojoError(
            f"There is no checkpoint in {folder / task}; "
            f"make one with: python -m dojo.models.desk train --task {task} --out {folder}"
        )
    pt, onnx = folder / f"desk-{task}.pt", folder / f"desk-{task}.onnx"
    write_pt(checkpoints[-1], task, pt)
    write_onnx(pt, task, onnx)
    pictures = [draw_scene(seed, (IMGSZ, IMGSZ)).image for seed in range(4)]
    for reader, most in differences(pt, onnx, pictures).items():
        say(f"{reader} differs from torch by {most:.1e} at most.")
        if most > 0.05:  # of a pixel
            raise DojoError(f"{reader} and torch disagree by {most:.2f} on {onnx.name}; do not ship it.")
    for file in (pt, onnx):
        say(f"{file}: {file.stat().st_size:,} bytes")


def score(folder: Path, task: str, count: int, say: Say) -> dict[str, Any]:
    """Measure the .onnx on `count` drawn pictures a style; writes TASK-scores.json and the card."""
    from dojo.models.desk.card import filled
    from dojo.models.desk.score import STYLES, draw_tests, figures, speed

    file = folder / f"desk-{task}.onnx"
    if not file.is_file():
        raise DojoError(
            f"There is no {file.name} in {folder}; "
            f"make it with: python -m dojo.models.desk export --task {task} --out {folder}"
        )
    tests = folder / "tests"
    tests.mkdir(exist_ok=True)
    found: dict[str, Any] = {"task": task, "date": time.strftime("%Y-%m-%d"), "machine": _machine(), "pictures": count}
    found["files"] = {one.name: one.stat().st_size for one in (folder / f"desk-{task}.pt", file)}
    found["training"] = _trained(folder / task)
    found["parameters"] = _parameters(folder / f"desk-{task}.pt")
    for style in STYLES:
        yaml = draw_tests(tests, task, style, count, say)
        say(f"Measuring on {style} pictures ...")
        found[style] = figures(file, task, yaml, tests)
    found["speed"] = speed(file)
    if task == "detect":
        found["crossings"] = _crossings(file, say)
    (folder / f"{task}-scores.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    card = (HOME / f"{task}.md").read_text(encoding="utf-8")
    (folder / f"{task}.md").write_text(filled(card, found), encoding="utf-8")
    return found


def ship(folder: Path, task: str, say: Say) -> None:
    """Copy the shipped files from the working folder into the package."""
    missing = [name for name in shipped(task) if not (folder / name).is_file()]
    if missing:
        raise DojoError(
            f"{folder} lacks {', '.join(missing)}; make them with: "
            f"python -m dojo.models.desk all --task {task} --out {folder}"
        )
    for name, here in shipped(task).items():
        shutil.copyfile(folder / name, HOME / here)
        say(f"{HOME / here}")


def _claim(home: Path, plan: Plan) -> None:
    """Write the plan down, or find it written; a DojoError for a folder that another plan began."""
    home.mkdir(parents=True, exist_ok=True)
    text = json.dumps(asdict(plan), indent=1) + "\n"
    file = home / "plan.json"
    if file.exists() and file.read_text(encoding="utf-8") != text:
        raise DojoError(f"{home} was begun with another plan, see {file.name}: name another folder with --out.")
    file.write_text(text, encoding="utf-8")


def _trained(home: Path) -> dict[str, Any]:
    """Passes over pictures and CPU seconds, from the log."""
    rows = [json.loads(line) for line in (home / "log.jsonl").read_text(encoding="utf-8").splitlines()]
    return {
        "passes": len(rows),
        "pictures": max(row["pictures"] for row in rows),
        "seen": sum(row["pictures"] for row in rows),
        "cpu_seconds": round(sum(row["cpu_seconds"] for row in rows)),
    }


def _parameters(file: Path) -> int:
    from ultralytics.nn.tasks import load_checkpoint

    return sum(weight.numel() for weight in load_checkpoint(str(file))[0].parameters())


def _crossings(file: Path, say: Say) -> list[dict[str, Any]]:
    from dojo.desk import draw_clip
    from dojo.models.desk.count import CLIPS, count_crossings

    rows = []
    for story, seed in CLIPS:
        found, true = count_crossings(file, draw_clip(seed, 150, story=story))
        rows.append({"story": story, "seed": seed, "found": found, "true": true})
        say(f"Clip {story} {seed}: crossings found {found}, true {true}.")
    return rows


def _machine() -> str:
    """The processor's name, in words."""
    about = Path("/proc/cpuinfo")
    if about.exists():
        for line in about.read_text().splitlines():
            if line.startswith("model name"):
                return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()
