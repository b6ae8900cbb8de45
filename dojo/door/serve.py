"""Run the door: bind a port on loopback, say where, serve, and end when nobody has needed it for a while."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import socket
import time
from dataclasses import dataclass
from pathlib import Path

import psutil
import uvicorn
from starlette.applications import Starlette
from starlette.types import ASGIApp, Receive, Scope, Send

from dojo.door.app import make_app
from dojo.door.keeper import Keeper
from dojo.door.server import Server
from dojo.door.system import hold
from dojo.errors import DojoError
from dojo.files import write_whole

__all__ = ["Serving", "serve", "users_alive"]


@dataclass(frozen=True)
class Serving:
    """How to serve: `runtime` is the folder where the door says that it is there; `idle` is in seconds, how long
    without a request and without a living user before it ends (0: never); `queue` is how many requests may wait."""

    folder: Path
    shipped: Path | None
    runtime: Path
    port: int = 0
    idle: float = 0.0
    queue: int = 512


def serve(wanted: Serving) -> bool:
    """Serve until told to end; False at once where another door already serves for this runtime folder.

    Raises DojoError where the port that was asked for can't be had.
    """
    wanted.runtime.mkdir(parents=True, exist_ok=True)
    with (wanted.runtime / "lock").open("ab") as lock:
        if not hold(lock):
            return False
        place = wanted.runtime / "door.json"
        with _bind(wanted.port, _last_port(wanted.runtime)) as listener:
            asyncio.run(_serve(wanted, listener, place))
        place.unlink(missing_ok=True)
    return True


def users_alive(runtime: Path) -> bool:
    """Whether a process that asked for the door still runs; notes of ended ones are removed."""
    alive = False
    for note in (runtime / "users").glob("*"):
        pid, _, born = note.name.partition("-")
        try:
            same = abs(psutil.Process(int(pid)).create_time() - float(born)) < 2
        except (psutil.Error, ValueError):
            same = False
        if same:
            alive = True
        else:
            note.unlink(missing_ok=True)
    return alive


async def _serve(wanted: Serving, listener: socket.socket, place: Path) -> None:
    keeper = Keeper(queue=wanted.queue)
    app = make_app(wanted.folder, wanted.shipped, keeper)
    counted = _Counted(app)
    server = _Server(
        uvicorn.Config(
            counted,
            log_level="warning",
            access_log=False,
            lifespan="on",
            server_header=False,
            headers=[("Server", "dojo-door")],
            timeout_graceful_shutdown=2,
        )
    )
    server.place = place
    watch = asyncio.create_task(_end_when_idle(server, counted, keeper, wanted))
    try:
        await server.serve(sockets=[listener])
    finally:
        watch.cancel()
        await asyncio.gather(watch, return_exceptions=True)


class _Server(Server):
    """Says that it is there as soon as it is: in a file for programs, in a line for people."""

    place: Path

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started and sockets:
            port = sockets[0].getsockname()[1]
            url = f"http://127.0.0.1:{port}"
            write_whole(self.place.with_name("port"), str(port))
            write_whole(self.place, json.dumps({"url": url, "pid": os.getpid()}))
            print(f"dojo-door answers at {url}", flush=True)  # noqa: T201  # the command's product


class _Counted:
    """The app, with a note of when it was last asked and how many requests run."""

    def __init__(self, app: Starlette) -> None:
        self._app: ASGIApp = app
        self.last = time.monotonic()
        self.running = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        self.running += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self.running -= 1
            self.last = time.monotonic()


async def _end_when_idle(server: uvicorn.Server, counted: _Counted, keeper: Keeper, wanted: Serving) -> None:
    while wanted.idle and not server.should_exit:
        await asyncio.sleep(min(wanted.idle / 2, 30))
        quiet = time.monotonic() - counted.last >= wanted.idle and not counted.running and not keeper.busy
        if quiet and not await asyncio.to_thread(users_alive, wanted.runtime):
            server.should_exit = True


def _bind(port: int, last: int) -> socket.socket:
    """A socket on loopback: on the port that was asked for; for 0 on the last one if it is free, else on any."""
    # Named TCP, or asyncio leaves Nagle's algorithm on, which costs each reply's first token 40 ms.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if os.name == "posix":  # on Windows the option would let two servers share the port
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port or last))
    except OSError as error:
        if port:
            listener.close()
            raise DojoError(
                f"Port {port} can't be had ({error.strerror}): end what listens there, an Ollama perhaps, "
                "or name another with --port."
            ) from None
        listener.bind(("127.0.0.1", 0))
    return listener


def _last_port(runtime: Path) -> int:
    """The port of the last door here, so that notebooks which are still open find the new one."""
    with contextlib.suppress(OSError, ValueError):
        return int((runtime / "port").read_text(encoding="utf-8"))
    return 0
