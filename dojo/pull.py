"""Get models: through a running Ollama, or from a folder that was carried here by hand.

Covered, for a carried folder: each file is checked against its own SHA-256 while it is copied, put in place whole or
not at all, and a model's manifest is written last, so that a model is either complete or absent.

Not covered: whether the files are what their maker published; that is known only to whoever filled the folder.
"""

from __future__ import annotations

import difflib
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

from dojo.errors import DojoError, UsageError
from dojo.menu import read_menu

__all__ = ["Carried", "Step", "carry", "models_folder", "pull"]

_DIGEST = re.compile(r"sha256:([0-9a-f]{64})\Z")
_CHUNK = 1 << 23


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
    from dojo.door.who import host_named, without_token

    tags, host = list(tags), without_token(host_named())
    for tag in tags:
        if not tag or re.search(r"\s", tag):
            raise UsageError(f"{tag!r} is no model's name; write it like llama3.2:1b.")
    import httpx
    import ollama

    client = client or ollama.Client()
    for tag in tags:
        said = ""
        try:
            for part in client.pull(tag, stream=True):
                said = part.status or ""
                yield Step(tag, said, part.completed or 0, part.total or 0)
        except (ConnectionError, httpx.TransportError):
            raise DojoError(f"Nobody answers at {host}, so {tag} was not pulled; start Ollama and try again.") from None
        except ollama.ResponseError as error:
            raise DojoError(f"{tag} was not pulled: {error.error or 'no reason given'}.{_near(tag)}") from None
        except (ValueError, AttributeError, TypeError):  # what the package does with lines that are no objects
            raise DojoError(f"{tag} was not pulled: what answers at {host} does not speak as Ollama does.") from None
        if said != "success":
            raise DojoError(f"{tag} was not pulled whole: {host} ended in the middle; the same command goes on there.")


def _near(tag: str) -> str:
    """What may have been meant: the menu's groups and models."""
    menu = read_menu()
    known = [*menu.groups, *(model.tag for model in menu.models)]
    near = [one for one in difflib.get_close_matches(tag, known, n=1, cutoff=0.7) if one != tag]
    return f" Did you mean {near[0]}?" if near else ""


def models_folder() -> Path:
    """Where Ollama keeps models: OLLAMA_MODELS, else `.ollama/models` in the home."""
    named = os.environ.get("OLLAMA_MODELS")
    return Path(named).expanduser() if named else Path.home() / ".ollama" / "models"


def carry(source: Path, target: Path, tell: Callable[[Step], object] = lambda _: None) -> Iterator[Carried]:
    """Copy every model of an Ollama models folder (`manifests/` and `blobs/`) into another; `tell` hears how far."""
    manifests = sorted(filter(_is_manifest, source.joinpath("manifests").rglob("*")))
    if not manifests or not source.joinpath("blobs").is_dir():
        raise DojoError(
            f"{source} is no folder of Ollama models: it needs manifests and blobs in it. "
            "On the machine that has the models, copy the folder .ollama/models of the home."
        )
    for manifest in manifests:
        place = manifest.relative_to(source / "manifests")
        tag = f"{place.parent.name}:{place.name}"
        try:
            copied = [_copy_blob(digest, source, target, partial(_tell, tell, tag)) for digest in _digests(manifest)]
            _put(target / "manifests" / place, partial(shutil.copyfile, manifest))
            yield Carried(tag, "copied" if any(copied) else "there already")
        except (DojoError, OSError) as error:
            # One broken or half-copied model is no reason to leave the others behind.
            yield Carried(tag, f"refused: {error}")


def _is_manifest(path: Path) -> bool:
    """Whether it is one, and not what a Mac leaves on a stick: .DS_Store, and ._1b beside 1b."""
    return path.is_file() and not path.name.startswith(".")


def _tell(tell: Callable[[Step], object], tag: str, name: str, done: int, total: int) -> None:
    tell(Step(tag, f"copying {name}", done, total))


def _digests(manifest: Path) -> list[str]:
    """The SHA-256 of each file that a model consists of, as hexadecimal digits."""
    try:
        content = json.loads(manifest.read_text(encoding="utf-8"))
        found = [_DIGEST.match(layer["digest"]) for layer in [content["config"], *content["layers"]]]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise DojoError("its manifest can't be read") from None
    if not all(found):
        raise DojoError("its manifest names a file in a way that Ollama does not")
    return [match[1] for match in found if match]


def _copy_blob(digest: str, source: Path, target: Path, tell: Callable[[str, int, int], object]) -> bool:
    """Copy one file unless it is there; whether it was copied."""
    name = f"sha256-{digest}"
    old, new = source / "blobs" / name, target / "blobs" / name
    if not old.is_file():
        raise DojoError(f"the file {name[:19]}... is missing from the folder")
    if new.is_file() and new.stat().st_size == old.stat().st_size:
        return False
    size = old.stat().st_size
    free = shutil.disk_usage(_there(target)).free
    if size > free:
        raise DojoError(f"it needs {size / 1e9:.1f} GB more, and {free / 1e9:.1f} GB are free at {target}")
    _put(new, lambda part: _copy_checked(old, part, digest, lambda done: tell(name[:19], done, size)))
    return True


def _there(folder: Path) -> Path:
    """The folder, or the nearest one above it that is there."""
    return next(one for one in [folder, *folder.absolute().parents] if one.exists())


def _copy_checked(old: Path, part: Path, digest: str, tell: Callable[[int], object]) -> None:
    found = hashlib.sha256()
    with old.open("rb") as reader, part.open("wb") as writer:
        while chunk := reader.read(_CHUNK):
            found.update(chunk)
            writer.write(chunk)
            tell(writer.tell())
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
