"""Who answers at OLLAMA_HOST, and which models of the course's menu are there."""

from __future__ import annotations

import http.client
import json
import os
import urllib.request
from dataclasses import dataclass
from typing import Any

from dojo import menu
from dojo.errors import UsageError

__all__ = ["Answer", "models_here", "who_answers"]

_PATIENCE_S = 1.0  # a server on this machine answers in milliseconds; one on a class's LAN within a second


@dataclass(frozen=True)
class Answer:
    """What stands at OLLAMA_HOST: `version` is empty when nobody answers; `models` are the tags it has."""

    host: str
    version: str
    models: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """Who answers, in plain words."""
        if not self.version:
            return (
                f"No model answers at {self.host}. You can solve and check every exercise without one; live cells will "
                "say that they asked nobody. To have one, install Ollama (https://ollama.com/download) and start it."
            )
        if not self.models:
            return f"Ollama {self.version} answers at {self.host}, but has no models yet. Try: ollama pull llama3.2:1b"
        return f"Ollama {self.version} answers at {self.host}, with {', '.join(self.models)}."


def who_answers() -> Answer:
    """Ask the server at OLLAMA_HOST for its version and its models; nobody there is an answer too, not an error."""
    host = _host()
    try:
        version = _get(f"{host}/api/version").get("version", "")
        models = tuple(sorted(str(model["name"]) for model in _get(f"{host}/api/tags").get("models", [])))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, http.client.HTTPException):
        # Something that is no Ollama may listen there; for a student that is the same as nobody.
        return Answer(host, "", ())
    return Answer(host, str(version), models)


def models_here(group: str) -> list[str]:
    """The group's models that this machine can run now. Says in a sentence what is missing; may be empty."""
    wanted = menu.group(group)
    answer = who_answers()
    here = [model.tag for model in wanted if model.full_tag in answer.models]
    missing = [model.tag for model in wanted if model.tag not in here]
    if not answer.version:
        print(answer.sentence)  # noqa: T201  # the student reads this under the cell
    elif missing:
        print("Not here yet: " + ", ".join(missing) + ". Get one with: ollama pull " + missing[0])  # noqa: T201  # as above
    return here


def _host() -> str:
    """OLLAMA_HOST as the `ollama` package itself reads it: a missing scheme or port is filled in."""
    named = os.environ.get("OLLAMA_HOST", "")
    try:
        # The package's own reading, so that both always ask the same server; its import already reads OLLAMA_HOST.
        from ollama._client import _parse_host

        return str(_parse_host(named))
    except ValueError as error:
        raise UsageError(f"OLLAMA_HOST is {named!r} ({error}); write it like http://127.0.0.1:11434.") from None


def _get(url: str) -> dict[str, Any]:
    # No proxy: OLLAMA_HOST names a machine here or in the room.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(url, timeout=_PATIENCE_S) as reply:
        found = json.load(reply)
    return found if isinstance(found, dict) else {}
