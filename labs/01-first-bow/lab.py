# %% [markdown]
"""
# Lab 1. First Bow: three models, one question

You build a program that puts one question to three models and prints their answers side by side.
Beside each answer stand the seconds it took and the speed in tokens per second.

| Belt | White: Speak |
|---|---|
| You build | A table with one row for each model: answer, seconds, tokens per second |
| Minutes | 65 |
| Needs | Any laptop, no network. Only the live cell wants models: three small ones, 4 GB of disk, 8 GB of RAM |
| You will be able to | Send a chat, read the reply, use the three roles, work out a speed, tell thinking from answer |
| Out of scope | Memory (lab 2), rules (lab 3), licences (lab 4), finding out which model is best (lab 16) |
"""

# %% locked="setup"
# %load_ext dojo
import html
import re

import ollama
from IPython.display import Markdown, display

from dojo import data_file, expect, fake_chat, given, models_here, sample_chat

HALL = "You answer the phone of a village hall."


def key_messages():
    """What the tests of this lab ask: a fresh list each time."""
    return [{"role": "system", "content": HALL}, {"role": "user", "content": "Who has the key?"}]

# %% [markdown]
r"""
## What you will have at the end

A village hall takes bookings. A customer asks for 29 February 2100. Your program asks three models, and a fourth
that is missing, and prints:

| Model | Answer | Seconds | Tokens/s |
|---|---|---:|---:|
| alpha:1b | Yes! 2100 can be divided by 4, so it is a leap year. Your hall is booked for ... | 1.2 | 52.5 |
| beta:2b | No. A year that ends in 00 is a leap year only if 400 divides it. \| Year \| ... | 3.2 | 27.0 |
| delta:9b | Error: model 'delta:9b' not found (status code: 404) | - | - |
| gamma:1b | No. February 2100 has 28 days. After 2096, the next 29 February comes in 2104. | 2.6 | 55.4 |

(Two answers are cut here to fit.)

**Invented, all of it.** We made up these models, their words and their numbers. So the lab runs without a model.
They stand in the file `data/replies.json`. The live cell near the end asks real ones.

At least one answer is wrong about a fact. No error message will tell you which. That part of the work is yours.
"""

# %% [markdown]
"""
## A whole program first

Run the next cell. It sends one question to one model and prints the reply.

Line 1 makes `chat`, which answers from our file of sample replies. To ask a real model, change two things.
Write `chat = ollama.chat` there, and name a model that you have in place of `alpha:1b`.

**Before you run it:** a token is a piece of text, often a word or half of one. How many will a two-sentence reply have?
Write down *I expect ...*, then run, then *I saw ...*
"""

# %%
chat = sample_chat(data_file("replies.json"))

question = "A customer wants our hall on 29 February 2100. Does that day exist?"
reply = chat(model="alpha:1b", messages=[{"role": "user", "content": question}])

print(reply.message.content)
print(reply.eval_count, "tokens in", reply.eval_duration, "nanoseconds")

# %% [markdown]
"""
## What you sent, what came back

You sent a model's name and a **list of messages**. Each message is a dictionary with a role and a text:

| Role | Who speaks |
|---|---|
| `system` | you, the builder: how the model should behave. It comes first, and at most once. |
| `user` | the person who asks |
| `assistant` | the model |

The reply is one object. These parts are used in this lab:

| Part | What it holds |
|---|---|
| `reply.message.content` | the answer, as text |
| `reply.message.thinking` | what the model wrote to itself first; `None` if nothing |
| `reply.eval_count` | the tokens of the reply, thinking included |
| `reply.eval_duration` | the time for writing them, in nanoseconds |
| `reply.prompt_eval_count` | the tokens of your messages |
| `reply.total_duration` | the whole time: loading the model, reading, writing; in nanoseconds |

A number that Ollama does not report is `None` when you read it with a dot. With brackets, `reply["eval_count"]`,
a missing number stops the program with a `KeyError`.
"""

# %% [markdown]
"""
## How to work

Five exercises follow. Under each stand its tests: run them as often as you like. No output means that they pass.
If one fails, read the **last lines** of what it prints. They say what was given, what came and what was wanted.

Type `%check` in a new cell to see all five at once. `%hint 1` gives the next hint of exercise 1.
Some tests stay hidden in this notebook. `%check` runs those too.
"""

# %% [markdown]
"""
## Exercise 1. Say who speaks

Difficulty 1 of 5. Up to 10 minutes. About 8 lines.

Write `build_messages(question, system=None, max_words=None)`. It returns the list of messages for one question.

* The question is the last message. It comes from the `user` and stays word for word, spaces and newlines too.
* With `system`, one `system` message stands before it.
* With `max_words`, that same `system` message also asks for an answer of at most so many words.
  The wording is yours, the number must be in it. Without `system`, it holds the limit alone.
* With neither, there is no `system` message.

```text
build_messages("Who has the key?", system="You answer the phone of a village hall.", max_words=20)

[{"role": "system", "content": "You answer the phone of a village hall. Answer in at most 20 words."},
 {"role": "user", "content": "Who has the key?"}]
```

Change only this function. Don't call a model here. `raise NotImplementedError()` marks the place for your code.

<details><summary>Hint 1</summary>

Look at `messages=[...]` in the program above. It is a list that holds one dictionary.

</details>
<details><summary>Hint 2</summary>

Collect the texts for the system message in a list of their own: none, one or two. If it holds any, join them.

</details>
<details><summary>Hint 3</summary>

`f"Answer in at most {max_words} words."` is the limit, and `" ".join(rules)` makes one text of a list.
Begin with `rules = []` and `messages = []` inside the function. What goes into `messages` first?

</details>
"""

# %% solution="build_messages"
def build_messages(question, system=None, max_words=None):
    """The list of messages for one question: a system message if there is something to say in it, then the question."""
    ### BEGIN SOLUTION
    rules = []
    if system:
        rules.append(system)
    if max_words:
        rules.append(f"Answer in at most {max_words} words.")
    messages = []
    if rules:
        messages.append({"role": "system", "content": " ".join(rules)})
    messages.append({"role": "user", "content": question})
    return messages
    ### END SOLUTION

# %% tests="test_build_messages_roles" points=1
def said(messages):
    """A list of messages as pairs (role, text), a system text without spaces around it."""
    if not isinstance(messages, (list, tuple)):
        raise TypeError("This is no list of messages.")
    pairs = [(message["role"], message["content"]) for message in messages]
    return [(role, text.strip() if role == "system" else text) for role, text in pairs]


given(build_messages, "Who has the key?").satisfies(
    lambda got: isinstance(got, (list, tuple)),
    "a list",
    think="Three models will read the same messages, one after the other. Is it a list that you give back?",
).satisfies(
    lambda got: said(got) == [("user", "Who has the key?")],
    "a list with one message, the user's question,",
    think="Who says the question? And is a system message needed when nobody gave you a system text?",
)
given(build_messages, "Where do I park?").satisfies(
    lambda got: said(got) == [("user", "Where do I park?")],
    "a list with this question alone",
    think="It worked for the question before. What is still there from that call?",
)
given(build_messages, "Who has the key?", system=HALL).satisfies(
    lambda got: said(got) == [("system", HALL), ("user", "Who has the key?")],
    "the system message, then the user's question,",
    think="Which message does a model read first? And which texts belong in it when there is no limit?",
)
### BEGIN HIDDEN TESTS
given(build_messages, "May dogs come in?", "You are a poet. Be kind.").satisfies(
    lambda got: said(got) == [("system", "You are a poet. Be kind."), ("user", "May dogs come in?")],
    "the system message, then the user's question,",
    think="Which of these texts should come out as they went in?",
)
two_things = "  two things:\n\n1. who has the key   2. where do i park\n"
given(build_messages, two_things, system=HALL).satisfies(
    lambda got: said(got) == [("system", HALL), ("user", two_things)],
    "the system message, then the user's question with every sign, space and newline,",
    think="What the user typed is in the last message. Is it all there, and nothing else?",
)
### END HIDDEN TESTS

# %% tests="test_build_messages_limit" points=1
def limited(got, system, number, question):
    """Whether `got` is one system message with this text and this number, then the question and nothing else."""
    (first, text), last = said(got)
    fine = first == "system" and system in text and str(number) in re.findall(r"\d+", text)
    no_none = "None" not in text.replace("None of", "")  # "None of your answers ..." is a wording like any other
    return fine and no_none and last == ("user", question)


given(build_messages, "Who has the key?", system=HALL, max_words=20).satisfies(
    lambda got: limited(got, HALL, 20, "Who has the key?"),
    "one system message with both the text and the number 20, then the question unchanged,",
    think="Two things are asked of the model. In which message, and in how many, do they belong?",
)
given(build_messages, "Who has the key?", max_words=35).satisfies(
    lambda got: limited(got, "", 35, "Who has the key?"),
    "a system message with the number 35 and no None in it, then the question unchanged,",
    think="There is no system text in this call. What does your code put in its place?",
)
### BEGIN HIDDEN TESTS
given(build_messages, "May dogs come in?", "You are a poet.", 3).satisfies(
    lambda got: limited(got, "You are a poet.", 3, "May dogs come in?"),
    "one system message with both the text and the number 3, then the question unchanged,",
    think="Does each part come from this call's arguments? And whose words does the limit count?",
)
given(build_messages, "May dogs come in?").satisfies(
    lambda got: said(got) == [("user", "May dogs come in?")],
    "a list with one message, the user's question,",
    think="Nobody asked for a limit in this call. Where does your code still see one?",
)
### END HIDDEN TESTS

# %% [markdown]
"""
## Exercise 2. How fast did it write?

Difficulty 1 of 5. Up to 5 minutes. About 4 lines.

Write `tokens_per_second(reply)`: the tokens of the reply, divided by the seconds for writing them.
Count what the model wrote, not what it read. Leave the time for loading and reading out, and don't round.

Ollama counts time in nanoseconds. A second has 1,000,000,000 of them.

Sometimes the count or the duration is missing, or the duration is 0. Then return `None`.
An unknown speed is not a speed of 0. A count of 0 is known: it makes a speed of 0.

```text
reply.eval_count     is 60
reply.eval_duration  is 1500000000

tokens_per_second(reply) -> 40.0
```

Change only this function.

<details><summary>Hint 1</summary>

The table of the reply's parts has four numbers. Two of them are about writing.

</details>
<details><summary>Hint 2</summary>

Turn the nanoseconds into seconds first. Before you divide, make sure that both numbers are there.

</details>
<details><summary>Hint 3</summary>

`seconds = reply.eval_duration / 1_000_000_000` works unless the duration is `None`.
`if not reply.eval_duration:` is true for `None` and for 0.

</details>
"""

# %% solution="tokens_per_second"
def tokens_per_second(reply):
    """Tokens of the reply per second of writing, or None when Ollama's numbers don't tell."""
    ### BEGIN SOLUTION
    if reply.eval_count is None or not reply.eval_duration:
        return None
    return reply.eval_count / (reply.eval_duration / 1_000_000_000)
    ### END SOLUTION

# %% tests="test_tokens_per_second" points=1
def speed_of(**numbers):
    """Call tokens_per_second with a reply that has these numbers and no others."""
    reply = fake_chat({"content": "The baker has the key.", **numbers})(model="alpha:1b", messages=[])
    shown = ", ".join(f"{name}={number}" for name, number in numbers.items())
    return given(tokens_per_second, reply).shown_as(f"tokens_per_second(a reply with {shown})")


speed_of(eval_count=60, eval_duration=1_500_000_000).returns(
    40.0, within=0.06, think="How many seconds does this duration stand for? And what is divided by what?"
)
speed_of(eval_count=60, prompt_eval_count=30, eval_duration=1_500_000_000, total_duration=6_000_000_000).returns(
    40.0, within=0.06, think="Two counts and two times. Which of each are about writing?"
)
### BEGIN HIDDEN TESTS
speed_of(eval_count=50, prompt_eval_count=900, eval_duration=3_000_000_000, total_duration=9_000_000_000).returns(
    50 / 3, within=1e-6, think="Does your code keep what stands after the decimal point, all of it?"
)
speed_of(eval_count=60, eval_duration=1_500_000_000, prompt_eval_duration=800_000_000, load_duration=10**9).returns(
    40.0, within=0.06, think="Three times stand here: for loading, for reading, for writing. Which is which?"
)
speed_of(eval_count=5, prompt_eval_count=11, eval_duration=250_000_000, total_duration=700_000_000).returns(
    20.0, within=0.06, think="This reply took a quarter of a second. What becomes of a quarter in your code?"
)
### END HIDDEN TESTS

# %% tests="test_tokens_per_second_unknown" points=1
speed_of(eval_count=12, eval_duration=400_000_000).returns(30.0, within=0.06, think="How many seconds is that?")
speed_of(eval_count=12, eval_duration=0).returns(
    None, think="Can you tell a speed when no time was measured? What would 0 say to a reader of your table?"
)
speed_of(eval_count=12).returns(None, think="No duration was reported. What does reply.eval_duration hold then?")
### BEGIN HIDDEN TESTS
speed_of(eval_count=0, eval_duration=400_000_000).returns(
    0.0, think="The count is known here, and it is 0. How many tokens in a second does that make?"
)
speed_of(eval_duration=400_000_000).returns(None, think="No count was reported. What does reply.eval_count hold then?")
speed_of(eval_count=12, total_duration=800_000_000).returns(
    None, think="How long the writing took was not reported. Does the whole time say it?"
)
speed_of(prompt_eval_count=30, total_duration=800_000_000).returns(
    None, think="Nothing is known about writing here. What is left to divide?"
)
### END HIDDEN TESTS

# %% [markdown]
"""
## Exercise 3. Ask, and keep what matters

Difficulty 3 of 5. Up to 15 minutes. About 10 lines.

Write `ask(chat, model, messages, **options)`. It sends the messages to one model, once, and returns a dictionary:

| Key | What stands there |
|---|---|
| `"model"` | the name you were given |
| `"answer"` | the text of the answer, without thinking |
| `"thinking"` | the text of the thinking, `""` if there is none |
| `"seconds"` | the whole time, `reply.total_duration`, in seconds |
| `"reply"` | the reply itself, for whoever needs its counts |

**Sending.** `chat` comes in as an argument: our sample chat, a test's fake, or the real `ollama.chat`. Call it so:

```text
chat(model=..., messages=..., options={"temperature": 0})
```

`**options` gathers settings such as `temperature=0` in a dictionary. All of them travel inside `options=`.
Send the model, the messages and the options, and nothing else. Leave the list of messages as it is.
If `chat` stops with an error, let the error through. Whoever called you may know what to do.

**Thinking.** Some models write to themselves before they answer. There are two ways in which you get that:

1. In `reply.message.thinking`. Then take it from there, and the content is the answer.
2. That part is empty, and the content is `<think>Let me see ...</think>The baker.` Then separate the two.
   The tags go into neither text.

```text
ask(chat, "alpha:1b", messages, temperature=0)

{"model": "alpha:1b", "answer": "The baker.", "thinking": "", "seconds": 2.5, "reply": reply}
```

Change only this function. Don't call your other functions here: each exercise is marked alone.

<details><summary>Hint 1</summary>

Do the plain case first: one call, five keys. Run the tests. Then see to the thinking.

</details>
<details><summary>Hint 2</summary>

Inside the function `options` is an ordinary dictionary, empty if nothing was given.
To separate, cut the content at `</think>`. What stands before is thinking, what stands after is answer.

</details>
<details><summary>Hint 3</summary>

`before, tag, after = content.partition("</think>")` cuts the text in two.
`before.replace("<think>", "").strip()` tidies the first half. When may you do this, and when not?

</details>
"""

# %% solution="ask"
def ask(chat, model, messages, **options):
    """Send the messages once and return model, answer, thinking, seconds and reply in a dictionary."""
    ### BEGIN SOLUTION
    reply = chat(model=model, messages=messages, options=options or None)
    answer = reply.message.content
    thinking = reply.message.thinking or ""
    if not thinking and "<think>" in answer and "</think>" in answer:
        thinking, _, answer = answer.partition("</think>")
        thinking = thinking.replace("<think>", "")
    return {
        "model": model,
        "answer": answer.strip(),
        "thinking": thinking.strip(),
        "seconds": reply.total_duration / 1_000_000_000,
        "reply": reply,
    }
    ### END SOLUTION

# %% tests="test_ask_sends" points=1
def sent_by_ask(model, **options):
    """Let ask talk to a fake chat, and return what that was sent."""
    fake = fake_chat({"content": "The baker.", "total_duration": 2_500_000_000, "eval_count": 4})
    messages = key_messages()
    shown = "".join(f", {name}={value!r}" for name, value in options.items())
    given(ask, fake, model, messages, **options).shown_as(f"ask(chat, {model!r}, messages{shown})").satisfies(
        lambda row: True, "one call of chat", think="How often is chat called, and by which name does it take settings?"
    )
    expect("the number of times that ask called chat", len(fake.calls), 1, think="Where does your code call chat?")
    expect("the caller's own list after the call", messages, key_messages(), think="Whose list did your code change?")
    sent = fake.calls[0]
    sent["messages"] = [in_plain(message) for message in sent["messages"]]
    sent["options"] = in_plain(sent["options"])
    return sent


def in_plain(thing):
    """The dictionary that an object of ollama's stands for; all else as it is."""
    return thing.model_dump(exclude_none=True) if isinstance(thing, (ollama.Message, ollama.Options)) else thing


plain = sent_by_ask("alpha:1b")
expect("the model that chat was given", plain["model"], "alpha:1b", think="Which model was asked for?")
expect("the messages that chat was given", plain["messages"], key_messages(), think="Is the list sent as it came?")
expect("without an option, what chat was given as options", plain["options"] or None, None, think="Whose is this one?")
expect("the think setting that chat was given", plain["think"], None, think="Can all three models think?")
expect("the format that chat was given", plain["format"] or None, None, think="Which three things are to be sent?")
expect("the keep_alive that chat was given", plain["keep_alive"], None, think="Which three things are to be sent?")
others = {name: plain[name] for name in ("tools", "stream", "logprobs", "top_logprobs") if plain[name]}
expect("what else chat was given", others, {}, think="Which three things are to be sent?")

cool = sent_by_ask("beta:2b", temperature=0.5)
expect(
    "with temperature=0.5, what chat was given as options",
    cool["options"],
    {"temperature": 0.5},
    think="On which way from your caller to chat did it stay?",
)
### BEGIN HIDDEN TESTS
cold = sent_by_ask("gamma:1b", temperature=0, seed=7)
expect("the model that chat was given", cold["model"], "gamma:1b", think="Is the model's name the one from the call?")
expect(
    "with temperature=0 and seed=7, what chat was given as options",
    cold["options"],
    {"temperature": 0, "seed": 7},
    think="Which options get through, and with which values?",
)
for trouble in (ollama.ResponseError("server busy, please try again", 503), ConnectionError("Failed to connect")):
    fake = fake_chat(trouble, "The baker.")
    call = given(ask, fake, "alpha:1b", key_messages()).shown_as("ask(chat, 'alpha:1b', messages), where chat fails,")
    call.raises(type(trouble), think="No answer came. Who should hear of it, and from whom?")
    expect("the number of times that ask called chat", len(fake.calls), 1, think="How often is one question asked?")
### END HIDDEN TESTS

# %% tests="test_ask_reads" points=1
def row_for(**message):
    """Call ask where chat gives this message, and expect nothing yet."""
    fake = fake_chat({**message, "total_duration": 2_500_000_000, "eval_count": 60, "eval_duration": 900_000_000})
    shown = " and ".join(f"{name} {text!r}" for name, text in message.items())
    call = f"ask(chat, 'alpha:1b', messages), where chat gives {shown},"
    return given(ask, fake, "alpha:1b", key_messages()).shown_as(call)


def holds(key, text):
    """A condition on a row, and the same condition in words."""
    return lambda row: row[key].strip() == text, f"a dictionary with {text!r} under {key!r}"


asked = row_for(content="The baker.")
asked.satisfies(*holds("answer", "The baker."), think="Which part of the reply is the text, and nothing but the text?")
asked.satisfies(*holds("thinking", ""), think="This model did not think. What stands for a text that is not there?")
asked.satisfies(*holds("model", "alpha:1b"), think="Which name were you given?")
asked.satisfies(
    lambda row: abs(row["seconds"] - 2.5) < 0.01,
    "a dictionary with 2.5 under 'seconds' (total_duration was 2500000000)",
    think="Which of the reply's times is the whole time, and in which unit does it come?",
)
asked.satisfies(
    lambda row: row["reply"].eval_count == 60,
    "a dictionary with the whole reply under 'reply'",
    think="What did chat give back?",
)
asked = row_for(content="The baker.", thinking="The mayor? No, the baker.")
asked.satisfies(*holds("answer", "The baker."), think="The two came apart already. What is the content then?")
asked.satisfies(*holds("thinking", "The mayor? No, the baker."), think="Where does this reply keep its thinking?")

asked = row_for(content="<think>The mayor? No, the baker.</think>The baker.")
asked.satisfies(*holds("answer", "The baker."), think="Where does the thinking end? And the tag at its end?")
asked.satisfies(*holds("thinking", "The mayor? No, the baker."), think="Where does the thinking begin and end?")
### BEGIN HIDDEN TESTS
asked = row_for(content="<think>\nThe mayor?\n\nNo, the baker.\n</think>\n\nThe baker.\n\nAsk before noon.")
asked.satisfies(*holds("answer", "The baker.\n\nAsk before noon."), think="What is different when thinking has lines?")
asked.satisfies(*holds("thinking", "The mayor?\n\nNo, the baker."), think="What is different when thinking has lines?")
asked = row_for(content="<think>is it in the kitchen? think. no</think>in the mill")
asked.satisfies(*holds("answer", "in the mill"), think="Which letters went missing, and what took them away?")
asked.satisfies(*holds("thinking", "is it in the kitchen? think. no"), think="Which letters went missing, and why?")
row_for(content="<think>\n\n</think>\n\nThe baker.").satisfies(
    *holds("answer", "The baker."), think="The tags are there, and nothing is in them. What does your code cut?"
).satisfies(*holds("thinking", ""), think="The tags are there, and nothing is in them. What is the thinking then?")
row_for(content="A think tag ends so: </think>.", thinking="They ask about tags.").satisfies(
    *holds("answer", "A think tag ends so: </think>."),
    think="Here the thinking has a place of its own. What is the content then?",
).satisfies(*holds("thinking", "They ask about tags."), think="Where does this reply keep its thinking?")
row_for(content="The miller.").satisfies(
    *holds("thinking", ""), think="This model did not think, the one before did. What is still there from that call?"
)
asked.satisfies(
    *holds("answer", "in the mill"),
    think="This was right until ask was called again. Does each call make a dictionary of its own?",
)
### END HIDDEN TESTS

# %% [markdown]
"""
## Exercise 4. All three, whatever happens

Difficulty 2 of 5. Up to 10 minutes. About 8 lines.

Write `compare(ask, chat, models, messages)`. It calls `ask(chat, model, messages)` for each name in `models`
and returns the list of rows.

* One row for each name, in the order of `models`, also when a name stands there twice.
* Call `ask` once for each name. A row is what `ask` returned, unchanged.
* A model can be missing. Then `ask` stops with `ollama.ResponseError`. Make an error row of it and go on:
  `{"model": the name, "error": the text of the error}`, and nothing else in it.
* Every other error still stops the program. If no server runs, a table full of excuses helps nobody.

```text
compare(ask, chat, ["alpha:1b", "delta:9b"], messages)

[{"model": "alpha:1b", "answer": "Yes! ...", "thinking": "", "seconds": 1.24, "reply": reply},
 {"model": "delta:9b", "error": "model 'delta:9b' not found (status code: 404)"}]
```

`ask` comes in as an argument, like `chat` does. The tests hand in a small `ask` of ours.
So a mistake in your exercise 3 costs nothing here. Change only this function.

<details><summary>Hint 1</summary>

Begin with an empty list inside the function. Add one row in each turn of a loop.

</details>
<details><summary>Hint 2</summary>

`try` and `except` go around one call, not around the loop. After an error the next model still has its turn.

</details>
<details><summary>Hint 3</summary>

`except ollama.ResponseError as error:` catches this one kind, and `str(error)` is its text.
What do you add to the list in that case?

</details>
"""

# %% solution="compare"
def compare(ask, chat, models, messages):
    """One row a model, in order: what ask returned, or the model and the text of Ollama's error."""
    ### BEGIN SOLUTION
    rows = []
    for model in models:
        try:
            rows.append(ask(chat, model, messages))
        except ollama.ResponseError as problem:
            rows.append({"model": model, "error": str(problem)})
    return rows
    ### END SOLUTION

# %% tests="test_compare_rows" points=1
def small_ask(chat, model, messages):
    """An ask that keeps only the answer."""
    return {"model": model, "answer": chat(model=model, messages=messages).message.content}


def echo(request):
    """What our fake models say: their name, and the question they heard."""
    return f"{request['model']} heard: {request['messages'][-1]['content']}"


def rows_for(*models, ask=small_ask):
    """Call compare with these models."""
    fake = fake_chat(*[echo] * len(models))
    call = f"compare(ask, chat, {list(models)}, messages)"
    return given(compare, ask, fake, list(models), key_messages()).shown_as(call)


def heard(*models):
    """The rows that small_ask makes."""
    return [{"model": model, "answer": f"{model} heard: Who has the key?"} for model in models]


rows_for("alpha:1b", "beta:2b").returns(
    heard("alpha:1b", "beta:2b"), think="How many models, how many rows? Is a row still what ask returned?"
)
rows_for("gamma:1b", "alpha:1b", "beta:2b").returns(
    heard("gamma:1b", "alpha:1b", "beta:2b"), think="Three models: how many rows, and in which order?"
)
rows_for("beta:2b").returns(heard("beta:2b"), think="One model, one row. Which model is it?")
### BEGIN HIDDEN TESTS
rows_for("beta:2b", "alpha:1b", "beta:2b").returns(
    heard("beta:2b", "alpha:1b", "beta:2b"), think="beta:2b was asked twice. Where is the row of its other answer?"
)
rows_for().returns([], think="Nobody was asked. What does a list of no rows look like?")
before = rows_for("alpha:1b").returns(heard("alpha:1b"), think="One model, one row. Which model is it?")
rows_for("beta:2b").returns(heard("beta:2b"), think="Another call, another row.")
before.returns(
    heard("alpha:1b"), think="This was right until compare was called again. Does each call make a list of its own?"
)


def ask_for_all(chat, model, messages):
    """An ask whose rows hold other things than an answer."""
    return {"model": model, "seconds": 2.5, "thinking": "The mayor? No.", "tokens_per_second": None}


whole = [ask_for_all(None, model, []) for model in ("alpha:1b", "beta:2b")]
rows_for("alpha:1b", "beta:2b", ask=ask_for_all).returns(
    whole, think="This ask keeps other things in its rows. Is each row still what ask returned, the whole of it?"
)
given(compare, lambda chat, model, messages: {"model": model}, None, ["alpha:1b", "beta:2b"], []).shown_as(
    "compare(ask, chat, ['alpha:1b', 'beta:2b'], messages)"
).changes_nothing(think="Whose list is this? Will the caller need it again?")
five = ["alpha:1b", "beta:2b", "gamma:1b", "delta:9b", "epsilon:4b"]


def ask_back(chat, model, messages):
    """An ask whose rows hold what it was given."""
    return {"model": model, "asked": len(messages), "first": messages[0]["content"]}


rows_for(*five, ask=ask_back).returns(
    [{"model": model, "asked": 2, "first": HALL} for model in five],
    think="Five models, and two messages for each. Did each of the five hear all of it?",
)
### END HIDDEN TESTS

# %% tests="test_compare_errors" points=1
def ask_with_gaps(chat, model, messages):
    """An ask where some models are missing or busy, or the server is down."""
    errors = {
        "delta:9b": ollama.ResponseError("model 'delta:9b' not found", 404),
        "omega:70b": ollama.ResponseError("server busy, please try again", 503),
        "nobody": ConnectionError("Failed to connect to Ollama."),
        "typo:1b": KeyError("contnet"),
    }
    if model in errors:
        raise errors[model]
    return small_ask(chat, model, messages)


def shape(rows):
    """Each row in short: its model, and whether it holds an answer or the words of an error."""
    return [(row["model"], "error" if row.get("error", "").strip() else "answer") for row in rows]


gaps = rows_for("alpha:1b", "delta:9b", "beta:2b", ask=ask_with_gaps)
gaps.satisfies(
    lambda rows: shape(rows) == [("alpha:1b", "answer"), ("delta:9b", "error"), ("beta:2b", "answer")],
    "three rows in this order, with the model and the error's text in the second,",
    think="delta:9b is missing here. What becomes of the models around it, and of its own row?",
)
gaps.satisfies(
    lambda rows: "delta:9b' not found" in rows[1]["error"],
    "the words of Ollama's error under 'error', as text,",
    think="Would the reader of your table learn from this row what to do?",
)
gaps.satisfies(
    lambda rows: sorted(rows[1]) == ["error", "model"],
    "an error row with the keys 'model' and 'error' alone",
    think="What does an error row have, and what does it not have?",
)
rows_for("nobody", ask=ask_with_gaps).raises(
    ConnectionError, think="The server is down, which is no missing model. Which errors does your except catch?"
)
### BEGIN HIDDEN TESTS
rows_for("alpha:1b", "typo:1b", ask=ask_with_gaps).raises(
    KeyError, think="A typing error in ask is no missing model either. Which one kind of error do you catch?"
)
rows_for("delta:9b", "alpha:1b", "omega:70b", ask=ask_with_gaps).satisfies(
    lambda rows: shape(rows) == [("delta:9b", "error"), ("alpha:1b", "answer"), ("omega:70b", "error")]
    and rows[1] == heard("alpha:1b")[0]
    and "busy" in rows[2]["error"],
    "three rows in this order, each error row with its own error's text,",
    think="The first and the last model fail, each in its own way. What does your code remember from one to the next?",
)
turns = []


def ask_and_count(chat, model, messages):
    """An ask that counts, and fails in its first turn."""
    turns.append(model)
    if len(turns) == 1:
        raise ollama.ResponseError("server busy, please try again", 503)
    return {"model": model, "answer": "The baker."}


rows_for("alpha:1b", "beta:2b", "beta:2b", ask=ask_and_count).satisfies(
    lambda rows: shape(rows) == [("alpha:1b", "error"), ("beta:2b", "answer"), ("beta:2b", "answer")],
    "the error row of alpha:1b, then the answer of beta:2b twice,",
    think="alpha:1b was busy when it was asked. How often do you ask it?",
)
expect(
    "whom ask was called for", turns, ["alpha:1b", "beta:2b", "beta:2b"], think="How many names, how many calls of ask?"
)
### END HIDDEN TESTS

# %% [markdown]
r"""
## Exercise 5. A table that holds

Difficulty 3 of 5. Up to 10 minutes. About 12 lines.

Write `to_markdown(rows)`. It returns one text, a Markdown table: model, answer, seconds, tokens per second.

* First a line with the four headings, your words. Then the line of dashes. Then one line for each row.
* Seconds and speed have one digit after the point. An unknown speed (`None`) is a `-`.
* A table's row must stay on one line: make each newline in an answer a space.
* In a table `|` ends a cell. Where an answer holds one, write `\|` instead. All other words stay.
* An error row shows the model and the error in place of the answer, treated like an answer. Its numbers are `-`.

A row holds `"model"`, `"answer"`, `"seconds"` and `"tokens_per_second"`. An error row holds `"model"` and `"error"`.
A row may hold more, such as the thinking. Your table leaves that out. An empty answer is no error.

```text
to_markdown([{"model": "alpha:1b", "answer": "In | out:\nthe baker.", "seconds": 2.46, "tokens_per_second": 40.04}])

| Model | Answer | Seconds | Tokens/s |
|---|---|---:|---:|
| alpha:1b | In \| out: the baker. | 2.5 | 40.0 |
```

Change only this function, and leave the rows as they are.

<details><summary>Hint 1</summary>

Make a list of lines and join it with newlines at the end. The first two lines are always the same.

</details>
<details><summary>Hint 2</summary>

For each row, find the three texts first: answer, seconds, speed. Then build the line in one place.
So an error row and an answer row differ only in where their texts come from.

</details>
<details><summary>Hint 3</summary>

`text.replace("|", "\\|").replace("\n", " ")` makes a text safe for a cell, and `f"{2.46:.1f}"` gives `2.5`.
`if "error" in row:` tells the two kinds of row apart.

</details>
"""

# %% solution="to_markdown"
def to_markdown(rows):
    """The rows as a Markdown table: model, answer or error, seconds, tokens per second."""
    ### BEGIN SOLUTION
    lines = ["| Model | Answer | Seconds | Tokens/s |", "|---|---|---:|---:|"]
    for row in rows:
        seconds = speed = "-"
        if "error" not in row:
            text = row["answer"]
            seconds = f"{row['seconds']:.1f}"
            if row["tokens_per_second"] is not None:
                speed = f"{row['tokens_per_second']:.1f}"
        else:
            text = "Error: " + row["error"]
        text = text.replace("|", "\\|").replace("\n", " ")
        lines.append(f"| {row['model']} | {text} | {seconds} | {speed} |")
    return "\n".join(lines)
    ### END SOLUTION

# %% tests="test_to_markdown_table" points=1
def as_table(text):
    r"""A Markdown table as lists of cells, each in plain words, `\|` read as `|`."""
    lines = [line.strip().removeprefix("|").removesuffix("|") for line in text.strip().splitlines()]
    return [[in_words(cell) for cell in re.split(r"(?<!\\)\|", line)] for line in lines]


def in_words(cell):
    return " ".join(html.unescape(cell.replace("\\|", "|")).split())


def number_in(cell):
    return re.findall(r"\d+(?:\.\d+)?", cell)


def is_dash(cell):
    """Whether a dash stands in this cell, short or long, and nothing else."""
    return cell in ("-", "\u2013", "\u2014")


def alpha(answer="The baker.", speed=40.0402):
    return {"model": "alpha:1b", "answer": answer, "seconds": 2.4567, "tokens_per_second": speed}


def beta():
    return {"model": "beta:2b", "answer": "Ask at the mill.", "seconds": 13.0312, "tokens_per_second": 7.9731}


two = given(to_markdown, [alpha(), beta()]).shown_as("to_markdown(two rows)")
two.satisfies(
    lambda text: [len(cells) for cells in as_table(text)] == [4, 4, 4, 4],
    "one text of four lines (headings, dashes, two rows) with four cells each",
    think="How many lines do two rows make, with the two lines above them? How many columns have they?",
)
two.satisfies(
    lambda text: not any(line.startswith(("    ", "\t")) for line in text.splitlines()),
    "lines that begin at the left edge",
    think="Markdown takes a line that begins with four spaces for code. Where do yours come from?",
)
two.satisfies(
    lambda text: all(as_table(text)[0]) and all(re.fullmatch(r":?-+:?", cell) for cell in as_table(text)[1]),
    "four headings in the first line, dashes in each cell of the second",
    think="How does Markdown know that the first line holds the headings?",
)
two.satisfies(
    lambda text: [tuple(cells[:2]) for cells in as_table(text)[2:]]
    == [("alpha:1b", "The baker."), ("beta:2b", "Ask at the mill.")],
    "model and answer in the first two columns, row by row,",
    think="Which row does each line come from?",
)
two.satisfies(
    lambda text: [[*number_in(cells[2]), *number_in(cells[3])] for cells in as_table(text)[2:]]
    == [["2.5", "40.0"], ["13.0", "8.0"]],
    "2.5 and 40.0 in alpha's line, 13.0 and 8.0 in beta's",
    think="How many digits does a reader need, and in which column is each number?",
)
two.changes_nothing(think="The rows belong to the caller. Where could you keep the new text instead?")
### BEGIN HIDDEN TESTS
given(to_markdown, []).satisfies(
    lambda text: [len(cells) for cells in as_table(text)] == [4, 4],
    "the headings and the dashes alone",
    think="There are no rows. Which two lines don't depend on any?",
)
### END HIDDEN TESTS

# %% tests="test_to_markdown_text" points=1
messy = given(to_markdown, [alpha("In | out:\n\nthe baker,\nthe mill."), beta()])
messy.shown_as(r"to_markdown(a row with the answer 'In | out:\n\nthe baker,\nthe mill.', then another)")
messy.satisfies(
    lambda text: len(as_table(text)) == 4,
    "four lines, one for each row,",
    think="What does a newline inside an answer do to the line it stands in?",
)
messy.satisfies(
    lambda text: len(as_table(text)[2]) == 4
    and as_table(text)[2][:2] == ["alpha:1b", "In | out: the baker, the mill."],
    "four cells in alpha's line, with every word and every | of the answer in the second,",
    think="Where does Markdown see a cell end? And are all of the model's words still there?",
)
messy.changes_nothing(think="The model's own words are gone from the row. Where could you keep the tidy text instead?")
gone = given(to_markdown, [{"model": "delta:9b", "error": "model 'delta:9b' not found"}, beta()])
gone.shown_as("to_markdown(the error row of delta:9b, then another row)").satisfies(
    lambda text: as_table(text)[2][0] == "delta:9b"
    and "model 'delta:9b' not found" in as_table(text)[2][1]
    and all(map(is_dash, as_table(text)[2][2:])),
    "delta's line with the error in the second cell and a dash in the last two",
    think="What does an error row have, and what does it not have?",
).changes_nothing(think="The caller's error row has other keys or words now. Where could you keep yours instead?")
### BEGIN HIDDEN TESTS
given(to_markdown, [alpha(speed=None)]).satisfies(
    lambda text: is_dash(as_table(text)[2][3]) and number_in(as_table(text)[2][2]) == ["2.5"],
    "2.5 as the seconds and a dash as the speed",
    think="This speed is unknown. What does your table say to somebody who knows no Python?",
)
given(to_markdown, [{**alpha(speed=0.0), "seconds": 0.04}]).satisfies(
    lambda text: [number_in(cell) for cell in as_table(text)[2][2:]] == [["0.0"], ["0.0"]],
    "0.0 as the seconds and 0.0 as the speed",
    think="A speed of 0 was measured, an unknown one was not. Does your code tell 0.0 from None?",
)
given(to_markdown, [{**alpha(), "seconds": 0.0}]).satisfies(
    lambda text: [number_in(cell) for cell in as_table(text)[2][2:]] == [["0.0"], ["40.0"]],
    "0.0 as the seconds and 40.0 as the speed",
    think="These seconds were measured, and they are 0. What does your code take them for?",
)
signs = "# *Key*: __the__ `baker` has 1 <b>~old~</b> & 2 new."
given(to_markdown, [alpha(""), alpha(signs)]).shown_as(f"to_markdown(answers '' and {signs!r})").satisfies(
    lambda text: [cells[1] for cells in as_table(text)[2:]] == ["", signs],
    "an empty cell for the empty answer, and the other answer with every sign in it",
    think="The first answer is empty, which is no error. What does your code make of it, and of the other's signs?",
)
piped = "| Year | Leap? |\n|---|---|\n| 2100 | no |"
given(to_markdown, [alpha(piped), beta()]).satisfies(
    lambda text: [len(cells) for cells in as_table(text)] == [4, 4, 4, 4]
    and as_table(text)[2][1] == piped.replace("\n", " "),
    "four lines of four cells, with the model's own small table in one of them,",
    think="This answer holds eight | and two newlines. How many of them does your code see to?",
)
full = {"tokens_per_second": 40.04, "thinking": "Hm.", "seconds": 2.46, "answer": "The baker.", "model": "alpha:1b"}
given(to_markdown, [full]).shown_as("to_markdown(a row with its keys in another order, and one key more)").satisfies(
    lambda text: as_table(text)[2][:2] == ["alpha:1b", "The baker."]
    and [number_in(cell) for cell in as_table(text)[2][2:]] == [["2.5"], ["40.0"]],
    "alpha:1b, The baker., 2.5 and 40.0 in the four cells",
    think="Do you take what you need from a row by its name, or whatever stands there?",
)
given(to_markdown, [{"model": "omega:70b", "error": "busy | slow\ntry again"}, alpha()]).satisfies(
    lambda text: [len(cells) for cells in as_table(text)] == [4, 4, 4, 4]
    and "busy | slow try again" in as_table(text)[2][1],
    "one line of four cells for the error, with all its words,",
    think="Can an error's text hold what an answer's text can hold?",
)
### END HIDDEN TESTS

# %% [markdown]
"""
## Put it together

Five functions, one product. `ask_and_time` is your `ask` with the speed added; `compare` takes it in place of `ask`.
`delta:9b` is not in the sample file. Let us see whether the table survives.

**Before you run it**, write down: which row has the highest speed? Is that also the row with the fewest seconds?
"""

# %%
def ask_and_time(chat, model, messages):
    row = ask(chat, model, messages, temperature=0)
    row["tokens_per_second"] = tokens_per_second(row["reply"])
    return row


messages = build_messages(question, system="You answer the phone of a village hall.", max_words=40)
rows = compare(ask_and_time, chat, ["alpha:1b", "beta:2b", "delta:9b", "gamma:1b"], messages)
answers = to_markdown(rows)
print(answers)
display(Markdown(answers))

for row in rows:
    if row.get("thinking"):
        print(row["model"], "wrote to itself first:")
        print(row["thinking"])

# %% [markdown]
"""
The result is a table of four rows, three answers and one error, and below it one model's thinking.

Look at the speeds. `gamma:1b` writes the most tokens per second, and yet `alpha:1b` is done first.
`gamma:1b` wrote to itself before it answered, and those tokens cost time too.

**What tokens per second tells you.** How quickly this machine wrote this reply with this model.

**What it does not tell you.**

* Whether the answer is right. A wrong answer can be very quick.
* How long you wait. Loading, reading and thinking come on top; look at the seconds for that.
* Which model is quicker in general. Each cuts text into its own tokens, so the same sentence can have 20 or 26.
* Anything about another laptop, or about yours with a video call running.
"""

# %% [markdown]
"""
## Live: your own models

This cell asks the real Llama, Qwen and DeepSeek on this machine, if they are here. It carries no points.
Without them dojo-tiny answers, the kit's own very small model, and a sentence says so. It knows this course, but no
calendar and no hall. The lesson tells how to get the real ones.

The first call of each model takes longer: it is read from the disk. Run the cell twice and compare.

What you see now was really said, on your machine, today. Note the date if you quote it.
"""

# %% live="your_models"
models = models_here("trio")
if models:
    live_rows = compare(ask_and_time, ollama.chat, models, messages)
    live_answers = to_markdown(live_rows)
    print(live_answers)
    display(Markdown(live_answers))

# %% [markdown]
"""
**What this cannot do.** The table shows three answers. It does not know which one is true, and neither do the models.
Small models write wrong dates, sums and rules in the same calm voice as right ones.
They also claim to have done things, such as booking a hall. Only a program with a booking list can do that.
"""

# %% [markdown]
"""
## Written question. Which answer would you show a customer?

4 points, marked by a person. About 120 words.

Take the table of the invented models, or that of your own. Say which.

1. Which answer would you show the customer, and why that one?
2. Name one fact in **each** answer that you checked elsewhere. Say where you looked and what you found.

You get 4 points for a choice with its reason and a checked fact from each answer, witness named.
You get 2 points if some answers went unchecked, or if it stays open where you looked.
You get 0 points if nothing was checked. Another model is no witness. A calendar is, and so is `datetime.date`.
"""

# %% [markdown] answer="written" points=4
"""
**4 points.** A choice with a reason that follows from the facts. From each answer one fact, with the place where it was
checked and what was found there. The wrong answer is found out.

**2 points.** A choice and some checks, but an answer is left out or no place is named.

**0 points.** Chosen by speed, length or tone, or checked by asking a model.

*A full answer.* Invented models. I would show gamma's answer, without its thinking. It is short, and what I checked is
right. alpha says that 2100 is a leap year. `calendar.isleap(2100)` says False, so alpha is wrong. It booked nothing
either. beta says that 28 February 2100 is a Sunday. `datetime.date(2100, 2, 28).strftime("%A")` says Sunday too. gamma
says that the next 29 February after 2096 is in 2104. `calendar.isleap` is False for 2097 to 2103 and True for 2104.
beta is right as well. But it brings a table where the customer wants a sentence, and it offers a day without our book.

*A half answer.* I would show beta's answer. alpha is wrong, I looked at a calendar and 2100 has no 29 February. beta
explains the rule best. (gamma is unchecked. For beta there is no fact and no place.)

*A zero answer.* I would show alpha's answer. It is the quickest and the friendliest, and it booked the hall at once.
"""

# %% [markdown]
"""
## Stretch

No points; pick what you like. The first three need a real model.

1. **Heat.** Ask one model the same question five times with `temperature=0`, then five times with `temperature=1.5`.
   How many different answers do you get each time?
2. **Cold and warm.** Print `reply.load_duration` in seconds, for a first and a second call. How much was loading?
3. **Without Python.** Send the same request with `curl` from a terminal, as the lesson shows. Find `eval_count`.
4. **Cut short.** With `num_predict=30` a reply may stop in the middle of its thinking: `<think>` without an end.
   What does your `ask` call the answer then? What should it?
"""
