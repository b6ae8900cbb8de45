"""Find the files a lab reads, wherever the lab runs; write files so that a crash leaves the old one whole."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from dojo.errors import DojoError, UsageError

__all__ = ["data_file", "free_name", "full_path", "write_whole"]


def data_file(name: str) -> Path:
    """The path of `data/NAME` beside the notebook, or beside `lab.py` when that runs as a plain program."""
    places = [Path("data")]
    main = getattr(sys.modules.get("__main__"), "__file__", None)
    if main:
        places.append(Path(main).resolve().parent / "data")
    for place in places:
        if (place / name).exists():
            return place / name
    raise DojoError(
        f"data/{name} is not beside this notebook ({Path.cwd()}); open the notebook in its own lab folder, "
        "or fetch the lab again with `dojo reset`."
    )


def write_whole(path: Path, text: str, private: bool = False) -> None:
    """Write a text file so that a reader sees the old file or the new one, never half of it. A `private` one is its
    owner's alone from its first byte on."""
    part = path.with_name(f".{path.name}-{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if private:
            part.touch(0o600)
            part.chmod(0o600)  # one that a killed run has left may be open to others
        part.write_text(text, encoding="utf-8", errors="replace", newline="\n")
        part.replace(path)
    except OSError as error:
        raise DojoError(f"{path} could not be written ({error.strerror}); the old one is unchanged.") from None
    finally:
        with suppress(OSError):
            part.unlink()


def free_name(path: Path) -> Path:
    """A name beside `path` that nothing has yet: lab-old-1.ipynb, lab-old-2.ipynb, ..."""
    number = 1
    while (free := path.with_name(f"{path.stem}-old-{number}{path.suffix}")).exists():
        number += 1
    return free


def full_path(path: Path) -> Path:
    """The path a person wrote, from the root, with `~` filled in."""
    try:
        return path.expanduser().absolute()
    except RuntimeError:
        raise UsageError(f"{path} names a home that is not on this machine; write the folder out.") from None
