"""llama.cpp in a process of its own, asked one thing at a time.

The engine does not survive `fork()`, so it never lives in a notebook's kernel or in a test's process: a child that is
started fresh holds it, reads one JSON request a line and writes one JSON reply a line.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from dojo.errors import DojoError, InternalError

__all__ = ["Completion", "Engine", "engine_is_here"]


@dataclass(frozen=True)
class Completion:
    """A reply's text, its length in tokens, milliseconds spent on the prompt, and tokens a second after it."""

    text: str
    tokens: int
    first_ms: float
    per_second: float


def engine_is_here() -> bool:
    """Whether the package xllamacpp is installed."""
    return importlib.util.find_spec("xllamacpp") is not None


class Engine:
    """One GGUF file, loaded in a child; use it with `with`. One thread: a tiny model gains nothing from two."""

    def __init__(self, file: Path, embedding: bool = False) -> None:
        if not engine_is_here():
            raise DojoError("The package xllamacpp is missing; get it with: pip install 'local-ai-dojo[engine]'")
        if not file.is_file():
            raise DojoError(f"There is no model file {file}; make it with: python -m dojo.models.tiny export")
        command = [
            sys.executable,
            "-m",
            "dojo.models.tiny.engine",
            str(file.resolve()),
            *(["embedding"] if embedding else []),
        ]
        root = str(Path(__file__).parents[3])
        pipe = subprocess.PIPE
        self._child = subprocess.Popen(
            command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True, encoding="utf-8", cwd=root
        )

    def __enter__(self) -> Engine:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the child and wait for it."""
        for pipe in (self._child.stdin, self._child.stdout):
            if pipe is not None:
                pipe.close()
        try:
            self._child.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()

    def complete(self, prompt: str, most: int = 160) -> Completion:
        """The greedy continuation of a raw prompt, `most` tokens at most."""
        body = {"prompt": prompt, "n_predict": most, "temperature": 0, "cache_prompt": False}
        reply = self._ask("completions", body)
        times = reply["timings"]
        return Completion(
            reply["choices"][0]["text"],
            reply["usage"]["completion_tokens"],
            times["prompt_ms"],
            times["predicted_per_second"],
        )

    def chat(
        self, messages: Sequence[dict[str, Any]], tools: Sequence[dict[str, Any]] = (), most: int = 160
    ) -> dict[str, Any]:
        """The reply as OpenAI shapes it (`content`, `tool_calls`), through the file's own chat template."""
        body: dict[str, Any] = {"messages": list(messages), "temperature": 0, "max_tokens": most}
        if tools:
            body["tools"] = list(tools)
        message: dict[str, Any] = self._ask("chat", body)["choices"][0]["message"]
        return message

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """One vector of length 1 for each text, the mean over its tokens; needs `embedding=True`."""
        data = self._ask("embeddings", {"input": list(texts)})["data"]
        return [one["embedding"] for one in data]

    def _ask(self, what: str, body: dict[str, Any]) -> Any:
        assert self._child.stdin is not None
        assert self._child.stdout is not None
        try:
            self._child.stdin.write(json.dumps([what, body]) + "\n")
            self._child.stdin.flush()
            line = self._child.stdout.readline()
        except BrokenPipeError:
            line = ""
        if not line:
            raise DojoError(
                "llama.cpp could not load or run the model file; make it again: python -m dojo.models.tiny export"
            )
        answer = json.loads(line)
        if "error" in answer:
            raise InternalError(answer["error"])
        return answer["reply"]


def _serve(file: str, embedding: bool) -> None:
    """The child: load the file, then answer until stdin ends."""
    xllamacpp: Any = importlib.import_module("xllamacpp")
    params = xllamacpp.CommonParams()
    params.model.path = file
    params.n_ctx, params.n_parallel, params.n_gpu_layers = 1024, 1, 0
    params.n_batch = params.n_ubatch = 1024
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
    params.verbosity, params.warmup = -1, False
    if embedding:
        params.embedding = True
        params.pooling_type = xllamacpp.llama_pooling_type.LLAMA_POOLING_TYPE_MEAN
    server = xllamacpp.Server(params)
    asked = {
        "completions": server.handle_completions,
        "chat": server.handle_chat_completions,
        "embeddings": server.handle_embeddings,
    }
    for line in sys.stdin:
        what, body = json.loads(line)
        try:
            reply = asked[what](body)
            answer = (
                {"error": str(reply["error"])} if isinstance(reply, dict) and "error" in reply else {"reply": reply}
            )
        except (ValueError, RuntimeError, KeyError) as problem:
            answer = {"error": str(problem)}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _serve(sys.argv[1], "embedding" in sys.argv[2:])
