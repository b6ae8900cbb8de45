"""`python -m dojo.models.tiny train|embed|export|score|all|ship`: make dojo-tiny again, from nothing."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from dojo.errors import DojoError

_STEPS = {
    "train": "learn from generated text; goes on where it stopped",
    "embed": "train the small embedding model beside it",
    "export": "write the GGUF files and prove them against PyTorch",
    "score": "measure each skill, beside an untrained twin",
    "all": "train, embed, export, score",
    "ship": "copy the files that the repository keeps into the package",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one step; its exit code."""
    told = "\n".join(f"  {name:<7} {text}" for name, text in _STEPS.items())
    parser = argparse.ArgumentParser(
        prog="python -m dojo.models.tiny",
        description=f"Make dojo-tiny again, from nothing.\n\n{told}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("step", choices=_STEPS)
    parser.add_argument(
        "--minutes", type=_positive, help="stop training after so many minutes (default: when it is done)"
    )
    parser.add_argument(
        "--out", type=Path, default=Path("build/dojo-tiny"), help="working folder (default build/dojo-tiny)"
    )
    parser.add_argument(
        "--threads", type=_count, default=os.cpu_count() or 1, help="threads to train with (default: all)"
    )
    parser.add_argument("--prompts", type=_count, default=100, help="held-out questions a skill (default 100)")
    asked = parser.parse_args(arguments)
    try:
        _run(asked)
    except DojoError as problem:
        print(problem, file=sys.stderr)  # noqa: T201 - a command prints
        return problem.exit_code
    except OSError as problem:
        print(f"{asked.out}: {problem.strerror or problem}; name another folder with --out.", file=sys.stderr)  # noqa: T201 - a command prints
        return 1
    except KeyboardInterrupt:
        print("Stopped; the last checkpoint is kept, the same command goes on from it.", file=sys.stderr)  # noqa: T201 - a command prints
        return 1
    return 0


def _run(asked: argparse.Namespace) -> None:
    from dojo.models.tiny import steps

    def say(text: str) -> None:
        print(text, file=sys.stderr, flush=True)  # noqa: T201 - a command prints

    if asked.step in ("train", "all"):
        steps.train(asked.out, asked.minutes, asked.threads, say)
    if asked.step in ("embed", "all"):
        steps.embed(asked.out, asked.threads, say)
    if asked.step in ("export", "all"):
        steps.export(asked.out, say)
    if asked.step in ("score", "all"):
        from dojo.models.tiny.card import card_table

        print(card_table(steps.score(asked.out, asked.prompts, say)))  # noqa: T201 - a command prints
    if asked.step == "ship":
        steps.ship(asked.out, say)


def _positive(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not 0 < number < 1e6:
        raise argparse.ArgumentTypeError(f"{text!r} is no time; give minutes such as 30")
    return number


def _count(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 10_000:
        raise argparse.ArgumentTypeError(f"{text!r} is no count; give a whole number from 1 up")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
