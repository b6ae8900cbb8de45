"""A class of thirty on one model server for a minute: failures, fairness, and what the cache saves.

    python benchmarks/classroom.py [--clients 30] [--seconds 60] [--direct]

Starts `dojo serve --class` over the embedded engine, in a workspace of its own, on loopback. Each client is a student
with a token, the real `ollama` package and one request at a time: replies of 60 tokens with a seed of their own, and
every fifth time one request that the whole class shares, which the cache answers. One student more is greedy: eight
requests of 400 tokens, always open. Replies that end in time count; failures count whenever. Every number is measured
through HTTP, on the clients' side. With --direct the same load meets the embedded engine itself, to compare.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib import metadata
from pathlib import Path
from typing import Any

import ollama
import psutil

from dojo.door.classroom.tokens import open_tokens

ROOT = Path(__file__).parent.parent
MODEL = "dojo-tiny"
ASKED: Any = [{"role": "user", "content": "Tell me a story about a bear at the lake."}]
# A reply that goes on for as long as it is told to, whatever the model would rather say.
FORMAT: Any = {"type": "string", "minLength": 2_000}
SHARED = {"seed": 1, "num_predict": 60}
GREEDY = 8  # requests that the greedy student has open


@dataclass
class Seen:
    """What one student saw: seconds to the first text and to the end of each reply, seconds of each shared one."""

    firsts: list[float] = field(default_factory=list)
    wholes: list[float] = field(default_factory=list)
    hits: list[float] = field(default_factory=list)
    tokens: int = 0
    failures: list[str] = field(default_factory=list)


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clients", type=int, default=30)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--direct", action="store_true", help="without the class's server, to compare")
    asked = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        process = start(place, asked.direct)
        try:
            host = host_of(process, place)
            seen, greedy, quiet = asyncio.run(a_class(host, asked.clients, asked.seconds))
            print(report(seen, greedy, quiet, asked.seconds, process.pid))  # noqa: T201 - a benchmark's product
        finally:
            end(process, place)
    return 1 if any(one.failures for one in (*seen, greedy)) else 0


def start(place: Path, direct: bool) -> subprocess.Popen[str]:
    """The class's server in a workspace of its own, or the embedded engine alone."""
    (place / "runtime").mkdir()
    here = {"DOJO_WORKSPACE": str(place), "XDG_RUNTIME_DIR": str(place / "runtime")}
    serving = ["dojo", "serve", "--class", "bench", "--port", str(free_port())]
    engine = ["dojo.door", "--models", str(place / "models"), "--runtime", str(place / "runtime")]
    return subprocess.Popen(
        [sys.executable, "-m", *(engine if direct else serving)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, **here, "OLLAMA_HOST": "http://127.0.0.1:9", "DOJO_ENGINE": ""},
    )


def host_of(process: subprocess.Popen[str], place: Path) -> Callable[[str], str]:
    """The address of each student, by name."""
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        raise SystemExit("The server did not start; its reason stands above.")
    url = line.split()[-1].removeprefix("OLLAMA_HOST=")
    if not line.startswith("Students:"):
        return lambda name: url
    tokens = open_tokens(place / "classes" / "bench")
    return lambda name: f"{url.rpartition('/')[0]}/{tokens.own(name)}"


def end(process: subprocess.Popen[str], place: Path) -> None:
    """The server, and the engine that it started for its workspace."""
    process.terminate()
    process.wait(timeout=20)
    for one in psutil.process_iter(["cmdline"]):
        if str(place) in " ".join(one.info["cmdline"] or []):
            one.terminate()
            one.wait(timeout=20)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as one:
        return int(one.getsockname()[1])


async def a_class(host: Callable[[str], str], clients: int, seconds: float) -> tuple[list[Seen], Seen, list[float]]:
    """What each student saw, what the greedy one did, and seconds of shared replies when all was quiet again."""
    students = [(number, ollama.AsyncClient(host(f"s{number}"), timeout=300)) for number in range(clients)]
    greedy, hungry = Seen(), ollama.AsyncClient(host("greedy"), timeout=300)
    await hungry.chat(MODEL, ASKED, options=SHARED)  # the model is loaded, the shared reply kept
    until = time.perf_counter() + seconds
    seen = [Seen() for _ in students]
    await asyncio.gather(
        *(one_student(client, number, until, seen[number]) for number, client in students),
        *(one_mouth(hungry, number, until, greedy) for number in range(GREEDY)),
    )
    quiet = []
    for _ in range(50):
        began = time.perf_counter()
        await hungry.chat(MODEL, ASKED, options=SHARED)
        quiet.append(time.perf_counter() - began)
    for client in (hungry, *(client for _, client in students)):
        await client.close()
    return seen, greedy, quiet


async def one_student(client: ollama.AsyncClient, number: int, until: float, seen: Seen) -> None:
    turn = 0
    while time.perf_counter() < until:
        turn += 1
        try:
            began = time.perf_counter()
            if turn % 5 == 0:
                await client.chat(MODEL, ASKED, options=SHARED)
                seen.hits.append(time.perf_counter() - began)
            else:
                await one_reply(client, {"num_predict": 60, "seed": number * 100_000 + turn}, until, seen)
        except Exception as error:  # whatever it is, it counts as a failure and is named
            seen.failures.append(f"{type(error).__name__}: {error}")


async def one_mouth(client: ollama.AsyncClient, number: int, until: float, seen: Seen) -> None:
    turn = 0
    while time.perf_counter() < until:
        turn += 1
        try:
            await one_reply(client, {"num_predict": 400, "seed": 10**9 + number * 100_000 + turn}, until, seen)
        except Exception as error:  # as above
            seen.failures.append(f"{type(error).__name__}: {error}")


async def one_reply(client: ollama.AsyncClient, options: dict[str, int], until: float, seen: Seen) -> None:
    began, first, tokens = time.perf_counter(), 0.0, 0
    async for part in await client.chat(MODEL, ASKED, stream=True, format=FORMAT, options=options):
        first = first or time.perf_counter() - began
        tokens += part.eval_count or 0
    if time.perf_counter() < until:  # what ends later ran on a machine that the others had left
        seen.firsts.append(first)
        seen.wholes.append(time.perf_counter() - began)
        seen.tokens += tokens


def report(seen: list[Seen], greedy: Seen, quiet: list[float], seconds: float, pid: int) -> str:
    firsts = [one for student in seen for one in student.firsts]
    wholes = [one for student in seen for one in student.wholes]
    hits = sorted(one for student in seen for one in student.hits)
    mine = [statistics.mean(student.wholes) for student in seen if student.wholes]
    counts = sorted(len(student.wholes) for student in seen)
    failures = [one for student in (*seen, greedy) for one in student.failures]
    server = psutil.Process(pid)
    asked = len(wholes) + len(hits) + len(greedy.wholes)
    machine = f"{os.cpu_count()} CPUs, {platform.platform(terse=True)}, Python {platform.python_version()}"
    names = f": {sorted(set(failures))[:5]}" if failures else ""
    return "\n".join(
        [
            f"{date.today().isoformat()}, {machine}, xllamacpp {metadata.version('xllamacpp')}, {MODEL}",
            f"{len(seen)} clients and a greedy one for {seconds:.0f} s: {asked} replies, {len(failures)} failed{names}",
            f"first text: median {_median(firsts):.2f} s, slowest {max(firsts, default=0):.2f} s",
            f"whole reply: median {_median(wholes):.2f} s, slowest {max(wholes, default=0):.2f} s",
            f"fairness: a client's mean wait, slowest over median {max(mine, default=0) / (_median(mine) or 1):.2f}; "
            f"replies of a client {counts[0]} to {counts[-1]}",
            f"the greedy one: {len(greedy.wholes)} replies, {greedy.tokens} tokens; "
            f"the median client {_median([one.tokens for one in seen]):.0f} tokens",
            f"the shared request: {len(hits)} replies, median {_median(hits) * 1000:.1f} ms, "
            f"slowest {max(hits, default=0) * 1000:.1f} ms, while the class was at work; "
            f"afterwards median {_median(quiet) * 1000:.1f} ms",
            f"the server: {sum(server.cpu_times()[:2]) / max(asked, 1) * 1000:.1f} ms of CPU time a reply, "
            f"{server.memory_info().rss / 1e6:.0f} MB",
        ]
    )


def _median(values: Sequence[float]) -> float:
    return statistics.median(values) if values else 0.0


if __name__ == "__main__":
    sys.exit(main())
