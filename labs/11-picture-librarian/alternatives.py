# %% [markdown]
# Right answers to lab 11, written another way. Each cell replaces one exercise's solution and must pass.
#
# ruff: noqa: F821
# (That is for ruff: base64, hashlib, html, json, np, ollama, Path, re and sqlite3 come from the lab's first cell.)

# %% alternative="bytes-and-a-comprehension" exercise="describe"
def ask(chat, model, question, data):
    reply = chat(model=model, messages=[{"role": "user", "content": question, "images": [data]}])
    return (reply.message.content or "").strip()


def describe(chat, model, path, actions):
    data = path.read_bytes()
    return {name: ask(chat, model, question, data) for name, question in actions.items()}

# %% alternative="base64-and-brackets" exercise="describe"
def describe(chat, model, path, actions):
    with path.open("rb") as file:
        picture = base64.b64encode(file.read()).decode("ascii")
    result = {}
    for key in actions:
        answer = chat(
            model=model,
            messages=[{"role": "user", "content": actions[key], "images": [picture]}],
            options={"temperature": 0},
        )
        print(key, "->", answer["message"]["content"])
        result[key] = answer["message"]["content"].strip()
    return result

# %% alternative="ollama-objects" exercise="describe"
def describe(chat, model: str, path: Path, actions: dict[str, str]) -> dict[str, str]:
    names, replies = list(actions), []
    for name in names:
        picture = ollama.Image(value=path)
        replies.append(chat(model, [{"role": "user", "content": actions[name], "images": [picture]}]))
    return dict(zip(names, [reply.message.content.strip() for reply in replies], strict=True))

# %% alternative="message-objects" exercise="describe"
def describe(chat, model, path, actions):
    texts = {}
    for name, question in actions.items():
        message = ollama.Message(role="user", content=question, images=[ollama.Image(value=str(path))])
        reply = chat(model=model, messages=[message], stream=False)
        texts.update({name: str(reply.message.content).strip()})
    return texts

# %% alternative="regular-expressions" exercise="parse_tags"
def parse_tags(reply, limit=10):
    found = {}
    for line in reply.split("\n"):
        line = re.sub(r"^.*:", "", line)
        for tag in re.split(r",", line):
            tag = re.sub(r"^[\s*•#.!\"'-]*(\d+[.)])?[\s*•#.!\"'-]*", "", tag)
            tag = re.sub(r"[\s*•#.!\"'-]+$", "", tag).lower()
            if tag != "" and tag.count(" ") < 3:
                found.setdefault(tag, None)
    return list(found)[:limit]

# %% alternative="helpers-and-early-stop" exercise="parse_tags"
SIGNS = "-*•#.!\"'"


def clean(text):
    text = text.strip().strip(SIGNS).strip()
    number = ""
    while text[len(number) : len(number) + 1].isdigit():
        number += text[len(number)]
    if number and text[len(number) : len(number) + 1] in (".", ")"):
        text = text[len(number) + 1 :]
    while text != text.strip().strip(SIGNS):
        text = text.strip().strip(SIGNS)
    return text.lower()


def parse_tags(reply, limit=10):
    tags = []
    for line in reply.splitlines():
        _, colon, rest = line.rpartition(":")
        for part in (rest if colon else line).split(","):
            tag = clean(part)
            words = tag.split()
            if not words or len(words) > 3:
                continue
            if tag in tags:
                continue
            if len(tags) == limit:
                print("enough")
                return tags
            tags.append(tag)
    return tags

# %% alternative="one-long-list" exercise="parse_tags"
def parse_tags(reply: str, limit: int = 10) -> list[str]:
    signs = " \t\r\n-*•#.!\"'"
    parts = [part for line in reply.splitlines() for part in line.split(":")[-1].split(",")]
    bare = [part.strip(signs).lower() for part in parts]
    bare = [re.sub(r"^[0-9]{1,3}[.)]", "", part).strip(signs) for part in bare]
    short = [part for part in bare if 1 <= len(part.split()) <= 3]
    return sorted(set(short), key=short.index)[:limit]

# %% alternative="numpy-and-templates" exercise="gallery_html"
def to_pixels(box, size, scale):
    whole = np.array([size[0], size[1], size[0], size[1]])
    pixels = np.rint(np.array(box) / scale * whole)
    return [int(number) for number in np.clip(pixels, 0, whole)]


def gallery_html(rows):
    page = ""
    for row in rows:
        safe = {name: html.escape(text) for name, text in row.items() if name != "tags"}
        file = html.escape(row["name"].split("/")[-1])
        page += f"""
<figure class="card">
  <img loading="lazy" src="pictures/{file}" alt="{safe["alt"] if row["alt"] else safe["title"]}" />
  <figcaption>
    <strong>{safe["title"]}</strong>
    <span>{safe["description"]}</span>
    <span>{", ".join(html.escape(tag) for tag in row["tags"])}</span>
  </figcaption>
</figure>
"""
    return page

# %% alternative="elementtree" exercise="gallery_html"
import xml.etree.ElementTree as ET


def clamp(number, most):
    if number < 0:
        return 0
    if number > most:
        return most
    return number


def to_pixels(box, size, scale):
    width, height = size
    x1, y1, x2, y2 = box
    return (
        clamp(round(x1 * width / scale), width),
        clamp(round(y1 * height / scale), height),
        clamp(round(x2 * width / scale), width),
        clamp(round(y2 * height / scale), height),
    )


def figure(row):
    root = ET.Element("figure")
    ET.SubElement(root, "img", src="pictures/" + row["name"].rpartition("/")[2], alt=row["alt"] or row["title"])
    ET.SubElement(root, "h2").text = row["title"]
    ET.SubElement(root, "p").text = row["description"]
    for tag in row["tags"]:
        ET.SubElement(root, "span").text = tag
    return ET.tostring(root, encoding="unicode", method="html")


def gallery_html(rows):
    return "".join(map(figure, rows))

# %% alternative="quoted-source-and-loops" exercise="gallery_html"
from urllib.parse import quote


def to_pixels(box, size, scale):
    shares = [number / scale for number in box]
    inside = [0 if share < 0 else 1 if share > 1 else share for share in shares]
    print("shares:", inside)
    return tuple(round(share * size[i % 2]) for i, share in enumerate(inside))


def gallery_html(rows):
    parts = []
    for row in rows:
        words = row["alt"]
        if words == "":
            words = row["title"]
        parts.append("<figure>")
        parts.append(f"<img alt='{html.escape(words)}' src='pictures/{quote(Path(row['name']).name)}'>")
        parts.append(f"<figcaption><h2>{html.escape(row['title'])}</h2>{html.escape(row['description'])}<ul>")
        for tag in row["tags"]:
            parts.append("<li>" + html.escape(tag) + "</li>")
        parts.append("</ul></figcaption></figure>")
    return "\n".join(parts)

# %% alternative="columns-and-instr" exercise="Library"
class Library:
    def __init__(self, path):
        self.connection = sqlite3.connect(path)
        self.connection.execute(
            """CREATE TABLE IF NOT EXISTS rows (
                number INTEGER PRIMARY KEY, digest BLOB UNIQUE, texts TEXT, row TEXT)"""
        )

    def add(self, data, row):
        if self.seen(data):
            return
        texts = "\x00".join([row["title"], row["description"], *row["tags"]]).lower()
        with self.connection as connection:
            connection.execute(
                "INSERT INTO rows (digest, texts, row) VALUES (?, ?, ?)",
                (hashlib.md5(data).digest(), texts, json.dumps(row)),
            )

    def seen(self, data):
        cursor = self.connection.execute("SELECT count(*) FROM rows WHERE digest = ?", [hashlib.md5(data).digest()])
        return cursor.fetchone()[0] > 0

    def search(self, term):
        command = "SELECT row FROM rows WHERE instr(texts, ?) > 0 ORDER BY number"
        return [json.loads(text) for (text,) in self.connection.execute(command, (term.lower(),))]

# %% alternative="two-tables-and-like" exercise="Library"
class Library:
    def __init__(self, path):
        self.path = path
        self.db = sqlite3.connect(path, isolation_level=None)
        self.db.executescript(
            """
            CREATE TABLE IF NOT EXISTS pictures (id INTEGER PRIMARY KEY AUTOINCREMENT, data BLOB UNIQUE, row TEXT);
            CREATE TABLE IF NOT EXISTS words (picture INTEGER, text TEXT);
            """
        )

    def add(self, data: bytes, row: dict) -> None:
        if not self.seen(data):
            new = self.db.execute("INSERT INTO pictures (data, row) VALUES (?, ?)", (data, json.dumps(row))).lastrowid
            texts = [row["title"], row["description"]] + row["tags"]
            self.db.executemany("INSERT INTO words VALUES (?, ?)", [(new, text.lower()) for text in texts])

    def seen(self, data: bytes) -> bool:
        return bool(self.db.execute("SELECT id FROM pictures WHERE data = ?", (data,)).fetchall())

    def search(self, term: str) -> list[dict]:
        for sign in "\\%_":
            term = term.replace(sign, "\\" + sign)
        command = r"""SELECT row FROM pictures WHERE id IN (SELECT picture FROM words WHERE text LIKE ? ESCAPE '\')
                      ORDER BY id"""
        return [json.loads(row[0]) for row in self.db.execute(command, ("%" + term.lower() + "%",))]

# %% alternative="a-json-column-and-a-generator" exercise="Library"
def fingerprint(data):
    return hashlib.sha1(data).hexdigest()


class Library:
    """Opens its file anew for each job."""

    def __init__(self, path):
        self.keep = sqlite3.connect(path)
        self.keep.row_factory = sqlite3.Row
        self.run("CREATE TABLE IF NOT EXISTS p (k TEXT UNIQUE, r TEXT, n INTEGER)")

    def run(self, command, values=()):
        rows = self.keep.execute(command, values).fetchall()
        self.keep.commit()
        return rows

    def add(self, data, row):
        count = self.run("SELECT COUNT(*) AS n FROM p")[0]["n"]
        if fingerprint(data) not in {one["k"] for one in self.run("SELECT k FROM p")}:
            self.run("INSERT INTO p VALUES (:k, :r, :n)", {"k": fingerprint(data), "r": json.dumps(row), "n": count})
            print("stored", row["name"])

    def seen(self, data):
        return any(one["k"] == fingerprint(data) for one in self.run("SELECT k FROM p"))

    def _holds(self, row, term):
        yield term in row["title"].casefold()
        yield term in row["description"].casefold()
        for tag in row["tags"]:
            yield term in tag.casefold()

    def search(self, term):
        rows = [json.loads(one["r"]) for one in self.run("SELECT r FROM p ORDER BY n")]
        return [row for row in rows if any(self._holds(row, term.casefold()))]

# %% alternative="a-connection-for-each-job" exercise="Library"
from contextlib import closing


class Library:
    def __init__(self, path):
        self.path = path
        with closing(sqlite3.connect(self.path)) as db, db:
            db.execute("CREATE TABLE IF NOT EXISTS pictures (number INTEGER PRIMARY KEY, key TEXT UNIQUE, row TEXT)")

    def add(self, data, row):
        if self.seen(data):
            return
        with closing(sqlite3.connect(self.path)) as db, db:
            key = hashlib.sha256(data).hexdigest()
            db.execute("INSERT INTO pictures (key, row) VALUES (?, ?)", (key, json.dumps(row)))

    def seen(self, data):
        with closing(sqlite3.connect(self.path)) as db:
            found = db.execute("SELECT * FROM pictures WHERE key = ?", (hashlib.sha256(data).hexdigest(),))
            return len(found.fetchall()) == 1

    def search(self, term):
        with closing(sqlite3.connect(self.path)) as db:
            rows = [json.loads(text) for (text,) in db.execute("SELECT row FROM pictures ORDER BY number")]
        found = []
        for row in rows:
            texts = [row["title"], row["description"]] + row["tags"]
            if [text for text in texts if term.upper() in text.upper()]:
                found.append(row)
        return found

# %% alternative="nested-tries-with-else" exercise="index_folder"
def index_folder(paths, library, describe):
    new, known, failed = [], [], []
    for path in paths:
        try:
            data = path.read_bytes()
        except OSError as problem:
            print("can't read", path, problem)
            failed.append(path.name)
        else:
            if library.seen(data):
                known.append(path.name)
            else:
                try:
                    row = describe(path)
                except ollama.ResponseError:
                    failed.append(path.name)
                else:
                    library.add(data, row)
                    new.append(path.name)
    return {"new": new, "known": known, "failed": failed}

# %% alternative="a-helper-that-names-the-list" exercise="index_folder"
def fate(path, library, describe):
    try:
        with path.open("rb") as file:
            data = file.read()
    except OSError:
        return "failed"
    if library.seen(data):
        return "known"
    try:
        row = describe(path)
    except ollama.ResponseError:
        return "failed"
    library.add(data, row)
    return "new"


def index_folder(paths, library, describe):
    report = {kind: [] for kind in ("new", "known", "failed")}
    for path in paths:
        report[fate(path, library, describe)].append(path.name)
    return report

# %% alternative="a-helper-and-pairs" exercise="describe"
def ask_one(chat, model, path, question):
    answer = chat(messages=[{"role": "user", "content": question, "images": [path]}], model=model, stream=False)
    return answer["message"]["content"].strip()


def describe(chat, model, path, actions):
    return {name: ask_one(chat, model, path, q) for name, q in actions.items()}

# %% alternative="a-class-tuples-and-options" exercise="describe"
class Asker:
    def __init__(self, chat, model, path):
        self.chat, self.model, self.data = chat, model, path.read_bytes()

    def __call__(self, question):
        msg = {"role": "user", "content": question, "images": (self.data,)}
        r = self.chat(model=self.model, messages=(msg,), options={"temperature": 0})
        return r.message.content.strip()


def describe(chat, model, path, actions):
    asker = Asker(chat, model, path)
    out = {}
    for name in actions:
        out[name] = asker(actions[name])
        print(name, "done")
    return out

# %% alternative="sign-by-sign" exercise="parse_tags"
JUNK = set(" \t\r\n-*•#.!\"'")


def clean(text):
    while text and text[0] in JUNK:
        text = text[1:]
    while text and text[-1] in JUNK:
        text = text[:-1]
    return text


def unnumbered(text):
    digits = 0
    while digits < len(text) and text[digits] in "0123456789":
        digits += 1
    if digits and text[digits : digits + 1] in (".", ")") and digits < len(text):
        return text[digits + 1 :]
    return text


def parse_tags(reply, limit=10):
    tags = []
    for line in reply.replace("\r", "\n").split("\n"):
        for part in line.split(":")[-1].split(","):
            tag = clean(unnumbered(clean(part))).lower()
            words = tag.split()
            if 1 <= len(words) <= 3 and tag not in tags and len(tags) < limit:
                tags.append(tag)
    return tags

# %% alternative="one-pattern-and-a-dictionary" exercise="parse_tags"
import itertools


def parse_tags(reply: str, limit: int = 10) -> list[str]:
    pieces = [piece for line in reply.splitlines() for piece in line[line.rfind(":") + 1 :].split(",")]
    pattern = re.compile(r"""^[\s\-*•#.!"']*(?:\d+[.)])?[\s\-*•#.!"']*(.*?)[\s\-*•#.!"']*$""", re.S)
    cleaned = (pattern.match(piece).group(1).lower() for piece in pieces)
    good = dict.fromkeys(tag for tag in cleaned if tag and len(tag.split()) < 4)
    return list(itertools.islice(good, limit))

# %% alternative="numpy-clip-and-bold-type" exercise="gallery_html"
def to_pixels(box, size, scale):
    whole = np.array([size[0], size[1]] * 2, float)
    return np.clip(np.rint(np.array(box) / scale * whole), 0, whole).astype(int)


TEMPLATE = """<figure><img alt="{alt}" src="{src}" loading="lazy">
<figcaption><b>{title}</b> {description} <i>{tags}</i></figcaption></figure>"""


def gallery_html(rows):
    return "".join(
        TEMPLATE.format(
            alt=html.escape(row["alt"] if row["alt"] else row["title"]),
            src="pictures/" + html.escape(os_name(row["name"])),
            title=html.escape(row["title"]),
            description=html.escape(row["description"]),
            tags=" · ".join(html.escape(t) for t in row["tags"]),
        )
        for row in rows
    )


def os_name(name):
    return name.replace("\\", "/").rsplit("/", 1)[-1]

# %% alternative="explicit-ifs-and-single-quotes" exercise="gallery_html"
def inside(number, most):
    if number < 0:
        return 0
    if number > most:
        return most
    return number


def to_pixels(box, size, scale):
    (x1, y1, x2, y2), (width, height) = box, size
    return [
        inside(round(x1 * width / scale), width),
        inside(round(y1 * height / scale), height),
        inside(round(x2 * width / scale), width),
        inside(round(y2 * height / scale), height),
    ]


def gallery_html(rows):
    page = ["<section>"]
    for row in rows:
        words = {key: html.escape(row[key]) for key in ("title", "description", "alt")}
        page.append("<figure>")
        page.append(
            "<img src='pictures/"
            + html.escape(PurePath(row["name"]).name)
            + "' alt='"
            + (words["alt"] or words["title"])
            + "'/>"
        )
        page.append("<figcaption><h3>" + words["title"] + "</h3>" + words["description"])
        for tag in row["tags"]:
            page.append("<span>" + html.escape(tag) + "</span>")
        page.append("</figcaption></figure>")
    return "\n".join([*page, "</section>"])

# %% alternative="a-function-for-sqlite" exercise="Library"
class Library:
    def __init__(self, path):
        self.db = sqlite3.connect(path, isolation_level=None)
        self.db.create_function("low", 1, lambda s: s.lower())
        self.db.execute("create table if not exists pics (data blob unique, row text)")
        self.db.execute("create table if not exists words (pic integer, text text)")

    def add(self, data, row):
        if self.seen(data):
            return
        cursor = self.db.execute("insert into pics values (?, ?)", (sqlite3.Binary(data), json.dumps(row)))
        for text in [row["title"], row["description"], *row["tags"]]:
            self.db.execute("insert into words values (?, ?)", (cursor.lastrowid, text))

    def seen(self, data):
        (count,) = self.db.execute("select count(*) from pics where data = ?", (data,)).fetchone()
        return count == 1

    def search(self, term):
        sql = """select row from pics
                 where rowid in (select pic from words where instr(low(text), low(?)) > 0) or ? = '' order by rowid"""
        return [json.loads(row) for (row,) in self.db.execute(sql, (term, term))]

# %% alternative="casefold-and-a-file-opened-each-time" exercise="Library"
def fingerprint(data):
    return hashlib.sha256(data).digest()


class Library:
    def __init__(self, path):
        self.path = path
        with self.open() as db:
            db.execute("CREATE TABLE IF NOT EXISTS shelf (n INTEGER PRIMARY KEY AUTOINCREMENT, k BLOB UNIQUE, r TEXT)")

    def open(self):
        from contextlib import contextmanager

        @contextmanager
        def opened():
            db = sqlite3.connect(self.path)
            try:
                with db:
                    yield db
            finally:
                db.close()

        return opened()

    def add(self, data, row):
        if not self.seen(data):
            with self.open() as db:
                db.execute(
                    "INSERT INTO shelf (k, r) VALUES (?, ?)", (fingerprint(data), json.dumps(row, ensure_ascii=False))
                )

    def seen(self, data):
        with self.open() as db:
            return len(db.execute("SELECT n FROM shelf WHERE k = ?", [fingerprint(data)]).fetchall()) == 1

    def search(self, term):
        with self.open() as db:
            rows = [json.loads(r) for (r,) in db.execute("SELECT r FROM shelf ORDER BY n")]
        term = term.casefold()
        return [r for r in rows if any(term in t.casefold() for t in [r["title"], r["description"]] + r["tags"])]

# %% alternative="a-helper-for-each-failure" exercise="index_folder"
def bytes_of(path):
    try:
        return path.read_bytes()
    except OSError as problem:
        print(path, problem)
        return None


def row_from(describe, path):
    try:
        return describe(path)
    except ollama.ResponseError as problem:
        print(path, problem.error)
        return None


def index_folder(paths, library, describe):
    new, known, failed = [], [], []
    for path in paths:
        data = bytes_of(path)
        if data is None:
            failed.append(path.name)
        elif library.seen(data):
            known.append(path.name)
        elif (row := row_from(describe, path)) is None:
            failed.append(path.name)
        else:
            library.add(data, row)
            new.append(path.name)
    return {"new": new, "known": known, "failed": failed}

# %% alternative="open-and-a-defaultdict" exercise="index_folder"
from collections import defaultdict


def index_folder(paths, library, describe):
    report = defaultdict(list, new=[], known=[], failed=[])
    for path in paths:
        try:
            with path.open("rb") as file:
                data = file.read()
        except OSError:
            report["failed"] += [path.name]
            continue
        if library.seen(data) is True:
            report["known"] += [path.name]
            continue
        try:
            row = describe(path)
        except ollama.ResponseError:
            report["failed"] += [path.name]
        else:
            library.add(data, row)
            report["new"] += [path.name]
    return report
