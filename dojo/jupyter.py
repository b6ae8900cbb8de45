"""Start JupyterLab on a workspace, and say its address once it answers."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from itertools import chain
from pathlib import Path

from dojo import catalog
from dojo.errors import DojoError
from dojo.offline import environment as home_environment
from dojo.progress import read_progress
from dojo.workspace import Workspace

__all__ = ["answers", "command", "free_port", "require_free", "serve"]

_HOST = "127.0.0.1"
_PATIENCE_S = 120.0


def serve(workspace: Workspace, port: int, no_browser: bool, ready: Callable[[str], None]) -> int:
    """Run JupyterLab until it is stopped; its exit code. `ready` is told the address once it answers.

    A taken port is a `DojoError` that names a free one.
    """
    require_free(port)
    token = secrets.token_hex(24)
    # No news and no update checks: the course works with the network cable out. nbgrader's class tools are hidden.
    config = os.pathsep.join(
        filter(None, [str(Path(__file__).parent / "jupyter_config"), os.environ.get("JUPYTER_CONFIG_PATH")])
    )
    # Notebooks inherit it; what a person set before stands.
    kept = home_environment(workspace.root)
    environment = {**kept, **os.environ, "JUPYTER_TOKEN": token, "JUPYTER_CONFIG_PATH": config}
    start = first_page(workspace)
    # JupyterLab's own log would bury the address; it stands in a file.
    log = workspace.root / "jupyterlab.log"
    with log.open("w", encoding="utf-8") as file:
        words = command(workspace.root, port, no_browser, start)
        process = subprocess.Popen(words, cwd=workspace.root, env=environment, stderr=file)
    try:
        if not answers(process, port):
            raise DojoError(f"JupyterLab did not start; {log} says why in its last lines.")
        ready(f"http://{_HOST}:{port}/lab/tree/{start}?token={token}")
        return process.wait()
    except KeyboardInterrupt:
        # A terminal sends Ctrl-C to JupyterLab too, which then ends by itself; elsewhere it is ended below.
        with suppress(subprocess.TimeoutExpired, KeyboardInterrupt):
            process.wait(timeout=5)
        return 0
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait()


def command(root: Path, port: int, no_browser: bool, start: str) -> list[str]:
    """The command line that runs JupyterLab on `root` with `start` open."""
    options = [
        f"--ServerApp.root_dir={root}",
        f"--ServerApp.ip={_HOST}",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        "--ServerApp.answer_yes=True",
        f"--LabApp.default_url=/lab/tree/{start}",
        "--LabApp.extension_manager=readonly",
        "--log-level=WARN",
    ]
    if no_browser:
        options.append("--no-browser")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options.append("--allow-root")  # a container's only user; JupyterLab listens on this machine alone
    # -P: a random.py that lies in the workspace must not stand in for Python's own.
    return [sys.executable, "-P", "-m", "jupyterlab", *options]


def first_page(workspace: Workspace) -> str:
    """The lesson of the first lab that is not passed yet, or the lab where it has none; relative to the workspace."""
    progress = read_progress(workspace.progress_file)
    labs = catalog.labs()
    left = [lab for lab in labs if not progress.lab(lab.name).done] or labs
    if not left:
        return ""
    lessons = [lesson for lesson in catalog.lessons() if lesson.number == left[0].number]
    page = workspace.lesson_notebook(lessons[0]) if lessons else workspace.lab_notebook(left[0])
    return page.relative_to(workspace.root).as_posix()


def require_free(port: int) -> None:
    """Raise a `DojoError` if something listens on the port."""
    if not _is_free(port):
        raise DojoError(
            f"Port {port} is in use, perhaps by a JupyterLab that is still open; close that one, "
            f"or take another port: dojo lab --port {free_port(port + 1)}"
        )


def free_port(start: int) -> int:
    """The first port from `start` on that nothing listens on; past the last one it goes on at 1024."""
    return next(port for port in chain(range(start, 65536), range(1024, start)) if _is_free(port))


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        if os.name != "nt":
            # So that a port whose last user has just gone counts as free; on Windows the option means something else.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_HOST, port))
        except OSError:
            return False
    return True


def answers(process: subprocess.Popen[bytes], port: int) -> bool:
    """Wait until the server answers; False if it ends before."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    until = time.monotonic() + _PATIENCE_S
    while process.poll() is None and time.monotonic() < until:
        try:
            opener.open(f"http://{_HOST}:{port}/login", timeout=1).close()
            return True
        except urllib.error.HTTPError:
            return True
        except OSError:
            time.sleep(0.1)
    return False
