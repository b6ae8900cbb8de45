"""`python -m dojo.models.desk train|export|score|all|ship`: make the desk weights again, from nothing."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from dojo.errors import DojoError
from dojo.models.desk import TASKS

_STEPS = {
    "train": "draw pictures and learn from them; goes on where it stopped",
    "export": "write the .pt and the .onnx, and prove one against the other",
    "score": "measure the .onnx on pictures that no training showed",
    "all": "train, export, score",
    "ship": "copy the files that the repository keeps into the package",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one step; its exit code."""
    asked = _parser().parse_args(arguments)
    try:
        _run(asked)
    except DojoError as problem:
        print(problem, file=sys.stderr)  # noqa: T201 - a command prints
        return problem.exit_code
    except OSError as problem:
        print(f"{asked.out}: {problem.strerror or problem}; name another folder with --out.", file=sys.stderr)  # noqa: T201 - a command prints
        return 1
    except KeyboardInterrupt:
        print("\nStopped; the last whole pass is kept, the same command goes on from it.", file=sys.stderr)  # noqa: T201 - a command prints
        return 130
    return 0


def _run(asked: argparse.Namespace) -> None:
    from dojo.models.desk import steps

    def say(text: str) -> None:
        print(text, file=sys.stderr, flush=True)  # noqa: T201 - a command prints

    out, task = asked.out.absolute(), asked.task
    if asked.step == "ship":
        steps.ship(out, task, say)
        return
    steps.prepare(out, asked.threads)
    if asked.step in ("train", "all"):
        steps.train(out, task, asked.pictures, asked.passes, say)
    if asked.step in ("export", "all"):
        steps.export(out, task, say)
    if asked.step in ("score", "all"):
        from dojo.models.desk.card import score_table

        print(score_table(steps.score(out, task, asked.tests, say)))  # noqa: T201 - a command prints


def _parser() -> argparse.ArgumentParser:
    told = "\n".join(f"  {name:<7} {text}" for name, text in _STEPS.items())
    parser = argparse.ArgumentParser(
        prog="python -m dojo.models.desk",
        description=f"Make the desk weights again, from nothing.\n\n{told}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("step", choices=_STEPS)
    parser.add_argument("--task", choices=TASKS, default="detect", help="what to learn (default detect)")
    parser.add_argument("--out", type=Path, default=Path("build/desk"), help="working folder (default build/desk)")
    parser.add_argument("--threads", type=_count, default=1, help="threads to train with (default 1)")
    parser.add_argument("--pictures", type=_count, help="learn from so many pictures (default: the plan's)")
    parser.add_argument("--passes", type=_count, help="at most so many passes in each stage (default: the plan's)")
    parser.add_argument("--tests", type=_count, default=600, help="test pictures of each style (default 600)")
    return parser


def _count(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 1_000_000:
        raise argparse.ArgumentTypeError(f"{text!r} is no count; give a whole number from 1 up")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
