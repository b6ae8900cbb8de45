"""Start the hub, say where it answers and who can log in, and stop it with Ctrl-C."""

from __future__ import annotations

import fcntl
import os
import secrets
import shlex
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from dojo import catalog
from dojo.errors import DojoError, UsageError
from dojo.files import write_whole
from dojo.hub.passwords import first_passwords
from dojo.hub.place import Place
from dojo.hub.prepare import prepare
from dojo.hub.roster import Person, read_roster
from dojo.jupyter import free_port

__all__ = ["Wish", "alone", "greeting", "require_port", "run"]

_PATIENCE_S = 120.0


@dataclass(frozen=True)
class Wish:
    """What the teacher asks for: the hub's folder, its port, whether other machines may reach it, and who forgot their
    password."""

    folder: Path
    port: int = 8000
    lan: bool = False
    forgot: tuple[str, ...] = ()


def run(wish: Wish, say: Callable[[str], None]) -> int:
    """Serve the class until Ctrl-C; the exit code."""
    place = Place(wish.folder)
    _require(place)
    with alone(place):
        require_port(wish.port)
        if not place.roster.exists():
            shutil.copyfile(catalog.course_root() / "deploy" / "roster.csv", place.roster)
        people = read_roster(place.roster)
        numbers = place.numbers(people)
        prepare(place, people, numbers, say)
        words = first_passwords(place, people, wish.forgot)
        return _serve(place, wish, lambda: say(greeting(place, wish, people, words)))


def _serve(place: Place, wish: Wish, ready: Callable[[], None]) -> int:
    log, config = place.state / "jupyterhub.log", catalog.course_root() / "deploy" / "jupyterhub_config.py"
    for left in ("routes.toml", "traefik.toml"):  # of a hub that was killed; it would keep the new one out of its proxy
        (place.state / left).unlink(missing_ok=True)
    with log.open("a", encoding="utf-8") as file:
        process = subprocess.Popen(
            # Should this process be killed, the hub stops as it does when asked to.
            ["setpriv", "--pdeathsig", "TERM", "--", sys.executable, "-P", "-m", "jupyterhub", "-f", str(config)],
            cwd=place.state,
            env=_hub_environment(place, wish),
            stdout=file,
            stderr=file,
            start_new_session=True,  # Ctrl-C reaches us alone, and we ask the hub to stop once
        )
    try:
        for one in (signal.SIGTERM, signal.SIGHUP):  # a closed terminal is a Ctrl-C too
            signal.signal(one, signal.default_int_handler)
        if not _answers(process, wish.port):
            raise DojoError(f"The hub did not start; {log} says why in its last lines.")
        ready()
        code = process.wait()
        raise DojoError(f"The hub ended by itself with code {code}; {log} says why in its last lines.")
    except KeyboardInterrupt:
        return 0
    finally:
        with suppress(KeyboardInterrupt):
            if process.poll() is None:
                process.terminate()
                process.wait(timeout=90)


def greeting(place: Place, wish: Wish, people: tuple[Person, ...], words: dict[str, str]) -> str:
    """What the teacher reads once the hub answers."""
    width = max(len(person.name) for person in people)
    lines = [f"The class's JupyterHub is ready: http://{'<this machine>' if wish.lan else '127.0.0.1'}:{wish.port}"]
    lines += [""]
    shown = people[:8]
    lines += [f"  {one.name:{width}}  {one.role:10}  {words[one.name] or '(changed)'}" for one in shown]
    if len(people) > len(shown):
        lines.append(f"  and {len(people) - len(shown)} more")
    lines += [
        "",
        f"First passwords are in {place.passwords}; each person can change theirs at /hub/auth/change-password.",
    ]
    lines += [f"Who is in the class: {place.roster}. Lab 1 is in everybody's Assignment List."]
    lines += ["Stop it with Ctrl-C; nothing is lost, the same command goes on."]
    return "\n".join(lines)


def require_port(port: int) -> None:
    """Raise a `DojoError` that names a free one, if the port is taken or is none."""
    if not (1024 if os.geteuid() else 1) <= port <= 65535:
        raise UsageError(f"Port {port} can't be had; choose one from 1024 to 65535: make hub PORT={free_port(8000)}")
    free = free_port(port)
    if free != port:
        raise DojoError(
            f"Port {port} is in use{_by_whom(port)}; stop that program, or take another port: make hub PORT={free}"
        )


def _by_whom(port: int) -> str:
    """The program that listens there, as far as we may know."""
    import psutil

    with suppress(psutil.Error, OSError):
        for one in psutil.net_connections("tcp"):
            if one.laddr and one.laddr.port == port and one.status == psutil.CONN_LISTEN and one.pid:
                return f" by {psutil.Process(one.pid).name()} (process {one.pid})"
    return ""


def _require(place: Place) -> None:
    """Raise a `DojoError` for what this machine lacks."""
    for program, package in (("bwrap", "bubblewrap"), ("setpriv", "util-linux")):
        if not shutil.which(program):
            raise DojoError(f"The hub needs {package} for the walls between people: run sudo apt install {package}.")
    if not shutil.which("traefik", path=_path()):
        raise DojoError("The hub's proxy, traefik, is not installed: run make hub, which brings it.")
    try:
        place.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        place.state.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise DojoError(
            f"The hub's folder {place.root} can't be made ({error.strerror}); choose one: --folder DIR."
        ) from None


@contextmanager
def alone(place: Place) -> Iterator[None]:
    """Hold the folder, so that no second hub serves it."""
    with (place.state / "lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise DojoError(f"A hub already serves {place.root}; stop that one, or choose another --folder.") from None
        yield


def _answers(process: subprocess.Popen[bytes], port: int) -> bool:
    """Wait until the hub answers through its proxy; False if it ends before."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    until = time.monotonic() + _PATIENCE_S
    while process.poll() is None and time.monotonic() < until:
        # The proxy is there before the hub, and says 404.
        with suppress(OSError):
            opener.open(f"http://127.0.0.1:{port}/hub/health", timeout=1).close()
            return True
        time.sleep(0.1)
    return False


def _write_proxy(place: Place) -> Path:
    """A program `traefik` that ends with the hub, which leaves its proxy behind when it is killed while it starts."""
    program = place.state / "bin" / "traefik"
    real = shutil.which("traefik", path=_path())
    write_whole(program, f'#!/bin/sh\nexec setpriv --pdeathsig TERM -- {shlex.quote(str(real))} "$@"\n')
    program.chmod(0o700)
    return program


def _path() -> str:
    return os.pathsep.join([str(Path(sys.prefix) / "bin"), os.environ.get("PATH", os.defpath)])


def _hub_environment(place: Place, wish: Wish) -> dict[str, str]:
    hub = free_port(wish.port + 1)
    return {
        **os.environ,
        "PATH": os.pathsep.join([str(_write_proxy(place).parent), _path()]),
        "DOJO_HUB_FOLDER": str(place.root),
        "DOJO_HUB_URL": f"http://{'0.0.0.0' if wish.lan else '127.0.0.1'}:{wish.port}",
        "DOJO_HUB_PORTS": f"{hub},{free_port(hub + 1)}",
        "DOJO_HUB_SECRET": secrets.token_hex(24),
    }
