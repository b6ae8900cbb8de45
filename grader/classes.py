"""Which classes mean the same on both sides: a value of one of these crosses as content, any other as a handle.

A class crosses by its module and name, never as code, and is looked up among what is there: nothing is imported, no
attribute is computed. The kit's and the libraries' own records are known on both sides, and so are the classes that a
locked cell defines, because both sides run that cell.
"""

from __future__ import annotations

import enum
import sys
from typing import Any

__all__ = ["Locked", "find", "is_exception", "name_of", "record_kind"]

# Records of these packages cross as content.
_PACKAGES = {"dojo", "ollama"}
_PLAIN = (
    bool,
    int,
    float,
    complex,
    str,
    bytes,
    bytearray,
    list,
    tuple,
    dict,
    set,
    frozenset,
    range,
    slice,
    object,
    type,
)
_ELSEWHERE = {
    *(("datetime", name) for name in ("date", "datetime", "time", "timedelta", "timezone")),
    *(("collections", name) for name in ("Counter", "OrderedDict", "defaultdict", "deque")),
    *(("decimal", "Decimal"), ("fractions", "Fraction"), ("numpy", "ndarray"), ("torch", "Tensor")),
    *(("pathlib", name) for name in ("Path", "PosixPath", "PurePath", "PurePosixPath")),
    ("PIL.Image", "Image"),
}
MAIN = "__main__"


class Locked(dict[str, type]):
    """The classes that locked cells have defined on this side, by name."""

    def note(self, names: tuple[str, ...], namespace: dict[str, Any]) -> None:
        """Take in what a locked cell has just bound."""
        for name in names:
            value = namespace.get(name)
            if isinstance(value, type) and value.__module__ == MAIN and value.__qualname__ == name:
                self[name] = value


def is_exception(kind: type) -> bool:
    return issubclass(kind, BaseException)


def name_of(kind: type, locked: Locked) -> tuple[str, str] | None:
    """Module and name by which the other side finds this class; None if it can't."""
    module, name = type.__getattribute__(kind, "__module__"), type.__getattribute__(kind, "__qualname__")
    if not (type(module) is str and type(name) is str):
        return None
    return (module, name) if find(module, name, locked) is kind else None


def find(module: str, name: str, locked: Locked) -> type | None:
    """The class of that name, if it is one that both sides know."""
    if module == MAIN:
        return locked.get(name)
    found: Any = sys.modules.get(module)
    if found is None or len(name) > 200 or module.startswith("grader."):
        return None
    for part in name.split("."):
        # Not getattr: a module may compute its attributes, and a class too.
        space = (
            getattr(found, "__dict__", None) if isinstance(found, type) or type(found).__name__ == "module" else None
        )
        found = space.get(part) if space is not None else None
    if not isinstance(found, type):
        return None
    if found.__module__ != module or found.__qualname__ != name:
        return None
    return found if _is_known(module, name, found) else None


def _is_known(module: str, name: str, kind: type) -> bool:
    if is_exception(kind):
        return True
    if module == "builtins":
        return kind in _PLAIN
    if (module, name) in _ELSEWHERE:
        return True
    numpy = sys.modules.get("numpy")
    if numpy is not None and issubclass(kind, numpy.generic):
        return True
    return module.partition(".")[0] in _PACKAGES and record_kind(kind, ordinary=False) != ""


def record_kind(kind: type, ordinary: bool) -> str:
    """How a class's values are taken apart: "enum", "tuple", "model", "data", "object" (only if `ordinary`), or ""."""
    if issubclass(kind, enum.Enum):
        return "enum"
    if issubclass(kind, tuple) and isinstance(getattr(kind, "_fields", None), tuple):
        return "tuple"
    pydantic = sys.modules.get("pydantic")
    if pydantic is not None and issubclass(kind, pydantic.BaseModel):
        return "model"
    if isinstance(kind.__dict__.get("__dataclass_fields__"), dict):
        return "data"
    plain = type(kind) is type and kind.__new__ is object.__new__ and kind.__dictoffset__ != 0
    return "object" if ordinary and plain else ""
