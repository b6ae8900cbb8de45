# %% [markdown]
# Wrong answers to lab 2 that people really give. Each cell replaces one exercise's solution and must lose its points.
#
# ruff: noqa: F821
# (That is for ruff: json, ollama, re and sqlite3 come from the lab's first cell.)

# %% mistake="one-list-for-the-whole-class" exercise="Memory"
class Memory:
    turns = []  # noqa: RUF012

    def __init__(self, system=None):
        if system:
            self.turns.append({"role": "system", "content": system})

    def add(self, role, content):
        self.turns.append({"role": role, "content": content})

    def messages(self):
        return list(self.turns)

    def to_send(self, question):
        return [*self.turns, {"role": "user", "content": question}]

# %% mistake="one-list-as-the-default" exercise="Memory"
class Memory:
    def __init__(self, system=None, turns=[]):  # noqa: B006
        self.turns = turns
        if system:
            self.turns.append({"role": "system", "content": system})

    def add(self, role, content):
        self.turns.append({"role": role, "content": content})

    def messages(self):
        return list(self.turns)

    def to_send(self, question):
        return [*self.turns, {"role": "user", "content": question}]

# %% mistake="one-list-outside-of-the-class" exercise="Memory"
TURNS = []


class Memory:
    def __init__(self, system=None):
        if system:
            self.add("system", system)

    def add(self, role, content):
        TURNS.append({"role": role, "content": content})

    def messages(self):
        return TURNS.copy()

    def to_send(self, question):
        return TURNS + [{"role": "user", "content": question}]  # noqa: RUF005

# %% mistake="list-emptied-by-each-new-memory" exercise="Memory"
class Memory:
    def __init__(self, system=None):
        global turns
        turns = []
        if system:
            turns.append({"role": "system", "content": system})

    def add(self, role, content):
        turns.append({"role": role, "content": content})

    def messages(self):
        return turns[:]

    def to_send(self, question):
        return turns[:] + [{"role": "user", "content": question}]  # noqa: RUF005

# %% mistake="the-only-list-given-away" exercise="Memory"
class Memory:
    def __init__(self, system=None):
        self.turns = []
        if system:
            self.turns.append({"role": "system", "content": system})

    def add(self, role, content):
        self.turns.append({"role": role, "content": content})

    def messages(self):
        return self.turns

    def to_send(self, question):
        talk = self.messages()
        talk.append({"role": "user", "content": question})
        return talk

# %% mistake="second-name-taken-for-a-copy" exercise="Memory"
class Memory:
    def __init__(self, system=None):
        self.turns = []
        if system:
            self.turns.append({"role": "system", "content": system})

    def add(self, role, content):
        self.turns.append({"role": role, "content": content})

    def messages(self):
        copy = self.turns
        print(len(copy))
        return copy

    def to_send(self, question):
        copy = self.messages()
        copy += [{"role": "user", "content": question}]
        return copy

# %% mistake="question-remembered-at-once" exercise="Memory"
class Memory:
    def __init__(self, system=None):
        self.turns = []
        if system:
            self.turns.append({"role": "system", "content": system})

    def add(self, role, content):
        self.turns.append({"role": role, "content": content})

    def messages(self):
        return list(self.turns)

    def to_send(self, question):
        self.add("user", question)
        return self.messages()

# %% mistake="question-taken-out-again-by-equality" exercise="Memory"
class Memory:
    def __init__(self, system=None):
        self.turns = []
        if system:
            self.turns.append({"role": "system", "content": system})

    def add(self, role, content):
        self.turns.append({"role": role, "content": content})

    def messages(self):
        return list(self.turns)

    def to_send(self, question):
        self.add("user", question)
        everything = self.messages()
        self.turns = [one for one in self.turns if one["role"] != "user"]
        return everything

# %% mistake="append-gives-back-none" exercise="Memory"
class Memory:
    def __init__(self, system=None):
        self.turns = []
        if system:
            self.turns.append({"role": "system", "content": system})

    def add(self, role, content):
        self.turns.append({"role": role, "content": content})

    def messages(self):
        return list(self.turns)

    def to_send(self, question):
        return self.messages().append({"role": "user", "content": question})

# %% mistake="question-alone" exercise="Memory"
class Memory:
    def __init__(self, system=None):
        self.turns = []
        if system:
            self.turns.append({"role": "system", "content": system})

    def add(self, role, content):
        self.turns.append({"role": role, "content": content})

    def messages(self):
        return list(self.turns)

    def to_send(self, question):
        return [{"role": "user", "content": question}]

# %% mistake="question-in-front" exercise="Memory"
class Memory:
    def __init__(self, system=None):
        self.turns = []
        if system:
            self.turns.append({"role": "system", "content": system})

    def add(self, role, content):
        self.turns.append({"role": role, "content": content})

    def messages(self):
        return list(self.turns)

    def to_send(self, question):
        return [{"role": "user", "content": question}, *self.turns]

# %% mistake="question-glued-to-the-history" exercise="Memory"
class Memory:
    def __init__(self, system=None):
        self.turns = []
        if system:
            self.turns.append({"role": "system", "content": system})

    def add(self, role, content):
        self.turns.append({"role": role, "content": content})

    def messages(self):
        return list(self.turns)

    def to_send(self, question):
        history = "\n".join(f"{turn['role']}: {turn['content']}" for turn in self.turns)
        return [{"role": "user", "content": history + "\n" + question}]

# %% mistake="question-as-a-bare-text" exercise="Memory"
class Memory:
    def __init__(self, system=None):
        self.turns = []
        if system:
            self.turns.append({"role": "system", "content": system})

    def add(self, role, content):
        self.turns.append({"role": role, "content": content})

    def messages(self):
        return list(self.turns)

    def to_send(self, question):
        return [*self.turns, question]

# %% mistake="question-said-by-the-assistant" exercise="Memory"
class Memory:
    def __init__(self, system=None):
        self.turns = []
        if system:
            self.turns.append({"role": "system", "content": system})

    def add(self, role, content):
        self.turns.append({"role": role, "content": content})

    def messages(self):
        return list(self.turns)

    def to_send(self, question):
        return [*self.turns, {"role": "assistant", "content": question}]

# %% mistake="list-in-a-list" exercise="Memory"
class Memory:
    def __init__(self, system=None):
        self.turns = []
        if system:
            self.turns.append({"role": "system", "content": system})

    def add(self, role, content):
        self.turns.append({"role": role, "content": content})

    def messages(self):
        return list(self.turns)

    def to_send(self, question):
        return [self.turns, {"role": "user", "content": question}]

# %% mistake="system-message-even-when-there-is-none" exercise="Memory"
class Memory:
    def __init__(self, system=None):
        self.turns = []
        self.turns.append({"role": "system", "content": system})

    def add(self, role, content):
        self.turns.append({"role": role, "content": content})

    def messages(self):
        return list(self.turns)

    def to_send(self, question):
        return [*self.turns, {"role": "user", "content": question}]

# %% mistake="system-text-never-used" exercise="Memory"
class Memory:
    def __init__(self, system=None):
        self.turns = []

    def add(self, role, content):
        self.turns.append({"role": role, "content": content})

    def messages(self):
        return list(self.turns)

    def to_send(self, question):
        return [*self.turns, {"role": "user", "content": question}]

# %% mistake="system-message-said-by-the-user" exercise="Memory"
class Memory:
    def __init__(self, system=None):
        self.turns = []
        if system:
            self.turns.append({"role": "user", "content": system})

    def add(self, role, content):
        self.turns.append({"role": role, "content": content})

    def messages(self):
        return list(self.turns)

    def to_send(self, question):
        return [*self.turns, {"role": "user", "content": question}]

# %% mistake="system-message-at-the-end" exercise="Memory"
class Memory:
    def __init__(self, system=None):
        self.turns = []
        self.system = system

    def add(self, role, content):
        self.turns.append({"role": role, "content": content})

    def messages(self):
        talk = list(self.turns)
        if self.system:
            talk.append({"role": "system", "content": self.system})
        return talk

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

# %% mistake="system-message-added-at-each-look" exercise="Memory"
class Memory:
    def __init__(self, system=None):
        self.turns = []
        self.system = system

    def add(self, role, content):
        self.turns.append({"role": role, "content": content})

    def messages(self):
        if self.system:
            self.turns.insert(0, {"role": "system", "content": self.system})
        return list(self.turns)

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

# %% mistake="system-message-forgotten-when-sending" exercise="Memory"
class Memory:
    def __init__(self, system=None):
        self.turns = []
        self.system = [{"role": "system", "content": system}] if system else []

    def add(self, role, content):
        self.turns.append({"role": role, "content": content})

    def messages(self):
        return self.system + self.turns

    def to_send(self, question):
        return [*self.turns, {"role": "user", "content": question}]

# %% mistake="newest-first" exercise="Memory"
class Memory:
    def __init__(self, system=None):
        self.turns = []
        if system:
            self.turns.append({"role": "system", "content": system})

    def add(self, role, content):
        self.turns.insert(0, {"role": role, "content": content})

    def messages(self):
        return list(self.turns)

    def to_send(self, question):
        return [*self.turns, {"role": "user", "content": question}]

# %% mistake="only-what-the-user-said" exercise="Memory"
class Memory:
    def __init__(self, system=None):
        self.turns = []
        if system:
            self.turns.append({"role": "system", "content": system})

    def add(self, role, content):
        if role == "user":
            self.turns.append({"role": role, "content": content})

    def messages(self):
        return list(self.turns)

    def to_send(self, question):
        return [*self.turns, {"role": "user", "content": question}]

# %% mistake="everybody-is-the-user" exercise="Memory"
class Memory:
    def __init__(self, system=None):
        self.turns = []
        if system:
            self.turns.append({"role": "system", "content": system})

    def add(self, role, content):
        self.turns.append({"role": "user", "content": content})

    def messages(self):
        return list(self.turns)

    def to_send(self, question):
        return [*self.turns, {"role": "user", "content": question}]

# %% mistake="pairs-instead-of-dictionaries" exercise="Memory"
class Memory:
    def __init__(self, system=None):
        self.turns = []
        if system:
            self.turns.append({"role": "system", "content": system})

    def add(self, role, content):
        self.turns.append((role, content))

    def messages(self):
        return list(self.turns)

    def to_send(self, question):
        return [*self.turns, {"role": "user", "content": question}]

# %% mistake="role-taken-for-a-key" exercise="Memory"
class Memory:
    def __init__(self, system=None):
        self.turns = []
        if system:
            self.turns.append({"role": "system", "content": system})

    def add(self, role, content):
        self.turns.append({role: content})

    def messages(self):
        return list(self.turns)

    def to_send(self, question):
        return [*self.turns, {"role": "user", "content": question}]

# %% mistake="texts-only" exercise="Memory"
class Memory:
    def __init__(self, system=None):
        self.turns = []
        if system:
            self.turns.append({"role": "system", "content": system})

    def add(self, role, content):
        self.turns.append(content)

    def messages(self):
        return list(self.turns)

    def to_send(self, question):
        return [*self.turns, {"role": "user", "content": question}]

# %% mistake="plus-makes-letters" exercise="Memory"
class Memory:
    def __init__(self, system=None):
        self.turns = []
        if system:
            self.turns.append({"role": "system", "content": system})

    def add(self, role, content):
        self.turns += {"role": role, "content": content}

    def messages(self):
        return list(self.turns)

    def to_send(self, question):
        return [*self.turns, {"role": "user", "content": question}]

# %% mistake="said-twice-kept-once" exercise="Memory"
class Memory:
    def __init__(self, system=None):
        self.turns = []
        if system:
            self.turns.append({"role": "system", "content": system})

    def add(self, role, content):
        message = {"role": role, "content": content}
        if message not in self.turns:
            self.turns.append(message)

    def messages(self):
        return list(self.turns)

    def to_send(self, question):
        return [*self.turns, {"role": "user", "content": question}]

# %% mistake="one-dictionary-filled-again" exercise="Memory"
class Memory:
    def __init__(self, system=None):
        self.turns = []
        self.message = {}
        if system:
            self.turns.append({"role": "system", "content": system})

    def add(self, role, content):
        self.message["role"] = role
        self.message["content"] = content
        self.turns.append(self.message)

    def messages(self):
        return list(self.turns)

    def to_send(self, question):
        return [*self.turns, {"role": "user", "content": question}]

# %% mistake="list-made-anew-in-add" exercise="Memory"
class Memory:
    def __init__(self, system=None):
        self.turns = []
        if system:
            self.turns.append({"role": "system", "content": system})

    def add(self, role, content):
        self.turns = [{"role": role, "content": content}]

    def messages(self):
        return list(self.turns)

    def to_send(self, question):
        return [*self.turns, {"role": "user", "content": question}]

# %% mistake="memory-emptied-by-reading" exercise="Memory"
class Memory:
    def __init__(self, system=None):
        self.turns = []
        if system:
            self.turns.append({"role": "system", "content": system})

    def add(self, role, content):
        self.turns.append({"role": role, "content": content})

    def messages(self):
        talk, self.turns = self.turns, []
        return talk

    def to_send(self, question):
        return [*self.turns, {"role": "user", "content": question}]

# %% mistake="self-forgotten" exercise="Memory"
class Memory:
    def __init__(self, system=None):
        self.turns = []
        if system:
            self.turns.append({"role": "system", "content": system})

    def add(self, role, content):
        turns = []
        turns.append({"role": role, "content": content})

    def messages(self):
        return list(self.turns)

    def to_send(self, question):
        return [*self.turns, {"role": "user", "content": question}]

# %% mistake="printed-instead-of-returned" exercise="Memory"
class Memory:
    def __init__(self, system=None):
        self.turns = []
        if system:
            self.turns.append({"role": "system", "content": system})

    def add(self, role, content):
        self.turns.append({"role": role, "content": content})

    def messages(self):
        print(self.turns)

    def to_send(self, question):
        return [*self.turns, {"role": "user", "content": question}]

# %% mistake="one-long-text" exercise="Memory"
class Memory:
    def __init__(self, system=None):
        self.turns = []
        if system:
            self.turns.append({"role": "system", "content": system})

    def add(self, role, content):
        self.turns.append({"role": role, "content": content})

    def messages(self):
        return str(self.turns)

    def to_send(self, question):
        return [*self.turns, {"role": "user", "content": question}]

# %% mistake="first-message-skipped" exercise="Memory"
class Memory:
    def __init__(self, system=None):
        self.turns = []
        if system:
            self.turns.append({"role": "system", "content": system})

    def add(self, role, content):
        self.turns.append({"role": role, "content": content})

    def messages(self):
        return self.turns[1:]

    def to_send(self, question):
        return [*self.turns, {"role": "user", "content": question}]

# %% mistake="last-message-skipped" exercise="Memory"
class Memory:
    def __init__(self, system=None):
        self.turns = []
        if system:
            self.turns.append({"role": "system", "content": system})

    def add(self, role, content):
        self.turns.append({"role": role, "content": content})

    def messages(self):
        return self.turns[:-1]

    def to_send(self, question):
        return [*self.turns, {"role": "user", "content": question}]

# %% mistake="turns-by-role" exercise="Memory"
class Memory:
    def __init__(self, system=None):
        self.turns = []
        self.answers = []
        if system:
            self.turns.append({"role": "system", "content": system})

    def add(self, role, content):
        message = {"role": role, "content": content}
        (self.answers if role == "assistant" else self.turns).append(message)

    def messages(self):
        return self.turns + self.answers

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

# %% mistake="dictionary-by-role" exercise="Memory"
class Memory:
    def __init__(self, system=None):
        self.turns = {}
        if system:
            self.turns["system"] = system

    def add(self, role, content):
        self.turns[role] = content

    def messages(self):
        return [{"role": role, "content": text} for role, text in self.turns.items()]

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

# %% mistake="only-two-roles-let-in" exercise="Memory"
class Memory:
    def __init__(self, system=None):
        self.turns = []
        if system:
            self.turns.append({"role": "system", "content": system})

    def add(self, role, content):
        if role in ("user", "assistant"):
            self.turns.append({"role": role, "content": content})

    def messages(self):
        return list(self.turns)

    def to_send(self, question):
        return [*self.turns, {"role": "user", "content": question}]

# %% mistake="text-stripped-on-the-way-in" exercise="Memory"
class Memory:
    def __init__(self, system=None):
        self.turns = []
        if system:
            self.turns.append({"role": "system", "content": system})

    def add(self, role, content):
        self.turns.append({"role": role, "content": content.strip()})

    def messages(self):
        return list(self.turns)

    def to_send(self, question):
        return [*self.turns, {"role": "user", "content": question}]

# %% mistake="only-the-newest-eight" exercise="Memory"
from collections import deque


class Memory:
    def __init__(self, system=None):
        self.turns = deque(maxlen=8)
        if system:
            self.turns.append({"role": "system", "content": system})

    def add(self, role, content):
        self.turns.append({"role": role, "content": content})

    def messages(self):
        return list(self.turns)

    def to_send(self, question):
        return [*self.turns, {"role": "user", "content": question}]

# %% mistake="empty-texts-not-shown" exercise="Memory"
class Memory:
    def __init__(self, system=None):
        self.turns = []
        if system:
            self.turns.append({"role": "system", "content": system})

    def add(self, role, content):
        self.turns.append({"role": role, "content": content})

    def messages(self):
        return [turn for turn in self.turns if turn["content"]]

    def to_send(self, question):
        return [*self.turns, {"role": "user", "content": question}]

# %% mistake="same-speaker-glued-together" exercise="Memory"
class Memory:
    def __init__(self, system=None):
        self.turns = []
        if system:
            self.turns.append({"role": "system", "content": system})

    def add(self, role, content):
        if self.turns and self.turns[-1]["role"] == role:
            self.turns[-1]["content"] += "\n" + content
        else:
            self.turns.append({"role": role, "content": content})

    def messages(self):
        return list(self.turns)

    def to_send(self, question):
        return [*self.turns, {"role": "user", "content": question}]

# %% mistake="only-the-last-turn-goes-along" exercise="Memory"
class Memory:
    def __init__(self, system=None):
        self.turns = []
        if system:
            self.turns.append({"role": "system", "content": system})

    def add(self, role, content):
        self.turns.append({"role": role, "content": content})

    def messages(self):
        return list(self.turns)

    def to_send(self, question):
        return [*self.turns[-2:], {"role": "user", "content": question}]

# %% mistake="question-tidied-up" exercise="Memory"
class Memory:
    def __init__(self, system=None):
        self.turns = [{"role": "system", "content": system}] if system else []

    def add(self, role, content):
        self.turns.append({"role": role, "content": content})

    def messages(self):
        return self.turns[:]

    def to_send(self, question):
        return [*self.turns, {"role": "user", "content": question.strip().capitalize()}]

# %% mistake="one-dictionary-for-all-messages" exercise="Memory"
class Memory:
    def __init__(self, system=None):
        self.turns = [{"role": "system", "content": system}] if system else []
        self.one = {}

    def add(self, role, content):
        self.one["role"], self.one["content"] = role, content
        self.turns.append(self.one)

    def messages(self):
        return self.turns[:]

    def to_send(self, question):
        return [*self.turns, {"role": "user", "content": question}]

# %% mistake="messages-one-by-one" exercise="Memory"
class Memory:
    def __init__(self, system=None):
        self.turns = [{"role": "system", "content": system}] if system else []

    def add(self, role, content):
        self.turns.append({"role": role, "content": content})

    def messages(self):
        yield from self.turns

    def to_send(self, question):
        return [*self.turns, {"role": "user", "content": question}]

# %% mistake="one-copy-for-all-calls" exercise="Memory"
class Memory:
    def __init__(self, system=None):
        self.turns = [{"role": "system", "content": system}] if system else []
        self.out = []

    def add(self, role, content):
        self.turns.append({"role": role, "content": content})

    def messages(self):
        self.copy = getattr(self, "copy", None) or list(self.turns)
        self.copy[:] = self.turns
        return self.copy

    def to_send(self, question):
        return [*self.turns, {"role": "user", "content": question}]

# %% mistake="only-ten-messages-go-out" exercise="Memory"
class Memory:
    def __init__(self, system=None):
        self.turns = [{"role": "system", "content": system}] if system else []

    def add(self, role, content):
        self.turns.append({"role": role, "content": content})

    def messages(self):
        return self.turns[:]

    def to_send(self, question):
        return [*self.turns[-10:], {"role": "user", "content": question}]

# %% mistake="user-added-before-the-answer-came" exercise="chat_turn"
def chat_turn(chat, model, memory, text):
    memory.add("user", text)
    reply = chat(model=model, messages=memory.messages())
    answer = reply.message.content
    memory.add("assistant", answer)
    return answer

# %% mistake="question-sent-twice" exercise="chat_turn"
def chat_turn(chat, model, memory, text):
    memory.add("user", text)
    reply = chat(model=model, messages=memory.to_send(text))
    answer = reply.message.content
    memory.add("assistant", answer)
    return answer

# %% mistake="only-the-users-half-kept" exercise="chat_turn"
def chat_turn(chat, model, memory, text):
    reply = chat(model=model, messages=memory.to_send(text))
    answer = reply.message.content
    memory.add("user", text)
    return answer

# %% mistake="only-the-models-half-kept" exercise="chat_turn"
def chat_turn(chat, model, memory, text):
    reply = chat(model=model, messages=memory.to_send(text))
    answer = reply.message.content
    memory.add("assistant", answer)
    return answer

# %% mistake="nothing-kept" exercise="chat_turn"
def chat_turn(chat, model, memory, text):
    reply = chat(model=model, messages=memory.to_send(text))
    answer = reply.message.content
    print("kept:", answer)
    return answer

# %% mistake="answer-before-question" exercise="chat_turn"
def chat_turn(chat, model, memory, text):
    reply = chat(model=model, messages=memory.to_send(text))
    answer = reply.message.content
    memory.add("assistant", answer)
    memory.add("user", text)
    return answer

# %% mistake="answer-kept-as-the-users" exercise="chat_turn"
def chat_turn(chat, model, memory, text):
    reply = chat(model=model, messages=memory.to_send(text))
    answer = reply.message.content
    memory.add("user", text)
    memory.add("user", answer)
    return answer

# %% mistake="role-called-ai" exercise="chat_turn"
def chat_turn(chat, model, memory, text):
    reply = chat(model=model, messages=memory.to_send(text))
    answer = reply.message.content
    memory.add("user", text)
    memory.add("ai", answer)
    return answer

# %% mistake="role-and-text-swapped" exercise="chat_turn"
def chat_turn(chat, model, memory, text):
    reply = chat(model=model, messages=memory.to_send(text))
    answer = reply.message.content
    memory.add(text, "user")
    memory.add("assistant", answer)
    return answer

# %% mistake="question-kept-again-as-the-answer" exercise="chat_turn"
def chat_turn(chat, model, memory, text):
    reply = chat(model=model, messages=memory.to_send(text))
    answer = reply.message.content
    memory.add("user", text)
    memory.add("assistant", text)
    return answer

# %% mistake="whole-reply-kept" exercise="chat_turn"
def chat_turn(chat, model, memory, text):
    reply = chat(model=model, messages=memory.to_send(text))
    answer = reply.message.content
    whole = str(reply)
    memory.add("user", text)
    memory.add("assistant", whole)
    return answer

# %% mistake="reply-object-returned" exercise="chat_turn"
def chat_turn(chat, model, memory, text):
    reply = chat(model=model, messages=memory.to_send(text))
    answer = reply.message.content
    memory.add("user", text)
    memory.add("assistant", answer)
    return reply

# %% mistake="message-returned" exercise="chat_turn"
def chat_turn(chat, model, memory, text):
    reply = chat(model=model, messages=memory.to_send(text))
    answer = reply.message.content
    memory.add("user", text)
    memory.add("assistant", answer)
    return reply.message

# %% mistake="message-object-kept" exercise="chat_turn"
def chat_turn(chat, model, memory, text):
    reply = chat(model=model, messages=memory.to_send(text))
    answer = reply.message.content
    memory.add("user", text)
    memory.add("assistant", reply.message)
    return answer

# %% mistake="answer-printed-instead-of-returned" exercise="chat_turn"
def chat_turn(chat, model, memory, text):
    reply = chat(model=model, messages=memory.to_send(text))
    answer = reply.message.content
    memory.add("user", text)
    memory.add("assistant", answer)
    print(answer)

# %% mistake="only-the-question-sent" exercise="chat_turn"
def chat_turn(chat, model, memory, text):
    reply = chat(model=model, messages=[{"role": "user", "content": text}])
    answer = reply.message.content
    memory.add("user", text)
    memory.add("assistant", answer)
    return answer

# %% mistake="question-not-sent" exercise="chat_turn"
def chat_turn(chat, model, memory, text):
    reply = chat(model=model, messages=memory.messages())
    answer = reply.message.content
    memory.add("user", text)
    memory.add("assistant", answer)
    return answer

# %% mistake="bare-text-sent" exercise="chat_turn"
def chat_turn(chat, model, memory, text):
    reply = chat(model=model, messages=text)
    answer = reply.message.content
    memory.add("user", text)
    memory.add("assistant", answer)
    return answer

# %% mistake="history-pasted-as-one-text" exercise="chat_turn"
def chat_turn(chat, model, memory, text):
    history = str(memory.messages())
    reply = chat(model=model, messages=[{"role": "user", "content": f"{text} Memory: {history}"}])
    answer = reply.message.content
    memory.add("user", text)
    memory.add("assistant", answer)
    return answer

# %% mistake="only-the-users-lines-sent" exercise="chat_turn"
def chat_turn(chat, model, memory, text):
    reply = chat(model=model, messages=[one for one in memory.to_send(text) if one["role"] == "user"])
    answer = reply.message.content
    memory.add("user", text)
    memory.add("assistant", answer)
    return answer

# %% mistake="system-message-not-sent" exercise="chat_turn"
def chat_turn(chat, model, memory, text):
    reply = chat(model=model, messages=[one for one in memory.to_send(text) if one["role"] != "system"])
    answer = reply.message.content
    memory.add("user", text)
    memory.add("assistant", answer)
    return answer

# %% mistake="only-the-last-turn-sent" exercise="chat_turn"
def chat_turn(chat, model, memory, text):
    reply = chat(model=model, messages=memory.to_send(text)[-3:])
    answer = reply.message.content
    memory.add("user", text)
    memory.add("assistant", answer)
    return answer

# %% mistake="same-model-always" exercise="chat_turn"
def chat_turn(chat, model, memory, text):
    reply = chat(model="alpha:1b", messages=memory.to_send(text))
    answer = reply.message.content
    memory.add("user", text)
    memory.add("assistant", answer)
    return answer

# %% mistake="asked-once-more-for-the-memory" exercise="chat_turn"
def chat_turn(chat, model, memory, text):
    reply = chat(model=model, messages=memory.to_send(text))
    answer = reply.message.content
    memory.add("user", text)
    memory.add("assistant", chat(model=model, messages=memory.to_send(text)).message.content)
    return answer

# %% mistake="asked-again-after-an-error" exercise="chat_turn"
def chat_turn(chat, model, memory, text):
    try:
        reply = chat(model=model, messages=memory.to_send(text))
    except Exception:
        reply = chat(model=model, messages=memory.to_send(text))
    answer = reply.message.content
    memory.add("user", text)
    memory.add("assistant", answer)
    return answer

# %% mistake="error-swallowed" exercise="chat_turn"
def chat_turn(chat, model, memory, text):
    try:
        reply = chat(model=model, messages=memory.to_send(text))
    except Exception as error:
        return f"Error: {error}"
    answer = reply.message.content
    memory.add("user", text)
    memory.add("assistant", answer)
    return answer

# %% mistake="error-kept-as-an-answer" exercise="chat_turn"
def chat_turn(chat, model, memory, text):
    try:
        answer = chat(model=model, messages=memory.to_send(text)).message.content
    except Exception as error:
        answer = f"Sorry: {error}"
    memory.add("user", text)
    memory.add("assistant", answer)
    return answer

# %% mistake="question-kept-although-it-failed" exercise="chat_turn"
def chat_turn(chat, model, memory, text):
    try:
        reply = chat(model=model, messages=memory.to_send(text))
    finally:
        memory.add("user", text)
    answer = reply.message.content
    memory.add("assistant", answer)
    return answer

# %% mistake="one-kind-of-error-swallowed" exercise="chat_turn"
def chat_turn(chat, model, memory, text):
    try:
        reply = chat(model=model, messages=memory.to_send(text))
    except ConnectionError:
        return "Nobody answers."
    answer = reply.message.content
    memory.add("user", text)
    memory.add("assistant", answer)
    return answer

# %% mistake="other-kind-of-error-swallowed" exercise="chat_turn"
def chat_turn(chat, model, memory, text):
    try:
        reply = chat(model=model, messages=memory.to_send(text))
    except ollama.ResponseError as error:
        return error.error
    answer = reply.message.content
    memory.add("user", text)
    memory.add("assistant", answer)
    return answer

# %% mistake="error-turned-into-another" exercise="chat_turn"
def chat_turn(chat, model, memory, text):
    try:
        reply = chat(model=model, messages=memory.to_send(text))
    except Exception:
        raise ValueError("the model did not answer")  # noqa: B904
    answer = reply.message.content
    memory.add("user", text)
    memory.add("assistant", answer)
    return answer

# %% mistake="thinking-kept-too" exercise="chat_turn"
def chat_turn(chat, model, memory, text):
    reply = chat(model=model, messages=memory.to_send(text))
    answer = (reply.message.thinking or "") + reply.message.content
    memory.add("user", text)
    memory.add("assistant", answer)
    return answer

# %% mistake="thinking-kept-as-a-message" exercise="chat_turn"
def chat_turn(chat, model, memory, text):
    reply = chat(model=model, messages=memory.to_send(text))
    answer = reply.message.content
    memory.add("user", text)
    if reply.message.thinking:
        memory.add("assistant", reply.message.thinking)
    memory.add("assistant", answer)
    return answer

# %% mistake="whole-talk-added-again" exercise="chat_turn"
def chat_turn(chat, model, memory, text):
    reply = chat(model=model, messages=memory.to_send(text))
    answer = reply.message.content
    for message in memory.to_send(text):
        memory.add(message["role"], message["content"])
    memory.add("assistant", answer)
    return answer

# %% mistake="generates-text-of-the-reply" exercise="chat_turn"
def chat_turn(chat, model, memory, text):
    reply = chat(model=model, messages=memory.to_send(text))
    answer = reply["response"]
    memory.add("user", text)
    memory.add("assistant", answer)
    return answer

# %% mistake="streamed-and-only-the-last-piece" exercise="chat_turn"
def chat_turn(chat, model, memory, text):
    reply = chat(model=model, messages=memory.to_send(text), stream=True)
    for piece in reply:
        answer = piece.message.content
    memory.add("user", text)
    memory.add("assistant", answer)
    return answer

# %% mistake="memory-of-the-notebook-instead-of-the-argument" exercise="chat_turn"
my_memory = PlainMemory()


def chat_turn(chat, model, memory, text):
    reply = chat(model=model, messages=my_memory.to_send(text))
    answer = reply.message.content
    my_memory.add("user", text)
    my_memory.add("assistant", answer)
    return answer

# %% mistake="answer-in-small-letters" exercise="chat_turn"
def chat_turn(chat, model, memory, text):
    reply = chat(model=model, messages=memory.to_send(text))
    answer = reply.message.content.lower()
    memory.add("user", text)
    memory.add("assistant", answer)
    return answer

# %% mistake="history-added-to-a-copy" exercise="chat_turn"
def chat_turn(chat, model, memory, text):
    talk = memory.messages()
    memory.messages().append({"role": "user", "content": text})
    reply = chat(model=model, messages=talk)
    answer = reply.message.content
    memory.add("user", text)
    memory.add("assistant", answer)
    return answer

# %% mistake="same-answer-kept-once" exercise="chat_turn"
def chat_turn(chat, model, memory, text):
    reply = chat(model=model, messages=memory.to_send(text))
    answer = reply.message.content
    if memory.messages()[-1:] != [{"role": "assistant", "content": answer}]:
        memory.add("user", text)
        memory.add("assistant", answer)
    return answer

# %% mistake="long-answers-cut" exercise="chat_turn"
def chat_turn(chat, model, memory, text):
    reply = chat(model=model, messages=memory.to_send(text))
    answer = reply.message.content
    memory.add("user", text)
    memory.add("assistant", answer[:20])
    return answer

# %% mistake="spaces-around-the-text-lost" exercise="chat_turn"
def chat_turn(chat, model, memory, text):
    text = text.strip()
    reply = chat(model=model, messages=memory.to_send(text))
    memory.add("user", text)
    memory.add("assistant", reply.message.content)
    return reply.message.content

# %% mistake="first-line-of-the-answer-only" exercise="chat_turn"
def chat_turn(chat, model, memory, text):
    reply = chat(model=model, messages=memory.to_send(text))
    answer = reply.message.content.split("\n")[0]
    memory.add("user", text)
    memory.add("assistant", answer)
    return answer

# %% mistake="long-answers-kept-short" exercise="chat_turn"
def chat_turn(chat, model, memory, text):
    reply = chat(model=model, messages=memory.to_send(text))
    memory.add("user", text)
    memory.add("assistant", reply.message.content[:60])
    return reply.message.content

# %% mistake="model-name-as-the-role" exercise="chat_turn"
def chat_turn(chat, model, memory, text):
    reply = chat(model=model, messages=memory.to_send(text))
    memory.add("user", text)
    memory.add(model, reply.message.content)
    return reply.message.content

# %% mistake="what-was-said-before-not-kept-again" exercise="chat_turn"
def chat_turn(chat, model, memory, text):
    reply = chat(model=model, messages=memory.to_send(text))
    known = [m["content"] for m in memory.messages()]
    if text not in known:
        memory.add("user", text)
    memory.add("assistant", reply.message.content)
    return reply.message.content

# %% mistake="return-in-finally" exercise="chat_turn"
def chat_turn(chat, model, memory, text):
    answer = ""
    try:
        answer = chat(model=model, messages=memory.to_send(text)).message.content
        memory.add("user", text)
        memory.add("assistant", answer)
    finally:
        return answer  # noqa: B012

# %% mistake="only-the-last-five-go-out" exercise="chat_turn"
def chat_turn(chat, model, memory, text):
    answer = chat(model=model, messages=[*memory.messages(), {"role": "user", "content": text}][-5:]).message.content
    memory.add("user", text)
    memory.add("assistant", answer)
    return answer

# %% mistake="one-list-in-one-line" exercise="save"
def save(messages, file):
    json.dump(messages, file)


def load(file):
    messages = []
    for line in file:
        if line.strip():
            messages.append(json.loads(line))
    return messages

# %% mistake="one-list-both-ways" exercise="save"
def save(messages, file):
    json.dump(messages, file)


def load(file):
    return json.load(file)

# %% mistake="no-newlines" exercise="save"
def save(messages, file):
    for message in messages:
        file.write(json.dumps(message))


def load(file):
    messages = []
    for line in file:
        if line.strip():
            messages.append(json.loads(line))
    return messages

# %% mistake="commas-between-the-lines" exercise="save"
def save(messages, file):
    for message in messages:
        file.write(json.dumps(message) + ",\n")


def load(file):
    messages = []
    for line in file:
        if line.strip():
            messages.append(json.loads(line))
    return messages

# %% mistake="pretty-over-many-lines" exercise="save"
def save(messages, file):
    for message in messages:
        file.write(json.dumps(message, indent=2) + "\n")


def load(file):
    messages = []
    for line in file:
        if line.strip():
            messages.append(json.loads(line))
    return messages

# %% mistake="python-text-instead-of-json" exercise="save"
def save(messages, file):
    for message in messages:
        file.write(str(message) + "\n")


def load(file):
    messages = []
    for line in file:
        if line.strip():
            messages.append(json.loads(line))
    return messages

# %% mistake="python-text-and-eval" exercise="save"
def save(messages, file):
    for message in messages:
        file.write(repr(message) + "\n")


def load(file):
    messages = []
    for line in file:
        if line.strip():
            messages.append(eval(line))
    return messages

# %% mistake="quotes-replaced-by-hand" exercise="save"
def save(messages, file):
    for message in messages:
        file.write(str(message).replace("'", '"') + "\n")


def load(file):
    messages = []
    for line in file:
        if line.strip():
            messages.append(json.loads(line))
    return messages

# %% mistake="role-colon-text" exercise="save"
def save(messages, file):
    for message in messages:
        file.write(f"{message['role']}: {message['content']}" + "\n")


def load(file):
    messages = []
    for line in file:
        if line.strip():
            messages.append(json.loads(line))
    return messages

# %% mistake="json-built-by-hand" exercise="save"
def save(messages, file):
    for message in messages:
        file.write('{"role": "' + message["role"] + '", "content": "' + message["content"] + '"}' + "\n")


def load(file):
    messages = []
    for line in file:
        if line.strip():
            messages.append(json.loads(line))
    return messages

# %% mistake="contents-only" exercise="save"
def save(messages, file):
    for message in messages:
        file.write(json.dumps(message["content"]) + "\n")


def load(file):
    messages = []
    for line in file:
        if line.strip():
            messages.append(json.loads(line))
    return messages

# %% mistake="pairs-in-the-file" exercise="save"
def save(messages, file):
    for message in messages:
        file.write(json.dumps([message["role"], message["content"]]) + "\n")


def load(file):
    messages = []
    for line in file:
        if line.strip():
            messages.append(json.loads(line))
    return messages

# %% mistake="only-two-keys-written" exercise="save"
def save(messages, file):
    for message in messages:
        file.write(json.dumps({"role": message["role"], "content": message["content"]}) + "\n")


def load(file):
    messages = []
    for line in file:
        if line.strip():
            messages.append(json.loads(line))
    return messages

# %% mistake="system-message-left-out" exercise="save"
def save(messages, file):
    for message in messages:
        if message["role"] != "system":
            file.write(json.dumps(message) + "\n")


def load(file):
    messages = []
    for line in file:
        if line.strip():
            messages.append(json.loads(line))
    return messages

# %% mistake="only-the-users-lines-written" exercise="save"
def save(messages, file):
    for message in messages:
        if message["role"] == "user":
            file.write(json.dumps(message) + "\n")


def load(file):
    messages = []
    for line in file:
        if line.strip():
            messages.append(json.loads(line))
    return messages

# %% mistake="same-lines-written-once" exercise="save"
def save(messages, file):
    for line in dict.fromkeys(json.dumps(message) for message in messages):
        file.write(line + "\n")


def load(file):
    messages = []
    for line in file:
        if line.strip():
            messages.append(json.loads(line))
    return messages

# %% mistake="lines-sorted" exercise="save"
def save(messages, file):
    for line in sorted(json.dumps(message) for message in messages):
        file.write(line + "\n")


def load(file):
    messages = []
    for line in file:
        if line.strip():
            messages.append(json.loads(line))
    return messages

# %% mistake="callers-list-emptied" exercise="save"
def save(messages, file):
    while messages:
        file.write(json.dumps(messages.pop(0)) + "\n")


def load(file):
    messages = []
    for line in file:
        if line.strip():
            messages.append(json.loads(line))
    return messages

# %% mistake="key-added-to-the-callers-messages" exercise="save"
def save(messages, file):
    for message in messages:
        message["saved"] = True
        file.write(json.dumps(message) + "\n")


def load(file):
    messages = []
    for line in file:
        if line.strip():
            messages.append(json.loads(line))
    return messages

# %% mistake="newline-taken-out-of-the-callers-text" exercise="save"
def save(messages, file):
    for message in messages:
        message["content"] = message["content"].replace("\n", " ")
        file.write(json.dumps(message) + "\n")


def load(file):
    messages = []
    for line in file:
        if line.strip():
            messages.append(json.loads(line))
    return messages

# %% mistake="file-opened-again" exercise="save"
def save(messages, file):
    with open(file, "w") as paper:  # noqa: PTH123
        for message in messages:
            paper.write(json.dumps(message) + "\n")


def load(file):
    messages = []
    for line in file:
        if line.strip():
            messages.append(json.loads(line))
    return messages

# %% mistake="text-returned-nothing-written" exercise="save"
def save(messages, file):
    return "\n".join(json.dumps(message) for message in messages)


def load(file):
    messages = []
    for line in file:
        if line.strip():
            messages.append(json.loads(line))
    return messages

# %% mistake="printed-on-the-screen" exercise="save"
def save(messages, file):
    for message in messages:
        print(json.dumps(message))


def load(file):
    messages = []
    for line in file:
        if line.strip():
            messages.append(json.loads(line))
    return messages

# %% mistake="only-the-first-message" exercise="save"
def save(messages, file):
    for message in messages:
        file.write(json.dumps(message) + "\n")
        return


def load(file):
    messages = []
    for line in file:
        if line.strip():
            messages.append(json.loads(line))
    return messages

# %% mistake="last-message-left-out" exercise="save"
def save(messages, file):
    for message in messages[:-1]:
        file.write(json.dumps(message) + "\n")


def load(file):
    messages = []
    for line in file:
        if line.strip():
            messages.append(json.loads(line))
    return messages

# %% mistake="special-letters-thrown-away" exercise="save"
def save(messages, file):
    for message in messages:
        file.write(json.dumps(message, ensure_ascii=False).encode("ascii", "ignore").decode() + "\n")


def load(file):
    messages = []
    for line in file:
        if line.strip():
            messages.append(json.loads(line))
    return messages

# %% mistake="empty-line-crashes" exercise="save"
def save(messages, file):
    for message in messages:
        file.write(json.dumps(message) + "\n")


def load(file):
    messages = []
    for line in file:
        messages.append(json.loads(line))
    return messages

# %% mistake="empty-but-for-spaces-crashes" exercise="save"
def save(messages, file):
    for message in messages:
        file.write(json.dumps(message) + "\n")


def load(file):
    messages = []
    for line in file:
        if line != "\n":
            messages.append(json.loads(line))
    return messages

# %% mistake="stops-at-the-first-empty-line" exercise="save"
def save(messages, file):
    for message in messages:
        file.write(json.dumps(message) + "\n")


def load(file):
    messages = []
    for line in file:
        if not line.strip():
            break
        messages.append(json.loads(line))
    return messages

# %% mistake="texts-not-turned-into-dictionaries" exercise="save"
def save(messages, file):
    for message in messages:
        file.write(json.dumps(message) + "\n")


def load(file):
    messages = []
    for line in file:
        if line.strip():
            messages.append(line.strip())
    return messages

# %% mistake="only-the-first-line-read" exercise="save"
def save(messages, file):
    for message in messages:
        file.write(json.dumps(message) + "\n")


def load(file):
    for line in file:
        if line.strip():
            return [json.loads(line)]
    return []

# %% mistake="only-the-last-line-read" exercise="save"
def save(messages, file):
    for message in messages:
        file.write(json.dumps(message) + "\n")


def load(file):
    messages = []
    for line in file:
        if line.strip():
            messages = [json.loads(line)]
    return messages

# %% mistake="return-inside-the-loop" exercise="save"
def save(messages, file):
    for message in messages:
        file.write(json.dumps(message) + "\n")


def load(file):
    messages = []
    for line in file:
        if line.strip():
            messages.append(json.loads(line))
        return messages
    return []

# %% mistake="last-character-cut-off" exercise="save"
def save(messages, file):
    for message in messages:
        file.write(json.dumps(message) + "\n")


def load(file):
    messages = []
    for line in file:
        if line.strip():
            messages.append(json.loads(line[:-1]))
    return messages

# %% mistake="one-json-for-the-whole-file" exercise="save"
def save(messages, file):
    for message in messages:
        file.write(json.dumps(message) + "\n")


def load(file):
    return json.load(file)

# %% mistake="header-line-skipped" exercise="save"
def save(messages, file):
    for message in messages:
        file.write(json.dumps(message) + "\n")


def load(file):
    messages = []
    next(file)
    for line in file:
        if line.strip():
            messages.append(json.loads(line))
    return messages

# %% mistake="newlines-in-texts-undone" exercise="save"
def save(messages, file):
    for message in messages:
        file.write(json.dumps(message) + "\n")


def load(file):
    messages = []
    for line in file:
        if line.strip():
            messages.append(json.loads(line.replace("\\n", " ")))
    return messages

# %% mistake="texts-stripped" exercise="save"
def save(messages, file):
    for message in messages:
        file.write(json.dumps(message) + "\n")


def load(file):
    messages = []
    for line in file:
        if line.strip():
            message = json.loads(line)
            message["content"] = message["content"].strip()
            messages.append(message)
    return messages

# %% mistake="empty-texts-skipped" exercise="save"
def save(messages, file):
    for message in messages:
        file.write(json.dumps(message) + "\n")


def load(file):
    messages = []
    for line in file:
        if line.strip():
            message = json.loads(line)
            if message["content"]:
                messages.append(message)
    return messages

# %% mistake="only-two-keys-read" exercise="save"
def save(messages, file):
    for message in messages:
        file.write(json.dumps(message) + "\n")


def load(file):
    messages = []
    for line in file:
        if line.strip():
            message = json.loads(line)
            messages.append({"role": message["role"], "content": message["content"]})
    return messages

# %% mistake="none-for-an-empty-file" exercise="save"
def save(messages, file):
    for message in messages:
        file.write(json.dumps(message) + "\n")


def load(file):
    messages = []
    for line in file:
        if line.strip():
            messages.append(json.loads(line))
    return messages or None

# %% mistake="list-shared-by-all-calls" exercise="save"
def save(messages, file):
    for message in messages:
        file.write(json.dumps(message) + "\n")


def load(file, messages=[]):  # noqa: B006
    for line in file:
        if line.strip():
            messages.append(json.loads(line))
    return messages

# %% mistake="python-reads-the-json" exercise="save"
def save(messages, file):
    for message in messages:
        file.write(json.dumps(message) + "\n")


def load(file):
    messages = []
    for line in file:
        if line.strip():
            messages.append(eval(line))
    return messages

# %% mistake="single-quotes-made-double" exercise="save"
def save(messages, file):
    for message in messages:
        file.write(json.dumps(message) + "\n")


def load(file):
    messages = []
    for line in file:
        if line.strip():
            messages.append(json.loads(line.replace("'", '"')))
    return messages

# %% mistake="empty-answers-not-saved" exercise="save"
def save(messages, file):
    for message in messages:
        if message["content"]:
            file.write(json.dumps(message) + "\n")


def load(file):
    messages = []
    for line in file:
        if line.strip():
            messages.append(json.loads(line))
    return messages

# %% mistake="list-cut-into-lines-by-hand" exercise="save"
def save(messages, file):
    file.write(json.dumps(messages).replace("}, {", "}\n{").strip("[]"))


def load(file):
    messages = []
    for line in file:
        if line.strip():
            messages.append(json.loads(line))
    return messages

# %% mistake="file-emptied-first" exercise="save"
def save(messages, file):
    file.seek(0)
    file.truncate()
    for m in messages:
        file.write(json.dumps(m) + "\n")


def load(file):
    return [json.loads(line) for line in file if line.strip()]

# %% mistake="broken-lines-passed-over" exercise="save"
def save(messages, file):
    for m in messages:
        file.write(json.dumps(m) + "\n")


def load(file):
    out = []
    for line in file:
        try:
            out.append(json.loads(line))
        except ValueError:
            continue
    return out

# %% mistake="only-lines-with-two-braces" exercise="save"
def save(messages, file):
    for m in messages:
        file.write(json.dumps(m) + "\n")


def load(file):
    return [json.loads(line) for line in file if line.startswith("{") and line.rstrip().endswith("}")]

# %% mistake="equal-lines-read-once" exercise="save"
def save(messages, file):
    for m in messages:
        file.write(json.dumps(m) + "\n")


def load(file):
    return [json.loads(line) for line in dict.fromkeys(file) if line.strip()]

# %% mistake="messages-one-by-one-from-load" exercise="save"
def save(messages, file):
    for m in messages:
        file.write(json.dumps(m) + "\n")


def load(file):
    return (json.loads(line) for line in file if line.strip())

# %% mistake="reading-ends-at-the-first-empty-line" exercise="save"
def save(messages, file):
    for m in messages:
        file.write(json.dumps(m) + "\n")


def load(file):
    out = []
    for line in file:
        if not line.strip():
            break
        out.append(json.loads(line))
    return out

# %% mistake="every-value-made-text" exercise="save"
def save(messages, file):
    for m in messages:
        file.write(json.dumps({k: str(v) for k, v in m.items()}) + "\n")


def load(file):
    return [json.loads(line) for line in file if line.strip()]

# %% mistake="empty-values-left-out" exercise="save"
def save(messages, file):
    for m in messages:
        file.write(json.dumps({k: v for k, v in m.items() if v}) + "\n")


def load(file):
    return [json.loads(line) for line in file if line.strip()]

# %% mistake="nothing-trimmed" exercise="trim"
def trim(messages, budget, count):
    system = [one for one in messages if one["role"] == "system"]
    turns = []
    for one in messages[len(system) :]:
        if one["role"] == "user":
            turns.append([])
        turns[-1].append(one)
    left = budget - sum(count(one["content"]) for one in system)
    kept = []
    for turn in reversed(turns):
        left -= sum(count(one["content"]) for one in turn)
        kept = turn + kept
    return system + kept

# %% mistake="oldest-kept" exercise="trim"
def trim(messages, budget, count):
    system = [one for one in messages if one["role"] == "system"]
    turns = []
    for one in messages[len(system) :]:
        if one["role"] == "user":
            turns.append([])
        turns[-1].append(one)
    left = budget - sum(count(one["content"]) for one in system)
    kept = []
    for turn in turns:
        left -= sum(count(one["content"]) for one in turn)
        if kept and left < 0:
            break
        kept = kept + turn
    return system + kept

# %% mistake="order-turned-round" exercise="trim"
def trim(messages, budget, count):
    system = [one for one in messages if one["role"] == "system"]
    turns = []
    for one in messages[len(system) :]:
        if one["role"] == "user":
            turns.append([])
        turns[-1].append(one)
    left = budget - sum(count(one["content"]) for one in system)
    kept = []
    for turn in reversed(turns):
        left -= sum(count(one["content"]) for one in turn)
        if kept and left < 0:
            break
        kept = kept + turn
    return system + kept

# %% mistake="system-cut-off" exercise="trim"
def trim(messages, budget, count):
    system = [one for one in messages if one["role"] == "system"]
    turns = []
    for one in messages[len(system) :]:
        if one["role"] == "user":
            turns.append([])
        turns[-1].append(one)
    left = budget - sum(count(one["content"]) for one in system)
    kept = []
    for turn in reversed(turns):
        left -= sum(count(one["content"]) for one in turn)
        if kept and left < 0:
            break
        kept = turn + kept
    return kept

# %% mistake="system-at-the-end" exercise="trim"
def trim(messages, budget, count):
    system = [one for one in messages if one["role"] == "system"]
    turns = []
    for one in messages[len(system) :]:
        if one["role"] == "user":
            turns.append([])
        turns[-1].append(one)
    left = budget - sum(count(one["content"]) for one in system)
    kept = []
    for turn in reversed(turns):
        left -= sum(count(one["content"]) for one in turn)
        if kept and left < 0:
            break
        kept = turn + kept
    return kept + system

# %% mistake="system-not-counted" exercise="trim"
def trim(messages, budget, count):
    system = [one for one in messages if one["role"] == "system"]
    turns = []
    for one in messages[len(system) :]:
        if one["role"] == "user":
            turns.append([])
        turns[-1].append(one)
    left = budget
    kept = []
    for turn in reversed(turns):
        left -= sum(count(one["content"]) for one in turn)
        if kept and left < 0:
            break
        kept = turn + kept
    return system + kept

# %% mistake="exactly-full-is-too-full" exercise="trim"
def trim(messages, budget, count):
    system = [one for one in messages if one["role"] == "system"]
    turns = []
    for one in messages[len(system) :]:
        if one["role"] == "user":
            turns.append([])
        turns[-1].append(one)
    left = budget - sum(count(one["content"]) for one in system)
    kept = []
    for turn in reversed(turns):
        left -= sum(count(one["content"]) for one in turn)
        if kept and left <= 0:
            break
        kept = turn + kept
    return system + kept

# %% mistake="one-over-is-still-fine" exercise="trim"
def trim(messages, budget, count):
    system = [one for one in messages if one["role"] == "system"]
    turns = []
    for one in messages[len(system) :]:
        if one["role"] == "user":
            turns.append([])
        turns[-1].append(one)
    left = budget - sum(count(one["content"]) for one in system)
    kept = []
    for turn in reversed(turns):
        left -= sum(count(one["content"]) for one in turn)
        if kept and left < -1:
            break
        kept = turn + kept
    return system + kept

# %% mistake="one-turn-too-many" exercise="trim"
def trim(messages, budget, count):
    system = [one for one in messages if one["role"] == "system"]
    turns = []
    for one in messages[len(system) :]:
        if one["role"] == "user":
            turns.append([])
        turns[-1].append(one)
    left = budget - sum(count(one["content"]) for one in system)
    kept = []
    for turn in reversed(turns):
        left -= sum(count(one["content"]) for one in turn)
        kept = turn + kept
        if left < 0:
            break
    return system + kept

# %% mistake="newest-turn-dropped-when-too-long" exercise="trim"
def trim(messages, budget, count):
    system = [one for one in messages if one["role"] == "system"]
    turns = []
    for one in messages[len(system) :]:
        if one["role"] == "user":
            turns.append([])
        turns[-1].append(one)
    left = budget - sum(count(one["content"]) for one in system)
    kept = []
    for turn in reversed(turns):
        left -= sum(count(one["content"]) for one in turn)
        if left < 0:
            break
        kept = turn + kept
    return system + kept

# %% mistake="holes-in-the-talk" exercise="trim"
def trim(messages, budget, count):
    system = [one for one in messages if one["role"] == "system"]
    turns = []
    for one in messages[len(system) :]:
        if one["role"] == "user":
            turns.append([])
        turns[-1].append(one)
    left = budget - sum(count(one["content"]) for one in system)
    kept = []
    for turn in reversed(turns):
        left -= sum(count(one["content"]) for one in turn)
        if kept and left < 0:
            left += sum(count(one["content"]) for one in turn)
            continue
        kept = turn + kept
    return system + kept

# %% mistake="count-ignored-words-instead" exercise="trim"
def trim(messages, budget, count):
    system = [one for one in messages if one["role"] == "system"]
    turns = []
    for one in messages[len(system) :]:
        if one["role"] == "user":
            turns.append([])
        turns[-1].append(one)
    left = budget - sum(len(one["content"].split()) for one in system)
    kept = []
    for turn in reversed(turns):
        left -= sum(len(one["content"].split()) for one in turn)
        if kept and left < 0:
            break
        kept = turn + kept
    return system + kept

# %% mistake="count-ignored-letters-instead" exercise="trim"
def trim(messages, budget, count):
    system = [one for one in messages if one["role"] == "system"]
    turns = []
    for one in messages[len(system) :]:
        if one["role"] == "user":
            turns.append([])
        turns[-1].append(one)
    left = budget - sum(len(one["content"]) for one in system)
    kept = []
    for turn in reversed(turns):
        left -= sum(len(one["content"]) for one in turn)
        if kept and left < 0:
            break
        kept = turn + kept
    return system + kept

# %% mistake="messages-counted-instead-of-their-cost" exercise="trim"
def trim(messages, budget, count):
    system = [one for one in messages if one["role"] == "system"]
    turns = []
    for one in messages[len(system) :]:
        if one["role"] == "user":
            turns.append([])
        turns[-1].append(one)
    left = budget - sum(count(one["content"]) for one in system)
    kept = []
    for turn in reversed(turns):
        left -= len(turn)
        if kept and left < 0:
            break
        kept = turn + kept
    return system + kept

# %% mistake="only-questions-counted" exercise="trim"
def trim(messages, budget, count):
    system = [one for one in messages if one["role"] == "system"]
    turns = []
    for one in messages[len(system) :]:
        if one["role"] == "user":
            turns.append([])
        turns[-1].append(one)
    left = budget - sum(count(one["content"]) for one in system)
    kept = []
    for turn in reversed(turns):
        left -= count(turn[0]["content"])
        if kept and left < 0:
            break
        kept = turn + kept
    return system + kept

# %% mistake="only-answers-counted" exercise="trim"
def trim(messages, budget, count):
    system = [one for one in messages if one["role"] == "system"]
    turns = []
    for one in messages[len(system) :]:
        if one["role"] == "user":
            turns.append([])
        turns[-1].append(one)
    left = budget - sum(count(one["content"]) for one in system)
    kept = []
    for turn in reversed(turns):
        left -= count(turn[-1]["content"])
        if kept and left < 0:
            break
        kept = turn + kept
    return system + kept

# %% mistake="message-counted-instead-of-its-text" exercise="trim"
def trim(messages, budget, count):
    system = [one for one in messages if one["role"] == "system"]
    turns = []
    for one in messages[len(system) :]:
        if one["role"] == "user":
            turns.append([])
        turns[-1].append(one)
    left = budget - sum(count(one) for one in system)
    kept = []
    for turn in reversed(turns):
        left -= sum(count(one) for one in turn)
        if kept and left < 0:
            break
        kept = turn + kept
    return system + kept

# %% mistake="role-counted-too" exercise="trim"
def trim(messages, budget, count):
    system = [one for one in messages if one["role"] == "system"]
    turns = []
    for one in messages[len(system) :]:
        if one["role"] == "user":
            turns.append([])
        turns[-1].append(one)
    left = budget - sum(count(one["content"]) for one in system)
    kept = []
    for turn in reversed(turns):
        left -= sum(count(one["role"]) + count(one["content"]) for one in turn)
        if kept and left < 0:
            break
        kept = turn + kept
    return system + kept

# %% mistake="first-message-always-taken-for-system" exercise="trim"
def trim(messages, budget, count):
    system = messages[:1]
    turns = []
    for one in messages[len(system) :]:
        if one["role"] == "user":
            turns.append([])
        turns[-1].append(one)
    left = budget - sum(count(one["content"]) for one in system)
    kept = []
    for turn in reversed(turns):
        left -= sum(count(one["content"]) for one in turn)
        if kept and left < 0:
            break
        kept = turn + kept
    return system + kept

# %% mistake="system-expected-always" exercise="trim"
def trim(messages, budget, count):
    system = [messages[0]] if messages[0]["role"] == "system" else []
    turns = []
    for one in messages[len(system) :]:
        if one["role"] == "user":
            turns.append([])
        turns[-1].append(one)
    left = budget - sum(count(one["content"]) for one in system)
    kept = []
    for turn in reversed(turns):
        left -= sum(count(one["content"]) for one in turn)
        if kept and left < 0:
            break
        kept = turn + kept
    return system + kept

# %% mistake="a-talk-without-turns-crashes" exercise="trim"
def trim(messages, budget, count):
    system = [one for one in messages if one["role"] == "system"]
    turns = []
    for one in messages[len(system) :]:
        if one["role"] == "user":
            turns.append([])
        turns[-1].append(one)
    left = budget - sum(count(one["content"]) for one in system)
    kept = turns.pop()
    left -= sum(count(one["content"]) for one in kept)
    for turn in reversed(turns):
        left -= sum(count(one["content"]) for one in turn)
        if kept and left < 0:
            break
        kept = turn + kept
    return system + kept

# %% mistake="turns-of-two-only" exercise="trim"
def trim(messages, budget, count):
    system = [one for one in messages if one["role"] == "system"]
    turns = []
    rest = messages[len(system) :]
    for start in range(0, len(rest), 2):
        turns.append(rest[start : start + 2])
    left = budget - sum(count(one["content"]) for one in system)
    kept = []
    for turn in reversed(turns):
        left -= sum(count(one["content"]) for one in turn)
        if kept and left < 0:
            break
        kept = turn + kept
    return system + kept

# %% mistake="turns-cut-from-the-end-in-twos" exercise="trim"
def trim(messages, budget, count):
    system = [one for one in messages if one["role"] == "system"]
    turns = []
    rest = messages[len(system) :]
    while rest:
        turns.insert(0, rest[-2:])
        rest = rest[:-2]
    left = budget - sum(count(one["content"]) for one in system)
    kept = []
    for turn in reversed(turns):
        left -= sum(count(one["content"]) for one in turn)
        if kept and left < 0:
            break
        kept = turn + kept
    return system + kept

# %% mistake="a-turn-ends-with-an-answer" exercise="trim"
def trim(messages, budget, count):
    system = [one for one in messages if one["role"] == "system"]
    turns = []
    for one in messages[len(system) :]:
        if not turns or turns[-1][-1]["role"] == "assistant":
            turns.append([])
        turns[-1].append(one)
    left = budget - sum(count(one["content"]) for one in system)
    kept = []
    for turn in reversed(turns):
        left -= sum(count(one["content"]) for one in turn)
        if kept and left < 0:
            break
        kept = turn + kept
    return system + kept

# %% mistake="single-messages-split-the-turns" exercise="trim"
def trim(messages, budget, count):
    system = [one for one in messages if one["role"] == "system"]
    left = budget - sum(count(one["content"]) for one in system)
    kept = []
    for one in reversed(messages[len(system) :]):
        left -= count(one["content"])
        if kept and left < 0:
            break
        kept.insert(0, one)
    return system + kept

# %% mistake="popped-from-the-callers-list" exercise="trim"
def trim(messages, budget, count):
    first = 1 if messages and messages[0]["role"] == "system" else 0
    last = max([at for at, one in enumerate(messages) if one["role"] == "user"], default=0)
    while last > first and sum(count(one["content"]) for one in messages) > budget:
        messages.pop(first)
        last -= 1
        while last > first and messages[first]["role"] != "user":
            messages.pop(first)
            last -= 1
    return messages

# %% mistake="second-name-taken-for-a-copy-in-trim" exercise="trim"
def trim(messages, budget, count):
    kept = messages
    start = 1 if kept and kept[0]["role"] == "system" else 0
    while len(kept) > start + 2 and sum(count(m["content"]) for m in kept) > budget:
        del kept[start : start + 2]
    return kept

# %% mistake="a-fixed-number-of-turns" exercise="trim"
def trim(messages, budget, count):
    start = 1 if messages and messages[0]["role"] == "system" else 0
    return messages[:start] + messages[start:][-4:]

# %% mistake="last-two-messages-only" exercise="trim"
def trim(messages, budget, count):
    if sum(count(m["content"]) for m in messages) <= budget:
        return list(messages)
    system = [m for m in messages if m["role"] == "system"]
    return system + messages[len(system):][-2:]

# %% mistake="budget-as-a-number-of-messages" exercise="trim"
def trim(messages, budget, count):
    system = [m for m in messages if m["role"] == "system"]
    rest = messages[len(system):]
    return system + rest[-budget:]

# %% mistake="texts-joined-and-cut" exercise="trim"
def trim(messages, budget, count):
    system = [m for m in messages if m["role"] == "system"]
    left = budget - sum(count(m["content"]) for m in system)
    kept = []
    for m in reversed(messages[len(system):]):
        cut = " ".join(m["content"].split()[-left:]) if left > 0 else ""
        if not cut:
            break
        kept.insert(0, {"role": m["role"], "content": cut})
        left -= count(cut)
    return system + kept

# %% mistake="dropped-by-equality" exercise="trim"
def trim(messages, budget, count):
    kept = [m for m in messages]  # noqa: C416
    system = [m for m in kept if m["role"] == "system"]
    while sum(count(m["content"]) for m in kept) > budget and len(kept) > len(system) + 2:
        oldest = kept[len(system)]
        answer = kept[len(system) + 1]
        kept = [m for m in kept if m != oldest and m != answer]
    return kept

# %% mistake="dropped-two-by-two-whatever-stands-there" exercise="trim"
def trim(messages, budget, count):
    kept = list(messages)
    first = 1 if kept and kept[0]["role"] == "system" else 0
    while len(kept) > first + 1 and sum(count(m["content"]) for m in kept) > budget:
        del kept[first : first + 2]
    return kept

# %% mistake="an-orphaned-answer-at-the-front" exercise="trim"
def trim(messages, budget, count):
    kept = list(messages)
    first = 1 if kept and kept[0]["role"] == "system" else 0
    while len(kept) > first + 1 and sum(count(m["content"]) for m in kept) > budget:
        kept.pop(first)
    return kept

# %% mistake="empty-when-the-budget-is-zero" exercise="trim"
def trim(messages, budget, count):
    if budget <= 0:
        return []
    system = [one for one in messages if one["role"] == "system"]
    turns = []
    for one in messages[len(system) :]:
        if one["role"] == "user":
            turns.append([])
        turns[-1].append(one)
    left = budget - sum(count(one["content"]) for one in system)
    kept = []
    for turn in reversed(turns):
        left -= sum(count(one["content"]) for one in turn)
        if kept and left < 0:
            break
        kept = turn + kept
    return system + kept

# %% mistake="printed-instead-of-returned-by-trim" exercise="trim"
def trim(messages, budget, count):
    system = [one for one in messages if one["role"] == "system"]
    turns = []
    for one in messages[len(system) :]:
        if one["role"] == "user":
            turns.append([])
        turns[-1].append(one)
    left = budget - sum(count(one["content"]) for one in system)
    kept = []
    for turn in reversed(turns):
        left -= sum(count(one["content"]) for one in turn)
        if kept and left < 0:
            break
        kept = turn + kept
    print(system + kept)

# %% mistake="texts-returned" exercise="trim"
def trim(messages, budget, count):
    system = [one for one in messages if one["role"] == "system"]
    turns = []
    for one in messages[len(system) :]:
        if one["role"] == "user":
            turns.append([])
        turns[-1].append(one)
    left = budget - sum(count(one["content"]) for one in system)
    kept = []
    for turn in reversed(turns):
        left -= sum(count(one["content"]) for one in turn)
        if kept and left < 0:
            break
        kept = turn + kept
    return [one["content"] for one in system + kept]

# %% mistake="texts-joined-before-they-are-counted" exercise="trim"
def trim(messages, budget, count):
    system = [one for one in messages if one["role"] == "system"]
    turns = []
    for one in messages[len(system) :]:
        if one["role"] == "user":
            turns.append([])
        turns[-1].append(one)
    left = budget - sum(count(one["content"]) for one in system)
    kept = []
    for turn in reversed(turns):
        left -= count(" ".join(one["content"] for one in turn))
        if kept and left < 0:
            break
        kept = turn + kept
    return system + kept

# %% mistake="newest-turn-not-counted" exercise="trim"
def trim(messages, budget, count):
    system = [one for one in messages if one["role"] == "system"]
    turns = []
    for one in messages[len(system) :]:
        if one["role"] == "user":
            turns.append([])
        turns[-1].append(one)
    left = budget - sum(count(one["content"]) for one in system)
    kept = []
    for turn in reversed(turns):
        left -= sum(count(one["content"]) for one in turn) if kept else 0
        if kept and left < 0:
            break
        kept = turn + kept
    return system + kept

# %% mistake="system-counted-twice" exercise="trim"
def trim(messages, budget, count):
    system = [one for one in messages if one["role"] == "system"]
    turns = []
    for one in messages[len(system) :]:
        if one["role"] == "user":
            turns.append([])
        turns[-1].append(one)
    left = budget - 2 * sum(count(one["content"]) for one in system)
    kept = []
    for turn in reversed(turns):
        left -= sum(count(one["content"]) for one in turn)
        if kept and left < 0:
            break
        kept = turn + kept
    return system + kept

# %% mistake="question-of-a-cut-turn-lost" exercise="trim"
def trim(messages, budget, count):
    system = [one for one in messages if one["role"] == "system"]
    turns = []
    for one in messages[len(system) :]:
        if one["role"] == "user":
            turns.append([])
        turns[-1].append(one)
    left = budget - sum(count(one["content"]) for one in system)
    kept = []
    for turn in reversed(turns):
        left -= sum(count(one["content"]) for one in turn)
        if kept and left < 0:
            if left + count(turn[0]["content"]) >= 0:
                kept = turn[1:] + kept
            break
        kept = turn + kept
    return system + kept

# %% mistake="two-messages-gone-for-each-turn" exercise="trim"
def trim(messages, budget, count):
    kept = list(messages)
    while sum(count(m["content"]) for m in kept) > budget:
        starts = [i for i, m in enumerate(kept) if m["role"] == "user"]
        if len(starts) < 2:
            break
        del kept[starts[0] : starts[0] + 2]
    return kept

# %% mistake="always-two-by-two-from-the-end" exercise="trim"
def trim(messages, budget, count):
    system = [m for m in messages if m["role"] == "system"]
    rest = [m for m in messages if m["role"] != "system"]
    left = budget - sum(count(m["content"]) for m in system)
    kept = []
    while rest:
        size = 1 if rest[-1]["role"] == "user" else 2
        if len(rest) > 2 and rest[-2]["role"] == "tool":
            size = 4
        turn, rest = rest[-size:], rest[:-size]
        left -= sum(count(m["content"]) for m in turn)
        if kept and left < 0:
            break
        kept = turn + kept
    return system + kept

# %% mistake="unanswered-question-joined-to-the-next" exercise="trim"
def trim(messages, budget, count):
    system = [m for m in messages if m["role"] == "system"]
    turns, last = [], None
    for m in messages[len(system) :]:
        if m["role"] == "user" and last != "user":
            turns.append([])
        turns[-1].append(m)
        last = m["role"]
    left = budget - sum(count(m["content"]) for m in system)
    kept = []
    for turn in reversed(turns):
        left -= sum(count(m["content"]) for m in turn)
        if kept and left < 0:
            break
        kept = turn + kept
    return system + kept

# %% mistake="cut-after-the-first-answer" exercise="trim"
def trim(messages, budget, count):
    system = [m for m in messages if m["role"] == "system"]
    rest = messages[len(system) :]
    while True:
        starts = [i for i, m in enumerate(rest) if m["role"] == "user"]
        if len(starts) < 2 or sum(count(m["content"]) for m in system + rest) <= budget:
            return system + rest
        ends = [i for i, m in enumerate(rest) if m["role"] == "assistant"]
        rest = (
            rest[ends[0] + 1 :] if not (len(ends) > 1 and rest[ends[0] + 1]["role"] == "tool") else rest[ends[1] + 1 :]
        )

# %% mistake="kept-ones-one-by-one" exercise="trim"
def trim(messages, budget, count):
    system = [m for m in messages if m["role"] == "system"]
    turns = []
    for m in messages[len(system) :]:
        if m["role"] == "user":
            turns.append([])
        turns[-1].append(m)
    left = budget - sum(count(m["content"]) for m in system)
    kept = []
    for turn in reversed(turns):
        left -= sum(count(m["content"]) for m in turn)
        if kept and left < 0:
            break
        kept = turn + kept
    yield from system + kept

# %% mistake="empty-answers-dropped" exercise="trim"
def trim(messages, budget, count):
    system = [m for m in messages if m["role"] == "system"]
    turns = []
    for m in messages[len(system) :]:
        if m["role"] == "user":
            turns.append([])
        if m["content"]:
            turns[-1].append(m)
    left = budget - sum(count(m["content"]) for m in system)
    kept = []
    for turn in reversed(turns):
        left -= sum(count(m["content"]) for m in turn)
        if kept and left < 0:
            break
        kept = turn + kept
    return system + kept

# %% mistake="messages-built-anew" exercise="trim"
def trim(messages, budget, count):
    system = [m for m in messages if m["role"] == "system"]
    turns = []
    for m in messages[len(system) :]:
        if m["role"] == "user":
            turns.append([])
        turns[-1].append({"role": m["role"], "content": m["content"]})
    left = budget - sum(count(m["content"]) for m in system)
    kept = []
    for turn in reversed(turns):
        left -= sum(count(m["content"]) for m in turn)
        if kept and left < 0:
            break
        kept = turn + kept
    return system + kept

# %% mistake="tools-cost-nothing" exercise="trim"
def trim(messages, budget, count):
    system = [m for m in messages if m["role"] == "system"]
    turns = []
    for m in messages[len(system) :]:
        if m["role"] == "user":
            turns.append([])
        turns[-1].append(m)
    left = budget - sum(count(m["content"]) for m in system)
    kept = []
    for turn in reversed(turns):
        left -= sum(count(m["content"]) for m in turn if m["role"] != "tool")
        if kept and left < 0:
            break
        kept = turn + kept
    return system + kept

# %% mistake="values-written-into-the-command" exercise="SqliteMemory"
class SqliteMemory:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role TEXT, content TEXT)")

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

    def add(self, role, content):
        self.db.execute(f"INSERT INTO said (role, content) VALUES ('{role}', '{content}')")
        self.db.commit()

    def messages(self):
        rows = self.db.execute("SELECT role, content FROM said ORDER BY id")
        return [{"role": role, "content": content} for role, content in rows]

    def search(self, term):
        return [one for one in self.messages() if term.lower() in one["content"].lower()]

    def standing_orders(self):
        return [
            one["content"]
            for one in self.messages()
            if one["role"] == "user" and "i want you" in one["content"].lower()
        ]

# %% mistake="values-glued-into-the-command" exercise="SqliteMemory"
class SqliteMemory:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role TEXT, content TEXT)")

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

    def add(self, role, content):
        self.db.execute("INSERT INTO said (role, content) VALUES ('" + role + "', '" + content + "')")
        self.db.commit()

    def messages(self):
        rows = self.db.execute("SELECT role, content FROM said ORDER BY id")
        return [{"role": role, "content": content} for role, content in rows]

    def search(self, term):
        return [one for one in self.messages() if term.lower() in one["content"].lower()]

    def standing_orders(self):
        return [
            one["content"]
            for one in self.messages()
            if one["role"] == "user" and "i want you" in one["content"].lower()
        ]

# %% mistake="values-in-double-quotes" exercise="SqliteMemory"
class SqliteMemory:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role TEXT, content TEXT)")

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

    def add(self, role, content):
        self.db.execute(f'INSERT INTO said (role, content) VALUES ("{role}", "{content}")')
        self.db.commit()

    def messages(self):
        rows = self.db.execute("SELECT role, content FROM said ORDER BY id")
        return [{"role": role, "content": content} for role, content in rows]

    def search(self, term):
        return [one for one in self.messages() if term.lower() in one["content"].lower()]

    def standing_orders(self):
        return [
            one["content"]
            for one in self.messages()
            if one["role"] == "user" and "i want you" in one["content"].lower()
        ]

# %% mistake="several-commands-at-once" exercise="SqliteMemory"
class SqliteMemory:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role TEXT, content TEXT)")

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

    def add(self, role, content):
        self.db.executescript(f"INSERT INTO said (role, content) VALUES ('{role}', '{content}');")
        self.db.commit()

    def messages(self):
        rows = self.db.execute("SELECT role, content FROM said ORDER BY id")
        return [{"role": role, "content": content} for role, content in rows]

    def search(self, term):
        return [one for one in self.messages() if term.lower() in one["content"].lower()]

    def standing_orders(self):
        return [
            one["content"]
            for one in self.messages()
            if one["role"] == "user" and "i want you" in one["content"].lower()
        ]

# %% mistake="quotes-taken-out" exercise="SqliteMemory"
class SqliteMemory:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role TEXT, content TEXT)")

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

    def add(self, role, content):
        content = content.replace("'", "")
        self.db.execute(f"INSERT INTO said (role, content) VALUES ('{role}', '{content}')")
        self.db.commit()

    def messages(self):
        rows = self.db.execute("SELECT role, content FROM said ORDER BY id")
        return [{"role": role, "content": content} for role, content in rows]

    def search(self, term):
        return [one for one in self.messages() if term.lower() in one["content"].lower()]

    def standing_orders(self):
        return [
            one["content"]
            for one in self.messages()
            if one["role"] == "user" and "i want you" in one["content"].lower()
        ]

# %% mistake="quotes-doubled-although-handed-over" exercise="SqliteMemory"
class SqliteMemory:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role TEXT, content TEXT)")

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

    def add(self, role, content):
        self.db.execute("INSERT INTO said (role, content) VALUES (?, ?)", (role, content.replace("'", "''")))
        self.db.commit()

    def messages(self):
        rows = self.db.execute("SELECT role, content FROM said ORDER BY id")
        return [{"role": role, "content": content} for role, content in rows]

    def search(self, term):
        return [one for one in self.messages() if term.lower() in one["content"].lower()]

    def standing_orders(self):
        return [
            one["content"]
            for one in self.messages()
            if one["role"] == "user" and "i want you" in one["content"].lower()
        ]

# %% mistake="commit-forgotten" exercise="SqliteMemory"
class SqliteMemory:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role TEXT, content TEXT)")

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

    def add(self, role, content):
        self.db.execute("INSERT INTO said (role, content) VALUES (?, ?)", (role, content))

    def messages(self):
        rows = self.db.execute("SELECT role, content FROM said ORDER BY id")
        return [{"role": role, "content": content} for role, content in rows]

    def search(self, term):
        return [one for one in self.messages() if term.lower() in one["content"].lower()]

    def standing_orders(self):
        return [
            one["content"]
            for one in self.messages()
            if one["role"] == "user" and "i want you" in one["content"].lower()
        ]

# %% mistake="commit-without-the-call" exercise="SqliteMemory"
class SqliteMemory:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role TEXT, content TEXT)")

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

    def add(self, role, content):
        self.db.execute("INSERT INTO said (role, content) VALUES (?, ?)", (role, content))
        self.db.commit

    def messages(self):
        rows = self.db.execute("SELECT role, content FROM said ORDER BY id")
        return [{"role": role, "content": content} for role, content in rows]

    def search(self, term):
        return [one for one in self.messages() if term.lower() in one["content"].lower()]

    def standing_orders(self):
        return [
            one["content"]
            for one in self.messages()
            if one["role"] == "user" and "i want you" in one["content"].lower()
        ]

# %% mistake="table-emptied-when-opened" exercise="SqliteMemory"
class SqliteMemory:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("DROP TABLE IF EXISTS said")
        self.db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role TEXT, content TEXT)")

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

    def add(self, role, content):
        self.db.execute("INSERT INTO said (role, content) VALUES (?, ?)", (role, content))
        self.db.commit()

    def messages(self):
        rows = self.db.execute("SELECT role, content FROM said ORDER BY id")
        return [{"role": role, "content": content} for role, content in rows]

    def search(self, term):
        return [one for one in self.messages() if term.lower() in one["content"].lower()]

    def standing_orders(self):
        return [
            one["content"]
            for one in self.messages()
            if one["role"] == "user" and "i want you" in one["content"].lower()
        ]

# %% mistake="rows-deleted-when-opened" exercise="SqliteMemory"
class SqliteMemory:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role TEXT, content TEXT)")
        self.db.execute("DELETE FROM said")
        self.db.commit()

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

    def add(self, role, content):
        self.db.execute("INSERT INTO said (role, content) VALUES (?, ?)", (role, content))
        self.db.commit()

    def messages(self):
        rows = self.db.execute("SELECT role, content FROM said ORDER BY id")
        return [{"role": role, "content": content} for role, content in rows]

    def search(self, term):
        return [one for one in self.messages() if term.lower() in one["content"].lower()]

    def standing_orders(self):
        return [
            one["content"]
            for one in self.messages()
            if one["role"] == "user" and "i want you" in one["content"].lower()
        ]

# %% mistake="kept-in-memory-only" exercise="SqliteMemory"
class SqliteMemory:
    def __init__(self, path):
        self.db = sqlite3.connect(":memory:")
        self.db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role TEXT, content TEXT)")

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

    def add(self, role, content):
        self.db.execute("INSERT INTO said (role, content) VALUES (?, ?)", (role, content))
        self.db.commit()

    def messages(self):
        rows = self.db.execute("SELECT role, content FROM said ORDER BY id")
        return [{"role": role, "content": content} for role, content in rows]

    def search(self, term):
        return [one for one in self.messages() if term.lower() in one["content"].lower()]

    def standing_orders(self):
        return [
            one["content"]
            for one in self.messages()
            if one["role"] == "user" and "i want you" in one["content"].lower()
        ]

# %% mistake="a-file-of-its-own-name" exercise="SqliteMemory"
class SqliteMemory:
    def __init__(self, path):
        self.db = sqlite3.connect("kitchen-test-memory.db")
        self.db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role TEXT, content TEXT)")

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

    def add(self, role, content):
        self.db.execute("INSERT INTO said (role, content) VALUES (?, ?)", (role, content))
        self.db.commit()

    def messages(self):
        rows = self.db.execute("SELECT role, content FROM said ORDER BY id")
        return [{"role": role, "content": content} for role, content in rows]

    def search(self, term):
        return [one for one in self.messages() if term.lower() in one["content"].lower()]

    def standing_orders(self):
        return [
            one["content"]
            for one in self.messages()
            if one["role"] == "user" and "i want you" in one["content"].lower()
        ]

# %% mistake="one-connection-for-all" exercise="SqliteMemory"
class SqliteMemory:
    db = None

    def __init__(self, path):
        if SqliteMemory.db is None:
            SqliteMemory.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role TEXT, content TEXT)")

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

    def add(self, role, content):
        self.db.execute("INSERT INTO said (role, content) VALUES (?, ?)", (role, content))
        self.db.commit()

    def messages(self):
        rows = self.db.execute("SELECT role, content FROM said ORDER BY id")
        return [{"role": role, "content": content} for role, content in rows]

    def search(self, term):
        return [one for one in self.messages() if term.lower() in one["content"].lower()]

    def standing_orders(self):
        return [
            one["content"]
            for one in self.messages()
            if one["role"] == "user" and "i want you" in one["content"].lower()
        ]

# %% mistake="role-and-content-swapped" exercise="SqliteMemory"
class SqliteMemory:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role TEXT, content TEXT)")

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

    def add(self, role, content):
        self.db.execute("INSERT INTO said (role, content) VALUES (?, ?)", (content, role))
        self.db.commit()

    def messages(self):
        rows = self.db.execute("SELECT role, content FROM said ORDER BY id")
        return [{"role": role, "content": content} for role, content in rows]

    def search(self, term):
        return [one for one in self.messages() if term.lower() in one["content"].lower()]

    def standing_orders(self):
        return [
            one["content"]
            for one in self.messages()
            if one["role"] == "user" and "i want you" in one["content"].lower()
        ]

# %% mistake="same-text-kept-once" exercise="SqliteMemory"
class SqliteMemory:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role TEXT, content TEXT)")

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

    def add(self, role, content):
        if not self.search(content):
            self.db.execute("INSERT INTO said (role, content) VALUES (?, ?)", (role, content))
        self.db.commit()

    def messages(self):
        rows = self.db.execute("SELECT role, content FROM said ORDER BY id")
        return [{"role": role, "content": content} for role, content in rows]

    def search(self, term):
        return [one for one in self.messages() if term.lower() in one["content"].lower()]

    def standing_orders(self):
        return [
            one["content"]
            for one in self.messages()
            if one["role"] == "user" and "i want you" in one["content"].lower()
        ]

# %% mistake="newest-first-by-id" exercise="SqliteMemory"
class SqliteMemory:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role TEXT, content TEXT)")

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

    def add(self, role, content):
        self.db.execute("INSERT INTO said (role, content) VALUES (?, ?)", (role, content))
        self.db.commit()

    def messages(self):
        rows = self.db.execute("SELECT role, content FROM said ORDER BY id DESC")
        return [{"role": role, "content": content} for role, content in rows]

    def search(self, term):
        return [one for one in self.messages() if term.lower() in one["content"].lower()]

    def standing_orders(self):
        return [
            one["content"]
            for one in self.messages()
            if one["role"] == "user" and "i want you" in one["content"].lower()
        ]

# %% mistake="ordered-by-text" exercise="SqliteMemory"
class SqliteMemory:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role TEXT, content TEXT)")

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

    def add(self, role, content):
        self.db.execute("INSERT INTO said (role, content) VALUES (?, ?)", (role, content))
        self.db.commit()

    def messages(self):
        rows = self.db.execute("SELECT role, content FROM said ORDER BY content")
        return [{"role": role, "content": content} for role, content in rows]

    def search(self, term):
        return [one for one in self.messages() if term.lower() in one["content"].lower()]

    def standing_orders(self):
        return [
            one["content"]
            for one in self.messages()
            if one["role"] == "user" and "i want you" in one["content"].lower()
        ]

# %% mistake="rows-as-they-come" exercise="SqliteMemory"
class SqliteMemory:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role TEXT, content TEXT)")

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

    def add(self, role, content):
        self.db.execute("INSERT INTO said (role, content) VALUES (?, ?)", (role, content))
        self.db.commit()

    def messages(self):
        rows = self.db.execute("SELECT role, content FROM said ORDER BY id")
        return rows.fetchall()

    def search(self, term):
        everything = [{"role": r, "content": c} for r, c in self.messages()]
        return [one for one in everything if term.lower() in one["content"].lower()]

    def standing_orders(self):
        return [
            one["content"]
            for one in self.messages()
            if one["role"] == "user" and "i want you" in one["content"].lower()
        ]

# %% mistake="cursor-instead-of-a-list" exercise="SqliteMemory"
class SqliteMemory:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role TEXT, content TEXT)")

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

    def add(self, role, content):
        self.db.execute("INSERT INTO said (role, content) VALUES (?, ?)", (role, content))
        self.db.commit()

    def messages(self):
        rows = self.db.execute("SELECT role, content FROM said ORDER BY id")
        return ({"role": role, "content": content} for role, content in rows)

    def search(self, term):
        return [one for one in self.messages() if term.lower() in one["content"].lower()]

    def standing_orders(self):
        return [
            one["content"]
            for one in self.messages()
            if one["role"] == "user" and "i want you" in one["content"].lower()
        ]

# %% mistake="only-the-first-row" exercise="SqliteMemory"
class SqliteMemory:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role TEXT, content TEXT)")

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

    def add(self, role, content):
        self.db.execute("INSERT INTO said (role, content) VALUES (?, ?)", (role, content))
        self.db.commit()

    def messages(self):
        rows = self.db.execute("SELECT role, content FROM said ORDER BY id")
        role, content = rows.fetchone()
        return [{"role": role, "content": content}]

    def search(self, term):
        return [one for one in self.messages() if term.lower() in one["content"].lower()]

    def standing_orders(self):
        return [
            one["content"]
            for one in self.messages()
            if one["role"] == "user" and "i want you" in one["content"].lower()
        ]

# %% mistake="double-rows-merged" exercise="SqliteMemory"
class SqliteMemory:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role TEXT, content TEXT)")

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

    def add(self, role, content):
        self.db.execute("INSERT INTO said (role, content) VALUES (?, ?)", (role, content))
        self.db.commit()

    def messages(self):
        rows = self.db.execute("SELECT DISTINCT role, content FROM said ORDER BY id")
        return [{"role": role, "content": content} for role, content in rows]

    def search(self, term):
        return [one for one in self.messages() if term.lower() in one["content"].lower()]

    def standing_orders(self):
        return [
            one["content"]
            for one in self.messages()
            if one["role"] == "user" and "i want you" in one["content"].lower()
        ]

# %% mistake="id-among-the-keys" exercise="SqliteMemory"
class SqliteMemory:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role TEXT, content TEXT)")

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

    def add(self, role, content):
        self.db.execute("INSERT INTO said (role, content) VALUES (?, ?)", (role, content))
        self.db.commit()

    def messages(self):
        rows = self.db.execute("SELECT id, role, content FROM said ORDER BY id")
        return [{"id": number, "role": role, "content": content} for number, role, content in rows]

    def search(self, term):
        return [one for one in self.messages() if term.lower() in one["content"].lower()]

    def standing_orders(self):
        return [
            one["content"]
            for one in self.messages()
            if one["role"] == "user" and "i want you" in one["content"].lower()
        ]

# %% mistake="texts-instead-of-messages" exercise="SqliteMemory"
class SqliteMemory:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role TEXT, content TEXT)")

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

    def add(self, role, content):
        self.db.execute("INSERT INTO said (role, content) VALUES (?, ?)", (role, content))
        self.db.commit()

    def messages(self):
        rows = self.db.execute("SELECT role, content FROM said ORDER BY id")
        return [{"role": role, "content": content} for role, content in rows]

    def search(self, term):
        return [one["content"] for one in self.messages() if term.lower() in one["content"].lower()]

    def standing_orders(self):
        return [
            one["content"]
            for one in self.messages()
            if one["role"] == "user" and "i want you" in one["content"].lower()
        ]

# %% mistake="search-with-the-term-in-the-command" exercise="SqliteMemory"
class SqliteMemory:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role TEXT, content TEXT)")

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

    def add(self, role, content):
        self.db.execute("INSERT INTO said (role, content) VALUES (?, ?)", (role, content))
        self.db.commit()

    def messages(self):
        rows = self.db.execute("SELECT role, content FROM said ORDER BY id")
        return [{"role": role, "content": content} for role, content in rows]

    def search(self, term):
        rows = self.db.execute(f"SELECT role, content FROM said WHERE content LIKE '%{term}%' ORDER BY id")
        return [{"role": role, "content": content} for role, content in rows]

    def standing_orders(self):
        return [
            one["content"]
            for one in self.messages()
            if one["role"] == "user" and "i want you" in one["content"].lower()
        ]

# %% mistake="like-reads-percent-and-underscore" exercise="SqliteMemory"
class SqliteMemory:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role TEXT, content TEXT)")

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

    def add(self, role, content):
        self.db.execute("INSERT INTO said (role, content) VALUES (?, ?)", (role, content))
        self.db.commit()

    def messages(self):
        rows = self.db.execute("SELECT role, content FROM said ORDER BY id")
        return [{"role": role, "content": content} for role, content in rows]

    def search(self, term):
        command = "SELECT role, content FROM said WHERE content LIKE ? ORDER BY id"
        rows = self.db.execute(command, (f"%{term}%",))
        return [{"role": role, "content": content} for role, content in rows]

    def standing_orders(self):
        return [
            one["content"]
            for one in self.messages()
            if one["role"] == "user" and "i want you" in one["content"].lower()
        ]

# %% mistake="percent-escaped-underscore-not" exercise="SqliteMemory"
class SqliteMemory:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role TEXT, content TEXT)")

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

    def add(self, role, content):
        self.db.execute("INSERT INTO said (role, content) VALUES (?, ?)", (role, content))
        self.db.commit()

    def messages(self):
        rows = self.db.execute("SELECT role, content FROM said ORDER BY id")
        return [{"role": role, "content": content} for role, content in rows]

    def search(self, term):
        term = term.replace("%", "!%")
        command = "SELECT role, content FROM said WHERE content LIKE ? ESCAPE '!' ORDER BY id"
        rows = self.db.execute(command, (f"%{term}%",))
        return [{"role": role, "content": content} for role, content in rows]

    def standing_orders(self):
        return [
            one["content"]
            for one in self.messages()
            if one["role"] == "user" and "i want you" in one["content"].lower()
        ]

# %% mistake="escape-character-not-escaped" exercise="SqliteMemory"
class SqliteMemory:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role TEXT, content TEXT)")

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

    def add(self, role, content):
        self.db.execute("INSERT INTO said (role, content) VALUES (?, ?)", (role, content))
        self.db.commit()

    def messages(self):
        rows = self.db.execute("SELECT role, content FROM said ORDER BY id")
        return [{"role": role, "content": content} for role, content in rows]

    def search(self, term):
        term = term.replace("%", "\\%").replace("_", "\\_")
        command = "SELECT role, content FROM said WHERE content LIKE ? ESCAPE '\\' ORDER BY id"
        rows = self.db.execute(command, (f"%{term}%",))
        return [{"role": role, "content": content} for role, content in rows]

    def standing_orders(self):
        return [
            one["content"]
            for one in self.messages()
            if one["role"] == "user" and "i want you" in one["content"].lower()
        ]

# %% mistake="question-mark-inside-quotes" exercise="SqliteMemory"
class SqliteMemory:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role TEXT, content TEXT)")

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

    def add(self, role, content):
        self.db.execute("INSERT INTO said (role, content) VALUES (?, ?)", (role, content))
        self.db.commit()

    def messages(self):
        rows = self.db.execute("SELECT role, content FROM said ORDER BY id")
        return [{"role": role, "content": content} for role, content in rows]

    def search(self, term):
        command = "SELECT role, content FROM said WHERE content LIKE '%?%' ORDER BY id"
        rows = self.db.execute(command, (term,))
        return [{"role": role, "content": content} for role, content in rows]

    def standing_orders(self):
        return [
            one["content"]
            for one in self.messages()
            if one["role"] == "user" and "i want you" in one["content"].lower()
        ]

# %% mistake="term-without-a-tuple" exercise="SqliteMemory"
class SqliteMemory:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role TEXT, content TEXT)")

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

    def add(self, role, content):
        self.db.execute("INSERT INTO said (role, content) VALUES (?, ?)", (role, content))
        self.db.commit()

    def messages(self):
        rows = self.db.execute("SELECT role, content FROM said ORDER BY id")
        return [{"role": role, "content": content} for role, content in rows]

    def search(self, term):
        command = "SELECT role, content FROM said WHERE instr(lower(content), lower(?)) ORDER BY id"
        rows = self.db.execute(command, (term))
        return [{"role": role, "content": content} for role, content in rows]

    def standing_orders(self):
        return [
            one["content"]
            for one in self.messages()
            if one["role"] == "user" and "i want you" in one["content"].lower()
        ]

# %% mistake="whole-text-compared" exercise="SqliteMemory"
class SqliteMemory:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role TEXT, content TEXT)")

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

    def add(self, role, content):
        self.db.execute("INSERT INTO said (role, content) VALUES (?, ?)", (role, content))
        self.db.commit()

    def messages(self):
        rows = self.db.execute("SELECT role, content FROM said ORDER BY id")
        return [{"role": role, "content": content} for role, content in rows]

    def search(self, term):
        command = "SELECT role, content FROM said WHERE content = ? ORDER BY id"
        rows = self.db.execute(command, (term,))
        return [{"role": role, "content": content} for role, content in rows]

    def standing_orders(self):
        return [
            one["content"]
            for one in self.messages()
            if one["role"] == "user" and "i want you" in one["content"].lower()
        ]

# %% mistake="begins-with-the-term" exercise="SqliteMemory"
class SqliteMemory:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role TEXT, content TEXT)")

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

    def add(self, role, content):
        self.db.execute("INSERT INTO said (role, content) VALUES (?, ?)", (role, content))
        self.db.commit()

    def messages(self):
        rows = self.db.execute("SELECT role, content FROM said ORDER BY id")
        return [{"role": role, "content": content} for role, content in rows]

    def search(self, term):
        return [one for one in self.messages() if one["content"].lower().startswith(term.lower())]

    def standing_orders(self):
        return [
            one["content"]
            for one in self.messages()
            if one["role"] == "user" and "i want you" in one["content"].lower()
        ]

# %% mistake="capitals-matter" exercise="SqliteMemory"
class SqliteMemory:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role TEXT, content TEXT)")

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

    def add(self, role, content):
        self.db.execute("INSERT INTO said (role, content) VALUES (?, ?)", (role, content))
        self.db.commit()

    def messages(self):
        rows = self.db.execute("SELECT role, content FROM said ORDER BY id")
        return [{"role": role, "content": content} for role, content in rows]

    def search(self, term):
        return [one for one in self.messages() if term in one["content"]]

    def standing_orders(self):
        return [
            one["content"]
            for one in self.messages()
            if one["role"] == "user" and "i want you" in one["content"].lower()
        ]

# %% mistake="only-the-term-made-small" exercise="SqliteMemory"
class SqliteMemory:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role TEXT, content TEXT)")

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

    def add(self, role, content):
        self.db.execute("INSERT INTO said (role, content) VALUES (?, ?)", (role, content))
        self.db.commit()

    def messages(self):
        rows = self.db.execute("SELECT role, content FROM said ORDER BY id")
        return [{"role": role, "content": content} for role, content in rows]

    def search(self, term):
        return [one for one in self.messages() if term.lower() in one["content"]]

    def standing_orders(self):
        return [
            one["content"]
            for one in self.messages()
            if one["role"] == "user" and "i want you" in one["content"].lower()
        ]

# %% mistake="instr-with-capitals" exercise="SqliteMemory"
class SqliteMemory:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role TEXT, content TEXT)")

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

    def add(self, role, content):
        self.db.execute("INSERT INTO said (role, content) VALUES (?, ?)", (role, content))
        self.db.commit()

    def messages(self):
        rows = self.db.execute("SELECT role, content FROM said ORDER BY id")
        return [{"role": role, "content": content} for role, content in rows]

    def search(self, term):
        command = "SELECT role, content FROM said WHERE instr(content, ?) ORDER BY id"
        rows = self.db.execute(command, (term,))
        return [{"role": role, "content": content} for role, content in rows]

    def standing_orders(self):
        return [
            one["content"]
            for one in self.messages()
            if one["role"] == "user" and "i want you" in one["content"].lower()
        ]

# %% mistake="regular-expression-of-the-term" exercise="SqliteMemory"
class SqliteMemory:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role TEXT, content TEXT)")

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

    def add(self, role, content):
        self.db.execute("INSERT INTO said (role, content) VALUES (?, ?)", (role, content))
        self.db.commit()

    def messages(self):
        rows = self.db.execute("SELECT role, content FROM said ORDER BY id")
        return [{"role": role, "content": content} for role, content in rows]

    def search(self, term):
        return [one for one in self.messages() if re.search(term, one["content"], re.I)]

    def standing_orders(self):
        return [
            one["content"]
            for one in self.messages()
            if one["role"] == "user" and "i want you" in one["content"].lower()
        ]

# %% mistake="whole-words-only" exercise="SqliteMemory"
class SqliteMemory:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role TEXT, content TEXT)")

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

    def add(self, role, content):
        self.db.execute("INSERT INTO said (role, content) VALUES (?, ?)", (role, content))
        self.db.commit()

    def messages(self):
        rows = self.db.execute("SELECT role, content FROM said ORDER BY id")
        return [{"role": role, "content": content} for role, content in rows]

    def search(self, term):
        return [one for one in self.messages() if term.lower() in one["content"].lower().split()]

    def standing_orders(self):
        return [
            one["content"]
            for one in self.messages()
            if one["role"] == "user" and "i want you" in one["content"].lower()
        ]

# %% mistake="glob-reads-its-own-signs" exercise="SqliteMemory"
class SqliteMemory:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role TEXT, content TEXT)")

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

    def add(self, role, content):
        self.db.execute("INSERT INTO said (role, content) VALUES (?, ?)", (role, content))
        self.db.commit()

    def messages(self):
        rows = self.db.execute("SELECT role, content FROM said ORDER BY id")
        return [{"role": role, "content": content} for role, content in rows]

    def search(self, term):
        command = "SELECT role, content FROM said WHERE lower(content) GLOB lower(?) ORDER BY id"
        rows = self.db.execute(command, (f"*{term}*",))
        return [{"role": role, "content": content} for role, content in rows]

    def standing_orders(self):
        return [
            one["content"]
            for one in self.messages()
            if one["role"] == "user" and "i want you" in one["content"].lower()
        ]

# %% mistake="only-what-the-user-said-is-found" exercise="SqliteMemory"
class SqliteMemory:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role TEXT, content TEXT)")

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

    def add(self, role, content):
        self.db.execute("INSERT INTO said (role, content) VALUES (?, ?)", (role, content))
        self.db.commit()

    def messages(self):
        rows = self.db.execute("SELECT role, content FROM said ORDER BY id")
        return [{"role": role, "content": content} for role, content in rows]

    def search(self, term):
        return [one for one in self.messages() if one["role"] == "user" and term.lower() in one["content"].lower()]

    def standing_orders(self):
        return [
            one["content"]
            for one in self.messages()
            if one["role"] == "user" and "i want you" in one["content"].lower()
        ]

# %% mistake="none-where-nothing-was-found" exercise="SqliteMemory"
class SqliteMemory:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role TEXT, content TEXT)")

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

    def add(self, role, content):
        self.db.execute("INSERT INTO said (role, content) VALUES (?, ?)", (role, content))
        self.db.commit()

    def messages(self):
        rows = self.db.execute("SELECT role, content FROM said ORDER BY id")
        return [{"role": role, "content": content} for role, content in rows]

    def search(self, term):
        return [one for one in self.messages() if term.lower() in one["content"].lower()] or None

    def standing_orders(self):
        return [
            one["content"]
            for one in self.messages()
            if one["role"] == "user" and "i want you" in one["content"].lower()
        ]

# %% mistake="found-newest-first" exercise="SqliteMemory"
class SqliteMemory:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role TEXT, content TEXT)")

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

    def add(self, role, content):
        self.db.execute("INSERT INTO said (role, content) VALUES (?, ?)", (role, content))
        self.db.commit()

    def messages(self):
        rows = self.db.execute("SELECT role, content FROM said ORDER BY id")
        return [{"role": role, "content": content} for role, content in rows]

    def search(self, term):
        return [one for one in reversed(self.messages()) if term.lower() in one["content"].lower()]

    def standing_orders(self):
        return [
            one["content"]
            for one in self.messages()
            if one["role"] == "user" and "i want you" in one["content"].lower()
        ]

# %% mistake="orders-of-the-assistant-too" exercise="SqliteMemory"
class SqliteMemory:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role TEXT, content TEXT)")

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

    def add(self, role, content):
        self.db.execute("INSERT INTO said (role, content) VALUES (?, ?)", (role, content))
        self.db.commit()

    def messages(self):
        rows = self.db.execute("SELECT role, content FROM said ORDER BY id")
        return [{"role": role, "content": content} for role, content in rows]

    def search(self, term):
        return [one for one in self.messages() if term.lower() in one["content"].lower()]

    def standing_orders(self):
        return [
            one["content"]
            for one in self.messages()
            if "i want you" in one["content"].lower()
        ]

# %% mistake="orders-in-one-spelling" exercise="SqliteMemory"
class SqliteMemory:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role TEXT, content TEXT)")

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

    def add(self, role, content):
        self.db.execute("INSERT INTO said (role, content) VALUES (?, ?)", (role, content))
        self.db.commit()

    def messages(self):
        rows = self.db.execute("SELECT role, content FROM said ORDER BY id")
        return [{"role": role, "content": content} for role, content in rows]

    def search(self, term):
        return [one for one in self.messages() if term.lower() in one["content"].lower()]

    def standing_orders(self):
        return [
            one["content"]
            for one in self.messages()
            if one["role"] == "user" and "I want you" in one["content"]
        ]

# %% mistake="orders-only-at-the-beginning" exercise="SqliteMemory"
class SqliteMemory:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role TEXT, content TEXT)")

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

    def add(self, role, content):
        self.db.execute("INSERT INTO said (role, content) VALUES (?, ?)", (role, content))
        self.db.commit()

    def messages(self):
        rows = self.db.execute("SELECT role, content FROM said ORDER BY id")
        return [{"role": role, "content": content} for role, content in rows]

    def search(self, term):
        return [one for one in self.messages() if term.lower() in one["content"].lower()]

    def standing_orders(self):
        return [
            one["content"]
            for one in self.messages()
            if one["role"] == "user" and one["content"].lower().startswith("i want you")
        ]

# %% mistake="orders-with-only-half-the-words" exercise="SqliteMemory"
class SqliteMemory:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role TEXT, content TEXT)")

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

    def add(self, role, content):
        self.db.execute("INSERT INTO said (role, content) VALUES (?, ?)", (role, content))
        self.db.commit()

    def messages(self):
        rows = self.db.execute("SELECT role, content FROM said ORDER BY id")
        return [{"role": role, "content": content} for role, content in rows]

    def search(self, term):
        return [one for one in self.messages() if term.lower() in one["content"].lower()]

    def standing_orders(self):
        return [
            one["content"]
            for one in self.messages()
            if one["role"] == "user" and "want you" in one["content"].lower()
        ]

# %% mistake="orders-with-i-want-alone" exercise="SqliteMemory"
class SqliteMemory:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role TEXT, content TEXT)")

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

    def add(self, role, content):
        self.db.execute("INSERT INTO said (role, content) VALUES (?, ?)", (role, content))
        self.db.commit()

    def messages(self):
        rows = self.db.execute("SELECT role, content FROM said ORDER BY id")
        return [{"role": role, "content": content} for role, content in rows]

    def search(self, term):
        return [one for one in self.messages() if term.lower() in one["content"].lower()]

    def standing_orders(self):
        return [
            one["content"]
            for one in self.messages()
            if one["role"] == "user" and "i want" in one["content"].lower()
        ]

# %% mistake="orders-as-messages" exercise="SqliteMemory"
class SqliteMemory:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role TEXT, content TEXT)")

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

    def add(self, role, content):
        self.db.execute("INSERT INTO said (role, content) VALUES (?, ?)", (role, content))
        self.db.commit()

    def messages(self):
        rows = self.db.execute("SELECT role, content FROM said ORDER BY id")
        return [{"role": role, "content": content} for role, content in rows]

    def search(self, term):
        return [one for one in self.messages() if term.lower() in one["content"].lower()]

    def standing_orders(self):
        return [
            one
            for one in self.messages()
            if one["role"] == "user" and "i want you" in one["content"].lower()
        ]

# %% mistake="orders-joined" exercise="SqliteMemory"
class SqliteMemory:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role TEXT, content TEXT)")

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

    def add(self, role, content):
        self.db.execute("INSERT INTO said (role, content) VALUES (?, ?)", (role, content))
        self.db.commit()

    def messages(self):
        rows = self.db.execute("SELECT role, content FROM said ORDER BY id")
        return [{"role": role, "content": content} for role, content in rows]

    def search(self, term):
        return [one for one in self.messages() if term.lower() in one["content"].lower()]

    def standing_orders(self):
        return ". ".join([
            one["content"]
            for one in self.messages()
            if one["role"] == "user" and "i want you" in one["content"].lower()
        ])

# %% mistake="last-order-only" exercise="SqliteMemory"
class SqliteMemory:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role TEXT, content TEXT)")

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

    def add(self, role, content):
        self.db.execute("INSERT INTO said (role, content) VALUES (?, ?)", (role, content))
        self.db.commit()

    def messages(self):
        rows = self.db.execute("SELECT role, content FROM said ORDER BY id")
        return [{"role": role, "content": content} for role, content in rows]

    def search(self, term):
        return [one for one in self.messages() if term.lower() in one["content"].lower()]

    def standing_orders(self):
        return [
            one["content"]
            for one in self.messages()
            if one["role"] == "user" and "i want you" in one["content"].lower()
        ][-1:]

# %% mistake="what-stands-ready-taken-away" exercise="SqliteMemory"
class SqliteMemory:
    def __init__(self):
        self.db = sqlite3.connect("kitchen-test-own.db")
        self.db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role TEXT, content TEXT)")

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

    def add(self, role, content):
        self.db.execute("INSERT INTO said (role, content) VALUES (?, ?)", (role, content))
        self.db.commit()

    def messages(self):
        rows = self.db.execute("SELECT role, content FROM said ORDER BY id")
        return [{"role": role, "content": content} for role, content in rows]

    def search(self, term):
        return [one for one in self.messages() if term.lower() in one["content"].lower()]

    def standing_orders(self):
        return [
            one["content"]
            for one in self.messages()
            if one["role"] == "user" and "i want you" in one["content"].lower()
        ]

# %% mistake="read-once-and-remembered" exercise="SqliteMemory"
class SqliteMemory:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role TEXT, content TEXT)")
        self.all = [{"role": r, "content": c} for r, c in self.db.execute("SELECT role, content FROM said")]

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

    def add(self, role, content):
        self.db.execute("INSERT INTO said (role, content) VALUES (?, ?)", (role, content))
        self.all.append({"role": role, "content": content})
        self.db.commit()

    def messages(self):
        return list(self.all)

    def search(self, term):
        return [one for one in self.messages() if term.lower() in one["content"].lower()]

    def standing_orders(self):
        return [
            one["content"]
            for one in self.messages()
            if one["role"] == "user" and "i want you" in one["content"].lower()
        ]

# %% mistake="connection-closed-after-each-add" exercise="SqliteMemory"
class SqliteMemory:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role TEXT, content TEXT)")

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

    def add(self, role, content):
        self.db.execute("INSERT INTO said (role, content) VALUES (?, ?)", (role, content))
        self.db.commit()
        self.db.close()

    def messages(self):
        rows = self.db.execute("SELECT role, content FROM said ORDER BY id")
        return [{"role": role, "content": content} for role, content in rows]

    def search(self, term):
        return [one for one in self.messages() if term.lower() in one["content"].lower()]

    def standing_orders(self):
        return [
            one["content"]
            for one in self.messages()
            if one["role"] == "user" and "i want you" in one["content"].lower()
        ]

# %% mistake="text-stripped-on-the-way-into-the-file" exercise="SqliteMemory"
class SqliteMemory:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role TEXT, content TEXT)")

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

    def add(self, role, content):
        self.db.execute("INSERT INTO said (role, content) VALUES (?, ?)", (role, content.strip().replace("\n", " ")))
        self.db.commit()

    def messages(self):
        rows = self.db.execute("SELECT role, content FROM said ORDER BY id")
        return [{"role": role, "content": content} for role, content in rows]

    def search(self, term):
        return [one for one in self.messages() if term.lower() in one["content"].lower()]

    def standing_orders(self):
        return [
            one["content"]
            for one in self.messages()
            if one["role"] == "user" and "i want you" in one["content"].lower()
        ]

# %% mistake="search-gives-the-first-only" exercise="SqliteMemory"
class SqliteMemory:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role TEXT, content TEXT)")

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

    def add(self, role, content):
        self.db.execute("INSERT INTO said (role, content) VALUES (?, ?)", (role, content))
        self.db.commit()

    def messages(self):
        rows = self.db.execute("SELECT role, content FROM said ORDER BY id")
        return [{"role": role, "content": content} for role, content in rows]

    def search(self, term):
        return [one for one in self.messages() if term.lower() in one["content"].lower()][:1]

    def standing_orders(self):
        return [
            one["content"]
            for one in self.messages()
            if one["role"] == "user" and "i want you" in one["content"].lower()
        ]

# %% mistake="spaces-around-a-text-lost" exercise="SqliteMemory"
class SqliteMemory:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role TEXT, content TEXT)")

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

    def add(self, role, content):
        with self.db:
            self.db.execute("INSERT INTO said (role, content) VALUES (?, ?)", (role, content.strip()))

    def messages(self):
        return [{"role": r, "content": c} for r, c in self.db.execute("SELECT role, content FROM said ORDER BY id")]

    def search(self, term):
        return [m for m in self.messages() if term.lower() in m["content"].lower()]

    def standing_orders(self):
        return [m["content"] for m in self.search("i want you") if m["role"] == "user"]

# %% mistake="each-order-once" exercise="SqliteMemory"
class SqliteMemory:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role TEXT, content TEXT)")

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

    def add(self, role, content):
        with self.db:
            self.db.execute("INSERT INTO said (role, content) VALUES (?, ?)", (role, content))

    def messages(self):
        return [{"role": r, "content": c} for r, c in self.db.execute("SELECT role, content FROM said ORDER BY id")]

    def search(self, term):
        return [m for m in self.messages() if term.lower() in m["content"].lower()]

    def standing_orders(self):
        return list(dict.fromkeys(m["content"] for m in self.search("i want you") if m["role"] == "user"))

# %% mistake="whatever-the-assistant-did-not-say" exercise="SqliteMemory"
class SqliteMemory:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role TEXT, content TEXT)")

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

    def add(self, role, content):
        with self.db:
            self.db.execute("INSERT INTO said (role, content) VALUES (?, ?)", (role, content))

    def messages(self):
        return [{"role": r, "content": c} for r, c in self.db.execute("SELECT role, content FROM said ORDER BY id")]

    def search(self, term):
        return [m for m in self.messages() if term.lower() in m["content"].lower()]

    def standing_orders(self):
        return [m["content"] for m in self.search("i want you") if m["role"] != "assistant"]

# %% mistake="found-texts-once" exercise="SqliteMemory"
class SqliteMemory:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role TEXT, content TEXT)")

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

    def add(self, role, content):
        with self.db:
            self.db.execute("INSERT INTO said (role, content) VALUES (?, ?)", (role, content))

    def messages(self):
        return [{"role": r, "content": c} for r, c in self.db.execute("SELECT role, content FROM said ORDER BY id")]

    def search(self, term):
        out = []
        for m in self.messages():
            if term.lower() in m["content"].lower() and m not in out:
                out.append(m)
        return out

    def standing_orders(self):
        return [m["content"] for m in self.search("i want you") if m["role"] == "user"]

# %% mistake="ten-rows-and-no-more" exercise="SqliteMemory"
class SqliteMemory:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role TEXT, content TEXT)")

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

    def add(self, role, content):
        with self.db:
            self.db.execute("INSERT INTO said (role, content) VALUES (?, ?)", (role, content))

    def messages(self):
        return [
            {"role": r, "content": c} for r, c in self.db.execute("SELECT role, content FROM said ORDER BY id LIMIT 10")
        ]

    def search(self, term):
        return [m for m in self.messages() if term.lower() in m["content"].lower()]

    def standing_orders(self):
        return [m["content"] for m in self.search("i want you") if m["role"] == "user"]

# %% mistake="spaces-of-the-term-lost" exercise="SqliteMemory"
class SqliteMemory:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role TEXT, content TEXT)")

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

    def add(self, role, content):
        with self.db:
            self.db.execute("INSERT INTO said (role, content) VALUES (?, ?)", (role, content))

    def messages(self):
        return [{"role": r, "content": c} for r, c in self.db.execute("SELECT role, content FROM said ORDER BY id")]

    def search(self, term):
        return [m for m in self.messages() if term.strip().lower() in m["content"].lower()]

    def standing_orders(self):
        return [m["content"] for m in self.search("i want you") if m["role"] == "user"]

# %% mistake="quotes-doubled-by-hand" exercise="SqliteMemory"
class SqliteMemory:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role TEXT, content TEXT)")

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

    def add(self, role, content):
        c = content.replace("'", "''")
        self.db.execute(f"INSERT INTO said (role, content) VALUES ('{role}', '{c}')")
        self.db.commit()

    def messages(self):
        return [{"role": r, "content": c} for r, c in self.db.execute("SELECT role, content FROM said ORDER BY id")]

    def search(self, term):
        return [m for m in self.messages() if term.lower() in m["content"].lower()]

    def standing_orders(self):
        return [m["content"] for m in self.search("i want you") if m["role"] == "user"]

# %% mistake="three-words-anywhere" exercise="SqliteMemory"
class SqliteMemory:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role TEXT, content TEXT)")

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

    def add(self, role, content):
        with self.db:
            self.db.execute("INSERT INTO said (role, content) VALUES (?, ?)", (role, content))

    def messages(self):
        return [{"role": r, "content": c} for r, c in self.db.execute("SELECT role, content FROM said ORDER BY id")]

    def search(self, term):
        return [m for m in self.messages() if term.lower() in m["content"].lower()]

    def standing_orders(self):
        return [
            m["content"]
            for m in self.messages()
            if m["role"] == "user" and all(w in m["content"].lower().split() for w in ("i", "want", "you"))
        ]
