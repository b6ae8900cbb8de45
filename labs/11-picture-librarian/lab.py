# %% [markdown]
"""
# Lab 11. Picture Librarian

A club has 4,000 pictures in a folder, and each is called something like `IMG_2931.jpg`. Nobody finds anything.
A model that reads pictures can give each a title, a description and tags.
It can also write a text for people who can't see it.
You build the librarian around that model: it asks, tidies the replies, stores them once, finds them again, and makes
a searchable gallery. All of it stays on your own machine.

| What | Answer |
|---|---|
| Belt | Green: See |
| You build | a searchable gallery page with titles, descriptions, tags and alt texts |
| Minutes | 90 |
| Needs | no model, no network; any laptop. The live cell likes a model that reads pictures: 2 GB of disk, 8 GB of RAM |
| You will be able to | send a picture to a model, clean its replies, index once, search safely, convert its boxes |
| Out of scope | how good a model is (lab 16), search by meaning (lab 8), detectors (lab 12), pictures of people |
"""

# %% locked="setup"
# %load_ext dojo
import base64
import hashlib
import html
import json
import re
import sqlite3
from collections import Counter
from contextlib import suppress
from html.parser import HTMLParser
from pathlib import Path, PurePath
from urllib.parse import unquote

import cv2
import numpy as np
import ollama

from dojo import DojoError, data_file, expect, fake_chat, given, load, models_here, show

# %% locked="samples"
# The invented model of this lab. It answers from data/captions.json. Leave this cell as it is.


def picture_bytes(image):
    """The bytes of a picture in any form that ollama takes: a path, bytes, base64 text or ollama.Image."""
    image = getattr(image, "value", image)
    if isinstance(image, (bytes, bytearray)):
        return bytes(image)
    if Path(image).is_file() if len(str(image)) < 500 else False:
        return Path(image).read_bytes()
    return base64.b64decode(str(image), validate=True)


def sample_librarian():
    """A stand-in for ollama.chat that looks up what we invented about a picture; the last line says what was asked."""
    captions = json.loads(data_file("captions.json").read_text(encoding="utf-8"))["captions"]
    known = {data_file(name).read_bytes(): texts for name, texts in captions.items()}

    def chat(model="", messages=(), **settings):
        message = messages[-1]
        if not message.get("images"):
            return fake_chat("I see no picture here.")(model, messages)
        data = picture_bytes(message["images"][0])
        if data not in known:
            raise ollama.ResponseError("this is no picture that the invented model knows", 400)
        asked = next((word for word in ("title", "tags", "sentence") if word in message["content"]), "description")
        return fake_chat(known[data]["alt" if asked == "sentence" else asked])(model, messages)

    return chat


# %% [markdown]
"""
## A complete program first

Run this cell. It puts one question about one picture to a model and prints the reply.
Line 1 makes `chat`, which answers from our file. To ask a real model, write `chat = ollama.chat` there and name a
model of yours that reads pictures. **The model `alpha-sees:2b` and all its words are invented by us.**

Before you run it, write down *I expect ...*: is everything in the reply true of the picture?
Then look at the picture and write *I saw ...* beside it.
"""

# %%
chat = sample_librarian()

path = data_file("desk-2.jpg")
message = {"role": "user", "content": "Describe this picture in at most 40 words.", "images": [str(path)]}
reply = chat(model="alpha-sees:2b", messages=[message])

print(reply.message.content)
show(path, alt="A wooden desk. At its right edge stand two cups of coffee and a red ball. Nobody is there.")

# %% [markdown]
"""
Four facts from that program are all you need today.

- **The picture travels beside the text**, in the message's own list `images`. A path, bytes or base64 will do;
  `ollama` reads the file and sends its bytes. The words of a path tell a model nothing.
- **A vision-language model** turns the picture into numbers that it treats like words. What comes out is text.
- **Text is not truth.** The last sentence of the reply is about two friends. Look again: which pixel says so?
- **It is slow.** On a laptop's processor one picture may take ten seconds or a minute. Ask once, and keep the reply.
"""

# %% [markdown]
"""
## How to work

Five exercises follow. Under each stand its tests: run them as often as you like. No output means that they pass.
If one fails, read the **last lines** of what it prints. They say what was given, what came and what was wanted.

Type `%check` in a new cell to see all five at once. `%hint 1` gives the next hint of exercise 1.
Some tests stay hidden in this notebook. `%check` runs those too.
"""

# %% locked="helpers"
# The tests use these. You may too; leave them as they are.


class PageReader(HTMLParser):
    """Reads HTML as a browser does: all tags, and for each figure its pictures and its visible text."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.figures, self.open = [], [], 0
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if tag == "figure":
            self.figures.append({"pictures": [], "text": ""})
            self.open += 1
        if tag == "img" and self.open:
            self.figures[-1]["pictures"].append({name: value or "" for name, value in attrs})

    def handle_endtag(self, tag):
        if tag == "figure":
            self.open -= 1

    def handle_data(self, data):
        if self.open:
            self.figures[-1]["text"] += data


def a_row(number, **changes):
    """A row of the library about an invented picture."""
    row = {
        "name": f"shelf-{number}.jpg",
        "title": f"Shelf number {number}",
        "description": f"A shelf with {number} jars of jam.",
        "tags": ["shelf", "jam", f"{number} jars"],
        "alt": f"{number} jars of jam on a shelf.",
    }
    return {**row, **changes}


# %% [markdown]
"""
## Exercise 1. Ask about a picture

Difficulty 2 of 5. Up to 10 minutes. About 6 lines.

Write `describe(chat, model, path, actions)`. `actions` is a dictionary: names and questions.
Each question is put to the model about the picture at `path`, in the order of `actions`.
The reply is a dictionary with the same names; under each stands the text of the model's reply, without spaces around.

* Each question is one call of `chat`, with one message from the `user`. The models are small: one thing at a time.
* The message holds the question word for word as `content`, and the picture in its list `images`.
* No other words go along, and nothing from the questions before.
* If `chat` stops with an error, that error comes through. Whoever calls you decides what it means.

```text
describe(chat, "alpha-sees:2b", path, {"title": "Give it a title.", "place": "Where is this?"})

{"title": "Robot with a Coffee Cup", "place": "On a desk."}
```

Change only this function. Call `chat` as the program above calls it, by `model=` and `messages=`.

<details><summary>Hint 1</summary>

The program above does it for one question. What of it belongs into a loop?

</details>
<details><summary>Hint 2</summary>

Begin with an empty dictionary inside the function. `for name, question in actions.items():` gives both.

</details>
<details><summary>Hint 3</summary>

`{"role": "user", "content": question, "images": [str(path)]}` is the message.
`reply.message.content` is the text of a reply, and `.strip()` takes the spaces away. Where do you keep it?

</details>
"""

# %% solution="describe"
def describe(chat, model, path, actions):
    """Each action's name with the text of the model's reply to its question about the picture."""
    ### BEGIN SOLUTION
    texts = {}
    for name, question in actions.items():
        message = {"role": "user", "content": question, "images": [str(path)]}
        reply = chat(model=model, messages=[message])
        texts[name] = reply.message.content.strip()
    return texts
    ### END SOLUTION

# %% tests="test_describe_sends" points=1
def describing(actions, name="desk-1.jpg", model="alpha-sees:2b"):
    """Let describe ask a fake chat; the call, and what was sent."""
    fake = fake_chat(*[lambda sent: f"  to '{sent['messages'][-1]['content']}' I say:\n\nA desk.\n"] * len(actions))
    call = given(describe, fake, model, data_file(name), dict(actions))
    return call.shown_as(f"describe(chat, {model!r}, {name}, {actions})"), fake.calls


def pictures_sent(calls):
    """For each call, which of the lab's pictures its messages hold."""
    names = {data_file(f"desk-{number}.jpg").read_bytes(): f"desk-{number}.jpg" for number in range(1, 9)}
    found = []
    for sent in calls:
        for message in sent["messages"]:
            for image in message.get("images") or []:
                try:
                    found.append(names.get(picture_bytes(image), "another picture"))
                except (ValueError, OSError, TypeError):
                    found.append("no picture")
    return found


call, calls = describing({"title": "Give it a title.", "place": "Where is this?"})
call.satisfies(lambda reply: True, "a dictionary", think="Does chat know the argument that you give it?")
expect("the number of times that describe called chat", len(calls), 2, think="Two questions. How many calls are that?")
expect("the list of models", [sent["model"] for sent in calls], ["alpha-sees:2b"] * 2, think="Which model was named?")
texts = [[message["content"] for message in sent["messages"]] for sent in calls]
think = "Each question goes alone, word for word. What else do you put into the text?"
expect("the list of texts in each call", texts, [["Give it a title."], ["Where is this?"]], think=think)
roles = [[message["role"] for message in sent["messages"]] for sent in calls]
expect("the list of roles in each call", roles, [["user"], ["user"]], think="Who asks the question?")
think = "The picture has a place of its own in the message, a list. Does each question bring it along?"
expect("the list of pictures that were sent", pictures_sent(calls), ["desk-1.jpg"] * 2, think=think)
### BEGIN HIDDEN TESTS
call, calls = describing({"alt": "One sentence, please."}, "desk-4.jpg", "beta-sees:4b")
call.satisfies(lambda reply: True, "a dictionary", think="Does chat know the argument that you give it?")
expect("the number of times that describe called chat", len(calls), 1, think="One question, one call.")
expect("the list of models", [sent["model"] for sent in calls], ["beta-sees:4b"], think="Which model was named?")
expect("the list of pictures that were sent", pictures_sent(calls), ["desk-4.jpg"], think="Which path was given?")
think = "Each question goes alone. Whose words are these?"
expect("the list of texts", [message["content"] for message in calls[0]["messages"]], ["One sentence, please."], think)
for number in (2, 3):
    call, calls = describing({"a": "A?", "b": "B?", "c": "C?"}, f"desk-{number}.jpg")
    call.satisfies(lambda reply: True, "a dictionary", think="Is each message made anew?")
    questions = [sent["messages"][-1]["content"] for sent in calls]
    expect("the list of questions", questions, ["A?", "B?", "C?"], think="In which order are they asked?")
    lengths = [len(sent["messages"]) for sent in calls]
    expect("the list of how many messages each call held", lengths, [1, 1, 1], think="What is left from the last call?")
    think = "One picture for each question. What is still in the list from before?"
    expect("the list of pictures that were sent", pictures_sent(calls), [f"desk-{number}.jpg"] * 3, think=think)
### END HIDDEN TESTS

# %% tests="test_describe_gives" points=1
call, calls = describing({"title": "Give it a title.", "place": "Where is this?"})
wanted = {
    "title": "to 'Give it a title.' I say:\n\nA desk.",
    "place": "to 'Where is this?' I say:\n\nA desk.",
}
call.returns(wanted, think="Which part of a reply is its text? And under which name does it belong?")
call.changes_nothing(think="The caller needs the actions for the next picture. Where do you keep the replies?")
### BEGIN HIDDEN TESTS
call, calls = describing({"alt": "One sentence, please."}, "desk-4.jpg")
call.returns({"alt": "to 'One sentence, please.' I say:\n\nA desk."}, think="One action, one text, no space around it.")
call, calls = describing({})
call.returns({}, think="Nothing was asked. What is still there from the call before?")
titled = fake_chat('\n"Night, and a *desk*."  ')
given(describe, titled, "alpha-sees:2b", data_file("desk-5.jpg"), {"title": "A title?"}).shown_as(
    "describe(chat, 'alpha-sees:2b', desk-5.jpg, {'title': 'A title?'})"
).returns({"title": '"Night, and a *desk*."'}, think="Only the spaces around go. Who tidies the rest, and is it you?")
refused = ollama.ResponseError("this is no picture", 400)
given(describe, fake_chat(refused), "alpha-sees:2b", data_file("torn.jpg"), {"title": "A title?"}).shown_as(
    "describe(a chat that stops with ollama.ResponseError, 'alpha-sees:2b', torn.jpg, {'title': 'A title?'})"
).raises(ollama.ResponseError, think="The model refused. Who would learn that from your reply?")
three = {"c": "C?", "a": "A?", "b": "B?"}
call, calls = describing(three, "desk-5.jpg")
call.satisfies(
    lambda reply: list(reply) == ["c", "a", "b"] and all(f"'{three[name]}'" in reply[name] for name in reply),
    "the names c, a and b, in this order, each with the reply to its own question,",
    think="Does each name have its own reply?",
)
### END HIDDEN TESTS

# %% [markdown]
r"""
## Exercise 2. Tidy the tags

Difficulty 3 of 5. Up to 15 minutes. About 10 lines.

You ask for ten tags, separated by commas. You get this (invented, but of a kind you will meet):

```text
Sure! Here are ten tags:
1. Cup
2. Blue cup
- desk, **Coffee**
I hope this helps you!
```

Write `parse_tags(reply, limit=10)`. It gives the list of tags.

* Tags are separated by commas or new lines.
* What stands before a colon in its line is an introduction: it goes.
* Around a tag, spaces and these signs go: `- * • # . ! " '`. So do numbers in front such as `1.` and `2)`.
  A number without a point or bracket is part of the tag: `3 cups`.
* All other signs belong to the tag, and so do these when they stand inside it: `c# book`, `100%`, `tea/coffee`.
* All letters become small. What has more than **three** words is chatter, and what is empty is nothing: no tags.
* Each tag comes once, where it stood first, and at most `limit` of them.

`parse_tags("Cup, blue cup, CUP")` -> `["cup", "blue cup"]`
For the reply above: `["cup", "blue cup", "desk", "coffee"]`

<details><summary>Hint 1</summary>

Take one thing after another: first cut into lines, then drop the introduction, then cut at the commas, then clean.

</details>
<details><summary>Hint 2</summary>

`line.rpartition(":")[2]` is what follows the last colon; without a colon it is the whole line.
`.strip(' -*•#.!"\'')` takes all of these signs from both ends.

</details>
<details><summary>Hint 3</summary>

`re.sub(r"^\d+[.)]", "", tag)` takes a number with its point or bracket from the front. Clean again after it.
`if tag and len(tag.split()) <= 3 and tag not in tags:` decides. When do you cut to `limit`?

</details>
"""

# %% solution="parse_tags"
def parse_tags(reply, limit=10):
    """The tags in a model's reply: small letters, each once, at most limit."""
    ### BEGIN SOLUTION
    signs = " \t\r-*•#.!\"'"
    tags = []
    for line in reply.splitlines():
        for part in line.rpartition(":")[2].split(","):
            tag = re.sub(r"^\d+[.)]", "", part.strip(signs)).strip(signs).lower()
            if tag and len(tag.split()) <= 3 and tag not in tags:
                tags.append(tag)
    return tags[:limit]
    ### END SOLUTION

# %% tests="test_parse_tags_plain" points=1
for reply, tags, think in (
    ("cup, desk, coffee", ["cup", "desk", "coffee"], "This is what was asked for: commas between tags."),
    ("Cup, blue cup, CUP", ["cup", "blue cup"], "Small letters, and each tag once."),
    ("cup\ndesk\ncoffee", ["cup", "desk", "coffee"], "Here each tag has a line of its own."),
    ("1. Cup\n2. Blue cup\n3. Desk", ["cup", "blue cup", "desk"], "Is 1. a part of the tag?"),
    ("- cup\n* desk\n• coffee", ["cup", "desk", "coffee"], "Three kinds of bullets stand here. What do they mean?"),
):
    given(parse_tags, reply).returns(tags, think=think)
given(parse_tags, "a, b, c, d", limit=2).returns(["a", "b"], think="limit is 2 here.")
### BEGIN HIDDEN TESTS
for reply, tags, think in (
    ("desk", ["desk"], "One tag is a list of one tag."),
    ("", [], "Nothing was said, so there are no tags."),
    ("cup,desk,coffee", ["cup", "desk", "coffee"], "There need not be a space behind a comma."),
    ("cup, , desk,\n\n, coffee,", ["cup", "desk", "coffee"], "Some places between commas are empty. Is that a tag?"),
    ("zebra, apple, mango, apple", ["zebra", "apple", "mango"], "The tags stay in the order in which they came."),
    ("1) Cup\n2) Desk\n10) Coffee", ["cup", "desk", "coffee"], "Numbers come with brackets too, and with two digits."),
    ("1. cup, 2. desk, 3. cup", ["cup", "desk"], "Here the numbers stand between commas."),
    ("Cup.", ["cup"], "A full stop ends a sentence. Is it a part of the tag?"),
    ("3 cups, 2 books", ["3 cups", "2 books"], "These numbers count things. Do they have a point or a bracket?"),
    ("polka-dot cup, it's a cup", ["polka-dot cup", "it's a cup"], "Signs inside a tag belong to it."),
    ("bread and butter, cup", ["bread and butter", "cup"], "Commas and new lines separate. What else does for you?"),
    ("tea/coffee, salt; pepper", ["tea/coffee", "salt; pepper"], "Which two signs separate? What else does for you?"),
    ("C# book, 5\" screen", ["c# book", '5" screen'], "These signs stand inside a tag. Which of them go?"),
    ("cup (blue), 100%", ["cup (blue)", "100%"], "Which signs go is listed in the text. Are these among them?"),
    ("Windows 3.1 box, cup", ["windows 3.1 box", "cup"], "This number with a point does not stand in front."),
):
    given(parse_tags, reply).returns(tags, think=think)
many = ", ".join(f"tag {letter}" for letter in "abcdefghijklm")
given(parse_tags, many).returns([f"tag {letter}" for letter in "abcdefghij"], think="Thirteen tags. How many stay?")
given(parse_tags, "cup, Cup, desk, CUP, jam", limit=3).returns(
    ["cup", "desk", "jam"], think="Three tags are left once doubles are gone. When do you cut to limit?"
)
given(parse_tags, "a, b", limit=5).returns(["a", "b"], think="There are fewer tags than limit allows.")
given(parse_tags, "a, b", limit=1).returns(["a"], think="limit is 1 here. How many tags are that?")
given(parse_tags, "a, b", limit=0).returns([], think="limit is 0 here. At most how many tags are that?")
given(parse_tags, "plate, fork").returns(["plate", "fork"], think="What is still there from the reply before?")
### END HIDDEN TESTS

# %% tests="test_parse_tags_chatter" points=1
for reply, tags, think in (
    ("Sure! Here are ten tags:\n1. Cup\n2. Desk", ["cup", "desk"], "Whose voice is the first line?"),
    ("Tags: cup, desk", ["cup", "desk"], "What stands before the colon?"),
    ("cup, desk\nI hope this helps you!", ["cup", "desk"], "A tag has three words at most."),
    ("**cup**, \"desk\", #coffee, 'jam'", ["cup", "desk", "coffee", "jam"], "Which signs stand around the tags?"),
    (
        "Sure! Here are ten tags:\n1. Cup\n2. Blue cup\n- desk, **Coffee**\nI hope this helps you!",
        ["cup", "blue cup", "desk", "coffee"],
        "This is the reply from the text above. Which line do you read otherwise?",
    ),
):
    given(parse_tags, reply).returns(tags, think=think)
### BEGIN HIDDEN TESTS
for reply, tags, think in (
    ("Sure! Here are ten tags: cup, desk", ["cup", "desk"], "Introduction and tags share one line here."),
    ("Here you go:\n\ncup\n\ndesk\n", ["cup", "desk"], "Empty lines hold no tags."),
    ("1. **Cup**\n2. **Desk lamp**", ["cup", "desk lamp"], "A number in front, and stars. Which goes first?"),
    ("**1. Cup**\n**2. Desk**", ["cup", "desk"], "Stars around, with the number inside them. Is one cleaning enough?"),
    ("- 1. cup\n- 2. desk", ["cup", "desk"], "A bullet and then a number. Is one cleaning enough?"),
    ("Cup\r\nDesk\r\n", ["cup", "desk"], "Some lines end in two signs. Do both go?"),
    ("  cup  ,\tdesk\t", ["cup", "desk"], "Spaces and tabs stand around the tags."),
    (
        "small blue cup, a very small blue cup, cup",
        ["small blue cup", "cup"],
        "One of these has five words, one has three. How many may a tag have?",
    ),
    ("Colours: red, blue\nThings: cup, desk", ["red", "blue", "cup", "desk"], "Each line has its own introduction."),
    ("cup, desk, and that is all I see", ["cup", "desk"], "The last part has seven words."),
    ("!!!\n...\n- \n", [], "There is nothing left when the signs are gone."),
    ("handmade wooden bookshelf, cup", ["handmade wooden bookshelf", "cup"], "Three long words are still a tag."),
    ("cup, it is a cup", ["cup"], "Four short words are chatter. What do you count?"),
    ("Note: these are tags: cup, desk", ["cup", "desk"], "This line has two colons. Which one ends the introduction?"),
):
    given(parse_tags, reply).returns(tags, think=think)
### END HIDDEN TESTS

# %% [markdown]
"""
## Exercise 3. Boxes and a page

Difficulty 3 of 5. Up to 15 minutes. About 5 and 12 lines.

**Where is it?** Some models answer with a box. Its numbers are neither pixels nor percent, and makers do not agree:
some count from 0 to 1, others from 0 to 1000. You cannot tell by looking, so the scale is told to you.

Write `to_pixels(box, size, scale)`. `box` is `(x1, y1, x2, y2)` in the model's numbers, `size` is `(width, height)`.
`scale` is the number that means the whole width or height. The reply is the box in pixels, four whole numbers,
rounded with `round()`. No number lies outside the picture: below 0 it is 0, above the width or height it is that.

`to_pixels((0.25, 0.1, 0.75, 0.3), (320, 240), 1)` -> `(80, 24, 240, 72)`
`to_pixels((250, 100, 750, 300), (320, 240), 1000)` -> `(80, 24, 240, 72)`

**The page.** Write `gallery_html(rows)`. It gives one text of HTML with a `<figure>` for each row, in order.
A row is a dictionary: `name`, `title`, `description` and `alt` are texts, `tags` is a list of texts.

* Each figure holds one `<img>`. Its `src` is `pictures/` and the name of the file alone: if `name` holds folders,
  as in `../../secret/keys.png`, they are left out.
* Its `alt` is the row's `alt`. If that is empty, it is the `title`: a picture without words says nothing to many.
* Title, description and each tag stand in the figure as text, apart from each other.
* Models wrote these words. They may hold `<`, `"` or `&`, and must arrive as they are, never as commands.

<details><summary>Hint 1</summary>

What does `html.escape('<b>"cup" & saucer</b>')` give? And `Path("../../secret/keys.png").name`?

</details>
<details><summary>Hint 2</summary>

A share of the width is `x / scale`. `min(max(number, 0), width)` keeps a number inside.
For the page, make a list of figures in a loop. Escape every text once, where it goes into the page.

</details>
<details><summary>Hint 3</summary>

`f'<img src="pictures/{html.escape(Path(row["name"]).name)}" alt="{html.escape(words)}">'` is the picture.
`row["alt"] or row["title"]` gives the words. What do you do with each tag before you join them?

</details>
"""

# %% solution="gallery_html"
def to_pixels(box, size, scale):
    """The model's box (x1, y1, x2, y2) in whole pixels inside the picture of size (width, height)."""
    ### BEGIN SOLUTION
    pixels = []
    for number, whole in zip(box, (*size, *size), strict=True):
        pixels.append(min(max(round(number / scale * whole), 0), whole))
    return tuple(pixels)
    ### END SOLUTION


def gallery_html(rows):
    """A <figure> for each row: picture with its alt text, title, description, tags."""
    ### BEGIN SOLUTION
    figures = []
    for row in rows:
        src = html.escape("pictures/" + Path(row["name"]).name)
        alt = html.escape(row["alt"] or row["title"])
        tags = "".join(f"<li>{html.escape(tag)}</li>" for tag in row["tags"])
        title, description = html.escape(row["title"]), html.escape(row["description"])
        words = f"<figcaption><h2>{title}</h2><p>{description}</p><ul>{tags}</ul></figcaption>"
        figures.append(f'<figure><img src="{src}" alt="{alt}">{words}</figure>')
    return "\n".join(figures)
    ### END SOLUTION

# %% tests="test_to_pixels" points=1
QVGA = (320, 240)
given(to_pixels, (0.25, 0.1, 0.75, 0.3), QVGA, 1).returns(
    (80, 24, 240, 72), think="A quarter of 320, a tenth of 240. Which number belongs to which side?"
)
given(to_pixels, (250, 100, 750, 300), QVGA, 1000).returns(
    (80, 24, 240, 72), think="Here 1000 means the whole. What is 250 of 1000?"
)
given(to_pixels, (0, 0, 1, 1), QVGA, 1).returns((0, 0, 320, 240), think="This box is the whole picture.")
### BEGIN HIDDEN TESTS
given(to_pixels, (0, 0, 1000, 1000), QVGA, 1000).returns((0, 0, 320, 240), think="This box is the whole picture.")
given(to_pixels, (0, 0, 1, 1), (4000, 3000), 1000).returns(
    (0, 0, 4, 3), think="A very small box, and the scale is 1000. Do you guess the scale from the numbers?"
)
given(to_pixels, (0.5, 0.5, 1, 1), (200, 100), 1).returns((100, 50, 200, 100), think="Does x go with the width?")
given(to_pixels, (500, 0, 1000, 500), (200, 100), 1000).returns((100, 0, 200, 50), think="Does y go with the height?")
given(to_pixels, (-0.1, -0.5, 1.2, 0.5), QVGA, 1).returns(
    (0, 0, 320, 120), think="The box sticks out of the picture on three sides. What may no number be?"
)
given(to_pixels, (990, 1010, 1200, 1300), QVGA, 1000).returns(
    (317, 240, 320, 240), think="Below the picture there is nothing. What may no number be?"
)
given(to_pixels, (1, 2, 998, 999), (640, 480), 1000).returns(
    (1, 1, 639, 480), think="Pixels are whole numbers: 638.72 is nearer to 639. Do you round or cut?"
)
given(to_pixels, (0.128, 0.128, 0.5, 0.5), (100, 100), 1).returns(
    (13, 13, 50, 50), think="12.8 is nearer to 13. When do you round: before or after the width comes in?"
)
given(to_pixels, (25, 10, 75, 30), QVGA, 100).returns((80, 24, 240, 72), think="The scale is 100 here.")
whole_numbers = given(to_pixels, (0.3, 0.3, 0.6, 0.6), (101, 57), 1)
whole_numbers.returns((30, 17, 61, 34), think="30.3 is nearer to 30, 60.6 to 61. Do you round up or to the nearest?")
whole_numbers.satisfies(
    lambda reply: all(isinstance(number, (int, np.integer)) for number in reply),
    "four whole numbers",
    think="A browser takes 30.0, cv2.rectangle does not. Which type do your numbers have?",
)
given(to_pixels, [0.25, 0.1, 0.75, 0.3], [320, 240], 1).changes_nothing(think="Whose list do you write into?")
### END HIDDEN TESTS

# %% tests="test_gallery_html" points=1
def read_gallery(rows, words):
    """Call gallery_html and read its reply as a browser would."""
    call = given(gallery_html, rows).shown_as(f"gallery_html({words})")
    call.satisfies(lambda reply: isinstance(reply, str), "one text", think="Do you join the parts of your page?")
    return PageReader(call.reply)


def shown_pictures(reader, name):
    """Figure by figure, this attribute of each picture in it."""
    return [[one.get(name) for one in part["pictures"]] for part in reader.figures]


reader = read_gallery([a_row(2), a_row(3)], "two rows")
expect("the number of figures", len(reader.figures), 2, think="Each row has a figure of its own.")
think = "One picture a figure, from the folder pictures. Where does the browser look?"
sources = [["pictures/shelf-2.jpg"], ["pictures/shelf-3.jpg"]]
expect("the list of sources, figure by figure,", shown_pictures(reader, "src"), sources, think=think)
think = "What does a person hear whose browser reads the page aloud?"
alts = [["2 jars of jam on a shelf."], ["3 jars of jam on a shelf."]]
expect("the list of alt texts, figure by figure,", shown_pictures(reader, "alt"), alts, think=think)
for number, part in enumerate(reader.figures, start=2):
    for text in (f"Shelf number {number}", f"A shelf with {number} jars of jam.", "shelf", f"{number} jars"):
        think = "Title, description and tags stand in the row's own figure. Is this one there, as text?"
        expect(f"whether {text!r} can be read in its figure", text in part["text"], True, think=think)
### BEGIN HIDDEN TESTS
expect("the number of figures still open at the end", reader.open, 0, think="Each figure that opens must close.")
without_tags = re.sub(r"<[^>]*>", " ", gallery_html([a_row(2)]))
think = "Where does one text end for the reader, and where does the next begin?"
for glued in ("shelfjam", "jam2 jars", "number 2A shelf", "of jam.shelf"):
    expect(f"whether {glued!r} stands on the page", glued in without_tags, False, think=think)
as_python = any(sign in part["text"] for part in reader.figures for sign in ("['", '["'))
expect("whether a Python list is shown", as_python, False, think="Who reads the tags: a person or Python?")
rude = a_row(
    3,
    name='tea & "cake" &amp; jam.jpg',
    title='<script>alert("hi")</script> &amp; more',
    description="Jam <blink>and</blink> tea < cake & bread &amp; rolls",
    tags=["<marquee>bold</marquee>", "tea &amp; cake", 'the "good" jam'],
    alt='Jam, "the good one", <blink>in jars</blink> & cups &amp; pots',
)
reader = read_gallery([rude], "a row full of signs")
strange = sorted({"script", "blink", "marquee"} & set(reader.tags))
expect("the list of tags that a model brought in", strange, [], think="Who wrote these words? What will a browser do?")
think = "The alt text holds quotes and tags. Where does it end for the browser? Is it escaped, and only once?"
expect("the list of alt texts, figure by figure,", shown_pictures(reader, "alt"), [[rude["alt"]]], think=think)
think = "The file's name holds a quote and an &. Is it escaped, and only once?"
sources = [[unquote(one) for one in part] for part in shown_pictures(reader, "src")]
expect("the list of sources, figure by figure,", sources, [["pictures/" + rude["name"]]], think=think)
think = "Escaped once, it reads as it was given. Escaped twice, people meet &lt; on the page."
for text in (rude["title"], rude["description"], *rude["tags"]):
    in_text = any(text in part["text"] for part in reader.figures)
    expect(f"whether {text!r} can be read", in_text, True, think=think)
for name in ("../../secret/keys.png", "/home/kim/keys.png", "a/b/keys.png"):
    reader = read_gallery([a_row(4, name=name)], f"a row whose name is {name!r}")
    think = "A name may try to lead out of the folder. Which part of it may stay?"
    sources = shown_pictures(reader, "src")
    expect("the list of sources, figure by figure,", sources, [["pictures/keys.png"]], think=think)
reader = read_gallery([a_row(5, alt="")], "a row whose alt is empty")
think = "The model had no words for this picture. Who else has some?"
expect("the list of alt texts, figure by figure,", shown_pictures(reader, "alt"), [["Shelf number 5"]], think=think)
reader = read_gallery([a_row(6, tags=[])], "a row without tags")
expect("the number of figures", len(reader.figures), 1, think="A picture without tags is still shown.")
reader = read_gallery([a_row(7), a_row(7, name="copy.jpg")], "two rows that differ in the name alone")
expect("the number of figures", len(reader.figures), 2, think="Two rows, two figures, whatever they hold.")
namesakes = [a_row(1, name="2024/desk.jpg", description=""), a_row(2, name="2024/desk.jpg")]
reader = read_gallery(namesakes, "two rows of one name, the first without a description")
expect("the number of figures", len(reader.figures), 2, think="Two rows, two figures, whatever they hold.")
reader = read_gallery([], "no rows")
expect("the number of figures", len(reader.figures), 0, think="No rows, no figures.")
sources = shown_pictures(read_gallery([a_row(9), a_row(8)], "shelf 9, then shelf 8"), "src")
backwards = [["pictures/shelf-9.jpg"], ["pictures/shelf-8.jpg"]]
expect("the list of sources, figure by figure,", sources, backwards, think="In which order do the rows come?")
row_and_row = [a_row(1), a_row(2, alt="")]
given(gallery_html, row_and_row).shown_as("gallery_html(two rows)").changes_nothing(
    think="The rows belong to the library. Where do you put the escaped words?"
)
### END HIDDEN TESTS

# %% [markdown]
"""
## Exercise 4. The library

Difficulty 4 of 5. Up to 20 minutes. About 14 lines.

Write the class `Library(path)`. It keeps rows in an SQLite file, so that they are still there tomorrow.

* `add(data, row)` stores a row. `data` are the **bytes** of the picture, `row` is the dictionary of exercise 3.
  The same bytes are stored once: adding them again changes nothing, whatever the second row says.
* `seen(data)` tells whether these bytes were stored, `True` or `False`.
* `search(term)` gives the rows with the term in the title, in the description or in one of the tags. Those that were
  added first come first. Case does not matter, in `GRÜN` no more than in `CUP`. `search("")` gives all rows.
  A row comes back as it went in.

```text
library = Library("pictures.db")
library.add(b"...", {"title": "Two cups", "tags": ["cup"], ...})
library.search("CUP")   ->  [{"title": "Two cups", "tags": ["cup"], ...}]
```

A file's name is a bad key: names change, and the same picture lies in three folders. Its bytes make a good one.
`hashlib.sha256(data).hexdigest()` gives a fingerprint of 64 letters for any number of bytes.

Somebody will search for `100%`, for `_` or for `O'Brien`. These are words, not commands.

<details><summary>Hint 1</summary>

One table with two columns is enough: the fingerprint, and the row as one text. `json.dumps` makes the text.
Try the table out first: `CREATE TABLE IF NOT EXISTS pictures (key TEXT PRIMARY KEY, row TEXT)`.

</details>
<details><summary>Hint 2</summary>

Values never go into the text of a command: write `?` there and hand them over beside it, as a tuple.
After adding, `self.db.commit()`. You may do the searching in Python, row by row.

</details>
<details><summary>Hint 3</summary>

`INSERT OR IGNORE INTO pictures VALUES (?, ?)` leaves an old row alone.
`SELECT row FROM pictures ORDER BY rowid` gives all rows in order, each as a tuple with one text.
`any(term.lower() in text.lower() for text in texts)` is nearly the search. Which texts?

</details>
"""

# %% solution="Library"
class Library:
    """Rows about pictures in an SQLite file, each picture once."""

    def __init__(self, path):
        ### BEGIN SOLUTION
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS pictures (key TEXT PRIMARY KEY, row TEXT)")
        ### END SOLUTION

    def add(self, data, row):
        """Store the row of the picture with these bytes, unless there is one already."""
        ### BEGIN SOLUTION
        key = hashlib.sha256(data).hexdigest()
        self.db.execute("INSERT OR IGNORE INTO pictures VALUES (?, ?)", (key, json.dumps(row)))
        self.db.commit()
        ### END SOLUTION

    def seen(self, data):
        """Whether a picture with these bytes was stored."""
        ### BEGIN SOLUTION
        key = hashlib.sha256(data).hexdigest()
        return self.db.execute("SELECT 1 FROM pictures WHERE key = ?", (key,)).fetchone() is not None
        ### END SOLUTION

    def search(self, term):
        """The rows with the term in title, description or a tag, oldest first; all of them for an empty term."""
        ### BEGIN SOLUTION
        found = []
        for (text,) in self.db.execute("SELECT row FROM pictures ORDER BY rowid").fetchall():
            row = json.loads(text)
            if any(term.lower() in words.lower() for words in (row["title"], row["description"], *row["tags"])):
                found.append(row)
        return found
        ### END SOLUTION

# %% tests="test_library_keeps" points=1
TWO = [(b"bytes of one", a_row(1)), (b"bytes of two", a_row(2))]


def new_file():
    """The name of a file that is not there yet, beside the notebook; `remove_files` takes it away again."""
    return f"test-{np.random.default_rng().integers(2**48)}.db"


def remove_files():
    """Take the tests' files away; Windows keeps one that is still open, small and harmless."""
    for file in Path().glob("test-*.db*"):
        with suppress(OSError):
            file.unlink()


def kept(additions, *asked):
    """A new Library with these additions: for each of the asked bytes whether it is seen, then all its rows."""
    library = Library(new_file())
    for data, row in additions:
        library.add(data, row)
    return [library.seen(data) for data in asked], library.search("")


def keeping(additions, asked, words):
    call = given(kept, additions, *asked)
    return call.shown_as(f"a Library with {words}: seen for each of {list(asked)}, and search('')")


keeping(TWO, [b"bytes of one", b"bytes of two", b"bytes of three"], "two pictures").returns(
    ([True, True, False], [a_row(1), a_row(2)]), think="Two pictures went in. Do their rows come out as they went in?"
)
keeping([*TWO, (b"bytes of one", a_row(1, name="copy.jpg"))], [b"bytes of one"], "two pictures and a copy").returns(
    ([True], [a_row(1), a_row(2)]), think="The same bytes under another name are the same picture. What is your key?"
)
keeping([], [b"bytes of one"], "no pictures").returns(([False], []), think="This library is new. What is in it?")
### BEGIN HIDDEN TESTS
same_name = [(b"bytes of one", a_row(1)), (b"other bytes.", a_row(1, title="Another one"))]
keeping(same_name, [b"bytes of one", b"other bytes."], "two pictures of one name").returns(
    ([True, True], [a_row(1), a_row(1, title="Another one")]), think="Two pictures may have one name. What is your key?"
)
twins = [(b"\xff\xd8 one way", a_row(1)), (b"\xff\xd8 way one", a_row(1)), (b"\xff\xd8 \x00\xfe\xff", a_row(3))]
keeping(twins, [b"\xff\xd8 one way", b"\xff\xd8 ONE way"], "pictures whose bytes are as many and begin alike").returns(
    ([True, False], [a_row(1), a_row(1), a_row(3)]), think="Which of the bytes does your key look at?"
)
header = b"\xff\xd8 the same camera " * 4000
large = [(header + b"one", a_row(1)), (header + b"two", a_row(2))]
given(kept, large).shown_as("a Library with two large pictures that begin alike: search('')").returns(
    ([], [a_row(1), a_row(2)]), think="They differ at their very end. How many of the bytes does your key look at?"
)
tagged = [(b"one", a_row(1, tags=[], title="  Two cups ")), (b"two", a_row(2, tags=["a|b", "c;d", "e, f", "g\nh", ""]))]
keeping(tagged, [], "a picture without tags, and one whose tags hold |, ;, a comma and a new line").returns(
    ([], [row for _, row in tagged]), think="Are its tags the same list as before? How do you keep a list in a column?"
)
words = "O'Brien's \"best\" jam; DROP TABLE pictures; -- 100 % grün 果酱"
odd = a_row(5, title=words, description=words, tags=["it's", words, "a, b"], alt=words, name="o'brien.jpg")
keeping([(b"odd", odd)], [b"odd"], "a picture with a quote in each text").returns(
    ([True], [odd]), think="A text can hold quotes. Do values go into the text of your SQL command?"
)
changed = [(b"x", a_row(1)), (b"y", a_row(2)), (b"x", a_row(1, title="Changed my mind"))]
keeping(changed, [b"x"], "a picture that is added twice, with other words").returns(
    ([True], [a_row(1), a_row(2)]), think="The first row stays, in its place. Which one do you keep?"
)
backwards = [(f"picture {number}".encode(), a_row(number)) for number in (9, 3, 7, 1)]
keeping(backwards, [], "pictures 9, 3, 7 and 1").returns(
    ([], [a_row(number) for number in (9, 3, 7, 1)]), think="In which order were they added?"
)


def reopened():
    """What a second Library of the same file knows of what the first one stored, and the other way round."""
    name = new_file()
    first = Library(name)
    first.add(b"stored by the first", a_row(1))
    second = Library(name)
    second.add(b"stored by the second", a_row(2))
    second.add(b"stored by the first", a_row(3))
    return [second.seen(b"stored by the first"), first.seen(b"stored by the second")], Library(name).search("")


given(reopened).shown_as("two Library objects of one file, each with a picture: seen, and search('')").returns(
    ([True, True], [a_row(1), a_row(2)]), think="Tomorrow your program starts again. What is in the file then?"
)


def two_libraries():
    """What two new libraries know of each other."""
    ours, other = Library(new_file()), Library(new_file())
    other.add(b"theirs", a_row(1))
    return ours.seen(b"theirs"), ours.search("")


given(two_libraries).shown_as("a new Library beside another one that holds a picture: seen, and search('')").returns(
    (False, []), think="Two libraries, two files. Which of their memories do they share?"
)
remove_files()
### END HIDDEN TESTS

# %% tests="test_library_searches" points=1
SHELF = [
    a_row(1, title="Two cups and a ball", description="Coffee on a wooden desk.", tags=["cup", "coffee"]),
    a_row(2, title="Night desk", description="A bottle in the dark.", tags=["bottle", "half empty"]),
    a_row(3, title="Sale, 100% off", description="A snake_case poster.", tags=["poster", "O'Brien"]),
    a_row(4, title="Sale, 100 euros", description="A snake case of wood.", tags=["snake", "case"]),
]


filled = {}  # a library of these rows, made when it is first needed


def names_found(rows, term):
    """The names that a Library with these rows finds."""
    key = str(rows)
    if key not in filled:
        library = Library(new_file())
        for number, row in enumerate(rows):
            library.add(f"picture {number}".encode(), row)
        filled[key] = library
    return [row["name"] for row in filled[key].search(term)]


def finding(term, *numbers, think):
    call = given(names_found, SHELF, term).shown_as(f"the names of search({term!r})")
    call.returns([f"shelf-{number}.jpg" for number in numbers], think=think)


finding("desk", 1, 2, think="desk stands in a description and in a title.")
finding("CUP", 1, think="Does case matter?")
finding("bottle", 2, think="A row is found once, however often the term stands in it.")
finding("", 1, 2, 3, 4, think="An empty term stands in every row.")
finding("giraffe", think="No row has a giraffe. What do you give then?")
### BEGIN HIDDEN TESTS
finding("100%", 3, think="% is an ordinary sign here. What is it in SQL?")
finding("snake_case", 3, think="_ is an ordinary sign here. What is it in SQL?")
finding("%", 3, think="% is an ordinary sign here. Which row has one?")
finding("_", 3, think="_ is an ordinary sign here. Which row has one?")
finding("O'Brien", 3, think="The term holds a quote. Does it go into the text of your SQL command?")
finding("x' OR '1'='1", think="This term is no command. What did your search take it for?")
finding("half empty", 2, think="A tag may hold two words.")
finding("empty cup", think="No text holds these two words beside each other. Do you join texts that are apart?")
finding("dark. bottle", think="One text ends with dark., the next begins with bottle. Do you join them?")
finding("shelf", think="Every name holds shelf, and no title, description or tag does. Where do you look?")
finding("tags", think="tags is the name of a column. Whose words do you search?")
finding("cup, coffee", think="These are two tags. Do you search a list's text, with its commas?")
for sign in ('"', "["):
    finding(sign, think=f"No title, description or tag holds {sign}. Whose sign did you find, your own?")
finding("\\", think="No title, description or tag holds a backslash. Whose sign did you find?")
foreign = [a_row(1, title="Eine grüne Tasse", description="Noch ein Tisch.", tags=["Übung"]), a_row(2)]
for term in ("GRÜN", "grün", "übung", "ÜBUNG"):
    call = given(names_found, foreign, term).shown_as(f"the names of search({term!r}), where a title is grüne Tasse")
    call.returns(["shelf-1.jpg"], think="Case does not matter, of ü no more than of u. Who compares them, and how?")
finding("c.p", think="A point is an ordinary sign here. In which language does it stand for any sign?")
finding("(", think="A bracket is an ordinary sign here. Which row has one?")
finding("sale", 3, 4, think="Which rows begin with it?")
finding("ball", 1, think="The title of the first row ends with it.")
finding("on a wood", 1, think="The term may be any part of a text.")
bare = [a_row(1, title="", description="Jam.", tags=["jar"]), a_row(2, title="Jam", description="", tags=[])]
for term, number, think in (
    ("", 2, "An empty term stands in every row, whatever signs are in it."),
    ("jam", 2, "One row has no title, one has no description and no tags."),
    ("jar", 1, "The first row has no title. Is its tag looked at?"),
):
    call = given(names_found, bare, term).shown_as(f"the names of search({term!r}), where some texts are empty")
    call.returns([f"shelf-{one}.jpg" for one in range(1, number + 1)], think=think)
dozen = [a_row(number) for number in range(1, 13)]
call = given(names_found, dozen, "jam").shown_as("the names of search('jam') in a library of twelve pictures with jam")
call.returns([f"shelf-{one}.jpg" for one in range(1, 13)], think="Twelve rows hold the term. How many do you give?")
filled.clear()
remove_files()
### END HIDDEN TESTS

# %% [markdown]
"""
## Exercise 5. Once through the folder

Difficulty 3 of 5. Up to 15 minutes. About 15 lines.

Describing 4,000 pictures takes a night. In the middle somebody closes the laptop. Tomorrow you go on where it stopped.

Write `index_folder(paths, library, describe)`. For each path, in order:

1. Read its bytes, `path.read_bytes()`. A file that can't be read stops with `OSError`: note it as failed and go on.
2. If `library.seen(data)`, it is known. Nobody is asked.
3. Otherwise `describe(path)` gives its row, and `library.add(data, row)` stores it **at once**.
   The model may refuse a picture; then `describe` stops with `ollama.ResponseError`. That one failed; go on.

Every other error comes through. If the server is gone, 4,000 pictures did not fail: one program did.

The reply is a dictionary of three lists of file names, `path.name`:

```text
{"new": ["desk-1.jpg", "desk-3.jpg"], "known": ["scan-0003.jpg"], "failed": ["torn.jpg"]}
```

`library` and `describe` come in as arguments. The tests bring small ones of their own.

<details><summary>Hint 1</summary>

Write the loop for pictures that all go well. Then add `known`. Then each of the two failures.

</details>
<details><summary>Hint 2</summary>

Two short `try` blocks, each with one line in it, are better than one long one: `ConnectionError` is a kind of
`OSError`. Which of your lines may stop with an `OSError` that counts as failed?

</details>
<details><summary>Hint 3</summary>

`except OSError:` belongs to the reading alone, `except ollama.ResponseError:` to `describe(path)` alone.
After noting a failure, `continue` takes the next path. Where does `library.add` stand?

</details>
"""

# %% solution="index_folder"
def index_folder(paths, library, describe):
    """Describe and store each picture that the library does not know; the names that are new, known and failed."""
    ### BEGIN SOLUTION
    report = {"new": [], "known": [], "failed": []}
    for path in paths:
        try:
            data = path.read_bytes()
        except OSError:
            report["failed"].append(path.name)
            continue
        if library.seen(data):
            report["known"].append(path.name)
            continue
        try:
            row = describe(path)
        except ollama.ResponseError:
            report["failed"].append(path.name)
            continue
        library.add(data, row)
        report["new"].append(path.name)
    return report
    ### END SOLUTION

# %% tests="test_index_folder_once" points=1
class Shelf:
    """A small library: it remembers the bytes it was given, and the title of each row."""

    def __init__(self):
        self.rows = {}

    def seen(self, data):
        return bytes(data) in self.rows

    def add(self, data, row):
        if bytes(data) in self.rows:
            raise ValueError("this picture is in the library already")
        self.rows[bytes(data)] = row["title"]


class Describer:
    """A describe that makes a title of the file's name, or stops with an error for some names; it counts."""

    def __init__(self, **errors):
        self.errors, self.asked = errors, []

    def __call__(self, path):
        self.asked.append(path.name)
        error = self.errors.get(path.stem.replace("-", "_"))
        if error is not None:
            raise error
        return {"title": f"About {path.name}"}


def indexing(shelf, describer, *names):
    """The call for these files of the lab; a name with a slash is a file that is not there."""
    paths = [Path(name) if "/" in name else data_file(name) for name in names]
    call = given(index_folder, paths, shelf, describer)
    return call.shown_as(f"index_folder([{', '.join(names)}], library, describe)")


def on_shelf(shelf, *names):
    """Whether these files' bytes are in the library, each with the title of its own row."""
    return [shelf.rows.get(data_file(name).read_bytes()) for name in names]


def lists_of(new=(), known=(), failed=()):
    return {"new": list(new), "known": list(known), "failed": list(failed)}


shelf, describer = Shelf(), Describer()
indexing(shelf, describer, "desk-1.jpg", "desk-2.jpg").returns(
    lists_of(new=["desk-1.jpg", "desk-2.jpg"]), think="Both are new. What stands in the lists of your reply?"
)
titles = ["About desk-1.jpg", "About desk-2.jpg"]
think = "What was described is stored, with the picture's bytes. Which bytes and which row go to add?"
expect("the list of titles in the library", on_shelf(shelf, "desk-1.jpg", "desk-2.jpg"), titles, think=think)
indexing(shelf, describer, "desk-1.jpg", "desk-2.jpg", "desk-4.jpg").returns(
    lists_of(new=["desk-4.jpg"], known=["desk-1.jpg", "desk-2.jpg"]), think="The second run. Which of the three is new?"
)
think = "Each question costs ten seconds. Whom do you ask about a picture that is known?"
expect("the list of pictures that were described", describer.asked, ["desk-1.jpg", "desk-2.jpg", "desk-4.jpg"], think)
### BEGIN HIDDEN TESTS
shelf, describer = Shelf(), Describer()
indexing(shelf, describer, "desk-3.jpg", "desk-1.jpg", "scan-0003.jpg").returns(
    lists_of(new=["desk-3.jpg", "desk-1.jpg"], known=["scan-0003.jpg"]),
    think="The copy has the same bytes under another name. When do you ask the library?",
)
expect("the list of pictures that were described", describer.asked, ["desk-3.jpg", "desk-1.jpg"], think=think)
expect("the number of pictures in the library", len(shelf.rows), 2, think="Three files, two pictures.")
indexing(Shelf(), Describer()).returns(lists_of(), think="No paths. Which three lists are in your reply?")
shelf, describer = Shelf(), Describer()
indexing(shelf, describer, "desk-5.jpg", "desk-5.jpg").returns(
    lists_of(new=["desk-5.jpg"], known=["desk-5.jpg"]), think="One path was given twice. What is it the second time?"
)
given(index_folder, iter([data_file("desk-6.jpg"), data_file("desk-7.jpg")]), Shelf(), Describer()).shown_as(
    "index_folder(an iterator of desk-6.jpg and desk-7.jpg, library, describe)"
).returns(lists_of(new=["desk-6.jpg", "desk-7.jpg"]), think="The paths can be walked through once. How often do you?")
### END HIDDEN TESTS

# %% tests="test_index_folder_failures" points=1
refused = ollama.ResponseError("this is no picture", 400)
shelf, describer = Shelf(), Describer(torn=refused)
indexing(shelf, describer, "desk-1.jpg", "torn.jpg", "desk-2.jpg").returns(
    lists_of(new=["desk-1.jpg", "desk-2.jpg"], failed=["torn.jpg"]),
    think="The model refuses torn.jpg with ollama.ResponseError. What becomes of the pictures after it?",
)
expect("the number of pictures in the library", len(shelf.rows), 2, think="What failed is not stored. What is?")
indexing(Shelf(), Describer(), "no-such-folder/gone.jpg", "desk-2.jpg").returns(
    lists_of(new=["desk-2.jpg"], failed=["gone.jpg"]), think="gone.jpg is not there. Does the work go on after it?"
)
### BEGIN HIDDEN TESTS
indexing(shelf, Describer(), "torn.jpg").returns(
    lists_of(new=["torn.jpg"]), think="The model reads it today. Is a failure remembered as known?"
)
others = (ConnectionError("Failed to connect to Ollama."), KeyError("alt"), ValueError("alt"), MemoryError("full"))
others += (TimeoutError("no reply"), PermissionError("the description can't be written down"))
for error in others:
    shelf, describer = Shelf(), Describer(desk_4=error)
    indexing(shelf, describer, "desk-1.jpg", "desk-4.jpg", "desk-2.jpg").raises(
        type(error), think="This is no bad picture. Which errors does each of your except lines catch?"
    )
    think = "What was described before the error is not lost. When do you add it?"
    expect("the list of titles in the library", on_shelf(shelf, "desk-1.jpg"), ["About desk-1.jpg"], think=think)
    expect("the list of pictures that were described", describer.asked, ["desk-1.jpg", "desk-4.jpg"], think="And then?")
indexing(Shelf(), Describer(desk_1=refused), "desk-1.jpg", "desk-1.jpg").returns(
    lists_of(failed=["desk-1.jpg", "desk-1.jpg"]), think="It was refused, so it is not stored. Who says what is known?"
)
inside_a_file = data_file("captions.json") / "desk.jpg"
given(index_folder, [inside_a_file, data_file("desk-1.jpg")], Shelf(), Describer()).shown_as(
    "index_folder([captions.json/desk.jpg, desk-1.jpg], library, describe)"
).returns(
    lists_of(new=["desk-1.jpg"], failed=["desk.jpg"]),
    think="captions.json is no folder. Reading can fail in several ways. What do their errors share?",
)
shelf = Shelf()
indexing(shelf, Describer(desk_1=refused, desk_2=refused), "desk-1.jpg", "desk-2.jpg").returns(
    lists_of(failed=["desk-1.jpg", "desk-2.jpg"]), think="Both were refused. What is kept from the one before?"
)
expect("the number of pictures in the library", len(shelf.rows), 0, think="What failed is not stored.")
indexing(Shelf(), Describer(torn=refused, desk_1=refused), "torn.jpg", "captions.json", "desk-1.jpg").returns(
    lists_of(new=["captions.json"], failed=["torn.jpg", "desk-1.jpg"]),
    think="Each list keeps the order of the paths. And who decides what is a picture, you or the model?",
)
folder_path = data_file("captions.json").parent
given(index_folder, [folder_path, data_file("desk-1.jpg")], Shelf(), Describer()).shown_as(
    "index_folder([the folder data, desk-1.jpg], library, describe)"
).returns(
    lists_of(new=["desk-1.jpg"], failed=[folder_path.name]),
    think="A folder has no bytes to read. Reading can fail in several ways. What do their errors share?",
)
shelf = Shelf()
indexing(shelf, Describer(desk_4=refused), "desk-1.jpg", "desk-4.jpg").returns(
    lists_of(new=["desk-1.jpg"], failed=["desk-4.jpg"]), think="desk-4.jpg was refused. Is it new all the same?"
)
expect("whether desk-4.jpg is in the library", on_shelf(shelf, "desk-4.jpg"), [None], think="Whose row did you store?")


class LockedShelf(Shelf):
    """A library that can't be written to."""

    def __init__(self, error):
        super().__init__()
        self.error = error

    def add(self, data, row):
        raise self.error


for error in (sqlite3.OperationalError("database is locked"), OSError("the disk is full")):
    indexing(LockedShelf(error), Describer(), "desk-1.jpg").raises(
        type(error), think="The library can't be written. Would you want to learn that, or read 4,000 failures?"
    )
### END HIDDEN TESTS

# %% [markdown]
"""
## Put it together

Your five pieces are the librarian. It asks four things about each picture and stores the row.
Ten files lie in `data/`: eight pictures, a copy of one of them, and one that is torn.

Before you run the cell: how many calls of the model will the first run make, and how many the second?
"""

# %%
ACTIONS = {
    "title": "Give this picture a title of at most five words.",
    "description": "Describe this picture in at most 40 words.",
    "tags": "List ten tags for this picture, separated by commas.",
    "alt": "Write one sentence of at most 20 words for somebody who can't see this picture.",
}
calls = []


def row_of(path):
    """The row of a picture: what the invented model says, with its tags tidied and the quotes off its title."""
    texts = describe(chat, "alpha-sees:2b", path, ACTIONS)
    calls.extend(ACTIONS)
    return {**texts, "name": path.name, "title": texts["title"].strip('"'), "tags": parse_tags(texts["tags"])}


folder = data_file("captions.json").parent.parent / "build"
folder.mkdir(exist_ok=True)
try:
    (folder / "library.db").unlink(missing_ok=True)  # begin anew each time you run this cell
except PermissionError:
    print("Windows keeps the old library open, so this run goes on with it.")
library = Library(str(folder / "library.db"))

paths = sorted(data_file("captions.json").parent.glob("*.jpg"))
for run in ("first", "second"):
    calls.clear()
    print(f"{run} run:", index_folder(paths, library, row_of), "calls of the model:", len(calls))

# %% [markdown]
"""
Now search. Which pictures do you expect for `cup`? And for `friends`, `laptop` and `wine`?
Write your guess down first; the pictures are shown above the page that you make below.
"""

# %%
for term in ("cup", "badge", "friends", "laptop", "wine"):
    print(f"{term}: {[row['name'] for row in library.search(term)]}")

# %% [markdown]
"""
The last three searches find what no picture holds. The index is as good as its words, and nobody has checked them yet.

Next, two invented models say where something is. One counts to 1, the other to 1000.
"""

# %%
picture = load(data_file("desk-1.jpg"))
size = (picture.shape[1], picture.shape[0])
drawn = picture.copy()
for said in json.loads(data_file("captions.json").read_text(encoding="utf-8"))["boxes"]:
    x1, y1, x2, y2 = to_pixels(said["box"], size, said["scale"])
    cv2.rectangle(drawn, (x1, y1), (x2, y2), (0, 0, 0), 2)
    cv2.putText(drawn, said["what"], (x1, max(y1 - 6, 14)), cv2.FONT_HERSHEY_SIMPLEX, 0.5, (0, 0, 0), 1)
    print(f"{said['model']} (invented) says {said['box']}: in pixels {(x1, y1, x2, y2)}")
show(drawn, alt="The first desk, with a box round the blue cup and another round the green book.")

# %% locked="page"
STYLE = """
body { font: 17px/1.5 system-ui, sans-serif; margin: 0; background: #f6f4ef; color: #1c1a17; }
header, main { max-width: 72rem; margin: 0 auto; padding: 1rem 1.5rem; }
h1 { margin: .5rem 0 .25rem; font-size: 2rem; } header p { margin: 0 0 .75rem; }
label { font-weight: 600; margin-right: .5rem; }
input { font: inherit; padding: .4rem .7rem; width: min(24rem, 100%); border: 2px solid #5b5348; border-radius: 8px; }
input:focus { outline: 3px solid #0b5cad; outline-offset: 1px; }
#count { margin-top: .5rem; color: #4a443b; }
main { display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: 1.25rem; }
figure { margin: 0; background: #fff; border: 1px solid #d6cfc2; border-radius: 12px; overflow: hidden; }
figure[hidden] { display: none; }
figure img { display: block; width: 100%; }
figcaption { padding: .75rem 1rem 1rem; }
figcaption h2 { margin: 0 0 .25rem; font-size: 1.1rem; }
figcaption p { margin: 0 0 .6rem; font-size: .95rem; }
figcaption ul { display: flex; flex-wrap: wrap; gap: .35rem; margin: 0; padding: 0; list-style: none; }
figcaption li { padding: .05rem .6rem; border: 1px solid #0b5cad; border-radius: 1rem; color: #0b4a8a; }
figcaption li { font-size: .85rem; }
footer { max-width: 72rem; margin: 0 auto; padding: 0 1.5rem 2rem; color: #4a443b; }
"""
SCRIPT = """
const box = document.getElementById("term"), count = document.getElementById("count");
const figures = [...document.querySelectorAll("figure")];
function find() {
  const term = box.value.trim().toLowerCase();
  for (const one of figures) one.hidden = !one.textContent.toLowerCase().includes(term);
  const shown = figures.filter(one => !one.hidden).length;
  count.textContent = shown + " of " + figures.length + " pictures";
}
box.addEventListener("input", find);
find();
"""


def inlined(page, folder):
    """The page with the bytes of its pictures in it, so that it is one file."""

    def data_of(match):
        file = folder / PurePath(unquote(html.unescape(match[1]))).name
        return f'src="data:image/jpeg;base64,{base64.b64encode(file.read_bytes()).decode("ascii")}"'

    return re.sub(r'src="pictures/([^"]*)"', data_of, page)


def whole_page(title, figures, note):
    """A complete web page as one text: a search field, the figures, a note on who wrote the words."""
    head = (
        f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{html.escape(title)}</title>'
        f"<style>{STYLE}</style>"
    )
    search = (
        '<label for="term">Find</label><input id="term" type="search" autocomplete="off">'
        '<p id="count" role="status"></p>'
    )
    return (
        f'<!DOCTYPE html><html lang="en"><head>{head}</head><body><header><h1>{html.escape(title)}</h1>'
        f"<p>{html.escape(note)}</p>{search}</header><main>{figures}</main>"
        f"<footer><p>The search looks at titles, descriptions and tags. Nothing leaves this machine.</p></footer>"
        f"<script>{SCRIPT}</script></body></html>"
    )


# %% [markdown]
"""
And the gallery. Run the cell and open `build/gallery.html` beside this notebook with a double click.
Type `cup` into the field. Then count, with your own eyes, how many of its descriptions hold something untrue.
"""

# %%
note = "Titles, descriptions and tags: alpha-sees:2b, an invented model. No person has checked them."
page = whole_page("What is on our desks?", gallery_html(library.search("")), note)
page = inlined(page, data_file("captions.json").parent)
(folder / "gallery.html").write_text(page, encoding="utf-8")
print(f"{folder.name}/gallery.html shows {len(library.search(''))} pictures in {len(page) // 1000} kB.")

# %% [markdown]
"""
> **What this cannot do.** It stores what a model said. It does not know whether that is so.
> A wrong tag is found as quickly as a right one, and a thing that nobody mentioned is never found.
> Words about people would be guesses about people: do not ask for age, origin or mood, and do not store them.
> Ask it about a picture that is upside down, and read the description aloud.
"""

# %% [markdown]
"""
## Live: a model that reads pictures

Where Ollama has a model that reads pictures, it describes one picture of the lab here.
On a laptop's processor that may take a minute or more: it is asked four questions. What it says was really said, today.

Where there is none, **no vision-language model answers**. Then the desk detector counts things: a small trained
network of the kit's own, which knows six kinds of thing and no words. From its counts the cell builds plain sentences.
"""

# %% locked="detector"
def models_that_see():
    """The models here that read pictures; none where nobody answers."""
    try:
        return [one.model for one in ollama.list().models if "vision" in (ollama.show(one.model).capabilities or [])]
    except (ConnectionError, ollama.ResponseError):
        return []


def count_words(kinds):
    """The kinds of things in words: "2 cups, 1 book"."""
    counted = [f"{number} {kind}{'s' * (number > 1)}" for kind, number in Counter(kinds).items()]
    return ", ".join(counted) or "nothing that it knows"


def detector_rows(paths):
    """A row for each picture, from what the desk detector counts."""
    from dojo import load_model, weights

    detector, rows = load_model(weights("detect", "onnx")), []
    for path in paths:
        found = detector.predict(load(path), imgsz=320, rect=False, nms=None, verbose=False)[0]
        kinds = [found.names[int(number)] for number in found.boxes.cls]
        words = f"The desk detector counts {count_words(kinds)}."
        row = {"name": path.name, "title": path.stem, "description": words, "alt": words}
        rows.append({**row, "tags": sorted(set(kinds))})
    return rows


# %% live="your-librarian"
from dojo import menu

live_rows, note = [], ""
seeing = models_that_see()
if seeing:
    texts = describe(ollama.chat, seeing[0], data_file("desk-1.jpg"), ACTIONS)
    live_rows = [{**texts, "name": "desk-1.jpg", "tags": parse_tags(texts["tags"])}]
    note = f"Titles, descriptions and tags: {seeing[0]}. No person has checked them."
else:
    wanted = next(model.tag for model in menu.group("small") if model.kind == "vision")
    print("No vision-language model answers here. To have one, install Ollama and run: ollama pull", wanted)
    try:
        live_rows = detector_rows([data_file(f"desk-{number}.jpg") for number in range(1, 9)])
        note = "Words: a sentence of this kit round what the desk detector counted. No language model spoke."
    except DojoError as problem:
        print(problem)
for row in live_rows:
    print(row["name"], "-", row["description"], "- tags:", ", ".join(row["tags"]))
if live_rows:
    page = inlined(whole_page("Described live", gallery_html(live_rows), note), data_file("captions.json").parent)
    (folder / "live-gallery.html").write_text(page, encoding="utf-8")
    print("build/live-gallery.html shows", len(live_rows), "picture(s).")

# %% [markdown]
"""
## Live: a title without a picture

Llama, Qwen and DeepSeek of the small kind read text alone. Give them the tags of a picture and ask for a title.
Without them dojo-tiny answers, the kit's own very small model, and a sentence says so. It knows this course only.

Before you run the cell: will any of them mention something that is not among the tags?
"""

# %% live="titles-from-tags"
tags = library.search("")[0]["tags"]
wish = f"A picture has these tags: {', '.join(tags)}. Give it a title of at most five words, and say nothing else."
print("tags:", ", ".join(tags))
for model in models_here("trio"):
    reply = ollama.chat(
        model=model, messages=[{"role": "user", "content": wish}], options={"temperature": 0, "num_predict": 120}
    )
    print(f"{model}: {reply.message.content.strip()}")

# %% [markdown]
"""
## In your own words

Take four pictures of the lab and their rows: those of the invented model, or of a real one. Say which.
With a real one, ask the same five questions about each picture, and note model, tag and date.

1. For each picture, count the things in its title, description and tags that are **not in the picture**.
   Name them. Give the sum over all four.
2. Take one of its alt texts that is good, and one description that would make a bad alt text. Say why, for a reader
   who can't see the picture and stands on a page of your choice.
3. One sentence: which check would you put between the model and the gallery, and what would it cost?

Write 100 to 200 words.
"""

# %% [markdown] answer="written" points=4
"""
**Rubric**

- 4: four pictures with a count each, every invention named and checkable; a good and a bad alt text, judged by what
  the reader needs on a named page; a check with its cost.
- 2: inventions named for at least two pictures, but no page or reader in the judgement of alt texts, or no cost.
- 0: "the captions are mostly right", or a model was asked to judge them.

**Full (4).** Invented model. desk-2: "two friends have just left", tags *friends* and *breakfast*: 3. desk-5: "late at
night" (it is dark, that is all I see) and the tag *wine*: 2. desk-6: four balls, I count three, in title and
description: 2. desk-8: a laptop, in description and tags: 2. The sum is 9 in four pictures.
Good alt text: desk-4, "Two wooden figures, the one in front with a blue badge, next to an orange ball." On a page
about badges it says who wears one, in one sentence. Bad: the description of desk-3. It is long, and its label
"<mineral water>" can't be read in the picture. On our shop page the reader would ask for water that nobody sells.
Check: a person reads each row before it is published, 20 seconds a picture, 22 hours for our 4,000.
So we would check alt texts only, and mark the rest as unchecked.

**Half (2).** desk-2 has friends who are not there, desk-8 has a laptop that is not there. The alt texts are good since
they are short, the descriptions are too long for that. A person should check them.

**None (0).** The captions are mostly right. I asked a bigger model and it agreed with nearly all of them.
"""

# %% [markdown]
"""
## Stretch

No marks, only bragging rights.

- **Search by meaning.** `mug` finds no cup here. Lab 8's embeddings would. Which new mistakes come with them?
- **Nearly the same.** Save a picture again as JPEG: other bytes, the same picture. Shrink both to 8 by 8 grey pixels
  and compare each with the mean. In how many of the 64 do two pictures differ?
- **Read a number plate.** With lab 6 you could force the plate of a car into a row. Before you do:
  whose car is it, who may search the table, and why is a list of plates a list of people?
- **Ask twice.** Put the same question to a real model five times. Keep only the tags that come every time.
"""
