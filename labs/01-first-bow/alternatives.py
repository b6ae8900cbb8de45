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

# %% alternative="rounded-to-one-digit-on-a-named-second" exercise="tokens_per_second"
NANOSECONDS_IN_A_SECOND = 1_000_000_000


def tokens_per_second(reply):
    if reply.eval_duration and reply.eval_count:
        seconds = float(reply.eval_duration) / NANOSECONDS_IN_A_SECOND
        return round(reply.eval_count / seconds, 1)
    return None

# %% alternative="key-error-caught" exercise="tokens_per_second"
def tokens_per_second(reply):
    try:
        return reply["eval_count"] / (reply["eval_duration"] / 10 ** 9)
    except (KeyError, ZeroDivisionError):
        return None

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
        row = {"model": first, "error": f"{error}", "answer": "", "seconds": None}
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

# %% alternative="text-built-by-plus" exercise="to_markdown"
def to_markdown(rows):
    text = "| model | answer | seconds | tokens per second |\n"
    text = text + "| --- | --- | --- | --- |\n"
    for row in rows:
        answer = row["error"] if "error" in row else row["answer"]
        answer = answer.replace("\n", "<br>").replace("|", "&#124;")
        text += "| " + row["model"] + " | " + answer + " | "
        text += "n/a" if "error" in row else "%.1f s" % row["seconds"]  # noqa: UP031
        text += " | "
        if row.get("tokens_per_second") is None:
            text += "?"
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
        words = html.escape(row.get("answer") or f"**{row['error']}**", quote=False)
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
