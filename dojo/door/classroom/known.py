"""What the model's server has: each model's digest, its own longest reply, and which models are loaded now."""

from __future__ import annotations

import asyncio
import re
import time
from dataclasses import dataclass
from typing import Any

from dojo.door.classroom.keys import full_name
from dojo.door.classroom.upstream import Upstream

__all__ = ["Known", "Model"]

_FRESH_S = 1.0  # a model that was changed beside us is noticed within this
_LENGTH = re.compile(r"^num_predict\s+(-?\d+)\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Model:
    """`digest` is empty for a model that is not there, which nothing needs to be loaded for."""

    name: str
    digest: str


class Known:
    """Asks the model's server for its lists, at most once a second."""

    def __init__(self, upstream: Upstream) -> None:
        self.rows: dict[str, dict[str, Any]] = {}
        self._upstream = upstream
        self._looked: float | None = None
        self._gate = asyncio.Lock()
        self._lengths: dict[str, int | None] = {}

    async def find(self, name: str) -> Model:
        """The model of this name. Where nobody answers, as it was last seen."""
        await self._look()
        row = self.rows.get(full_name(name).lower(), {})
        return Model(full_name(name), str(row.get("digest", "")))

    async def own_length(self, model: Model) -> int | None:
        """The num_predict in the model's own parameters."""
        if not model.digest:
            return None
        if model.digest not in self._lengths:
            said = await self._upstream.ask("POST", "/api/show", {"model": model.name})
            if said is None:
                return None
            found = _LENGTH.search(str(said.get("parameters", "")))
            self._lengths[model.digest] = int(found[1]) if found else None
        return self._lengths[model.digest]

    async def loaded(self) -> set[str] | None:
        """The digests of the models in memory; None where nobody says."""
        said = await self._upstream.ask("GET", "/api/ps")
        rows = (said or {}).get("models")
        if not isinstance(rows, list):
            return None
        return {str(row.get("digest", "")) for row in rows if isinstance(row, dict)}

    def forget(self) -> None:
        """The teacher has changed something."""
        self._looked = None

    def name(self, digest: str) -> str:
        """A model's name for people."""
        named = (str(row.get("name", "")) for row in self.rows.values() if row.get("digest") == digest)
        return next(named, "one that is not here")

    async def _look(self) -> None:
        async with self._gate:
            if self._looked is not None and time.monotonic() - self._looked < _FRESH_S:
                return
            said = await self._upstream.ask("GET", "/api/tags")
            rows = (said or {}).get("models")
            if isinstance(rows, list):
                self.rows = {str(row.get("name", "")).lower(): row for row in rows if isinstance(row, dict)}
            self._looked = time.monotonic()  # also where nobody answered: those who wait shall not ask one by one
