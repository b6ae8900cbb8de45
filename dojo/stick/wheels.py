"""Gather the wheels that a machine needs: the kit's requirements, in the lock's versions, and theirs in turn.

Covered:
- the wheels are chosen for the machine they are for, not for the one that gathers them: pip itself answers a
  requirement's marker (`sys_platform == "win32"`) for the machine it runs on, so the walk is ours
- a wheel that is there is not fetched again, and one is there whole or not at all

Not covered:
- a package that has no wheel for the machine is an error; nothing is compiled on a laptop
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from email.parser import HeaderParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from packaging.requirements import Requirement
from packaging.utils import InvalidWheelFilename, canonicalize_name, parse_wheel_filename

from dojo.errors import DojoError
from dojo.stick.machines import Machine, full_version

__all__ = ["Fetch", "gather", "kit_wheel", "pip_download", "read_lock"]

# Puts one wheel of `what` ("name==version", or an address) into a folder.
Fetch = Callable[[str, Machine, tuple[int, int], Path], None]
_AT_ONCE = 4


def read_lock(text: str, machine: Machine, python: tuple[int, int]) -> dict[str, str]:
    """The version of each package that the lock gives this machine."""
    pins: dict[str, str] = {}
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            pinned = Requirement(line)
            if pinned.marker is None or pinned.marker.evaluate(machine.environment(python)):
                pins[canonicalize_name(pinned.name)] = str(pinned.specifier).removeprefix("==")
    return pins


def gather(
    roots: Iterable[str],
    pins: Mapping[str, str],
    machine: Machine,
    python: tuple[int, int],
    folder: Path,
    fetch: Fetch,
    addresses: Mapping[str, str],
    say: Callable[[str], None],
) -> list[str]:
    """Have every wheel in `folder` that the roots need there; gives their file names back, sorted.

    `addresses` names wheels, by package, that come from somewhere else than the package index.
    """
    folder.mkdir(parents=True, exist_ok=True)
    done: dict[str, Path] = {}
    wanted = _needed(map(Requirement, roots), machine, python, set())
    asked: set[str] = set()
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        while new := sorted(wanted - asked):
            names = sorted({one.partition("[")[0] for one in new} - set(done))
            for name, path in zip(
                names,
                threads.map(lambda name: _have(name, pins, machine, python, folder, fetch, addresses, say), names),
                strict=True,
            ):
                done[name] = path
            asked |= set(new)
            for one in new:
                name, _, extra = one.rstrip("]").partition("[")
                wanted |= _needed(_requires(done[name]), machine, python, {extra})
    return sorted(path.name for path in done.values())


def pip_download(what: str, machine: Machine, python: tuple[int, int], folder: Path) -> None:
    """Let pip download one wheel for that machine; a `DojoError` says what it could not get."""
    platforms = [word for one in machine.wheel_platforms for word in ("--platform", one)]
    command = ["download", "--no-deps", "--only-binary", ":all:", "--python-version", full_version(python)]
    said = _pip([*command, "--implementation", "cp", *platforms, "--dest", str(folder), what], Path())
    if said:
        raise DojoError(
            f"{what} could not be had for {machine.name} with Python {python[0]}.{python[1]} ({said}); what is there "
            "already is kept, so run the same command again when that is mended."
        )


def kit_wheel(clone: Path, folder: Path, isolated: bool = True) -> Path:
    """Build the kit's own wheel from the clone, without labs and lessons. `isolated`: in an environment that pip makes,
    for which it wants a network; without, hatchling must be here."""
    folder.mkdir(parents=True, exist_ok=True)
    words = [] if isolated else ["--no-build-isolation"]
    said = _pip(["wheel", "--no-deps", *words, "--wheel-dir", str(folder), str(clone)], clone)
    made = sorted(folder.glob("local_ai_dojo-*.whl"))
    if said or not made:
        raise DojoError(f"The kit's own wheel could not be built ({said or 'pip gave no reason'}).")
    return made[-1]


def _have(
    name: str,
    pins: Mapping[str, str],
    machine: Machine,
    python: tuple[int, int],
    folder: Path,
    fetch: Fetch,
    addresses: Mapping[str, str],
    say: Callable[[str], None],
) -> Path:
    """The wheel of this package, fetched if none that fits is there."""
    version = pins.get(name)
    if version is None:
        raise DojoError(f"requirements.lock gives no version of {name} for {machine.name}; make the lock again.")
    address = addresses.get(name, "")
    if there := _there(name, version, machine, python, folder, address):
        return there
    say(f"{name} {version} for {machine.name}, Python {python[0]}.{python[1]}")
    part = folder / f".part-{machine.name}-{python[0]}{python[1]}-{name}"
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir()
    try:
        fetch(address or f"{name}=={version}", machine, python, part)
        for wheel in part.glob("*.whl"):
            wheel.replace(folder / wheel.name)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    found = _there(name, version, machine, python, folder, address)
    if not found:
        raise DojoError(f"What came for {name} {version} does not install on {machine.name}; run the command again.")
    return found


def _there(
    name: str, version: str, machine: Machine, python: tuple[int, int], folder: Path, address: str
) -> Path | None:
    """The wheel in the folder that is this one: the file that the address names, or, without one, any that fits."""
    if address:
        path = folder / unquote(urlsplit(address).path.rpartition("/")[2])
        return path if path.exists() else None
    fitting = machine.tags(python)
    for path in sorted(folder.glob("*.whl")):
        try:
            its_name, its_version, _, its_tags = parse_wheel_filename(path.name)
        except InvalidWheelFilename:
            continue
        if its_name == name and str(its_version) == version and its_tags & fitting:
            return path
    return None


def _requires(wheel: Path) -> list[Requirement]:
    """What the wheel says it needs."""
    with zipfile.ZipFile(wheel) as opened:
        name = next(one for one in opened.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", one))
        head = HeaderParser().parsestr(opened.read(name).decode())
    return [Requirement(line) for line in head.get_all("Requires-Dist") or []]


def _needed(
    requirements: Iterable[Requirement], machine: Machine, python: tuple[int, int], extras: set[str]
) -> set[str]:
    """What of it that machine needs: names, and names with one extra in brackets."""
    found: set[str] = set()
    for one in requirements:
        asked = [{**machine.environment(python), "extra": extra} for extra in (extras or {""})]
        if one.marker is None or any(one.marker.evaluate(words) for words in asked):
            name = canonicalize_name(one.name)
            found |= {name, *(f"{name}[{extra}]" for extra in one.extras)}
    return found


def _pip(words: list[str], folder: Path) -> str:
    """Run pip; "" or what went wrong, in its own words."""
    command = [sys.executable, "-m", "pip", words[0], "--disable-pip-version-check", "--quiet", *words[1:]]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False
    )
    if not done.returncode:
        return ""
    errors = re.findall(r"^(?:ERROR|OSError): (.+)$", done.stderr, re.M)
    return (errors or done.stderr.strip().splitlines() or ["pip gave no reason"])[-1].rstrip(".")[:300]
