# %% [markdown]
"""
# Lab 2. Remember Me

You build a chat for a kitchen that remembers. Stop the program, start it a day later, and it still knows who can't
eat nuts. However long you talk, what it sends never outgrows the model. A web page shows all it has kept.

| Belt | White: Speak |
|---|---|
| You build | A kitchen chat with a memory in a file, and a page of all that is kept or sent |
| Minutes | 75 |
| Needs | Any laptop, no network. Only the live cell wants models: three small ones, 4 GB of disk, 8 GB of RAM |
| You will be able to | Keep turns in order, store a talk as text and in SQLite, cut it to a budget, search it safely |
| Out of scope | Rules (lab 3), search by meaning (lab 8), summing up old turns (a stretch below) |
"""

# %% locked="setup"
# %load_ext dojo
import html
import io
import itertools
import json
import os
import re
import sqlite3
from contextlib import suppress
from pathlib import Path

import ollama

from dojo import data_file, expect, fake_chat, given, models_here

KITCHEN = "You help in a family kitchen. Answer in one short sentence."

# %% [markdown]
"""
## Who answers here

`alpha:1b` answers in this lab. **It is no model.** It is the function `toy_chat` below, a dozen lines of ours.
Asked a question, it looks for an earlier line that shares a word with it. Everything else is `Noted.`
So you can see exactly what a memory does, on every laptop. Its words are invented. The live cell asks real models.

You call it as you call `ollama.chat`, and it replies with the same kind of object.
"""

# %% locked="toy"
SMALL_WORDS = {"call", "does", "have", "many", "much", "said", "that", "told", "want", "what", "when", "which", "with"}


def telling_words(text):
    """The words of a text that say something: four letters or more, and not a small word."""
    return set(re.findall(r"\w{4,}", text.lower())) - SMALL_WORDS


def toy_chat(model="", messages=(), **settings):
    """alpha:1b, no model: it answers from the messages you send, and from nothing else."""
    *earlier, question = [(message["role"], message["content"]) for message in messages]
    lines = [line for role, text in earlier if role != "assistant" for line in text.splitlines()]
    facts = [line for line in lines if not line.endswith("?")]
    shared = [(len(telling_words(question[1]) & telling_words(fact)), fact) for fact in facts]
    most = max([count for count, _ in shared], default=0)
    answer = "Noted{}." if not question[1].endswith("?") else "Nobody told me that{}."
    if question[1].endswith("?") and most:
        answer = "You told me{}: " + [fact for count, fact in shared if count == most][-1]
    names = re.findall(r"call me (\w+)", " ".join([*lines, question[1]]))
    text = answer.replace("{}", f", {names[-1]}" if names else "", 1)
    return fake_chat(text)(model, messages, **settings)


# %% [markdown]
"""
## A whole program first

Run the next cell. It tells `alpha:1b` something, and asks for it at once. Then it asks again, in another way.

**Before you run it:** the same question is asked twice. Will the two answers be alike?
Write down *I expect ...*, then run, then *I saw ...*
"""

# %%
chat = toy_chat

first = chat(model="alpha:1b", messages=[{"role": "user", "content": "Mina can't eat nuts."}])
second = chat(model="alpha:1b", messages=[{"role": "user", "content": "Who can't eat nuts?"}])
print("alone:      ", second.message.content)

talk = [
    {"role": "user", "content": "Mina can't eat nuts."},
    {"role": "assistant", "content": first.message.content},
    {"role": "user", "content": "Who can't eat nuts?"},
]
third = chat(model="alpha:1b", messages=talk)
print("with a list:", third.message.content)

# %% [markdown]
"""
## The list is the memory

The first answer is `Nobody told me that.` You told it one line before. The call is over, and so is what it knew.
Real models are no different: between two calls they keep nothing of yours.

The second answer is right, because you sent the whole talk once more. The "memory" is that list:

* **You keep it.** It lives in your program, not in the model.
* **You send it.** All of it, with every question.
* **You pay for it.** A model reads each word again, every time. And it can read only so much at once.

The list begins with at most one `system` message. After it **turns** follow. A turn begins with a `user` message.
The `assistant` message that answers it belongs to the turn too.
"""

# %% [markdown]
"""
## How to work

Five exercises follow. Under each stand its tests: run them as often as you like. No output means that they pass.
If one fails, read the **last lines** of what it prints. They say what was given, what came and what was wanted.

Type `%check` in a new cell to see all five at once. `%hint 1` gives the next hint of exercise 1.
Some tests stay hidden in this notebook. `%check` runs those too.

Two exercises ask for a **class**. The first lines of each class are there. You fill in its methods.
"""

# %% locked="helpers"
# The tests use these. You may too; leave them as they are.
NUTS = [("user", "Mina can't eat nuts."), ("assistant", "Noted.")]
SOUP = [("user", "The soup is in the blue pot."), ("assistant", "Good to know.")]


def as_messages(*turns):
    """Pairs (role, text) as a list of messages."""
    return [{"role": role, "content": text} for role, text in turns]


class PlainMemory:
    """A memory of the tests' own: what each of your memories can do, it can do."""

    def __init__(self, *turns):
        self._turns = list(turns)

    def add(self, role, content):
        self._turns.append((role, content))

    def messages(self):
        return as_messages(*self._turns)

    def to_send(self, question):
        return as_messages(*self._turns, ("user", question))


def step(thing, method, *args, after=""):
    """One call of a method as `given` wants it, in words that a person can read."""
    shown = f"memory.{method}({', '.join(repr(one) for one in args)})" + (f", after {after}," if after else "")
    return given(lambda *values: getattr(thing, method)(*values), *args).shown_as(shown)


class Paper(io.StringIO):
    """An open text file that lies on no disk. What was written on it can be read even when somebody closed it."""

    def close(self):
        self.seek(0)

    def lines(self):
        """Its lines, each as the Python value that its JSON stands for; a line that is no JSON as text."""
        found = []
        for line in self.getvalue().split("\n"):
            try:
                found.append(json.loads(line))
            except ValueError:
                found.append(line)
        return found[:-1] if found[-1] == "" else found


_counter = itertools.count()


def fresh_file():
    """A name for a database that is not there yet."""
    return f"kitchen-test-{os.getpid()}-{next(_counter)}.db"


def clean_up():
    """Remove the databases that tests have made."""
    for old in Path().glob("kitchen-test-*.db*"):
        with suppress(OSError):  # on Windows a file that is still open stays
            old.unlink()


# %% [markdown]
"""
## Exercise 1. The list, in a box of its own

Difficulty 2 of 5. Up to 12 minutes. About 6 lines.

Write the four methods of the class `Memory`. It holds one talk.

* `Memory()` begins empty. `Memory("You help in a family kitchen.")` begins with that text as `system` message.
* `add(role, content)` puts one message at the end, each text as it is.
* `messages()` gives a list of all messages, oldest first. It is a **new** list each time.
  Whoever changes it later doesn't change the memory.
* `to_send(question)` gives the list to send: all messages, and the question at its end, from the `user`.
  The memory stays as it is. Nothing counts as said until an answer came.

Every object has a memory of its own. Two bots in one kitchen don't read each other's thoughts.

```text
memory = Memory("You help in a family kitchen.")
memory.add("user", "Mina can't eat nuts.")
memory.messages()

[{"role": "system", "content": "You help in a family kitchen."},
 {"role": "user", "content": "Mina can't eat nuts."}]
```

Change only this class. Don't call a model here.

<details><summary>Hint 1</summary>

In a method, `self` is the object. What you keep as `self.turns` is there again in the next call.

</details>
<details><summary>Hint 2</summary>

Make the empty list in `__init__`, so that each object gets its own. `[*some_list, one_more]` is a new list.
`some_list.append(one_more)` changes the old one, and gives back `None`.

</details>
<details><summary>Hint 3</summary>

`self.turns = []` in `__init__`, `self.turns.append({...})` in `add`, `list(self.turns)` for a copy.
Which of these do you need in `to_send`, and which not?

</details>
"""

# %% solution="Memory"
class Memory:
    """One talk: its messages, oldest first."""

    def __init__(self, system=None):
        """Begin empty, or with a system message if there is a text for it."""
        ### BEGIN SOLUTION
        self.turns = []
        if system:
            self.add("system", system)
        ### END SOLUTION

    def add(self, role, content):
        """Remember one message."""
        ### BEGIN SOLUTION
        self.turns.append({"role": role, "content": content})
        ### END SOLUTION

    def messages(self):
        """All messages in a new list, oldest first."""
        ### BEGIN SOLUTION
        return list(self.turns)
        ### END SOLUTION

    def to_send(self, question):
        """All messages and the user's question, in a new list; the memory stays as it is."""
        ### BEGIN SOLUTION
        return [*self.turns, {"role": "user", "content": question}]
        ### END SOLUTION

# %% tests="test_memory_keeps" points=1
memory = given(Memory).shown_as("Memory()").reply
step(memory, "messages", after="Memory()").returns([], think="Nothing was said yet. What does an empty talk look like?")
step(memory, "add", *NUTS[0]).reply
step(memory, "messages", after="one add").returns(
    as_messages(NUTS[0]), think="Who said it, and what? Is it one dictionary in a list?"
)
step(memory, "add", *NUTS[1]).reply
step(memory, "messages", after="two adds").returns(
    as_messages(*NUTS), think="Which was said first? And is what the assistant said kept too?"
)
strict = given(Memory, KITCHEN).reply
step(strict, "add", *SOUP[0]).reply
step(strict, "messages", after="Memory(KITCHEN) and one add").returns(
    as_messages(("system", KITCHEN), SOUP[0]), think="Which message does a model read first?"
)
### BEGIN HIDDEN TESTS
other = given(Memory).shown_as("Memory()").reply
step(other, "messages", after="a new Memory() beside two others").returns(
    [], think="This memory is new. Whose list do you see here? Where in the class is the list made?"
)
step(memory, "messages", after="another Memory was made").returns(
    as_messages(*NUTS), think="Another bot moved in. Why did that change this one?"
)
twice = [*NUTS, *NUTS, ("tool", "Scales: 250 g"), ("user", "  Eggs,\n\tmilk  "), ("user", "Hello?"), ("assistant", "")]
for one in twice:
    step(other, "add", *one).reply
step(other, "messages", after="the same turn twice and four more adds").returns(
    as_messages(*twice), think="Each of the eight was said. Are all in your list, each with its own role and text?"
)
step(other, "messages", after="the same adds, asked again").returns(
    as_messages(*twice), think="Reading a memory should not change it. Does yours empty itself, or grow?"
)
step(strict, "messages", after="Memory(KITCHEN) and one add, asked again").returns(
    as_messages(("system", KITCHEN), SOUP[0]), think="How often does the system message go into the list?"
)
long_talk = [("user", f"Egg number {number}.") for number in range(1, 41)]
keeper = given(Memory).shown_as("Memory()").reply
for one in long_talk:
    step(keeper, "add", *one).reply
step(keeper, "messages", after="forty adds").satisfies(
    lambda got: list(got) == as_messages(*long_talk),
    "all forty messages",
    think="Forgetting is for another exercise. Where did the others go?",
)
earlier = step(keeper, "messages", after="forty adds").reply
step(keeper, "add", *SOUP[0]).reply
step(keeper, "messages", after="one more add").reply
expect(
    "the number of messages in the list that messages() gave before the last add",
    len(earlier),
    40,
    think="It was a list of that moment. Is it a new list each time, or one that you go on writing into?",
)
### END HIDDEN TESTS

# %% tests="test_memory_to_send" points=1
memory = given(Memory).shown_as("Memory()").reply
for one in NUTS:
    step(memory, "add", *one).reply
asked = as_messages(*NUTS, ("user", "Who can't eat nuts?"))
step(memory, "to_send", "Who can't eat nuts?", after="two adds").returns(
    asked, think="What was said so far comes first. Who asks the question, and where does it stand?"
)
step(memory, "messages", after="to_send").returns(
    as_messages(*NUTS), think="The question has no answer yet. Into which list did you write it?"
)
given_away = step(memory, "messages").reply
if isinstance(given_away, list):
    given_away.append("The soup burns!")
step(memory, "messages", after="somebody wrote into the list that messages() gave").returns(
    as_messages(*NUTS), think="Did you give away your only list, or a copy of it?"
)
### BEGIN HIDDEN TESTS
step(memory, "to_send", "Where is the soup?", after="another to_send").returns(
    as_messages(*NUTS, ("user", "Where is the soup?")), think="What is left here of the question before?"
)
strict = given(Memory, KITCHEN).reply
step(strict, "to_send", "Is it noon?", after="Memory(KITCHEN)").returns(
    as_messages(("system", KITCHEN), ("user", "Is it noon?")), think="Nobody spoke yet. What goes out all the same?"
)
step(strict, "to_send", "Is it noon?", after="Memory(KITCHEN) and one to_send").returns(
    as_messages(("system", KITCHEN), ("user", "Is it noon?")), think="The same call twice. What did the first leave?"
)
for one in SOUP:
    step(memory, "add", *one).reply
step(memory, "to_send", "Is it hot?", after="two turns").returns(
    as_messages(*NUTS, *SOUP, ("user", "Is it hot?")), think="Two turns were said. Are both sent along?"
)
many = [("user", f"Egg number {number}.") for number in range(1, 41)]
keeper = given(Memory).shown_as("Memory()").reply
for one in many:
    step(keeper, "add", *one).reply
odd = "  two eggs,\n\n  or three\n"
sent = step(keeper, "to_send", odd, after="forty adds").reply
expect("the number of messages in to_send(...) after forty adds", len(sent), 41, think="Which ones are missing?")
expect("the first forty messages of to_send(...)", sent[:40], as_messages(*many), think="Is each as it was said?")
expect(
    "the last message of to_send(...)",
    sent[40],
    {"role": "user", "content": odd},
    think="Is this the question as the user typed it, with each space and newline?",
)
step(given(Memory).shown_as("Memory()").reply, "to_send", "Hello?", after="Memory()").returns(
    as_messages(("user", "Hello?")), think="An empty memory, one question. How many messages is that?"
)
### END HIDDEN TESTS

# %% [markdown]
"""
## Exercise 2. One turn of the talk

Difficulty 2 of 5. Up to 10 minutes. About 5 lines.

Write `chat_turn(chat, model, memory, text)`. The user says `text`; you give back what the model answers, as text.

1. Ask the model once: `chat(model=..., messages=memory.to_send(text))`.
2. **After** the answer came, add both to the memory: what the user said, then what the assistant answered.
3. Return the answer: the text of the reply, nothing else.

Both texts stay as they are, sign for sign.

If `chat` stops with an error, let the error through. Then nothing may be added. Otherwise the memory soon holds two
`user` messages in a row. Which of them should the model answer?

```text
memory.messages()                                              -> []
chat_turn(chat, "alpha:1b", memory, "The soup is ready.")      -> "Noted."
memory.messages()
[{"role": "user", "content": "The soup is ready."}, {"role": "assistant", "content": "Noted."}]
```

`memory` comes in as an argument. It has the methods `add`, `messages` and `to_send`, as in exercise 1.
The tests hand in a memory of ours, so a mistake in exercise 1 costs nothing here. Change only this function.

<details><summary>Hint 1</summary>

Look at the program at the top. Where does the text of a reply stand?

</details>
<details><summary>Hint 2</summary>

Order is all. An error stops the function on the line where it happens. Which lines may come before that one?

</details>
<details><summary>Hint 3</summary>

`reply = chat(model=model, messages=memory.to_send(text))` comes first, and `answer = reply.message.content` next.
Two calls of `memory.add` and one `return` are left for you.

</details>
"""

# %% solution="chat_turn"
def chat_turn(chat, model, memory, text):
    """Say text to the model; return its answer, and remember both once it is there."""
    ### BEGIN SOLUTION
    reply = chat(model=model, messages=memory.to_send(text))
    answer = reply.message.content
    memory.add("user", text)
    memory.add("assistant", answer)
    return answer
    ### END SOLUTION

# %% tests="test_chat_turn_speaks" points=1
def pairs(messages):
    """Messages as pairs (role, text), whatever kind of object they are; what is no list of messages as it came."""
    try:
        return [(message["role"], message["content"]) for message in messages]
    except (KeyError, TypeError):
        return messages


def turn(memory, text, *replies, model="alpha:1b"):
    """Call chat_turn with a fake chat that gives these replies; give back the call and the fake."""
    fake = fake_chat(*replies)
    call = f"chat_turn(chat, {model!r}, memory, {text!r})"
    return given(chat_turn, fake, model, memory, text).shown_as(call), fake


memory = PlainMemory()
call, fake = turn(memory, "The soup is ready.", "Noted.")
call.returns("Noted.", think="Which part of the reply is its text, and nothing but its text?")
expect("the number of times chat was called", len(fake.calls), 1, think="One turn, one question. Who asks again?")
expect("the model that chat was given", fake.calls[0]["model"], "alpha:1b", think="Which model was asked for?")
expect(
    "what chat was sent",
    pairs(fake.calls[0]["messages"]),
    [("user", "The soup is ready.")],
    think="The memory was empty. How often did the user say it?",
)
expect(
    "the memory after the turn",
    memory.messages(),
    as_messages(("user", "The soup is ready."), ("assistant", "Noted.")),
    think="Two spoke. Who was first, and is each of them in the memory once?",
)
### BEGIN HIDDEN TESTS
memory = PlainMemory(("system", KITCHEN), *NUTS)
thoughtful = {"content": "Mina.", "thinking": "Nuts? They said Mina."}
call, fake = turn(memory, "Who can't eat nuts?", thoughtful, model="beta:2b")
call.returns("Mina.", think="This model also wrote to itself. Which part is for the family?")
expect("the model that chat was given", fake.calls[0]["model"], "beta:2b", think="Is it the model from the call?")
expect(
    "what chat was sent",
    pairs(fake.calls[0]["messages"]),
    [("system", KITCHEN), *NUTS, ("user", "Who can't eat nuts?")],
    think="What did the memory hold before the question? Does each message keep its role and its place?",
)
expect(
    "the memory after the turn",
    memory.messages(),
    as_messages(("system", KITCHEN), *NUTS, ("user", "Who can't eat nuts?"), ("assistant", "Mina.")),
    think="What is new after this turn, and what was there before?",
)
### END HIDDEN TESTS

# %% tests="test_chat_turn_remembers" points=1
def own_words(request):
    """A model that is asked what it said before: it looks for its own last answer in what it was sent."""
    said = [one["content"] for one in request["messages"] if one["role"] == "assistant"]
    return f"I said: {said[-1]}" if said else "I said nothing yet."


memory = PlainMemory()
turn(memory, "Name a soup.", "Leek soup.")[0].returns("Leek soup.", think="Which part of the reply is its text?")
turn(memory, "What did you say?", own_words)[0].returns(
    "I said: Leek soup.", think="The model looked for its own answer in what you sent. Who keeps its half of the talk?"
)
memory = PlainMemory(*SOUP)
turn(memory, "Is it hot?", ollama.ResponseError("server busy, please try again", 503))[0].raises(
    ollama.ResponseError, think="The model did not answer. Who should hear of it?"
)
expect(
    "the memory after a turn that failed",
    memory.messages(),
    as_messages(*SOUP),
    think="No answer came. What is the last thing that was said and answered?",
)
### BEGIN HIDDEN TESTS
turn(memory, "Is it hot?", "Yes.")[0].returns("Yes.", think="The same question once more, with an answer this time.")
expect(
    "the memory after a failed turn and a good one",
    memory.messages(),
    as_messages(*SOUP, ("user", "Is it hot?"), ("assistant", "Yes.")),
    think="Who spoke twice in a row here?",
)
turn(memory, "And salty?", ConnectionError("Failed to connect to Ollama."))[0].raises(
    ConnectionError, think="Nobody is there. Does the user learn it?"
)
expect(
    "the memory after two failed turns",
    memory.messages(),
    as_messages(*SOUP, ("user", "Is it hot?"), ("assistant", "Yes.")),
    think="What did the failed turn leave behind?",
)
BOWL = "That makes one more egg in the blue bowl."
long_talk = PlainMemory(("system", KITCHEN))
for number in (1, 2, 2):
    turn(long_talk, f"Egg number {number}.", BOWL)[0].reply
spoken = [pair for number in (1, 2, 2) for pair in (("user", f"Egg number {number}."), ("assistant", BOWL))]
expect(
    "the memory after three turns",
    pairs(long_talk.messages()),
    [("system", KITCHEN), *spoken],
    think="Three turns, six messages, whole and in the order in which they were spoken. What is missing?",
)
TYPED = "  Two things:\n\n1. salt   2. eggs "
RECIPE = "Salt: a pinch, and another one when the soup is done, if anybody asks.\n\nEggs: take the two in the bowl."
call, fake = turn(long_talk, TYPED, RECIPE)
call.returns(RECIPE, think="This answer has two lines. Is all of it there?")
expect(
    "what chat was sent",
    pairs(fake.calls[0]["messages"]),
    [("system", KITCHEN), *spoken, ("user", TYPED)],
    think="All of the memory goes out, and then what the user typed. What did your code leave out or change?",
)
expect(
    "the memory after four turns",
    pairs(long_talk.messages()),
    [("system", KITCHEN), *spoken, ("user", TYPED), ("assistant", RECIPE)],
    think="The user's text and the answer, each of them as it was. What did your code leave out or change?",
)
### END HIDDEN TESTS

# %% [markdown]
r"""
## Exercise 3. Survive the night

Difficulty 2 of 5. Up to 12 minutes. About 7 lines.

A list in a program ends with the program. Write two functions that put it on paper and take it back.

* `save(messages, file)` writes each message on a line of its own, as JSON.
* `load(file)` reads such lines and returns the list of messages. It skips empty lines.
  A line that is no JSON stops it with the error that `json` raises. Nobody should lose a message without a word.

`file` is an **open text file**, open for writing in one case, for reading in the other. You don't open it:
who calls you has done that. Write with `file.write(...)`; read with a loop, `for line in file:`.

Everything must come back as it was: é and ü, quotes, a newline inside a text, and keys that you don't know.
What stands in the file already stays.

```text
save([{"role": "user", "content": "Add \"salt\",\nplease"}, {"role": "assistant", "content": "Noted."}], file)

{"role": "user", "content": "Add \"salt\",\nplease"}
{"role": "assistant", "content": "Noted."}
```

The form is called **JSON Lines**. One line, one message: so a program can add a line without reading the others.
Change only these two functions, and leave the messages as they are.

<details><summary>Hint 1</summary>

Python's `json` is imported. It turns a dictionary into a text of one line, and such a text into a dictionary.

</details>
<details><summary>Hint 2</summary>

`json.dumps(message)` gives the text, without a newline at its end. `json.loads(line)` goes the other way.
A line from a file ends with a newline. What is left of an empty one after `line.strip()`?

</details>
<details><summary>Hint 3</summary>

`file.write(json.dumps(message) + "\n")` is one message. `if line.strip():` is true for a line that holds something.

</details>
"""

# %% solution="save"
def save(messages, file):
    """Write each message into the open file, one line of JSON for each."""
    ### BEGIN SOLUTION
    for message in messages:
        file.write(json.dumps(message, ensure_ascii=False) + "\n")
    ### END SOLUTION


def load(file):
    """The messages that stand in the open file; empty lines are skipped."""
    ### BEGIN SOLUTION
    return [json.loads(line) for line in file if line.strip()]
    ### END SOLUTION

# %% tests="test_save" points=1
def saved(messages, shown):
    """Let save write these messages on a sheet of paper, and give the paper."""
    paper = Paper()
    given(save, messages, paper).shown_as(f"save({shown}, file)").changes_nothing(
        think="The talk goes on after it was saved. What did you take from the caller's list?"
    )
    return paper


expect(
    "what each line of the file holds after save(two messages, file)",
    saved(as_messages(*NUTS), "two messages").lines(),
    as_messages(*NUTS),
    think="One message, one line, each line JSON by itself. What stands in your file?",
)
tricky = as_messages(("user", 'Add "salt",\nplease'), ("assistant", "Crème brûlée is in C:\\food."))
expect(
    "what each line of the file holds after save(a text with quotes and a newline, and one with é, file)",
    saved(tricky, "two messages with special characters").lines(),
    tricky,
    think="Quotes, a newline, an é. Who knows how to write them so that JSON can read them?",
)
### BEGIN HIDDEN TESTS
expect(
    "what each line of the file holds after save([], file)",
    saved([], "[]").lines(),
    [],
    think="Nothing was said. How many lines are that?",
)
weights = {"role": "tool", "tool_name": "scales", "content": '[{"g": 250}, {"g": 5}]'}
liked = {"role": "assistant", "content": "", "thinking": None, "liked": True, "eval_count": 4}
odd = [weights, {"role": "system", "content": KITCHEN}, liked]
expect(
    "what each line of the file holds after save(messages with other roles and keys, file)",
    saved(odd, "messages with other roles and keys").lines(),
    odd,
    think="Do you write the message, or only the parts of it that you know?",
)
again = as_messages(*NUTS, *SOUP, *NUTS)
expect(
    "what each line of the file holds after save(six messages, file)",
    saved(again, "six messages").lines(),
    again,
    think="Six messages, six lines, in their order. Which are missing, or stand elsewhere?",
)
paper = Paper()
paper.write('{"role": "user", "content": "Good morning."}\n')
given(save, as_messages(*NUTS), paper).shown_as("save(two messages, a file with one line)").reply
expect(
    "what each line of the file holds after save(two messages, a file with one line)",
    paper.lines(),
    as_messages(("user", "Good morning."), *NUTS),
    think="A line stood there before. What became of it?",
)
### END HIDDEN TESTS

# %% tests="test_load" points=1
def loaded(text):
    """Call load with an open file that holds this text."""
    return given(load, Paper(text)).shown_as(f"load(a file with {text!r})")


two_lines = '{"role": "user", "content": "Mina can\'t eat nuts."}\n{"role": "assistant", "content": "Noted."}\n'
loaded(two_lines).returns(as_messages(*NUTS), think="Two lines, two dictionaries in a list. What do you return?")
loaded('{"role": "user", "content": "Add \\"salt\\",\\nplease"}\n').returns(
    as_messages(("user", 'Add "salt",\nplease')), think="A newline inside a text is written as two characters in JSON."
)
yesterday = Paper(data_file("yesterday.jsonl").read_text(encoding="utf-8"))
given(load, yesterday).shown_as("load(data/yesterday.jsonl)").satisfies(
    lambda talk: len(talk) == 20 and talk[16]["content"].startswith("Crème brûlée"),
    "a list of 20 messages, one of them about Crème brûlée,",
    think="The file holds 20 lines. Is each of them one message in your list?",
)
### BEGIN HIDDEN TESTS
loaded("").returns([], think="The file is there, and it is empty. What does an empty talk look like?")
loaded("\n" + two_lines + "\n  \n").returns(
    as_messages(*NUTS), think="Three of these lines are blank. What does your code make of a line with nothing in it?"
)
loaded(two_lines.rstrip("\n")).returns(
    as_messages(*NUTS), think="The last line has no newline here. Is one character of it missing in your list?"
)
loaded('{"role": "user", "content": "Cr\\u00e8me"}\n{"role": "tool", "tool_name": "scales", "content": "5 g"}').returns(
    [{"role": "user", "content": "Crème"}, {"role": "tool", "tool_name": "scales", "content": "5 g"}],
    think="JSON may write è as \\u00e8, and a message may hold more keys. What reads JSON best?",
)
loaded('{"role": "assistant", "content": "", "thinking": null, "liked": true}\n').returns(
    [{"role": "assistant", "content": "", "thinking": None, "liked": True}],
    think="JSON says null and true where Python says None and True. Who knows both languages?",
)
for line in ("Good morning.", '{"role": "user", "content": "Mina ca'):
    loaded(two_lines + line + "\n").raises(
        ValueError, think="The third line is no JSON. Who learns that a message is lost, if you pass over it?"
    )
paper = Paper()
night = as_messages(("system", KITCHEN), ("user", "  Zoë's\tcake 🥐: {half} [done]\n\nNo?  "), ("assistant", ""))
given(save, night, paper).shown_as("save(three messages, file)").reply
paper.seek(0)
given(load, paper).shown_as("load(the file that save wrote)").returns(
    night, think="What went in, and what came back? Look at the spaces, the signs and the empty text."
)
### END HIDDEN TESTS

# %% [markdown]
"""
## Exercise 4. Forget on purpose

Difficulty 4 of 5. Up to 15 minutes. About 14 lines.

A model reads only so many tokens at once: its **context**. Send more, and something is cut off without a word.
Better you choose what goes. Write `trim(messages, budget, count)`. It returns a new, shorter list:

* The `system` message, if there is one, always stays and stays first.
* Then come the **newest turns**, in their old order: as many as fit. All together must not go over `budget`.
* `count(text)` tells what a text costs. A message costs `count(message["content"])`. The system message counts too.
* A turn stays whole or goes whole. A turn begins with a `user` message and ends before the next one.
* There are no holes. Once a turn doesn't fit, all older ones go too.
* The newest turn always stays, even when it costs too much alone. Somebody asked it, after all.

```text
def words(text):
    return len(text.split())

talk = [system "Be brief.", user "Salt?", assistant "A little.", user "Eggs?", assistant "Two of them."]
costs           2                 1                  2                1                  3

trim(talk, 6, words)  ->  [system "Be brief.", user "Eggs?", assistant "Two of them."]
trim(talk, 9, words)  ->  all five
```

(The talk is written short here. In the tests each message is a dictionary, as always.)
Change only this function, and leave the caller's list as it is.

<details><summary>Hint 1</summary>

Do it on paper first, with the talk above and a budget of 8. Where do you begin to count, at which end?

</details>
<details><summary>Hint 2</summary>

First make a list of turns: each turn is itself a list of messages. A `user` message begins a new one.
Then walk backward through the turns, and stop at the first that doesn't fit.

</details>
<details><summary>Hint 3</summary>

`for turn in reversed(turns):` walks backward. `if kept and cost > left: break` stops, but never at the newest turn.
`kept = turn + kept` puts an older turn in front.

</details>
"""

# %% solution="trim"
def trim(messages, budget, count):
    """The system message and the newest whole turns that fit the budget, in a new list."""
    ### BEGIN SOLUTION
    system = [message for message in messages if message["role"] == "system"]
    turns = []
    for message in messages[len(system) :]:
        if message["role"] == "user":
            turns.append([])
        turns[-1].append(message)
    left = budget - sum(count(message["content"]) for message in system)
    kept = []
    for turn in reversed(turns):
        left -= sum(count(message["content"]) for message in turn)
        if kept and left < 0:
            break
        kept = turn + kept
    return system + kept
    ### END SOLUTION

# %% tests="test_trim_turns" points=1
def words_in(text):
    """What the tests let a text cost: one for each word."""
    return len(text.split())


BRIEF = ("system", "Be brief.")
SALT = [("user", "Salt?"), ("assistant", "A little.")]
EGGS = [("user", "Eggs?"), ("assistant", "Two of them.")]
NEXT = ("user", "And milk?")


def trimmed(turns, budget, count=words_in, shown=""):
    """Call trim with these turns and this budget."""
    costs = " + ".join(str(count(text)) for _, text in turns)
    call = shown or f"trim(a talk that costs {costs}, {budget}, count)"
    return given(trim, as_messages(*turns), budget, count).shown_as(call)


trimmed([BRIEF, *SALT, *EGGS], 9).returns(
    as_messages(BRIEF, *SALT, *EGGS), think="All of it costs 9, and 9 are allowed. Must anything go?"
)
trimmed([BRIEF, *SALT, *EGGS], 8).returns(
    as_messages(BRIEF, *EGGS), think="Which turn is the oldest, and what must stay although it is older still?"
)
trimmed([BRIEF, *SALT, *EGGS], 7).returns(
    as_messages(BRIEF, *EGGS), think="1 is left over, and a question costs 1. What is a question without its answer?"
)
trimmed([*SALT, *EGGS, NEXT], 6).returns(
    as_messages(*EGGS, NEXT), think="No system message, and the last turn has no answer yet. How many turns are there?"
)
### BEGIN HIDDEN TESTS
trimmed([BRIEF, *SALT, *EGGS], 6).returns(
    as_messages(BRIEF, *EGGS), think="2 + 1 + 3 is 6, and 6 are allowed. Is exactly full too full?"
)
trimmed([BRIEF, *SALT, *EGGS, NEXT], 8).returns(
    as_messages(BRIEF, *EGGS, NEXT), think="2 + 1 + 3 + 2 is 8, and 8 are allowed. Which turns fit?"
)
trimmed([BRIEF, *SALT, *EGGS, NEXT], 7).returns(
    as_messages(BRIEF, NEXT), think="Did you count what the system message costs?"
)
trimmed([*SALT, *EGGS], 100).returns(
    as_messages(*SALT, *EGGS), think="There is room for everything. What went missing?"
)
trimmed([BRIEF, *SALT, *SALT, *SALT], 8).returns(
    as_messages(BRIEF, *SALT, *SALT), think="Three turns are alike, letter by letter. How do you tell one from another?"
)
trimmed([*SALT, NEXT, *EGGS], 5).returns(
    as_messages(*EGGS), think="The question about milk was never answered. Which turn does it belong to?"
)
trimmed([*SALT, NEXT, *EGGS], 6).returns(
    as_messages(NEXT, *EGGS), think="The question about milk was never answered. Is it a turn of its own?"
)
corrected = [*EGGS, ("assistant", "No, three.")]
trimmed([*SALT, *corrected], 5).returns(
    as_messages(*corrected), think="The assistant spoke twice. Where does that turn begin, and where does it end?"
)
### END HIDDEN TESTS

# %% tests="test_trim_edges" points=1
LONG = [("user", "Which of the soups should we cook today?"), ("assistant", "The one with the leeks, as always.")]

trimmed([BRIEF, *SALT, *LONG], 5).returns(
    as_messages(BRIEF, *LONG), think="The newest turn costs more than the budget. What would the user say if it went?"
)
trimmed([*SALT, *LONG, *EGGS], 8).returns(
    as_messages(*EGGS), think="The oldest turn would fit, the one after it doesn't. What is a talk with a hole in it?"
)
given(trim, as_messages(BRIEF, *SALT, *EGGS), 6, words_in).shown_as("trim(a talk, 6, count)").changes_nothing(
    think="The whole talk is still needed for the page. Do you take messages out of the caller's list?"
)
trimmed([BRIEF, *SALT, *EGGS], 26, len, "trim(a talk that costs 9 + 5 + 9 + 5 + 12 letters, 26, len)").returns(
    as_messages(BRIEF, *EGGS), think="Here a text costs its letters. Who decides what a text costs?"
)
### BEGIN HIDDEN TESTS
trimmed([BRIEF, *SALT, *EGGS], 40, len, "trim(a talk that costs 9 + 5 + 9 + 5 + 12 letters, 40, len)").returns(
    as_messages(BRIEF, *SALT, *EGGS), think="9 + 5 + 9 + 5 + 12 is 40. Who decides what a text costs?"
)
trimmed([], 10, shown="trim([], 10, count)").returns([], think="Nothing was said. What is left of nothing?")
trimmed([BRIEF], 10).returns(as_messages(BRIEF), think="There is a system message and no turn. Which line stumbles?")
trimmed([BRIEF], 1).returns(as_messages(BRIEF), think="The system message always stays.")
trimmed([BRIEF, *SALT, NEXT], 0).returns(
    as_messages(BRIEF, NEXT), think="A budget of 0. Which two things always stay?"
)
tool = ("tool", "In stock: three.")
trimmed([*SALT, *EGGS, tool, ("assistant", "Three more.")], 9).returns(
    as_messages(*EGGS, tool, ("assistant", "Three more.")),
    think="A turn may have more than two messages. Where does the next one begin?",
)
trimmed([*SALT, *EGGS, tool, ("assistant", "Three more.")], 8).returns(
    as_messages(*EGGS, tool, ("assistant", "Three more.")),
    think="The newest turn has four messages here, and it stays whole. How do you find its first?",
)
trimmed([BRIEF, *EGGS, tool, ("assistant", "Three more."), *SALT], 9).returns(
    as_messages(BRIEF, *SALT), think="The oldest turn has four messages here. Did all four of them go?"
)
silent = [*as_messages(*SALT, ("user", "Eggs?"), ("assistant", "")), {"role": "user", "content": "Milk?", "id": 7}]
given(trim, silent, 2, words_in).shown_as("trim(a talk that costs 1 + 2 + 1 + 0 + 1, 2, count)").returns(
    silent[2:], think="One answer is empty, and one message has a key more. Is each message still what it was?"
)
twenty = [pair for number in range(20) for pair in (("user", f"Egg {number}?"), ("assistant", "Yes."))]
trimmed([BRIEF, *twenty], 30, shown="trim(a talk of 20 turns that cost 3 each, 30, count)").returns(
    as_messages(BRIEF, *twenty[-18:]), think="A talk of 20 turns. Which nine fit beside the system message?"
)
### END HIDDEN TESTS

# %% [markdown]
"""
## Exercise 5. A memory in a drawer

Difficulty 4 of 5. Up to 15 minutes. About 10 lines.

SQLite is a database in one file, and it comes with Python. Fill in four methods of `SqliteMemory`.
`__init__` and `to_send` stand ready. The table is called `said`, with the columns `id`, `role` and `content`.

* `add(role, content)` stores one message. It is in the file when `add` is done: another program finds it there.
* `messages()` gives all messages, oldest first, as a list of dictionaries.
* `search(term)` gives the messages whose content holds the term, oldest first. A to Z and a to z count as the same.
  Every other character stands for itself, also `%`, `_` and `'`.
* `standing_orders()` gives the **texts** of the user's messages that hold `I want you`, oldest first,
  in capital or small letters. What others say is no order.

A text comes back letter by letter, and as often as it was said.

```text
memory = SqliteMemory("kitchen.db")
memory.add("user", "I want you to call me Chef.")
memory.add("assistant", "Noted, Chef.")

memory.search("chef")      -> both messages, each with role and content
memory.standing_orders()   -> ["I want you to call me Chef."]
```

**Never** build an SQL command from what people say. `O'Brien` has a quote in it, and then the command ends there.
Put `?` where a value goes, and hand the values over beside the command.

Change only this class; what stands ready in it stays.

<details><summary>Hint 1</summary>

`self.db.execute("INSERT INTO said (role, content) VALUES (?, ?)", (role, content))` stores a row. Almost:
until `self.db.commit()` nobody else can see it.

</details>
<details><summary>Hint 2</summary>

`self.db.execute("SELECT role, content FROM said ORDER BY id")` gives rows, and `for role, content in ...` walks them.
You may search in Python: `messages()` has everything already.

</details>
<details><summary>Hint 3</summary>

`term.lower() in message["content"].lower()` is true if the content holds the term.
`standing_orders` asks the same with another term, and asks for the role too. What does each of them return?

</details>
"""

# %% solution="SqliteMemory"
class SqliteMemory:
    """A talk in a file: what one program adds, the next one finds."""

    def __init__(self, path):
        """Open the file at path, and make the table if it is new."""
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS said (id INTEGER PRIMARY KEY, role TEXT, content TEXT)")

    def to_send(self, question):
        """All messages and the user's question, in a new list."""
        return [*self.messages(), {"role": "user", "content": question}]

    def add(self, role, content):
        """Store one message in the file."""
        ### BEGIN SOLUTION
        self.db.execute("INSERT INTO said (role, content) VALUES (?, ?)", (role, content))
        self.db.commit()
        ### END SOLUTION

    def messages(self):
        """All messages, oldest first."""
        ### BEGIN SOLUTION
        rows = self.db.execute("SELECT role, content FROM said ORDER BY id")
        return [{"role": role, "content": content} for role, content in rows]
        ### END SOLUTION

    def search(self, term):
        """The messages whose content holds the term, oldest first."""
        ### BEGIN SOLUTION
        return [message for message in self.messages() if term.lower() in message["content"].lower()]
        ### END SOLUTION

    def standing_orders(self):
        """The texts in which the user said "I want you", oldest first."""
        ### BEGIN SOLUTION
        return [message["content"] for message in self.search("i want you") if message["role"] == "user"]
        ### END SOLUTION

# %% tests="test_sqlite_memory_keeps" points=1
clean_up()
name = fresh_file()
memory = given(SqliteMemory, name).shown_as("SqliteMemory(a new file)").reply
step(memory, "messages", after="SqliteMemory(a new file)").returns([], think="Nothing was said yet in this file.")
for one in NUTS:
    step(memory, "add", *one).reply
step(memory, "messages", after="two adds").returns(
    as_messages(*NUTS), think="Two messages, oldest first, each a dictionary with role and content. What came?"
)
step(memory, "add", "user", "Dr O'Brien comes on Friday.").reply
later = given(SqliteMemory, name).shown_as("SqliteMemory(the same file)").reply
wanted = as_messages(*NUTS, ("user", "Dr O'Brien comes on Friday."))
step(later, "messages", after="another program opened the same file").returns(
    wanted, think="The first program added three messages. When is a message really in the file?"
)
### BEGIN HIDDEN TESTS
step(memory, "messages", after="another program looked in").returns(
    wanted, think="Opening a file a second time must not change it. What does your code do when it opens one?"
)
step(later, "add", "assistant", "At what time?").reply
step(memory, "messages", after="another program added a message").returns(
    [*wanted, *as_messages(("assistant", "At what time?"))],
    think="Another program wrote into the file. Do you read the file, or what you remember of it?",
)
other = given(SqliteMemory, fresh_file()).shown_as("SqliteMemory(another new file)").reply
step(other, "messages", after="SqliteMemory(another new file)").returns(
    [], think="This is another file. Where do the messages of the first come from?"
)
rude = "Eggs'); DROP TABLE said; --"
odd = as_messages(("user", rude), ("assistant", 'Say "please", Zoë.\nTwice? 100%'), ("user", "Yes."), ("user", "Yes."))
odd += as_messages(("user", "  two eggs \n"), ("assistant", "''"), ("user", "\0 is a sign too"))
odd += as_messages(*[("user", f"Egg number {number}.") for number in range(8)])
for message in odd:
    step(other, "add", message["role"], message["content"]).reply
step(other, "messages", after="texts with quotes, spaces, a newline, a ?, a % and a sign that nobody sees").returns(
    odd, think="Every text should come back letter by letter, and as often as it was said. Which did not?"
)
step(other, "messages", after="the same texts, asked again").returns(
    odd, think="Reading a memory twice should give the same. What is used up after the first time?"
)
### END HIDDEN TESTS
clean_up()

# %% tests="test_sqlite_memory_finds" points=1
clean_up()
ORDER, QUOTED = ("user", "I want you to call me Chef."), ("assistant", "You said: I want you to call me Chef.")
memory = given(SqliteMemory, fresh_file()).shown_as("SqliteMemory(a new file)").reply
for one in (*NUTS, ORDER, QUOTED, ("user", "Dr O'Brien eats nuts.")):
    step(memory, "add", *one).reply
step(memory, "search", "nuts", after="five adds").returns(
    as_messages(NUTS[0], ("user", "Dr O'Brien eats nuts.")), think="Two messages speak of nuts. Which did you find?"
)
step(memory, "search", "CHEF", after="five adds").returns(
    as_messages(ORDER, QUOTED), think="Nobody shouts in a database. Are Chef and CHEF the same for your code?"
)
step(memory, "search", "O'Brien", after="five adds").returns(
    as_messages(("user", "Dr O'Brien eats nuts.")), think="The name has a quote in it. Who reads it, you or SQL?"
)
step(memory, "search", "soup", after="five adds").returns([], think="Nobody spoke of soup. What is a list of nothing?")
step(memory, "standing_orders", after="five adds").returns(
    [ORDER[1]], think="One order was given, by the user. Who said the other line? And is a text wanted or a message?"
)
### BEGIN HIDDEN TESTS
drawer = given(SqliteMemory, fresh_file()).shown_as("SqliteMemory(a new file)").reply
step(drawer, "standing_orders", after="SqliteMemory(a new file)").returns([], think="No orders yet. What is no order?")
full, shrug, list_name = "100% rye bread", "Who ate the cake? ¯\\_(ツ)_/¯ Not me!", "See shopping_list.txt"
for one in (("user", full), ("user", shrug), ("assistant", list_name), ("user", "1000 g flour, 100 g sugar")):
    step(drawer, "add", *one).reply
for term, found in (
    ("100%", [("user", full)]),
    ("%", [("user", full)]),
    ("_", [("user", shrug), ("assistant", list_name)]),
    ("g_l", [("assistant", list_name)]),
    ("\\_", [("user", shrug)]),
    ("me!", [("user", shrug)]),
    ("\\", [("user", shrug)]),
    ("e?", [("user", shrug)]),
    ("100", [("user", full), ("user", "1000 g flour, 100 g sugar")]),
    ("flour, 100", [("user", "1000 g flour, 100 g sugar")]),
    ("g ", [("user", "1000 g flour, 100 g sugar")]),
    ("'", []),
):
    step(drawer, "search", term, after="texts with %, _ and \\").returns(
        as_messages(*found), think="Here each sign stands for itself. What does your code, or SQL, make of it?"
    )
orders = ["i want you to be kind.", "Please: I WANT YOU to buy milk.", "I want you to call me Chef."]
for text in (orders[0], "We want you all at dinner.", orders[1], "I wanted soup.", "You want what I do?", orders[2]):
    step(drawer, "add", "user", text).reply
step(drawer, "add", "system", "Above all I want you to be brief.").reply
step(drawer, "standing_orders", after="three orders among other texts").returns(
    orders, think="Which of the user's lines hold the three words, and in which order were they said?"
)
step(drawer, "add", "user", orders[1]).reply
step(drawer, "standing_orders", after="one order was given a second time").returns(
    [*orders, orders[1]], think="It was said twice. How often does it stand in your list?"
)
step(drawer, "search", "buy milk", after="one order was given a second time").returns(
    as_messages(("user", orders[1]), ("user", orders[1])), think="It was said twice. How often do you find it?"
)
### END HIDDEN TESTS
clean_up()

# %% [markdown]
"""
## Put it together

The kitchen bot. Three things happen before each question goes out:

1. The standing orders go into the system message. So no order is ever cut off.
2. `trim` cuts the talk to 75 words. (Words, not tokens: a toy counts as it likes.)
3. `chat_turn` asks, and keeps both halves of the turn in `build/kitchen.db`.

If the database is new, it begins with yesterday's talk of ten turns, which `load` takes from `data/yesterday.jsonl`.
That talk is invented: a family of our making, answered by `toy_chat`.

**Before you run it:** yesterday somebody said that Mina can't eat nuts. It was the second of ten turns.
Will the bot know it today? *I expect ...*
"""

# %%
BUDGET = 75


def count_words(text):
    return len(text.split())


folder = data_file("yesterday.jsonl").parent.parent / "build"
folder.mkdir(exist_ok=True)
memory = SqliteMemory(folder / "kitchen.db")
if not memory.messages():
    with data_file("yesterday.jsonl").open(encoding="utf-8") as file:
        for message in load(file):
            memory.add(message["role"], message["content"])
print("The memory begins with", len(memory.messages()), "messages.")


def in_window(messages):
    """What really goes out: the rule, the standing orders, and the newest turns that fit."""
    orders = dict.fromkeys(memory.standing_orders())  # each once, however often it was given
    rules = {"role": "system", "content": "\n".join([KITCHEN, *orders])}
    return trim([rules, *messages], BUDGET, count_words)


def small_chat(model, messages):
    return chat(model=model, messages=in_window(messages))


def talk(text):
    print("You:", text)
    print("Bot:", chat_turn(small_chat, "alpha:1b", memory, text))


talk("Who can't eat nuts?")
talk("I want you to remember that Mina can't eat nuts.")
talk("The cake for Mina's birthday is in the oven.")
talk("Who can't eat nuts?")

# %% [markdown]
"""
On the first run the bot says `Nobody told me that, Chef.` It was told: yesterday, in a turn that fits no more.
It still calls you Chef, because that was a standing order. So the second time the answer comes.

**Kept is not sent.** The fact lay in the database all the time. `memory.search("nuts")` finds it, the model doesn't.

**Now the proof.** Restart the kernel (*Kernel*, *Restart Kernel*), and run the notebook from the top.
The memory begins with more messages than before, and the first answer is another one. Nothing was lost.

The next cell makes the page. Put your own words into `NOTICE` when you have answered the question at the end.
"""

# %% locked="page"
STYLE = """
* { box-sizing: border-box; }
body { margin: 0; font: 17px/1.5 system-ui, sans-serif; color: #1c1a17; background: #f6f1e7; }
header { background: #17324d; color: #fff; padding: 1.6rem 0; }
header div, main { max-width: 66rem; margin: 0 auto; } header div { padding: 0 1rem; }
h1 { margin: 0; font-size: 1.9rem; } header p { margin: .3rem 0 0; font-size: 1.05rem; }
main { display: grid; grid-template-columns: minmax(0, 2fr) minmax(16rem, 1fr); gap: 1.5rem; padding: 1.5rem 1rem; }
@media (max-width: 46rem) { main { grid-template-columns: 1fr; } }
h2 { font-size: 1.15rem; margin: 0 0 .6rem; }
ol { list-style: none; margin: 0; padding: 0; display: flex; flex-direction: column; gap: .5rem; }
.said { max-width: 85%; padding: .5rem .8rem; border-radius: 1rem; border: 2px solid #17324d; background: #fff; }
.user { align-self: flex-end; border-bottom-right-radius: .2rem; }
.assistant { align-self: flex-start; border-bottom-left-radius: .2rem; background: #dcebf7; }
.kept { border-style: dashed; border-color: #8a7f6d; background: #fbf8f1; }
.said small { display: block; color: #4b463e; font-size: .8rem; }
.line { text-align: center; font-weight: 600; border-top: 3px solid #b35400; padding-top: .4rem; margin: .8rem 0; }
aside section { background: #fff; border: 1px solid #cfc6b4; border-radius: .8rem; padding: 1rem; margin-bottom: 1rem; }
aside p { margin: 0; } aside ul { margin: 0; padding-left: 1.1rem; } aside li { margin-bottom: .35rem; }
.number { font-size: 1.6rem; font-weight: 700; } .quiet { color: #4b463e; }
details { margin-bottom: .6rem; } summary { cursor: pointer; padding: .4rem 0; font-weight: 600; }
"""
WHO = {"user": "You", "assistant": "Bot"}


def bubble(message, sent):
    """One message of the page: who said it, the words, and whether the next question takes them along."""
    kind = "sent" if sent else "kept"
    words = "goes along with the next question" if sent else "kept, not sent"
    who = html.escape(WHO.get(message["role"], message["role"]))
    text = html.escape(message["content"]).replace("\n", "<br>")
    return f'<li class="said {html.escape(message["role"])} {kind}"><small>{who}, {words}</small>{text}</li>'


def listed(texts, nothing):
    """Texts as a list of the page, or a word for none."""
    items = "".join(f"<li>{html.escape(text)}</li>" for text in texts)
    return f"<ul>{items}</ul>" if items else f'<p class="quiet">{html.escape(nothing)}</p>'


def kitchen_page(messages, sent, budget, orders, term, found, notice):
    """The whole page as one text: the talk, and beside it the numbers, the orders, a search and the notice.

    `sent` is the list that goes out now: one system message, and the newest turns."""
    old = len(messages) - (len(sent) - 1)
    words = sum(len(message["content"].split()) for message in sent)
    items = [bubble(message, number >= old) for number, message in enumerate(messages)]
    items.insert(old, '<li class="line">From here on the model gets it</li>')
    fold = max(0, old - 4)
    summary = f"<summary>Earlier: {fold} messages, kept, not sent</summary>"
    earlier = f"<details>{summary}<ol>{''.join(items[:fold])}</ol></details>" if fold else ""
    asides = [
        ("Kept and sent", f'<p><span class="number">{len(messages)}</span> messages are kept. '
         f'<span class="number">{len(sent) - 1}</span> of them fit into the next question: {words} of {budget} words, '
         "rules and orders included.</p>"),
        ("Standing orders", listed(orders, "None. Say: I want you to ...")),
        (f"Search: {term}", listed([f"{WHO.get(m['role'], m['role'])}: {m['content']}" for m in found], "Not found.")),
        ("What is kept here", f"<p>{html.escape(notice)}</p>"),
    ]
    boxes = "".join(f"<section><h2>{html.escape(name)}</h2>{text}</section>" for name, text in asides)
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>The kitchen remembers</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{STYLE}</style></head><body>'
        "<header><div><h1>The kitchen remembers</h1><p>A talk with alpha:1b, a stand-in of ours that is no model. "
        "A solid frame goes along with the next question. A dashed one is kept, and stays here.</p></div></header>"
        f'<main><section><h2>The talk</h2>{earlier}<ol>{"".join(items[fold:])}</ol></section>'
        f"<aside>{boxes}</aside></main>"
        "</body></html>"
    )


# %%
NOTICE = "This box is yours: here goes the notice from the written question."

page = kitchen_page(
    memory.messages(),
    in_window(memory.messages()),
    BUDGET,
    list(dict.fromkeys(memory.standing_orders())),
    "nuts",
    memory.search("nuts"),
    NOTICE,
)
(folder / "kitchen.html").write_text(page, encoding="utf-8")
with (folder / "kitchen.jsonl").open("w", encoding="utf-8") as file:
    save(memory.messages(), file)
print("build/kitchen.html shows", len(memory.messages()), "messages; build/kitchen.jsonl is a copy to take along.")

guest = Memory(KITCHEN)
print("Guest:", chat_turn(chat, "alpha:1b", guest, "I bake a surprise cake for Mina."))
print("The guest's talk had", len(guest.messages()), "messages. The kitchen's drawer found", memory.search("surprise"))

# %% [markdown]
"""
Open `build/kitchen.html` beside this notebook with a double click. Solid frames go along with the next question.
Dashed ones are kept, and the model won't see them.

The guest used the other memory, the list. It ends with the program, and no file ever knew about the cake.
The same `chat_turn` works with both, because both have the same methods.

Say more with `talk("...")` in a cell of your own, then run the page's cell again.
"""

# %% [markdown]
"""
## Live: your own models

This cell asks the real Llama, Qwen and DeepSeek on this machine, if they are here. It carries no points.
Each gets two turns, once with a memory and once without. Without them dojo-tiny answers, the kit's very small model,
and a sentence says so. It knows this course and no kitchen, but it can hold on to a name for a turn or two.

**Before you run it:** what will a model say to *What is my name?* when nobody told it? *I expect ...*

Look at the last number. It tells how many tokens the model had to read. What did the memory cost?

What you see now was really said, on your machine, today. Note the date if you quote it.
"""

# %% live="your_models"
read = []


def counting_chat(model, messages):
    reply = ollama.chat(model=model, messages=messages, think=False, options={"temperature": 0, "num_predict": 60})
    read.append(reply.prompt_eval_count)
    return reply


for model in models_here("trio"):
    with_memory = Memory("Answer in one short sentence.")
    for text in ("My name is Mina.", "What is my name?"):
        print(model, "with memory:   ", chat_turn(counting_chat, model, with_memory, text))
    without = chat_turn(counting_chat, model, Memory("Answer in one short sentence."), "What is my name?")
    print(model, "without memory:", without)
    print("Tokens read:", read[-2], "with memory,", read[-1], "without.")

# %% [markdown]
"""
**What this cannot do.** The bot doesn't understand what it keeps. It can't tell an allergy from small talk.
Whatever falls out of the budget is gone for the model, and nobody is warned. What it remembers may be wrong:
it keeps what people said, not what is true. And whoever opens the file can read it all.
Never let anybody's health hang on it. A note on the fridge forgets nothing.
"""

# %% [markdown]
"""
## Written question. The notice beside the bot

4 points, marked by a person. About 120 words.

Your bot will sit in a family kitchen. Children talk to it, and guests, and somebody on the telephone.
Write the notice that hangs beside it, in words that a guest understands. It says

1. **what** is kept, and of whom,
2. **where** it is, and who can read it,
3. **how long** it stays,
4. **how to erase it**, one line or all, and how to speak without being kept.

Say what is true for *your* program. If you promise what it can't do, name the lines that you would have to add.

You get 4 points for all four, true for this program and clear to a guest.
You get 2 points if one of the four is missing, or is not true for the program.
You get 0 points for a notice that could hang beside any machine.
"""

# %% [markdown] answer="written" points=4
"""
**4 points.** What, where, how long and how to erase; each is true for this program, or the missing code is named; words
that a guest understands; a way to speak without being kept.

**2 points.** Three of the four, or all four with a promise that the program doesn't hold (such as "deleted after a
week" where nothing deletes anything).

**0 points.** General words on privacy, or "nothing is stored".

*A full answer.* "This bot writes down every sentence that you say to it, and its answers, whoever you are. It does not
write down your name unless you say it. The sentences are in the file build/kitchen.db on the kitchen laptop, and in a
copy, kitchen.jsonl. Nothing goes to the internet. Everybody who can use this laptop can read both. They stay until
somebody deletes them: the bot forgets nothing by itself. To erase all, delete both files and the page. To erase one
line, ask Tomek; it needs a `DELETE FROM said WHERE id = ?`, and the program has no button for it yet. If you don't want
to be kept, say 'guest' first: then it uses the list in memory, which ends with the talk. Please ask children only about
food." (I would have to add the word 'guest' and the deleting of one line.)

*A half answer.* "We store what you say in a database on this laptop, and nobody else can see it. It is deleted after a
week. Ask us if you want something removed." (Nothing deletes it after a week; everybody at the laptop can read it.)

*A zero answer.* "We respect your privacy. Your data is safe with us and is only used to make the service better."
"""

# %% [markdown]
"""
## Stretch

No points; pick what you like. The first two need a real model.

1. **Sum up.** Instead of dropping old turns, ask the model for three sentences on them. Put those in the system
   message. Tell it ten facts first. How many are in the three sentences?
2. **Where does it forget?** Ollama's context is often 4,096 tokens. Say a secret word, then talk on with long texts.
   Ask for the word each time, and print `prompt_eval_count`. At which turn is it gone? Does anything warn you?
3. **Forget me.** Write `SqliteMemory.forget(term)`, which deletes what `search(term)` finds. What does
   "deleted" mean for `kitchen.jsonl`, and for the page?
4. **In the terminal.** Put your functions in a file, and loop over `input("You: ")`. Close it, open it, go on talking.
"""
