# %% [markdown]
# Right answers to lab 12, written another way. Each cell replaces one exercise's solution and must pass.
#
# ruff: noqa: F821, C408, SIM108, SIM401
# (That is for ruff: cv2, np and math come from the lab's first cell, and other styles are other styles.)

# %% alternative="counter-of-a-comprehension" exercise="inventory"
from collections import Counter


def inventory(dets, min_conf, otherwise=0.5):
    return dict(Counter(det["name"] for det in dets if det["conf"] >= min_conf.get(det["name"], otherwise)))

# %% alternative="if-else-and-prints" exercise="inventory"
def inventory(dets: list[dict], min_conf: dict[str, float], otherwise: float = 0.5) -> dict[str, int]:
    result: dict[str, int] = {}
    for thing in dets:
        kind = thing["name"]
        if kind in min_conf:
            least = min_conf[kind]
        else:
            least = otherwise
        if thing["conf"] < least:
            print("not believed:", kind, thing["conf"])
            continue
        if kind not in result:
            result[kind] = 0
        result[kind] += 1
    return result

# %% alternative="list-of-names-first" exercise="inventory"
def inventory(dets, min_conf, otherwise=0.5):
    limits = {det["name"]: otherwise for det in dets} | min_conf
    believed = [det["name"] for det in dets if not det["conf"] < limits[det["name"]]]
    return {name: believed.count(name) for name in set(believed)}

# %% alternative="a-counter-object" exercise="inventory"
from collections import Counter


def inventory(dets, min_conf, otherwise=0.5):
    counts = Counter()
    for det in dets:
        counts[det["name"]] += int(det["conf"] >= min_conf.get(det["name"], otherwise))
    return +counts

# %% alternative="numpy-mask-first" exercise="decode"
def decode(out, conf, names):
    table = out[0]
    kept = table[(table[:, 4] >= conf) & (table != 0).any(axis=1)]
    return [
        {"name": names[int(kind)], "conf": float(score), "box": tuple(map(float, box))}
        for *box, score, kind in kept
    ]

# %% alternative="numpy-numbers-as-they-are" exercise="decode"
def decode(out, conf, names):
    found = []
    for row in out[0]:
        if not row.any():
            continue
        if row[4] < conf:
            continue
        found.append(dict(name=names[round(float(row[5]))], conf=row[4], box=row[:4]))
    return found

# %% alternative="by-number-of-the-row" exercise="decode"
def decode(out: np.ndarray, conf: float, names: dict[int, str]) -> list[dict]:
    dets = []
    for number in range(out.shape[1]):
        values = [float(one) for one in out[0, number]]
        box, score, kind = values[0:4], values[4], int(values[5])
        filling = box == [0, 0, 0, 0] and score == 0 and kind == 0
        if filling or score < conf:
            continue
        print("kept", names[kind])
        dets.append({"box": box, "name": names[kind], "conf": score})
    return dets

# %% alternative="filling-has-no-area" exercise="decode"
def decode(out, conf, names):
    def real(row):
        return row[2] > row[0] and row[3] > row[1]

    return [
        {"name": names[int(row[5])], "conf": row[4], "box": tuple(row[:4])}
        for row in np.asarray(out)[0].tolist()
        if real(row) and row[4] >= conf
    ]

# %% alternative="cosine-with-limits" exercise="hand_up"
def angle(a, b, c):
    ax, ay, cx, cy = a[0] - b[0], a[1] - b[1], c[0] - b[0], c[1] - b[1]
    long = math.hypot(ax, ay) * math.hypot(cx, cy)
    if long == 0:
        return None
    return math.degrees(math.acos(max(-1.0, min(1.0, (ax * cx + ay * cy) / long))))


def arm_up(kpts, shoulder, elbow, wrist, min_conf):
    for row in (shoulder, elbow, wrist):
        if kpts[row][2] < min_conf:
            return False
        if kpts[row][0] == 0 and kpts[row][1] == 0:
            return False
    if kpts[wrist][1] >= kpts[shoulder][1]:
        return False
    bend = angle(kpts[shoulder], kpts[elbow], kpts[wrist])
    return bend is not None and bend >= 89.9999


def hand_up(kpts, min_conf):
    return arm_up(kpts, 1, 3, 5, min_conf) or arm_up(kpts, 2, 4, 6, min_conf)

# %% alternative="cross-and-dot" exercise="hand_up"
def angle(a, b, c):
    first, second = np.subtract(a, b), np.subtract(c, b)
    if not first.any() or not second.any():
        return None
    cross = first[0] * second[1] - first[1] * second[0]
    return float(np.degrees(np.arctan2(abs(cross), first @ second)))


def hand_up(kpts, min_conf):
    points = np.array(kpts, float)
    for rows in [[1, 3, 5], [2, 4, 6]]:
        arm = points[rows]
        if (arm[:, 2] < min_conf).any() or (arm[:, :2] == 0).all(axis=1).any():
            continue
        if arm[2, 1] < arm[0, 1] and (angle(*arm[:, :2]) or 0) >= 90:
            return True
    return False

# %% alternative="difference-brought-into-range" exercise="hand_up"
def angle(a, b, c):
    """By the difference of two directions, wrapped."""
    if (a[0], a[1]) == (b[0], b[1]) or (c[0], c[1]) == (b[0], b[1]):
        return None
    one = math.atan2(a[1] - b[1], a[0] - b[0])
    two = math.atan2(c[1] - b[1], c[0] - b[0])
    return abs((math.degrees(one - two) + 180) % 360 - 180)


def hand_up(kpts, min_conf):
    print("looking at", len(kpts), "joints")
    up = []
    for shoulder, elbow, wrist in ((1, 3, 5), (2, 4, 6)):
        arm = [kpts[shoulder], kpts[elbow], kpts[wrist]]
        seen = all(joint[2] >= min_conf and (joint[0] or joint[1]) for joint in arm)
        higher = arm[2][1] < arm[0][1]
        bend = angle(arm[0], arm[1], arm[2])
        up.append(bool(seen and higher and bend is not None and bend >= 90))
    return any(up)

# %% alternative="resized-to-the-picture" exercise="mask_fraction"
def mask_fraction(mask, size):
    width, height = size
    side = mask.shape[0]
    scale = side / max(width, height)
    w, h = round(width * scale), round(height * scale)
    x, y = (side - w) // 2, (side - h) // 2
    part = (mask[y : y + h, x : x + w] > 0.5).astype(np.uint8)
    return cv2.countNonZero(part) / (w * h)

# %% alternative="counted-place-by-place" exercise="mask_fraction"
def mask_fraction(mask, size):
    n = len(mask)
    longer = max(size)
    width, height = round(n * size[0] / longer), round(n * size[1] / longer)
    left, top = (n - width) // 2, (n - height) // 2
    covered = 0
    for row in mask.tolist()[top : top + height]:
        covered += sum(number > 0.5 for number in row[left : left + width])
    print(covered, "places of", width * height)
    return covered / (width * height)

# %% alternative="two-cases" exercise="mask_fraction"
def mask_fraction(mask: np.ndarray, size: tuple[int, int]) -> float:
    width, height = size
    n = mask.shape[0]
    if width >= height:
        rows = round(height * (n / width))
        start = (n - rows) // 2
        part = mask[start : start + rows]
    else:
        columns = round(width * (n / height))
        start = (n - columns) // 2
        part = mask[:, start : start + columns]
    return np.count_nonzero(part > 0.5) / part.size

# %% alternative="opencvs-own-border" exercise="letterbox"
def letterbox(image, side):
    height, width = image.shape[:2]
    scale = min(side / width, side / height)
    new_width, new_height = round(width * scale), round(height * scale)
    left, top = (side - new_width) // 2, (side - new_height) // 2
    small = cv2.resize(image, (new_width, new_height), interpolation=cv2.INTER_LINEAR)
    right, bottom = side - new_width - left, side - new_height - top
    square = cv2.copyMakeBorder(small, top, bottom, left, right, cv2.BORDER_CONSTANT, value=(114, 114, 114))
    return square, scale, left, top


def unletterbox(box, scale, left, top, size):
    corners = np.array(box, float).reshape(2, 2)
    corners = (corners - [left, top]) / scale
    return np.clip(corners, 0, size).reshape(4)

# %% alternative="two-cases-and-helpers" exercise="letterbox"
def letterbox(image, side):
    height, width = image.shape[0], image.shape[1]
    if width > height:
        scale = side / width
    else:
        scale = side / height
    new = (round(width * scale), round(height * scale))
    small = cv2.resize(image, new)
    square = np.zeros((side, side, 3), dtype=np.uint8)
    square[:] = 114
    left = int((side - new[0]) / 2)
    top = int((side - new[1]) / 2)
    square[top : top + new[1], left : left + new[0], :] = small
    print("scale", scale)
    return [square, scale, left, top]


def between(number, most):
    if number < 0:
        return 0
    return most if number > most else number


def unletterbox(box, scale, left, top, size):
    width, height = size
    return (
        between((box[0] - left) / scale, width),
        between((box[1] - top) / scale, height),
        between((box[2] - left) / scale, width),
        between((box[3] - top) / scale, height),
    )

# %% alternative="floor-for-the-bars-loop-for-the-box" exercise="letterbox"
def letterbox(image: np.ndarray, side: int):
    shape = image.shape
    scale = side / max(shape[0], shape[1])
    width, height = round(shape[1] * scale), round(shape[0] * scale)
    left, top = math.floor((side - width) / 2), math.floor((side - height) / 2)
    canvas = np.ones((side, side, 3), np.uint8) * np.uint8(114)
    canvas[top : height + top, left : width + left] = cv2.resize(image.copy(), dsize=(width, height))
    return canvas, scale, left, top


def unletterbox(box, scale, left, top, size):
    result = []
    for place, number in enumerate(box):
        axis = place % 2
        number = (number - (left, top)[axis]) / scale
        result.append(max(0, min(number, size[axis])))
    return result

# %% alternative="kind-by-kind" exercise="inventory"
def inventory(dets, min_conf, otherwise=0.5):
    kinds = {d["name"] for d in dets}
    limits = dict.fromkeys(kinds, otherwise) | min_conf
    counts = {kind: np.sum([d["conf"] >= limits[kind] for d in dets if d["name"] == kind]) for kind in kinds}
    return {kind: int(n) for kind, n in counts.items() if n}

# %% alternative="where-and-numpy-scores" exercise="decode"
def decode(out, conf, names):
    table = np.asarray(out)[0]
    keep = np.where((table[:, 4] >= conf) & table.any(axis=1))[0]
    return [{"conf": table[i, 4], "box": list(table[i, :4]), "name": names[round(float(table[i, 5]))]} for i in keep]

# %% alternative="reshaped-and-a-helper" exercise="decode"
def one(row, names):
    print("row", row)
    return {
        "name": names[int(row[5])],
        "conf": float(row[4]),
        "box": (float(row[0]), float(row[1]), float(row[2]), float(row[3])),
    }


def decode(out, conf, names):
    rows = out.reshape(-1, 6)
    found = []
    for i in range(rows.shape[0]):
        if not np.any(rows[i] != 0):
            continue
        if rows[i][4] < conf:
            continue
        found.append(one(rows[i], names))
    return found

# %% alternative="law-of-cosines-and-an-arm" exercise="hand_up"
def angle(a, b, c):
    ba, bc, ac = math.dist(a, b), math.dist(b, c), math.dist(a, c)
    if ba == 0 or bc == 0:
        return None
    cosine = (ba**2 + bc**2 - ac**2) / (2 * ba * bc)
    return math.degrees(math.acos(min(1.0, max(-1.0, cosine))))


def arm_up(shoulder, elbow, wrist, min_conf):
    for joint in (shoulder, elbow, wrist):
        if joint[2] < min_conf or (joint[0] == 0 and joint[1] == 0):
            return False
    if wrist[1] >= shoulder[1]:
        return False
    bend = angle(shoulder[:2], elbow[:2], wrist[:2])
    return bend is not None and bend >= 90


def hand_up(kpts, min_conf):
    return arm_up(kpts[1], kpts[3], kpts[5], min_conf) or arm_up(kpts[2], kpts[4], kpts[6], min_conf)

# %% alternative="complex-numbers" exercise="hand_up"
import cmath


def angle(a, b, c):
    a, b, c = (complex(*map(float, p)) for p in (a, b, c))
    if a == b or b == c:
        return None
    return abs(math.degrees(cmath.phase((a - b) / (c - b))))


def hand_up(kpts, min_conf):
    rows = np.array(kpts, float)
    ok = (rows[:, 2] >= min_conf) & (rows[:, :2] != 0).any(axis=1)
    up = False
    for side in (1, 2):
        s, e, w = side, side + 2, side + 4
        if ok[[s, e, w]].all() and rows[w, 1] < rows[s, 1]:
            turn = angle(rows[s, :2], rows[e, :2], rows[w, :2])
            up |= turn is not None and turn >= 90
    return up

# %% alternative="numpy-vectors" exercise="hand_up"
def angle(a, b, c):
    u, v = np.subtract(a, b), np.subtract(c, b)
    if not u.any() or not v.any():
        return None
    cosine = np.dot(u, v) / np.linalg.norm(u) / np.linalg.norm(v)
    return np.degrees(np.arccos(np.clip(cosine, -1, 1)))


def hand_up(kpts, min_conf):
    answers = []
    for shoulder, elbow, wrist in ((kpts[1], kpts[3], kpts[5]), (kpts[2], kpts[4], kpts[6])):
        missing = [p for p in (shoulder, elbow, wrist) if p[2] < min_conf or (p[0], p[1]) == (0, 0)]
        if missing:
            continue
        bent = angle(shoulder[:2], elbow[:2], wrist[:2])
        answers.append(wrist[1] < shoulder[1] and bent is not None and bent >= 90)
    return any(answers)

# %% alternative="wide-or-high" exercise="mask_fraction"
def mask_fraction(mask, size):
    n = mask.shape[0]
    w, h = size
    if w >= h:
        high, wide = round(h * (n / w)), n
    else:
        high, wide = n, round(w * (n / h))
    y, x = (n - high) // 2, (n - wide) // 2
    part = np.array(mask, float)[y : y + high, x : x + wide]
    return np.count_nonzero(part > 0.5) / (high * wide)

# %% alternative="a-class-and-sums" exercise="mask_fraction"
class Place:
    def __init__(self, n, size):
        self.scale = n / max(size)
        self.width, self.height = (round(one * self.scale) for one in size)
        self.left = int((n - self.width) / 2)
        self.top = int((n - self.height) / 2)


def mask_fraction(mask, size):
    place = Place(mask.shape[0], size)
    rows = mask.tolist()[place.top : place.top + place.height]
    hits = sum(1 for row in rows for number in row[place.left : place.left + place.width] if number > 0.5)
    return hits / (place.width * place.height)

# %% alternative="smaller-of-two-scales" exercise="letterbox"
def letterbox(image, side):
    h, w, _ = image.shape
    r = min(side / w, side / h)
    size = (round(w * r), round(h * r))
    small = cv2.resize(src=image, dsize=size, interpolation=cv2.INTER_LINEAR)
    dx, dy = side - size[0], side - size[1]
    left, top = dx // 2, dy // 2
    square = cv2.copyMakeBorder(small, top, dy - top, left, dx - left, cv2.BORDER_CONSTANT, value=(114, 114, 114))
    return [square, r, left, top]


def unletterbox(box, scale, left, top, size):
    moved = (np.array(box, float) - [left, top, left, top]) / scale
    return np.clip(moved, 0, [size[0], size[1], size[0], size[1]])

# %% alternative="clamped-one-by-one" exercise="letterbox"
def letterbox(image, side):
    height, width = image.shape[0], image.shape[1]
    scale = side / height if height > width else side / width
    new_w = round(width * scale)
    new_h = round(height * scale)
    small = cv2.resize(image, (new_w, new_h)) if (new_w, new_h) != (width, height) else image
    canvas = np.ones((side, side, 3), dtype=np.uint8) * 114
    canvas = canvas.astype(np.uint8)
    x = (side - new_w) // 2
    y = (side - new_h) // 2
    canvas[y : y + new_h, x : x + new_w, :] = small
    return canvas, scale, x, y


def clamp(v, most):
    return 0.0 if v < 0 else float(most) if v > most else v


def unletterbox(box, scale, left, top, size):
    out = []
    for i, v in enumerate(box):
        bar = left if i % 2 == 0 else top
        out.append(clamp((v - bar) / scale, size[i % 2]))
    return tuple(out)
