"""Draw the desks of lab 12 and measure what the shipped weights say of them:
`python labs/12-yolo-in-ten-lines/data/draw.py 2026-11-24`, in the repository, with the day on which you do it.

The desks are drawn by the painter inside the kit, so nobody's desk is on them. Another version of OpenCV or numpy draws
other desks: then choose seeds again on which all three networks are sure, and nothing lies near a threshold.
"""

import hashlib
import json
import sys
from collections import Counter
from pathlib import Path

import cv2
import numpy as np
import onnxruntime
import ultralytics

from dojo import load, load_model, weights
from dojo.desk import draw_scene

FOLDER = Path(__file__).parent
OPTIONS = {"imgsz": 320, "rect": False, "conf": 0.25, "iou": 0.7, "nms": None}
DESKS = {
    "desk-1.jpg": (92, (480, 300), ["figure", "cup", "cup", "book", "phone", "bottle"]),
    "desk-2.jpg": (4, (320, 240), ["figure", "cup", "ball", "book", "book"]),
    "desk-3.jpg": (0, (240, 320), ["figure", "figure", "cup", "ball"]),
}


def of_the_lab():
    """The lab's own functions, from its source beside this folder: its helpers, and the solutions that are needed."""
    from dojo.notebook import read_lab

    space = {"__name__": "lab12", "RECORDED": None, "cv2": cv2, "np": np, "weights": weights}
    wanted = {"helpers", "mask_fraction", "hand_up"}
    for cell in read_lab(FOLDER.parent / "lab.py").cells:
        if cell.name in wanted:
            lines = [line for line in cell.source.splitlines() if not line.startswith(("RECORDED", "TRUTH", "NAMES"))]
            exec("import functools, json, math\n" + "\n".join(lines), space)  # our own file
    return space


def main():
    lab, today = of_the_lab(), sys.argv[1]
    models = {task: load_model(weights(task)) for task in ("detect", "segment", "pose")}
    truth = {"about": "What the painter painted: seed, counts, each kind's share of the picture, raised hands."}
    said, tables = {}, {}
    for name, (seed, size, kinds) in DESKS.items():
        scene = draw_scene(seed, size=size, kinds=kinds)
        (FOLDER / name).write_bytes(cv2.imencode(".jpg", scene.image, [cv2.IMWRITE_JPEG_QUALITY, 92])[1].tobytes())
        image = load(FOLDER / name)
        shares = Counter()
        for thing, mask in zip(scene.things, scene.masks(), strict=True):
            shares[thing.kind] += float(mask.mean())
        truth[name] = {
            "seed": seed,
            "size": size,
            "things": len(scene.things),
            "counts": dict(Counter(thing.kind for thing in scene.things)),
            "shares": {kind: round(share, 5) for kind, share in shares.items()},
            "hands_up": sum(thing.hand_up for thing in scene.things),
            "boxes": [[thing.kind, *thing.box] for thing in scene.things],
        }
        found = {task: model.predict(image, **OPTIONS, verbose=False)[0] for task, model in models.items()}
        lab["NAMES"] = names = {int(kind): word for kind, word in found["detect"].names.items()}
        boxes, joints, shares = found["detect"].boxes, found["pose"], Counter()
        for mask, kind in zip(found["segment"].masks.data.numpy(), found["segment"].boxes.cls.tolist(), strict=True):
            shares[names[int(kind)]] += lab["mask_fraction"](mask, size)
        pose = [
            {"conf": round(conf, 4), "joints": [[round(x, 1), round(y, 1), round(score, 3)] for x, y, score in rows]}
            for conf, rows in zip(joints.boxes.conf.tolist(), joints.keypoints.data.tolist(), strict=True)
        ]
        low = {**OPTIONS, "conf": 0.05, "verbose": False}
        said[name] = {
            "detect": [
                {"name": names[int(kind)], "conf": round(conf, 4), "box": [round(number, 2) for number in box]}
                for box, conf, kind in zip(boxes.xyxy.tolist(), boxes.conf.tolist(), boxes.cls.tolist(), strict=True)
            ],
            "shares": {kind: round(share, 4) for kind, share in shares.items()},
            "pose": pose,
            "hands": [bool(lab["hand_up"](one["joints"], 0.5)) for one in pose],
            "lowest_score_from_0.05_on": {
                task: round(float(model.predict(image, **low)[0].boxes.conf.min()), 3) for task, model in models.items()
            },
        }
        tables[name] = lab["run_net"]("detect", lab["fitted"](image))[0]
    files = {task: weights(task) for task in models}
    measured = {
        "about": "What the shipped weights really said of the three desks, through ultralytics. rows.npz holds the "
        "detector's output in the square of 320, through ONNX Runtime, after non-maximum suppression.",
        "date": today,
        "options": OPTIONS,
        "versions": {one.__name__: one.__version__ for one in (ultralytics, onnxruntime, cv2, np)},
        "files": {
            task: {"name": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
            for task, path in files.items()
        },
        "names": names,
        "pictures": said,
    }
    for name, content in (("desk.json", truth), ("measured.json", measured)):
        (FOLDER / name).write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    np.savez_compressed(FOLDER / "rows.npz", **tables)


if __name__ == "__main__":
    main()
