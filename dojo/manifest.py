"""What a hand-in says of itself: whose it is, of which lab, when and with what it was made, and its files' checksums.

Covered:
- a file that was changed, added or lost since `dojo submit` made the zip is named, and a changed manifest is
- a manifest of a shape that we never wrote is no manifest

Not covered:
- a student who works out the checksums again: they find damage and mix-ups, they prove nobody's honesty
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

__all__ = ["MANIFEST", "SUMS", "Manifest", "faults", "pack", "plain_id", "read_manifest"]

MANIFEST, SUMS = "hand-in.json", "SHA256SUMS"
_FORM = 1


@dataclass(frozen=True)
class Manifest:
    """`made` is in UTC by the student's own clock; `version` begins the digest of the released notebook, "" if nobody
    noted it; `files` gives the sha256 of each file by name."""

    lab: str
    student: str
    made: str
    kit: str
    version: str
    files: dict[str, str]


def pack(manifest: Manifest) -> dict[str, bytes]:
    """The manifest and the list of checksums, which `sha256sum -c` reads, as files to put beside the others."""
    text = json.dumps({"form": _FORM, **asdict(manifest)}, indent=1, ensure_ascii=False).encode() + b"\n"
    sums = {MANIFEST: _sha256(text), **manifest.files}
    lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items()))
    return {MANIFEST: text, SUMS: lines.encode()}


def read_manifest(text: bytes) -> Manifest | None:
    """The manifest; None where it is none that `dojo submit` writes."""
    try:
        found = json.loads(text.decode())
        if found.pop("form") != _FORM:
            return None
        manifest = Manifest(**found)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    texts = (manifest.lab, manifest.student, manifest.made, manifest.kit, manifest.version)
    files = manifest.files if isinstance(manifest.files, dict) else {"": None}
    return manifest if all(isinstance(one, str) for one in (*texts, *files.values())) else None


def faults(manifest: Manifest, files: Mapping[str, bytes]) -> list[str]:
    """What is not as `dojo submit` left it, each the end of a sentence that begins with the hand-in's name."""
    known = {**manifest.files, MANIFEST: _listed(files.get(SUMS, b"")).get(MANIFEST, "")}
    found = [f"has lost {name}" for name in sorted(known) if name not in files]
    found += [
        f"has another {name} than it was made with"
        for name, digest in sorted(known.items())
        if name in files and _sha256(files[name]) != digest
    ]
    return found + [f"holds {name}, which it was not made with" for name in sorted(set(files) - {*known, SUMS})]


def plain_id(word: str) -> bool:
    """Whether a word can name a student's folder on every system, and means no pattern to nbgrader."""
    odd = set(word) & set('/\\:*?"<>|[]{}') or any(not char.isprintable() for char in word)
    return bool(word) and not odd and len(word) <= 100 and word[0] not in ".-~ " and word[-1] not in ". "


def _listed(sums: bytes) -> dict[str, str]:
    """A list of checksums as `sha256sum` writes it: the digest of each name."""
    pairs = (line.split("  ", 1) for line in sums.decode(errors="replace").splitlines())
    return {pair[1]: pair[0] for pair in pairs if len(pair) == 2}


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
