"""Put functions of ours in front of a library's, without importing it: at once where it is imported, else when it is.

Covered:
* a module that is imported later has them before anybody can take a function out of it;
* where modules of the same package took the real function before, they get ours too;
* to ask twice is to ask once.

Not covered:
* a module that is reloaded, and functions that programs outside the package took before.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

__all__ = ["Function", "replace"]

Function = Callable[..., Any]
# By module, by the function's name in it (Class.method for one of a class): what makes ours out of the real one.
Table = Mapping[str, Mapping[str, Callable[[Function], Function]]]


def replace(table: Table) -> None:
    """Put the functions in front; a name that a version of the library has not is left out."""
    if not any(isinstance(finder, _Importer) and finder.table is table for finder in sys.meta_path):
        sys.meta_path.insert(0, _Importer(table))
    for name, makers in table.items():
        module = sys.modules.get(name)
        if module is not None:
            for real, ours in _put(module, makers):
                _put_elsewhere(name.partition(".")[0], real, ours)


class _Importer(MetaPathFinder):
    """Lets the others find a module, and sees to its functions when it has just been run."""

    def __init__(self, table: Table) -> None:
        self.table = table

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        if name not in self.table:
            return None
        others = (finder for finder in sys.meta_path if finder is not self and hasattr(finder, "find_spec"))
        spec = next(filter(None, (finder.find_spec(name, path, target) for finder in others)), None)
        if spec is not None and spec.loader is not None:
            # The loader itself stays: inspect and importlib.resources ask it for the source.
            execute = spec.loader.exec_module

            def exec_module(module: ModuleType) -> None:
                execute(module)
                _put(module, self.table[name])

            vars(spec.loader)["exec_module"] = exec_module
        return spec


def _put(module: ModuleType, makers: Mapping[str, Callable[[Function], Function]]) -> list[tuple[Function, Function]]:
    """Put the functions into one module; the pairs of real ones and ours."""
    pairs: list[tuple[Function, Function]] = []
    for path, make in makers.items():
        *owners, name = path.split(".")
        owner: Any = module
        for one in owners:
            owner = getattr(owner, one, None)
        real = getattr(owner, name, None)
        if real is not None and not hasattr(real, "__dojo__"):
            ours = wraps(real)(make(real))
            vars(ours)["__dojo__"] = True
            setattr(owner, name, ours)
            pairs.append((real, ours))
    return pairs


def _put_elsewhere(package: str, real: Function, ours: Function) -> None:
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == package:
            for key in [key for key, value in vars(module).items() if value is real]:
                setattr(module, key, ours)
