"""Kept answers: whole or not there, bounded, and never in anybody's way."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dojo.door.classroom.answers import NDJSON, Given
from dojo.door.classroom.cache import Cache, clear_folder

ROOT = Path(__file__).parent.parent.parent
STREAM = Given(200, NDJSON, (b'{"response":"\xc3\xa9"}\n', b'{"done":true}\n'))
KEYS = [f"{number:02x}" * 32 for number in range(40)]


def big(size: int) -> Given:
    return Given(200, "application/json", (b"x" * size,))


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_stream_comes_back_in_its_pieces_also_after_a_restart(tmp_path: Path) -> None:
    Cache(tmp_path, 100_000).put(KEYS[0], STREAM)
    again = Cache(tmp_path, 100_000)
    assert (again.get(KEYS[0]), again.get(KEYS[1])) == (STREAM, None)


def test_the_least_recently_used_goes_first_and_the_disk_stays_bounded(tmp_path: Path) -> None:
    cache = Cache(tmp_path, 5 * 8192)
    for key in KEYS[:5]:
        cache.put(key, big(5000))
    assert cache.get(KEYS[0]) is not None  # used again, so the second is the oldest
    cache.put(KEYS[5], big(5000))
    assert [key for key in KEYS[:6] if cache.get(key) is None] == [KEYS[1]]
    for key in KEYS:
        cache.put(key, big(5000))
        assert cache.bytes <= 5 * 8192
    assert len(files(tmp_path)) == 5


def test_what_was_used_last_is_known_after_a_restart(tmp_path: Path) -> None:
    cache = Cache(tmp_path, 100_000)
    for number, key in enumerate(KEYS[:3]):
        cache.put(key, big(5000))
        os.utime(cache._path(key), (number, number))
    cache.get(KEYS[0])
    smaller = Cache(tmp_path, 8192)
    assert [key for key in KEYS[:3] if smaller.get(key)] == [KEYS[0]]


def test_one_that_is_larger_than_all_room_is_not_kept(tmp_path: Path) -> None:
    cache = Cache(tmp_path, 8192)
    cache.put(KEYS[0], big(100))
    cache.put(KEYS[1], big(9000))
    assert (cache.get(KEYS[0]) is None, cache.get(KEYS[1])) == (False, None)


@pytest.mark.parametrize("damage", [b"", b"{}", b"\xff\xfe", b'{"status":200,"kind":"a","sha256":"0"}\nx', b"[]\n"])
def test_a_broken_entry_is_a_miss_and_goes(damage: bytes, tmp_path: Path) -> None:
    cache = Cache(tmp_path, 100_000)
    cache.put(KEYS[0], STREAM)
    cache._path(KEYS[0]).write_bytes(damage)
    assert cache.get(KEYS[0]) is None
    assert files(tmp_path) == []
    cache.put(KEYS[0], STREAM)
    assert cache.get(KEYS[0]) == STREAM


def test_a_crash_in_the_middle_leaves_nothing_that_is_read(tmp_path: Path) -> None:
    program = (
        "import os, pathlib, sys\n"
        "from dojo.door.classroom.cache import Cache\nfrom dojo.door.classroom.answers import Given\n"
        "pathlib.Path.replace = lambda *_: os._exit(9)\n"
        "Cache(pathlib.Path(sys.argv[1]), 10**6).put('ab' * 32, Given(200, 'a', (b'x',)))\n"
    )
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path)], cwd=ROOT, check=False)
    assert done.returncode == 9
    assert len(files(tmp_path)) == 1
    assert Cache(tmp_path, 10**6).get("ab" * 32) is None
    assert files(tmp_path) == []


def test_a_disk_without_room_keeps_nothing_and_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Cache(tmp_path, 100_000)
    write = Path.write_bytes

    def half(self: Path, data: bytes) -> int:
        write(self, data[:3])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", half)
    cache.put(KEYS[0], STREAM)
    assert cache.trouble == f"answers can't be kept in {tmp_path} (No space left on device)"
    assert (cache.get(KEYS[0]), files(tmp_path)) == (None, [])
    monkeypatch.undo()
    cache.put(KEYS[0], STREAM)
    assert (cache.trouble, cache.get(KEYS[0])) == ("", STREAM)


def test_a_folder_that_cannot_be_made_keeps_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = Cache(tmp_path / "file", 100_000)
    cache.put(KEYS[0], STREAM)
    assert "Not a directory" in cache.trouble
    assert cache.get(KEYS[0]) is None


def test_it_is_cleared_by_itself_and_behind_its_back(tmp_path: Path) -> None:
    cache = Cache(tmp_path, 100_000)
    for key in KEYS[:3]:
        cache.put(key, STREAM)
    assert clear_folder(tmp_path) == 3
    assert [cache.get(key) for key in KEYS[:3]] == [None] * 3
    assert cache.bytes == 0
    cache.put(KEYS[0], STREAM)
    assert (cache.clear(), cache.bytes, len(cache), files(tmp_path)) == (1, 0, 0, [])
