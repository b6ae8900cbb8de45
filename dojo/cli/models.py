"""This machine and its models: is it ready, get models, hear what they say to a lab's questions."""

from __future__ import annotations

import argparse
import json
import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dojo.cli.parser import verb
from dojo.cli.say import say
from dojo.errors import DojoError, UsageError

if TYPE_CHECKING:
    from dojo.pull import Step

__all__ = ["add"]


def add(verbs: Any) -> None:
    _add_doctor(verbs)
    _add_pull(verbs)
    _add_record(verbs)


def _add_doctor(verbs: Any) -> None:
    parser = verb(verbs, "doctor", _doctor, "is this machine ready; what to mend if not")
    parser.add_argument("--json", action="store_true", help="as JSON")


def _doctor(args: argparse.Namespace) -> int:
    from dojo.doctor import examine

    findings = examine()
    if args.json:
        rows = [{"what": one.what, "state": one.state, "said": one.said, "remedy": one.remedy} for one in findings]
        print(json.dumps(rows, indent=1, ensure_ascii=False))
    else:
        for one in findings:
            print(f"{one.state:<8}{one.what}: {one.said}" + (f"\n        {one.remedy}" if one.remedy else ""))
    return 1 if any(one.state == "mend" for one in findings) else 0


def _add_pull(verbs: Any) -> None:
    parser = verb(verbs, "pull", _pull, "get models through Ollama, or from a folder carried here by hand")
    parser.add_argument(
        "models", nargs="*", help="a group of the menu (trio, small, medium, large) or tags; default trio"
    )
    parser.add_argument("--from", dest="source", type=Path, metavar="FOLDER", help="copy them from this models folder")


def _pull(args: argparse.Namespace) -> int:
    from dojo import menu
    from dojo.pull import carry, models_folder, pull

    if args.source and args.models:
        raise UsageError("With --from every model of the folder is copied; leave the names out.")
    ticker = _Ticker()
    if args.source:
        refused = 0
        for one in carry(args.source, models_folder(), ticker.tell):
            ticker.stop()
            print(f"{one.tag}: {one.state}", flush=True)
            refused += one.state.startswith("refused")
        say(f"They are in {models_folder()}. An Ollama that keeps its models elsewhere is told by OLLAMA_MODELS.")
        return 1 if refused else 0
    tags: list[str] = []
    for word in args.models or ["trio"]:
        tags += [model.tag for model in menu.group(word)] if word in menu.read_menu().groups else [word]
    try:
        for step in pull(tags):
            ticker.tell(step)
    finally:
        ticker.stop()
    print(f"Here now: {', '.join(tags)}")
    return 0


class _Ticker:
    """Shows how far a download or a copy is: one line that changes, or in a pipe or a log a line for each thing that
    begins, not for each per cent of it."""

    def __init__(self) -> None:
        self._last = ""

    def tell(self, step: Step) -> None:
        words = f"{step.tag}: {step.said}"
        if sys.stderr.isatty():
            share = f" {step.done / step.total:4.0%} of {step.total / 1e9:.2f} GB" if step.total else ""
            print(f"\r{words}{share}".ljust(79), end="", file=sys.stderr, flush=True)
        elif words != self._last:
            say(words)
        self._last = words

    def stop(self) -> None:
        """Leave the line that changes."""
        if self._last and sys.stderr.isatty():
            print(file=sys.stderr)
        self._last = ""


def _add_record(verbs: Any) -> None:
    parser = verb(verbs, "record", _record, "put a lab's questions to your own models, and keep what they say")
    parser.add_argument("lab", help="a lab's number or name")
    parser.add_argument(
        "--models", nargs="+", metavar="TAG", help="which (default: llama, qwen and deepseek, or what there is)"
    )


def _record(args: argparse.Namespace) -> int:
    from datetime import UTC, datetime

    from dojo import catalog
    from dojo.door import who
    from dojo.record import questions_of, record
    from dojo.workspace import open_workspace

    lab = catalog.find_lab(args.lab)
    questions_of(lab)
    answer = who.choose_host()
    import ollama  # not before: it fails in its own words where OLLAMA_HOST is no address

    say(answer.sentence)
    if not answer.version:
        return 1
    names = {tag.removesuffix(":latest"): tag for tag in answer.models}
    for model in args.models or ():
        if model not in names and model not in answer.models:
            raise DojoError(f"{model} is not here; there are {', '.join(names) or 'no models'}.")
    with redirect_stdout(sys.stderr):  # a notebook prints what is missing; here it is no result
        models = args.models or who.models_here("trio")
    digests = {model: answer.digests.get(names.get(model, model), "") for model in models}
    folder = open_workspace().lab_notebook(lab).parent / "data"
    fine = bool(models)
    for told in record(lab, models, folder, ollama.chat, digests, datetime.now(UTC).astimezone().date()):
        say(told.text)
        fine &= told.fine
    if (page := folder / "recorded.html").exists():
        print(page)
    return 0 if fine else 1
