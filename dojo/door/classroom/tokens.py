"""Who may come in: the class's token, one of a student's own, the teacher's.

Covered: comparison in constant time; a token that was replaced or has run out says so; a student's own token is made
from the class's by HMAC, so that nothing is kept for it and nobody can make another's.
Not covered: students who give their token away, and people who listen in on the network. Put TLS in front for that.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import re
import secrets
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal

from dojo.door.errors import RefusalError
from dojo.errors import DojoError, UsageError
from dojo.files import write_whole

__all__ = ["Role", "Tokens", "admit", "open_tokens", "renewed"]

Role = Literal["student", "teacher"]
_STUDENT_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


@dataclass(frozen=True)
class Tokens:
    """`former` are SHA-256 digests of class tokens that were replaced."""

    student: str
    teacher: str
    former: tuple[str, ...] = ()

    def own(self, name: str) -> str:
        """The token of one student. Raises UsageError for a name that can't stand in an address."""
        if not _STUDENT_NAME.fullmatch(name):
            raise UsageError(f"{name!r} can't stand in an address; use letters, digits, dots, - and _.")
        return f"{name}~{_mac(self.student, name)}"


def open_tokens(folder: Path) -> Tokens:
    """The class's tokens, made at the first time; only this user can read the file."""
    path = folder / "tokens.json"
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        tokens = Tokens(said["student"], said["teacher"], tuple(said["former"]))
        if not all(isinstance(one, str) and len(one) >= 16 for one in (tokens.student, tokens.teacher, *tokens.former)):
            raise ValueError
    except FileNotFoundError:
        return _keep(path, Tokens(_new(), _new()))
    except (ValueError, KeyError, TypeError):
        raise DojoError(f"{path} can't be read; delete it and new tokens are made, for students and teacher.") from None
    return tokens


def renewed(folder: Path) -> Tokens:
    """The class's tokens with a new one for students; the old one is refused from the next start on."""
    old = open_tokens(folder)
    return _keep(folder / "tokens.json", replace(old, student=_new(), former=(*old.former, _digest(old.student))))


def admit(tokens: Tokens, given: str, until: date | None, today: date) -> tuple[Role, str]:
    """The role of whoever brings this token, and the student's name where it has one; raises RefusalError 401."""
    name, _, mac = given.rpartition("~")
    is_teacher = _same(given, tokens.teacher)
    is_class = _same(given, tokens.student)
    is_own = _same(mac, _mac(tokens.student, name))
    if is_teacher:
        return "teacher", ""
    if not (is_class or (is_own and name)):
        if _digest(given) in tokens.former:
            raise RefusalError(401, "this class has a new address; ask your teacher for it, and set OLLAMA_HOST again")
        raise RefusalError(401, "the token in this address is wrong; copy OLLAMA_HOST again, the whole of it")
    if until is not None and today > until:
        raise RefusalError(
            401, f"this class's address worked until {until.isoformat()}; ask your teacher for a new one"
        )
    return "student", name


def _keep(path: Path, tokens: Tokens) -> Tokens:
    before = os.umask(0o077)  # so that the file is never readable by others, not even for a moment
    try:
        write_whole(path, json.dumps(asdict(tokens), indent=1) + "\n")
    finally:
        os.umask(before)
    return tokens


def _new() -> str:
    return secrets.token_hex(10)


def _mac(secret: str, name: str) -> str:
    raw = hmac.digest(secret.encode(), name.encode("utf-8", "replace"), "sha256")
    return base64.b32encode(raw)[:20].decode().lower()


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _same(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode())
