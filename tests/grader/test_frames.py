"""Frames between supervisor and child: whole, in pieces, broken."""

from __future__ import annotations

import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.frames import FRAME_LIMIT, BadFrameError, Reader, pack, read_frame

messages = st.dictionaries(
    st.text(), st.none() | st.integers() | st.floats(allow_nan=False) | st.text() | st.lists(st.text())
)


@given(st.lists(messages), st.integers(1, 9))
def test_frames_arrive_whole_in_whatever_pieces_they_come(sent: list[dict[str, object]], piece: int) -> None:
    reader, found = Reader(), []
    stream = b"".join(pack(message) for message in sent)
    for at in range(0, len(stream), piece):
        reader.feed(stream[at : at + piece])
        while (message := reader.take()) is not None:
            found.append(message)
    assert found == sent


@given(st.binary())
def test_any_bytes_are_frames_or_refused(content: bytes) -> None:
    reader = Reader()
    reader.feed(content)
    try:
        while reader.take() is not None:
            continue
    except BadFrameError:
        pass


@pytest.mark.parametrize(
    "content",
    [
        (FRAME_LIMIT + 1).to_bytes(4, "big"),
        b"\xff\xff\xff\xff",
        b"\0\0\0\2[]",
        b"\0\0\0\1{",
        b"\0\0\0\3\xff\xfe\xfd",
        (100_000).to_bytes(4, "big") + b"[" * 100_000,
        (20_000).to_bytes(4, "big") + b'{"a":' + b"9" * 19_994 + b"}",
    ],
)
def test_what_is_no_frame_is_refused(content: bytes) -> None:
    reader = Reader()
    reader.feed(content)
    with pytest.raises(BadFrameError):
        reader.take()


def test_a_frame_that_is_too_long_is_not_sent() -> None:
    with pytest.raises(BadFrameError):
        pack({"text": "x" * FRAME_LIMIT})


def test_a_channel_that_ends_between_frames_ends_and_within_one_is_broken() -> None:
    for content, ends in ((b"", True), (pack({"a": 1})[:-1], False), (b"\0\0", False)):
        ours, theirs = socket.socketpair()
        with ours, theirs:
            ours.sendall(content)
            ours.shutdown(socket.SHUT_WR)
            if ends:
                assert read_frame(theirs) is None
            else:
                with pytest.raises(BadFrameError):
                    read_frame(theirs)
