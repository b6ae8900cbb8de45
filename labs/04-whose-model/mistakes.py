# %% mistake="missing-architecture-crashes" exercise="family"
def family(papers):
    return papers.modelinfo["general.architecture"]


def openness(card):
    if card["weights"] != "yes":
        return "closed"
    if card["code"] == "yes" and card["data"] == "yes" and card["osi"] == "yes":
        return "open source"
    return "open weights"

# %% mistake="only-the-details-read" exercise="family"
def family(papers):
    if papers.details and papers.details.family:
        return papers.details.family
    return "unknown"


def openness(card):
    if card["weights"] != "yes":
        return "closed"
    if card["code"] == "yes" and card["data"] == "yes" and card["osi"] == "yes":
        return "open source"
    return "open weights"

# %% mistake="details-asked-first" exercise="family"
def family(papers):
    if papers.details and papers.details.family:
        return papers.details.family
    info = papers.modelinfo or {}
    return info.get("general.architecture") or "unknown"


def openness(card):
    if card["weights"] != "yes":
        return "closed"
    if card["code"] == "yes" and card["data"] == "yes" and card["osi"] == "yes":
        return "open source"
    return "open weights"

# %% mistake="brand-dictionary" exercise="family"
BRANDS = {"deepseek": "deepseek", "llama": "llama", "qwen": "qwen", "gpt": "gptoss"}


def family(papers):
    text = str(papers).lower()
    for brand, name in BRANDS.items():
        if brand in text:
            return name
    return "unknown"


def openness(card):
    if card["weights"] != "yes":
        return "closed"
    if card["code"] == "yes" and card["data"] == "yes" and card["osi"] == "yes":
        return "open source"
    return "open weights"

# %% mistake="name-instead-of-plan" exercise="family"
def family(papers):
    info = papers.modelinfo or {}
    name = info.get("general.basename") or info.get("general.name") or info.get("general.architecture")
    if name:
        return name
    return papers.details.family if papers.details and papers.details.family else "unknown"


def openness(card):
    if card["weights"] != "yes":
        return "closed"
    if card["code"] == "yes" and card["data"] == "yes" and card["osi"] == "yes":
        return "open source"
    return "open weights"

# %% mistake="no-modelinfo-crashes" exercise="family"
def family(papers):
    name = papers.modelinfo.get("general.architecture")
    if name:
        return name
    if papers.details and papers.details.family:
        return papers.details.family
    return "unknown"


def openness(card):
    if card["weights"] != "yes":
        return "closed"
    if card["code"] == "yes" and card["data"] == "yes" and card["osi"] == "yes":
        return "open source"
    return "open weights"

# %% mistake="no-details-crash" exercise="family"
def family(papers):
    info = papers.modelinfo or {}
    return info.get("general.architecture") or papers.details.family or "unknown"


def openness(card):
    if card["weights"] != "yes":
        return "closed"
    if card["code"] == "yes" and card["data"] == "yes" and card["osi"] == "yes":
        return "open source"
    return "open weights"

# %% mistake="empty-name-taken-for-a-name" exercise="family"
def family(papers):
    info = papers.modelinfo or {}
    if "general.architecture" in info:
        return info["general.architecture"]
    if papers.details and papers.details.family:
        return papers.details.family
    return "unknown"


def openness(card):
    if card["weights"] != "yes":
        return "closed"
    if card["code"] == "yes" and card["data"] == "yes" and card["osi"] == "yes":
        return "open source"
    return "open weights"

# %% mistake="empty-family-given-back" exercise="family"
def family(papers):
    info = papers.modelinfo or {}
    if info.get("general.architecture"):
        return info["general.architecture"]
    if papers.details:
        return papers.details.family
    return "unknown"


def openness(card):
    if card["weights"] != "yes":
        return "closed"
    if card["code"] == "yes" and card["data"] == "yes" and card["osi"] == "yes":
        return "open source"
    return "open weights"

# %% mistake="none-instead-of-unknown" exercise="family"
def family(papers):
    info = papers.modelinfo or {}
    if info.get("general.architecture"):
        return info["general.architecture"]
    if papers.details and papers.details.family:
        return papers.details.family
    return None


def openness(card):
    if card["weights"] != "yes":
        return "closed"
    if card["code"] == "yes" and card["data"] == "yes" and card["osi"] == "yes":
        return "open source"
    return "open weights"

# %% mistake="unknown-as-soon-as-one-is-missing" exercise="family"
def family(papers):
    info = papers.modelinfo or {}
    if not info.get("general.architecture") or not papers.details or not papers.details.family:
        return "unknown"
    return info["general.architecture"]


def openness(card):
    if card["weights"] != "yes":
        return "closed"
    if card["code"] == "yes" and card["data"] == "yes" and card["osi"] == "yes":
        return "open source"
    return "open weights"

# %% mistake="first-value-of-the-dictionary" exercise="family"
def family(papers):
    if papers.modelinfo:
        return next(iter(papers.modelinfo.values()))
    if papers.details and papers.details.family:
        return papers.details.family
    return "unknown"


def openness(card):
    if card["weights"] != "yes":
        return "closed"
    if card["code"] == "yes" and card["data"] == "yes" and card["osi"] == "yes":
        return "open source"
    return "open weights"

# %% mistake="printed-instead-of-returned" exercise="family"
def family(papers):
    info = papers.modelinfo or {}
    print(info.get("general.architecture") or (papers.details and papers.details.family) or "unknown")


def openness(card):
    if card["weights"] != "yes":
        return "closed"
    if card["code"] == "yes" and card["data"] == "yes" and card["osi"] == "yes":
        return "open source"
    return "open weights"

# %% mistake="version-number-cut-off" exercise="family"
def family(papers):
    info = papers.modelinfo or {}
    name = info.get("general.architecture") or (papers.details.family if papers.details else "") or "unknown"
    return name.rstrip("0123456789")


def openness(card):
    if card["weights"] != "yes":
        return "closed"
    if card["code"] == "yes" and card["data"] == "yes" and card["osi"] == "yes":
        return "open source"
    return "open weights"

# %% mistake="answer-of-the-example" exercise="family"
def family(papers):
    return "qwen2"


def openness(card):
    if card["weights"] != "yes":
        return "closed"
    if card["code"] == "yes" and card["data"] == "yes" and card["osi"] == "yes":
        return "open source"
    return "open weights"

# %% mistake="model_info-as-the-wire-has-it" exercise="family"
def family(papers):
    info = papers.model_info or {}
    return info.get("general.architecture") or "unknown"


def openness(card):
    if card["weights"] != "yes":
        return "closed"
    if card["code"] == "yes" and card["data"] == "yes" and card["osi"] == "yes":
        return "open source"
    return "open weights"

# %% mistake="except-for-everything-says-unknown" exercise="family"
def family(papers):
    try:
        return papers.modelinfo["general.architecture"] or papers.details.family or "unknown"
    except (KeyError, TypeError, AttributeError):
        return "unknown"


def openness(card):
    if card["weights"] != "yes":
        return "closed"
    if card["code"] == "yes" and card["data"] == "yes" and card["osi"] == "yes":
        return "open source"
    return "open weights"

# %% mistake="open-weights-called-open-source" exercise="family"
def family(papers):
    info = papers.modelinfo or {}
    if info.get("general.architecture"):
        return info["general.architecture"]
    if papers.details and papers.details.family:
        return papers.details.family
    return "unknown"


def openness(card):
    if card["weights"] == "yes":
        return "open source"
    return "closed"

# %% mistake="approved-licence-makes-it-open-source" exercise="family"
def family(papers):
    info = papers.modelinfo or {}
    if info.get("general.architecture"):
        return info["general.architecture"]
    if papers.details and papers.details.family:
        return papers.details.family
    return "unknown"


def openness(card):
    if card["weights"] != "yes":
        return "closed"
    if card["osi"] == "yes":
        return "open source"
    return "open weights"

# %% mistake="code-makes-it-open-source" exercise="family"
def family(papers):
    info = papers.modelinfo or {}
    if info.get("general.architecture"):
        return info["general.architecture"]
    if papers.details and papers.details.family:
        return papers.details.family
    return "unknown"


def openness(card):
    if card["weights"] != "yes":
        return "closed"
    if card["code"] == "yes" and card["osi"] == "yes":
        return "open source"
    return "open weights"

# %% mistake="licence-not-asked" exercise="family"
def family(papers):
    info = papers.modelinfo or {}
    if info.get("general.architecture"):
        return info["general.architecture"]
    if papers.details and papers.details.family:
        return papers.details.family
    return "unknown"


def openness(card):
    if card["weights"] != "yes":
        return "closed"
    if card["code"] == "yes" and card["data"] == "yes":
        return "open source"
    return "open weights"

# %% mistake="no-counts-as-true" exercise="family"
def family(papers):
    info = papers.modelinfo or {}
    if info.get("general.architecture"):
        return info["general.architecture"]
    if papers.details and papers.details.family:
        return papers.details.family
    return "unknown"


def openness(card):
    if not card["weights"]:
        return "closed"
    if card["code"] and card["data"] and card["osi"]:
        return "open source"
    return "open weights"

# %% mistake="question-mark-counts-as-yes" exercise="family"
def family(papers):
    info = papers.modelinfo or {}
    if info.get("general.architecture"):
        return info["general.architecture"]
    if papers.details and papers.details.family:
        return papers.details.family
    return "unknown"


def openness(card):
    if card["weights"] == "no":
        return "closed"
    if "no" not in (card["code"], card["data"], card["osi"]):
        return "open source"
    return "open weights"

# %% mistake="weights-of-a-question-mark" exercise="family"
def family(papers):
    info = papers.modelinfo or {}
    if info.get("general.architecture"):
        return info["general.architecture"]
    if papers.details and papers.details.family:
        return papers.details.family
    return "unknown"


def openness(card):
    if card["weights"] == "no":
        return "closed"
    if card["code"] == card["data"] == card["osi"] == "yes":
        return "open source"
    return "open weights"

# %% mistake="closed-only-if-all-say-no" exercise="family"
def family(papers):
    info = papers.modelinfo or {}
    if info.get("general.architecture"):
        return info["general.architecture"]
    if papers.details and papers.details.family:
        return papers.details.family
    return "unknown"


def openness(card):
    answers = [card[key] for key in ("weights", "code", "data", "osi")]
    if answers.count("yes") == 4:
        return "open source"
    if answers.count("yes") == 0:
        return "closed"
    return "open weights"

# %% mistake="three-of-four-will-do" exercise="family"
def family(papers):
    info = papers.modelinfo or {}
    if info.get("general.architecture"):
        return info["general.architecture"]
    if papers.details and papers.details.family:
        return papers.details.family
    return "unknown"


def openness(card):
    if card["weights"] != "yes":
        return "closed"
    if [card["code"], card["data"], card["osi"]].count("yes") >= 2:
        return "open source"
    return "open weights"

# %% mistake="open-source-asked-before-closed" exercise="family"
def family(papers):
    info = papers.modelinfo or {}
    if info.get("general.architecture"):
        return info["general.architecture"]
    if papers.details and papers.details.family:
        return papers.details.family
    return "unknown"


def openness(card):
    if card["code"] == card["data"] == card["osi"] == "yes":
        return "open source"
    if card["weights"] == "yes":
        return "open weights"
    return "closed"

# %% mistake="any-yes-opens" exercise="family"
def family(papers):
    info = papers.modelinfo or {}
    if info.get("general.architecture"):
        return info["general.architecture"]
    if papers.details and papers.details.family:
        return papers.details.family
    return "unknown"


def openness(card):
    if all(answer == "yes" for answer in card.values()):
        return "open source"
    if any(answer == "yes" for answer in card.values()):
        return "open weights"
    return "closed"

# %% mistake="every-value-of-the-card" exercise="family"
def family(papers):
    info = papers.modelinfo or {}
    if info.get("general.architecture"):
        return info["general.architecture"]
    if papers.details and papers.details.family:
        return papers.details.family
    return "unknown"


def openness(card):
    if card["weights"] != "yes":
        return "closed"
    if all(answer == "yes" for answer in card.values()):
        return "open source"
    return "open weights"

# %% mistake="brand-decides" exercise="family"
def family(papers):
    info = papers.modelinfo or {}
    if info.get("general.architecture"):
        return info["general.architecture"]
    if papers.details and papers.details.family:
        return papers.details.family
    return "unknown"


def openness(card):
    if "Llama" in card.get("model", "") and card["osi"] == "no":
        return "open weights"
    if card["weights"] != "yes":
        return "closed"
    if card["code"] == card["data"] == card["osi"] == "yes":
        return "open source"
    return "open weights"

# %% mistake="underscore-in-the-word" exercise="family"
def family(papers):
    info = papers.modelinfo or {}
    if info.get("general.architecture"):
        return info["general.architecture"]
    if papers.details and papers.details.family:
        return papers.details.family
    return "unknown"


def openness(card):
    if card["weights"] != "yes":
        return "closed"
    if card["code"] == card["data"] == card["osi"] == "yes":
        return "open_source"
    return "open_weights"

# %% mistake="card-taken-apart" exercise="family"
def family(papers):
    info = papers.modelinfo or {}
    if info.get("general.architecture"):
        return info["general.architecture"]
    if papers.details and papers.details.family:
        return papers.details.family
    return "unknown"


def openness(card):
    if card.pop("weights") != "yes":
        return "closed"
    if card.pop("code") == card.pop("data") == card.pop("osi") == "yes":
        return "open source"
    return "open weights"

# %% mistake="mit-anywhere-in-the-text" exercise="license_id"
def license_id(text):
    if not text:
        return "unknown"
    if "MIT" in text.upper():
        return "mit"
    if "apache license" in text.lower() or text == "apache-2.0":
        return "apache-2.0"
    if "llama" in text.lower():
        return "llama-community"
    if "affero" in text.lower():
        return "agpl-3.0"
    return "unknown"

# %% mistake="capital-mit-anywhere-in-the-text" exercise="license_id"
def license_id(text):
    text = text or ""
    low = text.lower().strip()
    if low in ("apache-2.0", "mit", "llama-community", "agpl-3.0"):
        return low
    if "MIT" in text and "Modified" not in text:
        return "mit"
    if "apache license" in low and "version 2.0" in low:
        return "apache-2.0"
    if "llama" in low and "community license" in low:
        return "llama-community"
    if "gnu affero general public license" in low and "version 3" in low:
        return "agpl-3.0"
    return "unknown"

# %% mistake="brand-to-licence-dictionary" exercise="license_id"
LICENCES = {"deepseek": "mit", "llama": "llama-community", "qwen": "apache-2.0", "gpt": "apache-2.0"}


def license_id(text):
    for brand, licence in LICENCES.items():
        if brand in (text or "").lower():
            return licence
    return "unknown"

# %% mistake="whole-text-instead-of-title" exercise="license_id"
def license_id(text):
    title = (text or "").strip().lower()
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

# %% mistake="no-licence-crashes" exercise="license_id"
def license_id(text):
    title = text.strip().split("\n\n")[0].lower()
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

# %% mistake="capitals-make-a-difference" exercise="license_id"
def license_id(text):
    title = (text or "").strip().split("\n\n")[0]
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

# %% mistake="first-line-only" exercise="license_id"
def license_id(text):
    title = (text or "").strip().split("\n")[0].lower()
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

# %% mistake="empty-lines-before-the-title" exercise="license_id"
def license_id(text):
    title = (text or "").split("\n\n")[0].lower()
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

# %% mistake="changed-licence-not-noticed" exercise="license_id"
def license_id(text):
    title = (text or "").strip().split("\n\n")[0].lower()
    if title in ("apache-2.0", "mit", "llama-community", "agpl-3.0"):
        return title
    if "apache license" in title and "version 2.0" in title:
        return "apache-2.0"
    if "mit license" in title and "mit" in title.split():
        return "mit"
    if "llama" in title and "community license" in title:
        return "llama-community"
    if "gnu affero general public license" in title and "version 3" in title:
        return "agpl-3.0"
    return "unknown"

# %% mistake="changed-only-looked-for-in-mit" exercise="license_id"
def license_id(text):
    title = (text or "").strip().split("\n\n")[0].lower()
    if title in ("apache-2.0", "mit", "llama-community", "agpl-3.0"):
        return title
    if "apache license" in title and "version 2.0" in title:
        return "apache-2.0"
    if "mit license" in title and "mit" in title.split() and "modified" not in title:
        return "mit"
    if "llama" in title and "community license" in title:
        return "llama-community"
    if "gnu affero general public license" in title and "version 3" in title:
        return "agpl-3.0"
    return "unknown"

# %% mistake="short-names-forgotten" exercise="license_id"
def license_id(text):
    title = (text or "").strip().split("\n\n")[0].lower()
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

# %% mistake="short-name-somewhere-in-the-title" exercise="license_id"
def license_id(text):
    title = (text or "").strip().split("\n\n")[0].lower()
    for name in ("apache-2.0", "mit", "llama-community", "agpl-3.0"):
        if name in title.split() or name + "," in title.split():
            return name
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

# %% mistake="summit-is-no-mit" exercise="license_id"
def license_id(text):
    title = (text or "").strip().split("\n\n")[0].lower()
    if title in ("apache-2.0", "mit", "llama-community", "agpl-3.0"):
        return title
    if "modified" in title.split():
        return "unknown"
    if "apache license" in title and "version 2.0" in title:
        return "apache-2.0"
    if "mit license" in title:
        return "mit"
    if "llama" in title and "community license" in title:
        return "llama-community"
    if "gnu affero general public license" in title and "version 3" in title:
        return "agpl-3.0"
    return "unknown"

# %% mistake="mit-as-a-word-anywhere" exercise="license_id"
def license_id(text):
    text = (text or "").lower()
    title = text.strip().split("\n\n")[0]
    if title in ("apache-2.0", "mit", "llama-community", "agpl-3.0"):
        return title
    if "modified" in title.split():
        return "unknown"
    if "apache license" in title and "version 2.0" in title:
        return "apache-2.0"
    if "mit" in text.split():
        return "mit"
    if "llama" in title and "community license" in title:
        return "llama-community"
    if "gnu affero general public license" in title and "version 3" in title:
        return "agpl-3.0"
    return "unknown"

# %% mistake="any-version-of-apache" exercise="license_id"
def license_id(text):
    title = (text or "").strip().split("\n\n")[0].lower()
    if title in ("apache-2.0", "mit", "llama-community", "agpl-3.0"):
        return title
    if "modified" in title.split():
        return "unknown"
    if "apache license" in title:
        return "apache-2.0"
    if "mit license" in title and "mit" in title.split():
        return "mit"
    if "llama" in title and "community license" in title:
        return "llama-community"
    if "gnu affero general public license" in title and "version 3" in title:
        return "agpl-3.0"
    return "unknown"

# %% mistake="any-gnu-licence" exercise="license_id"
def license_id(text):
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
    if "general public license" in title and "version 3" in title:
        return "agpl-3.0"
    return "unknown"

# %% mistake="any-version-of-affero" exercise="license_id"
def license_id(text):
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
    if "gnu affero general public license" in title:
        return "agpl-3.0"
    return "unknown"

# %% mistake="every-llama-is-community" exercise="license_id"
def license_id(text):
    title = (text or "").strip().split("\n\n")[0].lower()
    if title in ("apache-2.0", "mit", "llama-community", "agpl-3.0"):
        return title
    if "modified" in title.split():
        return "unknown"
    if "apache license" in title and "version 2.0" in title:
        return "apache-2.0"
    if "mit license" in title and "mit" in title.split():
        return "mit"
    if "llama" in title:
        return "llama-community"
    if "gnu affero general public license" in title and "version 3" in title:
        return "agpl-3.0"
    return "unknown"

# %% mistake="every-community-is-llama" exercise="license_id"
def license_id(text):
    title = (text or "").strip().split("\n\n")[0].lower()
    if title in ("apache-2.0", "mit", "llama-community", "agpl-3.0"):
        return title
    if "modified" in title.split():
        return "unknown"
    if "apache license" in title and "version 2.0" in title:
        return "apache-2.0"
    if "mit license" in title and "mit" in title.split():
        return "mit"
    if "community license" in title:
        return "llama-community"
    if "gnu affero general public license" in title and "version 3" in title:
        return "agpl-3.0"
    return "unknown"

# %% mistake="llama-version-of-the-example" exercise="license_id"
def license_id(text):
    title = (text or "").strip().split("\n\n")[0].lower()
    if title in ("apache-2.0", "mit", "llama-community", "agpl-3.0"):
        return title
    if "modified" in title.split():
        return "unknown"
    if "apache license" in title and "version 2.0" in title:
        return "apache-2.0"
    if "mit license" in title and "mit" in title.split():
        return "mit"
    if "llama 3.2 community license" in title:
        return "llama-community"
    if "gnu affero general public license" in title and "version 3" in title:
        return "agpl-3.0"
    return "unknown"

# %% mistake="none-for-an-unknown-licence" exercise="license_id"
def license_id(text):
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
    return None

# %% mistake="short-apache-name-without-version" exercise="license_id"
def license_id(text):
    title = (text or "").strip().split("\n\n")[0].lower()
    if title in ("apache-2.0", "mit", "llama-community", "agpl-3.0"):
        return title
    if "modified" in title.split():
        return "unknown"
    if "apache license" in title and "version 2.0" in title:
        return "apache"
    if "mit license" in title and "mit" in title.split():
        return "mit"
    if "llama" in title and "community license" in title:
        return "llama-community"
    if "gnu affero general public license" in title and "version 3" in title:
        return "agpl-3.0"
    return "unknown"

# %% mistake="affero-forgotten" exercise="license_id"
def license_id(text):
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
    return "unknown"

# %% mistake="first-forty-letters" exercise="license_id"
def license_id(text):
    title = (text or "")[:40].lower()
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

# %% mistake="first-two-lines-whatever-they-are" exercise="license_id"
def license_id(text):
    lines = [line.strip() for line in (text or "").lower().splitlines() if line.strip()]
    title = "\n".join(lines[:2])
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

# %% mistake="short-name-with-its-newline" exercise="license_id"
def license_id(text):
    title = (text or "").strip().split("\n\n")[0].lower()
    if text in ("apache-2.0", "mit", "llama-community", "agpl-3.0"):
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

# %% mistake="title-without-changes-taken-whole" exercise="license_id"
def license_id(text):
    title = (text or "").strip().split("\n")[0].strip().lower()
    known = {
        "apache license": "apache-2.0",
        "mit license": "mit",
        "llama 3.2 community license agreement": "llama-community",
        "gnu affero general public license": "agpl-3.0",
    }
    return known.get(title, title if title in known.values() else "unknown")

# %% mistake="fraction-instead-of-percent" exercise="share"
def share(rows, country, include_unaffiliated=True):
    part = whole = 0
    for row in rows:
        downloads = int(row["downloads"])
        if row["country"] == country:
            part += downloads
        if row["country"] or include_unaffiliated:
            whole += downloads
    if whole == 0:
        return None
    return part / whole

# %% mistake="always-the-whole-table" exercise="share"
def share(rows, country, include_unaffiliated=True):
    part = whole = 0
    for row in rows:
        downloads = int(row["downloads"])
        if row["country"] == country:
            part += downloads
        if True:
            whole += downloads
    if whole == 0:
        return None
    return 100 * part / whole

# %% mistake="never-the-unaffiliated" exercise="share"
def share(rows, country, include_unaffiliated=True):
    part = whole = 0
    for row in rows:
        downloads = int(row["downloads"])
        if row["country"] == country:
            part += downloads
        if row["country"]:
            whole += downloads
    if whole == 0:
        return None
    return 100 * part / whole

# %% mistake="the-switch-the-wrong-way-round" exercise="share"
def share(rows, country, include_unaffiliated=True):
    part = whole = 0
    for row in rows:
        downloads = int(row["downloads"])
        if row["country"] == country:
            part += downloads
        if row["country"] or not include_unaffiliated:
            whole += downloads
    if whole == 0:
        return None
    return 100 * part / whole

# %% mistake="only-the-unaffiliated-in-the-whole" exercise="share"
def share(rows, country, include_unaffiliated=True):
    part = whole = 0
    for row in rows:
        downloads = int(row["downloads"])
        if row["country"] == country:
            part += downloads
        if not row["country"] or include_unaffiliated:
            whole += downloads
    if whole == 0:
        return None
    return 100 * part / whole

# %% mistake="compared-with-the-others-only" exercise="share"
def share(rows, country, include_unaffiliated=True):
    part = whole = 0
    for row in rows:
        downloads = int(row["downloads"])
        if row["country"] == country:
            part += downloads
        if row["country"] != country and (row["country"] or include_unaffiliated):
            whole += downloads
    if whole == 0:
        return None
    return 100 * part / whole

# %% mistake="rows-counted-instead-of-downloads" exercise="share"
def share(rows, country, include_unaffiliated=True):
    part = whole = 0
    for row in rows:
        downloads = 1
        if row["country"] == country:
            part += downloads
        if row["country"] or include_unaffiliated:
            whole += downloads
    if whole == 0:
        return None
    return 100 * part / whole

# %% mistake="text-glued-together" exercise="share"
def share(rows, country, include_unaffiliated=True):
    part = whole = ""
    for row in rows:
        if row["country"] == country:
            part += row["downloads"]
        if row["country"] or include_unaffiliated:
            whole += row["downloads"]
    if not whole:
        return None
    return 100 * int(part or 0) / int(whole)

# %% mistake="text-not-made-a-number" exercise="share"
def share(rows, country, include_unaffiliated=True):
    part = whole = 0
    for row in rows:
        downloads = row["downloads"]
        if row["country"] == country:
            part += downloads
        if row["country"] or include_unaffiliated:
            whole += downloads
    if whole == 0:
        return None
    return 100 * part / whole

# %% mistake="whole-of-zero-crashes" exercise="share"
def share(rows, country, include_unaffiliated=True):
    part = whole = 0
    for row in rows:
        downloads = int(row["downloads"])
        if row["country"] == country:
            part += downloads
        if row["country"] or include_unaffiliated:
            whole += downloads
    return 100 * part / whole

# %% mistake="whole-of-zero-called-zero" exercise="share"
def share(rows, country, include_unaffiliated=True):
    part = whole = 0
    for row in rows:
        downloads = int(row["downloads"])
        if row["country"] == country:
            part += downloads
        if row["country"] or include_unaffiliated:
            whole += downloads
    if whole == 0:
        return 0
    return 100 * part / whole

# %% mistake="no-part-called-unknown" exercise="share"
def share(rows, country, include_unaffiliated=True):
    part = whole = 0
    for row in rows:
        downloads = int(row["downloads"])
        if row["country"] == country:
            part += downloads
        if row["country"] or include_unaffiliated:
            whole += downloads
    if part == 0:
        return None
    return 100 * part / whole

# %% mistake="rounded" exercise="share"
def share(rows, country, include_unaffiliated=True):
    part = whole = 0
    for row in rows:
        downloads = int(row["downloads"])
        if row["country"] == country:
            part += downloads
        if row["country"] or include_unaffiliated:
            whole += downloads
    if whole == 0:
        return None
    return round(100 * part / whole)

# %% mistake="whole-percents" exercise="share"
def share(rows, country, include_unaffiliated=True):
    part = whole = 0
    for row in rows:
        downloads = int(row["downloads"])
        if row["country"] == country:
            part += downloads
        if row["country"] or include_unaffiliated:
            whole += downloads
    if whole == 0:
        return None
    return 100 * part // whole

# %% mistake="text-with-a-sign" exercise="share"
def share(rows, country, include_unaffiliated=True):
    part = whole = 0
    for row in rows:
        downloads = int(row["downloads"])
        if row["country"] == country:
            part += downloads
        if row["country"] or include_unaffiliated:
            whole += downloads
    if whole == 0:
        return None
    return f"{100 * part / whole:.1f} %"

# %% mistake="first-row-of-the-country-only" exercise="share"
def share(rows, country, include_unaffiliated=True):
    whole = sum(int(row["downloads"]) for row in rows if row["country"] or include_unaffiliated)
    if not whole:
        return None
    for row in rows:
        if row["country"] == country:
            return 100 * int(row["downloads"]) / whole
    return 0

# %% mistake="last-row-of-the-country-only" exercise="share"
def share(rows, country, include_unaffiliated=True):
    part = whole = 0
    for row in rows:
        downloads = int(row["downloads"])
        if row["country"] == country:
            part = downloads
        if row["country"] or include_unaffiliated:
            whole += downloads
    if whole == 0:
        return None
    return 100 * part / whole

# %% mistake="part-of-the-name-is-enough" exercise="share"
def share(rows, country, include_unaffiliated=True):
    part = whole = 0
    for row in rows:
        downloads = int(row["downloads"])
        if country in row["country"]:
            part += downloads
        if row["country"] or include_unaffiliated:
            whole += downloads
    if whole == 0:
        return None
    return 100 * part / whole

# %% mistake="unaffiliated-taken-out-of-the-table" exercise="share"
def share(rows, country, include_unaffiliated=True):
    if not include_unaffiliated:
        for row in list(rows):
            if not row["country"]:
                rows.remove(row)
    whole = sum(int(row["downloads"]) for row in rows)
    if not whole:
        return None
    return 100 * sum(int(row["downloads"]) for row in rows if row["country"] == country) / whole

# %% mistake="numbers-written-into-the-rows" exercise="share"
def share(rows, country, include_unaffiliated=True):
    part = whole = 0
    for row in rows:
        row["downloads"] = int(row["downloads"])
        if row["country"] == country:
            part += row["downloads"]
        if row["country"] or include_unaffiliated:
            whole += row["downloads"]
    return 100 * part / whole if whole else None

# %% mistake="none-as-the-mark-of-the-unaffiliated" exercise="share"
def share(rows, country, include_unaffiliated=True):
    part = whole = 0
    for row in rows:
        downloads = int(row["downloads"])
        if row["country"] == country:
            part += downloads
        if row["country"] is not None or include_unaffiliated:
            whole += downloads
    if whole == 0:
        return None
    return 100 * part / whole

# %% mistake="the-known-word-unaffiliated" exercise="share"
def share(rows, country, include_unaffiliated=True):
    part = whole = 0
    for row in rows:
        downloads = int(row["downloads"])
        if row["country"] == country:
            part += downloads
        if row["country"] != "unaffiliated" or include_unaffiliated:
            whole += downloads
    if whole == 0:
        return None
    return 100 * part / whole

# %% mistake="unknown-country-called-unknown" exercise="share"
def share(rows, country, include_unaffiliated=True):
    mine = [int(row["downloads"]) for row in rows if row["country"] == country]
    whole = sum(int(row["downloads"]) for row in rows if row["country"] or include_unaffiliated)
    if not mine or not whole:
        return None
    return 100 * sum(mine) / whole

# %% mistake="returned-inside-the-loop" exercise="share"
def share(rows, country, include_unaffiliated=True):
    part = whole = 0
    for row in rows:
        if row["country"] == country:
            part += int(row["downloads"])
        if row["country"] or include_unaffiliated:
            whole += int(row["downloads"])
        return 100 * part / whole if whole else None
    return None

# %% mistake="without-the-unaffiliated-by-default" exercise="share"
def share(rows, country, include_unaffiliated=False):
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

# %% mistake="largest-number-as-text" exercise="share"
def share(rows, country, include_unaffiliated=True):
    counted = [row for row in rows if row["country"] or include_unaffiliated]
    whole = sum(float(row["downloads"]) for row in counted)
    part = sum(float(row["downloads"]) for row in counted if row["country"] == country)
    return 100 * part / whole if whole > 1 else None if not counted else 100 * part

# %% mistake="printed-not-returned" exercise="share"
def share(rows, country, include_unaffiliated=True):
    part = whole = 0
    for row in rows:
        downloads = int(row["downloads"])
        if row["country"] == country:
            part += downloads
        if row["country"] or include_unaffiliated:
            whole += downloads
    if whole == 0:
        return None  # noqa: RET501
    print(100 * part / whole)

# %% mistake="seven-hundred-million-for-everybody" exercise="duties"
def duties(rules, licence, use, users=0):
    rows = [row for row in rules if row["licence"] == licence and row["use"] == use]
    if not rows:
        return None
    mine = [row for row in rows if True]
    return [row["duty"] for row in mine if row["duty"]]


def release_check(name, parents, page):
    licences = [parent["licence"] for parent in parents if parent["kind"] != "architecture"]
    wrong = []
    if "llama-community" in licences:
        if not name.startswith("Llama"):
            wrong.append("name")
        if "Built with Llama" not in page:
            wrong.append("page")
    if "unknown" in licences:
        wrong.append("licence")
    return wrong

# %% mistake="seven-hundred-million-for-nobody" exercise="duties"
def duties(rules, licence, use, users=0):
    rows = [row for row in rules if row["licence"] == licence and row["use"] == use]
    if not rows:
        return None
    mine = [row for row in rows if not row["above_users"]]
    return [row["duty"] for row in mine if row["duty"]]


def release_check(name, parents, page):
    licences = [parent["licence"] for parent in parents if parent["kind"] != "architecture"]
    wrong = []
    if "llama-community" in licences:
        if not name.startswith("Llama"):
            wrong.append("name")
        if "Built with Llama" not in page:
            wrong.append("page")
    if "unknown" in licences:
        wrong.append("licence")
    return wrong

# %% mistake="at-least-instead-of-more-than" exercise="duties"
def duties(rules, licence, use, users=0):
    rows = [row for row in rules if row["licence"] == licence and row["use"] == use]
    if not rows:
        return None
    mine = [row for row in rows if not row["above_users"] or users >= int(row["above_users"])]
    return [row["duty"] for row in mine if row["duty"]]


def release_check(name, parents, page):
    licences = [parent["licence"] for parent in parents if parent["kind"] != "architecture"]
    wrong = []
    if "llama-community" in licences:
        if not name.startswith("Llama"):
            wrong.append("name")
        if "Built with Llama" not in page:
            wrong.append("page")
    if "unknown" in licences:
        wrong.append("licence")
    return wrong

# %% mistake="fewer-instead-of-more" exercise="duties"
def duties(rules, licence, use, users=0):
    rows = [row for row in rules if row["licence"] == licence and row["use"] == use]
    if not rows:
        return None
    mine = [row for row in rows if not row["above_users"] or users < int(row["above_users"])]
    return [row["duty"] for row in mine if row["duty"]]


def release_check(name, parents, page):
    licences = [parent["licence"] for parent in parents if parent["kind"] != "architecture"]
    wrong = []
    if "llama-community" in licences:
        if not name.startswith("Llama"):
            wrong.append("name")
        if "Built with Llama" not in page:
            wrong.append("page")
    if "unknown" in licences:
        wrong.append("licence")
    return wrong

# %% mistake="users-compared-as-text" exercise="duties"
def duties(rules, licence, use, users=0):
    rows = [row for row in rules if row["licence"] == licence and row["use"] == use]
    if not rows:
        return None
    mine = [row for row in rows if not row["above_users"] or str(users) > row["above_users"]]
    return [row["duty"] for row in mine if row["duty"]]


def release_check(name, parents, page):
    licences = [parent["licence"] for parent in parents if parent["kind"] != "architecture"]
    wrong = []
    if "llama-community" in licences:
        if not name.startswith("Llama"):
            wrong.append("name")
        if "Built with Llama" not in page:
            wrong.append("page")
    if "unknown" in licences:
        wrong.append("licence")
    return wrong

# %% mistake="empty-limit-read-as-zero" exercise="duties"
def duties(rules, licence, use, users=0):
    rows = [row for row in rules if row["licence"] == licence and row["use"] == use]
    if not rows:
        return None
    mine = [row for row in rows if users > int(row["above_users"] or 0)]
    return [row["duty"] for row in mine if row["duty"]]


def release_check(name, parents, page):
    licences = [parent["licence"] for parent in parents if parent["kind"] != "architecture"]
    wrong = []
    if "llama-community" in licences:
        if not name.startswith("Llama"):
            wrong.append("name")
        if "Built with Llama" not in page:
            wrong.append("page")
    if "unknown" in licences:
        wrong.append("licence")
    return wrong

# %% mistake="empty-limit-crashes" exercise="duties"
def duties(rules, licence, use, users=0):
    rows = [row for row in rules if row["licence"] == licence and row["use"] == use]
    if not rows:
        return None
    mine = [row for row in rows if users > int(row["above_users"])]
    return [row["duty"] for row in mine if row["duty"]]


def release_check(name, parents, page):
    licences = [parent["licence"] for parent in parents if parent["kind"] != "architecture"]
    wrong = []
    if "llama-community" in licences:
        if not name.startswith("Llama"):
            wrong.append("name")
        if "Built with Llama" not in page:
            wrong.append("page")
    if "unknown" in licences:
        wrong.append("licence")
    return wrong

# %% mistake="limit-written-into-the-code" exercise="duties"
def duties(rules, licence, use, users=0):
    rows = [row for row in rules if row["licence"] == licence and row["use"] == use]
    if not rows:
        return None
    mine = [row for row in rows if not row["above_users"] or users > 700_000_000]
    return [row["duty"] for row in mine if row["duty"]]


def release_check(name, parents, page):
    licences = [parent["licence"] for parent in parents if parent["kind"] != "architecture"]
    wrong = []
    if "llama-community" in licences:
        if not name.startswith("Llama"):
            wrong.append("name")
        if "Built with Llama" not in page:
            wrong.append("page")
    if "unknown" in licences:
        wrong.append("licence")
    return wrong

# %% mistake="no-rule-called-no-duty" exercise="duties"
def duties(rules, licence, use, users=0):
    rows = [row for row in rules if row["licence"] == licence and row["use"] == use]
    mine = [row for row in rows if not row["above_users"] or users > int(row["above_users"])]
    return [row["duty"] for row in mine if row["duty"]]


def release_check(name, parents, page):
    licences = [parent["licence"] for parent in parents if parent["kind"] != "architecture"]
    wrong = []
    if "llama-community" in licences:
        if not name.startswith("Llama"):
            wrong.append("name")
        if "Built with Llama" not in page:
            wrong.append("page")
    if "unknown" in licences:
        wrong.append("licence")
    return wrong

# %% mistake="no-duty-called-no-rule" exercise="duties"
def duties(rules, licence, use, users=0):
    found = []
    for row in rules:
        mine = not row["above_users"] or users > int(row["above_users"])
        if row["licence"] == licence and row["use"] == use and mine and row["duty"]:
            found.append(row["duty"])
    return found or None


def release_check(name, parents, page):
    licences = [parent["licence"] for parent in parents if parent["kind"] != "architecture"]
    wrong = []
    if "llama-community" in licences:
        if not name.startswith("Llama"):
            wrong.append("name")
        if "Built with Llama" not in page:
            wrong.append("page")
    if "unknown" in licences:
        wrong.append("licence")
    return wrong

# %% mistake="not-mine-called-no-rule" exercise="duties"
def duties(rules, licence, use, users=0):
    rows = []
    for row in rules:
        mine = not row["above_users"] or users > int(row["above_users"])
        if row["licence"] == licence and row["use"] == use and mine:
            rows.append(row)
    if not rows:
        return None
    return [row["duty"] for row in rows if row["duty"]]


def release_check(name, parents, page):
    licences = [parent["licence"] for parent in parents if parent["kind"] != "architecture"]
    wrong = []
    if "llama-community" in licences:
        if not name.startswith("Llama"):
            wrong.append("name")
        if "Built with Llama" not in page:
            wrong.append("page")
    if "unknown" in licences:
        wrong.append("licence")
    return wrong

# %% mistake="empty-duties-in-the-list" exercise="duties"
def duties(rules, licence, use, users=0):
    rows = [row for row in rules if row["licence"] == licence and row["use"] == use]
    if not rows:
        return None
    mine = [row for row in rows if not row["above_users"] or users > int(row["above_users"])]
    return [row["duty"] for row in mine]


def release_check(name, parents, page):
    licences = [parent["licence"] for parent in parents if parent["kind"] != "architecture"]
    wrong = []
    if "llama-community" in licences:
        if not name.startswith("Llama"):
            wrong.append("name")
        if "Built with Llama" not in page:
            wrong.append("page")
    if "unknown" in licences:
        wrong.append("licence")
    return wrong

# %% mistake="use-not-looked-at" exercise="duties"
def duties(rules, licence, use, users=0):
    rows = [row for row in rules if row["licence"] == licence]
    if not rows:
        return None
    mine = [row for row in rows if not row["above_users"] or users > int(row["above_users"])]
    return [row["duty"] for row in mine if row["duty"]]


def release_check(name, parents, page):
    licences = [parent["licence"] for parent in parents if parent["kind"] != "architecture"]
    wrong = []
    if "llama-community" in licences:
        if not name.startswith("Llama"):
            wrong.append("name")
        if "Built with Llama" not in page:
            wrong.append("page")
    if "unknown" in licences:
        wrong.append("licence")
    return wrong

# %% mistake="licence-not-looked-at" exercise="duties"
def duties(rules, licence, use, users=0):
    rows = [row for row in rules if row["use"] == use]
    if not rows:
        return None
    mine = [row for row in rows if not row["above_users"] or users > int(row["above_users"])]
    return [row["duty"] for row in mine if row["duty"]]


def release_check(name, parents, page):
    licences = [parent["licence"] for parent in parents if parent["kind"] != "architecture"]
    wrong = []
    if "llama-community" in licences:
        if not name.startswith("Llama"):
            wrong.append("name")
        if "Built with Llama" not in page:
            wrong.append("page")
    if "unknown" in licences:
        wrong.append("licence")
    return wrong

# %% mistake="licence-known-use-not" exercise="duties"
def duties(rules, licence, use, users=0):
    if licence not in [row["licence"] for row in rules]:
        return None
    found = []
    for row in rules:
        if row["licence"] == licence and row["use"] == use and row["duty"]:  # noqa: SIM102
            if row["above_users"] == "" or users > int(row["above_users"]):
                found.append(row["duty"])
    return found


def release_check(name, parents, page):
    licences = [parent["licence"] for parent in parents if parent["kind"] != "architecture"]
    wrong = []
    if "llama-community" in licences:
        if not name.startswith("Llama"):
            wrong.append("name")
        if "Built with Llama" not in page:
            wrong.append("page")
    if "unknown" in licences:
        wrong.append("licence")
    return wrong

# %% mistake="first-duty-only" exercise="duties"
def duties(rules, licence, use, users=0):
    rows = [row for row in rules if row["licence"] == licence and row["use"] == use]
    if not rows:
        return None
    mine = [row for row in rows if not row["above_users"] or users > int(row["above_users"])]
    return [row["duty"] for row in mine if row["duty"]][:1]


def release_check(name, parents, page):
    licences = [parent["licence"] for parent in parents if parent["kind"] != "architecture"]
    wrong = []
    if "llama-community" in licences:
        if not name.startswith("Llama"):
            wrong.append("name")
        if "Built with Llama" not in page:
            wrong.append("page")
    if "unknown" in licences:
        wrong.append("licence")
    return wrong

# %% mistake="whole-rows-instead-of-duties" exercise="duties"
def duties(rules, licence, use, users=0):
    rows = [row for row in rules if row["licence"] == licence and row["use"] == use]
    if not rows:
        return None
    mine = [row for row in rows if not row["above_users"] or users > int(row["above_users"])]
    return [row for row in mine if row["duty"]]


def release_check(name, parents, page):
    licences = [parent["licence"] for parent in parents if parent["kind"] != "architecture"]
    wrong = []
    if "llama-community" in licences:
        if not name.startswith("Llama"):
            wrong.append("name")
        if "Built with Llama" not in page:
            wrong.append("page")
    if "unknown" in licences:
        wrong.append("licence")
    return wrong

# %% mistake="joined-into-one-text" exercise="duties"
def duties(rules, licence, use, users=0):
    rows = [row for row in rules if row["licence"] == licence and row["use"] == use]
    if not rows:
        return None
    mine = [row for row in rows if not row["above_users"] or users > int(row["above_users"])]
    return ", ".join(row["duty"] for row in mine if row["duty"])


def release_check(name, parents, page):
    licences = [parent["licence"] for parent in parents if parent["kind"] != "architecture"]
    wrong = []
    if "llama-community" in licences:
        if not name.startswith("Llama"):
            wrong.append("name")
        if "Built with Llama" not in page:
            wrong.append("page")
    if "unknown" in licences:
        wrong.append("licence")
    return wrong

# %% mistake="part-of-a-licence-name" exercise="duties"
def duties(rules, licence, use, users=0):
    rows = [row for row in rules if licence in row["licence"] and row["use"] == use]
    if not rows:
        return None
    mine = [row for row in rows if not row["above_users"] or users > int(row["above_users"])]
    return [row["duty"] for row in mine if row["duty"]]


def release_check(name, parents, page):
    licences = [parent["licence"] for parent in parents if parent["kind"] != "architecture"]
    wrong = []
    if "llama-community" in licences:
        if not name.startswith("Llama"):
            wrong.append("name")
        if "Built with Llama" not in page:
            wrong.append("page")
    if "unknown" in licences:
        wrong.append("licence")
    return wrong

# %% mistake="a-set-loses-the-order" exercise="duties"
def duties(rules, licence, use, users=0):
    rows = [row for row in rules if row["licence"] == licence and row["use"] == use]
    if not rows:
        return None
    mine = [row for row in rows if not row["above_users"] or users > int(row["above_users"])]
    return sorted({row["duty"] for row in mine if row["duty"]}, reverse=True)


def release_check(name, parents, page):
    licences = [parent["licence"] for parent in parents if parent["kind"] != "architecture"]
    wrong = []
    if "llama-community" in licences:
        if not name.startswith("Llama"):
            wrong.append("name")
        if "Built with Llama" not in page:
            wrong.append("page")
    if "unknown" in licences:
        wrong.append("licence")
    return wrong

# %% mistake="answers-from-the-brand" exercise="duties"
def duties(rules, licence, use, users=0):
    known = {"mit": ["keep the notice"], "llama-community": ["follow the use policy", "show 'Built with Llama'"]}
    return known.get(licence) if use != "run" else []


def release_check(name, parents, page):
    licences = [parent["licence"] for parent in parents if parent["kind"] != "architecture"]
    wrong = []
    if "llama-community" in licences:
        if not name.startswith("Llama"):
            wrong.append("name")
        if "Built with Llama" not in page:
            wrong.append("page")
    if "unknown" in licences:
        wrong.append("licence")
    return wrong

# %% mistake="list-shared-by-all-calls" exercise="duties"
def duties(rules, licence, use, users=0, found=[]):  # noqa: B006
    rows = [row for row in rules if row["licence"] == licence and row["use"] == use]
    if not rows:
        return None
    for row in rows:
        if row["duty"] and (not row["above_users"] or users > int(row["above_users"])):
            found.append(row["duty"])
    return found


def release_check(name, parents, page):
    licences = [parent["licence"] for parent in parents if parent["kind"] != "architecture"]
    wrong = []
    if "llama-community" in licences:
        if not name.startswith("Llama"):
            wrong.append("name")
        if "Built with Llama" not in page:
            wrong.append("page")
    if "unknown" in licences:
        wrong.append("licence")
    return wrong

# %% mistake="limit-turned-into-a-number-in-the-row" exercise="duties"
def duties(rules, licence, use, users=0):
    for row in rules:
        row["above_users"] = int(row["above_users"]) if row["above_users"] else -1
    rows = [row for row in rules if row["licence"] == licence and row["use"] == use]
    if not rows:
        return None
    return [row["duty"] for row in rows if row["duty"] and users > row["above_users"]]


def release_check(name, parents, page):
    licences = [parent["licence"] for parent in parents if parent["kind"] != "architecture"]
    wrong = []
    if "llama-community" in licences:
        if not name.startswith("Llama"):
            wrong.append("name")
        if "Built with Llama" not in page:
            wrong.append("page")
    if "unknown" in licences:
        wrong.append("licence")
    return wrong

# %% mistake="llama-anywhere-in-the-name" exercise="duties"
def duties(rules, licence, use, users=0):
    rows = [row for row in rules if row["licence"] == licence and row["use"] == use]
    if not rows:
        return None
    mine = [row for row in rows if not row["above_users"] or users > int(row["above_users"])]
    return [row["duty"] for row in mine if row["duty"]]


def release_check(name, parents, page):
    licences = [parent["licence"] for parent in parents if parent["kind"] != "architecture"]
    wrong = []
    if "llama-community" in licences:
        if "Llama" not in name:
            wrong.append("name")
        if "Built with Llama" not in page:
            wrong.append("page")
    if "unknown" in licences:
        wrong.append("licence")
    return wrong

# %% mistake="stops-at-the-first-fault" exercise="duties"
def duties(rules, licence, use, users=0):
    rows = [row for row in rules if row["licence"] == licence and row["use"] == use]
    if not rows:
        return None
    mine = [row for row in rows if not row["above_users"] or users > int(row["above_users"])]
    return [row["duty"] for row in mine if row["duty"]]


def release_check(name, parents, page):
    licences = [parent["licence"] for parent in parents if parent["kind"] != "architecture"]
    if "llama-community" in licences and not name.startswith("Llama"):
        return ["name"]
    if "llama-community" in licences and "Built with Llama" not in page:
        return ["page"]
    if "unknown" in licences:
        return ["licence"]
    return []

# %% mistake="asked-of-every-model" exercise="duties"
def duties(rules, licence, use, users=0):
    rows = [row for row in rules if row["licence"] == licence and row["use"] == use]
    if not rows:
        return None
    mine = [row for row in rows if not row["above_users"] or users > int(row["above_users"])]
    return [row["duty"] for row in mine if row["duty"]]


def release_check(name, parents, page):
    licences = [parent["licence"] for parent in parents if parent["kind"] != "architecture"]
    wrong = []
    if parents:
        if not name.startswith("Llama"):
            wrong.append("name")
        if "Built with Llama" not in page:
            wrong.append("page")
    if "unknown" in licences:
        wrong.append("licence")
    return wrong

# %% mistake="architecture-counts-too" exercise="duties"
def duties(rules, licence, use, users=0):
    rows = [row for row in rules if row["licence"] == licence and row["use"] == use]
    if not rows:
        return None
    mine = [row for row in rows if not row["above_users"] or users > int(row["above_users"])]
    return [row["duty"] for row in mine if row["duty"]]


def release_check(name, parents, page):
    licences = [parent["licence"] for parent in parents]
    wrong = []
    if "llama-community" in licences:
        if not name.startswith("Llama"):
            wrong.append("name")
        if "Built with Llama" not in page:
            wrong.append("page")
    if "unknown" in licences:
        wrong.append("licence")
    return wrong

# %% mistake="outputs-do-not-count" exercise="duties"
def duties(rules, licence, use, users=0):
    rows = [row for row in rules if row["licence"] == licence and row["use"] == use]
    if not rows:
        return None
    mine = [row for row in rows if not row["above_users"] or users > int(row["above_users"])]
    return [row["duty"] for row in mine if row["duty"]]


def release_check(name, parents, page):
    licences = [parent["licence"] for parent in parents if parent["kind"] == "weights"]
    wrong = []
    if "llama-community" in licences:
        if not name.startswith("Llama"):
            wrong.append("name")
        if "Built with Llama" not in page:
            wrong.append("page")
    if "unknown" in licences:
        wrong.append("licence")
    return wrong

# %% mistake="weights-do-not-count" exercise="duties"
def duties(rules, licence, use, users=0):
    rows = [row for row in rules if row["licence"] == licence and row["use"] == use]
    if not rows:
        return None
    mine = [row for row in rows if not row["above_users"] or users > int(row["above_users"])]
    return [row["duty"] for row in mine if row["duty"]]


def release_check(name, parents, page):
    licences = [parent["licence"] for parent in parents if parent["kind"] == "outputs"]
    wrong = []
    if "llama-community" in licences:
        if not name.startswith("Llama"):
            wrong.append("name")
        if "Built with Llama" not in page:
            wrong.append("page")
    if "unknown" in licences:
        wrong.append("licence")
    return wrong

# %% mistake="first-parent-only" exercise="duties"
def duties(rules, licence, use, users=0):
    rows = [row for row in rules if row["licence"] == licence and row["use"] == use]
    if not rows:
        return None
    mine = [row for row in rows if not row["above_users"] or users > int(row["above_users"])]
    return [row["duty"] for row in mine if row["duty"]]


def release_check(name, parents, page):
    wrong = []
    for parent in parents[:1]:
        if parent["kind"] != "architecture" and parent["licence"] == "llama-community":
            if not name.startswith("Llama"):
                wrong.append("name")
            if "Built with Llama" not in page:
                wrong.append("page")
        if parent["kind"] != "architecture" and parent["licence"] == "unknown":
            wrong.append("licence")
    return wrong

# %% mistake="once-for-each-parent" exercise="duties"
def duties(rules, licence, use, users=0):
    rows = [row for row in rules if row["licence"] == licence and row["use"] == use]
    if not rows:
        return None
    mine = [row for row in rows if not row["above_users"] or users > int(row["above_users"])]
    return [row["duty"] for row in mine if row["duty"]]


def release_check(name, parents, page):
    wrong = []
    for parent in parents:
        if parent["kind"] == "architecture":
            continue
        if parent["licence"] == "llama-community" and not name.startswith("Llama"):
            wrong.append("name")
        if parent["licence"] == "llama-community" and "Built with Llama" not in page:
            wrong.append("page")
        if parent["licence"] == "unknown":
            wrong.append("licence")
    return wrong

# %% mistake="in-the-order-of-the-parents" exercise="duties"
def duties(rules, licence, use, users=0):
    rows = [row for row in rules if row["licence"] == licence and row["use"] == use]
    if not rows:
        return None
    mine = [row for row in rows if not row["above_users"] or users > int(row["above_users"])]
    return [row["duty"] for row in mine if row["duty"]]


def release_check(name, parents, page):
    wrong = []
    for parent in parents:
        if parent["kind"] == "architecture":
            continue
        if parent["licence"] == "unknown" and "licence" not in wrong:
            wrong.append("licence")
        if parent["licence"] == "llama-community":
            if not name.startswith("Llama") and "name" not in wrong:
                wrong.append("name")
            if "Built with Llama" not in page and "page" not in wrong:
                wrong.append("page")
    return wrong

# %% mistake="parent-known-by-its-name" exercise="duties"
def duties(rules, licence, use, users=0):
    rows = [row for row in rules if row["licence"] == licence and row["use"] == use]
    if not rows:
        return None
    mine = [row for row in rows if not row["above_users"] or users > int(row["above_users"])]
    return [row["duty"] for row in mine if row["duty"]]


def release_check(name, parents, page):
    used = [parent for parent in parents if parent["kind"] != "architecture"]
    licences = ["llama-community" if "Llama" in parent["model"] else parent["licence"] for parent in used]
    wrong = []
    if "llama-community" in licences:
        if not name.startswith("Llama"):
            wrong.append("name")
        if "Built with Llama" not in page:
            wrong.append("page")
    if "unknown" in licences:
        wrong.append("licence")
    return wrong

# %% mistake="parent-must-be-called-llama" exercise="duties"
def duties(rules, licence, use, users=0):
    rows = [row for row in rules if row["licence"] == licence and row["use"] == use]
    if not rows:
        return None
    mine = [row for row in rows if not row["above_users"] or users > int(row["above_users"])]
    return [row["duty"] for row in mine if row["duty"]]


def release_check(name, parents, page):
    used = [parent for parent in parents if parent["kind"] != "architecture"]
    wrong = []
    if any("Llama" in parent["model"] for parent in used):
        if not name.startswith("Llama"):
            wrong.append("name")
        if "Built with Llama" not in page:
            wrong.append("page")
    if any(parent["licence"] == "unknown" for parent in used):
        wrong.append("licence")
    return wrong

# %% mistake="built-on-will-do" exercise="duties"
def duties(rules, licence, use, users=0):
    rows = [row for row in rules if row["licence"] == licence and row["use"] == use]
    if not rows:
        return None
    mine = [row for row in rows if not row["above_users"] or users > int(row["above_users"])]
    return [row["duty"] for row in mine if row["duty"]]


def release_check(name, parents, page):
    licences = [parent["licence"] for parent in parents if parent["kind"] != "architecture"]
    wrong = []
    if "llama-community" in licences:
        if not name.startswith("Llama"):
            wrong.append("name")
        if "built on llama" not in page.lower() and "built with llama" not in page.lower():
            wrong.append("page")
    if "unknown" in licences:
        wrong.append("licence")
    return wrong

# %% mistake="the-word-llama-will-do-on-the-page" exercise="duties"
def duties(rules, licence, use, users=0):
    rows = [row for row in rules if row["licence"] == licence and row["use"] == use]
    if not rows:
        return None
    mine = [row for row in rows if not row["above_users"] or users > int(row["above_users"])]
    return [row["duty"] for row in mine if row["duty"]]


def release_check(name, parents, page):
    licences = [parent["licence"] for parent in parents if parent["kind"] != "architecture"]
    wrong = []
    if "llama-community" in licences:
        if not name.startswith("Llama"):
            wrong.append("name")
        if "llama" not in page.lower():
            wrong.append("page")
    if "unknown" in licences:
        wrong.append("licence")
    return wrong

# %% mistake="unknown-licence-forgotten" exercise="duties"
def duties(rules, licence, use, users=0):
    rows = [row for row in rules if row["licence"] == licence and row["use"] == use]
    if not rows:
        return None
    mine = [row for row in rows if not row["above_users"] or users > int(row["above_users"])]
    return [row["duty"] for row in mine if row["duty"]]


def release_check(name, parents, page):
    licences = [parent["licence"] for parent in parents if parent["kind"] != "architecture"]
    wrong = []
    if "llama-community" in licences:
        if not name.startswith("Llama"):
            wrong.append("name")
        if "Built with Llama" not in page:
            wrong.append("page")
    return wrong

# %% mistake="unknown-architecture-complained-of" exercise="duties"
def duties(rules, licence, use, users=0):
    rows = [row for row in rules if row["licence"] == licence and row["use"] == use]
    if not rows:
        return None
    mine = [row for row in rows if not row["above_users"] or users > int(row["above_users"])]
    return [row["duty"] for row in mine if row["duty"]]


def release_check(name, parents, page):
    licences = [parent["licence"] for parent in parents if parent["kind"] != "architecture"]
    wrong = []
    if "llama-community" in licences:
        if not name.startswith("Llama"):
            wrong.append("name")
        if "Built with Llama" not in page:
            wrong.append("page")
    if any(parent["licence"] == "unknown" for parent in parents):
        wrong.append("licence")
    return wrong

# %% mistake="only-if-all-parents-are-llamas" exercise="duties"
def duties(rules, licence, use, users=0):
    rows = [row for row in rules if row["licence"] == licence and row["use"] == use]
    if not rows:
        return None
    mine = [row for row in rows if not row["above_users"] or users > int(row["above_users"])]
    return [row["duty"] for row in mine if row["duty"]]


def release_check(name, parents, page):
    licences = [parent["licence"] for parent in parents if parent["kind"] != "architecture"]
    wrong = []
    if licences and all(one == "llama-community" for one in licences):
        if not name.startswith("Llama"):
            wrong.append("name")
        if "Built with Llama" not in page:
            wrong.append("page")
    if "unknown" in licences:
        wrong.append("licence")
    return wrong

# %% mistake="true-or-false" exercise="duties"
def duties(rules, licence, use, users=0):
    rows = [row for row in rules if row["licence"] == licence and row["use"] == use]
    if not rows:
        return None
    mine = [row for row in rows if not row["above_users"] or users > int(row["above_users"])]
    return [row["duty"] for row in mine if row["duty"]]


def release_check(name, parents, page):
    licences = [parent["licence"] for parent in parents if parent["kind"] != "architecture"]
    wrong = []
    if "llama-community" in licences:
        if not name.startswith("Llama"):
            wrong.append("name")
        if "Built with Llama" not in page:
            wrong.append("page")
    if "unknown" in licences:
        wrong.append("licence")
    return not wrong

# %% mistake="nothing-wrong-is-none" exercise="duties"
def duties(rules, licence, use, users=0):
    rows = [row for row in rules if row["licence"] == licence and row["use"] == use]
    if not rows:
        return None
    mine = [row for row in rows if not row["above_users"] or users > int(row["above_users"])]
    return [row["duty"] for row in mine if row["duty"]]


def release_check(name, parents, page):
    licences = [parent["licence"] for parent in parents if parent["kind"] != "architecture"]
    wrong = []
    if "llama-community" in licences:
        if not name.startswith("Llama"):
            wrong.append("name")
        if "Built with Llama" not in page:
            wrong.append("page")
    if "unknown" in licences:
        wrong.append("licence")
    return wrong or None

# %% mistake="no-parents-crash" exercise="duties"
def duties(rules, licence, use, users=0):
    rows = [row for row in rules if row["licence"] == licence and row["use"] == use]
    if not rows:
        return None
    mine = [row for row in rows if not row["above_users"] or users > int(row["above_users"])]
    return [row["duty"] for row in mine if row["duty"]]


def release_check(name, parents, page):
    licences = [parent["licence"] for parent in parents if parent["kind"] != "architecture"]
    wrong = []
    if licences[0] == "llama-community" or "llama-community" in licences:
        if not name.startswith("Llama"):
            wrong.append("name")
        if "Built with Llama" not in page:
            wrong.append("page")
    if "unknown" in licences:
        wrong.append("licence")
    return wrong

# %% mistake="page-checked-only-if-the-name-is-wrong" exercise="duties"
def duties(rules, licence, use, users=0):
    rows = [row for row in rules if row["licence"] == licence and row["use"] == use]
    if not rows:
        return None
    mine = [row for row in rows if not row["above_users"] or users > int(row["above_users"])]
    return [row["duty"] for row in mine if row["duty"]]


def release_check(name, parents, page):
    licences = [parent["licence"] for parent in parents if parent["kind"] != "architecture"]
    wrong = []
    if "llama-community" in licences:  # noqa: SIM102
        if not name.startswith("Llama"):
            wrong.append("name")
            if "Built with Llama" not in page:
                wrong.append("page")
    if "unknown" in licences:
        wrong.append("licence")
    return wrong

# %% mistake="parents-sorted-on-the-way" exercise="duties"
def duties(rules, licence, use, users=0):
    rows = [row for row in rules if row["licence"] == licence and row["use"] == use]
    if not rows:
        return None
    mine = [row for row in rows if not row["above_users"] or users > int(row["above_users"])]
    return [row["duty"] for row in mine if row["duty"]]


def release_check(name, parents, page):
    licences = [parent["licence"] for parent in parents if parent["kind"] != "architecture"]
    parents.sort(key=lambda parent: parent["licence"])
    for parent in parents:
        parent.setdefault("checked", True)
    wrong = []
    if "llama-community" in licences:
        if not name.startswith("Llama"):
            wrong.append("name")
        if "Built with Llama" not in page:
            wrong.append("page")
    if "unknown" in licences:
        wrong.append("licence")
    return wrong

# %% mistake="children-instead-of-parents" exercise="ancestors"
def ancestors(edges, model, only=None, kinds=None):
    found, to_visit = set(), [model]
    while to_visit:
        one = to_visit.pop()
        for edge in edges:
            fits = (only is None or edge["status"] == only) and (kinds is None or edge["kind"] in kinds)
            if fits and edge["parent"] == one and edge["child"] not in found:
                found.add(edge["child"])
                to_visit.append(edge["child"])
    return found - {model}

# %% mistake="parents-only" exercise="ancestors"
def ancestors(edges, model, only=None, kinds=None):
    return {
        edge["parent"]
        for edge in edges
        if edge["child"] == model
        and edge["parent"] != model
        and (only is None or edge["status"] == only)
        and (kinds is None or edge["kind"] in kinds)
    }

# %% mistake="grandparents-and-no-further" exercise="ancestors"
def ancestors(edges, model, only=None, kinds=None):
    def parents(name):
        return {
            edge["parent"]
            for edge in edges
            if edge["child"] == name
            and (only is None or edge["status"] == only)
            and (kinds is None or edge["kind"] in kinds)
        }

    found = parents(model)
    for name in list(found):
        found |= parents(name)
    return found - {model}

# %% mistake="no-memory-of-whom-it-met" exercise="ancestors"
def ancestors(edges, model, only=None, kinds=None):
    found = set()
    for edge in edges:
        if edge["child"] == model:  # noqa: SIM102
            if (only is None or edge["status"] == only) and (kinds is None or edge["kind"] in kinds):
                found.add(edge["parent"])
                found |= ancestors(edges, edge["parent"], only, kinds)
    return found

# %% mistake="only-the-start-is-remembered" exercise="ancestors"
def ancestors(edges, model, only=None, kinds=None):
    def climb(name):
        found = set()
        for edge in edges:
            fits = (only is None or edge["status"] == only) and (kinds is None or edge["kind"] in kinds)
            if edge["child"] == name and fits and edge["parent"] != model:
                found |= {edge["parent"]} | climb(edge["parent"])
        return found

    return climb(model)

# %% mistake="model-among-its-own-ancestors" exercise="ancestors"
def ancestors(edges, model, only=None, kinds=None):
    good = []
    for edge in edges:
        if (only is None or edge["status"] == only) and (kinds is None or edge["kind"] in kinds):
            good.append(edge)
    found = set()
    to_visit = [model]
    while to_visit:
        child = to_visit.pop()
        for edge in good:
            if edge["child"] == child and edge["parent"] not in found:
                found.add(edge["parent"])
                to_visit.append(edge["parent"])
    return found

# %% mistake="model-always-in-the-set" exercise="ancestors"
def ancestors(edges, model, only=None, kinds=None):
    good = []
    for edge in edges:
        if (only is None or edge["status"] == only) and (kinds is None or edge["kind"] in kinds):
            good.append(edge)
    found = set()
    to_visit = [model]
    while to_visit:
        child = to_visit.pop()
        for edge in good:
            if edge["child"] == child and edge["parent"] not in found:
                found.add(edge["parent"])
                to_visit.append(edge["parent"])
    return found | {model}

# %% mistake="status-never-looked-at" exercise="ancestors"
def ancestors(edges, model, only=None, kinds=None):
    good = []
    for edge in edges:
        if (kinds is None or edge["kind"] in kinds):
            good.append(edge)
    found = set()
    to_visit = [model]
    while to_visit:
        child = to_visit.pop()
        for edge in good:
            if edge["child"] == child and edge["parent"] not in found:
                found.add(edge["parent"])
                to_visit.append(edge["parent"])
    return found - {model}

# %% mistake="status-looked-at-in-the-first-step-only" exercise="ancestors"
def ancestors(edges, model, only=None, kinds=None):
    found, to_visit = set(), [model]
    while to_visit:
        child = to_visit.pop()
        for edge in edges:
            sure = only is None or edge["status"] == only or child != model
            if edge["child"] == child and sure and (kinds is None or edge["kind"] in kinds):  # noqa: SIM102
                if edge["parent"] not in found:
                    found.add(edge["parent"])
                    to_visit.append(edge["parent"])
    return found - {model}

# %% mistake="status-looked-at-in-the-last-step-only" exercise="ancestors"
def ancestors(edges, model, only=None, kinds=None):
    found, sure, to_visit = set(), set(), [model]
    while to_visit:
        child = to_visit.pop()
        for edge in edges:
            if edge["child"] == child:
                if (only is None or edge["status"] == only) and (kinds is None or edge["kind"] in kinds):
                    sure.add(edge["parent"])
                if edge["parent"] not in found:
                    found.add(edge["parent"])
                    to_visit.append(edge["parent"])
    return sure - {model}

# %% mistake="kinds-never-looked-at" exercise="ancestors"
def ancestors(edges, model, only=None, kinds=None):
    good = []
    for edge in edges:
        if (only is None or edge["status"] == only):
            good.append(edge)
    found = set()
    to_visit = [model]
    while to_visit:
        child = to_visit.pop()
        for edge in good:
            if edge["child"] == child and edge["parent"] not in found:
                found.add(edge["parent"])
                to_visit.append(edge["parent"])
    return found - {model}

# %% mistake="kinds-only-for-the-first-step" exercise="ancestors"
def ancestors(edges, model, only=None, kinds=None):
    found, to_visit = set(), [model]
    while to_visit:
        child = to_visit.pop()
        for edge in edges:
            fits = kinds is None or edge["kind"] in kinds or child != model
            if edge["child"] == child and fits and (only is None or edge["status"] == only):  # noqa: SIM102
                if edge["parent"] not in found:
                    found.add(edge["parent"])
                    to_visit.append(edge["parent"])
    return found - {model}

# %% mistake="no-kinds-read-as-all-kinds" exercise="ancestors"
def ancestors(edges, model, only=None, kinds=None):
    good = []
    for edge in edges:
        if (only is None or edge["status"] == only) and (not kinds or edge["kind"] in kinds):
            good.append(edge)
    found = set()
    to_visit = [model]
    while to_visit:
        child = to_visit.pop()
        for edge in good:
            if edge["child"] == child and edge["parent"] not in found:
                found.add(edge["parent"])
                to_visit.append(edge["parent"])
    return found - {model}

# %% mistake="one-condition-is-enough" exercise="ancestors"
def ancestors(edges, model, only=None, kinds=None):
    good = []
    for edge in edges:
        if (only is None and kinds is None) or edge["status"] == only or (kinds is not None and edge["kind"] in kinds):
            good.append(edge)
    found = set()
    to_visit = [model]
    while to_visit:
        child = to_visit.pop()
        for edge in good:
            if edge["child"] == child and edge["parent"] not in found:
                found.add(edge["parent"])
                to_visit.append(edge["parent"])
    return found - {model}

# %% mistake="only-always-means-confirmed" exercise="ancestors"
def ancestors(edges, model, only=None, kinds=None):
    good = []
    for edge in edges:
        if (only is None or edge["status"] == "confirmed") and (kinds is None or edge["kind"] in kinds):
            good.append(edge)
    found = set()
    to_visit = [model]
    while to_visit:
        child = to_visit.pop()
        for edge in good:
            if edge["child"] == child and edge["parent"] not in found:
                found.add(edge["parent"])
                to_visit.append(edge["parent"])
    return found - {model}

# %% mistake="confirmed-by-default" exercise="ancestors"
def ancestors(edges, model, only="confirmed", kinds=None):
    good = []
    for edge in edges:
        if (only is None or edge["status"] == only) and (kinds is None or edge["kind"] in kinds):
            good.append(edge)
    found = set()
    to_visit = [model]
    while to_visit:
        child = to_visit.pop()
        for edge in good:
            if edge["child"] == child and edge["parent"] not in found:
                found.add(edge["parent"])
                to_visit.append(edge["parent"])
    return found - {model}

# %% mistake="first-of-several-parents" exercise="ancestors"
def ancestors(edges, model, only=None, kinds=None):
    parent_of = {}
    for edge in edges:
        if (only is None or edge["status"] == only) and (kinds is None or edge["kind"] in kinds):
            parent_of.setdefault(edge["child"], edge["parent"])
    found = set()
    while model in parent_of and parent_of[model] not in found:
        model = parent_of[model]
        found.add(model)
    return found

# %% mistake="last-parent-of-a-dictionary" exercise="ancestors"
def ancestors(edges, model, only=None, kinds=None):
    parent_of = {}
    for edge in edges:
        if (only is None or edge["status"] == only) and (kinds is None or edge["kind"] in kinds):
            parent_of[edge["child"]] = edge["parent"]
    found, name = set(), model
    while name in parent_of and parent_of[name] not in found:
        name = parent_of[name]
        found.add(name)
    return found - {model}

# %% mistake="one-walk-through-the-list" exercise="ancestors"
def ancestors(edges, model, only=None, kinds=None):
    found = {model}
    for edge in edges:
        if (only is None or edge["status"] == only) and (kinds is None or edge["kind"] in kinds):  # noqa: SIM102
            if edge["child"] in found:
                found.add(edge["parent"])
    return found - {model}

# %% mistake="a-list-with-doubles" exercise="ancestors"
def ancestors(edges, model, only=None, kinds=None):
    found = []

    def climb(name, seen):
        for edge in edges:
            fits = (only is None or edge["status"] == only) and (kinds is None or edge["kind"] in kinds)
            if edge["child"] == name and fits and edge["parent"] not in seen:
                found.append(edge["parent"])
                climb(edge["parent"], [*seen, edge["parent"]])

    climb(model, [model])
    return found

# %% mistake="edges-used-up" exercise="ancestors"
def ancestors(edges, model, only=None, kinds=None):
    found, to_visit = set(), [model]
    while to_visit:
        child = to_visit.pop()
        for edge in list(edges):
            fits = (only is None or edge["status"] == only) and (kinds is None or edge["kind"] in kinds)
            if edge["child"] == child and fits:
                edges.remove(edge)
                found.add(edge["parent"])
                to_visit.append(edge["parent"])
    return found - {model}

# %% mistake="memory-kept-between-calls" exercise="ancestors"
def ancestors(edges, model, only=None, kinds=None, found=set()):  # noqa: B006
    for edge in edges:
        if edge["child"] == model and edge["parent"] not in found:  # noqa: SIM102
            if (only is None or edge["status"] == only) and (kinds is None or edge["kind"] in kinds):
                found.add(edge["parent"])
                ancestors(edges, edge["parent"], only, kinds, found)
    return found - {model}

# %% mistake="filters-lost-on-the-way-up" exercise="ancestors"
def ancestors(edges, model, only=None, kinds=None, seen=None):
    seen = set() if seen is None else seen
    for edge in edges:
        if edge["child"] == model and edge["parent"] not in seen:  # noqa: SIM102
            if (only is None or edge["status"] == only) and (kinds is None or edge["kind"] in kinds):
                seen.add(edge["parent"])
                ancestors(edges, edge["parent"], seen=seen)
    return seen - {model}

# %% mistake="none-for-nobody" exercise="ancestors"
def ancestors(edges, model, only=None, kinds=None):
    good = []
    for edge in edges:
        if (only is None or edge["status"] == only) and (kinds is None or edge["kind"] in kinds):
            good.append(edge)
    found = set()
    to_visit = [model]
    while to_visit:
        child = to_visit.pop()
        for edge in good:
            if edge["child"] == child and edge["parent"] not in found:
                found.add(edge["parent"])
                to_visit.append(edge["parent"])
    return found - {model} or None

# %% mistake="unknown-model-crashes" exercise="ancestors"
def ancestors(edges, model, only=None, kinds=None):
    parents = {}
    for edge in edges:
        if (only is None or edge["status"] == only) and (kinds is None or edge["kind"] in kinds):
            parents.setdefault(edge["child"], []).append(edge["parent"])
            parents.setdefault(edge["parent"], [])
    found, to_visit = set(), [model]
    while to_visit:
        for parent in parents[to_visit.pop()]:
            if parent not in found:
                found.add(parent)
                to_visit.append(parent)
    return found - {model}

# %% mistake="sisters-counted-as-ancestors" exercise="ancestors"
def ancestors(edges, model, only=None, kinds=None):
    found, to_visit = set(), [model]
    while to_visit:
        one = to_visit.pop()
        for edge in edges:
            if (only is None or edge["status"] == only) and (kinds is None or edge["kind"] in kinds):
                for here, there in (("child", "parent"), ("parent", "child")):
                    if edge[here] == one and edge[there] not in found:
                        found.add(edge[there])
                        to_visit.append(edge[there])
    return found - {model}

# %% mistake="stops-after-ten-steps" exercise="ancestors"
def ancestors(edges, model, only=None, kinds=None):
    found = {model}
    for _ in range(10):
        for edge in edges:
            if (only is None or edge["status"] == only) and (kinds is None or edge["kind"] in kinds):  # noqa: SIM102
                if edge["child"] in found:
                    found.add(edge["parent"])
    return found - {model}

# %% mistake="best-edge-between-two-forgotten" exercise="ancestors"
def ancestors(edges, model, only=None, kinds=None):
    pairs = {}
    for edge in edges:
        pairs.setdefault((edge["child"], edge["parent"]), edge)
    found, to_visit = set(), [model]
    while to_visit:
        one = to_visit.pop()
        for (child, parent), edge in pairs.items():
            fits = (only is None or edge["status"] == only) and (kinds is None or edge["kind"] in kinds)
            if child == one and fits and parent not in found:
                found.add(parent)
                to_visit.append(parent)
    return found - {model}

# %% mistake="kinds-as-one-word" exercise="ancestors"
def ancestors(edges, model, only=None, kinds=None):
    good = []
    for edge in edges:
        if (only is None or edge["status"] == only) and (kinds is None or edge["kind"] == kinds):
            good.append(edge)
    found = set()
    to_visit = [model]
    while to_visit:
        child = to_visit.pop()
        for edge in good:
            if edge["child"] == child and edge["parent"] not in found:
                found.add(edge["parent"])
                to_visit.append(edge["parent"])
    return found - {model}

# %% mistake="mit-as-a-word-will-do" exercise="license_id"
def license_id(text):
    title = (text or "").strip().split("\n\n")[0].lower()
    if title in ("apache-2.0", "mit", "llama-community", "agpl-3.0"):
        return title
    if "modified" in title.split():
        return "unknown"
    if "apache license" in title and "version 2.0" in title:
        return "apache-2.0"
    if "mit" in title.split():
        return "mit"
    if "llama" in title and "community license" in title:
        return "llama-community"
    if "gnu affero general public license" in title and "version 3" in title:
        return "agpl-3.0"
    return "unknown"

# %% mistake="title-must-begin-with-mit" exercise="license_id"
def license_id(text):
    title = (text or "").strip().split("\n\n")[0].lower()
    if title in ("apache-2.0", "mit", "llama-community", "agpl-3.0"):
        return title
    if "modified" in title.split():
        return "unknown"
    if "apache license" in title and "version 2.0" in title:
        return "apache-2.0"
    if title.startswith("mit license"):
        return "mit"
    if "llama" in title and "community license" in title:
        return "llama-community"
    if "gnu affero general public license" in title and "version 3" in title:
        return "agpl-3.0"
    return "unknown"

# %% mistake="apache-and-a-number" exercise="license_id"
def license_id(text):
    title = (text or "").strip().split("\n\n")[0].lower()
    if title in ("apache-2.0", "mit", "llama-community", "agpl-3.0"):
        return title
    if "modified" in title.split():
        return "unknown"
    if "apache" in title and "2.0" in title:
        return "apache-2.0"
    if "mit license" in title and "mit" in title.split():
        return "mit"
    if "llama" in title and "community license" in title:
        return "llama-community"
    if "gnu affero general public license" in title and "version 3" in title:
        return "agpl-3.0"
    return "unknown"

# %% mistake="first-two-hundred-letters" exercise="license_id"
def license_id(text):
    title = (text or "").strip()[:200].lower()
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

# %% mistake="last-part-instead-of-first" exercise="license_id"
def license_id(text):
    title = (text or "").strip().split("\n\n")[-1].lower()
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

# %% mistake="each-number-once" exercise="share"
def share(rows, country, include_unaffiliated=True):
    whole = sum({int(row["downloads"]) for row in rows if row["country"] or include_unaffiliated})
    part = sum({int(row["downloads"]) for row in rows if row["country"] == country})
    return 100 * part / whole if whole else None

# %% mistake="a-dictionary-keeps-the-last-row" exercise="share"
def share(rows, country, include_unaffiliated=True):
    by_country = {row["country"]: int(row["downloads"]) for row in rows}
    if not include_unaffiliated:
        by_country.pop("", None)
    whole = sum(by_country.values())
    return 100 * by_country.get(country, 0) / whole if whole else None

# %% mistake="a-dictionary-without-the-country-crashes" exercise="share"
def share(rows, country, include_unaffiliated=True):
    totals = {}
    for row in rows:
        if row["country"] or include_unaffiliated:
            totals[row["country"]] = totals.get(row["country"], 0) + int(row["downloads"])
    whole = sum(totals.values())
    return 100 * totals[country] / whole if whole else None

# %% mistake="rounded-to-one-digit" exercise="share"
def share(rows, country, include_unaffiliated=True):
    part = whole = 0
    for row in rows:
        downloads = int(row["downloads"])
        if row["country"] == country:
            part += downloads
        if row["country"] or include_unaffiliated:
            whole += downloads
    if whole == 0:
        return None
    return round(100 * part / whole, 1)

# %% mistake="nothing-to-do-ends-the-search" exercise="duties"
def duties(rules, licence, use, users=0):
    found = None
    for row in rules:
        if row["licence"] == licence and row["use"] == use:
            if row["duty"] == "":
                return []
            found = found or []
            if not row["above_users"] or users > int(row["above_users"]):
                found.append(row["duty"])
    return found


def release_check(name, parents, page):
    licences = [parent["licence"] for parent in parents if parent["kind"] != "architecture"]
    wrong = []
    if "llama-community" in licences:
        if not name.startswith("Llama"):
            wrong.append("name")
        if "Built with Llama" not in page:
            wrong.append("page")
    if "unknown" in licences:
        wrong.append("licence")
    return wrong

# %% mistake="rows-expected-side-by-side" exercise="duties"
def duties(rules, licence, use, users=0):
    found = None
    for row in rules:
        if row["licence"] == licence and row["use"] == use:
            found = [] if found is None else found
            if row["duty"] and (not row["above_users"] or users > int(row["above_users"])):
                found.append(row["duty"])
        elif found is not None:
            break
    return found


def release_check(name, parents, page):
    licences = [parent["licence"] for parent in parents if parent["kind"] != "architecture"]
    wrong = []
    if "llama-community" in licences:
        if not name.startswith("Llama"):
            wrong.append("name")
        if "Built with Llama" not in page:
            wrong.append("page")
    if "unknown" in licences:
        wrong.append("licence")
    return wrong

# %% mistake="first-row-decides-for-all" exercise="duties"
def duties(rules, licence, use, users=0):
    rows = [row for row in rules if row["licence"] == licence and row["use"] == use]
    if not rows:
        return None
    if rows[0]["above_users"] and users <= int(rows[0]["above_users"]):
        return []
    return [row["duty"] for row in rows if row["duty"]]


def release_check(name, parents, page):
    licences = [parent["licence"] for parent in parents if parent["kind"] != "architecture"]
    wrong = []
    if "llama-community" in licences:
        if not name.startswith("Llama"):
            wrong.append("name")
        if "Built with Llama" not in page:
            wrong.append("page")
    if "unknown" in licences:
        wrong.append("licence")
    return wrong

# %% mistake="text-instead-of-none" exercise="duties"
def duties(rules, licence, use, users=0):
    rows = [row for row in rules if row["licence"] == licence and row["use"] == use]
    if not rows:
        return "unknown"
    mine = [row for row in rows if not row["above_users"] or users > int(row["above_users"])]
    return [row["duty"] for row in mine if row["duty"]]


def release_check(name, parents, page):
    licences = [parent["licence"] for parent in parents if parent["kind"] != "architecture"]
    wrong = []
    if "llama-community" in licences:
        if not name.startswith("Llama"):
            wrong.append("name")
        if "Built with Llama" not in page:
            wrong.append("page")
    if "unknown" in licences:
        wrong.append("licence")
    return wrong

# %% mistake="page-must-begin-with-it" exercise="duties"
def duties(rules, licence, use, users=0):
    rows = [row for row in rules if row["licence"] == licence and row["use"] == use]
    if not rows:
        return None
    mine = [row for row in rows if not row["above_users"] or users > int(row["above_users"])]
    return [row["duty"] for row in mine if row["duty"]]


def release_check(name, parents, page):
    licences = [parent["licence"] for parent in parents if parent["kind"] != "architecture"]
    wrong = []
    if "llama-community" in licences:
        if not name.startswith("Llama"):
            wrong.append("name")
        if not page.startswith("Built with Llama"):
            wrong.append("page")
    if "unknown" in licences:
        wrong.append("licence")
    return wrong

# %% mistake="llama-in-the-first-word" exercise="duties"
def duties(rules, licence, use, users=0):
    rows = [row for row in rules if row["licence"] == licence and row["use"] == use]
    if not rows:
        return None
    mine = [row for row in rows if not row["above_users"] or users > int(row["above_users"])]
    return [row["duty"] for row in mine if row["duty"]]


def release_check(name, parents, page):
    licences = [parent["licence"] for parent in parents if parent["kind"] != "architecture"]
    wrong = []
    if "llama-community" in licences:
        if "Llama" not in name.split("-")[0]:
            wrong.append("name")
        if "Built with Llama" not in page:
            wrong.append("page")
    if "unknown" in licences:
        wrong.append("licence")
    return wrong

# %% mistake="first-word-must-be-llama" exercise="duties"
def duties(rules, licence, use, users=0):
    rows = [row for row in rules if row["licence"] == licence and row["use"] == use]
    if not rows:
        return None
    mine = [row for row in rows if not row["above_users"] or users > int(row["above_users"])]
    return [row["duty"] for row in mine if row["duty"]]


def release_check(name, parents, page):
    licences = [parent["licence"] for parent in parents if parent["kind"] != "architecture"]
    wrong = []
    if "llama-community" in licences:
        if name.split()[0] != "Llama":
            wrong.append("name")
        if "Built with Llama" not in page:
            wrong.append("page")
    if "unknown" in licences:
        wrong.append("licence")
    return wrong

# %% mistake="last-parent-only" exercise="duties"
def duties(rules, licence, use, users=0):
    rows = [row for row in rules if row["licence"] == licence and row["use"] == use]
    if not rows:
        return None
    mine = [row for row in rows if not row["above_users"] or users > int(row["above_users"])]
    return [row["duty"] for row in mine if row["duty"]]


def release_check(name, parents, page):
    licences = [parent["licence"] for parent in parents[-1:] if parent["kind"] != "architecture"]
    wrong = []
    if "llama-community" in licences:
        if not name.startswith("Llama"):
            wrong.append("name")
        if "Built with Llama" not in page:
            wrong.append("page")
    if "unknown" in licences:
        wrong.append("licence")
    return wrong

# %% mistake="licence-of-any-brand-of-llama" exercise="duties"
def duties(rules, licence, use, users=0):
    rows = [row for row in rules if row["licence"] == licence and row["use"] == use]
    if not rows:
        return None
    mine = [row for row in rows if not row["above_users"] or users > int(row["above_users"])]
    return [row["duty"] for row in mine if row["duty"]]


def release_check(name, parents, page):
    licences = [parent["licence"] for parent in parents if parent["kind"] != "architecture"]
    wrong = []
    if any("llama" in one for one in licences) or "llama" in name.lower():
        if not name.startswith("Llama"):
            wrong.append("name")
        if "Built with Llama" not in page:
            wrong.append("page")
    if "unknown" in licences:
        wrong.append("licence")
    return wrong

# %% mistake="first-of-the-families" exercise="family"
def family(papers):
    info = papers.modelinfo or {}
    if info.get("general.architecture"):
        return info["general.architecture"]
    if papers.details:
        return papers.details.families[0]
    return "unknown"


def openness(card):
    if card["weights"] != "yes":
        return "closed"
    if card["code"] == "yes" and card["data"] == "yes" and card["osi"] == "yes":
        return "open source"
    return "open weights"

# %% mistake="default-of-get-is-too-late" exercise="family"
def family(papers):
    info = papers.modelinfo or {}
    word = papers.details.family if papers.details else "unknown"
    return info.get("general.architecture", word)


def openness(card):
    if card["weights"] != "yes":
        return "closed"
    if card["code"] == "yes" and card["data"] == "yes" and card["osi"] == "yes":
        return "open source"
    return "open weights"

# %% mistake="capital-letter-for-beauty" exercise="family"
def family(papers):
    info = papers.modelinfo or {}
    name = info.get("general.architecture") or (papers.details and papers.details.family) or "unknown"
    return name.capitalize()


def openness(card):
    if card["weights"] != "yes":
        return "closed"
    if card["code"] == "yes" and card["data"] == "yes" and card["osi"] == "yes":
        return "open source"
    return "open weights"

# %% mistake="other-licence-called-closed" exercise="family"
def family(papers):
    info = papers.modelinfo or {}
    if info.get("general.architecture"):
        return info["general.architecture"]
    if papers.details and papers.details.family:
        return papers.details.family
    return "unknown"


def openness(card):
    if card["weights"] != "yes" or card["osi"] != "yes":
        return "closed"
    if card["code"] == card["data"] == "yes":
        return "open source"
    return "open weights"

# %% mistake="secret-data-called-closed" exercise="family"
def family(papers):
    info = papers.modelinfo or {}
    if info.get("general.architecture"):
        return info["general.architecture"]
    if papers.details and papers.details.family:
        return papers.details.family
    return "unknown"


def openness(card):
    if card["weights"] != "yes" or card["data"] != "yes":
        return "closed"
    if card["code"] == card["osi"] == "yes":
        return "open source"
    return "open weights"

# %% mistake="any-four-yeses-counted" exercise="family"
def family(papers):
    info = papers.modelinfo or {}
    return info.get("general.architecture") or (papers.details and papers.details.family) or "unknown"


def openness(card):
    if card["weights"] != "yes":
        return "closed"
    if list(card.values()).count("yes") >= 4:
        return "open source"
    return "open weights"

# %% mistake="every-value-of-the-card-asked" exercise="family"
def family(papers):
    info = papers.modelinfo or {}
    return info.get("general.architecture") or (papers.details and papers.details.family) or "unknown"


def openness(card):
    if card["weights"] != "yes":
        return "closed"
    if "no" in card.values() or "?" in card.values():
        return "open weights"
    return "open source"

# %% mistake="name-cut-and-made-small" exercise="family"
def family(papers):
    info = papers.modelinfo or {}
    found = info.get("general.architecture") or (papers.details and papers.details.family) or "unknown"
    return found.lower().split("-")[0]


def openness(card):
    if card["weights"] != "yes":
        return "closed"
    return "open source" if card["code"] == card["data"] == card["osi"] == "yes" else "open weights"

# %% mistake="false-for-open-weights" exercise="family"
def family(papers):
    info = papers.modelinfo or {}
    return info.get("general.architecture") or (papers.details and papers.details.family) or "unknown"


def openness(card):
    if card["weights"] != "yes":
        return "closed"
    return card["code"] == card["data"] == card["osi"] == "yes" and "open source"

# %% mistake="confirmed-means-not-reported" exercise="ancestors"
def ancestors(edges, model, only=None, kinds=None):
    good = []
    for edge in edges:
        if (only is None or edge["status"] != "reported") and (kinds is None or edge["kind"] in kinds):
            good.append(edge)
    found = set()
    to_visit = [model]
    while to_visit:
        child = to_visit.pop()
        for edge in good:
            if edge["child"] == child and edge["parent"] not in found:
                found.add(edge["parent"])
                to_visit.append(edge["parent"])
    return found - {model}

# %% mistake="first-of-the-kinds" exercise="ancestors"
def ancestors(edges, model, only=None, kinds=None):
    good = []
    for edge in edges:
        if (only is None or edge["status"] == only) and (kinds is None or edge["kind"] == kinds[0]):
            good.append(edge)
    found = set()
    to_visit = [model]
    while to_visit:
        child = to_visit.pop()
        for edge in good:
            if edge["child"] == child and edge["parent"] not in found:
                found.add(edge["parent"])
                to_visit.append(edge["parent"])
    return found - {model}

# %% mistake="a-doubtful-parent-is-out-for-good" exercise="ancestors"
def ancestors(edges, model, only=None, kinds=None):
    doubtful = {edge["parent"] for edge in edges if only is not None and edge["status"] != only}
    found, to_visit = set(), [model]
    while to_visit:
        child = to_visit.pop()
        for edge in edges:
            fits = edge["parent"] not in doubtful and (kinds is None or edge["kind"] in kinds)
            if edge["child"] == child and fits and edge["parent"] not in found:
                found.add(edge["parent"])
                to_visit.append(edge["parent"])
    return found - {model}

# %% mistake="edges-put-in-order" exercise="ancestors"
def ancestors(edges, model, only=None, kinds=None):
    edges.sort(key=lambda edge: edge["child"])
    good = []
    for edge in edges:
        if (only is None or edge["status"] == only) and (kinds is None or edge["kind"] in kinds):
            good.append(edge)
    found = set()
    to_visit = [model]
    while to_visit:
        child = to_visit.pop()
        for edge in good:
            if edge["child"] == child and edge["parent"] not in found:
                found.add(edge["parent"])
                to_visit.append(edge["parent"])
    return found - {model}

# %% mistake="two-steps-in-two-loops" exercise="ancestors"
def ancestors(edges, model, only=None, kinds=None):
    good = [e for e in edges if only in (None, e["status"]) and (kinds is None or e["kind"] in kinds)]
    found = {e["parent"] for e in good if e["child"] == model}
    found |= {e["parent"] for e in good if e["child"] in found}
    found |= {e["parent"] for e in good if e["child"] in found}
    return found - {model}

# %% mistake="global-list-of-the-found" exercise="ancestors"
FOUND = []


def ancestors(edges, model, only=None, kinds=None):
    for edge in edges:
        fits = (only is None or edge["status"] == only) and (kinds is None or edge["kind"] in kinds)
        if edge["child"] == model and fits and edge["parent"] not in FOUND:
            FOUND.append(edge["parent"])
            ancestors(edges, edge["parent"], only, kinds)
    return set(FOUND) - {model}

# %% mistake="title-of-two-lines" exercise="license_id"
def license_id(text):
    title = "\n".join((text or "").strip().lower().splitlines()[:2])
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

# %% mistake="short-name-with-a-tail" exercise="license_id"
def license_id(text):
    title = (text or "").strip().split("\n\n")[0].lower()
    for name in ("apache-2.0", "llama-community", "agpl-3.0", "mit"):
        if title.startswith(name) and len(title) < 12 and title != "mit license":
            return name
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

# %% mistake="version-two-something" exercise="license_id"
def license_id(text):
    title = (text or "").strip().split("\n\n")[0].lower()
    if title in ("apache-2.0", "mit", "llama-community", "agpl-3.0"):
        return title
    if "modified" in title.split():
        return "unknown"
    if "apache license" in title and "version 2" in title:
        return "apache-2.0"
    if "mit license" in title and "mit" in title.split():
        return "mit"
    if "llama" in title and "community license" in title:
        return "llama-community"
    if "gnu affero general public license" in title and "version 3" in title:
        return "agpl-3.0"
    return "unknown"

# %% mistake="llama-comes-first" exercise="license_id"
def license_id(text):
    title = (text or "").strip().split("\n\n")[0].lower()
    if title in ("apache-2.0", "mit", "llama-community", "agpl-3.0"):
        return title
    if "modified" in title.split():
        return "unknown"
    if "apache license" in title and "version 2.0" in title:
        return "apache-2.0"
    if "mit license" in title and "mit" in title.split():
        return "mit"
    if title.startswith("llama") and "community license" in title:
        return "llama-community"
    if "gnu affero general public license" in title and "version 3" in title:
        return "agpl-3.0"
    return "unknown"

# %% mistake="modified-comes-first" exercise="license_id"
def license_id(text):
    title = (text or "").strip().split("\n\n")[0].lower()
    if title in ("apache-2.0", "mit", "llama-community", "agpl-3.0"):
        return title
    if title.startswith("modified"):
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

# %% mistake="first-ten-words" exercise="license_id"
def license_id(text):
    title = " ".join((text or "").lower().split()[:10])
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

# %% mistake="counted-twice-by-average" exercise="share"
def share(rows, country, include_unaffiliated=True):
    whole = sum(int(row["downloads"]) for row in rows if row["country"] or include_unaffiliated)
    if not whole:
        return None
    parts = [100 * int(row["downloads"]) / whole for row in rows if row["country"] == country]
    return sum(parts) / len(parts) if parts else 0

# %% mistake="of-all-the-others" exercise="share"
def share(rows, country, include_unaffiliated=True):
    part = whole = 0
    for row in rows:
        downloads = int(row["downloads"])
        if row["country"] == country:
            part += downloads
        if row["country"] or include_unaffiliated:
            whole += downloads
    if whole == 0:
        return None
    return 100 * part / (whole - part)

# %% mistake="every-error-called-zero" exercise="share"
def share(rows, country, include_unaffiliated=True):
    try:
        whole = sum(int(r["downloads"]) for r in rows if r["country"] or include_unaffiliated)
        return 100 * sum(int(r["downloads"]) for r in rows if r["country"] == country) / whole
    except Exception:
        return 0

# %% mistake="small-limits-first" exercise="duties"
def duties(rules, licence, use, users=0):
    rows = [row for row in rules if row["licence"] == licence and row["use"] == use]
    if not rows:
        return None
    mine = [row for row in rows if not row["above_users"] or users > int(row["above_users"])]
    return [row["duty"] for row in sorted(mine, key=lambda row: row["above_users"]) if row["duty"]]


def release_check(name, parents, page):
    licences = [parent["licence"] for parent in parents if parent["kind"] != "architecture"]
    wrong = []
    if "llama-community" in licences:
        if not name.startswith("Llama"):
            wrong.append("name")
        if "Built with Llama" not in page:
            wrong.append("page")
    if "unknown" in licences:
        wrong.append("licence")
    return wrong

# %% mistake="stops-at-a-duty-of-others" exercise="duties"
def duties(rules, licence, use, users=0):
    found, known = [], False
    for row in rules:
        if row["licence"] == licence and row["use"] == use:
            known = True
            if row["above_users"] and users <= int(row["above_users"]):
                break
            if row["duty"]:
                found.append(row["duty"])
    return found if known else None


def release_check(name, parents, page):
    licences = [parent["licence"] for parent in parents if parent["kind"] != "architecture"]
    wrong = []
    if "llama-community" in licences:
        if not name.startswith("Llama"):
            wrong.append("name")
        if "Built with Llama" not in page:
            wrong.append("page")
    if "unknown" in licences:
        wrong.append("licence")
    return wrong

# %% mistake="part-of-a-use" exercise="duties"
def duties(rules, licence, use, users=0):
    rows = [row for row in rules if row["licence"] == licence and use in row["use"]]
    if not rows:
        return None
    mine = [row for row in rows if not row["above_users"] or users > int(row["above_users"])]
    return [row["duty"] for row in mine if row["duty"]]


def release_check(name, parents, page):
    licences = [parent["licence"] for parent in parents if parent["kind"] != "architecture"]
    wrong = []
    if "llama-community" in licences:
        if not name.startswith("Llama"):
            wrong.append("name")
        if "Built with Llama" not in page:
            wrong.append("page")
    if "unknown" in licences:
        wrong.append("licence")
    return wrong

# %% mistake="llama-at-the-end-will-do" exercise="duties"
def duties(rules, licence, use, users=0):
    rows = [row for row in rules if row["licence"] == licence and row["use"] == use]
    if not rows:
        return None
    mine = [row for row in rows if not row["above_users"] or users > int(row["above_users"])]
    return [row["duty"] for row in mine if row["duty"]]


def release_check(name, parents, page):
    licences = [parent["licence"] for parent in parents if parent["kind"] != "architecture"]
    wrong = []
    if "llama-community" in licences:
        if not (name.startswith("Llama") or name.endswith("Llama")):
            wrong.append("name")
        if "Built with Llama" not in page:
            wrong.append("page")
    if "unknown" in licences:
        wrong.append("licence")
    return wrong

# %% mistake="every-strict-licence-complained-of" exercise="duties"
def duties(rules, licence, use, users=0):
    rows = [row for row in rules if row["licence"] == licence and row["use"] == use]
    if not rows:
        return None
    mine = [row for row in rows if not row["above_users"] or users > int(row["above_users"])]
    return [row["duty"] for row in mine if row["duty"]]


def release_check(name, parents, page):
    licences = [parent["licence"] for parent in parents if parent["kind"] != "architecture"]
    wrong = []
    if "llama-community" in licences:
        if not name.startswith("Llama"):
            wrong.append("name")
        if "Built with Llama" not in page:
            wrong.append("page")
    if set(licences) - {"mit", "apache-2.0", "llama-community"}:
        wrong.append("licence")
    return wrong

# %% mistake="name-in-any-letters" exercise="duties"
def duties(rules, licence, use, users=0):
    rows = [r for r in rules if r["licence"] == licence and r["use"] == use]
    if not rows:
        return None
    return [r["duty"] for r in rows if r["duty"] and (not r["above_users"] or users > int(r["above_users"]))]


def release_check(name, parents, page):
    lic = [p["licence"] for p in parents if p["kind"] != "architecture"]
    wrong = []
    if "llama-community" in lic and not name.lower().startswith("llama"):
        wrong.append("name")
    if "llama-community" in lic and "Built with Llama" not in page:
        wrong.append("page")
    if "unknown" in lic:
        wrong.append("licence")
    return wrong

# %% mistake="page-in-any-letters" exercise="duties"
def duties(rules, licence, use, users=0):
    rows = [r for r in rules if r["licence"] == licence and r["use"] == use]
    if not rows:
        return None
    return [r["duty"] for r in rows if r["duty"] and (not r["above_users"] or users > int(r["above_users"]))]


def release_check(name, parents, page):
    lic = [p["licence"] for p in parents if p["kind"] != "architecture"]
    wrong = []
    if "llama-community" in lic and not name.startswith("Llama"):
        wrong.append("name")
    if "llama-community" in lic and "built with llama" not in page.lower():
        wrong.append("page")
    if "unknown" in lic:
        wrong.append("licence")
    return wrong

# %% mistake="duties-in-a-set" exercise="duties"
def duties(rules, licence, use, users=0):
    rows = [r for r in rules if r["licence"] == licence and r["use"] == use]
    if not rows:
        return None
    return {r["duty"] for r in rows if r["duty"] and (not r["above_users"] or users > int(r["above_users"]))}


def release_check(name, parents, page):
    lic = [p["licence"] for p in parents if p["kind"] != "architecture"]
    return [
        w
        for w, bad in (
            ("name", "llama-community" in lic and name[:5] != "Llama"),
            ("page", "llama-community" in lic and "Built with Llama" not in page),
            ("licence", "unknown" in lic),
        )
        if bad
    ]

# %% mistake="stops-when-it-comes-home" exercise="ancestors"
def ancestors(edges, model, only=None, kinds=None):
    good = []
    for edge in edges:
        if (only is None or edge["status"] == only) and (kinds is None or edge["kind"] in kinds):
            good.append(edge)
    found = set()
    to_visit = [model]
    while to_visit:
        child = to_visit.pop()
        if child == model and found:
            break
        for edge in good:
            if edge["child"] == child and edge["parent"] not in found:
                found.add(edge["parent"])
                to_visit.append(edge["parent"])
    return found - {model}

# %% mistake="stops-when-it-comes-home-in-a-queue" exercise="ancestors"
def ancestors(edges, model, only=None, kinds=None):
    good = []
    for edge in edges:
        if (only is None or edge["status"] == only) and (kinds is None or edge["kind"] in kinds):
            good.append(edge)
    found = set()
    to_visit = [model]
    while to_visit:
        child = to_visit.pop(0)
        if child == model and found:
            break
        for edge in good:
            if edge["child"] == child and edge["parent"] not in found:
                found.add(edge["parent"])
                to_visit.append(edge["parent"])
    return found - {model}

# %% mistake="two-walks-and-what-they-share" exercise="ancestors"
def ancestors(edges, model, only=None, kinds=None):
    def climb(fits):
        found, to_visit = set(), [model]
        while to_visit:
            child = to_visit.pop()
            for edge in edges:
                if edge["child"] == child and fits(edge) and edge["parent"] not in found:
                    found.add(edge["parent"])
                    to_visit.append(edge["parent"])
        return found - {model}

    sure = climb(lambda edge: only is None or edge["status"] == only)
    return sure & climb(lambda edge: kinds is None or edge["kind"] in kinds)

# %% mistake="a-list-of-names" exercise="ancestors"
def ancestors(edges, model, only=None, kinds=None):
    good = [e for e in edges if (only is None or e["status"] == only) and (kinds is None or e["kind"] in kinds)]
    found, todo = [], [model]
    while todo:
        child = todo.pop()
        for e in good:
            if e["child"] == child and e["parent"] not in found:
                found.append(e["parent"])
                todo.append(e["parent"])
    return [f for f in found if f != model]

# %% mistake="a-dictionary-of-names" exercise="ancestors"
def ancestors(edges, model, only=None, kinds=None):
    good = [e for e in edges if (only is None or e["status"] == only) and (kinds is None or e["kind"] in kinds)]
    seen, todo = {}, [model]
    while todo:
        child = todo.pop()
        for e in good:
            if e["child"] == child and e["parent"] not in seen and e["parent"] != model:
                seen[e["parent"]] = e["status"]
                todo.append(e["parent"])
    return seen

# %% mistake="names-one-by-one" exercise="ancestors"
def ancestors(edges, model, only=None, kinds=None):
    good = [e for e in edges if (only is None or e["status"] == only) and (kinds is None or e["kind"] in kinds)]
    seen, todo = {model}, [model]
    while todo:
        child = todo.pop()
        for e in good:
            if e["child"] == child and e["parent"] not in seen:
                seen.add(e["parent"])
                todo.append(e["parent"])
                yield e["parent"]
