"""The steps from nothing to the shipped files: train, embed, export, score, ship. Each reads what those before wrote.

In the working folder: tokenizer.json, checkpoint.pt and log.jsonl (train), embed.pt and embed-log.jsonl (embed),
dojo-tiny.gguf, dojo-tiny-embed.gguf, untrained.gguf and Modelfile (export), scores.json and card.md (score).
`ship` copies what the repository keeps beside this file.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dojo.errors import DojoError

if TYPE_CHECKING:
    from dojo.models.tiny.model import TinyLlama
    from dojo.models.tiny.tokenizer import Tokenizer

__all__ = ["HOME", "SHIPPED", "embed", "export", "score", "ship", "train"]

HOME = Path(__file__).parent
SHIPPED = (
    *("dojo-tiny.gguf", "dojo-tiny-embed.gguf", "Modelfile"),
    *("log.jsonl", "embed-log.jsonl", "scores.json", "card.md"),
)
KIND = "q8_0"

Say = Callable[[str], None]


def train(folder: Path, minutes: float | None, threads: int, say: Say) -> None:
    """Train, or go on training, for `minutes` at most; without a limit, to the end of the plan."""
    _need("tokenizers", "torch")
    import torch

    from dojo.models.tiny.model import Shape
    from dojo.models.tiny.plan import Plan
    from dojo.models.tiny.tokenizer import read_tokenizer, train_tokenizer
    from dojo.models.tiny.train import learn

    torch.set_num_threads(threads)
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "tokenizer.json"
    if not file.exists():
        say("Training the tokenizer ...")
        file.write_text(train_tokenizer().to_str(), encoding="utf-8")
    tokenizer = read_tokenizer(file.read_text(encoding="utf-8"))
    say("Training the model; Ctrl-C stops it, the same command goes on.")
    learn(folder, Shape(), Plan(), tokenizer, None if minutes is None else 60 * minutes, say)


def embed(folder: Path, threads: int, say: Say) -> None:
    """Train the embedding model, with the tokenizer of the language model; a few minutes, not resumable."""
    _need("tokenizers", "torch")
    import torch

    from dojo.models.tiny.embed import learn_meaning
    from dojo.models.tiny.tokenizer import read_tokenizer

    torch.set_num_threads(threads)
    file = folder / "tokenizer.json"
    if not file.is_file():
        raise DojoError(f"There is no tokenizer in {folder}; make one with: python -m dojo.models.tiny train")
    say("Training the embedding model ...")
    learn_meaning(folder, read_tokenizer(file.read_text(encoding="utf-8")), say=say)


def export(folder: Path, say: Say) -> None:
    """Write the GGUF files of the model and of its untrained twin, and prove the first against PyTorch."""
    _need("tokenizers", "torch", "gguf")
    from dojo.models.tiny.engine import engine_is_here
    from dojo.models.tiny.export import MODELFILE, prove, write_gguf
    from dojo.models.tiny.model import TinyLlama

    model, tokenizer, state = _trained(folder)
    about = f"{state['tokens']} tokens in {state['step']} steps, {round(state['cpu_seconds'])} CPU seconds."
    write_gguf(folder / "dojo-tiny.gguf", model, tokenizer, KIND, about)
    write_gguf(folder / "untrained.gguf", TinyLlama(model.shape), tokenizer, KIND, "Untrained: it talks nonsense.")
    if (folder / "embed.pt").is_file():
        write_gguf(folder / "dojo-tiny-embed.gguf", _embedder(folder), tokenizer, KIND, pooled=True)
    (folder / "Modelfile").write_text(MODELFILE, encoding="utf-8")
    if not engine_is_here():
        say("The file is written and not proved: that needs the package xllamacpp.")
        return
    for row in prove(folder / "dojo-tiny.gguf", model, tokenizer, KIND):
        say(f"{'same' if row['same'] else 'DIFFERENT'}: {row['prompt']} -> {row['reply']}")
        if not row["same"]:
            raise DojoError(f"llama.cpp and PyTorch disagree on {row['prompt']!r}; do not ship this file.")


def score(folder: Path, count: int, say: Say) -> dict[str, Any]:
    """Measure the file and its twin on `count` held-out questions a skill; writes scores.json and card.md."""
    _need("tokenizers", "torch", "gguf")
    from dojo.models.tiny import score as figures
    from dojo.models.tiny.export import rounded
    from dojo.models.tiny.model import TinyLlama

    model, tokenizer, state = _trained(folder)
    file = folder / "dojo-tiny.gguf"
    found: dict[str, Any] = {
        "file": {"sha256": figures.sha256(file), "bytes": file.stat().st_size, "kind": KIND},
        "embedding file": _about_embedder(folder),
        "parameters": sum(weight.numel() for weight in model.parameters()),
        "shape": asdict(model.shape),
        "training": state,
        "speed": figures.speed(file),
    }
    for name, weights, own in (
        ("dojo-tiny", model, file),
        ("untrained twin", TinyLlama(model.shape), folder / "untrained.gguf"),
    ):
        say(f"Scoring {name} ...")
        right, prompts = figures.exact_match(own, tokenizer, count, say)
        seen = {
            skill: round(one, 4) for skill, one in figures.perplexity(rounded(weights, KIND), tokenizer, count).items()
        }
        found[name] = asdict(figures.FileScore(right, prompts, seen))
    found["search"] = _search(folder, say)
    figures.write_scores(folder / "scores.json", found)
    from dojo.models.tiny.card import filled

    card = (HOME / "card.md").read_text(encoding="utf-8")
    (folder / "card.md").write_text(filled(card, json.loads((folder / "scores.json").read_text())), encoding="utf-8")
    return found


def _about_embedder(folder: Path) -> dict[str, Any] | None:
    from dojo.models.tiny.score import sha256
    from dojo.models.tiny.train import load_checkpoint

    file = folder / "dojo-tiny-embed.gguf"
    if not file.is_file():
        return None
    saved = load_checkpoint(folder / "embed.pt")
    size = sum(weight.numel() for weight in saved["model"].values())
    trained = {"parameters": size, "steps": saved["steps"], "cpu_seconds": saved["cpu_seconds"]}
    return {"sha256": sha256(file), "bytes": file.stat().st_size, "kind": KIND, **trained}


def _search(folder: Path, say: Say) -> dict[str, Any]:
    """The search over fifty sentences, by shared words and through each file that is there."""
    from dojo.models.tiny.embed import overlap_figures, search_figures
    from dojo.models.tiny.engine import Engine

    found = {"shared words": asdict(overlap_figures())}
    for name in ("dojo-tiny", "dojo-tiny-embed"):
        file = folder / f"{name}.gguf"
        if file.is_file():
            with Engine(file, embedding=True) as engine:
                found[name] = asdict(search_figures(engine.embed))
            say(f"{name}: {found[name]}")
    return found


def ship(folder: Path, say: Say) -> None:
    """Copy the shipped files from the working folder into the package."""
    missing = [name for name in SHIPPED if not (folder / name).is_file()]
    if missing:
        raise DojoError(f"{folder} lacks {', '.join(missing)}; make them with: python -m dojo.models.tiny all")
    for name in SHIPPED:
        shutil.copyfile(folder / name, HOME / name)
        say(f"{HOME / name}")


def _trained(folder: Path) -> tuple[TinyLlama, Tokenizer, dict[str, Any]]:
    from dojo.models.tiny.model import Shape, TinyLlama
    from dojo.models.tiny.tokenizer import read_tokenizer
    from dojo.models.tiny.train import load_checkpoint

    file = folder / "checkpoint.pt"
    if not file.is_file():
        raise DojoError(f"There is no checkpoint in {folder}; make one with: python -m dojo.models.tiny train")
    saved = load_checkpoint(file)
    model = TinyLlama(Shape(**saved["shape"]))
    model.load_state_dict(saved["model"])
    return model, read_tokenizer((folder / "tokenizer.json").read_text(encoding="utf-8")), saved["state"]


def _embedder(folder: Path) -> TinyLlama:
    from dojo.models.tiny.embed import SHAPE
    from dojo.models.tiny.model import TinyLlama
    from dojo.models.tiny.train import load_checkpoint

    model = TinyLlama(SHAPE)
    model.load_state_dict(load_checkpoint(folder / "embed.pt")["model"])
    return model


def _need(*packages: str) -> None:
    """A sentence about the first package that is not there, before any work is done."""
    import importlib.util

    for package in packages:
        if importlib.util.find_spec(package) is None:
            raise DojoError(f"The package {package} is missing; get it with: pip install 'local-ai-dojo[train]'")
