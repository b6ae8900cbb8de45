"""A class's settings: `class.toml` in the class's folder. Every line of it may be left out."""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from dojo.errors import DojoError, UsageError
from dojo.files import write_whole

__all__ = ["Settings", "class_folder", "read_settings"]

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,31}")
_FILE = """\
# Settings of the class {name}. A line without # in front counts; the others show what holds without them.
# until = 2027-07-31    # the last day on which the students' address works; without it, any day
# parallel = {parallel}          # replies written at a time; no more than Ollama's OLLAMA_NUM_PARALLEL
# num_ctx = 0           # tokens of context for everybody; 0 is what the model has by itself
# num_predict = 2048    # the longest reply, in tokens
# prompt_kb = 256       # the longest text of one request
# requests = 8          # open requests of one student
# patience = 20         # seconds that a request for a model that is not loaded waits behind those for one that is
# cache_mb = 512        # disk for answers that were given before; 0 keeps none
"""


@dataclass(frozen=True)
class Settings:
    """`until` is the last day of the students' address; `num_ctx` 0 leaves the model's own; sizes as their names say,
    `patience` in seconds."""

    until: date | None = None
    parallel: int = 4
    num_ctx: int = 0
    num_predict: int = 2048
    prompt_kb: int = 256
    requests: int = 8
    patience: int = 20
    cache_mb: int = 512


def class_folder(name: str, root: Path) -> Path:
    """The class's folder in a workspace, made if it is not there. Raises UsageError for a name that is none."""
    if not _NAME.fullmatch(name):
        raise UsageError(f"{name!r} is no name for a class; use up to 32 letters, digits, - and _, such as 7b.")
    folder = root / "classes" / name
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not (folder / "class.toml").exists():
            write_whole(folder / "class.toml", _FILE.format(name=name, parallel=_parallel()))
    except OSError as error:
        raise DojoError(
            f"The class's folder {folder} can't be made ({error.strerror}); set DOJO_WORKSPACE to a folder of yours."
        ) from None
    return folder


def read_settings(path: Path) -> Settings:
    """The settings in a file; raises DojoError with the file, the key and what to write."""
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        given = {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DojoError(f"{path} is no TOML file: {error}.") from None
    known = [one.name for one in fields(Settings)]
    for key, value in given.items():
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1)
            hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(known)}."
            raise DojoError(f"{path}: there is no setting {key!r}; {hint}")
        _check(path, key, value)
    return Settings(**{"parallel": _parallel(), **given})


def _check(path: Path, key: str, value: Any) -> None:
    if key == "until":
        if type(value) is not date:
            raise DojoError(f"{path}: until is {value!r}; write a day without quotes, like 2027-07-31.")
        return
    least = 0 if key in ("num_ctx", "patience", "cache_mb") else 1
    if type(value) is not int or value < least:
        raise DojoError(f"{path}: {key} is {value!r}; write a whole number of {least} or more.")


def _parallel() -> int:
    """As many replies at a time as Ollama was told to write, where this process can see it; else four."""
    said = os.environ.get("OLLAMA_NUM_PARALLEL", "")
    return int(said) if said.isdigit() and int(said) > 0 else Settings.parallel
