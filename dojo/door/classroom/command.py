"""What `dojo serve` does for a class: serve it, or one of the small things that are done beside a server."""

from __future__ import annotations

import argparse
import ipaddress
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from dojo.door.classroom.cache import clear_folder
from dojo.door.classroom.settings import class_folder
from dojo.door.classroom.tokens import open_tokens, renewed
from dojo.errors import UsageError
from dojo.files import full_path
from dojo.workspace import open_workspace

__all__ = ["serve"]

_PORT = 11435  # beside Ollama's on the same machine
_ALONE = 11434  # where this machine's notebooks look by themselves


def serve(args: argparse.Namespace, show: Callable[[str], None], say: Callable[[str], None]) -> int:
    """Do what the arguments of `dojo serve` ask for; the exit code. `show` prints the product, `say` all else."""
    from dojo.door.classroom.run import Serving, serve_class

    if args.lan:
        _check_address(args.lan)
    folder = class_folder(args.name, open_workspace().root) if args.name else None
    wanted = Serving(args.port or (_PORT if folder else _ALONE), args.name or "", folder)
    if folder is not None and _beside(args, folder, wanted.port, show):
        return 0
    record, replay = (full_path(one) if one else None for one in (args.record, args.replay))
    serve_class(replace(wanted, bind=args.lan or wanted.bind, record=record, replay=replay), show, say)
    return 0


def _beside(args: argparse.Namespace, folder: Path, port: int, show: Callable[[str], None]) -> bool:
    """Whether one of the small things was asked for, and done."""
    from dojo.door.classroom.run import Serving, address, addresses

    if args.clear_cache:
        show(f"Kept answers of {args.name} that are gone now: {clear_folder(folder / 'cache')}")
    elif args.new_token:
        renewed(folder)
        show(f"{args.name} has a new token; it holds from the next start of dojo serve --class {args.name}.")
    elif args.addresses:
        tokens = open_tokens(folder)
        host = addresses(Serving(port, args.name, folder, args.lan or "0.0.0.0"))[0]
        for student in args.addresses:
            show(f"{student}  OLLAMA_HOST={address(host, port, args.name, tokens.own(student))}")
    else:
        return False
    return True


def _check_address(given: str) -> None:
    try:
        ipaddress.ip_address(given)
    except ValueError:
        raise UsageError(f"--lan {given!r} is no address; give one of this machine, or --lan alone.") from None
