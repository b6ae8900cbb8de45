"""The engine's own process: one model, loaded by `xllamacpp`, served by llama.cpp's own server on a loopback port.

Real Ollama is made the same way: a front that speaks its API, and a `llama-server` child for each loaded model. A child
gives back all its memory when it goes, and takes nobody along when a damaged file makes it crash.

Run by path, never imported by the door, so that it starts fast: one line of JSON comes in on stdin (the fields of
`engine.Load` and a `key`); one line goes out on stdout, `{"address": ...}` or `{"error": ...}`. The log goes to stderr.
It ends when stdin ends, so no engine outlives its door.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any


def main() -> None:
    answer = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # llama.cpp logs on stdout too; the answer must stand alone there
    load = json.loads(sys.stdin.readline())
    try:
        import xllamacpp

        server = xllamacpp.Server(_parameters(xllamacpp, load))
        processors = [one for one in xllamacpp.get_device_info() if one["name"] != "CPU"]
        said: dict[str, Any] = {"address": server.listening_address, "has_gpu": bool(processors)}
    except Exception as error:  # whatever the wheel raises, the door hears it as a sentence
        said = {"error": f"{type(error).__name__}: {error}"}
    answer.write(json.dumps(said) + "\n")
    answer.flush()
    while sys.stdin.readline():
        pass
    os._exit(0)  # no tidying: the system takes everything back at once, also in the middle of a reply


def _parameters(wheel: Any, load: dict[str, Any]) -> Any:
    given = wheel.CommonParams()
    given.model.path = load["path"]
    given.n_parallel = load["parallel"]
    given.n_ctx = load["context"] * load["parallel"]  # llama.cpp counts the context over all slots
    given.n_batch = load["batch"]
    # An embedding must fit one physical batch; for chat a smaller one saves memory.
    given.n_ubatch = load["batch"] if load["embedding"] else min(512, load["batch"])
    given.cpuparams.n_threads = given.cpuparams_batch.n_threads = load["threads"]
    if load["gpu_layers"] is not None:
        given.n_gpu_layers = load["gpu_layers"]
    if load["embedding"]:
        given.embedding = True
        if not load["pooled"]:  # a chat model has no way of pooling of its own
            given.pooling_type = wheel.llama_pooling_type.LLAMA_POOLING_TYPE_MEAN
    if load["template"]:
        given.chat_template = load["template"]
    given.api_keys = [load["key"]]  # the port is open to every user of this machine
    given.cache_ram_mib = load["cache_mb"]  # the default of 8 GB is a server's, not a laptop's
    given.fit_params = False  # it would change the context that was asked for
    given.offline = True
    given.ui = False
    given.warmup = False
    given.verbosity = 2  # errors and warnings
    return given


if __name__ == "__main__":
    main()
