# %% [markdown]
# Wrong answers to lab 3 that people really give. Each cell replaces one exercise's solution and must lose its points.
#
# ruff: noqa: F541, F821, F841, RET501, RET503, SIM103, SIM110
# (re, Path and data_file come from the lab's first cell, and wrong answers stay as people write them.)

# %% mistake="missing-file-crashes" exercise="load_rules"
def load_rules(path):
    rules = []
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        line = line.strip()
        if line and not line.startswith("#"):
            rules.append(line)
    return rules

# %% mistake="missing-file-is-none" exercise="load_rules"
def load_rules(path):
    if not Path(path).exists():
        return None
    rules = []
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        line = line.strip()
        if line and not line.startswith("#"):
            rules.append(line)
    return rules

# %% mistake="missing-file-is-an-empty-text" exercise="load_rules"
def load_rules(path):
    if not Path(path).exists():
        return ""
    rules = []
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        line = line.strip()
        if line and not line.startswith("#"):
            rules.append(line)
    return rules

# %% mistake="missing-file-becomes-a-rule" exercise="load_rules"
def load_rules(path):
    if not Path(path).exists():
        return [f"{path} was not found"]
    rules = []
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        line = line.strip()
        if line and not line.startswith("#"):
            rules.append(line)
    return rules

# %% mistake="folder-made-for-a-missing-file" exercise="load_rules"
def load_rules(path):
    if not Path(path).exists():
        Path(path).write_text("", encoding="utf-8")
    rules = []
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        line = line.strip()
        if line and not line.startswith("#"):
            rules.append(line)
    return rules

# %% mistake="wrong-error-caught" exercise="load_rules"
def load_rules(path):
    rules = []
    try:
        text = Path(path).read_text(encoding="utf-8")
    except ValueError:
        return []
    for line in text.splitlines():
        line = line.strip()
        if line and not line.startswith("#"):
            rules.append(line)
    return rules

# %% mistake="notes-taken-for-rules" exercise="load_rules"
def load_rules(path):
    if not Path(path).exists():
        return []
    rules = []
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        line = line.strip()
        if line:
            rules.append(line)
    return rules

# %% mistake="empty-lines-taken-for-rules" exercise="load_rules"
def load_rules(path):
    if not Path(path).exists():
        return []
    rules = []
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        line = line.strip()
        if not line.startswith("#"):
            rules.append(line)
    return rules

# %% mistake="notes-that-are-pushed-in-taken-for-rules" exercise="load_rules"
def load_rules(path):
    if not Path(path).exists():
        return []
    rules = []
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            rules.append(line.strip())
    return rules

# %% mistake="lines-of-spaces-taken-for-rules" exercise="load_rules"
def load_rules(path):
    if not Path(path).exists():
        return []
    rules = []
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        if line != "" and not line.strip().startswith("#"):
            rules.append(line.strip())
    return rules

# %% mistake="spaces-left-at-the-ends" exercise="load_rules"
def load_rules(path):
    if not Path(path).exists():
        return []
    rules = []
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.strip().startswith("#"):
            rules.append(line)
    return rules

# %% mistake="only-the-left-end-stripped" exercise="load_rules"
def load_rules(path):
    if not Path(path).exists():
        return []
    rules = []
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        line = line.lstrip()
        if line and not line.startswith("#"):
            rules.append(line)
    return rules

# %% mistake="everything-after-a-hash-cut" exercise="load_rules"
def load_rules(path):
    if not Path(path).exists():
        return []
    rules = []
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        line = line.split("#")[0].strip()
        if line and not line.startswith("#"):
            rules.append(line)
    return rules

# %% mistake="every-line-with-a-hash-dropped" exercise="load_rules"
def load_rules(path):
    if not Path(path).exists():
        return []
    rules = []
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        line = line.strip()
        if line and "#" not in line:
            rules.append(line)
    return rules

# %% mistake="hash-stripped-from-notes" exercise="load_rules"
def load_rules(path):
    if not Path(path).exists():
        return []
    rules = []
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        line = line.strip().lstrip("#").strip()
        if line:
            rules.append(line)
    return rules

# %% mistake="same-rule-kept-once" exercise="load_rules"
def load_rules(path):
    if not Path(path).exists():
        return []
    rules = []
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        line = line.strip()
        if line not in rules and line and not line.startswith("#"):
            rules.append(line)
    return rules

# %% mistake="set-loses-the-order" exercise="load_rules"
def load_rules(path):
    if not Path(path).exists():
        return []
    rules = []
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        line = line.strip()
        if line and not line.startswith("#"):
            rules.append(line)
    return sorted(set(rules))

# %% mistake="small-letters-only" exercise="load_rules"
def load_rules(path):
    if not Path(path).exists():
        return []
    rules = []
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        line = line.strip()
        if line and not line.startswith("#"):
            rules.append(line.lower())
    return rules

# %% mistake="one-text-instead-of-a-list" exercise="load_rules"
def load_rules(path):
    if not Path(path).exists():
        return []
    rules = []
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        line = line.strip()
        if line and not line.startswith("#"):
            rules.append(line)
    return "\n".join(rules)

# %% mistake="letters-instead-of-lines" exercise="load_rules"
def load_rules(path):
    if not Path(path).exists():
        return []
    rules = []
    for line in Path(path).read_text(encoding="utf-8"):
        line = line.strip()
        if line and not line.startswith("#"):
            rules.append(line)
    return rules

# %% mistake="cut-at-full-stops" exercise="load_rules"
def load_rules(path):
    if not Path(path).exists():
        return []
    rules = []
    for line in Path(path).read_text(encoding="utf-8").replace("\n", " ").split("."):
        line = line.strip()
        if line and not line.startswith("#"):
            rules.append(line)
    return rules

# %% mistake="words-instead-of-lines" exercise="load_rules"
def load_rules(path):
    if not Path(path).exists():
        return []
    rules = []
    for line in Path(path).read_text(encoding="utf-8").split():
        line = line.strip()
        if line and not line.startswith("#"):
            rules.append(line)
    return rules

# %% mistake="last-line-lost" exercise="load_rules"
def load_rules(path):
    if not Path(path).exists():
        return []
    rules = []
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        line = line.strip()
        if line and not line.startswith("#"):
            rules.append(line)
    return rules[:-1]

# %% mistake="first-line-always-a-note" exercise="load_rules"
def load_rules(path):
    if not Path(path).exists():
        return []
    rules = []
    for line in Path(path).read_text(encoding="utf-8").splitlines()[1:]:
        line = line.strip()
        if line:
            rules.append(line)
    return rules

# %% mistake="stops-at-the-first-empty-line" exercise="load_rules"
def load_rules(path):
    if not Path(path).exists():
        return []
    rules = []
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        line = line.strip()
        if not line:
            break
        if not line.startswith("#"):
            rules.append(line)
    return rules

# %% mistake="ascii-only" exercise="load_rules"
def load_rules(path):
    if not Path(path).exists():
        return []
    rules = []
    for line in Path(path).read_text(encoding="ascii", errors="ignore").splitlines():
        line = line.strip()
        if line and not line.startswith("#"):
            rules.append(line)
    return rules

# %% mistake="read-as-latin-1" exercise="load_rules"
def load_rules(path):
    if not Path(path).exists():
        return []
    rules = []
    for line in Path(path).read_text(encoding="latin-1").splitlines():
        line = line.strip()
        if line and not line.startswith("#"):
            rules.append(line)
    return rules

# %% mistake="always-the-same-file" exercise="load_rules"
def load_rules(path):
    if not Path(path).exists():
        return []
    rules = []
    for line in data_file("rules.txt").read_text(encoding="utf-8").splitlines():
        line = line.strip()
        if line and not line.startswith("#"):
            rules.append(line)
    return rules

# %% mistake="list-shared-by-all-files" exercise="load_rules"
def load_rules(path, rules=[]):  # noqa: B006
    if not Path(path).exists():
        return []
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        line = line.strip()
        if line and not line.startswith("#"):
            rules.append(line)
    return rules

# %% mistake="printed-instead-of-returned" exercise="load_rules"
def load_rules(path):
    if not Path(path).exists():
        return []
    rules = []
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        line = line.strip()
        if line and not line.startswith("#"):
            print(line)

# %% mistake="file-object-returned" exercise="load_rules"
def load_rules(path):
    if not Path(path).exists():
        return []
    return Path(path).open(encoding="utf-8")

# %% mistake="numbered-rules" exercise="load_rules"
def load_rules(path):
    if not Path(path).exists():
        return []
    rules = []
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        line = line.strip()
        if line and not line.startswith("#"):
            rules.append(f"{len(rules) + 1}. {line}")
    return rules

# %% mistake="return-in-the-loop" exercise="load_rules"
def load_rules(path):
    if not Path(path).exists():
        return []
    rules = []
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        line = line.strip()
        if line and not line.startswith("#"):
            rules.append(line)
            return rules
    return rules

# %% mistake="hashes-stripped-from-the-ends" exercise="load_rules"
def load_rules(path):
    if not Path(path).exists():
        return []
    rules = []
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.strip().startswith("#"):
            rules.append(line.strip(" \t#"))
    return rules

# %% mistake="whatever-happens-no-rules" exercise="load_rules"
def load_rules(path):
    try:
        text = Path(path).read_text(encoding="utf-8")
    except Exception:
        return []
    return [line.strip() for line in text.splitlines() if line.strip() and not line.strip().startswith("#")]

# %% mistake="letters-that-are-not-utf-8-dropped" exercise="load_rules"
def load_rules(path):
    if not Path(path).exists():
        return []
    text = Path(path).read_text(encoding="utf-8", errors="ignore")
    return [line.strip() for line in text.splitlines() if line.strip() and not line.strip().startswith("#")]

# %% mistake="rules-one-by-one-in-no-list" exercise="load_rules"
def load_rules(path):
    if Path(path).exists():
        for line in Path(path).read_text(encoding="utf-8").splitlines():
            if line.strip() and not line.strip().startswith("#"):
                yield line.strip()

# %% mistake="spaces-inside-a-rule-squeezed" exercise="load_rules"
def load_rules(path):
    if not Path(path).exists():
        return []
    text = Path(path).read_text(encoding="utf-8")
    return [" ".join(line.split()) for line in text.splitlines() if line.strip() and not line.strip().startswith("#")]

# %% mistake="last-letter-cut" exercise="load_rules"
def load_rules(path):
    if not Path(path).exists():
        return []
    with Path(path).open(encoding="utf-8") as f:
        return [line[:-1].strip() for line in f if line.strip() and not line.strip().startswith("#")]

# %% mistake="missing-file-made" exercise="load_rules"
def load_rules(path):
    with Path(path).open("a+", encoding="utf-8") as f:
        f.seek(0)
        return [line.strip() for line in f if line.strip() and not line.strip().startswith("#")]

# %% mistake="a-dot-added-to-each-rule" exercise="load_rules"
def load_rules(path):
    if not Path(path).exists():
        return []
    text = Path(path).read_text(encoding="utf-8")
    return [
        line.strip().rstrip(".") + "."
        for line in text.splitlines()
        if line.strip() and not line.strip().startswith("#")
    ]

# %% mistake="rules-glued-into-the-users-text" exercise="build_prompt"
def build_prompt(question, rules, place=None, max_words=None):
    lines = list(rules)
    if place:
        lines.append(f"The user is in {place}.")
    if max_words:
        lines.append(f"Use at most {max_words} words.")
    return [{"role": "user", "content": "\n".join([*lines, question])}]

# %% mistake="rules-glued-behind-the-users-text" exercise="build_prompt"
def build_prompt(question, rules, place=None, max_words=None):
    lines = list(rules)
    if place:
        lines.append(f"The user is in {place}.")
    if max_words:
        lines.append(f"Use at most {max_words} words.")
    return [{"role": "user", "content": question + "\n" + "\n".join(lines)}]

# %% mistake="rules-in-both-places" exercise="build_prompt"
def build_prompt(question, rules, place=None, max_words=None):
    lines = list(rules)
    if place:
        lines.append(f"The user is in {place}.")
    if max_words:
        lines.append(f"Use at most {max_words} words.")
    messages = []
    if lines:
        messages.append({"role": "system", "content": "\n".join(lines)})
    messages.append({"role": "user", "content": "\n".join([*rules, question])})
    return messages

# %% mistake="question-repeated-in-the-system-message" exercise="build_prompt"
def build_prompt(question, rules, place=None, max_words=None):
    lines = list(rules)
    if place:
        lines.append(f"The user is in {place}.")
    if max_words:
        lines.append(f"Use at most {max_words} words.")
    messages = []
    if lines:
        messages.append({"role": "system", "content": "\n".join([*lines, "Question: " + question])})
    messages.append({"role": "user", "content": question})
    return messages

# %% mistake="place-glued-to-the-question" exercise="build_prompt"
def build_prompt(question, rules, place=None, max_words=None):
    lines = list(rules)
    if place:
        question = f"{question} (I am in {place}.)"
    if max_words:
        lines.append(f"Use at most {max_words} words.")
    messages = []
    if lines:
        messages.append({"role": "system", "content": "\n".join(lines)})
    messages.append({"role": "user", "content": question})
    return messages

# %% mistake="limit-glued-to-the-question" exercise="build_prompt"
def build_prompt(question, rules, place=None, max_words=None):
    lines = list(rules)
    if place:
        lines.append(f"The user is in {place}.")
    if max_words:
        question += f" Use at most {max_words} words."
    messages = []
    if lines:
        messages.append({"role": "system", "content": "\n".join(lines)})
    messages.append({"role": "user", "content": question})
    return messages

# %% mistake="question-tidied" exercise="build_prompt"
def build_prompt(question, rules, place=None, max_words=None):
    lines = list(rules)
    if place:
        lines.append(f"The user is in {place}.")
    if max_words:
        lines.append(f"Use at most {max_words} words.")
    messages = []
    if lines:
        messages.append({"role": "system", "content": "\n".join(lines)})
    messages.append({"role": "user", "content": question.strip()})
    return messages

# %% mistake="question-with-a-label" exercise="build_prompt"
def build_prompt(question, rules, place=None, max_words=None):
    lines = list(rules)
    if place:
        lines.append(f"The user is in {place}.")
    if max_words:
        lines.append(f"Use at most {max_words} words.")
    messages = []
    if lines:
        messages.append({"role": "system", "content": "\n".join(lines)})
    messages.append({"role": "user", "content": f"Question: {question}"})
    return messages

# %% mistake="question-filled-in-by-format" exercise="build_prompt"
def build_prompt(question, rules, place=None, max_words=None):
    lines = list(rules)
    if place:
        lines.append(f"The user is in {place}.")
    if max_words:
        lines.append(f"Use at most {max_words} words.")
    messages = []
    if lines:
        messages.append({"role": "system", "content": "\n".join(lines)})
    messages.append({"role": "user", "content": question})
    messages[-1]["content"] = question.replace("{", "").replace("}", "")
    return messages

# %% mistake="system-lines-taken-out-of-the-question" exercise="build_prompt"
def build_prompt(question, rules, place=None, max_words=None):
    lines = list(rules)
    if place:
        lines.append(f"The user is in {place}.")
    if max_words:
        lines.append(f"Use at most {max_words} words.")
    messages = []
    if lines:
        messages.append({"role": "system", "content": "\n".join(lines)})
    kept = [line for line in question.splitlines() if not line.startswith("SYSTEM")]
    messages.append({"role": "user", "content": "\n".join(kept)})
    return messages

# %% mistake="one-system-message-for-each-rule" exercise="build_prompt"
def build_prompt(question, rules, place=None, max_words=None):
    lines = list(rules)
    if place:
        lines.append(f"The user is in {place}.")
    if max_words:
        lines.append(f"Use at most {max_words} words.")
    messages = [{"role": "system", "content": line} for line in lines]
    messages.append({"role": "user", "content": question})
    return messages

# %% mistake="rules-said-by-the-user" exercise="build_prompt"
def build_prompt(question, rules, place=None, max_words=None):
    lines = list(rules)
    if place:
        lines.append(f"The user is in {place}.")
    if max_words:
        lines.append(f"Use at most {max_words} words.")
    messages = []
    if lines:
        messages.append({"role": "user", "content": "\n".join(lines)})
    messages.append({"role": "user", "content": question})
    return messages

# %% mistake="rules-said-by-the-assistant" exercise="build_prompt"
def build_prompt(question, rules, place=None, max_words=None):
    lines = list(rules)
    if place:
        lines.append(f"The user is in {place}.")
    if max_words:
        lines.append(f"Use at most {max_words} words.")
    messages = []
    if lines:
        messages.append({"role": "assistant", "content": "\n".join(lines)})
    messages.append({"role": "user", "content": question})
    return messages

# %% mistake="system-after-the-question" exercise="build_prompt"
def build_prompt(question, rules, place=None, max_words=None):
    lines = list(rules)
    if place:
        lines.append(f"The user is in {place}.")
    if max_words:
        lines.append(f"Use at most {max_words} words.")
    messages = [{"role": "user", "content": question}]
    if lines:
        messages.append({"role": "system", "content": "\n".join(lines)})
    return messages

# %% mistake="all-rules-on-one-line" exercise="build_prompt"
def build_prompt(question, rules, place=None, max_words=None):
    lines = list(rules)
    if place:
        lines.append(f"The user is in {place}.")
    if max_words:
        lines.append(f"Use at most {max_words} words.")
    messages = []
    if lines:
        messages.append({"role": "system", "content": " ".join(lines)})
    messages.append({"role": "user", "content": question})
    return messages

# %% mistake="rules-with-commas" exercise="build_prompt"
def build_prompt(question, rules, place=None, max_words=None):
    lines = list(rules)
    if place:
        lines.append(f"The user is in {place}.")
    if max_words:
        lines.append(f"Use at most {max_words} words.")
    messages = []
    if lines:
        messages.append({"role": "system", "content": ", ".join(lines)})
    messages.append({"role": "user", "content": question})
    return messages

# %% mistake="python-list-as-text" exercise="build_prompt"
def build_prompt(question, rules, place=None, max_words=None):
    lines = list(rules)
    if place:
        lines.append(f"The user is in {place}.")
    if max_words:
        lines.append(f"Use at most {max_words} words.")
    messages = []
    if lines:
        messages.append({"role": "system", "content": str(lines)})
    messages.append({"role": "user", "content": question})
    return messages

# %% mistake="rules-as-a-list-not-a-text" exercise="build_prompt"
def build_prompt(question, rules, place=None, max_words=None):
    lines = list(rules)
    if place:
        lines.append(f"The user is in {place}.")
    if max_words:
        lines.append(f"Use at most {max_words} words.")
    messages = []
    if lines:
        messages.append({"role": "system", "content": lines})
    messages.append({"role": "user", "content": question})
    return messages

# %% mistake="empty-system-message" exercise="build_prompt"
def build_prompt(question, rules, place=None, max_words=None):
    lines = list(rules)
    if place:
        lines.append(f"The user is in {place}.")
    if max_words:
        lines.append(f"Use at most {max_words} words.")
    messages = []
    messages.append({"role": "system", "content": "\n".join(lines)})
    messages.append({"role": "user", "content": question})
    return messages

# %% mistake="none-written-for-the-place" exercise="build_prompt"
def build_prompt(question, rules, place=None, max_words=None):
    lines = list(rules)
    lines.append(f"The user is in {place}.")
    if max_words:
        lines.append(f"Use at most {max_words} words.")
    messages = []
    if lines:
        messages.append({"role": "system", "content": "\n".join(lines)})
    messages.append({"role": "user", "content": question})
    return messages

# %% mistake="none-written-for-the-limit" exercise="build_prompt"
def build_prompt(question, rules, place=None, max_words=None):
    lines = list(rules)
    if place:
        lines.append(f"The user is in {place}.")
    lines.append(f"Use at most {max_words} words.")
    messages = []
    if lines:
        messages.append({"role": "system", "content": "\n".join(lines)})
    messages.append({"role": "user", "content": question})
    return messages

# %% mistake="rules-sorted" exercise="build_prompt"
def build_prompt(question, rules, place=None, max_words=None):
    lines = sorted(rules)
    if place:
        lines.append(f"The user is in {place}.")
    if max_words:
        lines.append(f"Use at most {max_words} words.")
    messages = []
    if lines:
        messages.append({"role": "system", "content": "\n".join(lines)})
    messages.append({"role": "user", "content": question})
    return messages

# %% mistake="rules-newest-first" exercise="build_prompt"
def build_prompt(question, rules, place=None, max_words=None):
    lines = list(rules)[::-1]
    if place:
        lines.append(f"The user is in {place}.")
    if max_words:
        lines.append(f"Use at most {max_words} words.")
    messages = []
    if lines:
        messages.append({"role": "system", "content": "\n".join(lines)})
    messages.append({"role": "user", "content": question})
    return messages

# %% mistake="rules-made-a-set" exercise="build_prompt"
def build_prompt(question, rules, place=None, max_words=None):
    lines = sorted(set(rules), key=len)
    if place:
        lines.append(f"The user is in {place}.")
    if max_words:
        lines.append(f"Use at most {max_words} words.")
    messages = []
    if lines:
        messages.append({"role": "system", "content": "\n".join(lines)})
    messages.append({"role": "user", "content": question})
    return messages

# %% mistake="first-rule-only" exercise="build_prompt"
def build_prompt(question, rules, place=None, max_words=None):
    lines = list(rules[:1])
    if place:
        lines.append(f"The user is in {place}.")
    if max_words:
        lines.append(f"Use at most {max_words} words.")
    messages = []
    if lines:
        messages.append({"role": "system", "content": "\n".join(lines)})
    messages.append({"role": "user", "content": question})
    return messages

# %% mistake="callers-list-used" exercise="build_prompt"
def build_prompt(question, rules, place=None, max_words=None):
    lines = rules
    if place:
        lines.append(f"The user is in {place}.")
    if max_words:
        lines.append(f"Use at most {max_words} words.")
    messages = []
    if lines:
        messages.append({"role": "system", "content": "\n".join(lines)})
    messages.append({"role": "user", "content": question})
    return messages

# %% mistake="rules-in-small-letters" exercise="build_prompt"
def build_prompt(question, rules, place=None, max_words=None):
    lines = [rule.lower() for rule in rules]
    if place:
        lines.append(f"The user is in {place}.")
    if max_words:
        lines.append(f"Use at most {max_words} words.")
    messages = []
    if lines:
        messages.append({"role": "system", "content": "\n".join(lines)})
    messages.append({"role": "user", "content": question})
    return messages

# %% mistake="place-without-rules-lost" exercise="build_prompt"
def build_prompt(question, rules, place=None, max_words=None):
    lines = list(rules)
    if place:
        lines.append(f"The user is in {place}.")
    if max_words:
        lines.append(f"Use at most {max_words} words.")
    messages = []
    if rules:
        messages.append({"role": "system", "content": "\n".join(lines)})
    messages.append({"role": "user", "content": question})
    return messages

# %% mistake="limit-instead-of-the-place" exercise="build_prompt"
def build_prompt(question, rules, place=None, max_words=None):
    lines = list(rules)
    if place:
        lines.append(f"The user is in {place}.")
    elif max_words:
        lines.append(f"Use at most {max_words} words.")
    messages = []
    if lines:
        messages.append({"role": "system", "content": "\n".join(lines)})
    messages.append({"role": "user", "content": question})
    return messages

# %% mistake="fixed-place" exercise="build_prompt"
def build_prompt(question, rules, place=None, max_words=None):
    lines = list(rules)
    if place:
        lines.append(f"The user is in Japan.")
    if max_words:
        lines.append(f"Use at most {max_words} words.")
    messages = []
    if lines:
        messages.append({"role": "system", "content": "\n".join(lines)})
    messages.append({"role": "user", "content": question})
    return messages

# %% mistake="fixed-limit" exercise="build_prompt"
def build_prompt(question, rules, place=None, max_words=None):
    lines = list(rules)
    if place:
        lines.append(f"The user is in {place}.")
    if max_words:
        lines.append(f"Use at most 20 words.")
    messages = []
    if lines:
        messages.append({"role": "system", "content": "\n".join(lines)})
    messages.append({"role": "user", "content": question})
    return messages

# %% mistake="place-fixed-when-defined" exercise="build_prompt"
HERE = "Japan"  # looked up once, when the program starts


def build_prompt(question, rules, place=HERE, max_words=None):
    lines = list(rules)
    if place:
        lines.append(f"The user is in {place}.")
    if max_words:
        lines.append(f"Use at most {max_words} words.")
    messages = []
    if lines:
        messages.append({"role": "system", "content": "\n".join(lines)})
    messages.append({"role": "user", "content": question})
    return messages

# %% mistake="place-looked-up-on-the-network" exercise="build_prompt"
from urllib.request import urlopen


def build_prompt(question, rules, place=None, max_words=None):
    if place is None:
        place = urlopen("http://127.0.0.1:9/country").read().decode()
    lines = list(rules)
    if place:
        lines.append(f"The user is in {place}.")
    if max_words:
        lines.append(f"Use at most {max_words} words.")
    messages = []
    if lines:
        messages.append({"role": "system", "content": "\n".join(lines)})
    messages.append({"role": "user", "content": question})
    return messages

# %% mistake="place-kept-from-the-call-before" exercise="build_prompt"
KNOWN = {}


def build_prompt(question, rules, place=None, max_words=None):
    if place:
        KNOWN["place"] = place
    place = KNOWN.get("place")
    lines = list(rules)
    if place:
        lines.append(f"The user is in {place}.")
    if max_words:
        lines.append(f"Use at most {max_words} words.")
    messages = []
    if lines:
        messages.append({"role": "system", "content": "\n".join(lines)})
    messages.append({"role": "user", "content": question})
    return messages

# %% mistake="place-on-the-last-rules-line" exercise="build_prompt"
def build_prompt(question, rules, place=None, max_words=None):
    lines = list(rules)
    if place:
        lines = [*lines[:-1], (lines[-1] if lines else "") + f" The user is in {place}."]
    if max_words:
        lines.append(f"Use at most {max_words} words.")
    messages = []
    if lines:
        messages.append({"role": "system", "content": "\n".join(lines)})
    messages.append({"role": "user", "content": question})
    return messages

# %% mistake="one-list-shared-by-all-calls" exercise="build_prompt"
LINES = []


def build_prompt(question, rules, place=None, max_words=None):
    lines = LINES
    lines.extend(rules)
    if place:
        lines.append(f"The user is in {place}.")
    if max_words:
        lines.append(f"Use at most {max_words} words.")
    messages = []
    if lines:
        messages.append({"role": "system", "content": "\n".join(lines)})
    messages.append({"role": "user", "content": question})
    return messages

# %% mistake="printed-instead-of-returned-by-build" exercise="build_prompt"
def build_prompt(question, rules, place=None, max_words=None):
    lines = list(rules)
    if place:
        lines.append(f"The user is in {place}.")
    if max_words:
        lines.append(f"Use at most {max_words} words.")
    messages = []
    if lines:
        messages.append({"role": "system", "content": "\n".join(lines)})
    messages.append({"role": "user", "content": question})
    print(messages)

# %% mistake="variable-name-in-the-text" exercise="build_prompt"
def build_prompt(question, rules, place=None, max_words=None):
    lines = list(rules)
    if place:
        lines.append("The user is in {place}.")
    if max_words:
        lines.append(f"Use at most {max_words} words.")
    messages = []
    if lines:
        messages.append({"role": "system", "content": "\n".join(lines)})
    messages.append({"role": "user", "content": question})
    return messages

# %% mistake="place-and-limit-on-one-line" exercise="build_prompt"
def build_prompt(question, rules, place=None, max_words=None):
    lines = list(rules)
    extra = ""
    if place:
        extra += f"The user is in {place}. "
    if max_words:
        extra += f"Use at most {max_words} words."
    if extra:
        lines.append(extra)
    m = [{"role": "user", "content": question}]
    return [{"role": "system", "content": "\n".join(lines)}, *m] if lines else m

# %% mistake="messages-one-by-one-in-no-list" exercise="build_prompt"
def build_prompt(question, rules, place=None, max_words=None):
    lines = list(rules)
    if place:
        lines.append(f"The user is in {place}.")
    if max_words:
        lines.append(f"Use at most {max_words} words.")
    if lines:
        yield {"role": "system", "content": "\n".join(lines)}
    yield {"role": "user", "content": question}

# %% mistake="a-heading-where-nothing-is-said" exercise="build_prompt"
def build_prompt(question, rules, place=None, max_words=None):
    lines = ["You are a helpful assistant.", *rules]
    if place:
        lines.append(f"The user is in {place}.")
    if max_words:
        lines.append(f"Use at most {max_words} words.")
    m = [{"role": "user", "content": question}]
    return [{"role": "system", "content": "\n".join(lines)}, *m]

# %% mistake="three-rules-and-no-more" exercise="build_prompt"
def build_prompt(question, rules, place=None, max_words=None):
    lines = list(rules)[:3]
    if place:
        lines.append(f"The user is in {place}.")
    if max_words:
        lines.append(f"Use at most {max_words} words.")
    m = [{"role": "user", "content": question}]
    return [{"role": "system", "content": "\n".join(lines)}, *m] if lines else m

# %% mistake="dots-taken-off-the-rules" exercise="build_prompt"
def build_prompt(question, rules, place=None, max_words=None):
    lines = [r.rstrip(".") for r in rules]
    if place:
        lines.append(f"The user is in {place}.")
    if max_words:
        lines.append(f"Use at most {max_words} words.")
    m = [{"role": "user", "content": question}]
    return [{"role": "system", "content": "\n".join(lines)}, *m] if lines else m

# %% mistake="no-found-inside-words" exercise="parse_yes_no"
def parse_yes_no(reply):
    if "no" in reply.lower():
        return False
    if "yes" in reply.lower():
        return True
    return None

# %% mistake="yes-looked-for-anywhere-first" exercise="parse_yes_no"
def parse_yes_no(reply):
    if "yes" in reply.lower():
        return True
    if "no" in reply.lower():
        return False
    return None

# %% mistake="no-means-no-else-yes" exercise="parse_yes_no"
def parse_yes_no(reply):
    return "no" not in reply.lower()

# %% mistake="yes-means-yes-else-no" exercise="parse_yes_no"
def parse_yes_no(reply):
    return "yes" in reply.lower()

# %% mistake="whole-reply-compared" exercise="parse_yes_no"
def parse_yes_no(reply):
    answer = reply.strip().lower()
    if answer == "yes":
        return True
    if answer == "no":
        return False
    return None

# %% mistake="whole-reply-without-a-dot-compared" exercise="parse_yes_no"
def parse_yes_no(reply):
    answer = reply.strip().strip(".!").lower()
    return {"yes": True, "no": False}.get(answer)

# %% mistake="begins-with-the-letters" exercise="parse_yes_no"
def parse_yes_no(reply):
    answer = reply.strip().lower()
    if answer.startswith("yes"):
        return True
    if answer.startswith("no"):
        return False
    return None

# %% mistake="first-word-with-its-signs" exercise="parse_yes_no"
def parse_yes_no(reply):
    words = reply.lower().split()
    if not words:
        return None
    return {"yes": True, "no": False}.get(words[0])

# %% mistake="first-word-only-dots-taken-off" exercise="parse_yes_no"
def parse_yes_no(reply):
    words = reply.lower().split()
    if not words:
        return None
    return {"yes": True, "no": False}.get(words[0].strip(".,!"))

# %% mistake="empty-reply-crashes" exercise="parse_yes_no"
def parse_yes_no(reply):
    word = reply.lower().split()[0].strip(".,!?*-\"'")
    return {"yes": True, "no": False}.get(word)

# %% mistake="signs-alone-before-the-word" exercise="parse_yes_no"
def parse_yes_no(reply):
    words = reply.lower().split()
    if not words:
        return None
    return {"yes": True, "no": False}.get(words[0].strip(".,!?*-\"'"))

# %% mistake="capitals-matter" exercise="parse_yes_no"
def parse_yes_no(reply):
    words = reply.replace(".", " ").replace(",", " ").split()
    if words and words[0] in ("Yes", "YES"):
        return True
    if words and words[0] in ("No", "NO"):
        return False
    return None

# %% mistake="capitals-matter-to-the-pattern" exercise="parse_yes_no"
import re


def parse_yes_no(reply):
    found = re.match(r"\W*(yes|no)\b", reply)
    if found is None:
        return None
    return found[1].lower() == "yes"

# %% mistake="pattern-without-the-edge" exercise="parse_yes_no"
import re


def parse_yes_no(reply):
    found = re.match(r"\W*(yes|no)", reply, re.IGNORECASE)
    if found is None:
        return None
    return found[1].lower() == "yes"

# %% mistake="pattern-anywhere" exercise="parse_yes_no"
import re


def parse_yes_no(reply):
    found = re.search(r"\b(yes|no)\b", reply, re.IGNORECASE)
    if found is None:
        return None
    return found[1].lower() == "yes"

# %% mistake="pattern-takes-no-signs-before" exercise="parse_yes_no"
import re


def parse_yes_no(reply):
    found = re.match(r"\s*(yes|no)\b", reply, re.IGNORECASE)
    if found is None:
        return None
    return found[1].lower() == "yes"

# %% mistake="pattern-of-the-last-word" exercise="parse_yes_no"
import re


def parse_yes_no(reply):
    found = re.search(r"\b(yes|no)\W*$", reply, re.IGNORECASE)
    if found is None:
        return None
    return found[1].lower() == "yes"

# %% mistake="unclear-is-no" exercise="parse_yes_no"
import re


def parse_yes_no(reply):
    found = re.match(r"\W*(yes|no)\b", reply, re.IGNORECASE)
    if found is None:
        return False
    return found[1].lower() == "yes"

# %% mistake="unclear-is-yes" exercise="parse_yes_no"
import re


def parse_yes_no(reply):
    found = re.match(r"\W*(yes|no)\b", reply, re.IGNORECASE)
    if found is None:
        return True
    return found[1].lower() == "yes"

# %% mistake="unclear-is-a-text" exercise="parse_yes_no"
import re


def parse_yes_no(reply):
    found = re.match(r"\W*(yes|no)\b", reply, re.IGNORECASE)
    if found is None:
        return "unclear"
    return found[1].lower() == "yes"

# %% mistake="unclear-is-an-error" exercise="parse_yes_no"
import re


def parse_yes_no(reply):
    found = re.match(r"\W*(yes|no)\b", reply, re.IGNORECASE)
    if found is None:
        raise ValueError("neither yes nor no")
    return found[1].lower() == "yes"

# %% mistake="upside-down" exercise="parse_yes_no"
import re


def parse_yes_no(reply):
    found = re.match(r"\W*(yes|no)\b", reply, re.IGNORECASE)
    if found is None:
        return None
    return found[1].lower() == "no"

# %% mistake="texts-instead-of-truth" exercise="parse_yes_no"
import re


def parse_yes_no(reply):
    found = re.match(r"\W*(yes|no)\b", reply, re.IGNORECASE)
    if found is None:
        return None
    return found[1].lower()

# %% mistake="truth-as-text" exercise="parse_yes_no"
import re


def parse_yes_no(reply):
    found = re.match(r"\W*(yes|no)\b", reply, re.IGNORECASE)
    if found is None:
        return None
    return "True" if found[1].lower() == "yes" else "False"

# %% mistake="ones-and-zeros" exercise="parse_yes_no"
import re


def parse_yes_no(reply):
    found = re.match(r"\W*(yes|no)\b", reply, re.IGNORECASE)
    if found is None:
        return None
    return int(found[1].lower() == "yes")

# %% mistake="match-object-returned" exercise="parse_yes_no"
import re


def parse_yes_no(reply):
    found = re.match(r"\W*(yes|no)\b", reply, re.IGNORECASE)
    if found is None:
        return None
    return found if found[1].lower() == "yes" else False

# %% mistake="no-is-never-returned" exercise="parse_yes_no"
import re


def parse_yes_no(reply):
    found = re.match(r"\W*(yes|no)\b", reply, re.IGNORECASE)
    if found is None:
        return None
    if found[1].lower() == "yes":
        return True

# %% mistake="printed-instead-of-returned-by-parse" exercise="parse_yes_no"
import re


def parse_yes_no(reply):
    found = re.match(r"\W*(yes|no)\b", reply, re.IGNORECASE)
    if found is None:
        return None
    print(found[1].lower() == "yes")

# %% mistake="last-one-wins" exercise="parse_yes_no"
def parse_yes_no(reply):
    verdict = None
    for word in re.findall(r"\w+", reply.lower()):
        if word == "yes":
            verdict = True
        if word == "no":
            verdict = False
    return verdict

# %% mistake="first-yes-or-no-anywhere" exercise="parse_yes_no"
def parse_yes_no(reply):
    for word in re.findall(r"\w+", reply.lower()):
        if word in ("yes", "no"):
            return word == "yes"
    return None

# %% mistake="majority" exercise="parse_yes_no"
def parse_yes_no(reply):
    words = re.findall(r"\w+", reply.lower())
    yes, no = words.count("yes"), words.count("no")
    return None if yes == no else yes > no

# %% mistake="first-letter-decides" exercise="parse_yes_no"
def parse_yes_no(reply):
    letters = re.sub(r"\W", "", reply).lower()
    return {"y": True, "n": False}.get(letters[:1])

# %% mistake="other-words-for-yes" exercise="parse_yes_no"
def parse_yes_no(reply):
    words = re.findall(r"\w+", reply.lower())
    if not words:
        return None
    if words[0] in ("yes", "sure", "yep", "ok", "maybe"):
        return True
    return False if words[0] in ("no", "nope", "not") else None

# %% mistake="two-letters-cut" exercise="parse_yes_no"
def parse_yes_no(reply):
    text = reply.strip().lower()
    if text[:3] == "yes":
        return True
    return False if text[:2] == "no" else None

# %% mistake="real-truth-of-a-text" exercise="parse_yes_no"
def parse_yes_no(reply):
    return bool(reply)

# %% mistake="any-line-may-begin-with-it" exercise="parse_yes_no"
import re


def parse_yes_no(reply):
    found = re.search(r"^\W*(yes|no)\b", reply, re.IGNORECASE | re.MULTILINE)
    if found is None:
        return None
    return found[1].lower() == "yes"

# %% mistake="a-few-signs-foreseen" exercise="parse_yes_no"
def parse_yes_no(reply):
    line = reply.lower().strip(" .!*\"'-\n")
    for word, verdict in (("yes", True), ("no", False)):
        if line == word or line.startswith((word + ",", word + " ", word + ".", word + "!", word + "*", word + "\n")):
            return verdict
    return None

# %% mistake="english-letters-only" exercise="parse_yes_no"
def parse_yes_no(reply):
    m = re.search(r"[a-z]+", reply.lower())
    return {"yes": True, "no": False}.get(m.group()) if m else None

# %% mistake="empty-reply-called-no" exercise="parse_yes_no"
def parse_yes_no(reply):
    w = re.findall(r"\w+", reply.lower())
    return bool(w) and {"yes": True, "no": False}.get(w[0])

# %% mistake="other-words-for-yes-and-no" exercise="parse_yes_no"
def parse_yes_no(reply):
    w = re.findall(r"\w+", reply.lower())
    if not w:
        return None
    return {"y": True, "n": False, "yes": True, "no": False, "true": True, "false": False}.get(w[0])

# %% mistake="in-without-edges" exercise="blocked"
def blocked(text, words):
    return any(word in text for word in words)

# %% mistake="in-with-small-letters" exercise="blocked"
def blocked(text, words):
    return any(word.lower() in text.lower() for word in words)

# %% mistake="capitals-matter-in-the-filter" exercise="blocked"
def blocked(text, words):
    for word in words:
        if re.search(rf"\b{re.escape(word)}\b", text):
            return True
    return False

# %% mistake="text-made-small-the-list-not" exercise="blocked"
def blocked(text, words):
    for word in words:
        if re.search(rf"\b{re.escape(word)}\b", text.lower()):
            return True
    return False

# %% mistake="edge-on-the-left-only" exercise="blocked"
def blocked(text, words):
    for word in words:
        if re.search(rf"\b{re.escape(word)}", text, re.IGNORECASE):
            return True
    return False

# %% mistake="edge-on-the-right-only" exercise="blocked"
def blocked(text, words):
    for word in words:
        if re.search(rf"{re.escape(word)}\b", text, re.IGNORECASE):
            return True
    return False

# %% mistake="signs-not-escaped" exercise="blocked"
def blocked(text, words):
    for word in words:
        if re.search(rf"\b{word}\b", text, re.IGNORECASE):
            return True
    return False

# %% mistake="edges-without-the-r" exercise="blocked"
def blocked(text, words):
    for word in words:
        if re.search(f"\b{re.escape(word)}\b", text, re.IGNORECASE):
            return True
    return False

# %% mistake="spaces-instead-of-edges" exercise="blocked"
def blocked(text, words):
    for word in words:
        if re.search(rf"\s{re.escape(word)}\s", text, re.IGNORECASE):
            return True
    return False

# %% mistake="spaces-put-round-the-text" exercise="blocked"
def blocked(text, words):
    return any(f" {word.lower()} " in f" {text.lower()} " for word in words)

# %% mistake="split-keeps-the-signs" exercise="blocked"
def blocked(text, words):
    return any(word.lower() in text.lower().split() for word in words)

# %% mistake="split-loses-the-phrases" exercise="blocked"
def blocked(text, words):
    found = re.findall(r"\w+", text.lower())
    return any(word.lower() in found for word in words)

# %% mistake="phrases-anywhere-in-any-order" exercise="blocked"
def blocked(text, words):
    found = re.findall(r"[\w.]+", text.lower())
    found += [one.strip(".") for one in found]
    return any(all(part in found for part in word.lower().split()) for word in words)

# %% mistake="one-part-of-a-phrase-is-enough" exercise="blocked"
def blocked(text, words):
    found = re.findall(r"[\w.]+", text.lower())
    found += [one.strip(".") for one in found]
    return any(part in found for word in words for part in word.lower().split())

# %% mistake="signs-taken-out-of-the-text" exercise="blocked"
def blocked(text, words):
    plain = re.sub(r"[^\w\s]", "", text.lower())
    return any(re.search(rf"\b{re.escape(word.lower())}\b", plain) for word in words)

# %% mistake="signs-taken-out-of-both" exercise="blocked"
def blocked(text, words):
    def plain(one):
        return re.sub(r"[^\w\s]", "", one.lower())

    return any(re.search(rf"\b{re.escape(plain(word))}\b", plain(text)) for word in words)

# %% mistake="signs-made-spaces-in-both" exercise="blocked"
def blocked(text, words):
    def plain(one):
        return " " + re.sub(r"\W+", " ", one.lower()).strip() + " "

    return any(plain(word) in plain(text) for word in words)

# %% mistake="letters-a-to-z-only" exercise="blocked"
def blocked(text, words):
    return any(
        re.search(rf"(?<![a-z0-9]){re.escape(word)}(?![a-z0-9])", text, re.IGNORECASE) for word in words
    )

# %% mistake="digits-forgotten" exercise="blocked"
def blocked(text, words):
    return any(re.search(rf"(?<![^\W\d]){re.escape(word)}(?![^\W\d])", text, re.IGNORECASE) for word in words)

# %% mistake="only-at-the-beginning" exercise="blocked"
def blocked(text, words):
    for word in words:
        if re.match(rf"\b{re.escape(word)}\b", text, re.IGNORECASE):
            return True
    return False

# %% mistake="only-the-whole-text" exercise="blocked"
def blocked(text, words):
    for word in words:
        if re.fullmatch(rf"\b{re.escape(word)}\b", text, re.IGNORECASE):
            return True
    return False

# %% mistake="all-words-needed" exercise="blocked"
def blocked(text, words):
    return all(re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE) for word in words)

# %% mistake="only-the-first-entry-looked-at" exercise="blocked"
def blocked(text, words):
    for word in words:
        if re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE):
            return True
        return False

# %% mistake="only-the-last-entry-counts" exercise="blocked"
def blocked(text, words):
    found = False
    for word in words:
        found = re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE) is not None
    return found

# %% mistake="none-instead-of-false" exercise="blocked"
def blocked(text, words):
    for word in words:
        if re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE):
            return True

# %% mistake="the-word-instead-of-true" exercise="blocked"
def blocked(text, words):
    for word in words:
        if re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE):
            return word
    return False

# %% mistake="match-instead-of-true" exercise="blocked"
def blocked(text, words):
    return re.search("|".join(rf"\b{re.escape(word)}\b" for word in words), text, re.IGNORECASE)

# %% mistake="empty-list-matches-everything" exercise="blocked"
def blocked(text, words):
    pattern = "|".join(re.escape(word) for word in words)
    return re.search(rf"\b(?:{pattern})\b", text, re.IGNORECASE) is not None

# %% mistake="pattern-without-brackets-round-the-choice" exercise="blocked"
def blocked(text, words):
    if not words:
        return False
    pattern = "|".join(re.escape(word) for word in words)
    return re.search(rf"\b{pattern}\b", text, re.IGNORECASE) is not None

# %% mistake="upside-down-filter" exercise="blocked"
def blocked(text, words):
    for word in words:
        if re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE):
            return False
    return True

# %% mistake="callers-list-made-small" exercise="blocked"
def blocked(text, words):
    for number, word in enumerate(words):
        words[number] = word.lower()
    return any(re.search(rf"\b{re.escape(word)}\b", text.lower()) for word in words)

# %% mistake="words-of-the-example-only" exercise="blocked"
def blocked(text, words):
    return re.search(r"\b(car|bolt cutter)\b", text, re.IGNORECASE) is not None

# %% mistake="count-instead-of-truth" exercise="blocked"
def blocked(text, words):
    return sum(len(re.findall(rf"\b{re.escape(word)}\b", text, re.IGNORECASE)) for word in words)

# %% mistake="ends-with-or-followed-by-space" exercise="blocked"
def blocked(text, words):
    small = text.lower()
    for word in words:
        word = word.lower()
        if f" {word} " in small or small.startswith(word + " ") or small.endswith(" " + word):
            return True
    return False

# %% mistake="stripped-tokens-one-by-one" exercise="blocked"
def blocked(text, words):
    tokens = [token.strip(".,!?()\"'") for token in text.lower().split()]
    return any(word.lower() in tokens for word in words)

# %% mistake="signs-between-the-words-of-a-phrase-lost" exercise="blocked"
def blocked(text, words):
    plain = re.sub(r"[^\w.\s]", "", text.lower())
    words_of_text = " " + " ".join(one.strip(".") for one in plain.split()) + " "
    return any(f" {word.lower()} " in words_of_text for word in words)

# %% mistake="underscore-taken-for-a-sign" exercise="blocked"
def blocked(text, words):
    t = f" {text.lower()} "
    for w in words:
        at = t.find(w.lower())
        while at >= 0:
            if not t[at - 1].isalnum() and not t[at + len(w)].isalnum():
                return True
            at = t.find(w.lower(), at + 1)
    return False

# %% mistake="hyphen-taken-for-a-letter" exercise="blocked"
def blocked(text, words):
    return any(re.search(rf"(?<![\w'-]){re.escape(w)}(?![\w'-])", text, re.I) for w in words)

# %% mistake="the-found-word-returned" exercise="blocked"
def blocked(text, words):
    for w in words:
        if m := re.search(rf"\b{re.escape(w)}\b", text, re.I):
            return m.group()
    return False

# %% mistake="the-found-words-returned" exercise="blocked"
def blocked(text, words):
    return [w for w in words if re.search(rf"\b{re.escape(w)}\b", text, re.I)]

# %% mistake="plurals-blocked-too" exercise="blocked"
def blocked(text, words):
    return any(re.search(rf"\b{re.escape(w)}s?\b", text, re.I) for w in words)

# %% mistake="first-line-only" exercise="blocked"
def blocked(text, words):
    return any(re.search(rf"\b{re.escape(w)}\b", text.split("\n")[0], re.I) for w in words)

# %% mistake="letters-of-english-only" exercise="blocked"
def blocked(text, words):
    return any(re.search(rf"\b{re.escape(w)}\b", text, re.I | re.A) for w in words)

# %% mistake="none-taken-for-yes" exercise="guarded_ask"
def guarded_ask(chat, model, question, blocked, check, read, prompt):
    if blocked(question):
        return {"status": "blocked", "answer": ""}
    verdict = read(chat(model=model, messages=check(question)).message.content)
    if verdict is False:
        return {"status": "off topic", "answer": ""}
    reply = chat(model=model, messages=prompt(question))
    return {"status": "answered", "answer": reply.message.content}

# %% mistake="none-taken-for-no" exercise="guarded_ask"
def guarded_ask(chat, model, question, blocked, check, read, prompt):
    if blocked(question):
        return {"status": "blocked", "answer": ""}
    verdict = read(chat(model=model, messages=check(question)).message.content)
    if not verdict:
        return {"status": "off topic", "answer": ""}
    reply = chat(model=model, messages=prompt(question))
    return {"status": "answered", "answer": reply.message.content}

# %% mistake="no-taken-for-unclear" exercise="guarded_ask"
def guarded_ask(chat, model, question, blocked, check, read, prompt):
    if blocked(question):
        return {"status": "blocked", "answer": ""}
    verdict = read(chat(model=model, messages=check(question)).message.content)
    if not verdict:
        return {"status": "unclear", "answer": ""}
    reply = chat(model=model, messages=prompt(question))
    return {"status": "answered", "answer": reply.message.content}

# %% mistake="unclear-answered-and-marked" exercise="guarded_ask"
def guarded_ask(chat, model, question, blocked, check, read, prompt):
    if blocked(question):
        return {"status": "blocked", "answer": ""}
    verdict = read(chat(model=model, messages=check(question)).message.content)
    if verdict is False:
        return {"status": "off topic", "answer": ""}
    reply = chat(model=model, messages=prompt(question))
    return {"status": "answered" if verdict else "unclear", "answer": reply.message.content}

# %% mistake="unclear-never-reached" exercise="guarded_ask"
def guarded_ask(chat, model, question, blocked, check, read, prompt):
    if blocked(question):
        return {"status": "blocked", "answer": ""}
    verdict = read(chat(model=model, messages=check(question)).message.content)
    if verdict == "unclear":
        return {"status": "unclear", "answer": ""}
    if verdict is False or verdict is None:
        return {"status": "off topic", "answer": ""}
    reply = chat(model=model, messages=prompt(question))
    return {"status": "answered", "answer": reply.message.content}

# %% mistake="answer-made-before-the-check" exercise="guarded_ask"
def guarded_ask(chat, model, question, blocked, check, read, prompt):
    if blocked(question):
        return {"status": "blocked", "answer": ""}
    reply = chat(model=model, messages=prompt(question))
    verdict = read(chat(model=model, messages=check(question)).message.content)
    if verdict is None:
        return {"status": "unclear", "answer": ""}
    if verdict is False:
        return {"status": "off topic", "answer": ""}
    return {"status": "answered", "answer": reply.message.content}

# %% mistake="answer-made-before-the-filter" exercise="guarded_ask"
def guarded_ask(chat, model, question, blocked, check, read, prompt):
    reply = chat(model=model, messages=prompt(question))
    if blocked(question):
        return {"status": "blocked", "answer": ""}
    verdict = read(chat(model=model, messages=check(question)).message.content)
    if verdict is None:
        return {"status": "unclear", "answer": ""}
    if verdict is False:
        return {"status": "off topic", "answer": ""}
    return {"status": "answered", "answer": reply.message.content}

# %% mistake="check-before-the-filter" exercise="guarded_ask"
def guarded_ask(chat, model, question, blocked, check, read, prompt):
    verdict = read(chat(model=model, messages=check(question)).message.content)
    if blocked(question):
        return {"status": "blocked", "answer": ""}
    if verdict is None:
        return {"status": "unclear", "answer": ""}
    if verdict is False:
        return {"status": "off topic", "answer": ""}
    reply = chat(model=model, messages=prompt(question))
    return {"status": "answered", "answer": reply.message.content}

# %% mistake="filter-at-the-end" exercise="guarded_ask"
def guarded_ask(chat, model, question, blocked, check, read, prompt):
    verdict = read(chat(model=model, messages=check(question)).message.content)
    if verdict is None:
        return {"status": "unclear", "answer": ""}
    if verdict is False:
        return {"status": "off topic", "answer": ""}
    if blocked(question):
        return {"status": "blocked", "answer": ""}
    reply = chat(model=model, messages=prompt(question))
    return {"status": "answered", "answer": reply.message.content}

# %% mistake="filter-on-the-answer-only" exercise="guarded_ask"
def guarded_ask(chat, model, question, blocked, check, read, prompt):
    verdict = read(chat(model=model, messages=check(question)).message.content)
    if verdict is None:
        return {"status": "unclear", "answer": ""}
    if verdict is False:
        return {"status": "off topic", "answer": ""}
    reply = chat(model=model, messages=prompt(question))
    if blocked(reply.message.content):
        return {"status": "blocked", "answer": ""}
    return {"status": "answered", "answer": reply.message.content}

# %% mistake="filter-forgotten" exercise="guarded_ask"
def guarded_ask(chat, model, question, blocked, check, read, prompt):
    verdict = read(chat(model=model, messages=check(question)).message.content)
    if verdict is None:
        return {"status": "unclear", "answer": ""}
    if verdict is False:
        return {"status": "off topic", "answer": ""}
    reply = chat(model=model, messages=prompt(question))
    return {"status": "answered", "answer": reply.message.content}

# %% mistake="filter-not-called" exercise="guarded_ask"
def guarded_ask(chat, model, question, blocked, check, read, prompt):
    if blocked:
        return {"status": "blocked", "answer": ""}
    verdict = read(chat(model=model, messages=check(question)).message.content)
    if verdict is None:
        return {"status": "unclear", "answer": ""}
    if verdict is False:
        return {"status": "off topic", "answer": ""}
    reply = chat(model=model, messages=prompt(question))
    return {"status": "answered", "answer": reply.message.content}

# %% mistake="filter-upside-down" exercise="guarded_ask"
def guarded_ask(chat, model, question, blocked, check, read, prompt):
    if not blocked(question):
        return {"status": "blocked", "answer": ""}
    verdict = read(chat(model=model, messages=check(question)).message.content)
    if verdict is None:
        return {"status": "unclear", "answer": ""}
    if verdict is False:
        return {"status": "off topic", "answer": ""}
    reply = chat(model=model, messages=prompt(question))
    return {"status": "answered", "answer": reply.message.content}

# %% mistake="blocked-still-checked" exercise="guarded_ask"
def guarded_ask(chat, model, question, blocked, check, read, prompt):
    if blocked(question):
        chat(model=model, messages=check(question))
        return {"status": "blocked", "answer": ""}
    verdict = read(chat(model=model, messages=check(question)).message.content)
    if verdict is None:
        return {"status": "unclear", "answer": ""}
    if verdict is False:
        return {"status": "off topic", "answer": ""}
    reply = chat(model=model, messages=prompt(question))
    return {"status": "answered", "answer": reply.message.content}

# %% mistake="check-forgotten" exercise="guarded_ask"
def guarded_ask(chat, model, question, blocked, check, read, prompt):
    if blocked(question):
        return {"status": "blocked", "answer": ""}
    reply = chat(model=model, messages=prompt(question))
    return {"status": "answered", "answer": reply.message.content}

# %% mistake="check-asked-with-the-prompt" exercise="guarded_ask"
def guarded_ask(chat, model, question, blocked, check, read, prompt):
    if blocked(question):
        return {"status": "blocked", "answer": ""}
    verdict = read(chat(model=model, messages=prompt(question)).message.content)
    if verdict is None:
        return {"status": "unclear", "answer": ""}
    if verdict is False:
        return {"status": "off topic", "answer": ""}
    reply = chat(model=model, messages=prompt(question))
    return {"status": "answered", "answer": reply.message.content}

# %% mistake="answer-asked-with-the-check" exercise="guarded_ask"
def guarded_ask(chat, model, question, blocked, check, read, prompt):
    if blocked(question):
        return {"status": "blocked", "answer": ""}
    verdict = read(chat(model=model, messages=check(question)).message.content)
    if verdict is None:
        return {"status": "unclear", "answer": ""}
    if verdict is False:
        return {"status": "off topic", "answer": ""}
    reply = chat(model=model, messages=check(question))
    return {"status": "answered", "answer": reply.message.content}

# %% mistake="answer-asked-with-the-bare-question" exercise="guarded_ask"
def guarded_ask(chat, model, question, blocked, check, read, prompt):
    if blocked(question):
        return {"status": "blocked", "answer": ""}
    verdict = read(chat(model=model, messages=check(question)).message.content)
    if verdict is None:
        return {"status": "unclear", "answer": ""}
    if verdict is False:
        return {"status": "off topic", "answer": ""}
    reply = chat(model=model, messages=[{"role": "user", "content": question}])
    return {"status": "answered", "answer": reply.message.content}

# %% mistake="check-and-prompt-in-one-call" exercise="guarded_ask"
def guarded_ask(chat, model, question, blocked, check, read, prompt):
    if blocked(question):
        return {"status": "blocked", "answer": ""}
    verdict = read(chat(model=model, messages=[*check(question), *prompt(question)]).message.content)
    if verdict is None:
        return {"status": "unclear", "answer": ""}
    if verdict is False:
        return {"status": "off topic", "answer": ""}
    reply = chat(model=model, messages=prompt(question))
    return {"status": "answered", "answer": reply.message.content}

# %% mistake="checks-talk-goes-on-in-the-answer" exercise="guarded_ask"
def guarded_ask(chat, model, question, blocked, check, read, prompt):
    if blocked(question):
        return {"status": "blocked", "answer": ""}
    verdict = read(chat(model=model, messages=check(question)).message.content)
    if verdict is None:
        return {"status": "unclear", "answer": ""}
    if verdict is False:
        return {"status": "off topic", "answer": ""}
    reply = chat(model=model, messages=[*check(question), *prompt(question)])
    return {"status": "answered", "answer": reply.message.content}

# %% mistake="reply-object-read" exercise="guarded_ask"
def guarded_ask(chat, model, question, blocked, check, read, prompt):
    if blocked(question):
        return {"status": "blocked", "answer": ""}
    verdict = read(chat(model=model, messages=check(question)).message)
    if verdict is None:
        return {"status": "unclear", "answer": ""}
    if verdict is False:
        return {"status": "off topic", "answer": ""}
    reply = chat(model=model, messages=prompt(question))
    return {"status": "answered", "answer": reply.message.content}

# %% mistake="thinking-read-instead-of-the-text" exercise="guarded_ask"
def guarded_ask(chat, model, question, blocked, check, read, prompt):
    if blocked(question):
        return {"status": "blocked", "answer": ""}
    reply = chat(model=model, messages=check(question))
    verdict = read(reply.message.thinking or reply.message.content)
    if verdict is None:
        return {"status": "unclear", "answer": ""}
    if verdict is False:
        return {"status": "off topic", "answer": ""}
    reply = chat(model=model, messages=prompt(question))
    return {"status": "answered", "answer": reply.message.content}

# %% mistake="no-looked-for-in-the-reply" exercise="guarded_ask"
def guarded_ask(chat, model, question, blocked, check, read, prompt):
    if blocked(question):
        return {"status": "blocked", "answer": ""}
    verdict = "no" not in chat(model=model, messages=check(question)).message.content.lower()
    if verdict is None:
        return {"status": "unclear", "answer": ""}
    if verdict is False:
        return {"status": "off topic", "answer": ""}
    reply = chat(model=model, messages=prompt(question))
    return {"status": "answered", "answer": reply.message.content}

# %% mistake="yes-looked-for-in-the-reply" exercise="guarded_ask"
def guarded_ask(chat, model, question, blocked, check, read, prompt):
    if blocked(question):
        return {"status": "blocked", "answer": ""}
    verdict = "yes" in chat(model=model, messages=check(question)).message.content.lower()
    if verdict is None:
        return {"status": "unclear", "answer": ""}
    if verdict is False:
        return {"status": "off topic", "answer": ""}
    reply = chat(model=model, messages=prompt(question))
    return {"status": "answered", "answer": reply.message.content}

# %% mistake="reply-taken-for-the-verdict" exercise="guarded_ask"
def guarded_ask(chat, model, question, blocked, check, read, prompt):
    if blocked(question):
        return {"status": "blocked", "answer": ""}
    verdict = bool(chat(model=model, messages=check(question)).message.content)
    if verdict is None:
        return {"status": "unclear", "answer": ""}
    if verdict is False:
        return {"status": "off topic", "answer": ""}
    reply = chat(model=model, messages=prompt(question))
    return {"status": "answered", "answer": reply.message.content}

# %% mistake="plus-looked-for-in-the-reply" exercise="guarded_ask"
def guarded_ask(chat, model, question, blocked, check, read, prompt):
    if blocked(question):
        return {"status": "blocked", "answer": ""}
    verdict = "+" in chat(model=model, messages=check(question)).message.content
    if verdict is None:
        return {"status": "unclear", "answer": ""}
    if verdict is False:
        return {"status": "off topic", "answer": ""}
    reply = chat(model=model, messages=prompt(question))
    return {"status": "answered", "answer": reply.message.content}

# %% mistake="question-read-instead-of-the-reply" exercise="guarded_ask"
def guarded_ask(chat, model, question, blocked, check, read, prompt):
    if blocked(question):
        return {"status": "blocked", "answer": ""}
    chat(model=model, messages=check(question))
    verdict = read(question)
    if verdict is None:
        return {"status": "unclear", "answer": ""}
    if verdict is False:
        return {"status": "off topic", "answer": ""}
    reply = chat(model=model, messages=prompt(question))
    return {"status": "answered", "answer": reply.message.content}

# %% mistake="answer-read-too" exercise="guarded_ask"
def guarded_ask(chat, model, question, blocked, check, read, prompt):
    if blocked(question):
        return {"status": "blocked", "answer": ""}
    verdict = read(chat(model=model, messages=check(question)).message.content)
    if verdict is None:
        return {"status": "unclear", "answer": ""}
    if verdict is False:
        return {"status": "off topic", "answer": ""}
    reply = chat(model=model, messages=prompt(question))
    if not read(reply.message.content) and reply.message.content in ("-", ""):
        return {"status": "off topic", "answer": ""}
    return {"status": "answered", "answer": reply.message.content}

# %% mistake="question-tidied-first" exercise="guarded_ask"
def guarded_ask(chat, model, question, blocked, check, read, prompt):
    question = question.strip().lower()
    if blocked(question):
        return {"status": "blocked", "answer": ""}
    verdict = read(chat(model=model, messages=check(question)).message.content)
    if verdict is None:
        return {"status": "unclear", "answer": ""}
    if verdict is False:
        return {"status": "off topic", "answer": ""}
    reply = chat(model=model, messages=prompt(question))
    return {"status": "answered", "answer": reply.message.content}

# %% mistake="filter-gets-small-letters" exercise="guarded_ask"
def guarded_ask(chat, model, question, blocked, check, read, prompt):
    if blocked(question.lower()):
        return {"status": "blocked", "answer": ""}
    verdict = read(chat(model=model, messages=check(question)).message.content)
    if verdict is None:
        return {"status": "unclear", "answer": ""}
    if verdict is False:
        return {"status": "off topic", "answer": ""}
    reply = chat(model=model, messages=prompt(question))
    return {"status": "answered", "answer": reply.message.content}

# %% mistake="same-model-for-everybody" exercise="guarded_ask"
def guarded_ask(chat, model, question, blocked, check, read, prompt):
    if blocked(question):
        return {"status": "blocked", "answer": ""}
    verdict = read(chat(model="alpha:1b", messages=check(question)).message.content)
    if verdict is None:
        return {"status": "unclear", "answer": ""}
    if verdict is False:
        return {"status": "off topic", "answer": ""}
    reply = chat(model="alpha:1b", messages=prompt(question))
    return {"status": "answered", "answer": reply.message.content}

# %% mistake="answer-by-a-fixed-model" exercise="guarded_ask"
def guarded_ask(chat, model, question, blocked, check, read, prompt):
    if blocked(question):
        return {"status": "blocked", "answer": ""}
    verdict = read(chat(model=model, messages=check(question)).message.content)
    if verdict is None:
        return {"status": "unclear", "answer": ""}
    if verdict is False:
        return {"status": "off topic", "answer": ""}
    reply = chat(model="alpha:1b", messages=prompt(question))
    return {"status": "answered", "answer": reply.message.content}

# %% mistake="answer-is-the-reply-object" exercise="guarded_ask"
def guarded_ask(chat, model, question, blocked, check, read, prompt):
    if blocked(question):
        return {"status": "blocked", "answer": ""}
    verdict = read(chat(model=model, messages=check(question)).message.content)
    if verdict is None:
        return {"status": "unclear", "answer": ""}
    if verdict is False:
        return {"status": "off topic", "answer": ""}
    reply = chat(model=model, messages=prompt(question))
    return {"status": "answered", "answer": reply}

# %% mistake="checks-reply-as-the-answer" exercise="guarded_ask"
def guarded_ask(chat, model, question, blocked, check, read, prompt):
    if blocked(question):
        return {"status": "blocked", "answer": ""}
    first = chat(model=model, messages=check(question))
    verdict = read(first.message.content)
    if verdict is None:
        return {"status": "unclear", "answer": ""}
    if verdict is False:
        return {"status": "off topic", "answer": ""}
    reply = chat(model=model, messages=prompt(question))
    return {"status": "answered", "answer": first.message.content}

# %% mistake="none-as-the-answer-of-a-shut-gate" exercise="guarded_ask"
def guarded_ask(chat, model, question, blocked, check, read, prompt):
    if blocked(question):
        return {"status": "blocked", "answer": None}
    verdict = read(chat(model=model, messages=check(question)).message.content)
    if verdict is None:
        return {"status": "unclear", "answer": ""}
    if verdict is False:
        return {"status": "off topic", "answer": ""}
    reply = chat(model=model, messages=prompt(question))
    return {"status": "answered", "answer": reply.message.content}

# %% mistake="an-excuse-as-the-answer" exercise="guarded_ask"
def guarded_ask(chat, model, question, blocked, check, read, prompt):
    if blocked(question):
        return {"status": "blocked", "answer": ""}
    verdict = read(chat(model=model, messages=check(question)).message.content)
    if verdict is None:
        return {"status": "unclear", "answer": ""}
    if verdict is False:
        return {"status": "off topic", "answer": "I can only talk about bicycles."}
    reply = chat(model=model, messages=prompt(question))
    return {"status": "answered", "answer": reply.message.content}

# %% mistake="status-in-other-words" exercise="guarded_ask"
def guarded_ask(chat, model, question, blocked, check, read, prompt):
    if blocked(question):
        return {"status": "blocked", "answer": ""}
    verdict = read(chat(model=model, messages=check(question)).message.content)
    if verdict is None:
        return {"status": "unclear", "answer": ""}
    if verdict is False:
        return {"status": "refused", "answer": ""}
    reply = chat(model=model, messages=prompt(question))
    return {"status": "answered", "answer": reply.message.content}

# %% mistake="text-instead-of-a-dictionary" exercise="guarded_ask"
def guarded_ask(chat, model, question, blocked, check, read, prompt):
    if blocked(question):
        return {"status": "blocked", "answer": ""}
    verdict = read(chat(model=model, messages=check(question)).message.content)
    if verdict is None:
        return {"status": "unclear", "answer": ""}
    if verdict is False:
        return {"status": "off topic", "answer": ""}
    reply = chat(model=model, messages=prompt(question))
    return reply.message.content

# %% mistake="error-in-the-check-opens-the-gate" exercise="guarded_ask"
def guarded_ask(chat, model, question, blocked, check, read, prompt):
    if blocked(question):
        return {"status": "blocked", "answer": ""}
    try:
        verdict = read(chat(model=model, messages=check(question)).message.content)
    except Exception:
        verdict = True
    if verdict is None:
        return {"status": "unclear", "answer": ""}
    if verdict is False:
        return {"status": "off topic", "answer": ""}
    reply = chat(model=model, messages=prompt(question))
    return {"status": "answered", "answer": reply.message.content}

# %% mistake="error-in-the-check-told-as-unclear" exercise="guarded_ask"
def guarded_ask(chat, model, question, blocked, check, read, prompt):
    if blocked(question):
        return {"status": "blocked", "answer": ""}
    try:
        verdict = read(chat(model=model, messages=check(question)).message.content)
    except Exception:
        verdict = None
    if verdict is None:
        return {"status": "unclear", "answer": ""}
    if verdict is False:
        return {"status": "off topic", "answer": ""}
    reply = chat(model=model, messages=prompt(question))
    return {"status": "answered", "answer": reply.message.content}

# %% mistake="check-tried-again-after-an-error" exercise="guarded_ask"
def guarded_ask(chat, model, question, blocked, check, read, prompt):
    if blocked(question):
        return {"status": "blocked", "answer": ""}
    try:
        reply = chat(model=model, messages=check(question))
    except ollama.ResponseError:
        reply = chat(model=model, messages=check(question))
    verdict = read(reply.message.content)
    if verdict is None:
        return {"status": "unclear", "answer": ""}
    if verdict is False:
        return {"status": "off topic", "answer": ""}
    reply = chat(model=model, messages=prompt(question))
    return {"status": "answered", "answer": reply.message.content}

# %% mistake="check-asked-until-it-is-clear" exercise="guarded_ask"
def guarded_ask(chat, model, question, blocked, check, read, prompt):
    if blocked(question):
        return {"status": "blocked", "answer": ""}
    verdict = read(chat(model=model, messages=check(question)).message.content)
    while verdict is None:
        verdict = read(chat(model=model, messages=check(question)).message.content)
    if verdict is None:
        return {"status": "unclear", "answer": ""}
    if verdict is False:
        return {"status": "off topic", "answer": ""}
    reply = chat(model=model, messages=prompt(question))
    return {"status": "answered", "answer": reply.message.content}

# %% mistake="unclear-asked-a-second-time" exercise="guarded_ask"
def guarded_ask(chat, model, question, blocked, check, read, prompt):
    if blocked(question):
        return {"status": "blocked", "answer": ""}
    verdict = read(chat(model=model, messages=check(question)).message.content)
    if verdict is None:
        verdict = read(chat(model=model, messages=check(question)).message.content)
    if verdict is None:
        return {"status": "unclear", "answer": ""}
    if verdict is False:
        return {"status": "off topic", "answer": ""}
    reply = chat(model=model, messages=prompt(question))
    return {"status": "answered", "answer": reply.message.content}

# %% mistake="error-in-the-answer-swallowed" exercise="guarded_ask"
def guarded_ask(chat, model, question, blocked, check, read, prompt):
    if blocked(question):
        return {"status": "blocked", "answer": ""}
    verdict = read(chat(model=model, messages=check(question)).message.content)
    if verdict is None:
        return {"status": "unclear", "answer": ""}
    if verdict is False:
        return {"status": "off topic", "answer": ""}
    try:
        reply = chat(model=model, messages=prompt(question))
    except Exception as error:
        return {"status": "answered", "answer": str(error)}
    return {"status": "answered", "answer": reply.message.content}

# %% mistake="printed-instead-of-returned-at-the-end" exercise="guarded_ask"
def guarded_ask(chat, model, question, blocked, check, read, prompt):
    if blocked(question):
        return {"status": "blocked", "answer": ""}
    verdict = read(chat(model=model, messages=check(question)).message.content)
    if verdict is None:
        return {"status": "unclear", "answer": ""}
    if verdict is False:
        return {"status": "off topic", "answer": ""}
    reply = chat(model=model, messages=prompt(question))
    print({"status": "answered", "answer": reply.message.content})

# %% mistake="thinking-shown-to-the-user" exercise="guarded_ask"
def guarded_ask(chat, model, question, blocked, check, read, prompt):
    if blocked(question):
        return {"status": "blocked", "answer": ""}
    verdict = read(chat(model=model, messages=check(question)).message.content)
    if verdict is None:
        return {"status": "unclear", "answer": ""}
    if verdict is False:
        return {"status": "off topic", "answer": ""}
    reply = chat(model=model, messages=prompt(question))
    return {"status": "answered", "answer": (reply.message.thinking or "") + reply.message.content}

# %% mistake="long-answers-cut" exercise="guarded_ask"
def guarded_ask(chat, model, question, blocked, check, read, prompt):
    if blocked(question):
        return {"status": "blocked", "answer": ""}
    verdict = read(chat(model=model, messages=check(question)).message.content)
    if verdict is None:
        return {"status": "unclear", "answer": ""}
    if verdict is False:
        return {"status": "off topic", "answer": ""}
    reply = chat(model=model, messages=prompt(question))
    return {"status": "answered", "answer": reply.message.content[:60]}

# %% mistake="answer-filtered-too" exercise="guarded_ask"
def guarded_ask(chat, model, question, blocked, check, read, prompt):
    if blocked(question):
        return {"status": "blocked", "answer": ""}
    verdict = read(chat(model=model, messages=check(question)).message.content)
    if verdict is None:
        return {"status": "unclear", "answer": ""}
    if verdict is False:
        return {"status": "off topic", "answer": ""}
    reply = chat(model=model, messages=prompt(question))
    if blocked(reply.message.content):
        return {"status": "blocked", "answer": ""}
    return {"status": "answered", "answer": reply.message.content}

# %% mistake="missing-model-told-as-an-empty-answer" exercise="guarded_ask"
def guarded_ask(chat, model, question, blocked, check, read, prompt):
    if blocked(question):
        return {"status": "blocked", "answer": ""}
    verdict = read(chat(model=model, messages=check(question)).message.content)
    if verdict is None:
        return {"status": "unclear", "answer": ""}
    if verdict is False:
        return {"status": "off topic", "answer": ""}
    try:
        reply = chat(model=model, messages=prompt(question))
    except ollama.ResponseError:
        return {"status": "answered", "answer": ""}
    return {"status": "answered", "answer": reply.message.content}

# %% mistake="empty-answer-called-unclear" exercise="guarded_ask"
def guarded_ask(chat, model, question, blocked, check, read, prompt):
    if blocked(question):
        return {"status": "blocked", "answer": ""}
    verdict = read(chat(model=model, messages=check(question)).message.content)
    if verdict is None:
        return {"status": "unclear", "answer": ""}
    if not verdict:
        return {"status": "off topic", "answer": ""}
    a = chat(model=model, messages=prompt(question)).message.content
    return {"status": "answered" if a else "unclear", "answer": a}

# %% mistake="no-connection-called-unclear" exercise="guarded_ask"
def guarded_ask(chat, model, question, blocked, check, read, prompt):
    if blocked(question):
        return {"status": "blocked", "answer": ""}
    try:
        verdict = read(chat(model=model, messages=check(question)).message.content)
    except ConnectionError:
        verdict = None
    if verdict is None:
        return {"status": "unclear", "answer": ""}
    if not verdict:
        return {"status": "off topic", "answer": ""}
    return {"status": "answered", "answer": chat(model=model, messages=prompt(question)).message.content}
