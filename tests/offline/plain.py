"""A plain program, without a notebook or a check around it: it opens the kit's weights and looks at a picture."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from attempts import outcome

from dojo.vision import load_model, weights


def main(folder: Path) -> dict[str, Any]:
    folder.mkdir()
    os.environ["DOJO_WORKSPACE"] = str(folder)
    from dojo.desk import draw_scene

    model = load_model(weights("detect"))
    found = model.predict(draw_scene(1).image, imgsz=320, verbose=False)[0]
    return {
        "found": len(found.boxes),
        "other task": outcome(lambda: load_model(weights("detect"), "pose")),
        "download": outcome(lambda: type(model)("yolo26n.pt")),
    }
