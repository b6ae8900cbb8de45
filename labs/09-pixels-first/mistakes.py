# %% [markdown]
# Wrong answers to lab 9 that people really give. Each cell replaces one exercise's solution and must lose its points.
#
# ruff: noqa: F821
# (That is for ruff: cv2, np, html and Path come from the lab's first cell.)

# %% mistake="bgr-shown-as-rgb" exercise="to_rgb"
def to_rgb(image):
    return image.copy()


def size_wh(image):
    height, width = image.shape[:2]
    return width, height

# %% mistake="rows-turned-round" exercise="to_rgb"
def to_rgb(image):
    return image[::-1]


def size_wh(image):
    height, width = image.shape[:2]
    return width, height

# %% mistake="columns-turned-round" exercise="to_rgb"
def to_rgb(image):
    return image[:, ::-1]


def size_wh(image):
    height, width = image.shape[:2]
    return width, height

# %% mistake="every-axis-turned-round" exercise="to_rgb"
def to_rgb(image):
    return image[::-1, ::-1, ::-1]


def size_wh(image):
    height, width = image.shape[:2]
    return width, height

# %% mistake="swapped-in-the-original" exercise="to_rgb"
def to_rgb(image):
    red = image[:, :, 2].copy()
    image[:, :, 2] = image[:, :, 0]
    image[:, :, 0] = red
    return image


def size_wh(image):
    height, width = image.shape[:2]
    return width, height

# %% mistake="swap-without-a-third-hand" exercise="to_rgb"
def to_rgb(image):
    rgb = image.copy()
    rgb[:, :, 0] = rgb[:, :, 2]
    rgb[:, :, 2] = rgb[:, :, 0]
    return rgb


def size_wh(image):
    height, width = image.shape[:2]
    return width, height

# %% mistake="hsv-for-rgb" exercise="to_rgb"
def to_rgb(image):
    return cv2.cvtColor(image, cv2.COLOR_BGR2HSV)


def size_wh(image):
    height, width = image.shape[:2]
    return width, height

# %% mistake="scaled-to-one" exercise="to_rgb"
def to_rgb(image):
    return image[:, :, ::-1] / 255


def size_wh(image):
    height, width = image.shape[:2]
    return width, height

# %% mistake="height-first" exercise="to_rgb"
def to_rgb(image):
    return cv2.cvtColor(image, cv2.COLOR_BGR2RGB)


def size_wh(image):
    return image.shape[:2]

# %% mistake="grey-has-no-third-number" exercise="to_rgb"
def to_rgb(image):
    return cv2.cvtColor(image, cv2.COLOR_BGR2RGB)


def size_wh(image):
    height, width, _ = image.shape
    return width, height

# %% mistake="counted-from-the-back" exercise="to_rgb"
def to_rgb(image):
    return cv2.cvtColor(image, cv2.COLOR_BGR2RGB)


def size_wh(image):
    return image.shape[-2], image.shape[-3]

# %% mistake="size-by-heart" exercise="to_rgb"
def to_rgb(image):
    return cv2.cvtColor(image, cv2.COLOR_BGR2RGB)


def size_wh(image):
    return 320, 240

# %% mistake="whole-shape-turned-round" exercise="to_rgb"
def to_rgb(image):
    return cv2.cvtColor(image, cv2.COLOR_BGR2RGB)


def size_wh(image):
    return image.shape[::-1]

# %% mistake="array-size-for-picture-size" exercise="to_rgb"
def to_rgb(image):
    return cv2.cvtColor(image, cv2.COLOR_BGR2RGB)


def size_wh(image):
    return image.size

# %% mistake="printed-not-returned" exercise="to_rgb"
def to_rgb(image):
    return cv2.cvtColor(image, cv2.COLOR_BGR2RGB)


def size_wh(image):
    print(image.shape[1], image.shape[0])

# %% mistake="x-and-y-swapped" exercise="crop"
def crop(image, box, brighter=0):
    height, width = image.shape[:2]
    x1, x2 = (min(max(x, 0), width) for x in (box[0], box[2]))
    y1, y2 = (min(max(y, 0), height) for y in (box[1], box[3]))
    return np.clip(image[x1:x2, y1:y2].astype(int) + brighter, 0, 255).astype(np.uint8)

# %% mistake="negative-wraps-round" exercise="crop"
def crop(image, box, brighter=0):
    x1, y1, x2, y2 = box
    return np.clip(image[y1:y2, x1:x2].astype(int) + brighter, 0, 255).astype(np.uint8)

# %% mistake="only-the-first-corner-clipped" exercise="crop"
def crop(image, box, brighter=0):
    x1, y1, x2, y2 = box
    part = image[max(y1, 0) : y2, max(x1, 0) : x2]
    return np.clip(part.astype(int) + brighter, 0, 255).astype(np.uint8)

# %% mistake="clipped-to-the-last-pixel" exercise="crop"
def crop(image, box, brighter=0):
    height, width = image.shape[:2]
    x1, x2 = (min(max(x, 0), width - 1) for x in (box[0], box[2]))
    y1, y2 = (min(max(y, 0), height - 1) for y in (box[1], box[3]))
    return np.clip(image[y1:y2, x1:x2].astype(int) + brighter, 0, 255).astype(np.uint8)

# %% mistake="height-and-width-mixed-up" exercise="crop"
def crop(image, box, brighter=0):
    width, height = image.shape[:2]
    x1, x2 = (min(max(x, 0), width) for x in (box[0], box[2]))
    y1, y2 = (min(max(y, 0), height) for y in (box[1], box[3]))
    return np.clip(image[y1:y2, x1:x2].astype(int) + brighter, 0, 255).astype(np.uint8)

# %% mistake="light-wraps-round" exercise="crop"
def crop(image, box, brighter=0):
    height, width = image.shape[:2]
    x1, x2 = (min(max(x, 0), width) for x in (box[0], box[2]))
    y1, y2 = (min(max(y, 0), height) for y in (box[1], box[3]))
    return image[y1:y2, x1:x2] + np.uint8(brighter % 256)

# %% mistake="clipped-after-the-wrap" exercise="crop"
def crop(image, box, brighter=0):
    height, width = image.shape[:2]
    x1, x2 = (min(max(x, 0), width) for x in (box[0], box[2]))
    y1, y2 = (min(max(y, 0), height) for y in (box[1], box[3]))
    return np.clip(image[y1:y2, x1:x2] + brighter, 0, 255)

# %% mistake="dark-end-forgotten" exercise="crop"
def crop(image, box, brighter=0):
    height, width = image.shape[:2]
    x1, x2 = (min(max(x, 0), width) for x in (box[0], box[2]))
    y1, y2 = (min(max(y, 0), height) for y in (box[1], box[3]))
    return np.minimum(image[y1:y2, x1:x2].astype(int) + brighter, 255).astype(np.uint8)

# %% mistake="view-paints-the-original" exercise="crop"
def crop(image, box, brighter=0):
    height, width = image.shape[:2]
    x1, x2 = (min(max(x, 0), width) for x in (box[0], box[2]))
    y1, y2 = (min(max(y, 0), height) for y in (box[1], box[3]))
    part = image[y1:y2, x1:x2]
    part[:] = np.clip(part.astype(int) + brighter, 0, 255)
    return part

# %% mistake="wide-numbers-left-wide" exercise="crop"
def crop(image, box, brighter=0):
    height, width = image.shape[:2]
    x1, x2 = (min(max(x, 0), width) for x in (box[0], box[2]))
    y1, y2 = (min(max(y, 0), height) for y in (box[1], box[3]))
    return np.clip(image[y1:y2, x1:x2].astype(int) + brighter, 0, 255)

# %% mistake="box-read-as-width-and-height" exercise="crop"
def crop(image, box, brighter=0):
    x, y, w, h = box
    x1, y1 = max(x, 0), max(y, 0)
    return np.clip(image[y1 : max(y + h, 0), x1 : max(x + w, 0)].astype(int) + brighter, 0, 255).astype(np.uint8)

# %% mistake="brighter-forgotten" exercise="crop"
def crop(image, box, brighter=0):
    height, width = image.shape[:2]
    x1, x2 = (min(max(x, 0), width) for x in (box[0], box[2]))
    y1, y2 = (min(max(y, 0), height) for y in (box[1], box[3]))
    return image[y1:y2, x1:x2].copy()

# %% mistake="padded-with-black" exercise="crop"
def crop(image, box, brighter=0):
    x1, y1, x2, y2 = box
    part = np.zeros((y2 - y1, x2 - x1, 3), np.uint8)
    for y in range(y1, y2):
        for x in range(x1, x2):
            if 0 <= y < image.shape[0] and 0 <= x < image.shape[1]:
                part[y - y1, x - x1] = np.clip(image[y, x].astype(int) + brighter, 0, 255)
    return part

# %% mistake="red-has-one-end" exercise="find_blobs"
def find_blobs(image, low, high, min_area):
    hsv = cv2.cvtColor(image, cv2.COLOR_BGR2HSV)
    mask = cv2.inRange(hsv, low, high)
    found = []
    for x, y, w, h, area in cv2.connectedComponentsWithStats(mask)[2][1:].tolist():
        if area >= min_area:
            found.append((area, (x, y, x + w, y + h)))
    return [box for area, box in sorted(found, reverse=True)]

# %% mistake="only-the-low-reds" exercise="find_blobs"
def find_blobs(image, low, high, min_area):
    hsv = cv2.cvtColor(image, cv2.COLOR_BGR2HSV)
    if low[0] > high[0]:
        low = (0, low[1], low[2])
    mask = cv2.inRange(hsv, low, high)
    found = []
    for x, y, w, h, area in cv2.connectedComponentsWithStats(mask)[2][1:].tolist():
        if area >= min_area:
            found.append((area, (x, y, x + w, y + h)))
    return [box for area, box in sorted(found, reverse=True)]

# %% mistake="ends-swapped-to-fit" exercise="find_blobs"
def find_blobs(image, low, high, min_area):
    hsv = cv2.cvtColor(image, cv2.COLOR_BGR2HSV)
    first, last = min(low[0], high[0]), max(low[0], high[0])
    mask = cv2.inRange(hsv, (first, low[1], low[2]), (last, high[1], high[2]))
    found = []
    for x, y, w, h, area in cv2.connectedComponentsWithStats(mask)[2][1:].tolist():
        if area >= min_area:
            found.append((area, (x, y, x + w, y + h)))
    return [box for area, box in sorted(found, reverse=True)]

# %% mistake="both-ends-at-once" exercise="find_blobs"
def find_blobs(image, low, high, min_area):
    hsv = cv2.cvtColor(image, cv2.COLOR_BGR2HSV)
    if low[0] <= high[0]:
        mask = cv2.inRange(hsv, low, high)
    else:
        mask = cv2.inRange(hsv, low, (179, high[1], high[2])) & cv2.inRange(hsv, (0, low[1], low[2]), high)
    found = []
    for x, y, w, h, area in cv2.connectedComponentsWithStats(mask)[2][1:].tolist():
        if area >= min_area:
            found.append((area, (x, y, x + w, y + h)))
    return [box for area, box in sorted(found, reverse=True)]

# %% mistake="low-reds-of-any-paleness" exercise="find_blobs"
def find_blobs(image, low, high, min_area):
    hsv = cv2.cvtColor(image, cv2.COLOR_BGR2HSV)
    if low[0] <= high[0]:
        mask = cv2.inRange(hsv, low, high)
    else:
        mask = cv2.inRange(hsv, low, (179, high[1], high[2])) | cv2.inRange(hsv, (0, 0, 0), high)
    found = []
    for x, y, w, h, area in cv2.connectedComponentsWithStats(mask)[2][1:].tolist():
        if area >= min_area:
            found.append((area, (x, y, x + w, y + h)))
    return [box for area, box in sorted(found, reverse=True)]

# %% mistake="background-is-a-blob" exercise="find_blobs"
def find_blobs(image, low, high, min_area):
    hsv = cv2.cvtColor(image, cv2.COLOR_BGR2HSV)
    if low[0] <= high[0]:
        mask = cv2.inRange(hsv, low, high)
    else:
        mask = cv2.inRange(hsv, low, (179, high[1], high[2])) | cv2.inRange(hsv, (0, low[1], low[2]), high)
    found = []
    for x, y, w, h, area in cv2.connectedComponentsWithStats(mask)[2].tolist():
        if area >= min_area:
            found.append((area, (x, y, x + w, y + h)))
    return [box for area, box in sorted(found, reverse=True)]

# %% mistake="largest-taken-for-background" exercise="find_blobs"
def find_blobs(image, low, high, min_area):
    hsv = cv2.cvtColor(image, cv2.COLOR_BGR2HSV)
    if low[0] <= high[0]:
        mask = cv2.inRange(hsv, low, high)
    else:
        mask = cv2.inRange(hsv, low, (179, high[1], high[2])) | cv2.inRange(hsv, (0, low[1], low[2]), high)
    found = []
    blobs = sorted(cv2.connectedComponentsWithStats(mask)[2].tolist(), key=lambda blob: blob[4])
    for x, y, w, h, area in blobs[:-1]:
        if area >= min_area:
            found.append((area, (x, y, x + w, y + h)))
    return [box for area, box in sorted(found, reverse=True)]

# %% mistake="width-and-height-in-the-box" exercise="find_blobs"
def find_blobs(image, low, high, min_area):
    hsv = cv2.cvtColor(image, cv2.COLOR_BGR2HSV)
    if low[0] <= high[0]:
        mask = cv2.inRange(hsv, low, high)
    else:
        mask = cv2.inRange(hsv, low, (179, high[1], high[2])) | cv2.inRange(hsv, (0, low[1], low[2]), high)
    found = []
    for x, y, w, h, area in cv2.connectedComponentsWithStats(mask)[2][1:].tolist():
        if area >= min_area:
            found.append((area, (x, y, w, h)))
    return [box for area, box in sorted(found, reverse=True)]

# %% mistake="rows-before-columns" exercise="find_blobs"
def find_blobs(image, low, high, min_area):
    hsv = cv2.cvtColor(image, cv2.COLOR_BGR2HSV)
    if low[0] <= high[0]:
        mask = cv2.inRange(hsv, low, high)
    else:
        mask = cv2.inRange(hsv, low, (179, high[1], high[2])) | cv2.inRange(hsv, (0, low[1], low[2]), high)
    found = []
    for x, y, w, h, area in cv2.connectedComponentsWithStats(mask)[2][1:].tolist():
        if area >= min_area:
            found.append((area, (y, x, y + h, x + w)))
    return [box for area, box in sorted(found, reverse=True)]

# %% mistake="last-pixel-inside" exercise="find_blobs"
def find_blobs(image, low, high, min_area):
    hsv = cv2.cvtColor(image, cv2.COLOR_BGR2HSV)
    if low[0] <= high[0]:
        mask = cv2.inRange(hsv, low, high)
    else:
        mask = cv2.inRange(hsv, low, (179, high[1], high[2])) | cv2.inRange(hsv, (0, low[1], low[2]), high)
    found = []
    for x, y, w, h, area in cv2.connectedComponentsWithStats(mask)[2][1:].tolist():
        if area >= min_area:
            found.append((area, (x, y, x + w - 1, y + h - 1)))
    return [box for area, box in sorted(found, reverse=True)]

# %% mistake="exactly-enough-is-not-enough" exercise="find_blobs"
def find_blobs(image, low, high, min_area):
    hsv = cv2.cvtColor(image, cv2.COLOR_BGR2HSV)
    if low[0] <= high[0]:
        mask = cv2.inRange(hsv, low, high)
    else:
        mask = cv2.inRange(hsv, low, (179, high[1], high[2])) | cv2.inRange(hsv, (0, low[1], low[2]), high)
    found = []
    for x, y, w, h, area in cv2.connectedComponentsWithStats(mask)[2][1:].tolist():
        if area > min_area:
            found.append((area, (x, y, x + w, y + h)))
    return [box for area, box in sorted(found, reverse=True)]

# %% mistake="smallest-first" exercise="find_blobs"
def find_blobs(image, low, high, min_area):
    hsv = cv2.cvtColor(image, cv2.COLOR_BGR2HSV)
    if low[0] <= high[0]:
        mask = cv2.inRange(hsv, low, high)
    else:
        mask = cv2.inRange(hsv, low, (179, high[1], high[2])) | cv2.inRange(hsv, (0, low[1], low[2]), high)
    found = []
    for x, y, w, h, area in cv2.connectedComponentsWithStats(mask)[2][1:].tolist():
        if area >= min_area:
            found.append((area, (x, y, x + w, y + h)))
    return [box for area, box in sorted(found)]

# %% mistake="in-order-of-appearance" exercise="find_blobs"
def find_blobs(image, low, high, min_area):
    hsv = cv2.cvtColor(image, cv2.COLOR_BGR2HSV)
    if low[0] <= high[0]:
        mask = cv2.inRange(hsv, low, high)
    else:
        mask = cv2.inRange(hsv, low, (179, high[1], high[2])) | cv2.inRange(hsv, (0, low[1], low[2]), high)
    found = []
    for x, y, w, h, area in cv2.connectedComponentsWithStats(mask)[2][1:].tolist():
        if area >= min_area:
            found.append((area, (x, y, x + w, y + h)))
    return [box for area, box in found]

# %% mistake="area-of-the-box" exercise="find_blobs"
def find_blobs(image, low, high, min_area):
    hsv = cv2.cvtColor(image, cv2.COLOR_BGR2HSV)
    if low[0] <= high[0]:
        mask = cv2.inRange(hsv, low, high)
    else:
        mask = cv2.inRange(hsv, low, (179, high[1], high[2])) | cv2.inRange(hsv, (0, low[1], low[2]), high)
    found = []
    for x, y, w, h, area in cv2.connectedComponentsWithStats(mask)[2][1:].tolist():
        area = w * h
        if area >= min_area:
            found.append((area, (x, y, x + w, y + h)))
    return [box for area, box in sorted(found, reverse=True)]

# %% mistake="blue-taken-for-red" exercise="find_blobs"
def find_blobs(image, low, high, min_area):
    hsv = cv2.cvtColor(image, cv2.COLOR_RGB2HSV)
    if low[0] <= high[0]:
        mask = cv2.inRange(hsv, low, high)
    else:
        mask = cv2.inRange(hsv, low, (179, high[1], high[2])) | cv2.inRange(hsv, (0, low[1], low[2]), high)
    found = []
    for x, y, w, h, area in cv2.connectedComponentsWithStats(mask)[2][1:].tolist():
        if area >= min_area:
            found.append((area, (x, y, x + w, y + h)))
    return [box for area, box in sorted(found, reverse=True)]

# %% mistake="hues-to-255" exercise="find_blobs"
def find_blobs(image, low, high, min_area):
    hsv = cv2.cvtColor(image, cv2.COLOR_BGR2HSV_FULL)
    if low[0] <= high[0]:
        mask = cv2.inRange(hsv, low, high)
    else:
        mask = cv2.inRange(hsv, low, (179, high[1], high[2])) | cv2.inRange(hsv, (0, low[1], low[2]), high)
    found = []
    for x, y, w, h, area in cv2.connectedComponentsWithStats(mask)[2][1:].tolist():
        if area >= min_area:
            found.append((area, (x, y, x + w, y + h)))
    return [box for area, box in sorted(found, reverse=True)]

# %% mistake="hue-of-the-colours-themselves" exercise="find_blobs"
def find_blobs(image, low, high, min_area):
    hsv = image
    if low[0] <= high[0]:
        mask = cv2.inRange(hsv, low, high)
    else:
        mask = cv2.inRange(hsv, low, (179, high[1], high[2])) | cv2.inRange(hsv, (0, low[1], low[2]), high)
    found = []
    for x, y, w, h, area in cv2.connectedComponentsWithStats(mask)[2][1:].tolist():
        if area >= min_area:
            found.append((area, (x, y, x + w, y + h)))
    return [box for area, box in sorted(found, reverse=True)]

# %% mistake="one-hue-goes-round" exercise="find_blobs"
def find_blobs(image, low, high, min_area):
    hsv = cv2.cvtColor(image, cv2.COLOR_BGR2HSV)
    if low[0] < high[0]:
        mask = cv2.inRange(hsv, low, high)
    else:
        mask = cv2.inRange(hsv, low, (179, high[1], high[2])) | cv2.inRange(hsv, (0, low[1], low[2]), high)
    found = []
    for x, y, w, h, area in cv2.connectedComponentsWithStats(mask)[2][1:].tolist():
        if area >= min_area:
            found.append((area, (x, y, x + w, y + h)))
    return [box for area, box in sorted(found, reverse=True)]

# %% mistake="no-upper-limits-near-179" exercise="find_blobs"
def find_blobs(image, low, high, min_area):
    hsv = cv2.cvtColor(image, cv2.COLOR_BGR2HSV)
    if low[0] <= high[0]:
        mask = cv2.inRange(hsv, low, high)
    else:
        mask = cv2.inRange(hsv, low, (179, 255, 255)) | cv2.inRange(hsv, (0, low[1], low[2]), high)
    found = []
    for x, y, w, h, area in cv2.connectedComponentsWithStats(mask)[2][1:].tolist():
        if area >= min_area:
            found.append((area, (x, y, x + w, y + h)))
    return [box for area, box in sorted(found, reverse=True)]

# %% mistake="drawn-while-finding" exercise="find_blobs"
def find_blobs(image, low, high, min_area):
    hsv = cv2.cvtColor(image, cv2.COLOR_BGR2HSV)
    if low[0] <= high[0]:
        mask = cv2.inRange(hsv, low, high)
    else:
        mask = cv2.inRange(hsv, low, (179, high[1], high[2])) | cv2.inRange(hsv, (0, low[1], low[2]), high)
    found = []
    for x, y, w, h, area in cv2.connectedComponentsWithStats(mask)[2][1:].tolist():
        if area >= min_area:
            cv2.rectangle(image, (x, y), (x + w, y + h), (255, 255, 255), 1)
            found.append((area, (x, y, x + w, y + h)))
    return [box for area, box in sorted(found, reverse=True)]

# %% mistake="each-end-by-itself" exercise="find_blobs"
def find_blobs(image, low, high, min_area):
    hsv = cv2.cvtColor(image, cv2.COLOR_BGR2HSV)
    ranges = [(low, high)]
    if low[0] > high[0]:
        ranges = [(low, (179, high[1], high[2])), ((0, low[1], low[2]), high)]
    found = []
    for first, last in ranges:
        for x, y, w, h, area in cv2.connectedComponentsWithStats(cv2.inRange(hsv, first, last))[2][1:].tolist():
            if area >= min_area:
                found.append((area, (x, y, x + w, y + h)))
    return [box for area, box in sorted(found, reverse=True)]

# %% mistake="area-of-the-outline" exercise="find_blobs"
def find_blobs(image, low, high, min_area):
    hsv = cv2.cvtColor(image, cv2.COLOR_BGR2HSV)
    if low[0] <= high[0]:
        mask = cv2.inRange(hsv, low, high)
    else:
        mask = cv2.inRange(hsv, low, (179, high[1], high[2])) | cv2.inRange(hsv, (0, low[1], low[2]), high)
    found = []
    for outline in cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0]:
        x, y, w, h = cv2.boundingRect(outline)
        area = cv2.contourArea(outline)
        if area >= min_area:
            found.append((area, (x, y, x + w, y + h)))
    return [box for area, box in sorted(found, reverse=True)]

# %% mistake="holes-are-blobs" exercise="find_blobs"
def find_blobs(image, low, high, min_area):
    hsv = cv2.cvtColor(image, cv2.COLOR_BGR2HSV)
    if low[0] <= high[0]:
        mask = cv2.inRange(hsv, low, high)
    else:
        mask = cv2.inRange(hsv, low, (179, high[1], high[2])) | cv2.inRange(hsv, (0, low[1], low[2]), high)
    found = []
    for outline in cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)[0]:
        x, y, w, h = cv2.boundingRect(outline)
        area = cv2.countNonZero(mask[y : y + h, x : x + w])
        if area >= min_area:
            found.append((area, (x, y, x + w, y + h)))
    return [box for area, box in sorted(found, reverse=True)]

# %% mistake="red-by-heart" exercise="find_blobs"
def find_blobs(image, low, high, min_area):
    hsv = cv2.cvtColor(image, cv2.COLOR_BGR2HSV)
    if low[0] <= high[0]:
        mask = cv2.inRange(hsv, low, high)
    else:
        mask = cv2.inRange(hsv, (170, *low[1:]), (179, *high[1:])) | cv2.inRange(hsv, (0, *low[1:]), (8, *high[1:]))
    found = []
    for x, y, w, h, area in cv2.connectedComponentsWithStats(mask)[2][1:].tolist():
        if area >= min_area:
            found.append((area, (x, y, x + w, y + h)))
    return [box for area, box in sorted(found, reverse=True)]

# %% mistake="high-hues-always-wrap" exercise="find_blobs"
def find_blobs(image, low, high, min_area):
    hsv = cv2.cvtColor(image, cv2.COLOR_BGR2HSV)
    if low[0] < 160:
        mask = cv2.inRange(hsv, low, high)
    else:
        mask = cv2.inRange(hsv, low, (179, high[1], high[2])) | cv2.inRange(hsv, (0, low[1], low[2]), high)
    found = []
    for x, y, w, h, area in cv2.connectedComponentsWithStats(mask)[2][1:].tolist():
        if area >= min_area:
            found.append((area, (x, y, x + w, y + h)))
    return [box for area, box in sorted(found, reverse=True)]

# %% mistake="painted-on-the-original" exercise="draw"
def draw(image, boxes, labels):
    drawn = image
    for (x1, y1, x2, y2), label in zip(boxes, labels, strict=True):
        cv2.rectangle(drawn, (x1, y1), (x2 - 1, y2 - 1), (0, 140, 255), 2)
        cv2.putText(drawn, label, (x1, max(y1 - 5, 15)), cv2.FONT_HERSHEY_SIMPLEX, 0.5, (0, 140, 255), 1)
    return drawn

# %% mistake="slice-taken-for-a-copy" exercise="draw"
def draw(image, boxes, labels):
    drawn = image[:]
    for (x1, y1, x2, y2), label in zip(boxes, labels, strict=True):
        cv2.rectangle(drawn, (x1, y1), (x2 - 1, y2 - 1), (0, 140, 255), 2)
        cv2.putText(drawn, label, (x1, max(y1 - 5, 15)), cv2.FONT_HERSHEY_SIMPLEX, 0.5, (0, 140, 255), 1)
    return drawn

# %% mistake="copy-not-returned" exercise="draw"
def draw(image, boxes, labels):
    drawn = image.copy()
    for (x1, y1, x2, y2), label in zip(boxes, labels, strict=True):
        cv2.rectangle(drawn, (x1, y1), (x2 - 1, y2 - 1), (0, 140, 255), 2)
        cv2.putText(drawn, label, (x1, max(y1 - 5, 15)), cv2.FONT_HERSHEY_SIMPLEX, 0.5, (0, 140, 255), 1)

# %% mistake="original-returned" exercise="draw"
def draw(image, boxes, labels):
    drawn = image.copy()
    for (x1, y1, x2, y2), label in zip(boxes, labels, strict=True):
        cv2.rectangle(drawn, (x1, y1), (x2 - 1, y2 - 1), (0, 140, 255), 2)
        cv2.putText(drawn, label, (x1, max(y1 - 5, 15)), cv2.FONT_HERSHEY_SIMPLEX, 0.5, (0, 140, 255), 1)
    return image

# %% mistake="only-the-last-box" exercise="draw"
def draw(image, boxes, labels):
    for (x1, y1, x2, y2), label in zip(boxes, labels, strict=True):
        drawn = image.copy()
        cv2.rectangle(drawn, (x1, y1), (x2 - 1, y2 - 1), (0, 140, 255), 2)
        cv2.putText(drawn, label, (x1, max(y1 - 5, 15)), cv2.FONT_HERSHEY_SIMPLEX, 0.5, (0, 140, 255), 1)
    return drawn

# %% mistake="only-the-first-box" exercise="draw"
def draw(image, boxes, labels):
    drawn = image.copy()
    for (x1, y1, x2, y2), label in zip(boxes, labels, strict=True):
        cv2.rectangle(drawn, (x1, y1), (x2 - 1, y2 - 1), (0, 140, 255), 2)
        cv2.putText(drawn, label, (x1, max(y1 - 5, 15)), cv2.FONT_HERSHEY_SIMPLEX, 0.5, (0, 140, 255), 1)
        return drawn
    return image.copy()

# %% mistake="frame-of-thirty-pixels" exercise="draw"
def draw(image, boxes, labels):
    drawn = image.copy()
    for (x1, y1, x2, y2), label in zip(boxes, labels, strict=True):
        cv2.rectangle(drawn, (x1, y1), (x2 - 1, y2 - 1), (0, 140, 255), 30)
        cv2.putText(drawn, label, (x1, max(y1 - 5, 15)), cv2.FONT_HERSHEY_SIMPLEX, 0.5, (0, 140, 255), 1)
    return drawn

# %% mistake="filled" exercise="draw"
def draw(image, boxes, labels):
    drawn = image.copy()
    for (x1, y1, x2, y2), label in zip(boxes, labels, strict=True):
        cv2.rectangle(drawn, (x1, y1), (x2 - 1, y2 - 1), (0, 140, 255), -1)
        cv2.putText(drawn, label, (x1, max(y1 - 5, 15)), cv2.FONT_HERSHEY_SIMPLEX, 0.5, (0, 140, 255), 1)
    return drawn

# %% mistake="x-and-y-swapped-in-draw" exercise="draw"
def draw(image, boxes, labels):
    drawn = image.copy()
    for (x1, y1, x2, y2), label in zip(boxes, labels, strict=True):
        cv2.rectangle(drawn, (y1, x1), (y2 - 1, x2 - 1), (0, 140, 255), 2)
        cv2.putText(drawn, label, (x1, max(y1 - 5, 15)), cv2.FONT_HERSHEY_SIMPLEX, 0.5, (0, 140, 255), 1)
    return drawn

# %% mistake="corner-plus-corner" exercise="draw"
def draw(image, boxes, labels):
    drawn = image.copy()
    for (x1, y1, x2, y2), label in zip(boxes, labels, strict=True):
        cv2.rectangle(drawn, (x1, y1), (x1 + x2, y1 + y2), (0, 140, 255), 2)
        cv2.putText(drawn, label, (x1, max(y1 - 5, 15)), cv2.FONT_HERSHEY_SIMPLEX, 0.5, (0, 140, 255), 1)
    return drawn

# %% mistake="label-forgotten" exercise="draw"
def draw(image, boxes, labels):
    drawn = image.copy()
    for (x1, y1, x2, y2), _ in zip(boxes, labels, strict=True):
        cv2.rectangle(drawn, (x1, y1), (x2 - 1, y2 - 1), (0, 140, 255), 2)
    return drawn

# %% mistake="label-above-the-picture" exercise="draw"
def draw(image, boxes, labels):
    drawn = image.copy()
    for (x1, y1, x2, y2), label in zip(boxes, labels, strict=True):
        cv2.rectangle(drawn, (x1, y1), (x2 - 1, y2 - 1), (0, 140, 255), 2)
        cv2.putText(drawn, label, (x1, y1 - 5), cv2.FONT_HERSHEY_SIMPLEX, 0.5, (0, 140, 255), 1)
    return drawn

# %% mistake="labels-in-one-corner" exercise="draw"
def draw(image, boxes, labels):
    drawn = image.copy()
    for (x1, y1, x2, y2), label in zip(boxes, labels, strict=True):
        cv2.rectangle(drawn, (x1, y1), (x2 - 1, y2 - 1), (0, 140, 255), 2)
        cv2.putText(drawn, label, (5, 15), cv2.FONT_HERSHEY_SIMPLEX, 0.5, (0, 140, 255), 1)
    return drawn

# %% mistake="first-label-for-all" exercise="draw"
def draw(image, boxes, labels):
    drawn = image.copy()
    for (x1, y1, x2, y2), _ in zip(boxes, labels, strict=True):
        cv2.rectangle(drawn, (x1, y1), (x2 - 1, y2 - 1), (0, 140, 255), 2)
        cv2.putText(drawn, labels[0], (x1, max(y1 - 5, 15)), cv2.FONT_HERSHEY_SIMPLEX, 0.5, (0, 140, 255), 1)
    return drawn

# %% mistake="nothing-to-draw-nothing-returned" exercise="draw"
def draw(image, boxes, labels):
    if not boxes:
        return None
    drawn = image.copy()
    for (x1, y1, x2, y2), label in zip(boxes, labels, strict=True):
        cv2.rectangle(drawn, (x1, y1), (x2 - 1, y2 - 1), (0, 140, 255), 2)
        cv2.putText(drawn, label, (x1, max(y1 - 5, 15)), cv2.FONT_HERSHEY_SIMPLEX, 0.5, (0, 140, 255), 1)
    return drawn

# %% mistake="redrawn-in-grey" exercise="draw"
def draw(image, boxes, labels):
    grey = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    drawn = cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR)
    for (x1, y1, x2, y2), label in zip(boxes, labels, strict=True):
        cv2.rectangle(drawn, (x1, y1), (x2 - 1, y2 - 1), (0, 140, 255), 2)
        cv2.putText(drawn, label, (x1, max(y1 - 5, 15)), cv2.FONT_HERSHEY_SIMPLEX, 0.5, (0, 140, 255), 1)
    return drawn

# %% mistake="original-back-when-there-is-nothing-to-draw" exercise="draw"
def draw(image, boxes, labels):
    if not boxes:
        return image
    drawn = image.copy()
    for (x1, y1, x2, y2), label in zip(boxes, labels, strict=True):
        cv2.rectangle(drawn, (x1, y1), (x2 - 1, y2 - 1), (0, 140, 255), 2)
        cv2.putText(drawn, label, (x1, max(y1 - 5, 15)), cv2.FONT_HERSHEY_SIMPLEX, 0.5, (0, 140, 255), 1)
    return drawn

# %% mistake="boxes-sorted-labels-not" exercise="draw"
def draw(image, boxes, labels):
    drawn = image.copy()
    for (x1, y1, x2, y2), label in zip(sorted(boxes), labels, strict=True):
        cv2.rectangle(drawn, (x1, y1), (x2 - 1, y2 - 1), (0, 140, 255), 2)
        cv2.putText(drawn, label, (x1, max(y1 - 5, 15)), cv2.FONT_HERSHEY_SIMPLEX, 0.5, (0, 140, 255), 1)
    return drawn

# %% mistake="equal-labels-drop-boxes" exercise="draw"
def draw(image, boxes, labels):
    drawn = image.copy()
    for label, (x1, y1, x2, y2) in dict(zip(labels, boxes, strict=True)).items():
        cv2.rectangle(drawn, (x1, y1), (x2 - 1, y2 - 1), (0, 140, 255), 2)
        cv2.putText(drawn, label, (x1, max(y1 - 5, 15)), cv2.FONT_HERSHEY_SIMPLEX, 0.5, (0, 140, 255), 1)
    return drawn

# %% mistake="outline-of-seven-pixels" exercise="draw"
def draw(image, boxes, labels):
    drawn = image.copy()
    for (x1, y1, x2, y2), label in zip(boxes, labels, strict=True):
        cv2.rectangle(drawn, (x1, y1), (x2 - 1, y2 - 1), (0, 140, 255), 7)
        cv2.putText(drawn, label, (x1, max(y1 - 5, 15)), cv2.FONT_HERSHEY_SIMPLEX, 0.5, (0, 140, 255), 1)
    return drawn

# %% mistake="outline-in-the-grey-of-the-wall" exercise="draw"
def draw(image, boxes, labels):
    drawn = image.copy()
    for (x1, y1, x2, y2), label in zip(boxes, labels, strict=True):
        cv2.rectangle(drawn, (x1, y1), (x2 - 1, y2 - 1), (122, 122, 122), 2)
        cv2.putText(drawn, label, (x1, max(y1 - 5, 15)), cv2.FONT_HERSHEY_SIMPLEX, 0.5, (122, 122, 122), 1)
    return drawn

# %% mistake="pixels-for-percent" exercise="tag_folder"
def picture_html(src, alt, size, boxes, labels):
    page = f'<img src="{html.escape(src)}" alt="{html.escape(alt)}">'
    for (x1, y1, x2, y2), label in zip(boxes, labels, strict=True):
        across = f"left:{x1}px;width:{x2 - x1}px"
        down = f"top:{y1}px;height:{y2 - y1}px"
        page += f'<div style="{across};{down}">{html.escape(label)}</div>'
    return page


def tag_folder(paths, load_detector):
    detector = load_detector()
    rows = []
    for path in paths:
        row = {"name": path.name, "found": None, "size": None, "boxes": []}
        image = cv2.imread(str(path))
        if image is not None:
            boxes = detector(image)
            row = {"name": path.name, "found": len(boxes) > 0, "size": image.shape[1::-1], "boxes": boxes}
        rows.append(row)
    return rows

# %% mistake="fractions-for-percent" exercise="tag_folder"
def picture_html(src, alt, size, boxes, labels):
    width, height = size
    page = f'<img src="{html.escape(src)}" alt="{html.escape(alt)}">'
    for (x1, y1, x2, y2), label in zip(boxes, labels, strict=True):
        across = f"left:{x1 / width}%;width:{(x2 - x1) / width}%"
        down = f"top:{y1 / height}%;height:{(y2 - y1) / height}%"
        page += f'<div style="{across};{down}">{html.escape(label)}</div>'
    return page


def tag_folder(paths, load_detector):
    detector = load_detector()
    rows = []
    for path in paths:
        row = {"name": path.name, "found": None, "size": None, "boxes": []}
        image = cv2.imread(str(path))
        if image is not None:
            boxes = detector(image)
            row = {"name": path.name, "found": len(boxes) > 0, "size": image.shape[1::-1], "boxes": boxes}
        rows.append(row)
    return rows

# %% mistake="right-edge-for-width" exercise="tag_folder"
def picture_html(src, alt, size, boxes, labels):
    width, height = size
    page = f'<img src="{html.escape(src)}" alt="{html.escape(alt)}">'
    for (x1, y1, x2, y2), label in zip(boxes, labels, strict=True):
        across = f"left:{100 * x1 / width}%;width:{100 * x2 / width}%"
        down = f"top:{100 * y1 / height}%;height:{100 * y2 / height}%"
        page += f'<div style="{across};{down}">{html.escape(label)}</div>'
    return page


def tag_folder(paths, load_detector):
    detector = load_detector()
    rows = []
    for path in paths:
        row = {"name": path.name, "found": None, "size": None, "boxes": []}
        image = cv2.imread(str(path))
        if image is not None:
            boxes = detector(image)
            row = {"name": path.name, "found": len(boxes) > 0, "size": image.shape[1::-1], "boxes": boxes}
        rows.append(row)
    return rows

# %% mistake="size-read-as-height-width" exercise="tag_folder"
def picture_html(src, alt, size, boxes, labels):
    height, width = size
    page = f'<img src="{html.escape(src)}" alt="{html.escape(alt)}">'
    for (x1, y1, x2, y2), label in zip(boxes, labels, strict=True):
        across = f"left:{100 * x1 / width}%;width:{100 * (x2 - x1) / width}%"
        down = f"top:{100 * y1 / height}%;height:{100 * (y2 - y1) / height}%"
        page += f'<div style="{across};{down}">{html.escape(label)}</div>'
    return page


def tag_folder(paths, load_detector):
    detector = load_detector()
    rows = []
    for path in paths:
        row = {"name": path.name, "found": None, "size": None, "boxes": []}
        image = cv2.imread(str(path))
        if image is not None:
            boxes = detector(image)
            row = {"name": path.name, "found": len(boxes) > 0, "size": image.shape[1::-1], "boxes": boxes}
        rows.append(row)
    return rows

# %% mistake="everything-by-the-width" exercise="tag_folder"
def picture_html(src, alt, size, boxes, labels):
    width, _ = size
    page = f'<img src="{html.escape(src)}" alt="{html.escape(alt)}">'
    for (x1, y1, x2, y2), label in zip(boxes, labels, strict=True):
        across = f"left:{100 * x1 / width}%;width:{100 * (x2 - x1) / width}%"
        down = f"top:{100 * y1 / width}%;height:{100 * (y2 - y1) / width}%"
        page += f'<div style="{across};{down}">{html.escape(label)}</div>'
    return page


def tag_folder(paths, load_detector):
    detector = load_detector()
    rows = []
    for path in paths:
        row = {"name": path.name, "found": None, "size": None, "boxes": []}
        image = cv2.imread(str(path))
        if image is not None:
            boxes = detector(image)
            row = {"name": path.name, "found": len(boxes) > 0, "size": image.shape[1::-1], "boxes": boxes}
        rows.append(row)
    return rows

# %% mistake="whole-percents" exercise="tag_folder"
def picture_html(src, alt, size, boxes, labels):
    width, height = size
    page = f'<img src="{html.escape(src)}" alt="{html.escape(alt)}">'
    for (x1, y1, x2, y2), label in zip(boxes, labels, strict=True):
        across = f"left:{100 * x1 // width}%;width:{100 * (x2 - x1) // width}%"
        down = f"top:{100 * y1 // height}%;height:{100 * (y2 - y1) // height}%"
        page += f'<div style="{across};{down}">{html.escape(label)}</div>'
    return page


def tag_folder(paths, load_detector):
    detector = load_detector()
    rows = []
    for path in paths:
        row = {"name": path.name, "found": None, "size": None, "boxes": []}
        image = cv2.imread(str(path))
        if image is not None:
            boxes = detector(image)
            row = {"name": path.name, "found": len(boxes) > 0, "size": image.shape[1::-1], "boxes": boxes}
        rows.append(row)
    return rows

# %% mistake="alt-forgotten" exercise="tag_folder"
def picture_html(src, alt, size, boxes, labels):
    width, height = size
    page = f'<img src="{html.escape(src)}">'
    for (x1, y1, x2, y2), label in zip(boxes, labels, strict=True):
        across = f"left:{100 * x1 / width}%;width:{100 * (x2 - x1) / width}%"
        down = f"top:{100 * y1 / height}%;height:{100 * (y2 - y1) / height}%"
        page += f'<div style="{across};{down}">{html.escape(label)}</div>'
    return page


def tag_folder(paths, load_detector):
    detector = load_detector()
    rows = []
    for path in paths:
        row = {"name": path.name, "found": None, "size": None, "boxes": []}
        image = cv2.imread(str(path))
        if image is not None:
            boxes = detector(image)
            row = {"name": path.name, "found": len(boxes) > 0, "size": image.shape[1::-1], "boxes": boxes}
        rows.append(row)
    return rows

# %% mistake="alt-of-the-author" exercise="tag_folder"
def picture_html(src, alt, size, boxes, labels):
    width, height = size
    page = f'<img src="{html.escape(src)}" alt="picture">'
    for (x1, y1, x2, y2), label in zip(boxes, labels, strict=True):
        across = f"left:{100 * x1 / width}%;width:{100 * (x2 - x1) / width}%"
        down = f"top:{100 * y1 / height}%;height:{100 * (y2 - y1) / height}%"
        page += f'<div style="{across};{down}">{html.escape(label)}</div>'
    return page


def tag_folder(paths, load_detector):
    detector = load_detector()
    rows = []
    for path in paths:
        row = {"name": path.name, "found": None, "size": None, "boxes": []}
        image = cv2.imread(str(path))
        if image is not None:
            boxes = detector(image)
            row = {"name": path.name, "found": len(boxes) > 0, "size": image.shape[1::-1], "boxes": boxes}
        rows.append(row)
    return rows

# %% mistake="alt-not-escaped" exercise="tag_folder"
def picture_html(src, alt, size, boxes, labels):
    width, height = size
    page = f'<img src="{html.escape(src)}" alt="{alt}">'
    for (x1, y1, x2, y2), label in zip(boxes, labels, strict=True):
        across = f"left:{100 * x1 / width}%;width:{100 * (x2 - x1) / width}%"
        down = f"top:{100 * y1 / height}%;height:{100 * (y2 - y1) / height}%"
        page += f'<div style="{across};{down}">{html.escape(label)}</div>'
    return page


def tag_folder(paths, load_detector):
    detector = load_detector()
    rows = []
    for path in paths:
        row = {"name": path.name, "found": None, "size": None, "boxes": []}
        image = cv2.imread(str(path))
        if image is not None:
            boxes = detector(image)
            row = {"name": path.name, "found": len(boxes) > 0, "size": image.shape[1::-1], "boxes": boxes}
        rows.append(row)
    return rows

# %% mistake="label-not-escaped" exercise="tag_folder"
def picture_html(src, alt, size, boxes, labels):
    width, height = size
    page = f'<img src="{html.escape(src)}" alt="{html.escape(alt)}">'
    for (x1, y1, x2, y2), label in zip(boxes, labels, strict=True):
        across = f"left:{100 * x1 / width}%;width:{100 * (x2 - x1) / width}%"
        down = f"top:{100 * y1 / height}%;height:{100 * (y2 - y1) / height}%"
        page += f'<div style="{across};{down}">{label}</div>'
    return page


def tag_folder(paths, load_detector):
    detector = load_detector()
    rows = []
    for path in paths:
        row = {"name": path.name, "found": None, "size": None, "boxes": []}
        image = cv2.imread(str(path))
        if image is not None:
            boxes = detector(image)
            row = {"name": path.name, "found": len(boxes) > 0, "size": image.shape[1::-1], "boxes": boxes}
        rows.append(row)
    return rows

# %% mistake="source-not-escaped" exercise="tag_folder"
def picture_html(src, alt, size, boxes, labels):
    width, height = size
    page = f'<img src="{src}" alt="{html.escape(alt)}">'
    for (x1, y1, x2, y2), label in zip(boxes, labels, strict=True):
        across = f"left:{100 * x1 / width}%;width:{100 * (x2 - x1) / width}%"
        down = f"top:{100 * y1 / height}%;height:{100 * (y2 - y1) / height}%"
        page += f'<div style="{across};{down}">{html.escape(label)}</div>'
    return page


def tag_folder(paths, load_detector):
    detector = load_detector()
    rows = []
    for path in paths:
        row = {"name": path.name, "found": None, "size": None, "boxes": []}
        image = cv2.imread(str(path))
        if image is not None:
            boxes = detector(image)
            row = {"name": path.name, "found": len(boxes) > 0, "size": image.shape[1::-1], "boxes": boxes}
        rows.append(row)
    return rows

# %% mistake="quotes-not-escaped" exercise="tag_folder"
def picture_html(src, alt, size, boxes, labels):
    width, height = size
    page = f'<img src="{html.escape(src)}" alt="{html.escape(alt, quote=False)}">'
    for (x1, y1, x2, y2), label in zip(boxes, labels, strict=True):
        across = f"left:{100 * x1 / width}%;width:{100 * (x2 - x1) / width}%"
        down = f"top:{100 * y1 / height}%;height:{100 * (y2 - y1) / height}%"
        page += f'<div style="{across};{down}">{html.escape(label)}</div>'
    return page


def tag_folder(paths, load_detector):
    detector = load_detector()
    rows = []
    for path in paths:
        row = {"name": path.name, "found": None, "size": None, "boxes": []}
        image = cv2.imread(str(path))
        if image is not None:
            boxes = detector(image)
            row = {"name": path.name, "found": len(boxes) > 0, "size": image.shape[1::-1], "boxes": boxes}
        rows.append(row)
    return rows

# %% mistake="escaped-twice" exercise="tag_folder"
def picture_html(src, alt, size, boxes, labels):
    width, height = size
    page = f'<img src="{html.escape(src)}" alt="{html.escape(alt)}">'
    for (x1, y1, x2, y2), label in zip(boxes, labels, strict=True):
        across = f"left:{100 * x1 / width}%;width:{100 * (x2 - x1) / width}%"
        down = f"top:{100 * y1 / height}%;height:{100 * (y2 - y1) / height}%"
        page += f'<div style="{across};{down}">{html.escape(html.escape(label))}</div>'
    return page


def tag_folder(paths, load_detector):
    detector = load_detector()
    rows = []
    for path in paths:
        row = {"name": path.name, "found": None, "size": None, "boxes": []}
        image = cv2.imread(str(path))
        if image is not None:
            boxes = detector(image)
            row = {"name": path.name, "found": len(boxes) > 0, "size": image.shape[1::-1], "boxes": boxes}
        rows.append(row)
    return rows

# %% mistake="labels-left-out" exercise="tag_folder"
def picture_html(src, alt, size, boxes, labels):
    width, height = size
    page = f'<img src="{html.escape(src)}" alt="{html.escape(alt)}">'
    for (x1, y1, x2, y2), _ in zip(boxes, labels, strict=True):
        across = f"left:{100 * x1 / width}%;width:{100 * (x2 - x1) / width}%"
        down = f"top:{100 * y1 / height}%;height:{100 * (y2 - y1) / height}%"
        page += f'<div style="{across};{down}"></div>'
    return page


def tag_folder(paths, load_detector):
    detector = load_detector()
    rows = []
    for path in paths:
        row = {"name": path.name, "found": None, "size": None, "boxes": []}
        image = cv2.imread(str(path))
        if image is not None:
            boxes = detector(image)
            row = {"name": path.name, "found": len(boxes) > 0, "size": image.shape[1::-1], "boxes": boxes}
        rows.append(row)
    return rows

# %% mistake="last-box-only" exercise="tag_folder"
def picture_html(src, alt, size, boxes, labels):
    width, height = size
    page = f'<img src="{html.escape(src)}" alt="{html.escape(alt)}">'
    last = ""
    for (x1, y1, x2, y2), label in zip(boxes, labels, strict=True):
        across = f"left:{100 * x1 / width}%;width:{100 * (x2 - x1) / width}%"
        down = f"top:{100 * y1 / height}%;height:{100 * (y2 - y1) / height}%"
        last = f'<div style="{across};{down}">{html.escape(label)}</div>'
    return page + last


def tag_folder(paths, load_detector):
    detector = load_detector()
    rows = []
    for path in paths:
        row = {"name": path.name, "found": None, "size": None, "boxes": []}
        image = cv2.imread(str(path))
        if image is not None:
            boxes = detector(image)
            row = {"name": path.name, "found": len(boxes) > 0, "size": image.shape[1::-1], "boxes": boxes}
        rows.append(row)
    return rows

# %% mistake="a-list-of-parts" exercise="tag_folder"
def picture_html(src, alt, size, boxes, labels):
    width, height = size
    page = [f'<img src="{html.escape(src)}" alt="{html.escape(alt)}">']
    for (x1, y1, x2, y2), label in zip(boxes, labels, strict=True):
        across = f"left:{100 * x1 / width}%;width:{100 * (x2 - x1) / width}%"
        down = f"top:{100 * y1 / height}%;height:{100 * (y2 - y1) / height}%"
        page.append(f'<div style="{across};{down}">{html.escape(label)}</div>')
    return page


def tag_folder(paths, load_detector):
    detector = load_detector()
    rows = []
    for path in paths:
        row = {"name": path.name, "found": None, "size": None, "boxes": []}
        image = cv2.imread(str(path))
        if image is not None:
            boxes = detector(image)
            row = {"name": path.name, "found": len(boxes) > 0, "size": image.shape[1::-1], "boxes": boxes}
        rows.append(row)
    return rows

# %% mistake="none-ignored" exercise="tag_folder"
def picture_html(src, alt, size, boxes, labels):
    width, height = size
    page = f'<img src="{html.escape(src)}" alt="{html.escape(alt)}">'
    for (x1, y1, x2, y2), label in zip(boxes, labels, strict=True):
        across = f"left:{100 * x1 / width}%;width:{100 * (x2 - x1) / width}%"
        down = f"top:{100 * y1 / height}%;height:{100 * (y2 - y1) / height}%"
        page += f'<div style="{across};{down}">{html.escape(label)}</div>'
    return page


def tag_folder(paths, load_detector):
    detector = load_detector()
    rows = []
    for path in paths:
        image = cv2.imread(str(path))
        height, width = image.shape[:2]
        boxes = detector(image)
        rows.append({"name": path.name, "found": len(boxes) > 0, "size": (width, height), "boxes": boxes})
    return rows

# %% mistake="bare-except-pass" exercise="tag_folder"
def picture_html(src, alt, size, boxes, labels):
    width, height = size
    page = f'<img src="{html.escape(src)}" alt="{html.escape(alt)}">'
    for (x1, y1, x2, y2), label in zip(boxes, labels, strict=True):
        across = f"left:{100 * x1 / width}%;width:{100 * (x2 - x1) / width}%"
        down = f"top:{100 * y1 / height}%;height:{100 * (y2 - y1) / height}%"
        page += f'<div style="{across};{down}">{html.escape(label)}</div>'
    return page


def tag_folder(paths, load_detector):
    detector = load_detector()
    rows = []
    for path in paths:
        try:
            image = cv2.imread(str(path))
            height, width = image.shape[:2]
            boxes = detector(image)
            rows.append({"name": path.name, "found": len(boxes) > 0, "size": (width, height), "boxes": boxes})
        except:  # noqa: E722 - the mistake itself
            pass
    return rows

# %% mistake="bad-files-skipped" exercise="tag_folder"
def picture_html(src, alt, size, boxes, labels):
    width, height = size
    page = f'<img src="{html.escape(src)}" alt="{html.escape(alt)}">'
    for (x1, y1, x2, y2), label in zip(boxes, labels, strict=True):
        across = f"left:{100 * x1 / width}%;width:{100 * (x2 - x1) / width}%"
        down = f"top:{100 * y1 / height}%;height:{100 * (y2 - y1) / height}%"
        page += f'<div style="{across};{down}">{html.escape(label)}</div>'
    return page


def tag_folder(paths, load_detector):
    detector = load_detector()
    rows = []
    for path in paths:
        image = cv2.imread(str(path))
        if image is None:
            continue
        boxes = detector(image)
        rows.append({"name": path.name, "found": len(boxes) > 0, "size": image.shape[1::-1], "boxes": boxes})
    return rows

# %% mistake="stops-at-the-first-bad-file" exercise="tag_folder"
def picture_html(src, alt, size, boxes, labels):
    width, height = size
    page = f'<img src="{html.escape(src)}" alt="{html.escape(alt)}">'
    for (x1, y1, x2, y2), label in zip(boxes, labels, strict=True):
        across = f"left:{100 * x1 / width}%;width:{100 * (x2 - x1) / width}%"
        down = f"top:{100 * y1 / height}%;height:{100 * (y2 - y1) / height}%"
        page += f'<div style="{across};{down}">{html.escape(label)}</div>'
    return page


def tag_folder(paths, load_detector):
    detector = load_detector()
    rows = []
    for path in paths:
        row = {"name": path.name, "found": None, "size": None, "boxes": []}
        image = cv2.imread(str(path))
        rows.append(row)
        if image is None:
            break
        boxes = detector(image)
        row.update(found=len(boxes) > 0, size=image.shape[1::-1], boxes=boxes)
    return rows

# %% mistake="unreadable-is-no-badge" exercise="tag_folder"
def picture_html(src, alt, size, boxes, labels):
    width, height = size
    page = f'<img src="{html.escape(src)}" alt="{html.escape(alt)}">'
    for (x1, y1, x2, y2), label in zip(boxes, labels, strict=True):
        across = f"left:{100 * x1 / width}%;width:{100 * (x2 - x1) / width}%"
        down = f"top:{100 * y1 / height}%;height:{100 * (y2 - y1) / height}%"
        page += f'<div style="{across};{down}">{html.escape(label)}</div>'
    return page


def tag_folder(paths, load_detector):
    detector = load_detector()
    rows = []
    for path in paths:
        row = {"name": path.name, "found": False, "size": None, "boxes": []}
        image = cv2.imread(str(path))
        if image is not None:
            boxes = detector(image)
            row = {"name": path.name, "found": len(boxes) > 0, "size": image.shape[1::-1], "boxes": boxes}
        rows.append(row)
    return rows

# %% mistake="detector-loaded-each-time" exercise="tag_folder"
def picture_html(src, alt, size, boxes, labels):
    width, height = size
    page = f'<img src="{html.escape(src)}" alt="{html.escape(alt)}">'
    for (x1, y1, x2, y2), label in zip(boxes, labels, strict=True):
        across = f"left:{100 * x1 / width}%;width:{100 * (x2 - x1) / width}%"
        down = f"top:{100 * y1 / height}%;height:{100 * (y2 - y1) / height}%"
        page += f'<div style="{across};{down}">{html.escape(label)}</div>'
    return page


def tag_folder(paths, load_detector):
    rows = []
    for path in paths:
        detector = load_detector()
        row = {"name": path.name, "found": None, "size": None, "boxes": []}
        image = cv2.imread(str(path))
        if image is not None:
            boxes = detector(image)
            row = {"name": path.name, "found": len(boxes) > 0, "size": image.shape[1::-1], "boxes": boxes}
        rows.append(row)
    return rows

# %% mistake="broken-detector-hidden" exercise="tag_folder"
def picture_html(src, alt, size, boxes, labels):
    width, height = size
    page = f'<img src="{html.escape(src)}" alt="{html.escape(alt)}">'
    for (x1, y1, x2, y2), label in zip(boxes, labels, strict=True):
        across = f"left:{100 * x1 / width}%;width:{100 * (x2 - x1) / width}%"
        down = f"top:{100 * y1 / height}%;height:{100 * (y2 - y1) / height}%"
        page += f'<div style="{across};{down}">{html.escape(label)}</div>'
    return page


def tag_folder(paths, load_detector):
    detector = load_detector()
    rows = []
    for path in paths:
        try:
            image = cv2.imread(str(path))
            size = (image.shape[1], image.shape[0])
            boxes = detector(image)
            rows.append({"name": path.name, "found": len(boxes) > 0, "size": size, "boxes": boxes})
        except Exception:
            rows.append({"name": path.name, "found": None, "size": None, "boxes": []})
    return rows

# %% mistake="detected-twice" exercise="tag_folder"
def picture_html(src, alt, size, boxes, labels):
    width, height = size
    page = f'<img src="{html.escape(src)}" alt="{html.escape(alt)}">'
    for (x1, y1, x2, y2), label in zip(boxes, labels, strict=True):
        across = f"left:{100 * x1 / width}%;width:{100 * (x2 - x1) / width}%"
        down = f"top:{100 * y1 / height}%;height:{100 * (y2 - y1) / height}%"
        page += f'<div style="{across};{down}">{html.escape(label)}</div>'
    return page


def tag_folder(paths, load_detector):
    detector = load_detector()
    rows = []
    for path in paths:
        row = {"name": path.name, "found": None, "size": None, "boxes": []}
        image = cv2.imread(str(path))
        if image is not None:
            size = image.shape[1::-1]
            row = {"name": path.name, "found": len(detector(image)) > 0, "size": size, "boxes": detector(image)}
        rows.append(row)
    return rows

# %% mistake="shape-for-size" exercise="tag_folder"
def picture_html(src, alt, size, boxes, labels):
    width, height = size
    page = f'<img src="{html.escape(src)}" alt="{html.escape(alt)}">'
    for (x1, y1, x2, y2), label in zip(boxes, labels, strict=True):
        across = f"left:{100 * x1 / width}%;width:{100 * (x2 - x1) / width}%"
        down = f"top:{100 * y1 / height}%;height:{100 * (y2 - y1) / height}%"
        page += f'<div style="{across};{down}">{html.escape(label)}</div>'
    return page


def tag_folder(paths, load_detector):
    detector = load_detector()
    rows = []
    for path in paths:
        row = {"name": path.name, "found": None, "size": None, "boxes": []}
        image = cv2.imread(str(path))
        if image is not None:
            boxes = detector(image)
            row = {"name": path.name, "found": len(boxes) > 0, "size": image.shape[:2], "boxes": boxes}
        rows.append(row)
    return rows

# %% mistake="rgb-for-the-detector" exercise="tag_folder"
def picture_html(src, alt, size, boxes, labels):
    width, height = size
    page = f'<img src="{html.escape(src)}" alt="{html.escape(alt)}">'
    for (x1, y1, x2, y2), label in zip(boxes, labels, strict=True):
        across = f"left:{100 * x1 / width}%;width:{100 * (x2 - x1) / width}%"
        down = f"top:{100 * y1 / height}%;height:{100 * (y2 - y1) / height}%"
        page += f'<div style="{across};{down}">{html.escape(label)}</div>'
    return page


def tag_folder(paths, load_detector):
    detector = load_detector()
    rows = []
    for path in paths:
        row = {"name": path.name, "found": None, "size": None, "boxes": []}
        image = cv2.imread(str(path))
        if image is not None:
            boxes = detector(cv2.cvtColor(image, cv2.COLOR_BGR2RGB))
            row = {"name": path.name, "found": len(boxes) > 0, "size": image.shape[1::-1], "boxes": boxes}
        rows.append(row)
    return rows

# %% mistake="whole-path-for-name" exercise="tag_folder"
def picture_html(src, alt, size, boxes, labels):
    width, height = size
    page = f'<img src="{html.escape(src)}" alt="{html.escape(alt)}">'
    for (x1, y1, x2, y2), label in zip(boxes, labels, strict=True):
        across = f"left:{100 * x1 / width}%;width:{100 * (x2 - x1) / width}%"
        down = f"top:{100 * y1 / height}%;height:{100 * (y2 - y1) / height}%"
        page += f'<div style="{across};{down}">{html.escape(label)}</div>'
    return page


def tag_folder(paths, load_detector):
    detector = load_detector()
    rows = []
    for path in paths:
        row = {"name": str(path), "found": None, "size": None, "boxes": []}
        image = cv2.imread(str(path))
        if image is not None:
            boxes = detector(image)
            row = {"name": str(path), "found": len(boxes) > 0, "size": image.shape[1::-1], "boxes": boxes}
        rows.append(row)
    return rows

# %% mistake="boxes-for-found" exercise="tag_folder"
def picture_html(src, alt, size, boxes, labels):
    width, height = size
    page = f'<img src="{html.escape(src)}" alt="{html.escape(alt)}">'
    for (x1, y1, x2, y2), label in zip(boxes, labels, strict=True):
        across = f"left:{100 * x1 / width}%;width:{100 * (x2 - x1) / width}%"
        down = f"top:{100 * y1 / height}%;height:{100 * (y2 - y1) / height}%"
        page += f'<div style="{across};{down}">{html.escape(label)}</div>'
    return page


def tag_folder(paths, load_detector):
    detector = load_detector()
    rows = []
    for path in paths:
        row = {"name": path.name, "found": None, "size": None, "boxes": []}
        image = cv2.imread(str(path))
        if image is not None:
            boxes = detector(image)
            row = {"name": path.name, "found": boxes, "size": image.shape[1::-1], "boxes": boxes}
        rows.append(row)
    return rows

# %% mistake="always-found" exercise="tag_folder"
def picture_html(src, alt, size, boxes, labels):
    width, height = size
    page = f'<img src="{html.escape(src)}" alt="{html.escape(alt)}">'
    for (x1, y1, x2, y2), label in zip(boxes, labels, strict=True):
        across = f"left:{100 * x1 / width}%;width:{100 * (x2 - x1) / width}%"
        down = f"top:{100 * y1 / height}%;height:{100 * (y2 - y1) / height}%"
        page += f'<div style="{across};{down}">{html.escape(label)}</div>'
    return page


def tag_folder(paths, load_detector):
    detector = load_detector()
    rows = []
    for path in paths:
        row = {"name": path.name, "found": None, "size": None, "boxes": []}
        image = cv2.imread(str(path))
        if image is not None:
            boxes = detector(image)
            row = {"name": path.name, "found": boxes is not None, "size": image.shape[1::-1], "boxes": boxes}
        rows.append(row)
    return rows

# %% mistake="one-row-for-all" exercise="tag_folder"
def picture_html(src, alt, size, boxes, labels):
    width, height = size
    page = f'<img src="{html.escape(src)}" alt="{html.escape(alt)}">'
    for (x1, y1, x2, y2), label in zip(boxes, labels, strict=True):
        across = f"left:{100 * x1 / width}%;width:{100 * (x2 - x1) / width}%"
        down = f"top:{100 * y1 / height}%;height:{100 * (y2 - y1) / height}%"
        page += f'<div style="{across};{down}">{html.escape(label)}</div>'
    return page


def tag_folder(paths, load_detector):
    detector = load_detector()
    rows, row = [], {}
    for path in paths:
        row |= {"name": path.name, "found": None, "size": None, "boxes": []}
        image = cv2.imread(str(path))
        if image is not None:
            boxes = detector(image)
            row |= {"name": path.name, "found": len(boxes) > 0, "size": image.shape[1::-1], "boxes": boxes}
        rows.append(row)
    return rows

# %% mistake="space-before-the-percent-sign" exercise="tag_folder"
def picture_html(src, alt, size, boxes, labels):
    width, height = size
    page = f'<img src="{html.escape(src)}" alt="{html.escape(alt)}">'
    for (x1, y1, x2, y2), label in zip(boxes, labels, strict=True):
        across = f"left:{100 * x1 / width} %;width:{100 * (x2 - x1) / width} %"
        down = f"top:{100 * y1 / height} %;height:{100 * (y2 - y1) / height} %"
        page += f'<div style="{across};{down}">{html.escape(label)}</div>'
    return page


def tag_folder(paths, load_detector):
    detector = load_detector()
    rows = []
    for path in paths:
        row = {"name": path.name, "found": None, "size": None, "boxes": []}
        image = cv2.imread(str(path))
        if image is not None:
            boxes = detector(image)
            row = {"name": path.name, "found": len(boxes) > 0, "size": image.shape[1::-1], "boxes": boxes}
        rows.append(row)
    return rows

# %% mistake="equal-labels-drop-divs" exercise="tag_folder"
def picture_html(src, alt, size, boxes, labels):
    width, height = size
    page = f'<img src="{html.escape(src)}" alt="{html.escape(alt)}">'
    for label, (x1, y1, x2, y2) in dict(zip(labels, boxes, strict=True)).items():
        across = f"left:{100 * x1 / width}%;width:{100 * (x2 - x1) / width}%"
        down = f"top:{100 * y1 / height}%;height:{100 * (y2 - y1) / height}%"
        page += f'<div style="{across};{down}">{html.escape(label)}</div>'
    return page


def tag_folder(paths, load_detector):
    detector = load_detector()
    rows = []
    for path in paths:
        row = {"name": path.name, "found": None, "size": None, "boxes": []}
        image = cv2.imread(str(path))
        if image is not None:
            boxes = detector(image)
            row = {"name": path.name, "found": len(boxes) > 0, "size": image.shape[1::-1], "boxes": boxes}
        rows.append(row)
    return rows

# %% mistake="attribute-errors-of-the-detector-hidden" exercise="tag_folder"
def picture_html(src, alt, size, boxes, labels):
    width, height = size
    page = f'<img src="{html.escape(src)}" alt="{html.escape(alt)}">'
    for (x1, y1, x2, y2), label in zip(boxes, labels, strict=True):
        across = f"left:{100 * x1 / width}%;width:{100 * (x2 - x1) / width}%"
        down = f"top:{100 * y1 / height}%;height:{100 * (y2 - y1) / height}%"
        page += f'<div style="{across};{down}">{html.escape(label)}</div>'
    return page


def tag_folder(paths, load_detector):
    detector = load_detector()
    rows = []
    for path in paths:
        try:
            image = cv2.imread(str(path))
            size = (image.shape[1], image.shape[0])
            boxes = detector(image)
            rows.append({"name": path.name, "found": len(boxes) > 0, "size": size, "boxes": boxes})
        except AttributeError:
            rows.append({"name": path.name, "found": None, "size": None, "boxes": []})
    return rows

# %% mistake="one-row-for-each-name" exercise="tag_folder"
def picture_html(src, alt, size, boxes, labels):
    width, height = size
    page = f'<img src="{html.escape(src)}" alt="{html.escape(alt)}">'
    for (x1, y1, x2, y2), label in zip(boxes, labels, strict=True):
        across = f"left:{100 * x1 / width}%;width:{100 * (x2 - x1) / width}%"
        down = f"top:{100 * y1 / height}%;height:{100 * (y2 - y1) / height}%"
        page += f'<div style="{across};{down}">{html.escape(label)}</div>'
    return page


def tag_folder(paths, load_detector):
    detector = load_detector()
    rows = {}
    for path in paths:
        rows[path.name] = {"name": path.name, "found": None, "size": None, "boxes": []}
        image = cv2.imread(str(path))
        if image is not None:
            boxes = detector(image)
            rows[path.name] = {"name": path.name, "found": len(boxes) > 0, "size": image.shape[1::-1], "boxes": boxes}
    return list(rows.values())

# %% mistake="darker-comes-back-brighter" exercise="crop"
def crop(image, box, brighter=0):
    h, w = image.shape[:2]
    x1, y1, x2, y2 = box
    x1, x2 = max(0, min(x1, w)), max(0, min(x2, w))
    y1, y2 = max(0, min(y1, h)), max(0, min(y2, h))
    part = image[y1:y2, x1:x2].copy()
    if part.size == 0:
        return part
    return cv2.convertScaleAbs(part, alpha=1, beta=brighter)

# %% mistake="made-for-more-light-only" exercise="crop"
def crop(image, box, brighter=0):
    h, w = image.shape[:2]
    x1, y1, x2, y2 = box
    x1, x2 = max(0, min(x1, w)), max(0, min(x2, w))
    y1, y2 = max(0, min(y1, h)), max(0, min(y2, h))
    part = image[y1:y2, x1:x2]
    return np.where(part > 255 - brighter, 255, part + brighter).astype(np.uint8)

# %% mistake="a-view-when-no-light-is-asked" exercise="crop"
def crop(image, box, brighter=0):
    h, w = image.shape[:2]
    x1, y1, x2, y2 = box
    x1, x2 = max(0, min(x1, w)), max(0, min(x2, w))
    y1, y2 = max(0, min(y1, h)), max(0, min(y2, h))
    part = image[y1:y2, x1:x2]
    if brighter:
        part = np.clip(part.astype(int) + brighter, 0, 255).astype(np.uint8)
    return part

# %% mistake="value-for-all-three-numbers" exercise="crop"
def crop(image, box, brighter=0):
    h, w = image.shape[:2]
    x1, y1, x2, y2 = box
    x1, x2 = max(0, min(x1, w)), max(0, min(x2, w))
    y1, y2 = max(0, min(y1, h)), max(0, min(y2, h))
    part = image[y1:y2, x1:x2].copy()
    if brighter == 0 or part.size == 0:
        return part
    hsv = cv2.cvtColor(part, cv2.COLOR_BGR2HSV).astype(int)
    hsv[:, :, 2] = np.clip(hsv[:, :, 2] + brighter, 0, 255)
    return cv2.cvtColor(hsv.astype(np.uint8), cv2.COLOR_HSV2BGR)

# %% mistake="box-moved-into-the-picture" exercise="crop"
def crop(image, box, brighter=0):
    _h, _w = image.shape[:2]
    x1, y1, x2, y2 = box
    if x1 < 0:
        x2 -= x1
        x1 = 0
    if y1 < 0:
        y2 -= y1
        y1 = 0
    part = image[y1:y2, x1:x2].astype(int) + brighter
    return np.clip(part, 0, 255).astype(np.uint8)

# %% mistake="box-area-for-the-limit-alone" exercise="find_blobs"
def find_blobs(image, low, high, min_area):
    hsv = cv2.cvtColor(image, cv2.COLOR_BGR2HSV)
    if low[0] <= high[0]:
        mask = cv2.inRange(hsv, low, high)
    else:
        mask = cv2.inRange(hsv, low, (179, high[1], high[2])) | cv2.inRange(hsv, (0, low[1], low[2]), high)
    _n, _labels, stats, _ = cv2.connectedComponentsWithStats(mask)
    found = []
    for x, y, w, h, area in stats[1:].tolist():
        if w * h >= min_area:
            found.append((area, (x, y, x + w, y + h)))
    found.sort(reverse=True)
    return [box for _, box in found]

# %% mistake="gaps-closed" exercise="find_blobs"
def find_blobs(image, low, high, min_area):
    hsv = cv2.cvtColor(image, cv2.COLOR_BGR2HSV)
    if low[0] <= high[0]:
        mask = cv2.inRange(hsv, low, high)
    else:
        mask = cv2.inRange(hsv, low, (179, high[1], high[2])) | cv2.inRange(hsv, (0, low[1], low[2]), high)
    mask = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    _n, _labels, stats, _ = cv2.connectedComponentsWithStats(mask)
    found = []
    for x, y, w, h, area in stats[1:].tolist():
        if area >= min_area:
            found.append((area, (x, y, x + w, y + h)))
    found.sort(reverse=True)
    return [box for _, box in found]

# %% mistake="outer-outlines-only" exercise="find_blobs"
def find_blobs(image, low, high, min_area):
    hsv = cv2.cvtColor(image, cv2.COLOR_BGR2HSV)
    if low[0] <= high[0]:
        mask = cv2.inRange(hsv, low, high)
    else:
        mask = cv2.inRange(hsv, low, (179, high[1], high[2])) | cv2.inRange(hsv, (0, low[1], low[2]), high)
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    found = []
    for c in contours:
        alone = np.zeros_like(mask)
        cv2.drawContours(alone, [c], -1, 255, -1)
        area = cv2.countNonZero(alone & mask)
        x, y, w, h = cv2.boundingRect(c)
        if area >= min_area:
            found.append((area, (x, y, x + w, y + h)))
    found.sort(reverse=True)
    return [box for _, box in found]

# %% mistake="neighbours-in-the-box-counted" exercise="find_blobs"
def find_blobs(image, low, high, min_area):
    hsv = cv2.cvtColor(image, cv2.COLOR_BGR2HSV)
    if low[0] <= high[0]:
        mask = cv2.inRange(hsv, low, high)
    else:
        mask = cv2.inRange(hsv, low, (179, high[1], high[2])) | cv2.inRange(hsv, (0, low[1], low[2]), high)
    _n, _labels, stats, _ = cv2.connectedComponentsWithStats(mask)
    found = []
    for x, y, w, h, _ in stats[1:].tolist():
        area = cv2.countNonZero(mask[y : y + h, x : x + w])
        if area >= min_area:
            found.append((area, (x, y, x + w, y + h)))
    found.sort(reverse=True)
    return [box for _, box in found]

# %% mistake="one-box-round-all" exercise="find_blobs"
def find_blobs(image, low, high, min_area):
    hsv = cv2.cvtColor(image, cv2.COLOR_BGR2HSV)
    mask = (
        cv2.inRange(hsv, low, high)
        if low[0] <= high[0]
        else cv2.inRange(hsv, low, (179, *high[1:])) | cv2.inRange(hsv, (0, *low[1:]), high)
    )
    ys, xs = np.nonzero(mask)
    if len(xs) < min_area:
        return []
    return [(xs.min(), ys.min(), xs.max() + 1, ys.max() + 1)]

# %% mistake="only-the-very-top-edge-minded" exercise="draw"
def draw(image, boxes, labels):
    out = image.copy()
    for (x1, y1, x2, y2), label in zip(boxes, labels, strict=True):
        cv2.rectangle(out, (x1, y1), (x2, y2), (0, 255, 0), 2)
        y = y1 - 5 if y1 > 0 else y1 + 15
        cv2.putText(out, label, (x1, y), cv2.FONT_HERSHEY_SIMPLEX, 0.5, (0, 255, 0), 1)
    return out

# %% mistake="label-in-the-grey-of-the-wall" exercise="draw"
def draw(image, boxes, labels):
    out = image.copy()
    for (x1, y1, x2, y2), label in zip(boxes, labels, strict=True):
        cv2.rectangle(out, (x1, y1), (x2, y2), (0, 255, 0), 2)
        cv2.putText(out, label, (x1, max(y1 - 5, 15)), cv2.FONT_HERSHEY_SIMPLEX, 0.5, (122, 122, 122), 1)
    return out

# %% mistake="see-through-filling" exercise="draw"
def draw(image, boxes, labels):
    out = image.copy()
    for (x1, y1, x2, y2), label in zip(boxes, labels, strict=True):
        cv2.rectangle(out, (x1, y1), (x2, y2), (0, 255, 0), -1)
        cv2.putText(out, label, (x1, max(y1 - 5, 15)), cv2.FONT_HERSHEY_SIMPLEX, 0.5, (0, 255, 0), 1)
    return cv2.addWeighted(out, 0.5, image, 0.5, 0)

# %% mistake="label-of-two-pixels" exercise="draw"
def draw(image, boxes, labels):
    out = image.copy()
    for (x1, y1, x2, y2), label in zip(boxes, labels, strict=True):
        cv2.rectangle(out, (x1, y1), (x2, y2), (0, 255, 0), 2)
        cv2.putText(out, label, (x1, max(y1 - 5, 15)), cv2.FONT_HERSHEY_SIMPLEX, 0.1, (0, 255, 0), 1)
    return out

# %% mistake="picture-after-the-boxes" exercise="tag_folder"
def picture_html(src, alt, size, boxes, labels):
    w, h = size
    out = ""
    for (x1, y1, x2, y2), label in zip(boxes, labels, strict=True):
        out += (
            f'<div style="left:{100 * x1 / w:.2f}%;top:{100 * y1 / h:.2f}%;'
            f'width:{100 * (x2 - x1) / w:.2f}%;height:{100 * (y2 - y1) / h:.2f}%">{html.escape(label)}</div>'
        )
    return out + f'<img src="{html.escape(src)}" alt="{html.escape(alt)}">'


def tag_folder(paths, load_detector):
    d = load_detector()
    rows = []
    for p in paths:
        im = cv2.imread(str(p))
        if im is None:
            rows.append({"name": p.name, "found": None, "size": None, "boxes": []})
        else:
            b = d(im)
            rows.append({"name": p.name, "found": len(b) > 0, "size": im.shape[1::-1], "boxes": b})
    return rows

# %% mistake="ampersand-escaped-last" exercise="tag_folder"
def picture_html(src, alt, size, boxes, labels):
    w, h = size

    def clean(t):
        return t.replace("<", "&lt;").replace(">", "&gt;").replace("&", "&amp;").replace('"', "&quot;")

    out = f'<img src="{clean(src)}" alt="{clean(alt)}">'
    for (x1, y1, x2, y2), label in zip(boxes, labels, strict=True):
        out += (
            f'<div style="left:{x1 / w:.2%};top:{y1 / h:.2%};'
            f'width:{(x2 - x1) / w:.2%};height:{(y2 - y1) / h:.2%}">{clean(label)}</div>'
        )
    return out


def tag_folder(paths, load_detector):
    d = load_detector()
    rows = []
    for p in paths:
        im = cv2.imread(str(p))
        if im is None:
            rows.append({"name": p.name, "found": None, "size": None, "boxes": []})
        else:
            b = d(im)
            rows.append({"name": p.name, "found": len(b) > 0, "size": im.shape[1::-1], "boxes": b})
    return rows

# %% mistake="boxes-with-points" exercise="find_blobs"
def find_blobs(image, low, high, min_area):
    hsv = cv2.cvtColor(image, cv2.COLOR_BGR2HSV)
    if low[0] <= high[0]:
        mask = cv2.inRange(hsv, low, high)
    else:
        mask = cv2.inRange(hsv, low, (179, *high[1:])) | cv2.inRange(hsv, (0, *low[1:]), high)
    stats = cv2.connectedComponentsWithStats(mask)[2].astype(float)
    order = np.argsort(-stats[1:, 4], kind="stable") + 1
    boxes = []
    for k in order:
        x, y, w, h, area = stats[k]
        if area >= min_area:
            boxes.append((x, y, x + w, y + h))
    return boxes

# %% mistake="label-beside-its-div" exercise="tag_folder"
def picture_html(src, alt, size, boxes, labels):
    w, h = size
    out = f'<img src="{html.escape(src)}" alt="{html.escape(alt)}">'
    for (x1, y1, x2, y2), label in zip(boxes, labels, strict=True):
        out += (
            f'<div style="left:{x1 / w:.2%};top:{y1 / h:.2%};'
            f'width:{(x2 - x1) / w:.2%};height:{(y2 - y1) / h:.2%}"></div>{html.escape(label)}'
        )
    return out


def tag_folder(paths, load_detector):
    d = load_detector()
    rows = []
    for p in paths:
        im = cv2.imread(str(p))
        if im is None:
            rows.append({"name": p.name, "found": None, "size": None, "boxes": []})
        else:
            b = d(im)
            rows.append({"name": p.name, "found": len(b) > 0, "size": im.shape[1::-1], "boxes": b})
    return rows

# %% mistake="labels-in-the-other-order" exercise="tag_folder"
def picture_html(src, alt, size, boxes, labels):
    w, h = size
    out = f'<img src="{html.escape(src)}" alt="{html.escape(alt)}">'
    for (x1, y1, x2, y2), label in zip(boxes, reversed(labels), strict=True):
        out += (
            f'<div style="left:{x1 / w:.2%};top:{y1 / h:.2%};'
            f'width:{(x2 - x1) / w:.2%};height:{(y2 - y1) / h:.2%}">{html.escape(label)}</div>'
        )
    return out


def tag_folder(paths, load_detector):
    d = load_detector()
    rows = []
    for p in paths:
        im = cv2.imread(str(p))
        if im is None:
            rows.append({"name": p.name, "found": None, "size": None, "boxes": []})
        else:
            b = d(im)
            rows.append({"name": p.name, "found": len(b) > 0, "size": im.shape[1::-1], "boxes": b})
    return rows

# %% mistake="divs-that-never-end" exercise="tag_folder"
def picture_html(src, alt, size, boxes, labels):
    w, h = size
    out = f'<img src="{html.escape(src)}" alt="{html.escape(alt)}">'
    for (x1, y1, x2, y2), label in zip(boxes, labels, strict=True):
        out += (
            f'<div style="left:{x1 / w:.2%};top:{y1 / h:.2%};'
            f'width:{(x2 - x1) / w:.2%};height:{(y2 - y1) / h:.2%}">{html.escape(label)}'
        )
    return out


def tag_folder(paths, load_detector):
    d = load_detector()
    rows = []
    for p in paths:
        im = cv2.imread(str(p))
        if im is None:
            rows.append({"name": p.name, "found": None, "size": None, "boxes": []})
        else:
            b = d(im)
            rows.append({"name": p.name, "found": len(b) > 0, "size": im.shape[1::-1], "boxes": b})
    return rows

# %% mistake="first-letter-alone" exercise="draw"
def draw(image, boxes, labels):
    out = image.copy()
    for (x1, y1, x2, y2), label in zip(boxes, labels, strict=True):
        cv2.rectangle(out, (x1, y1), (x2, y2), (0, 255, 0), 2)
        cv2.putText(out, label[0], (x1, max(y1 - 5, 15)), cv2.FONT_HERSHEY_SIMPLEX, 0.5, (0, 255, 0), 1)
    return out
