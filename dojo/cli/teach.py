"""A teacher's course: its folder, the labs released from it, a stick for laptops, and the marking."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from dojo.cli import mark
from dojo.cli.parser import noun, verb
from dojo.cli.say import say

__all__ = ["add"]


def add(verbs: Any) -> None:
    course_verbs = noun(verbs, "course", "for instructors: make a class's course folder, release labs")
    _add_new(course_verbs)
    _add_release(course_verbs)
    _add_bundle(course_verbs)
    mark.add(course_verbs)


def _add_new(verbs: Any) -> None:
    parser = verb(verbs, "new", _new, "make a course folder in which every nbgrader command works")
    parser.add_argument("folder", type=Path, help="a folder outside the clone; it is made if it is not there")
    parser.add_argument("--exchange", type=Path, metavar="DIR", help="a folder that the class shares")


def _new(args: argparse.Namespace) -> int:
    from dojo.course import new_course

    course = new_course(args.folder, args.exchange)
    typed = f'"{course}"' if " " in str(course) else course
    print(f"The course folder {course} is ready.\nRelease a lab with: cd {typed} && dojo course release 1")
    return 0


def _add_release(verbs: Any) -> None:
    parser = verb(verbs, "release", _release, "put a lab into the course and release it to students")
    parser.add_argument("lab", help="a lab's number or name")
    parser.add_argument("--course", type=Path, default=Path(), help="the course folder (default: the one you are in)")


def _release(args: argparse.Namespace) -> int:
    from dojo import catalog
    from dojo.course import find_course, release_lab

    lab = catalog.find_lab(args.lab)
    for line in release_lab(find_course(args.course), lab):
        print(line)
    return 0


def _add_bundle(verbs: Any) -> None:
    parser = verb(verbs, "bundle", _bundle, "make a folder for a stick that installs without a network")
    parser.add_argument("folder", type=Path, help="a folder outside the clone, such as a stick's; run again to go on")
    parser.add_argument(
        "--platform", nargs="+", metavar="NAME", help="linux, linux-arm, macos, windows (default: this computer's)"
    )
    parser.add_argument("--python", nargs="+", metavar="3.N", help="the laptops' Pythons (default: this one)")
    parser.add_argument("--models", type=Path, metavar="FOLDER", help="GGUF files, or Ollama's models folder")


def _bundle(args: argparse.Namespace) -> int:
    from dojo.files import full_path
    from dojo.stick.bundle import bundle, sources
    from dojo.stick.machines import find_machine, find_python, this_machine

    machines = [find_machine(word) for word in args.platform or [this_machine()[0].name]]
    pythons = [find_python(word) for word in args.python or [f"{sys.version_info[0]}.{sys.version_info[1]}"]]
    targets = [(machine, python) for machine in machines for python in pythons]
    made = bundle(args.folder, targets, full_path(args.models) if args.models else None, sources(), say)
    for name, wheels in made.wheels.items():
        print(f"{name}: {len(wheels)} wheels")
    for sentence in made.refused:
        say(f"dojo: {sentence}")
    print(f"{made.folder}: {made.bytes / 1e9:.2f} GB. On a laptop: python3 install.py in it (Windows: py install.py).")
    return 1 if made.refused else 0
