# %% [markdown]
# Right answers to lab 10, written another way. Each cell replaces one exercise's solution and must pass.
#
# ruff: noqa: F821
# (That is for ruff: cv2, np and re come from the lab's first cell.)

# %% alternative="max-with-default" exercise="largest"
def largest(boxes):
    return max(boxes, key=lambda box: (box[2] - box[0]) * (box[3] - box[1]), default=None)

# %% alternative="sorted-copy" exercise="largest"
def area(box):
    x1, y1, x2, y2 = box
    return (x2 - x1) * (y2 - y1)


def largest(boxes):
    ordered = sorted(boxes, key=area, reverse=True)
    print("areas:", [area(box) for box in ordered])
    return ordered[0] if ordered else None

# %% alternative="numpy-argmax" exercise="largest"
def largest(boxes: list[tuple[int, int, int, int]]) -> tuple[int, int, int, int] | None:
    if len(boxes) == 0:
        return None
    corners = np.array(boxes)
    areas = (corners[:, 2] - corners[:, 0]) * (corners[:, 3] - corners[:, 1])
    return boxes[int(np.argmax(areas))]

# %% alternative="early-return-and-index" exercise="largest"
def largest(boxes):
    if not boxes:
        return None
    winner = 0
    for i in range(1, len(boxes)):
        old, new = boxes[winner], boxes[i]
        if (new[2] - new[0]) * (new[3] - new[1]) > (old[2] - old[0]) * (old[3] - old[1]):
            winner = i
    return list(boxes[winner])

# %% alternative="words-by-table" exercise="guide"
def guide(center, size, dead=0.2, mirror=False):
    (x, y), (width, height) = center, size
    across = 2 * x / width - 1
    down = 2 * y / height - 1
    if max(abs(across), abs(down)) <= dead:
        return "centre"
    if abs(across) < abs(down):
        return {True: "up", False: "down"}[down < 0]
    words = ["left", "right"]
    if mirror:
        words.reverse()
    return words[across > 0]

# %% alternative="pixels-scaled-by-hand" exercise="guide"
def guide(center, size, dead=0.2, mirror=False):
    half_w, half_h = size[0] / 2, size[1] / 2
    x = size[0] - center[0] if mirror else center[0]
    dx, dy = x - half_w, center[1] - half_h
    word = "centre"
    if abs(dx) > dead * half_w or abs(dy) > dead * half_h:
        word = "down" if dy > 0 else "up"
        if abs(dx) * half_h >= abs(dy) * half_w:
            word = "right" if dx > 0 else "left"
    return word

# %% alternative="long-hand" exercise="guide"
def share(place: float, whole: float) -> float:
    middle = whole / 2
    return (place - middle) / middle


def guide(center, size, dead: float = 0.2, mirror: bool = False) -> str:
    horizontal = share(center[0], size[0])
    vertical = share(center[1], size[1])
    print("shares:", horizontal, vertical)
    if -dead <= horizontal <= dead and -dead <= vertical <= dead:
        return "centre"
    if abs(vertical) > abs(horizontal):
        if vertical > 0:
            return "down"
        return "up"
    on_the_left = horizontal < 0
    if mirror:
        on_the_left = not on_the_left
    if on_the_left:
        return "left"
    return "right"

# %% alternative="grab-and-retrieve" exercise="frames"
def frames(cap, every=1):
    if not cap.isOpened():
        raise RuntimeError("no capture")
    number = -1
    try:
        while cap.grab():
            number += 1
            if number % every:
                continue
            _, image = cap.retrieve()
            yield number, image
    finally:
        cap.release()

# %% alternative="enumerate-an-inner-generator" exercise="frames"
def _read_all(cap):
    while True:
        ok, picture = cap.read()
        if not ok:
            break
        yield picture


def frames(cap, every=1):
    if cap.isOpened() is not True:
        cap.release()
        raise RuntimeError("Is the camera plugged in?")
    try:
        for i, picture in enumerate(_read_all(cap)):
            if i % every == 0:
                yield (i, picture)
    finally:
        cap.release()

# %% alternative="checks-before-it-waits" exercise="frames"
def frames(cap, every=1):
    if not cap.isOpened():
        raise RuntimeError("the capture is not open")

    def walk():
        count = 0
        try:
            ok, picture = cap.read()
            while ok:
                if count % every == 0:
                    print("picture", count)
                    yield count, picture
                ok, picture = cap.read()
                count = count + 1
        finally:
            cap.release()

    return walk()

# %% alternative="with-and-a-countdown" exercise="frames"
from contextlib import contextmanager


@contextmanager
def held(cap):
    try:
        yield cap
    finally:
        cap.release()


def frames(cap, every=1):
    if not cap.isOpened():
        raise RuntimeError("the capture is not open")
    number, wait = 0, 0
    with held(cap):
        while True:
            there, image = cap.read()
            if image is None or not there:
                return
            if wait == 0:
                yield [number, image]
                wait = every
            number, wait = number + 1, wait - 1

# %% alternative="absdiff-and-countdown" exercise="Trigger"
def motion_score(before, after):
    return np.mean(np.any(cv2.absdiff(before, after) > 25, axis=2))


class Trigger:
    def __init__(self, on, off, hold):
        self.on = on
        self.off = off
        self.hold = hold
        self.left = 0

    def update(self, score):
        if self.left == 0:
            if score >= self.on:
                self.left = self.hold
                return "start"
        elif score >= self.off:
            self.left = self.hold
        else:
            self.left -= 1
            if self.left == 0:
                return "end"
        return None

# %% alternative="threshold-and-count" exercise="Trigger"
def motion_score(before, after):
    wide = np.int16
    gap = np.maximum(before.astype(wide) - after, after.astype(wide) - before)
    changed = (gap[:, :, 0] > 25) | (gap[:, :, 1] > 25) | (gap[:, :, 2] > 25)
    return int(changed.sum()) / (before.shape[0] * before.shape[1])


class Trigger:
    """Keeps the last scores and looks back."""

    def __init__(self, on, off, hold):
        self.on, self.off, self.hold = on, off, hold
        self.scores = None

    def update(self, score):
        if self.scores is None:
            if score >= self.on:
                self.scores = []
                return "start"
            return None
        self.scores.append(score)
        latest = self.scores[-self.hold :]
        if len(latest) == self.hold and all(one < self.off for one in latest):
            self.scores = None
            return "end"
        return None

# %% alternative="loops-and-states" exercise="Trigger"
def motion_score(before, after):
    count = 0
    pairs = list(zip(before.reshape(-1, 3).tolist(), after.reshape(-1, 3).tolist(), strict=True))
    for old, new in pairs:
        if any(abs(a - b) > 25 for a, b in zip(old, new, strict=True)):
            count += 1
    return count / len(pairs)


class Trigger:
    def __init__(self, on: float, off: float, hold: int) -> None:
        self.limits = {"on": on, "off": off}
        self.hold = hold
        self.state = "waiting"
        self.calm = 0

    def update(self, score: float) -> str | None:
        if self.state == "waiting" and score >= self.limits["on"]:
            self.state, self.calm = "visit", 0
            return "start"
        if self.state == "visit":
            self.calm += 1
            if not score < self.limits["off"]:
                self.calm = 0
            if self.calm == self.hold:
                self.state = "waiting"
                return "end"
        return None

# %% alternative="match-and-generator" exercise="see_loop"
def verdict(reply):
    letters = "".join(sign if sign.isalpha() else " " for sign in reply.lower())
    words = letters.split()
    if not words or words[0] not in ("good", "bad", "empty"):
        return "unclear"
    for word in words[1:]:
        if word in ("good", "bad", "empty") and word != words[0]:
            return "unclear"
    return words[0]


def see_loop(pictures, ask, every_s, fps):
    rows = []
    due = float("-inf")
    for number, image in pictures:
        if number / fps >= due:
            rows.append([number / fps, ask(image)])
            due = number / fps + every_s
    return rows

# %% alternative="regular-expression-and-last-row" exercise="see_loop"
def verdict(reply):
    found = re.match(r"[^a-z]*(good|bad|empty)(?![a-z])", reply, re.IGNORECASE)
    if found is None:
        return "unclear"
    word = found.group(1).lower()
    others = {"good", "bad", "empty"} - {word}
    clash = any(re.search(rf"\b{other}\b", reply, re.IGNORECASE) for other in others)
    return "unclear" if clash else word


def see_loop(pictures, ask, every_s, fps):
    rows = []
    for number, image in pictures:
        if not rows or number / fps - rows[-1][0] >= every_s:
            reply = ask(image)
            print(f"{number / fps:.2f} s: {reply}")
            rows.append((number / fps, reply))
    return rows

# %% alternative="signs-become-spaces-and-counted-pictures" exercise="see_loop"
import string

VERDICTS = ["good", "bad", "empty"]


def verdict(reply: str) -> str:
    text = reply.lower()
    for sign in set(text).difference(string.ascii_lowercase):
        text = text.replace(sign, " ")
    words = text.split()
    named = [word for word in VERDICTS if word in words]
    if len(named) != 1:
        return "unclear"
    return named[0] if words[0] == named[0] else "unclear"


def see_loop(pictures, ask, every_s, fps):
    asked_at, rows = None, []
    for pair in pictures:
        number, image = pair[0], pair[1]
        if asked_at is not None and number - asked_at < every_s * fps:
            continue
        asked_at = number
        rows.append((number / fps, ask(image)))
    return rows

# %% alternative="numpy-subtracts" exercise="largest"
def largest(boxes):
    best, most = None, float("-inf")
    for box in boxes:
        width, height = np.subtract(box[2:], box[:2])
        if width * height > most:
            best, most = box, width * height
    return best

# %% alternative="numpy-vector" exercise="guide"
def guide(center, size, dead=0.2, mirror=False):
    half = np.array(size) / 2
    share = (np.array(center) - half) / half
    if mirror:
        share[0] *= -1
    if (np.abs(share) <= dead).all():
        return "centre"
    axis = int(np.abs(share[1]) > np.abs(share[0]))
    return [["left", "right"], ["up", "down"]][axis][int(share[axis] > 0)]

# %% alternative="reads-past-the-others" exercise="frames"
def frames(cap, every=1):
    if not cap.isOpened():
        raise RuntimeError("Cannot open the camera")
    number = 0
    try:
        ok, image = cap.read()
        while ok:
            yield number, image
            for _ in range(every):
                ok, image = cap.read()
                if not ok:
                    break
            number += every
    finally:
        cap.release()

# %% alternative="none-is-the-end" exercise="frames"
from itertools import count


def frames(cap, every=1):
    try:
        if not cap.isOpened():
            raise RuntimeError("capture is closed")
        for number in count():
            _, image = cap.read()
            if image is None:
                break
            if not number % every:
                yield [number, image]
    finally:
        cap.release()

# %% alternative="an-error-of-its-own" exercise="frames"
class NotOpen(RuntimeError):
    pass


def frames(cap, every=1):
    if not cap.isOpened():
        raise NotOpen("The door camera is off. Plug it in.")
    try:
        n = 0
        while True:
            ok, image = cap.read()
            if not ok:
                break
            if n % every == 0:
                yield n, image
            n = n + 1
    finally:
        if cap.isOpened():
            cap.release()

# %% alternative="three-planes-and-a-countdown" exercise="Trigger"
def motion_score(before, after):
    d = np.abs(before.astype(np.int16) - after.astype(np.int16))
    b, g, r = d[..., 0], d[..., 1], d[..., 2]
    return np.count_nonzero((b > 25) | (g > 25) | (r > 25)) / b.size


class Trigger:
    QUIET, BUSY = range(2)

    def __init__(self, on, off, hold):
        self.on = on
        self.off = off
        self.hold = hold
        self.state = self.QUIET
        self.left = hold

    def update(self, score):
        event = None
        if self.state == self.QUIET and score >= self.on:
            self.state, self.left, event = self.BUSY, self.hold, "start"
        elif self.state == self.BUSY:
            self.left = self.left - 1 if score < self.off else self.hold
            if self.left == 0:
                self.state, event = self.QUIET, "end"
        return event

# %% alternative="plain-lists-and-a-short-history" exercise="Trigger"
from collections import deque


def motion_score(before, after):
    changed = 0
    for one, other in zip(before.reshape(-1, 3).tolist(), after.reshape(-1, 3).tolist(), strict=True):
        changed += any(abs(a - b) > 25 for a, b in zip(one, other, strict=True))
    return changed / (before.shape[0] * before.shape[1])


class Trigger:
    def __init__(self, on, off, hold):
        self.on, self.off = on, off
        self.last = deque([on] * hold, maxlen=hold)
        self.visit = None

    def update(self, score):
        self.last.append(score)
        if self.visit is None:
            if score >= self.on:
                self.visit = True
                return "start"
        elif max(self.last) < self.off:
            self.visit = None
            return "end"
        return None

# %% alternative="isalpha-and-minus-infinity" exercise="see_loop"
KNOWN = ("good", "bad", "empty")


def verdict(reply: str) -> str:
    words = [""]
    for letter in reply:
        if letter.isalpha():
            words[-1] += letter.lower()
        elif words[-1]:
            words.append("")
    words = [w for w in words if w]
    if not words or words[0] not in KNOWN:
        return "unclear"
    for w in words[1:]:
        if w in KNOWN and w != words[0]:
            return "unclear"
    return words[0]


def see_loop(pictures, ask, every_s, fps):
    out = []
    last = float("-inf")
    for number, image in list(pictures):
        if (number / fps) - last >= every_s:
            last = number / fps
            out += [(last, ask(image))]
    return out

# %% alternative="no-letters-before-or-behind" exercise="see_loop"
def verdict(reply):
    m = re.match(r"[^a-z]*(good|bad|empty)(?![a-z])", reply, re.IGNORECASE)
    if not m:
        return "unclear"
    word = m.group(1).lower()
    others = [w for w in re.split(r"[^a-z]+", reply.lower()) if w in {"good", "bad", "empty"} - {word}]
    return "unclear" if others else word


def see_loop(pictures, ask, every_s, fps):
    rows, due = [], None
    for number, image in pictures:
        if due is None or number >= due:
            rows.append((number / fps, ask(image)))
            due = number + every_s * fps
    return rows
