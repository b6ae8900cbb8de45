"""Find the files a lab reads, wherever the lab runs; write files so that a crash leaves the old one whole."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from dojo.errors import DojoError

__all__ = ["data_file", "write_whole"]


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


def write_whole(path: Path, text: str) -> None:
    """Write a text file so that a reader sees the old file or the new one, never half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    part = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise DojoError(f"{path} could not be written ({error.strerror}); the old one is unchanged.") from None
