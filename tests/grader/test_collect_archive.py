"""Folders and zips that somebody else filled: what stands in `grader/archive.py`'s list of what is covered."""

from __future__ import annotations

import io
import os
import stat
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dojo.errors import DojoError
from grader.archive import Found, LeftOut, Limits, open_source

POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows knows no such files")


def _zip(path: Path, files: dict[str, bytes], method: int = zipfile.ZIP_STORED) -> Path:
    with zipfile.ZipFile(path, "w", method) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return path


def _look(path: Path, limits: Limits | None = None) -> tuple[dict[str, bytes], dict[str, str]]:
    """What can be read, and what was left out with the reason, both by path."""
    files: dict[str, bytes] = {}
    said: dict[str, str] = {}
    with open_source(path, limits) as source:
        said |= {"/".join(remark.parts): remark.said for remark in source.remarks}
        for found in source.files:
            try:
                files["/".join(found.parts)] = found.read()
            except LeftOut as reason:
                said["/".join(found.parts)] = str(reason)
    return files, said


@pytest.mark.parametrize(
    "name", ["../out.txt", "a/../../out.txt", "/etc/out.txt", "C:/out.txt", "C:out.txt", "\\\\host\\out", "..\\out.txt"]
)
def test_a_name_that_climbs_out_is_left_out(tmp_path: Path, name: str) -> None:
    files, said = _look(_zip(tmp_path / "a.zip", {name: b"x", "fine.txt": b"y"}))
    assert files == {"fine.txt": b"y"}
    assert list(said.values()) == ["leads out of its folder"]


def test_odd_names_are_written_so_that_every_disk_takes_them(tmp_path: Path) -> None:
    names = {
        "con.txt": b"1",
        'a<b>:"|?*.txt': b"2",
        "end. ": b"3",
        "x" * 300 + ".ipynb": b"4",
        "a\x07b\u202e.txt": b"5",
    }
    files, _ = _look(_zip(tmp_path / "a.zip", names))
    assert set(files) == {"_con.txt", "a_b______.txt", "end", "x" * 120 + ".ipynb", "a_b_.txt"}


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    names=st.lists(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1, max_size=12)
    )
)
def test_any_names_at_all_stay_inside(tmp_path: Path, names: list[str]) -> None:
    root = tmp_path / "out"
    files, _ = _look(_zip(tmp_path / "a.zip", dict.fromkeys(names, b"x")))
    for name in files:
        target = (root / name).resolve()
        assert target.is_relative_to(root.resolve())
        assert target != root.resolve()
        assert not any(part.startswith(".") for part in target.relative_to(root.resolve()).parts)


def test_of_two_names_that_a_disk_may_take_for_one_the_first_is_used(tmp_path: Path) -> None:
    files, said = _look(
        _zip(tmp_path / "a.zip", {"Lab.ipynb": b"1", "lab.ipynb": b"2", "e\u0301": b"3", "\u00e9": b"4"})
    )
    assert sorted(files.values()) == [b"1", b"3"]
    assert set(said.values()) == {"stands there twice; the first is used"}


def test_clutter_of_systems_and_editors_is_skipped_without_a_word(tmp_path: Path) -> None:
    clutter = (
        "__MACOSX/._a",
        ".DS_Store",
        "a/.ipynb_checkpoints/a-checkpoint.ipynb",
        "a/__pycache__/x.pyc",
        "Thumbs.db",
    )
    assert _look(_zip(tmp_path / "a.zip", dict.fromkeys(clutter, b"x"))) == ({}, {})


@POSIX
def test_links_are_never_followed_in_a_folder_or_in_a_zip(tmp_path: Path) -> None:
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "s.txt").write_text("TOP")
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "file").symlink_to(tmp_path / "secret" / "s.txt")
    (folder / "dir").symlink_to(tmp_path / "secret")
    files, said = _look(folder)
    assert files == {}
    assert set(said.values()) == {"is a symbolic link, which is not followed"}
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as packed:
        link = zipfile.ZipInfo("link")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        packed.writestr(link, str(tmp_path / "secret" / "s.txt"))
    assert _look(tmp_path / "a.zip") == ({}, {"link": "is a symbolic link, which is not followed"})


@POSIX
def test_a_file_or_folder_that_becomes_a_link_before_it_is_read_gives_nothing(tmp_path: Path) -> None:
    for place in ("in/sub/a.txt", "in/b.txt", "secret/a.txt"):
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_text("TOP" if place.startswith("secret") else "mine")
    with open_source(tmp_path / "in", own=False) as source:
        found = {"/".join(one.parts): one for one in source.files}
        (tmp_path / "in" / "sub").rename(tmp_path / "in" / "old")
        (tmp_path / "in" / "sub").symlink_to(tmp_path / "secret")
        (tmp_path / "in" / "b.txt").unlink()
        (tmp_path / "in" / "b.txt").symlink_to(tmp_path / "secret" / "a.txt")
        for one in found.values():
            with pytest.raises(LeftOut):
                one.read()
    (tmp_path / "link").symlink_to(tmp_path / "secret")
    with open_source(tmp_path / "link", own=False) as source:
        assert source.files == []
    with open_source(tmp_path / "link") as source:
        assert [one.parts for one in source.files] == [("a.txt",)]


@POSIX
def test_pipes_are_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert _look(tmp_path) == ({}, {"pipe": "is no ordinary file"})


@POSIX
def test_a_file_that_cant_be_read_costs_only_itself(tmp_path: Path) -> None:
    (tmp_path / "fine").write_text("x")
    (tmp_path / "closed").write_text("x")
    (tmp_path / "closed").chmod(0)
    files, said = _look(tmp_path)
    if os.geteuid():
        assert said == {"closed": "can't be read (Permission denied)"}
    assert files["fine"] == b"x"


def test_zips_are_opened_once_and_no_further(tmp_path: Path) -> None:
    deepest = _zip(tmp_path / "c.zip", {"c.txt": b"c"}).read_bytes()
    middle = _zip(tmp_path / "b.zip", {"b.txt": b"b", "c.zip": deepest}).read_bytes()
    files, said = _look(_zip(tmp_path / "a.zip", {"a.txt": b"a", "b.zip": middle}))
    assert files == {"a.txt": b"a", "b.zip/b.txt": b"b"}
    assert said == {"b.zip/c.zip": "is a zip that lies too deep to be opened; ask for the notebook itself"}


def test_bombs_are_counted_while_they_are_unpacked(tmp_path: Path) -> None:
    limits = Limits(file=1 << 20, total=3 << 20)
    bomb = _zip(tmp_path / "a.zip", {"huge": bytes(50 << 20), "small": b"x"}, zipfile.ZIP_DEFLATED)
    assert bomb.stat().st_size < 100_000
    assert _look(bomb, limits) == ({"small": b"x"}, {"huge": "holds more than 1 MB"})
    many = _zip(tmp_path / "b.zip", {f"{n}": bytes(1 << 20) for n in range(9)}, zipfile.ZIP_DEFLATED)
    files, said = _look(many, limits)
    assert len(files) == 3
    assert set(said.values()) == {"is beyond the 3 MB that are unpacked in one go"}
    nested = _zip(tmp_path / "c.zip", {"in.zip": bomb.read_bytes()})
    assert _look(nested, limits) == ({"in.zip/small": b"x"}, {"in.zip/huge": "holds more than 1 MB"})


def test_a_zip_that_lies_about_its_sizes_is_damaged_not_believed(tmp_path: Path) -> None:
    path = _zip(tmp_path / "a.zip", {"huge": bytes(5 << 20)}, zipfile.ZIP_DEFLATED)
    content = bytearray(path.read_bytes())
    at = content.rindex(b"PK\x01\x02")
    struct.pack_into("<I", content, at + 24, 10)
    path.write_bytes(content)
    files, said = _look(path, Limits(file=1 << 20))
    assert files == {}
    assert said["huge"].startswith("is damaged (")


def test_numbers_of_files_and_depth_have_limits(tmp_path: Path) -> None:
    inner = _zip(tmp_path / "in.zip", {f"{n}": b"" for n in range(60)}).read_bytes()
    _, said = _look(_zip(tmp_path / "a.zip", {"in.zip": inner}), Limits(members=50))
    assert said == {"in.zip": "holds more than 50 files"}
    _, said = _look(_zip(tmp_path / "b.zip", {f"{n}": b"" for n in range(9)}), Limits(files=7))
    assert set(said.values()) == {"is beyond the first 7 files"}
    _, said = _look(_zip(tmp_path / "c.zip", {"d/" * 40 + "x": b""}))
    assert said == {"d/d/d": "lies more than 12 folders deep"}


def test_an_encrypted_or_broken_member_is_one_remark_and_the_rest_is_read(tmp_path: Path) -> None:
    path = _zip(tmp_path / "a.zip", {"locked": b"x" * 50, "torn": b"y" * 50, "fine": b"z"})
    content = bytearray(path.read_bytes())
    for mark, shift in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + shift] |= 1
    content[content.index(b"y" * 50)] ^= 0xFF
    path.write_bytes(content)
    files, said = _look(path)
    assert files == {"fine": b"z"}
    assert said["locked"] == "is encrypted; ask for it without a password"
    assert said["torn"].startswith("is damaged (Bad CRC-32")


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, 10_000), put=st.binary(min_size=1, max_size=8))
def test_a_damaged_zip_is_one_sentence_or_remarks(tmp_path: Path, at: int, put: bytes) -> None:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in ("a/lab.ipynb", "b/lab.ipynb", "c.zip"):
            packed.writestr(name, b"hello" * 40)
    content = whole.getvalue()
    at %= len(content)
    (tmp_path / "a.zip").write_bytes(content[:at] + put + content[at + len(put) :])
    try:
        files, _ = _look(tmp_path / "a.zip")
    except DojoError as problem:
        assert "\n" not in str(problem)  # noqa: PT017  # an error is one of two right outcomes
        return
    assert all(".." not in name for name in files)


def test_other_archives_are_named_and_left_closed(tmp_path: Path) -> None:
    files, said = _look(_zip(tmp_path / "a.zip", {"work.tar.gz": b"x", "work.7z": b"x"}))
    assert files == {}
    assert set(said) == {"work.tar.gz", "work.7z"}


def test_what_was_found_keeps_its_place_in_order(tmp_path: Path) -> None:
    for name in ("b/2.txt", "a/1.txt", "c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    with open_source(tmp_path) as source:
        assert [isinstance(one, Found) and one.parts for one in source.files] == [
            ("a", "1.txt"),
            ("b", "2.txt"),
            ("c.txt",),
        ]
