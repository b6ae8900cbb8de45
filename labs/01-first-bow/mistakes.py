# %% mistake="one-list-shared-by-all-calls" exercise="build_messages"
def build_messages(question, system=None, max_words=None, messages=[]):  # noqa: B006
    if system or max_words:
        limit = f"Answer in at most {max_words} words." if max_words else ""
        messages.append({"role": "system", "content": f"{system or ''} {limit}".strip()})
    messages.append({"role": "user", "content": question})
    return messages

# %% mistake="system-message-even-when-there-is-none" exercise="build_messages"
def build_messages(question, system=None, max_words=None):
    if max_words:
        system = f"{system or ''} Answer in at most {max_words} words."
    return [{"role": "system", "content": system}, {"role": "user", "content": question}]

# %% mistake="none-written-into-the-text" exercise="build_messages"
def build_messages(question, system=None, max_words=None):
    messages = []
    if system or max_words:
        messages.append({"role": "system", "content": f"{system} Answer in at most {max_words} words."})
    messages.append({"role": "user", "content": question})
    return messages

# %% mistake="none-only-when-the-limit-stands-alone" exercise="build_messages"
def build_messages(question, system=None, max_words=None):
    messages = []
    if max_words:
        system = f"{system} Use at most {max_words} words."
    if system:
        messages.append({"role": "system", "content": system})
    messages.append({"role": "user", "content": question})
    return messages

# %% mistake="limit-glued-to-the-question" exercise="build_messages"
def build_messages(question, system=None, max_words=None):
    messages = []
    if system:
        messages.append({"role": "system", "content": system})
    if max_words:
        question = f"{question} Answer in at most {max_words} words."
    messages.append({"role": "user", "content": question})
    return messages

# %% mistake="limit-lost-without-system" exercise="build_messages"
def build_messages(question, system=None, max_words=None):
    messages = []
    if system:
        if max_words:
            system = system + " At most " + str(max_words) + " words."
        messages.append({"role": "system", "content": system})
    messages.append({"role": "user", "content": question})
    return messages

# %% mistake="limit-replaces-the-system-text" exercise="build_messages"
def build_messages(question, system=None, max_words=None):
    messages = [{"role": "user", "content": question}]
    if max_words:
        messages.insert(0, {"role": "system", "content": f"At most {max_words} words."})
    elif system:
        messages.insert(0, {"role": "system", "content": system})
    return messages

# %% mistake="limit-of-the-example-only" exercise="build_messages"
def build_messages(question, system=None, max_words=None):
    messages = []
    if system and max_words:
        messages.append({"role": "system", "content": system + " Answer in at most 20 words."})
    elif system:
        messages.append({"role": "system", "content": system})
    messages.append({"role": "user", "content": question})
    return messages

# %% mistake="limit-without-its-number" exercise="build_messages"
def build_messages(question, system=None, max_words=None):
    rules = []
    if system:
        rules.append(system)
    if max_words:
        rules.append("Answer in at most max_words words.")
    messages = [{"role": "system", "content": " ".join(rules)}] if rules else []
    return [*messages, {"role": "user", "content": question}]

# %% mistake="two-system-messages" exercise="build_messages"
def build_messages(question, system=None, max_words=None):
    messages = []
    if system:
        messages.append({"role": "system", "content": system})
    if max_words:
        messages.append({"role": "system", "content": f"Answer in at most {max_words} words."})
    messages.append({"role": "user", "content": question})
    return messages

# %% mistake="question-before-system" exercise="build_messages"
def build_messages(question, system=None, max_words=None):
    messages = [{"role": "user", "content": question}]
    text = " ".join(part for part in (system, max_words and f"At most {max_words} words.") if part)
    if text:
        messages.append({"role": "system", "content": text})
    return messages

# %% mistake="question-said-by-the-assistant" exercise="build_messages"
def build_messages(question, system=None, max_words=None):
    text = " ".join(part for part in (system, max_words and f"At most {max_words} words.") if part)
    messages = [{"role": "system", "content": text}] if text else []
    return [*messages, {"role": "assistant", "content": question}]

# %% mistake="one-message-in-no-list" exercise="build_messages"
def build_messages(question, system=None, max_words=None):
    if system or max_words:
        text = " ".join(part for part in (system, max_words and f"At most {max_words} words.") if part)
        return [{"role": "system", "content": text}, {"role": "user", "content": question}]
    return {"role": "user", "content": question}

# %% mistake="printed-instead-of-returned" exercise="build_messages"
def build_messages(question, system=None, max_words=None):
    messages = []
    if system:
        messages.append({"role": "system", "content": system})
    messages.append({"role": "user", "content": question})
    print(messages)

# %% mistake="messages-one-by-one-in-no-list" exercise="build_messages"
def build_messages(question, system=None, max_words=None):
    rules = [r for r in (system, max_words and f"Answer in at most {max_words} words.") if r]
    if rules:
        yield {"role": "system", "content": " ".join(rules)}
    yield {"role": "user", "content": question}

# %% mistake="spaces-around-the-question-lost" exercise="build_messages"
def build_messages(question, system=None, max_words=None):
    rules = [r for r in (system, max_words and f"Answer in at most {max_words} words.") if r]
    m = [{"role": "user", "content": question.strip()}]
    return [{"role": "system", "content": " ".join(rules)}, *m] if rules else m

# %% mistake="question-on-one-line" exercise="build_messages"
def build_messages(question, system=None, max_words=None):
    rules = [r for r in (system, max_words and f"Answer in at most {max_words} words.") if r]
    m = [{"role": "user", "content": " ".join(question.split())}]
    return [{"role": "system", "content": " ".join(rules)}, *m] if rules else m

# %% mistake="question-mark-added" exercise="build_messages"
def build_messages(question, system=None, max_words=None):
    if not question.endswith("?"):
        question += "?"
    rules = [r for r in (system, max_words and f"Answer in at most {max_words} words.") if r]
    m = [{"role": "user", "content": question}]
    return [{"role": "system", "content": " ".join(rules)}, *m] if rules else m

# %% mistake="limit-cuts-the-question" exercise="build_messages"
def build_messages(question, system=None, max_words=None):
    rules = [r for r in (system, max_words and f"Answer in at most {max_words} words.") if r]
    if max_words:
        question = " ".join(question.split()[:max_words])
    m = [{"role": "user", "content": question}]
    return [{"role": "system", "content": " ".join(rules)}, *m] if rules else m

# %% mistake="a-limit-that-nobody-asked-for" exercise="build_messages"
def build_messages(question, system=None, max_words=None):
    max_words = max_words or 100
    text = ((system or "") + f" Answer in at most {max_words} words.").strip()
    return [{"role": "system", "content": text}, {"role": "user", "content": question}]

# %% mistake="pairs-instead-of-dictionaries" exercise="build_messages"
def build_messages(question, system=None, max_words=None):
    rules = [r for r in (system, max_words and f"Answer in at most {max_words} words.") if r]
    m = [("user", question)]
    return [("system", " ".join(rules)), *m] if rules else m

# %% mistake="limit-in-whatever-comes-first" exercise="build_messages"
def build_messages(question, system=None, max_words=None):
    messages = [{"role": "user", "content": question}]
    if system:
        messages.insert(0, {"role": "system", "content": system})
    if max_words:
        messages[0]["content"] += f" Answer in at most {max_words} words."
    return messages

# %% mistake="nanoseconds-read-as-seconds" exercise="tokens_per_second"
def tokens_per_second(reply):
    if not reply.eval_count or not reply.eval_duration:
        return None
    return reply.eval_count / reply.eval_duration

# %% mistake="nanoseconds-read-as-milliseconds" exercise="tokens_per_second"
def tokens_per_second(reply):
    if not reply.eval_count or not reply.eval_duration:
        return None
    return reply.eval_count / (reply.eval_duration / 1000)

# %% mistake="one-zero-too-many" exercise="tokens_per_second"
def tokens_per_second(reply):
    if not reply.eval_count or not reply.eval_duration:
        return None
    return reply.eval_count / reply.eval_duration * 10e9

# %% mistake="prompt-tokens-counted-too" exercise="tokens_per_second"
def tokens_per_second(reply):
    if not reply.eval_count or not reply.eval_duration:
        return None
    tokens = (reply.prompt_eval_count or 0) + reply.eval_count
    return tokens / (reply.eval_duration / 1e9)

# %% mistake="only-prompt-tokens-counted" exercise="tokens_per_second"
def tokens_per_second(reply):
    if not reply.prompt_eval_count or not reply.eval_duration:
        return None
    return reply.prompt_eval_count / (reply.eval_duration / 1e9)

# %% mistake="whole-time-instead-of-writing-time" exercise="tokens_per_second"
def tokens_per_second(reply):
    if not reply.eval_count or not reply.total_duration:
        return None
    return reply.eval_count / (reply.total_duration / 1e9)

# %% mistake="zero-duration-crashes" exercise="tokens_per_second"
def tokens_per_second(reply):
    return reply.eval_count / (reply.eval_duration / 1e9)

# %% mistake="only-zero-is-guarded-not-missing" exercise="tokens_per_second"
def tokens_per_second(reply):
    if reply.eval_duration == 0:
        return None
    return reply.eval_count / (reply.eval_duration / 1e9)

# %% mistake="missing-count-crashes" exercise="tokens_per_second"
def tokens_per_second(reply):
    if not reply.eval_duration:
        return None
    return reply.eval_count / (reply.eval_duration / 1e9)

# %% mistake="brackets-on-a-missing-number" exercise="tokens_per_second"
def tokens_per_second(reply):
    if not reply["eval_count"] or not reply["eval_duration"]:
        return None
    return reply["eval_count"] / (reply["eval_duration"] / 1e9)

# %% mistake="unknown-speed-called-zero" exercise="tokens_per_second"
def tokens_per_second(reply):
    if not reply.eval_count or not reply.eval_duration:
        return 0
    return reply.eval_count / (reply.eval_duration / 1e9)

# %% mistake="error-swallowed-into-zero" exercise="tokens_per_second"
def tokens_per_second(reply):
    try:
        return reply.eval_count / (reply.eval_duration / 1e9)
    except (ZeroDivisionError, TypeError):
        return 0.0

# %% mistake="upside-down" exercise="tokens_per_second"
def tokens_per_second(reply):
    if not reply.eval_count or not reply.eval_duration:
        return None
    return (reply.eval_duration / 1e9) / reply.eval_count

# %% mistake="whole-numbers-only" exercise="tokens_per_second"
def tokens_per_second(reply):
    if not reply.eval_count or not reply.eval_duration:
        return None
    return reply.eval_count * 1_000_000_000 // reply.eval_duration

# %% mistake="seconds-rounded-too-early" exercise="tokens_per_second"
def tokens_per_second(reply):
    if not reply.eval_count or not reply.eval_duration:
        return None
    seconds = round(reply.eval_duration / 1e9)
    return reply.eval_count / seconds

# %% mistake="words-counted-instead-of-tokens" exercise="tokens_per_second"
def tokens_per_second(reply):
    if not reply.eval_duration:
        return None
    return len(reply.message.content.split()) / (reply.eval_duration / 1e9)

# %% mistake="text-instead-of-a-number" exercise="tokens_per_second"
def tokens_per_second(reply):
    if not reply.eval_count or not reply.eval_duration:
        return None
    return f"{reply.eval_count / (reply.eval_duration / 1e9):.1f} tokens/s"

# %% mistake="fallback-to-total" exercise="tokens_per_second"
def tokens_per_second(reply):
    if reply.eval_count is None:
        return None
    d = reply.eval_duration or reply.total_duration
    if not d:
        return None
    return reply.eval_count / (d / 1e9)

# %% mistake="count-of-zero-called-unknown" exercise="tokens_per_second"
def tokens_per_second(reply):
    if not reply.eval_count or not reply.eval_duration:
        return None
    return reply.eval_count / reply.eval_duration * 1e9

# %% mistake="rounded-to-one-digit" exercise="tokens_per_second"
def tokens_per_second(reply):
    if reply.eval_count is None or not reply.eval_duration:
        return None
    return round(reply.eval_count / reply.eval_duration * 1e9, 1)

# %% mistake="reading-time-added" exercise="tokens_per_second"
def tokens_per_second(reply):
    if reply.eval_count is None or not reply.eval_duration:
        return None
    return reply.eval_count / (reply.eval_duration + (reply.prompt_eval_duration or 0)) * 1e9

# %% mistake="unknown-as-a-word" exercise="tokens_per_second"
def tokens_per_second(reply):
    if reply.eval_count is None or not reply.eval_duration:
        return "unknown"
    return reply.eval_count / reply.eval_duration * 1e9

# %% mistake="false-for-unknown" exercise="tokens_per_second"
def tokens_per_second(reply):
    return bool(reply.eval_count and reply.eval_duration) and reply.eval_count / reply.eval_duration * 1e9

# %% mistake="options-outside-of-options" exercise="ask"
def ask(chat, model, messages, **options):
    reply = chat(model=model, messages=messages, **options)
    thinking, answer = reply.message.thinking or "", reply.message.content
    if not thinking and "</think>" in answer:
        thinking, answer = answer.replace("<think>", "").split("</think>")
    seconds = reply.total_duration / 1e9
    return {"model": model, "answer": answer, "thinking": thinking, "seconds": seconds, "reply": reply}

# %% mistake="options-in-a-box-in-a-box" exercise="ask"
def ask(chat, model, messages, **options):
    reply = chat(model=model, messages=messages, options={"options": options})
    thinking, answer = reply.message.thinking or "", reply.message.content
    if not thinking and "</think>" in answer:
        thinking, answer = answer.replace("<think>", "").split("</think>")
    seconds = reply.total_duration / 1e9
    return {"model": model, "answer": answer, "thinking": thinking, "seconds": seconds, "reply": reply}

# %% mistake="options-forgotten" exercise="ask"
def ask(chat, model, messages, **options):
    reply = chat(model=model, messages=messages)
    thinking, answer = reply.message.thinking or "", reply.message.content
    if not thinking and "</think>" in answer:
        thinking, answer = answer.replace("<think>", "").split("</think>")
    seconds = reply.total_duration / 1e9
    return {"model": model, "answer": answer, "thinking": thinking, "seconds": seconds, "reply": reply}

# %% mistake="only-the-option-of-the-example" exercise="ask"
def ask(chat, model, messages, temperature=None, **other):
    options = {"temperature": temperature} if temperature else None
    reply = chat(model=model, messages=messages, options=options)
    thinking, answer = reply.message.thinking or "", reply.message.content
    if not thinking and "</think>" in answer:
        thinking, answer = answer.replace("<think>", "").split("</think>")
    seconds = reply.total_duration / 1e9
    return {"model": model, "answer": answer, "thinking": thinking, "seconds": seconds, "reply": reply}

# %% mistake="an-option-nobody-gave" exercise="ask"
def ask(chat, model, messages, **options):
    options.setdefault("temperature", 0)
    reply = chat(model=model, messages=messages, options=options)
    thinking, answer = reply.message.thinking or "", reply.message.content
    if not thinking and "</think>" in answer:
        thinking, answer = answer.replace("<think>", "").split("</think>")
    seconds = reply.total_duration / 1e9
    return {"model": model, "answer": answer, "thinking": thinking, "seconds": seconds, "reply": reply}

# %% mistake="only-the-last-message-sent" exercise="ask"
def ask(chat, model, messages, **options):
    reply = chat(model=model, messages=messages[-1:], options=options)
    thinking, answer = reply.message.thinking or "", reply.message.content
    if not thinking and "</think>" in answer:
        thinking, answer = answer.replace("<think>", "").split("</think>")
    seconds = reply.total_duration / 1e9
    return {"model": model, "answer": answer, "thinking": thinking, "seconds": seconds, "reply": reply}

# %% mistake="option-zero-dropped" exercise="ask"
def ask(chat, model, messages, **options):
    settings = {name: value for name, value in options.items() if value}
    reply = chat(model=model, messages=messages, options=settings)
    thinking, answer = reply.message.thinking or "", reply.message.content
    if not thinking and "</think>" in answer:
        thinking, answer = answer.replace("<think>", "").split("</think>")
    seconds = reply.total_duration / 1e9
    return {"model": model, "answer": answer, "thinking": thinking, "seconds": seconds, "reply": reply}

# %% mistake="every-model-told-to-think" exercise="ask"
def ask(chat, model, messages, **options):
    reply = chat(model=model, messages=messages, think=True, options=options)
    thinking, answer = reply.message.thinking or "", reply.message.content
    if not thinking and "</think>" in answer:
        thinking, answer = answer.replace("<think>", "").split("</think>")
    seconds = reply.total_duration / 1e9
    return {"model": model, "answer": answer, "thinking": thinking, "seconds": seconds, "reply": reply}

# %% mistake="messages-wrapped-once-more" exercise="ask"
def ask(chat, model, messages, **options):
    reply = chat(model=model, messages=[{"role": "user", "content": str(messages)}], options=options)
    thinking, answer = reply.message.thinking or "", reply.message.content
    if not thinking and "</think>" in answer:
        thinking, answer = answer.replace("<think>", "").split("</think>")
    seconds = reply.total_duration / 1e9
    return {"model": model, "answer": answer, "thinking": thinking, "seconds": seconds, "reply": reply}

# %% mistake="always-the-same-model" exercise="ask"
def ask(chat, model, messages, **options):
    reply = chat(model="alpha:1b", messages=messages, options=options)
    thinking, answer = reply.message.thinking or "", reply.message.content
    if not thinking and "</think>" in answer:
        thinking, answer = answer.replace("<think>", "").split("</think>")
    seconds = reply.total_duration / 1e9
    return {"model": model, "answer": answer, "thinking": thinking, "seconds": seconds, "reply": reply}

# %% mistake="asked-again-for-each-part" exercise="ask"
def ask(chat, model, messages, **options):
    return {
        "model": model,
        "answer": chat(model=model, messages=messages, options=options).message.content,
        "thinking": chat(model=model, messages=messages, options=options).message.thinking or "",
        "seconds": chat(model=model, messages=messages, options=options).total_duration / 1e9,
        "reply": chat(model=model, messages=messages, options=options),
    }

# %% mistake="whole-reply-as-the-answer" exercise="ask"
def ask(chat, model, messages, **options):
    reply = chat(model=model, messages=messages, options=options)
    print(reply)
    seconds = reply.total_duration / 1e9
    return {"model": model, "answer": str(reply), "thinking": "", "seconds": seconds, "reply": reply}

# %% mistake="message-as-the-answer" exercise="ask"
def ask(chat, model, messages, **options):
    reply = chat(model=model, messages=messages, options=options)
    return {
        "model": model,
        "answer": reply.message,
        "thinking": reply.message.thinking or "",
        "seconds": reply.total_duration / 1e9,
        "reply": reply,
    }

# %% mistake="think-tags-left-in-the-answer" exercise="ask"
def ask(chat, model, messages, **options):
    reply = chat(model=model, messages=messages, options=options)
    return {
        "model": model,
        "answer": reply.message.content,
        "thinking": reply.message.thinking or "",
        "seconds": reply.total_duration / 1e9,
        "reply": reply,
    }

# %% mistake="thinking-read-from-tags-only" exercise="ask"
def ask(chat, model, messages, **options):
    reply = chat(model=model, messages=messages, options=options)
    thinking, answer = "", reply.message.content
    if "</think>" in answer:
        thinking, answer = answer.replace("<think>", "").split("</think>")
    seconds = reply.total_duration / 1e9
    return {"model": model, "answer": answer, "thinking": thinking, "seconds": seconds, "reply": reply}

# %% mistake="tags-expected-in-every-reply" exercise="ask"
def ask(chat, model, messages, **options):
    reply = chat(model=model, messages=messages, options=options)
    thinking, answer = reply.message.content.replace("<think>", "").split("</think>")
    seconds = reply.total_duration / 1e9
    return {"model": model, "answer": answer, "thinking": thinking, "seconds": seconds, "reply": reply}

# %% mistake="pattern-stops-at-the-first-newline" exercise="ask"
import re


def ask(chat, model, messages, **options):
    reply = chat(model=model, messages=messages, options=options)
    thinking, answer = reply.message.thinking or "", reply.message.content
    found = re.search(r"<think>(.*?)</think>", answer)
    if not thinking and found:
        thinking, answer = found[1], answer.replace(found[0], "")
    seconds = reply.total_duration / 1e9
    return {"model": model, "answer": answer, "thinking": thinking, "seconds": seconds, "reply": reply}

# %% mistake="start-tag-left-in-the-thinking" exercise="ask"
def ask(chat, model, messages, **options):
    reply = chat(model=model, messages=messages, options=options)
    thinking, answer = reply.message.thinking or "", reply.message.content
    if not thinking and "</think>" in answer:
        thinking, answer = answer.split("</think>")
    seconds = reply.total_duration / 1e9
    return {"model": model, "answer": answer, "thinking": thinking, "seconds": seconds, "reply": reply}

# %% mistake="letters-stripped-instead-of-the-tag" exercise="ask"
def ask(chat, model, messages, **options):
    reply = chat(model=model, messages=messages, options=options)
    thinking, answer = reply.message.thinking or "", reply.message.content
    if not thinking and "</think>" in answer:
        thinking, answer = answer.split("</think>")
        thinking = thinking.lstrip("<think>")
    seconds = reply.total_duration / 1e9
    return {"model": model, "answer": answer, "thinking": thinking, "seconds": seconds, "reply": reply}

# %% mistake="reply-added-to-the-callers-list" exercise="ask"
def ask(chat, model, messages, **options):
    reply = chat(model=model, messages=messages, options=options)
    messages.append(reply.message)
    thinking, answer = reply.message.thinking or "", reply.message.content
    if not thinking and "</think>" in answer:
        thinking, answer = answer.replace("<think>", "").split("</think>")
    seconds = reply.total_duration / 1e9
    return {"model": model, "answer": answer, "thinking": thinking, "seconds": seconds, "reply": reply}

# %% mistake="thinking-thrown-away" exercise="ask"
import re


def ask(chat, model, messages, **options):
    reply = chat(model=model, messages=messages, options=options)
    answer = re.sub(r"<think>.*?</think>", "", reply.message.content, flags=re.S)
    seconds = reply.total_duration / 1e9
    return {"model": model, "answer": answer, "thinking": "", "seconds": seconds, "reply": reply}

# %% mistake="none-instead-of-an-empty-text" exercise="ask"
def ask(chat, model, messages, **options):
    reply = chat(model=model, messages=messages, options=options)
    thinking, answer = reply.message.thinking, reply.message.content
    if not thinking and "</think>" in answer:
        thinking, answer = answer.replace("<think>", "").split("</think>")
    seconds = reply.total_duration / 1e9
    return {"model": model, "answer": answer, "thinking": thinking, "seconds": seconds, "reply": reply}

# %% mistake="only-the-last-line-is-the-answer" exercise="ask"
def ask(chat, model, messages, **options):
    reply = chat(model=model, messages=messages, options=options)
    thinking, answer = reply.message.thinking or "", reply.message.content
    if not thinking and "</think>" in answer:
        thinking, answer = answer.replace("<think>", "").split("</think>")
        answer = answer.splitlines()[-1]
    seconds = reply.total_duration / 1e9
    return {"model": model, "answer": answer, "thinking": thinking, "seconds": seconds, "reply": reply}

# %% mistake="nanoseconds-kept" exercise="ask"
def ask(chat, model, messages, **options):
    reply = chat(model=model, messages=messages, options=options)
    thinking, answer = reply.message.thinking or "", reply.message.content
    if not thinking and "</think>" in answer:
        thinking, answer = answer.replace("<think>", "").split("</think>")
    seconds = reply.total_duration
    return {"model": model, "answer": answer, "thinking": thinking, "seconds": seconds, "reply": reply}

# %% mistake="writing-time-instead-of-the-whole" exercise="ask"
def ask(chat, model, messages, **options):
    reply = chat(model=model, messages=messages, options=options)
    thinking, answer = reply.message.thinking or "", reply.message.content
    if not thinking and "</think>" in answer:
        thinking, answer = answer.replace("<think>", "").split("</think>")
    seconds = (reply.eval_duration or 0) / 1e9
    return {"model": model, "answer": answer, "thinking": thinking, "seconds": seconds, "reply": reply}

# %% mistake="own-clock-instead-of-ollamas" exercise="ask"
import time


def ask(chat, model, messages, **options):
    start = time.perf_counter()
    reply = chat(model=model, messages=messages, options=options)
    thinking, answer = reply.message.thinking or "", reply.message.content
    if not thinking and "</think>" in answer:
        thinking, answer = answer.replace("<think>", "").split("</think>")
    seconds = time.perf_counter() - start
    return {"model": model, "answer": answer, "thinking": thinking, "seconds": seconds, "reply": reply}

# %% mistake="answer-returned-alone" exercise="ask"
def ask(chat, model, messages, **options):
    return chat(model=model, messages=messages, options=options).message.content

# %% mistake="reply-forgotten" exercise="ask"
def ask(chat, model, messages, **options):
    reply = chat(model=model, messages=messages, options=options)
    thinking, answer = reply.message.thinking or "", reply.message.content
    if not thinking and "</think>" in answer:
        thinking, answer = answer.replace("<think>", "").split("</think>")
    return {"model": model, "answer": answer, "thinking": thinking, "seconds": reply.total_duration / 1e9}

# %% mistake="split-although-thinking-came" exercise="ask"
def ask(chat, model, messages, **options):
    reply = chat(model=model, messages=messages, options=options)
    before, tag, after = reply.message.content.partition("</think>")
    if tag:
        thinking, answer = before.replace("<think>", ""), after
    else:
        thinking, answer = reply.message.thinking or "", reply.message.content
    seconds = reply.total_duration / 1e9
    return {"model": model, "answer": answer, "thinking": thinking, "seconds": seconds, "reply": reply}

# %% mistake="json-format-asked" exercise="ask"
def ask(chat, model, messages, **options):
    reply = chat(model=model, messages=messages, options=options, format="json")
    thinking, answer = reply.message.thinking or "", reply.message.content
    if not thinking and "</think>" in answer:
        thinking, answer = answer.replace("<think>", "").split("</think>")
    seconds = reply.total_duration / 1e9
    return {"model": model, "answer": answer, "thinking": thinking, "seconds": seconds, "reply": reply}

# %% mistake="model-unloaded-after-each-call" exercise="ask"
def ask(chat, model, messages, **options):
    reply = chat(model=model, messages=messages, options=options, keep_alive=0)
    thinking, answer = reply.message.thinking or "", reply.message.content
    if not thinking and "</think>" in answer:
        thinking, answer = answer.replace("<think>", "").split("</think>")
    seconds = reply.total_duration / 1e9
    return {"model": model, "answer": answer, "thinking": thinking, "seconds": seconds, "reply": reply}

# %% mistake="one-dictionary-for-all-calls" exercise="ask"
row = {"thinking": ""}


def ask(chat, model, messages, **options):
    reply = chat(model=model, messages=messages, options=options)
    thinking, answer = reply.message.thinking or "", reply.message.content
    if not thinking and "</think>" in answer:
        thinking, answer = answer.replace("<think>", "").split("</think>")
    row.update(model=model, answer=answer, thinking=thinking, seconds=reply.total_duration / 1e9, reply=reply)
    return row

# %% mistake="thinking-of-the-call-before" exercise="ask"
thinking = ""


def ask(chat, model, messages, **options):
    global thinking
    reply = chat(model=model, messages=messages, options=options)
    answer = reply.message.content
    if reply.message.thinking:
        thinking = reply.message.thinking
    elif "</think>" in answer:
        thinking, answer = answer.replace("<think>", "").split("</think>")
    seconds = reply.total_duration / 1e9
    return {"model": model, "answer": answer, "thinking": thinking, "seconds": seconds, "reply": reply}

# %% mistake="error-becomes-the-answer" exercise="ask"
def ask(chat, model, messages, **options):
    try:
        reply = chat(model=model, messages=messages, options=options)
    except Exception as e:
        return {"model": model, "answer": str(e), "thinking": "", "seconds": 0.0, "reply": None}
    t, a = reply.message.thinking or "", reply.message.content
    if not t and "</think>" in a:
        t, _, a = a.partition("</think>")
        t = t.replace("<think>", "").strip()
    return {"model": model, "answer": a.strip(), "thinking": t, "seconds": reply.total_duration / 1e9, "reply": reply}

# %% mistake="asked-once-more-after-an-error" exercise="ask"
def ask(chat, model, messages, **options):
    try:
        reply = chat(model=model, messages=messages, options=options)
    except Exception:
        reply = chat(model=model, messages=messages, options=options)
    t, a = reply.message.thinking or "", reply.message.content
    if not t and "</think>" in a:
        t, _, a = a.partition("</think>")
        t = t.replace("<think>", "").strip()
    return {"model": model, "answer": a.strip(), "thinking": t, "seconds": reply.total_duration / 1e9, "reply": reply}

# %% mistake="streamed-though-nobody-asked" exercise="ask"
def ask(chat, model, messages, **options):
    parts = list(chat(model=model, messages=messages, options=options, stream=True))
    reply = parts[-1]
    a = "".join(p.message.content for p in parts)
    t = "".join(p.message.thinking or "" for p in parts)
    if not t and "</think>" in a:
        t, _, a = a.partition("</think>")
        t = t.replace("<think>", "").strip()
    return {"model": model, "answer": a.strip(), "thinking": t, "seconds": reply.total_duration / 1e9, "reply": reply}

# %% mistake="a-tool-that-nobody-asked-for" exercise="ask"
def ask(chat, model, messages, **options):
    reply = chat(
        model=model, messages=messages, options=options, tools=[{"type": "function", "function": {"name": "x"}}]
    )
    t, a = reply.message.thinking or "", reply.message.content
    if not t and "</think>" in a:
        t, _, a = a.partition("</think>")
        t = t.replace("<think>", "").strip()
    return {"model": model, "answer": a.strip(), "thinking": t, "seconds": reply.total_duration / 1e9, "reply": reply}

# %% mistake="seconds-as-text" exercise="ask"
def ask(chat, model, messages, **options):
    reply = chat(model=model, messages=messages, options=options)
    t, a = reply.message.thinking or "", reply.message.content
    if not t and "</think>" in a:
        t, _, a = a.partition("</think>")
        t = t.replace("<think>", "").strip()
    return {
        "model": model,
        "answer": a.strip(),
        "thinking": t,
        "seconds": f"{reply.total_duration / 1e9:.1f}",
        "reply": reply,
    }

# %% mistake="answer-on-one-line" exercise="ask"
def ask(chat, model, messages, **options):
    reply = chat(model=model, messages=messages, options=options)
    t, a = reply.message.thinking or "", reply.message.content
    if not t and "</think>" in a:
        t, _, a = a.partition("</think>")
        t = t.replace("<think>", "").strip()
    return {
        "model": model,
        "answer": " ".join(a.split()),
        "thinking": t,
        "seconds": reply.total_duration / 1e9,
        "reply": reply,
    }

# %% mistake="one-missing-model-stops-all" exercise="compare"
def compare(ask, chat, models, messages):
    return [ask(chat, model, messages) for model in models]

# %% mistake="try-around-the-whole-loop" exercise="compare"
import ollama


def compare(ask, chat, models, messages):
    rows = []
    try:
        for model in models:
            rows.append(ask(chat, model, messages))
    except ollama.ResponseError as error:
        rows.append({"model": model, "error": str(error)})
    return rows

# %% mistake="missing-model-left-out" exercise="compare"
def compare(ask, chat, models, messages):
    rows = []
    for model in models:
        try:
            rows.append(ask(chat, model, messages))
        except ollama.ResponseError:
            print(model, "is missing")
    return rows

# %% mistake="errors-put-at-the-end" exercise="compare"
def compare(ask, chat, models, messages):
    rows, errors = [], []
    for model in models:
        try:
            rows.append(ask(chat, model, messages))
        except ollama.ResponseError as error:
            errors.append({"model": model, "error": str(error)})
    return rows + errors

# %% mistake="every-error-caught" exercise="compare"
def compare(ask, chat, models, messages):
    rows = []
    for model in models:
        try:
            rows.append(ask(chat, model, messages))
        except Exception as error:
            rows.append({"model": model, "error": str(error)})
    return rows

# %% mistake="bare-except-keeps-quiet" exercise="compare"
def compare(ask, chat, models, messages):
    rows = []
    for model in models:
        try:  # noqa: SIM105
            rows.append(ask(chat, model, messages))
        except:  # noqa: E722
            pass
    return rows

# %% mistake="wrong-error-caught" exercise="compare"
def compare(ask, chat, models, messages):
    rows = []
    for model in models:
        try:
            rows.append(ask(chat, model, messages))
        except KeyError as error:
            rows.append({"model": model, "error": str(error)})
    return rows

# %% mistake="own-words-instead-of-the-errors" exercise="compare"
def compare(ask, chat, models, messages):
    rows = []
    for model in models:
        try:
            rows.append(ask(chat, model, messages))
        except ollama.ResponseError:
            rows.append({"model": model, "error": "Something went wrong"})
    return rows

# %% mistake="error-kept-as-an-object" exercise="compare"
def compare(ask, chat, models, messages):
    rows = []
    for model in models:
        try:
            rows.append(ask(chat, model, messages))
        except ollama.ResponseError as error:
            rows.append({"model": model, "error": error})
    return rows

# %% mistake="error-row-without-its-model" exercise="compare"
def compare(ask, chat, models, messages):
    rows = []
    for model in models:
        try:
            rows.append(ask(chat, model, messages))
        except ollama.ResponseError as error:
            rows.append({"error": str(error)})
    return rows

# %% mistake="error-dressed-as-an-answer" exercise="compare"
def compare(ask, chat, models, messages):
    rows = []
    for model in models:
        try:
            rows.append(ask(chat, model, messages))
        except ollama.ResponseError as error:
            rows.append({"model": model, "answer": str(error)})
    return rows

# %% mistake="only-missing-models-caught" exercise="compare"
def compare(ask, chat, models, messages):
    rows = []
    for model in models:
        try:
            rows.append(ask(chat, model, messages))
        except ollama.ResponseError as error:
            if error.status_code != 404:
                raise
            rows.append({"model": model, "error": str(error)})
    return rows

# %% mistake="loop-left-at-the-first-error" exercise="compare"
def compare(ask, chat, models, messages):
    rows = []
    for model in models:
        try:
            rows.append(ask(chat, model, messages))
        except ollama.ResponseError as error:
            rows.append({"model": model, "error": str(error)})
            break
    return rows

# %% mistake="first-error-kept-for-all" exercise="compare"
def compare(ask, chat, models, messages):
    rows, problem = [], ""
    for model in models:
        try:
            row = ask(chat, model, messages)
        except ollama.ResponseError as error:
            problem = problem or str(error)
            row = {"model": model, "error": problem}
        rows.append(row)
    return rows

# %% mistake="models-put-in-alphabetical-order" exercise="compare"
def compare(ask, chat, models, messages):
    rows = []
    for model in sorted(models):
        try:
            rows.append(ask(chat, model, messages))
        except ollama.ResponseError as error:
            rows.append({"model": model, "error": str(error)})
    return rows

# %% mistake="one-row-for-each-different-name" exercise="compare"
def compare(ask, chat, models, messages):
    rows = {}
    for model in models:
        try:
            rows[model] = ask(chat, model, messages)
        except ollama.ResponseError as error:
            rows[model] = {"model": model, "error": str(error)}
    return list(rows.values())

# %% mistake="return-inside-the-loop" exercise="compare"
def compare(ask, chat, models, messages):  # noqa: RET503
    rows = []
    for model in models:
        try:
            rows.append(ask(chat, model, messages))
        except ollama.ResponseError as error:
            rows.append({"model": model, "error": str(error)})
        return rows

# %% mistake="list-of-models-used-up" exercise="compare"
def compare(ask, chat, models, messages):
    rows = []
    while models:
        model = models.pop(0)
        try:
            rows.append(ask(chat, model, messages))
        except ollama.ResponseError as error:
            rows.append({"model": model, "error": str(error)})
    return rows

# %% mistake="rows-of-the-call-before" exercise="compare"
def compare(ask, chat, models, messages, rows=[]):  # noqa: B006
    for model in models:
        try:
            rows.append(ask(chat, model, messages))
        except ollama.ResponseError as error:
            rows.append({"model": model, "error": str(error)})
    return rows

# %% mistake="rows-wrapped-in-another-dictionary" exercise="compare"
def compare(ask, chat, models, messages):
    rows = []
    for model in models:
        try:
            rows.append({"model": model, "answer": ask(chat, model, messages)})
        except ollama.ResponseError as error:
            rows.append({"model": model, "error": str(error)})
    return rows

# %% mistake="printed-instead-of-returned-rows" exercise="compare"
def compare(ask, chat, models, messages):
    for model in models:
        try:
            print(ask(chat, model, messages))
        except ollama.ResponseError as error:
            print(model, error)

# %% mistake="same-question-written-in" exercise="compare"
def compare(ask, chat, models, messages):
    rows = []
    for model in models:
        try:
            rows.append(ask(chat, model, [{"role": "user", "content": "Does 29 February 2100 exist?"}]))
        except ollama.ResponseError as error:
            rows.append({"model": model, "error": str(error)})
    return rows

# %% mistake="all-but-connection-errors-caught" exercise="compare"
def compare(ask, chat, models, messages):
    rows = []
    for model in models:
        try:
            rows.append(ask(chat, model, messages))
        except ConnectionError:
            raise
        except Exception as error:
            rows.append({"model": model, "error": str(error)})
    return rows

# %% mistake="row-built-anew" exercise="compare"
def compare(ask, chat, models, messages):
    rows = []
    for model in models:
        try:
            row = ask(chat, model, messages)
            rows.append({"model": row["model"], "answer": row["answer"]})
        except ollama.ResponseError as error:
            rows.append({"model": model, "error": str(error)})
    return rows

# %% mistake="only-the-question-handed-on" exercise="compare"
def compare(ask, chat, models, messages):
    rows = []
    for m in models:
        try:
            rows.append(ask(chat, m, messages[-1:]))
        except ollama.ResponseError as e:
            rows.append({"model": m, "error": str(e)})
    return rows

# %% mistake="rows-one-by-one-in-no-list" exercise="compare"
def compare(ask, chat, models, messages):
    for m in models:
        try:
            yield ask(chat, m, messages)
        except ollama.ResponseError as e:
            yield {"model": m, "error": str(e)}

# %% mistake="rows-under-their-names" exercise="compare"
def compare(ask, chat, models, messages):
    rows = {}
    for m in models:
        try:
            rows[m] = ask(chat, m, messages)
        except ollama.ResponseError as e:
            rows[m] = {"model": m, "error": str(e)}
    return rows

# %% mistake="error-row-with-more-keys" exercise="compare"
def compare(ask, chat, models, messages):
    rows = []
    for m in models:
        try:
            rows.append(ask(chat, m, messages))
        except ollama.ResponseError as e:
            rows.append({"model": m, "error": str(e), "answer": "", "seconds": 0, "thinking": ""})
    return rows

# %% mistake="second-try-after-an-error" exercise="compare"
def compare(ask, chat, models, messages):
    rows = []
    for m in models:
        try:
            rows.append(ask(chat, m, messages))
        except ollama.ResponseError:
            try:
                rows.append(ask(chat, m, messages))
            except ollama.ResponseError as e:
                rows.append({"model": m, "error": str(e)})
    return rows

# %% mistake="three-models-and-no-more" exercise="compare"
def compare(ask, chat, models, messages):
    rows = []
    for i in range(min(3, len(models))):
        try:
            rows.append(ask(chat, models[i], messages))
        except ollama.ResponseError as e:
            rows.append({"model": models[i], "error": str(e)})
    return rows

# %% mistake="one-list-cleared-by-each-call" exercise="compare"
def compare(ask, chat, models, messages, rows=[]):  # noqa: B006
    rows.clear()
    for m in models:
        try:
            rows.append(ask(chat, m, messages))
        except ollama.ResponseError as e:
            rows.append({"model": m, "error": str(e)})
    return rows

# %% mistake="same-name-asked-once" exercise="compare"
def compare(ask, chat, models, messages):
    cache = {}
    rows = []
    for m in models:
        if m not in cache:
            try:
                cache[m] = ask(chat, m, messages)
            except ollama.ResponseError as e:
                cache[m] = {"model": m, "error": str(e)}
        rows.append(cache[m])
    return rows

# %% mistake="pipes-break-the-table" exercise="to_markdown"
def to_markdown(rows):
    lines = ["| Model | Answer | Seconds | Tokens/s |", "|---|---|---|---|"]
    for row in rows:
        text = (row.get("error") or row["answer"]).replace("\n", " ")
        numbers = [row.get("seconds"), row.get("tokens_per_second")]
        shown = ["-" if number is None else f"{number:.1f}" for number in numbers]
        lines.append("| " + " | ".join([row["model"], text, *shown]) + " |")
    return "\n".join(lines)

# %% mistake="newlines-break-the-table" exercise="to_markdown"
def to_markdown(rows):
    lines = ["| Model | Answer | Seconds | Tokens/s |", "|---|---|---|---|"]
    for row in rows:
        text = (row.get("error") or row["answer"]).replace("|", "\\|")
        numbers = [row.get("seconds"), row.get("tokens_per_second")]
        shown = ["-" if number is None else f"{number:.1f}" for number in numbers]
        lines.append("| " + " | ".join([row["model"], text, *shown]) + " |")
    return "\n".join(lines)

# %% mistake="newlines-only-at-the-ends" exercise="to_markdown"
def to_markdown(rows):
    lines = ["| Model | Answer | Seconds | Tokens/s |", "|---|---|---|---|"]
    for row in rows:
        text = (row.get("error") or row["answer"]).strip().replace("|", "\\|")
        numbers = [row.get("seconds"), row.get("tokens_per_second")]
        shown = ["-" if number is None else f"{number:.1f}" for number in numbers]
        lines.append("| " + " | ".join([row["model"], text, *shown]) + " |")
    return "\n".join(lines)

# %% mistake="words-glued-where-a-newline-was" exercise="to_markdown"
def to_markdown(rows):
    lines = ["| Model | Answer | Seconds | Tokens/s |", "|---|---|---|---|"]
    for row in rows:
        text = (row.get("error") or row["answer"]).replace("|", "\\|").replace("\n", "")
        numbers = [row.get("seconds"), row.get("tokens_per_second")]
        shown = ["-" if number is None else f"{number:.1f}" for number in numbers]
        lines.append("| " + " | ".join([row["model"], text, *shown]) + " |")
    return "\n".join(lines)

# %% mistake="pipes-taken-out" exercise="to_markdown"
def to_markdown(rows):
    lines = ["| Model | Answer | Seconds | Tokens/s |", "|---|---|---|---|"]
    for row in rows:
        text = (row.get("error") or row["answer"]).replace("|", "").replace("\n", " ")
        numbers = [row.get("seconds"), row.get("tokens_per_second")]
        shown = ["-" if number is None else f"{number:.1f}" for number in numbers]
        lines.append("| " + " | ".join([row["model"], text, *shown]) + " |")
    return "\n".join(lines)

# %% mistake="replaced-text-thrown-away" exercise="to_markdown"
def to_markdown(rows):
    lines = ["| Model | Answer | Seconds | Tokens/s |", "|---|---|---|---|"]
    for row in rows:
        text = row.get("error") or row["answer"]
        text.replace("|", "\\|")
        text.replace("\n", " ")
        numbers = [row.get("seconds"), row.get("tokens_per_second")]
        shown = ["-" if number is None else f"{number:.1f}" for number in numbers]
        lines.append("| " + " | ".join([row["model"], text, *shown]) + " |")
    return "\n".join(lines)

# %% mistake="long-answers-cut" exercise="to_markdown"
def to_markdown(rows):
    lines = ["| Model | Answer | Seconds | Tokens/s |", "|---|---|---|---|"]
    for row in rows:
        text = (row.get("error") or row["answer"])[:20].replace("|", "\\|").replace("\n", " ")
        numbers = [row.get("seconds"), row.get("tokens_per_second")]
        shown = ["-" if number is None else f"{number:.1f}" for number in numbers]
        lines.append("| " + " | ".join([row["model"], text, *shown]) + " |")
    return "\n".join(lines)

# %% mistake="rows-sorted-by-name" exercise="to_markdown"
def to_markdown(rows):
    lines = ["| Model | Answer | Seconds | Tokens/s |", "|---|---|---|---|"]
    for row in sorted(rows, key=lambda row: row["model"]):
        text = (row.get("error") or row["answer"]).replace("|", "\\|").replace("\n", " ")
        numbers = [row.get("seconds"), row.get("tokens_per_second")]
        shown = ["-" if number is None else f"{number:.1f}" for number in numbers]
        lines.append("| " + " | ".join([row["model"], text, *shown]) + " |")
    return "\n".join(lines)

# %% mistake="numbers-not-rounded" exercise="to_markdown"
def to_markdown(rows):
    lines = ["| Model | Answer | Seconds | Tokens/s |", "|---|---|---|---|"]
    for row in rows:
        text = (row.get("error") or row["answer"]).replace("|", "\\|").replace("\n", " ")
        numbers = [row.get("seconds"), row.get("tokens_per_second")]
        shown = ["-" if number is None else str(number) for number in numbers]
        lines.append("| " + " | ".join([row["model"], text, *shown]) + " |")
    return "\n".join(lines)

# %% mistake="numbers-cut-to-whole-ones" exercise="to_markdown"
def to_markdown(rows):
    lines = ["| Model | Answer | Seconds | Tokens/s |", "|---|---|---|---|"]
    for row in rows:
        text = (row.get("error") or row["answer"]).replace("|", "\\|").replace("\n", " ")
        numbers = [row.get("seconds"), row.get("tokens_per_second")]
        shown = ["-" if number is None else str(int(number)) for number in numbers]
        lines.append("| " + " | ".join([row["model"], text, *shown]) + " |")
    return "\n".join(lines)

# %% mistake="numbers-in-each-others-columns" exercise="to_markdown"
def to_markdown(rows):
    lines = ["| Model | Answer | Seconds | Tokens/s |", "|---|---|---|---|"]
    for row in rows:
        text = (row.get("error") or row["answer"]).replace("|", "\\|").replace("\n", " ")
        numbers = [row.get("tokens_per_second"), row.get("seconds")]
        shown = ["-" if number is None else f"{number:.1f}" for number in numbers]
        lines.append("| " + " | ".join([row["model"], text, *shown]) + " |")
    return "\n".join(lines)

# %% mistake="error-row-crashes" exercise="to_markdown"
def to_markdown(rows):
    lines = ["| Model | Answer | Seconds | Tokens/s |", "|---|---|---|---|"]
    for row in rows:
        text = row["answer"].replace("|", "\\|").replace("\n", " ")
        speed = "-" if row["tokens_per_second"] is None else f"{row['tokens_per_second']:.1f}"
        lines.append(f"| {row['model']} | {text} | {row['seconds']:.1f} | {speed} |")
    return "\n".join(lines)

# %% mistake="error-row-left-out" exercise="to_markdown"
def to_markdown(rows):
    lines = ["| Model | Answer | Seconds | Tokens/s |", "|---|---|---|---|"]
    for row in rows:
        if "error" in row:
            continue
        text = row["answer"].replace("|", "\\|").replace("\n", " ")
        speed = "-" if row["tokens_per_second"] is None else f"{row['tokens_per_second']:.1f}"
        lines.append(f"| {row['model']} | {text} | {row['seconds']:.1f} | {speed} |")
    return "\n".join(lines)

# %% mistake="error-row-full-of-none" exercise="to_markdown"
def to_markdown(rows):
    lines = ["| Model | Answer | Seconds | Tokens/s |", "|---|---|---|---|"]
    for row in rows:
        text = str(row.get("answer")).replace("|", "\\|").replace("\n", " ")
        numbers = [row.get("seconds"), row.get("tokens_per_second")]
        shown = [str(number) if number is None else f"{number:.1f}" for number in numbers]
        lines.append("| " + " | ".join([row["model"], text, *shown]) + " |")
    return "\n".join(lines)

# %% mistake="error-text-not-treated" exercise="to_markdown"
def to_markdown(rows):
    lines = ["| Model | Answer | Seconds | Tokens/s |", "|---|---|---|---|"]
    for row in rows:
        if "error" in row:
            lines.append(f"| {row['model']} | {row['error']} | - | - |")
            continue
        text = row["answer"].replace("|", "\\|").replace("\n", " ")
        speed = "-" if row["tokens_per_second"] is None else f"{row['tokens_per_second']:.1f}"
        lines.append(f"| {row['model']} | {text} | {row['seconds']:.1f} | {speed} |")
    return "\n".join(lines)

# %% mistake="unknown-speed-crashes" exercise="to_markdown"
def to_markdown(rows):
    lines = ["| Model | Answer | Seconds | Tokens/s |", "|---|---|---|---|"]
    for row in rows:
        if "error" in row:
            text, seconds, speed = row["error"], "-", "-"
        else:
            text, seconds, speed = row["answer"], f"{row['seconds']:.1f}", f"{row['tokens_per_second']:.1f}"
        text = text.replace("|", "\\|").replace("\n", " ")
        lines.append(f"| {row['model']} | {text} | {seconds} | {speed} |")
    return "\n".join(lines)

# %% mistake="unknown-speed-shown-as-zero" exercise="to_markdown"
def to_markdown(rows):
    lines = ["| Model | Answer | Seconds | Tokens/s |", "|---|---|---|---|"]
    for row in rows:
        text = (row.get("error") or row["answer"]).replace("|", "\\|").replace("\n", " ")
        numbers = [row.get("seconds") or 0, row.get("tokens_per_second") or 0]
        lines.append(f"| {row['model']} | {text} | {numbers[0]:.1f} | {numbers[1]:.1f} |")
    return "\n".join(lines)

# %% mistake="no-line-of-dashes" exercise="to_markdown"
def to_markdown(rows):
    lines = ["| Model | Answer | Seconds | Tokens/s |"]
    for row in rows:
        text = (row.get("error") or row["answer"]).replace("|", "\\|").replace("\n", " ")
        numbers = [row.get("seconds"), row.get("tokens_per_second")]
        shown = ["-" if number is None else f"{number:.1f}" for number in numbers]
        lines.append("| " + " | ".join([row["model"], text, *shown]) + " |")
    return "\n".join(lines)

# %% mistake="rows-changed-on-the-way" exercise="to_markdown"
def to_markdown(rows):
    lines = ["| Model | Answer | Seconds | Tokens/s |", "|---|---|---|---|"]
    for row in rows:
        row["answer"] = row.pop("error", None) or row["answer"]
        row["answer"] = row["answer"].replace("|", "\\|").replace("\n", " ")
        for key in ("seconds", "tokens_per_second"):
            row[key] = "-" if row.get(key) is None else f"{row[key]:.1f}"
        lines.append(f"| {row['model']} | {row['answer']} | {row['seconds']} | {row['tokens_per_second']} |")
    return "\n".join(lines)

# %% mistake="only-the-first-row" exercise="to_markdown"
def to_markdown(rows):  # noqa: RET503
    lines = ["| Model | Answer | Seconds | Tokens/s |", "|---|---|---|---|"]
    for row in rows:
        text = (row.get("error") or row["answer"]).replace("|", "\\|").replace("\n", " ")
        numbers = [row.get("seconds"), row.get("tokens_per_second")]
        shown = ["-" if number is None else f"{number:.1f}" for number in numbers]
        lines.append("| " + " | ".join([row["model"], text, *shown]) + " |")
        return "\n".join(lines)

# %% mistake="a-table-of-no-rows-crashes" exercise="to_markdown"
def to_markdown(rows):
    width = len(["Model", "Answer", *(key for key in rows[0] if key in ("seconds", "tokens_per_second"))])
    lines = ["| Model | Answer | Seconds | Tokens/s |", "|" + "---|" * max(width, 4)]
    for row in rows:
        text = (row.get("error") or row["answer"]).replace("|", "\\|").replace("\n", " ")
        numbers = [row.get("seconds"), row.get("tokens_per_second")]
        shown = ["-" if number is None else f"{number:.1f}" for number in numbers]
        lines.append("| " + " | ".join([row["model"], text, *shown]) + " |")
    return "\n".join(lines)

# %% mistake="list-of-lines-returned" exercise="to_markdown"
def to_markdown(rows):
    lines = ["| Model | Answer | Seconds | Tokens/s |", "|---|---|---|---|"]
    for row in rows:
        text = (row.get("error") or row["answer"]).replace("|", "\\|").replace("\n", " ")
        numbers = [row.get("seconds"), row.get("tokens_per_second")]
        shown = ["-" if number is None else f"{number:.1f}" for number in numbers]
        lines.append("| " + " | ".join([row["model"], text, *shown]) + " |")
    return lines

# %% mistake="blank-lines-between" exercise="to_markdown"
def to_markdown(rows):
    lines = ["| Model | Answer | Seconds | Tokens/s |", "|---|---|---|---|"]
    for row in rows:
        text = (row.get("error") or row["answer"]).replace("|", "\\|").replace("\n", " ")
        shown = ["-" if n is None else f"{n:.1f}" for n in (row.get("seconds"), row.get("tokens_per_second"))]
        lines.append("| " + " | ".join([row["model"], text, *shown]) + " |")
    return "\n\n".join(lines)

# %% mistake="indented-triple-quotes" exercise="to_markdown"
def to_markdown(rows):
    table = """
    | Model | Answer | Seconds | Tokens/s |
    |---|---|---|---|"""
    for row in rows:
        text = (row.get("error") or row["answer"]).replace("|", "\\|").replace("\n", " ")
        shown = ["-" if n is None else f"{n:.1f}" for n in (row.get("seconds"), row.get("tokens_per_second"))]
        table += f"""
    | {row['model']} | {text} | {shown[0]} | {shown[1]} |"""
    return table

# %% mistake="answer-cleaned-in-the-row" exercise="to_markdown"
def to_markdown(rows):
    lines = ["| Model | Answer | Seconds | Tokens/s |", "|---|---|---|---|"]
    for row in rows:
        if "answer" in row:
            row["answer"] = row["answer"].replace("|", "\\|").replace("\n", " ")
        text = row.get("answer") or row["error"].replace("|", "\\|").replace("\n", " ")
        shown = ["-" if n is None else f"{n:.1f}" for n in (row.get("seconds"), row.get("tokens_per_second"))]
        lines.append("| " + " | ".join([row["model"], text, *shown]) + " |")
    return "\n".join(lines)

# %% mistake="error-row-filled-up" exercise="to_markdown"
def to_markdown(rows):
    lines = ["| Model | Answer | Seconds | Tokens/s |", "|---|---|---|---|"]
    for row in rows:
        if "error" in row:
            row["answer"], row["seconds"], row["tokens_per_second"] = row["error"], None, None
        text = row["answer"].replace("|", "\\|").replace("\n", " ")
        shown = ["-" if n is None else f"{n:.1f}" for n in (row["seconds"], row["tokens_per_second"])]
        lines.append("| " + " | ".join([row["model"], text, *shown]) + " |")
    return "\n".join(lines)

# %% mistake="first-pipe-only" exercise="to_markdown"
def to_markdown(rows):
    lines = ["| Model | Answer | Seconds | Tokens/s |", "|---|---|---|---|"]
    for row in rows:
        text = (row.get("error") or row["answer"]).replace("|", "\\|", 1).replace("\n", " ")
        shown = ["-" if n is None else f"{n:.1f}" for n in (row.get("seconds"), row.get("tokens_per_second"))]
        lines.append("| " + " | ".join([row["model"], text, *shown]) + " |")
    return "\n".join(lines)

# %% mistake="zero-speed-called-unknown" exercise="to_markdown"
def to_markdown(rows):
    lines = ["| Model | Answer | Seconds | Tokens/s |", "|---|---|---|---|"]
    for row in rows:
        text = (row.get("error") or row["answer"]).replace("|", "\\|").replace("\n", " ")
        shown = [f"{n:.1f}" if n else "-" for n in (row.get("seconds"), row.get("tokens_per_second"))]
        lines.append("| " + " | ".join([row["model"], text, *shown]) + " |")
    return "\n".join(lines)

# %% mistake="values-in-the-rows-order" exercise="to_markdown"
def to_markdown(rows):
    lines = ["| Model | Answer | Seconds | Tokens/s |", "|---|---|---|---|"]
    for row in rows:
        cells = []
        for value in row.values():
            if value is None:
                cells.append("-")
            elif isinstance(value, str):
                cells.append(value.replace("|", "\\|").replace("\n", " "))
            else:
                cells.append(f"{value:.1f}")
        while len(cells) < 4:
            cells.append("-")
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)

# %% mistake="error-numbers-empty" exercise="to_markdown"
def to_markdown(rows):
    lines = ["| Model | Answer | Seconds | Tokens/s |", "|---|---|---|---|"]
    for row in rows:
        text = (row.get("error") or row["answer"]).replace("|", "\\|").replace("\n", " ")
        if "error" in row:
            lines.append(f"| {row['model']} | {text} | | |")
            continue
        s = row["tokens_per_second"]
        lines.append(f"| {row['model']} | {text} | {row['seconds']:.1f} | {'-' if s is None else f'{s:.1f}'} |")
    return "\n".join(lines)

# %% mistake="n-a-instead-of-a-dash" exercise="to_markdown"
def to_markdown(rows):
    out = ["| Model | Answer | Seconds | Tokens/s |", "|---|---|---|---|"]
    for r in rows:
        t = r.get("answer", r.get("error")).replace("|", "\\|").replace("\n", " ")
        s = f"{r['seconds']:.1f}" if "seconds" in r else "n/a"
        v = r.get("tokens_per_second")
        v = "n/a" if v is None else f"{v:.1f}"
        out.append(f"| {r['model']} | {t} | {s} | {v} |")
    return "\n".join(out)

# %% mistake="zero-seconds-called-unknown" exercise="to_markdown"
def to_markdown(rows):
    out = ["| Model | Answer | Seconds | Tokens/s |", "|---|---|---|---|"]
    for r in rows:
        t = r.get("answer", r.get("error")).replace("|", "\\|").replace("\n", " ")
        s = f"{r['seconds']:.1f}" if r.get("seconds") else "-"
        v = r.get("tokens_per_second")
        v = "-" if v is None else f"{v:.1f}"
        out.append(f"| {r['model']} | {t} | {s} | {v} |")
    return "\n".join(out)

# %% mistake="empty-answer-taken-for-an-error" exercise="to_markdown"
def to_markdown(rows):
    out = ["| Model | Answer | Seconds | Tokens/s |", "|---|---|---|---|"]
    for r in rows:
        t = (r.get("answer") or r["error"]).replace("|", "\\|").replace("\n", " ")
        s = f"{r['seconds']:.1f}" if "seconds" in r else "-"
        v = r.get("tokens_per_second")
        v = "-" if v is None else f"{v:.1f}"
        out.append(f"| {r['model']} | {t} | {s} | {v} |")
    return "\n".join(out)

# %% mistake="stars-and-hashes-taken-out" exercise="to_markdown"
def to_markdown(rows):
    out = ["| Model | Answer | Seconds | Tokens/s |", "|---|---|---|---|"]
    for r in rows:
        t = r.get("answer", r.get("error")).replace("|", "\\|").replace("\n", " ").replace("*", "").replace("#", "")
        s = f"{r['seconds']:.1f}" if "seconds" in r else "-"
        v = r.get("tokens_per_second")
        v = "-" if v is None else f"{v:.1f}"
        out.append(f"| {r['model']} | {t} | {s} | {v} |")
    return "\n".join(out)

# %% mistake="a-tag-where-a-space-is-asked" exercise="to_markdown"
def to_markdown(rows):
    out = ["| Model | Answer | Seconds | Tokens/s |", "|---|---|---|---|"]
    for r in rows:
        t = r.get("answer", r.get("error")).replace("|", "\\|").replace("\n", "<br>")
        s = f"{r['seconds']:.1f}" if "seconds" in r else "-"
        v = r.get("tokens_per_second")
        v = "-" if v is None else f"{v:.1f}"
        out.append(f"| {r['model']} | {t} | {s} | {v} |")
    return "\n".join(out)
