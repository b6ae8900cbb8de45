"""The desk world: pictures of a desk and the things on it, drawn by seed, with the box of everything known."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dojo.desk.colours import BADGES, PAINTS
    from dojo.desk.light import LIGHTS
    from dojo.desk.scene import Badge, Scene, Thing, draw_scene
    from dojo.desk.things import KINDS

__all__ = ["BADGES", "KINDS", "LIGHTS", "PAINTS", "Badge", "Scene", "Thing", "draw_scene"]

_HOMES = {"BADGES": "colours", "PAINTS": "colours", "LIGHTS": "light", "KINDS": "things"}


def __getattr__(name: str) -> Any:
    """Fetch a public name on first use: drawing needs OpenCV, which takes a moment and a system library."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    from dojo.vision import opencv

    opencv()
    value = getattr(import_module(f"{__name__}.{_HOMES.get(name, 'scene')}"), name)
    globals()[name] = value
    return value
