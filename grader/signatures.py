"""The signature of a function as plain values, and back."""

from __future__ import annotations

import inspect
from typing import Any

__all__ = ["read_signature", "write_signature"]


def write_signature(target: Any) -> list[Any]:
    """A signature as plain values: name, kind, default and annotation of each parameter, and what comes back."""
    empty = inspect.Parameter.empty
    signature = inspect.signature(target)
    told: list[Any] = [
        [one.name, int(one.kind), *_optional(one.default, empty), *_optional(one.annotation, empty)]
        for one in signature.parameters.values()
    ]
    return [told, *_optional(signature.return_annotation, inspect.Signature.empty)]


def _optional(value: Any, empty: Any) -> tuple[bool, Any]:
    return (False, None) if value is empty else (True, value)


def read_signature(told: list[Any]) -> inspect.Signature:
    empty = inspect.Parameter.empty
    kinds = list(inspect._ParameterKind)
    try:
        parameters = [
            inspect.Parameter(name, kinds[kind], default=default if has else empty, annotation=note if noted else empty)
            for name, kind, has, default, noted, note in told[0]
        ]
        returns = told[2] if told[1] is True else empty
        return inspect.Signature(parameters, return_annotation=returns)
    except (TypeError, ValueError, IndexError, KeyError):
        raise ValueError("no signature found") from None
