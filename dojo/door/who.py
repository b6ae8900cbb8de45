"""Who answers at OLLAMA_HOST: Ollama, the embedded engine in its place, or nobody; and which models are there."""

from __future__ import annotations

import http.client
import json
import os
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field, replace
from typing import Any

from dojo import menu
from dojo.errors import DojoError, UsageError

__all__ = [
    "Answer",
    "choose_host",
    "host_named",
    "is_late",
    "models_here",
    "time_reply",
    "who_answers",
    "without_token",
]

_PATIENCE_S = 1.0  # a server on this machine answers in milliseconds; one on a class's LAN within a second
_INSTEAD = "DOJO_INSTEAD_OF"  # what OLLAMA_HOST was before the embedded engine stepped in; kernels inherit it
_DOOR = "-dojo"  # how the version of our own door ends


@dataclass(frozen=True)
class Answer:
    """What stands at OLLAMA_HOST.

    `version` is empty when nobody answers; `models` are the tags it has, `chatting` those of them that can chat,
    `digests` what tells one model from a newer one of the same tag. `instead_of` is the sentence on Ollama where the
    embedded engine answers in its place, `trouble` why that could not.
    """

    host: str
    version: str
    models: tuple[str, ...]
    chatting: tuple[str, ...] = ()
    digests: dict[str, str] = field(default_factory=dict)
    instead_of: str = ""
    trouble: str = ""

    @property
    def embedded(self) -> bool:
        """Whether it is the embedded engine."""
        return self.version.endswith(_DOOR)

    @property
    def shown(self) -> str:
        """The address for people."""
        return without_token(self.host)

    @property
    def sentence(self) -> str:
        """Who answers, in plain words."""
        if self.embedded:
            tiny = " dojo-tiny is a very small model: it knows this course and little else." * self._has("dojo-tiny")
            named = ", ".join(map(_short, self.models)) or "no models yet"
            return f"{self.instead_of}The embedded engine answers at {self.shown}, with {named}.{tiny}"
        if not self.version:
            return (
                f"No model answers at {self.shown}. You can solve and check every exercise without one; live cells "
                "will say that they asked nobody. To have one, install Ollama (https://ollama.com/download) and start "
                "it."
            ) + (f" {self.trouble}" if self.trouble else "")
        if not self.models:
            return f"{self._empty} Try: ollama pull llama3.2:1b"
        return f"Ollama {self.version} answers at {self.shown}, with {', '.join(self.models)}."

    @property
    def _empty(self) -> str:
        return f"Ollama {self.version} answers at {self.shown}, but has no models yet."

    def _has(self, name: str) -> bool:
        return name in map(_short, self.models)


def who_answers() -> Answer:
    """Ask the server at OLLAMA_HOST for its version and its models; nobody there is an answer too, not an error."""
    host = host_named()
    try:
        version = str(_get(f"{host}/api/version").get("version", ""))
        rows = _get(f"{host}/api/tags").get("models", [])
        models = tuple(sorted(str(row["name"]) for row in rows))
        # An Ollama that is too old to tell what its models can do leaves it open.
        chatting = tuple(
            sorted(str(row["name"]) for row in rows if "completion" in row.get("capabilities", ["completion"]))
        )
        digests = {str(row["name"]): str(row.get("digest", "")) for row in rows}
    except urllib.error.HTTPError as refusal:
        # A class's server says why it lets nobody in: a token that is wrong, or has run out.
        return Answer(host, "", (), trouble=_why(refusal) if refusal.code == 401 else "")
    except (OSError, ValueError, KeyError, TypeError, AttributeError, http.client.HTTPException):
        # Something that is no Ollama may listen there; for a student that is the same as nobody.
        return Answer(host, "", ())
    return Answer(host, version, models, chatting, digests)


def choose_host() -> Answer:
    """Make OLLAMA_HOST, of this process and those it starts, one that answers, and say who it is.

    A running Ollama with a model goes first, however often this is called. Without one the embedded engine is found or
    started, unless DOJO_ENGINE is "off". Where it can't start, the answer says why.
    """
    former = os.environ.pop(_INSTEAD, None)
    if former is not None:
        _set_host(former)
    ollama = who_answers()
    if ollama.models or ollama.embedded or os.environ.get("DOJO_ENGINE", "").lower() == "off":
        return ollama
    from dojo.door.process import start_door

    try:
        door = start_door()
    except (DojoError, OSError) as problem:
        return replace(ollama, trouble=f"{ollama.trouble} {problem}".strip())
    os.environ[_INSTEAD] = os.environ.get("OLLAMA_HOST", "")
    _set_host(door.url)
    said = (
        f"{ollama._empty} "
        if ollama.version
        else f"No Ollama answers at {ollama.shown}. {ollama.trouble}".strip() + " "
    )
    return replace(who_answers(), instead_of=said)


def models_here(group: str) -> list[str]:
    """The group's models that this machine can run now; where it has none of them, what it has instead.

    Says in a sentence what is missing; empty only where nobody answers, or nothing that answers can chat.
    """
    wanted = menu.group(group)
    answer = who_answers()
    here = [model.tag for model in wanted if model.full_tag in answer.models]
    missing = [model.tag for model in wanted if model.tag not in here]
    if not answer.version:
        print(answer.sentence)  # noqa: T201  # the student reads this under the cell
    elif here and not missing:
        return here
    elif here or not answer.chatting:
        print("Not here yet: " + ", ".join(missing) + ". Get one with: ollama pull " + missing[0])  # noqa: T201  # as above
    else:
        here = [_short(tag) for tag in answer.chatting][: len(wanted)]
        print(f"None of {', '.join(missing)} is here, so {' and '.join(here)} will answer.")  # noqa: T201  # as above
    return here


def time_reply(answer: Answer, model: str) -> float:
    """Seconds until the first token of a reply, loading the model included. Raises OSError, or ValueError for an answer
    that is none."""
    began = time.perf_counter()
    asked = {"model": model, "prompt": "Hi", "stream": False, "options": {"num_predict": 1}}
    _get(f"{answer.host}/api/generate", asked, patience=60)
    return time.perf_counter() - began


def is_late(answer: Answer) -> bool:
    """Whether `ollama`, imported before OLLAMA_HOST became the answer's, still asks the former one."""
    address = str(getattr(_package_client(), "base_url", answer.host))
    return address.rstrip("/") != answer.host.rstrip("/")


def _package_client() -> Any:
    """The HTTP client behind `ollama.chat` and its kin, made when the package was imported; None where it was not, or
    keeps it elsewhere by now."""
    return getattr(getattr(sys.modules.get("ollama"), "_client", None), "_client", None)


def _why(refusal: urllib.error.HTTPError) -> str:
    """A server's own words, as a sentence."""
    try:
        said = str(json.load(refusal)["error"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""
    return f"It says: {said}."


def _short(tag: str) -> str:
    return tag.removesuffix(":latest")


def _set_host(address: str) -> None:
    if address:
        os.environ["OLLAMA_HOST"] = address
    else:
        os.environ.pop("OLLAMA_HOST", None)
    if (client := _package_client()) is not None:
        client.base_url = host_named()  # it read the variable only once


def host_named() -> str:
    """OLLAMA_HOST as the `ollama` package itself reads it: a missing scheme or port is filled in.

    Raises UsageError for what is no address; the package itself would then fail when it is imported.
    """
    named = os.environ.get("OLLAMA_HOST", "")
    try:
        # The package's own reading, so that both always ask the same server; its import already reads OLLAMA_HOST.
        from ollama._client import _parse_host

        return str(_parse_host(named))
    except ValueError as error:
        raise UsageError(f"OLLAMA_HOST is {named!r} ({error}); write it like http://127.0.0.1:11434.") from None


def without_token(host: str) -> str:
    """The address for people. A class's ends in its token, which must not stand in a notebook that is handed in."""
    base, slash, token = host.rpartition("/")
    return f"{base}/..." if slash and "://" in base and token and "/" in base.split("://")[1] else host


def _get(url: str, asked: dict[str, Any] | None = None, patience: float = _PATIENCE_S) -> dict[str, Any]:
    # No proxy: OLLAMA_HOST names a machine here or in the room.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    body = None if asked is None else json.dumps(asked).encode()
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"})
    with opener.open(request, timeout=patience) as reply:
        found = json.load(reply)
    return found if isinstance(found, dict) else {}
