"""Every Python example in the README of the installed `ollama` package, run as it stands against the door."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from importlib import metadata
from typing import Any

import pytest
from door_kit import Running

pytest_plugins = ["door_fixtures"]

_BLOCK = re.compile(r"^```python\n(.*?)^```|^#+ (.+?)$", re.DOTALL | re.MULTILINE)
# Where an example can't work here, by its heading: the status and the sentence that it gets instead.
REFUSED = {
    "Run via local Ollama": (404, "model 'gpt-oss:120b-cloud' not found"),
    "Push": (501, "this server sends nothing to a network"),
    "System One": (501, "/v1/systemone is not in this server"),
    "Errors": (500, "pull model manifest: does-not-yet-exist is not here"),  # its last line pulls what is not there
}
RUN = """
import json, sys, traceback
import ollama
found = []
for code in json.load(sys.stdin):
    try:
        ollama.copy("tiny", "gemma4")
        exec(code, {"ollama": ollama})
        found.append([0, ""])
    except ollama.ResponseError as error:
        found.append([error.status_code, error.error])
    except Exception:
        found.append([-2, traceback.format_exc()])
print(json.dumps(found), file=sys.stderr)
"""


def examples() -> list[tuple[str, str]]:
    """Heading and code of each example but those that ask ollama.com itself."""
    heading, found = "", []
    about = metadata.distribution("ollama").read_text("METADATA") or ""
    for match in _BLOCK.finditer(about):
        heading = match[2] or heading
        if match[1] and "https://ollama.com" not in match[1]:
            found.append((heading, match[1]))
    return found


def test_every_example_works_or_is_refused_in_a_sentence(door: Running) -> None:
    found = examples()
    if not found:
        pytest.skip("this installation of ollama brought no README")
    codes = [code.replace("http://localhost:11434", door.url) for _, code in found]
    done = subprocess.run(
        [sys.executable, "-c", RUN],
        input=json.dumps(codes), capture_output=True, text=True, check=True,
        env={**os.environ, "OLLAMA_HOST": door.url},
    )  # fmt: skip
    results: list[Any] = json.loads(done.stderr.splitlines()[-1])
    assert len(found) > 12
    for (heading, code), (status, text) in zip(found, results, strict=True):
        wanted, words = REFUSED.get(heading, (0, ""))
        assert status == wanted, f"{heading}: {text}\n{code}"
        assert str(text).startswith(words), f"{heading}: {text}"
    assert "Error: model 'does-not-yet-exist' not found" in done.stdout
    for name in ("gemma4", "example", "user/gemma4"):
        door.client.delete(name)
