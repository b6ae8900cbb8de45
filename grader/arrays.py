"""NumPy arrays and scalars, tensors of torch and Pillow images as bytes: the part of the wire that holds many numbers.

Nothing is imported for a value that is written.
"""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from grader.wire import Decoder, Encoder

__all__ = ["READERS", "content", "fill", "write"]

_DTYPE = re.compile(
    r"[<>|=](?:b1|[iu][1248]|f(?:2|4|8|16)|c(?:8|16|32)|[SU]\d{1,7}|[mM]8(?:\[\d{0,4}[A-Za-zμ]{1,7}\])?)\Z"
)
_DIMENSIONS = 32
_TENSORS = {
    **{name: name for name in ("uint8", "int8", "int16", "int32", "int64", "float16", "float32", "float64")},
    "bool": "bool",
    "complex64": "complex64",
    "complex128": "complex128",
    "bfloat16": "int16",
}
# Bytes of a pixel for each mode that Pillow can make from bytes; "1" has eight pixels in one byte.
_MODES = {"1": 0, "L": 1, "P": 1, "LA": 2, "PA": 2, "RGB": 3, "YCbCr": 3, "LAB": 3, "HSV": 3}
_MODES |= {"RGBA": 4, "RGBX": 4, "RGBa": 4, "La": 2, "CMYK": 4, "I": 4, "F": 4, "I;16": 2, "I;16L": 2, "I;16B": 2}


def write(to: Encoder, value: Any) -> bool:
    """Write an array, a scalar, a tensor or an image; False if the value is none of them, or none that can cross."""
    kind = type(value)
    numpy = sys.modules.get("numpy")
    if numpy is not None and issubclass(kind, numpy.ndarray):
        return _write_array(to, numpy.ndarray.view(value, numpy.ndarray), value)
    if numpy is not None and issubclass(kind, numpy.generic):
        return _write_scalar(to, value)
    if numpy is not None and issubclass(kind, numpy.dtype):
        return _write_dtype(to, value)
    torch = sys.modules.get("torch")
    if torch is not None and issubclass(kind, getattr(torch, "Tensor", ())):
        return _write_tensor(to, value)
    if torch is not None and kind is getattr(torch, "dtype", None):
        to.tag("y")
        to.text(str(value).removeprefix("torch."))
        return True
    pillow = sys.modules.get("PIL.Image")
    if pillow is not None and issubclass(kind, getattr(pillow, "Image", ())):
        return _write_image(to, value)
    return False


def content(array: Any) -> tuple[Any, tuple[int, ...], bytes]:
    """An array's dtype, shape and bytes in C order, to see later whether it has changed."""
    return array.dtype, array.shape, array.tobytes()


def fill(array: Any, fresh: Any) -> bool:
    """Put the content of one array into another of the same dtype and shape; False if they differ in these."""
    if array.dtype != fresh.dtype or array.shape != fresh.shape:
        return False
    writeable = array.flags.writeable
    if not writeable:
        return False
    array[...] = fresh
    return True


def _known(dtype: Any) -> bool:
    return dtype.names is None and dtype.subdtype is None and bool(_DTYPE.match(dtype.str))


def _write_array(to: Encoder, array: Any, value: Any) -> bool:
    if not _known(array.dtype):
        return False
    window = to.others.window_of(array)
    if window is not None:
        to.tag("W")
        to.new_container(value)
        for part in (int(window[0]), *window[1:]):
            to.number(part)
        _write_form(to, array)
        for stride in array.strides:
            to.value(stride)
        return True
    turned = array.flags.f_contiguous and not array.flags.c_contiguous
    to.tag("a")
    to.new_container(value)
    _write_form(to, array)
    to.number(int(turned) + 2 * int(array.flags.c_contiguous) + 4 * int(array.flags.writeable))
    to.raw(array.tobytes("F" if turned else "C"))
    return True


def _write_form(to: Encoder, array: Any) -> None:
    to.text(array.dtype.str)
    to.number(array.ndim)
    for size in array.shape:
        to.number(size)


def _read_form(source: Decoder) -> tuple[Any, tuple[int, ...]]:
    import numpy as np

    dtype = np.dtype(_checked(source.text()))
    dimensions = source.number()
    if dimensions > _DIMENSIONS:
        raise ValueError("too many dimensions")
    return dtype, tuple(source.number() for _ in range(dimensions))


def _checked(name: str) -> str:
    if not _DTYPE.match(name):
        raise ValueError("no dtype that can cross")
    return name


def _read_array(source: Decoder) -> Any:
    dtype, shape = _read_form(source)
    flags, data = source.number(), source.raw()
    array = _array(dtype, shape, data, "F" if flags & 1 else "C")
    array.flags.writeable = bool(flags & 4)
    source.new_container(array)
    return array


def _array(dtype: Any, shape: tuple[int, ...], data: memoryview, order: Any = "C") -> Any:
    """A new array of these bytes; their number is right before anything is reserved for it."""
    import numpy as np

    if math.prod(shape) * dtype.itemsize != len(data):
        raise ValueError("an array has more or fewer bytes than its shape")
    array = np.empty(shape, dtype, order)
    if len(data):
        flat = np.frombuffer(data, np.uint8)
        array.reshape(-1, order="A").view(np.uint8)[:] = flat
    return _sound(array)


def _sound(array: Any) -> Any:
    """The array with nothing in it that NumPy would never make: truths other than 0 and 1, letters beyond the last."""
    import numpy as np

    if array.dtype.kind == "b":
        bits = array.view(np.uint8)
        np.not_equal(bits, 0, out=array)
    elif array.dtype.kind == "U" and array.size and array.dtype.itemsize:
        letters = array.reshape(-1, order="A").view(array.dtype.byteorder.replace("|", "=") + "u4")
        if int(letters.max()) > 0x10FFFF:
            raise ValueError("a letter beyond the last")
    return array


def _read_window(source: Decoder) -> Any:
    import numpy as np

    mine, number, offset = source.number(), source.number(), source.number()
    dtype, shape = _read_form(source)
    strides = tuple(source.value() for _ in shape)
    root = source.others.twin(not mine, number)
    if not isinstance(root, np.ndarray) or not root.flags.c_contiguous or root.dtype != dtype:
        raise ValueError("no array to look into")
    if not all(type(stride) is int for stride in strides):
        raise ValueError("a stride is a whole number")
    window: Any = np.ndarray(shape, dtype, root.reshape(-1), offset, strides) if root.size else np.empty(shape, dtype)
    source.new_container(window)
    return window


def _write_scalar(to: Encoder, value: Any) -> bool:
    if not _known(value.dtype):
        return False
    to.tag("n")
    to.text(value.dtype.str)
    to.raw(value.tobytes())
    return True


def _read_scalar(source: Decoder) -> Any:
    import numpy as np

    dtype = np.dtype(_checked(source.text()))
    return _array(dtype, (), source.raw())[()]


def _write_dtype(to: Encoder, value: Any) -> bool:
    if not _known(value):
        return False
    to.tag("u")
    to.text(value.str)
    return True


def _read_dtype(source: Decoder) -> Any:
    import numpy as np

    return np.dtype(_checked(source.text()))


def _torch() -> Any:
    try:
        import torch
    except ImportError:
        raise ValueError("torch is not here") from None
    return torch


def _write_tensor(to: Encoder, value: Any) -> bool:
    torch = _torch()
    name = str(value.dtype).removeprefix("torch.")
    if name not in _TENSORS or value.layout is not torch.strided or value.device.type != "cpu":
        return False
    plain = value.detach().contiguous().resolve_conj().resolve_neg()
    if name == "bfloat16":
        plain = plain.view(torch.int16)
    array = plain.numpy()
    to.tag("w")
    to.new_container(value)
    to.text(name)
    to.number(int(value.requires_grad))
    _write_form(to, array)
    to.raw(array.tobytes())
    return True


def _read_tensor(source: Decoder) -> Any:
    torch = _torch()
    name, wants_grad = source.text(), source.number()
    dtype, shape = _read_form(source)
    if _TENSORS.get(name) != dtype.name:
        raise ValueError("a tensor's type and its bytes differ")
    tensor = torch.from_numpy(_array(dtype, shape, source.raw()))
    if name == "bfloat16":
        tensor = tensor.view(torch.bfloat16)
    if wants_grad:
        if not (tensor.is_floating_point() or tensor.is_complex()):
            raise ValueError("only a tensor of fractions has a gradient")
        tensor.requires_grad_(True)
    source.new_container(tensor)
    return tensor


def _read_torch_dtype(source: Decoder) -> Any:
    name = source.text()
    if name not in _TENSORS:
        raise ValueError("no type of torch")
    return getattr(_torch(), name)


def _write_image(to: Encoder, value: Any) -> bool:
    if value.mode not in _MODES:
        return False
    to.tag("I")
    to.remember(value)
    to.text(value.mode)
    to.number(value.width)
    to.number(value.height)
    to.raw(value.tobytes())
    palette = value.getpalette("RGB") if value.mode in ("P", "PA") else None
    to.raw(bytes(palette or b""))
    return True


def _read_image(source: Decoder) -> Any:
    try:
        import PIL.Image
    except ImportError:
        raise ValueError("Pillow is not here") from None
    mode, width, height = source.text(), source.number(), source.number()
    data, palette = bytes(source.raw()), bytes(source.raw())
    if mode not in _MODES or len(palette) > 768:
        raise ValueError("no picture that can cross")
    line = width * _MODES[mode] if _MODES[mode] else (width + 7) // 8
    if line * height != len(data) or width > 1 << 26 or height > 1 << 26:
        raise ValueError("a picture has more or fewer bytes than its size")
    image = PIL.Image.frombytes(mode, (width, height), data) if data else PIL.Image.new(mode, (width, height))
    if palette:
        image.putpalette(palette, "RGB")
    source.remember(image)
    return image


READERS: dict[str, Callable[[Decoder], Any]] = {
    "a": _read_array,
    "W": _read_window,
    "n": _read_scalar,
    "u": _read_dtype,
    "w": _read_tensor,
    "y": _read_torch_dtype,
    "I": _read_image,
}
