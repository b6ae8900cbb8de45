"""What a room shares: a lesson as slides on the wall, and one model server."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from dojo.cli.parser import port, verb
from dojo.cli.say import say
from dojo.errors import DojoError, UsageError

__all__ = ["add"]


def add(verbs: Any) -> None:
    _add_slides(verbs)
    _add_serve(verbs)


def _add_slides(verbs: Any) -> None:
    parser = verb(verbs, "slides", _slides, "a lesson as slides: one page that needs no network")
    parser.add_argument("lesson", help="a lesson's number or name")
    parser.add_argument("--to", type=Path, metavar="FILE", help="where to (default: slides/ in the workspace)")


def _slides(args: argparse.Namespace) -> int:
    from dojo import catalog
    from dojo.files import full_path, write_whole
    from dojo.slides import slides_page
    from dojo.workspace import open_workspace

    lesson = catalog.find_lesson(args.lesson)
    target = full_path(args.to) if args.to else open_workspace().root / "slides" / f"{lesson.name}.html"
    write_whole(target, slides_page(lesson))
    print(target)
    return 0


def _add_serve(verbs: Any) -> None:
    parser = verb(verbs, "serve", _serve, "one model server: for any program on this machine, or for a class")
    parser.add_argument("--port", type=port, help="the port to answer at (default 11434, Ollama's; a class's 11435)")
    parser.add_argument("--class", dest="name", metavar="NAME", help="serve a class: queue, cache, limits, a token")
    parser.add_argument(
        "--lan", nargs="?", const="0.0.0.0", metavar="ADDRESS", help="also to other machines (default: this one only)"
    )
    keeping = parser.add_mutually_exclusive_group()
    keeping.add_argument("--record", type=Path, metavar="FOLDER", help="keep every answer for a room without a model")
    keeping.add_argument("--replay", type=Path, metavar="FOLDER", help="answer from such a folder; no model is needed")
    keeping.add_argument("--addresses", nargs="+", metavar="STUDENT", help="print each student's own address, and end")
    keeping.add_argument("--new-token", action="store_true", help="make the class a new token, and end")
    keeping.add_argument("--clear-cache", action="store_true", help="throw away the class's kept answers, and end")


def _serve(args: argparse.Namespace) -> int:
    if args.name or args.lan or args.record or args.replay:
        from dojo.door.classroom import command

        return command.serve(args, lambda line: print(line, flush=True), say)
    if args.addresses or args.new_token or args.clear_cache:
        raise UsageError("That is about a class; say which with --class NAME.")
    from dojo.door.process import SHIPPED, find_door, models_folder, runtime_folder
    from dojo.door.serve import Serving, serve

    folder = models_folder()
    folder.mkdir(parents=True, exist_ok=True)
    say(f"Serving dojo-tiny and every GGUF file in {folder}. Stop with Ctrl-C.")
    if not serve(Serving(folder, SHIPPED, runtime_folder(folder), args.port or 11434)):
        door = find_door()
        where = f" at {door.url}" if door else ""
        raise DojoError(f"The embedded engine already answers{where}, for your notebooks; use that, or close them.")
    return 0
