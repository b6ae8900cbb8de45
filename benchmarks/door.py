"""How fast the door is: first token through HTTP, tokens a second on one core, and thirty clients at once.

    python benchmarks/door.py [MODEL]

Starts a door of its own over the shipped models (or, with a GGUF file as MODEL, over that), held to one core where the
system can do that; the clients use the others. Every number is measured through HTTP with the real `ollama` package.
"""

from __future__ import annotations

import asyncio
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date
from importlib import metadata
from pathlib import Path
from typing import Any

import ollama
import psutil

ROOT = Path(__file__).parent.parent
RUNS = 50
CLIENTS = 30
# A reply that goes on for as long as it is told to, whatever the model would rather say.
FORMAT: Any = {"type": "string", "minLength": 2_000}
ASKED: Any = [{"role": "user", "content": "Tell me a story about a bear at the lake."}]


@dataclass(frozen=True)
class Reply:
    """One streamed reply: seconds to the first text and to the end, and its tokens; `failed` says why there is none."""

    first: float = 0.0
    whole: float = 0.0
    tokens: int = 0
    failed: str = ""


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "models").mkdir()
        name = "dojo-tiny"
        if len(sys.argv) > 1:
            name = Path(sys.argv[1]).stem
            shutil.copy(sys.argv[1], place / "models" / f"{name}.gguf")
        process = start(place)
        try:
            assert process.stdout is not None
            url = process.stdout.readline().split()[-1]
            core = hold_to_one_core(process.pid)
            print(report(url, name, core, process.pid))  # noqa: T201 - a benchmark's product
        finally:
            process.terminate()
            process.wait(timeout=20)
    return 0


def start(place: Path) -> subprocess.Popen[str]:
    command = [
        sys.executable,
        "-m",
        "dojo.door",
        "--models",
        str(place / "models"),
        "--runtime",
        str(place / "runtime"),
    ]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)


def hold_to_one_core(pid: int) -> str:
    """The door and the engines that it starts later; macOS has no call for it."""
    if not hasattr(psutil.Process, "cpu_affinity"):
        return "all cores"
    psutil.Process(pid).cpu_affinity([0])
    others = list(range(1, os.cpu_count() or 1))
    if others:
        psutil.Process().cpu_affinity(others)
    return "one core"


def report(url: str, name: str, core: str, pid: int) -> str:
    client = ollama.Client(host=url)
    began = time.perf_counter()
    client.chat(name, ASKED, options={"num_predict": 1})
    cold = time.perf_counter() - began
    firsts = sorted(one_reply(client, name, 8).first * 1000 for _ in range(RUNS))
    speeds, tokens, before = [], 0, cpu_seconds(pid)
    for _ in range(5):
        reply = one_reply(client, name, 400)
        speeds.append((reply.tokens - 1) / (reply.whole - reply.first))
        tokens += reply.tokens
    costs = [(now - then) / tokens * 1e6 for then, now in zip(before, cpu_seconds(pid), strict=True)]
    client.close()
    began = time.perf_counter()
    crowd = asyncio.run(everybody(url, name))
    wall = time.perf_counter() - began
    good = [one for one in crowd if not one.failed]
    wholes, waits = [one.whole for one in good], [one.first for one in good]
    memory = sum(one.memory_info().rss for one in [psutil.Process(pid), *psutil.Process(pid).children()]) / 1e6
    machine = f"{os.cpu_count()} CPUs, {platform.platform(terse=True)}, Python {platform.python_version()}"
    failures = sorted({one.failed for one in crowd if one.failed})
    return "\n".join(
        [
            f"{date.today().isoformat()}, {machine}, xllamacpp {metadata.version('xllamacpp')}, {name}, door on {core}",
            f"load and first reply: {cold * 1000:.0f} ms",
            f"first token, {RUNS} runs: median {statistics.median(firsts):.1f} ms, slowest {firsts[-1]:.1f} ms",
            f"one client: median {statistics.median(speeds):.0f} tokens/s, slowest of 5 runs {min(speeds):.0f}",
            f"  CPU time of a token: door {costs[0]:.0f} us, engine {costs[1]:.0f} us (keeping to a JSON schema)",
            f"{CLIENTS} clients at once: {len(crowd) - len(good)} failed {failures or ''}".rstrip(),
            f"  whole reply: median {statistics.median(wholes):.2f} s, slowest {max(wholes):.2f} s, "
            f"slowest/median {max(wholes) / statistics.median(wholes):.2f}",
            f"  first token: median {statistics.median(waits):.2f} s, slowest {max(waits):.2f} s",
            f"  together: {sum(one.tokens for one in good) / wall:.0f} tokens/s; door and engine hold {memory:.0f} MB",
        ]
    )


def cpu_seconds(pid: int) -> tuple[float, float]:
    """Of the door, and of its engine; unlike the clock they do not mind what else the machine does."""
    door, engine = psutil.Process(pid), psutil.Process(pid).children()[0]
    return sum(door.cpu_times()[:2]), sum(engine.cpu_times()[:2])


def one_reply(client: ollama.Client, name: str, tokens: int) -> Reply:
    began, first = time.perf_counter(), 0.0
    options = {"num_predict": tokens, "seed": 1}
    tokens_written = 0
    for part in client.chat(name, ASKED, stream=True, format=FORMAT, options=options):
        first = first or time.perf_counter() - began
        tokens_written = part.eval_count or 0
    return Reply(first, time.perf_counter() - began, tokens_written)


async def everybody(url: str, name: str) -> list[Reply]:
    clients = [ollama.AsyncClient(host=url) for _ in range(CLIENTS)]
    replies = await asyncio.gather(*(one_of_many(client, name, seed) for seed, client in enumerate(clients)))
    for client in clients:
        await client.close()
    return list(replies)


async def one_of_many(client: ollama.AsyncClient, name: str, seed: int) -> Reply:
    began, first = time.perf_counter(), 0.0
    options = {"num_predict": 100, "seed": seed}
    tokens_written = 0
    try:
        async for part in await client.chat(name, ASKED, stream=True, format=FORMAT, options=options):
            first = first or time.perf_counter() - began
            tokens_written = part.eval_count or 0
    except Exception as error:  # whatever it is, it counts as a failure and is named
        return Reply(failed=f"{type(error).__name__}: {error}")
    return Reply(first, time.perf_counter() - began, tokens_written)


if __name__ == "__main__":
    sys.exit(main())
