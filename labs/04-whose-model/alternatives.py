# %% alternative="one-expression-each" exercise="family"
def family(papers):
    named = (papers.modelinfo or {}).get("general.architecture")
    return named or (papers.details and papers.details.family) or "unknown"


def openness(card):
    return (
        "closed"
        if card["weights"] != "yes"
        else "open source"
        if all(card[key] == "yes" for key in ("code", "data", "osi"))
        else "open weights"
    )

# %% alternative="brackets-and-early-returns" exercise="family"
def family(p):
    if p["modelinfo"] is not None:  # noqa: SIM102
        if "general.architecture" in p["modelinfo"]:
            name = p["modelinfo"]["general.architecture"]
            if name is not None and name != "":
                return name
    if p["details"] is None:
        return "unknown"
    if p["details"]["family"] in (None, ""):
        return "unknown"
    return p["details"]["family"]


def openness(card):
    if card["weights"] == "yes":
        if card["code"] == "yes" and card["data"] == "yes" and card["osi"] == "yes":
            return "open source"
        return "open weights"
    return "closed"

# %% alternative="try-and-except" exercise="family"
def family(papers):
    found = ""
    try:
        found = papers.modelinfo["general.architecture"]
    except (KeyError, TypeError):
        print("no architecture in the file")
    if not found:
        try:
            found = papers.details.family
        except AttributeError:
            print("no details either")
    return found or "unknown"


def openness(card):
    answers = [card[key] for key in ("weights", "code", "data", "osi")]
    print(answers)
    if answers[0] != "yes":
        return "closed"
    return "open source" if answers.count("yes") == 4 else "open weights"

# %% alternative="loops-and-a-set" exercise="family"
def family(papers) -> str:
    places = []
    if papers.modelinfo:
        places.append(papers.modelinfo.get("general.architecture", ""))
    if papers.details:
        places.append(papers.details.family)
    for place in places:
        if place:
            return str(place)
    return "unknown"


def openness(card: dict) -> str:
    if {card["weights"], card["code"], card["data"], card["osi"]} == {"yes"}:
        return "open source"
    return {"yes": "open weights"}.get(card["weights"], "closed")

# %% alternative="a-class-and-match" exercise="family"
class Papers:
    def __init__(self, papers):
        self.dump = papers.model_dump()

    @property
    def architecture(self):
        return (self.dump.get("modelinfo") or {}).get("general.architecture")

    @property
    def word(self):
        return (self.dump.get("details") or {}).get("family")


def family(papers):
    mine = Papers(papers)
    return mine.architecture or mine.word or "unknown"


def openness(card):
    match card:
        case {"weights": "yes", "code": "yes", "data": "yes", "osi": "yes"}:
            return "open source"
        case {"weights": "yes"}:
            return "open weights"
    return "closed"

# %% alternative="suppressed-errors" exercise="family"
from contextlib import suppress
from operator import itemgetter


def family(papers):
    found = ""
    with suppress(AttributeError):
        found = papers.details.family or ""
    with suppress(KeyError, TypeError):
        found = papers.modelinfo["general.architecture"] or found
    return found or "unknown"


def openness(card):
    weights, *rest = itemgetter("weights", "code", "data", "osi")(card)
    return "closed" if weights != "yes" else ("open weights", "open source")[set(rest) == {"yes"}]

# %% alternative="lines-until-the-first-empty-one" exercise="license_id"
def license_id(text):
    if not text:
        return "unknown"
    title = []
    for line in text.strip().splitlines():
        if line.strip() == "":
            break
        title.append(line.strip().lower())
    title = " ".join(title)
    if title in ["apache-2.0", "mit", "llama-community", "agpl-3.0"]:
        return title
    words = title.split()
    if "modified" in words:
        return "unknown"
    if "mit" in words and "mit license" in title:
        return "mit"
    if "apache license" in title and "version 2.0" in title:
        return "apache-2.0"
    if "gnu affero general public license" in title and "version 3" in title:
        return "agpl-3.0"
    if "llama" in title and "community license" in title:
        return "llama-community"
    return "unknown"

# %% alternative="regular-expressions" exercise="license_id"
import re

PATTERNS = {
    "apache-2.0": r"apache license.*version 2\.0",
    "mit": r"\bmit license",
    "llama-community": r"llama.*community license",
    "agpl-3.0": r"gnu affero general public license.*version 3",
}


def license_id(text):
    title = re.split(r"\n\s*\n", (text or "").strip(), maxsplit=1)[0].lower()
    if title in PATTERNS:
        return title
    if re.search(r"\bmodified\b", title):
        return "unknown"
    for name, pattern in PATTERNS.items():
        if re.search(pattern, title, re.DOTALL):
            return name
    return "unknown"

# %% alternative="table-of-phrases" exercise="license_id"
def license_id(text):
    needed = {
        "apache-2.0": ["apache license", "version 2.0"],
        "mit": [" mit license"],
        "llama-community": ["llama", "community license"],
        "agpl-3.0": ["gnu affero general public license", "version 3"],
    }
    if text is None or text.strip() == "":
        return "unknown"
    head, _, _ = text.strip().partition("\n\n")
    head = head.casefold()
    if head in needed:
        return head
    if "modified" not in head:
        for name in needed:
            if all(phrase in " " + head for phrase in needed[name]):
                return name
    return "unknown"

# %% alternative="match-on-words" exercise="license_id"
def license_id(licence_text: str | None) -> str:
    title = str(licence_text or "unknown").lower().strip().split("\n\n")[0]
    words = set(title.replace(",", " ").replace("(", " ").replace(")", " ").split())
    print(words)
    match sorted(words):
        case [one] if one in {"mit", "apache-2.0", "agpl-3.0", "llama-community"}:
            return one
    if "modified" in words:
        return "unknown"
    if {"apache", "license", "version", "2.0"} <= words:
        return "apache-2.0"
    if {"mit", "license"} <= words:
        return "mit"
    if {"llama", "community", "license"} <= words:
        return "llama-community"
    if {"gnu", "affero", "version", "3"} <= words:
        return "agpl-3.0"
    return "unknown"

# %% alternative="words-and-a-table-of-needs" exercise="license_id"
def license_id(text):
    lines = []
    for line in (text or "").lower().strip().splitlines():
        if not line.strip():
            break
        lines.append(line.strip())
    title = " ".join(lines)
    words = re.findall(r"[a-z0-9.]+", title)
    short = {"apache-2.0", "mit", "llama-community", "agpl-3.0"}
    if title in short:
        return title
    if "modified" in words:
        return "unknown"
    needs = {
        "apache-2.0": ["apache license", "version 2.0"],
        "llama-community": ["llama", "community license"],
        "agpl-3.0": ["gnu affero general public license", "version 3"],
    }
    for name, parts in needs.items():
        if all(part in title for part in parts):
            return name
    return "mit" if re.search(r"\bmit license\b", title) else "unknown"

# %% alternative="two-comprehensions" exercise="share"
def share(rows, country, include_unaffiliated=True):
    whole = sum(int(row["downloads"]) for row in rows if include_unaffiliated or row["country"] != "")
    mine = sum(int(row["downloads"]) for row in rows if row["country"] == country)
    return mine / whole * 100 if whole else None

# %% alternative="totals-by-country" exercise="share"
def share(table, land, include_unaffiliated=True):
    totals = {}
    for line in table:
        totals[line["country"]] = totals.get(line["country"], 0) + float(line["downloads"])
    if not include_unaffiliated:
        totals.pop("", None)
    print(totals)
    everything = sum(totals.values())
    if everything == 0:
        return None
    return totals.get(land, 0.0) * 100.0 / everything

# %% alternative="zero-division-caught" exercise="share"
def share(rows: list, country: str, include_unaffiliated: bool = True):
    kept = []
    for row in rows:
        if not include_unaffiliated and not row["country"]:
            continue
        kept.append(row)
    total, part = 0, 0
    for row in kept:
        total = total + int(row["downloads"])
        if row["country"] == country:
            part = part + int(row["downloads"])
    try:
        return 100 * (part / total)
    except ZeroDivisionError:
        return None

# %% alternative="numpy-and-fractions" exercise="share"
import numpy as np


def share(rows, country, include_unaffiliated=True):
    counts = np.array([int(row["downloads"]) for row in rows], dtype=float)
    lands = np.array([row["country"] for row in rows], dtype=object)
    whole = counts.sum() if include_unaffiliated else counts[lands != ""].sum()
    if whole == 0:
        return None
    return counts[lands == country].sum() / whole * 100

# %% alternative="a-counter" exercise="share"
from collections import Counter


def share(rows, country, include_unaffiliated=True):
    totals = Counter()
    for row in rows:
        totals.update({row["country"]: int(row["downloads"])})
    if not include_unaffiliated:
        totals.pop("", None)
    return 100.0 * totals[country] / totals.total() if totals.total() else None

# %% alternative="sorted-and-grouped" exercise="share"
from itertools import groupby
from operator import itemgetter


def share(rows, country, include_unaffiliated=True):
    land = itemgetter("country")
    sums = {key: sum(float(r["downloads"]) for r in group) for key, group in groupby(sorted(rows, key=land), land)}
    if not include_unaffiliated and "" in sums:
        del sums[""]
    try:
        return sums.get(country, 0) / sum(sums.values()) * 100
    except ZeroDivisionError:
        return None

# %% alternative="plain-loops" exercise="duties"
def duties(rules, licence, use, users=0):
    answer = None
    for row in rules:
        if row["licence"] != licence:
            continue
        if row["use"] != use:
            continue
        if answer is None:
            answer = []
        if row["duty"] == "":
            continue
        if row["above_users"] == "":  # noqa: SIM114
            answer.append(row["duty"])
        elif users > int(row["above_users"]):
            answer.append(row["duty"])
    return answer


def release_check(name, parents, page):
    llama = unknown = False
    for parent in parents:
        if parent["kind"] in ("weights", "outputs"):
            if parent["licence"] == "llama-community":
                llama = True
            if parent["licence"] == "unknown":
                unknown = True
    faults = []
    if llama and name[:5] != "Llama":
        faults.append("name")
    if llama and page.find("Built with Llama") == -1:
        faults.append("page")
    if unknown:
        faults.append("licence")
    return faults

# %% alternative="generators-and-a-tuple" exercise="duties"
def duties(rules, licence, use, users=0):
    mine = [(r["duty"], float(r["above_users"] or -1)) for r in rules if (r["licence"], r["use"]) == (licence, use)]
    return tuple(duty for duty, limit in mine if duty and users > limit) if mine else None


def release_check(name, parents, page):
    used = {p["licence"] for p in parents if p["kind"] != "architecture"}
    faults = {
        "name": "llama-community" in used and not name.startswith("Llama"),
        "page": "llama-community" in used and "Built with Llama" not in page,
        "licence": "unknown" in used,
    }
    return [fault for fault, found in faults.items() if found]

# %% alternative="helpers-and-prints" exercise="duties"
def applies(row, users):
    limit = row["above_users"]
    return limit == "" or int(users) > int(limit)


def duties(rules: list, licence: str, use: str, users: int = 0):
    known = False
    todo = []
    for row in rules:
        if row["licence"] == licence and row["use"] == use:
            known = True
            if applies(row, users) and len(row["duty"]) > 0:
                todo += [row["duty"]]
    print(known, todo)
    if not known:
        return None
    return todo


def release_check(name, parents, page):
    def gave(licence):
        return any(p["licence"] == licence and not p["kind"] == "architecture" for p in parents)  # noqa: SIM201

    wrong = []
    if gave("llama-community"):
        wrong += [] if name.startswith("Llama") else ["name"]
        wrong += [] if "Built with Llama" in page else ["page"]
    return wrong + (["licence"] if gave("unknown") else [])

# %% alternative="a-dataclass-for-a-rule" exercise="duties"
from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    licence: str
    use: str
    duty: str
    above_users: str

    def binds(self, users):
        return self.above_users == "" or int(self.above_users) < users


def duties(rules, licence, use, users=0):
    rows = [rule for rule in (Rule(**row) for row in rules) if (rule.licence, rule.use) == (licence, use)]
    return [rule.duty for rule in rows if rule.duty != "" and rule.binds(users)] if rows else None


def release_check(name, parents, page):
    found = {parent["licence"] for parent in parents if parent["kind"] in ("weights", "outputs")}
    checks = {
        "name": "llama-community" in found and name[:5] != "Llama",
        "page": "llama-community" in found and page.find("Built with Llama") == -1,
        "licence": "unknown" in found,
    }
    return [word for word, bad in checks.items() if bad]

# %% alternative="one-loop-and-a-helper" exercise="duties"
def duties(rules, licence, use, users=0):
    result = None
    for row in rules:
        if row["licence"] != licence or row["use"] != use:
            continue
        if result is None:
            result = []
        limit = int(row["above_users"] or -1)
        if row["duty"] and users > limit:
            result.append(row["duty"])
    return result


def release_check(name, parents, page):
    def gave(licence):
        return any(p["licence"] == licence and p["kind"] != "architecture" for p in parents)

    wrong = []
    if gave("llama-community"):
        wrong += [] if name.startswith("Llama") else ["name"]
        wrong += [] if "Built with Llama" in page else ["page"]
    return wrong + ["licence"] * gave("unknown")

# %% alternative="recursion-with-a-set" exercise="ancestors"
def ancestors(edges, model, only=None, kinds=None):
    found = set()

    def climb(name):
        for edge in edges:
            if edge["child"] != name or edge["parent"] in found:
                continue
            if only is not None and edge["status"] != only:
                continue
            if kinds is not None and edge["kind"] not in kinds:
                continue
            found.add(edge["parent"])
            climb(edge["parent"])

    climb(model)
    found.discard(model)
    return found

# %% alternative="grow-until-nothing-changes" exercise="ancestors"
def ancestors(edges, model, only=None, kinds=None):
    reached = {model}
    size = 0
    while size != len(reached):
        size = len(reached)
        for e in edges:
            status_fits = only is None or e["status"] == only
            kind_fits = kinds is None or e["kind"] in kinds
            if e["child"] in reached and status_fits and kind_fits:
                reached.add(e["parent"])
    print(size, "reached")
    return reached - {model}

# %% alternative="dictionary-of-parents-and-a-queue" exercise="ancestors"
from collections import defaultdict, deque


def ancestors(edges: list, model: str, only: str | None = None, kinds: list | None = None) -> set:
    parents = defaultdict(set)
    for edge in edges:
        if only in (None, edge["status"]) and (kinds is None or edge["kind"] in kinds):
            parents[edge["child"]].add(edge["parent"])
    queue, seen = deque([model]), {model}
    while queue:
        for parent in parents[queue.popleft()] - seen:
            seen.add(parent)
            queue.append(parent)
    return seen - {model}

# %% alternative="generations-in-a-class" exercise="ancestors"
class Tree:
    def __init__(self, edges, only, kinds):
        self.pairs = []
        for edge in edges:
            if (only is None or edge["status"] == only) and (kinds is None or edge["kind"] in kinds):
                self.pairs.append((edge["child"], edge["parent"]))

    def parents(self, names):
        return {parent for child, parent in self.pairs if child in names}


def ancestors(edges, model, only=None, kinds=None):
    tree = Tree(edges, only, kinds)
    known, generation = set(), {model}
    while generation:
        generation = tree.parents(generation) - known
        known = known | generation
    return known.difference([model])

# %% alternative="pairs-that-grow" exercise="ancestors"
def ancestors(edges, model, only=None, kinds=None):
    pairs = {
        (e["child"], e["parent"])
        for e in edges
        if only in (None, e["status"]) and (kinds is None or e["kind"] in kinds)
    }
    while more := {(a, d) for a, b in pairs for c, d in pairs if b == c} - pairs:
        pairs |= more
    return frozenset(parent for child, parent in pairs if child == model and parent != model)
