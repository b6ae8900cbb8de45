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
