# %% [markdown]
# Wrong answers to lab 10 that people really give. Each cell replaces one exercise's solution and must lose its points.
#
# ruff: noqa: F821
# (That is for ruff: cv2, np and re come from the lab's first cell.)

# %% mistake="width-plus-height" exercise="largest"
def largest(boxes):
    if not boxes:
        return None
    return max(boxes, key=lambda box: (box[2] - box[0]) + (box[3] - box[1]))

# %% mistake="crashes-on-no-boxes" exercise="largest"
def largest(boxes):
    return max(boxes, key=lambda box: (box[2] - box[0]) * (box[3] - box[1]))

# %% mistake="largest-tuple" exercise="largest"
def largest(boxes):
    return max(boxes, default=None)

# %% mistake="corner-taken-for-size" exercise="largest"
def largest(boxes):
    return max(boxes, key=lambda box: box[2] * box[3], default=None)

# %% mistake="area-not-box" exercise="largest"
def largest(boxes):
    return max([(x2 - x1) * (y2 - y1) for x1, y1, x2, y2 in boxes], default=None)

# %% mistake="place-not-box" exercise="largest"
def largest(boxes):
    areas = [(x2 - x1) * (y2 - y1) for x1, y1, x2, y2 in boxes]
    return areas.index(max(areas)) if areas else None

# %% mistake="last-of-equals" exercise="largest"
def largest(boxes):
    best, best_area = None, 0
    for box in boxes:
        area = (box[2] - box[0]) * (box[3] - box[1])
        if area >= best_area:
            best, best_area = box, area
    return best

# %% mistake="sorts-the-callers-list" exercise="largest"
def largest(boxes):
    if len(boxes) == 0:
        return None
    boxes.sort(key=lambda box: (box[2] - box[0]) * (box[3] - box[1]), reverse=True)
    return boxes[0]

# %% mistake="smallest-by-sorting" exercise="largest"
def largest(boxes):
    ordered = sorted(boxes, key=lambda box: (box[2] - box[0]) * (box[3] - box[1]))
    return ordered[0] if ordered else None

# %% mistake="best-area-never-updated" exercise="largest"
def largest(boxes):
    best, best_area = None, 0
    for box in boxes:
        if (box[2] - box[0]) * (box[3] - box[1]) > best_area:
            best = box
    return best

# %% mistake="first-box-only" exercise="largest"
def largest(boxes):
    return boxes[0] if boxes else None

# %% mistake="return-inside-the-loop" exercise="largest"
def largest(boxes):
    best, best_area = None, 0
    for box in boxes:
        area = (box[2] - box[0]) * (box[3] - box[1])
        if area > best_area:
            best, best_area = box, area
        return best
    return None

# %% mistake="abs-of-the-corners" exercise="largest"
def largest(boxes):
    return max(boxes, key=lambda box: (abs(box[2]) - abs(box[0])) * (abs(box[3]) - abs(box[1])), default=None)

# %% mistake="empty-list-for-nothing" exercise="largest"
def largest(boxes):
    if not boxes:
        return []
    return max(boxes, key=lambda box: (box[2] - box[0]) * (box[3] - box[1]))

# %% mistake="longest-side" exercise="largest"
def largest(boxes):
    return max(boxes, key=lambda box: max(box[2] - box[0], box[3] - box[1]), default=None)

# %% mistake="too-small-to-count" exercise="largest"
def largest(boxes):
    best, best_area = None, 50
    for box in boxes:
        area = (box[2] - box[0]) * (box[3] - box[1])
        if area > best_area:
            best, best_area = box, area
    return best

# %% mistake="last-one-skipped" exercise="largest"
def largest(boxes):
    best = None
    for i in range(len(boxes) - 1):
        box = boxes[i]
        if best is None or (box[2] - box[0]) * (box[3] - box[1]) > (best[2] - best[0]) * (best[3] - best[1]):
            best = box
    return best

# %% mistake="printed-not-returned" exercise="largest"
def largest(boxes):
    print(max(boxes, key=lambda box: (box[2] - box[0]) * (box[3] - box[1]), default=None))

# %% mistake="the-shorter-side" exercise="largest"
def largest(boxes):
    return max(boxes, key=lambda box: min(box[2] - box[0], box[3] - box[1]), default=None)

# %% mistake="width-alone" exercise="largest"
def largest(boxes):
    return max(boxes, key=lambda box: box[2] - box[0], default=None)

# %% mistake="one-pixel-more" exercise="largest"
def largest(boxes):
    return max(boxes, key=lambda box: (box[2] - box[0] + 1) * (box[3] - box[1] + 1), default=None)

# %% mistake="made-for-1920-by-1080" exercise="guide"
def guide(center, size, dead=0.2, mirror=False):
    x, y = center
    if x > 1220:
        return "left" if mirror else "right"
    if x < 700:
        return "right" if mirror else "left"
    if y < 400:
        return "up"
    if y > 680:
        return "down"
    return "centre"

# %% mistake="made-for-320-by-240" exercise="guide"
def guide(center, size, dead=0.2, mirror=False):
    across = (center[0] - 160) / (160)
    down = (center[1] - 120) / (120)
    if mirror:
        across = -across
    if abs(across) <= dead and abs(down) <= dead:
        return "centre"
    if abs(across) >= abs(down):
        return "left" if across < 0 else "right"
    return "up" if down < 0 else "down"

# %% mistake="left-and-right-swapped" exercise="guide"
def guide(center, size, dead=0.2, mirror=False):
    across = (center[0] - size[0] / 2) / (size[0] / 2)
    down = (center[1] - size[1] / 2) / (size[1] / 2)
    if mirror:
        across = -across
    if abs(across) <= dead and abs(down) <= dead:
        return "centre"
    if abs(across) >= abs(down):
        return "right" if across < 0 else "left"
    return "up" if down < 0 else "down"

# %% mistake="y-thought-upward" exercise="guide"
def guide(center, size, dead=0.2, mirror=False):
    across = (center[0] - size[0] / 2) / (size[0] / 2)
    down = (center[1] - size[1] / 2) / (size[1] / 2)
    if mirror:
        across = -across
    if abs(across) <= dead and abs(down) <= dead:
        return "centre"
    if abs(across) >= abs(down):
        return "left" if across < 0 else "right"
    return "up" if down > 0 else "down"

# %% mistake="mirror-forgotten" exercise="guide"
def guide(center, size, dead=0.2, mirror=False):
    across = (center[0] - size[0] / 2) / (size[0] / 2)
    down = (center[1] - size[1] / 2) / (size[1] / 2)
    if abs(across) <= dead and abs(down) <= dead:
        return "centre"
    if abs(across) >= abs(down):
        return "left" if across < 0 else "right"
    return "up" if down < 0 else "down"

# %% mistake="mirror-turns-all-round" exercise="guide"
def guide(center, size, dead=0.2, mirror=False):
    across = (center[0] - size[0] / 2) / (size[0] / 2)
    down = (center[1] - size[1] / 2) / (size[1] / 2)
    if mirror:
        across, down = -across, -down
    if abs(across) <= dead and abs(down) <= dead:
        return "centre"
    if abs(across) >= abs(down):
        return "left" if across < 0 else "right"
    return "up" if down < 0 else "down"

# %% mistake="always-mirrored" exercise="guide"
def guide(center, size, dead=0.2, mirror=False):
    across = (center[0] - size[0] / 2) / (size[0] / 2)
    down = (center[1] - size[1] / 2) / (size[1] / 2)
    across = -across
    if abs(across) <= dead and abs(down) <= dead:
        return "centre"
    if abs(across) >= abs(down):
        return "left" if across < 0 else "right"
    return "up" if down < 0 else "down"

# %% mistake="limit-is-outside" exercise="guide"
def guide(center, size, dead=0.2, mirror=False):
    across = (center[0] - size[0] / 2) / (size[0] / 2)
    down = (center[1] - size[1] / 2) / (size[1] / 2)
    if mirror:
        across = -across
    if abs(across) < dead and abs(down) < dead:
        return "centre"
    if abs(across) >= abs(down):
        return "left" if across < 0 else "right"
    return "up" if down < 0 else "down"

# %% mistake="one-small-share-is-enough" exercise="guide"
def guide(center, size, dead=0.2, mirror=False):
    across = (center[0] - size[0] / 2) / (size[0] / 2)
    down = (center[1] - size[1] / 2) / (size[1] / 2)
    if mirror:
        across = -across
    if abs(across) <= dead or abs(down) <= dead:
        return "centre"
    if abs(across) >= abs(down):
        return "left" if across < 0 else "right"
    return "up" if down < 0 else "down"

# %% mistake="dead-by-heart" exercise="guide"
def guide(center, size, dead=0.2, mirror=False):
    across = (center[0] - size[0] / 2) / (size[0] / 2)
    down = (center[1] - size[1] / 2) / (size[1] / 2)
    if mirror:
        across = -across
    if abs(across) <= 0.2 and abs(down) <= 0.2:
        return "centre"
    if abs(across) >= abs(down):
        return "left" if across < 0 else "right"
    return "up" if down < 0 else "down"

# %% mistake="dead-of-the-whole-width" exercise="guide"
def guide(center, size, dead=0.2, mirror=False):
    across = (center[0] - size[0] / 2) / (size[0] / 2)
    down = (center[1] - size[1] / 2) / (size[1] / 2)
    if mirror:
        across = -across
    if abs(across) <= dead / 2 and abs(down) <= dead / 2:
        return "centre"
    if abs(across) >= abs(down):
        return "left" if across < 0 else "right"
    return "up" if down < 0 else "down"

# %% mistake="share-of-the-whole-width" exercise="guide"
def guide(center, size, dead=0.2, mirror=False):
    across = (center[0] - size[0] / 2) / size[0]
    down = (center[1] - size[1] / 2) / size[1]
    if mirror:
        across = -across
    if abs(across) <= dead and abs(down) <= dead:
        return "centre"
    if abs(across) >= abs(down):
        return "left" if across < 0 else "right"
    return "up" if down < 0 else "down"

# %% mistake="pixels-compared" exercise="guide"
def guide(center, size, dead=0.2, mirror=False):
    across, down = center[0] - size[0] / 2, center[1] - size[1] / 2
    if mirror:
        across = -across
    if abs(across) <= dead * size[0] / 2 and abs(down) <= dead * size[1] / 2:
        return "centre"
    if abs(across) >= abs(down):
        return "left" if across < 0 else "right"
    return "up" if down < 0 else "down"

# %% mistake="width-and-height-swapped" exercise="guide"
def guide(center, size, dead=0.2, mirror=False):
    across = (center[0] - size[1] / 2) / (size[1] / 2)
    down = (center[1] - size[0] / 2) / (size[0] / 2)
    if mirror:
        across = -across
    if abs(across) <= dead and abs(down) <= dead:
        return "centre"
    if abs(across) >= abs(down):
        return "left" if across < 0 else "right"
    return "up" if down < 0 else "down"

# %% mistake="equal-goes-up-or-down" exercise="guide"
def guide(center, size, dead=0.2, mirror=False):
    across = (center[0] - size[0] / 2) / (size[0] / 2)
    down = (center[1] - size[1] / 2) / (size[1] / 2)
    if mirror:
        across = -across
    if abs(across) <= dead and abs(down) <= dead:
        return "centre"
    if abs(across) > abs(down):
        return "left" if across < 0 else "right"
    return "up" if down < 0 else "down"

# %% mistake="across-always-first" exercise="guide"
def guide(center, size, dead=0.2, mirror=False):
    across = (center[0] - size[0] / 2) / (size[0] / 2)
    down = (center[1] - size[1] / 2) / (size[1] / 2)
    if mirror:
        across = -across
    if across < -dead:
        return "left"
    if across > dead:
        return "right"
    if down < -dead:
        return "up"
    if down > dead:
        return "down"
    return "centre"

# %% mistake="no-abs" exercise="guide"
def guide(center, size, dead=0.2, mirror=False):
    across = (center[0] - size[0] / 2) / (size[0] / 2)
    down = (center[1] - size[1] / 2) / (size[1] / 2)
    if mirror:
        across = -across
    if across <= dead and down <= dead:
        return "centre"
    if abs(across) >= abs(down):
        return "left" if across < 0 else "right"
    return "up" if down < 0 else "down"

# %% mistake="no-abs-to-compare" exercise="guide"
def guide(center, size, dead=0.2, mirror=False):
    across = (center[0] - size[0] / 2) / (size[0] / 2)
    down = (center[1] - size[1] / 2) / (size[1] / 2)
    if mirror:
        across = -across
    if abs(across) <= dead and abs(down) <= dead:
        return "centre"
    if across >= down:
        return "left" if across < 0 else "right"
    return "up" if down < 0 else "down"

# %% mistake="dead-zone-of-pixels" exercise="guide"
def guide(center, size, dead=0.2, mirror=False):
    across = (center[0] - size[0] / 2) / (size[0] / 2)
    down = (center[1] - size[1] / 2) / (size[1] / 2)
    if mirror:
        across = -across
    if abs(center[0] - size[0] / 2) <= 20 and abs(center[1] - size[1] / 2) <= 20:
        return "centre"
    if abs(across) >= abs(down):
        return "left" if across < 0 else "right"
    return "up" if down < 0 else "down"

# %% mistake="center-spelt-otherwise" exercise="guide"
def guide(center, size, dead=0.2, mirror=False):
    across = (center[0] - size[0] / 2) / (size[0] / 2)
    down = (center[1] - size[1] / 2) / (size[1] / 2)
    if mirror:
        across = -across
    if abs(across) <= dead and abs(down) <= dead:
        return "center"
    if abs(across) >= abs(down):
        return "left" if across < 0 else "right"
    return "up" if down < 0 else "down"

# %% mistake="where-to-move" exercise="guide"
def guide(center, size, dead=0.2, mirror=False):
    across = (center[0] - size[0] / 2) / (size[0] / 2)
    down = (center[1] - size[1] / 2) / (size[1] / 2)
    if mirror:
        across = -across
    if abs(across) <= dead and abs(down) <= dead:
        return "centre"
    if abs(across) >= abs(down):
        return "right" if across < 0 else "left"
    return "down" if down < 0 else "up"

# %% mistake="two-words" exercise="guide"
def guide(center, size, dead=0.2, mirror=False):
    across = (center[0] - size[0] / 2) / (size[0] / 2)
    down = (center[1] - size[1] / 2) / (size[1] / 2)
    if mirror:
        across = -across
    if abs(across) <= dead and abs(down) <= dead:
        return "centre"
    words = []
    if abs(across) > dead:
        words.append("left" if across < 0 else "right")
    if abs(down) > dead:
        words.append("up" if down < 0 else "down")
    return " ".join(words)

# %% mistake="middle-rounded-down" exercise="guide"
def guide(center, size, dead=0.2, mirror=False):
    across = (center[0] - size[0] // 2) / (size[0] / 2)
    down = (center[1] - size[1] // 2) / (size[1] / 2)
    if mirror:
        across = -across
    if abs(across) <= dead and abs(down) <= dead:
        return "centre"
    if abs(across) >= abs(down):
        return "left" if across < 0 else "right"
    return "up" if down < 0 else "down"

# %% mistake="is-opened-without-brackets" exercise="frames"
def frames(cap, every=1):
    if not cap.isOpened:
        raise RuntimeError("the capture is not open")
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

# %% mistake="never-released" exercise="frames"
def frames(cap, every=1):
    if not cap.isOpened():
        raise RuntimeError("the capture is not open")
    number = 0
    while True:
        there, image = cap.read()
        if not there:
            break
        if number % every == 0:
            yield number, image
        number += 1

# %% mistake="released-at-the-end-only" exercise="frames"
def frames(cap, every=1):
    if not cap.isOpened():
        raise RuntimeError("the capture is not open")
    number = 0
    while True:
        there, image = cap.read()
        if not there:
            break
        if number % every == 0:
            yield number, image
        number += 1
    cap.release()

# %% mistake="release-without-brackets" exercise="frames"
def frames(cap, every=1):
    if not cap.isOpened():
        raise RuntimeError("the capture is not open")
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
        cap.release

# %% mistake="a-list-of-all" exercise="frames"
def frames(cap, every=1):
    if not cap.isOpened():
        raise RuntimeError("the capture is not open")
    found, number = [], 0
    while True:
        there, image = cap.read()
        if not there:
            break
        if number % every == 0:
            found.append((number, image))
        number += 1
    cap.release()
    return found

# %% mistake="none-at-the-end" exercise="frames"
def frames(cap, every=1):
    if not cap.isOpened():
        raise RuntimeError("the capture is not open")
    try:
        number, there = 0, True
        while there:
            there, image = cap.read()
            if number % every == 0:
                yield number, image
            number += 1
    finally:
        cap.release()

# %% mistake="last-picture-lost" exercise="frames"
def frames(cap, every=1):
    if not cap.isOpened():
        raise RuntimeError("the capture is not open")
    try:
        number = 0
        there, image = cap.read()
        while there:
            following, next_image = cap.read()
            if not following:
                break
            if number % every == 0:
                yield number, image
            number, image = number + 1, next_image
    finally:
        cap.release()

# %% mistake="first-picture-lost" exercise="frames"
def frames(cap, every=1):
    there, _ = cap.read()
    if not cap.isOpened() or not there:
        raise RuntimeError("the capture is not open")
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

# %% mistake="counts-from-one" exercise="frames"
def frames(cap, every=1):
    if not cap.isOpened():
        raise RuntimeError("the capture is not open")
    try:
        number = 0
        while True:
            there, image = cap.read()
            number += 1
            if not there:
                return
            if number % every == 0:
                yield number, image
    finally:
        cap.release()

# %% mistake="numbers-without-gaps" exercise="frames"
def frames(cap, every=1):
    if not cap.isOpened():
        raise RuntimeError("the capture is not open")
    try:
        read, number = 0, 0
        while True:
            there, image = cap.read()
            if not there:
                return
            if read % every == 0:
                yield number, image
                number += 1
            read += 1
    finally:
        cap.release()

# %% mistake="every-is-forgotten" exercise="frames"
def frames(cap, every=1):
    if not cap.isOpened():
        raise RuntimeError("the capture is not open")
    try:
        number = 0
        while True:
            there, image = cap.read()
            if not there:
                return
            yield number, image
            number += 1
    finally:
        cap.release()

# %% mistake="pictures-alone" exercise="frames"
def frames(cap, every=1):
    if not cap.isOpened():
        raise RuntimeError("the capture is not open")
    try:
        number = 0
        while True:
            there, image = cap.read()
            if not there:
                return
            if number % every == 0:
                yield image
            number += 1
    finally:
        cap.release()

# %% mistake="while-open-without-end" exercise="frames"
def frames(cap, every=1):
    if not cap.isOpened():
        raise RuntimeError("the capture is not open")
    try:
        number = 0
        while cap.isOpened():
            there, image = cap.read()
            if there:
                if number % every == 0:
                    yield number, image
                number += 1
    finally:
        cap.release()

# %% mistake="asks-how-many-there-are" exercise="frames"
def frames(cap, every=1):
    if not cap.isOpened():
        raise RuntimeError("the capture is not open")
    try:
        how_many = int(cap.get(cv2.CAP_PROP_FRAME_COUNT))
        for number in range(how_many):
            there, image = cap.read()
            if there and number % every == 0:
                yield number, image
    finally:
        cap.release()

# %% mistake="jumps-with-set" exercise="frames"
def frames(cap, every=1):
    if not cap.isOpened():
        raise RuntimeError("the capture is not open")
    try:
        number = 0
        while True:
            cap.set(cv2.CAP_PROP_POS_FRAMES, number)
            there, image = cap.read()
            if not there:
                return
            yield number, image
            number += every
    finally:
        cap.release()

# %% mistake="not-open-is-empty" exercise="frames"
def frames(cap, every=1):
    if not cap.isOpened():
        print("The camera is not open!")
        return
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

# %% mistake="value-error" exercise="frames"
def frames(cap, every=1):
    if not cap.isOpened():
        raise ValueError("the capture is not open")
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

# %% mistake="image-before-number" exercise="frames"
def frames(cap, every=1):
    if not cap.isOpened():
        raise RuntimeError("the capture is not open")
    try:
        number = 0
        while True:
            there, image = cap.read()
            if not there:
                return
            if number % every == 0:
                yield image, number
            number += 1
    finally:
        cap.release()

# %% mistake="empty-is-not-open" exercise="frames"
def frames(cap, every=1):
    if not cap.isOpened():
        raise RuntimeError("the capture is not open")
    try:
        number = 0
        while True:
            there, image = cap.read()
            if not there and number == 0:
                raise RuntimeError("there is no picture")
            if not there:
                return
            if number % every == 0:
                yield number, image
            number += 1
    finally:
        cap.release()

# %% mistake="released-in-the-loop" exercise="frames"
def frames(cap, every=1):
    if not cap.isOpened():
        raise RuntimeError("the capture is not open")
    number = 0
    while True:
        there, image = cap.read()
        cap.release()
        if not there:
            return
        if number % every == 0:
            yield number, image
        number += 1

# %% mistake="skips-one-too-many" exercise="frames"
def frames(cap, every=1):
    if not cap.isOpened():
        raise RuntimeError("the capture is not open")
    try:
        number = 0
        while True:
            there, image = cap.read()
            if not there:
                return
            yield number, image
            for _ in range(every):
                cap.grab()
            number += every
    finally:
        cap.release()

# %% mistake="differences-wrap-round" exercise="Trigger"
def motion_score(before, after):
    return float(np.mean((after - before).max(axis=2) > 25))


class Trigger:
    def __init__(self, on, off, hold):
        self.on, self.off, self.hold = on, off, hold
        self.somebody, self.quiet = False, 0

    def update(self, score):
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

# %% mistake="abs-after-the-wrap" exercise="Trigger"
def motion_score(before, after):
    difference = np.abs(after - before)
    return float(np.mean(difference.max(axis=2) > 25))


class Trigger:
    def __init__(self, on, off, hold):
        self.on, self.off, self.hold = on, off, hold
        self.somebody, self.quiet = False, 0

    def update(self, score):
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

# %% mistake="int8-is-too-small" exercise="Trigger"
def motion_score(before, after):
    difference = np.abs(before.astype(np.int8) - after.astype(np.int8))
    return float(np.mean(difference.max(axis=2) > 25))


class Trigger:
    def __init__(self, on, off, hold):
        self.on, self.off, self.hold = on, off, hold
        self.somebody, self.quiet = False, 0

    def update(self, score):
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

# %% mistake="brighter-only" exercise="Trigger"
def motion_score(before, after):
    difference = after.astype(int) - before.astype(int)
    return float(np.mean(difference.max(axis=2) > 25))


class Trigger:
    def __init__(self, on, off, hold):
        self.on, self.off, self.hold = on, off, hold
        self.somebody, self.quiet = False, 0

    def update(self, score):
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

# %% mistake="mean-difference" exercise="Trigger"
def motion_score(before, after):
    return float(np.mean(cv2.absdiff(before, after)) / 255)


class Trigger:
    def __init__(self, on, off, hold):
        self.on, self.off, self.hold = on, off, hold
        self.somebody, self.quiet = False, 0

    def update(self, score):
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

# %% mistake="numbers-counted-not-pixels" exercise="Trigger"
def motion_score(before, after):
    return float(np.mean(cv2.absdiff(before, after) > 25))


class Trigger:
    def __init__(self, on, off, hold):
        self.on, self.off, self.hold = on, off, hold
        self.somebody, self.quiet = False, 0

    def update(self, score):
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

# %% mistake="pixels-counted-not-shared" exercise="Trigger"
def motion_score(before, after):
    return int(np.sum(cv2.absdiff(before, after).max(axis=2) > 25))


class Trigger:
    def __init__(self, on, off, hold):
        self.on, self.off, self.hold = on, off, hold
        self.somebody, self.quiet = False, 0

    def update(self, score):
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

# %% mistake="grey-first" exercise="Trigger"
def motion_score(before, after):
    grey = [cv2.cvtColor(image, cv2.COLOR_BGR2GRAY) for image in (before, after)]
    return float(np.mean(cv2.absdiff(grey[0], grey[1]) > 25))


class Trigger:
    def __init__(self, on, off, hold):
        self.on, self.off, self.hold = on, off, hold
        self.somebody, self.quiet = False, 0

    def update(self, score):
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

# %% mistake="all-three-must-differ" exercise="Trigger"
def motion_score(before, after):
    return float(np.mean(cv2.absdiff(before, after).min(axis=2) > 25))


class Trigger:
    def __init__(self, on, off, hold):
        self.on, self.off, self.hold = on, off, hold
        self.somebody, self.quiet = False, 0

    def update(self, score):
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

# %% mistake="differences-added-up" exercise="Trigger"
def motion_score(before, after):
    return float(np.mean(cv2.absdiff(before, after).astype(int).sum(axis=2) > 25))


class Trigger:
    def __init__(self, on, off, hold):
        self.on, self.off, self.hold = on, off, hold
        self.somebody, self.quiet = False, 0

    def update(self, score):
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

# %% mistake="exactly-25-counts" exercise="Trigger"
def motion_score(before, after):
    return float(np.mean(cv2.absdiff(before, after).max(axis=2) >= 25))


class Trigger:
    def __init__(self, on, off, hold):
        self.on, self.off, self.hold = on, off, hold
        self.somebody, self.quiet = False, 0

    def update(self, score):
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

# %% mistake="any-difference-counts" exercise="Trigger"
def motion_score(before, after):
    return float(np.mean(np.any(before != after, axis=2)))


class Trigger:
    def __init__(self, on, off, hold):
        self.on, self.off, self.hold = on, off, hold
        self.somebody, self.quiet = False, 0

    def update(self, score):
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

# %% mistake="divided-by-320-by-240" exercise="Trigger"
def motion_score(before, after):
    return float(np.sum(cv2.absdiff(before, after).max(axis=2) > 25) / (320 * 240))


class Trigger:
    def __init__(self, on, off, hold):
        self.on, self.off, self.hold = on, off, hold
        self.somebody, self.quiet = False, 0

    def update(self, score):
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

# %% mistake="divided-by-all-numbers" exercise="Trigger"
def motion_score(before, after):
    return float(np.sum(cv2.absdiff(before, after).max(axis=2) > 25) / before.size)


class Trigger:
    def __init__(self, on, off, hold):
        self.on, self.off, self.hold = on, off, hold
        self.somebody, self.quiet = False, 0

    def update(self, score):
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

# %% mistake="in-percent" exercise="Trigger"
def motion_score(before, after):
    return float(np.mean(cv2.absdiff(before, after).max(axis=2) > 25)) * 100


class Trigger:
    def __init__(self, on, off, hold):
        self.on, self.off, self.hold = on, off, hold
        self.somebody, self.quiet = False, 0

    def update(self, score):
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

# %% mistake="written-into-the-room" exercise="Trigger"
def motion_score(before, after):
    cv2.absdiff(before, after, dst=before)
    return float(np.mean(before.max(axis=2) > 25))


class Trigger:
    def __init__(self, on, off, hold):
        self.on, self.off, self.hold = on, off, hold
        self.somebody, self.quiet = False, 0

    def update(self, score):
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

# %% mistake="blue-alone" exercise="Trigger"
def motion_score(before, after):
    return float(np.mean(cv2.absdiff(before, after)[:, :, 0] > 25))


class Trigger:
    def __init__(self, on, off, hold):
        self.on, self.off, self.hold = on, off, hold
        self.somebody, self.quiet = False, 0

    def update(self, score):
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

# %% mistake="green-forgotten" exercise="Trigger"
def motion_score(before, after):
    difference = cv2.absdiff(before, after)
    return float(np.mean((difference[:, :, 0] > 25) | (difference[:, :, 2] > 25)))


class Trigger:
    def __init__(self, on, off, hold):
        self.on, self.off, self.hold = on, off, hold
        self.somebody, self.quiet = False, 0

    def update(self, score):
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

# %% mistake="an-event-every-picture" exercise="Trigger"
def motion_score(before, after):
    difference = np.abs(before.astype(int) - after.astype(int))
    return float(np.mean(difference.max(axis=2) > 25))


class Trigger:
    def __init__(self, on, off, hold):
        self.on, self.off, self.hold = on, off, hold

    def update(self, score):
        if score >= self.on:
            return "start"
        if score < self.off:
            return "end"
        return None

# %% mistake="no-patience" exercise="Trigger"
def motion_score(before, after):
    difference = np.abs(before.astype(int) - after.astype(int))
    return float(np.mean(difference.max(axis=2) > 25))


class Trigger:
    def __init__(self, on, off, hold):
        self.on, self.off, self.hold = on, off, hold
        self.somebody, self.quiet = False, 0

    def update(self, score):
        if not self.somebody:
            if score < self.on:
                return None
            self.somebody, self.quiet = True, 0
            return "start"
        self.quiet = self.quiet + 1 if score < self.off else 0
        if self.quiet == 0:
            return None
        self.somebody = False
        return "end"

# %% mistake="quiet-pictures-in-all" exercise="Trigger"
def motion_score(before, after):
    difference = np.abs(before.astype(int) - after.astype(int))
    return float(np.mean(difference.max(axis=2) > 25))


class Trigger:
    def __init__(self, on, off, hold):
        self.on, self.off, self.hold = on, off, hold
        self.somebody, self.quiet = False, 0

    def update(self, score):
        if not self.somebody:
            if score < self.on:
                return None
            self.somebody, self.quiet = True, 0
            return "start"
        self.quiet = self.quiet + (score < self.off)
        if self.quiet < self.hold:
            return None
        self.somebody = False
        return "end"

# %% mistake="one-limit-for-both" exercise="Trigger"
def motion_score(before, after):
    difference = np.abs(before.astype(int) - after.astype(int))
    return float(np.mean(difference.max(axis=2) > 25))


class Trigger:
    def __init__(self, on, off, hold):
        self.on, self.off, self.hold = on, off, hold
        self.somebody, self.quiet = False, 0

    def update(self, score):
        if not self.somebody:
            if score < self.on:
                return None
            self.somebody, self.quiet = True, 0
            return "start"
        self.quiet = self.quiet + 1 if score < self.on else 0
        if self.quiet < self.hold:
            return None
        self.somebody = False
        return "end"

# %% mistake="off-starts-a-visit" exercise="Trigger"
def motion_score(before, after):
    difference = np.abs(before.astype(int) - after.astype(int))
    return float(np.mean(difference.max(axis=2) > 25))


class Trigger:
    def __init__(self, on, off, hold):
        self.on, self.off, self.hold = on, off, hold
        self.somebody, self.quiet = False, 0

    def update(self, score):
        if not self.somebody:
            if score < self.off:
                return None
            self.somebody, self.quiet = True, 0
            return "start"
        self.quiet = self.quiet + 1 if score < self.off else 0
        if self.quiet < self.hold:
            return None
        self.somebody = False
        return "end"

# %% mistake="reaching-is-not-enough" exercise="Trigger"
def motion_score(before, after):
    difference = np.abs(before.astype(int) - after.astype(int))
    return float(np.mean(difference.max(axis=2) > 25))


class Trigger:
    def __init__(self, on, off, hold):
        self.on, self.off, self.hold = on, off, hold
        self.somebody, self.quiet = False, 0

    def update(self, score):
        if not self.somebody:
            if score <= self.on:
                return None
            self.somebody, self.quiet = True, 0
            return "start"
        self.quiet = self.quiet + 1 if score < self.off else 0
        if self.quiet < self.hold:
            return None
        self.somebody = False
        return "end"

# %% mistake="at-off-is-quiet" exercise="Trigger"
def motion_score(before, after):
    difference = np.abs(before.astype(int) - after.astype(int))
    return float(np.mean(difference.max(axis=2) > 25))


class Trigger:
    def __init__(self, on, off, hold):
        self.on, self.off, self.hold = on, off, hold
        self.somebody, self.quiet = False, 0

    def update(self, score):
        if not self.somebody:
            if score < self.on:
                return None
            self.somebody, self.quiet = True, 0
            return "start"
        self.quiet = self.quiet + 1 if score <= self.off else 0
        if self.quiet < self.hold:
            return None
        self.somebody = False
        return "end"

# %% mistake="one-picture-too-late" exercise="Trigger"
def motion_score(before, after):
    difference = np.abs(before.astype(int) - after.astype(int))
    return float(np.mean(difference.max(axis=2) > 25))


class Trigger:
    def __init__(self, on, off, hold):
        self.on, self.off, self.hold = on, off, hold
        self.somebody, self.quiet = False, 0

    def update(self, score):
        if not self.somebody:
            if score < self.on:
                return None
            self.somebody, self.quiet = True, 0
            return "start"
        self.quiet = self.quiet + 1 if score < self.off else 0
        if self.quiet <= self.hold:
            return None
        self.somebody = False
        return "end"

# %% mistake="never-free-again" exercise="Trigger"
def motion_score(before, after):
    difference = np.abs(before.astype(int) - after.astype(int))
    return float(np.mean(difference.max(axis=2) > 25))


class Trigger:
    def __init__(self, on, off, hold):
        self.on, self.off, self.hold = on, off, hold
        self.somebody, self.quiet = False, 0

    def update(self, score):
        if not self.somebody:
            if score < self.on:
                return None
            self.somebody, self.quiet = True, 0
            return "start"
        self.quiet = self.quiet + 1 if score < self.off else 0
        if self.quiet < self.hold:
            return None
        return "end"

# %% mistake="quiet-not-reset-at-start" exercise="Trigger"
def motion_score(before, after):
    difference = np.abs(before.astype(int) - after.astype(int))
    return float(np.mean(difference.max(axis=2) > 25))


class Trigger:
    def __init__(self, on, off, hold):
        self.on, self.off, self.hold = on, off, hold
        self.somebody, self.quiet = False, 0

    def update(self, score):
        if not self.somebody:
            if score < self.on:
                return None
            self.somebody = True
            return "start"
        if score < self.off:
            self.quiet += 1
        if self.quiet < self.hold:
            return None
        self.somebody = False
        return "end"

# %% mistake="true-and-false" exercise="Trigger"
def motion_score(before, after):
    difference = np.abs(before.astype(int) - after.astype(int))
    return float(np.mean(difference.max(axis=2) > 25))


class Trigger:
    def __init__(self, on, off, hold):
        self.on, self.off, self.hold = on, off, hold
        self.somebody, self.quiet = False, 0

    def update(self, score):
        if not self.somebody:
            if score < self.on:
                return None
            self.somebody, self.quiet = True, 0
            return True
        self.quiet = self.quiet + 1 if score < self.off else 0
        if self.quiet < self.hold:
            return None
        self.somebody = False
        return False

# %% mistake="shared-by-all-triggers" exercise="Trigger"
def motion_score(before, after):
    difference = np.abs(before.astype(int) - after.astype(int))
    return float(np.mean(difference.max(axis=2) > 25))


from typing import ClassVar


class Trigger:
    memory: ClassVar = {"quiet": 0, "somebody": False}

    def __init__(self, on, off, hold):
        self.on, self.off, self.hold = on, off, hold

    def update(self, score):
        memory = self.memory
        if not memory["somebody"]:
            if score < self.on:
                return None
            memory["somebody"], memory["quiet"] = True, 0
            return "start"
        memory["quiet"] = memory["quiet"] + 1 if score < self.off else 0
        if memory["quiet"] < self.hold:
            return None
        memory["somebody"] = False
        return "end"

# %% mistake="memory-in-the-module" exercise="Trigger"
def motion_score(before, after):
    difference = np.abs(before.astype(int) - after.astype(int))
    return float(np.mean(difference.max(axis=2) > 25))


somebody, quiet = False, 0


class Trigger:
    def __init__(self, on, off, hold):
        global somebody, quiet
        self.on, self.off, self.hold = on, off, hold
        somebody, quiet = False, 0

    def update(self, score):
        global somebody, quiet
        if not somebody:
            if score < self.on:
                return None
            somebody, quiet = True, 0
            return "start"
        quiet = quiet + 1 if score < self.off else 0
        if quiet < self.hold:
            return None
        somebody = False
        return "end"

# %% mistake="clock-on-the-wall" exercise="Trigger"
def motion_score(before, after):
    difference = np.abs(before.astype(int) - after.astype(int))
    return float(np.mean(difference.max(axis=2) > 25))


class Trigger:
    def __init__(self, on, off, hold):
        self.on, self.off, self.hold = on, off, hold
        self.somebody, self.since = False, None

    def update(self, score):
        import time

        now = time.monotonic()
        if not self.somebody:
            if score < self.on:
                return None
            self.somebody, self.since = True, now
            return "start"
        if score >= self.off:
            self.since = now
        if now - self.since < self.hold:
            return None
        self.somebody = False
        return "end"

# %% mistake="hold-from-the-start" exercise="Trigger"
def motion_score(before, after):
    difference = np.abs(before.astype(int) - after.astype(int))
    return float(np.mean(difference.max(axis=2) > 25))


class Trigger:
    def __init__(self, on, off, hold):
        self.on, self.off, self.hold = on, off, hold
        self.left = None

    def update(self, score):
        if self.left is None:
            if score < self.on:
                return None
            self.left = self.hold
            return "start"
        self.left -= 1
        if score < self.off and self.left <= 0:
            self.left = None
            return "end"
        return None

# %% mistake="limits-by-heart" exercise="Trigger"
def motion_score(before, after):
    difference = np.abs(before.astype(int) - after.astype(int))
    return float(np.mean(difference.max(axis=2) > 25))


class Trigger:
    def __init__(self, on, off, hold):
        self.hold = hold
        self.somebody, self.quiet = False, 0

    def update(self, score):
        if not self.somebody:
            if score < 0.5:
                return None
            self.somebody, self.quiet = True, 0
            return "start"
        self.quiet = self.quiet + 1 if score < 0.2 else 0
        if self.quiet < self.hold:
            return None
        self.somebody = False
        return "end"

# %% mistake="waits-before-it-starts" exercise="Trigger"
def motion_score(before, after):
    difference = np.abs(before.astype(int) - after.astype(int))
    return float(np.mean(difference.max(axis=2) > 25))


class Trigger:
    def __init__(self, on, off, hold):
        self.on, self.off, self.hold = on, off, hold
        self.somebody, self.count = False, 0

    def update(self, score):
        if not self.somebody:
            self.count = self.count + 1 if score >= self.on else 0
            if self.count >= self.hold:
                self.somebody, self.count = True, 0
                return "start"
            return None
        self.count = self.count + 1 if score < self.off else 0
        if self.count >= self.hold:
            self.somebody, self.count = False, 0
            return "end"
        return None

# %% mistake="printed-not-returned-trigger" exercise="Trigger"
def motion_score(before, after):
    difference = np.abs(before.astype(int) - after.astype(int))
    return float(np.mean(difference.max(axis=2) > 25))


class Trigger:
    def __init__(self, on, off, hold):
        self.on, self.off, self.hold = on, off, hold
        self.somebody, self.quiet = False, 0

    def update(self, score):
        if not self.somebody:
            if score < self.on:
                return
            self.somebody, self.quiet = True, 0
            print("start")
            return
        self.quiet = self.quiet + 1 if score < self.off else 0
        if self.quiet < self.hold:
            return
        self.somebody = False
        print("end")

# %% mistake="equal-to-bad-alone" exercise="see_loop"
def verdict(reply):
    answer = reply.strip()
    if answer == "bad":
        return "bad"
    if answer == "good":
        return "good"
    if answer == "empty":
        return "empty"
    return "unclear"


def see_loop(pictures, ask, every_s, fps):
    rows, last = [], None
    for number, image in pictures:
        seconds = number / fps
        if last is None or seconds - last >= every_s:
            rows.append((seconds, ask(image)))
            last = seconds
    return rows

# %% mistake="lower-case-but-no-signs" exercise="see_loop"
def verdict(reply):
    answer = reply.strip().lower()
    return answer if answer in ("good", "bad", "empty") else "unclear"


def see_loop(pictures, ask, every_s, fps):
    rows, last = [], None
    for number, image in pictures:
        seconds = number / fps
        if last is None or seconds - last >= every_s:
            rows.append((seconds, ask(image)))
            last = seconds
    return rows

# %% mistake="word-anywhere" exercise="see_loop"
def verdict(reply):
    for word in ("good", "bad", "empty"):
        if word in reply.lower():
            return word
    return "unclear"


def see_loop(pictures, ask, every_s, fps):
    rows, last = [], None
    for number, image in pictures:
        seconds = number / fps
        if last is None or seconds - last >= every_s:
            rows.append((seconds, ask(image)))
            last = seconds
    return rows

# %% mistake="starts-with" exercise="see_loop"
def verdict(reply):
    text = reply.strip().lower()
    for word in ("good", "bad", "empty"):
        if text.startswith(word):
            return word
    return "unclear"


def see_loop(pictures, ask, every_s, fps):
    rows, last = [], None
    for number, image in pictures:
        seconds = number / fps
        if last is None or seconds - last >= every_s:
            rows.append((seconds, ask(image)))
            last = seconds
    return rows

# %% mistake="whole-word-anywhere" exercise="see_loop"
def verdict(reply):
    named = set(re.findall("[a-z]+", reply.lower())) & {"good", "bad", "empty"}
    return named.pop() if len(named) == 1 else "unclear"


def see_loop(pictures, ask, every_s, fps):
    rows, last = [], None
    for number, image in pictures:
        seconds = number / fps
        if last is None or seconds - last >= every_s:
            rows.append((seconds, ask(image)))
            last = seconds
    return rows

# %% mistake="first-word-is-all" exercise="see_loop"
def verdict(reply):
    words = re.findall("[a-z]+", reply.lower())
    return words[0] if words and words[0] in ("good", "bad", "empty") else "unclear"


def see_loop(pictures, ask, every_s, fps):
    rows, last = [], None
    for number, image in pictures:
        seconds = number / fps
        if last is None or seconds - last >= every_s:
            rows.append((seconds, ask(image)))
            last = seconds
    return rows

# %% mistake="split-at-spaces" exercise="see_loop"
def verdict(reply):
    words = reply.lower().split()
    if words and words[0] in ("good", "bad", "empty"):
        return words[0]
    return "unclear"


def see_loop(pictures, ask, every_s, fps):
    rows, last = [], None
    for number, image in pictures:
        seconds = number / fps
        if last is None or seconds - last >= every_s:
            rows.append((seconds, ask(image)))
            last = seconds
    return rows

# %% mistake="no-words-no-answer" exercise="see_loop"
def verdict(reply):
    words = re.findall("[a-z]+", reply.lower())
    return words[0] if set(words) & {"good", "bad", "empty"} == {words[0]} else "unclear"


def see_loop(pictures, ask, every_s, fps):
    rows, last = [], None
    for number, image in pictures:
        seconds = number / fps
        if last is None or seconds - last >= every_s:
            rows.append((seconds, ask(image)))
            last = seconds
    return rows

# %% mistake="nothing-is-empty" exercise="see_loop"
def verdict(reply):
    words = re.findall("[a-z]+", reply.lower())
    if not words:
        return "empty"
    return words[0] if set(words) & {"good", "bad", "empty"} == {words[0]} else "unclear"


def see_loop(pictures, ask, every_s, fps):
    rows, last = [], None
    for number, image in pictures:
        seconds = number / fps
        if last is None or seconds - last >= every_s:
            rows.append((seconds, ask(image)))
            last = seconds
    return rows

# %% mistake="either-good-or-bad" exercise="see_loop"
def verdict(reply):
    words = re.findall("[a-z]+", reply.lower())
    if words and words[0] == "empty":
        return "empty"
    return "good" if "good" in words and "not" not in words else "bad"


def see_loop(pictures, ask, every_s, fps):
    rows, last = [], None
    for number, image in pictures:
        seconds = number / fps
        if last is None or seconds - last >= every_s:
            rows.append((seconds, ask(image)))
            last = seconds
    return rows

# %% mistake="none-for-unclear" exercise="see_loop"
def verdict(reply):
    words = re.findall("[a-z]+", reply.lower())
    if words and set(words) & {"good", "bad", "empty"} == {words[0]}:
        return words[0]
    return None


def see_loop(pictures, ask, every_s, fps):
    rows, last = [], None
    for number, image in pictures:
        seconds = number / fps
        if last is None or seconds - last >= every_s:
            rows.append((seconds, ask(image)))
            last = seconds
    return rows

# %% mistake="upper-case-back" exercise="see_loop"
def verdict(reply):
    words = re.findall("[A-Z]+", reply.upper())
    if words and set(words) & {"GOOD", "BAD", "EMPTY"} == {words[0]}:
        return words[0]
    return "unclear"


def see_loop(pictures, ask, every_s, fps):
    rows, last = [], None
    for number, image in pictures:
        seconds = number / fps
        if last is None or seconds - last >= every_s:
            rows.append((seconds, ask(image)))
            last = seconds
    return rows

# %% mistake="one-word-once" exercise="see_loop"
def verdict(reply):
    words = re.findall("[a-z]+", reply.lower())
    named = [word for word in words if word in ("good", "bad", "empty")]
    if words and named == [words[0]]:
        return words[0]
    return "unclear"


def see_loop(pictures, ask, every_s, fps):
    rows, last = [], None
    for number, image in pictures:
        seconds = number / fps
        if last is None or seconds - last >= every_s:
            rows.append((seconds, ask(image)))
            last = seconds
    return rows

# %% mistake="full-stop-alone-stripped" exercise="see_loop"
def verdict(reply):
    first = (reply.lower().split() or [""])[0].strip(".,")
    others = {"good", "bad", "empty"} - {first}
    if first in ("good", "bad", "empty") and not others & set(re.findall("[a-z]+", reply.lower())):
        return first
    return "unclear"


def see_loop(pictures, ask, every_s, fps):
    rows, last = [], None
    for number, image in pictures:
        seconds = number / fps
        if last is None or seconds - last >= every_s:
            rows.append((seconds, ask(image)))
            last = seconds
    return rows

# %% mistake="not-means-unclear" exercise="see_loop"
def verdict(reply):
    words = re.findall("[a-z]+", reply.lower())
    if not words or "not" in words:
        return "unclear"
    return words[0] if set(words) & {"good", "bad", "empty"} == {words[0]} else "unclear"


def see_loop(pictures, ask, every_s, fps):
    rows, last = [], None
    for number, image in pictures:
        seconds = number / fps
        if last is None or seconds - last >= every_s:
            rows.append((seconds, ask(image)))
            last = seconds
    return rows

# %% mistake="first-line-alone" exercise="see_loop"
def verdict(reply):
    words = re.findall("[a-z]+", reply.strip().partition("\n")[0].lower())
    if words and set(words) & {"good", "bad", "empty"} == {words[0]}:
        return words[0]
    return "unclear"


def see_loop(pictures, ask, every_s, fps):
    rows, last = [], None
    for number, image in pictures:
        seconds = number / fps
        if last is None or seconds - last >= every_s:
            rows.append((seconds, ask(image)))
            last = seconds
    return rows

# %% mistake="asks-about-each-picture" exercise="see_loop"
def verdict(reply):
    words = re.findall("[a-z]+", reply.lower())
    if words and set(words) & {"good", "bad", "empty"} == {words[0]}:
        return words[0]
    return "unclear"


def see_loop(pictures, ask, every_s, fps):
    return [(number / fps, ask(image)) for number, image in pictures]

# %% mistake="clock-on-the-wall-again" exercise="see_loop"
def verdict(reply):
    words = re.findall("[a-z]+", reply.lower())
    if words and set(words) & {"good", "bad", "empty"} == {words[0]}:
        return words[0]
    return "unclear"


def see_loop(pictures, ask, every_s, fps):
    import time

    rows, last = [], None
    for number, image in pictures:
        if last is None or time.monotonic() - last >= every_s:
            rows.append((number / fps, ask(image)))
            last = time.monotonic()
    return rows

# %% mistake="waits-for-its-first-turn" exercise="see_loop"
def verdict(reply):
    words = re.findall("[a-z]+", reply.lower())
    if words and set(words) & {"good", "bad", "empty"} == {words[0]}:
        return words[0]
    return "unclear"


def see_loop(pictures, ask, every_s, fps):
    rows, last = [], 0
    for number, image in pictures:
        seconds = number / fps
        if seconds - last >= every_s:
            rows.append((seconds, ask(image)))
            last = seconds
    return rows

# %% mistake="longer-than-every-s" exercise="see_loop"
def verdict(reply):
    words = re.findall("[a-z]+", reply.lower())
    if words and set(words) & {"good", "bad", "empty"} == {words[0]}:
        return words[0]
    return "unclear"


def see_loop(pictures, ask, every_s, fps):
    rows, last = [], None
    for number, image in pictures:
        seconds = number / fps
        if last is None or seconds - last > every_s:
            rows.append((seconds, ask(image)))
            last = seconds
    return rows

# %% mistake="every-so-many-numbers" exercise="see_loop"
def verdict(reply):
    words = re.findall("[a-z]+", reply.lower())
    if words and set(words) & {"good", "bad", "empty"} == {words[0]}:
        return words[0]
    return "unclear"


def see_loop(pictures, ask, every_s, fps):
    rows = []
    for number, image in pictures:
        if number % int(every_s * fps) == 0:
            rows.append((number / fps, ask(image)))
    return rows

# %% mistake="counts-the-pictures-it-gets" exercise="see_loop"
def verdict(reply):
    words = re.findall("[a-z]+", reply.lower())
    if words and set(words) & {"good", "bad", "empty"} == {words[0]}:
        return words[0]
    return "unclear"


def see_loop(pictures, ask, every_s, fps):
    rows, last = [], None
    for place, (_, image) in enumerate(pictures):
        seconds = place / fps
        if last is None or seconds - last >= every_s:
            rows.append((seconds, ask(image)))
            last = seconds
    return rows

# %% mistake="fixed-timetable" exercise="see_loop"
def verdict(reply):
    words = re.findall("[a-z]+", reply.lower())
    if words and set(words) & {"good", "bad", "empty"} == {words[0]}:
        return words[0]
    return "unclear"


def see_loop(pictures, ask, every_s, fps):
    rows, due = [], 0
    for number, image in pictures:
        seconds = number / fps
        if seconds >= due:
            rows.append((seconds, ask(image)))
            due += every_s
    return rows

# %% mistake="whole-seconds-only" exercise="see_loop"
def verdict(reply):
    words = re.findall("[a-z]+", reply.lower())
    if words and set(words) & {"good", "bad", "empty"} == {words[0]}:
        return words[0]
    return "unclear"


def see_loop(pictures, ask, every_s, fps):
    rows, last = [], None
    for number, image in pictures:
        seconds = number // fps
        if last is None or seconds - last >= every_s:
            rows.append((seconds, ask(image)))
            last = seconds
    return rows

# %% mistake="last-never-moves" exercise="see_loop"
def verdict(reply):
    words = re.findall("[a-z]+", reply.lower())
    if words and set(words) & {"good", "bad", "empty"} == {words[0]}:
        return words[0]
    return "unclear"


def see_loop(pictures, ask, every_s, fps):
    rows, last = [], None
    for number, image in pictures:
        seconds = number / fps
        if last is None:
            last = seconds
            rows.append((seconds, ask(image)))
        elif seconds - last >= every_s:
            rows.append((seconds, ask(image)))
    return rows

# %% mistake="last-always-moves" exercise="see_loop"
def verdict(reply):
    words = re.findall("[a-z]+", reply.lower())
    if words and set(words) & {"good", "bad", "empty"} == {words[0]}:
        return words[0]
    return "unclear"


def see_loop(pictures, ask, every_s, fps):
    rows, last = [], None
    for number, image in pictures:
        seconds = number / fps
        if last is None or seconds - last >= every_s:
            rows.append((seconds, ask(image)))
        last = seconds
    return rows

# %% mistake="number-in-the-row" exercise="see_loop"
def verdict(reply):
    words = re.findall("[a-z]+", reply.lower())
    if words and set(words) & {"good", "bad", "empty"} == {words[0]}:
        return words[0]
    return "unclear"


def see_loop(pictures, ask, every_s, fps):
    rows, last = [], None
    for number, image in pictures:
        if last is None or (number - last) / fps >= every_s:
            rows.append((number, ask(image)))
            last = number
    return rows

# %% mistake="asks-with-the-pair" exercise="see_loop"
def verdict(reply):
    words = re.findall("[a-z]+", reply.lower())
    if words and set(words) & {"good", "bad", "empty"} == {words[0]}:
        return words[0]
    return "unclear"


def see_loop(pictures, ask, every_s, fps):
    rows, last = [], None
    for pair in pictures:
        seconds = pair[0] / fps
        if last is None or seconds - last >= every_s:
            rows.append((seconds, ask(pair)))
            last = seconds
    return rows

# %% mistake="asks-twice" exercise="see_loop"
def verdict(reply):
    words = re.findall("[a-z]+", reply.lower())
    if words and set(words) & {"good", "bad", "empty"} == {words[0]}:
        return words[0]
    return "unclear"


def see_loop(pictures, ask, every_s, fps):
    rows, last = [], None
    for number, image in pictures:
        seconds = number / fps
        if last is None or seconds - last >= every_s:
            if ask(image):
                rows.append((seconds, ask(image)))
            last = seconds
    return rows

# %% mistake="asks-first-and-decides-then" exercise="see_loop"
def verdict(reply):
    words = re.findall("[a-z]+", reply.lower())
    if words and set(words) & {"good", "bad", "empty"} == {words[0]}:
        return words[0]
    return "unclear"


def see_loop(pictures, ask, every_s, fps):
    rows, last = [], None
    for number, image in pictures:
        seconds, reply = number / fps, ask(image)
        if last is None or seconds - last >= every_s:
            rows.append((seconds, reply))
            last = seconds
    return rows

# %% mistake="needs-a-list" exercise="see_loop"
def verdict(reply):
    words = re.findall("[a-z]+", reply.lower())
    if words and set(words) & {"good", "bad", "empty"} == {words[0]}:
        return words[0]
    return "unclear"


def see_loop(pictures, ask, every_s, fps):
    rows, last = [], None
    for i in range(len(pictures)):
        number, image = pictures[i]
        seconds = number / fps
        if last is None or seconds - last >= every_s:
            rows.append((seconds, ask(image)))
            last = seconds
    return rows

# %% mistake="zero-is-no-second" exercise="see_loop"
def verdict(reply):
    words = re.findall("[a-z]+", reply.lower())
    if words and set(words) & {"good", "bad", "empty"} == {words[0]}:
        return words[0]
    return "unclear"


def see_loop(pictures, ask, every_s, fps):
    rows, last = [], None
    for number, image in pictures:
        seconds = number / fps
        if not last or seconds - last >= every_s:
            rows.append((seconds, ask(image)))
            last = seconds
    return rows

# %% mistake="replies-alone" exercise="see_loop"
def verdict(reply):
    words = re.findall("[a-z]+", reply.lower())
    if words and set(words) & {"good", "bad", "empty"} == {words[0]}:
        return words[0]
    return "unclear"


def see_loop(pictures, ask, every_s, fps):
    rows, last = [], None
    for number, image in pictures:
        seconds = number / fps
        if last is None or seconds - last >= every_s:
            rows.append(ask(image))
            last = seconds
    return rows

# %% mistake="the-same-again-left-out" exercise="see_loop"
def verdict(reply):
    words = re.findall("[a-z]+", reply.lower())
    if words and set(words) & {"good", "bad", "empty"} == {words[0]}:
        return words[0]
    return "unclear"


def see_loop(pictures, ask, every_s, fps):
    rows, last = [], None
    for number, image in pictures:
        seconds = number / fps
        if last is None or seconds - last >= every_s:
            reply = ask(image)
            if not rows or rows[-1][1] != reply:
                rows.append((seconds, reply))
            last = seconds
    return rows

# %% mistake="others-found-inside-words" exercise="see_loop"
def verdict(reply):
    words = re.findall("[a-z]+", reply.lower())
    if not words or words[0] not in ("good", "bad", "empty"):
        return "unclear"
    rest = " ".join(words[1:])
    return "unclear" if any(other in rest for other in ("good", "bad", "empty")) else words[0]


def see_loop(pictures, ask, every_s, fps):
    rows, last = [], None
    for number, image in pictures:
        seconds = number / fps
        if last is None or seconds - last >= every_s:
            rows.append((seconds, ask(image)))
            last = seconds
    return rows

# %% mistake="zero-dead-is-no-dead" exercise="guide"
def guide(center, size, dead=0.2, mirror=False):
    dead = dead or 0.2
    a = (center[0] - size[0] / 2) / (size[0] / 2)
    d = (center[1] - size[1] / 2) / (size[1] / 2)
    if mirror:
        a = -a
    if abs(a) <= dead and abs(d) <= dead:
        return "centre"
    if abs(a) >= abs(d):
        return "left" if a < 0 else "right"
    return "up" if d < 0 else "down"

# %% mistake="mirror-one-pixel-off" exercise="guide"
def guide(center, size, dead=0.2, mirror=False):
    x, y = center
    if mirror:
        x = size[0] - 1 - x
    a = (x - size[0] / 2) / (size[0] / 2)
    d = (y - size[1] / 2) / (size[1] / 2)
    if abs(a) <= dead and abs(d) <= dead:
        return "centre"
    if abs(a) >= abs(d):
        return "left" if a < 0 else "right"
    return "up" if d < 0 else "down"

# %% mistake="round-zone" exercise="guide"
def guide(center, size, dead=0.2, mirror=False):
    a = (center[0] - size[0] / 2) / (size[0] / 2)
    d = (center[1] - size[1] / 2) / (size[1] / 2)
    if mirror:
        a = -a
    if (a * a + d * d) ** 0.5 <= dead:
        return "centre"
    if abs(a) >= abs(d):
        return "left" if a < 0 else "right"
    return "up" if d < 0 else "down"

# %% mistake="left-becomes-right-and-left-again" exercise="guide"
def guide(center, size, dead=0.2, mirror=False):
    a = (center[0] - size[0] / 2) / (size[0] / 2)
    d = (center[1] - size[1] / 2) / (size[1] / 2)
    if abs(a) <= dead and abs(d) <= dead:
        return "centre"
    word = ("left" if a < 0 else "right") if abs(a) >= abs(d) else "up" if d < 0 else "down"
    if mirror:
        if word == "left":
            word = "right"
        if word == "right":
            word = "left"
    return word

# %% mistake="shares-rounded" exercise="guide"
def guide(center, size, dead=0.2, mirror=False):
    a = round((center[0] - size[0] / 2) / (size[0] / 2), 2)
    d = round((center[1] - size[1] / 2) / (size[1] / 2), 2)
    if mirror:
        a = -a
    if abs(a) <= dead and abs(d) <= dead:
        return "centre"
    if abs(a) >= abs(d):
        return "left" if a < 0 else "right"
    return "up" if d < 0 else "down"

# %% mistake="no-sentence" exercise="frames"
def frames(cap, every=1):
    if not cap.isOpened():
        raise RuntimeError
    try:
        n = 0
        while True:
            ok, im = cap.read()
            if not ok:
                break
            if n % every == 0:
                yield n, im
            n += 1
    finally:
        cap.release()

# %% mistake="stop-iteration-for-an-error" exercise="frames"
def frames(cap, every=1):
    if not cap.isOpened():
        raise StopIteration
    try:
        n = 0
        while True:
            ok, im = cap.read()
            if not ok:
                break
            if n % every == 0:
                yield n, im
            n += 1
    finally:
        cap.release()

# %% mistake="released-after-errors-only" exercise="frames"
def frames(cap, every=1):
    if not cap.isOpened():
        raise RuntimeError("the camera is not open")
    try:
        n = 0
        while True:
            ok, im = cap.read()
            if not ok:
                break
            if n % every == 0:
                yield n, im
            n += 1
        cap.release()
    except Exception:
        cap.release()

# %% mistake="reads-only-its-turn" exercise="frames"
def frames(cap, every=1):
    if not cap.isOpened():
        raise RuntimeError("the camera is not open")
    try:
        n = 0
        while True:
            if n % every == 0:
                ok, im = cap.read()
                if not ok:
                    break
                yield n, im
            n += 1
    finally:
        cap.release()

# %% mistake="first-read-for-is-opened" exercise="frames"
def frames(cap, every=1):
    n = 0
    try:
        while True:
            ok, im = cap.read()
            if not ok:
                if n == 0:
                    raise RuntimeError("nothing there")
                return
            if n % every == 0:
                yield n, im
            n += 1
    finally:
        cap.release()

# %% mistake="score-rounded" exercise="Trigger"
def motion_score(before, after):
    return round(float((cv2.absdiff(before, after) > 25).any(axis=2).mean()), 2)


class Trigger:
    def __init__(self, on, off, hold):
        self.on, self.off, self.hold = on, off, hold
        self.there, self.quiet = False, 0

    def update(self, score):
        if not self.there:
            if score >= self.on:
                self.there, self.quiet = True, 0
                return "start"
            return None
        self.quiet = self.quiet + 1 if score < self.off else 0
        if self.quiet >= self.hold:
            self.there = False
            return "end"
        return None

# %% mistake="shrunk-first" exercise="Trigger"
def motion_score(before, after):
    if before.shape[1] > 32:
        before, after = cv2.resize(before, (32, 24)), cv2.resize(after, (32, 24))
    return float((cv2.absdiff(before, after) > 25).any(axis=2).mean())


class Trigger:
    def __init__(self, on, off, hold):
        self.on, self.off, self.hold = on, off, hold
        self.there, self.quiet = False, 0

    def update(self, score):
        if not self.there:
            if score >= self.on:
                self.there, self.quiet = True, 0
                return "start"
            return None
        self.quiet = self.quiet + 1 if score < self.off else 0
        if self.quiet >= self.hold:
            self.there = False
            return "end"
        return None

# %% mistake="distance-of-the-colours" exercise="Trigger"
def motion_score(before, after):
    d = np.linalg.norm(before.astype(float) - after, axis=2)
    return (d > 25).mean()


class Trigger:
    def __init__(self, on, off, hold):
        self.on, self.off, self.hold = on, off, hold
        self.there, self.quiet = False, 0

    def update(self, score):
        if not self.there:
            if score >= self.on:
                self.there, self.quiet = True, 0
                return "start"
            return None
        self.quiet = self.quiet + 1 if score < self.off else 0
        if self.quiet >= self.hold:
            self.there = False
            return "end"
        return None

# %% mistake="between-the-limits-is-quiet-still" exercise="Trigger"
def motion_score(before, after):
    return float((cv2.absdiff(before, after) > 25).any(axis=2).mean())


class Trigger:
    def __init__(self, on, off, hold):
        self.on, self.off, self.hold = on, off, hold
        self.there, self.quiet = False, 0

    def update(self, score):
        if not self.there:
            if score >= self.on:
                self.there, self.quiet = True, 0
                return "start"
            return None
        if score >= self.on:
            self.quiet = 0
        elif score < self.off:
            self.quiet += 1
        if self.quiet >= self.hold:
            self.there = False
            return "end"
        return None

# %% mistake="mean-of-the-last-pictures" exercise="Trigger"
def motion_score(before, after):
    return float((cv2.absdiff(before, after) > 25).any(axis=2).mean())


class Trigger:
    def __init__(self, on, off, hold):
        self.on, self.off, self.hold = on, off, hold
        self.scores, self.there = [], False

    def update(self, score):
        if not self.there and score >= self.on:
            self.there = True
            self.scores = []
            return "start"
        if self.there:
            self.scores.append(score)
            last = self.scores[-self.hold :]
            if len(last) == self.hold and sum(last) / self.hold < self.off:
                self.there = False
                return "end"
        return None

# %% mistake="underscore-for-a-letter" exercise="see_loop"
def verdict(reply):
    words = re.findall(r"\w+", reply.lower())
    named = {w for w in words if w in ("good", "bad", "empty")}
    if words and named == {words[0]}:
        return words[0]
    return "unclear"


def see_loop(pictures, ask, every_s, fps):
    rows, last = [], None
    for n, im in pictures:
        s = n / fps
        if last is None or s - last >= every_s:
            rows.append((s, ask(im)))
            last = s
    return rows

# %% mistake="signs-of-a-keyboard-alone" exercise="see_loop"
import string


def verdict(reply):
    for sign in string.punctuation:
        reply = reply.replace(sign, " ")
    words = reply.lower().split()
    named = {w for w in words if w in ("good", "bad", "empty")}
    if words and named == {words[0]}:
        return words[0]
    return "unclear"


def see_loop(pictures, ask, every_s, fps):
    rows, last = [], None
    for n, im in pictures:
        s = n / fps
        if last is None or s - last >= every_s:
            rows.append((s, ask(im)))
            last = s
    return rows

# %% mistake="broken-ask-hidden" exercise="see_loop"
def verdict(reply):
    words = re.findall("[a-z]+", reply.lower())
    named = {w for w in words if w in ("good", "bad", "empty")}
    if words and named == {words[0]}:
        return words[0]
    return "unclear"


def see_loop(pictures, ask, every_s, fps):
    rows, last = [], None
    for n, im in pictures:
        s = n / fps
        if last is None or s - last >= every_s:
            try:
                rows.append((s, ask(im)))
            except Exception:
                rows.append((s, ""))
            last = s
    return rows

# %% mistake="verdicts-for-replies" exercise="see_loop"
def verdict(reply):
    words = re.findall("[a-z]+", reply.lower())
    named = {w for w in words if w in ("good", "bad", "empty")}
    if words and named == {words[0]}:
        return words[0]
    return "unclear"


def see_loop(pictures, ask, every_s, fps):
    rows, last = [], None
    for n, im in pictures:
        s = n / fps
        if last is None or s - last >= every_s:
            rows.append((s, verdict(ask(im))))
            last = s
    return rows

# %% mistake="step-cut-to-whole-pictures" exercise="see_loop"
def verdict(reply):
    words = re.findall("[a-z]+", reply.lower())
    named = {w for w in words if w in ("good", "bad", "empty")}
    if words and named == {words[0]}:
        return words[0]
    return "unclear"


def see_loop(pictures, ask, every_s, fps):
    rows, last = [], None
    step = int(every_s * fps)
    for n, im in pictures:
        if last is None or n - last >= step:
            rows.append((n / fps, ask(im)))
            last = n
    return rows

# %% mistake="list-used-up" exercise="largest"
def largest(boxes):
    best = None
    best_area = -1
    while boxes:
        b = boxes.pop(0)
        a = (b[2] - b[0]) * (b[3] - b[1])
        if a > best_area:
            best, best_area = b, a
    return best

# %% mistake="share-of-the-busiest-colour" exercise="Trigger"
def motion_score(before, after):
    d = cv2.absdiff(before, after) > 25
    return float(d.mean(axis=(0, 1)).max())


class Trigger:
    def __init__(self, on, off, hold):
        self.on, self.off, self.hold = on, off, hold
        self.there, self.quiet = False, 0

    def update(self, score):
        if not self.there:
            if score >= self.on:
                self.there, self.quiet = True, 0
                return "start"
            return None
        self.quiet = self.quiet + 1 if score < self.off else 0
        if self.quiet >= self.hold:
            self.there = False
            return "end"
        return None

# %% mistake="red-first" exercise="frames"
def frames(cap, every=1):
    if not cap.isOpened():
        raise RuntimeError("the camera is not open")
    n = 0
    try:
        while True:
            ok, im = cap.read()
            if not ok:
                break
            if n % every == 0:
                yield n, cv2.cvtColor(im, cv2.COLOR_BGR2RGB)
            n += 1
    finally:
        cap.release()

# %% mistake="shrunk-before-asking" exercise="see_loop"
def verdict(reply):
    words = re.findall("[a-z]+", reply.lower())
    named = set(words) & {"good", "bad", "empty"}
    return words[0] if words and named == {words[0]} else "unclear"


def see_loop(pictures, ask, every_s, fps):
    rows, last = [], None
    for n, im in pictures:
        s = n / fps
        if last is None or s - last >= every_s:
            rows.append((s, ask(cv2.resize(im, (2, 2)))))
            last = s
    return rows
