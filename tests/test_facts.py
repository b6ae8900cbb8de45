"""Lesson 4's facts: each row says who says so, when somebody last looked, and how well it is known.

Covered: a row without source, day or known status; a day that is none, or still to come; invented numbers that do not
say so; edges and rules with words that the lab does not know; which rows are old, as a warning.
Not covered: whether a row is true, or its source still there. A person looks, and writes the new day.
"""

from __future__ import annotations

import csv
import json
import warnings
from datetime import date, timedelta
from pathlib import Path

import pytest

DATA = Path(__file__).parent.parent / "labs" / "04-whose-model" / "data"
FILES = ("facts.csv", "edges.csv", "models.csv", "rules.csv")
STATUSES = {"confirmed", "reported", "opinion"}
OLD_AFTER = timedelta(days=120)
Row = dict[str, str]


def rows(name: str) -> list[Row]:
    """The rows of one of the lab's files."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def called(row: Row) -> str:
    """A row's name for people: its id, model or edge, or the beginning of what it says."""
    return (
        row.get("id") or row.get("model") or f"{row.get('child') or row['licence']}: {row.get('parent') or row['use']}"
    )


def flaws(row: Row, today: date) -> list[str]:
    """What a row lacks, a few words each."""
    found = [f"no {name}" for name in ("source", "checked", "status") if not (row.get(name) or "").strip()]
    if row.get("status") and row["status"] not in STATUSES:
        found.append(f"unknown status {row['status']!r}")
    try:
        if row.get("checked") and date.fromisoformat(row["checked"]) > today:
            found.append(f"looked up on {row['checked']}, which is still to come")
    except ValueError:
        found.append(f"{row['checked']!r} is no day like 2026-11-24")
    return found


def old(facts: list[Row], today: date) -> list[str]:
    """The names of rows that nobody has looked up for more than 120 days."""
    return [called(row) for row in facts if today - date.fromisoformat(row["checked"]) > OLD_AFTER]


@pytest.mark.parametrize("name", FILES)
def test_every_row_has_its_source_its_day_and_a_known_status(name: str) -> None:
    # A clone may be opened where the day has not begun yet.
    tomorrow = date.today() + timedelta(days=1)
    assert [f"{called(row)}: {flaw}" for row in rows(name) for flaw in flaws(row, tomorrow)] == []


@pytest.mark.parametrize("name", FILES)
def test_every_row_is_filled_in_to_its_last_column(name: str) -> None:
    assert [called(row) for row in rows(name) if None in row or None in row.values()] == []


@pytest.mark.filterwarnings("default:.*not looked up for 120 days:UserWarning")
@pytest.mark.parametrize("name", FILES)
def test_old_rows_are_named_as_a_warning(name: str) -> None:
    if names := old(rows(name), date.today()):
        warnings.warn(f"{name}, not looked up for 120 days: {'; '.join(dict.fromkeys(names))}", stacklevel=1)


def test_a_row_is_old_after_120_days_and_not_before() -> None:
    row = {"id": "a", "checked": "2026-01-01"}
    assert old([row], date(2026, 5, 1)) == []
    assert old([row], date(2026, 5, 2)) == ["a"]


@pytest.mark.parametrize(
    ("change", "flaw"),
    [
        ({"source": " "}, "no source"),
        ({"checked": ""}, "no checked"),
        ({"status": ""}, "no status"),
        ({"status": "rumoured"}, "unknown status 'rumoured'"),
        ({"checked": "24.11.2026"}, "'24.11.2026' is no day like 2026-11-24"),
        ({"checked": "2027-01-01"}, "looked up on 2027-01-01, which is still to come"),
    ],
)
def test_a_flawed_row_is_told_what_it_lacks(change: Row, flaw: str) -> None:
    good = {"id": "a", "source": "the maker's page", "checked": "2026-11-24", "status": "confirmed"}
    assert flaws(good, date(2026, 11, 25)) == []
    assert flaws({**good, **change}, date(2026, 11, 25)) == [flaw]


def test_each_fact_has_a_name_of_its_own() -> None:
    names = [row["id"] for row in rows("facts.csv")]
    assert len(names) == len(set(names))


def test_a_fact_without_a_witness_is_never_confirmed() -> None:
    assert [row["id"] for row in rows("facts.csv") if row["witness"] == "none" and row["status"] == "confirmed"] == []
    assert {row["witness"] for row in rows("facts.csv")} <= {"first-hand", "second-hand", "none"}


def test_edges_and_rules_use_the_labs_words() -> None:
    assert {row["kind"] for row in rows("edges.csv")} <= {"architecture", "weights", "outputs"}
    assert {row["status"] for row in rows("edges.csv")} <= {"confirmed", "reported"}
    assert {row["use"] for row in rows("rules.csv")} <= {"run", "offer", "share", "train"}
    assert {row["licence"] for row in rows("rules.csv")} <= {"apache-2.0", "mit", "agpl-3.0", "llama-community"}


def test_avocado_is_closed_and_all_its_edges_are_reported() -> None:
    (card,) = [row for row in rows("models.csv") if "Avocado" in row["model"]]
    assert card["weights"] == "no"
    assert {row["status"] for row in rows("edges.csv") if row["child"] == card["model"]} == {"reported"}


def test_invented_numbers_and_papers_say_so() -> None:
    assert {row["source"] for row in rows("downloads.csv")} == {"invented for this lab"}
    shows = json.loads((DATA / "shows.json").read_text(encoding="utf-8"))["shows"]
    greek = ("alpha", "beta", "gamma", "delta", "epsilon")
    assert all(row["model"].startswith(greek) == (row["status"] == "invented") for row in shows)
    assert all(row["source"] and date.fromisoformat(row["date"]) for row in shows)
