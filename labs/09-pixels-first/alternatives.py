# %% [markdown]
# Right answers to lab 9, written another way. Each cell replaces one exercise's solution and must pass.
#
# ruff: noqa: F821
# (That is for ruff: cv2, np, html and Path come from the lab's first cell.)

# %% alternative="slicing-and-shape" exercise="to_rgb"
def to_rgb(image):
    return image[:, :, ::-1]


def size_wh(image):
    return (image.shape[1], image.shape[0])

# %% alternative="pixel-by-pixel" exercise="to_rgb"
def to_rgb(image):
    rgb = image.copy()
    for y in range(len(image)):
        for x in range(len(image[0])):
            b, g, r = image[y, x]
            rgb[y, x] = r, g, b
    return rgb


def size_wh(image):
    print("the shape is", image.shape)
    return [len(image[0]), len(image)]

# %% alternative="split-and-merge" exercise="to_rgb"
def to_rgb(image):
    blue, green, red = cv2.split(image)
    return cv2.merge([red, green, blue])


def size_wh(image):
    return tuple(reversed(image.shape[:2]))

# %% alternative="fancy-index-and-flip" exercise="to_rgb"
def to_rgb(image):
    return np.flip(image, axis=2).copy()


def size_wh(image):
    return image.shape[1::-1]

# %% alternative="saturating-add" exercise="crop"
def crop(image, box, brighter=0):
    h, w, _ = image.shape
    x1, y1, x2, y2 = box
    x1 = max(0, min(x1, w))
    x2 = max(0, min(x2, w))
    y1 = max(0, min(y1, h))
    y2 = max(0, min(y2, h))
    part = image[y1:y2, x1:x2].copy()
    if part.size == 0:
        return part
    return cv2.add(part, np.full(part.shape, brighter, np.int16), dtype=cv2.CV_8U)

# %% alternative="plain-loops" exercise="crop"
def crop(image, box, brighter=0):
    x1, y1, x2, y2 = box
    ys = [y for y in range(y1, y2) if 0 <= y < image.shape[0]]
    xs = [x for x in range(x1, x2) if 0 <= x < image.shape[1]]
    part = np.zeros((len(ys), len(xs), 3), dtype="uint8")
    for row, y in enumerate(ys):
        for column, x in enumerate(xs):
            for channel in range(3):
                part[row, column, channel] = min(255, max(0, int(image[y, x, channel]) + brighter))
    return part

# %% alternative="clip-the-box-in-one-go" exercise="crop"
def crop(image, box, brighter=0):
    x1, x2 = np.clip([box[0], box[2]], 0, image.shape[1])
    y1, y2 = np.clip([box[1], box[3]], 0, image.shape[0])
    print("cutting", x1, y1, x2, y2)
    part = image.astype(np.int32)[y1:y2, x1:x2]
    part += brighter
    part[part > 255] = 255
    part[part < 0] = 0
    return part.astype(np.uint8)

# %% alternative="pillow-cuts" exercise="crop"
def crop(image, box, brighter=0):
    from PIL import Image

    height, width = image.shape[:2]
    x1, y1, x2, y2 = box
    clipped = [min(max(x1, 0), width), min(max(y1, 0), height), min(max(x2, 0), width), min(max(y2, 0), height)]
    if clipped[0] >= clipped[2] or clipped[1] >= clipped[3]:
        return image[:0, :0].copy()
    cut = Image.fromarray(image).crop(clipped)
    return np.asarray(cut.point(lambda value: min(255, max(0, value + brighter))))

# %% alternative="lookup-table" exercise="crop"
def clamp(n, top):
    return 0 if n < 0 else top if n > top else n

def crop(image, box, brighter=0):
    x1, y1, x2, y2 = box
    h, w = image.shape[:2]
    part = image[clamp(y1, h):clamp(y2, h), clamp(x1, w):clamp(x2, w)]
    table = np.array([clamp(i + brighter, 255) for i in range(256)], dtype=np.uint8)
    return table[part]

# %% alternative="numpy-masks" exercise="find_blobs"
def find_blobs(image, low, high, min_area):
    h, s, v = cv2.split(cv2.cvtColor(image, cv2.COLOR_BGR2HSV))
    up, down = h >= low[0], h <= high[0]
    hue = up | down if low[0] > high[0] else up & down
    mask = hue & (s >= low[1]) & (s <= high[1]) & (v >= low[2]) & (v <= high[2])
    count, _, stats, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8))
    order = sorted(range(1, count), key=lambda number: -stats[number, cv2.CC_STAT_AREA])
    return [
        [stats[i, 0], stats[i, 1], stats[i, 0] + stats[i, 2], stats[i, 1] + stats[i, 3]]
        for i in order
        if stats[i, 4] >= min_area
    ]

# %% alternative="labels-one-by-one" exercise="find_blobs"
def find_blobs(image, low, high, min_area):
    hsv = cv2.cvtColor(image, cv2.COLOR_BGR2HSV)
    low, high = list(low), list(high)
    if low[0] <= high[0]:
        mask = cv2.inRange(hsv, np.array(low), np.array(high))
    else:
        mask = cv2.bitwise_or(
            cv2.inRange(hsv, np.array(low), np.array([180, *high[1:]])),
            cv2.inRange(hsv, np.array([0, *low[1:]]), np.array(high)),
        )
    count, labels = cv2.connectedComponents(mask)
    found = []
    for number in range(1, count):
        ys, xs = np.where(labels == number)
        if len(xs) >= min_area:
            found.append((len(xs), int(xs.min()), int(ys.min()), int(xs.max()) + 1, int(ys.max()) + 1))
    print(len(found), "blobs")
    return [(x1, y1, x2, y2) for _, x1, y1, x2, y2 in sorted(found)[::-1]]

# %% alternative="flood-fill" exercise="find_blobs"
def find_blobs(image, low, high, min_area):
    hsv = cv2.cvtColor(image, cv2.COLOR_BGR2HSV).tolist()
    def inside(p):
        h, s, v = p
        hue = low[0] <= h <= high[0] if low[0] <= high[0] else h >= low[0] or h <= high[0]
        return hue and low[1] <= s <= high[1] and low[2] <= v <= high[2]
    todo = {(x, y) for y, row in enumerate(hsv) for x, p in enumerate(row) if inside(p)}
    blobs = []
    while todo:
        stack, blob = [todo.pop()], []
        while stack:
            x, y = stack.pop()
            blob.append((x, y))
            for n in ((x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)):
                if n in todo:
                    todo.remove(n)
                    stack.append(n)
        if len(blob) >= min_area:
            xs, ys = zip(*blob, strict=True)
            blobs.append((-len(blob), [min(xs), min(ys), max(xs) + 1, max(ys) + 1]))
    return [b for _, b in sorted(blobs)]

# %% alternative="numpy-array-of-boxes" exercise="find_blobs"
def find_blobs(image, low, high, min_area):
    hsv = cv2.cvtColor(image, cv2.COLOR_BGR2HSV)
    ranges = [(low, high)] if low[0] <= high[0] else [(low, (180, *high[1:])), ((0, *low[1:]), high)]
    mask = sum(cv2.inRange(hsv, np.array(a), np.array(b)) // 255 for a, b in ranges)
    stats = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=4)[2][1:]
    stats = stats[stats[:, 4] >= min_area]
    stats = stats[np.argsort(stats[:, 4])[::-1]]
    boxes = stats[:, :4].copy()
    boxes[:, 2:] += boxes[:, :2]
    return boxes

# %% alternative="numpy-outline" exercise="draw"
def draw(image, boxes, labels):
    result = np.array(image)
    for i in range(len(boxes)):
        x1, y1, x2, y2 = boxes[i]
        result[y1 : y1 + 2, x1:x2] = (0, 0, 255)
        result[y2 - 2 : y2, x1:x2] = (0, 0, 255)
        result[y1:y2, x1 : x1 + 2] = (0, 0, 255)
        result[y1:y2, x2 - 2 : x2] = (0, 0, 255)
        cv2.putText(result, labels[i], (x1 + 4, y1 + 16), cv2.FONT_HERSHEY_PLAIN, 1, (0, 0, 255))
    return result

# %% alternative="pillow-draws" exercise="draw"
def draw(image, boxes, labels):
    from PIL import Image, ImageDraw

    picture = Image.fromarray(cv2.cvtColor(image, cv2.COLOR_BGR2RGB))
    pen = ImageDraw.Draw(picture)
    for box, label in zip(boxes, labels, strict=True):
        pen.rectangle(box, outline="yellow", width=3)
        pen.text((box[0] + 4, box[1] + 3), label, fill="yellow")
    return cv2.cvtColor(np.array(picture), cv2.COLOR_RGB2BGR)

# %% alternative="label-on-a-plate" exercise="draw"
def draw(image, boxes, labels):
    out = image.copy()
    for number, box in enumerate(boxes):
        x1, y1, x2, y2 = (int(value) for value in box)
        (wide, high), _ = cv2.getTextSize(labels[number], cv2.FONT_HERSHEY_SIMPLEX, 0.6, 1)
        top = y1 - high - 8
        if top < 0:
            top = y1
        cv2.rectangle(out, (x1, y1), (x2, y2), (255, 128, 0), 3)
        cv2.rectangle(out, (x1, top), (x1 + wide + 4, top + high + 8), (255, 128, 0), -1)
        cv2.putText(out, labels[number], (x1 + 2, top + high + 3), cv2.FONT_HERSHEY_SIMPLEX, 0.6, (255, 255, 255), 1)
    print("drew", len(boxes), "boxes")
    return out

# %% alternative="polylines" exercise="draw"
def draw(image, boxes, labels):
    out = np.array(image, copy=True)
    for box, label in zip(boxes, labels, strict=True):
        x1, y1, x2, y2 = box
        pts = np.array([(x1, y1), (x2, y1), (x2, y2), (x1, y2)])
        cv2.polylines(out, [pts], True, (0, 0, 255), 3)
        cv2.putText(out, label, (x1 + 5, y1 + 18), cv2.FONT_HERSHEY_DUPLEX, 0.5, (0, 0, 255), 1, cv2.LINE_AA)
    return out

# %% alternative="joined-parts-and-early-continue" exercise="tag_folder"
def picture_html(src, alt, size, boxes, labels):
    from html import escape

    parts = ["<img src='" + escape(src) + "' alt='" + escape(alt) + "' />"]
    for i, (x1, y1, x2, y2) in enumerate(boxes):
        numbers = (x1 / size[0], y1 / size[1], (x2 - x1) / size[0], (y2 - y1) / size[1])
        style = "left: {:.1%}; top: {:.1%}; width: {:.1%}; height: {:.1%};".format(*numbers)
        parts.append("<span class='box' style='position: absolute; " + style + "'>" + escape(labels[i]) + "</span>")
    return "".join(parts)


def tag_folder(paths, load_detector):
    rows, detect = [], load_detector()
    for path in paths:
        image = cv2.imread(str(path))
        if image is None:
            print(path, "could not be read")
            rows.append({"name": path.name, "found": None, "size": None, "boxes": []})
            continue
        boxes = detect(image)
        h, w = image.shape[:2]
        rows.append({"name": path.name, "found": bool(boxes), "size": (w, h), "boxes": boxes})
    return rows

# %% alternative="a-helper-and-load" exercise="tag_folder"
def picture_html(src, alt, size, boxes, labels):
    def share(part, whole):
        return f"{part / whole:.3%}"

    def div(box, label):
        x1, y1, x2, y2 = box
        style = [
            ("left", share(x1, size[0])),
            ("top", share(y1, size[1])),
            ("width", share(x2 - x1, size[0])),
            ("height", share(y2 - y1, size[1])),
        ]
        text = ";".join(f"{name}:{value}" for name, value in style)
        return f'<div class="box" title="{html.escape(label)}" style="{text}"><b>{html.escape(label)}</b></div>'

    image = f'<img alt="{html.escape(alt)}" src="{html.escape(src)}" loading="lazy">'
    return image + "".join(map(div, boxes, labels))


def tag_folder(paths, load_detector):
    from dojo import DojoError

    detect = load_detector()

    def row(path):
        try:
            image = load(path)
        except DojoError:
            return {"name": path.name, "found": None, "size": None, "boxes": []}
        boxes = detect(image)
        return {"name": path.name, "found": len(boxes) != 0, "size": (image.shape[1], image.shape[0]), "boxes": boxes}

    return [row(path) for path in paths]

# %% alternative="wrapped-and-reasoned" exercise="tag_folder"
def picture_html(src, alt, size, boxes, labels):
    width, height = size
    text = f"""<div class="frame">
      <img src="{html.escape(src)}" alt="{html.escape(alt)}">"""
    for box, label in zip(boxes, labels, strict=True):
        left, top = box[0] * 100 / width, box[1] * 100 / height
        wide, high = box[2] * 100 / width - left, box[3] * 100 / height - top
        text += f"""
      <div style="LEFT: {left:.4f}%; TOP: {top:.4f}%; WIDTH: {wide:.4f}%; HEIGHT: {high:.4f}%">
        {html.escape(label)}
      </div>"""
    return text + "</div>"


def tag_folder(paths, load_detector):
    detector = load_detector()
    rows = []
    for path in map(Path, paths):
        image = cv2.imread(str(path), cv2.IMREAD_COLOR)
        readable = image is not None
        boxes = detector(image) if readable else []
        found = any(True for _ in boxes) if readable else None
        reason = "" if readable else "not a picture"
        size = (len(image[0]), len(image)) if readable else None
        rows.append({"name": path.name, "found": found, "size": size, "boxes": boxes, "reason": reason})
    return rows

# %% alternative="own-percent-helper" exercise="tag_folder"
def percent(part, whole):
    return f"{part / whole * 100:.1f}%"

def is_picture(path):
    return cv2.imread(str(path)) is not None

def picture_html(src, alt, size, boxes, labels):
    w, h = size
    lines = [f'<img alt="{html.escape(alt)}" src="{html.escape(src)}">']
    for (x1, y1, x2, y2), label in zip(boxes, labels, strict=True):
        place = f"left:{percent(x1, w)};top:{percent(y1, h)};width:{percent(x2 - x1, w)};height:{percent(y2 - y1, h)}"
        lines.append(f'<div style="{place}">{html.escape(label)}</div>')
    return "\n".join(lines)

def tag_folder(paths, load_detector):
    detector = load_detector()
    result = []
    for path in paths:
        entry = {"name": path.name, "found": None, "size": None, "boxes": []}
        result.append(entry)
        if not is_picture(path):
            continue
        image = cv2.imread(str(path))
        entry["boxes"] = detector(image)
        entry["found"] = entry["boxes"] != []
        entry["size"] = (image.shape[1], image.shape[0])
    return result

# %% alternative="elementtree-and-try" exercise="tag_folder"
import xml.etree.ElementTree as ET


def picture_html(src, alt, size, boxes, labels):
    root = ET.Element("section")
    ET.SubElement(root, "img", src=src, alt=alt)
    for (x1, y1, x2, y2), label in zip(boxes, labels, strict=True):
        parts = {"left": x1 / size[0], "top": y1 / size[1], "width": (x2 - x1) / size[0], "height": (y2 - y1) / size[1]}
        css = "; ".join(f"{name}: {100 * part:.3f}%" for name, part in parts.items())
        ET.SubElement(root, "div", {"class": "box", "style": css}).text = label
    return ET.tostring(root, encoding="unicode", method="html")

def tag_folder(paths, load_detector):
    detector = load_detector()
    def row(path):
        name = str(path).replace("\\", "/").split("/")[-1]
        image = cv2.imread(str(path))
        try:
            height, width = image.shape[:2]
        except AttributeError:
            return {"name": name, "found": None, "size": None, "boxes": []}
        boxes = detector(image)
        return {"name": name, "found": bool(len(boxes)), "size": (width, height), "boxes": list(boxes)}
    return list(map(row, paths))

# %% alternative="shape-backwards-and-three-planes" exercise="to_rgb"
def to_rgb(image):
    print("shape", image.shape)
    new = np.empty_like(image)
    new[..., 0], new[..., 1], new[..., 2] = image[..., 2], image[..., 1], image[..., 0]
    return new


def size_wh(image):
    return image.shape[1::-1]

# %% alternative="pillow-tells-the-size" exercise="to_rgb"
def to_rgb(image):
    return np.take(image, (2, 1, 0), axis=2)


def size_wh(image):
    from PIL import Image

    return Image.fromarray(image).size

# %% alternative="rows-and-columns-that-exist" exercise="crop"
def crop(image, box, brighter=0):
    x1, y1, x2, y2 = box
    rows = [y for y in range(image.shape[0]) if y1 <= y < y2]
    columns = [x for x in range(image.shape[1]) if x1 <= x < x2]
    part = image[np.ix_(rows, columns)] if rows and columns else np.zeros((0, 0, 3), np.uint8)
    shift = np.full(part.shape, abs(brighter), np.uint8)
    if part.size == 0:
        return part
    return cv2.add(part, shift) if brighter >= 0 else cv2.subtract(part, shift)

# %% alternative="hues-turned-and-outlines-with-holes" exercise="find_blobs"
def find_blobs(image, low, high, min_area):
    hsv = cv2.cvtColor(image, cv2.COLOR_BGR2HSV)
    if low[0] > high[0]:
        hsv = hsv.copy()
        hsv[:, :, 0] = (hsv[:, :, 0].astype(int) - low[0]) % 180
        high = ((high[0] - low[0]) % 180, high[1], high[2])
        low = (0, low[1], low[2])
    mask = cv2.inRange(hsv, low, high)
    contours, tree = cv2.findContours(mask, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    found = []
    for k, c in enumerate(contours):
        if tree[0][k][3] != -1:
            continue
        alone = np.zeros_like(mask)
        cv2.drawContours(alone, contours, k, 255, -1, hierarchy=tree)
        area = np.count_nonzero(alone & mask)
        if area >= min_area:
            x, y, w, h = cv2.boundingRect(c)
            found.append((area, (x, y, x + w, y + h)))
    return [box for _, box in sorted(found, key=lambda one: one[0], reverse=True)]

# %% alternative="inside-where-there-is-no-room" exercise="draw"
def draw(image, boxes, labels):
    out = image.copy()
    for box, label in zip(boxes, labels, strict=True):
        x1, y1, x2, y2 = box
        cv2.rectangle(out, (x1, y1), (x2, y2), (0, 255, 0), 1)
        y = y1 - 6 if y1 > 20 else y1 + 16
        cv2.putText(out, label, (x1, y), cv2.FONT_HERSHEY_SIMPLEX, 0.6, (0, 255, 0), 2)
    return out

# %% alternative="percent-format-and-a-class" exercise="tag_folder"
def picture_html(src, alt, size, boxes, labels):
    w, h = size
    out = [f'<div class="wrap"><img alt="{html.escape(alt)}" src="{html.escape(src)}" />']
    for (x1, y1, x2, y2), label in zip(boxes, labels, strict=True):
        out.append(
            f"<div class='box' style='position: absolute; left: {x1 / w:.2%}; top: {y1 / h:.2%}; "
            f"width: {(x2 - x1) / w:.2%}; height: {(y2 - y1) / h:.2%};'><span>{html.escape(label)}</span></div>"
        )
    return "".join(out) + "</div>"


class Tagger:
    def __init__(self, detector):
        self.detector = detector

    def row(self, path):
        image = cv2.imread(str(path), cv2.IMREAD_COLOR)
        if image is None:
            return {"name": path.name, "found": None, "size": None, "boxes": []}
        boxes = self.detector(image)
        return {"name": path.name, "found": bool(boxes), "size": image.shape[1::-1], "boxes": boxes}


def tag_folder(paths, load_detector):
    tagger = Tagger(load_detector())
    return [tagger.row(path) for path in paths]

# %% alternative="decoded-bytes-and-full-numbers" exercise="tag_folder"
def picture_html(src, alt, size, boxes, labels):
    page = '<img src="' + html.escape(src, quote=True) + '" alt="' + html.escape(alt, quote=True) + '">\n'
    for box, label in zip(boxes, labels, strict=True):
        left = box[0] * 100 / size[0]
        top = box[1] * 100 / size[1]
        width = (box[2] - box[0]) * 100 / size[0]
        height = (box[3] - box[1]) * 100 / size[1]
        page += (
            f'<div style="left: {left}%; top: {top}%; width: {width}%; height: {height}%">{html.escape(label)}</div>\n'
        )
    return page


def tag_folder(paths, load_detector):
    detector = None
    out = []
    for path in paths:
        data = np.frombuffer(path.read_bytes(), np.uint8) if path.exists() else np.array([], np.uint8)
        image = cv2.imdecode(data, cv2.IMREAD_COLOR) if data.size else None
        found, size, boxes = None, None, []
        if image is not None:
            detector = detector or load_detector()
            boxes = list(detector(image))
            found = len(boxes) != 0
            size = (image.shape[1], image.shape[0])
        out.append({"name": path.name, "found": found, "size": size, "boxes": boxes})
    return out
