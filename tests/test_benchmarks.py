"""The classroom's load, for two seconds: it runs, nothing fails, and it prints its figures."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.slow
@pytest.mark.skipif(importlib.util.find_spec("xllamacpp") is None, reason="xllamacpp is not installed")
def test_a_small_class_is_served_without_a_failure() -> None:
    command = [sys.executable, "benchmarks/classroom.py", "--clients", "5", "--seconds", "3"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"^5 clients and a greedy one for 3 s: \d+ replies, 0 failed$", done.stdout, re.M)
    assert re.search(
        r"^fairness: .* slowest over median [1-9]\.\d\d; replies of a client \d+ to \d+$", done.stdout, re.M
    )
    assert re.search(r"^the shared request: \d+ replies, median .* afterwards median \d+\.\d ms$", done.stdout, re.M)
