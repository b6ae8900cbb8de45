"""What a poor camera does to a picture: casts of colour, blur, noise, and the blocks of a strong JPEG."""

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from dojo.desk.light import grain

Picture = NDArray[np.uint8]


def spoil(picture: Picture, rng: np.random.Generator) -> Picture:
    """The picture (h, w, 3) as some camera would have sent it; nothing in it moves."""
    scale = min(picture.shape[1] / 320, picture.shape[0] / 240)
    picture = _recolour(picture, rng)
    luck = rng.random()
    if luck < 0.3:
        picture = cv2.GaussianBlur(picture, (0, 0), rng.uniform(0.3, 1.5) * scale)
    elif luck < 0.4:
        picture = cv2.filter2D(picture, -1, _shake(rng.uniform(2, 7) * scale, rng.uniform(0, math.pi)))
    if rng.random() < 0.35:
        picture = _noise(picture, rng)
    if rng.random() < 0.45:
        quality = int(rng.integers(20, 85))
        data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
        decoded = cv2.imdecode(data, cv2.IMREAD_COLOR)
        assert decoded is not None
        picture = decoded
    return picture


def _recolour(picture: Picture, rng: np.random.Generator) -> Picture:
    """Another brightness, contrast and white: v becomes gain * v ** gamma in each channel."""
    gamma = rng.uniform(0.75, 1.3)
    gains = rng.uniform(0.9, 1.12) * rng.uniform(0.86, 1.14, 3)
    lift = rng.uniform(0, 22)
    levels = (np.arange(256) / 255) ** gamma
    table = np.clip(lift + levels[:, None] * gains * (255 - lift), 0, 255).astype(np.uint8)
    recoloured: Picture = cv2.LUT(picture, table[None])
    return recoloured


def _shake(length: float, angle: float) -> NDArray[np.float32]:
    """The kernel of a camera that moved `length` pixels in the direction of `angle`, in radians."""
    half = max(1, math.ceil(length / 2))
    kernel = np.zeros((2 * half + 1, 2 * half + 1), np.float32)
    right, down = math.cos(angle) * length / 2, math.sin(angle) * length / 2
    start = (round((half - right) * 16), round((half - down) * 16))
    stop = (round((half + right) * 16), round((half + down) * 16))
    cv2.line(kernel, start, stop, 1.0, 1, cv2.LINE_8, 4)
    kernel /= kernel.sum()
    return kernel


def _noise(picture: Picture, rng: np.random.Generator) -> Picture:
    height, width = picture.shape[:2]
    noisy: Picture = cv2.addWeighted(picture, 1.0, grain(width, height, rng), rng.uniform(1, 9), 0.0, dtype=cv2.CV_8U)
    return noisy
