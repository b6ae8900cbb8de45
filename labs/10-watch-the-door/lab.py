# %% [markdown]
"""
# Lab 10. Watch the Door

The caretaker of a village hall wants to know who comes in while nobody sits at the desk.
Watching the door all day is a bad job for a person. So your program does it.
You build a door watcher: it logs each visit once, says where the visitor went, and keeps one snapshot.
The visitors are wooden figures. They like being filmed. People must be asked.

| What | Answer |
|---|---|
| Belt | Green: See |
| You build | a door watcher: a page with each visit, its time, its path, a snapshot and a verdict in words |
| Minutes | 85 |
| Needs | no model, no camera, no network; any laptop. The live cells use them where there are any |
| You will be able to | read a video safely, measure change, log one event a visit, keep time by picture, ask rarely |
| Out of scope | who a visitor is (never), trained detectors (lab 12), following several visitors at once (lab 13) |
"""

# %% locked="setup"
# %load_ext dojo
import base64
import html
import json
import re

import cv2
import numpy as np
import ollama

from dojo import data_file, expect, given, models_here, sample_chat, show

# %% [markdown]
"""
## A complete program first

Run this cell. It opens a clip of 24 seconds and compares every tenth picture with the first one, the empty room.
Before you run it, write down *I expect ...*: in how many of the twelve lines is somebody there?
Then run it and write *I saw ...* beside it.
"""

# %%
capture = cv2.VideoCapture(str(data_file("door.webm")))
print("open:", capture.isOpened(), " pictures a second:", capture.get(cv2.CAP_PROP_FPS))

number = 0
there, empty = capture.read()  # the first picture: nobody is in the room
image = empty
while there:
    if number % 10 == 0:
        change = int(cv2.absdiff(empty, image).max())
        print(f"picture {number:3}, second {number / 5:4.1f}: greatest change {change:3}", "*" * (change // 10))
    there, image = capture.read()
    number += 1
capture.release()

print(number, "pictures")
show(empty, alt="An empty room: a door at the left edge, a desk with a purple bottle and an orange book.")

# %% [markdown]
"""
Four facts from that program are all you need today.

- **A video is a row of pictures.** Each is an array as in lab 9, `(height, width, 3)` of `uint8`, in BGR.
- **`read()` gives two things**: whether there is a picture, and the picture. At the end it gives `False, None`.
  No error.
- **Time is counted in pictures.** Picture 50 of a clip with 5 pictures a second belongs to second 10.
  The clock on your wall has nothing to do with it: a slow laptop must find the same visits as a fast one.
- **A capture is held open** until `release()`. While you hold a camera, no other program has it.

A camera is read in the same way: `cv2.VideoCapture(0)` in place of the path. A camera never ends.
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


def still(number):
    """A small picture that tells which one it is: blue and green of each pixel are `number`, red is 255."""
    return np.full((4, 6, 3), (number % 256, number % 256, 255), np.uint8)


def number_of(image):
    """Which still a picture is, or None if it is another picture."""
    if isinstance(image, np.ndarray) and image.shape == (4, 6, 3):
        number = int(image[0, 0, 0])
        if np.array_equal(image, still(number)):
            return number
    return None


def plain(width, height, colour=(120, 120, 120)):
    """A picture of one BGR colour."""
    return np.full((height, width, 3), colour, np.uint8)


class FakeCapture:
    """Stands in for cv2.VideoCapture: a clip of `count` pictures, or a camera, which has no end."""

    def __init__(self, count=None, opens=True):
        self.count, self.opens, self.at, self.too_late, self.released = count, opens, -1, 0, 0

    def isOpened(self):
        return self.opens and not self.released

    def grab(self):
        if not self.isOpened() or self.at + 1 == self.count:
            self.too_late += 1
            if self.too_late > 20:
                raise TimeoutError("there is no picture any more, and still one is asked for, again and again")
            return False
        self.at += 1
        if self.at == 500:
            raise TimeoutError("500 pictures were taken from a camera before the first one was handed on")
        return True

    def retrieve(self):
        return True, still(self.at)

    def read(self):
        return self.retrieve() if self.grab() else (False, None)

    def get(self, what):
        return 5.0 if what == cv2.CAP_PROP_FPS else -1.0  # how many pictures there are, no camera can tell

    def set(self, what, value):
        return False

    def release(self):
        self.released += 1


# %% [markdown]
"""
## Exercise 1. The largest one

Difficulty 1 of 5. Up to 8 minutes. About 5 lines.

Where something changed, there is a box. Often there are several: the visitor, a shadow, a leaf.
Write `largest(boxes)`. It gives the box with the largest area, or `None` when there is no box.

A box is `(x1, y1, x2, y2)` in pixels, as in lab 9: its width is `x2 - x1`.
Its area is width times height. Of two boxes with equal areas take the first.

`largest([(0, 0, 10, 10), (50, 40, 90, 120), (5, 5, 25, 15)])` -> `(50, 40, 90, 120)`
`largest([])` -> `None`

Leave the list that you are given as it is.

<details><summary>Hint 1</summary>

Begin with the empty list. What does your function give for it, and does it stop with an error?

</details>
<details><summary>Hint 2</summary>

Keep two things while you go through the list: the best box so far, and its area.

</details>
<details><summary>Hint 3</summary>

`x1, y1, x2, y2 = box` takes a box apart. `(x2 - x1) * (y2 - y1)` is its area.
`max(boxes, key=...)` does the going through for you, if you like. It does not like an empty list.

</details>
"""

# %% solution="largest"
def largest(boxes):
    """The box (x1, y1, x2, y2) with the largest area, the first of equals; None if there is none."""
    ### BEGIN SOLUTION
    best, best_area = None, -1
    for x1, y1, x2, y2 in boxes:
        area = (x2 - x1) * (y2 - y1)
        if area > best_area:
            best, best_area = (x1, y1, x2, y2), area
    return best
    ### END SOLUTION

# %% tests="test_largest" points=1
THREE = [(0, 0, 10, 10), (50, 40, 90, 120), (5, 5, 25, 15)]
given(largest, THREE).returns((50, 40, 90, 120), think="Which of the three covers most pixels?")
given(largest, [(30, 20, 60, 50)]).returns((30, 20, 60, 50), think="There is one box. Which is the largest?")
given(largest, []).returns(None, think="Nothing moved, so there is no box. Does your function bear an empty list?")
given(largest, [(0, 0, 10, 200), (0, 0, 90, 90)]).returns(
    (0, 0, 90, 90), think="The first is long and thin: 10 times 200. Do you multiply, or do you add?"
)
### BEGIN HIDDEN TESTS
given(largest, [(300, 200, 310, 210), (0, 0, 40, 40)]).returns(
    (0, 0, 40, 40), think="The first box lies far out and is small. Which numbers make an area?"
)
given(largest, [(10, 10, 30, 30), (100, 100, 120, 120)]).returns(
    (10, 10, 30, 30), think="Both cover 400 pixels. Which of equals is wanted?"
)
given(largest, [(5, 5, 15, 45), (0, 0, 30, 20), (2, 2, 22, 12)]).returns(
    (0, 0, 30, 20), think="The areas are 400, 600 and 200. Which box do you give?"
)
given(largest, [(-20, -10, 30, 40), (0, 0, 45, 45)]).returns(
    (-20, -10, 30, 40), think="A box may stick out of the picture. Its width is still x2 - x1."
)
backwards = [(5, 5, 25, 15), (0, 0, 10, 10), (50, 40, 90, 120)]
given(largest, backwards).returns((50, 40, 90, 120), think="Here it stands last. Do you look at every box?")
mixed = [(0, 0, 10, 10), (0, 0, 30, 30), (0, 0, 20, 20), (0, 0, 5, 5)]
given(largest, mixed).changes_nothing(think="Somebody needs the list as it is. Do you sort it, or take boxes out?")
for thin, full in (
    ((0, 0, 3, 90), (50, 50, 70, 65)),
    ((0, 0, 90, 3), (50, 50, 65, 70)),
    ((0, 0, 1, 100), (9, 9, 19, 20)),
):
    given(largest, [thin, full]).returns(full, think="The first is thin, the second is full. Which covers more pixels?")
    given(largest, [full, thin]).returns(full, think="The second is thin, the first is full. Which covers more pixels?")
given(largest, [(0, 0, 12, 12), (40, 40, 90, 45)]).returns(
    (40, 40, 90, 45), think="144 pixels or 250? Is the shorter side all that counts?"
)
given(largest, [(0, 0, 2, 2)]).returns((0, 0, 2, 2), think="A very small box is a box. What do you compare it with?")
### END HIDDEN TESTS

# %% [markdown]
"""
## Exercise 2. Left, right, up, down

Difficulty 2 of 5. Up to 12 minutes. About 10 lines.

Write `guide(center, size, dead=0.2, mirror=False)`. It says in one word where a point lies, seen from the middle of
the picture: `"left"`, `"right"`, `"up"`, `"down"` or `"centre"`.

* `center` is the point `(x, y)` in pixels, `size` is `(width, height)`.
* Measure how far the point is from the middle, as a share of **half** the width and **half** the height.
  So 0 is the middle, 1 the edge. A point at x = 40 of 320 is 120 of 160 to the left: a share of 0.75.
* When both shares are at most `dead`, the word is `"centre"`.
* Otherwise the larger share decides. When they are equal, it is left or right.
* With `mirror=True` the picture is a mirror image, as in a video call. Then left and right change places.

`guide((40, 100), (320, 240))` -> `"left"`
`guide((170, 110), (320, 240))` -> `"centre"`
`guide((40, 100), (320, 240), mirror=True)` -> `"right"`

<details><summary>Hint 1</summary>

Put 320 and 240 nowhere in your code. Which way does y grow in a picture?

</details>
<details><summary>Hint 2</summary>

First find two numbers from -1 to 1, one across and one down. `abs()` makes them shares.
Then there are three cases: both small, across larger, down larger.

</details>
<details><summary>Hint 3</summary>

`across = (x - width / 2) / (width / 2)` is below 0 on the left and above 0 on the right.
For a mirror image, `across = -across` before you choose the word. Why does `down` stay?

</details>
"""

# %% solution="guide"
def guide(center, size, dead=0.2, mirror=False):
    """Where the point lies, seen from the middle of the picture: left, right, up, down or centre."""
    ### BEGIN SOLUTION
    across = (center[0] - size[0] / 2) / (size[0] / 2)
    down = (center[1] - size[1] / 2) / (size[1] / 2)
    if mirror:
        across = -across
    if abs(across) <= dead and abs(down) <= dead:
        return "centre"
    if abs(across) >= abs(down):
        return "left" if across < 0 else "right"
    return "up" if down < 0 else "down"
    ### END SOLUTION

# %% tests="test_guide" points=2
VGA, QVGA = (640, 480), (320, 240)
for point, word, think in (
    ((40, 100), "left", "x = 40 is far from the middle, 160. On which side?"),
    ((290, 130), "right", "x = 290 is far from the middle, 160. On which side?"),
    ((170, 20), "up", "y = 20 is near the edge where y is 0. Which edge is that?"),
    ((150, 230), "down", "Row 230 is the one at the bottom. Which way does y grow?"),
    ((170, 110), "centre", "Both shares are small: 10 of 160, and 10 of 120."),
):
    given(guide, point, QVGA).returns(word, think=think)
given(guide, (290, 130), VGA).returns(
    "up", think="The picture is 640 wide and 480 high here. Where do your numbers for the middle come from?"
)
given(guide, (40, 100), QVGA, mirror=True).returns("right", think="In a mirror image left and right change places.")
given(guide, (150, 230), QVGA, mirror=True).returns("down", think="Does a mirror on the wall turn you upside down?")
### BEGIN HIDDEN TESTS
given(guide, (160, 120), QVGA).returns("centre", think="This is the very middle.")
given(guide, (184, 120), QVGA).returns(
    "centre", think="24 of 160 is a share of 0.15, and dead is 0.2. A share of what do you take?"
)
given(guide, (129, 98), QVGA).returns("centre", think="31 of 160 and 22 of 120 are below 0.2. Which dead do you use?")
given(guide, (3.5, 1.3), (5, 3), dead=0.5).returns(
    "centre", think="The middle of 5 is 2.5, and 1 of 2.5 is a share of 0.4. Do you round the middle?"
)
given(guide, (208, 120), QVGA).returns("right", think="48 of 160 is a share of 0.3, and dead is 0.2. A share of what?")
given(guide, (160, 90), QVGA).returns("up", think="30 of 120 is a share of 0.25, more than dead. In which direction?")
for point in ((200, 120), (120, 120), (160, 150), (160, 90), (200, 150), (120, 90)):
    given(guide, point, QVGA, dead=0.25).returns(
        "centre", think="No share is over 0.25, and dead is 0.25. Does the limit itself belong to the centre?"
    )
given(guide, (201, 120), QVGA, dead=0.25).returns("right", think="41 of 160 is more than 0.25. And dead is 0.25 here.")
given(guide, (120, 120), QVGA, dead=0.1).returns("left", think="dead is 0.1 in this call. Which dead do you use?")
given(guide, (290, 200), QVGA, dead=1.0).returns("centre", think="dead is 1.0 in this call, so all is centre.")
given(guide, (40, 216), QVGA).returns(
    "down", think="Across it is 120 of 160, down it is 96 of 120. Which share is larger?"
)
given(guide, (270, 30), QVGA).returns("up", think="Across 110 of 160, up 90 of 120. Do you compare pixels or shares?")
given(guide, (40, 30), QVGA).returns("left", think="Both shares are 0.75. Which of equals is wanted?")
given(guide, (280, 210), QVGA).returns("right", think="Both shares are 0.75. Which of equals is wanted?")
given(guide, (160, 20), QVGA, mirror=True).returns("up", think="A mirror leaves up and down alone.")
given(guide, (290, 130), QVGA, mirror=True).returns("left", think="In a mirror image left and right change places.")
given(guide, (170, 110), QVGA, mirror=True).returns("centre", think="The centre of a mirror image is the centre.")
for point, word in (((160, 120), "centre"), ((161, 120), "right"), ((160, 119), "up")):
    given(guide, point, QVGA, dead=0).returns(word, think="dead is 0 in this call. Is 0 a share, or no share, for you?")
for point in ((200, 120), (120, 120)):
    given(guide, point, QVGA, dead=0.25, mirror=True).returns(
        "centre", think="The share is 0.25 on either side of a mirror, and dead is 0.25. Where is a mirror's middle?"
    )
given(guide, (1156, 540), (1920, 1080), dead=0.2).returns(
    "right", think="196 of 960 is a share of 0.2042, more than dead. Do you round the shares?"
)
given(guide, (60, 300), (240, 320)).returns(
    "down", think="This picture is higher than wide. Which number of size is the width?"
)
given(guide, (950, 500), (1920, 1080)).returns("centre", think="The middle of 1920 by 1080 is (960, 540).")
given(guide, (1700, 500), (1920, 1080)).returns("right", think="The middle of 1920 by 1080 is (960, 540).")
### END HIDDEN TESTS

# %% [markdown]
"""
## Before exercise 3: a function that waits

A camera never ends, so a function cannot hand back the list of all its pictures. A **generator** hands out one value
at a time: where `return` ends a function, `yield` makes it wait.

What stands under `finally:` happens at the end, whatever the end is: no more values, a `break`, an error.
Before you run the cell, write down which lines it prints and in which order.
"""

# %%
def countdown(number):
    print("the rocket is unlocked")
    try:
        while number > 0:
            yield number
            number -= 1
    finally:
        print("the rocket is locked again")


for second in countdown(5):
    print(second)
    if second == 3:
        break

# %% [markdown]
"""
## Exercise 3. Picture by picture

Difficulty 3 of 5. Up to 12 minutes. About 10 lines.

Write the generator `frames(cap, every=1)`. `cap` is an open `cv2.VideoCapture`, of a clip or of a camera.
It yields pairs `(number, image)`: the first picture has number 0, the next one 1, and so on.

* With `every=3` it yields every third picture: numbers 0, 3, 6, ... The others are read and left out.
* At the end of the clip it ends. The last picture is not lost, and no `None` is yielded.
* `cap.release()` is called at the end: after the last picture, and also when somebody leaves the loop early.
* If `cap` is not open at the start, it stops with `RuntimeError` and a sentence of yours. The caretaker will read it.
  `cap.isOpened()` tells. Mind its brackets.

`list(frames(a clip of 3 pictures))` -> `[(0, image), (1, image), (2, image)]`
`list(frames(a clip of 8 pictures, every=3))` -> numbers 0, 3 and 6, each with its image

A camera does not know how many pictures it has. Go by what `read()` says.

<details><summary>Hint 1</summary>

Run `print(bool(capture.isOpened))` and `print(capture.isOpened())` with the released `capture` from above.
Why is the first one `True`?

</details>
<details><summary>Hint 2</summary>

A loop: read, look whether there is a picture, yield it or not, count. Everything after the check for an open capture
belongs under `try:`, and the release under `finally:`.

</details>
<details><summary>Hint 3</summary>

`there, image = cap.read()` and `if not there: return` end the loop.
`if number % every == 0:` picks every third picture when `every` is 3. Where do you count up?

</details>
"""

# %% solution="frames"
def frames(cap, every=1):
    """Yield (number, image) for pictures 0, every, 2 * every, ...; release the capture at the end, however it comes."""
    ### BEGIN SOLUTION
    if not cap.isOpened():
        raise RuntimeError("The capture is not open: check the path of the clip, or the number of the camera.")
    try:
        number = 0
        while True:
            there, image = cap.read()
            if not there:
                return
            if number % every == 0:
                yield number, image
            number += 1
    finally:
        cap.release()
    ### END SOLUTION

# %% tests="test_frames_pictures" points=1
def in_words(pair):
    """A pair (7, image) as (7, "picture 7"), where the image tells its number; anything else as it is."""
    if isinstance(pair, (tuple, list)) and len(pair) == 2 and isinstance(pair[1], np.ndarray):
        number = number_of(pair[1])
        return (pair[0], "another picture" if number is None else f"picture {number}")
    return pair


def all_frames(cap, **settings):
    """All that frames yields."""
    return [in_words(pair) for pair in frames(cap, **settings)]


def walking(count, **settings):
    """Let frames walk over a clip of so many pictures."""
    words = "".join(f", {name}={value}" for name, value in settings.items())
    call = given(all_frames, FakeCapture(count), **settings)
    return call.shown_as(f"list(frames(a clip of {count} pictures{words}))")


def numbered(*numbers):
    return [(number, f"picture {number}") for number in numbers]


walking(3).returns(numbered(0, 1, 2), think="Each picture comes once, with its number, the first and the last one too.")
walking(8, every=3).returns(numbered(0, 3, 6), think="Which pictures are left out? And do they still count?")
### BEGIN HIDDEN TESTS
walking(1).returns(numbered(0), think="A clip of one picture has a first one, and it is the last one too.")
walking(0).returns([], think="The clip is open and holds no picture. What is there to yield?")
walking(7, every=3).returns(numbered(0, 3, 6), think="Picture 6 is the last one of this clip. Is it lost?")
walking(5, every=2).returns(numbered(0, 2, 4), think="Every second picture, from the first one on.")
walking(4, every=9).returns(numbered(0), think="The clip ends before the next picture's turn.")
walking(250, every=120).returns(numbered(0, 120, 240), think="Does each number go with its own picture?")


def first_of(cap):
    """The first picture that frames yields, and no more."""
    return in_words(next(iter(frames(cap))))


given(first_of, FakeCapture()).shown_as("the first pair of frames(a camera)").returns(
    (0, "picture 0"), think="A camera has no end. Do you wait for it before you hand out the first picture?"
)
### END HIDDEN TESTS

# %% tests="test_frames_release" points=1
clip = FakeCapture(3)
given(all_frames, clip).shown_as("list(frames(a clip of 3 pictures))").returns(
    numbered(0, 1, 2), think="Is the capture released too early?"
)
think = "While you hold a camera, no other program has it. Which line lets it go?"
expect("whether the clip was released after its last picture", clip.released > 0, True, think=think)
given(all_frames, FakeCapture(3, opens=False)).shown_as("list(frames(a capture that is not open))").raises(
    RuntimeError, think="Nothing is behind this capture. Is the method asked, or is it only mentioned?"
)
### BEGIN HIDDEN TESTS
def first_then_break(cap):
    """The first picture that frames yields; then the loop is left, as by break."""
    walk = frames(cap)
    first = next(iter(walk))
    walk.close()
    return in_words(first)


camera = FakeCapture()
given(first_then_break, camera).shown_as("frames(a camera) in a loop that breaks after the first pair").returns(
    (0, "picture 0"), think="frames is a generator: it yields. What does yours hand back?"
)
think = "The loop was left by break. Is your release reached then? What stands in the rocket's finally?"
expect("whether the camera was released after the break", camera.released > 0, True, think=think)
short = FakeCapture(2)
given(all_frames, short, every=5).shown_as("list(frames(a clip of 2 pictures, every=5))").returns(
    numbered(0), think="Only the first picture has its turn."
)
expect("whether this clip was released too", short.released > 0, True, think="Is it released however the clip ends?")
given(all_frames, FakeCapture(0, opens=False), every=2).shown_as(
    "list(frames(a capture that is not open, every=2))"
).raises(RuntimeError, think="Not open is not the same as empty. How would the caretaker learn that the camera is off?")


def sentence_of(cap):
    """The sentence with which frames stops."""
    try:
        list(frames(cap))
    except RuntimeError as error:
        return str(error)
    return None


told = given(sentence_of, FakeCapture(3, opens=False)).shown_as("the sentence of frames(a capture that is not open)")
told.satisfies(
    lambda words: len(words.split()) >= 2 and "StopIteration" not in words and "exception to re" not in words,
    "a sentence of yours, two words or more,",
    think="What does the caretaker read when the camera is off? Is it Python's sentence or yours?",
)
### END HIDDEN TESTS

# %% [markdown]
"""
## Exercise 4. One event a visit

Difficulty 4 of 5. Up to 20 minutes. About 15 lines together.

**How much has changed?** `motion_score(before, after)` compares two pictures of one shape.
It gives the share of pixels that changed, from 0.0 to 1.0.
A pixel has changed when **any** of its three numbers differs by **more than 25**, up or down.

`motion_score(empty, empty)` -> `0.0`
Of two pixels, one goes from `[10, 100, 200]` to `[10, 100, 226]` and the other stays: `0.5`

**Has somebody come?** The score is high in every picture of a visit, but the caretaker wants one line.
`Trigger(on, off, hold)` has one method, `update(score)`, called once for each picture. It gives

* `"start"` when nobody was there and the score reaches `on`: it is `on` or more.
* `"end"` when somebody was there and the score has been **below** `off` for `hold` pictures in a row.
* `None` at all other times.

`on` is larger than `off`, so a score that wavers between them changes nothing. That is **hysteresis**:
your fridge does the same. After an `"end"` the next visit may start.

```text
trigger = Trigger(on=0.5, off=0.2, hold=2)
scores   0.1   0.6      0.9   0.3   0.1   0.1    0.1   0.7
replies  None  "start"  None  None  None  "end"  None  "start"
```

Keep no clock and count no seconds here: pictures are the time.

<details><summary>Hint 1</summary>

`np.array([5], np.uint8) - np.array([250], np.uint8)` is no -245. Run it. `cv2.absdiff` knows better.
For the trigger write down what it must remember from one picture to the next. It is two things.

</details>
<details><summary>Hint 2</summary>

From differences `(height, width, 3)` to changed pixels: `.max(axis=2)` or `np.any(..., axis=2)`. Then `np.mean`.
The trigger remembers whether somebody is there, and how many quiet pictures it has seen in a row.

</details>
<details><summary>Hint 3</summary>

`np.mean(cv2.absdiff(before, after).max(axis=2) > 25)` is nearly the whole score. Make a `float` of it.
In `update`: `self.quiet = self.quiet + 1 if score < self.off else 0` counts quiet pictures in a row.

</details>
"""

# %% solution="Trigger"
def motion_score(before, after):
    """The share of pixels, 0.0 to 1.0, in which any of the three numbers differs by more than 25."""
    ### BEGIN SOLUTION
    difference = cv2.absdiff(before, after)
    return float(np.mean(difference.max(axis=2) > 25))
    ### END SOLUTION


class Trigger:
    """Turns the scores of pictures into one "start" and one "end" a visit."""

    def __init__(self, on, off, hold):
        ### BEGIN SOLUTION
        self.on, self.off, self.hold = on, off, hold
        self.somebody, self.quiet = False, 0
        ### END SOLUTION

    def update(self, score):
        """ "start", "end" or None, for the next picture's score."""
        ### BEGIN SOLUTION
        if not self.somebody:
            if score < self.on:
                return None
            self.somebody, self.quiet = True, 0
            return "start"
        self.quiet = self.quiet + 1 if score < self.off else 0
        if self.quiet < self.hold:
            return None
        self.somebody = False
        return "end"
        ### END SOLUTION

# %% tests="test_motion_score" points=1
def two_pixels(first, second):
    return np.array([[first, second]], np.uint8)


def scoring(before, after):
    return given(motion_score, before, after)


grey = [100, 100, 100]
scoring(plain(8, 6), plain(8, 6)).returns(0.0, within=0.0001, think="Nothing differs. What do you count?")
scoring(two_pixels([10, 100, 200], grey), two_pixels([10, 100, 226], grey)).returns(
    0.5, within=0.0001, think="One of two pixels changed, by 26 in one number. A share of what do you give?"
)
scoring(two_pixels([250, 250, 250], grey), two_pixels([5, 5, 5], grey)).returns(
    0.5, within=0.0001, think="From 250 to 5 is a large change. What is 5 - 250 in uint8?"
)
scoring(two_pixels([5, 5, 5], grey), two_pixels([250, 250, 250], grey)).returns(
    0.5, within=0.0001, think="From 5 to 250 is a large change. What is 5 - 250 in uint8?"
)
### BEGIN HIDDEN TESTS
scoring(two_pixels(grey, grey), two_pixels([125, 75, 125], [74, 100, 100])).returns(
    0.5, within=0.0001, think="The first pixel differs by 25, the second by 26. How much is more than 25?"
)
scoring(two_pixels(grey, grey), two_pixels([120, 120, 120], grey)).returns(
    0.0, within=0.0001, think="Three numbers differ by 20 each. Is any of them over 25? Do you add them up?"
)
scoring(two_pixels([0, 100, 0], grey), two_pixels([200, 77, 0], grey)).returns(
    0.5, within=0.0001, think="Dark green became blue, about as light as before. Do you compare grey pictures?"
)
for place, name in ((0, "blue"), (1, "green"), (2, "red")):
    other = list(grey)
    other[place] += 30
    scoring(two_pixels(grey, grey), two_pixels(other, grey)).returns(
        0.5, within=0.0001, think=f"The {name} of one pixel changed by 30. Which of the three numbers do you look at?"
    )
four = np.array([[grey, grey, grey, grey]], np.uint8)
moved = np.array([[[140, 100, 100], [100, 140, 100], [100, 100, 140], grey]], np.uint8)
scoring(four, moved).shown_as("motion_score(4 grey pixels, then one bluer, one greener, one redder)").returns(
    0.75, within=0.0001, think="Three of four pixels changed, each in another number. Do you count pixel by pixel?"
)
scoring(two_pixels([10, 10, 10], grey), two_pixels([40, 40, 200], grey)).returns(
    0.5, within=0.0001, think="Three numbers of one pixel changed. Do you count pixels or numbers?"
)
scoring(plain(8, 6, (0, 0, 0)), plain(8, 6, (255, 255, 255))).returns(
    1.0, within=0.0001, think="Every pixel changed. Which number is a whole share?"
)
dot = plain(80, 60)
dot[30:35, 40:43] = (160, 120, 120)
scoring(plain(80, 60), dot).shown_as("motion_score(a room of 80 x 60, the same with a blue spot of 15 pixels)").returns(
    15 / 4800, within=0.0001, think="15 pixels of 4800 are a small share. Do you round it, or shrink the picture?"
)
for width, height in ((40, 20), (80, 40)):
    room, visited = plain(width, height), plain(width, height)
    visited[: height // 2, : width // 2] = (20, 40, 60)
    words = f"motion_score(a room of {width} x {height}, the same with a quarter changed)"
    scoring(room, visited).shown_as(words).returns(
        0.25, within=0.0001, think="A quarter is a quarter at every size. What do you divide by?"
    )
scoring(plain(8, 6, (30, 30, 30)), plain(8, 6, (90, 90, 90))).changes_nothing(
    think="The room is compared with the next picture too. What do you write into it?"
)
### END HIDDEN TESTS

# %% tests="test_trigger" points=2
def replies_of(on, off, hold, scores):
    """What a new Trigger says to these scores, one after the other."""
    trigger = Trigger(on, off, hold)
    return [trigger.update(score) for score in scores]


def triggering(on, off, hold, *scores):
    call = given(replies_of, on, off, hold, list(scores))
    return call.shown_as(f"Trigger(on={on}, off={off}, hold={hold}), updated with {', '.join(map(str, scores))},")


triggering(0.5, 0.2, 2, 0.1, 0.6, 0.9, 0.3, 0.1, 0.1, 0.1, 0.7).returns(
    [None, "start", None, None, None, "end", None, "start"],
    think="One start and one end a visit. What does your trigger remember from picture to picture?",
)
triggering(0.5, 0.2, 1, 0.0, 0.0, 0.0).returns([None, None, None], think="Nobody came.")
triggering(0.5, 0.2, 3, 0.8, 0.1, 0.1, 0.8, 0.1, 0.1, 0.1).returns(
    ["start", None, None, None, None, None, "end"],
    think="The visitor stood still for two pictures and moved on. hold is 3, in a row. When do you count from 0 again?",
)
### BEGIN HIDDEN TESTS
triggering(0.5, 0.2, 1, 0.5, 0.2, 0.1).returns(
    ["start", None, "end"], think="0.5 reaches on. 0.2 is not below off. Which of your signs should hold the limit?"
)
triggering(0.5, 0.2, 1, 0.49, 0.51, 0.21, 0.19).returns(
    [None, "start", None, "end"], think="The scores lie close to the limits. Do you compare with on and off as given?"
)
triggering(0.5, 0.2, 2, 0.6, 0.3, 0.3, 0.3, 0.6, 0.3).returns(
    ["start", None, None, None, None, None], think="Between off and on nothing changes. Which limit ends a visit?"
)
triggering(0.5, 0.2, 2, 0.3, 0.4, 0.3, 0.4).returns(
    [None, None, None, None], think="Between off and on nothing changes. Which limit starts a visit?"
)
triggering(0.5, 0.2, 2, 0.6, 0.1, 0.1, 0.6, 0.1, 0.1, 0.6).returns(
    ["start", None, "end", "start", None, "end", "start"], think="Visits follow each other. Is all fresh after an end?"
)
triggering(0.5, 0.2, 2, 0.1, 0.1, 0.1, 0.6, 0.1, 0.1).returns(
    [None, None, None, "start", None, "end"], think="Quiet pictures before a visit are no part of it."
)
triggering(0.5, 0.2, 3, 0.6, 0.1, 0.3, 0.1, 0.1, 0.3, 0.1, 0.1, 0.1).returns(
    ["start", None, None, None, None, None, None, None, "end"],
    think="0.3 is not below off, so the row of quiet pictures is broken. Which ones follow each other?",
)
triggering(0.05, 0.01, 1, 0.2, 0.02, 0.0, 0.04, 0.05).returns(
    ["start", None, "end", None, "start"], think="on is 0.05 and off is 0.01 here. Where do your limits come from?"
)


def two_at_once():
    """The replies of one trigger, while another one sees somebody come."""
    ours, other = Trigger(0.5, 0.2, 1), Trigger(0.5, 0.2, 1)
    said = []
    for score in (0.1, 0.6, 0.1):
        other.update(0.9)
        said.append(ours.update(score))
    return said


given(two_at_once).shown_as("Trigger(0.5, 0.2, 1), updated with 0.1, 0.6, 0.1 beside another trigger,").returns(
    [None, "start", "end"], think="Two doors, two triggers. Which of their memories do they share?"
)
### END HIDDEN TESTS

# %% [markdown]
"""
## Exercise 5. Ask, but not all the time

Difficulty 3 of 5. Up to 15 minutes. About 6 lines each.

A model that describes pictures can say whether a visitor wears a badge. On a laptop one picture may take it ten
seconds or more, and a camera makes 30 pictures in one. So you ask rarely, and you expect chatter.

**What did it say?** The model is asked to begin with one word.
GOOD stands for a badge, BAD for no badge, EMPTY for nobody.
`verdict(reply)` gives `"good"`, `"bad"`, `"empty"` or `"unclear"`.

* The first word of the reply decides, whatever its case and the signs around it.
* A word is a row of letters from a to z. Digits, `_`, dashes and quotation marks are signs.
* If another one of the three words stands later in the reply, it is `"unclear"`. So it is in every other case.

`verdict("Bad.")` -> `"bad"`   `verdict("**EMPTY**, nobody is there")` -> `"empty"`
`verdict("not good")` -> `"unclear"`   `verdict("Good or bad? Hard to say.")` -> `"unclear"`

**When to ask?** `see_loop(pictures, ask, every_s, fps)` gives a list of rows `(seconds, reply)`.

* `pictures` gives pairs `(number, image)`, as `frames` does. Picture `number` belongs to second `number / fps`.
* The first picture is asked about. After that, ask when a picture comes `every_s` seconds or more
  after the one last asked about. `ask(image)` gives the reply.
* If `ask` stops with an error, that error comes through. A broken model is not an empty room.

With pictures 0 to 11, `every_s=1` and `fps=4`, it asks about pictures 0, 4 and 8:
-> `[(0.0, reply), (1.0, reply), (2.0, reply)]`

<details><summary>Hint 1</summary>

For the verdict, get the words first. What does `re.findall("[a-z]+", "**BAD**, no badge".lower())` give?
For the loop: which one number must it remember?

</details>
<details><summary>Hint 2</summary>

`set(words) & {"good", "bad", "empty"}` holds those of the three that stand in the reply. How many may it hold?
In the loop, remember the second of the last question. Numbers of pictures may have gaps.

</details>
<details><summary>Hint 3</summary>

Before the first picture there was no question: `last = None`.
Then `if last is None or seconds - last >= every_s:` is the moment to ask.

</details>
"""

# %% solution="see_loop"
def verdict(reply):
    """ "good", "bad" or "empty" if the reply begins with that word and names no other of them, else "unclear"."""
    ### BEGIN SOLUTION
    words = re.findall("[a-z]+", reply.lower())
    named = set(words) & {"good", "bad", "empty"}
    if words and named == {words[0]}:
        return words[0]
    return "unclear"
    ### END SOLUTION


def see_loop(pictures, ask, every_s, fps):
    """Rows (seconds, reply): ask about the first picture, then about one every so many seconds of the video."""
    ### BEGIN SOLUTION
    rows, last = [], None
    for number, image in pictures:
        seconds = number / fps
        if last is None or seconds - last >= every_s:
            rows.append((seconds, ask(image)))
            last = seconds
    return rows
    ### END SOLUTION

# %% tests="test_verdict" points=1
for reply, word, think in (
    ("good", "good", "This is the plainest reply of all."),
    ("Bad.", "bad", "The reply has a capital letter and a full stop. Is it another word for that?"),
    (" BAD\n", "bad", "Models like spaces and new lines. What is left without them?"),
    ("bad person at the door", "bad", "The first word is bad. What follows names none of the other words."),
    ("Empty, nobody is there.", "empty", "The first word is empty, with a comma after it."),
    ("Goodness, what a day!", "unclear", "Goodness is another word than good. Where does the first word end?"),
    ("not good", "unclear", "The first word is not. Does your code search the whole reply?"),
    ("I can't see the door.", "unclear", "None of the three words is here."),
):
    given(verdict, reply).returns(word, think=think)
### BEGIN HIDDEN TESTS
for reply, word, think in (
    ("**GOOD**", "good", "Models like to print in bold. Which signs stand around the word?"),
    ("Good or bad? Hard to say.", "unclear", "Two of the three words stand here. How many may?"),
    ("Bad. The room is not empty.", "unclear", "Two of the three words stand here. How many may?"),
    ("Good. A good, red badge.", "good", "The same word twice is still one word of the three."),
    ("The badge looks good", "unclear", "The first word decides. Which one is it?"),
    ("", "unclear", "An empty reply is no reply. And it is not the word empty."),
    ("...!?", "unclear", "There is no word in this reply. What does your code take for the first?"),
    ('"empty"', "empty", "Models like quotation marks. Which word stands between them?"),
    ("Badge: yes", "unclear", "badge begins with bad, and is another word."),
    ("Badges are bad for coats", "unclear", "badges begins with bad. Where does the first word end?"),
    ("Good. I can not see its colour.", "good", "The first word is good, and neither bad nor empty is named."),
    ("Good.\nBad light, though.", "unclear", "Two of the three words stand here, in two lines. Do you read all of it?"),
    ("bad, or so it seems", "bad", "The first word is bad, and neither good nor empty is named."),
    ("Emptying the room", "unclear", "emptying begins with empty, and is another word."),
    ("- Bad: no badge, badly lit", "bad", "badge and badly are other words than bad."),
    ("Good\nGOOD\ngood", "good", "The same word three times is still one word of the three."),
    ("_Bad_", "bad", "Models write in italics too. A word is a row of letters, and _ is no letter."),
    ("1. Good", "good", "A word is a row of letters. Which one is the first here?"),
    ("Bad—no badge", "bad", "A long dash is no letter. Where does the first word end?"),
    ("“Empty”", "empty", "There are more signs than a keyboard has. What is a letter?"),
):
    given(verdict, reply).returns(word, think=think)
### END HIDDEN TESTS

# %% tests="test_see_loop" points=1
class Asked:
    """An ask that says which picture it was shown, and remembers it."""

    def __init__(self):
        self.pictures = []

    def __call__(self, image):
        number = number_of(image)
        self.pictures.append("another picture" if number is None else number)
        return f"reply to picture {number}"


def seeing(numbers, every_s, fps, words):
    """Let see_loop look at stills with these numbers; its rows, and which pictures it asked about."""
    ask = Asked()
    call = given(see_loop, [(number, still(number)) for number in numbers], ask, every_s, fps)
    return call.shown_as(f"see_loop({words}, ask, every_s={every_s}, fps={fps})"), ask


def rows_of(fps, *numbers):
    return [(number / fps, f"reply to picture {number}") for number in numbers]


call, ask = seeing(range(12), 1, 4, "pictures 0 to 11")
call.returns(rows_of(4, 0, 4, 8), think="At which seconds is it time to ask? And what stands in a row?")
expect("the list of pictures that were asked about", ask.pictures, [0, 4, 8], think="Each question costs ten seconds.")
call, ask = seeing(range(5), 60, 4, "pictures 0 to 4")
call.returns(rows_of(4, 0), think="The clip is shorter than a minute. Is the first picture asked about?")
### BEGIN HIDDEN TESTS
expect("the list of pictures that were asked about", ask.pictures, [0], think="Each question costs ten seconds.")
call, ask = seeing(range(0, 15, 3), 1, 4, "pictures 0, 3, 6, 9 and 12")
call.returns(rows_of(4, 0, 6, 12), think="Picture 6 belongs to second 1.5. How long is that after the last question?")
call, ask = seeing(range(100, 109), 1, 4, "pictures 100 to 108")
call.returns(rows_of(4, 100, 104, 108), think="The first picture here has number 100. Which second is that?")
call, ask = seeing(range(6), 0.5, 2, "pictures 0 to 5")
call.returns(rows_of(2, 0, 1, 2, 3, 4, 5), think="Two pictures a second, one question every half second.")
call, ask = seeing(range(40), 1.5, 8, "pictures 0 to 39")
call.returns(rows_of(8, 0, 12, 24, 36), think="1.5 seconds are 12 pictures here. Do you keep the half second?")
expect(
    "the list of pictures that were asked about", ask.pictures, [0, 12, 24, 36], think="Is each asked about just once?"
)
call, ask = seeing(range(8), 0.5, 5, "pictures 0 to 7")
call.returns(rows_of(5, 0, 3, 6), think="Half a second is two and a half pictures here. Which picture comes after it?")
call, ask = seeing([0, 1, 2, 3, 9, 10, 11, 12, 13], 1, 4, "pictures 0 to 3 and 9 to 13")
call.returns(rows_of(4, 0, 9, 13), think="After picture 9 the next question is due one second later. When is that?")
given(see_loop, [(number, still(number)) for number in range(9)], lambda image: "Empty.", 1, 4).shown_as(
    "see_loop(pictures 0 to 8, an ask that always says 'Empty.', every_s=1, fps=4)"
).returns([(0.0, "Empty."), (1.0, "Empty."), (2.0, "Empty.")], think="The same reply three times is three replies.")
call, ask = seeing([], 1, 4, "no pictures")
call.returns([], think="No picture, no question, no row.")
given(see_loop, ((number, still(number)) for number in range(5)), Asked(), 1, 2).shown_as(
    "see_loop(a generator of pictures 0 to 4, ask, every_s=1, fps=2)"
).returns(rows_of(2, 0, 2, 4), think="Pictures come one at a time. Does your code need to know how many there are?")


def silent(image):
    """An ask whose model has gone."""
    raise ConnectionError("no model answers")


given(see_loop, [(0, still(0))], silent, 1, 4).shown_as(
    "see_loop(picture 0, an ask that stops with ConnectionError, every_s=1, fps=4)"
).raises(ConnectionError, think="No model answers. Who would learn that from your rows?")
### END HIDDEN TESTS

# %% [markdown]
"""
## Put it together

First the watcher. It compares each picture with the **empty room**, not with the picture before:
a visitor who stands still differs from the empty room, but not from themselves a moment ago.

Before you run the cell, write down how many visits you expect.
Somebody comes in by the door on the left, walks to the desk and leaves again. What will `places` say?
"""

# %% locked="boxes"
def changed_boxes(empty, image, least=80):
    """Boxes (x1, y1, x2, y2) of the patches of at least so many pixels where the picture is not the empty room."""
    changed = (cv2.absdiff(empty, image).max(axis=2) > 25).astype(np.uint8)
    patches = cv2.morphologyEx(changed, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    stats = cv2.connectedComponentsWithStats(patches)[2][1:].tolist()
    return [(x, y, x + w, y + h) for x, y, w, h, area in stats if area >= least]


# %%
ON, OFF, HOLD = 0.02, 0.01, 5  # shares of the picture, and pictures: five are one second of this clip


def watch(pictures, fps):
    """The visits and the scores of a row of (number, image). The first picture is the empty room."""
    trigger, empty, scores, visits, visit = Trigger(ON, OFF, HOLD), None, [], [], None
    for number, image in pictures:
        empty = image if empty is None else empty
        scores.append(motion_score(empty, image))
        said = trigger.update(scores[-1])
        if said == "start":
            visit = {"first": number / fps, "last": None, "places": [], "image": image, "box": (0, 0, 0, 0)}
            visits.append(visit)
        elif said == "end":
            visit["last"], visit = (number - HOLD) / fps, None
        box = largest(changed_boxes(empty, image)) if visit else None
        if box:
            x1, y1, x2, y2 = box
            place = guide(((x1 + x2) / 2, (y1 + y2) / 2), (image.shape[1], image.shape[0]))
            if visit["places"][-1:] != [place]:
                visit["places"].append(place)
            if largest([visit["box"], box]) == box:  # the best snapshot is the one with the largest box
                visit["image"], visit["box"] = image, box
    return visits, scores


capture = cv2.VideoCapture(str(data_file("door.webm")))
fps = capture.get(cv2.CAP_PROP_FPS)
visits, scores = watch(frames(capture), fps)
for number, visit in enumerate(visits, start=1):
    print(f"visit {number}: second {visit['first']} to {visit['last']}, places: {', '.join(visit['places'])}")

# %% [markdown]
"""
Now the questions: is there a badge? No model is needed for that today. `stand_in` plays the model: a few lines that
look for a bright patch where the room has changed. **Its sentences are invented by us**, chatty on purpose.
The live cell below asks a real model, where there is one.

Of 120 pictures, how many will be asked about, at one question every two seconds? Write it down, then run.
"""

# %% locked="stand_in"
def stand_in(empty):
    """An ask that plays a model: it looks for a bright patch where the room has changed, and chats about it."""
    sayings = {
        "good": ("Good.", "**GOOD** - a badge, how nice!", "good\n"),
        "bad": ("Bad.", " BAD\n", "Bad: I find no badge."),
        "empty": ("Empty, nobody is there.", "EMPTY", "empty."),
    }
    count = 0

    def ask(image):
        nonlocal count
        count += 1
        boxes = changed_boxes(empty, image)
        hsv = cv2.cvtColor(image, cv2.COLOR_BGR2HSV)
        bright = (hsv[:, :, 1] > 190) & (hsv[:, :, 2] > 110) & (cv2.absdiff(empty, image).max(axis=2) > 25)
        word = "empty" if not boxes else "good" if np.count_nonzero(bright) > 60 else "bad"
        return sayings[word][count % 3]

    return ask


# %%
ask = stand_in(empty)
asked = see_loop(frames(cv2.VideoCapture(str(data_file("door.webm")))), ask, every_s=2, fps=fps)
verdicts = [(seconds, verdict(reply)) for seconds, reply in asked]
for (seconds, reply), (_, word) in zip(asked, verdicts, strict=True):
    print(f"second {seconds:4.1f}: {reply!r} -> {word}")
print(len(asked), "questions for", len(scores), "pictures")

# %% locked="page"
STYLE = """
body { font: 17px/1.5 system-ui, sans-serif; margin: 0; background: #f4f6f8; color: #17202a; }
header, main { max-width: 66rem; margin: 0 auto; padding: 1.25rem 1.5rem; }
header { padding-bottom: 0; }
h1 { margin: 0; font-size: 2rem; } header p { margin: .5rem 0 0; } main { padding-top: 0; }
h2 { margin: 1.5rem 0 .75rem; font-size: 1.3rem; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(17rem, 1fr)); gap: 1.25rem; }
.card { background: #fff; border: 4px solid #0b5cad; border-radius: 10px; overflow: hidden; }
.card.bad { border: 4px dashed #a04a00; } .card.unclear, .card.empty { border: 4px dotted #555; }
.card img { display: block; width: 100%; }
.card h3 { margin: 0; padding: .75rem 1rem 0; font-size: 1.1rem; }
.card .said { margin: 0; padding: 0 1rem; font-weight: 700; }
dl { display: grid; grid-template-columns: auto 1fr; gap: .1rem .75rem; margin: .25rem 1rem 1rem; }
dt { color: #4a5560; } dd { margin: 0; }
.strip { display: grid; grid-template-columns: repeat(auto-fit, minmax(6.6rem, 1fr)); gap: .4rem; margin: 0; padding: 0;
  list-style: none; }
.strip li { padding: .3rem .4rem; border: 2px solid #555; border-radius: 6px; background: #fff;
  text-align: center; font-size: .82rem; white-space: nowrap; line-height: 1.25; }
.strip li.good { border-color: #0b5cad; background: #e3effb; }
.strip li.bad { border: 2px dashed #a04a00; background: #fdeedd; }
svg { display: block; width: 100%; height: auto; background: #fff; border: 1px solid #ccd3da; border-radius: 10px; }
footer { color: #4a5560; padding-top: 1rem; }
"""
SIGNS = {
    "good": ("✓", "badge"),
    "bad": ("✗", "no badge"),
    "empty": ("–", "nobody"),
    "unclear": ("?", "unclear"),
}


def picture_data(image):
    """A picture as text that a page can hold, so that the page is one file."""
    return "data:image/jpeg;base64," + base64.b64encode(cv2.imencode(".jpg", image)[1].tobytes()).decode("ascii")


def visit_word(visit, verdicts):
    """The verdict of a visit. One good picture is enough: a badge can be hidden for a moment."""
    last = visit["last"] if visit["last"] is not None else float("inf")
    words = {word for seconds, word in verdicts if visit["first"] <= seconds <= last}
    return next((word for word in ("good", "bad", "unclear") if word in words), "unclear")


def card(number, visit, word):
    """One visit's part of the page: snapshot with its box, verdict in a sign and in words, times and places."""
    sign, words = SIGNS[word]
    x1, y1, x2, y2 = visit["box"]
    snapshot = visit["image"].copy()
    cv2.rectangle(snapshot, (x1 - 4, y1 - 4), (x2 + 3, y2 + 3), (0, 0, 0), 3)
    cv2.rectangle(snapshot, (x1 - 4, y1 - 4), (x2 + 3, y2 + 3), (255, 255, 255), 1)
    lasted = "still there" if visit["last"] is None else f"{visit['last'] - visit['first']:.1f} seconds"
    places = html.escape(", ".join(visit["places"]))
    alt = f"Snapshot of visit {number}: a box lies round the visitor. Seen so far: {places}."
    return (
        f'<section class="card {word}"><img src="{picture_data(snapshot)}" alt="{alt}">'
        f'<h3>Visit {number}</h3><p class="said">{sign} {words}</p>'
        f"<dl><dt>came</dt><dd>second {visit['first']:.1f}</dd>"
        f"<dt>stayed</dt><dd>{lasted}</dd><dt>was seen</dt><dd>{places}</dd></dl></section>"
    )


def curve(scores, visits, fps):
    """The scores as a drawing: time to the right, change upward, a band with its number for each visit."""
    wide, high, most = 1000, 190, max(max(scores), ON) * 1.25
    end = len(scores) / fps

    def x(seconds):
        return 60 + (wide - 80) * seconds / end

    def y(score):
        return high - 30 - (high - 50) * score / most

    parts = []
    for number, visit in enumerate(visits, start=1):
        last = end if visit["last"] is None else visit["last"]
        left, width = x(visit["first"]), x(last) - x(visit["first"])
        parts.append(f'<rect x="{left:.1f}" y="14" width="{width:.1f}" height="{high - 44}" fill="#d7e6f6"/>')
        middle = left + width / 2
        parts.append(f'<text x="{middle:.1f}" y="29" text-anchor="middle" font-weight="700">visit {number}</text>')
    for name, level, dashes in (("on", ON, "8 4"), ("off", OFF, "2 4")):
        parts.append(
            f'<line x1="60" x2="{wide - 20}" y1="{y(level):.1f}" y2="{y(level):.1f}" stroke="#a04a00" '
            f'stroke-width="2" stroke-dasharray="{dashes}"/>'
            f'<text x="52" y="{y(level) + 4:.1f}" text-anchor="end">{name}</text>'
        )
    points = " ".join(f"{x(number / fps):.1f},{y(score):.1f}" for number, score in enumerate(scores))
    parts.append(f'<polyline points="{points}" fill="none" stroke="#0b5cad" stroke-width="3"/>')
    for second in range(0, int(end) + 1, max(1, round(end / 8))):
        parts.append(f'<text x="{x(second):.1f}" y="{high - 8}" text-anchor="middle">{second} s</text>')
    label = f"How much of the room has changed, over {end:.0f} seconds. It rises {len(visits)} times, once a visit."
    return (
        f'<svg viewBox="0 0 {wide} {high}" role="img" aria-label="{label}" font-family="system-ui, sans-serif" '
        f'font-size="13" fill="#17202a">{"".join(parts)}</svg>'
    )


def door_page(visits, scores, verdicts, fps, speaker):
    """The whole page as one text."""
    cards = "".join(card(number, visit, visit_word(visit, verdicts)) for number, visit in enumerate(visits, start=1))
    strip = "".join(
        f'<li class="{word}"><b>{SIGNS[word][0]} {SIGNS[word][1]}</b><br>{seconds:.0f} s</li>'
        for seconds, word in verdicts
    )
    many = f"{len(visits)} visit" + "s" * (len(visits) != 1)
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Who came to the door?</title>'
        f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style></head><body>'
        f"<header><h1>Who came to the door?</h1><p>{many} in {len(scores) / fps:.0f} seconds. "
        f"{len(scores)} pictures were compared, {len(verdicts)} were asked about.</p></header><main>"
        f'<h2>Visits</h2><div class="cards">{cards}</div>'
        f"<h2>How much of the room changed</h2>{curve(scores, visits, fps)}"
        f'<h2>What was said, every few seconds</h2><ol class="strip">{strip}</ol>'
        f"<footer><p>{html.escape(speaker)} This page knows no names. A person checks it, and deletes it.</p></footer>"
        "</main></body></html>"
    )


# %% [markdown]
"""
Now the page and the snapshots. Run the cell, then open `build/door.html` beside this notebook with a double click.
Before you look: which of the three visitors has no badge?
"""

# %%
folder = data_file("door.webm").parent.parent / "build"
folder.mkdir(exist_ok=True)
for number, visit in enumerate(visits, start=1):
    cv2.imwrite(str(folder / f"visit-{number}.jpg"), visit["image"])
    x1, y1, x2, y2 = visit["box"]
    show(visit["image"][y1:y2, x1:x2], alt=f"Visitor {number}, cut out of the snapshot.")

page = door_page(visits, scores, verdicts, fps, "A stand-in of a few lines spoke here, no model.")
(folder / "door.html").write_text(page, encoding="utf-8")
print(f"{folder.name}/door.html shows {len(visits)} visits, {len(verdicts)} questions, in {len(page) // 1000} kB.")

# %% [markdown]
"""
What is true of the clip stands in `data/door.json`. Compare the times: how late does your log say *start*, and why?
"""

# %%
truths = json.loads(data_file("door.json").read_text(encoding="utf-8"))["visits"]
for truth, visit in zip(truths, visits, strict=False):
    logged = f"logged {visit['first']} to {visit['last']} s"
    print(f"true {truth['first_s']} to {truth['last_s']} s, {logged}: {truth['badge']}")

# %% [markdown]
"""
> **What this cannot do.** It measures change. The sun, a cat or a moved chair is change too.
> It counts two visitors who come together as one, and never learns that the chair now stands elsewhere.
> It does not know who anybody is, and it must not.
> Switch the light on in the room and read what it logs.
"""

# %% [markdown]
"""
## Live: another visit

This cell watches a clip that nobody has seen before, drawn anew each time you run it.
To use your own camera instead, first ask **everybody** who may walk through the picture.
If all say yes, write `everyone_said_yes = True`. Step aside for the first second: that is the empty room.
The cell takes 150 pictures and stops. Nothing is stored but the page; delete it after.

Where Ollama has a model that reads pictures, it is asked about three of them.
Where there is none, the stand-in speaks, and the page says so.
"""

# %% locked="sees"
RULE = (
    "Is a person or a figure in this picture, and do they wear a round badge? "
    "Begin with one word: GOOD (a badge), BAD (no badge) or EMPTY (nobody)."
)


def models_that_see():
    """The models here that read pictures; none where nobody answers."""
    try:
        return [one.model for one in ollama.list().models if "vision" in (ollama.show(one.model).capabilities or [])]
    except (ConnectionError, ollama.ResponseError):
        return []


def real_ask(model):
    """An ask that puts the rule and the picture to a real model."""

    def ask(image):
        picture = cv2.imencode(".png", image)[1].tobytes()
        messages = [{"role": "user", "content": RULE, "images": [picture]}]
        reply = ollama.chat(model=model, messages=messages, options={"temperature": 0, "num_predict": 40})
        return reply.message.content

    return ask


# %% live="another-visit"
from dojo import vision
from dojo.desk import draw_clip

everyone_said_yes = False  # True opens camera 0 of the machine on which this notebook runs

if everyone_said_yes:
    live_fps = 10  # about; a camera does not promise its speed
    pairs = list(enumerate(vision.frames(0, limit=150)))
else:
    live_fps, seed = 5, int(np.random.default_rng().integers(1_000_000))
    print("No camera is opened. This is the drawn clip of seed", seed)
    pairs = [(one.number, one.image) for one in draw_clip(seed, frames=100, fps=5, story="door", light="flat")]

live_visits, live_scores = watch(pairs, live_fps)
speaker, live_ask, pause = "A stand-in of a few lines spoke here, no model.", stand_in(pairs[0][1]), 2
for model in models_that_see()[:1]:
    speaker, live_ask, pause = f"{model} spoke here.", real_ask(model), len(pairs) / live_fps / 3

live_verdicts = [(seconds, verdict(reply)) for seconds, reply in see_loop(pairs, live_ask, pause, live_fps)]
live_page = door_page(live_visits, live_scores, live_verdicts, live_fps, speaker)
(folder / "live.html").write_text(live_page, encoding="utf-8")
print(speaker, "build/live.html shows", len(live_visits), "visit(s).")
for number, visit in enumerate(live_visits, start=1):
    show(visit["image"], alt=f"The snapshot of visit {number}: {', '.join(visit['places'])}.")

# %% [markdown]
"""
## Who counts?

Your log is text, and text models can read it. They may write it up nicely for the caretaker. But who counts?
The next cell puts the log to three models. **They and their replies are invented by us**; they stand in
`data/replies.json`. Before you run it: will each of them give the number that your program gave?
"""

# %%
samples = sample_chat(data_file("replies.json"))
question = json.loads(data_file("replies.json").read_text(encoding="utf-8"))["replies"][0]["question"]
print(question)
for model in ("alpha:1b", "beta:2b", "gamma:1b"):
    reply = samples(model=model, messages=[{"role": "user", "content": question}])
    print(f"{model} (invented): {reply.message.content}")
print("Your program counted", len(visits), "visits, and can show a picture of each.")

# %% [markdown]
"""
## Live: your models read the log

The same question to Llama, Qwen and DeepSeek, where Ollama has them. Without them dojo-tiny answers, the kit's own
very small model, and a sentence says so. It knows this course, and nobody taught it to read a log.

What you see now was really said, on your machine, today. Note the date if you quote it.
"""

# %% live="read-the-log"
for model in models_here("trio"):
    reply = ollama.chat(
        model=model, messages=[{"role": "user", "content": question}], options={"temperature": 0, "num_predict": 120}
    )
    print(f"{model}: {reply.message.content.strip()}")
print("Your program counted", len(visits), "visits.")

# %% [markdown]
"""
## In your own words

Your watcher shall run at the door of the room you sit in. Before it may, two texts must hang beside it.

1. **The sign.** What a visitor reads before they walk into the picture. At most 50 words.
   It says that there is a camera and what for. It says who sees the pictures, and how long they are kept.
   It also says what a visitor can do who does not want this.
2. **The rule.** What you and your colleagues keep to. It says who may open the page, and who deletes snapshots when.
   It says what the watcher is never used for, and what happens when somebody says no.

Then one more sentence: which part of your own program would you change so that the rule is easier to keep?
Write 120 to 200 words in all.
"""

# %% [markdown] answer="written" points=4
"""
**Rubric**

- 4: the sign names purpose, who sees, how long, and a way to say no that costs the visitor nothing; the rule names a
  person or role who deletes, a time, and a use that is forbidden; the change is to the program and fits the rule.
- 2: sign and rule are there, but one of the four points is missing, or "no" means staying outside, or the change is
  only a promise.
- 0: "This room is under video surveillance", or a rule that nobody could check.

**Full (4).** *Sign:* A camera watches this door from 9 to 5, so that we know when to staff the desk. Only Mira and Jo
at the desk see the snapshots. We delete them each evening. You'd rather not? Use the garden door; the same people
help you there. Questions: Mira, room 2.
*Rule:* Mira or, when she is away, Jo opens the page, nobody else. Whoever closes the desk deletes the folder `build`
and signs the list. The log is used to plan the hours of the desk. It is never used to check when colleagues come, and
no name is ever written to a picture. If somebody says no, we delete their snapshot while they watch and turn the
camera to the wall for their next visit. A new purpose means a new sign and asking everybody again.
*Change:* The program does not keep the snapshot at all; it counts, and shows a picture only while the page is open.

**Half (2).** *Sign:* Camera at the door, to plan the desk's hours. Pictures are kept for a week. The team sees them.
If you do not want this, please do not come in. *Rule:* Mira deletes the pictures every Friday, and we use them only
for planning. *Change:* We promise to look only when needed.

**None (0).** This area is monitored for your safety. We handle all data responsibly and according to the law.
"""

# %% [markdown]
"""
## Stretch

No marks, only bragging rights.

- **A room that changes.** `cv2.createBackgroundSubtractorMOG2()` learns the empty room while it watches.
  Put a chair into the picture and see how long it stays a visitor. What happens to somebody who waits for long?
- **Two limits, many clips.** Draw ten clips with `draw_clip(seed, frames=100, fps=5, story="door")`, this time in
  daylight with noise. For which `ON` and `OFF` is the number of visits right in all ten?
- **A bell.** `IPython.display.Audio` plays a tone. Ring it on `"start"`, and write it on the page for those who
  can't hear it.
- **A Raspberry Pi.** The watcher needs no graphics card. Which of its lines would you run on the Pi, and which on
  the machine with the model?
- **A model that falls silent.** Let `ask` raise `TimeoutError` now and then. What should the row say?
"""
