"""A hub of its own for a test: started as `make hub` starts it, in a folder that is thrown away."""

from __future__ import annotations

import csv
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from dojo.jupyter import free_port

__all__ = ["Served", "needs_root", "served"]

needs_root = [
    pytest.mark.skipif(sys.platform != "linux", reason="the hub runs on Linux"),
    pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="several user numbers need root"),
    pytest.mark.skipif(not shutil.which("bwrap"), reason="bubblewrap is not installed (apt install bubblewrap)"),
]


@dataclass(frozen=True)
class Served:
    """A hub that answers: its folder, its address, what it said at the start, its process."""

    folder: Path
    url: str
    said: str
    pid: int

    def password(self, name: str) -> str:
        rows = csv.reader((self.folder / "passwords.csv").read_text(encoding="utf-8").splitlines())
        return dict(rows)[name]


@contextmanager
def served(folder: Path, port: int = 0) -> Iterator[Served]:
    """Start a hub on this folder, and stop it as Ctrl-C does."""
    port = port or free_port(8300)
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "dojo.hub", "--folder", str(folder), "--port", str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "OLLAMA_HOST": "http://127.0.0.1:9", "DOJO_ENGINE": "off"},
    )
    assert process.stdout is not None
    said = ""
    try:
        for line in process.stdout:
            said += line
            if line.startswith("Stop it with Ctrl-C"):
                break
        else:
            pytest.fail(f"the hub did not start: {said}")
        yield Served(folder, f"http://127.0.0.1:{port}", said, process.pid)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        process.wait(timeout=120)
        process.stdout.close()
