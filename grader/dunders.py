"""What objects can do by the names that Python looks up in their class, and which of these a handle may ask for."""

from __future__ import annotations

__all__ = ["ALWAYS", "BITS", "DUNDERS", "HARMLESS", "READABLE", "TRUSTING", "able"]

# What an object's class can do; a handle's class gets those that the object's class says it has.
ALWAYS = [
    "call",
    "iter",
    "next",
    "len",
    "getitem",
    "setitem",
    "delitem",
    "bool",
    "enter",
    "exit",
    "await",
    "aiter",
    "anext",
    "aenter",
    "aexit",
    "reversed",
    "int",
    "float",
    "complex",
    "index",
    "abs",
    "neg",
    "pos",
    "invert",
    "round",
    "trunc",
    "floor",
    "ceil",
    "hash",
    "bytes",
    "format",
    "str",
]
# These tell the object a value of the test's and believe its answer.
_BINARY = "add sub mul matmul truediv floordiv mod divmod pow lshift rshift and xor or".split()  # noqa: SIM905 - as above
_ASKING = [f"{side}{name}" for name in _BINARY for side in ("", "r", "i") if (side, name) != ("i", "divmod")]
TRUSTING = [f"__{name}__" for name in ("lt", "le", "gt", "ge", "contains", *_ASKING)]
DUNDERS = (*(f"__{name}__" for name in ALWAYS), *TRUSTING)
BITS = {name: 1 << place for place, name in enumerate(DUNDERS)}
# Attributes with two underscores that are asked for.
READABLE = [
    "__name__",
    "__qualname__",
    "__doc__",
    "__module__",
    "__annotations__",
    "__defaults__",
    "__kwdefaults__",
    "__wrapped__",
    "__dict__",
    "__members__",
    "__dataclass_fields__",
    "__match_args__",
    "__self__",
    "__func__",
]
# Methods whose arguments say where to look, not what is wanted.
HARMLESS = [
    "get",
    "group",
    "groups",
    "groupdict",
    "start",
    "end",
    "span",
    "item",
    "read",
    "readline",
    "readlines",
    "send",
    "throw",
    "close",
    "seek",
    "pop",
    "popleft",
    "keys",
    "values",
    "items",
    "copy",
    "tolist",
    "model_dump",
    "head",
    "tail",
    "asend",
    "athrow",
    "aclose",
    "cache_info",
    "cache_clear",
]


def able(kind: type, only: frozenset[str] | None = None) -> int:
    """What objects of a class can do, a bit for each of `DUNDERS`; `only` leaves out all others."""
    bits = 0
    for name, bit in BITS.items():
        if (only is None or name in only) and _has(kind, name):
            bits |= bit
    return bits


def _has(kind: type, name: str) -> bool:
    for one in kind.__mro__:
        if name in one.__dict__:
            own = one is not object
            return own and one.__dict__[name] is not None
    return False
