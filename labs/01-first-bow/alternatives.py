# %% alternative="one-expression" exercise="build_messages"
def build_messages(question, system=None, max_words=None):
    rules = [system or "", f"Keep it to {max_words} words." if max_words else ""]
    text = "\n".join(rule for rule in rules if rule)
    return ([{"role": "system", "content": text}] if text else []) + [{"role": "user", "content": question}]

# %% alternative="early-returns" exercise="build_messages"
def build_messages(question, system=None, max_words=None):
    user = dict(role="user", content=question)  # noqa: C408
    if system is None and max_words is None:
        return [user]
    if max_words is None:
        return [dict(role="system", content=system), user]  # noqa: C408
    limit = "Use no more than " + str(max_words) + " words, please."
    if system is None:
        return [dict(role="system", content=limit), user]  # noqa: C408
    return [dict(role="system", content=limit + " " + system), user]  # noqa: C408

# %% alternative="system-put-in-front-at-the-end" exercise="build_messages"
def build_messages(q, system=None, max_words=None):
    talk = [{"content": q, "role": "user"}]
    rules = system or ""
    if max_words is not None:
        rules += f" (max_words: {max_words})"
    if rules != "":
        talk.insert(0, {"content": rules, "role": "system"})
    print("sending", talk)
    return talk

# %% alternative="message-objects-in-a-tuple" exercise="build_messages"
from ollama import Message


def build_messages(question, system=None, max_words=None):
    if max_words:
        system = (system + " " if system else "") + f"At most {max_words} words!"
    user = Message(role="user", content=question)
    return (Message(role="system", content=system), user) if system else (user,)

# %% alternative="none-of-your-answers" exercise="build_messages"
def build_messages(question, system=None, max_words=None):
    rules = []
    if system:
        rules += [system]
    if max_words:
        rules += [f"None of your answers may have more than {max_words} words."]
    messages = [{"role": "user", "content": question}]
    if rules:
        messages.insert(0, {"role": "system", "content": " ".join(rules)})
    return messages

# %% alternative="match-statement" exercise="build_messages"
def build_messages(question, system=None, max_words=None):
    user = {"role": "user", "content": question}
    match system, max_words:
        case None, None:
            return [user]
        case text, None:
            content = text
        case None, limit:
            content = "Limit: {} words".format(limit)  # noqa: UP032
        case text, limit:
            content = text + "\nLimit: " + str(limit) + " words"
    return [{"role": "system", "content": content}, user]

# %% alternative="a-list-of-its-own-kind" exercise="build_messages"
class Talk(list):
    def say(self, role, content):
        self.append({"content": content, "role": role})
        return self


def build_messages(question, system=None, max_words=None):
    print("building", question)
    text = system if system else ""
    if max_words:
        text += (" " if text else "") + "Word limit: " + str(max_words)
    talk = Talk()
    if text:
        talk.say("system", text)
    return talk.say("user", question)

# %% alternative="calls-itself-for-the-limit" exercise="build_messages"
def build_messages(question, system=None, max_words=None):
    if max_words:
        inner = build_messages(question, system)
        if inner[0]["role"] != "system":
            return build_messages(question, f"Use no more than {max_words} words.")
        inner[0]["content"] += f"\nUse no more than {max_words} words."
        return inner
    return ([{"role": "system", "content": system}] if system else []) + [{"role": "user", "content": question}]

# %% alternative="try-and-except" exercise="tokens_per_second"
def tokens_per_second(reply):
    try:
        return reply.eval_count / reply.eval_duration * 1e9
    except (TypeError, ZeroDivisionError):
        return None

# %% alternative="get-with-brackets" exercise="tokens_per_second"
def tokens_per_second(response):
    n = response.get("eval_count")
    ns = response.get("eval_duration")
    print(n, ns)
    if n is None or ns is None or ns == 0:
        return None
    return n / ns * 10**9

# %% alternative="brackets-where-the-number-is-there" exercise="tokens_per_second"
def tokens_per_second(reply):
    result = None
    if "eval_count" in reply and "eval_duration" in reply and reply["eval_duration"] > 0:
        result = reply["eval_count"] * 1_000_000_000 / reply["eval_duration"]
    return result

# %% alternative="a-named-second-and-a-float" exercise="tokens_per_second"
NANOSECONDS_IN_A_SECOND = 1_000_000_000


def tokens_per_second(reply):
    if reply.eval_duration and reply.eval_count is not None:
        seconds = float(reply.eval_duration) / NANOSECONDS_IN_A_SECOND
        return reply.eval_count / seconds
    return None

# %% alternative="key-error-caught" exercise="tokens_per_second"
def tokens_per_second(reply):
    try:
        return reply["eval_count"] / (reply["eval_duration"] / 10 ** 9)
    except (KeyError, ZeroDivisionError):
        return None

# %% alternative="match-and-timedelta" exercise="tokens_per_second"
from datetime import timedelta


def tokens_per_second(reply):
    match (reply.eval_count, reply.eval_duration):
        case (None, _) | (_, None | 0):
            return None
        case (tokens, nanoseconds):
            return tokens / timedelta(microseconds=nanoseconds / 1000).total_seconds()

# %% alternative="dumped-and-numpy" exercise="tokens_per_second"
import numpy as np


def tokens_per_second(reply):
    numbers = reply.model_dump()
    if numbers.get("eval_count") is None or not numbers.get("eval_duration"):
        return None
    return np.float64(numbers["eval_count"]) / (np.float64(numbers["eval_duration"]) * 1e-9)

# %% alternative="brackets-and-options-only-when-given" exercise="ask"
def ask(chat, model, messages, **options):
    if options:  # noqa: SIM108
        reply = chat(model=model, messages=messages, options=options)
    else:
        reply = chat(model=model, messages=messages)
    print(reply["message"]["content"])
    text = reply["message"]["content"]
    thoughts = reply["message"].get("thinking") or ""
    if thoughts == "" and text.find("<think>") >= 0:
        start, end = text.find("<think>"), text.find("</think>")
        thoughts = text[start + len("<think>") : end]
        text = text[end + len("</think>") :]
    return {
        "reply": reply,
        "seconds": reply["total_duration"] / 1e9,
        "thinking": thoughts,
        "answer": text,
        "model": model,
    }

# %% alternative="positional-call-and-a-pattern" exercise="ask"
import re


def ask(chat, model, messages, **settings):
    reply = chat(model, messages, options=dict(settings))
    message = reply.message
    if message.thinking:
        thinking, answer = message.thinking, message.content
    else:
        found = re.match(r"\s*<think>(.*?)</think>(.*)", message.content, re.DOTALL)
        thinking, answer = found.groups() if found else ("", message.content)
    seconds = round(reply.total_duration / 10**9, 2)
    return dict(model=model, answer=answer, thinking=thinking, seconds=seconds, reply=reply)  # noqa: C408

# %% alternative="options-object-and-extra-keys" exercise="ask"
import ollama


def ask(chat, model, messages, **options):
    request = {"model": model, "messages": list(messages), "stream": False}
    if options:
        request["options"] = ollama.Options(**options)
    reply = chat(**request)
    row = {"model": model, "reply": reply, "tokens": reply.eval_count}
    row["seconds"] = reply.total_duration * 1e-9
    parts = reply.message.content.split("</think>", 1)
    if len(parts) == 2 and not reply.message.thinking:
        row["thinking"], row["answer"] = parts[0].removeprefix("<think>").strip(), parts[1].strip()
    else:
        row["thinking"], row["answer"] = reply.message.thinking or "", reply.message.content
    return row

# %% alternative="index-and-slices-early-return" exercise="ask"
def ask(chat, model, messages, **options):
    r = chat(model=model, messages=messages, options=options or None)
    row = {"model": model, "answer": r.message.content, "thinking": "", "reply": r}
    row["seconds"] = r.total_duration / 1_000_000_000
    if r.message.thinking:
        row["thinking"] = r.message.thinking
        return row
    end = row["answer"].find("</think>")
    if end == -1:
        return row
    row["thinking"] = row["answer"][7:end].strip()
    row["answer"] = row["answer"][end + 8 :].strip()
    return row

# %% alternative="message-objects-and-split" exercise="ask"
def ask(chat, model, messages, **options):
    request = {"model": model, "messages": [ollama.Message(**message) for message in messages]}
    if options:
        request["options"] = options
    reply = chat(**request)
    parts = reply.message.content.split("</think>", 1)
    thinking, answer = reply.message.thinking or "", reply.message.content
    if len(parts) == 2 and not thinking:
        thinking, answer = parts[0].removeprefix("<think>"), parts[1]
    row = {"model": model, "answer": answer, "thinking": thinking, "reply": reply}
    return row | {"seconds": reply.total_duration / 1e9}

# %% alternative="a-dataclass-for-the-two-halves" exercise="ask"
from dataclasses import asdict, dataclass


@dataclass
class Halves:
    thinking: str
    answer: str


def cut(message):
    if message.thinking:
        return Halves(message.thinking, message.content)
    head, _, tail = message.content.rpartition("</think>")
    return Halves(head.replace("<think>", "", 1).strip(), tail.lstrip("\n"))


def ask(chat, model, messages, **options):
    print("asking", model)
    reply = chat(options={**options}, messages=[*messages], model=model)
    return {**asdict(cut(reply.message)), "model": model, "seconds": reply.total_duration * 1e-9, "reply": reply}

# %% alternative="helper-function-inside" exercise="compare"
def compare(ask, chat, models, messages):
    def row_for(model):
        try:
            return ask(chat, model, messages)
        except ollama.ResponseError as error:
            return {"model": model, "error": error.error}

    return [row_for(model) for model in models]

# %% alternative="by-number-and-by-name" exercise="compare"
from ollama import ResponseError


def compare(ask, chat, models, messages):
    table = [None] * len(models)
    for i in range(len(models)):
        print("asking", models[i])
        try:
            row = ask(chat=chat, model=models[i], messages=messages)
        except ResponseError as problem:
            row = {"error": f"Error {problem.status_code}: {problem}", "model": models[i]}
        table[i] = row
    return table

# %% alternative="other-errors-raised-again" exercise="compare"
def compare(ask, chat, models, messages):
    rows = []
    for name in list(models):
        try:
            answer = ask(chat, name, messages)
        except Exception as error:
            if not isinstance(error, ollama.ResponseError):
                raise
            answer = dict(model=name, error="Ollama says: " + str(error))  # noqa: C408
        rows += [answer]
    return rows

# %% alternative="all-at-once-in-threads" exercise="compare"
from concurrent.futures import ThreadPoolExecutor


def compare(ask, chat, models, messages):
    with ThreadPoolExecutor(max_workers=3) as pool:
        jobs = [(model, pool.submit(ask, chat, model, messages)) for model in models]
    rows = []
    for model, job in jobs:
        try:
            rows.append(job.result())
        except ollama.ResponseError as error:
            rows.append({"model": model, "error": str(error)})
    return rows

# %% alternative="first-and-rest-in-a-tuple" exercise="compare"
def compare(ask, chat, models, messages):
    if not models:
        return ()
    first, *others = models
    try:
        row = ask(chat, first, messages)
    except ollama.ResponseError as error:
        row = {"model": first, "error": f"{error}"}
    return (row, *compare(ask, chat, others, messages))

# %% alternative="generator-inside" exercise="compare"
def compare(ask, chat, models, messages):
    def each():
        for model in models:
            try:
                yield ask(chat, model, messages)
            except ollama.ResponseError as err:
                yield {"model": model, "error": repr(err)}

    return list(each())

# %% alternative="a-class-and-map" exercise="compare"
from functools import partial


class Comparer:
    def __init__(self, ask, chat):
        self.ask, self.chat = ask, chat

    def __call__(self, model, messages):
        try:
            return self.ask(self.chat, model, messages)
        except ollama.ResponseError as error:
            return {"model": model, "error": str(error)}


def compare(ask, chat, models, messages):
    return list(map(partial(Comparer(ask, chat), messages=messages), models))

# %% alternative="text-built-by-plus" exercise="to_markdown"
def to_markdown(rows):
    text = "| model | answer | seconds | tokens per second |\n"
    text = text + "| --- | --- | --- | --- |\n"
    for row in rows:
        answer = row["error"] if "error" in row else row["answer"]
        answer = answer.replace("\n", " ").replace("|", "\\|")
        text += "| " + row["model"] + " | " + answer + " | "
        text += "-" if "error" in row else "%.1f s" % row["seconds"]  # noqa: UP031
        text += " | "
        if row.get("tokens_per_second") is None:
            text += "-"
        else:
            text += str(round(row["tokens_per_second"], 1))
        text += " |\n"
    return text

# %% alternative="split-and-join" exercise="to_markdown"
def to_markdown(rows):
    def cell(value):
        if value is None:
            return "–"
        if isinstance(value, float):
            return format(value, ".1f")
        return r"\|".join(" ".join(str(value).split()).split("|"))

    keys = ["model", "answer", "seconds", "tokens_per_second"]
    head = [["Model", "Reply", "Time (s)", "Speed"], [":--", ":--", "--:", "--:"]]
    body = [[cell(row.get(key, row.get("error") if key == "answer" else None)) for key in keys] for row in rows]
    return "\n".join("|" + "|".join(cells) + "|" for cells in head + body)

# %% alternative="no-outer-pipes-and-a-dictionary-copy" exercise="to_markdown"
import html


def to_markdown(rows):
    out = ["Model | Answer | Seconds | Tokens/s", "--- | --- | --- | ---"]
    for original in rows:
        row = {"seconds": None, "tokens_per_second": None, **original}
        words = html.escape(row["answer"] if "answer" in row else f"**{row['error']}**", quote=False)
        words = " ".join(words.splitlines()).replace("|", "\\|")
        numbers = [f"{row[key]:.1f}" if row[key] is not None else "-" for key in ("seconds", "tokens_per_second")]
        out += [f"{row['model']} | {words} | {numbers[0]} | {numbers[1]}"]
    return "\n".join(out) + "\n"

# %% alternative="triple-quoted-head" exercise="to_markdown"
def to_markdown(rows):
    text = """
| Model | Answer | Seconds | Tokens/s |
|-------|--------|--------:|---------:|
"""
    for row in rows:
        is_error = "error" in row
        words = row["error"] if is_error else row["answer"]
        words = words.replace("\n", " ").replace("|", r"\|")
        secs = "-" if is_error else "{:.1f}".format(row["seconds"])
        tps = "-" if is_error or row["tokens_per_second"] is None else "{:.1f}".format(row["tokens_per_second"])
        text += f"| {row['model']} | {words} | {secs} | {tps} |\n"
    return text

# %% alternative="aligned-columns" exercise="to_markdown"
def to_markdown(rows):
    table = [["Model", "Answer", "Seconds", "Tokens/s"]]
    trans = str.maketrans({"|": "\\|", "\n": " "})
    for row in rows:
        match row:
            case {"error": error, "model": model}:
                table.append([model, f"*{error.translate(trans)}*", "-", "-"])
            case {"model": model, "answer": answer, "seconds": s, "tokens_per_second": t}:
                table.append([model, answer.translate(trans), f"{s:.1f}", "-" if t is None else f"{t:.1f}"])
    widths = [max(len(r[i]) for r in table) for i in range(4)]
    table.insert(1, ["-" * w for w in widths])
    return "\n".join("| " + " | ".join(c.ljust(w) for c, w in zip(r, widths, strict=True)) + " |" for r in table)

# %% alternative="printed-into-a-buffer" exercise="to_markdown"
import io
import re


def to_markdown(rows):
    out = io.StringIO()
    print("|Model|Answer|Seconds|Tokens per second|", "|:--|:--|--:|--:|", sep="\n", file=out)
    for row in rows:
        if "error" in row:
            cells = [row["model"], "Error: " + row["error"], "-", "-"]
        else:
            speed = row["tokens_per_second"]
            cells = [row["model"], row["answer"], str(round(row["seconds"], 1)), "-"]
            if speed is not None:
                cells[3] = str(round(speed, 1))
        cells[1] = re.sub(r"\n", " ", re.sub(r"\|", r"\\|", cells[1]))
        print("|" + "|".join(cells) + "|", file=out)
    return out.getvalue()

# %% alternative="a-dataclass-for-a-line" exercise="to_markdown"
from dataclasses import dataclass


@dataclass
class Line:
    model: str
    text: str
    seconds: float | None = None
    speed: float | None = None

    def __str__(self):
        numbers = ["-" if number is None else f"{number:.1f}" for number in (self.seconds, self.speed)]
        text = " ".join(self.text.replace("|", "\\|").splitlines())
        return " | ".join(["", self.model, text, *numbers, ""]).strip()


def to_markdown(rows):
    lines = [
        Line(row["model"], row["error"])
        if "error" in row
        else Line(row["model"], row["answer"], row["seconds"], row["tokens_per_second"])
        for row in rows
    ]
    return "\n".join(["| Name | Said | Time (s) | Speed |", "|" + "---|" * 4] + [str(line) for line in lines])
