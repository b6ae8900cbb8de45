"""`dojo course bundle`: one folder, for a stick, from which a laptop without a network installs the course.

Covered:
- solutions, hidden tests and teachers' pages never go along (`dojo.stick.released`)
- an interrupted run goes on where it stopped, and a stick that is not whole says so when somebody installs from it
- a folder that holds something else is refused, and nothing in it is touched

Not covered:
- whose hands the stick goes through: its checksums find damage, they prove nobody's honesty
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import shutil
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from packaging.utils import canonicalize_name

from dojo import catalog, pull
from dojo.errors import DojoError, UsageError
from dojo.files import full_path, write_whole
from dojo.stick.machines import Machine
from dojo.stick.released import write_course
from dojo.stick.wheels import Fetch, gather, kit_wheel, pip_download, read_lock

__all__ = ["Sources", "Stick", "bundle", "sources"]

_SUMS, _CONTENTS = "SHA256SUMS", "stick.json"
_OURS = ("install.py", "README.txt", _CONTENTS, "course", "models", "wheels")
_README = """The Local AI Dojo, for a computer without a network.

1. Open a terminal in this folder.
2. Type: python3 install.py      (Windows: py install.py)

It needs Python {pythons} and nothing else, and serves {machines}.
The course goes into the folder local-ai-dojo of your home; another one can be named: python3 install.py FOLDER
"""
Target = tuple[Machine, tuple[int, int]]


@dataclass(frozen=True)
class Sources:
    """Where wheels come from: what the kit requires, the lock's text, a way to build the kit's own wheel, a way to
    fetch any other, and the addresses of PyTorch's CPU build for a machine."""

    roots: tuple[str, ...]
    lock: str
    kit: Callable[[Path], Path]
    fetch: Fetch
    cpu_build: Callable[[Machine, tuple[int, int]], Mapping[str, str]]


@dataclass(frozen=True)
class Stick:
    """What was made: bytes of all of it, wheels for each machine, models that could not be carried."""

    folder: Path
    bytes: int
    wheels: dict[str, list[str]]
    refused: tuple[str, ...]


def sources() -> Sources:
    """The clone's own; a copy of the kit that is no clone is a `DojoError`."""
    clone = catalog.course_root()
    if not all((clone / name).is_file() for name in ("pyproject.toml", "requirements.lock", "start.py")):
        raise DojoError(f"{clone} is no clone of the kit; a stick is made from a clone.")
    project = tomllib.loads((clone / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lock = (clone / "requirements.lock").read_text(encoding="utf-8")
    return Sources(
        tuple(project["dependencies"]), lock, lambda folder: kit_wheel(clone, folder), pip_download, _cpu_build
    )


def bundle(
    folder: Path, targets: Iterable[Target], models: Path | None, given: Sources, say: Callable[[str], None]
) -> Stick:
    """Make the stick in `folder`, or go on with one that was begun there. `models` holds GGUF files or Ollama's."""
    folder = full_path(folder)
    _check(folder, models)
    (folder / _SUMS).unlink(missing_ok=True)
    if not (folder / _CONTENTS).exists():
        write_whole(folder / _CONTENTS, '{"kit": "", "wheels": {}}\n')  # says that this folder is ours
    kit = _put_kit(folder, given)
    wheels = {}
    for machine, python in targets:
        addresses = _addresses(machine, python, given, say)
        pins = read_lock(given.lock, machine, python)
        names = gather(given.roots, pins, machine, python, folder / "wheels", given.fetch, addresses, say)
        wheels[f"{machine.name} {python[0]}.{python[1]}"] = [*names, kit]
    _drop_others(folder / "wheels", {name for names in wheels.values() for name in names})
    say("Writing lessons and labs as students may have them ...")
    write_course(folder / "course")
    refused = tuple(_carry(models, folder / "models", say)) if models else ()
    _put_words(folder, wheels)
    write_whole(folder / _CONTENTS, json.dumps({"kit": kit, "wheels": wheels}, indent=1) + "\n")
    say("Working out checksums ...")
    return Stick(folder, _seal(folder), wheels, refused)


def _check(folder: Path, models: Path | None) -> None:
    root = catalog.course_root()
    if folder == root or root in folder.resolve().parents:
        raise UsageError(f"{folder} is inside the clone, where gigabytes could be committed; choose a folder outside.")
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file; name a folder.")
    theirs = [one.name for one in folder.iterdir() if one.name in _OURS] if folder.is_dir() else []
    if theirs and not (folder / _CONTENTS).exists():
        raise DojoError(f"{folder} holds {theirs[0]}, which we did not put there; nothing was changed. Name another.")
    if models and not models.is_dir():
        raise UsageError(f"There is no folder of models {models}; name one with GGUF files, or Ollama's models folder.")


def _put_kit(folder: Path, given: Sources) -> str:
    """Build the kit's wheel afresh into `wheels/`; its file name."""
    part = folder / "wheels" / ".part-kit"
    shutil.rmtree(part, ignore_errors=True)
    try:
        made = given.kit(part)
        made.replace(folder / "wheels" / made.name)
        return made.name
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _addresses(
    machine: Machine, python: tuple[int, int], given: Sources, say: Callable[[str], None]
) -> Mapping[str, str]:
    if machine.system != "Linux":
        return {}
    found = given.cpu_build(machine, python)
    if not found:
        say(f"PyTorch's CPU build for {machine.name} can't be had: taking the plain one, about 3 GB more.")
    return found


def _cpu_build(machine: Machine, python: tuple[int, int]) -> dict[str, str]:
    """The addresses that start.py knows, by package."""
    spec = importlib.util.spec_from_file_location("dojo_start", catalog.course_root() / "start.py")
    assert spec is not None  # because the path ends in .py
    assert spec.loader is not None  # as above
    start = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(start)
    links = start.cpu_links(python, start.fetch, machine.processor)
    return {canonicalize_name(name): address for name, _, address in links}


def _drop_others(folder: Path, kept: set[str]) -> None:
    for path in folder.glob("*.whl"):
        if path.name not in kept:
            path.unlink()


def _carry(source: Path, target: Path, say: Callable[[str], None]) -> Iterable[str]:
    """Copy GGUF files and Ollama's models; gives a sentence for each that was refused."""
    ggufs = sorted(source.glob("*.gguf"))
    ollama = (source / "manifests").is_dir()
    if not ggufs and not ollama:
        raise DojoError(f"{source} holds no model: neither a GGUF file nor Ollama's manifests and blobs.")
    for path in ggufs:
        say(f"model {path.name}")
        _copy(path, target / path.name)
    if ollama:
        for one in pull.carry(source, target / "ollama"):
            say(f"model {one.tag}: {one.state}")
            if one.state.startswith("refused"):
                yield f"{one.tag} {one.state}"


def _copy(path: Path, target: Path) -> None:
    """Copy a large file unless it is there: as large, and as old to the two seconds that a stick can tell apart."""
    seen = path.stat()
    if target.exists():
        there = target.stat()
        if there.st_size == seen.st_size and abs(there.st_mtime - seen.st_mtime) <= 2:
            return
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(target.name + ".part")
    try:
        shutil.copy2(path, part)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _put_words(folder: Path, wheels: Mapping[str, list[str]]) -> None:
    shutil.copyfile(Path(__file__).with_name("install.py"), folder / "install.py")
    machines, pythons = ({key.split()[at] for key in wheels} for at in (0, 1))
    text = _README.format(machines=" and ".join(sorted(machines)), pythons=" or ".join(sorted(pythons)))
    write_whole(folder / "README.txt", text)


def _seal(folder: Path) -> int:
    """Write the list of checksums, last of all; how many bytes it covers."""
    lines, total = [], 0
    for top in _OURS:
        place = folder / top
        files = [place] if place.is_file() else sorted(one for one in place.rglob("*") if one.is_file())
        for path in files:
            with path.open("rb") as file:
                lines.append(
                    f"{hashlib.file_digest(file, 'sha256').hexdigest()}  {path.relative_to(folder).as_posix()}\n"
                )
            total += path.stat().st_size
    write_whole(folder / _SUMS, "".join(lines))
    return total
