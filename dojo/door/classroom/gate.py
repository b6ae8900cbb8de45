"""The gate: reads the token from the address or a header, and says who comes and what may be asked.

The address is the way that needs no code: `ollama` keeps the path of OLLAMA_HOST and drops a user name in it, so
`OLLAMA_HOST=http://teacher-pc:11435/7b/TOKEN` works in every notebook. A header `Authorization: Bearer TOKEN`
(OLLAMA_API_KEY in newer versions of the package) works too; but the package sends that one to ollama.com as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from starlette.datastructures import Headers
from starlette.types import Scope

from dojo.door.classroom.tokens import Role, Tokens, admit
from dojo.door.errors import RefusalError

__all__ = ["ASKING", "Visitor", "allow", "enter"]

# What asks a model, and so stands in the queue.
ASKING = frozenset(
    {
        "/api/generate", "/api/chat", "/api/embed", "/api/embeddings", "/v1/chat/completions", "/v1/completions",
        "/v1/embeddings", "/v1/responses", "/v1/messages", "/v1/systemone",
    }
)  # fmt: skip
_READING = frozenset({"/", "/api/version", "/api/tags", "/api/ps", "/v1/models", "/class", "/class/queue"})


@dataclass(frozen=True)
class Visitor:
    """Who asks: `key` is whose share of the machine it takes, `path` what is asked, the class's prefix taken off."""

    role: Role
    key: str
    path: str

    @property
    def is_teacher(self) -> bool:
        return self.role == "teacher"


def enter(scope: Scope, name: str, tokens: Tokens | None, until: date | None, today: date) -> Visitor:
    """Who comes; raises RefusalError 401. Without tokens everybody is let in: that is only for this machine."""
    address = (scope.get("client") or ("here", 0))[0]
    path: str = scope["path"]
    if tokens is None:
        return Visitor("teacher", address, path)
    _, first, *more = path.split("/", 3)
    if first == name and more:
        given, rest = more[0], "/" + (more[1] if len(more) > 1 else "")
    else:
        scheme, _, given = Headers(scope=scope).get("authorization", "").partition(" ")
        rest = path
        if scheme.lower() != "bearer" or not given:
            raise RefusalError(
                401,
                f"this is the model server of the class {name}; set OLLAMA_HOST to the whole address that your "
                "teacher gave you, token and all",
            )
    role, student = admit(tokens, given.strip(), until, today)
    return Visitor(role, student or ("the teacher" if role == "teacher" else address), rest)


def allow(visitor: Visitor, method: str) -> None:
    """Raises RefusalError 403 for what is the teacher's alone: all that changes models, and all that is not known."""
    path = visitor.path
    reads = method in ("GET", "HEAD") and (path in _READING or path.startswith("/v1/models/"))
    asks = method == "POST" and (path in ASKING or path == "/api/show")
    if not (visitor.is_teacher or reads or asks):
        raise RefusalError(403, f"{method} {path} is for the teacher of this class; ask them for what you need")
