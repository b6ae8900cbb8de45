"""Real answers of a real model, kept as readable JSON for a classroom without one.

A folder holds one file for each answer, in a folder named for its model, with the request, the model's digest, the
options and the time; `models.json` holds what the model's server said of its models. A request without a seed may have
several answers; they are given in turn.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dojo.door.classroom.answers import Given, from_lines, lines_of
from dojo.door.classroom.asks import Ask
from dojo.door.classroom.keys import full_name, is_repeatable, record_key, recorded_request
from dojo.door.wire import now
from dojo.errors import DojoError
from dojo.files import write_whole

__all__ = ["Recorder", "Recordings", "open_recordings"]

_MOST = 8  # answers to one request without a seed
_MODELS = "models.json"
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True)
class _Recorded:
    lines: list[dict[str, Any]]
    date: str


class Recorder:
    """Writes answers into a folder. `trouble` says why the last one could not be written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.trouble = ""
        try:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / ".probe").write_bytes(b"")
            (folder / ".probe").unlink()
        except OSError as error:
            raise DojoError(f"{folder} can't be written to ({error.strerror}); name another folder.") from None
        self._models: dict[str, Any] = _read_models(folder)

    def keep(self, ask: Ask, given: Given, digest: str, server: str) -> None:
        """Write one complete answer. Never fails: see `trouble`."""
        key = record_key(ask.path, ask.body)
        folder = self.folder / _UNSAFE.sub("-", full_name(ask.model))
        number = 1
        if not is_repeatable(ask):
            number = next((n for n in range(1, _MOST + 1) if not (folder / f"{key[:16]}-{n}.json").exists()), 1)
        head = {
            "path": ask.path,
            "model": full_name(ask.model),
            "digest": digest,
            "server": server,
            "date": now(),
            "options": ask.body.get("options") or {},
            "request": recorded_request(ask.body),
        }
        self._write(folder / f"{key[:16]}-{number}.json", _layout(head, lines_of(given)))

    def knows(self, name: str, digest: str) -> bool:
        """Whether what the server says of this very model was written already."""
        known = self._models.get("models", {}).get(full_name(name), {})
        return bool(known) and known.get("row", {}).get("digest") == digest

    def keep_model(self, name: str, row: dict[str, Any], shown: dict[str, Any] | None, version: str) -> None:
        """Write what the model's server says of a model."""
        self._models["version"] = version
        self._models.setdefault("models", {})[full_name(name)] = {"row": row, "show": shown or {}}
        self._write(self.folder / _MODELS, json.dumps(self._models, indent=1, ensure_ascii=False) + "\n")

    def _write(self, path: Path, text: str) -> None:
        try:
            write_whole(path, text)
            self.trouble = ""
        except DojoError as problem:
            self.trouble = str(problem)


class Recordings:
    """The answers of a folder."""

    def __init__(self, folder: Path, models: dict[str, Any]) -> None:
        self.folder = folder
        self.version = str(models.get("version", "0.0.0"))
        self.answers: dict[str, list[_Recorded]] = defaultdict(list)
        self._about: dict[str, Any] = models.get("models", {})
        self._names: set[str] = set()
        self._turn: dict[str, int] = {}

    def add(self, path: str, model: str, request: dict[str, Any], recorded: _Recorded) -> None:
        self.answers[record_key(path, request)].append(recorded)
        self._names.add(model)

    def find(self, ask: Ask) -> tuple[Given, str] | None:
        """The next answer to this request, and when it was given."""
        key = record_key(ask.path, ask.body)
        if key not in self.answers:
            return None
        turn = self._turn[key] = self._turn.get(key, -1) + 1
        one = self.answers[key][turn % len(self.answers[key])]
        return from_lines(one.lines, ask.stream), one.date

    def has(self, name: str) -> bool:
        return full_name(name).lower() in {one.lower() for one in self._names}

    def rows(self) -> list[dict[str, Any]]:
        """The recorded models, as /api/tags lists them."""
        plain = ({"name": name, "model": name} for name in sorted(self._names))
        return [self._about.get(one["name"], {}).get("row") or one for one in plain]

    def shown(self, name: str) -> dict[str, Any]:
        """What /api/show says of a recorded model."""
        found = self._about.get(full_name(name), {}).get("show")
        return found if isinstance(found, dict) else {}


def open_recordings(folder: Path) -> tuple[Recordings, list[str]]:
    """A folder's recordings, and a sentence for each file that is none; DojoError where it has none."""
    if not folder.is_dir():
        raise DojoError(f"There is no folder {folder}; record one where a model runs: dojo serve --record FOLDER")
    recordings, complaints = Recordings(folder, _read_models(folder)), []
    for path in sorted(folder.glob("*/*.json")):
        try:
            said = json.loads(path.read_text(encoding="utf-8"))
            recorded = _Recorded(list(_lines(said)), str(said.get("date", "")))
            recordings.add(str(said["path"]), str(said["model"]), dict(said["request"]), recorded)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            complaints.append(f"{path} is no recording and is left out; record it again.")
    if not recordings.answers:
        raise DojoError(
            f"{folder} has no recordings; make some where a model runs: dojo serve --record {folder}, then run the lab."
        )
    return recordings, complaints


def _lines(said: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if not said["lines"]:
        raise ValueError
    for line in said["lines"]:
        if not isinstance(line, dict):
            raise TypeError
        yield line


def _read_models(folder: Path) -> dict[str, Any]:
    with contextlib.suppress(OSError, ValueError):
        said = json.loads((folder / _MODELS).read_text(encoding="utf-8"))
        if isinstance(said, dict) and isinstance(said.get("models", {}), dict):
            return said
    return {}


def _layout(head: dict[str, Any], lines: list[dict[str, Any]]) -> str:
    """JSON that reads well and compares well: a field a line, and a line of the answer a line."""
    fields = [f" {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in head.items()]
    said = ",\n  ".join(json.dumps(line, ensure_ascii=False) for line in lines)
    return "{\n" + ",\n".join(fields) + f',\n "lines": [\n  {said}\n ]\n}}\n'
