"""From a mask to one polygon: along the edges of its pixels, as YOLO's label files want it."""

import cv2
import numpy as np
from numpy.typing import NDArray

Polygon = NDArray[np.float32]  # (points, 2), x and y in pixels from the picture's left and top edges

_SLACK = 0.75  # pixels; a little more than the 0.71 by which the steps of a slanting edge stand out


def outline(mask: NDArray[np.bool_]) -> Polygon:
    """A polygon round the true pixels of a mask (h, w), with just their bounds; empty where there are none.

    Pieces and holes are joined to the largest piece by seams, there and back along the same line, so that a filled
    polygon (even-odd, as cv2.fillPoly does it) has them too.
    """
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if not len(rows):
        return np.zeros((0, 2), np.float32)
    top, left = int(rows[0]), int(columns[0])
    cut = mask[top : rows[-1] + 1, left : columns[-1] + 1].astype(np.uint8)
    # At twice the size each pixel has four cells, and each cell of the rim lies at a corner of its pixel.
    fine = cv2.resize(cut, None, fx=2, fy=2, interpolation=cv2.INTER_NEAREST)
    found, _ = cv2.findContours(fine, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    rings = [_thin((contour.reshape(-1, 2) + 1) // 2) for contour in found]
    rings.sort(key=len, reverse=True)
    joined = rings[0]
    for ring in rings[1:]:
        joined = _seam(joined, ring)
    polygon: Polygon = (joined + np.array((left, top))).astype(np.float32)
    return polygon


def _thin(ring: NDArray[np.int32]) -> NDArray[np.int32]:
    """The ring with fewer points, none of which is farther than the slack from where it ran; its bounds are kept."""
    ends = sorted({int(i) for axis in (0, 1) for i in (ring[:, axis].argmin(), ring[:, axis].argmax())})
    pieces = []
    for start, stop in zip(ends, [*ends[1:], ends[0] + len(ring)], strict=True):
        piece = np.take(ring, range(start, stop + 1), axis=0, mode="wrap")
        pieces.append(cv2.approxPolyDP(piece.reshape(-1, 1, 2), _SLACK, False).reshape(-1, 2)[:-1])
    return np.concatenate(pieces)


def _seam(polygon: NDArray[np.int32], ring: NDArray[np.int32]) -> NDArray[np.int32]:
    """The polygon with a detour: over the shortest way to the ring, round it, and back."""
    apart = ((polygon[:, None] - ring[None]) ** 2).sum(axis=2)
    here, there = np.unravel_index(int(apart.argmin()), apart.shape)
    detour = np.concatenate([np.roll(ring, -int(there), axis=0), ring[there : there + 1]])
    return np.concatenate([polygon[: here + 1], detour, polygon[here:]])
