"""A small child for tests of the sandbox: plain exec, no IPython; the examiner's `ask(text)` runs in the student."""

from __future__ import annotations

import io
import json
import select
import socket
import time
from contextlib import redirect_stdout
from typing import Any

from grader.frames import pack, read_frame

LOST: list[str] = []


def serve(role: str, control: socket.socket, bridge: socket.socket | None) -> None:
    names: dict[str, Any] = {"__name__": "__main__"}
    if role == "examiner" and bridge is not None:
        names["ask"] = _asker(bridge)
    while True:
        ready = select.select([control] if role == "examiner" or bridge is None else [control, bridge], [], [])[0]
        if bridge is not None and bridge in ready:
            question = read_frame(bridge)
            if question is None:
                return
            bridge.sendall(pack({"answer": _answer(question["text"], names)}))
            continue
        frame = read_frame(control)
        if frame is None or frame["do"] == "end":
            return
        control.sendall(pack({"done": "bind"} if frame["do"] == "bind" else _run(frame, names)))


def _asker(bridge: socket.socket) -> Any:
    def ask(text: str) -> Any:
        bridge.sendall(pack({"text": text}))
        reply = read_frame(bridge)
        if reply is None:
            LOST.append(text)
            raise KeyboardInterrupt("the student has gone")
        return reply["answer"]

    return ask


def _answer(text: str, names: dict[str, Any]) -> Any:
    try:
        return json.loads(json.dumps(eval(text, names)))
    except Exception as problem:
        return repr(problem)


def _run(frame: dict[str, Any], names: dict[str, Any]) -> dict[str, Any]:
    printed, error, message, begun = io.StringIO(), "", "", time.perf_counter()
    before = dict(names)
    try:
        with redirect_stdout(printed):
            exec(frame["text"], names)
    except BaseException as problem:
        error, message = type(problem).__name__, str(problem)
    if LOST:
        error = "StudentGoneError"
    score = names.get("score")
    return {
        "name": frame["name"],
        "verdict": "failed" if error else "passed",
        "error": error,
        "message": message,
        "parts": None,
        "outputs": [{"output_type": "stream", "name": "stdout", "text": printed.getvalue()}],
        "names": [name for name in names if names[name] is not before.get(name)],
        "score": score if isinstance(score, (int, float)) else None,
        "flawed": "",
        "seconds": time.perf_counter() - begun,
        "nonce": frame.get("nonce", ""),
    }
