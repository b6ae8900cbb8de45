"""Change the models folder: keep uploaded bytes, give names, copy them, take them away. Nothing is ever half there."""

from __future__ import annotations

import asyncio
import errno
import hashlib
import json
import os
import shutil
import tempfile
import threading
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from dojo.door.errors import RefusalError, missing
from dojo.door.gguf import NotAModelError, read_facts
from dojo.door.models import Model, Models, Recipe, full_name
from dojo.errors import DojoError
from dojo.files import write_whole

__all__ = ["Store"]


_SHARED = 256_000_000  # bytes; a smaller file is copied, so that nothing done to the original reaches the copy


class Store:
    """Writes what `Models` reads."""

    def __init__(self, models: Models) -> None:
        self._models = models
        self._writing = threading.Lock()  # naming and removing look at each other's files

    async def keep(self, digest: str, parts: AsyncIterator[bytes], size: int | None) -> bool:
        """Keep bytes under their digest, False where they were there already; raises RefusalError: 400 when they have
        another digest, 507 when the disk is full. `size` in bytes, where the client said it."""
        target = self._models.blob(digest)
        if target.exists():
            async for _ in parts:  # a client that is not read to the end sees a broken connection
                pass
            return False
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            if size and size > shutil.disk_usage(target.parent).free:
                raise _full(target.parent, size)
            handle, name = tempfile.mkstemp(dir=target.parent, suffix=".part")
        except OSError as error:
            raise _unwritten(target.parent, error) from None
        part = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                sums = hashlib.sha256()
                async for raw in parts:
                    sums.update(raw)
                    await asyncio.to_thread(file.write, raw)
            if (found := f"sha256:{sums.hexdigest()}") != digest.replace("-", ":"):
                raise RefusalError(400, f'digest mismatch, expected "{digest}", got "{found}"')
            part.replace(target)
        except OSError as error:
            raise _unwritten(target.parent, error) from None
        finally:
            part.unlink(missing_ok=True)
        return True

    def check(self, digest: str) -> Path:
        """The kept bytes, which must be a whole GGUF; raises RefusalError 400."""
        path = self._models.blob(digest)
        if not path.exists():
            raise RefusalError(
                400, f"no bytes with the digest {digest} are here; POST them to /api/blobs/{digest} first"
            )
        try:
            read_facts(path)
        except NotAModelError as problem:
            raise RefusalError(400, f"the file with the digest {digest} is no whole GGUF file: {problem}") from None
        return path

    def weights(self, model: Model) -> str:
        """The digest under which this model's bytes are kept.

        A large file that was dropped in is shared, not copied, if possible: put a newer one in its place by renaming
        (as file managers and downloads do), since writing into it would change what the copies' digest stands for.
        """
        digest = self._models.digests.of(model.path)
        target = self._models.blob(f"sha256:{digest}")
        if not target.exists():
            try:
                target.parent.mkdir(parents=True, exist_ok=True)
                if model.shipped or model.size < _SHARED or not _link(model.path, target):
                    _copy(model.path, target)
            except OSError as error:
                raise _unwritten(target.parent, error) from None
        return f"sha256:{digest}"

    def name(self, name: str, digest: str, recipe: Recipe) -> None:
        """Let `name` stand for these weights and this recipe, also where it stood for something else."""
        note = self._models.note(name)
        try:
            with self._writing:
                old = self._used(note)
                write_whole(note, json.dumps({"weights": digest, "recipe": asdict(recipe)}, indent=1))
                self._tidy(old)
        except (DojoError, OSError) as error:
            raise RefusalError(507, str(error)) from None

    def copy(self, source: str, destination: str) -> None:
        """A second name; raises RefusalError 404 where the first is not there."""
        full_name(destination)
        try:
            model = self._models.find(source)
        except RefusalError as refusal:
            raise (RefusalError(404, f'model "{source}" not found') if refusal.status == 404 else refusal) from None
        self.name(destination, self.weights(model), model.recipe)

    def delete(self, model: Model) -> None:
        """Take the name away, and its weights where no other name needs them; a shipped model is refused."""
        if model.shipped:
            raise RefusalError(403, f"{model.name} comes with the course and stays; other models can be deleted")
        try:
            with self._writing:
                old = self._used(model.note) if model.note else ""
                (model.note or model.path).unlink()
                self._tidy(old)
        except FileNotFoundError:
            raise missing(model.name) from None
        except OSError as error:
            raise RefusalError(500, f"{model.path} could not be deleted ({error.strerror})") from None

    def sweep(self) -> None:
        """Remove what an interrupted upload left, and weights that never got a name; call it before anybody can
        upload."""
        with suppress(OSError):  # a folder that can't be written is served all the same
            for part in self._models.blobs.glob("*.part"):
                part.unlink(missing_ok=True)
            for path in self._models.blobs.glob("sha256-*"):
                self._tidy(path.name.replace("-", ":", 1))

    def _used(self, note: Path) -> str:
        """The digest of the weights that a name stands for; empty where nobody can tell."""
        try:
            return str(json.loads(note.read_text(encoding="utf-8"))["weights"])
        except (OSError, ValueError, KeyError, TypeError):
            return ""

    def _tidy(self, digest: str) -> None:
        """Remove weights that no name stands for any more; none while a name can't be read, which may need them."""
        used = {self._used(note) for note in self._models.names.glob("*.json")}
        if digest and not used & {digest, ""}:
            self._models.blob(digest).unlink(missing_ok=True)


def _copy(path: Path, target: Path) -> None:
    """The same bytes once more, there whole or not at all."""
    part = target.with_suffix(".part")
    try:
        shutil.copyfile(path, part)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _link(path: Path, target: Path) -> bool:
    """Let the same bytes have a second name; False on another disk, or one that knows no links."""
    try:
        os.link(path, target)
    except OSError:
        return False
    return True


def _full(folder: Path, size: int = 0) -> RefusalError:
    free = shutil.disk_usage(folder).free / 1e6
    fault = f"the disk has no room for a file of {size / 1e6:.0f} MB" if size else "the disk is full"
    return RefusalError(507, f"{fault}: {free:.0f} MB are free at {folder}; free some space and try again")


def _unwritten(folder: Path, error: OSError) -> RefusalError:
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return _full(folder)
    return RefusalError(500, f"{folder} can't be written to ({error.strerror}); nothing was changed")
