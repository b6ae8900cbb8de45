# %% [markdown]
"""
# Lab 12. YOLO in Ten Lines

The club room has one desk, and on Friday evening somebody has to write down what was left on it.
Today a small network does that. It finds the things, paints them in, and finds the joints of whoever stands there.
You build the page that the club reads: what is on the desk, how much room it takes, and who wants to speak.
The network was trained from nothing, on drawn desks. It knows six kinds of things, and not one more.

| What | Answer |
|---|---|
| Belt | Green: See |
| You build | "What is on my desk?": a page with counted things, their areas, and an alarm for raised hands |
| Minutes | 85 |
| Needs | no camera, no network; any laptop. The weights come with the kit (4 to 5 MB each) |
| You will be able to | run and read a detector, undo letterboxing, read masks and joints, choose thresholds |
| Out of scope | counting over time (lab 13), scoring a detector (lab 14), training one (lab 17) |
"""

# %% locked="setup"
# %load_ext dojo
import base64
import functools
import html
import json
import math

import cv2
import numpy as np
import ollama

from dojo import data_file, expect, given, load, load_model, models_here, sample_chat, show, weights

# %% [markdown]
"""
## A complete program first

Run this cell. It opens a trained network, shows it one picture, and prints what it found. Ten lines.
The first run takes a few seconds, since it imports torch. Before it ends, write down *I expect ...*:
which things stand on a desk, and how sure will the network be? Then write *I saw ...* beside it.
"""

# %%
model = load_model(weights("detect"))
image = load(data_file("desk-1.jpg"))
result = model.predict(image, imgsz=320, rect=False, conf=0.25, iou=0.7, nms=None, verbose=False)[0]

boxes = result.boxes
for corners, conf, kind in zip(boxes.xyxy.tolist(), boxes.conf.tolist(), boxes.cls.tolist(), strict=True):
    x1, y1, x2, y2 = corners
    print(f"{result.names[int(kind)]:8} {conf:.2f}   from ({x1:.0f}, {y1:.0f}) to ({x2:.0f}, {y2:.0f})")
print("a picture of", image.shape[1], "x", image.shape[0], "pixels, read in", round(result.speed["inference"]), "ms")
show(result.plot(), alt=f"The desk; a labelled box lies round each of {len(boxes)} things.")

# %% [markdown]
"""
Five facts from that program are all you need today.

- **A detection is six numbers**: four for the box, one for the score, one for the kind.
- **`xyxy`** is the box as in lab 9: left, top, right, bottom, in pixels. `xywh` holds other numbers: the *middle*,
  then width and height. Both are rows of four, and nothing warns you.
- **`conf`** is a score from 0 to 1. It is no percentage of truth. You choose from where on you believe it.
- **`cls`** is a number such as `2.0`. `result.names` turns the whole number 2 into a word.
  Kind 0 is a kind like others.
- **Every setting is written out.** `imgsz`, `rect`, `conf`, `iou` and `nms` have defaults that changed with versions.

The network takes squares of 320 x 320 only. The picture is 480 wide and 300 high. Somebody did something about that.
You'll be that somebody in exercise 5.
"""

# %% [markdown]
"""
## How to work

Five exercises follow. Under each stand its tests: run them as often as you like. No output means that they pass.
If one fails, read the **last lines** of what it prints. They say what was given, what came and what was wanted.

Type `%check` in a new cell to see all five at once. `%hint 1` gives the next hint of exercise 1.
Some tests stay hidden in this notebook. `%check` runs those too, and some of them run the network itself.
"""

# %% locked="helpers"
# The tests use these. You may too; leave them as they are.
SIDE = 320  # what the network takes: a square of so many pixels
PAIRS = ("shoulder", "elbow", "wrist", "hip", "knee", "ankle")
JOINTS = ["head", *(f"{side}_{part}" for part in PAIRS for side in ("left", "right"))]  # as the network gives them
RECORDED = json.loads(data_file("measured.json").read_text(encoding="utf-8"))  # what the shipped weights really said
TRUTH = json.loads(data_file("desk.json").read_text(encoding="utf-8"))  # what the painter painted
NAMES = {int(kind): name for kind, name in RECORDED["names"].items()}


@functools.cache
def open_net(task):
    """The shipped network for "detect", "segment" or "pose", without torch: ONNX Runtime alone reads it."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(str(weights(task)), options, providers=["CPUExecutionProvider"])


def run_net(task, square, conf=0.25, iou=0.7):
    """What the network says of a square BGR picture: a table (1, 300, 6 or more), the best first, then rows of zeros.

    A row is x1, y1, x2, y2 in pixels of the square, score, kind, and then what the task adds. The second reply is
    the network's second output: the prototypes of the masks, or None.
    """
    blob = np.ascontiguousarray(square[None, :, :, ::-1].transpose(0, 3, 1, 2), np.float32) / 255
    net = open_net(task)
    raw, *more = net.run(None, {net.get_inputs()[0].name: blob})
    places, kinds = raw[0].T, 1 if task == "pose" else len(NAMES)
    scores, ids = places[:, 4 : 4 + kinds].max(axis=1), places[:, 4 : 4 + kinds].argmax(axis=1)
    places, scores, ids = (part[scores > conf] for part in (places, scores, ids))
    table = np.zeros((1, 300, 6 + raw.shape[1] - 4 - kinds), np.float32)
    corner = places[:, :2] - places[:, 2:4] / 2
    boxes = np.hstack([corner, places[:, 2:4]])
    picks = cv2.dnn.NMSBoxesBatched(boxes.tolist(), scores.tolist(), ids.tolist(), conf, iou) if len(boxes) else []
    for row, pick in enumerate(sorted(np.ravel(picks).astype(int).tolist(), key=lambda one: -scores[one])[:300]):
        table[0, row, :4] = [*corner[pick], *(corner[pick] + places[pick, 2:4])]
        table[0, row, 4:6] = scores[pick], ids[pick]
        table[0, row, 6:] = places[pick, 4 + kinds :]
    return table, more[0] if more else None


def fitted(image):
    """The picture fitted into the network's square by OpenCV's own tool, for tests of other exercises."""
    settings = cv2.dnn.Image2BlobParams()
    settings.size, settings.paddingmode = (SIDE, SIDE), cv2.dnn.DNN_PMODE_LETTERBOX
    settings.borderValue = (114, 114, 114, 0)
    return cv2.dnn.blobFromImageWithParams(image, settings)[0].transpose(1, 2, 0).astype(np.uint8)


def plain(width, height, colour=(120, 120, 120)):
    """A picture of one BGR colour."""
    return np.full((height, width, 3), colour, np.uint8)


# %% [markdown]
"""
## Exercise 1. What is there?

Difficulty 1 of 5. Up to 10 minutes. About 7 lines.

A detection is a dictionary: `{"name": "cup", "conf": 0.91, "box": (x1, y1, x2, y2)}`.
Write `inventory(dets, min_conf, otherwise=0.5)`. It counts the detections of each kind that you believe.

* `min_conf` is a dictionary, such as `{"phone": 0.7}`: a phone counts from 0.7 on.
* A kind that is not in `min_conf` counts from `otherwise` on.
* **From ... on** means that the score itself is enough: 0.7 counts as a phone.
* The reply is a dictionary from names to counts, whole numbers. A kind with no believed detection is not in it.

With two cups of 0.9 and 0.5, a phone of 0.6 and a book of 0.3:
`inventory(dets, {"phone": 0.7})` -> `{"cup": 2}`
`inventory(dets, {"phone": 0.55, "book": 0.25})` -> `{"cup": 2, "phone": 1, "book": 1}`
`inventory([], {})` -> `{}`

Why would a phone need more than a book? Because a wrong one costs more: somebody runs through the house for it.

<details><summary>Hint 1</summary>

Begin with an empty dictionary. Go through the detections, one after the other.

</details>
<details><summary>Hint 2</summary>

For each detection find its own limit first. `min_conf.get(name, otherwise)` gives a value also for names it lacks.

</details>
<details><summary>Hint 3</summary>

`counts[name] = counts.get(name, 0) + 1` counts up, also the first time.

</details>
"""

# %% solution="inventory"
def inventory(dets, min_conf, otherwise=0.5):
    """How many detections of each kind reach the least score of their kind: a dict from names to counts."""
    ### BEGIN SOLUTION
    counts = {}
    for det in dets:
        name = det["name"]
        if det["conf"] >= min_conf.get(name, otherwise):
            counts[name] = counts.get(name, 0) + 1
    return counts
    ### END SOLUTION

# %% tests="test_inventory" points=1
def dets_of(*pairs):
    """Detections with these names and scores, each in a box of its own."""
    return [
        {"name": name, "conf": conf, "box": (10 * at, 20, 10 * at + 8, 44)} for at, (name, conf) in enumerate(pairs)
    ]


def counting(dets, min_conf, **settings):
    words = ", ".join(f"{det['name']} {det['conf']}" for det in dets) or "nothing"
    more = "".join(f", {name}={value}" for name, value in settings.items())
    return given(inventory, dets, min_conf, **settings).shown_as(f"inventory([{words}], {min_conf}{more})")


DESK = dets_of(("cup", 0.9), ("cup", 0.5), ("phone", 0.6), ("book", 0.3))
counting(DESK, {"phone": 0.7}).returns(
    {"cup": 2}, think="Each kind has its own limit. Which one holds for cups, which for the phone?"
)
counting(DESK, {"phone": 0.55, "book": 0.25}).returns(
    {"cup": 2, "phone": 1, "book": 1}, think="Here a book counts from 0.25 on. Where do you look that up?"
)
counting([], {}).returns({}, think="An empty desk has an empty inventory.")
counting(dets_of(("ball", 0.8)), {}).returns({"ball": 1}, think="One ball of 0.8, and 0.5 is enough for it.")
### BEGIN HIDDEN TESTS
counting(dets_of(("phone", 0.75), ("ball", 0.5)), {"phone": 0.75}).returns(
    {"phone": 1, "ball": 1}, think="0.75 counts from 0.75 on. Which of your signs should hold the limit?"
)
counting(dets_of(("phone", 0.75), ("cup", 0.25)), {"phone": 0.75}, otherwise=0.25).returns(
    {"phone": 1, "cup": 1}, think="0.25 counts from 0.25 on. Which of your signs should hold the limit?"
)
counting(dets_of(("cup", 0.4), ("book", 0.9)), {}, otherwise=0.3).returns(
    {"cup": 1, "book": 1}, think="otherwise is 0.3 in this call. Which limit do you use?"
)
counting(dets_of(("cup", 0.6), ("book", 0.9)), {}, otherwise=0.8).returns(
    {"book": 1}, think="otherwise is 0.8 in this call. Which limit do you use?"
)
counting(dets_of(("phone", 0.6), ("cup", 0.6), ("phone", 0.8), ("cup", 0.4)), {"phone": 0.7, "cup": 0.3}).returns(
    {"phone": 1, "cup": 2}, think="Two phones, two cups, two limits. Which belongs to whom?"
)
counting(dets_of(("book", 0.2), ("book", 0.1)), {"cup": 0.9}).returns(
    {}, think="No book is believed. Does a kind with none stand in the inventory?"
)
counting(dets_of(("book", 0.9), ("cup", 0.1)), {"cup": 0.9, "ball": 0.1}).returns(
    {"book": 1}, think="There is a limit for balls, and there is no ball. What stands in the inventory?"
)
counting(dets_of(("ball", 0.02), ("ball", 0.0)), {"ball": 0}).returns(
    {"ball": 2}, think="The limit for balls is 0 in this call. Is 0 a limit, or no limit, in your code?"
)
counting(dets_of(("cup", 1.0), ("cup", 1.0), ("cup", 1.0), ("figure", 0.99)), {"figure": 1.0}).returns(
    {"cup": 3}, think="The figure has 0.99 and needs 1.0. Is every cup counted, the third one too?"
)
counting(dets_of(("clock", 0.9), ("cup", 0.9)), {}).returns(
    {"clock": 1, "cup": 1}, think="Another network knows clocks. Which names does your code expect?"
)
counting(dets_of(("cup", 0.9), ("ball", 0.8), ("cup", 0.7)), {}).satisfies(
    lambda reply: all(isinstance(count, (int, np.integer)) for count in reply.values()),
    "whole numbers as counts",
    think="The page would read '2.0 cups'. Which type do your counts have?",
)
twins = dets_of(("cup", 0.9)) * 2
counting(twins, {}).returns({"cup": 2}, think="Two detections may look alike. Do you count each of them?")
counting(dets_of(("cup", 0.9), ("book", 0.2)), {"book": 0.1}).changes_nothing(
    think="The page still needs the detections, and the limits. Do you take something out of them?"
)
given(inventory, DESK, {"phone": 0.7}).shown_as("the second call in a row").returns(
    {"cup": 2}, think="The same desk twice. Does something stay behind from the call before?"
)
for name, said in RECORDED["pictures"].items():
    call = given(inventory, said["detect"], {}, otherwise=0.5)
    call.shown_as(f"inventory(what the shipped network found in {name}, {{}})").returns(
        TRUTH[name]["counts"], think="Count by hand in the picture. Who is right?"
    )
### END HIDDEN TESTS

# %% [markdown]
"""
## Before exercise 2: what comes out of the network

`result.boxes` is made from a table of numbers. This cell shows the first rows of such a table, recorded from the
shipped network on `desk-1.jpg`. Before you run it: how many rows are there, and how many of them are things?
"""

# %%
table = np.load(data_file("rows.npz"))["desk-1.jpg"]
print("shape", table.shape, "type", table.dtype)
for row in table[0, :9].tolist():
    print("".join(f"{number:9.2f}" for number in row))
print("recorded", RECORDED["date"], "from", RECORDED["files"]["detect"]["name"], "which knows", NAMES)

# %% [markdown]
"""
## Exercise 2. Read the table

Difficulty 2 of 5. Up to 12 minutes. About 8 lines.

Write `decode(out, conf, names)`. It turns such a table into a list of detections, in the order of the rows.

* `out` is an array `(1, rows, 6)`. A row is `x1, y1, x2, y2, score, kind`. The 1 stands for one picture.
* A row is kept when its score is `conf` or more. But a row of six zeros is **filling**, whatever `conf` is.
* `names` is a dictionary from whole numbers to words, such as `{0: "cup", 1: "book"}`. It may begin anywhere.
* A detection is `{"name": "book", "conf": 0.75, "box": (x1, y1, x2, y2)}`. The box holds the row's own four numbers.

With the two rows `10, 20, 60, 80, 0.75, 1` and `0, 0, 0, 0, 0, 0`:
`decode(out, 0.5, {0: "cup", 1: "book"})` -> `[{"name": "book", "conf": 0.75, "box": (10.0, 20.0, 60.0, 80.0)}]`

Leave the array that you are given as it is.

<details><summary>Hint 1</summary>

`out[0]` is the table of the first picture. Python can loop over its rows.

</details>
<details><summary>Hint 2</summary>

`x1, y1, x2, y2, score, kind = row.tolist()` takes a row apart, into plain Python numbers.
A dictionary is asked with a whole number. What type is `kind`?

</details>
<details><summary>Hint 3</summary>

`names[int(kind)]` is the word. `any(row)` is false for a row of zeros only.

</details>
"""

# %% solution="decode"
def decode(out, conf, names):
    """The detections in a table (1, rows, 6) whose score is conf or more, as dicts with name, conf and box."""
    ### BEGIN SOLUTION
    dets = []
    for row in out[0].tolist():
        x1, y1, x2, y2, score, kind = row
        if any(row) and score >= conf:
            dets.append({"name": names[int(kind)], "conf": score, "box": (x1, y1, x2, y2)})
    return dets
    ### END SOLUTION

# %% tests="test_decode" points=2
SMALL = {0: "cup", 1: "book", 2: "phone"}


def rows_as(*rows):
    return np.array([rows], np.float32).reshape(1, len(rows), 6)


def decoding(rows, conf, names):
    words = "; ".join(", ".join(f"{number:g}" for number in row) for row in rows)
    call = given(decode, rows_as(*rows), conf, names)
    return call.shown_as(f"decode(a table with the rows [{words}], {conf}, {names})")


def det(name, conf, *box):
    return {"name": name, "conf": conf, "box": box}


BOOK, CUP, NOTHING = (10, 20, 60, 80, 0.75, 1), (100, 40, 130, 70, 0.5, 0), (0, 0, 0, 0, 0, 0)
decoding([BOOK, NOTHING], 0.5, SMALL).returns(
    [det("book", 0.75, 10, 20, 60, 80)], within=0.001, think="One row is a thing, one is filling. What is in a row?"
)
decoding([BOOK, CUP, NOTHING, NOTHING], 0.25, SMALL).returns(
    [det("book", 0.75, 10, 20, 60, 80), det("cup", 0.5, 100, 40, 130, 70)],
    within=0.001,
    think="Kind 0 is a cup and kind 1 is a book. Do you count from 0?",
)
decoding([BOOK, (5, 5, 25, 15, 0.125, 2), CUP], 0.25, SMALL).returns(
    [det("book", 0.75, 10, 20, 60, 80), det("cup", 0.5, 100, 40, 130, 70)],
    within=0.001,
    think="The row in the middle has a score of 0.125. What happens with the rows after it?",
)
### BEGIN HIDDEN TESTS
decoding([BOOK, CUP], 0.5, SMALL).returns(
    [det("book", 0.75, 10, 20, 60, 80), det("cup", 0.5, 100, 40, 130, 70)],
    within=0.001,
    think="The cup's score is 0.5, and conf is 0.5. Which of your signs should hold the limit?",
)
decoding([BOOK, CUP], 0.625, SMALL).returns(
    [det("book", 0.75, 10, 20, 60, 80)], within=0.001, think="conf is 0.625 in this call. Which limit do you use?"
)
decoding([BOOK, NOTHING, NOTHING], 0.0, SMALL).returns(
    [det("book", 0.75, 10, 20, 60, 80)], within=0.001, think="conf is 0 here. Has filling become things?"
)
decoding([(0, 0, 30, 20, 0.75, 0), NOTHING], 0.25, SMALL).returns(
    [det("cup", 0.75, 0, 0, 30, 20)],
    within=0.001,
    think="This cup stands in the corner, and its kind is 0. Is it filling for you?",
)
decoding([NOTHING, BOOK], 0.25, SMALL).returns(
    [det("book", 0.75, 10, 20, 60, 80)], within=0.001, think="Filling may stand anywhere. Do you stop at the first?"
)
decoding([CUP, BOOK], 0.25, SMALL).returns(
    [det("cup", 0.5, 100, 40, 130, 70), det("book", 0.75, 10, 20, 60, 80)],
    within=0.001,
    think="The order of the rows is wanted, and the cup comes first here.",
)
decoding([(10, 20, 60, 80, 0.75, 7), (1, 2, 3, 4, 0.5, 3)], 0.25, {3: "star", 7: "key"}).returns(
    [det("key", 0.75, 10, 20, 60, 80), det("star", 0.5, 1, 2, 3, 4)],
    within=0.001,
    think="These names begin at 3 and have gaps. How do you find the word for kind 7?",
)
decoding([(12.25, 20.5, 60.75, 80.125, 0.5, 1)], 0.25, SMALL).returns(
    [det("book", 0.5, 12.25, 20.5, 60.75, 80.125)], within=0.001, think="A box may lie between pixels. Do you round it?"
)
decoding([(-4, 20, 6, 80, 0.5, 1)], 0.25, SMALL).returns(
    [det("book", 0.5, -4, 20, 6, 80)], within=0.001, think="A box may stick out. Its row is wanted as it is."
)
decoding([(-60, -50, 6, 8, 0.5, 1)], 0.25, SMALL).returns(
    [det("book", 0.5, -60, -50, 6, 8)], within=0.001, think="Numbers below 0 are numbers. How do you tell filling?"
)
decoding([NOTHING] * 4, 0.25, SMALL).returns([], think="All is filling. What is on an empty desk?")
decoding([], 0.25, SMALL).returns([], think="The table has no rows at all. What is on an empty desk?")
decoding([BOOK, BOOK], 0.25, SMALL).returns(
    [det("book", 0.75, 10, 20, 60, 80)] * 2, within=0.001, think="Two rows, two detections, even if they look alike."
)
decoding([BOOK, CUP, NOTHING], 0.25, SMALL).changes_nothing(think="The table is still needed. Do you write into it?")
for name in RECORDED["pictures"]:
    recorded_table = np.load(data_file("rows.npz"))[name]
    rows = [row for row in recorded_table[0].tolist() if row[4] >= 0.5]
    wanted = [det(NAMES[int(row[5])], row[4], *row[:4]) for row in rows]
    given(decode, recorded_table, 0.5, NAMES).shown_as(f"decode(the recorded table of {name}, 0.5, names)").returns(
        wanted, within=0.001, think="This is what the shipped network said. Which row do you read otherwise?"
    )
really = run_net("detect", fitted(load(data_file("desk-2.jpg"))))[0]
given(lambda out: [one["name"] for one in decode(out, 0.5, NAMES)], really).shown_as(
    "the names in decode(what the network says now of desk-2.jpg, 0.5, names)"
).returns(
    [one["name"] for one in RECORDED["pictures"]["desk-2.jpg"]["detect"] if one["conf"] >= 0.5],
    think="The network has really been run for this. Which row do you read otherwise?",
)
### END HIDDEN TESTS

# %% [markdown]
"""
## Before exercise 3: thirteen joints

A second network knows figures and their joints. Each joint is a row: x, y and a score.
A joint that was not found stands at (0, 0). Before you run the cell: is the wrist of a raised hand above or below the
shoulder, and is its y larger or smaller?
"""

# %%
found = RECORDED["pictures"]["desk-1.jpg"]["pose"][0]["joints"]  # recorded from the shipped weights
for number in (0, 1, 3, 5, 2, 4, 6):
    x, y, score = found[number]
    print(f"row {number:2}  {JOINTS[number]:15} x {x:5.0f}   y {y:5.0f}   score {score:.2f}")

# %% [markdown]
"""
## Exercise 3. Who wants to speak?

Difficulty 3 of 5. Up to 15 minutes. About 12 lines together.

**The angle.** `angle(a, b, c)` gives the angle at the point `b`, between the ways to `a` and to `c`.
It is in degrees, from 0 to 180. Points are `(x, y)`. When `a` or `c` lies on `b`, there is no angle: give `None`.

`angle((0, 0), (10, 0), (20, 0))` -> `180.0`   `angle((0, 0), (10, 0), (10, 10))` -> `90.0`

**The hand.** `hand_up(kpts, min_conf)` gives `True` when one of the two hands is up, else `False`.
`kpts` are the 13 rows `(x, y, score)` in the order of `JOINTS`. These are the rows of the two arms:

| arm | shoulder | elbow | wrist |
|---|---|---|---|
| left | 1 | 3 | 5 |
| right | 2 | 4 | 6 |

A hand is up when all of this is true:

* The three joints of its arm were found: each score is `min_conf` or more, and no joint is at (0, 0).
* The wrist is higher in the picture than the shoulder of the same arm.
* The angle at the elbow is 90 degrees or more. A hand that scratches a chin asks for nothing.

<details><summary>Hint 1</summary>

Row 0 is the top of a picture. So *higher* means a smaller y.

</details>
<details><summary>Hint 2</summary>

`math.atan2(y, x)` gives the direction of a way, also straight up. `math.degrees` turns it into degrees.
The difference of two directions may be more than 180. What is the other way round then?

</details>
<details><summary>Hint 3</summary>

`for rows in ((1, 3, 5), (2, 4, 6)):` goes through the arms. `shoulder, elbow, wrist = (kpts[row] for row in rows)`.
For an angle `turn` over 180, the smaller one is `360 - turn`. Return `False` after the loop, not in it.

</details>
"""

# %% solution="hand_up"
def angle(a, b, c):
    """The angle at b between a and c, in degrees from 0 to 180; None when a or c lies on b."""
    ### BEGIN SOLUTION
    if tuple(a) == tuple(b) or tuple(c) == tuple(b):
        return None
    first = math.degrees(math.atan2(a[1] - b[1], a[0] - b[0]))
    second = math.degrees(math.atan2(c[1] - b[1], c[0] - b[0]))
    turn = abs(first - second)
    return 360 - turn if turn > 180 else turn
    ### END SOLUTION


def hand_up(kpts, min_conf):
    """Is a wrist above the shoulder of its own arm, on an arm bent by no less than 90 degrees, all three found?"""
    ### BEGIN SOLUTION
    for rows in ((1, 3, 5), (2, 4, 6)):
        shoulder, elbow, wrist = arm = [tuple(kpts[row]) for row in rows]
        found = all(score >= min_conf and (x, y) != (0, 0) for x, y, score in arm)
        if found and wrist[1] < shoulder[1]:
            bend = angle(shoulder[:2], elbow[:2], wrist[:2])
            if bend is not None and bend >= 90:
                return True
    return False
    ### END SOLUTION

# %% tests="test_angle" points=1
for points, degrees, think in (
    (((0, 0), (10, 0), (20, 0)), 180.0, "The three points lie on one line, b between the others."),
    (((0, 0), (10, 0), (10, 10)), 90.0, "This is a square corner."),
    (((10, 0), (0, 0), (10, 10)), 45.0, "Half a square corner. At which of the three points do you measure?"),
    (((5, 5), (5, 5), (9, 9)), None, "a lies on b, so there is no way from b to a."),
):
    given(angle, *points).returns(degrees, think=think, within=0.001)
### BEGIN HIDDEN TESTS
for points, degrees, think in (
    (((10, 0), (0, 0), (20, 0)), 0.0, "a and c lie in the same direction from b."),
    (((9, 9), (5, 5), (5, 5)), None, "c lies on b, so there is no way from b to c."),
    (((-10, 1), (0, 0), (-10, -1)), 11.4212, "A small angle that looks to the left. Is yours the other way round?"),
    (((-10, -10), (0, 0), (-10, 10)), 90.0, "A square corner that looks to the left. No angle is over 180."),
    (((-10, 10), (0, 0), (-10, -10)), 90.0, "The same corner, the other way round. No angle is below 0 or over 180."),
    (((0, -10), (0, 0), (0, 10)), 180.0, "Straight up and straight down. Do you divide by a width of 0?"),
    (((0, 10), (0, 0), (10, 0)), 90.0, "A square corner, from below to the right."),
    (((10, 0), (0, 0), (-5, 8.660254)), 120.0, "More than a square corner. Does your angle stop at 90?"),
    (((110, 200), (100, 200), (100, 190)), 90.0, "Far from (0, 0). Do you measure from b?"),
    (((0.1, 0.2), (0.3, 0.6), (0.5, 1.0)), 180.0, "A straight line with odd numbers. Which value does acos not bear?"),
    (((49, 49), (0, 0), (98, 98)), 0.0, "The same direction twice. Which value does acos not bear?"),
    (((1, 6), (0, 0), (3, 18)), 0.0, "c is three times as far as a, in one direction. Which value does acos not bear?"),
    (((0.1, 0.1), (0, 0), (-0.2, -0.2)), 180.0, "A straight line. Which value does acos not bear?"),
    (((0, 0), (3, 4), (0, 0)), 0.0, "There and back again: a and c are the same point."),
    (((0, 0), (40, 0), (39, 1)), 45.0, "One arm is long, one is short. Does the length count?"),
):
    given(angle, *points).returns(degrees, think=think, within=0.01)
### END HIDDEN TESTS

# %% tests="test_hand_up" points=2
DOWN = {"left_shoulder": (60, 80), "left_elbow": (66, 100), "left_wrist": (68, 120)}
DOWN |= {"right_shoulder": (40, 80), "right_elbow": (34, 100), "right_wrist": (32, 120)}


def joints(score=0.9, **moved):
    """The 13 rows of a figure with its arms down, but for the joints named here: (x, y) or (x, y, score)."""
    rows = []
    for number, name in enumerate(JOINTS):
        point = tuple(moved.get(name, DOWN.get(name, (50, 60 + 10 * number))))
        rows.append(list(point if len(point) == 3 else (*point, score)))
    return rows


def handing(what, kpts, min_conf=0.5):
    return given(hand_up, kpts, min_conf).shown_as(f"hand_up({what}, {min_conf})")


LEFT_UP = {"left_elbow": (72, 66), "left_wrist": (78, 50)}
RIGHT_UP = {"right_elbow": (28, 66), "right_wrist": (22, 50)}
handing("a figure with its arms down", joints()).returns(
    False, think="Both wrists are at y = 120, both shoulders at 80."
)
handing("a figure with its left hand up", joints(**LEFT_UP)).returns(
    True, think="The left wrist is at y = 50, the left shoulder at y = 80. Which is higher in the picture?"
)
handing("a figure with its right hand up", joints(**RIGHT_UP)).returns(
    True, think="The right wrist is at y = 50, the right shoulder at y = 80. Do you look at both arms?"
)
handing("a figure whose left wrist was not found", joints(left_wrist=(0, 0, 0.0))).returns(
    False, think="The wrist stands at (0, 0), with score 0. Is it high up, or is it missing?"
)
### BEGIN HIDDEN TESTS
handing("a figure with both hands up", joints(**LEFT_UP, **RIGHT_UP)).returns(
    True, think="One hand is enough. Two are too."
)
handing("a left wrist at (0, 0) with score 0.9", joints(left_wrist=(0, 0, 0.9))).returns(
    False, think="A joint at (0, 0) was not found, whatever its score."
)
handing("a right wrist at (0, 0) with score 0.9", joints(right_wrist=(0, 0, 0.9))).returns(
    False, think="A joint at (0, 0) was not found, whatever its score."
)
handing(
    "a shoulder at (0, 0) with score 0.9, wrist below the edge",
    joints(left_shoulder=(0, 0, 0.9), left_elbow=(30, -20), left_wrist=(60, -30)),
).returns(False, think="The shoulder was not found. Can you say that the wrist is above it?")
handing(
    "an elbow at (0, 0), the rest as in a raised hand", joints(left_elbow=(0, 0, 0.9), left_wrist=(78, 50))
).returns(False, think="The elbow was not found. All three joints are needed.")
handing(
    "a left hand up at the left edge, x = 0", joints(left_shoulder=(0, 80), left_elbow=(0, 65), left_wrist=(0, 50))
).returns(True, think="x is 0 and y is not. A joint is missing when both are 0.")
handing(
    "a left hand up at the top edge, y = 0", joints(left_shoulder=(60, 30), left_elbow=(64, 15), left_wrist=(66, 0))
).returns(True, think="y is 0 and x is not. A joint is missing when both are 0.")
for name in ("left_shoulder", "left_elbow", "left_wrist"):
    point = {**DOWN, **LEFT_UP}[name]
    handing(f"a left hand up, but {name} has score 0.3", joints(**{**LEFT_UP, name: (*point, 0.3)})).returns(
        False, think=f"The score of {name} is below min_conf. Which scores do you look at?"
    )
handing("a left hand up, all scores 0.5", joints(0.5, **LEFT_UP)).returns(
    True, think="The scores are 0.5, and min_conf is 0.5. Which of your signs should hold the limit?"
)
handing("a left hand up, all scores 0.5", joints(0.5, **LEFT_UP), 0.75).returns(
    False, think="min_conf is 0.75 in this call. Which limit do you use?"
)
handing("a left hand up, all scores 0.125", joints(0.125, **LEFT_UP), 0.1).returns(
    True, think="min_conf is 0.1 in this call. Which limit do you use?"
)
handing("a left hand up, the right arm's scores 0.1", joints(**LEFT_UP, right_wrist=(32, 120, 0.1))).returns(
    True, think="The right wrist is not believed. Does the left hand need it?"
)
handing("a left hand up, the left ankle's score 0.1", joints(**LEFT_UP, left_ankle=(50, 200, 0.1))).returns(
    True, think="An ankle is not believed. Which joints does a hand need?"
)
handing("a left wrist exactly as high as its shoulder", joints(left_elbow=(76, 82), left_wrist=(92, 80))).returns(
    False, think="Both are at y = 80. Is the wrist higher?"
)
handing(
    "shoulders at a slant, left wrist above the right shoulder only",
    joints(left_shoulder=(60, 70), right_shoulder=(40, 110), left_elbow=(66, 86), left_wrist=(70, 100)),
).returns(False, think="The left wrist is below the left shoulder. Whose shoulder do you compare with?")
handing(
    "shoulders at a slant, left wrist above the left shoulder, below the right one",
    joints(left_shoulder=(60, 110), right_shoulder=(40, 70), left_elbow=(72, 102), left_wrist=(80, 90)),
).returns(True, think="The left wrist is above the left shoulder. Whose shoulder do you compare with?")
handing("a left hand at the chin, elbow bent by 40 degrees", joints(left_elbow=(80, 92), left_wrist=(62, 70))).returns(
    False, think="The wrist is above the shoulder, and the elbow is bent sharply. Which angle is needed?"
)
handing("a left elbow of exactly 90 degrees", joints(left_elbow=(80, 80), left_wrist=(80, 60))).returns(
    True, think="The angle is 90 degrees, and 90 or more is needed."
)
handing("a left elbow of 100 degrees", joints(left_elbow=(80, 80), left_wrist=(84, 60))).returns(
    True, think="The angle is about 101 degrees. Must an arm be straight?"
)
handing("an elbow below its shoulder, the wrist above", joints(left_elbow=(80, 84), left_wrist=(90, 60))).returns(
    True, think="Only the wrist must be above the shoulder. What does the elbow's place matter?"
)
handing("a wrist that lies on its elbow, above the shoulder", joints(left_elbow=(70, 60), left_wrist=(70, 60))).returns(
    False, think="There is no angle at this elbow. What does your code do with None?"
)
handing(
    "a right hand up, the left arm not found", joints(**RIGHT_UP, left_elbow=(0, 0, 0.0), left_wrist=(0, 0, 0.0))
).returns(True, think="The left arm was not found. Does your code still come to the right one?")
handing(
    "a left hand up, the right arm not found", joints(**LEFT_UP, right_elbow=(0, 0, 0.0), right_wrist=(0, 0, 0.0))
).returns(True, think="The right arm was not found. Does the left hand need it?")
handing(
    "a hand that hangs from a raised elbow, above the shoulder", joints(left_elbow=(80, 60), left_wrist=(110, 70))
).returns(
    True, think="The wrist is above the shoulder, and the elbow still higher. What does the elbow's height matter?"
)
handing(
    "a right wrist to the left of the picture, at (-20, 20)",
    joints(right_shoulder=(5, 50), right_elbow=(-10, 36), right_wrist=(-20, 20)),
).returns(True, think="A joint may lie outside the picture. Only (0, 0) stands for a missing one.")
handing(
    "a right wrist over the top of the picture, at y = -30",
    joints(right_shoulder=(40, 20), right_elbow=(30, -4), right_wrist=(26, -30)),
).returns(True, think="-30 is higher up than 20. What do you do with the sign?")
handing(
    "a left wrist in the picture's corner, at (0.4, 0.3)",
    joints(left_shoulder=(4, 40), left_elbow=(2, 20), left_wrist=(0.4, 0.3)),
).returns(True, think="0.4 is not 0. Joints may lie between pixels. What do you cut off?")
handing("rows as an array", np.array(joints(**RIGHT_UP))).returns(
    True, think="The network gives arrays. What did you expect?"
)
handing("rows as an array, arms down", np.array(joints(), np.float32)).returns(
    False, think="The network gives arrays. What did you expect?"
)
handing("a figure with its left hand up", joints(**LEFT_UP)).changes_nothing(think="The rows are still needed.")
handing(
    "a figure that stands with its left wrist above its head and below the middle of the picture",
    joints(left_shoulder=(60, 400), left_elbow=(72, 386), left_wrist=(78, 370)),
).returns(True, think="The figure stands low in the picture. What do you compare the wrist with?")
for name in RECORDED["pictures"]:
    rows = [row[6:].reshape(-1, 3) for row in run_net("pose", fitted(load(data_file(name))))[0][0] if row[4] >= 0.5]
    call = given(lambda figures: [hand_up(figure, 0.5) for figure in figures], rows)
    call.shown_as(f"hand_up(...) of each figure that the pose network finds in {name}").returns(
        RECORDED["pictures"][name]["hands"], think="The network has really been run for this. Look at the picture."
    )
### END HIDDEN TESTS

# %% [markdown]
"""
## Before exercise 4: a letter in a box

The network takes squares. A stretched cup is a strange cup, so a picture is never stretched.
It is made as large as fits and laid into the middle of the square. What stays free is filled with grey 114.
That is **letterboxing**, from the black bars over and under a film on television.

Before you run the cell: where will the grey be for a picture of 480 x 300, and where for one of 240 x 320?
"""

# %%
for name in ("desk-1.jpg", "desk-3.jpg"):
    wide = load(data_file(name))
    height, width = wide.shape[:2]
    print(
        f"{name}: {width} x {height}, so the scale is {SIDE} / {max(width, height)} = {SIDE / max(width, height):.3f}"
    )
    show(fitted(wide), alt=f"{name} fitted into a square, grey bars on two sides.")

# %% [markdown]
"""
## Exercise 4. How much room does it take?

Difficulty 3 of 5. Up to 15 minutes. About 8 lines.

A third network paints each thing in. Its mask is a square, like its input: the grey bars are in it too.
Write `mask_fraction(mask, size)`. It gives the share of the **picture** that the mask covers, from 0.0 to 1.0.

* `mask` is a square array `(n, n)` of numbers from 0 to 1. A place belongs to the thing when its
  number is **over** 0.5.
* `size` is `(width, height)` of the picture. The masks' squares are smaller or larger than the picture, as they like.
* Find where the picture lies in the square: the longer side fills it, the shorter one lies in the middle.
  Its width and height in the square are `round(width * scale)` and `round(height * scale)`, with `scale = n / longer`.
  When an odd number is left over, the extra row or column is at the bottom or on the right.
* Cut that part out of the mask. The bars count for nothing, not even where the mask is over 0.5.

A mask of 8 x 8 whose places are all 1, `size` `(320, 160)` -> `1.0`. With the left half of it 0 -> `0.5`.

<details><summary>Hint 1</summary>

An array is rows first: `mask[top : top + height, left : left + width]`. And `size` is width first.

</details>
<details><summary>Hint 2</summary>

With `n = 8` and a picture of 320 x 160 the scale is 8 / 320. The picture is 8 wide and 4 high there.
So 4 rows are left over: 2 above, 2 below.

</details>
<details><summary>Hint 3</summary>

`left = (n - width_there) // 2`. The share of true places of an array is `np.mean(part > 0.5)`.

</details>
"""

# %% solution="mask_fraction"
def mask_fraction(mask, size):
    """The share of a picture of size (width, height) that a square mask of its letterboxed form covers."""
    ### BEGIN SOLUTION
    n = len(mask)
    scale = n / max(size)
    width, height = round(size[0] * scale), round(size[1] * scale)
    left, top = (n - width) // 2, (n - height) // 2
    return float(np.mean(mask[top : top + height, left : left + width] > 0.5))
    ### END SOLUTION

# %% tests="test_mask_fraction" points=2
def square_mask(n, *patches, value=1.0):
    """A mask (n, n) of zeros with patches (x1, y1, x2, y2) of `value`."""
    mask = np.zeros((n, n), np.float32)
    for x1, y1, x2, y2 in patches:
        mask[y1:y2, x1:x2] = value
    return mask


def masking(n, size, *patches, value=1.0):
    words = ", ".join(map(str, patches)) or "nowhere"
    call = given(mask_fraction, square_mask(n, *patches, value=value), size)
    return call.shown_as(f"mask_fraction(a mask of {n} x {n}, {value:g} in {words}, {size})")


masking(8, (320, 160), (0, 0, 8, 8)).returns(1.0, within=0.001, think="Every place of the picture is covered.")
masking(8, (320, 160), (4, 0, 8, 8)).returns(0.5, within=0.001, think="The right half of the picture is covered.")
masking(8, (320, 160), (0, 2, 4, 4)).returns(
    0.25, within=0.001, think="The picture lies in rows 2 to 5 of the mask: 32 places. A share of how many do you give?"
)
masking(10, (300, 300), (0, 0, 5, 2)).returns(
    0.1, within=0.001, think="A square picture has no bars. 10 of 100 places."
)
### BEGIN HIDDEN TESTS
masking(8, (160, 320), (2, 0, 4, 4)).returns(
    0.25, within=0.001, think="This picture is higher than wide: it lies in columns 2 to 5. Where do you cut?"
)
masking(8, (160, 320), (0, 0, 2, 8)).returns(
    0.0,
    within=0.001,
    think="This mask lies in the left bar only, outside the picture. Which number of size is the width?",
)
masking(8, (320, 160), (0, 0, 8, 2), (0, 6, 8, 8)).returns(
    0.0, within=0.001, think="This mask lies in the bars only. What do bars count?"
)
masking(8, (320, 160), (0, 0, 8, 3)).returns(
    0.25, within=0.001, think="Two rows of this mask lie in the bar, one in the picture. Which do you count?"
)
masking(8, (320, 160), (0, 4, 8, 8)).returns(
    0.5, within=0.001, think="Two rows of this mask lie in the picture, two in the bar below. Which do you count?"
)
masking(8, (320, 160)).returns(0.0, within=0.001, think="Nothing is covered.")
masking(8, (320, 160), (0, 0, 8, 8), value=0.5).returns(
    0.0, within=0.001, think="A place belongs to the thing when it is over 0.5. Is 0.5 over 0.5?"
)
masking(8, (320, 160), (0, 0, 8, 8), value=0.625).returns(
    1.0, within=0.001, think="0.625 is over 0.5, so all is covered. Do you add up the numbers, or count places?"
)
masking(8, (320, 160), (0, 0, 8, 8), value=0.375).returns(
    0.0, within=0.001, think="0.375 is not over 0.5, so nothing is covered. Do you count all that is not 0?"
)
masking(80, (480, 300), (0, 15, 40, 65)).returns(
    0.5, within=0.001, think="The scale is 80 / 480, so the picture is 80 x 50 there, from row 15 on."
)
masking(320, (480, 300), (0, 60, 160, 160)).returns(
    0.25, within=0.001, think="The scale is 320 / 480, so the picture is 320 x 200 there, from row 60 on."
)
masking(640, (320, 240), (0, 80, 640, 200)).returns(
    0.25, within=0.001, think="This mask is larger than its picture. Which of the two do you scale?"
)
masking(9, (90, 40), (0, 2, 9, 3)).returns(
    0.25, within=0.001, think="4 rows of picture in 9: 5 are left over, 2 above and 3 below. Which row is the first?"
)
masking(9, (40, 90), (2, 0, 3, 9)).returns(
    0.25, within=0.001, think="4 columns of picture in 9: 5 are left over. Which column is the first?"
)
masking(9, (90, 40), (0, 6, 9, 9)).returns(
    0.0, within=0.001, think="4 rows of picture in 9, from row 2 on. Which is the first row of the bar below?"
)
masking(10, (100, 58), (0, 2, 10, 3)).returns(
    1 / 6, within=0.001, think="58 / 10 is 5.8, so the picture is 6 rows high there. Do you round?"
)
masking(10, (100, 52), (0, 2, 10, 3)).returns(
    0.2, within=0.001, think="52 / 10 is 5.2, so the picture is 5 rows high there. Do you round up?"
)
masking(9, (90, 20), (0, 3, 9, 4)).returns(
    0.5, within=0.001, think="2 rows of picture in 9: 7 are left over, 3 above and 4 below. Which row is the first?"
)
masking(1, (300, 200), (0, 0, 1, 1)).returns(1.0, within=0.001, think="A mask of one place is a mask.")
given(mask_fraction, square_mask(8, (4, 0, 8, 8)) > 0, (320, 160)).shown_as(
    "mask_fraction(a mask of 8 x 8 of True and False, True in the right half, (320, 160))"
).returns(0.5, within=0.001, think="Masks come as True and False too. True is over 0.5.")
given(mask_fraction, square_mask(8, (4, 0, 8, 8)).astype(np.uint8), (320, 160)).shown_as(
    "mask_fraction(a mask of 8 x 8 of whole numbers, 1 in the right half, (320, 160))"
).returns(0.5, within=0.001, think="Masks come as whole numbers too. 1 is over 0.5.")
masking(8, (320, 160), (0, 2, 4, 4), value=0.75).changes_nothing(
    think="The mask is still to be drawn. Do you write into it?"
)


def net_masks(image):
    """(name, mask) for each thing that the shipped network paints in, as large as the network's square."""
    found, prototypes = run_net("segment", fitted(image))
    masks = []
    for row in found[0][found[0, :, 4] >= 0.5]:
        mask = 1 / (1 + np.exp(-cv2.resize(np.tensordot(row[6:], prototypes[0], 1), (SIDE, SIDE))))
        x1, y1, x2, y2 = (round(number) for number in row[:4].tolist())
        mask[: max(0, y1)] = mask[max(0, y2) :] = 0
        mask[:, : max(0, x1)] = mask[:, max(0, x2) :] = 0
        masks.append((NAMES[int(row[5])], mask))
    return masks


for name, said in RECORDED["pictures"].items():
    picture, covered = load(data_file(name)), {}
    for kind, mask in net_masks(picture):
        call = given(mask_fraction, mask, (picture.shape[1], picture.shape[0]))
        share = call.shown_as(f"mask_fraction(the mask of a {kind}, from the network, the size of {name})").reply
        covered[kind] = covered.get(kind, 0) + share
    expect(
        f"the share of {name} that each kind covers, by your mask_fraction and the network's masks,",
        covered,
        said["shares"],
        within=0.003,
        think="The network has really been run for this. Is its mask still a square for you?",
    )
### END HIDDEN TESTS

# %% [markdown]
"""
## Exercise 5. There and back

Difficulty 4 of 5. Up to 20 minutes. About 14 lines together.

**There.** `letterbox(image, side)` fits a picture into a square and tells how. It gives `(square, scale, left, top)`.

* `scale` is `side / longer`, where `longer` is the longer side of the picture. Small pictures are made larger too.
* The picture is resized to `round(width * scale)` by `round(height * scale)` with `cv2.resize`, as it does by default.
* `square` is `(side, side, 3)` of `uint8`, filled with 114. The picture lies in the middle.
  `left` and `top` are the widths of the bars there. An odd row or column goes to the right or the bottom.

**Back.** `unletterbox(box, scale, left, top, size)` takes a box in pixels of the square to the picture's own pixels.
`size` is the picture's `(width, height)`. What sticks out is cut: x from 0 to the width, y from 0 to the height.
It gives four numbers, and rounds none of them.

A picture of 480 x 300, side 320 -> a square, `scale` 0.667, `left` 0, `top` 60.

`unletterbox((20, 70, 100, 150), 0.5, 0, 40, (640, 480))` -> `(40.0, 60.0, 200.0, 220.0)`

With both, you need no library to run the network: the last hidden test does that, with your two functions.

<details><summary>Hint 1</summary>

Take a sheet of paper. Draw the picture, the square, and the picture in it. Which two things happened, in which order?

</details>
<details><summary>Hint 2</summary>

There: scale first, move second. So back: move first, scale second. `cv2.resize` wants `(width, height)`.

</details>
<details><summary>Hint 3</summary>

`square = np.full((side, side, 3), 114, np.uint8)`, then `square[top : top + height, left : left + width] = small`.
`min(max(x, 0), width)` cuts a number to the range from 0 to the width.

</details>
"""

# %% solution="letterbox"
def letterbox(image, side):
    """The picture fitted into a grey square: (square, scale, left, top)."""
    ### BEGIN SOLUTION
    scale = side / max(image.shape[:2])
    width, height = round(image.shape[1] * scale), round(image.shape[0] * scale)
    left, top = (side - width) // 2, (side - height) // 2
    square = np.full((side, side, 3), 114, np.uint8)
    square[top : top + height, left : left + width] = cv2.resize(image, (width, height))
    return square, scale, left, top
    ### END SOLUTION


def unletterbox(box, scale, left, top, size):
    """A box (x1, y1, x2, y2) of the square in pixels of the picture of size (width, height), cut at its edges."""
    ### BEGIN SOLUTION
    x1, y1, x2, y2 = box
    xs = [min(max((x - left) / scale, 0), size[0]) for x in (x1, x2)]
    ys = [min(max((y - top) / scale, 0), size[1]) for y in (y1, y2)]
    return xs[0], ys[0], xs[1], ys[1]
    ### END SOLUTION

# %% tests="test_letterbox" points=1
BLUE, GREY = (200, 80, 20), [114, 114, 114]


def is_four(reply):
    """Whether a reply is a picture and three numbers."""
    square, *numbers = reply
    pictured = isinstance(square, np.ndarray) and square.ndim == 3
    return pictured and len(numbers) == 3 and all(isinstance(one, (int, float, np.number)) for one in numbers)


FOUR = "four things, (square, scale, left, top), a picture and three numbers,"


def boxed(width, height, side, colour=BLUE):
    """What letterbox does with a picture of one colour: scale, bars, shape, type, and where the colours lie."""
    call = given(letterbox, plain(width, height, colour), side)
    call.shown_as(f"letterbox(a picture of {width} x {height}, {side})")
    return call.satisfies(is_four, FOUR, think="What do you return, and in which order?")


def plan_of(reply):
    return [float(number) for number in reply[1:]]


def extent(square, colour=BLUE):
    """The box (x1, y1, x2, y2) of the pixels of that colour, and whether all the others are grey 114."""
    mine, grey = (square == np.array(colour)).all(axis=2), (square == 114).all(axis=2)
    rows, columns = np.flatnonzero(mine.any(axis=1)), np.flatnonzero(mine.any(axis=0))
    box = [int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1] if len(rows) else None
    return box, bool((mine | grey).all())


def check_boxed(width, height, side, plan, box, think):
    square, *_ = reply = boxed(width, height, side).reply
    words = f"letterbox(a picture of {width} x {height}, {side})"
    expect(f"(scale, left, top) of {words}", plan_of(reply), plan, within=0.0001, think=think)
    shape = [list(square.shape), str(square.dtype)]
    expect(f"shape and type of the square of {words}", shape, [[side, side, 3], "uint8"], think="A square of uint8.")
    place, rest = extent(square)
    expect(f"the box in which the picture lies in {words}", place, box, think=think)
    expect(f"whether the rest of {words} is grey 114", rest, True, think="Every pixel is the picture's, or grey 114.")


check_boxed(480, 300, 320, [2 / 3, 0, 60], [0, 60, 320, 260], "480 becomes 320. 300 becomes 200. Where do 120 rows go?")
check_boxed(240, 320, 320, [1.0, 40, 0], [40, 0, 280, 320], "This picture is higher than wide. Where are the bars?")
check_boxed(640, 640, 320, [0.5, 0, 0], [0, 0, 320, 320], "A square picture has no bars.")
### BEGIN HIDDEN TESTS
check_boxed(100, 50, 320, [3.2, 0, 80], [0, 80, 320, 240], "A small picture is made larger too.")
check_boxed(64, 64, 320, [5.0, 0, 0], [0, 0, 320, 320], "A small picture is made larger too.")
check_boxed(90, 40, 9, [0.1, 0, 2], [0, 2, 9, 6], "5 rows are left over: 2 above, 3 below.")
check_boxed(40, 90, 9, [0.1, 2, 0], [2, 0, 6, 9], "5 columns are left over: 2 on the left, 3 on the right.")
check_boxed(100, 58, 10, [0.1, 0, 2], [0, 2, 10, 8], "58 / 10 is 5.8. Do you round it, or cut it off?")
check_boxed(100, 52, 10, [0.1, 0, 2], [0, 2, 10, 7], "52 / 10 is 5.2. Do you round it, or always up?")
check_boxed(90, 20, 9, [0.1, 0, 3], [0, 3, 9, 5], "7 rows are left over: 3 above, 4 below.")
check_boxed(500, 333, 192, [0.384, 0, 32], [0, 32, 192, 160], "side is 192 here. Where does your number come from?")
given(letterbox, plain(48, 30), 32).shown_as("letterbox(a picture of 48 x 30, 32)").changes_nothing(
    think="The page still shows the picture. Do you paint into it?"
)
two = plain(80, 40, (0, 0, 250))
two[:, 40:] = (250, 0, 0)
halves = given(letterbox, two, 40).shown_as("letterbox(a picture, left half red, right half blue, 40)").reply[0]
expect(
    "the pixel at the left, in row 20", halves[20, 5].tolist(), [0, 0, 250], think="Which half is red? And is it BGR?"
)
expect("the pixel at the right, in row 20", halves[20, 35].tolist(), [250, 0, 0], think="Which half is blue?")
up_down = two.transpose(1, 0, 2).copy()
tall = given(letterbox, up_down, 40).shown_as("letterbox(a picture, upper half red, lower half blue, 40)").reply[0]
expect("the pixel at the top, in column 20", tall[5, 20].tolist(), [0, 0, 250], think="Which half is red?")
photo = load(data_file("desk-1.jpg"))
ours = given(letterbox, photo, SIDE).shown_as("letterbox(desk-1.jpg, 320)").reply[0]
expect(
    "the mean difference between desk-1.jpg in your square and the same by cv2.resize as it is by default",
    float(np.abs(ours[60:260].astype(int) - cv2.resize(photo, (320, 200)).astype(int)).mean()),
    0.0,
    within=0.1,
    think="Both have the same shape, and yet the pixels differ. How do you resize?",
)
### END HIDDEN TESTS

# %% tests="test_unletterbox" points=1
for box, how, wanted, think in (
    ((20, 70, 100, 150), (0.5, 0, 40, (640, 480)), (40, 60, 200, 220), "First the bars, then the scale."),
    ((60, 20, 100, 120), (2.0, 40, 0, (120, 160)), (10, 10, 30, 60), "The bars are left and right here."),
    ((10, 20, 30, 40), (1.0, 0, 0, (320, 320)), (10, 20, 30, 40), "No bars, no scale: nothing changes."),
):
    given(unletterbox, box, *how).returns(wanted, think=think, within=0.001)
### BEGIN HIDDEN TESTS
for box, how, wanted, think in (
    ((30, 50, 60, 90), (0.5, 10, 30, (300, 200)), (40, 40, 100, 120), "left is 10 and top is 30. Which goes with x?"),
    ((-5, 30, 330, 300), (0.5, 0, 40, (640, 400)), (0, 0, 640, 400), "This box sticks out on all sides. Is it cut?"),
    ((300, 30, 330, 60), (0.5, 0, 40, (640, 480)), (600, 0, 640, 40), "Some of its corners stick out. Which?"),
    ((10, 270, 30, 310), (0.5, 0, 40, (640, 480)), (20, 460, 60, 480), "The lower edge is at 480. Is it cut there?"),
    ((10, 5, 30, 20), (0.5, 0, 40, (640, 480)), (20, 0, 60, 0), "This box lies in the bar above. Is all of it cut?"),
    ((10, 290, 30, 310), (0.5, 0, 40, (640, 480)), (20, 480, 60, 480), "This one lies in the bar below. All of it?"),
    ((5, 20, 30, 60), (2.0, 40, 0, (120, 160)), (0, 10, 0, 30), "This box lies in the bar on the left. All of it?"),
    ((300, 20, 310, 60), (2.0, 40, 0, (120, 160)), (120, 10, 120, 30), "This box lies in the bar on the right."),
    (
        (50, 10, 90, 310),
        (0.5, 40, 0, (480, 640)),
        (20, 20, 100, 620),
        "The picture is 640 high. Width or height first?",
    ),
    ((10, 12, 21, 33), (0.4, 0, 1, (800, 800)), (25, 27.5, 52.5, 80), "A box may end between pixels. Do you round it?"),
    ((320, 280, 320, 280), (0.5, 0, 40, (640, 480)), (640, 480, 640, 480), "The last corner is the picture's own."),
    ((45, 50, 85, 100), (2.5, 40, 0, (96, 128)), (2, 20, 18, 40), "The scale is over 1: the picture was made larger."),
):
    given(unletterbox, box, *how).returns(wanted, think=think, within=0.001)
given(unletterbox, [20, 70, 100, 150], 0.5, 0, 40, (640, 480)).changes_nothing(think="The box is still needed.")

for name, said in RECORDED["pictures"].items():
    picture = load(data_file(name))
    call = given(letterbox, picture, SIDE).shown_as(f"letterbox({name}, 320)")
    think = "What do you return, and in which order?"
    call.satisfies(lambda reply: is_four(reply) and reply[0].shape == (SIDE, SIDE, 3), FOUR, think=think)
    square, scale, left, top = call.reply
    rows = run_net("detect", square)[0][0]
    mine = [
        given(unletterbox, tuple(row[:4]), scale, left, top, (picture.shape[1], picture.shape[0])).reply
        for row in rows.tolist()
        if row[4] >= 0.5
    ]
    wanted = [one["box"] for one in said["detect"] if one["conf"] >= 0.5]
    expect(
        f"the boxes that the shipped network finds in {name} through your two functions",
        sorted(list(map(float, box)) for box in mine),
        sorted(wanted),
        within=0.5,
        think="ultralytics found others in the same picture. Where does yours part from it: there, or back?",
    )
### END HIDDEN TESTS

# %% [markdown]
"""
## Put it together

First the test of truth: your own ten lines against the library. No torch and no ultralytics in this cell.
The picture goes there by your `letterbox`, through the network, through your `decode`, and back by your `unletterbox`.
Before you run it: by how many pixels will your boxes differ from those that ultralytics printed at the top?
"""

# %%
def find_things(image, conf=0.25):
    """The detections in a picture, by our own functions."""
    square, scale, left, top = letterbox(image, SIDE)
    found = decode(run_net("detect", square, conf)[0], conf, NAMES)
    size = (image.shape[1], image.shape[0])
    return [{**one, "box": unletterbox(one["box"], scale, left, top, size)} for one in found]


mine = find_things(image)
for ours, theirs in zip(mine, result.boxes.xyxy.tolist(), strict=True):
    apart = max(abs(a - b) for a, b in zip(ours["box"], theirs, strict=True))
    print(f"{ours['name']:8} {ours['conf']:.2f}   greatest difference {apart:.3f} pixels")

# %% [markdown]
"""
Now the three networks, one after the other. `segment` gives masks, `pose` gives joints, your functions read them.
Choose the limits on purpose: `MIN_CONF` and `OTHERWISE` are yours. What does a missed phone cost, and what a wrong one?
"""

# %%
MIN_CONF, OTHERWISE = {"phone": 0.6, "figure": 0.4}, 0.5
SETTINGS = {"imgsz": SIDE, "rect": False, "conf": 0.25, "iou": 0.7, "nms": None, "verbose": False}
painter, poser = load_model(weights("segment")), load_model(weights("pose"))


def look_at(image):
    """Everything that the page tells of a picture."""
    things, size = find_things(image), (image.shape[1], image.shape[0])
    painted = painter.predict(image, **SETTINGS)[0]
    areas = {}
    for mask, kind in zip(painted.masks.data.numpy() if painted.masks else (), painted.boxes.cls.tolist(), strict=True):
        name = painted.names[int(kind)]
        areas[name] = areas.get(name, 0) + mask_fraction(mask, size)
    outlines = [points.round(1).tolist() for points in (painted.masks.xy if painted.masks else ())]
    figures = poser.predict(image, **SETTINGS)[0].keypoints.data.numpy()
    hands = sum(hand_up(rows, 0.5) for rows in figures if len(rows))
    believed = [one for one in things if one["conf"] >= MIN_CONF.get(one["name"], OTHERWISE)]
    counts = inventory(things, MIN_CONF, OTHERWISE)
    seen = {"image": image, "things": believed, "outlines": outlines, "figures": figures}
    return {**seen, "counts": counts, "areas": areas, "hands": hands}


views = {name: look_at(load(data_file(name))) for name in ("desk-1.jpg", "desk-2.jpg", "desk-3.jpg")}
for name, view in views.items():
    counts = ", ".join(f"{kind} {count}" for kind, count in sorted(view["counts"].items()))
    areas = ", ".join(f"{kind} {share:.1%}" for kind, share in sorted(view["areas"].items()))
    print(f"{name}: {counts}. Areas: {areas}. Hands up: {view['hands']}.")

# %% locked="page"
STYLE = """
body { font: 17px/1.5 system-ui, sans-serif; margin: 0; background: #f4f6f8; color: #17202a; }
header, main { max-width: 68rem; margin: 0 auto; padding: 1.25rem 1.5rem; }
header { padding-bottom: 0; } main { padding-top: .5rem; }
h1 { margin: 0; font-size: 2rem; } header p { margin: .4rem 0 0; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(18.5rem, 1fr)); gap: 1.25rem;
  align-items: start; }
.card { background: #fff; border: 3px solid #33556e; border-radius: 10px; overflow: hidden; }
.card.up { border: 5px double #a04a00; }
.card svg { display: block; width: 100%; height: 15rem; background: #dfe5ea; }
.card h2 { margin: 0; padding: .6rem 1rem 0; font-size: 1.15rem; }
.hand { margin: .4rem 1rem 0; padding: .25rem .6rem; border-radius: 6px; background: #e9eef2; }
.up .hand { background: #fdeedd; border: 2px solid #a04a00; font-weight: 700; }
table { border-collapse: collapse; width: calc(100% - 2rem); margin: .5rem 1rem 1rem; }
th, td { text-align: left; padding: .2rem .3rem; border-top: 1px solid #ccd3da; font-weight: 400; }
thead th { border-top: 0; color: #4a5560; font-size: .9rem; }
td.n { font-weight: 700; } td:last-child { white-space: nowrap; }
.bar { display: inline-block; height: .7rem; background: #0b5cad; margin-right: .4rem; }
footer { color: #4a5560; padding-top: 1rem; font-size: .95rem; }
"""


def many(count, word):
    """ "1 cup", "2 cups": good enough for our six words."""
    return f"{count} {word}" + "s" * (count != 1)


def picture_data(image):
    """A picture as text that a page can hold, so that the page is one file."""
    return "data:image/jpeg;base64," + base64.b64encode(cv2.imencode(".jpg", image)[1].tobytes()).decode("ascii")


def drawing(view, words):
    """The picture with a labelled frame round each believed thing, and a line along each raised arm."""
    height, width = view["image"].shape[:2]
    text = max(width, 1.35 * height) / 24
    parts = [f'<image href="{picture_data(view["image"])}" width="{width}" height="{height}"/>']
    for points in view["outlines"]:
        path = " ".join(f"{x},{y}" for x, y in points)
        parts.append(f'<polygon points="{path}" fill="#7fd0ff" fill-opacity=".38" stroke="#003a5c" stroke-width="1"/>')
    for thing in view["things"]:
        x1, y1, x2, y2 = thing["box"]
        label = html.escape(thing["name"])
        above = y1 - 2 if y1 > text + 2 else y1 + text
        for colour, wide in (("#000", 4), ("#fff", 1.6)):
            parts.append(
                f'<rect x="{x1:.1f}" y="{y1:.1f}" width="{x2 - x1:.1f}" height="{y2 - y1:.1f}" fill="none" '
                f'stroke="{colour}" stroke-width="{wide}"/>'
            )
        start = min(x1, width - text * len(label) * 0.62)
        parts.append(
            f'<text x="{start:.1f}" y="{above:.1f}" font-size="{text:.1f}" font-weight="700" fill="#000" '
            f'stroke="#fff" stroke-width="3" paint-order="stroke">{label}</text>'
        )
    for rows in view["figures"]:
        if not hand_up(rows, 0.5):
            continue
        for arm in ((1, 3, 5), (2, 4, 6)):
            if float(rows[arm[2]][1]) >= float(rows[arm[0]][1]):
                continue
            points = " ".join(f"{float(rows[joint][0]):.1f},{float(rows[joint][1]):.1f}" for joint in arm)
            for colour, wide in (("#fff", 6), ("#a04a00", 3)):
                parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="{wide}"/>')
    return f'<svg viewBox="0 0 {width} {height}" role="img" aria-label="{html.escape(words)}">{"".join(parts)}</svg>'


def card(title, view):
    """One picture's part of the page: drawing, alarm in a sign and in words, counts and areas."""
    said = ", ".join(many(count, name) for name, count in sorted(view["counts"].items())) or "nothing"
    hands = view["hands"]
    alarm = f"▲ Hand up: {many(hands, 'figure')}" if hands else "– No hand is up"
    rows, most = [], max([0.01, *view["areas"].values()])
    for name, count in sorted(view["counts"].items(), key=lambda pair: (-pair[1], pair[0])):
        share = view["areas"].get(name, 0)
        bar = f'<span class="bar" style="width: {3.5 * share / most:.2f}rem"></span>{share:.1%}'
        surest = max(one["conf"] for one in view["things"] if one["name"] == name)
        cells = f'<td class="n">{count}</td><td>{surest:.2f}</td><td>{bar}</td>'
        rows.append(f'<tr><th scope="row">{html.escape(name)}</th>{cells}</tr>')
    titles = "".join(f'<th scope="col">{title}</th>' for title in ("thing", "count", "surest", "area"))
    return (
        f'<section class="card {"up" if hands else "down"}">{drawing(view, f"The picture {title}. Framed: {said}.")}'
        f'<h2>{html.escape(title)}</h2><p class="hand">{alarm}</p>'
        f"<table><thead><tr>{titles}</tr></thead><tbody>{''.join(rows)}</tbody></table></section>"
    )


def desk_page(views, note):
    """The whole page as one text."""
    total = sum(sum(view["counts"].values()) for view in views.values())
    hands = sum(view["hands"] for view in views.values())
    limits = ", ".join(f"{name} from {limit}" for name, limit in MIN_CONF.items())
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>What is on my desk?</title>'
        f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style></head><body>'
        f"<header><h1>What is on my desk?</h1><p>{many(total, 'thing')} in {many(len(views), 'picture')}. "
        f"Hands up: {hands}.</p></header><main>"
        f'<div class="cards">{"".join(card(title, view) for title, view in views.items())}</div>'
        f"<footer><p>Believed: {limits}, all else from {OTHERWISE}. {html.escape(note)} "
        "The network knows six drawn kinds and guesses about the rest. Areas are shares of the picture. "
        "Made with Ultralytics YOLO and the desk weights, AGPL-3.0.</p></footer></main></body></html>"
    )


# %%
folder = data_file("desk-1.jpg").parent.parent / "build"
folder.mkdir(exist_ok=True)
page = desk_page(views, "The pictures are drawn.")
(folder / "desk.html").write_text(page, encoding="utf-8")
print(f"{folder.name}/desk.html shows {len(views)} pictures in {len(page) // 1000} kB.")

# %% [markdown]
"""
Open `build/desk.html` beside this notebook with a double click. Then change `OTHERWISE` to 0.95 and run again.
What went missing first, and would you have noticed?
"""

# %% [markdown]
"""
## Where it is wrong

Three tidy desks make every detector look good. This cell draws wild ones: dark, crowded, with clutter that belongs to
none of the six kinds. We chose ten hard ones: of the first 150 the shipped weights had 105 quite right
(measured 2026-11-24, with a limit of 0.5). Before you run it: on how many of these ten is every count right?
"""

# %%
from collections import Counter

from dojo.desk import draw_scene

right = 0
for seed in range(36, 46):
    scene = draw_scene(seed, style="wild")
    true, told = Counter(thing.kind for thing in scene.things), Counter(inventory(find_things(scene.image), {}))
    missed, invented = true - told, told - true
    right += true == told
    print(f"desk {seed}: missed {dict(missed) or 'none'}, false alarms {dict(invented) or 'none'}")
print(right, "of 10 desks are right")

# %% [markdown]
"""
And now the tidy desk from the top of this lab, upside down. Nothing on it has changed.
Before you run it: will the network find the same six things, fewer, or others?
"""

# %%
upside_down = np.ascontiguousarray(image[::-1, ::-1])
for one in find_things(upside_down):
    print(f"{one['name']:8} {one['conf']:.2f}")
show(upside_down, alt="The desk of desk-1.jpg, turned upside down.")

# %% [markdown]
"""
> **What this cannot do.** It knows six kinds of drawn things. On a photograph it is untested; expect nonsense.
> Whatever it never met it leaves out, or takes for one of the six, with a good score.
> It counts one picture. Whether this cup is the cup of a moment ago, it has no idea (lab 13 has).
> A raised wrist is a raised wrist. It may be a question, a stretch or a fly.
"""

# %% [markdown]
"""
## Live: another desk

This cell looks at a desk that nobody has seen before, drawn anew each time you run it.
To use your own camera, first ask everybody in the room. If all say yes, write `everyone_said_yes = True`.
Remember what the network knows: show it a **drawing**, such as `desk.html` on your phone.
A real cup means nothing to it.
"""

# %% live="another-desk"
from dojo import frames

everyone_said_yes = False  # True opens camera 0 of the machine on which this notebook runs
seed = int(np.random.default_rng().integers(1_000_000))
source = 0 if everyone_said_yes else [draw_scene(seed).image]
print("Camera 0 is opened." if everyone_said_yes else f"No camera is opened. This is the drawn desk of seed {seed}.")

for live_image in frames(source, limit=1):
    live_view = look_at(live_image)
    (folder / "live.html").write_text(desk_page({"live": live_view}, "Made live."), encoding="utf-8")
    print("build/live.html shows", live_view["counts"] or "nothing", "and", live_view["hands"], "raised hand(s).")
    show(live_image, alt=f"The desk just now: {live_view['counts'] or 'nothing known'}.")

# %% [markdown]
"""
## Who keeps the numbers?

A language model can write your list up nicely. But does it keep the numbers?
The next cell puts the list of `desk-1.jpg` to three models. **They and their replies are invented by us**; they stand
in `data/replies.json`. Before you run it: which kinds of wrong will you see?
"""

# %%
samples = sample_chat(data_file("replies.json"))
question = json.loads(data_file("replies.json").read_text(encoding="utf-8"))["replies"][0]["question"]
print(question)
for model in ("alpha:1b", "beta:2b", "gamma:1b"):
    reply = samples(model=model, messages=[{"role": "user", "content": question}])
    print(f"{model} (invented): {reply.message.content}")
print("Your program counted", views["desk-1.jpg"]["counts"])

# %% [markdown]
"""
## Live: your models read the list

Now your own list, to Llama, Qwen and DeepSeek, where Ollama has them.
Without them dojo-tiny answers, the kit's own very small model, and a sentence says so.
Before you run it: which of them keeps your numbers as they are?

What you see was really said, on your machine, today. Note the date if you quote it.
"""

# %% live="write-it-up"
counted = views["desk-1.jpg"]["counts"]
question = f"On the desk are: {', '.join(many(count, name) for name, count in sorted(counted.items()))}. "
question += "Write one friendly sentence for the club's notice board. Keep the numbers."
print(question)
for model in models_here("trio"):
    reply = ollama.chat(
        model=model, messages=[{"role": "user", "content": question}], options={"temperature": 0, "num_predict": 80}
    )
    print(f"{model}: {reply.message.content.strip()}")
print("Your program counted", counted)

# %% [markdown]
"""
## In your own words

Two questions, 120 to 200 words in all. Lesson 12 has what you need.

1. **Two false alarms.** Take two that you saw in *Where it is wrong* or made yourself. What in the pictures that the
   network was trained on explains each of them? Then think of a network trained on COCO: photographs, 80 kinds,
   a dining table and a hair drier among them, and no wooden figure. What might it say of your first picture, and why?
2. **The shop.** Your cousin wants `find_things` in a closed web shop, on the server, with these weights. The kit, its
   weights and ultralytics are AGPL-3.0. What does your cousin have to offer to whom, and what are the ways out?
"""

# %% [markdown] answer="written" points=4
"""
**Rubric**

- 4: two concrete false alarms, each traced to what was or was not in the training pictures; a guess about COCO with
  its reason (it can only answer with one of its own kinds, and was made of photographs); the shop: users of the
  service must be offered the complete source under AGPL-3.0, and at least one way out is named.
- 2: one false alarm explained, or both only called "bad accuracy"; or the licence named without who is offered what.
- 0: "AI makes mistakes", or "it is open source, so it is free to use".

**Full (4).** On desk 39 one phone was counted twice, with 0.85 and 0.59. A book hides its lower half: one box is
for what can be seen, the other for a phone as phones are. In training both shapes were common, and the two boxes
overlap too little to be taken for one. Upside down, my desk had three cups and neither figure nor bottle. In
training every cup stood on its foot and no figure on its head; the network has six answers and no "I don't know". A
network of COCO has no kind "wooden figure". It would say person, perhaps teddy bear, since it must choose among its
80 kinds; and it learned from photographs, so I'd expect lower scores. The shop: AGPL-3.0 reaches programs that
people use over a network. So my cousin must be ready to offer the shop's users the complete source of the program
that uses the weights. Ways out: publish it; buy Ultralytics' Enterprise licence and replace the kit's own code; or
train a detector with another licence. Users dispute how far this reaches. We'd ask a lawyer before we build.

**Half (2).** Desk 39 has a phone too many because a book is before it, and the other one was an error. COCO has
persons, so it would find a person. The shop needs an AGPL licence, so one should be careful.

**None (0).** Detectors are not perfect yet. Open source means that everybody may use it for everything.
"""

# %% [markdown]
"""
## Stretch

No marks, only bragging rights.

- **Every threshold.** Count missed things and false alarms on 50 wild desks for limits from 0.1 to 0.9. Plot both.
  Which limit would you take for the Friday list, and which for a fire alarm?
- **The maker's weights.** With a network: `from dojo import allow_downloads`, call it, then `YOLO("yolo26n.pt")`.
  It was trained on COCO. Show it a real photograph of your desk, with `nms=None` and then with `nms=False`.
- **Any word.** Open-vocabulary detectors take the kinds as text. Read one's licence before its documentation.
- **Another family.** Compare YOLO26 with RF-DETR on twenty photographs of your own desk. Write the rules down first.
- **No mask, no joints.** Guess from the box alone whether a hand is up. How often are you right on 100 figures?
"""
