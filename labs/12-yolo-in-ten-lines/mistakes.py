# %% [markdown]
# Wrong answers to lab 12 that people really give. Each cell replaces one exercise's solution and must lose its points.
#
# ruff: noqa: F821, F841, B006, RET503, RET504
# (That is for ruff: cv2, np and math come from the lab's first cell, and wrong answers are wrong in style too.)

# %% mistake="over-instead-of-from-counting" exercise="inventory"
def inventory(dets, min_conf, otherwise=0.5):
    counts = {}
    for det in dets:
        if det["conf"] > min_conf.get(det["name"], otherwise):
            counts[det["name"]] = counts.get(det["name"], 0) + 1
    return counts

# %% mistake="one-limit-for-all" exercise="inventory"
def inventory(dets, min_conf, otherwise=0.5):
    counts = {}
    for det in dets:
        if det["conf"] >= otherwise:
            counts[det["name"]] = counts.get(det["name"], 0) + 1
    return counts

# %% mistake="only-kinds-with-a-limit" exercise="inventory"
def inventory(dets, min_conf, otherwise=0.5):
    counts = {}
    for det in dets:
        if det["name"] in min_conf and det["conf"] >= min_conf[det["name"]]:
            counts[det["name"]] = counts.get(det["name"], 0) + 1
    return counts

# %% mistake="crashes-on-a-kind-without-limit" exercise="inventory"
def inventory(dets, min_conf, otherwise=0.5):
    counts = {}
    for det in dets:
        if det["conf"] >= min_conf[det["name"]]:
            counts[det["name"]] = counts.get(det["name"], 0) + 1
    return counts

# %% mistake="half-written-into-the-code" exercise="inventory"
def inventory(dets, min_conf, otherwise=0.5):
    counts = {}
    for det in dets:
        if det["conf"] >= min_conf.get(det["name"], 0.5):
            counts[det["name"]] = counts.get(det["name"], 0) + 1
    return counts

# %% mistake="zeros-for-kinds-not-believed" exercise="inventory"
def inventory(dets, min_conf, otherwise=0.5):
    counts = {det["name"]: 0 for det in dets}
    for det in dets:
        if det["conf"] >= min_conf.get(det["name"], otherwise):
            counts[det["name"]] += 1
    return counts

# %% mistake="zeros-for-kinds-with-a-limit" exercise="inventory"
def inventory(dets, min_conf, otherwise=0.5):
    counts = dict.fromkeys(min_conf, 0)
    for det in dets:
        if det["conf"] >= min_conf.get(det["name"], otherwise):
            counts[det["name"]] = counts.get(det["name"], 0) + 1
    return counts

# %% mistake="always-one" exercise="inventory"
def inventory(dets, min_conf, otherwise=0.5):
    counts = {}
    for det in dets:
        if det["conf"] >= min_conf.get(det["name"], otherwise):
            counts[det["name"]] = 1
    return counts

# %% mistake="counts-begin-at-zero" exercise="inventory"
def inventory(dets, min_conf, otherwise=0.5):
    counts = {}
    for det in dets:
        if det["conf"] >= min_conf.get(det["name"], otherwise):
            if det["name"] in counts:
                counts[det["name"]] += 1
            else:
                counts[det["name"]] = 0
    return counts

# %% mistake="returned-in-the-loop-counting" exercise="inventory"
def inventory(dets, min_conf, otherwise=0.5):
    counts = {}
    for det in dets:
        if det["conf"] >= min_conf.get(det["name"], otherwise):
            counts[det["name"]] = counts.get(det["name"], 0) + 1
        return counts
    return counts

# %% mistake="zero-is-no-limit" exercise="inventory"
def inventory(dets, min_conf, otherwise=0.5):
    counts = {}
    for det in dets:
        if det["conf"] >= (min_conf.get(det["name"]) or otherwise):
            counts[det["name"]] = counts.get(det["name"], 0) + 1
    return counts

# %% mistake="the-stricter-of-both-limits" exercise="inventory"
def inventory(dets, min_conf, otherwise=0.5):
    counts = {}
    for det in dets:
        if det["conf"] >= max(otherwise, min_conf.get(det["name"], otherwise)):
            counts[det["name"]] = counts.get(det["name"], 0) + 1
    return counts

# %% mistake="shared-between-calls" exercise="inventory"
def inventory(dets, min_conf, otherwise=0.5, counts={}):
    for det in dets:
        if det["conf"] >= min_conf.get(det["name"], otherwise):
            counts[det["name"]] = counts.get(det["name"], 0) + 1
    return counts

# %% mistake="throws-the-others-out-of-the-list" exercise="inventory"
def inventory(dets, min_conf, otherwise=0.5):
    for det in list(dets):
        if det["conf"] < min_conf.get(det["name"], otherwise):
            dets.remove(det)
    names = [det["name"] for det in dets]
    return {name: names.count(name) for name in names}

# %% mistake="names-not-counts" exercise="inventory"
def inventory(dets, min_conf, otherwise=0.5):
    return sorted({det["name"] for det in dets if det["conf"] >= min_conf.get(det["name"], otherwise)})

# %% mistake="prints-and-returns-nothing" exercise="inventory"
def inventory(dets, min_conf, otherwise=0.5):
    counts = {}
    for det in dets:
        if det["conf"] >= min_conf.get(det["name"], otherwise):
            counts[det["name"]] = counts.get(det["name"], 0) + 1
    print(counts)

# %% mistake="six-kinds-in-the-code" exercise="inventory"
def inventory(dets, min_conf, otherwise=0.5):
    counts = {"cup": 0, "book": 0, "phone": 0, "ball": 0, "bottle": 0, "figure": 0}
    for det in dets:
        if det["name"] in counts and det["conf"] >= min_conf.get(det["name"], otherwise):
            counts[det["name"]] += 1
    return {name: count for name, count in counts.items() if count}

# %% mistake="limit-by-the-best-of-the-kind" exercise="inventory"
def inventory(dets, min_conf, otherwise=0.5):
    names = [det["name"] for det in dets]
    best = {name: max(det["conf"] for det in dets if det["name"] == name) for name in names}
    return {name: names.count(name) for name in best if best[name] >= min_conf.get(name, otherwise)}

# %% mistake="same-detection-counted-once" exercise="inventory"
def inventory(dets, min_conf, otherwise=0.5):
    seen, counts = [], {}
    for det in dets:
        if det not in seen and det["conf"] >= min_conf.get(det["name"], otherwise):
            seen.append(det)
            counts[det["name"]] = counts.get(det["name"], 0) + 1
    return counts

# %% mistake="limit-changed-for-good" exercise="inventory"
def inventory(dets, min_conf, otherwise=0.5):
    counts = {}
    for det in dets:
        if det["conf"] >= min_conf.setdefault(det["name"], otherwise):
            counts[det["name"]] = counts.get(det["name"], 0) + 1
    return counts

# %% mistake="over-instead-of-from-rows" exercise="decode"
def decode(out, conf, names):
    dets = []
    for x1, y1, x2, y2, score, kind in out[0].tolist():
        if score > conf:
            dets.append({"name": names[int(kind)], "conf": score, "box": (x1, y1, x2, y2)})
    return dets

# %% mistake="xywh-for-xyxy" exercise="decode"
def decode(out, conf, names):
    dets = []
    for row in out[0].tolist():
        x, y, w, h, score, kind = row
        if any(row) and score >= conf:
            dets.append({"name": names[int(kind)], "conf": score, "box": (x, y, x + w, y + h)})
    return dets

# %% mistake="middle-width-height" exercise="decode"
def decode(out, conf, names):
    dets = []
    for row in out[0].tolist():
        x, y, w, h, score, kind = row
        if any(row) and score >= conf:
            dets.append({"name": names[int(kind)], "conf": score, "box": (x - w / 2, y - h / 2, x + w / 2, y + h / 2)})
    return dets

# %% mistake="gives-width-and-height" exercise="decode"
def decode(out, conf, names):
    dets = []
    for row in out[0].tolist():
        x1, y1, x2, y2, score, kind = row
        if any(row) and score >= conf:
            dets.append({"name": names[int(kind)], "conf": score, "box": (x1, y1, x2 - x1, y2 - y1)})
    return dets

# %% mistake="background-is-kind-zero" exercise="decode"
def decode(out, conf, names):
    dets = []
    for row in out[0].tolist():
        x1, y1, x2, y2, score, kind = row
        if any(row) and score >= conf and kind > 0:
            dets.append({"name": names[int(kind) - 1], "conf": score, "box": (x1, y1, x2, y2)})
    return dets

# %% mistake="kind-shifted-by-one" exercise="decode"
def decode(out, conf, names):
    words = ["background", *names.values()]
    return [
        {"name": words[int(row[5])], "conf": row[4], "box": row[:4]}
        for row in out[0].tolist()
        if any(row) and row[4] >= conf
    ]

# %% mistake="class-as-float" exercise="decode"
def decode(out, conf, names):
    return [
        {"name": row[5], "conf": row[4], "box": row[:4]} for row in out[0].tolist() if any(row) and row[4] >= conf
    ]

# %% mistake="class-number-for-its-name" exercise="decode"
def decode(out, conf, names):
    return [
        {"name": int(row[5]), "conf": row[4], "box": row[:4]} for row in out[0].tolist() if any(row) and row[4] >= conf
    ]

# %% mistake="class-read-as-text" exercise="decode"
def decode(out, conf, names):
    return [
        {"name": names.get(str(row[5]), "unknown"), "conf": row[4], "box": row[:4]}
        for row in out[0].tolist()
        if any(row) and row[4] >= conf
    ]

# %% mistake="names-as-a-list" exercise="decode"
def decode(out, conf, names):
    words = list(names.values())
    return [
        {"name": words[int(row[5])], "conf": row[4], "box": row[:4]}
        for row in out[0].tolist()
        if any(row) and row[4] >= conf
    ]

# %% mistake="filling-counted" exercise="decode"
def decode(out, conf, names):
    return [
        {"name": names[int(row[5])], "conf": row[4], "box": row[:4]} for row in out[0].tolist() if row[4] >= conf
    ]

# %% mistake="score-not-asked" exercise="decode"
def decode(out, conf, names):
    return [{"name": names[int(row[5])], "conf": row[4], "box": row[:4]} for row in out[0].tolist() if any(row)]

# %% mistake="stops-at-the-first-weak-row" exercise="decode"
def decode(out, conf, names):
    dets = []
    for row in out[0].tolist():
        if row[4] < conf or not any(row):
            break
        dets.append({"name": names[int(row[5])], "conf": row[4], "box": row[:4]})
    return dets

# %% mistake="filling-told-by-its-corner" exercise="decode"
def decode(out, conf, names):
    return [
        {"name": names[int(row[5])], "conf": row[4], "box": row[:4]}
        for row in out[0].tolist()
        if row[0] and row[1] and row[4] >= conf
    ]

# %% mistake="filling-told-by-its-kind" exercise="decode"
def decode(out, conf, names):
    return [
        {"name": names[int(row[5])], "conf": row[4], "box": row[:4]}
        for row in out[0].tolist()
        if row[5] != 0 and row[4] >= conf
    ]

# %% mistake="rounded-to-pixels" exercise="decode"
def decode(out, conf, names):
    return [
        {"name": names[int(row[5])], "conf": row[4], "box": [int(one) for one in row[:4]]}
        for row in out[0].tolist()
        if any(row) and row[4] >= conf
    ]

# %% mistake="sorted-by-score" exercise="decode"
def decode(out, conf, names):
    dets = [
        {"name": names[int(row[5])], "conf": row[4], "box": row[:4]}
        for row in out[0].tolist()
        if any(row) and row[4] >= conf
    ]
    return sorted(dets, key=lambda one: -one["conf"])

# %% mistake="only-the-first-row" exercise="decode"
def decode(out, conf, names):
    row = out[0][0].tolist()
    return [{"name": names[int(row[5])], "conf": row[4], "box": row[:4]}] if row[4] >= conf else []

# %% mistake="the-one-for-the-picture-forgotten" exercise="decode"
def decode(out, conf, names):
    return [
        {"name": names[int(row[5])], "conf": row[4], "box": row[:4]}
        for row in out.tolist()
        if any(row) and row[4] >= conf
    ]

# %% mistake="score-and-kind-swapped" exercise="decode"
def decode(out, conf, names):
    dets = []
    for row in out[0].tolist():
        x1, y1, x2, y2, kind, score = row
        if any(row) and score >= conf:
            dets.append({"name": names.get(int(kind), "?"), "conf": score, "box": (x1, y1, x2, y2)})
    return dets

# %% mistake="y-before-x" exercise="decode"
def decode(out, conf, names):
    dets = []
    for row in out[0].tolist():
        y1, x1, y2, x2, score, kind = row
        if any(row) and score >= conf:
            dets.append({"name": names[int(kind)], "conf": score, "box": (x1, y1, x2, y2)})
    return dets

# %% mistake="one-detection-a-kind" exercise="decode"
def decode(out, conf, names):
    best = {}
    for row in out[0].tolist():
        if any(row) and row[4] >= conf and row[5] not in best:
            best[row[5]] = {"name": names[int(row[5])], "conf": row[4], "box": row[:4]}
    return list(best.values())

# %% mistake="limit-in-the-code" exercise="decode"
def decode(out, conf, names):
    return [
        {"name": names[int(row[5])], "conf": row[4], "box": row[:4]} for row in out[0].tolist() if row[4] >= 0.25
    ]

# %% mistake="clips-the-callers-table" exercise="decode"
def decode(out, conf, names):
    out[out[:, :, 4] < conf] = 0
    out[0, :, 4] = np.round(out[0, :, 4], 1)
    return [
        {"name": names[int(row[5])], "conf": row[4], "box": row[:4]} for row in out[0].tolist() if any(row)
    ]

# %% mistake="score-in-percent" exercise="decode"
def decode(out, conf, names):
    return [
        {"name": names[int(row[5])], "conf": round(100 * row[4]), "box": row[:4]}
        for row in out[0].tolist()
        if any(row) and row[4] >= conf
    ]

# %% mistake="filling-told-by-zero-score-only-at-positive-conf" exercise="decode"
def decode(out, conf, names):
    conf = conf or 0.25
    return [
        {"name": names[int(row[5])], "conf": row[4], "box": row[:4]} for row in out[0].tolist() if row[4] > conf
    ]

# %% mistake="negative-corners-cut" exercise="decode"
def decode(out, conf, names):
    return [
        {"name": names[int(row[5])], "conf": row[4], "box": [max(0.0, one) for one in row[:4]]}
        for row in out[0].tolist()
        if any(row) and row[4] >= conf
    ]

# %% mistake="angle-over-180" exercise="hand_up"
def angle(a, b, c):
    if tuple(a) == tuple(b) or tuple(c) == tuple(b):
        return None
    first = math.degrees(math.atan2(a[1] - b[1], a[0] - b[0]))
    second = math.degrees(math.atan2(c[1] - b[1], c[0] - b[0]))
    turn = abs(first - second)
    return turn


def hand_up(kpts, min_conf):
    for rows in ((1, 3, 5), (2, 4, 6)):
        shoulder, elbow, wrist = arm = [tuple(kpts[row]) for row in rows]
        found = all(score >= min_conf and (x, y) != (0, 0) for x, y, score in arm)
        if found and wrist[1] < shoulder[1]:
            bend = angle(shoulder[:2], elbow[:2], wrist[:2])
            if bend is not None and bend >= 90:
                return True
    return False

# %% mistake="angle-with-a-sign" exercise="hand_up"
def angle(a, b, c):
    if tuple(a) == tuple(b) or tuple(c) == tuple(b):
        return None
    first = math.degrees(math.atan2(a[1] - b[1], a[0] - b[0]))
    second = math.degrees(math.atan2(c[1] - b[1], c[0] - b[0]))
    turn = first - second
    return 360 - turn if turn > 180 else turn


def hand_up(kpts, min_conf):
    for rows in ((1, 3, 5), (2, 4, 6)):
        shoulder, elbow, wrist = arm = [tuple(kpts[row]) for row in rows]
        found = all(score >= min_conf and (x, y) != (0, 0) for x, y, score in arm)
        if found and wrist[1] < shoulder[1]:
            bend = angle(shoulder[:2], elbow[:2], wrist[:2])
            if bend is not None and bend >= 90:
                return True
    return False

# %% mistake="angle-in-radians" exercise="hand_up"
def angle(a, b, c):
    if tuple(a) == tuple(b) or tuple(c) == tuple(b):
        return None
    first = math.atan2(a[1] - b[1], a[0] - b[0])
    second = math.atan2(c[1] - b[1], c[0] - b[0])
    turn = abs(first - second)
    return 360 - turn if turn > 180 else turn


def hand_up(kpts, min_conf):
    for rows in ((1, 3, 5), (2, 4, 6)):
        shoulder, elbow, wrist = arm = [tuple(kpts[row]) for row in rows]
        found = all(score >= min_conf and (x, y) != (0, 0) for x, y, score in arm)
        if found and wrist[1] < shoulder[1]:
            bend = angle(shoulder[:2], elbow[:2], wrist[:2])
            if bend is not None and bend >= 90:
                return True
    return False

# %% mistake="slopes-and-atan" exercise="hand_up"
def angle(a, b, c):
    if tuple(a) == tuple(b) or tuple(c) == tuple(b):
        return None
    first = math.atan((a[1] - b[1]) / (a[0] - b[0]))
    second = math.atan((c[1] - b[1]) / (c[0] - b[0]))
    return abs(math.degrees(first - second))


def hand_up(kpts, min_conf):
    for rows in ((1, 3, 5), (2, 4, 6)):
        shoulder, elbow, wrist = arm = [tuple(kpts[row]) for row in rows]
        found = all(score >= min_conf and (x, y) != (0, 0) for x, y, score in arm)
        if found and wrist[1] < shoulder[1]:
            bend = angle(shoulder[:2], elbow[:2], wrist[:2])
            if bend is not None and bend >= 90:
                return True
    return False

# %% mistake="measured-at-a" exercise="hand_up"
def angle(a, b, c):
    if tuple(a) == tuple(b) or tuple(c) == tuple(b):
        return None
    first = math.degrees(math.atan2(b[1] - a[1], b[0] - a[0]))
    second = math.degrees(math.atan2(c[1] - a[1], c[0] - a[0]))
    turn = abs(first - second)
    return 360 - turn if turn > 180 else turn


def hand_up(kpts, min_conf):
    for rows in ((1, 3, 5), (2, 4, 6)):
        shoulder, elbow, wrist = arm = [tuple(kpts[row]) for row in rows]
        found = all(score >= min_conf and (x, y) != (0, 0) for x, y, score in arm)
        if found and wrist[1] < shoulder[1]:
            bend = angle(shoulder[:2], elbow[:2], wrist[:2])
            if bend is not None and bend >= 90:
                return True
    return False

# %% mistake="acos-without-a-limit" exercise="hand_up"
def angle(a, b, c):
    ax, ay, cx, cy = a[0] - b[0], a[1] - b[1], c[0] - b[0], c[1] - b[1]
    long = math.sqrt(ax * ax + ay * ay) * math.sqrt(cx * cx + cy * cy)
    if long == 0:
        return None
    return math.degrees(math.acos((ax * cx + ay * cy) / long))


def hand_up(kpts, min_conf):
    for rows in ((1, 3, 5), (2, 4, 6)):
        shoulder, elbow, wrist = arm = [tuple(kpts[row]) for row in rows]
        found = all(score >= min_conf and (x, y) != (0, 0) for x, y, score in arm)
        if found and wrist[1] < shoulder[1]:
            bend = angle(shoulder[:2], elbow[:2], wrist[:2])
            if bend is not None and bend >= 90:
                return True
    return False

# %% mistake="no-angle-is-zero" exercise="hand_up"
def angle(a, b, c):
    if tuple(a) == tuple(b) or tuple(c) == tuple(b):
        return 0.0
    first = math.degrees(math.atan2(a[1] - b[1], a[0] - b[0]))
    second = math.degrees(math.atan2(c[1] - b[1], c[0] - b[0]))
    turn = abs(first - second)
    return 360 - turn if turn > 180 else turn


def hand_up(kpts, min_conf):
    for rows in ((1, 3, 5), (2, 4, 6)):
        shoulder, elbow, wrist = arm = [tuple(kpts[row]) for row in rows]
        found = all(score >= min_conf and (x, y) != (0, 0) for x, y, score in arm)
        if found and wrist[1] < shoulder[1]:
            bend = angle(shoulder[:2], elbow[:2], wrist[:2])
            if bend is not None and bend >= 90:
                return True
    return False

# %% mistake="no-angle-crashes" exercise="hand_up"
def angle(a, b, c):
    ax, ay, cx, cy = a[0] - b[0], a[1] - b[1], c[0] - b[0], c[1] - b[1]
    cosine = (ax * cx + ay * cy) / (math.hypot(ax, ay) * math.hypot(cx, cy))
    return math.degrees(math.acos(max(-1.0, min(1.0, cosine))))


def hand_up(kpts, min_conf):
    for rows in ((1, 3, 5), (2, 4, 6)):
        shoulder, elbow, wrist = arm = [tuple(kpts[row]) for row in rows]
        found = all(score >= min_conf and (x, y) != (0, 0) for x, y, score in arm)
        if found and wrist[1] < shoulder[1]:
            bend = angle(shoulder[:2], elbow[:2], wrist[:2])
            if bend is not None and bend >= 90:
                return True
    return False

# %% mistake="angle-of-the-bend" exercise="hand_up"
def angle(a, b, c):
    if tuple(a) == tuple(b) or tuple(c) == tuple(b):
        return None
    first = math.degrees(math.atan2(a[1] - b[1], a[0] - b[0]))
    second = math.degrees(math.atan2(c[1] - b[1], c[0] - b[0]))
    turn = abs(first - second)
    turn = 360 - turn if turn > 180 else turn
    return 180 - turn


def hand_up(kpts, min_conf):
    for rows in ((1, 3, 5), (2, 4, 6)):
        shoulder, elbow, wrist = arm = [tuple(kpts[row]) for row in rows]
        found = all(score >= min_conf and (x, y) != (0, 0) for x, y, score in arm)
        if found and wrist[1] < shoulder[1]:
            bend = angle(shoulder[:2], elbow[:2], wrist[:2])
            if bend is not None and bend >= 90:
                return True
    return False

# %% mistake="angle-up-to-90" exercise="hand_up"
def angle(a, b, c):
    if tuple(a) == tuple(b) or tuple(c) == tuple(b):
        return None
    first = math.degrees(math.atan2(a[1] - b[1], a[0] - b[0]))
    second = math.degrees(math.atan2(c[1] - b[1], c[0] - b[0]))
    turn = abs(first - second)
    turn = 360 - turn if turn > 180 else turn
    return min(turn, 180 - turn)


def hand_up(kpts, min_conf):
    for rows in ((1, 3, 5), (2, 4, 6)):
        shoulder, elbow, wrist = arm = [tuple(kpts[row]) for row in rows]
        found = all(score >= min_conf and (x, y) != (0, 0) for x, y, score in arm)
        if found and wrist[1] < shoulder[1]:
            bend = angle(shoulder[:2], elbow[:2], wrist[:2])
            if bend is not None and bend >= 90:
                return True
    return False

# %% mistake="turned-the-wrong-way-round" exercise="hand_up"
def angle(a, b, c):
    if tuple(a) == tuple(b) or tuple(c) == tuple(b):
        return None
    first = math.degrees(math.atan2(a[1] - b[1], a[0] - b[0]))
    second = math.degrees(math.atan2(c[1] - b[1], c[0] - b[0]))
    turn = abs(first - second)
    return turn - 180 if turn > 180 else turn


def hand_up(kpts, min_conf):
    for rows in ((1, 3, 5), (2, 4, 6)):
        shoulder, elbow, wrist = arm = [tuple(kpts[row]) for row in rows]
        found = all(score >= min_conf and (x, y) != (0, 0) for x, y, score in arm)
        if found and wrist[1] < shoulder[1]:
            bend = angle(shoulder[:2], elbow[:2], wrist[:2])
            if bend is not None and bend >= 90:
                return True
    return False

# %% mistake="rounded-to-whole-degrees" exercise="hand_up"
def angle(a, b, c):
    if tuple(a) == tuple(b) or tuple(c) == tuple(b):
        return None
    first = math.degrees(math.atan2(a[1] - b[1], a[0] - b[0]))
    second = math.degrees(math.atan2(c[1] - b[1], c[0] - b[0]))
    turn = abs(first - second)
    return round(360 - turn if turn > 180 else turn)


def hand_up(kpts, min_conf):
    for rows in ((1, 3, 5), (2, 4, 6)):
        shoulder, elbow, wrist = arm = [tuple(kpts[row]) for row in rows]
        found = all(score >= min_conf and (x, y) != (0, 0) for x, y, score in arm)
        if found and wrist[1] < shoulder[1]:
            bend = angle(shoulder[:2], elbow[:2], wrist[:2])
            if bend is not None and bend >= 90:
                return True
    return False

# %% mistake="from-the-corner-of-the-picture" exercise="hand_up"
def angle(a, b, c):
    if tuple(a) == tuple(b) or tuple(c) == tuple(b):
        return None
    first = math.degrees(math.atan2(a[1], a[0]))
    second = math.degrees(math.atan2(c[1], c[0]))
    turn = abs(first - second)
    return 360 - turn if turn > 180 else turn


def hand_up(kpts, min_conf):
    for rows in ((1, 3, 5), (2, 4, 6)):
        shoulder, elbow, wrist = arm = [tuple(kpts[row]) for row in rows]
        found = all(score >= min_conf and (x, y) != (0, 0) for x, y, score in arm)
        if found and wrist[1] < shoulder[1]:
            bend = angle(shoulder[:2], elbow[:2], wrist[:2])
            if bend is not None and bend >= 90:
                return True
    return False

# %% mistake="lengths-not-divided-out" exercise="hand_up"
def angle(a, b, c):
    if tuple(a) == tuple(b) or tuple(c) == tuple(b):
        return None
    ax, ay, cx, cy = a[0] - b[0], a[1] - b[1], c[0] - b[0], c[1] - b[1]
    long = max(math.hypot(ax, ay), math.hypot(cx, cy)) ** 2
    return math.degrees(math.acos(max(-1.0, min(1.0, (ax * cx + ay * cy) / long))))


def hand_up(kpts, min_conf):
    for rows in ((1, 3, 5), (2, 4, 6)):
        shoulder, elbow, wrist = arm = [tuple(kpts[row]) for row in rows]
        found = all(score >= min_conf and (x, y) != (0, 0) for x, y, score in arm)
        if found and wrist[1] < shoulder[1]:
            bend = angle(shoulder[:2], elbow[:2], wrist[:2])
            if bend is not None and bend >= 90:
                return True
    return False

# %% mistake="only-c-looked-at" exercise="hand_up"
def angle(a, b, c):
    if tuple(c) == tuple(b):
        return None
    first = math.degrees(math.atan2(a[1] - b[1], a[0] - b[0]))
    second = math.degrees(math.atan2(c[1] - b[1], c[0] - b[0]))
    turn = abs(first - second)
    return 360 - turn if turn > 180 else turn


def hand_up(kpts, min_conf):
    for rows in ((1, 3, 5), (2, 4, 6)):
        shoulder, elbow, wrist = arm = [tuple(kpts[row]) for row in rows]
        found = all(score >= min_conf and (x, y) != (0, 0) for x, y, score in arm)
        if found and wrist[1] < shoulder[1]:
            bend = angle(shoulder[:2], elbow[:2], wrist[:2])
            if bend is not None and bend >= 90:
                return True
    return False

# %% mistake="y-thought-upward" exercise="hand_up"
def angle(a, b, c):
    if tuple(a) == tuple(b) or tuple(c) == tuple(b):
        return None
    first = math.degrees(math.atan2(a[1] - b[1], a[0] - b[0]))
    second = math.degrees(math.atan2(c[1] - b[1], c[0] - b[0]))
    turn = abs(first - second)
    return 360 - turn if turn > 180 else turn


def hand_up(kpts, min_conf):
    for rows in ((1, 3, 5), (2, 4, 6)):
        shoulder, elbow, wrist = arm = [tuple(kpts[row]) for row in rows]
        found = all(score >= min_conf and (x, y) != (0, 0) for x, y, score in arm)
        if found and wrist[1] > shoulder[1]:
            bend = angle(shoulder[:2], elbow[:2], wrist[:2])
            if bend is not None and bend >= 90:
                return True
    return False

# %% mistake="joint-at-zero-used" exercise="hand_up"
def angle(a, b, c):
    if tuple(a) == tuple(b) or tuple(c) == tuple(b):
        return None
    first = math.degrees(math.atan2(a[1] - b[1], a[0] - b[0]))
    second = math.degrees(math.atan2(c[1] - b[1], c[0] - b[0]))
    turn = abs(first - second)
    return 360 - turn if turn > 180 else turn


def hand_up(kpts, min_conf):
    for rows in ((1, 3, 5), (2, 4, 6)):
        shoulder, elbow, wrist = arm = [tuple(kpts[row]) for row in rows]
        found = all(score >= min_conf for x, y, score in arm)
        if found and wrist[1] < shoulder[1]:
            bend = angle(shoulder[:2], elbow[:2], wrist[:2])
            if bend is not None and bend >= 90:
                return True
    return False

# %% mistake="joint-missing-when-one-is-zero" exercise="hand_up"
def angle(a, b, c):
    if tuple(a) == tuple(b) or tuple(c) == tuple(b):
        return None
    first = math.degrees(math.atan2(a[1] - b[1], a[0] - b[0]))
    second = math.degrees(math.atan2(c[1] - b[1], c[0] - b[0]))
    turn = abs(first - second)
    return 360 - turn if turn > 180 else turn


def hand_up(kpts, min_conf):
    for rows in ((1, 3, 5), (2, 4, 6)):
        shoulder, elbow, wrist = arm = [tuple(kpts[row]) for row in rows]
        found = all(score >= min_conf and x and y for x, y, score in arm)
        if found and wrist[1] < shoulder[1]:
            bend = angle(shoulder[:2], elbow[:2], wrist[:2])
            if bend is not None and bend >= 90:
                return True
    return False

# %% mistake="joint-missing-when-y-is-zero" exercise="hand_up"
def angle(a, b, c):
    if tuple(a) == tuple(b) or tuple(c) == tuple(b):
        return None
    first = math.degrees(math.atan2(a[1] - b[1], a[0] - b[0]))
    second = math.degrees(math.atan2(c[1] - b[1], c[0] - b[0]))
    turn = abs(first - second)
    return 360 - turn if turn > 180 else turn


def hand_up(kpts, min_conf):
    for rows in ((1, 3, 5), (2, 4, 6)):
        shoulder, elbow, wrist = arm = [tuple(kpts[row]) for row in rows]
        found = all(score >= min_conf and y > 0 for x, y, score in arm)
        if found and wrist[1] < shoulder[1]:
            bend = angle(shoulder[:2], elbow[:2], wrist[:2])
            if bend is not None and bend >= 90:
                return True
    return False

# %% mistake="only-the-left-arm" exercise="hand_up"
def angle(a, b, c):
    if tuple(a) == tuple(b) or tuple(c) == tuple(b):
        return None
    first = math.degrees(math.atan2(a[1] - b[1], a[0] - b[0]))
    second = math.degrees(math.atan2(c[1] - b[1], c[0] - b[0]))
    turn = abs(first - second)
    return 360 - turn if turn > 180 else turn


def hand_up(kpts, min_conf):
    for rows in ((1, 3, 5),):
        shoulder, elbow, wrist = arm = [tuple(kpts[row]) for row in rows]
        found = all(score >= min_conf and (x, y) != (0, 0) for x, y, score in arm)
        if found and wrist[1] < shoulder[1]:
            bend = angle(shoulder[:2], elbow[:2], wrist[:2])
            if bend is not None and bend >= 90:
                return True
    return False

# %% mistake="returned-in-the-loop" exercise="hand_up"
def angle(a, b, c):
    if tuple(a) == tuple(b) or tuple(c) == tuple(b):
        return None
    first = math.degrees(math.atan2(a[1] - b[1], a[0] - b[0]))
    second = math.degrees(math.atan2(c[1] - b[1], c[0] - b[0]))
    turn = abs(first - second)
    return 360 - turn if turn > 180 else turn


def hand_up(kpts, min_conf):
    for rows in ((1, 3, 5), (2, 4, 6)):
        shoulder, elbow, wrist = arm = [tuple(kpts[row]) for row in rows]
        found = all(score >= min_conf and (x, y) != (0, 0) for x, y, score in arm)
        if found and wrist[1] < shoulder[1]:
            bend = angle(shoulder[:2], elbow[:2], wrist[:2])
            if bend is not None and bend >= 90:
                return True
        return False

# %% mistake="both-hands-needed" exercise="hand_up"
def angle(a, b, c):
    if tuple(a) == tuple(b) or tuple(c) == tuple(b):
        return None
    first = math.degrees(math.atan2(a[1] - b[1], a[0] - b[0]))
    second = math.degrees(math.atan2(c[1] - b[1], c[0] - b[0]))
    turn = abs(first - second)
    return 360 - turn if turn > 180 else turn


def hand_up(kpts, min_conf):
    hands = 0
    for rows in ((1, 3, 5), (2, 4, 6)):
        shoulder, elbow, wrist = arm = [tuple(kpts[row]) for row in rows]
        found = all(score >= min_conf and (x, y) != (0, 0) for x, y, score in arm)
        if found and wrist[1] < shoulder[1]:
            bend = angle(shoulder[:2], elbow[:2], wrist[:2])
            if bend is not None and bend >= 90:
                hands += 1
    return hands == 2

# %% mistake="number-of-hands" exercise="hand_up"
def angle(a, b, c):
    if tuple(a) == tuple(b) or tuple(c) == tuple(b):
        return None
    first = math.degrees(math.atan2(a[1] - b[1], a[0] - b[0]))
    second = math.degrees(math.atan2(c[1] - b[1], c[0] - b[0]))
    turn = abs(first - second)
    return 360 - turn if turn > 180 else turn


def hand_up(kpts, min_conf):
    hands = 0
    for rows in ((1, 3, 5), (2, 4, 6)):
        shoulder, elbow, wrist = arm = [tuple(kpts[row]) for row in rows]
        found = all(score >= min_conf and (x, y) != (0, 0) for x, y, score in arm)
        if found and wrist[1] < shoulder[1]:
            bend = angle(shoulder[:2], elbow[:2], wrist[:2])
            if bend is not None and bend >= 90:
                hands += 1
    return hands

# %% mistake="score-over-instead-of-from" exercise="hand_up"
def angle(a, b, c):
    if tuple(a) == tuple(b) or tuple(c) == tuple(b):
        return None
    first = math.degrees(math.atan2(a[1] - b[1], a[0] - b[0]))
    second = math.degrees(math.atan2(c[1] - b[1], c[0] - b[0]))
    turn = abs(first - second)
    return 360 - turn if turn > 180 else turn


def hand_up(kpts, min_conf):
    for rows in ((1, 3, 5), (2, 4, 6)):
        shoulder, elbow, wrist = arm = [tuple(kpts[row]) for row in rows]
        found = all(score > min_conf and (x, y) != (0, 0) for x, y, score in arm)
        if found and wrist[1] < shoulder[1]:
            bend = angle(shoulder[:2], elbow[:2], wrist[:2])
            if bend is not None and bend >= 90:
                return True
    return False

# %% mistake="score-limit-in-the-code" exercise="hand_up"
def angle(a, b, c):
    if tuple(a) == tuple(b) or tuple(c) == tuple(b):
        return None
    first = math.degrees(math.atan2(a[1] - b[1], a[0] - b[0]))
    second = math.degrees(math.atan2(c[1] - b[1], c[0] - b[0]))
    turn = abs(first - second)
    return 360 - turn if turn > 180 else turn


def hand_up(kpts, min_conf):
    for rows in ((1, 3, 5), (2, 4, 6)):
        shoulder, elbow, wrist = arm = [tuple(kpts[row]) for row in rows]
        found = all(score >= 0.5 and (x, y) != (0, 0) for x, y, score in arm)
        if found and wrist[1] < shoulder[1]:
            bend = angle(shoulder[:2], elbow[:2], wrist[:2])
            if bend is not None and bend >= 90:
                return True
    return False

# %% mistake="scores-not-asked" exercise="hand_up"
def angle(a, b, c):
    if tuple(a) == tuple(b) or tuple(c) == tuple(b):
        return None
    first = math.degrees(math.atan2(a[1] - b[1], a[0] - b[0]))
    second = math.degrees(math.atan2(c[1] - b[1], c[0] - b[0]))
    turn = abs(first - second)
    return 360 - turn if turn > 180 else turn


def hand_up(kpts, min_conf):
    for rows in ((1, 3, 5), (2, 4, 6)):
        shoulder, elbow, wrist = arm = [tuple(kpts[row]) for row in rows]
        found = all((x, y) != (0, 0) for x, y, score in arm)
        if found and wrist[1] < shoulder[1]:
            bend = angle(shoulder[:2], elbow[:2], wrist[:2])
            if bend is not None and bend >= 90:
                return True
    return False

# %% mistake="only-the-wrist-asked-for-its-score" exercise="hand_up"
def angle(a, b, c):
    if tuple(a) == tuple(b) or tuple(c) == tuple(b):
        return None
    first = math.degrees(math.atan2(a[1] - b[1], a[0] - b[0]))
    second = math.degrees(math.atan2(c[1] - b[1], c[0] - b[0]))
    turn = abs(first - second)
    return 360 - turn if turn > 180 else turn


def hand_up(kpts, min_conf):
    for rows in ((1, 3, 5), (2, 4, 6)):
        shoulder, elbow, wrist = arm = [tuple(kpts[row]) for row in rows]
        found = wrist[2] >= min_conf and all((x, y) != (0, 0) for x, y, score in arm)
        if found and wrist[1] < shoulder[1]:
            bend = angle(shoulder[:2], elbow[:2], wrist[:2])
            if bend is not None and bend >= 90:
                return True
    return False

# %% mistake="elbow-not-asked-for-its-score" exercise="hand_up"
def angle(a, b, c):
    if tuple(a) == tuple(b) or tuple(c) == tuple(b):
        return None
    first = math.degrees(math.atan2(a[1] - b[1], a[0] - b[0]))
    second = math.degrees(math.atan2(c[1] - b[1], c[0] - b[0]))
    turn = abs(first - second)
    return 360 - turn if turn > 180 else turn


def hand_up(kpts, min_conf):
    for rows in ((1, 3, 5), (2, 4, 6)):
        shoulder, elbow, wrist = arm = [tuple(kpts[row]) for row in rows]
        found = all(score >= min_conf and (x, y) != (0, 0) for x, y, score in (shoulder, wrist))
        if found and wrist[1] < shoulder[1]:
            bend = angle(shoulder[:2], elbow[:2], wrist[:2])
            if bend is not None and bend >= 90:
                return True
    return False

# %% mistake="mean-of-the-scores" exercise="hand_up"
def angle(a, b, c):
    if tuple(a) == tuple(b) or tuple(c) == tuple(b):
        return None
    first = math.degrees(math.atan2(a[1] - b[1], a[0] - b[0]))
    second = math.degrees(math.atan2(c[1] - b[1], c[0] - b[0]))
    turn = abs(first - second)
    return 360 - turn if turn > 180 else turn


def hand_up(kpts, min_conf):
    for rows in ((1, 3, 5), (2, 4, 6)):
        shoulder, elbow, wrist = arm = [tuple(kpts[row]) for row in rows]
        found = sum(one[2] for one in arm) / 3 >= min_conf and all((x, y) != (0, 0) for x, y, score in arm)
        if found and wrist[1] < shoulder[1]:
            bend = angle(shoulder[:2], elbow[:2], wrist[:2])
            if bend is not None and bend >= 90:
                return True
    return False

# %% mistake="all-thirteen-needed" exercise="hand_up"
def angle(a, b, c):
    if tuple(a) == tuple(b) or tuple(c) == tuple(b):
        return None
    first = math.degrees(math.atan2(a[1] - b[1], a[0] - b[0]))
    second = math.degrees(math.atan2(c[1] - b[1], c[0] - b[0]))
    turn = abs(first - second)
    return 360 - turn if turn > 180 else turn


def hand_up(kpts, min_conf):
    for rows in ((1, 3, 5), (2, 4, 6)):
        shoulder, elbow, wrist = arm = [tuple(kpts[row]) for row in rows]
        found = all(score >= min_conf and (x, y) != (0, 0) for x, y, score in kpts)
        if found and wrist[1] < shoulder[1]:
            bend = angle(shoulder[:2], elbow[:2], wrist[:2])
            if bend is not None and bend >= 90:
                return True
    return False

# %% mistake="same-height-is-higher" exercise="hand_up"
def angle(a, b, c):
    if tuple(a) == tuple(b) or tuple(c) == tuple(b):
        return None
    first = math.degrees(math.atan2(a[1] - b[1], a[0] - b[0]))
    second = math.degrees(math.atan2(c[1] - b[1], c[0] - b[0]))
    turn = abs(first - second)
    return 360 - turn if turn > 180 else turn


def hand_up(kpts, min_conf):
    for rows in ((1, 3, 5), (2, 4, 6)):
        shoulder, elbow, wrist = arm = [tuple(kpts[row]) for row in rows]
        found = all(score >= min_conf and (x, y) != (0, 0) for x, y, score in arm)
        if found and wrist[1] <= shoulder[1]:
            bend = angle(shoulder[:2], elbow[:2], wrist[:2])
            if bend is not None and bend >= 90:
                return True
    return False

# %% mistake="higher-than-the-elbow" exercise="hand_up"
def angle(a, b, c):
    if tuple(a) == tuple(b) or tuple(c) == tuple(b):
        return None
    first = math.degrees(math.atan2(a[1] - b[1], a[0] - b[0]))
    second = math.degrees(math.atan2(c[1] - b[1], c[0] - b[0]))
    turn = abs(first - second)
    return 360 - turn if turn > 180 else turn


def hand_up(kpts, min_conf):
    for rows in ((1, 3, 5), (2, 4, 6)):
        shoulder, elbow, wrist = arm = [tuple(kpts[row]) for row in rows]
        found = all(score >= min_conf and (x, y) != (0, 0) for x, y, score in arm)
        if found and wrist[1] < elbow[1]:
            bend = angle(shoulder[:2], elbow[:2], wrist[:2])
            if bend is not None and bend >= 90:
                return True
    return False

# %% mistake="higher-than-the-head" exercise="hand_up"
def angle(a, b, c):
    if tuple(a) == tuple(b) or tuple(c) == tuple(b):
        return None
    first = math.degrees(math.atan2(a[1] - b[1], a[0] - b[0]))
    second = math.degrees(math.atan2(c[1] - b[1], c[0] - b[0]))
    turn = abs(first - second)
    return 360 - turn if turn > 180 else turn


def hand_up(kpts, min_conf):
    for rows in ((1, 3, 5), (2, 4, 6)):
        shoulder, elbow, wrist = arm = [tuple(kpts[row]) for row in rows]
        found = all(score >= min_conf and (x, y) != (0, 0) for x, y, score in arm)
        if found and wrist[1] < kpts[0][1]:
            bend = angle(shoulder[:2], elbow[:2], wrist[:2])
            if bend is not None and bend >= 90:
                return True
    return False

# %% mistake="higher-than-any-shoulder" exercise="hand_up"
def angle(a, b, c):
    if tuple(a) == tuple(b) or tuple(c) == tuple(b):
        return None
    first = math.degrees(math.atan2(a[1] - b[1], a[0] - b[0]))
    second = math.degrees(math.atan2(c[1] - b[1], c[0] - b[0]))
    turn = abs(first - second)
    return 360 - turn if turn > 180 else turn


def hand_up(kpts, min_conf):
    for rows in ((1, 3, 5), (2, 4, 6)):
        shoulder, elbow, wrist = arm = [tuple(kpts[row]) for row in rows]
        found = all(score >= min_conf and (x, y) != (0, 0) for x, y, score in arm)
        if found and wrist[1] < max(kpts[1][1], kpts[2][1]):
            bend = angle(shoulder[:2], elbow[:2], wrist[:2])
            if bend is not None and bend >= 90:
                return True
    return False

# %% mistake="higher-than-both-shoulders" exercise="hand_up"
def angle(a, b, c):
    if tuple(a) == tuple(b) or tuple(c) == tuple(b):
        return None
    first = math.degrees(math.atan2(a[1] - b[1], a[0] - b[0]))
    second = math.degrees(math.atan2(c[1] - b[1], c[0] - b[0]))
    turn = abs(first - second)
    return 360 - turn if turn > 180 else turn


def hand_up(kpts, min_conf):
    for rows in ((1, 3, 5), (2, 4, 6)):
        shoulder, elbow, wrist = arm = [tuple(kpts[row]) for row in rows]
        found = all(score >= min_conf and (x, y) != (0, 0) for x, y, score in arm)
        if found and wrist[1] < min(kpts[1][1], kpts[2][1]):
            bend = angle(shoulder[:2], elbow[:2], wrist[:2])
            if bend is not None and bend >= 90:
                return True
    return False

# %% mistake="elbow-not-bent-at-all" exercise="hand_up"
def angle(a, b, c):
    if tuple(a) == tuple(b) or tuple(c) == tuple(b):
        return None
    first = math.degrees(math.atan2(a[1] - b[1], a[0] - b[0]))
    second = math.degrees(math.atan2(c[1] - b[1], c[0] - b[0]))
    turn = abs(first - second)
    return 360 - turn if turn > 180 else turn


def hand_up(kpts, min_conf):
    for rows in ((1, 3, 5), (2, 4, 6)):
        shoulder, elbow, wrist = arm = [tuple(kpts[row]) for row in rows]
        found = all(score >= min_conf and (x, y) != (0, 0) for x, y, score in arm)
        if found and wrist[1] < shoulder[1]:
            bend = angle(shoulder[:2], elbow[:2], wrist[:2])
            if True:
                return True
    return False

# %% mistake="bend-over-90" exercise="hand_up"
def angle(a, b, c):
    if tuple(a) == tuple(b) or tuple(c) == tuple(b):
        return None
    first = math.degrees(math.atan2(a[1] - b[1], a[0] - b[0]))
    second = math.degrees(math.atan2(c[1] - b[1], c[0] - b[0]))
    turn = abs(first - second)
    return 360 - turn if turn > 180 else turn


def hand_up(kpts, min_conf):
    for rows in ((1, 3, 5), (2, 4, 6)):
        shoulder, elbow, wrist = arm = [tuple(kpts[row]) for row in rows]
        found = all(score >= min_conf and (x, y) != (0, 0) for x, y, score in arm)
        if found and wrist[1] < shoulder[1]:
            bend = angle(shoulder[:2], elbow[:2], wrist[:2])
            if bend is not None and bend > 90:
                return True
    return False

# %% mistake="arm-must-be-straight" exercise="hand_up"
def angle(a, b, c):
    if tuple(a) == tuple(b) or tuple(c) == tuple(b):
        return None
    first = math.degrees(math.atan2(a[1] - b[1], a[0] - b[0]))
    second = math.degrees(math.atan2(c[1] - b[1], c[0] - b[0]))
    turn = abs(first - second)
    return 360 - turn if turn > 180 else turn


def hand_up(kpts, min_conf):
    for rows in ((1, 3, 5), (2, 4, 6)):
        shoulder, elbow, wrist = arm = [tuple(kpts[row]) for row in rows]
        found = all(score >= min_conf and (x, y) != (0, 0) for x, y, score in arm)
        if found and wrist[1] < shoulder[1]:
            bend = angle(shoulder[:2], elbow[:2], wrist[:2])
            if bend is not None and bend >= 150:
                return True
    return False

# %% mistake="angle-the-wrong-way" exercise="hand_up"
def angle(a, b, c):
    if tuple(a) == tuple(b) or tuple(c) == tuple(b):
        return None
    first = math.degrees(math.atan2(a[1] - b[1], a[0] - b[0]))
    second = math.degrees(math.atan2(c[1] - b[1], c[0] - b[0]))
    turn = abs(first - second)
    return 360 - turn if turn > 180 else turn


def hand_up(kpts, min_conf):
    for rows in ((1, 3, 5), (2, 4, 6)):
        shoulder, elbow, wrist = arm = [tuple(kpts[row]) for row in rows]
        found = all(score >= min_conf and (x, y) != (0, 0) for x, y, score in arm)
        if found and wrist[1] < shoulder[1]:
            bend = angle(shoulder[:2], elbow[:2], wrist[:2])
            if bend is not None and bend <= 90:
                return True
    return False

# %% mistake="none-compared" exercise="hand_up"
def angle(a, b, c):
    if tuple(a) == tuple(b) or tuple(c) == tuple(b):
        return None
    first = math.degrees(math.atan2(a[1] - b[1], a[0] - b[0]))
    second = math.degrees(math.atan2(c[1] - b[1], c[0] - b[0]))
    turn = abs(first - second)
    return 360 - turn if turn > 180 else turn


def hand_up(kpts, min_conf):
    for rows in ((1, 3, 5), (2, 4, 6)):
        shoulder, elbow, wrist = arm = [tuple(kpts[row]) for row in rows]
        found = all(score >= min_conf and (x, y) != (0, 0) for x, y, score in arm)
        if found and wrist[1] < shoulder[1]:
            bend = angle(shoulder[:2], elbow[:2], wrist[:2])
            if bend >= 90:
                return True
    return False

# %% mistake="angle-at-the-shoulder" exercise="hand_up"
def angle(a, b, c):
    if tuple(a) == tuple(b) or tuple(c) == tuple(b):
        return None
    first = math.degrees(math.atan2(a[1] - b[1], a[0] - b[0]))
    second = math.degrees(math.atan2(c[1] - b[1], c[0] - b[0]))
    turn = abs(first - second)
    return 360 - turn if turn > 180 else turn


def hand_up(kpts, min_conf):
    for rows in ((1, 3, 5), (2, 4, 6)):
        shoulder, elbow, wrist = arm = [tuple(kpts[row]) for row in rows]
        found = all(score >= min_conf and (x, y) != (0, 0) for x, y, score in arm)
        if found and wrist[1] < shoulder[1]:
            bend = angle(elbow[:2], shoulder[:2], wrist[:2])
            if bend is not None and bend >= 90:
                return True
    return False

# %% mistake="coco-rows" exercise="hand_up"
def angle(a, b, c):
    if tuple(a) == tuple(b) or tuple(c) == tuple(b):
        return None
    first = math.degrees(math.atan2(a[1] - b[1], a[0] - b[0]))
    second = math.degrees(math.atan2(c[1] - b[1], c[0] - b[0]))
    turn = abs(first - second)
    return 360 - turn if turn > 180 else turn


def hand_up(kpts, min_conf):
    for rows in ((5, 7, 9), (6, 8, 10)):
        shoulder, elbow, wrist = arm = [tuple(kpts[row]) for row in rows]
        found = all(score >= min_conf and (x, y) != (0, 0) for x, y, score in arm)
        if found and wrist[1] < shoulder[1]:
            bend = angle(shoulder[:2], elbow[:2], wrist[:2])
            if bend is not None and bend >= 90:
                return True
    return False

# %% mistake="arms-mixed" exercise="hand_up"
def angle(a, b, c):
    if tuple(a) == tuple(b) or tuple(c) == tuple(b):
        return None
    first = math.degrees(math.atan2(a[1] - b[1], a[0] - b[0]))
    second = math.degrees(math.atan2(c[1] - b[1], c[0] - b[0]))
    turn = abs(first - second)
    return 360 - turn if turn > 180 else turn


def hand_up(kpts, min_conf):
    for rows in ((1, 2, 3), (4, 5, 6)):
        shoulder, elbow, wrist = arm = [tuple(kpts[row]) for row in rows]
        found = all(score >= min_conf and (x, y) != (0, 0) for x, y, score in arm)
        if found and wrist[1] < shoulder[1]:
            bend = angle(shoulder[:2], elbow[:2], wrist[:2])
            if bend is not None and bend >= 90:
                return True
    return False

# %% mistake="upper-half-of-the-picture" exercise="hand_up"
def angle(a, b, c):
    if tuple(a) == tuple(b) or tuple(c) == tuple(b):
        return None
    first = math.degrees(math.atan2(a[1] - b[1], a[0] - b[0]))
    second = math.degrees(math.atan2(c[1] - b[1], c[0] - b[0]))
    turn = abs(first - second)
    return 360 - turn if turn > 180 else turn


def hand_up(kpts, min_conf):
    for rows in ((1, 3, 5), (2, 4, 6)):
        shoulder, elbow, wrist = arm = [tuple(kpts[row]) for row in rows]
        found = all(score >= min_conf and (x, y) != (0, 0) for x, y, score in arm)
        if found and wrist[1] < 100:
            bend = angle(shoulder[:2], elbow[:2], wrist[:2])
            if bend is not None and bend >= 90:
                return True
    return False

# %% mistake="elbow-must-be-up-too" exercise="hand_up"
def angle(a, b, c):
    if tuple(a) == tuple(b) or tuple(c) == tuple(b):
        return None
    first = math.degrees(math.atan2(a[1] - b[1], a[0] - b[0]))
    second = math.degrees(math.atan2(c[1] - b[1], c[0] - b[0]))
    turn = abs(first - second)
    return 360 - turn if turn > 180 else turn


def hand_up(kpts, min_conf):
    for rows in ((1, 3, 5), (2, 4, 6)):
        shoulder, elbow, wrist = arm = [tuple(kpts[row]) for row in rows]
        found = all(score >= min_conf and (x, y) != (0, 0) for x, y, score in arm)
        if found and wrist[1] < elbow[1] < shoulder[1]:
            bend = angle(shoulder[:2], elbow[:2], wrist[:2])
            if bend is not None and bend >= 90:
                return True
    return False

# %% mistake="wrists-crossed" exercise="hand_up"
def angle(a, b, c):
    if tuple(a) == tuple(b) or tuple(c) == tuple(b):
        return None
    first = math.degrees(math.atan2(a[1] - b[1], a[0] - b[0]))
    second = math.degrees(math.atan2(c[1] - b[1], c[0] - b[0]))
    turn = abs(first - second)
    return 360 - turn if turn > 180 else turn


def hand_up(kpts, min_conf):
    for rows in ((1, 3, 6), (2, 4, 5)):
        shoulder, elbow, wrist = arm = [tuple(kpts[row]) for row in rows]
        found = all(score >= min_conf and (x, y) != (0, 0) for x, y, score in arm)
        if found and wrist[1] < shoulder[1]:
            bend = angle(shoulder[:2], elbow[:2], wrist[:2])
            if bend is not None and bend >= 90:
                return True
    return False

# %% mistake="left-as-a-square" exercise="mask_fraction"
def mask_fraction(mask, size):
    return float(np.mean(mask > 0.5))

# %% mistake="stretched-to-the-picture" exercise="mask_fraction"
def mask_fraction(mask, size):
    large = cv2.resize(mask.astype(np.float32), size, interpolation=cv2.INTER_NEAREST)
    return float(np.mean(large > 0.5))

# %% mistake="divided-by-the-pictures-pixels" exercise="mask_fraction"
def mask_fraction(mask, size):
    return float(np.sum(mask > 0.5) / (size[0] * size[1]))

# %% mistake="bars-counted-above-not-below" exercise="mask_fraction"
def mask_fraction(mask, size):
    n = len(mask)
    scale = n / max(size)
    width, height = round(size[0] * scale), round(size[1] * scale)
    left, top = (n - width) // 2, (n - height) // 2
    return float(np.mean(mask > 0.5) * n * n / (width * height))

# %% mistake="width-and-height-swapped" exercise="mask_fraction"
def mask_fraction(mask, size):
    n = len(mask)
    scale = n / max(size)
    width, height = round(size[1] * scale), round(size[0] * scale)
    left, top = (n - width) // 2, (n - height) // 2
    return float(np.mean(mask[top : top + height, left : left + width] > 0.5))

# %% mistake="x-before-y" exercise="mask_fraction"
def mask_fraction(mask, size):
    n = len(mask)
    scale = n / max(size)
    width, height = round(size[0] * scale), round(size[1] * scale)
    left, top = (n - width) // 2, (n - height) // 2
    return float(np.mean(mask[left : left + width, top : top + height] > 0.5))

# %% mistake="picture-in-the-corner-masks" exercise="mask_fraction"
def mask_fraction(mask, size):
    n = len(mask)
    scale = n / max(size)
    width, height = round(size[0] * scale), round(size[1] * scale)
    left, top = 0, 0
    return float(np.mean(mask[top : top + height, left : left + width] > 0.5))

# %% mistake="picture-at-the-far-end" exercise="mask_fraction"
def mask_fraction(mask, size):
    n = len(mask)
    scale = n / max(size)
    width, height = round(size[0] * scale), round(size[1] * scale)
    left, top = n - width, n - height
    return float(np.mean(mask[top : top + height, left : left + width] > 0.5))

# %% mistake="scaled-by-the-shorter-side-masks" exercise="mask_fraction"
def mask_fraction(mask, size):
    n = len(mask)
    scale = n / min(size)
    width, height = round(size[0] * scale), round(size[1] * scale)
    left, top = (n - width) // 2, (n - height) // 2
    return float(np.mean(mask[top : top + height, left : left + width] > 0.5))

# %% mistake="always-the-width" exercise="mask_fraction"
def mask_fraction(mask, size):
    n = len(mask)
    scale = n / size[0]
    width, height = round(size[0] * scale), round(size[1] * scale)
    left, top = (n - width) // 2, (n - height) // 2
    return float(np.mean(mask[top : top + height, left : left + width] > 0.5))

# %% mistake="half-belongs-too" exercise="mask_fraction"
def mask_fraction(mask, size):
    n = len(mask)
    scale = n / max(size)
    width, height = round(size[0] * scale), round(size[1] * scale)
    left, top = (n - width) // 2, (n - height) // 2
    return float(np.mean(mask[top : top + height, left : left + width] >= 0.5))

# %% mistake="all-that-is-not-zero" exercise="mask_fraction"
def mask_fraction(mask, size):
    n = len(mask)
    scale = n / max(size)
    width, height = round(size[0] * scale), round(size[1] * scale)
    left, top = (n - width) // 2, (n - height) // 2
    return float(np.mean(mask[top : top + height, left : left + width] > 0))

# %% mistake="numbers-added-up" exercise="mask_fraction"
def mask_fraction(mask, size):
    n = len(mask)
    scale = n / max(size)
    width, height = round(size[0] * scale), round(size[1] * scale)
    left, top = (n - width) // 2, (n - height) // 2
    return float(np.mean(mask[top : top + height, left : left + width]))

# %% mistake="a-count-not-a-share" exercise="mask_fraction"
def mask_fraction(mask, size):
    n = len(mask)
    scale = n / max(size)
    width, height = round(size[0] * scale), round(size[1] * scale)
    left, top = (n - width) // 2, (n - height) // 2
    return float(np.sum(mask[top : top + height, left : left + width] > 0.5))

# %% mistake="in-percent" exercise="mask_fraction"
def mask_fraction(mask, size):
    n = len(mask)
    scale = n / max(size)
    width, height = round(size[0] * scale), round(size[1] * scale)
    left, top = (n - width) // 2, (n - height) // 2
    return 100 * float(np.mean(mask[top : top + height, left : left + width] > 0.5))

# %% mistake="extra-row-above" exercise="mask_fraction"
def mask_fraction(mask, size):
    n = len(mask)
    scale = n / max(size)
    width, height = round(size[0] * scale), round(size[1] * scale)
    left, top = (n - width + 1) // 2, (n - height + 1) // 2
    return float(np.mean(mask[top : top + height, left : left + width] > 0.5))

# %% mistake="cut-off-not-rounded-masks" exercise="mask_fraction"
def mask_fraction(mask, size):
    n = len(mask)
    scale = n / max(size)
    width, height = int(size[0] * scale), int(size[1] * scale)
    left, top = (n - width) // 2, (n - height) // 2
    return float(np.mean(mask[top : top + height, left : left + width] > 0.5))

# %% mistake="end-for-length" exercise="mask_fraction"
def mask_fraction(mask, size):
    n = len(mask)
    scale = n / max(size)
    width, height = round(size[0] * scale), round(size[1] * scale)
    left, top = (n - width) // 2, (n - height) // 2
    return float(np.mean(mask[top:height, left:width] > 0.5))

# %% mistake="only-bars-above" exercise="mask_fraction"
def mask_fraction(mask, size):
    n = len(mask)
    scale = n / max(size)
    width, height = round(size[0] * scale), round(size[1] * scale)
    left, top = (n - width) // 2, (n - height) // 2
    return float(np.mean(mask[top:, left:] > 0.5))

# %% mistake="model-size-320-in-the-code" exercise="mask_fraction"
def mask_fraction(mask, size):
    n = 320
    scale = n / max(size)
    width, height = round(size[0] * scale), round(size[1] * scale)
    left, top = (n - width) // 2, (n - height) // 2
    return float(np.mean(mask[top : top + height, left : left + width] > 0.5))

# %% mistake="bars-at-top-only-known" exercise="mask_fraction"
def mask_fraction(mask, size):
    n = len(mask)
    scale = n / max(size)
    width, height = round(size[0] * scale), round(size[1] * scale)
    left, top = 0, (n - height) // 2
    return float(np.mean(mask[top : top + height, left : left + width] > 0.5))

# %% mistake="mask-changed" exercise="mask_fraction"
def mask_fraction(mask, size):
    n = len(mask)
    scale = n / max(size)
    width, height = round(size[0] * scale), round(size[1] * scale)
    left, top = (n - width) // 2, (n - height) // 2
    mask[mask > 0.5] = 1
    mask[mask <= 0.5] = 0
    return float(np.mean(mask[top : top + height, left : left + width]))

# %% mistake="share-of-the-masks-own-box" exercise="mask_fraction"
def mask_fraction(mask, size):
    rows, columns = np.nonzero(mask > 0.5)
    if len(rows) == 0:
        return 0.0
    return len(rows) / float((np.ptp(rows) + 1) * (np.ptp(columns) + 1))

# %% mistake="rounded-to-a-tenth" exercise="mask_fraction"
def mask_fraction(mask, size):
    n = len(mask)
    scale = n / max(size)
    width, height = round(size[0] * scale), round(size[1] * scale)
    left, top = (n - width) // 2, (n - height) // 2
    return round(float(np.mean(mask[top : top + height, left : left + width] > 0.5)), 1)

# %% mistake="stretched" exercise="letterbox"
def letterbox(image, side):
    scale = side / max(image.shape[:2])
    return cv2.resize(image, (side, side)), scale, 0, 0


def unletterbox(box, scale, left, top, size):
    x1, y1, x2, y2 = box
    xs = [min(max((x - left) / scale, 0), size[0]) for x in (x1, x2)]
    ys = [min(max((y - top) / scale, 0), size[1]) for y in (y1, y2)]
    return xs[0], ys[0], xs[1], ys[1]

# %% mistake="picture-in-the-corner-boxed" exercise="letterbox"
def letterbox(image, side):
    scale = side / max(image.shape[:2])
    width, height = round(image.shape[1] * scale), round(image.shape[0] * scale)
    left, top = 0, 0
    square = np.full((side, side, 3), 114, np.uint8)
    square[top : top + height, left : left + width] = cv2.resize(image, (width, height))
    return square, scale, left, top


def unletterbox(box, scale, left, top, size):
    x1, y1, x2, y2 = box
    xs = [min(max((x - left) / scale, 0), size[0]) for x in (x1, x2)]
    ys = [min(max((y - top) / scale, 0), size[1]) for y in (y1, y2)]
    return xs[0], ys[0], xs[1], ys[1]

# %% mistake="height-and-width-swapped-for-resize" exercise="letterbox"
def letterbox(image, side):
    scale = side / max(image.shape[:2])
    width, height = round(image.shape[1] * scale), round(image.shape[0] * scale)
    left, top = (side - width) // 2, (side - height) // 2
    square = np.full((side, side, 3), 114, np.uint8)
    square[top : top + height, left : left + width] = cv2.resize(image, (height, width))
    return square, scale, left, top


def unletterbox(box, scale, left, top, size):
    x1, y1, x2, y2 = box
    xs = [min(max((x - left) / scale, 0), size[0]) for x in (x1, x2)]
    ys = [min(max((y - top) / scale, 0), size[1]) for y in (y1, y2)]
    return xs[0], ys[0], xs[1], ys[1]

# %% mistake="shape-read-as-width-first" exercise="letterbox"
def letterbox(image, side):
    scale = side / max(image.shape[:2])
    width, height = round(image.shape[0] * scale), round(image.shape[1] * scale)
    left, top = (side - width) // 2, (side - height) // 2
    square = np.full((side, side, 3), 114, np.uint8)
    square[top : top + height, left : left + width] = cv2.resize(image, (width, height))
    return square, scale, left, top


def unletterbox(box, scale, left, top, size):
    x1, y1, x2, y2 = box
    xs = [min(max((x - left) / scale, 0), size[0]) for x in (x1, x2)]
    ys = [min(max((y - top) / scale, 0), size[1]) for y in (y1, y2)]
    return xs[0], ys[0], xs[1], ys[1]

# %% mistake="scaled-by-the-shorter-side-boxed" exercise="letterbox"
def letterbox(image, side):
    scale = side / min(image.shape[:2])
    width, height = round(image.shape[1] * scale), round(image.shape[0] * scale)
    left, top = (side - width) // 2, (side - height) // 2
    square = np.full((side, side, 3), 114, np.uint8)
    square[top : top + height, left : left + width] = cv2.resize(image, (width, height))
    return square, scale, left, top


def unletterbox(box, scale, left, top, size):
    x1, y1, x2, y2 = box
    xs = [min(max((x - left) / scale, 0), size[0]) for x in (x1, x2)]
    ys = [min(max((y - top) / scale, 0), size[1]) for y in (y1, y2)]
    return xs[0], ys[0], xs[1], ys[1]

# %% mistake="scaled-by-the-width" exercise="letterbox"
def letterbox(image, side):
    scale = side / image.shape[1]
    width, height = round(image.shape[1] * scale), round(image.shape[0] * scale)
    left, top = (side - width) // 2, (side - height) // 2
    square = np.full((side, side, 3), 114, np.uint8)
    square[top : top + height, left : left + width] = cv2.resize(image, (width, height))
    return square, scale, left, top


def unletterbox(box, scale, left, top, size):
    x1, y1, x2, y2 = box
    xs = [min(max((x - left) / scale, 0), size[0]) for x in (x1, x2)]
    ys = [min(max((y - top) / scale, 0), size[1]) for y in (y1, y2)]
    return xs[0], ys[0], xs[1], ys[1]

# %% mistake="scale-upside-down" exercise="letterbox"
def letterbox(image, side):
    scale = side / max(image.shape[:2])
    width, height = round(image.shape[1] * scale), round(image.shape[0] * scale)
    left, top = (side - width) // 2, (side - height) // 2
    square = np.full((side, side, 3), 114, np.uint8)
    square[top : top + height, left : left + width] = cv2.resize(image, (width, height))
    return square, 1 / scale, left, top


def unletterbox(box, scale, left, top, size):
    x1, y1, x2, y2 = box
    xs = [min(max((x - left) / scale, 0), size[0]) for x in (x1, x2)]
    ys = [min(max((y - top) / scale, 0), size[1]) for y in (y1, y2)]
    return xs[0], ys[0], xs[1], ys[1]

# %% mistake="never-made-larger" exercise="letterbox"
def letterbox(image, side):
    scale = min(1.0, side / max(image.shape[:2]))
    width, height = round(image.shape[1] * scale), round(image.shape[0] * scale)
    left, top = (side - width) // 2, (side - height) // 2
    square = np.full((side, side, 3), 114, np.uint8)
    square[top : top + height, left : left + width] = cv2.resize(image, (width, height))
    return square, scale, left, top


def unletterbox(box, scale, left, top, size):
    x1, y1, x2, y2 = box
    xs = [min(max((x - left) / scale, 0), size[0]) for x in (x1, x2)]
    ys = [min(max((y - top) / scale, 0), size[1]) for y in (y1, y2)]
    return xs[0], ys[0], xs[1], ys[1]

# %% mistake="black-bars" exercise="letterbox"
def letterbox(image, side):
    scale = side / max(image.shape[:2])
    width, height = round(image.shape[1] * scale), round(image.shape[0] * scale)
    left, top = (side - width) // 2, (side - height) // 2
    square = np.zeros((side, side, 3), np.uint8)
    square[top : top + height, left : left + width] = cv2.resize(image, (width, height))
    return square, scale, left, top


def unletterbox(box, scale, left, top, size):
    x1, y1, x2, y2 = box
    xs = [min(max((x - left) / scale, 0), size[0]) for x in (x1, x2)]
    ys = [min(max((y - top) / scale, 0), size[1]) for y in (y1, y2)]
    return xs[0], ys[0], xs[1], ys[1]

# %% mistake="white-bars" exercise="letterbox"
def letterbox(image, side):
    scale = side / max(image.shape[:2])
    width, height = round(image.shape[1] * scale), round(image.shape[0] * scale)
    left, top = (side - width) // 2, (side - height) // 2
    square = np.full((side, side, 3), 255, np.uint8)
    square[top : top + height, left : left + width] = cv2.resize(image, (width, height))
    return square, scale, left, top


def unletterbox(box, scale, left, top, size):
    x1, y1, x2, y2 = box
    xs = [min(max((x - left) / scale, 0), size[0]) for x in (x1, x2)]
    ys = [min(max((y - top) / scale, 0), size[1]) for y in (y1, y2)]
    return xs[0], ys[0], xs[1], ys[1]

# %% mistake="float-square" exercise="letterbox"
def letterbox(image, side):
    scale = side / max(image.shape[:2])
    width, height = round(image.shape[1] * scale), round(image.shape[0] * scale)
    left, top = (side - width) // 2, (side - height) // 2
    square = np.full((side, side, 3), 114.0)
    square[top : top + height, left : left + width] = cv2.resize(image, (width, height))
    return square, scale, left, top


def unletterbox(box, scale, left, top, size):
    x1, y1, x2, y2 = box
    xs = [min(max((x - left) / scale, 0), size[0]) for x in (x1, x2)]
    ys = [min(max((y - top) / scale, 0), size[1]) for y in (y1, y2)]
    return xs[0], ys[0], xs[1], ys[1]

# %% mistake="top-before-left" exercise="letterbox"
def letterbox(image, side):
    scale = side / max(image.shape[:2])
    width, height = round(image.shape[1] * scale), round(image.shape[0] * scale)
    left, top = (side - width) // 2, (side - height) // 2
    square = np.full((side, side, 3), 114, np.uint8)
    square[top : top + height, left : left + width] = cv2.resize(image, (width, height))
    return square, scale, top, left


def unletterbox(box, scale, left, top, size):
    x1, y1, x2, y2 = box
    xs = [min(max((x - left) / scale, 0), size[0]) for x in (x1, x2)]
    ys = [min(max((y - top) / scale, 0), size[1]) for y in (y1, y2)]
    return xs[0], ys[0], xs[1], ys[1]

# %% mistake="whole-bar-instead-of-half" exercise="letterbox"
def letterbox(image, side):
    scale = side / max(image.shape[:2])
    width, height = round(image.shape[1] * scale), round(image.shape[0] * scale)
    left, top = (side - width) // 2, (side - height) // 2
    square = np.full((side, side, 3), 114, np.uint8)
    square[top : top + height, left : left + width] = cv2.resize(image, (width, height))
    return square, scale, 2 * left, 2 * top


def unletterbox(box, scale, left, top, size):
    x1, y1, x2, y2 = box
    xs = [min(max((x - left) / scale, 0), size[0]) for x in (x1, x2)]
    ys = [min(max((y - top) / scale, 0), size[1]) for y in (y1, y2)]
    return xs[0], ys[0], xs[1], ys[1]

# %% mistake="extra-row-on-top" exercise="letterbox"
def letterbox(image, side):
    scale = side / max(image.shape[:2])
    width, height = round(image.shape[1] * scale), round(image.shape[0] * scale)
    left, top = (side - width + 1) // 2, (side - height + 1) // 2
    square = np.full((side, side, 3), 114, np.uint8)
    square[top : top + height, left : left + width] = cv2.resize(image, (width, height))
    return square, scale, left, top


def unletterbox(box, scale, left, top, size):
    x1, y1, x2, y2 = box
    xs = [min(max((x - left) / scale, 0), size[0]) for x in (x1, x2)]
    ys = [min(max((y - top) / scale, 0), size[1]) for y in (y1, y2)]
    return xs[0], ys[0], xs[1], ys[1]

# %% mistake="cut-off-not-rounded-boxed" exercise="letterbox"
def letterbox(image, side):
    scale = side / max(image.shape[:2])
    width, height = int(image.shape[1] * scale), int(image.shape[0] * scale)
    left, top = (side - width) // 2, (side - height) // 2
    square = np.full((side, side, 3), 114, np.uint8)
    square[top : top + height, left : left + width] = cv2.resize(image, (width, height))
    return square, scale, left, top


def unletterbox(box, scale, left, top, size):
    x1, y1, x2, y2 = box
    xs = [min(max((x - left) / scale, 0), size[0]) for x in (x1, x2)]
    ys = [min(max((y - top) / scale, 0), size[1]) for y in (y1, y2)]
    return xs[0], ys[0], xs[1], ys[1]

# %% mistake="320-in-the-code" exercise="letterbox"
def letterbox(image, side):
    side = 320
    scale = side / max(image.shape[:2])
    width, height = round(image.shape[1] * scale), round(image.shape[0] * scale)
    left, top = (side - width) // 2, (side - height) // 2
    square = np.full((side, side, 3), 114, np.uint8)
    square[top : top + height, left : left + width] = cv2.resize(image, (width, height))
    return square, scale, left, top


def unletterbox(box, scale, left, top, size):
    x1, y1, x2, y2 = box
    xs = [min(max((x - left) / scale, 0), size[0]) for x in (x1, x2)]
    ys = [min(max((y - top) / scale, 0), size[1]) for y in (y1, y2)]
    return xs[0], ys[0], xs[1], ys[1]

# %% mistake="red-and-blue-swapped" exercise="letterbox"
def letterbox(image, side):
    scale = side / max(image.shape[:2])
    width, height = round(image.shape[1] * scale), round(image.shape[0] * scale)
    left, top = (side - width) // 2, (side - height) // 2
    square = np.full((side, side, 3), 114, np.uint8)
    square[top : top + height, left : left + width] = cv2.resize(image, (width, height))[:, :, ::-1]
    return square, scale, left, top


def unletterbox(box, scale, left, top, size):
    x1, y1, x2, y2 = box
    xs = [min(max((x - left) / scale, 0), size[0]) for x in (x1, x2)]
    ys = [min(max((y - top) / scale, 0), size[1]) for y in (y1, y2)]
    return xs[0], ys[0], xs[1], ys[1]

# %% mistake="scaled-to-0-to-1" exercise="letterbox"
def letterbox(image, side):
    scale = side / max(image.shape[:2])
    width, height = round(image.shape[1] * scale), round(image.shape[0] * scale)
    left, top = (side - width) // 2, (side - height) // 2
    square = np.full((side, side, 3), 114, np.uint8)
    square[top : top + height, left : left + width] = cv2.resize(image, (width, height))
    return square / 255, scale, left, top


def unletterbox(box, scale, left, top, size):
    x1, y1, x2, y2 = box
    xs = [min(max((x - left) / scale, 0), size[0]) for x in (x1, x2)]
    ys = [min(max((y - top) / scale, 0), size[1]) for y in (y1, y2)]
    return xs[0], ys[0], xs[1], ys[1]

# %% mistake="only-the-square" exercise="letterbox"
def letterbox(image, side):
    scale = side / max(image.shape[:2])
    width, height = round(image.shape[1] * scale), round(image.shape[0] * scale)
    left, top = (side - width) // 2, (side - height) // 2
    square = np.full((side, side, 3), 114, np.uint8)
    square[top : top + height, left : left + width] = cv2.resize(image, (width, height))
    return square


def unletterbox(box, scale, left, top, size):
    x1, y1, x2, y2 = box
    xs = [min(max((x - left) / scale, 0), size[0]) for x in (x1, x2)]
    ys = [min(max((y - top) / scale, 0), size[1]) for y in (y1, y2)]
    return xs[0], ys[0], xs[1], ys[1]

# %% mistake="nearest-neighbour" exercise="letterbox"
def letterbox(image, side):
    scale = side / max(image.shape[:2])
    width, height = round(image.shape[1] * scale), round(image.shape[0] * scale)
    left, top = (side - width) // 2, (side - height) // 2
    square = np.full((side, side, 3), 114, np.uint8)
    square[top : top + height, left : left + width] = cv2.resize(
        image, (width, height), interpolation=cv2.INTER_NEAREST
    )
    return square, scale, left, top


def unletterbox(box, scale, left, top, size):
    x1, y1, x2, y2 = box
    xs = [min(max((x - left) / scale, 0), size[0]) for x in (x1, x2)]
    ys = [min(max((y - top) / scale, 0), size[1]) for y in (y1, y2)]
    return xs[0], ys[0], xs[1], ys[1]

# %% mistake="cropped-to-a-square" exercise="letterbox"
def letterbox(image, side):
    height, width = image.shape[:2]
    short = min(height, width)
    x, y = (width - short) // 2, (height - short) // 2
    scale = side / short
    return cv2.resize(image[y : y + short, x : x + short], (side, side)), scale, -x, -y


def unletterbox(box, scale, left, top, size):
    x1, y1, x2, y2 = box
    xs = [min(max((x - left) / scale, 0), size[0]) for x in (x1, x2)]
    ys = [min(max((y - top) / scale, 0), size[1]) for y in (y1, y2)]
    return xs[0], ys[0], xs[1], ys[1]

# %% mistake="paints-over-the-callers-picture" exercise="letterbox"
def letterbox(image, side):
    scale = side / max(image.shape[:2])
    width, height = round(image.shape[1] * scale), round(image.shape[0] * scale)
    left, top = (side - width) // 2, (side - height) // 2
    image[0, :] = 114
    square = np.full((side, side, 3), 114, np.uint8)
    square[top : top + height, left : left + width] = cv2.resize(image, (width, height))
    return square, scale, left, top


def unletterbox(box, scale, left, top, size):
    x1, y1, x2, y2 = box
    xs = [min(max((x - left) / scale, 0), size[0]) for x in (x1, x2)]
    ys = [min(max((y - top) / scale, 0), size[1]) for y in (y1, y2)]
    return xs[0], ys[0], xs[1], ys[1]

# %% mistake="bars-forgotten" exercise="letterbox"
def letterbox(image, side):
    scale = side / max(image.shape[:2])
    width, height = round(image.shape[1] * scale), round(image.shape[0] * scale)
    left, top = (side - width) // 2, (side - height) // 2
    square = np.full((side, side, 3), 114, np.uint8)
    square[top : top + height, left : left + width] = cv2.resize(image, (width, height))
    return square, scale, left, top


def unletterbox(box, scale, left, top, size):
    x1, y1, x2, y2 = box
    xs = [min(max(x / scale, 0), size[0]) for x in (x1, x2)]
    ys = [min(max(y / scale, 0), size[1]) for y in (y1, y2)]
    return xs[0], ys[0], xs[1], ys[1]

# %% mistake="scale-forgotten" exercise="letterbox"
def letterbox(image, side):
    scale = side / max(image.shape[:2])
    width, height = round(image.shape[1] * scale), round(image.shape[0] * scale)
    left, top = (side - width) // 2, (side - height) // 2
    square = np.full((side, side, 3), 114, np.uint8)
    square[top : top + height, left : left + width] = cv2.resize(image, (width, height))
    return square, scale, left, top


def unletterbox(box, scale, left, top, size):
    x1, y1, x2, y2 = box
    xs = [min(max(x - left, 0), size[0]) for x in (x1, x2)]
    ys = [min(max(y - top, 0), size[1]) for y in (y1, y2)]
    return xs[0], ys[0], xs[1], ys[1]

# %% mistake="times-for-divided-by" exercise="letterbox"
def letterbox(image, side):
    scale = side / max(image.shape[:2])
    width, height = round(image.shape[1] * scale), round(image.shape[0] * scale)
    left, top = (side - width) // 2, (side - height) // 2
    square = np.full((side, side, 3), 114, np.uint8)
    square[top : top + height, left : left + width] = cv2.resize(image, (width, height))
    return square, scale, left, top


def unletterbox(box, scale, left, top, size):
    x1, y1, x2, y2 = box
    xs = [min(max((x - left) * scale, 0), size[0]) for x in (x1, x2)]
    ys = [min(max((y - top) * scale, 0), size[1]) for y in (y1, y2)]
    return xs[0], ys[0], xs[1], ys[1]

# %% mistake="scale-first-then-bars" exercise="letterbox"
def letterbox(image, side):
    scale = side / max(image.shape[:2])
    width, height = round(image.shape[1] * scale), round(image.shape[0] * scale)
    left, top = (side - width) // 2, (side - height) // 2
    square = np.full((side, side, 3), 114, np.uint8)
    square[top : top + height, left : left + width] = cv2.resize(image, (width, height))
    return square, scale, left, top


def unletterbox(box, scale, left, top, size):
    x1, y1, x2, y2 = box
    xs = [min(max(x / scale - left, 0), size[0]) for x in (x1, x2)]
    ys = [min(max(y / scale - top, 0), size[1]) for y in (y1, y2)]
    return xs[0], ys[0], xs[1], ys[1]

# %% mistake="bars-added" exercise="letterbox"
def letterbox(image, side):
    scale = side / max(image.shape[:2])
    width, height = round(image.shape[1] * scale), round(image.shape[0] * scale)
    left, top = (side - width) // 2, (side - height) // 2
    square = np.full((side, side, 3), 114, np.uint8)
    square[top : top + height, left : left + width] = cv2.resize(image, (width, height))
    return square, scale, left, top


def unletterbox(box, scale, left, top, size):
    x1, y1, x2, y2 = box
    xs = [min(max((x + left) / scale, 0), size[0]) for x in (x1, x2)]
    ys = [min(max((y + top) / scale, 0), size[1]) for y in (y1, y2)]
    return xs[0], ys[0], xs[1], ys[1]

# %% mistake="bars-only-off-the-first-corner" exercise="letterbox"
def letterbox(image, side):
    scale = side / max(image.shape[:2])
    width, height = round(image.shape[1] * scale), round(image.shape[0] * scale)
    left, top = (side - width) // 2, (side - height) // 2
    square = np.full((side, side, 3), 114, np.uint8)
    square[top : top + height, left : left + width] = cv2.resize(image, (width, height))
    return square, scale, left, top


def unletterbox(box, scale, left, top, size):
    x1, y1, x2, y2 = box
    xs = [min(max(x / scale, 0), size[0]) for x in (x1 - left, x2)]
    ys = [min(max(y / scale, 0), size[1]) for y in (y1 - top, y2)]
    return xs[0], ys[0], xs[1], ys[1]

# %% mistake="left-and-top-swapped" exercise="letterbox"
def letterbox(image, side):
    scale = side / max(image.shape[:2])
    width, height = round(image.shape[1] * scale), round(image.shape[0] * scale)
    left, top = (side - width) // 2, (side - height) // 2
    square = np.full((side, side, 3), 114, np.uint8)
    square[top : top + height, left : left + width] = cv2.resize(image, (width, height))
    return square, scale, left, top


def unletterbox(box, scale, left, top, size):
    x1, y1, x2, y2 = box
    xs = [min(max((x - top) / scale, 0), size[0]) for x in (x1, x2)]
    ys = [min(max((y - left) / scale, 0), size[1]) for y in (y1, y2)]
    return xs[0], ys[0], xs[1], ys[1]

# %% mistake="not-cut" exercise="letterbox"
def letterbox(image, side):
    scale = side / max(image.shape[:2])
    width, height = round(image.shape[1] * scale), round(image.shape[0] * scale)
    left, top = (side - width) // 2, (side - height) // 2
    square = np.full((side, side, 3), 114, np.uint8)
    square[top : top + height, left : left + width] = cv2.resize(image, (width, height))
    return square, scale, left, top


def unletterbox(box, scale, left, top, size):
    x1, y1, x2, y2 = box
    xs = [(x - left) / scale for x in (x1, x2)]
    ys = [(y - top) / scale for y in (y1, y2)]
    return xs[0], ys[0], xs[1], ys[1]

# %% mistake="cut-at-zero-only" exercise="letterbox"
def letterbox(image, side):
    scale = side / max(image.shape[:2])
    width, height = round(image.shape[1] * scale), round(image.shape[0] * scale)
    left, top = (side - width) // 2, (side - height) // 2
    square = np.full((side, side, 3), 114, np.uint8)
    square[top : top + height, left : left + width] = cv2.resize(image, (width, height))
    return square, scale, left, top


def unletterbox(box, scale, left, top, size):
    x1, y1, x2, y2 = box
    xs = [max((x - left) / scale, 0) for x in (x1, x2)]
    ys = [max((y - top) / scale, 0) for y in (y1, y2)]
    return xs[0], ys[0], xs[1], ys[1]

# %% mistake="cut-at-the-far-edge-only" exercise="letterbox"
def letterbox(image, side):
    scale = side / max(image.shape[:2])
    width, height = round(image.shape[1] * scale), round(image.shape[0] * scale)
    left, top = (side - width) // 2, (side - height) // 2
    square = np.full((side, side, 3), 114, np.uint8)
    square[top : top + height, left : left + width] = cv2.resize(image, (width, height))
    return square, scale, left, top


def unletterbox(box, scale, left, top, size):
    x1, y1, x2, y2 = box
    xs = [min((x - left) / scale, size[0]) for x in (x1, x2)]
    ys = [min((y - top) / scale, size[1]) for y in (y1, y2)]
    return xs[0], ys[0], xs[1], ys[1]

# %% mistake="size-read-as-height-first" exercise="letterbox"
def letterbox(image, side):
    scale = side / max(image.shape[:2])
    width, height = round(image.shape[1] * scale), round(image.shape[0] * scale)
    left, top = (side - width) // 2, (side - height) // 2
    square = np.full((side, side, 3), 114, np.uint8)
    square[top : top + height, left : left + width] = cv2.resize(image, (width, height))
    return square, scale, left, top


def unletterbox(box, scale, left, top, size):
    x1, y1, x2, y2 = box
    xs = [min(max((x - left) / scale, 0), size[1]) for x in (x1, x2)]
    ys = [min(max((y - top) / scale, 0), size[0]) for y in (y1, y2)]
    return xs[0], ys[0], xs[1], ys[1]

# %% mistake="cut-one-pixel-early" exercise="letterbox"
def letterbox(image, side):
    scale = side / max(image.shape[:2])
    width, height = round(image.shape[1] * scale), round(image.shape[0] * scale)
    left, top = (side - width) // 2, (side - height) // 2
    square = np.full((side, side, 3), 114, np.uint8)
    square[top : top + height, left : left + width] = cv2.resize(image, (width, height))
    return square, scale, left, top


def unletterbox(box, scale, left, top, size):
    x1, y1, x2, y2 = box
    xs = [min(max((x - left) / scale, 0), size[0] - 1) for x in (x1, x2)]
    ys = [min(max((y - top) / scale, 0), size[1] - 1) for y in (y1, y2)]
    return xs[0], ys[0], xs[1], ys[1]

# %% mistake="rounded" exercise="letterbox"
def letterbox(image, side):
    scale = side / max(image.shape[:2])
    width, height = round(image.shape[1] * scale), round(image.shape[0] * scale)
    left, top = (side - width) // 2, (side - height) // 2
    square = np.full((side, side, 3), 114, np.uint8)
    square[top : top + height, left : left + width] = cv2.resize(image, (width, height))
    return square, scale, left, top


def unletterbox(box, scale, left, top, size):
    x1, y1, x2, y2 = box
    xs = [min(max((x - left) / scale, 0), size[0]) for x in (x1, x2)]
    ys = [min(max((y - top) / scale, 0), size[1]) for y in (y1, y2)]
    return tuple(round(one) for one in (xs[0], ys[0], xs[1], ys[1]))

# %% mistake="width-and-height-for-the-corner" exercise="letterbox"
def letterbox(image, side):
    scale = side / max(image.shape[:2])
    width, height = round(image.shape[1] * scale), round(image.shape[0] * scale)
    left, top = (side - width) // 2, (side - height) // 2
    square = np.full((side, side, 3), 114, np.uint8)
    square[top : top + height, left : left + width] = cv2.resize(image, (width, height))
    return square, scale, left, top


def unletterbox(box, scale, left, top, size):
    x1, y1, x2, y2 = box
    xs = [min(max((x - left) / scale, 0), size[0]) for x in (x1, x2)]
    ys = [min(max((y - top) / scale, 0), size[1]) for y in (y1, y2)]
    return xs[0], ys[0], xs[1] - xs[0], ys[1] - ys[0]

# %% mistake="both-xs-first" exercise="letterbox"
def letterbox(image, side):
    scale = side / max(image.shape[:2])
    width, height = round(image.shape[1] * scale), round(image.shape[0] * scale)
    left, top = (side - width) // 2, (side - height) // 2
    square = np.full((side, side, 3), 114, np.uint8)
    square[top : top + height, left : left + width] = cv2.resize(image, (width, height))
    return square, scale, left, top


def unletterbox(box, scale, left, top, size):
    x1, y1, x2, y2 = box
    xs = [min(max((x - left) / scale, 0), size[0]) for x in (x1, x2)]
    ys = [min(max((y - top) / scale, 0), size[1]) for y in (y1, y2)]
    return xs[0], xs[1], ys[0], ys[1]

# %% mistake="none-for-a-box-that-sticks-out" exercise="letterbox"
def letterbox(image, side):
    scale = side / max(image.shape[:2])
    width, height = round(image.shape[1] * scale), round(image.shape[0] * scale)
    left, top = (side - width) // 2, (side - height) // 2
    square = np.full((side, side, 3), 114, np.uint8)
    square[top : top + height, left : left + width] = cv2.resize(image, (width, height))
    return square, scale, left, top


def unletterbox(box, scale, left, top, size):
    x1, y1, x2, y2 = box
    if x1 < left or y1 < top:
        return None
    xs = [min(max((x - left) / scale, 0), size[0]) for x in (x1, x2)]
    ys = [min(max((y - top) / scale, 0), size[1]) for y in (y1, y2)]
    return xs[0], ys[0], xs[1], ys[1]

# %% mistake="writes-into-the-box" exercise="letterbox"
def letterbox(image, side):
    scale = side / max(image.shape[:2])
    width, height = round(image.shape[1] * scale), round(image.shape[0] * scale)
    left, top = (side - width) // 2, (side - height) // 2
    square = np.full((side, side, 3), 114, np.uint8)
    square[top : top + height, left : left + width] = cv2.resize(image, (width, height))
    return square, scale, left, top


def unletterbox(box, scale, left, top, size):
    box = box if isinstance(box, list) else list(box)
    for place, (bar, most) in enumerate(((left, size[0]), (top, size[1])) * 2):
        box[place] = min(max((box[place] - bar) / scale, 0), most)
    return box

# %% mistake="gives-up-when-the-left-arm-is-missing" exercise="hand_up"
def angle(a, b, c):
    if tuple(a) == tuple(b) or tuple(c) == tuple(b):
        return None
    first = math.degrees(math.atan2(a[1] - b[1], a[0] - b[0]))
    second = math.degrees(math.atan2(c[1] - b[1], c[0] - b[0]))
    turn = abs(first - second)
    return 360 - turn if turn > 180 else turn


def hand_up(kpts, min_conf):
    for rows in ((1, 3, 5), (2, 4, 6)):
        shoulder, elbow, wrist = arm = [tuple(kpts[row]) for row in rows]
        found = all(score >= min_conf and (x, y) != (0, 0) for x, y, score in arm)
        if not found:
            return False
        if found and wrist[1] < shoulder[1]:
            bend = angle(shoulder[:2], elbow[:2], wrist[:2])
            if bend is not None and bend >= 90:
                return True
    return False

# %% mistake="wrist-above-elbow-and-shoulder" exercise="hand_up"
def angle(a, b, c):
    if tuple(a) == tuple(b) or tuple(c) == tuple(b):
        return None
    first = math.degrees(math.atan2(a[1] - b[1], a[0] - b[0]))
    second = math.degrees(math.atan2(c[1] - b[1], c[0] - b[0]))
    turn = abs(first - second)
    return 360 - turn if turn > 180 else turn


def hand_up(kpts, min_conf):
    for rows in ((1, 3, 5), (2, 4, 6)):
        shoulder, elbow, wrist = arm = [tuple(kpts[row]) for row in rows]
        found = all(score >= min_conf and (x, y) != (0, 0) for x, y, score in arm)
        if found and wrist[1] < min(shoulder[1], elbow[1]):
            bend = angle(shoulder[:2], elbow[:2], wrist[:2])
            if bend is not None and bend >= 90:
                return True
    return False

# %% mistake="looks-at-the-higher-arm-only" exercise="hand_up"
def angle(a, b, c):
    if tuple(a) == tuple(b) or tuple(c) == tuple(b):
        return None
    first = math.degrees(math.atan2(a[1] - b[1], a[0] - b[0]))
    second = math.degrees(math.atan2(c[1] - b[1], c[0] - b[0]))
    turn = abs(first - second)
    return 360 - turn if turn > 180 else turn


def hand_up(kpts, min_conf):
    for rows in (((1, 3, 5),) if kpts[5][1] < kpts[6][1] else ((2, 4, 6),)):
        shoulder, elbow, wrist = arm = [tuple(kpts[row]) for row in rows]
        found = all(score >= min_conf and (x, y) != (0, 0) for x, y, score in arm)
        if found and wrist[1] < shoulder[1]:
            bend = angle(shoulder[:2], elbow[:2], wrist[:2])
            if bend is not None and bend >= 90:
                return True
    return False

# %% mistake="turned-modulo-180" exercise="hand_up"
def angle(a, b, c):
    if tuple(a) == tuple(b) or tuple(c) == tuple(b):
        return None
    first = math.degrees(math.atan2(a[1] - b[1], a[0] - b[0]))
    second = math.degrees(math.atan2(c[1] - b[1], c[0] - b[0]))
    turn = abs(first - second)
    return turn % 180


def hand_up(kpts, min_conf):
    for rows in ((1, 3, 5), (2, 4, 6)):
        shoulder, elbow, wrist = arm = [tuple(kpts[row]) for row in rows]
        found = all(score >= min_conf and (x, y) != (0, 0) for x, y, score in arm)
        if found and wrist[1] < shoulder[1]:
            bend = angle(shoulder[:2], elbow[:2], wrist[:2])
            if bend is not None and bend >= 90:
                return True
    return False

# %% mistake="rounded-up" exercise="mask_fraction"
def mask_fraction(mask, size):
    n = len(mask)
    scale = n / max(size)
    width, height = math.ceil(size[0] * scale), math.ceil(size[1] * scale)
    left, top = (n - width) // 2, (n - height) // 2
    return float(np.mean(mask[top : top + height, left : left + width] > 0.5))

# %% mistake="bar-rounded-to-even" exercise="mask_fraction"
def mask_fraction(mask, size):
    n = len(mask)
    scale = n / max(size)
    width, height = round(size[0] * scale), round(size[1] * scale)
    left, top = round((n - width) / 2), round((n - height) / 2)
    return float(np.mean(mask[top : top + height, left : left + width] > 0.5))

# %% mistake="never-scaled-up" exercise="mask_fraction"
def mask_fraction(mask, size):
    n = len(mask)
    scale = min(1.0, n / max(size))
    width, height = round(size[0] * scale), round(size[1] * scale)
    left, top = (n - width) // 2, (n - height) // 2
    return float(np.mean(mask[top : top + height, left : left + width] > 0.5))

# %% mistake="outside-counted-in" exercise="mask_fraction"
def mask_fraction(mask, size):
    n = len(mask)
    scale = n / max(size)
    width, height = round(size[0] * scale), round(size[1] * scale)
    left, top = (n - width) // 2, (n - height) // 2
    return min(1.0, float(np.sum(mask > 0.5)) / (width * height))

# %% mistake="rounded-up-boxed" exercise="letterbox"
def letterbox(image, side):
    scale = side / max(image.shape[:2])
    width, height = math.ceil(image.shape[1] * scale), math.ceil(image.shape[0] * scale)
    left, top = (side - width) // 2, (side - height) // 2
    square = np.full((side, side, 3), 114, np.uint8)
    square[top : top + height, left : left + width] = cv2.resize(image, (width, height))
    return square, scale, left, top


def unletterbox(box, scale, left, top, size):
    x1, y1, x2, y2 = box
    xs = [min(max((x - left) / scale, 0), size[0]) for x in (x1, x2)]
    ys = [min(max((y - top) / scale, 0), size[1]) for y in (y1, y2)]
    return xs[0], ys[0], xs[1], ys[1]

# %% mistake="bars-rounded-to-even" exercise="letterbox"
def letterbox(image, side):
    scale = side / max(image.shape[:2])
    width, height = round(image.shape[1] * scale), round(image.shape[0] * scale)
    left, top = round((side - width) / 2), round((side - height) / 2)
    square = np.full((side, side, 3), 114, np.uint8)
    square[top : top + height, left : left + width] = cv2.resize(image, (width, height))
    return square, scale, left, top


def unletterbox(box, scale, left, top, size):
    x1, y1, x2, y2 = box
    xs = [min(max((x - left) / scale, 0), size[0]) for x in (x1, x2)]
    ys = [min(max((y - top) / scale, 0), size[1]) for y in (y1, y2)]
    return xs[0], ys[0], xs[1], ys[1]

# %% mistake="mirrored" exercise="letterbox"
def letterbox(image, side):
    scale = side / max(image.shape[:2])
    width, height = round(image.shape[1] * scale), round(image.shape[0] * scale)
    left, top = (side - width) // 2, (side - height) // 2
    square = np.full((side, side, 3), 114, np.uint8)
    square[top : top + height, left : left + width] = cv2.resize(image, (width, height))[:, ::-1]
    return square, scale, left, top


def unletterbox(box, scale, left, top, size):
    x1, y1, x2, y2 = box
    xs = [min(max((x - left) / scale, 0), size[0]) for x in (x1, x2)]
    ys = [min(max((y - top) / scale, 0), size[1]) for y in (y1, y2)]
    return xs[0], ys[0], xs[1], ys[1]

# %% mistake="cut-in-the-square" exercise="letterbox"
def letterbox(image, side):
    scale = side / max(image.shape[:2])
    width, height = round(image.shape[1] * scale), round(image.shape[0] * scale)
    left, top = (side - width) // 2, (side - height) // 2
    square = np.full((side, side, 3), 114, np.uint8)
    square[top : top + height, left : left + width] = cv2.resize(image, (width, height))
    return square, scale, left, top


def unletterbox(box, scale, left, top, size):
    x1, y1, x2, y2 = box
    xs = [min(max(x - left, 0), size[0]) / scale for x in (x1, x2)]
    ys = [min(max(y - top, 0), size[1]) / scale for y in (y1, y2)]
    return xs[0], ys[0], xs[1], ys[1]

# %% mistake="counts-with-a-point" exercise="inventory"
def inventory(dets, min_conf, otherwise=0.5):
    names = [d["name"] for d in dets if d["conf"] >= min_conf.get(d["name"], otherwise)]
    return {n: float(names.count(n)) for n in names}

# %% mistake="scores-rounded" exercise="inventory"
def inventory(dets, min_conf, otherwise=0.5):
    counts = {}
    for d in dets:
        if round(d["conf"], 1) >= min_conf.get(d["name"], otherwise):
            counts[d["name"]] = counts.get(d["name"], 0) + 1
    return counts

# %% mistake="one-is-true" exercise="inventory"
def inventory(dets, min_conf, otherwise=0.5):
    counts = {}
    for d in dets:
        ok = d["conf"] >= min_conf.get(d["name"], otherwise)
        if ok:
            counts[d["name"]] = counts.get(d["name"], False) + ok if d["name"] in counts else ok
    return counts

# %% mistake="squeezed-too-far" exercise="decode"
def decode(out, conf, names):
    dets = []
    for row in np.squeeze(out):
        if row.any() and row[4] >= conf:
            dets.append({"name": names[int(row[5])], "conf": float(row[4]), "box": tuple(row[:4].tolist())})
    return dets

# %% mistake="place-for-number" exercise="decode"
def decode(out, conf, names):
    dets = []
    for row in out[0]:
        if row.any() and row[4] >= conf:
            dets.append(
                {"name": list(names.values())[int(row[5])], "conf": float(row[4]), "box": tuple(row[:4].tolist())}
            )
    return dets

# %% mistake="scores-rounded-to-two" exercise="decode"
def decode(out, conf, names):
    dets = []
    for row in out[0]:
        if row.any() and row[4] >= conf:
            dets.append({"name": names[int(row[5])], "conf": round(float(row[4]), 2), "box": tuple(row[:4].tolist())})
    return dets

# %% mistake="filling-told-by-its-sum" exercise="decode"
def decode(out, conf, names):
    dets = []
    for row in out[0].tolist():
        if sum(row) > 0 and row[4] >= conf:
            dets.append({"name": names[int(row[5])], "conf": row[4], "box": tuple(row[:4])})
    return dets

# %% mistake="joints-cut-to-whole-pixels" exercise="hand_up"
def angle(a, b, c):
    if tuple(a) == tuple(b) or tuple(c) == tuple(b):
        return None
    t = abs(math.degrees(math.atan2(a[1] - b[1], a[0] - b[0]) - math.atan2(c[1] - b[1], c[0] - b[0])))
    return min(t, 360 - t)


def hand_up(kpts, min_conf):
    for s, e, w in ((1, 3, 5), (2, 4, 6)):
        arm = [(int(x), int(y), c) for x, y, c in (kpts[s], kpts[e], kpts[w])]
        if all(c >= min_conf and (x, y) != (0, 0) for x, y, c in arm) and arm[2][1] < arm[0][1]:
            t = angle(arm[0][:2], arm[1][:2], arm[2][:2])
            if t is not None and t >= 90:
                return True
    return False

# %% mistake="joints-outside-not-believed" exercise="hand_up"
def angle(a, b, c):
    if tuple(a) == tuple(b) or tuple(c) == tuple(b):
        return None
    t = abs(math.degrees(math.atan2(a[1] - b[1], a[0] - b[0]) - math.atan2(c[1] - b[1], c[0] - b[0])))
    return min(t, 360 - t)


def hand_up(kpts, min_conf):
    for s, e, w in ((1, 3, 5), (2, 4, 6)):
        arm = [tuple(kpts[k]) for k in (s, e, w)]
        if all(c >= min_conf and x > 0 and y > 0 for x, y, c in arm) and arm[2][1] < arm[0][1]:
            t = angle(arm[0][:2], arm[1][:2], arm[2][:2])
            if t is not None and t >= 90:
                return True
    return False

# %% mistake="errors-are-no-angle" exercise="hand_up"
def angle(a, b, c):
    try:
        v = (a[0] - b[0], a[1] - b[1])
        w = (c[0] - b[0], c[1] - b[1])
        cos = (v[0] * w[0] + v[1] * w[1]) / (math.hypot(*v) * math.hypot(*w))
        return math.degrees(math.acos(cos))
    except Exception:
        return None


def hand_up(kpts, min_conf):
    for s, e, w in ((1, 3, 5), (2, 4, 6)):
        arm = [tuple(kpts[k]) for k in (s, e, w)]
        if all(c >= min_conf and (x, y) != (0, 0) for x, y, c in arm) and arm[2][1] < arm[0][1]:
            t = angle(arm[0][:2], arm[1][:2], arm[2][:2])
            if t is not None and t >= 90:
                return True
    return False

# %% mistake="angle-to-a-tenth" exercise="hand_up"
def angle(a, b, c):
    if tuple(a) == tuple(b) or tuple(c) == tuple(b):
        return None
    v = (a[0] - b[0], a[1] - b[1])
    w = (c[0] - b[0], c[1] - b[1])
    cos = (v[0] * w[0] + v[1] * w[1]) / (math.hypot(*v) * math.hypot(*w))
    return round(math.degrees(math.acos(max(-1, min(1, cos)))), 1)


def hand_up(kpts, min_conf):
    for s, e, w in ((1, 3, 5), (2, 4, 6)):
        arm = [tuple(kpts[k]) for k in (s, e, w)]
        if all(c >= min_conf and (x, y) != (0, 0) for x, y, c in arm) and arm[2][1] < arm[0][1]:
            t = angle(arm[0][:2], arm[1][:2], arm[2][:2])
            if t is not None and t >= 90:
                return True
    return False

# %% mistake="bars-alike-on-both-sides" exercise="mask_fraction"
def mask_fraction(mask, size):
    n = mask.shape[0]
    scale = n / max(size)
    w, h = round(size[0] * scale), round(size[1] * scale)
    left, top = (n - w) // 2, (n - h) // 2
    part = mask[top : n - top, left : n - left]
    return float((part > 0.5).mean())

# %% mistake="another-way-to-shrink" exercise="letterbox"
def letterbox(image, side):
    h, w = image.shape[:2]
    scale = side / max(w, h)
    nw, nh = round(w * scale), round(h * scale)
    left, top = (side - nw) // 2, (side - nh) // 2
    square = np.full((side, side, 3), 114, np.uint8)
    square[top : top + nh, left : left + nw] = cv2.resize(
        image, (nw, nh), interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    )
    return square, scale, left, top


def unletterbox(box, scale, left, top, size):
    w, h = size
    x1, y1, x2, y2 = box
    return (
        min(max((x1 - left) / scale, 0), w),
        min(max((y1 - top) / scale, 0), h),
        min(max((x2 - left) / scale, 0), w),
        min(max((y2 - top) / scale, 0), h),
    )

# %% mistake="two-scales" exercise="letterbox"
def letterbox(image, side):
    h, w = image.shape[:2]
    scale = side / max(w, h)
    nw, nh = round(w * scale), round(h * scale)
    left, top = (side - nw) // 2, (side - nh) // 2
    square = np.full((side, side, 3), 114, np.uint8)
    square[top : top + nh, left : left + nw] = cv2.resize(image, (nw, nh))
    return square, (nw / w, nh / h), left, top


def unletterbox(box, scale, left, top, size):
    w, h = size
    x1, y1, x2, y2 = box
    return (
        min(max((x1 - left) / scale, 0), w),
        min(max((y1 - top) / scale, 0), h),
        min(max((x2 - left) / scale, 0), w),
        min(max((y2 - top) / scale, 0), h),
    )

# %% mistake="square-at-the-end" exercise="letterbox"
def letterbox(image, side):
    h, w = image.shape[:2]
    scale = side / max(w, h)
    nw, nh = round(w * scale), round(h * scale)
    left, top = (side - nw) // 2, (side - nh) // 2
    square = np.full((side, side, 3), 114, np.uint8)
    square[top : top + nh, left : left + nw] = cv2.resize(image, (nw, nh))
    return scale, left, top, square


def unletterbox(box, scale, left, top, size):
    w, h = size
    x1, y1, x2, y2 = box
    return (
        min(max((x1 - left) / scale, 0), w),
        min(max((y1 - top) / scale, 0), h),
        min(max((x2 - left) / scale, 0), w),
        min(max((y2 - top) / scale, 0), h),
    )

# %% mistake="scale-rounded" exercise="letterbox"
def letterbox(image, side):
    h, w = image.shape[:2]
    scale = round(side / max(w, h), 2)
    nw, nh = round(w * scale), round(h * scale)
    left, top = (side - nw) // 2, (side - nh) // 2
    square = np.full((side, side, 3), 114, np.uint8)
    square[top : top + nh, left : left + nw] = cv2.resize(image, (nw, nh))
    return square, scale, left, top


def unletterbox(box, scale, left, top, size):
    w, h = size
    x1, y1, x2, y2 = box
    return (
        min(max((x1 - left) / scale, 0), w),
        min(max((y1 - top) / scale, 0), h),
        min(max((x2 - left) / scale, 0), w),
        min(max((y2 - top) / scale, 0), h),
    )

# %% mistake="half-a-row-for-a-bar" exercise="letterbox"
def letterbox(image, side):
    h, w = image.shape[:2]
    scale = side / max(w, h)
    nw, nh = round(w * scale), round(h * scale)
    left, top = (side - nw) / 2, (side - nh) / 2
    square = np.full((side, side, 3), 114, np.uint8)
    square[int(top) : int(top) + nh, int(left) : int(left) + nw] = cv2.resize(image, (nw, nh))
    return square, scale, left, top


def unletterbox(box, scale, left, top, size):
    w, h = size
    x1, y1, x2, y2 = box
    return (
        min(max((x1 - left) / scale, 0), w),
        min(max((y1 - top) / scale, 0), h),
        min(max((x2 - left) / scale, 0), w),
        min(max((y2 - top) / scale, 0), h),
    )

# %% mistake="same-bar-on-both-sides" exercise="letterbox"
def letterbox(image, side):
    h, w = image.shape[:2]
    scale = side / max(w, h)
    nw, nh = round(w * scale), round(h * scale)
    left, top = (side - nw) // 2, (side - nh) // 2
    square = cv2.copyMakeBorder(
        cv2.resize(image, (nw, nh)), top, top, left, left, cv2.BORDER_CONSTANT, value=(114, 114, 114)
    )
    return square, scale, left, top


def unletterbox(box, scale, left, top, size):
    w, h = size
    x1, y1, x2, y2 = box
    return (
        min(max((x1 - left) / scale, 0), w),
        min(max((y1 - top) / scale, 0), h),
        min(max((x2 - left) / scale, 0), w),
        min(max((y2 - top) / scale, 0), h),
    )

# %% mistake="each-corner-cut-at-one-edge" exercise="letterbox"
def letterbox(image, side):
    h, w = image.shape[:2]
    scale = side / max(w, h)
    nw, nh = round(w * scale), round(h * scale)
    left, top = (side - nw) // 2, (side - nh) // 2
    square = np.full((side, side, 3), 114, np.uint8)
    square[top : top + nh, left : left + nw] = cv2.resize(image, (nw, nh))
    return square, scale, left, top


def unletterbox(box, scale, left, top, size):
    w, h = size
    x1, y1, x2, y2 = box
    return (
        max((x1 - left) / scale, 0),
        max((y1 - top) / scale, 0),
        min((x2 - left) / scale, w),
        min((y2 - top) / scale, h),
    )
