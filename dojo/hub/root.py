"""Several user numbers need root; without it the same is had in a user namespace, with the numbers the system lends."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from dojo.errors import DojoError

__all__ = ["become_root"]

_UNSHARE = ["unshare", "--user", "--map-root-user", "--map-auto", "--"]


def become_root() -> None:
    """Return as root; where this process is not, it becomes root of a new user namespace, which owns nothing outside
    that its user does not own. Raises `DojoError` with the next step where the machine does not lend the numbers.
    """
    if sys.platform != "linux":
        raise DojoError(
            "The hub runs on Linux only; on another system use a Linux virtual machine or deploy/kubernetes."
        )
    if os.geteuid() == 0:
        return
    if not shutil.which("newuidmap"):
        raise DojoError(
            "Without root, the hub needs user numbers for the students: run sudo apt install uidmap, "
            "then make hub again; or run sudo make hub."
        )
    tried = subprocess.run([*_UNSHARE, "true"], capture_output=True, text=True, check=False)
    if tried.returncode:
        last = (tried.stderr.strip().splitlines() or ["unshare gave no reason"])[-1]
        raise DojoError(
            f"This machine lends no user numbers to {_me()} ({last}); run sudo make hub, "
            "or let an administrator add a line for you to /etc/subuid and /etc/subgid."
        )
    os.execvp(_UNSHARE[0], [*_UNSHARE, sys.executable, "-P", "-m", "dojo.hub", *sys.argv[1:]])


def _me() -> str:
    import getpass

    return getpass.getuser()
