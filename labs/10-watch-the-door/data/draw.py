"""Draws the clip of this lab again: python labs/10-watch-the-door/data/draw.py [FOLDER]

Not needed for the lab. The clip lies here so that everybody watches the same pixels: another version of OpenCV draws
others.
"""

import json
import sys
from pathlib import Path

from dojo.desk import draw_clip, write_clip

SEED, FRAMES, FPS = 3, 120, 5
# Flat light, without noise: so the clip stays small. The lesson shows what noise does.


def draw_all(folder: Path) -> None:
    """Write door.webm, and door.json with what is true of it."""
    clip = draw_clip(SEED, frames=FRAMES, fps=FPS, story="door", light="flat")
    write_clip(folder / "door.webm", clip, FPS)
    visits = [
        {"first_s": visit.first / FPS, "last_s": visit.last / FPS}
        for visit in sorted(clip.visits(), key=lambda visit: visit.first)
    ]
    badges = ["green badge", "red badge", "no badge"]  # read off the picture by a person
    for visit, badge in zip(visits, badges, strict=True):
        visit["badge"] = badge
    truth = {"fps": FPS, "frames": FRAMES, "seed": SEED, "visits": visits}
    (folder / "door.json").write_text(json.dumps(truth, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    draw_all(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
