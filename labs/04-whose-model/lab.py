# %% [markdown]
"""
# Lab 4. Whose Model Is It?

A model's name is a label that somebody stuck on a file. You build a program that looks inside.
It writes a passport for each model: what is in it, what its licence asks of you, and how open it is.
Beside the passports it draws who came from whom, and how well each line of that drawing is known.

| Belt | White: Speak |
|---|---|
| You build | A web page with model passports and a drawn family tree of models |
| Minutes | 80 |
| Needs | Any laptop, no network. Only the live cell wants models: three small ones, 4 GB of disk, 8 GB of RAM |
| You will be able to | Read family and licence from a model's file, name your duties, tell confirmed from reported |
| Out of scope | Legal advice, and which model is best (lab 16) |
"""

# %% locked="setup"
# %load_ext dojo
import csv
import html
import json
import re

import ollama

from dojo import data_file, given, models_here, sample_chat


def read_rows(name):
    """The rows of data/NAME, a CSV file, as dictionaries. Every value in them is text."""
    with data_file(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def sample_show(model):
    """Stands in for `ollama.show`: it answers from the file data/shows.json, with the real library's object."""
    for row in json.loads(data_file("shows.json").read_text(encoding="utf-8"))["shows"]:
        if row["model"] == model:
            return ollama.ShowResponse(**row["show"])
    raise ollama.ResponseError(f"model '{model}' not found", 404)

# %% [markdown]
"""
## Where the data comes from

The file `data/shows.json` holds what `ollama.show` says of ten models.

* Four are **real**. Their rows hold what public pages print of them, and the source.
* One is **measured**: `dojo-tiny`, the kit's own very small model, on 24 November 2026.
* Five are **invented**: `alpha:1b`, `beta:2b`, `gamma:1b`, `delta:9b`, `epsilon:4b`. We made up all that they say.

Facts about real models age. So each row of `edges.csv`, `models.csv` and `rules.csv` names its source and the day
when somebody last looked. It also says how well it is known:

| Status | What it means |
|---|---|
| confirmed | The maker says so, or the text itself can be read |
| reported | Somebody wrote it, and the makers have not shown it |
| opinion | A judgement. It can be a good one |
"""

# %% [markdown]
"""
## A whole program first

Run the next cell. It asks for the papers of one model and prints three things that stand in them.

The first line picks who answers. To ask your own Ollama, write `show = ollama.show` there.

**Before you run it:** the model is called `deepseek-r1`. Whose architecture will the file name?
Write down *I expect ...*, then run, then *I saw ...*
"""

# %%
show = sample_show

papers = show("deepseek-r1:1.5b")

print("size:        ", papers.details.parameter_size)
print("architecture:", papers.modelinfo["general.architecture"])
print("licence:     ", papers.license.splitlines()[0])

# %% [markdown]
"""
## What you saw

The label says DeepSeek. The file says `qwen2`. Both are right.
DeepSeek took a model of Alibaba's Qwen family and trained it further. **Confirmed**: DeepSeek's own page says so.

So a model can come from another one in three ways. We call them the **kinds** of a line in the family tree:

| Kind | What was taken | Like |
|---|---|---|
| `architecture` | the building plan alone, with new weights | building your house from your neighbour's plan |
| `weights` | the trained numbers themselves, trained further | moving into the house and painting it |
| `outputs` | the replies of a model, as school books for another | learning from your neighbour's letters |

`ollama.show` returns one object. These parts of it are used in this lab:

| Part | What it holds |
|---|---|
| `papers.modelinfo` | a dictionary from the file itself, or `None` |
| `papers.modelinfo["general.architecture"]` | the name of the building plan |
| `papers.details.family` | Ollama's own word for the family |
| `papers.license` | the licence as text, from one word to many pages, or `None` |
"""

# %% [markdown]
"""
## How to work

Five exercises follow. Under each stand its tests: run them as often as you like. No output means that they pass.
If one fails, read the **last lines** of what it prints. They say what was given, what came and what was wanted.

Type `%check` in a new cell to see all five at once. `%hint 1` gives the next hint of exercise 1.
Some tests stay hidden in this notebook. `%check` runs those too.

Two exercises ask for two small functions each. Both stand in one cell.
"""

# %% [markdown]
"""
## Exercise 1. Look inside, not at the label

Difficulty 1 of 5. Up to 12 minutes. About 10 lines.

Write two small functions.

`family(papers)` gives the family that the file names:

* what stands in `papers.modelinfo` under `"general.architecture"`;
* where that is missing, `papers.details.family`;
* where both are missing, `"unknown"`.

Each part may be missing: `modelinfo` and `details` can be `None`, a name can be `None` or `""`.

`openness(card)` gives one of three words. A card is a dictionary whose values are `"yes"`, `"no"` or `"?"`:

| Key | The question it answers |
|---|---|
| `"weights"` | Can everybody download the trained numbers? |
| `"code"` | Is the training program public? |
| `"data"` | Is it public what the model was trained on? |
| `"osi"` | Is the licence one that the Open Source Initiative approved? |

* `"closed"` where the weights are not to be had, whatever else is;
* `"open source"` where all four say yes;
* `"open weights"` otherwise. A `"?"` is no yes.

```text
family(show("deepseek-r1:1.5b"))                                       -> "qwen2"
openness({"weights": "yes", "code": "no", "data": "no", "osi": "yes"}) -> "open weights"
```

Change only these two functions.

<details><summary>Hint 1</summary>

The worked example reads the architecture. What happens in your function if it isn't there?
For the cards: which single answer decides at once?

</details>
<details><summary>Hint 2</summary>

`papers.modelinfo or {}` is a dictionary in any case, and `.get(name)` gives `None` for a name that is missing.
The text `"no"` counts as true in an `if`. So compare: what does each answer have to be?

</details>
<details><summary>Hint 3</summary>

`if papers.details and papers.details.family:` asks both questions in the right order.
`card["weights"] != "yes"` finds what is closed. Then check the other three keys, each with `== "yes"`.

</details>
"""

# %% solution="family"
def family(papers):
    """The family that the model's file names: its architecture, else Ollama's word for it, else "unknown"."""
    ### BEGIN SOLUTION
    info = papers.modelinfo or {}
    if info.get("general.architecture"):
        return info["general.architecture"]
    if papers.details and papers.details.family:
        return papers.details.family
    return "unknown"
    ### END SOLUTION


def openness(card):
    """ "closed", "open weights" or "open source", from a card's four answers."""
    ### BEGIN SOLUTION
    if card["weights"] != "yes":
        return "closed"
    if card["code"] == card["data"] == card["osi"] == "yes":
        return "open source"
    return "open weights"
    ### END SOLUTION

# %% tests="test_family" points=1
def made_up(architecture=None, family_word="", **more):
    """What ollama.show would give for an invented model with these two names in its papers."""
    info = {"general.parameter_count": 1_100_000_000, **more}
    if architecture is not None:
        info["general.architecture"] = architecture
    return ollama.ShowResponse(model_info=info, details={"family": family_word, "format": "gguf"}, license="")


LOOK = "What does the file itself say? And is that the same as the name on its label?"
given(family, sample_show("deepseek-r1:1.5b")).shown_as('family(show("deepseek-r1:1.5b"))').returns("qwen2", think=LOOK)
given(family, sample_show("gpt-oss:20b")).shown_as('family(show("gpt-oss:20b"))').returns("gptoss", think=LOOK)
given(family, sample_show("alpha:1b")).shown_as('family(show("alpha:1b"))').returns("beta2", think=LOOK)
given(family, sample_show("delta:9b")).shown_as('family(show("delta:9b"))').returns(
    "delta", think="This file names no architecture. Where else do its papers name a family?"
)
### BEGIN HIDDEN TESTS
given(family, made_up("rwkv7", "rwkv")).shown_as("family(papers with the architecture rwkv7, the family rwkv)").returns(
    "rwkv7", think="Two names stand there. Which of them comes first?"
)
given(family, made_up("", "mill")).shown_as("family(papers with an empty architecture, the family mill)").returns(
    "mill", think="An empty text is no name. What does your code do with one?"
)
given(family, made_up(None, "")).shown_as("family(papers without an architecture, with an empty family)").returns(
    "unknown", think="Neither place holds a name. What do you say then?"
)
basename = made_up("qwen3", "qwen3", **{"general.basename": "Lantern", "general.name": "Lantern 8B"})
given(family, basename).shown_as("family(papers with the architecture qwen3, the name Lantern 8B)").returns(
    "qwen3", think="A name is a label too. Which key holds the building plan?"
)
given(family, made_up("Mill-MoE", "mill")).shown_as("family(papers with the architecture Mill-MoE)").returns(
    "Mill-MoE", think="Is that the name as it stands in the file, letter by letter?"
)
bare = ollama.ShowResponse(model_info=None, details={"family": "mill"})
given(family, bare).shown_as("family(papers where modelinfo is None, the family mill)").returns(
    "mill", think="What can you ask of a dictionary that isn't there?"
)
nothing = ollama.ShowResponse(model_info=None, details=None)
given(family, nothing).shown_as("family(papers where modelinfo and details are None)").returns(
    "unknown", think="Both parts are missing. Which line of yours still expects one of them?"
)
plan_only = ollama.ShowResponse(model_info={"general.architecture": "olmo2"}, details=None)
given(family, plan_only).shown_as("family(papers with the architecture olmo2, where details is None)").returns(
    "olmo2", think="The plan is named here. What does your code want with the details?"
)
wordless = ollama.ShowResponse(model_info={}, details={"family": None})
given(family, wordless).shown_as("family(papers with nothing in modelinfo, where the family is None)").returns(
    "unknown", think="Neither place holds a name. What do you say then?"
)
### END HIDDEN TESTS

# %% tests="test_openness" points=1
def card(weights, code, data, osi):
    """A card with these four answers."""
    return {"weights": weights, "code": code, "data": data, "osi": osi}


given(openness, card("yes", "no", "no", "yes")).returns(
    "open weights", think="You may download it. Could you also build it again yourself?"
)
given(openness, card("yes", "yes", "yes", "yes")).returns("open source", think="What is still missing here?")
given(openness, card("no", "no", "no", "no")).returns(
    "closed", think="Nobody outside has this model's numbers. Which word is left for it?"
)
given(openness, card("yes", "no", "no", "no")).returns("open weights", think="Can you run it on your own machine?")
### BEGIN HIDDEN TESTS
for answers in (("yes", "yes", "no", "yes"), ("yes", "no", "yes", "yes"), ("yes", "yes", "yes", "no")):
    given(openness, card(*answers)).returns("open weights", think="How many of the four must say yes? Do they?")
given(openness, card("yes", "yes", "?", "yes")).returns(
    "open weights", think="Nobody knows what it was trained on. Is that a yes?"
)
given(openness, card("?", "yes", "yes", "yes")).returns(
    "closed", think="Nobody knows where to download it. Is that a yes?"
)
given(openness, card("no", "yes", "yes", "yes")).returns(
    "closed", think="Code and data are public, the weights are not. Which question decides first?"
)
labelled = {"model": "Llama Open Source 1B", "maker": "Mill", "osi": "no", "data": "no", "code": "no", "weights": "no"}
given(openness, labelled).returns("closed", think="Do you read the four answers, or the model's name?")
given(openness, {**card("yes", "yes", "yes", "yes"), "model": "Closed Loop 2B", "tag": ""}).returns(
    "open source", think="Which keys of this card are the four answers?"
).changes_nothing(think="The card belongs to the caller. What does your code write into it?")
asked_more = {"gated": "yes", **card("yes", "yes", "no", "yes")}
given(openness, asked_more).returns("open weights", think="Four of these say yes. Are they the four that matter?")
asked_more = {"gated": "?", **card("yes", "yes", "yes", "yes"), "vision": "no"}
given(openness, asked_more).returns("open source", think="Which keys of this card are the four answers?")
### END HIDDEN TESTS

# %% [markdown]
r"""
## Exercise 2. Which licence is this?

Difficulty 2 of 5. Up to 12 minutes. About 12 lines.

A licence says its name in its **title**: all that stands before the first empty line.
What comes after it mentions many words, other licences among them.

Write `license_id(text)`. It looks at the title alone, and capital letters make no difference:

| The title | You return |
|---|---|
| holds `apache license` and `version 2.0` | `"apache-2.0"` |
| holds `mit license` | `"mit"` |
| holds `llama` and `community license` | `"llama-community"` |
| holds `gnu affero general public license` and `version 3` | `"agpl-3.0"` |
| is one of these four short names and nothing else | that short name |
| holds the word `modified` | `"unknown"`: a changed licence is another licence |
| is anything else, or `text` is empty or `None` | `"unknown"` |

Empty lines and spaces before the title don't count. The letters m-i-t also hide in longer words: count only `MIT`
that stands as a word of its own.

```text
license_id("MIT License\n\nCopyright (c) 2023 DeepSeek\n\nPermission is ...") -> "mit"
license_id("Guest Terms\n\nYou are permitted to look.")                       -> "unknown"
license_id("apache-2.0")                                                      -> "apache-2.0"
```

Change only this function.

<details><summary>Hint 1</summary>

Print `"limitation".find("mit")`. Then get the title, and look at nothing else from there on.

</details>
<details><summary>Hint 2</summary>

An empty line is two newlines, one after the other. Split there and keep the first part.
For the word of its own, cut the title into words with `split()`.

</details>
<details><summary>Hint 3</summary>

`title = (text or "").strip().split("\n\n")[0].lower()` is the title.
`"mit" in title.split()` is true for the word `mit` only. Which of the table's rows must be asked first?

</details>
"""

# %% solution="license_id"
def license_id(text):
    """ "apache-2.0", "mit", "llama-community", "agpl-3.0" or "unknown", from the licence's title."""
    ### BEGIN SOLUTION
    title = (text or "").strip().split("\n\n")[0].lower()
    if title in ("apache-2.0", "mit", "llama-community", "agpl-3.0"):
        return title
    if "modified" in title.split():
        return "unknown"
    if "apache license" in title and "version 2.0" in title:
        return "apache-2.0"
    if "mit license" in title and "mit" in title.split():
        return "mit"
    if "llama" in title and "community license" in title:
        return "llama-community"
    if "gnu affero general public license" in title and "version 3" in title:
        return "agpl-3.0"
    return "unknown"
    ### END SOLUTION

# %% tests="test_license_id" points=1
def licence_of(model):
    """Call license_id with the licence text of a model in the sample file."""
    return given(license_id, sample_show(model).license).shown_as(f'license_id(show("{model}").license)')


TITLE = "What does its title say? Print the text and look at the lines before the first empty one."
licence_of("qwen3:latest").returns("apache-2.0", think=TITLE)
licence_of("deepseek-r1:1.5b").returns("mit", think=TITLE)
licence_of("alpha:1b").returns("mit", think=TITLE)
licence_of("llama3.2:1b").returns("llama-community", think=TITLE)
licence_of("dojo-tiny").returns("apache-2.0", think="This file holds the short name and nothing else. Is that a title?")
licence_of("delta:9b").returns("unknown", think="Which letters of 'permitted' and 'limitation' is your code finding?")
### BEGIN HIDDEN TESTS
agpl = "          GNU AFFERO GENERAL PUBLIC LICENSE\n             Version 3, 19 November 2007\n\n Copyright (C) 2007"
given(license_id, agpl).returns("agpl-3.0", think=TITLE)
given(license_id, "LLAMA 3.1 COMMUNITY LICENSE AGREEMENT\n\nLlama 3.1 Version").returns(
    "llama-community", think="Which number stands in this title? Does it matter for the name?"
)
given(license_id, "\n\n  Apache License\n  Version 2.0, January 2004\n\n  TERMS").returns(
    "apache-2.0", think="What stands before the title here?"
)
given(license_id, "META LLAMA 3 COMMUNITY LICENSE AGREEMENT\n\nMeta Llama 3 Version").returns(
    "llama-community", think="Where in the title does the name stand? Does the place matter?"
)
long_title = "GNU AFFERO GENERAL PUBLIC LICENSE\nas published by its foundation\nVersion 3, 2007\n\nPreamble"
given(license_id, long_title).returns("agpl-3.0", think="How many lines has this title? Where does it end?")
given(license_id, "mit").returns("mit", think="This is a short name and nothing else.")
given(license_id, "agpl-3.0\n").returns("agpl-3.0", think="This is a short name, with a newline after it.")
given(license_id, "MIT").returns("mit", think="Capital letters make no difference.")
### END HIDDEN TESTS

# %% tests="test_license_id_traps" points=1
licence_of("gamma:1b").returns("unknown", think="Somebody changed this licence. Is it still the one that you know?")
licence_of("epsilon:4b").returns("unknown", think="This model came without a licence. What do you know about it then?")
given(license_id, None).returns("unknown", think="No licence came with the model. What can you do with None?")
given(license_id, "House Rules for Guests\n\nThe kettle is under the MIT License.").returns(
    "unknown", think="Is that the title, or does the text speak of something else there?"
)
### BEGIN HIDDEN TESTS
given(license_id, "MIT Campus Rules\n\nKeep off the grass.").returns(
    "unknown", think="Two words must stand side by side in that title. Do they?"
)
given(license_id, "Terms for Apache Pilots\nVersion 2.0\n\nTERMS").returns(
    "unknown", think="Is every text with this word in its title a licence?"
)
given(license_id, "The Summit License\n\nFor climbers.").returns("unknown", think="Which letters did you find there?")
given(license_id, "MIT-ish").returns("unknown", think="Is this one of the four short names, letter by letter?")
given(license_id, "The MIT License, modified\n\nCopyright").returns(
    "unknown", think="Somebody changed this licence. Where in the title do they say so?"
)
given(license_id, "Apache License\nVersion 2.1 (a draft)\n\nCopyright").returns(
    "unknown", think="Whose version is this? Two things must stand in that title."
)
given(license_id, "Apache License\nVersion 1.1\n\nCopyright").returns(
    "unknown", think="Whose version is this? Two things must stand in that title."
)
given(license_id, "GNU GENERAL PUBLIC LICENSE\nVersion 3, 29 June 2007\n\nCopyright").returns(
    "unknown", think="One word is missing in this title. It makes another licence of it."
)
given(license_id, "Kitchen Community License\n\nBe kind. Llama 3 was here.").returns(
    "unknown", think="Many communities have licences. What else must the title hold?"
)
given(license_id, "Llama 1 Research Terms\n\nFor those who ask. See the community license of later ones.").returns(
    "unknown", think="Is every licence with this animal in it a community licence?"
)
given(license_id, "Modified Apache License\nVersion 2.0, with one change\n\nTERMS").returns(
    "unknown", think="Somebody changed this licence. Is it still the one that you know?"
)
given(license_id, "The same as ours\n\nmit").returns("unknown", think="Is that the title?")
given(license_id, "Not apache-2.0, ask us\n\nReally.").returns("unknown", think="Is the short name the whole title?")
given(license_id, "GNU Affero General Public License\nVersion 1\n\nCopyright").returns(
    "unknown", think="Which version is this? Two things must stand in that title."
)
free = "Mill Terms of Use\n\nPermission is hereby granted, free of charge, under the Apache License, Version 2.0."
given(license_id, free).returns("unknown", think="Is that the title, or does the text speak of something else there?")
given(license_id, "").returns("unknown", think="An empty text has no title. What do you say then?")
given(license_id, "Qwen RESEARCH LICENSE AGREEMENT\n\nRelease Date: September 19, 2024").returns(
    "unknown", think="Do you know this licence? A brand is no licence."
)
### END HIDDEN TESTS

# %% [markdown]
"""
## Exercise 3. Two shares from one table

Difficulty 2 of 5. Up to 10 minutes. About 9 lines.

"Northland has 20 % of all downloads." "No, 50 %!" Both can be right, from the same table.
Many files are uploaded by somebody who belongs to no known land. Do they count in the whole, or not?

Write `share(rows, country, include_unaffiliated=True)`. It returns the country's part of the downloads, in **percent**.

* A row is a dictionary with `"maker"`, `"country"` and `"downloads"`. It comes from a CSV file, so all values are text.
* A row whose `"country"` is `""` is unaffiliated.
* The whole is the sum of all downloads. With `include_unaffiliated=False` it leaves the unaffiliated rows out.
* A country without a row has `0`. Where the whole is 0, nobody can tell: return `None`. Don't round.

```text
rows = [{"maker": "Mill", "country": "Northland", "downloads": "30"},
        {"maker": "Quay", "country": "Southland", "downloads": "20"},
        {"maker": "repack", "country": "", "downloads": "50"}]

share(rows, "Northland")                             -> 30.0
share(rows, "Northland", include_unaffiliated=False) -> 60.0
```

Change only this function.

<details><summary>Hint 1</summary>

You need two sums. What is different between the rows of the one and the rows of the other?

</details>
<details><summary>Hint 2</summary>

Go through the rows once. Turn `row["downloads"]` into a number first, then decide to which sums it belongs.

</details>
<details><summary>Hint 3</summary>

`if row["country"] or include_unaffiliated:` tells whether a row belongs to the whole.
`100 * part / whole` is a percentage. When may you not divide?

</details>
"""

# %% solution="share"
def share(rows, country, include_unaffiliated=True):
    """The country's part of all downloads in percent, with or without unaffiliated rows in the whole."""
    ### BEGIN SOLUTION
    part = whole = 0
    for row in rows:
        downloads = int(row["downloads"])
        if row["country"] == country:
            part += downloads
        if row["country"] or include_unaffiliated:
            whole += downloads
    if whole == 0:
        return None
    return 100 * part / whole
    ### END SOLUTION

# %% tests="test_share" points=1
def table(*pairs):
    """Rows as a CSV file gives them, from pairs of country and downloads."""
    return [{"maker": f"maker {n}", "country": land, "downloads": str(count)} for n, (land, count) in enumerate(pairs)]


def three():
    """Three rows, the last of them unaffiliated: a fresh list each time."""
    return table(("Northland", 30), ("Southland", 20), ("", 50))


given(share, three(), "Northland").shown_as('share(rows, "Northland")').returns(
    30.0, within=0.05, think="30 of 100 downloads. In percent, and as a number: what is that?"
).changes_nothing(think="The table belongs to the caller. What did your code write into it, or take out of it?")
given(share, three(), "Northland", include_unaffiliated=False).shown_as(
    'share(rows, "Northland", include_unaffiliated=False)'
).returns(60.0, within=0.05, think="Which rows make up the whole now?")
twice = table(("Northland", 100), ("Southland", 250), ("Northland", 50))
given(share, twice, "Northland").shown_as('share(rows where Northland stands twice, "Northland")').returns(
    37.5, within=0.05, think="Northland has two makers. How many of its rows do you count?"
)
### BEGIN HIDDEN TESTS
given(share, three(), "Southland", False).shown_as('share(rows, "Southland", False)').returns(
    40.0, within=0.05, think="Which country was asked for, and which rows make up the whole?"
)
given(share, three(), "Southland").shown_as('share(rows, "Southland")').returns(
    20.0, within=0.05, think="Which country was asked for?"
)
thirds = table(("Northland", 1), ("Southland", 1), ("Islands", 1))
given(share, thirds, "Islands").shown_as('share(three rows of 1 download, "Islands")').returns(
    33.3333, within=0.001, think="What becomes of the part after the decimal point?"
)
given(share, thirds, "Islands", False).shown_as('share(three rows of 1 download, "Islands", False)').returns(
    33.3333, within=0.001, think="Nobody is unaffiliated here. What can be left out?"
)
given(share, three(), "Northland", False).shown_as('share(rows, "Northland", False)').changes_nothing(
    think="The table belongs to the caller. What did your code write into it, or take out of it?"
)
### END HIDDEN TESTS

# %% tests="test_share_edges" points=1
given(share, three(), "Westland").shown_as('share(rows, "Westland")').returns(
    0, think="No row names this country. How many downloads has it?"
)
given(share, table(("", 70), ("", 30)), "Northland", include_unaffiliated=False).shown_as(
    'share(rows that are all unaffiliated, "Northland", include_unaffiliated=False)'
).returns(None, think="Nothing is left of the whole. What would 0 say to a reader, and is it true?")
### BEGIN HIDDEN TESTS
given(share, [], "Northland").shown_as('share([], "Northland")').returns(None, think="No rows. What is the whole?")
given(share, table(("", 70), ("", 30)), "Northland").shown_as(
    'share(rows that are all unaffiliated, "Northland")'
).returns(0, think="Here there is a whole, and Northland has none of it. Is that the same as not knowing?")
given(share, table(("Northland", 0), ("Southland", 0)), "Northland").shown_as(
    'share(rows of 0 downloads, "Northland")'
).returns(None, think="Nobody downloaded anything. What would you divide by?")
isles = table(("Isle", 10), ("Isle of Pines", 20), ("Far Isle", 10))
given(share, isles, "Isle").shown_as('share(rows of Isle, Isle of Pines and Far Isle, "Isle")').returns(
    25.0, within=0.05, think="The Isle is not the Isle of Pines. How do you compare two names?"
)
given(share, isles, "Isle of Pines").shown_as('share(the same rows, "Isle of Pines")').returns(
    50.0, within=0.05, think="The Isle of Pines is not the Isle. How do you compare two names?"
)
given(share, table(("Northland", 40), ("", 10)), "Northland", False).shown_as(
    'share(rows of Northland and of nobody, "Northland", False)'
).returns(100, within=0.05, think="Who is left in the whole?")
given(share, table(("Northland", 900), ("Southland", 1100)), "Northland").shown_as(
    'share(rows of 900 and 1100 downloads, "Northland")'
).returns(45.0, within=0.05, think="Are these numbers, or texts that look like numbers?")
### END HIDDEN TESTS

# %% [markdown]
"""
## Exercise 4. What must you do?

Difficulty 3 of 5. Up to 15 minutes. About 14 lines.

The file `data/rules.csv` is our reading of four licences. It is no legal advice. A row is a dictionary of texts:

| Key | What stands there |
|---|---|
| `"licence"` | `apache-2.0`, `mit`, `agpl-3.0` or `llama-community` |
| `"use"` | `run` it yourself, `offer` it to others, `share` the file, `train` a new model with its replies |
| `"duty"` | one thing that you must do; `""` where there is nothing to do |
| `"above_users"` | `""` for everybody, or a number: the duty is only for those with **more** users a month |

Write two functions. `duties(rules, licence, use, users=0)` returns a list of texts:

* the duties of the rows with this licence and this use, in their order; empty ones are left out;
* `None` where no row has this licence and this use. Nothing known is not the same as nothing to do.

`release_check(name, parents, page)` looks at a model of your own before you publish it.
`parents` is a list of dictionaries, as in the call below.
`page` is the text of its web page. Return a list of what is wrong, in this order:

* `"name"`: a parent under `llama-community` gave weights or outputs, and the name does not **begin** with `Llama`;
* `"page"`: there is such a parent, and the page does not hold `Built with Llama`, in these letters;
* `"licence"`: a parent that gave weights or outputs has the licence `"unknown"`.

A parent of the kind `architecture` gave a plan alone. It asks for nothing here.

```text
duties(rules, "mit", "share")   -> ["keep the copyright notice and the licence"]
duties(rules, "mit", "run")     -> []
duties(rules, "unknown", "run") -> None
release_check("Kitchen-Llama", [{"model": "Llama 3.2 1B", "licence": "llama-community", "kind": "outputs"}],
              "Built with Llama.") -> ["name"]
```

Change only these two functions.

<details><summary>Hint 1</summary>

In both functions, first collect the rows or parents that matter. Then decide what follows from them.

</details>
<details><summary>Hint 2</summary>

`above_users` is text: `""` or digits. Ask first whether it is empty. If not, make a number of it and compare.
For the parents, make two lists: the Llama ones and the unknown ones, both without `architecture`.

</details>
<details><summary>Hint 3</summary>

`not row["above_users"] or users > int(row["above_users"])` is true when the duty is yours.
`licences = [p["licence"] for p in parents if p["kind"] != "architecture"]` is all that you need of the parents.

</details>
"""

# %% solution="duties"
def duties(rules, licence, use, users=0):
    """What you must do for this use under this licence, or None where the rules don't say."""
    ### BEGIN SOLUTION
    rows = [row for row in rules if row["licence"] == licence and row["use"] == use]
    if not rows:
        return None
    mine = [row for row in rows if not row["above_users"] or users > int(row["above_users"])]
    return [row["duty"] for row in mine if row["duty"]]
    ### END SOLUTION


def release_check(name, parents, page):
    """What is wrong with a release: a list of "name", "page" and "licence"; [] where nothing is."""
    ### BEGIN SOLUTION
    licences = [parent["licence"] for parent in parents if parent["kind"] != "architecture"]
    wrong = []
    if "llama-community" in licences and not name.startswith("Llama"):
        wrong.append("name")
    if "llama-community" in licences and "Built with Llama" not in page:
        wrong.append("page")
    if "unknown" in licences:
        wrong.append("licence")
    return wrong
    ### END SOLUTION

# %% tests="test_duties" points=1
def rule(licence, use, duty, above_users=""):
    """One row of rules, as a CSV file gives it."""
    return {"licence": licence, "use": use, "duty": duty, "above_users": above_users}


HOUSE = [
    rule("mit", "run", ""),
    rule("mit", "share", "keep the notice"),
    rule("llama-community", "offer", "follow the use policy"),
    rule("llama-community", "offer", "show 'Built with Llama'"),
    rule("agpl-3.0", "offer", "offer the source"),
    rule("guest", "run", "ring the bell", "5"),
    rule("llama-community", "offer", "ask Meta first", "700000000"),
    rule("mill", "run", ""),
    rule("mill", "run", "ask the miller", "100"),
    rule("mill", "rerun", "grease the wheel"),
    rule("mill", "offer", "pay the miller", "100"),
    rule("mill", "offer", "give thanks"),
]


def asked(licence, use, *users):
    """Call duties with the small table of the tests."""
    shown = ", ".join([repr(licence), repr(use), *map(repr, users)])
    rules = [dict(row) for row in HOUSE]
    return given(duties, rules, licence, use, *users).shown_as(f"duties(rules, {shown})")


asked("mit", "share").returns(["keep the notice"], think="Which rows have both this licence and this use?")
asked("mit", "run").returns([], think="A row says that there is nothing to do. How many duties is that?")
asked("unknown", "run").returns(None, think="No row speaks of this licence. Is that a permission?")
asked("llama-community", "offer", 1200).returns(
    ["follow the use policy", "show 'Built with Llama'"], think="1,200 users. Which of the three duties is not for you?"
)
### BEGIN HIDDEN TESTS
asked("llama-community", "offer").returns(
    ["follow the use policy", "show 'Built with Llama'"], think="Nobody uses it yet. Which duties are for everybody?"
)
whole = ["follow the use policy", "show 'Built with Llama'", "ask Meta first"]
asked("llama-community", "offer", 700_000_001).returns(whole, think="700,000,001 is more than 700,000,000.")
asked("llama-community", "offer", 700_000_000).returns(
    whole[:2], think="More than 700 million, says the rule. Is 700 million more than 700 million?"
)
asked("llama-community", "offer", 3_000_000_000).returns(whole, think="Do you compare numbers here, or texts?")
asked("llama-community", "offer", 80_000_000).returns(
    whole[:2], think="80 million is less than 700 million. Do you compare numbers here, or texts?"
)
asked("mit", "offer").returns(
    None, think="The rules know this licence, but say nothing of this use. Is that a permission?"
)
asked("guest", "run", 3).returns(
    [], think="A row speaks of this use, and its duty is not for you. Is that the same as no row at all?"
)
asked("mill", "run", 500).returns(
    ["ask the miller"], think="One row says that there is nothing to do, another one has a duty. Do you read on?"
)
asked("mill", "run", 50).returns([], think="Two rows speak of this use, and no other. Which duty of theirs is yours?")
asked("mill", "offer", 500).returns(["pay the miller", "give thanks"], think="In which order do these rows stand?")
asked("mill", "offer", 50).returns(["give thanks"], think="The first duty is not for you. Do you read on?")
asked("guest", "run", 6).returns(["ring the bell"], think="Whose number is it that decides? It stands in the row.")
asked("llama-community", "offer", 9).changes_nothing(think="The rules belong to the caller. What did your code write?")
asked("mi", "share").returns(None, think="A licence has this name or it hasn't. How do you compare?")
asked("mit", "share").returns(["keep the notice"], think="It was right the first time. What is left from before?")
### END HIDDEN TESTS

# %% tests="test_release_check" points=1
def parent(licence, kind, model="some model"):
    """One parent of a model that somebody wants to publish."""
    return {"model": model, "licence": licence, "kind": kind}


LLAMA, PAGE = parent("llama-community", "outputs", "Llama 3.2 1B"), "Built with Llama. Made in our kitchen."
given(release_check, "Llama-Kitchen-1B", [LLAMA], PAGE).returns([], think="Name and page are as they should be.")
given(release_check, "Kitchen-Llama-1B", [LLAMA], PAGE).returns(["name"], think="Where in a name must it stand?")
given(release_check, "Kitchen-1B", [LLAMA], "Made in our kitchen.").returns(
    ["name", "page"], think="Two things are wrong here. Does your code go on after the first?"
)
given(release_check, "Kitchen-1B", [parent("apache-2.0", "weights")], "Made here.").returns(
    [], think="Whose licence asks for a name? Is that licence among the parents?"
)
### BEGIN HIDDEN TESTS
given(release_check, "llama-kitchen-1b", [LLAMA], PAGE).returns(["name"], think="Is it so, letter by letter?")
given(release_check, "Llama-Kitchen-1B", [LLAMA], "built with llama, in our kitchen").returns(
    ["page"], think="The licence gives the words to show. Are they there, as they are written?"
)
given(release_check, "Llama-Kitchen-1B", [LLAMA], "Our own model. Built with Llama, and with butter.").returns(
    [], think="Where on the page must the words stand?"
)
given(release_check, "Kitchen Llama", [LLAMA], PAGE).returns(["name"], think="Where in a name must it stand?")
given(release_check, "Kitchen-1B", [parent("agpl-3.0", "weights")], "Made here.").returns(
    [], think="Three things can be wrong. Which of them has to do with this licence?"
)
given(release_check, "MyLlama-1B", [LLAMA], PAGE).returns(["name"], think="With which letters does this name begin?")
given(release_check, "Kitchen-1B", [LLAMA, parent("mit", "outputs")], PAGE).returns(
    ["name"], think="Two parents. Do you look at each of them?"
)
given(release_check, "Kitchen-1B", [parent("llama-community", "weights")], PAGE).returns(
    ["name"], think="This parent gave its weights. Is that less than its outputs?"
)
given(release_check, "Kitchen-1B", [parent("llama-community", "architecture")], "Made here.").returns(
    [], think="This parent gave a plan alone. What does it ask for?"
)
mixed = [parent("mit", "weights"), parent("unknown", "architecture"), LLAMA]
given(release_check, "Kitchen-1B", mixed, PAGE).returns(
    ["name"], think="Three parents. Which of them ask for something, and do you look at each?"
)
given(release_check, "Kitchen-1B", [parent("unknown", "outputs"), parent("mit", "outputs")], "Made here.").returns(
    ["licence"], think="One parent's licence is unknown. May you publish what it helped to make?"
)
two_llamas = [parent("unknown", "weights"), parent("llama-community", "weights"), LLAMA]
given(release_check, "Kitchen-1B", two_llamas, "Made here.").returns(
    ["name", "page", "licence"], think="How often should each word stand in the list, and in which order?"
)
given(release_check, "Kitchen-1B", [], "Made here.").returns([], think="No parents. Who could ask for anything?")
given(release_check, "Llama-Kitchen-1B", [parent("unknown", "architecture")], PAGE).returns(
    [], think="This parent gave a plan alone. What does it ask for?"
)
given(release_check, "Llama-Kitchen-1B", [parent("mit", "weights", "Llama in Pyjamas")], "Made here.").returns(
    [], think="Do you look at a parent's licence, or at its name?"
)
given(release_check, "Pond-1B", [parent("llama-community", "weights", "Frog 1B")], PAGE).returns(
    ["name"], think="Do you look at a parent's licence, or at its name?"
).changes_nothing(think="The list of parents belongs to the caller. What did your code do to it?")
### END HIDDEN TESTS

# %% [markdown]
"""
## Exercise 5. Who came before?

Difficulty 4 of 5. Up to 15 minutes. About 12 lines.

A line of the family tree is an **edge**: a dictionary with `"child"`, `"parent"`, `"kind"` and `"status"`.
The kinds are `architecture`, `weights` and `outputs`. The status is `confirmed` or `reported`.

Write `ancestors(edges, model, only=None, kinds=None)`. It returns the **set** of all names that came before the model:
its parents, their parents, and so on, up to the oldest.

* With `only="confirmed"`, walk only along edges of that status. A chain is broken where a reported edge is needed.
* With `kinds=["weights", "outputs"]`, walk only along edges of these kinds.
* The model itself is not in the set. A model without parents has an empty set: `set()`.
* People make mistakes in tables: `a` from `b` and `b` from `a`. Your function must come to an end even then.

```text
edges = [{"child": "tea", "parent": "leaf", "kind": "weights", "status": "confirmed"},
         {"child": "leaf", "parent": "bush", "kind": "outputs", "status": "reported"}]

ancestors(edges, "tea")                   -> {"leaf", "bush"}
ancestors(edges, "tea", only="confirmed") -> {"leaf"}
```

Change only this function, and leave the list of edges as it is.

<details><summary>Hint 1</summary>

Keep two things: what you have found, and whom you still have to visit. At the start you have to visit the model.

</details>
<details><summary>Hint 2</summary>

First make a list of the edges that count at all. Then, while somebody is left to visit, take one out.
Look for that one's parents. Visit a parent later only if you have not found it before.

</details>
<details><summary>Hint 3</summary>

`found = set()` and `to_visit = [model]`, then `while to_visit:` and `child = to_visit.pop()`.
For each good edge of that child: is its parent new? `found - {model}` leaves the model out at the end.

</details>
"""

# %% solution="ancestors"
def ancestors(edges, model, only=None, kinds=None):
    """The names of all models that this one came from, along edges of one status and of some kinds, if given."""
    ### BEGIN SOLUTION
    good = [
        edge
        for edge in edges
        if (only is None or edge["status"] == only) and (kinds is None or edge["kind"] in kinds)
    ]
    found = set()
    to_visit = [model]
    while to_visit:
        child = to_visit.pop()
        for edge in good:
            if edge["child"] == child and edge["parent"] not in found:
                found.add(edge["parent"])
                to_visit.append(edge["parent"])
    return found - {model}
    ### END SOLUTION

# %% tests="test_ancestors" points=1
def tree(*lines):
    """Edges from texts such as "tea < leaf weights confirmed"."""
    rows = [line.replace("<", " ").split() for line in lines]
    return [dict(zip(("child", "parent", "kind", "status"), row, strict=True)) for row in rows]


TEA = tree(
    "tea < leaf weights confirmed",
    "leaf < bush outputs reported",
    "bush < seed weights confirmed",
    "mug < clay architecture confirmed",
    "leaf < sun outputs confirmed",
)


def names(*wanted):
    """A condition: a set of these names; and the same in words."""
    words = f"a set of {', '.join(sorted(wanted))}" if wanted else "an empty set"
    return lambda got: isinstance(got, (set, frozenset)) and got == set(wanted), words


def walked(edges, model, **settings):
    """Call ancestors, and show the edges in short."""
    shown = "".join(f", {name}={value!r}" for name, value in settings.items())
    lines = ", ".join(f"{e['child']} < {e['parent']} {e['kind']} {e['status']}" for e in edges)
    fresh = [dict(edge) for edge in edges]
    return given(ancestors, fresh, model, **settings).shown_as(f"ancestors([{lines}], {model!r}{shown})")


walked(TEA, "bush").satisfies(
    lambda got: isinstance(got, (set, frozenset)), "a set", think="Which of Python's collections do you give back?"
).satisfies(*names("seed"), think="Who is the child in an edge, and who the parent?")
walked(TEA, "tea").satisfies(
    *names("leaf", "bush", "sun", "seed"), think="Parents have parents. How far does your code walk?"
)
walked(TEA, "seed").satisfies(*names(), think="Nobody came before this one. Which edges lead up from here?")
walked(TEA, "mug").satisfies(*names("clay"), think="Whose parents are these? Start at the model that was asked for.")
### BEGIN HIDDEN TESTS
walked(TEA, "spoon").satisfies(*names(), think="No edge names this model. What has it come from?")
walked([], "tea").satisfies(*names(), think="There are no edges at all.")
diamond = tree(*[f"{line} weights confirmed" for line in ("d < b", "d < c", "b < a", "c < a")])
walked(diamond, "d").satisfies(*names("a", "b", "c"), think="Two ways lead to a. How often does it stand in a set?")
circle = tree("a < b outputs confirmed", "b < c outputs confirmed", "c < a outputs confirmed")
walked(circle, "a").satisfies(*names("b", "c"), think="The way leads back to the start. What have you seen before?")
side = tree("tea < a outputs confirmed", "a < b outputs confirmed", "b < a outputs confirmed")
walked(side, "tea").satisfies(*names("a", "b"), think="The circle does not go through the model. Do you notice it?")
selfish = tree("a < a outputs reported", "a < b weights confirmed")
walked(selfish, "a").satisfies(*names("b"), think="One edge says: a comes from a. Is it its own ancestor?")
for first, second in (("a < b", "a < c"), ("a < c", "a < b")):
    fork = tree(*[f"{line} weights confirmed" for line in (first, second, "b < a", "c < d", "d < e")])
    walked(fork, "a").satisfies(
        *names("b", "c", "d", "e"), think="One way leads back to the start. Who is still to be visited then?"
    )
chain = [edge for n in range(40) for edge in tree(f"m{n} < m{n + 1} weights confirmed")]
others = {f"m{n + 1}" for n in range(40)}
given(ancestors, chain, "m0").shown_as("ancestors(a chain of 41 models, the first)").satisfies(
    lambda got: got == others, "a set of the other 40", think="How many steps does your code take upward?"
)
given(ancestors, chain[::-1], "m0").shown_as("ancestors(the same chain in reverse order, the first)").satisfies(
    lambda got: got == others, "a set of the other 40", think="Does your code depend on the order of the edges?"
)
walked(TEA, "leaf").satisfies(
    *names("bush", "sun", "seed"), think="This was asked after other calls. What is still there from them?"
).changes_nothing(think="The edges belong to the caller. What did your code take out of the list, or put in?")
### END HIDDEN TESTS

# %% tests="test_ancestors_filters" points=1
walked(TEA, "tea", only="confirmed").satisfies(
    *names("leaf", "sun"), think="Which edge is only reported? What lies behind it?"
)
walked(TEA, "tea", kinds=["weights"]).satisfies(*names("leaf"), think="Which edges are of this kind, step by step?")
REAL = read_rows("edges.csv")


def really(model, **settings):
    """Call ancestors with the lab's own file of edges."""
    shown = "".join(f", {name}={value!r}" for name, value in settings.items())
    return given(ancestors, REAL, model, **settings).shown_as(f"ancestors(edges, {model!r}{shown})")


AVOCADO = "Muse Spark (Avocado)"
three_teachers = [f"{name} (which one: not said)" for name in ("Gemma", "Qwen", "gpt-oss")]
really(AVOCADO).satisfies(*names(*three_teachers), think="Whose child is it, in the file edges.csv?")
really(AVOCADO, only="confirmed").satisfies(
    *names(), think="What is confirmed about where it comes from? Read the status of its edges."
)
### BEGIN HIDDEN TESTS
really("R1-Distill-Qwen-1.5B", only="confirmed").satisfies(
    *names("DeepSeek-R1", "DeepSeek-V3", "Qwen2.5-Math-1.5B"), think="Parents have parents. How far do you walk?"
)
really("R1-Distill-Qwen-1.5B", kinds=["weights"]).satisfies(
    *names("Qwen2.5-Math-1.5B"), think="Whose weights are these? The way over other kinds is closed here."
)
really("Yi", only="confirmed").satisfies(*names(), think="Is that edge confirmed?")
really("Yi", only="reported").satisfies(*names("Llama (2023)"), think="Which status was asked for?")
walked(TEA, "tea", only="reported").satisfies(
    *names(), think="The first step is confirmed, and only reported ones were asked for. Can you leave at all?"
)
walked(TEA, "leaf", only="reported").satisfies(
    *names("bush"), think="Which status was asked for? And behind the reported edge stands a confirmed one."
)
walked(TEA, "tea", only="confirmed", kinds=["outputs", "weights"]).satisfies(
    *names("leaf", "sun"), think="An edge must meet both conditions."
)
walked(TEA, "tea", kinds=["outputs"]).satisfies(*names(), think="The first step is of another kind. Can you leave?")
walked(TEA, "leaf", kinds=["outputs"]).satisfies(*names("bush", "sun"), think="Which edges are of this kind?")
walked(TEA, "leaf", kinds=[]).satisfies(*names(), think="No kind is allowed. Is an empty list the same as no list?")
walked(TEA, "mug", only="confirmed", kinds=["weights"]).satisfies(*names(), think="An edge must meet both conditions.")
both = tree("a < b weights reported", "a < b outputs confirmed", "b < c weights confirmed")
walked(both, "a", only="confirmed").satisfies(
    *names("b", "c"), think="Two edges lead to b. One of them is confirmed. Is that enough?"
)
walked(both, "a", only="confirmed", kinds=["weights"]).satisfies(
    *names(), think="Two edges lead to b. Does one of them alone meet both conditions?"
)
loop = tree("a < b outputs confirmed", "b < a outputs confirmed", "b < c outputs reported")
walked(loop, "a", only="confirmed").satisfies(*names("b"), think="A circle, and behind it a reported edge.")
### END HIDDEN TESTS

# %% [markdown]
"""
## Put it together

Your functions now fill in the passports. First one passport, as text.

**Before you run it:** `deepseek-r1:1.5b` has an MIT licence, and anybody can download it.
Write down: which of the three words will your `openness` say? *I expect ...* / *I saw ...*
"""

# %%
rules = read_rows("rules.csv")
edges = read_rows("edges.csv")
USES = {
    "run": "run it yourself",
    "offer": "offer it to others",
    "share": "share the file",
    "train": "train another model with its replies",
}


def passport(card, show):
    """All that a passport says, as a dictionary. A model without a tag has no papers to look into."""
    papers = show(card["tag"]) if card["tag"] else None
    licence = license_id(papers.license if papers else card["licence"])
    return {
        **card,
        "size": papers.details.parameter_size if papers else "not in a file here",
        "family": family(papers) if papers else "no file to look into",
        "licence": licence if licence != "unknown" else card["licence"] or "unknown",
        "openness": openness(card),
        "duties": {words: duties(rules, licence, use, users=40) for use, words in USES.items()},
        "known": sorted(ancestors(edges, card["model"], only="confirmed")),
        "said": sorted(ancestors(edges, card["model"])),
    }


cards = read_rows("models.csv")
passports = [passport(card, sample_show) for card in cards]
for key, value in passports[1].items():
    print(f"{key:>9}: {value}")

# %% [markdown]
"""
Look at `family` and `maker`. Then at `known`: these names are confirmed. `said` holds the reported ones too.

Now a release of your own. You trained a small model on replies of Llama 3.2, and you want to call it *Kitchen Helper*.
"""

# %%
teacher = {"model": "Llama 3.2 1B", "licence": "llama-community", "kind": "outputs"}
for name in ("Kitchen Helper 1B", "Llama Kitchen Helper 1B"):
    print(f"{name!r}, with no word on its page, has these faults:", release_check(name, [teacher], "Our own model!"))

downloads = read_rows("downloads.csv")
lands = sorted({row["country"] for row in downloads if row["country"]})
for land in lands:
    print(f"{land}: {share(downloads, land):.1f} % of all, {share(downloads, land, False):.1f} % of the known")

# %% locked="page"
STYLE = """
:root { --ink: #1b1b1f; --blue: #0b4f9c; --rust: #a8470a; --paper: #fbf8f1; --line: #cfc7b4; }
* { box-sizing: border-box; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 76rem; padding: 1.5rem; color: var(--ink); }
h1 { margin: 0; font-size: 2rem; }
h2 { margin: 2.2rem 0 .6rem; border-bottom: 3px solid var(--blue); padding-bottom: .2rem; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(21rem, 1fr)); gap: 1.1rem; }
.card { background: var(--paper); border: 1px solid var(--line); border-radius: .7rem; overflow: hidden; display: flex;
  flex-direction: column; }
.card h3 { margin: 0; padding: .55rem 1rem; background: var(--blue); color: #fff; font-size: 1.15rem; }
.card.closed h3 { background: #3c3c44; }
.card.source h3 { background: #1c6440; }
.stamp { float: right; border: 2px solid currentColor; border-radius: .3rem; padding: 0 .45rem; font-size: .8rem;
  transform: rotate(-3deg); }
dl { display: grid; grid-template-columns: 7.2rem 1fr; gap: .2rem .6rem; margin: .7rem 1rem; }
dt { color: #55504a; } dd { margin: 0; overflow-wrap: anywhere; }
.card ul { margin: 0; padding-left: 1.1rem; } .card p { margin: .2rem 1rem .8rem; font-size: .85rem; color: #55504a; }
.mrz { font: 13px/1.3 ui-monospace, monospace; background: #efe9db; margin: auto 0 0; padding: .5rem 1rem;
  white-space: pre; overflow: hidden; letter-spacing: .08em; }
svg { max-width: 100%; height: auto; background: #fff; border: 1px solid var(--line); border-radius: .7rem; }
table { border-collapse: collapse; } th, td { text-align: left; padding: .3rem .9rem .3rem 0; vertical-align: top; }
.bar { display: inline-block; height: .8rem; background: var(--blue); vertical-align: middle; margin-right: .5rem; }
.bar.known { background: repeating-linear-gradient(45deg, var(--rust) 0 6px, #e9b48f 6px 10px); }
"""
KIND_WORDS = {"closed": "closed", "open weights": "weights", "open source": "source"}


def listed(words):
    """Texts as an HTML list, escaped."""
    return "<ul>" + "".join(f"<li>{html.escape(word)}</li>" for word in words) + "</ul>"


def duty_html(todo):
    """Duties as HTML: nothing known, nothing to do, or a list."""
    if todo is None:
        return "not in our table: ask first"
    return listed(todo) if todo else "nothing to do"


def passport_html(row):
    """One passport as HTML."""
    only_said = [name for name in row["said"] if name not in row["known"]]
    parents = listed([f"{name}: confirmed" for name in row["known"]] + [f"{name}: reported" for name in only_said])
    pairs = [
        ("Maker", html.escape(row["maker"])),
        ("Released", html.escape(row["released"])),
        ("Size", html.escape(row["size"])),
        ("Family", html.escape(row["family"])),
        ("Licence", html.escape(row["licence"])),
        ("Came from", parents if row["said"] else "no edge in our file"),
    ]
    pairs += [(words.capitalize(), duty_html(todo)) for words, todo in row["duties"].items()]
    entries = "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in pairs)
    line = re.sub(r"[^A-Z0-9]+", "<", f"P<{row['maker']}<<{row['model']}<<{row['family']}<".upper())
    stamp = f'<span class="stamp">{html.escape(row["openness"])}</span>'
    looked = f"{html.escape(row['status'])}, looked up {html.escape(row['checked'])}: {html.escape(row['source'])}"
    return (
        f'<article class="card {KIND_WORDS.get(row["openness"], "")}"><h3>{stamp}{html.escape(row["model"])}</h3>'
        f'<dl>{entries}</dl><p>{looked}</p><div class="mrz" aria-hidden="true">{html.escape(line)}{"&lt;" * 40}</div>'
        f"</article>"
    )


def columns(edges):
    """Each model's column, counted from the right: 0 for nobody's parent, else one more than its child's."""
    models = list(dict.fromkeys(name for edge in edges for name in (edge["child"], edge["parent"])))
    column = dict.fromkeys(models, 0)
    for _ in models:
        for edge in edges:
            column[edge["parent"]] = min(max(column[edge["parent"]], column[edge["child"]] + 1), len(models))
    return column


def places(edges, width, height, room):
    """Where the centre of each model's box stands: children on the right, parents beside their children."""
    column, row = columns(edges), {}
    most = max(column.values())
    for level in range(most + 1):
        wish, last = {}, -1.0
        for name in (name for name in column if column[name] == level):
            near = [row[edge["child"]] for edge in edges if edge["parent"] == name and edge["child"] in row]
            wish[name] = sum(near) / len(near) if near else 0
        for name in sorted(wish, key=wish.get):
            row[name] = last = max(wish[name], last + 1)
    limit = float("inf")
    for name in [name for name in reversed(row) if column[name] == 0]:
        near = [row[edge["parent"]] for edge in edges if edge["child"] == name]
        row[name] = limit = min(limit - 1, max(row[name], sum(near) / len(near)))
    return {name: ((most - column[name]) * (width + room) + width / 2 + 10, row[name] * height + 40) for name in row}


def lineage_svg(edges, looks):
    """The family tree as an SVG picture; `looks` gives each model's openness, "" where no passport tells."""
    width, height, room = 210, 66, 230
    place = places(edges, width, height, room)
    right, low = max(x for x, _ in place.values()) + width / 2 + 10, max(y for _, y in place.values()) + 40
    parts = []
    for edge in edges:
        (x1, y1), (x2, y2) = place[edge["parent"]], place[edge["child"]]
        x1, x2 = x1 + width / 2, x2 - width / 2 - 9
        sure = edge["status"] == "confirmed"
        colour, dash, head = ("#0b4f9c", "", "sure") if sure else ("#a8470a", ' stroke-dasharray="9 6"', "said")
        curve = f"M{x1:.0f} {y1:.0f} C{x1 + 70:.0f} {y1:.0f} {x2 - 70:.0f} {y2:.0f} {x2:.0f} {y2:.0f}"
        line = f'fill="none" stroke="{colour}" stroke-width="2.5"{dash} marker-end="url(#{head})"'
        parts.append(f'<path d="{curve}" {line}/>')
        words = f"{edge['kind']}, {edge['status']}"
        middle = f'x="{(x1 + x2) / 2:.0f}" y="{(y1 + y2) / 2 + 4:.0f}" text-anchor="middle" font-size="13"'
        halo = f'fill="{colour}" stroke="#fff" stroke-width="6" paint-order="stroke"'
        parts.append(f"<text {middle} {halo}>{html.escape(words)}</text>")
    for name, (x, y) in place.items():
        rim = {"closed": ' stroke-width="3.5"', "open source": ' stroke-width="2" stroke-dasharray="2 3"'}
        look = rim.get(looks.get(name, ""), ' stroke-width="1.5"')
        left, top = x - width / 2, y - 25
        box = f'x="{left:.0f}" y="{top:.0f}" width="{width}" height="50" rx="9"'
        parts.append(f'<rect {box} fill="#fbf8f1" stroke="#333"{look}/>')
        main, _, note = name.partition(" (")
        note = looks.get(name) or (f"({note}" if note else "")
        for words, lower, size in ((main, -3 if note else 5, 15), (note, 15, 12)):
            spot = f'x="{x:.0f}" y="{y + lower:.0f}" text-anchor="middle" font-size="{size}"'
            parts.append(f"<text {spot}>{html.escape(words)}</text>")
    heads = "".join(
        f'<marker id="{name}" viewBox="0 0 10 10" refX="2" refY="5" markerWidth="6" markerHeight="6" orient="auto">'
        f'<path d="M0 0 L10 5 L0 10 z" fill="{colour}"/></marker>'
        for name, colour in (("sure", "#0b4f9c"), ("said", "#a8470a"))
    )
    told = "Family tree of models. Arrows lead from a model to the one that was made with it. A list below says it."
    frame = f'viewBox="0 0 {right:.0f} {low:.0f}" width="{right:.0f}" font-family="system-ui, sans-serif"'
    return f'<svg {frame} role="img" aria-label="{told}"><defs>{heads}</defs>{"".join(parts)}</svg>'


def in_words(edge):
    """One edge as a sentence."""
    verb = {
        "architecture": "follows the architecture of",
        "weights": "was trained further from the weights of",
        "outputs": "was trained with outputs of",
    }
    sure = "Confirmed" if edge["status"] == "confirmed" else "Reported, not confirmed"
    sentence = f"{sure}: {edge['child']} {verb[edge['kind']]} {edge['parent']}."
    return f"{sentence} Source: {edge['source']} ({edge['checked']})"


def shares_html(rows):
    """The two shares of each land as a table with bars; `rows` holds (land, of all, of the known)."""
    lines = []
    for land, whole, known in rows:
        cells = "".join(
            f'<td><span class="bar{style}" style="width:{value * 2.2:.0f}px"></span>{value:.1f} %</td>'
            for value, style in ((whole, ""), (known, " known"))
        )
        lines.append(f'<tr><th scope="row">{html.escape(land)}</th>{cells}</tr>')
    titles = ("Land", "of all downloads", "of those with a known land")
    head = "".join(f'<th scope="col">{title}</th>' for title in titles)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(lines)}</tbody></table>"


def whole_page(passports, edges, shares):
    """The product: passports, family tree and shares, as one web page."""
    looks = {row["model"]: row["openness"] for row in passports}
    body = [
        "<header><h1>Whose model is it?</h1>",
        "<p>What the files say, what the makers say, and what is only said.</p></header>",
        f'<main><h2>Passports</h2><div class="cards">{"".join(map(passport_html, passports))}</div>',
        "<p>Duties are our reading of the licences, for a maker with 40 users. They are no legal advice.</p>",
        "<h2>Who came from whom</h2><p>Solid blue arrow: <strong>confirmed</strong>. Dashed rust arrow: "
        "<strong>reported</strong>, not confirmed. The words on each arrow say the same.</p>",
        lineage_svg(edges, looks),
        f"<details open><summary>The same in words, with sources</summary>{listed(map(in_words, edges))}</details>",
        f"<h2>One table, two shares</h2>{shares_html(shares)}<p>These lands and numbers are invented.</p></main>",
    ]
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Whose model is it?</title>'
    head = f"<head>{head}<style>{STYLE}</style></head>"
    return f'<!DOCTYPE html><html lang="en">{head}<body>{"".join(body)}</body></html>'


# %% [markdown]
"""
Now the page. **Before you run the cell:** how many arrows will point at *Muse Spark*, the model once called Avocado?
And how many of them will be solid? *I expect ...* / *I saw ...*

Then open `build/passports.html` beside this notebook with a double click.
"""

# %%
shares = [(land, share(downloads, land), share(downloads, land, include_unaffiliated=False)) for land in lands]
target = data_file("shows.json").parent.parent / "build" / "passports.html"
target.parent.mkdir(exist_ok=True)
target.write_text(whole_page(passports, edges, shares), encoding="utf-8")

dashed = sum(edge["status"] == "reported" for edge in edges)
print(f"{target.parent.name}/{target.name}: {len(passports)} passports, {len(edges)} arrows, {dashed} of them dashed.")

# %% [markdown]
"""
Three arrows point at Muse Spark, and all three are dashed. One newspaper wrote so, with people it did not name.
That is something. It is not the same as a maker's own page.

The three small writings of "which one: not said" are part of the picture too. The report did not say which Qwen.
So no line leads from there to Llama, however well that would round off the story.

> **What this cannot do.** It reads what somebody wrote into a file. A file can be wrong, and a name can be changed.
> It draws the edges that are in our table. What nobody published is not in it.
> And it is no lawyer: a licence is read by people, and in the end by a court.
"""

# %% [markdown]
"""
## Ask it who it is

A model can talk. So why not ask it? Two of our **invented** models answer from the file `data/replies.json`.

**Before you run it:** will what `alpha:1b` says about itself fit its papers? *I expect ...* / *I saw ...*
"""

# %%
chat = sample_chat(data_file("replies.json"))

for model in ("alpha:1b", "beta:2b"):
    papers = sample_show(model)
    for question in ("Who made you?", "Which licence do you have?"):
        reply = chat(model=model, messages=[{"role": "user", "content": question}])
        print(f"{model}, {question} {reply.message.content}")
    print(f"{model}, its papers: family {family(papers)}, licence {license_id(papers.license)}")

# %% [markdown]
"""
`alpha:1b` speaks of Apache-2.0, and its licence is MIT. It knows of no other model inside, and its plan is `beta2`.
We wrote its words to be wrong. Nothing in its voice tells you so.
"""

# %% [markdown]
"""
## Live: your own models

This cell looks at the real models on this machine: Llama, Qwen and DeepSeek, where you have them. It carries no points.
Without them dojo-tiny answers, the kit's own very small model, and a sentence says so.

It prints what the **file** says. Then it asks the model itself: who made you, and which licence have you got?

**Before you run it:** which of the two would you believe? *I expect ...* / *I saw ...*
"""

# %% live="your_models"
question = "Who made you?"
for model in models_here("trio"):
    papers = ollama.show(model)
    reply = ollama.chat(
        model=model,
        messages=[{"role": "user", "content": question}],
        options={"temperature": 0, "seed": 1, "num_predict": 200},
    )
    print(f"{model}: family {family(papers)}, licence {license_id(papers.license)}")
    print(f"  what you must do to share it: {duties(rules, license_id(papers.license), 'share')}")
    print(f"  asked {question!r}, it says: {reply.message.content.strip()[:300]}\n")

# %% [markdown]
"""
A model's word about itself is text like any other. It can be right. But it learned the sentence; it did not look it up.
Small models often name a maker who is not theirs. The file and the maker's page are the better witnesses.

`dojo-tiny` has the family `llama`. It holds nothing of Meta's: the plan alone is the same, and the kit trained it from
nothing. So a family name tells you whose **plan** it is. It does not tell you whose weights, and not which licence.
"""

# %% [markdown]
"""
## Written question. Did Meta copy Qwen?

4 points, marked by a person. About 150 words.

Answer the question in eight to twelve sentences. Mark **every** sentence with one letter:

* **C**, confirmed: with source and date;
* **R**, reported: with source and date, and who is behind it;
* **O**, opinion: yours or somebody's.

Use the rows of `edges.csv` and `models.csv`, and the facts of the lesson. You may add sources of your own.
Check one row again yourself. Say what you found, and on which day.

You get 4 points if every sentence has the right mark, and each C and R its source and date.
You get 2 points if most do, or if the sources stand there and some marks are wrong.
You get 0 points if reports stand there as facts, or if there are no sources. Yes, no and "nobody knows" count the same.
"""

# %% [markdown] answer="written" points=4
"""
**4 points.** Every sentence is marked, and rightly. Each C and each R has a source and a date. A report is called a
report, and its unnamed witnesses are mentioned. One row was checked again, with the day. Any position is fine.

**2 points.** Most sentences are marked and have their source; or sources are there, but a report is marked C, or
an opinion R.

**0 points.** A report told as a fact, or no sources.

*A full answer.* Qwen's first report says that its plan follows Llama's, with changes (C, arXiv 2309.16609, 2023-09-28).
I find no source that Qwen took Llama's weights (O, my own search, 2026-11-24). Bloomberg wrote that Meta used Qwen to
train Avocado (C that it was written, The Decoder, 2025-12-10). That Meta did so is Bloomberg's claim, from people
without names (R, same page). The report did not say which Qwen (C, The Decoder, 2025-12-10). Avocado came out as
Muse Spark (C, Axios, 2026-04-08). Its weights are not public (C, NYU Shanghai; read again on 2026-11-24). So nobody
outside can look inside (O). "Copy" is the wrong word for training on replies (O). Apache-2.0, the licence of
Qwen3 8B, forbids it in no line (C, apache.org, read 2026-11-24). I would say: perhaps used, not shown, maybe legal (O).

*A half answer.* Bloomberg says Meta trained Avocado with Qwen (C, 2025-12-10). Muse Spark is closed (C, Axios,
2026-04-08). Qwen learned from Llama first (C). So it is fair (O).
(The first mark should be R; the third lacks a source.)

*A zero answer.* Yes. Everybody knows that Avocado is Qwen with a new name, they even forgot to say which one.
"""

# %% [markdown]
"""
## Stretch

No points; pick what you like.

1. **OSAID.** Open the definition's checklist and go through it for OLMo 2. Which point takes longest to check?
2. **New passports.** Add Kimi K2 and one model of your own choice to `data/models.csv`. Each cell needs a source.
3. **The real shares.** Take one table of downloads from a paper. Work out the share both ways. Which one did it print?
4. **Two ways to Llama.** `ancestors(edges, name)` loses the path. Return the shortest chain of names instead.
5. **Old news.** Print the rows of `edges.csv` whose `checked` is more than 120 days ago. Check one again.
"""
