# %% [markdown]
# Wrong answers to lab 11 that people really give. Each cell replaces one exercise's solution and must lose its points.
#
# ruff: noqa: F821
# (That is for ruff: cv2, hashlib, html, json, ollama, Path, re and sqlite3 come from the lab's first cell.)
# ruff: noqa: B007, F841, RET503, RUF024
# (So are these: the untidiness of a wrong answer is part of it.)

# %% mistake="path-in-the-text" exercise="describe"
def describe(chat, model, path, actions):
    texts = {}
    for name, question in actions.items():
        message = {"role": "user", "content": f"{question} {path}"}
        reply = chat(model=model, messages=[message])
        texts[name] = reply.message.content.strip()
    return texts

# %% mistake="path-in-both" exercise="describe"
def describe(chat, model, path, actions):
    texts = {}
    for name, question in actions.items():
        message = {"role": "user", "content": f"{path}: {question}", "images": [str(path)]}
        reply = chat(model=model, messages=[message])
        texts[name] = reply.message.content.strip()
    return texts

# %% mistake="images-beside-the-message" exercise="describe"
def describe(chat, model, path, actions):
    texts = {}
    for name, question in actions.items():
        message = {"role": "user", "content": question}
        reply = chat(model=model, messages=[message], images=[str(path)])
        texts[name] = reply.message.content.strip()
    return texts

# %% mistake="picture-not-in-a-list" exercise="describe"
def describe(chat, model, path, actions):
    texts = {}
    for name, question in actions.items():
        message = {"role": "user", "content": question, "images": str(path)}
        reply = chat(model=model, messages=[message])
        texts[name] = reply.message.content.strip()
    return texts

# %% mistake="name-alone" exercise="describe"
def describe(chat, model, path, actions):
    texts = {}
    for name, question in actions.items():
        message = {"role": "user", "content": question, "images": [path.name]}
        reply = chat(model=model, messages=[message])
        texts[name] = reply.message.content.strip()
    return texts

# %% mistake="image-for-images" exercise="describe"
def describe(chat, model, path, actions):
    texts = {}
    for name, question in actions.items():
        message = {"role": "user", "content": question, "image": str(path)}
        reply = chat(model=model, messages=[message])
        texts[name] = reply.message.content.strip()
    return texts

# %% mistake="whole-reply-kept" exercise="describe"
def describe(chat, model, path, actions):
    texts = {}
    for name, question in actions.items():
        message = {"role": "user", "content": question, "images": [str(path)]}
        reply = chat(model=model, messages=[message])
        texts[name] = reply
    return texts

# %% mistake="first-line-kept" exercise="describe"
def describe(chat, model, path, actions):
    texts = {}
    for name, question in actions.items():
        message = {"role": "user", "content": question, "images": [str(path)]}
        reply = chat(model=model, messages=[message])
        texts[name] = reply.message.content.strip().splitlines()[0]
    return texts

# %% mistake="message-kept" exercise="describe"
def describe(chat, model, path, actions):
    texts = {}
    for name, question in actions.items():
        message = {"role": "user", "content": question, "images": [str(path)]}
        reply = chat(model=model, messages=[message])
        texts[name] = reply.message
    return texts

# %% mistake="text-of-the-reply-object" exercise="describe"
def describe(chat, model, path, actions):
    texts = {}
    for name, question in actions.items():
        message = {"role": "user", "content": question, "images": [str(path)]}
        reply = chat(model=model, messages=[message])
        texts[name] = str(reply)
    return texts

# %% mistake="spaces-left" exercise="describe"
def describe(chat, model, path, actions):
    texts = {}
    for name, question in actions.items():
        message = {"role": "user", "content": question, "images": [str(path)]}
        reply = chat(model=model, messages=[message])
        texts[name] = reply.message.content
    return texts

# %% mistake="history-grows" exercise="describe"
def describe(chat, model, path, actions):
    texts, messages = {}, []
    for name, question in actions.items():
        messages.append({"role": "user", "content": question, "images": [str(path)]})
        reply = chat(model=model, messages=messages)
        messages.append({"role": "assistant", "content": reply.message.content})
        texts[name] = reply.message.content.strip()
    return texts

# %% mistake="pictures-pile-up" exercise="describe"
def describe(chat, model, path, actions, images=[]):  # noqa: B006
    texts = {}
    for name, question in actions.items():
        images.append(str(path))
        reply = chat(model=model, messages=[{"role": "user", "content": question, "images": list(images)}])
        texts[name] = reply.message.content.strip()
    return texts

# %% mistake="all-questions-at-once" exercise="describe"
def describe(chat, model, path, actions):
    question = "\n".join(f"{name}: {text}" for name, text in actions.items())
    reply = chat(model=model, messages=[{"role": "user", "content": question, "images": [str(path)]}])
    lines = reply.message.content.splitlines()
    return dict(zip(actions, lines, strict=False))

# %% mistake="first-picture-only" exercise="describe"
def describe(chat, model, path, actions):
    texts = {}
    for name, question in actions.items():
        message = {"role": "user", "content": question}
        if not texts:
            message["images"] = [str(path)]
        texts[name] = chat(model=model, messages=[message]).message.content.strip()
    return texts

# %% mistake="picture-in-a-message-before" exercise="describe"
def describe(chat, model, path, actions):
    texts = {}
    for name, question in actions.items():
        messages = [
            {"role": "user", "content": "Look at this picture.", "images": [str(path)]},
            {"role": "user", "content": question},
        ]
        texts[name] = chat(model=model, messages=messages).message.content.strip()
    return texts

# %% mistake="names-for-questions" exercise="describe"
def describe(chat, model, path, actions):
    texts = {}
    for name, question in actions.items():
        message = {"role": "user", "content": name, "images": [str(path)]}
        reply = chat(model=model, messages=[message])
        texts[name] = reply.message.content.strip()
    return texts

# %% mistake="questions-for-names" exercise="describe"
def describe(chat, model, path, actions):
    texts = {}
    for name, question in actions.items():
        message = {"role": "user", "content": question, "images": [str(path)]}
        reply = chat(model=model, messages=[message])
        texts[question] = reply.message.content.strip()
    return texts

# %% mistake="a-system-role" exercise="describe"
def describe(chat, model, path, actions):
    texts = {}
    for name, question in actions.items():
        message = {"role": "system", "content": question, "images": [str(path)]}
        reply = chat(model=model, messages=[message])
        texts[name] = reply.message.content.strip()
    return texts

# %% mistake="instruction-added" exercise="describe"
def describe(chat, model, path, actions):
    texts = {}
    for name, question in actions.items():
        message = {"role": "user", "content": question + " Be brief and precise.", "images": [str(path)]}
        reply = chat(model=model, messages=[message])
        texts[name] = reply.message.content.strip()
    return texts

# %% mistake="written-into-the-actions" exercise="describe"
def describe(chat, model, path, actions):
    for name, question in actions.items():
        message = {"role": "user", "content": question, "images": [str(path)]}
        actions[name] = chat(model=model, messages=[message]).message.content.strip()
    return actions

# %% mistake="a-list-of-texts" exercise="describe"
def describe(chat, model, path, actions):
    texts = []
    for question in actions.values():
        message = {"role": "user", "content": question, "images": [str(path)]}
        texts.append(chat(model=model, messages=[message]).message.content.strip())
    return texts

# %% mistake="model-by-heart" exercise="describe"
def describe(chat, model, path, actions):
    texts = {}
    for name, question in actions.items():
        message = {"role": "user", "content": question, "images": [str(path)]}
        reply = chat(model="alpha-sees:2b", messages=[message])
        texts[name] = reply.message.content.strip()
    return texts

# %% mistake="return-in-the-loop" exercise="describe"
def describe(chat, model, path, actions):
    texts = {}
    for name, question in actions.items():
        message = {"role": "user", "content": question, "images": [str(path)]}
        reply = chat(model=model, messages=[message])
        texts[name] = reply.message.content.strip()
        return texts

# %% mistake="actions-by-heart" exercise="describe"
def describe(chat, model, path, actions):
    texts = {}
    for name in ("title", "place"):
        message = {"role": "user", "content": actions[name], "images": [str(path)]}
        texts[name] = chat(model=model, messages=[message]).message.content.strip()
    return texts

# %% mistake="pixels-instead-of-a-file" exercise="describe"
def describe(chat, model, path, actions):
    texts = {}
    for name, question in actions.items():
        pixels = cv2.imread(str(path))
        message = {"role": "user", "content": question, "images": [pixels.tobytes()]}
        texts[name] = chat(model=model, messages=[message]).message.content.strip()
    return texts

# %% mistake="split-at-commas" exercise="parse_tags"
def parse_tags(reply, limit=10):
    return [tag.strip() for tag in reply.split(",")][:limit]

# %% mistake="introduction-kept" exercise="parse_tags"
def parse_tags(reply, limit=10):
    signs = " \t\r-*•#.!\"'"
    tags = []
    for line in reply.splitlines():
        for part in line.split(","):
            tag = re.sub(r"^\d+[.)]", "", part.strip(signs)).strip(signs).lower()
            if tag and len(tag.split()) <= 3 and tag not in tags:
                tags.append(tag)
    return tags[:limit]

# %% mistake="only-whole-lines-go" exercise="parse_tags"
def parse_tags(reply, limit=10):
    signs = " \t\r-*•#.!\"'"
    tags = []
    for line in reply.splitlines():
        if line.strip().endswith(":"):
            continue
        for part in line.split(","):
            tag = re.sub(r"^\d+[.)]", "", part.strip(signs)).strip(signs).lower()
            if tag and len(tag.split()) <= 3 and tag not in tags:
                tags.append(tag)
    return tags[:limit]

# %% mistake="first-line-dropped" exercise="parse_tags"
def parse_tags(reply, limit=10):
    lines = reply.splitlines()
    if len(lines) > 1:
        lines = lines[1:]
    tags = []
    for line in lines:
        for part in line.rpartition(":")[2].split(","):
            tag = re.sub(r"^\d+[.)]", "", part.strip(" -*•#.!\"'")).strip(" -*•#.!\"'").lower()
            if tag and len(tag.split()) <= 3 and tag not in tags:
                tags.append(tag)
    return tags[:limit]

# %% mistake="numbers-kept" exercise="parse_tags"
def parse_tags(reply, limit=10):
    signs = " \t\r-*•#.!\"'"
    tags = []
    for line in reply.splitlines():
        for part in line.rpartition(":")[2].split(","):
            tag = part.strip(signs).strip(signs).lower()
            if tag and len(tag.split()) <= 3 and tag not in tags:
                tags.append(tag)
    return tags[:limit]

# %% mistake="all-numbers-eaten" exercise="parse_tags"
def parse_tags(reply, limit=10):
    signs = " \t\r-*•#.!\"'"
    tags = []
    for line in reply.splitlines():
        for part in line.rpartition(":")[2].split(","):
            tag = re.sub(r"^\d+[.)]?", "", part.strip(signs)).strip(signs).lower()
            if tag and len(tag.split()) <= 3 and tag not in tags:
                tags.append(tag)
    return tags[:limit]

# %% mistake="digits-taken-everywhere" exercise="parse_tags"
def parse_tags(reply, limit=10):
    signs = " \t\r-*•#.!\"'"
    tags = []
    for line in reply.splitlines():
        for part in line.rpartition(":")[2].split(","):
            tag = re.sub(r"\d+", "", part.strip(signs)).strip(signs).lower()
            if tag and len(tag.split()) <= 3 and tag not in tags:
                tags.append(tag)
    return tags[:limit]

# %% mistake="points-alone" exercise="parse_tags"
def parse_tags(reply, limit=10):
    signs = " \t\r-*•#.!\"'"
    tags = []
    for line in reply.splitlines():
        for part in line.rpartition(":")[2].split(","):
            tag = re.sub(r"^\d+[.]", "", part.strip(signs)).strip(signs).lower()
            if tag and len(tag.split()) <= 3 and tag not in tags:
                tags.append(tag)
    return tags[:limit]

# %% mistake="one-digit-numbers" exercise="parse_tags"
def parse_tags(reply, limit=10):
    signs = " \t\r-*•#.!\"'"
    tags = []
    for line in reply.splitlines():
        for part in line.rpartition(":")[2].split(","):
            tag = re.sub(r"^\d[.)]", "", part.strip(signs)).strip(signs).lower()
            if tag and len(tag.split()) <= 3 and tag not in tags:
                tags.append(tag)
    return tags[:limit]

# %% mistake="bullets-kept" exercise="parse_tags"
def parse_tags(reply, limit=10):
    signs = " \t\r#.!\"'"
    tags = []
    for line in reply.splitlines():
        for part in line.rpartition(":")[2].split(","):
            tag = re.sub(r"^\d+[.)]", "", part.strip(signs)).strip(signs).lower()
            if tag and len(tag.split()) <= 3 and tag not in tags:
                tags.append(tag)
    return tags[:limit]

# %% mistake="hyphens-and-quotes-taken-inside" exercise="parse_tags"
def parse_tags(reply, limit=10):
    signs = " \t\r-*•#.!\"'"
    tags = []
    for line in reply.splitlines():
        for part in line.rpartition(":")[2].split(","):
            tag = re.sub(r"^\d+[.)]", "", re.sub(r"[-*#'•.!]", "", part).strip(signs)).strip(signs).lower()
            if tag and len(tag.split()) <= 3 and tag not in tags:
                tags.append(tag)
    return tags[:limit]

# %% mistake="capitals-kept" exercise="parse_tags"
def parse_tags(reply, limit=10):
    signs = " \t\r-*•#.!\"'"
    tags = []
    for line in reply.splitlines():
        for part in line.rpartition(":")[2].split(","):
            tag = re.sub(r"^\d+[.)]", "", part.strip(signs)).strip(signs)
            if tag and len(tag.split()) <= 3 and tag not in tags:
                tags.append(tag)
    return tags[:limit]

# %% mistake="doubles-kept" exercise="parse_tags"
def parse_tags(reply, limit=10):
    signs = " \t\r-*•#.!\"'"
    tags = []
    for line in reply.splitlines():
        for part in line.rpartition(":")[2].split(","):
            tag = re.sub(r"^\d+[.)]", "", part.strip(signs)).strip(signs).lower()
            if tag and len(tag.split()) <= 3:
                tags.append(tag)
    return tags[:limit]

# %% mistake="doubles-before-small-letters" exercise="parse_tags"
def parse_tags(reply, limit=10):
    signs = " \t\r-*•#.!\"'"
    tags = []
    for line in reply.splitlines():
        for part in line.rpartition(":")[2].split(","):
            tag = re.sub(r"^\d+[.)]", "", part.strip(signs)).strip(signs)
            if tag and len(tag.split()) <= 3 and tag not in tags:
                tags.append(tag.lower())
    return tags[:limit]

# %% mistake="a-set-loses-the-order" exercise="parse_tags"
def parse_tags(reply, limit=10):
    signs = " \t\r-*•#.!\"'"
    tags = set()
    for line in reply.splitlines():
        for part in line.rpartition(":")[2].split(","):
            tag = re.sub(r"^\d+[.)]", "", part.strip(signs)).strip(signs).lower()
            if tag and len(tag.split()) <= 3:
                tags.add(tag)
    return sorted(tags)[:limit]

# %% mistake="limit-forgotten" exercise="parse_tags"
def parse_tags(reply, limit=10):
    signs = " \t\r-*•#.!\"'"
    tags = []
    for line in reply.splitlines():
        for part in line.rpartition(":")[2].split(","):
            tag = re.sub(r"^\d+[.)]", "", part.strip(signs)).strip(signs).lower()
            if tag and len(tag.split()) <= 3 and tag not in tags:
                tags.append(tag)
    return tags

# %% mistake="always-ten" exercise="parse_tags"
def parse_tags(reply, limit=10):
    signs = " \t\r-*•#.!\"'"
    tags = []
    for line in reply.splitlines():
        for part in line.rpartition(":")[2].split(","):
            tag = re.sub(r"^\d+[.)]", "", part.strip(signs)).strip(signs).lower()
            if tag and len(tag.split()) <= 3 and tag not in tags:
                tags.append(tag)
    return tags[:10]

# %% mistake="cut-before-it-is-clean" exercise="parse_tags"
def parse_tags(reply, limit=10):
    signs = " \t\r-*•#.!\"'"
    parts = [part for line in reply.splitlines() for part in line.rpartition(":")[2].split(",")]
    tags = []
    for part in parts[:limit]:
        tag = re.sub(r"^\d+[.)]", "", part.strip(signs)).strip(signs).lower()
        if tag and len(tag.split()) <= 3 and tag not in tags:
            tags.append(tag)
    return tags

# %% mistake="empty-tags-kept" exercise="parse_tags"
def parse_tags(reply, limit=10):
    signs = " \t\r-*•#.!\"'"
    tags = []
    for line in reply.splitlines():
        for part in line.rpartition(":")[2].split(","):
            tag = re.sub(r"^\d+[.)]", "", part.strip(signs)).strip(signs).lower()
            if len(tag.split()) <= 3 and tag not in tags:
                tags.append(tag)
    return tags[:limit]

# %% mistake="chatter-kept" exercise="parse_tags"
def parse_tags(reply, limit=10):
    signs = " \t\r-*•#.!\"'"
    tags = []
    for line in reply.splitlines():
        for part in line.rpartition(":")[2].split(","):
            tag = re.sub(r"^\d+[.)]", "", part.strip(signs)).strip(signs).lower()
            if tag and tag not in tags:
                tags.append(tag)
    return tags[:limit]

# %% mistake="and-separates-too" exercise="parse_tags"
def parse_tags(reply, limit=10):
    signs = " \t\r-*•#.!\"'"
    tags = []
    for line in reply.splitlines():
        for part in line.rpartition(":")[2].replace(" and ", ",").split(","):
            tag = re.sub(r"^\d+[.)]", "", part.strip(signs)).strip(signs).lower()
            if tag and len(tag.split()) <= 3 and tag not in tags:
                tags.append(tag)
    return tags[:limit]

# %% mistake="three-words-are-chatter" exercise="parse_tags"
def parse_tags(reply, limit=10):
    signs = " \t\r-*•#.!\"'"
    tags = []
    for line in reply.splitlines():
        for part in line.rpartition(":")[2].split(","):
            tag = re.sub(r"^\d+[.)]", "", part.strip(signs)).strip(signs).lower()
            if tag and len(tag.split()) < 3 and tag not in tags:
                tags.append(tag)
    return tags[:limit]

# %% mistake="one-word-only" exercise="parse_tags"
def parse_tags(reply, limit=10):
    signs = " \t\r-*•#.!\"'"
    tags = []
    for line in reply.splitlines():
        for part in line.rpartition(":")[2].split(","):
            tag = re.sub(r"^\d+[.)]", "", part.strip(signs)).strip(signs).lower()
            if tag and len(tag.split()) == 1 and tag not in tags:
                tags.append(tag)
    return tags[:limit]

# %% mistake="letters-counted-for-words" exercise="parse_tags"
def parse_tags(reply, limit=10):
    signs = " \t\r-*•#.!\"'"
    tags = []
    for line in reply.splitlines():
        for part in line.rpartition(":")[2].split(","):
            tag = re.sub(r"^\d+[.)]", "", part.strip(signs)).strip(signs).lower()
            if tag and len(tag) <= 20 and tag not in tags:
                tags.append(tag)
    return tags[:limit]

# %% mistake="first-colon" exercise="parse_tags"
def parse_tags(reply, limit=10):
    signs = " \t\r-*•#.!\"'"
    tags = []
    for line in reply.splitlines():
        for part in line.partition(":")[2] or line.split(","):
            tag = re.sub(r"^\d+[.)]", "", part.strip(signs)).strip(signs).lower()
            if tag and len(tag.split()) <= 3 and tag not in tags:
                tags.append(tag)
    return tags[:limit]

# %% mistake="all-before-the-last-colon" exercise="parse_tags"
def parse_tags(reply, limit=10):
    signs = " \t\r-*•#.!\"'"
    tags = []
    for part in re.split("[,\n]", reply.rpartition(":")[2]):
        tag = re.sub(r"^\d+[.)]", "", part.strip(signs)).strip(signs).lower()
        if tag and len(tag.split()) <= 3 and tag not in tags:
            tags.append(tag)
    return tags[:limit]

# %% mistake="cleaned-once" exercise="parse_tags"
def parse_tags(reply, limit=10):
    signs = " \t\r-*•#.!\"'"
    tags = []
    for line in reply.splitlines():
        for part in line.rpartition(":")[2].split(","):
            tag = re.sub(r"^[\s*•#-]*\d+[.)]", "", part).strip(" .").lower()
            if tag and len(tag.split()) <= 3 and tag not in tags:
                tags.append(tag)
    return tags[:limit]

# %% mistake="number-before-signs" exercise="parse_tags"
def parse_tags(reply, limit=10):
    signs = " \t\r-*•#.!\"'"
    tags = []
    for line in reply.splitlines():
        for part in line.rpartition(":")[2].split(","):
            tag = re.sub(r"^\s*\d+[.)]", "", part).strip(signs).lower()
            if tag and len(tag.split()) <= 3 and tag not in tags:
                tags.append(tag)
    return tags[:limit]

# %% mistake="shared-between-calls" exercise="parse_tags"
def parse_tags(reply, limit=10, tags=[]):  # noqa: B006
    signs = " \t\r-*•#.!\"'"
    for line in reply.splitlines():
        for part in line.rpartition(":")[2].split(","):
            tag = re.sub(r"^\d+[.)]", "", part.strip(signs)).strip(signs).lower()
            if tag and len(tag.split()) <= 3 and tag not in tags:
                tags.append(tag)
    return tags[:limit]

# %% mistake="a-text-of-tags" exercise="parse_tags"
def parse_tags(reply, limit=10):
    signs = " \t\r-*•#.!\"'"
    tags = []
    for line in reply.splitlines():
        for part in line.rpartition(":")[2].split(","):
            tag = re.sub(r"^\d+[.)]", "", part.strip(signs)).strip(signs).lower()
            if tag and len(tag.split()) <= 3 and tag not in tags:
                tags.append(tag)
    return ", ".join(tags[:limit])

# %% mistake="lines-only" exercise="parse_tags"
def parse_tags(reply, limit=10):
    tags = []
    for line in reply.splitlines():
        tag = re.sub(r"^\W*\d+[.)]", "", line.rpartition(":")[2]).strip(" \t-*•#.!\"'").lower()
        if tag and len(tag.split()) <= 3 and tag not in tags:
            tags.append(tag)
    return tags[:limit]

# %% mistake="words-for-tags" exercise="parse_tags"
def parse_tags(reply, limit=10):
    tags = []
    for line in reply.splitlines():
        for word in re.findall(r"[a-z][a-z'-]+", line.rpartition(":")[2].lower()):
            if word not in tags:
                tags.append(word)
    return tags[:limit]

# %% mistake="scale-forgotten" exercise="gallery_html"
def to_pixels(box, size, scale):
    width, height = size
    x1, y1, x2, y2 = box
    return round(x1 * width), round(y1 * height), round(x2 * width), round(y2 * height)


def gallery_html(rows):
    figures = []
    for row in rows:
        src = html.escape("pictures/" + Path(row["name"]).name)
        alt = html.escape(row["alt"] or row["title"])
        tags = "".join(f"<li>{html.escape(tag)}</li>" for tag in row["tags"])
        title, description = html.escape(row["title"]), html.escape(row["description"])
        words = f"<figcaption><h2>{title}</h2><p>{description}</p><ul>{tags}</ul></figcaption>"
        figures.append(f'<figure><img src="{src}" alt="{alt}">{words}</figure>')
    return "\n".join(figures)

# %% mistake="always-a-thousand" exercise="gallery_html"
def to_pixels(box, size, scale):
    width, height = size
    x1, y1, x2, y2 = (number / 1000 for number in box)
    found = round(x1 * width), round(y1 * height), round(x2 * width), round(y2 * height)
    return tuple(min(max(a, 0), b) for a, b in zip(found, (width, height, width, height), strict=True))


def gallery_html(rows):
    figures = []
    for row in rows:
        src = html.escape("pictures/" + Path(row["name"]).name)
        alt = html.escape(row["alt"] or row["title"])
        tags = "".join(f"<li>{html.escape(tag)}</li>" for tag in row["tags"])
        title, description = html.escape(row["title"]), html.escape(row["description"])
        words = f"<figcaption><h2>{title}</h2><p>{description}</p><ul>{tags}</ul></figcaption>"
        figures.append(f'<figure><img src="{src}" alt="{alt}">{words}</figure>')
    return "\n".join(figures)

# %% mistake="scale-is-guessed" exercise="gallery_html"
def to_pixels(box, size, scale):
    scale = 1 if max(box) <= 1 else 1000
    wholes = (*size, *size)
    return tuple(min(max(round(a / scale * b), 0), b) for a, b in zip(box, wholes, strict=True))


def gallery_html(rows):
    figures = []
    for row in rows:
        src = html.escape("pictures/" + Path(row["name"]).name)
        alt = html.escape(row["alt"] or row["title"])
        tags = "".join(f"<li>{html.escape(tag)}</li>" for tag in row["tags"])
        title, description = html.escape(row["title"]), html.escape(row["description"])
        words = f"<figcaption><h2>{title}</h2><p>{description}</p><ul>{tags}</ul></figcaption>"
        figures.append(f'<figure><img src="{src}" alt="{alt}">{words}</figure>')
    return "\n".join(figures)

# %% mistake="width-and-height-swapped" exercise="gallery_html"
def to_pixels(box, size, scale):
    wholes = (size[1], size[0], size[1], size[0])
    return tuple(min(max(round(a / scale * b), 0), b) for a, b in zip(box, wholes, strict=True))


def gallery_html(rows):
    figures = []
    for row in rows:
        src = html.escape("pictures/" + Path(row["name"]).name)
        alt = html.escape(row["alt"] or row["title"])
        tags = "".join(f"<li>{html.escape(tag)}</li>" for tag in row["tags"])
        title, description = html.escape(row["title"]), html.escape(row["description"])
        words = f"<figcaption><h2>{title}</h2><p>{description}</p><ul>{tags}</ul></figcaption>"
        figures.append(f'<figure><img src="{src}" alt="{alt}">{words}</figure>')
    return "\n".join(figures)

# %% mistake="width-for-both" exercise="gallery_html"
def to_pixels(box, size, scale):
    return tuple(min(max(round(a / scale * size[0]), 0), size[0]) for a in box)


def gallery_html(rows):
    figures = []
    for row in rows:
        src = html.escape("pictures/" + Path(row["name"]).name)
        alt = html.escape(row["alt"] or row["title"])
        tags = "".join(f"<li>{html.escape(tag)}</li>" for tag in row["tags"])
        title, description = html.escape(row["title"]), html.escape(row["description"])
        words = f"<figcaption><h2>{title}</h2><p>{description}</p><ul>{tags}</ul></figcaption>"
        figures.append(f'<figure><img src="{src}" alt="{alt}">{words}</figure>')
    return "\n".join(figures)

# %% mistake="sticks-out" exercise="gallery_html"
def to_pixels(box, size, scale):
    return tuple(round(a / scale * b) for a, b in zip(box, (*size, *size), strict=True))


def gallery_html(rows):
    figures = []
    for row in rows:
        src = html.escape("pictures/" + Path(row["name"]).name)
        alt = html.escape(row["alt"] or row["title"])
        tags = "".join(f"<li>{html.escape(tag)}</li>" for tag in row["tags"])
        title, description = html.escape(row["title"]), html.escape(row["description"])
        words = f"<figcaption><h2>{title}</h2><p>{description}</p><ul>{tags}</ul></figcaption>"
        figures.append(f'<figure><img src="{src}" alt="{alt}">{words}</figure>')
    return "\n".join(figures)

# %% mistake="below-zero-only" exercise="gallery_html"
def to_pixels(box, size, scale):
    return tuple(max(round(a / scale * b), 0) for a, b in zip(box, (*size, *size), strict=True))


def gallery_html(rows):
    figures = []
    for row in rows:
        src = html.escape("pictures/" + Path(row["name"]).name)
        alt = html.escape(row["alt"] or row["title"])
        tags = "".join(f"<li>{html.escape(tag)}</li>" for tag in row["tags"])
        title, description = html.escape(row["title"]), html.escape(row["description"])
        words = f"<figcaption><h2>{title}</h2><p>{description}</p><ul>{tags}</ul></figcaption>"
        figures.append(f'<figure><img src="{src}" alt="{alt}">{words}</figure>')
    return "\n".join(figures)

# %% mistake="last-pixel-for-the-edge" exercise="gallery_html"
def to_pixels(box, size, scale):
    wholes = (*size, *size)
    return tuple(min(max(round(a / scale * b), 0), b - 1) for a, b in zip(box, wholes, strict=True))


def gallery_html(rows):
    figures = []
    for row in rows:
        src = html.escape("pictures/" + Path(row["name"]).name)
        alt = html.escape(row["alt"] or row["title"])
        tags = "".join(f"<li>{html.escape(tag)}</li>" for tag in row["tags"])
        title, description = html.escape(row["title"]), html.escape(row["description"])
        words = f"<figcaption><h2>{title}</h2><p>{description}</p><ul>{tags}</ul></figcaption>"
        figures.append(f'<figure><img src="{src}" alt="{alt}">{words}</figure>')
    return "\n".join(figures)

# %% mistake="cut-not-rounded" exercise="gallery_html"
def to_pixels(box, size, scale):
    return tuple(min(max(int(a / scale * b), 0), b) for a, b in zip(box, (*size, *size), strict=True))


def gallery_html(rows):
    figures = []
    for row in rows:
        src = html.escape("pictures/" + Path(row["name"]).name)
        alt = html.escape(row["alt"] or row["title"])
        tags = "".join(f"<li>{html.escape(tag)}</li>" for tag in row["tags"])
        title, description = html.escape(row["title"]), html.escape(row["description"])
        words = f"<figcaption><h2>{title}</h2><p>{description}</p><ul>{tags}</ul></figcaption>"
        figures.append(f'<figure><img src="{src}" alt="{alt}">{words}</figure>')
    return "\n".join(figures)

# %% mistake="rounded-too-early" exercise="gallery_html"
def to_pixels(box, size, scale):
    return tuple(min(max(round(round(a / scale, 2) * b), 0), b) for a, b in zip(box, (*size, *size), strict=True))


def gallery_html(rows):
    figures = []
    for row in rows:
        src = html.escape("pictures/" + Path(row["name"]).name)
        alt = html.escape(row["alt"] or row["title"])
        tags = "".join(f"<li>{html.escape(tag)}</li>" for tag in row["tags"])
        title, description = html.escape(row["title"]), html.escape(row["description"])
        words = f"<figcaption><h2>{title}</h2><p>{description}</p><ul>{tags}</ul></figcaption>"
        figures.append(f'<figure><img src="{src}" alt="{alt}">{words}</figure>')
    return "\n".join(figures)

# %% mistake="rounded-up" exercise="gallery_html"
def to_pixels(box, size, scale):
    return tuple(int(np.clip(np.ceil(a / scale * b), 0, b)) for a, b in zip(box, (*size, *size), strict=True))


def gallery_html(rows):
    figures = []
    for row in rows:
        src = html.escape("pictures/" + Path(row["name"]).name)
        alt = html.escape(row["alt"] or row["title"])
        tags = "".join(f"<li>{html.escape(tag)}</li>" for tag in row["tags"])
        title, description = html.escape(row["title"]), html.escape(row["description"])
        words = f"<figcaption><h2>{title}</h2><p>{description}</p><ul>{tags}</ul></figcaption>"
        figures.append(f'<figure><img src="{src}" alt="{alt}">{words}</figure>')
    return "\n".join(figures)

# %% mistake="not-rounded" exercise="gallery_html"
def to_pixels(box, size, scale):
    return tuple(min(max(a / scale * b, 0), b) for a, b in zip(box, (*size, *size), strict=True))


def gallery_html(rows):
    figures = []
    for row in rows:
        src = html.escape("pictures/" + Path(row["name"]).name)
        alt = html.escape(row["alt"] or row["title"])
        tags = "".join(f"<li>{html.escape(tag)}</li>" for tag in row["tags"])
        title, description = html.escape(row["title"]), html.escape(row["description"])
        words = f"<figcaption><h2>{title}</h2><p>{description}</p><ul>{tags}</ul></figcaption>"
        figures.append(f'<figure><img src="{src}" alt="{alt}">{words}</figure>')
    return "\n".join(figures)

# %% mistake="width-and-height-in-the-box" exercise="gallery_html"
def to_pixels(box, size, scale):
    x1, y1, x2, y2 = (min(max(round(a / scale * b), 0), b) for a, b in zip(box, (*size, *size), strict=True))
    return x1, y1, x2 - x1, y2 - y1


def gallery_html(rows):
    figures = []
    for row in rows:
        src = html.escape("pictures/" + Path(row["name"]).name)
        alt = html.escape(row["alt"] or row["title"])
        tags = "".join(f"<li>{html.escape(tag)}</li>" for tag in row["tags"])
        title, description = html.escape(row["title"]), html.escape(row["description"])
        words = f"<figcaption><h2>{title}</h2><p>{description}</p><ul>{tags}</ul></figcaption>"
        figures.append(f'<figure><img src="{src}" alt="{alt}">{words}</figure>')
    return "\n".join(figures)

# %% mistake="percent" exercise="gallery_html"
def to_pixels(box, size, scale):
    return tuple(round(a / scale * 100) for a in box)


def gallery_html(rows):
    figures = []
    for row in rows:
        src = html.escape("pictures/" + Path(row["name"]).name)
        alt = html.escape(row["alt"] or row["title"])
        tags = "".join(f"<li>{html.escape(tag)}</li>" for tag in row["tags"])
        title, description = html.escape(row["title"]), html.escape(row["description"])
        words = f"<figcaption><h2>{title}</h2><p>{description}</p><ul>{tags}</ul></figcaption>"
        figures.append(f'<figure><img src="{src}" alt="{alt}">{words}</figure>')
    return "\n".join(figures)

# %% mistake="multiplied-by-the-scale" exercise="gallery_html"
def to_pixels(box, size, scale):
    return tuple(min(max(round(a * scale * b), 0), b) for a, b in zip(box, (*size, *size), strict=True))


def gallery_html(rows):
    figures = []
    for row in rows:
        src = html.escape("pictures/" + Path(row["name"]).name)
        alt = html.escape(row["alt"] or row["title"])
        tags = "".join(f"<li>{html.escape(tag)}</li>" for tag in row["tags"])
        title, description = html.escape(row["title"]), html.escape(row["description"])
        words = f"<figcaption><h2>{title}</h2><p>{description}</p><ul>{tags}</ul></figcaption>"
        figures.append(f'<figure><img src="{src}" alt="{alt}">{words}</figure>')
    return "\n".join(figures)

# %% mistake="nothing-escaped" exercise="gallery_html"
def to_pixels(box, size, scale):
    pixels = []
    for number, whole in zip(box, (*size, *size), strict=True):
        pixels.append(min(max(round(number / scale * whole), 0), whole))
    return tuple(pixels)


def gallery_html(rows):
    figures = []
    for row in rows:
        src = "pictures/" + Path(row["name"]).name
        alt = row["alt"] or row["title"]
        tags = "".join(f"<li>{tag}</li>" for tag in row["tags"])
        title, description = row["title"], row["description"]
        words = f"<figcaption><h2>{title}</h2><p>{description}</p><ul>{tags}</ul></figcaption>"
        figures.append(f'<figure><img src="{src}" alt="{alt}">{words}</figure>')
    return "\n".join(figures)

# %% mistake="title-not-escaped" exercise="gallery_html"
def to_pixels(box, size, scale):
    pixels = []
    for number, whole in zip(box, (*size, *size), strict=True):
        pixels.append(min(max(round(number / scale * whole), 0), whole))
    return tuple(pixels)


def gallery_html(rows):
    figures = []
    for row in rows:
        src = html.escape("pictures/" + Path(row["name"]).name)
        alt = html.escape(row["alt"] or row["title"])
        tags = "".join(f"<li>{html.escape(tag)}</li>" for tag in row["tags"])
        title, description = row["title"], html.escape(row["description"])
        words = f"<figcaption><h2>{title}</h2><p>{description}</p><ul>{tags}</ul></figcaption>"
        figures.append(f'<figure><img src="{src}" alt="{alt}">{words}</figure>')
    return "\n".join(figures)

# %% mistake="description-not-escaped" exercise="gallery_html"
def to_pixels(box, size, scale):
    pixels = []
    for number, whole in zip(box, (*size, *size), strict=True):
        pixels.append(min(max(round(number / scale * whole), 0), whole))
    return tuple(pixels)


def gallery_html(rows):
    figures = []
    for row in rows:
        src = html.escape("pictures/" + Path(row["name"]).name)
        alt = html.escape(row["alt"] or row["title"])
        tags = "".join(f"<li>{html.escape(tag)}</li>" for tag in row["tags"])
        title, description = html.escape(row["title"]), row["description"]
        words = f"<figcaption><h2>{title}</h2><p>{description}</p><ul>{tags}</ul></figcaption>"
        figures.append(f'<figure><img src="{src}" alt="{alt}">{words}</figure>')
    return "\n".join(figures)

# %% mistake="tags-not-escaped" exercise="gallery_html"
def to_pixels(box, size, scale):
    pixels = []
    for number, whole in zip(box, (*size, *size), strict=True):
        pixels.append(min(max(round(number / scale * whole), 0), whole))
    return tuple(pixels)


def gallery_html(rows):
    figures = []
    for row in rows:
        src = html.escape("pictures/" + Path(row["name"]).name)
        alt = html.escape(row["alt"] or row["title"])
        tags = "".join(f"<li>{tag}</li>" for tag in row["tags"])
        title, description = html.escape(row["title"]), html.escape(row["description"])
        words = f"<figcaption><h2>{title}</h2><p>{description}</p><ul>{tags}</ul></figcaption>"
        figures.append(f'<figure><img src="{src}" alt="{alt}">{words}</figure>')
    return "\n".join(figures)

# %% mistake="alt-not-escaped" exercise="gallery_html"
def to_pixels(box, size, scale):
    pixels = []
    for number, whole in zip(box, (*size, *size), strict=True):
        pixels.append(min(max(round(number / scale * whole), 0), whole))
    return tuple(pixels)


def gallery_html(rows):
    figures = []
    for row in rows:
        src = html.escape("pictures/" + Path(row["name"]).name)
        alt = row["alt"] or row["title"]
        tags = "".join(f"<li>{html.escape(tag)}</li>" for tag in row["tags"])
        title, description = html.escape(row["title"]), html.escape(row["description"])
        words = f"<figcaption><h2>{title}</h2><p>{description}</p><ul>{tags}</ul></figcaption>"
        figures.append(f'<figure><img src="{src}" alt="{alt}">{words}</figure>')
    return "\n".join(figures)

# %% mistake="quotes-left-in-the-alt" exercise="gallery_html"
def to_pixels(box, size, scale):
    pixels = []
    for number, whole in zip(box, (*size, *size), strict=True):
        pixels.append(min(max(round(number / scale * whole), 0), whole))
    return tuple(pixels)


def gallery_html(rows):
    figures = []
    for row in rows:
        src = html.escape("pictures/" + Path(row["name"]).name)
        alt = html.escape(row["alt"] or row["title"], quote=False)
        tags = "".join(f"<li>{html.escape(tag)}</li>" for tag in row["tags"])
        title, description = html.escape(row["title"]), html.escape(row["description"])
        words = f"<figcaption><h2>{title}</h2><p>{description}</p><ul>{tags}</ul></figcaption>"
        figures.append(f'<figure><img src="{src}" alt="{alt}">{words}</figure>')
    return "\n".join(figures)

# %% mistake="source-not-escaped" exercise="gallery_html"
def to_pixels(box, size, scale):
    pixels = []
    for number, whole in zip(box, (*size, *size), strict=True):
        pixels.append(min(max(round(number / scale * whole), 0), whole))
    return tuple(pixels)


def gallery_html(rows):
    figures = []
    for row in rows:
        src = "pictures/" + Path(row["name"]).name
        alt = html.escape(row["alt"] or row["title"])
        tags = "".join(f"<li>{html.escape(tag)}</li>" for tag in row["tags"])
        title, description = html.escape(row["title"]), html.escape(row["description"])
        words = f"<figcaption><h2>{title}</h2><p>{description}</p><ul>{tags}</ul></figcaption>"
        figures.append(f'<figure><img src="{src}" alt="{alt}">{words}</figure>')
    return "\n".join(figures)

# %% mistake="escaped-twice" exercise="gallery_html"
def to_pixels(box, size, scale):
    pixels = []
    for number, whole in zip(box, (*size, *size), strict=True):
        pixels.append(min(max(round(number / scale * whole), 0), whole))
    return tuple(pixels)


def gallery_html(rows):
    figures = []
    for row in rows:
        src = html.escape("pictures/" + Path(row["name"]).name)
        alt = html.escape(row["alt"] or row["title"])
        tags = "".join(f"<li>{html.escape(tag)}</li>" for tag in row["tags"])
        title, description = html.escape(row["title"]), html.escape(row["description"])
        words = f"<figcaption><h2>{title}</h2><p>{description}</p><ul>{tags}</ul></figcaption>"
        figures.append(f'<figure><img src="{src}" alt="{alt}">{words}</figure>')
    return "\n".join(figures).replace("&", "&amp;")

# %% mistake="tags-escaped-twice" exercise="gallery_html"
def to_pixels(box, size, scale):
    pixels = []
    for number, whole in zip(box, (*size, *size), strict=True):
        pixels.append(min(max(round(number / scale * whole), 0), whole))
    return tuple(pixels)


def gallery_html(rows):
    figures = []
    for row in rows:
        src = html.escape("pictures/" + Path(row["name"]).name)
        alt = html.escape(row["alt"] or row["title"])
        tags = "".join(f"<li>{html.escape(html.escape(tag))}</li>" for tag in row["tags"])
        title, description = html.escape(row["title"]), html.escape(row["description"])
        words = f"<figcaption><h2>{title}</h2><p>{description}</p><ul>{tags}</ul></figcaption>"
        figures.append(f'<figure><img src="{src}" alt="{alt}">{words}</figure>')
    return "\n".join(figures)

# %% mistake="tags-stripped-by-hand" exercise="gallery_html"
def to_pixels(box, size, scale):
    pixels = []
    for number, whole in zip(box, (*size, *size), strict=True):
        pixels.append(min(max(round(number / scale * whole), 0), whole))
    return tuple(pixels)


def gallery_html(rows):
    figures = []
    for row in rows:
        src = html.escape("pictures/" + Path(row["name"]).name)
        alt = html.escape(row["alt"] or row["title"])
        tags = "".join(f"<li>{html.escape(tag)}</li>" for tag in row["tags"])
        title, description = re.sub("<[^>]*>", "", row["title"]), html.escape(row["description"])
        words = f"<figcaption><h2>{title}</h2><p>{description}</p><ul>{tags}</ul></figcaption>"
        figures.append(f'<figure><img src="{src}" alt="{alt}">{words}</figure>')
    return "\n".join(figures)

# %% mistake="no-alt" exercise="gallery_html"
def to_pixels(box, size, scale):
    pixels = []
    for number, whole in zip(box, (*size, *size), strict=True):
        pixels.append(min(max(round(number / scale * whole), 0), whole))
    return tuple(pixels)


def gallery_html(rows):
    figures = []
    for row in rows:
        src = html.escape("pictures/" + Path(row["name"]).name)
        alt = html.escape(row["alt"] or row["title"])
        tags = "".join(f"<li>{html.escape(tag)}</li>" for tag in row["tags"])
        title, description = html.escape(row["title"]), html.escape(row["description"])
        words = f"<figcaption><h2>{title}</h2><p>{description}</p><ul>{tags}</ul></figcaption>"
        figures.append(f'<figure><img src="{src}">{words}</figure>')
    return "\n".join(figures)

# %% mistake="empty-alt-left-empty" exercise="gallery_html"
def to_pixels(box, size, scale):
    pixels = []
    for number, whole in zip(box, (*size, *size), strict=True):
        pixels.append(min(max(round(number / scale * whole), 0), whole))
    return tuple(pixels)


def gallery_html(rows):
    figures = []
    for row in rows:
        src = html.escape("pictures/" + Path(row["name"]).name)
        alt = html.escape(row["alt"])
        tags = "".join(f"<li>{html.escape(tag)}</li>" for tag in row["tags"])
        title, description = html.escape(row["title"]), html.escape(row["description"])
        words = f"<figcaption><h2>{title}</h2><p>{description}</p><ul>{tags}</ul></figcaption>"
        figures.append(f'<figure><img src="{src}" alt="{alt}">{words}</figure>')
    return "\n".join(figures)

# %% mistake="name-for-alt" exercise="gallery_html"
def to_pixels(box, size, scale):
    pixels = []
    for number, whole in zip(box, (*size, *size), strict=True):
        pixels.append(min(max(round(number / scale * whole), 0), whole))
    return tuple(pixels)


def gallery_html(rows):
    figures = []
    for row in rows:
        src = html.escape("pictures/" + Path(row["name"]).name)
        alt = html.escape(row["name"])
        tags = "".join(f"<li>{html.escape(tag)}</li>" for tag in row["tags"])
        title, description = html.escape(row["title"]), html.escape(row["description"])
        words = f"<figcaption><h2>{title}</h2><p>{description}</p><ul>{tags}</ul></figcaption>"
        figures.append(f'<figure><img src="{src}" alt="{alt}">{words}</figure>')
    return "\n".join(figures)

# %% mistake="description-for-alt" exercise="gallery_html"
def to_pixels(box, size, scale):
    pixels = []
    for number, whole in zip(box, (*size, *size), strict=True):
        pixels.append(min(max(round(number / scale * whole), 0), whole))
    return tuple(pixels)


def gallery_html(rows):
    figures = []
    for row in rows:
        src = html.escape("pictures/" + Path(row["name"]).name)
        alt = html.escape(row["description"])
        tags = "".join(f"<li>{html.escape(tag)}</li>" for tag in row["tags"])
        title, description = html.escape(row["title"]), html.escape(row["description"])
        words = f"<figcaption><h2>{title}</h2><p>{description}</p><ul>{tags}</ul></figcaption>"
        figures.append(f'<figure><img src="{src}" alt="{alt}">{words}</figure>')
    return "\n".join(figures)

# %% mistake="the-way-out-of-the-folder" exercise="gallery_html"
def to_pixels(box, size, scale):
    pixels = []
    for number, whole in zip(box, (*size, *size), strict=True):
        pixels.append(min(max(round(number / scale * whole), 0), whole))
    return tuple(pixels)


def gallery_html(rows):
    figures = []
    for row in rows:
        src = html.escape("pictures/" + row["name"])
        alt = html.escape(row["alt"] or row["title"])
        tags = "".join(f"<li>{html.escape(tag)}</li>" for tag in row["tags"])
        title, description = html.escape(row["title"]), html.escape(row["description"])
        words = f"<figcaption><h2>{title}</h2><p>{description}</p><ul>{tags}</ul></figcaption>"
        figures.append(f'<figure><img src="{src}" alt="{alt}">{words}</figure>')
    return "\n".join(figures)

# %% mistake="dots-taken-out" exercise="gallery_html"
def to_pixels(box, size, scale):
    pixels = []
    for number, whole in zip(box, (*size, *size), strict=True):
        pixels.append(min(max(round(number / scale * whole), 0), whole))
    return tuple(pixels)


def gallery_html(rows):
    figures = []
    for row in rows:
        src = html.escape("pictures/" + row["name"].replace("../", ""))
        alt = html.escape(row["alt"] or row["title"])
        tags = "".join(f"<li>{html.escape(tag)}</li>" for tag in row["tags"])
        title, description = html.escape(row["title"]), html.escape(row["description"])
        words = f"<figcaption><h2>{title}</h2><p>{description}</p><ul>{tags}</ul></figcaption>"
        figures.append(f'<figure><img src="{src}" alt="{alt}">{words}</figure>')
    return "\n".join(figures)

# %% mistake="folder-forgotten" exercise="gallery_html"
def to_pixels(box, size, scale):
    pixels = []
    for number, whole in zip(box, (*size, *size), strict=True):
        pixels.append(min(max(round(number / scale * whole), 0), whole))
    return tuple(pixels)


def gallery_html(rows):
    figures = []
    for row in rows:
        src = html.escape(Path(row["name"]).name)
        alt = html.escape(row["alt"] or row["title"])
        tags = "".join(f"<li>{html.escape(tag)}</li>" for tag in row["tags"])
        title, description = html.escape(row["title"]), html.escape(row["description"])
        words = f"<figcaption><h2>{title}</h2><p>{description}</p><ul>{tags}</ul></figcaption>"
        figures.append(f'<figure><img src="{src}" alt="{alt}">{words}</figure>')
    return "\n".join(figures)

# %% mistake="description-forgotten" exercise="gallery_html"
def to_pixels(box, size, scale):
    pixels = []
    for number, whole in zip(box, (*size, *size), strict=True):
        pixels.append(min(max(round(number / scale * whole), 0), whole))
    return tuple(pixels)


def gallery_html(rows):
    figures = []
    for row in rows:
        src = html.escape("pictures/" + Path(row["name"]).name)
        alt = html.escape(row["alt"] or row["title"])
        tags = "".join(f"<li>{html.escape(tag)}</li>" for tag in row["tags"])
        title, description = html.escape(row["title"]), html.escape(row["description"])
        words = f"<figcaption><h2>{title}</h2><ul>{tags}</ul></figcaption>"
        figures.append(f'<figure><img src="{src}" alt="{alt}">{words}</figure>')
    return "\n".join(figures)

# %% mistake="tags-forgotten" exercise="gallery_html"
def to_pixels(box, size, scale):
    pixels = []
    for number, whole in zip(box, (*size, *size), strict=True):
        pixels.append(min(max(round(number / scale * whole), 0), whole))
    return tuple(pixels)


def gallery_html(rows):
    figures = []
    for row in rows:
        src = html.escape("pictures/" + Path(row["name"]).name)
        alt = html.escape(row["alt"] or row["title"])
        tags = "".join(f"<li>{html.escape(tag)}</li>" for tag in row["tags"])
        title, description = html.escape(row["title"]), html.escape(row["description"])
        words = f"<figcaption><h2>{title}</h2><p>{description}</p></figcaption>"
        figures.append(f'<figure><img src="{src}" alt="{alt}">{words}</figure>')
    return "\n".join(figures)

# %% mistake="list-shown-as-list" exercise="gallery_html"
def to_pixels(box, size, scale):
    pixels = []
    for number, whole in zip(box, (*size, *size), strict=True):
        pixels.append(min(max(round(number / scale * whole), 0), whole))
    return tuple(pixels)


def gallery_html(rows):
    figures = []
    for row in rows:
        src = html.escape("pictures/" + Path(row["name"]).name)
        alt = html.escape(row["alt"] or row["title"])
        tags = html.escape(str(row["tags"]))
        title, description = html.escape(row["title"]), html.escape(row["description"])
        words = f"<figcaption><h2>{title}</h2><p>{description}</p><ul>{tags}</ul></figcaption>"
        figures.append(f'<figure><img src="{src}" alt="{alt}">{words}</figure>')
    return "\n".join(figures)

# %% mistake="one-figure-for-all" exercise="gallery_html"
def to_pixels(box, size, scale):
    pixels = []
    for number, whole in zip(box, (*size, *size), strict=True):
        pixels.append(min(max(round(number / scale * whole), 0), whole))
    return tuple(pixels)


def gallery_html(rows):
    figures = ["<figure>"]
    for row in rows:
        src = html.escape("pictures/" + Path(row["name"]).name)
        alt = html.escape(row["alt"] or row["title"])
        tags = "".join(f"<li>{html.escape(tag)}</li>" for tag in row["tags"])
        title, description = html.escape(row["title"]), html.escape(row["description"])
        words = f"<figcaption><h2>{title}</h2><p>{description}</p><ul>{tags}</ul></figcaption>"
        figures.append(f'<img src="{src}" alt="{alt}">{words}')
    return "\n".join([*figures, "</figure>"])

# %% mistake="figure-never-closed" exercise="gallery_html"
def to_pixels(box, size, scale):
    pixels = []
    for number, whole in zip(box, (*size, *size), strict=True):
        pixels.append(min(max(round(number / scale * whole), 0), whole))
    return tuple(pixels)


def gallery_html(rows):
    figures = []
    for row in rows:
        src = html.escape("pictures/" + Path(row["name"]).name)
        alt = html.escape(row["alt"] or row["title"])
        tags = "".join(f"<li>{html.escape(tag)}</li>" for tag in row["tags"])
        title, description = html.escape(row["title"]), html.escape(row["description"])
        words = f"<figcaption><h2>{title}</h2><p>{description}</p><ul>{tags}</ul></figcaption>"
        figures.append(f'<figure><img src="{src}" alt="{alt}">{words}<figure>')
    return "\n".join(figures)

# %% mistake="words-beside-the-figure" exercise="gallery_html"
def to_pixels(box, size, scale):
    pixels = []
    for number, whole in zip(box, (*size, *size), strict=True):
        pixels.append(min(max(round(number / scale * whole), 0), whole))
    return tuple(pixels)


def gallery_html(rows):
    figures = []
    for row in rows:
        src = html.escape("pictures/" + Path(row["name"]).name)
        alt = html.escape(row["alt"] or row["title"])
        tags = "".join(f"<li>{html.escape(tag)}</li>" for tag in row["tags"])
        title, description = html.escape(row["title"]), html.escape(row["description"])
        words = f"<figcaption><h2>{title}</h2><p>{description}</p><ul>{tags}</ul></figcaption>"
        figures.append(f'<figure><img src="{src}" alt="{alt}"></figure>{words}')
    return "\n".join(figures)

# %% mistake="sorted-by-name" exercise="gallery_html"
def to_pixels(box, size, scale):
    pixels = []
    for number, whole in zip(box, (*size, *size), strict=True):
        pixels.append(min(max(round(number / scale * whole), 0), whole))
    return tuple(pixels)


def gallery_html(rows):
    figures = []
    for row in sorted(rows, key=lambda row: row["name"]):
        src = html.escape("pictures/" + Path(row["name"]).name)
        alt = html.escape(row["alt"] or row["title"])
        tags = "".join(f"<li>{html.escape(tag)}</li>" for tag in row["tags"])
        title, description = html.escape(row["title"]), html.escape(row["description"])
        words = f"<figcaption><h2>{title}</h2><p>{description}</p><ul>{tags}</ul></figcaption>"
        figures.append(f'<figure><img src="{src}" alt="{alt}">{words}</figure>')
    return "\n".join(figures)

# %% mistake="written-into-the-rows" exercise="gallery_html"
def to_pixels(box, size, scale):
    pixels = []
    for number, whole in zip(box, (*size, *size), strict=True):
        pixels.append(min(max(round(number / scale * whole), 0), whole))
    return tuple(pixels)


def gallery_html(rows):
    figures = []
    for row in rows:
        row["alt"] = row["alt"] or row["title"]
        src = html.escape("pictures/" + Path(row["name"]).name)
        alt = html.escape(row["alt"] or row["title"])
        tags = "".join(f"<li>{html.escape(tag)}</li>" for tag in row["tags"])
        title, description = html.escape(row["title"]), html.escape(row["description"])
        words = f"<figcaption><h2>{title}</h2><p>{description}</p><ul>{tags}</ul></figcaption>"
        figures.append(f'<figure><img src="{src}" alt="{alt}">{words}</figure>')
    return "\n".join(figures)

# %% mistake="same-words-shown-once" exercise="gallery_html"
def to_pixels(box, size, scale):
    pixels = []
    for number, whole in zip(box, (*size, *size), strict=True):
        pixels.append(min(max(round(number / scale * whole), 0), whole))
    return tuple(pixels)


def gallery_html(rows):
    figures, shown = [], set()
    for row in rows:
        if row["title"] in shown:
            continue
        shown.add(row["title"])
        src = html.escape("pictures/" + Path(row["name"]).name)
        alt = html.escape(row["alt"] or row["title"])
        tags = "".join(f"<li>{html.escape(tag)}</li>" for tag in row["tags"])
        title, description = html.escape(row["title"]), html.escape(row["description"])
        words = f"<figcaption><h2>{title}</h2><p>{description}</p><ul>{tags}</ul></figcaption>"
        figures.append(f'<figure><img src="{src}" alt="{alt}">{words}</figure>')
    return "\n".join(figures)

# %% mistake="a-list-of-figures" exercise="gallery_html"
def to_pixels(box, size, scale):
    pixels = []
    for number, whole in zip(box, (*size, *size), strict=True):
        pixels.append(min(max(round(number / scale * whole), 0), whole))
    return tuple(pixels)


def gallery_html(rows):
    figures = []
    for row in rows:
        src = html.escape("pictures/" + Path(row["name"]).name)
        alt = html.escape(row["alt"] or row["title"])
        tags = "".join(f"<li>{html.escape(tag)}</li>" for tag in row["tags"])
        title, description = html.escape(row["title"]), html.escape(row["description"])
        words = f"<figcaption><h2>{title}</h2><p>{description}</p><ul>{tags}</ul></figcaption>"
        figures.append(f'<figure><img src="{src}" alt="{alt}">{words}</figure>')
    return figures

# %% mistake="name-for-key" exercise="Library"
class Library:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS pictures (name TEXT PRIMARY KEY, data BLOB, row TEXT)")

    def add(self, data, row):
        self.db.execute("INSERT OR IGNORE INTO pictures VALUES (?, ?, ?)", (row["name"], data, json.dumps(row)))
        self.db.commit()

    def seen(self, data):
        return self.db.execute("SELECT 1 FROM pictures WHERE data = ?", (data,)).fetchone() is not None

    def search(self, term):
        rows = [json.loads(text) for (text,) in self.db.execute("SELECT row FROM pictures ORDER BY rowid")]
        return [
            row
            for row in rows
            if any(term.lower() in words.lower() for words in (row["title"], row["description"], *row["tags"]))
        ]

# %% mistake="length-for-key" exercise="Library"
class Library:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS pictures (key TEXT PRIMARY KEY, row TEXT)")

    def add(self, data, row):
        key = str(len(data))
        self.db.execute("INSERT OR IGNORE INTO pictures VALUES (?, ?)", (key, json.dumps(row)))
        self.db.commit()

    def seen(self, data):
        key = str(len(data))
        return self.db.execute("SELECT 1 FROM pictures WHERE key = ?", (key,)).fetchone() is not None

    def search(self, term):
        found = []
        for (text,) in self.db.execute("SELECT row FROM pictures ORDER BY rowid").fetchall():
            row = json.loads(text)
            if any(term.lower() in words.lower() for words in (row["title"], row["description"], *row["tags"])):
                found.append(row)
        return found

# %% mistake="first-bytes-for-key" exercise="Library"
class Library:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS pictures (key TEXT PRIMARY KEY, row TEXT)")

    def add(self, data, row):
        key = data[:4].hex()
        self.db.execute("INSERT OR IGNORE INTO pictures VALUES (?, ?)", (key, json.dumps(row)))
        self.db.commit()

    def seen(self, data):
        key = data[:4].hex()
        return self.db.execute("SELECT 1 FROM pictures WHERE key = ?", (key,)).fetchone() is not None

    def search(self, term):
        found = []
        for (text,) in self.db.execute("SELECT row FROM pictures ORDER BY rowid").fetchall():
            row = json.loads(text)
            if any(term.lower() in words.lower() for words in (row["title"], row["description"], *row["tags"])):
                found.append(row)
        return found

# %% mistake="bytes-counted-for-key" exercise="Library"
class Library:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS pictures (key TEXT PRIMARY KEY, row TEXT)")

    def add(self, data, row):
        key = str(sorted(data))
        self.db.execute("INSERT OR IGNORE INTO pictures VALUES (?, ?)", (key, json.dumps(row)))
        self.db.commit()

    def seen(self, data):
        key = str(sorted(data))
        return self.db.execute("SELECT 1 FROM pictures WHERE key = ?", (key,)).fetchone() is not None

    def search(self, term):
        found = []
        for (text,) in self.db.execute("SELECT row FROM pictures ORDER BY rowid").fetchall():
            row = json.loads(text)
            if any(term.lower() in words.lower() for words in (row["title"], row["description"], *row["tags"])):
                found.append(row)
        return found

# %% mistake="text-for-key" exercise="Library"
class Library:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS pictures (key TEXT PRIMARY KEY, row TEXT)")

    def add(self, data, row):
        key = data.decode("utf-8")
        self.db.execute("INSERT OR IGNORE INTO pictures VALUES (?, ?)", (key, json.dumps(row)))
        self.db.commit()

    def seen(self, data):
        key = data.decode("utf-8")
        return self.db.execute("SELECT 1 FROM pictures WHERE key = ?", (key,)).fetchone() is not None

    def search(self, term):
        found = []
        for (text,) in self.db.execute("SELECT row FROM pictures ORDER BY rowid").fetchall():
            row = json.loads(text)
            if any(term.lower() in words.lower() for words in (row["title"], row["description"], *row["tags"])):
                found.append(row)
        return found

# %% mistake="small-letters-for-key" exercise="Library"
class Library:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS pictures (key TEXT PRIMARY KEY, row TEXT)")

    def add(self, data, row):
        key = hashlib.sha256(data.lower()).hexdigest()
        self.db.execute("INSERT OR IGNORE INTO pictures VALUES (?, ?)", (key, json.dumps(row)))
        self.db.commit()

    def seen(self, data):
        key = hashlib.sha256(data.lower()).hexdigest()
        return self.db.execute("SELECT 1 FROM pictures WHERE key = ?", (key,)).fetchone() is not None

    def search(self, term):
        found = []
        for (text,) in self.db.execute("SELECT row FROM pictures ORDER BY rowid").fetchall():
            row = json.loads(text)
            if any(term.lower() in words.lower() for words in (row["title"], row["description"], *row["tags"])):
                found.append(row)
        return found

# %% mistake="doubles-stored" exercise="Library"
class Library:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS pictures (key TEXT, row TEXT)")

    def add(self, data, row):
        key = hashlib.sha256(data).hexdigest()
        self.db.execute("INSERT INTO pictures VALUES (?, ?)", (key, json.dumps(row)))
        self.db.commit()

    def seen(self, data):
        key = hashlib.sha256(data).hexdigest()
        return self.db.execute("SELECT 1 FROM pictures WHERE key = ?", (key,)).fetchone() is not None

    def search(self, term):
        found = []
        for (text,) in self.db.execute("SELECT row FROM pictures ORDER BY rowid").fetchall():
            row = json.loads(text)
            if any(term.lower() in words.lower() for words in (row["title"], row["description"], *row["tags"])):
                found.append(row)
        return found

# %% mistake="second-time-is-an-error" exercise="Library"
class Library:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS pictures (key TEXT PRIMARY KEY, row TEXT)")

    def add(self, data, row):
        key = hashlib.sha256(data).hexdigest()
        self.db.execute("INSERT INTO pictures VALUES (?, ?)", (key, json.dumps(row)))
        self.db.commit()

    def seen(self, data):
        key = hashlib.sha256(data).hexdigest()
        return self.db.execute("SELECT 1 FROM pictures WHERE key = ?", (key,)).fetchone() is not None

    def search(self, term):
        found = []
        for (text,) in self.db.execute("SELECT row FROM pictures ORDER BY rowid").fetchall():
            row = json.loads(text)
            if any(term.lower() in words.lower() for words in (row["title"], row["description"], *row["tags"])):
                found.append(row)
        return found

# %% mistake="newest-row-wins" exercise="Library"
class Library:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS pictures (key TEXT PRIMARY KEY, row TEXT)")

    def add(self, data, row):
        key = hashlib.sha256(data).hexdigest()
        self.db.execute("INSERT OR REPLACE INTO pictures VALUES (?, ?)", (key, json.dumps(row)))
        self.db.commit()

    def seen(self, data):
        key = hashlib.sha256(data).hexdigest()
        return self.db.execute("SELECT 1 FROM pictures WHERE key = ?", (key,)).fetchone() is not None

    def search(self, term):
        found = []
        for (text,) in self.db.execute("SELECT row FROM pictures ORDER BY rowid").fetchall():
            row = json.loads(text)
            if any(term.lower() in words.lower() for words in (row["title"], row["description"], *row["tags"])):
                found.append(row)
        return found

# %% mistake="never-committed" exercise="Library"
class Library:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS pictures (key TEXT PRIMARY KEY, row TEXT)")

    def add(self, data, row):
        key = hashlib.sha256(data).hexdigest()
        self.db.execute("INSERT OR IGNORE INTO pictures VALUES (?, ?)", (key, json.dumps(row)))

    def seen(self, data):
        key = hashlib.sha256(data).hexdigest()
        return self.db.execute("SELECT 1 FROM pictures WHERE key = ?", (key,)).fetchone() is not None

    def search(self, term):
        found = []
        for (text,) in self.db.execute("SELECT row FROM pictures ORDER BY rowid").fetchall():
            row = json.loads(text)
            if any(term.lower() in words.lower() for words in (row["title"], row["description"], *row["tags"])):
                found.append(row)
        return found

# %% mistake="fails-on-an-old-file" exercise="Library"
class Library:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE pictures (key TEXT PRIMARY KEY, row TEXT)")

    def add(self, data, row):
        key = hashlib.sha256(data).hexdigest()
        self.db.execute("INSERT OR IGNORE INTO pictures VALUES (?, ?)", (key, json.dumps(row)))
        self.db.commit()

    def seen(self, data):
        key = hashlib.sha256(data).hexdigest()
        return self.db.execute("SELECT 1 FROM pictures WHERE key = ?", (key,)).fetchone() is not None

    def search(self, term):
        found = []
        for (text,) in self.db.execute("SELECT row FROM pictures ORDER BY rowid").fetchall():
            row = json.loads(text)
            if any(term.lower() in words.lower() for words in (row["title"], row["description"], *row["tags"])):
                found.append(row)
        return found

# %% mistake="begins-anew-each-time" exercise="Library"
class Library:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("DROP TABLE IF EXISTS pictures")
        self.db.execute("CREATE TABLE IF NOT EXISTS pictures (key TEXT PRIMARY KEY, row TEXT)")

    def add(self, data, row):
        key = hashlib.sha256(data).hexdigest()
        self.db.execute("INSERT OR IGNORE INTO pictures VALUES (?, ?)", (key, json.dumps(row)))
        self.db.commit()

    def seen(self, data):
        key = hashlib.sha256(data).hexdigest()
        return self.db.execute("SELECT 1 FROM pictures WHERE key = ?", (key,)).fetchone() is not None

    def search(self, term):
        found = []
        for (text,) in self.db.execute("SELECT row FROM pictures ORDER BY rowid").fetchall():
            row = json.loads(text)
            if any(term.lower() in words.lower() for words in (row["title"], row["description"], *row["tags"])):
                found.append(row)
        return found

# %% mistake="never-a-file" exercise="Library"
class Library:
    def __init__(self, path):
        self.db = sqlite3.connect(":memory:")
        self.db.execute("CREATE TABLE IF NOT EXISTS pictures (key TEXT PRIMARY KEY, row TEXT)")

    def add(self, data, row):
        key = hashlib.sha256(data).hexdigest()
        self.db.execute("INSERT OR IGNORE INTO pictures VALUES (?, ?)", (key, json.dumps(row)))
        self.db.commit()

    def seen(self, data):
        key = hashlib.sha256(data).hexdigest()
        return self.db.execute("SELECT 1 FROM pictures WHERE key = ?", (key,)).fetchone() is not None

    def search(self, term):
        found = []
        for (text,) in self.db.execute("SELECT row FROM pictures ORDER BY rowid").fetchall():
            row = json.loads(text)
            if any(term.lower() in words.lower() for words in (row["title"], row["description"], *row["tags"])):
                found.append(row)
        return found

# %% mistake="always-the-same-file" exercise="Library"
class Library:
    def __init__(self, path):
        self.db = sqlite3.connect("file:lab11?mode=memory&cache=shared", uri=True)
        self.db.execute("CREATE TABLE IF NOT EXISTS pictures (key TEXT PRIMARY KEY, row TEXT)")

    def add(self, data, row):
        key = hashlib.sha256(data).hexdigest()
        self.db.execute("INSERT OR IGNORE INTO pictures VALUES (?, ?)", (key, json.dumps(row)))
        self.db.commit()

    def seen(self, data):
        key = hashlib.sha256(data).hexdigest()
        return self.db.execute("SELECT 1 FROM pictures WHERE key = ?", (key,)).fetchone() is not None

    def search(self, term):
        found = []
        for (text,) in self.db.execute("SELECT row FROM pictures ORDER BY rowid").fetchall():
            row = json.loads(text)
            if any(term.lower() in words.lower() for words in (row["title"], row["description"], *row["tags"])):
                found.append(row)
        return found

# %% mistake="a-list-in-the-class" exercise="Library"
class Library:
    rows = {}  # noqa: RUF012

    def __init__(self, path):
        self.path = path

    def add(self, data, row):
        self.rows.setdefault(data, row)

    def seen(self, data):
        return data in self.rows

    def search(self, term):
        return [
            row
            for row in self.rows.values()
            if any(term.lower() in words.lower() for words in (row["title"], row["description"], *row["tags"]))
        ]

# %% mistake="a-dictionary-is-no-file" exercise="Library"
class Library:
    def __init__(self, path):
        self.path, self.rows = path, {}

    def add(self, data, row):
        self.rows.setdefault(data, row)

    def seen(self, data):
        return data in self.rows

    def search(self, term):
        return [
            row
            for row in self.rows.values()
            if any(term.lower() in words.lower() for words in (row["title"], row["description"], *row["tags"]))
        ]

# %% mistake="values-in-the-command" exercise="Library"
class Library:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS pictures (key TEXT PRIMARY KEY, row TEXT)")

    def add(self, data, row):
        key = hashlib.sha256(data).hexdigest()
        text = json.dumps(row)
        self.db.execute(f"INSERT OR IGNORE INTO pictures VALUES ('{key}', '{text}')")
        self.db.commit()

    def seen(self, data):
        key = hashlib.sha256(data).hexdigest()
        return self.db.execute("SELECT 1 FROM pictures WHERE key = ?", (key,)).fetchone() is not None

    def search(self, term):
        found = []
        for (text,) in self.db.execute("SELECT row FROM pictures ORDER BY rowid").fetchall():
            row = json.loads(text)
            if any(term.lower() in words.lower() for words in (row["title"], row["description"], *row["tags"])):
                found.append(row)
        return found

# %% mistake="like-has-wildcards" exercise="Library"
COLUMNS = "key TEXT PRIMARY KEY, title TEXT, description TEXT, tags TEXT, row TEXT"


class Library:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute(f"CREATE TABLE IF NOT EXISTS pictures ({COLUMNS})")

    def add(self, data, row):
        values = (hashlib.sha256(data).hexdigest(), row["title"], row["description"], "\n".join(row["tags"]))
        self.db.execute("INSERT OR IGNORE INTO pictures VALUES (?, ?, ?, ?, ?)", (*values, json.dumps(row)))
        self.db.commit()

    def seen(self, data):
        key = hashlib.sha256(data).hexdigest()
        return self.db.execute("SELECT 1 FROM pictures WHERE key = ?", (key,)).fetchone() is not None

    def search(self, term):
        like = f"%{term}%"
        command = "SELECT row FROM pictures WHERE title LIKE ? OR description LIKE ? OR tags LIKE ? ORDER BY rowid"
        return [json.loads(text) for (text,) in self.db.execute(command, (like, like, like)).fetchall()]

# %% mistake="term-in-the-command" exercise="Library"
COLUMNS = "key TEXT PRIMARY KEY, title TEXT, description TEXT, tags TEXT, row TEXT"


class Library:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute(f"CREATE TABLE IF NOT EXISTS pictures ({COLUMNS})")

    def add(self, data, row):
        values = (hashlib.sha256(data).hexdigest(), row["title"], row["description"], "\n".join(row["tags"]))
        self.db.execute("INSERT OR IGNORE INTO pictures VALUES (?, ?, ?, ?, ?)", (*values, json.dumps(row)))
        self.db.commit()

    def seen(self, data):
        key = hashlib.sha256(data).hexdigest()
        return self.db.execute("SELECT 1 FROM pictures WHERE key = ?", (key,)).fetchone() is not None

    def search(self, term):
        like = f"LIKE '%{term}%'"
        command = f"SELECT row FROM pictures WHERE title {like} OR description {like} OR tags {like} ORDER BY rowid"
        return [json.loads(text) for (text,) in self.db.execute(command).fetchall()]

# %% mistake="only-percent-escaped" exercise="Library"
COLUMNS = "key TEXT PRIMARY KEY, title TEXT, description TEXT, tags TEXT, row TEXT"


class Library:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute(f"CREATE TABLE IF NOT EXISTS pictures ({COLUMNS})")

    def add(self, data, row):
        values = (hashlib.sha256(data).hexdigest(), row["title"], row["description"], "\n".join(row["tags"]))
        self.db.execute("INSERT OR IGNORE INTO pictures VALUES (?, ?, ?, ?, ?)", (*values, json.dumps(row)))
        self.db.commit()

    def seen(self, data):
        key = hashlib.sha256(data).hexdigest()
        return self.db.execute("SELECT 1 FROM pictures WHERE key = ?", (key,)).fetchone() is not None

    def search(self, term):
        like = "%" + term.replace("%", r"\%") + "%"
        like_it = r"LIKE ? ESCAPE '\'"
        command = f"SELECT row FROM pictures WHERE title {like_it} OR description {like_it} OR tags {like_it}"
        return [json.loads(text) for (text,) in self.db.execute(command + " ORDER BY rowid", (like, like, like))]

# %% mistake="glob-knows-case" exercise="Library"
COLUMNS = "key TEXT PRIMARY KEY, title TEXT, description TEXT, tags TEXT, row TEXT"


class Library:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute(f"CREATE TABLE IF NOT EXISTS pictures ({COLUMNS})")

    def add(self, data, row):
        values = (hashlib.sha256(data).hexdigest(), row["title"], row["description"], "\n".join(row["tags"]))
        self.db.execute("INSERT OR IGNORE INTO pictures VALUES (?, ?, ?, ?, ?)", (*values, json.dumps(row)))
        self.db.commit()

    def seen(self, data):
        key = hashlib.sha256(data).hexdigest()
        return self.db.execute("SELECT 1 FROM pictures WHERE key = ?", (key,)).fetchone() is not None

    def search(self, term):
        like = f"*{term}*"
        command = "SELECT row FROM pictures WHERE title GLOB ? OR description GLOB ? OR tags GLOB ? ORDER BY rowid"
        return [json.loads(text) for (text,) in self.db.execute(command, (like, like, like)).fetchall()]

# %% mistake="title-alone" exercise="Library"
COLUMNS = "key TEXT PRIMARY KEY, title TEXT, description TEXT, tags TEXT, row TEXT"


class Library:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute(f"CREATE TABLE IF NOT EXISTS pictures ({COLUMNS})")

    def add(self, data, row):
        values = (hashlib.sha256(data).hexdigest(), row["title"], row["description"], "\n".join(row["tags"]))
        self.db.execute("INSERT OR IGNORE INTO pictures VALUES (?, ?, ?, ?, ?)", (*values, json.dumps(row)))
        self.db.commit()

    def seen(self, data):
        key = hashlib.sha256(data).hexdigest()
        return self.db.execute("SELECT 1 FROM pictures WHERE key = ?", (key,)).fetchone() is not None

    def search(self, term):
        command = "SELECT row FROM pictures WHERE instr(lower(title), lower(?)) > 0 ORDER BY rowid"
        return [json.loads(text) for (text,) in self.db.execute(command, (term,)).fetchall()]

# %% mistake="case-matters" exercise="Library"
class Library:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS pictures (key TEXT PRIMARY KEY, row TEXT)")

    def add(self, data, row):
        key = hashlib.sha256(data).hexdigest()
        self.db.execute("INSERT OR IGNORE INTO pictures VALUES (?, ?)", (key, json.dumps(row)))
        self.db.commit()

    def seen(self, data):
        key = hashlib.sha256(data).hexdigest()
        return self.db.execute("SELECT 1 FROM pictures WHERE key = ?", (key,)).fetchone() is not None

    def search(self, term):
        found = []
        for (text,) in self.db.execute("SELECT row FROM pictures ORDER BY rowid").fetchall():
            row = json.loads(text)
            if any(term in words for words in (row["title"], row["description"], *row["tags"])):
                found.append(row)
        return found

# %% mistake="small-term-large-words" exercise="Library"
class Library:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS pictures (key TEXT PRIMARY KEY, row TEXT)")

    def add(self, data, row):
        key = hashlib.sha256(data).hexdigest()
        self.db.execute("INSERT OR IGNORE INTO pictures VALUES (?, ?)", (key, json.dumps(row)))
        self.db.commit()

    def seen(self, data):
        key = hashlib.sha256(data).hexdigest()
        return self.db.execute("SELECT 1 FROM pictures WHERE key = ?", (key,)).fetchone() is not None

    def search(self, term):
        found = []
        for (text,) in self.db.execute("SELECT row FROM pictures ORDER BY rowid").fetchall():
            row = json.loads(text)
            if any(term.lower() in words for words in (row["title"], row["description"], *row["tags"])):
                found.append(row)
        return found

# %% mistake="texts-joined" exercise="Library"
class Library:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS pictures (key TEXT PRIMARY KEY, row TEXT)")

    def add(self, data, row):
        key = hashlib.sha256(data).hexdigest()
        self.db.execute("INSERT OR IGNORE INTO pictures VALUES (?, ?)", (key, json.dumps(row)))
        self.db.commit()

    def seen(self, data):
        key = hashlib.sha256(data).hexdigest()
        return self.db.execute("SELECT 1 FROM pictures WHERE key = ?", (key,)).fetchone() is not None

    def search(self, term):
        found = []
        for (text,) in self.db.execute("SELECT row FROM pictures ORDER BY rowid").fetchall():
            row = json.loads(text)
            if term.lower() in " ".join([row["title"], row["description"], *row["tags"]]).lower():
                found.append(row)
        return found

# %% mistake="whole-json-searched" exercise="Library"
class Library:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS pictures (key TEXT PRIMARY KEY, row TEXT)")

    def add(self, data, row):
        key = hashlib.sha256(data).hexdigest()
        self.db.execute("INSERT OR IGNORE INTO pictures VALUES (?, ?)", (key, json.dumps(row)))
        self.db.commit()

    def seen(self, data):
        key = hashlib.sha256(data).hexdigest()
        return self.db.execute("SELECT 1 FROM pictures WHERE key = ?", (key,)).fetchone() is not None

    def search(self, term):
        found = []
        for (text,) in self.db.execute("SELECT row FROM pictures ORDER BY rowid").fetchall():
            row = json.loads(text)
            if term.lower() in text.lower():
                found.append(row)
        return found

# %% mistake="tags-must-be-equal" exercise="Library"
class Library:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS pictures (key TEXT PRIMARY KEY, row TEXT)")

    def add(self, data, row):
        key = hashlib.sha256(data).hexdigest()
        self.db.execute("INSERT OR IGNORE INTO pictures VALUES (?, ?)", (key, json.dumps(row)))
        self.db.commit()

    def seen(self, data):
        key = hashlib.sha256(data).hexdigest()
        return self.db.execute("SELECT 1 FROM pictures WHERE key = ?", (key,)).fetchone() is not None

    def search(self, term):
        found = []
        for (text,) in self.db.execute("SELECT row FROM pictures ORDER BY rowid").fetchall():
            row = json.loads(text)
            if term.lower() in (row["title"] + "\n" + row["description"]).lower() or term.lower() in row["tags"]:
                found.append(row)
        return found

# %% mistake="tags-left-out" exercise="Library"
class Library:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS pictures (key TEXT PRIMARY KEY, row TEXT)")

    def add(self, data, row):
        key = hashlib.sha256(data).hexdigest()
        self.db.execute("INSERT OR IGNORE INTO pictures VALUES (?, ?)", (key, json.dumps(row)))
        self.db.commit()

    def seen(self, data):
        key = hashlib.sha256(data).hexdigest()
        return self.db.execute("SELECT 1 FROM pictures WHERE key = ?", (key,)).fetchone() is not None

    def search(self, term):
        found = []
        for (text,) in self.db.execute("SELECT row FROM pictures ORDER BY rowid").fetchall():
            row = json.loads(text)
            if any(term.lower() in words.lower() for words in (row["title"], row["description"])):
                found.append(row)
        return found

# %% mistake="description-left-out" exercise="Library"
class Library:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS pictures (key TEXT PRIMARY KEY, row TEXT)")

    def add(self, data, row):
        key = hashlib.sha256(data).hexdigest()
        self.db.execute("INSERT OR IGNORE INTO pictures VALUES (?, ?)", (key, json.dumps(row)))
        self.db.commit()

    def seen(self, data):
        key = hashlib.sha256(data).hexdigest()
        return self.db.execute("SELECT 1 FROM pictures WHERE key = ?", (key,)).fetchone() is not None

    def search(self, term):
        found = []
        for (text,) in self.db.execute("SELECT row FROM pictures ORDER BY rowid").fetchall():
            row = json.loads(text)
            if any(term.lower() in words.lower() for words in (row["title"], *row["tags"])):
                found.append(row)
        return found

# %% mistake="empty-term-finds-nothing" exercise="Library"
class Library:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS pictures (key TEXT PRIMARY KEY, row TEXT)")

    def add(self, data, row):
        key = hashlib.sha256(data).hexdigest()
        self.db.execute("INSERT OR IGNORE INTO pictures VALUES (?, ?)", (key, json.dumps(row)))
        self.db.commit()

    def seen(self, data):
        key = hashlib.sha256(data).hexdigest()
        return self.db.execute("SELECT 1 FROM pictures WHERE key = ?", (key,)).fetchone() is not None

    def search(self, term):
        found = []
        if not term:
            return found
        for (text,) in self.db.execute("SELECT row FROM pictures ORDER BY rowid").fetchall():
            row = json.loads(text)
            if any(term.lower() in words.lower() for words in (row["title"], row["description"], *row["tags"])):
                found.append(row)
        return found

# %% mistake="a-row-once-a-text" exercise="Library"
class Library:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS pictures (key TEXT PRIMARY KEY, row TEXT)")

    def add(self, data, row):
        key = hashlib.sha256(data).hexdigest()
        self.db.execute("INSERT OR IGNORE INTO pictures VALUES (?, ?)", (key, json.dumps(row)))
        self.db.commit()

    def seen(self, data):
        key = hashlib.sha256(data).hexdigest()
        return self.db.execute("SELECT 1 FROM pictures WHERE key = ?", (key,)).fetchone() is not None

    def search(self, term):
        found = []
        for (text,) in self.db.execute("SELECT row FROM pictures ORDER BY rowid").fetchall():
            row = json.loads(text)
            for words in (row["title"], row["description"], *row["tags"]):
                if term.lower() in words.lower():
                    found.append(row)
        return found

# %% mistake="newest-first" exercise="Library"
class Library:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS pictures (key TEXT PRIMARY KEY, row TEXT)")

    def add(self, data, row):
        key = hashlib.sha256(data).hexdigest()
        self.db.execute("INSERT OR IGNORE INTO pictures VALUES (?, ?)", (key, json.dumps(row)))
        self.db.commit()

    def seen(self, data):
        key = hashlib.sha256(data).hexdigest()
        return self.db.execute("SELECT 1 FROM pictures WHERE key = ?", (key,)).fetchone() is not None

    def search(self, term):
        found = []
        for (text,) in self.db.execute("SELECT row FROM pictures ORDER BY rowid DESC").fetchall():
            row = json.loads(text)
            if any(term.lower() in words.lower() for words in (row["title"], row["description"], *row["tags"])):
                found.append(row)
        return found

# %% mistake="sorted-by-key" exercise="Library"
class Library:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS pictures (key TEXT PRIMARY KEY, row TEXT)")

    def add(self, data, row):
        key = hashlib.sha256(data).hexdigest()
        self.db.execute("INSERT OR IGNORE INTO pictures VALUES (?, ?)", (key, json.dumps(row)))
        self.db.commit()

    def seen(self, data):
        key = hashlib.sha256(data).hexdigest()
        return self.db.execute("SELECT 1 FROM pictures WHERE key = ?", (key,)).fetchone() is not None

    def search(self, term):
        found = []
        for (text,) in self.db.execute("SELECT row FROM pictures ORDER BY key").fetchall():
            row = json.loads(text)
            if any(term.lower() in words.lower() for words in (row["title"], row["description"], *row["tags"])):
                found.append(row)
        return found

# %% mistake="texts-come-back" exercise="Library"
class Library:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS pictures (key TEXT PRIMARY KEY, row TEXT)")

    def add(self, data, row):
        key = hashlib.sha256(data).hexdigest()
        self.db.execute("INSERT OR IGNORE INTO pictures VALUES (?, ?)", (key, json.dumps(row)))
        self.db.commit()

    def seen(self, data):
        key = hashlib.sha256(data).hexdigest()
        return self.db.execute("SELECT 1 FROM pictures WHERE key = ?", (key,)).fetchone() is not None

    def search(self, term):
        found = []
        for (text,) in self.db.execute("SELECT row FROM pictures ORDER BY rowid").fetchall():
            row = json.loads(text)
            if any(term.lower() in words.lower() for words in (row["title"], row["description"], *row["tags"])):
                found.append(text)
        return found

# %% mistake="term-read-as-a-pattern" exercise="Library"
class Library:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS pictures (key TEXT PRIMARY KEY, row TEXT)")

    def add(self, data, row):
        key = hashlib.sha256(data).hexdigest()
        self.db.execute("INSERT OR IGNORE INTO pictures VALUES (?, ?)", (key, json.dumps(row)))
        self.db.commit()

    def seen(self, data):
        key = hashlib.sha256(data).hexdigest()
        return self.db.execute("SELECT 1 FROM pictures WHERE key = ?", (key,)).fetchone() is not None

    def search(self, term):
        found = []
        for (text,) in self.db.execute("SELECT row FROM pictures ORDER BY rowid").fetchall():
            row = json.loads(text)
            if any(re.search(term, words, re.IGNORECASE) for words in (row["title"], row["description"], *row["tags"])):
                found.append(row)
        return found

# %% mistake="a-space-for-all" exercise="Library"
class Library:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS pictures (key TEXT PRIMARY KEY, row TEXT)")

    def add(self, data, row):
        key = hashlib.sha256(data).hexdigest()
        self.db.execute("INSERT OR IGNORE INTO pictures VALUES (?, ?)", (key, json.dumps(row)))
        self.db.commit()

    def seen(self, data):
        key = hashlib.sha256(data).hexdigest()
        return self.db.execute("SELECT 1 FROM pictures WHERE key = ?", (key,)).fetchone() is not None

    def search(self, term):
        term = term or " "
        found = []
        for (text,) in self.db.execute("SELECT row FROM pictures ORDER BY rowid").fetchall():
            row = json.loads(text)
            if any(term.lower() in words.lower() for words in (row["title"], row["description"], *row["tags"])):
                found.append(row)
        return found

# %% mistake="ten-at-most" exercise="Library"
class Library:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS pictures (key TEXT PRIMARY KEY, row TEXT)")

    def add(self, data, row):
        key = hashlib.sha256(data).hexdigest()
        self.db.execute("INSERT OR IGNORE INTO pictures VALUES (?, ?)", (key, json.dumps(row)))
        self.db.commit()

    def seen(self, data):
        key = hashlib.sha256(data).hexdigest()
        return self.db.execute("SELECT 1 FROM pictures WHERE key = ?", (key,)).fetchone() is not None

    def search(self, term):
        found = []
        for (text,) in self.db.execute("SELECT row FROM pictures ORDER BY rowid").fetchall():
            row = json.loads(text)
            if any(term.lower() in words.lower() for words in (row["title"], row["description"], *row["tags"])):
                found.append(row)
        return found[:10]

# %% mistake="whole-words-only" exercise="Library"
class Library:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS pictures (key TEXT PRIMARY KEY, row TEXT)")

    def add(self, data, row):
        key = hashlib.sha256(data).hexdigest()
        self.db.execute("INSERT OR IGNORE INTO pictures VALUES (?, ?)", (key, json.dumps(row)))
        self.db.commit()

    def seen(self, data):
        key = hashlib.sha256(data).hexdigest()
        return self.db.execute("SELECT 1 FROM pictures WHERE key = ?", (key,)).fetchone() is not None

    def search(self, term):
        found = []
        for (text,) in self.db.execute("SELECT row FROM pictures ORDER BY rowid").fetchall():
            row = json.loads(text)
            if any(term.lower() in words.lower().split() for words in (row["title"], row["description"], *row["tags"])):
                found.append(row)
        return found

# %% mistake="number-for-yes" exercise="Library"
class Library:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS pictures (key TEXT PRIMARY KEY, row TEXT)")

    def add(self, data, row):
        key = hashlib.sha256(data).hexdigest()
        self.db.execute("INSERT OR IGNORE INTO pictures VALUES (?, ?)", (key, json.dumps(row)))
        self.db.commit()

    def seen(self, data):
        key = hashlib.sha256(data).hexdigest()
        return self.db.execute("SELECT 1 FROM pictures WHERE key = ?", (key,)).fetchone()

    def search(self, term):
        found = []
        for (text,) in self.db.execute("SELECT row FROM pictures ORDER BY rowid").fetchall():
            row = json.loads(text)
            if any(term.lower() in words.lower() for words in (row["title"], row["description"], *row["tags"])):
                found.append(row)
        return found

# %% mistake="none-when-nothing" exercise="Library"
class Library:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS pictures (key TEXT PRIMARY KEY, row TEXT)")

    def add(self, data, row):
        key = hashlib.sha256(data).hexdigest()
        self.db.execute("INSERT OR IGNORE INTO pictures VALUES (?, ?)", (key, json.dumps(row)))
        self.db.commit()

    def seen(self, data):
        key = hashlib.sha256(data).hexdigest()
        return self.db.execute("SELECT 1 FROM pictures WHERE key = ?", (key,)).fetchone() is not None

    def search(self, term):
        found = []
        for (text,) in self.db.execute("SELECT row FROM pictures ORDER BY rowid").fetchall():
            row = json.loads(text)
            if any(term.lower() in words.lower() for words in (row["title"], row["description"], *row["tags"])):
                found.append(row)
        return found or None

# %% mistake="tags-become-a-text" exercise="Library"
class Library:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS pictures (key TEXT PRIMARY KEY, row TEXT)")

    def add(self, data, row):
        key = hashlib.sha256(data).hexdigest()
        row = {**row, "tags": ", ".join(row["tags"])}
        self.db.execute("INSERT OR IGNORE INTO pictures VALUES (?, ?)", (key, json.dumps(row)))
        self.db.commit()

    def seen(self, data):
        key = hashlib.sha256(data).hexdigest()
        return self.db.execute("SELECT 1 FROM pictures WHERE key = ?", (key,)).fetchone() is not None

    def search(self, term):
        found = []
        for (text,) in self.db.execute("SELECT row FROM pictures ORDER BY rowid").fetchall():
            row = json.loads(text)
            if any(term.lower() in words.lower() for words in (row["title"], row["description"], row["tags"])):
                found.append(row)
        return found

# %% mistake="one-broken-file-stops-all" exercise="index_folder"
def index_folder(paths, library, describe):
    report = {"new": [], "known": [], "failed": []}
    for path in paths:
        data = path.read_bytes()
        if library.seen(data):
            report["known"].append(path.name)
        else:
            library.add(data, describe(path))
            report["new"].append(path.name)
    return report

# %% mistake="try-round-the-loop" exercise="index_folder"
def index_folder(paths, library, describe):
    report = {"new": [], "known": [], "failed": []}
    try:
        for path in paths:
            data = path.read_bytes()
            if library.seen(data):
                report["known"].append(path.name)
            else:
                library.add(data, describe(path))
                report["new"].append(path.name)
    except (OSError, ollama.ResponseError):
        report["failed"].append(path.name)
    return report

# %% mistake="everything-is-caught" exercise="index_folder"
def index_folder(paths, library, describe):
    report = {"new": [], "known": [], "failed": []}
    for path in paths:
        try:
            data = path.read_bytes()
            if library.seen(data):
                report["known"].append(path.name)
            else:
                library.add(data, describe(path))
                report["new"].append(path.name)
        except Exception:
            report["failed"].append(path.name)
    return report

# %% mistake="no-server-taken-for-a-bad-file" exercise="index_folder"
def index_folder(paths, library, describe):
    report = {"new": [], "known": [], "failed": []}
    for path in paths:
        try:
            data = path.read_bytes()
            if library.seen(data):
                report["known"].append(path.name)
            else:
                library.add(data, describe(path))
                report["new"].append(path.name)
        except (OSError, ollama.ResponseError):
            report["failed"].append(path.name)
    return report

# %% mistake="describes-what-is-known" exercise="index_folder"
def index_folder(paths, library, describe):
    report = {"new": [], "known": [], "failed": []}
    for path in paths:
        try:
            data = path.read_bytes()
        except OSError:
            report["failed"].append(path.name)
            continue
        try:
            row = describe(path)
        except ollama.ResponseError:
            report["failed"].append(path.name)
            continue
        if library.seen(data):
            report["known"].append(path.name)
            continue
        library.add(data, row)
        report["new"].append(path.name)
    return report

# %% mistake="never-asks-the-library" exercise="index_folder"
def index_folder(paths, library, describe):
    report = {"new": [], "known": [], "failed": []}
    for path in paths:
        try:
            data = path.read_bytes()
        except OSError:
            report["failed"].append(path.name)
            continue
        try:
            row = describe(path)
        except ollama.ResponseError:
            report["failed"].append(path.name)
            continue
        library.add(data, row)
        report["new"].append(path.name)
    return report

# %% mistake="known-by-name" exercise="index_folder"
def index_folder(paths, library, describe):
    report = {"new": [], "known": [], "failed": []}
    for path in paths:
        try:
            data = path.read_bytes()
        except OSError:
            report["failed"].append(path.name)
            continue
        if library.seen(path.name):
            report["known"].append(path.name)
            continue
        try:
            row = describe(path)
        except ollama.ResponseError:
            report["failed"].append(path.name)
            continue
        library.add(path.name, row)
        report["new"].append(path.name)
    return report

# %% mistake="names-remembered" exercise="index_folder"
seen_names = set()


def index_folder(paths, library, describe):
    report = {"new": [], "known": [], "failed": []}
    for path in paths:
        if path.name in seen_names:
            report["known"].append(path.name)
            continue
        try:
            data = path.read_bytes()
            row = describe(path)
        except (FileNotFoundError, ollama.ResponseError):
            report["failed"].append(path.name)
            continue
        library.add(data, row)
        seen_names.add(path.name)
        report["new"].append(path.name)
    return report

# %% mistake="stored-at-the-end" exercise="index_folder"
def index_folder(paths, library, describe):
    report, rows = {"new": [], "known": [], "failed": []}, []
    for path in paths:
        try:
            data = path.read_bytes()
        except OSError:
            report["failed"].append(path.name)
            continue
        if library.seen(data) or data in [one for one, _ in rows]:
            report["known"].append(path.name)
            continue
        try:
            rows.append((data, describe(path)))
        except ollama.ResponseError:
            report["failed"].append(path.name)
            continue
        report["new"].append(path.name)
    for data, row in rows:
        library.add(data, row)
    return report

# %% mistake="asked-before-all-the-work" exercise="index_folder"
def index_folder(paths, library, describe):
    report, work = {"new": [], "known": [], "failed": []}, []
    for path in paths:
        try:
            data = path.read_bytes()
        except OSError:
            report["failed"].append(path.name)
            continue
        if library.seen(data):
            report["known"].append(path.name)
        else:
            work.append((path, data))
    for path, data in work:
        try:
            row = describe(path)
        except ollama.ResponseError:
            report["failed"].append(path.name)
            continue
        library.add(data, row)
        report["new"].append(path.name)
    return report

# %% mistake="failed-is-stored-too" exercise="index_folder"
def index_folder(paths, library, describe):
    report = {"new": [], "known": [], "failed": []}
    for path in paths:
        try:
            data = path.read_bytes()
        except OSError:
            report["failed"].append(path.name)
            continue
        if library.seen(data):
            report["known"].append(path.name)
            continue
        try:
            row = describe(path)
        except ollama.ResponseError as problem:
            report["failed"].append(path.name)
            library.add(data, {"title": str(problem)})
            continue
        library.add(data, row)
        report["new"].append(path.name)
    return report

# %% mistake="failed-is-new-too" exercise="index_folder"
def index_folder(paths, library, describe):
    report = {"new": [], "known": [], "failed": []}
    for path in paths:
        try:
            data = path.read_bytes()
        except OSError:
            report["failed"].append(path.name)
            continue
        if library.seen(data):
            report["known"].append(path.name)
            continue
        try:
            row = describe(path)
        except ollama.ResponseError:
            report["failed"].append(path.name)
            row = {"title": ""}
        else:
            library.add(data, row)
        report["new"].append(path.name)
    return report

# %% mistake="failures-are-silent" exercise="index_folder"
def index_folder(paths, library, describe):
    report = {"new": [], "known": [], "failed": []}
    for path in paths:
        try:
            data = path.read_bytes()
        except OSError:
            report["failed"].append(path.name)
            continue
        if library.seen(data):
            report["known"].append(path.name)
            continue
        try:
            row = describe(path)
        except ollama.ResponseError:
            continue
        library.add(data, row)
        report["new"].append(path.name)
    return report

# %% mistake="missing-files-are-silent" exercise="index_folder"
def index_folder(paths, library, describe):
    report = {"new": [], "known": [], "failed": []}
    for path in paths:
        try:
            data = path.read_bytes()
        except OSError:
            continue
        if library.seen(data):
            report["known"].append(path.name)
            continue
        try:
            row = describe(path)
        except ollama.ResponseError:
            report["failed"].append(path.name)
            continue
        library.add(data, row)
        report["new"].append(path.name)
    return report

# %% mistake="only-missing-files" exercise="index_folder"
def index_folder(paths, library, describe):
    report = {"new": [], "known": [], "failed": []}
    for path in paths:
        try:
            data = path.read_bytes()
        except OSError:
            report["failed"].append(path.name)
            continue
        if library.seen(data):
            report["known"].append(path.name)
            continue
        try:
            row = describe(path)
        except FileNotFoundError:
            report["failed"].append(path.name)
            continue
        library.add(data, row)
        report["new"].append(path.name)
    return report

# %% mistake="missing-is-not-the-only-way" exercise="index_folder"
def index_folder(paths, library, describe):
    report = {"new": [], "known": [], "failed": []}
    for path in paths:
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            report["failed"].append(path.name)
            continue
        if library.seen(data):
            report["known"].append(path.name)
            continue
        try:
            row = describe(path)
        except ollama.ResponseError:
            report["failed"].append(path.name)
            continue
        library.add(data, row)
        report["new"].append(path.name)
    return report

# %% mistake="pictures-by-their-ending" exercise="index_folder"
def index_folder(paths, library, describe):
    report = {"new": [], "known": [], "failed": []}
    for path in paths:
        if path.suffix != ".jpg":
            continue
        try:
            data = path.read_bytes()
        except OSError:
            report["failed"].append(path.name)
            continue
        if library.seen(data):
            report["known"].append(path.name)
            continue
        try:
            row = describe(path)
        except ollama.ResponseError:
            report["failed"].append(path.name)
            continue
        library.add(data, row)
        report["new"].append(path.name)
    return report

# %% mistake="only-refusals" exercise="index_folder"
def index_folder(paths, library, describe):
    report = {"new": [], "known": [], "failed": []}
    for path in paths:
        try:
            data = path.read_bytes()
        except ollama.ResponseError:
            report["failed"].append(path.name)
            continue
        if library.seen(data):
            report["known"].append(path.name)
            continue
        try:
            row = describe(path)
        except ollama.ResponseError:
            report["failed"].append(path.name)
            continue
        library.add(data, row)
        report["new"].append(path.name)
    return report

# %% mistake="data-not-handed-over" exercise="index_folder"
def index_folder(paths, library, describe):
    report = {"new": [], "known": [], "failed": []}
    for path in paths:
        try:
            data = path.read_bytes()
        except OSError:
            report["failed"].append(path.name)
            continue
        if library.seen(data):
            report["known"].append(path.name)
            continue
        try:
            row = describe(path)
        except ollama.ResponseError:
            report["failed"].append(path.name)
            continue
        library.add(path.name.encode(), row)
        report["new"].append(path.name)
    return report

# %% mistake="path-for-row" exercise="index_folder"
def index_folder(paths, library, describe):
    report = {"new": [], "known": [], "failed": []}
    for path in paths:
        try:
            data = path.read_bytes()
        except OSError:
            report["failed"].append(path.name)
            continue
        if library.seen(data):
            report["known"].append(path.name)
            continue
        try:
            row = describe(path)
        except ollama.ResponseError:
            report["failed"].append(path.name)
            continue
        library.add(data, {"title": path.name})
        report["new"].append(path.name)
    return report

# %% mistake="described-from-bytes" exercise="index_folder"
def index_folder(paths, library, describe):
    report = {"new": [], "known": [], "failed": []}
    for path in paths:
        try:
            data = path.read_bytes()
        except OSError:
            report["failed"].append(path.name)
            continue
        if library.seen(data):
            report["known"].append(path.name)
            continue
        try:
            row = describe(data)
        except ollama.ResponseError:
            report["failed"].append(path.name)
            continue
        library.add(data, row)
        report["new"].append(path.name)
    return report

# %% mistake="paths-for-names" exercise="index_folder"
def index_folder(paths, library, describe):
    report = {"new": [], "known": [], "failed": []}
    for path in paths:
        try:
            data = path.read_bytes()
        except OSError:
            report["failed"].append(path)
            continue
        if library.seen(data):
            report["known"].append(path)
            continue
        try:
            row = describe(path)
        except ollama.ResponseError:
            report["failed"].append(path)
            continue
        library.add(data, row)
        report["new"].append(path)
    return report

# %% mistake="counts-for-names" exercise="index_folder"
def index_folder(paths, library, describe):
    report = {"new": [], "known": [], "failed": []}
    for path in paths:
        try:
            data = path.read_bytes()
        except OSError:
            report["failed"].append(path.name)
            continue
        if library.seen(data):
            report["known"].append(path.name)
            continue
        try:
            row = describe(path)
        except ollama.ResponseError:
            report["failed"].append(path.name)
            continue
        library.add(data, row)
        report["new"].append(path.name)
    return {kind: len(names) for kind, names in report.items()}

# %% mistake="no-empty-lists" exercise="index_folder"
def index_folder(paths, library, describe):
    report = {"new": [], "known": [], "failed": []}
    for path in paths:
        try:
            data = path.read_bytes()
        except OSError:
            report["failed"].append(path.name)
            continue
        if library.seen(data):
            report["known"].append(path.name)
            continue
        try:
            row = describe(path)
        except ollama.ResponseError:
            report["failed"].append(path.name)
            continue
        library.add(data, row)
        report["new"].append(path.name)
    return {kind: names for kind, names in report.items() if names}

# %% mistake="one-list-for-all" exercise="index_folder"
def index_folder(paths, library, describe):
    report = dict.fromkeys(["new", "known", "failed"], [])
    for path in paths:
        try:
            data = path.read_bytes()
        except OSError:
            report["failed"].append(path.name)
            continue
        if library.seen(data):
            report["known"].append(path.name)
            continue
        try:
            row = describe(path)
        except ollama.ResponseError:
            report["failed"].append(path.name)
            continue
        library.add(data, row)
        report["new"].append(path.name)
    return report

# %% mistake="stops-at-a-known-one" exercise="index_folder"
def index_folder(paths, library, describe):
    report = {"new": [], "known": [], "failed": []}
    for path in paths:
        try:
            data = path.read_bytes()
        except OSError:
            report["failed"].append(path.name)
            continue
        if library.seen(data):
            report["known"].append(path.name)
            break
        try:
            row = describe(path)
        except ollama.ResponseError:
            report["failed"].append(path.name)
            continue
        library.add(data, row)
        report["new"].append(path.name)
    return report

# %% mistake="walks-twice" exercise="index_folder"
def index_folder(paths, library, describe):
    report = {"new": [], "known": [], "failed": []}
    print(len(list(paths)), "files")
    for path in paths:
        try:
            data = path.read_bytes()
        except OSError:
            report["failed"].append(path.name)
            continue
        if library.seen(data):
            report["known"].append(path.name)
            continue
        try:
            row = describe(path)
        except ollama.ResponseError:
            report["failed"].append(path.name)
            continue
        library.add(data, row)
        report["new"].append(path.name)
    return report

# %% mistake="sorted-first" exercise="index_folder"
def index_folder(paths, library, describe):
    report = {"new": [], "known": [], "failed": []}
    for path in sorted(paths):
        try:
            data = path.read_bytes()
        except OSError:
            report["failed"].append(path.name)
            continue
        if library.seen(data):
            report["known"].append(path.name)
            continue
        try:
            row = describe(path)
        except ollama.ResponseError:
            report["failed"].append(path.name)
            continue
        library.add(data, row)
        report["new"].append(path.name)
    return report

# %% mistake="asks-twice" exercise="index_folder"
def index_folder(paths, library, describe):
    report = {"new": [], "known": [], "failed": []}
    for path in paths:
        try:
            data = path.read_bytes()
        except OSError:
            report["failed"].append(path.name)
            continue
        if library.seen(data):
            report["known"].append(path.name)
            continue
        try:
            describe(path)
            row = describe(path)
        except ollama.ResponseError:
            report["failed"].append(path.name)
            continue
        library.add(data, row)
        report["new"].append(path.name)
    return report

# %% mistake="a-second-chance" exercise="index_folder"
def index_folder(paths, library, describe):
    report = {"new": [], "known": [], "failed": []}
    for path in paths:
        try:
            data = path.read_bytes()
        except OSError:
            report["failed"].append(path.name)
            continue
        if library.seen(data):
            report["known"].append(path.name)
            continue
        try:
            row = describe(path)
        except (ollama.ResponseError, KeyError):
            report["failed"].append(path.name)
            continue
        library.add(data, row)
        report["new"].append(path.name)
    return report

# %% mistake="library-errors-are-failures" exercise="index_folder"
def index_folder(paths, library, describe):
    report = {"new": [], "known": [], "failed": []}
    for path in paths:
        try:
            data = path.read_bytes()
        except OSError:
            report["failed"].append(path.name)
            continue
        if library.seen(data):
            report["known"].append(path.name)
            continue
        try:
            row = describe(path)
            library.add(data, row)
        except (ollama.ResponseError, sqlite3.Error):
            report["failed"].append(path.name)
            continue
        report["new"].append(path.name)
    return report

# %% mistake="errors-become-empty-texts" exercise="describe"
def describe(chat, model, path, actions):
    texts = {}
    for name, question in actions.items():
        try:
            reply = chat(model=model, messages=[{"role": "user", "content": question, "images": [str(path)]}])
            texts[name] = reply.message.content.strip()
        except Exception:
            texts[name] = ""
    return texts

# %% mistake="quotes-taken-too" exercise="describe"
def describe(chat, model, path, actions):
    texts = {}
    for name, question in actions.items():
        reply = chat(
            model=model,
            messages=[{"role": "user", "content": question, "images": [str(path)]}],
            options={"temperature": 0},
        )
        texts[name] = reply["message"]["content"].strip().strip('"')
    return texts

# %% mistake="read-and-written-anew" exercise="describe"
def describe(chat, model, path, actions):
    image = cv2.imread(str(path))
    data = cv2.imencode(".jpg", image)[1].tobytes()
    texts = {}
    for name, question in actions.items():
        reply = chat(model=model, messages=[{"role": "user", "content": question, "images": [data]}])
        texts[name] = reply.message.content.strip()
    return texts

# %% mistake="lines-joined" exercise="describe"
def describe(chat, model, path, actions):
    return {
        name: " ".join(
            chat(model=model, messages=[{"role": "user", "content": q, "images": [str(path)]}]).message.content.split()
        )
        for name, q in actions.items()
    }

# %% mistake="limit-asked-after-adding" exercise="parse_tags"
def parse_tags(reply, limit=10):
    tags = []
    for line in reply.splitlines():
        for part in line.rpartition(":")[2].split(","):
            tag = re.sub(r"^\d+[.)]", "", part.strip(" \t\r-*•#.!\"'")).strip(" \t\r-*•#.!\"'").lower()
            if tag and len(tag.split()) <= 3 and tag not in tags:
                tags.append(tag)
                if len(tags) == limit:
                    return tags
    return tags

# %% mistake="numbers-taken-anywhere" exercise="parse_tags"
def parse_tags(reply, limit=10):
    tags = []
    for line in reply.splitlines():
        for part in line.rpartition(":")[2].split(","):
            tag = re.sub(r"\d+[.)]", "", part).strip(" \t\r-*•#.!\"'").lower()
            if tag and len(tag.split()) <= 3 and tag not in tags:
                tags.append(tag)
    return tags[:limit]

# %% mistake="signs-removed-inside" exercise="parse_tags"
def parse_tags(reply, limit=10):
    tags = []
    for line in reply.splitlines():
        line = line.rpartition(":")[2]
        for sign in '*•#!"':
            line = line.replace(sign, "")
        for part in line.split(","):
            tag = re.sub(r"^\d+[.)]", "", part.strip(" \t\r-.'")).strip(" \t\r-.'").lower()
            if tag and len(tag.split()) <= 3 and tag not in tags:
                tags.append(tag)
    return tags[:limit]

# %% mistake="cuts-at-slashes-too" exercise="parse_tags"
def parse_tags(reply, limit=10):
    tags = []
    for line in reply.splitlines():
        for part in re.split(r"[,;/]", line.rpartition(":")[2]):
            tag = re.sub(r"^\d+[.)]", "", part.strip(" \t\r-*•#.!\"'")).strip(" \t\r-*•#.!\"'").lower()
            if tag and len(tag.split()) <= 3 and tag not in tags:
                tags.append(tag)
    return tags[:limit]

# %% mistake="brackets-taken-too" exercise="parse_tags"
def parse_tags(reply, limit=10):
    tags = []
    for line in reply.splitlines():
        for part in line.rpartition(":")[2].split(","):
            tag = part.strip(" \t\r-*•#.!\"'()[]")
            tag = re.sub(r"^\d+[.)]", "", tag).strip(" \t\r-*•#.!\"'()[]").lower()
            if tag and len(tag.split()) <= 3 and tag not in tags:
                tags.append(tag)
    return tags[:limit]

# %% mistake="all-signs-at-the-ends" exercise="parse_tags"
def parse_tags(reply, limit=10):
    tags = []
    for line in reply.splitlines():
        for part in line.rpartition(":")[2].split(","):
            tag = re.sub(r"^\W*(\d+[.)])?\W*", "", part)
            tag = re.sub(r"\W+$", "", tag).lower()
            if tag and len(tag.split()) <= 3 and tag not in tags:
                tags.append(tag)
    return tags[:limit]

# %% mistake="tags-glued" exercise="gallery_html"
def to_pixels(box, size, scale):
    w, h = size
    return tuple(min(max(round(n / scale * m), 0), m) for n, m in zip(box, (w, h, w, h), strict=True))


def gallery_html(rows):
    out = ""
    for r in rows:
        e = html.escape
        out += (
            f'<figure><img src="pictures/{e(Path(r["name"]).name)}" alt="{e(r["alt"] or r["title"])}">'
            f'{e(r["title"])}{e(r["description"])}{e("".join(r["tags"]))}</figure>'
        )
    return out

# %% mistake="one-word-for-every-empty-alt" exercise="gallery_html"
def to_pixels(box, size, scale):
    w, h = size
    return tuple(min(max(round(n / scale * m), 0), m) for n, m in zip(box, (w, h, w, h), strict=True))


def gallery_html(rows):
    out = ""
    for r in rows:
        e = html.escape
        alt = r["alt"] if r["alt"] != "" else "picture"
        out += (
            f'<figure><img src="pictures/{e(Path(r["name"]).name)}" alt="{e(alt)}">'
            f'{e(r["title"])} {e(r["description"])} {e(", ".join(r["tags"]))}</figure>'
        )
    return out

# %% mistake="tags-searched-as-json" exercise="Library"
class Library:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute(
            """CREATE TABLE IF NOT EXISTS p (
                id INTEGER PRIMARY KEY, key TEXT UNIQUE, title TEXT, description TEXT, tags TEXT, row TEXT)"""
        )

    def add(self, data, row):
        key = hashlib.sha256(data).hexdigest()
        with self.db:
            self.db.execute(
                "INSERT OR IGNORE INTO p (key, title, description, tags, row) VALUES (?,?,?,?,?)",
                (key, row["title"], row["description"], json.dumps(row["tags"]), json.dumps(row)),
            )

    def seen(self, data):
        return (
            self.db.execute("SELECT count(*) FROM p WHERE key = ?", (hashlib.sha256(data).hexdigest(),)).fetchone()[0]
            > 0
        )

    def search(self, term):
        term = term.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        q = f"%{term}%"
        rows = self.db.execute(
            r"""SELECT row FROM p
                WHERE title LIKE ? ESCAPE '\' OR description LIKE ? ESCAPE '\' OR tags LIKE ? ESCAPE '\' ORDER BY id""",
            (q, q, q),
        )
        return [json.loads(r[0]) for r in rows]

# %% mistake="tags-searched-as-one-text" exercise="Library"
class Library:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute(
            """CREATE TABLE IF NOT EXISTS p (
                id INTEGER PRIMARY KEY, key TEXT UNIQUE, title TEXT, description TEXT, tags TEXT, row TEXT)"""
        )

    def add(self, data, row):
        key = hashlib.sha256(data).hexdigest()
        with self.db:
            self.db.execute(
                "INSERT OR IGNORE INTO p (key, title, description, tags, row) VALUES (?,?,?,?,?)",
                (key, row["title"], row["description"], ", ".join(row["tags"]), json.dumps(row)),
            )

    def seen(self, data):
        return (
            self.db.execute("SELECT count(*) FROM p WHERE key = ?", (hashlib.sha256(data).hexdigest(),)).fetchone()[0]
            > 0
        )

    def search(self, term):
        term = term.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        q = f"%{term}%"
        rows = self.db.execute(
            r"""SELECT row FROM p
                WHERE title LIKE ? ESCAPE '\' OR description LIKE ? ESCAPE '\' OR tags LIKE ? ESCAPE '\' ORDER BY id""",
            (q, q, q),
        )
        return [json.loads(r[0]) for r in rows]

# %% mistake="like-knows-a-to-z-alone" exercise="Library"
class Library:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute(
            """CREATE TABLE IF NOT EXISTS p (
                id INTEGER PRIMARY KEY, key TEXT UNIQUE, title TEXT, description TEXT, tags TEXT, row TEXT)"""
        )

    def add(self, data, row):
        key = hashlib.sha256(data).hexdigest()
        with self.db:
            self.db.execute(
                "INSERT OR IGNORE INTO p (key, title, description, tags, row) VALUES (?,?,?,?,?)",
                (key, row["title"], row["description"], "\n".join(row["tags"]), json.dumps(row)),
            )

    def seen(self, data):
        return (
            self.db.execute("SELECT count(*) FROM p WHERE key = ?", (hashlib.sha256(data).hexdigest(),)).fetchone()[0]
            > 0
        )

    def search(self, term):
        term = term.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        q = f"%{term}%"
        rows = self.db.execute(
            r"""SELECT row FROM p
                WHERE title LIKE ? ESCAPE '\' OR description LIKE ? ESCAPE '\' OR tags LIKE ? ESCAPE '\' ORDER BY id""",
            (q, q, q),
        )
        return [json.loads(r[0]) for r in rows]

# %% mistake="first-kilobyte-is-the-key" exercise="Library"
class Library:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS pictures (key TEXT PRIMARY KEY, row TEXT)")

    def add(self, data, row):
        key = hashlib.sha256(data[:1024]).hexdigest()
        self.db.execute("INSERT OR IGNORE INTO pictures VALUES (?, ?)", (key, json.dumps(row)))
        self.db.commit()

    def seen(self, data):
        key = hashlib.sha256(data[:1024]).hexdigest()
        return self.db.execute("SELECT 1 FROM pictures WHERE key = ?", (key,)).fetchone() is not None

    def search(self, term):
        found = []
        for (text,) in self.db.execute("SELECT row FROM pictures ORDER BY rowid").fetchall():
            row = json.loads(text)
            if any(term.lower() in words.lower() for words in (row["title"], row["description"], *row["tags"])):
                found.append(row)
        return found

# %% mistake="each-word-of-the-term" exercise="Library"
class Library:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS pictures (key TEXT PRIMARY KEY, row TEXT)")

    def add(self, data, row):
        key = hashlib.sha256(data).hexdigest()
        self.db.execute("INSERT OR IGNORE INTO pictures VALUES (?, ?)", (key, json.dumps(row)))
        self.db.commit()

    def seen(self, data):
        key = hashlib.sha256(data).hexdigest()
        return self.db.execute("SELECT 1 FROM pictures WHERE key = ?", (key,)).fetchone() is not None

    def search(self, term):
        found = []
        terms = term.lower().split()
        for (text,) in self.db.execute("SELECT row FROM pictures ORDER BY rowid").fetchall():
            row = json.loads(text)
            for words in (row["title"], row["description"], *row["tags"]):
                if all(t in words.lower() for t in terms):
                    found.append(row)
                    break
        return found

# %% mistake="each-row-once" exercise="Library"
class Library:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute("CREATE TABLE IF NOT EXISTS pictures (key TEXT PRIMARY KEY, row TEXT)")

    def add(self, data, row):
        key = hashlib.sha256(data).hexdigest()
        self.db.execute("INSERT OR IGNORE INTO pictures VALUES (?, ?)", (key, json.dumps(row)))
        self.db.commit()

    def seen(self, data):
        key = hashlib.sha256(data).hexdigest()
        return self.db.execute("SELECT 1 FROM pictures WHERE key = ?", (key,)).fetchone() is not None

    def search(self, term):
        found = []
        for (text,) in self.db.execute("SELECT DISTINCT row FROM pictures").fetchall():
            row = json.loads(text)
            if any(term.lower() in words.lower() for words in (row["title"], row["description"], *row["tags"])):
                found.append(row)
        return found

# %% mistake="tags-cut-at-bars" exercise="Library"
class Library:
    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.db.execute(
            """CREATE TABLE IF NOT EXISTS pictures (
                id INTEGER PRIMARY KEY, key TEXT UNIQUE,
                name TEXT, title TEXT, description TEXT, tags TEXT, alt TEXT)"""
        )

    def add(self, data, row):
        key = hashlib.sha256(data).hexdigest()
        self.db.execute(
            "INSERT OR IGNORE INTO pictures (key, name, title, description, tags, alt) VALUES (?, ?, ?, ?, ?, ?)",
            (key, row["name"], row["title"], row["description"], "|".join(row["tags"]), row["alt"]),
        )
        self.db.commit()

    def seen(self, data):
        key = hashlib.sha256(data).hexdigest()
        return bool(self.db.execute("SELECT 1 FROM pictures WHERE key = ?", (key,)).fetchone())

    def search(self, term):
        found = []
        for n, t, d, g, a in self.db.execute(
            "SELECT name, title, description, tags, alt FROM pictures ORDER BY id"
        ).fetchall():
            row = {"name": n, "title": t, "description": d, "tags": g.split("|"), "alt": a}
            if any(term.lower() in words.lower() for words in (t, d, *row["tags"])):
                found.append(row)
        return found

# %% mistake="one-try-with-a-way-out" exercise="index_folder"
def index_folder(paths, library, describe):
    report = {"new": [], "known": [], "failed": []}
    for path in paths:
        try:
            data = path.read_bytes()
            if library.seen(data):
                report["known"].append(path.name)
                continue
            library.add(data, describe(path))
            report["new"].append(path.name)
        except ConnectionError:
            raise
        except (OSError, ollama.ResponseError):
            report["failed"].append(path.name)
    return report

# %% mistake="late-replies-are-failures" exercise="index_folder"
def index_folder(paths, library, describe):
    report = {"new": [], "known": [], "failed": []}
    for path in paths:
        try:
            data = path.read_bytes()
        except OSError:
            report["failed"].append(path.name)
            continue
        if library.seen(data):
            report["known"].append(path.name)
            continue
        try:
            row = describe(path)
        except (ollama.ResponseError, TimeoutError):
            report["failed"].append(path.name)
            continue
        library.add(data, row)
        report["new"].append(path.name)
    return report

# %% mistake="noted-in-both-lists" exercise="index_folder"
def index_folder(paths, library, describe):
    report = {"new": [], "known": [], "failed": []}
    for path in paths:
        try:
            data = path.read_bytes()
        except OSError:
            report["failed"].append(path.name)
            continue
        if library.seen(data):
            report["known"].append(path.name)
            continue
        try:
            library.add(data, describe(path))
        except ollama.ResponseError:
            report["failed"].append(path.name)
        report["new"].append(path.name)
    return report

# %% mistake="rounded-and-still-floats" exercise="gallery_html"
def to_pixels(box, size, scale):
    whole = np.array([size[0], size[1], size[0], size[1]])
    return tuple(np.clip(np.round(np.array(box) / scale * whole), 0, whole).tolist())


def gallery_html(rows):
    out = ""
    for r in rows:
        e = html.escape
        tags = ", ".join(e(tag) for tag in r["tags"])
        out += (
            f'<figure><img src="pictures/{e(Path(r["name"]).name)}" alt="{e(r["alt"] or r["title"])}">'
            f"<h2>{e(r['title'])}</h2><p>{e(r['description'])}</p><p>{tags}</p></figure>"
        )
    return out

# %% mistake="one-card-for-each-name" exercise="gallery_html"
def to_pixels(box, size, scale):
    w, h = size
    return tuple(min(max(round(n / scale * m), 0), m) for n, m in zip(box, (w, h, w, h), strict=True))


def gallery_html(rows):
    e = html.escape
    cards = {}
    for r in rows:
        tags = ", ".join(e(t) for t in r["tags"])
        cards[r["name"]] = (
            f'<figure><img src="pictures/{e(Path(r["name"]).name)}" alt="{e(r["alt"] or r["title"])}">'
            f'<h2>{e(r["title"])}</h2> {e(r["description"])} {tags}</figure>'
        )
    return "".join(cards.values())

# %% mistake="tried-is-known" exercise="index_folder"
def index_folder(paths, library, describe):
    report = {"new": [], "known": [], "failed": []}
    done = set()
    for path in paths:
        try:
            data = path.read_bytes()
        except OSError:
            report["failed"].append(path.name)
            continue
        if data in done or library.seen(data):
            report["known"].append(path.name)
            continue
        done.add(data)
        try:
            row = describe(path)
        except ollama.ResponseError:
            report["failed"].append(path.name)
            continue
        library.add(data, row)
        report["new"].append(path.name)
    return report

# %% mistake="two-kinds-of-failure-alone" exercise="index_folder"
def index_folder(paths, library, describe):
    report = {"new": [], "known": [], "failed": []}
    for path in paths:
        try:
            data = path.read_bytes()
        except (FileNotFoundError, IsADirectoryError):
            report["failed"].append(path.name)
            continue
        if library.seen(data):
            report["known"].append(path.name)
            continue
        try:
            row = describe(path)
        except ollama.ResponseError:
            report["failed"].append(path.name)
            continue
        library.add(data, row)
        report["new"].append(path.name)
    return report

# %% mistake="one-introduction-for-all" exercise="parse_tags"
def parse_tags(reply, limit=10):
    reply = reply.rpartition(":")[2]
    tags = []
    for part in re.split(r"[,\n]", reply):
        tag = re.sub(r"^\d+[.)]", "", part.strip(" \t\r-*•#.!\"'")).strip(" \t\r-*•#.!\"'").lower()
        if tag and len(tag.split()) <= 3 and tag not in tags:
            tags.append(tag)
    return tags[:limit]
