"""Libraries whose import takes seconds: a nursery imports them for the assignments that use them, and for no others.

A fork copies the tables of all its parent's memory, and each child pays again for what it touches of it; torch,
imported for a lab that never names it, would make each submission a tenth slower. What a nursery has is told by the
assignment alone, never by what its students write: a library may set how arrays are printed, and a submission must not
come out otherwise because of another one.
"""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["needed"]

_MODEL = ("YOLO", "load_model")
# By module, words in a lab's code that ask for it. One that is missed is imported by each child, slowly.
_WORDS = {
    "torch": ("torch", "ultralytics", *_MODEL),
    "torchvision": ("torchvision", *_MODEL),
    "ultralytics": ("ultralytics", *_MODEL),
    "ultralytics.models.yolo": ("ultralytics.models", *_MODEL),
    "onnxruntime": ("onnxruntime", *_MODEL),
    "matplotlib.pyplot": ("matplotlib", "pyplot"),
}


def needed(texts: Iterable[str]) -> tuple[str, ...]:
    """The modules that the code of an assignment asks for, in the order in which they are imported."""
    code = list(texts)
    return tuple(name for name, words in _WORDS.items() if any(word in text for text in code for word in words))
