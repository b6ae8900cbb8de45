"""The course's menu of models, `dojo/models.toml`: tags, sizes, licences, and which of them fit a machine."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from dojo.errors import UsageError

__all__ = ["Menu", "Model", "fitting", "group", "read_menu"]

# Rules of thumb, in GB: what a laptop needs beside the model (system, browser, JupyterLab), and how much more memory a
# model takes than its file, for its context.
_BESIDE_GB = 4.0
_MEMORY_PER_FILE = 1.25


@dataclass(frozen=True)
class Model:
    """One row: `size_gb` is the download in GB (10^9 bytes), `kind` is chat, vision or embedding."""

    tag: str
    family: str
    kind: str
    groups: tuple[str, ...]
    size_gb: float
    licence: str
    source: str

    @property
    def full_tag(self) -> str:
        """The tag as a server lists it: a missing version is `latest`."""
        return self.tag if ":" in self.tag else f"{self.tag}:latest"


@dataclass(frozen=True)
class Menu:
    """Every model, and the day on which the rows were last checked."""

    checked: date
    models: tuple[Model, ...]

    @property
    def groups(self) -> list[str]:
        return sorted({name for model in self.models for name in model.groups})


@cache
def read_menu() -> Menu:
    """The menu that is shipped with the kit."""
    rows: dict[str, Any] = tomllib.loads((Path(__file__).parent / "models.toml").read_text(encoding="utf-8"))
    models = tuple(Model(**{**row, "groups": tuple(row["groups"])}) for row in rows["model"])
    return Menu(rows["checked"], models)


def group(name: str) -> list[Model]:
    """The models of a group, such as the trio of small ones that the labs ask side by side."""
    menu = read_menu()
    if name not in menu.groups:
        raise UsageError(f"The menu has no group {name!r}; it has {', '.join(menu.groups)}.")
    return [model for model in menu.models if name in model.groups]


def fitting(ram_gb: float, gpu_gb: float = 0.0) -> list[Model]:
    """For Llama, Qwen and DeepSeek, for pictures and for embeddings: the largest model that fits this memory, if any.

    A model fits if 1.25 times its file fits the graphics memory, or the main memory less 4 GB for everything else.
    """
    room = max(ram_gb - _BESIDE_GB, gpu_gb)
    return list(_largest([model for model in read_menu().models if model.size_gb * _MEMORY_PER_FILE <= room]))


def _largest(models: list[Model]) -> Iterator[Model]:
    shelves = [("chat", "Llama"), ("chat", "Qwen"), ("chat", "DeepSeek"), ("vision", ""), ("embedding", "")]
    for kind, family in shelves:
        found = [model for model in models if model.kind == kind and family in ("", model.family)]
        if found:
            yield max(found, key=lambda model: model.size_gb)
