# %% [markdown]
"""
# Lab 9. Pixels First

The front desk has a camera and a rule: whoever stands at the desk wears a round badge. Most badges are red.
Nobody wants to look through the pictures, so your program does.
You build a web page of the pictures. Each badge has a labelled box, each picture a verdict in words.
The people in the pictures are wooden figures. They gave their consent by being wood.

| What | Answer |
|---|---|
| Belt | Green: See |
| You build | a web page of desk pictures with labelled boxes: badge, no badge, or unreadable |
| Minutes | 85 |
| Needs | no model, no camera, no network; any laptop |
| You will be able to | tell an array's shape, order and type; cut, mask, find and draw; write boxes that fit any size |
| Out of scope | faces, trained detectors (lab 12), moving pictures (lab 10) |
"""

# %% locked="setup"
# %load_ext dojo
import base64
import html
import json
from html.parser import HTMLParser
from pathlib import Path

import cv2
import numpy as np

from dojo import data_file, expect, given, load, show

# %% [markdown]
"""
## A complete program first

Run this cell. It reads one picture, looks for blue, and counts. A dozen lines, no magic.
Before you run it, write down *I expect ...*: which shape is printed, and is there any blue?
Then run it and write *I saw ...* beside it.
"""

# %%
path = data_file("desk-1.png")
image = load(path)  # an array of numbers: rows, columns, and three numbers a pixel
print("shape", image.shape, "type", image.dtype)
print("the pixel in row 10, column 200 is", image[10, 200])

hsv = cv2.cvtColor(image, cv2.COLOR_BGR2HSV)  # the same picture as hue, saturation, value
mask = cv2.inRange(hsv, (100, 100, 60), (125, 255, 255))  # 255 where the pixel is blue, 0 elsewhere
print(cv2.countNonZero(mask), "of", mask.size, "pixels are blue")

show(image, alt="A desk with a wooden figure, a cup and other things.")
show(mask, alt="The same desk in black and white: only the blue parts are white.")

# %% [markdown]
"""
Four facts from that program are all you need today.

- **Shape.** `image.shape` is `(240, 320, 3)`: height first, then width, then three numbers a pixel.
- **Order.** The three numbers are blue, green, red. Most other tools say red, green, blue.
- **Type.** Each number is a `uint8`, from 0 to 255. There is no 256.
- **Place.** `image[y, x]` is row `y`, column `x`. Row 0 is the top; `y` grows downward.

A **box** is `(x1, y1, x2, y2)` in pixels: `x1, y1` is its top left corner.
`x2` and `y2` are the first column and row outside it, so its width is `x2 - x1`.
Yes, a box says x first and an array says y first. People have lost whole afternoons to that.
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


def plain(width, height, colour=(120, 120, 120)):
    """A picture of one BGR colour."""
    return np.full((height, width, 3), colour, np.uint8)


def numbered(width, height):
    """A picture whose pixel in column x and row y is [x, y, 0]: it tells where it came from."""
    y, x = np.mgrid[:height, :width]
    return np.dstack([x, y, 0 * x]).astype(np.uint8)


def paint_hue(image, box, hue, saturation=255, value=255):
    """Fill a box of the picture with an HSV colour."""
    x1, y1, x2, y2 = box
    colour = np.array([[[hue, saturation, value]]], np.uint8)
    image[y1:y2, x1:x2] = cv2.cvtColor(colour, cv2.COLOR_HSV2BGR)[0, 0]


def is_picture(reply):
    """Whether a reply is an array of uint8 numbers."""
    return isinstance(reply, np.ndarray) and reply.dtype == np.uint8


class PageReader(HTMLParser):
    """Reads HTML as a browser does: its tags with their attributes, its visible text, and the text in each box."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.text, self.open, self.labels = [], [], "", [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes.append({name: value or "" for name, value in attrs})
        is_box = "left" in self.attributes[-1].get("style", "").lower()
        if is_box:
            self.labels.append("")
        if tag not in ("img", "br", "hr", "input", "meta", "link"):  # these have no end tag
            self.open.append((tag, len(self.labels) - 1 if is_box else None))

    def handle_endtag(self, tag):
        if tag in [name for name, _ in self.open]:
            while self.open.pop()[0] != tag:
                pass

    def handle_data(self, data):
        self.text += data
        for _, box in self.open:
            if box is not None:
                self.labels[box] += data

    def picture(self):
        """The attributes of the first img."""
        return self.attributes[self.tags.index("img")] if "img" in self.tags else {}

    def box_places(self):
        """left, top, width and height of each tag that has them in its style: 12.5 for 12.5%, else the text."""
        places = []
        for attributes in self.attributes:
            pairs = [part.split(":", 1) for part in attributes.get("style", "").split(";") if ":" in part]
            style = {name.strip().lower(): value.strip() for name, value in pairs}
            if "left" in style:
                places.append([self.percent(style.get(name, "")) for name in ("left", "top", "width", "height")])
        return places

    @staticmethod
    def percent(text):
        """12.5 for "12.5%"; what a browser takes for no percentage stays text."""
        try:
            return float(text[:-1]) if text.endswith("%") and " " not in text else text
        except ValueError:
            return text


# %% [markdown]
"""
## Exercise 1. Which way round

Difficulty 1 of 5. Up to 8 minutes. About 4 lines.

Write two small functions.

- `to_rgb(image)` gives a picture whose three numbers a pixel are red, green, blue. Pillow wants that order.
- `size_wh(image)` gives `(width, height)` in pixels. It works for a grey picture too, whose shape has two numbers only.

`to_rgb` of the one blue pixel `[[[255, 0, 0]]]` is `[[[0, 0, 255]]]`.
`size_wh` of a picture with 240 rows and 320 columns is `(320, 240)`.

Leave the picture that you are given as it is.

<details><summary>Hint 1</summary>

Print `image.shape` and `image[0, 0]` of a picture that you know. Which number is which?

</details>
<details><summary>Hint 2</summary>

OpenCV has one function for every change of colour order. The worked example calls it.
The shape says height first. A size says width first.

</details>
<details><summary>Hint 3</summary>

`cv2.cvtColor(image, cv2.COLOR_BGR2...)` gives a new picture; you complete the name.
`image.shape[:2]` holds two numbers for colour and grey alike.

</details>
"""

# %% solution="to_rgb"
def to_rgb(image):
    """The picture with red first: BGR in, RGB out, both (height, width, 3)."""
    ### BEGIN SOLUTION
    return cv2.cvtColor(image, cv2.COLOR_BGR2RGB)
    ### END SOLUTION


def size_wh(image):
    """(width, height) of a colour or grey picture."""
    ### BEGIN SOLUTION
    height, width = image.shape[:2]
    return width, height
    ### END SOLUTION

# %% tests="test_to_rgb" points=1
PICTURE, TYPE = "a picture: an array of uint8 numbers", "Which type and range do the numbers of a picture have?"
OTHERS = "The caller still needs the BGR picture. Do you write into it?"
blue_pixel = np.array([[[255, 0, 0]]], np.uint8)
given(to_rgb, blue_pixel).satisfies(is_picture, PICTURE, think=TYPE).returns(
    np.array([[[0, 0, 255]]], np.uint8), think="In RGB the third number is blue. Which number is it in your reply?"
)
two_pixels = np.array([[[1, 2, 3], [4, 5, 6]]], np.uint8)
given(to_rgb, two_pixels).returns(
    np.array([[[3, 2, 1], [6, 5, 4]]], np.uint8),
    think="Each pixel stays in its place; its three numbers change places. What did yours do?",
).changes_nothing(think=OTHERS)
### BEGIN HIDDEN TESTS
tall = np.array([[[10, 20, 30]], [[40, 50, 60]], [[70, 80, 90]]], np.uint8)
given(to_rgb, tall).satisfies(is_picture, PICTURE, think=TYPE).returns(
    np.array([[[30, 20, 10]], [[60, 50, 40]], [[90, 80, 70]]], np.uint8),
    think="This picture is one column wide. Do its rows stay in order?",
)
shades = np.array([[[0, 128, 255], [255, 128, 0]], [[7, 7, 200], [200, 7, 7]]], np.uint8)
given(to_rgb, shades).returns(
    np.array([[[255, 128, 0], [0, 128, 255]], [[200, 7, 7], [7, 7, 200]]], np.uint8),
    think="Is anything but the order of the three numbers changed?",
).changes_nothing(think=OTHERS)
### END HIDDEN TESTS

# %% tests="test_size_wh" points=1
desk = plain(320, 240)
given(size_wh, desk).shown_as("size_wh(a picture with 240 rows and 320 columns)").returns(
    (320, 240), think="A shape says height first, a size says width first. Which do you give first?"
)
given(size_wh, plain(5, 9)).shown_as("size_wh(a picture with 9 rows and 5 columns)").returns(
    (5, 9), think="Does your function look at the picture, or does it remember another one?"
)
### BEGIN HIDDEN TESTS
given(size_wh, plain(7, 2)[:, :, 0]).shown_as("size_wh(a grey picture with 2 rows and 7 columns)").returns(
    (7, 2), think="A grey picture's shape has two numbers, not three. Which of them do you use?"
)
given(size_wh, plain(3, 1)).shown_as("size_wh(a picture with 1 row and 3 columns)").returns(
    (3, 1), think="Which number of the shape counts columns?"
)
### END HIDDEN TESTS

# %% [markdown]
"""
## Exercise 2. Cut it out

Difficulty 3 of 5. Up to 12 minutes. About 6 lines.

A badge in a dark corner is easier to check when it is cut out and made brighter.
Write `crop(image, box, brighter=0)`. It gives a new picture: the part of `image` inside `box`.
Each number in it is greater by `brighter`, but never over 255. `brighter` may be negative; no number falls below 0.

A box may stick out of the picture. Then you get the part that exists.
A box that lies wholly outside gives an empty picture, one with no pixels.

`numbered(6, 4)` is a picture in which each pixel says where it is: column, row, 0.
`plain(1, 1, (10, 100, 200))` is a picture of one pixel of that colour. The cell above makes both.
`crop(numbered(6, 4), (1, 0, 3, 1))` -> `[[[1, 0, 0], [2, 0, 0]]]`
`crop(plain(1, 1, (10, 100, 200)), (0, 0, 1, 1), brighter=100)` -> `[[[110, 200, 255]]]`

Leave the picture that you are given as it is. Who paints on your new picture later must not change it either.

<details><summary>Hint 1</summary>

Run `print(np.array([200], np.uint8) + np.array([100], np.uint8))` and `print([10, 20, 30, 40][-1:3])`.
Both are surprising. Both matter here.

</details>
<details><summary>Hint 2</summary>

First bring all four numbers of the box into the picture: at least 0, at most its width or height.
Then slice: rows are `y`, columns are `x`. Then count in a type that knows numbers over 255.

</details>
<details><summary>Hint 3</summary>

`x1 = min(max(x1, 0), width)` brings one number into the picture; the other three go the same way.
For the light: `part.astype(int) + brighter`, then `np.clip(..., 0, 255)`, then back to `np.uint8`.

</details>
"""

# %% solution="crop"
def crop(image, box, brighter=0):
    """The part of the picture inside box (x1, y1, x2, y2), as a new picture, brighter by so much."""
    ### BEGIN SOLUTION
    height, width = image.shape[:2]
    x1, x2 = (min(max(x, 0), width) for x in (box[0], box[2]))
    y1, y2 = (min(max(y, 0), height) for y in (box[1], box[3]))
    part = image[y1:y2, x1:x2].astype(int) + brighter
    return np.clip(part, 0, 255).astype(np.uint8)
    ### END SOLUTION

# %% tests="test_crop" points=2
places = numbered(6, 4)
PICTURE, TYPE = "a picture: an array of uint8 numbers", "Which type do your numbers have at the end?"
part = given(crop, places, (1, 0, 3, 2)).shown_as("crop(numbered(6, 4), (1, 0, 3, 2))")
part.satisfies(is_picture, PICTURE, think=TYPE).returns(
    np.array([[[1, 0, 0], [2, 0, 0]], [[1, 1, 0], [2, 1, 0]]], np.uint8),
    think="The box holds columns 1 and 2 of rows 0 and 1. Which columns and rows do you give?",
)
given(crop, places, (-2, -1, 2, 1)).shown_as("crop(numbered(6, 4), (-2, -1, 2, 1))").returns(
    np.array([[[0, 0, 0], [1, 0, 0]]], np.uint8),
    think="What does Python count from when an index is negative?",
)
speck, all_of_it = plain(1, 1, (10, 100, 200)), (0, 0, 1, 1)
given(crop, speck, all_of_it).returns(
    np.array([[[10, 100, 200]]], np.uint8), think="The box holds the whole picture, its last row and column too."
)
lit = given(crop, speck, all_of_it, brighter=100)
lit.shown_as("crop(plain(1, 1, (10, 100, 200)), (0, 0, 1, 1), brighter=100)")
lit.satisfies(is_picture, PICTURE, think=TYPE).returns(
    np.array([[[110, 200, 255]]], np.uint8), think="What becomes of 200 + 100 where 255 is the end?"
)
given(crop, numbered(2, 2), (0, 0, 1, 2), brighter=50).changes_nothing(
    think="A slice is a view: what you write into it is in the picture too. Where do you write?"
)
### BEGIN HIDDEN TESTS
given(crop, places, (4, 2, 9, 99)).shown_as("crop(numbered(6, 4), (4, 2, 9, 99))").returns(
    np.array([[[4, 2, 0], [5, 2, 0]], [[4, 3, 0], [5, 3, 0]]], np.uint8),
    think="The box sticks out on the right and below. Is what remains the part inside, without padding?",
)
given(crop, places, (2, 1, 3, 4)).shown_as("crop(numbered(6, 4), (2, 1, 3, 4))").returns(
    np.array([[[2, 1, 0]], [[2, 2, 0]], [[2, 3, 0]]], np.uint8),
    think="The box is one column wide and three rows high. Which of the two do you slice first?",
)
for box in ((1, 0, 3, 2), (-9, -9, 99, 99)):
    given(crop, places, box).shown_as(f"crop(numbered(6, 4), {box})").satisfies(
        lambda reply: not np.shares_memory(reply, places),
        "a new picture, with numbers of its own,",
        think="A slice is a window on the old picture. Somebody paints on your reply: which picture changes?",
    )
for outside in ((-5, 0, -2, 3), (0, -9, 4, -1), (7, 1, 9, 3), (1, 4, 3, 8)):
    given(crop, places, outside).shown_as(f"crop(numbered(6, 4), {outside})").satisfies(
        lambda reply: is_picture(reply) and reply.size == 0,
        "an empty picture, one without a pixel,",
        think="The box lies wholly outside. Are both of its corners brought into the picture?",
    )
given(crop, places, (-9, -9, 99, 99)).shown_as("crop(numbered(6, 4), (-9, -9, 99, 99))").satisfies(
    lambda reply: np.array_equal(reply, places), "the whole picture", think="Every side of the box sticks out here."
)
for light, wanted, think in (
    (-60, [0, 40, 140], "brighter is negative. What becomes of 10 - 60 where 0 is the end?"),
    (255, [255, 255, 255], "Does any of the three numbers wrap round?"),
    (0, [10, 100, 200], "Nothing was asked for but the part itself."),
):
    given(crop, speck, all_of_it, brighter=light).shown_as(
        f"crop(plain(1, 1, (10, 100, 200)), (0, 0, 1, 1), brighter={light})"
    ).satisfies(is_picture, PICTURE, think=TYPE).returns(np.array([[wanted]], np.uint8), think=think)
corner = given(crop, places, (-3, -3, 2, 2), brighter=9).shown_as("crop(numbered(6, 4), (-3, -3, 2, 2), brighter=9)")
corner.returns(
    np.array([[[9, 9, 9], [10, 9, 9]], [[9, 10, 9], [10, 10, 9]]], np.uint8),
    think="All three numbers of every pixel become brighter. Do yours?",
).changes_nothing(think="A slice is a view: what you write into it is in the picture too. Where do you write?")
### END HIDDEN TESTS

# %% [markdown]
"""
## Exercise 3. Find the colour

Difficulty 3 of 5. Up to 15 minutes. About 12 lines.

A **blob** is a patch of pixels of one colour that touch each other. Write `find_blobs(image, low, high, min_area)`.
`low` and `high` are HSV colours, such as `(100, 120, 80)` and `(125, 255, 255)`; both ends count.
The reply is a list of boxes `(x1, y1, x2, y2)`, one for each blob of at least `min_area` pixels.
A box is four whole numbers.
The blob with most pixels comes first. No blob gives `[]`.

In OpenCV a hue runs from 0 to 179 and then starts again: 178, 179, 0, 1 are all red.
So when `low`'s hue is greater than `high`'s, the range goes over the end.
`(170, 120, 80)` to `(8, 255, 255)` means hues 170 to 179 and 0 to 8. Only the hue does this.

A patch of blue, 30 pixels wide and 20 high, begins at column 40, row 30:
`find_blobs(image, (100, 100, 60), (125, 255, 255), 50)` -> `[(40, 30, 70, 50)]`

Leave the picture as it is. Do not draw here.

<details><summary>Hint 1</summary>

The worked example makes the mask. `cv2.connectedComponentsWithStats(mask)` finds the blobs in it.
Print what it gives for a small mask.

</details>
<details><summary>Hint 2</summary>

For red make two masks, one for each end of the hues. Join them with `|` before you look for blobs.
Each row of `stats` is x, y, width, height, pixels. Row 0 is the background, all that is not in the mask.

</details>
<details><summary>Hint 3</summary>

Low end: hues 0 to `high[0]`. High end: hues `low[0]` to 179. Saturation and value are the same for both.
`count, labels, stats, middles = cv2.connectedComponentsWithStats(mask)`, then `for x, y, w, h, area in stats[1:]:`.
Collect `(area, box)` pairs, sort them in reverse, and give the boxes.

</details>
"""

# %% solution="find_blobs"
def find_blobs(image, low, high, min_area):
    """Boxes (x1, y1, x2, y2) of the blobs with HSV colours from low to high, the one with most pixels first."""
    ### BEGIN SOLUTION
    hsv = cv2.cvtColor(image, cv2.COLOR_BGR2HSV)
    if low[0] <= high[0]:
        mask = cv2.inRange(hsv, tuple(low), tuple(high))
    else:
        to_the_end = cv2.inRange(hsv, tuple(low), (179, high[1], high[2]))
        from_zero = cv2.inRange(hsv, (0, low[1], low[2]), tuple(high))
        mask = to_the_end | from_zero
    found = []
    for x, y, w, h, area in cv2.connectedComponentsWithStats(mask)[2][1:].tolist():
        if area >= min_area:
            found.append((area, (x, y, x + w, y + h)))
    return [box for area, box in sorted(found, reverse=True)]
    ### END SOLUTION

# %% tests="test_find_blobs" points=2
BLUE = ((100, 100, 60), (125, 255, 255))
RED = ((170, 120, 80), (8, 255, 255))  # over the end of the hues


def finding(image, low, high, min_area, words):
    """The call, described in words."""
    return given(find_blobs, image, low, high, min_area).shown_as(f"find_blobs({words}, {low}, {high}, {min_area})")


one_blue = plain(120, 90)
paint_hue(one_blue, (40, 30, 70, 50), 110)
finding(one_blue, *BLUE, 50, "a picture with one blue patch").returns(
    [(40, 30, 70, 50)], think="Is the patch alone white in your mask? A box is x1, y1, x2, y2. What are yours?"
)
three_blue = plain(120, 90)
paint_hue(three_blue, (5, 5, 15, 15), 105)
paint_hue(three_blue, (50, 40, 80, 60), 115)
paint_hue(three_blue, (100, 10, 103, 13), 110)
finding(three_blue, *BLUE, 50, "blue patches of 100, 600 and 9 pixels").returns(
    [(50, 40, 80, 60), (5, 5, 15, 15)], think="Two are large enough, and the one with most pixels comes first."
)
two_red = plain(120, 90)
paint_hue(two_red, (10, 10, 40, 30), 3)
paint_hue(two_red, (60, 50, 80, 60), 175)
finding(two_red, *RED, 50, "red patches of hue 3 and hue 175").returns(
    [(10, 10, 40, 30), (60, 50, 80, 60)], think="Red lies at both ends of the hues. Which ends does your mask hold?"
)
the_desk = cv2.imread(str(data_file("desk-1.png")))
badge = json.loads(data_file("pictures.json").read_text(encoding="utf-8"))["desk-1.png"]["badges"][0]["box"]
finding(the_desk, *RED, 60, "desk-1.png").satisfies(
    lambda reply: len(reply) == 1 and all(abs(int(a) - b) <= 3 for a, b in zip(reply[0], badge, strict=True)),
    f"one box close to {tuple(badge)}",
    think="There is one red badge. Draw what you found on the picture and look at it.",
)
### BEGIN HIDDEN TESTS
finding(plain(50, 40), *BLUE, 1, "a grey picture").returns(
    [], think="There is no blue here. Which box do you still give? Could it be the background's?"
)
exact = plain(60, 40)
paint_hue(exact, (10, 10, 20, 15), 110)
for least, wanted in ((50, [(10, 10, 20, 15)]), (51, [])):
    finding(exact, *BLUE, least, "one blue patch of 50 pixels").returns(
        wanted, think="min_area counts pixels, and a blob of exactly min_area pixels is large enough."
    )
mixed = plain(80, 60)
paint_hue(mixed, (20, 10, 35, 40), 4)
paint_hue(mixed, (35, 10, 50, 40), 174)
finding(mixed, *RED, 50, "one patch, its left half hue 4, its right half hue 174").returns(
    [(20, 10, 50, 40)], think="The halves touch, so they are one blob. When do you join what is red at either end?"
)
reds = plain(120, 90)
paint_hue(reds, (5, 5, 15, 15), 170)
paint_hue(reds, (25, 5, 36, 15), 8)
paint_hue(reds, (45, 5, 55, 15), 169)
paint_hue(reds, (65, 5, 75, 15), 9)
paint_hue(reds, (5, 40, 15, 52), 179)
paint_hue(reds, (25, 40, 35, 53), 0)
paint_hue(reds, (65, 40, 95, 70), 3, 90)
paint_hue(reds, (100, 40, 118, 70), 176, 255, 60)
finding(reds, *RED, 50, "patches of many reds").returns(
    [(25, 40, 35, 53), (5, 40, 15, 52), (25, 5, 36, 15), (5, 5, 15, 15)],
    think="Hues 170, 179, 0 and 8 count, 169 and 9 do not. Pale and dark pixels do not count at either end.",
).changes_nothing(think="Finding is not drawing. What does your function write into the picture?")
finding(reds, (170, 120, 80), (179, 255, 255), 50, "patches of many reds").returns(
    [(5, 40, 15, 52), (5, 5, 15, 15)], think="170 is not greater than 179. Does this range go over the end?"
)
pinks = plain(90, 40)
paint_hue(pinks, (5, 5, 15, 15), 150)
paint_hue(pinks, (25, 5, 36, 15), 20)
paint_hue(pinks, (45, 5, 55, 15), 149)
paint_hue(pinks, (65, 5, 75, 15), 21)
finding(pinks, (150, 120, 80), (20, 255, 255), 50, "patches of hue 150, 20, 149 and 21").returns(
    [(25, 5, 36, 15), (5, 5, 15, 15)], think="This range goes over the end too. Where do its ends come from?"
)
greens = plain(90, 40)
paint_hue(greens, (5, 5, 15, 15), 50)
paint_hue(greens, (25, 5, 36, 15), 70)
paint_hue(greens, (45, 5, 55, 15), 49)
paint_hue(greens, (65, 5, 75, 15), 71)
finding(greens, (50, 100, 80), (70, 255, 255), 50, "patches of hue 50, 70, 49 and 71").returns(
    [(25, 5, 36, 15), (5, 5, 15, 15)], think="Both ends of the range count, and nothing beyond them."
)
finding(greens, (70, 100, 80), (70, 255, 255), 50, "patches of hue 50, 70, 49 and 71").returns(
    [(25, 5, 36, 15)], think="From 70 to 70 is one hue. Does your range go over the end only when low's hue is greater?"
)
glare = plain(90, 40)
paint_hue(glare, (5, 5, 15, 15), 175, 150, 150)
paint_hue(glare, (25, 5, 36, 15), 4, 150, 150)
paint_hue(glare, (45, 5, 55, 15), 175, 255, 255)
paint_hue(glare, (65, 5, 75, 15), 4, 255, 255)
finding(glare, (170, 60, 60), (8, 200, 200), 50, "two dull and two strong red patches").returns(
    [(25, 5, 36, 15), (5, 5, 15, 15)], think="high limits saturation and value too. At both ends of the hues?"
)
angled = plain(100, 80)
paint_hue(angled, (5, 5, 7, 45), 110)
paint_hue(angled, (5, 43, 45, 45), 110)
paint_hue(angled, (60, 20, 80, 40), 118)
finding(angled, *BLUE, 50, "a long thin blue angle and a small full blue square").returns(
    [(60, 20, 80, 40), (5, 5, 45, 45)], think="Most pixels come first. Do you count a blob's pixels or its box's?"
)
for least, wanted in ((156, [(60, 20, 80, 40), (5, 5, 45, 45)]), (157, [(60, 20, 80, 40)])):
    finding(angled, *BLUE, least, "a long thin blue angle of 156 pixels and a blue square of 400").returns(
        wanted, think="min_area is about the blob's own pixels. Do you count them, or those of its box?"
    )
crowd = plain(100, 80)
paint_hue(crowd, (5, 5, 7, 45), 110)
paint_hue(crowd, (5, 43, 45, 45), 110)
paint_hue(crowd, (20, 20, 30, 30), 110)
paint_hue(crowd, (60, 20, 74, 34), 110)
finding(crowd, *BLUE, 50, "an angle of 156 pixels, a square of 100 in its elbow, and one of 196 beside it").returns(
    [(60, 20, 74, 34), (5, 5, 45, 45), (20, 20, 30, 30)],
    think="The angle's box holds pixels of another blob. To which blob do you count them?",
)
near = plain(60, 40)
paint_hue(near, (5, 5, 15, 15), 110)
paint_hue(near, (16, 5, 27, 15), 110)
finding(near, *BLUE, 50, "two blue patches with one grey column between them").returns(
    [(16, 5, 27, 15), (5, 5, 15, 15)], think="A grey column lies between the two, so they do not touch."
)
finding(near, *BLUE, 50, "two blue patches with one grey column between them").satisfies(
    lambda reply: all(isinstance(number, (int, np.integer)) for box in reply for number in box),
    "boxes of whole numbers",
    think="cv2.rectangle takes no 16.0 for a column. Which type do your numbers have?",
)
hollow = plain(80, 60)
paint_hue(hollow, (10, 10, 50, 50), 110)
hollow[20:40, 20:40] = 120
finding(hollow, *BLUE, 50, "one blue frame with a grey middle").returns(
    [(10, 10, 50, 50)], think="A frame is one blob. Is its hole counted as another?"
)
paint_hue(hollow, (25, 25, 35, 35), 110)
finding(hollow, *BLUE, 50, "one blue frame, and a blue patch in its grey middle").returns(
    [(10, 10, 50, 50), (25, 25, 35, 35)], think="The patch lies inside the frame and does not touch it. Where is it?"
)
full = plain(40, 30)
paint_hue(full, (0, 0, 40, 30), 110)
finding(full, *BLUE, 50, "a picture that is blue all over").returns(
    [(0, 0, 40, 30)], think="The blob touches every edge, and nothing else is there. Do you take it for the background?"
)
### END HIDDEN TESTS

# %% [markdown]
"""
## Exercise 4. Draw on a copy

Difficulty 2 of 5. Up to 10 minutes. About 8 lines.

Write `draw(image, boxes, labels)`. It gives a new picture with the outline of each box and its label.
A label stands near its box's top left corner. The first label belongs to the first box, and so on.
The outline is 1 to 3 pixels thick. Outline and label have colours that show on grey.
What is inside a box stays visible, so do not fill it. A label is a short text, about 10 pixels high.

Mind the box at the top edge: there is no room above it, yet its label must show.

`draw(plain(200, 150), [(60, 50, 140, 110)], ["cup"])` -> a picture of shape `(150, 200, 3)`: one box, the word *cup*.
`draw(image, [], [])` -> a copy of `image`.

Leave the picture that you are given as it is.

<details><summary>Hint 1</summary>

`cv2.rectangle` and `cv2.putText` paint on the array that they get. Which array should that be?

</details>
<details><summary>Hint 2</summary>

Make one copy before the loop and paint everything on it.
`cv2.putText` wants the bottom left corner of the text. Above the picture's top edge nobody can read it.

</details>
<details><summary>Hint 3</summary>

`cv2.rectangle(copy, (x1, y1), (x2, y2), colour, 2)` draws one outline.
`max(y1 - 5, 15)` keeps a text's lower edge inside the picture. `cv2.FONT_HERSHEY_SIMPLEX` at scale 0.5 is a good size.

</details>
"""

# %% solution="draw"
def draw(image, boxes, labels):
    """A new picture: the old one with the outline and the label of each box (x1, y1, x2, y2)."""
    ### BEGIN SOLUTION
    drawn = image.copy()
    for (x1, y1, x2, y2), label in zip(boxes, labels, strict=True):
        above = max(y1 - 5, 15)
        for colour, thick, shift in (((0, 0, 0), 3, 1), ((255, 255, 255), 1, 0)):  # white on black shows everywhere
            cv2.rectangle(drawn, (x1, y1), (x2 - 1, y2 - 1), colour, thick)
            cv2.putText(drawn, label, (x1 + shift, above + shift), cv2.FONT_HERSHEY_SIMPLEX, 0.5, colour)
    return drawn
    ### END SOLUTION

# %% tests="test_draw" points=2
def changed(before, after, least=1):
    """True for each pixel of which a number is no longer what it was, by at least so much."""
    apart = cv2.absdiff(before, after)
    return np.maximum(np.maximum(apart[..., 0], apart[..., 1]), apart[..., 2]) >= least


def unpainted_sides(changes, box):
    """The sides of a box along which pixels are as they were; 3 pixels to either hand count as on the side."""
    x1, y1, x2, y2 = box
    rows, columns = slice(y1 + 4, y2 - 4), slice(x1 + 4, x2 - 4)
    sides = {
        "left": changes[rows, x1 - 3 : x1 + 4].any(axis=1),
        "right": changes[rows, x2 - 4 : x2 + 3].any(axis=1),
        "top": changes[y1 - 3 : y1 + 4, columns].any(axis=0),
        "bottom": changes[y2 - 4 : y2 + 3, columns].any(axis=0),
    }
    return [name for name, painted in sides.items() if painted.mean() < 0.9]


def drawing(image, boxes, labels):
    """The call, and that its reply is a picture of the same shape."""
    call = given(draw, image, boxes, labels).shown_as(f"draw(a picture, {boxes}, {labels})")
    return call.satisfies(
        lambda reply: is_picture(reply) and reply.shape == image.shape,
        f"a picture of shape {image.shape}",
        think="What does your function return?",
    )


wall, cup = plain(320, 240), (60, 80, 160, 180)
one = drawing(wall, [cup], ["cup"])
one.changes_nothing(think="cv2.rectangle paints on what it gets. Which of its arguments does your function change?")
changes = changed(wall, one.reply)
sides = unpainted_sides(changes, cup)
middle, far = changes[110:150, 90:130], np.concatenate([changes[:, 270:].ravel(), changes[215:].ravel()])
think = "The outline goes from (x1, y1) to (x2, y2), x across and y down. Is yours on the picture that you return?"
expect(f"the list of sides of the box {cup} that are not painted", sides, [], think=think)
think = "What is in the box stays as it was. Is the box filled, or painted over?"
expect("the number of changed pixels in the middle of the box", int(middle.sum()), 0, think=think)
think = "The outline is 1 to 3 pixels thick. Yours?"
within = int(changes[130:165, 135:150].sum())
expect("the number of changed pixels 10 to 25 pixels inside the right side", within, 0, think=think)
think = "Only the box and its label are painted. What else is?"
expect("the number of changed pixels far from the box", int(far.sum()), 0, think=think)
shown = bool(changed(one.reply, drawing(wall, [cup], [" "]).reply).any())
expect("whether the label 'cup' can be seen", shown, True, think="Where is the label drawn?")
### BEGIN HIDDEN TESTS
noise = np.random.default_rng(9).integers(90, 150, (240, 320, 3), dtype=np.uint8)
pair = [(190, 130, 280, 220), (30, 60, 110, 120)]
two = drawing(noise, pair, ["A", "B"]).changes_nothing(think="Is everything painted on a copy?")
changes = changed(noise, two.reply)
for box in pair:
    think = "There are two boxes. Are both of them in the one picture that you return?"
    expect(f"the list of sides of the box {box} that are not painted", unpainted_sides(changes, box), [], think=think)
    across, down = (box[0] + box[2]) // 2, (box[1] + box[3]) // 2
    inside = int(changes[down - 8 : down + 8, across : across + 20].sum())
    think = "What is in the box stays as it was. Is the box filled, or painted over?"
    expect(f"the number of changed pixels in the middle of the box {box}", inside, 0, think=think)
    across_side = int(changes[down, box[0] - 10 : box[0] + 10].sum())
    think = "The outline is 1 to 3 pixels thick; cv2 makes that up to 5. Yours?"
    expect(f"whether the left side of the box {box} is at most 5 pixels thick", across_side <= 5, True, think=think)
ends = [drawing(wall, [cup], [label]).reply for label in ("cup 1", "cup 2")]
think = "The two labels differ in their last letter alone. How much of a label do you draw?"
expect("whether 'cup 1' and 'cup 2' look different", bool(changed(*ends).any()), True, think=think)
twins = changed(noise, drawing(noise, pair, ["badge", "badge"]).reply)
think = "Two boxes may have the same label. Where is the other one?"
for box in pair:
    expect(f"the list of sides of the box {box} that are not painted", unpainted_sides(twins, box), [], think=think)
strong = changed(wall, one.reply, least=30)
think = "The wall behind is grey. Can the outline be told from it?"
expect(f"the list of sides of the box {cup} that can't be seen on grey", unpainted_sides(strong, cup), [], think=think)
for number, (x1, y1, _, _) in enumerate(pair):
    labels = ["A", "B"]
    labels[number] = "X"
    other = changed(two.reply, drawing(noise, pair, labels).reply)
    near = bool(other[max(y1 - 30, 0) : y1 + 30, max(x1 - 30, 0) : x1 + 60].any())
    think = "Each label belongs to the box in its own place of the list, near that box's top left corner."
    expect(f"whether box {number + 1} of 2 shows its own label", near, True, think=think)
    other[max(y1 - 40, 0) : y1 + 40, max(x1 - 40, 0) : x1 + 90] = False
    think = "Where else does the label of this box stand?"
    expect(f"the number of pixels far from box {number + 1} that its label changes", int(other.sum()), 0, think=think)
for edge in ((0, 0, 90, 70), (120, 0, 200, 60), (120, 4, 200, 60), (0, 150, 80, 239)):
    lettered, bare = (drawing(wall, [edge], [label]).reply for label in ("cup", " "))
    text = changed(bare, lettered, least=30)
    think = "How much room is there between the box and the edge? And can the letters be told from a grey wall?"
    expect(f"whether the label of the box {edge} can be read", bool(text.any(axis=1).sum() >= 5), True, think=think)
think = "What does your function return when there is nothing to draw?"
empty = drawing(noise, [], [])
empty.satisfies(lambda reply: not changed(noise, reply).any(), "a copy of the picture", think=think)
think = "Somebody may paint on your reply. Whose picture changes then?"
empty.satisfies(lambda reply: not np.shares_memory(reply, noise), "a copy, with numbers of its own,", think=think)
### END HIDDEN TESTS

# %% [markdown]
"""
## Exercise 5. Boxes for the web

Difficulty 4 of 5. Up to 20 minutes. About 8 lines each.

A web page shows a picture in any width. Boxes in pixels would then be wrong, so the page gets them in percent.

`picture_html(src, alt, size, boxes, labels)` gives one text of HTML.
First comes an `<img>` with `src` and `alt`, then a `<div>` for each box.
A div holds the label as text, and a `style` such as `left:25%;top:10%;width:50%;height:20%`.
`left` and `width` are parts of the picture's width, `top` and `height` of its height. Keep at least one decimal.
`size` is `(width, height)`. A label, a source and an alt text may hold `"`, `<` or `&`, and must arrive as they are.

`tag_folder(paths, load_detector)` gives a list of rows, one for each path, in order.
A path is a `Path`: `path.name` is the file's name, and `cv2.imread(str(path))` reads it. Each row is a dict:
`{"name": "desk-1.png", "found": True, "size": (320, 240), "boxes": [(246, 105, 262, 120)]}`

- `load_detector()` gives the detector, and is slow: call it once. `detector(image)` gives a list of boxes.
  It wants what `cv2.imread` gives. Call it once a picture.
- `found` is True when the detector gives at least one box, else False.
- A file that can't be read as a picture has `found` None, `size` None and no boxes.
- A detector that breaks is another matter: let its error come through.

<details><summary>Hint 1</summary>

What does `cv2.imread` give for a file that is not a picture? It raises nothing. Print it.
For the page: what does `html.escape` do to `<b>`?

</details>
<details><summary>Hint 2</summary>

A width is `x2 - x1`. In percent it is `100 * (x2 - x1) / width`.
In `tag_folder` ask whether the picture is None before you touch it; one loop, one row each time round.

</details>
<details><summary>Hint 3</summary>

`f'<div style="left:{100 * x1 / width:.2f}%;...">{html.escape(label)}</div>'` is one box.
`{"name": path.name, "found": None, "size": None, "boxes": []}` is the row of an unreadable file.

</details>
"""

# %% solution="tag_folder"
def picture_html(src, alt, size, boxes, labels):
    """An <img> and a labelled <div> in percent for each box (x1, y1, x2, y2), as one text."""
    ### BEGIN SOLUTION
    width, height = size
    parts = [f'<img src="{html.escape(src)}" alt="{html.escape(alt)}">']
    for (x1, y1, x2, y2), label in zip(boxes, labels, strict=True):
        across = f"left:{100 * x1 / width:.2f}%;width:{100 * (x2 - x1) / width:.2f}%"
        down = f"top:{100 * y1 / height:.2f}%;height:{100 * (y2 - y1) / height:.2f}%"
        parts.append(f'<div style="{across};{down}">{html.escape(label)}</div>')
    return "\n".join(parts)
    ### END SOLUTION


def tag_folder(paths, load_detector):
    """A row (name, found, size, boxes) for each picture; one that can't be read is reported, not left out."""
    ### BEGIN SOLUTION
    detector = load_detector()
    rows = []
    for path in paths:
        row = {"name": path.name, "found": None, "size": None, "boxes": []}
        image = cv2.imread(str(path))
        if image is not None:
            row["size"] = (image.shape[1], image.shape[0])
            row["boxes"] = detector(image)
            row["found"] = len(row["boxes"]) > 0
        rows.append(row)
    return rows
    ### END SOLUTION

# %% tests="test_picture_html" points=1
def read_page(src, alt, size, boxes, labels):
    """Call picture_html and read its reply as a browser would."""
    call = given(picture_html, src, alt, size, boxes, labels)
    call.satisfies(lambda reply: isinstance(reply, str), "one text", think="Do you join the parts of your page?")
    return PageReader(call.reply)


page = read_page("desk-1.png", "A desk", (320, 240), [(80, 24, 240, 72), (0, 120, 40, 240)], ["cup", "book"])
expect("the number of img tags", page.tags.count("img"), 1, think="The picture itself belongs on the page too.")
think = "What does a person hear whose browser reads the page aloud?"
expect("the alt text of the picture", page.picture().get("alt"), "A desk", think=think)
expect("the source of the picture", page.picture().get("src"), "desk-1.png", think="Where does the browser look?")
think = "left and width are parts of the picture's width, top and height of its height, times 100."
places = [[25, 10, 50, 20], [0, 50, 12.5, 50]]
expect("the list of left, top, width and height, box by box,", page.box_places(), places, within=0.1, think=think)
labels = [label.strip() for label in page.labels]
think = "Each label is text inside its own box's div, and each div ends. Which text stands in which?"
expect("the list of what stands in the divs, box by box,", labels, ["cup", "book"], think=think)
### BEGIN HIDDEN TESTS
rude, name, hostile = 'Anna\'s "best" <b>cup</b> & saucer', 'tea & "cake".png', '<script>alert("hi")</script> & more'
page = read_page(name, rude, (64, 48), [(1, 2, 4, 8)], [hostile])
think = "What does a browser do with a label that holds a tag?"
expect("the number of script tags", page.tags.count("script"), 0, think=think)
think = "The alt text holds quotes, a tag and an &. Where does it end for the browser? Is it escaped, and only once?"
expect("the alt text of the picture", page.picture().get("alt"), rude, think=think)
think = "The name of the file holds a quote and an &. Is it escaped, and only once?"
expect("the source of the picture", page.picture().get("src"), name, think=think)
think = "Escaped once, it reads as it was given. Escaped twice, people meet &lt; on the page."
expect("whether the label can be read as it was given", hostile in page.text, True, think=think)
think = "Keep at least one decimal. Which number is divided by the width?"
places = [[1.5625, 4.1667, 4.6875, 12.5]]
expect("the list of left, top, width and height, box by box,", page.box_places(), places, within=0.1, think=think)
page = read_page("a.png", "An empty desk", (320, 240), [], [])
expect("the number of img tags", page.tags.count("img"), 1, think="A picture without boxes is still shown.")
expect("the list of boxes when there are none", page.box_places(), [], think="Nothing was found. What do you draw?")
corners = [(10, 20, 30, 40), (300, 5, 310, 15), (310, 230, 320, 240)]
page = read_page("a.png", "A desk", (320, 240), corners, ["badge", "badge", "cup"])
places = [("left" in one.get("style", "").lower(), name) for name, one in zip(page.tags, page.attributes, strict=True)]
kinds = ["box" if placed else name for placed, name in places if placed or name == "img"]
think = "The picture comes first, then its boxes. What comes first on your page?"
expect("the order of the picture and its boxes", kinds, ["img", "box", "box", "box"], think=think)
expect("the number of boxes", len(page.box_places()), 3, think="There are three boxes. Where are they?")
### END HIDDEN TESTS

# %% tests="test_tag_folder" points=1
first, second = (cv2.imread(str(data_file(name))) for name in ("desk-1.png", "desk-2.png"))


class DetectorMaker:
    """A load_detector whose detector finds a box in each picture but desk-2; it counts what is asked of it."""

    def __init__(self):
        self.loads, self.images = 0, []

    def __call__(self):
        self.loads += 1
        return self.detect

    def detect(self, image):
        if image is None:
            raise ValueError("the detector was given None, not a picture")
        self.images.append(image)
        return [] if np.sum(image) == np.sum(second) else [(1, 2, 30, 40)]


def tagging(paths, load_detector, words):
    """The call, and that its reply has a row for each path."""
    call = given(tag_folder, paths, load_detector).shown_as(f"tag_folder({words}, load_detector)")
    return call.satisfies(
        lambda reply: len(reply) == len(paths)
        and all({"name", "found", "size"} <= set(row) and isinstance(row["boxes"], (list, tuple)) for row in reply),
        f"a list of {len(paths)} dicts with the keys name, found, size and boxes",
        think="What does cv2.imread give for a file that is no picture? Does each path get its row?",
    )


maker = DetectorMaker()
three = [data_file(name) for name in ("desk-1.png", "desk-9.png", "desk-2.png")]
rows = tagging(three, maker, "[desk-1.png, desk-9.png (not a picture), desk-2.png]").reply
think = "One row for each path, in order, with the file's name alone."
expect("the list of names", [row["name"] for row in rows], [path.name for path in three], think=think)
think = "True, False or None? The detector finds nothing in the third; the second is not a picture. Is that the same?"
expect("the list of what was found", [row["found"] for row in rows], [True, None, False], think=think)
think = "A row holds what the detector gave for its own picture."
expect("the list of boxes", [list(row["boxes"]) for row in rows], [[(1, 2, 30, 40)], [], []], think=think)
think = "Loading is slow. How often does that line run?"
expect("the number of calls of load_detector", maker.loads, 1, think=think)
### BEGIN HIDDEN TESTS
think = "A size says width first. A file without a picture has none."
expect("the list of sizes", [row["size"] for row in rows], [(320, 240), None, (320, 240)], think=think)
think = "Detecting is slow too. It is called once for each picture."
expect("the number of calls of the detector", len(maker.images), 2, think=think)
same_picture = bool(np.array_equal(maker.images[0], first))
think = "Which colour order does the detector want?"
expect("whether the detector got the picture as cv2.imread gives it", same_picture, True, think=think)
gone = Path("no-such-folder") / "gone.png"
rows = tagging([gone, data_file("desk-3.png")], DetectorMaker(), "[a file that is gone, desk-3.png]").reply
think = "Does the work go on after a bad file?"
expect("the list of what was found", [row["found"] for row in rows], [None, True], think=think)
twice = [data_file("desk-3.png"), data_file("desk-3.png")]
rows = tagging(twice, DetectorMaker(), "[desk-3.png, desk-3.png]").reply
think = "One row for each path, also when a file is named twice."
expect("the list of names", [row["name"] for row in rows], ["desk-3.png", "desk-3.png"], think=think)
given(tag_folder, [], DetectorMaker()).shown_as("tag_folder([], load_detector)").returns([], think="No paths, no rows.")


class BrokenDetector:
    """A load_detector whose detector stops with this kind of error."""

    def __init__(self, kind):
        self.kind = kind

    def __call__(self):
        return self.detect

    def detect(self, image):
        raise self.kind("the detector is out of order")


for kind in (RuntimeError, AttributeError):
    broken = given(tag_folder, [data_file("desk-1.png")], BrokenDetector(kind))
    broken.shown_as(f"tag_folder([desk-1.png], the loader of a detector that raises {kind.__name__})")
    broken.raises(kind, think="The picture is fine, the detector is broken. What do your except lines catch?")
### END HIDDEN TESTS

# %% [markdown]
"""
## Put it together

Your functions now make the page. First the badge finder itself: it is your `find_blobs` with the range for red.
"""

# %%
RED_LOW, RED_HIGH, SMALLEST = (170, 120, 80), (8, 255, 255), 60


def load_badge_finder():
    """A detector: give it a picture, get the boxes of red blobs."""
    return lambda image: find_blobs(image, RED_LOW, RED_HIGH, SMALLEST)


pictures = sorted(data_file("pictures.json").parent.glob("*.png"))
rows = tag_folder(pictures, load_badge_finder)
for row in rows:
    print(row["name"], "found:", row["found"], "boxes:", row["boxes"])

first = load(pictures[0])
labels = [f"badge {number}" for number in range(1, len(rows[0]["boxes"]) + 1)]
show(draw(first, rows[0]["boxes"], labels), alt="The first desk, with a labelled box round each red blob.")
print(pictures[0].name, "has this many labelled boxes:", len(labels))

# %% locked="page"
STYLE = """
body { font: 16px/1.4 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; color: #1b1b1b; }
main { display: grid; grid-template-columns: repeat(auto-fill, minmax(18rem, 1fr)); gap: 1.25rem; }
figure { margin: 0; border: 6px solid #0b5cad; border-radius: 6px; }
figure.no { border: 6px dashed #b35400; }
figure.unread { border: 6px dotted #555; }
figcaption { padding: .5rem .75rem; font-weight: 600; }
.picture { position: relative; }
.picture img { display: block; width: 100%; }
.picture > :not(img) { position: absolute; box-sizing: border-box; border: 2px solid #fff; outline: 2px solid #000;
  color: #fff; font: 600 13px/1.2 system-ui, sans-serif; white-space: nowrap;
  text-shadow: 1px 0 1px #000, -1px 0 1px #000, 0 1px 1px #000, 0 -1px 1px #000; }
.picture > :not(img)::before { content: ""; display: block; height: 100%; margin-bottom: 4px; }
"""
VERDICTS = {  # with the signs ✓ and ✗ as HTML writes them: in plain letters a page of a megabyte is made faster
    True: ("yes", "&#10003;", "contains a badge"),
    False: ("no", "&#10007;", "contains no badge"),
    None: ("unread", "?", "could not be read"),
}


def picture_data(path):
    """A picture as text that a page can hold, so that the page is one file."""
    return "data:image/png;base64," + base64.b64encode(Path(path).read_bytes()).decode("ascii")


def figure(row, picture):
    """One picture's part of the page: its HTML, a border, and the verdict in a sign and in words."""
    kind, sign, words = VERDICTS[row["found"]]
    caption = f"{sign} {html.escape(row['name'])} {words}"
    return f'<figure class="{kind}"><div class="picture">{picture}</div><figcaption>{caption}</figcaption></figure>'


def whole_page(title, figures):
    """A complete web page as one text."""
    head = f'<meta charset="utf-8"><title>{html.escape(title)}</title><style>{STYLE}</style>'
    note = "Boxes mark patches of red. A red cup is a patch of red too. A person checks this page."
    body = f"<h1>{html.escape(title)}</h1><p>{note}</p><main>{''.join(figures)}</main>"
    return f'<!DOCTYPE html><html lang="en"><head>{head}</head><body>{body}</body></html>'


# %% [markdown]
"""
Now the page. Before you run the cell: on how many of the eight pictures do you expect the right verdict?
Write your number down, then open `build/badges.html` beside this notebook with a double click and count.
"""

# %%
figures = []
for path, row in zip(pictures, rows, strict=True):
    picture = ""
    if row["found"] is not None:
        words = f"A desk. Patches of red in a box: {len(row['boxes'])}."
        labels = [f"badge {number}" for number in range(1, len(row["boxes"]) + 1)]
        picture = picture_html(picture_data(path), words, row["size"], row["boxes"], labels)
    figures.append(figure(row, picture))

target = data_file("pictures.json").parent.parent / "build" / "badges.html"
target.parent.mkdir(exist_ok=True)
target.write_text(whole_page("Who wears a badge?", figures), encoding="utf-8")
print(f"{target.parent.name}/{target.name} shows {len(figures)} files in {target.stat().st_size // 1000} kB.")

# %% [markdown]
"""
> **What this cannot do.** It finds red, round or not. It does not know what a badge is.
> It does not know who wears one, or whether the badge is theirs.
> Hold a tomato in front of the camera and read what the page says.

The true boxes are in `data/pictures.json`. Compare them with the page before you answer the question below.
"""

# %% [markdown]
"""
## Live: a picture of your own

Put a photo of something red beside this notebook and write its name below. No photo? Then a desk is drawn that nobody
has seen before, and a new one each time you run the cell. Run it five times. How often is the finder fooled?
Take photos of things, not people; if a person is in it, ask first and delete it after.
Photos are darker and noisier than our drawings. Expect to change `RED_LOW` and `SMALLEST`.
"""

# %% live="your-photo"
from dojo.desk import draw_scene

my_photo = Path("my-photo.jpg")  # the name of your own picture

if my_photo.exists():
    photo = load(my_photo)
else:
    seed = int(np.random.default_rng().integers(1_000_000))
    print("There is no", my_photo, "here, so this is the drawn desk of seed", seed)
    photo = draw_scene(seed).image

boxes = find_blobs(photo, RED_LOW, RED_HIGH, SMALLEST)[:10]
labels = [f"red {number}" for number in range(1, len(boxes) + 1)]
show(draw(photo, boxes, labels), alt="The picture with a labelled box round each red blob.")
print(len(boxes), "red blob(s), largest first:", boxes)

# %% [markdown]
"""
## In your own words

Take three of the kit's pictures on which the badge finder fails.

1. For each, say what failed and why, in terms of pixels. The words "it saw" and "it thought" are not allowed.
2. A visitor centre wants to use this with real people. How would you test it on people unlike you?
   Say whom you would ask and what you would vary.
   Say how you get consent, and what happens to the pictures afterwards.

Write 100 to 200 words.
"""

# %% [markdown] answer="written" points=4
"""
**Rubric**

- 4: three real failures, each explained by pixels (hue, saturation, value, area); a test that names who is asked,
  what is varied and counted, how consent is given and taken back, and what happens to the pictures.
- 2: at least two real failures explained by pixels, but the test lacks consent or says no more than "more people";
  or a full test with failures described as "it saw".
- 0: no real failure of this finder, or no test.

**Full (4).** desk-5: the cup's pixels have hues in the range for red, and more than 60 of them touch.
So they pass every check that a badge passes. desk-6: the badge's hue is about 107; the range ends at 8, so the mask
is empty. desk-7: the lamp is weak, so the badge's value is below 80 and `inRange` drops it although the hue is right.
To test it I would ask twenty visitors and staff: tall and seated, in red and in plain clothes, on the day and the
evening shift, with badges on chest, belt and lanyard. Each reads a page that says what is taken and why, signs it, and
may stop at any time. People describe their own situation; I guess nothing. I count missed badges and false alarms for
each condition, not one total. The pictures stay on one laptop and are deleted the same week. Only the counts are kept.

**Half (2).** desk-5 is wrong because the cup has red hues too. desk-7 is wrong because the values are below the limit.
I would test it with twenty people of different height and with different clothes, morning and evening, and count.

**None (0).** In desk-7 it saw nothing because it was too dark for it. With more people it will get better.
"""

# %% [markdown]
"""
## Stretch

No marks, only bragging rights.

- **QR codes.** `cv2.QRCodeEncoder.create().encode("badge 17")` draws one, and
  `cv2.QRCodeDetector().detectAndDecode(image)` reads it. Enlarge it first and give it a white margin.
  Where does it beat colour, and where does it not?
- **Round or not.** A disc fills about 78 % of its box (pi / 4). Let that decide between a badge and a cup.
  Which badge do you lose?
- **Faces, and why not here.** OpenCV 5 has no `CascadeClassifier`, and its wheels bring no Haar files.
  `cv2.FaceDetectorYN` is there, but it needs the YuNet model from the OpenCV zoo, which the kit does not ship.
  Before you fetch it, write down whose faces you may test it on, and how they said yes.
"""
