"""Which machines a stick can serve, and what pip and the lock file call them."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from packaging import tags
from packaging.tags import Tag

from dojo.errors import UsageError

__all__ = ["MACHINES", "Machine", "find_machine", "find_python", "full_version", "this_machine"]

_PYTHONS = ((3, 11), (3, 12), (3, 13))
# Oldest first: of two wheels that fit, the one for more machines is the better one on a stick.
_GLIBC = range(5, 36)
_NAMED = ("manylinux1", "manylinux2010", "manylinux2014")  # what glibc 2.5, 2.12 and 2.17 were called before
_OLDEST_MAC = (14, 0)


@dataclass(frozen=True)
class Machine:
    """A kind of laptop: its name here, and what Python says there of system and processor."""

    name: str
    system: str
    sys_platform: str
    os_name: str
    processor: str
    wheel_platforms: tuple[str, ...]

    def environment(self, python: tuple[int, int]) -> dict[str, str]:
        """What a requirement's marker is asked about there."""
        version = ".".join(map(str, python))
        return {
            "implementation_name": "cpython",
            "implementation_version": full_version(python),
            "os_name": self.os_name,
            "platform_machine": self.processor,
            "platform_python_implementation": "CPython",
            "platform_release": "",
            "platform_system": self.system,
            "platform_version": "",
            "python_full_version": full_version(python),
            "python_version": version,
            "sys_platform": self.sys_platform,
        }

    def tags(self, python: tuple[int, int]) -> frozenset[Tag]:
        """The tags of the wheels that install there."""
        platforms = list(self._platforms())
        short = f"cp{python[0]}{python[1]}"
        return frozenset(
            (*tags.cpython_tags(python, platforms=platforms), *tags.compatible_tags(python, short, platforms))
        )

    def _platforms(self) -> Iterator[str]:
        if self.sys_platform == "darwin":
            yield from tags.mac_platforms(_OLDEST_MAC, self.processor)
        else:
            yield from self.wheel_platforms


def full_version(python: tuple[int, int]) -> str:
    """The release that a laptop is taken to have: the first of its series, whose packages serve all later ones."""
    return f"{python[0]}.{python[1]}.0"


def _glibc(processor: str) -> tuple[str, ...]:
    words = (*_NAMED, *(f"manylinux_2_{one}" for one in _GLIBC), "linux")
    return tuple(f"{word}_{processor}" for word in words)


MACHINES = (
    Machine("linux", "Linux", "linux", "posix", "x86_64", _glibc("x86_64")),
    Machine("linux-arm", "Linux", "linux", "posix", "aarch64", _glibc("aarch64")),
    Machine("macos", "Darwin", "darwin", "posix", "arm64", ("macosx_14_0_arm64",)),
    Machine("windows", "Windows", "win32", "nt", "AMD64", ("win_amd64",)),
)


def find_machine(word: str) -> Machine:
    """The machine with this name; `UsageError` with all names if there is none."""
    for one in MACHINES:
        if one.name == word:
            return one
    raise UsageError(f"There is no platform {word!r}; there are {', '.join(one.name for one in MACHINES)}.")


def find_python(word: str) -> tuple[int, int]:
    """The Python that `3.12` means; `UsageError` if the kit does not run on it."""
    for one in _PYTHONS:
        if word == f"{one[0]}.{one[1]}":
            return one
    raise UsageError(f"The kit runs on Python {', '.join(f'{a}.{b}' for a, b in _PYTHONS)}, not on {word!r}.")


def this_machine() -> tuple[Machine, tuple[int, int]]:
    """This computer's kind and Python."""
    for one in MACHINES:
        if one.sys_platform == sys.platform and one.processor == platform.machine():
            return one, sys.version_info[:2]
    raise UsageError(f"Wheels for {sys.platform} on {platform.machine()} are not known; name others with --platform.")
