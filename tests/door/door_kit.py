"""Start a real door for a test: a process of its own on a free port."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import ollama
import pytest

ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True)
class Running:
    """A door under test, and two ways to ask it."""

    url: str
    models: Path
    process: subprocess.Popen[str]
    http: httpx.Client
    client: ollama.Client


@contextmanager
def running(models: Path, runtime: Path, *arguments: str, before: str = "") -> Iterator[Running]:
    """Start a door and end it; `before` is Python that runs in its process first. It may print no warning."""
    if importlib.util.find_spec("xllamacpp") is None:
        pytest.skip("xllamacpp is not installed, so there is no engine to put behind the door")
    code = f"{before}\nimport runpy\nrunpy.run_module('dojo.door', run_name='__main__', alter_sys=True)"
    command = [sys.executable, "-W", "error", "-c", code, "--models", str(models), "--runtime", str(runtime)]
    command += ["--shipped", str(runtime / "nothing-shipped")]
    process = subprocess.Popen(
        [*command, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT
    )
    assert process.stdout is not None
    said = process.stdout.readline().split()
    if not said:
        pytest.fail(process.communicate(timeout=20)[1])
    with httpx.Client(base_url=said[-1], timeout=30, trust_env=False) as http:
        client = ollama.Client(host=said[-1], timeout=30, trust_env=False)
        try:
            yield Running(said[-1], models, process, http, client)
        finally:
            client.close()
            process.terminate()
            _, complaints = process.communicate(timeout=20)
    assert (complaints, process.returncode) == ("", 0), f"the door ended with {process.returncode}: {complaints}"
    assert not (runtime / "door.json").exists()
