"""First passwords, made by chance: hashed where the hub looks, readable in a file for the teacher."""

from __future__ import annotations

import csv
import dbm
import difflib
import io
import secrets
from collections.abc import Sequence
from pathlib import Path

from dojo.errors import DojoError, UsageError
from dojo.files import write_whole
from dojo.hub.place import Place
from dojo.hub.roster import Person

__all__ = ["first_passwords", "hashed"]

# No letter or digit that is taken for another on a projector or a slip of paper.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def first_passwords(place: Place, people: tuple[Person, ...], anew: Sequence[str] = ()) -> dict[str, str]:
    """Everybody's first password, made for those who have none and for the names in `anew`, who forgot theirs; each may
    change theirs in the hub."""
    import bcrypt

    shown = _read(place.passwords)
    for name in anew:
        _require_known(name, people)
    with dbm.open(str(hashed(place)), "c", 0o600) as stored:
        for person in people:
            # Only by a password that we have set can a name be logged in with: the authenticator would take the first
            # one that anybody types for the person's own.
            if person.name in anew or stored.get(person.name.encode()) is None:
                word = "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))
                shown[person.name] = word
                stored[person.name.encode()] = bcrypt.hashpw(word.encode(), bcrypt.gensalt(10))
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([("name", "first password"), *sorted(shown.items())])
    write_whole(place.passwords, text.getvalue())
    place.passwords.chmod(0o600)
    return {person.name: shown.get(person.name, "") for person in people}


def _require_known(name: str, people: tuple[Person, ...]) -> None:
    names = [person.name for person in people]
    if name not in names:
        near = difflib.get_close_matches(name, names, n=1)
        hint = f"did you mean {near[0]}?" if near else "see roster.csv."
        raise UsageError(f"Nobody in the class is called {name!r}; {hint}")


def hashed(place: Place) -> Path:
    """The file that the authenticator reads."""
    return place.state / "passwords.dbm"


def _read(path: Path) -> dict[str, str]:
    try:
        rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines())) if path.exists() else []
    except (OSError, UnicodeDecodeError) as error:
        raise DojoError(f"{path} can't be read ({error}); move it away, the hub goes on without it.") from None
    return {row[0]: row[1] for row in rows[1:] if len(row) == 2}
