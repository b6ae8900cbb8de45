"""The desk world: pictures and clips of the things on a desk, drawn by seed, with the place of everything known."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dojo.desk.clip import Clip, Frame, Track, Visit, draw_clip
    from dojo.desk.colours import BADGES, PAINTS
    from dojo.desk.crossings import Crossing, find_crossings
    from dojo.desk.dataset import write_dataset
    from dojo.desk.labels import TASKS
    from dojo.desk.light import LIGHTS
    from dojo.desk.pose import JOINTS
    from dojo.desk.records import Badge, Joint, Scene, Thing
    from dojo.desk.scene import STYLES, draw_scene
    from dojo.desk.stories import STORIES
    from dojo.desk.things import KINDS
    from dojo.desk.video import read_clip, write_clip

_HOMES = {
    "BADGES": "colours",
    "JOINTS": "pose",
    "KINDS": "things",
    "LIGHTS": "light",
    "PAINTS": "colours",
    "STORIES": "stories",
    "STYLES": "scene",
    "TASKS": "labels",
    "Badge": "records",
    "Clip": "clip",
    "Crossing": "crossings",
    "Frame": "clip",
    "Joint": "records",
    "Scene": "records",
    "Thing": "records",
    "Track": "clip",
    "Visit": "clip",
    "draw_clip": "clip",
    "draw_scene": "scene",
    "find_crossings": "crossings",
    "read_clip": "video",
    "write_clip": "video",
    "write_dataset": "dataset",
}

__all__ = [
    "BADGES",
    "JOINTS",
    "KINDS",
    "LIGHTS",
    "PAINTS",
    "STORIES",
    "STYLES",
    "TASKS",
    "Badge",
    "Clip",
    "Crossing",
    "Frame",
    "Joint",
    "Scene",
    "Thing",
    "Track",
    "Visit",
    "draw_clip",
    "draw_scene",
    "find_crossings",
    "read_clip",
    "write_clip",
    "write_dataset",
]


def __getattr__(name: str) -> Any:
    """Fetch a public name on first use: drawing needs OpenCV, which takes a moment and a system library."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    from dojo.vision import opencv

    opencv()
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
