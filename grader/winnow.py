"""Fingerprints of a row of words, such that two rows that share a long enough passage share a fingerprint.

Winnowing, after S. Schleimer, D. S. Wilkerson and A. Aiken, "Winnowing: Local Algorithms for Document Fingerprinting",
SIGMOD 2003: of each `WINDOW` neighbouring hashes of `SIZE` words the smallest is kept, the rightmost where several are.
So a passage of `SIZE + WINDOW - 1` words is always found, and one shorter than `SIZE` never.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterator, Sequence

__all__ = ["SIZE", "WINDOW", "fingerprints"]

SIZE = 12
WINDOW = 5


def fingerprints(words: Sequence[str], size: int = SIZE, window: int = WINDOW) -> Iterator[tuple[int, int]]:
    """(fingerprint, place of its first word) of a row of words; none of a row that is shorter than `size`."""
    hashes = [_hash(words[at : at + size]) for at in range(len(words) - size + 1)]
    smallest: deque[int] = deque()
    kept = -1
    for at, value in enumerate(hashes):
        while smallest and hashes[smallest[-1]] >= value:
            smallest.pop()
        smallest.append(at)
        if smallest[0] <= at - window:
            smallest.popleft()
        # A row with fewer hashes than a window still has one fingerprint.
        if (at >= window - 1 or at == len(hashes) - 1) and smallest[0] != kept:
            kept = smallest[0]
            yield hashes[kept], kept


def _hash(words: Sequence[str]) -> int:
    # Not Python's own: that differs from run to run, and so would the list of pairs.
    return int.from_bytes(hashlib.blake2b("\0".join(words).encode("utf-8", "replace"), digest_size=8).digest(), "big")
