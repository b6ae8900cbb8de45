"""Draws this folder's pictures again: `python labs/11-picture-librarian/data/draw.py`. No lab and no grader runs it.

The pictures are made by the desk world, so nobody's photo is in them. Another version of OpenCV may draw other pixels;
the files that are shipped here are the ones that count. scan-0003.jpg has the same bytes as desk-3.jpg on purpose,
and torn.jpg is no picture on purpose. captions.json is written by hand.
"""

import json
from pathlib import Path

import cv2

from dojo.desk import draw_scene

# What is drawn, picture by picture: the scene's seed, its things, badges, paints and light.
DESKS = [
    (11, ["figure", "cup", "book"], ["red"], ["blue", "green"], "day"),
    (24, ["cup", "cup", "ball"], [None], ["yellow", "white", "red"], "day"),
    (33, ["book", "book", "bottle", "phone"], [None], ["purple", "orange", "green", "grey"], "day"),
    (47, ["figure", "figure", "ball"], ["blue", None], ["orange"], "day"),
    (58, ["bottle", "cup", "phone"], [None], ["teal", "red", "grey"], "dark"),
    (69, ["ball", "ball", "ball", "book"], [None], ["red", "yellow", "blue", "white"], "day"),
    (75, ["figure", "book", "phone", "cup"], ["yellow"], ["red", "grey", "green"], "day"),
    (88, [], [None], [], "day"),
]


def main() -> None:
    """Write desk-1.jpg to desk-8.jpg, the copy, the torn file and pictures.json."""
    folder = Path(__file__).resolve().parent
    truth = {}
    for number, (seed, kinds, badges, colours, light) in enumerate(DESKS, start=1):
        scene = draw_scene(seed, kinds=kinds, badges=badges, colours=colours or None, light=light)
        name = f"desk-{number}.jpg"
        data = cv2.imencode(".jpg", scene.image, [cv2.IMWRITE_JPEG_QUALITY, 88])[1].tobytes()
        (folder / name).write_bytes(data)
        if number == 3:
            (folder / "scan-0003.jpg").write_bytes(data)
        truth[name] = {"seed": seed, "things": [{"kind": one.kind, "box": list(one.box)} for one in scene.things]}
    rows = ",\n".join(f" {json.dumps(name)}: {json.dumps(row)}" for name, row in truth.items())
    (folder / "pictures.json").write_text("{\n" + rows + "\n}\n", encoding="utf-8", newline="\n")
    torn = "This file is torn: it was a picture once. Your program must meet one some day.\n"
    (folder / "torn.jpg").write_text(torn, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
