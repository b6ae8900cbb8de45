"""Which folders and files a wall must show so that all of the wanted ones are found behind it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

__all__ = ["to_show"]


def to_show(wanted: Iterable[Path]) -> tuple[list[Path], list[Path]]:
    """Those wanted that are there, each only where no other holds it already, and the links that lead to them."""
    paths = list(wanted)
    found: list[Path] = []
    for path in sorted({one.resolve() for one in paths if one.exists()}, key=lambda one: len(one.parts)):
        if not any(path.is_relative_to(one) for one in found):
            found.append(path)
    links = {link for path in paths for link in _links_on(path)}
    return found, sorted(link for link in links if not any(link.is_relative_to(one) for one in found))


def _links_on(path: Path) -> Iterator[Path]:
    """Each symbolic link that is followed on the way to `path`."""
    for part in (*reversed(path.parents), path):
        if part.is_symlink():
            yield part
            yield from _links_on(Path(os.path.normpath(part.parent / part.readlink())) / path.relative_to(part))
            return
