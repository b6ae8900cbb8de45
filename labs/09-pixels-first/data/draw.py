"""Draws this folder's pictures again: `python labs/09-pixels-first/data/draw.py`. No lab and no grader runs it.

The pictures are made by the desk world, so nobody's photo is in them. Another version of OpenCV may draw other pixels;
the files that are shipped here are the ones that count. desk-9.png is no picture on purpose.
"""

import json
from pathlib import Path

import cv2

from dojo.desk import draw_scene

# Differences to the left, not packed but by how often each occurs: for a picture with grain that gives smaller files
# than PNG's highest level, and they are read in half the time.
PNG = [
    *(cv2.IMWRITE_PNG_FILTER, cv2.IMWRITE_PNG_FILTER_SUB),
    *(cv2.IMWRITE_PNG_STRATEGY, cv2.IMWRITE_PNG_STRATEGY_HUFFMAN_ONLY),
]
# What is drawn, picture by picture: the scene's seed, then its things, badges, paints and light.
DESKS = [
    (106, ["figure", "cup", "book", "ball", "phone"], ["red"], ["blue", "green", "yellow", "purple"], "day"),
    (208, ["figure", "figure", "bottle", "book"], [177, 3], ["green", "teal"], "day"),
    (319, ["figure", "cup", "ball", "book"], [None], ["white", "blue", "green"], "day"),
    (107, ["figure", "cup", "book", "ball", "phone"], ["red"], ["blue", "green", "yellow", "purple"], "day"),
    (302, ["figure", "cup", "ball", "phone"], [None], ["red", "blue", "grey"], "day"),
    (516, ["figure", "cup", "book", "ball"], ["blue"], ["white", "green", "yellow"], "day"),
    (402, ["figure", "cup", "book", "phone"], ["red"], ["white", "blue", "grey"], "dark"),
    (827, ["figure", "ball", "book", "cup"], ["yellow"], ["red", "green", "white"], "day"),
]


def main() -> None:
    """Write desk-1.png to desk-8.png, pictures.json and the file that is no picture."""
    folder = Path(__file__).resolve().parent
    truth = {}
    for number, (seed, kinds, badges, colours, light) in enumerate(DESKS, start=1):
        scene = draw_scene(seed, kinds=kinds, badges=badges, colours=colours, light=light)
        name = f"desk-{number}.png"
        (folder / name).write_bytes(cv2.imencode(".png", scene.image, PNG)[1].tobytes())
        worn = [{"colour": t.badge.colour, "box": list(t.badge.box)} for t in scene.things if t.badge]
        truth[name] = {"seed": seed, "light": light, "things": [t.kind for t in scene.things], "badges": worn}
    rows = ",\n".join(f" {json.dumps(name)}: {json.dumps(row)}" for name, row in truth.items())
    (folder / "pictures.json").write_text("{\n" + rows + "\n}\n", encoding="utf-8", newline="\n")
    no_picture = "This file is not a picture. Your program must meet one some day.\n"
    (folder / "desk-9.png").write_text(no_picture, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
