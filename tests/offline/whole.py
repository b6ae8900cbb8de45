"""What a lab does with ultralytics, all of it: train, validate, predict and save, track, plot, and three downloads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from attempts import outcome

from dojo.offline import keep_home


def main(folder: Path) -> dict[str, Any]:
    keep_home(folder)
    from ultralytics import YOLO

    from dojo.desk import draw_scene, write_dataset

    data = write_dataset(folder / "desk", train=4, val=2, test=0)
    model = YOLO("yolo26n.yaml")
    model.train(data=str(data), epochs=1, imgsz=64, batch=2, workers=0, verbose=False)
    scores = model.val(data=str(data), imgsz=64, workers=0, verbose=False)
    pictures = [draw_scene(seed).image for seed in (1, 2)]
    results = model.predict(pictures, imgsz=64, save=True, verbose=False)
    for picture in pictures:
        model.track(picture, imgsz=64, persist=True, tracker="bytetrack.yaml", verbose=False)
    return {
        "plotted": list(results[0].plot(pil=True).size),
        "scores": sorted(scores.results_dict),
        "downloads": [
            outcome(lambda: YOLO("yolo26n.pt")),
            outcome(lambda: model.val(data="coco8.yaml")),
            outcome(lambda: model.predict("https://example.org/a.jpg")),
        ],
    }
