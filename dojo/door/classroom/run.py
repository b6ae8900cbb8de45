"""`dojo serve --class`: find the model's server, bind, say the addresses, serve until told to end."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import ipaddress
import os
import signal
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import uvicorn
from starlette.types import ASGIApp

from dojo.door.classroom.app import ClassServer
from dojo.door.classroom.cache import Cache
from dojo.door.classroom.counts import Counts
from dojo.door.classroom.live import Live
from dojo.door.classroom.records import Recorder, open_recordings
from dojo.door.classroom.replay import Replay
from dojo.door.classroom.settings import Settings, read_settings
from dojo.door.classroom.tokens import Tokens, open_tokens
from dojo.door.classroom.upstream import Upstream
from dojo.door.guard import Guard
from dojo.door.server import Server
from dojo.door.who import who_answers
from dojo.errors import DojoError, UsageError

__all__ = ["Serving", "address", "addresses", "serve_class"]

_MB = 1024 * 1024
_LOOPBACK = "127.0.0.1"


@dataclass(frozen=True)
class Serving:
    """What to serve: `name` is the class, empty for this machine alone; `folder` is the class's, None then."""

    port: int
    name: str = ""
    folder: Path | None = None
    bind: str = _LOOPBACK
    record: Path | None = None
    replay: Path | None = None


def serve_class(wanted: Serving, show: Callable[[str], None], say: Callable[[str], None]) -> None:
    """Serve until told to end; `show` gets the addresses, `say` all else, a line at a time. Raises DojoError where it
    can't begin."""
    if not wanted.name and not ipaddress.ip_address(wanted.bind).is_loopback:
        raise UsageError("Strangers could use a server on the LAN that has no token; add --class NAME.")
    if hasattr(signal, "SIGXFSZ"):
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # a file-size limit is an error to answer, not an end
    rules, tokens = Settings(), None
    if wanted.folder is not None:
        rules, tokens = read_settings(wanted.folder / "class.toml"), open_tokens(wanted.folder)
    with _bound(wanted) as listener:
        asyncio.run(_serve(wanted, rules, tokens, listener, show, say))


def address(host: str, port: int, name: str, token: str) -> str:
    """What OLLAMA_HOST is to be."""
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}/{name}/{token}" if name else f"http://{shown}:{port}"


def addresses(wanted: Serving) -> list[str]:
    """The hosts at which others reach this machine, by what it is bound to."""
    if not ipaddress.ip_address(wanted.bind).is_unspecified:
        return [wanted.bind]
    found = [one.address for own in psutil.net_if_addrs().values() for one in own if one.family == socket.AF_INET]
    reachable = [one for one in found if not ipaddress.ip_address(one).is_loopback]
    return reachable or [_LOOPBACK]


async def _serve(
    wanted: Serving,
    rules: Settings,
    tokens: Tokens | None,
    listener: socket.socket,
    show: Callable[[str], None],
    say: Callable[[str], None],
) -> None:
    counts = Counts()
    behind = _behind(wanted, rules, counts, say)
    app: ASGIApp = ClassServer(behind, counts, wanted.name, tokens, rules)
    config = uvicorn.Config(
        app if tokens else Guard(app),
        log_level="warning",
        access_log=False,  # it would write down tokens
        lifespan="off",
        server_header=False,
        headers=[("Server", "dojo-class")],
        limit_concurrency=2048,
        timeout_graceful_shutdown=2,
    )

    def ready() -> None:
        for line in _announcement(wanted, tokens, listener.getsockname()[1]):
            show(line)
        say("Stop with Ctrl-C.")

    server = _Server(config)
    server.ready = ready
    try:
        await server.serve(sockets=[listener])
    finally:
        await behind.close()


def _behind(wanted: Serving, rules: Settings, counts: Counts, say: Callable[[str], None]) -> Live | Replay:
    if wanted.replay is not None:
        recordings, complaints = open_recordings(wanted.replay)
        for one in complaints:
            say(one)
        say(f"Replaying {sum(map(len, recordings.answers.values()))} recorded answers; no model is asked.")
        return Replay(recordings, counts)
    recorder = Recorder(wanted.record) if wanted.record is not None else None
    upstream = _upstream(say)
    cache = None
    if wanted.folder is not None and rules.cache_mb and recorder is None:  # what is recorded is to be new
        cache = Cache(wanted.folder / "cache", rules.cache_mb * _MB)
    if recorder is not None:
        say(f"Recording every answer into {wanted.record}.")
    return Live(rules, upstream, counts, cache, recorder)


def _upstream(say: Callable[[str], None]) -> Upstream:
    """Ollama where one runs, else the embedded engine, which is started again when it should end."""
    answer = who_answers()
    if answer.shown != answer.host:
        raise DojoError(
            f"OLLAMA_HOST is {answer.shown} here, a class's address; unset it, so that this server asks Ollama itself."
        )
    if answer.version and not answer.embedded:
        say(answer.sentence)
        return Upstream(answer.host)
    if os.environ.get("DOJO_ENGINE", "").lower() == "off":
        raise DojoError(f"No Ollama answers at {answer.shown}, and DOJO_ENGINE is off; start Ollama, then try again.")
    from dojo.door.process import start_door

    door = start_door()
    nobody = "" if answer.embedded else f"No Ollama answers at {answer.shown}. "
    say(f"{nobody}The embedded engine answers, at {door.url}.")
    gate = asyncio.Lock()

    async def revive() -> str:
        async with gate:
            with contextlib.suppress(DojoError):  # who waits hears that nobody answers
                return (await asyncio.to_thread(start_door)).url
            return door.url

    return Upstream(door.url, "the embedded engine", revive)


def _announcement(wanted: Serving, tokens: Tokens | None, port: int) -> Iterator[str]:
    for host in addresses(wanted):
        if tokens is None:
            yield f"OLLAMA_HOST={address(host, port, '', '')}"
            continue
        mine, theirs = (address(host, port, wanted.name, one) for one in (tokens.teacher, tokens.student))
        yield f"Students:  OLLAMA_HOST={theirs}"
        yield f"You alone: OLLAMA_HOST={mine}"
        yield f"The queue: {mine}/class"


@contextlib.contextmanager
def _bound(wanted: Serving) -> Iterator[socket.socket]:
    family = socket.AF_INET6 if ":" in wanted.bind else socket.AF_INET
    # Named TCP, or asyncio leaves Nagle's algorithm on, which costs each reply's first token 40 ms.
    with socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listener:
        if os.name == "posix":  # on Windows the option would let two servers share the port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((wanted.bind, wanted.port))
        except OSError as error:
            remedy = (
                "give an address of this machine, or --lan alone"
                if error.errno == errno.EADDRNOTAVAIL
                else "end what listens there, or name another with --port"
            )
            raise DojoError(f"{wanted.bind} port {wanted.port} can't be had ({error.strerror}): {remedy}.") from None
        yield listener


class _Server(Server):
    """Says where it answers as soon as it does."""

    ready: Callable[[], None]

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self.ready()
