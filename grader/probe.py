"""Try the sandbox with a child that does nothing, and say in one sentence why this machine can't have it."""

from __future__ import annotations

import shutil
import socket
import sys
from functools import cache
from pathlib import Path

from grader.bundle import Bundle
from grader.children import NurseryGoneError
from grader.forks import Nursery
from grader.job import Job
from grader.sandbox import Wall
from grader.walk import BoxError, Walk

__all__ = ["own_proc", "sandbox_reason", "serve"]

_UNSAFE = "or, if you trust the class, add --unsafe"
_SETTINGS = (
    ("kernel/apparmor_restrict_unprivileged_userns", "1", "0"),
    ("kernel/unprivileged_userns_clone", "0", "1"),
    ("user/max_user_namespaces", "0", "10000"),
)


@cache
def sandbox_reason() -> str:
    """Why this machine can't have the sandbox and what to do, in one sentence; empty where it can.

    It is tried for real, once a process, which takes about half a second.
    """
    if sys.platform != "linux":
        system = {"darwin": "macOS", "win32": "Windows"}.get(sys.platform, sys.platform)
        return f"{system} has no sandbox for the grader; grade on Linux (a virtual machine will do), {_UNSAFE}."
    if shutil.which("bwrap") is None:
        return f"bubblewrap is not installed, which the sandbox needs; install it (apt install bubblewrap), {_UNSAFE}."
    said = _tried(Wall())
    return _advice(said) if said and _tried(Wall(own_proc=False)) else ""


@cache
def own_proc() -> bool:
    """Whether the nursery can have a /proc of its own; some containers refuse that and nothing else."""
    return not _tried(Wall())


def serve(role: str, control: socket.socket, bridge: socket.socket | None) -> None:
    """A child's part: it has been locked in, which is all that is asked."""


@cache
def _tried(wall: Wall) -> str:
    """What went wrong when an empty notebook was run behind the wall; empty where nothing did."""
    bundle = Bundle.of(Path(), ())
    try:
        nursery = Nursery(wall, True, "grader.probe", ())
        try:
            Walk(Job("", "", "", (), mode="kernel"), lambda roles: nursery.fork(roles, bundle), ()).try_out()
        finally:
            nursery.close()
    except (NurseryGoneError, BoxError, OSError) as problem:
        return str(problem) or "it ended without a word"
    finally:
        bundle.close()
    return ""


def _advice(said: str) -> str:
    for name, refused, wanted in _SETTINGS:
        path = Path("/proc/sys", name)
        if path.exists() and path.read_text(encoding="utf-8").strip() == refused:
            setting = f"sudo sysctl -w {name.replace('/', '.')}={wanted}"
            return f"This system keeps the sandbox's namespaces from programs; allow them ({setting}), {_UNSAFE}."
    last = (said.splitlines() or [""])[-1].strip()
    if "namespace" in said or "uid map" in said or "Operation not permitted" in said or "Permission denied" in said:
        return (
            f"The sandbox needs user namespaces, which are refused here ({last}); in a container, start it with "
            f"--security-opt seccomp=unconfined --security-opt apparmor=unconfined, {_UNSAFE}."
        )
    return f"The sandbox can't be had here ({last}); try `bwrap --unshare-all --ro-bind / / true`, {_UNSAFE}."
