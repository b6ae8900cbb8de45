"""The models folder: every GGUF file in it is a model, named for the file; `create` and `copy` add names.

    models/my-model.gguf            dropped in by hand: served as my-model
    models/.door/names/x%3A1b.json  a name of ours: which weights, system prompt, parameters
    models/.door/blobs/sha256-...   weights that were uploaded, or are shared between names

A second, read-only folder holds the models that come with the course.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from dojo.door.digests import Digests
from dojo.door.errors import RefusalError, missing
from dojo.door.gguf import Facts, NotAModelError, read_facts

__all__ = ["Model", "Models", "Recipe", "full_name"]

_PART = r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}"
_NAME = re.compile(rf"(?:{_PART}(?::\d+)?/)?(?:{_PART}/)?{_PART}(?::{_PART})?")
_LATER_PART = re.compile(r"-(?!00001)\d{5}-of-\d{5}$")  # llama.cpp opens the other parts of a split model itself
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9_.-]+")


@dataclass(frozen=True)
class Recipe:
    """What a name adds to its weights: as in a Modelfile. `parameters` are options that a request may override."""

    system: str = ""
    template: str = ""
    parameters: dict[str, Any] = field(default_factory=dict)
    messages: list[dict[str, Any]] = field(default_factory=list)
    license: list[str] = field(default_factory=list)
    parent: str = ""


@dataclass(frozen=True)
class Model:
    """A name and what stands behind it; `modified` is in seconds since 1970, `size` in bytes."""

    name: str
    path: Path
    facts: Facts
    recipe: Recipe
    size: int
    modified: float
    note: Path | None  # the file that holds the name; None for a GGUF that was dropped in
    shipped: bool = False

    @property
    def context(self) -> int:
        """The longest context it was trained for, in tokens."""
        return int(self.facts.of_architecture("context_length") or 2048)

    @property
    def template(self) -> str:
        """Its Jinja chat template; empty for a model that only continues text."""
        return self.recipe.template or str(self.facts.values.get("tokenizer.chat_template") or "")

    @property
    def capabilities(self) -> list[str]:
        """As Ollama derives them from the file: a way of pooling means embedding, the template tells the others."""
        if self.facts.of_architecture("pooling_type") is not None:
            return ["embedding"]
        found = ["completion"]
        if "tools" in self.template or "tool_call" in self.template:
            found.append("tools")
        if "<think>" in self.template and "</think>" in self.template:
            found.append("thinking")
        return found


def full_name(name: str) -> str:
    """`llama3.2` is `llama3.2:latest`; raises RefusalError 400 for what can't be a name."""
    if not name:
        raise RefusalError(400, "model is required")
    if not _NAME.fullmatch(name) or len(name) > 350:
        raise RefusalError(400, "invalid model name")
    short = name.removeprefix("registry.ollama.ai/").removeprefix("library/")
    return short if ":" in short.rpartition("/")[2] else f"{short}:latest"


class Models:
    """All models of a folder and of the shipped folder. Nothing is kept in memory that the folder doesn't say."""

    def __init__(self, folder: Path, shipped: Path | None = None) -> None:
        self.folder = folder
        self.shipped = shipped
        self.names = folder / ".door" / "names"
        self.blobs = folder / ".door" / "blobs"
        self.digests = Digests(folder / ".door" / "digests.json")
        self._facts: dict[tuple[Path, int, int], Facts] = {}

    def all(self) -> list[Model]:
        """The newest first, as Ollama lists them; a file that can't be read is left out."""
        found: dict[str, Model] = {}
        for name, path, note, shipped in self._places():
            try:
                found.setdefault(name.lower(), self._open(name, path, note, shipped))
            except (RefusalError, OSError):
                continue
        return sorted(found.values(), key=lambda model: (-model.modified, model.name))

    def find(self, name: str) -> Model:
        """The model of this name; raises RefusalError: 404 for none, 500 for a file that is no whole GGUF."""
        try:
            wanted = full_name(name).lower()
        except RefusalError as refusal:
            raise (refusal if not name else missing(name)) from None
        for found, path, note, shipped in self._places():
            if found.lower() == wanted:
                try:
                    return self._open(found, path, note, shipped)
                except OSError as error:
                    raise RefusalError(500, f"unable to load model: {path} can't be read ({error.strerror})") from None
        raise missing(name)

    def digest(self, model: Model) -> str:
        """64 hex digits that change with what is served: of the note for a name of ours, else of the whole file, which
        takes seconds for a large one that nobody asked about before."""
        return hashlib.sha256(model.note.read_bytes()).hexdigest() if model.note else self.digests.of(model.path)

    def blob(self, digest: str) -> Path:
        """Where the bytes with this digest are or would be; raises RefusalError 400 for what is no digest."""
        if not re.fullmatch(r"sha256[:-][0-9a-f]{64}", digest):
            raise RefusalError(400, "invalid digest format")
        return self.blobs / digest.replace(":", "-")

    def note(self, name: str) -> Path:
        """The file that holds a name of ours."""
        return self.names / f"{quote(full_name(name), safe='')}.json"

    def _places(self) -> Iterator[tuple[str, Path, Path | None, bool]]:
        """Name, weights (for a name of ours: read later), note and whether it is shipped; earlier ones win."""
        for note in sorted(self.names.glob("*.json")):
            yield unquote(note.stem), note, note, False
        for path in sorted(self.folder.glob("*.gguf")):
            if not _LATER_PART.search(path.stem):
                yield _name_of(path), path, None, False
        if self.shipped:
            for path in sorted(self.shipped.rglob("*.gguf")):
                yield _name_of(path), path, None, True

    def _open(self, name: str, path: Path, note: Path | None, shipped: bool) -> Model:
        recipe = Recipe()
        if note is not None:
            try:
                said = json.loads(note.read_text(encoding="utf-8"))
                path, recipe = self.blob(said["weights"]), Recipe(**said["recipe"])
            except (ValueError, KeyError, TypeError):
                raise RefusalError(500, f"{note} is damaged; remove that file and create {name} again") from None
        stat = path.stat()
        modified = (note or path).stat().st_mtime
        return Model(name, path, self._read(path), recipe, stat.st_size, modified, note, shipped)

    def _read(self, path: Path) -> Facts:
        stat = path.stat()
        key = (path, stat.st_size, stat.st_mtime_ns)
        if key not in self._facts:
            try:
                self._facts[key] = read_facts(path)
            except NotAModelError as problem:
                raise RefusalError(
                    500,
                    f"unable to load model: {path} is no whole GGUF file: {problem}; copy it there again, or remove it",
                ) from None
        return self._facts[key]


def _name_of(path: Path) -> str:
    plain = _NOT_IN_NAMES.sub("-", re.sub(r"-00001-of-\d{5}$", "", path.stem)).strip("-.") or "model"
    return f"{plain}:latest"
