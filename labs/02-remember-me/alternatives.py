# %% [markdown]
# Right answers to lab 2, written another way. Each cell replaces one exercise's solution and must pass.
#
# ruff: noqa: F821
# (That is for ruff: json, ollama, re and sqlite3 come from the lab's first cell.)

# %% alternative="copy-methods-and-plus" exercise="Memory"
class Memory:
    def __init__(self, system=None):
        self._talk = [] if system is None else [dict(role="system", content=system)]  # noqa: C408

    def add(self, role, content):
        self._talk += [dict(role=role, content=content)]  # noqa: C408

    def messages(self):
        return self._talk.copy()

    def to_send(self, question):
        talk = self.messages()
        talk.append({"content": question, "role": "user"})
        return talk

# %% alternative="deep-copies-and-prints" exercise="Memory"
import copy


class Memory:
    def __init__(self, system: str | None = None) -> None:
        self.everything: list[dict[str, str]] = []
        if system is not None:
            self.add(role="system", content=system)

    def add(self, role: str, content: str) -> None:
        message = {"role": role, "content": content}
        print("remembering", message)
        self.everything = self.everything + [message]  # noqa: RUF005

    def messages(self) -> list[dict[str, str]]:
        return copy.deepcopy(self.everything)

    def to_send(self, question: str) -> list[dict[str, str]]:
        result = []
        for message in self.everything:
            result.append(message)
        result.append({"role": "user", "content": question})
        print(len(result), "messages go out")
        return result

# %% alternative="pairs-inside-dictionaries-outside" exercise="Memory"
class Memory:
    """Keeps pairs, and gives dictionaries."""

    def __init__(self, system=""):
        self.pairs = []
        if system:
            self.pairs.append(("system", system))

    def add(self, role, content):
        self.pairs.append((role, content))
        return self

    def messages(self):
        return [{"role": r, "content": c} for r, c in self.pairs]

    def to_send(self, question):
        return self.messages() + self._last(question)

    def _last(self, question):
        return [{"role": "user", "content": question}]

# %% alternative="a-list-itself" exercise="Memory"
class Memory(list):
    def __init__(self, system=None):
        super().__init__()
        if system:
            self.add("system", system)

    def add(self, role, content):
        self.append({"role": role, "content": content})

    def messages(self):
        return self[:]

    def to_send(self, question):
        return self[:] + [{"role": "user", "content": question}]  # noqa: RUF005

# %% alternative="system-kept-apart" exercise="Memory"
class Memory:
    def __init__(self, system=None):
        self.system = system
        self.turns = ()

    def add(self, role, content):
        self.turns = (*self.turns, {"role": role, "content": content})

    def messages(self):
        first = [{"role": "system", "content": self.system}] if self.system else []
        return first + list(self.turns)

    def to_send(self, question):
        other = Memory(self.system)
        other.turns = self.turns
        other.add("user", question)
        return other.messages()

# %% alternative="a-dataclass" exercise="Memory"
from dataclasses import dataclass, field


@dataclass
class Memory:
    system: str | None = None
    said: list = field(default_factory=list)

    def __post_init__(self):
        if self.system is not None:
            self.add("system", self.system)

    def add(self, role, content):
        self.said += [{"role": role, "content": content}]

    def messages(self):
        return [*self.said]

    def to_send(self, question):
        print("sending", question)
        return [*self.said, {"role": "user", "content": question}]

# %% alternative="named-tuples-in-a-deque" exercise="Memory"
from collections import deque, namedtuple

Said = namedtuple("Said", "role content")


class Memory:
    __slots__ = ("_talk",)

    def __init__(self, system=None):
        self._talk = deque()
        if system:
            self._talk.append(Said("system", system))

    def add(self, role, content):
        self._talk.append(Said(role, content))
        return self

    def messages(self):
        return list(self)

    def __iter__(self):
        for one in self._talk:
            yield one._asdict()

    def to_send(self, question):
        out = self.messages()
        out.append(Said("user", question)._asdict())
        return out

# %% alternative="kept-as-json" exercise="Memory"
import json


class Memory:
    def __init__(self, system=None):
        self.text = "[]"
        system and self.add("system", system)

    def add(self, role, content):
        self.text = json.dumps([*json.loads(self.text), {"role": role, "content": content}])

    def messages(self):
        return json.loads(self.text)

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

# %% alternative="tuples-and-another-memory" exercise="Memory"
class Memory:
    def __init__(self, system=None):
        if system is None:
            self.turns = ()
        else:
            self.turns = ({"role": "system", "content": system},)

    def add(self, role, content):
        self.turns = (*self.turns, {"role": role, "content": content})

    def messages(self):
        return list(self.turns)

    def to_send(self, question):
        other = Memory()
        other.turns = self.turns
        other.add("user", question)
        return other.messages()

# %% alternative="brackets-and-own-list" exercise="chat_turn"
def chat_turn(chat, model, memory, text):
    question = {"role": "user", "content": text}
    messages = memory.messages()
    messages.append(question)
    response = chat(model, messages)
    print(response["message"]["content"])
    memory.add(role="user", content=text)
    memory.add(role="assistant", content=response["message"]["content"])
    return response["message"]["content"]

# %% alternative="error-told-and-raised-again" exercise="chat_turn"
def chat_turn(chat, model, memory, text):
    try:
        reply = chat(model=model, messages=memory.to_send(text))
    except Exception as error:
        print("The model did not answer:", error)
        raise
    for role, said in (("user", text), ("assistant", reply.message.content)):
        memory.add(role, said)
    return reply.message.content

# %% alternative="else-after-try" exercise="chat_turn"
def chat_turn(chat, model: str, memory, text: str) -> str:
    answer = None
    try:
        answer = chat(model=model, messages=[*memory.messages(), dict(role="user", content=text)]).message.content  # noqa: C408
    finally:
        if answer is not None:
            memory.add("user", text)
            memory.add("assistant", answer)
    return answer

# %% alternative="streamed-and-joined" exercise="chat_turn"
def chat_turn(chat, model, memory, text):
    pieces = []
    for piece in chat(model=model, messages=memory.to_send(text), stream=True):
        print(piece.message.content, end="")
        pieces.append(piece.message.content)
    answer = "".join(pieces)
    memory.add("user", text)
    memory.add("assistant", answer)
    return answer

# %% alternative="role-of-the-reply" exercise="chat_turn"
from ollama import Message


def chat_turn(chat, model, memory, text):
    sent = [Message(**one) for one in memory.to_send(text)]
    message = chat(model=model, messages=sent, options={"temperature": 0}).message
    memory.add(sent[-1].role, text)
    memory.add(message.role, message.content)
    return message.content

# %% alternative="a-helper-and-keywords" exercise="chat_turn"
def chat_turn(chat, model, memory, text):
    def answered():
        return chat(model=model, messages=memory.to_send(question=text)).message

    message = answered()
    memory.add(role="user", content=text)
    memory.add(role="assistant", content=message.content)
    return memory.messages()[-1]["content"]

# %% alternative="match-on-the-reply" exercise="chat_turn"
def chat_turn(chat, model, memory, text):
    match chat(model=model, messages=memory.to_send(text)):
        case object(message=object(content=answer)):
            memory.add("user", text), memory.add("assistant", answer)
            return answer

# %% alternative="walrus-and-a-loop" exercise="chat_turn"
def chat_turn(chat, model, memory, text):
    if (reply := chat(messages=memory.to_send(text), model=model)) is None:
        raise RuntimeError("no reply")
    turn = [("user", text), (reply.message.role, reply.message.content)]
    [memory.add(*one) for one in turn]
    return turn[1][1]

# %% alternative="dump-and-print-into-the-file" exercise="save"
def save(messages, file):
    for message in messages:
        json.dump(message, file)
        print(file=file)


def load(file):
    lines = file.read().split("\n")
    return [json.loads(line) for line in lines if line.strip() != ""]

# %% alternative="one-write-and-readlines" exercise="save"
def save(messages, file):
    text = ""
    for number in range(len(messages)):
        text += json.dumps(messages[number], ensure_ascii=False, sort_keys=True) + "\n"
    file.write(text)
    print("saved", len(messages), "messages")


def load(file):
    found = []
    for line in file.readlines():
        line = line.strip()
        if not line:
            continue
        found.append(json.loads(line))
    return found

# %% alternative="writelines-and-while" exercise="save"
def save(messages: list, file) -> int:
    return file.writelines(f"{json.dumps(dict(message))}\n" for message in messages)


def load(file) -> list:
    messages = []
    line = file.readline()
    while line != "":
        if not line.isspace():
            messages.append(json.loads(line))
        line = file.readline()
    return messages

# %% alternative="with-and-map" exercise="save"
def save(messages, file):
    with file:
        lines = map(json.dumps, messages)
        for line in lines:
            print(line, file=file)


def load(file):
    with file:
        return list(map(json.loads, filter(str.strip, file)))

# %% alternative="no-newline-at-the-end" exercise="save"
def save(messages, file):
    file.write("\n".join([json.dumps(message) for message in messages]))
    file.flush()


def load(file):
    messages = []
    for line in file.read().splitlines():
        if not line.strip():
            continue
        messages.append(json.loads(line))
    return messages

# %% alternative="encoder-and-readline" exercise="save"
def save(messages, file):
    encoder = json.JSONEncoder(separators=(",", ":"), sort_keys=True)
    file.writelines(encoder.encode(m) + "\n" for m in messages)
    file.flush()


def load(file):
    messages = []
    while line := file.readline():
        if line.isspace():
            continue
        messages += [json.loads(line)]
    return messages

# %% alternative="printed-into-the-file" exercise="save"
import contextlib


def save(messages, file):
    with contextlib.redirect_stdout(file):
        for message in messages:
            print(json.dumps(message))


def load(file):
    lines = (line.strip() for line in file.read().split("\n"))
    return list(map(json.loads, filter(None, lines)))

# %% alternative="raw-decode" exercise="save"
def save(messages, file):
    for message in messages:
        json.dump(message, file)
        file.write("\n")


def load(file):
    text, found, at = file.read(), [], 0
    decoder = json.JSONDecoder()
    while text := text.lstrip():
        message, at = decoder.raw_decode(text)
        found.append(message)
        text = text[at:]
    return found

# %% alternative="forward-over-the-starts" exercise="trim"
def trim(messages, budget, count):
    first = 1 if messages and messages[0]["role"] == "system" else 0
    starts = [number for number in range(first, len(messages)) if messages[number]["role"] == "user"]
    for start in starts:
        short = messages[:first] + messages[start:]
        if start == starts[-1] or sum(count(one["content"]) for one in short) <= budget:
            return short
    return messages[:first]

# %% alternative="oldest-turn-taken-off-a-copy" exercise="trim"
def trim(messages, budget, count):
    talk = list(messages)
    system = []
    while talk and talk[0]["role"] == "system":
        system.append(talk.pop(0))

    def too_long():
        return sum(count(one["content"]) for one in system + talk) > budget

    def next_turn():
        for number, one in enumerate(talk):
            if number > 0 and one["role"] == "user":
                return number
        return None

    while too_long() and next_turn() is not None:
        print("dropping", talk[0])
        del talk[: next_turn()]
    return system + talk

# %% alternative="recursion" exercise="trim"
def trim(messages, budget, count):
    cost = sum([count(message["content"]) for message in messages])
    places = [place for place, message in enumerate(messages) if message["role"] == "user"]
    if cost <= budget or len(places) < 2:
        return messages[:]
    return trim(messages[: places[0]] + messages[places[1] :], budget, count)

# %% alternative="walk-backward-over-messages" exercise="trim"
def trim(messages: list, budget: int, count) -> list:
    head = []
    if len(messages) > 0 and messages[0]["role"] == "system":
        head = [messages[0]]
    used = 0
    for message in head:
        used = used + count(message["content"])
    tail, turn, turn_cost = [], [], 0
    index = len(messages) - 1
    while index >= len(head):
        turn.insert(0, messages[index])
        turn_cost += count(messages[index]["content"])
        if messages[index]["role"] == "user":
            if tail != [] and used + turn_cost > budget:
                return head + tail
            tail = turn + tail
            used += turn_cost
            turn, turn_cost = [], 0
        index -= 1
    return head + tail

# %% alternative="a-class-for-a-turn" exercise="trim"
from dataclasses import dataclass, field


@dataclass
class Turn:
    messages: list = field(default_factory=list)

    def cost(self, count):
        return sum(count(message["content"]) for message in self.messages)


def trim(messages, budget, count):
    head, turns = Turn(), []
    for message in messages:
        if message["role"] == "user":
            turns.append(Turn())
        (turns[-1] if turns else head).messages.append(dict(message))
    while len(turns) > 1 and head.cost(count) + sum(turn.cost(count) for turn in turns) > budget:
        turns = turns[1:]
    result = list(head.messages)
    for turn in turns:
        result.extend(turn.messages)
    return result

# %% alternative="starts-and-slices" exercise="trim"


def trim(messages, budget, count):
    head = messages[:1] if messages and messages[0]["role"] == "system" else []
    body = messages[len(head) :]
    starts = [i for i, m in enumerate(body) if m["role"] == "user"]
    def cost(part):
        return sum(count(m["content"]) for m in part)
    fitting = [i for i in starts if cost(head) + cost(body[i:]) <= budget]
    if fitting:
        return head + body[fitting[0] :]
    return head + body[starts[-1] :] if starts else head

# %% alternative="a-deque-of-turns" exercise="trim"
from collections import deque


def trim(messages, budget, count):
    turns = deque()
    system = []
    for m in messages:
        if m["role"] == "system":
            system.append(m)
        elif m["role"] == "user":
            turns.append([m])
        else:
            turns[-1].append(m)
    total = sum(count(m["content"]) for m in messages)
    while len(turns) > 1 and total > budget:
        total -= sum(count(m["content"]) for m in turns.popleft())
    print("kept", len(turns))
    return system + [m for t in turns for m in t]

# %% alternative="numpy-sums" exercise="trim"
import numpy as np


def trim(messages, budget, count):
    messages = [dict(m) for m in messages]
    if not messages:
        return []
    roles = np.array([m["role"] for m in messages])
    number = np.cumsum(roles == "user")
    costs = np.array([count(m["content"]) for m in messages])
    base = int(costs[roles == "system"].sum())
    newest = number[-1]
    keep = newest
    while keep > 1 and base + costs[number >= keep - 1].sum() <= budget:
        keep -= 1
    return [m for m, n, r in zip(messages, number, roles, strict=False) if r == "system" or (n >= keep and n > 0)]

# %% alternative="with-and-instr" exercise="SqliteMemory"
class SqliteMemory:
    def __init__(self, path):
        """Open the file at path, and make the table if it is new."""
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role TEXT, content TEXT)")

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

    def add(self, role, content):
        with self.db:
            self.db.execute("INSERT INTO said VALUES (NULL, ?, ?)", [role, content])

    def _rows(self, more="", values=()):
        found = self.db.execute(f"SELECT role, content FROM said {more} ORDER BY id", values).fetchall()
        return [dict(zip(("role", "content"), row, strict=True)) for row in found]

    def messages(self):
        return self._rows()

    def search(self, term):
        return self._rows("WHERE instr(lower(content), lower(?)) > 0", (term,))

    def standing_orders(self):
        rows = self._rows("WHERE role = 'user' AND content LIKE '%i want you%'")
        return [row["content"] for row in rows]

# %% alternative="like-with-escape-and-row-factory" exercise="SqliteMemory"
class SqliteMemory:
    def __init__(self, path):
        self.path = path
        self.db = sqlite3.connect(path)
        self.db.row_factory = sqlite3.Row
        self.db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role TEXT, content TEXT)")

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

    def add(self, role, content):
        cursor = self.db.cursor()
        cursor.execute("INSERT INTO said (role, content) VALUES (:role, :content)", {"role": role, "content": content})
        self.db.commit()
        print("row", cursor.lastrowid)

    def messages(self):
        messages = []
        for row in self.db.execute("SELECT * FROM said ORDER BY id"):
            messages.append({"role": row["role"], "content": row["content"]})
        return messages

    def search(self, term):
        for sign in "\\%_":
            term = term.replace(sign, "\\" + sign)
        command = "SELECT role, content FROM said WHERE content LIKE ? ESCAPE '\\' ORDER BY id"
        return [{"role": row["role"], "content": row["content"]} for row in self.db.execute(command, (f"%{term}%",))]

    def standing_orders(self):
        command = "SELECT content FROM said WHERE role = ? AND content LIKE ? ORDER BY id"
        return [row["content"] for row in self.db.execute(command, ("user", "%I want you%"))]

# %% alternative="a-connection-for-each-call" exercise="SqliteMemory"
from contextlib import closing


class SqliteMemory:
    def __init__(self, path):
        self.path = path
        self.run("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role TEXT, content TEXT)")

    def run(self, command, *values):
        with closing(sqlite3.connect(self.path)) as db, db:
            return db.execute(command, values).fetchall()

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

    def add(self, role, content):
        self.run("INSERT INTO said (role, content) VALUES (?, ?)", role, content)

    def messages(self):
        return [{"role": role, "content": content} for role, content in self.run("SELECT role, content FROM said")]

    def search(self, term):
        result = []
        for message in self.messages():
            if message["content"].lower().find(term.lower()) != -1:
                result += [message]
        return result

    def standing_orders(self):
        orders = []
        for message in self.messages():
            if message["role"] != "user":
                continue
            if "I WANT YOU" in message["content"].upper():
                orders.append(message["content"])
        return orders

# %% alternative="casefold-and-escaped-pattern" exercise="SqliteMemory"
class SqliteMemory:
    def __init__(self, path: str) -> None:
        self.db = sqlite3.connect(path, isolation_level=None)
        self.db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role TEXT, content TEXT)")

    def to_send(self, question: str) -> list[dict[str, str]]:
        return [*self.messages(), {"role": "user", "content": question}]

    def add(self, role: str, content: str) -> None:
        self.db.execute("INSERT INTO said (role, content) VALUES (?, ?)", (role, content))

    def messages(self) -> list[dict[str, str]]:
        rows = self.db.execute("SELECT role, content FROM said ORDER BY id")
        return [dict(zip(("role", "content"), row, strict=True)) for row in rows]

    def search(self, term: str) -> list[dict[str, str]]:
        pattern = re.compile(re.escape(term), re.IGNORECASE)
        return [one for one in self.messages() if pattern.search(one["content"])]

    def standing_orders(self) -> list[str]:
        return [one["content"] for one in self.search("I want you") if one["role"] == "user"]

# %% alternative="one-method-for-all-rows" exercise="SqliteMemory"
class SqliteMemory:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role TEXT, content TEXT)")

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

    def add(self, role, content):
        with self.db as db:
            db.executemany("INSERT INTO said VALUES (NULL, :r, :c)", [{"r": role, "c": content}])

    def rows(self, where="1", *values):
        cursor = self.db.cursor()
        cursor.row_factory = sqlite3.Row
        return [
            dict(row) for row in cursor.execute(f"SELECT role, content FROM said WHERE {where} ORDER BY id", values)
        ]

    def messages(self):
        return self.rows()

    def search(self, term):
        return self.rows("instr(lower(content), lower(?)) > 0", term)

    def standing_orders(self):
        return [row["content"] for row in self.rows("role = ? AND content LIKE ?", "user", "%i want you%")]

# %% alternative="a-function-for-sql" exercise="SqliteMemory"
class SqliteMemory:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role TEXT, content TEXT)")

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

    def add(self, role, content):
        cur = self.db.cursor()
        try:
            cur.execute("INSERT INTO said (role, content) VALUES (?, ?)", [role, content])
        except sqlite3.Error:
            self.db.rollback()
            raise
        else:
            self.db.commit()
        finally:
            cur.close()

    def messages(self):
        cur = self.db.execute("SELECT role, content FROM said ORDER BY id ASC")
        names = [d[0] for d in cur.description]
        return [dict(zip(names, row, strict=False)) for row in cur.fetchall()]

    def search(self, term):
        self.db.create_function("holds", 2, lambda text, part: part.lower() in text.lower())
        rows = self.db.execute("SELECT role, content FROM said WHERE holds(content, ?) ORDER BY id", (term,))
        return [{"role": row[0], "content": row[1]} for row in rows]

    def standing_orders(self):
        return [m["content"] for m in filter(lambda m: m["role"] == "user", self.search("I want you"))]

# %% alternative="begin-and-commit" exercise="SqliteMemory"
import re


class SqliteMemory:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role TEXT, content TEXT)")

    def to_send(self, question):
        return [*self.messages(), {"role": "user", "content": question}]

    def add(self, role, content):
        self.db.execute("BEGIN")
        self.db.execute("INSERT INTO said (content, role) VALUES (?1, ?2)", (content, role))
        self.db.execute("COMMIT")

    def messages(self):
        found = []
        for number, role, content in self.db.execute("SELECT * FROM said ORDER BY 1"):
            print(number)
            found.append({"role": role, "content": content})
        return found

    def search(self, term):
        pattern = re.compile(re.escape(term), re.IGNORECASE)
        return [m for m in self.messages() if pattern.search(m["content"])]

    def standing_orders(self):
        return [m["content"] for m in self.messages() if m["role"] == "user" and "I WANT YOU" in m["content"].upper()]
