"""Find, start and stop the door: one process for a models folder, shared by all notebooks of this user.

It is started with `subprocess`, never forked, and belongs to nobody: it goes on when the notebook that started it ends,
and ends by itself when nobody who asked for it runs any more and no request has come for a while.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import psutil

from dojo.door.system import quietly
from dojo.errors import DojoError

__all__ = ["SHIPPED", "Door", "find_door", "models_folder", "runtime_folder", "start_door", "stop_door"]

SHIPPED = Path(__file__).parent.parent / "models"  # the models that come with the course
_IDLE_S = 900.0
_PATIENCE_S = 20.0  # a start takes half a second; a cold disk on an old laptop takes longer
_ALREADY = 3  # `python -m dojo.door` ends with this when another one serves


@dataclass(frozen=True)
class Door:
    """A door that answers: `url` is what OLLAMA_HOST should be."""

    url: str
    pid: int


def models_folder() -> Path:
    """Where the user drops GGUF files: `models/` in the workspace."""
    from dojo.workspace import open_workspace

    return open_workspace().root / "models"


def runtime_folder(models: Path) -> Path:
    """Where the door for this models folder says that it is there: a folder of this user's own, on this machine (a home
    may be shared between machines, a port is not). Raises DojoError when somebody else made it."""
    base = Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir())
    owner = str(os.getuid()) if hasattr(os, "getuid") else os.environ.get("USERNAME", "user")
    folder = base / f"dojo-door-{owner}" / hashlib.sha256(str(models.absolute()).encode()).hexdigest()[:12]
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if hasattr(os, "getuid") and folder.parent.stat().st_uid != os.getuid():
        raise DojoError(
            f"{folder.parent} belongs to another user; remove it, or set XDG_RUNTIME_DIR to a folder of yours."
        )
    return folder


def find_door(models: Path | None = None) -> Door | None:
    """The door that serves this models folder now; None where there is none."""
    place = runtime_folder(models or models_folder()) / "door.json"
    try:
        said = json.loads(place.read_text(encoding="utf-8"))
        door = Door(str(said["url"]), int(said["pid"]))
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(f"{door.url}/api/version", timeout=2) as reply:
            return door if reply.headers.get("Server") == "dojo-door" else None
    except (OSError, ValueError, KeyError, TypeError, urllib.error.URLError):
        return None


def start_door(models: Path | None = None, shipped: Path | None = SHIPPED, idle: float = _IDLE_S) -> Door:
    """The door that serves this models folder, started if there is none; it stays as long as the calling process.

    Raises DojoError, in a sentence with the next step, when it can't start.
    """
    folder = models or models_folder()
    runtime = runtime_folder(folder)
    _note_user(runtime)
    if door := find_door(folder):
        return door
    if importlib.util.find_spec("xllamacpp") is None:
        raise DojoError(
            "The embedded engine is not installed (xllamacpp is missing); run `make setup`, or install Ollama."
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DojoError(f"The models folder {folder} can't be made ({error.strerror}); name another place.") from None
    command = [
        sys.executable,
        "-P",  # or a json.py beside a student's notebook would be imported
        "-m",
        "dojo.door",
        "--models",
        str(folder),
        "--runtime",
        str(runtime),
        "--idle",
        str(idle),
    ]
    command += ["--shipped", str(shipped)] if shipped else []
    log = runtime / "log"
    with log.open("wb") as file:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=file, stderr=file, env=_environment(), **quietly()
        )
    deadline = time.monotonic() + _PATIENCE_S
    while time.monotonic() < deadline:
        if door := find_door(folder):
            process.returncode = 0  # it is meant to outlive us: no warning that it still runs
            return door
        if process.poll() not in (None, _ALREADY):
            break
        time.sleep(0.02)
    process.poll()
    raise DojoError(f"The embedded engine did not start; its last words are in {log}: {_last_words(log)}")


def stop_door(models: Path | None = None) -> bool:
    """End the door of this models folder, and its engines with it; False where there was none."""
    door = find_door(models)
    if door is None:
        return False
    process = psutil.Process(door.pid)
    process.terminate()
    try:
        process.wait(timeout=10)
    except psutil.TimeoutExpired:
        process.kill()
    return True


def _note_user(runtime: Path) -> None:
    """Tell the door that this process uses it."""
    users = runtime / "users"
    users.mkdir(exist_ok=True)
    (users / f"{os.getpid()}-{psutil.Process().create_time():.2f}").touch()


def _environment() -> dict[str, str]:
    """Ours, and the place of this package, which need not be installed."""
    known = os.environ.get("PYTHONPATH", "")
    here = str(Path(__file__).parent.parent.parent)
    return {**os.environ, "PYTHONPATH": os.pathsep.join(one for one in (here, known) if one)}


def _last_words(log: Path) -> str:
    lines = [line for line in log.read_text(encoding="utf-8", errors="replace").splitlines() if line.strip()]
    return lines[-1] if lines else "it said nothing"
