# %% [markdown]
# Right answers to lab 3, written another way. Each cell replaces one exercise's solution and must pass.
#
# ruff: noqa: F821
# (That is for ruff: re, Path and ollama come from the lab's first cell.)

# %% alternative="error-caught-and-open" exercise="load_rules"
def load_rules(path):
    rules = []
    try:
        with open(path, encoding="utf-8") as file:  # noqa: PTH123
            for line in file:
                rule = line.strip()
                if rule == "" or rule[0] == "#":
                    continue
                rules.append(rule)
    except FileNotFoundError:
        print("There are no rules yet at", path)
    return rules

# %% alternative="filter-and-map" exercise="load_rules"
def load_rules(path: str | Path) -> list[str]:
    file = Path(path)
    text = file.read_text("utf-8") if file.is_file() else ""
    lines = map(str.strip, text.split("\n"))
    return list(filter(lambda line: len(line) > 0 and not line.startswith("#"), lines))

# %% alternative="a-pattern" exercise="load_rules"
def load_rules(path):
    try:
        text = Path(path).read_bytes().decode("utf-8")
    except OSError:
        return []
    return [line.strip() for line in text.splitlines() if re.match(r"\s*[^#\s]", line)]

# %% alternative="index-and-while" exercise="load_rules"
import os


def load_rules(name):
    result = []
    if os.path.exists(name):  # noqa: PTH110
        lines = Path(name).read_text(encoding="utf-8").splitlines()
        number = 0
        while number < len(lines):
            line = lines[number].lstrip().rstrip()
            if line:
                if line.startswith("#"):
                    print("note:", line)
                else:
                    result = result + [line]  # noqa: RUF005
            number += 1
    return result

# %% alternative="match-on-each-line" exercise="load_rules"
def load_rules(path):
    try:
        with open(path, encoding="utf-8") as file:  # noqa: PTH123
            lines = file.readlines()
    except FileNotFoundError:
        return []
    rules = []
    for line in lines:
        match line.strip():
            case "":
                continue
            case note if note[0] == "#":
                print("note:", note)
            case rule:
                rules.append(rule)
    return rules

# %% alternative="suppress-and-filterfalse" exercise="load_rules"
from contextlib import suppress
from itertools import filterfalse


def load_rules(path):
    rules = []
    with suppress(FileNotFoundError), Path(path).open(encoding="utf-8") as lines:
        stripped = map(str.strip, lines)
        rules.extend(filterfalse(lambda line: not line or line.startswith("#"), stripped))
    return rules

# %% alternative="a-class-that-iterates" exercise="load_rules"
class RuleFile:
    def __init__(self, path):
        self.path = Path(path)

    def __iter__(self):
        if self.path.is_file():
            yield from (line.strip() for line in self.path.read_bytes().decode("utf-8").splitlines())


def load_rules(path):
    return [line for line in RuleFile(path) if line != "" and not line.startswith("#")]

# %% alternative="numbered-with-a-heading" exercise="build_prompt"
def build_prompt(question, rules, place=None, max_words=None):
    system = ""
    if rules:
        system = "These are the rules of the house:\n"
        for number, rule in enumerate(rules, 1):
            system += f"{number}. {rule}\n"
    if place is not None:
        system += f"Place of the user: {place}\n"
    if max_words is not None:
        system += "Maximum number of words: " + str(max_words)
    user = {"role": "user", "content": question}
    if system == "":
        return [user]
    return [{"role": "system", "content": system}, user]

# %% alternative="one-expression-for-the-prompt" exercise="build_prompt"
def build_prompt(question, rules, place=None, max_words=None):
    more = [f"- I am in {place}" if place else "", f"- max. {max_words} words" if max_words else ""]
    text = "\n".join([*(f"- {rule}" for rule in rules), *filter(None, more)])
    print(text)
    return ([dict(role="system", content=text)] if text else []) + [dict(role="user", content=question)]  # noqa: C408

# %% alternative="message-objects-for-the-prompt" exercise="build_prompt"
from ollama import Message


def build_prompt(question: str, rules: list[str], place: str | None = None, max_words: int | None = None) -> list:
    lines = []
    for rule in rules:
        lines.append(rule)
    if place:
        lines += [f"Answer for somebody who lives in {place}."]
    if max_words:
        lines += [f"None of your answers may have more than {max_words} words."]
    if not lines:
        return [Message(role="user", content=question)]
    return [Message(role="system", content="\n\n".join(lines)), Message(role="user", content=question)]

# %% alternative="place-and-limit-first" exercise="build_prompt"
def build_prompt(question, rules, place=None, max_words=None):
    messages = [{"role": "user", "content": question}]
    lines = []
    if max_words:
        lines.append("Limit (words): {}".format(max_words))  # noqa: UP032
    if place:
        lines.insert(0, "You answer for " + place + ".")
    lines.extend(rules)
    if len(lines) != 0:
        messages.insert(0, {"role": "system", "content": "\n".join(lines)})
    return messages

# %% alternative="lists-added-and-multiplied" exercise="build_prompt"
def build_prompt(question, rules, place=None, max_words=None):
    lines = rules + [f"The user writes from {place}."] * (place is not None)
    lines = lines + [f"{max_words} words at most."] * (max_words is not None)
    out = [{"role": "user", "content": question}]
    if lines:
        out.insert(0, {"role": "system", "content": "\n".join(lines)})
    return out

# %% alternative="a-class-with-add" exercise="build_prompt"
class Prompt:
    def __init__(self):
        self.lines = []

    def add(self, text, wanted=True):
        if wanted:
            self.lines.append(text)
        return self

    def messages(self, question):
        system = [{"role": "system", "content": "House rules:\n" + "\n".join(self.lines)}] if self.lines else []
        return [*system, {"role": "user", "content": question}]


def build_prompt(question, rules, place=None, max_words=None):
    p = Prompt()
    for i, rule in enumerate(rules, 1):
        p.add(f"{i}) {rule}")
    return p.add(f"Country: {place}", place).add(f"Word limit: {max_words}", max_words).messages(question)

# %% alternative="printed-into-a-buffer" exercise="build_prompt"
import io


def build_prompt(question, rules, place=None, max_words=None):
    out = io.StringIO()
    for rule in rules:
        print("*", rule, file=out)
    if place:
        print(f"(The person asking lives in {place})", file=out)
    if max_words:
        print(f"(Limit: {max_words} words)", file=out)
    system = out.getvalue().rstrip("\n")
    return [
        m
        for m in ({"role": "system", "content": system}, {"role": "user", "content": question})
        if m["content"] or m["role"] == "user"
    ]

# %% alternative="pattern-with-two-brackets" exercise="parse_yes_no"
def parse_yes_no(reply):
    match = re.match(r"^[\W]*(?:(yes)|(no))(?!\w)", reply, flags=re.I)
    if not match:
        return None
    return bool(match.group(1))

# %% alternative="letter-by-letter" exercise="parse_yes_no"
def parse_yes_no(reply):
    word = ""
    for sign in reply.lower():
        if sign.isalnum() or sign == "_":
            word += sign
        elif word:
            break
    print("first word:", word)
    if word == "yes":
        return True
    elif word == "no":  # noqa: RET505
        return False
    else:
        return None

# %% alternative="table-of-verdicts" exercise="parse_yes_no"
VERDICTS = {"yes": True, "no": False}


def parse_yes_no(reply: str) -> bool | None:
    words = re.sub(r"\W+", " ", reply).casefold().split()
    return VERDICTS.get(words[0]) if words else None

# %% alternative="signs-made-spaces-by-hand" exercise="parse_yes_no"
import string


def parse_yes_no(reply):
    for sign in string.punctuation:
        reply = reply.replace(sign, " ")
    words = reply.upper().split()
    if len(words) == 0:
        return None
    if words[0] == "YES":
        return True
    if words[0] == "NO":
        return False
    return None

# %% alternative="split-and-strip" exercise="parse_yes_no"
import string


def parse_yes_no(reply):
    words = [w.strip(string.punctuation + string.whitespace) for w in reply.split()]
    words = [w for w in words if w]
    if not words:
        return None
    return {"yes": True, "no": False}.get(words[0].casefold())

# %% alternative="first-of-finditer" exercise="parse_yes_no"
def parse_yes_no(reply):
    try:
        first = next(re.finditer(r"\w+", reply)).group().lower()
    except StopIteration:
        return None
    match first:
        case "yes":
            return True
        case "no":
            return False
    return None

# %% alternative="dropwhile-and-takewhile" exercise="parse_yes_no"
from itertools import dropwhile, takewhile


def parse_yes_no(reply):
    first = "".join(takewhile(str.isalnum, dropwhile(lambda c: not c.isalnum(), reply)))
    print(first)
    return True if first.lower() == "yes" else False if first.lower() == "no" else None

# %% alternative="looking-beside-without-edges" exercise="blocked"
def blocked(text, words):
    for word in words:
        pattern = r"(?<!\w)" + re.escape(word) + r"(?!\w)"
        if re.search(pattern, text, re.IGNORECASE) is not None:
            return True
    return False

# %% alternative="find-and-look-at-the-neighbours" exercise="blocked"
def blocked(text, words):
    text = text.lower()
    for word in words:
        word = word.lower()
        start = text.find(word)
        while start >= 0:
            before = text[start - 1] if start > 0 else " "
            after = text[start + len(word)] if start + len(word) < len(text) else " "
            if not any(sign.isalnum() or sign == "_" for sign in (before, after)):
                print("blocked because of", word)
                return True
            start = text.find(word, start + 1)
    return False

# %% alternative="one-pattern-for-all" exercise="blocked"
def blocked(text: str, words: list[str]) -> bool:
    if not words:
        return False
    pattern = re.compile("|".join(rf"\b{re.escape(word.lower())}\b" for word in words))
    return bool(pattern.search(text.lower()))

# %% alternative="found-ones-counted" exercise="blocked"
def blocked(text, words):
    found = [word for word in words if re.findall(r"\b" + re.escape(word.casefold()) + r"\b", text.casefold())]
    return len(found) > 0

# %% alternative="split-at-the-word" exercise="blocked"
from itertools import pairwise


def blocked(text, words):
    def part(c):
        return c.isalnum() or c == "_"

    low = " " + text.lower() + " "
    for word in words:
        pieces = low.split(word.lower())
        if any(not part(a[-1]) and not part(b[0]) for a, b in pairwise(pieces) if a and b):
            return True
    return False

# %% alternative="recursion-over-the-words" exercise="blocked"
def blocked(text, words):
    if not words:
        return False
    first, *rest = words
    return re.search(r"(^|\W)" + re.escape(first) + r"($|\W)", text, re.I) is not None or blocked(text, rest)

# %% alternative="nested-gates" exercise="guarded_ask"
def guarded_ask(chat, model, question, blocked, check, read, prompt):
    result = {"status": "blocked", "answer": ""}
    if not blocked(question):
        verdict = read(chat(model=model, messages=check(question))["message"]["content"])
        if verdict:
            result["status"] = "answered"
            result["answer"] = chat(model=model, messages=prompt(question))["message"]["content"]
        elif verdict is None:
            result["status"] = "unclear"
        else:
            result["status"] = "off topic"
    print(question, "->", result["status"])
    return result

# %% alternative="table-of-statuses" exercise="guarded_ask"
def guarded_ask(chat, model, question, blocked, check, read, prompt):
    def ask(messages):
        return chat(model, messages).message.content

    if blocked(question) is True:
        return dict(status="blocked", answer="")  # noqa: C408
    status = {True: "answered", False: "off topic", None: "unclear"}[read(ask(check(question)))]
    return dict(status=status, answer=ask(prompt(question)) if status == "answered" else "")  # noqa: C408

# %% alternative="match-on-the-verdict" exercise="guarded_ask"
def guarded_ask(chat, model: str, question: str, blocked, check, read, prompt) -> dict[str, str]:
    if blocked(question):
        return {"answer": "", "status": "blocked"}
    first = chat(model=model, messages=check(question), options={"temperature": 0})
    match read(first.message.content):
        case True:
            pass
        case False:
            return {"answer": "", "status": "off topic"}
        case _:
            return {"answer": "", "status": "unclear"}
    second = chat(model=model, messages=prompt(question), options={"temperature": 0})
    return {"answer": second.message.content, "status": "answered"}

# %% alternative="streamed-answer" exercise="guarded_ask"
def guarded_ask(chat, model, question, blocked, check, read, prompt):
    status, answer = "blocked", ""
    if not blocked(question):
        verdict = read(chat(model=model, messages=check(question)).message.content)
        status = "unclear" if verdict is None else ("answered" if verdict else "off topic")
    if status == "answered":
        for piece in chat(model=model, messages=prompt(question), stream=True):
            answer += piece.message.content
    return {"status": status, "answer": answer}

# %% alternative="walrus-and-two-helpers" exercise="guarded_ask"
def guarded_ask(chat, model, question, blocked, check, read, prompt):
    def ask(messages):
        return chat(model, messages)["message"]["content"]

    def row(status, answer=""):
        print(status)
        return {"status": status, "answer": answer}

    if blocked(question):
        return row("blocked")
    if (verdict := read(ask(check(question)))) is None:
        return row("unclear")
    return row("answered", ask(prompt(question))) if verdict else row("off topic")

# %% alternative="an-exception-for-the-gates" exercise="guarded_ask"
from collections import OrderedDict
from functools import partial


class Gate(Exception):
    pass


def guarded_ask(chat, model, question, blocked, check, read, prompt):
    send = partial(chat, model=model)
    try:
        if blocked(question) is True:
            raise Gate("blocked")
        verdict = read(send(messages=check(question)).message.content)
        if verdict is None:
            raise Gate("unclear")
        if verdict is False:
            raise Gate("off topic")
    except Gate as gate:
        return {"answer": "", "status": str(gate)}
    return OrderedDict(status="answered", answer=send(messages=prompt(question)).message.content)

# %% alternative="a-generator-of-gates" exercise="guarded_ask"
def guarded_ask(chat, model, question, blocked, check, read, prompt):
    def gates():
        yield "blocked" if blocked(question) else None
        verdict = read(chat(model=model, messages=check(question)).message.content)
        yield "unclear" if verdict is None else None
        yield "off topic" if verdict is False else None

    for status in gates():
        if status:
            return {"status": status, "answer": ""}
    return {"status": "answered", "answer": chat(model=model, messages=prompt(question)).message.content}
