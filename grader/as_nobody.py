"""Start bubblewrap as the user nobody: `python -m grader.as_nobody SOURCE... -- COMMAND...`, run by root.

A grader that runs as root (in a container, often) would otherwise give the sandbox's processes root's number, to which
the kernel opens more than to any other. The sources are first bound to a place where nobody may reach them, in a mount
namespace of this process alone; `{0}`, `{1}` ... in the command stand for these places.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from grader.namespaces import BIND, NEWNS, PRIVATE, RECURSIVE, mount, unshare

__all__ = ["NOBODY", "main"]

NOBODY = 65534
_EVERYBODY = ["0", "0", str(2**32 - 1)]  # the map of users where they are the machine's own
_PLACE = "/tmp"  # any folder that exists everywhere; the mount on it is seen by this process alone


def main(arguments: list[str]) -> None:
    """Bind the sources, become nobody, and become the command."""
    middle = arguments.index("--")
    sources, command = arguments[:middle], arguments[middle + 1 :]
    try:
        places = _bound(sources)
    except PermissionError:
        # Root of a container, which may not mount: nobody must then be able to reach them as they are.
        places = sources
    try:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
    except OSError:
        if Path("/proc/self/uid_map").read_text(encoding="utf-8").split() == _EVERYBODY:
            raise
        # Root in a user namespace alone, where there is no nobody: outside it is an ordinary user already.
    filled = [places[int(word[1:-1])] if word[:1] == "{" and word[1:-1].isdigit() else word for word in command]
    os.execv(filled[0], filled)


def _bound(sources: list[str]) -> list[str]:
    """Where each source can be reached by anybody in this process's new mount namespace."""
    unshare(NEWNS)
    mount("", "/", flags=RECURSIVE | PRIVATE)
    # Opened before the mount, which hides what lies below it.
    opened = [os.open(source, os.O_PATH) for source in sources]
    mount("tmpfs", _PLACE, "tmpfs", options="mode=755")
    places = []
    for number, source in enumerate(opened):
        place = Path(_PLACE, str(number))
        behind = f"/proc/self/fd/{source}"
        if Path(behind).is_dir():
            place.mkdir()
        else:
            place.touch()
        mount(behind, str(place), flags=BIND | RECURSIVE)
        os.close(source)
        places.append(str(place))
    return places


if __name__ == "__main__":
    main(sys.argv[1:])
