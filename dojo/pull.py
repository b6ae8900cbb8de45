"""Get models: through a running Ollama, or from a folder that was carried here by hand.

Covered, for a carried folder: each file is checked against its own SHA-256 while it is copied, put in place whole or
not at all, and a model's manifest is written last, so that a model is either complete or absent.

Not covered: whether the files are what their maker published; that is known only to whoever filled the folder.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from dojo.errors import DojoError

__all__ = ["Carried", "Step", "carry", "models_folder", "pull"]

_DIGEST = re.compile(r"sha256:([0-9a-f]{64})\Z")
_CHUNK = 1 << 20


@dataclass(frozen=True)
class Step:
    """How far one model is: `done` and `total` are bytes, 0 while nothing is known."""

    tag: str
    said: str
    done: int = 0
    total: int = 0


@dataclass(frozen=True)
class Carried:
    """What became of one model of a carried folder: `state` is copied, there already, or refused with the reason."""

    tag: str
    state: str


def pull(tags: Iterable[str], client: Any = None) -> Iterator[Step]:
    """Have Ollama download these models, one after the other; gives each step it tells of.

    `client` is an `ollama.Client`, by default one for OLLAMA_HOST. A `DojoError` says which model failed and why.
    """
    import httpx
    import ollama

    client = client or ollama.Client()
    for tag in tags:
        try:
            for part in client.pull(tag, stream=True):
                yield Step(tag, part.status or "", part.completed or 0, part.total or 0)
        except (ConnectionError, httpx.TransportError):
            from dojo.door.who import who_answers

            host = who_answers().host
            raise DojoError(f"Nobody answers at {host}, so {tag} was not pulled; start Ollama and try again.") from None
        except ollama.ResponseError as error:
            raise DojoError(f"{tag} was not pulled: {error.error or 'no reason given'}.") from None


def models_folder() -> Path:
    """Where Ollama keeps models: OLLAMA_MODELS, else `.ollama/models` in the home."""
    named = os.environ.get("OLLAMA_MODELS")
    return Path(named).expanduser() if named else Path.home() / ".ollama" / "models"


def carry(source: Path, target: Path) -> Iterator[Carried]:
    """Copy every model of an Ollama models folder (`manifests/` and `blobs/`) into another one."""
    manifests = sorted(path for path in source.joinpath("manifests").rglob("*") if path.is_file())
    if not manifests or not source.joinpath("blobs").is_dir():
        raise DojoError(
            f"{source} is no folder of Ollama models: it needs manifests and blobs in it. "
            "On the machine that has the models, copy the folder .ollama/models of the home."
        )
    for manifest in manifests:
        place = manifest.relative_to(source / "manifests")
        tag = f"{place.parent.name}:{place.name}"
        try:
            copied = [_copy_blob(digest, source, target) for digest in _digests(manifest)]
            _put(target / "manifests" / place, partial(shutil.copyfile, manifest))
            yield Carried(tag, "copied" if any(copied) else "there already")
        except (DojoError, OSError) as error:
            # One broken or half-copied model is no reason to leave the others behind.
            yield Carried(tag, f"refused: {error}")


def _digests(manifest: Path) -> list[str]:
    """The SHA-256 of each file that a model consists of, as hexadecimal digits."""
    try:
        content = json.loads(manifest.read_text(encoding="utf-8"))
        found = [_DIGEST.match(layer["digest"]) for layer in [content["config"], *content["layers"]]]
    except (ValueError, KeyError, TypeError):
        raise DojoError("its manifest can't be read") from None
    if not all(found):
        raise DojoError("its manifest names a file in a way that Ollama does not")
    return [match[1] for match in found if match]


def _copy_blob(digest: str, source: Path, target: Path) -> bool:
    """Copy one file unless it is there; whether it was copied."""
    name = f"sha256-{digest}"
    old, new = source / "blobs" / name, target / "blobs" / name
    if not old.is_file():
        raise DojoError(f"the file {name[:19]}... is missing from the folder")
    if new.is_file() and new.stat().st_size == old.stat().st_size:
        return False
    _put(new, lambda part: _copy_checked(old, part, digest))
    return True


def _copy_checked(old: Path, part: Path, digest: str) -> None:
    found = hashlib.sha256()
    with old.open("rb") as reader, part.open("wb") as writer:
        while chunk := reader.read(_CHUNK):
            found.update(chunk)
            writer.write(chunk)
    if found.hexdigest() != digest:
        raise DojoError(f"the file sha256-{digest[:12]}... is damaged; copy it again from the other machine")


def _put(path: Path, write: Callable[[Path], object]) -> None:
    """Write a file under another name, then give it its own: it is there whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    try:
        write(part)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
