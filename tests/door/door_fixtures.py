"""One real door for all tests, over a folder of tiny random models. A test module says `pytest_plugins` to have it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from door_kit import Running, running
from gguf_file import THINKING_TEMPLATE, write_tiny_model


@pytest.fixture(scope="session")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a chat model (tiny), one that thinks (thinker), one that embeds (embedder), one without a template
    (base), and a file that is cut off (broken)."""
    folder = tmp_path_factory.mktemp("weights")
    write_tiny_model(folder / "tiny.gguf")
    write_tiny_model(folder / "thinker.gguf", seed=2, template=THINKING_TEMPLATE)
    write_tiny_model(folder / "embedder.gguf", seed=3, pooling=1)
    write_tiny_model(folder / "base.gguf", seed=4, template="")
    (folder / "broken.gguf").write_bytes((folder / "tiny.gguf").read_bytes()[:40_000])
    return folder


@pytest.fixture(scope="session")
def door(weights: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The shared door. A test that changes models uses names of its own."""
    models = tmp_path_factory.mktemp("models")
    shutil.copytree(weights, models, dirs_exist_ok=True)
    with running(models, tmp_path_factory.mktemp("runtime")) as one:
        yield one
