"""The Local AI Dojo: what students import and type.

Importing this package does nothing and costs nothing; each public name is fetched when it is first used.
"""

from __future__ import annotations

from typing import Any

_WHERE = {
    "DojoError": "errors",
    "NotYet": "verdict",
    "allow_downloads": "downloads",
    "data_file": "files",
    "expect": "verdict",
    "fake_chat": "fakes",
    "frames": "vision",
    "given": "verdict",
    "load": "vision",
    "load_model": "vision",
    "models_here": "door.who",
    "sample_chat": "fakes",
    "show": "vision",
    "weights": "vision",
    "who_answers": "door.who",
}

__all__ = [*sorted(_WHERE), "load_ipython_extension"]


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"dojo has no {name!r}; it has {', '.join(__all__)}.")
    from importlib import import_module

    return getattr(import_module(f"dojo.{_WHERE[name]}"), name)


def __dir__() -> list[str]:
    return list(__all__)


def load_ipython_extension(shell: Any) -> None:
    """`%load_ext dojo`: says which model answers, and adds `%check` and `%hint`."""
    from dojo.magic import load

    load(shell)
